#!/usr/bin/env Rscript
# Second source for the tables of means.py: R's own methods, where R has the
# method.  Not run by the tests.  Prints the worst relative distance and the
# row it is at; README.md tells what to expect.
#
#   Rscript test/reference/means.R                (from the repository's root)

options(warn = -1)
read <- function(name)
	read.delim(file.path("test/reference", name), na.strings = "NULL",
			   colClasses = "character")

# "0x1.8p+1 0x1p-2": R reads hexadecimal numbers as C does
values <- function(text) as.numeric(strsplit(text, " ")[[1]])

# R sums rounded numbers: what it cannot resolve is not compared
usual <- function(x)
	max(abs(x)) < 1e150 && max(abs(x)) > 1e-150 && sd(x) > 1e-4 * max(abs(x))

report <- function(what, got, expected, rows)
{
	expected <- as.numeric(expected)
	distance <- ifelse(got == expected, 0,
					   abs(got - expected) / pmax(abs(expected), 1e-300))
	at <- which.max(distance)
	cat(sprintf("%-34s %4d values, worst %.1e at row %s\n", what, length(got),
				max(distance), rows[at]))
}

r <- read("mean_interval.tsv")
r <- r[r$status == "ok" & sapply(r$values, function(v) usual(values(v))), ]
got <- t(sapply(seq_len(nrow(r)), function(i)
	t.test(values(r$values[i]), conf.level = as.numeric(r$conf_level[i]))$conf.int))
report("mean lower", got[, 1], r$lower, rownames(r))
report("mean upper", got[, 2], r$upper, rownames(r))

r <- read("mean_comparison.tsv")
r <- r[r$status == "ok" & mapply(function(a, b)
	usual(values(a)) && usual(values(b)), r$values_a, r$values_b), ]
got <- t(sapply(seq_len(nrow(r)), function(i)
{
	t <- t.test(values(r$values_a[i]), values(r$values_b[i]),
				conf.level = as.numeric(r$conf_level[i]))
	c(t$statistic, t$parameter, t$p.value, t$conf.int)
}))
report("welch t", got[, 1], r$statistic, rownames(r))
report("welch df", got[, 2], r$df, rownames(r))
report("welch p", got[, 3], r$p_value, rownames(r))
report("difference lower", got[, 4], r$difference_lower, rownames(r))
report("difference upper", got[, 5], r$difference_upper, rownames(r))

# the definition of the bounds of g put into R's noncentral t, which says
# itself that it loses digits in the upper tail
got <- t(sapply(seq_len(nrow(r)), function(i)
{
	a <- length(values(r$values_a[i]))
	b <- length(values(r$values_b[i]))
	k <- a + b - 2
	root_n <- sqrt(a * b / (a + b))
	factor <- exp(lgamma(k / 2) - lgamma((k - 1) / 2)) / sqrt(k / 2)
	g <- as.numeric(c(r$hedges_g[i], r$hedges_g_lower[i], r$hedges_g_upper[i])) /
		factor * root_n
	c(pt(g[1], k, g[2], lower.tail = FALSE), pt(g[1], k, g[3]))
}))
tail <- (1 - as.numeric(r$conf_level)) / 2
few <- abs(as.numeric(r$hedges_g)) < 3	# R's series ends at a delta of 37.62
report("tail beyond the lower g", got[few, 1], tail[few], rownames(r)[few])
report("tail beyond the upper g", got[few, 2], tail[few], rownames(r)[few])

r <- read("anova.tsv")
groups <- lapply(r$groups, function(text)
	lapply(strsplit(text, ";")[[1]], values))
use <- r$status == "ok" & sapply(groups, function(g) usual(unlist(g)))
for (method in c("anova", "welch"))
{
	rows <- which(use & r$method == method)
	got <- t(sapply(rows, function(i)
	{
		d <- data.frame(x = unlist(groups[[i]]),
						g = factor(rep(seq_along(groups[[i]]), lengths(groups[[i]]))))
		fit <- summary.lm(aov(x ~ g, d))
		f <- fit$fstatistic
		test <- c(f, pf(f[1], f[2], f[3], lower.tail = FALSE))
		if (method == "welch")
		{
			welch <- oneway.test(x ~ g, d)
			test <- c(welch$statistic, welch$parameter, welch$p.value)
		}
		c(test, fit$r.squared)
	}))
	report(paste(method, "F"), got[, 1], r$statistic[rows], rows)
	report(paste(method, "df2"), got[, 3], r$df2[rows], rows)
	report(paste(method, "p"), got[, 4], r$p_value[rows], rows)
	report(paste(method, "eta squared"), got[, 5], r$eta_squared[rows], rows)
}

r <- read("moments.tsv")
r <- r[!is.na(r$variance) & sapply(r$values, function(v) usual(values(v))), ]
report("mean", sapply(r$values, function(v) mean(values(v))), r$mean, rownames(r))
report("variance", sapply(r$values, function(v) var(values(v))), r$variance,
	   rownames(r))

# noncentral t
r <- read("noncentral_t.tsv")
r[] <- lapply(r, as.numeric)
r <- r[abs(r$delta) < 37, ]
report("noncentral t, lower", pt(r$t, r$df, r$delta), r$lower, rownames(r))
