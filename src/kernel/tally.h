/*
 * tally.h - how often each key was seen: what summaries that grow are made of
 *
 * A key is a few 64-bit words in the order of what they stand for (radix.h),
 * an entry is a key and one count or more.  In working form the entries are
 * the slots of a hash table; an entry whose first count is 0 is a free slot.
 * In canonical form they are sorted by their keys, and there is no other.
 *
 * A row that looks into a table which no cache holds waits for memory, longer
 * than all the rest of its work takes.  So behind a large table a few entries
 * wait for their slots, which are fetched meanwhile; they may have the key of
 * a slot, or of each other.
 *
 * A kind that is a tally brings the meaning of its words: what is valid, and
 * what they are called on the way in and out.
 */
#ifndef NK_TALLY_H
#define NK_TALLY_H

#include "radix.h"
#include "summary.h"

#pragma GCC visibility push(hidden)

typedef struct NkTally
{
	NkSummary	header;			/* rows: entries; columns: words of a key */
	uint32_t	slots;			/* of the table, a power of 2; 0: sorted */
	uint16_t	counts;			/* how many an entry has */
	uint16_t	waiting;		/* entries behind the slots, of their form */
	int64_t		n;				/* sum of the first counts */
	int64_t		aside;			/* what a kind counts beside its entries */
	double		setting;		/* the same in all rows; 0 until one has it */
	uint64_t	words[];
} NkTally;

#define NK_TALLY_KEYS	101		/* most words of a key */
#define NK_TALLY_COUNTS	171		/* most counts of an entry */

/* how a tally grows (NkGrowth), and its parts for kinds that change one */
extern const NkGrowth nk_tally_growth;

extern size_t nk_tally_size(const NkSummary *block);
extern NkStatus nk_tally_room(const NkSummary *state, const NkSummary *more,
							  size_t *size);
extern void nk_tally_rebuild(const NkSummary *state, const NkSummary *more,
							 NkSummary *block, size_t size);
extern size_t nk_tally_canonical_size(const NkSummary *state);
extern void nk_tally_canonicalise(const NkSummary *state, NkSummary *block);

/* most of a kind that is a tally; validate and exchange need more */
extern void nk_tally_init_one(NkSummary *summary);
extern void nk_tally_init_two(NkSummary *summary);
extern int64_t nk_tally_n(const NkSummary *summary);
extern NkStatus nk_tally_merge(NkSummary *into, const NkSummary *from);
extern NkStatus nk_tally_subtract(NkSummary *from, const NkSummary *part);

/* words of an entry */
static inline size_t
nk_tally_width(const NkTally *tally)
{
	return (size_t) tally->header.columns + tally->counts;
}

/* does a large table have places behind it, where narrow entries wait? */
#define NK_TALLY_LARGE		32768
#define NK_TALLY_WAITING	32

static inline bool
nk_tally_waits(const NkTally *tally)
{
	return tally->slots >= NK_TALLY_LARGE && nk_tally_width(tally) <= 8;
}

/* entries of the canonical form; slots of a working form, and who waits */
static inline size_t
nk_tally_places(const NkTally *tally)
{
	return tally->slots > 0 ? (size_t) tally->slots + tally->waiting :
		tally->header.rows;
}

/* entry i of the canonical form, place i of a working form */
static inline const uint64_t *
nk_tally_entry(const NkTally *tally, size_t i)
{
	return tally->words + i * nk_tally_width(tally);
}

/* one of the counts of an entry */
static inline int64_t
nk_tally_count(const NkTally *tally, const uint64_t *entry, int which)
{
	return (int64_t) entry[tally->header.columns + which];
}

/* -1, 0 or 1 as one key comes before, is, or comes after the other */
static inline int
nk_compare_keys(const uint64_t *a, const uint64_t *b, uint32_t keys)
{
	for (uint32_t i = 0; i < keys; i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return 0;
}

/* is one more key more than the table should hold? */
static inline bool
nk_tally_is_full(const NkTally *tally)
{
	return tally->header.rows >= tally->slots / 4 * 3;
}

/*
 * Counts of a key to add to, in a working form that is not full: those of its
 * slot, or others that will be added to them, so that they say nothing.  The
 * caller adds to the first, and the same to n.
 */
extern int64_t *nk_tally_counts(NkTally *tally, const uint64_t *key);

/*
 * Count one more under a key: its first count and n are raised, and its counts
 * returned to add to what else a kind counts; NULL if n is at its end.
 */
static inline int64_t *
nk_tally_add_one(NkTally *tally, const uint64_t *key)
{
	int64_t    *counts;

	if (!nk_add(tally->n, 1, &tally->n))
		return NULL;
	counts = nk_tally_counts(tally, key);
	counts[0]++;
	return counts;
}

/* take the setting of a row that is counted, or of another tally */
extern NkStatus nk_tally_set(NkTally *tally, double setting);

/* is the entry possible?  Keys are checked for their order elsewhere. */
typedef NkStatus (*NkEntryCheck)(const NkTally *tally, const uint64_t *entry);

/* shape, order, counts and their sum; then each entry, unless it is NULL */
extern NkStatus nk_tally_validate(const NkSummary *summary, uint32_t keys,
								  uint32_t counts, NkEntryCheck check);

/*
 * The words of one entry through a port, as fields.  Going in, what the
 * validator cannot see is returned.
 */
typedef NkStatus (*NkEntryFields)(NkPort *port, const NkTally *tally,
								  uint64_t *entry);

/* the list of all entries; what came before it is in the tally's header */
extern NkStatus nk_tally_exchange(NkTally *tally, NkPort *port,
								  const char *list, NkEntryFields fields);

/* words that are numbers, whole numbers and counts, through a port */
extern void nk_word_number(NkPort *port, const char *name, uint64_t *word);
extern void nk_word_integer(NkPort *port, const char *name, uint64_t *word);
extern void nk_word_count(NkPort *port, const char *name, uint64_t *word);

#pragma GCC visibility pop

#endif							/* NK_TALLY_H */
