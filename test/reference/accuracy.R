# The errors of R on the tables of reference values, in the form that
# accuracy.py reads.  "make accuracy" shows them beside ours.
#
#   Rscript accuracy.R FOLDER OUTPUT
#
# Tails as they are and as logarithms; quantiles by going there and back with
# R's own distribution functions.
arguments <- commandArgs(TRUE)
output <- file(arguments[2], "w")
least <- 1e-300

table_of <- function(name)
  read.delim(file.path(arguments[1], paste0(name, ".tsv")),
             colClasses = "character")

compare <- function(group, rows, got, expected) {
  distance <- ifelse(got == expected, 0, abs(got - expected) / abs(expected))
  distance[is.na(distance)] <- Inf
  # rows from 0, as in the unit tests
  cat(sprintf("%s\t%d\t%.3e\n", group, rows - 1L, distance), file = output,
      sep = "")
}

neighbour <- function(x, sign) {
  step <- pmax(abs(x) * 2^-53, 5e-324)
  x + sign * step * 1.000001
}

quietly <- function(value) suppressWarnings(value)

# p, q: distribution function and quantile; d: probability of a point
measure <- function(name, group, x, parameters, p, q = NULL, d = NULL) {
  cases <- table_of(name)
  at <- as.numeric(cases[[x]])
  values <- lapply(cases[parameters], as.numeric)
  names(values) <- NULL
  call <- function(f, x, ...) quietly(do.call(f, c(list(x), values, ...)))
  pick <- function(f, x, rows, ...)
    quietly(do.call(f, c(list(x[rows]), lapply(values, `[`, rows), ...)))
  rows <- seq_along(at)
  for (lower in c(TRUE, FALSE)) {
    tail <- as.numeric(cases[[if (lower) "lower" else "upper"]])
    log_tail <- as.numeric(cases[[if (lower) "log_lower" else "log_upper"]])
    use <- which(tail >= least)
    compare(paste(group, "tails"), use,
            call(p, at, lower.tail = lower)[use], tail[use])
    use <- which(-log_tail >= least)
    compare(paste(group, "tails"), use,
            call(p, at, lower.tail = lower, log.p = TRUE)[use], log_tail[use])
    if (!is.null(q)) {
      use <- which(tail >= least & tail < 1)
      found <- pick(q, tail, use, lower.tail = lower)
      # beyond the doubles the greatest one is the right answer, too
      found <- pmax(pmin(found, .Machine$double.xmax), -.Machine$double.xmax)
      found_at <- at
      back <- function(x) {
        found_at[use] <- x
        call(p, found_at, lower.tail = lower)[use]
      }
      got <- back(found)
      between <- (back(neighbour(found, -1)) - tail[use]) *
        (back(neighbour(found, 1)) - tail[use]) <= 0
      got[which(between)] <- tail[use][which(between)]
      compare(paste(group, "quantiles and back"), use, got, tail[use])
    }
  }
  if (!is.null(d)) {
    point <- as.numeric(cases$point)
    use <- which(point >= least)
    compare(paste(group, "points"), use, call(d, at)[use], point[use])
  }
}

measure("normal", "normal", "x", character(), pnorm, qnorm)
measure("gamma", "gamma", "x", "shape", pgamma, qgamma)
measure("gamma", "chi-square", "x", "shape",
        function(x, shape, ...) pchisq(2 * x, 2 * shape, ...))
measure("poisson", "Poisson", "x", "rate", ppois, NULL, dpois)
measure("noncentral", "noncentral chi-square", "x", c("df", "noncentrality"),
        pchisq)
measure("beta", "beta", "x", c("a", "b"), pbeta, qbeta)
measure("t", "t", "t", "df", pt, qt)
measure("f", "F", "f", c("df1", "df2"), pf, qf)
measure("binomial", "binomial", "x", c("n", "p"), pbinom, NULL, dbinom)
measure("hypergeometric", "hypergeometric", "x",
        c("marked", "unmarked", "drawn"), phyper, NULL, dhyper)
close(output)
