/*
 * labels.c - sets of short texts in a flat block
 *
 * Labels are found by a hash of their bytes (FNV-1a, mixed once more) and
 * sorted byte by byte, never by a collation, which may change between servers.
 * Labels that all are numbers are sorted by value: 2 comes before 10.
 */
#include "labels.h"

#include <stdlib.h>
#include <string.h>

uint64_t
nk_label_index_size(uint32_t places)
{
	/* a power of 2 from twice the places on */
	return places < 2 ? 2 :
		(uint64_t) 1 << (64 - __builtin_clzll(2 * (uint64_t) places - 1));
}

static uint32_t
hash_text(NkText text)
{
	uint64_t	hash = UINT64_C(0xCBF29CE484222325);

	for (uint32_t i = 0; i < text.length; i++)
		hash = (hash ^ (unsigned char) text.bytes[i]) *
			UINT64_C(0x100000001B3);
	hash ^= hash >> 32;
	hash *= UINT64_C(0x9E3779B97F4A7C15);
	return (uint32_t) (hash >> 32);
}

/* the place in the index that has this label, or the free one for it */
static uint32_t *
index_place(const NkLabelSet *set, NkText text)
{
	uint64_t	size = nk_label_index_size(set->places);
	uint64_t	at = hash_text(text) & (size - 1);

	for (;; at = (at + 1) & (size - 1))
	{
		uint32_t	number = set->index[at];
		const NkLabel *label;

		if (number == 0)
			return &set->index[at];
		label = &set->entries[number - 1];
		if (label->length == text.length &&
			memcmp(set->bytes + label->at, text.bytes, text.length) == 0)
			return &set->index[at];
	}
}

/* the index is never more than half full, so a search comes to an end */
uint32_t
nk_label_find(const NkLabelSet *set, NkText text)
{
	if (set->count == 0)
		return NK_NO_LABEL;
	return *index_place(set, text) - 1;
}

uint32_t
nk_label_append(NkLabelSet *set, uint32_t at, uint32_t length)
{
	uint32_t	number = set->count++;

	set->entries[number] = (NkLabel) {at, length};
	*index_place(set, (NkText) {set->bytes + at, length}) = number + 1;
	return number;
}

/*
 * nk_label_number - sign, digits, perhaps a fraction and an exponent; nothing
 * else that strtod would read, and no blanks
 */
double
nk_label_number(NkText text)
{
	char		ended[64];
	char	   *end;
	double		value;

	if (text.length == 0 || text.length >= sizeof(ended))
		return NK_UNDEFINED;
	for (uint32_t i = 0; i < text.length; i++)
		if (memchr("0123456789.-+eE", text.bytes[i], 15) == NULL)
			return NK_UNDEFINED;
	memcpy(ended, text.bytes, text.length);
	ended[text.length] = '\0';
	value = strtod(ended, &end);
	return *end == '\0' && isfinite(value) ? value : NK_UNDEFINED;
}

bool
nk_labels_are_numbers(const NkLabelSet *set)
{
	for (uint32_t i = 0; i < set->count; i++)
		if (isnan(nk_label_number(nk_label_text(set, i))))
			return false;
	return true;
}

/* nearer or farther ages would lose their differences in squares */
#define LEAST_STEP		1e-6
#define LARGEST_AGE		1e6

NkStatus
nk_label_ages(const NkLabelSet *set, uint32_t most, double *ages)
{
	if (set->count > most)
		return NK_BAD_AGES;
	for (uint32_t i = 0; i < set->count; i++)
	{
		ages[i] = nk_label_number(nk_label_text(set, i));
		if (!(fabs(ages[i]) <= LARGEST_AGE) ||
			(i > 0 && ages[i] - ages[i - 1] < LEAST_STEP))
			return NK_BAD_AGES;
	}
	return NK_OK;
}

static int
compare_bytes(NkText a, NkText b)
{
	uint32_t	common = a.length < b.length ? a.length : b.length;
	int			order = memcmp(a.bytes, b.bytes, common);

	if (order != 0)
		return order;
	return (a.length > b.length) - (a.length < b.length);
}

/* numbers that are equal (1 and 1.0) stand in the order of their bytes */
static int
compare_labels(const NkLabelSet *set, const NkLabel *a, const NkLabel *b,
			   bool numbers)
{
	NkText		x = {set->bytes + a->at, a->length};
	NkText		y = {set->bytes + b->at, b->length};

	if (numbers)
	{
		double		u = nk_label_number(x);
		double		v = nk_label_number(y);

		if (u != v)
			return u < v ? -1 : 1;
	}
	return compare_bytes(x, y);
}

/* let the entry at `root` sink to its place in a heap with the last on top */
static void
sift(NkLabelSet *set, uint32_t root, uint32_t count, bool numbers)
{
	NkLabel    *heap = set->entries;
	NkLabel		sinking = heap[root];

	for (;;)
	{
		uint64_t	child = 2 * (uint64_t) root + 1;

		if (child >= count)
			break;
		if (child + 1 < count &&
			compare_labels(set, &heap[child], &heap[child + 1], numbers) < 0)
			child++;
		if (compare_labels(set, &sinking, &heap[child], numbers) >= 0)
			break;
		heap[root] = heap[child];
		root = (uint32_t) child;
	}
	heap[root] = sinking;
}

void
nk_labels_index(NkLabelSet *set)
{
	uint32_t	count = set->count;

	memset(set->index, 0, nk_label_index_size(set->places) * sizeof(uint32_t));
	set->count = 0;
	for (uint32_t i = 0; i < count; i++)
		nk_label_append(set, set->entries[i].at, set->entries[i].length);
}

/* heap sort: in place, and never slow (Williams 1964, CACM 7:347) */
void
nk_labels_sort(NkLabelSet *set)
{
	uint32_t	count = set->count;
	bool		numbers = nk_labels_are_numbers(set);

	for (uint32_t i = count / 2; i-- > 0;)
		sift(set, i, count, numbers);
	for (uint32_t last = count; last-- > 1;)
	{
		NkLabel		top = set->entries[0];

		if (last % 256 == 0)
			nk_check_interrupts();
		set->entries[0] = set->entries[last];
		set->entries[last] = top;
		sift(set, 0, last, numbers);
	}
}

NkStatus
nk_labels_validate(const NkLabelSet *set, uint32_t bytes, bool sorted)
{
	uint64_t	size = nk_label_index_size(set->places);
	uint64_t	used = 0;
	bool		numbers;

	if (set->count > set->places)
		return NK_BAD_SUMMARY;
	for (uint32_t i = 0; i < set->count; i++)
		if (set->entries[i].at > bytes ||
			set->entries[i].length > bytes - set->entries[i].at)
			return NK_BAD_SUMMARY;
	for (uint64_t i = 0; i < size; i++)
	{
		if (set->index[i] > set->count)
			return NK_BAD_SUMMARY;
		used += set->index[i] > 0;
	}
	if (used != set->count)
		return NK_BAD_SUMMARY;
	/* each is found as itself: so there are no two of the same text */
	for (uint32_t i = 0; i < set->count; i++)
	{
		if (i % 1024 == 0)
			nk_check_interrupts();
		if (nk_label_find(set, nk_label_text(set, i)) != i)
			return NK_BAD_SUMMARY;
	}
	numbers = sorted && nk_labels_are_numbers(set);
	for (uint32_t i = 1; sorted && i < set->count; i++)
		if (compare_labels(set, &set->entries[i - 1], &set->entries[i],
						   numbers) >= 0)
			return NK_BAD_SUMMARY;
	return NK_OK;
}
