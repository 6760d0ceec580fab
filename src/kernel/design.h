/*
 * design.h - the rows of a regression and an orthonormal basis of its terms
 */
#ifndef NK_DESIGN_H
#define NK_DESIGN_H

#include "logit.h"

#pragma GCC visibility push(hidden)

/* one row a covariate pattern, or a pattern within a cluster */
typedef struct NkDesign
{
	size_t		rows;
	int			covariates;
	const double *x;			/* rows x covariates, finite */
	const int64_t *n;			/* children, at least 1 */
	const int64_t *events;
	const int64_t *cluster;		/* rows of a cluster are neighbours; or NULL */
} NkDesign;

/* bytes, aligned for doubles, for the rows of a summary in canonical form */
extern size_t nk_design_memory(const NkTally *logit);

/* the rows of a summary, in such memory */
extern NkDesign nk_design_load(const NkTally *logit, void *memory);

/* x of a row, by term: term 0 is the intercept */
static inline double
nk_design_x(const NkDesign *design, size_t row, int term)
{
	return term == 0 ? 1 :
		design->x[row * (size_t) design->covariates + (size_t) term - 1];
}

/*
 * A linear predictor of a row is gamma . z(row) in the basis and
 * sum of coefficient(term) x(row, term) in the terms, with
 * coefficient(term) = gamma . back(term).
 */
typedef struct NkBasis
{
	int			terms;			/* covariates + 1 */
	int			rank;			/* columns of the basis; the first is 1 */
	double	   *z;				/* rows x terms, of which rank are in use */
	double	   *back;			/* terms x terms, of which rank are in use */
	double	   *spread;			/* standard deviation of a term */
	double	   *work;			/* 2 x terms */
	bool	   *kept;			/* is the term in the basis? */
	bool	   *tied;			/* does one that is not depend on it? */
} NkBasis;

static inline const double *
nk_basis_row(const NkBasis *basis, size_t row)
{
	return basis->z + row * (size_t) basis->terms;
}

static inline const double *
nk_basis_back(const NkBasis *basis, int term)
{
	return basis->back + (size_t) term * (size_t) basis->terms;
}

/*
 * The basis of the terms that are kept on entry, over the rows that are not
 * left out (left_out may be NULL).  A term that does not vary or depends on
 * those before it leaves: afterwards it is not kept, and the ones that it
 * depends on are tied.  Its spread, 0 or not, tells which of the two it was.
 */
extern void nk_basis_build(const NkDesign *design, const bool *left_out,
						   NkBasis *basis);

#pragma GCC visibility pop

#endif							/* NK_DESIGN_H */
