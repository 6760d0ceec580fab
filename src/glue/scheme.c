/*
 * scheme.c - schemes of profiles, read from their tables
 *
 * A scheme is a row of nuso.profile_scheme, its profiles, and rules, prototypes
 * or a model.  It is compiled once a backend and read again when it has
 * changed.  How a change is noticed: triggers give the scheme's row a new
 * revision, and whoever classifies asks for the revision once a snapshot
 * (profile.c).  So every statement classifies by exactly the rules that it can
 * see, under any isolation level and in parallel workers; an invalidation
 * message could not promise that, because it may arrive before a snapshot that
 * does not see the change.
 */
#include "scheme.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#define MAX_RULES		10000
#define UNCLASSIFIED	"unclassified"

/* what the backend has compiled */
typedef struct CachedScheme
{
	struct CachedScheme *next;
	char	   *name;
	int			version;
	Scheme	   *scheme;
} CachedScheme;

static CachedScheme *cached_schemes = NULL;

/* operators are qualified: the texts are parsed under the caller's search path */
#define OF_VERSION(of) \
	" WHERE " of ".scheme OPERATOR(pg_catalog.=) $1" \
	"   AND " of ".version OPERATOR(pg_catalog.=) $2"
#define OF_PROFILE(of) \
	"   ON " of ".scheme OPERATOR(pg_catalog.=) p.scheme" \
	"  AND " of ".version OPERATOR(pg_catalog.=) p.version" \
	"  AND " of ".profile OPERATOR(pg_catalog.=) p.profile"

static const char *const revision_query =
	"SELECT scheme, version, revision::pg_catalog.text"
	" FROM nuso.resolve_scheme($1)";

static const char *const scheme_query =
	"SELECT s.method, s.max_distance, s.threshold, s.model"
	" FROM nuso.profile_scheme AS s" OF_VERSION("s");

static const char *const rows_query[] = {
	[SCHEME_RULES] =
	"SELECT p.profile, r.rule, r.all_of, r.any_of, r.none_of, r.at_least_of,"
	"       r.at_least"
	" FROM nuso.profile AS p JOIN nuso.profile_rule AS r" OF_PROFILE("r")
	OF_VERSION("p") " ORDER BY p.priority, r.rule",
	[SCHEME_PROTOTYPES] =
	"SELECT p.profile, 1, t.counted, t.present"
	" FROM nuso.profile AS p JOIN nuso.profile_prototype AS t" OF_PROFILE("t")
	OF_VERSION("p") " ORDER BY p.priority",
	[SCHEME_MODEL] =
	"SELECT p.profile, p.class FROM nuso.profile AS p" OF_VERSION("p")
	" AND p.class IS NOT NULL ORDER BY p.class"
};

/* names of methods, in the order of SchemeMethod */
static const char *const methods[] = {"rules", "prototypes", "model", NULL};

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

static Datum
column(uint64 row, int number, bool *is_null)
{
	return SPI_getbinval(SPI_tuptable->vals[row], SPI_tuptable->tupdesc,
						 number, is_null);
}

static int64
int_column(uint64 row, int number)
{
	bool		is_null;
	Datum		value = column(row, number, &is_null);

	if (SPI_gettypeid(SPI_tuptable->tupdesc, number) == INT4OID)
		return DatumGetInt32(value);
	return DatumGetInt64(value);
}

static char *
text_column(uint64 row, int number)
{
	return SPI_getvalue(SPI_tuptable->vals[row], SPI_tuptable->tupdesc,
						number);
}

static double
float_column(uint64 row, int number, double if_null)
{
	bool		is_null;
	Datum		value = column(row, number, &is_null);

	return is_null ? if_null : DatumGetFloat8(value);
}

/* what comes from a table is looked at like an argument */
static const NkLcaModel *
model_column(uint64 row, int number)
{
	bool		is_null;
	Datum		value = column(row, number, &is_null);
	const NkSummary *model;

	if (is_null)
		return NULL;
	model = (const NkSummary *) PG_DETOAST_DATUM(value);
	check_status(nk_summary_validate(model, VARSIZE(model),
									 &nk_lca_model_kind));
	return (const NkLcaModel *) model;
}

/* ------------------------------------------------------------ rows of tables */

static SchemeRows *
read_settings(const char *name, int version)
{
	static SPIPlanPtr plan = NULL;
	SchemeRows *rows = palloc0(sizeof(SchemeRows));

	run(&plan, scheme_query, 2, name, version);
	if (SPI_processed != 1)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("version of the profile scheme does not exist"),
				 errhint("Table nuso.profile_scheme lists the schemes and their versions.")));
	rows->method = choice_text(cstring_to_text(text_column(0, 1)), methods,
							   "method");
	rows->prototypes = palloc0(sizeof(NkPrototypeSet));
	rows->prototypes->max_distance = float_column(0, 2, 1);
	rows->threshold = float_column(0, 3, 0);
	rows->model = model_column(0, 4);
	return rows;
}

static NkRule
rule_row(uint64 i, int profile)
{
	return (NkRule) {
		.all_of = int_column(i, 3),
		.any_of = int_column(i, 4),
		.none_of = int_column(i, 5),
		.at_least_of = int_column(i, 6),
		.at_least = (int32) int_column(i, 7),
		.profile = profile
	};
}

