/*
 * unit.h - the few macros that the kernel's unit tests share.
 *
 * A test file is a program: it calls CHECK and CHECK_CLOSE, ends with
 * unit_report(), and links the kernel alone, without a server.  Each check is
 * one line of TAP ("ok 1 - ..." or "not ok 2 - ..."), so prove can run it.
 */
#ifndef NK_UNIT_H
#define NK_UNIT_H

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kernel.h"

/*
 * Read by the address sanitizer at start.  The kernel allocates nothing, so
 * there are no leaks to look for, and the search needs /proc and the right to
 * trace, which not every container gives (nor is the environment variable
 * ASAN_OPTIONS read without /proc).
 */
extern const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return "detect_leaks=0";
}

/*
 * The kernel's interrupt hook: nobody interrupts a test, but it can count, and
 * say for how long nobody could have.  Processor time, so that what else the
 * machine does is not seen.
 */
static long unit_interrupt_checks;
static bool unit_interrupt_watch;
static double unit_interrupt_last;
static double unit_interrupt_gap;	/* longest, in seconds */

static inline double
unit_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double) now.tv_sec + 1e-9 * (double) now.tv_nsec;
}

void
nk_check_interrupts(void)
{
	double		now;

	unit_interrupt_checks++;
	if (!unit_interrupt_watch)
		return;
	now = unit_clock();
	unit_interrupt_gap = fmax(unit_interrupt_gap, now - unit_interrupt_last);
	unit_interrupt_last = now;
}

/* from here to unit_watched is watched, its beginning and its end as well */
static inline void
unit_watch(void)
{
	unit_interrupt_watch = true;
	unit_interrupt_gap = 0;
	unit_interrupt_last = unit_clock();
}

static inline double
unit_watched(void)
{
	nk_check_interrupts();
	unit_interrupt_watch = false;
	return unit_interrupt_gap;
}

static int unit_checks;
static int unit_failures;

static inline void
unit_check(bool passed, const char *file, int line, const char *what)
{
	unit_checks++;
	if (!passed)
		unit_failures++;
	printf("%s %d - %s\n", passed ? "ok" : "not ok", unit_checks, what);
	if (!passed)
		printf("# failed at %s:%d\n", file, line);
}

/* relative distance; equal values, also 0 and 0 or two NaNs, are at 0 */
static inline double
unit_distance(double got, double expected)
{
	if (got == expected || (isnan(got) && isnan(expected)))
		return 0;
	if (isnan(got) || isnan(expected) || isinf(got) || isinf(expected))
		return INFINITY;
	if (expected == 0)
		return fabs(got);
	return fabs(got - expected) / fabs(expected);
}

static inline void
unit_check_close(double got, double expected, double tolerance,
				 const char *file, int line, const char *what)
{
	bool		passed = unit_distance(got, expected) <= tolerance;

	unit_check(passed, file, line, what);
	if (!passed)
		printf("# got %.17g, expected %.17g, relative distance %.3g\n",
			   got, expected, unit_distance(got, expected));
}

static inline int
unit_report(void)
{
	printf("1..%d\n", unit_checks);
	return unit_failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#define CHECK(condition) \
	unit_check((condition), __FILE__, __LINE__, #condition)
#define CHECK_CLOSE(got, expected, tolerance) \
	unit_check_close((got), (expected), (tolerance), __FILE__, __LINE__, \
					 #got)

#endif							/* NK_UNIT_H */
