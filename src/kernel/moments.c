/*
 * moments.c - the summary of a measured number
 *
 * n, the sum and the sum of squares of the values, both exact (exact_sum.h),
 * determine mean and variance, are the same for every order of the rows, and
 * can be added and subtracted.  The textbook's n Q - S^2, which loses every
 * digit in doubles, is formed in whole numbers and rounded once.
 *
 * Not-a-number policy: NaN and infinite values are counted apart and take no
 * part in anything else.
 *
 * Accuracy: mean, variance and difference are the nearest doubles, the
 * standard deviation nearly always.  test/unit/test_moments.c
 */
#include "moments.h"

/* a summary's sums as whole numbers of their units */
typedef struct Sums
{
	int64_t		n;
	bool		negative;		/* the sum */
	NkWide		sum;
	NkWide		squares;
} Sums;

static const int64_t *
squares_of(const NkMoments *m)
{
	return m->digits + m->header.rows;
}

/* fully - both sums with all their digits, carried to their one form */
static void
fully(const NkMoments *m, int64_t *sum, int64_t *squares)
{
	memset(sum, 0, NK_SUM_DIGITS * sizeof(int64_t));
	memset(squares, 0, NK_SQUARES_DIGITS * sizeof(int64_t));
	memcpy(sum + m->sum_place, m->digits,
		   m->header.rows * sizeof(int64_t));
	memcpy(squares + m->squares_place, squares_of(m),
		   m->header.columns * sizeof(int64_t));
	if (!nk_moments_is_working(m))
		return;
	nk_digits_canonicalise(sum, NK_SUM_DIGITS);
	nk_digits_canonicalise(squares, NK_SQUARES_DIGITS);
}

/* trimmed - leave zeros off at both ends; returns how many digits stay */
static uint32_t
trimmed(const int64_t *digits, uint32_t count, int32_t *place)
{
	uint32_t	first = 0;

	while (count > 0 && digits[count - 1] == 0)
		count--;
	while (first < count && digits[first] == 0)
		first++;
	*place = (int32_t) first;
	return count - first;
}

static size_t
bytes(uint32_t sum, uint32_t squares)
{
	return sizeof(NkMoments) + ((size_t) sum + squares) * sizeof(int64_t);
}

/* keep - fill a block, which has room, with sums in canonical form */
static void
keep(NkMoments *m, const int64_t *sum, const int64_t *squares)
{
	m->header.rows = trimmed(sum, NK_SUM_DIGITS, &m->sum_place);
	m->header.columns = trimmed(squares, NK_SQUARES_DIGITS,
								&m->squares_place);
	memcpy(m->digits, sum + m->sum_place,
		   m->header.rows * sizeof(int64_t));
	memcpy(m->digits + m->header.rows, squares + m->squares_place,
		   m->header.columns * sizeof(int64_t));
}

/* ------------------------------------------------------------------ growth */

static size_t
moments_size(const NkSummary *block)
{
	if (block->rows > NK_SUM_DIGITS || block->columns > NK_SQUARES_DIGITS)
		return 0;
	return bytes(block->rows, block->columns);
}

static NkStatus
moments_room(const NkSummary *state, const NkSummary *more, size_t *size)
{
	(void) more;
	*size = nk_moments_is_working((const NkMoments *) state) ? 0 :
		NK_MOMENTS_WORKING;
	return NK_OK;
}

static void
moments_rebuild(const NkSummary *state, const NkSummary *more,
				NkSummary *block, size_t size)
{
	const NkMoments *from = (const NkMoments *) state;
	NkMoments  *m = (NkMoments *) block;
	uint32_t	container = block->container;

	(void) more;
	(void) size;
	*m = *from;
	block->container = container;
	block->rows = NK_SUM_DIGITS;
	block->columns = NK_SQUARES_DIGITS;
	m->sum_place = m->squares_place = 0;
	fully(from, m->digits, m->digits + NK_SUM_DIGITS);
}

static size_t
moments_canonical_size(const NkSummary *state)
{
	const NkMoments *m = (const NkMoments *) state;
	int64_t		sum[NK_SUM_DIGITS];
	int64_t		squares[NK_SQUARES_DIGITS];
	int32_t		place;
	uint32_t	rows;

	if (!nk_moments_is_working(m))
		return 0;
	fully(m, sum, squares);
	rows = trimmed(sum, NK_SUM_DIGITS, &place);
	return bytes(rows, trimmed(squares, NK_SQUARES_DIGITS, &place));
}

