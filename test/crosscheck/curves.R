# Age curves: curve, gap_area, gap_trend_test, compare_curves, curve_test,
# change_point

suppressMessages({library(mgcv); library(segmented)})

# an age curve of the rows of a case, each an age with four counts
curve_of <- function(suffix = "")
{
	cells <- c(none = "neither", identified = "first_only", decided = "second_only",
			   identified_decided = "both_true")
	sprintf("nuso.rollup(format('{\"n_outside\": 0, \"n_incomplete\": 0, \"ages\": [{\"age\": %%s, %s}]}',
			 age, %s)::nuso.age_curve)",
			paste(sprintf("\"%s\": %%s", names(cells)), collapse = ", "),
			paste0(cells, suffix, collapse = ", "))
}

# children of consecutive ages, with a gap that goes up, down, or nowhere
random_curve <- function(ages, most)
{
	count <- length(ages)
	n <- if (runif(1) < 0.3) rep(log_uniform(1, 1, most), count) else log_uniform(count, 1, most)
	first <- plogis(rnorm(1) + rnorm(1, 0, 0.15) * ages)
	second <- plogis(rnorm(1, -1) + rnorm(1, 0, 0.1) * ages)
	drawn <- t(sapply(seq_len(count), function(i)
		rmultinom(1, n[i], c(first[i] * second[i], first[i] * (1 - second[i]),
							 (1 - first[i]) * second[i] / 4, 1 - first[i]))))
	colnames(drawn) <- c("both_true", "first_only", "second_only", "neither")
	storage.mode(drawn) <- "integer"
	as.data.frame(drawn)
}

one_curve <- function(id)
{
	ages <- seq(sample(0:6, 1), length.out = sample(c(1:4, 8, 12, 15), 1))
	data.frame(id = id, age = as.integer(ages),
			   random_curve(ages, sample(c(9, 100, 5000), 1)), conf_level = some_levels(1))
}

curves <- do.call(rbind, lapply(seq_len(150 * scale), one_curve))
with_n <- function(rows)
{
	rows$n <- with(rows, as.numeric(both_true) + first_only + second_only + neither)
	rows$gap <- (rows$first_only - rows$second_only) / rows$n
	rows
}

# ------------------------------------------------------- one curve, raw

each_age <- function(rows, interval)
	t(sapply(seq_len(nrow(rows)), function(i) unlist(interval(rows[i, ]))[c("lower", "upper")]))

# the level that makes a band of all ages
sidak <- function(rows)
{
	rows$conf_level <- rows$conf_level^(1 / nrow(rows))
	rows
}

raw <- function(rows)
{
	rows <- with_n(rows)
	at_age <- each_age(rows, paired_newcombe)
	band <- each_age(sidak(rows), paired_tango)
	data.frame(age = rows$age, n = rows$n, gap = rows$gap, gap_lower = at_age[, 1],
			   gap_upper = at_age[, 2], gap_band_lower = pmin(at_age[, 1], band[, 1]),
			   gap_band_upper = pmax(at_age[, 2], band[, 2]))
}
curve_call <- function(smooth)
	sprintf("nuso.curve(%s, min(conf_level), '%s')", curve_of(), smooth)
if (offered("curve(nuso.age_curve, double precision, text, text)"))
	check("curve: gap, intervals and band", curves, curve_call("none"), raw,
		  bound = 1e-9, because = "R's root of an equation in doubles", unit = 1e-2)

# --------------------------------------------------- one curve, smoothed

# isoreg has no weights: as many children at each age
level_ages <- do.call(rbind, lapply(split(curves, curves$id), function(rows)
{
	n <- rows$neither[1] + rows$first_only[1] + rows$second_only[1] + rows$both_true[1]
	rows$first_only <- as.integer(sample(0:n, nrow(rows), replace = TRUE))
	rows$second_only <- 0L
	rows$both_true <- as.integer(n - rows$first_only)
	rows$neither <- 0L
	rows
}))
for (way in c("falling", "rising"))
	if (offered("curve(nuso.age_curve, double precision, text, text)"))
		check(paste("curve:", way, "(isoreg)"), level_ages, curve_call(way), function(rows)
		{
			sign <- if (way == "falling") -1 else 1
			list(gap_smooth = sign * isoreg(sign * with_n(rows)$gap)$yf)
		}, bound = 1e-13, unit = 1)

