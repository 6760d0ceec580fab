# Two facts of the same child: confint(paired_proportion), mcnemar_test

count <- 400 * scale
cell <- function() as.integer(ifelse(runif(count) < 0.15, 0,
	log_uniform(count, 1, sample(c(6, 40, 1000, 1e5), count, replace = TRUE))))
cases <- data.frame(both_true = cell(), first_only = cell(), second_only = cell(),
					neither = cell(), conf_level = some_levels(count))
cases <- cases[rowSums(cases[1:4]) > 0, ]
made <- "nuso.make_paired_proportion(both_true, first_only, second_only, neither)"

# Newcombe 1998, method 10, from R's Wilson intervals
newcombe <- function(case)
{
	a <- as.numeric(case$both_true); b <- as.numeric(case$first_only)
	c <- as.numeric(case$second_only); d <- as.numeric(case$neither)
	n <- a + b + c + d
	wilson <- function(x) prop.test(x, n, conf.level = case$conf_level,
									correct = FALSE)$conf.int
	one <- wilson(a + b)
	two <- wilson(a + c)
	margins <- sqrt(a + b) * sqrt(c + d) * sqrt(a + c) * sqrt(b + d)
	excess <- a * d - b * c
	if (excess > 0)
		excess <- max(0, excess - n / 2)
	phi <- if (margins > 0) excess / margins else 0
	span <- function(u, v) sqrt(max(0, u^2 - 2 * phi * u * v + v^2))
	p <- (a + b) / n
	q <- (a + c) / n
	list(estimate = (b - c) / n,
		 lower = max(-1, (b - c) / n - span(p - one[1], two[2] - q)),
		 upper = min(1, (b - c) / n + span(one[2] - p, q - two[1])))
}

# Tango 1998: the root of the score equation on either side
tango <- function(case)
{
	b <- as.numeric(case$first_only); c <- as.numeric(case$second_only)
	n <- as.numeric(case$both_true) + b + c + as.numeric(case$neither)
	z <- qnorm((1 - case$conf_level) / 2, lower.tail = FALSE)
	excess <- function(delta)
	{
		B <- -b - c + (2 * n - b + c) * delta
		q <- (sqrt(max(0, B^2 + 8 * n * c * delta * (1 - delta))) - B) / (4 * n)
		(b - c - n * delta)^2 / n - z^2 * (2 * q + delta * (1 - delta))
	}
	D <- (b - c) / n
	list(estimate = D,
		 lower = if (D == -1) -1 else uniroot(excess, c(-1, D), tol = 1e-16)$root,
		 upper = if (D == 1) 1 else uniroot(excess, c(D, 1), tol = 1e-16)$root)
}
check("paired confint newcombe", cbind(cases, method = "newcombe"),
	  sprintf("nuso.confint(%s, conf_level, method)", made), newcombe,
	  bound = 1e-11, because = "a difference near 0, in doubles", unit = 1e-2,
	  judge = "paired")
# without a child with one fact only the equation is 0 at the estimate itself
discordant <- with(cases, first_only > 0 | second_only > 0)
check("paired confint tango", cbind(cases[discordant, ], method = "tango"),
	  sprintf("nuso.confint(%s, conf_level, method)", made), tango,
	  bound = 1e-9, because = "R's root of an equation in doubles", unit = 1e-2,
	  judge = "paired")

tests <- list(
	"exact" = function(case) with(case, list(p_value =
		binom.test(first_only, first_only + second_only)$p.value)),
	"mid-p" = function(case) with(case,
	{
		k <- min(first_only, second_only)
		n <- first_only + second_only
		list(p_value = if (2 * k == n) 1 - dbinom(k, n, 0.5) / 2
			 else 2 * pbinom(k, n, 0.5) - dbinom(k, n, 0.5))
	}),
	"asymptotic" = function(case)
	{
		test <- with(case, mcnemar.test(matrix(c(both_true, second_only, first_only,
												 neither), 2), correct = FALSE))
		list(statistic = test$statistic[[1]], df = test$parameter[[1]],
			 p_value = test$p.value)
	})
for (method in names(tests))
	check(paste("mcnemar_test", method), cbind(cases[discordant, ], method = method),
		  sprintf("nuso.mcnemar_test(%s, method)", made), tests[[method]],
		  bound = 1e-11, because = "R's binomial and chi-square", unit = 1e-290,
		  judge = "mcnemar")
