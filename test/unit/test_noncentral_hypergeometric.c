/*
 * test_noncentral_hypergeometric.c - Fisher's noncentral hypergeometric
 * distribution against exact sums.
 */
#include "dist.h"
#include "tails.h"

/* parameters are marked, unmarked, drawn and the log odds ratio */
static double
cdf(double x, const double *parameters, bool lower_tail, bool log_p)
{
	return nk_noncentral_hypergeometric_cdf((int64_t) x,
											(int64_t) parameters[0],
											(int64_t) parameters[1],
											(int64_t) parameters[2],
											parameters[3], lower_tail, log_p);
}

static void
check_points(void)
{
	Reference	table = reference_read("noncentral_hypergeometric.tsv");
	Group		points = {.name = "noncentral hypergeometric points", .tolerance = 1e-12};
	Group		means = {.name = "noncentral hypergeometric means", .tolerance = 1e-12};

	for (int row = 0; row < table.count; row++)
	{
		double		point = reference_number(&table, row, "point");
		int64_t		margins[] = {
			reference_count(&table, row, "marked"),
			reference_count(&table, row, "unmarked"),
			reference_count(&table, row, "drawn")
		};
		double		log_odds = reference_number(&table, row, "log_odds");

		if (point >= LEAST_P)
			group_compare(&points, row,
						  nk_noncentral_hypergeometric_pmf(
							reference_count(&table, row, "x"), margins[0],
							margins[1], margins[2], log_odds, false), point,
						  0);
		group_compare(&means, row,
					  nk_noncentral_hypergeometric_mean(margins[0], margins[1],
														margins[2], log_odds,
														0),
					  reference_number(&table, row, "mean"), 0);
	}
	group_report(&points);
	group_report(&means);
	reference_free(&table);
}

int
main(void)
{
	static const char *const names[] = {
		"marked", "unmarked", "drawn", "log_odds", NULL
	};
	double		sum = 0;

	check_points();
	check_tails("noncentral_hypergeometric.tsv",
				"noncentral hypergeometric tails", 1e-12, cdf, "x", names);
	check_row_slopes("noncentral_hypergeometric.tsv",
					 "noncentral hypergeometric slopes", cdf, "x", true,
					 names);

	/* an odds ratio of 1 */
	CHECK_CLOSE(nk_noncentral_hypergeometric_pmf(17, 60, 50, 40, 0, false),
				nk_hypergeometric_pmf(17, 60, 50, 40, false), 1e-14);
	CHECK_CLOSE(nk_noncentral_hypergeometric_cdf(17, 60, 50, 40, 0, true,
												 false),
				nk_hypergeometric_cdf(17, 60, 50, 40, true, false), 1e-14);
	CHECK_CLOSE(nk_noncentral_hypergeometric_mean(60, 50, 40, 0, 0),
				60 * 40 / 110.0, 1e-15);
	for (int64_t x = 0; x <= 40; x++)
		sum += nk_noncentral_hypergeometric_pmf(x, 60, 50, 40, 1.7, false);
	CHECK_CLOSE(sum, 1, 1e-14);

	/* one child in each margin: the odds are the odds ratio */
	CHECK_CLOSE(nk_noncentral_hypergeometric_pmf(1, 1, 1, 1, 0.7, false),
				1 / (1 + exp(-0.7)), 1e-15);
	CHECK_CLOSE(nk_noncentral_hypergeometric_cdf(0, 1, 1, 1, 690, true,
												 false), exp(-690), 1e-12);
	CHECK_CLOSE(nk_noncentral_hypergeometric_cdf(0, 1, 1, 1, 1e4, true, true),
				-1e4, 1e-15);
	CHECK_CLOSE(nk_noncentral_hypergeometric_mean(1, 1, 1, -500, 0), exp(-500),
				1e-12);

	CHECK_CLOSE(nk_noncentral_hypergeometric_mean(2, 1000000000, 1000000000,
												  -10, 2),
				nk_noncentral_hypergeometric_mean(2, 1000000000, 1000000000,
												  -10, 0) - 2, 1e-12);

	/* ends of the range, and no distribution at all */
	CHECK(nk_noncentral_hypergeometric_pmf(-1, 5, 5, 5, 1, false) == 0);
	CHECK(nk_noncentral_hypergeometric_pmf(0, 5, 2, 3, 1, true) ==
		  -INFINITY);
	CHECK(nk_noncentral_hypergeometric_pmf(0, 0, 0, 0, 1, false) == 1);
	CHECK(nk_noncentral_hypergeometric_cdf(-1, 5, 5, 5, 1, true, false) == 0);
	CHECK(nk_noncentral_hypergeometric_cdf(5, 5, 5, 5, 1, true, false) == 1);
	CHECK(nk_noncentral_hypergeometric_cdf(0, 5, 2, 3, 1, false, true) == 0);
	CHECK(nk_noncentral_hypergeometric_mean(0, 5, 2, 1, 0) == 0);
	CHECK(nk_noncentral_hypergeometric_mean(5, 0, 2, 1, 0) == 2);
	CHECK(isnan(nk_noncentral_hypergeometric_cdf(0, -1, 5, 2, 1, true,
												 false)));
	CHECK(isnan(nk_noncentral_hypergeometric_pmf(0, 1, 1, 3, 1, false)));
	CHECK(isnan(nk_noncentral_hypergeometric_mean(1, 1, 1, INFINITY, 0)));

	/* symmetric about the mean: both tails share the middle */
	unit_interrupt_checks = 0;
	CHECK_CLOSE(nk_noncentral_hypergeometric_cdf(249999999, 500000000,
												 500000000, 500000000, 0,
												 true, false),
				nk_noncentral_hypergeometric_cdf(250000000, 500000000,
												 500000000, 500000000, 0,
												 false, false), 1e-12);
	CHECK(unit_interrupt_checks > 10);

	CHECK_MONOTONE(nk_noncentral_hypergeometric_cdf((int64_t) x, 2000, 3000,
													1000, 0.8, true, false),
				   0, 1000, 1);
	CHECK_MONOTONE(nk_noncentral_hypergeometric_cdf(400, 2000, 3000, 1000, x,
													true, false), -9, 9, -1);
	CHECK_MONOTONE(nk_noncentral_hypergeometric_mean(2000, 3000, 4000, x, 0),
				   -40, 40, 1);
	return unit_report();
}
