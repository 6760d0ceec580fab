/*
 * bend_search.c - what a search for a bend finds by chance
 *
 * With weights w the two lines that meet at psi lower the weighted sum of
 * squares of one line by T(psi)^2, T(psi) = g(psi)' (root w) y, where g(psi)
 * is what the straight line leaves of (root w) (x - psi)+, made of length 1.
 * Where y is normal with variances 1 / w the T are normal with variance 1 and
 * the products g(psi)' g(chi) as correlations: the search looks for the
 * largest |T| of these, and all it can find depends on ages and weights alone.
 *
 * Is there a bend?  P(max |T| >= t) without one, by sup_t.
 *
 * Where?  If the lines meet at psi, T(psi) = t says how much they bend, and
 * what is left, T(chi) - g(chi)' g(psi) t, does not depend on any of the four
 * parameters.  So the distribution of max T(chi)^2 - t^2, by which the best
 * place beats the true one, is known given t, and a test of psi that rejects
 * where it is beyond its quantile is exact; the places that are not rejected
 * are a confidence set.  It is drawn from a seed that is fixed.  The quantile
 * of chi-square is its limit for sharp bends, and reached late: it is too
 * small where a bend is weak.
 *
 *   Knowles M, Siegmund D, Zhang H (1991) Confidence regions in semilinear
 *   regression.  Biometrika 78:15.  doi:10.1093/biomet/78.1.15
 *   Davies R B (1987) Hypothesis testing when a nuisance parameter is present
 *   only under the alternative.  Biometrika 74:33.  doi:10.1093/biomet/74.1.33
 *
 * Where ages go together the rows g(psi)' (root w) (root of covariance) say
 * how the T vary; then T is divided by its standard error, a t of df.
 *
 * Accuracy: that of simulation.  test_bend_search holds p against simulated
 * searches and the rows against their definition; that bends are found as
 * rarely and places covered as often as they should is held by
 * test/coverage/change_point.c.
 */
#include "bend_search.h"

#include <string.h>

#include "dist.h"
#include "linear.h"
#include "random.h"
#include "sup_t.h"

#define SEED		20240914
#define DRAWS		400
#define STEPS		4			/* places a step of an age, if there is room */
#define NOTHING_LEFT 1e-10		/* of a bend that a line could be as well */

static int
places_a_step(int ages)
{
	int			steps = (NK_BEND_PLACES - 1) / (ages - 3);

	return steps < STEPS ? steps : STEPS;
}

static NkSupT
statistics(const NkBendSearch *search)
{
	return (NkSupT)
	{
		.count = search->places,
		.rank = search->ages,
		.rows = search->rows,
		.df = search->df,
		.seed = SEED
	};
}

size_t
nk_bend_search_scratch(int ages)
{
	NkSupT		most = {.count = NK_BEND_PLACES, .rank = ages};
	size_t		rows = (size_t) NK_BEND_PLACES * (size_t) ages;

	return sizeof(double) * (2 * rows + (NK_BEND_PLACES + 1 +
											(size_t) ages) * DRAWS) +
		sizeof(double) * (size_t) ages * (size_t) ages * 3 +
		nk_sup_t_scratch(&most);
}

/* take from v what unit vector u explains */
static void
remove_from(double *v, const double *u, int n)
{
	double		along = nk_dot(v, u, n);

	for (int i = 0; i < n; i++)
		v[i] -= along * u[i];
}

static double
normalise(double *v, int n)
{
	double		length = sqrt(nk_dot(v, v, n));

	for (int i = 0; i < n; i++)
		v[i] /= length;
	return length;
}

/* g of one place; false where nothing is left of it */
static bool
add_place(NkBendSearch *search, const NkAges *ages, double x,
		  const double *level, const double *slope, const double *root)
{
	int			n = search->ages;
	double	   *bend = search->bend + (size_t) search->places * (size_t) n;
	double		length;

	for (int i = 0; i < n; i++)
		bend[i] = root[i] * fmax(0, ages->x[i] - x);
	length = normalise(bend, n);
	/* twice, which is enough for orthogonality to the last digits */
	for (int times = 0; times < 2; times++)
	{
		remove_from(bend, level, n);
		remove_from(bend, slope, n);
	}
	if (!(length > 0) || !(normalise(bend, n) > NOTHING_LEFT))
		return false;
	search->x[search->places] = x;
	search->spread[search->places] = 1;
	search->places++;
	return true;
}

