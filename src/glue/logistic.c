/*
 * logistic.c - logistic regression from the summary logit
 */
#include "glue.h"

#include "../kernel/coefficient.h"
#include "../kernel/margins.h"

PG_FUNCTION_INFO_V1(nuso_logit_fit);
PG_FUNCTION_INFO_V1(nuso_logit_margins);
PG_FUNCTION_INFO_V1(nuso_logit_fit_stats);

/* a model, its rows and the names of its terms */
typedef struct Model
{
	NkDesign	design;
	NkLogitFit	fit;
	Datum	   *names;			/* of the covariates, or NULL */
	NkCovariance covariance;
} Model;

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

/* what the rows of a model are made of: one of the two */
typedef struct ModelRows
{
	Model		model;
	NkCoefficient *terms;
	NkMargin   *margins;
} ModelRows;

/*
 * model_rows - the arguments are summary, names, method, covariance and
 * conf_level; NULL if one of them is, but for the names: then there are no rows
 */
static ModelRows *
model_rows(FunctionCallInfo fcinfo)
{
	ModelRows  *rows = palloc0(sizeof(ModelRows));
	Model	   *model = &rows->model;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(2) || PG_ARGISNULL(3) ||
		PG_ARGISNULL(4))
		return NULL;
	model->covariance = (NkCovariance)
		choice_arg(fcinfo, 3, nk_covariances, "covariance");
	load(fcinfo, model);
	model->names = covariate_names_arg(fcinfo, 1, model->design.rows == 0,
									   &model->design.covariates);
	fit(fcinfo, 2, model);
	check_status(nk_covariance_choose(&model->fit, &model->covariance));
	return rows;
}

static void *
begin_coefficients(FunctionCallInfo fcinfo, uint64 *count)
{
	ModelRows  *rows = model_rows(fcinfo);
	int			covariates;
	double	   *scratch;

	*count = 0;
	if (rows == NULL)
		return NULL;
	covariates = rows->model.design.covariates;
	rows->terms = palloc((covariates + 1) * sizeof(NkCoefficient));
	scratch = allocate(nk_coefficient_scratch(covariates) * sizeof(double));
	check_status(nk_logit_coefficients(&rows->model.fit,
									   rows->model.covariance,
									   PG_GETARG_FLOAT8(4), scratch,
									   rows->terms));
	*count = covariates + 1;
	return rows;
}

static void
make_coefficient(ResultRow *row, void *source, uint64 i)
{
	const ModelRows *rows = source;
	const NkCoefficient *c = &rows->terms[i];

	put_term_name(row, rows->model.names, (int) i);
	put_float8(row, c->estimate);
	put_float8(row, c->std_error);
	put_interval(row, &c->odds_ratio);
	put_inference(row, &rows->model, &c->test, c->status);
}

static void *
begin_margins(FunctionCallInfo fcinfo, uint64 *count)
{
	ModelRows  *rows = model_rows(fcinfo);
	int			covariates;
	int			margins;
	double	   *scratch;

	*count = 0;
	if (rows == NULL)
		return NULL;
	covariates = rows->model.design.covariates;
	rows->margins = palloc(covariates * NK_MARGINS_A_TERM * sizeof(NkMargin));
	scratch = allocate(nk_margins_scratch(covariates) * sizeof(double));
	/* an interval of a function has no profile: the model's variance serves */
	if (rows->model.covariance == NK_COVARIANCE_PROFILE)
		rows->model.covariance = NK_COVARIANCE_MODEL;
	check_status(nk_logit_margins(&rows->model.fit, rows->model.covariance,
								  PG_GETARG_FLOAT8(4), scratch, rows->margins,
								  &margins));
	*count = margins;
	return rows;
}

static void
make_margin(ResultRow *row, void *source, uint64 i)
{
	const ModelRows *rows = source;
	const NkMargin *m = &rows->margins[i];

	put_term_name(row, rows->model.names, m->term);
	put_text(row, nk_margin_kinds[m->kind]);
	put_interval(row, &m->margin);
	put_float8(row, m->std_error);
	put_inference(row, &rows->model, &m->test, m->status);
}

/* nuso_logit_fit(summary, names, method, covariance, conf_level) */
Datum
nuso_logit_fit(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_coefficients, make_coefficient);
}

/* nuso_logit_margins(summary, names, method, covariance, conf_level) */
Datum
nuso_logit_margins(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_margins, make_margin);
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
