# library.R - ask nuso and R the same questions, and compare the answers.
#
#   Rscript library.R WORK SEED SCALE [TOPIC]...
#
# A topic is a file of calls of check(); README.md tells how to write one.

options(warn = -1, digits = 17, scipen = 1)
arguments <- commandArgs(trailingOnly = TRUE)
work <- arguments[1]
seed <- as.integer(arguments[2])
scale <- as.integer(arguments[3])

# what 50 digits may be missed by, where they decide
judged_bound <- 1e-12

# ------------------------------------------------------------- the server

psql <- function(script)
{
	file <- file.path(work, "script.sql")
	writeLines(script, file)
	said <- system2("psql", c("-XAtq", "-v", "ON_ERROR_STOP=1", "-f", file),
					stdout = TRUE, stderr = TRUE)
	if (!is.null(attr(said, "status")))
		stop(paste(said, collapse = "\n"))
}

sql_type <- function(x)
	switch(typeof(x), integer = "bigint", double = "double precision",
		   logical = "boolean", "text")

# every digit of a double
as_text <- function(x)
	ifelse(is.na(x), NA, if (is.double(x)) sprintf("%.17g", x) else as.character(x))

write_tsv <- function(rows, file)
{
	rows[] <- lapply(rows, as_text)
	write.table(rows, file, sep = "\t", quote = FALSE, na = "\\N",
				row.names = FALSE, col.names = FALSE)
}

read_tsv <- function(file)
	read.delim(file, header = TRUE, na.strings = c("\\N", "NULL"),
			   quote = "", check.names = FALSE)

# the answers of one expression for every case, in the order of the cases
ask_nuso <- function(cases, sql, rowwise)
{
	sent <- file.path(work, "cases.tsv")
	got <- file.path(work, "answers.tsv")
	cases$place <- seq_len(nrow(cases))
	write_tsv(cases, sent)
	columns <- paste(sprintf("%s %s", names(cases), sapply(cases, sql_type)),
					 collapse = ", ")
	grouped <- if (anyDuplicated(cases$id) && !rowwise) "GROUP BY id" else ""
	answers <- if (is.null(names(sql)))
		sprintf("SELECT id, (answer).* FROM
				 (SELECT id, %s AS answer FROM cases %s OFFSET 0) AS asked",
				sql, grouped)
	else
		sprintf("SELECT id, %s FROM cases %s %s",
				paste(sql, "AS", names(sql), collapse = ", "), grouped,
				if (rowwise) "ORDER BY place" else "")
	psql(c(sprintf("CREATE TEMP TABLE cases (%s);", columns),
		   sprintf("\\copy cases FROM '%s'", sent),
		   sprintf("CREATE TEMP TABLE answers AS %s;", answers),
		   sprintf("\\copy (TABLE answers) TO '%s' (FORMAT csv, DELIMITER E'\\t', HEADER, NULL '\\N')", got)))
	rows <- read_tsv(got)
	split(rows, rows$id)
}

# ------------------------------------------------------- the third opinion

# what 50 digits say about some of the cases
ask_judge <- function(judge, cases, ids)
{
	sent <- file.path(work, "disputed.tsv")
	rows <- cases[cases$id %in% ids, , drop = FALSE]
	write_tsv(rbind(names(rows), as.data.frame(lapply(rows, as_text))), sent)
	said <- system2("/usr/bin/python3", c("judge.py", shQuote(judge)), stdin = sent,
					stdout = TRUE)
	if (!is.null(attr(said, "status")))
		stop("judge.py ", judge, " failed")
	rows <- read_tsv(textConnection(said))
	split(rows, rows$id)
}

# ------------------------------------------------------------ the comparison

# relative, but for values below unit; NULL equals nothing but NULL
distance <- function(got, expected, unit = 0)
{
	got <- as.numeric(got)
	expected <- as.numeric(expected)
	ifelse(is.na(got) & is.na(expected), 0,
	ifelse(is.na(got) | is.na(expected), Inf,
	ifelse(got == expected, 0, abs(got - expected) / pmax(abs(expected), unit))))
}

