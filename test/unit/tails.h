/*
 * tails.h - what the tests of all distributions check alike.
 */
#ifndef NK_TEST_TAILS_H
#define NK_TEST_TAILS_H

#include "kernel.h"
#include "reference.h"

/* smaller ones have fewer digits, but their logarithms have all */
#define LEAST_P 1e-300

/* one distribution at one x; the further arguments are in context */
typedef double (*Cdf) (double x, const double *parameters, bool lower_tail,
					   bool log_p);
typedef NkStatus (*Quantile) (double p, const double *parameters,
							  bool lower_tail, bool log_p, double *x);

/* both tails on both scales against columns lower, upper, log_lower, ... */
static inline void
compare_tails(Group *group, const Reference *table, int row, Cdf cdf,
			  double x, const double *parameters)
{
	for (int lower = 0; lower < 2; lower++)
	{
		double		p = reference_number(table, row,
										 lower ? "lower" : "upper");
		double		log_p = reference_number(table, row,
											 lower ? "log_lower"
											 : "log_upper");

		if (p >= LEAST_P)
			group_compare(group, row, cdf(x, parameters, lower, false), p, 0);
		if (-log_p >= LEAST_P)
			group_compare(group, row, cdf(x, parameters, lower, true), log_p,
						  0);
	}
}

/* a table whose columns are x and the parameters */
static inline void
check_tails(const char *file, const char *what, double tolerance, Cdf cdf,
			const char *x, const char *const *parameters)
{
	Reference	table = reference_read(file);
	Group		group = {.name = what, .tolerance = tolerance};

	for (int row = 0; row < table.count; row++)
	{
		double		values[4];

		for (int i = 0; parameters[i] != NULL; i++)
			values[i] = reference_number(&table, row, parameters[i]);
		compare_tails(&group, &table, row, cdf,
					  reference_number(&table, row, x), values);
	}
	group_report(&group);
	reference_free(&table);
}

/*
 * Q(p) must give p back, or p must lie between the values of the doubles
 * beside it.
 */
static inline void
compare_round_trip(Group *group, int row, Cdf cdf, Quantile quantile,
				   double p, const double *parameters, bool lower, bool log_p)
{
	double		x;
	double		back = NAN;
	double		below;
	double		above;

	if (quantile(p, parameters, lower, log_p, &x) == NK_OK)
		back = cdf(x, parameters, lower, log_p);
	below = cdf(nextafter(x, -INFINITY), parameters, lower, log_p);
	above = cdf(nextafter(x, INFINITY), parameters, lower, log_p);
	if ((below - p) * (above - p) <= 0)
		back = p;
	group_compare(group, row, back, p, 0);
}

/* the tails of the rows of a table, there and back */
static inline void
check_row_trips(const char *file, const char *what, Cdf cdf,
				Quantile quantile, const char *const *parameters)
{
	Reference	table = reference_read(file);
	Group		group = {.name = what, .tolerance = 1e-12};

	for (int row = 0; row < table.count; row++)
	{
		double		values[3];

		for (int i = 0; parameters[i] != NULL; i++)
			values[i] = reference_number(&table, row, parameters[i]);
		for (int lower = 0; lower < 2; lower++)
		{
			double		p = reference_number(&table, row,
											 lower ? "lower" : "upper");
			double		log_p = reference_number(&table, row,
												 lower ? "log_lower"
												 : "log_upper");

			if (p >= LEAST_P && p < 1)
				compare_round_trip(&group, row, cdf, quantile, p, values,
								   lower, false);
			if (-log_p >= LEAST_P)
				compare_round_trip(&group, row, cdf, quantile, log_p, values,
								   lower, true);
		}
	}
	group_report(&group);
	reference_free(&table);
}

/*
 * Neither tail may turn back, in 1000 steps from half the argument of a row to
 * half as much again, or of as many counts around it.  Each hundredth row,
 * since a thousand steps are many.
 */
