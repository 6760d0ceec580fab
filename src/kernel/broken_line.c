/*
 * broken_line.c - two straight lines that meet at an age
 *
 * The linear predictor is level + before * min(x - psi, 0) + after *
 * max(x - psi, 0): the mean itself, with known variances, or log odds.  Given
 * psi it is a generalised linear model of three coefficients, and D(psi) its
 * deviance.  Between two neighbouring ages the model is two lines, one through
 * the ages before and one through those after, that must meet there.  Fitted
 * freely, they either do, and where they meet is the one minimum of D between
 * these ages; or D is smallest at one of the two ages, because a convex
 * function whose minimum lies outside of a convex cone is least on its border.
 * So the minimum over all psi is found exactly, without a grid: the least of D
 * at the ages and of the free lines that meet where they should.
 *
 *   Hudson D J (1966) Fitting segmented curves whose join points have to be
 *   estimated.  J Am Stat Assoc 61:1097.  doi:10.1080/01621459.1966.10482198
 *
 * Coefficients are found by Newton's method.  Where children with and without
 * the event are separated by age a slope of the logit grows for ever; the
 * deviance has its limit after some dozen steps, and the slope is marked.
 *
 * Accuracy: ages, slopes and deviances 1e-12 relative (of numbers below .01
 * absolute parts of that) of 60-digit minima, on 5 to 40 ages and up to 1e9
 * children an age, held by test_broken_line.
 */
#include "broken_line.h"

#include "dist.h"
#include "likelihood.h"
#include "linear.h"

#define MAX_STEPS	200
#define MAX_HALVES	40
#define LONGEST_STEP	4		/* of a line: beyond it information is lost */

/*
 * By how much the deviance falls in a step of Newton's: below the first no
 * step goes too far, and the deviance is too coarse to tell; below the second
 * nothing is left to gain.
 */
#define SMALL_DECREMENT	1e-8
#define LAST_DECREMENT	1e-22

/* a step at the end that still changes a line so much never ends */
#define SEPARATED_STEP	0.01

/* lines through some of the ages: one, or two that meet at x */
typedef struct Fit
{
	const NkAges *ages;
	int			from;			/* ages from .. to - 1 */
	int			to;
	int			lines;
	double		x;				/* where coefficient 0 is the level */
	double		coefficient[3];
	bool		infinite[3];
	double		deviance;
} Fit;

static void
basis_at(const Fit *fit, double x, double basis[3])
{
	basis[0] = 1;
	basis[1] = fit->lines == 1 ? x - fit->x : fmin(x - fit->x, 0);
	basis[2] = fit->lines == 1 ? 0 : fmax(x - fit->x, 0);
}

/* deviance of age i, the slope of its log likelihood, and its information */
static double
score_age(const NkAges *ages, int i, double line, double *score,
		  double *information)
{
	double		y = ages->y[i];
	double		weight = ages->weight[i];

	if (ages->link == NK_IDENTITY)
	{
		*information = weight;
		*score = weight * (y - line);
		return *score * (y - line);
	}
	else
	{
		NkLogistic	mean = nk_logistic(line);
		double		rest = weight - y;	/* children without the event */

		*information = weight * mean.p * mean.q;
		*score = y * mean.q - rest * mean.p;
		return 2 * (nk_deviance(y, weight * mean.p, *score) +
					nk_deviance(rest, weight * mean.q, -*score));
	}
}

/* deviance at the coefficients, with score and information (lower triangle) */
static double
evaluate(const Fit *fit, const double *coefficient, double *score,
		 double *information)
{
	int			p = fit->lines + 1;
	double		deviance = 0;

	for (int j = 0; j < p; j++)
		score[j] = 0;
	for (int j = 0; j < p * p; j++)
		information[j] = 0;
	for (int i = fit->from; i < fit->to; i++)
	{
		double		basis[3];
		double		slope;
		double		weight;

		basis_at(fit, fit->ages->x[i], basis);
		deviance += score_age(fit->ages, i, nk_dot(basis, coefficient, p),
							  &slope, &weight);
		for (int j = 0; j < p; j++)
			score[j] += slope * basis[j];
		nk_add_square(information, basis, weight, p);
	}
	return deviance;
}

/* how far a step changes the lines, at the age where it does most */
static double
change(const Fit *fit, const double *step)
{
	int			p = fit->lines + 1;
	double		largest = 0;

	for (int i = fit->from; i < fit->to; i++)
	{
		double		basis[3];

		basis_at(fit, fit->ages->x[i], basis);
		largest = fmax(largest, fabs(nk_dot(basis, step, p)));
	}
	return largest;
}

