/*
 * radix.c - sorting entries of 64-bit words in place
 *
 * American flag sort (McIlroy, Bostic & McIlroy 1993, Computing Systems 6:5):
 * entries are put into 256 buckets by one byte, in place, then each bucket by
 * the next byte.  Bytes that all entries share cost one pass of reading.  Few
 * entries are sorted by insertion.  The depth of recursion is at most the
 * number of bytes of the keys, each level taking 4 kB of stack, the last 2 kB
 * more.
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
} Entries;

static inline unsigned
byte_of(const uint64_t *entry, size_t digit)
{
	return (unsigned) (entry[digit / 8] >> (56 - digit % 8 * 8)) & 0xFF;
}

static bool
is_less(const uint64_t *a, const uint64_t *b, size_t keys)
{
	for (size_t i = 0; i < keys; i++)
		if (a[i] != b[i])
			return a[i] < b[i];
	return false;
}

static void
insertion_sort(const Entries *of, uint64_t *entries, size_t count)
{
	size_t		bytes = of->width * sizeof(uint64_t);
	uint64_t	moved[NK_SORT_WIDTH];

	for (size_t i = 1; i < count; i++)
	{
		size_t		at = i;

		memcpy(moved, entries + i * of->width, bytes);
		while (at > 0 &&
			   is_less(moved, entries + (at - 1) * of->width, of->keys))
			at--;
		memmove(entries + (at + 1) * of->width, entries + at * of->width,
				(i - at) * bytes);
		memcpy(entries + at * of->width, moved, bytes);
	}
}

static void
swap_entries(uint64_t *a, uint64_t *b, size_t width)
{
	for (size_t i = 0; i < width; i++)
	{
		uint64_t	word = a[i];

		a[i] = b[i];
		b[i] = word;
	}
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
	size_t		moved = 0;

	if (count <= FEW)
	{
		insertion_sort(of, entries, count);
		return;
	}
	nk_check_interrupts();
	while (count_bytes(of, entries, count, digit, ends))
		if (++digit == of->keys * 8)
			return;

	/* from how many to where each bucket begins and ends */
	for (int b = 0; b < BUCKETS; b++)
	{
		next[b] = start;
		start += ends[b];
		ends[b] = start;
	}
	for (unsigned b = 0; b < BUCKETS; b++)
		while (next[b] < ends[b])
		{
			uint64_t   *entry = entries + next[b] * of->width;
			unsigned	home = byte_of(entry, digit);

			if (home != b)
				swap_entries(entry, entries + next[home] * of->width,
							 of->width);
			next[home]++;
			if (++moved % LOOK == 0)
				nk_check_interrupts();
		}
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
	Entries		of = {width, keys};

	if (count > 1 && keys > 0 && width <= NK_SORT_WIDTH)
		flag_sort(&of, entries, count, 0);
}
