/*
 * lca_climb.c - up to a maximum, faster than by steps of expectation and
 * maximisation alone
 *
 * Those steps (EM) are sure but short where much information is missing: a
 * thousand may lead nowhere near.  Anderson acceleration looks at how the last
 * ones changed and goes where, by that, a step would have no length: a
 * quasi-Newton method in which the complete data's information is the metric,
 * so that it needs neither derivatives nor more than one step an iteration.
 * What it proposes is taken only if the likelihood does not fall; otherwise
 * a plain step is.
 *
 *   Walker H F, Ni P (2011) Anderson acceleration for fixed-point iterations.
 *   SIAM J Numer Anal 49:1715-1735.  doi:10.1137/10078356X
 *   Henderson N C, Varadhan R (2019) Damped Anderson acceleration with
 *   restarts and monotonicity control for accelerating EM and EM-like
 *   algorithms.  J Comput Graph Stat 28:834-846.
 *   doi:10.1080/10618600.2019.1594835
 *   Varadhan R, Roland C (2008) Simple and globally convergent methods for
 *   accelerating the convergence of any EM algorithm.  Scand J Stat
 *   35:335-353.  doi:10.1111/j.1467-9469.2007.00585.x
 *
 * Tested by test/unit/test_lca_climb.c.
 */
#include "lca_climb.h"

#include "linear.h"

#include <string.h>

#define MEMORY		NK_LCA_MEMORY
#define RIDGE		1e-12		/* relative; keeps remembered steps apart */
#define CLOSER		.1			/* a proposal goes no closer to a bound */
#define LONGEST		1024		/* steps in a stride */
#define MOST_FAILURES 4			/* 2 to that: steps without proposals */
#define SHORTEST	1e-6		/* squared step, of the tolerance */
#define TOLD		1e-29		/* squared rounding of a step, by child */
#define NEAR		1e-4		/* to a bound, for a first attempt */
#define NEARER		1e-2
#define NEAREST		1e-13
#define THERE		1e-12		/* so near that a step is all rounding */
#define AT_BOUND	1e-100		/* as good as there */
#define ROUNDING	1e-14		/* of a log-likelihood */

static size_t
vector_length(int classes, int items)
{
	return (size_t) classes * ((size_t) items + 1);
}

size_t
nk_lca_climb_size(int classes, int items)
{
	return nk_lca_step_size(classes, items) +
		sizeof(double) * (2 * MEMORY + 5) * vector_length(classes, items);
}

static double *
place_point(NkLcaPoint *point, int classes, int items, double *room)
{
	point->vector = room;
	point->parameters = (NkLcaParameters) {
		.classes = classes, .items = items,
		.share = room, .probability = room + classes
	};
	return room + vector_length(classes, items);
}

void
nk_lca_climb_init(NkLcaClimb *climb, const NkLcaData *data, int classes,
				  double pseudo_count, void *room)
{
	double	   *left = room;

	*climb = (NkLcaClimb) {.length = vector_length(classes, data->items)};
	left = place_point(&climb->at, classes, data->items, left);
	left = place_point(&climb->next, classes, data->items, left);
	left = place_point(&climb->trial, classes, data->items, left);
	left = place_point(&climb->trial_next, classes, data->items, left);
	climb->weight = left;
	climb->steps = climb->weight + climb->length;
	climb->places = climb->steps + MEMORY * climb->length;
	nk_lca_step_init(&climb->step, data, classes, pseudo_count,
					 climb->places + MEMORY * climb->length);
}

/* value at a point, and where a step leads from there */
static double
evaluate(NkLcaClimb *climb, const NkLcaPoint *point, NkLcaPoint *next,
		 double *log_likelihood)
{
	climb->iterations++;
	*log_likelihood = nk_lca_step(&climb->step, &point->parameters,
								  &next->parameters);
	return *log_likelihood +
		nk_lca_penalty(&climb->step, &point->parameters);
}

void
nk_lca_climb_begin(NkLcaClimb *climb)
{
	climb->iterations = 0;
	climb->converged = false;
	climb->remembered = 0;
	climb->failures = 0;
	climb->patience = 0;
	climb->stride = 2;
	climb->value = evaluate(climb, &climb->at, &climb->next,
							&climb->log_likelihood);
}

/*
 * The complete data's information on each parameter; 0 of those at a bound, or
 * so near that there is no number for it.
 */
