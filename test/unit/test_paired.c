/*
 * test_paired.c - two facts of the same child: interval of the difference and
 * McNemar's test.
 *
 * Values: test/reference/paired.tsv, mcnemar.tsv and published.tsv, held to 1e-12
 * relative; a bound near 0 is D minus a length of about D and is held to
 * 1e-12 of D.
 */
#include "paired.h"
#include "reference.h"
#include "summaries.h"

static NkPaired
row_pair(const Reference *table, int row)
{
	return make_paired(reference_count(table, row, "both_true"),
					   reference_count(table, row, "first_only"),
					   reference_count(table, row, "second_only"),
					   reference_count(table, row, "neither"));
}

static void
test_intervals(void)
{
	Reference	table = reference_read("paired.tsv");
	Group		status = {.name = "interval: status as expected"};
	Group		estimate = {.name = "difference", .tolerance = 1e-15};
	Group		bounds[2] = {
		{.name = "newcombe bounds", .tolerance = 1e-12},
		{.name = "tango bounds", .tolerance = 1e-12}
	};

	for (int row = 0; row < table.count; row++)
	{
		NkPaired	pair = row_pair(&table, row);
		int			method = reference_choice(nk_paired_methods,
											  reference_text(&table, row, "method"));
		NkInterval	got = {0, 0, 0};
		NkStatus	code;

		if (method < 0)
			reference_fail("no such method", reference_text(&table, row, "method"));
		code = nk_paired_confint(&pair,
								 reference_number(&table, row, "conf_level"),
								 (NkPairedMethod) method, &got);
		group_expect(&status, row, (int) code ==
					 reference_choice(status_names,
									  reference_text(&table, row, "status")));
		group_compare(&estimate, row, got.estimate,
					  reference_number(&table, row, "estimate"), 0);
		group_compare(&bounds[method], row, got.lower,
					  reference_number(&table, row, "lower"),
					  fabs(got.estimate));
		group_compare(&bounds[method], row, got.upper,
					  reference_number(&table, row, "upper"),
					  fabs(got.estimate));
	}
	group_report(&status);
	group_report(&estimate);
	group_report(&bounds[NK_PAIRED_NEWCOMBE]);
	group_report(&bounds[NK_PAIRED_TANGO]);
	reference_free(&table);
}

static void
test_mcnemar(void)
{
	Reference	table = reference_read("mcnemar.tsv");
	Group		status = {.name = "mcnemar: status as expected"};
	Group		statistic = {.name = "mcnemar statistic and df",
	.tolerance = 1e-12};
	Group		p_value[] = {
		{.name = "mid-p", .tolerance = 1e-12},
		{.name = "exact p", .tolerance = 1e-12},
		{.name = "asymptotic p", .tolerance = 1e-12}
	};

	for (int row = 0; row < table.count; row++)
	{
		NkPaired	pair = row_pair(&table, row);
		int			method = reference_choice(nk_mcnemar_methods,
											  reference_text(&table, row, "method"));
		NkTestResult got = NK_NO_TEST;

		if (method < 0)
			reference_fail("no such method", reference_text(&table, row, "method"));
		group_expect(&status, row,
					 (int) nk_mcnemar_test(&pair, (NkMcNemarMethod) method, &got) ==
					 reference_choice(status_names,
									  reference_text(&table, row, "status")));
		group_expect(&status, row, isnan(got.df2));
		group_compare(&statistic, row, got.statistic,
					  reference_number(&table, row, "statistic"), 0);
		group_compare(&statistic, row, got.df,
					  reference_number(&table, row, "df"), 0);
		group_compare(&p_value[method], row, got.p_value,
					  reference_number(&table, row, "p_value"), 0);
	}
	group_report(&status);
	group_report(&statistic);
	for (int i = NK_MCNEMAR_MID_P; i <= NK_MCNEMAR_ASYMPTOTIC; i++)
		group_report(&p_value[i]);
	reference_free(&table);
}

