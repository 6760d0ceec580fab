/*
 * radix.h - entries of 64-bit words in the order of their first words
 */
#ifndef NK_RADIX_H
#define NK_RADIX_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

/* most words of an entry: it is moved through a copy on the stack */
#define NK_SORT_WIDTH	272

/*
 * Sort so many entries of so many words each, in place, by their first `keys`
 * words, the first being the most significant.
 */
extern void nk_sort_entries(uint64_t *entries, size_t count, size_t width,
							size_t keys);

/* words that are in the order of the numbers they stand for */
static inline uint64_t
nk_word_of_int64(int64_t value)
{
	return (uint64_t) value ^ (uint64_t) 1 << 63;
}

static inline int64_t
nk_int64_of_word(uint64_t word)
{
	return (int64_t) (word ^ (uint64_t) 1 << 63);
}

/* of a number that is not NaN; -0 is the same word as 0 */
static inline uint64_t
nk_word_of_double(double value)
{
	union
	{
		double		value;
		uint64_t	bits;
	}			u = {.value = value + 0.0};

	return u.bits >> 63 ? ~u.bits : u.bits | (uint64_t) 1 << 63;
}

static inline double
nk_double_of_word(uint64_t word)
{
	union
	{
		uint64_t	bits;
		double		value;
	}			u = {.bits = word >> 63 ? word & ~((uint64_t) 1 << 63) : ~word};

	return u.value;
}

/* is it the word of a finite number?  The word of -0 is not: 0 has another. */
static inline bool
nk_word_is_number(uint64_t word)
{
	double		value = nk_double_of_word(word);

	return isfinite(value) && word == nk_word_of_double(value);
}

#pragma GCC visibility pop

#endif							/* NK_RADIX_H */
