/*
 * error.c - the one door from the kernel's codes to errors and statuses
 *
 * A wrong setting is an error with SQLSTATE and hint; thin data is a status.
 * Messages carry no data value: the data are about children, and messages end
 * in logs.
 */
#include "glue.h"

#include "lib/stringinfo.h"
#include "utils/builtins.h"

static const char *const status_names[NK_FIRST_ERROR] = {
	[NK_OK] = "ok",
	[NK_SUPPRESSED] = "suppressed",
	[NK_EMPTY] = "empty",
	[NK_ZERO_MARGIN] = "zero_margin",
	[NK_NO_VARIATION] = "no_variation",
	[NK_TOO_FEW] = "too_few",
	[NK_NOT_CONVERGED] = "not_converged",
	[NK_FEW_CLUSTERS] = "few_clusters",
	[NK_SEPARATION] = "separation",
	[NK_COLLINEAR] = "collinear"
};

const char *
status_name(NkStatus status)
{
	check_status(status);
	return status_names[status];
}

void
check_status(NkStatus status)
{
	if (likely(status < NK_FIRST_ERROR))
		return;

	switch (status)
	{
		case NK_BAD_CONF_LEVEL:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("confidence level must lie between 0 and 1"),
					 errhint("Write 95 percent as 0.95.")));
			break;
		case NK_BAD_TARGET:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("target must lie between 0 and 1"),
					 errhint("Write a target of 30 percent as 0.3.")));
			break;
		case NK_BAD_PROBABILITY:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("probability must lie between 0 and 1"),
					 errhint("Write 5 percent as 0.05.")));
			break;
		case NK_NEGATIVE_COUNT:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("count must not be negative")));
			break;
		case NK_TOO_MANY_EVENTS:
			ereport(ERROR,
					(errcode(ERRCODE_DATA_EXCEPTION),
					 errmsg("more events than children"),
					 errhint("The first count is the number of children, the second how many of them have the event.")));
			break;
		case NK_OVERFLOW:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("sum of counts is out of range")));
			break;
		case NK_NOT_CONTAINED:
			ereport(ERROR,
					(errcode(ERRCODE_DATA_EXCEPTION),
					 errmsg("summary to subtract is not contained in the other"),
					 errhint("A part must have been counted from the same rows as the whole.")));
			break;
		case NK_BAD_SUMMARY:
			ereport(ERROR,
					(errcode(ERRCODE_DATA_EXCEPTION),
					 errmsg("summary is not valid"),
					 errdetail("Its contents cannot come from data.")));
			break;
		case NK_BAD_MASK:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("mask of factors must not be negative"),
					 errhint("Factors are bits 0 to 62; nuso.factor_mask makes a mask of their names.")));
			break;
		case NK_BAD_PLACE:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("place must be one of 0 to n - 1"),
					 errhint("n is the number of places, at least 1.")));
			break;
		case NK_BAD_LABEL:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("labels do not fit the table"),
					 errhint("There must be one label a row and one a column, all of them different.")));
			break;
		case NK_BAD_SCORE:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("score must be a finite number")));
			break;
		case NK_BAD_WEIGHT:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("weight must be a number that is not negative"),
					 errhint("At least one group must have a positive weight.")));
			break;
		case NK_SETTING_DIFFERS:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("setting of an aggregate must be the same in all rows"),
					 errhint("A level, and how many covariates there are, are constants.")));
			break;
		case NK_NO_CLUSTERS:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("covariance needs clusters"),
					 errhint("Give nuso.logit_agg the cluster as third argument.")));
			break;
		case NK_TOO_LARGE:
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("summary has too many distinct values"),
					 errhint("Group values before they are counted, or use fewer labels.")));
			break;
		case NK_BAD_REPLICATES:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("number of replicates must be at least 1"),
					 errhint("The p-value of n replicates is at least 1 / (n + 1).")));
			break;
		case NK_BAD_MOMENTS:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("no values have this mean and variance"),
					 errhint("Both are finite numbers and a variance is not negative. One value has variance 0, and no value has neither.")));
			break;
		case NK_BAD_DECIMAL:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("not an exact sum of double precision numbers"),
					 errhint("It is a string of decimal digits with all of its decimals, such as \"-10.25\".")));
			break;
		case NK_BAD_ORDER:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("order must be a list of labels"),
					 errhint("Write the labels from low to high, as in '{low,middle,high}'.")));
			break;
		case NK_BAD_SHAPE:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("table has more rows or columns than are compared"),
					 errhint("A share needs one row and two columns, a difference two rows and two columns.")));
			break;
		default:
			elog(ERROR, "unexpected status %d", (int) status);
	}
}

/* names compare byte by byte, never by collation */
int
choice_text(const text *name, const char *const *names, const char *what)
{
	char	   *given = text_to_cstring(name);
	StringInfoData list;

	for (int i = 0; names[i] != NULL; i++)
		if (strcmp(given, names[i]) == 0)
			return i;

	initStringInfo(&list);
	for (int i = 0; names[i] != NULL; i++)
		appendStringInfo(&list, "%s%s", i > 0 ? ", " : "", names[i]);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unrecognized %s", what),
			 errhint("Use one of: %s.", list.data)));
	return -1;					/* not reached */
}
