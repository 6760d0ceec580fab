/*
 * lca_selection.c - how many latent classes: criteria and the bootstrap test
 */
#include "lca_data.h"

#include "../kernel/lca_bootstrap.h"
#include "../kernel/lca_selection.h"

PG_FUNCTION_INFO_V1(nuso_lca_select);
PG_FUNCTION_INFO_V1(nuso_lca_bootstrap_test);

/*
 * The arguments are patterns, items, min_classes, max_classes, starts, seed,
 * finish, tolerance, max_iterations, pseudo_count.
 */
static void *
begin_candidates(FunctionCallInfo fcinfo, uint64 *rows)
{
	int			items = PG_GETARG_INT32(1);
	int			least = PG_GETARG_INT32(2);
	int			most = PG_GETARG_INT32(3);
	NkLcaSettings settings = {
		.starts = PG_GETARG_INT32(4),
		.seed = PG_GETARG_INT64(5),
		.finish = PG_GETARG_INT32(6),
		.tolerance = PG_GETARG_FLOAT8(7),
		.max_iterations = PG_GETARG_INT32(8),
		.pseudo_count = PG_GETARG_FLOAT8(9)
	};
	NkLcaCandidate *candidates;
	NkLcaData	data;
	void	   *room;

	if (items > NK_ITEMS)
		check_status(NK_BAD_ITEMS);
	check_status(nk_lca_select_check(items, least, most, &settings));
	data = lca_data_arg(fcinfo, 0, items);
	*rows = most - least + 1;
	candidates = palloc0(*rows * sizeof(NkLcaCandidate));
	room = lca_allocate(nk_lca_select_size(&data, most, &settings));
	nk_lca_select(&data, least, most, &settings, room, candidates);
	pfree(room);
	return candidates;
}

static void
make_candidate(ResultRow *row, void *source, uint64 i)
{
	const NkLcaCandidate *candidate = (const NkLcaCandidate *) source + i;
	const NkLcaStatistics *s = &candidate->statistics;

	put_int4(row, candidate->classes);
	if (candidate->has_fit)
	{
		put_float8(row, s->log_likelihood);
		put_int8(row, s->parameters);
		put_float8(row, s->aic);
		put_float8(row, s->bic);
		put_float8(row, s->abic);
		put_float8(row, s->entropy);
		put_float8(row, s->g2);
		put_float8(row, s->x2);
		put_float8(row, s->df);
		put_int8(row, nk_lca_count(candidate->n));
		put_float8(row, s->smallest_share);
		put_int4(row, candidate->fit.starts);
		put_int4(row, candidate->fit.at_best);
		put_int4(row, candidate->fit.boundary);
	}
	else
	{
		for (int column = 0; column < 9; column++)
			put_null(row);
		put_int8(row, nk_lca_count(candidate->n));
		for (int column = 0; column < 4; column++)
			put_null(row);
	}
	put_bool(row, candidate->has_fit && candidate->fit.converged);
	put_bool(row, candidate->selected);
	put_text(row, status_name(candidate->status));
}

/* nuso_lca_select(patterns, items, min_classes, max_classes, ...) */
Datum
nuso_lca_select(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_candidates, make_candidate);
}

/* count so many data sets from the model of one class fewer */
static void
add_replicates(const NkLcaData *data, int32 replicates, int64 seed,
			   NkLcaBootstrap *test)
{
	void	   *draw_room = lca_allocate(nk_lca_draw_size(data));
	void	   *room = NULL;
	Size		size = 0;

	for (int32 i = 0; i < replicates; i++)
	{
		NkLcaData	drawn;

		nk_lca_draw(data, &test->fewer, seed, i, draw_room, &drawn);
		lca_make_room(&room, &size,
					  nk_lca_bootstrap_size(&drawn, test->classes,
											&test->settings));
		nk_lca_bootstrap_add(test, &drawn, nk_lca_draw_seed(seed, i), room);
	}
}

/* nuso_lca_bootstrap_test(patterns, classes, items, replicates, starts, seed) */
Datum
nuso_lca_bootstrap_test(PG_FUNCTION_ARGS)
{
	int			classes = PG_GETARG_INT32(1);
	int			items = PG_GETARG_INT32(2);
	int32		replicates = PG_GETARG_INT32(3);
	int64		seed = PG_GETARG_INT64(5);
	NkLcaSettings settings = lca_settings(PG_GETARG_INT32(4), seed);
	ResultRow	row = {0};
	NkLcaBootstrap test;
	NkLcaSimulated simulated;
	NkLcaData	data;
	NkStatus	status;

	check_status(items > NK_ITEMS ? NK_BAD_ITEMS :
				 nk_lca_check(items, classes, &settings));
	check_status(classes < 2 ? NK_ONE_CLASS : NK_OK);
	check_status(replicates < 1 ? NK_BAD_REPLICATES : NK_OK);
	data = lca_data_arg(fcinfo, 0, items);
	status = nk_lca_bootstrap_begin(&data, classes, &settings,
									palloc(nk_lca_bootstrap_model_size(&data, classes)),
									lca_allocate(nk_lca_bootstrap_size(&data, classes,
																	   &settings)),
									&test);
	if (isfinite(test.statistic))
		add_replicates(&data, replicates, seed, &test);
	simulated = nk_lca_simulated(test.hits, test.replicates);

	put_float8(&row, test.statistic);
	put_float8(&row, simulated.p_value);
	put_float8(&row, simulated.p_lower);
	put_float8(&row, simulated.p_upper);
	put_float8(&row, test.log_likelihood_fewer);
	put_float8(&row, test.log_likelihood);
	put_int8(&row, nk_lca_count(data.n));
	put_int4(&row, (int32) test.replicates);
	put_int4(&row, settings.starts);
	put_text(&row, "bootstrap");
	put_text(&row, status_name(status));
	PG_RETURN_DATUM(row_datum(fcinfo, &row));
}
