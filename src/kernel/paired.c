/*
 * paired.c - two facts of the same child
 *
 *	newcombe	Newcombe 1998, Stat Med 17:2635, method 10: the hybrid of
 *				both Wilson intervals with the continuity-corrected phi
 *	tango		Tango 1998, Stat Med 17:891: score
 *	McNemar		Fagerland, Lydersen & Laake 2013, BMC Med Res Methodol
 *				13:91: mid-P by default, exact, asymptotic without correction
 *
 * a both, b first only, c second only, d neither; difference (b - c) / n.
 * doi 10.1002/(SICI)1097-0258(19981130)17:22<2635::AID-SIM954>3.0.CO;2-C,
 * 10.1186/1471-2288-13-91.  Accuracy: 1e-12, held by test_paired.
 */
#include "paired.h"

#include "dist.h"
#include "solve.h"

const char *const nk_paired_methods[] = {"newcombe", "tango", NULL};
const char *const nk_mcnemar_methods[] = {
	"mid-p", "exact", "asymptotic", NULL
};

#define PAIRED_CELLS	4

static int64_t
paired_n(const NkSummary *summary)
{
	return nk_paired_n((const NkPaired *) summary);
}

static NkStatus
paired_validate(const NkSummary *summary)
{
	return nk_counts_validate(&((const NkPaired *) summary)->both_true,
							  PAIRED_CELLS);
}

static NkStatus
paired_merge(NkSummary *into, const NkSummary *from)
{
	return nk_counts_merge(&((NkPaired *) into)->both_true,
						   &((const NkPaired *) from)->both_true,
						   PAIRED_CELLS);
}

static NkStatus
paired_subtract(NkSummary *from, const NkSummary *part)
{
	return nk_counts_subtract(&((NkPaired *) from)->both_true,
							  &((const NkPaired *) part)->both_true,
							  PAIRED_CELLS);
}

static NkStatus
paired_exchange(NkSummary *summary, NkPort *port)
{
	NkPaired   *pair = (NkPaired *) summary;

	port->count(port, "both_true", &pair->both_true);
	port->count(port, "first_only", &pair->first_only);
	port->count(port, "second_only", &pair->second_only);
	port->count(port, "neither", &pair->neither);
	return NK_OK;
}

const NkSummaryKind nk_paired_proportion_kind = {
	.name = "paired_proportion",
	.code = 2,
	.rows = 2,
	.columns = 2,
	.size = sizeof(NkPaired),
	.n = paired_n,
	.validate = paired_validate,
	.merge = paired_merge,
	.subtract = paired_subtract,
	.exchange = paired_exchange
};

int64_t
nk_paired_n(const NkPaired *pair)
{
	return pair->both_true + pair->first_only + pair->second_only +
		pair->neither;
}

void
nk_paired_margins(const NkPaired *pair, NkProportion *first,
				  NkProportion *second)
{
	int64_t		n = nk_paired_n(pair);

	*first = (NkProportion) {.n = n,
		.events = pair->both_true + pair->first_only};
	*second = (NkProportion) {.n = n,
		.events = pair->both_true + pair->second_only};
}

/*
 * phi_complement - 1 - phi, where phi is the correlation of the two facts,
 * shrunk by half a count
 *
 * Only a positive association is corrected, and not beyond 0.  Near phi = 1
 * the plain difference would lose what the root later needs, so it is taken
 * from 1 - phi^2, whose numerator is a sum of products of counts.
 */
static double
phi_complement(const NkPaired *pair)
{
	double		a = (double) pair->both_true;
	double		b = (double) pair->first_only;
	double		c = (double) pair->second_only;
	double		d = (double) pair->neither;
	double		n = a + b + c + d;
	double		root = sqrt((a + b) * (c + d)) * sqrt((a + c) * (b + d));
	double		cross = (double) ((__int128) pair->both_true * pair->neither -
								  (__int128) pair->first_only *
								  pair->second_only);
	double		rest;

	if (root == 0 || (cross >= 0 && cross <= n / 2))
		return 1;
	if (cross < 0)
		return 1 - cross / root;

	/* root^2 - cross^2, then that of the corrected cross */
	rest = (a * d + b * c) * (a * b + c * d + a * c + b * d) +
		(a * c + b * d) * (a * b + c * d) + 4 * a * b * c * d +
		n * (cross - n / 4);
	return rest / root / (root + cross - n / 2);
}

/* root of x^2 - 2 phi x y + y^2, without cancellation */
static double
hybrid_distance(double x, double y, double complement)
{
	return sqrt((x - y) * (x - y) + 2 * complement * x * y);
}

static double
difference(const NkPaired *pair)
{
	return (double) (pair->first_only - pair->second_only) /
		(double) nk_paired_n(pair);
}

