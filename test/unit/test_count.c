/*
 * test_count.c - quantiles of counts: they invert the distribution functions
 * and their references.
 */
#include "dist.h"
#include "tails.h"

typedef struct Case
{
	const char *name;
	double		(*cdf) (int64_t x, bool lower, bool log_p);
	NkStatus	(*quantile) (double p, bool lower, bool log_p, int64_t *x);
	int64_t		first;
	int64_t		last;			/* or far enough */
} Case;

static double
small_binomial(int64_t x, bool lower, bool log_p)
{
	return nk_binomial_cdf(x, 40, 0.15, lower, log_p);
}

static NkStatus
small_binomial_quantile(double p, bool lower, bool log_p, int64_t *x)
{
	return nk_binomial_quantile(p, 40, 0.15, lower, log_p, x);
}

static double
large_binomial(int64_t x, bool lower, bool log_p)
{
	return nk_binomial_cdf(x, 1000000, 0.999, lower, log_p);
}

static NkStatus
large_binomial_quantile(double p, bool lower, bool log_p, int64_t *x)
{
	return nk_binomial_quantile(p, 1000000, 0.999, lower, log_p, x);
}

static double
poisson(int64_t x, bool lower, bool log_p)
{
	return nk_poisson_cdf(x, 8.5, lower, log_p);
}

static NkStatus
poisson_quantile(double p, bool lower, bool log_p, int64_t *x)
{
	return nk_poisson_quantile(p, 8.5, lower, log_p, x);
}

static double
hypergeometric(int64_t x, bool lower, bool log_p)
{
	return nk_hypergeometric_cdf(x, 60, 50, 80, lower, log_p);
}

static NkStatus
hypergeometric_quantile(double p, bool lower, bool log_p, int64_t *x)
{
	return nk_hypergeometric_quantile(p, 60, 50, 80, lower, log_p, x);
}

static double
noncentral(int64_t x, bool lower, bool log_p)
{
	return nk_noncentral_hypergeometric_cdf(x, 60, 50, 80, -1.5, lower,
											log_p);
}

static NkStatus
noncentral_quantile(double p, bool lower, bool log_p, int64_t *x)
{
	return nk_noncentral_hypergeometric_quantile(p, 60, 50, 80, -1.5, lower,
												 log_p, x);
}

/* the middle of a jump in one tail, to the scale of the other arguments */
static double
between(const Case *c, int64_t x, bool lower, bool log_p)
{
	double		middle = c->cdf(x, lower, false) / 2 +
		c->cdf(x - 1, lower, false) / 2;

	return log_p ? log(middle) : middle;
}

/*
 * The quantile of P(X <= x) is x, and so is that of anything between it and
 * P(X <= x - 1), as far as doubles can tell the two apart.
 */
static void
check_inverse(const Case *c)
{
	int			wrong = 0;
	int			compared = 0;
	char		what[100];

	for (int64_t x = c->first; x <= c->last; x++)
		for (int form = 0; form < 4; form++)
		{
			bool		lower = form & 1;
			bool		log_p = form & 2;
			double		p = c->cdf(x, lower, log_p);
			double		jump = fabs(c->cdf(x - 1, lower, false) -
									c->cdf(x, lower, false));
			int64_t		got;

			/* the jump must be seen on the scale of the tail asked for */
			if (jump < 1e-10 * c->cdf(x, lower, false) || jump < 1e-290)
				continue;
			compared++;
			if (c->quantile(p, lower, log_p, &got) != NK_OK || got != x)
				wrong++;
			p = between(c, x, lower, log_p);
			if (c->quantile(p, lower, log_p, &got) != NK_OK || got != x)
				wrong++;
		}
	snprintf(what, sizeof what, "%s: %d jumps", c->name, compared);
	unit_check(wrong == 0 && compared > 100, __FILE__, __LINE__, what);
}

/* the quantile that a row of a table asks for */
typedef NkStatus (*RowQuantile) (const Reference *table, int row, double p,
								 bool lower, bool log_p, int64_t *x);

