/*
 * test_logistic.c - logistic regression: logistic.c, likelihood.c, design.c,
 * sandwich.c, coefficient.c and margins.c.
 *
 * Values: test/reference/logit_rows.tsv, logit_fits.tsv, logit_terms.tsv and
 * logit_margins.tsv, from logistic.py.  An estimate near 0 has no more
 * correct digits than its standard error has, so it is held to the larger of
 * the two; odds ratios are compared as logarithms.
 */
#include "coefficient.h"
#include "margins.h"
#include "reference.h"
#include "summaries.h"

#define MOST_ROWS 2000
#define MOST_COVARIATES 40

/* the problem at hand, as the kernel wants it */
typedef struct Problem
{
	char		name[64];
	NkDesign	design;
	double		x[MOST_ROWS * MOST_COVARIATES];
	int64_t		n[MOST_ROWS];
	int64_t		events[MOST_ROWS];
	int64_t		cluster[MOST_ROWS];
	NkLogitMethod method;
	NkLogitFit	fit;
	void	   *memory;
} Problem;

static double *
need(size_t doubles)
{
	double	   *memory = calloc(doubles + 1, sizeof(double));

	if (memory == NULL)
		reference_fail("out of memory", "calloc");
	return memory;
}

static void
fit_problem(Problem *problem, NkLogitMethod method)
{
	free(problem->memory);
	problem->method = method;
	problem->memory = need(nk_logit_memory(problem->design.rows,
										   problem->design.covariates) /
						   sizeof(double));
	nk_logit_fit(&problem->design, method, problem->memory, &problem->fit);
}

/* read and fit the problem that a row of a table is about, once */
static void
load_problem(Problem *problem, const Reference *rows, const Reference *table,
			 int row)
{
	const char *name = reference_text(table, row, "problem");
	NkLogitMethod method = (NkLogitMethod)
		reference_choice(nk_logit_methods, reference_text(table, row, "method"));
	NkDesign   *design = &problem->design;
	double	   *x = problem->x;

	if (strcmp(name, problem->name) == 0 && method == problem->method &&
		problem->memory != NULL)
		return;
	snprintf(problem->name, sizeof(problem->name), "%s", name);
	*design = (NkDesign) {
		.x = problem->x, .n = problem->n, .events = problem->events
	};
	for (int r = 0; r < rows->count; r++)
	{
		char	   *cell;
		char	   *end;

		if (!reference_is(rows, r, "problem", name))
			continue;
		problem->n[design->rows] = reference_count(rows, r, "n");
		problem->events[design->rows] = reference_count(rows, r, "events");
		if (!reference_is(rows, r, "cluster", "NULL"))
		{
			problem->cluster[design->rows] = reference_count(rows, r, "cluster");
			design->cluster = problem->cluster;
		}
		cell = (char *) reference_text(rows, r, "x");
		design->covariates = 0;
		for (;;)
		{
			*x = strtod(cell, &end);
			if (end == cell)
				break;
			cell = end;
			x++;
			design->covariates++;
		}
		design->rows++;
	}
	fit_problem(problem, method);
}

static NkStatus
expected_status(const Reference *table, int row)
{
	return (NkStatus) reference_choice(status_names,
									   reference_text(table, row, "status"));
}

static void
test_fits(Problem *problem, const Reference *rows)
{
	Reference	table = reference_read("logit_fits.tsv");
	Group		status = {.name = "fit: status"};
	Group		counts = {.name = "fit: n, events, clusters, parameters"};
	Group		likelihood = {.name = "fit: log-likelihoods", .tolerance = 1e-12};

	for (int row = 0; row < table.count; row++)
	{
		const NkLogitFit *fit = &problem->fit;

		load_problem(problem, rows, &table, row);
		group_expect(&status, row, fit->outcome == expected_status(&table, row));
		group_expect(&counts, row,
					 fit->n == reference_count(&table, row, "n") &&
					 fit->events == reference_count(&table, row, "events") &&
					 fit->clusters == reference_count(&table, row, "clusters") &&
					 fit->parameters == reference_count(&table, row, "parameters"));
		if (nk_logit_is_fitted(fit))
			group_compare(&likelihood, row, fit->likelihood.log_likelihood,
						  reference_number(&table, row, "log_likelihood"), 0);
		group_compare(&likelihood, row, fit->null_log_likelihood,
					  reference_number(&table, row, "null_log_likelihood"), 0);
	}
	group_report(&status);
	group_report(&counts);
	group_report(&likelihood);
	reference_free(&table);
}

