/*
 * test_gap_trend.c - the trend of the gap with age.
 *
 * Values: test/reference/gap_trend.tsv; the linear-by-linear test of the same
 * children as a table.
 */
#include "gap_trend.h"

#include "counts.h"
#include "linear_trend.h"
#include "summaries.h"

/* one age: both facts, first alone, second alone, neither */
static void
put_age(NkAgeCurve *curve, int age, const int64_t counts[4])
{
	curve->cells[age][NK_IDENTIFIED | NK_DECIDED] = counts[0];
	curve->cells[age][NK_IDENTIFIED] = counts[1];
	curve->cells[age][NK_DECIDED] = counts[2];
	curve->cells[age][0] = counts[3];
}

/* from text such as 3:1,2,0,5;4:0,0,7,1 */
static void
read_gaps(const char *text, NkGaps *gaps)
{
	NkAgeCurve	curve = make_curve();
	char	   *end = (char *) text;

	for (; *end != '\0' && *text != '-'; text = end + 1)
	{
		int			age = (int) strtol(text, &end, 10);
		int64_t		counts[4];

		for (int i = 0; i < 4; i++)
			counts[i] = strtoll(end + 1, &end, 10);
		put_age(&curve, age, counts);
	}
	nk_gaps(&curve, NK_GAP_IDENTIFIED, gaps);
}

static void
read_covariance(const Reference *table, int row, NkGaps *gaps)
{
	const char *text = reference_text(table, row, "covariance");
	char	   *end;

	if (reference_is(table, row, "covariance", "NULL"))
		return;
	gaps->clustered = true;
	gaps->df = reference_number(table, row, "cluster_df");
	for (int i = 0; i < gaps->count * gaps->count; i++, text = end + 1)
		gaps->covariance[i] = strtod(text, &end);
}

static void
test_reference(void)
{
	Reference	table = reference_read("gap_trend.tsv");
	Group		status = {.name = "status as expected"};
	Group		statistic = {.name = "statistic, df", .tolerance = 1e-14};
	Group		p_value = {.name = "p", .tolerance = 1e-12};
	Group		slope = {.name = "slope", .tolerance = 1e-14};
	Group		clustered = {.name = "with clusters", .tolerance = 1e-9};

	for (int row = 0; row < table.count; row++)
	{
		NkGaps		gaps;
		NkTrend		got;
		NkStatus	code;
		Group	   *tests = &statistic;
		Group	   *tails = &p_value;
		Group	   *line = &slope;
		double		scale;

		read_gaps(reference_text(&table, row, "ages"), &gaps);
		read_covariance(&table, row, &gaps);
		if (gaps.clustered)
			tests = tails = line = &clustered;
		code = nk_gap_trend(&gaps, &got);
		group_expect(&status, row, code == (NkStatus)
					 reference_choice(status_names,
									  reference_text(&table, row, "status")));
		group_compare(tests, row, got.trend.statistic,
					  reference_number(&table, row, "statistic"), 0);
		group_compare(tests, row, got.trend.df,
					  reference_number(&table, row, "df"), 0);
		group_compare(tails, row, got.trend.p_value,
					  reference_number(&table, row, "p_value"), 0);
		/* a difference of two, carried to 30 digits of them */
		scale = 1e-16 * got.trend.statistic;
		group_compare(tests, row, got.departure.statistic,
					  reference_number(&table, row, "departure_statistic"),
					  scale);
		group_compare(tests, row, got.departure.df,
					  reference_number(&table, row, "departure_df"), 0);
		group_compare(tails, row, got.departure.p_value,
					  reference_number(&table, row, "departure_p_value"), 0);
		group_compare(line, row, got.slope,
					  reference_number(&table, row, "slope"), 0);
	}
	group_report(&status);
	group_report(&statistic);
	group_report(&p_value);
	group_report(&slope);
	group_report(&clustered);
	reference_free(&table);
}

