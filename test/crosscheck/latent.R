# Latent classes in three steps: multinom, and matrices

suppressMessages(library(nnet))

# a model whose errors of assignment are the rows of d
model_of <- function(d)
{
	k <- nrow(d)
	list_of <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ", "), "]")
	sprintf(paste0('{"status": "ok", "classes": %d, "items": 1, "n": 100, "n_unobserved": 0, "patterns": 2, "seen": 1, ',
				   '"varying": 1, "complete": 1, "seed": 1, "pseudo_count": 0, "starts": 1, "finished": 1, "at_best": 1, ',
				   '"iterations": 5, "log_likelihood": -60, "g2": 0, "x2": 0, "entropy": 0.5, "mean_posterior": 0.9, ',
				   '"shares": %s, "probabilities": %s, "confusion": %s, "errors": 0}'),
			k, list_of(rep(1 / k, k)), list_of(rep(0.5, k)), list_of(t(d)))
}

# rows that sum to 1, with so much on the diagonal
errors_of <- function(k, correct)
{
	d <- matrix(runif(k * k), k)
	diag(d) <- 0
	d <- (1 - correct) * d / rowSums(d)
	diag(d) <- 1 - rowSums(d)
	d
}

if (offered("membership_agg(integer,double precision[],bigint)") && length(system2("psql", c("-XAtqc", shQuote(
	"SELECT 1 FROM pg_proc WHERE pronamespace = 'nuso'::regnamespace AND proname = 'lca_three_step'")), stdout = TRUE)))
{
	unit <- c(coefficient = 1, statistic = 1, p_value = 1e-3)
	members <- function(count, correct)
		do.call(rbind, lapply(seq_len(count), function(i)
		{
			n <- sample(c(200, 800, 2000), 1)
			d <- if (correct == 1) diag(3) else errors_of(3, runif(1, correct, 1))
			x1 <- rbinom(n, 1, 0.4) + 0
			x2 <- sample(0:17, n, replace = TRUE) + 0
			eta <- cbind(0, rnorm(1) / 2 + rnorm(1) * x1 + rnorm(1) * 0.03 * x2, rnorm(1) / 2 + rnorm(1) * x1 + rnorm(1) * 0.03 * x2)
			class <- apply(exp(eta), 1, function(p) sample(3, 1, prob = p))
			data.frame(id = i, x1 = x1, x2 = x2, cluster = sample(30, n, replace = TRUE),
					   class = sapply(class, function(t) sample(3, 1, prob = d[t, ])), model = model_of(d))
		}))
	d_of <- function(case)
	{
		text <- sub('\\].*', "", sub('.*"confusion": \\[', "", case$model[1]))
		matrix(as.numeric(strsplit(text, ",")[[1]]), 3, byrow = TRUE)
	}
	# both programs' maximum, taken there by Newton: derivatives of the likelihood
	# of the rows, with their probabilities before and after
	newton <- function(case, start)
	{
		d <- d_of(case)
		x <- cbind(1, case$x1, case$x2)
		b <- start
		at <- function(b)
		{
			eta <- cbind(0, x %*% matrix(b, 3))
			p <- exp(eta) / rowSums(exp(eta))
			q <- p * t(d)[case$class, ]
			q <- q / rowSums(q)
			half <- function(w) cbind(rbind(t(x) %*% (x * (w[, 2] * (1 - w[, 2]))), -t(x) %*% (x * (w[, 2] * w[, 3]))),
									  rbind(-t(x) %*% (x * (w[, 2] * w[, 3])), t(x) %*% (x * (w[, 3] * (1 - w[, 3])))))
			list(scores = cbind(x * (q[, 2] - p[, 2]), x * (q[, 3] - p[, 3])), information = half(p) - half(q))
		}
		for (i in 1:12)
		{
			here <- at(b)
			b <- b + solve(here$information, colSums(here$scores))
		}
		c(at(b), list(b = b))
	}
	terms <- function(b, variance, df = Inf)
	{
		se <- sqrt(diag(variance))
		q <- qt(0.975, df)
		data.frame(class = rep(2:3, each = 3), coefficient = b, std_error = se, odds_ratio = exp(b),
				   odds_ratio_lower = exp(b - q * se), odds_ratio_upper = exp(b + q * se), statistic = b / se,
				   p_value = 2 * pt(-abs(b / se), df))
	}
	plain <- function(case)
		multinom(factor(class) ~ x1 + x2, case, trace = FALSE, maxit = 1000, abstol = 1e-14, reltol = 1e-14)
	# without one that goes to infinity
	tame <- function(cases, start)
		cases[!cases$id %in% as.integer(names(which(sapply(split(cases, cases$id), function(case)
			length(unique(case$class)) < 3 || !isTRUE(max(abs(start(case))) < 12))))), ]
	agg <- "nuso.lca_predictors(max(model)::nuso.lca_model, nuso.membership_agg(class::integer, ARRAY[x1, x2]%s), '{x1,x2}')"

	cases <- tame(members(15 * scale, 1), function(case) coef(plain(case)))
	cases$class <- as.integer(cases$class)
	check("lca_predictors, no errors", cases, sprintf(agg, ""), function(case)
	{
		fit <- plain(case)
		terms(c(t(coef(fit))), vcov(fit))
	}, bound = 1e-4, because = "multinom stops before the top", unit = unit)

	# a maximum at infinity has no answer in R: what Newton's steps do not reach is left out
	climb <- function(case)
	{
		d <- d_of(case)
		x <- cbind(1, case$x1, case$x2)
		loss <- function(b)
		{
			eta <- cbind(0, x %*% matrix(b, 3))
			p <- exp(eta - apply(eta, 1, max))
			-sum(log(rowSums(p / rowSums(p) * t(d)[case$class, ])))
		}
		optim(rep(0, 6), loss, method = "BFGS", control = list(maxit = 500, reltol = 1e-12))$par
	}
	reach <- function(case)
		tryCatch(newton(case, climb(case))$b, error = function(e) Inf)
	cases <- tame(members(15 * scale, 0.75), reach)
	cases$class <- as.integer(cases$class)
	check("lca_predictors", cases, sprintf(agg, ""), function(case)
	{
		fit <- newton(case, climb(case))
		terms(fit$b, solve(fit$information))
	}, bound = 1e-9, because = "linear systems in doubles", unit = unit)
	check("lca_predictors, clusters", cases, sprintf(agg, ", cluster"), function(case)
	{
		fit <- newton(case, climb(case))
		g <- length(unique(case$cluster))
		inverse <- solve(fit$information)
		terms(fit$b, g / (g - 1) * inverse %*% crossprod(rowsum(fit$scores, case$cluster)) %*% inverse, g - 1)
	}, bound = 1e-9, because = "linear systems in doubles", unit = unit)

	# tables of counts: matrices for BCH, the covariance of counts by the delta method
	cases <- do.call(rbind, lapply(seq_len(200 * scale), function(i)
	{
		k <- sample(2:4, 1)
		outcomes <- sample(2:4, 1)
		d <- errors_of(k, runif(1, 0.6, 1))
		joint <- matrix(rgamma(k * outcomes, 2), k)
		counts <- rmultinom(1, sample(c(300, 3000, 1e6), 1), t(d) %*% joint)
		data.frame(id = i, class = rep(seq_len(k), outcomes), outcome = rep(letters[seq_len(outcomes)], each = k),
				   n = as.integer(counts), model = model_of(d))
	}))
	tables <- function(case)
	{
		text <- sub('\\].*', "", sub('.*"confusion": \\[', "", case$model[1]))
		k <- max(case$class)
		counts <- matrix(case$n, k)
		q <- solve(t(matrix(as.numeric(strsplit(text, ",")[[1]]), k, byrow = TRUE)))
		joint <- q %*% counts
		share <- joint / rowSums(joint)
		# derivative of share[t, z] with regard to the count [s, y]
		slopes <- do.call(rbind, lapply(seq_len(k), function(t) do.call(rbind, lapply(seq_len(ncol(counts)), function(z)
			c(outer(q[t, ], seq_len(ncol(counts)) == z, function(w, same) w * (same - share[t, z]))) / sum(joint[t, ])))))
		list(share = c(t(share)), variance = slopes %*% (case$n * t(slopes)), k = k, outcomes = ncol(counts))
	}
	bch <- "nuso.%s(max(model)::nuso.lca_model, nuso.crosstab_agg(class::integer, outcome, n), 'bch')"
	check("lca_three_step bch", cases, sprintf(bch, "lca_three_step"), function(case)
	{
		at <- tables(case)
		se <- sqrt(diag(at$variance))
		inside <- at$share > 0 & at$share < 1
		z <- ifelse(inside, qnorm(0.975) * se / (at$share * (1 - at$share)), NA)
		data.frame(share = at$share, std_error = se, lower = plogis(qlogis(ifelse(inside, at$share, NA)) - z),
				   upper = plogis(qlogis(ifelse(inside, at$share, NA)) + z))
	}, bound = 1e-10, because = "inverses in doubles", unit = c(share = 1e-2, lower = 1e-3, upper = 1e-3))
	check("lca_three_step_test bch", cases, sprintf(bch, "lca_three_step_test"), function(case)
	{
		at <- tables(case)
		# differences from the last class, but for the last outcome
		rows <- expand.grid(z = seq_len(at$outcomes - 1), t = seq_len(at$k - 1))
		contrast <- t(mapply(function(z, t)
		{
			c <- numeric(at$k * at$outcomes)
			c[(t - 1) * at$outcomes + z] <- 1
			c[(at$k - 1) * at$outcomes + z] <- -1
			c
		}, rows$z, rows$t))
		difference <- contrast %*% at$share
		wald <- c(t(difference) %*% solve(contrast %*% at$variance %*% t(contrast), difference))
		list(statistic = wald, df = nrow(rows), p_value = pchisq(wald, nrow(rows), lower.tail = FALSE))
	}, bound = 1e-9, because = "the covariance of differences is inverted; p is that of a statistic", unit = c(p_value = 1e-10))
}
