/*
 * test_curve.c - the summary of three facts by age, and ages pooled to bands.
 *
 * What it shares with other summaries is in test_summary.c, the statistics in
 * test_curve_point.c.
 */
#include "curve.h"
#include "summaries.h"

static NkAgeCurve
random_curve(void)
{
	NkAgeCurve	curve = make_curve();

	curve.n_outside = random_count(1000);
	curve.n_incomplete = random_count(1000);
	for (int age = 0; age < NK_CURVE_AGES; age++)
		for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
			curve.cells[age][cell] = random_count(1000);
	return curve;
}

/* each child is in the band of its age, counted the slow way */
static void
test_pooled(void)
{
	static const int32_t bands[][4] = {
		{0, 6, 10, 15}, {3, 4, 5, 20}, {0, 1, 2, 3}, {17, 18, 19, 20}
	};

	for (size_t i = 0; i < sizeof(bands) / sizeof(bands[0]); i++)
		for (int64_t count = 1; count <= 4; count++)
		{
			NkAgeCurve	curve = random_curve();
			NkAgeCurve	pooled;
			NkAgeCurve	expected = make_curve();

			expected.n_outside = curve.n_outside;
			expected.n_incomplete = curve.n_incomplete;
			for (int age = 0; age < NK_CURVE_AGES; age++)
				for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
				{
					int64_t    *place = &expected.n_outside;

					for (int64_t band = 0; band < count; band++)
						if (bands[i][band] <= age)
							place = &expected.cells[bands[i][band]][cell];
					*place += curve.cells[age][cell];
				}
			CHECK(nk_pool_ages(&curve, bands[i], count, &pooled) == NK_OK);
			CHECK(memcmp(&pooled, &expected, sizeof(pooled)) == 0);
		}
}

static void
test_bad_bands(void)
{
	static const int32_t bad[][2] = {
		{0, 0}, {5, 4}, {-1, 5}, {0, 21}, {INT32_MIN, INT32_MAX}
	};
	NkAgeCurve	curve = random_curve();
	NkAgeCurve	pooled;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(nk_pool_ages(&curve, bad[i], 2, &pooled) == NK_BAD_BANDS);
	CHECK(nk_pool_ages(&curve, bad[0], 0, &pooled) == NK_BAD_BANDS);
}

/* counts at the limit do not overflow, for their sum does not */
static void
test_largest(void)
{
	NkAgeCurve	curve = make_curve();
	NkAgeCurve	pooled;
	int32_t		first = 1;

	curve.n_outside = 5;
	curve.cells[0][0] = INT64_MAX - 12;
	curve.cells[20][7] = 7;
	CHECK(nk_pool_ages(&curve, &first, 1, &pooled) == NK_OK);
	CHECK(pooled.n_outside == INT64_MAX - 7 && pooled.cells[1][7] == 7);
	CHECK(nk_summary_validate(&pooled.header, sizeof(pooled),
							  &nk_age_curve_kind) == NK_OK);
}

int
main(void)
{
	test_pooled();
	test_bad_bands();
	test_largest();
	return unit_report();
}
