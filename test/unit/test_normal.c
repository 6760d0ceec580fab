/*
 * test_normal.c - the normal distribution against 60-digit references.
 */
#include "dist.h"
#include "tails.h"

static double
cdf(double x, const double *parameters, bool lower_tail, bool log_p)
{
	(void) parameters;
	return nk_normal_cdf(x, lower_tail, log_p);
}

static NkStatus
quantile(double p, const double *parameters, bool lower_tail, bool log_p,
		 double *x)
{
	(void) parameters;
	return nk_normal_quantile(p, lower_tail, log_p, x);
}

static double
quantile_of(double p, bool log_p)
{
	double		x;

	CHECK(nk_normal_quantile(p, true, log_p, &x) == NK_OK);
	return x;
}

int
main(void)
{
	static const double none[1][2] = {{0, 0}};
	static const char *const no_names[] = {NULL};
	double		x;

	check_tails("normal.tsv", "normal tails", 2e-15, cdf, "x", no_names);
	check_row_trips("normal.tsv", "normal quantiles and back", cdf, quantile,
					no_names);
	check_row_slopes("normal.tsv", "normal slopes", cdf, "x", false,
					 no_names);
	check_quantiles("normal", "normal quantiles", quantile);
	check_round_trips("normal round trips", cdf, quantile, none, 1);
	check_domain(quantile, none[0], -INFINITY, INFINITY);

	CHECK_CLOSE(quantile_of(0.975, false), 1.9599639845400542355, 4e-16);
	CHECK_CLOSE(quantile_of(0.025, false), -1.9599639845400542355, 4e-16);
	CHECK_CLOSE(quantile_of(0.5 + 1e-10, false), 2.506628274631e-10 *
				(((0.5 + 1e-10) - 0.5) / 1e-10), 1e-12);
	CHECK(quantile_of(0.5, false) == 0);

	/* log scale, where x^2 / 2 is all that counts */
	CHECK_CLOSE(quantile_of(-5e9, true), -1e5, 1e-8);
	CHECK_CLOSE(quantile_of(-1e300, true), -sqrt(2e300), 1e-15);
	CHECK(nk_normal_cdf(-39, true, false) == 0);
	CHECK(nk_normal_cdf(-38.4, true, false) > 0);

	CHECK(nk_normal_cdf(INFINITY, true, false) == 1);
	CHECK(nk_normal_cdf(INFINITY, true, true) == 0);
	CHECK(nk_normal_cdf(INFINITY, false, false) == 0);
	CHECK(nk_normal_cdf(-INFINITY, true, true) == -INFINITY);
	CHECK(isnan(nk_normal_cdf(NAN, true, false)));
	CHECK(isnan(nk_normal_cdf(NAN, true, true)));

	CHECK_MONOTONE(nk_normal_cdf(x, true, false), -40, 40, 1);
	CHECK_MONOTONE(nk_normal_cdf(x, false, true), -40, 40, -1);
	CHECK_MONOTONE(nk_normal_cdf(x, true, true), 24.9, 25.1, 1);
	CHECK_MONOTONE((nk_normal_quantile(x, true, false, &x), x), 0, 1, 1);
	CHECK_MONOTONE((nk_normal_quantile(x, true, false, &x), x), 0.249, 0.251,
				   1);
	(void) x;
	return unit_report();
}
