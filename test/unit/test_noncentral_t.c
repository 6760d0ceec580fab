/*
 * test_noncentral_t.c - the noncentral t distribution against quadrature with
 * 30 digits (test/reference/noncentral_t.tsv), and its noncentralities.
 */
#include "dist.h"
#include "reference.h"

static void
test_tails(void)
{
	Reference	table = reference_read("noncentral_t.tsv");
	Group		tails = {.name = "noncentral t tails", .tolerance = 1e-11};
	Group		found = {.name = "noncentralities give the tail back",
	.tolerance = 1e-10};

	for (int row = 0; row < table.count; row++)
	{
		double		t = reference_number(&table, row, "t");
		double		df = reference_number(&table, row, "df");
		double		delta = reference_number(&table, row, "delta");

		for (int lower = 0; lower < 2; lower++)
		{
			double		p = reference_number(&table, row,
											 lower ? "lower" : "upper");
			double		scale = hypot(1, t / sqrt(2 * df));
			double		root;

			group_compare(&tails, row,
						  nk_noncentral_t_cdf(t, df, delta, lower), p, 0);
			if (p >= 0.5)
				continue;
			group_expect(&found, row,
						 nk_noncentral_t_parameter(p, t, df, lower, &root) ==
						 NK_OK);
			/* to a fraction of its standard error, or of itself */
			group_compare(&found, row, root, delta, scale);
		}
	}
	group_report(&tails);
	group_report(&found);
	reference_free(&table);
}

/* without noncentrality it is Student's t; mirrored it is itself */
static void
test_identities(void)
{
	Group		central = {.name = "delta 0 is Student's t",
	.tolerance = 1e-11};
	Group		mirrored = {.name = "mirrored"};
	static const double dfs[] = {1, 2, 3.5, 10, 100, 12345, 1e6, 1e9};
	static const double ts[] = {0, 0.3, 1, 2.5, 5};

	for (int i = 0; i < 8; i++)
		for (int k = 0; k < 5; k++)
		{
			group_compare(&central, i,
						  nk_noncentral_t_cdf(ts[k], dfs[i], 0, false),
						  nk_t_cdf(ts[k], dfs[i], false, false), 0);
			group_compare(&central, i,
						  nk_noncentral_t_cdf(ts[k], dfs[i], 0, true),
						  nk_t_cdf(ts[k], dfs[i], true, false), 0);
			group_compare(&mirrored, i,
						  nk_noncentral_t_cdf(ts[k], dfs[i], 1.25, true),
						  nk_noncentral_t_cdf(-ts[k], dfs[i], -1.25, false),
						  0);
		}
	group_report(&central);
	group_report(&mirrored);
}

/* any effect and size, any level: an answer, in order, in few steps */
static void
test_search(void)
{
	static const double ts[] = {
		0, 1e-300, 1e-8, 0.5, 3, 9, 14, 20, 75, 300, 1e4, 1e6, 1e9, 1e150,
		1e300
	};
	static const double dfs[] = {
		1, 2, 3, 10, 60, 1000, 1e5, 1e9, 1e18
	};
	static const double tails[] = {
		0.4999, 0.25, 0.025, 0.005, 1e-6, 1e-12, 5.6e-17
	};
	bool		found = true;
	bool		ordered = true;
	bool		returned = true;

	for (int i = 0; i < 15; i++)
		for (int k = 0; k < 9; k++)
		{
			double		last = INFINITY;

			for (int m = 0; m < 7; m++)
			{
				double		lower;
				double		upper;

				found &= nk_noncentral_t_parameter(tails[m], ts[i], dfs[k],
												   false, &lower) == NK_OK &&
					nk_noncentral_t_parameter(tails[m], ts[i], dfs[k],
											  true, &upper) == NK_OK;
				ordered &= lower <= upper && lower <= last;
				last = lower;
				if (fabs(unit_distance(nk_noncentral_t_cdf(ts[i], dfs[k],
														   lower, false),
									   tails[m])) >
					1e-6 * (1 + 1e-9 * fabs(lower)) && ts[i] < 1e5)
				{
					returned = false;
					printf("# t %g df %g p %g delta %.17g\n", ts[i], dfs[k],
						   tails[m], lower);
				}
			}
		}
	CHECK(found);
	CHECK(ordered);
	CHECK(returned);
	printf("# %ld interrupt checks\n", unit_interrupt_checks);
}

/* both ways of the same, where one gives way to the other */
static void
test_seam(void)
{
	Group		seam = {.name = "no step at large df", .tolerance = 1e-9};

	for (int i = 0; i < 40; i++)
	{
		double		t = 40000 * (1 + i / 4.0);

		for (int k = -3; k <= 3; k++)
		{
			double		delta = t + k * t / sqrt(2e7);

			for (int lower = 0; lower < 2; lower++)
				group_compare(&seam, i,
							  nk_noncentral_t_cdf(t, 1e7, delta, lower),
							  nk_noncentral_t_cdf(t, nextafter(1e7, INFINITY),
												  delta, lower), 0);
		}
	}
	group_report(&seam);
}

static void
test_domain(void)
{
	double		delta;

	CHECK(isnan(nk_noncentral_t_cdf(1, 0, 1, true)));
	CHECK(isnan(nk_noncentral_t_cdf(1, INFINITY, 1, true)));
	CHECK(isnan(nk_noncentral_t_cdf(NAN, 5, 1, true)));
	CHECK(isnan(nk_noncentral_t_cdf(1, 5, INFINITY, true)));
	CHECK(nk_noncentral_t_parameter(0.1, INFINITY, 5, true, &delta) ==
		  NK_BAD_PARAMETER && isnan(delta));
	CHECK(nk_noncentral_t_parameter(0.1, 1, -1, true, &delta) ==
		  NK_BAD_PARAMETER);
	CHECK(nk_noncentral_t_parameter(0, 1, 5, true, &delta) ==
		  NK_BAD_PROBABILITY);
	CHECK(nk_noncentral_t_parameter(1, 1, 5, true, &delta) ==
		  NK_BAD_PROBABILITY);
	CHECK(nk_noncentral_t_parameter(NAN, 1, 5, true, &delta) ==
		  NK_BAD_PROBABILITY);
}

int
main(void)
{
	test_tails();
	test_identities();
	test_search();
	test_seam();
	test_domain();
	return unit_report();
}
