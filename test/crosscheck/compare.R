# Two proportions: compare, compare_to_rest, difference_interval

count <- 300 * scale
top <- sample(c(12, 100, 5000, 1e5), count, replace = TRUE)
cases <- data.frame(n_a = log_uniform(count, 1, top), n_b = log_uniform(count, 1, top),
					conf_level = some_levels(count))
cases$events_a <- some_events(cases$n_a)
# half of them shares that a person would compare
share <- with(cases, pmin(1, pmax(0, events_a / n_a +
	rnorm(count) * sqrt(1 / n_a + 1 / n_b))))
cases$events_b <- ifelse(runif(count) < 0.5, as.integer(round(cases$n_b * share)),
						 some_events(cases$n_b))
a <- "nuso.make_proportion(n_a, events_a)"
b <- "nuso.make_proportion(n_b, events_b)"

# ------------------------------------------------------------------ tests
table_of <- function(case) with(case, matrix(as.numeric(
	c(events_a, events_b, n_a - events_a, n_b - events_b)), 2))
chisq <- function(statistic) list(statistic = statistic, df = 1,
	p_value = pchisq(statistic, 1, lower.tail = FALSE))
hypergeometric <- function(case)
{
	t <- with(case, max(0, events_a + events_b - n_b):min(n_a, events_a + events_b))
	list(p = with(case, dhyper(t, n_a, n_b, events_a + events_b)),
		 seen = with(case, dhyper(events_a, n_a, n_b, events_a + events_b)))
}
tests <- list(
	"pearson" = function(case)
	{
		test <- chisq.test(table_of(case), correct = FALSE)
		list(statistic = test$statistic[[1]], df = test$parameter[[1]],
			 p_value = test$p.value)
	},
	"n-1" = function(case)
	{
		m <- table_of(case)
		chisq(chisq.test(m, correct = FALSE)$statistic[[1]] * (sum(m) - 1) / sum(m))
	},
	# R shrinks the correction to |O - E|, so that it never turns round
	"yates" = function(case)
	{
		test <- chisq.test(table_of(case), correct = TRUE)
		list(statistic = test$statistic[[1]], df = 1, p_value = test$p.value)
	},
	"fisher" = function(case) list(p_value = fisher.test(table_of(case))$p.value),
	"fisher-mid-p" = function(case) with(hypergeometric(case), list(p_value =
		sum(p[p < seen * (1 - 1e-7)]) + sum(p[abs(p - seen) <= seen * 1e-7]) / 2)))
testable <- with(cases, events_a + events_b > 0 & events_a + events_b < n_a + n_b)
for (test in names(tests))
	check(paste("compare", test), cbind(cases[testable, ], test = test),
		  sprintf("nuso.compare(%s, %s, conf_level, test)", a, b), tests[[test]],
		  bound = 1e-11, because = "R's pchisq, dhyper; its sums",
		  unit = c(statistic = 1e-8, p_value = 1e-290), judge = "comparison")

# every unit against the rest of the nation: Haberman's adjusted residuals
units <- 40 * scale
nation <- do.call(rbind, lapply(seq_len(units), function(i)
{
	k <- sample(2:30, 1)
	n <- log_uniform(k, 5, 5000)
	data.frame(id = i, n = n, events = rbinom(k, n, rbeta(1, 2, 5)))
}))
nation <- nation[ave(nation$events, nation$id, FUN = sum) > 0, ]
nation$all_n <- as.integer(ave(nation$n, nation$id, FUN = sum))
nation$all_events <- as.integer(ave(nation$events, nation$id, FUN = sum))
nation$residual <- unlist(by(nation, nation$id, function(u)
	suppressWarnings(chisq.test(cbind(u$events, u$n - u$events), correct = FALSE)$stdres[, 1])))
nation$id <- NULL
check("compare_to_rest: residual of the k x 2 table", nation[, 1:5],
	  "nuso.compare_to_rest(nuso.make_proportion(n, events),
			nuso.make_proportion(all_n, all_events), 0.95, 'pearson')",
	  local({
		  at <- 0
		  function(case)
		  {
			  at <<- at + 1
			  z <- nation$residual[at]
			  list(statistic = z^2, p_value = 2 * pnorm(-abs(z)))
		  }
	  }), bound = 1e-10, because = "R's residual cancels near 0", unit = 1e-6)

# -------------------------------------------------------------- intervals
newcombe <- function(case)
{
	wilson <- function(x, n) prop.test(x, n, conf.level = case$conf_level,
									   correct = FALSE)$conf.int
	one <- wilson(case$events_a, case$n_a)
	two <- wilson(case$events_b, case$n_b)
	p <- case$events_a / case$n_a
	q <- case$events_b / case$n_b
	list(estimate = p - q, lower = p - q - sqrt((p - one[1])^2 + (two[2] - q)^2),
		 upper = p - q + sqrt((one[2] - p)^2 + (q - two[1])^2))
}

