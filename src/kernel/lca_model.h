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

typedef struct NkLcaModel
{
	NkSummary	header;			/* rows: classes; columns: items */
	int64_t		outcome;		/* NkLcaOutcome: why there is no fit, or ok */
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
	int64_t		has_errors;		/* 1: standard errors are there */
	double		log_likelihood;
	double		g2;				/* 0 unless complete, as x2 */
	double		x2;
	double		entropy;		/* 0 for one class */
	double		mean_posterior;
	double		pseudo_count;

	/*
	 * Shares, their standard errors (one a class), probabilities, their
	 * standard errors (class after class), then the shares of children of
	 * class k whose modal class is s: [k * classes + s].
	 */
	double		values[];
} NkLcaModel;

extern const NkSummaryKind nk_lca_model_kind;

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

#pragma GCC visibility pop

#endif							/* NK_LCA_MODEL_H */
