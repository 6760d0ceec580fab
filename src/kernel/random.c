/*
 * random.c - counter-based random numbers and keyed permutations.
 *
 * Synthetic data have to be the same rows for the same seed on every server
 * version, in every plan and on every worker.  A generator with a state
 * cannot promise that; a function of (seed, stream, index) can: any row may
 * be made alone, in any order.  Everything is 64 bit integer arithmetic, so
 * no mathematical library takes part.
 *
 * The bits are the output function of SplitMix64 (Steele, Lea and Flood 2014,
 * OOPSLA, doi 10.1145/2660193.2660195; a variant of Stafford's 13th mixer of
 * MurmurHash3) over a counter, used the way of Salmon et al. 2011 (SC11, doi
 * 10.1145/2063384.2063405): key from seed and stream, counter from the index.
 * The counter is mixed twice, with the key between, so that two keys never
 * give shifted copies of one sequence.
 *
 * The order is a Feistel network over a grid of rows x columns that is barely
 * larger than n, with addition modulo the side instead of exclusive or (Black
 * and Rogaway 2002, CT-RSA, doi 10.1007/3-540-45760-7_9): each round can be
 * undone, so the network is a permutation of the grid; an output beyond n is
 * put in again until it falls inside (cycle walking), which keeps a
 * permutation of 0 .. n - 1.  "Exactly k of n" is then rank < k, without a
 * sort.
 *
 * These are not cryptographic.  test/unit/test_random.c fixes known values
 * for ever, checks bijection, uniformity and independence of streams.
 */
#include "random.h"

#define GOLDEN UINT64_C(0x9e3779b97f4a7c15) /* 2^64 / golden ratio, odd */
#define STREAM UINT64_C(0xd1342543de82ef95) /* odd; keeps streams apart */
#define ROUNDS 8 /* fewer show in the orders of four places */

static inline uint64_t
mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

static inline uint64_t
key_of(int64_t seed, int32_t stream)
{
	return mix(mix((uint64_t) seed + GOLDEN) + (uint32_t) stream * STREAM);
}

static inline uint64_t
bits_of(uint64_t key, uint64_t counter)
{
	return mix(mix(counter * GOLDEN + key) + key);
}

/* scale 64 bits to 0 .. n - 1; the bias is below n / 2^64 */
static inline uint64_t
scale(uint64_t bits, uint64_t n)
{
	return (uint64_t) (((unsigned __int128) bits * n) >> 64);
}

/* the least side whose square is at least n, for n >= 1 */
static uint64_t
root_above(uint64_t n)
{
	uint64_t low = 1;
	uint64_t high = UINT64_C(1) << 32;

	while (low < high)
	{
		uint64_t middle = low + (high - low) / 2;

		if ((unsigned __int128) middle * middle >= n)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

uint64_t
nk_random_bits(int64_t seed, int32_t stream, int64_t i)
{
	return bits_of(key_of(seed, stream), (uint64_t) i);
}

double
nk_random_uniform(int64_t seed, int32_t stream, int64_t i)
{
	return (double) (nk_random_bits(seed, stream, i) >> 11) * 0x1p-53;
}

int64_t
nk_random_below(int64_t seed, int32_t stream, int64_t i, int64_t n)
{
	return (int64_t) scale(nk_random_bits(seed, stream, i), (uint64_t) n);
}

int64_t
nk_random_rank(int64_t seed, int32_t stream, int64_t n, int64_t i)
{
	uint64_t key = key_of(seed, stream);
	uint64_t columns = root_above((uint64_t) n);
	uint64_t rows = ((uint64_t) n + columns - 1) / columns;
	uint64_t x = (uint64_t) i;

	/* an order of n differs from the order of another n in all its places */
	key = mix(key + (uint64_t) n * GOLDEN);
	do
	{
		uint64_t row = x / columns;
		uint64_t column = x % columns;

		for (uint64_t round = 0; round < ROUNDS; round += 2)
		{
			row += scale(bits_of(key + round, column), rows);
			if (row >= rows)
				row -= rows;
			column += scale(bits_of(key + round + 1, row), columns);
			if (column >= columns)
				column -= columns;
		}
		x = row * columns + column;
	} while (x >= (uint64_t) n);
	return (int64_t) x;
}
