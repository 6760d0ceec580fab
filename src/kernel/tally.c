/*
 * tally.c - counting keys in a flat block
 *
 * Open addressing with linear probing in a table that is never more than
 * three quarters full.  The hash mixes every bit of a key, because numbers such
 * as 1.0, 2.0, 3.0 differ in few of theirs.  Its first bits are the slot, so
 * that the slots of a larger table lie in the same order: growing and merging
 * walk through both tables once, without jumps.
 * Who chooses keys that collide slows down his own query only, and may be
 * cancelled.
 */
#include "tally.h"

#include <string.h>

#define LEAST_SLOTS		8

_Static_assert(NK_TALLY_KEYS + NK_TALLY_COUNTS <= NK_SORT_WIDTH,
			   "entries are wider than what can be sorted");

/* ------------------------------------------------------------ sizes, forms */

/* bytes of a block with so many entries or slots; 0 if there is no such */
static size_t
tally_bytes(const NkTally *tally, uint64_t places)
{
	uint64_t	bytes = nk_tally_width(tally) * sizeof(uint64_t);

	if (tally->header.columns > NK_TALLY_KEYS ||
		tally->counts > NK_TALLY_COUNTS ||
		places > NK_SUMMARY_MOST / sizeof(uint64_t))
		return 0;
	bytes = sizeof(NkTally) + places * bytes;
	return bytes <= NK_SUMMARY_MOST ? (size_t) bytes : 0;
}

/* bytes of a working form with so many slots, and the places behind them */
static size_t
table_bytes(const NkTally *tally, uint64_t slots)
{
	bool		waits = slots >= NK_TALLY_LARGE && nk_tally_width(tally) <= 8;

	return tally_bytes(tally, slots + (waits ? NK_TALLY_WAITING : 0));
}

size_t
nk_tally_size(const NkSummary *block)
{
	const NkTally *tally = (const NkTally *) block;

	return tally->slots > 0 ? table_bytes(tally, tally->slots) :
		tally_bytes(tally, tally->header.rows);
}

/* a key may be as long as the data say; without entries, the longer one is */
static const NkTally *
shape_of(const NkSummary *state, const NkSummary *more)
{
	if (state->rows == 0 && more != NULL && more->columns > state->columns)
		return (const NkTally *) more;
	return (const NkTally *) state;
}

NkStatus
nk_tally_room(const NkSummary *state, const NkSummary *more, size_t *size)
{
	const NkTally *tally = (const NkTally *) state;
	const NkTally *shape = shape_of(state, more);
	uint64_t	entries = (uint64_t) tally->header.rows + tally->waiting;
	uint64_t	slots = LEAST_SLOTS;

	entries += more == NULL ? 1 :
		(uint64_t) more->rows + ((const NkTally *) more)->waiting;
	*size = 0;
	if (entries <= tally->slots / 4 * 3 &&
		nk_tally_width(shape) == nk_tally_width(tally))
		return NK_OK;
	while (slots / 4 * 3 < entries)
		slots *= 2;
	*size = table_bytes(shape, slots);
	return *size > 0 ? NK_OK : NK_TOO_LARGE;
}

/* where the search for a key begins: its hash's first bits */
static inline size_t
first_slot(const NkTally *tally, const uint64_t *key)
{
	uint64_t	hash = 0;

	for (uint32_t i = 0; i < tally->header.columns; i++)
	{
		hash = (hash ^ key[i]) * 0xFF51AFD7ED558CCD;
		hash ^= hash >> 32;
	}
	hash *= 0xC4CEB9FE1A85EC53;
	/* slots are 2^3 or more */
	return (size_t) (hash >> (33 + __builtin_clz(tally->slots)));
}

/* word by word: keys have one or two, and a call would cost more */
static inline bool
same_key(const uint64_t *a, const uint64_t *b, uint32_t words)
{
	for (uint32_t i = 0; i < words; i++)
		if (a[i] != b[i])
			return false;
	return true;
}

/* the slot of a key, or the free one that it would get */
static inline size_t
slot_of(const NkTally *tally, const uint64_t *key)
{
	uint32_t	keys = tally->header.columns;
	size_t		mask = tally->slots - 1;
	size_t		at = first_slot(tally, key);

	for (;; at = (at + 1) & mask)
	{
		const uint64_t *entry = nk_tally_entry(tally, at);

		if (entry[keys] == 0 || same_key(entry, key, keys))
			return at;
	}
}

/* the counts of a key in the table, found or made */
static inline int64_t *
slot_counts(NkTally *tally, const uint64_t *key)
{
	uint32_t	keys = tally->header.columns;
	uint64_t   *entry = tally->words + slot_of(tally, key) *
		nk_tally_width(tally);

	if (entry[keys] == 0)
	{
		memcpy(entry, key, keys * sizeof(uint64_t));
		tally->header.rows++;
	}
	return (int64_t *) entry + keys;
}

