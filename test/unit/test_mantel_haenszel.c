/*
 * test_mantel_haenszel.c - two groups compared within strata
 * (mantel_haenszel.c, breslow_day.c).
 *
 * Values: test/reference/mantel_haenszel.tsv; migraine (SAS, PROC FREQ),
 * admissions to Berkeley (R, mantelhaen.test), Gart's data and rabbits as
 * printed.
 */
#include "mantel_haenszel.h"

#include "group_lists.h"
#include "reference.h"

/* an interval and the three columns it is in */
static void
compare_interval(Group *group, const Reference *table, int row,
				 const char *name, NkInterval got, double scale)
{
	char		column[40];

	group_compare(group, row, got.estimate,
				  reference_number(table, row, name), 0);
	snprintf(column, sizeof(column), "%s_lower", name);
	group_compare(group, row, got.lower,
				  reference_number(table, row, column), scale);
	snprintf(column, sizeof(column), "%s_upper", name);
	group_compare(group, row, got.upper,
				  reference_number(table, row, column), scale);
}

static void
test_reference(void)
{
	Reference	table = reference_read("mantel_haenszel.tsv");
	Group		status = {.name = "status, n, strata as expected"};
	Group		odds = {.name = "odds ratio", .tolerance = 1e-14};
	Group		risk = {.name = "risk ratio", .tolerance = 1e-14};
	Group		difference = {.name = "risk difference", .tolerance = 1e-14};
	Group		statistic = {.name = "statistics", .tolerance = 1e-14};
	Group		p_value = {.name = "p", .tolerance = 1e-12};

	for (int row = 0; row < table.count; row++)
	{
		NkStratum	strata[MOST_GROUPS];
		size_t		count = read_strata(reference_text(&table, row, "strata_list"),
										strata);
		NkMantelHaenszel got;
		NkBreslowDay day = {NK_UNDEFINED, NK_NO_TEST};

		group_expect(&status, row,
					 (int) nk_mantel_haenszel(strata, count,
											  reference_number(&table, row, "conf_level"),
											  &got) ==
					 reference_choice(status_names,
									  reference_text(&table, row, "status")));
		group_expect(&status, row,
					 got.n == reference_count(&table, row, "n") &&
					 got.strata == reference_count(&table, row, "strata"));
		compare_interval(&odds, &table, row, "odds_ratio", got.odds_ratio, 0);
		compare_interval(&risk, &table, row, "risk_ratio", got.risk_ratio, 0);
		/* a bound near 0 is a difference */
		compare_interval(&difference, &table, row, "risk_difference",
						 got.risk_difference,
						 fabs(got.risk_difference.estimate));
		group_compare(&statistic, row, got.test.statistic,
					  reference_number(&table, row, "statistic"), 0);
		group_compare(&p_value, row, got.test.p_value,
					  reference_number(&table, row, "p_value"), 0);
		group_compare(&statistic, row, got.breslow_day.statistic,
					  reference_number(&table, row, "breslow_day_statistic"),
					  1e-14);
		group_compare(&statistic, row, got.breslow_day.df,
					  reference_number(&table, row, "breslow_day_df"), 0);
		group_compare(&p_value, row, got.breslow_day.p_value,
					  reference_number(&table, row, "breslow_day_p_value"), 0);
		if (got.odds_ratio.estimate > 0)
			day = nk_breslow_day(strata, count,
								 (NkPair) {got.odds_ratio.estimate, 0});
		/* with the odds ratio in one double a large a - e cancels */
		if (got.n < 1000000)
			group_compare(&statistic, row, day.uncorrected,
						  reference_number(&table, row, "uncorrected"), 1);
	}
	group_report(&status);
	group_report(&odds);
	group_report(&risk);
	group_report(&difference);
	group_report(&statistic);
	group_report(&p_value);
	reference_free(&table);
}