/* what terms and margins have in common, by covariance */
enum
{
	STATUS,
	ESTIMATE,
	ERROR,
	BOUNDS,
	STATISTIC,
	DF,
	P_VALUE,
	CHECKS
};

typedef struct Checks
{
	Group		groups[CHECKS];
	char		names[CHECKS][80];
} Checks;

static void
report_checks(const Checks *checks)
{
	for (int i = 0; i < CHECKS; i++)
		group_report(&checks->groups[i]);
}

static void
begin_checks(Checks *checks, const char *of, double tolerance)
{
	static const char *const what[CHECKS] = {
		"status", "estimates", "standard errors", "bounds", "statistics",
		"df", "p-values"
	};

	for (int i = 0; i < CHECKS; i++)
	{
		snprintf(checks->names[i], sizeof(checks->names[i]), "%s: %s", of,
				 what[i]);
		checks->groups[i] = (Group) {
			.name = checks->names[i], .tolerance = tolerance
		};
	}
}

/* a bound as the table has it; those of ratios compare as logarithms */
static void
compare_bound(Checks *checks, int row, double got, double expected,
			  bool is_ratio, double scale)
{
	if (is_ratio)
		group_compare(&checks->groups[BOUNDS], row, log(got), log(expected), scale);
	else
		group_compare(&checks->groups[BOUNDS], row, got, expected, scale);
}

static void
compare_inference(Checks *checks, const Reference *table, int row,
				  double lower, double upper, double std_error,
				  NkTestResult test, bool is_ratio, double scale)
{
	double		statistic = reference_number(table, row, "statistic");

	compare_bound(checks, row, lower, reference_number(table, row, "lower"),
				  is_ratio, scale);
	compare_bound(checks, row, upper, reference_number(table, row, "upper"),
				  is_ratio, scale);
	group_compare(&checks->groups[ERROR], row, std_error,
				  reference_number(table, row, "std_error"), 0);
	group_compare(&checks->groups[STATISTIC], row, test.statistic, statistic, 1);
	group_compare(&checks->groups[DF], row, test.df,
				  reference_number(table, row, "df"), 0);
	/* a p-value multiplies the error of its statistic by its square */
	group_compare(&checks->groups[P_VALUE], row, test.p_value,
				  reference_number(table, row, "p_value"),
				  fmax(1, statistic * statistic) *
				  reference_number(table, row, "p_value"));
}

static void
test_terms(Problem *problem, const Reference *rows)
{
	Reference	table = reference_read("logit_terms.tsv");
	static Checks checks[NK_COVARIANCE_PROFILE + 1];

	for (int c = NK_COVARIANCE_MODEL; c <= NK_COVARIANCE_PROFILE; c++)
		begin_checks(&checks[c], nk_covariances[c], 1e-12);
	for (int row = 0; row < table.count; row++)
	{
		int			covariance = reference_choice(nk_covariances,
												  reference_text(&table, row, "covariance"));
		int			t = (int) reference_count(&table, row, "term");
		Checks	   *check = &checks[covariance];
		NkCoefficient terms[MOST_COVARIATES + 1];
		const NkCoefficient *term = &terms[t];
		double		error = reference_number(&table, row, "std_error");
		double	   *scratch;

		load_problem(problem, rows, &table, row);
		scratch = need(nk_coefficient_scratch(problem->design.covariates));
		nk_logit_coefficients(&problem->fit, (NkCovariance) covariance, 0.95,
							  scratch, terms);
		free(scratch);
		group_expect(&check->groups[STATUS], row,
					 term->status == expected_status(&table, row));
		group_compare(&check->groups[ESTIMATE], row, term->estimate,
					  reference_number(&table, row, "estimate"), error);
		compare_inference(check, &table, row, term->odds_ratio.lower,
						  term->odds_ratio.upper, term->std_error, term->test,
						  true, error);
	}
	for (int c = NK_COVARIANCE_MODEL; c <= NK_COVARIANCE_PROFILE; c++)
		report_checks(&checks[c]);
	reference_free(&table);
}

