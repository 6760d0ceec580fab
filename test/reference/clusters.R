#!/usr/bin/env Rscript
# Second source for cluster_interval.tsv, cluster_difference.tsv and
# rao_scott.tsv: Lumley's survey package, on the children themselves.  Not run
# by the tests.  Prints the worst relative distance and the row it is at;
# README.md tells what to expect.
#
#   Rscript test/reference/clusters.R             (from the repository's root)

suppressMessages(library(survey))
options(warn = -1)
folder <- Sys.getenv("NK_REF", "test/reference")
most <- 20000						# children: the package wants them one by one

read <- function(name)
	read.delim(file.path(folder, name), na.strings = "NULL")

report <- function(what, got, expected, rows)
{
	use <- !is.na(got) & !is.na(expected)
	distance <- ifelse(got == expected, 0,
					   abs(got - expected) / pmax(abs(expected), 1e-300))[use]
	at <- which.max(distance)
	cat(sprintf("%-34s %4d values, worst %.1e at row %s\n", what, sum(use),
				max(distance), rows[use][at]))
}

# one row a child: cluster and cell; NULL if there are too many
children <- function(text)
{
	kinds <- strsplit(strsplit(text, ";")[[1]], ":")
	times <- as.numeric(sapply(kinds, `[`, 1))
	cells <- lapply(kinds, function(k) as.numeric(strsplit(k[2], ",")[[1]]))
	if (sum(times * sapply(cells, sum)) > most)
		return(NULL)
	clusters <- unlist(Map(function(n, k) rep(list(k), n), times, cells),
					   recursive = FALSE)
	data.frame(cluster = rep(seq_along(clusters), sapply(clusters, sum)),
			   cell = unlist(lapply(clusters, function(k) rep(seq_along(k), k))))
}

design <- function(data)
	svydesign(ids = ~cluster, weights = ~1, data = data)

# --- shares
r <- subset(read("cluster_interval.tsv"), method == method_used & method != "wilson" &
			status %in% c("ok", "few_clusters"))
got <- t(sapply(seq_len(nrow(r)), function(i)
{
	data <- children(r$clusters[i])
	if (is.null(data))
		return(rep(NA, 3))
	data$event <- as.numeric(data$cell == 2)
	p <- mean(data$event)
	if (p == 0 || p == 1)
		return(rep(NA, 3))
	d <- design(data)
	effect <- as.numeric(vcov(svymean(~event, d))) / (p * (1 - p) / nrow(data))
	# "logit" goes by a model, which iterates to nine digits
	name <- c("logit" = "xlogit", "linear" = "mean", "korn-graubard" = "beta")
	ci <- confint(svyciprop(~event, d, method = name[[r$method[i]]],
							level = r$conf_level[i]))
	# the package does not stop at n
	if (r$method[i] == "korn-graubard")
	{
		tail <- (1 - r$conf_level[i]) / 2
		ratio <- qt(tail, nrow(data) - 1) / qt(tail, degf(d))
		if (ratio^2 / effect > 1)
			ci <- c(NA, NA)
	}
	# nor at 0 and 1
	if (r$method[i] == "linear")
		ci <- pmin(1, pmax(0, ci))
	c(effect, ci)
}))
got[r$design_effect == 0, 1] <- NA	# rounding
report("design effect", got[, 1], r$design_effect, rownames(r))
for (method in unique(r$method))
{
	use <- r$method == method
	report(paste(method, "lower"), got[use, 2], r$lower[use], rownames(r)[use])
	report(paste(method, "upper"), got[use, 3], r$upper[use], rownames(r)[use])
}

# --- differences
r <- subset(read("cluster_difference.tsv"), status %in% c("ok", "few_clusters"))
got <- t(sapply(seq_len(nrow(r)), function(i)
{
	data <- children(r$clusters[i])
	if (is.null(data))
		return(rep(NA, 3))
	data$event <- as.numeric(data$cell %in% c(2, 4))
	data$group <- ifelse(data$cell <= 2, "a", "b")
	d <- design(data)
	shares <- svyby(~event, ~group, d, svymean, covmat = TRUE)
	difference <- svycontrast(shares, c(a = 1, b = -1))
	ci <- confint(difference, level = r$conf_level[i], df = degf(d))
	c(coef(difference), pmin(1, pmax(-1, ci)))
}))
report("difference", got[, 1], r$difference, rownames(r))
report("difference lower", got[, 2], r$lower, rownames(r))
report("difference upper", got[, 3], r$upper, rownames(r))

# --- Rao-Scott
r <- subset(read("rao_scott.tsv"), status %in% c("ok", "few_clusters"))
got <- t(sapply(seq_len(nrow(r)), function(i)
{
	data <- children(r$clusters[i])
	if (is.null(data))
		return(rep(NA, 4))
	data$row <- factor((data$cell - 1) %/% r$columns[i])
	data$column <- factor((data$cell - 1) %% r$columns[i])
	test <- svychisq(~row + column, design(data), statistic = "F")
	c(test$statistic, test$parameter, test$p.value)
}))
for (k in 1:4)
	report(paste("rao-scott", c("F", "df", "df2", "p")[k]), got[, k],
		   r[[c("statistic", "df", "df2", "p_value")[k]]], rownames(r))
