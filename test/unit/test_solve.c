/*
 * test_solve.c - roots known in closed form, ends of the range, refusals.
 */
#include "solve.h"
#include "unit.h"

static int	calls;

static double
line(double x, const void *context)
{
	calls++;
	return x - *(const double *) context;
}

static double
log_line(double x, const void *context)
{
	calls++;
	return log(x) - *(const double *) context;
}

static double
cosine(double x, const void *context)
{
	(void) context;
	calls++;
	return cos(x) - x;
}

static double
cube(double x, const void *context)
{
	(void) context;
	calls++;
	return x * x * x;
}

static double
jump(double x, const void *context)
{
	calls++;
	return x < *(const double *) context ? -1 : 1;
}

static double
steep(double x, const void *context)
{
	(void) context;
	calls++;
	return expm1(1e4 * (x - 0.75));
}

static double
not_a_number(double x, const void *context)
{
	(void) context;
	return x == 0 ? -1 : x == 1 ? 1 : NAN;
}

static double
root_of(NkFunction f, double value, double lower, double upper)
{
	double		root;

	calls = 0;
	CHECK(nk_find_root(f, &value, lower, upper, &root) == NK_OK);
	CHECK(calls <= 202);
	return root;
}

int
main(void)
{
	double		third = 1.0 / 3;
	double		root;

	CHECK(root_of(line, third, 0, 1) == third);
	CHECK(root_of(line, third, 1, 0) == third);
	CHECK(root_of(line, 0, -1, 1) == 0);
	CHECK(root_of(line, 0.25, 0.25, 1) == 0.25);
	CHECK(root_of(line, 1, 0.25, 1) == 1);
	CHECK(root_of(line, 1e-300, 0, 1) == 1e-300);
	CHECK(root_of(line, 5e-324, 0, INFINITY) == 5e-324);
	CHECK(root_of(line, -1e300, -INFINITY, INFINITY) == -1e300);
	CHECK_CLOSE(root_of(log_line, -600, 0, 1), exp(-600), 1e-13);
	CHECK_CLOSE(root_of(log_line, 600, 0, INFINITY), exp(600), 1e-13);
	CHECK_CLOSE(root_of(cosine, 0, 0, 1), 0.73908513321516064166, 2e-16);
	CHECK(calls <= 15);
	CHECK(fabs(root_of(cube, 0, -1, 2)) < 1e-100);
	CHECK_CLOSE(root_of(steep, 0, 0, 1), 0.75, 2e-16);
	CHECK_CLOSE(root_of(jump, third, 0, 1), third, 2e-16);

	CHECK(nk_find_root(line, &third, 0, 0.25, &root) == NK_NOT_CONVERGED);
	CHECK(isnan(root));
	CHECK(nk_find_root(not_a_number, NULL, 0, 1, &root) == NK_NOT_CONVERGED);
	CHECK(nk_find_root(line, &third, NAN, 1, &root) == NK_NOT_CONVERGED);

	CHECK(nk_middle(1, 2) == 1.5);
	CHECK(nk_middle(-1, 1) == 0);
	CHECK(nk_middle(0, 1) > 1e-200 && nk_middle(0, 1) < 1e-100);
	return unit_report();
}
