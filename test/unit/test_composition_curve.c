/*
 * test_composition_curve.c - shares of classes by age.
 *
 * Values: test/reference/composition_curve.tsv, from R: quantiles of beta and
 * normal, mgcv's smooth.
 */
#include "composition_curve.h"

#include "composition.h"
#include "counts.h"
#include "reference.h"

static union
{
	double		align;
	char		bytes[1 << 21];
}			scratch;

static NkCompositionPoint points[MOST_CELLS];

static void
read_numbers(const char *text, double *numbers)
{
	for (char *end = (char *) text;; end++)
	{
		*numbers++ = strtod(end, &end);
		if (*end != ',')
			return;
	}
}

static NkStatus
make_points(const Counts *counts, const double *ages, double conf_level,
			bool cumulative)
{
	return nk_composition_curve(&counts->table, &counts->margins, ages,
								conf_level, cumulative, &scratch, points);
}

static void
test_reference(void)
{
	Reference	table = reference_read("composition_curve.tsv");
	Group		status = {.name = "count, status"};
	Group		share = {.name = "share, Goodman", .tolerance = 1e-12};
	Group		band = {.name = "Clopper-Pearson band", .tolerance = 1e-10};
	Group		smooth = {.name = "mgcv's smooth", .tolerance = 1e-8};

	CHECK(nk_composition_curve_scratch() <= sizeof(scratch));
	for (int row = 0; row < table.count; row++)
	{
		double		ages[NK_COMPOSITION_AGES];
		bool		cumulative = reference_count(&table, row, "cumulative");
		Counts		counts;
		const NkCompositionPoint *point;

		read_numbers(reference_text(&table, row, "ages"), ages);
		counts_read(&counts, reference_text(&table, row, "counts"));
		point = &points[reference_count(&table, row, "row") *
						counts.table.columns +
						reference_count(&table, row, "column")];
		group_expect(&status, row,
					 make_points(&counts, ages,
								 reference_number(&table, row, "conf_level"),
								 cumulative) == NK_OK);
		group_expect(&status, row, point->n == reference_count(&table, row, "n"));
		group_expect(&status, row, (point->status == NK_OK) ==
					 isfinite(reference_number(&table, row, "lower")));
		group_compare(&share, row, point->share.estimate,
					  reference_number(&table, row, "share"), 0);
		group_compare(&share, row, point->share.lower,
					  reference_number(&table, row, "lower"), 0);
		group_compare(&share, row, point->share.upper,
					  reference_number(&table, row, "upper"), 0);
		group_compare(&band, row, point->band.lower,
					  reference_number(&table, row, "band_lower"), 0);
		group_compare(&band, row, point->band.upper,
					  reference_number(&table, row, "band_upper"), 0);
		group_compare(&smooth, row, point->smooth.estimate,
					  reference_number(&table, row, "smooth"), 1);
	}
	group_report(&status);
	group_report(&share);
	group_report(&band);
	group_report(&smooth);
	reference_free(&table);
}

/* the intervals of one age are those of composition; all hold the estimate */
static void
test_order(void)
{
	static const double ages[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
	Group		same = {.name = "one age as in composition"};
	Group		within = {.name = "band and smooth are in order"};
	Group		later = {.name = "cumulative shares fall over the classes"};
	Counts		counts;
	double		z;

	nk_simultaneous_critical_value(0.95, 3, &z);
	for (int i = 0; i < 50; i++)
	{
		for (int k = 0; k < 36; k++)
			counts.cells[k] = k % 3 == 0 ? 1 + i : (i * 31 + k * k * 7) % (5 + 40 * i);
		counts_ready(&counts, 12, 3);
		make_points(&counts, ages, 0.95, false);
		for (uint32_t k = 0; k < 36; k++)
		{
			const NkCompositionPoint *at = &points[k];
			NkInterval	share;

			nk_row_share(&counts.table, &counts.margins, z, k / 3, k % 3, &share);
			group_expect(&same, i, memcmp(&share, &at->share, sizeof(share)) == 0);
			group_expect(&within, i, at->band.lower <= at->share.estimate &&
						 at->share.estimate <= at->band.upper);
			if (!isnan(at->smooth.estimate))
				group_expect(&within, i, at->smooth.lower <= at->smooth.estimate &&
							 at->smooth.estimate <= at->smooth.upper);
		}
		make_points(&counts, ages, 0.95, true);
		for (uint32_t k = 0; k < 36; k++)
			group_expect(&later, i, k % 3 == 0 ? points[k].share.estimate == 1
						 : points[k].n <= points[k - 1].n);
	}
	group_report(&same);
	group_report(&within);
	group_report(&later);
}

static void
test_thin(void)
{
	static const double ages[] = {0, 1, 2, 3, 4};
	Counts		counts;

	counts_read(&counts, "5,0/0,7/1,1");
	CHECK(make_points(&counts, ages, 0.95, false) == NK_OK);
	CHECK(isnan(points[0].smooth.estimate) && points[0].status == NK_OK);
	CHECK(points[0].band.upper == 1 && points[1].band.lower == 0);
	CHECK(make_points(&counts, ages, 1, false) == NK_BAD_CONF_LEVEL);
	counts_read(&counts, "5/6/7/8");
	CHECK(make_points(&counts, ages, 0.95, false) == NK_OK);
	CHECK(points[3].status == NK_ZERO_MARGIN && points[3].share.estimate == 1);
	CHECK(isnan(points[3].share.lower) && isnan(points[3].band.upper));
	CHECK(make_points(&counts, ages, 0.95, true) == NK_OK);
	/* no child of the second class until the last age: no smooth for any */
	counts_read(&counts, "5,0/6,0/7,0/8,0/0,9");
	CHECK(make_points(&counts, ages, 0.95, false) == NK_OK);
	CHECK(isnan(points[9].smooth.upper) && points[9].share.estimate == 1);
	counts_read(&counts, "1000000000000,1/1,1/5,0/2,1000000000000/3,4");
	CHECK(make_points(&counts, ages, 0.95, false) == NK_OK);
	CHECK(points[0].smooth.lower > 0.999 && points[7].smooth.lower > 0.99);
}

int
main(void)
{
	test_reference();
	test_order();
	test_thin();
	return unit_report();
}
