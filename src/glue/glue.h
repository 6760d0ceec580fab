/*
 * glue.h - what every glue file shares
 *
 * The glue turns PostgreSQL's arguments into the kernel's and its results into
 * rows.  It holds no formula.  Version differences live in this header, error
 * messages in error.c.
 */
#ifndef NUSO_GLUE_H
#define NUSO_GLUE_H

#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* 16: actions of the JSON parser return whether they succeeded */
#if PG_VERSION_NUM >= 160000
#define JSON_ACTION_TYPE	JsonParseErrorType
#define JSON_ACTION_DONE	return JSON_SUCCESS
#else
#define JSON_ACTION_TYPE	void
#define JSON_ACTION_DONE	return
#endif

/* 17: the caller may bring the memory of the lexer */
#if PG_VERSION_NUM >= 170000
#define JSON_LEXER(text, length) \
	makeJsonLexContextCstringLen(NULL, text, length, GetDatabaseEncoding(), \
								 true)
#else
#define JSON_LEXER(text, length) \
	makeJsonLexContextCstringLen(text, length, GetDatabaseEncoding(), true)
#endif

/* 17: a counted text does not count its own length word any more */
#if PG_VERSION_NUM >= 170000
#define SEND_COUNTED_TEXT(buffer, text, length) \
	pq_sendcountedtext(buffer, text, length)
#else
#define SEND_COUNTED_TEXT(buffer, text, length) \
	pq_sendcountedtext(buffer, text, length, false)
#endif

#include "../kernel/interval.h"
#include "../kernel/change_point.h"
#include "../kernel/compare.h"
#include "../kernel/crosstab.h"
#include "../kernel/gap_area.h"
#include "../kernel/curve.h"
#include "../kernel/groups.h"
#include "../kernel/homogeneity.h"
#include "../kernel/labels.h"
#include "../kernel/lca_model.h"
#include "../kernel/summary.h"
#include "../kernel/table.h"
#include "../kernel/tally.h"

#pragma GCC visibility push(hidden)

/*
 * error.c: the one door from codes to errors and statuses
 */

/* raise if the code is a wrong setting or an impossible value */
extern void check_status(NkStatus status);

/* what the status column says */
extern const char *status_name(NkStatus status);

/* index of the name among names, which end with NULL; else raise */
extern int	choice_text(const text *name, const char *const *names,
						const char *what);

/* the same of a text argument */
static inline int
choice_arg(FunctionCallInfo fcinfo, int argno, const char *const *names,
		   const char *what)
{
	return choice_text(PG_GETARG_TEXT_PP(argno), names, what);
}

/*
 * summary.c: the one mechanism for all summaries
 */

/* a new, empty summary in the current context */
extern NkSummary *summary_new(const NkSummaryKind *kind);

/* an argument as a validated summary, not to be changed */
extern const NkSummary *summary_arg(FunctionCallInfo fcinfo, int argno,
									const NkSummaryKind *kind);

/*
 * The same for a state, which of a kind that grows may have its working form
 * and for others is no different.
 */
extern const NkSummary *summary_state_arg(FunctionCallInfo fcinfo, int argno,
										  const NkSummaryKind *kind);

/* a copy of an argument, for whatever cannot be changed in place */
extern NkSummary *summary_copy_arg(FunctionCallInfo fcinfo, int argno,
								   const NkSummaryKind *kind);

/* the canonical form of an argument, as a copy that may be changed */
extern NkSummary *summary_canonical_copy(FunctionCallInfo fcinfo, int argno,
										 const NkSummaryKind *kind);

/*
 * The state, or a larger copy of it in the current context that has room for
 * another summary, or for one more row if that is NULL.
 */
extern NkSummary *summary_with_room(NkSummary *state,
									const NkSummaryKind *kind,
									const NkSummary *more);

/* the canonical form: the summary itself where that is it already */
extern const NkSummary *summary_canonical(const NkSummary *summary,
										  const NkSummaryKind *kind);

