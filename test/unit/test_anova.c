/*
 * test_anova.c - analysis of variance, classic and Welch's (anova.c).
 *
 * Values: test/reference/anova.tsv, from the doubles' exact values, and
 * NIST's certified F.  Held to 1e-12 relative.
 */
#include "anova.h"
#include "samples.h"
#include "summaries.h"

#define MOST_GROUPS 16

static NkMeanGroup
group_of(const Moments *m)
{
	return (NkMeanGroup) {
		m->m.n, nk_moments_mean_pair(&m->m), moments_spread(m), 1
	};
}

/* groups separated by semicolons */
static size_t
groups_of_text(const char *text, NkMeanGroup *groups)
{
	size_t		count = 0;

	while (text != NULL)
	{
		Moments		m = moments_of_text(text);

		groups[count++] = group_of(&m);
		text = strchr(text, ';');
		text = text == NULL ? NULL : text + 1;
	}
	return count;
}

static void
test_reference(void)
{
	Reference	table = reference_read("anova.tsv");
	Group		status = {.name = "status as expected"};
	Group		tests = {.name = "F, df and p-value", .tolerance = 1e-12};
	Group		shares = {.name = "eta squared and omega squared",
	.tolerance = 1e-12};

	for (int row = 0; row < table.count; row++)
	{
		NkMeanGroup groups[MOST_GROUPS];
		size_t		count = groups_of_text(reference_text(&table, row, "groups"),
										   groups);
		NkAnova		got;
		NkStatus	code;

		code = reference_is(&table, row, "method", "welch") ?
			nk_welch_anova(groups, count, &got) :
			nk_anova(groups, count, &got);
		group_expect(&status, row, code == (NkStatus)
					 reference_choice(status_names,
									  reference_text(&table, row, "status")));
		group_compare(&tests, row, got.test.statistic,
					  reference_number(&table, row, "statistic"), 0);
		group_compare(&tests, row, got.test.df,
					  reference_number(&table, row, "df"), 0);
		group_compare(&tests, row, got.test.df2,
					  reference_number(&table, row, "df2"), 0);
		group_compare(&tests, row, got.test.p_value,
					  reference_number(&table, row, "p_value"), 0);
		group_compare(&shares, row, got.eta_squared,
					  reference_number(&table, row, "eta_squared"), 0);
		/* a difference of two shares */
		group_compare(&shares, row, got.omega_squared,
					  reference_number(&table, row, "omega_squared"), 1);
	}
	group_report(&status);
	group_report(&tests);
	group_report(&shares);
	reference_free(&table);
}

/*
 * NIST StRD, analysis of variance: both observed sets and the nine SmLs, made
 * by their rule.  What the certified F and the one from rounded tenths have in
 * common is 9 digits with six constant leading digits and 3 with twelve.
 */
static void
check_smallest(double offset, int pairs, double f, double tolerance)
{
	static const int tenths[] = {4, 3, 5, 3, 5, 3, 5, 3, 5};
	NkMeanGroup groups[9];
	NkAnova		got;

	for (int i = 0; i < 9; i++)
	{
		double		centre = offset + tenths[i] / 10.0;
		Moments		m = moments_of(&centre, 1);

		m = moments_working(&m);
		for (int k = 0; k < pairs; k++)
		{
			nk_moments_add(&m.m, offset + (tenths[i] - 1) / 10.0);
			nk_moments_add(&m.m, offset + (tenths[i] + 1) / 10.0);
		}
		m = moments_canonical(&m);
		groups[i] = group_of(&m);
	}
	CHECK(nk_anova(groups, 9, &got) == NK_OK);
	CHECK_CLOSE(got.test.statistic, f, tolerance);
}

/* a set whose groups are rows of nist.tsv */
static void
check_observed(const char *set, size_t groups_of_set, double f,
			   double eta_squared, double tolerance)
{
	Reference	table = reference_read("nist.tsv");
	NkMeanGroup groups[MOST_GROUPS];
	size_t		count = 0;
	NkAnova		got;

	for (int row = 0; row < table.count; row++)
		if (strncmp(reference_text(&table, row, "set"), set,
					strlen(set)) == 0)
		{
			Moments		m = moments_of_text(reference_text(&table, row,
														   "values"));

			groups[count++] = group_of(&m);
		}
	reference_free(&table);
	CHECK(count == groups_of_set && nk_anova(groups, count, &got) == NK_OK);
	CHECK_CLOSE(got.test.statistic, f, tolerance);
	CHECK_CLOSE(got.eta_squared, eta_squared, tolerance);
}

