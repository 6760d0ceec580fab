/*
 * test_log_factorial.c - logarithms of factorials as integers.
 *
 * Values: mpmath at 30 digits.
 */
#include "log_factorial.h"
#include "unit.h"

static int64_t memory[NK_MOST_FACTORIALS + 1];

static double
log_factorial(int64_t n, int64_t x)
{
	NkLogFactorials f;

	nk_log_factorials(n, memory, &f);
	return (double) f.value[x] * f.unit;
}

/* 720 = 6! = 5! 3!: products that are equal without being the same */
static bool
ties(int64_t n)
{
	NkLogFactorials f;

	nk_log_factorials(n, memory, &f);
	return llabs(f.value[6] - f.value[5] - f.value[3]) <= 1;
}

int
main(void)
{
	NkLogFactorials f;

	CHECK(log_factorial(1, 0) == 0 && log_factorial(1, 1) == 0);
	CHECK_CLOSE(log_factorial(2, 2), 0.6931471805599453094172, 1e-15);
	CHECK_CLOSE(log_factorial(100, 100), 363.7393755555634901441, 1e-16);
	CHECK_CLOSE(log_factorial(100000, 100), 363.7393755555634901441, 1e-15);
	CHECK_CLOSE(log_factorial(100000, 100000), 1051299.221899121865129, 1e-16);
	CHECK_CLOSE(log_factorial(NK_MOST_FACTORIALS, NK_MOST_FACTORIALS),
				59765644.36780615795582, 2e-16);
	CHECK(ties(6) && ties(100) && ties(100000));

	nk_log_factorials(NK_MOST_FACTORIALS, memory, &f);
	CHECK(f.unit < 2e-11);
	CHECK(f.value[NK_MOST_FACTORIALS] < INT64_MAX / 2);
	nk_log_factorials(100000, memory, &f);
	CHECK(f.unit < 5e-13);
	CHECK(unit_interrupt_checks > 100);
	return unit_report();
}
