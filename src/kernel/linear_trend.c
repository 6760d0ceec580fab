/*
 * linear_trend.c - linear-by-linear association of two ordered facts
 *
 * With a score for every row and every column, M^2 = (n - 1) r^2 is
 * chi-square on one degree of freedom; r is Pearson's correlation of the two
 * scores over the children.  Mantel 1963, J Am Stat Assoc 58:690,
 * doi 10.1080/01621459.1963.10500879.
 *
 * A correlation does not change when scores are moved or stretched.  They are
 * moved to begin at the first one that a child has, so that years (2019,
 * 2020, ...) do not cancel, and stretched by a power of two to less than 2,
 * so that no product overflows.  The sums are pairs of doubles, because
 * n sum(xy) - sum(x) sum(y) is a small difference where the association is
 * weak.
 *
 * Accuracy: 1e-12 relative, held by test_linear_trend.
 */
#include "linear_trend.h"

#include "pair.h"

typedef struct Scale
{
	const double *scores;
	int			exponent;		/* of the largest score */
	double		origin;
	bool		varies;			/* children have different scores */
} Scale;

static double
stretched(const Scale *scale, uint32_t i)
{
	return ldexp(scale->scores[i], -scale->exponent);
}

static double
score(const Scale *scale, uint32_t i)
{
	return stretched(scale, i) - scale->origin;
}

/* the totals, of which one at least is positive, tell which scores count */
static Scale
scale_of(const double *scores, const int64_t *totals, uint32_t length)
{
	Scale		scale = {.scores = scores};
	uint32_t	first = 0;
	double		largest = 0;

	while (totals[first] == 0)
		first++;
	for (uint32_t i = first; i < length; i++)
		if (totals[i] > 0)
		{
			largest = fmax(largest, fabs(scores[i]));
			scale.varies |= scores[i] != scores[first];
		}
	frexp(largest, &scale.exponent);
	scale.origin = stretched(&scale, first);
	return scale;
}

/* a count, of which a double might not hold all 63 bits */
static NkPair
exact_count(int64_t count)
{
	return nk_sum((double) (count >> 32) * 0x1p32,
				  (double) (count & 0xFFFFFFFF));
}

static NkPair
multiply(NkPair a, NkPair b)
{
	return nk_pair_add(nk_pair_scale(a, b.high), nk_pair_scale(a, b.low));
}

static void
add_product(NkPair *sum, NkPair count, double x, double y)
{
	*sum = nk_pair_add(*sum, nk_pair_scale(nk_pair_scale(count, x), y));
}

/* n sum(xy) - sum(x) sum(y) */
static double
co_variation(NkPair n, NkPair sum_xy, NkPair sum_x, NkPair sum_y)
{
	return nk_pair_add(multiply(n, sum_xy),
					   nk_pair_negate(multiply(sum_x, sum_y))).high;
}

/* sum and sum of squares of the scores over all children */
static void
sum_scores(const Scale *scale, const int64_t *totals, uint32_t length,
		   NkPair *sum, NkPair *squares)
{
	*sum = *squares = (NkPair) {0, 0};
	for (uint32_t i = 0; i < length; i++)
	{
		double		x = totals[i] > 0 ? score(scale, i) : 0;

		nk_check_interrupts_at(i);
		add_product(sum, exact_count(totals[i]), x, 1);
		add_product(squares, exact_count(totals[i]), x, x);
	}
}

NkStatus
nk_linear_trend_test(const NkTable *table, const NkMargins *margins,
					 const double *row_scores, const double *column_scores,
					 NkTestResult *result)
{
	NkPair		n;
	NkPair		sum_x;
	NkPair		sum_y;
	NkPair		sum_xx;
	NkPair		sum_yy;
	NkPair		sum_xy = {0, 0};
	Scale		x;
	Scale		y;
	double		variation_x;
	double		variation_y;
	double		together;

	*result = NK_NO_TEST;
	if (margins->status != NK_OK)
		return margins->status;
	n = exact_count(margins->n);
	x = scale_of(row_scores, margins->rows, table->rows);
	y = scale_of(column_scores, margins->columns, table->columns);
	if (!x.varies || !y.varies)
		return NK_NO_VARIATION;
	sum_scores(&x, margins->rows, table->rows, &sum_x, &sum_xx);
	sum_scores(&y, margins->columns, table->columns, &sum_y, &sum_yy);
	for (uint32_t i = 0; i < table->rows; i++)
		for (uint32_t j = 0; j < table->columns; j++)
		{
			nk_check_interrupts_at(j);
			if (nk_count(table, i, j) > 0)
				add_product(&sum_xy, exact_count(nk_count(table, i, j)),
							score(&x, i), score(&y, j));
		}
	variation_x = co_variation(n, sum_xx, sum_x, sum_x);
	variation_y = co_variation(n, sum_yy, sum_y, sum_y);
	together = co_variation(n, sum_xy, sum_x, sum_y);
	*result = nk_chisq_result(together / variation_x * together /
							  variation_y * ((double) margins->n - 1), 1);
	return NK_OK;
}
