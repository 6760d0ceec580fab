/*
 * difference.c - intervals of the difference of two independent proportions
 *
 *	newcombe			Newcombe 1998, Stat Med 17:873, method 10: the
 *						hybrid of both Wilson intervals
 *	miettinen-nurminen	Miettinen & Nurminen 1985, Stat Med 4:213: score
 *
 * doi 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I,
 * 10.1002/sim.4780040211.  Accuracy: 1e-12 on the scale of the difference,
 * held by test_compare.
 */
#include "compare.h"

#include "solve.h"

const char *const nk_difference_methods[] = {
	"newcombe", "miettinen-nurminen", NULL
};

/* p_a - p_b: exactly 1 or -1 where the groups are separated, and only there */
static double
estimate(const NkProportion *a, const NkProportion *b)
{
	if (a->events == a->n && b->events == 0)
		return 1;
	if (a->events == 0 && b->events == b->n)
		return -1;
	return nk_cross_difference(a, b) / (double) a->n / (double) b->n;
}

static void
newcombe(const NkProportion *a, const NkProportion *b, double z,
		 NkInterval *result)
{
	NkReach		first = nk_wilson_reach(a, z);
	NkReach		second = nk_wilson_reach(b, z);

	result->lower = fmax(-1, result->estimate - hypot(first.down, second.up));
	result->upper = fmin(1, result->estimate + hypot(first.up, second.down));
}

typedef struct ScoreDifference
{
	double		x1;
	double		n1;
	double		x2;
	double		n2;
	double		difference;		/* the one that is tried */
	double		target;			/* of the signed score */
} ScoreDifference;

/* x / p where it counts: no events, no slope */
static double
slope(double x, double p)
{
	return x > 0 ? x / p : 0;
}

/* derivative of the log-likelihood in p2, given p1 = p2 + difference */
static double
restricted_slope(double p2, const void *context)
{
	const ScoreDifference *s = context;
	double		p1 = fmin(1, fmax(0, p2 + s->difference));

	return slope(s->x1, p1) - slope(s->n1 - s->x1, 1 - p1) +
		slope(s->x2, p2) - slope(s->n2 - s->x2, 1 - p2);
}

/*
 * restricted_p2 - maximum likelihood p2 where p1 - p2 is given
 *
 * The slope falls in p2, so its root is unique and found directly.  The
 * published closed form, a root of a cubic by trigonometry, loses half of its
 * digits where two roots meet.
 */
static double
restricted_p2(const ScoreDifference *s)
{
	double		low = fmax(0, -s->difference);
	double		high = fmin(1, 1 - s->difference);
	double		p2;

	/* a difference of -1 or 1 leaves one point, where slopes are infinite */
	if (low >= high || restricted_slope(low, s) <= 0)
		return low;
	if (restricted_slope(high, s) >= 0)
		return high;
	if (nk_find_root(restricted_slope, s, low, high, &p2) != NK_OK)
		return NK_UNDEFINED;
	return p2;
}

/* the signed score of a difference, less its target: falls in the difference */
static double
score_excess(double difference, const void *context)
{
	ScoreDifference s = *(const ScoreDifference *) context;
	double		distance = s.x1 / s.n1 - s.x2 / s.n2 - difference;
	double		n = s.n1 + s.n2;
	double		p1;
	double		p2;
	double		variance;

	s.difference = difference;
	p2 = restricted_p2(&s);
	p1 = fmin(1, fmax(0, p2 + difference));
	variance = (p1 * (1 - p1) / s.n1 + p2 * (1 - p2) / s.n2) * n / (n - 1);

	/* no variance left: infinitely far, but for the estimate itself */
	if (variance <= 0)
		return distance > 0 ? INFINITY : distance < 0 ? -INFINITY : -s.target;
	return distance / sqrt(variance) - s.target;
}

static NkStatus
miettinen_nurminen(const NkProportion *a, const NkProportion *b, double z,
				   NkInterval *result)
{
	ScoreDifference s = {
		(double) a->events, (double) a->n,
		(double) b->events, (double) b->n, 0, 0
	};
	NkStatus	status = NK_OK;

	/*
	 * p1 - p2 is also q2 - q1.  Small shares keep digits that their
	 * complements lose, so the rarer of events and others is counted.
	 */
	if (s.x1 + s.x2 > (s.n1 + s.n2) / 2)
		s = (ScoreDifference) {
			s.n2 - s.x2, s.n2, s.n1 - s.x1, s.n1, 0, 0
		};

	result->lower = -1;
	result->upper = 1;
	s.target = z;
	if (result->estimate > -1)
		status = nk_find_root(score_excess, &s, -1, result->estimate,
							  &result->lower);
	s.target = -z;
	if (result->estimate < 1 && status == NK_OK)
		status = nk_find_root(score_excess, &s, result->estimate, 1,
							  &result->upper);
	if (status != NK_OK)
		result->lower = result->upper = NK_UNDEFINED;
	return status;
}

NkStatus
nk_difference_interval(const NkProportion *a, const NkProportion *b,
					   double conf_level, NkDifferenceMethod method,
					   NkInterval *result)
{
	double		z;
	NkStatus	status = nk_critical_value(conf_level, &z);

	*result = NK_NO_INTERVAL;
	if (status != NK_OK)
		return status;
	if (a->n == 0 || b->n == 0)
		return NK_EMPTY;

	result->estimate = estimate(a, b);
	if (method == NK_NEWCOMBE)
		newcombe(a, b, z, result);
	else
		status = miettinen_nurminen(a, b, z, result);
	return status;
}
