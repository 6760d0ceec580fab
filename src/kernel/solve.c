/*
 * solve.c - bracketed root of a continuous function.
 *
 * Method: Chandrupatla's hybrid of inverse quadratic interpolation and
 * bisection.  It interpolates only where three points say that the function
 * is nearly straight, so it needs no derivative and no tuning.
 *
 *   Chandrupatla T R (1997) A new hybrid quadratic/bisection algorithm for
 *   finding the zero of a nonlinear function without using derivatives.
 *   Advances in Engineering Software 28:145-149.
 *   doi:10.1016/s0965-9978(96)00051-8
 *
 * What is added is a bound on the number of steps.  Halving the width of
 * [0, 1] takes a thousand steps to reach a root of 1e-300; halving the number
 * of doubles in it takes 64, but starts at 1e-162 when the root is 0.3.  So a
 * step that leaves more than half of the doubles in the bracket is followed by
 * a bisection of the width, and if that fails too by one of the doubles.
 * Three evaluations at most halve the number of doubles: 192 suffice.
 *
 * The root is as good as the format allows: one of two neighbouring doubles
 * between which the sign changes, the one where the function is smaller.
 *
 * Not-a-number policy: a function that returns NaN gives NK_NOT_CONVERGED, as
 * do bounds without a change of sign.  Infinite values are welcome (a
 * logarithm at the edge), infinite bounds too.
 *
 * Tested by test/unit/test_solve.c.
 */
#include <string.h>

#include "solve.h"

#define MAX_STEPS 200			/* 3 x 64 suffice, see above */

typedef struct Point
{
	double		x;
	double		y;
} Point;

/* position - number the doubles in their order, the two zeros alike */
static int64_t
position(double x)
{
	int64_t		bits;

	memcpy(&bits, &x, sizeof bits);
	return bits >= 0 ? bits : INT64_MIN - bits;
}

/* at_position - the inverse of position */
static double
at_position(int64_t place)
{
	int64_t		bits = place >= 0 ? place : INT64_MIN - place;
	double		x;

	memcpy(&x, &bits, sizeof x);
	return x;
}

/* doubles_between - count the steps from one double to another */
static uint64_t
doubles_between(double a, double b)
{
	int64_t		i = position(a);
	int64_t		j = position(b);

	return i < j ? (uint64_t) j - (uint64_t) i : (uint64_t) i - (uint64_t) j;
}

double
nk_middle(double lower, double upper)
{
	int64_t		i = position(lower);
	int64_t		j = position(upper);

	return at_position((i >> 1) + (j >> 1) + (i & j & 1));
}

/* is_inside - is x strictly between a and b, whatever their order? */
static bool
is_inside(double x, double a, double b)
{
	return (a < x && x < b) || (b < x && x < a);
}

/*
 * interpolate - where the inverse quadratic through three points is zero
 *
 * near and far bracket the root, old is the point dropped last.  NaN if the
 * points are not straight enough to trust the parabola (Chandrupatla's
 * criterion) or if a value is infinite.
 */
static double
interpolate(Point near, Point far, Point old)
{
	double		xi = (near.x - far.x) / (old.x - far.x);
	double		phi = (near.y - far.y) / (old.y - far.y);
	double		t;

	if (!(phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi))
		return NK_UNDEFINED;
	t = near.y / (far.y - near.y) * old.y / (far.y - old.y);
	t += (old.x - near.x) / (far.x - near.x) * near.y / (old.y - near.y) *
		far.y / (old.y - far.y);
	return near.x + t * (far.x - near.x);
}

/*
 * nk_find_root - find where f changes its sign between lower and upper
 *
 * f must be continuous; it need not be monotone, but with several roots any
 * one of them may come back.
 */
NkStatus
nk_find_root(NkFunction f, const void *context, double lower, double upper,
			 double *root)
{
	Point		near = {lower, f(lower, context)};
	Point		far = {upper, f(upper, context)};
	Point		old = near;
	int			failures = 1;	/* begin with a bisection of the width */

	*root = NK_UNDEFINED;
	if (near.y == 0 || far.y == 0)
	{
		*root = near.y == 0 ? lower : upper;
		return NK_OK;
	}
	if (!((near.y < 0 && far.y > 0) || (near.y > 0 && far.y < 0)))
		return NK_NOT_CONVERGED;

	for (int step = 0; step < MAX_STEPS; step++)
	{
		uint64_t	width = doubles_between(near.x, far.x);
		Point		next;

		if (width <= 1)
		{
			*root = fabs(near.y) <= fabs(far.y) ? near.x : far.x;
			return NK_OK;
		}
		nk_check_interrupts();

		/* an estimate at an end of the bracket moves one double inwards */
		next.x = NK_UNDEFINED;
		if (failures == 0)
		{
			next.x = interpolate(near, far, old);
			if (next.x == near.x)
				next.x = nextafter(near.x, far.x);
			else if (next.x == far.x)
				next.x = nextafter(far.x, near.x);
		}
		if (failures < 2 && !is_inside(next.x, near.x, far.x))
			next.x = near.x / 2 + far.x / 2;
		if (!is_inside(next.x, near.x, far.x))
			next.x = nk_middle(near.x, far.x);

		next.y = f(next.x, context);
		if (next.y == 0)
		{
			*root = next.x;
			return NK_OK;
		}
		if (isnan(next.y))
			return NK_NOT_CONVERGED;

		/* the newest point is near; far is the end with the other sign */
		if ((next.y > 0) == (near.y > 0))
			old = near;
		else
		{
			old = far;
			far = near;
		}
		near = next;
		failures = doubles_between(near.x, far.x) > width / 2
			? failures + 1 : 0;
		if (failures > 2)
			failures = 0;
	}
	return NK_NOT_CONVERGED;
}
