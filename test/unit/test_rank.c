/*
 * test_rank.c - two groups compared by their ranks: rank.c, and the exact
 * distribution of ranksum.c.
 *
 * Values: test/reference/rank.tsv, and numbers that others printed.
 */
#include "rank.h"

#include "quantile.h"
#include "ranksum.h"
#include "summaries.h"
#include "valued.h"

#define MOST_SCRATCH	(51 * 5001)

static double scratch[MOST_SCRATCH];

static NkRankComparison
compare(const NkValues *a, const NkValues *b, double conf_level,
		NkRankTest test, NkStatus *status)
{
	NkRankComparison result;

	*status = nk_compare_ranks(a, b, conf_level, test, scratch, &result);
	return result;
}

static void
test_table(void)
{
	static const struct
	{
		const char *column;
		double		tolerance;
	}			columns[] = {
		{"median_a", 1e-15}, {"median_b", 1e-15}, {"statistic", 1e-15},
		{"z", 1e-14}, {"p_value", 1e-12}, {"theta", 1e-15},
		{"theta_lower", 1e-13}, {"theta_upper", 1e-13},
		{"cliffs_delta", 1e-15}, {"bm_statistic", 1e-14}, {"bm_df", 1e-14},
		{"bm_p_value", 1e-12}
	};
	enum
	{
		COLUMNS = sizeof(columns) / sizeof(*columns)
	};
	Reference	table = reference_read("rank.tsv");
	Group		groups[COLUMNS];
	Group		status = {.name = "status and method as expected"};
	Group		bounds = {.name = "brunner-munzel bounds of theta",
	.tolerance = 1e-12};

	for (int i = 0; i < COLUMNS; i++)
		groups[i] = (Group) {
		.name = columns[i].column, .tolerance = columns[i].tolerance
	};
	for (int row = 0; row < table.count; row++)
	{
		NkValues	a = values_read(reference_text(&table, row, "a"), 0);
		NkValues	b = values_read(reference_text(&table, row, "b"), 1);
		double		conf_level = reference_number(&table, row, "conf_level");
		NkStatus	code;
		NkInterval	theta;
		NkRankComparison got =
			compare(&a, &b, conf_level, (NkRankTest)
					reference_choice(nk_rank_tests,
									 reference_text(&table, row, "test")),
					&code);
		double		values[COLUMNS] = {
			got.median_a, got.median_b, got.test.statistic, got.z,
			got.test.p_value, got.theta.estimate, got.theta.lower,
			got.theta.upper, got.cliffs_delta, got.brunner_munzel.statistic,
			got.brunner_munzel.df, got.brunner_munzel.p_value
		};

		group_expect(&status, row, reference_is(&table, row, "status",
												status_names[code]) &&
					 reference_is(&table, row, "method",
								  nk_rank_tests[got.test_used]));
		for (int i = 0; i < COLUMNS; i++)
			group_compare(&groups[i], row, values[i],
						  reference_number(&table, row, columns[i].column),
						  0);
		nk_theta_interval(&a, &b, conf_level, NK_THETA_BRUNNER_MUNZEL, &theta);
		group_compare(&bounds, row, theta.lower,
					  reference_number(&table, row, "bm_lower"),
					  theta.estimate);
		group_compare(&bounds, row, theta.upper,
					  reference_number(&table, row, "bm_upper"), 0);
		if (nk_theta_interval(&a, &b, conf_level, NK_THETA_NEWCOMBE,
							  &theta) == NK_OK)
			group_expect(&status, row, theta.lower == got.theta.lower &&
						 theta.upper == got.theta.upper);
	}
	group_report(&status);
	for (int i = 0; i < COLUMNS; i++)
		group_report(&groups[i]);
	group_report(&bounds);
	reference_free(&table);
}

