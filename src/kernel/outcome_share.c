/*
 * outcome_share.c - shares of outcomes by latent class, how two classes differ,
 * and whether any do
 *
 * From the estimates of three_step.c and their covariances, by the delta
 * method.  Bounds of a share are symmetric on the logit scale, those of a
 * difference on its own, cut at -1 and 1; z, or t where there are clusters.
 * The test that all classes have the same shares is Wald's: all differences
 * from the first class but for one outcome, as chi-square on p degrees of
 * freedom; over G clusters as F = W (G - p) / ((G - 1) p) on p and G - p.
 *
 *   Korn E L, Graubard B I (1990) Simultaneous testing of regression
 *   coefficients with complex survey data: use of Bonferroni t statistics.
 *   Am Stat 44:270-276.  doi:10.1080/00031305.1990.10475737
 *
 * A share that is exactly 0 or 1 has no variance that says anything:
 * NK_BOUNDARY, without bounds.  Tested by test_three_step and test/coverage.
 */
#include "three_step.h"

#include "adjust.h"
#include "likelihood.h"
#include "linear.h"
#include "sandwich.h"

/* are there shares of this class? */
static bool
has_class(const NkThreeStep *result, int class)
{
	return result->has_shares && result->size[class] > 0;
}

static bool
is_inside(double share)
{
	return share > 0 && share < 1;
}

NkStatus
nk_three_step_share(const NkThreeStep *result, int class, int outcome,
					double conf_level, NkOutcomeShare *share)
{
	double		critical;
	NkStatus	status = nk_wald_critical(conf_level, result->df, &critical);
	double		estimate;
	double		middle;
	double		reach;

	*share = (NkOutcomeShare) {NK_NO_INTERVAL, NK_UNDEFINED, result->status};
	if (status != NK_OK)
		return status;
	if (!has_class(result, class))
	{
		if (result->has_errors)
			share->status = NK_EMPTY;
		return NK_OK;
	}
	estimate = nk_outcome_share(result, class, outcome);
	share->share.estimate = estimate;
	if (result->has_errors)
		share->std_error = sqrt(fmax(0, nk_three_step_covariance(result, class, outcome,
												   class, outcome)));
	if (!is_inside(estimate))
	{
		/* of maximum likelihood there is nothing to be said by variances */
		if (result->method == NK_THREE_STEP_ML)
			share->std_error = NK_UNDEFINED;
		share->status = NK_BOUNDARY;
		return NK_OK;
	}
	if (!result->has_errors)
		return NK_OK;
	middle = log(estimate / (1 - estimate));
	reach = critical * share->std_error / (estimate * (1 - estimate));
	share->share.lower = nk_logistic(middle - reach).p;
	share->share.upper = nk_logistic(middle + reach).p;
	return NK_OK;
}

NkStatus
nk_three_step_difference(const NkThreeStep *result, int a, int b, int outcome,
						 double conf_level, NkOutcomeDifference *difference)
{
	double		critical;
	NkStatus	status = nk_wald_critical(conf_level, result->df, &critical);
	double		estimate;
	double		variance;

	*difference = (NkOutcomeDifference) {
		NK_NO_INTERVAL, NK_UNDEFINED, NK_NO_TEST, result->status
	};
	if (status != NK_OK)
		return status;
	if (!has_class(result, a) || !has_class(result, b))
	{
		if (result->has_errors)
			difference->status = NK_EMPTY;
		return NK_OK;
	}
	estimate = nk_outcome_share(result, a, outcome) - nk_outcome_share(result, b, outcome);
	difference->difference.estimate = estimate;
	if (!is_inside(nk_outcome_share(result, a, outcome)) ||
		!is_inside(nk_outcome_share(result, b, outcome)))
		difference->status = NK_BOUNDARY;
	if (!result->has_errors)
		return NK_OK;
	variance = nk_three_step_covariance(result, a, outcome, a, outcome) +
		nk_three_step_covariance(result, b, outcome, b, outcome) -
		2 * nk_three_step_covariance(result, a, outcome, b, outcome);
	/* both at the boundary: nothing varies */
	if (!(variance > 0))
		return NK_OK;
	difference->std_error = sqrt(variance);
	difference->test = nk_wald_test(estimate / difference->std_error,
									result->df);
	difference->difference.lower = fmax(-1, estimate - critical *
										difference->std_error);
	difference->difference.upper = fmin(1, estimate + critical *
										difference->std_error);
	return NK_OK;
}

