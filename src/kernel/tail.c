/*
 * tail.c - tails, scales, continued fractions and the search for quantiles.
 *
 * Probabilities: a tail is kept as a logarithm, and the other tail comes from
 * it by expm1 or log1p, never as 1 - P.  A result is 0 only where the truth
 * is below the smallest double.
 *
 * Quantiles: Newton's method on the logarithm of the tail, inside a bracket.
 * It is concave over log x in all families here, so that one step from
 * anywhere lands on the side from which all further steps approach the root.
 * A step out of the bracket, or one after a step that brought too little, is
 * replaced by bisection (nk_middle).  The answer must hold: either
 * |F(x) - p| <= 1e-12 p, or F passes p between x and the next double.  The
 * search begins at Paulson's approximation to quantiles of F.
 *
 *   Paulson E (1942) An approximate normalization of the analysis of variance
 *   distribution.  Annals of Mathematical Statistics 13:233-235.
 *   doi:10.1214/aoms/1177731608
 *
 * Continued fractions: Lentz's method as modified by Thompson and Barnett.
 *
 *   Thompson I J, Barnett A R (1986) Coulomb and Bessel functions of complex
 *   arguments and order.  Journal of Computational Physics 64:490-509.
 *   doi:10.1016/0021-9991(86)90046-X
 *
 * Not-a-number policy: NaN anywhere ends as NK_UNDEFINED or NK_NOT_CONVERGED;
 * a probability outside [0, 1] is NK_BAD_PROBABILITY.
 *
 * Tested by test/unit/test_tail.c and through the distributions.
 */
#include "dist.h"
#include "solve.h"
#include "tail.h"

#define LOG_HALF (-0.69314718055994530942)
#define MAX_TERMS 1e9
#define MAX_STEPS 400
#define TOLERANCE 1e-12			/* of a probability, for quantiles */

/* nk_log_complement - log(1 - exp(x)) for x <= 0 */
double
nk_log_complement(double log_value)
{
	return log_value > LOG_HALF ? log(-expm1(log_value))
		: log1p(-exp(log_value));
}

/* nk_tail_probability - the caller's tail on the caller's scale */
double
nk_tail_probability(NkTail tail, bool lower_tail, bool log_p)
{
	/* rounding may carry a tail of almost 1 beyond it */
	double		log_value = tail.log_value > 0 ? 0 : tail.log_value;

	if (tail.lower == lower_tail)
		return log_p ? log_value : exp(log_value);
	return log_p ? nk_log_complement(log_value) : -expm1(log_value);
}

/* nk_tail_target - the smaller tail that a probability asks for */
NkStatus
nk_tail_target(double p, bool lower_tail, bool log_p, NkTarget *target)
{
	bool		large;

	if (log_p ? !(p <= 0) : !(p >= 0 && p <= 1))
		return NK_BAD_PROBABILITY;
	large = log_p ? p > LOG_HALF : p > 0.5;
	target->lower = lower_tail != large;
	if (log_p)
		target->log_p = large ? nk_log_complement(p) : p;
	else
		target->log_p = large ? log1p(-p) : log(p);
	return NK_OK;
}

double
nk_continued_fraction(NkFractionTerm term, const void *context)
{
	double		numerator;
	double		denominator;
	double		value;
	double		ratio;			/* of successive numerators, Lentz's C */
	double		inverse = 0;	/* of successive denominators, Lentz's D */

	term(0, context, &numerator, &denominator);
	value = ratio = denominator;
	for (double index = 1; index < MAX_TERMS; index++)
	{
		double		change;

		if (fmod(index, 1024) == 0)
			nk_check_interrupts();
		term(index, context, &numerator, &denominator);
		inverse = 1 / (denominator + numerator * inverse);
		ratio = denominator + numerator / ratio;
		change = ratio * inverse;
		value *= change;
		if (!(fabs(change - 1) > DBL_EPSILON))
			return value;
	}
	return NK_UNDEFINED;
}

/*
 * nk_guess_ratio - roughly where an F of 2 a and 2 b degrees of freedom meets
 * its target
 *
 * Paulson: the cube root of F is about as normal as that of chi-square
 * (Wilson and Hilferty), which is the case of infinite b.  1 for small
 * shapes and far tails, where the approximation does not hold.
 */