static inline void
check_row_slopes(const char *file, const char *what, Cdf cdf, const char *x,
				 bool counts, const char *const *parameters)
{
	Reference	table = reference_read(file);
	Group		group = {.name = what};

	for (int row = 0; row < table.count; row += 100)
	{
		double		values[4];
		double		middle = reference_number(&table, row, x);
		double		step = counts ? 1 : fabs(middle) / 1000;
		double		last[2] = {-INFINITY, -INFINITY};
		bool		holds = true;

		for (int i = 0; parameters[i] != NULL; i++)
			values[i] = reference_number(&table, row, parameters[i]);
		for (int i = -500; i <= 500; i++)
			for (int lower = 0; lower < 2; lower++)
			{
				double		p = cdf(middle + i * step, values, lower, false);
				double		now = lower ? p : -p;

				/* by more than rounding, also of a tail of almost 1 */
				if (!(now >= last[lower] - 1e-13 * fabs(last[lower])))
					holds = false;
				last[lower] = now;
			}
		group_expect(&group, row, holds);
	}
	group_report(&group);
	reference_free(&table);
}

/* round trips over the whole range of p, in both tails and scales */
static inline void
check_round_trips(const char *what, Cdf cdf, Quantile quantile,
				  const double (*parameters)[2], int rows)
{
	static const double levels[] = {
		1e-300, 1e-100, 1e-20, 1e-9, 0.0005, 0.005, 0.025, 0.05, 0.1, 0.2,
		0.25, 0.3, 0.4, 0.499999, 0.5, 0.500001, 0.6, 0.75, 0.8, 0.9, 0.95,
		0.975, 0.995, 0.999999999
	};
	Group		group = {.name = what, .tolerance = 1e-12};

	for (int row = 0; row < rows; row++)
		for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
			for (int lower = 0; lower < 2; lower++)
			{
				compare_round_trip(&group, row, cdf, quantile, levels[i],
								   parameters[row], lower, false);
				compare_round_trip(&group, row, cdf, quantile,
								   log(levels[i]), parameters[row], lower,
								   true);
			}
	group_report(&group);
}

/* the rows of one family in quantile.tsv */
static inline void
check_quantiles(const char *family, const char *what, Quantile quantile)
{
	Reference	table = reference_read("quantile.tsv");
	Group		group = {.name = what, .tolerance = 1e-12};

	for (int row = 0; row < table.count; row++)
	{
		double		parameters[2] = {
			reference_number(&table, row, "first"),
			reference_number(&table, row, "second")
		};
		double		x = NAN;

		if (!reference_is(&table, row, "family", family))
			continue;
		(void) quantile(reference_number(&table, row, "p"), parameters,
						reference_is(&table, row, "tail", "lower"), false,
						&x);
		group_compare(&group, row, x, reference_number(&table, row, "x"), 0);
	}
	group_report(&group);
	reference_free(&table);
}

/* p outside of its range, p at its ends, ends of the scale */
static inline void
check_domain(Quantile quantile, const double *parameters, double least,
			 double greatest)
{
	double		x;

	CHECK(quantile(-1e-300, parameters, true, false, &x) ==
		  NK_BAD_PROBABILITY && isnan(x));
	CHECK(quantile(2, parameters, true, false, &x) == NK_BAD_PROBABILITY &&
		  isnan(x));
	CHECK(quantile(NAN, parameters, true, false, &x) == NK_BAD_PROBABILITY);
	CHECK(quantile(1e-300, parameters, true, true, &x) ==
		  NK_BAD_PROBABILITY);
	CHECK(quantile(NAN, parameters, true, true, &x) == NK_BAD_PROBABILITY);
	CHECK(quantile(0, parameters, true, false, &x) == NK_OK && x == least);
	CHECK(quantile(1, parameters, true, false, &x) == NK_OK &&
		  x == greatest);
	CHECK(quantile(1, parameters, false, false, &x) == NK_OK && x == least);
	CHECK(quantile(0, parameters, false, true, &x) == NK_OK && x == least);
	CHECK(quantile(-INFINITY, parameters, false, true, &x) == NK_OK &&
		  x == greatest);
}

/*
 * a function that must not turn back by more than rounding, in 1000 steps
 * from start to end; sign is that of its slope
 */
#define CHECK_MONOTONE(expression, start, end, sign) \
	do \
	{ \
		double		last_ = -INFINITY; \
		bool		holds_ = true; \
		for (int i_ = 0; i_ <= 1000; i_++) \
		{ \
			double		x = (start) + ((end) - (start)) * (i_ / 1000.0); \
			double		now_ = (sign) * (expression); \
			if (!(now_ >= last_ - 1e-13 * fabs(last_))) \
				holds_ = false; \
			last_ = now_; \
		} \
		unit_check(holds_, __FILE__, __LINE__, "monotone: " #expression); \
	} while (0)

#endif							/* NK_TEST_TAILS_H */