static void
test_published(void)
{
	Group		printed = {.name = "published tests and estimates",
	.tolerance = 5e-9};
	NkStratum	strata[MOST_GROUPS];
	size_t		count = read_strata("16/27:5/25:1 12/28:7/26:1", strata);
	NkMantelHaenszel got;
	NkBreslowDay day;

	nk_mantel_haenszel(strata, count, 0.95, &got);
	group_compare(&printed, 0, got.test.statistic, 8.30516933546, 0);
	group_compare(&printed, 0, got.test.p_value, 0.00395323963842, 0);
	group_compare(&printed, 0, got.odds_ratio.estimate, 3.31316806914, 0);
	group_compare(&printed, 0, got.odds_ratio.lower, 1.44561319019, 0);
	group_compare(&printed, 0, got.odds_ratio.upper, 7.59337472076, 0);
	group_compare(&printed, 0, got.breslow_day.statistic, 1.49053733735, 0);
	group_compare(&printed, 0, got.risk_ratio.estimate, 2.163596842, 0);
	group_compare(&printed, 0, got.risk_ratio.lower, 1.233567951, 0);
	group_compare(&printed, 0, got.risk_ratio.upper, 3.79480619, 0);
	group_compare(&printed, 0, got.risk_difference.estimate, 0.2737598579, 0);
	group_compare(&printed, 0, got.risk_difference.lower, 0.09650282509, 0);
	group_compare(&printed, 0, got.risk_difference.upper, 0.4510168907, 0);
	day = nk_breslow_day(strata, count,
						 (NkPair) {got.odds_ratio.estimate, 0});
	group_compare(&printed, 0, day.uncorrected, 1.49292849799, 0);

	count = read_strata("512/825:89/108:1 353/560:17/25:1 120/325:202/593:1 "
						"138/417:131/375:1 53/191:94/393:1 22/373:24/341:1",
						strata);
	nk_mantel_haenszel(strata, count, 0.95, &got);
	group_compare(&printed, 1, got.test.statistic, 1.52460666044, 0);
	group_compare(&printed, 1, got.test.p_value, 0.216923697056, 0);
	group_compare(&printed, 1, got.odds_ratio.estimate, 0.904696828259, 0);
	group_compare(&printed, 1, got.odds_ratio.lower, 0.771907361759, 0);
	group_compare(&printed, 1, got.odds_ratio.upper, 1.06032976444, 0);
	group_report(&printed);

	count = read_strata("4/16:5/79:1 2/16:3/87:1 4/18:10/90:1 1/15:3/82:1",
						strata);
	nk_mantel_haenszel(strata, count, 0.95, &got);
	CHECK_CLOSE(got.test.statistic, 8.285299, 1e-7);
	/* two strata with a zero margin are no reason for a NaN */
	count = read_strata("0/6:0/5:1 3/6:0/6:1 6/6:2/6:1 5/6:6/6:1 2/2:5/5:1",
						strata);
	nk_mantel_haenszel(strata, count, 0.95, &got);
	CHECK_CLOSE(got.breslow_day.statistic, 8.3583, 1e-5);
	CHECK_CLOSE(got.breslow_day.df, 2, 0);
}

/*
 * Exchanging the groups inverts the ratios and mirrors the difference; so do
 * the other children for the odds ratio and the difference.  A stratum twice
 * is two strata.  One stratum: the odds ratio is the crude one.
 */
