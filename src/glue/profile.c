/*
 * profile.c - classification of children by a scheme of rules
 *
 * A scheme is rows of nuso.profile and nuso.profile_rule.  It is compiled once
 * a backend and read again when it has changed.  How a change is noticed:
 * triggers give the scheme's row in nuso.profile_scheme a new revision, and
 * a call site asks for the revision once a snapshot.  So every statement
 * classifies by exactly the rules that it can see, under any isolation level
 * and in parallel workers; an invalidation message could not promise that,
 * because it may arrive before a snapshot that does not see the change.
 *
 * A call site (FmgrInfo) keeps a copy of the compiled rules, so that replacing
 * those of the backend cannot pull them from under a running query.
 */
#include "glue.h"

#include "access/xact.h"
#include "executor/spi.h"
#include "nodes/primnodes.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "../kernel/profile.h"

PG_FUNCTION_INFO_V1(nuso_classify);
PG_FUNCTION_INFO_V1(nuso_rule_matches);

#define MAX_RULES		10000
#define REVISION_LENGTH	37		/* a uuid in text, with its end */

/* the rules of one scheme, one flat block */
typedef struct Scheme
{
	Size		size;
	char		revision[REVISION_LENGTH];
	int			count;
	int			codes_offset;	/* texts, one a rule, each of code_size */
	int			code_size;
	NkRule		rules[FLEXIBLE_ARRAY_MEMBER];
} Scheme;

/* what the backend has compiled */
typedef struct CachedScheme
{
	struct CachedScheme *next;
	char	   *name;
	int			version;
	Scheme	   *scheme;
} CachedScheme;

static CachedScheme *cached_schemes = NULL;

/* what a call site keeps */
typedef struct CallSite
{
	text	   *name;
	bool		name_is_constant;
	Scheme	   *scheme;
	text	   *unclassified;

	/* the snapshot under which the revision was checked */
	SubTransactionId subtransaction;
	CommandId	command;
	TransactionId xmin;
	TransactionId xmax;
	int32		sub_running;
	uint32		running;
	TransactionId *running_ids;
} CallSite;

static const char *const revision_query =
	"SELECT scheme, version, revision::pg_catalog.text"
	" FROM nuso.resolve_scheme($1)";

/* operators are qualified: the text is parsed under the caller's search path */
static const char *const rules_query =
	"SELECT p.profile, r.all_of, r.any_of, r.none_of, r.at_least_of,"
	"       r.at_least"
	" FROM nuso.profile AS p JOIN nuso.profile_rule AS r"
	"   ON r.scheme OPERATOR(pg_catalog.=) p.scheme"
	"  AND r.version OPERATOR(pg_catalog.=) p.version"
	"  AND r.profile OPERATOR(pg_catalog.=) p.profile"
	" WHERE p.scheme OPERATOR(pg_catalog.=) $1"
	"   AND p.version OPERATOR(pg_catalog.=) $2"
	" ORDER BY p.priority, r.rule";

/* run a query that is prepared once a backend; its arguments are a text and,
 * in some, an integer */