# the distances of one case: a matrix, rows of the answer by quantities
distances <- function(got, expected, quantities, unit)
{
	if (nrow(got) != nrow(expected))
		return(matrix(Inf, 1, length(quantities)))
	matrix(mapply(function(q)
		distance(got[[q]], expected[[q]],
				 if (is.null(names(unit))) unit else if (q %in% names(unit)) unit[[q]] else 0),
		quantities), ncol = length(quantities))
}

results <- list()
failures <- 0

describe <- function(rows)
{
	rows <- rows[, names(rows) != "id", drop = FALSE]
	text <- paste(mapply(function(name, x) paste0(name, "=", paste(x, collapse = ",")),
						 names(rows), rows), collapse = " ")
	if (nchar(text) > 160) paste0(substr(text, 1, 157), "...") else text
}

# check: a function of nuso against a function of R.
#
#   name     what the line of the report says
#   cases    a data frame; rows of one case share an id (else each row is one)
#   sql      an expression over its columns that gives a row, an aggregate if
#            cases have several rows; or named expressions, one a quantity
#   rowwise  an answer for each row of a case (a window function)
#   r        function(rows of one case) -> the quantities to compare: a list, a
#            vector, or a data frame where sql gives several rows a case
#   bound    largest relative distance that R deserves; because says why
#   unit     values below it are compared on its scale, absolutely; one number,
#            or one a quantity by name
#   judge    what decides beyond the bound: a function of judge.py
check <- function(name, cases, sql, r, bound = 1e-12, because = "", unit = 0,
				  judge = NULL, rowwise = FALSE)
{
	if (is.null(cases$id))
		cases$id <- seq_len(nrow(cases))
	cases <- cases[order(cases$id), , drop = FALSE]
	started <- proc.time()[["elapsed"]]
	got <- ask_nuso(cases, sql, rowwise)
	by_id <- split(cases, cases$id)
	expected <- lapply(by_id, function(rows)
		as.data.frame(as.list(r(rows)), check.names = FALSE))
	quantities <- names(expected[[1]])
	missing <- setdiff(quantities, names(got[[1]]))
	if (length(missing) > 0)
		stop(name, ": nuso's answer has no ", paste(missing, collapse = ", "))

	ids <- names(by_id)
	worst <- function(answers, ids)
		sapply(ids, function(id)
			if (is.null(answers[[id]]) || is.null(got[[id]])) Inf
			else max(distances(got[[id]], answers[[id]], quantities, unit)))
	apart <- worst(expected, ids)

	disputed <- ids[apart > bound]
	judged <- NULL
	r_wrong <- 0
	if (length(disputed) > 0 && !is.null(judge))
	{
		disputed <- head(disputed[order(-apart[disputed])], 100)
		truth <- ask_judge(judge, cases, disputed)
		for (id in disputed)
		{
			ours <- max(distances(got[[id]], truth[[id]], names(truth[[id]])[-1], unit))
			theirs <- max(distances(expected[[id]],
									truth[[id]], intersect(names(truth[[id]])[-1], quantities), unit))
			# the judge must have an opinion on what was disputed
			covered <- all(quantities[apply(distances(got[[id]], expected[[id]], quantities, unit),
											2, max) > bound] %in% names(truth[[id]]))
			if (covered && ours <= judged_bound)
			{
				r_wrong <- max(r_wrong, theirs)
				judged <- c(judged, id)
				apart[id] <- NA
			}
		}
	}

	at <- if (all(is.na(apart))) NA else names(which.max(apart))
	worst_of_all <- if (is.na(at)) 0 else apart[[at]]
	ok <- worst_of_all <= bound
	where <- ""
	if (!ok || worst_of_all > 0)
	{
		if (is.null(got[[at]]))
			where <- "no answer"
		else
		{
			d <- distances(got[[at]], expected[[at]], quantities, unit)
			q <- quantities[which.max(apply(d, 2, max))]
			i <- min(which.max(d[, match(q, quantities)]), nrow(got[[at]]), nrow(expected[[at]]))
			where <- sprintf("%s: %s, R %s at %s", q, format(got[[at]][[q]][i]),
							 format(expected[[at]][[q]][i]), describe(by_id[[at]]))
		}
	}
	results[[length(results) + 1]] <<- data.frame(
		name = name, cases = length(ids), values = length(ids) * length(quantities),
		worst = worst_of_all, bound = bound, judged = length(judged),
		r_wrong = r_wrong, ok = ok, where = where, because = because,
		seconds = proc.time()[["elapsed"]] - started)
	if (!ok)
		failures <<- failures + 1
	print_result(results[[length(results)]])
}

