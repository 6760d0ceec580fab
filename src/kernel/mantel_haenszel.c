/*
 * mantel_haenszel.c - two groups compared within strata
 *
 * Within a stratum a of n1 children of the first group have the event and b
 * have not, c and d of n2 of the second; m1 = a + c, m0 = b + d, N = n1 + n2.
 * Sums go over strata; those where a group has no children drop out.
 *
 *	test	(sum of (a n2 - c n1) / N)^2 / sum of n1 n2 m1 m0 / (N^2 (N - 1)),
 *			df 1, no continuity correction; Mantel and Haenszel 1959, J Natl
 *			Cancer Inst 22:719
 *	OR		sum of R / sum of S, R = ad / N, S = bc / N; the variance of its
 *			logarithm: Robins, Breslow and Greenland 1986, Biometrics 42:311,
 *			doi 10.2307/2531052
 *	RR		sum of a n2 / N over sum of c n1 / N; Greenland and Robins 1985,
 *			Biometrics 41:55, doi 10.2307/2530643
 *	RD		sum of (a n2 - c n1) / N over sum of n1 n2 / N; its variance: Sato
 *			1989, Biometrics 45:1323 (Sato, Greenland and Robins)
 *
 * What divides by zero is undefined: no OR without an R and an S, no RR
 * without an event in b.  An interval whose variance is 0 would claim
 * certainty, so it has no bounds.
 *
 * Differences of products are multiplied out in whole numbers, and all sums
 * are pairs of doubles.  Accuracy: 1e-12 relative, held by
 * test_mantel_haenszel.
 */
#include "mantel_haenszel.h"

typedef struct Sums
{
	NkPair		distance;		/* (a n2 - c n1) / N */
	NkPair		variance;		/* of a, given the margins */
	NkPair		weight;			/* n1 n2 / N */
	NkPair		r;				/* ad / N */
	NkPair		s;				/* bc / N */
	NkPair		pr;				/* times P = (a + d) / N */
	NkPair		ps_qr;
	NkPair		qs;				/* Q = (b + c) / N */
	NkPair		risk_a;			/* a n2 / N */
	NkPair		risk_b;			/* c n1 / N */
	NkPair		risk_spread;	/* (n1 n2 m1 - a c N) / N^2 */
	NkPair		sato_u;			/* what RD is multiplied with */
	NkPair		sato_v;
} Sums;

static NkPair
product(int64_t a, int64_t b)
{
	return nk_pair_of_integer((__int128) a * b);
}

static void
add_term(NkPair *sum, NkPair term, NkPair times)
{
	*sum = nk_pair_add(*sum, nk_pair_multiply(term, times));
}

static void
add_stratum(Sums *sums, const NkStratum *stratum)
{
	int64_t		a = stratum->events_a;
	int64_t		b = stratum->n_a - a;
	int64_t		c = stratum->events_b;
	int64_t		d = stratum->n_b - c;
	int64_t		n1 = stratum->n_a;
	int64_t		n2 = stratum->n_b;
	NkPair		times = nk_pair_of_integer(stratum->times);
	NkPair		n = nk_pair_of_integer((__int128) n1 + n2);
	NkPair		n_less_1 = nk_pair_of_integer((__int128) n1 + n2 - 1);
	NkPair		n_square = nk_pair_multiply(n, n);
	NkPair		n1_n2 = product(n1, n2);
	NkPair		r = nk_pair_divide(product(a, d), n);
	NkPair		s = nk_pair_divide(product(b, c), n);
	NkPair		p = nk_pair_divide(nk_pair_of_integer((__int128) a + d), n);
	NkPair		q = nk_pair_divide(nk_pair_of_integer((__int128) b + c), n);
	NkPair		margins = product(a + c, b + d);
	NkPair		u;
	NkPair		spread;

	add_term(&sums->distance,
			 nk_pair_divide(nk_pair_of_integer((__int128) a * n2 -
											   (__int128) c * n1), n), times);
	/* a factor at a time: products of four need not fit */
	add_term(&sums->variance,
			 nk_pair_multiply(nk_pair_divide(n1_n2, n_square),
							  nk_pair_divide(margins, n_less_1)), times);
	add_term(&sums->weight, nk_pair_divide(n1_n2, n), times);
	add_term(&sums->r, r, times);
	add_term(&sums->s, s, times);
	add_term(&sums->pr, nk_pair_multiply(p, r), times);
	add_term(&sums->ps_qr, nk_pair_add(nk_pair_multiply(p, s),
									   nk_pair_multiply(q, r)), times);
	add_term(&sums->qs, nk_pair_multiply(q, s), times);
	add_term(&sums->risk_a, nk_pair_divide(product(a, n2), n), times);
	add_term(&sums->risk_b, nk_pair_divide(product(c, n1), n), times);

	/* n1 n2 m1 - a c N is n1 a d + n2 b c, which does not cancel */
	spread = nk_pair_add(nk_pair_multiply(r, nk_pair_of_integer(n1)),
						 nk_pair_multiply(s, nk_pair_of_integer(n2)));
	add_term(&sums->risk_spread, nk_pair_divide(spread, n), times);

	u = nk_pair_multiply(product(n1, n1), nk_pair_of_integer(c));
	u = nk_pair_add(u, nk_pair_negate
					(nk_pair_multiply(product(n2, n2),
									  nk_pair_of_integer(a))));
	u = nk_pair_add(u, nk_pair_scale
					(nk_pair_multiply(n1_n2, nk_pair_of_integer
									  ((__int128) n2 - n1)), 0.5));
	add_term(&sums->sato_u, nk_pair_divide(u, n_square), times);
	add_term(&sums->sato_v, nk_pair_scale(nk_pair_add(r, s), 0.5), times);
}

