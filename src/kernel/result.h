/*
 * result.h - what statistics return: an estimate with its interval, a test
 */
#ifndef NK_RESULT_H
#define NK_RESULT_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

/* NK_UNDEFINED marks a value that does not exist */
typedef struct NkInterval
{
	double		estimate;
	double		lower;
	double		upper;
} NkInterval;

#define NK_NO_INTERVAL \
	((NkInterval) {NK_UNDEFINED, NK_UNDEFINED, NK_UNDEFINED})

typedef struct NkTestResult
{
	double		statistic;
	double		df;
	double		df2;
	double		p_value;
} NkTestResult;

#define NK_NO_TEST \
	((NkTestResult) {NK_UNDEFINED, NK_UNDEFINED, NK_UNDEFINED, NK_UNDEFINED})

/* two-sided quantile of a confidence level; NK_BAD_CONF_LEVEL */
extern NkStatus nk_critical_value(double conf_level, double *z);
extern NkStatus nk_t_critical_value(double conf_level, double df, double *t);

/* a statistic with its p-value: chi-square upper tail, F upper tail */
extern NkTestResult nk_chisq_result(double statistic, double df);
extern NkTestResult nk_f_result(double statistic, double df1, double df2);

/* the same for both tails of z (no df) and of t */
extern NkTestResult nk_z_result(double z);
extern NkTestResult nk_t_result(double t, double df);

#pragma GCC visibility pop

#endif							/* NK_RESULT_H */
