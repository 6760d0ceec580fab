/*
 * test_f.c - the F distribution against 60-digit references.
 */
#include "dist.h"
#include "tails.h"

static double
cdf(double f, const double *parameters, bool lower_tail, bool log_p)
{
	return nk_f_cdf(f, parameters[0], parameters[1], lower_tail, log_p);
}

static NkStatus
quantile(double p, const double *parameters, bool lower_tail, bool log_p,
		 double *f)
{
	return nk_f_quantile(p, parameters[0], parameters[1], lower_tail, log_p,
						 f);
}

int
main(void)
{
	static const double df[][2] = {
		{1, 1}, {1, 289}, {2, 7.5}, {0.5677, 10000}, {1, 1e8}, {30, 3},
		{1e4, 1e4}, {1e8, 20}, {14, 4046}
	};
	static const char *const names[] = {"df1", "df2", NULL};
	double		q;

	check_tails("f.tsv", "F tails", 1e-12, cdf, "f", names);
	check_row_trips("f.tsv", "F quantiles and back", cdf, quantile, names);
	check_row_slopes("f.tsv", "F slopes", cdf, "f", false, names);
	check_quantiles("f", "F quantiles", quantile);
	check_round_trips("F round trips", cdf, quantile, df, 9);
	check_domain(quantile, df[2], 0, INFINITY);

	CHECK(nk_f_quantile(0.5, 0, 1, true, false, &q) == NK_BAD_PARAMETER);
	CHECK(nk_f_quantile(0.5, 1, NAN, true, false, &q) == NK_BAD_PARAMETER);
	CHECK(isnan(nk_f_cdf(1, 0, 1, true, false)));
	CHECK(isnan(nk_f_cdf(1, 1, INFINITY, true, false)));
	CHECK(isnan(nk_f_cdf(NAN, 1, 1, true, false)));
	CHECK(nk_f_cdf(0, 3, 4, true, false) == 0);
	CHECK(nk_f_cdf(-1, 3, 4, false, false) == 1);
	CHECK(nk_f_cdf(INFINITY, 3, 4, false, false) == 0);
	CHECK_CLOSE(nk_f_cdf(1, 5, 5, true, false), 0.5, 1e-15);

	CHECK_MONOTONE(nk_f_cdf(x, 3, 7, true, false), 0, 50, 1);
	CHECK_MONOTONE(nk_f_cdf(x, 1e5, 2e5, false, true), 0.9, 1.1, -1);
	CHECK_MONOTONE(nk_f_cdf(4, 2, x, false, false), 0.1, 1000, -1);
	CHECK_MONOTONE(nk_f_cdf(4, x, 50, false, false), 1, 1000, -1);
	CHECK_MONOTONE((nk_f_quantile(x, 3, 7, true, false, &q), q), 0, 1, 1);
	CHECK_MONOTONE((nk_f_quantile(0.95, 2, x, true, false, &q), q), 0.5,
				   5000, -1);
	return unit_report();
}
