# Clusters: shares, differences and tables over clusters, against the package survey

suppressMessages(library(survey))
options(survey.lonely.psu = "fail")

if (offered("cluster_agg(nuso.proportion)"))
{
	surveys <- 40 * scale
	cases <- do.call(rbind, lapply(seq_len(surveys), function(i)
	{
		G <- sample(c(3, 8, 25, 60), 1)
		n <- sample(2:40, G, replace = TRUE)
		share <- plogis(qlogis(runif(1, 0.05, 0.9)) + rnorm(G) * sample(c(0.1, 0.7), 1))
		data.frame(id = i, n = n, events = rbinom(G, n, share), conf_level = some_levels(1))
	}))
	total <- function(x) ave(x + 0, cases$id, FUN = sum)
	cases <- cases[total(cases$events) > 0 & total(cases$events) < total(cases$n), ]
	design_of <- function(case) svydesign(~cluster, data = data.frame(
		cluster = rep(seq_len(nrow(case)), case$n),
		event = unlist(mapply(function(x, n) rep(c(1, 0), c(x, n - x)), case$events, case$n))), weights = ~1)
	agg <- "nuso.cluster_agg(nuso.make_proportion(n, events))"
	# "xlogit" transforms the share; "logit" fits a regression, which gives 0 and NaN near 1
	interval <- list(
		"logit" = function(case)
		{
			at <- svyciprop(~event, design_of(case), "xlogit", level = case$conf_level[1])
			list(estimate = at[[1]], lower = attr(at, "ci")[[1]], upper = attr(at, "ci")[[2]])
		},
		# survey lets the effective number of children exceed their number; Korn and
		# Graubard do not
		"korn-graubard" = function(case)
		{
			m <- svymean(~event, design_of(case))
			p <- coef(m)[[1]]
			n <- sum(case$n)
			tail <- (1 - case$conf_level[1]) / 2
			n <- min(n, p * (1 - p) / vcov(m)[1] * (qt(tail, n - 1) / qt(tail, nrow(case) - 1))^2)
			list(estimate = p, lower = qbeta(tail, n * p, n * (1 - p) + 1),
				 upper = qbeta(tail, n * p + 1, n * (1 - p), lower.tail = FALSE))
		},
		"linear" = function(case)
		{
			at <- svyciprop(~event, design_of(case), "mean", level = case$conf_level[1])
			ci <- attr(at, "ci")
			list(estimate = at[[1]], lower = max(0, ci[[1]]), upper = min(1, ci[[2]]))
		})
	for (method in names(interval))
		check(paste("clustered confint", method), cases,
			  sprintf("nuso.confint(%s, min(conf_level), '%s')", agg, method), interval[[method]], bound = 1e-9,
			  because = "survey's linearised variance; R's qbeta", unit = 1e-4)
	check("design_effect", cases, c(deff = sprintf("nuso.design_effect(%s)", agg)), function(case)
	{
		# survey's simple random sample has n - 1 in its variance
		n <- sum(case$n)
		list(deff = deff(svymean(~event, design_of(case), deff = "replace"))[[1]] * n / (n - 1))
	}, bound = 1e-9, because = "survey's sums", unit = 1e-3)

	array_of <- function(m) paste0("{", paste(apply(m, 1, function(row)
		paste0("{", paste(row, collapse = ","), "}")), collapse = ","), "}")
	tables <- lapply(seq_len(40 * scale), function(i)
	{
		G <- sample(c(8, 25, 60), 1)
		size <- c(sample(2:3, 1), sample(2:4, 1))
		share <- outer(rgamma(size[1], 3), rgamma(size[2], 3))
		lapply(seq_len(G), function(g) matrix(as.integer(
			rmultinom(1, sample(3:60, 1), share * exp(rnorm(prod(size)) * 0.5))), size[1], size[2]))
	})
	tables <- Filter(function(t) all(Reduce("+", t) > 0), tables)
	cases <- do.call(rbind, lapply(seq_along(tables), function(i)
		data.frame(id = i, counts = sapply(tables[[i]], array_of))))
	table_design <- function(case)
	{
		cells <- do.call(rbind, lapply(seq_along(tables[[case$id[1]]]), function(g)
		{
			m <- tables[[case$id[1]]][[g]]
			data.frame(cluster = g, row = rep(c(row(m)), c(m)), column = rep(c(col(m)), c(m)))
		}))
		svydesign(~cluster, data = cells, weights = ~1)
	}
	if (offered("rao_scott_test(nuso.clustered)"))
		check("rao_scott_test", cases,
			  "nuso.rao_scott_test(nuso.cluster_agg(nuso.make_crosstab(counts::bigint[])))",
			  function(case)
			  {
				  test <- svychisq(~row + column, table_design(case), statistic = "F")
				  list(statistic = test$statistic[[1]], df = test$parameter[[1]],
					   df2 = test$parameter[[2]], p_value = test$p.value[[1]])
			  }, bound = 1e-8, because = "survey solves linear systems in doubles", unit = c(statistic = 1e-3))
	if (offered("difference_interval(nuso.clustered,double precision)"))
	{
		two <- Filter(function(i) all(dim(tables[[i]][[1]]) == 2), seq_along(tables))
		check("clustered difference_interval", cases[cases$id %in% two, ],
			  "nuso.difference_interval(nuso.cluster_agg(nuso.make_crosstab(counts::bigint[])))",
			  function(case)
			  {
				  design <- table_design(case)
				  fit <- svyglm(I(column == 2) ~ I(row == 1), design)
				  half <- qt(0.975, length(tables[[case$id[1]]]) - 1) * SE(fit)[[2]]
				  list(estimate = coef(fit)[[2]], lower = coef(fit)[[2]] - half, upper = coef(fit)[[2]] + half)
			  }, bound = 1e-8, because = "survey fits a regression", unit = 1e-2)
	}
}

