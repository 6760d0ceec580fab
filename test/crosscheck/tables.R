# Tables: chi-square, G, Fisher-Freeman-Halton, Cramer's V, cells, linear trend

suppressMessages(library(vcd))

array_of <- function(m) paste0("{", paste(apply(m, 1, function(row)
	paste0("{", paste(row, collapse = ","), "}")), collapse = ","), "}")

random_table <- function(rows, columns, n)
{
	share <- outer(rgamma(rows, 2), rgamma(columns, 2)) * exp(rnorm(rows * columns) * sample(c(0, 0.3, 1), 1))
	matrix(as.integer(rmultinom(1, n, share)), rows, columns)
}
tables <- lapply(seq_len(200 * scale), function(i)
	random_table(sample(2:8, 1), sample(2:6, 1), log_uniform(1, 20, 1e6)))
# R keeps empty rows and columns, nuso drops them
tables <- Filter(function(m) all(rowSums(m) > 0) && all(colSums(m) > 0), tables)
cases <- data.frame(counts = sapply(tables, array_of), conf_level = some_levels(length(tables)))
made <- "nuso.make_crosstab(counts::bigint[])"
table_of <- function(case) tables[[case$id]] + 0

if (offered("chisq_test(nuso.crosstab)"))
{
	check("chisq_test", cases, sprintf("nuso.chisq_test(%s)", made), function(case)
	{
		test <- chisq.test(table_of(case), correct = FALSE)
		list(statistic = test$statistic[[1]], df = test$parameter[[1]], p_value = test$p.value)
	}, bound = 1e-11, because = "R's chi-square", unit = c(statistic = 1e-3, p_value = 1e-290))
	check("g_test", cases, sprintf("nuso.g_test(%s)", made), function(case)
	{
		test <- assocstats(table_of(case))$chisq_tests["Likelihood Ratio", ]
		# vcd's own p-value is 1 - pchisq, 0 below 1e-16
		list(statistic = test[[1]], df = test[[2]],
			 p_value = pchisq(test[[1]], test[[2]], lower.tail = FALSE))
	}, bound = 1e-8, because = "vcd sums terms of both signs", unit = c(statistic = 1, p_value = 1e-290))
	check("cells", cases, sprintf("nuso.cells(%s)", made), function(case)
	{
		test <- chisq.test(table_of(case), correct = FALSE)
		p <- 2 * pnorm(-abs(t(test$stdres)))
		data.frame(observed = c(t(test$observed)), expected = c(t(test$expected)),
				   std_residual = c(t(test$residuals)), adj_residual = c(t(test$stdres)),
				   p_value = c(p), p_adjusted = p.adjust(c(p), "holm"))
	}, bound = 1e-10, because = "R's residuals cancel near 0", unit = c(std_residual = 1e-2,
		adj_residual = 1e-2, p_value = 1e-290, p_adjusted = 1e-290))
	check("linear_trend_test", cases, sprintf("nuso.linear_trend_test(%s)", made), function(case)
	{
		m <- table_of(case)
		w <- c(m)
		r <- cov.wt(cbind(c(row(m)), c(col(m))), w / sum(w), cor = TRUE, method = "ML")$cor[1, 2]
		list(statistic = (sum(w) - 1) * r^2, df = 1,
			 p_value = pchisq((sum(w) - 1) * r^2, 1, lower.tail = FALSE))
	}, bound = 1e-9, because = "R's correlation cancels near 0", unit = c(statistic = 1e-2, p_value = 1e-290))
	check("cramers_v", cases, sprintf("nuso.cramers_v(%s, conf_level)", made), function(case)
	{
		m <- table_of(case)
		x2 <- chisq.test(m, correct = FALSE)$statistic[[1]]
		df <- prod(dim(m) - 1)
		scale <- sum(m) * min(dim(m) - 1)
		tail <- (1 - case$conf_level) / 2
		# the noncentrality at which x2 is in the tail
		at <- function(p) if (pchisq(x2, df) < p) 0 else
			uniroot(function(l) pchisq(x2, df, l) - p, c(0, 4 * x2 + 400), tol = 1e-13)$root
		list(estimate = assocstats(m)$cramer, lower = sqrt(at(1 - tail) / scale),
			 upper = min(1, sqrt(at(tail) / scale)))
	}, bound = 1e-4, because = "R's noncentral chi-square has absolute errors of 1e-12 and its root fewer digits",
	unit = 1e-2)
}

# Goodman 1965: simultaneous score intervals of the shares of a row
if (offered("composition(nuso.crosstab,double precision)"))
	check("composition", cases, sprintf("nuso.composition(%s, conf_level)", made), function(case)
	{
		m <- table_of(case)
		x <- c(t(m))
		n <- rep(rowSums(m), each = ncol(m))
		z2 <- qchisq((1 - case$conf_level) / ncol(m), 1, lower.tail = FALSE)
		half <- sqrt(z2 * (z2 + 4 * x * (n - x) / n))
		data.frame(estimate = x / n, lower = (z2 + 2 * x - half) / (2 * (n + z2)),
				   upper = (z2 + 2 * x + half) / (2 * (n + z2)))
	}, bound = 1e-11, because = "R subtracts where a bound is near 0", unit = 1e-3)

# exact, where R can: its own search stops at large tables
small <- lapply(seq_len(60 * scale), function(i)
	random_table(sample(2:4, 1), sample(2:4, 1), sample(8:60, 1)))
small <- Filter(function(m) all(rowSums(m) > 0) && all(colSums(m) > 0), small)
if (offered("fisher_test(nuso.crosstab,integer,bigint)"))
{
	check("fisher_test exact", data.frame(counts = sapply(small, array_of)),
		  sprintf("nuso.fisher_test(%s, 9999, 1)", made),
		  function(case) list(p_value = fisher.test(small[[case$id]], workspace = 2e7)$p.value),
		  bound = 1e-7, because = "R's network algorithm adds in hash order and compares with 1e-7")
	# Monte Carlo: R's and ours differ by chance, each within its own interval
	large <- lapply(seq_len(20 * scale), function(i) random_table(6, 8, log_uniform(1, 300, 3000)))
	large <- Filter(function(m) all(rowSums(m) > 0) && all(colSums(m) > 0), large)
	check("fisher_test Monte Carlo, against R's replicates",
		  data.frame(counts = sapply(large, array_of)),
		  c(agree = sprintf("(nuso.fisher_test(%s, 20000, id)).p_value", made)),
		  function(case) list(agree = fisher.test(large[[case$id]], simulate.p.value = TRUE, B = 20000)$p.value),
		  bound = 0.03, unit = 1, because = "six standard errors of 20000 replicates, twice")
}