static void
test_published(void)
{
	Reference	table = reference_read("published.tsv");
	Group		group = {.name = "published pairs, to the printed digit"};

	for (int row = 0; row < table.count; row++)
	{
		bool		interval = reference_is(&table, row, "function", "paired");
		const char *method = reference_text(&table, row, "method");
		NkInterval	bounds;
		NkTestResult test;
		NkPaired	pair;
		double		value;

		if (!interval && !reference_is(&table, row, "function", "mcnemar"))
			continue;
		pair = make_paired(reference_count(&table, row, "a"),
						   reference_count(&table, row, "b"),
						   reference_count(&table, row, "c"),
						   reference_count(&table, row, "d"));
		if (interval)
		{
			nk_paired_confint(&pair, 0.95, (NkPairedMethod)
							  reference_choice(nk_paired_methods, method),
							  &bounds);
			value = reference_is(&table, row, "quantity", "estimate") ?
				bounds.estimate :
				reference_is(&table, row, "quantity", "lower") ?
				bounds.lower : bounds.upper;
		}
		else
		{
			nk_mcnemar_test(&pair, (NkMcNemarMethod)
							reference_choice(nk_mcnemar_methods, method), &test);
			value = test.p_value;
		}
		group_expect_printed(&group, &table, row, value);
	}
	group_report(&group);
	reference_free(&table);
}

/*
 * Exchanging the facts, or each fact and its opposite, mirrors the interval;
 * Tango's and McNemar's answers do not see which of the concordant children
 * have both facts and which have neither.
 */
static void
test_properties(void)
{
	Group		mirror = {.name = "exchanging the facts mirrors the interval",
	.tolerance = 1e-12};
	Group		opposite = {.name = "opposite facts mirror the interval",
	.tolerance = 1e-12};
	Group		concordant = {.name = "tango and mcnemar: concordant children alike",
	.tolerance = 1e-12};
	Group		range = {.name = "-1 <= lower <= D <= upper <= 1, p in [0, 1]"};
	Group		margins = {.name = "margins are the shares of both facts"};

	for (int i = 0; i < 2000; i++)
	{
		int64_t		most = i % 2 ? 10 : 1000000;
		int64_t		a = random_count(most);
		int64_t		b = random_count(most);
		int64_t		c = random_count(most);
		int64_t		d = 1 + random_count(most);
		NkPaired	pair = make_paired(a, b, c, d);
		NkPaired	swapped = make_paired(a, c, b, d);
		NkPaired	negated = make_paired(d, c, b, a);
		NkPaired	moved = make_paired(0, b, c, a + d);
		NkPairedMethod method = i % 4 < 2 ? NK_PAIRED_NEWCOMBE : NK_PAIRED_TANGO;
		NkMcNemarMethod test = (NkMcNemarMethod) (i % 3);
		NkInterval	this;
		NkInterval	other;
		NkTestResult p;
		NkTestResult q;
		NkProportion first;
		NkProportion second;

		nk_paired_confint(&pair, 0.95, method, &this);
		group_expect(&range, i, -1 <= this.lower &&
					 this.lower <= this.estimate &&
					 this.estimate <= this.upper && this.upper <= 1);
		nk_paired_confint(&swapped, 0.95, method, &other);
		group_compare(&mirror, i, other.lower, -this.upper, 1);
		group_compare(&mirror, i, other.upper, -this.lower, 1);
		nk_paired_confint(&negated, 0.95, method, &other);
		group_compare(&opposite, i, other.lower, -this.upper, 1);
		group_compare(&opposite, i, other.upper, -this.lower, 1);
		if (method == NK_PAIRED_TANGO)
		{
			nk_paired_confint(&moved, 0.95, method, &other);
			group_compare(&concordant, i, other.lower, this.lower, 1);
			group_compare(&concordant, i, other.upper, this.upper, 1);
		}

		nk_mcnemar_test(&pair, test, &p);
		group_expect(&range, i, 0 <= p.p_value && p.p_value <= 1);
		nk_mcnemar_test(&moved, test, &q);
		group_compare(&concordant, i, q.p_value, p.p_value, 0);
		nk_mcnemar_test(&swapped, test, &q);
		group_compare(&mirror, i, q.p_value, p.p_value, 0);

		nk_paired_margins(&pair, &first, &second);
		group_expect(&margins, i, nk_paired_n(&pair) == a + b + c + d &&
					 first.n == a + b + c + d && second.n == first.n &&
					 first.events == a + b && second.events == a + c);
	}
	group_report(&mirror);
	group_report(&opposite);
	group_report(&concordant);
	group_report(&range);
	group_report(&margins);
}

