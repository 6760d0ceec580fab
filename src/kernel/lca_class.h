/*
 * lca_class.h - the classes of a model, item by item, with what is sure
 */
#ifndef NK_LCA_CLASS_H
#define NK_LCA_CLASS_H

#include "lca_model.h"
#include "result.h"

#pragma GCC visibility push(hidden)

/* an item in a class; NK_UNDEFINED marks what does not exist */
typedef struct NkLcaClassItem
{
	NkInterval	share;			/* of the class */
	double		share_error;
	NkInterval	probability;	/* of the item in the class */
	double		error;
	NkStatus	status;
} NkLcaClassItem;

/*
 * Item j in class k, both from 0, with bounds at so many standard errors.  The
 * status is that of the item: the model's outcome if it is not fitted,
 * NK_NOT_OBSERVED, NK_CONSTANT, NK_BOUNDARY, NK_NOT_IDENTIFIED.
 */
extern NkLcaClassItem nk_lca_class_item(const NkLcaModel *model, int k, int j,
										double z);

/* bounds of a share on the scale of logits; none at 0 and 1, or without error */
extern NkInterval nk_share_interval(double share, double error, double z);

#pragma GCC visibility pop

#endif							/* NK_LCA_CLASS_H */
