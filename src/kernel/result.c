/*
 * result.c - critical values and p-values, as every statistic needs them
 *
 * Accuracy: that of the distributions (dist.h), 1e-12 relative, in the tails
 * too; test_result compares with 50-digit values.
 */
#include "result.h"

#include "dist.h"
#include "solve.h"

/* P(|Z| <= z) less the level, accurate where both are small */
static double
coverage_excess(double z, const void *context)
{
	return erf(z * M_SQRT1_2) - *(const double *) context;
}

/* written so that NaN fails too */
static bool
is_conf_level(double conf_level)
{
	return conf_level > 0 && conf_level < 1;
}

NkStatus
nk_critical_value(double conf_level, double *z)
{
	if (!is_conf_level(conf_level))
		return NK_BAD_CONF_LEVEL;
	/* a low level leaves nothing of itself in 1 - conf_level */
	if (conf_level < 0.5)
		return nk_find_root(coverage_excess, &conf_level, 0, 1, z);
	return nk_normal_quantile((1 - conf_level) / 2, false, false, z);
}

NkStatus
nk_t_critical_value(double conf_level, double df, double *t)
{
	NkStatus	status;
	double		square;

	if (!is_conf_level(conf_level))
		return NK_BAD_CONF_LEVEL;
	if (conf_level >= 0.5)
		return nk_t_quantile((1 - conf_level) / 2, df, false, false, t);
	/* as above: the square of t has an F distribution on 1 and df */
	status = nk_f_quantile(conf_level, 1, df, true, false, &square);
	*t = sqrt(square);
	return status;
}

NkTestResult
nk_chisq_result(double statistic, double df)
{
	return (NkTestResult) {
		.statistic = statistic,
		.df = df,
		.df2 = NK_UNDEFINED,
		.p_value = nk_chisq_cdf(statistic, df, false, false)
	};
}

NkTestResult
nk_f_result(double statistic, double df1, double df2)
{
	return (NkTestResult) {
		.statistic = statistic,
		.df = df1,
		.df2 = df2,
		.p_value = nk_f_cdf(statistic, df1, df2, false, false)
	};
}

NkTestResult
nk_z_result(double z)
{
	return (NkTestResult) {
		.statistic = z,
		.df = NK_UNDEFINED,
		.df2 = NK_UNDEFINED,
		.p_value = 2 * nk_normal_cdf(fabs(z), false, false)
	};
}

NkTestResult
nk_t_result(double t, double df)
{
	return (NkTestResult) {
		.statistic = t,
		.df = df,
		.df2 = NK_UNDEFINED,
		.p_value = 2 * nk_t_cdf(fabs(t), df, false, false)
	};
}