static void
test_margins(Problem *problem, const Reference *rows)
{
	Reference	table = reference_read("logit_margins.tsv");
	Checks		checks;

	begin_checks(&checks, "margins", 1e-11);
	for (int row = 0; row < table.count; row++)
	{
		int			covariance = reference_choice(nk_covariances,
												  reference_text(&table, row, "covariance"));
		int			t = (int) reference_count(&table, row, "term");
		int			kind = reference_choice(nk_margin_kinds,
											reference_text(&table, row, "kind"));
		NkMargin	margins[MOST_COVARIATES * NK_MARGINS_A_TERM];
		const NkMargin *margin = NULL;
		double		error = reference_number(&table, row, "std_error");
		double	   *scratch;
		int			count;

		load_problem(problem, rows, &table, row);
		scratch = need(nk_margins_scratch(problem->design.covariates));
		nk_logit_margins(&problem->fit, (NkCovariance) covariance, 0.95,
						 scratch, margins, &count);
		free(scratch);
		for (int m = 0; m < count; m++)
			if (margins[m].term == t && (int) margins[m].kind == kind)
				margin = &margins[m];
		group_expect(&checks.groups[STATUS], row, margin != NULL &&
					 margin->status == expected_status(&table, row));
		if (margin == NULL)
			continue;
		group_compare(&checks.groups[ESTIMATE], row, margin->margin.estimate,
					  reference_number(&table, row, "estimate"), error);
		compare_inference(&checks, &table, row, margin->margin.lower,
						  margin->margin.upper, margin->std_error,
						  margin->test, false, error);
	}
	report_checks(&checks);
	reference_free(&table);
}

/* coefficients of the problem at hand, by Wald */
static void
coefficients(Problem *problem, NkCovariance covariance, NkCoefficient *terms)
{
	double	   *scratch = need(nk_coefficient_scratch(problem->design.covariates));

	nk_logit_coefficients(&problem->fit, covariance, 0.95, scratch, terms);
	free(scratch);
}

static double
random_share(void)
{
	return (double) random_bits() / 0x1p64;
}

/* patterns of a binary, a level and a measurement in ten clusters */
static void
random_problem(Problem *problem, size_t rows)
{
	free(problem->memory);
	problem->memory = NULL;
	problem->design = (NkDesign) {
		.rows = rows, .covariates = 3, .x = problem->x, .n = problem->n,
		.events = problem->events, .cluster = problem->cluster
	};
	for (size_t row = 0; row < rows; row++)
	{
		problem->x[3 * row] = (double) (random_bits() % 2);
		problem->x[3 * row + 1] = (double) (random_bits() % 5);
		problem->x[3 * row + 2] = random_share();
		problem->n[row] = 1 + (int64_t) (random_bits() % 20);
		problem->events[row] = (int64_t)
			(random_bits() % ((uint64_t) problem->n[row] + 1));
		problem->cluster[row] = (int64_t) (10 * row / rows);
	}
}

/*
 * What must not matter: where a covariate is measured from and in what units,
 * whether a pattern is one row or two, and the order within a cluster.  What
 * must matter in a known way: events and others exchanged, and all twice.
 */
