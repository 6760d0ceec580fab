/*
 * test_compare.c - two independent proportions, and one against a target:
 * compare.c, difference.c, ratio.c and the exact tests of exact.c.
 *
 * Values: test/reference/difference.tsv, ratio.tsv, comparison_test.tsv, target.tsv
 * and published.tsv.  Everything is held to 1e-12 relative.  A bound of a
 * difference is d minus a length of about d where it is near 0, so there it
 * is held to 1e-12 of d.
 */
#include "compare.h"
#include "reference.h"
#include "summaries.h"

static NkStatus
expected_status(const Reference *table, int row)
{
	return (NkStatus) reference_choice(status_names,
									   reference_text(table, row, "status"));
}

static NkProportion
group_a(const Reference *table, int row)
{
	return make_proportion(reference_count(table, row, "n_a"),
						   reference_count(table, row, "events_a"));
}

static NkProportion
group_b(const Reference *table, int row)
{
	return make_proportion(reference_count(table, row, "n_b"),
						   reference_count(table, row, "events_b"));
}

static void
test_difference(void)
{
	Reference	table = reference_read("difference.tsv");
	Group		status = {.name = "difference: status as expected"};
	Group		estimate = {.name = "difference", .tolerance = 1e-12};
	Group		in_row = {.name = "nk_compare: difference is newcombe's"};
	Group		bounds[2] = {
		{.name = "newcombe bounds", .tolerance = 1e-12},
		{.name = "miettinen-nurminen bounds", .tolerance = 1e-12}
	};

	for (int row = 0; row < table.count; row++)
	{
		NkProportion a = group_a(&table, row);
		NkProportion b = group_b(&table, row);
		double		conf_level = reference_number(&table, row, "conf_level");
		int			method = reference_choice(nk_difference_methods,
											  reference_text(&table, row, "method"));
		NkInterval	got = {0, 0, 0};
		NkComparison whole;
		NkStatus	code;

		if (method < 0)
			reference_fail("no such method", reference_text(&table, row, "method"));
		code = nk_difference_interval(&a, &b, conf_level,
									  (NkDifferenceMethod) method, &got);
		group_expect(&status, row, code == expected_status(&table, row));
		group_compare(&estimate, row, got.estimate,
					  reference_number(&table, row, "estimate"), 0);
		group_compare(&bounds[method], row, got.lower,
					  reference_number(&table, row, "lower"),
					  fabs(got.estimate));
		group_compare(&bounds[method], row, got.upper,
					  reference_number(&table, row, "upper"),
					  fabs(got.estimate));
		if (method == NK_NEWCOMBE)
		{
			nk_compare(&a, &b, conf_level, NK_TEST_N_1, &whole);
			group_expect(&in_row, row,
						 unit_distance(whole.difference.lower, got.lower) == 0 &&
						 unit_distance(whole.difference.upper, got.upper) == 0);
		}
	}
	group_report(&status);
	group_report(&estimate);
	group_report(&bounds[NK_NEWCOMBE]);
	group_report(&bounds[NK_MIETTINEN_NURMINEN]);
	group_report(&in_row);
	reference_free(&table);
}

/* an interval of a ratio and the three columns it is in */
static void
compare_ratio(Group *group, const Reference *table, int row,
			  const char *name, NkInterval got)
{
	char		column[40];

	group_compare(group, row, got.estimate,
				  reference_number(table, row, name), 0);
	snprintf(column, sizeof(column), "%s_lower", name);
	group_compare(group, row, got.lower,
				  reference_number(table, row, column), 0);
	snprintf(column, sizeof(column), "%s_upper", name);
	group_compare(group, row, got.upper,
				  reference_number(table, row, column), 0);
}

