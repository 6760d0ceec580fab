/*
 * lca_step.c - one step of expectation and maximisation (Dempster, Laird and
 * Rubin 1977), for latent classes as of Goodman 1974
 *
 *	posterior_k  share_k P(y | k) / P(y), over the observed items
 *	share_k      sum of weight times posterior_k, over n
 *	probability_kj  the same sum over patterns in which item j is present,
 *	             over that over patterns in which it was observed
 *
 * Items are cut into chunks of 8.  For each chunk and each of its 256 subsets
 * a table holds the product over its items for all classes at once, so that a
 * pattern costs a lookup a chunk instead of a multiplication an item; the same
 * tables collect children by the subset that is present, and items are read
 * from them once a step.  Where not all items were observed, two lookups do:
 * products of p over the items that are present, products of 1 - p over those
 * that are not.  No quotient is taken, so that 0 and 1 are as good as others.
 * Patterns that observe the same items follow each other, as a run; a long one
 * has a table of its own, of both products together.
 *
 * A product below 1e-200 is computed again in logarithms.  Log-likelihoods are
 * logarithms of products of many patterns, rescaled before they underflow.
 *
 * The order of all sums is fixed here, in lanes: the bits do not depend on
 * the instructions that a compiler takes.
 *
 *   Dempster A P, Laird N M, Rubin D B (1977) Maximum likelihood from
 *   incomplete data via the EM algorithm.  J R Stat Soc B 39:1-38.
 *   doi:10.1111/j.2517-6161.1977.tb01600.x
 *   Goodman L A (1974) Exploratory latent structure analysis using both
 *   identifiable and unidentifiable models.  Biometrika 61:215-231.
 *   doi:10.1093/biomet/61.2.215
 *
 * Accuracy: log-likelihoods 1e-14 relative, tested by test/unit/test_lca_step.c.
 */
#include "lca_step.h"

#include <string.h>

#define LEAST	1e-200			/* likelihood of a pattern as a product */
#define SMALL	1e-100			/* of several: LEAST times this is no 0 */
#define FEW		256				/* patterns for which small tables do */
#define PIECE	512				/* patterns between checks for interrupts */

/* bytes of the longest table; a chunk of few items has fewer subsets */
static size_t
table_length(int lanes, int items, int bits)
{
	size_t		rows = (size_t) (items / bits) << bits;

	rows += items % bits > 0 ? (size_t) 1 << bits : 0;
	return rows * (size_t) lanes;
}

size_t
nk_lca_step_size(int classes, int items)
{
	int			lanes = nk_padded(classes);
	size_t		small = table_length(lanes, items, 4);
	size_t		large = table_length(lanes, items, 8);

	return sizeof(double) *
		(5 * (large > small ? large : small) + 4 * (size_t) lanes);
}

void
nk_lca_step_init(NkLcaStep *step, const NkLcaData *data, int classes,
				 double pseudo_count, void *room)
{
	size_t		lanes = (size_t) nk_padded(classes);
	size_t		length;

	*step = (NkLcaStep) {
		.data = data, .classes = classes, .lanes = (int) lanes,
		.bits = data->patterns < FEW ? 4 : 8, .pseudo_count = pseudo_count
	};
	step->chunks = (data->items + step->bits - 1) / step->bits;
	length = table_length((int) lanes, data->items, step->bits);
	step->one_run = data->patterns > 0 &&
		data->observed[0] == data->observed[data->patterns - 1];
	step->yes = room;
	step->no = step->yes + length;
	step->both = step->no + length;
	step->present = step->both + length;
	step->observed = step->present + length;
	step->share = step->observed + length;
	step->joint = step->share + lanes;
	step->run = step->joint + lanes;
	step->total = step->run + lanes;
	memset(step->share, 0, sizeof(double) * 4 * lanes);
}

