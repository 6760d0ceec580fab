# Several groups and strata: homogeneity, trend, pairs, Mantel-Haenszel,
# standardisation, numbers of events

suppressMessages(library(epiR))

families <- 150 * scale
groups <- do.call(rbind, lapply(seq_len(families), function(i)
{
	k <- sample(3:12, 1)
	n <- log_uniform(k, 2, sample(c(20, 1000, 1e5), 1))
	score <- sample(list(1:k, sort(round(runif(k, 0, 10), 2)), (1:k)^2), 1)[[1]]
	share <- plogis(rnorm(1) + rnorm(1) * score / max(score) + rnorm(k) * 0.2)
	data.frame(id = i, n = n, events = rbinom(k, n, share), score = as.double(score),
			   weight = runif(k, 0.1, 5))
}))
total <- function(x) ave(as.numeric(x), groups$id, FUN = sum)
groups <- groups[total(groups$events) > 0 & total(groups$events) < total(groups$n), ]

if (offered("homogeneity_test(nuso.proportion)"))
	check("homogeneity_test", groups, "nuso.homogeneity_test(nuso.make_proportion(n, events))",
		  function(g)
		  {
			  test <- with(g, prop.test(events, n, correct = FALSE))
			  list(statistic = test$statistic[[1]], df = test$parameter[[1]], p_value = test$p.value)
		  }, bound = 1e-11, because = "R's chi-square", unit = c(statistic = 1e-4, p_value = 1e-290))

if (offered("trend_test(nuso.proportion,double precision)"))
	check("trend_test", groups, "nuso.trend_test(nuso.make_proportion(n, events), score)",
		  function(g)
		  {
			  test <- with(g, prop.trend.test(events, n, score))
			  departure <- with(g, prop.test(events, n, correct = FALSE)$statistic[[1]]) -
				  test$statistic[[1]]
			  list(statistic = test$statistic[[1]], df = 1, p_value = test$p.value,
				   departure_statistic = departure, departure_df = nrow(g) - 2,
				   departure_p_value = pchisq(departure, nrow(g) - 2, lower.tail = FALSE),
				   slope = coef(lm(events / n ~ score, g, weights = n))[[2]])
		  }, bound = 1e-8, because = "R fits weighted regressions; departure is a difference",
		  unit = c(statistic = 1e-2, departure_statistic = 1, slope = 1e-4, p_value = 1e-290,
				   departure_p_value = 1e-290))

# Dobson et al. 1991 with Byar's bounds
byar <- function(x, z) c(x * (1 - 1 / (9 * x) - z / (3 * sqrt(x)))^3,
						 (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * sqrt(x + 1)))^3)
many <- groups[ave(groups$events, groups$id, FUN = sum) >= 10, ]
if (offered("direct_standardise(nuso.proportion,double precision,double precision)"))
	check("direct_standardise", many,
		  "nuso.direct_standardise(nuso.make_proportion(n, events), weight)",
		  function(g)
		  {
			  x <- sum(g$events)
			  rate <- with(g, weighted.mean(events / n, weight))
			  spread <- with(g, sqrt(sum(events * (weight / n)^2)) / sum(weight) / sqrt(x))
			  bounds <- rate + spread * (byar(x, qnorm(0.975)) - x)
			  list(estimate = rate, lower = max(0, bounds[1]), upper = min(1, bounds[2]))
		  }, bound = 1e-11, because = "a cube that cancels")

if (offered("indirect_standardise(nuso.proportion,double precision)"))
	check("indirect_standardise", transform(groups, weight = pmin(0.99, weight / 10)),
		  "nuso.indirect_standardise(nuso.make_proportion(n, events), weight)",
		  function(g)
		  {
			  x <- sum(g$events)
			  expected <- sum(g$n * g$weight)
			  bounds <- if (x < 10) poisson.test(x)$conf.int else byar(x, qnorm(0.975))
			  list(estimate = x / expected, lower = bounds[1] / expected, upper = bounds[2] / expected)
		  }, bound = 1e-11, because = "R's qgamma; a cube that cancels")

strata <- do.call(rbind, lapply(seq_len(60 * scale), function(i)
{
	k <- sample(2:8, 1)
	n_a <- log_uniform(k, 3, sample(c(30, 1000), 1))
	n_b <- log_uniform(k, 3, sample(c(30, 1000), 1))
	base <- rnorm(k)
	data.frame(id = i, n_a = n_a, events_a = rbinom(k, n_a, plogis(base + rnorm(1))),
			   n_b = n_b, events_b = rbinom(k, n_b, plogis(base)))
}))
# a stratum with a zero margin says nothing to R, but has to be let out
usable <- with(strata, events_a + events_b > 0 & events_a + events_b < n_a + n_b)
strata <- strata[usable, ]
strata <- strata[ave(strata$n_a, strata$id, FUN = length) >= 2, ]
tables_of <- function(s) array(rbind(s$events_a, s$events_b, s$n_a - s$events_a, s$n_b - s$events_b) + 0,
							   c(2, 2, nrow(s)))
