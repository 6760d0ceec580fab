/*
 * summaries.h - summaries for the unit tests: made from counts, or at random.
 */
#ifndef NK_TEST_SUMMARIES_H
#define NK_TEST_SUMMARIES_H

#include "curve.h"
#include "unit.h"

/* the names that SQL and the reference tables use, in the order of NkStatus */
static const char *const status_names[] = {
	"ok", "suppressed", "empty", "zero_margin", "no_variation", "too_few",
	"not_converged", "few_clusters", "separation", "collinear",
	"no_change_point", "no_crossing", "not_identified", "boundary",
	"not_observed", "constant", NULL
};

static inline NkProportion
make_proportion(int64_t n, int64_t events)
{
	NkProportion p = {{0}, 0, 0};

	nk_summary_init(&p.header, &nk_proportion_kind);
	p.n = n;
	p.events = events;
	return p;
}

static inline NkPaired
make_paired(int64_t both_true, int64_t first_only, int64_t second_only,
			int64_t neither)
{
	NkPaired	pair = {{0}, 0, 0, 0, 0};

	nk_summary_init(&pair.header, &nk_paired_proportion_kind);
	pair.both_true = both_true;
	pair.first_only = first_only;
	pair.second_only = second_only;
	pair.neither = neither;
	return pair;
}

static inline NkAgeCurve
make_curve(void)
{
	NkAgeCurve	curve;

	memset(&curve, 0, sizeof(curve));
	nk_summary_init(&curve.header, &nk_age_curve_kind);
	return curve;
}

/* splitmix64: the same numbers everywhere */
static inline uint64_t
random_bits(void)
{
	static uint64_t state = 20240101;
	uint64_t	bits = state += 0x9E3779B97F4A7C15;

	bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
	bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
	return bits ^ (bits >> 31);
}

/* a count from 0 to most; half of the time one near an end */
static inline int64_t
random_count(int64_t most)
{
	int64_t		count = (int64_t) (random_bits() % ((uint64_t) most + 1));

	switch (random_bits() % 6)
	{
		case 0:
			return 0;
		case 1:
			return most;
		case 2:
			return count % (most < 3 ? most + 1 : 3);
		default:
			return count;
	}
}

/* at least one child; sizes of every order up to most */
static inline NkProportion
random_proportion(int64_t most)
{
	int64_t		n = 1 + random_count(most - 1) % ((int64_t) 1 << random_bits() % 40);

	return make_proportion(n, random_count(n));
}

#endif							/* NK_TEST_SUMMARIES_H */
