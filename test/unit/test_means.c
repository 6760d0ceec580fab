/*
 * test_means.c - intervals and comparisons of means (means.c).
 *
 * Values: test/reference/mean_interval.tsv and mean_comparison.tsv.  Held to
 * 1e-12 relative, bounds of Hedges' g to 1e-10; a bound that is a difference
 * of larger numbers is held to that of the larger.
 */
#include "means.h"
#include "samples.h"
#include "summaries.h"

static void
test_interval(void)
{
	Reference	table = reference_read("mean_interval.tsv");
	Group		status = {.name = "mean: status as expected"};
	Group		bounds = {.name = "mean and its interval",
	.tolerance = 1e-12};

	for (int row = 0; row < table.count; row++)
	{
		Moments		m = moments_of_text(reference_text(&table, row, "values"));
		NkInterval	got;
		NkStatus	code;

		code = nk_mean_interval(&m.m, reference_number(&table, row,
													   "conf_level"), &got);
		group_expect(&status, row, code == (NkStatus)
					 reference_choice(status_names,
									  reference_text(&table, row, "status")));
		group_compare(&bounds, row, got.estimate,
					  reference_number(&table, row, "estimate"), DBL_MIN);
		group_compare(&bounds, row, got.lower,
					  reference_number(&table, row, "lower"),
					  fmax(fabs(got.estimate), DBL_MIN));
		group_compare(&bounds, row, got.upper,
					  reference_number(&table, row, "upper"),
					  fmax(fabs(got.estimate), DBL_MIN));
	}
	group_report(&status);
	group_report(&bounds);
	reference_free(&table);
}

static void
test_comparison(void)
{
	Reference	table = reference_read("mean_comparison.tsv");
	Group		status = {.name = "comparison: status as expected"};
	Group		means = {.name = "means and their difference",
	.tolerance = 1e-15};
	Group		bounds = {.name = "bounds of the difference",
	.tolerance = 1e-12};
	Group		tests = {.name = "Welch's test", .tolerance = 1e-12};
	Group		effects = {.name = "Hedges' g", .tolerance = 1e-12};
	Group		effect_bounds = {.name = "bounds of Hedges' g",
	.tolerance = 1e-10};

	for (int row = 0; row < table.count; row++)
	{
		Moments		a = moments_of_text(reference_text(&table, row, "values_a"));
		Moments		b = moments_of_text(reference_text(&table, row, "values_b"));
		NkMeanComparison got;
		NkStatus	code;
		double		scale;

		code = nk_compare_means(&a.m, &b.m,
								reference_number(&table, row, "conf_level"),
								&got);
		scale = fmax(fabs(got.difference.estimate), DBL_MIN);
		group_expect(&status, row, code == (NkStatus)
					 reference_choice(status_names,
									  reference_text(&table, row, "status")));
		group_compare(&means, row, got.mean_a,
					  reference_number(&table, row, "mean_a"), DBL_MIN);
		group_compare(&means, row, got.mean_b,
					  reference_number(&table, row, "mean_b"), DBL_MIN);
		group_compare(&means, row, got.difference.estimate,
					  reference_number(&table, row, "difference"), DBL_MIN);
		group_compare(&bounds, row, got.difference.lower,
					  reference_number(&table, row, "difference_lower"), scale);
		group_compare(&bounds, row, got.difference.upper,
					  reference_number(&table, row, "difference_upper"), scale);
		group_compare(&tests, row, got.test.statistic,
					  reference_number(&table, row, "statistic"), 0);
		group_compare(&tests, row, got.test.df,
					  reference_number(&table, row, "df"), 0);
		group_compare(&tests, row, got.test.p_value,
					  reference_number(&table, row, "p_value"), 0);
		group_compare(&effects, row, got.hedges_g.estimate,
					  reference_number(&table, row, "hedges_g"), 0);
		group_compare(&effect_bounds, row, got.hedges_g.lower,
					  reference_number(&table, row, "hedges_g_lower"), 1);
		group_compare(&effect_bounds, row, got.hedges_g.upper,
					  reference_number(&table, row, "hedges_g_upper"), 1);
	}
	group_report(&status);
	group_report(&means);
	group_report(&bounds);
	group_report(&tests);
	group_report(&effects);
	group_report(&effect_bounds);
	reference_free(&table);
}

