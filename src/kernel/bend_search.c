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
 * are a confidence set.  The quantile of chi-square is its limit for sharp
 * bends, and reached late: it is too small where a bend is weak.
 *
 * Its tail is drawn, from a seed that is fixed, as sup_t does: first which
 * place is beyond, then how far it is, then all others given this one, each
 * draw weighted by one over how many are beyond (Naiman & Priebe 2001, J
 * Comput Graph Stat 10:296, doi 10.1198/10618600152628329).  How far is drawn
 * from the density x exp(-x^2 / 2), which needs no quantile, and weighted.
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

#include "dist.h"
#include "linear.h"
#include "random.h"
#include "sup_t.h"

#define SEED		20240914
#define DRAWS		256
#define STEPS		4			/* places a step of an age, if there is room */
#define SQRT_HALF	0.70710678118654752440
#define NOTHING_LEFT 1e-10		/* of a bend that a line could be as well */

/* places from an age to the next one */
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

	return sizeof(double) * (2 * rows + NK_BEND_PLACES * DRAWS +
							 NK_BEND_PLACES * NK_BEND_PLACES +
							 (size_t) ages * (size_t) ages * 2) +
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
	double		root[NK_BROKEN_LINE_MOST];
	double		level[NK_BROKEN_LINE_MOST];
	double		slope[NK_BROKEN_LINE_MOST];
	double	   *square;

	search->ages = n;
	search->places = 0;
	search->steps = places_a_step(n);
	search->df = df;
	search->bend = scratch;
	search->rows = search->bend + rows;
	search->found = search->rows + rows;
	search->together = search->found + NK_BEND_PLACES * DRAWS;
	square = search->together + NK_BEND_PLACES * NK_BEND_PLACES;
	search->rest = square + 2 * n * n;

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
		double		step = (ages->x[i + 1] - ages->x[i]) / search->steps;

		for (int k = 0; k < (i < n - 2 ? search->steps : 1); k++)
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

/* two normal numbers (Box & Muller 1958, doi:10.1214/aoms/1177706645) */
static void
draw_two(int64_t i, double z[2])
{
	double		radius = sqrt(-2 * log(nk_random_uniform(SEED, 0, i) +
									   0x1p-54));
	double		angle = 2 * M_PI * nk_random_uniform(SEED, 0, i + 1);

	z[0] = radius * cos(angle);
	z[1] = radius * sin(angle);
}

void
nk_bend_search_draw(NkBendSearch *search)
{
	int			n = search->ages;
	int			places = search->places;

	for (int draw = 0; draw < DRAWS; draw++)
	{
		double		z[NK_BROKEN_LINE_MOST + 1];
		double	   *found = search->found + draw * places;

		nk_check_interrupts();
		for (int i = 0; i < n; i += 2)
			draw_two(draw * NK_BROKEN_LINE_MOST + i, z + i);
		for (int place = 0; place < places; place++)
			found[place] = search->spread[place] *
				nk_dot(search->rows + place * n, z, n);
	}
	for (int i = 0; i < places; i++)
	{
		nk_check_interrupts();
		for (int j = 0; j <= i; j++)
			search->together[i * places + j] =
				search->together[j * places + i] =
				search->spread[i] * search->spread[j] *
				nk_dot(search->rows + i * n, search->rows + j * n, n);
	}
}

/* the places given how much the lines bend at one of them */
typedef struct Given
{
	const NkBendSearch *search;
	int			place;
	double		edge;			/* what the best |T| is held against */
	double		mean[NK_BEND_PLACES];
	double		share[NK_BEND_PLACES];	/* of T there that each place's T has */
	double		variance[NK_BEND_PLACES];	/* of the rest */

	/* the normal tails beyond the edge, above and below, and their sum */
	double		distance[2 * NK_BEND_PLACES];	/* in standard deviations */
	double		tail[2 * NK_BEND_PLACES];
	double		sum;
} Given;

static void
given(const NkBendSearch *search, int place, double bend, double least,
	  Given *given)
{
	int			n = search->ages;
	const double *here = search->together + place * search->places;

	given->search = search;
	given->place = place;
	given->edge = sqrt(bend * bend + least);
	given->sum = 0;
	for (int i = 0; i < search->places; i++)
	{
		double		own = search->spread[i] * search->spread[i];
		double		deviation;

		given->mean[i] = i == place ? bend :
			bend * nk_dot(search->bend + i * n, search->bend + place * n, n);
		given->share[i] = i == place ? 1 : here[i] / here[place];
		given->variance[i] = own - given->share[i] * here[i];
		deviation = sqrt(given->variance[i]);
		for (int side = 0; side < 2; side++)
		{
			double		distance = (given->edge + (side == 0 ? -1 : 1) *
									given->mean[i]) / deviation;
			bool		moves = i != place &&
				given->variance[i] > NOTHING_LEFT * own;

			given->distance[2 * i + side] = distance;
			given->tail[2 * i + side] = !moves ? 0 :
				erfc(distance * SQRT_HALF) / 2;
			given->sum += given->tail[2 * i + side];
		}
	}
}