pooled <- function(s) epi.2by2(as.table(tables_of(s)), method = "cohort.count")$massoc.detail
# epiR's score intervals, which are not asked for, stop at some tables
works <- sapply(split(strata, strata$id), function(s) !inherits(try(pooled(s), silent = TRUE), "try-error"))
mantel_haenszel <- function(s)
{
	a <- tables_of(s)
	test <- mantelhaen.test(a, correct = FALSE)
	# epiR: risk ratio of Greenland and Robins, risk difference of Sato, in per cent
	detail <- pooled(s)
	list(odds_ratio = test$estimate[[1]], odds_ratio_lower = test$conf.int[1],
		 odds_ratio_upper = test$conf.int[2],
		 risk_ratio = detail$RR.mh.wald$est, risk_ratio_lower = detail$RR.mh.wald$lower,
		 risk_ratio_upper = detail$RR.mh.wald$upper,
		 risk_difference = detail$ARisk.mh.sato$est / 100,
		 risk_difference_lower = detail$ARisk.mh.sato$lower / 100,
		 risk_difference_upper = detail$ARisk.mh.sato$upper / 100,
		 statistic = test$statistic[[1]], df = test$parameter[[1]], p_value = test$p.value)
}
# Breslow and Day 1980, Tarone 1985: the fitted counts by R's noncentral
# hypergeometric's mode equation, e (N - n_a - m + e) = psi (n_a - e) (m - e)
breslow_day <- function(s)
{
	psi <- mantelhaen.test(tables_of(s), correct = FALSE)$estimate[[1]]
	fit <- mapply(function(x, n_a, y, n_b)
	{
		m <- x + y
		f <- function(e) e * (n_b - m + e) - psi * (n_a - e) * (m - e)
		e <- uniroot(f, c(max(0, m - n_b), min(n_a, m)), tol = 1e-15)$root
		c(x - e, 1 / (1 / e + 1 / (n_a - e) + 1 / (m - e) + 1 / (n_b - m + e)))
	}, s$events_a + 0, s$n_a + 0, s$events_b + 0, s$n_b + 0)
	statistic <- sum(fit[1, ]^2 / fit[2, ]) - sum(fit[1, ])^2 / sum(fit[2, ])
	list(breslow_day_statistic = statistic, breslow_day_df = nrow(s) - 1,
		 breslow_day_p_value = pchisq(statistic, nrow(s) - 1, lower.tail = FALSE))
}
if (offered("mantel_haenszel(nuso.proportion,nuso.proportion,double precision)"))
{
	call <- "nuso.mantel_haenszel(nuso.make_proportion(n_a, events_a), nuso.make_proportion(n_b, events_b))"
	defined <- with(strata, ave((events_a * (n_b - events_b) > 0) + 0, id, FUN = max) > 0 &
							ave((events_b * (n_a - events_a) > 0) + 0, id, FUN = max) > 0)
	check("mantel_haenszel", strata[defined & works[as.character(strata$id)], ], call, mantel_haenszel, bound = 1e-10,
		  because = "R and epiR subtract", unit = c(risk_difference = 0.01, risk_difference_lower = 0.01,
			  risk_difference_upper = 0.01, statistic = 1e-4, p_value = 1e-290))
	check("mantel_haenszel: Breslow-Day-Tarone", strata[defined, ], call, breslow_day, bound = 1e-8,
		  because = "R's root of an equation in doubles", unit = c(breslow_day_statistic = 1e-2))
}

if (offered("pairwise(nuso.crosstab,text,double precision)"))
{
	both <- groups[groups$events > 0 & groups$events < groups$n, ]
	both <- both[ave(both$n, both$id, FUN = length) >= 2, ]
	# labels that are numbers are sorted as such
	both$label <- as.character(ave(both$n, both$id, FUN = seq_along))
	check("pairwise", both,
		  "nuso.pairwise(nuso.crosstab_agg(label, nuso.make_proportion(n, events)))",
		  function(g)
		  {
			  pair <- combn(nrow(g), 2)
			  a <- g[pair[1, ], ]
			  b <- g[pair[2, ], ]
			  share <- (a$events + b$events) / (a$n + b$n)
			  z <- (a$events / a$n - b$events / b$n) / sqrt(share * (1 - share) * (1 / a$n + 1 / b$n))
			  p <- 2 * pnorm(-abs(z))
			  data.frame(statistic = z, p_value = p, p_adjusted = p.adjust(p))
		  }, bound = 1e-10, because = "a difference of shares",
		  unit = c(statistic = 1e-4, p_value = 1e-290, p_adjusted = 1e-290))
}

if (offered("count_interval(bigint,double precision,text)"))
{
	counts <- data.frame(events = c(0:20, log_uniform(200 * scale, 1, 1e6)))
	counts$conf_level <- some_levels(nrow(counts))
	check("count_interval exact", counts, "nuso.count_interval(events, conf_level)",
		  function(case)
		  {
			  bounds <- poisson.test(case$events, conf.level = case$conf_level)$conf.int
			  list(estimate = case$events, lower = bounds[1], upper = bounds[2])
		  }, bound = 1e-11, because = "R's qgamma")
	check("count_interval byar", counts, "nuso.count_interval(events, conf_level, 'byar')",
		  function(case)
		  {
			  bounds <- byar(case$events, qnorm((1 + case$conf_level) / 2))
			  list(lower = if (case$events == 0) 0 else max(0, bounds[1]), upper = bounds[2])
		  }, bound = 1e-10, because = "a cube that cancels", unit = c(lower = 1))
}
