# composition_curve.tsv, crossing.tsv: classes by age, from R alone: binomial
# and normal quantiles, mgcv's P-splines, uniroot.
#
#   Rscript test/reference/composition_curve.R        (a minute; mgcv)
#
# A problem's counts are written row by row, an age a row, as 90,2/80,10.
# Smooth shares are mgcv's with its own choice of the penalty.  The crossing is
# the last root of its link; its bounds are those of the link and z standard
# errors of a fit with the penalty that bands have (a thirtieth, at most 3), whose
# covariance is that from sample to sample.

suppressMessages(library(mgcv))
options(warn = -1, scipen = 20)
set.seed(46)
here <- "test/reference"

fit_share <- function(x, share, trials, lambda = NULL) {
	k <- min(12, max(4, length(x) - 1))
	width <- (max(x) - min(x)) / (k - 3)
	knots <- list(x = min(x) + width * seq(-3, k))
	d <- data.frame(x = x, share = share, trials = trials)
	scale <- smoothCon(s(x, bs = "ps", m = c(2, 2), k = k), d, knots = knots, scale.penalty = TRUE)[[1]]$S.scale
	fit <- gam(share ~ s(x, bs = "ps", m = c(2, 2), k = k), family = binomial, weights = trials, data = d, knots = knots,
		method = "REML", sp = if (is.null(lambda)) NULL else lambda * scale,
		control = gam.control(epsilon = 1e-13, maxit = 500, newton = list(conv.tol = 1e-12)))
	fit$lambda <- if (is.null(lambda)) fit$sp / scale else lambda
	fit$basis <- k
	fit
}

roots <- function(f, from, to) {
	x <- seq(from, to, length.out = 2001)
	y <- f(x)
	at <- which(head(y, -1) > 0 & tail(y, -1) <= 0 | head(y, -1) <= 0 & tail(y, -1) > 0)
	vapply(at, function(i) uniroot(f, x[i + 0:1], tol = 1e-13)$root, 0)
}

text <- function(v) ifelse(is.na(v), "NULL", sprintf("%.15g", v))
written <- function(counts) paste(apply(counts, 1, paste, collapse = ","), collapse = "/")
national <- c(.045, .042, .044, .046, .048, .050, .052, .054, .056, .056, .057, .058, .060, .066, .072, .078, .070, .046)

# the illustrative national classes: home, own, both, none
national_classes <- function(n) {
	a <- 0:17
	odds <- exp(cbind(0, -2.241 + 0.34 * (a - 9), -1.621 + 0.22 * (a - 9), -1.743))
	t(vapply(1:18, function(i) rmultinom(1, rpois(1, n * national[i]) + 1, odds[i, ])[, 1], numeric(4)))
}

problems <- list(
	list(ages = 0:17, counts = national_classes(20000)),
	list(ages = 0:17, counts = national_classes(2000)),
	list(ages = 0:17, counts = national_classes(300)),
	list(ages = c(0, 3, 6, 9, 12, 15, 17), counts = cbind(c(90, 80, 70, 50, 40, 30, 5), c(2, 10, 30, 49, 60, 80, 70), 5:11)),
	list(ages = c(1, 2.5, 4, 9), counts = cbind(c(30, 20, 10, 9), c(12, 18, 25, 60))),
	list(ages = 0:9, counts = cbind(rep(1000000, 10), round(1e6 * exp(seq(-2, 1, length.out = 10))))),
	list(ages = 0:11, counts = cbind(c(20, 9, 5, 3, 7, 19, 40, 60, 30, 20, 8, 3), c(5, 9, 20, 30, 25, 18, 10, 9, 12, 25, 33, 40)))
)

out <- file(file.path(here, "composition_curve.tsv"), "w")
cat("ages\tcounts\tcumulative\tconf_level\trow\tcolumn\tn\tshare\tlower\tupper\tband_lower\tband_upper\tsmooth\n", file = out)
for (p in problems) for (cumulative in c(FALSE, TRUE)) {
	conf <- sample(c(0.9, 0.95, 0.99), 1)
	k <- ncol(p$counts)
	m <- nrow(p$counts)
	children <- rowSums(p$counts)
	shares <- if (cumulative) k - 1 else k
	z <- if (shares < 2) qnorm((1 - conf) / 2, lower.tail = FALSE) else qnorm((1 - conf) / (2 * shares), lower.tail = FALSE)
	tail <- -expm1(log(conf) / m) / (2 * shares)
	for (j in seq_len(k)) {
		n <- if (cumulative) rowSums(p$counts[, j:k, drop = FALSE]) else p$counts[, j]
		certain <- cumulative && j == 1
		smooth <- if (certain) rep(NA, m) else predict(fit_share(p$ages, n / children, children), type = "response")
		for (i in c(1, ceiling(m / 2), m)) {
			share <- n[i] / children[i]
			middle <- (n[i] + z^2 / 2) / (children[i] + z^2)
			half <- z / (children[i] + z^2) * sqrt(n[i] * (1 - share) + z^2 / 4)
			low <- if (n[i] == 0) 0 else qbeta(tail, n[i], children[i] - n[i] + 1)
			high <- if (n[i] == children[i]) 1 else qbeta(tail, n[i] + 1, children[i] - n[i], lower.tail = FALSE)
			bounds <- if (certain) rep(NA, 4) else c(if (n[i] == 0) 0 else middle - half, if (n[i] == children[i]) 1 else middle + half, low, high)
			cat(paste(p$ages, collapse = ","), written(p$counts), as.integer(cumulative), conf, i - 1, j - 1, n[i], text(share),
				text(bounds), text(smooth[i]), sep = "\t", file = out)
			cat("\n", file = out)
		}
	}
}
close(out)

out <- file(file.path(here, "crossing.tsv"), "w")
cat("ages\tcounts\tfrom\tto\tconf_level\tage\tlower\tupper\tcrossings\tstatus\n", file = out)
for (p in problems) for (pair in combn(ncol(p$counts), 2, simplify = FALSE)) for (turn in 1:2) {
	if (turn == 2) pair <- rev(pair)
	conf <- sample(c(0.9, 0.95, 0.99), 1)
	z <- qnorm((1 - conf) / 2, lower.tail = FALSE)
	counts <- p$counts[, pair]
	used <- rowSums(counts) > 0
	x <- p$ages[used]
	trials <- rowSums(counts)[used]
	share <- counts[used, 2] / trials
	fit <- fit_share(x, share, trials)
	link <- function(x) as.vector(predict(fit, data.frame(x = x)))
	at <- roots(link, min(x), max(x))
	age <- lower <- upper <- NA
	if (length(at) > 0 && link(max(x)) > 0) {
		age <- max(at)
		rougher <- fit_share(x, share, trials, min(3, fit$lambda / 30))
		limit <- function(z) function(x) {
			row <- predict(rougher, data.frame(x = x), type = "lpmatrix")
			as.vector(row %*% coef(rougher) + z * sqrt(rowSums(row %*% rougher$Ve * row)))
		}
		positive_from <- function(f) if (f(max(x)) <= 0) max(x) else max(min(x), roots(f, min(x), max(x)))
		lower <- min(age, positive_from(limit(z)))
		upper <- max(age, positive_from(limit(-z)))
	}
	cat(paste(p$ages, collapse = ","), written(p$counts), pair - 1, conf, text(age), text(lower), text(upper), length(at),
		if (is.na(age)) "no_crossing" else "ok", sep = "\t", file = out)
	cat("\n", file = out)
}
close(out)
