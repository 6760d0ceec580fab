/*
 * group_lists.h - lists of groups as the reference tables write them
 */
#ifndef NK_TEST_GROUP_LISTS_H
#define NK_TEST_GROUP_LISTS_H

#include "groups.h"
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

/* "83/86:0x1p+0:1": events of n, score, how many such groups */
static inline size_t
read_scored_groups(const char *text, NkScoredProportion *groups)
{
	size_t		count = 0;
	int			length;
	NkScoredProportion group;

	while (count < MOST_GROUPS &&
		   sscanf(text, "%" SCNd64 "/%" SCNd64 ":%lf:%" SCNd64 " %n",
				  &group.events, &group.n, &group.score, &group.times,
				  &length) == 4)
	{
		groups[count++] = group;
		text += length;
	}
	return count;
}

/* "16/27:5/25:1": a, b, how many such strata */
static inline size_t
read_strata(const char *text, NkStratum *strata)
{
	size_t		count = 0;
	int			length;
	NkStratum	s;

	while (count < MOST_GROUPS &&
		   sscanf(text, "%" SCNd64 "/%" SCNd64 ":%" SCNd64 "/%" SCNd64
				  ":%" SCNd64 " %n", &s.events_a, &s.n_a, &s.events_b,
				  &s.n_b, &s.times, &length) == 5)
	{
		strata[count++] = s;
		text += length;
	}
	return count;
}

#endif							/* NK_TEST_GROUP_LISTS_H */
