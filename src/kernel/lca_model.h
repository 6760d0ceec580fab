/*
 * lca_model.h - a fitted model of latent classes, as a value that is kept
 *
 * It is a block like a summary, and goes in and out like one, but two of them
 * cannot be merged.  What does not exist (standard errors that were not asked
 * for, a fit of no children) is said by its fields, never by NaN.
 */
#ifndef NK_LCA_MODEL_H
#define NK_LCA_MODEL_H

#include "lca.h"

#pragma GCC visibility push(hidden)

/* what became of a fit; stored, so a code is never given another meaning */
typedef enum NkLcaOutcome
{
	NK_LCA_FITTED,
	NK_LCA_EMPTY,				/* no item was observed of anybody */
	NK_LCA_TOO_FEW,				/* fewer patterns than classes */
	NK_LCA_NO_VARIATION,		/* each item is the same in all children */
	NK_LCA_NOT_CONVERGED,		/* where the iterations ended, no optimum */
	NK_LCA_OUTCOMES
} NkLcaOutcome;

/* what is known of the standard errors */
typedef enum NkLcaErrors
{
	NK_LCA_NO_ERRORS,			/* not asked for, or there is no fit */
	NK_LCA_ERRORS,
	NK_LCA_NOT_IDENTIFIED		/* the likelihood has no peak, but a ridge */
} NkLcaErrors;

typedef struct NkLcaModel
{
	NkSummary	header;			/* rows: classes; columns: items */
	int64_t		outcome;		/* NkLcaOutcome */
	int64_t		n;				/* children of whom an item was observed */
	int64_t		n_unobserved;
	int64_t		patterns;
	int64_t		seen;			/* items observed of anybody, as a mask */
	int64_t		varying;		/* of them, those not always the same */
	int64_t		complete;		/* 1: all items were observed of everybody */
	int64_t		seed;
	int64_t		starts;
	int64_t		finished;
	int64_t		at_best;
	int64_t		iterations;
	int64_t		errors;			/* NkLcaErrors */
	double		log_likelihood;
	double		g2;				/* 0 unless complete, as x2 */
	double		x2;				/* -1: beyond doubles */
	double		entropy;		/* 0 for one class */
	double		mean_posterior;
	double		pseudo_count;

	/*
	 * Shares, their standard errors (one a class), probabilities, their
	 * standard errors (class after class), then the shares of children of
	 * class k whose modal class is s: [k * classes + s].
	 *
	 * All are 0 where there are no estimates.  A standard error of 0 does not
	 * exist: at a probability of 0 or 1, or at all.  An item that was not
	 * observed of anybody has probability 1/2 in all classes.
	 */
	double		values[];
} NkLcaModel;

extern const NkSummaryKind nk_lca_model_kind;

/* the size of a block for so many classes and items */
extern size_t nk_lca_model_size(int classes, int items);

/* make such a block a model that has not been fitted */
extern void nk_lca_model_init(NkLcaModel *model, int classes, int items);

/* are there estimates, be they where a search was given up? */
static inline bool
nk_lca_has_estimates(const NkLcaModel *model)
{
	return model->outcome == NK_LCA_FITTED ||
		model->outcome == NK_LCA_NOT_CONVERGED;
}

/* is it a model that may be asked about children? */
static inline bool
nk_lca_is_fitted(const NkLcaModel *model)
{
	return model->outcome == NK_LCA_FITTED;
}

/*
 * Is a probability at an end of its range?  A search comes as near to 0 as it
 * likes; that nobody has an item and that one in a hundred millions has it
 * cannot be told apart.
 */
static inline bool
nk_lca_at_boundary(double probability)
{
	return probability < 1e-8 || probability > 1 - 1e-8;
}

/* children in whole numbers, of a sum of weights */
static inline int64_t
nk_lca_count(double n)
{
	return n < 0x1p63 ? (int64_t) n : INT64_MAX;
}

/* the outcome in the words of a status */
extern NkStatus nk_lca_outcome(const NkLcaModel *model);

static inline int
nk_lca_classes(const NkLcaModel *model)
{
	return (int) model->header.rows;
}

static inline int
nk_lca_items(const NkLcaModel *model)
{
	return (int) model->header.columns;
}

static inline const double *
nk_lca_share(const NkLcaModel *model)
{
	return model->values;
}

static inline const double *
nk_lca_share_error(const NkLcaModel *model)
{
	return model->values + model->header.rows;
}

static inline const double *
nk_lca_probability(const NkLcaModel *model)
{
	return model->values + 2 * model->header.rows;
}

static inline const double *
nk_lca_probability_error(const NkLcaModel *model)
{
	return nk_lca_probability(model) +
		(size_t) model->header.rows * model->header.columns;
}

/* how children of class k were assigned: row k, column s */
static inline const double *
nk_lca_confusion(const NkLcaModel *model)
{
	return nk_lca_probability_error(model) +
		(size_t) model->header.rows * model->header.columns;
}

/*
 * lca_model_fit.c: fit a block that was initialised with classes and items.
 * Settings and shape have been checked (nk_lca_check).  What the data do not
 * give is told by the model's outcome and errors.  Standard errors take time,
 * and are found for up to 2048 parameters.  Room: of so many bytes, 0 if there
 * is no such number.
 */
extern size_t nk_lca_model_fit_size(const NkLcaData *data, int classes,
									const NkLcaSettings *settings,
									bool standard_errors);
extern void nk_lca_model_fit(const NkLcaData *data,
							 const NkLcaSettings *settings,
							 bool standard_errors, void *room,
							 NkLcaModel *model);

/* what a model tells of its fit, and probabilities at 0 or 1 of items that vary */
typedef struct NkLcaFitStatistics
{
	NkLcaStatistics all;		/* undefined without estimates */
	int			boundary;
} NkLcaFitStatistics;

extern void nk_lca_model_statistics(const NkLcaModel *model,
									NkLcaFitStatistics *statistics);

#pragma GCC visibility pop

#endif							/* NK_LCA_MODEL_H */
