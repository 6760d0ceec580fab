/*
 * test_lca_step.c - one step of expectation and maximisation: lca_step.c
 *
 * Against the definition, term by term; and against itself, compiled without
 * the choice of instructions: the bits must be the same.
 */
#define NK_ONE_CLONE			/* of what is compiled here */

#include "response_patterns.h"

#include "lca_step.h"
#include "random.h"

/* the same source once more, under other names */
#define nk_lca_step_size plain_step_size
#define nk_lca_step_init plain_step_init
#define nk_lca_step plain_step
#define nk_lca_penalty plain_penalty
#define nk_lca_step_prepare plain_step_prepare
#define nk_lca_step_posterior plain_step_posterior
extern double plain_step(NkLcaStep *, const NkLcaParameters *,
						 NkLcaParameters *);
extern void plain_step_init(NkLcaStep *, const NkLcaData *, int, double,
							void *);
extern size_t plain_step_size(int, int);
extern double plain_penalty(const NkLcaStep *, const NkLcaParameters *);
extern void plain_step_prepare(NkLcaStep *, const NkLcaParameters *);
extern double plain_step_posterior(const NkLcaStep *, const NkLcaParameters *,
								   size_t, double *, double *);
#include "../../src/kernel/lca_step.c"
#undef nk_lca_step_size
#undef nk_lca_step_init
#undef nk_lca_step
#undef nk_lca_penalty
#undef nk_lca_step_prepare
#undef nk_lca_step_posterior

static int64_t counter;

static double
uniform(void)
{
	return nk_random_uniform(5, 1, counter++);
}

/* patterns of which a share of items is missing; blocks: by eight at once */
static NkLcaData
simulate(size_t n, int items, double missing, bool blocks, double p)
{
	uint64_t   *entries = patterns_room(24 * n);
	uint64_t   *observed = patterns_room(8 * n);
	uint64_t   *present = patterns_room(8 * n);
	double	   *weight = patterns_room(8 * n);
	NkLcaData	data = {
		.items = items, .observed = observed, .present = present,
		.weight = weight
	};

	for (size_t i = 0; i < n; i++)
	{
		uint64_t   *entry = entries + 3 * i;
		bool		seen = true;

		for (int j = 0; j < items; j++)
		{
			if (!blocks || j % 8 == 0)
				seen = uniform() >= missing;
			if (seen || j == 0)
				entry[0] |= UINT64_C(1) << j;
			if ((seen || j == 0) && uniform() < p)
				entry[1] |= UINT64_C(1) << j;
		}
		entry[2] = 1 + (uint64_t) (exp(6 * uniform() * uniform()));
	}
	nk_sort_entries(entries, n, 3, 2);
	for (size_t i = 0; i < n; i++)
	{
		const uint64_t *entry = entries + 3 * i;

		if (i > 0 && entry[0] == entry[-3] && entry[1] == entry[-2])
			continue;
		observed[data.patterns] = entry[0];
		present[data.patterns] = entry[1];
		weight[data.patterns++] = (double) entry[2];
	}
	free(entries);
	nk_lca_describe(&data);
	return data;
}

static NkLcaParameters
random_parameters(int classes, int items, double edge)
{
	NkLcaParameters at = patterns_parameters(classes, items);
	double		sum = 0;

	for (int k = 0; k < classes; k++)
		sum += at.share[k] = .1 + uniform();
	for (int k = 0; k < classes; k++)
		at.share[k] /= sum;
	for (int i = 0; i < classes * items; i++)
	{
		at.probability[i] = fmax(1e-13, pow(uniform(), edge));
		if (uniform() < .5)
			at.probability[i] = 1 - at.probability[i];
	}
	return at;
}