static void
test_invariance(void)
{
	Group		tests = {.name = "the same tests from the other side",
	.tolerance = 1e-12};
	Group		ratios = {.name = "ratios inverted", .tolerance = 1e-12};
	Group		difference = {.name = "difference mirrored", .tolerance = 1e-12};
	Group		times = {.name = "a stratum twice is two strata",
	.tolerance = 1e-14};
	Group		finite = {.name = "no infinity where status is ok"};

	for (int i = 0; i < 1000; i++)
	{
		NkStratum	strata[16];
		NkStratum	groups[16];
		NkStratum	others[16];
		NkStratum	twice[32];
		size_t		count = 1 + random_bits() % 8;
		int64_t		most = i % 2 ? 1000000000 : 12;
		NkMantelHaenszel got;
		NkMantelHaenszel other;
		NkStatus	status;

		for (size_t j = 0; j < count; j++)
		{
			NkProportion a = random_proportion(most);
			NkProportion b = random_proportion(most);

			if (random_bits() % 10 == 0)
				a = make_proportion(0, 0);
			strata[j] = (NkStratum) {a.n, a.events, b.n, b.events, 2};
			groups[j] = (NkStratum) {b.n, b.events, a.n, a.events, 2};
			others[j] = (NkStratum) {a.n, a.n - a.events, b.n,
				b.n - b.events, 2};
			twice[2 * j] = twice[2 * j + 1] = (NkStratum) {a.n, a.events,
				b.n, b.events, 1};
		}
		status = nk_mantel_haenszel(strata, count, 0.95, &got);
		group_expect(&finite, i, !isinf(got.odds_ratio.estimate) &&
					 !isinf(got.risk_ratio.estimate) &&
					 !isinf(got.breslow_day.statistic) &&
					 !isinf(got.test.statistic));
		if (status == NK_OK)
			group_expect(&finite, i, got.test.p_value >= 0 &&
						 isfinite(got.risk_difference.estimate));

		group_expect(&tests, i,
					 nk_mantel_haenszel(groups, count, 0.95, &other) == status);
		group_compare(&tests, i, other.test.statistic, got.test.statistic, 0);
		if (got.odds_ratio.estimate > 0)
		{
			group_compare(&tests, i, other.breslow_day.statistic,
						  got.breslow_day.statistic, 1e-12);
			group_compare(&ratios, i, 1 / other.odds_ratio.upper,
						  got.odds_ratio.lower, 0);
		}
		if (got.risk_ratio.estimate > 0)
			group_compare(&ratios, i, 1 / other.risk_ratio.upper,
						  got.risk_ratio.lower, 0);
		group_compare(&difference, i, -other.risk_difference.upper,
					  got.risk_difference.lower, 1);

		nk_mantel_haenszel(others, count, 0.95, &other);
		group_compare(&tests, i, other.test.statistic, got.test.statistic, 0);
		if (got.odds_ratio.estimate > 0)
			group_compare(&ratios, i, 1 / other.odds_ratio.upper,
						  got.odds_ratio.lower, 0);
		group_compare(&difference, i, -other.risk_difference.upper,
					  got.risk_difference.lower, 1);

		nk_mantel_haenszel(twice, 2 * count, 0.95, &other);
		group_expect(&times, i, other.n == got.n && other.strata == got.strata);
		group_compare(&times, i, other.test.statistic, got.test.statistic, 0);
		group_compare(&times, i, other.odds_ratio.upper,
					  got.odds_ratio.upper, 0);
		group_compare(&times, i, other.risk_difference.lower,
					  got.risk_difference.lower, 1);
		group_compare(&times, i, other.breslow_day.statistic,
					  got.breslow_day.statistic, 1e-12);
	}
	group_report(&tests);
	group_report(&ratios);
	group_report(&difference);
	group_report(&times);
	group_report(&finite);
}

static void
test_bad_input(void)
{
	NkStratum	strata[] = {{10, 1, 10, 2, 1}, {INT64_MAX, 1, 1, 1, 1}};
	NkMantelHaenszel got;

	CHECK(nk_mantel_haenszel(strata, 2, 0.95, &got) == NK_OVERFLOW);
	strata[1] = (NkStratum) {10, 1, 10, 2, INT64_MAX};
	CHECK(nk_mantel_haenszel(strata, 2, 0.95, &got) == NK_OVERFLOW);
	CHECK(nk_mantel_haenszel(strata, 1, 1, &got) == NK_BAD_CONF_LEVEL);
	CHECK(nk_mantel_haenszel(strata, 0, NAN, &got) == NK_BAD_CONF_LEVEL);
	CHECK(nk_mantel_haenszel(strata, 0, 0.95, &got) == NK_EMPTY);
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
