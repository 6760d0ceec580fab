/*
 * test_three_step.c - outcomes by latent class: three_step.c, mixing.c,
 * outcome_share.c.
 *
 * Values: test/reference/three_step_cases.tsv, three_step.tsv,
 * three_step_pairs.tsv and three_step_tests.tsv, from three_step.py.
 */
#include "designs.h"
#include "independence.h"
#include "mixing.h"
#include "summaries.h"
#include "three_step.h"

#define MOST_DOUBLES (1 << 17)

/* the case at hand */
typedef struct Problem
{
	char		name[64];
	Design		design;
	NkOutcomeTable table;
	double		d[16];
	double		conf_level;
	NkThreeStep result;
	double		memory[MOST_DOUBLES];
	double		scratch[MOST_DOUBLES];
} Problem;

static void
estimate(Problem *problem, NkThreeStepMethod method)
{
	if (nk_three_step_memory(&problem->table) > sizeof(problem->memory))
		reference_fail("too large", problem->name);
	/* nothing may rely on what was there */
	memset(problem->memory, 0xFF, sizeof(problem->memory));
	nk_three_step(&problem->table, problem->d, method, problem->memory,
				  &problem->result);
}

static void
make_table(Problem *problem, int classes, int outcomes, bool clustered)
{
	NkOutcomeTable *table = &problem->table;

	*table = (NkOutcomeTable) {
		.classes = classes,
		.outcomes = outcomes,
		.rows = classes,
		.counts = problem->design.counts,
		.is_clustered = clustered,
		.clusters = problem->design.table
	};
	for (int i = 0; i < classes; i++)
		table->class_of[i] = i;
}

/* read and solve the case that a row of a table is about, once */
static void
load(Problem *problem, const Reference *cases, const Reference *table, int row)
{
	const char *name = reference_text(table, row, "case");
	NkThreeStepMethod method = (NkThreeStepMethod)
		reference_choice(nk_three_step_methods,
						 reference_text(table, row, "method"));

	if (strcmp(name, problem->name) == 0 && method == problem->result.method)
		return;
	snprintf(problem->name, sizeof(problem->name), "%s", name);
	for (int i = 0; i < cases->count; i++)
	{
		int			classes = (int) reference_count(cases, i, "classes");
		int			outcomes = (int) reference_count(cases, i, "outcomes");
		char	   *rest = (char *) reference_text(cases, i, "d");

		if (!reference_is(cases, i, "case", name))
			continue;
		design_read(&problem->design, reference_text(cases, i, "table"),
					(uint32_t) classes, (uint32_t) outcomes);
		make_table(problem, classes, outcomes,
				   reference_is(cases, i, "of", "clusters"));
		problem->conf_level = reference_number(cases, i, "conf_level");
		for (int j = 0; j < classes * classes; j++)
			problem->d[j] = strtod(rest, &rest);
		estimate(problem, method);
		return;
	}
	reference_fail("no such case", name);
}

static bool
is_status(const Reference *table, int row, NkStatus status)
{
	return reference_is(table, row, "status", status_names[status]);
}

static void
test_shares(Problem *problem, const Reference *cases)
{
	Reference	table = reference_read("three_step.tsv");
	Group		status = {.name = "shares: status"};
	Group		estimates = {.name = "shares", .tolerance = 1e-11};
	Group		errors = {.name = "shares: standard errors", .tolerance = 1e-11};
	Group		bounds = {.name = "shares: bounds", .tolerance = 1e-11};

	for (int row = 0; row < table.count; row++)
	{
		NkOutcomeShare share;

		load(problem, cases, &table, row);
		group_expect(&status, row,
					 nk_three_step_share(&problem->result,
										 (int) reference_count(&table, row, "class") - 1,
										 (int) reference_count(&table, row, "outcome") - 1,
										 problem->conf_level, &share) == NK_OK &&
					 is_status(&table, row, share.status));
		group_compare(&estimates, row, share.share.estimate,
					  reference_number(&table, row, "share"), 1e-3);
		/* a weight of 0 and one of 1e-17 are the same */
		group_compare(&errors, row, share.std_error,
					  reference_number(&table, row, "std_error"), 1e-6);
		group_compare(&bounds, row, share.share.lower,
					  reference_number(&table, row, "lower"), 1e-3);
		group_compare(&bounds, row, share.share.upper,
					  reference_number(&table, row, "upper"), 1e-3);
	}
	group_report(&status);
	group_report(&estimates);
	group_report(&errors);
	group_report(&bounds);
	reference_free(&table);
}

