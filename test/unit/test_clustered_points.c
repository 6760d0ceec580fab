/*
 * test_clustered_points.c - intervals and bands of curves over clusters.
 *
 * Reference: test/reference/clustered_gap.tsv for the gap of one age, held to
 * 1e-12 relative or of the distance to the estimate; shares against the
 * interval of a share over the same clusters (cluster_interval.tsv holds
 * that); bands against the critical value that follows from the clusters'
 * residuals themselves, instead of from a root of their covariance.
 */
#include "cluster_curves.h"
#include "clustered_points.h"
#include "designs.h"
#include "dist.h"
#include "summaries.h"
#include "sup_t.h"

#define MOST_CLUSTERS	400

static double scratch[1 << 14];
static ClusterBlock block;

static NkStatus
ask(NkGapKind kind, NkGapSmooth smooth, NkCurvePoint *points, int *count)
{
	if (sizeof(scratch) < nk_clustered_curve_scratch())
		abort();
	return nk_clustered_curve(clusters_canonical(&block), 0.95, kind, smooth,
							  scratch, points, count);
}

static const NkCurvePoint *
point_of(const NkCurvePoint *points, int count, int age)
{
	for (int i = 0; i < count; i++)
		if (points[i].age == age)
			return &points[i];
	abort();
}

/* gaps of single ages, of both kinds */
static void
test_gaps(void)
{
	Reference	table = reference_read("clustered_gap.tsv");
	Group		status = {.name = "gap: status as expected"};
	Group		gap = {.name = "gap of one age", .tolerance = 1e-15};
	Group		bounds = {.name = "gap: bounds", .tolerance = 1e-12};

	for (int row = 0; row < table.count; row++)
	{
		const char *ages = reference_text(&table, row, "ages");
		const char *gaps = reference_text(&table, row, "gaps");
		const char *lower = reference_text(&table, row, "lower");
		const char *upper = reference_text(&table, row, "upper");
		NkGapKind	kind = (NkGapKind)
		reference_choice(nk_gap_kinds, reference_text(&table, row, "kind"));
		NkCurvePoint points[NK_CURVE_AGES];
		int			count;

		clusters_read(&block, reference_text(&table, row, "clusters"));
		group_expect(&status, row, ask(kind, NK_GAP_SPLINE, points, &count) == NK_OK);
		while (*ages != '\0' && *ages != '-')
		{
			const NkCurvePoint *point =
				point_of(points, count, (int) next_number(&ages));
			const NkInterval *got = &point->gap.at_age;
			double		low = next_number(&lower);
			double		high = next_number(&upper);

			group_expect(&status, row, (int) point->status ==
						 reference_choice(status_names,
										  reference_text(&table, row, "status")));
			group_compare(&gap, row, got->estimate, next_number(&gaps), 0);
			if (isnan(low))
				continue;
			group_compare(&bounds, row, got->lower, low, fabs(got->estimate));
			group_compare(&bounds, row, got->upper, high, fabs(got->estimate));
			if (kind == NK_GAP_ASSESSED)
				group_expect(&status, row,
							 got->lower == point->assessed_gap.at_age.lower &&
							 point->gap.band.upper ==
							 point->assessed_gap.band.upper);
		}
	}
	group_report(&status);
	group_report(&gap);
	group_report(&bounds);
	reference_free(&table);
}

static void
expect_share(Group *group, int row, const char *clusters, int age, int fact,
			 bool varies, const NkInterval *got)
{
	char	   *rest = (char *) clusters;
	Design		design;
	NkAgeCurve	curve;
	NkInterval	expected;
	NkClusterMethod used;
	long		times;

	design_start(&design, 1, 2);
	while ((times = clusters_next(&rest, &curve)) > 0)
	{
		int64_t		cells[2] = {0, 0};

		for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
			cells[(cell & fact) > 0] += curve.cells[age][cell];
		design_add(&design, times, cells);
		/* a cluster without children of this age is one, too */
		if (cells[0] + cells[1] == 0 && nk_age_curve_n(&curve) > 0)
			design.table.clusters += times;
	}
	nk_cluster_confint(&design.table, 0.95, NK_CLUSTER_LOGIT, &expected, &used);
	group_expect(group, row, got->estimate == expected.estimate);
	group_expect(group, row, varies ? got->lower == expected.lower &&
				 got->upper == expected.upper :
				 isnan(got->lower) && isnan(got->upper));
}

/* units whose products are the correlations: each cluster's residuals */
static int
residuals(const char *clusters, const NkGaps *gaps, double *rows)
{
	char	   *rest = (char *) clusters;
	NkAgeCurve	curve;
	int			rank = 0;
	long		times;

	while ((times = clusters_next(&rest, &curve)) > 0)
	{
		for (int i = 0; i < gaps->count; i++)
		{
			NkPaired	pair = nk_gap_pair(curve.cells[gaps->at[i].age],
										   NK_GAP_IDENTIFIED);

			rows[i * MOST_CLUSTERS + rank] = sqrt((double) times) *
				((double) (pair.first_only - pair.second_only) -
				 gaps->at[i].gap * (double) nk_paired_n(&pair));
		}
		rank++;
	}
	for (int i = 0; i < gaps->count; i++)
	{
		double	   *row = &rows[i * MOST_CLUSTERS];
		double		square = 0;

		for (int j = 0; j < rank; j++)
			square += row[j] * row[j];
		for (int j = 0; j < rank; j++)
			row[j] /= sqrt(square);
	}
	return rank;
}

