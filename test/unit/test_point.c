/*
 * test_point.c - probabilities of single counts against 60-digit references.
 */
#include "dist.h"
#include "tails.h"

typedef double (*Point) (const Reference *table, int row);

static double
binomial(const Reference *table, int row)
{
	return nk_binomial_pmf(reference_count(table, row, "x"),
						   reference_count(table, row, "n"),
						   reference_number(table, row, "p"), false);
}

static double
poisson(const Reference *table, int row)
{
	return nk_poisson_pmf(reference_count(table, row, "x"),
						  reference_number(table, row, "rate"), false);
}

static double
hypergeometric(const Reference *table, int row)
{
	return nk_hypergeometric_pmf(reference_count(table, row, "x"),
								 reference_count(table, row, "marked"),
								 reference_count(table, row, "unmarked"),
								 reference_count(table, row, "drawn"), false);
}

static void
check_points(const char *file, const char *what, Point point)
{
	Reference	table = reference_read(file);
	Group		group = {.name = what, .tolerance = 1e-12};

	for (int row = 0; row < table.count; row++)
	{
		double		expected = reference_number(&table, row, "point");

		if (expected >= LEAST_P)
			group_compare(&group, row, point(&table, row), expected, 0);
	}
	group_report(&group);
	reference_free(&table);
}

/* the sum of all binomial probabilities */
static double
binomial_total(int64_t n, double p)
{
	double		sum = 0;

	for (int64_t x = 0; x <= n; x++)
		sum += nk_binomial_pmf(x, n, p, false);
	return sum;
}

int
main(void)
{
	check_points("binomial.tsv", "binomial points", binomial);
	check_points("poisson.tsv", "Poisson points", poisson);
	check_points("hypergeometric.tsv", "hypergeometric points",
				 hypergeometric);

	/* calls for which GSL 2.7.1 loses eight digits */
	CHECK_CLOSE(nk_hypergeometric_pmf(600000, 3000000, 7000000, 2000000,
									  false), 6.8824070640336348e-4, 1e-12);
	CHECK_CLOSE(nk_hypergeometric_pmf(60000, 300000, 700000, 200000, false),
				2.1764049868755864e-3, 1e-12);
	CHECK_CLOSE(nk_binomial_pmf(500000, 1000000, 0.5, false),
				7.9788436133175009e-4, 1e-12);
	CHECK_CLOSE(nk_poisson_pmf(100000, 1e5, false), 1.2615652097053006e-3,
				1e-12);

	/* deviances near and far */
	CHECK_CLOSE(nk_deviance(1e8 + 1, 1e8, 1), 4.9999999833333334e-9, 1e-15);
	CHECK_CLOSE(nk_deviance(3, 1, 2), 3 * log(3) - 2, 1e-15);
	CHECK_CLOSE(nk_deviance(2.9999999999, 1, 1.9999999999),
				2.9999999999 * log(2.9999999999) - 1.9999999999, 1e-15);
	CHECK(nk_deviance(0, 7, -7) == 7);
	CHECK(nk_deviance(7, 0, 7) == INFINITY);

	CHECK_CLOSE(binomial_total(1000, 0.3), 1, 1e-14);
	CHECK_CLOSE(binomial_total(100000, 1e-4), 1, 1e-13);

	/* ends of the ranges */
	CHECK(nk_binomial_pmf(0, 0, 0.3, false) == 1);
	CHECK(nk_binomial_pmf(0, 5, 0, false) == 1);
	CHECK(nk_binomial_pmf(1, 5, 0, false) == 0);
	CHECK(nk_binomial_pmf(5, 5, 1, false) == 1);
	CHECK(nk_binomial_pmf(-1, 5, 0.5, false) == 0);
	CHECK(nk_binomial_pmf(6, 5, 0.5, true) == -INFINITY);
	CHECK(nk_binomial_pmf(INT64_MIN, INT64_MAX, 0.5, false) == 0);
	CHECK(nk_binomial_pmf(INT64_MAX, INT64_MAX, 0.5, true) < -6e18);
	CHECK_CLOSE(nk_binomial_pmf(0, 1000000, 1e-20, true), -1e-14, 1e-14);
	CHECK(isnan(nk_binomial_pmf(0, -1, 0.5, false)));
	CHECK(isnan(nk_binomial_pmf(0, 1, 1.5, false)));
	CHECK(isnan(nk_binomial_pmf(0, 1, NAN, false)));
	CHECK(nk_poisson_pmf(0, 0, false) == 1);
	CHECK(nk_poisson_pmf(1, 0, false) == 0);
	CHECK(nk_poisson_pmf(-1, 2, false) == 0);
	CHECK(nk_poisson_pmf(0, 690, true) == -690);
	CHECK_CLOSE(nk_poisson_pmf(5, 1e-310, true), 5 * log(1e-310) - log(120),
				1e-14);
	CHECK(isnan(nk_poisson_pmf(0, -1, false)));
	CHECK(isnan(nk_poisson_pmf(0, INFINITY, false)));
	CHECK(nk_hypergeometric_pmf(0, 0, 0, 0, false) == 1);
	CHECK(nk_hypergeometric_pmf(3, 3, 0, 3, false) == 1);
	CHECK_CLOSE(nk_hypergeometric_pmf(1, 1, 1, 1, false), 0.5, 1e-15);
	CHECK(nk_hypergeometric_pmf(2, 1, 5, 3, false) == 0);
	CHECK(nk_hypergeometric_pmf(0, 4, 2, 3, false) == 0);
	CHECK(isnan(nk_hypergeometric_pmf(0, 1, 1, 3, false)));
	CHECK(isnan(nk_hypergeometric_pmf(0, -1, 1, 0, false)));
	CHECK(nk_hypergeometric_pmf(1, INT64_MAX, INT64_MAX, INT64_MAX, false)
		  == 0);

	CHECK_MONOTONE(nk_binomial_pmf(300, 1000, x, false), 0, 0.3, 1);
	CHECK_MONOTONE(nk_binomial_pmf(300, 1000, x, false), 0.3, 1, -1);
	CHECK_MONOTONE(nk_poisson_pmf((int64_t) x, 1000, false), 0, 1000, 1);
	CHECK_MONOTONE(nk_poisson_pmf((int64_t) x, 1000, false), 1000, 2000, -1);
	CHECK_MONOTONE(nk_hypergeometric_pmf((int64_t) x, 2000, 3000, 1000,
										 false), 400, 1000, -1);
	return unit_report();
}
