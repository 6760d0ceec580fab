/*
 * scheme.c - schemes of profiles, read from their tables
 *
 * A scheme is rows of nuso.profile and nuso.profile_rule.  It is compiled once
 * a backend and read again when it has changed.  How a change is noticed:
 * triggers give the scheme's row in nuso.profile_scheme a new revision, and
 * whoever classifies asks for the revision once a snapshot (profile.c).  So
 * every statement classifies by exactly the rules that it can see, under any
 * isolation level and in parallel workers; an invalidation message could not
 * promise that, because it may arrive before a snapshot that does not see the
 * change.
 */
#include "scheme.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#define MAX_RULES		10000

/* what the backend has compiled */
typedef struct CachedScheme
{
	struct CachedScheme *next;
	char	   *name;
	int			version;
	Scheme	   *scheme;
} CachedScheme;

static CachedScheme *cached_schemes = NULL;

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

static const char *
text_column(uint64 row, int column)
{
	return SPI_getvalue(SPI_tuptable->vals[row], SPI_tuptable->tupdesc,
						column);
}

/*
 * A scheme with room for a block of the kernel's.  The rows of the last query
 * have the profiles' codes in their first column; those of one profile follow
 * each other.
 */
static Scheme *
new_scheme(const char *revision, Size block_size)
{
	const char *before = "";
	Size		code_size = sizeof("unclassified");
	int			profiles = 0;
	Size		codes = MAXALIGN(sizeof(Scheme));
	Scheme	   *scheme;

	for (uint64 i = 0; i < SPI_processed; i++)
	{
		const char *code = text_column(i, 1);

		code_size = Max(code_size, strlen(code));
		profiles += strcmp(code, before) != 0;
		before = code;
	}
	code_size = MAXALIGN(VARHDRSZ + code_size);
	scheme = palloc0(codes + (profiles + 1) * code_size + block_size);
	scheme->size = codes + (profiles + 1) * code_size + block_size;
	scheme->code_size = code_size;
	scheme->codes = codes;
	scheme->block = codes + (profiles + 1) * code_size;
	strlcpy(scheme->revision, revision, REVISION_LENGTH);
	return scheme;
}

/* one more code; unclassified is the first */
static void
add_code(Scheme *scheme, int profile, const char *code)
{
	text	   *slot = scheme_code(scheme, profile);

	SET_VARSIZE(slot, VARHDRSZ + strlen(code));
	memcpy(VARDATA(slot), code, strlen(code));
	scheme->profiles = profile + 1;
}

/* read and flatten the rules of a scheme; inside of SPI */
static Scheme *
compile(const char *name, int version, const char *revision)
{
	static SPIPlanPtr plan = NULL;
	const char *before = "";
	int			profile = NK_UNCLASSIFIED;
	NkRule	   *rules;
	int			count;
	Scheme	   *scheme;

	run(&plan, rules_query, 2, name, version);
	if (SPI_processed > MAX_RULES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("profile scheme has too many rules"),
				 errhint("A scheme may have up to %d rules.", MAX_RULES)));
	count = (int) SPI_processed;
	rules = palloc(Max(count, 1) * sizeof(NkRule));
	for (int i = 0; i < count; i++)
	{
		HeapTuple	tuple = SPI_tuptable->vals[i];
		const char *code = text_column(i, 1);

		/* rows of a profile follow each other */
		profile += strcmp(code, before) != 0;
		before = code;
		rules[i] = (NkRule) {
			.all_of = int_column(tuple, 2),
			.any_of = int_column(tuple, 3),
			.none_of = int_column(tuple, 4),
			.at_least_of = int_column(tuple, 5),
			.at_least = (int32) int_column(tuple, 6),
			.profile = profile
		};
	}
	scheme = new_scheme(revision, nk_rule_set_size(rules, count));
	add_code(scheme, NK_UNCLASSIFIED, "unclassified");
	for (int i = 0; i < count; i++)
		add_code(scheme, rules[i].profile, text_column(i, 1));
	nk_rule_set_make(rules, count, (char *) scheme + scheme->block);
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

const Scheme *
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