/* from the coefficients given; nothing is said of it where a step fails */
static void
climb(Fit *fit)
{
	int			p = fit->lines + 1;
	double		score[3];
	double		information[9];
	double		step[3] = {0};
	double		trial[3] = {0};
	double		decrement = INFINITY;

	fit->deviance = evaluate(fit, fit->coefficient, score, information);
	for (int steps = 0; steps < MAX_STEPS; steps++)
	{
		double		last = decrement;
		double		length = 1;
		double		deviance;
		bool		lower = false;

		nk_check_interrupts();
		if (!nk_cholesky(information, p))
			break;
		for (int j = 0; j < p; j++)
			step[j] = score[j];
		nk_solve_lower(information, step, p);
		decrement = nk_dot(step, step, p);
		nk_solve_upper(information, step, p);
		/* roundings go on for ever */
		if (last < SMALL_DECREMENT && decrement > last / 2)
			break;
		if (fit->ages->link == NK_LOGIT && decrement >= SMALL_DECREMENT)
			length = fmin(1, LONGEST_STEP / change(fit, step));
		for (int halves = 0; halves < MAX_HALVES && !lower; halves++)
		{
			for (int j = 0; j < p; j++)
				trial[j] = fit->coefficient[j] + length * step[j];
			deviance = evaluate(fit, trial, score, information);
			lower = deviance <= fit->deviance || decrement < SMALL_DECREMENT;
			length /= 2;
		}
		if (!lower)
			break;
		fit->deviance = deviance;
		for (int j = 0; j < p; j++)
			fit->coefficient[j] = trial[j];
		if (decrement < LAST_DECREMENT)
			break;
	}
	for (int j = 0; j < p; j++)
	{
		double		part[3] = {0};

		part[j] = step[j];
		fit->infinite[j] = fit->ages->link == NK_LOGIT &&
			change(fit, part) > SEPARATED_STEP;
	}
}

/* one line through the ages from .. to - 1 */
static Fit
fit_line(const NkAges *ages, int from, int to)
{
	Fit			fit = {.ages = ages, .from = from, .to = to, .lines = 1};
	double		weight = 0;
	double		sum_y = 0;

	/* the information of a logit is largest where its events and others are
	 * many, but any point among the ages will do */
	for (int i = from; i < to; i++)
	{
		weight += ages->weight[i];
		fit.x += ages->weight[i] * (ages->x[i] - ages->x[from]);
		sum_y += ages->y[i] *
			(ages->link == NK_IDENTITY ? ages->weight[i] : 1);
	}
	fit.x = ages->x[from] + fit.x / weight;
	fit.coefficient[0] = sum_y / weight;
	if (ages->link == NK_LOGIT)
		fit.coefficient[0] = log((sum_y + 0.5) / (weight - sum_y + 0.5));
	climb(&fit);
	return fit;
}

/* two lines that meet at x, found from one */
static Fit
fit_bend(const NkAges *ages, double x, const Fit *line)
{
	Fit			fit = {
		.ages = ages,
		.to = ages->count,
		.lines = 2,
		.x = x,
		.coefficient = {
			line->coefficient[0] + line->coefficient[1] * (x - line->x),
			line->coefficient[1],
			line->coefficient[1]
		}
	};

	climb(&fit);
	return fit;
}

static NkBend
bend_of(const Fit *fit)
{
	return (NkBend)
	{
		.x = fit->x,
		.level = fit->coefficient[0],
		.before = fit->coefficient[1],
		.after = fit->coefficient[fit->lines],
		.before_infinite = fit->infinite[1],
		.after_infinite = fit->infinite[fit->lines],
		.deviance = fit->deviance
	};
}

void
nk_straight_line(const NkAges *ages, NkBend *line)
{
	Fit			fit = fit_line(ages, 0, ages->count);

	*line = bend_of(&fit);
}

void
nk_broken_line_at(const NkAges *ages, double x, NkBend *bend)
{
	Fit			line = fit_line(ages, 0, ages->count);
	Fit			fit = fit_bend(ages, x, &line);

	*bend = bend_of(&fit);
}

/*
 * The free lines before and after the step from age i to the next one, if
 * they meet within it.
 */
static bool
lines_meet(const NkAges *ages, int i, NkBend *bend)
{
	Fit			before = fit_line(ages, 0, i + 1);
	Fit			after = fit_line(ages, i + 1, ages->count);
	double		rise = before.coefficient[1] - after.coefficient[1];
	double		ahead;			/* of the lower age */

	ahead = (after.coefficient[0] - before.coefficient[0] +
			 after.coefficient[1] * (ages->x[i] - after.x) -
			 before.coefficient[1] * (ages->x[i] - before.x)) / rise;
	if (!(ahead > 0 && ahead < ages->x[i + 1] - ages->x[i]))
		return false;
	*bend = (NkBend)
	{
		.x = ages->x[i] + ahead,
		.level = before.coefficient[0] +
		before.coefficient[1] * (ages->x[i] + ahead - before.x),
		.before = before.coefficient[1],
		.after = after.coefficient[1],
		.before_infinite = before.infinite[1],
		.after_infinite = after.infinite[1],
		.deviance = before.deviance + after.deviance
	};
	return true;
}

void
nk_broken_line(const NkAges *ages, NkBend *bend)
{
	Fit			line = fit_line(ages, 0, ages->count);

	bend->deviance = INFINITY;
	for (int i = 1; i < ages->count - 1; i++)
	{
		Fit			fit = fit_bend(ages, ages->x[i], &line);
		NkBend		met;

		if (fit.deviance < bend->deviance)
			*bend = bend_of(&fit);
		if (i < ages->count - 2 && lines_meet(ages, i, &met) &&
			met.deviance < bend->deviance)
			*bend = met;
	}
}

double
nk_bend_line(const NkBend *bend, double x)
{
	return bend->level + (x < bend->x ? bend->before : bend->after) *
		(x - bend->x);
}

double
nk_age_information(const NkAges *ages, int i, double line)
{
	double		score;
	double		information;

	score_age(ages, i, line, &score, &information);
	return information;
}