static void
run(SPIPlanPtr *plan, const char *query, int arguments, const char *name,
	int version)
{
	Oid			types[2] = {TEXTOID, INT4OID};
	Datum		values[2] = {CStringGetTextDatum(name), Int32GetDatum(version)};

	if (*plan == NULL)
	{
		*plan = SPI_prepare(query, arguments, types);
		if (*plan == NULL || SPI_keepplan(*plan) != 0)
			elog(ERROR, "could not prepare query of profiles");
	}
	if (SPI_execute_plan(*plan, values, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read profiles");
}

static int64
int_column(HeapTuple tuple, int column)
{
	bool		is_null;
	Datum		value = SPI_getbinval(tuple, SPI_tuptable->tupdesc, column,
									  &is_null);

	if (SPI_gettypeid(SPI_tuptable->tupdesc, column) == INT4OID)
		return DatumGetInt32(value);
	return DatumGetInt64(value);
}

/* read and flatten the rules of a scheme; inside of SPI */
static Scheme *
compile(const char *name, int version, const char *revision)
{
	static SPIPlanPtr plan = NULL;
	Scheme	   *scheme;
	int			count;
	int			code_size = 0;
	Size		size;

	run(&plan, rules_query, 2, name, version);
	if (SPI_processed > MAX_RULES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("profile scheme has too many rules"),
				 errhint("A scheme may have up to %d rules.", MAX_RULES)));
	count = (int) SPI_processed;
	for (int i = 0; i < count; i++)
	{
		char	   *code = SPI_getvalue(SPI_tuptable->vals[i],
										SPI_tuptable->tupdesc, 1);

		code_size = Max(code_size, (int) strlen(code) + VARHDRSZ);
	}
	code_size = INTALIGN(code_size);
	size = offsetof(Scheme, rules) + count * (sizeof(NkRule) + code_size);
	scheme = palloc0(size);
	scheme->size = size;
	scheme->count = count;
	scheme->codes_offset = offsetof(Scheme, rules) + count * sizeof(NkRule);
	scheme->code_size = code_size;
	strlcpy(scheme->revision, revision, REVISION_LENGTH);

	for (int i = 0; i < count; i++)
	{
		HeapTuple	tuple = SPI_tuptable->vals[i];
		char	   *code = SPI_getvalue(tuple, SPI_tuptable->tupdesc, 1);
		text	   *slot = (text *) ((char *) scheme + scheme->codes_offset +
									 i * code_size);

		scheme->rules[i] = (NkRule) {
			.all_of = int_column(tuple, 2),
			.any_of = int_column(tuple, 3),
			.none_of = int_column(tuple, 4),
			.at_least_of = int_column(tuple, 5),
			.at_least = (int32) int_column(tuple, 6),
			.profile = i
		};
		SET_VARSIZE(slot, VARHDRSZ + strlen(code));
		memcpy(VARDATA(slot), code, strlen(code));
		/* rows of a profile follow each other */
		if (i > 0 && memcmp(slot, (char *) slot - code_size, code_size) == 0)
			scheme->rules[i].profile = scheme->rules[i - 1].profile;
	}
	return scheme;
}

static CachedScheme *
cached_scheme(const char *name, int version)
{
	CachedScheme *cached;

	for (cached = cached_schemes; cached != NULL; cached = cached->next)
		if (cached->version == version && strcmp(cached->name, name) == 0)
			return cached;

	cached = MemoryContextAllocZero(TopMemoryContext, sizeof(CachedScheme));
	cached->name = MemoryContextStrdup(TopMemoryContext, name);
	cached->version = version;
	cached->next = cached_schemes;
	cached_schemes = cached;
	return cached;
}

/* the scheme as the active snapshot sees it, compiled by this backend */
static const Scheme *
current_scheme(const char *name)
{
	static SPIPlanPtr plan = NULL;
	CachedScheme *cached;
	char	   *scheme;
	char	   *revision;
	int			version;

	SPI_connect();
	run(&plan, revision_query, 1, name, 0);
	scheme = SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1);
	version = (int) int_column(SPI_tuptable->vals[0], 2);
	revision = SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 3);

	cached = cached_scheme(scheme, version);
	if (cached->scheme == NULL ||
		strcmp(cached->scheme->revision, revision) != 0)
	{
		Scheme	   *compiled = compile(scheme, version, revision);
		Scheme	   *kept = MemoryContextAlloc(TopMemoryContext,
											  compiled->size);

		memcpy(kept, compiled, compiled->size);
		if (cached->scheme != NULL)
			pfree(cached->scheme);
		cached->scheme = kept;
	}
	SPI_finish();
	return cached->scheme;
}

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

static int64
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
	int			rule;

	if (site == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		site = palloc0(sizeof(CallSite));
		site->unclassified = cstring_to_text("unclassified");
		site->name_is_constant = name_is_constant(fcinfo);
		MemoryContextSwitchTo(old);
		check_site(fcinfo, site, snapshot);
		fcinfo->flinfo->fn_extra = site;
	}
	else if (unlikely(!is_checked(fcinfo, site, snapshot)))
		check_site(fcinfo, site, snapshot);

	rule = nk_classify(site->scheme->rules, site->scheme->count, present,
					   observed);
	if (rule == NK_UNCLASSIFIED)
		PG_RETURN_TEXT_P(site->unclassified);
	PG_RETURN_POINTER((char *) site->scheme + site->scheme->codes_offset +
					  rule * site->scheme->code_size);
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
