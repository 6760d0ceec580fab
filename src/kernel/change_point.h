/*
 * change_point.h - is there an age at which a slope changes, and which?
 */
#ifndef NK_CHANGE_POINT_H
#define NK_CHANGE_POINT_H

#include "gap.h"
#include "result.h"

#pragma GCC visibility push(hidden)


/* how many children of an age have the event */
typedef struct NkShareAge
{
	double		age;			/* rising */
	int64_t		n;				/* above 0 */
	int64_t		events;
} NkShareAge;

typedef enum NkChangePointMethod
{
	NK_BROKEN_LINE,				/* of the gap */
	NK_BROKEN_LINE_EDGE,		/* its interval reaches the first or last age
								 * at which a change can be seen */
	NK_BROKEN_LOGIT,			/* of the log odds of a share */
	NK_BROKEN_LOGIT_EDGE
} NkChangePointMethod;

extern const char *const nk_change_point_methods[];

typedef struct NkChangePoint
{
	NkInterval	age;
	double		slope_before;	/* a year, of the gap or of the log odds */
	double		slope_after;
	double		statistic;		/* by which the bend lowers the deviance */
	double		p_value;		/* of no bend anywhere */
	NkChangePointMethod method;
} NkChangePoint;

/* bytes, aligned for doubles, that the functions below work in */
extern size_t nk_change_point_scratch(int ages);

/*
 * NK_EMPTY, NK_TOO_FEW ages, NK_NO_VARIATION, NK_BAD_CONF_LEVEL.
 * NK_NO_CHANGE: p_value is above 1 - conf_level; there is no age, and both
 * slopes are that of the straight line.  NK_SEPARATION: a slope of a logit is
 * infinite, and so undefined; the rest stands.
 */
extern NkStatus nk_gap_change_point(const NkGaps *gaps, double conf_level,
									void *scratch, NkChangePoint *result);
extern NkStatus nk_share_change_point(const NkShareAge *ages, int count,
									  double conf_level, void *scratch,
									  NkChangePoint *result);

#pragma GCC visibility pop

#endif							/* NK_CHANGE_POINT_H */
