/*
 * lca.c - latent classes: the fit from many starts
 *
 * Likelihoods of latent classes have local maxima, and a single start is the
 * classic error: so many random ones each make a short run, and the best of
 * them go on to the end.  A start is itself the best of a few draws (Biernacki,
 * Celeux and Govaert 2003), some of them anywhere, the others near children who
 * are unlike each other (lca_start.c).  Where there are few patterns a step
 * costs next to nothing, maxima are many, and more draws look farther ahead.
 *
 *   Linzer D A, Lewis J B (2011) poLCA: an R package for polytomous variable
 *   latent class analysis.  J Stat Softw 42(10).  doi:10.18637/jss.v042.i10
 *
 *   Biernacki C, Celeux G, Govaert G (2003) Choosing starting values for the
 *   EM algorithm for getting the highest likelihood in multivariate Gaussian
 *   mixture models.  Comput Stat Data Anal 41:561-575.
 *   doi:10.1016/S0167-9473(02)00163-9
 *
 * Tested by test/unit/test_lca.c.
 */
#include "lca.h"

#include "lca_climb.h"
#include "lca_start.h"

#include <string.h>

#define MOST_STARTS		1000000
#define MOST_ITERATIONS	1000000000
#define FEW				1000	/* patterns */
#define MANY			50000
#define ANYWHERE		10		/* each so manieth start, but of few patterns */
#define DEAD			1e-9	/* share of a class that died */
#define SAME_OPTIMUM	1e-6	/* of log-likelihoods */
#define INSIDE			1e-3	/* a given probability is moved so far in */

NkStatus
nk_lca_check(int items, int classes, const NkLcaSettings *settings)
{
	if (items < 1 || items > NK_LCA_ITEMS)
		return NK_BAD_ITEMS;
	if (classes < 1 || classes > NK_LCA_CLASSES)
		return NK_BAD_CLASSES;
	if (settings->starts < 1 || settings->starts > MOST_STARTS ||
		settings->finish < 1)
		return NK_BAD_STARTS;
	if (!(settings->tolerance >= 0 && settings->tolerance < 1))
		return NK_BAD_TOLERANCE;
	if (settings->max_iterations < 1 ||
		settings->max_iterations > MOST_ITERATIONS)
		return NK_BAD_ITERATIONS;
	if (!(settings->pseudo_count >= 0 && isfinite(settings->pseudo_count)))
		return NK_BAD_PSEUDO_COUNT;
	return NK_OK;
}

/* ------------------------------------------------------------------- order */

/* does class a come before class b? */
static bool
is_before(const NkLcaParameters *parameters, int a, int b)
{
	const double *p = parameters->probability + a * parameters->items;
	const double *q = parameters->probability + b * parameters->items;

	if (parameters->share[a] != parameters->share[b])
		return parameters->share[a] > parameters->share[b];
	for (int j = 0; j < parameters->items; j++)
		if (p[j] != q[j])
			return p[j] > q[j];
	return false;
}

static void
swap(double *a, double *b, int count)
{
	for (int i = 0; i < count; i++)
	{
		double		value = a[i];

		a[i] = b[i];
		b[i] = value;
	}
}

/* classes in canonical order */
static void
order(NkLcaParameters *parameters)
{
	for (int i = 1; i < parameters->classes; i++)
		for (int k = i; k > 0 && is_before(parameters, k, k - 1); k--)
		{
			double	   *p = parameters->probability + k * parameters->items;

			swap(&parameters->share[k], &parameters->share[k - 1], 1);
			swap(p, p - parameters->items, parameters->items);
		}
}

/* -------------------------------------------------------------------- fit */

/* a start on its way: where it is after its short run */
typedef struct Start
{
	bool		died;			/* one of its classes */
	double		value;
	int64_t		iterations;		/* until here, of all its draws */
	double	   *point;			/* shares, probabilities */
} Start;

static int
finish_of(const NkLcaSettings *settings)
{
	return settings->finish < settings->starts ?
		settings->finish : settings->starts;
}

