/*
 * logistic.h - logistic regression on covariate patterns
 */
#ifndef NK_LOGISTIC_H
#define NK_LOGISTIC_H

#include "likelihood.h"
#include "result.h"

#pragma GCC visibility push(hidden)

/* in the order of nk_logit_methods */
typedef enum NkLogitMethod
{
	NK_LOGIT_ML,
	NK_LOGIT_FIRTH
} NkLogitMethod;

extern const char *const nk_logit_methods[];	/* names, ends with NULL */

typedef struct NkLogitFit
{
	const NkDesign *design;
	NkLogitMethod method;
	NkBasis		basis;
	NkLikelihood likelihood;	/* at the maximum */
	NkStatus   *status;			/* of each term */

	int64_t		n;
	int64_t		events;
	int64_t		clusters;		/* 0: none were given */
	double		null_log_likelihood;	/* of the intercept alone */
	int			parameters;		/* terms with an estimate, be it infinite */
	int			iterations;
	NkStatus	outcome;		/* NK_OK or why some or all terms lack */
} NkLogitFit;

/* bytes, aligned for doubles, that a fit needs from its caller */
extern size_t nk_logit_memory(size_t rows, int covariates);

/*
 * Never an error.  The outcome is NK_EMPTY, NK_ZERO_MARGIN (no term has an
 * estimate; with Firth's penalty they have), NK_SEPARATION (some are
 * infinite), NK_NOT_CONVERGED or NK_OK.
 */
extern void nk_logit_fit(const NkDesign *design, NkLogitMethod method,
						 void *memory, NkLogitFit *fit);

/* is there a maximum, of some terms at least? */
static inline bool
nk_logit_is_fitted(const NkLogitFit *fit)
{
	return fit->outcome == NK_OK || fit->outcome == NK_SEPARATION;
}

/* how well the model fits; one child a row, so that patterns do not matter */
typedef struct NkLogitStats
{
	double		log_likelihood;
	double		null_deviance;	/* of the intercept alone */
	double		deviance;
	double		aic;			/* this and what follows only without penalty */
	double		bic;
	NkTestResult test;			/* likelihood ratio: against the intercept */
} NkLogitStats;

extern NkLogitStats nk_logit_stats(const NkLogitFit *fit);

/* NK_UNDEFINED unless the status of the term is NK_OK */
extern double nk_logit_coefficient(const NkLogitFit *fit, int term);

/*
 * A function of the coefficients has a gradient with regard to those of the
 * basis; in these units its variance is its squared length (with the
 * covariance of the model).  In place; that of a term is in the basis.
 */
extern void nk_logit_standardise(const NkLogitFit *fit, double *gradient);

#pragma GCC visibility pop

#endif							/* NK_LOGISTIC_H */
