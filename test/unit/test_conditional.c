/*
 * test_conditional.c - the odds ratio given the margins against roots of exact
 * sums.
 */
#include "compare.h"
#include "reference.h"

static NkProportion
proportion(int64_t events, int64_t n)
{
	return (NkProportion) {.n = n, .events = events};
}

static NkInterval
interval(int64_t events_a, int64_t n_a, int64_t events_b, int64_t n_b,
		 NkOddsRatioMethod method)
{
	NkProportion a = proportion(events_a, n_a);
	NkProportion b = proportion(events_b, n_b);
	NkInterval	result;

	if (nk_odds_ratio_by_method(&a, &b, 0.95, method, &result) != NK_OK)
		result = NK_NO_INTERVAL;
	return result;
}

static NkStatus
status(int64_t events_a, int64_t n_a, int64_t events_b, int64_t n_b,
	   double conf_level)
{
	NkProportion a = proportion(events_a, n_a);
	NkProportion b = proportion(events_b, n_b);
	NkInterval	result;
	NkStatus	status = nk_odds_ratio_by_method(&a, &b, conf_level,
												 NK_ODDS_RATIO_EXACT, &result);

	if (!isnan(result.estimate) || !isnan(result.lower) ||
		!isnan(result.upper))
		return NK_OK;
	return status;
}

static void
check_reference(void)
{
	static const char *const columns[] = {
		"estimate", "exact_lower", "exact_upper", "estimate", "mid_p_lower",
		"mid_p_upper"
	};
	static const char *const names[] = {
		"conditional odds ratio", "exact lower bound", "exact upper bound",
		"the same with mid-p", "mid-p lower bound", "mid-p upper bound"
	};
	Reference	table = reference_read("conditional.tsv");
	Group		groups[6];

	for (int i = 0; i < 6; i++)
		groups[i] = (Group) {.name = names[i], .tolerance = 1e-12};
	for (int row = 0; row < table.count; row++)
	{
		NkProportion a = proportion(reference_count(&table, row, "events_a"),
									reference_count(&table, row, "n_a"));
		NkProportion b = proportion(reference_count(&table, row, "events_b"),
									reference_count(&table, row, "n_b"));
		double		conf_level = reference_number(&table, row, "conf_level");

		for (int mid_p = 0; mid_p < 2; mid_p++)
		{
			NkInterval	got;
			double		values[3];

			group_expect(&groups[3 * mid_p], row,
						 nk_conditional_odds_ratio(&a, &b, conf_level, mid_p,
												   &got) == NK_OK);
			values[0] = got.estimate;
			values[1] = got.lower;
			values[2] = got.upper;
			for (int i = 0; i < 3; i++)
				group_compare(&groups[3 * mid_p + i], row, values[i],
							  reference_number(&table, row,
											   columns[3 * mid_p + i]), 0);
		}
	}
	for (int i = 0; i < 6; i++)
		group_report(&groups[i]);
	reference_free(&table);
}

int
main(void)
{
	NkInterval	exact = interval(7, 34, 1, 34, NK_ODDS_RATIO_EXACT);
	NkInterval	mid_p = interval(7, 34, 1, 34, NK_ODDS_RATIO_MID_P);
	NkInterval	other;

	check_reference();

	/* R 4.2.2, fisher.test: it solves to four digits or five */
	CHECK_CLOSE(exact.estimate, 8.328450003199677, 2e-4);
	CHECK_CLOSE(exact.lower, 0.973247719583402, 1e-4);
	CHECK_CLOSE(exact.upper, 396.18778987, 3e-3);

	/* half of the observed cell makes the interval narrower */
	CHECK(mid_p.estimate == exact.estimate && mid_p.lower > exact.lower &&
		  mid_p.upper < exact.upper);

	/* groups exchanged; events and others exchanged; groups and events */
	other = interval(1, 34, 7, 34, NK_ODDS_RATIO_EXACT);
	CHECK_CLOSE(other.estimate, 1 / exact.estimate, 1e-14);
	CHECK_CLOSE(other.lower, 1 / exact.upper, 1e-14);
	CHECK_CLOSE(other.upper, 1 / exact.lower, 1e-14);
	other = interval(27, 34, 33, 34, NK_ODDS_RATIO_EXACT);
	CHECK_CLOSE(other.estimate, 1 / exact.estimate, 1e-14);
	other = interval(7, 8, 27, 60, NK_ODDS_RATIO_EXACT);
	CHECK_CLOSE(other.estimate, exact.estimate, 1e-14);
	CHECK_CLOSE(other.upper, exact.upper, 1e-14);

	/* the score interval goes by another estimate */
	other = interval(7, 34, 1, 34, NK_ODDS_RATIO_SCORE);
	CHECK_CLOSE(other.estimate, 7 * 33 / 27.0, 1e-15);

	/* many children agree on everything, and the sums can be interrupted */
	unit_interrupt_checks = 0;
	exact = interval(350000000, 500000000, 300000000, 500000000,
					 NK_ODDS_RATIO_MID_P);
	other = interval(350000000, 500000000, 300000000, 500000000,
					 NK_ODDS_RATIO_SCORE);
	CHECK_CLOSE(exact.estimate, other.estimate, 1e-8);
	CHECK_CLOSE(exact.lower, other.lower, 1e-8);
	CHECK_CLOSE(exact.upper, other.upper, 1e-8);
	CHECK(unit_interrupt_checks > 1000);

	/* thin data and wrong settings */
	CHECK(status(0, 0, 1, 5, 0.95) == NK_EMPTY);
	CHECK(status(1, 5, 0, 0, 0.95) == NK_EMPTY);
	CHECK(status(0, 4, 0, 5, 0.95) == NK_ZERO_MARGIN);
	CHECK(status(4, 4, 5, 5, 0.95) == NK_ZERO_MARGIN);
	CHECK(status(1, 4, 5, 1000000000000, 0.95) == NK_NOT_CONVERGED);
	CHECK(status(1, INT64_MAX, 5, 9, 0.95) == NK_OVERFLOW);
	CHECK(status(1, 4, 2, 5, 1) == NK_BAD_CONF_LEVEL);
	CHECK(status(1, 4, 2, 5, NAN) == NK_BAD_CONF_LEVEL);
	return unit_report();
}
