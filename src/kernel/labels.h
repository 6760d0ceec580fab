/*
 * labels.h - sets of short texts in a flat block: the labels of a table
 */
#ifndef NK_LABELS_H
#define NK_LABELS_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

typedef struct NkText
{
	const char *bytes;
	uint32_t	length;
} NkText;

/* where a label's text is among the bytes of the block */
typedef struct NkLabel
{
	uint32_t	at;
	uint32_t	length;
} NkLabel;

/*
 * A view of one set in somebody's block: entries in use come first, the index
 * is a hash table of entry numbers + 1, and the bytes may be shared with other
 * sets of the block.
 */
typedef struct NkLabelSet
{
	NkLabel    *entries;
	uint32_t   *index;
	char	   *bytes;
	uint32_t	places;			/* entries that there is room for */
	uint32_t	count;			/* entries in use */
} NkLabelSet;

#define NK_NO_LABEL		UINT32_MAX

/* length of the index of a set with so many places: an even number */
extern uint64_t nk_label_index_size(uint32_t places);

/* the number of the entry with this text, or NK_NO_LABEL */
extern uint32_t nk_label_find(const NkLabelSet *set, NkText text);

/* add a label that is not there; its text is at `at` of the bytes already */
extern uint32_t nk_label_append(NkLabelSet *set, uint32_t at,
								uint32_t length);

static inline NkText
nk_label_text(const NkLabelSet *set, uint32_t i)
{
	return (NkText) {set->bytes + set->entries[i].at, set->entries[i].length};
}

/* are all labels numbers?  Then they are sorted as such. */
extern bool nk_labels_are_numbers(const NkLabelSet *set);

/* the number that a label is; NK_UNDEFINED if it is none */
extern double nk_label_number(NkText text);

/*
 * The ages that the labels, sorted, are: numbers that rise by a millionth at
 * least and are not beyond a million.  NK_BAD_AGES: they are not, or more than
 * there may be.
 */
extern NkStatus nk_label_ages(const NkLabelSet *set, uint32_t most,
							  double *ages);

/* sort the entries by number, else by bytes; the index is built afterwards */
extern void nk_labels_sort(NkLabelSet *set);
extern void nk_labels_index(NkLabelSet *set);

/* entries and index within their bounds, different and (if so) sorted? */
extern NkStatus nk_labels_validate(const NkLabelSet *set, uint32_t bytes,
								   bool sorted);

#pragma GCC visibility pop

#endif							/* NK_LABELS_H */