static void
test_nist(void)
{
	check_observed("SiRstv", 5, 1.18046237440255, 1.90999039051129e-01,
				   1e-12);
	check_observed("AtmWtAg", 2, 1.59467335677930e+01, 2.57426544538321e-01,
				   1e-9);
	for (int set = 0; set < 3; set++)
	{
		static const int pairs[] = {10, 100, 1000};

		check_smallest(1, pairs[set], 2 * pairs[set] + 1, 1e-13);
		check_smallest(1e6, pairs[set], 2 * pairs[set] + 1, 1e-9);
		check_smallest(1e12, pairs[set], 2 * pairs[set] + 1, 1e-3);
	}
}

/* the same group several times is several groups; order does not matter */
static void
test_times(void)
{
	Group		same = {.name = "times counts groups", .tolerance = 1e-14};
	Group		order = {.name = "any order", .tolerance = 1e-13};

	for (int i = 0; i < 500; i++)
	{
		NkMeanGroup once[MOST_GROUPS];
		NkMeanGroup often[MOST_GROUPS];
		NkMeanGroup back[MOST_GROUPS];
		size_t		all = 0;
		NkAnova		got[3];

		for (int k = 0; k < 4; k++)
		{
			NkMeanGroup g = {
				2 + random_count(1000), {(double) random_count(1000), 0},
				1 + (double) random_count(100) / 7, 1 + random_count(3)
			};

			once[k] = g;
			for (g.times = 1; all < 16 && g.times <= once[k].times; g.times++)
			{
				often[all] = g;
				often[all++].times = 1;
			}
		}
		for (size_t k = 0; k < all; k++)
			back[k] = often[all - 1 - k];
		for (int method = 0; method < 2; method++)
		{
			NkStatus	(*run) (const NkMeanGroup *, size_t, NkAnova *) =
				method == 0 ? nk_anova : nk_welch_anova;

			run(once, 4, &got[0]);
			run(often, all, &got[1]);
			run(back, all, &got[2]);
			group_compare(&same, i, got[0].test.statistic,
						  got[1].test.statistic, 0);
			group_compare(&same, i, got[0].test.df2, got[1].test.df2, 0);
			group_compare(&order, i, got[1].test.statistic,
						  got[2].test.statistic, 0);
			group_compare(&order, i, got[1].test.df2, got[2].test.df2, 0);
		}
	}
	group_report(&same);
	group_report(&order);
}

static void
test_edges(void)
{
	NkMeanGroup groups[] = {
		{5, {1e308, 0}, 1e-300, 1}, {5, {-1e308, 0}, 1e-300, 1},
		{5, {0, 0}, 1e308, 1}, {5, {0, 0}, 1e-300, 1}
	};
	NkAnova		got;

	CHECK(nk_anova(NULL, 0, &got) == NK_EMPTY && isnan(got.eta_squared));
	CHECK(nk_welch_anova(NULL, 0, &got) == NK_EMPTY);
	CHECK(nk_anova(groups, 1, &got) == NK_TOO_FEW);
	CHECK(nk_anova(groups, 2, &got) == NK_OK && got.eta_squared == 1 &&
		  got.omega_squared == 1 && got.test.p_value == 0);
	CHECK(nk_welch_anova(groups, 2, &got) == NK_OK && got.test.p_value == 0);
	CHECK(nk_anova(groups + 2, 2, &got) == NK_OK && got.eta_squared == 0 &&
		  got.test.statistic == 0);
	CHECK(nk_welch_anova(groups + 2, 2, &got) == NK_OK &&
		  got.test.statistic == 0 && got.test.p_value == 1);
	CHECK(nk_anova(groups, 4, &got) == NK_OK && isfinite(got.test.statistic));
	CHECK(nk_welch_anova(groups, 4, &got) == NK_OK);

	/* many groups are interrupted */
	{
		static NkMeanGroup many[5000];

		for (int i = 0; i < 5000; i++)
			many[i] = (NkMeanGroup) {3, {i % 7, 0}, 1, 1};
		unit_interrupt_checks = 0;
		CHECK(nk_welch_anova(many, 5000, &got) == NK_OK &&
			  unit_interrupt_checks > 0);
	}
}

int
main(void)
{
	test_reference();
	test_nist();
	test_times();
	test_edges();
	return unit_report();
}
