/*
 * test_homogeneity.c - tests over several proportions.
 *
 * Values: test/reference/homogeneity.tsv; smokers and lung cancer (Fleiss
 * 1981), alcohol and malformations (Graubard and Korn 1987, Agresti) as
 * printed.
 */
#include "homogeneity.h"

#include "group_lists.h"
#include "reference.h"

static NkStatus
expected_status(const Reference *table, int row, const char *column)
{
	return (NkStatus) reference_choice(status_names,
									   reference_text(table, row, column));
}

static void
test_reference(void)
{
	Reference	table = reference_read("homogeneity.tsv");
	Group		status = {.name = "status as expected"};
	Group		statistic = {.name = "statistic, df", .tolerance = 1e-14};
	Group		p_value = {.name = "p", .tolerance = 1e-12};
	Group		slope = {.name = "slope", .tolerance = 1e-14};

	for (int row = 0; row < table.count; row++)
	{
		NkScoredProportion groups[MOST_GROUPS];
		size_t		count = read_scored_groups(reference_text(&table, row, "groups"),
											   groups);
		NkTestResult test;
		NkTrend		trend;

		group_expect(&status, row,
					 nk_homogeneity_test(groups, count, &test) ==
					 expected_status(&table, row, "status"));
		group_expect(&status, row, nk_trend_test(groups, count, &trend) ==
					 expected_status(&table, row, "trend_status"));
		group_compare(&statistic, row, test.statistic,
					  reference_number(&table, row, "statistic"), 0);
		group_compare(&statistic, row, test.df,
					  reference_number(&table, row, "df"), 0);
		group_compare(&p_value, row, test.p_value,
					  reference_number(&table, row, "p_value"), 0);
		group_compare(&statistic, row, trend.trend.statistic,
					  reference_number(&table, row, "trend_statistic"), 0);
		group_compare(&p_value, row, trend.trend.p_value,
					  reference_number(&table, row, "trend_p_value"), 0);
		/* a difference of two, carried to 30 digits of them */
		group_compare(&statistic, row, trend.departure.statistic,
					  reference_number(&table, row, "departure_statistic"),
					  1e-16 * test.statistic);
		group_compare(&statistic, row, trend.departure.df,
					  reference_number(&table, row, "departure_df"), 0);
		group_compare(&p_value, row, trend.departure.p_value,
					  reference_number(&table, row, "departure_p_value"), 0);
		if (isfinite(trend.slope))
			group_compare(&slope, row, trend.slope,
						  reference_number(&table, row, "slope"), 0);
	}
	group_report(&status);
	group_report(&statistic);
	group_report(&p_value);
	group_report(&slope);
	reference_free(&table);
}

static void
test_published(void)
{
	Group		printed = {.name = "published tests", .tolerance = 1e-11};
	NkScoredProportion smokers[] = {
		{0, 86, 83, 1}, {1, 93, 90, 1}, {2, 136, 129, 1}, {3, 82, 70, 1}
	};
	NkScoredProportion alcohol[] = {
		{0, 17114, 48, 1}, {0.5, 14502, 38, 1}, {1.5, 793, 5, 1},
		{4, 127, 1, 1}, {7, 38, 1, 1}
	};
	NkTestResult test;
	NkTrend		trend;

	nk_homogeneity_test(smokers, 4, &test);
	group_compare(&printed, 0, test.statistic, 12.6004112971, 0);
	group_compare(&printed, 0, test.p_value, 0.00558547666163, 0);
	nk_trend_test(smokers, 4, &trend);
	group_compare(&printed, 1, trend.trend.statistic, 8.2249222852, 0);
	group_compare(&printed, 1, trend.trend.p_value, 0.00413189747764, 0);
	group_compare(&printed, 1, trend.departure.statistic, 4.37548901193, 0);
	group_compare(&printed, 1, trend.departure.p_value, 0.112169461065, 0);
	nk_trend_test(alcohol, 5, &trend);
	group_compare(&printed, 2, trend.trend.statistic, 6.57013394471, 0);
	group_compare(&printed, 2, trend.trend.p_value, 0.010370414573, 0);
	/* Mantel's form */
	group_compare(&printed, 3, trend.trend.statistic * 32573 / 32574,
				  6.56993224599, 0);
	group_report(&printed);
}

/*
 * Scores may be shifted and stretched, counted events exchanged for the
 * others; k groups of the same numbers are one with k times; all counts
 * doubled double the statistics.
 */
