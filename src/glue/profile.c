/*
 * profile.c - classification of children by a scheme of profiles
 *
 * A call site (FmgrInfo) asks once a snapshot whether the scheme is still the
 * one that it knows (scheme.c), and keeps a copy of it, so that replacing the
 * backend's cannot pull it from under a running query.
 */
#include "scheme.h"

#include "access/xact.h"
#include "nodes/primnodes.h"
#include "utils/builtins.h"
#include "utils/snapmgr.h"

PG_FUNCTION_INFO_V1(nuso_classify);
PG_FUNCTION_INFO_V1(nuso_rule_matches);

/* what a call site keeps */
typedef struct CallSite
{
	text	   *name;
	bool		name_is_constant;
	Scheme	   *scheme;

	/* the snapshot under which the revision was checked */
	SubTransactionId subtransaction;
	CommandId	command;
	TransactionId xmin;
	TransactionId xmax;
	int32		sub_running;
	uint32		running;
	TransactionId *running_ids;
} CallSite;

static bool
same_text(const text *a, const text *b)
{
	return VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
}

/*
 * Is the scheme named by a literal?  Then a call site need not look at it
 * again.  A parameter is no literal: PL/pgSQL keeps call sites of simple
 * expressions and gives them other values.
 */
static bool
name_is_constant(FunctionCallInfo fcinfo)
{
	Node	   *call = fcinfo->flinfo->fn_expr;

	return call != NULL && IsA(call, FuncExpr) &&
		IsA(linitial(((FuncExpr *) call)->args), Const);
}

/*
 * is_checked - is the call site's copy still that of the active snapshot?
 *
 * A call site outlives a snapshot where PL/pgSQL evaluates one expression again
 * and again.  Two snapshots see the same where nothing of this says otherwise:
 * - the current subtransaction: one that was rolled back took its changes along,
 *   and the command counter does not go back;
 * - the transactions that were running: with xmin and xmax alone, one between
 *   the two that has ended since would go unnoticed.  In recovery they are among
 *   the subtransactions, whose number can only fall while xmax is the same.
 * (snapXactCompletionCount does not serve: copies of a snapshot do not have it.)
 */
static inline bool
is_checked(FunctionCallInfo fcinfo, const CallSite *site, Snapshot snapshot)
{
	return site->command == snapshot->curcid &&
		site->xmin == snapshot->xmin && site->xmax == snapshot->xmax &&
		site->running == snapshot->xcnt &&
		site->sub_running == snapshot->subxcnt &&
		site->subtransaction == GetCurrentSubTransactionId() &&
		(site->running == 0 ||
		 memcmp(site->running_ids, snapshot->xip,
				site->running * sizeof(TransactionId)) == 0) &&
		(site->name_is_constant ||
		 same_text(PG_GETARG_TEXT_PP(0), site->name));
}

static void
remember_snapshot(CallSite *site, Snapshot snapshot)
{
	Size		size = snapshot->xcnt * sizeof(TransactionId);

	if (snapshot->xcnt > site->running)
		site->running_ids = site->running_ids == NULL ? palloc(size) :
			repalloc(site->running_ids, size);
	if (size > 0)
		memcpy(site->running_ids, snapshot->xip, size);
	site->running = snapshot->xcnt;
	site->sub_running = snapshot->subxcnt;
	site->subtransaction = GetCurrentSubTransactionId();
	site->command = snapshot->curcid;
	site->xmin = snapshot->xmin;
	site->xmax = snapshot->xmax;
}

static void
check_site(FunctionCallInfo fcinfo, CallSite *site, Snapshot snapshot)
{
	text	   *name = PG_GETARG_TEXT_PP(0);
	const Scheme *scheme = current_scheme(text_to_cstring(name));
	MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

	/* what was handed out before may still be in use: not freed */
	if (site->scheme == NULL ||
		strcmp(site->scheme->revision, scheme->revision) != 0)
	{
		site->scheme = palloc(scheme->size);
		memcpy(site->scheme, scheme, scheme->size);
	}
	if (site->name == NULL || !same_text(name, site->name))
		site->name = cstring_to_text_with_len(VARDATA_ANY(name),
											  VARSIZE_ANY_EXHDR(name));
	remember_snapshot(site, snapshot);
	MemoryContextSwitchTo(old);
}

static inline int64
mask_arg(FunctionCallInfo fcinfo, int argno)
{
	int64		mask = PG_GETARG_INT64(argno);

	if (unlikely(mask < 0))
		check_status(NK_BAD_MASK);
	return mask;
}

/* nuso_classify(scheme, present [, observed]) */
Datum
nuso_classify(PG_FUNCTION_ARGS)
{
	int64		present = mask_arg(fcinfo, 1);
	int64		observed = PG_NARGS() > 2 ? mask_arg(fcinfo, 2) :
		NK_ALL_OBSERVED;
	Snapshot	snapshot = GetActiveSnapshot();
	CallSite   *site = fcinfo->flinfo->fn_extra;

	if (site == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		site = palloc0(sizeof(CallSite));
		site->name_is_constant = name_is_constant(fcinfo);
		MemoryContextSwitchTo(old);
		check_site(fcinfo, site, snapshot);
		fcinfo->flinfo->fn_extra = site;
	}
	else if (unlikely(!is_checked(fcinfo, site, snapshot)))
		check_site(fcinfo, site, snapshot);

	PG_RETURN_TEXT_P(scheme_code(site->scheme,
								 scheme_place(site->scheme, present,
											  observed)));
}

/*
 * nuso_rule_matches(all_of, any_of, none_of, at_least, at_least_of, present,
 * observed)
 */
Datum
nuso_rule_matches(PG_FUNCTION_ARGS)
{
	NkRule		rule = {
		.all_of = mask_arg(fcinfo, 0),
		.any_of = mask_arg(fcinfo, 1),
		.none_of = mask_arg(fcinfo, 2),
		.at_least = PG_GETARG_INT32(3),
		.at_least_of = mask_arg(fcinfo, 4)
	};

	PG_RETURN_BOOL(nk_rule_matches(&rule, mask_arg(fcinfo, 5),
								   mask_arg(fcinfo, 6)));
}
