/*
 * tally_exchange.c - tallies on their way in and out
 */
#include "tally.h"

NkStatus
nk_tally_validate(const NkSummary *summary, uint32_t keys, uint32_t counts,
				  NkEntryCheck check)
{
	const NkTally *tally = (const NkTally *) summary;
	size_t		places = nk_tally_places(tally);
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
	if (tally->slots > 0 &&
		(uint64_t) tally->header.rows + tally->waiting >= tally->slots)
		return NK_BAD_SUMMARY;
	/* who waits has entered a table that had grown */
	if (tally->waiting > (nk_tally_waits(tally) ? NK_TALLY_WAITING : 0) ||
		(tally->waiting > 0 && tally->header.rows == 0))
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
		/* a free slot; nobody waits without a reason */
		if (count == 0 && i < tally->slots)
			continue;
		for (uint32_t k = 0; k < counts; k++)
			if (nk_tally_count(tally, entry, (int) k) < 0)
				return NK_NEGATIVE_COUNT;
		if (!nk_add(n, count, &n))
			return NK_OVERFLOW;
		if (count == 0 ||
			(tally->slots == 0 && before != NULL &&
			 nk_compare_keys(before, entry, keys) >= 0))
			return NK_BAD_SUMMARY;
		if (check != NULL)
			status = check(tally, entry);
		if (status != NK_OK)
			return status;
		before = entry;
		entries += tally->slots == 0 || i < tally->slots;
	}
	return n == tally->n && entries == tally->header.rows ?
		NK_OK : NK_BAD_SUMMARY;
}

NkStatus
nk_tally_exchange(NkTally *tally, NkPort *port, const char *list,
				  NkEntryFields fields)
{
	size_t		width = nk_tally_width(tally);
	uint32_t	entries = tally->header.rows;
	int64_t		n = 0;

	port->begin_list(port, list, &entries,
					 (uint32_t) (NK_SUMMARY_MOST / sizeof(uint64_t) / width - 8));
	tally->header.rows = entries;
	tally = (NkTally *) port->resize(port, &tally->header,
									 nk_tally_size(&tally->header));
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
