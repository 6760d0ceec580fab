/*
 * test_lca_reference.c - latent classes against an independent maximisation
 *
 * Values: test/reference/lca_*.tsv, from lca.py, with 25 digits, and
 * lca_polca.tsv, what the R package poLCA found from as many starts.
 *
 * What follows from given parameters is asked of the reference's parameters
 * and held to 1e-11 or less.  What a fit finds is held to what its tolerance leaves:
 * the log-likelihood to 1e-13, and parameters, in which it is flat, to 1e-6.
 */
#include "reference.h"
#include "response_patterns.h"

/* as lca_fit has them by default */
static const NkLcaSettings defaults = {
	.starts = 20, .finish = 5, .seed = 1, .tolerance = 1e-10,
	.max_iterations = 10000
};

/* the data set of a row, "observed:present:count ..." in canonical order */
static NkLcaData
read_problem(const Reference *patterns, const char *name)
{
	for (int row = 0; row < patterns->count; row++)
	{
		char	   *rest = (char *) reference_text(patterns, row, "patterns");
		NkTally    *tally;
		NkLcaData	data;

		if (!reference_is(patterns, row, "problem", name))
			continue;
		tally = patterns_empty(strlen(rest) / 5);
		while (*rest != '\0')
		{
			int64_t		observed = strtoll(rest, &rest, 10);
			int64_t		present = strtoll(rest + 1, &rest, 10);
			int64_t		count = strtoll(rest + 1, &rest, 10);

			patterns_put(tally, (uint64_t) observed, (uint64_t) present, count);
			rest += *rest == ' ';
		}
		data = patterns_data(tally,
							 (int) reference_count(patterns, row, "items"));
		free(tally);
		return data;
	}
	reference_fail("no such problem", name);
	return (NkLcaData) {0};
}

/* what the tables say of one fit */
typedef struct Expected
{
	NkLcaParameters parameters;
	NkLcaParameters error;		/* standard errors; undefined where none */
} Expected;

static Expected
read_classes(const Reference *table, const char *problem, int classes,
			 int items)
{
	Expected	expected = {
		patterns_parameters(classes, items), patterns_parameters(classes, items)
	};

	for (int row = 0; row < table->count; row++)
	{
		int			k;
		int			at;

		if (!reference_is(table, row, "problem", problem) ||
			reference_count(table, row, "classes") != classes)
			continue;
		k = (int) reference_count(table, row, "class") - 1;
		if (reference_is(table, row, "item", "NULL"))
		{
			expected.parameters.share[k] = reference_number(table, row, "estimate");
			expected.error.share[k] = reference_number(table, row, "std_error");
			continue;
		}
		at = k * items + (int) reference_count(table, row, "item") - 1;
		/* of an item that was never observed any probability is as good */
		expected.parameters.probability[at] =
			reference_is(table, row, "estimate", "NULL") ? 0.5 :
			reference_number(table, row, "estimate");
		expected.error.probability[at] =
			reference_number(table, row, "std_error");
	}
	return expected;
}

static void
free_parameters(NkLcaParameters *parameters)
{
	free(parameters->share);
	free(parameters->probability);
}

static void
free_expected(Expected *expected)
{
	free_parameters(&expected->parameters);
	free_parameters(&expected->error);
}

typedef struct Groups
{
	Group		log_likelihood;
	Group		criteria;
	Group		g2;
	Group		x2;
	Group		df;
	Group		entropy;
	Group		posterior;
	Group		counts;
} Groups;

