/*
 * exact_sum.h - sums of doubles and of their squares, without any rounding
 *
 * An exact sum is a row of digits in base 2^32, the least significant first,
 * each with room for more: adding a number changes a few digits and carries
 * nothing.  Carries are made up for at least every NK_SUM_LAZY additions.
 *
 * The first digit of a sum of doubles counts units of 2^-1074, the least
 * double; that of a sum of squares counts units of 2^-2148.
 */
#ifndef NK_EXACT_SUM_H
#define NK_EXACT_SUM_H

#include <string.h>

#include "wide.h"

#pragma GCC visibility push(hidden)

/* enough for 2^63 of the largest doubles, and of their squares */
#define NK_SUM_DIGITS		68
#define NK_SQUARES_DIGITS	134

#define NK_SUM_UNIT			(-1074)
#define NK_SQUARES_UNIT		(-2148)

/*
 * A product or a double puts less than 2^52 into one digit.  From carried
 * digits, below 2^32, so many additions stay below 2^62; a digit up to there
 * may have as many again.
 */
#define NK_SUM_LAZY			512
#define NK_DIGIT_MOST		((int64_t) 1 << 62)

/* a finite double: whole * 2^(place - 1074), and its sign */
typedef struct NkDoubleParts
{
	uint64_t	whole;			/* below 2^53 */
	unsigned	place;			/* 0 to 2045 */
	bool		negative;
} NkDoubleParts;

/* false if x is NaN or infinite */
static inline bool
nk_double_parts(double x, NkDoubleParts *parts)
{
	uint64_t	bits;
	unsigned	exponent;

	memcpy(&bits, &x, sizeof bits);
	exponent = (unsigned) (bits >> 52) & 0x7FF;
	parts->negative = bits >> 63 != 0;
	parts->whole = (bits & (((uint64_t) 1 << 52) - 1)) |
		(uint64_t) (exponent != 0) << 52;
	parts->place = exponent - (exponent != 0);
	return exponent != 0x7FF;
}

/* add whole * 2^place units, less than 2^117 of them before the shift */
static inline void
nk_digits_add(int64_t *digits, unsigned __int128 whole, unsigned place,
			  bool negative)
{
	unsigned	shift = place % 32;
	uint64_t	low = (uint64_t) whole << shift;
	unsigned __int128 high = whole >> (64 - shift);
	int64_t		sign = -(int64_t) negative; /* x ^ sign - sign is +-x */
	int64_t    *digit = digits + place / 32;

	digit[0] += ((int64_t) (uint32_t) low ^ sign) - sign;
	digit[1] += ((int64_t) (low >> 32) ^ sign) - sign;
	digit[2] += ((int64_t) (uint32_t) high ^ sign) - sign;
	digit[3] += ((int64_t) (high >> 32) ^ sign) - sign;
}

/* the same for what a double holds: two digits do */
static inline void
nk_digits_add_double(int64_t *digits, const NkDoubleParts *x)
{
	unsigned	shift = x->place % 32;
	int64_t		sign = -(int64_t) x->negative;
	int64_t    *digit = digits + x->place / 32;

	digit[0] += ((int64_t) (uint32_t) (x->whole << shift) ^ sign) - sign;
	digit[1] += ((int64_t) (x->whole >> (32 - shift)) ^ sign) - sign;
}

static inline void
nk_digits_add_square(int64_t *digits, const NkDoubleParts *x)
{
	nk_digits_add(digits, (unsigned __int128) x->whole * x->whole,
				  2 * x->place, false);
}

/* add n times a double, n times its square (n not negative) */
extern void nk_digits_add_multiple(int64_t *digits, const NkDoubleParts *x,
								   int64_t n);
extern void nk_digits_add_squares(int64_t *digits, const NkDoubleParts *x,
								  int64_t n);

/* make up for the carries: all digits in [0, 2^32) but the last */
extern void nk_digits_carry(int64_t *digits, int count);

/*
 * The one form that a value has: every digit is below 2^32 in size and has
 * the sign of the whole.  Returns that sign, -1, 0 or 1.
 */
extern int	nk_digits_canonicalise(int64_t *digits, int count);
extern int	nk_digits_sign(const int64_t *digits, int count);
extern bool nk_digits_are_canonical(const int64_t *digits, int count);

/* the size of canonical digits that begin at a place, and the inverse */
extern void nk_digits_to_wide(const int64_t *digits, int count, int place,
							  NkWide *wide);
extern bool nk_wide_to_digits(const NkWide *wide, bool negative,
							  int64_t *digits, int count);

/*
 * Exact decimal: every such sum has a finite one.  The buffer for writing
 * has NK_DECIMAL_MOST characters.  Reading is false for what is no decimal
 * number or no multiple of 2^unit below 2^4288 times that.
 */
#define NK_DECIMAL_MOST		2800

extern int	nk_decimal_write(const NkWide *wide, int unit, bool negative,
							 char *decimal);
extern bool nk_decimal_read(const char *decimal, uint32_t length, int unit,
							NkWide *wide, bool *negative);

#pragma GCC visibility pop

#endif							/* NK_EXACT_SUM_H */
