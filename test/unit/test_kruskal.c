/*
 * test_kruskal.c - several groups compared by their ranks: kruskal.c, and the
 * walk of merge.c.
 *
 * Values: test/reference/kruskal.tsv, and numbers that others printed.
 */
#include "kruskal.h"

#include "rank.h"
#include "summaries.h"
#include "valued.h"

static NkGroup scratch[MOST_ENTRIES];

static NkStatus
kruskal(size_t count, NkRanks *ranks, NkTestResult *result)
{
	NkStatus	status = nk_rank_groups(unit_groups, count, scratch,
										ranks);

	if (status != NK_OK)
		return status;
	return nk_kruskal_test(scratch, nk_count_groups(unit_groups, count),
						   ranks, result);
}

/* the same groups as a table; how many columns */
static size_t
table_of(size_t count, size_t rows, int64_t *counts)
{
	uint64_t	values[MOST_ENTRIES];
	size_t		columns = 0;

	for (size_t i = 0; i < count; i++)
	{
		size_t		at = 0;

		while (at < columns && values[at] < unit_groups[i].value)
			at++;
		if (at < columns && values[at] == unit_groups[i].value)
			continue;
		memmove(values + at + 1, values + at, (columns - at) * sizeof(*values));
		values[at] = unit_groups[i].value;
		columns++;
	}
	memset(counts, 0, rows * columns * sizeof(*counts));
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < columns; j++)
			if (values[j] == unit_groups[i].value)
				counts[unit_groups[i].group * columns + j] = unit_groups[i].count;
	return columns;
}

static void
test_table(void)
{
	static int64_t counts[MOST_ENTRIES * 100];
	Reference	table = reference_read("kruskal.tsv");
	Group		status = {.name = "status as expected"};
	Group		statistic = {.name = "H", .tolerance = 1e-14};
	Group		p_value = {.name = "p of H", .tolerance = 1e-12};
	Group		mean_rank = {.name = "mean ranks", .tolerance = 1e-15};
	Group		dunn = {.name = "Dunn's z", .tolerance = 1e-14};
	Group		dunn_p = {.name = "p of Dunn's z", .tolerance = 1e-12};
	Group		same = {.name = "a table of counts gives the same"};

	for (int row = 0; row < table.count; row++)
	{
		size_t		groups;
		size_t		count = groups_read(reference_text(&table, row, "groups"),
										&groups);
		size_t		columns = table_of(count, groups, counts);
		NkRanks		ranks;
		NkTestResult got;
		NkTestResult again;
		NkStatus	code = kruskal(count, &ranks, &got);

		group_expect(&status, row, reference_is(&table, row, "status",
												status_names[code]));
		group_compare(&statistic, row, got.statistic,
					  reference_number(&table, row, "statistic"), 0);
		group_expect(&status, row, unit_distance(got.df,
												 reference_number(&table, row, "df")) == 0);
		group_compare(&p_value, row, got.p_value,
					  reference_number(&table, row, "p_value"), 0);

		nk_rank_table(counts, groups, columns, scratch, &ranks);
		group_expect(&same, row,
					 nk_kruskal_test(scratch, groups, &ranks,
									 &again) == code &&
					 unit_distance(again.statistic, got.statistic) == 0 &&
					 unit_distance(again.p_value, got.p_value) == 0);
		if (code != NK_OK && code != NK_NO_VARIATION)
			continue;
		group_compare(&mean_rank, row, nk_mean_rank(&scratch[0], &ranks),
					  reference_number(&table, row, "mean_rank_a"), 0);
		group_compare(&mean_rank, row,
					  nk_mean_rank(&scratch[groups - 1], &ranks),
					  reference_number(&table, row, "mean_rank_b"), 0);
		nk_dunn_test(&scratch[0], &scratch[groups - 1], &ranks, &got);
		group_compare(&dunn, row, got.statistic,
					  reference_number(&table, row, "dunn_z"), 0);
		group_compare(&dunn_p, row, got.p_value,
					  reference_number(&table, row, "dunn_p_value"), 0);
	}
	group_report(&status);
	group_report(&statistic);
	group_report(&p_value);
	group_report(&mean_rank);
	group_report(&dunn);
	group_report(&dunn_p);
	group_report(&same);
	reference_free(&table);
}

/* R's kruskal.test of airquality: ozone by month; dunn.test 5-7 and 5-8 */
static void
test_published(void)
{
	Reference	table = reference_read("kruskal.tsv");
	size_t		groups;
	size_t		count = groups_read(reference_text(&table, 0, "groups"),
									&groups);
	NkRanks		ranks;
	NkTestResult got;
	NkDunn		pairs[10];
	double		p[10];
	size_t		order[10];

	kruskal(count, &ranks, &got);
	CHECK_CLOSE(got.statistic, 29.2665763061, 1e-11);
	CHECK(got.df == 4);
	CHECK_CLOSE(got.p_value, 6.90071411855e-06, 1e-11);
	nk_dunn_test(&scratch[0], &scratch[2], &ranks, &got);
	CHECK_CLOSE(got.statistic, -4.419471, 1e-6);
	nk_dunn_test(&scratch[0], &scratch[3], &ranks, &got);
	CHECK_CLOSE(got.statistic, -4.132813, 1e-6);

	/* all pairs: the smallest p times 10, the next one times 9 */
	CHECK(nk_dunn_tests(scratch, groups, &ranks, pairs, p, order) == NK_OK);
	CHECK(pairs[1].a == 0 && pairs[1].b == 2 && pairs[9].a == 3);
	CHECK(pairs[2].test.statistic == got.statistic);
	CHECK_CLOSE(pairs[1].p_adjusted, 10 * pairs[1].test.p_value, 1e-15);
	CHECK_CLOSE(pairs[2].p_adjusted, 9 * pairs[2].test.p_value, 1e-15);
	CHECK(pairs[0].p_adjusted == 1);
	reference_free(&table);
}