/*
 * A root of the covariance, a column a direction in which the ages vary, in
 * units of 1 / root weight.  It may be singular: clusters may be few.
 */
static bool
root_of_covariance(const double *covariance, const double *root, int n,
				   double *work, double *vectors)
{
	double		values[NK_BROKEN_LINE_MOST];

	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
			work[i * n + j] = covariance[i * n + j] * root[i] * root[j];
	if (nk_symmetric_eigen(work, values, vectors, n) != NK_OK)
		return false;
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
			vectors[i * n + j] *= sqrt(fmax(0, values[j]));
	return true;
}

/* how the T vary, and their standard deviations */
static void
spread_rows(NkBendSearch *search, const double *directions)
{
	int			n = search->ages;

	for (int place = 0; place < search->places; place++)
	{
		const double *bend = search->bend + (size_t) place * (size_t) n;
		double	   *row = search->rows + (size_t) place * (size_t) n;

		for (int j = 0; j < n; j++)
		{
			row[j] = 0;
			for (int i = 0; i < n; i++)
				row[j] += bend[i] * directions[i * n + j];
		}
		search->spread[place] = normalise(row, n);
	}
}

void
nk_bend_search(const NkAges *ages, const double *weight,
			   const double *covariance, double df, void *scratch,
			   NkBendSearch *search)
{
	int			n = ages->count;
	size_t		rows = (size_t) NK_BEND_PLACES * (size_t) n;
	int			steps = places_a_step(n);
	double		root[NK_BROKEN_LINE_MOST];
	double		level[NK_BROKEN_LINE_MOST];
	double		slope[NK_BROKEN_LINE_MOST];
	double	   *square;

	search->ages = n;
	search->places = 0;
	search->df = df;
	search->bend = scratch;
	search->rows = search->bend + rows;
	search->found = search->rows + rows;
	search->drawn = search->found + NK_BEND_PLACES * DRAWS;
	square = search->drawn + (n + 1) * DRAWS;
	search->rest = square + 3 * n * n;

	for (int i = 0; i < n; i++)
	{
		root[i] = level[i] = sqrt(weight[i]);
		slope[i] = root[i] * (ages->x[i] - ages->x[0]);
	}
	normalise(level, n);
	remove_from(slope, level, n);
	normalise(slope, n);
	remove_from(slope, level, n);
	normalise(slope, n);
	for (int i = 1; i < n - 1; i++)
	{
		double		step = (ages->x[i + 1] - ages->x[i]) / steps;

		for (int k = 0; k < (i < n - 2 ? steps : 1); k++)
			add_place(search, ages, ages->x[i] + k * step, level, slope, root);
	}
	if (covariance != NULL &&
		root_of_covariance(covariance, root, n, square, square + n * n))
		spread_rows(search, square + n * n);
	else
		search->rows = search->bend;
}

double
nk_bend_search_p_value(NkBendSearch *search, double largest)
{
	NkSupT		sup_t = statistics(search);
	double		p_value;

	if (search->places == 0)
		return 1;
	nk_sup_t_p_value(&sup_t, largest, search->rest, &p_value);
	return p_value;
}

double
nk_bend_search_largest(const NkBendSearch *search, const NkAges *ages)
{
	double		largest = 0;

	for (int place = 0; place < search->places; place++)
	{
		const double *bend = search->bend + place * search->ages;
		double		t = 0;

		for (int i = 0; i < search->ages; i++)
			t += bend[i] * sqrt(ages->weight[i]) * ages->y[i];
		largest = fmax(largest, fabs(t) / search->spread[place]);
	}
	return largest;
}