size_t
nk_lca_fit_size(const NkLcaData *data, int classes,
				const NkLcaSettings *settings)
{
	size_t		length = (size_t) classes * ((size_t) data->items + 1);
	size_t		bytes;

	/* the starts that go to the end, and one on its short run */
	if (__builtin_mul_overflow(sizeof(Start) + length * sizeof(double),
							   (size_t) finish_of(settings) + 1, &bytes) ||
		__builtin_add_overflow(bytes,
							   nk_lca_climb_size(classes, data->items),
							   &bytes))
		return 0;
	return bytes;
}

/* a class that died: the maximum is one of fewer classes */
static bool
has_died(const NkLcaClimb *climb)
{
	for (int k = 0; k < climb->at.parameters.classes; k++)
		if (climb->at.parameters.share[k] < DEAD)
			return true;
	return false;
}

/* one of which a class died is worse than any other */
static bool
is_better(const Start *a, const Start *b)
{
	return a->died != b->died ? b->died : a->value > b->value;
}

/* put a start among the best so far, which are sorted; the last one drops out */
static void
keep(Start *best, int *count, int most, const Start *start, size_t length)
{
	int			at = *count;
	Start		kept = *start;

	if (at == most && !is_better(start, &best[at - 1]))
		return;
	if (at == most)
		at--;
	else
		++*count;
	kept.point = best[at].point;
	memcpy(kept.point, start->point, length * sizeof(double));
	for (; at > 0 && is_better(&kept, &best[at - 1]); at--)
		best[at] = best[at - 1];
	best[at] = kept;
}

/* how a start is found: the best of so many draws after so many iterations */
typedef struct Plan
{
	int			draws;
	int			iterations;
	bool		mixed;			/* draws of both kinds in each start */
} Plan;

static Plan
plan(const NkLcaData *data, const NkLcaSettings *settings, int classes)
{
	bool		few = data->patterns <= FEW;
	Plan		found = {5, 20, few};

	if (data->patterns > MANY)
		found = (Plan) {1, 50, false};
	else if (few && settings->draws == 0)
		found = (Plan) {20, 40, true};
	if (settings->draws > 0 && settings->draws < found.draws)
		found.draws = settings->draws;
	if (classes == 1)
		found.draws = 1;
	if (found.iterations > settings->max_iterations)
		found.iterations = settings->max_iterations;
	return found;
}

/*
 * A start on its short run.  Drawing several times and looking a few steps
 * ahead finds better optima than going far from one draw.
 */
static void
run_short(NkLcaClimb *climb, const NkLcaSettings *settings,
		  const NkLcaStarts *starts, int number, Start *start)
{
	Plan		of = plan(climb->step.data, settings, climb->step.classes);

	start->iterations = 0;
	for (int draw = 0; draw < of.draws; draw++)
	{
		Start		drawn = {.point = start->point};

		if (of.mixed ? draw % 2 == 0 : number % ANYWHERE == ANYWHERE - 1)
			nk_lca_start_anywhere(starts, number, draw,
								  &climb->at.parameters);
		else
			nk_lca_start_near_children(starts, number, draw,
									   &climb->at.parameters);
		nk_lca_climb_begin(climb);
		nk_lca_climb_on(climb, settings->tolerance, of.iterations);
		drawn.died = has_died(climb);
		drawn.value = climb->value;
		drawn.iterations = start->iterations + climb->iterations;
		if (draw == 0 || is_better(&drawn, start))
		{
			*start = drawn;
			memcpy(start->point, climb->at.vector,
				   climb->length * sizeof(double));
		}
		start->iterations = drawn.iterations;
	}
}

static NkStatus
check_data(const NkLcaData *data, int classes)
{
	if (data->patterns == 0)
		return NK_EMPTY;
	if (classes > 1 && data->varying == 0)
		return NK_NO_VARIATION;
	if (data->patterns < (size_t) classes)
		return NK_TOO_FEW;
	return NK_OK;
}

