/*
 * gsl.c - the errors of GSL on the tables of reference values, in the form
 * that accuracy.py reads.  "make accuracy" shows them beside ours.
 *
 * Tails are compared as they are, without logarithms, which GSL does not have;
 * its quantiles are left out: that of t does not come back from some calls.
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

#include "../unit/tails.h"

typedef double (*One) (double x);
typedef double (*Two) (double x, double a);
typedef double (*Three) (double x, double a, double b);

typedef struct Family
{
	const char *file;
	const char *x;
	const char *parameters[3];
	const char *tails;			/* names of the groups */
	One			one[2];			/* P and Q */
	Two			two[2];
	Three		three[2];
} Family;

static double
gamma_p(double x, double a)
{
	return gsl_cdf_gamma_P(x, a, 1);
}

static double
gamma_q(double x, double a)
{
	return gsl_cdf_gamma_Q(x, a, 1);
}

/* as in the unit tests: a gamma variable is half a chi-square one */
static double
half_chisq_p(double x, double a)
{
	return gsl_cdf_chisq_P(2 * x, 2 * a);
}

static double
half_chisq_q(double x, double a)
{
	return gsl_cdf_chisq_Q(2 * x, 2 * a);
}

static double
call(const Family *f, int which, double x, const double *v)
{
	if (f->one[which] != NULL)
		return f->one[which] (x);
	if (f->two[which] != NULL)
		return f->two[which] (x, v[0]);
	return f->three[which] (x, v[0], v[1]);
}

static void
measure(const Family *f)
{
	Reference	table = reference_read(f->file);
	Group		tails = {.name = f->tails, .tolerance = 1};

	for (int row = 0; row < table.count; row++)
	{
		double		x = reference_number(&table, row, f->x);
		double		v[2] = {0, 0};

		for (int i = 0; f->parameters[i] != NULL; i++)
			v[i] = reference_number(&table, row, f->parameters[i]);
		for (int upper = 0; upper < 2; upper++)
		{
			double		p = reference_number(&table, row,
											 upper ? "upper" : "lower");

			if (p >= LEAST_P)
				group_compare(&tails, row, call(f, upper, x, v), p, 0);
		}
	}
	reference_free(&table);
}

/* counts: GSL takes them to 2^32 */
static void
measure_counts(const char *file, const char *tail_name,
			   const char *point_name)
{
	Reference	table = reference_read(file);
	Group		tails = {.name = tail_name, .tolerance = 1};
	Group		points = {.name = point_name, .tolerance = 1};

	for (int row = 0; row < table.count; row++)
	{
		unsigned int x = (unsigned int) reference_count(&table, row, "x");
		double		got[3];
		double		expected[3] = {
			reference_number(&table, row, "point"),
			reference_number(&table, row, "lower"),
			reference_number(&table, row, "upper")
		};

		if (strcmp(file, "poisson.tsv") == 0)
		{
			double		rate = reference_number(&table, row, "rate");

			got[0] = gsl_ran_poisson_pdf(x, rate);
			got[1] = gsl_cdf_poisson_P(x, rate);
			got[2] = gsl_cdf_poisson_Q(x, rate);
		}
		else if (strcmp(file, "binomial.tsv") == 0)
		{
			double		p = reference_number(&table, row, "p");
			unsigned int n = (unsigned int) reference_count(&table, row, "n");

			got[0] = gsl_ran_binomial_pdf(x, p, n);
			got[1] = gsl_cdf_binomial_P(x, p, n);
			got[2] = gsl_cdf_binomial_Q(x, p, n);
		}
		else
		{
			unsigned int m = (unsigned int) reference_count(&table, row,
															"marked");
			unsigned int u = (unsigned int) reference_count(&table, row,
															"unmarked");
			unsigned int d = (unsigned int) reference_count(&table, row,
															"drawn");

			got[0] = gsl_ran_hypergeometric_pdf(x, m, u, d);
			got[1] = gsl_cdf_hypergeometric_P(x, m, u, d);
			got[2] = gsl_cdf_hypergeometric_Q(x, m, u, d);
		}
		for (int i = 0; i < 3; i++)
			if (expected[i] >= LEAST_P)
				group_compare(i == 0 ? &points : &tails, row, got[i],
							  expected[i], 0);
	}
	reference_free(&table);
}

int
main(void)
{
	static const Family families[] = {
		{"normal.tsv", "x", {NULL}, "normal tails",
		.one = {gsl_cdf_ugaussian_P, gsl_cdf_ugaussian_Q}},
		{"gamma.tsv", "x", {"shape", NULL}, "gamma tails",
		.two = {gamma_p, gamma_q}},
		{"gamma.tsv", "x", {"shape", NULL}, "chi-square tails",
		.two = {half_chisq_p, half_chisq_q}},
		{"t.tsv", "t", {"df", NULL}, "t tails",
		.two = {gsl_cdf_tdist_P, gsl_cdf_tdist_Q}},
		{"beta.tsv", "x", {"a", "b", NULL}, "beta tails",
		.three = {gsl_cdf_beta_P, gsl_cdf_beta_Q}},
		{"f.tsv", "f", {"df1", "df2", NULL}, "F tails",
		.three = {gsl_cdf_fdist_P, gsl_cdf_fdist_Q}}
	};

	gsl_set_error_handler_off();
	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		measure(&families[i]);
	measure_counts("poisson.tsv", "Poisson tails", "Poisson points");
	measure_counts("binomial.tsv", "binomial tails", "binomial points");
	measure_counts("hypergeometric.tsv", "hypergeometric tails",
				   "hypergeometric points");
	return 0;
}
