/*
 * test_t.c - Student's t against 60-digit references.
 */
#include "dist.h"
#include "tails.h"

static double
cdf(double t, const double *parameters, bool lower_tail, bool log_p)
{
	return nk_t_cdf(t, parameters[0], lower_tail, log_p);
}

static NkStatus
quantile(double p, const double *parameters, bool lower_tail, bool log_p,
		 double *t)
{
	return nk_t_quantile(p, parameters[0], lower_tail, log_p, t);
}

int
main(void)
{
	static const double df[][2] = {
		{1}, {1.5}, {2}, {3}, {4.7}, {10}, {289}, {1e4}, {1e6}, {1e8}
	};
	static const char *const names[] = {"df", NULL};
	double		q;

	check_tails("t.tsv", "t tails", 1e-12, cdf, "t", names);
	check_row_trips("t.tsv", "t quantiles and back", cdf, quantile, names);
	check_row_slopes("t.tsv", "t slopes", cdf, "t", false, names);
	check_quantiles("t", "t quantiles", quantile);
	check_round_trips("t round trips", cdf, quantile, df, 10);
	check_domain(quantile, df[5], -INFINITY, INFINITY);

	CHECK(nk_t_quantile(0.5, 0, true, false, &q) == NK_BAD_PARAMETER);
	CHECK(nk_t_quantile(0.5, NAN, true, false, &q) == NK_BAD_PARAMETER);
	CHECK(nk_t_quantile(0.5, 3, true, false, &q) == NK_OK && q == 0 &&
		  !signbit(q));
	CHECK(nk_t_quantile(1e-200, 0.1, false, false, &q) == NK_OK &&
		  q == DBL_MAX);
	CHECK(isnan(nk_t_cdf(1, 0, true, false)));
	CHECK(isnan(nk_t_cdf(1, INFINITY, true, false)));
	CHECK(isnan(nk_t_cdf(NAN, 1, true, false)));
	CHECK(nk_t_cdf(0, 3, true, false) == 0.5);
	CHECK(nk_t_cdf(INFINITY, 3, true, false) == 1);
	CHECK(nk_t_cdf(-INFINITY, 3, true, false) == 0);
	CHECK(nk_t_cdf(INFINITY, 3, false, true) == -INFINITY);

	/* one degree of freedom is Cauchy's */
	CHECK_CLOSE(nk_t_cdf(1, 1, true, false), 0.75, 1e-15);
	CHECK_CLOSE(nk_t_cdf(1e200, 1, false, false), 3.1830988618379067e-201,
				1e-12);

	CHECK_MONOTONE(nk_t_cdf(x, 3.5, true, false), -50, 50, 1);
	CHECK_MONOTONE(nk_t_cdf(x, 1e6, false, true), -30, 30, -1);
	CHECK_MONOTONE(nk_t_cdf(2, x, false, false), 0.1, 1000, -1);
	CHECK_MONOTONE((nk_t_quantile(x, 4, true, false, &q), q), 0, 1, 1);
	CHECK_MONOTONE((nk_t_quantile(x, 4, true, false, &q), q), 0.249, 0.251,
				   1);
	CHECK_MONOTONE((nk_t_quantile(0.975, x, true, false, &q), q), 0.5, 5000,
				   -1);
	return unit_report();
}