/* the summary that most statistics ask for */
static inline const NkProportion *
proportion_arg(FunctionCallInfo fcinfo, int argno)
{
	return (const NkProportion *) summary_arg(fcinfo, argno,
											  &nk_proportion_kind);
}

static inline const NkAgeCurve *
curve_arg(FunctionCallInfo fcinfo, int argno)
{
	return (const NkAgeCurve *) summary_arg(fcinfo, argno,
											&nk_age_curve_kind);
}

/* a distribution, as quantiles and rank statistics read it */
static inline NkValues
values_arg(FunctionCallInfo fcinfo, int argno)
{
	return nk_distribution_values((const NkTally *)
								  summary_arg(fcinfo, argno,
											  &nk_distribution_kind));
}

/*
 * in_aggregate - may the state be changed in place?
 *
 * AggCheckCallContext says so.  Its usual answer is given here, because the
 * call into the server takes 2 ns on every row.
 */
static inline bool
in_aggregate(FunctionCallInfo fcinfo)
{
	return (fcinfo->context != NULL && IsA(fcinfo->context, AggState)) ||
		AggCheckCallContext(fcinfo, NULL);
}

/*
 * summary_state - the first argument as a state that may be changed
 *
 * In an aggregate it is changed in place; header and size are checked on
 * every row, since any user may write an aggregate over our functions.  Called
 * as a plain function, the argument is somebody's value and is copied.
 */
static inline NkSummary *
summary_state(FunctionCallInfo fcinfo, const NkSummaryKind *kind)
{
	NkSummary  *state;

	if (PG_ARGISNULL(0))
		return summary_new(kind);
	state = (NkSummary *) DatumGetPointer(PG_GETARG_DATUM(0));
	if (likely(in_aggregate(fcinfo) && VARATT_IS_4B_U(state) &&
			   nk_summary_has_kind(state, VARSIZE(state), kind)))
		return state;
	return summary_copy_arg(fcinfo, 0, kind);
}

/* the state of a kind that is a tally, with room for one more key */
static inline NkTally *
tally_state(FunctionCallInfo fcinfo, const NkSummaryKind *kind)
{
	NkSummary  *state = summary_state(fcinfo, kind);

	if (unlikely(nk_tally_is_full((NkTally *) state)))
		state = summary_with_room(state, kind, NULL);
	return (NkTally *) state;
}

/* is one of the arguments of an aggregate's row NULL? */
static inline bool
row_has_null(FunctionCallInfo fcinfo)
{
	for (int i = 1; i < PG_NARGS(); i++)
		if (PG_ARGISNULL(i))
			return true;
	return false;
}

extern Datum summary_in(FunctionCallInfo fcinfo, const NkSummaryKind *kind);
extern Datum summary_out(FunctionCallInfo fcinfo, const NkSummaryKind *kind);
extern Datum summary_recv(FunctionCallInfo fcinfo, const NkSummaryKind *kind);
extern Datum summary_send(FunctionCallInfo fcinfo, const NkSummaryKind *kind);
extern Datum summary_combine(FunctionCallInfo fcinfo,
							 const NkSummaryKind *kind);
extern Datum summary_final(FunctionCallInfo fcinfo,
						   const NkSummaryKind *kind);
extern Datum summary_n(FunctionCallInfo fcinfo, const NkSummaryKind *kind);
extern Datum summary_merge(FunctionCallInfo fcinfo,
						   const NkSummaryKind *kind);
extern Datum summary_subtract(FunctionCallInfo fcinfo,
							  const NkSummaryKind *kind);

