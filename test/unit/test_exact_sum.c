/*
 * test_exact_sum.c - sums of doubles without any rounding.
 *
 * What is added is compared with sums that are known: of whole numbers, of
 * numbers that cancel, of any order.  Reference values of what is computed
 * from the sums are in test_moments.c.
 */
#include "exact_sum.h"
#include "summaries.h"

static double
random_double(void)
{
	uint64_t	bits = random_bits();
	double		x;

	memcpy(&x, &bits, sizeof(x));
	return isfinite(x) ? x : 0x1.fffffffffffffp1023;
}

static NkDoubleParts
parts_of(double x)
{
	NkDoubleParts parts;

	(void) nk_double_parts(x, &parts);
	return parts;
}

static void
test_parts(void)
{
	NkDoubleParts parts;
	bool		returned = true;

	for (int i = 0; i < 100000; i++)
	{
		double		x = random_double();
		double		back;

		returned &= nk_double_parts(x, &parts);
		back = ldexp((double) parts.whole, (int) parts.place - 1074);
		returned &= (parts.negative ? -back : back) == x;
		returned &= parts.whole < (uint64_t) 1 << 53 && parts.place <= 2045;
	}
	CHECK(returned);
	CHECK(nk_double_parts(0x1p-1074, &parts) && parts.whole == 1 &&
		  parts.place == 0);
	CHECK(nk_double_parts(-0.0, &parts) && parts.whole == 0);
	CHECK(!nk_double_parts(NAN, &parts));
	CHECK(!nk_double_parts(INFINITY, &parts));
	CHECK(!nk_double_parts(-INFINITY, &parts));
}

/* the sum and the sum of squares as doubles */
static double
rounded(int64_t *digits, int count, int unit)
{
	NkWide		wide;
	NkReal		real;
	int			sign = nk_digits_canonicalise(digits, count);

	nk_digits_to_wide(digits, count, 0, &wide);
	real = nk_wide_quotient(&wide, unit, 1, 1);
	real.negative = sign < 0;
	return nk_real_round(&real);
}

static void
add(int64_t *sum, int64_t *squares, double x)
{
	NkDoubleParts parts = parts_of(x);

	nk_digits_add_double(sum, &parts);
	nk_digits_add_square(squares, &parts);
}

static void
test_sums(void)
{
	int64_t		sum[NK_SUM_DIGITS] = {0};
	int64_t		squares[NK_SQUARES_DIGITS] = {0};
	static double values[NK_SUM_LAZY];
	int64_t		back[NK_SUM_DIGITS] = {0};
	int64_t		back_squares[NK_SQUARES_DIGITS] = {0};

	for (int i = 1; i <= NK_SUM_LAZY; i++)
		add(sum, squares, i);
	CHECK(rounded(sum, NK_SUM_DIGITS, NK_SUM_UNIT) == 512 * 513 / 2);
	CHECK(rounded(squares, NK_SQUARES_DIGITS, NK_SQUARES_UNIT) ==
		  512.0 * 513 * 1025 / 6);

	/* what cancels leaves no trace, and the least double is not lost */
	memset(sum, 0, sizeof(sum));
	memset(squares, 0, sizeof(squares));
	for (int i = 0; i < 100; i++)
	{
		double		x = random_double();

		add(sum, squares, x);
		add(sum, squares, -x);
	}
	CHECK(rounded(sum, NK_SUM_DIGITS, NK_SUM_UNIT) == 0);
	add(sum, squares, -0x1p-1074);
	CHECK(rounded(sum, NK_SUM_DIGITS, NK_SUM_UNIT) == -0x1p-1074);

	/* any order; as many as may be added before a carry */
	memset(sum, 0, sizeof(sum));
	memset(squares, 0, sizeof(squares));
	for (int i = 0; i < NK_SUM_LAZY; i++)
		values[i] = i % 3 ? random_double() : 0x1.fffffffffffffp1023;
	for (int i = 0; i < NK_SUM_LAZY; i++)
	{
		add(sum, squares, values[i]);
		add(back, back_squares, values[NK_SUM_LAZY - 1 - i]);
	}
	nk_digits_canonicalise(sum, NK_SUM_DIGITS);
	nk_digits_canonicalise(squares, NK_SQUARES_DIGITS);
	nk_digits_canonicalise(back, NK_SUM_DIGITS);
	nk_digits_canonicalise(back_squares, NK_SQUARES_DIGITS);
	CHECK(memcmp(sum, back, sizeof(sum)) == 0);
	CHECK(memcmp(squares, back_squares, sizeof(squares)) == 0);
	CHECK(nk_digits_are_canonical(sum, NK_SUM_DIGITS));
	CHECK(nk_digits_are_canonical(squares, NK_SQUARES_DIGITS));
}

