/*
 * test_lca_residuals.c - pairs of items against what a model expects
 */
#include "lca_draw.h"
#include "lca_residuals.h"
#include "reference.h"
#include "response_patterns.h"

static void
numbers_of(const char *text, double *numbers)
{
	char	   *rest = (char *) text;

	for (int i = 0; *rest != '\0'; i++)
		numbers[i] = strtod(rest, &rest);
}

static void
test_reference(void)
{
	Reference	models = reference_read("lca_residual_models.tsv");
	Reference	rows = reference_read("lca_residuals.tsv");
	Group		counts = {.name = "pair, children, observed, status", .tolerance = 0};
	Group		expected = {.name = "expected", .tolerance = 1e-13};
	Group		residual = {.name = "residual", .tolerance = 1e-11};
	Group		statistic = {.name = "statistic", .tolerance = 1e-11};
	int			row = 0;

	for (int i = 0; i < models.count; i++)
	{
		int			items = (int) reference_count(&models, i, "items");
		int			classes = (int) reference_count(&models, i, "classes");
		NkTally    *tally = patterns_of(reference_text(&models, i,
													   "patterns"));
		NkLcaData	data = patterns_data(tally, items);
		NkLcaParameters model = patterns_parameters(classes, items);
		NkLcaResidual pairs[64];
		void	   *room = patterns_room(nk_lca_residuals_size(items));

		numbers_of(reference_text(&models, i, "shares"), model.share);
		numbers_of(reference_text(&models, i, "probabilities"),
				   model.probability);
		nk_lca_residuals(&data, &model, room, pairs);
		free(room);
		free(tally);
		for (size_t pair = 0; pair < nk_lca_pairs(items); pair++, row++)
		{
			const NkLcaResidual *got = &pairs[pair];
			double		seen = reference_number(&rows, row, "observed");
			double		scale = reference_number(&rows, row, "expected");

			group_expect(&counts, row,
						 reference_count(&rows, row, "problem") == i &&
						 reference_count(&rows, row, "a") == got->a &&
						 reference_count(&rows, row, "b") == got->b &&
						 reference_count(&rows, row, "n") == got->n &&
						 unit_distance(got->observed, seen) == 0 &&
						 reference_is(&rows, row, "status",
									  got->status == NK_OK ? "ok" :
									  got->status == NK_BOUNDARY ? "boundary" :
									  "not_observed"));
			group_compare(&expected, row, got->expected, scale, 0);
			/* a difference of numbers as large as the expected one */
			group_compare(&residual, row, got->residual,
						  reference_number(&rows, row, "residual"),
						  1e-3 * sqrt(scale));
			group_compare(&statistic, row, got->statistic,
						  reference_number(&rows, row, "statistic"), 1e-2);
		}
	}
	CHECK(row == rows.count && row > 50);
	group_report(&counts);
	group_report(&expected);
	group_report(&residual);
	group_report(&statistic);
	reference_free(&models);
	reference_free(&rows);
}

/* a model against the data that it was fitted to, and data drawn from it */
static void
test_refit(void)
{
	NkLcaSettings settings = {
		.starts = 10, .finish = 3, .seed = 1, .tolerance = 1e-10,
		.max_iterations = 10000
	};
	NkTally    *tally = patterns_read(PATTERNS_CARCINOMA);
	NkLcaData	data = patterns_data(tally, 7);
	NkLcaParameters model = patterns_parameters(2, 7);
	NkLcaParameters start = patterns_parameters(2, 7);
	NkLcaResidual pairs[21];
	int64_t		hits[21] = {0};
	NkLcaFit	fit;
	void	   *room = patterns_room(nk_lca_fit_size(&data, 2, &settings));
	void	   *draw_room = patterns_room(nk_lca_draw_size(&data));
	int			done = 0;
	int			small = 0;
	double		largest = 0;

	CHECK(nk_lca_fit(&data, &settings, room, &model, &fit) == NK_OK);
	free(room);
	room = patterns_room(nk_lca_residuals_size(7));
	nk_lca_residuals(&data, &model, room, pairs);
	free(room);
	for (int i = 0; i < 21; i++)
	{
		CHECK(pairs[i].status == NK_OK && pairs[i].n == 118);
		/* margins are reproduced: one number tells the others */
		CHECK((pairs[i].observed > pairs[i].expected) ==
			  (pairs[i].residual > 0));
		largest = fmax(largest, pairs[i].statistic);
	}
	for (int i = 0; i < 99; i++)
	{
		NkLcaData	drawn;

		nk_lca_draw(&data, &model, 1, i, draw_room, &drawn);
		memcpy(start.share, model.share, 2 * sizeof(double));
		memcpy(start.probability, model.probability, 14 * sizeof(double));
		room = patterns_room(nk_lca_residuals_refit_size(&drawn, 2,
														 &settings));
		done += nk_lca_residuals_refit(&drawn, &settings, room, &start, pairs,
									   hits);
		free(room);
	}
	CHECK(done == 99);
	/* two classes are too few here: some pairs are beyond chance */
	for (int i = 0; i < 21; i++)
	{
		small += hits[i] < 2;
		CHECK(pairs[i].statistic < largest || hits[i] == 0);
	}
	CHECK(small >= 3 && small < 21);
	free(draw_room);
	free(tally);
}

int
main(void)
{
	test_reference();
	test_refit();
	return unit_report();
}
