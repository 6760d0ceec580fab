/*
 * test_beta.c - beta and binomial against 60-digit references.
 */
#include "dist.h"
#include "tails.h"

static double
cdf(double x, const double *parameters, bool lower_tail, bool log_p)
{
	return nk_beta_cdf(x, parameters[0], parameters[1], lower_tail, log_p);
}

static NkStatus
quantile(double p, const double *parameters, bool lower_tail, bool log_p,
		 double *x)
{
	return nk_beta_quantile(p, parameters[0], parameters[1], lower_tail,
							log_p, x);
}

/* parameters are n and the probability */
static double
binomial_cdf(double x, const double *parameters, bool lower_tail, bool log_p)
{
	return nk_binomial_cdf((int64_t) x, (int64_t) parameters[0],
						   parameters[1], lower_tail, log_p);
}

/* the 95 % limits of one count, held to the tails that define them */
static void
compare_clopper_pearson(Group *group, double count, double n)
{
	double		upper[2] = {count + 1, n - count};
	double		lower[2] = {count, n - count + 1};

	if (count < n)
		compare_round_trip(group, (int) n, cdf, quantile, 0.025, upper, false,
						   false);
	if (count > 0)
		compare_round_trip(group, (int) n, cdf, quantile, 0.025, lower, true,
						   false);
}

/* every count up to small sizes, a ladder from both ends for large ones */
static void
check_clopper_pearson(void)
{
	Group		small = {.name = "all Clopper-Pearson limits, n to 350",
		.tolerance = 1e-12};
	Group		large = {.name = "Clopper-Pearson limits, n to 1e7",
		.tolerance = 1e-12};

	for (int n = 1; n <= 350; n++)
		for (int count = 0; count <= n; count++)
			compare_clopper_pearson(&small, count, n);
	for (double n = 1000; n <= 1e7; n *= 10)
		for (double count = 1; count < n; count = ceil(count * 1.4))
		{
			compare_clopper_pearson(&large, count, n);
			compare_clopper_pearson(&large, n - count, n);
		}
	group_report(&small);
	group_report(&large);
}

int
main(void)
{
	static const double shapes[][2] = {
		{1e-3, 1e-3}, {1e-3, 1}, {0.5, 0.5}, {0.5, 1e6}, {1, 1}, {1, 1e7},
		{2, 0.01}, {3, 258}, {484, 17}, {5, 107624}, {5e4, 5e4}, {1e6, 3e6}
	};
	static const char *const shape_names[] = {"a", "b", NULL};
	static const char *const binomial_names[] = {"n", "p", NULL};
	double		q;

	check_tails("beta.tsv", "beta tails", 1e-12, cdf, "x", shape_names);
	check_tails("binomial.tsv", "binomial tails", 1e-12, binomial_cdf,
				"x", binomial_names);
	check_row_trips("beta.tsv", "beta quantiles and back", cdf, quantile,
					shape_names);
	check_row_slopes("beta.tsv", "beta slopes", cdf, "x", false,
					 shape_names);
	check_row_slopes("binomial.tsv", "binomial slopes", binomial_cdf, "x",
					 true, binomial_names);
	check_quantiles("beta", "beta quantiles", quantile);
	check_round_trips("beta round trips", cdf, quantile, shapes, 12);
	check_clopper_pearson();
	check_domain(quantile, shapes[7], 0, 1);

	CHECK(nk_beta_quantile(0.5, 0, 1, true, false, &q) == NK_BAD_PARAMETER);
	CHECK(nk_beta_quantile(0.5, 1, -1, true, false, &q) == NK_BAD_PARAMETER);
	CHECK(nk_beta_quantile(0.5, 1, NAN, true, false, &q) ==
		  NK_BAD_PARAMETER && isnan(q));
	CHECK(isnan(nk_beta_cdf(0.5, 0, 1, true, false)));
	CHECK(isnan(nk_beta_cdf(0.5, 1, INFINITY, true, false)));
	CHECK(isnan(nk_beta_cdf(NAN, 1, 1, true, false)));
	CHECK(nk_beta_cdf(-1, 2, 3, true, false) == 0);
	CHECK(nk_beta_cdf(2, 2, 3, true, true) == 0);
	CHECK(nk_beta_cdf(1, 2, 3, false, false) == 0);
	/* x to the power of a, where x is next to nothing and a tiny, too */
	CHECK_CLOSE(nk_beta_cdf(1e-300, 1e-4, 1, true, false),
				exp(1e-4 * log(1e-300)), 1e-13);
	CHECK_CLOSE(nk_beta_cdf(1e-300, 1e-6, 1, false, false),
				-expm1(1e-6 * log(1e-300)), 1e-13);
	CHECK_CLOSE(nk_beta_cdf(0.3, 1, 1, true, false), 0.3, 1e-15);
	CHECK_CLOSE(nk_beta_cdf(1e-310, 1e-3, 1, true, true),
				1e-3 * log(1e-310), 1e-14);
	CHECK_CLOSE(nk_beta_cdf(1e-310, 1, 1e-3, true, true),
				log(1e-310) + log(1e-3), 1e-14);
	CHECK_CLOSE(nk_beta_cdf(0.5, 1e9, 1e9, true, false), 0.5, 1e-12);
	unit_interrupt_checks = 0;
	CHECK_CLOSE(nk_beta_cdf(0.5, 1e12, 1e12, true, false), 0.5, 1e-12);
	CHECK(unit_interrupt_checks > 10);
	CHECK(nk_binomial_cdf(-1, 5, 0.5, true, false) == 0);
	CHECK(nk_binomial_cdf(5, 5, 0.5, true, false) == 1);
	CHECK(nk_binomial_cdf(0, 0, 0.5, true, false) == 1);
	CHECK(nk_binomial_cdf(2, 5, 0, true, false) == 1);
	CHECK(nk_binomial_cdf(2, 5, 1, true, false) == 0);
	CHECK(nk_binomial_cdf(INT64_MAX - 1, INT64_MAX, 0.5, true, false) == 1);
	CHECK(isnan(nk_binomial_cdf(0, -1, 0.5, true, false)));
	CHECK(isnan(nk_binomial_cdf(0, 1, -0.5, true, false)));

	CHECK_MONOTONE(nk_beta_cdf(x, 2.5, 0.7, true, false), 0, 1, 1);
	CHECK_MONOTONE(nk_beta_cdf(x, 0.02, 0.7, false, false), 0, 1, -1);
	CHECK_MONOTONE(nk_beta_cdf(x, 3e5, 7e5, true, true), 0.28, 0.32, 1);
	CHECK_MONOTONE(nk_beta_cdf(0.3, x, 4, true, false), 0.01, 30, -1);
	CHECK_MONOTONE(nk_beta_cdf(0.3, 4, x, true, false), 0.01, 30, 1);
	CHECK_MONOTONE((nk_beta_quantile(x, 3, 258, true, false, &q), q), 0, 1,
				   1);
	CHECK_MONOTONE((nk_beta_quantile(0.025, floor(x), 5001 - floor(x), true,
									 false, &q), q), 1, 5000, 1);
	CHECK_MONOTONE((nk_beta_quantile(0.025, 3, x, false, false, &q), q), 0.1,
				   5000, -1);
	CHECK_MONOTONE(nk_binomial_cdf((int64_t) x, 1000, 0.3, true, false), 0,
				   1000, 1);
	CHECK_MONOTONE(nk_binomial_cdf(300, 1000, x, true, false), 0, 1, -1);
	return unit_report();
}
