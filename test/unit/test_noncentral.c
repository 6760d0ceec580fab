/*
 * test_noncentral.c - noncentral chi-square against 60-digit references.
 */
#include "dist.h"
#include "tails.h"

/* parameters are df and lambda */
static double
cdf(double x, const double *parameters, bool lower_tail, bool log_p)
{
	return nk_noncentral_chisq_cdf(x, parameters[0], parameters[1],
								   lower_tail, log_p);
}

/* the same as a function of lambda; parameters are x and df */
static double
cdf_of_lambda(double lambda, const double *parameters, bool lower_tail,
			  bool log_p)
{
	return nk_noncentral_chisq_cdf(parameters[0], parameters[1], lambda,
								   lower_tail, log_p);
}

static NkStatus
parameter(double p, const double *parameters, bool lower_tail, bool log_p,
		  double *lambda)
{
	(void) log_p;
	return nk_noncentral_chisq_parameter(p, parameters[0], parameters[1],
										 lower_tail, lambda);
}

/* the lambda of each tail must give the tail back, where there is one */
static void
check_parameters(void)
{
	static const double levels[] = {
		1e-300, 1e-20, 0.0005, 0.025, 0.3, 0.5, 0.6, 0.975, 0.999999
	};
	static const double points[][2] = {
		{1e-3, 1}, {0.4, 0.01}, {5, 3}, {60, 4}, {1e4, 289}, {3e7, 16}
	};
	Group		group = {.name = "lambda round trips", .tolerance = 1e-12};

	for (int row = 0; row < 6; row++)
		for (int i = 0; i < 9; i++)
			for (int lower = 0; lower < 2; lower++)
			{
				double		p = levels[i];
				double		central = cdf_of_lambda(0, points[row], lower,
													false);
				double		lambda;
				NkStatus	status = parameter(p, points[row], lower, false,
											   &lambda);

				if (lower ? p < central : p > central)
					compare_round_trip(&group, row, cdf_of_lambda, parameter,
									   p, points[row], lower, false);
				else
					group_expect(&group, row, status == NK_OK && lambda == 0);
			}
	group_report(&group);
}

int
main(void)
{
	static const char *const names[] = {"df", "noncentrality", NULL};
	double		lambda;

	check_tails("noncentral.tsv", "noncentral chi-square tails", 1e-12, cdf,
				"x", names);
	check_row_slopes("noncentral.tsv", "noncentral chi-square slopes", cdf,
					 "x", false, names);
	check_parameters();

	CHECK(nk_noncentral_chisq_cdf(3, 4, 0, true, false) ==
		  nk_chisq_cdf(3, 4, true, false));
	CHECK_CLOSE(nk_noncentral_chisq_cdf(3, 4, 1e-300, false, false),
				nk_chisq_cdf(3, 4, false, false), 1e-15);
	CHECK(nk_noncentral_chisq_cdf(0, 4, 2, true, false) == 0);
	CHECK(nk_noncentral_chisq_cdf(-1, 4, 2, false, false) == 1);
	CHECK(nk_noncentral_chisq_cdf(INFINITY, 4, 2, false, false) == 0);
	CHECK(isnan(nk_noncentral_chisq_cdf(1, 0, 2, true, false)));
	CHECK(isnan(nk_noncentral_chisq_cdf(1, 1, -1, true, false)));
	CHECK(isnan(nk_noncentral_chisq_cdf(1, 1, INFINITY, true, false)));
	CHECK(isnan(nk_noncentral_chisq_cdf(NAN, 1, 1, true, false)));
	CHECK(isnan(nk_noncentral_chisq_cdf(1e17, 1, 1e17, true, false)));

	/* the square of a normal variable around the root of lambda */
	unit_interrupt_checks = 0;
	CHECK_CLOSE(nk_noncentral_chisq_cdf(9801, 1, 1e4, true, false),
				nk_normal_cdf(-1, true, false), 1e-13);
	CHECK_CLOSE(nk_noncentral_chisq_cdf(1e10, 1, 1e10, false, false), 0.5,
				1e-12);
	CHECK_CLOSE(nk_noncentral_chisq_cdf(99990.0 * 99990.0, 1, 1e10, true,
										false),
				nk_normal_cdf(-10, true, false), 1e-12);
	CHECK(unit_interrupt_checks > 100);

	CHECK(nk_noncentral_chisq_parameter(1.5, 1, 1, true, &lambda) ==
		  NK_BAD_PROBABILITY && isnan(lambda));
	CHECK(nk_noncentral_chisq_parameter(0.5, 1, 0, true, &lambda) ==
		  NK_BAD_PARAMETER && isnan(lambda));
	CHECK(nk_noncentral_chisq_parameter(0.5, -1, 1, true, &lambda) ==
		  NK_BAD_PARAMETER);
	CHECK(nk_noncentral_chisq_parameter(0.5, INFINITY, 1, true, &lambda) ==
		  NK_BAD_PARAMETER);
	CHECK(nk_noncentral_chisq_parameter(0, 1, 1, true, &lambda) == NK_OK &&
		  lambda == INFINITY);
	CHECK(nk_noncentral_chisq_parameter(0, 1, 1, false, &lambda) == NK_OK &&
		  lambda == 0);
	CHECK(nk_noncentral_chisq_parameter(0.3, 0, 1, true, &lambda) == NK_OK &&
		  lambda == 0);

	CHECK_MONOTONE(nk_noncentral_chisq_cdf(x, 3, 20, true, false), 0, 100, 1);
	CHECK_MONOTONE(nk_noncentral_chisq_cdf(x, 0.1, 0.2, false, true), 0.01, 5,
				   -1);
	CHECK_MONOTONE(nk_noncentral_chisq_cdf(25, 3, x, true, false), 0, 100,
				   -1);
	CHECK_MONOTONE(nk_noncentral_chisq_cdf(25, x, 10, false, false), 0.1, 100,
				   1);
	return unit_report();
}
