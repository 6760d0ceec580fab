/*
 * test_standardise.c - standardised proportions.
 *
 * Values: test/reference/standardise.tsv, whose first rows are the test data
 * of the English public health indicator methods; their printed results are
 * checked as printed.
 */
#include "standardise.h"

#include "group_lists.h"
#include "reference.h"

static void
test_reference(void)
{
	Reference	table = reference_read("standardise.tsv");
	Group		status = {.name = "status as expected"};
	Group		direct = {.name = "direct", .tolerance = 1e-12};
	Group		indirect = {.name = "indirect", .tolerance = 1e-13};

	for (int row = 0; row < table.count; row++)
	{
		NkScoredProportion groups[MOST_GROUPS];
		size_t		count = read_scored_groups(reference_text(&table, row, "groups"),
											   groups);
		double		conf_level = reference_number(&table, row, "conf_level");
		NkCountMethod method;
		NkInterval	got;

		group_expect(&status, row,
					 (int) nk_direct_standardise(groups, count, conf_level,
												 &got) ==
					 reference_choice(status_names,
									  reference_text(&table, row, "status")));
		group_compare(&direct, row, got.estimate,
					  reference_number(&table, row, "direct"), 0);
		group_compare(&direct, row, got.lower,
					  reference_number(&table, row, "direct_lower"), 0);
		group_compare(&direct, row, got.upper,
					  reference_number(&table, row, "direct_upper"), 0);
		if (reference_is(&table, row, "indirect_status", "NULL"))
			continue;
		group_expect(&status, row,
					 (int) nk_indirect_standardise(groups, count, conf_level,
												   &got, &method) ==
					 reference_choice(status_names,
									  reference_text(&table, row, "indirect_status")));
		group_compare(&indirect, row, got.estimate,
					  reference_number(&table, row, "indirect"), 0);
		/* Byar's lower bound is a cube of a difference */
		group_compare(&indirect, row, got.lower,
					  reference_number(&table, row, "indirect_lower"),
					  got.estimate);
		group_compare(&indirect, row, got.upper,
					  reference_number(&table, row, "indirect_upper"), 0);
	}
	group_report(&status);
	group_report(&direct);
	group_report(&indirect);
	reference_free(&table);
}

static void
test_published(void)
{
	static const int64_t events[] = {12, 4, 3, 2, 3, 4, 8, 2, 2, 3, 4, 5, 6,
	8, 5, 6, 5, 5, 4};
	static const int64_t children[] = {636, 558, 609, 543, 384, 594, 669, 843,
	660, 576, 606, 522, 426, 273, 300, 288, 153, 123, 207};
	static const double weights[] = {5000, 5500, 5500, 5500, 6000, 6000, 6500,
	7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000};
	Group		printed = {.name = "published rates", .tolerance = 1e-14};
	NkScoredProportion groups[19];
	NkCountMethod method;
	NkInterval	got;

	for (int i = 0; i < 19; i++)
		groups[i] = (NkScoredProportion) {weights[i], children[i], events[i], 1};
	nk_direct_standardise(groups, 19, 0.95, &got);
	group_compare(&printed, 0, got.estimate * 100000, 1103.212025300104, 0);
	group_compare(&printed, 0, got.lower * 100000, 877.455767536709, 0);
	group_compare(&printed, 0, got.upper * 100000, 1367.0882227251795, 0);

	groups[0] = (NkScoredProportion) {835.88356123117433e-6, 1000000, 895, 1};
	nk_indirect_standardise(groups, 1, 0.95, &got, &method);
	CHECK(method == NK_COUNT_BYAR);
	group_compare(&printed, 1, got.estimate, 1.0707232939020275, 0);
	group_compare(&printed, 1, got.lower, 1.0017147712553987, 0);
	group_compare(&printed, 1, got.upper, 1.1432332872498949, 0);
	groups[0].events = 9;
	nk_indirect_standardise(groups, 1, 0.95, &got, &method);
	CHECK(method == NK_COUNT_EXACT);
	group_compare(&printed, 2, got.estimate, 0.010767049882813684, 0);
	group_compare(&printed, 2, got.lower, 0.0049233808250957762, 0);
	group_compare(&printed, 2, got.upper, 0.02043921455549973, 0);
	group_report(&printed);
}

/* weights have no unit; a rate under equal shares is that share */
static void
test_invariance(void)
{
	static const double units[] = {1e-3, 1000, 1e300, 1e-310};
	NkScoredProportion groups[] = {{0.25, 400, 20, 1}, {0.5, 900, 80, 2},
	{0, 0, 0, 1}};
	Group		unit = {.name = "the unit of the weights has no say",
	.tolerance = 1e-13};
	NkInterval	expected;
	NkInterval	got;

	nk_direct_standardise(groups, 3, 0.95, &expected);
	for (int i = 0; i < 4; i++)
	{
		groups[0].score = 0.25 * units[i];
		groups[1].score = 0.5 * units[i];
		CHECK(nk_direct_standardise(groups, 3, 0.95, &got) == NK_OK);
		group_compare(&unit, i, got.estimate, expected.estimate, 0);
		group_compare(&unit, i, got.lower, expected.lower, 0);
		group_compare(&unit, i, got.upper, expected.upper, 0);
	}
	group_report(&unit);
	groups[0].events = 40;
	groups[1].events = 90;
	nk_direct_standardise(groups, 3, 0.95, &got);
	CHECK_CLOSE(got.estimate, 0.1, 1e-15);
}

static void
test_bad_input(void)
{
	static const double bad[] = {-1, -1e-300, NAN, INFINITY, -INFINITY};
	NkScoredProportion groups[] = {{0.5, 10, 1, 1}, {0, 0, 0, 1}};
	NkCountMethod method;
	NkInterval	got;

	for (int i = 0; i < 5; i++)
	{
		groups[1].score = bad[i];
		CHECK(nk_direct_standardise(groups, 2, 0.95, &got) == NK_BAD_WEIGHT);
		CHECK(nk_indirect_standardise(groups, 2, 0.95, &got, &method) == NK_BAD_PROBABILITY);
	}
	groups[1].score = 1.0000000000000002;
	CHECK(nk_indirect_standardise(groups, 2, 0.95, &got, &method) == NK_BAD_PROBABILITY);
	groups[0].score = groups[1].score = 0;
	CHECK(nk_direct_standardise(groups, 2, 0.95, &got) == NK_BAD_WEIGHT);
	CHECK(nk_indirect_standardise(groups, 2, 0.95, &got, &method) == NK_ZERO_MARGIN);
	CHECK(nk_direct_standardise(groups, 0, 0.95, &got) == NK_EMPTY);
	CHECK(nk_indirect_standardise(groups, 0, 0.95, &got, &method) == NK_EMPTY);
	CHECK(nk_direct_standardise(groups, 0, 1, &got) == NK_BAD_CONF_LEVEL);
	CHECK(nk_indirect_standardise(groups, 0, 1, &got, &method) == NK_BAD_CONF_LEVEL);
	groups[0] = (NkScoredProportion) {1, INT64_MAX, INT64_MAX, 2};
	CHECK(nk_direct_standardise(groups, 1, 0.95, &got) == NK_OVERFLOW);
	CHECK(nk_indirect_standardise(groups, 1, 0.95, &got, &method) == NK_OVERFLOW);
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
