/*
 * test_curve_point.c - shares and gaps by age.
 *
 * Values: test/reference/curve.tsv, a row an age, held to 1e-12 relative; a bound of
 * a gap near 0 is the gap minus a length of about the gap and is held to
 * 1e-12 of the gap.
 */
#include "curve_point.h"
#include "reference.h"
#include "summaries.h"

static void
compare_bounds(Group *group, const Reference *table, int row,
			   const char *name, NkInterval got, double scale)
{
	char		column[40];

	snprintf(column, sizeof(column), "%s_lower", name);
	group_compare(group, row, got.lower,
				  reference_number(table, row, column), scale);
	snprintf(column, sizeof(column), "%s_upper", name);
	group_compare(group, row, got.upper,
				  reference_number(table, row, column), scale);
}

static void
compare_interval(Group *group, const Reference *table, int row,
				 const char *name, NkInterval got, double scale)
{
	group_compare(group, row, got.estimate,
				  reference_number(table, row, name), 0);
	compare_bounds(group, table, row, name, got, scale);
}

static void
compare_gap(Group *gap, Group *band, const Reference *table, int row,
			const char *name, const NkGapPoint *got)
{
	char		column[40];
	double		scale = fabs(got->at_age.estimate);

	compare_interval(gap, table, row, name, got->at_age, scale);
	snprintf(column, sizeof(column), "%s_band", name);
	compare_bounds(band, table, row, column, got->band, scale);
}

static void
test_values(void)
{
	Reference	table = reference_read("curve.tsv");
	Group		status = {.name = "ages, children and status as expected"};
	Group		shares = {.name = "identified, assessed, decided",
	.tolerance = 1e-12};
	Group		gap = {.name = "gaps", .tolerance = 1e-12};
	Group		band = {.name = "their bands", .tolerance = 1e-12};
	int			first = 0;

	/* the rows of one curve lie together */
	for (int end = 1; end <= table.count; end++)
	{
		NkAgeCurve	curve = make_curve();
		NkCurvePoint points[NK_CURVE_AGES];
		int64_t		children = 0;
		int			count = -1;

		if (end < table.count &&
			reference_is(&table, end, "curve",
						 reference_text(&table, first, "curve")))
			continue;
		for (int row = first; row < end; row++)
			for (int i = 0; i < NK_CURVE_CELLS; i++)
			{
				char		column[16];
				int64_t		cell;

				snprintf(column, sizeof(column), "cell_%d", i);
				cell = reference_count(&table, row, column);
				curve.cells[reference_count(&table, row, "age")][i] = cell;
				children += cell;
			}

		/* children apart from the curve change nothing */
		curve.n_outside = 12;
		curve.n_incomplete = 34;
		group_expect(&status, first, nk_age_curve_n(&curve) == children);
		group_expect(&status, first,
					 nk_curve(&curve,
							  reference_number(&table, first, "conf_level"),
							  NK_GAP_IDENTIFIED, points, &count) == NK_OK);
		group_expect(&status, first, count == end - first);
		for (int i = 0; i < count && i < end - first; i++)
		{
			int			row = first + i;

			group_expect(&status, row,
						 points[i].age == reference_count(&table, row, "age"));
			group_expect(&status, row,
						 points[i].n == reference_count(&table, row, "n"));
			group_expect(&status, row, (int) points[i].status ==
						 reference_choice(status_names,
										  reference_text(&table, row, "status")));
			compare_interval(&shares, &table, row, "identified",
							 points[i].identified, 0);
			compare_interval(&shares, &table, row, "assessed",
							 points[i].assessed, 0);
			compare_interval(&shares, &table, row, "decided",
							 points[i].decided, 0);
			compare_gap(&gap, &band, &table, row, "gap", &points[i].gap);
			compare_gap(&gap, &band, &table, row, "assessed_gap",
						&points[i].assessed_gap);
			group_expect(&status, row, isnan(points[i].smooth.estimate));
		}
		first = end;
	}
	group_report(&status);
	group_report(&shares);
	group_report(&gap);
	group_report(&band);
	reference_free(&table);
}

