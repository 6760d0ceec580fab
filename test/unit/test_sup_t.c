/*
 * test_sup_t.c - the largest of several correlated statistics.
 *
 * Values: test/reference/sup_t.tsv, exact integrals and simulations of ten
 * million draws.  The kernel's own draws are few, so what is held is how far
 * a simulation may be off, at several seeds.
 */
#include "dist.h"
#include "reference.h"
#include "sup_t.h"

#define MOST 128
#define SEEDS 5

static double rows[MOST * (MOST + 1)];
static double scratch[MOST * (2 * MOST + 1 + 128)];

static double
legendre(int degree, double x)
{
	switch (degree)
	{
		case 0:
			return 1;
		case 1:
			return x;
		case 2:
			return (3 * x * x - 1) / 2;
		default:
			return (5 * x * x - 3) * x / 2;
	}
}

/* a family of sup_t.py, in rows */
static NkSupT
family(const char *name, int count, double parameter)
{
	NkSupT		sup_t = {.count = count, .rank = count, .rows = rows,
	.df = INFINITY, .seed = 1};

	memset(rows, 0, sizeof(rows));
	if (strcmp(name, "equal") == 0)
		sup_t.rank = count + 1;
	if (strcmp(name, "circle") == 0)
		sup_t.rank = 2;
	if (strcmp(name, "cubic") == 0)
		sup_t.rank = 4;
	for (int i = 0; i < count; i++)
	{
		double	   *row = rows + i * sup_t.rank;
		double		length = 0;

		if (strcmp(name, "independent") == 0)
			row[i] = 1;
		else if (strcmp(name, "equal") == 0)
		{
			row[0] = sqrt(parameter);
			row[i + 1] = sqrt(1 - parameter);
		}
		else if (strcmp(name, "circle") == 0)
		{
			row[0] = cos(parameter * i);
			row[1] = sin(parameter * i);
		}
		else if (strcmp(name, "autoregressive") == 0)
		{
			for (int j = 0; j < i; j++)
				row[j] = parameter * (row - sup_t.rank)[j];
			row[i] = i == 0 ? 1 : sqrt(1 - parameter * parameter);
		}
		else
		{
			for (int j = 0; j < 4; j++)
				row[j] = legendre(j, 2.0 * i / (count - 1) - 1);
			for (int j = 0; j < 4; j++)
				length += row[j] * row[j];
			for (int j = 0; j < 4; j++)
				row[j] /= sqrt(length);
		}
	}
	return sup_t;
}

/* one row of the table, at several seeds */
static void
test_row(const Reference *table, int row, Group *p_value, Group *critical,
		 Group *few)
{
	NkSupT		sup_t = family(reference_text(table, row, "family"),
							   (int) reference_count(table, row, "count"),
							   reference_number(table, row, "parameter"));
	double		df = reference_number(table, row, "df");
	double		statistic = reference_number(table, row, "statistic");
	double		p = reference_number(table, row, "p_value");
	double		known = 1 - 3 * reference_number(table, row, "error");
	double		got;

	if (!isnan(df))
		sup_t.df = df;
	for (int seed = 0; seed < SEEDS; seed++)
	{
		sup_t.seed = seed;
		nk_sup_t_p_value(&sup_t, statistic, scratch, &got);
		group_compare(df < 10 ? few : p_value, row, got, p, p > 0.5 ? 2 : 0);
		if (p < 0.001 || p > 0.25 || known < 0.99)
			continue;
		nk_sup_t_critical(&sup_t, 1 - p, scratch, &got);
		group_compare(df < 10 ? few : critical, row, got, statistic, 0);
	}
}

static void
test_values(void)
{
	Reference	table = reference_read("sup_t.tsv");
	Group		p_value = {.name = "p-value", .tolerance = 0.05};
	Group		critical = {.name = "critical value", .tolerance = 0.01};
	Group		few = {.name = "3 degrees of freedom", .tolerance = 0.09};

	for (int row = 0; row < table.count; row++)
		test_row(&table, row, &p_value, &critical, &few);
	group_report(&p_value);
	group_report(&critical);
	group_report(&few);
	reference_free(&table);
}

/* a cubic's band over 18 ages at many seeds: the promise of the header */
static void
test_spread(void)
{
	NkSupT		sup_t = family("cubic", 18, 0);
	double		sum = 0;
	double		squares = 0;
	const int	seeds = 200;

	for (int seed = 0; seed < seeds; seed++)
	{
		double		c;

		sup_t.seed = seed;
		nk_sup_t_critical(&sup_t, 0.95, scratch, &c);
		sum += c;
		squares += c * c;
	}
	sum /= seeds;
	squares = sqrt(squares / seeds - sum * sum);
	printf("# mean %.5f, standard deviation %.5f\n", sum, squares);
	CHECK(squares < 0.003);
	/* 2.5912 from ten million draws, standard error .0005 */
	CHECK(fabs(sum - 2.5912) < 0.003);
}

/* the same seed gives the same bits, another one gives others */
static void
test_seed(void)
{
	NkSupT		sup_t = family("cubic", 18, 0);
	double		first;
	double		again;
	double		other;

	nk_sup_t_critical(&sup_t, 0.95, scratch, &first);
	memset(scratch, 0xff, sizeof(scratch));
	nk_sup_t_critical(&sup_t, 0.95, scratch, &again);
	sup_t.seed = 2;
	nk_sup_t_critical(&sup_t, 0.95, scratch, &other);
	CHECK(first == again);
	CHECK(first != other && fabs(first - other) < 0.01);
}