double
nk_lca_penalty(const NkLcaStep *step, const NkLcaParameters *at)
{
	double		sum = 0;

	if (step->pseudo_count == 0)
		return 0;
	for (int k = 0; k < at->classes; k++)
	{
		sum += log(at->share[k]);
		for (int j = 0; j < at->items; j++)
		{
			double		p = at->probability[k * at->items + j];

			if (step->data->seen >> j & 1)
				sum += .5 * (log(p) + log1p(-p));
		}
	}
	return step->pseudo_count * sum;
}

/* ------------------------------------------------------------------ tables */

/* items of a chunk; the last one may have fewer */
static int
chunk_items(const NkLcaStep *step, int chunk)
{
	int			left = step->data->items - chunk * step->bits;

	return left < step->bits ? left : step->bits;
}

/* probabilities of an item in all lanes */
static void
read_item(const NkLcaStep *step, const NkLcaParameters *at, int j, double *p)
{
	for (int k = 0; k < step->lanes; k++)
		p[k] = k < step->classes ? at->probability[k * at->items + j] : 0;
}

/* row of one = row of other times p, or times 1 - p */
NK_INLINE void
multiply_row(double *one, const double *other, const double *p, int lanes)
{
	for (int k = 0; k < lanes; k += NK_LANES / 2)
		NK_HALF(one, k) = NK_CONST_HALF(other, k) *
			NK_CONST_HALF(p, k);
}

static void
fill_row(double *row, double value, int lanes)
{
	for (int k = 0; k < lanes; k++)
		row[k] = value;
}

/* products over all subsets, of p and of 1 - p */
NK_CLONES static void
fill_subsets(const NkLcaStep *step, const NkLcaParameters *at)
{
	int			lanes = step->lanes;
	double		p[NK_LCA_CLASSES];
	double		q[NK_LCA_CLASSES];

	for (int chunk = 0; chunk < step->chunks; chunk++)
	{
		size_t		base = (size_t) (chunk << step->bits) * (size_t) lanes;
		double	   *yes = step->yes + base;
		double	   *no = step->no + base;

		fill_row(yes, 1, lanes);
		fill_row(no, 1, lanes);
		for (int bit = 0; bit < chunk_items(step, chunk); bit++)
		{
			int			half = 1 << bit;

			read_item(step, at, chunk * step->bits + bit, p);
			for (int k = 0; k < lanes; k++)
				q[k] = 1 - p[k];
			for (int b = 0; b < half; b++)
			{
				multiply_row(yes + (half + b) * lanes, yes + b * lanes, p,
							 lanes);
				multiply_row(no + (half + b) * lanes, no + b * lanes, q,
							 lanes);
			}
		}
	}
}

/* of a run that observes some items: products over those present and not */
NK_CLONES static void
fill_both(const NkLcaStep *step, const NkLcaParameters *at, uint64_t observed)
{
	int			lanes = step->lanes;
	double		p[NK_LCA_CLASSES];
	double		q[NK_LCA_CLASSES];

	for (int chunk = 0; chunk < step->chunks; chunk++)
	{
		double	   *both = step->both +
			(size_t) (chunk << step->bits) * (size_t) lanes;

		fill_row(both, 1, lanes);
		for (int bit = 0; bit < chunk_items(step, chunk); bit++)
		{
			int			j = chunk * step->bits + bit;
			int			half = 1 << bit;

			/* subsets with an item that was not observed are not read */
			if (!(observed >> j & 1))
				continue;
			read_item(step, at, j, p);
			for (int k = 0; k < lanes; k++)
				q[k] = 1 - p[k];
			for (int b = 0; b < half; b++)
			{
				multiply_row(both + (half + b) * lanes, both + b * lanes, p,
							 lanes);
				multiply_row(both + b * lanes, both + b * lanes, q, lanes);
			}
		}
	}
}

/* ------------------------------------------------------------- expectation */

