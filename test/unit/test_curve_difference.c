/*
 * test_curve_difference.c - two age curves against each other.
 *
 * Values: test/reference/curve_difference.tsv, a row an age, and
 * curve_test.tsv; differences are held on the scale of the larger gap.  The
 * smooth is held against the two splines that it is made of.
 */
#include "adjust.h"
#include "curve_difference.h"
#include "gap_smooth.h"
#include "reference.h"
#include "summaries.h"
#include "sup_t.h"

#define SCRATCH 65536

static union
{
	double		align;
	char		bytes[SCRATCH];
}			scratch;

/* every column is the same, to the bit, but for signs and sides */
static bool
mirrored(const NkCurveDifference *p, const NkCurveDifference *q)
{
	NkCurveDifference m = *q;

	m.n_a = q->n_b;
	m.n_b = q->n_a;
	m.gap_a = q->gap_b;
	m.gap_b = q->gap_a;
	m.difference = (NkInterval) {0 - q->difference.estimate,
		0 - q->difference.upper, 0 - q->difference.lower
	};
	m.band = (NkInterval) {0 - q->band.estimate, 0 - q->band.upper,
		0 - q->band.lower
	};
	m.smooth = (NkInterval) {0 - q->smooth.estimate, 0 - q->smooth.upper,
		0 - q->smooth.lower
	};
#define SAME(field) \
	(memcmp(&p->field, &m.field, sizeof(m.field)) == 0 || \
	 (isnan(p->difference.lower) && isnan(m.difference.lower)))
#define SAME_NUMBER(field) \
	(memcmp(&p->field, &m.field, sizeof(double)) == 0 || \
	 (isnan(p->field) && isnan(m.field)))
	return p->age == m.age && p->status == m.status && p->n_a == m.n_a &&
		p->n_b == m.n_b && SAME_NUMBER(gap_a) && SAME_NUMBER(gap_b) &&
		SAME(difference) && SAME(band) && SAME_NUMBER(p_value) &&
		SAME_NUMBER(p_adjusted) && SAME_NUMBER(smooth.estimate) &&
		SAME_NUMBER(smooth.lower) && SAME_NUMBER(smooth.upper);
}

/* read the rows first .. end - 1, which are one pair of curves */
static void
read_pair(const Reference *table, int first, int end, NkAgeCurve *a,
		  NkAgeCurve *b)
{
	*a = make_curve();
	*b = make_curve();
	for (int row = first; row < end; row++)
		for (int i = 0; i < NK_CURVE_CELLS; i++)
		{
			int64_t		age = reference_count(table, row, "age");
			char		column[16];

			snprintf(column, sizeof(column), "a_%d", i);
			a->cells[age][i] = reference_count(table, row, column);
			snprintf(column, sizeof(column), "b_%d", i);
			b->cells[age][i] = reference_count(table, row, column);
		}
}

typedef struct Groups
{
	Group		facts;
	Group		gaps;
	Group		bounds;
	Group		p;
	Group		mirror;
	Group		order;
	Group		test;
} Groups;

static void
compare_point(Groups *groups, const Reference *table, int row,
			  const NkCurveDifference *point)
{
	double		gap_a = reference_number(table, row, "gap_a");
	double		gap_b = reference_number(table, row, "gap_b");
	double		scale = fmax(fabs(gap_a), fabs(gap_b));
	double		lower = reference_number(table, row, "band_lower");
	double		upper = reference_number(table, row, "band_upper");

	group_expect(&groups->facts, row,
				 point->age == reference_count(table, row, "age") &&
				 point->n_a == reference_count(table, row, "n_a") &&
				 point->n_b == reference_count(table, row, "n_b") &&
				 (int) point->status ==
				 reference_choice(status_names,
								  reference_text(table, row, "status")));
	group_compare(&groups->gaps, row, point->gap_a, gap_a, 0);
	group_compare(&groups->gaps, row, point->gap_b, gap_b, 0);
	group_compare(&groups->gaps, row, point->difference.estimate,
				  reference_number(table, row, "difference"), scale);
	scale = fmax(scale, upper - lower);
	group_compare(&groups->bounds, row, point->difference.lower,
				  reference_number(table, row, "lower"), scale);
	group_compare(&groups->bounds, row, point->difference.upper,
				  reference_number(table, row, "upper"), scale);
	group_compare(&groups->bounds, row, point->band.lower, lower, scale);
	group_compare(&groups->bounds, row, point->band.upper, upper, scale);
	group_compare(&groups->p, row, point->p_value,
				  reference_number(table, row, "p_value"), 0);
	group_compare(&groups->p, row, point->p_adjusted,
				  reference_number(table, row, "p_adjusted"), 0);
	if (point->status != NK_OK)
		return;
	group_expect(&groups->order, row,
				 point->band.lower <= point->difference.lower &&
				 point->difference.lower <= point->difference.estimate &&
				 point->difference.estimate <= point->difference.upper &&
				 point->difference.upper <= point->band.upper &&
				 point->band.lower >= -2 && point->band.upper <= 2);
	group_expect(&groups->order, row,
				 isnan(point->smooth.estimate) ||
				 (point->smooth.lower <= point->smooth.estimate &&
				  point->smooth.estimate <= point->smooth.upper));
}