/* the most that may ever be added stays in the digits */
static void
test_range(void)
{
	NkDoubleParts most = parts_of(-0x1.fffffffffffffp1023);
	int64_t		sum[NK_SUM_DIGITS] = {0};
	int64_t		squares[NK_SQUARES_DIGITS] = {0};
	NkWide		wide;

	nk_digits_add_multiple(sum, &most, INT64_MAX);
	nk_digits_add_squares(squares, &most, INT64_MAX);
	CHECK(nk_digits_canonicalise(sum, NK_SUM_DIGITS) == -1);
	CHECK(nk_digits_canonicalise(squares, NK_SQUARES_DIGITS) == 1);
	CHECK(nk_digits_are_canonical(sum, NK_SUM_DIGITS));
	CHECK(nk_digits_are_canonical(squares, NK_SQUARES_DIGITS));
	nk_digits_to_wide(sum, NK_SUM_DIGITS, 0, &wide);
	CHECK(nk_wide_bits(&wide) == 2161);
	nk_digits_to_wide(squares, NK_SQUARES_DIGITS, 0, &wide);
	CHECK(nk_wide_bits(&wide) == 4259);
}

static void
test_multiples(void)
{
	bool		same = true;

	for (int i = 0; i < 2000; i++)
	{
		int64_t		n = random_count(300);
		NkDoubleParts x = parts_of(random_double());
		int64_t		sum[2][NK_SUM_DIGITS] = {{0}};
		int64_t		squares[2][NK_SQUARES_DIGITS] = {{0}};

		nk_digits_add_multiple(sum[0], &x, n);
		nk_digits_add_squares(squares[0], &x, n);
		for (int64_t k = 0; k < n; k++)
		{
			nk_digits_add_double(sum[1], &x);
			nk_digits_add_square(squares[1], &x);
		}
		for (int k = 0; k < 2; k++)
		{
			nk_digits_canonicalise(sum[k], NK_SUM_DIGITS);
			nk_digits_canonicalise(squares[k], NK_SQUARES_DIGITS);
		}
		same &= memcmp(sum[0], sum[1], sizeof(sum[0])) == 0 &&
			memcmp(squares[0], squares[1], sizeof(squares[0])) == 0;
	}
	CHECK(same);
}

static void
test_canonical(void)
{
	int64_t		mixed[] = {-1, 5};
	int64_t		large[] = {(int64_t) 1 << 32, 5};
	int64_t		least[] = {INT64_MIN, INT64_MAX};
	int64_t		digits[] = {-1, 0, 0, -7, 3};

	CHECK(!nk_digits_are_canonical(mixed, 2));
	CHECK(!nk_digits_are_canonical(large, 2));
	CHECK(!nk_digits_are_canonical(least, 2));
	CHECK(nk_digits_are_canonical(mixed, 0));
	CHECK(nk_digits_canonicalise(digits, 5) == 1);
	CHECK(nk_digits_are_canonical(digits, 5) && digits[4] == 2);
}

