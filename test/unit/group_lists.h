/*
 * group_lists.h - lists of groups as the reference tables write them
 */
#ifndef NK_TEST_GROUP_LISTS_H
#define NK_TEST_GROUP_LISTS_H

#include "summaries.h"

#define MOST_GROUPS	64

/* "83/86 90/93": events of n; how many groups there are */
static inline size_t
read_groups(const char *text, NkProportion *groups)
{
	size_t		count = 0;
	int			length;
	int64_t		events;
	int64_t		n;

	while (count < MOST_GROUPS &&
		   sscanf(text, "%" SCNd64 "/%" SCNd64 " %n", &events, &n,
				  &length) == 2)
	{
		groups[count++] = make_proportion(n, events);
		text += length;
	}
	return count;
}

#endif							/* NK_TEST_GROUP_LISTS_H */
