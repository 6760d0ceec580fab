/*
 * clustered_points.c - shares and gaps at each age, over clusters
 *
 *	shares		logit-t intervals, Korn and Graubard's where the clusters show
 *				no variance (cluster_interval.c)
 *	gap			the same for the share (1 + gap) / 2: its logit, 2 atanh(gap),
 *				+- t standard errors, with the variance and the degrees of
 *				freedom of clustered_curve.c.  At a gap of -1 or 1 that scale
 *				has no end: Clopper and Pearson's interval of a share of n'
 *				trials, those of as many independent children (gap.h) times
 *				(t of n - 1 df / t of the age's df)^2, at most all, which is
 *				what Korn and Graubard do where everybody has the fact
 *	band		the same with c in the place of t, the quantile of the largest
 *				of all correlated statistics (sup_t.c; Montiel Olea and
 *				Plagborg-Moller 2019, J Appl Econometrics 34:1,
 *				doi 10.1002/jae.2656)
 *	smooth		gap_smooth.c with the covariance over clusters
 *
 * An age whose children all sit in one cluster has no interval and no part in
 * the bands: its residual is 0, which is not to say that it does not vary.
 *
 * Accuracy: 1e-12 relative, that of c as in sup_t.h; held by
 * test_clustered_points.  How often the intervals hold, also where clusters
 * are few or of different sizes, is in test/coverage/clustered_curve.c.
 */
#include "clustered_points.h"

#include "dist.h"
#include "interval.h"
#include "linear.h"
#include "sup_t.h"

/* a band is the same every time: the numbers behind it are */
#define BAND_SEED	1

/* rows whose products are correlations, and what nk_sup_t_critical asks for */
#define ROWS	(NK_CURVE_AGES * NK_CURVE_AGES)

size_t
nk_clustered_curve_scratch(void)
{
	NkSupT		largest = {.count = NK_CURVE_AGES, .rank = NK_CURVE_AGES};
	size_t		band = ROWS * sizeof(double) + nk_sup_t_scratch(&largest);
	size_t		spline = nk_gap_spline_scratch();

	return band > spline ? band : spline;
}

/* ------------------------------------------------------------------ shares */

static NkStatus
share_point(const NkClusterCurves *curves, int age, int fact,
			double conf_level, bool varies, NkInterval *share)
{
	NkEventTable events;
	NkClusterMethod used;
	NkStatus	status;

	nk_cluster_fact(curves, age, fact, &events);
	status = nk_cluster_confint(&events.table, conf_level, NK_CLUSTER_LOGIT,
								share, &used);
	if (!varies)
		share->lower = share->upper = NK_UNDEFINED;
	return status;
}

/* -------------------------------------------------------------------- gaps */

/* Clopper and Pearson's for a gap of -1 or 1, t the critical value */
static NkStatus
all_alike(const NkGapAge *at, double t, NkInterval *interval)
{
	double		tail = nk_t_cdf(t, at->df, false, false);
	double		trials;
	double		t_children;
	NkStatus	status = nk_t_quantile(tail, (double) at->n - 1, false, false,
									   &t_children);

	if (status != NK_OK)
		return status;
	trials = at->trials * fmin(1, t_children / t * (t_children / t));
	status = nk_clopper_pearson(at->gap > 0 ? trials : 0, trials, tail,
								interval);
	interval->estimate = at->gap;
	interval->lower = 2 * interval->lower - 1;
	interval->upper = 2 * interval->upper - 1;
	return status;
}

static NkStatus
gap_interval(const NkGapAge *at, double t, NkInterval *interval)
{
	double		half = t * sqrt(at->variance) /
		((1 - at->gap) * (1 + at->gap));
	double		centre = atanh(at->gap);

	if (fabs(at->gap) == 1)
		return all_alike(at, t, interval);
	*interval = (NkInterval) {at->gap, tanh(centre - half), tanh(centre + half)};
	return NK_OK;
}

/* how the gaps of all ages go together, as rows of a root of the matrix */
static NkStatus
correlations(const NkGaps *gaps, double *rows)
{
	int			count = gaps->count;
	double		matrix[NK_CURVE_AGES * NK_CURVE_AGES];
	double		values[NK_CURVE_AGES];
	NkStatus	status;

	for (int i = 0; i < count; i++)
		for (int j = 0; j < count; j++)
			matrix[i * count + j] = gaps->covariance[i * count + j] /
				sqrt(gaps->at[i].variance) / sqrt(gaps->at[j].variance);
	status = nk_symmetric_eigen(matrix, values, rows, count);
	if (status != NK_OK)
		return status;
	for (int i = 0; i < count; i++)
	{
		double	   *row = &rows[i * count];
		double		length;

		/* with fewer clusters than ages some values are 0, but for rounding */
		for (int j = 0; j < count; j++)
			row[j] *= sqrt(fmax(0, values[j]));
		length = sqrt(nk_dot(row, row, count));
		for (int j = 0; j < count; j++)
			row[j] /= length;
	}
	return NK_OK;
}

/* critical value for all ages at once; Sidak's where the matrix has no root */
static NkStatus
find_critical(const NkGaps *gaps, double conf_level, void *scratch,
			  double *critical)
{
	NkSupT		sup_t = {
		.count = gaps->count,
		.rank = gaps->count,
		.rows = scratch,
		.df = gaps->df,
		.seed = BAND_SEED
	};

	if (correlations(gaps, scratch) != NK_OK)
		return nk_sidak_critical(conf_level, gaps->count, gaps->df, critical);
	return nk_sup_t_critical(&sup_t, conf_level, (double *) scratch + ROWS,
							 critical);
}

