/*
 * patefield.c - random tables with given totals
 *
 * Under independence, given all totals, the cells of a table may be filled
 * one after the other: each is hypergeometric, given those before it (what is
 * left of its column, among what is left of this column and those to the
 * right, drawn what is left of its row), and the last of a row or column
 * follows.  The product of these probabilities is that of the table.
 *
 *   Patefield W M (1981) Algorithm AS 159: an efficient method of generating
 *   random R x C tables with given row and column totals.  Applied
 *   Statistics 30:91-97.  doi:10.2307/2346669
 *
 * Patefield finds a cell by adding probabilities from the mode outwards,
 * which takes as many steps as its standard deviation is long: too many for
 * millions of children.  Here it is drawn as a ratio of uniforms, in 1.4
 * trials whatever its size:
 *
 *   Stadlober E (1990) The ratio of uniforms approach for generating discrete
 *   random variates.  Journal of Computational and Applied Mathematics
 *   31:181-189.  doi:10.1016/0377-0427(90)90349-5
 *
 * A table is as improbable as the observed one if its probability is at most
 * that times 1 + 1e-7.  All random numbers are functions of seed, replicate
 * and place (random.h), so the same seed gives the same count.  Distribution
 * of cells and tables: held by test_patefield.
 */
#include "patefield.h"

#include "dist.h"
#include "random.h"

#define TIE_TOLERANCE	1e-7

/* so many cells are drawn in some ten seconds */
#define MOST_DRAWS		1e8

/* without a table of factorials a draw takes so many times longer */
#define SLOWER			16

/* fewer replicates could not tell 1 percent */
#define LEAST_REPLICATES	99

/* x of those drawn are marked */
typedef struct Cell
{
	const NkLogFactorials *factorials;
	int64_t		marked;
	int64_t		unmarked;
	int64_t		drawn;
} Cell;

/* where the random numbers of a replicate come from */
typedef struct Source
{
	int64_t		seed;
	int32_t		replicate;
	int64_t		used;
} Source;

static double
log_probability(const Cell *cell, int64_t x)
{
	const int64_t *f;
	int64_t		all = cell->marked + cell->unmarked;

	if (cell->factorials == NULL)
		return nk_hypergeometric_pmf(x, cell->marked, cell->unmarked,
									 cell->drawn, true);
	f = cell->factorials->value;
	return cell->factorials->unit * (double)
		(f[cell->marked] + f[cell->unmarked] - f[all] +
		 f[cell->drawn] + f[all - cell->drawn] -
		 f[x] - f[cell->marked - x] - f[cell->drawn - x] -
		 f[cell->unmarked - cell->drawn + x]);
}

/*
 * draw - a random cell and the logarithm of its probability
 *
 * For a point uniform in the box 0 < height <= 1, |side| <= width / 2, the
 * ratio side / height is distributed like the cell about its centre, provided
 * that points are refused where height^2 is above the probability there over
 * that of the mode.  The width is Stadlober's: no point that would be kept is
 * outside of the box, as a search confirms over all cells of up to 50
 * children and 20,000 larger ones.
 */
static int64_t
draw(const Cell *cell, Source *source, double *log_p)
{
	double		m = (double) cell->marked;
	double		u = (double) cell->unmarked;
	double		d = (double) cell->drawn;
	double		all = m + u;
	int64_t		least = cell->drawn > cell->unmarked ?
		cell->drawn - cell->unmarked : 0;
	int64_t		most = cell->drawn < cell->marked ?
		cell->drawn : cell->marked;
	double		mode = floor((m + 1) * (d + 1) / (all + 2));
	double		centre = d * m / all + 0.5;
	double		variance;
	double		width;
	double		peak;

	*log_p = 0;
	if (least == most)
		return least;
	variance = d * m * u * (all - d) / (all * all * (all - 1));
	/* 2 sqrt(2 / e) and 3 - 2 sqrt(3 / e) */
	width = 1.7155277699214135 * sqrt(variance + 0.5) + 0.8989161620588988;
	mode = fmin(fmax(mode, (double) least), (double) most);
	peak = log_probability(cell, (int64_t) mode);
	for (;;)
	{
		/* 32 bits for either side of the box */
		uint64_t	bits = nk_random_bits(source->seed, source->replicate,
										  source->used++);
		double		height = ((double) (bits >> 32) + 1) * 0x1p-32;
		double		side = ((double) (uint32_t) bits * 0x1p-32 - 0.5) * width;
		double		place = centre + side / height;
		int64_t		x;

		if (!(place >= (double) least && place < (double) most + 1))
			continue;
		x = (int64_t) place;
		*log_p = log_probability(cell, x);
		if (2 * log(height) <= *log_p - peak)
			return x;
	}
}

/*
 * fill - the logarithm of the probability of a table, which is drawn or,
 * without a source, the observed one
 *
 * left is scratch: what remains of the columns.  The last row takes it.
 */
static double
fill(const NkTable *table, const NkMargins *margins,
	 const NkLogFactorials *factorials, Source *source, int64_t *left)
{
	int64_t		all = margins->n;
	double		sum = 0;

	for (uint32_t j = 0; j < table->columns; j++)
		left[j] = margins->columns[j];
	for (uint32_t i = 0; margins->rows[i] < all; i++)
	{
		Cell		cell = {factorials, 0, all, margins->rows[i]};

		for (uint32_t j = 0; cell.drawn > 0; j++)
		{
			int64_t		x;
			double		log_p;

			nk_check_interrupts_at(j);
			cell.marked = left[j];
			cell.unmarked -= left[j];
			if (source != NULL)
				x = draw(&cell, source, &log_p);
			else
			{
				x = nk_count(table, i, j);
				log_p = log_probability(&cell, x);
			}
			sum += log_p;
			left[j] -= x;
			cell.drawn -= x;
		}
		all -= margins->rows[i];
	}
	return sum;
}

/* more would take minutes */
static int64_t
most_replicates(const NkMargins *margins, bool slow)
{
	double		draws = nk_table_df(margins) * (slow ? SLOWER : 1);

	return (int64_t) fmax(LEAST_REPLICATES, MOST_DRAWS / draws);
}

void
nk_monte_carlo(const NkTable *table, const NkMargins *margins,
			   const NkLogFactorials *factorials, int32_t replicates,
			   int64_t seed, int64_t *memory, NkMonteCarlo *result)
{
	double		limit = fill(table, margins, factorials, NULL, memory) +
		log1p(TIE_TOLERANCE);
	int64_t		most = most_replicates(margins, factorials == NULL);

	*result = (NkMonteCarlo) {0, 0};
	while (result->replicates < replicates && result->replicates < most)
	{
		Source		source = {seed, result->replicates++, 0};

		result->hits += fill(table, margins, factorials, &source,
							 memory) <= limit;
	}
}
