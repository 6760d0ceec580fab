# One proportion: confint, compare_to_target

count <- 400 * scale
cases <- data.frame(n = log_uniform(count, 1, 1e6), conf_level = some_levels(count))
cases$events <- some_events(cases$n)

# R's own functions where it has the method, else its distributions put into
# the definition
tail_of <- function(case) (1 - case$conf_level) / 2
interval <- list(
	"wilson" = function(case) with(case,
		prop.test(events, n, conf.level = conf_level, correct = FALSE)$conf.int),
	"wilson-cc" = function(case) with(case,
		prop.test(events, n, conf.level = conf_level, correct = TRUE)$conf.int),
	"clopper-pearson" = function(case) with(case,
		binom.test(events, n, conf.level = conf_level)$conf.int),
	"mid-p" = function(case)
	{
		x <- case$events
		n <- case$n
		a <- tail_of(case)
		# P(X > x) + P(X = x) / 2 as tails of two beta distributions, which
		# does not cancel
		above <- function(p) (pbeta(p, x, n - x + 1) + pbeta(p, x + 1, n - x)) / 2 / a - 1
		below <- function(p) (pbeta(p, x, n - x + 1, lower.tail = FALSE) +
							  pbeta(p, x + 1, n - x, lower.tail = FALSE)) / 2 / a - 1
		c(if (x == 0) 0 else if (x == n) (2 * a)^(1 / n)
		  else uniroot(above, c(qbeta(a, x, n - x + 1), qbeta(a, x + 1, n - x)),
					   tol = 1e-300)$root,
		  if (x == n) 1 else if (x == 0) -expm1(log(2 * a) / n)
		  else uniroot(below, c(qbeta(a, x, n - x + 1, lower.tail = FALSE),
								qbeta(a, x + 1, n - x, lower.tail = FALSE)),
					   tol = 1e-300)$root)
	},
	"jeffreys" = function(case) with(case,
		c(if (events == 0) 0 else qbeta(tail_of(case), events + .5, n - events + .5),
		  if (events == n) 1
		  else qbeta(tail_of(case), events + .5, n - events + .5, lower.tail = FALSE))),
	"agresti-coull" = function(case)
	{
		z <- qnorm(tail_of(case), lower.tail = FALSE)
		size <- case$n + z^2
		p <- (case$events + z^2 / 2) / size
		c(max(0, p - z * sqrt(p * (1 - p) / size)), min(1, p + z * sqrt(p * (1 - p) / size)))
	},
	"wald" = function(case)
	{
		p <- case$events / case$n
		half <- qnorm(tail_of(case), lower.tail = FALSE) * sqrt(p * (1 - p) / case$n)
		c(max(0, p - half), min(1, p + half))
	})

for (method in names(interval))
{
	asked <- cbind(cases, method = method)
	# R shrinks the correction to |x - n/2| where that is below 1/2
	if (method == "wilson-cc")
		asked <- subset(asked, abs(events - n / 2) >= 0.5)
	check(paste("confint", method), asked,
		  "nuso.confint(nuso.make_proportion(n, events), conf_level, method)",
		  function(case)
		  {
			  bounds <- interval[[method]](case)
			  list(estimate = case$events / case$n, lower = bounds[1], upper = bounds[2])
		  },
		  # R subtracts where a bound is near 0
		  bound = 1e-12, judge = "confint")
}

cases$target <- round(pmin(0.999, pmax(0.001, cases$events / cases$n +
	rnorm(count) * 1.5 / sqrt(cases$n))), 3)
few <- with(cases, n * target < 1 | n * (1 - target) < 1)
check("compare_to_target score", cases[!few, ],
	  "nuso.compare_to_target(nuso.make_proportion(n, events), target)",
	  function(case)
	  {
		  test <- with(case, prop.test(events, n, target, correct = FALSE))
		  list(statistic = sign(case$events / case$n - case$target) * sqrt(test$statistic[[1]]),
			   p_value = test$p.value)
	  }, bound = 1e-11, because = "R's pchisq", unit = 1e-300, judge = "target")
check("compare_to_target binomial-mid-p", cases[few, ],
	  "nuso.compare_to_target(nuso.make_proportion(n, events), target)",
	  function(case)
	  {
		  p <- with(case, dbinom(0:n, n, target))
		  seen <- with(case, dbinom(events, n, target))
		  list(p_value = sum(p[p < seen * (1 - 1e-7)]) +
			   sum(p[abs(p - seen) <= seen * 1e-7]) / 2)
	  }, bound = 1e-11, because = "R's dbinom", judge = "target")

# a number of events
byar <- function(case)
{
	x <- as.numeric(case$events)
	z <- qnorm(tail_of(case), lower.tail = FALSE)
	half <- function(x, z) x * (1 - 1 / (9 * x) + z / (3 * sqrt(x)))^3
	list(lower = if (x == 0) 0 else max(0, half(x, -z)), upper = half(x + 1, z))
}
exact_count <- function(case) with(case,
	list(lower = if (events == 0) 0 else qgamma(tail_of(case), events),
		 upper = qgamma(tail_of(case), events + 1, lower.tail = FALSE)))
if (offered("count_interval(bigint,double precision,text)"))
	for (method in c("exact", "byar"))
		check(paste("count_interval", method),
			  data.frame(events = c(0:20, log_uniform(count, 1, 1e7)), method = method,
						 conf_level = some_levels(count + 21)),
			  "nuso.count_interval(events, conf_level, method)",
			  if (method == "exact") exact_count else byar,
			  bound = 1e-11, because = "R's qgamma; a cube that cancels")
