/*
 * covariates.c - one child counted into a summary of covariate patterns, and
 * the names of covariates in what comes of it
 */
#include "glue.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "../kernel/covariates.h"

/* the elements of a one-dimensional array, or NULL if one of them is NULL */
static const double *
covariates_arg(FunctionCallInfo fcinfo, int argno, uint32 *length)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argno);

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("covariates must be a one-dimensional array")));
	*length = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	if (array_contains_nulls(array))
		return NULL;
	return (const double *) ARR_DATA_PTR(array);
}

const double *
covariates_child(FunctionCallInfo fcinfo, const NkSummaryKind *kind,
				 NkTally **state)
{
	uint32_t	words = kind->columns;
	const double *covariates;
	uint32		length;

	*state = (NkTally *) summary_state(fcinfo, kind);
	if (row_has_null(fcinfo))
		return NULL;
	covariates = covariates_arg(fcinfo, 2, &length);
	if (covariates == NULL || nk_covariates_skip(*state, covariates, length))
		return NULL;
	check_status(nk_covariates_shape(*state, words, length));
	if (nk_tally_is_full(*state))
		*state = (NkTally *) summary_with_room(&(*state)->header, kind, NULL);
	return covariates;
}

Datum *
covariate_names_arg(FunctionCallInfo fcinfo, int argno, bool is_empty,
					int *covariates)
{
	ArrayType  *array;
	Datum	   *names;
	bool	   *nulls;
	int			count;

	if (PG_ARGISNULL(argno))
		return NULL;
	array = PG_GETARG_ARRAYTYPE_P(argno);
	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls,
					  &count);
	if (is_empty && count <= NK_COVARIATES)
		*covariates = count;
	if (ARR_NDIM(array) > 1 || count != *covariates)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("names do not fit the covariates"),
				 errhint("Give one name a covariate, in the order of the array; the intercept has its own.")));
	if (array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("name of a covariate must not be NULL")));
	return names;
}

void
put_term_name(ResultRow *row, const Datum *names, int term)
{
	if (term == 0)
		put_text(row, "intercept");
	else if (names == NULL)
		put_text(row, psprintf("x%d", term));
	else
		put_text(row, TextDatumGetCString(names[term - 1]));
}
