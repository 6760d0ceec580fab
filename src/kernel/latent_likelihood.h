/*
 * latent_likelihood.h - the likelihood of a multinomial logit of latent
 * classes, at a point
 */
#ifndef NK_LATENT_LIKELIHOOD_H
#define NK_LATENT_LIKELIHOOD_H

#include "design.h"
#include "lca.h"

#pragma GCC visibility push(hidden)

/*
 * Parameters are those of all classes but the reference, one class after the
 * other, of each as many as the basis has columns.
 */
typedef struct NkLatentLikelihood
{
	const NkDesign *design;		/* events are not looked at */
	const NkBasis *basis;
	const int32_t *taken_for;	/* the class that each row was taken for */
	const double *d;			/* row: class, column: taken for which */
	int			classes;
	int			reference;

	/* at the point where it was last evaluated */
	double	   *gamma;
	double		log_likelihood; /* minus infinity where it is impossible */
	double	   *score;
	double	   *information;	/* observed; lower triangle */

	double	   *work;			/* 2 x classes */
} NkLatentLikelihood;

static inline int
nk_latent_parameters(const NkLatentLikelihood *likelihood)
{
	return (likelihood->classes - 1) * likelihood->basis->rank;
}

/* the place of a class among those that have parameters, and back */
static inline int
nk_latent_place(const NkLatentLikelihood *likelihood, int class)
{
	return class - (class > likelihood->reference);
}

static inline int
nk_latent_class(const NkLatentLikelihood *likelihood, int place)
{
	return place + (place >= likelihood->reference);
}

/* likelihood, score and information at gamma, which is copied */
extern void nk_latent_evaluate(NkLatentLikelihood *likelihood,
							   const double *gamma);

/*
 * The information that there were if classes were known, in the lower triangle
 * of a matrix: a bound of the observed one that is never negative.
 */
extern void nk_latent_complete(NkLatentLikelihood *likelihood, double *matrix);

/* add the score of a row to a sum */
extern void nk_latent_add_score(NkLatentLikelihood *likelihood, size_t row,
								double *score);

#pragma GCC visibility pop

#endif							/* NK_LATENT_LIKELIHOOD_H */
