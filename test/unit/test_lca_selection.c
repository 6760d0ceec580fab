/*
 * test_lca_selection.c - numbers of latent classes, and the one that is chosen
 */
#include "lca_selection.h"
#include "response_patterns.h"

static const NkLcaSettings defaults = {
	.starts = 20, .finish = 5, .seed = 1, .tolerance = 1e-10,
	.max_iterations = 10000
};

static void
choose(const char *text, int items, int least, int most,
	   const NkLcaSettings *settings, NkLcaCandidate *candidates)
{
	NkTally    *tally = patterns_read(text);
	NkLcaData	data = patterns_data(tally, items);
	void	   *room = patterns_room(nk_lca_select_size(&data, most, settings));

	nk_lca_select(&data, least, most, settings, room, candidates);
	free(room);
	free(tally);
}

/* Linzer and Lewis 2011, and an independent program */
static void
test_published(void)
{
	NkLcaCandidate c[4];

	choose(PATTERNS_CARCINOMA, 7, 2, 4, &defaults, c);
	CHECK(c[0].classes == 2 && c[1].classes == 3 && c[2].classes == 4);
	CHECK(fabs(c[0].statistics.bic - 706.073944) < 1e-6);
	CHECK(fabs(c[1].statistics.bic - 697.135704) < 1e-6);
	CHECK(fabs(c[2].statistics.bic - 726.462921) < 1e-6);
	CHECK(!c[0].selected && c[1].selected && !c[2].selected);
	CHECK(c[0].n == 118 && c[1].status == NK_OK && c[1].has_fit);

	choose(PATTERNS_VALUES, 4, 1, 3, &defaults, c);
	CHECK(fabs(c[0].statistics.bic - 1108.800763) < 1e-6);
	CHECK(fabs(c[1].statistics.bic - 1057.312846) < 1e-6);
	CHECK(fabs(c[2].statistics.bic - 1081.856172) < 1e-6);
	CHECK(!c[0].selected && c[1].selected && !c[2].selected);

	/* one class is a candidate */
	choose("11:24 12:26 21:25 22:26", 2, 1, 2, &defaults, c);
	CHECK(c[0].selected && !c[1].selected);
}

/* a search that did not end is not chosen, whatever it found */
static void
test_not_converged(void)
{
	NkLcaSettings hasty = defaults;
	NkLcaCandidate c[4];

	hasty.max_iterations = 6;
	choose(PATTERNS_CARCINOMA, 7, 1, 3, &hasty, c);
	CHECK(c[0].status == NK_OK && c[0].selected);
	CHECK(c[1].status == NK_NOT_CONVERGED && c[1].has_fit && !c[1].selected);
	CHECK(c[1].statistics.bic < c[0].statistics.bic);
}

static void
test_thin(void)
{
	NkLcaCandidate c[4];

	choose("11:5 12:3", 2, 1, 4, &defaults, c);
	CHECK(c[0].status == NK_OK && c[0].selected);
	CHECK(c[2].status == NK_TOO_FEW && !c[2].has_fit && !c[2].selected);
	CHECK(c[3].status == NK_TOO_FEW && c[3].classes == 4);
	choose("..:5", 2, 1, 2, &defaults, c);
	CHECK(c[0].status == NK_EMPTY && c[1].status == NK_EMPTY);
	CHECK(!c[0].selected && !c[1].selected && !c[0].has_fit);
	choose("11:5", 2, 1, 2, &defaults, c);
	CHECK(c[0].status == NK_OK && c[1].status == NK_NO_VARIATION);
}

static void
test_settings(void)
{
	NkLcaSettings bad = defaults;

	CHECK(nk_lca_select_check(7, 1, 4, &defaults) == NK_OK);
	CHECK(nk_lca_select_check(7, 3, 3, &defaults) == NK_OK);
	CHECK(nk_lca_select_check(7, 4, 3, &defaults) == NK_BAD_CLASSES);
	CHECK(nk_lca_select_check(7, 0, 3, &defaults) == NK_BAD_CLASSES);
	CHECK(nk_lca_select_check(7, 1, 65, &defaults) == NK_BAD_CLASSES);
	CHECK(nk_lca_select_check(0, 1, 3, &defaults) == NK_BAD_ITEMS);
	bad.starts = 0;
	CHECK(nk_lca_select_check(7, 1, 3, &bad) == NK_BAD_STARTS);
}

int
main(void)
{
	test_published();
	test_not_converged();
	test_thin();
	test_settings();
	return unit_report();
}
