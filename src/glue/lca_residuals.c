/*
 * lca_residuals.c - pairs of items against a model of latent classes
 */
#include "lca_data.h"

#include "../kernel/adjust.h"
#include "../kernel/lca_bootstrap.h"
#include "../kernel/lca_residuals.h"

PG_FUNCTION_INFO_V1(nuso_lca_residuals);

typedef struct Residuals
{
	NkStatus	outcome;		/* of the model */
	NkLcaResidual *pairs;
	double	   *p;				/* NK_UNDEFINED without replicates */
	double	   *p_adjusted;
	int32		replicates;
} Residuals;

/* the kernel's view of a kept model */
static NkLcaParameters
parameters_of(const NkLcaModel *model)
{
	int			classes = nk_lca_classes(model);
	int			items = nk_lca_items(model);
	Size		shares = classes * sizeof(double);
	Size		probabilities = shares * items;
	NkLcaParameters parameters = {
		classes, items, palloc(shares), palloc(probabilities)
	};

	memcpy(parameters.share, nk_lca_share(model), shares);
	memcpy(parameters.probability, nk_lca_probability(model), probabilities);
	return parameters;
}

/* hits of so many data sets that the model is fitted to again, from itself */
static void
add_replicates(const NkLcaModel *model, const NkLcaData *data,
			   int32 replicates, int64 seed, Residuals *residuals,
			   int64 *hits)
{
	NkLcaParameters truth = parameters_of(model);
	NkLcaSettings settings = lca_settings(1, seed);
	void	   *draw_room = lca_allocate(nk_lca_draw_size(data));
	void	   *room = NULL;
	Size		size = 0;

	settings.pseudo_count = model->pseudo_count;
	for (int32 i = 0; i < replicates; i++)
	{
		NkLcaParameters start = parameters_of(model);
		NkLcaData	drawn;

		nk_lca_draw(data, &truth, seed, i, draw_room, &drawn);
		lca_make_room(&room, &size,
					  nk_lca_residuals_refit_size(&drawn, truth.classes,
												  &settings));
		residuals->replicates +=
			nk_lca_residuals_refit(&drawn, &settings, room, &start,
								   residuals->pairs, hits);
		pfree(start.share);
		pfree(start.probability);
	}
	if (room != NULL)
		pfree(room);
	pfree(draw_room);
}

static void
find_p_values(const NkLcaModel *model, const NkLcaData *data,
			  int32 replicates, int64 seed, Residuals *residuals,
			  size_t pairs)
{
	int64	   *hits = palloc0((pairs + 1) * sizeof(int64));

	add_replicates(model, data, replicates, seed, residuals, hits);
	for (size_t i = 0; i < pairs; i++)
		if (isfinite(residuals->pairs[i].statistic))
			residuals->p[i] = nk_lca_simulated(hits[i],
											   residuals->replicates).p_value;
}

/* nuso_lca_residuals(model, patterns, replicates, seed) - one row a pair */
static void *
begin_residuals(FunctionCallInfo fcinfo, uint64 *rows)
{
	const NkLcaModel *model = lca_model_arg(fcinfo, 0);
	int32		replicates = PG_GETARG_INT32(2);
	int			items = nk_lca_items(model);
	size_t		pairs = nk_lca_pairs(items);
	NkLcaData	data = lca_data_arg(fcinfo, 1, items);
	NkLcaParameters parameters;
	Residuals  *residuals = palloc0(sizeof(Residuals));

	check_status(replicates < 0 ? NK_BAD_REPLICATES : NK_OK);
	*rows = pairs;
	residuals->outcome = nk_lca_outcome(model);
	residuals->pairs = palloc0((pairs + 1) * sizeof(NkLcaResidual));
	residuals->p = palloc((pairs + 1) * sizeof(double));
	residuals->p_adjusted = palloc((pairs + 1) * sizeof(double));
	for (size_t i = 0; i < pairs; i++)
		residuals->p[i] = NK_UNDEFINED;
	parameters = parameters_of(model);
	nk_lca_residuals(&data, &parameters,
					 lca_allocate(nk_lca_residuals_size(items)),
					 residuals->pairs);
	if (replicates > 0 && nk_lca_has_estimates(model) && data.patterns > 0)
		find_p_values(model, &data, replicates, PG_GETARG_INT64(3), residuals,
					  pairs);
	check_status(nk_adjust(residuals->p, pairs, NK_HOLM,
						   residuals->p_adjusted,
						   palloc((pairs + 1) * sizeof(size_t))));
	return residuals;
}

static void
make_residual(ResultRow *row, void *source, uint64 i)
{
	const Residuals *residuals = source;
	const NkLcaResidual *pair = &residuals->pairs[i];
	bool		none = residuals->outcome != NK_OK &&
		residuals->outcome != NK_NOT_CONVERGED;

	put_int4(row, pair->a);
	put_int4(row, pair->b);
	put_int8(row, nk_lca_count(pair->n));
	put_float8(row, pair->observed);
	put_float8(row, none ? NK_UNDEFINED : pair->expected);
	put_float8(row, none ? NK_UNDEFINED : pair->residual);
	put_float8(row, none ? NK_UNDEFINED : pair->statistic);
	put_float8(row, residuals->p[i]);
	put_float8(row, residuals->p_adjusted[i]);
	put_int4(row, residuals->replicates);
	put_text(row, status_name(residuals->outcome != NK_OK ?
							  residuals->outcome : pair->status));
}

Datum
nuso_lca_residuals(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_residuals, make_residual);
}
