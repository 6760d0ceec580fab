# Logistic regression: glm, with sandwich for clusters

suppressMessages(library(sandwich))

if (offered("logit_agg(boolean,double precision[],bigint)") && length(system2("psql", c("-XAtqc", shQuote(
	"SELECT 1 FROM pg_proc WHERE pronamespace = 'nuso'::regnamespace AND proname = 'logit_fit'")), stdout = TRUE)))
{
	cases <- do.call(rbind, lapply(seq_len(60 * scale), function(i)
	{
		n <- sample(c(60, 200, 800), 1)
		x1 <- rbinom(n, 1, 0.4)
		x2 <- sample(0:17, n, replace = TRUE) + 0
		x3 <- round(rnorm(n), 1)
		cluster <- sample(sample(c(6, 15, 40), 1), n, replace = TRUE)
		data.frame(id = i, x1 = x1 + 0, x2 = x2, x3 = x3, cluster = cluster,
				   event = runif(n) < plogis(rnorm(1) + rnorm(1) * x1 + rnorm(1) * 0.05 * x2 + rnorm(1) * 0.4 * x3 +
											 rnorm(40)[cluster] * 0.4))
	}))
	# glm's covariance is that of the step before the last: begin where it ended
	fit <- function(case)
	{
		control <- glm.control(epsilon = 1e-14, maxit = 100)
		first <- glm(event ~ x1 + x2 + x3, binomial, case, control = control)
		glm(event ~ x1 + x2 + x3, binomial, case, control = control, start = coef(first))
	}
	separated <- sapply(split(cases, cases$id), function(case) any(abs(coef(fit(case))) > 15))
	cases <- cases[!cases$id %in% as.integer(names(which(separated))), ]
	agg <- "nuso.logit_agg(event, ARRAY[x1, x2, x3]%s)"
	terms <- function(estimate, variance, df = Inf)
	{
		se <- sqrt(diag(variance))
		t <- estimate / se
		q <- qt(0.975, df)
		data.frame(coefficient = estimate, std_error = se, odds_ratio = exp(estimate),
				   odds_ratio_lower = exp(estimate - q * se), odds_ratio_upper = exp(estimate + q * se),
				   statistic = t, p_value = 2 * pt(-abs(t), df))
	}
	unit <- c(coefficient = 1e-2, statistic = 1e-2, p_value = 1e-200)
	unit <- c(coefficient = 1e-2, statistic = 1e-2, p_value = 1e-200)
	why <- "glm iterates; linear systems in doubles"
	check("logit_fit", cases, sprintf("nuso.logit_fit(%s, '{x1,x2,x3}')", sprintf(agg, "")),
		  function(case)
		  {
			  model <- fit(case)
			  terms(coef(model), vcov(model))
		  }, bound = 1e-8, because = why, unit = unit)
	check("logit_fit_stats", cases, sprintf("nuso.logit_fit_stats(%s)", sprintf(agg, "")),
		  function(case)
		  {
			  model <- fit(case)
			  statistic <- model$null.deviance - model$deviance
			  list(log_likelihood = logLik(model)[1], deviance = model$deviance, null_deviance = model$null.deviance,
				   aic = AIC(model), bic = BIC(model), statistic = statistic, df = 3,
				   p_value = pchisq(statistic, 3, lower.tail = FALSE))
		  }, bound = 1e-9, because = why, unit = c(statistic = 1, p_value = 1e-200))
	clustered <- sprintf(agg, ", cluster")
	check("logit_fit cr1", cases, sprintf("nuso.logit_fit(%s, '{x1,x2,x3}', 'ml', 'cr1')", clustered),
		  function(case)
		  {
			  model <- fit(case)
			  terms(coef(model), vcovCL(model, case$cluster, type = "HC0"), length(unique(case$cluster)) - 1)
		  }, bound = 1e-8, because = why, unit = unit)
	# Bell and McCaffrey 2002 on the weighted scale, with every matrix written out
	check("logit_fit cr2", cases[ave(cases$id, cases$id, FUN = length) <= 200, ],
		  sprintf("nuso.logit_fit(%s, '{x1,x2,x3}', 'ml', 'cr2')", clustered),
		  function(case)
		  {
			  model <- fit(case)
			  mu <- fitted(model)
			  X <- model.matrix(model) * sqrt(mu * (1 - mu))
			  e <- (model$y - mu) / sqrt(mu * (1 - mu))
			  bread <- solve(crossprod(X))
			  rest <- diag(nrow(X)) - X %*% bread %*% t(X)
			  members <- split(seq_len(nrow(X)), case$cluster)
			  root <- lapply(members, function(g)
			  {
				  s <- eigen(rest[g, g, drop = FALSE], symmetric = TRUE)
				  s$vectors %*% (ifelse(s$values > 1e-10, 1 / sqrt(s$values), 0) * t(s$vectors))
			  })
			  score <- mapply(function(g, A) bread %*% t(X[g, , drop = FALSE]) %*% A %*% e[g], members, root)
			  df <- sapply(seq_len(ncol(X)), function(term)
			  {
				  P <- mapply(function(g, A) rest[, g, drop = FALSE] %*% A %*% X[g, , drop = FALSE] %*% bread[, term],
							  members, root)
				  B <- crossprod(P)
				  sum(diag(B))^2 / sum(B^2)
			  })
			  cbind(terms(coef(model), tcrossprod(score), df), df = df)
		  }, bound = 1e-7, because = why, unit = unit)
	check("logit_margins", cases, sprintf("nuso.logit_margins(%s, '{x1,x2,x3}')", sprintf(agg, "")),
		  function(case)
		  {
			  model <- fit(case)
			  X <- model.matrix(model)
			  b <- coef(model)
			  p <- fitted(model)
			  with_1 <- replace(X, cbind(seq_len(nrow(X)), 2), 1)
			  without <- replace(X, cbind(seq_len(nrow(X)), 2), 0)
			  q <- plogis(with_1 %*% b)
			  r <- plogis(without %*% b)
			  gradient_q <- colMeans(c(q * (1 - q)) * with_1)
			  gradient_r <- colMeans(c(r * (1 - r)) * without)
			  slope <- function(k) colMeans(p * (1 - p) * (1 - 2 * p) * X) * b[[k]] +
				  mean(p * (1 - p)) * (seq_along(b) == k)
			  estimate <- c(mean(r), mean(q), mean(q - r), mean(q) / mean(r), mean(p * (1 - p)) * b[[3]],
							mean(p * (1 - p)) * b[[4]])
			  gradients <- rbind(gradient_r, gradient_q, gradient_q - gradient_r,
								 NA, slope(3), slope(4))
			  se <- sqrt(diag(gradients %*% vcov(model) %*% t(gradients)))
			  # of the ratio: nuso's own scale is not compared
			  data.frame(estimate = estimate)[c(1:3, 4:6), , drop = FALSE]
		  }, bound = 1e-8, because = why, unit = c(estimate = 1e-2))
	# Firth 1993: scores with the leverages' share, by R's own matrices
	firth <- function(case)
	{
		X <- cbind(1, case$x1, case$x2, case$x3)
		b <- rep(0, 4)
		for (i in 1:200)
		{
			p <- c(plogis(X %*% b))
			W <- p * (1 - p)
			V <- solve(crossprod(X * sqrt(W)))
			h <- rowSums((X %*% V) * X) * W
			step <- V %*% crossprod(X, case$event - p + h * (0.5 - p))
			step <- step * min(1, 2 / max(abs(step)))
			b <- b + c(step)
			if (max(abs(step)) < 1e-13)
				break
		}
		data.frame(coefficient = b, std_error = sqrt(diag(V)))
	}
	check("logit_fit firth", cases, sprintf("nuso.logit_fit(%s, '{x1,x2,x3}', 'firth', 'model')", sprintf(agg, "")),
		  firth, bound = 1e-8, because = "linear systems in doubles", unit = c(coefficient = 1e-2))
}
