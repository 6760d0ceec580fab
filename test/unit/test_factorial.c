/*
 * test_factorial.c - factorials against 40-digit values of mpmath.
 */
#include "dist.h"
#include "unit.h"

/* absolute distance, which is what counts in an exponent */
#define CHECK_NEAR(got, expected, tolerance) \
	CHECK(fabs((got) - (expected)) <= (tolerance))

int
main(void)
{
	CHECK(nk_log_excess(0) == 0);
	CHECK_NEAR(nk_log_excess(0x1p-10), 0.0071826747551645112806, 2e-15);
	CHECK_NEAR(nk_log_excess(0.5), 0.72579135264472743236, 1e-15);
	CHECK_NEAR(nk_log_excess(1), 1, 1e-15);
	CHECK_NEAR(nk_log_excess(14.75), 2.270208927636227156, 1e-15);
	CHECK_NEAR(nk_log_excess(15), 2.2785183673077405761, 1e-15);
	CHECK_NEAR(nk_log_excess(1e8), 10.129278906014188811, 2e-15);
	CHECK_NEAR(nk_log_excess(1e-300), 0, 1e-13);

	/* counts are looked up, what lies beside them is computed */
	for (double n = 1; n < 15; n++)
		CHECK_NEAR(nk_log_excess(n), nk_log_excess(nextafter(n, 0)), 2e-15);

	/* n! itself, where a double holds it */
	for (double n = 1, factorial = 1; n <= 20; n++, factorial *= n)
		CHECK_NEAR(nk_log_excess(n), log(factorial) - n * log(n) + n, 3e-14);

	/* exact relative to the argument, or to the step */
	CHECK_CLOSE(nk_log_gamma_1p(0x1p-10), -0.0005629031799912046317, 4e-16);
	CHECK_CLOSE(nk_log_gamma_1p(0.25), -0.098271836421813161464, 4e-16);
	CHECK_CLOSE(nk_log_gamma_1p(0.5), -0.12078223763524522235, 4e-16);
	CHECK_CLOSE(nk_log_gamma_1p(0.875), -0.047672685399188299644, 3e-15);
	CHECK_CLOSE(nk_log_gamma_rise(1, 0x1p-10), -0.0005629031799912046317,
				2e-15);
	CHECK_CLOSE(nk_log_gamma_rise(0.5, 0x1p-30), -1.828661210577448025866e-9,
				1e-15);
	CHECK_CLOSE(nk_log_gamma_rise(3, 0x1p-40), 8.392674636512735875059e-13,
				2e-15);
	CHECK_CLOSE(nk_log_gamma_rise(100, 0x1p-30), 4.28423458034430385916e-9,
				1e-15);
	CHECK_CLOSE(nk_log_gamma_rise(1e5, 0x1p-10), 0.011243086396332746079,
				1e-15);
	CHECK_CLOSE(nk_log_gamma_rise(7.5, 0.75), 1.4988226828463898981, 1e-15);
	CHECK_CLOSE(nk_log_gamma_rise(0x1p-10, 0.5), -6.3604590992659781066,
				1e-15);
	return unit_report();
}
