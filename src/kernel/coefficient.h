/*
 * coefficient.h - the coefficients of a logistic regression, each with its
 * odds ratio and test
 */
#ifndef NK_COEFFICIENT_H
#define NK_COEFFICIENT_H

#include "sandwich.h"

#pragma GCC visibility push(hidden)

typedef struct NkCoefficient
{
	double		estimate;
	double		std_error;
	NkInterval	odds_ratio;
	NkTestResult test;			/* that the coefficient is 0: z or t */
	NkStatus	status;
} NkCoefficient;

/* doubles that nk_logit_coefficients needs from its caller */
extern size_t nk_coefficient_scratch(int covariates);

/*
 * All terms of a fit, first the intercept.  NK_BAD_CONF_LEVEL; otherwise what
 * lacks is told by the status of each term.
 */
extern NkStatus nk_logit_coefficients(NkLogitFit *fit,
									  NkCovariance covariance,
									  double conf_level, double *scratch,
									  NkCoefficient *terms);

#pragma GCC visibility pop

#endif							/* NK_COEFFICIENT_H */
