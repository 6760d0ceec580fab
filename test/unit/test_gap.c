/*
 * test_gap.c - the gap between two facts of the same children at each age.
 *
 * Values: test/reference/gap.tsv, a row an age with its eight counts and a kind
 * of gap, from one child to 10^15, held to 1e-14 relative.
 */
#include "gap.h"
#include "reference.h"
#include "summaries.h"

/* the counts of a row, at the age */
static NkAgeCurve
read_curve(const Reference *table, int row, int age)
{
	NkAgeCurve	curve = make_curve();

	for (int i = 0; i < NK_CURVE_CELLS; i++)
	{
		char		column[16];

		snprintf(column, sizeof(column), "cell_%d", i);
		curve.cells[age][i] = reference_count(table, row, column);
	}
	return curve;
}

static void
test_reference(void)
{
	Reference	table = reference_read("gap.tsv");
	Group		counts = {.name = "one age, its children and pairs"};
	Group		gap = {.name = "gap, share", .tolerance = 1e-15};
	Group		variance = {.name = "variance", .tolerance = 1e-14};
	Group		trials = {.name = "trials", .tolerance = 1e-14};

	for (int row = 0; row < table.count; row++)
	{
		int			age = row % NK_CURVE_AGES;
		NkAgeCurve	curve = read_curve(&table, row, age);
		NkGapKind	kind = (NkGapKind)
			reference_choice(nk_gap_kinds, reference_text(&table, row, "kind"));
		NkGaps		gaps;
		NkGapAge	at;

		nk_gaps(&curve, kind, &gaps);
		at = gaps.at[0];
		group_expect(&counts, row, gaps.count == 1 && at.age == age &&
					 at.n == reference_count(&table, row, "n"));
		group_expect(&counts, row, !gaps.clustered && isinf(gaps.df));
		group_expect(&counts, row, at.pair.both_true ==
					 reference_count(&table, row, "both_true"));
		group_expect(&counts, row, at.pair.first_only ==
					 reference_count(&table, row, "first_only"));
		group_expect(&counts, row, at.pair.second_only ==
					 reference_count(&table, row, "second_only"));
		group_expect(&counts, row, at.pair.neither ==
					 reference_count(&table, row, "neither"));
		group_compare(&gap, row, at.gap,
					  reference_number(&table, row, "gap"), 0);
		group_compare(&gap, row, at.share,
					  reference_number(&table, row, "share"), 0);
		group_compare(&variance, row, at.variance,
					  reference_number(&table, row, "variance"), 0);
		group_compare(&trials, row, at.trials,
					  reference_number(&table, row, "trials"), 0);
	}
	group_report(&counts);
	group_report(&gap);
	group_report(&variance);
	group_report(&trials);
	reference_free(&table);
}

/* ages without children are left out, and order is kept */
static void
test_ages(void)
{
	NkAgeCurve	curve = make_curve();
	NkGaps		gaps;

	curve.n_outside = 5;
	curve.n_incomplete = 6;
	nk_gaps(&curve, NK_GAP_IDENTIFIED, &gaps);
	CHECK(gaps.count == 0);

	curve.cells[20][NK_IDENTIFIED] = 3;
	curve.cells[0][NK_ASSESSED] = 2;
	curve.cells[7][NK_DECIDED] = 1;
	nk_gaps(&curve, NK_GAP_IDENTIFIED, &gaps);
	CHECK(gaps.count == 3);
	CHECK(gaps.at[0].age == 0 && gaps.at[0].gap == 0);
	CHECK(gaps.at[1].age == 7 && gaps.at[1].gap == -1);
	CHECK(gaps.at[2].age == 20 && gaps.at[2].gap == 1);
	nk_gaps(&curve, NK_GAP_ASSESSED, &gaps);
	CHECK(gaps.at[0].gap == 1);
	CHECK(gaps.at[1].gap == -1);
	CHECK(gaps.at[2].gap == 0);
}

