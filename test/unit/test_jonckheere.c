/*
 * test_jonckheere.c - do values rise from one group to the next?
 *
 * Values: test/reference/jonckheere.tsv, and a printed example.
 */
#include "jonckheere.h"

#include "rank.h"
#include "summaries.h"
#include "valued.h"

static NkGroup scratch[MOST_ENTRIES];

static void
test_table(void)
{
	Reference	table = reference_read("jonckheere.tsv");
	Group		status = {.name = "status, n and groups as expected"};
	Group		statistic = {.name = "J and its mean", .tolerance = 1e-15};
	Group		variance = {.name = "variance of J", .tolerance = 1e-14};
	Group		z = {.name = "z", .tolerance = 1e-14};
	Group		p_value = {.name = "p", .tolerance = 1e-12};

	for (int row = 0; row < table.count; row++)
	{
		size_t		groups;
		size_t		count = groups_read(reference_text(&table, row, "groups"),
										&groups);
		NkJonckheere got;
		NkStatus	code = nk_jonckheere_test(unit_groups, count, scratch,
											  &got);

		group_expect(&status, row,
					 reference_is(&table, row, "status", status_names[code]) &&
					 got.n == reference_count(&table, row, "n") &&
					 got.groups == (size_t) reference_count(&table, row, "used"));
		group_compare(&statistic, row, got.statistic,
					  reference_number(&table, row, "statistic"), 0);
		group_compare(&statistic, row, got.expected,
					  reference_number(&table, row, "expected"), 0);
		group_compare(&variance, row, got.variance,
					  reference_number(&table, row, "variance"), 0);
		group_compare(&z, row, got.z, reference_number(&table, row, "z"), 0);
		group_compare(&p_value, row, got.p_value,
					  reference_number(&table, row, "p_value"), 0);
	}
	group_report(&status);
	group_report(&statistic);
	group_report(&variance);
	group_report(&z);
	group_report(&p_value);
	reference_free(&table);
}

/* Hollander & Wolfe 1999, example 6.2; two groups are Mann and Whitney's */
static void
test_published(void)
{
	size_t		groups;
	size_t		count = groups_read("35:1 38:1 40:1 41:1 43:1 44:1 / "
									"38:1 40:2 42:1 44:1 47:1 / "
									"40:1 43:1 44:1 45:1 46:1 48:1", &groups);
	NkValues	a = values_read("0:26 1:26 2:23 3:18 4:9", 0);
	NkValues	b = values_read("0:6 1:7 2:9 3:14 4:23", 1);
	NkRankComparison compared;
	NkJonckheere got;

	CHECK(nk_jonckheere_test(unit_groups, count, scratch, &got) == NK_OK);
	CHECK(got.statistic == 79 && got.expected == 54);
	CHECK_CLOSE(got.variance, 150.286764706, 1e-11);
	CHECK_CLOSE(got.z, 2.03929305884, 1e-11);
	CHECK_CLOSE(got.p_value, 2 * 0.020710393993, 1e-10);

	count = groups_read("0:26 1:26 2:23 3:18 4:9 / 0:6 1:7 2:9 3:14 4:23",
						&groups);
	nk_jonckheere_test(unit_groups, count, scratch, &got);
	nk_compare_ranks(&a, &b, 0.95, NK_RANK_NORMAL, NULL, &compared);
	CHECK(got.statistic == 102 * 59 - compared.test.statistic);
	CHECK_CLOSE(got.z, -compared.z, 1e-14);
}

/* the groups in the opposite order: z changes its sign */
static void
test_mirrors(void)
{
	static NkGroupCount entries[2][400];
	Group		mirror = {.name = "groups turned round: z and J mirror"};

	for (int i = 0; i < 500; i++)
	{
		size_t		k = 2 + random_bits() % 40;
		size_t		count = 0;
		size_t		turned = 0;
		NkJonckheere got;
		NkJonckheere back;

		for (uint64_t g = 0; g < k; g++)
			for (uint64_t v = 0; v < 10; v++)
				if (random_bits() % 2)
					entries[0][count++] = (NkGroupCount) {
						g, v, (int64_t) (random_bits() % (i % 2 ? 3 : 1000000)) + 1
					};
		for (uint64_t g = k; g-- > 0;)
			for (size_t e = 0; e < count; e++)
				if (entries[0][e].group == g)
					entries[1][turned++] = (NkGroupCount) {
						k - g, entries[0][e].value, entries[0][e].count
					};
		group_expect(&mirror, i,
					 nk_jonckheere_test(entries[0], count, scratch,
										&got) ==
					 nk_jonckheere_test(entries[1], count, scratch,
										&back) &&
					 unit_distance(got.z, -back.z) <= 1e-15 &&
					 unit_distance(got.statistic + back.statistic,
								   2 * got.expected) <= 1e-15);
	}
	group_report(&mirror);
}

static void
test_limits(void)
{
	NkJonckheere got;
	size_t		groups;
	size_t		count = groups_read("1:6000000000000000000 / 1:6000000000000000000",
									&groups);

	CHECK(nk_jonckheere_test(unit_groups, count, scratch, &got) ==
		  NK_OVERFLOW);

	/* separated groups of 4e18: J needs 123 bits */
	count = groups_read("1:4000000000000000000 / 2:4000000000000000000",
						&groups);
	CHECK(nk_jonckheere_test(unit_groups, count, scratch, &got) == NK_OK);
	CHECK(got.statistic == 16e36 && got.expected == 8e36);
	CHECK(got.z > 1e9 && got.p_value == 0);
}

int
main(void)
{
	test_published();
	test_table();
	test_mirrors();
	test_limits();
	return unit_report();
}