/*
 * The points of a kind of gap, in the order of the ages of gaps.  The critical
 * value for all ages has the degrees of freedom of all clusters; an age whose
 * clusters are fewer has the value of its own with the same tail.
 */
static NkStatus
gap_points(const NkGaps *gaps, double conf_level, void *scratch,
		   NkGapPoint points[NK_CURVE_AGES])
{
	double		critical;
	double		tail;
	NkStatus	status = find_critical(gaps, conf_level, scratch, &critical);

	if (status != NK_OK)
		return status;
	tail = nk_t_cdf(critical, gaps->df, false, false);
	for (int i = 0; i < gaps->count && status == NK_OK; i++)
	{
		const NkGapAge *at = &gaps->at[i];
		double		t;
		double		band;

		status = nk_t_critical_value(conf_level, at->df, &t);
		if (status == NK_OK)
			status = nk_t_quantile(tail, at->df, false, false, &band);
		if (status == NK_OK)
			status = gap_interval(at, t, &points[i].at_age);
		if (status == NK_OK)
			status = gap_interval(at, fmax(t, band), &points[i].band);
	}
	return status;
}

static NkStatus
smooth_points(const NkGaps *gaps, const NkGapPoint *points, double conf_level,
			  NkGapSmooth smooth, void *scratch,
			  NkInterval fit[NK_CURVE_AGES])
{
	NkInterval	raw[NK_CURVE_AGES];
	double		weights[NK_CURVE_AGES];

	if (smooth == NK_GAP_SPLINE)
		return nk_gap_spline(gaps, conf_level, scratch, fit);
	for (int i = 0; i < gaps->count; i++)
	{
		raw[i] = points[i].band;
		weights[i] = (double) gaps->at[i].n;
	}
	nk_gap_monotone(raw, weights, gaps->count, smooth == NK_GAP_FALLING, fit);
	return NK_OK;
}

/* ------------------------------------------------------------------ points */

/* all ages from the youngest to the oldest, with their estimates */
static int
begin_points(const NkClusterCurves *curves, NkGapKind kind,
			 NkCurvePoint points[NK_CURVE_AGES])
{
	NkGaps		gaps;
	NkGaps		assessed;
	int			youngest;
	int			count;

	nk_gaps(&curves->sum, kind, &gaps);
	nk_gaps(&curves->sum, NK_GAP_ASSESSED, &assessed);
	youngest = gaps.at[0].age;
	count = gaps.at[gaps.count - 1].age - youngest + 1;
	for (int i = 0; i < count; i++)
	{
		points[i] = NK_NO_CURVE_POINT;
		points[i].age = youngest + i;
	}
	for (int i = 0; i < gaps.count; i++)
	{
		NkCurvePoint *point = &points[gaps.at[i].age - youngest];

		point->n = gaps.at[i].n;
		point->gap.at_age.estimate = gaps.at[i].gap;
		point->assessed_gap.at_age.estimate = assessed.at[i].gap;
		point->status = NK_TOO_FEW;
	}
	return count;
}

NkStatus
nk_clustered_curve(const NkCrosstab *clustered, double conf_level,
				   NkGapKind kind, NkGapSmooth smooth, void *scratch,
				   NkCurvePoint points[NK_CURVE_AGES], int *count)
{
	NkClusterCurves curves;
	NkGaps		gaps;
	NkGaps		assessed;
	NkGapPoint	gap_point[NK_CURVE_AGES];
	NkGapPoint	assessed_point[NK_CURVE_AGES];
	NkInterval	fit[NK_CURVE_AGES];
	double		z;
	NkStatus	status = nk_critical_value(conf_level, &z);
	NkStatus	data_status;
	bool		is_smooth = false;

	*count = 0;
	if (status == NK_OK)
		status = nk_cluster_curves(clustered, &curves);
	if (status != NK_OK)
		return status;

	/* both kinds leave out the same ages */
	data_status = nk_cluster_gaps(&curves, kind, &gaps);
	if (data_status < NK_FIRST_ERROR)
		data_status = nk_cluster_gaps(&curves, NK_GAP_ASSESSED, &assessed);
	if (data_status >= NK_FIRST_ERROR)
		return data_status;
	if (gaps.count > 0)
	{
		status = gap_points(&gaps, conf_level, scratch, gap_point);
		if (status == NK_OK)
			status = gap_points(&assessed, conf_level, scratch,
								assessed_point);
		if (status != NK_OK)
			return status;
		is_smooth = smooth != NK_GAP_NOT_SMOOTHED &&
			smooth_points(&gaps, gap_point, conf_level, smooth, scratch,
						  fit) == NK_OK;
	}

	*count = begin_points(&curves, kind, points);
	for (int i = 0; i < gaps.count; i++)
	{
		NkCurvePoint *point = &points[gaps.at[i].age - points[0].age];

		point->gap = gap_point[i];
		point->assessed_gap = assessed_point[i];
		if (is_smooth)
			point->smooth = fit[i];
		point->status = data_status;
	}
	for (int i = 0; i < *count; i++)
	{
		NkCurvePoint *point = &points[i];
		bool		varies = point->status != NK_TOO_FEW;

		if (point->status == NK_EMPTY)
			continue;
		share_point(&curves, point->age, NK_IDENTIFIED, conf_level, varies,
					&point->identified);
		share_point(&curves, point->age, NK_ASSESSED, conf_level, varies,
					&point->assessed);
		share_point(&curves, point->age, NK_DECIDED, conf_level, varies,
					&point->decided);
	}
	return NK_OK;
}