/* the definition; -INFINITY if a pattern cannot be */
static double
define(const NkLcaData *data, double pseudo_count, const NkLcaParameters *at,
	   NkLcaParameters *to)
{
	int			classes = at->classes;
	int			items = at->items;
	double		log_likelihood = 0;
	double		posterior[NK_LCA_CLASSES];
	static double present[NK_LCA_CLASSES * NK_LCA_ITEMS];
	static double observed[NK_LCA_CLASSES * NK_LCA_ITEMS];

	for (int i = 0; i < classes * items; i++)
		present[i] = observed[i] = 0;
	for (int k = 0; k < classes; k++)
		to->share[k] = 0;
	for (size_t i = 0; i < data->patterns; i++)
	{
		double		log_p = nk_lca_bayes(at, data->present[i],
										 data->observed[i], posterior);

		log_likelihood += data->weight[i] * log_p;
		for (int k = 0; k < classes; k++)
		{
			double		children = data->weight[i] * posterior[k];

			to->share[k] += children;
			for (int j = 0; j < items; j++)
				if (data->observed[i] >> j & 1)
				{
					observed[k * items + j] += children;
					if (data->present[i] >> j & 1)
						present[k * items + j] += children;
				}
		}
	}
	for (int k = 0; k < classes; k++)
	{
		to->share[k] = (to->share[k] + pseudo_count) /
			(data->n + classes * pseudo_count);
		for (int i = k * items; i < (k + 1) * items; i++)
			to->probability[i] = (present[i] + pseudo_count / 2) /
				(observed[i] + pseudo_count);
	}
	return log_likelihood;
}

/* largest difference of parameters */
static double
apart(const NkLcaParameters *a, const NkLcaParameters *b)
{
	double		most = 0;

	for (int k = 0; k < a->classes; k++)
		most = fmax(most, fabs(a->share[k] - b->share[k]));
	for (int i = 0; i < a->classes * a->items; i++)
		if (!(fabs(a->probability[i] - b->probability[i]) <= most))
			most = fabs(a->probability[i] - b->probability[i]);
	return most;
}

static bool
same_bits(const NkLcaParameters *a, const NkLcaParameters *b)
{
	size_t		k = (size_t) a->classes * sizeof(double);

	return memcmp(a->share, b->share, k) == 0 &&
		memcmp(a->probability, b->probability, k * (size_t) a->items) == 0;
}

/* several steps, each from where the one before ended */
static void
check_steps(const char *name, const NkLcaData *data, int classes,
			double pseudo_count, double edge)
{
	int			items = data->items;
	NkLcaParameters at = random_parameters(classes, items, edge);
	NkLcaParameters to = patterns_parameters(classes, items);
	NkLcaParameters plain_to = patterns_parameters(classes, items);
	NkLcaParameters expected = patterns_parameters(classes, items);
	size_t		size = nk_lca_step_size(classes, items);
	NkLcaStep	step;
	NkLcaStep	plain;
	double		posterior[NK_LCA_CLASSES];
	double		other[NK_LCA_CLASSES];
	double		sum = 0;
	double		value = 0;
	double		worst = 0;
	double		off = 0;
	bool		same = true;

	nk_lca_step_init(&step, data, classes, pseudo_count, patterns_room(size));
	plain_step_init(&plain, data, classes, pseudo_count, patterns_room(size));
	for (int i = 0; i < 4; i++)
	{
		value = nk_lca_step(&step, &at, &to);
		same = same && value == plain_step(&plain, &at, &plain_to) &&
			same_bits(&to, &plain_to);
		off = fmax(off, unit_distance(value, define(data, pseudo_count, &at,
													&expected)));
		worst = fmax(worst, apart(&to, &expected));
		if (i < 3)
		{
			memcpy(at.share, to.share, sizeof(double) * (size_t) classes);
			memcpy(at.probability, to.probability,
				   sizeof(double) * (size_t) (classes * items));
		}
	}
	nk_lca_step_prepare(&step, &at);
	for (size_t i = 0; i < data->patterns; i++)
	{
		double		log_rest;
		double		likelihood = nk_lca_step_posterior(&step, &at, i,
													   posterior, &log_rest);

		sum += data->weight[i] * (log(likelihood) + log_rest);
		nk_lca_bayes(&at, data->present[i], data->observed[i], other);
		for (int k = 0; k < classes; k++)
			worst = fmax(worst, fabs(posterior[k] - other[k]));
	}
	printf("# %s: %zu patterns, %d items, %d classes: %.1e, %.1e\n", name,
		   data->patterns, items, classes, off, worst);
	CHECK(isfinite(value) && off < 1e-13);
	CHECK(worst < 1e-12);
	CHECK(same);
	CHECK_CLOSE(sum, value, 1e-13);
}