/*
 * Many groups with many values, some shared: the walk must give each value
 * once, in order, with the counts of all its groups.
 */
static void
test_walk(void)
{
	static NkGroupCount entries[20000];
	static NkGroup groups[400];
	Group		order = {.name = "a walk through 300 groups: order, counts, end"};
	NkMerge		merge;
	int64_t		total;
	int64_t		seen = 0;
	size_t		count = 0;
	size_t		tied;
	size_t		taken = 0;
	uint64_t	last = 0;
	NkRanks		ranks;
	NkTestResult first;

	for (uint64_t g = 0; g < 300; g++)
		for (uint64_t v = 1; v < 60; v++)
			if (random_bits() % 3 > 0)
				entries[count++] = (NkGroupCount) {
					g, v * 5 + g % 3 * (v % 2), (int64_t) (random_bits() % 9) + 1
				};
	CHECK(nk_count_groups(entries, count) == 300);
	CHECK(nk_merge_begin(&merge, groups, entries, count, &total) == NK_OK);
	while ((tied = nk_merge_next(&merge)) > 0)
	{
		uint64_t	value = nk_merge_group(&merge, 0)->next->value;

		group_expect(&order, (int) taken, value > last);
		for (size_t i = 0; i < tied; i++)
		{
			group_expect(&order, (int) taken,
						 nk_merge_group(&merge, i)->next->value == value &&
						 (i == 0 || nk_merge_group(&merge, i) <
						  nk_merge_group(&merge, i - 1)));
			seen += nk_merge_count(&merge, i);
		}
		last = value;
		taken += tied;
	}
	group_expect(&order, 0, taken == count && seen == total);
	group_expect(&order, 0, nk_merge_next(&merge) == 0);
	group_report(&order);

	/* H does not know the order of the groups */
	nk_rank_groups(entries, count, groups, &ranks);
	nk_kruskal_test(groups, 300, &ranks, &first);
	for (int i = 0; i < 300; i++)
	{
		size_t		other = random_bits() % 300;
		NkGroup		kept = groups[i];
		NkTestResult again;

		groups[i] = groups[other];
		groups[other] = kept;
		nk_kruskal_test(groups, 300, &ranks, &again);
		group_expect(&order, i, again.statistic == first.statistic);
	}
	group_report(&order);
}

/* two groups: H is the square of Mann and Whitney's z, Dunn's z is z */
static void
test_two_groups(void)
{
	NkValues	a = values_read("0:26 1:26 2:23 3:18 4:9", 0);
	NkValues	b = values_read("0:6 1:7 2:9 3:14 4:23", 1);
	size_t		groups;
	size_t		count = groups_read("0:26 1:26 2:23 3:18 4:9 / 0:6 1:7 2:9 3:14 4:23",
									&groups);
	NkRankComparison compared;
	NkRanks		ranks;
	NkTestResult got;

	nk_compare_ranks(&a, &b, 0.95, NK_RANK_NORMAL, NULL, &compared);
	kruskal(count, &ranks, &got);
	CHECK_CLOSE(got.statistic, compared.z * compared.z, 1e-14);
	CHECK_CLOSE(got.p_value, compared.test.p_value, 1e-12);
	nk_dunn_test(&scratch[0], &scratch[1], &ranks, &got);
	CHECK_CLOSE(got.statistic, compared.z, 1e-14);
}

static void
test_limits(void)
{
	size_t		groups;
	size_t		count = groups_read("1:6000000000000000000 / 1:6000000000000000000",
									&groups);
	int64_t		counts[] = {INT64_MAX, 1, 0, 0};
	NkRanks		ranks;
	NkTestResult got;

	CHECK(kruskal(count, &ranks, &got) == NK_OVERFLOW);
	CHECK(nk_rank_table(counts, 2, 2, scratch, &ranks) == NK_OVERFLOW);
	counts[1] = 0;
	counts[2] = 1;
	CHECK(nk_rank_table(counts, 2, 2, scratch, &ranks) == NK_OVERFLOW);
	CHECK(nk_rank_table(counts, 0, 0, scratch, &ranks) == NK_OK);
	CHECK(nk_kruskal_test(scratch, 0, &ranks, &got) == NK_EMPTY);

	counts[0] = 3;
	counts[2] = 0;
	CHECK(nk_rank_table(counts, 2, 2, scratch, &ranks) == NK_OK);
	CHECK(nk_kruskal_test(scratch, 2, &ranks, &got) == NK_TOO_FEW);
	CHECK(nk_dunn_test(&scratch[0], &scratch[1], &ranks, &got) ==
		  NK_EMPTY);
	CHECK(isnan(nk_mean_rank(&scratch[1], &ranks)));
	CHECK(nk_mean_rank(&scratch[0], &ranks) == 2);
}

int
main(void)
{
	test_published();
	test_table();
	test_walk();
	test_two_groups();
	test_limits();
	return unit_report();
}