static void
compare_statistics(Groups *groups, const Reference *fits, int row,
				   const NkLcaStatistics *got, bool unique)
{
	double		n = (double) reference_count(fits, row, "n");

	group_compare(&groups->log_likelihood, row, got->log_likelihood,
				  reference_number(fits, row, "log_likelihood"), 0);
	group_compare(&groups->criteria, row, got->aic,
				  reference_number(fits, row, "aic"), 0);
	group_compare(&groups->criteria, row, got->bic,
				  reference_number(fits, row, "bic"), 0);
	group_compare(&groups->criteria, row, got->abic,
				  reference_number(fits, row, "abic"), 0);
	/* a difference of sums as large as n */
	group_compare(&groups->g2, row, got->g2, reference_number(fits, row, "g2"),
				  n);
	group_compare(&groups->x2, row, got->x2, reference_number(fits, row, "x2"),
				  n);
	group_compare(&groups->df, row, got->df, reference_number(fits, row, "df"),
				  0);
	group_expect(&groups->counts, row,
				 got->parameters == reference_count(fits, row, "parameters"));
	if (!unique)
		return;
	group_compare(&groups->entropy, row, got->entropy,
				  reference_number(fits, row, "entropy"), 1);
	group_compare(&groups->posterior, row, got->smallest_share,
				  reference_number(fits, row, "smallest_share"), 0);
	group_compare(&groups->posterior, row, got->mean_posterior,
				  reference_number(fits, row, "mean_posterior"), 0);
}

static void
report(const Groups *groups)
{
	group_report(&groups->log_likelihood);
	group_report(&groups->criteria);
	group_report(&groups->g2);
	group_report(&groups->x2);
	group_report(&groups->df);
	group_report(&groups->entropy);
	group_report(&groups->posterior);
	group_report(&groups->counts);
}

/* what follows from the reference's own parameters */
static void
test_statistics(const Reference *patterns, const Reference *fits,
				const Reference *classes_table)
{
	Groups		groups = {
		{.name = "given: log-likelihood", .tolerance = 1e-13},
		{.name = "given: aic, bic, abic", .tolerance = 1e-13},
		{.name = "given: g2", .tolerance = 1e-13},
		{.name = "given: x2", .tolerance = 1e-13},
		{.name = "given: df"},
		{.name = "given: entropy", .tolerance = 1e-13},
		{.name = "given: smallest share, mean posterior", .tolerance = 1e-13},
		{.name = "given: parameters"},
	};
	NkLcaSettings settings = defaults;

	for (int row = 0; row < fits->count; row++)
	{
		const char *name = reference_text(fits, row, "problem");
		int			classes = (int) reference_count(fits, row, "classes");
		NkLcaData	data;
		Expected	expected;
		NkLcaStatistics got;
		void	   *room;

		if (!reference_is(fits, row, "status", "ok"))
			continue;
		data = read_problem(patterns, name);
		expected = read_classes(classes_table, name, classes,
								data.items);
		room = patterns_room(nk_lca_fit_size(&data, classes, &settings));
		group_expect(&groups.counts, row,
					 nk_lca_statistics(&data, &expected.parameters, room,
									   &got) == NK_OK &&
					 data.n == (double) reference_count(fits, row, "n") &&
					 data.n_unobserved ==
					 reference_count(fits, row, "n_unobserved") &&
					 (int64_t) data.patterns ==
					 reference_count(fits, row, "patterns"));
		compare_statistics(&groups, fits, row, &got, true);
		free(room);
		free_expected(&expected);
	}
	report(&groups);
}

