/*
 * mixing.c - shares of classes, from how many children were taken for which
 *
 * Where the linear equations have a solution that is not negative, it is the
 * one of greatest likelihood.  Elsewhere some shares are 0, and which ones has
 * to be found.
 *
 * Method: the likelihood is concave.  A few steps of EM come near; then
 * Newton's steps over the shares that are not at 0, cut where one of them
 * would fall below it, which then stays there.  Where no step is left, the
 * share at 0 by which the likelihood would rise most is let go again, until
 * there is none (an active set; Nocedal and Wright 2006, Numerical
 * Optimization, chapter 16).  So a share at the end of its range is exactly 0.
 *
 *   Kim Y, Carbonetto P, Stephens M, Anitescu M (2020) A fast algorithm for
 *   maximum likelihood estimation of mixture proportions using sequential
 *   quadratic programming.  J Comput Graph Stat 29:261-273.
 *   doi:10.1080/10618600.2019.1689985
 *
 * With the penalty sum of x instead of the condition that they sum to 1, the
 * maximum is the same.  Tested by test_three_step.
 */
#include "mixing.h"

#include "lca.h"
#include "linear.h"

#define EM_STEPS 30
#define MAX_STEPS 5000
#define MAX_HALVINGS 50
#define AT_REST 1e-13			/* of a slope; that of the penalty is 1 */
#define RISING 1e-11

/* the problem, and where its solution has come to */
typedef struct Mixing
{
	const double *d;
	int			classes;
	double	   *p;				/* shares of what children were taken for */
	double	   *fitted;			/* the same at x */
	double	   *x;
	bool	   *is_free;
	double	   *slope;			/* of the penalised loss */
	double	   *step;			/* of the free ones, one after the other */
	double	   *trial;
	double	   *information;
} Mixing;

/* the penalised loss at x; infinite where it is impossible */
static double
loss_at(const Mixing *mixing, const double *x)
{
	int			k = mixing->classes;
	double		loss = 0;

	for (int t = 0; t < k; t++)
		loss += x[t];
	for (int s = 0; s < k; s++)
	{
		double		fitted = 0;

		for (int t = 0; t < k; t++)
			fitted += x[t] * mixing->d[t * k + s];
		mixing->fitted[s] = fitted;
		if (mixing->p[s] > 0)
			loss -= mixing->p[s] * log(fitted);
	}
	return loss;
}

/* slopes of the loss, at the x that was fitted last */
static void
find_slopes(Mixing *mixing)
{
	int			k = mixing->classes;

	for (int t = 0; t < k; t++)
	{
		double		sum = 0;

		for (int s = 0; s < k; s++)
			if (mixing->p[s] > 0)
				sum += mixing->p[s] * mixing->d[t * k + s] / mixing->fitted[s];
		mixing->slope[t] = 1 - sum;
	}
}

/* Newton's step over the free shares; a ridge where it is not determined */
static void
find_step(Mixing *mixing, int *place, int *count)
{
	int			k = mixing->classes;
	double		ridge = 0;

	*count = 0;
	for (int t = 0; t < k; t++)
		if (mixing->is_free[t])
			place[(*count)++] = t;
	for (;;)
	{
		int			f = *count;
		double		largest = 0;

		for (int i = 0; i < f * f; i++)
			mixing->information[i] = 0;
		for (int s = 0; s < k; s++)
		{
			if (mixing->p[s] <= 0)
				continue;
			for (int i = 0; i < f; i++)
				mixing->trial[i] = mixing->d[place[i] * k + s] /
					mixing->fitted[s];
			nk_add_square(mixing->information, mixing->trial, mixing->p[s], f);
		}
		for (int i = 0; i < f; i++)
			largest = fmax(largest, mixing->information[i * f + i]);
		for (int i = 0; i < f; i++)
		{
			mixing->information[i * f + i] += ridge * largest;
			mixing->step[i] = -mixing->slope[place[i]];
		}
		if (nk_cholesky(mixing->information, f))
			break;
		ridge = ridge == 0 ? 1e-12 : ridge * 10;
		if (ridge > 1)
		{
			for (int i = 0; i < f; i++)
				mixing->step[i] = 0;
			return;
		}
	}
	nk_solve_lower(mixing->information, mixing->step, *count);
	nk_solve_upper(mixing->information, mixing->step, *count);
}

/*
 * take_step - as far as no share falls below 0 and the loss does not rise
 *
 * False if nothing moved.
 */