NK_INLINE const double *
row_of(const NkLcaStep *step, const double *table, int chunk, uint64_t word)
{
	size_t		subset = (size_t) (word >> (chunk * step->bits)) &
		(((size_t) 1 << step->bits) - 1);

	return table + (((size_t) chunk << step->bits) + subset) *
		(size_t) step->lanes;
}

/* share times probability of a pattern in each class, and their sum */
NK_INLINE double
joint_of(const double *share, const double *const *rows, int count, int lanes,
		 double *joint)
{
	NkHalf		low = {0};
	NkHalf		high = {0};

	NK_UNROLL
	for (int k = 0; k < lanes; k += NK_LANES)
	{
		NkHalf		a = NK_CONST_HALF(share, k);
		NkHalf		b = NK_CONST_HALF(share, k + NK_LANES / 2);

		NK_UNROLL
		for (int r = 0; r < count; r++)
		{
			a *= NK_CONST_HALF(rows[r], k);
			b *= NK_CONST_HALF(rows[r], k + NK_LANES / 2);
		}
		NK_HALF(joint, k) = a;
		NK_HALF(joint, k + NK_LANES / 2) = b;
		low += a;
		high += b;
	}
	return NK_SUM_LANES(low, high);
}

/* children of each class, to the run and to the subsets that are present */
NK_INLINE void
add_children(const double *joint, double scale, double *run,
			 double *const *rows, int chunks, int lanes)
{
	NK_UNROLL
	for (int k = 0; k < lanes; k += NK_LANES)
	{
		NkHalf		a = NK_CONST_HALF(joint, k) * scale;
		NkHalf		b = NK_CONST_HALF(joint, k + NK_LANES / 2) * scale;

		NK_HALF(run, k) += a;
		NK_HALF(run, k + NK_LANES / 2) += b;
		NK_UNROLL
		for (int chunk = 0; chunk < chunks; chunk++)
		{
			NK_HALF(rows[chunk], k) += a;
			NK_HALF(rows[chunk], k + NK_LANES / 2) += b;
		}
	}
}

/* the log-likelihood of a pattern is collected as a product */
NK_INLINE void
add_likelihood(NkLcaStep *step, double weight, double likelihood)
{
	int			power = weight < NK_LCA_POWERS ? (int) weight : 0;
	double		product;

	if (power != weight)
	{
		step->log_likelihood += weight * log(likelihood);
		return;
	}
	product = step->product[power] * likelihood;
	if (product < SMALL)
	{
		int			exponent;

		product = frexp(product, &exponent);
		step->exponent[power] += exponent;
	}
	step->product[power] = product;
}

/*
 * Patterns of one run; false if one of them cannot be.  Numbers of chunks and
 * lanes are constants where this is called.
 */
NK_INLINE bool
add_piece(NkLcaStep *step, const NkLcaParameters *at, size_t first,
		  size_t last, bool long_run, int chunks, int lanes)
{
	const NkLcaData *data = step->data;
	int			bits = step->bits;
	size_t		mask = ((size_t) 1 << bits) - 1;
	const double *share = step->share;
	double		joint[NK_LCA_CLASSES];

	for (size_t i = first; i < last; i++)
	{
		uint64_t	present = data->present[i];
		uint64_t	absent = data->observed[i] & ~present;
		double		weight = data->weight[i];
		const double *rows[2 * NK_LCA_ITEMS / 4];
		double	   *sums[NK_LCA_ITEMS / 4];
		double		likelihood;

		NK_UNROLL
		for (int chunk = 0; chunk < chunks; chunk++)
		{
			size_t		base = (size_t) chunk << bits;
			size_t		row = (base + ((present >> (chunk * bits)) & mask)) *
				(size_t) lanes;

			sums[chunk] = step->present + row;
			rows[chunk] = (long_run ? step->both : step->yes) + row;
			if (!long_run)
				rows[chunks + chunk] = step->no +
					(base + ((absent >> (chunk * bits)) & mask)) *
					(size_t) lanes;
		}
		likelihood = joint_of(share, rows, long_run ? chunks : 2 * chunks,
							  lanes, joint);
		if (likelihood >= LEAST)
		{
			add_likelihood(step, weight, likelihood);
			weight /= likelihood;
		}
		else
		{
			double		log_p = nk_lca_bayes(at, present, data->observed[i],
											 joint);

			/* its posteriors; lanes beyond the classes are 0 */
			if (!isfinite(log_p))
				return false;
			step->log_likelihood += weight * log_p;
		}
		add_children(joint, weight, step->run, sums, chunks, lanes);
	}
	return true;
}

