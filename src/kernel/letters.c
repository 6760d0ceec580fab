/*
 * letters.c - the pairs that differ, as letters
 *
 * Groups that share a letter do not differ; groups that share none do.  Insert
 * and absorb: begin with one letter for all groups.  For each pair that
 * differs, every letter that both have becomes two, one that the first group
 * loses and one that the second loses.  A letter whose groups all have another
 * one in common says nothing and goes.  What is left are the largest sets of
 * groups of which no two differ, whatever the order of the pairs.
 *
 * Piepho H-P 2004, J Comput Graph Stat 13:456, doi 10.1198/1061860043515.
 *
 * The sets can be as many as 3^(groups / 3).  A hundred groups of ordinary
 * sizes need a few dozen letters; some hundreds of groups of very different
 * sizes need more than there are.  Held by test_pairwise, against all sets of
 * small examples.
 */
#include "pairwise.h"

#include <string.h>

/* sets of groups, a bit each */
typedef struct Sets
{
	uint64_t   *words;
	size_t		width;			/* words of a set */
	size_t		count;
	bool		changed[NK_LETTER_SETS];
} Sets;

static inline uint64_t *
set_of(const Sets *sets, size_t i)
{
	return sets->words + i * sets->width;
}

static inline bool
has(const uint64_t *set, size_t group)
{
	return set[group / 64] >> group % 64 & 1;
}

static inline void
put(uint64_t *set, size_t group)
{
	set[group / 64] |= (uint64_t) 1 << group % 64;
}

static inline void
drop(uint64_t *set, size_t group)
{
	set[group / 64] &= ~((uint64_t) 1 << group % 64);
}

static bool
is_within(const uint64_t *part, const uint64_t *whole, size_t width)
{
	for (size_t i = 0; i < width; i++)
		if (part[i] & ~whole[i])
			return false;
	return true;
}

/* split every set that holds both groups; false if there are too many */
static bool
insert(Sets *sets, size_t a, size_t b)
{
	size_t		count = sets->count;

	for (size_t i = 0; i < count; i++)
	{
		sets->changed[i] = has(set_of(sets, i), a) && has(set_of(sets, i), b);
		if (!sets->changed[i])
			continue;
		if (sets->count == NK_LETTER_SETS)
			return false;
		memcpy(set_of(sets, sets->count), set_of(sets, i),
			   sets->width * sizeof(uint64_t));
		drop(set_of(sets, i), a);
		drop(set_of(sets, sets->count), b);
		sets->changed[sets->count++] = true;
	}
	return true;
}

/* remove the sets that became part of another */
static void
absorb(Sets *sets)
{
	for (size_t i = sets->count; i-- > 0;)
	{
		size_t		whole = 0;

		if (!sets->changed[i])
			continue;
		while (whole < sets->count &&
			   (whole == i || !is_within(set_of(sets, i), set_of(sets, whole),
										 sets->width)))
			whole++;
		if (whole == sets->count)
			continue;
		sets->count--;
		memmove(set_of(sets, i), set_of(sets, sets->count),
				sets->width * sizeof(uint64_t));
		sets->changed[i] = sets->changed[sets->count];
	}
}

/*
 * Has set i an earlier letter than set j?  The one with the highest share that
 * only one of them has decides: a is the letter of the highest shares.
 */
static bool
comes_before(const Sets *sets, size_t i, size_t j,
			 const NkProportion *groups, size_t count)
{
	double		highest = -1;
	bool		before = false;

	for (size_t group = 0; group < count; group++)
	{
		bool		in_i = has(set_of(sets, i), group);

		if (in_i != has(set_of(sets, j), group) &&
			nk_proportion_estimate(&groups[group]) > highest)
		{
			highest = nk_proportion_estimate(&groups[group]);
			before = in_i;
		}
	}
	return before;
}

NkStatus
nk_letters(const NkProportion *groups, size_t count, const NkPairwise *pairs,
		   double alpha, uint64_t *letters, uint64_t *scratch)
{
	Sets		sets = {.words = scratch,.width = (count + 63) / 64,.count = 1};

	memset(letters, 0, count * sizeof(*letters));
	memset(scratch, 0, sets.width * sizeof(*scratch));
	for (size_t i = 0; i < count; i++)
		if (groups[i].n > 0)
			put(set_of(&sets, 0), i);
	for (size_t i = 0; i < nk_pairs(count); i++)
	{
		if (!(pairs[i].p_adjusted < alpha))
			continue;
		nk_check_interrupts();
		if (!insert(&sets, pairs[i].a, pairs[i].b))
			return NK_NOT_CONVERGED;
		absorb(&sets);
	}
	if (sets.count > NK_LETTERS)
		return NK_NOT_CONVERGED;

	for (size_t i = 0; i < sets.count; i++)
	{
		uint64_t	place = 0;

		for (size_t j = 0; j < sets.count; j++)
			place += j != i && comes_before(&sets, j, i, groups, count);
		for (size_t group = 0; group < count; group++)
			if (has(set_of(&sets, i), group))
				letters[group] |= (uint64_t) 1 << place;
	}
	return NK_OK;
}
