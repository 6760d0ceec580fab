/*
 * lca_invariance.c - measurement invariance of latent classes in two groups
 *
 * Shares of the classes may differ between the groups; a class is the same
 * one only if its item probabilities are.  Likelihood ratios of
 *
 *	all			probabilities of each group's own against the same in both
 *	item j		the same but those of item j against the same in both
 *
 * (Clogg and Goodman 1985, doi 10.2307/270847; Kankaras, Vermunt and Moors
 * 2011, doi 10.1177/0049124111405301).  Everything is a fit of binary items
 * with missing ones.  The group is one more item: its probabilities in the
 * classes give each group shares of its own, and what it adds to the
 * likelihood is that of the groups' sizes, which every model reproduces:
 *
 *	log L of both = log L given the group + n_a log(n_a / n) + n_b log(n_b / n)
 *
 * An item with probabilities of the groups' own is two items, one observed in
 * the first group only, the other in the second.
 *
 * Degrees of freedom are the probabilities that the larger model has more.
 * One that is 0 or 1 in the smaller model, where nobody of the class in either
 * group says otherwise, cannot be moved by either model: it is not counted.
 * Where a probability, or a share, is at its end in either model, chi-square is
 * a guide, not a law: NK_BOUNDARY.
 *
 * Each larger model is searched from random starts and from the smaller one's
 * optimum, so that no statistic is negative.
 *
 * Tested by test_lca_invariance (lca_invariance.tsv: an EM with shares by
 * group) and by the coverage program lca_invariance.
 */
#include "lca_invariance.h"

#include <string.h>

#include "adjust.h"
#include "lca_search.h"
#include "radix.h"
#include "result.h"

/* less than so many children of a class contradict a probability of 0 or 1 */
#define NOBODY		0.01

#define WORDS		3			/* of an entry: observed, present, children */

/* what the tests of all items and of each have in common */
typedef struct Work
{
	const NkLcaData *group[2];
	int			items;
	int			classes;
	NkLcaSettings settings;
	uint64_t   *entries;		/* to put patterns in order */
	uint64_t   *observed;
	uint64_t   *present;
	double	   *weight;
	NkLcaParameters same;		/* items, then the group */
	double	   *values;			/* of a larger model */
	double	   *other;			/* scratch for such a one */
	void	   *room;			/* of a fit */
	NkLcaData	data;			/* of both groups */
	uint64_t	varying;		/* items that are not the same in all of them */
} Work;

static size_t
most(size_t a, size_t b)
{
	return a > b ? a : b;
}

static size_t
fit_size(const NkLcaData *a, const NkLcaData *b, int classes,
		 const NkLcaSettings *settings)
{
	NkLcaData	both = {.items = a->items + 2};

	both.patterns = a->patterns + b->patterns;
	both.n = a->n + b->n;
	return most(nk_lca_fit_size(&both, classes, settings),
				most(nk_lca_fit_size(a, classes, settings),
					 nk_lca_fit_size(b, classes, settings)));
}

size_t
nk_lca_invariance_size(const NkLcaData *a, const NkLcaData *b, int classes,
					   const NkLcaSettings *settings)
{
	size_t		patterns = a->patterns + b->patterns;

	return patterns * ((WORDS + 2) * sizeof(uint64_t) + sizeof(double)) +
		3 * nk_lca_parameters_length(classes, a->items + 2) * sizeof(double) +
		(size_t) a->items * (sizeof(double) + sizeof(size_t)) +
		fit_size(a, b, classes, settings);
}

static void
place(Work *work, void *room)
{
	size_t		patterns = work->group[0]->patterns + work->group[1]->patterns;
	double	   *values;

	work->entries = room;
	work->observed = work->entries + WORDS * patterns;
	work->present = work->observed + patterns;
	work->weight = (double *) (work->present + patterns);
	values = work->weight + patterns;
	work->same = nk_lca_parameters_in(values, work->classes, work->items + 1);
	work->values = values + nk_lca_parameters_length(work->classes, work->items + 1);
	work->other = work->values +
		nk_lca_parameters_length(work->classes, work->items + 2);
	work->room = work->other +
		nk_lca_parameters_length(work->classes, work->items + 2);
}

/* ------------------------------------------------------------------- data */

static uint64_t
bit(int item)
{
	return UINT64_C(1) << item;
}

/* bit j of a mask where the last item but the group is */
static uint64_t
moved(const Work *work, uint64_t mask, int j)
{
	return (mask & bit(j)) != 0 ?
		(mask & ~bit(j)) | bit(work->items + 1) : mask;
}

/*
 * Both groups as one, with the group as an item; and, unless j is negative,
 * item j of the second group as an item of its own
 */
