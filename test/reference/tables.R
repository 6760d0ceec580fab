#!/usr/bin/env Rscript
# Second source for the tables of counts in this folder: R's own methods and
# those of vcd.  Not run by the tests.  Prints the worst relative distance and
# the row it is at; README.md tells what to expect.
#
#   Rscript test/reference/tables.R               (from the repository's root)

options(warn = -1)
suppressMessages(library(vcd))
read <- function(name)
	read.delim(file.path("test/reference", name), na.strings = "NULL",
			   colClasses = c(counts = "character"))

# 1,2/3,4 without the lines that are empty
counts <- function(text)
{
	m <- do.call(rbind, lapply(strsplit(strsplit(text, "/")[[1]], ","),
							   as.numeric))
	m[rowSums(m) > 0, colSums(m) > 0, drop = FALSE]
}

report <- function(what, got, expected, rows)
{
	distance <- ifelse(got == expected, 0,
					   abs(got - expected) / pmax(abs(expected), 1e-300))
	at <- which.max(distance)
	cat(sprintf("%-28s %4d values, worst %.1e at row %s\n", what,
				sum(!is.na(distance)), max(distance, na.rm = TRUE), rows[at]))
}

# --- chi-square, G, V: R holds counts to 2^53, and p-values to 1e-300
r <- read("table.tsv")
r <- r[!is.na(r$chisq) &
	   sapply(r$counts, function(t) sum(counts(t)) < 2^50), ]
got <- sapply(r$counts, function(t) {
	m <- counts(t)
	test <- chisq.test(m, correct = FALSE)
	stats <- assocstats(as.table(m))
	c(test$statistic, test$p.value, stats$chisq_tests[1, 1], stats$cramer,
	  min(test$expected))
})
report("chi-square", got[1, ], r$chisq, rownames(r))
# below this chisq.test cancels
big <- r$chisq > 1e-3 & r$chisq_p > 1e-200
report("p of chi-square", got[2, big], r$chisq_p[big], rownames(r)[big])
report("G (vcd)", got[3, ], r$g, rownames(r))
report("Cramer's V (vcd)", got[4, ], r$v, rownames(r))
report("smallest expected", got[5, ], r$smallest_expected, rownames(r))

# --- the interval of V: the noncentral chi-square that R has, to 1e4
ok <- r$chisq < 1e4
tails <- function(row, bound)
{
	m <- counts(row$counts)
	lambda <- bound^2 * sum(m) * (min(dim(m)) - 1)
	pchisq(row$chisq, row$df, lambda)
}
lower <- sapply(which(ok & r$v_lower > 0), function(i) tails(r[i, ], r$v_lower[i]))
upper <- sapply(which(ok & r$v_upper > 0 & r$v_upper < 1),
				function(i) tails(r[i, ], r$v_upper[i]))
report("level of V's lower bound", lower,
	   (1 + r$conf_level[ok & r$v_lower > 0]) / 2, which(ok & r$v_lower > 0))
report("level of V's upper bound", upper,
	   (1 - r$conf_level[ok & r$v_upper > 0 & r$v_upper < 1]) / 2,
	   which(ok & r$v_upper > 0 & r$v_upper < 1))

# --- residuals
r <- read("cell.tsv")
r <- r[!is.na(r$adj_residual) &
	   sapply(r$counts, function(t) sum(counts(t)) < 2^50), ]
got <- sapply(seq_len(nrow(r)), function(i) {
	# rows and columns are those of the table with its empty lines
	m <- do.call(rbind, lapply(strsplit(strsplit(r$counts[i], "/")[[1]], ","),
							   as.numeric))
	test <- chisq.test(m[rowSums(m) > 0, colSums(m) > 0], correct = FALSE)
	at <- cbind(sum(rowSums(m)[seq_len(r$row[i] + 1)] > 0),
				sum(colSums(m)[seq_len(r$column[i] + 1)] > 0))
	c(test$residuals[at], test$stdres[at])
})
far <- abs(r$adj_residual) > 1e-3		# nearer to 0 R cancels
report("standardised residual", got[1, far], r$std_residual[far], which(far))
report("adjusted residual", got[2, far], r$adj_residual[far], which(far))

# --- linear trend: the correlation of weighted scores
r <- subset(read("linear_trend.tsv"), status == "ok" & statistic > 1e-3)
numbers <- function(text) as.numeric(strsplit(text, ",")[[1]])
got <- sapply(seq_len(nrow(r)), function(i) {
	m <- do.call(rbind, lapply(strsplit(strsplit(r$counts[i], "/")[[1]], ","),
							   as.numeric))
	u <- numbers(r$row_scores[i])[row(m)]
	v <- numbers(r$column_scores[i])[col(m)]
	(sum(m) - 1) * cov.wt(cbind(u, v), as.vector(m) / sum(m), cor = TRUE,
						  method = "ML")$cor[1, 2]^2
})
some <- is.finite(got)					# scores of 1e308 overflow there
report("linear trend", got[some], r$statistic[some], which(some))

# --- exact tests
r <- read("fisher.tsv")
got <- sapply(r$counts, function(t)
	tryCatch(fisher.test(counts(t), workspace = 2e7)$p.value,
			 error = function(e) NA))
report("fisher.test", got, r$p_value, seq_len(nrow(r)))
cat(sum(is.na(got)), "tables that fisher.test gave up\n")