static NkStatus
binomial_row(const Reference *table, int row, double p, bool lower,
			 bool log_p, int64_t *x)
{
	return nk_binomial_quantile(p, reference_count(table, row, "n"),
								reference_number(table, row, "p"), lower,
								log_p, x);
}

static NkStatus
poisson_row(const Reference *table, int row, double p, bool lower, bool log_p,
			int64_t *x)
{
	return nk_poisson_quantile(p, reference_number(table, row, "rate"), lower,
							   log_p, x);
}

static NkStatus
hypergeometric_row(const Reference *table, int row, double p, bool lower,
				   bool log_p, int64_t *x)
{
	return nk_hypergeometric_quantile(p, reference_count(table, row, "marked"),
									  reference_count(table, row, "unmarked"),
									  reference_count(table, row, "drawn"),
									  lower, log_p, x);
}

static NkStatus
noncentral_row(const Reference *table, int row, double p, bool lower,
			   bool log_p, int64_t *x)
{
	return nk_noncentral_hypergeometric_quantile(
		p, reference_count(table, row, "marked"),
		reference_count(table, row, "unmarked"),
		reference_count(table, row, "drawn"),
		reference_number(table, row, "log_odds"), lower, log_p, x);
}

/* the tails of a table are rounded values of jumps: the quantile is the x */
static void
check_rows(const char *file, const char *what, RowQuantile quantile)
{
	Reference	table = reference_read(file);
	Group		group = {.name = what};

	for (int row = 0; row < table.count; row++)
		for (int form = 0; form < 4; form++)
		{
			bool		lower = form & 1;
			bool		log_p = form & 2;
			double		tail = reference_number(&table, row,
												lower ? "lower" : "upper");
			double		p = !log_p ? tail
				: reference_number(&table, row,
								   lower ? "log_lower" : "log_upper");
			double		point = reference_number(&table, row, "point");
			int64_t		got;

			/* the jump must be seen on the scale of the tail asked for */
			if (point < 1e-10 * tail || tail < 1e-290 ||
				(log_p ? -p < 1e-290 : p == 1))
				continue;
			group_expect(&group, row,
						 quantile(&table, row, p, lower, log_p, &got) ==
						 NK_OK && got == reference_count(&table, row, "x"));
		}
	group_report(&group);
	reference_free(&table);
}

