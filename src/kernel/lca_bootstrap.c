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
#include "lca_search.h"

/* how far the halves of a split class are moved apart */
#define SPLIT	0.25

static size_t
parameters_size(int classes, int items)
{
	return nk_lca_parameters_length(classes, items) * sizeof(double);
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

	nk_lca_copy(fewer, more);
	more->share[0] = more->share[last] = fewer->share[0] / 2;
	for (int j = 0; j < items; j++)
	{
		double		p = fewer->probability[j];
		double		room = (p < 0.5 ? p : 1 - p) * SPLIT;

		one[j] = j % 2 == 0 ? p + room : p - room;
		two[j] = j % 2 == 0 ? p - room : p + room;
	}
}

/* where things lie in the room of one data set */
typedef struct Places
{
	NkLcaParameters more;
	NkLcaParameters fewer;
	NkLcaParameters other;		/* scratch, of classes; or of one fewer */
	NkLcaParameters other_fewer;
	void	   *fit;
} Places;

static Places
places_in(void *room, int classes, int items)
{
	size_t		length = nk_lca_parameters_length(classes, items);
	double	   *values = room;
	double	   *scratch = values + 2 * length;

	return (Places) {
		.more = nk_lca_parameters_in(values, classes, items),
		.fewer = nk_lca_parameters_in(values + length, classes - 1, items),
		.other = nk_lca_parameters_in(scratch, classes, items),
		.other_fewer = nk_lca_parameters_in(scratch, classes - 1, items),
		.fit = scratch + length
	};
}

/* the larger model, also from the smaller one: never less likely */
static NkStatus
fit_more(const NkLcaData *data, const NkLcaSettings *settings,
		 const NkLcaParameters *fewer, double log_likelihood_fewer,
		 Places *places, double *log_likelihood)
{
	NkStatus	status;

	split(fewer, &places->more);
	status = nk_lca_search(data, settings, places->fit, &places->other,
						   &places->more, log_likelihood);
	if (nk_lca_is_found(status) && *log_likelihood < log_likelihood_fewer)
		*log_likelihood = log_likelihood_fewer;
	return status;
}

NkStatus
nk_lca_bootstrap_begin(const NkLcaData *data, int classes,
					   const NkLcaSettings *settings, void *model_room,
					   void *room, NkLcaBootstrap *test)
{
	Places		places = places_in(room, classes, data->items);
	NkStatus	status_fewer;
	NkStatus	status;
	NkLcaFit	fit;
	double		log_likelihood;

	*test = (NkLcaBootstrap) {
		.classes = classes,
		.settings = *settings,
		.log_likelihood = NK_UNDEFINED,
		.log_likelihood_fewer = NK_UNDEFINED,
		.statistic = NK_UNDEFINED
	};
	test->fewer = nk_lca_parameters_in(model_room, classes - 1, data->items);
	status_fewer = nk_lca_fit(data, settings, places.fit, &test->fewer, &fit);
	if (!nk_lca_is_found(status_fewer))
		return status_fewer;
	status = fit_more(data, settings, &test->fewer, fit.log_likelihood,
					  &places, &log_likelihood);
	if (!nk_lca_is_found(status))
		return status;
	test->log_likelihood_fewer = fit.log_likelihood;
	test->log_likelihood = log_likelihood;
	test->statistic = 2 * (log_likelihood - fit.log_likelihood);
	return status == NK_OK ? status_fewer : status;
}

/*
 * What a search that ends at its tolerance leaves undecided is a hit: where K
 * classes find nothing more, all statistics are 0 but for that.
 */
void
nk_lca_bootstrap_add(NkLcaBootstrap *test, const NkLcaData *drawn,
					 int64_t seed, void *room)
{
	Places		places = places_in(room, test->classes, drawn->items);
	NkLcaSettings settings = test->settings;
	double		slack = 2 * settings.tolerance *
		fabs(test->log_likelihood_fewer);
	double		more;
	double		less;

	settings.seed = seed;
	nk_lca_copy(&test->fewer, &places.fewer);
	if (!nk_lca_is_found(nk_lca_search(drawn, &settings, places.fit,
									   &places.other_fewer, &places.fewer,
									   &less)) ||
		!nk_lca_is_found(fit_more(drawn, &settings, &places.fewer, less,
								  &places, &more)))
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
