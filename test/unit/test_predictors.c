/*
 * test_predictors.c - predictors of latent classes: predictors.c,
 * latent_likelihood.c, predictor.c.
 *
 * Values: test/reference/predictors_problems.tsv, predictors_rows.tsv,
 * predictors.tsv and predictors_tests.tsv, from predictors.py.  An estimate
 * near 0 has no more correct digits than its standard error has; odds ratios
 * are compared as logarithms.
 */
#include "predictors.h"
#include "reference.h"
#include "summaries.h"

#define MOST_ROWS 3000
#define MOST_X 3
#define MOST_CLASSES 8
#define MOST_DOUBLES (1 << 19)

typedef struct Problem
{
	char		name[64];
	int			classes;
	int			reference;
	double		d[MOST_CLASSES * MOST_CLASSES];
	double		conf_level;
	NkMembers	members;
	double		x[MOST_ROWS * MOST_X];
	int64_t		n[MOST_ROWS];
	int64_t		cluster[MOST_ROWS];
	int32_t		taken_for[MOST_ROWS];
	NkPredictors fit;
	double		log_likelihood;
	double		memory[MOST_DOUBLES];
	double		scratch[MOST_DOUBLES];
} Problem;

static void
start(Problem *problem, int covariates, bool clustered)
{
	problem->members = (NkMembers) {
		.design = {.covariates = covariates, .x = problem->x, .n = problem->n,
		.cluster = clustered ? problem->cluster : NULL},
		.taken_for = problem->taken_for
	};
}

/* rows of a cluster one after the other */
static void
add_row(Problem *problem, int64_t cluster, int class, const double *x,
		int64_t n)
{
	NkDesign   *design = &problem->members.design;
	size_t		row = design->rows++;

	if (row == MOST_ROWS)
		reference_fail("too many rows", problem->name);
	for (int i = 0; i < design->covariates; i++)
		problem->x[row * (size_t) design->covariates + (size_t) i] = x[i];
	problem->n[row] = n;
	problem->taken_for[row] = class - 1;
	problem->members.n += n;
	if (design->cluster == NULL)
		return;
	problem->cluster[row] = cluster;
	problem->members.clusters += row == 0 ||
		problem->cluster[row - 1] != cluster;
}

static void
fit(Problem *problem)
{
	size_t		size = nk_predictors_memory(&problem->members,
											problem->classes);

	if (size == 0 || size > sizeof(problem->memory))
		reference_fail("too large", problem->name);
	memset(problem->memory, 0xFF, size);
	nk_predictors_fit(&problem->members, problem->d, problem->classes,
					  problem->reference, problem->memory, &problem->fit);
}

static NkStatus
test_term(Problem *problem, int term, NkTestResult *test)
{
	if (nk_predictors_test_scratch(&problem->fit, term) > MOST_DOUBLES)
		reference_fail("too large a test", problem->name);
	return nk_predictors_test(&problem->fit, term, problem->scratch, test);
}

/* read and fit the problem that a row of a table is about, once */
static void
load(Problem *problem, const Reference *table, int row)
{
	const char *name = reference_text(table, row, "problem");
	Reference	problems;
	Reference	rows;

	if (strcmp(name, problem->name) == 0)
		return;
	problems = reference_read("predictors_problems.tsv");
	rows = reference_read("predictors_rows.tsv");
	snprintf(problem->name, sizeof(problem->name), "%s", name);
	for (int i = 0; i < problems.count; i++)
	{
		char	   *rest = (char *) reference_text(&problems, i, "d");

		if (!reference_is(&problems, i, "problem", name))
			continue;
		problem->classes = (int) reference_count(&problems, i, "classes");
		problem->reference = (int) reference_count(&problems, i, "reference") - 1;
		problem->conf_level = reference_number(&problems, i, "conf_level");
		problem->log_likelihood = reference_number(&problems, i, "log_likelihood");
		for (int j = 0; j < problem->classes * problem->classes; j++)
			problem->d[j] = strtod(rest, &rest);
		start(problem, (int) reference_count(&problems, i, "covariates"), false);
	}
	for (int r = 0; r < rows.count; r++)
	{
		char	   *rest = (char *) reference_text(&rows, r, "x");
		double		x[MOST_X] = {0};
		int64_t		cluster = 0;

		if (!reference_is(&rows, r, "problem", name))
			continue;
		for (int i = 0; i < problem->members.design.covariates; i++)
			x[i] = strtod(rest, &rest);
		if (!reference_is(&rows, r, "cluster", "NULL"))
		{
			cluster = reference_count(&rows, r, "cluster");
			problem->members.design.cluster = problem->cluster;
		}
		add_row(problem, cluster, (int) reference_count(&rows, r, "class"), x,
				reference_count(&rows, r, "n"));
	}
	reference_free(&problems);
	reference_free(&rows);
	fit(problem);
}