static void
test_ratios(void)
{
	Reference	table = reference_read("ratio.tsv");
	Group		status = {.name = "nk_compare: status as expected"};
	Group		risk = {.name = "risk ratio", .tolerance = 1e-12};
	Group		odds = {.name = "odds ratio", .tolerance = 1e-12};
	Group		in_row = {.name = "nk_compare: the same ratios"};
	Group		shares = {.name = "nk_compare: shares of a and b"};

	for (int row = 0; row < table.count; row++)
	{
		NkProportion a = group_a(&table, row);
		NkProportion b = group_b(&table, row);
		double		conf_level = reference_number(&table, row, "conf_level");
		NkInterval	risk_ratio = {0, 0, 0};
		NkInterval	odds_ratio = {0, 0, 0};
		NkComparison whole;
		double		z;

		nk_critical_value(conf_level, &z);
		nk_risk_ratio_interval(&a, &b, z, &risk_ratio);
		nk_odds_ratio_interval(&a, &b, z, &odds_ratio);
		compare_ratio(&risk, &table, row, "risk_ratio", risk_ratio);
		compare_ratio(&odds, &table, row, "odds_ratio", odds_ratio);

		group_expect(&status, row,
					 nk_compare(&a, &b, conf_level, NK_TEST_AUTO, &whole) ==
					 expected_status(&table, row));
		group_expect(&shares, row,
					 unit_distance(whole.p_a, nk_proportion_estimate(&a)) == 0 &&
					 unit_distance(whole.p_b, nk_proportion_estimate(&b)) == 0);
		group_expect(&in_row, row,
					 unit_distance(whole.risk_ratio.lower, risk_ratio.lower) == 0 &&
					 unit_distance(whole.risk_ratio.upper, risk_ratio.upper) == 0 &&
					 unit_distance(whole.odds_ratio.lower, odds_ratio.lower) == 0 &&
					 unit_distance(whole.odds_ratio.upper, odds_ratio.upper) == 0);
	}
	group_report(&status);
	group_report(&risk);
	group_report(&odds);
	group_report(&in_row);
	group_report(&shares);
	reference_free(&table);
}

static void
test_tests(void)
{
	Reference	table = reference_read("comparison_test.tsv");
	Group		status = {.name = "test: status as expected"};
	Group		used = {.name = "test: the one that ran"};
	Group		statistic = {.name = "chi-square statistics and df",
	.tolerance = 1e-12};
	Group		p_value[] = {
		{.name = "auto p", .tolerance = 1e-12},
		{.name = "pearson p", .tolerance = 1e-12},
		{.name = "n-1 p", .tolerance = 1e-12},
		{.name = "yates p", .tolerance = 1e-12},
		{.name = "fisher p", .tolerance = 1e-12},
		{.name = "fisher-mid-p p", .tolerance = 1e-12}
	};

	for (int row = 0; row < table.count; row++)
	{
		NkProportion a = group_a(&table, row);
		NkProportion b = group_b(&table, row);
		int			test = reference_choice(nk_comparison_tests,
											reference_text(&table, row, "test"));
		const char *ran = reference_text(&table, row, "test_used");
		NkComparison got;

		if (test < 0)
			reference_fail("no such test", reference_text(&table, row, "test"));
		group_expect(&status, row,
					 nk_compare(&a, &b, 0.95, (NkComparisonTest) test, &got) ==
					 expected_status(&table, row));
		if (strcmp(ran, "NULL") != 0)
			group_expect(&used, row, (int) got.test_used ==
						 reference_choice(nk_comparison_tests, ran));
		group_compare(&statistic, row, got.test.statistic,
					  reference_number(&table, row, "statistic"), 0);
		group_compare(&statistic, row, got.test.df,
					  reference_number(&table, row, "df"), 0);
		group_expect(&status, row, isnan(got.test.df2));
		group_compare(&p_value[test], row, got.test.p_value,
					  reference_number(&table, row, "p_value"), 0);
	}
	group_report(&status);
	group_report(&used);
	group_report(&statistic);
	for (int i = NK_TEST_AUTO; i <= NK_TEST_FISHER_MID_P; i++)
		group_report(&p_value[i]);
	reference_free(&table);
}