# trials of the share (1 + gap) / 2: children, with the variance of their age
# and of at most fifty children around
even_trials <- function(rows)
{
	b <- rows$first_only
	c <- rows$second_only
	n <- rows$n
	half <- ifelse(b == 0 | c == 0 | b + c == n, 0.5, 0)
	m <- n + 3 * half
	variance <- n * ((b + c + 2 * half) - (b - c)^2 / m) / m^2
	spread <- 1 - ifelse(abs(rows$gap) < 1, rows$gap, rows$gap * n / (n + 1.5))^2
	near <- pmax(1 - abs(outer(rows$age, rows$age, "-")) / 4, 0)
	diag(near) <- 0
	part <- pmin(1, 50 / (near %*% n))
	n * max(0.5, (sum(n) - nrow(rows)) / sum(n)) * (n * spread + part * (near %*% (n * spread))) /
		(n * variance + part * (near %*% (n * variance)))
}

# mgcv's P-spline on the same knots, its penalty by its own search
spline <- function(rows)
{
	rows <- with_n(rows)
	basis <- max(4, min(12, nrow(rows) - 1))
	step <- diff(range(rows$age)) / (basis - 3)
	knots <- min(rows$age) + step * (-3:basis)
	rows$share <- (1 + rows$gap) / 2
	rows$trials <- as.vector(even_trials(rows))
	fit <- gam(share ~ s(age, bs = "ps", k = basis, m = c(2, 2)), family = binomial,
			   weights = trials, data = rows, knots = list(age = knots), method = "REML",
			   control = gam.control(epsilon = 1e-11, newton = list(conv.tol = 1e-10)))
	list(gap_smooth = 2 * as.vector(fitted(fit)) - 1)
}
splined <- do.call(rbind, lapply(seq_len(60 * scale), function(id)
{
	ages <- 0:sample(5:20, 1)
	data.frame(id = id, age = as.integer(ages),
			   random_curve(ages, sample(c(200, 5000), 1)), conf_level = 0.95)
}))
if (offered("curve(nuso.age_curve, double precision, text, text)"))
	check("curve: p-spline (mgcv, REML)", splined, curve_call("p-spline"), spline,
		  bound = 1e-4, because = "where a straight line is best, mgcv stops at 2.003 degrees of freedom", unit = 1)

# ------------------------------------------------- mean gap, trend of gaps

area <- function(rows)
{
	rows <- with_n(rows)
	b <- rows$first_only
	c <- rows$second_only
	half <- ifelse(b == 0 | c == 0 | rows$n == b + c, 0.5, 0)
	m <- rows$n + 3 * half
	variance <- sum(((b + c + 2 * half) - (b - c)^2 / m) / m^2) / nrow(rows)^2
	mean <- mean(rows$gap)
	shrunk <- if (abs(mean) < 1) rows$gap else rows$gap * rows$n / (rows$n + 1.5)
	trials <- mean(1 + shrunk) * mean(1 - shrunk) / variance
	p <- (1 + mean) / 2
	z <- qnorm((1 - rows$conf_level[1]) / 2, lower.tail = FALSE)
	bounds <- (p + z^2 / 2 / trials + c(-1, 1) * z *
		sqrt(p * (1 - p) / trials + z^2 / 4 / trials^2)) / (1 + z^2 / trials)
	list(estimate = mean, lower = 2 * bounds[1] - 1, upper = 2 * bounds[2] - 1)
}
if (offered("gap_area(nuso.age_curve, double precision, text)"))
	check("gap_area", curves, sprintf("nuso.gap_area(%s, min(conf_level))", curve_of()), area,
		  bound = 1e-12, unit = 1e-2)