# Miettinen and Nurminen 1985, by their own cubic
miettinen_nurminen <- function(case)
{
	n1 <- as.numeric(case$n_a); n2 <- as.numeric(case$n_b)
	x1 <- as.numeric(case$events_a); x2 <- as.numeric(case$events_b)
	N <- n1 + n2
	z <- qnorm((1 - case$conf_level) / 2, lower.tail = FALSE)
	d <- x1 / n1 - x2 / n2
	excess <- function(D)
	{
		L2 <- (n1 + 2 * n2) * D - N - (x1 + x2)
		L1 <- (n2 * D - N - 2 * x2) * D + x1 + x2
		L0 <- x2 * D * (1 - D)
		q <- L2^3 / (3 * N)^3 - L1 * L2 / (6 * N^2) + L0 / (2 * N)
		r <- (if (q < 0) -1 else 1) * sqrt(max(0, L2^2 / (3 * N)^2 - L1 / (3 * N)))
		angle <- (pi + acos(if (r == 0) 0 else min(1, max(-1, q / r^3)))) / 3
		p2 <- min(1, max(0, 2 * r * cos(angle) - L2 / (3 * N)))
		p1 <- min(1, max(0, p2 + D))
		v <- (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * N / (N - 1)
		abs(d - D) - z * sqrt(v)
	}
	list(estimate = d,
		 lower = if (d == -1) -1 else uniroot(excess, c(-1, d - 1e-13 * (1 + d)), tol = 1e-16)$root,
		 upper = if (d == 1) 1 else uniroot(excess, c(d + 1e-13 * (1 - d), 1), tol = 1e-16)$root)
}
for (method in c("newcombe", "miettinen-nurminen"))
	check(paste("difference_interval", method), cbind(cases, method = method),
		  sprintf("nuso.difference_interval(%s, %s, conf_level, method)", a, b),
		  switch(method, "newcombe" = newcombe, miettinen_nurminen),
		  bound = if (method == "newcombe") 1e-11 else 1e-8,
		  because = "a difference near 0; the cubic loses half of the digits",
		  unit = 1e-2, judge = "difference")

# Koopman 1984, Miettinen and Nurminen 1985: score equations in log scale
ratios <- function(case)
{
	n1 <- as.numeric(case$n_a); n2 <- as.numeric(case$n_b)
	x1 <- as.numeric(case$events_a); x2 <- as.numeric(case$events_b)
	N <- n1 + n2
	z <- qnorm((1 - case$conf_level) / 2, lower.tail = FALSE)
	risk <- function(s)
	{
		theta <- exp(s)
		B <- n1 * theta + x1 + n2 + x2 * theta
		p2 <- 2 * (x1 + x2) / (B + sqrt(B^2 - 4 * N * theta * (x1 + x2)))
		p1 <- theta * p2
		v <- (p1 * (1 - p1) / n1 + theta^2 * p2 * (1 - p2) / n2) * N / (N - 1)
		(x1 / n1 - theta * x2 / n2)^2 / v - z^2
	}
	odds <- function(s)
	{
		psi <- exp(s)
		A <- n2 * (psi - 1)
		B <- n1 * psi + n2 - (x1 + x2) * (psi - 1)
		root <- sqrt(B^2 + 4 * A * (x1 + x2))
		p2 <- if (B > 0) 2 * (x1 + x2) / (B + root) else (root - B) / (2 * A)
		p1 <- psi * p2 / (1 + p2 * (psi - 1))
		(x1 - n1 * p1)^2 * (1 / (n1 * p1 * (1 - p1)) + 1 / (n2 * p2 * (1 - p2))) *
			(N - 1) / N - z^2
	}
	bound <- function(f, from, step)
	{
		to <- from + step
		while (f(to) < 0)
		{
			step <- 2 * step
			to <- from + step
		}
		exp(uniroot(f, sort(c(from, to)), tol = 1e-16)$root)
	}
	rr <- log(x1 / n1) - log(x2 / n2)
	or <- log(x1) + log(n2 - x2) - log(x2) - log(n1 - x1)
	list(risk_ratio = exp(rr), risk_ratio_lower = bound(risk, rr, -1),
		 risk_ratio_upper = bound(risk, rr, 1),
		 odds_ratio = exp(or), odds_ratio_lower = bound(odds, or, -1),
		 odds_ratio_upper = bound(odds, or, 1))
}
inner <- with(cases, events_a > 0 & events_a < n_a & events_b > 0 & events_b < n_b)
check("compare: risk and odds ratio by score", cases[inner, ],
	  sprintf("nuso.compare(%s, %s, conf_level)", a, b), ratios,
	  bound = 1e-9, because = "R's root of an equation in doubles", judge = "ratios")
