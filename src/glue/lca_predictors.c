/*
 * lca_predictors.c - which children are of which latent class, from the summary
 * membership
 */
#include "glue.h"

#include "../kernel/predictors.h"

PG_FUNCTION_INFO_V1(nuso_lca_predictors);
PG_FUNCTION_INFO_V1(nuso_lca_predictors_test);

/* a fit, and what the rows of both functions are made of */
typedef struct Predictors
{
	NkMembers	members;
	NkPredictors fit;
	Datum	   *names;
	double		conf_level;
	double	   *scratch;
} Predictors;

/*
 * The arguments model, membership and names; reference from 1.  Only names may
 * be NULL.
 */
static Predictors *
predictors_arg(FunctionCallInfo fcinfo, int reference)
{
	Predictors *predictors = palloc0(sizeof(Predictors));
	NkMembers  *members = &predictors->members;
	const NkLcaModel *model = lca_model_arg(fcinfo, 0);
	const NkTally *membership = (const NkTally *)
		summary_arg(fcinfo, 1, &nk_membership_kind);
	int			classes = nk_lca_classes(model);
	Size		size;

	if (reference < 1 || reference > classes)
		check_status(NK_BAD_CLASS_LABEL);
	check_status(nk_members_load(membership, classes,
								 allocate(nk_members_memory(membership)),
								 members));
	predictors->names = covariate_names_arg(fcinfo, 2,
											members->design.rows == 0,
											&members->design.covariates);
	size = nk_predictors_memory(members, classes);
	if (size == 0)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many coefficients"),
				 errhint("There may be %d: classes less 1, times covariates plus 1.",
						 NK_PREDICTOR_PARAMETERS)));
	nk_predictors_of_model(members, model, reference - 1, allocate(size),
						   &predictors->fit);
	return predictors;
}

static void *
begin_coefficients(FunctionCallInfo fcinfo, uint64 *rows)
{
	Predictors *predictors;
	double		critical;

	*rows = 0;
	for (int i = 0; i < PG_NARGS(); i++)
		if (i != 2 && PG_ARGISNULL(i))
			return NULL;
	check_status(nk_critical_value(PG_GETARG_FLOAT8(4), &critical));
	predictors = predictors_arg(fcinfo, PG_GETARG_INT32(3));
	predictors->conf_level = PG_GETARG_FLOAT8(4);
	*rows = (uint64) (predictors->fit.likelihood.classes - 1) *
		predictors->fit.basis.terms;
	return predictors;
}

static void
make_coefficient(ResultRow *row, void *source, uint64 i)
{
	Predictors *predictors = source;
	NkPredictors *fit = &predictors->fit;
	int			class = nk_latent_class(&fit->likelihood,
										(int) (i / fit->basis.terms));
	int			term = (int) (i % fit->basis.terms);
	NkPredictor predictor;

	check_status(nk_predictor(fit, class, term, predictors->conf_level,
							  &predictor));
	put_int4(row, class + 1);
	put_term_name(row, predictors->names, term);
	put_float8(row, predictor.estimate);
	put_float8(row, predictor.std_error);
	put_interval(row, &predictor.odds_ratio);
	put_float8(row, predictor.test.statistic);
	put_float8(row, predictor.test.df);
	put_float8(row, predictor.test.p_value);
	put_text(row, status_name(predictor.status));
}

static void *
begin_tests(FunctionCallInfo fcinfo, uint64 *rows)
{
	Predictors *predictors;
	Size		size;

	*rows = 0;
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return NULL;
	predictors = predictors_arg(fcinfo, 1);
	*rows = predictors->fit.basis.terms;
	/* the first test is about all covariates, and no smaller than another */
	size = Max(nk_predictors_test_scratch(&predictors->fit, 0),
			   nk_predictors_test_scratch(&predictors->fit, 1));
	predictors->scratch = allocate(size * sizeof(double));
	return predictors;
}

static void
make_test(ResultRow *row, void *source, uint64 i)
{
	Predictors *predictors = source;
	NkTestResult test;
	NkStatus	status = nk_predictors_test(&predictors->fit, (int) i,
											predictors->scratch, &test);

	if (i == 0)
		put_null(row);
	else
		put_term_name(row, predictors->names, (int) i);
	put_test(row, &test, "wald", status);
}

/* nuso_lca_predictors(model, membership, names, reference, conf_level) */
Datum
nuso_lca_predictors(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_coefficients, make_coefficient);
}

/* nuso_lca_predictors_test(model, membership, names) */
Datum
nuso_lca_predictors_test(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_tests, make_test);
}
