/*
 * lca_bootstrap.c - likelihood ratio of K classes against K - 1, by simulation
 *
 *	statistic	2 (log L of K classes - log L of K - 1 classes)
 *	p			(1 + h) / (1 + B), with h of B data sets from the model of
 *				K - 1 classes that have at least that statistic
 *
 * The statistic has no chi-square distribution, because K - 1 classes are at
 * the edge of K (McLachlan 1987, doi 10.2307/2347790; Nylund, Asparouhov and
 * Muthen 2007, doi 10.1080/10705510701575396).
 *
 * A model that stops at a local optimum in a simulated data set makes its
 * statistic too small or too large, so both are fitted as carefully as to the
 * data: from random starts, K - 1 classes also from the model that the data
 * came from, and K classes also from those K - 1 with the largest class split.
 * A split class that stays together has the likelihood of K - 1, which is thus
 * the least that K classes have: no statistic is negative.
 *
 * Tested by test_lca_bootstrap (published p-values) and by the coverage
 * program lca_bootstrap (how often p is small where there is nothing to find).
 */
#include "lca_bootstrap.h"

#include <string.h>

#include "interval.h"

/* how far the halves of a split class are moved apart */
#define SPLIT	0.25

static size_t
parameters_size(int classes, int items)
{
	return (size_t) classes * (items + 1) * sizeof(double);
}

static NkLcaParameters
parameters_in(void *room, int classes, int items)
{
	double	   *values = room;

	return (NkLcaParameters) {classes, items, values, values + classes};
}

static void
copy_parameters(const NkLcaParameters *from, NkLcaParameters *to)
{
	size_t		shares = (size_t) from->classes;

	memcpy(to->share, from->share, shares * sizeof(double));
	memcpy(to->probability, from->probability,
		   shares * from->items * sizeof(double));
}

size_t
nk_lca_bootstrap_model_size(const NkLcaData *data, int classes)
{
	return parameters_size(classes - 1, data->items);
}

size_t
nk_lca_bootstrap_size(const NkLcaData *data, int classes,
					  const NkLcaSettings *settings)
{
	size_t		more = nk_lca_fit_size(data, classes, settings);
	size_t		fewer = nk_lca_fit_size(data, classes - 1, settings);

	/* three sets of parameters, then what a fit needs */
	return 3 * parameters_size(classes, data->items) +
		(more > fewer ? more : fewer);
}

/* is there a log-likelihood, be it of a search that did not end? */
static bool
is_fitted(NkStatus status)
{
	return status == NK_OK || status == NK_NOT_CONVERGED;
}

/*
 * The best of random starts and a given one.  parameters are the given ones at
 * first, the best at last; other is scratch of the same size.
 */
static NkStatus
fit_best(const NkLcaData *data, const NkLcaSettings *settings, void *room,
		 bool has_start, NkLcaParameters *other, NkLcaParameters *parameters,
		 double *log_likelihood)
{
	NkLcaFit	fit;
	NkLcaFit	refined;
	NkStatus	refined_status;
	NkStatus	status = nk_lca_fit(data, settings, room, other, &fit);

	if (!is_fitted(status))
		return status;
	if (has_start)
	{
		refined_status = nk_lca_refine(data, settings, room, parameters,
									   &refined);
		if (is_fitted(refined_status) &&
			refined.log_likelihood >= fit.log_likelihood)
		{
			*log_likelihood = refined.log_likelihood;
			return refined_status;
		}
	}
	copy_parameters(other, parameters);
	*log_likelihood = fit.log_likelihood;
	return status;
}

/*
 * One class more: the largest one in two halves, one with higher probabilities
 * of the items with even numbers and lower ones of the others, the second the
 * other way round
 */
static void
split(const NkLcaParameters *fewer, NkLcaParameters *more)
{
	int			items = fewer->items;
	int			last = fewer->classes;
	double	   *one = more->probability;
	double	   *two = more->probability + (size_t) last * items;

	copy_parameters(fewer, more);
	more->share[0] = more->share[last] = fewer->share[0] / 2;
	for (int j = 0; j < items; j++)
	{
		double		p = fewer->probability[j];
		double		room = (p < 0.5 ? p : 1 - p) * SPLIT;

		one[j] = j % 2 == 0 ? p + room : p - room;
		two[j] = j % 2 == 0 ? p - room : p + room;
	}
}

