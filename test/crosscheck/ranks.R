# Ranks: compare of distributions, quantiles, Kruskal-Wallis, Jonckheere-Terpstra

array_of <- function(x) paste0("{", paste(sprintf("%.17g", x), collapse = ","), "}")
agg <- function(name) sprintf("(SELECT nuso.distribution_agg(x) FROM unnest(%s::float8[]) AS x)", name)
count <- 200 * scale
a <- lapply(seq_len(count), function(i)
{
	n <- sample(c(3, 8, 30, 200), 1) + sample(0:5, 1)
	sample(list(rnorm(n), round(rnorm(n), 1), rbinom(n, 4, runif(1)) + 0), 1)[[1]]
})
b <- lapply(a, function(x)
{
	m <- sample(c(3, 8, 30, 200), 1) + sample(0:5, 1)
	if (all(x == round(x))) rbinom(m, 4, runif(1)) + 0
	else if (all(x == round(x, 1))) round(rnorm(m, rnorm(1)), 1) else rnorm(m, rnorm(1))
})
varied <- mapply(function(x, y) length(unique(c(x, y))) > 1, a, b)
a <- a[varied]
b <- b[varied]
cases <- data.frame(a = sapply(a, array_of), b = sapply(b, array_of), conf_level = some_levels(length(a)))

if (offered("compare(nuso.distribution,nuso.distribution,double precision,text)"))
{
	asked <- sprintf("nuso.compare(%s, %s, conf_level, test)", agg("a"), agg("b"))
	wilcoxon <- function(exact, correct) function(case)
	{
		x <- a[[case$id]]
		y <- b[[case$id]]
		test <- wilcox.test(x, y, exact = exact, correct = correct)
		w <- test$statistic[[1]] / length(x) / length(y)
		list(median_a = median(x), median_b = median(y), theta = 1 - w, cliffs_delta = 1 - 2 * w,
			 statistic = test$statistic[[1]], p_value = test$p.value)
	}
	unit <- c(theta = 1e-2, cliffs_delta = 1e-2, p_value = 1e-290)
	check("compare ranks: normal", cbind(cases, test = "normal"), asked, wilcoxon(FALSE, FALSE),
		  bound = 1e-10, because = "R's pnorm of a rounded z", unit = unit)
	check("compare ranks: normal-cc", cbind(cases, test = "normal-cc"), asked, wilcoxon(FALSE, TRUE),
		  bound = 1e-10, because = "R's pnorm of a rounded z", unit = unit)
	untied <- mapply(function(x, y) !anyDuplicated(c(x, y)) && length(x) + length(y) <= 50, a, b)
	check("compare ranks: exact without ties", cbind(cases, id = seq_along(a), test = "exact")[untied, ], asked,
		  wilcoxon(TRUE, FALSE), bound = 1e-11, because = "R adds counts", unit = unit)
	# Brunner and Munzel 2000; Newcombe 2006, method 5
	check("compare ranks: theta, Brunner-Munzel", cbind(cases, test = "normal"), asked, function(case)
	{
		x <- a[[case$id]]
		y <- b[[case$id]]
		m <- length(x)
		n <- length(y)
		r <- rank(c(x, y))
		rx <- r[1:m]
		ry <- r[-(1:m)]
		vx <- sum((rx - rank(x) - mean(rx) + (m + 1) / 2)^2) / (m - 1)
		vy <- sum((ry - rank(y) - mean(ry) + (n + 1) / 2)^2) / (n - 1)
		t <- m * n * (mean(ry) - mean(rx)) / ((m + n) * sqrt(m * vx + n * vy))
		df <- (m * vx + n * vy)^2 / ((m * vx)^2 / (m - 1) + (n * vy)^2 / (n - 1))
		none <- vx + vy == 0
		theta <- (mean(ry) - (n + 1) / 2) / m
		s <- (m + n) / 2 - 1
		z2 <- qnorm((1 - case$conf_level) / 2)^2
		score <- function(t) m * n * (t - theta)^2 - z2 * t * (1 - t) * (1 + s * (1 - t) / (2 - t) + s * t / (1 + t))
		list(theta = theta,
			 theta_lower = if (theta == 0) 0 else uniroot(score, c(0, theta * (1 - 1e-12)), tol = 1e-15)$root,
			 theta_upper = if (theta == 1) 1 else uniroot(score, c(theta + 1e-12 * (1 - theta), 1), tol = 1e-15)$root,
			 brunner_munzel_statistic = if (none) NA else t,
			 brunner_munzel_df = if (none) NA else df,
			 brunner_munzel_p_value = if (none) NA else 2 * pt(-abs(t), df))
	}, bound = 1e-9, because = "R's root of an equation in doubles", unit = c(theta = 1e-2, theta_lower = 1e-2,
		theta_upper = 1e-2, brunner_munzel_statistic = 1e-2, brunner_munzel_p_value = 1e-290))
}

