/*
 * lca.c - the SQL type lca_model: the fit of latent classes, and what is asked
 * of one model as a whole
 *
 * A fit works in a memory context of its own, which goes with it: so neither a
 * hundred fits in one query nor one that is cancelled leave anything.
 */
#include "lca_data.h"

#include "utils/memutils.h"

#include "../kernel/lca_class.h"
#include "../kernel/lca_share.h"

VALUE_TYPE(lca_model)

PG_FUNCTION_INFO_V1(nuso_lca_fit);
PG_FUNCTION_INFO_V1(nuso_lca_fit_stats);
PG_FUNCTION_INFO_V1(nuso_lca_classes);
PG_FUNCTION_INFO_V1(nuso_lca_shares);

const NkLcaModel *
lca_model_arg(FunctionCallInfo fcinfo, int argno)
{
	return (const NkLcaModel *) summary_arg(fcinfo, argno,
											&nk_lca_model_kind);
}

/* an empty model in the current context */
static NkLcaModel *
model_new(int classes, int items)
{
	Size		size = nk_lca_model_size(classes, items);
	NkLcaModel *model = palloc(size);

	SET_VARSIZE(model, size);
	nk_lca_model_init(model, classes, items);
	return model;
}

/*
 * nuso_lca_fit(patterns, classes, items, starts, seed, finish, tolerance,
 * max_iterations, pseudo_count, standard_errors)
 */
Datum
nuso_lca_fit(PG_FUNCTION_ARGS)
{
	int			classes = PG_GETARG_INT32(1);
	int			items = PG_GETARG_INT32(2);
	bool		standard_errors = PG_GETARG_BOOL(9);
	NkLcaSettings settings = {
		.starts = PG_GETARG_INT32(3),
		.seed = PG_GETARG_INT64(4),
		.finish = PG_GETARG_INT32(5),
		.tolerance = PG_GETARG_FLOAT8(6),
		.max_iterations = PG_GETARG_INT32(7),
		.pseudo_count = PG_GETARG_FLOAT8(8)
	};
	MemoryContext work;
	MemoryContext old;
	NkLcaModel *model;
	NkLcaData	data;
	void	   *room;

	/* the kernel has one item more, for groups */
	check_status(items > NK_ITEMS ? NK_BAD_ITEMS :
				 nk_lca_check(items, classes, &settings));
	model = model_new(classes, items);
	work = AllocSetContextCreate(CurrentMemoryContext, "nuso latent classes",
								 ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(work);
	data = lca_data_arg(fcinfo, 0, items);
	room = lca_allocate(nk_lca_model_fit_size(&data, classes, &settings,
											  standard_errors));
	nk_lca_model_fit(&data, &settings, standard_errors, room, model);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(work);
	PG_RETURN_POINTER(model);
}

/* nuso_lca_fit_stats(model) */
Datum
nuso_lca_fit_stats(PG_FUNCTION_ARGS)
{
	const NkLcaModel *model = lca_model_arg(fcinfo, 0);
	NkLcaFitStatistics fit;
	ResultRow	row = {0};

	nk_lca_model_statistics(model, &fit);
	put_float8(&row, fit.all.log_likelihood);
	if (nk_lca_has_estimates(model))
		put_int8(&row, fit.all.parameters);
	else
		put_null(&row);
	put_float8(&row, fit.all.aic);
	put_float8(&row, fit.all.bic);
	put_float8(&row, fit.all.abic);
	put_float8(&row, fit.all.entropy);
	put_float8(&row, fit.all.g2);
	put_float8(&row, fit.all.x2);
	put_float8(&row, fit.all.df);
	put_int8(&row, model->n);
	put_int8(&row, model->starts);
	put_int8(&row, model->at_best);
	put_int8(&row, model->iterations);
	put_bool(&row, nk_lca_is_fitted(model));
	put_int8(&row, model->finished);
	put_int4(&row, nk_lca_classes(model));
	put_int4(&row, nk_lca_items(model));
	put_int8(&row, model->n_unobserved);
	put_int8(&row, model->patterns);
	put_float8(&row, fit.all.smallest_share);
	put_float8(&row, fit.all.mean_posterior);
	put_int4(&row, fit.boundary);
	put_int8(&row, model->seed);
	put_float8(&row, model->pseudo_count);
	put_text(&row, status_name(nk_lca_outcome(model)));
	PG_RETURN_DATUM(row_datum(fcinfo, &row));
}

/* what rows of classes are made of */
typedef struct ClassRows
{
	const NkLcaModel *model;
	double		z;
	NkLcaShares shares;
} ClassRows;

static void *
begin_classes(FunctionCallInfo fcinfo, uint64 *rows)
{
	ClassRows  *source = palloc(sizeof(ClassRows));

	source->model = lca_model_arg(fcinfo, 0);
	check_status(nk_critical_value(PG_GETARG_FLOAT8(1), &source->z));
	*rows = (uint64) source->model->header.rows *
		source->model->header.columns;
	return source;
}

static void
make_class_item(ResultRow *row, void *source, uint64 i)
{
	const ClassRows *from = source;
	int			items = nk_lca_items(from->model);
	int			k = (int) (i / items);
	int			j = (int) (i % items);
	NkLcaClassItem item = nk_lca_class_item(from->model, k, j, from->z);

	put_int4(row, k + 1);
	put_float8(row, item.share.estimate);
	put_int4(row, j);
	put_float8(row, item.probability.estimate);
	put_float8(row, item.share_error);
	put_bounds(row, &item.share);
	put_float8(row, item.error);
	put_bounds(row, &item.probability);
	put_text(row, status_name(item.status));
}

/* nuso_lca_classes(model, conf_level) - one row a class and item */
Datum
nuso_lca_classes(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_classes, make_class_item);
}

static void *
begin_shares(FunctionCallInfo fcinfo, uint64 *rows)
{
	ClassRows  *source = palloc(sizeof(ClassRows));
	NkLcaData	data;

	source->model = lca_model_arg(fcinfo, 0);
	check_status(nk_critical_value(PG_GETARG_FLOAT8(2), &source->z));
	data = lca_data_arg(fcinfo, 1, nk_lca_items(source->model));
	nk_lca_shares(source->model, &data, source->z,
				  lca_allocate(nk_lca_shares_size(source->model)),
				  &source->shares);
	*rows = source->model->header.rows;
	return source;
}

static void
make_share(ResultRow *row, void *source, uint64 i)
{
	const ClassRows *from = source;
	const NkLcaShare *share = &from->shares.classes[i];

	put_int4(row, (int32) i + 1);
	put_int8(row, nk_lca_count(from->shares.n));
	put_int8(row, nk_lca_count(from->shares.impossible));
	put_int8(row, nk_lca_count(share->modal));
	put_float8(row, share->share_modal);
	put_float8(row, share->share_posterior);
	put_interval(row, &share->share);
	put_float8(row, share->std_error);
	put_text(row, status_name(share->status));
}

/* nuso_lca_shares(model, patterns, conf_level) - one row a class */
Datum
nuso_lca_shares(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_shares, make_share);
}
