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

static size_t
places_of(const NkTally *tally)
{
	return tally->slots > 0 ? tally->slots : tally->header.rows;
}

size_t
nk_tally_size(const NkSummary *block)
{
	const NkTally *tally = (const NkTally *) block;

	return tally_bytes(tally, places_of(tally));
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
	uint64_t	entries = tally->header.rows;
	uint64_t	slots = LEAST_SLOTS;

	entries += more != NULL ? more->rows : 1;
	*size = 0;
	if (entries <= tally->slots / 4 * 3 &&
		nk_tally_width(shape) == nk_tally_width(tally))
		return NK_OK;
	while (slots / 4 * 3 < entries)
		slots *= 2;
	*size = tally_bytes(shape, slots);
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

int64_t *
nk_tally_counts(NkTally *tally, const uint64_t *key)
{
	uint32_t	keys = tally->header.columns;
	size_t		width = nk_tally_width(tally);
	size_t		mask = tally->slots - 1;
	size_t		at = first_slot(tally, key);

	for (;; at = (at + 1) & mask)
	{
		uint64_t   *entry = tally->words + at * width;

		if (entry[keys] == 0)
		{
			memcpy(entry, key, keys * sizeof(uint64_t));
			tally->header.rows++;
			return (int64_t *) entry + keys;
		}
		if (same_key(entry, key, keys))
			return (int64_t *) entry + keys;
	}
}

/* put the entries of one tally into the table of another, and count them */
static NkStatus
add_entries(NkTally *into, const NkTally *from)
{
	size_t		places = places_of(from);

	for (size_t i = 0; i < places; i++)
	{
		const uint64_t *entry = nk_tally_entry(from, i);
		int64_t    *counts;

		if (i % 4096 == 0)
			nk_check_interrupts();
		if (nk_tally_count(from, entry, 0) == 0)
			continue;
		counts = nk_tally_counts(into, entry);
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
}

void
nk_tally_rebuild(const NkSummary *state, const NkSummary *more,
			  NkSummary *block, size_t size)
{
	const NkTally *from = (const NkTally *) state;
	NkTally    *to = (NkTally *) block;

	copy_head(from, to);
	to->header.columns = shape_of(state, more)->header.columns;
	to->slots = (uint32_t) ((size - sizeof(NkTally)) / sizeof(uint64_t) /
							nk_tally_width(to));
	/* entries of one tally are different: nothing is added up */
	add_entries(to, from);
}

size_t
nk_tally_canonical_size(const NkSummary *state)
{
	const NkTally *tally = (const NkTally *) state;

	return tally->slots > 0 ? tally_bytes(tally, tally->header.rows) : 0;
}

void
nk_tally_canonicalise(const NkSummary *state, NkSummary *block)
{
	const NkTally *from = (const NkTally *) state;
	NkTally    *to = (NkTally *) block;
	size_t		width = nk_tally_width(from);
	uint64_t   *next = to->words;

	copy_head(from, to);
	to->header.rows = from->header.rows;
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
	nk_sort_entries(to->words, to->header.rows, width, to->header.columns);
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

/* -1, 0 or 1 as one key comes before, is, or comes after the other */
static int
compare_keys(const uint64_t *a, const uint64_t *b, uint32_t keys)
{
	for (uint32_t i = 0; i < keys; i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return 0;
}

NkStatus
nk_tally_validate(const NkSummary *summary, uint32_t keys, uint32_t counts,
				  NkEntryCheck check)
{
	const NkTally *tally = (const NkTally *) summary;
	size_t		places = places_of(tally);
	const uint64_t *before = NULL;
	int64_t		n = 0;
	size_t		entries = 0;

	if (tally->header.columns != keys || tally->counts != counts ||
		(tally->slots & (tally->slots - 1)) != 0 || !isfinite(tally->setting))
		return NK_BAD_SUMMARY;
	/* without a row nobody has said anything */
	if (tally->header.rows == 0 && tally->setting != 0)
		return NK_BAD_SUMMARY;
	/* a search in a table without a free slot would not end */
	if (tally->slots > 0 && tally->header.rows >= tally->slots)
		return NK_BAD_SUMMARY;
	if (tally->aside < 0)
		return NK_NEGATIVE_COUNT;
	for (size_t i = 0; i < places; i++)
	{
		const uint64_t *entry = nk_tally_entry(tally, i);
		int64_t		count = nk_tally_count(tally, entry, 0);
		NkStatus	status = NK_OK;

		if (i % 4096 == 0)
			nk_check_interrupts();
		if (count == 0 && tally->slots > 0)
			continue;
		for (uint32_t k = 0; k < counts; k++)
			if (nk_tally_count(tally, entry, (int) k) < 0)
				return NK_NEGATIVE_COUNT;
		if (!nk_add(n, count, &n))
			return NK_OVERFLOW;
		if (tally->slots == 0 &&
			(count == 0 ||
			 (before != NULL && compare_keys(before, entry, keys) >= 0)))
			return NK_BAD_SUMMARY;
		if (check != NULL)
			status = check(tally, entry);
		if (status != NK_OK)
			return status;
		before = entry;
		entries++;
	}
	return n == tally->n && entries == tally->header.rows ?
		NK_OK : NK_BAD_SUMMARY;
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

/* -------------------------------------------------------------- in and out */

NkStatus
nk_tally_exchange(NkTally *tally, NkPort *port, const char *list,
				  NkEntryFields fields)
{
	size_t		width = nk_tally_width(tally);
	uint32_t	entries = tally->header.rows;
	int64_t		n = 0;

	port->begin_list(port, list, &entries,
					 (uint32_t) (NK_SUMMARY_MOST / sizeof(uint64_t) / width - 8));
	tally = (NkTally *) port->resize(port, &tally->header,
									 tally_bytes(tally, entries));
	tally->header.rows = entries;
	for (size_t i = 0; i < entries; i++)
	{
		uint64_t   *entry = tally->words + i * width;
		NkStatus	status;

		if (i % 4096 == 0)
			nk_check_interrupts();
		port->begin_item(port);
		status = fields(port, tally, entry);
		if (status != NK_OK)
			return status;
		port->end_item(port);
		/* a sum that does not fit is found by the validator */
		n = (int64_t) ((uint64_t) n + entry[tally->header.columns]);
	}
	port->end_list(port);
	tally->n = n;
	return NK_OK;
}

void
nk_word_number(NkPort *port, const char *name, uint64_t *word)
{
	double		value = nk_double_of_word(*word);

	port->number(port, name, &value);
	*word = nk_word_of_double(value);
}

void
nk_word_integer(NkPort *port, const char *name, uint64_t *word)
{
	int64_t		value = nk_int64_of_word(*word);

	port->count(port, name, &value);
	*word = nk_word_of_int64(value);
}

void
nk_word_count(NkPort *port, const char *name, uint64_t *word)
{
	int64_t		value = (int64_t) *word;

	port->count(port, name, &value);
	*word = (uint64_t) value;
}