static bool
writes(double x, const char *expected)
{
	char		decimal[NK_DECIMAL_MOST];
	int64_t		sum[NK_SUM_DIGITS] = {0};
	NkDoubleParts parts = parts_of(x);
	NkWide		wide;
	NkWide		again;
	bool		negative;
	int			length;

	nk_digits_add_double(sum, &parts);
	nk_digits_canonicalise(sum, NK_SUM_DIGITS);
	nk_digits_to_wide(sum, NK_SUM_DIGITS, 0, &wide);
	length = nk_decimal_write(&wide, NK_SUM_UNIT, x < 0, decimal);
	return (expected == NULL || ((size_t) length == strlen(expected) &&
								 memcmp(decimal, expected, (size_t) length) == 0)) &&
		nk_decimal_read(decimal, (uint32_t) length, NK_SUM_UNIT, &again,
						&negative) &&
		nk_wide_compare(&wide, &again) == 0 && negative == (x < 0);
}

static bool
reads(const char *decimal)
{
	NkWide		wide;
	bool		negative;

	return nk_decimal_read(decimal, (uint32_t) strlen(decimal), NK_SUM_UNIT,
						   &wide, &negative);
}

static void
test_decimals(void)
{
	bool		returned = true;
	char		decimal[NK_DECIMAL_MOST];
	char		printed[1500];
	int64_t		squares[NK_SQUARES_DIGITS];
	NkWide		wide;
	NkWide		again;
	bool		negative;
	int			length;

	CHECK(writes(0, "0"));
	CHECK(writes(1, "1"));
	CHECK(writes(-10, "-10"));
	CHECK(writes(0.5, "0.5"));
	CHECK(writes(-1024.0625, "-1024.0625"));
	CHECK(writes(1e22, "10000000000000000000000"));
	CHECK(writes(0.1, "0.1000000000000000055511151231257827021181583404541015625"));
	for (int i = 0; i < 2000; i++)
	{
		double		x = random_double();

		/* the C library prints exact decimals too */
		snprintf(printed, sizeof(printed), "%.1074f", x);
		length = (int) strlen(printed);
		while (printed[length - 1] == '0')
			length--;
		length -= printed[length - 1] == '.';
		printed[length] = '\0';
		returned &= writes(x, printed);
	}
	CHECK(returned);
	CHECK(writes(0x1p-1074, NULL));

	/* the longest: every digit of a sum of squares */
	for (int i = 0; i < NK_SQUARES_DIGITS; i++)
		squares[i] = i < 131 ? 0xFFFFFFFF : 0xFFF;
	nk_digits_to_wide(squares, 132, 0, &wide);
	length = nk_decimal_write(&wide, NK_SQUARES_UNIT, false, decimal);
	CHECK(length > 2700 && length <= NK_DECIMAL_MOST);
	CHECK(nk_decimal_read(decimal, (uint32_t) length, NK_SQUARES_UNIT, &again,
						  &negative) && nk_wide_compare(&wide, &again) == 0);

	CHECK(reads("007.50"));
	CHECK(reads("-0"));
	CHECK(!reads(""));
	CHECK(!reads("-"));
	CHECK(!reads("."));
	CHECK(!reads("1."));
	CHECK(!reads(".5"));
	CHECK(!reads("+1"));
	CHECK(!reads("1e5"));
	CHECK(!reads("1.2.5"));
	CHECK(!reads("0.1"));
	CHECK(!reads("NaN"));
	CHECK(!reads(" 1"));
	CHECK(!reads("1-"));
	memset(decimal, '9', sizeof(decimal));
	CHECK(!nk_decimal_read(decimal, NK_DECIMAL_MOST + 1, NK_SUM_UNIT, &again,
						   &negative));
}

int
main(void)
{
	test_parts();
	test_sums();
	test_range();
	test_multiples();
	test_canonical();
	test_decimals();
	return unit_report();
}
