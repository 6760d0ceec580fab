/*
 * lca_invariance.c - are differences of classes found as rarely as they should
 * be, and where they are?
 *
 * With the same item probabilities in both groups p is below .05 in 5 % of the
 * data sets: of the test of all items, and, item by item, of that of one.  With
 * few children chi-square is somewhat short in the tail.  One item that means
 * something else should be found, and stand out: others look different, too,
 * while it is held the same.
 */
#include "coverage.h"
#include "lca_draw.h"
#include "lca_invariance.h"

#define ITEMS	5
#define ROOM	(1 << 20)

static const NkLcaSettings settings = {
	.starts = 8, .finish = 2, .seed = 1, .tolerance = 1e-9,
	.max_iterations = 5000
};

static double rooms[2][ROOM / 8];
static double room[ROOM / 8];

static NkLcaData
draw_group(int group, const NkLcaParameters *model, int64_t n, int64_t i,
		   bool missing)
{
	uint64_t	observed[] = {0x17, 0x1f};
	uint64_t	present[] = {0, 0};
	double		weight[] = {missing ? (double) (n / 4) : 0, 0};
	NkLcaData	shape = {
		.items = ITEMS, .patterns = missing ? 2 : 1,
		.observed = observed + !missing, .present = present,
		.weight = weight + !missing
	};
	NkLcaData	data;

	weight[1] = (double) n - weight[0];
	nk_lca_describe(&shape);
	nk_lca_draw(&shape, model, 31 + group, (int32_t) i, rooms[group], &data);
	return data;
}

static void
try_groups(const char *name, const NkLcaParameters *first,
		   const NkLcaParameters *second, int64_t n, bool missing,
		   int64_t sets, double low, double high, bool differ)
{
	int64_t		all = 0;
	int64_t		one = 0;
	int64_t		any = 0;
	char		what[100];

	for (int64_t i = 0; i < sets; i++)
	{
		NkLcaData	a = draw_group(0, first, n, i, missing);
		NkLcaData	b = draw_group(1, second, n, i, false);
		NkLcaInvarianceTest test;
		NkLcaInvariance items[ITEMS];
		bool		found = false;
		bool		largest = true;

		if (nk_lca_invariance_size(&a, &b, first->classes, &settings) > ROOM)
			abort();
		nk_lca_invariance_test(&a, &b, first->classes, &settings, room, &test,
							   items);
		all += test.all.p_value < 0.05;
		one += items[1].p_value < 0.05;
		for (int j = 0; j < ITEMS; j++)
		{
			found |= items[j].p_adjusted < 0.05;
			largest &= items[j].statistic <= items[1].statistic;
		}
		any += differ ? largest : found;
	}
	snprintf(what, sizeof(what), "%s: p of all items below .05", name);
	coverage_row(what, n, sets, all, low, high);
	snprintf(what, sizeof(what), "%s: p of an item below .05", name);
	coverage_row(what, n, sets, one, low, high);
	if (differ)
		snprintf(what, sizeof(what), "%s: it has the largest statistic", name);
	else
		snprintf(what, sizeof(what), "%s: any item, by Holm", name);
	coverage_row(what, n, sets, any, differ ? 0.95 : 0, differ ? 1 : 0.07);
}

int
main(int argc, char **argv)
{
	double		first[] = {.6, .4, .85, .8, .75, .7, .9, .2, .1, .3, .15, .25};
	double		second[] = {.3, .7, .85, .8, .75, .7, .9, .2, .1, .3, .15, .25};
	double		moved[] = {.3, .7, .85, .4, .75, .7, .9, .2, .1, .3, .15, .25};
	double		sharp[] = {
		.5, .5, .99, .8, .98, .7, .9, .01, .1, .02, .15, .01
	};
	NkLcaParameters d = {2, ITEMS, sharp, sharp + 2};
	NkLcaParameters a = {2, ITEMS, first, first + 2};
	NkLcaParameters b = {2, ITEMS, second, second + 2};
	NkLcaParameters c = {2, ITEMS, moved, moved + 2};

	coverage_begin(argc, argv);
	try_groups("same classes", &a, &b, 300, false,
			   coverage_datasets(2000, 100), 0.04, 0.08, false);
	try_groups("same classes", &a, &b, 2000, false,
			   coverage_datasets(2000, 100), 0.04, 0.06, false);
	try_groups("same classes, an item missing", &a, &b, 1000, true,
			   coverage_datasets(2000, 100), 0.04, 0.06, false);
	/* probabilities that are often estimated as 0 or 1 */
	try_groups("probabilities near 0 and 1", &d, &d, 100, false,
			   coverage_datasets(2000, 100), 0.02, 0.08, false);
	try_groups("one item differs", &a, &c, 300, false,
			   coverage_datasets(500, 50), 0.8, 1, true);
	return coverage_end();
}
