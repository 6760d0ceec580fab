/*
 * lca_share.c - how common the classes of a model are among other children
 *
 * Counting children by their likeliest class is biased: the assignment errs,
 * and small classes lose or gain by it.  The mean of the posteriors is drawn
 * towards the shares of the model, which are its prior.  Neither is so of the
 * shares that make the children likeliest, with the probabilities of items as
 * the model has them:
 *
 *	maximise over shares	sum of weight log(sum over k of share_k L_k)
 *
 * with L_k the probability of a child's pattern in class k.  The problem is
 * concave.  With g_k the derivative and n children, an optimum has g_k = n
 * where share_k > 0 and g_k <= n where it is 0, and max g / n - 1 bounds what
 * is left of the log-likelihood, a child, anywhere.  Steps are Newton's on the
 * shares that are not 0; one that would be negative becomes 0, and comes back
 * if its g says so (Wang 2007).  Where a step does not rise, one of EM does.
 *
 * Standard errors: the observed information H of the shares above 0, given
 * that they sum to 1: inverse of H less share share' / n, because H share = n.
 * The probabilities of items are taken as known.
 *
 *   Wang Y (2007) On fast computation of the non-parametric maximum likelihood
 *   estimate of a mixing distribution.  J R Stat Soc B 69:185-198.
 *   doi:10.1111/j.1467-9868.2007.00583.x
 *
 * Tested by test/unit/test_lca_share.c.
 */
#include "lca_share.h"

#include "lca_classifier.h"
#include "linear.h"

#include <string.h>

#define MOST_STEPS		1000
#define FIRST_STEPS		5		/* of EM */
#define GAP				1e-10	/* of the log-likelihood, a child */

/* the log-likelihood at some shares, and its derivatives */
typedef struct Place
{
	double		share[NK_LCA_CLASSES];
	double		value;
	double		gradient[NK_LCA_CLASSES];
	double	   *information;	/* lower triangle: less the second derivative */
} Place;

typedef struct Search
{
	const NkLcaData *data;
	const NkLcaClassifier *likelihood;	/* the model, with shares of 1 */
	int			classes;
	double		n;				/* children whom some class can be */
	Place		at;
	Place		next;
	double	   *factor;			/* of the information of shares above 0 */
	int			free[NK_LCA_CLASSES];	/* which they are */
	int			free_count;
} Search;

static size_t
square(const NkLcaModel *model)
{
	return (size_t) model->header.rows * model->header.rows;
}

size_t
nk_lca_shares_size(const NkLcaModel *model)
{
	return sizeof(Search) + 3 * square(model) * sizeof(double) +
		nk_lca_classifier_size(nk_lca_classes(model), nk_lca_items(model));
}

/* ------------------------------------------------------- as the model has it */

/* by modal class, and by posterior */
static void
count_children(const NkLcaClassifier *model, const NkLcaData *data,
			   NkLcaShares *shares)
{
	double		weights[NK_LCA_WIDTH];

	for (size_t i = 0; i < data->patterns; i++)
	{
		double		weight = data->weight[i];
		double		sum;
		NkStatus	status = nk_lca_classifier_weights(model, data->present[i],
													   data->observed[i],
													   weights, &sum);

		if (i % 1024 == 0)
			nk_check_interrupts();
		if (status == NK_ZERO_MARGIN)
			shares->impossible += weight;
		if (status != NK_OK)
			continue;
		shares->n += weight;
		shares->classes[nk_lca_modal(weights, model->classes)].modal += weight;
		for (int k = 0; k < model->classes; k++)
			shares->classes[k].share_posterior += weight * (weights[k] / sum);
	}
	for (int k = 0; k < model->classes; k++)
	{
		shares->classes[k].share_modal = shares->classes[k].modal / shares->n;
		shares->classes[k].share_posterior /= shares->n;
	}
}

/* ---------------------------------------------------------------- likelihood */

/*
 * look - likelihood and derivatives at the shares of a place
 *
 * The likelihood of a child is known up to a factor, the same at all places.
 */
