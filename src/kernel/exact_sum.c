/*
 * exact_sum.c - sums of doubles and of their squares, without any rounding.
 *
 * Method: a fixed-point number as wide as the range of doubles, in digits of
 * 32 bits that live in 64, so that hundreds of numbers are added before a
 * carry is due (Neal's small superaccumulator).  Squares are exact products
 * of 106 bits, in a number twice as wide.  Whole numbers have no order of
 * addition, so any plan and any number of workers gives the same bits, and
 * what was added can be subtracted again.
 *
 *   Neal R M (2015) Fast exact summation using small and large
 *   superaccumulators.  arXiv:1505.05571
 *
 * Not-a-number policy: NaN and infinity have no place; nk_double_parts says
 * so, and the caller counts them.
 *
 * Accuracy: exact.  test/unit/test_exact_sum.c
 */
#include "exact_sum.h"

#define DIGIT_BASE		((int64_t) 1 << 32)
#define POWER_OF_TEN	UINT64_C(10000000000000000000)	/* 10^19 */
#define POWER_OF_FIVE	UINT64_C(7450580596923828125)	/* 5^27 */

void
nk_digits_add_multiple(int64_t *digits, const NkDoubleParts *x, int64_t n)
{
	nk_digits_add(digits, (unsigned __int128) x->whole * (uint64_t) n,
				  x->place, x->negative);
}

void
nk_digits_add_squares(int64_t *digits, const NkDoubleParts *x, int64_t n)
{
	unsigned __int128 once = (unsigned __int128) x->whole * (uint64_t) n;

	nk_digits_add(digits, (unsigned __int128) (uint64_t) once * x->whole,
				  2 * x->place, false);
	once = (once >> 64) * x->whole;
	if (once != 0)
		nk_digits_add(digits, once, 2 * x->place + 64, false);
}

void
nk_digits_carry(int64_t *digits, int count)
{
	int64_t		carry = 0;

	for (int i = 0; i < count - 1; i++)
	{
		int64_t		digit = digits[i] + carry;

		carry = digit >> 32;	/* rounds down, also below 0 */
		digits[i] = digit & (DIGIT_BASE - 1);
	}
	if (count > 0)
		digits[count - 1] += carry;
}

static void
negate(int64_t *digits, int count)
{
	for (int i = 0; i < count; i++)
		digits[i] = -digits[i];
}

int
nk_digits_sign(const int64_t *digits, int count)
{
	while (count > 0 && digits[count - 1] == 0)
		count--;
	if (count == 0)
		return 0;
	return digits[count - 1] < 0 ? -1 : 1;
}

int
nk_digits_canonicalise(int64_t *digits, int count)
{
	nk_digits_carry(digits, count);
	if (count > 0 && digits[count - 1] < 0)
	{
		negate(digits, count);
		nk_digits_carry(digits, count);
		negate(digits, count);
	}
	return nk_digits_sign(digits, count);
}

bool
nk_digits_are_canonical(const int64_t *digits, int count)
{
	int			sign = nk_digits_sign(digits, count);

	for (int i = 0; i < count; i++)
		if (digits[i] >= DIGIT_BASE || digits[i] <= -DIGIT_BASE ||
			digits[i] * sign < 0)
			return false;
	return true;
}

void
nk_digits_to_wide(const int64_t *digits, int count, int place, NkWide *wide)
{
	memset(wide->limb, 0, sizeof(uint64_t) * (size_t) ((place + count + 1) / 2));
	wide->used = 0;
	for (int i = 0; i < count; i++)
	{
		uint64_t	digit = (uint64_t) (digits[i] < 0 ? -digits[i] : digits[i]);
		int			limb = (place + i) / 2;

		wide->limb[limb] |= digit << 32 * ((place + i) % 2);
		if (digit != 0)
			wide->used = limb + 1;
	}
}

bool
nk_wide_to_digits(const NkWide *wide, bool negative, int64_t *digits,
				  int count)
{
	if (nk_wide_bits(wide) > 32 * count)
		return false;
	for (int i = 0; i < count; i++)
	{
		uint64_t	limb = i / 2 < wide->used ? wide->limb[i / 2] : 0;

		digits[i] = (int64_t) (uint32_t) (limb >> 32 * (i % 2));
	}
	if (negative)
		negate(digits, count);
	return true;
}

/*
 * nk_decimal_write - the exact decimal, which is returned with its length
 *
 * An odd number of units of 2^-places is that number times 5^places units of
 * 10^-places, so the decimal has as many places as the binary number.
 */
int
nk_decimal_write(const NkWide *wide, int unit, bool negative, char *decimal)
{
	NkWide		rest = *wide;
	char		digits[NK_DECIMAL_MOST];
	int			places;
	int			count = 0;
	int			length = 0;

	if (wide->used == 0)
	{
		decimal[0] = '0';
		return 1;
	}
	places = -unit - nk_wide_trailing_zeros(wide);
	if (places < 0)
		places = 0;
	nk_wide_shift_down(&rest, -unit - places);
	for (int i = places; i > 0; i -= 27)
	{
		uint64_t	power = POWER_OF_FIVE;

		for (int k = i; k < 27; k++)
			power /= 5;
		(void) nk_wide_scale(&rest, power, 0);
	}

	/* digits come from the last one on; there is one before the point */
	while (rest.used > 0 || count <= places)
	{
		uint64_t	group = nk_wide_divide(&rest, POWER_OF_TEN);

		for (int k = 0; k < 19 && (rest.used > 0 || group > 0 ||
								   count <= places); k++)
		{
			digits[count++] = (char) ('0' + group % 10);
			group /= 10;
		}
	}
	if (negative)
		decimal[length++] = '-';
	while (count > 0)
	{
		if (count == places)
			decimal[length++] = '.';
		decimal[length++] = digits[--count];
	}
	return length;
}

bool
nk_decimal_read(const char *decimal, uint32_t length, int unit, NkWide *wide,
				bool *negative)
{
	uint32_t	i = 0;
	uint32_t	point;
	int			places;

	nk_wide_clear(wide);
	*negative = length > 0 && decimal[0] == '-';
	if (length > NK_DECIMAL_MOST)
		return false;
	if (*negative)
		i++;
	/* a digit on each side of the point; zeros at the end say nothing */
	for (point = i; point < length && decimal[point] != '.';)
		point++;
	if (point == i || point + 1 == length)
		return false;
	while (length > point && decimal[length - 1] == '0')
		length--;
	places = length > point + 1 ? (int) (length - point - 1) : 0;
	if (places > -unit)
		return false;
	for (; i < length; i++)
	{
		if (i == point)
			continue;
		if (decimal[i] < '0' || decimal[i] > '9' ||
			!nk_wide_scale(wide, 10, (uint64_t) (decimal[i] - '0')))
			return false;
	}
	for (int k = 0; k < places; k++)
		if (nk_wide_divide(wide, 5) != 0)
			return false;
	if (wide->used == 0)
		*negative = false;
	return nk_wide_shift_up(wide, -unit - places);
}