static void
test_published(void)
{
	NkStatus	status;
	NkInterval	theta;
	NkValues	a = values_read("0:26 1:26 2:23 3:18 4:9", 0);
	NkValues	b = values_read("0:6 1:7 2:9 3:14 4:23", 1);
	NkRankComparison got = compare(&a, &b, 0.95, NK_RANK_NORMAL, &status);

	/* SAS PROC FREQ; Newcombe 2006, Stat Med 25:559, method 5 */
	CHECK(got.test.statistic == 1677);
	CHECK_CLOSE(got.theta.estimate, 0.721335992, 1e-9);
	CHECK_CLOSE(got.cliffs_delta, 0.442671984, 1e-9);
	CHECK_CLOSE(got.z, -4.769484806, 1e-9);
	CHECK_CLOSE(got.test.p_value, 1.84697672544e-06, 1e-9);
	CHECK_CLOSE(got.brunner_munzel.statistic, 5.24689603537, 1e-9);
	CHECK_CLOSE(got.brunner_munzel.df, 101.756464195, 1e-9);
	CHECK_CLOSE(got.brunner_munzel.p_value, 8.46817418891e-07, 1e-9);
	CHECK_CLOSE(got.theta.lower, 0.632519475145, 1e-9);
	CHECK_CLOSE(got.theta.upper, 0.793494673065, 1e-9);
	nk_theta_interval(&a, &b, 0.95, NK_THETA_BRUNNER_MUNZEL, &theta);
	CHECK_CLOSE(theta.lower, 0.637661472922, 1e-9);
	CHECK_CLOSE(theta.upper, 0.805010511126, 1e-9);

	/* Brunner & Munzel 2000; Neubert & Brunner 2007 */
	a = values_read("1:11 2:2 4:1", 0);
	b = values_read("1:3 2:1 3:4 4:2 5:1", 1);
	got = compare(&a, &b, 0.95, NK_RANK_AUTO, &status);
	CHECK_CLOSE(got.brunner_munzel.statistic, 3.1374674823, 1e-10);
	CHECK_CLOSE(got.brunner_munzel.df, 17.6828419795, 1e-11);
	CHECK_CLOSE(got.brunner_munzel.p_value, 0.00578620866615, 1e-11);
	nk_theta_interval(&a, &b, 0.95, NK_THETA_BRUNNER_MUNZEL, &theta);
	CHECK_CLOSE(theta.lower, 0.595216864254, 1e-11);
	CHECK_CLOSE(theta.upper, 0.982705213668, 1e-11);

	/* Hollander & Wolfe 1973, p 69: exact, one-sided p .127206 */
	a = values_read("0.73:1 0.80:1 0.83:1 1.04:1 1.38:1 1.45:1 1.46:1 1.64:1 "
					"1.89:1 1.91:1", 0);
	b = values_read("0.74:1 0.88:1 0.90:1 1.15:1 1.21:1", 1);
	got = compare(&a, &b, 0.95, NK_RANK_AUTO, &status);
	CHECK(got.test_used == NK_RANK_EXACT && got.test.statistic == 35);
	CHECK_CLOSE(got.test.p_value, 2 * 0.127206127206, 1e-11);
}

static NkValues
random_values(int place, int levels, int64_t most)
{
	NkValues	values = {unit_entries[place], 0, 0};

	for (int v = 0; v < levels; v++)
		if (random_bits() % 4 > 0)
		{
			int64_t		count = (int64_t) (random_bits() % (uint64_t) most) + 1;

			unit_entries[place][values.count++] = (NkWordCount) {
				nk_word_of_double(v - 2.5), count
			};
			values.n += count;
		}
	return values;
}

static void
test_mirrors(void)
{
	Group		exact = {.name = "swapped groups: p, z, W and delta mirror to the bit"};
	Group		theta = {.name = "swapped groups: theta and its bounds", .tolerance = 1e-13};
	Group		order = {.name = "bounds in order and in range, delta = 2 theta - 1"};

	for (int i = 0; i < 3000; i++)
	{
		int			levels = 1 + (int) (random_bits() % 8);
		int64_t		most = i % 3 == 0 ? 3 : i % 3 == 1 ? 1000 : 1000000000;
		NkValues	a = random_values(0, levels, most);
		NkValues	b = random_values(1, levels, most);
		NkRankTest	test = (NkRankTest) (i % 4);
		NkStatus	status;
		NkStatus	mirrored;
		NkRankComparison got = compare(&a, &b, 0.95, test, &status);
		NkRankComparison back = compare(&b, &a, 0.95, test, &mirrored);

		group_expect(&exact, i, status == mirrored &&
					 got.test_used == back.test_used &&
					 unit_distance(got.test.p_value, back.test.p_value) == 0 &&
					 unit_distance(got.z, -back.z) == 0 &&
					 unit_distance(got.cliffs_delta, -back.cliffs_delta) == 0 &&
					 unit_distance(got.brunner_munzel.statistic,
								   -back.brunner_munzel.statistic) == 0);
		group_compare(&theta, i, got.theta.estimate, 1 - back.theta.estimate, 1);
		group_compare(&theta, i, got.theta.lower, 1 - back.theta.upper, 1);
		group_compare(&theta, i, got.theta.upper, 1 - back.theta.lower, 1);
		group_expect(&order, i, !(got.theta.lower < 0) &&
					 !(got.theta.lower > got.theta.estimate) &&
					 !(got.theta.estimate > got.theta.upper) &&
					 !(got.theta.upper > 1) &&
					 !(fabs(got.cliffs_delta - (2 * got.theta.estimate - 1)) >
					   1e-15));
	}
	group_report(&exact);
	group_report(&theta);
	group_report(&order);
}