static bool
is_status(const Reference *table, int row, NkStatus status)
{
	return reference_is(table, row, "status", status_names[status]);
}

/* as logarithms; beyond what a double can hold they are 0 and infinite */
static void
compare_odds(Group *group, int row, double odds, double expected, double scale)
{
	if (fabs(expected) < 700)
		group_compare(group, row, log(odds), expected, scale);
	else
		group_expect(group, row, odds == (expected < 0 ? 0 : INFINITY));
}

static void
test_coefficients(Problem *problem)
{
	Reference	table = reference_read("predictors.tsv");
	Group		status = {.name = "coefficients: status"};
	Group		likelihood = {.name = "log-likelihood", .tolerance = 1e-13};
	Group		estimates = {.name = "coefficients", .tolerance = 1e-11};
	Group		errors = {.name = "coefficients: standard errors", .tolerance = 1e-11};
	Group		bounds = {.name = "coefficients: log bounds", .tolerance = 1e-11};
	Group		statistic = {.name = "coefficients: statistic", .tolerance = 1e-10};
	Group		p_value = {.name = "coefficients: p-value", .tolerance = 1e-9};

	for (int row = 0; row < table.count; row++)
	{
		NkPredictor got;
		double		error = reference_number(&table, row, "std_error");

		load(problem, &table, row);
		group_compare(&likelihood, row, problem->fit.likelihood.log_likelihood,
					  problem->log_likelihood, 0);
		group_expect(&status, row,
					 nk_predictor(&problem->fit,
								  (int) reference_count(&table, row, "class") - 1,
								  (int) reference_count(&table, row, "term"),
								  problem->conf_level, &got) == NK_OK &&
					 is_status(&table, row, got.status));
		group_compare(&estimates, row, got.estimate,
					  reference_number(&table, row, "coefficient"), error);
		group_compare(&errors, row, got.std_error, error, 0);
		compare_odds(&estimates, row, got.odds_ratio.estimate,
					 reference_number(&table, row, "coefficient"), error);
		compare_odds(&bounds, row, got.odds_ratio.lower,
					 reference_number(&table, row, "lower"), error);
		compare_odds(&bounds, row, got.odds_ratio.upper,
					 reference_number(&table, row, "upper"), error);
		group_compare(&statistic, row, got.test.statistic,
					  reference_number(&table, row, "statistic"), 1);
		group_compare(&p_value, row, got.test.p_value,
					  reference_number(&table, row, "p_value"), 0);
	}
	group_report(&status);
	group_report(&likelihood);
	group_report(&estimates);
	group_report(&errors);
	group_report(&bounds);
	group_report(&statistic);
	group_report(&p_value);
	reference_free(&table);
}

static void
test_tests(Problem *problem)
{
	Reference	table = reference_read("predictors_tests.tsv");
	Group		status = {.name = "tests: status"};
	Group		statistic = {.name = "tests: statistic and df", .tolerance = 1e-10};
	Group		p_value = {.name = "tests: p-value", .tolerance = 1e-9};

	for (int row = 0; row < table.count; row++)
	{
		NkTestResult got;

		load(problem, &table, row);
		group_expect(&status, row,
					 is_status(&table, row,
							   test_term(problem, (int) reference_count(&table, row, "term"),
										 &got)));
		group_compare(&statistic, row, got.statistic,
					  reference_number(&table, row, "statistic"), 0);
		group_compare(&statistic, row, got.df, reference_number(&table, row, "df"), 0);
		group_compare(&statistic, row, got.df2, reference_number(&table, row, "df2"), 0);
		group_compare(&p_value, row, got.p_value,
					  reference_number(&table, row, "p_value"), 0);
	}
	group_report(&status);
	group_report(&statistic);
	group_report(&p_value);
	reference_free(&table);
}

