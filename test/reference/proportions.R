#!/usr/bin/env Rscript
# Second source for the .tsv files of this folder: R's own methods, where R
# has the method.  Not run by the tests.  Prints the worst relative distance
# and the row it is at; README.md tells what to expect.
#
#   Rscript test/reference/proportions.R          (from the repository's root)

options(warn = -1)
read <- function(name)
	read.delim(file.path("test/reference", name), na.strings = "NULL")

report <- function(what, got, expected, rows)
{
	distance <- ifelse(got == expected, 0,
					   abs(got - expected) / pmax(abs(expected), 1e-300))
	at <- which.max(distance)
	cat(sprintf("%-34s %4d values, worst %.1e at row %s\n", what, length(got),
				max(distance), rows[at]))
}

# --- one proportion
r <- subset(read("interval.tsv"), n > 0)
bounds <- function(row)
{
	x <- row$events; n <- row$n; conf <- row$conf_level
	tail <- (1 - conf) / 2
	switch(row$method,
		"wilson" = prop.test(x, n, conf.level = conf, correct = FALSE)$conf.int,
		# R shrinks the correction where x is within 1/2 of n/2
		"wilson-cc" = if (abs(x - n / 2) < 0.5) c(NA, NA)
			else prop.test(x, n, conf.level = conf)$conf.int,
		"clopper-pearson" = binom.test(x, n, conf.level = conf)$conf.int,
		"jeffreys" = c(if (x == 0) 0 else qbeta(tail, x + .5, n - x + .5),
					   if (x == n) 1 else qbeta(tail, x + .5, n - x + .5,
												lower.tail = FALSE)),
		"agresti-coull" = {
			z <- qnorm(tail, lower.tail = FALSE)
			p <- (x + z^2 / 2) / (n + z^2)
			half <- z * sqrt(p * (1 - p) / (n + z^2))
			c(max(0, p - half), min(1, p + half))
		},
		# the definition put into R's distribution, not solved again
		"mid-p" = {
			back <- function(p) pbinom(x, n, p) - dbinom(x, n, p) / 2
			c(if (x == 0) 0 else row$lower +
			  (1 - back(row$lower) - tail) / (n * dbinom(x - 1, n - 1, row$lower)),
			  if (x == n) 1 else row$upper +
			  (back(row$upper) - tail) / (n * dbinom(x, n - 1, row$upper)))
		},
		c(NA, NA))
}
got <- t(sapply(seq_len(nrow(r)), function(i) bounds(r[i, ])))
for (method in unique(r$method))
{
	use <- r$method == method & !is.na(got[, 1])
	if (any(use))
	{
		report(paste(method, "lower"), got[use, 1], r$lower[use], which(use))
		report(paste(method, "upper"), got[use, 2], r$upper[use], which(use))
	}
}

# --- two proportions
r <- subset(read("comparison_test.tsv"), status == "ok")
p <- sapply(seq_len(nrow(r)), function(i)
{
	m <- with(r[i, ], matrix(c(events_a, events_b, n_a - events_a,
							   n_b - events_b), 2))
	switch(r$test[i],
		"pearson" = chisq.test(m, correct = FALSE)$p.value,
		"n-1" = {
			s <- chisq.test(m, correct = FALSE)$statistic
			pchisq(s * (sum(m) - 1) / sum(m), 1, lower.tail = FALSE)
		},
		"yates" = chisq.test(m)$p.value,
		"fisher" = if (sum(m) < 1e6) fisher.test(m)$p.value else NA,
		NA)
})
for (test in c("pearson", "n-1", "yates", "fisher"))
{
	use <- r$test == test & !is.na(p)
	report(paste(test, "p"), p[use], r$p_value[use], which(use))
}

# --- paired proportions
r <- subset(read("mcnemar.tsv"), status == "ok")
b <- r$first_only; c <- r$second_only; k <- pmin(b, c)
exact <- pmin(1, 2 * pbinom(k, b + c, 0.5))
mid <- ifelse(b == c, 1 - dbinom(b, b + c, 0.5) / 2,
			  2 * pbinom(k, b + c, 0.5) - dbinom(k, b + c, 0.5))
use <- r$method == "exact"
report("mcnemar exact", exact[use], r$p_value[use], which(use))
use <- r$method == "mid-p"
report("mcnemar mid-p", mid[use], r$p_value[use], which(use))
use <- r$method == "asymptotic"
asymptotic <- sapply(which(use), function(i) with(r[i, ], mcnemar.test(
	matrix(c(both_true, second_only, first_only, neither), 2),
	correct = FALSE)$p.value))
report("mcnemar asymptotic", asymptotic, r$p_value[use], which(use))

# --- against a fixed number
r <- subset(read("target.tsv"), status == "ok" & test_used == "score")
p <- sapply(seq_len(nrow(r)), function(i) with(r[i, ],
	prop.test(events, n, target, correct = FALSE)$p.value))
report("target score", p, r$p_value, seq_len(nrow(r)))
