/*
 * gap.c - the gap between two facts of the same children at each age
 *
 * With b of n children who have the first fact alone and c who have the second
 * alone, d others, the gap is g = (b - c) / n, the mean of a score of 1, -1 or
 * 0 a child, and its variance ((b + c) - (b - c)^2 / n) / n^2, which is
 * ((b + c) d + 4 b c) / n^3 and does not cancel.  Where b, c or d is nobody,
 * half a child is added to each of the three, so that an age in which nothing
 * was seen to vary does not outweigh all others.
 *
 * A gap runs from -1 to 1, so (1 + g) / 2 is treated as a share of as many
 * trials as give it that variance, and its logit, 2 atanh g, is what curves
 * are smoothed on.  Accuracy: 1e-14 relative, held by test_gap.
 */
#include "gap.h"

#include <stdlib.h>

const char *const nk_gap_kinds[] = {"identified", "assessed", NULL};

NkPaired
nk_gap_pair(const int64_t cells[NK_CURVE_CELLS], NkGapKind kind)
{
	int			fact = kind == NK_GAP_IDENTIFIED ? NK_IDENTIFIED : NK_ASSESSED;
	NkPaired	pair = {.neither = 0};

	for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
	{
		bool		first = cell & fact;
		bool		decided = cell & NK_DECIDED;

		if (first && decided)
			pair.both_true += cells[cell];
		else if (first)
			pair.first_only += cells[cell];
		else if (decided)
			pair.second_only += cells[cell];
		else
			pair.neither += cells[cell];
	}
	return pair;
}

/* (1 - g) (1 + g), which would cancel where nearly all are of one kind */
static double
binomial_spread(double b, double c, double d)
{
	double		n = b + c + d;

	return (2 * c + d) / n * ((2 * b + d) / n);
}

void
nk_gaps(const NkAgeCurve *curve, NkGapKind kind, NkGaps *gaps)
{
	*gaps = (NkGaps) {.df = INFINITY};
	for (int age = 0; age < NK_CURVE_AGES; age++)
	{
		NkPaired	pair = nk_gap_pair(curve->cells[age], kind);
		double		b = (double) pair.first_only;
		double		c = (double) pair.second_only;
		double		d = (double) (pair.both_true + pair.neither);
		double		n = b + c + d;
		double		spread = binomial_spread(b, c, d);
		NkGapAge   *at = &gaps->at[gaps->count];

		if (n == 0)
			continue;
		gaps->count++;
		at->age = age;
		at->df = INFINITY;
		at->n = nk_paired_n(&pair);
		at->pair = pair;
		at->gap = (b - c) / n;
		at->share = (b + d / 2) / n;
		if (b == 0 || c == 0 || d == 0)
		{
			b += 0.5;
			c += 0.5;
			d += 0.5;
			n += 1.5;
		}
		at->variance = ((b + c) * d + 4 * b * c) / n / n / n;
		/* at -1 and 1 a share has no variance: half a child away from there */
		at->trials = (spread > 0 ? spread : binomial_spread(b, c, d)) /
			at->variance;
	}
}

/* children from around an age that are worth its own */
#define NEIGHBOURS	50

/*
 * The variance of an age goes with its gap: of a few children, ages whose gap
 * is smaller by chance have more trials, and a curve through all is below the
 * truth by half of its standard error.  Ages up to three years away, the
 * nearer the more, say what a child varies by without that.  They count for
 * fifty children at most: an age of a thousand says it better itself, since
 * the variance has a curve of its own.  A variance around the mean of its own
 * age is too small by one child an age: so many count less, up to half.
 */
void
nk_gap_even_trials(const NkGaps *gaps, double trials[NK_CURVE_AGES])
{
	double		children = 0;
	double		left;

	for (int i = 0; i < gaps->count; i++)
		children += (double) gaps->at[i].n;
	left = fmax((children - gaps->count) / children, 0.5);
	for (int i = 0; i < gaps->count; i++)
	{
		const NkGapAge *own = &gaps->at[i];
		double		n = (double) own->n;
		double		around = 0;
		double		spread = 0;
		double		variance = 0;
		double		part;

		for (int j = 0; j < gaps->count; j++)
		{
			const NkGapAge *at = &gaps->at[j];
			int			away = abs(own->age - at->age);
			double		weight = away < 4 ?
				(4 - away) / 4.0 * (double) at->n : 0;

			if (j == i)
				continue;
			around += weight;
			spread += weight * (at->trials * at->variance);
			variance += weight * ((double) at->n * at->variance);
		}
		part = around > NEIGHBOURS ? NEIGHBOURS / around : 1;
		trials[i] = left * n *
			((n * own->trials * own->variance + part * spread) /
			 (n * n * own->variance + part * variance));
	}
}
