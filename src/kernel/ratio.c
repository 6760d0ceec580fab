/*
 * ratio.c - score intervals of risk ratio and odds ratio
 *
 * Koopman 1984, Biometrics 40:513 and Miettinen & Nurminen 1985, Stat Med
 * 4:213, doi 10.2307/2531405 and 10.1002/sim.4780040211.  A bound is the
 * ratio at which the score of the observed counts, with the variance of the
 * restricted maximum likelihood estimates and the factor N / (N - 1), is just
 * z.  The signed score falls in the ratio, so each bound is one root, found
 * on the log scale because ratios are.
 *
 * Zero cells are ordinary: a ratio whose numerator is 0 is 0 with lower bound
 * 0; one whose denominator is 0 does not exist, but its finite bound does.
 * Accuracy: 1e-12 relative, held by test_compare.
 */
#include "compare.h"

#include "solve.h"

/* beyond the logarithm of any ratio of products of two counts */
#define LOG_LIMIT	100.0

const char *const nk_odds_ratio_methods[] = {
	"miettinen-nurminen", "exact", "mid-p", NULL
};

typedef struct Ratio Ratio;

struct Ratio
{
	double		x1;
	double		n1;
	double		x2;
	double		n2;
	double		z;				/* sign and size that the score shall have */
	double		(*score) (const Ratio *r, double ratio);
};

/*
 * larger_root - of q^2 - b q + c = 0, without cancellation
 */
static double
larger_root(double b, double c, double root_of_discriminant)
{
	if (b >= 0)
		return (b + root_of_discriminant) / 2;
	return 2 * c / (b - root_of_discriminant);
}

/*
 * risk_score - signed score of the risk ratio theta
 *
 * The restricted estimate p2 is the smaller root of
 *	N theta p^2 - (theta (n1 + x2) + n2 + x1) p + m1 = 0.
 * Its discriminant is a sum of squares and products of counts, and the
 * complements q1, q2 are roots of the mirrored equations, so nothing cancels
 * near 0 or near 1.
 */
static double
risk_score(const Ratio *r, double theta)
{
	double		n = r->n1 + r->n2;
	double		b1 = theta * (r->n1 + r->x2);
	double		b2 = r->n2 + r->x1;
	double		root = sqrt((b1 - b2) * (b1 - b2) +
							4 * theta * (r->n1 - r->x1) * (r->n2 - r->x2));
	double		p2 = 2 * (r->x1 + r->x2) / (b1 + b2 + root);
	double		q1 = larger_root((2 * n - b1 - b2) / n,
								 (1 - theta) * (r->n1 - r->x1) / n,
								 root / n);
	double		q2 = larger_root((2 * n * theta - b1 - b2) / (n * theta),
								 (theta - 1) * (r->n2 - r->x2) / (n * theta),
								 root / (n * theta));
	double		variance = (theta * p2 * q1 / r->n1 +
							theta * theta * p2 * q2 / r->n2) * n / (n - 1);
	double		distance = r->x1 / r->n1 - theta * r->x2 / r->n2;

	/* both groups full: at ratio 1 there is neither distance nor variance */
	if (distance == 0)
		return 0;
	return distance / sqrt(variance);
}

/*
 * odds_share - restricted share of events in a group of n children
 *
 * The other group has odds psi times as large; events counts both.  The share
 * is the root between 0 and 1 of
 *	n (psi - 1) p^2 + b p - events = 0,
 * in the form that does not cancel.  For psi < 1 the discriminant is written
 * as a sum, too.
 */
static double
odds_share(double n, double other, double events, double psi)
{
	double		b = psi * (other - events) + n + events;
	double		c = (1 - psi) * events;
	double		root;

	if (psi < 1)
		root = sqrt((n - c) * (n - c) + other * psi * (2 * (n + c) +
													   other * psi));
	else
		root = sqrt(b * b - 4 * n * c);
	if (b >= 0)
		return 2 * events / (b + root);
	return (root - b) / (2 * n * (psi - 1));
}

/*
 * odds_score - signed score of the odds ratio psi
 *
 * All four restricted shares come from one formula: exchanging the groups, or
 * events and other children, turns psi into 1 / psi.
 */
