/*
 * test_curve.c - shares and gap by age.
 *
 * Values: test/reference/curve.tsv, a row an age, held to 1e-12 relative; a bound of
 * the gap near 0 is the gap minus a length of about the gap and is held to
 * 1e-12 of the gap.
 */
#include "curve.h"
#include "reference.h"
#include "summaries.h"

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
test_values(void)
{
	Reference	table = reference_read("curve.tsv");
	Group		status = {.name = "ages, children and status as expected"};
	Group		shares = {.name = "identified, assessed, decided",
	.tolerance = 1e-12};
	Group		gap = {.name = "gap", .tolerance = 1e-12};
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
							  points, &count) == NK_OK);
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
			compare_interval(&gap, &table, row, "gap", points[i].gap,
							 fabs(points[i].gap.estimate));
		}
		first = end;
	}
	group_report(&status);
	group_report(&shares);
	group_report(&gap);
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
	int			count;

	for (int i = 0; i < NK_CURVE_CELLS; i++)
		curve.cells[7][i] = 1 << i;
	assessed = make_proportion(255, 4 + 8 + 64 + 128);
	pair = make_paired(32 + 128, 2 + 8, 16 + 64, 1 + 4);
	nk_confint(&assessed, 0.9, NK_WILSON, &wilson);
	nk_paired_confint(&pair, 0.9, NK_PAIRED_NEWCOMBE, &gap);

	CHECK(nk_curve(&curve, 0.9, points, &count) == NK_OK);
	CHECK(count == 1 && points[0].age == 7 && points[0].n == 255);
	CHECK(points[0].assessed.lower == wilson.lower);
	CHECK(points[0].assessed.upper == wilson.upper);
	CHECK(points[0].gap.estimate == gap.estimate);
	CHECK(points[0].gap.lower == gap.lower);
	CHECK(points[0].gap.upper == gap.upper);
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
	CHECK(nk_curve(&curve, 0.95, points, &count) < NK_FIRST_ERROR);
	CHECK(count == 0);
	CHECK(nk_curve(&curve, 1, points, &count) == NK_BAD_CONF_LEVEL);
	curve.cells[0][0] = 1;
	CHECK(nk_curve(&curve, NAN, points, &count) == NK_BAD_CONF_LEVEL);
}

int
main(void)
{
	test_values();
	test_bricks();
	test_empty();
	return unit_report();
}