/* compare(b, a) mirrors compare(a, b), bit for bit */
static void
test_mirror(void)
{
	Reference	table = reference_read("mean_comparison.tsv");
	Group		mirror = {.name = "b against a mirrors a against b"};

	for (int row = 0; row < table.count; row++)
	{
		Moments		a = moments_of_text(reference_text(&table, row, "values_a"));
		Moments		b = moments_of_text(reference_text(&table, row, "values_b"));
		NkMeanComparison forth;
		NkMeanComparison back;

		nk_compare_means(&a.m, &b.m, 0.9, &forth);
		nk_compare_means(&b.m, &a.m, 0.9, &back);
		group_compare(&mirror, row, back.difference.estimate,
					  -forth.difference.estimate, 0);
		group_compare(&mirror, row, back.difference.lower,
					  -forth.difference.upper, 0);
		group_compare(&mirror, row, back.hedges_g.estimate,
					  -forth.hedges_g.estimate, 0);
		group_compare(&mirror, row, back.hedges_g.lower,
					  -forth.hedges_g.upper, 0);
		group_compare(&mirror, row, back.test.statistic,
					  -forth.test.statistic, 0);
		group_compare(&mirror, row, back.test.df, forth.test.df, 0);
		group_compare(&mirror, row, back.test.p_value, forth.test.p_value, 0);
	}
	group_report(&mirror);
	reference_free(&table);
}

/* p < alpha exactly where 0 lies outside of the interval, for both */
static void
test_agreement(void)
{
	Group		welch = {.name = "the test agrees with the interval"};
	Group		order = {.name = "estimates lie in their intervals"};

	for (int i = 0; i < 3000; i++)
	{
		double		values[2][12];
		int			n[2];
		Moments		m[2];
		NkMeanComparison got;

		for (int k = 0; k < 2; k++)
		{
			n[k] = 2 + (int) (random_bits() % 10);
			for (int j = 0; j < n[k]; j++)
				values[k][j] = (double) random_count(1000000) * 1e-5 * (k + 1);
			m[k] = moments_of(values[k], n[k]);
		}
		if (nk_compare_means(&m[0].m, &m[1].m, 0.8, &got) != NK_OK)
			continue;
		group_expect(&welch, i, (got.test.p_value < 1 - 0.8) ==
					 (got.difference.lower > 0 || got.difference.upper < 0));
		group_expect(&order, i,
					 got.hedges_g.lower < got.hedges_g.estimate &&
					 got.hedges_g.estimate < got.hedges_g.upper &&
					 got.difference.lower < got.difference.estimate &&
					 got.difference.estimate < got.difference.upper);
	}
	group_report(&welch);
	group_report(&order);
}

