/*
 * rank.c - two independent groups of values, compared by their ranks
 *
 * With m children in a and n in b, N in both, T with the same value:
 *
 *	W				how often a child of a is above one of b, half for ties
 *	theta			P(a < b) + P(a = b) / 2 = 1 - W / (m n)
 *	normal			z = (W - m n / 2) / sigma, where
 *					sigma^2 = m n / 12 [ N + 1 - sum (T^3 - T) / (N (N - 1)) ];
 *					Mann & Whitney 1947, Ann Math Stat 18:50
 *	normal-cc		the same after a step of 1/2 towards 0
 *	exact			ranksum.c
 *	auto			exact up to 50 children without ties, else normal-cc
 *	newcombe		interval of theta, Newcombe 2006, Stat Med 25:559, method 5
 *	brunner-munzel	Brunner & Munzel 2000, Biom J 42:17: their test, which does
 *					not ask for equal spread, and the interval that goes with it
 *
 * W and every deviation are whole numbers (twice or 2 m times of them), and
 * what is summed in double is not negative, so nothing cancels; sums run in
 * the order of the values, so that neither plan nor order of rows matters.
 * For sigma, N + 1 - sum ... = sum T (N - T)(N + T) / (N (N - 1)).
 *
 * Where all values are equal there is one possible arrangement: p is 1, theta
 * 1/2, NK_NO_VARIATION.  The values never are taken apart: any increasing
 * transformation of both groups gives the same result.  Accuracy: 1e-12
 * relative, held by test_rank.  doi 10.1214/aoms/1177730491,
 * 10.1002/sim.2324, 10.1002/(SICI)1521-4036(200001)42:1<17::AID-BIMJ17>
 * 3.0.CO;2-U.
 */
#include "rank.h"

#include <float.h>

#include "quantile.h"
#include "ranksum.h"
#include "solve.h"

#define MOST_AUTO_EXACT		50

const char *const nk_rank_tests[] = {
	"auto", "exact", "normal", "normal-cc", NULL
};

const char *const nk_theta_methods[] = {"newcombe", "brunner-munzel", NULL};

/* whole numbers of the comparison, and the sums that its variances need */
typedef struct Sums
{
	double		m;
	double		n;
	__int128	above;			/* 2 W: twice the pairs where a is above b */
	__int128	below;			/* 2 m n - 2 W */
	bool		ties;
	double		cubes;			/* sum of T (N - T)(N + T) */
	double		spread_a;		/* m Va and n Vb of Brunner and Munzel */
	double		spread_b;
} Sums;

/* twice the number of pairs that a child wins of `less` and ties with `same` */
static inline __int128
double_wins(int64_t less, int64_t same)
{
	return 2 * (__int128) less + same;
}

static inline NkPair
add_squares(NkPair sum, int64_t count, __int128 deviation)
{
	double		d = nk_double_of_int128(deviation);

	return nk_pair_add(sum, nk_product((double) count * d, d));
}

static NkStatus
sum_pairs(const NkValues *a, const NkValues *b, Sums *s)
{
	NkWalk		walk = nk_walk_begin(a, b);
	int64_t		a_below = 0;
	int64_t		b_below = 0;
	int64_t		of_a;
	int64_t		of_b;
	int64_t		total;
	NkPair		cubes = {0, 0};
	NkPair		spread_a = {0, 0};
	NkPair		spread_b = {0, 0};

	if (!nk_add(a->n, b->n, &total))
		return NK_OVERFLOW;
	*s = (Sums) {.m = (double) a->n, .n = (double) b->n};
	while (nk_walk_next(&walk, &of_a, &of_b))
	{
		s->above += of_a * double_wins(b_below, of_b);
		s->ties |= of_a + of_b > 1;
		b_below += of_b;
	}
	s->below = 2 * (__int128) a->n * b->n - s->above;

	walk = nk_walk_begin(a, b);
	b_below = 0;
	while (nk_walk_next(&walk, &of_a, &of_b))
	{
		/* 2 m times the distance of R - r from its mean, 2 n times for b */
		spread_a = add_squares(spread_a, of_a,
							   a->n * double_wins(b_below, of_b) - s->above);
		spread_b = add_squares(spread_b, of_b,
							   b->n * double_wins(a_below, of_a) - s->below);
		cubes = nk_pair_add(cubes, nk_tie_term(of_a + of_b, total, 0));
		a_below += of_a;
		b_below += of_b;
	}
	s->cubes = cubes.high;
	s->spread_a = spread_a.high / (4 * s->m * (s->m - 1));
	s->spread_b = spread_b.high / (4 * s->n * (s->n - 1));
	return NK_OK;
}

