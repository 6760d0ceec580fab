/*
 * test_tail.c - tails and scales, continued fractions, and the search for
 * quantiles on distributions that have a closed form.
 */
#include "tail.h"
#include "unit.h"

/* 1 + 1 / (1 + 1 / (1 + ...)), the golden section */
static void
golden(double index, const void *context, double *numerator,
	   double *denominator)
{
	(void) index;
	(void) context;
	*numerator = 1;
	*denominator = 1;
}

/* 1 + x^2 / (3 + 4 x^2 / (5 + ...)) = x / arctan x */
static void
arctangent(double index, const void *context, double *numerator,
		   double *denominator)
{
	double		x = *(const double *) context;

	*numerator = index * index * x * x;
	*denominator = 2 * index + 1;
}

static void
not_a_number(double index, const void *context, double *numerator,
			 double *denominator)
{
	(void) index;
	(void) context;
	*numerator = 1;
	*denominator = NAN;
}

/* P(X > x) = exp(-x) */
static NkTail
exponential(double x, const void *context)
{
	(void) context;
	if (x <= 0)
		return nk_no_tail(true);
	return (NkTail) {false, -x, log(x) - x};
}

/* P(X > x) = x^-shape from 1 on, 1 below */
static NkTail
pareto(double x, const void *context)
{
	double		shape = *(const double *) context;

	if (x <= 1)
		return nk_no_tail(true);
	return (NkTail) {false, -shape * log(x), log(shape) - shape * log(x)};
}

/* P(X <= x) = x^shape to 1 */
static NkTail
power(double x, const void *context)
{
	double		shape = *(const double *) context;

	return (NkTail) {true, shape * log(x), log(shape) + shape * log(x)};
}

static NkTail
broken(double x, const void *context)
{
	(void) x;
	(void) context;
	return (NkTail) {true, NAN, NAN};
}

static double
search(NkTailFunction tail, double shape, bool lower, double log_p,
	   double guess, double end)
{
	NkTarget	target = {lower, log_p};
	double		x;

	CHECK(nk_search_quantile(tail, &shape, &target, guess, end, &x) == NK_OK);
	return x;
}

int
main(void)
{
	NkTail		tenth = {true, 0, 0};
	NkTail		above_one = {true, 1e-16, 0};
	NkTarget	target;
	double		x = 0.75;

	/* log(1 - p) at both ends */
	CHECK_CLOSE(nk_log_complement(-1e-20), log(1e-20), 1e-15);
	CHECK_CLOSE(nk_log_complement(-50), -exp(-50), 1e-13);
	CHECK_CLOSE(nk_log_complement(log(0.25)), log(0.75), 1e-15);
	CHECK(nk_log_complement(0) == -INFINITY);
	CHECK(nk_log_complement(-INFINITY) == 0);

	/* one tail gives four answers */
	tenth.log_value = log(0.1);
	CHECK_CLOSE(nk_tail_probability(tenth, true, false), 0.1, 1e-15);
	CHECK_CLOSE(nk_tail_probability(tenth, false, false), 0.9, 1e-15);
	CHECK_CLOSE(nk_tail_probability(tenth, true, true), log(0.1), 1e-15);
	CHECK_CLOSE(nk_tail_probability(tenth, false, true), log(0.9), 1e-15);
	CHECK(nk_tail_probability(nk_no_tail(true), true, false) == 0);
	CHECK(nk_tail_probability(nk_no_tail(true), false, false) == 1);
	CHECK(nk_tail_probability(nk_no_tail(false), false, true) == -INFINITY);
	CHECK(nk_tail_probability(nk_no_tail(false), true, true) == 0);
	CHECK(nk_tail_probability(above_one, true, false) == 1);
	CHECK(nk_tail_probability(above_one, false, false) == 0);

	/* the smaller tail is searched for */
	CHECK(nk_tail_target(0.1, true, false, &target) == NK_OK &&
		  target.lower && target.log_p == log(0.1));
	CHECK(nk_tail_target(0.9, true, false, &target) == NK_OK &&
		  !target.lower && target.log_p == log1p(-0.9));
	CHECK(nk_tail_target(-1e-20, false, true, &target) == NK_OK &&
		  target.lower);
	CHECK_CLOSE(target.log_p, log(1e-20), 1e-15);
	CHECK(nk_tail_target(1.5, true, false, &target) == NK_BAD_PROBABILITY);
	CHECK(nk_tail_target(0.5, true, true, &target) == NK_BAD_PROBABILITY);
	CHECK(nk_tail_target(NAN, true, false, &target) == NK_BAD_PROBABILITY);

	CHECK_CLOSE(nk_continued_fraction(golden, NULL), (1 + sqrt(5)) / 2,
				1e-15);
	CHECK_CLOSE(nk_continued_fraction(arctangent, &x), x / atan(x), 1e-15);
	CHECK(isnan(nk_continued_fraction(not_a_number, NULL)));

	/* near F(10, 20) at 5 %, 2.348; no guess where it would not hold */
	target = (NkTarget) {false, log(0.05)};
	CHECK_CLOSE(nk_guess_ratio(5, 10, &target), 2.348, 0.01);
	CHECK_CLOSE(nk_guess_ratio(5, INFINITY, &target), 1.831, 0.01);
	CHECK(nk_guess_ratio(0.1, 10, &target) == 1);

	/* from guesses near, far and absurd */
	CHECK_CLOSE(search(exponential, 0, false, log(0.05), 1, INFINITY),
				-log(0.05), 1e-14);
	CHECK_CLOSE(search(exponential, 0, false, -600, 1e-300, INFINITY), 600,
				1e-14);
	CHECK_CLOSE(search(exponential, 0, false, -600, 1e300, INFINITY), 600,
				1e-14);
	CHECK_CLOSE(search(exponential, 0, true, log(1e-200), 1, INFINITY),
				1e-200, 1e-12);
	CHECK_CLOSE(search(pareto, 0.5, false, log(1e-100), 2, INFINITY), 1e200,
				1e-12);
	CHECK_CLOSE(search(power, 0.01, true, log(0.01), 0.9, 1), 1e-200, 1e-11);
	CHECK_CLOSE(search(power, 1e9, true, log(0.01), 0.1, 1), exp(log(0.01) /
				1e9), 3e-16);

	/* beyond the doubles: the nearest one; no probability: the ends */
	CHECK(search(power, 1e-3, true, log(1e-10), 0.5, 1) == DBL_TRUE_MIN);
	CHECK(search(pareto, 1e-3, false, log(1e-10), 2, INFINITY) == DBL_MAX);
	CHECK(search(exponential, 0, true, -INFINITY, 1, INFINITY) == 0);
	CHECK(search(exponential, 0, false, -INFINITY, 1, INFINITY) == INFINITY);

	CHECK(nk_search_quantile(broken, NULL, &target, 1, INFINITY, &x) ==
		  NK_NOT_CONVERGED && isnan(x));
	return unit_report();
}
