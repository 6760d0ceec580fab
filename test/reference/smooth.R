# smooth_mgcv.tsv: the problems of smooth_fits.tsv fitted by mgcv, with its own
# lambda and with one that is given.
#
#   Rscript test/reference/smooth.R            (seconds; mgcv)
#
# mgcv gets the same knots.  It divides the penalty by a number of its own
# (S.scale), and takes the shares with trials as weights, whole or not.  Its
# restricted likelihood is Laplace's; it stops at 1e-7 or so of it.

suppressMessages(library(mgcv))
options(warn = -1)
here <- "test/reference"
problems <- read.delim(file.path(here, "smooth_fits.tsv"), colClasses = "character")
out <- file(file.path(here, "smooth_mgcv.tsv"), "w")
cat("problem\tgiven\tedf\tx\tshare\n", file = out)

for (i in seq_len(nrow(problems))) {
	p <- problems[i, ]
	points <- do.call(rbind, lapply(strsplit(strsplit(p$points, " ")[[1]], ":"), as.numeric))
	d <- data.frame(x = points[, 1], share = points[, 2], trials = points[, 3])
	from <- as.numeric(p$from)
	to <- as.numeric(p$to)
	k <- as.integer(p$basis)
	width <- (to - from) / (k - 3)
	knots <- list(x = from + width * seq(-3, k))
	s <- smoothCon(s(x, bs = "ps", m = c(2, 2), k = k), d, knots = knots, scale.penalty = TRUE)[[1]]
	for (lambda in list(NULL, 0.3, 200)) {
		fit <- tryCatch(gam(share ~ s(x, bs = "ps", m = c(2, 2), k = k), family = binomial, weights = trials, data = d,
			knots = knots, method = "REML", sp = if (is.null(lambda)) NULL else lambda * s$S.scale,
			control = gam.control(epsilon = 1e-12, maxit = 500, newton = list(conv.tol = 1e-10))),
			error = function(e) NULL)
		if (is.null(fit) || !fit$converged) next
		if (is.null(lambda) && p$given != "NULL") next
		share <- predict(fit, type = "response")
		for (j in c(1, ceiling(nrow(d) / 2), nrow(d)))
			cat(sprintf("%d\t%s\t%.12g\t%.17g\t%.15g\n", i - 1L, if (is.null(lambda)) "NULL" else format(lambda),
				sum(fit$edf), d$x[j], share[j]), file = out)
	}
}
close(out)
