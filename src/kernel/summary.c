/*
 * summary.c - header and contents of summaries.
 *
 * Everything that reaches a summary from outside (text, binary, a table, a
 * direct call of a support function) passes nk_summary_validate, so the rest
 * of the kernel may rely on counts that are not negative and add up.
 */
#include "summary.h"

#include <string.h>

void
nk_summary_init(NkSummary *summary, const NkSummaryKind *kind)
{
	uint32_t	container = summary->container;

	memset(summary, 0, kind->size);
	summary->container = container;
	summary->magic = NK_SUMMARY_MAGIC;
	summary->version = NK_SUMMARY_VERSION;
	summary->kind = kind->code;
	summary->rows = kind->rows;
	summary->columns = kind->columns;
	if (kind->init != NULL)
		kind->init(summary);
}

NkStatus
nk_summary_validate(const NkSummary *summary, size_t size,
					const NkSummaryKind *kind)
{
	if (!nk_summary_has_kind(summary, size, kind))
		return NK_BAD_SUMMARY;
	return kind->validate(summary);
}

/*
 * nk_counts_validate - no count is negative and their sum fits a count
 *
 * The sum is checked here once, so that totals over any part of a summary
 * cannot overflow later.
 */
NkStatus
nk_counts_validate(const int64_t *counts, size_t length)
{
	int64_t		total = 0;

	for (size_t i = 0; i < length; i++)
	{
		if (counts[i] < 0)
			return NK_NEGATIVE_COUNT;
		if (!nk_add(total, counts[i], &total))
			return NK_OVERFLOW;
	}
	return NK_OK;
}

NkStatus
nk_counts_merge(int64_t *into, const int64_t *from, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!nk_add(into[i], from[i], &into[i]))
			return NK_OVERFLOW;
	return nk_counts_validate(into, length);
}

NkStatus
nk_counts_subtract(int64_t *from, const int64_t *part, size_t length)
{
	for (size_t i = 0; i < length; i++)
	{
		if (part[i] > from[i])
			return NK_NOT_CONTAINED;
		from[i] -= part[i];
	}
	return NK_OK;
}
