/*
 * test_gamma.c - gamma, chi-square and Poisson against 60-digit references.
 */
#include "dist.h"
#include "tails.h"

static double
cdf(double x, const double *parameters, bool lower_tail, bool log_p)
{
	return nk_gamma_cdf(x, parameters[0], lower_tail, log_p);
}

static NkStatus
quantile(double p, const double *parameters, bool lower_tail, bool log_p,
		 double *x)
{
	return nk_gamma_quantile(p, parameters[0], lower_tail, log_p, x);
}

static double
chisq_cdf(double x, const double *parameters, bool lower_tail, bool log_p)
{
	return nk_chisq_cdf(x, parameters[0], lower_tail, log_p);
}

/* a gamma variable is half a chi-square of twice as many degrees */
static double
half_chisq_cdf(double x, const double *parameters, bool lower_tail, bool log_p)
{
	return nk_chisq_cdf(2 * x, 2 * parameters[0], lower_tail, log_p);
}

static NkStatus
chisq_quantile(double p, const double *parameters, bool lower_tail,
			   bool log_p, double *x)
{
	return nk_chisq_quantile(p, parameters[0], lower_tail, log_p, x);
}

/* parameters[0] is the rate */
static double
poisson_cdf(double x, const double *parameters, bool lower_tail, bool log_p)
{
	return nk_poisson_cdf((int64_t) x, parameters[0], lower_tail, log_p);
}

/* exact Poisson limits of all counts on a ladder up to ten million */
static void
check_poisson_limits(void)
{
	Group		group = {.name = "exact Poisson limits to 1e7",
		.tolerance = 1e-12};

	for (double count = 0; count <= 1e7;
		 count = count < 4000 ? count + 1 : floor(count * 1.07))
	{
		double		x;

		if (nk_gamma_quantile(0.025, count + 1, false, false, &x) != NK_OK)
			x = NAN;
		group_compare(&group, (int) count,
					  nk_poisson_cdf((int64_t) count, x, true, false), 0.025,
					  0);
		if (count > 0)
		{
			if (nk_gamma_quantile(0.025, count, true, false, &x) != NK_OK)
				x = NAN;
			group_compare(&group, (int) count,
						  nk_poisson_cdf((int64_t) count - 1, x, false, false),
						  0.025, 0);
		}
	}
	group_report(&group);
}

int
main(void)
{
	static const double shapes[][2] = {
		{1e-3}, {0.01}, {0.1076}, {0.5}, {1}, {1.5}, {2}, {17.25}, {1160},
		{50000}, {1e6}, {1e8}
	};
	static const char *const shape_names[] = {"shape", NULL};
	static const char *const rate_names[] = {"rate", NULL};
	double		q;

	check_tails("gamma.tsv", "gamma tails", 1e-12, cdf, "x", shape_names);
	check_tails("gamma.tsv", "chi-square tails", 1e-12, half_chisq_cdf,
				"x", shape_names);
	check_tails("poisson.tsv", "Poisson tails", 1e-12, poisson_cdf, "x",
				rate_names);
	check_row_trips("gamma.tsv", "gamma quantiles and back", cdf, quantile,
					shape_names);
	check_row_slopes("gamma.tsv", "gamma slopes", cdf, "x", false,
					 shape_names);
	check_row_slopes("poisson.tsv", "Poisson slopes", poisson_cdf, "x", true,
					 rate_names);
	check_quantiles("gamma", "gamma quantiles", quantile);
	check_quantiles("chisq", "chi-square quantiles", chisq_quantile);
	check_round_trips("gamma round trips", cdf, quantile, shapes, 12);
	check_round_trips("chi-square round trips", chisq_cdf, chisq_quantile,
					  shapes, 12);
	check_poisson_limits();
	check_domain(quantile, shapes[3], 0, INFINITY);
	check_domain(chisq_quantile, shapes[3], 0, INFINITY);

	CHECK(nk_gamma_quantile(0.5, 0, true, false, &q) == NK_BAD_PARAMETER);
	CHECK(nk_gamma_quantile(0.5, -1, true, false, &q) == NK_BAD_PARAMETER);
	CHECK(nk_gamma_quantile(0.5, NAN, true, false, &q) == NK_BAD_PARAMETER);
	CHECK(nk_gamma_quantile(0.5, INFINITY, true, false, &q) ==
		  NK_BAD_PARAMETER && isnan(q));
	CHECK(isnan(nk_gamma_cdf(1, 0, true, false)));
	CHECK(isnan(nk_gamma_cdf(NAN, 1, true, false)));
	CHECK(isnan(nk_chisq_cdf(1, 0, true, false)));
	CHECK(nk_gamma_cdf(0, 2, true, false) == 0);
	CHECK(nk_gamma_cdf(-1, 2, false, true) == 0);
	CHECK(nk_gamma_cdf(INFINITY, 2, true, false) == 1);
	CHECK(nk_gamma_cdf(INFINITY, 2, false, false) == 0);
	CHECK(nk_gamma_cdf(1e300, 2, false, true) < -9e299);
	CHECK(nk_poisson_cdf(-1, 2, true, false) == 0);
	CHECK(nk_poisson_cdf(0, 0, true, false) == 1);
	CHECK(nk_poisson_cdf(0, 0, false, true) == -INFINITY);
	CHECK(nk_poisson_cdf(INT64_MAX, 3, true, false) == 1);
	CHECK(isnan(nk_poisson_cdf(1, -1, true, false)));

	/* below the smallest double: the quantile says so by being that */
	CHECK(nk_gamma_quantile(1e-300, 1e-3, true, false, &q) == NK_OK &&
		  q == DBL_TRUE_MIN);

	CHECK_MONOTONE(nk_gamma_cdf(x, 2.5, true, false), 0, 60, 1);
	CHECK_MONOTONE(nk_gamma_cdf(x, 2.5, false, true), 0, 60, -1);
	CHECK_MONOTONE(nk_gamma_cdf(x, 0.3, false, false), 0.001, 2, -1);
	CHECK_MONOTONE(nk_gamma_cdf(x, 1e6, true, false), 994e3, 1006e3, 1);
	CHECK_MONOTONE(nk_gamma_cdf(2.5, x, true, false), 0.01, 30, -1);
	CHECK_MONOTONE(nk_gamma_cdf(0.5, x, false, false), 0.001, 2, 1);
	CHECK_MONOTONE((nk_gamma_quantile(x, 7, true, false, &q), q), 0, 1, 1);
	CHECK_MONOTONE((nk_gamma_quantile(0.025, x, false, false, &q), q), 0.01,
				   5000, 1);
	CHECK_MONOTONE(nk_poisson_cdf((int64_t) x, 500, true, false), 0, 1000, 1);
	CHECK_MONOTONE(nk_poisson_cdf(500, x, true, false), 0, 1000, -1);
	return unit_report();
}
