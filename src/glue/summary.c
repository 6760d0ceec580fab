/*
 * summary.c - the one mechanism for all summaries
 *
 * A summary is an own base type and its own transition state.  Input, output,
 * states, combination and arithmetic are written here once, over the kernel's
 * table of a kind; SUMMARY_TYPE(type) in glue.h gives them their C names.
 *
 * Rules for states, each with its reason:
 * - A value is never trusted: everything passes the validator, because any
 *   role that may connect reaches a receive function by a binary parameter,
 *   and any user may call a support function.
 * - Both arguments of combine are detoasted: a state below 127 bytes comes out
 *   of a Gather node with a short header, and read at fixed offsets it gives
 *   silently wrong numbers, in parallel plans only.
 * - A new state is allocated in the current context.  The executor copies it
 *   into the aggregate's and frees the old one itself; freeing it here would
 *   free it twice.
 * - A final function copies.  Window frames go on with the state after it.
 */
#include "glue.h"

NkSummary *
summary_new(const NkSummaryKind *kind)
{
	NkSummary  *summary = palloc0(kind->size);

	SET_VARSIZE(summary, kind->size);
	nk_summary_init(summary, kind);
	return summary;
}

const NkSummary *
summary_state_arg(FunctionCallInfo fcinfo, int argno,
				  const NkSummaryKind *kind)
{
	NkSummary  *summary;

	summary = (NkSummary *) PG_DETOAST_DATUM(PG_GETARG_DATUM(argno));
	check_status(nk_summary_validate(summary, VARSIZE(summary), kind));
	return summary;
}

static NkSummary *
copy_of(const NkSummary *summary)
{
	NkSummary  *copy = palloc(VARSIZE(summary));

	memcpy(copy, summary, VARSIZE(summary));
	return copy;
}

const NkSummary *
summary_canonical(const NkSummary *summary, const NkSummaryKind *kind)
{
	NkSummary  *block;
	size_t		size = 0;

	if (kind->growth != NULL)
		size = kind->growth->canonical_size(summary);
	if (size == 0)
		return summary;
	block = palloc0(size);
	SET_VARSIZE(block, size);
	kind->growth->canonicalise(summary, block);
	return block;
}

const NkSummary *
summary_arg(FunctionCallInfo fcinfo, int argno, const NkSummaryKind *kind)
{
	return summary_canonical(summary_state_arg(fcinfo, argno, kind), kind);
}

NkSummary *
summary_copy_arg(FunctionCallInfo fcinfo, int argno,
				 const NkSummaryKind *kind)
{
	return copy_of(summary_state_arg(fcinfo, argno, kind));
}

/*
 * The same as summary_state_arg for the state of an aggregate, whose contents
 * every row has left valid: looking at all of them again takes as long as
 * counting them.
 */
static const NkSummary *
trusted_state_arg(FunctionCallInfo fcinfo, int argno,
				  const NkSummaryKind *kind)
{
	const NkSummary *state = (const NkSummary *)
		DatumGetPointer(PG_GETARG_DATUM(argno));

	if (in_aggregate(fcinfo) && VARATT_IS_4B_U(state) &&
		nk_summary_has_kind(state, VARSIZE(state), kind))
		return state;
	return summary_state_arg(fcinfo, argno, kind);
}

NkSummary *
summary_canonical_copy(FunctionCallInfo fcinfo, int argno,
					   const NkSummaryKind *kind)
{
	const NkSummary *given = trusted_state_arg(fcinfo, argno, kind);
	const NkSummary *form = summary_canonical(given, kind);

	return form == given ? copy_of(given) : (NkSummary *) form;
}

NkSummary *
summary_with_room(NkSummary *state, const NkSummaryKind *kind,
				  const NkSummary *more)
{
	NkSummary  *block;
	size_t		size = 0;

	if (kind->growth != NULL)
		check_status(kind->growth->room(state, more, &size));
	if (size == 0)
		return state;
	block = palloc0(size);
	SET_VARSIZE(block, size);
	kind->growth->rebuild(state, more, block, size);
	return block;
}

/* two summaries as one, in the first or in a larger copy of it */
static NkSummary *
merged(NkSummary *state, const NkSummary *more, const NkSummaryKind *kind)
{
	state = summary_with_room(state, kind, more);
	check_status(kind->merge(state, more));
	return state;
}

/* refuse what no data can produce; what came in may be in any order */
static Datum
validated(NkSummary *summary, const NkSummaryKind *kind)
{
	check_status(nk_summary_validate(summary, VARSIZE(summary), kind));
	PG_RETURN_POINTER(summary_canonical(summary, kind));
}

Datum
summary_in(FunctionCallInfo fcinfo, const NkSummaryKind *kind)
{
	return validated(port_read_text(PG_GETARG_CSTRING(0), summary_new(kind),
									kind), kind);
}

Datum
summary_recv(FunctionCallInfo fcinfo, const NkSummaryKind *kind)
{
	return validated(port_read_binary((StringInfo) PG_GETARG_POINTER(0),
									  summary_new(kind), kind), kind);
}

Datum
summary_out(FunctionCallInfo fcinfo, const NkSummaryKind *kind)
{
	NkSummary  *summary = summary_canonical_copy(fcinfo, 0, kind);

	PG_RETURN_CSTRING(port_write_text(summary, kind));
}

Datum
summary_send(FunctionCallInfo fcinfo, const NkSummaryKind *kind)
{
	NkSummary  *summary = summary_canonical_copy(fcinfo, 0, kind);

	PG_RETURN_BYTEA_P(port_write_binary(summary, kind));
}

/*
 * summary_combine - merge two states, either of which may be NULL
 *
 * It is the combine function of every aggregate of a kind and, because the
 * state is the summary, also the transition function of rollup.
 */
Datum
summary_combine(FunctionCallInfo fcinfo, const NkSummaryKind *kind)
{
	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(summary_copy_arg(fcinfo, 1, kind));
	PG_RETURN_POINTER(merged(summary_state(fcinfo, kind),
							 summary_state_arg(fcinfo, 1, kind), kind));
}

/* no rows make an empty summary, not NULL */
Datum
summary_final(FunctionCallInfo fcinfo, const NkSummaryKind *kind)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(summary_new(kind));
	PG_RETURN_POINTER(summary_canonical_copy(fcinfo, 0, kind));
}

Datum
summary_n(FunctionCallInfo fcinfo, const NkSummaryKind *kind)
{
	PG_RETURN_INT64(kind->n(summary_state_arg(fcinfo, 0, kind)));
}

Datum
summary_merge(FunctionCallInfo fcinfo, const NkSummaryKind *kind)
{
	NkSummary  *both = merged(summary_copy_arg(fcinfo, 0, kind),
							  summary_state_arg(fcinfo, 1, kind), kind);

	PG_RETURN_POINTER(summary_canonical(both, kind));
}

Datum
summary_subtract(FunctionCallInfo fcinfo, const NkSummaryKind *kind)
{
	NkSummary  *rest = summary_canonical_copy(fcinfo, 0, kind);

	if (kind->growth != NULL && kind->growth->rest_size > VARSIZE(rest))
		rest = port_resized(rest, kind->growth->rest_size);
	check_status(kind->subtract(rest, summary_arg(fcinfo, 1, kind)));
	SET_VARSIZE(rest, nk_summary_size(rest, kind));
	PG_RETURN_POINTER(summary_canonical(rest, kind));
}
