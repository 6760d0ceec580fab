/*
 * cluster_interval.c - a share, and the difference of two, over clusters
 *
 * Children of one municipality resemble each other, so the clusters, not the
 * children, are the independent units.  Cluster g has x_g events of n_g, all
 * G of them x of n, and p = x / n.  The linearised variance of p is
 *
 *	v = G / (G - 1) sum (x_g - p n_g)^2 / n^2
 *
 *	logit			logit p -+ t sqrt(v) / (p (1 - p)), t of G - 1 df
 *	linear			p -+ t sqrt(v), cut off at 0 and 1
 *	korn-graubard	Clopper and Pearson's with n' = p (1 - p) / v, times
 *					(t of n - 1 df / t of G - 1 df)^2, at most n, and x' = n' p
 *	wilson			Wilson's with x and n divided by the design effect; z
 *
 * Where v is 0 the first, second and last would have no width.  It is 0 where
 * no child or every child has the event, or all clusters have the same share;
 * then korn-graubard runs, whatever was asked, with p (1 - p) / v taken as n in
 * the first case and n' = n in the second.  Fewer than two clusters say
 * nothing about their variance: no interval, NK_TOO_FEW.
 *
 *	Korn E L, Graubard B I (1998) Confidence intervals for proportions with
 *	small expected number of positive counts estimated from survey data.
 *	Survey Methodology 24:193-201.
 *	Short M I, Cabral H J, Weinberg J M, LaValley M P, Massaro J M (2020) A
 *	novel confidence interval for a single proportion in the presence of
 *	clustered binary outcome data.  Statistical Methods in Medical Research
 *	29:111-121.  doi:10.1177/0962280218823231
 *
 * The sum of squares is multiplied out to an integer and computed exactly: in
 * double it would lose the digits that n has too many.  Accuracy: 1e-12
 * relative, held by test_cluster_interval against 80-digit arithmetic; a bound
 * of a linearised interval 1e-12 of the estimate.  Korn-Graubard's lower bound
 * loses a digit where x' is far below 1 (2e-12 at x' = 0.01, where it is
 * 1e-165): it is a power of 1 / x'.
 */
#include "clustered.h"

#include "interval.h"
#include "wide.h"

#include <string.h>

const char *const nk_cluster_methods[] = {
	"logit", "linear", "korn-graubard", "wilson", NULL
};

/* the share of the second column in a table of one row */
typedef struct Share
{
	double		others;
	double		events;
	double		n;
	double		clusters;
	double		square;			/* n^2 sum (x_g - p n_g)^2, G / (G - 1) times */
} Share;

/* a coefficient of a cell: the product of three counts */
typedef struct Coefficient
{
	int64_t		factors[3];
} Coefficient;

/*
 * sum_of_squares - over clusters, of the linear combination of their cells
 *
 * Takes at most 498 bits, of which there are enough.  Negative only if the
 * products cannot come from data.
 */
static double
sum_of_squares(const NkClusterTable *table, const Coefficient *coefficients)
{
	size_t		cells = (size_t) table->rows * table->columns;
	NkWide		sums[2];

	nk_wide_clear(&sums[0]);
	nk_wide_clear(&sums[1]);
	for (size_t i = 0; i < cells; i++)
		for (size_t j = 0; j < cells; j++)
		{
			int64_t		factors[6];

			memcpy(factors, coefficients[i].factors, sizeof(factors) / 2);
			memcpy(factors + 3, coefficients[j].factors, sizeof(factors) / 2);
			nk_wide_add_product(sums, nk_product_of(table, i, j), factors, 6);
		}
	return nk_wide_difference(sums);
}

/* G / (G - 1) */
static double
between(double clusters)
{
	return clusters / (clusters - 1);
}

