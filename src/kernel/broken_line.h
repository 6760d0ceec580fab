/*
 * broken_line.h - two straight lines that meet at an age, fitted to what is
 * known of each age
 */
#ifndef NK_BROKEN_LINE_H
#define NK_BROKEN_LINE_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

#define NK_BROKEN_LINE_LEAST	5	/* ages; the model has four parameters */
#define NK_BROKEN_LINE_MOST		128

typedef enum NkLink
{
	NK_IDENTITY,				/* the line is the mean of y */
	NK_LOGIT					/* the line is the log odds of an event */
} NkLink;

/*
 * What is known of each age.  Identity: y has mean and variance 1 / weight;
 * the deviance is the weighted sum of squares.  Logit: y of weight children
 * have the event; the deviance is the binomial one.
 */
typedef struct NkAges
{
	NkLink		link;
	int			count;
	double		x[NK_BROKEN_LINE_MOST];	/* rising */
	double		y[NK_BROKEN_LINE_MOST];
	double		weight[NK_BROKEN_LINE_MOST];	/* above 0 */
} NkAges;

typedef struct NkBend
{
	double		x;				/* where the lines meet */
	double		level;			/* of both there */
	double		before;			/* slopes */
	double		after;
	bool		before_infinite;	/* the deviance falls for ever with the
								 * slope, which is where it was left */
	bool		after_infinite;
	double		deviance;
} NkBend;

/* a bend can be seen between the second age and the last but one */
static inline double
nk_first_bend(const NkAges *ages)
{
	return ages->x[1];
}

static inline double
nk_last_bend(const NkAges *ages)
{
	return ages->x[ages->count - 2];
}

/* one line, through all ages; x is then their mean */
extern void nk_straight_line(const NkAges *ages, NkBend *line);

/* the best two lines that meet at x */
extern void nk_broken_line_at(const NkAges *ages, double x, NkBend *bend);

/* the best two lines that meet anywhere */
extern void nk_broken_line(const NkAges *ages, NkBend *bend);

/* the linear predictor at x, and the weight of an age at such a value */
extern double nk_bend_line(const NkBend *bend, double x);
extern double nk_age_information(const NkAges *ages, int i, double line);

#pragma GCC visibility pop

#endif							/* NK_BROKEN_LINE_H */