if (offered("quantile(nuso.distribution,double precision)"))
	check("quantile, median", cbind(cases, p = round(runif(nrow(cases)), 3)),
		  c(quantile = sprintf("nuso.quantile(%s, p)", agg("a")), median = sprintf("nuso.median(%s)", agg("a"))),
		  function(case) list(quantile = quantile(a[[case$id]], case$p, names = FALSE), median = median(a[[case$id]])),
		  bound = 1e-12, because = "interpolation in doubles", unit = 1e-2)

# Conover 1999, 3.2: order statistics by the binomial distribution
if (offered("quantile_interval(nuso.distribution,double precision,double precision)"))
	check("quantile_interval", cbind(cases, p = round(runif(nrow(cases), 0.05, 0.95), 2)),
		  sprintf("nuso.quantile_interval(%s, p, conf_level)", agg("a")), function(case)
		  {
			  x <- sort(a[[case$id]])
			  n <- length(x)
			  alpha <- (1 - case$conf_level) / 2
			  # largest r with P(X < r) at most alpha, smallest s with P(X >= s) at most alpha
			  r <- sum(pbinom(0:n, n, case$p) <= alpha)
			  s <- n + 1 - sum(pbinom(0:n, n, case$p, lower.tail = FALSE) <= alpha) + 1
			  list(lower = if (r < 1) NA else x[r], upper = if (s > n) NA else x[s])
		  }, bound = 0, because = "values of the data")

families <- do.call(rbind, lapply(seq_len(100 * scale), function(i)
{
	draw <- sample(list(rnorm, function(n, mean) round(rnorm(n, mean), 1), function(n, mean) rbinom(n, 4, plogis(mean))), 1)[[1]]
	do.call(rbind, lapply(seq_len(sample(2:6, 1)), function(g)
		data.frame(id = i, grp = g, x = array_of(draw(sample(2:60, 1), rnorm(1) * 0.5)))))
}))
families <- families[families$id %in% names(which(tapply(families$x, families$id,
	function(x) length(unique(unlist(strsplit(gsub("[{}]", "", x), ",")))) > 1))), ]
lists <- function(family) lapply(strsplit(gsub("[{}]", "", family$x), ","), as.numeric)
if (offered("kruskal_test(nuso.distribution)"))
	check("kruskal_test", families, sprintf("nuso.kruskal_test(%s)", agg("x")), function(family)
	{
		test <- kruskal.test(lists(family))
		list(statistic = test$statistic[[1]], df = test$parameter[[1]], p_value = test$p.value)
	}, bound = 1e-9, because = "R subtracts nearly equal numbers", unit = c(statistic = 1e-1, p_value = 1e-290))
if (offered("jonckheere_test(nuso.distribution,integer)"))
	check("jonckheere_test", families, sprintf("nuso.jonckheere_test(%s, grp::integer)", agg("x")), function(family)
	{
		x <- lists(family)
		j <- 0
		for (h in seq_along(x)[-1])
			for (g in seq_len(h - 1))
				j <- j + sum(outer(x[[g]], x[[h]], "<")) + sum(outer(x[[g]], x[[h]], "==")) / 2
		n <- lengths(x) + 0
		N <- sum(n)
		t <- c(table(unlist(x))) + 0
		v <- (N * (N - 1) * (2 * N + 5) - sum(n * (n - 1) * (2 * n + 5)) - sum(t * (t - 1) * (2 * t + 5))) / 72 +
			sum(n * (n - 1) * (n - 2)) * sum(t * (t - 1) * (t - 2)) / (36 * N * (N - 1) * (N - 2)) +
			sum(n * (n - 1)) * sum(t * (t - 1)) / (8 * N * (N - 1))
		z <- (j - (N^2 - sum(n^2)) / 4) / sqrt(v)
		list(p_value = 2 * pnorm(-abs(z)))
	}, bound = 1e-10, because = "a rounded z", unit = 1e-290)
