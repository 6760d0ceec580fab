/*
 * cramers_v.h - how strongly the rows and columns of a table are associated
 */
#ifndef NK_CRAMERS_V_H
#define NK_CRAMERS_V_H

#include "result.h"
#include "table.h"

#pragma GCC visibility push(hidden)

typedef struct NkCramersV
{
	NkInterval	v;				/* from 0, none, to 1, complete */
	double		bias_corrected;
} NkCramersV;

/* the status of nk_chisq_test; NK_BAD_CONF_LEVEL */
extern NkStatus nk_cramers_v(const NkTable *table, const NkMargins *margins,
							 double conf_level, NkCramersV *result);

#pragma GCC visibility pop

#endif							/* NK_CRAMERS_V_H */
