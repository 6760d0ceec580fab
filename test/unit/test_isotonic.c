/*
 * test_isotonic.c - monotone series.
 *
 * Values: test/reference/isotonic.tsv, the min-max formula in rational numbers;
 * its first series, children with Down's syndrome by the age of the mother
 * (Geyer 1991), as weighted pooling in R prints it.
 */
#include "isotonic.h"
#include "reference.h"

#define MOST	64

typedef struct Series
{
	int			count;
	double		values[MOST];
	double		weights[MOST];
	NkPool		pools[MOST];
	double		fit[MOST];
} Series;

static void
fit_series(Series *series, bool falling)
{
	nk_isotonic(series->values, series->weights, series->count, falling,
				series->pools, series->fit);
}

/* the rows of the series that begins at row; *row moves behind it */
static Series
read_series(const Reference *table, int *row)
{
	Series		series = {.count = 0};
	const char *name = reference_text(table, *row, "series");

	for (; *row < table->count && reference_is(table, *row, "series", name);
		 (*row)++)
	{
		series.values[series.count] = reference_number(table, *row, "value");
		series.weights[series.count++] =
			reference_number(table, *row, "weight");
	}
	return series;
}

static void
test_reference(void)
{
	Reference	table = reference_read("isotonic.tsv");
	Group		rising = {.name = "rising", .tolerance = 1e-14};
	Group		falling = {.name = "falling", .tolerance = 1e-14};
	int			row = 0;

	while (row < table.count)
	{
		int			first = row;
		Series		series = read_series(&table, &row);
		double		scale = 0;

		for (int i = 0; i < series.count; i++)
			scale = fmax(scale, fabs(series.values[i]));
		fit_series(&series, false);
		for (int i = 0; i < series.count; i++)
			group_compare(&rising, first + i, series.fit[i],
						  reference_number(&table, first + i, "rising"),
						  scale);
		fit_series(&series, true);
		for (int i = 0; i < series.count; i++)
			group_compare(&falling, first + i, series.fit[i],
						  reference_number(&table, first + i, "falling"),
						  scale);
	}
	group_report(&rising);
	group_report(&falling);
	reference_free(&table);
}

/* cases in 10,000 births, 6 decimals */
static void
test_r(void)
{
	static const struct
	{
		int			times;
		double		value;
	}			printed[] = {
		{10, 7.870147}, {4, 9.352702}, {1, 10.010845}, {3, 14.338875},
		{2, 25.575448}, {1, 29.411765}, {1, 31.030203}, {1, 75.738450},
		{1, 105.013550}, {2, 137.128072}, {1, 157.170923}, {3, 341.296928}
	};
	Reference	table = reference_read("isotonic.tsv");
	int			row = 0;
	Series		series = read_series(&table, &row);
	int			place = 0;
	bool		equal = true;

	fit_series(&series, false);
	for (size_t i = 0; i < sizeof(printed) / sizeof(printed[0]); i++)
		for (int j = 0; j < printed[i].times; j++)
			equal &= fabs(series.fit[place++] - printed[i].value) <= 5.1e-7;
	CHECK(place == series.count && equal);
	reference_free(&table);
}

/* properties that no reference is needed for */
static void
test_properties(void)
{
	Reference	table = reference_read("isotonic.tsv");
	bool		monotone = true;
	bool		idempotent = true;
	bool		mirrored = true;
	bool		ordered = true;
	bool		in_place = true;
	int			row = 0;

	while (row < table.count)
	{
		Series		series = read_series(&table, &row);
		Series		again;
		Series		mirror = series;
		Series		above = series;

		fit_series(&series, true);
		again = series;
		memcpy(again.values, series.fit, sizeof(series.fit));
		fit_series(&again, true);
		for (int i = 0; i < series.count; i++)
		{
			mirror.values[i] = -series.values[i];
			/* 0.1 more at every third: nowhere may the fit be less */
			above.values[i] += i % 3 == 0 ? 0.1 : 0;
		}
		fit_series(&mirror, false);
		fit_series(&above, true);
		for (int i = 0; i < series.count; i++)
		{
			monotone &= i == 0 || series.fit[i] <= series.fit[i - 1];
			idempotent &= again.fit[i] == series.fit[i];
			mirrored &= mirror.fit[i] == -series.fit[i];
			ordered &= above.fit[i] >= series.fit[i] - 1e-13;
		}
		nk_isotonic(above.values, above.weights, above.count, true,
					above.pools, above.values);
		in_place &= memcmp(above.values, above.fit,
						   sizeof(double) * (size_t) above.count) == 0;
	}
	CHECK(monotone);
	CHECK(idempotent);
	CHECK(mirrored);
	CHECK(ordered);
	CHECK(in_place);
	reference_free(&table);
}

int
main(void)
{
	Series		none = {.count = 0};

	test_reference();
	test_r();
	test_properties();
	fit_series(&none, true);
	CHECK(none.fit[0] == 0);
	return unit_report();
}
