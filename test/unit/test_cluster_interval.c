/*
 * test_cluster_interval.c - shares and differences over clusters against
 * reference values, and what must hold for any clusters.
 *
 * Reference: test/reference/cluster_interval.tsv, cluster_difference.tsv,
 * published.tsv.  Held to 1e-12 relative; a bound of a linearised interval is
 * the estimate less a length and is held to 1e-12 of the estimate.
 */
#include "designs.h"
#include "summaries.h"

static NkStatus
expected_status(const Reference *table, int row)
{
	return (NkStatus) reference_choice(status_names,
									   reference_text(table, row, "status"));
}

static void
test_share(void)
{
	Reference	table = reference_read("cluster_interval.tsv");
	Group		status = {.name = "share: status and method as expected"};
	Group		estimate = {.name = "share", .tolerance = 1e-15};
	Group		effect = {.name = "design effect", .tolerance = 1e-12};
	Group		bounds[4] = {
		{.name = "logit bounds", .tolerance = 1e-12},
		{.name = "linear bounds", .tolerance = 1e-12},
		{.name = "korn-graubard bounds", .tolerance = 1e-12},
		{.name = "wilson bounds", .tolerance = 1e-12}
	};

	for (int row = 0; row < table.count; row++)
	{
		Design		design;
		NkInterval	got;
		NkClusterMethod used;
		NkStatus	code;
		double		value;
		double		scale = 0;
		int			method = reference_choice(nk_cluster_methods,
											  reference_text(&table, row, "method"));

		design_read(&design, reference_text(&table, row, "clusters"), 1, 2);
		code = nk_cluster_confint(&design.table,
								  reference_number(&table, row, "conf_level"),
								  (NkClusterMethod) method, &got, &used);
		group_expect(&status, row, code == expected_status(&table, row) &&
					 reference_is(&table, row, "method_used",
								  nk_cluster_methods[used]));
		group_compare(&estimate, row, got.estimate,
					  reference_number(&table, row, "estimate"), 0);
		nk_cluster_estimate(&design.table, &value);
		group_compare(&estimate, row, value, got.estimate, 0);
		nk_design_effect(&design.table, &value);
		group_compare(&effect, row, value,
					  reference_number(&table, row, "design_effect"), 0);
		if (used == NK_CLUSTER_LINEAR)
			scale = got.estimate;
		group_compare(&bounds[used], row, got.lower,
					  reference_number(&table, row, "lower"), scale);
		group_compare(&bounds[used], row, got.upper,
					  reference_number(&table, row, "upper"), scale);
	}
	group_report(&status);
	group_report(&estimate);
	group_report(&effect);
	for (int i = 0; i < 4; i++)
		group_report(&bounds[i]);
	reference_free(&table);
}

static void
test_difference(void)
{
	Reference	table = reference_read("cluster_difference.tsv");
	Group		status = {.name = "difference: status as expected"};
	Group		estimate = {.name = "difference", .tolerance = 1e-12};
	Group		bounds = {.name = "difference bounds", .tolerance = 1e-12};
	Group		swapped = {.name = "groups swapped: signs change"};

	for (int row = 0; row < table.count; row++)
	{
		static const uint32_t swap[] = {2, 3, 0, 1};
		double		conf_level = reference_number(&table, row, "conf_level");
		Design		design;
		Design		mirror;
		NkInterval	got;
		NkInterval	back;

		design_read(&design, reference_text(&table, row, "clusters"), 2, 2);
		group_expect(&status, row,
					 nk_cluster_difference(&design.table, conf_level, &got) ==
					 expected_status(&table, row));
		group_compare(&estimate, row, got.estimate,
					  reference_number(&table, row, "difference"), 0);
		group_compare(&bounds, row, got.lower,
					  reference_number(&table, row, "lower"), fabs(got.estimate));
		group_compare(&bounds, row, got.upper,
					  reference_number(&table, row, "upper"), fabs(got.estimate));

		design_permute(&design, swap, 2, 2, &mirror);
		nk_cluster_difference(&mirror.table, conf_level, &back);
		group_compare(&swapped, row, back.estimate, -got.estimate, 0);
		group_compare(&swapped, row, back.lower, -got.upper, 0);
		group_compare(&swapped, row, back.upper, -got.lower, 0);
	}
	group_report(&status);
	group_report(&estimate);
	group_report(&bounds);
	group_report(&swapped);
	reference_free(&table);
}

/* numbers that others computed: R's survey package, Short et al. 2020 */
static void
test_published(void)
{
	static const int64_t eight[8][4] = {
		{28, 12, 27, 18}, {25, 5, 19, 9}, {30, 20, 26, 22}, {17, 3, 17, 8},
		{28, 7, 25, 15}, {34, 11, 20, 10}, {36, 16, 35, 25}, {13, 2, 12, 6}
	};
	Design		all;
	Design		groups;
	NkInterval	got;
	NkClusterMethod used;
	double		effect;

	design_start(&all, 1, 2);
	design_start(&groups, 2, 2);
	for (int i = 0; i < 8; i++)
	{
		int64_t		cells[2] = {eight[i][0] + eight[i][2],
		eight[i][1] + eight[i][3]};

		design_add(&all, 1, cells);
		design_add(&groups, 1, eight[i]);
	}
	CHECK(nk_cluster_confint(&all.table, 0.95, NK_CLUSTER_LOGIT, &got, &used) ==
		  NK_FEW_CLUSTERS);
	CHECK_CLOSE(got.estimate, 0.325301204819, 2e-12);
	CHECK_CLOSE(got.lower, 0.268327549308, 2e-12);
	CHECK_CLOSE(got.upper, 0.387957686748, 2e-12);
	nk_cluster_confint(&all.table, 0.95, NK_CLUSTER_KORN_GRAUBARD, &got, &used);
	CHECK_CLOSE(got.lower, 0.26579523574, 2e-11);
	CHECK_CLOSE(got.upper, 0.389285480443, 2e-12);
	nk_design_effect(&all.table, &effect);
	CHECK_CLOSE(effect, 1.707302, 5e-7);

	nk_cluster_difference(&groups.table, 0.95, &got);
	CHECK_CLOSE(got.estimate, -0.119545379127, 3e-12);
	/* t of 7 df is 2.364624 */
	CHECK_CLOSE((got.upper - got.lower) / 2 / 2.3646242515927844, 0.016071156967,
				5e-11);

	/* 60 of 203 with design effect 1.349133 */
	got = nk_wilson_of(60 / 1.349133, 203 / 1.349133, 1.9599639845400545);
	CHECK_CLOSE(got.lower, 0.228481400951, 2e-12);
	CHECK_CLOSE(got.upper, 0.372830214402, 2e-12);
}