static void
test_invariance(Problem *problem)
{
	Group		shifted = {.name = "units and origins of covariates",
	.tolerance = 1e-12};
	Group		mirrored = {.name = "others instead of events", .tolerance = 1e-12};
	Group		doubled = {.name = "everybody twice", .tolerance = 1e-12};
	Group		split = {.name = "patterns as two rows", .tolerance = 1e-12};

	for (int trial = 0; trial < 60; trial++)
	{
		NkCovariance covariance = (NkCovariance)
			(NK_COVARIANCE_MODEL + trial % 4);
		NkLogitMethod method = (NkLogitMethod) (trial / 4 % 2);
		NkCoefficient was[4];
		NkCoefficient is[4];
		size_t		rows = 40;

		random_problem(problem, rows);
		fit_problem(problem, method);
		coefficients(problem, covariance, was);

		for (size_t row = 0; row < rows; row++)
		{
			problem->x[3 * row] = 1e6 * problem->x[3 * row] - 4e6;
			problem->x[3 * row + 1] += 2026;
		}
		fit_problem(problem, method);
		coefficients(problem, covariance, is);
		for (int t = 1; t < 4; t++)
		{
			double		unit = t == 1 ? 1e6 : 1;

			group_compare(&shifted, trial, is[t].estimate * unit,
						  was[t].estimate, was[t].std_error);
			group_compare(&shifted, trial, is[t].std_error * unit,
						  was[t].std_error, 0);
			group_compare(&shifted, trial, is[t].test.df, was[t].test.df, 0);
			group_compare(&shifted, trial, is[t].test.statistic,
						  was[t].test.statistic, 1);
		}

		memcpy(was, is, sizeof(is));
		for (size_t row = 0; row < rows; row++)
			problem->events[row] = problem->n[row] - problem->events[row];
		fit_problem(problem, method);
		coefficients(problem, covariance, is);
		for (int t = 1; t < 4; t++)
		{
			group_compare(&mirrored, trial, -is[t].estimate, was[t].estimate,
						  was[t].std_error);
			group_compare(&mirrored, trial, is[t].std_error, was[t].std_error,
						  0);
			/* an odds ratio near 1 has lost the digits of its logarithm */
			group_compare(&mirrored, trial, -log(is[t].odds_ratio.upper),
						  log(was[t].odds_ratio.lower), t == 1 ? 1 : 0);
			group_compare(&mirrored, trial, is[t].test.df, was[t].test.df, 0);
		}

		/* each row again behind itself, with its share of the events */
		memcpy(was, is, sizeof(is));
		for (size_t row = rows; row-- > 0;)
		{
			int64_t		n = problem->n[row];
			int64_t		events = problem->events[row];

			for (size_t to = 2 * row; to < 2 * row + 2; to++)
			{
				problem->n[to] = (n + (int64_t) (to % 2)) / 2;
				problem->events[to] = (events + (int64_t) (to % 2)) / 2;
				problem->cluster[to] = problem->cluster[row];
				memmove(&problem->x[3 * to], &problem->x[3 * row],
						3 * sizeof(double));
			}
		}
		problem->design.rows = 2 * rows;
		fit_problem(problem, method);
		coefficients(problem, covariance, is);
		for (int t = 0; t < 4; t++)
		{
			group_compare(&split, trial, is[t].estimate, was[t].estimate,
						  was[t].std_error);
			group_compare(&split, trial, is[t].std_error, was[t].std_error, 0);
			group_compare(&split, trial, is[t].test.df, was[t].test.df, 0);
		}

		memcpy(was, is, sizeof(is));
		for (size_t row = 0; row < 2 * rows; row++)
		{
			problem->n[row] *= 2;
			problem->events[row] *= 2;
		}
		fit_problem(problem, NK_LOGIT_ML);
		coefficients(problem, NK_COVARIANCE_MODEL, is);
		if (method == NK_LOGIT_ML && covariance == NK_COVARIANCE_MODEL)
			for (int t = 0; t < 4; t++)
			{
				group_compare(&doubled, trial, is[t].estimate,
							  was[t].estimate, was[t].std_error);
				group_compare(&doubled, trial, is[t].std_error * sqrt(2),
							  was[t].std_error, 0);
			}
	}
	group_report(&shifted);
	group_report(&mirrored);
	group_report(&split);
	group_report(&doubled);
}

