/*
 * three_step.h - outcomes by latent class, corrected for children who were
 * taken for another class than theirs
 */
#ifndef NK_THREE_STEP_H
#define NK_THREE_STEP_H

#include "clustered.h"
#include "lca_model.h"
#include "result.h"

#pragma GCC visibility push(hidden)

/* in the order of nk_three_step_methods */
typedef enum NkThreeStepMethod
{
	NK_THREE_STEP_ML,
	NK_THREE_STEP_BCH
} NkThreeStepMethod;

extern const char *const nk_three_step_methods[];	/* names, ends with NULL */

#define NK_OUTCOMES			4096	/* most columns of a table */
#define NK_CLUSTERED_SHARES	1024	/* most classes x outcomes over clusters */
#define NK_EQUALITIES		512 /* most (classes - 1) x (outcomes - 1) */

/* children by the class that they were taken for, and by outcome */
typedef struct NkOutcomeTable
{
	int			classes;
	int			outcomes;
	int			rows;			/* of the crosstab */
	int			class_of[NK_LCA_CLASSES];	/* of each row, from 0 */
	const int64_t *counts;		/* rows x outcomes */
	bool		is_clustered;
	NkClusterTable clusters;
} NkOutcomeTable;

/*
 * A crosstab, or the one in a clustered summary, in canonical form.
 * NK_BAD_CLASS_LABEL: a row whose label is not 1, 2, ..., classes.
 * NK_TOO_LARGE: too many outcomes.
 */
extern NkStatus nk_outcome_table(const NkCrosstab *crosstab, bool clustered,
								 int classes, NkOutcomeTable *table);

/* how many children were taken for that class and have that outcome */
extern int64_t nk_outcome_count(const NkOutcomeTable *table, int class,
								int outcome);

/* their share of all that were taken for the class, or NK_UNDEFINED */
extern double nk_outcome_modal_share(const NkOutcomeTable *table, int class,
									 int outcome);

/*
 * The estimates.  The status is NK_OK, NK_FEW_CLUSTERS (all stands), NK_TOO_FEW
 * (one cluster: there are no standard errors), or why there is nothing:
 * NK_EMPTY (no children), NK_NOT_IDENTIFIED (classes that cannot be told apart
 * from how children were taken), NK_NOT_CONVERGED, or what a model without a
 * fit says.
 */
typedef struct NkThreeStep
{
	const NkOutcomeTable *table;
	NkThreeStepMethod method;
	NkStatus	status;
	bool		has_shares;
	bool		has_errors;
	double		n;
	double		df;				/* clusters - 1, or NK_UNDEFINED */
	double	   *size;			/* share of each class among all children */
	double	   *joint;			/* of class and outcome: [t * outcomes + z] */
	double	   *weight;			/* [z][s][t]: what a child counts for class t */

	/*
	 * Variances of n joint: blocks [z][t][t2], or over clusters all pairs
	 * [t][z][t2][z2]; and their sums over the second outcome, [t][z][t2], and
	 * over both, [t][t2].
	 */
	double	   *variance;
	double	   *half_sum;
	double	   *sum;
} NkThreeStep;

/* bytes, aligned for doubles, that the estimates need from their caller */
extern size_t nk_three_step_memory(const NkOutcomeTable *table);

/* d: row t, column s, as nk_lca_confusion */
extern void nk_three_step(const NkOutcomeTable *table, const double *d,
						  NkThreeStepMethod method, void *memory,
						  NkThreeStep *result);

/* the same with what a model knows of its errors, if it is fitted */
extern void nk_three_step_of_model(const NkOutcomeTable *table,
								   const NkLcaModel *model,
								   NkThreeStepMethod method, void *memory,
								   NkThreeStep *result);

/* share of an outcome in a class whose size is not 0, and covariance of two */
static inline double
nk_outcome_share(const NkThreeStep *result, int class, int outcome)
{
	return result->joint[class * result->table->outcomes + outcome] /
		result->size[class];
}

extern double nk_three_step_covariance(const NkThreeStep *result, int class,
									   int outcome, int class2, int outcome2);

/*
 * outcome_share.c: the share of an outcome among the children of a class
 */
typedef struct NkOutcomeShare
{
	NkInterval	share;
	double		std_error;
	NkStatus	status;
} NkOutcomeShare;

/* NK_BAD_CONF_LEVEL */
extern NkStatus nk_three_step_share(const NkThreeStep *result, int class,
									int outcome, double conf_level,
									NkOutcomeShare *share);

/* the same of two classes, the first less the second */
typedef struct NkOutcomeDifference
{
	NkInterval	difference;
	double		std_error;
	NkTestResult test;
	NkStatus	status;
} NkOutcomeDifference;

extern NkStatus nk_three_step_difference(const NkThreeStep *result, int a,
										 int b, int outcome,
										 double conf_level,
										 NkOutcomeDifference *difference);

/*
 * All pairs of classes, first by outcome; p adjusted by Holm over the pairs of
 * an outcome.  p and order are scratch for as many values as there are pairs.
 */
typedef struct NkOutcomePair
{
	int			a;
	int			b;
	int			outcome;
	double		p_adjusted;
	NkOutcomeDifference difference;
} NkOutcomePair;

extern NkStatus nk_three_step_pairs(const NkThreeStep *result,
									double conf_level, NkOutcomePair *pairs,
									double *p, size_t *order);

/* have all classes the same shares?  NK_TOO_LARGE, or a status of the data */
extern size_t nk_three_step_test_scratch(const NkOutcomeTable *table);
extern NkStatus nk_three_step_test(const NkThreeStep *result, double *scratch,
								   NkTestResult *test);

#pragma GCC visibility pop

#endif							/* NK_THREE_STEP_H */