static void
put_together(Work *work, int j)
{
	size_t		count = 0;

	for (int g = 0; g < 2; g++)
	{
		const NkLcaData *data = work->group[g];

		for (size_t i = 0; i < data->patterns; i++, count++)
		{
			uint64_t   *entry = work->entries + WORDS * count;

			entry[0] = data->observed[i];
			entry[1] = data->present[i];
			if (g == 1 && j >= 0)
			{
				entry[0] = moved(work, entry[0], j);
				entry[1] = moved(work, entry[1], j);
			}
			entry[0] |= bit(work->items);
			if (g == 1)
				entry[1] |= bit(work->items);
			memcpy(&entry[2], &data->weight[i], sizeof(double));
			if (count % 4096 == 0)
				nk_check_interrupts();
		}
	}
	nk_sort_entries(work->entries, count, WORDS, 2);
	for (size_t i = 0; i < count; i++)
	{
		const uint64_t *entry = work->entries + WORDS * i;

		work->observed[i] = entry[0];
		work->present[i] = entry[1];
		memcpy(&work->weight[i], &entry[2], sizeof(double));
	}
	work->data = (NkLcaData) {
		.items = work->items + (j >= 0 ? 2 : 1),
		.patterns = count,
		.observed = work->observed,
		.present = work->present,
		.weight = work->weight
	};
	nk_lca_describe(&work->data);
}

/* what the sizes of the groups add to the log-likelihood of both as one */
static double
group_log_likelihood(const Work *work)
{
	double		a = work->group[0]->n;
	double		b = work->group[1]->n;

	return a * log(a / (a + b)) + b * log(b / (a + b));
}

/* ------------------------------------------------------------- boundaries */

/* a probability that nobody of so many children contradicts */
static bool
is_at_end(double probability, double children)
{
	return (probability < 0.5 ? probability : 1 - probability) * children <
		NOBODY;
}

/* the children of a class in a group, by the model of the same items */
static double
children_of(const Work *work, int group, int k)
{
	double		second = work->same.probability[(size_t) k * work->same.items +
												work->items];

	return work->data.n * work->same.share[k] *
		(group == 1 ? second : 1 - second);
}

/* classes in which item j could have probabilities of the groups' own */
static int
free_classes(const Work *work, int j)
{
	int			count = 0;

	if (((work->group[0]->seen & work->group[1]->seen) & bit(j)) == 0)
		return 0;
	for (int k = 0; k < work->classes; k++)
		count += !is_at_end(work->same.probability[(size_t) k *
												   work->same.items + j],
							children_of(work, 0, k) + children_of(work, 1, k));
	return count;
}

/* is a share, or a probability of an item observed there, at its end? */
static bool
has_boundary(const NkLcaParameters *model, uint64_t observed, double n)
{
	for (int k = 0; k < model->classes; k++)
	{
		double		children = n * model->share[k];

		if (children < NOBODY)
			return true;
		for (int j = 0; j < model->items; j++)
			if ((observed & bit(j)) != 0 &&
				is_at_end(model->probability[(size_t) k * model->items + j],
						  children))
				return true;
	}
	return false;
}

/* ------------------------------------------------------------------ models */

/* the probabilities of the items, and the shares of a group, to start from */
static NkLcaParameters
start_of_group(const Work *work, int group)
{
	NkLcaParameters own = nk_lca_parameters_in(work->values, work->classes,
										work->items);

	for (int k = 0; k < work->classes; k++)
	{
		own.share[k] = children_of(work, group, k) / work->group[group]->n;
		memcpy(own.probability + (size_t) k * work->items,
			   work->same.probability + (size_t) k * work->same.items,
			   work->items * sizeof(double));
	}
	return own;
}

/*
 * The log-likelihood of one group with probabilities of its own, and whether
 * one of them is at its end
 */
static NkStatus
fit_group(const Work *work, int group, double *log_likelihood, bool *boundary)
{
	const NkLcaData *data = work->group[group];
	NkLcaParameters own = start_of_group(work, group);
	NkLcaParameters other = nk_lca_parameters_in(work->other, work->classes,
												 work->items);
	NkStatus	status = nk_lca_search(data, &work->settings, work->room,
									   &other, &own, log_likelihood);

	if (nk_lca_is_found(status))
		*boundary |= has_boundary(&own, data->seen & work->varying, data->n);
	return status;
}

/* the parameters of the same items, with item j twice */
static NkLcaParameters
start_of_released(const Work *work, int j)
{
	NkLcaParameters released = nk_lca_parameters_in(work->values,
													work->classes,
													work->items + 2);
	double	   *to = released.probability;
	const double *from = work->same.probability;

	for (int k = 0; k < work->classes; k++)
	{
		released.share[k] = work->same.share[k];
		memcpy(to, from, work->same.items * sizeof(double));
		to[work->items + 1] = from[j];
		to += released.items;
		from += work->same.items;
	}
	return released;
}

