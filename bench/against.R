# against.R ROUNDS ONLY - what R needs for the same questions
#
# Both sides in turn, ROUNDS times; CPU time of the server's backend, and of the R
# process with what works for it: psql and the backend that sends the rows.  The
# minimum counts: what the machine does besides can only add.

arguments <- commandArgs(trailingOnly = TRUE)
rounds <- as.integer(arguments[1])
only <- strsplit(arguments[2], "\n")[[1]]
fread <- requireNamespace("data.table", quietly = TRUE)
options(warn = -1)

psql <- function(sql)
	system2("psql", c("-XAtqc", shQuote(paste("SET search_path = million, nuso, public;", sql))),
			stdout = TRUE, stderr = FALSE)

# CPU milliseconds of a statement, on a connection of its own
nuso <- function(sql)
	as.numeric(psql(sprintf("SELECT cpu / 1e6 FROM bench.timed($q$%s$q$, 0)", sql)))

# the rows that R needs, by the fastest way that Debian's R has; what the server
# needs for them is R's, too
served <- 0
fetch <- function(sql)
{
	file <- tempfile()
	on.exit(unlink(file))
	served <<- served + as.numeric(system2("psql", "-XAtq", stdout = TRUE, input = c(
		"SELECT bench.cpu_clock() AS before \\gset",
		sprintf("\\copy (%s) TO '%s' (FORMAT csv, HEADER)", sql, file),
		"SELECT (bench.cpu_clock() - :before) / 1e6;")))
	if (fread) data.table::fread(file, nThread = 1, data.table = FALSE)
	else read.csv(file)
}

offered <- function(signature)
	identical(psql(sprintf("SELECT to_regprocedure('nuso.%s') IS NOT NULL", signature)), "t")

r_time <- function(f)
{
	gc()
	served <<- 0
	t <- system.time(f())
	1000 * sum(t[c("user.self", "sys.self", "user.child", "sys.child")]) + served
}

versus <- function(name, bound, needs, sql, r, times = 1, r_rounds = rounds)
{
	if (!offered(needs) || length(only) > 0 && !any(sapply(only, grepl, name, fixed = TRUE)))
		return(invisible())
	ours <- theirs <- Inf
	for (round in 0:rounds)
	{
		ours <- min(ours, nuso(sql))
		if (round <= r_rounds)
			theirs <- min(theirs, r_time(r) * times)
	}
	cat(sprintf("%-52s %12.3f %12.1f %9.1f %7s  %s\n", name, ours, theirs, theirs / ours,
				if (is.na(bound)) "" else format(bound),
				if (is.na(bound)) "" else if (theirs / ours >= bound) "within" else "outside"))
	flush(stdout())
}

cat(sprintf("%-52s %12s %12s %9s %7s\n", "milliseconds of CPU time, minimum", "nuso", "R", "R : nuso",
			"bound"))

versus("290 units against the rest, 1M rows, with R's pull", 4, "proportion_by_key_agg(integer,boolean)",
	"SELECT unit.key, c.* FROM
		(SELECT key, summary, rollup(summary) OVER () AS nation
		 FROM by_key((SELECT proportion_by_key_agg(unit_id, decided) FROM child))) AS unit,
		LATERAL compare_to_rest(unit.summary, unit.nation) AS c",
	function()
	{
		child <- fetch("SELECT unit_id, decided::integer AS decided FROM million.child")
		n <- tabulate(child$unit_id, 290)
		x <- tabulate(child$unit_id[child$decided == 1], 290)
		for (i in seq_along(n))
			prop.test(c(x[i], sum(x) - x[i]), c(n[i], sum(n) - n[i]), correct = FALSE)
	})

# a thousand tables of a few hundred children
versus("Fisher 2 x 2, 1000 tables", 100, "proportion_agg(boolean)",
	"SELECT compare(make_proportion(60 + i % 97, 10 + i % 13), make_proportion(80 + i % 71, 9 + i % 17), 0.95, 'fisher')
	 FROM generate_series(1, 1000) AS i",
	function()
		for (i in 1:100)
			fisher.test(matrix(c(10 + i %% 13, 50 + i %% 97 - i %% 13, 9 + i %% 17,
								 71 + i %% 71 - i %% 17), 2)), times = 10)