# a child a row: the correlation of age and score
scores <- function(rows, suffix = "")
{
	count <- function(cell) rows[[paste0(cell, suffix)]]
	data.frame(age = rep(rows$age, count("both_true") + count("first_only") +
						 count("second_only") + count("neither")),
			   score = unlist(lapply(seq_len(nrow(rows)), function(i)
				   rep(c(1, -1, 0), c(count("first_only")[i], count("second_only")[i],
									  count("both_true")[i] + count("neither")[i])))))
}
trend <- function(rows)
{
	child <- scores(rows)
	line <- lm(score ~ age, child)
	ages <- lm(score ~ factor(age), child)
	r2 <- cor(child$age, child$score)^2
	statistic <- (nrow(child) - 1) * r2
	departure <- (nrow(child) - 1) * (summary(ages)$r.squared - r2)
	df <- nrow(rows) - 2
	list(statistic = statistic, df = 1, p_value = pchisq(statistic, 1, lower.tail = FALSE),
		 departure_statistic = if (df > 0) departure else NA,
		 departure_df = if (df > 0) df else NA,
		 departure_p_value = if (df > 0) pchisq(departure, df, lower.tail = FALSE) else NA,
		 slope = coef(line)[["age"]])
}
varied <- sapply(split(curves, curves$id), function(rows)
	nrow(rows) > 1 && length(unique(scores(rows)$score)) > 1)
if (offered("gap_trend_test(nuso.age_curve, text)"))
	check("gap_trend_test (cor, lm)", curves[curves$id %in% names(varied)[varied], ],
		  sprintf("nuso.gap_trend_test(%s)", curve_of()), trend,
		  bound = 1e-8, because = "lm's sums of squares over children", unit = 1e-2)

# ------------------------------------------------------------- two curves

two_curves <- do.call(rbind, lapply(seq_len(100 * scale), function(id)
{
	a <- one_curve(id)
	b <- random_curve(a$age, sample(c(9, 100, 5000), 1))
	if (runif(1) < 0.3)
		b[sample(nrow(b), 1), ] <- 0L
	names(a)[3:6] <- paste0(names(a)[3:6], "_a")
	names(b) <- paste0(names(b), "_b")
	cbind(a, b)
}))
group <- function(rows, suffix)
{
	columns <- c("both_true", "first_only", "second_only", "neither")
	rows[columns] <- rows[paste0(columns, suffix)]
	with_n(rows)
}

# two-sided p of the difference of two mean scores, variances around the
# mean of all, each with the weight of five children of both groups
score_z <- function(a, b)
{
	variance <- function(score, all) ((sum((score - mean(all))^2) +
		5 * mean((all - mean(all))^2)) / (length(score) + 5)) / length(score)
	all <- c(a, b)
	n <- length(all)
	(mean(a) - mean(b)) / sqrt((variance(a, all) + variance(b, all)) * n / (n - 1))
}
z_of_ages <- function(rows)
	sapply(seq_len(nrow(rows)), function(i)
	{
		a <- scores(rows[i, ], "_a")$score
		b <- scores(rows[i, ], "_b")$score
		if (length(a) == 0 || length(b) == 0) NA
		else if (length(unique(c(a, b))) == 1) NaN
		else score_z(a, b)
	})
added <- function(a, b, intervals_a, intervals_b)
	cbind(a - b - sqrt((a - intervals_a[, 1])^2 + (intervals_b[, 2] - b)^2),
		  a - b + sqrt((intervals_a[, 2] - a)^2 + (b - intervals_b[, 1])^2))