static void
make_d(Problem *problem, int classes, double correct)
{
	problem->name[0] = '\0';
	problem->classes = classes;
	problem->reference = 0;
	problem->conf_level = 0.95;
	for (int t = 0; t < classes; t++)
		for (int s = 0; s < classes; s++)
			problem->d[t * classes + s] = t == s ? correct :
				(1 - correct) / (classes - 1);
}

/*
 * Shares of three classes without and with a fact, counts being what is
 * expected where class 3 is not without it: odds ratios are known
 */
static void
test_separation(Problem *problem)
{
	NkPredictor got;
	NkTestResult test;

	for (int errors = 0; errors < 2; errors++)
	{
		static const double shares[2][3] = {{0.6, 0.4, 0}, {0.2, 0.3, 0.5}};
		double		correct = errors ? 0.8 : 1;

		make_d(problem, 3, correct);
		start(problem, 1, false);
		for (int with = 0; with < 2; with++)
			for (int s = 0; s < 3; s++)
			{
				double		x = with;
				double		expected = 0;

				for (int t = 0; t < 3; t++)
					expected += 10000 * shares[with][t] * problem->d[t * 3 + s];
				/* fewer than expected of class 3: its share is not positive */
				if (errors && with == 0)
					expected += s == 2 ? -300 : 150;
				if (expected > 0)
					add_row(problem, 0, s + 1, &x, (int64_t) (expected + 0.5));
			}
		fit(problem);
		CHECK(problem->fit.status == NK_SEPARATION);
		nk_predictor(&problem->fit, 1, 1, 0.95, &got);
		CHECK(got.status == NK_OK);
		if (!errors)
		{
			CHECK_CLOSE(got.estimate, log(0.3 / 0.2) - log(0.4 / 0.6), 1e-9);
			CHECK_CLOSE(got.std_error, sqrt(1 / 6e3 + 1 / 4e3 + 1 / 2e3 + 1 / 3e3), 1e-9);
		}
		nk_predictor(&problem->fit, 1, 0, 0.95, &got);
		CHECK(got.status == NK_OK);
		for (int term = 0; term < 2; term++)
		{
			nk_predictor(&problem->fit, 2, term, 0.95, &got);
			CHECK(got.status == NK_SEPARATION && isnan(got.estimate) && isnan(got.test.p_value));
		}
		CHECK(test_term(problem, 1, &test) == NK_SEPARATION && isnan(test.p_value));
		CHECK(test_term(problem, 0, &test) == NK_SEPARATION);
	}

	/* a class that nobody is of: nothing is known of it */
	make_d(problem, 3, 1);
	start(problem, 1, false);
	for (int i = 0; i < 4; i++)
	{
		double		x = i / 2;

		add_row(problem, 0, i % 2 + 1, &x, 100 + 10 * i * i);
	}
	fit(problem);
	CHECK(problem->fit.status == NK_SEPARATION);
	for (int term = 0; term < 2; term++)
	{
		nk_predictor(&problem->fit, 2, term, 0.95, &got);
		CHECK(got.status == NK_SEPARATION);
		nk_predictor(&problem->fit, 1, term, 0.95, &got);
		CHECK(got.status == NK_OK);
	}
	CHECK_CLOSE(got.estimate, log(190.0 / 140) - log(110.0 / 100), 1e-9);
}

