/*
 * lca_three_step.c - outcomes by latent class, from a table of the classes that
 * children were taken for
 */
#include "glue.h"

#include "../kernel/three_step.h"

PG_FUNCTION_INFO_V1(nuso_lca_three_step);
PG_FUNCTION_INFO_V1(nuso_clustered_lca_three_step);
PG_FUNCTION_INFO_V1(nuso_lca_three_step_pairs);
PG_FUNCTION_INFO_V1(nuso_clustered_lca_three_step_pairs);
PG_FUNCTION_INFO_V1(nuso_lca_three_step_test);
PG_FUNCTION_INFO_V1(nuso_clustered_lca_three_step_test);

/* a million pairs of classes and outcomes in 150 MB */
#define MOST_PAIRS (1 << 20)

/* what the rows of all functions are made of */
typedef struct Outcomes
{
	NkOutcomeTable table;
	NkLabelSet	labels;			/* of the outcomes */
	NkThreeStep result;
	double		conf_level;
	NkOutcomePair *pairs;		/* where they are asked for */
} Outcomes;

/* the arguments model, counts, method */
static Outcomes *
outcomes_arg(FunctionCallInfo fcinfo, bool clustered)
{
	Outcomes   *outcomes = palloc(sizeof(Outcomes));
	const NkLcaModel *model = lca_model_arg(fcinfo, 0);
	const NkCrosstab *counts = clustered ? clustered_arg(fcinfo, 1) :
		(const NkCrosstab *) summary_arg(fcinfo, 1, &nk_crosstab_kind);
	NkThreeStepMethod method = (NkThreeStepMethod)
		choice_arg(fcinfo, 2, nk_three_step_methods, "three-step method");

	check_status(nk_outcome_table(counts, clustered, nk_lca_classes(model),
								  &outcomes->table));
	outcomes->labels = nk_crosstab_columns(counts);
	nk_three_step_of_model(&outcomes->table, model, method,
						   allocate(nk_three_step_memory(&outcomes->table)),
						   &outcomes->result);
	return outcomes;
}

/* the same with the level that is the fourth */
static Outcomes *
outcomes_at_level(FunctionCallInfo fcinfo, bool clustered)
{
	Outcomes   *outcomes = outcomes_arg(fcinfo, clustered);
	double		critical;

	outcomes->conf_level = PG_GETARG_FLOAT8(3);
	check_status(nk_critical_value(outcomes->conf_level, &critical));
	return outcomes;
}

static const char *
method_name(const Outcomes *outcomes)
{
	return nk_three_step_methods[outcomes->result.method];
}

static void *
begin_shares(FunctionCallInfo fcinfo, bool clustered, uint64 *rows)
{
	Outcomes   *outcomes = outcomes_at_level(fcinfo, clustered);

	*rows = (uint64) outcomes->table.classes * outcomes->table.outcomes;
	return outcomes;
}

static void
make_share(ResultRow *row, void *source, uint64 i)
{
	const Outcomes *outcomes = source;
	const NkOutcomeTable *table = &outcomes->table;
	int			class = (int) (i / table->outcomes);
	int			outcome = (int) (i % table->outcomes);
	NkOutcomeShare share;

	check_status(nk_three_step_share(&outcomes->result, class, outcome,
									 outcomes->conf_level, &share));
	put_int4(row, class + 1);
	put_label(row, nk_label_text(&outcomes->labels, outcome));
	put_int8(row, nk_outcome_count(table, class, outcome));
	put_float8(row, nk_outcome_modal_share(table, class, outcome));
	put_float8(row, share.share.estimate);
	put_float8(row, share.std_error);
	put_bounds(row, &share.share);
	put_text(row, method_name(outcomes));
	put_text(row, status_name(share.status));
}

static void *
begin_pairs(FunctionCallInfo fcinfo, bool clustered, uint64 *rows)
{
	Outcomes   *outcomes = outcomes_at_level(fcinfo, clustered);
	int			classes = outcomes->table.classes;
	Size		pairs = (Size) classes * (classes - 1) / 2;
	double	   *p = palloc(pairs * sizeof(double));
	size_t	   *order = palloc(pairs * sizeof(size_t));

	*rows = pairs * outcomes->table.outcomes;
	if (*rows > MOST_PAIRS)
		check_status(NK_TOO_LARGE);
	outcomes->pairs = allocate(*rows * sizeof(NkOutcomePair));
	check_status(nk_three_step_pairs(&outcomes->result, outcomes->conf_level,
									 outcomes->pairs, p, order));
	return outcomes;
}

static void
make_pair(ResultRow *row, void *source, uint64 i)
{
	const Outcomes *outcomes = source;
	const NkOutcomePair *pair = &outcomes->pairs[i];
	const NkOutcomeDifference *difference = &pair->difference;

	put_int4(row, pair->a + 1);
	put_int4(row, pair->b + 1);
	put_label(row, nk_label_text(&outcomes->labels, pair->outcome));
	put_interval(row, &difference->difference);
	put_float8(row, difference->std_error);
	put_float8(row, difference->test.statistic);
	put_float8(row, difference->test.df);
	put_float8(row, difference->test.p_value);
	put_float8(row, pair->p_adjusted);
	put_text(row, method_name(outcomes));
	put_text(row, status_name(difference->status));
}

static void *
begin_child_shares(FunctionCallInfo fcinfo, uint64 *rows)
{
	return begin_shares(fcinfo, false, rows);
}

static void *
begin_cluster_shares(FunctionCallInfo fcinfo, uint64 *rows)
{
	return begin_shares(fcinfo, true, rows);
}

static void *
begin_child_pairs(FunctionCallInfo fcinfo, uint64 *rows)
{
	return begin_pairs(fcinfo, false, rows);
}

static void *
begin_cluster_pairs(FunctionCallInfo fcinfo, uint64 *rows)
{
	return begin_pairs(fcinfo, true, rows);
}

/* nuso_lca_three_step(model, crosstab, method, conf_level) */
Datum
nuso_lca_three_step(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_child_shares, make_share);
}

/* nuso_clustered_lca_three_step(model, clustered, method, conf_level) */
Datum
nuso_clustered_lca_three_step(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_cluster_shares, make_share);
}

/* nuso_lca_three_step_pairs(model, crosstab, method, conf_level) */
Datum
nuso_lca_three_step_pairs(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_child_pairs, make_pair);
}

/* nuso_clustered_lca_three_step_pairs(model, clustered, method, conf_level) */
Datum
nuso_clustered_lca_three_step_pairs(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_cluster_pairs, make_pair);
}

static Datum
outcome_test(FunctionCallInfo fcinfo, bool clustered)
{
	Outcomes   *outcomes = outcomes_arg(fcinfo, clustered);
	Size		size = nk_three_step_test_scratch(&outcomes->table);
	NkTestResult test;
	NkStatus	status = nk_three_step_test(&outcomes->result,
											palloc(size * sizeof(double)),
											&test);

	PG_RETURN_DATUM(test_datum(fcinfo, &test, method_name(outcomes), status));
}

/* nuso_lca_three_step_test(model, crosstab, method) */
Datum
nuso_lca_three_step_test(PG_FUNCTION_ARGS)
{
	return outcome_test(fcinfo, false);
}

/* nuso_clustered_lca_three_step_test(model, clustered, method) */
Datum
nuso_clustered_lca_three_step_test(PG_FUNCTION_ARGS)
{
	return outcome_test(fcinfo, true);
}