/* what the caller gets: the point where a climb ended */
static void
take(const NkLcaClimb *climb, NkLcaParameters *parameters, NkLcaFit *fit)
{
	const NkLcaParameters *at = &climb->at.parameters;

	memcpy(parameters->share, at->share,
		   sizeof(double) * (size_t) at->classes);
	memcpy(parameters->probability, at->probability,
		   sizeof(double) * (size_t) (at->classes * at->items));
	fit->log_likelihood = climb->log_likelihood;
	fit->iterations = climb->iterations;
	fit->converged = climb->converged;
	fit->boundary = 0;
	for (int k = 0; k < at->classes; k++)
		for (int j = 0; j < at->items; j++)
		{
			double		p = at->probability[k * at->items + j];

			if (climb->step.data->varying >> j & 1)
				fit->boundary += p == 0 || p == 1;
		}
}

/* from where the short run ended to the end */
static void
finish(NkLcaClimb *climb, const NkLcaSettings *settings, Start *start,
	   NkLcaFit *fit)
{
	memcpy(climb->at.vector, start->point, climb->length * sizeof(double));
	nk_lca_climb_begin(climb);
	nk_lca_climb_on(climb, settings->tolerance, settings->max_iterations);
	fit->all_iterations += climb->iterations;
	climb->iterations += start->iterations;
	fit->finished++;
	start->died = has_died(climb);
	start->value = climb->value;
}

NkStatus
nk_lca_fit(const NkLcaData *data, const NkLcaSettings *settings, void *room,
		   NkLcaParameters *parameters, NkLcaFit *fit)
{
	NkStatus	status = check_data(data, parameters->classes);
	int			most = finish_of(settings);
	Start	   *best = room;
	double	   *points = (double *) (best + most + 1);
	Start		top;
	int			count = 0;
	NkLcaStarts starts;
	NkLcaClimb	climb;

	*fit = (NkLcaFit) {.log_likelihood = NK_UNDEFINED};
	if (status != NK_OK)
		return status;
	nk_lca_climb_init(&climb, data, parameters->classes,
					  settings->pseudo_count,
					  points + (size_t) (most + 1) *
					  (size_t) parameters->classes *
					  (size_t) (parameters->items + 1));
	for (int i = 0; i <= most; i++)
		best[i].point = points + (size_t) i * climb.length;

	nk_lca_starts_init(&starts, data, settings->seed);
	/* one class needs a single step */
	for (int start = 0;
		 start < (parameters->classes == 1 ? 1 : settings->starts); start++)
	{
		run_short(&climb, settings, &starts, start, &best[most]);
		fit->all_iterations += best[most].iterations;
		fit->starts++;
		keep(best, &count, most, &best[most], climb.length);
	}
	for (int i = 0; i < count; i++)
	{
		finish(&climb, settings, &best[i], fit);
		if (i == 0 || is_better(&best[i], &top))
		{
			top = best[i];
			take(&climb, parameters, fit);
		}
	}
	for (int i = 0; i < count; i++)
		fit->at_best += best[i].died == top.died &&
			best[i].value >= top.value - SAME_OPTIMUM;
	order(parameters);
	return fit->converged ? NK_OK : NK_NOT_CONVERGED;
}

NkStatus
nk_lca_refine(const NkLcaData *data, const NkLcaSettings *settings,
			  void *room, NkLcaParameters *parameters, NkLcaFit *fit)
{
	NkStatus	status = check_data(data, parameters->classes);
	NkLcaClimb	climb;
	NkLcaParameters *at = &climb.at.parameters;

	*fit = (NkLcaFit) {.log_likelihood = NK_UNDEFINED};
	if (status != NK_OK)
		return status;
	nk_lca_climb_init(&climb, data, parameters->classes,
					  settings->pseudo_count, room);
	for (int k = 0; k < at->classes; k++)
		at->share[k] = fmax(parameters->share[k], INSIDE / at->classes);
	for (int i = 0; i < at->classes * at->items; i++)
		at->probability[i] = fmin(fmax(parameters->probability[i], INSIDE),
								  1 - INSIDE);
	nk_lca_set_unobserved(data, at);
	nk_lca_climb_begin(&climb);
	nk_lca_climb_on(&climb, settings->tolerance, settings->max_iterations);
	take(&climb, parameters, fit);
	fit->starts = fit->finished = fit->at_best = 1;
	fit->all_iterations = climb.iterations;
	order(parameters);
	return fit->converged ? NK_OK : NK_NOT_CONVERGED;
}
