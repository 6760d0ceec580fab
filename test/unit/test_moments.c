/*
 * test_moments.c - mean, variance and standard deviation from exact sums,
 * against fractions (test/reference/moments.tsv) and NIST's certified values.
 */
#include "samples.h"
#include "summaries.h"

static void
test_reference(void)
{
	Reference	table = reference_read("moments.tsv");
	Group		means = {.name = "mean is the nearest double"};
	Group		variances = {.name = "variance is the nearest double"};
	Group		deviations = {.name = "standard deviation",
	.tolerance = DBL_EPSILON / 2};
	Group		valid = {.name = "data are valid"};

	for (int row = 0; row < table.count; row++)
	{
		Moments		m = moments_of_text(reference_text(&table, row, "values"));
		double		stddev = reference_number(&table, row, "stddev");
		double		variance = reference_number(&table, row, "variance");

		group_expect(&valid, row, moments_validate(&m) == NK_OK &&
					 m.m.n == reference_count(&table, row, "n"));
		group_expect(&means, row, nk_moments_mean(&m.m) ==
					 reference_number(&table, row, "mean"));
		group_expect(&variances, row, nk_moments_variance(&m.m) == variance ||
					 (isnan(variance) && isnan(nk_moments_variance(&m.m))));
		if (!(stddev < DBL_MIN))
			group_compare(&deviations, row, nk_moments_stddev(&m.m), stddev, 0);
	}
	group_report(&valid);
	group_report(&means);
	group_report(&variances);
	group_report(&deviations);
	reference_free(&table);
}

/*
 * NIST StRD, univariate summary statistics: digits that agree with the
 * certified mean and standard deviation (which NIST prints with 15)
 */
static void
check_certified(Group *group, int row, const Moments *m, double mean,
				double stddev, double digits)
{
	double		bound = pow(10, -digits);

	group_expect(group, row,
				 unit_distance(nk_moments_mean(&m->m), mean) <= 1e-14 &&
				 unit_distance(nk_moments_stddev(&m->m), stddev) <= bound);
}

/* centre once, then less and more by a tenth, so many times */
static Moments
alternating(double centre, double less, double more, int times)
{
	Moments		m = moments_of(&centre, 1);

	m = moments_working(&m);
	for (int i = 0; i < times; i++)
	{
		nk_moments_add(&m.m, less);
		nk_moments_add(&m.m, more);
	}
	return moments_canonical(&m);
}

/*
 * The first 5000 digits of pi, by Rabinowitz and Wagon's spigot; in NIST's
 * list, and in its certified values, the 957th is a 3 for an 8.
 */
static Moments
digits_of_pi(void)
{
	enum
	{
		CELLS = 17000,
		DIGITS = 5000
	};
	static int	cells[CELLS];
	static double digits[DIGITS + 1000];
	int			count = 0;
	int			nines = 0;

	for (int i = 0; i < CELLS; i++)
		cells[i] = 2;
	/* the last digit and the nines behind it wait for what carries into them */
	while (count <= DIGITS)
	{
		int			carry = 0;

		for (int i = CELLS - 1; i > 0; i--)
		{
			int			x = 10 * cells[i] + carry * (i + 1);

			cells[i] = x % (2 * i + 1);
			carry = x / (2 * i + 1);
		}
		carry += 10 * cells[0];
		cells[0] = carry % 10;
		carry /= 10;
		if (carry == 9)
		{
			nines++;
			continue;
		}
		if (count > 0)
			digits[count - 1] += carry / 10;
		for (; nines > 0; nines--)
			digits[count++] = carry == 10 ? 0 : 9;
		digits[count++] = carry % 10;
	}
	digits[956] = digits[956] == 8 ? 3 : NAN;
	return moments_of(digits, DIGITS);
}

static void
test_nist(void)
{
	Reference	table = reference_read("nist.tsv");
	Group		group = {.name = "NIST StRD univariate sets"};
	double		accuracy1[] = {10000001, 10000003, 10000002};
	Moments		m;

	for (int row = 0; row < table.count; row++)
	{
		if (reference_is(&table, row, "mean", "NULL"))
			continue;
		m = moments_of_text(reference_text(&table, row, "values"));
		check_certified(&group, row, &m,
						reference_number(&table, row, "mean"),
						reference_number(&table, row, "stddev"), 13);
	}
	m = moments_of(accuracy1, 3);
	check_certified(&group, 101, &m, 10000002, 1, 15);
	m = alternating(1.2, 1.1, 1.3, 500);
	check_certified(&group, 102, &m, 1.2, 0.1, 15);
	/* the tenths themselves are rounded: 9.5 and 8 digits are all there are */
	m = alternating(1000000.2, 1000000.1, 1000000.3, 500);
	check_certified(&group, 103, &m, 1000000.2, 0.1, 9.2);
	m = alternating(10000000.2, 10000000.1, 10000000.3, 500);
	check_certified(&group, 104, &m, 10000000.2, 0.1, 8);
	m = digits_of_pi();
	check_certified(&group, 105, &m, 4.5348, 2.86733906028871, 13);
	group_report(&group);
	reference_free(&table);
}

