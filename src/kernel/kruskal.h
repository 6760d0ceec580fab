/*
 * kruskal.h - several groups of values, compared by their ranks
 */
#ifndef NK_KRUSKAL_H
#define NK_KRUSKAL_H

#include "merge.h"
#include "pairwise.h"

#pragma GCC visibility push(hidden)

/*
 * Ranks of all groups together.  A group's excess is twice the sum of its
 * ranks less n (N + 1), which is what it is on average.
 */
typedef struct NkRanks
{
	int64_t		n;				/* N, children of all groups */
	double		cubes;			/* sum of T (N - T)(N + T) over the values */
} NkRanks;

/*
 * From entries by group and value; groups has nk_count_groups places.
 * NK_OVERFLOW.
 */
extern NkStatus nk_rank_groups(const NkGroupCount *entries, size_t count,
							   NkGroup *groups, NkRanks *ranks);

/*
 * From a table of counts, row by row; its rows are the groups, its columns
 * ascending values.  NK_OVERFLOW.
 */
extern NkStatus nk_rank_table(const int64_t *counts, size_t rows,
							  size_t columns, NkGroup *groups,
							  NkRanks *ranks);

/*
 * Kruskal and Wallis.  Groups without children do not count.  NK_EMPTY if
 * there is none, NK_TOO_FEW if there is one; NK_NO_VARIATION where all values
 * are equal, with p-value 1.
 */
extern NkStatus nk_kruskal_test(const NkGroup *groups, size_t count,
								const NkRanks *ranks, NkTestResult *result);

/* undefined without children */
extern double nk_mean_rank(const NkGroup *group, const NkRanks *ranks);

/* Dunn's z of two of the groups; NK_EMPTY, NK_NO_VARIATION as above */
extern NkStatus nk_dunn_test(const NkGroup *a, const NkGroup *b,
							 const NkRanks *ranks, NkTestResult *result);

typedef struct NkDunn
{
	size_t		a;				/* places of the two groups, a < b */
	size_t		b;
	NkTestResult test;			/* statistic: z, above 0 where a is higher */
	double		p_adjusted;
	NkStatus	status;
} NkDunn;

/*
 * The test of all pairs, nk_pairs of them, those of group 0 first, adjusted by
 * Holm.  p and order are scratch for as many values as there are pairs.
 */
extern NkStatus nk_dunn_tests(const NkGroup *groups, size_t count,
							  const NkRanks *ranks, NkDunn *pairs, double *p,
							  size_t *order);

#pragma GCC visibility pop

#endif							/* NK_KRUSKAL_H */