/* top / bottom with bounds at so much of its logarithm */
static NkInterval
ratio_interval(NkPair top, NkPair bottom, NkPair variance, double z)
{
	NkInterval	result = NK_NO_INTERVAL;

	if (!(bottom.high > 0))
		return result;
	result.estimate = nk_pair_divide(top, bottom).high;
	if (top.high > 0 && variance.high > 0)
	{
		double		reach = exp(z * sqrt(variance.high));

		result.lower = result.estimate / reach;
		result.upper = result.estimate * reach;
	}
	return result;
}

static NkInterval
odds_ratio(const Sums *sums, double z)
{
	NkPair		r_s = nk_pair_multiply(sums->r, sums->s);
	NkPair		variance = {0, 0};

	if (r_s.high > 0)
	{
		NkPair		r_square = nk_pair_multiply(sums->r, sums->r);
		NkPair		s_square = nk_pair_multiply(sums->s, sums->s);

		variance = nk_pair_divide(sums->pr, r_square);
		variance = nk_pair_add(variance, nk_pair_divide(sums->ps_qr, r_s));
		variance = nk_pair_add(variance, nk_pair_divide(sums->qs, s_square));
		variance = nk_pair_scale(variance, 0.5);
	}
	return ratio_interval(sums->r, sums->s, variance, z);
}

static NkInterval
risk_ratio(const Sums *sums, double z)
{
	NkPair		both = nk_pair_multiply(sums->risk_a, sums->risk_b);
	NkPair		variance = {0, 0};

	if (both.high > 0)
		variance = nk_pair_divide(sums->risk_spread, both);
	return ratio_interval(sums->risk_a, sums->risk_b, variance, z);
}

static NkInterval
risk_difference(const Sums *sums, double z)
{
	NkInterval	result = NK_NO_INTERVAL;
	NkPair		difference = nk_pair_divide(sums->distance, sums->weight);
	NkPair		variance = nk_pair_add(nk_pair_multiply(difference,
														sums->sato_u),
									   sums->sato_v);

	result.estimate = difference.high;
	/* what is left of two equal terms is rounding */
	if (variance.high > 1e-25 * sums->sato_v.high)
	{
		double		reach = z * sqrt(variance.high) / sums->weight.high;

		result.lower = fmax(-1, result.estimate - reach);
		result.upper = fmin(1, result.estimate + reach);
	}
	return result;
}

NkStatus
nk_mantel_haenszel(const NkStratum *strata, size_t count, double conf_level,
				   NkMantelHaenszel *result)
{
	Sums		sums = {0};
	double		z;
	NkStatus	status = nk_critical_value(conf_level, &z);

	*result = (NkMantelHaenszel) {0, 0, NK_NO_INTERVAL, NK_NO_INTERVAL,
		NK_NO_INTERVAL, NK_NO_TEST, NK_NO_TEST};
	if (status != NK_OK)
		return status;
	for (size_t i = 0; i < count; i++)
	{
		int64_t		n;

		if (i % NK_STRATA_PER_INTERRUPT_CHECK == 0)
			nk_check_interrupts();
		if (!nk_stratum_counts(&strata[i]))
			continue;
		if (!nk_add(strata[i].n_a, strata[i].n_b, &n) ||
			__builtin_mul_overflow(n, strata[i].times, &n) ||
			!nk_add(result->n, n, &result->n) ||
			!nk_add(result->strata, strata[i].times, &result->strata))
			return NK_OVERFLOW;
		add_stratum(&sums, &strata[i]);
	}
	if (result->strata == 0)
		return NK_EMPTY;

	result->odds_ratio = odds_ratio(&sums, z);
	result->risk_ratio = risk_ratio(&sums, z);
	result->risk_difference = risk_difference(&sums, z);
	if (sums.r.high > 0 && sums.s.high > 0)
		result->breslow_day =
			nk_breslow_day(strata, count,
						   nk_pair_divide(sums.r, sums.s)).tarone;
	if (!(sums.variance.high > 0))
		return NK_ZERO_MARGIN;
	result->test = nk_chisq_result
		(nk_pair_divide(nk_pair_multiply(sums.distance, sums.distance),
						sums.variance).high, 1);
	return NK_OK;
}
