/*
 * test_gap_area.c - the mean gap over ages.
 *
 * Values: test/reference/gap_area.tsv, held to 1e-14 on the scale of the gap.
 */
#include "gap_area.h"
#include "reference.h"
#include "summaries.h"

/* 7:0,1,2,3,4,5,6,7;8:... */
static NkAgeCurve
read_curve(const char *text)
{
	NkAgeCurve	curve = make_curve();
	char	   *end;

	while (*text != '-' && *text != '\0')
	{
		int64_t		age = strtoll(text, &end, 10);

		for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
			curve.cells[age][cell] = strtoll(end + 1, &end, 10);
		text = end + (*end == ';');
	}
	return curve;
}

static void
test_reference(void)
{
	Reference	table = reference_read("gap_area.tsv");
	Group		status = {.name = "status and ages as expected"};
	Group		mean = {.name = "mean and bounds", .tolerance = 1e-14};
	Group		covered = {.name = "covered", .tolerance = 1e-15};

	for (int row = 0; row < table.count; row++)
	{
		NkAgeCurve	curve = read_curve(reference_text(&table, row, "curve"));
		const char *text = reference_text(&table, row, "standard");
		NkAgeCurve	standard = read_curve(text);
		NkGapArea	area;
		NkGaps		gaps;

		nk_gaps(&curve, (NkGapKind)
				reference_choice(nk_gap_kinds,
								 reference_text(&table, row, "gap")), &gaps);
		group_expect(&status, row, (int)
					 nk_gap_area(&gaps, *text == '-' ? NULL : &standard,
								 reference_number(&table, row, "conf_level"),
								 &area) ==
					 reference_choice(status_names,
									  reference_text(&table, row, "status")));
		group_expect(&status, row,
					 area.ages == reference_count(&table, row, "ages"));
		group_compare(&mean, row, area.mean.estimate,
					  reference_number(&table, row, "estimate"), 1);
		group_compare(&mean, row, area.mean.lower,
					  reference_number(&table, row, "lower"), 1);
		group_compare(&mean, row, area.mean.upper,
					  reference_number(&table, row, "upper"), 1);
		if (reference_is(&table, row, "status", "ok"))
		{
			NkGapArea	narrow;

			nk_gap_area(&gaps, *text == '-' ? NULL : &standard, 1e-300,
						&narrow);
			group_expect(&status, row,
						 narrow.mean.lower <= narrow.mean.estimate &&
						 narrow.mean.estimate <= narrow.mean.upper);
		}
		group_compare(&covered, row, area.covered,
					  reference_number(&table, row, "covered"), 0);
	}
	group_report(&status);
	group_report(&mean);
	group_report(&covered);
	reference_free(&table);
}

/* what clusters say: covariances of the gaps, t instead of z */
static void
test_clusters(void)
{
	NkAgeCurve	curve = make_curve();
	NkGaps		gaps;
	NkGapArea	alone;
	NkGapArea	clustered;

	for (int age = 3; age < 6; age++)
		for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
			curve.cells[age][cell] = 10 * age + cell;
	nk_gaps(&curve, NK_GAP_IDENTIFIED, &gaps);
	nk_gap_area(&gaps, NULL, 0.95, &alone);

	/* a diagonal covariance says the same */
	gaps.clustered = true;
	for (int i = 0; i < 3; i++)
		gaps.covariance[3 * i + i] = gaps.at[i].variance;
	nk_gap_area(&gaps, NULL, 0.95, &clustered);
	CHECK(clustered.mean.lower == alone.mean.lower);
	CHECK(clustered.mean.upper == alone.mean.upper);

	/* few clusters, or gaps that go together, say less */
	gaps.df = 3;
	nk_gap_area(&gaps, NULL, 0.95, &clustered);
	CHECK(clustered.mean.lower < alone.mean.lower);
	gaps.df = INFINITY;
	gaps.covariance[1] = gaps.covariance[3] = gaps.at[0].variance / 2;
	nk_gap_area(&gaps, NULL, 0.95, &clustered);
	CHECK(clustered.mean.upper > alone.mean.upper);
	CHECK(clustered.mean.estimate == alone.mean.estimate);
}

static void
test_settings(void)
{
	NkAgeCurve	curve = make_curve();
	NkAgeCurve	standard = make_curve();
	NkGaps		gaps;
	NkGapArea	area;

	nk_gaps(&curve, NK_GAP_ASSESSED, &gaps);
	CHECK(nk_gap_area(&gaps, NULL, 1, &area) == NK_BAD_CONF_LEVEL);
	CHECK(nk_gap_area(&gaps, &standard, NAN, &area) == NK_BAD_CONF_LEVEL);
	CHECK(nk_gap_area(&gaps, &standard, 0.5, &area) == NK_EMPTY);
	CHECK(isnan(area.covered) && area.ages == 0);

	/* a standard of other ages covers nothing */
	standard.cells[5][0] = 7;
	curve.cells[6][1] = 2;
	nk_gaps(&curve, NK_GAP_ASSESSED, &gaps);
	CHECK(nk_gap_area(&gaps, &standard, 0.5, &area) == NK_EMPTY);
	CHECK(area.covered == 0 && area.ages == 0);
}

int
main(void)
{
	test_reference();
	test_clusters();
	test_settings();
	return unit_report();
}
