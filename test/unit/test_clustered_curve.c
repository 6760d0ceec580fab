/*
 * test_clustered_curve.c - age curves over clusters: the table that they are
 * counted as, and the gaps with their covariance, against sums over the
 * clusters themselves.
 *
 * Reference: test/reference/clustered_gap.tsv.  Held to 1e-14 relative; a
 * covariance relative to the standard errors of both ages.
 */
#include "cluster_curves.h"
#include "summaries.h"

static void
test_gaps(void)
{
	Reference	table = reference_read("clustered_gap.tsv");
	Group		status = {.name = "status and ages as expected"};
	Group		df = {.name = "degrees of freedom", .tolerance = 1e-14};
	Group		gap = {.name = "gap", .tolerance = 1e-15};
	Group		trials = {.name = "trials", .tolerance = 1e-14};
	Group		variance = {.name = "variance", .tolerance = 1e-14};
	Group		covariance = {.name = "covariance", .tolerance = 1e-14};
	static ClusterBlock block;

	for (int row = 0; row < table.count; row++)
	{
		const char *ages = reference_text(&table, row, "ages");
		const char *gap_list = reference_text(&table, row, "gaps");
		const char *trial_list = reference_text(&table, row, "trials");
		const char *df_list = reference_text(&table, row, "age_df");
		const char *list = reference_text(&table, row, "covariance");
		NkGaps		gaps;
		NkStatus	code;

		clusters_read(&block, reference_text(&table, row, "clusters"));
		code = nk_clustered_gaps(clusters_canonical(&block), (NkGapKind)
								 reference_choice(nk_gap_kinds,
												  reference_text(&table, row, "kind")),
								 &gaps);
		group_expect(&status, row, (int) code ==
					 reference_choice(status_names,
									  reference_text(&table, row, "status")));
		group_compare(&df, row, gaps.df, reference_number(&table, row, "df"), 0);
		group_expect(&status, row, gaps.clustered);
		for (int i = 0; i < gaps.count; i++)
		{
			group_expect(&status, row, gaps.at[i].age == next_number(&ages));
			group_compare(&gap, row, gaps.at[i].gap, next_number(&gap_list), 0);
			group_compare(&trials, row, gaps.at[i].trials,
						  next_number(&trial_list), 0);
			group_compare(&df, row, gaps.at[i].df, next_number(&df_list), 0);
			for (int j = 0; j <= i; j++)
			{
				double		got = gaps.covariance[i * gaps.count + j];

				group_compare(i == j ? &variance : &covariance, row, got,
							  next_number(&list),
							  i == j ? 0 : sqrt(gaps.at[i].variance *
												gaps.at[j].variance));
				group_expect(&status, row,
							 got == gaps.covariance[j * gaps.count + i]);
			}
			group_expect(&status, row, gaps.at[i].variance ==
						 gaps.covariance[i * (gaps.count + 1)]);
		}
		group_expect(&status, row, *ages == '\0' ||
					 (gaps.count == 0 && *ages == '-'));
	}
	group_report(&status);
	group_report(&df);
	group_report(&gap);
	group_report(&trials);
	group_report(&variance);
	group_report(&covariance);
	reference_free(&table);
}

static void
random_curve(NkAgeCurve *curve)
{
	memset(curve, 0, sizeof(*curve));
	nk_summary_init(&curve->header, &nk_age_curve_kind);
	curve->n_outside = random_count(100);
	curve->n_incomplete = random_count(100);
	for (int age = 0; age < NK_CURVE_AGES; age++)
		for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
			if (random_bits() % 3 == 0)
				curve->cells[age][cell] = random_count(1000);
}

/* the table is one, and holds each cell where its labels say */
static void
test_table(void)
{
	static const char *const names[] = {"none", "identified", "assessed",
		"identified_assessed", "decided", "identified_decided",
		"assessed_decided", "identified_assessed_decided"};
	static union
	{
		NkCrosstab	table;
		unsigned char bytes[4096];
	}			block;
	bool		valid = true;
	bool		same = true;

	for (int i = 0; i < 200; i++)
	{
		NkAgeCurve	curve;
		size_t		size;

		random_curve(&curve);
		if (i < 20)
			memset(curve.cells, 0, sizeof(curve.cells));
		if (i < 10)
			curve.cells[2 * i][i % 8] = i;
		size = nk_curve_table_size(&curve);
		if (size > sizeof(block))
			abort();
		memset(&block, 0, sizeof(block));
		nk_curve_table(&curve, &block.table);
		valid &= nk_summary_validate(&block.table.header, size,
									 &nk_crosstab_kind) == NK_OK &&
			block.table.n == nk_age_curve_n(&curve);
		for (int age = 0; age < NK_CURVE_AGES; age++)
			for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
			{
				char		label[3];
				NkText		row = {label, (uint32_t)
				snprintf(label, sizeof(label), "%d", age)};
				NkText		column = {names[cell], (uint32_t) strlen(names[cell])};
				int64_t    *count = nk_crosstab_find(&block.table, row, column);

				same &= (count == NULL ? 0 : *count) == curve.cells[age][cell];
			}
	}
	CHECK(valid);
	CHECK(same);
}

