/*
 * pairwise.c - the groups of a table compared in pairs, as pairs and as letters
 */
#include "glue.h"

#include "../kernel/crosstab.h"
#include "../kernel/pairwise.h"

PG_FUNCTION_INFO_V1(nuso_pairwise);
PG_FUNCTION_INFO_V1(nuso_letters);

/* two million pairs in 200 MB */
#define MOST_GROUPS 2000

void
check_pairs(uint64 groups)
{
	if (groups > MOST_GROUPS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many groups to compare in pairs"),
				 errhint("There may be %d; compare each group with the rest instead.",
						 MOST_GROUPS)));
}

static const char pairwise_method[] = "pooled-z";

/* the rows of a table as groups, and what is asked of them */
typedef struct Groups
{
	NkLabelSet	labels;
	size_t		count;
	NkProportion *groups;
	NkPairwise *pairs;
	double		conf_level;
	double		z;
	uint64_t   *letters;		/* where they are asked for */
	NkStatus	letter_status;
} Groups;

/* the rows of a table, the event being its column of that label */
static void
take_groups(Groups *result, const NkCrosstab *table, const text *event)
{
	NkLabelSet	columns = nk_crosstab_columns(table);
	const int64_t *counts = nk_crosstab_counts(table);
	uint32_t	column = nk_label_find(&columns, (NkText)
									   {VARDATA_ANY(event),
									   VARSIZE_ANY_EXHDR(event)});

	result->labels = nk_crosstab_rows(table);
	result->count = table->header.rows;
	result->groups = palloc0(result->count * sizeof(NkProportion));
	for (size_t i = 0; i < result->count; i++)
	{
		NkProportion *group = &result->groups[i];

		for (uint32_t j = 0; j < table->header.columns; j++)
			group->n += counts[i * table->header.columns + j];
		if (column != NK_NO_LABEL)
			group->events = counts[i * table->header.columns + column];
	}
}

/* nuso_...(counts, event, conf_level): all pairs, in the current context */
static Groups *
groups_arg(FunctionCallInfo fcinfo)
{
	Groups	   *result = palloc0(sizeof(Groups));
	const NkCrosstab *table = (const NkCrosstab *)
		summary_arg(fcinfo, 0, &nk_crosstab_kind);
	size_t		pairs = nk_pairs(table->header.rows);
	double	   *p;
	size_t	   *order;

	check_pairs(table->header.rows);
	take_groups(result, table, PG_GETARG_TEXT_PP(1));
	result->conf_level = PG_GETARG_FLOAT8(2);
	check_status(nk_critical_value(result->conf_level, &result->z));
	result->pairs = palloc(pairs * sizeof(NkPairwise));
	p = palloc(pairs * sizeof(double));
	order = palloc(pairs * sizeof(size_t));
	check_status(nk_pairwise(result->groups, result->count,
							 result->conf_level, result->pairs, p, order));
	pfree(order);
	pfree(p);
	return result;
}

static void
make_pair(ResultRow *row, void *source, uint64 i)
{
	const Groups *groups = source;
	const NkPairwise *pair = &groups->pairs[i];
	const NkProportion *a = &groups->groups[pair->a];
	const NkProportion *b = &groups->groups[pair->b];

	put_label(row, nk_label_text(&groups->labels, pair->a));
	put_label(row, nk_label_text(&groups->labels, pair->b));
	put_int8(row, a->n);
	put_int8(row, a->events);
	put_float8(row, nk_proportion_estimate(a));
	put_int8(row, b->n);
	put_int8(row, b->events);
	put_float8(row, nk_proportion_estimate(b));
	put_interval(row, &pair->difference);
	put_float8(row, pair->test.statistic);
	put_float8(row, pair->test.p_value);
	put_float8(row, pair->p_adjusted);
	put_text(row, pairwise_method);
	put_text(row, status_name(pair->status));
}

/* letters as text: bit 0 is a, bit 26 is A */
static void
put_letters(ResultRow *row, uint64_t letters)
{
	char		text[NK_LETTERS + 1];
	int			length = 0;

	for (int i = 0; i < NK_LETTERS; i++)
		if (letters >> i & 1)
			text[length++] = i < 26 ? 'a' + i : 'A' + (i - 26);
	text[length] = '\0';
	put_text(row, text);
}

static void
make_group(ResultRow *row, void *source, uint64 i)
{
	const Groups *groups = source;
	const NkProportion *group = &groups->groups[i];
	NkInterval	interval = nk_wilson(group, groups->z);

	put_label(row, nk_label_text(&groups->labels, i));
	put_int8(row, group->n);
	put_int8(row, group->events);
	put_interval(row, &interval);
	if (groups->letter_status == NK_OK)
		put_letters(row, groups->letters[i]);
	else
		put_null(row);
	put_text(row, status_name(groups->letter_status));
}

static void *
begin_pairs(FunctionCallInfo fcinfo, uint64 *rows)
{
	Groups	   *groups = groups_arg(fcinfo);

	*rows = nk_pairs(groups->count);
	return groups;
}

static void *
begin_letters(FunctionCallInfo fcinfo, uint64 *rows)
{
	Groups	   *groups = groups_arg(fcinfo);
	uint64_t   *scratch = palloc(nk_letters_scratch(groups->count) *
								 sizeof(uint64_t));

	groups->letters = palloc(groups->count * sizeof(uint64_t));
	groups->letter_status = nk_letters(groups->groups, groups->count,
									   groups->pairs, 1 - groups->conf_level,
									   groups->letters, scratch);
	check_status(groups->letter_status);
	*rows = groups->count;
	return groups;
}

/* nuso_pairwise(counts, event, conf_level) - one row a pair */
Datum
nuso_pairwise(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_pairs, make_pair);
}

/* nuso_letters(counts, event, conf_level) - one row a group */
Datum
nuso_letters(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_letters, make_group);
}