# gaps by age: survey's domain means of a child's score, 1, 0 or -1, with their
# covariance, which takes clusters for equal; nuso counts their effective number
if (offered("curve(nuso.clustered,double precision,text,text)"))
{
	ages <- 4:7
	surveys <- lapply(seq_len(30 * scale), function(i)
	{
		G <- sample(c(3, 8, 25, 60), 1)
		do.call(rbind, lapply(seq_len(G), function(g)
		{
			n <- sample(2:60, 1)
			# all ages in the first two, so that none sits in one cluster alone
			age <- c(if (g < 3) ages, sample(ages, n, replace = TRUE, prob = c(4, 3, 2, 1)))
			identified <- runif(length(age)) < 0.7
			data.frame(cluster = g, age = age, identified = identified,
					   decided = runif(length(age)) < plogis(rnorm(1) + (age - 5) / 3))
		}))
	})
	curve_of <- function(children)
	{
		cell <- ifelse(children$identified, ifelse(children$decided, "identified_decided", "identified"),
					   ifelse(children$decided, "decided", "none"))
		counts <- table(children$age, cell)
		paste0('{"n_outside": 0, "n_incomplete": 0, "ages": [', paste(sapply(rownames(counts), function(age)
			paste0('{"age": ', age, ', ', paste0('"', colnames(counts), '": ', counts[age, ], collapse = ", "), "}")),
			collapse = ", "), "]}")
	}
	cases <- do.call(rbind, lapply(seq_along(surveys), function(i)
		data.frame(id = i, curve = sapply(split(surveys[[i]], surveys[[i]]$cluster), curve_of))))
	gaps_of <- function(case)
	{
		children <- surveys[[case$id[1]]]
		children$score <- children$identified - children$decided
		by_age <- svyby(~score, ~age, svydesign(~cluster, data = children, weights = ~1), svymean, covmat = TRUE)
		sizes <- table(children$cluster, children$age)
		effective <- colSums(sizes)^2 / colSums(sizes^2)
		f <- sqrt(effective / (effective - 1))
		G <- nrow(sizes)
		list(gap = coef(by_age), n = colSums(sizes), df = effective - 1,
			 all_df = sum(sizes)^2 / sum(rowSums(sizes)^2) - 1,
			 covariance = vcov(by_age) * (G - 1) / G * outer(f, f))
	}
	# where all clusters have one gap, survey says that it has no variance
	varies <- sapply(seq_along(surveys), function(i) min(diag(gaps_of(data.frame(id = i))$covariance)) > 1e-20)
	cases <- cases[varies[cases$id], ]
	because <- "survey's linearised covariance; R's qt"
	check("clustered curve", cases, "nuso.curve(nuso.cluster_agg(curve::nuso.age_curve), 0.95, 'none')", function(case)
	{
		at <- gaps_of(case)
		half <- qt(0.975, at$df) * sqrt(diag(at$covariance)) / (1 - at$gap^2)
		data.frame(n = at$n, gap = at$gap, gap_lower = tanh(atanh(at$gap) - half), gap_upper = tanh(atanh(at$gap) + half))
	}, bound = 1e-9, because = because, unit = 1e-2)
	check("clustered gap_area", cases, "nuso.gap_area(nuso.cluster_agg(curve::nuso.age_curve))", function(case)
	{
		at <- gaps_of(case)
		mean <- mean(at$gap)
		n <- (1 - mean^2) / mean(at$covariance)
		t <- qt(0.975, at$all_df)
		share <- ((1 + mean) / 2 + t^2 / (2 * n) + c(-1, 1) * t * sqrt((1 - mean^2) / (4 * n) + t^2 / (4 * n^2))) /
			(1 + t^2 / n)
		list(estimate = mean, lower = 2 * share[1] - 1, upper = 2 * share[2] - 1)
	}, bound = 1e-9, because = because, unit = 1e-2)
}
