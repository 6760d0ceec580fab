/*
 * lca_climb.c - steps of expectation and maximisation until they end
 *
 * Tested by test/unit/test_lca.c.
 */
#include "lca_climb.h"

#include <string.h>

static size_t
point_length(int classes, int items)
{
	return (size_t) classes * ((size_t) items + 1);
}

size_t
nk_lca_climb_size(int classes, int items)
{
	return nk_lca_step_size(classes, items) +
		sizeof(double) * 2 * point_length(classes, items);
}

static double *
place_point(NkLcaPoint *point, int classes, int items, double *room)
{
	point->parameters = (NkLcaParameters) {
		.classes = classes, .items = items,
		.share = room, .probability = room + classes
	};
	return room + point_length(classes, items);
}

void
nk_lca_climb_init(NkLcaClimb *climb, const NkLcaData *data, int classes,
				  double pseudo_count, void *room)
{
	double	   *left = room;

	*climb = (NkLcaClimb) {.length = point_length(classes, data->items)};
	left = place_point(&climb->at, classes, data->items, left);
	left = place_point(&climb->next, classes, data->items, left);
	nk_lca_step_init(&climb->step, data, classes, pseudo_count, left);
}

static void
evaluate(NkLcaClimb *climb, NkLcaPoint *point)
{
	point->log_likelihood = nk_lca_step(&climb->step, &point->parameters,
										&climb->next.parameters);
	point->value = point->log_likelihood +
		nk_lca_penalty(&climb->step, &point->parameters);
	climb->iterations++;
}

void
nk_lca_climb_begin(NkLcaClimb *climb)
{
	climb->iterations = 0;
	climb->converged = false;
	evaluate(climb, &climb->at);
}

/* the step's squared length in units of the complete data's information */
static double
step_length(const NkLcaClimb *climb)
{
	const NkLcaParameters *at = &climb->at.parameters;
	const NkLcaParameters *to = &climb->next.parameters;
	double		n = climb->step.data->n;
	double		sum = 0;

	for (int k = 0; k < at->classes; k++)
	{
		double		moved = to->share[k] - at->share[k];

		if (moved != 0)
			sum += n * moved * moved / at->share[k];
		for (int j = 0; j < at->items; j++)
		{
			double		p = at->probability[k * at->items + j];

			moved = to->probability[k * at->items + j] - p;
			if (moved != 0)
				sum += n * at->share[k] * moved * moved / (p * (1 - p));
		}
	}
	return sum;
}

void
nk_lca_climb_on(NkLcaClimb *climb, double tolerance, int64_t iterations)
{
	while (!climb->converged && climb->iterations < iterations)
	{
		double		before = climb->at.value;

		climb->at.distance = step_length(climb);
		memcpy(climb->at.parameters.share, climb->next.parameters.share,
			   climb->length * sizeof(double));
		evaluate(climb, &climb->at);
		climb->converged = climb->at.distance <= 1e-6 * tolerance &&
			climb->at.value - before <= tolerance * fabs(before);
	}
}