static void
test_pairs(Problem *problem, const Reference *cases)
{
	Reference	table = reference_read("three_step_pairs.tsv");
	Group		status = {.name = "differences: status"};
	Group		estimates = {.name = "differences", .tolerance = 1e-11};
	Group		bounds = {.name = "differences: bounds", .tolerance = 1e-11};
	Group		p_value = {.name = "differences: p-value", .tolerance = 1e-9};

	for (int row = 0; row < table.count; row++)
	{
		NkOutcomeDifference got;

		load(problem, cases, &table, row);
		group_expect(&status, row,
					 nk_three_step_difference(&problem->result,
											  (int) reference_count(&table, row, "class_a") - 1,
											  (int) reference_count(&table, row, "class_b") - 1,
											  (int) reference_count(&table, row, "outcome") - 1,
											  problem->conf_level, &got) == NK_OK &&
					 is_status(&table, row, got.status));
		group_compare(&estimates, row, got.difference.estimate,
					  reference_number(&table, row, "difference"), 1e-2);
		group_compare(&estimates, row, got.std_error,
					  reference_number(&table, row, "std_error"), 0);
		group_compare(&bounds, row, got.difference.lower,
					  reference_number(&table, row, "lower"), 1e-2);
		group_compare(&bounds, row, got.difference.upper,
					  reference_number(&table, row, "upper"), 1e-2);
		group_compare(&p_value, row, got.test.p_value,
					  reference_number(&table, row, "p_value"), 1e-100);
	}
	group_report(&status);
	group_report(&estimates);
	group_report(&bounds);
	group_report(&p_value);
	reference_free(&table);
}

static void
test_tests(Problem *problem, const Reference *cases)
{
	Reference	table = reference_read("three_step_tests.tsv");
	Group		status = {.name = "tests: status"};
	Group		statistic = {.name = "tests: statistic and df", .tolerance = 1e-9};
	Group		p_value = {.name = "tests: p-value", .tolerance = 1e-8};

	for (int row = 0; row < table.count; row++)
	{
		NkTestResult got;

		load(problem, cases, &table, row);
		group_expect(&status, row,
					 is_status(&table, row,
							   nk_three_step_test(&problem->result,
												  problem->scratch, &got)));
		group_compare(&statistic, row, got.statistic,
					  reference_number(&table, row, "statistic"), 0);
		group_compare(&statistic, row, got.df,
					  reference_number(&table, row, "df"), 0);
		group_compare(&statistic, row, got.df2,
					  reference_number(&table, row, "df2"), 0);
		group_compare(&p_value, row, got.p_value,
					  reference_number(&table, row, "p_value"), 1e-300);
	}
	group_report(&status);
	group_report(&statistic);
	group_report(&p_value);
	reference_free(&table);
}

/* without error of assignment: shares of the table, and Wilson's variance */
static void
test_no_error(Problem *problem)
{
	static const int64_t cells[6] = {40, 10, 30, 30, 5, 45};
	NkOutcomeShare share;
	NkOutcomeDifference pair;

	design_start(&problem->design, 3, 2);
	design_add(&problem->design, 1, cells);
	make_table(problem, 3, 2, false);
	for (int i = 0; i < 9; i++)
		problem->d[i] = i % 4 == 0;
	for (int m = NK_THREE_STEP_ML; m <= NK_THREE_STEP_BCH; m++)
	{
		estimate(problem, (NkThreeStepMethod) m);
		CHECK(nk_three_step_share(&problem->result, 1, 0, 0.95, &share) == NK_OK);
		CHECK_CLOSE(share.share.estimate, 0.5, 1e-15);
		CHECK_CLOSE(share.std_error, sqrt(0.25 / 60), 1e-15);
		nk_three_step_difference(&problem->result, 0, 2, 1, 0.95, &pair);
		CHECK_CLOSE(pair.difference.estimate, 0.2 - 0.9, 1e-15);
		CHECK_CLOSE(pair.std_error, sqrt(0.16 / 50 + 0.09 / 50), 1e-15);
	}
	CHECK(nk_three_step_share(&problem->result, 1, 0, 1, &share) == NK_BAD_CONF_LEVEL);
	CHECK(nk_three_step_difference(&problem->result, 0, 1, 0, 0, &pair) == NK_BAD_CONF_LEVEL);
}

