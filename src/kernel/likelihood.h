/*
 * likelihood.h - the likelihood of a logistic regression at a point, and the
 * way up from there
 */
#ifndef NK_LIKELIHOOD_H
#define NK_LIKELIHOOD_H

#include "design.h"

#pragma GCC visibility push(hidden)

typedef struct NkLikelihood
{
	const NkDesign *design;
	const NkBasis *basis;
	bool	   *settled;		/* rows without doubt: fitted 0 or 1 exactly */
	bool		firth;			/* with Jeffreys' prior as penalty */

	/* at the point gamma where it was last evaluated */
	double	   *gamma;			/* all of length rank */
	double		log_likelihood;
	double		penalised;		/* the same without a penalty */
	double	   *score;
	double	   *root;			/* Cholesky factor of the information */
	double	   *step_root;		/* that of the matrix for steps */

	double	   *step;			/* work */
	double	   *trial;
	double	   *row;
} NkLikelihood;

/* both probabilities of a linear predictor, each to the last digits */
typedef struct NkLogistic
{
	double		p;
	double		q;				/* 1 - p */
} NkLogistic;

static inline NkLogistic
nk_logistic(double eta)
{
	double		tail = exp(-fabs(eta));
	double		large = 1 / (1 + tail);
	double		small = tail / (1 + tail);

	return eta < 0 ? (NkLogistic) {small, large} : (NkLogistic) {large, small};
}

/* at gamma; false if the information is singular as far as doubles tell */
extern bool nk_likelihood_evaluate(NkLikelihood *likelihood,
								   const double *gamma);

/*
 * From an evaluated point to the maximum.  With a constraint, within the
 * plane in which constraint . gamma is what it is; *slope (may be NULL) is
 * then how fast the maximum changes with that value.
 *
 * NK_SEPARATION: there is none, the likelihood grows for ever in a direction
 * in which further rows, now settled, go to 0 and 1.  NK_NOT_CONVERGED: the
 * point is the best one found.
 */
extern NkStatus nk_likelihood_climb(NkLikelihood *likelihood,
									const double *constraint, double *slope,
									int *iterations);

/*
 * How much lower the (penalised) likelihood is at the point where it was last
 * evaluated than at the maximum, whose point and log of the information's
 * root determinant are given.  Exact where the two likelihoods agree to many
 * digits.
 */
extern double nk_likelihood_loss(const NkLikelihood *likelihood,
								 const double *maximum, double log_root);

/* half the log determinant of the information: Jeffreys' penalty */
extern double nk_likelihood_log_root(const NkLikelihood *likelihood);

#pragma GCC visibility pop

#endif							/* NK_LIKELIHOOD_H */
