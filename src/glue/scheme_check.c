/*
 * scheme_check.c - problems of a scheme, before it is registered
 */
#include "scheme.h"

#include "executor/spi.h"
#include "utils/builtins.h"

#include "../kernel/scheme_check.h"

PG_FUNCTION_INFO_V1(nuso_scheme_problems);

/* a scheme with more is not worth a longer list */
#define MAX_FINDINGS	10000

static const char *const problem_names[] = {
	[NK_PROBLEM_CONTRADICTION] = "contradiction",
	[NK_PROBLEM_UNKNOWN] = "unknown_factor",
	[NK_PROBLEM_UNREACHABLE] = "unreachable",
	[NK_PROBLEM_UNDECIDED] = "undecided",
	[NK_PROBLEM_OVERLAP] = "overlap",
	[NK_PROBLEM_DUPLICATE] = "duplicate",
	[NK_PROBLEM_TIE] = "tie"
};

/* a row of the answer */
typedef struct Problem
{
	const char *name;
	const char *profile;
	const char *other_profile;
	int			rule;			/* 0: none */
	int			other_rule;
	int64		factors;
} Problem;

typedef struct Problems
{
	MemoryContext context;		/* of the answer */
	const SchemeRows *rows;
	int			count;
	int			room;
	Problem    *problem;
} Problems;

/* one more; false if there is no room for another */
static bool
add(Problems *problems, Problem problem)
{
	if (problems->count == MAX_FINDINGS)
		problem = (Problem) {.name = "more"};
	else if (problems->count > MAX_FINDINGS)
		return false;
	if (problems->count == problems->room)
	{
		problems->room *= 2;
		problems->problem = repalloc(problems->problem,
									 problems->room * sizeof(Problem));
	}
	if (problem.profile != NULL)
		problem.profile = MemoryContextStrdup(problems->context,
											  problem.profile);
	if (problem.other_profile != NULL)
		problem.other_profile = MemoryContextStrdup(problems->context,
													problem.other_profile);
	problems->problem[problems->count++] = problem;
	return problems->count <= MAX_FINDINGS;
}

/* the code of the profile at a place of the kernel's numbering */
static const char *
profile_name(const SchemeRows *rows, int place)
{
	if (place == NK_NONE)
		return NULL;
	for (int i = 0; i < rows->count; i++)
		if (rows->method != SCHEME_RULES || rows->rules[i].profile == place)
			return rows->profile[rows->method == SCHEME_RULES ? i : place];
	return NULL;
}

static bool
note_finding(void *context, const NkFinding *finding)
{
	Problems   *problems = context;
	const SchemeRows *rows = problems->rows;

	return add(problems, (Problem) {
		.name = problem_names[finding->problem],
		.profile = profile_name(rows, finding->profile),
		.other_profile = profile_name(rows, finding->other_profile),
		.rule = finding->rule == NK_NONE ? 0 : rows->number[finding->rule],
		.other_rule = finding->other_rule == NK_NONE ? 0 :
			rows->number[finding->other_rule],
		.factors = finding->factors
	});
}

/* classes and profiles belong together one by one, and so do items and factors */
static void
check_model(Problems *problems, int64 factors)
{
	const SchemeRows *rows = problems->rows;
	const NkLcaModel *model = rows->model;
	uint64		named = 0;
	int			classes;
	int64		unknown;

	if (model == NULL || !nk_lca_is_fitted(model))
	{
		add(problems, (Problem) {.name = "not_fitted"});
		return;
	}
	classes = nk_lca_classes(model);
	unknown = model->seen & ~factors;
	if (unknown != 0)
		add(problems, (Problem) {.name = "unknown_factor", .factors = unknown});
	for (int i = 0; i < rows->count; i++)
		if (rows->number[i] > classes)
			add(problems, (Problem) {.name = "no_such_class",
				.profile = rows->profile[i]});
		else
			named |= UINT64CONST(1) << (rows->number[i] - 1);
	for (int k = 0; k < classes; k++)
		if (!(named >> k & 1))
			add(problems, (Problem) {.name = "class_without_profile",
				.rule = k + 1});
}

static void *
begin_problems(FunctionCallInfo fcinfo, uint64 *count)
{
	Problems   *problems = palloc0(sizeof(Problems));
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(0));
	int			version = PG_GETARG_INT32(1);
	int64		factors = PG_GETARG_INT64(2);
	SchemeRows *rows;

	problems->context = CurrentMemoryContext;
	problems->room = 64;
	problems->problem = palloc(problems->room * sizeof(Problem));
	SPI_connect();
	problems->rows = rows = read_scheme(name, version);
	switch (rows->method)
	{
		case SCHEME_RULES:
			nk_check_rules(rows->rules, rows->count, factors, note_finding,
						   problems);
			break;
		case SCHEME_PROTOTYPES:
			nk_check_prototypes(rows->prototypes, factors, note_finding,
								problems);
			break;
		case SCHEME_MODEL:
			check_model(problems, factors);
			break;
	}
	SPI_finish();
	*count = problems->count;
	return problems;
}

static void
put_name(ResultRow *row, const char *name)
{
	if (name == NULL)
		put_null(row);
	else
		put_text(row, name);
}

static void
put_rule(ResultRow *row, int rule)
{
	if (rule == 0)
		put_null(row);
	else
		put_int4(row, rule);
}

static void
make_problem(ResultRow *row, void *source, uint64 i)
{
	const Problem *problem = &((Problems *) source)->problem[i];

	put_name(row, problem->profile);
	put_rule(row, problem->rule);
	put_text(row, problem->name);
	put_name(row, problem->other_profile);
	put_rule(row, problem->other_rule);
	put_int8(row, problem->factors);
}

/* nuso_scheme_problems(scheme, version, factors) */
Datum
nuso_scheme_problems(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_problems, make_problem);
}