/* one over the root mean square that stands for the unknown scale of a draw */
static double
scale(double df, int draw)
{
	double		chisq;

	if (nk_chisq_quantile(nk_random_uniform(SEED, 1, draw) + 0x1p-54, df,
						  true, false, &chisq) != NK_OK)
		return 1;
	return sqrt(df / chisq);
}

/* two normal numbers (Box & Muller 1958, doi:10.1214/aoms/1177706645) */
static void
draw_two(int64_t i, double *first, double *second)
{
	double		radius = sqrt(-2 * log(nk_random_uniform(SEED, 0, i) +
									   0x1p-54));
	double		angle = 2 * M_PI * nk_random_uniform(SEED, 0, i + 1);

	*first = radius * cos(angle);
	*second = radius * sin(angle);
}

/* add a multiple of the numbers of all draws to others */
static void
add_multiple(double *restrict to, const double *restrict from, double factor)
{
	for (int draw = 0; draw < DRAWS; draw++)
		to[draw] += factor * from[draw];
}

void
nk_bend_search_draw(NkBendSearch *search)
{
	int			n = search->ages;
	double	   *z = search->drawn + DRAWS;

	for (int i = 0; i < n; i++)
	{
		nk_check_interrupts();
		for (int draw = 0; draw < DRAWS; draw += 2)
			draw_two(i * DRAWS + draw, &z[i * DRAWS + draw],
					 &z[i * DRAWS + draw + 1]);
	}
	for (int place = 0; place < search->places; place++)
	{
		double	   *found = search->found + place * DRAWS;

		for (int draw = 0; draw < DRAWS; draw++)
			found[draw] = 0;
		for (int i = 0; i < n; i++)
			add_multiple(found, z + i * DRAWS,
						 search->spread[place] * search->rows[place * n + i]);
	}
	if (search->df < INFINITY)
		for (int draw = 0; draw < DRAWS; draw++)
		{
			double		factor = scale(search->df, draw);

			for (int place = 0; place < search->places; place++)
				search->found[place * DRAWS + draw] *= factor;
		}
}

/* the value at this place of the order, from 0; the values change places */
static double
select_value(double *values, int count, int order)
{
	int			low = 0;
	int			high = count - 1;

	while (low < high)
	{
		double		pivot = values[(low + high) / 2];
		int			i = low;
		int			j = high;

		while (i <= j)
		{
			double		kept;

			while (values[i] < pivot)
				i++;
			while (values[j] > pivot)
				j--;
			if (i > j)
				break;
			kept = values[i];
			values[i++] = values[j];
			values[j--] = kept;
		}
		if (order <= j)
			high = j;
		else if (order >= i)
			low = i;
		else
			break;
	}
	return values[order];
}

/* the larger |T| of each draw, given what it is at the place in question */
static void
keep_best(double *restrict best, const double *restrict there,
		  const double *restrict here, double mean, double together)
{
	for (int draw = 0; draw < DRAWS; draw++)
	{
		double		found = fabs(mean + there[draw] - together * here[draw]);

		best[draw] = best[draw] > found ? best[draw] : found;
	}
}

double
nk_bend_search_cutoff(NkBendSearch *search, int place, double bend,
					  double conf_level)
{
	int			n = search->ages;
	double		size = fabs(bend);
	double	   *best = search->drawn;
	const double *here = search->found + place * DRAWS;
	int			order = (int) fmin(ceil(conf_level * (DRAWS + 1)), DRAWS) - 1;

	for (int draw = 0; draw < DRAWS; draw++)
		best[draw] = size;
	for (int other = 0; other < search->places; other++)
	{
		const double *there = search->found + other * DRAWS;
		double		mean;
		double		together;

		if (other == place)
			continue;
		mean = bend * nk_dot(search->bend + other * n,
							 search->bend + place * n, n);
		together = nk_dot(search->rows + other * n, search->rows + place * n,
						  n) * search->spread[other] / search->spread[place];
		keep_best(best, there, here, mean, together);
	}
	size = select_value(best, DRAWS, order < 0 ? 0 : order);
	return (size - fabs(bend)) * (size + fabs(bend));
}