NK_CLONES static bool
add_patterns(NkLcaStep *step, const NkLcaParameters *at, size_t first,
			 size_t last, bool long_run)
{
	int			lanes = step->lanes;
	int			chunks = step->chunks;

	if (!long_run)
		return add_piece(step, at, first, last, false, chunks, lanes);
	/* 24 items: constants let sums stay in registers */
	if (chunks == 3 && lanes == 8)
		return add_piece(step, at, first, last, true, 3, 8);
	if (chunks == 3 && lanes == 16)
		return add_piece(step, at, first, last, true, 3, 16);
	return add_piece(step, at, first, last, true, chunks, lanes);
}

static void
add_row(double *to, const double *from, int lanes)
{
	for (int k = 0; k < lanes; k++)
		to[k] += from[k];
}

/* the patterns from first on that observe the same items; the next one */
static size_t
run_end(const NkLcaData *data, size_t first, bool one_run)
{
	size_t		end = one_run ? data->patterns : first + 1;

	while (end < data->patterns && data->observed[end] == data->observed[first])
		end++;
	return end;
}

/* expectation: everything that maximisation needs; false if data cannot be */
static bool
add_runs(NkLcaStep *step, const NkLcaParameters *at)
{
	const NkLcaData *data = step->data;
	size_t		end;

	for (size_t first = 0; first < data->patterns; first = end)
	{
		uint64_t	observed = data->observed[first];
		bool		long_run;

		end = run_end(data, first, step->one_run);
		long_run = step->one_run || end - first >= (size_t) 2 << step->bits;
		if (long_run)
			fill_both(step, at, observed);
		fill_row(step->run, 0, step->lanes);
		for (size_t i = first; i < end; i += PIECE)
		{
			if (long_run || i % PIECE == 0)
				nk_check_interrupts();
			if (!add_patterns(step, at, i, end - i < PIECE ? end : i + PIECE,
							  long_run))
				return false;
		}
		add_row(step->total, step->run, step->lanes);
		if (!step->one_run)
			for (int chunk = 0; chunk < step->chunks; chunk++)
				add_row((double *) row_of(step, step->observed, chunk,
										  observed), step->run, step->lanes);
	}
	return true;
}

static double
collected(const NkLcaStep *step)
{
	double		sum = step->log_likelihood;

	for (int power = 1; power < NK_LCA_POWERS; power++)
		if (step->product[power] != 1 || step->exponent[power] != 0)
			sum += power * (log(step->product[power]) +
							(double) step->exponent[power] * M_LN2);
	return sum;
}

/* ------------------------------------------------------------ maximisation */

/*
 * The highest item of what is left of a chunk's table: the sum of the rows
 * that have it, which are then added to those without it.
 */
NK_CLONES static void
fold(double *table, int half, int lanes, double *children)
{
	for (int k = 0; k < lanes; k += NK_LANES / 2)
	{
		NkHalf		sum = {0};

		for (int b = 0; b < half; b++)
		{
			NkHalf		with = NK_CONST_HALF(table + (half + b) * lanes, k);

			sum += with;
			NK_HALF(table + b * lanes, k) += with;
		}
		NK_HALF(children, k) = sum;
	}
}

