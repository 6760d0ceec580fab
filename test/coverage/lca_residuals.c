/*
 * lca_residuals.c - how often does a pair of items stand out by chance?
 *
 * Data sets are drawn from the model that is fitted: p by simulation should be
 * at most .05 for 5 % of the pairs, while chi-square on one degree of freedom,
 * which the statistic does not have, would find fewer.  Where two items have
 * something in common beyond their classes, that pair should stand out.
 */
#include "coverage.h"
#include "lca_bootstrap.h"
#include "lca_residuals.h"

#define ITEMS		5
#define PAIRS		10
#define REPLICATES	19
#define ROOM		(1 << 18)

static const NkLcaSettings settings = {
	.starts = 8, .finish = 2, .seed = 1, .tolerance = 1e-9,
	.max_iterations = 5000
};

static double truth_room[ROOM / 8];
static double draw_room[ROOM / 8];
static double room[ROOM / 8];

/* p-values of the pairs by the model that fits best */
static void
try_data(const NkLcaData *data, int64_t seed, NkLcaResidual *pairs, double *p)
{
	double		values[2 * (ITEMS + 1)];
	double		again[2 * (ITEMS + 1)];
	NkLcaParameters model = {2, ITEMS, values, values + 2};
	NkLcaParameters start = {2, ITEMS, again, again + 2};
	int64_t		hits[PAIRS] = {0};
	int64_t		done = 0;
	NkLcaFit	fit;

	nk_lca_fit(data, &settings, room, &model, &fit);
	nk_lca_residuals(data, &model, room, pairs);
	for (int i = 0; i < REPLICATES; i++)
	{
		NkLcaData	drawn;

		nk_lca_draw(data, &model, seed, i, draw_room, &drawn);
		memcpy(again, values, sizeof(values));
		done += nk_lca_residuals_refit(&drawn, &settings, room, &start, pairs,
									   hits);
	}
	for (int i = 0; i < PAIRS; i++)
		p[i] = nk_lca_simulated(hits[i], done).p_value;
}

/*
 * So many children of a model.  With a link, some of them give item 2 the
 * answer that they gave item 1.
 */
static void
try_model(const NkLcaParameters *model, int64_t n, double link, int64_t sets)
{
	uint64_t	observed = (1 << ITEMS) - 1;
	uint64_t	present = 0;
	double		weight = (double) n;
	NkLcaData	shape = {
		.items = ITEMS, .patterns = 1, .observed = &observed,
		.present = &present, .weight = &weight
	};
	int64_t		small = 0;
	int64_t		beyond = 0;
	int64_t		first = 0;

	nk_lca_describe(&shape);
	for (int64_t i = 0; i < sets; i++)
	{
		uint64_t	words[1 << ITEMS];
		double		counts[1 << ITEMS] = {0};
		uint64_t	all[1 << ITEMS];
		NkLcaData	data;
		NkLcaResidual pairs[PAIRS];
		double		p[PAIRS];
		bool		largest = true;

		nk_lca_draw(&shape, model, 53, (int32_t) i, truth_room, &data);
		for (size_t j = 0; j < data.patterns; j++)
		{
			double		linked = floor(data.weight[j] * link + 0.5);
			uint64_t	to = data.present[j];

			counts[to] += data.weight[j] - linked;
			to = (to & ~UINT64_C(4)) | (to & 2) << 1;
			counts[to] += linked;
		}
		data = (NkLcaData) {
			.items = ITEMS, .observed = all, .present = words,
			.weight = counts
		};
		for (uint64_t word = 0; word < 1 << ITEMS; word++)
			if (counts[word] > 0)
			{
				all[data.patterns] = observed;
				words[data.patterns] = word;
				counts[data.patterns++] = counts[word];
			}
		nk_lca_describe(&data);
		try_data(&data, 100 + i, pairs, p);
		for (int j = 0; j < PAIRS; j++)
		{
			small += p[j] < 0.051;
			beyond += pairs[j].statistic > 3.841;
			/* pair (1, 2) is the third: (0, 1), (0, 2), (1, 2) */
			largest &= pairs[j].statistic <= pairs[2].statistic;
		}
		first += largest && p[2] < 0.051;
	}
	if (link > 0)
	{
		coverage_row("two items linked: this pair is found, and the largest",
					 n, sets, first, 0.7, 1);
		return;
	}
	coverage_row("nothing linked: pairs with p at most .05", n, sets * PAIRS,
				 small, 0.035, 0.06);
	coverage_row("nothing linked: pairs beyond 3.84", n, sets * PAIRS, beyond,
				 0, 0.04);
}

int
main(int argc, char **argv)
{
	double		values[] = {
		.55, .45, .85, .8, .75, .7, .9, .2, .1, .3, .15, .25
	};
	NkLcaParameters model = {2, ITEMS, values, values + 2};

	coverage_begin(argc, argv);
	try_model(&model, 300, 0, coverage_datasets(1000, 60));
	try_model(&model, 2000, 0, coverage_datasets(1000, 60));
	try_model(&model, 1000, 0.25, coverage_datasets(300, 40));
	return coverage_end();
}