static void
test_values(void)
{
	Reference	table = reference_read("curve_difference.tsv");
	Reference	tests = reference_read("curve_test.tsv");
	Groups		groups = {
		.facts = {.name = "ages, children and status"},
		.gaps = {.name = "gaps and difference", .tolerance = 1e-14},
		.bounds = {.name = "bounds", .tolerance = 1e-12},
		.p = {.name = "p-values", .tolerance = 1e-11},
		.mirror = {.name = "swapped groups are mirrored to the bit"},
		.order = {.name = "bounds have an order"},
		.test = {.name = "test", .tolerance = 1e-11}
	};
	int			first = 0;
	int			pair = 0;

	for (int end = 1; end <= table.count; end++)
	{
		NkAgeCurve	a;
		NkAgeCurve	b;
		NkCurveDifference points[NK_CURVE_AGES];
		NkCurveDifference other[NK_CURVE_AGES];
		NkTestResult test;
		NkTestResult swapped;
		NkGapKind	kind;
		NkStatus	status;
		double		level;
		int			count;

		if (end < table.count &&
			reference_is(&table, end, "curve",
						 reference_text(&table, first, "curve")))
			continue;
		read_pair(&table, first, end, &a, &b);
		kind = (NkGapKind) reference_choice(nk_gap_kinds,
											reference_text(&table, first,
														   "kind"));
		level = reference_number(&table, first, "conf_level");
		group_expect(&groups.facts, first,
					 nk_compare_curves(&a, &b, level, kind, &scratch, points,
									   &count) == NK_OK &&
					 count == end - first);
		for (int i = 0; i < count && i < end - first; i++)
			compare_point(&groups, &table, first + i, &points[i]);
		nk_compare_curves(&b, &a, level, kind, &scratch, other, &count);
		for (int i = 0; i < count; i++)
			group_expect(&groups.mirror, first + i,
						 mirrored(&points[i], &other[i]));

		status = nk_curve_test(&a, &b, kind, &test);
		group_expect(&groups.facts, pair, (int) status ==
					 reference_choice(status_names,
									  reference_text(&tests, pair, "status")));
		group_compare(&groups.test, pair, test.statistic,
					  reference_number(&tests, pair, "statistic"), 0);
		group_compare(&groups.test, pair, test.df,
					  reference_number(&tests, pair, "df"), 0);
		group_compare(&groups.test, pair, test.p_value,
					  reference_number(&tests, pair, "p_value"), 0);
		nk_curve_test(&b, &a, kind, &swapped);
		group_expect(&groups.mirror, pair,
					 isnan(test.statistic) ? isnan(swapped.statistic)
					 : test.statistic == swapped.statistic);
		first = end;
		pair++;
	}
	group_report(&groups.facts);
	group_report(&groups.gaps);
	group_report(&groups.bounds);
	group_report(&groups.p);
	group_report(&groups.mirror);
	group_report(&groups.order);
	group_report(&groups.test);
	reference_free(&table);
	reference_free(&tests);
}

