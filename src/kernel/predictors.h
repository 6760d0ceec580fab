/*
 * predictors.h - which children are of which latent class: a multinomial logit
 * in three steps
 */
#ifndef NK_PREDICTORS_H
#define NK_PREDICTORS_H

#include "latent_likelihood.h"
#include "lca_model.h"
#include "membership.h"
#include "result.h"

#pragma GCC visibility push(hidden)

#define NK_PREDICTOR_PARAMETERS	1024	/* most (classes - 1) x terms */

/* rows of a summary in canonical form, as a design, and what they tell */
typedef struct NkMembers
{
	NkDesign	design;
	const int32_t *taken_for;	/* the class of each row, from 0 */
	int64_t		n;
	int64_t		clusters;		/* 0: none were given */
} NkMembers;

/* bytes, aligned for doubles, for the rows */
extern size_t nk_members_memory(const NkTally *membership);

/* NK_BAD_CLASS_LABEL: a class that the model does not have */
extern NkStatus nk_members_load(const NkTally *membership, int classes,
								void *memory, NkMembers *members);

typedef struct NkPredictors
{
	const NkMembers *members;
	NkBasis		basis;
	NkLatentLikelihood likelihood;	/* at the maximum */
	double	   *root;			/* Cholesky factor of the information */
	double	   *complete;		/* work: another information */
	double	   *meat;			/* products of the clusters' scores, scaled */
	double	   *step;			/* the last one */
	double	   *range;			/* of each term: largest less smallest value */
	double		farthest;		/* by how much the step moves a predictor */
	double	   *trial;
	double	   *gradient;
	double	   *other;
	bool		has_clusters;
	double		df;				/* clusters - 1, or NK_UNDEFINED */
	int			iterations;

	/*
	 * NK_OK; NK_SEPARATION: some coefficients are infinite; NK_EMPTY,
	 * NK_NOT_IDENTIFIED, NK_NOT_CONVERGED, or what a model without a fit says:
	 * there is nothing.
	 */
	NkStatus	status;

	/*
	 * Of the standard errors: also NK_FEW_CLUSTERS, or NK_TOO_FEW, which says
	 * that there are none for want of a second cluster.
	 */
	NkStatus	error_status;
} NkPredictors;

/* is there a maximum, of some coefficients at least? */
static inline bool
nk_predictors_are_fitted(const NkPredictors *fit)
{
	return fit->status == NK_OK || fit->status == NK_SEPARATION;
}

/* bytes, aligned for doubles, that a fit needs; 0: too many parameters */
extern size_t nk_predictors_memory(const NkMembers *members, int classes);

/* d: row t, column s, as nk_lca_confusion; reference from 0 */
extern void nk_predictors_fit(const NkMembers *members, const double *d,
							  int classes, int reference, void *memory,
							  NkPredictors *fit);

/* the same with what a model knows of its errors, if it is fitted */
extern void nk_predictors_of_model(const NkMembers *members,
								   const NkLcaModel *model, int reference,
								   void *memory, NkPredictors *fit);

/* the coefficient of a term for a class against the reference */
typedef struct NkPredictor
{
	double		estimate;
	double		std_error;
	NkInterval	odds_ratio;
	NkTestResult test;			/* that it is 0: z or t */
	NkStatus	status;
} NkPredictor;

/* predictor.c: term 0 is the intercept; NK_BAD_CONF_LEVEL */
extern NkStatus nk_predictor(NkPredictors *fit, int class, int term,
							 double conf_level, NkPredictor *predictor);

/*
 * Is a term 0 for all classes, or (term 0) are all but the intercept?  Wald,
 * as chi-square, or F where there are clusters.  Scratch in doubles.
 */
extern size_t nk_predictors_test_scratch(const NkPredictors *fit, int term);
extern NkStatus nk_predictors_test(NkPredictors *fit, int term,
								   double *scratch, NkTestResult *test);

#pragma GCC visibility pop

#endif							/* NK_PREDICTORS_H */