static void
test_shares_and_bands(void)
{
	Reference	table = reference_read("clustered_gap.tsv");
	Group		shares = {.name = "shares are those over clusters"};
	Group		order = {.name = "the band is no less than the interval"};
	Group		band = {.name = "band from the residuals", .tolerance = 1e-3};
	static double rows[NK_CURVE_AGES * MOST_CLUSTERS];
	static double packed[NK_CURVE_AGES * MOST_CLUSTERS];
	static double work[1 << 16];

	for (int row = 0; row < table.count; row++)
	{
		const char *text = reference_text(&table, row, "clusters");
		NkCurvePoint points[NK_CURVE_AGES];
		NkGaps		gaps;
		int			count;
		int			rank;
		bool		varies = true;
		NkSupT		sup_t = {.rows = packed, .seed = 1};
		double		critical;

		clusters_read(&block, text);
		ask(NK_GAP_IDENTIFIED, NK_GAP_NOT_SMOOTHED, points, &count);
		nk_clustered_gaps(clusters_canonical(&block), NK_GAP_IDENTIFIED, &gaps);
		for (int i = 0; i < count; i++)
		{
			const NkCurvePoint *point = &points[i];
			bool		has = point->status != NK_TOO_FEW;

			if (point->status == NK_EMPTY)
				continue;
			expect_share(&shares, row, text, point->age, NK_IDENTIFIED, has,
						 &point->identified);
			expect_share(&shares, row, text, point->age, NK_ASSESSED, has,
						 &point->assessed);
			expect_share(&shares, row, text, point->age, NK_DECIDED, has,
						 &point->decided);
			group_expect(&order, row, !has ||
						 (point->gap.band.lower <= point->gap.at_age.lower &&
						  point->gap.at_age.lower <= point->gap.at_age.estimate &&
						  point->gap.at_age.estimate <= point->gap.at_age.upper &&
						  point->gap.at_age.upper <= point->gap.band.upper &&
						  -1 <= point->gap.band.lower &&
						  point->gap.band.upper <= 1));
		}

		rank = residuals(text, &gaps, rows);
		for (int i = 0; i < gaps.count; i++)
			for (int j = 0; j < rank; j++)
			{
				packed[i * rank + j] = rows[i * MOST_CLUSTERS + j];
				/* ages at which clusters do not differ are another case */
				varies &= isfinite(packed[i * rank + j]) &&
					fabs(gaps.at[i].gap) < 1;
			}
		if (!varies || gaps.count == 0 || gaps.df < 1)
			continue;
		sup_t.count = gaps.count;
		sup_t.rank = rank;
		sup_t.df = gaps.df;
		nk_sup_t_critical(&sup_t, 0.95, work, &critical);
		for (int i = 0; i < gaps.count; i++)
		{
			const NkCurvePoint *point = point_of(points, count, gaps.at[i].age);
			double		error = sqrt(gaps.at[i].variance) /
				(1 - gaps.at[i].gap * gaps.at[i].gap);
			double		t;

			nk_t_quantile(nk_t_cdf(critical, gaps.df, false, false),
						  gaps.at[i].df, false, false, &t);
			group_compare(&band, row, point->gap.band.lower,
						  tanh(atanh(gaps.at[i].gap) - t * error), 1);
			group_compare(&band, row, point->gap.band.upper,
						  tanh(atanh(gaps.at[i].gap) + t * error), 1);
		}
	}
	group_report(&shares);
	group_report(&order);
	group_report(&band);
	reference_free(&table);
}