#define SUMMARY_FUNCTION(type, action) \
	PG_FUNCTION_INFO_V1(nuso_##type##_##action); \
	Datum nuso_##type##_##action(PG_FUNCTION_ARGS) \
	{ \
		return summary_##action(fcinfo, &nk_##type##_kind); \
	}

/* the ways in and out, which is all that a value type needs */
#define VALUE_TYPE(type) \
	SUMMARY_FUNCTION(type, in) \
	SUMMARY_FUNCTION(type, out) \
	SUMMARY_FUNCTION(type, recv) \
	SUMMARY_FUNCTION(type, send)

/* all that a summary type needs from C, but for its aggregate and accessors */
#define SUMMARY_TYPE(type) \
	VALUE_TYPE(type) \
	SUMMARY_FUNCTION(type, combine) \
	SUMMARY_FUNCTION(type, final) \
	SUMMARY_FUNCTION(type, n) \
	SUMMARY_FUNCTION(type, merge) \
	SUMMARY_FUNCTION(type, subtract)

/*
 * groups.c: the first argument of a final function over several proportions
 */
#define DEFAULT_CONF_LEVEL	0.95

typedef struct GroupList
{
	NkScoredProportion *groups; /* sorted */
	size_t		count;
	double		conf_level;		/* the one in all rows, or the default */
} GroupList;

typedef struct StratumList
{
	NkStratum  *strata;
	size_t		count;
	double		conf_level;
} StratumList;

extern GroupList group_list_arg(FunctionCallInfo fcinfo);
extern StratumList stratum_list_arg(FunctionCallInfo fcinfo);

/*
 * port_text.c, port_binary.c: the four ways in and out.  Reading fills the
 * empty summary, or a block of another size if the kind grows.
 */
extern char *port_write_text(NkSummary *summary, const NkSummaryKind *kind);
extern NkSummary *port_read_text(char *text, NkSummary *summary,
								 const NkSummaryKind *kind);
extern bytea *port_write_binary(NkSummary *summary,
								const NkSummaryKind *kind);
extern NkSummary *port_read_binary(StringInfo buffer, NkSummary *summary,
								   const NkSummaryKind *kind);

/* a finite number as the shortest text that is read as the same number */
extern char *port_number(double value);

/* what ports have in common: keep a block, or copy it into another size */
extern NkSummary *port_keep(NkPort *port, NkSummary *summary, size_t size);
extern NkSummary *port_resized(NkSummary *summary, size_t size);

/*
 * lca.c: a model of latent classes as an argument
 */
extern const NkLcaModel *lca_model_arg(FunctionCallInfo fcinfo, int argno);

/*
 * crosstab.c: count the children of a proportion in a row of a table, in the
 * columns false and true
 */
extern NkCrosstab *crosstab_count_proportion(NkCrosstab *state, NkText row,
											 const NkProportion *p);

/*
 * table.c: a crosstab with its totals
 */
typedef struct Table
{
	NkTable		counts;
	NkMargins	margins;
	NkLabelSet	rows;
	NkLabelSet	columns;
} Table;

extern Table table_arg(FunctionCallInfo fcinfo, int argno);

/*
 * The place in an age curve of a child whose age and three facts are the
 * arguments from this one on.  Every child has exactly one: under its age, as
 * incomplete where its age or a fact is unknown, or as outside the ages.
 */
static inline int
curve_place_arg(FunctionCallInfo fcinfo, int argno)
{
	if (PG_ARGISNULL(argno) || PG_ARGISNULL(argno + 1) ||
		PG_ARGISNULL(argno + 2) || PG_ARGISNULL(argno + 3))
		return NK_PLACE_INCOMPLETE;
	if (PG_GETARG_INT32(argno) < 0 || PG_GETARG_INT32(argno) >= NK_CURVE_AGES)
		return NK_PLACE_OUTSIDE;
	return NK_PLACE_CELLS + PG_GETARG_INT32(argno) * NK_CURVE_CELLS +
		PG_GETARG_BOOL(argno + 1) * NK_IDENTIFIED +
		PG_GETARG_BOOL(argno + 2) * NK_ASSESSED +
		PG_GETARG_BOOL(argno + 3) * NK_DECIDED;
}

/*
 * covariates.c: the child whose covariates are argument 2 of an aggregate,
 * with a state of that kind that has room for it; NULL if it is not counted
 */
extern const double *covariates_child(FunctionCallInfo fcinfo,
									  const NkSummaryKind *kind,
									  NkTally **state);

/*
 * Names of so many covariates, one each, or NULL.  An empty summary does not
 * know how many there are, and is told.
 */
extern Datum *covariate_names_arg(FunctionCallInfo fcinfo, int argno,
								  bool is_empty, int *covariates);

/*
 * clustered.c: a summary of clusters as an argument, and one cluster counted
 * into the state of an aggregate
 */
extern const NkCrosstab *clustered_arg(FunctionCallInfo fcinfo, int argno);
extern Datum clustered_count(FunctionCallInfo fcinfo,
							 const NkCrosstab *cluster);

/*
 * pairwise.c: raise where there are too many groups to compare all pairs
 */
extern void check_pairs(uint64 groups);

/*
 * result.c: rows of named columns
 */
#define MAX_RESULT_COLUMNS	32

typedef struct ResultRow
{
	int			columns;
	Datum		values[MAX_RESULT_COLUMNS];
	bool		nulls[MAX_RESULT_COLUMNS];
} ResultRow;

/* append a column; a number that is not finite becomes NULL */
extern void put_float8(ResultRow *row, double value);
extern void put_int8(ResultRow *row, int64 value);
extern void put_int4(ResultRow *row, int32 value);
extern void put_bool(ResultRow *row, bool value);
extern void put_text(ResultRow *row, const char *value);
extern void put_label(ResultRow *row, NkText label);
extern void put_summary(ResultRow *row, const NkSummary *summary);
extern void put_null(ResultRow *row);
extern void put_bounds(ResultRow *row, const NkInterval *interval);
extern void put_interval(ResultRow *row, const NkInterval *interval);

/* covariates.c: of a term, of which 0 is the intercept; names may be NULL */
extern void put_term_name(ResultRow *row, const Datum *names, int term);

/* the columns of a test_result */
extern void put_test(ResultRow *row, const NkTestResult *test,
					 const char *method, NkStatus status);

/* the row as a value of the function's composite result type */
extern Datum row_datum(FunctionCallInfo fcinfo, const ResultRow *row);

/* an interval_estimate and a test_result; raise if the status is an error */
extern Datum interval_datum(FunctionCallInfo fcinfo,
							const NkInterval *interval, double conf_level,
							const char *method, NkStatus status);
extern Datum test_datum(FunctionCallInfo fcinfo, const NkTestResult *test,
						const char *method, NkStatus status);

/* a trend_result (homogeneity.c) and a change_point_result (change_point.c) */
extern Datum trend_datum(FunctionCallInfo fcinfo, const NkTrend *trend,
						 const char *method, NkStatus status);
extern Datum change_point_datum(FunctionCallInfo fcinfo,
								const NkChangePoint *change, NkStatus status);

/*
 * A function that returns rows.  The first call begins with what all rows are
 * made of, in memory that lasts until the last of them, and says how many
 * there are; then each call makes one.
 */
typedef void *(*BeginRows) (FunctionCallInfo fcinfo, uint64 *rows);
typedef void (*MakeRow) (ResultRow *row, void *source, uint64 i);

extern Datum return_rows(FunctionCallInfo fcinfo, BeginRows begin,
						 MakeRow make);

/* curve.c: of an array of NkCurvePoint one as a curve_point */
extern void make_curve_point(ResultRow *row, void *points, uint64 i);

/* gap_area.c: a gap_area_result; raise if the status is an error */
extern Datum gap_area_datum(FunctionCallInfo fcinfo, const NkGapArea *area,
							double conf_level, NkStatus status);

/* memory of a kernel function, which may be more than an ordinary allocation */
static inline void *
allocate(Size size)
{
	return palloc_extended(size, MCXT_ALLOC_HUGE);
}

/* a float8 result, NULL where it is not finite */
#define RETURN_FLOAT8(value) \
	do { \
		double		value_ = (value); \
		if (!isfinite(value_)) \
			PG_RETURN_NULL(); \
		PG_RETURN_FLOAT8(value_); \
	} while (0)

#pragma GCC visibility pop

#endif							/* NUSO_GLUE_H */