NkInterval
nk_paired_newcombe(const NkPaired *pair, double z)
{
	NkProportion first;
	NkProportion second;
	NkReach		reach1;
	NkReach		reach2;
	double		complement = phi_complement(pair);
	double		estimate = difference(pair);

	nk_paired_margins(pair, &first, &second);
	reach1 = nk_wilson_reach(&first, z);
	reach2 = nk_wilson_reach(&second, z);
	return (NkInterval) {
		estimate,
		fmax(-1, estimate -
			 hybrid_distance(reach1.down, reach2.up, complement)),
		fmin(1, estimate +
			 hybrid_distance(reach1.up, reach2.down, complement))
	};
}

typedef struct Tango
{
	double		b;
	double		c;
	double		n;
	double		estimate;
	double		z;				/* sign and size that the score shall have */
} Tango;

/*
 * tango_score - signed score of a difference that is not negative
 *
 * q is the restricted share of children with the second fact only; the
 * variance is that of the difference, per child.
 */
static double
tango_score(double b, double c, double n, double difference)
{
	double		distance = b - c - n * difference;
	double		minus_b = b + c - (2 * n - b + c) * difference;
	double		ac = -2 * n * c * difference * (1 - difference);
	double		root = sqrt(minus_b * minus_b - 4 * ac);
	double		q;
	double		variance;

	/* the larger root, without cancellation */
	if (minus_b >= 0)
		q = (minus_b + root) / (4 * n);
	else
		q = ac / n / (minus_b - root);
	variance = 2 * q + difference * (1 - difference);

	/* no variance left: infinitely far, but for the estimate itself */
	if (variance <= 0)
		return distance > 0 ? INFINITY : distance < 0 ? -INFINITY : 0;
	return distance / sqrt(n * variance);
}

/* the signed score of any difference, less z: falls in the difference */
static double
tango_excess(double difference, const void *context)
{
	const Tango *t = context;

	/* b - c - n difference may be rounded to more than a small z allows */
	if (difference == t->estimate)
		return -t->z;
	/* exchanging the facts turns the sign, and 1 + difference cancels */
	if (difference < 0)
		return -tango_score(t->c, t->b, t->n, -difference) - t->z;
	return tango_score(t->b, t->c, t->n, difference) - t->z;
}

NkStatus
nk_paired_tango(const NkPaired *pair, double z, NkInterval *result)
{
	Tango		t = {
		(double) pair->first_only, (double) pair->second_only,
		(double) nk_paired_n(pair), difference(pair), z
	};
	NkStatus	status = NK_OK;

	*result = (NkInterval) {t.estimate, -1, 1};
	if (result->estimate > -1)
		status = nk_find_root(tango_excess, &t, -1, result->estimate,
							  &result->lower);
	t.z = -z;
	if (result->estimate < 1 && status == NK_OK)
		status = nk_find_root(tango_excess, &t, result->estimate, 1,
							  &result->upper);
	if (status != NK_OK)
		result->lower = result->upper = NK_UNDEFINED;
	return status;
}

NkStatus
nk_paired_confint(const NkPaired *pair, double conf_level,
				  NkPairedMethod method, NkInterval *result)
{
	double		z;
	NkStatus	status = nk_critical_value(conf_level, &z);

	*result = NK_NO_INTERVAL;
	if (status != NK_OK)
		return status;
	if (nk_paired_n(pair) == 0)
		return NK_EMPTY;

	if (method == NK_PAIRED_TANGO)
		return nk_paired_tango(pair, z, result);
	*result = nk_paired_newcombe(pair, z);
	return NK_OK;
}

NkStatus
nk_mcnemar_test(const NkPaired *pair, NkMcNemarMethod method,
				NkTestResult *result)
{
	int64_t		b = pair->first_only;
	int64_t		c = pair->second_only;
	int64_t		least = b < c ? b : c;

	*result = NK_NO_TEST;
	if (nk_paired_n(pair) == 0)
		return NK_EMPTY;
	if (b + c == 0)
	{
		/* every child has both facts or neither: nothing speaks against */
		result->p_value = 1;
		return NK_NO_VARIATION;
	}
	if (method == NK_MCNEMAR_ASYMPTOTIC)
	{
		double		excess = (double) (b - c);

		*result = nk_chisq_result(excess / (double) (b + c) * excess, 1);
		return NK_OK;
	}
	result->p_value = 2 * nk_binomial_cdf(least, b + c, 0.5, true, false);
	if (method == NK_MCNEMAR_MID_P)
	{
		double		observed = nk_binomial_pmf(least, b + c, 0.5, false);

		/* where b = c the observed point is in both tails */
		if (b == c)
			result->p_value = 1 - observed / 2;
		else
			result->p_value -= observed;
	}
	result->p_value = fmin(1, result->p_value);
	return isfinite(result->p_value) ? NK_OK : NK_NOT_CONVERGED;
}