/*
 * Both models.  fewer holds the one of a class fewer afterwards, and is where
 * the search for it starts, if it has a start.
 */
static NkStatus
fit_both(const NkLcaData *data, int classes, const NkLcaSettings *settings,
		 bool has_start, void *room, NkLcaParameters *fewer,
		 double *log_likelihood, double *log_likelihood_fewer)
{
	size_t		size = parameters_size(classes, data->items);
	NkLcaParameters more = parameters_in(room, classes, data->items);
	NkLcaParameters other = parameters_in((char *) room + size, classes,
										  data->items);
	NkLcaParameters other_fewer = parameters_in((char *) room + size,
												classes - 1, data->items);
	void	   *fit_room = (char *) room + 2 * size;
	NkStatus	status_fewer;
	NkStatus	status;

	status_fewer = fit_best(data, settings, fit_room, has_start, &other_fewer,
							fewer, log_likelihood_fewer);
	if (!is_fitted(status_fewer))
		return status_fewer;
	split(fewer, &more);
	status = fit_best(data, settings, fit_room, true, &other, &more,
					  log_likelihood);
	if (is_fitted(status) && *log_likelihood < *log_likelihood_fewer)
		*log_likelihood = *log_likelihood_fewer;
	return status == NK_OK ? status_fewer : status;
}

NkStatus
nk_lca_bootstrap_begin(const NkLcaData *data, int classes,
					   const NkLcaSettings *settings, void *model_room,
					   void *room, NkLcaBootstrap *test)
{
	NkStatus	status;

	*test = (NkLcaBootstrap) {
		.classes = classes,
		.settings = *settings,
		.log_likelihood = NK_UNDEFINED,
		.log_likelihood_fewer = NK_UNDEFINED,
		.statistic = NK_UNDEFINED
	};
	test->fewer = parameters_in(model_room, classes - 1, data->items);
	status = fit_both(data, classes, settings, false, room, &test->fewer,
					  &test->log_likelihood, &test->log_likelihood_fewer);
	if (is_fitted(status))
		test->statistic = 2 * (test->log_likelihood -
							   test->log_likelihood_fewer);
	return status;
}

/*
 * What a search that ends at its tolerance leaves undecided is a hit: where K
 * classes find nothing more, all statistics are 0 but for that.
 */
void
nk_lca_bootstrap_add(NkLcaBootstrap *test, const NkLcaData *drawn,
					 int64_t seed, void *room)
{
	size_t		size = parameters_size(test->classes - 1, drawn->items);
	NkLcaParameters fewer = parameters_in(room, test->classes - 1,
										  drawn->items);
	NkLcaSettings settings = test->settings;
	double		slack = 2 * settings.tolerance *
		fabs(test->log_likelihood_fewer);
	double		more;
	double		less;

	settings.seed = seed;
	copy_parameters(&test->fewer, &fewer);
	if (!is_fitted(fit_both(drawn, test->classes, &settings, true,
							(char *) room + size, &fewer, &more, &less)))
		return;
	test->replicates++;
	if (2 * (more - less) >= test->statistic - slack)
		test->hits++;
}

NkLcaSimulated
nk_lca_simulated(int64_t hits, int64_t replicates)
{
	NkProportion counted = {.n = replicates};
	NkInterval	interval = NK_NO_INTERVAL;
	NkLcaSimulated simulated = {NK_UNDEFINED, NK_UNDEFINED, NK_UNDEFINED};

	counted.events = hits;
	if (replicates < 1 ||
		nk_confint(&counted, 0.95, NK_CLOPPER_PEARSON, &interval) != NK_OK)
		return simulated;
	simulated.p_value = (1 + (double) hits) / (1 + (double) replicates);
	simulated.p_lower = interval.lower;
	simulated.p_upper = interval.upper;
	return simulated;
}