static void
test_statuses(Problem *problem)
{
	NkPredictor got;
	NkTestResult test;

	/* nobody */
	make_d(problem, 2, 0.9);
	start(problem, 1, false);
	fit(problem);
	CHECK(problem->fit.status == NK_EMPTY);
	CHECK(nk_predictor(&problem->fit, 1, 1, 0.95, &got) == NK_OK && got.status == NK_EMPTY);
	CHECK(test_term(problem, 1, &test) == NK_EMPTY);

	/* a constant, and a covariate that is twice another plus one */
	start(problem, 3, false);
	for (int i = 0; i < 8; i++)
	{
		double		x[3] = {7, i / 2, 1 + 2 * (i / 2)};

		add_row(problem, 0, i % 2 + 1, x, 100 + 10 * i);
	}
	fit(problem);
	CHECK(problem->fit.status == NK_OK);
	nk_predictor(&problem->fit, 1, 1, 0.95, &got);
	CHECK(got.status == NK_NO_VARIATION);
	nk_predictor(&problem->fit, 1, 2, 0.95, &got);
	CHECK(got.status == NK_OK && isfinite(got.std_error));
	nk_predictor(&problem->fit, 1, 3, 0.95, &got);
	CHECK(got.status == NK_COLLINEAR && isnan(got.estimate));
	CHECK(test_term(problem, 1, &test) == NK_NO_VARIATION);
	CHECK(test_term(problem, 3, &test) == NK_COLLINEAR);
	CHECK(test_term(problem, 0, &test) == NK_OK && test.df == 1);
	CHECK(nk_predictor(&problem->fit, 1, 2, 1, &got) == NK_BAD_CONF_LEVEL);

	/* classes that are taken for each other at random */
	make_d(problem, 2, 0.5);
	fit(problem);
	CHECK(problem->fit.status == NK_NOT_IDENTIFIED);

	/* one class */
	make_d(problem, 1, 1);
	start(problem, 1, false);
	add_row(problem, 0, 1, (double[]) {2}, 30);
	add_row(problem, 0, 1, (double[]) {3}, 30);
	fit(problem);
	CHECK(problem->fit.status == NK_OK);
	CHECK(test_term(problem, 1, &test) == NK_ZERO_MARGIN);

	/* one cluster */
	make_d(problem, 2, 0.9);
	start(problem, 1, true);
	for (int i = 0; i < 4; i++)
		add_row(problem, 5, i % 2 + 1, (double[]) {i / 2}, 100 + 10 * i * i);
	fit(problem);
	nk_predictor(&problem->fit, 1, 1, 0.95, &got);
	CHECK(got.status == NK_TOO_FEW && isfinite(got.estimate) && isnan(got.std_error));
	CHECK(test_term(problem, 1, &test) == NK_TOO_FEW);

	/* more parameters than there may be */
	problem->members.design.covariates = NK_COVARIATES;
	CHECK(nk_predictors_memory(&problem->members, 16) > 0);
	CHECK(nk_predictors_memory(&problem->members, 17) == 0);
}

/*
 * Whatever is drawn, an end is reached; and the reference does not matter for
 * likelihood and tests
 */
static void
test_random(Problem *problem)
{
	Group		ends = {.name = "random problems: an end is reached"};
	Group		slopes = {.name = "random problems: it is a top", .tolerance = 1e-6};
	Group		same = {.name = "random problems: the reference does not matter", .tolerance = 1e-6};

	for (int i = 0; i < 400; i++)
	{
		int			k = 2 + (int) (random_bits() % 4);
		double		likelihood = 0;
		double		wald = 0;
		int64_t		most = (int64_t) 1 << random_bits() % 14;

		make_d(problem, k, 0.5 + 0.5 * (double) (random_bits() % 100 + 1) / 100);
		start(problem, 2, false);
		for (int r = 0; r < 30; r++)
		{
			double		x[2] = {(double) (random_bits() % 4), (double) (random_bits() % 100)};

			add_row(problem, 0, 1 + (int) (random_bits() % (uint64_t) k), x,
					1 + random_count(most));
		}
		for (int reference = 0; reference < k; reference += k - 1)
		{
			NkTestResult test;
			NkStatus	status;

			problem->reference = reference;
			fit(problem);
			group_expect(&ends, i, problem->fit.status == NK_OK ||
						 problem->fit.status == NK_SEPARATION);
			status = test_term(problem, 1, &test);
			if (problem->fit.status == NK_OK)
				for (int j = 0; j < nk_latent_parameters(&problem->fit.likelihood); j++)
					group_compare(&slopes, i, problem->fit.likelihood.score[j], 0, 1);
			if (reference == 0)
			{
				likelihood = problem->fit.likelihood.log_likelihood;
				wald = status == NK_OK ? test.statistic : NAN;
				continue;
			}
			if (problem->fit.status == NK_OK)
			{
				group_compare(&same, i, problem->fit.likelihood.log_likelihood,
							  likelihood, 0);
				if (status == NK_OK && !isnan(wald))
					group_compare(&same, i, test.statistic, wald, 1);
			}
		}
	}
	group_report(&ends);
	group_report(&slopes);
	group_report(&same);
}

int
main(void)
{
	static Problem problem;

	test_coefficients(&problem);
	test_tests(&problem);
	test_separation(&problem);
	test_statuses(&problem);
	test_random(&problem);
	return unit_report();
}