static double
odds_score(const Ratio *r, double psi)
{
	double		n = r->n1 + r->n2;
	double		events = r->x1 + r->x2;
	double		others = n - events;
	double		p1 = odds_share(r->n1, r->n2, events, 1 / psi);
	double		p2 = odds_share(r->n2, r->n1, events, psi);
	double		q1 = odds_share(r->n1, r->n2, others, psi);
	double		q2 = odds_share(r->n2, r->n1, others, 1 / psi);

	double		distance = r->x1 - r->n1 * p1;
	double		least = r->n1 * p1;

	/*
	 * The margins are kept, so all four cells are equally far from their
	 * expectation; the smallest one says it with the most digits.
	 */
	if (r->n2 * p2 < least)
	{
		least = r->n2 * p2;
		distance = least - r->x2;
	}
	if (r->n1 * q1 < least)
	{
		least = r->n1 * q1;
		distance = least - (r->n1 - r->x1);
	}
	if (r->n2 * q2 < least)
		distance = r->n2 - r->x2 - r->n2 * q2;

	return distance *
		sqrt((1 / (r->n1 * p1 * q1) + 1 / (r->n2 * p2 * q2)) * (n - 1) / n);
}

static double
excess(double log_ratio, const void *context)
{
	const Ratio *r = context;

	return r->score(r, exp(log_ratio)) - r->z;
}

/*
 * find_bounds - the two ratios whose scores are z and -z
 *
 * has_lower and has_upper say which of them is a positive, finite number; the
 * estimate, where it is one, separates them.
 */
static NkStatus
find_bounds(Ratio *r, double z, bool has_lower, bool has_upper,
			NkInterval *result)
{
	bool		split = has_lower && has_upper;
	double		middle = split ? log(result->estimate) : 0;
	double		log_bound;
	NkStatus	status = NK_OK;

	if (has_lower)
	{
		r->z = z;
		status = nk_find_root(excess, r, -LOG_LIMIT,
							  split ? middle : LOG_LIMIT, &log_bound);
		result->lower = exp(log_bound);
	}
	if (has_upper && status == NK_OK)
	{
		r->z = -z;
		status = nk_find_root(excess, r, split ? middle : -LOG_LIMIT,
							  LOG_LIMIT, &log_bound);
		result->upper = exp(log_bound);
	}
	if (status != NK_OK)
		result->lower = result->upper = NK_UNDEFINED;
	return status;
}

static Ratio
ratio_of(const NkProportion *a, const NkProportion *b,
		 double (*score) (const Ratio *r, double ratio))
{
	return (Ratio) {
		.x1 = (double) a->events, .n1 = (double) a->n,
		.x2 = (double) b->events, .n2 = (double) b->n,
		.score = score
	};
}

NkStatus
nk_risk_ratio_interval(const NkProportion *a, const NkProportion *b, double z,
					   NkInterval *result)
{
	Ratio		r = ratio_of(a, b, risk_score);

	*result = NK_NO_INTERVAL;
	if (a->n == 0 || b->n == 0)
		return NK_EMPTY;
	if (a->events == 0 && b->events == 0)
		return NK_ZERO_MARGIN;
	if (b->events > 0)
		result->estimate = (r.x1 / r.x2) * (r.n2 / r.n1);
	if (a->events == 0)
		result->lower = 0;
	return find_bounds(&r, z, a->events > 0, b->events > 0, result);
}

NkStatus
nk_odds_ratio_interval(const NkProportion *a, const NkProportion *b, double z,
					   NkInterval *result)
{
	Ratio		r = ratio_of(a, b, odds_score);
	bool		positive = a->events > 0 && b->events < b->n;
	bool		finite = b->events > 0 && a->events < a->n;

	*result = NK_NO_INTERVAL;
	if (a->n == 0 || b->n == 0)
		return NK_EMPTY;
	/* without a margin every odds ratio agrees with the data */
	if (!positive && !finite)
		return NK_ZERO_MARGIN;
	if (!positive)
		result->lower = 0;
	if (finite)
		result->estimate = (r.x1 / r.x2) * ((r.n2 - r.x2) / (r.n1 - r.x1));
	return find_bounds(&r, z, positive, finite, result);
}

NkStatus
nk_odds_ratio_by_method(const NkProportion *a, const NkProportion *b,
						double conf_level, NkOddsRatioMethod method,
						NkInterval *result)
{
	double		z;
	NkStatus	status = nk_critical_value(conf_level, &z);

	*result = NK_NO_INTERVAL;
	if (status != NK_OK)
		return status;
	if (method == NK_ODDS_RATIO_SCORE)
		return nk_odds_ratio_interval(a, b, z, result);
	return nk_conditional_odds_ratio(a, b, conf_level,
									 method == NK_ODDS_RATIO_MID_P, result);
}
