/*
 * lca_selection.c - fits of several numbers of latent classes, and the one of
 * them that the Bayesian information criterion prefers
 *
 * One class is a candidate like any other: items may be independent.  A search
 * that did not end has no likelihood to compare, so it is not selected
 * (Schwarz 1978, doi 10.1214/aos/1176344136; Nylund, Asparouhov and Muthen
 * 2007, doi 10.1080/10705510701575396: of the criteria, BIC found the number
 * of classes most often).  Of equal ones the smaller number is taken.
 *
 * Tested by test_lca_selection (published likelihoods and criteria).
 */
#include "lca_selection.h"

NkStatus
nk_lca_select_check(int items, int least, int most,
					const NkLcaSettings *settings)
{
	NkStatus	status = nk_lca_check(items, least, settings);

	if (status != NK_OK)
		return status;
	if (least > most)
		return NK_BAD_CLASSES;
	return nk_lca_check(items, most, settings);
}

static size_t
parameters_length(const NkLcaData *data, int classes)
{
	return (size_t) classes * (data->items + 1);
}

size_t
nk_lca_select_size(const NkLcaData *data, int most,
				   const NkLcaSettings *settings)
{
	return parameters_length(data, most) * sizeof(double) +
		nk_lca_fit_size(data, most, settings);
}

static NkLcaCandidate
fit_candidate(const NkLcaData *data, int classes,
			  const NkLcaSettings *settings, double *room)
{
	NkLcaCandidate candidate = {.classes = classes, .n = data->n};
	NkLcaParameters parameters = {
		classes, data->items, room, room + classes
	};
	void	   *fit_room = room + parameters_length(data, classes);

	candidate.status = nk_lca_fit(data, settings, fit_room, &parameters,
								  &candidate.fit);
	if (candidate.status != NK_OK && candidate.status != NK_NOT_CONVERGED)
		return candidate;
	candidate.has_fit = nk_lca_statistics(data, &parameters, fit_room,
										  &candidate.statistics) == NK_OK;
	return candidate;
}

void
nk_lca_select(const NkLcaData *data, int least, int most,
			  const NkLcaSettings *settings, void *room,
			  NkLcaCandidate *candidates)
{
	NkLcaCandidate *best = NULL;

	for (int classes = least; classes <= most; classes++)
	{
		NkLcaCandidate *candidate = &candidates[classes - least];

		*candidate = fit_candidate(data, classes, settings, room);
		if (candidate->status == NK_OK && candidate->has_fit &&
			(best == NULL ||
			 candidate->statistics.bic < best->statistics.bic))
			best = candidate;
	}
	if (best != NULL)
		best->selected = true;
}