static void
test_posteriors(const Reference *classes_table)
{
	Reference	table = reference_read("lca_posteriors.tsv");
	Group		group = {.name = "posteriors", .tolerance = 1e-13};
	Group		possible = {.name = "posteriors exist"};

	for (int row = 0; row < table.count; row++)
	{
		const char *name = reference_text(&table, row, "problem");
		int			classes = (int) reference_count(&table, row, "classes");
		char	   *rest = (char *) reference_text(&table, row, "posterior");
		Expected	expected;
		double		posterior[NK_LCA_CLASSES];
		int			items = 0;

		for (int i = 0; i < classes_table->count; i++)
			if (reference_is(classes_table, i, "problem", name) &&
				!reference_is(classes_table, i, "item", "NULL") &&
				reference_count(classes_table, i, "item") > items)
				items = (int) reference_count(classes_table, i, "item");
		expected = read_classes(classes_table, name, classes, items);
		group_expect(&possible, row,
					 isfinite(nk_lca_bayes(&expected.parameters,
										   (uint64_t) reference_count(&table, row, "present"),
										   (uint64_t) reference_count(&table, row, "observed") &
										   nk_lca_mask(items), posterior)));
		/* a parameter is right to its last digit, and so is 1 minus one */
		for (int k = 0; k < classes; k++)
			group_compare(&group, row, posterior[k], strtod(rest, &rest), 1e-3);
		free_expected(&expected);
	}
	group_report(&possible);
	group_report(&group);
	reference_free(&table);
}

/* and how far each can be trusted, and which children are assigned where */
static void
test_errors(const Reference *patterns, const Reference *fits,
			const Reference *classes_table)
{
	Reference	confusion = reference_read("lca_confusion.tsv");
	Group		status = {.name = "given: errors and assignments exist"};
	Group		share = {.name = "given: standard errors of shares", .tolerance = 1e-11};
	Group		probability =
	{.name = "given: standard errors of probabilities", .tolerance = 1e-11};
	Group		assigned = {.name = "given: assignments", .tolerance = 1e-13};

	for (int row = 0; row < fits->count; row++)
	{
		const char *name = reference_text(fits, row, "problem");
		int			classes = (int) reference_count(fits, row, "classes");
		NkLcaData	data = read_problem(patterns, name);
		int			items = data.items;
		NkLcaParameters got = patterns_parameters(classes, items);
		double	   *cells = patterns_room(sizeof(double) * NK_LCA_CLASSES * NK_LCA_CLASSES);
		Expected	expected;
		void	   *room;

		if (!reference_is(fits, row, "status", "ok"))
			continue;
		expected = read_classes(classes_table, name, classes, items);
		room = patterns_room(nk_lca_errors_size(classes, items));
		group_expect(&status, row,
					 nk_lca_standard_errors(&data, &expected.parameters, 0, room,
											got.share, got.probability) == NK_OK &&
					 nk_lca_assignments(&data, &expected.parameters, room,
										cells) == NK_OK);
		for (int k = 0; k < classes; k++)
		{
			double		error = expected.error.share[k];

			group_compare(&share, row, got.share[k], isnan(error) ? 0 : error, 0);
			for (int j = 0; j < items; j++)
			{
				error = expected.error.probability[k * items + j];
				group_compare(&probability, row, got.probability[k * items + j],
							  isnan(error) ? 0 : error, 0);
			}
		}
		for (int i = 0; i < confusion.count; i++)
		{
			char	   *rest = (char *) reference_text(&confusion, i, "assigned");
			int			k = (int) reference_count(&confusion, i, "class") - 1;

			if (reference_is(&confusion, i, "problem", name) &&
				reference_count(&confusion, i, "classes") == classes)
				for (int s = 0; s < classes; s++)
					group_compare(&assigned, row, cells[k * classes + s],
								  strtod(rest, &rest), 1e-3);
		}
		free(room);
		free(cells);
		free_parameters(&got);
		free_expected(&expected);
	}
	group_report(&status);
	group_report(&share);
	group_report(&probability);
	group_report(&assigned);
	reference_free(&confusion);
}

