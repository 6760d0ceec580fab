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

static inline NkDistance
distance_to(const NkPrototype *prototype, int64_t present, int64_t observed)
{
	uint64_t	compared = (uint64_t) (prototype->counted & observed);

	return (NkDistance) {
		.differing = bits_set((uint64_t) (prototype->present ^ present) &
							  compared),
		.compared = bits_set(compared)
	};
}

NkDistance
nk_prototype_distance(const NkPrototype *prototype, int64_t present,
					  int64_t observed)
{
	return distance_to(prototype, present, observed);
}

double
nk_distance_share(NkDistance distance)
{
	return distance.compared == 0 ? NK_UNDEFINED :
		(double) distance.differing / distance.compared;
}

int
nk_nearest(const NkPrototypeSet *set, int64_t present, int64_t observed)
{
	NkDistance	least = {.differing = 1, .compared = 0};	/* infinite */
	int			nearest = NK_UNCLASSIFIED;

	for (int64_t i = 0; i < set->count; i++)
	{
		NkDistance	distance = distance_to(&set->prototype[i], present,
										   observed);

		if (distance.differing * least.compared <
			least.differing * distance.compared)
		{
			least = distance;
			nearest = (int) i;
		}
	}
	if (nearest != NK_UNCLASSIFIED &&
		nk_distance_share(least) > set->max_distance)
		return NK_UNCLASSIFIED;
	return nearest;
}