static void
test_edges(void)
{
	double		values[] = {DBL_MAX, -DBL_MAX, 0x1p-1074, 0, 1, 2, 3};
	Moments		empty = moments_empty();
	Moments		one = moments_of(values + 4, 1);
	Moments		few = moments_of(values + 4, 3);
	Moments		wide = moments_of(values, 2);
	Moments		tiny = moments_of(values + 2, 2);
	Moments		high = moments_of(values, 1);
	Moments		low = moments_of(values + 1, 1);
	Moments		large;
	Moments		other;
	NkInterval	interval;
	NkMeanComparison got;

	CHECK(nk_mean_interval(&few.m, 1, &interval) == NK_BAD_CONF_LEVEL);
	CHECK(nk_mean_interval(&empty.m, NAN, &interval) == NK_BAD_CONF_LEVEL);
	CHECK(nk_mean_interval(&empty.m, 0.95, &interval) == NK_EMPTY &&
		  isnan(interval.estimate));
	CHECK(nk_mean_interval(&one.m, 0.95, &interval) == NK_TOO_FEW &&
		  interval.estimate == 1 && isnan(interval.lower));
	CHECK(nk_compare_means(&few.m, &few.m, 0, &got) == NK_BAD_CONF_LEVEL);
	CHECK(nk_compare_means(&empty.m, &few.m, 0.95, &got) == NK_EMPTY &&
		  isnan(got.mean_a) && got.mean_b == 2 &&
		  isnan(got.difference.estimate));
	CHECK(nk_compare_means(&few.m, &few.m, 0.95, &got) == NK_OK &&
		  got.test.statistic == 0 && got.test.p_value == 1 &&
		  got.hedges_g.estimate == 0);

	/* the ends of the range of doubles */
	CHECK(nk_compare_means(&wide.m, &wide.m, 0.95, &got) == NK_OK &&
		  got.test.statistic == 0);
	CHECK_CLOSE(got.test.df, 2, 1e-15);
	CHECK(nk_compare_means(&tiny.m, &few.m, 0.95, &got) == NK_OK);
	CHECK(nk_compare_means(&tiny.m, &tiny.m, 0.95, &got) == NK_OK);
	CHECK_CLOSE(got.test.df, 2, 1e-15);
	CHECK(nk_compare_means(&wide.m, &tiny.m, 0.95, &got) == NK_OK);
	/* no g, and a t beyond the range, which leaves no chance */
	large = moments_of(values + 5, 1);
	large = moments_working(&large);
	nk_moments_add(&large.m, 2);
	large = moments_canonical(&large);
	CHECK(nk_compare_means(&large.m, &tiny.m, 0.95, &got) ==
		  NK_NOT_CONVERGED && isnan(got.hedges_g.estimate) &&
		  got.difference.estimate == 2 && got.test.p_value == 0);
	large = moments_working(&high);
	nk_moments_add(&large.m, nextafter(DBL_MAX, 0));
	large = moments_canonical(&large);
	other = moments_working(&low);
	nk_moments_add(&other.m, 0);
	other = moments_canonical(&other);
	/* a difference beyond the range still has its test */
	CHECK(nk_compare_means(&large.m, &other.m, 0.95, &got) == NK_OK);
	CHECK(got.difference.estimate == INFINITY);
	CHECK_CLOSE(got.test.statistic, 3, 1e-12);
	CHECK_CLOSE(got.test.df, 1, 1e-12);

	/* millions of children, whose gammas do not exist */
	CHECK_CLOSE(nk_hedges_factor(2), 0.56418958354775628695, 1e-14);
	CHECK_CLOSE(nk_hedges_factor(18), 0.95764642702371815, 1e-14);
	CHECK_CLOSE(nk_hedges_factor(1e9), 1 - 0.75e-9, 1e-15);
	CHECK(nk_hedges_factor(1e300) == 1);
	large = moments_working(&empty);
	other = moments_working(&empty);
	nk_moments_make(&large.m, 1000000000, 100, 225);
	nk_moments_make(&other.m, 1000000000, 100.001, 225);
	large = moments_canonical(&large);
	other = moments_canonical(&other);
	CHECK(nk_compare_means(&large.m, &other.m, 0.95, &got) == NK_OK);
	CHECK_CLOSE(got.test.statistic, -1.4907119849998598, 1e-9);
	CHECK_CLOSE(got.hedges_g.estimate, -0.001 / 15, 1e-9);
	CHECK_CLOSE(got.hedges_g.upper - got.hedges_g.estimate,
				1.9599639845400545 * sqrt(2e-9), 1e-6);
}

int
main(void)
{
	test_interval();
	test_comparison();
	test_mirror();
	test_agreement();
	test_edges();
	return unit_report();
}