/* what twenty random starts find */
static void
test_fits(const Reference *patterns, const Reference *fits,
		  const Reference *classes_table)
{
	Groups		groups = {
		{.name = "fit: log-likelihood", .tolerance = 1e-13},
		{.name = "fit: aic, bic, abic", .tolerance = 1e-13},
		{.name = "fit: g2", .tolerance = 1e-12},
		{.name = "fit: x2", .tolerance = 1e-8},
		{.name = "fit: df"},
		{.name = "fit: entropy", .tolerance = 1e-6},
		{.name = "fit: smallest share, mean posterior", .tolerance = 1e-6},
		{.name = "fit: parameters"},
	};
	Group		status = {.name = "fit: converged"};
	Group		boundary = {.name = "fit: probabilities at 0 or 1"};
	Group		share = {.name = "fit: shares", .tolerance = 1e-6};
	Group		probability = {.name = "fit: probabilities", .tolerance = 1e-6};
	Group		order = {.name = "fit: largest class first"};
	NkLcaSettings settings = defaults;

	for (int row = 0; row < fits->count; row++)
	{
		const char *name = reference_text(fits, row, "problem");
		int			classes = (int) reference_count(fits, row, "classes");
		bool		unique = reference_is(fits, row, "status", "ok");
		NkLcaData	data = read_problem(patterns, name);
		int			items = data.items;
		void	   *room =
			patterns_room(nk_lca_fit_size(&data, classes, &settings));
		NkLcaParameters got = patterns_parameters(classes, items);
		NkLcaStatistics statistics;
		NkLcaFit	fit;
		Expected	expected;

		group_expect(&status, row,
					 nk_lca_fit(&data, &settings, room, &got,
								&fit) == NK_OK && fit.converged);
		nk_lca_statistics(&data, &got, room, &statistics);
		compare_statistics(&groups, fits, row, &statistics, unique);
		for (int k = 1; k < classes; k++)
			group_expect(&order, row, got.share[k - 1] >= got.share[k]);
		if (unique)
		{
			expected = read_classes(classes_table, name, classes, items);
			group_expect(&boundary, row, fit.boundary ==
						 (int) reference_count(fits, row, "boundary"));
			for (int k = 0; k < classes; k++)
			{
				group_compare(&share, row, got.share[k],
							  expected.parameters.share[k], 1);
				for (int j = 0; j < items; j++)
					if (data.seen >> j & 1)
						group_compare(&probability, row,
									  got.probability[k * items + j],
									  expected.parameters.probability[k * items + j],
									  1);
			}
			free_expected(&expected);
		}
		free_parameters(&got);
		free(room);
	}
	group_report(&status);
	report(&groups);
	group_report(&order);
	group_report(&boundary);
	group_report(&share);
	group_report(&probability);
}

/* nobody finds more from as many starts */
static void
test_polca(const Reference *patterns)
{
	Reference	table = reference_read("lca_polca.tsv");
	Group		group = {.name = "at least what poLCA finds"};
	NkLcaSettings settings = defaults;

	for (int row = 0; row < table.count; row++)
	{
		int			classes = (int) reference_count(&table, row, "classes");
		NkLcaData	data =
			read_problem(patterns, reference_text(&table, row, "problem"));
		NkLcaParameters got = patterns_parameters(classes, data.items);
		double		theirs = reference_number(&table, row, "log_likelihood");
		NkLcaFit	fit;
		void	   *room;

		settings.starts = (int) reference_count(&table, row, "starts");
		room = patterns_room(nk_lca_fit_size(&data, classes, &settings));
		group_expect(&group, row,
					 nk_lca_fit(&data, &settings, room, &got,
								&fit) == NK_OK &&
					 fit.log_likelihood >= theirs - 1e-12 * fabs(theirs));
		free_parameters(&got);
		free(room);
	}
	group_report(&group);
	reference_free(&table);
}

int
main(void)
{
	Reference	patterns = reference_read("lca_patterns.tsv");
	Reference	fits = reference_read("lca_fits.tsv");
	Reference	classes = reference_read("lca_classes.tsv");

	test_statistics(&patterns, &fits, &classes);
	test_errors(&patterns, &fits, &classes);
	test_posteriors(&classes);
	test_fits(&patterns, &fits, &classes);
	test_polca(&patterns);
	reference_free(&patterns);
	reference_free(&fits);
	reference_free(&classes);
	return unit_report();
}