/* what cannot be told, and why */
static void
test_statuses(Problem *problem)
{
	static const int64_t cells[6] = {40, 10, 30, 30, 5, 45};
	static const int64_t nobody[6] = {0};
	NkOutcomeShare share;
	NkTestResult test;

	/* nobody is ever taken for class 3 */
	design_start(&problem->design, 3, 2);
	design_add(&problem->design, 1, cells);
	make_table(problem, 3, 2, false);
	memcpy(problem->d, (double[]) {.9, .1, 0, .2, .8, 0, .5, .5, 0}, 9 * sizeof(double));
	estimate(problem, NK_THREE_STEP_ML);
	CHECK(problem->result.status == NK_NOT_IDENTIFIED);
	nk_three_step_share(&problem->result, 0, 0, 0.95, &share);
	CHECK(share.status == NK_NOT_IDENTIFIED && isnan(share.share.estimate));
	CHECK(nk_three_step_test(&problem->result, problem->scratch, &test) ==
		  NK_NOT_IDENTIFIED && isnan(test.p_value));

	/* no children */
	design_start(&problem->design, 3, 2);
	design_add(&problem->design, 1, nobody);
	make_table(problem, 3, 2, false);
	estimate(problem, NK_THREE_STEP_ML);
	CHECK(problem->result.status == NK_EMPTY);

	/* one outcome, and one class */
	design_start(&problem->design, 3, 1);
	design_add(&problem->design, 1, cells);
	make_table(problem, 3, 1, false);
	for (int i = 0; i < 9; i++)
		problem->d[i] = i % 4 == 0 ? 0.8 : 0.1;
	estimate(problem, NK_THREE_STEP_ML);
	nk_three_step_share(&problem->result, 0, 0, 0.95, &share);
	CHECK(share.status == NK_BOUNDARY);
	CHECK_CLOSE(share.share.estimate, 1, 1e-15);
	CHECK(nk_three_step_test(&problem->result, problem->scratch, &test) == NK_ZERO_MARGIN);
	design_start(&problem->design, 1, 2);
	design_add(&problem->design, 1, cells);
	make_table(problem, 1, 2, false);
	problem->d[0] = 1;
	estimate(problem, NK_THREE_STEP_ML);
	nk_three_step_share(&problem->result, 0, 0, 0.95, &share);
	CHECK(share.status == NK_OK);
	CHECK_CLOSE(share.share.estimate, 0.8, 1e-15);
	CHECK(nk_three_step_test(&problem->result, problem->scratch, &test) == NK_ZERO_MARGIN);

	/* one cluster has estimates, but nothing to tell how sure they are */
	design_start(&problem->design, 2, 2);
	design_add(&problem->design, 1, (int64_t[]) {40, 20, 20, 60});
	make_table(problem, 2, 2, true);
	memcpy(problem->d, (double[]) {.9, .1, .2, .8}, 4 * sizeof(double));
	estimate(problem, NK_THREE_STEP_ML);
	CHECK(problem->result.status == NK_TOO_FEW);
	nk_three_step_share(&problem->result, 0, 0, 0.95, &share);
	CHECK(share.status == NK_TOO_FEW && share.share.estimate > 0.8 && isnan(share.std_error));

	/* too many shares to compare */
	make_table(problem, 64, 10, false);
	CHECK(nk_three_step_test_scratch(&problem->table) == 0);
	CHECK(nk_three_step_test(&problem->result, problem->scratch, &test) == NK_TOO_LARGE);
}

/*
 * Nobody is favoured: the same shares whatever classes are called, and where no
 * class has a share of 0 the solution reproduces the table
 */