print_result <- function(line)
{
	cat(sprintf("%-44s %6d %9.1e %9.1e  %s%s\n", line$name, line$cases, line$worst,
				line$bound, if (line$ok) "ok" else "NOT OK",
				if (line$judged > 0)
					sprintf(", but R: off by up to %.1e in %d cases", line$r_wrong, line$judged)
				else ""))
	if (!line$ok)
		cat("    ", line$where, "\n", sep = "")
	flush(stdout())
}

# does this installation offer it?  Topics may be ahead of the extension.
offered <- function(signature)
{
	said <- system2("psql", c("-XAtqc", shQuote(sprintf(
		"SELECT to_regprocedure('nuso.%s') IS NOT NULL", signature))),
					stdout = TRUE, stderr = FALSE)
	identical(said, "t")
}

# --------------------------------------------------------- random inputs

log_uniform <- function(count, low, high)
	as.integer(round(exp(runif(count, log(low), log(high)))))

# events of n that are interesting: the edges, few, most, anything
some_events <- function(n)
{
	pick <- sample(11, length(n), replace = TRUE)
	x <- ifelse(pick == 1, 0, ifelse(pick == 2, 1, ifelse(pick == 3, n - 1,
		 ifelse(pick == 4, n, ifelse(pick == 5, n %/% 2,
		 ifelse(pick <= 8, floor(n^runif(length(n))), floor(runif(length(n)) * (n + 1))))))))
	as.integer(pmin(n, pmax(0, x)))
}

some_levels <- function(count)
	sample(c(0.95, 0.95, 0.9, 0.99, 0.8, 0.999), count, replace = TRUE)

# -------------------------------------------- definitions of two topics

# Newcombe 1998, method 10, from R's Wilson intervals
paired_newcombe <- function(case)
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
paired_tango <- function(case)
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
	# at D itself both terms may be 0, and their signs rounding
	list(estimate = D,
		 lower = if (D == -1) -1 else
			 uniroot(excess, c(-1, D - 1e-7 * (1 + D)), tol = 1e-16)$root,
		 upper = if (D == 1) 1 else
			 uniroot(excess, c(D + 1e-7 * (1 - D), 1), tol = 1e-16)$root)
}

# ------------------------------------------------------------- the topics

topics <- arguments[-(1:3)]
if (length(topics) == 0)
	topics <- setdiff(sub("\\.R$", "", sort(list.files(pattern = "\\.R$"))), "library")
cat(sprintf("%-44s %6s %9s %9s\n", "nuso against R", "cases", "worst", "bound"))
for (topic in topics)
{
	set.seed(seed)
	source(paste0(topic, ".R"))
}
if (length(results) == 0)
	stop("this version offers nothing of it")
all_results <- do.call(rbind, results)
cat(sprintf("\n%d functions, %d cases, %d values, %.0f seconds; %d bounds broken\n",
			nrow(all_results), sum(all_results$cases), sum(all_results$values),
			sum(all_results$seconds), failures))
quit(status = as.integer(failures > 0))