/*
 * One draw in which place i is beyond the edge, by so many standard
 * deviations: the best |T|, and how many are beyond.
 */
static double
best_of_draw(const Given *given, int draw, int i, double x, int *beyond)
{
	const NkBendSearch *search = given->search;
	const double *found = search->found + draw * search->places;
	const double *with = search->together + i * search->places;
	double		here = found[given->place];
	double		shift = (x * sqrt(given->variance[i]) -
						 (found[i] - given->share[i] * here)) /
		given->variance[i];
	double		own = with[given->place];
	double		best = 0;

	*beyond = 0;
	for (int j = 0; j < search->places; j++)
	{
		double		t = fabs(given->mean[j] + found[j] +
							 shift * with[j] -
							 given->share[j] * (here + shift * own));

		best = best > t ? best : t;
		*beyond += t >= given->edge;
	}
	/* it is, whatever rounding says */
	*beyond += *beyond == 0;
	return best;
}

/* a value of a draw and its weight */
typedef struct Drawn
{
	double		value;
	double		weight;
} Drawn;

/* Shell's, with Ciura's gaps: the largest first */
static void
sort_drawn(Drawn *drawn, int count)
{
	static const int gaps[] = {132, 57, 23, 10, 4, 1};

	for (int g = 0; g < 6; g++)
		for (int i = gaps[g]; i < count; i++)
		{
			Drawn		kept = drawn[i];
			int			j = i;

			for (; j >= gaps[g] && drawn[j - gaps[g]].value < kept.value;
				 j -= gaps[g])
				drawn[j] = drawn[j - gaps[g]];
			drawn[j] = kept;
		}
}

/* the same for normal deviates */
static double
normal_cutoff(const NkBendSearch *search, int place, double bend,
			  double tail, double least)
{
	Given		known;
	Drawn		drawn[DRAWS];
	double		below = 0;		/* tails of the pieces before this one */
	double		sum = 0;
	int			piece = 0;

	given(search, place, bend, least, &known);
	/* no more than the sum of all */
	if (!(known.sum > tail))
		return least;
	for (int draw = 0; draw < DRAWS; draw++)
	{
		double		at = known.sum * (draw +
									  nk_random_uniform(SEED, 1, draw)) / DRAWS;
		double		distance;
		double		x;
		double		best;
		int			beyond;

		while (piece < 2 * search->places - 1 &&
			   (known.tail[piece] == 0 || below + known.tail[piece] < at))
			below += known.tail[piece++];
		while (known.tail[piece] == 0)
			piece--;			/* rounding went beyond the last */
		distance = known.distance[piece];
		x = sqrt(distance * distance -
				 2 * log(nk_random_uniform(SEED, 2, draw) + 0x1p-54));
		best = best_of_draw(&known, draw, piece / 2,
							piece % 2 == 0 ? x : -x, &beyond);
		drawn[draw].value = (best - fabs(bend)) * (best + fabs(bend));
		drawn[draw].weight = known.sum / DRAWS / beyond *
			exp(-distance * distance / 2) * SQRT_HALF * M_2_SQRTPI / 2 /
			(x * known.tail[piece]);
	}
	sort_drawn(drawn, DRAWS);
	for (int draw = 0; draw < DRAWS; draw++)
	{
		sum += drawn[draw].weight;
		if (sum > tail)
			return fmax(least, drawn[draw].value);
	}
	return least;
}

double
nk_bend_search_cutoff(const NkBendSearch *search, int place, double bend,
					  double conf_level, double least)
{
	double		normal;
	double		t;
	double		ratio = 1;

	if (search->df < INFINITY)
	{
		/* as much wider as one t is than a normal deviate */
		nk_sidak_critical(conf_level, 1, INFINITY, &normal);
		nk_sidak_critical(conf_level, 1, search->df, &t);
		ratio = t / normal * (t / normal);
	}
	return ratio * normal_cutoff(search, place, bend, 1 - conf_level,
								 least / ratio);
}
