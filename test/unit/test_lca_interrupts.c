/*
 * test_lca_interrupts.c - a fit of latent classes can be cancelled at any time
 *
 * Between two looks at interrupts a fit may work for some milliseconds,
 * however many patterns, classes and items there are.  What is measured is
 * processor time: a busy machine does not matter, a sanitizer does.
 */
#include "random.h"
#include "response_patterns.h"

#if defined(__SANITIZE_ADDRESS__)
#define LONGEST 0.2
#else
#define LONGEST 0.02
#endif

static const NkLcaSettings few_steps = {
	.starts = 2, .finish = 1, .seed = 1, .tolerance = 1e-10,
	.max_iterations = 3
};

/* so many different patterns, of which a share of the items was not observed */
static NkTally *
random_patterns(size_t count, int items, int missing)
{
	NkTally    *tally = patterns_empty(count);
	uint64_t	all = nk_lca_mask(items);

	for (size_t i = 0; i < count; i++)
	{
		uint64_t	observed = all;

		/* each time half of what is left */
		for (int m = 0; m < missing; m++)
			observed &= nk_random_bits(1, 1 + m, (int64_t) i) |
				nk_random_bits(1, 11 + m, (int64_t) i) | 1;
		patterns_put(tally, observed & all,
					 nk_random_bits(1, 0, (int64_t) i) & observed & all, 1);
	}
	nk_sort_entries(tally->words, tally->header.rows, 3, 2);
	return tally;
}

static void
check_fit(const char *what, size_t patterns, int items, int missing,
		  int classes)
{
	NkTally    *tally = random_patterns(patterns, items, missing);
	void	   *data_room = patterns_room(nk_lca_data_size(tally));
	NkLcaParameters parameters = patterns_parameters(classes, items);
	NkLcaStatistics statistics;
	NkLcaData	data;
	NkLcaFit	fit;
	double		data_gap;
	double		fit_gap;
	double		statistics_gap;
	void	   *room;

	unit_watch();
	CHECK(nk_lca_data(tally, items, data_room, &data) == NK_OK);
	data_gap = unit_watched();
	room = patterns_room(nk_lca_fit_size(&data, classes, &few_steps));
	unit_watch();
	CHECK(nk_lca_fit(&data, &few_steps, room, &parameters, &fit) ==
		  NK_NOT_CONVERGED);
	fit_gap = unit_watched();
	unit_watch();
	nk_lca_statistics(&data, &parameters, room, &statistics);
	statistics_gap = unit_watched();
	printf("# %s: data %.1f ms, fit %.1f ms, statistics %.1f ms\n", what,
		   1e3 * data_gap, 1e3 * fit_gap, 1e3 * statistics_gap);
	CHECK(data_gap <= LONGEST);
	CHECK(fit_gap <= LONGEST);
	CHECK(statistics_gap <= LONGEST);
	free(tally);
	free(data_room);
	free(room);
	free(parameters.share);
	free(parameters.probability);
}

/* as many parameters as have standard errors */
static void
check_errors(int items, int classes)
{
	NkTally    *tally = random_patterns(100, items, 0);
	NkLcaData	data = patterns_data(tally, items);
	NkLcaParameters at = patterns_parameters(classes, items);
	NkLcaParameters errors = patterns_parameters(classes, items);
	void	   *room = patterns_room(nk_lca_errors_size(classes, items));
	double		gap;
	NkStatus	status;

	for (int k = 0; k < classes; k++)
		at.share[k] = 1. / classes;
	for (int i = 0; i < classes * items; i++)
		at.probability[i] = 0.2 + 0.6 * nk_random_uniform(2, 0, i);
	unit_watch();
	status = nk_lca_standard_errors(&data, &at, 100, room, errors.share,
									errors.probability);
	gap = unit_watched();
	printf("# standard errors of %d items, %d classes: %.1f ms, status %d\n",
		   items, classes, 1e3 * gap, status);
	CHECK(nk_lca_errors_size(classes, items) > 0);
	CHECK(gap <= LONGEST);
	free(tally);
	free(room);
}

/* fewer items than were counted: sorted anew, and added up */
static void
check_masked(void)
{
	NkTally    *tally = random_patterns(1300000, 40, 0);
	void	   *room = patterns_room(nk_lca_data_size(tally));
	NkLcaData	data;
	double		gap;

	/* what is present beyond the items would be an error */
	for (size_t i = 0; i < tally->header.rows; i++)
		tally->words[3 * i + 1] &= nk_lca_mask(20);
	unit_watch();
	CHECK(nk_lca_data(tally, 20, room, &data) == NK_OK);
	gap = unit_watched();
	printf("# 1,300,000 patterns masked to 20 items: %.1f ms\n", 1e3 * gap);
	CHECK(gap <= LONGEST);
	CHECK(data.patterns < 1300000 && data.n == 1300000);
	free(tally);
	free(room);
}

int
main(void)
{
	check_fit("200,000 patterns of 24 items, 15 classes", 200000, 24, 0, 15);
	check_fit("2,000 patterns of 63 items, 64 classes", 2000, 63, 0, 64);
	check_fit("2,000 patterns of 63 items, some missing, 64 classes", 2000,
			  63, 1, 64);
	check_errors(63, 24);
	check_errors(7, 64);
	check_masked();
	return unit_report();
}
