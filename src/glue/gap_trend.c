/*
 * gap_trend.c - the trend of the gap with age
 */
#include "glue.h"

#include "../kernel/gap_trend.h"

PG_FUNCTION_INFO_V1(nuso_gap_trend_test);

/* nuso_gap_trend_test(curve, gap) */
Datum
nuso_gap_trend_test(PG_FUNCTION_ARGS)
{
	const NkAgeCurve *curve = (const NkAgeCurve *)
		summary_arg(fcinfo, 0, &nk_age_curve_kind);
	int			kind = choice_arg(fcinfo, 1, nk_gap_kinds, "gap");
	NkGaps		gaps;
	NkTrend		trend;
	NkStatus	status;

	nk_gaps(curve, (NkGapKind) kind, &gaps);
	status = nk_gap_trend(&gaps, &trend);
	PG_RETURN_DATUM(trend_datum(fcinfo, &trend, "linear-by-linear", status));
}
