/*
 * lca_data.c - response patterns as a fit of latent classes reads them
 *
 * Masking to the first so many items makes patterns equal that were not, so
 * they are sorted and counted again.  Sorted by which items were observed,
 * then by which were present: whatever order the rows came in, a fit adds up
 * the same numbers in the same order.  Patterns in which no item was observed
 * say nothing of classes and are set aside.
 *
 * Tested by test/unit/test_lca_data.c.
 */
#include "lca.h"

/* words an entry is sorted as, and words of the arrays that it ends in */
#define WIDTH 3

#define LOOK 16384				/* patterns between two looks at interrupts */

/* 0 if that is more than can be addressed */
size_t
nk_lca_data_size(const NkTally *patterns)
{
	size_t		rows = patterns->header.rows;
	size_t		bytes;

	if (__builtin_mul_overflow(rows + 1, 2 * WIDTH * sizeof(uint64_t), &bytes))
		return 0;
	return bytes;
}

/* the entries masked to the items, in any order; those that observe none go */
static NkStatus
mask_entries(const NkTally *patterns, uint64_t items, uint64_t *entries,
			 size_t *count, int64_t *n_unobserved)
{
	uint64_t   *entry = entries;

	*n_unobserved = 0;
	for (size_t i = 0; i < patterns->header.rows; i++)
	{
		const uint64_t *pattern = nk_tally_entry(patterns, i);
		int64_t		n = nk_tally_count(patterns, pattern, 0);

		if (i % LOOK == 0)
			nk_check_interrupts();
		if (pattern[1] & pattern[0] & ~items)
			return NK_ITEMS_DIFFER;
		entry[0] = pattern[0] & items;
		entry[1] = pattern[1] & entry[0];
		entry[2] = (uint64_t) n;
		if (entry[0] != 0)
			entry += WIDTH;
		else
			*n_unobserved += n;
	}
	*count = (size_t) (entry - entries) / WIDTH;
	return NK_OK;
}

static bool
is_before(const uint64_t *a, const uint64_t *b)
{
	return a[0] < b[0] || (a[0] == b[0] && a[1] < b[1]);
}

static bool
is_sorted(const uint64_t *entries, size_t count)
{
	for (size_t i = 1; i < count; i++)
	{
		if (i % LOOK == 0)
			nk_check_interrupts();
		if (!is_before(entries + (i - 1) * WIDTH, entries + i * WIDTH))
			return false;
	}
	return true;
}

NkStatus
nk_lca_data(const NkTally *patterns, int items, void *room, NkLcaData *data)
{
	size_t		rows = patterns->header.rows;
	uint64_t   *observed = room;
	uint64_t   *present = observed + rows;
	double	   *weight = (double *) (present + rows);
	uint64_t   *entries = (uint64_t *) (weight + rows);
	size_t		count;
	NkStatus	status;

	*data = (NkLcaData) {
		.items = items, .observed = observed, .present = present,
		.weight = weight
	};
	if (items < 1 || items >= NK_LCA_ITEMS)
		return NK_BAD_ITEMS;
	status = mask_entries(patterns, nk_lca_mask(items), entries, &count,
						  &data->n_unobserved);
	if (status != NK_OK)
		return status;
	if (!is_sorted(entries, count))
		nk_sort_entries(entries, count, WIDTH, 2);

	for (size_t i = 0, next; i < count; i = next)
	{
		const uint64_t *entry = entries + i * WIDTH;
		int64_t		n = 0;

		/* a tally's n is the sum of its counts, so that this fits */
		for (next = i; next < count; next++)
		{
			const uint64_t *equal = entries + next * WIDTH;

			if (equal[0] != entry[0] || equal[1] != entry[1])
				break;
			n += (int64_t) equal[2];
		}
		if (data->patterns % LOOK == 0)
			nk_check_interrupts();
		observed[data->patterns] = entry[0];
		present[data->patterns] = entry[1];
		weight[data->patterns] = (double) n;
		data->patterns++;
	}
	nk_lca_describe(data);
	return NK_OK;
}

void
nk_lca_describe(NkLcaData *data)
{
	uint64_t	present = 0;
	uint64_t	absent = 0;

	data->n = 0;
	data->seen = 0;
	for (size_t i = 0; i < data->patterns; i++)
	{
		if (i % LOOK == 0)
			nk_check_interrupts();
		data->n += data->weight[i];
		data->seen |= data->observed[i];
		present |= data->present[i];
		absent |= data->observed[i] & ~data->present[i];
	}
	data->varying = present & absent;
}
