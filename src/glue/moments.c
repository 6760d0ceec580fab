/*
 * moments.c - the SQL type moments, its aggregate, accessors and comparisons
 */
#include "glue.h"

#include "../kernel/means.h"

SUMMARY_TYPE(moments)

PG_FUNCTION_INFO_V1(nuso_moments_accum);
PG_FUNCTION_INFO_V1(nuso_make_moments);
PG_FUNCTION_INFO_V1(nuso_moments_n_not_finite);
PG_FUNCTION_INFO_V1(nuso_mean);
PG_FUNCTION_INFO_V1(nuso_variance);
PG_FUNCTION_INFO_V1(nuso_stddev);
PG_FUNCTION_INFO_V1(nuso_moments_confint);
PG_FUNCTION_INFO_V1(nuso_moments_compare);

static const NkMoments *
moments_arg(FunctionCallInfo fcinfo, int argno)
{
	return (const NkMoments *) summary_arg(fcinfo, argno, &nk_moments_kind);
}

/*
 * nuso_moments_accum(state, x) - count one value
 *
 * A child whose value is unknown is not counted.
 */
Datum
nuso_moments_accum(PG_FUNCTION_ARGS)
{
	NkSummary  *state = summary_state(fcinfo, &nk_moments_kind);
	NkMoments  *m = (NkMoments *) state;

	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(state);
	if (unlikely(!nk_moments_is_working(m)))
		m = (NkMoments *) summary_with_room(state, &nk_moments_kind, NULL);
	if (unlikely(m->n >= PG_INT64_MAX - m->n_not_finite))
		check_status(NK_OVERFLOW);
	nk_moments_add(m, PG_GETARG_FLOAT8(1));
	PG_RETURN_POINTER(m);
}

/* an argument that may be NULL where there is nothing it could be */
static double
number_or_zero(FunctionCallInfo fcinfo, int argno)
{
	return PG_ARGISNULL(argno) ? 0 : PG_GETARG_FLOAT8(argno);
}

/*
 * nuso_make_moments(n, mean, variance)
 *
 * NULL is what mean() gives for no value, and variance() for fewer than two.
 */
Datum
nuso_make_moments(PG_FUNCTION_ARGS)
{
	NkSummary  *state = summary_new(&nk_moments_kind);
	int64		n = PG_ARGISNULL(0) ? 0 : PG_GETARG_INT64(0);

	if (PG_ARGISNULL(0) || (n > 0 && PG_ARGISNULL(1)) ||
		(n > 1 && PG_ARGISNULL(2)))
		PG_RETURN_NULL();
	state = summary_with_room(state, &nk_moments_kind, NULL);
	check_status(nk_moments_make((NkMoments *) state, n,
								 number_or_zero(fcinfo, 1),
								 number_or_zero(fcinfo, 2)));
	PG_RETURN_POINTER(summary_canonical(state, &nk_moments_kind));
}

Datum
nuso_moments_n_not_finite(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(moments_arg(fcinfo, 0)->n_not_finite);
}

Datum
nuso_mean(PG_FUNCTION_ARGS)
{
	RETURN_FLOAT8(nk_moments_mean(moments_arg(fcinfo, 0)));
}

Datum
nuso_variance(PG_FUNCTION_ARGS)
{
	RETURN_FLOAT8(nk_moments_variance(moments_arg(fcinfo, 0)));
}

Datum
nuso_stddev(PG_FUNCTION_ARGS)
{
	RETURN_FLOAT8(nk_moments_stddev(moments_arg(fcinfo, 0)));
}

/* nuso_moments_confint(moments, conf_level) */
Datum
nuso_moments_confint(PG_FUNCTION_ARGS)
{
	double		conf_level = PG_GETARG_FLOAT8(1);
	NkInterval	interval;
	NkStatus	status = nk_mean_interval(moments_arg(fcinfo, 0), conf_level,
										  &interval);

	PG_RETURN_DATUM(interval_datum(fcinfo, &interval, conf_level, "t",
								   status));
}

/* nuso_moments_compare(a, b, conf_level) */
Datum
nuso_moments_compare(PG_FUNCTION_ARGS)
{
	const NkMoments *a = moments_arg(fcinfo, 0);
	const NkMoments *b = moments_arg(fcinfo, 1);
	ResultRow	row = {0};
	NkMeanComparison c;
	NkStatus	status = nk_compare_means(a, b, PG_GETARG_FLOAT8(2), &c);

	check_status(status);
	put_int8(&row, a->n);
	put_float8(&row, c.mean_a);
	put_int8(&row, b->n);
	put_float8(&row, c.mean_b);
	put_interval(&row, &c.difference);
	put_interval(&row, &c.hedges_g);
	put_float8(&row, c.test.statistic);
	put_float8(&row, c.test.df);
	put_float8(&row, c.test.p_value);
	put_text(&row, "welch");
	put_text(&row, status_name(status));
	PG_RETURN_DATUM(row_datum(fcinfo, &row));
}