/*
 * Those who have waited longest get their slots, which have arrived by now; a
 * sum of all fits, so counts do.
 */
static void
seat_waiting(NkTally *tally)
{
	size_t		width = nk_tally_width(tally);
	uint64_t   *first = tally->words + tally->slots * width;
	size_t		seated = NK_TALLY_WAITING / 2;

	for (size_t i = 0; i < seated; i++)
	{
		const uint64_t *entry = first + i * width;
		int64_t    *counts = slot_counts(tally, entry);

		for (uint32_t k = 0; k < tally->counts; k++)
			nk_add(counts[k], nk_tally_count(tally, entry, (int) k),
				   &counts[k]);
	}
	tally->waiting -= (uint16_t) seated;
	memcpy(first, first + seated * width,
		   tally->waiting * width * sizeof(uint64_t));
}

int64_t *
nk_tally_counts(NkTally *tally, const uint64_t *key)
{
	uint32_t	keys = tally->header.columns;
	size_t		width = nk_tally_width(tally);
	const uint64_t *slot;
	uint64_t   *entry;

	if (!nk_tally_waits(tally))
		return slot_counts(tally, key);
	if (tally->waiting == NK_TALLY_WAITING)
		seat_waiting(tally);
	slot = nk_tally_entry(tally, first_slot(tally, key));
	__builtin_prefetch(slot + keys);
	entry = tally->words + (tally->slots + tally->waiting++) * width;
	for (uint32_t i = 0; i < width; i++)
		entry[i] = i < keys ? key[i] : 0;
	return (int64_t *) entry + keys;
}

/* put the entries of one tally into the table of another, and count them */
static NkStatus
add_entries(NkTally *into, const NkTally *from)
{
	size_t		places = nk_tally_places(from);

	for (size_t i = 0; i < places; i++)
	{
		const uint64_t *entry = nk_tally_entry(from, i);
		int64_t    *counts;

		if (i % 4096 == 0)
			nk_check_interrupts();
		if (nk_tally_count(from, entry, 0) == 0)
			continue;
		counts = slot_counts(into, entry);
		for (uint32_t k = 0; k < from->counts; k++)
			if (!nk_add(counts[k], nk_tally_count(from, entry, (int) k),
						&counts[k]))
				return NK_OVERFLOW;
	}
	return NK_OK;
}

/* everything but the entries */
static void
copy_head(const NkTally *from, NkTally *to)
{
	uint32_t	container = to->header.container;

	memcpy(to, from, sizeof(NkTally));
	to->header.container = container;
	to->header.rows = 0;
	to->slots = 0;
	to->waiting = 0;
}

void
nk_tally_rebuild(const NkSummary *state, const NkSummary *more,
			  NkSummary *block, size_t size)
{
	const NkTally *from = (const NkTally *) state;
	NkTally    *to = (NkTally *) block;

	copy_head(from, to);
	to->header.columns = shape_of(state, more)->header.columns;
	/* the places behind a table are fewer than its slots */
	to->slots = LEAST_SLOTS;
	while (table_bytes(to, to->slots) < size)
		to->slots *= 2;
	/* a sum of all fits, so counts do */
	add_entries(to, from);
}

/* is one who waits the first with a key that has no slot? */
static bool
is_new(const NkTally *tally, size_t which)
{
	uint32_t	keys = tally->header.columns;
	const uint64_t *entry = nk_tally_entry(tally, tally->slots + which);

	for (size_t i = 0; i < which; i++)
		if (same_key(nk_tally_entry(tally, tally->slots + i), entry, keys))
			return false;
	return nk_tally_entry(tally, slot_of(tally, entry))[keys] == 0;
}

/* how many different keys there are */
static size_t
keys_of(const NkTally *tally)
{
	size_t		keys = tally->header.rows;

	for (size_t i = 0; i < tally->waiting; i++)
		keys += is_new(tally, i);
	return keys;
}

size_t
nk_tally_canonical_size(const NkSummary *state)
{
	const NkTally *tally = (const NkTally *) state;

	return tally->slots > 0 ? tally_bytes(tally, keys_of(tally)) : 0;
}

/* the entry of a key that a canonical form has */
static uint64_t *
find_sorted(NkTally *tally, const uint64_t *key)
{
	size_t		from = 0;
	size_t		to = tally->header.rows;

	while (to - from > 1)
	{
		size_t		middle = from + (to - from) / 2;

		if (nk_compare_keys(nk_tally_entry(tally, middle), key,
						 tally->header.columns) <= 0)
			from = middle;
		else
			to = middle;
	}
	return tally->words + from * nk_tally_width(tally);
}

