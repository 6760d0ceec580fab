/*
 * cramers_v.c - Cramer's V of a table, from chi-square on df = (r - 1)(c - 1)
 *
 *	V				sqrt(chi-square / (n m)), m = min(r, c) - 1; Cramer 1946,
 *					Mathematical Methods of Statistics, 21.9
 *	bias-corrected	sqrt(max(0, chi-square / n - df / (n - 1)) / m~) with
 *					m~ the lesser of k - 1 - (k - 1)^2 / (n - 1), k = r, c;
 *					Bergsma 2013, J Korean Stat Soc 42:323,
 *					doi 10.1016/j.jkss.2012.10.002
 *	interval		sqrt(lambda / (n m)) for those lambda for which noncentral
 *					chi-square has half of alpha above, or below, what was
 *					observed; Steiger 2004, Psychol Methods 9:164,
 *					doi 10.1037/1082-989X.9.2.164
 *
 * Chance alone makes V positive, the more so the fewer children and the more
 * cells; the bias correction takes that off.  Both bounds are 0 where the
 * table is closer to independence than independence itself mostly brings
 * about, so V may lie above its interval.
 *
 * The bias-corrected V does not exist where each row, or each column, has
 * one child.  Accuracy: 1e-12 relative, held by test_cramers_v.
 */
#include "cramers_v.h"

#include "dist.h"
#include "independence.h"

/* from this multiple of df on the square root of chi-square is as if normal */
#define NORMAL_FROM 1e7

/*
 * normal_parameter - the noncentrality for which a large chi-square lies z
 * standard deviations up
 *
 * With x, s the roots of chi-square and of lambda, x - s less
 * (df - 1) / 2 log(x / s) / (x - s) is standard normal but for an error in
 * the order of df^2 / s^3 (Temme 1993, Comput Math Appl 25(5):55,
 * doi 10.1016/0898-1221(93)90198-5).
 */
static double
normal_parameter(double chisq, double df, double z)
{
	double		x = sqrt(chisq);
	double		s = x;

	/* each step wins six digits or more */
	for (int step = 0; step < 4; step++)
	{
		double		bend = s == x ? 1 / x : log1p((x - s) / s) / (x - s);

		s = x - z - (df - 1) / 2 * bend;
	}
	return s * s;
}

/* the noncentrality that has a tail of this size beyond the observed one */
static NkStatus
noncentrality(const NkTestResult *test, double tail, bool lower,
			  double *lambda)
{
	double		z;
	NkStatus	status;

	if (test->statistic < NORMAL_FROM * test->df)
		return nk_noncentral_chisq_parameter(tail, test->statistic, test->df,
											 lower, lambda);
	status = nk_normal_quantile(tail, lower, false, &z);
	*lambda = normal_parameter(test->statistic, test->df, z);
	return status;
}

static double
bias_corrected(const NkMargins *margins, const NkTestResult *chisq)
{
	double		n = (double) margins->n;
	double		r = margins->used_rows;
	double		c = margins->used_columns;
	double		excess = chisq->statistic / n - chisq->df / (n - 1);
	double		most = fmin((r - 1) * (n - r), (c - 1) * (n - c)) / (n - 1);

	return most > 0 ? fmin(1, sqrt(fmax(0, excess) / most)) : NK_UNDEFINED;
}

NkStatus
nk_cramers_v(const NkTable *table, const NkMargins *margins,
			 double conf_level, NkCramersV *result)
{
	double		tail = (1 - conf_level) / 2;
	double		largest;		/* that chi-square can be */
	double		lower;
	double		upper;
	NkIndependence chisq;
	NkStatus	verdict;
	NkStatus	status;

	*result = (NkCramersV) {NK_NO_INTERVAL, NK_UNDEFINED};
	if (!(conf_level > 0 && conf_level < 1))
		return NK_BAD_CONF_LEVEL;
	verdict = nk_chisq_test(table, margins, &chisq);
	if (isnan(chisq.test.statistic))
		return verdict;

	largest = (double) margins->n *
		fmin(margins->used_rows - 1.0, margins->used_columns - 1.0);
	result->v.estimate = fmin(1, sqrt(chisq.test.statistic / largest));
	result->bias_corrected = bias_corrected(margins, &chisq.test);
	status = noncentrality(&chisq.test, tail, false, &lower);
	if (status == NK_OK)
		status = noncentrality(&chisq.test, tail, true, &upper);
	if (status != NK_OK)
		return status;
	result->v.lower = fmin(1, sqrt(lower / largest));
	result->v.upper = fmin(1, sqrt(upper / largest));
	return verdict;
}
