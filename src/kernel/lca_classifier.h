/*
 * lca_classifier.h - a model of latent classes made ready for many children
 *
 * A flat block without pointers, built once from a model (or from shares and
 * probabilities): it may be copied and kept.  Items are taken in chunks of
 * six; of each chunk it knows the probability in each class of every set of
 * items present, of every set absent, and of every set present while the rest
 * is absent.  So a child takes one row of products a chunk, or two where
 * something was not observed, instead of one an item.
 */
#ifndef NK_LCA_CLASSIFIER_H
#define NK_LCA_CLASSIFIER_H

#include "lca_model.h"

#pragma GCC visibility push(hidden)

/* a row of classes is a whole number of such blocks */
#define NK_LCA_BLOCK		8
#define NK_LCA_WIDTH		NK_LCA_CLASSES	/* of the longest row */

typedef struct NkLcaClassifier
{
	int32_t		classes;		/* 0: a model that says nothing */
	int32_t		items;
	int32_t		width;			/* classes, filled up with zeros */
	int32_t		chunks;
	uint64_t	beyond;			/* bits that are no items of the model */
	uint64_t	seen;			/* items whose probabilities are known */
	double		values[];
} NkLcaClassifier;

/* the bytes of one for so many classes and items */
extern size_t nk_lca_classifier_size(int classes, int items);

/*
 * Build from a model that is fitted; one that is not gives one of which every
 * question is answered by NK_EMPTY.  The room is that of its classes and items.
 */
extern void nk_lca_classifier_build(const NkLcaModel *model,
									NkLcaClassifier *classifier);

/* the same from parameters; items that are not among those seen are unknown */
extern void nk_lca_classifier_fill(int classes, int items, const double *share,
								   const double *probability, uint64_t seen,
								   NkLcaClassifier *classifier);

/*
 * Share times probability of one pattern in each class, up to a factor that is
 * the same in all of them, in an array of NK_LCA_WIDTH; their sum, which is
 * more than 0.  NK_ITEMS_DIFFER for an item that is present beyond the model's,
 * NK_EMPTY where no item of the model was observed (or the model was not
 * fitted), NK_ZERO_MARGIN where each class gives the pattern probability 0.
 */
extern NkStatus nk_lca_classifier_weights(const NkLcaClassifier *classifier,
										  uint64_t present, uint64_t observed,
										  double *weights, double *sum);

/*
 * The likeliest class, the first of those within some 1e-14, and its posterior
 * probability
 */
extern NkStatus nk_lca_classifier_class(const NkLcaClassifier *classifier,
										uint64_t present, uint64_t observed,
										int *modal, double *posterior);

#pragma GCC visibility pop

#endif							/* NK_LCA_CLASSIFIER_H */