void
nk_tally_canonicalise(const NkSummary *state, NkSummary *block)
{
	const NkTally *from = (const NkTally *) state;
	NkTally    *to = (NkTally *) block;
	uint32_t	keys = from->header.columns;
	size_t		width = nk_tally_width(from);
	uint64_t   *next = to->words;

	copy_head(from, to);
	to->header.rows = (uint32_t) keys_of(from);
	for (size_t i = 0; i < from->slots; i++)
	{
		const uint64_t *entry = nk_tally_entry(from, i);

		if (i % 65536 == 0)
			nk_check_interrupts();
		if (nk_tally_count(from, entry, 0) == 0)
			continue;
		memcpy(next, entry, width * sizeof(uint64_t));
		next += width;
	}
	/* places for keys without a slot, then the counts of all who wait */
	for (size_t i = 0; i < from->waiting; i++)
		if (is_new(from, i))
		{
			memcpy(next, nk_tally_entry(from, from->slots + i),
				   keys * sizeof(uint64_t));
			memset(next + keys, 0, from->counts * sizeof(uint64_t));
			next += width;
		}
	nk_sort_entries(to->words, to->header.rows, width, keys);
	for (size_t i = 0; i < from->waiting; i++)
	{
		const uint64_t *entry = nk_tally_entry(from, from->slots + i);
		uint64_t   *counts = find_sorted(to, entry) + keys;

		for (uint32_t k = 0; k < from->counts; k++)
			counts[k] += entry[keys + k];
	}
}

const NkGrowth nk_tally_growth = {
	.size = nk_tally_size,
	.room = nk_tally_room,
	.rebuild = nk_tally_rebuild,
	.canonical_size = nk_tally_canonical_size,
	.canonicalise = nk_tally_canonicalise
};

/* ------------------------------------------------------- parts of all kinds */

int64_t
nk_tally_n(const NkSummary *summary)
{
	return ((const NkTally *) summary)->n;
}

NkStatus
nk_tally_set(NkTally *tally, double setting)
{
	if (setting == 0)
		return NK_OK;
	if (tally->setting == 0)
		tally->setting = setting;
	return tally->setting == setting ? NK_OK : NK_SETTING_DIFFERS;
}

NkStatus
nk_tally_merge(NkSummary *into, const NkSummary *from)
{
	NkTally    *a = (NkTally *) into;
	const NkTally *b = (const NkTally *) from;

	/* room has made the keys as long as they may be */
	if (a->header.columns != b->header.columns &&
		(a->header.columns < b->header.columns || b->header.rows > 0))
		return NK_SETTING_DIFFERS;
	if (!nk_add(a->n, b->n, &a->n) || !nk_add(a->aside, b->aside, &a->aside))
		return NK_OVERFLOW;
	if (nk_tally_set(a, b->setting) != NK_OK)
		return NK_SETTING_DIFFERS;
	return add_entries(a, b);
}

/* is any of the counts of an entry, from this one on, other than 0? */
static bool
has_counts(const NkTally *tally, const uint64_t *entry, uint32_t which)
{
	for (; which < tally->counts; which++)
		if (entry[tally->header.columns + which] != 0)
			return true;
	return false;
}

/* both are sorted, so one walk finds the partners */
NkStatus
nk_tally_subtract(NkSummary *from, const NkSummary *part)
{
	NkTally    *a = (NkTally *) from;
	const NkTally *b = (const NkTally *) part;
	uint32_t	keys = a->header.columns;
	size_t		width = nk_tally_width(a);
	size_t		kept = 0;
	size_t		taken = 0;

	if (b->n > a->n || b->aside > a->aside || b->header.rows > a->header.rows)
		return NK_NOT_CONTAINED;
	if ((keys != b->header.columns && b->header.rows > 0) ||
		nk_tally_set(a, b->setting) != NK_OK)
		return NK_SETTING_DIFFERS;
	for (size_t i = 0; i < a->header.rows; i++)
	{
		uint64_t   *entry = a->words + i * width;

		if (i % 4096 == 0)
			nk_check_interrupts();
		if (taken < b->header.rows &&
			same_key(entry, nk_tally_entry(b, taken), keys))
		{
			if (nk_counts_subtract((int64_t *) entry + keys,
								   (const int64_t *) nk_tally_entry(b, taken) +
								   keys, a->counts) != NK_OK)
				return NK_NOT_CONTAINED;
			taken++;
		}
		if (entry[keys] != 0)
			memmove(a->words + width * kept++, entry,
					width * sizeof(uint64_t));
		else if (has_counts(a, entry, 1))
			return NK_NOT_CONTAINED;
	}
	if (taken < b->header.rows)
		return NK_NOT_CONTAINED;
	a->header.rows = (uint32_t) kept;
	if (kept == 0)
		a->setting = 0;
	a->n -= b->n;
	a->aside -= b->aside;
	return NK_OK;
}

void
nk_tally_init_one(NkSummary *summary)
{
	((NkTally *) summary)->counts = 1;
}

void
nk_tally_init_two(NkSummary *summary)
{
	((NkTally *) summary)->counts = 2;
}