static double
random_value(int i)
{
	uint64_t	bits = random_bits();
	double		x;

	memcpy(&x, &bits, sizeof(x));
	return i % 2 && isfinite(x) ? x : (double) (int64_t) bits * 1e-9;
}

/* any partition and order gives the same bytes, and what is left is exact */
static void
test_partitions(void)
{
	bool		merged = true;
	bool		rested = true;

	for (int i = 0; i < 300; i++)
	{
		double		values[64];
		int			n = 1 + (int) (random_bits() % 64);
		int			cut = (int) (random_bits() % (uint64_t) (n + 1));
		Moments		whole;
		Moments		parts[2];
		Moments		both;

		for (int k = 0; k < n; k++)
			values[k] = random_value(i);
		whole = moments_of(values, n);
		parts[0] = moments_of(values, cut);
		parts[1] = moments_of(values + cut, n - cut);
		both = parts[1];
		merged &= moments_merge_into(&both, &parts[0]) == NK_OK &&
			moments_same(&both, &whole);
		both = whole;
		rested &= nk_moments_kind.subtract(&both.header,
										   &parts[0].header) == NK_OK &&
			moments_same(&both, &parts[1]);
	}
	CHECK(merged);
	CHECK(rested);
}

static void
test_not_finite(void)
{
	double		values[] = {1, NAN, INFINITY, 3, -INFINITY, -NAN};
	Moments		m = moments_of(values, 6);

	CHECK(m.m.n == 2 && m.m.n_not_finite == 4);
	CHECK(nk_moments_mean(&m.m) == 2 && nk_moments_variance(&m.m) == 2);
	CHECK(moments_validate(&m) == NK_OK);
}

/* what data cannot produce, in either form */
static void
test_invalid(void)
{
	double		values[] = {1, 2, 4};
	Moments		m = moments_of(values, 3);
	Moments		one = moments_of(values, 1);
	Moments		two = moments_of(values + 1, 1);
	Moments		bad = m;

	CHECK(m.header.rows == 1 && m.header.columns == 1);
	bad.m.digits[1]--;			/* 20 / 3 is above (7 / 3)^2, but 5 is not */
	bad.m.digits[1] = bad.m.digits[1] / 21 * 16;
	CHECK(moments_validate(&bad) == NK_BAD_SUMMARY);
	bad = m;
	bad.m.digits[1] = -bad.m.digits[1];
	CHECK(moments_validate(&bad) == NK_BAD_SUMMARY);
	bad = m;
	bad.m.n = 0;
	CHECK(moments_validate(&bad) == NK_BAD_SUMMARY);
	bad = m;
	bad.m.n = 1;
	CHECK(moments_validate(&bad) == NK_BAD_SUMMARY);
	bad = m;
	bad.m.n = -1;
	CHECK(moments_validate(&bad) == NK_NEGATIVE_COUNT);
	bad = m;
	bad.m.n_not_finite = INT64_MAX;
	CHECK(moments_validate(&bad) == NK_OVERFLOW);
	bad = m;
	bad.m.digits[0] = (int64_t) 1 << 32;
	CHECK(moments_validate(&bad) == NK_BAD_SUMMARY);
	bad = m;
	bad.m.sum_place = NK_SUM_DIGITS;
	CHECK(moments_validate(&bad) == NK_BAD_SUMMARY);
	bad = m;
	bad.m.squares_place = -1;
	CHECK(moments_validate(&bad) == NK_BAD_SUMMARY);
	bad = moments_empty();
	bad.m.sum_place = 1;
	CHECK(moments_validate(&bad) == NK_BAD_SUMMARY);
	bad = m;
	bad.header.rows = NK_SUM_DIGITS + 1;
	CHECK(moments_validate(&bad) == NK_BAD_SUMMARY);

	/* more than n of the largest double */
	bad = moments_working(&m);
	bad.m.digits[66] = (int64_t) 1 << 31;
	CHECK(moments_validate(&bad) == NK_BAD_SUMMARY);
	bad = moments_working(&m);
	bad.m.digits[3] = INT64_MIN;
	CHECK(moments_validate(&bad) == NK_BAD_SUMMARY);
	bad.m.digits[3] = 0;
	bad.m.squares_place = 3;
	CHECK(moments_validate(&bad) == NK_BAD_SUMMARY);

	/* a part with the counts, but not the values, of the whole's */
	bad = m;
	CHECK(nk_moments_kind.subtract(&bad.header, &m.header) == NK_OK &&
		  bad.m.n == 0 && bad.header.rows == 0 && bad.header.columns == 0);
	bad = one;
	CHECK(nk_moments_kind.subtract(&bad.header, &two.header) ==
		  NK_NOT_CONTAINED);
	bad = one;
	CHECK(nk_moments_kind.subtract(&bad.header, &m.header) ==
		  NK_NOT_CONTAINED);
	bad = m;
	one.m.n = INT64_MAX;
	CHECK(moments_merge_into(&bad, &one) == NK_OVERFLOW);
}

