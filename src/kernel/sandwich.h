/*
 * sandwich.h - how sure the coefficients of a logistic regression are
 */
#ifndef NK_SANDWICH_H
#define NK_SANDWICH_H

#include "logistic.h"

#pragma GCC visibility push(hidden)

/* in the order of nk_covariances */
typedef enum NkCovariance
{
	NK_COVARIANCE_AUTO,			/* see nk_covariance_choose */
	NK_COVARIANCE_MODEL,		/* children independent of each other */
	NK_COVARIANCE_CR1,
	NK_COVARIANCE_CR2,
	NK_COVARIANCE_PROFILE		/* as model, and intervals of coefficients
								 * from the likelihood itself */
} NkCovariance;

extern const char *const nk_covariances[];	/* names, ends with NULL */

/* of a function of the coefficients */
typedef struct NkVariance
{
	double		variance;
	double		df;				/* NK_UNDEFINED: as good as known */
} NkVariance;

/*
 * auto becomes cr2 where there are clusters, else profile with Firth's
 * penalty and model without; NK_NO_CLUSTERS if one is named that needs them.
 */
extern NkStatus nk_covariance_choose(const NkLogitFit *fit,
									 NkCovariance *covariance);

/* doubles that nk_sandwich needs from its caller */
extern size_t nk_sandwich_scratch(int covariates, int count);

/*
 * Variances of functions of the coefficients, whose gradients are given, one
 * after the other, standardised by nk_logit_standardise.  The fit is fitted,
 * and the covariance chosen.  NK_TOO_FEW: fewer than two clusters.
 * NK_FEW_CLUSTERS: cr1, which is too small on average, is so by more than
 * its degrees of freedom make up for; the variances stand.  A variance of 0
 * comes from clusters that cannot tell.
 */
extern NkStatus nk_sandwich(const NkLogitFit *fit, NkCovariance covariance,
							const double *gradients, int count,
							double *scratch, NkVariance *variances);

/*
 * That status, or NK_TOO_FEW for a variance of 0, which comes from clusters
 * that cannot tell
 */
static inline NkStatus
nk_variance_status(NkStatus status, NkVariance variance)
{
	return variance.variance == 0 ? NK_TOO_FEW : status;
}

/* Wald's test and critical value: of z, or of t where there are df */
extern NkTestResult nk_wald_test(double statistic, double df);
extern NkStatus nk_wald_critical(double conf_level, double df,
								 double *critical);

#pragma GCC visibility pop

#endif							/* NK_SANDWICH_H */