static void
test_properties(Problem *problem)
{
	Group		order = {.name = "classes and outcomes in another order", .tolerance = 1e-10};
	Group		slopes = {.name = "mixing: no share would raise the likelihood"};
	Group		sums = {.name = "mixing: shares sum to 1", .tolerance = 1e-14};

	for (int i = 0; i < 2000; i++)
	{
		int			k = 2 + (int) (random_bits() % 3);
		int64_t		cells[16];
		double		forward[16];
		double		d[16];
		double		x[4];
		double		count[4];
		double		scratch[64];
		bool		is_free[4];
		double		sum = 0;
		double		total = 0;

		for (int t = 0; t < k; t++)
		{
			double		row = 0;

			for (int s = 0; s < k; s++)
			{
				d[t * k + s] = (double) (random_bits() % 1000 + 1) + 2000 * (s == t);
				row += d[t * k + s];
			}
			for (int s = 0; s < k; s++)
				d[t * k + s] /= row;
		}
		for (int j = 0; j < k * k; j++)
			cells[j] = random_count(300) + 1;
		for (int back = 0; back < 2; back++)
		{
			int64_t		turned[16];

			for (int j = 0; j < k * k; j++)
			{
				turned[j] = back ? cells[k * k - 1 - j] : cells[j];
				problem->d[j] = back ? d[k * k - 1 - j] : d[j];
			}
			design_start(&problem->design, (uint32_t) k, (uint32_t) k);
			design_add(&problem->design, 1, turned);
			make_table(problem, k, k, false);
			estimate(problem, NK_THREE_STEP_ML);
			for (int t = 0; t < k; t++)
				for (int z = 0; z < k; z++)
				{
					NkOutcomeShare share;
					int			at = t * k + z;

					nk_three_step_share(&problem->result, t, z, 0.95, &share);
					if (back)
						group_compare(&order, i, share.share.estimate,
									  forward[k * k - 1 - at], 1);
					else
						forward[at] = share.share.estimate;
				}
		}

		/* one outcome by itself, some counts being 0 */
		for (int s = 0; s < k; s++)
		{
			count[s] = (double) (random_count(50) * (int64_t) (random_bits() % 3 > 0));
			total += count[s];
		}
		if (total == 0)
			continue;
		group_expect(&slopes, i,
					 nk_mixing(d, count, k, x, is_free, scratch) == NK_OK);
		for (int t = 0; t < k; t++)
		{
			double		slope = -1;

			sum += x[t];
			for (int s = 0; s < k; s++)
			{
				double		fitted = 0;

				for (int u = 0; u < k; u++)
					fitted += x[u] * d[u * k + s];
				if (count[s] > 0)
					slope += count[s] / total * d[t * k + s] / fitted;
			}
			group_expect(&slopes, i, x[t] >= 0 && slope < 1e-9 &&
						 (x[t] == 0 || slope > -1e-9) && is_free[t] == (x[t] > 0));
		}
		group_compare(&sums, i, sum, 1, 0);
	}
	group_report(&order);
	group_report(&slopes);
	group_report(&sums);
}

/* rows of a crosstab are classes by their labels */
static void
test_labels(void)
{
	static const char *const wrong[] = {"0", "4", "01", "1.0", "", "-1", "x", "1000"};
	NkOutcomeTable table;
	NkCrosstab *block = calloc(1, 4096);

	nk_crosstab_make_cell(block, (NkText) {"3", 1}, (NkText) {"yes", 3}, 7);
	CHECK(nk_outcome_table(block, false, 3, &table) == NK_OK);
	CHECK(table.rows == 1 && table.class_of[0] == 2 && table.outcomes == 1);
	CHECK(nk_outcome_count(&table, 2, 0) == 7 && nk_outcome_count(&table, 0, 0) == 0);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
	{
		memset(block, 0, 4096);
		nk_crosstab_make_cell(block, (NkText) {wrong[i], (uint32_t) strlen(wrong[i])},
							  (NkText) {"yes", 3}, 7);
		CHECK(nk_outcome_table(block, false, 3, &table) == NK_BAD_CLASS_LABEL);
	}
	free(block);
}

int
main(void)
{
	static Problem problem;
	Reference	cases = reference_read("three_step_cases.tsv");

	problem.result.method = NK_THREE_STEP_BCH;
	test_shares(&problem, &cases);
	test_pairs(&problem, &cases);
	test_tests(&problem, &cases);
	test_no_error(&problem);
	test_statuses(&problem);
	test_properties(&problem);
	test_labels();
	reference_free(&cases);
	return unit_report();
}