versus("  the same without R's interval", NA, "proportion_agg(boolean)",
	"SELECT compare(make_proportion(60 + i % 97, 10 + i % 13), make_proportion(80 + i % 71, 9 + i % 17), 0.95, 'fisher')
	 FROM generate_series(1, 1000) AS i",
	function()
		for (i in 1:100)
			fisher.test(matrix(c(10 + i %% 13, 50 + i %% 97 - i %% 13, 9 + i %% 17,
								 71 + i %% 71 - i %% 17), 2), conf.int = FALSE), times = 10)

versus("Fisher 2 x 2, 1000 tables, the test alone", 100, "fisher_test(nuso.crosstab,integer,bigint)",
	"SELECT fisher_test(make_crosstab(ARRAY[[10 + i % 13, 50 + i % 97 - i % 13], [9 + i % 17, 71 + i % 71 - i % 17]]))
	 FROM generate_series(bigint '1', 1000) AS i",
	function()
		for (i in 1:100)
			fisher.test(matrix(c(10 + i %% 13, 50 + i %% 97 - i %% 13, 9 + i %% 17,
								 71 + i %% 71 - i %% 17), 2)), times = 10)

# 2 x 15, n = 21858
wide <- rbind(700 + 31 * (1:15) %% 97, 650 + 57 * (1:15) %% 89)
versus("Monte Carlo Fisher 2 x 15, 100000 replicates", 1, "fisher_test(nuso.crosstab,integer,bigint)",
	sprintf("SELECT fisher_test(make_crosstab(ARRAY[ARRAY[%s], ARRAY[%s]]::bigint[]), 100000, 1)",
			paste(wide[1, ], collapse = ","), paste(wide[2, ], collapse = ",")),
	function() fisher.test(wide, simulate.p.value = TRUE, B = 1e5))
small <- matrix(c(1, 3, 10, 6, 2, 3, 10, 7, 1, 6, 14, 12, 0, 1, 9, 11), 4, byrow = TRUE)
versus("Monte Carlo Fisher 4 x 4, 100000 replicates", 1, "fisher_test(nuso.crosstab,integer,bigint)",
	"SELECT fisher_test(make_crosstab(ARRAY[[10,30,100,60],[20,30,100,70],[10,60,140,120],[5,10,90,110]]::bigint[]), 100000, 1)",
	function() fisher.test(small * 10, simulate.p.value = TRUE, B = 1e5))

versus("Mann-Whitney, 1M values, without R's pull", NA, "distribution_agg(double precision)",
	"SELECT compare(distribution_agg(score) FILTER (WHERE girl), distribution_agg(score) FILTER (WHERE NOT girl))
	 FROM child",
	local({
		child <- NULL
		function()
		{
			if (is.null(child))
				child <<- fetch("SELECT girl::integer AS girl, score FROM million.child")
			wilcox.test(child$score[child$girl == 1], child$score[child$girl == 0])
		}
	}), r_rounds = 2)

logistic <- local({
	child <- NULL
	function()
	{
		if (is.null(child))
			child <<- fetch("SELECT decided::integer AS decided, x1, x2, x3, x4, x5, x6, x7, x8 FROM million.child")
		glm(decided ~ ., binomial, child)
	}
})
versus("logistic regression, 8 covariates, 1M rows", 20, "logit_agg(boolean,double precision[])",
	"SELECT f.* FROM logit_fit((SELECT logit_agg(decided, ARRAY[x1, x2, x3, x4, x5, x6, x7, x8]) FROM child),
		'{x1,x2,x3,x4,x5,x6,x7,x8}') AS f",
	logistic, r_rounds = 2)