/*
 * The same children as a table of age and score have the same linear-by-linear
 * test; facts that change places change the sign; ages may be shifted; without
 * children at an age nothing changes.
 */
static void
test_relations(void)
{
	Group		table = {.name = "linear-by-linear", .tolerance = 1e-14};
	Group		mirrored = {.name = "mirrored", .tolerance = 0};
	Group		shifted = {.name = "shifted", .tolerance = 0};

	for (int i = 0; i < 300; i++)
	{
		NkAgeCurve	curve = make_curve();
		NkAgeCurve	mirror = make_curve();
		NkAgeCurve	later = make_curve();
		Counts		counts = {.cells = {0}};
		double		scores[3] = {-1, 0, 1};
		double		ages[10];
		NkGaps		gaps;
		NkTrend		got;
		NkTrend		other;
		NkTestResult test;

		for (int age = 0; age < 10; age++)
		{
			int64_t		size = random_bits() % 3 == 0 ? 1000000 : 12;
			int64_t		c[4];

			ages[age] = age;
			for (int j = 0; j < 4; j++)
				c[j] = (int64_t) (random_bits() % (uint64_t) size);
			if (random_bits() % 4 == 0)
				memset(c, 0, sizeof(c));
			put_age(&curve, age, c);
			put_age(&later, age + 7, c);
			put_age(&mirror, age, (int64_t[4]) {c[0], c[2], c[1], c[3]});
			counts.cells[3 * age] = c[2];
			counts.cells[3 * age + 1] = c[0] + c[3];
			counts.cells[3 * age + 2] = c[1];
		}
		counts_ready(&counts, 10, 3);
		nk_gaps(&curve, NK_GAP_IDENTIFIED, &gaps);
		if (nk_gap_trend(&gaps, &got) != NK_OK)
			continue;
		nk_linear_trend_test(&counts.table, &counts.margins, ages, scores,
							 &test);
		group_compare(&table, i, got.trend.statistic, test.statistic, 0);
		nk_gaps(&mirror, NK_GAP_IDENTIFIED, &gaps);
		nk_gap_trend(&gaps, &other);
		group_compare(&mirrored, i, other.slope, -got.slope, 0);
		group_compare(&mirrored, i, other.departure.statistic,
					  got.departure.statistic, 0);
		nk_gaps(&later, NK_GAP_IDENTIFIED, &gaps);
		nk_gap_trend(&gaps, &other);
		group_compare(&shifted, i, other.trend.statistic,
					  got.trend.statistic, 0);
	}
	group_report(&table);
	group_report(&mirrored);
	group_report(&shifted);
}

/* clusters whose gaps never vary tell nothing; nor are few clusters a departure */
static void
test_clusters(void)
{
	NkGaps		gaps;
	NkTrend		got;

	read_gaps("1:5,3,1,2;2:5,2,1,2;4:1,1,1,1", &gaps);
	gaps.clustered = true;
	gaps.df = 5;
	CHECK(nk_gap_trend(&gaps, &got) == NK_NO_VARIATION);
	CHECK(isnan(got.slope) && isnan(got.trend.p_value));
	for (int i = 0; i < 9; i++)
		gaps.covariance[i] = i % 4 == 0 ? 0.01 : 0;
	CHECK(nk_gap_trend(&gaps, &got) == NK_OK);
	CHECK(got.departure.df == 1 && got.departure.df2 == 5);
	/* one cluster's worth of directions */
	for (int i = 0; i < 9; i++)
		gaps.covariance[i] = 0.01 * (i / 3 + 1) * (i % 3 + 1);
	CHECK(nk_gap_trend(&gaps, &got) == NK_OK);
	gaps.df = 0.5;
	CHECK(nk_gap_trend(&gaps, &got) == NK_OK);
}

int
main(void)
{
	test_reference();
	test_relations();
	test_clusters();
	return unit_report();
}