static NkStatus
make(int64_t n, double mean, double variance, Moments *m)
{
	Moments		empty = moments_empty();
	NkStatus	status;

	*m = moments_working(&empty);
	status = nk_moments_make(&m->m, n, mean, variance);
	*m = moments_canonical(m);
	return status;
}

static void
test_make(void)
{
	bool		returned = true;
	Moments		m;

	for (int i = 0; i < 3000; i++)
	{
		int64_t		n = 2 + random_count(INT64_MAX - 2);
		double		mean = random_value(i);
		double		variance = fabs(random_value(i / 2));

		returned &= make(n, mean, variance, &m) == NK_OK &&
			moments_validate(&m) == NK_OK && m.m.n == n &&
			nk_moments_mean(&m.m) == mean &&
			nk_moments_variance(&m.m) == variance;
	}
	CHECK(returned);
	CHECK(make(INT64_MAX, -DBL_MAX, DBL_MAX, &m) == NK_OK &&
		  moments_validate(&m) == NK_OK &&
		  nk_moments_mean(&m.m) == -DBL_MAX &&
		  nk_moments_variance(&m.m) == DBL_MAX);
	CHECK(make(0, 0, 0, &m) == NK_OK && m.header.rows == 0 &&
		  isnan(nk_moments_mean(&m.m)) && isnan(nk_moments_variance(&m.m)) &&
		  isnan(nk_moments_stddev(&m.m)) && isnan(moments_spread(&m)));
	CHECK(make(1, 5, 0, &m) == NK_OK && nk_moments_mean(&m.m) == 5 &&
		  isnan(nk_moments_variance(&m.m)) && moments_spread(&m) == 0);
	CHECK(make(5, 1, -0.0, &m) == NK_OK && nk_moments_variance(&m.m) == 0);
	CHECK(make(-1, 0, 0, &m) == NK_NEGATIVE_COUNT);
	CHECK(make(0, 1, 0, &m) == NK_BAD_MOMENTS);
	CHECK(make(1, 1, 1, &m) == NK_BAD_MOMENTS);
	CHECK(make(5, 1, -1, &m) == NK_BAD_MOMENTS);
	CHECK(make(5, NAN, 1, &m) == NK_BAD_MOMENTS);
	CHECK(make(5, 1, INFINITY, &m) == NK_BAD_MOMENTS);
}

static void
test_difference(void)
{
	double		values[] = {1e300, -1e300, 3, 0.1, 0.2, 0.3};
	double		most[] = {DBL_MAX, -DBL_MAX};
	Moments		a = moments_of(values, 3);
	Moments		b = moments_of(values + 3, 3);
	Moments		high = moments_of(most, 1);
	Moments		low = moments_of(most + 1, 1);
	Moments		empty = moments_empty();

	CHECK(nk_moments_difference(&a.m, &b.m) == 0.8);
	CHECK(nk_moments_difference(&b.m, &a.m) == -0.8);
	CHECK(nk_moments_difference(&a.m, &a.m) == 0);
	CHECK(nk_moments_difference(&low.m, &a.m) == -DBL_MAX);
	CHECK(nk_moments_difference(&high.m, &low.m) == INFINITY);
	CHECK(isnan(nk_moments_difference(&empty.m, &a.m)));
	CHECK(nk_moments_mean_pair(&b.m).high == 0.2 &&
		  nk_moments_mean_pair(&b.m).low != 0);
	CHECK(nk_moments_mean_pair(&low.m).high == -DBL_MAX);
	CHECK(isnan(nk_moments_mean_pair(&empty.m).high));

	/* the largest spread there is */
	a = moments_of(most, 2);
	CHECK(moments_spread(&a) == DBL_MAX &&
		  nk_moments_stddev(&a.m) == INFINITY);
}

int
main(void)
{
	test_reference();
	test_nist();
	test_partitions();
	test_not_finite();
	test_invalid();
	test_make();
	test_difference();
	return unit_report();
}
