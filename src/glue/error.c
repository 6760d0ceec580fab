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
	[NK_COLLINEAR] = "collinear",
	[NK_NO_CHANGE] = "no_change_point",
	[NK_NO_CROSSING] = "no_crossing",
	[NK_NOT_IDENTIFIED] = "not_identified",
	[NK_BOUNDARY] = "boundary",
	[NK_NOT_OBSERVED] = "not_observed",
	[NK_CONSTANT] = "constant"
};

const char *
status_name(NkStatus status)
{
	check_status(status);
	return status_names[status];
}

/* what is raised for a code from NK_FIRST_ERROR on */
typedef struct ErrorText
{
	int			sqlstate;
	const char *message;
	const char *detail;
	const char *hint;
} ErrorText;

static const ErrorText error_texts[] = {
	[NK_BAD_CONF_LEVEL - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "confidence level must lie between 0 and 1",
		.hint = "Write 95 percent as 0.95."
	},
	[NK_BAD_TARGET - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "target must lie between 0 and 1",
		.hint = "Write a target of 30 percent as 0.3."
	},
	[NK_BAD_PROBABILITY - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "probability must lie between 0 and 1",
		.hint = "Write 5 percent as 0.05."
	},
	[NK_NEGATIVE_COUNT - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
		.message = "count must not be negative"
	},
	[NK_TOO_MANY_EVENTS - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_DATA_EXCEPTION,
		.message = "more events than children",
		.hint = "The first count is the number of children, the second how many of them have the event."
	},
	[NK_OVERFLOW - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
		.message = "sum of counts is out of range"
	},
	[NK_NOT_CONTAINED - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_DATA_EXCEPTION,
		.message = "summary to subtract is not contained in the other",
		.hint = "A part must have been counted from the same rows as the whole."
	},
	[NK_BAD_SUMMARY - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_DATA_EXCEPTION,
		.message = "summary is not valid",
		.detail = "Its contents cannot come from data."
	},
	[NK_BAD_MASK - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
		.message = "mask of factors must not be negative",
		.hint = "Factors are bits 0 to 62; nuso.factor_mask makes a mask of their names."
	},
	[NK_BAD_PLACE - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "place must be one of 0 to n - 1",
		.hint = "n is the number of places, at least 1."
	},
	[NK_BAD_LABEL - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "labels do not fit the table",
		.hint = "There must be one label a row and one a column, all of them different."
	},
	[NK_BAD_SCORE - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "score must be a finite number"
	},
	[NK_BAD_WEIGHT - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "weight must be a number that is not negative",
		.hint = "At least one group must have a positive weight."
	},
	[NK_SETTING_DIFFERS - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "setting of an aggregate must be the same in all rows",
		.hint = "A level, and how many covariates there are, are constants."
	},
	[NK_NO_CLUSTERS - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "covariance needs clusters",
		.hint = "Give nuso.logit_agg the cluster as third argument."
	},
	[NK_TOO_LARGE - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_PROGRAM_LIMIT_EXCEEDED,
		.message = "summary has too many distinct values",
		.hint = "Group values before they are counted, or use fewer labels."
	},
	[NK_BAD_REPLICATES - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "number of replicates must be at least 1",
		.hint = "The p-value of n replicates is at least 1 / (n + 1)."
	},
	[NK_BAD_MOMENTS - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "no values have this mean and variance",
		.hint = "Both are finite numbers and a variance is not negative. One value has variance 0, and no value has neither."
	},
	[NK_BAD_DECIMAL - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_TEXT_REPRESENTATION,
		.message = "not an exact sum of double precision numbers",
		.hint = "It is a string of decimal digits with all of its decimals, such as \"-10.25\"."
	},
	[NK_BAD_ORDER - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "order must be a list of labels",
		.hint = "Write the labels from low to high, as in '{low,middle,high}'."
	},
	[NK_BAD_SHAPE - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "table has more rows or columns than are compared",
		.hint = "A share needs one row and two columns, a difference two rows and two columns."
	},
	[NK_BAD_AGES - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "rows of the table must be ages",
		.hint = "Count with nuso.crosstab_agg(age, label): at most 128 ages, each a number."
	},
	[NK_NOT_CURVES - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "clusters must be age curves",
		.hint = "Make them with nuso.cluster_agg(curve), one age curve a cluster."
	},
	[NK_BAD_BANDS - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "bands of ages must begin at ages from 0 to 20 that rise",
		.hint = "Bands 0 to 5, 6 to 9, 10 to 14 and 15 to 20 are written '{0,6,10,15}'."
	},
	[NK_BAD_ITEMS - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "number of items must lie between 1 and 63",
		.hint = "Items are the first so many bits of a pattern, from bit 0 on."
	},
	[NK_ITEMS_DIFFER - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "pattern has an item that the model does not have",
		.hint = "Count the same items as the model was fitted to; nuso.select_items leaves others out."
	},
	[NK_BAD_CLASSES - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "number of classes must lie between 1 and 64",
		.hint = "A range of classes goes from the smaller to the larger number."
	},
	[NK_BAD_STARTS - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "number of random starts must lie between 1 and 1000000",
		.hint = "One start often ends at a local optimum; 20 are usual, and at least one is finished."
	},
	[NK_BAD_TOLERANCE - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "tolerance must be a number from 0 to below 1",
		.hint = "It is the relative rise of the log-likelihood at which an iteration ends, such as 1e-10."
	},
	[NK_BAD_ITERATIONS - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "number of iterations must lie between 1 and 1000000000",
		.hint = "A fit that reaches it has the status not_converged."
	},
	[NK_BAD_PSEUDO_COUNT - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "pseudo count must be a number that is not negative",
		.hint = "0 gives maximum likelihood; 0.01 keeps probabilities off 0 and 1."
	},
	[NK_BAD_THRESHOLD - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "threshold must lie between 0 and 1",
		.hint = "It is the least posterior probability of a class that is given."
	},
	[NK_BAD_CLASS_LABEL - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "label is not a class of the model",
		.hint = "Count with nuso.lca_classify of the same model: classes are 1, 2 and so on."
	},
	[NK_ONE_CLASS - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "number of classes must be at least 2",
		.hint = "The test compares a number of classes with one class fewer."
	},
	[NK_TOO_MANY_ITEMS - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "number of items must lie between 1 and 62",
		.hint = "Comparing two groups takes the room of one item."
	},
	[NK_BAD_CONFIGURATION - NK_FIRST_ERROR] = {
		.sqlstate = ERRCODE_INVALID_PARAMETER_VALUE,
		.message = "number of items must lie between 2 and 20",
		.hint = "Each item doubles the number of configurations; nuso.factor_mask makes a mask of names."
	}
};

void
check_status(NkStatus status)
{
	const ErrorText *text;

	if (likely(status < NK_FIRST_ERROR))
		return;
	text = &error_texts[status - NK_FIRST_ERROR];
	if (status - NK_FIRST_ERROR >= lengthof(error_texts) ||
		text->message == NULL)
		elog(ERROR, "unexpected status %d", (int) status);
	ereport(ERROR,
			(errcode(text->sqlstate),
			 errmsg("%s", text->message),
			 text->detail ? errdetail("%s", text->detail) : 0,
			 text->hint ? errhint("%s", text->hint) : 0));
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