static void
test_invariance(void)
{
	Group		scores = {.name = "shifted and stretched scores", .tolerance = 1e-13};
	Group		others = {.name = "the other children give the same tests",
	.tolerance = 1e-15};
	Group		twice = {.name = "counts doubled double the statistics",
	.tolerance = 1e-15};
	Group		times = {.name = "a group twice is two groups", .tolerance = 1e-15};
	Group		departure = {.name = "departure is homogeneity less trend",
	.tolerance = 1e-12};

	for (int i = 0; i < 500; i++)
	{
		NkScoredProportion groups[20];
		NkScoredProportion changed[20];
		size_t		count = 3 + random_bits() % 5;
		NkTrend		trend;
		NkTrend		other;
		NkTestResult test;

		for (size_t j = 0; j < count; j++)
		{
			NkProportion g = random_proportion(1000000);

			groups[j] = (NkScoredProportion) {(double) (random_bits() % 100),
			g.n, g.events, 2};
		}
		if (nk_trend_test(groups, count, &trend) != NK_OK)
			continue;
		nk_homogeneity_test(groups, count, &test);
		group_compare(&departure, i, trend.departure.statistic,
					  test.statistic - trend.trend.statistic, test.statistic);

		memcpy(changed, groups, sizeof(groups));
		for (size_t j = 0; j < count; j++)
			changed[j].score = 1e6 - 8 * groups[j].score;
		nk_trend_test(changed, count, &other);
		group_compare(&scores, i, other.trend.statistic,
					  trend.trend.statistic, 0);
		group_compare(&scores, i, other.slope * -8, trend.slope, 0);

		memcpy(changed, groups, sizeof(groups));
		for (size_t j = 0; j < count; j++)
			changed[j].events = groups[j].n - groups[j].events;
		nk_trend_test(changed, count, &other);
		group_compare(&others, i, other.trend.statistic,
					  trend.trend.statistic, 0);
		group_compare(&others, i, other.departure.statistic,
					  trend.departure.statistic, 1e-15 * test.statistic);
		group_compare(&others, i, -other.slope, trend.slope, 0);

		memcpy(changed, groups, sizeof(groups));
		for (size_t j = 0; j < count; j++)
		{
			changed[j].n *= 2;
			changed[j].events *= 2;
		}
		nk_trend_test(changed, count, &other);
		group_compare(&twice, i, other.trend.statistic,
					  2 * trend.trend.statistic, 0);
		group_compare(&twice, i, other.departure.statistic,
					  2 * trend.departure.statistic, 1e-15 * test.statistic);

		for (size_t j = 0; j < 2 * count; j++)
		{
			changed[j] = groups[j / 2];
			changed[j].times = 1;
		}
		nk_trend_test(changed, 2 * count, &other);
		group_compare(&times, i, other.trend.statistic,
					  trend.trend.statistic, 0);
		group_compare(&times, i, other.departure.statistic,
					  trend.departure.statistic, 1e-15 * test.statistic);
		group_compare(&times, i, other.departure.df, trend.departure.df, 0);
	}
	group_report(&scores);
	group_report(&others);
	group_report(&twice);
	group_report(&times);
	group_report(&departure);
}

static void
test_bad_input(void)
{
	NkScoredProportion groups[] = {{1, 10, 1, 1}, {2, INT64_MAX, 1, 1}};
	NkTestResult test;
	NkTrend		trend;

	CHECK(nk_homogeneity_test(groups, 2, &test) == NK_OVERFLOW);
	CHECK(nk_trend_test(groups, 2, &trend) == NK_OVERFLOW);
	groups[1] = (NkScoredProportion) {2, 10, 1, INT64_MAX};
	CHECK(nk_homogeneity_test(groups, 2, &test) == NK_OVERFLOW);
	groups[1] = (NkScoredProportion) {NAN, 10, 1, 1};
	CHECK(nk_homogeneity_test(groups, 2, &test) == NK_OK);
	CHECK(nk_trend_test(groups, 2, &trend) == NK_BAD_SCORE);
	groups[1] = (NkScoredProportion) {INFINITY, 0, 0, 1};
	CHECK(nk_trend_test(groups, 2, &trend) == NK_BAD_SCORE);
}

int
main(void)
{
	test_reference();
	test_published();
	test_invariance();
	test_bad_input();
	return unit_report();
}
