/*
 * test_lca.c - fits of latent classes: lca.c, lca_climb.c, lca_step.c and
 * lca_statistics.c, lca_posterior.c
 *
 * Log-likelihoods agree with those printed by Linzer and Lewis 2011 and with
 * an independent program; criteria follow from them.
 */
#include "response_patterns.h"

static const NkLcaSettings defaults = {
	.starts = 20, .finish = 5, .seed = 1, .tolerance = 1e-10,
	.max_iterations = 10000
};

/* a fit with its data */
typedef struct Fitted
{
	NkLcaData	data;
	NkLcaParameters parameters;
	NkLcaFit	fit;
	NkStatus	status;
	NkLcaStatistics statistics;
} Fitted;

static Fitted
fit(const char *text, int items, int classes, const NkLcaSettings *settings)
{
	NkTally    *tally = patterns_read(text);
	Fitted		of = {.data = patterns_data(tally, items)};
	void	   *room;

	free(tally);
	of.parameters = patterns_parameters(classes, items);
	room = patterns_room(nk_lca_fit_size(&of.data, classes, settings));
	of.status = nk_lca_fit(&of.data, settings, room, &of.parameters, &of.fit);
	if (of.status == NK_OK)
		nk_lca_statistics(&of.data, &of.parameters, room, &of.statistics);
	free(room);
	return of;
}

static void
check_published(const char *text, int items, int classes,
				double log_likelihood, double bic, double g2, double x2,
				double entropy)
{
	Fitted		of = fit(text, items, classes, &defaults);
	double		shares = 0;
	bool		ordered = true;

	CHECK(of.status == NK_OK);
	CHECK(fabs(of.fit.log_likelihood - log_likelihood) < 1.5e-8);
	CHECK(fabs(of.statistics.log_likelihood - of.fit.log_likelihood) < 1e-10);
	CHECK(fabs(of.statistics.bic - bic) < 1e-6);
	CHECK(fabs(of.statistics.g2 - g2) < 1e-7);
	if (!isnan(x2))
		CHECK(fabs(of.statistics.x2 - x2) < 1e-6 * x2);
	if (!isnan(entropy))
		CHECK(fabs(of.statistics.entropy - entropy) < 1e-6);
	for (int k = 0; k < classes; k++)
	{
		shares += of.parameters.share[k];
		ordered = ordered && (k == 0 || of.parameters.share[k] <=
							  of.parameters.share[k - 1]);
	}
	CHECK(fabs(shares - 1) < 1e-14 && ordered);
}

/* where a value is not checked, other parameters have the same likelihood */
static void
test_published(void)
{
	check_published(PATTERNS_VALUES, 4, 1, -543.64982478, 1108.800763,
					81.08423120, 104.10706990, NAN);
	check_published(PATTERNS_VALUES, 4, 2, -504.46767012, 1057.312846,
					2.71992187, 2.71976201, .71929751);
	check_published(PATTERNS_VALUES, 4, 3, -503.30113728, 1081.856172,
					.38685620, NAN, NAN);
	check_published(PATTERNS_CARCINOMA, 7, 2, -317.25683730, 706.073944,
					62.36542936, 92.64813516, .98550830);
	check_published(PATTERNS_CARCINOMA, 7, 3, -293.70497878, 697.135704,
					15.26171233, 20.50335668, .92566533);
	check_published(PATTERNS_CARCINOMA, 7, 4, -289.28584879, 726.462921,
					6.42345235, NAN, NAN);
	check_published(PATTERNS_CHEATING, 4, 2, -440.02711241, 931.940945,
					7.76424218, 8.32341924, NAN);
	check_published(PATTERNS_CHEATING, 4, 3, -436.23557781, 953.183831,
					.18117297, NAN, NAN);
}

static void
test_statistics(void)
{
	Fitted		of = fit(PATTERNS_CARCINOMA, 7, 3, &defaults);

	CHECK(of.statistics.parameters == 23);
	CHECK(of.statistics.df == 95);
	CHECK_CLOSE(of.statistics.aic, 633.409958, 1e-9);
	CHECK_CLOSE(of.statistics.abic, 624.427030, 1e-9);
	CHECK(of.statistics.smallest_share == of.parameters.share[2]);
	CHECK(of.statistics.mean_posterior > .9);
	CHECK(of.fit.converged && of.fit.starts == 20 && of.fit.finished == 5);
	CHECK(of.fit.at_best >= 1);
	CHECK(of.fit.iterations > 1 && of.fit.iterations < of.fit.all_iterations);

	/* min(n, 2^items - 1) - parameters */
	of = fit(PATTERNS_VALUES, 4, 1, &defaults);
	CHECK(of.statistics.df == 11 && isnan(of.statistics.entropy));
	CHECK(of.statistics.mean_posterior == 1);
	CHECK(of.statistics.smallest_share == 1);
}