static double
theta_of(const Sums *s)
{
	return (double) s->below / (2 * s->m * s->n);
}

/* W less m n / 2: how much a is above b */
static double
lead_of_a(const Sums *s)
{
	return (double) (s->above - s->below) / 4;
}

/* the same with the other sign, and 0 without one */
static double
lead_of_b(const Sums *s)
{
	return (double) (s->below - s->above) / 4;
}

typedef struct Newcombe
{
	double		theta;
	double		z_squared;
	double		pairs;			/* m n */
	double		s;				/* (m + n) / 2 - 1 */
} Newcombe;

/* how far t is from theta, less z standard errors under t */
static double
newcombe_excess(double t, const void *context)
{
	const Newcombe *c = context;
	double		factor = 1 + c->s * (1 - t) / (2 - t) + c->s * t / (1 + t);

	return fabs(t - c->theta) -
		sqrt(c->z_squared * t * (1 - t) * factor / c->pairs);
}

static NkStatus
newcombe_upper(const Newcombe *context, double *upper)
{
	*upper = 1;
	if (context->theta == 1)
		return NK_OK;
	/* 0 is a root too, but no bound */
	return nk_find_root(newcombe_excess, context,
						fmax(context->theta, DBL_MIN), 1, upper);
}

static NkStatus
newcombe_interval(const Sums *s, double z, NkInterval *theta)
{
	Newcombe	context = {
		.theta = theta_of(s),
		.z_squared = z * z,
		.pairs = s->m * s->n,
		.s = (s->m + s->n) / 2 - 1
	};
	NkStatus	status = newcombe_upper(&context, &theta->upper);

	theta->estimate = context.theta;
	theta->lower = 0;
	if (status == NK_OK && context.theta == 1)
	{
		/* the mirror image of the upper bound of 0 */
		context.theta = 0;
		status = newcombe_upper(&context, &theta->lower);
		theta->lower = 1 - theta->lower;
	}
	else if (status == NK_OK && context.theta > 0)
		status = nk_find_root(newcombe_excess, &context, 0, context.theta,
							  &theta->lower);
	if (status != NK_OK)
		theta->lower = theta->upper = NK_UNDEFINED;
	return status;
}

/* Welch and Satterthwaite's degrees of freedom */
static double
brunner_munzel_df(const Sums *s)
{
	double		both = s->spread_a + s->spread_b;
	double		part_a = s->spread_a / both;
	double		part_b = s->spread_b / both;

	return 1 / (part_a * part_a / (s->m - 1) + part_b * part_b / (s->n - 1));
}

static NkStatus
brunner_munzel_status(const Sums *s)
{
	if (s->m < 2 || s->n < 2)
		return NK_TOO_FEW;
	return s->spread_a + s->spread_b > 0 ? NK_OK : NK_NO_VARIATION;
}

static NkTestResult
brunner_munzel_test(const Sums *s)
{
	if (brunner_munzel_status(s) != NK_OK)
		return NK_NO_TEST;
	return nk_t_result(lead_of_b(s) / sqrt(s->spread_a + s->spread_b),
					   brunner_munzel_df(s));
}