static void
moments_canonicalise(const NkSummary *state, NkSummary *block)
{
	const NkMoments *from = (const NkMoments *) state;
	NkMoments  *m = (NkMoments *) block;
	uint32_t	container = block->container;
	int64_t		sum[NK_SUM_DIGITS];
	int64_t		squares[NK_SQUARES_DIGITS];

	*m = *from;
	block->container = container;
	fully(from, sum, squares);
	keep(m, sum, squares);
}

/* -------------------------------------------------------------- validation */

/* are the digits that a block keeps the ones it should keep? */
static bool
are_kept(const int64_t *digits, uint32_t count, int32_t place, int most)
{
	if (count == 0)
		return place == 0;
	return place >= 0 && place <= most - (int) count &&
		digits[0] != 0 && digits[count - 1] != 0 &&
		nk_digits_are_canonical(digits, (int) count);
}

static bool
has_form(const NkMoments *m)
{
	size_t		count = (size_t) m->header.rows + m->header.columns;

	if (!nk_moments_is_working(m))
		return are_kept(m->digits, m->header.rows, m->sum_place,
						NK_SUM_DIGITS) &&
			are_kept(squares_of(m), m->header.columns, m->squares_place,
					 NK_SQUARES_DIGITS);
	for (size_t i = 0; i < count; i++)
		if (m->digits[i] > NK_DIGIT_MOST || m->digits[i] < -NK_DIGIT_MOST)
			return false;
	return m->sum_place == 0 && m->squares_place == 0;
}

/* is a no more than n times 2^bits? */
static bool
is_at_most(const NkWide *a, int64_t n, int bits)
{
	NkWide		most = {1, {(uint64_t) n}};

	if (n == 0)
		return a->used == 0;
	return nk_wide_shift_up(&most, bits) && nk_wide_compare(a, &most) <= 0;
}

/*
 * scatter - n Q - S^2, which is n^2 times the mean squared distance from the
 * mean; false if it is negative, as no data can make it
 */
static bool
scatter(const Sums *sums, NkWide *result)
{
	NkWide		square;

	*result = sums->squares;
	if (!nk_wide_scale(result, (uint64_t) sums->n, 0) ||
		!nk_wide_square(&sums->sum, &square) ||
		nk_wide_compare(result, &square) < 0)
		return false;
	nk_wide_subtract(result, &square);
	return true;
}

static void
open_sums(const NkMoments *m, Sums *sums)
{
	sums->n = m->n;
	sums->negative = nk_digits_sign(m->digits, (int) m->header.rows) < 0;
	nk_digits_to_wide(m->digits, (int) m->header.rows, m->sum_place,
					  &sums->sum);
	nk_digits_to_wide(squares_of(m), (int) m->header.columns,
					  m->squares_place, &sums->squares);
}

/* nothing but data gives these sums, as far as n, S and Q can tell */
static NkStatus
validate_sums(const NkMoments *m)
{
	Sums		sums;
	NkWide		difference;

	if (nk_digits_sign(squares_of(m), (int) m->header.columns) < 0)
		return NK_BAD_SUMMARY;
	open_sums(m, &sums);
	/* no double is above 2^1024, no sum of n of them above n times that */
	if (!is_at_most(&sums.sum, m->n, 1024 - NK_SUM_UNIT) ||
		!is_at_most(&sums.squares, m->n, 2048 - NK_SQUARES_UNIT) ||
		!scatter(&sums, &difference) ||
		(m->n == 1 && difference.used > 0))
		return NK_BAD_SUMMARY;
	return NK_OK;
}

static NkStatus
moments_validate(const NkSummary *summary)
{
	const NkMoments *m = (const NkMoments *) summary;
	int64_t		all;
	union
	{
		NkMoments	moments;
		char		room[NK_MOMENTS_WORKING];
	}			canonical;

	if (m->n < 0 || m->n_not_finite < 0)
		return NK_NEGATIVE_COUNT;
	if (!nk_add(m->n, m->n_not_finite, &all))
		return NK_OVERFLOW;
	if (!has_form(m))
		return NK_BAD_SUMMARY;
	if (!nk_moments_is_working(m))
		return validate_sums(m);
	canonical.moments.header.container = 0;
	moments_canonicalise(summary, &canonical.moments.header);
	return validate_sums(&canonical.moments);
}

/* -------------------------------------------------------------- arithmetic */

static int64_t
moments_n(const NkSummary *summary)
{
	return ((const NkMoments *) summary)->n;
}

void
nk_moments_carry(NkMoments *m)
{
	nk_digits_carry(m->digits, NK_SUM_DIGITS);
	nk_digits_carry(m->digits + NK_SUM_DIGITS, NK_SQUARES_DIGITS);
}