/* one class has the shares of the items, whoever was looked at for them */
static void
test_one_class(void)
{
	Fitted		of = fit("12.:1 21.:2 2..:5 11.:2", 3, 1, &defaults);

	CHECK(of.status == NK_OK);
	CHECK_CLOSE(of.parameters.probability[0], .7, 1e-15);
	CHECK_CLOSE(of.parameters.probability[1], .2, 1e-15);
	CHECK_CLOSE(of.fit.log_likelihood, 7 * log(.7) + 3 * log(.3) + log(.2) +
				4 * log(.8), 1e-14);
	CHECK(of.statistics.parameters == 2);
	CHECK(isnan(of.statistics.g2) && isnan(of.statistics.x2));
	CHECK(isnan(of.statistics.df));
}

static void
test_same_whatever_the_order(void)
{
	Fitted		a = fit(PATTERNS_CHEATING, 4, 2, &defaults);
	NkTally    *tally = patterns_read(PATTERNS_CHEATING);
	Fitted		b = {.parameters = patterns_parameters(2, 4)};
	void	   *room;

	/* counts come from several masks that only the fifth item tells apart */
	for (uint32_t i = tally->header.rows; i-- > 0;)
	{
		uint64_t   *entry = tally->words + 3 * i;

		if (entry[2] > 1)
		{
			entry[2]--;
			patterns_put(tally, entry[0] | 16, entry[1], 1);
		}
	}
	nk_sort_entries(tally->words, tally->header.rows, 3, 2);
	b.data = patterns_data(tally, 4);
	room = patterns_room(nk_lca_fit_size(&b.data, 2, &defaults));
	CHECK(nk_lca_fit(&b.data, &defaults, room, &b.parameters, &b.fit) == NK_OK);
	CHECK(memcmp(a.parameters.share, b.parameters.share, 16) == 0);
	CHECK(memcmp(a.parameters.probability, b.parameters.probability, 64) == 0);
	CHECK(memcmp(&a.fit, &b.fit, sizeof(a.fit)) == 0);
}

static void
test_refine(void)
{
	Fitted		of = fit(PATTERNS_CARCINOMA, 7, 3, &defaults);
	double		before = of.fit.log_likelihood;
	void	   *room = patterns_room(nk_lca_fit_size(&of.data, 3, &defaults));

	CHECK(nk_lca_refine(&of.data, &defaults, room, &of.parameters,
						&of.fit) == NK_OK);
	CHECK(fabs(of.fit.log_likelihood - before) < 1e-9);
	CHECK(of.fit.starts == 1 && of.fit.finished == 1 && of.fit.at_best == 1);
	free(room);
}

/* so many children more in each class: no probability is at a bound */
static void
test_pseudo_count(void)
{
	NkLcaSettings settings = defaults;
	Fitted		of;
	double		previous = -INFINITY;

	settings.pseudo_count = 2;
	of = fit("12.:1 21.:2 2..:5 11.:2", 3, 1, &settings);
	CHECK_CLOSE(of.parameters.probability[0], 8. / 12, 1e-15);
	CHECK_CLOSE(of.parameters.probability[1], 2. / 7, 1e-15);
	CHECK(of.parameters.probability[2] == .5);

	/* the less there are, the nearer to the maximum of the likelihood */
	for (double added = 1; added > 1e-4; added /= 10)
	{
		settings.pseudo_count = added;
		of = fit(PATTERNS_CARCINOMA, 7, 3, &settings);
		CHECK(of.status == NK_OK && of.fit.boundary == 0);
		CHECK(of.fit.log_likelihood > previous &&
			  of.fit.log_likelihood < -293.70497878);
		CHECK(fabs(of.statistics.log_likelihood - of.fit.log_likelihood) <
			  1e-10);
		previous = of.fit.log_likelihood;
	}
	CHECK(previous > -293.71);
}

