/*
 * values.h - how often each value was seen: what statistics of ranks read
 *
 * A value is a word in the order of the numbers it stands for (radix.h):
 * ranks need no more than the order, and a distribution need not be copied.
 * Counts are positive, their sum fits an int64.
 */
#ifndef NK_VALUES_H
#define NK_VALUES_H

#include "pair.h"
#include "radix.h"

#pragma GCC visibility push(hidden)

typedef struct NkWordCount
{
	uint64_t	value;
	int64_t		count;
} NkWordCount;

/* one group, sorted by value; each value once */
typedef struct NkValues
{
	const NkWordCount *entries;
	size_t		count;
	int64_t		n;				/* sum of the counts */
} NkValues;

/* of several groups, sorted by group, then value */
typedef struct NkGroupCount
{
	uint64_t	group;
	uint64_t	value;
	int64_t		count;
} NkGroupCount;

/* a sum of products of two counts; memory of a caller is aligned to 8 only */
typedef __int128 NkInt128 __attribute__((aligned(8)));

static inline NkPair
nk_pair_of_int128(__int128 x)
{
	double		high = (double) x;

	return (NkPair) {high, (double) (x - (__int128) high)};
}

/* the nearest double; nearly all sums fit a word, which is much faster */
static inline double
nk_double_of_int128(__int128 x)
{
	int64_t		word = (int64_t) x;

	return word == x ? (double) word : (double) x;
}

/*
 * nk_tie_term - t (N - t)(N + t - shift): what one of the parts t of a whole N
 * leaves of N^3
 *
 * Summed over the parts, with shift 0 it is N^3 less the cubes t^3, with
 * shift 3 it is N (N-1)(N-2) less all t (t-1)(t-2).  Variances of ranks are
 * written with such sums: the terms are not negative, so that nothing cancels
 * where nearly all children have the same value.
 */
static inline NkPair
nk_tie_term(int64_t t, int64_t n, int shift)
{
	return nk_product((double) t * (double) (n - t),
					  (double) (n - shift) + (double) t);
}

/* a walk through the values of two groups, side by side */
typedef struct NkWalk
{
	const NkWordCount *a;
	const NkWordCount *a_end;
	const NkWordCount *b;
	const NkWordCount *b_end;
	uint32_t	steps;
} NkWalk;

static inline NkWalk
nk_walk_begin(const NkValues *a, const NkValues *b)
{
	return (NkWalk) {
		a->entries, a->entries + a->count, b->entries, b->entries + b->count, 0
	};
}

/*
 * How many of each group have the next value; false at the end.  Which group
 * it is in is as good as random, so nothing here is decided by a jump.
 */
static inline bool
nk_walk_next(NkWalk *walk, int64_t *of_a, int64_t *of_b)
{
	static const NkWordCount none = {0, 0};
	bool		a_left = walk->a < walk->a_end;
	bool		b_left = walk->b < walk->b_end;
	const NkWordCount *a = a_left ? walk->a : &none;
	const NkWordCount *b = b_left ? walk->b : &none;
	bool		take_a = a_left & (!b_left | (a->value <= b->value));
	bool		take_b = b_left & (!a_left | (b->value <= a->value));

	if (++walk->steps % 4096 == 0)
		nk_check_interrupts();
	*of_a = take_a * a->count;
	*of_b = take_b * b->count;
	walk->a += take_a;
	walk->b += take_b;
	return take_a | take_b;
}

#pragma GCC visibility pop

#endif							/* NK_VALUES_H */