/* a point is what the intervals of its own proportions and pairs are */
static void
test_bricks(void)
{
	NkAgeCurve	curve = make_curve();
	NkCurvePoint points[NK_CURVE_AGES];
	NkProportion assessed;
	NkPaired	pair;
	NkInterval	wilson;
	NkInterval	gap;
	NkInterval	tango;
	int			count;

	for (int i = 0; i < NK_CURVE_CELLS; i++)
		curve.cells[7][i] = 1 << i;
	assessed = make_proportion(255, 4 + 8 + 64 + 128);
	pair = make_paired(32 + 128, 2 + 8, 16 + 64, 1 + 4);
	nk_confint(&assessed, 0.9, NK_WILSON, &wilson);
	nk_paired_confint(&pair, 0.9, NK_PAIRED_NEWCOMBE, &gap);
	nk_paired_confint(&pair, 0.9, NK_PAIRED_TANGO, &tango);

	CHECK(nk_curve(&curve, 0.9, NK_GAP_IDENTIFIED, points, &count) == NK_OK);
	CHECK(count == 1 && points[0].age == 7 && points[0].n == 255);
	CHECK(points[0].assessed.lower == wilson.lower);
	CHECK(points[0].assessed.upper == wilson.upper);
	CHECK(points[0].gap.at_age.estimate == gap.estimate);
	CHECK(points[0].gap.at_age.lower == gap.lower);
	CHECK(points[0].gap.at_age.upper == gap.upper);
	/* one age is all ages */
	CHECK_CLOSE(points[0].gap.band.lower, fmin(gap.lower, tango.lower), 1e-14);
	CHECK_CLOSE(points[0].gap.band.upper, fmax(gap.upper, tango.upper), 1e-14);

	pair = make_paired(64 + 128, 4 + 8, 16 + 32, 1 + 2);
	nk_paired_confint(&pair, 0.9, NK_PAIRED_NEWCOMBE, &gap);
	CHECK(points[0].assessed_gap.at_age.lower == gap.lower);
	CHECK(nk_curve(&curve, 0.9, NK_GAP_ASSESSED, points, &count) == NK_OK);
	CHECK(points[0].gap.at_age.lower == gap.lower);
	CHECK(points[0].gap.band.upper == points[0].assessed_gap.band.upper);
}

/* no children at any age: no point, and no error */
static void
test_empty(void)
{
	NkAgeCurve	curve = make_curve();
	NkCurvePoint points[NK_CURVE_AGES];
	int			count = -1;

	curve.n_outside = 3;
	CHECK(nk_age_curve_n(&curve) == 0);
	CHECK(nk_curve(&curve, 0.95, NK_GAP_IDENTIFIED, points, &count) <
		  NK_FIRST_ERROR);
	CHECK(count == 0);
	CHECK(nk_curve(&curve, 1, NK_GAP_IDENTIFIED, points, &count) ==
		  NK_BAD_CONF_LEVEL);
	curve.cells[0][0] = 1;
	CHECK(nk_curve(&curve, NAN, NK_GAP_IDENTIFIED, points, &count) ==
		  NK_BAD_CONF_LEVEL);
}

/* estimate, interval and band lie in each other */
static bool
is_nested(const NkGapPoint *gap)
{
	return -1 <= gap->band.lower && gap->band.lower <= gap->at_age.lower &&
		gap->at_age.lower <= gap->at_age.estimate &&
		gap->at_age.estimate <= gap->at_age.upper &&
		gap->at_age.upper <= gap->band.upper && gap->band.upper <= 1;
}

/* few or many ages, few or many children, at any level */
static void
test_properties(void)
{
	static const double levels[] = {1e-300, 0.01, 0.5, 0.95, 0.9999, 1 - 1e-16};
	Group		nested = {.name = "a band is never inside an interval"};
	Group		mirrored = {.name = "exchanged facts turn gaps and bounds",
	.tolerance = 1e-12};

	for (int i = 0; i < 3000; i++)
	{
		NkAgeCurve	curve = make_curve();
		NkAgeCurve	other = make_curve();
		NkCurvePoint points[NK_CURVE_AGES];
		NkCurvePoint turned[NK_CURVE_AGES];
		double		conf_level = levels[i % 6];
		int64_t		most = (int64_t) 1 << (i % 50);
		int			count;

		for (int age = i % 20; age < NK_CURVE_AGES; age += 1 + i % 7)
			for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
			{
				int			exchanged = (cell & NK_ASSESSED) |
					(cell & NK_IDENTIFIED ? NK_DECIDED : 0) |
					(cell & NK_DECIDED ? NK_IDENTIFIED : 0);

				curve.cells[age][cell] = random_count(most);
				other.cells[age][exchanged] = curve.cells[age][cell];
			}
		if (nk_age_curve_n(&curve) == 0)
			continue;
		group_expect(&nested, i,
					 nk_curve(&curve, conf_level, NK_GAP_IDENTIFIED, points,
							  &count) == NK_OK &&
					 nk_curve(&other, conf_level, NK_GAP_IDENTIFIED, turned,
							  &count) == NK_OK);
		for (int at = 0; at < count; at++)
		{
			const NkInterval *a = &points[at].gap.band;
			const NkInterval *b = &turned[at].gap.band;

			if (points[at].n == 0)
				continue;
			group_expect(&nested, i, is_nested(&points[at].gap));
			group_expect(&nested, i, is_nested(&points[at].assessed_gap));
			group_compare(&mirrored, i, a->lower, -b->upper, 1);
			group_compare(&mirrored, i, a->upper, -b->lower, 1);
		}
	}
	group_report(&nested);
	group_report(&mirrored);
}

int
main(void)
{
	test_values();
	test_bricks();
	test_empty();
	test_properties();
	return unit_report();
}
