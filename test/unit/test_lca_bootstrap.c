/*
 * test_lca_bootstrap.c - is one class more than chance?
 */
#include "lca_bootstrap.h"
#include "response_patterns.h"

static const NkLcaSettings defaults = {
	.starts = 20, .finish = 5, .seed = 1, .tolerance = 1e-10,
	.max_iterations = 10000
};

typedef struct Tested
{
	NkLcaBootstrap test;
	NkLcaSimulated simulated;
	NkStatus	status;
} Tested;

static Tested
bootstrap(const char *text, int items, int classes, int replicates,
		  const NkLcaSettings *settings)
{
	NkTally    *tally = patterns_read(text);
	NkLcaData	data = patterns_data(tally, items);
	void	   *model_room;
	void	   *draw_room;
	void	   *room;
	Tested		tested;

	free(tally);
	model_room = patterns_room(nk_lca_bootstrap_model_size(&data, classes));
	draw_room = patterns_room(nk_lca_draw_size(&data));
	room = patterns_room(nk_lca_bootstrap_size(&data, classes, settings));
	tested.status = nk_lca_bootstrap_begin(&data, classes, settings,
										   model_room, room, &tested.test);
	free(room);
	for (int i = 0; tested.status == NK_OK && i < replicates; i++)
	{
		NkLcaData	drawn;

		nk_lca_draw(&data, &tested.test.fewer, settings->seed, i, draw_room,
					&drawn);
		room = patterns_room(nk_lca_bootstrap_size(&drawn, classes, settings));
		nk_lca_bootstrap_add(&tested.test, &drawn,
							 nk_lca_draw_seed(settings->seed, i), room);
		free(room);
	}
	tested.simulated = nk_lca_simulated(tested.test.hits,
										tested.test.replicates);
	free(model_room);
	free(draw_room);
	return tested;
}

/*
 * An independent program gives, with 499 and 999 data sets, .002, .002 and
 * .116 for carcinoma, .001 and .135 for cheating, each +- .03 or .02.
 */
static void
test_published(void)
{
	Tested		t = bootstrap(PATTERNS_CARCINOMA, 7, 2, 19, &defaults);

	CHECK(t.status == NK_OK && t.test.replicates == 19);
	CHECK(fabs(t.test.statistic - 414.415961) < 1e-6);
	CHECK(t.test.hits == 0);
	CHECK_CLOSE(t.simulated.p_value, .05, 1e-15);
	CHECK(t.simulated.p_lower == 0);
	/* Clopper and Pearson: 1 - .025^(1/19) */
	CHECK_CLOSE(t.simulated.p_upper, 1 - pow(.025, 1. / 19), 1e-13);

	t = bootstrap(PATTERNS_CARCINOMA, 7, 3, 19, &defaults);
	CHECK(fabs(t.test.statistic - 47.103717) < 1e-6);
	CHECK(t.test.hits <= 1);
	t = bootstrap(PATTERNS_CARCINOMA, 7, 4, 99, &defaults);
	CHECK(fabs(t.test.statistic - 8.838257) < 1e-5);
	CHECK(fabs(t.simulated.p_value - .116) < .1);
	t = bootstrap(PATTERNS_CHEATING, 4, 2, 19, &defaults);
	CHECK(fabs(t.test.statistic - 54.822165) < 1e-6);
	CHECK(t.test.hits == 0);
	t = bootstrap(PATTERNS_CHEATING, 4, 3, 199, &defaults);
	CHECK(fabs(t.test.statistic - 7.583068) < 1e-5);
	CHECK(fabs(t.simulated.p_value - .135) < .08);
	CHECK(t.simulated.p_lower < t.simulated.p_value &&
		  t.simulated.p_value < t.simulated.p_upper);
}

/* a function of data and seed */
static void
test_seed(void)
{
	NkLcaSettings other = defaults;
	Tested		a = bootstrap(PATTERNS_CHEATING, 4, 3, 49, &defaults);
	Tested		b = bootstrap(PATTERNS_CHEATING, 4, 3, 49, &defaults);

	CHECK(a.test.hits == b.test.hits);
	CHECK(a.test.statistic == b.test.statistic);
	other.seed = 2;
	b = bootstrap(PATTERNS_CHEATING, 4, 3, 49, &other);
	CHECK(a.test.hits != b.test.hits);
}

static void
test_thin(void)
{
	Tested		t;
	NkLcaSimulated none = nk_lca_simulated(0, 0);

	t = bootstrap("11:5 12:3", 2, 3, 9, &defaults);
	CHECK(t.status == NK_TOO_FEW && isnan(t.test.statistic));
	t = bootstrap("..:5", 2, 2, 9, &defaults);
	CHECK(t.status == NK_EMPTY && isnan(t.test.statistic));
	CHECK(isnan(none.p_value) && isnan(none.p_lower) && isnan(none.p_upper));

	/* items that are independent: nothing more to find, all are hits or not */
	t = bootstrap("11:4 12:4 21:4 22:4", 2, 2, 19, &defaults);
	CHECK(t.status == NK_OK && t.test.statistic < 1e-6);
	CHECK(t.test.statistic >= 0);
	CHECK(t.test.hits == 19 && t.simulated.p_value == 1);

	/* items missing of some */
	t = bootstrap("112:9 121:7 11.:5 2.2:8 .22:3 221:2", 3, 2, 19, &defaults);
	CHECK(t.status == NK_OK && t.test.replicates == 19);
	CHECK(t.simulated.p_value > 0 && t.simulated.p_value <= 1);
}

int
main(void)
{
	test_published();
	test_seed();
	test_thin();
	return unit_report();
}
