/*
 * lca_model.c - a fitted model of latent classes as a value
 *
 * It has one form, and nothing but its own text or bytes makes it again: two
 * of them cannot be merged.  Everything that asks a model relies on what is
 * checked here: probabilities lie between 0 and 1, shares and the rows of the
 * confusion sum to 1, and what does not exist is 0 and told so by its field.
 * The order of classes is not checked, so that a model may be written by hand.
 *
 * No number is -0: it would be another number after a round trip as text.
 */
#include "lca_model.h"

#include <float.h>
#include <string.h>

/* shares are sums of rounded numbers, or were written with ten digits */
#define SUM_TOLERANCE	1e-8

/* the probability, in all classes, of an item that was never observed */
#define UNKNOWN			0.5

static const NkStatus statuses[NK_LCA_OUTCOMES] = {
	NK_OK, NK_EMPTY, NK_TOO_FEW, NK_NO_VARIATION, NK_NOT_CONVERGED
};

static const char *const names[NK_LCA_OUTCOMES] = {
	"ok", "empty", "too_few", "no_variation", "not_converged"
};

static size_t
values_of(size_t classes, size_t items)
{
	return 2 * classes + 2 * classes * items + classes * classes;
}

size_t
nk_lca_model_size(int classes, int items)
{
	return sizeof(NkLcaModel) +
		values_of((size_t) classes, (size_t) items) * sizeof(double);
}

void
nk_lca_model_init(NkLcaModel *model, int classes, int items)
{
	uint32_t	container = model->header.container;

	memset(model, 0, nk_lca_model_size(classes, items));
	model->header = (NkSummary) {
		.container = container,
		.magic = NK_SUMMARY_MAGIC,
		.version = NK_SUMMARY_VERSION,
		.kind = nk_lca_model_kind.code,
		.rows = (uint32_t) classes,
		.columns = (uint32_t) items
	};
	model->outcome = NK_LCA_EMPTY;
}

NkStatus
nk_lca_outcome(const NkLcaModel *model)
{
	return statuses[model->outcome];
}

/* ------------------------------------------------------------ its contents */

static bool
is_shape(int64_t classes, int64_t items)
{
	return classes >= 1 && classes <= NK_LCA_CLASSES &&
		items >= 1 && items <= NK_LCA_ITEMS;
}

static size_t
model_size(const NkSummary *block)
{
	if (!is_shape(block->rows, block->columns))
		return 0;
	return nk_lca_model_size((int) block->rows, (int) block->columns);
}

/* the only form */
static size_t
no_other_form(const NkSummary *state)
{
	(void) state;
	return 0;
}

static const NkGrowth model_growth = {
	.size = model_size,
	.canonical_size = no_other_form
};

static bool
all_within(const double *values, size_t length, double most)
{
	for (size_t i = 0; i < length; i++)
		if (!(values[i] >= 0 && values[i] <= most) || signbit(values[i]))
			return false;
	return true;
}

static bool
sums_to_one(const double *values, int length)
{
	double		sum = 0;

	for (int i = 0; i < length; i++)
		sum += values[i];
	return fabs(sum - 1) <= SUM_TOLERANCE;
}

static bool
is_number(double value)
{
	return isfinite(value) && !(value == 0 && signbit(value));
}

/* is so much of what was fitted possible? */
static bool
counts_are_possible(const NkLcaModel *model)
{
	uint64_t	items = ~UINT64_C(0) >> (NK_LCA_ITEMS - model->header.columns);
	uint64_t	seen = (uint64_t) model->seen;
	uint64_t	varying = (uint64_t) model->varying;

	return model->n >= 0 && model->n_unobserved >= 0 &&
		model->patterns >= 0 && model->patterns <= model->n &&
		(seen & ~items) == 0 && (varying & ~seen) == 0 &&
		(model->complete == 0 || (model->complete == 1 && seen == items)) &&
		model->finished >= 0 && model->finished <= model->starts &&
		model->at_best >= 0 && model->at_best <= model->finished &&
		model->iterations >= 0;
}

static bool
estimates_are_possible(const NkLcaModel *model)
{
	size_t		classes = model->header.rows;
	size_t		items = model->header.columns;
	const double *errors = nk_lca_probability_error(model);
	double		most = model->errors == NK_LCA_ERRORS ? DBL_MAX : 0;

	if (!all_within(nk_lca_share(model), classes, 1) ||
		!sums_to_one(nk_lca_share(model), (int) classes) ||
		!all_within(nk_lca_probability(model), classes * items, 1) ||
		!all_within(nk_lca_confusion(model), classes * classes, 1) ||
		!all_within(nk_lca_share_error(model), classes, most) ||
		!all_within(errors, classes * items, most))
		return false;
	for (size_t k = 0; k < classes; k++)
	{
		if (!sums_to_one(nk_lca_confusion(model) + k * classes, (int) classes))
			return false;
		for (size_t j = 0; j < items; j++)
			if (!((uint64_t) model->seen >> j & 1) &&
				(nk_lca_probability(model)[k * items + j] != UNKNOWN ||
				 errors[k * items + j] != 0))
				return false;
	}
	return true;
}

