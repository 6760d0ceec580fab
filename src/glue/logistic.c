/*
 * logistic.c - logistic regression from the summary logit
 */
#include "glue.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "../kernel/coefficient.h"
#include "../kernel/margins.h"

PG_FUNCTION_INFO_V1(nuso_logit_fit);
PG_FUNCTION_INFO_V1(nuso_logit_margins);
PG_FUNCTION_INFO_V1(nuso_logit_fit_stats);

/* patterns may be many: more than an ordinary allocation holds */
static void *
allocate(Size size)
{
	return palloc_extended(size, MCXT_ALLOC_HUGE);
}

/* a model, its rows and the names of its terms */
typedef struct Model
{
	NkDesign	design;
	NkLogitFit	fit;
	Datum	   *names;			/* of the covariates, or NULL */
	NkCovariance covariance;
} Model;

/*
 * Names of the covariates, one each.  An empty summary does not know how many
 * there are, and is told.
 */
static void
take_names(FunctionCallInfo fcinfo, int argno, Model *model)
{
	ArrayType  *array;
	bool	   *nulls;
	int			count;

	model->names = NULL;
	if (PG_ARGISNULL(argno))
		return;
	array = PG_GETARG_ARRAYTYPE_P(argno);
	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &model->names,
					  &nulls, &count);
	if (model->design.rows == 0 && count <= NK_COVARIATES)
		model->design.covariates = count;
	if (ARR_NDIM(array) > 1 || count != model->design.covariates)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("names do not fit the covariates"),
				 errhint("Give one name a covariate, in the order of the array; the intercept has its own.")));
	if (array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("name of a covariate must not be NULL")));
}

/* load - the rows of argument 0, and the summary that they are from */
static const NkTally *
load(FunctionCallInfo fcinfo, Model *model)
{
	const NkTally *logit = (const NkTally *)
		summary_arg(fcinfo, 0, &nk_logit_kind);

	model->design = nk_design_load(logit, allocate(nk_design_memory(logit)));
	return logit;
}

/* fit - the model whose method is in that argument */
static void
fit(FunctionCallInfo fcinfo, int argno, Model *model)
{
	int			method = choice_arg(fcinfo, argno, nk_logit_methods,
									"method of logistic regression");

	nk_logit_fit(&model->design, (NkLogitMethod) method,
				 allocate(nk_logit_memory(model->design.rows,
										  model->design.covariates)),
				 &model->fit);
}

static void
put_term_name(ResultRow *row, const Model *model, int term)
{
	if (term == 0)
		put_text(row, "intercept");
	else if (model->names == NULL)
		put_text(row, psprintf("x%d", term));
	else
		put_text(row, TextDatumGetCString(model->names[term - 1]));
}

/* what the rows of both functions end with */
static void
put_inference(ResultRow *row, const Model *model, const NkTestResult *test,
			  NkStatus status)
{
	put_float8(row, test->statistic);
	put_float8(row, test->df);
	put_float8(row, test->p_value);
	put_text(row, nk_covariances[model->covariance]);
	put_text(row, nk_logit_methods[model->fit.method]);
	put_text(row, status_name(status));
}

static Datum
coefficient_datum(TupleDesc descriptor, const Model *model, int term,
				  const NkCoefficient *c)
{
	ResultRow	row = {0};

	put_term_name(&row, model, term);
	put_float8(&row, c->estimate);
	put_float8(&row, c->std_error);
	put_interval(&row, &c->odds_ratio);
	put_inference(&row, model, &c->test, c->status);
	return row_tuple(descriptor, &row);
}

static Datum
margin_datum(TupleDesc descriptor, const Model *model, const NkMargin *m)
{
	ResultRow	row = {0};

	put_term_name(&row, model, m->term);
	put_text(&row, nk_margin_kinds[m->kind]);
	put_interval(&row, &m->margin);
	put_float8(&row, m->std_error);
	put_inference(&row, model, &m->test, m->status);
	return row_tuple(descriptor, &row);
}

/* all rows of a result, made in the first call */
typedef Datum *(*RowMaker) (TupleDesc descriptor, Model *model,
							double conf_level, int *count);

static Datum *
make_coefficients(TupleDesc descriptor, Model *model, double conf_level,
				  int *count)
{
	int			covariates = model->design.covariates;
	NkCoefficient *terms = palloc((covariates + 1) * sizeof(NkCoefficient));
	double	   *scratch = allocate(nk_coefficient_scratch(covariates) *
								   sizeof(double));
	Datum	   *rows;

	check_status(nk_logit_coefficients(&model->fit, model->covariance,
									   conf_level, scratch, terms));
	*count = covariates + 1;
	rows = palloc(*count * sizeof(Datum));
	for (int t = 0; t < *count; t++)
		rows[t] = coefficient_datum(descriptor, model, t, &terms[t]);
	return rows;
}

