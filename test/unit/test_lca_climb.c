/*
 * test_lca_climb.c - the way up to a maximum: lca_climb.c
 */
#include "response_patterns.h"

#include "lca_climb.h"
#include "random.h"

static void
begin(NkLcaClimb *climb, const NkLcaData *data, int classes, int start)
{
	NkLcaParameters *at = &climb->at.parameters;

	nk_lca_climb_init(climb, data, classes, 0,
					  patterns_room(nk_lca_climb_size(classes, data->items)));
	for (int k = 0; k < classes; k++)
		at->share[k] = 1. / classes;
	for (int i = 0; i < classes * data->items; i++)
		at->probability[i] = .05 + .9 * nk_random_uniform(3, start, i);
	nk_lca_climb_begin(climb);
}

/* many starts, a few iterations at a time: never down, never outside */
static void
test_way(const char *text, int items, int classes)
{
	NkTally    *tally = patterns_read(text);
	NkLcaData	data = patterns_data(tally, items);
	bool		rises = true;
	bool		inside = true;
	bool		converged = true;
	bool		settled = true;
	int64_t		most = 0;

	for (int start = 0; start < 50; start++)
	{
		NkLcaClimb	climb;

		begin(&climb, &data, classes, start);
		for (int64_t end = 2; end < 20000 && !climb.converged; end++)
		{
			double		before = climb.value;
			double		sum = 0;

			nk_lca_climb_on(&climb, 1e-10, end);
			if (!(climb.value >= before - 1e-13 * fabs(before)))
				rises = false;
			for (int k = 0; k < classes; k++)
				sum += climb.at.parameters.share[k];
			for (size_t i = 0; i < climb.length; i++)
				if (!(climb.at.vector[i] >= 0 && climb.at.vector[i] <= 1))
					inside = false;
			if (!(fabs(sum - 1) < 1e-14))
				inside = false;
		}
		converged = converged && climb.converged;
		most = climb.iterations > most ? climb.iterations : most;

		/* a step from the end leads nowhere */
		for (size_t i = 0; i < climb.length; i++)
			if (!(fabs(climb.at.vector[i] - climb.next.vector[i]) < 1e-7))
				settled = false;
	}
	printf("# %d items, %d classes: at most %d iterations\n", items, classes,
		   (int) most);
	CHECK(rises);
	CHECK(inside);
	CHECK(converged);
	CHECK(settled);
}

/* plain steps need 176 here, and thousands where classes overlap */
static void
test_speed(void)
{
	NkTally    *tally = patterns_read(PATTERNS_VALUES);
	NkLcaData	data = patterns_data(tally, 4);
	int64_t		sum = 0;

	for (int start = 0; start < 20; start++)
	{
		NkLcaClimb	climb;

		begin(&climb, &data, 2, start);
		nk_lca_climb_on(&climb, 1e-10, 10000);
		CHECK(fabs(climb.log_likelihood - -504.467670118362) < 1e-10);
		sum += climb.iterations;
	}
	printf("# %d iterations on average\n", (int) (sum / 20));
	CHECK(sum < 20 * 60);
}

/* probabilities that go to 0 and 1 arrive there */
static void
test_boundary(void)
{
	NkTally    *tally = patterns_read(PATTERNS_CARCINOMA);
	NkLcaData	data = patterns_data(tally, 7);
	NkLcaClimb	climb;
	int			at_bound = 0;
	double		nearest = 1;

	begin(&climb, &data, 3, 1);
	nk_lca_climb_on(&climb, 1e-10, 10000);
	CHECK(fabs(climb.log_likelihood - -293.704978780729) < 1e-9);
	for (int i = 0; i < 21; i++)
	{
		double		p = climb.at.parameters.probability[i];

		if (p == 0 || p == 1)
			at_bound++;
		else
			nearest = fmin(nearest, fmin(p, 1 - p));
	}
	CHECK(at_bound == 10);
	CHECK(nearest > .01);
}

int
main(void)
{
	test_way(PATTERNS_VALUES, 4, 2);
	test_way(PATTERNS_VALUES, 4, 3);
	test_way(PATTERNS_CARCINOMA, 7, 4);
	test_way(PATTERNS_CHEATING, 4, 3);
	test_way("12.:3 211:2 .21:4 221:1 1.2:2 222:9", 3, 2);
	test_speed();
	test_boundary();
	return unit_report();
}
