/*
 * event_count.h - a number of events as a Poisson count
 */
#ifndef NK_EVENT_COUNT_H
#define NK_EVENT_COUNT_H

#include "result.h"

#pragma GCC visibility push(hidden)

/* in the order of nk_count_methods */
typedef enum NkCountMethod
{
	NK_COUNT_EXACT,
	NK_COUNT_BYAR
} NkCountMethod;

extern const char *const nk_count_methods[];	/* names, ends with NULL */

/* interval of the expected number of events; NK_NEGATIVE_COUNT */
extern NkStatus nk_count_interval(int64_t events, double conf_level,
								  NkCountMethod method, NkInterval *result);

/* what public health uses: exact below 10 events, else Byar */
extern NkCountMethod nk_count_method_for(int64_t events);

#pragma GCC visibility pop

#endif							/* NK_EVENT_COUNT_H */