/* nobody, nothing to explain with, and settings that are wrong */
static void
test_edges(Problem *problem)
{
	NkCoefficient terms[4];
	NkMargin	margins[3 * NK_MARGINS_A_TERM];
	NkCovariance covariance = NK_COVARIANCE_AUTO;
	double	   *scratch;
	int			count;
	NkLogitStats stats;

	random_problem(problem, 0);
	fit_problem(problem, NK_LOGIT_ML);
	CHECK(problem->fit.outcome == NK_EMPTY && problem->fit.n == 0);
	coefficients(problem, NK_COVARIANCE_CR2, terms);
	CHECK(terms[0].status == NK_EMPTY && terms[3].status == NK_EMPTY);
	CHECK(isnan(terms[0].estimate) && isnan(terms[3].odds_ratio.estimate));
	stats = nk_logit_stats(&problem->fit);
	CHECK(isnan(stats.log_likelihood) && isnan(stats.null_deviance));

	random_problem(problem, 30);
	fit_problem(problem, NK_LOGIT_ML);
	scratch = need(nk_margins_scratch(3));
	CHECK(nk_logit_coefficients(&problem->fit, NK_COVARIANCE_MODEL, 1, scratch,
								terms) == NK_BAD_CONF_LEVEL);
	CHECK(nk_logit_margins(&problem->fit, NK_COVARIANCE_MODEL, 0, scratch,
						   margins, &count) == NK_BAD_CONF_LEVEL);
	free(scratch);

	CHECK(nk_covariance_choose(&problem->fit, &covariance) == NK_OK &&
		  covariance == NK_COVARIANCE_CR2);
	problem->design.cluster = NULL;
	CHECK(nk_covariance_choose(&problem->fit, &covariance) == NK_NO_CLUSTERS);
	covariance = NK_COVARIANCE_AUTO;
	CHECK(nk_covariance_choose(&problem->fit, &covariance) == NK_OK &&
		  covariance == NK_COVARIANCE_MODEL);
	fit_problem(problem, NK_LOGIT_FIRTH);
	covariance = NK_COVARIANCE_AUTO;
	CHECK(nk_covariance_choose(&problem->fit, &covariance) == NK_OK &&
		  covariance == NK_COVARIANCE_PROFILE);
}

/*
 * Numbers that doubles barely hold: whatever comes out, it is finite or
 * missing with a reason, and it comes.
 */
static void
test_extremes(Problem *problem)
{
	static const double odd[] = {
		0, -0.0, 1, -1, 0.5, DBL_MIN, 1e-320, DBL_MAX, -DBL_MAX, 1e300,
		-1e300, 1e-300, 1e16, 1e16 + 2, 1 + DBL_EPSILON, 2026
	};
	Group		sane = {.name = "extreme covariates: a value or a status"};
	long		before = unit_interrupt_checks;

	for (int trial = 0; trial < 2000; trial++)
	{
		NkCoefficient terms[4];
		NkLogitMethod method = (NkLogitMethod) (trial % 2);

		random_problem(problem, 2 + random_bits() % 12);
		for (size_t i = 0; i < 3 * problem->design.rows; i++)
			if (trial % 3 != 0 || i % 3 == 0)
				problem->x[i] = odd[random_bits() % (sizeof(odd) / sizeof(*odd))];
		if (trial % 5 == 0)
			problem->n[0] = problem->events[0] = INT64_C(1) << 60;
		fit_problem(problem, method);
		coefficients(problem, (NkCovariance) (1 + trial / 2 % 4), terms);
		for (int t = 0; t < 4; t++)
			group_expect(&sane, trial, terms[t].status != NK_OK ||
						 (isfinite(terms[t].estimate) &&
						  terms[t].std_error > 0 &&
						  terms[t].test.p_value >= 0 &&
						  terms[t].test.p_value <= 1));
	}
	group_report(&sane);
	CHECK(unit_interrupt_checks > before + 2000);
}

int
main(void)
{
	static Problem problem;
	Reference	rows = reference_read("logit_rows.tsv");

	test_fits(&problem, &rows);
	test_terms(&problem, &rows);
	test_margins(&problem, &rows);
	reference_free(&rows);
	test_invariance(&problem);
	test_edges(&problem);
	test_extremes(&problem);
	free(problem.memory);
	return unit_report();
}