/* what must hold whatever the clusters are */
static void
test_properties(void)
{
	Group		mirror = {.name = "events and others swapped: mirrored", .tolerance = 1e-12};
	Group		order = {.name = "lower < estimate < upper, inside 0 and 1"};
	Group		alone = {.name = "every child alone: effect n / (n - 1)", .tolerance = 1e-14};

	for (int i = 0; i < 2000; i++)
	{
		static const uint32_t swap[] = {1, 0};
		int64_t		clusters = 2 + random_count(60);
		int64_t		most = (int64_t) 1 << random_bits() % 40;
		Design		design;
		Design		other;
		NkInterval	a;
		NkInterval	b;
		NkClusterMethod used;
		double		effect;

		design_start(&design, 1, 2);
		for (int64_t g = 0; g < clusters; g++)
			design_add(&design, 1, (int64_t[]) {random_count(most), random_count(most)});
		design_permute(&design, swap, 1, 2, &other);
		if (design.table.clusters < 2)
			continue;
		for (int method = 0; method < 4; method++)
		{
			nk_cluster_confint(&design.table, 0.95, (NkClusterMethod) method, &a, &used);
			nk_cluster_confint(&other.table, 0.95, (NkClusterMethod) method, &b, &used);
			group_compare(&mirror, i, a.lower, 1 - b.upper, 1);
			group_compare(&mirror, i, a.upper, 1 - b.lower, 1);
			group_expect(&order, i, 0 <= a.lower && a.lower <= a.estimate &&
						 a.estimate <= a.upper && a.upper <= 1 &&
						 a.lower < a.upper);
		}

		/* as many clusters as children */
		design_start(&other, 1, 2);
		design_add(&other, 1 + random_count(most), (int64_t[]) {0, 1});
		design_add(&other, 1 + random_count(most), (int64_t[]) {1, 0});
		nk_design_effect(&other.table, &effect);
		group_compare(&alone, i, effect, (double) other.table.clusters /
					  ((double) other.table.clusters - 1), 0);
	}
	group_report(&mirror);
	group_report(&order);
	group_report(&alone);
}

static void
test_settings(void)
{
	Design		design;
	NkInterval	got;
	NkClusterMethod used;
	double		value;

	design_start(&design, 1, 2);
	CHECK(nk_cluster_confint(&design.table, 0.95, NK_CLUSTER_LOGIT, &got, &used) ==
		  NK_EMPTY && isnan(got.estimate) && isnan(got.lower));
	CHECK(nk_cluster_estimate(&design.table, &value) == NK_EMPTY && isnan(value));
	CHECK(nk_design_effect(&design.table, &value) == NK_EMPTY && isnan(value));
	CHECK(nk_cluster_difference(&design.table, 0.95, &got) == NK_EMPTY);
	design_start(&design, 0, 0);
	CHECK(nk_cluster_confint(&design.table, 0.95, NK_CLUSTER_LOGIT, &got, &used) ==
		  NK_EMPTY);
	CHECK(nk_cluster_confint(&design.table, 1, NK_CLUSTER_LOGIT, &got, &used) ==
		  NK_BAD_CONF_LEVEL);
	CHECK(nk_cluster_difference(&design.table, NAN, &got) == NK_BAD_CONF_LEVEL);

	/* a table of another shape is another question */
	design_start(&design, 2, 2);
	design_add(&design, 3, (int64_t[]) {1, 2, 3, 4});
	CHECK(nk_cluster_estimate(&design.table, &value) == NK_BAD_SHAPE);
	design_start(&design, 2, 3);
	design_add(&design, 3, (int64_t[]) {1, 2, 3, 4, 5, 6});
	CHECK(nk_cluster_difference(&design.table, 0.95, &got) == NK_BAD_SHAPE);
	/* a single column may be the event or not */
	design_start(&design, 1, 1);
	design_add(&design, 3, (int64_t[]) {1});
	CHECK(nk_cluster_estimate(&design.table, &value) == NK_ZERO_MARGIN);
	design_start(&design, 2, 1);
	design_add(&design, 3, (int64_t[]) {1, 2});
	CHECK(nk_cluster_difference(&design.table, 0.95, &got) == NK_ZERO_MARGIN);

	/* products that no clusters have */
	design_start(&design, 1, 2);
	design_add(&design, 3, (int64_t[]) {1, 2});
	design.products[1] += 5;
	CHECK(nk_cluster_confint(&design.table, 0.95, NK_CLUSTER_LOGIT, &got, &used) ==
		  NK_BAD_SUMMARY);
}

int
main(void)
{
	test_share();
	test_difference();
	test_published();
	test_properties();
	test_settings();
	return unit_report();
}
