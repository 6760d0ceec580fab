/*
 * test_hypergeometric.c - tails against exact sums.
 */
#include "dist.h"
#include "tails.h"

/* parameters are marked, unmarked and drawn */
static double
cdf(double x, const double *parameters, bool lower_tail, bool log_p)
{
	return nk_hypergeometric_cdf((int64_t) x, (int64_t) parameters[0],
								 (int64_t) parameters[1],
								 (int64_t) parameters[2], lower_tail, log_p);
}

int
main(void)
{
	static const char *const names[] = {"marked", "unmarked", "drawn", NULL};

	check_tails("hypergeometric.tsv", "hypergeometric tails", 1e-12, cdf,
				"x", names);
	check_row_slopes("hypergeometric.tsv", "hypergeometric slopes", cdf, "x",
					 true, names);

	CHECK(nk_hypergeometric_cdf(-1, 5, 5, 5, true, false) == 0);
	CHECK(nk_hypergeometric_cdf(5, 5, 5, 5, true, false) == 1);
	CHECK(nk_hypergeometric_cdf(0, 5, 2, 3, true, false) == 0);
	CHECK(nk_hypergeometric_cdf(0, 5, 2, 3, false, true) == 0);
	CHECK(nk_hypergeometric_cdf(0, 0, 0, 0, true, false) == 1);
	CHECK(nk_hypergeometric_cdf(0, 5, 5, 0, true, false) == 1);
	CHECK_CLOSE(nk_hypergeometric_cdf(0, 1, 1, 1, true, false), 0.5, 1e-15);
	CHECK(isnan(nk_hypergeometric_cdf(0, -1, 5, 2, true, false)));
	CHECK(isnan(nk_hypergeometric_cdf(0, 1, 1, 3, true, false)));
	CHECK(nk_hypergeometric_cdf(INT64_MAX, INT64_MAX, INT64_MAX, 5, true,
								false) == 1);
	CHECK(nk_hypergeometric_cdf(INT64_MIN, INT64_MAX, INT64_MAX, INT64_MAX,
								true, false) == 0);

	/* almost all mass in one count */
	CHECK_CLOSE(nk_hypergeometric_cdf(0, 1, 999999, 10, false, false), 1e-5,
				1e-12);

	/* symmetric about the mean: both tails share the middle */
	unit_interrupt_checks = 0;
	CHECK_CLOSE(nk_hypergeometric_cdf(249999999, 500000000, 500000000,
									  500000000, true, false),
				nk_hypergeometric_cdf(250000000, 500000000, 500000000,
									  500000000, false, false), 1e-12);
	CHECK(unit_interrupt_checks > 10);

	CHECK_MONOTONE(nk_hypergeometric_cdf((int64_t) x, 2000, 3000, 1000, true,
										 false), 0, 1000, 1);
	CHECK_MONOTONE(nk_hypergeometric_cdf((int64_t) x, 2000, 3000, 1000, false,
										 true), 0, 999, -1);
	CHECK_MONOTONE(nk_hypergeometric_cdf(400, (int64_t) x, 3000, 1000, true,
										 false), 1000, 4000, -1);
	CHECK_MONOTONE(nk_hypergeometric_cdf(400, 2000, 3000, (int64_t) x, true,
										 false), 500, 1500, -1);
	return unit_report();
}
