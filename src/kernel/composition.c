/*
 * composition.c - simultaneous intervals of the shares of a multinomial
 *
 * Goodman 1965, Technometrics 7:247, doi 10.1080/00401706.1965.10490252:
 * with k shares, x of n children and A the upper alpha / k point of
 * chi-square on one degree of freedom,
 *
 *	(A + 2 x -+ sqrt(A (A + 4 x (n - x) / n))) / (2 (n + A))
 *
 * which is Wilson's interval for z = sqrt(A).  All k intervals hold together
 * with at least the given level.  Accuracy: 1e-12 relative, held by
 * test_composition.
 */
#include "composition.h"

#include "dist.h"
#include "interval.h"

NkStatus
nk_simultaneous_critical_value(double conf_level, uint32_t shares, double *z)
{
	if (shares < 2)
		return nk_critical_value(conf_level, z);
	if (!(conf_level > 0 && conf_level < 1))
		return NK_BAD_CONF_LEVEL;
	return nk_normal_quantile((1 - conf_level) / (2 * (double) shares),
							  false, false, z);
}

NkStatus
nk_row_share(const NkTable *table, const NkMargins *margins, double z,
			 uint32_t row, uint32_t column, NkInterval *result)
{
	NkProportion share = {
		.n = margins->rows[row],
		.events = nk_count(table, row, column)
	};

	*result = NK_NO_INTERVAL;
	if (share.n == 0)
		return NK_EMPTY;
	if (table->columns == 1)
	{
		result->estimate = 1;
		return NK_ZERO_MARGIN;
	}
	*result = nk_wilson(&share, z);
	return NK_OK;
}
