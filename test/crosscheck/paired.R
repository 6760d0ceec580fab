# Two facts of the same child: confint(paired_proportion), mcnemar_test

count <- 400 * scale
cell <- function() as.integer(ifelse(runif(count) < 0.15, 0,
	log_uniform(count, 1, sample(c(6, 40, 1000, 1e5), count, replace = TRUE))))
cases <- data.frame(both_true = cell(), first_only = cell(), second_only = cell(),
					neither = cell(), conf_level = some_levels(count))
cases <- cases[rowSums(cases[1:4]) > 0, ]
made <- "nuso.make_paired_proportion(both_true, first_only, second_only, neither)"

check("paired confint newcombe", cbind(cases, method = "newcombe"),
	  sprintf("nuso.confint(%s, conf_level, method)", made), paired_newcombe,
	  bound = 1e-11, because = "a difference near 0, in doubles", unit = 1e-2,
	  judge = "paired")
check("paired confint tango", cbind(cases, method = "tango"),
	  sprintf("nuso.confint(%s, conf_level, method)", made), paired_tango,
	  bound = 1e-9, because = "R's root of an equation in doubles", unit = 1e-2,
	  judge = "paired")

discordant <- with(cases, first_only > 0 | second_only > 0)
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
