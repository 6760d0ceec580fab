/*
 * paired.h - two facts of the same child: interval of the difference and
 * McNemar's test
 */
#ifndef NK_PAIRED_H
#define NK_PAIRED_H

#include "compare.h"

#pragma GCC visibility push(hidden)

typedef struct NkPaired
{
	NkSummary	header;
	int64_t		both_true;
	int64_t		first_only;
	int64_t		second_only;
	int64_t		neither;
} NkPaired;

extern const NkSummaryKind nk_paired_proportion_kind;

/* in the order of nk_paired_methods */
typedef enum NkPairedMethod
{
	NK_PAIRED_NEWCOMBE,			/* his method 10 */
	NK_PAIRED_TANGO
} NkPairedMethod;

/* in the order of nk_mcnemar_methods */
typedef enum NkMcNemarMethod
{
	NK_MCNEMAR_MID_P,
	NK_MCNEMAR_EXACT,
	NK_MCNEMAR_ASYMPTOTIC
} NkMcNemarMethod;

extern const char *const nk_paired_methods[];	/* end with NULL */
extern const char *const nk_mcnemar_methods[];

extern int64_t nk_paired_n(const NkPaired *pair);

/* the shares of children with the first and with the second fact */
extern void nk_paired_margins(const NkPaired *pair, NkProportion *first,
							  NkProportion *second);

/* bricks of others: for a given normal quantile, n > 0 */
extern NkInterval nk_paired_newcombe(const NkPaired *pair, double z);
extern NkStatus nk_paired_tango(const NkPaired *pair, double z,
								NkInterval *result);

/* interval of P(first) - P(second) */
extern NkStatus nk_paired_confint(const NkPaired *pair, double conf_level,
								  NkPairedMethod method, NkInterval *result);

extern NkStatus nk_mcnemar_test(const NkPaired *pair, NkMcNemarMethod method,
								NkTestResult *result);

#pragma GCC visibility pop

#endif							/* NK_PAIRED_H */