static NkStatus
moments_merge(NkSummary *into, const NkSummary *from)
{
	NkMoments  *a = (NkMoments *) into;
	const NkMoments *b = (const NkMoments *) from;
	int64_t    *squares = a->digits + NK_SUM_DIGITS + b->squares_place;
	int64_t		all;

	if (!nk_add(a->n, b->n, &a->n) ||
		!nk_add(a->n_not_finite, b->n_not_finite, &a->n_not_finite) ||
		!nk_add(a->n, a->n_not_finite, &all))
		return NK_OVERFLOW;
	nk_moments_carry(a);
	for (uint32_t i = 0; i < from->rows; i++)
		a->digits[(uint32_t) b->sum_place + i] += b->digits[i];
	for (uint32_t i = 0; i < from->columns; i++)
		squares[i] += squares_of(b)[i];
	nk_moments_carry(a);
	return NK_OK;
}

static NkStatus
moments_subtract(NkSummary *from, const NkSummary *part)
{
	NkMoments  *rest = (NkMoments *) from;
	const NkMoments *p = (const NkMoments *) part;
	int64_t		sum[NK_SUM_DIGITS];
	int64_t		squares[NK_SQUARES_DIGITS];

	if (p->n > rest->n || p->n_not_finite > rest->n_not_finite)
		return NK_NOT_CONTAINED;
	rest->n -= p->n;
	rest->n_not_finite -= p->n_not_finite;
	fully(rest, sum, squares);
	for (uint32_t i = 0; i < part->rows; i++)
		sum[(uint32_t) p->sum_place + i] -= p->digits[i];
	for (uint32_t i = 0; i < part->columns; i++)
		squares[(uint32_t) p->squares_place + i] -= squares_of(p)[i];
	nk_digits_canonicalise(sum, NK_SUM_DIGITS);
	nk_digits_canonicalise(squares, NK_SQUARES_DIGITS);
	keep(rest, sum, squares);
	return moments_validate(from) == NK_OK ? NK_OK : NK_NOT_CONTAINED;
}

/*
 * nk_moments_make - sums that have exactly this mean and variance
 *
 * S = n mean and Q = (n - 1) variance + n mean^2 are exact, so that what is
 * computed from them later is the mean and the variance that were given.
 */
NkStatus
nk_moments_make(NkMoments *m, int64_t n, double mean, double variance)
{
	int64_t    *squares = m->digits + NK_SUM_DIGITS;
	NkDoubleParts parts;
	NkDoubleParts spread;

	if (n < 0)
		return NK_NEGATIVE_COUNT;
	if (!nk_double_parts(mean, &parts) ||
		!nk_double_parts(variance, &spread) || variance < 0 ||
		(n == 0 && mean != 0) || (n < 2 && variance != 0))
		return NK_BAD_MOMENTS;
	m->n = n;
	nk_digits_add_multiple(m->digits, &parts, n);
	nk_digits_add_squares(squares, &parts, n);
	if (n > 1)
	{
		spread.negative = false;	/* -0 */
		spread.place += NK_SUM_UNIT - NK_SQUARES_UNIT;
		nk_digits_add_multiple(squares, &spread, n - 1);
	}
	nk_moments_carry(m);
	return NK_OK;
}

/* ---------------------------------------------------------------- accessors */

static NkReal
mean_of(const NkMoments *m)
{
	Sums		sums;
	NkReal		mean;

	open_sums(m, &sums);
	mean = nk_wide_quotient(&sums.sum, NK_SUM_UNIT, (uint64_t) m->n, 1);
	mean.negative = sums.negative;
	return mean;
}

/* n Q - S^2 over n times a divisor */
static NkReal
scatter_over(const NkMoments *m, int64_t divisor)
{
	Sums		sums;
	NkWide		difference;

	open_sums(m, &sums);
	if (!scatter(&sums, &difference))
		nk_wide_clear(&difference);
	return nk_wide_quotient(&difference, NK_SQUARES_UNIT, (uint64_t) m->n,
							(uint64_t) divisor);
}

double
nk_moments_mean(const NkMoments *m)
{
	NkReal		mean;

	if (m->n == 0)
		return NK_UNDEFINED;
	mean = mean_of(m);
	return nk_real_round(&mean);
}

NkPair
nk_moments_mean_pair(const NkMoments *m)
{
	NkReal		mean;

	if (m->n == 0)
		return (NkPair) {NK_UNDEFINED, NK_UNDEFINED};
	mean = mean_of(m);
	return nk_real_pair(&mean);
}

