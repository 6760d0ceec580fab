/*
 * change_point.c - are bends found as rarely as they should be, and where they
 * are?
 *
 * On a straight line p is uniform.  Where there is a bend, an interval is given
 * if it is found; it should contain the true age in 95 % of these cases.  The
 * national scenario is no broken line: it bends a little at all ages, and the
 * best bend of endlessly many children is at 14.3 instead of 14.
 *
 * A bend that is there and hardly ever found (160 children) is found most
 * often where chance has put one elsewhere: the interval is right in half of
 * the cases.  Then what is held to a limit is how often an interval without the
 * true age is given at all.
 */
#include "coverage.h"

#include "change_point.h"

static const double levels[] = {0.01, 0.05, 0.5};
static const double low[] = {0.006, 0.04, 0.47};
static const double high[] = {0.015, 0.06, 0.53};

static char scratch[1 << 20];

/*
 * Children whose log odds of an event rise by .09 a year until 14 and are
 * level from there on, or rise by .05 a year at all ages; *count ages
 */
static void
draw_shares(bool bent, int64_t seed, int64_t dataset, int64_t n,
			NkShareAge ages[SCENARIO_AGES], int *count)
{
	int64_t		child = 0;

	*count = 0;
	for (int age = 0; age < SCENARIO_AGES; age++)
	{
		double		line = bent ? 0.09 * (fmin(age, 14) - 9) : 0.05 * (age - 9);
		double		share = scenario_logistic(line - 0.5);
		NkShareAge *at = &ages[*count];

		*at = (NkShareAge) {.age = age,
		.n = (int64_t) ((double) n * scenario_ages[age] + 0.5)};
		for (int64_t i = 0; i < at->n; i++)
			at->events += nk_random_uniform(seed, (int32_t) dataset,
											child++) < share;
		*count += at->n > 0;
	}
}

/* a world: a gap of children drawn from a scenario, or a share */
typedef struct World
{
	const char *name;
	bool		is_share;
	bool		bent;
	Scenario	scenario;
} World;

static NkStatus
ask(const World *world, int64_t n, int64_t dataset, NkChangePoint *change)
{
	NkAgeCurve	curve;
	NkGaps		gaps;
	NkShareAge	ages[SCENARIO_AGES];
	int			count;

	if (world->is_share)
	{
		draw_shares(world->bent, 43, dataset, n, ages, &count);
		return nk_share_change_point(ages, count, 0.95, scratch, change);
	}
	draw_curve(world->scenario, 43, dataset, n, &curve);
	nk_gaps(&curve, NK_GAP_IDENTIFIED, &gaps);
	return nk_gap_change_point(&gaps, 0.95, scratch, change);
}

/* p where there is no bend */
static void
try_levels(const World *world, int64_t n, int64_t sets)
{
	int64_t		below[3] = {0};

	for (int64_t i = 0; i < sets; i++)
	{
		NkChangePoint change;

		ask(world, n, i, &change);
		for (int j = 0; j < 3; j++)
			below[j] += change.p_value < levels[j];
	}
	for (int j = 0; j < 3; j++)
	{
		char		name[100];

		snprintf(name, sizeof(name), "%s: p below %g", world->name, levels[j]);
		coverage_row(name, n, sets, below[j], low[j], high[j]);
	}
}

/* the interval where there is one */
static void
try_interval(const World *world, int64_t n, int64_t sets, double least)
{
	int64_t		found = 0;
	int64_t		right = 0;
	char		name[100];

	for (int64_t i = 0; i < sets; i++)
	{
		NkChangePoint change;

		if (ask(world, n, i, &change) != NK_OK)
			continue;
		found++;
		right += change.age.lower <= SCENARIO_KINK_AGE &&
			change.age.upper >= SCENARIO_KINK_AGE;
	}
	snprintf(name, sizeof(name), "%s: a change point is found", world->name);
	coverage_row(name, n, sets, found, 0, 1);
	snprintf(name, sizeof(name), "%s: where found, the interval contains 14",
			 world->name);
	coverage_row(name, n, found, right, least, 1);
	snprintf(name, sizeof(name), "%s: no interval without 14 is given",
			 world->name);
	coverage_row(name, n, sets, sets - found + right, 0.935, 1);
}

int
main(int argc, char **argv)
{
	const World line = {"straight gap", .scenario = SCENARIO_LINE};
	const World line_share = {"straight log odds", .is_share = true};
	const World national = {"national gap", .scenario = SCENARIO_NATIONAL};
	const World kink = {"gap with a kink", .scenario = SCENARIO_KINK};
	const World share = {"log odds with a kink", .is_share = true,
	.bent = true};

	coverage_begin(argc, argv);
	try_levels(&line, 20000, coverage_datasets(10000, 300));
	try_levels(&line, 160, coverage_datasets(10000, 1000));
	try_levels(&line_share, 20000, coverage_datasets(4000, 200));
	try_levels(&line_share, 160, coverage_datasets(4000, 500));
	try_interval(&national, 20000, coverage_datasets(4000, 200), 0.93);
	try_interval(&kink, 20000, coverage_datasets(4000, 200), 0.93);
	try_interval(&share, 20000, coverage_datasets(4000, 200), 0.93);
	try_interval(&national, 160, coverage_datasets(4000, 500), 0);
	try_interval(&kink, 160, coverage_datasets(4000, 500), 0);
	try_interval(&share, 160, coverage_datasets(4000, 500), 0);
	return coverage_end();
}
