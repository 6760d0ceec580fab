/*
 * test_lca_invariance.c - two groups with the same classes, or others:
 * lca_invariance.c, lca_search.c
 */
#include "lca_invariance.h"
#include "reference.h"
#include "response_patterns.h"

static const NkLcaSettings defaults = {
	.starts = 20, .finish = 5, .seed = 1, .tolerance = 1e-10,
	.max_iterations = 10000
};

typedef struct Tested
{
	NkLcaInvarianceTest test;
	NkLcaInvariance items[8];
	NkStatus	status;
} Tested;

static Tested
try_groups(const NkLcaData *a, const NkLcaData *b, int classes)
{
	void	   *room = patterns_room(nk_lca_invariance_size(a, b, classes,
															&defaults));
	Tested		tested;

	tested.status = nk_lca_invariance_test(a, b, classes, &defaults, room,
										   &tested.test, tested.items);
	free(room);
	return tested;
}

static Tested
try_text(const char *a, const char *b, int items, int classes)
{
	NkTally    *tally_a = patterns_read(a);
	NkTally    *tally_b = patterns_read(b);
	NkLcaData	data_a = patterns_data(tally_a, items);
	NkLcaData	data_b = patterns_data(tally_b, items);

	free(tally_a);
	free(tally_b);
	return try_groups(&data_a, &data_b, classes);
}

/* an EM with shares of each group and probabilities common or own */
static void
test_reference(void)
{
	Reference	rows = reference_read("lca_invariance.tsv");
	Group		same = {.name = "log-likelihood, same", .tolerance = 1e-11};
	Group		own = {.name = "log-likelihood, own", .tolerance = 1e-11};
	Group		items = {.name = "statistics of items", .tolerance = 1e-7};
	Group		df = {.name = "degrees of freedom", .tolerance = 0};
	Group		p = {.name = "p-values in order", .tolerance = 0};

	for (int row = 0; row < rows.count; row++)
	{
		int			count = (int) reference_count(&rows, row, "items");
		int			classes = (int) reference_count(&rows, row, "classes");
		double		expected = reference_number(&rows, row, "same");
		char	   *held = (char *) reference_text(&rows, row, "held");
		char	   *rest = (char *) reference_text(&rows, row, "released");
		NkLcaData	a = patterns_data(patterns_of(reference_text(&rows, row,
																 "first")),
									  count);
		NkLcaData	b = patterns_data(patterns_of(reference_text(&rows, row,
																 "second")),
									  count);
		Tested		got = try_groups(&a, &b, classes);
		int			all = 0;

		group_compare(&same, row, got.test.log_likelihood, expected, 0);
		group_compare(&own, row, got.test.log_likelihood_own,
					  reference_number(&rows, row, "own"), 0);
		for (int j = 0; j < count; j++)
		{
			double		statistic = 2 * (strtod(rest, &rest) - expected);
			int			free_classes = classes - (int) strtol(held, &held, 10);

			group_compare(&items, row, got.items[j].statistic, statistic, 0.1);
			group_expect(&df, row, got.items[j].df == free_classes);
			group_expect(&p, row, got.items[j].p_value <=
						 got.items[j].p_adjusted);
			/* all items free is no worse than one */
			group_expect(&p, row, got.test.all.statistic >
						 got.items[j].statistic - 1e-6);
			all += free_classes;
		}
		group_expect(&df, row, got.test.all.df == all);
	}
	group_report(&same);
	group_report(&own);
	group_report(&items);
	group_report(&df);
	group_report(&p);
	reference_free(&rows);
}

static void
test_same_group(void)
{
	Tested		t = try_text(PATTERNS_CARCINOMA, PATTERNS_CARCINOMA, 7, 3);

	/* a group and itself: nothing differs */
	CHECK(t.status == NK_OK);
	CHECK(fabs(t.test.log_likelihood - 2 * -293.70497878) < 1e-6);
	CHECK(t.test.all.statistic >= 0 && t.test.all.statistic < 1e-5);
	for (int j = 0; j < 7; j++)
	{
		CHECK(t.items[j].statistic >= 0 && t.items[j].statistic < 1e-5);
		CHECK(t.items[j].p_adjusted > .99 || isnan(t.items[j].p_value));
	}
	/* some probabilities are 0 or 1 in both */
	CHECK(t.test.all.status == NK_BOUNDARY && t.test.all.df < 21);

	/* one class: the test of each item is that of two proportions */
	t = try_text("11:30 12:20 21:25 22:25", "11:10 12:20 21:30 22:40", 2, 1);
	CHECK(t.items[0].df == 1 && t.items[0].status == NK_OK);
	CHECK_CLOSE(t.items[0].statistic,
				2 * (50 * log(50. / 40) + 50 * log(50. / 60) +
					 30 * log(30. / 40) + 70 * log(70. / 60)), 1e-9);
	CHECK_CLOSE(t.test.all.statistic, t.items[0].statistic +
				t.items[1].statistic, 1e-9);
	CHECK(t.test.all.df == 2);
}

static void
test_thin(void)
{
	Tested		t = try_text("..:5", "11:3 12:4 21:5", 2, 2);

	CHECK(t.status == NK_OK && t.test.all.status == NK_EMPTY);
	CHECK(t.items[0].status == NK_EMPTY && isnan(t.items[0].statistic));
	CHECK(isnan(t.test.log_likelihood) && isnan(t.test.all.p_value));

	t = try_text("12:5", "12:3", 2, 2);
	CHECK(t.test.all.status == NK_NO_VARIATION);
	t = try_text("11:5 12:3", "11:4 12:6 21:5 22:9", 2, 3);
	CHECK(t.test.all.status == NK_TOO_FEW && isnan(t.test.all.statistic));

	/* an item of nobody in a group, and one that all have */
	t = try_text("112.:20 122.:9 212.:12 222.:31",
				 "1121:9 1221:8 2121:5 2222:30 1122:4", 4, 1);
	CHECK(t.items[3].status == NK_NOT_OBSERVED && isnan(t.items[3].df));
	CHECK(t.items[2].status == NK_CONSTANT && isnan(t.items[2].statistic));
	CHECK(isnan(t.items[2].p_adjusted));
	CHECK(t.items[0].df == 1 && t.test.all.df == 2);
	CHECK(t.items[0].p_adjusted >= t.items[0].p_value);
}

/* two groups that differ in all: an item that only one group has */
static void
test_different(void)
{
	Tested		t = try_text("111:40 222:40 112:5", "211:40 122:40 212:5", 3,
							 2);

	CHECK(t.test.all.status == NK_BOUNDARY && t.test.all.statistic > 50);
	CHECK(t.test.log_likelihood_own > t.test.log_likelihood);
	CHECK(t.items[0].p_adjusted < 1e-9);
}

int
main(void)
{
	test_reference();
	test_same_group();
	test_thin();
	test_different();
	return unit_report();
}