static void
maximise(NkLcaStep *step, const NkLcaParameters *at, NkLcaParameters *to)
{
	const NkLcaData *data = step->data;
	double		added = step->pseudo_count;
	double		present[NK_LCA_CLASSES];
	double		observed[NK_LCA_CLASSES];

	for (int k = 0; k < step->classes; k++)
		to->share[k] = (step->total[k] + added) /
			(data->n + step->classes * added);
	for (int j = data->items - 1; j >= 0; j--)
	{
		int			chunk = j / step->bits;
		size_t		base = (size_t) (chunk << step->bits) *
			(size_t) step->lanes;
		int			half = 1 << j % step->bits;
		const double *seen = step->one_run ? step->total : observed;

		fold(step->present + base, half, step->lanes, present);
		if (!step->one_run)
			fold(step->observed + base, half, step->lanes, observed);
		for (int k = 0; k < step->classes; k++)
		{
			double		p = at->probability[k * data->items + j];
			double		children = seen[k] + added;

			/*
			 * An item nobody of the class was looked at for stays; a
			 * probability at a bound does by definition, not by rounding.
			 */
			if (data->seen >> j & 1 && children > 0 &&
				((p > 0 && p < 1) || added > 0))
				p = fmin(1, (present[k] + .5 * added) / children);
			to->probability[k * data->items + j] = p;
		}
	}
}

double
nk_lca_step(NkLcaStep *step, const NkLcaParameters *at, NkLcaParameters *to)
{
	size_t		length = table_length(step->lanes, step->data->items,
									  step->bits) * sizeof(double);

	for (int k = 0; k < step->classes; k++)
		step->share[k] = at->share[k];
	memset(step->present, 0, length);
	if (!step->one_run)
	{
		memset(step->observed, 0, length);
		fill_subsets(step, at);
	}
	fill_row(step->total, 0, step->lanes);
	fill_row(step->product, 1, NK_LCA_POWERS);
	memset(step->exponent, 0, sizeof(step->exponent));
	step->log_likelihood = 0;
	if (!add_runs(step, at))
		return -INFINITY;
	maximise(step, at, to);
	return collected(step);
}

/* -------------------------------------------------------------- posteriors */

void
nk_lca_step_prepare(NkLcaStep *step, const NkLcaParameters *at)
{
	for (int k = 0; k < step->classes; k++)
		step->share[k] = at->share[k];
	if (step->one_run)
		fill_both(step, at, step->data->observed[0]);
	else
		fill_subsets(step, at);
}

/* as posteriors, the likelihood of a pattern as a product */
NK_CLONES static double
posterior_of(const NkLcaStep *step, size_t i, double *posterior)
{
	uint64_t	present = step->data->present[i];
	uint64_t	absent = step->data->observed[i] & ~present;
	const double *rows[2 * NK_LCA_ITEMS / 4];
	int			chunks = step->chunks;
	double		likelihood;

	for (int chunk = 0; chunk < chunks; chunk++)
	{
		rows[chunk] = row_of(step, step->one_run ? step->both : step->yes,
							 chunk, present);
		if (!step->one_run)
			rows[chunks + chunk] = row_of(step, step->no, chunk, absent);
	}
	likelihood = joint_of(step->share, rows,
						  step->one_run ? chunks : 2 * chunks, step->lanes,
						  step->joint);
	for (int k = 0; k < step->lanes; k += NK_LANES / 2)
		NK_HALF(posterior, k) = NK_CONST_HALF(step->joint, k) / likelihood;
	return likelihood;
}

double
nk_lca_step_posterior(const NkLcaStep *step, const NkLcaParameters *at,
					  size_t i, double *posterior, double *log_rest)
{
	double		likelihood = posterior_of(step, i, posterior);

	*log_rest = 0;
	if (likelihood >= LEAST)
		return likelihood;
	*log_rest = nk_lca_bayes(at, step->data->present[i],
							 step->data->observed[i], posterior);
	return 1;
}