/* single ages that are not in one cluster decide what is smooth and how far */
static void
test_smooth(void)
{
	NkCurvePoint points[NK_CURVE_AGES];
	NkCurvePoint again[NK_CURVE_AGES];
	NkInterval	fit[NK_CURVE_AGES];
	NkGaps		gaps;
	int			count;
	bool		same = true;
	bool		falls = true;
	bool		none = true;

	clusters_start(&block);
	for (int c = 0; c < 30; c++)
	{
		NkAgeCurve	curve = make_curve();

		for (int age = 2; age < 12; age++)
			if (age != 6)
				for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
					curve.cells[age][cell] = random_count(9 + 3 * (c % 3));
		if (c == 4)
			curve.cells[14][1] = 5;
		clusters_add(&block, &curve);
	}
	nk_clustered_gaps(clusters_canonical(&block), NK_GAP_IDENTIFIED, &gaps);
	nk_gap_spline(&gaps, 0.95, scratch, fit);
	CHECK(ask(NK_GAP_IDENTIFIED, NK_GAP_SPLINE, points, &count) == NK_OK &&
		  count == 13 && gaps.count == 9);
	for (int i = 0; i < gaps.count; i++)
	{
		const NkInterval *got = &point_of(points, count, gaps.at[i].age)->smooth;

		same &= got->estimate == fit[i].estimate && got->lower == fit[i].lower &&
			got->upper == fit[i].upper && got->lower < got->upper;
	}
	CHECK(same);
	CHECK(points[4].status == NK_EMPTY && points[4].n == 0 &&
		  isnan(points[4].gap.at_age.estimate) && isnan(points[4].smooth.estimate));
	CHECK(points[12].status == NK_TOO_FEW && points[12].n == 5 &&
		  points[12].gap.at_age.estimate == 1 &&
		  points[12].identified.estimate == 1 &&
		  isnan(points[12].gap.at_age.lower) &&
		  isnan(points[12].gap.band.upper) &&
		  isnan(points[12].assessed_gap.at_age.lower) &&
		  isnan(points[12].smooth.estimate));
	CHECK(points[0].status == NK_OK);

	CHECK(ask(NK_GAP_IDENTIFIED, NK_GAP_FALLING, again, &count) == NK_OK);
	for (int i = 0, before = -1; i < count; i++)
		if (again[i].status == NK_OK)
		{
			falls &= before < 0 || again[i].smooth.estimate <=
				again[before].smooth.estimate;
			before = i;
		}
	CHECK(falls);
	CHECK(ask(NK_GAP_IDENTIFIED, NK_GAP_NOT_SMOOTHED, again, &count) == NK_OK);
	for (int i = 0; i < count; i++)
		none &= isnan(again[i].smooth.estimate) &&
			(isnan(points[i].gap.band.lower) ||
			 again[i].gap.band.lower == points[i].gap.band.lower);
	CHECK(none);
}

/* nobody, one cluster, products that no clusters have, settings */
static void
test_thin(void)
{
	NkCurvePoint points[NK_CURVE_AGES];
	int			count;
	bool		finite = true;

	clusters_start(&block);
	CHECK(ask(NK_GAP_IDENTIFIED, NK_GAP_SPLINE, points, &count) == NK_EMPTY &&
		  count == 0);
	CHECK(nk_clustered_curve(&block.table, 1, NK_GAP_IDENTIFIED, NK_GAP_SPLINE,
							 scratch, points, &count) == NK_BAD_CONF_LEVEL);
	clusters_read(&block, "1:3.0=2,3.1=4,5.7=1");
	CHECK(ask(NK_GAP_IDENTIFIED, NK_GAP_SPLINE, points, &count) == NK_OK &&
		  count == 3);
	CHECK(points[0].status == NK_TOO_FEW && points[1].status == NK_EMPTY &&
		  points[2].status == NK_TOO_FEW);
	CHECK_CLOSE(points[0].gap.at_age.estimate, 2.0 / 3, 1e-15);
	CHECK(isnan(points[0].gap.at_age.lower) && isnan(points[0].decided.lower));

	/* nobody knows what a forged summary says, but it is said in numbers */
	for (int i = 0; i < 2000; i++)
	{
		static ClusterBlock forged;
		NkClusterTable table;
		size_t		cells;
		NkProduct  *product;
		NkStatus	status;

		clusters_read(&block, "3:3.0=4,3.1=2,4.1=3;2:3.1=2,4.0=5;1:3.0=1,4.1=1,9.4=2;1:7.1=3,8.2=1,9.0=1");
		forged = *(const ClusterBlock *) clusters_canonical(&block);
		table = nk_cluster_table(&forged.table);
		cells = (size_t) table.rows * table.columns;
		for (int k = 0; k < 3; k++)
		{
			size_t		a = (size_t) random_count((int64_t) cells - 1);
			size_t		b = (size_t) random_count((int64_t) cells - 1);
			size_t		at = a < b ? nk_products(b) + a : nk_products(a) + b;

			product = (NkProduct *) &table.products[at];
			*product = (NkProduct) random_count(table.counts[a] * table.counts[b]);
		}
		block = forged;
		if (nk_clustered_kind.validate(&block.header) != NK_OK)
			continue;
		status = ask(NK_GAP_IDENTIFIED, NK_GAP_SPLINE, points, &count);
		finite &= status == NK_OK || status == NK_BAD_SUMMARY;
		for (int k = 0; k < count; k++)
		{
			const NkGapPoint *gap = &points[k].gap;

			finite &= !(gap->at_age.lower > gap->at_age.upper) &&
				isnan(gap->at_age.lower) == (points[k].status != NK_FEW_CLUSTERS) &&
				isnan(gap->band.lower) == isnan(gap->at_age.lower);
		}
	}
	CHECK(finite);
}

int
main(void)
{
	test_gaps();
	test_shares_and_bands();
	test_smooth();
	test_thin();
	return unit_report();
}
