/*
 * merge.c - a walk through the values of many groups, side by side
 *
 * Each group is sorted.  A heap holds the groups by their next values, so that
 * a walk through e entries of k groups takes e log k steps and no memory but
 * the caller's array of groups.  The groups that share the least value are
 * taken off the heap and stand behind it, until the next step puts them back.
 *
 *   Knuth D E (1998) The Art of Computer Programming, volume 3, 5.4.1
 *
 * Tested by test_kruskal and test_jonckheere.
 */
#include "merge.h"

size_t
nk_count_groups(const NkGroupCount *entries, size_t count)
{
	size_t		groups = 0;

	for (size_t i = 0; i < count; i++)
	{
		if (i % 4096 == 0)
			nk_check_interrupts();
		if (i == 0 || entries[i].group != entries[i - 1].group)
			groups++;
	}
	return groups;
}

/* by value, then by group, which is the order of the array of groups */
static bool
comes_before(const NkGroup *a, const NkGroup *b)
{
	if (a->next->value != b->next->value)
		return a->next->value < b->next->value;
	return a < b;
}

/* let a group find its place in the queue, from i towards its end */
static void
sift_down(NkMerge *merge, size_t i, NkGroup *group)
{
	NkGroup    *queue = merge->groups;

	for (;;)
	{
		size_t		child = 2 * i + 1;

		if (child + 1 < merge->waiting &&
			comes_before(queue[child + 1].queue, queue[child].queue))
			child++;
		if (child >= merge->waiting ||
			comes_before(group, queue[child].queue))
			break;
		queue[i].queue = queue[child].queue;
		i = child;
	}
	queue[i].queue = group;
}

/* the group is behind the end of the queue: let it rise to its place */
static void
put_back(NkMerge *merge, NkGroup *group)
{
	NkGroup    *queue = merge->groups;
	size_t		i = merge->waiting++;

	while (i > 0 && comes_before(group, queue[(i - 1) / 2].queue))
	{
		queue[i].queue = queue[(i - 1) / 2].queue;
		i = (i - 1) / 2;
	}
	queue[i].queue = group;
}

NkStatus
nk_merge_begin(NkMerge *merge, NkGroup *groups, const NkGroupCount *entries,
			   size_t count, int64_t *total)
{
	NkGroup    *group = groups;

	*merge = (NkMerge) {.groups = groups};
	*total = 0;
	for (size_t i = 0; i < count; group++)
	{
		size_t		first = i;
		int64_t		n = 0;

		for (; i < count && entries[i].group == entries[first].group; i++)
		{
			if (i % 4096 == 0)
				nk_check_interrupts();
			if (!nk_add(n, entries[i].count, &n))
				return NK_OVERFLOW;
		}
		if (!nk_add(*total, n, total))
			return NK_OVERFLOW;
		*group = (NkGroup) {
			.n = n, .next = entries + first, .end = entries + i
		};
		put_back(merge, group);
	}
	return NK_OK;
}

size_t
nk_merge_next(NkMerge *merge)
{
	NkGroup    *queue = merge->groups;

	/* those of the last value: a group that has another one waits again */
	for (size_t behind = merge->waiting + merge->tied; merge->tied > 0;
		 merge->tied--)
	{
		NkGroup    *group = queue[behind - merge->tied].queue;

		if (++merge->steps % 4096 == 0)
			nk_check_interrupts();
		if (++group->next < group->end)
			put_back(merge, group);
	}

	while (merge->waiting > 0)
	{
		NkGroup    *first = queue[0].queue;

		if (merge->tied > 0 &&
			first->next->value != nk_merge_group(merge, 0)->next->value)
			break;
		merge->waiting--;
		merge->tied++;
		sift_down(merge, 0, queue[merge->waiting].queue);
		queue[merge->waiting].queue = first;
	}
	return merge->tied;
}