# the smooth gap of each unit with its band over all ages; R's from counts that
# it has already, and for a tenth of the units
smooth_gaps <- local({
	counts <- NULL
	function()
	{
		if (is.null(counts))
			counts <<- fetch(paste("SELECT unit_id, age, count(*) AS n,",
				"count(*) FILTER (WHERE x2 = 0 AND NOT decided) AS b, count(*) FILTER (WHERE x2 <> 0 AND decided) AS c",
				"FROM million.child WHERE unit_id % 10 = 0 GROUP BY unit_id, age"))
		for (unit in split(counts, counts$unit_id))
		{
			half <- with(unit, ifelse(b == 0 | c == 0 | b + c == n, 0.5, 0))
			n <- unit$n + 3 * half
			gap <- (unit$b - unit$c) / unit$n
			variance <- (unit$b + unit$c + 2 * half - (unit$b - unit$c)^2 / n) / n^2
			unit$share <- (1 + gap) / 2
			fit <- mgcv::gam(share ~ s(age, bs = "ps", m = c(2, 2), k = min(12, nrow(unit) - 1)), binomial, unit,
							 weights = (1 - gap^2) / variance, method = "REML")
			X <- predict(fit, type = "lpmatrix")
			V <- X %*% vcov(fit) %*% t(X)
			se <- sqrt(diag(V))
			draws <- mgcv::rmvn(10000, rep(0, nrow(V)), V)
			critical <- quantile(apply(abs(t(draws) / se), 2, max), 0.95)
			plogis(cbind(predict(fit), predict(fit) - critical * se, predict(fit) + critical * se)) * 2 - 1
		}
	}
})
if (offered("curve(nuso.age_curve,double precision,text,text)"))
	invisible(psql("CREATE TABLE million.unit AS
		SELECT unit_id, age_curve_agg(age, x2 = 0, x5 = 1, decided) AS summary FROM child GROUP BY unit_id"))
versus("curves of 290 units; R the smooth gap alone", NA, "curve(nuso.age_curve,double precision,text,text)",
	"SELECT c.* FROM million.unit, LATERAL curve(summary) AS c", smooth_gaps, times = 10, r_rounds = 2)

# an iteration of one start, as the difference of two calls: poLCA spends seconds
# on each call besides, and stops after its first start
latent <- function(classes, bound)
{
	name <- sprintf("latent classes, %d: an iteration", classes)
	if (!offered("patterns_agg(bigint)") || length(only) > 0 && !any(sapply(only, grepl, name, fixed = TRUE)))
		return(invisible())
	if (!requireNamespace("poLCA", quietly = TRUE))
	{
		cat(sprintf("%-52s the R package poLCA is not installed\n", name))
		return(invisible())
	}
	present <- as.numeric(fetch("SELECT present FROM latent.study")$present)
	items <- as.data.frame(sapply(0:23, function(j) 1 + floor(present / 2^j) %% 2))
	formula <- as.formula(sprintf("cbind(%s) ~ 1", paste(names(items), collapse = ", ")))
	sql <- paste("SELECT lca_fit(p, %d, 24, starts => 1, finish => 1, tolerance => 0, max_iterations => %d, standard_errors => false)",
				 "AS model FROM latent.summary WHERE name = 'study'")
	# a run may end before the most that it is given
	most <- c(10, 510)
	taken <- sapply(most, function(m) as.numeric(fetch(sprintf(
		"SELECT s.iterations FROM (%s) AS f, lca_fit_stats(f.model) AS s", sprintf(sql, classes, m)))$iterations))
	ours <- theirs <- c(Inf, Inf)
	for (round in 0:rounds)
		for (i in 1:2)
		{
			iterations <- c(10, 110)[i]
			ours[i] <- min(ours[i], nuso(sprintf(sql, classes, most[i])))
			if (round < 2)
				theirs[i] <- min(theirs[i], r_time(function()
					poLCA::poLCA(formula, items, nclass = classes, maxiter = iterations, tol = -1, calc.se = FALSE,
								 verbose = FALSE)))
		}
	ours <- diff(ours) / diff(taken)
	theirs <- diff(theirs) / 100
	cat(sprintf("%-52s %12.3f %12.1f %9.1f %7s  %s\n", name, ours, theirs, theirs / ours,
				if (is.na(bound)) "" else format(bound),
				if (is.na(bound)) "" else if (theirs / ours >= bound) "within" else "outside"))
	flush(stdout())
}
latent(3, NA)
latent(8, NA)
latent(15, 60)