static void
weigh(NkLcaClimb *climb)
{
	const NkLcaParameters *at = &climb->at.parameters;
	double		n = climb->step.data->n;
	double	   *weight = climb->weight;

	for (int k = 0; k < at->classes; k++)
		weight[k] = at->share[k] > AT_BOUND ? n / at->share[k] : 0;
	for (int k = 0; k < at->classes; k++)
		for (int j = 0; j < at->items; j++)
		{
			int			i = k * at->items + j;
			double		p = at->probability[i];

			weight[at->classes + i] = p * (1 - p) > AT_BOUND ?
				n * at->share[k] / (p * (1 - p)) : 0;
		}
}

/* squared length of the step ahead, in that metric */
static double
step_length(const NkLcaClimb *climb)
{
	double		sum = 0;

	for (size_t i = 0; i < climb->length; i++)
	{
		double		moved = climb->next.vector[i] - climb->at.vector[i];

		sum += climb->weight[i] * moved * moved;
	}
	return sum;
}

/* remember how the step and where it leads differ from those of the trial */
static void
remember(NkLcaClimb *climb)
{
	double	   *steps;
	double	   *places;

	climb->newest = (climb->newest + 1) % MEMORY;
	if (climb->remembered < MEMORY)
		climb->remembered++;
	steps = climb->steps + (size_t) climb->newest * climb->length;
	places = climb->places + (size_t) climb->newest * climb->length;
	for (size_t i = 0; i < climb->length; i++)
	{
		places[i] = climb->trial_next.vector[i] - climb->next.vector[i];
		steps[i] = places[i] - climb->trial.vector[i] + climb->at.vector[i];
	}
}

/* the trial becomes the place */
static void
move(NkLcaClimb *climb)
{
	NkLcaPoint	at = climb->at;
	NkLcaPoint	next = climb->next;

	climb->at = climb->trial;
	climb->next = climb->trial_next;
	climb->value = climb->trial_value;
	climb->log_likelihood = climb->trial_log_likelihood;
	climb->trial = at;
	climb->trial_next = next;
}

/* which remembered step is so many before the newest */
static const double *
back(const NkLcaClimb *climb, const double *ring, int before)
{
	return ring + (size_t) ((climb->newest + MEMORY - before) % MEMORY) *
		climb->length;
}

/*
 * How much of each remembered change leads to a step of least length: least
 * squares, of as many of the newest ones as are apart.  False if none is.
 */
static bool
combine(const NkLcaClimb *climb, double *share)
{
	double		gram[MEMORY * MEMORY];
	double		factor[MEMORY * MEMORY];
	double		right[MEMORY];
	int			count = climb->remembered;

	for (int a = 0; a < count; a++)
	{
		const double *one = back(climb, climb->steps, a);

		for (int b = 0; b <= a; b++)
		{
			const double *other = back(climb, climb->steps, b);
			double		sum = 0;

			for (size_t i = 0; i < climb->length; i++)
				sum += climb->weight[i] * one[i] * other[i];
			gram[a * MEMORY + b] = sum;
		}
		right[a] = 0;
		for (size_t i = 0; i < climb->length; i++)
			right[a] += climb->weight[i] * one[i] *
				(climb->next.vector[i] - climb->at.vector[i]);
	}
	for (; count > 0; count--)
	{
		bool		apart = true;

		for (int a = 0; a < count && apart; a++)
		{
			double		scale = gram[a * MEMORY + a];

			apart = scale > 0;
			for (int b = 0; b <= a && apart; b++)
				factor[a * count + b] = gram[a * MEMORY + b] /
					sqrt(scale * gram[b * MEMORY + b]);
			factor[a * count + a] = 1 + RIDGE;
			share[a] = right[a] / sqrt(scale);
		}
		if (apart && nk_cholesky(factor, count))
			break;
	}
	if (count == 0)
		return false;
	nk_solve_lower(factor, share, count);
	nk_solve_upper(factor, share, count);
	for (int a = 0; a < climb->remembered; a++)
		if (a < count)
			share[a] /= sqrt(gram[a * MEMORY + a]);
		else
			share[a] = 0;
	return true;
}

/* a proposal stays inside, at a tenth of where a step leads at least */
static double
inside(double proposed, double next)
{
	if (proposed < CLOSER * next)
		return CLOSER * next;
	if (1 - proposed < CLOSER * (1 - next))
		return 1 - CLOSER * (1 - next);
	return proposed;
}