static void
look(Search *search, Place *place)
{
	int			classes = search->classes;
	double		likelihood[NK_LCA_WIDTH];

	place->value = 0;
	search->n = 0;
	memset(place->gradient, 0, sizeof(place->gradient));
	memset(place->information, 0,
		   sizeof(double) * (size_t) (classes * classes));
	for (size_t i = 0; i < search->data->patterns; i++)
	{
		double		weight = search->data->weight[i];
		double		sum;
		double		p;

		if (i % 1024 == 0)
			nk_check_interrupts();
		if (nk_lca_classifier_weights(search->likelihood,
									  search->data->present[i],
									  search->data->observed[i], likelihood,
									  &sum) != NK_OK)
			continue;
		p = nk_dot(likelihood, place->share, classes);
		search->n += weight;
		place->value += weight * log(p);
		for (int k = 0; k < classes; k++)
		{
			likelihood[k] /= p;
			place->gradient[k] += weight * likelihood[k];
		}
		nk_add_square(place->information, likelihood, weight, classes);
	}
}

/*
 * try - go to other shares, scaled to sum to 1, unless they are less likely
 *
 * What rounding can do to a sum of so many terms does not count as less.
 */
static bool
try(Search *search, const double *share)
{
	Place		before = search->at;
	double		sum = 0;

	for (int k = 0; k < search->classes; k++)
		sum += share[k];
	for (int k = 0; k < search->classes; k++)
		search->next.share[k] = share[k] / sum;
	look(search, &search->next);
	if (!(search->next.value >=
		  search->at.value - 1e-13 * fabs(search->at.value)))
		return false;
	search->at = search->next;
	search->next = before;
	return true;
}

/* a step of EM always rises */
static void
step_em(Search *search)
{
	double		share[NK_LCA_CLASSES];

	for (int k = 0; k < search->classes; k++)
		share[k] = search->at.share[k] * (search->at.gradient[k] / search->n);
	try(search, share);
}

/* -------------------------------------------------------------------- Newton */

/* the factor of the information of shares above 0; false if there is none */
static bool
factorise(Search *search)
{
	int			p = 0;

	for (int k = 0; k < search->classes; k++)
		if (search->at.share[k] > 0)
			search->free[p++] = k;
	search->free_count = p;
	for (int i = 0; i < p; i++)
		for (int j = 0; j <= i; j++)
			search->factor[i * p + j] =
				search->at.information[search->free[i] * search->classes +
									   search->free[j]];
	return nk_cholesky(search->factor, p);
}

/* Newton's direction; how much of it may be gone, and which share ends it */
static double
direction(Search *search, double *step, int *last)
{
	double		most = 1;

	*last = -1;
	for (int i = 0; i < search->free_count; i++)
		step[i] = search->at.gradient[search->free[i]] - search->n;
	nk_solve_lower(search->factor, step, search->free_count);
	nk_solve_upper(search->factor, step, search->free_count);
	for (int i = 0; i < search->free_count; i++)
		if (-step[i] * most > search->at.share[search->free[i]])
		{
			most = -search->at.share[search->free[i]] / step[i];
			*last = search->free[i];
		}
	return most;
}

static bool
step_newton(Search *search)
{
	double		step[NK_LCA_CLASSES];
	double		share[NK_LCA_CLASSES];
	double		length;
	int			last;

	if (!factorise(search))
		return false;
	length = direction(search, step, &last);
	for (int halvings = 0; halvings < 20; halvings++, length /= 2)
	{
		memcpy(share, search->at.share, sizeof(share));
		for (int i = 0; i < search->free_count; i++)
			share[search->free[i]] += length * step[i];
		for (int k = 0; k < search->classes; k++)
			share[k] = fmax(0, share[k]);
		if (halvings == 0 && last >= 0)
			share[last] = 0;
		if (try(search, share))
			return true;
	}
	return false;
}

/* let in the share at 0 whose g is largest; false if none wants to */
static bool
let_in(Search *search)
{
	int			best = -1;
	double		share[NK_LCA_CLASSES];
	double		part;

	for (int k = 0; k < search->classes; k++)
		if (search->at.share[k] == 0 &&
			(best < 0 || search->at.gradient[k] > search->at.gradient[best]))
			best = k;
	if (best < 0 || !(search->at.gradient[best] / search->n - 1 > GAP))
		return false;
	/* Newton's step along the line to that class alone */
	part = (search->at.gradient[best] - search->n) /
		(search->at.information[best * search->classes + best] -
		 2 * search->at.gradient[best] + search->n);
	part = part > 0 && part < 0.5 ? part : 0.5;
	for (int halvings = 0; halvings < 40; halvings++, part /= 2)
	{
		for (int k = 0; k < search->classes; k++)
			share[k] = (1 - part) * search->at.share[k];
		share[best] += part;
		if (try(search, share))
			return true;
	}
	return false;
}