static NkStatus
model_validate(const NkSummary *summary)
{
	const NkLcaModel *model = (const NkLcaModel *) summary;
	size_t		values = values_of(summary->rows, summary->columns);

	if (model->n < 0 || model->n_unobserved < 0)
		return NK_NEGATIVE_COUNT;
	if (model->outcome < 0 || model->outcome >= NK_LCA_OUTCOMES ||
		model->errors < NK_LCA_NO_ERRORS ||
		model->errors > NK_LCA_NOT_IDENTIFIED ||
		!counts_are_possible(model) ||
		!is_number(model->log_likelihood) || !is_number(model->g2) ||
		!is_number(model->x2) ||
		(!model->complete && (model->g2 != 0 || model->x2 != 0)) ||
		!all_within(&model->entropy, 1, 1) ||
		!all_within(&model->mean_posterior, 1, 1) ||
		!all_within(&model->pseudo_count, 1, DBL_MAX))
		return NK_BAD_SUMMARY;
	if (nk_lca_has_estimates(model))
		return model->n > 0 && model->patterns > 0 && model->seen != 0 &&
			estimates_are_possible(model) ? NK_OK : NK_BAD_SUMMARY;
	return model->errors == NK_LCA_NO_ERRORS && model->log_likelihood == 0 &&
		model->g2 == 0 && model->x2 == 0 && model->entropy == 0 &&
		model->mean_posterior == 0 &&
		all_within(model->values, values, 0) ? NK_OK : NK_BAD_SUMMARY;
}

/* ---------------------------------------------------------- in and out of it */

/* what became of it, in a word */
static bool
exchange_outcome(NkLcaModel *model, NkPort *port)
{
	const char *name = names[model->outcome];
	uint32_t	length = (uint32_t) strlen(name);

	port->text(port, "status", &name, &length);
	for (int i = 0; i < NK_LCA_OUTCOMES; i++)
		if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0)
		{
			model->outcome = i;
			return true;
		}
	return false;
}

static NkStatus
model_exchange(NkSummary *summary, NkPort *port)
{
	NkLcaModel *model = (NkLcaModel *) summary;
	int64_t		classes = summary->rows;
	int64_t		items = summary->columns;
	uint32_t	cells;

	if (!exchange_outcome(model, port))
		return NK_BAD_SUMMARY;
	port->count(port, "classes", &classes);
	port->count(port, "items", &items);
	if (!is_shape(classes, items))
		return NK_BAD_SUMMARY;
	model = (NkLcaModel *)
		port->resize(port, summary,
					 nk_lca_model_size((int) classes, (int) items));
	model->header.rows = (uint32_t) classes;
	model->header.columns = (uint32_t) items;
	cells = (uint32_t) (classes * items);

	port->count(port, "n", &model->n);
	port->count(port, "n_unobserved", &model->n_unobserved);
	port->count(port, "patterns", &model->patterns);
	port->count(port, "seen", &model->seen);
	port->count(port, "varying", &model->varying);
	port->count(port, "complete", &model->complete);
	port->count(port, "seed", &model->seed);
	port->number(port, "pseudo_count", &model->pseudo_count);
	port->count(port, "starts", &model->starts);
	port->count(port, "finished", &model->finished);
	port->count(port, "at_best", &model->at_best);
	port->count(port, "iterations", &model->iterations);
	if (!nk_lca_has_estimates(model))
		return NK_OK;

	port->number(port, "log_likelihood", &model->log_likelihood);
	port->number(port, "g2", &model->g2);
	port->number(port, "x2", &model->x2);
	port->number(port, "entropy", &model->entropy);
	port->number(port, "mean_posterior", &model->mean_posterior);
	port->numbers(port, "shares", (double *) nk_lca_share(model),
				  (uint32_t) classes);
	port->numbers(port, "probabilities", (double *) nk_lca_probability(model),
				  cells);
	port->numbers(port, "confusion", (double *) nk_lca_confusion(model),
				  (uint32_t) (classes * classes));
	port->count(port, "errors", &model->errors);
	if (model->errors != NK_LCA_ERRORS)
		return NK_OK;
	port->numbers(port, "share_errors", (double *) nk_lca_share_error(model),
				  (uint32_t) classes);
	port->numbers(port, "probability_errors",
				  (double *) nk_lca_probability_error(model), cells);
	return NK_OK;
}

static void
model_begin(NkSummary *summary)
{
	((NkLcaModel *) summary)->outcome = NK_LCA_EMPTY;
}

static int64_t
model_n(const NkSummary *summary)
{
	return ((const NkLcaModel *) summary)->n;
}

/* the empty model has one class and one item */
const NkSummaryKind nk_lca_model_kind = {
	.name = "lca_model",
	.code = 16,
	.rows = 1,
	.columns = 1,
	.size = sizeof(NkLcaModel) + 5 * sizeof(double),
	.growth = &model_growth,
	.init = model_begin,
	.n = model_n,
	.validate = model_validate,
	.exchange = model_exchange
};
