/*
 * kruskal.c - several groups of values, compared by their ranks
 *
 * N children in k groups, n_i in group i with rank sum S_i, T with the same
 * value:
 *
 *	Kruskal-Wallis	H = [ 12 / (N (N + 1)) sum S_i^2 / n_i - 3 (N + 1) ] /
 *					( 1 - sum (T^3 - T) / (N^3 - N) ), chi-square on k - 1;
 *					Kruskal & Wallis 1952, J Am Stat Assoc 47:583
 *	Dunn			z = (S_i / n_i - S_j / n_j) / sqrt(s (1/n_i + 1/n_j)),
 *					s = N (N + 1) / 12 - sum (T^3 - T) / (12 (N - 1));
 *					Dunn 1964, Technometrics 6:241; pairs adjusted by Holm
 *
 * With a group's excess e_i = 2 S_i - n_i (N + 1), a whole number, and
 * C = sum T (N - T)(N + T) this is H = 3 (N - 1) / C sum e_i^2 / n_i and
 * s = C / (12 (N - 1)), where nothing cancels.  The sum over the groups is a
 * pair, so that it does not hang on their order.
 *
 * Where all values are equal nothing can be told apart: p is 1, without a
 * statistic, NK_NO_VARIATION.  Accuracy: 1e-12 relative, held by test_kruskal.
 * doi 10.1080/01621459.1952.10483441, 10.1080/00401706.1964.10490181.
 */
#include "kruskal.h"

#include "adjust.h"

/* the excess that `count` children add whose value T have, `less` below */
static inline __int128
excess_of(int64_t count, int64_t less, int64_t same, int64_t total)
{
	return count * (2 * (__int128) less + same - total);
}

NkStatus
nk_rank_groups(const NkGroupCount *entries, size_t count, NkGroup *groups,
			   NkRanks *ranks)
{
	NkMerge		merge;
	NkPair		cubes = {0, 0};
	int64_t		less = 0;
	size_t		tied;
	NkStatus	status = nk_merge_begin(&merge, groups, entries, count,
										&ranks->n);

	if (status != NK_OK)
		return status;
	while ((tied = nk_merge_next(&merge)) > 0)
	{
		int64_t		same = 0;

		for (size_t i = 0; i < tied; i++)
			same += nk_merge_count(&merge, i);
		for (size_t i = 0; i < tied; i++)
			nk_merge_group(&merge, i)->excess +=
				excess_of(nk_merge_count(&merge, i), less, same, ranks->n);
		cubes = nk_pair_add(cubes, nk_tie_term(same, ranks->n, 0));
		less += same;
	}
	ranks->cubes = cubes.high;
	return NK_OK;
}

NkStatus
nk_rank_table(const int64_t *counts, size_t rows, size_t columns,
			  NkGroup *groups, NkRanks *ranks)
{
	NkPair		cubes = {0, 0};
	int64_t		less = 0;

	ranks->n = 0;
	for (size_t i = 0; i < rows; i++)
	{
		groups[i] = (NkGroup) {.n = 0};
		nk_check_interrupts();
		for (size_t j = 0; j < columns; j++)
			if (!nk_add(groups[i].n, counts[i * columns + j], &groups[i].n))
				return NK_OVERFLOW;
		if (!nk_add(ranks->n, groups[i].n, &ranks->n))
			return NK_OVERFLOW;
	}
	for (size_t j = 0; j < columns; j++)
	{
		int64_t		same = 0;

		nk_check_interrupts();
		for (size_t i = 0; i < rows; i++)
			same += counts[i * columns + j];
		for (size_t i = 0; i < rows; i++)
			groups[i].excess += excess_of(counts[i * columns + j], less, same,
										  ranks->n);
		cubes = nk_pair_add(cubes, nk_tie_term(same, ranks->n, 0));
		less += same;
	}
	ranks->cubes = cubes.high;
	return NK_OK;
}

NkStatus
nk_kruskal_test(const NkGroup *groups, size_t count, const NkRanks *ranks,
				NkTestResult *result)
{
	NkPair		between = {0, 0};
	size_t		used = 0;

	*result = NK_NO_TEST;
	for (size_t i = 0; i < count; i++)
	{
		double		excess = (double) groups[i].excess;

		if (groups[i].n == 0)
			continue;
		used++;
		between = nk_pair_add(between,
							  nk_product(excess, excess / (double) groups[i].n));
	}
	if (used < 2)
		return used == 0 ? NK_EMPTY : NK_TOO_FEW;
	if (ranks->cubes == 0)
	{
		result->p_value = 1;
		return NK_NO_VARIATION;
	}
	*result = nk_chisq_result(3 * ((double) ranks->n - 1) *
							  (between.high / ranks->cubes),
							  (double) used - 1);
	return NK_OK;
}

double
nk_mean_rank(const NkGroup *group, const NkRanks *ranks)
{
	if (group->n == 0)
		return NK_UNDEFINED;
	return (double) (((__int128) ranks->n + 1) * group->n + group->excess) /
		(2 * (double) group->n);
}

NkStatus
nk_dunn_test(const NkGroup *a, const NkGroup *b, const NkRanks *ranks,
			 NkTestResult *result)
{
	double		n_a = (double) a->n;
	double		n_b = (double) b->n;
	double		variance = ranks->cubes / 12 / ((double) ranks->n - 1);
	NkPair		difference;

	*result = NK_NO_TEST;
	if (a->n == 0 || b->n == 0)
		return NK_EMPTY;
	if (ranks->cubes == 0)
	{
		result->p_value = 1;
		return NK_NO_VARIATION;
	}
	/* mean ranks may be nearly equal: twice their difference, as a pair */
	difference = nk_pair_add(nk_pair_divide(nk_pair_of_int128(a->excess),
											nk_pair_of_int128(a->n)),
							 nk_pair_negate(nk_pair_divide(nk_pair_of_int128(b->excess),
														   nk_pair_of_int128(b->n))));
	*result = nk_z_result(difference.high / 2 /
						  sqrt(variance * ((n_a + n_b) / n_a / n_b)));
	return NK_OK;
}

NkStatus
nk_dunn_tests(const NkGroup *groups, size_t count, const NkRanks *ranks,
			  NkDunn *pairs, double *p, size_t *order)
{
	NkDunn	   *pair = pairs;
	NkStatus	status;

	for (size_t a = 0; a < count; a++)
		for (size_t b = a + 1; b < count; b++, pair++)
		{
			if ((pair - pairs) % 1024 == 0)
				nk_check_interrupts();
			pair->a = a;
			pair->b = b;
			pair->status = nk_dunn_test(&groups[a], &groups[b], ranks,
										&pair->test);
			p[pair - pairs] = pair->test.p_value;
		}
	status = nk_adjust(p, nk_pairs(count), NK_HOLM, p, order);
	for (size_t i = 0; i < nk_pairs(count); i++)
		pairs[i].p_adjusted = p[i];
	return status;
}