/* no tolerance is too small to be met */
static void
test_tolerance(void)
{
	NkLcaSettings settings = defaults;
	Fitted		of;

	settings.tolerance = 0;
	of = fit(PATTERNS_CARCINOMA, 7, 3, &settings);
	CHECK(of.status == NK_OK);
	CHECK(fabs(of.fit.log_likelihood - -293.704978780729) < 1e-11);
	of = fit(PATTERNS_CHEATING, 4, 2, &settings);
	CHECK(of.status == NK_OK);
}

static void
test_thin(void)
{
	NkLcaSettings few = defaults;

	CHECK(fit("...:3", 3, 2, &defaults).status == NK_EMPTY);
	CHECK(fit("12:3", 2, 2, &defaults).status == NK_NO_VARIATION);
	CHECK(fit("12:3", 2, 1, &defaults).status == NK_OK);
	CHECK(fit("12:3 22:4", 2, 3, &defaults).status == NK_TOO_FEW);
	few.max_iterations = 3;
	CHECK(fit(PATTERNS_VALUES, 4, 2, &few).status == NK_NOT_CONVERGED);
}

static void
test_settings(void)
{
	NkLcaSettings wrong = defaults;

	CHECK(nk_lca_check(1, 1, &defaults) == NK_OK);
	CHECK(nk_lca_check(64, 64, &defaults) == NK_OK);
	CHECK(nk_lca_check(0, 1, &defaults) == NK_BAD_ITEMS);
	CHECK(nk_lca_check(65, 1, &defaults) == NK_BAD_ITEMS);
	CHECK(nk_lca_check(1, 0, &defaults) == NK_BAD_CLASSES);
	CHECK(nk_lca_check(1, 65, &defaults) == NK_BAD_CLASSES);
	wrong.starts = 0;
	CHECK(nk_lca_check(1, 1, &wrong) == NK_BAD_STARTS);
	wrong = defaults;
	wrong.finish = 0;
	CHECK(nk_lca_check(1, 1, &wrong) == NK_BAD_STARTS);
	wrong = defaults;
	wrong.tolerance = NAN;
	CHECK(nk_lca_check(1, 1, &wrong) == NK_BAD_TOLERANCE);
	wrong.tolerance = 1;
	CHECK(nk_lca_check(1, 1, &wrong) == NK_BAD_TOLERANCE);
	wrong = defaults;
	wrong.max_iterations = 0;
	CHECK(nk_lca_check(1, 1, &wrong) == NK_BAD_ITERATIONS);
	wrong = defaults;
	wrong.pseudo_count = -1;
	CHECK(nk_lca_check(1, 1, &wrong) == NK_BAD_PSEUDO_COUNT);
	wrong.pseudo_count = NAN;
	CHECK(nk_lca_check(1, 1, &wrong) == NK_BAD_PSEUDO_COUNT);
}

static void
test_posterior(void)
{
	NkLcaParameters of = {
		.classes = 2, .items = 2,
		.share = (double[]) {.75, .25},
		.probability = (double[]) {.2, .5, 1, .75}
	};
	double		posterior[2];

	CHECK_CLOSE(nk_lca_bayes(&of, 1, 3, posterior), log(.075 + .0625), 1e-14);
	CHECK_CLOSE(posterior[0], .075 / (.075 + .0625), 1e-14);
	CHECK_CLOSE(posterior[1], .0625 / (.075 + .0625), 1e-14);

	/* what was not observed says nothing */
	CHECK_CLOSE(nk_lca_bayes(&of, 1, 1, posterior), log(.4), 1e-14);
	CHECK_CLOSE(posterior[0], .15 / .4, 1e-14);
	CHECK(fabs(nk_lca_bayes(&of, 0, 0, posterior)) <= 1e-15);
	CHECK_CLOSE(posterior[0], .75, 1e-15);
	CHECK_CLOSE(nk_lca_bayes(&of, 0, 1, posterior), log(.6), 1e-14);
	CHECK(posterior[0] == 1 && posterior[1] == 0);
	of.probability[0] = 1;
	CHECK(nk_lca_bayes(&of, 0, 1, posterior) == -INFINITY);
	CHECK(nk_lca_modal((double[]) {.25, .5, .5}, 3) == 1);
}

int
main(void)
{
	test_published();
	test_statistics();
	test_one_class();
	test_same_whatever_the_order();
	test_refine();
	test_pseudo_count();
	test_tolerance();
	test_thin();
	test_settings();
	test_posterior();
	return unit_report();
}
