/*
 * radix.c - sorting entries of 64-bit words in place
 *
 * American flag sort (McIlroy, Bostic & McIlroy 1993, Computing Systems 6:5):
 * entries are put into 256 buckets by one byte, in place, then each bucket by
 * the next byte.  Bytes that all entries share are left out: one pass finds
 * them before.  Few entries are sorted by insertion.  The depth of recursion
 * is at most the number of bytes of the keys, each level taking 4 kB of stack,
 * the last 2 kB more.
 */
#include "radix.h"

#include <string.h>

#define BUCKETS		256
#define FEW			24
#define LOOK		32768		/* entries between two looks at interrupts */

typedef struct Entries
{
	size_t		width;
	size_t		keys;
	uint64_t	differing[NK_SORT_WIDTH];	/* bits not alike in all entries */
} Entries;

static inline unsigned
byte_of(const uint64_t *entry, size_t digit)
{
	return (unsigned) (entry[digit / 8] >> (56 - digit % 8 * 8)) & 0xFF;
}

/*
 * Moving entries is most of the work.  The two functions that do it are
 * compiled for the usual widths, too: loops over words vanish.
 */
#define ALWAYS_INLINE static inline __attribute__((always_inline))

#define FOR_WIDTH(function, of, ...) \
	do { \
		if ((of)->width == 3 && (of)->keys == 2) \
			function(3, 2, __VA_ARGS__); \
		else if ((of)->width == 2 && (of)->keys == 1) \
			function(2, 1, __VA_ARGS__); \
		else \
			function((of)->width, (of)->keys, __VA_ARGS__); \
	} while (0)

ALWAYS_INLINE bool
is_less(const uint64_t *a, const uint64_t *b, size_t keys)
{
	for (size_t i = 0; i < keys; i++)
		if (a[i] != b[i])
			return a[i] < b[i];
	return false;
}

ALWAYS_INLINE void
move_entry(uint64_t *to, const uint64_t *from, size_t width)
{
	for (size_t i = 0; i < width; i++)
		to[i] = from[i];
}

ALWAYS_INLINE void
insertion_sort(size_t width, size_t keys, uint64_t *entries, size_t count)
{
	uint64_t	moved[NK_SORT_WIDTH];

	for (size_t i = 1; i < count; i++)
	{
		uint64_t   *at = entries + i * width;

		if (!is_less(at, at - width, keys))
			continue;
		move_entry(moved, at, width);
		do
		{
			move_entry(at, at - width, width);
			at -= width;
		} while (at > entries && is_less(moved, at - width, keys));
		move_entry(at, moved, width);
	}
}

/* put every entry into its bucket: bucket b is from next[b] to ends[b] */
ALWAYS_INLINE void
fill_buckets(size_t width, size_t keys, uint64_t *entries, size_t digit,
			 size_t next[BUCKETS], const size_t ends[BUCKETS])
{
	size_t		steps = 0;

	(void) keys;
	for (unsigned b = 0; b < BUCKETS; b++)
		while (next[b] < ends[b])
		{
			uint64_t   *entry = entries + next[b] * width;
			unsigned	home = byte_of(entry, digit);
			uint64_t	moved[NK_SORT_WIDTH];

			if (home == b)
			{
				next[b]++;
				continue;
			}
			/* each takes the place of the next, until one belongs here */
			move_entry(moved, entry, width);
			while (home != b)
			{
				uint64_t   *place = entries + next[home]++ * width;

				/* what this bucket will need the time after the next */
				__builtin_prefetch(place + 4 * width, 1);
				for (size_t i = 0; i < width; i++)
				{
					uint64_t	word = place[i];

					place[i] = moved[i];
					moved[i] = word;
				}
				home = byte_of(moved, digit);
				if (++steps % LOOK == 0)
					nk_check_interrupts();
			}
			move_entry(entry, moved, width);
			next[b]++;
		}
}

/* the bits of the keys in which any two entries differ */
static void
find_differing(Entries *of, const uint64_t *entries, size_t count)
{
	memset(of->differing, 0, of->keys * sizeof(uint64_t));
	for (size_t i = 1; i < count; i++)
	{
		for (size_t k = 0; k < of->keys; k++)
			of->differing[k] |= entries[i * of->width + k] ^ entries[k];
		if (i % LOOK == LOOK - 1)
			nk_check_interrupts();
	}
}

/* the first byte from this one on in which entries differ, or the end */
static size_t
differing_digit(const Entries *of, size_t digit)
{
	while (digit < of->keys * 8 && byte_of(of->differing, digit) == 0)
		digit++;
	return digit;
}

/* how many entries have each value of a byte; true if all have the same */
static bool
count_bytes(const Entries *of, const uint64_t *entries, size_t count,
			size_t digit, size_t counts[BUCKETS])
{
	memset(counts, 0, BUCKETS * sizeof(*counts));
	for (size_t i = 0; i < count; i++)
	{
		counts[byte_of(entries + i * of->width, digit)]++;
		if (i % LOOK == LOOK - 1)
			nk_check_interrupts();
	}
	return counts[byte_of(entries, digit)] == count;
}

static void
flag_sort(const Entries *of, uint64_t *entries, size_t count, size_t digit)
{
	size_t		ends[BUCKETS];
	size_t		next[BUCKETS];
	size_t		start = 0;

	if (count <= FEW)
	{
		FOR_WIDTH(insertion_sort, of, entries, count);
		return;
	}
	nk_check_interrupts();
	for (;; digit++)
	{
		digit = differing_digit(of, digit);
		if (digit == of->keys * 8)
			return;
		if (!count_bytes(of, entries, count, digit, ends))
			break;
	}

	/* from how many to where each bucket begins and ends */
	for (int b = 0; b < BUCKETS; b++)
	{
		next[b] = start;
		start += ends[b];
		ends[b] = start;
	}
	FOR_WIDTH(fill_buckets, of, entries, digit, next, ends);
	if (digit + 1 == of->keys * 8)
		return;
	start = 0;
	for (int b = 0; b < BUCKETS; b++)
	{
		if (ends[b] - start > 1)
			flag_sort(of, entries + start * of->width, ends[b] - start,
					  digit + 1);
		start = ends[b];
	}
}

void
nk_sort_entries(uint64_t *entries, size_t count, size_t width, size_t keys)
{
	Entries		of;

	if (count <= 1 || keys == 0 || width > NK_SORT_WIDTH)
		return;
	of.width = width;
	of.keys = keys;
	find_differing(&of, entries, count);
	flag_sort(&of, entries, count, 0);
}