double
nk_guess_ratio(double a, double b, const NkTarget *target)
{
	double		v = 1 / (9 * a);
	double		w = 1 / (9 * b);
	double		square;
	double		root;
	double		cube_root;
	double		z;

	if (v > 0.25 || w > 0.25 ||
		nk_normal_quantile(target->log_p, target->lower, true, &z) != NK_OK)
		return 1;
	square = (1 - w) * (1 - w) - z * z * w;
	root = v * (1 - w) * (1 - w) + w * (1 - v) * (1 - v) - z * z * v * w;
	if (square <= 0 || root < 0)
		return 1;
	cube_root = ((1 - v) * (1 - w) + z * sqrt(root)) / square;
	return cube_root > 0 ? cube_root * cube_root * cube_root : 1;
}

/* a point of the search: how far the tail is from the target, and its slope */
typedef struct Probe
{
	double		x;
	double		excess;			/* log of the tail minus log of the target */
	double		slope;			/* of excess over log x */
} Probe;

static Probe
probe(NkTailFunction tail, const void *context, const NkTarget *target,
	  double x)
{
	NkTail		at = tail(x, context);
	double		log_value = nk_tail_probability(at, target->lower, true);
	double		slope = exp(at.log_density - log_value);

	return (Probe) {x, log_value - target->log_p,
					target->lower ? slope : -slope};
}

/*
 * newton - the next estimate by a tangent, inside of the bracket if it can be
 *
 * Over log x the tangent meets power tails exactly, over x exponential ones.
 * For an upper tail the former steps too far and the latter too short, or the
 * other way round, so the far side is tried with the latter first.
 */
static double
newton(const Probe *from, bool lower, double low, double high)
{
	double		step = -from->excess / from->slope;
	double		by_log = from->x * exp(step);
	double		by_x = from->x * (1 + step);
	bool		prefer_x = !lower && from->excess < 0;
	double		first;
	double		second;

	by_log = fmin(fmax(by_log, DBL_TRUE_MIN), DBL_MAX);
	first = prefer_x ? by_x : by_log;
	second = prefer_x ? by_log : by_x;
	return low < first && first < high ? first : second;
}

/*
 * nk_search_quantile - find x in (0, end) where the tail meets its target
 *
 * guess is where to begin; any point inside will do.  A quantile too small or
 * too large for a double comes back as the smallest or largest one.
 */
NkStatus
nk_search_quantile(NkTailFunction tail, const void *context,
				   const NkTarget *target, double guess, double end,
				   double *x)
{
	double		low = 0;
	double		high = end;
	double		next = guess > 0 && guess < end ? guess : nk_middle(0, end);
	double		distance = INFINITY;	/* excess without its sign */
	Probe		best = {NK_UNDEFINED, INFINITY, 0};

	*x = NK_UNDEFINED;
	if (target->log_p == -INFINITY)
	{
		*x = target->lower ? 0 : end;
		return NK_OK;
	}
	for (int step = 0; step < MAX_STEPS; step++)
	{
		Probe		at = probe(tail, context, target, next);
		bool		is_low = (at.excess < 0) == target->lower;
		bool		slow = fabs(at.excess) > distance / 2;

		nk_check_interrupts();
		if (isnan(at.excess))
			return NK_NOT_CONVERGED;
		if (is_low)
			low = at.x;
		else
			high = at.x;

		/* close enough, and rounding stops the progress */
		if (fabs(best.excess) <= TOLERANCE / 8 &&
			fabs(at.excess) >= fabs(best.excess))
			break;
		if (fabs(at.excess) < fabs(best.excess))
			best = at;
		if (at.excess == 0)
			break;

		next = newton(&at, target->lower, low, high);
		if (next == at.x && !slow)
			next = nextafter(at.x, is_low ? high : low);
		if (slow || !(low < next && next < high))
			next = nk_middle(low, high);
		distance = fabs(at.excess);
		if (low < next && next < high)
			continue;

		/* no double is left between: the target lies there */
		if (fabs(best.excess) > TOLERANCE)
			best.x = low > 0 ? low : high;
		best.excess = 0;
		break;
	}
	if (!(fabs(best.excess) <= TOLERANCE))
		return NK_NOT_CONVERGED;
	*x = best.x;
	return NK_OK;
}