compared <- function(rows)
{
	z <- z_of_ages(rows)
	p <- ifelse(is.nan(z), 1, 2 * pnorm(-abs(z)))
	a <- group(rows, "_a")
	b <- group(rows, "_b")
	both <- a$n > 0 & b$n > 0
	answer <- data.frame(age = rows$age, n_a = a$n, n_b = b$n, difference_lower = NA,
						 difference_upper = NA, difference_band_lower = NA,
						 difference_band_upper = NA, difference = a$gap - b$gap, p_value = p,
						 p_adjusted = p.adjust(p, "holm"))
	answer$difference[!both] <- NA
	if (any(both))
	{
		a <- a[both, ]
		b <- b[both, ]
		at_age <- added(a$gap, b$gap, each_age(a, paired_newcombe), each_age(b, paired_newcombe))
		band <- added(a$gap, b$gap, each_age(sidak(a), paired_tango),
					  each_age(sidak(b), paired_tango))
		answer[both, 4:7] <- cbind(at_age, pmin(at_age[, 1], band[, 1]),
								   pmax(at_age[, 2], band[, 2]))
	}
	answer
}
pairs <- sprintf("%s, %s", curve_of("_a"), curve_of("_b"))
if (offered("compare_curves(nuso.age_curve, nuso.age_curve, double precision, text)"))
{
	check("compare_curves", two_curves,
		  sprintf("nuso.compare_curves(%s, min(conf_level))", pairs), compared,
		  bound = 1e-9, because = "R's root of an equation in doubles", unit = 1e-2)
	check("curve_test", two_curves, sprintf("nuso.curve_test(%s)", pairs), function(rows)
	{
		z <- z_of_ages(rows)
		df <- sum(!is.na(z))
		if (df == 0)
			return(list(statistic = NA, df = NA, p_value = NA))
		list(statistic = sum(z^2, na.rm = TRUE), df = df,
			 p_value = pchisq(sum(z^2, na.rm = TRUE), df, lower.tail = FALSE))
	}, bound = 1e-11, because = "R's chi-square", unit = 1e-290)
}

# -------------------------------------------------------- change of a slope

# shares by age that bend
bent <- do.call(rbind, lapply(seq_len(15 * scale), function(id)
{
	ages <- seq_len(sample(12:30, 1))
	bend <- sample(4:(length(ages) - 3), 1) + 0.5
	slopes <- sample(c(-1, 1)) * runif(2, 0.1, 0.3)
	logit <- rnorm(1, 0, 0.3) + slopes[1] * (ages - bend) + slopes[2] * pmax(0, ages - bend)
	n <- log_uniform(length(ages), 300, 2000)
	data.frame(id = id, age = as.integer(ages), n = n,
			   events = rbinom(length(ages), n, plogis(logit - 0.5)))
}))
bend_of <- function(rows)
{
	# segmented() does not take a table of events and others
	rows$share <- rows$events / rows$n
	line <- glm(share ~ age, binomial, rows, weights = n,
				control = glm.control(epsilon = 1e-13))
	bent_at <- function(psi) glm(share ~ age + pmax(age - psi, 0), binomial, rows,
								 weights = n, control = glm.control(epsilon = 1e-13))
	deviance_at <- function(psi) bent_at(psi)$deviance
	fit <- tryCatch(segmented(line, seg.Z = ~age, psi = median(rows$age)),
					error = function(e) NULL)
	psi <- fit$psi[, "Est."]
	# it may end at a lesser maximum: in one of these samples of ten, or so
	grid <- seq(3, max(rows$age) - 2, 0.25)
	around <- grid[which.min(sapply(grid, deviance_at))]
	if (is.null(fit$psi) || abs(psi - around) > 0.25)
		psi <- around
	# its steps end before the deviance does: once more, year by year, since
	# the deviance has a kink at each age
	nearby <- sapply(floor(psi) + -1:1, function(year)
		unlist(optimize(deviance_at, c(year, year + 1), tol = 1e-9)))
	psi <- nearby["minimum", which.min(nearby["objective", ])]
	slopes <- coef(bent_at(psi))
	list(age = psi, slope_before = slopes[[2]], slope_after = slopes[[2]] + slopes[[3]],
		 statistic = line$deviance - deviance_at(psi))
}
if (offered("change_point(nuso.crosstab, text, double precision)"))
	check("change_point (segmented)", bent,
		  "nuso.change_point(nuso.rollup(nuso.make_crosstab(ARRAY[ARRAY[n - events, events]],
			ARRAY[age::text], ARRAY['false', 'true'])))", bend_of,
		  bound = 1e-6, because = "R's search for the least deviance", unit = 1)