static void
test_target(void)
{
	static const double bad[] = {0, 1, -0.1, 1.1, NAN, INFINITY, -INFINITY};
	Reference	table = reference_read("target.tsv");
	NkProportion ten = make_proportion(10, 3);
	Group		refused = {.name = "impossible target is refused"};
	Group		status = {.name = "target: status and test as expected"};
	Group		statistic = {.name = "target: z", .tolerance = 1e-12};
	Group		p_value = {.name = "target: p", .tolerance = 1e-12};
	NkTestResult got;
	NkTargetTest used;

	for (int row = 0; row < table.count; row++)
	{
		NkProportion p = make_proportion(reference_count(&table, row, "n"),
										 reference_count(&table, row, "events"));
		NkStatus	code = nk_compare_to_target(&p,
												reference_number(&table, row, "target"),
												&got, &used);

		group_expect(&status, row, code == expected_status(&table, row) &&
					 isnan(got.df) && isnan(got.df2));
		if (code == NK_OK)
			group_expect(&status, row, (int) used ==
						 reference_choice(nk_target_tests,
										  reference_text(&table, row, "test_used")));
		group_compare(&statistic, row, got.statistic,
					  reference_number(&table, row, "statistic"), 0);
		group_compare(&p_value, row, got.p_value,
					  reference_number(&table, row, "p_value"), 0);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		group_expect(&refused, (int) i,
					 nk_compare_to_target(&ten, bad[i], &got, &used) ==
					 NK_BAD_TARGET);
	group_report(&status);
	group_report(&statistic);
	group_report(&p_value);
	group_report(&refused);
	reference_free(&table);
}

/* one printed number: the function and quantity are columns of the table */
static double
published_value(const Reference *table, int row)
{
	const char *function = reference_text(table, row, "function");
	const char *method = reference_text(table, row, "method");
	const char *quantity = reference_text(table, row, "quantity");
	int64_t		count_a = reference_count(table, row, "a");
	int64_t		count_b = reference_count(table, row, "b");
	int64_t		count_c = reference_count(table, row, "c");
	int64_t		count_d = reference_count(table, row, "d");
	NkProportion a = make_proportion(count_b, count_a);
	NkProportion b = make_proportion(count_d, count_c);
	NkComparison whole;
	NkInterval	interval;
	NkTestResult test;
	NkTargetTest used;

	if (strcmp(function, "target") == 0 || strcmp(function, "rest") == 0)
	{
		/* a unit of the nation, which is given as n and events */
		NkProportion unit = make_proportion(count_a, count_b);
		NkProportion nation = make_proportion(count_c, count_d);
		NkProportion rest;

		if (strcmp(function, "target") == 0)
		{
			nk_compare_to_target(&unit, nk_proportion_estimate(&nation),
								 &test, &used);
			return test.statistic;
		}
		nk_proportion_rest(&unit, &nation, &rest);
		nk_compare(&unit, &rest, 0.95, NK_TEST_PEARSON, &whole);
		return copysign(sqrt(whole.test.statistic), whole.difference.estimate);
	}
	if (strcmp(function, "difference") == 0)
		nk_difference_interval(&a, &b, 0.95, (NkDifferenceMethod)
							   reference_choice(nk_difference_methods, method),
							   &interval);
	else
	{
		int			choice = reference_choice(nk_comparison_tests, method);

		nk_compare(&a, &b, 0.95,
				   choice < 0 ? NK_TEST_AUTO : (NkComparisonTest) choice, &whole);
		interval = strcmp(function, "odds_ratio") == 0 ?
			whole.odds_ratio : whole.risk_ratio;
	}
	if (strcmp(quantity, "statistic") == 0)
		return whole.test.statistic;
	if (strcmp(quantity, "p_value") == 0)
		return whole.test.p_value;
	return strcmp(quantity, "lower") == 0 ? interval.lower : interval.upper;
}

static void
test_published(void)
{
	static const char *const ours[] = {
		"difference", "risk_ratio", "odds_ratio", "compare", "target", "rest",
		NULL
	};
	Reference	table = reference_read("published.tsv");
	Group		group = {.name = "published comparisons, to the printed digit"};

	for (int row = 0; row < table.count; row++)
		if (reference_choice(ours, reference_text(&table, row, "function")) >= 0)
			group_expect_printed(&group, &table, row,
								 published_value(&table, row));
	group_report(&group);
	reference_free(&table);
}

/*
 * Exchanging the groups, or events and non-events, turns every result into its
 * mirror image.
 */
static void
test_mirrors(void)
{
	Group		tests = {.name = "exchanging the groups keeps every test",
	.tolerance = 1e-12};
	Group		difference = {.name = "exchanging the groups mirrors the difference",
	.tolerance = 1e-12};
	Group		ratio = {.name = "exchanging the groups inverts the ratios",
	.tolerance = 1e-12};
	Group		events = {.name = "non-events mirror the difference and tests",
	.tolerance = 1e-12};
	Group		odds = {.name = "non-events invert the odds ratio",
	.tolerance = 1e-12};

	for (int i = 0; i < 1500; i++)
	{
		NkProportion a = random_proportion(i % 2 ? 30 : 1000000);
		NkProportion b = random_proportion(i % 2 ? 30 : 1000000);
		NkProportion not_a = make_proportion(a.n, a.n - a.events);
		NkProportion not_b = make_proportion(b.n, b.n - b.events);
		NkComparisonTest test = (NkComparisonTest) (i % (NK_TEST_FISHER_MID_P + 1));
		NkComparison ab;
		NkComparison ba;
		NkComparison no;
		NkInterval	mn[3];

		nk_compare(&a, &b, 0.95, test, &ab);
		nk_compare(&b, &a, 0.95, test, &ba);
		nk_compare(&not_a, &not_b, 0.95, test, &no);
		nk_difference_interval(&a, &b, 0.95, NK_MIETTINEN_NURMINEN, &mn[0]);
		nk_difference_interval(&b, &a, 0.95, NK_MIETTINEN_NURMINEN, &mn[1]);
		nk_difference_interval(&not_a, &not_b, 0.95, NK_MIETTINEN_NURMINEN, &mn[2]);

		group_expect(&tests, i, ab.test_used == ba.test_used);
		group_compare(&tests, i, ba.test.p_value, ab.test.p_value, 0);
		group_compare(&tests, i, ba.test.statistic, ab.test.statistic, 0);
		group_compare(&events, i, no.test.p_value, ab.test.p_value, 0);
		group_compare(&events, i, no.test.statistic, ab.test.statistic, 0);

		group_compare(&difference, i, ba.difference.lower, -ab.difference.upper, 1);
		group_compare(&difference, i, ba.difference.upper, -ab.difference.lower, 1);
		group_compare(&difference, i, mn[1].lower, -mn[0].upper, 1);
		group_compare(&difference, i, mn[1].upper, -mn[0].lower, 1);
		group_compare(&events, i, no.difference.lower, -ab.difference.upper, 1);
		group_compare(&events, i, no.difference.upper, -ab.difference.lower, 1);
		group_compare(&events, i, mn[2].lower, -mn[0].upper, 1);
		group_compare(&events, i, mn[2].upper, -mn[0].lower, 1);

		/* a bound of 0 mirrors one that is not defined */
		if (ab.risk_ratio.lower > 0)
			group_compare(&ratio, i, ba.risk_ratio.upper,
						  1 / ab.risk_ratio.lower, 0);
		else
			group_expect(&ratio, i, isnan(ba.risk_ratio.upper));
		if (ab.odds_ratio.lower > 0)
		{
			group_compare(&ratio, i, ba.odds_ratio.upper,
						  1 / ab.odds_ratio.lower, 0);
			group_compare(&odds, i, no.odds_ratio.upper,
						  1 / ab.odds_ratio.lower, 0);
		}
		else
		{
			group_expect(&ratio, i, isnan(ba.odds_ratio.upper));
			group_expect(&odds, i, isnan(no.odds_ratio.upper));
		}
	}
	group_report(&tests);
	group_report(&difference);
	group_report(&ratio);
	group_report(&events);
	group_report(&odds);
}

/*
 * A score interval holds exactly the values that its test does not reject: the
 * n-1 test for all three intervals of two groups, the score test of a target
 * for Wilson's.  Where p is alpha to twelve digits either answer is right.
 */
static void
test_agreement(void)
{
	Group		difference = {.name = "n-1 rejects where miettinen-nurminen excludes 0"};
	Group		risk = {.name = "n-1 rejects where the risk ratio excludes 1"};
	Group		odds = {.name = "n-1 rejects where the odds ratio excludes 1"};
	Group		target = {.name = "the target test rejects where wilson excludes it"};

	for (int i = 0; i < 3000; i++)
	{
		NkProportion a = random_proportion(1000000);
		NkProportion b = random_proportion(1000000);
		double		theta = (double) (1 + random_bits() % 999) / 1000;
		double		conf_level = i % 3 ? 0.95 : 0.5;
		double		alpha = 1 - conf_level;
		NkComparison got;
		NkInterval	interval;
		NkTestResult test;
		NkTargetTest used;

		/* many random pairs are worlds apart; bring half of them together */
		if (i % 2)
			b = make_proportion(b.n, (int64_t) round((double) b.n *
													 nk_proportion_estimate(&a)));
		if (i % 4 == 1 && b.events < b.n)
			b.events++;
		if (nk_compare(&a, &b, conf_level, NK_TEST_N_1, &got) == NK_OK &&
			fabs(got.test.p_value - alpha) > 1e-12)
		{
			bool		rejects = got.test.p_value < alpha;

			nk_difference_interval(&a, &b, conf_level, NK_MIETTINEN_NURMINEN,
								   &interval);
			group_expect(&difference, i, rejects ==
						 (interval.lower > 0 || interval.upper < 0));
			group_expect(&risk, i, rejects ==
						 (got.risk_ratio.lower > 1 || got.risk_ratio.upper < 1));
			group_expect(&odds, i, rejects ==
						 (got.odds_ratio.lower > 1 || got.odds_ratio.upper < 1));
		}
		if (nk_compare_to_target(&a, theta, &test, &used) == NK_OK &&
			used == NK_TARGET_SCORE && fabs(test.p_value - alpha) > 1e-12)
		{
			nk_confint(&a, conf_level, NK_WILSON, &interval);
			group_expect(&target, i, (test.p_value < alpha) ==
						 (theta < interval.lower || theta > interval.upper));
		}
	}
	group_report(&difference);
	group_report(&risk);
	group_report(&odds);
	group_report(&target);
}

/* nothing but NULL, 0 to 1 and -1 to 1 leaves, whatever the counts */
static void
test_ranges(void)
{
	Group		ranges = {.name = "estimates and bounds in order and in range"};
	Group		finite = {.name = "no infinity"};

	for (int i = 0; i < 3000; i++)
	{
		NkProportion a = random_proportion(i % 2 ? 8 : 10000000);
		NkProportion b = random_proportion(i % 2 ? 8 : 10000000);
		NkInterval	all[4];
		NkComparison got;

		nk_compare(&a, &b, 0.95, NK_TEST_AUTO, &got);
		nk_difference_interval(&a, &b, 0.95, NK_MIETTINEN_NURMINEN, &all[0]);
		all[1] = got.difference;
		all[2] = got.risk_ratio;
		all[3] = got.odds_ratio;
		for (int k = 0; k < 4; k++)
		{
			group_expect(&ranges, i, !(all[k].lower > all[k].estimate) &&
						 !(all[k].estimate > all[k].upper) &&
						 !(all[k].lower < (k < 2 ? -1 : 0)) &&
						 !(k < 2 && all[k].upper > 1));
			group_expect(&finite, i, !isinf(all[k].estimate) &&
						 !isinf(all[k].lower) && !isinf(all[k].upper));
		}
		group_expect(&ranges, i, !(got.test.p_value < 0 || got.test.p_value > 1 ||
								   got.test.statistic < 0));
		group_expect(&ranges, i, got.test_used != NK_TEST_AUTO);
	}
	group_report(&ranges);
	group_report(&finite);
}

static void
test_settings(void)
{
	static const char *const tests[] = {
		"auto", "pearson", "n-1", "yates", "fisher", "fisher-mid-p"
	};
	NkProportion a = make_proportion(10, 3);
	NkProportion none = make_proportion(0, 0);
	NkComparison got;
	NkInterval	interval;

	for (int i = NK_TEST_AUTO; i <= NK_TEST_FISHER_MID_P; i++)
		CHECK(reference_choice(nk_comparison_tests, tests[i]) == i);
	CHECK(nk_comparison_tests[NK_TEST_FISHER_MID_P + 1] == NULL);
	CHECK(nk_difference_methods[NK_MIETTINEN_NURMINEN + 1] == NULL);
	CHECK(nk_target_tests[NK_TARGET_BINOMIAL_MID_P + 1] == NULL);

	/* a wrong setting is told even where the data are empty */
	CHECK(nk_compare(&a, &a, 1, NK_TEST_AUTO, &got) == NK_BAD_CONF_LEVEL);
	CHECK(nk_compare(&none, &a, NAN, NK_TEST_AUTO, &got) == NK_BAD_CONF_LEVEL);
	CHECK(nk_difference_interval(&a, &a, 0, NK_NEWCOMBE, &interval) ==
		  NK_BAD_CONF_LEVEL);

	/* an empty group leaves the other one's share */
	CHECK(nk_compare(&none, &a, 0.95, NK_TEST_AUTO, &got) == NK_EMPTY);
	CHECK(isnan(got.p_a) && got.p_b == 0.3);
}

/*
 * Separated groups differ by exactly 1, however many pairs of children there
 * are: a quotient of rounded products came out as 1.0000000000000002.
 */
static void
test_separated(void)
{
	NkProportion all = make_proportion(519899778371, 519899778371);
	NkProportion none = make_proportion(17325, 0);

	for (int method = 0; nk_difference_methods[method] != NULL; method++)
	{
		NkInterval	got;

		CHECK(nk_difference_interval(&all, &none, 0.95,
									 (NkDifferenceMethod) method,
									 &got) == NK_OK);
		CHECK(got.estimate == 1 && got.lower < 1 && got.upper == 1);
		CHECK(nk_difference_interval(&none, &all, 0.95,
									 (NkDifferenceMethod) method,
									 &got) == NK_OK);
		CHECK(got.estimate == -1 && got.lower == -1 && got.upper > -1);
	}
}

int
main(void)
{
	test_settings();
	test_separated();
	test_difference();
	test_ratios();
	test_tests();
	test_target();
	test_published();
	test_mirrors();
	test_agreement();
	test_ranges();
	return unit_report();
}