static void
test_steps(void)
{
	NkLcaData	data = simulate(3000, 24, 0, false, .3);

	check_steps("complete", &data, 15, 0, 1);
	check_steps("complete", &data, 8, .5, 1);
	check_steps("complete", &data, 3, 0, 1);
	check_steps("complete", &data, 33, 0, 1);
	data = simulate(100, 9, 0, false, .4);
	check_steps("few", &data, 4, 0, 1);
	data = simulate(200, 64, .2, false, .4);
	check_steps("few, missing", &data, 5, 1, 1);
	data = simulate(3000, 24, .3, false, .3);
	check_steps("missing", &data, 15, 0, 1);
	/* runs of all lengths */
	data = simulate(6000, 23, .3, true, .3);
	check_steps("missing blocks", &data, 9, .1, 1);
	data = simulate(500, 63, .2, false, .5);
	check_steps("many items", &data, 64, 0, 1);
	data = simulate(400, 64, 0, false, .5);
	check_steps("most items", &data, 17, 0, 1);
	data = simulate(50, 1, 0, false, .5);
	check_steps("one item", &data, 2, 0, 1);
	/* probabilities so near to 0 and 1 that products underflow */
	data = simulate(400, 63, .1, false, .5);
	check_steps("underflow", &data, 6, 0, 40);
	data = simulate(300, 64, 0, false, .5);
	check_steps("underflow", &data, 15, 0, 60);
}

/* 0 and 1 exactly: nothing is lost, and what cannot be is seen */
static void
test_boundary(void)
{
	NkTally    *tally = patterns_read("1112:5 1122:3 2212:4 2222:7 22.1:2");
	NkLcaData	data = patterns_data(tally, 4);
	NkLcaParameters at = {
		.classes = 2, .items = 4, .share = (double[]) {.5, .5},
		.probability = (double[]) {0, 0, .5, 1, 1, 1, .5, .5}
	};
	NkLcaParameters to = patterns_parameters(2, 4);
	NkLcaStep	step;
	double		posterior[NK_LCA_CLASSES];
	double		log_rest;

	nk_lca_step_init(&step, &data, 2, 0,
					 patterns_room(nk_lca_step_size(2, 4)));
	CHECK_CLOSE(nk_lca_step(&step, &at, &to),
				8 * log(.25) + 11 * log(.125) + 2 * log(.25), 1e-15);
	CHECK_CLOSE(to.share[0], 8. / 21, 1e-15);
	CHECK(to.probability[0] == 0 && to.probability[1] == 0);
	CHECK_CLOSE(to.probability[2], 3. / 8, 1e-15);
	CHECK(to.probability[3] == 1);
	CHECK(to.probability[4] == 1 && to.probability[5] == 1);
	CHECK_CLOSE(to.probability[6], 7. / 11, 1e-15);
	CHECK_CLOSE(to.probability[7], 11. / 13, 1e-15);

	at.probability[4] = 0;
	CHECK(nk_lca_step(&step, &at, &to) == -INFINITY);
	nk_lca_step_prepare(&step, &at);
	CHECK(nk_lca_step_posterior(&step, &at, 4, posterior, &log_rest) == 1);
	CHECK(log_rest == -INFINITY);
}

static void
test_interrupts(void)
{
	NkLcaData	data = simulate(20000, 24, .2, false, .3);
	NkLcaParameters at = random_parameters(15, 24, 1);
	NkLcaParameters to = patterns_parameters(15, 24);
	NkLcaStep	step;
	long		before = unit_interrupt_checks;

	nk_lca_step_init(&step, &data, 15, 0,
					 patterns_room(nk_lca_step_size(15, 24)));
	nk_lca_step(&step, &at, &to);
	CHECK(unit_interrupt_checks - before >= (long) data.patterns / 1024);
}

int
main(void)
{
	test_steps();
	test_boundary();
	test_interrupts();
	return unit_report();
}
