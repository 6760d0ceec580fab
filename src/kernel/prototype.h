/*
 * prototype.h - profiles as prototypes: the nearest one is the child's
 *
 * A prototype names factors that count and, among them, those that are present
 * in it.  Its distance to a child is the share, of the counted factors that
 * were observed, in which the two differ: 0 where they agree in all of them, 1
 * where in none.  So a factor that was not observed neither helps nor hurts.
 * A child of whom no counted factor was observed has no distance to it.
 */
#ifndef NK_PROTOTYPE_H
#define NK_PROTOTYPE_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

typedef struct NkPrototype
{
	int64_t		counted;
	int64_t		present;		/* within counted */
} NkPrototype;

/* prototypes by priority, as a block without pointers */
typedef struct NkPrototypeSet
{
	double		max_distance;	/* of a child who has the profile */
	int64_t		count;
	NkPrototype prototype[];
} NkPrototypeSet;

static inline size_t
nk_prototype_set_size(size_t count)
{
	return sizeof(NkPrototypeSet) + count * sizeof(NkPrototype);
}

/* factors that differ, and factors that were compared; the distance is their ratio */
typedef struct NkDistance
{
	int			differing;
	int			compared;
} NkDistance;

extern NkDistance nk_prototype_distance(const NkPrototype *prototype,
										int64_t present, int64_t observed);

/* as a number; undefined where nothing was compared */
extern double nk_distance_share(NkDistance distance);

/*
 * The place of the nearest prototype, of several at the same distance the
 * first; NK_UNCLASSIFIED where it is beyond the set's distance, or there is none.
 */
extern int	nk_nearest(const NkPrototypeSet *set, int64_t present,
					   int64_t observed);

#pragma GCC visibility pop

#endif							/* NK_PROTOTYPE_H */