/* 290 clusters of 21 ages, of which any partition gives the same bytes */
static void
test_clusters(void)
{
	static ClusterBlock whole;
	static ClusterBlock parts[2];
	static ClusterBlock taken;
	NkGaps		gaps;
	size_t		size;

	clusters_start(&whole);
	clusters_start(&parts[0]);
	clusters_start(&parts[1]);
	for (int i = 0; i < 290; i++)
	{
		NkAgeCurve	curve;

		random_curve(&curve);
		clusters_add(&whole, &curve);
		clusters_add(&parts[i % 3 == 0], &curve);
	}
	size = nk_summary_size(&whole.header, &nk_clustered_kind);
	CHECK(size < CLUSTER_ROOM &&
		  nk_summary_validate(&whole.header, size, &nk_clustered_kind) == NK_OK);
	CHECK(nk_clustered_gaps(clusters_canonical(&whole), NK_GAP_ASSESSED,
							&gaps) == NK_OK && gaps.count == NK_CURVE_AGES);

	clusters_room(&parts[0], &parts[1].header);
	CHECK(nk_clustered_kind.merge(&parts[0].header, &parts[1].header) == NK_OK);
	taken = *(const ClusterBlock *) clusters_canonical(&parts[0]);
	CHECK(memcmp(&taken, clusters_canonical(&whole),
				 nk_summary_size(&taken.header, &nk_clustered_kind)) == 0);

	/* a part taken away leaves the rest, and all of it nobody */
	whole = *(const ClusterBlock *) clusters_canonical(&parts[1]);
	parts[1] = whole;
	CHECK(nk_clustered_kind.subtract(&taken.header, &whole.header) == NK_OK);
	CHECK(nk_cluster_table(clusters_canonical(&taken)).clusters == 193);
	CHECK(nk_clustered_kind.subtract(&whole.header, &parts[1].header) == NK_OK);
	CHECK(nk_clustered_gaps(clusters_canonical(&whole), NK_GAP_IDENTIFIED,
							&gaps) == NK_EMPTY && gaps.count == 0);
}

/* every child a cluster: the variance of a share, and as many clusters */
static void
test_alone(void)
{
	static ClusterBlock block;
	NkAgeCurve	curve = {.n_outside = 0};
	NkGaps		gaps;

	nk_summary_init(&curve.header, &nk_age_curve_kind);
	clusters_start(&block);
	for (int i = 0; i < 100; i++)
	{
		curve.cells[7][NK_IDENTIFIED] = i < 60;
		curve.cells[7][0] = i >= 60;
		clusters_add(&block, &curve);
	}
	CHECK(nk_clustered_gaps(clusters_canonical(&block), NK_GAP_IDENTIFIED,
							&gaps) == NK_OK && gaps.count == 1);
	CHECK_CLOSE(gaps.at[0].variance, 0.6 * 0.4 / 99, 1e-15);
	CHECK(gaps.df == 99 && gaps.at[0].df == 99);
}

/* tables of something else, and products that no clusters have */
static void
test_refused(void)
{
	static const char *const rows[] = {"21", "-1", "07", "7.0", "", "7"};
	static ClusterBlock block;
	NkGaps		gaps;

	for (int i = 0; i < 6; i++)
	{
		union
		{
			NkCrosstab	table;
			unsigned char bytes[512];
		}			cell = {.bytes = {0}};

		nk_crosstab_make_cell(&cell.table, (NkText) {rows[i], (uint32_t)
							  strlen(rows[i])},
							  i == 5 ? (NkText) {"true", 4} : (NkText) {"none", 4},
							  3);
		clusters_start(&block);
		clusters_room(&block, &cell.table.header);
		CHECK(nk_add_cluster(&block.table, &cell.table) == NK_OK &&
			  nk_clustered_gaps(clusters_canonical(&block), NK_GAP_ASSESSED,
								&gaps) == NK_NOT_CURVES);
	}

	clusters_read(&block, "1:3.0=4,3.1=2,4.1=3;1:3.1=2,4.0=5;1:3.0=1,4.1=1");
	block = *(const ClusterBlock *) clusters_canonical(&block);
	CHECK(nk_clustered_gaps(&block.table, NK_GAP_IDENTIFIED, &gaps) ==
		  NK_FEW_CLUSTERS);
	/* of children of both ages with the fact, who share clusters */
	((NkProduct *) nk_cluster_table(&block.table).products)[3] = 0;
	CHECK(nk_clustered_kind.validate(&block.header) == NK_OK);
	CHECK(nk_clustered_gaps(&block.table, NK_GAP_IDENTIFIED, &gaps) ==
		  NK_BAD_SUMMARY);
	clusters_start(&block);
	CHECK(nk_clustered_gaps(&block.table, NK_GAP_IDENTIFIED, &gaps) ==
		  NK_EMPTY);
}

int
main(void)
{
	test_gaps();
	test_table();
	test_clusters();
	test_alone();
	test_refused();
	return unit_report();
}