NkStatus
nk_three_step_pairs(const NkThreeStep *result, double conf_level,
					NkOutcomePair *pairs, double *p, size_t *order)
{
	int			classes = result->table->classes;
	NkStatus	status = NK_OK;

	for (int z = 0; z < result->table->outcomes && status == NK_OK; z++)
	{
		size_t		count = 0;

		nk_check_interrupts();
		for (int a = 0; a < classes && status == NK_OK; a++)
			for (int b = a + 1; b < classes && status == NK_OK; b++)
			{
				NkOutcomePair *pair = &pairs[count];

				*pair = (NkOutcomePair) {.a = a, .b = b, .outcome = z};
				status = nk_three_step_difference(result, a, b, z, conf_level,
												  &pair->difference);
				p[count++] = pair->difference.test.p_value;
			}
		if (status == NK_OK)
			status = nk_adjust(p, count, NK_HOLM, p, order);
		for (size_t i = 0; i < count; i++)
			pairs[i].p_adjusted = p[i];
		pairs += count;
	}
	return status;
}

/* -------------------------------------------------------------------- test */

size_t
nk_three_step_test_scratch(const NkOutcomeTable *table)
{
	size_t		p = (size_t) (table->classes - 1) *
		(size_t) (table->outcomes > 0 ? table->outcomes - 1 : 0);

	return p > NK_EQUALITIES ? 0 : p * (p + 1);
}

/* covariance of two differences from the first class */
static double
of_differences(const NkThreeStep *result, int first, int t, int z, int t2,
			   int z2)
{
	return nk_three_step_covariance(result, t, z, t2, z2) -
		nk_three_step_covariance(result, first, z, t2, z2) -
		nk_three_step_covariance(result, t, z, first, z2) +
		nk_three_step_covariance(result, first, z, first, z2);
}

/* the outcome that most children have: it is left out, being what remains */
static int
most_common(const NkThreeStep *result)
{
	const NkOutcomeTable *table = result->table;
	double		most = -1;
	int			best = 0;

	for (int z = 0; z < table->outcomes; z++)
	{
		double		sum = 0;

		for (int t = 0; t < table->classes; t++)
			sum += result->joint[t * table->outcomes + z];
		if (sum > most)
		{
			most = sum;
			best = z;
		}
	}
	return best;
}

/* fill differences and their covariances; how many there are */
static int
list_differences(const NkThreeStep *result, const int *class, int classes,
				 double *difference, double *matrix)
{
	const NkOutcomeTable *table = result->table;
	int			rest = most_common(result);
	int			p = (classes - 1) * (table->outcomes - 1);
	int			i = 0;

	for (int a = 1; a < classes; a++)
		for (int z = 0; z < table->outcomes; z++)
		{
			int			j = 0;

			if (z == rest)
				continue;
			nk_check_interrupts();
			difference[i] = nk_outcome_share(result, class[a], z) -
				nk_outcome_share(result, class[0], z);
			for (int b = 1; b <= a; b++)
				for (int z2 = 0; z2 < table->outcomes && j <= i; z2++)
					if (z2 != rest)
						matrix[i * p + j++] = of_differences(result, class[0],
															 class[a], z,
															 class[b], z2);
			i++;
		}
	return p;
}

static bool
is_at_boundary(const NkThreeStep *result, const int *class, int classes)
{
	for (int a = 0; a < classes; a++)
		for (int z = 0; z < result->table->outcomes; z++)
			if (!is_inside(nk_outcome_share(result, class[a], z)))
				return true;
	return false;
}

NkStatus
nk_three_step_test(const NkThreeStep *result, double *scratch,
				   NkTestResult *test)
{
	const NkOutcomeTable *table = result->table;
	int			class[NK_LCA_CLASSES];
	int			classes = 0;
	int			p;
	double	   *difference = scratch;
	double		wald;
	bool		at_boundary;

	*test = NK_NO_TEST;
	if ((int64_t) (table->classes - 1) * (table->outcomes - 1) >
		NK_EQUALITIES)
		return NK_TOO_LARGE;
	if (!result->has_errors)
		return result->status;
	for (int t = 0; t < table->classes; t++)
		if (has_class(result, t))
			class[classes++] = t;
	if (classes < 2 || table->outcomes < 2)
		return NK_ZERO_MARGIN;
	p = (classes - 1) * (table->outcomes - 1);
	at_boundary = is_at_boundary(result, class, classes);
	list_differences(result, class, classes, difference, scratch + p);
	if (!nk_cholesky(scratch + p, p))
		return at_boundary ? NK_BOUNDARY : NK_TOO_FEW;
	nk_solve_lower(scratch + p, difference, p);
	wald = nk_dot(difference, difference, p);
	if (isnan(result->df))
		*test = nk_chisq_result(wald, p);
	else
	{
		/* clusters - 1 less what p differences take of it */
		double		df2 = result->df + 1 - p;

		if (df2 <= 0)
			return NK_TOO_FEW;
		*test = nk_f_result(wald * df2 / (result->df * p), p, df2);
	}
	return at_boundary ? NK_BOUNDARY : result->status;
}