/* always between one statistic and as many independent ones */
static void
test_bounds(void)
{
	static const char *const names[] = {"independent", "equal", "circle",
	"autoregressive", "cubic"};
	static const double levels[] = {1e-6, 0.01, 0.5, 0.9, 0.99, 0.9999999,
	1 - 1e-15};
	static const double dfs[] = {0.5, 1, 3, 50, 1e9, INFINITY};
	Group		within = {.name = "between one and Sidak's"};
	Group		inverse = {.name = "p of the critical value",
	.tolerance = 0.02};
	NkSupT		sup_t;
	double		one;
	double		all;
	double		got;
	double		p;
	int			row = 0;

	for (int i = 0; i < 5; i++)
		for (int level = 0; level < 7; level++)
			for (int df = 0; df < 6; df++, row++)
			{
				sup_t = family(names[i], 18, 0.6);
				sup_t.df = dfs[df];
				nk_sidak_critical(levels[level], 1, sup_t.df, &one);
				nk_sidak_critical(levels[level], 18, sup_t.df, &all);
				group_expect(&within, row,
							 nk_sup_t_critical(&sup_t, levels[level], scratch,
											   &got) == NK_OK &&
							 got >= one && got <= all);
				nk_sup_t_p_value(&sup_t, got, scratch, &p);
				group_expect(&within, row, p >= 0 && p <= 1);
				/* unless a bound decided */
				if (df >= 2 && level >= 3 && got < all * 0.999)
					group_compare(&inverse, row, p, 1 - levels[level], 0);
			}
	group_report(&within);
	group_report(&inverse);
}

/* one statistic, several copies of it, and copies with the other sign */
static void
test_copies(void)
{
	static const double copies[6] = {0.6, 0.8, -0.6, -0.8, 0.6, 0.8};
	NkSupT		sup_t = {1, 2, copies, INFINITY, 7};
	double		got;

	for (sup_t.count = 1; sup_t.count <= 3; sup_t.count++)
	{
		CHECK(nk_sup_t_critical(&sup_t, 0.95, scratch, &got) == NK_OK);
		CHECK_CLOSE(got, 1.959963984540054, 1e-14);
		nk_sup_t_p_value(&sup_t, 3, scratch, &got);
		CHECK_CLOSE(got, 0.0026997960632601866, 1e-13);
		sup_t.df = 3;
		nk_sup_t_critical(&sup_t, 0.95, scratch, &got);
		CHECK_CLOSE(got, 3.182446305284263, 1e-12);
		sup_t.df = INFINITY;
	}
}

static void
test_ends(void)
{
	NkSupT		sup_t = family("cubic", 18, 0);
	double		got;
	double		mirror;

	for (int pass = 0; pass < 2; pass++)
	{
		nk_sup_t_p_value(&sup_t, 0, scratch, &got);
		CHECK(got == 1);
		nk_sup_t_p_value(&sup_t, INFINITY, scratch, &got);
		CHECK(got == 0);
		nk_sup_t_p_value(&sup_t, NAN, scratch, &got);
		CHECK(isnan(got));
		nk_sup_t_p_value(&sup_t, 2, scratch, &got);
		nk_sup_t_p_value(&sup_t, -2, scratch, &mirror);
		CHECK(got == mirror);
		sup_t.df = 5;
	}
	sup_t.df = INFINITY;
	nk_sup_t_p_value(&sup_t, 30.2, scratch, &got);
	mirror = 2 * nk_normal_cdf(30.2, false, false);
	CHECK(mirror < 1e-199 && got >= mirror && got < 18 * mirror);
	nk_sup_t_p_value(&sup_t, 1e-9, scratch, &got);
	CHECK(got > 0.9999 && got <= 1);

	CHECK(nk_sup_t_critical(&sup_t, 0, scratch, &got) == NK_BAD_CONF_LEVEL);
	CHECK(isnan(got));
	CHECK(nk_sup_t_critical(&sup_t, 1, scratch, &got) == NK_BAD_CONF_LEVEL);
	CHECK(nk_sup_t_critical(&sup_t, NAN, scratch, &got) == NK_BAD_CONF_LEVEL);
	CHECK(nk_sidak_critical(1, 3, INFINITY, &got) == NK_BAD_CONF_LEVEL);
	CHECK(isnan(got));
}

/* quantiles of (1 - .05) ** (1 / m), mpmath at 50 digits */
static void
test_sidak(void)
{
	double		got;

	nk_sidak_critical(0.95, 18, INFINITY, &got);
	CHECK_CLOSE(got, 2.9839458641803782, 1e-14);
	nk_sidak_critical(0.95, 21, INFINITY, &got);
	CHECK_CLOSE(got, 3.0307393735524581, 1e-14);
	nk_sidak_critical(0.95, 1, INFINITY, &got);
	CHECK_CLOSE(got, 1.959963984540054, 1e-14);
	nk_sidak_critical(0.95, 18, 12, &got);
	CHECK_CLOSE(got, 3.7354339631114498, 1e-12);
}

int
main(void)
{
	test_values();
	test_spread();
	test_seed();
	test_bounds();
	test_copies();
	test_ends();
	test_sidak();
	return unit_report();
}