SchemeRows *
read_scheme(const char *name, int version)
{
	static SPIPlanPtr plans[lengthof(rows_query)] = {NULL};
	SchemeRows *rows = read_settings(name, version);
	int			count;

	run(&plans[rows->method], rows_query[rows->method], 2, name, version);
	if (SPI_processed > MAX_RULES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("profile scheme has too many rules"),
				 errhint("A scheme may have up to %d rules.", MAX_RULES)));
	count = rows->count = (int) SPI_processed;
	rows->profile = palloc0((count + 1) * sizeof(char *));
	rows->number = palloc0((count + 1) * sizeof(int));
	rows->rules = palloc0((count + 1) * sizeof(NkRule));
	rows->prototypes = repalloc(rows->prototypes,
								nk_prototype_set_size(count));
	rows->prototypes->count = count;
	for (int i = 0; i < count; i++)
	{
		rows->profile[i] = text_column(i, 1);
		rows->number[i] = (int) int_column(i, 2);
		if (rows->method == SCHEME_RULES)
		{
			/* rules of a profile follow each other */
			bool		is_next = i > 0 &&
				strcmp(rows->profile[i], rows->profile[i - 1]) != 0;

			rows->rules[i] = rule_row(i, i == 0 ? 0 :
									  rows->rules[i - 1].profile + is_next);
		}
		else if (rows->method == SCHEME_PROTOTYPES)
			rows->prototypes->prototype[i] = (NkPrototype) {
				.counted = int_column(i, 3),
				.present = int_column(i, 4)
			};
	}
	return rows;
}

/* ------------------------------------------------------------------- compile */

/* the profile that a row describes; of a model this is the class it stands for */
static int
place_of(const SchemeRows *rows, int i)
{
	switch (rows->method)
	{
		case SCHEME_RULES:
			return rows->rules[i].profile;
		case SCHEME_PROTOTYPES:
			return i;
		case SCHEME_MODEL:
			return rows->number[i] - 1;
	}
	return NK_UNCLASSIFIED;
}

static int
count_places(const SchemeRows *rows)
{
	if (rows->method == SCHEME_MODEL)
		return rows->model == NULL ? 0 : nk_lca_classes(rows->model);
	return rows->count == 0 ? 0 : place_of(rows, rows->count - 1) + 1;
}

static Size
block_size(const SchemeRows *rows)
{
	switch (rows->method)
	{
		case SCHEME_RULES:
			return nk_rule_set_size(rows->rules, rows->count);
		case SCHEME_PROTOTYPES:
			return nk_prototype_set_size(rows->count);
		case SCHEME_MODEL:
			break;
	}
	if (rows->model == NULL)
		return sizeof(NkLcaClassifier);
	return nk_lca_classifier_size(nk_lca_classes(rows->model),
								  nk_lca_items(rows->model));
}

/* a model that is not there or not fitted leaves a block that answers nothing */
static void
fill_block(const SchemeRows *rows, void *block)
{
	switch (rows->method)
	{
		case SCHEME_RULES:
			nk_rule_set_make(rows->rules, rows->count, block);
			break;
		case SCHEME_PROTOTYPES:
			memcpy(block, rows->prototypes, nk_prototype_set_size(rows->count));
			break;
		case SCHEME_MODEL:
			if (rows->model != NULL)
				nk_lca_classifier_build(rows->model, block);
			break;
	}
}

static void
set_code(Scheme *scheme, int place, const char *code)
{
	text	   *slot = scheme_code(scheme, place);

	SET_VARSIZE(slot, VARHDRSZ + strlen(code));
	memcpy(VARDATA(slot), code, strlen(code));
}

/* the same as a block of the kernel's, with the codes of the profiles */
static Scheme *
compile_scheme(const SchemeRows *rows, const char *revision)
{
	int			places = count_places(rows);
	Size		codes = MAXALIGN(sizeof(Scheme));
	Size		code_size = strlen(UNCLASSIFIED);
	Size		block;
	Scheme	   *scheme;

	for (int i = 0; i < rows->count; i++)
		code_size = Max(code_size, strlen(rows->profile[i]));
	code_size = MAXALIGN(VARHDRSZ + code_size);
	block = codes + (places + 1) * code_size;
	scheme = palloc0(block + block_size(rows));
	scheme->size = block + block_size(rows);
	scheme->method = rows->method;
	scheme->threshold = rows->threshold;
	scheme->code_size = code_size;
	scheme->codes = codes;
	scheme->block = block;
	strlcpy(scheme->revision, revision, REVISION_LENGTH);

	/* a class that has no profile leaves children unclassified */
	for (int place = NK_UNCLASSIFIED; place < places; place++)
		set_code(scheme, place, UNCLASSIFIED);
	for (int i = 0; i < rows->count; i++)
		if (place_of(rows, i) < places)
			set_code(scheme, place_of(rows, i), rows->profile[i]);
	fill_block(rows, (char *) scheme + block);
	return scheme;
}

/* --------------------------------------------------------------------- cache */

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
	scheme = text_column(0, 1);
	version = (int) int_column(0, 2);
	revision = text_column(0, 3);

	cached = cached_scheme(scheme, version);
	if (cached->scheme == NULL ||
		strcmp(cached->scheme->revision, revision) != 0)
	{
		Scheme	   *compiled = compile_scheme(read_scheme(scheme, version),
											  revision);
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
