/*
 * bend_search.h - what a search for a bend finds where there is none, and how
 * far from the bend the best one is by chance
 */
#ifndef NK_BEND_SEARCH_H
#define NK_BEND_SEARCH_H

#include "broken_line.h"

#pragma GCC visibility push(hidden)

#define NK_BEND_PLACES	128		/* most places that are searched */

typedef struct NkBendSearch
{
	int			ages;
	int			places;
	int			steps;			/* places from an age to the next one */
	double		x[NK_BEND_PLACES];	/* places, rising */
	double		df;				/* of the covariance; INFINITY: it is known */
	double	   *bend;			/* places x ages, see bend_search.c */
	double	   *rows;			/* the same, as it varies; bend itself where
								 * ages are independent */
	double		spread[NK_BEND_PLACES]; /* standard deviations, 1 if so */
	double	   *found;			/* draws x places */
	double	   *together;		/* places x places: how they vary together */
	void	   *rest;			/* for sup_t */
} NkBendSearch;

/* bytes, aligned for doubles, that a search works in */
extern size_t nk_bend_search_scratch(int ages);

/*
 * Search ages of these weights, the information about each line's value.  With
 * covariance (ages x ages, of what the lines are fitted to) the ages are not
 * independent, and the weights are only weights.
 */
extern void nk_bend_search(const NkAges *ages, const double *weight,
						   const double *covariance, double df,
						   void *scratch, NkBendSearch *search);

/* P(the largest |bend|, in standard errors, is at least so large) */
extern double nk_bend_search_p_value(NkBendSearch *search, double largest);

/* the largest bend of these values, in standard errors */
extern double nk_bend_search_largest(const NkBendSearch *search,
									 const NkAges *ages);

/* what nk_bend_search_cutoff needs, once for all places */
extern void nk_bend_search_draw(NkBendSearch *search);

/*
 * If the lines meet at a place, and bend there by so much (the root of what
 * that lowers the deviance by, with the sign of the bend): how much lower,
 * with probability conf_level at most, the deviance of another place is.  At
 * least `least`, which is above 0.
 */
extern double nk_bend_search_cutoff(const NkBendSearch *search, int place,
									double bend, double conf_level,
									double least);

#pragma GCC visibility pop

#endif							/* NK_BEND_SEARCH_H */
