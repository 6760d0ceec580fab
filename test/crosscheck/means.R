# Means: confint and compare of moments, analysis of variance

if (offered("moments_agg(double precision)"))
{
	array_of <- function(x) paste0("{", paste(sprintf("%.17g", x), collapse = ","), "}")
	count <- 200 * scale
	samples <- function(size) lapply(size, function(n)
		rnorm(n, sample(c(0, 10, 1e4), 1), exp(rnorm(1))))
	a <- samples(sample(2:80, count, replace = TRUE))
	b <- lapply(a, function(x) mean(x) + sd(x) * rnorm(1) + samples(sample(2:80, 1))[[1]] %% 3)
	cases <- data.frame(a = sapply(a, array_of), b = sapply(b, array_of), conf_level = some_levels(count))
	agg <- function(name) sprintf("(SELECT nuso.moments_agg(x) FROM unnest(%s::float8[]) AS x)", name)

	check("mean, variance, stddev", cases, c(mean = sprintf("nuso.mean(%s)", agg("a")),
		  variance = sprintf("nuso.variance(%s)", agg("a")), stddev = sprintf("nuso.stddev(%s)", agg("a"))),
		  function(case) list(mean = mean(a[[case$id]]), variance = var(a[[case$id]]), stddev = sd(a[[case$id]])),
		  bound = 1e-12, because = "sums in doubles", unit = c(mean = 1e-1))
	check("confint of a mean", cases, sprintf("nuso.confint(%s, conf_level)", agg("a")), function(case)
	{
		test <- t.test(a[[case$id]], conf.level = case$conf_level)
		list(estimate = test$estimate[[1]], lower = test$conf.int[1], upper = test$conf.int[2])
	}, bound = 1e-11, because = "a bound near 0; R's qt", unit = 1e-1)
	check("compare means: Welch", cases, sprintf("nuso.compare(%s, %s, conf_level)", agg("a"), agg("b")),
		  function(case)
		  {
			  x <- a[[case$id]]
			  y <- b[[case$id]]
			  test <- t.test(x, y, conf.level = case$conf_level)
			  k <- length(x) + length(y) - 2
			  s <- sqrt(((length(x) - 1) * var(x) + (length(y) - 1) * var(y)) / k)
			  list(mean_a = mean(x), mean_b = mean(y), difference = mean(x) - mean(y),
				   difference_lower = test$conf.int[1], difference_upper = test$conf.int[2],
				   hedges_g = (mean(x) - mean(y)) / s * exp(lgamma(k / 2) - lgamma((k - 1) / 2)) / sqrt(k / 2),
				   statistic = test$statistic[[1]], df = test$parameter[[1]], p_value = test$p.value)
		  }, bound = 1e-9, because = "differences of means, in doubles; R's pt",
		  unit = c(mean_a = 1, mean_b = 1, difference = 1e-1, difference_lower = 1e-1, difference_upper = 1e-1, hedges_g = 1e-1,
				   statistic = 1e-1, p_value = 1e-290))

	# Steiger and Fouladi 1997: noncentralities at which t is in the tails; R's pt is
	# good to 1e-12 absolutely, and not made for noncentralities above 37
	pooled <- function(x, y) sqrt(((length(x) - 1) * var(x) + (length(y) - 1) * var(y)) /
								  (length(x) + length(y) - 2))
	t <- mapply(function(x, y) (mean(x) - mean(y)) / pooled(x, y) / sqrt(1 / length(x) + 1 / length(y)), a, b)
	check("compare means: interval of Hedges' g", cbind(cases, id = seq_along(t), t = t)[abs(t) < 15, ],
		  sprintf("nuso.compare(%s, %s, conf_level)", agg("a"), agg("b")), function(case)
		  {
			  n <- length(a[[case$id]])
			  m <- length(b[[case$id]])
			  k <- n + m - 2
			  tail <- (1 - case$conf_level) / 2
			  g <- sqrt(1 / n + 1 / m) * exp(lgamma(k / 2) - lgamma((k - 1) / 2)) / sqrt(k / 2)
			  at <- function(p) g * uniroot(function(l) pt(case$t, k, l) - p, c(-37, 37), tol = 1e-13)$root
			  list(hedges_g = case$t * g, hedges_g_lower = at(1 - tail), hedges_g_upper = at(tail))
		  }, bound = 1e-6, because = "R's noncentral t", unit = 1e-1)

	families <- do.call(rbind, lapply(seq_len(100 * scale), function(i)
		do.call(rbind, lapply(seq_len(sample(2:8, 1)), function(g)
		{
			x <- samples(sample(2:40, 1))[[1]] + rnorm(1)
			data.frame(id = i, grp = g, x = array_of(x))
		}))))
	values <- function(family) unlist(lapply(strsplit(gsub("[{}]", "", family$x), ","), as.numeric))
	labels <- function(family) factor(rep(family$grp, lengths(strsplit(family$x, ","))))
	anova <- function(equal) function(family)
	{
		test <- oneway.test(values(family) ~ labels(family), var.equal = equal)
		list(statistic = test$statistic[[1]], df = test$parameter[[1]], df2 = test$parameter[[2]],
			 p_value = test$p.value)
	}
	for (welch in c(FALSE, TRUE))
	{
		name <- if (welch) "welch_anova_test" else "anova_test"
		if (offered(sprintf("%s(nuso.moments)", name)))
			check(name, families, sprintf("nuso.%s(%s)", name, agg("x")), anova(!welch), bound = 1e-9,
				  because = "R fits by orthogonal transformations; its pf",
				  unit = c(statistic = 1e-2, p_value = 1e-290))
	}
}