static void
test_settings(void)
{
	NkPaired	pair = make_paired(1, 2, 3, 4);
	NkInterval	got;

	CHECK(nk_paired_methods[NK_PAIRED_TANGO + 1] == NULL);
	CHECK(reference_choice(nk_paired_methods, "newcombe") == NK_PAIRED_NEWCOMBE);
	CHECK(reference_choice(nk_paired_methods, "tango") == NK_PAIRED_TANGO);
	CHECK(nk_mcnemar_methods[NK_MCNEMAR_ASYMPTOTIC + 1] == NULL);
	CHECK(reference_choice(nk_mcnemar_methods, "mid-p") == NK_MCNEMAR_MID_P);
	CHECK(reference_choice(nk_mcnemar_methods, "exact") == NK_MCNEMAR_EXACT);
	CHECK(nk_paired_confint(&pair, 1, NK_PAIRED_TANGO, &got) ==
		  NK_BAD_CONF_LEVEL);
	CHECK(nk_paired_confint(&pair, NAN, NK_PAIRED_NEWCOMBE, &got) ==
		  NK_BAD_CONF_LEVEL);
}

/* a level that is next to nothing gives next to nothing, and both bricks do */
static void
test_low_levels(void)
{
	Group		narrow = {.name = "next to the estimate at levels near 0"};
	Group		bricks = {.name = "bricks are the intervals"};

	for (int i = 0; i < 1000; i++)
	{
		int64_t		most = (int64_t) 1 << (i % 50);
		NkPaired	pair = make_paired(random_count(most), random_count(most),
									   random_count(most), random_count(most));
		NkInterval	newcombe;
		NkInterval	tango;
		NkInterval	got;

		if (nk_paired_n(&pair) == 0)
			continue;
		group_expect(&narrow, i, nk_paired_confint(&pair, i % 2 ? 1e-300 : 1e-17,
												   NK_PAIRED_TANGO, &got) ==
					 NK_OK);
		group_expect(&narrow, i, got.lower <= got.estimate &&
					 got.estimate <= got.upper &&
					 got.upper - got.lower < 1e-15);
		nk_paired_confint(&pair, 0.95, NK_PAIRED_NEWCOMBE, &newcombe);
		nk_paired_confint(&pair, 0.95, NK_PAIRED_TANGO, &tango);
		got = nk_paired_newcombe(&pair, 1.9599639845400538);
		group_expect(&bricks, i, got.estimate == newcombe.estimate &&
					 fabs(got.lower - newcombe.lower) < 1e-14 &&
					 fabs(got.upper - newcombe.upper) < 1e-14);
		group_expect(&bricks, i,
					 nk_paired_tango(&pair, 1.9599639845400538, &got) ==
					 NK_OK && got.estimate == tango.estimate &&
					 fabs(got.lower - tango.lower) < 1e-14 &&
					 fabs(got.upper - tango.upper) < 1e-14);
	}
	group_report(&narrow);
	group_report(&bricks);
}

int
main(void)
{
	test_settings();
	test_low_levels();
	test_intervals();
	test_mcnemar();
	test_published();
	test_properties();
	return unit_report();
}