static bool
take_step(Mixing *mixing, const int *place, int count)
{
	int			k = mixing->classes;
	double		before = loss_at(mixing, mixing->x);
	double		farthest = 1;
	int			first = -1;		/* the share that meets 0 */

	for (int i = 0; i < count; i++)
		if (mixing->step[i] < 0)
		{
			double		room = -mixing->x[place[i]] / mixing->step[i];

			if (room < farthest)
			{
				farthest = room;
				first = i;
			}
		}
	for (int halving = 0; halving < MAX_HALVINGS; halving++)
	{
		double		loss;

		for (int t = 0; t < k; t++)
			mixing->trial[t] = mixing->x[t];
		for (int i = 0; i < count; i++)
			mixing->trial[place[i]] = fmax(0, mixing->x[place[i]] +
										   farthest * mixing->step[i]);
		if (first >= 0)
			mixing->trial[place[first]] = 0;
		loss = loss_at(mixing, mixing->trial);
		/* near the solution the difference is rounding */
		if (loss <= before + 1e-15 * fabs(before))
		{
			for (int t = 0; t < k; t++)
				mixing->x[t] = mixing->trial[t];
			if (first >= 0)
				mixing->is_free[place[first]] = false;
			return true;
		}
		farthest /= 2;
		first = -1;
	}
	return false;
}

/* let go the share at 0 by which the loss would fall most; false if none */
static bool
release(Mixing *mixing)
{
	int			best = -1;

	for (int t = 0; t < mixing->classes; t++)
		if (!mixing->is_free[t] && mixing->slope[t] < -RISING &&
			(best < 0 || mixing->slope[t] < mixing->slope[best]))
			best = t;
	if (best >= 0)
		mixing->is_free[best] = true;
	return best >= 0;
}

static double
steepest(const Mixing *mixing)
{
	double		steepest = 0;

	for (int t = 0; t < mixing->classes; t++)
		if (mixing->is_free[t])
			steepest = fmax(steepest, fabs(mixing->slope[t]));
	return steepest;
}

/* from the middle to near the maximum */
static void
begin(Mixing *mixing)
{
	int			k = mixing->classes;

	for (int t = 0; t < k; t++)
	{
		mixing->x[t] = 1 / (double) k;
		mixing->is_free[t] = true;
	}
	for (int i = 0; i < EM_STEPS; i++)
	{
		loss_at(mixing, mixing->x);
		find_slopes(mixing);
		for (int t = 0; t < k; t++)
			mixing->x[t] *= 1 - mixing->slope[t];
	}
}

static NkStatus
climb(Mixing *mixing)
{
	int			place[NK_LCA_CLASSES];
	int			count;
	int			idle = 0;

	begin(mixing);
	for (int i = 0; i < MAX_STEPS; i++)
	{
		double		before;

		nk_check_interrupts();
		loss_at(mixing, mixing->x);
		find_slopes(mixing);
		before = steepest(mixing);
		if (before <= AT_REST || idle > 2)
		{
			if (!release(mixing))
				return NK_OK;
			idle = 0;
		}
		find_step(mixing, place, &count);
		if (!take_step(mixing, place, count))
			idle += 3;
		loss_at(mixing, mixing->x);
		find_slopes(mixing);
		/* rounding: slopes do not get smaller any more */
		if (before < 1e-9 && steepest(mixing) > before / 2)
			idle++;
	}
	return NK_NOT_CONVERGED;
}

NkStatus
nk_mixing(const double *d, const double *count, int classes, double *x,
		  bool *free_share, double *scratch)
{
	size_t		k = (size_t) classes;
	Mixing		mixing = {
		.d = d, .classes = classes, .x = x, .is_free = free_share,
		.p = scratch, .fitted = scratch + k, .slope = scratch + 2 * k,
		.step = scratch + 3 * k, .trial = scratch + 4 * k,
		.information = scratch + 5 * k
	};
	double		total = 0;
	double		sum = 0;
	NkStatus	status;

	for (int s = 0; s < classes; s++)
		total += count[s];
	for (int s = 0; s < classes; s++)
	{
		double		reached = 0;

		mixing.p[s] = count[s] / total;
		for (int t = 0; t < classes; t++)
			reached += d[t * classes + s];
		if (count[s] > 0 && reached <= 0)
			return NK_NOT_IDENTIFIED;
	}
	status = climb(&mixing);
	for (int t = 0; t < classes; t++)
		sum += x[t];
	for (int t = 0; t < classes; t++)
	{
		x[t] /= sum;
		free_share[t] = x[t] > 0;
	}
	return status;
}