/* a falling gap over the ages 0 .. 17, n children an age */
static NkAgeCurve
falling(int64_t n, double from, double step)
{
	NkAgeCurve	curve = make_curve();

	for (int age = 0; age < 18; age++)
	{
		int64_t		alone = (int64_t) ((from - step * age) * (double) n);

		curve.cells[age][NK_IDENTIFIED] = alone;
		curve.cells[age][NK_DECIDED] = n / 50;
		curve.cells[age][NK_IDENTIFIED + NK_DECIDED] = (n - alone - n / 50) / 2;
		curve.cells[age][0] = n - alone - n / 50 - (n - alone - n / 50) / 2;
	}
	return curve;
}

/* the smooth difference is that of the smooths, and its band is between */
static void
test_smooth(void)
{
	NkAgeCurve	a = falling(1000, 0.7, 0.02);
	NkAgeCurve	b = falling(200, 0.6, 0.01);
	NkGaps		gaps_a;
	NkGaps		gaps_b;
	NkInterval	smooth_a[NK_CURVE_AGES];
	NkInterval	smooth_b[NK_CURVE_AGES];
	NkCurveDifference points[NK_CURVE_AGES];
	Group		estimate = {.name = "smooth difference", .tolerance = 1e-15};
	Group		band = {.name = "its band is that of the larger variance"};
	int			count;

	b.cells[4][NK_IDENTIFIED] += 40;
	nk_gaps(&a, NK_GAP_IDENTIFIED, &gaps_a);
	nk_gaps(&b, NK_GAP_IDENTIFIED, &gaps_b);
	nk_gap_spline(&gaps_a, 0.95, &scratch, smooth_a);
	nk_gap_spline(&gaps_b, 0.95, &scratch, smooth_b);
	CHECK(nk_compare_curves(&a, &b, 0.95, NK_GAP_IDENTIFIED, &scratch, points,
							&count) == NK_OK && count == 18);
	for (int i = 0; i < count; i++)
	{
		double		width = points[i].smooth.upper - points[i].smooth.lower;
		double		width_a = smooth_a[i].upper - smooth_a[i].lower;
		double		width_b = smooth_b[i].upper - smooth_b[i].lower;

		group_compare(&estimate, i, points[i].smooth.estimate,
					  smooth_a[i].estimate - smooth_b[i].estimate, 1);
		/* wider than either, narrower than one on top of the other */
		group_expect(&band, i, width > width_a && width > width_b &&
					 width < 1.1 * (width_a + width_b));
	}
	group_report(&estimate);
	group_report(&band);

	/* only where both have children */
	memset(b.cells[0], 0, sizeof(b.cells[0]));
	memset(b.cells[9], 0, sizeof(b.cells[9]));
	nk_compare_curves(&a, &b, 0.95, NK_GAP_IDENTIFIED, &scratch, points,
					  &count);
	CHECK(count == 18 && points[0].status == NK_EMPTY);
	CHECK(isnan(points[0].smooth.estimate) && isnan(points[9].smooth.lower));
	CHECK(isfinite(points[1].smooth.lower) && isfinite(points[0].gap_a));
	CHECK(isnan(points[0].gap_b) && points[0].n_b == 0);
	CHECK(isnan(points[0].p_value) && isnan(points[9].p_adjusted));
}

