/*
 * lca_start.c - where climbs to a maximum of the likelihood begin
 *
 * A draw is a function of the seed, the number of the start and that of the
 * draw.  There are two kinds:
 *
 *	anywhere		each probability is uniform over (0.05, 0.95)
 *	near children	each class is halfway between all children and one child,
 *					drawn like the next one of everybody
 *
 * The first finds what is odd: best where there are few patterns, and many
 * maxima.  It fails where there are many classes: some begin between two
 * groups, others share one.  The second has them apart from the beginning.
 * Each child is the one of several that is least like the children of the
 * classes before, by how many items differ: the idea of k-means++ (Arthur and
 * Vassilvitskii 2007), with greedy candidates in place of a pass over the
 * data.
 *
 *   Arthur D, Vassilvitskii S (2007) k-means++: the advantages of careful
 *   seeding.  Proc 18th ACM-SIAM Symposium on Discrete Algorithms, 1027-1035.
 *
 * Tested by test/unit/test_lca_start.c.
 */
#include "lca_start.h"

#include "random.h"

#define CANDIDATES	20			/* of whom the least like others is taken */
#define PULL		.5			/* from the mean to the child */
#define INSIDE		1e-3		/* a step never leaves 0 or 1 */

void
nk_lca_set_unobserved(const NkLcaData *data, NkLcaParameters *at)
{
	for (int i = 0; i < at->classes * at->items; i++)
		if (!(data->seen >> i % at->items & 1))
			at->probability[i] = .5;
}

void
nk_lca_starts_init(NkLcaStarts *starts, const NkLcaData *data, int64_t seed)
{
	double		observed[NK_LCA_ITEMS] = {0};
	double		present[NK_LCA_ITEMS] = {0};
	double		children = 0;

	*starts = (NkLcaStarts) {
		.data = data, .seed = seed,
		.block = (data->patterns + NK_LCA_BLOCKS - 1) / NK_LCA_BLOCKS
	};
	for (size_t i = 0; i < data->patterns; i++)
	{
		double		weight = data->weight[i];

		if (i % 1024 == 0)
			nk_check_interrupts();
		if (i % starts->block == 0)
			starts->before[i / starts->block] = children;
		children += weight;
		for (int j = 0; j < data->items; j++)
		{
			if (data->observed[i] >> j & 1)
				observed[j] += weight;
			if (data->present[i] >> j & 1)
				present[j] += weight;
		}
	}
	for (int j = 0; j < data->items; j++)
		starts->mean[j] = observed[j] > 0 ? present[j] / observed[j] : .5;
}

void
nk_lca_start_anywhere(const NkLcaStarts *starts, int start, int draw,
					  NkLcaParameters *at)
{
	int			count = at->classes * at->items;

	for (int k = 0; k < at->classes; k++)
		at->share[k] = 1. / at->classes;
	for (int i = 0; i < count; i++)
		at->probability[i] = .05 + .9 *
			nk_random_uniform(starts->seed, start,
							  (int64_t) draw * count + i);
	nk_lca_set_unobserved(starts->data, at);
}

/* the pattern of the child behind so many others */
static size_t
find_child(const NkLcaStarts *starts, double others)
{
	size_t		last = starts->data->patterns - 1;
	size_t		low = 0;
	size_t		high = last / starts->block;
	double		before;

	while (low < high)
	{
		size_t		middle = high - (high - low) / 2;

		if (starts->before[middle] <= others)
			low = middle;
		else
			high = middle - 1;
	}
	before = starts->before[low];
	for (size_t i = low * starts->block; i < last; i++)
	{
		before += starts->data->weight[i];
		if (before > others)
			return i;
	}
	return last;
}

/* in how many items a pattern differs from the nearest of others */
static int
distance(const NkLcaData *data, size_t i, const size_t *others, int count)
{
	int			least = NK_LCA_ITEMS;

	for (int k = 0; k < count; k++)
	{
		uint64_t	differ = (data->present[i] ^ data->present[others[k]]) &
			data->observed[i] & data->observed[others[k]];
		int			items = __builtin_popcountll(differ);

		if (items < least)
			least = items;
	}
	return least;
}

static void
place_near(const NkLcaStarts *starts, size_t child, double *probability)
{
	uint64_t	observed = starts->data->observed[child];
	uint64_t	present = starts->data->present[child];

	for (int j = 0; j < starts->data->items; j++)
	{
		double		p = starts->mean[j];

		if (observed >> j & 1)
			p += PULL * ((double) (present >> j & 1) - p);
		probability[j] = fmin(fmax(p, INSIDE), 1 - INSIDE);
	}
}

void
nk_lca_start_near_children(const NkLcaStarts *starts, int start, int draw,
						   NkLcaParameters *at)
{
	const NkLcaData *data = starts->data;
	size_t		children[NK_LCA_CLASSES];

	for (int k = 0; k < at->classes; k++)
	{
		int			farthest = -1;

		for (int c = 0; c < (k == 0 ? 1 : CANDIDATES); c++)
		{
			/* streams below 0 are of children */
			double		u = nk_random_uniform(starts->seed, -1 - start,
											  ((int64_t) draw *
											   NK_LCA_CLASSES + k) *
											  CANDIDATES + c);
			size_t		child = find_child(starts, u * data->n);
			int			apart = distance(data, child, children, k);

			if (apart > farthest)
			{
				farthest = apart;
				children[k] = child;
			}
		}
		nk_check_interrupts();
		at->share[k] = 1. / at->classes;
		place_near(starts, children[k],
				   at->probability + (size_t) k * (size_t) at->items);
	}
	nk_lca_set_unobserved(data, at);
}