/* keep a trial inside, and its shares a whole; is it uphill from here? */
static bool
is_uphill(NkLcaClimb *climb)
{
	double	   *trial = climb->trial.vector;
	double		sum = 0;
	double		slope = 0;

	for (size_t i = 0; i < climb->length; i++)
	{
		trial[i] = inside(trial[i], climb->next.vector[i]);
		if (i < (size_t) climb->step.classes)
			sum += trial[i];
	}
	for (int k = 0; k < climb->step.classes; k++)
		trial[k] /= sum;
	/* a step is the gradient in this metric */
	for (size_t i = 0; i < climb->length; i++)
		slope += climb->weight[i] * (trial[i] - climb->at.vector[i]) *
			(climb->next.vector[i] - climb->at.vector[i]);
	return slope > 0;
}

/* the trial: where the remembered steps say that the end is */
static bool
propose_end(NkLcaClimb *climb)
{
	double		share[MEMORY];
	double	   *trial = climb->trial.vector;

	if (!combine(climb, share))
		return false;
	memcpy(trial, climb->next.vector, climb->length * sizeof(double));
	for (int a = 0; a < climb->remembered; a++)
	{
		const double *places = back(climb, climb->places, a);

		for (size_t i = 0; i < climb->length; i++)
			trial[i] -= share[a] * places[i];
	}
	return is_uphill(climb);
}

/* the trial: so many times the step */
static bool
propose_stride(NkLcaClimb *climb)
{
	const double *at = climb->at.vector;
	const double *next = climb->next.vector;

	if (!(climb->stride > 1))
		return false;
	for (size_t i = 0; i < climb->length; i++)
		climb->trial.vector[i] = at[i] + climb->stride * (next[i] - at[i]);
	return is_uphill(climb);
}

/* is the trial no lower than the place? */
static bool
try(NkLcaClimb *climb)
{
	climb->trial_value = evaluate(climb, &climb->trial, &climb->trial_next,
								  &climb->trial_log_likelihood);
	return climb->trial_value >=
		climb->value - ROUNDING * fabs(climb->value);
}

/*
 * The best of three trials that does not fall.  Where the likelihood is no
 * hill but a saddle, steps grow, and what they seem to end at is behind: there
 * strides get longer until one fails.
 */
static void
choose_trial(NkLcaClimb *climb)
{
	if (climb->patience > 0)
		climb->patience--;
	else if (propose_end(climb))
	{
		if (try(climb))
		{
			climb->failures = 0;
			return;
		}
		climb->remembered = 0;
		climb->failures += climb->failures < MOST_FAILURES;
		climb->patience = (1 << climb->failures) - 1;
	}
	if (propose_stride(climb))
	{
		if (try(climb))
		{
			climb->stride = fmin(2 * climb->stride, LONGEST);
			return;
		}
		climb->stride = 1;
	}
	memcpy(climb->trial.vector, climb->next.vector,
		   climb->length * sizeof(double));
	try(climb);
	climb->stride = fmax(climb->stride, 2);
}

/*
 * Probabilities that were on their way to 0 or 1, or that are there but for
 * rounding, are put there, if the likelihood does not fall by it: all that are
 * nearer than a bound, which is lowered until it does not.  True if there were
 * any.
 */
static bool
snap(NkLcaClimb *climb)
{
	for (double near = NEAR; near >= NEAREST; near *= NEARER)
	{
		int			count = 0;

		for (size_t i = 0; i < climb->length; i++)
		{
			double		at = climb->at.vector[i];
			double		next = climb->next.vector[i];

			climb->trial.vector[i] = at;
			if (i < (size_t) climb->step.classes || at == 0 || at == 1)
				continue;
			if (at < near && (next <= at || at < THERE))
				climb->trial.vector[i] = 0;
			else if (1 - at < near && (next >= at || 1 - at < THERE))
				climb->trial.vector[i] = 1;
			count += climb->trial.vector[i] != at;
		}
		if (count == 0)
			return false;
		if (try(climb))
		{
			move(climb);
			climb->remembered = 0;
			return true;
		}
	}
	return false;
}

void
nk_lca_climb_on(NkLcaClimb *climb, double tolerance, int64_t iterations)
{
	/* no tolerance asks for more than numbers can tell */
	double		shortest = SHORTEST * tolerance +
		TOLD * climb->step.data->n * (double) climb->length;

	while (!climb->converged && climb->iterations < iterations)
	{
		double		rise;
		double		length;

		weigh(climb);
		length = step_length(climb);
		choose_trial(climb);
		rise = climb->trial_value - climb->value;
		remember(climb);
		move(climb);
		climb->converged = length <= shortest &&
			rise <= tolerance * fabs(climb->value) &&
			(climb->step.pseudo_count > 0 || !snap(climb));
	}
}