/* no smooth of one: none of the difference, and all else as it is */
static void
test_thin(void)
{
	NkAgeCurve	a = falling(1000, 0.7, 0.02);
	NkAgeCurve	b = make_curve();
	NkCurveDifference points[NK_CURVE_AGES];
	NkTestResult test;
	int			count;

	CHECK(nk_compare_curves(&b, &b, 0.95, NK_GAP_IDENTIFIED, &scratch, points,
							&count) == NK_EMPTY && count == 0);
	CHECK(nk_curve_test(&b, &b, NK_GAP_IDENTIFIED, &test) == NK_EMPTY);
	CHECK(isnan(test.statistic) && isnan(test.p_value));
	CHECK(nk_compare_curves(&a, &b, 0.95, NK_GAP_IDENTIFIED, &scratch, points,
							&count) == NK_OK && count == 18);
	CHECK(points[17].status == NK_EMPTY && points[17].n_a == 1000);
	CHECK(nk_curve_test(&a, &b, NK_GAP_IDENTIFIED, &test) == NK_EMPTY);

	for (int age = 3; age < 6; age++)
		b.cells[age][NK_IDENTIFIED] = 1;
	CHECK(nk_compare_curves(&a, &b, 0.95, NK_GAP_IDENTIFIED, &scratch, points,
							&count) == NK_OK);
	CHECK(points[4].status == NK_OK && isfinite(points[4].band.lower));
	CHECK(isnan(points[4].smooth.estimate));

	/* gap 1 in both groups at every age */
	a = make_curve();
	for (int age = 0; age < NK_CURVE_AGES; age++)
	{
		a.cells[age][NK_IDENTIFIED] = 1000000000;
		b.cells[age][NK_IDENTIFIED] = age + 1;
	}
	nk_compare_curves(&a, &b, 0.95, NK_GAP_IDENTIFIED, &scratch, points,
					  &count);
	CHECK(points[0].status == NK_OK && points[0].difference.estimate == 0);
	CHECK(points[0].p_value == 1 && points[20].p_adjusted == 1);
	CHECK(isnan(points[0].smooth.estimate));
	CHECK(points[0].band.lower <= 0 && points[0].band.upper > 0);
	CHECK(nk_curve_test(&a, &b, NK_GAP_IDENTIFIED, &test) == NK_NO_VARIATION);
	/* nobody has a fact of the other gap: all score 0 */
	CHECK(nk_curve_test(&a, &b, NK_GAP_ASSESSED, &test) == NK_NO_VARIATION);

	CHECK(nk_compare_curves(&a, &b, 1, NK_GAP_IDENTIFIED, &scratch, points,
							&count) == NK_BAD_CONF_LEVEL && count == 0);
	CHECK(nk_compare_curves(&a, &b, NAN, NK_GAP_IDENTIFIED, &scratch, points,
							&count) == NK_BAD_CONF_LEVEL);
}

/* random curves: equal ones differ nowhere, swapped ones are mirrored */
static void
test_random(void)
{
	Group		same = {.name = "a curve does not differ from itself"};
	Group		mirror = {.name = "random curves, swapped"};

	for (int i = 0; i < 200; i++)
	{
		static const int64_t most[] = {2, 20, 1000, 1000000000};
		NkAgeCurve	curves[2];
		NkCurveDifference points[NK_CURVE_AGES];
		NkCurveDifference other[NK_CURVE_AGES];
		NkTestResult test;
		int			count;
		int			swapped;

		for (int k = 0; k < 2; k++)
		{
			curves[k] = make_curve();
			for (int age = 0; age < NK_CURVE_AGES; age++)
				for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
					curves[k].cells[age][cell] =
						random_count(most[(i + k * (i / 4)) % 4]);
		}
		nk_compare_curves(&curves[0], &curves[0], 0.9, NK_GAP_ASSESSED,
						  &scratch, points, &count);
		for (int j = 0; j < count; j++)
			group_expect(&same, i, points[j].status != NK_OK ||
						 (points[j].difference.estimate == 0 &&
						  points[j].p_value == 1 &&
						  !(points[j].smooth.estimate != 0 &&
							isfinite(points[j].smooth.estimate)) &&
						  points[j].band.lower == 0 - points[j].band.upper));
		nk_curve_test(&curves[0], &curves[0], NK_GAP_ASSESSED, &test);
		group_expect(&same, i, isnan(test.p_value) || test.p_value == 1);

		nk_compare_curves(&curves[0], &curves[1], 0.9, NK_GAP_IDENTIFIED,
						  &scratch, points, &count);
		nk_compare_curves(&curves[1], &curves[0], 0.9, NK_GAP_IDENTIFIED,
						  &scratch, other, &swapped);
		group_expect(&mirror, i, count == swapped);
		for (int j = 0; j < count; j++)
			group_expect(&mirror, i, mirrored(&points[j], &other[j]));
	}
	group_report(&same);
	group_report(&mirror);
}

int
main(void)
{
	CHECK(nk_compare_curves_scratch() <= SCRATCH);
	test_values();
	test_smooth();
	test_thin();
	test_random();
	return unit_report();
}