/* counts whose products need 124 bits, and groups that are too large */
static void
test_limits(void)
{
	static NkWordCount many[100000];
	NkValues	long_one = {many, 100000, 100000};
	NkValues	a = values_read("1:2000000000000000000 2:1", 0);
	NkValues	b = values_read("1:2000000000000000000 3:2", 1);
	NkStatus	status;
	NkRankComparison got = compare(&a, &b, 0.95, NK_RANK_NORMAL, &status);

	CHECK(status == NK_OK && got.theta.estimate == 0.5);
	CHECK(got.theta.lower > 0.499999999 && got.theta.upper < 0.500000001);
	/* one child of 4e18 is above the others in a, two are in b */
	CHECK_CLOSE(got.cliffs_delta, 0.5e-18, 1e-9);
	CHECK_CLOSE(got.test.p_value, 0.5637028616507731, 1e-9);
	CHECK(compare(&a, &b, 0.95, NK_RANK_EXACT, &status).test_used ==
		  NK_RANK_EXACT && status == NK_NOT_CONVERGED);
	a = values_read("1:9000000000000000000", 0);
	compare(&a, &b, 0.95, NK_RANK_AUTO, &status);
	CHECK(status == NK_OVERFLOW);

	for (size_t i = 0; i < long_one.count; i++)
		many[i] = (NkWordCount) {i, 1};
	unit_interrupt_checks = 0;
	compare(&long_one, &long_one, 0.95, NK_RANK_NORMAL, &status);
	CHECK(status == NK_OK && unit_interrupt_checks >= 40);

	CHECK(nk_ranksum_scratch(51, 50) == 0);
	CHECK(nk_ranksum_scratch(50, 50) == MOST_SCRATCH);
	CHECK(nk_ranksum_scratch(0, 7) == 1);
}

static void
test_settings(void)
{
	NkValues	a = values_read("1:3", 0);
	NkValues	none = values_read("-", 1);
	NkRankComparison got;
	NkInterval	theta;
	NkStatus	status;

	CHECK(nk_rank_tests[NK_RANK_NORMAL_CC + 1] == NULL);
	CHECK(nk_theta_methods[NK_THETA_BRUNNER_MUNZEL + 1] == NULL);

	/* a wrong setting is told even where the data are empty */
	CHECK(nk_compare_ranks(&a, &none, 1, NK_RANK_AUTO, scratch, &got) ==
		  NK_BAD_CONF_LEVEL);
	CHECK(nk_theta_interval(&a, &none, NAN, NK_THETA_NEWCOMBE, &theta) ==
		  NK_BAD_CONF_LEVEL);

	/* an empty group leaves the other one's median */
	got = compare(&a, &none, 0.95, NK_RANK_AUTO, &status);
	CHECK(status == NK_EMPTY && got.median_a == 1 && isnan(got.median_b));
	CHECK(isnan(got.theta.estimate) && isnan(got.test.p_value));
	CHECK(nk_theta_interval(&a, &none, 0.95, NK_THETA_BRUNNER_MUNZEL,
							&theta) == NK_EMPTY);
	CHECK(nk_theta_interval(&a, &a, 0.95, NK_THETA_BRUNNER_MUNZEL,
							&theta) == NK_NO_VARIATION);
	CHECK(theta.estimate == 0.5 && isnan(theta.lower));
}

int
main(void)
{
	test_settings();
	test_published();
	test_table();
	test_mirrors();
	test_limits();
	return unit_report();
}