/* the model of the same items, but for item j */
static NkStatus
fit_released(Work *work, int j, double *log_likelihood, bool *boundary)
{
	NkLcaParameters released = start_of_released(work, j);
	NkLcaParameters other = nk_lca_parameters_in(work->other, work->classes,
												 work->items + 2);
	NkStatus	status;

	put_together(work, j);
	*boundary = false;
	status = nk_lca_search(&work->data, &work->settings, work->room, &other,
						   &released, log_likelihood);
	for (int k = 0; nk_lca_is_found(status) && k < work->classes; k++)
	{
		const double *p = released.probability + (size_t) k * released.items;
		double		children = work->data.n * released.share[k];
		double		second = children * p[work->items];

		*boundary |= is_at_end(p[j], children - second) ||
			is_at_end(p[work->items + 1], second);
	}
	return status;
}

/* ------------------------------------------------------------------- tests */

static NkLcaInvariance
no_result(NkStatus status)
{
	return (NkLcaInvariance) {
		NK_UNDEFINED, NK_UNDEFINED, NK_UNDEFINED, NK_UNDEFINED, status
	};
}

static NkLcaInvariance
result_of(double log_likelihood, double log_likelihood_same, int df,
		  NkStatus fitted, bool boundary)
{
	NkLcaInvariance result = no_result(fitted);

	if (fitted != NK_OK)
		return result;
	result.statistic = fmax(0, 2 * (log_likelihood - log_likelihood_same));
	result.df = df;
	if (df > 0)
		result.p_value = nk_chisq_result(result.statistic, df).p_value;
	if (boundary || df == 0)
		result.status = NK_BOUNDARY;
	return result;
}

static NkLcaInvariance
test_all(const Work *work, NkLcaInvarianceTest *test)
{
	NkStatus	status = NK_OK;
	bool		boundary = has_boundary(&work->same, work->varying,
										work->data.n);
	int			df = 0;
	double		sum = 0;

	for (int g = 0; g < 2; g++)
	{
		double		log_likelihood;
		NkStatus	fitted = fit_group(work, g, &log_likelihood, &boundary);

		if (!nk_lca_is_found(fitted))
			return no_result(fitted);
		if (fitted != NK_OK)
			status = fitted;
		sum += log_likelihood;
	}
	test->log_likelihood_own = fmax(sum, test->log_likelihood);
	for (int j = 0; j < work->items; j++)
		df += free_classes(work, j);
	return result_of(test->log_likelihood_own, test->log_likelihood, df,
					 status, boundary);
}

static NkLcaInvariance
test_item(Work *work, int j, double log_likelihood_same)
{
	uint64_t	seen = work->group[0]->seen & work->group[1]->seen;
	int			df = free_classes(work, j);
	double		log_likelihood;
	bool		boundary;
	NkStatus	status;

	if ((seen & bit(j)) == 0)
		return no_result(NK_NOT_OBSERVED);
	if ((work->varying & bit(j)) == 0)
		return no_result(NK_CONSTANT);
	status = fit_released(work, j, &log_likelihood, &boundary);
	return result_of(log_likelihood, log_likelihood_same, df, status,
					 boundary);
}

/* the model of the same items; a status other than NK_OK ends the test */
static NkStatus
fit_same(Work *work, double *log_likelihood)
{
	NkLcaFit	fit;
	NkStatus	status;

	if (work->group[0]->patterns == 0 || work->group[1]->patterns == 0)
		return NK_EMPTY;
	put_together(work, -1);
	work->varying = work->data.varying & ~bit(work->items);
	if (work->varying == 0)
		return NK_NO_VARIATION;
	status = nk_lca_fit(&work->data, &work->settings, work->room, &work->same,
						&fit);
	*log_likelihood = fit.log_likelihood;
	return status;
}

NkStatus
nk_lca_invariance_test(const NkLcaData *a, const NkLcaData *b, int classes,
					   const NkLcaSettings *settings, void *room,
					   NkLcaInvarianceTest *test, NkLcaInvariance *items)
{
	Work		work = {
		.group = {a, b}, .items = a->items, .classes = classes,
		.settings = *settings
	};
	double	   *p;
	size_t	   *order;
	double		joint = NK_UNDEFINED;
	NkStatus	status;

	place(&work, room);
	status = fit_same(&work, &joint);
	*test = (NkLcaInvarianceTest) {
		NK_UNDEFINED, NK_UNDEFINED, no_result(status)
	};
	for (int j = 0; j < work.items; j++)
		items[j] = no_result(status);
	if (status != NK_OK)
		return NK_OK;
	test->log_likelihood = joint - group_log_likelihood(&work);
	test->all = test_all(&work, test);

	p = work.room;
	for (int j = 0; j < work.items; j++)
		items[j] = test_item(&work, j, joint);
	order = (size_t *) (p + work.items);
	for (int j = 0; j < work.items; j++)
		p[j] = items[j].p_value;
	nk_adjust(p, work.items, NK_HOLM, p, order);
	for (int j = 0; j < work.items; j++)
		items[j].p_adjusted = p[j];
	return NK_OK;
}