/* have shares above 0 the derivative that they need? */
static bool
is_stationary(const Search *search)
{
	for (int k = 0; k < search->classes; k++)
		if (search->at.share[k] > 0 &&
			!(fabs(search->at.gradient[k] / search->n - 1) <= GAP))
			return false;
	return true;
}

static NkStatus
climb(Search *search)
{
	for (int k = 0; k < search->classes; k++)
		search->at.share[k] = 1. / search->classes;
	look(search, &search->at);
	for (int step = 0; step < MOST_STEPS; step++)
	{
		if (is_stationary(search))
		{
			if (let_in(search))
				continue;
			/* one more brings the last digits */
			step_newton(search);
			return factorise(search) ? NK_OK : NK_NOT_IDENTIFIED;
		}
		if (step < FIRST_STEPS || !step_newton(search))
			step_em(search);
	}
	/* along a ridge EM creeps */
	return factorise(search) ? NK_NOT_CONVERGED : NK_NOT_IDENTIFIED;
}

/* ------------------------------------------------------------------- results */

/* variance of free share i: of the inverse, less what the sum fixes */
static double
variance(const Search *search, int i)
{
	double		column[NK_LCA_CLASSES] = {0};
	double		share = search->at.share[search->free[i]];

	column[i] = 1;
	nk_solve_lower(search->factor, column, search->free_count);
	return nk_dot(column, column, search->free_count) -
		share * share / search->n;
}

static void
estimate(Search *search, double z, NkLcaShares *shares)
{
	NkStatus	status = climb(search);

	for (int k = 0; k < search->classes; k++)
		shares->classes[k].status = status;
	if (status != NK_OK)
		return;
	for (int k = 0; k < search->classes; k++)
	{
		shares->classes[k].share.estimate = search->at.share[k];
		if (search->at.share[k] == 0 || search->free_count == 1)
			shares->classes[k].status = NK_BOUNDARY;
	}
	for (int i = 0; i < search->free_count && search->free_count > 1; i++)
	{
		NkLcaShare *share = &shares->classes[search->free[i]];
		double		error = sqrt(fmax(0, variance(search, i)));

		share->share = nk_share_interval(share->share.estimate, error, z);
		share->std_error = error > 0 ? error : NK_UNDEFINED;
	}
}

void
nk_lca_shares(const NkLcaModel *model, const NkLcaData *data, double z,
			  void *room, NkLcaShares *shares)
{
	int			classes = nk_lca_classes(model);
	double		ones[NK_LCA_CLASSES];
	Search	   *search = room;
	double	   *matrices = (double *) (search + 1);
	NkLcaClassifier *classifier =
		(NkLcaClassifier *) (matrices + 3 * square(model));

	memset(shares, 0, sizeof(*shares));
	for (int k = 0; k < classes; k++)
	{
		ones[k] = 1;
		shares->classes[k].share = NK_NO_INTERVAL;
		shares->classes[k].std_error = NK_UNDEFINED;
		shares->classes[k].status = nk_lca_outcome(model);
	}
	nk_lca_classifier_build(model, classifier);
	count_children(classifier, data, shares);
	if (!nk_lca_is_fitted(model))
		return;
	for (int k = 0; k < classes; k++)
		shares->classes[k].status = NK_EMPTY;
	nk_lca_classifier_fill(classes, nk_lca_items(model), ones,
						   nk_lca_probability(model), (uint64_t) model->seen,
						   classifier);
	*search = (Search) {
		.data = data,
		.likelihood = classifier,
		.classes = classes,
		.at.information = matrices,
		.next.information = matrices + square(model),
		.factor = matrices + 2 * square(model)
	};
	if (shares->n > 0)
		estimate(search, z, shares);
}