int
main(void)
{
	static const Case cases[] = {
		{"small binomial", small_binomial, small_binomial_quantile, 0, 39},
		{"large binomial", large_binomial, large_binomial_quantile, 998700,
		999300},
		{"Poisson", poisson, poisson_quantile, 0, 150},
		{"hypergeometric", hypergeometric, hypergeometric_quantile, 30, 59},
		{"noncentral hypergeometric", noncentral, noncentral_quantile, 30, 59}
	};
	int64_t		x;
	int64_t		mirrored;

	for (int i = 0; i < 5; i++)
		check_inverse(&cases[i]);
	check_rows("binomial.tsv", "binomial quantiles and back", binomial_row);
	check_rows("poisson.tsv", "Poisson quantiles and back", poisson_row);
	check_rows("hypergeometric.tsv", "hypergeometric quantiles and back",
			   hypergeometric_row);
	check_rows("noncentral_hypergeometric.tsv",
			   "noncentral hypergeometric quantiles and back",
			   noncentral_row);

	/* the smallest x of P(X <= x) >= p, at a jump and on its two sides */
	CHECK(nk_binomial_quantile(0.5, 1, 0.5, true, false, &x) == NK_OK &&
		  x == 0);
	CHECK(nk_binomial_quantile(0.5, 1, 0.5, false, false, &x) == NK_OK &&
		  x == 0);
	CHECK(nk_binomial_quantile(0.5 + 1e-11, 1, 0.5, true, false, &x) ==
		  NK_OK && x == 1);
	CHECK(nk_binomial_quantile(0.5 + 1e-14, 1, 0.5, true, false, &x) ==
		  NK_OK && x == 0);
	/* 0.9 and 0.1 are neighbours of the jump, not the jump itself */
	CHECK(nk_binomial_quantile(0.9, 1, 0.1, true, false, &x) == NK_OK &&
		  x == 0);
	CHECK(nk_binomial_quantile(0.1, 1, 0.1, false, false, &x) == NK_OK &&
		  x == 0);
	CHECK(nk_binomial_quantile(1 - 0x1p-53, 1, 1e-16, true, false, &x) ==
		  NK_OK && x == 0);

	/* ends */
	CHECK(nk_binomial_quantile(0, 9, 0.3, true, false, &x) == NK_OK &&
		  x == 0);
	CHECK(nk_binomial_quantile(1, 9, 0.3, true, false, &x) == NK_OK &&
		  x == 9);
	CHECK(nk_binomial_quantile(0, 9, 0.3, false, false, &x) == NK_OK &&
		  x == 9);
	CHECK(nk_binomial_quantile(0.3, 0, 0.3, true, false, &x) == NK_OK &&
		  x == 0);
	CHECK(nk_binomial_quantile(0.3, 9, 0, true, false, &x) == NK_OK &&
		  x == 0);
	CHECK(nk_binomial_quantile(0.3, 9, 1, true, false, &x) == NK_OK &&
		  x == 9);
	CHECK(nk_binomial_quantile(0.5, 2000000000, 0.5, true, false, &x) ==
		  NK_OK && x == 1000000000);
	CHECK(nk_poisson_quantile(0.3, 0, true, false, &x) == NK_OK && x == 0);
	CHECK(nk_poisson_quantile(1, 3, true, false, &x) == NK_OK &&
		  x == INT64_MAX);
	CHECK(nk_poisson_quantile(-1e6, 3, false, true, &x) == NK_OK &&
		  nk_poisson_cdf(x, 3, false, true) <= -1e6 &&
		  nk_poisson_cdf(x - 1, 3, false, true) > -1e6);
	CHECK(nk_poisson_quantile(0.5, 1e12, true, false, &x) == NK_OK &&
		  fabs((double) x - 1e12) <= 1);
	CHECK(nk_hypergeometric_quantile(0, 6, 5, 8, true, false, &x) == NK_OK &&
		  x == 3);
	CHECK(nk_hypergeometric_quantile(0, 6, 5, 8, false, false, &x) == NK_OK &&
		  x == 6);
	CHECK(nk_hypergeometric_quantile(0.3, 0, 0, 0, true, false, &x) == NK_OK
		  && x == 0);
	CHECK(nk_noncentral_hypergeometric_quantile(0.5, 600, 500, 800, 1e4, true,
												false, &x) == NK_OK &&
		  x == 600);
	CHECK(nk_noncentral_hypergeometric_quantile(0.5, 600, 500, 800, -1e4,
												true, false, &x) == NK_OK &&
		  x == 300);

	/* the unmarked of those drawn */
	CHECK(nk_hypergeometric_quantile(0.025, 500000000, 300000000, 100000000,
									 true, false, &x) == NK_OK &&
		  nk_hypergeometric_quantile(0.025, 300000000, 500000000, 100000000,
									 false, false, &mirrored) == NK_OK &&
		  x + mirrored == 100000000);

	/* wrong settings */
	CHECK(nk_binomial_quantile(1.1, 9, 0.3, true, false, &x) ==
		  NK_BAD_PROBABILITY && x == -1);
	CHECK(nk_poisson_quantile(0.1, 9, true, true, &x) == NK_BAD_PROBABILITY);
	CHECK(nk_binomial_quantile(0.1, -1, 0.3, true, false, &x) ==
		  NK_BAD_PARAMETER && x == -1);
	CHECK(nk_binomial_quantile(0.1, 9, 1.3, true, false, &x) ==
		  NK_BAD_PARAMETER);
	CHECK(nk_poisson_quantile(0.1, -1, true, false, &x) == NK_BAD_PARAMETER);
	CHECK(nk_poisson_quantile(0.1, 1e16, true, false, &x) ==
		  NK_BAD_PARAMETER);
	CHECK(nk_hypergeometric_quantile(0.1, 1, 1, 3, true, false, &x) ==
		  NK_BAD_PARAMETER);
	CHECK(nk_noncentral_hypergeometric_quantile(0.1, 1, 1, 1, NAN, true,
												false, &x) ==
		  NK_BAD_PARAMETER);
	return unit_report();
}
