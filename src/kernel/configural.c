/*
 * configural.c - first-order configural frequency analysis
 *
 * If the items were independent of each other, a configuration of N children
 * would have E = N q1 q2 ... children, with q the share that has, or has not,
 * the item.  One with more of them is a type, one with fewer an antitype.
 *
 * Lehmacher's test knows that the shares are those of the same children: given
 * how many have each item, the number with a configuration has the mean E and
 * the variance E f, f = 1 - N p + (N - 1) p', where p is the product of m / N
 * and p' that of (m - 1) / (N - 1), for m children in the margins.  Written
 * like this, f is a small difference of large numbers.  Item by item it grows
 * by N a u (1 - R), where a is the product of the shares so far, u = 1 - m / N
 * of the item that comes, and R the product of ((m - 1) N) / (m (N - 1)); all
 * of these terms are positive, and so are those of which 1 - R is made.
 *
 * The binomial test takes the shares for known.  Its variance, E (1 - p), is
 * larger, so it is conservative; but its tails are right where few are
 * expected and the normal distribution is not.
 *
 * Krauth and Lienert 1973, Die Konfigurationsfrequenzanalyse; Lehmacher 1981,
 * Biometrical Journal 23:429; Kuechenhoff 1986, Biometrical Journal 28:465, for
 * the correction; von Eye 2002, Configural frequency analysis.
 *
 * Accuracy: expected counts and statistics 1e-12, p-values 1e-11 relative, held
 * by test_configural against rational numbers and 60 digits.
 */
#include "configural.h"
#include "dist.h"

#define MANY_EXPECTED	10

const char *const nk_configural_methods[] = {
	"auto", "lehmacher", "lehmacher-cc", "binomial", NULL
};

NkStatus
nk_configural_items(int64_t items, NkConfigural *table)
{
	*table = (NkConfigural) {0};
	if (items < 0)
		return NK_BAD_MASK;
	for (int bit = 0; bit < NK_ITEMS; bit++)
		if (items >> bit & 1)
		{
			if (table->items == NK_CONFIGURAL_ITEMS)
				return NK_BAD_CONFIGURATION;
			table->bit[table->items++] = bit;
		}
	return table->items >= 2 ? NK_OK : NK_BAD_CONFIGURATION;
}

int64_t
nk_configuration_mask(const NkConfigural *table, size_t which)
{
	int64_t		mask = 0;

	for (int j = 0; j < table->items; j++)
		mask |= (int64_t) (which >> j & 1) << table->bit[j];
	return mask;
}

void
nk_configural_count(const NkTally *patterns, int64_t *counts,
					NkConfigural *table)
{
	int64_t		items = nk_configuration_mask(table, SIZE_MAX);

	for (size_t c = 0; c < nk_configurations(table); c++)
		counts[c] = 0;
	for (size_t i = 0; i < patterns->header.rows; i++)
	{
		int64_t		present = nk_pattern_present(patterns, i);
		int64_t		count = nk_pattern_count(patterns, i);
		size_t		which = 0;

		if (i % 16384 == 0)
			nk_check_interrupts();
		if ((items & ~nk_pattern_observed(patterns, i)) != 0)
		{
			table->n_incomplete += count;
			continue;
		}
		for (int j = 0; j < table->items; j++)
		{
			size_t		has = (size_t) (present >> table->bit[j] & 1);

			which |= has << j;
			table->with[j] += has != 0 ? count : 0;
		}
		table->n += count;
		counts[which] += count;
	}
	table->counts = counts;
}

/* of a configuration's count under independence */
typedef struct Expected
{
	double		mean;
	double		rest;			/* n - mean */
	double		variance;
} Expected;

static Expected
expect(const NkConfigural *table, size_t which)
{
	double		n = (double) table->n;
	double		expected = n;	/* by the items so far */
	double		rest = 0;
	double		kept = 1;		/* R, and 1 - R */
	double		lost = 0;
	double		factor = 0;		/* f */

	for (int j = 0; j < table->items; j++)
	{
		int64_t		with = table->with[j];
		int64_t		m = which >> j & 1 ? with : table->n - with;
		double		others = (double) (table->n - m);
		double		loss;

		if (m == 0)
			return (Expected) {0, n, 0};
		loss = table->n > 1 ? others / ((double) m * (n - 1)) : 0;
		factor += expected * (others / n) * lost;
		rest += expected * (others / n);
		expected *= (double) m / n;
		lost += kept * loss;
		kept *= 1 - loss;
	}
	return (Expected) {expected, rest, expected * factor};
}

/* twice the smaller tail */
static double
binomial_p(int64_t x, int64_t n, double expected)
{
	double		p = expected / (double) n;
	double		below = nk_binomial_cdf(x, n, p, true, false);
	double		above = x == 0 ? 1 :
		nk_binomial_cdf(x - 1, n, p, false, false);

	return fmin(1, 2 * fmin(below, above));
}

NkConfiguration
nk_configuration(const NkConfigural *table, size_t which,
				 NkConfiguralMethod method)
{
	NkConfiguration result = {
		.n = table->counts[which],
		.ratio = NK_UNDEFINED,
		.statistic = NK_UNDEFINED,
		.p_value = NK_UNDEFINED,
		.status = NK_NO_VARIATION
	};
	Expected	expected = expect(table, which);
	double		distance;

	result.expected = expected.mean;
	if (method == NK_CONFIGURAL_AUTO)
		method = result.expected >= MANY_EXPECTED ? NK_CONFIGURAL_LEHMACHER :
			NK_CONFIGURAL_BINOMIAL;
	result.method_used = method;
	if (result.expected > 0)
		result.ratio = (double) result.n / result.expected;
	/* where the margins leave no choice, nothing is found */
	if (!(expected.variance > 0))
		return result;
	result.status = NK_OK;
	if (method == NK_CONFIGURAL_BINOMIAL)
	{
		result.p_value = binomial_p(result.n, table->n, result.expected);
		return result;
	}
	/* the difference of the smaller numbers */
	distance = expected.mean <= expected.rest ?
		(double) result.n - expected.mean :
		expected.rest - (double) (table->n - result.n);
	if (method == NK_CONFIGURAL_LEHMACHER_CC)
		distance = copysign(fmax(0, fabs(distance) - 0.5), distance);
	result.statistic = distance / sqrt(expected.variance);
	result.p_value = fmin(1, 2 * nk_normal_cdf(fabs(result.statistic), false,
											   false));
	return result;
}

NkStatus
nk_configural_adjusted(const NkConfigural *table, NkConfiguralMethod method,
					   NkAdjustMethod adjustment, double *adjusted,
					   size_t *order)
{
	size_t		configurations = nk_configurations(table);

	for (size_t c = 0; c < configurations; c++)
	{
		if (c % 1024 == 0)
			nk_check_interrupts();
		adjusted[c] = nk_configuration(table, c, method).p_value;
	}
	return nk_adjust(adjusted, configurations, adjustment, adjusted, order);
}
