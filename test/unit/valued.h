/*
 * valued.h - groups of counted values as reference tables spell them:
 * "0:3 1.5:2 / 0:4", an empty group is "-"
 */
#ifndef NK_VALUED_H
#define NK_VALUED_H

#include "merge.h"
#include "reference.h"

#define MOST_ENTRIES	1000

static NkWordCount unit_entries[2][MOST_ENTRIES];
static NkGroupCount unit_groups[MOST_ENTRIES];

/* one "value:count" off *text, false if there is none in this group */
static inline bool
values_next(const char **text, NkWordCount *entry)
{
	char	   *end;

	while (**text == ' ')
		(*text)++;
	if (strchr("/", **text) != NULL || strncmp(*text, "- ", 2) == 0 ||
		strcmp(*text, "-") == 0)
		return false;
	entry->value = nk_word_of_double(strtod(*text, &end));
	if (*end != ':')
		reference_fail("not a value:count", *text);
	entry->count = strtoll(end + 1, &end, 10);
	*text = end;
	return true;
}

/* one group, in place 0 or 1 */
static inline NkValues
values_read(const char *text, int place)
{
	NkValues	values = {unit_entries[place], 0, 0};

	while (values_next(&text, &unit_entries[place][values.count]))
		values.n += unit_entries[place][values.count++].count;
	return values;
}

/* all groups into unit_groups; how many entries, and how many groups */
static inline size_t
groups_read(const char *text, size_t *groups)
{
	size_t		count = 0;
	NkWordCount entry;

	for (*groups = 0;; (*groups)++)
	{
		while (values_next(&text, &entry))
			unit_groups[count++] = (NkGroupCount) {
				*groups, entry.value, entry.count
			};
		text = strchr(text, '/');
		if (text++ == NULL)
			break;
	}
	(*groups)++;
	return count;
}

#endif							/* NK_VALUED_H */