/* NK_EMPTY, NK_TOO_FEW (no square), NK_FEW_CLUSTERS, NK_BAD_SHAPE, ... */
static NkStatus
find_share(const NkClusterTable *table, Share *share)
{
	Coefficient coefficients[2] = {{{0}}};

	*share = (Share) {NK_UNDEFINED, NK_UNDEFINED, 0, 0, NK_UNDEFINED};
	if (table->rows > 1 || table->columns > 2)
		return NK_BAD_SHAPE;
	if (table->clusters == 0)
		return NK_EMPTY;
	/* one column does not tell whether it is the event */
	if (table->columns < 2)
		return NK_ZERO_MARGIN;

	share->others = (double) table->counts[0];
	share->events = (double) table->counts[1];
	share->n = (double) (table->counts[0] + table->counts[1]);
	share->clusters = (double) table->clusters;
	if (table->clusters < 2)
		return NK_TOO_FEW;

	/* n (x_g - p n_g) = x_g (n - x) - (n_g - x_g) x */
	coefficients[0] = (Coefficient) {{-table->counts[1], 1, 1}};
	coefficients[1] = (Coefficient) {{table->counts[0], 1, 1}};
	share->square = between(share->clusters) *
		sum_of_squares(table, coefficients);
	if (share->square < 0)
		return NK_BAD_SUMMARY;
	return table->clusters < NK_MANY_CLUSTERS ? NK_FEW_CLUSTERS : NK_OK;
}

NkStatus
nk_cluster_estimate(const NkClusterTable *table, double *estimate)
{
	Share		share;
	NkStatus	status = find_share(table, &share);

	*estimate = share.events / share.n;
	return status;
}

/* v over p (1 - p) / n; undefined where that is 0 */
static double
design_effect(const Share *share)
{
	return share->square / share->n / share->others / share->events;
}

NkStatus
nk_design_effect(const NkClusterTable *table, double *effect)
{
	Share		share;
	NkStatus	status = find_share(table, &share);

	*effect = design_effect(&share);
	return status;
}

static NkStatus
logit(const Share *share, double conf_level, NkInterval *result)
{
	double		t;
	NkStatus	status;
	double		half;

	status = nk_t_critical_value(conf_level, share->clusters - 1, &t);
	half = t * sqrt(share->square) / share->others / share->events;
	result->lower = share->events /
		(share->events + share->others * exp(half));
	result->upper = share->events /
		(share->events + share->others * exp(-half));
	return status;
}

static NkStatus
linear(const Share *share, double conf_level, NkInterval *result)
{
	double		t;
	NkStatus	status;
	double		half;

	status = nk_t_critical_value(conf_level, share->clusters - 1, &t);
	half = t * sqrt(share->square) / share->n / share->n;
	result->lower = fmax(0, result->estimate - half);
	result->upper = fmin(1, result->estimate + half);
	return status;
}

static NkStatus
korn_graubard(const Share *share, double conf_level, NkInterval *result)
{
	bool		varied = share->others > 0 && share->events > 0;
	double		effect = varied ? design_effect(share) : 1;
	double		t_children;
	double		t_clusters;
	double		fewer;			/* n' / n */
	NkInterval	exact;
	NkStatus	status;

	status = nk_t_critical_value(conf_level, share->n - 1, &t_children);
	if (status != NK_OK)
		return status;
	status = nk_t_critical_value(conf_level, share->clusters - 1,
								 &t_clusters);
	if (status != NK_OK)
		return status;
	fewer = fmin(1, t_children / t_clusters * (t_children / t_clusters) /
				 effect);
	status = nk_clopper_pearson(share->events * fewer, share->n * fewer,
								(1 - conf_level) / 2, &exact);
	result->lower = exact.lower;
	result->upper = exact.upper;
	return status;
}

static NkStatus
wilson(const Share *share, double conf_level, NkInterval *result)
{
	double		effect = design_effect(share);
	double		z;
	NkStatus	status = nk_critical_value(conf_level, &z);
	NkInterval	fewer = nk_wilson_of(share->events / effect,
									 share->n / effect, z);

	result->lower = fewer.lower;
	result->upper = fewer.upper;
	return status;
}

