/*
 * configural.h - which configurations of items occur more or less often than
 * independent items would
 */
#ifndef NK_CONFIGURAL_H
#define NK_CONFIGURAL_H

#include "adjust.h"
#include "patterns.h"

#pragma GCC visibility push(hidden)

#define NK_CONFIGURAL_ITEMS		20	/* most items of a configuration */

/* in the order of nk_configural_methods */
typedef enum NkConfiguralMethod
{
	NK_CONFIGURAL_AUTO,			/* Lehmacher where 10 or more are expected */
	NK_CONFIGURAL_LEHMACHER,
	NK_CONFIGURAL_LEHMACHER_CC, /* with continuity correction */
	NK_CONFIGURAL_BINOMIAL
} NkConfiguralMethod;

extern const char *const nk_configural_methods[];	/* ends with NULL */

/* the children of whom all chosen items were observed */
typedef struct NkConfigural
{
	int			items;
	int			bit[NK_CONFIGURAL_ITEMS];	/* of item j in a mask, rising */
	int64_t		n;
	int64_t		n_incomplete;	/* children of whom an item is unknown */
	int64_t		with[NK_CONFIGURAL_ITEMS];	/* children who have the item */
	const int64_t *counts;		/* of configuration c: bit j of c is item j */
} NkConfigural;

/* one of them, and its two-sided test */
typedef struct NkConfiguration
{
	int64_t		n;
	double		expected;		/* under total independence of the items */
	double		ratio;			/* n / expected */
	double		statistic;		/* z; undefined for the binomial test */
	double		p_value;
	NkConfiguralMethod method_used; /* never NK_CONFIGURAL_AUTO */
	NkStatus	status;			/* NK_NO_VARIATION: nothing to be tested */
} NkConfiguration;

static inline size_t
nk_configurations(const NkConfigural *table)
{
	return (size_t) 1 << table->items;
}

/*
 * Which items are meant, so that the caller can make room for a count of each
 * configuration.  NK_BAD_CONFIGURATION if they are not 2 to 20.
 */
extern NkStatus nk_configural_items(int64_t items, NkConfigural *table);

/* count the children of a canonical form into them */
extern void nk_configural_count(const NkTally *patterns, int64_t *counts,
								NkConfigural *table);

/* the present items of a configuration, as a mask */
extern int64_t nk_configuration_mask(const NkConfigural *table, size_t which);

extern NkConfiguration nk_configuration(const NkConfigural *table,
										size_t which,
										NkConfiguralMethod method);

/*
 * P-values of all configurations, adjusted for their number: those that nobody
 * has are tested, too.  Order is scratch for as many.
 */
extern NkStatus nk_configural_adjusted(const NkConfigural *table,
									   NkConfiguralMethod method,
									   NkAdjustMethod adjustment,
									   double *adjusted, size_t *order);

#pragma GCC visibility pop

#endif							/* NK_CONFIGURAL_H */