double
nk_moments_variance(const NkMoments *m)
{
	NkReal		variance;

	if (m->n < 2)
		return NK_UNDEFINED;
	variance = scatter_over(m, m->n - 1);
	return nk_real_round(&variance);
}

double
nk_moments_stddev(const NkMoments *m)
{
	NkReal		variance;
	double		root;
	int			exponent;

	if (m->n < 2)
		return NK_UNDEFINED;
	variance = scatter_over(m, m->n - 1);
	root = nk_real_root(&variance, &exponent);
	return ldexp(root, exponent);
}

double
nk_moments_spread(const NkMoments *m, int *exponent)
{
	NkReal		square;

	*exponent = 0;
	if (m->n == 0)
		return NK_UNDEFINED;
	square = scatter_over(m, m->n);
	return nk_real_root(&square, exponent);
}

double
nk_moments_difference(const NkMoments *a, const NkMoments *b)
{
	Sums		first;
	Sums		second;
	NkReal		difference;
	bool		negative;

	if (a->n == 0 || b->n == 0)
		return NK_UNDEFINED;
	open_sums(a, &first);
	open_sums(b, &second);
	(void) nk_wide_scale(&first.sum, (uint64_t) b->n, 0);
	(void) nk_wide_scale(&second.sum, (uint64_t) a->n, 0);
	negative = first.negative;
	if (first.negative != second.negative)
		(void) nk_wide_add(&first.sum, &second.sum);
	else if (nk_wide_compare(&first.sum, &second.sum) >= 0)
		nk_wide_subtract(&first.sum, &second.sum);
	else
	{
		nk_wide_subtract(&second.sum, &first.sum);
		first.sum = second.sum;
		negative = !negative;
	}
	difference = nk_wide_quotient(&first.sum, NK_SUM_UNIT, (uint64_t) a->n,
								  (uint64_t) b->n);
	difference.negative = negative;
	return nk_real_round(&difference);
}

/* ---------------------------------------------------------------- exchange */

/* one sum as an exact decimal; an input port fills it */
static NkStatus
exchange_sum(NkPort *port, const char *name, int unit, NkWide *sum,
			 bool *negative)
{
	char		decimal[NK_DECIMAL_MOST];
	const char *text = decimal;
	uint32_t	length;

	length = (uint32_t) nk_decimal_write(sum, unit, *negative, decimal);
	port->text(port, name, &text, &length);
	return nk_decimal_read(text, length, unit, sum, negative) ? NK_OK :
		NK_BAD_DECIMAL;
}

static NkStatus
moments_exchange(NkSummary *summary, NkPort *port)
{
	NkMoments  *m = (NkMoments *) summary;
	int64_t		digits[NK_SUM_DIGITS];
	int64_t		squares[NK_SQUARES_DIGITS];
	int32_t		place;
	uint32_t	rows;
	bool		negative = false;
	Sums		sums;
	NkStatus	status;

	open_sums(m, &sums);
	port->count(port, "n", &m->n);
	port->optional(port, "n_not_finite", &m->n_not_finite);
	status = exchange_sum(port, "sum", NK_SUM_UNIT, &sums.sum,
						  &sums.negative);
	if (status == NK_OK)
		status = exchange_sum(port, "sum_of_squares", NK_SQUARES_UNIT,
							  &sums.squares, &negative);
	if (status != NK_OK)
		return status;
	if (!nk_wide_to_digits(&sums.sum, sums.negative, digits, NK_SUM_DIGITS) ||
		!nk_wide_to_digits(&sums.squares, negative, squares,
						   NK_SQUARES_DIGITS))
		return NK_BAD_SUMMARY;
	rows = trimmed(digits, NK_SUM_DIGITS, &place);
	m = (NkMoments *)
		port->resize(port, summary,
					 bytes(rows, trimmed(squares, NK_SQUARES_DIGITS,
										 &place)));
	keep(m, digits, squares);
	return NK_OK;
}

static const NkGrowth growth = {
	.size = moments_size,
	.room = moments_room,
	.rebuild = moments_rebuild,
	.canonical_size = moments_canonical_size,
	.canonicalise = moments_canonicalise,
	/* the rest of 5 without 1e300 has more digits than 5 */
	.rest_size = NK_MOMENTS_WORKING
};

const NkSummaryKind nk_moments_kind = {
	.name = "moments",
	.code = 6,
	.rows = 0,
	.columns = 0,
	.size = sizeof(NkMoments),
	.growth = &growth,
	.n = moments_n,
	.validate = moments_validate,
	.merge = moments_merge,
	.subtract = moments_subtract,
	.exchange = moments_exchange
};