NkStatus
nk_cluster_confint(const NkClusterTable *table, double conf_level,
				   NkClusterMethod method, NkInterval *result,
				   NkClusterMethod *method_used)
{
	Share		share;
	double		z;
	NkStatus	status = nk_critical_value(conf_level, &z);
	NkStatus	data_status;

	*result = NK_NO_INTERVAL;
	*method_used = method;
	if (status != NK_OK)
		return status;
	data_status = find_share(table, &share);
	result->estimate = share.events / share.n;
	if (data_status != NK_OK && data_status != NK_FEW_CLUSTERS)
		return data_status;

	if (share.square == 0)
		*method_used = method = NK_CLUSTER_KORN_GRAUBARD;
	switch (method)
	{
		case NK_CLUSTER_LOGIT:
			status = logit(&share, conf_level, result);
			break;
		case NK_CLUSTER_LINEAR:
			status = linear(&share, conf_level, result);
			break;
		case NK_CLUSTER_KORN_GRAUBARD:
			status = korn_graubard(&share, conf_level, result);
			break;
		case NK_CLUSTER_WILSON:
			status = wilson(&share, conf_level, result);
			break;
	}
	if (status != NK_OK)
	{
		result->lower = result->upper = NK_UNDEFINED;
		return status;
	}
	return data_status;
}

/* does a group sit in one cluster alone? */
static bool
in_one_cluster(const NkClusterTable *table, size_t first_cell)
{
	__int128	n = (__int128) table->counts[first_cell] +
		table->counts[first_cell + 1];

	return nk_product_of(table, first_cell, first_cell) +
		2 * nk_product_of(table, first_cell, first_cell + 1) +
		nk_product_of(table, first_cell + 1, first_cell + 1) == n * n;
}

/*
 * nk_cluster_difference - p_a - p_b -+ t sqrt(v), t of G - 1 df
 *
 * What cluster g adds to the difference is u_g = (x_ag - p_a n_ag) / n_a less
 * the same of b; v = G / (G - 1) sum u_g^2.  Where groups share clusters, this
 * takes out what is common to both.  A group in one cluster alone has residual
 * 0 there, which is not to say that it does not vary: NK_TOO_FEW.  Neither
 * does v = 0: NK_NO_VARIATION.
 */
NkStatus
nk_cluster_difference(const NkClusterTable *table, double conf_level,
					  NkInterval *result)
{
	const int64_t *n = table->counts;
	int64_t		n_a;
	int64_t		n_b;
	double		scale;			/* n_a n_b */
	double		square;
	double		half;
	double		t;
	NkStatus	status;

	*result = NK_NO_INTERVAL;
	status = nk_critical_value(conf_level, &t);
	if (status != NK_OK)
		return status;
	if (table->rows > 2 || table->columns > 2)
		return NK_BAD_SHAPE;
	if (table->clusters == 0 || table->rows < 2)
		return NK_EMPTY;
	if (table->columns < 2)
		return NK_ZERO_MARGIN;
	n_a = n[0] + n[1];
	n_b = n[2] + n[3];
	if (n_a == 0 || n_b == 0)
		return NK_EMPTY;

	scale = (double) n_a * (double) n_b;
	result->estimate =
		(double) ((__int128) n[1] * n_b - (__int128) n[3] * n_a) / scale;
	if (in_one_cluster(table, 0) || in_one_cluster(table, 2))
		return NK_TOO_FEW;

	/* u_g n_a^2 n_b^2 */
	square = sum_of_squares(table, (Coefficient[]) {
		{{-n[1], n_b, n_b}}, {{n[0], n_b, n_b}},
		{{n[3], n_a, n_a}}, {{-n[2], n_a, n_a}}
	});
	if (square < 0)
		return NK_BAD_SUMMARY;
	if (square == 0)
		return NK_NO_VARIATION;
	status = nk_t_critical_value(conf_level, (double) table->clusters - 1, &t);
	if (status != NK_OK)
		return status;
	half = t * sqrt(between((double) table->clusters) * square) / scale / scale;
	result->lower = fmax(-1, result->estimate - half);
	result->upper = fmin(1, result->estimate + half);
	return table->clusters < NK_MANY_CLUSTERS ? NK_FEW_CLUSTERS : NK_OK;
}
