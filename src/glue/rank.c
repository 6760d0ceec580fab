/*
 * rank.c - two distributions, or several, compared by their ranks
 */
#include "glue.h"

#include "../kernel/crosstab.h"
#include "../kernel/groups.h"
#include "../kernel/jonckheere.h"
#include "../kernel/kruskal.h"
#include "../kernel/rank.h"
#include "../kernel/ranksum.h"

PG_FUNCTION_INFO_V1(nuso_distribution_compare);
PG_FUNCTION_INFO_V1(nuso_theta_interval);
PG_FUNCTION_INFO_V1(nuso_kruskal_test_final);
PG_FUNCTION_INFO_V1(nuso_dunn_test);
PG_FUNCTION_INFO_V1(nuso_jonckheere_test_final);

/* nuso_distribution_compare(a, b, conf_level, test) */
Datum
nuso_distribution_compare(PG_FUNCTION_ARGS)
{
	ResultRow	row = {0};
	NkValues	a = values_arg(fcinfo, 0);
	NkValues	b = values_arg(fcinfo, 1);
	int			test = choice_arg(fcinfo, 3, nk_rank_tests, "test");
	double	   *scratch = palloc(nk_ranksum_scratch(a.n, b.n) *
								 sizeof(double));
	NkRankComparison c;
	NkStatus	status = nk_compare_ranks(&a, &b, PG_GETARG_FLOAT8(2),
										  (NkRankTest) test, scratch, &c);

	check_status(status);
	put_int8(&row, a.n);
	put_float8(&row, c.median_a);
	put_int8(&row, b.n);
	put_float8(&row, c.median_b);
	put_interval(&row, &c.theta);
	put_float8(&row, c.cliffs_delta);
	put_float8(&row, c.test.statistic);
	put_float8(&row, c.z);
	put_float8(&row, c.test.p_value);
	put_float8(&row, c.brunner_munzel.statistic);
	put_float8(&row, c.brunner_munzel.df);
	put_float8(&row, c.brunner_munzel.p_value);
	put_text(&row, nk_rank_tests[c.test_used]);
	put_text(&row, status_name(status));
	PG_RETURN_DATUM(row_datum(fcinfo, &row));
}

/* nuso_theta_interval(a, b, conf_level, method) */
Datum
nuso_theta_interval(PG_FUNCTION_ARGS)
{
	NkValues	a = values_arg(fcinfo, 0);
	NkValues	b = values_arg(fcinfo, 1);
	double		conf_level = PG_GETARG_FLOAT8(2);
	int			method = choice_arg(fcinfo, 3, nk_theta_methods,
									"theta interval method");
	NkInterval	interval;
	NkStatus	status = nk_theta_interval(&a, &b, conf_level,
										   (NkThetaMethod) method, &interval);

	PG_RETURN_DATUM(interval_datum(fcinfo, &interval, conf_level,
								   nk_theta_methods[method], status));
}

/* the entries of a state, and room for each of its groups */
typedef struct Groups
{
	const NkGroupCount *entries;
	size_t		count;
	NkGroup    *groups;
	size_t		group_count;
} Groups;

static Groups
groups_arg(FunctionCallInfo fcinfo)
{
	const NkSummaryKind *kind = &nk_distribution_groups_kind;
	const NkTally *state = (const NkTally *)
		(PG_ARGISNULL(0) ? summary_new(kind) : summary_arg(fcinfo, 0, kind));
	Groups		g = {nk_distribution_groups(state), state->header.rows};

	g.group_count = nk_count_groups(g.entries, g.count);
	g.groups = palloc(g.group_count * sizeof(NkGroup));
	return g;
}

/* nuso_kruskal_test_final(state) */
Datum
nuso_kruskal_test_final(PG_FUNCTION_ARGS)
{
	Groups		g = groups_arg(fcinfo);
	NkRanks		ranks;
	NkTestResult test;

	check_status(nk_rank_groups(g.entries, g.count, g.groups, &ranks));
	PG_RETURN_DATUM(test_datum(fcinfo, &test, "kruskal-wallis",
							   nk_kruskal_test(g.groups, g.group_count,
											   &ranks, &test)));
}

/* nuso_jonckheere_test_final(state) */
Datum
nuso_jonckheere_test_final(PG_FUNCTION_ARGS)
{
	ResultRow	row = {0};
	Groups		g = groups_arg(fcinfo);
	NkJonckheere test;
	NkStatus	status = nk_jonckheere_test(g.entries, g.count, g.groups,
											&test);

	check_status(status);
	put_int8(&row, test.n);
	put_int8(&row, (int64) test.groups);
	put_float8(&row, test.statistic);
	put_float8(&row, test.expected);
	put_float8(&row, test.variance);
	put_float8(&row, test.z);
	put_float8(&row, test.p_value);
	put_text(&row, "jonckheere-terpstra");
	put_text(&row, status_name(status));
	PG_RETURN_DATUM(row_datum(fcinfo, &row));
}

/* where nuso_dunn_test is */
typedef struct DunnScan
{
	NkLabelSet	labels;
	NkGroup    *groups;
	NkRanks		ranks;
	NkDunn	   *pairs;
} DunnScan;

/* all pairs of the rows of a table */
static void *
begin_dunn(FunctionCallInfo fcinfo, uint64 *rows)
{
	const NkCrosstab *table = (const NkCrosstab *)
		summary_arg(fcinfo, 0, &nk_crosstab_kind);
	DunnScan   *scan = palloc(sizeof(DunnScan));
	size_t		count = table->header.rows;
	double	   *p;
	size_t	   *order;

	check_pairs(count);
	scan->labels = nk_crosstab_rows(table);
	scan->groups = palloc(count * sizeof(NkGroup));
	scan->pairs = palloc(nk_pairs(count) * sizeof(NkDunn));
	p = palloc(nk_pairs(count) * sizeof(double));
	order = palloc(nk_pairs(count) * sizeof(size_t));
	check_status(nk_rank_table(nk_crosstab_counts(table), count,
							   table->header.columns, scan->groups,
							   &scan->ranks));
	check_status(nk_dunn_tests(scan->groups, count, &scan->ranks,
							   scan->pairs, p, order));
	pfree(order);
	pfree(p);
	*rows = nk_pairs(count);
	return scan;
}

static void
make_dunn(ResultRow *row, void *source, uint64 i)
{
	const DunnScan *scan = source;
	const NkDunn *pair = &scan->pairs[i];
	const NkGroup *a = &scan->groups[pair->a];
	const NkGroup *b = &scan->groups[pair->b];

	put_label(row, nk_label_text(&scan->labels, pair->a));
	put_label(row, nk_label_text(&scan->labels, pair->b));
	put_int8(row, a->n);
	put_int8(row, b->n);
	put_float8(row, nk_mean_rank(a, &scan->ranks));
	put_float8(row, nk_mean_rank(b, &scan->ranks));
	put_float8(row, pair->test.statistic);
	put_float8(row, pair->test.p_value);
	put_float8(row, pair->p_adjusted);
	put_text(row, "dunn");
	put_text(row, status_name(pair->status));
}

/* nuso_dunn_test(counts) - one row a pair of rows of the table */
Datum
nuso_dunn_test(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_dunn, make_dunn);
}
