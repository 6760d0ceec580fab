/*
 * test_prototype.c - the nearest prototype (prototype.c)
 *
 * The reference is the definition, a factor at a time and in fractions of one,
 * over random prototypes, children and observations.
 */
#include "summaries.h"

#include "profile.h"
#include "prototype.h"

static int64_t
random_mask(void)
{
	return (int64_t) (random_bits() >> 1);
}

#define MOST	20

static union
{
	NkPrototypeSet set;
	char		room[sizeof(NkPrototypeSet) + MOST * sizeof(NkPrototype)];
} block;

/* quotients of such small integers differ where their fractions do */
static double
distance_by_definition(const NkPrototype *prototype, int64_t present,
					   int64_t observed)
{
	int			differing = 0;
	int			compared = 0;

	for (int factor = 0; factor < NK_FACTORS; factor++)
	{
		if (!(prototype->counted >> factor & 1) || !(observed >> factor & 1))
			continue;
		compared++;
		differing += (prototype->present >> factor & 1) !=
			(present >> factor & 1);
	}
	return compared == 0 ? 2 : (double) differing / compared;
}

static int
nearest_by_definition(int64_t present, int64_t observed)
{
	int			nearest = NK_UNCLASSIFIED;
	double		least = 2;

	for (int i = 0; i < block.set.count; i++)
	{
		double		distance = distance_by_definition(&block.set.prototype[i],
													  present, observed);

		if (distance < least)
		{
			least = distance;
			nearest = i;
		}
	}
	return least <= block.set.max_distance ? nearest : NK_UNCLASSIFIED;
}

static void
test_random(void)
{
	int			wrong = 0;
	int			unclassified = 0;
	int			later = 0;

	for (int i = 0; i < 2000; i++)
	{
		block.set.count = (int64_t) (random_bits() % MOST);
		block.set.max_distance = (double) (random_bits() % 60) / 100;
		for (int j = 0; j < block.set.count; j++)
		{
			int64_t		counted = random_mask() & random_mask();

			block.set.prototype[j] = (NkPrototype) {counted, counted & random_mask()};
		}
		for (int j = 0; j < 50; j++)
		{
			int64_t		present = random_mask();
			int64_t		observed = j % 2 ? NK_ALL_OBSERVED : random_mask() &
				random_mask() & random_mask();
			int			expected = nearest_by_definition(present, observed);

			wrong += nk_nearest(&block.set, present, observed) != expected;
			unclassified += expected == NK_UNCLASSIFIED;
			later += expected > 0;
		}
	}
	CHECK(wrong == 0);
	CHECK(unclassified > 10000 && later > 10000);
}

static void
test_by_hand(void)
{
	/* the first two are at the same distance of a child with 1 and 4 */
	block.set.count = 3;
	block.set.max_distance = 0.5;
	block.set.prototype[0] = (NkPrototype) {.counted = 3, .present = 3};
	block.set.prototype[1] = (NkPrototype) {.counted = 12, .present = 12};
	block.set.prototype[2] = (NkPrototype) {.counted = 15, .present = 1};
	CHECK(nk_nearest(&block.set, 3, NK_ALL_OBSERVED) == 0);
	CHECK(nk_nearest(&block.set, 12, NK_ALL_OBSERVED) == 1);
	CHECK(nk_nearest(&block.set, 1 | 4, NK_ALL_OBSERVED) == 2);
	block.set.count = 2;
	CHECK(nk_nearest(&block.set, 1 | 4, NK_ALL_OBSERVED) == 0);
	/* what is not observed neither helps nor hurts */
	CHECK(nk_nearest(&block.set, 1 | 4, 2 | 4) == 1);
	CHECK(nk_nearest(&block.set, 1, 1) == 0);
	CHECK(nk_nearest(&block.set, 1, 4) == NK_UNCLASSIFIED);
	/* nothing to compare */
	CHECK(nk_nearest(&block.set, 1, 16) == NK_UNCLASSIFIED);
	CHECK(isnan(nk_distance_share(nk_prototype_distance(&block.set.prototype[0],
														1, 16))));
	CHECK(nk_distance_share(nk_prototype_distance(&block.set.prototype[0],
												  1, 3)) == 0.5);
	/* beyond the largest distance */
	block.set.max_distance = 0.49;
	CHECK(nk_nearest(&block.set, 1 | 4, NK_ALL_OBSERVED) == NK_UNCLASSIFIED);
	block.set.max_distance = 1;
	CHECK(nk_nearest(&block.set, 0, NK_ALL_OBSERVED) == 0);
	block.set.count = 0;
	CHECK(nk_nearest(&block.set, 0, NK_ALL_OBSERVED) == NK_UNCLASSIFIED);
}

int
main(void)
{
	test_by_hand();
	test_random();
	return unit_report();
}