/* exchanging the facts turns the gap and nothing else */
static void
test_mirror(void)
{
	Group		mirror = {.name = "identified and decided exchanged"};

	for (int i = 0; i < 200; i++)
	{
		NkAgeCurve	curve = make_curve();
		NkAgeCurve	other = make_curve();
		NkGaps		gaps;
		NkGaps		turned;

		for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
		{
			int			exchanged = (cell & NK_ASSESSED) |
				(cell & NK_IDENTIFIED ? NK_DECIDED : 0) |
				(cell & NK_DECIDED ? NK_IDENTIFIED : 0);

			curve.cells[3][cell] = 1 + random_count(1000);
			other.cells[3][exchanged] = curve.cells[3][cell];
		}
		nk_gaps(&curve, NK_GAP_IDENTIFIED, &gaps);
		nk_gaps(&other, NK_GAP_IDENTIFIED, &turned);
		group_expect(&mirror, i, gaps.at[0].gap == -turned.at[0].gap);
		group_expect(&mirror, i, gaps.at[0].variance == turned.at[0].variance);
		group_expect(&mirror, i, gaps.at[0].trials == turned.at[0].trials);
	}
	group_report(&mirror);
}

/* what an age's own mean takes: one child an age, half at most */
static double
children_left(const NkGaps *gaps)
{
	double		children = 0;

	for (int i = 0; i < gaps->count; i++)
		children += (double) gaps->at[i].n;
	return fmax(1 - gaps->count / children, 0.5);
}

/*
 * Trials for a smooth curve: an age far from all others keeps its own, so do
 * ages that are all alike; a child's are between those of the ages around.  All
 * are less by the children that means have taken.
 */
static void
test_even_trials(void)
{
	Group		alone = {.name = "an age alone keeps its trials",
	.tolerance = 1e-14};
	Group		alike = {.name = "so do ages that are alike",.tolerance = 1e-14};
	Group		nearer = {.name = "trials are between those of the ages around",
	.tolerance = 1e-12};

	for (int i = 0; i < 200; i++)
	{
		NkAgeCurve	apart = make_curve();
		NkAgeCurve	same = make_curve();
		NkAgeCurve	close = make_curve();
		NkGaps		gaps;
		double		trials[NK_CURVE_AGES];
		double		least = INFINITY;
		double		most = 0;

		for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
		{
			int64_t		count = random_count(i % 2 ? 3 : 1000000000);

			for (int age = 0; age < NK_CURVE_AGES; age += 4)
				apart.cells[age][cell] = random_count(1000);
			for (int age = 0; age < NK_CURVE_AGES; age++)
				same.cells[age][cell] = count;
			for (int age = 5; age < 9; age++)
				close.cells[age][cell] = random_count(5);
		}
		nk_gaps(&apart, NK_GAP_ASSESSED, &gaps);
		nk_gap_even_trials(&gaps, trials);
		for (int k = 0; k < gaps.count; k++)
			group_compare(&alone, i, trials[k],
						  gaps.at[k].trials * children_left(&gaps), 0);
		nk_gaps(&same, NK_GAP_IDENTIFIED, &gaps);
		nk_gap_even_trials(&gaps, trials);
		for (int k = 0; k < gaps.count; k++)
			group_compare(&alike, i, trials[k],
						  gaps.at[k].trials * children_left(&gaps), 0);
		nk_gaps(&close, NK_GAP_IDENTIFIED, &gaps);
		nk_gap_even_trials(&gaps, trials);
		for (int k = 0; k < gaps.count; k++)
		{
			least = fmin(least, gaps.at[k].trials / (double) gaps.at[k].n);
			most = fmax(most, gaps.at[k].trials / (double) gaps.at[k].n);
		}
		for (int k = 0; k < gaps.count; k++)
		{
			double		a_child = trials[k] / (double) gaps.at[k].n /
				children_left(&gaps);

			group_compare(&nearer, i, fmin(fmax(a_child, least), most), a_child,
						  0);
		}
	}
	group_report(&alone);
	group_report(&alike);
	group_report(&nearer);
}

int
main(void)
{
	test_reference();
	test_ages();
	test_mirror();
	test_even_trials();
	return unit_report();
}
