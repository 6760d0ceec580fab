/*
 * profile.c - classification of children by a scheme of profiles
 *
 * A call site (FmgrInfo) asks once a snapshot whether a scheme is still the one
 * that it knows (scheme.c), and keeps a copy of it, so that replacing the
 * backend's cannot pull it from under a running query.  Where the name comes
 * from a column it has several, one a name.
 */
#include "scheme.h"

#include "access/xact.h"
#include "nodes/primnodes.h"
#include "utils/builtins.h"
#include "utils/snapmgr.h"

PG_FUNCTION_INFO_V1(nuso_classify);
PG_FUNCTION_INFO_V1(nuso_rule_matches);

/* a scheme that a call site has met */
typedef struct SiteScheme
{
	struct SiteScheme *next;
	text	   *name;
	Scheme	   *scheme;			/* a copy */
	bool		is_checked;		/* under the snapshot of the call site */
} SiteScheme;

/* what a call site keeps */
typedef struct CallSite
{
	SiteScheme *schemes;
	SiteScheme *current;		/* of the last call; checked, or NULL */
	bool		name_is_constant;

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
 * same_snapshot - was the last call made under the active snapshot?
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
same_snapshot(const CallSite *site, Snapshot snapshot)
{
	return site->command == snapshot->curcid &&
		site->xmin == snapshot->xmin && site->xmax == snapshot->xmax &&
		site->running == snapshot->xcnt &&
		site->sub_running == snapshot->subxcnt &&
		site->subtransaction == GetCurrentSubTransactionId() &&
		(site->running == 0 ||
		 memcmp(site->running_ids, snapshot->xip,
				site->running * sizeof(TransactionId)) == 0);
}

/* is the copy of the last call the one that is asked for? */
static inline bool
is_checked(FunctionCallInfo fcinfo, const CallSite *site, Snapshot snapshot)
{
	return site->current != NULL && same_snapshot(site, snapshot) &&
		(site->name_is_constant ||
		 same_text(PG_GETARG_TEXT_PP(0), site->current->name));
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

static SiteScheme *
site_scheme(CallSite *site, const text *name)
{
	SiteScheme *found;

	for (found = site->schemes; found != NULL; found = found->next)
		if (same_text(name, found->name))
			return found;
	found = palloc0(sizeof(SiteScheme));
	found->name = cstring_to_text_with_len(VARDATA_ANY(name),
										   VARSIZE_ANY_EXHDR(name));
	found->next = site->schemes;
	site->schemes = found;
	return found;
}

/*
 * Find the scheme of this call, and ask for its revision unless that was done
 * under this snapshot.  An error leaves the call site without a current scheme.
 */
static void
check_site(FunctionCallInfo fcinfo, CallSite *site, Snapshot snapshot)
{
	text	   *name = PG_GETARG_TEXT_PP(0);
	char	   *name_string = text_to_cstring(name);
	MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	SiteScheme *found = site_scheme(site, name);

	site->current = NULL;
	if (!same_snapshot(site, snapshot))
	{
		for (SiteScheme *each = site->schemes; each != NULL; each = each->next)
			each->is_checked = false;
		remember_snapshot(site, snapshot);
	}
	if (!found->is_checked)
	{
		const Scheme *scheme = current_scheme(name_string);

		/* what was handed out before may still be in use: not freed */
		if (found->scheme == NULL ||
			strcmp(found->scheme->revision, scheme->revision) != 0)
		{
			Scheme	   *copy = palloc(scheme->size);

			memcpy(copy, scheme, scheme->size);
			found->scheme = copy;
		}
		found->is_checked = true;
	}
	site->current = found;
	MemoryContextSwitchTo(old);
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
	const Scheme *scheme;

	if (site == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		site = palloc0(sizeof(CallSite));
		site->name_is_constant = name_is_constant(fcinfo);
		MemoryContextSwitchTo(old);
		fcinfo->flinfo->fn_extra = site;
	}
	if (unlikely(!is_checked(fcinfo, site, snapshot)))
		check_site(fcinfo, site, snapshot);

	scheme = site->current->scheme;
	PG_RETURN_TEXT_P(scheme_code(scheme,
								 scheme_place(scheme, present, observed)));
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
