/*
 * test_lca_errors.c - standard errors of latent classes (lca_errors.c), and
 * how children are assigned (lca_posterior.c)
 *
 * Values: test/reference/lca_sets.tsv and lca_errors.tsv, from lca_errors.py.
 */
#include "reference.h"
#include "response_patterns.h"

static const NkLcaSettings settings = {
	.starts = 20, .finish = 5, .seed = 1, .tolerance = 1e-12,
	.max_iterations = 100000
};

typedef struct Errors
{
	NkLcaData	data;
	NkLcaParameters at;
	NkLcaFit	fit;
	NkStatus	status;
	double		share[NK_LCA_CLASSES];
	double		probability[NK_LCA_CLASSES * NK_LCA_ITEMS];
} Errors;

static void
fit(Errors *of, const char *text, int items, int classes)
{
	NkTally    *tally = patterns_read(text);
	void	   *room;

	of->data = patterns_data(tally, items);
	of->at = patterns_parameters(classes, items);
	room = patterns_room(nk_lca_fit_size(&of->data, classes, &settings));
	CHECK(nk_lca_fit(&of->data, &settings, room, &of->at, &of->fit) == NK_OK);
	free(room);
	free(tally);
}

static void
ask(Errors *of, double pseudo_count)
{
	void	   *room = patterns_room(nk_lca_errors_size(of->at.classes,
														of->at.items));

	of->status = nk_lca_standard_errors(&of->data, &of->at, pseudo_count,
										room, of->share, of->probability);
	free(room);
}

static void
test_reference(void)
{
	static Errors of;
	Reference	sets = reference_read("lca_sets.tsv");
	Reference	table = reference_read("lca_errors.tsv");
	Group		status = {.name = "errors: status"};
	Group		likelihood = {.name = "log-likelihood", .tolerance = 1e-12};
	Group		estimates = {.name = "estimates", .tolerance = 1e-6};
	Group		errors = {.name = "standard errors", .tolerance = 1e-6};

	for (int set = 0; set < sets.count; set++)
	{
		int			items = (int) reference_count(&sets, set, "items");

		fit(&of, reference_text(&sets, set, "patterns"), items,
			(int) reference_count(&sets, set, "classes"));
		ask(&of, 0);
		group_expect(&status, set, of.status == NK_OK);
		group_compare(&likelihood, set, of.fit.log_likelihood,
					  reference_number(&sets, set, "log_likelihood"), 0);
		for (int row = 0; row < table.count; row++)
		{
			int			k = (int) reference_count(&table, row, "class");
			int			j = (int) reference_count(&table, row, "item");
			double		error = reference_number(&table, row, "std_error");

			if (!reference_is(&table, row, "problem",
							  reference_text(&sets, set, "problem")))
				continue;
			group_compare(&estimates, row, j < 0 ? of.at.share[k] :
						  of.at.probability[k * items + j],
						  reference_number(&table, row, "estimate"), 1);
			group_compare(&errors, row, j < 0 ? of.share[k] :
						  of.probability[k * items + j], error, 0);
		}
	}
	group_report(&status);
	group_report(&likelihood);
	group_report(&estimates);
	group_report(&errors);
}

/* one class: the binomial's standard error, whoever was looked at */
static void
test_one_class(void)
{
	static Errors of;

	fit(&of, "12.:1 21.:2 2..:5 11.:2", 3, 1);
	ask(&of, 0);
	CHECK(of.status == NK_OK);
	CHECK(of.share[0] == 0);
	CHECK_CLOSE(of.probability[0], sqrt(.7 * .3 / 10), 1e-14);
	CHECK_CLOSE(of.probability[1], sqrt(.2 * .8 / 5), 1e-14);
	CHECK(of.probability[2] == 0);

	/* a pseudo-count is so many children more */
	ask(&of, 6);
	CHECK_CLOSE(of.probability[0], .7 * .3 / sqrt((10 + 6) * .7 * .3), 1e-14);
}

static void
test_not_identified(void)
{
	static Errors of;

	/* more parameters than there are patterns to tell them */
	fit(&of, PATTERNS_VALUES, 4, 4);
	ask(&of, 0);
	CHECK(of.status == NK_NOT_IDENTIFIED);

	/* two classes that are one */
	fit(&of, PATTERNS_CARCINOMA, 7, 1);
	of.at.classes = 2;
	of.at.share = (double[]) {.5, .5};
	of.at.probability = patterns_parameters(2, 7).probability;
	for (int i = 0; i < 14; i++)
		of.at.probability[i] = .3;
	ask(&of, 0);
	CHECK(of.status == NK_NOT_IDENTIFIED);

	CHECK(nk_lca_errors_size(64, 31) > 0);
	CHECK(nk_lca_errors_size(64, 32) == 0);
	CHECK(nk_lca_errors_size(64, 63) == 0);
}

static void
test_assignments(void)
{
	static Errors of;
	double		assigned[9];
	double		modal[3] = {0};
	double		posterior[3];
	void	   *room = patterns_room(nk_lca_statistics_size(3, 7));

	fit(&of, PATTERNS_CARCINOMA, 7, 3);
	CHECK(nk_lca_assignments(&of.data, &of.at, room, assigned) == NK_OK);
	for (int k = 0; k < 3; k++)
	{
		CHECK_CLOSE(assigned[3 * k] + assigned[3 * k + 1] + assigned[3 * k + 2],
					1, 1e-14);
		CHECK(assigned[4 * k] > .8);
	}
	/* those of all classes together are those whose modal class it is */
	for (size_t i = 0; i < of.data.patterns; i++)
	{
		nk_lca_bayes(&of.at, of.data.present[i], of.data.observed[i],
					 posterior);
		modal[nk_lca_modal(posterior, 3)] += of.data.weight[i] / of.data.n;
	}
	for (int s = 0; s < 3; s++)
		CHECK_CLOSE(of.at.share[0] * assigned[s] +
					of.at.share[1] * assigned[3 + s] +
					of.at.share[2] * assigned[6 + s], modal[s], 1e-7);
	free(room);
}

int
main(void)
{
	test_reference();
	test_one_class();
	test_not_identified();
	test_assignments();
	return unit_report();
}