static NkStatus
brunner_munzel_interval(const Sums *s, double conf_level, NkInterval *theta)
{
	double		t;
	double		half;
	NkStatus	status = brunner_munzel_status(s);

	*theta = (NkInterval) {theta_of(s), NK_UNDEFINED, NK_UNDEFINED};
	if (status != NK_OK)
		return status;
	status = nk_t_critical_value(conf_level, brunner_munzel_df(s), &t);
	if (status != NK_OK)
		return status;
	half = t * (sqrt(s->spread_a + s->spread_b) / s->m / s->n);
	theta->lower = fmax(0, theta->estimate - half);
	theta->upper = fmin(1, theta->estimate + half);
	return NK_OK;
}

static double
normal_deviate(const Sums *s, bool corrected)
{
	double		total = s->m + s->n;
	double		variance = s->m * s->n / 12 *
		(s->cubes / total / (total - 1));
	double		w = lead_of_a(s);

	/* a distance is a multiple of 1/2, so that this goes to 0 at most */
	if (corrected && w != 0)
		w += w > 0 ? -0.5 : 0.5;
	return w / sqrt(variance);
}

static NkStatus
test_ranks(const NkValues *a, const NkValues *b, const Sums *s,
		   NkRankTest test, double *scratch, NkRankComparison *result)
{
	result->test = NK_NO_TEST;
	result->z = NK_UNDEFINED;
	if (test == NK_RANK_AUTO)
		test = s->m + s->n <= MOST_AUTO_EXACT && !s->ties ?
			NK_RANK_EXACT : NK_RANK_NORMAL_CC;
	result->test_used = test;
	if (a->n == 0 || b->n == 0)
		return NK_EMPTY;

	result->test.statistic = (double) s->above / 2;
	if (s->cubes == 0)
	{
		result->test.p_value = 1;
		return NK_NO_VARIATION;
	}
	if (test == NK_RANK_EXACT)
		return nk_ranksum_test(a, b, (int64_t) s->above, scratch,
							   &result->test.p_value);
	result->z = normal_deviate(s, test == NK_RANK_NORMAL_CC);
	result->test.p_value = nk_z_result(result->z).p_value;
	return NK_OK;
}

NkStatus
nk_compare_ranks(const NkValues *a, const NkValues *b, double conf_level,
				 NkRankTest test, double *scratch, NkRankComparison *result)
{
	Sums		s;
	double		z;
	NkStatus	status = nk_critical_value(conf_level, &z);
	NkStatus	theta_status;

	if (status == NK_OK)
		status = sum_pairs(a, b, &s);
	if (status != NK_OK)
		return status;
	result->median_a = nk_median(a);
	result->median_b = nk_median(b);
	result->theta = NK_NO_INTERVAL;
	result->cliffs_delta = NK_UNDEFINED;
	result->brunner_munzel = NK_NO_TEST;
	status = test_ranks(a, b, &s, test, scratch, result);
	if (status == NK_EMPTY)
		return status;

	theta_status = newcombe_interval(&s, z, &result->theta);
	result->cliffs_delta = 2 * lead_of_b(&s) / (s.m * s.n);
	result->brunner_munzel = brunner_munzel_test(&s);
	return status == NK_OK ? theta_status : status;
}

NkStatus
nk_theta_interval(const NkValues *a, const NkValues *b, double conf_level,
				  NkThetaMethod method, NkInterval *result)
{
	Sums		s;
	double		z;
	NkStatus	status = nk_critical_value(conf_level, &z);

	*result = NK_NO_INTERVAL;
	if (status == NK_OK)
		status = sum_pairs(a, b, &s);
	if (status != NK_OK)
		return status;
	if (a->n == 0 || b->n == 0)
		return NK_EMPTY;
	if (method == NK_THETA_NEWCOMBE)
		return newcombe_interval(&s, z, result);
	return brunner_munzel_interval(&s, conf_level, result);
}
