/*
 * prototype.c - profiles as prototypes: the nearest one is the child's
 *
 * Hamming distance, unweighted, over what was compared.  Distances are compared
 * as fractions of integers, so that a tie is a tie.
 */
#include "prototype.h"

#include "profile.h"

/* counted in the word: stock processors have no instruction for it */
static inline int
bits_set(uint64_t mask)
{
	mask -= mask >> 1 & UINT64_C(0x5555555555555555);
	mask = (mask & UINT64_C(0x3333333333333333)) +
		(mask >> 2 & UINT64_C(0x3333333333333333));
	mask = (mask + (mask >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	return (int) (mask * UINT64_C(0x0101010101010101) >> 56);
}

static inline int
count_differing(const NkPrototype *prototype, uint64_t present,
				uint64_t compared)
{
	return bits_set(((uint64_t) prototype->present ^ present) & compared);
}

NkDistance
nk_prototype_distance(const NkPrototype *prototype, int64_t present,
					  int64_t observed)
{
	uint64_t	compared = (uint64_t) (prototype->counted & observed);

	return (NkDistance) {
		.differing = count_differing(prototype, (uint64_t) present, compared),
		.compared = bits_set(compared)
	};
}

double
nk_distance_share(NkDistance distance)
{
	return distance.compared == 0 ? NK_UNDEFINED :
		(double) distance.differing / distance.compared;
}

/*
 * Prototypes mostly count the same factors, so these are counted again only
 * where they are others.  Which one is nearer is no branch: it would be
 * mispredicted.
 */
int
nk_nearest(const NkPrototypeSet *set, int64_t present, int64_t observed)
{
	NkDistance	least = {.differing = 1, .compared = 0};	/* infinite */
	int			nearest = NK_UNCLASSIFIED;
	uint64_t	compared = 0;
	int			factors = 0;

	for (int64_t i = 0; i < set->count; i++)
	{
		const NkPrototype *prototype = &set->prototype[i];
		uint64_t	mask = (uint64_t) (prototype->counted & observed);
		int			differing = count_differing(prototype, (uint64_t) present,
												mask);
		bool		nearer;

		if (mask != compared)
		{
			compared = mask;
			factors = bits_set(mask);
		}
		nearer = differing * least.compared < least.differing * factors;
		least.differing = nearer ? differing : least.differing;
		least.compared = nearer ? factors : least.compared;
		nearest = nearer ? (int) i : nearest;
	}
	if (nearest != NK_UNCLASSIFIED &&
		nk_distance_share(least) > set->max_distance)
		return NK_UNCLASSIFIED;
	return nearest;
}