static Datum *
make_margins(TupleDesc descriptor, Model *model, double conf_level,
			 int *count)
{
	int			covariates = model->design.covariates;
	NkMargin   *margins = palloc(covariates * NK_MARGINS_A_TERM *
								 sizeof(NkMargin));
	double	   *scratch = allocate(nk_margins_scratch(covariates) *
								   sizeof(double));
	Datum	   *rows;

	/* an interval of a function has no profile: the model's variance serves */
	if (model->covariance == NK_COVARIANCE_PROFILE)
		model->covariance = NK_COVARIANCE_MODEL;
	check_status(nk_logit_margins(&model->fit, model->covariance, conf_level,
								  scratch, margins, count));
	rows = palloc(*count * sizeof(Datum));
	for (int m = 0; m < *count; m++)
		rows[m] = margin_datum(descriptor, model, &margins[m]);
	return rows;
}

/*
 * rows_of_model - the arguments are summary, names, method, covariance and
 * conf_level; without one of them, but for names, there are no rows
 */
static Datum
rows_of_model(FunctionCallInfo fcinfo, RowMaker make)
{
	FuncCallContext *call;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext old;
		TupleDesc	descriptor;
		Model		model;
		int			count = 0;

		call = SRF_FIRSTCALL_INIT();
		old = MemoryContextSwitchTo(call->multi_call_memory_ctx);
		if (get_call_result_type(fcinfo, NULL, &descriptor) !=
			TYPEFUNC_COMPOSITE)
			elog(ERROR, "result type is not composite");
		descriptor = BlessTupleDesc(descriptor);
		if (!PG_ARGISNULL(0) && !PG_ARGISNULL(2) && !PG_ARGISNULL(3) &&
			!PG_ARGISNULL(4))
		{
			model.covariance = (NkCovariance)
				choice_arg(fcinfo, 3, nk_covariances, "covariance");
			load(fcinfo, &model);
			take_names(fcinfo, 1, &model);
			fit(fcinfo, 2, &model);
			check_status(nk_covariance_choose(&model.fit, &model.covariance));
			call->user_fctx = make(descriptor, &model, PG_GETARG_FLOAT8(4),
								   &count);
		}
		call->max_calls = count;
		MemoryContextSwitchTo(old);
	}

	call = SRF_PERCALL_SETUP();
	if (call->call_cntr < call->max_calls)
	{
		/* not inside the macro, which counts before it evaluates */
		Datum		row = ((Datum *) call->user_fctx)[call->call_cntr];

		SRF_RETURN_NEXT(call, row);
	}
	SRF_RETURN_DONE(call);
}

/* nuso_logit_fit(summary, names, method, covariance, conf_level) */
Datum
nuso_logit_fit(PG_FUNCTION_ARGS)
{
	return rows_of_model(fcinfo, make_coefficients);
}

/* nuso_logit_margins(summary, names, method, covariance, conf_level) */
Datum
nuso_logit_margins(PG_FUNCTION_ARGS)
{
	return rows_of_model(fcinfo, make_margins);
}

/* nuso_logit_fit_stats(summary, method) */
Datum
nuso_logit_fit_stats(PG_FUNCTION_ARGS)
{
	ResultRow	row = {0};
	Model		model;
	NkLogitStats stats;
	const NkTally *logit = load(fcinfo, &model);

	fit(fcinfo, 1, &model);
	stats = nk_logit_stats(&model.fit);
	put_int8(&row, model.fit.n);
	put_int8(&row, model.fit.events);
	put_int8(&row, logit->aside);
	put_int8(&row, model.design.rows);
	put_int8(&row, model.fit.clusters);
	put_int4(&row, model.fit.parameters);
	put_float8(&row, stats.log_likelihood);
	put_float8(&row, stats.null_deviance);
	put_float8(&row, stats.deviance);
	put_float8(&row, stats.aic);
	put_float8(&row, stats.bic);
	put_float8(&row, stats.test.statistic);
	put_float8(&row, stats.test.df);
	put_float8(&row, stats.test.p_value);
	put_int4(&row, model.fit.iterations);
	put_bool(&row, nk_logit_is_fitted(&model.fit));
	put_text(&row, nk_logit_methods[model.fit.method]);
	put_text(&row, status_name(model.fit.outcome));
	PG_RETURN_DATUM(row_datum(fcinfo, &row));
}
