/*
 * margins.h - a logistic regression in terms of risks
 */
#ifndef NK_MARGINS_H
#define NK_MARGINS_H

#include "sandwich.h"

#pragma GCC visibility push(hidden)

/* in the order of nk_margin_kinds */
typedef enum NkMarginKind
{
	NK_SLOPE,
	NK_RISK_WITHOUT,
	NK_RISK_WITH,
	NK_RISK_DIFFERENCE,
	NK_RISK_RATIO
} NkMarginKind;

extern const char *const nk_margin_kinds[]; /* names, ends with NULL */

#define NK_MARGINS_A_TERM 4		/* at most */

typedef struct NkMargin
{
	int			term;
	NkMarginKind kind;
	NkInterval	margin;
	double		std_error;
	NkTestResult test;			/* none of a risk */
	NkStatus	status;
} NkMargin;

/* doubles that nk_logit_margins needs from its caller */
extern size_t nk_margins_scratch(int covariates);

/*
 * Margins of all covariates, in their order; there is room for
 * NK_MARGINS_A_TERM of each.  NK_BAD_CONF_LEVEL; otherwise what lacks is told
 * by the status of each.
 */
extern NkStatus nk_logit_margins(const NkLogitFit *fit,
								 NkCovariance covariance, double conf_level,
								 double *scratch, NkMargin *margins,
								 int *count);

#pragma GCC visibility pop

#endif							/* NK_MARGINS_H */
