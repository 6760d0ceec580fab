/*
 * test_lca_model.c - a model of latent classes as a value: what is possible.
 *
 * That it goes out and in again is tried with all kinds in test_summary.c.
 */
#include "class_models.h"

#define ROOM	4096

typedef union Any
{
	NkLcaModel	model;
	unsigned char bytes[ROOM];
} Any;

static NkStatus
validate(const Any *any)
{
	return nk_summary_validate(&any->model.header,
							   nk_lca_model_kind.growth->size(&any->model.header),
							   &nk_lca_model_kind);
}

/* a fitted one of 2 classes and 3 items, with errors */
static Any
fitted(void)
{
	static const double shares[] = {0.75, 0.25};
	static const double probabilities[] = {0, 0.5, 1, 0.25, 0.75, 0.125};
	static const double confusion[] = {0.9, 0.1, 0.2, 0.8};
	Any			any = {.bytes = {0}};
	NkLcaModel *model = &any.model;

	nk_lca_model_init(model, 2, 3);
	model->outcome = NK_LCA_FITTED;
	model->n = 100;
	model->patterns = 7;
	model->seen = model->varying = 7;
	model->complete = 1;
	model->starts = 20;
	model->finished = 5;
	model->at_best = 3;
	model->log_likelihood = -180.5;
	model->g2 = 1;
	model->x2 = 2;
	model->entropy = 0.5;
	model->mean_posterior = 0.75;
	model->errors = NK_LCA_ERRORS;
	memcpy((double *) nk_lca_share(model), shares, sizeof(shares));
	memcpy((double *) nk_lca_probability(model), probabilities,
		   sizeof(probabilities));
	memcpy((double *) nk_lca_confusion(model), confusion, sizeof(confusion));
	((double *) nk_lca_share_error(model))[0] = 0.0625;
	((double *) nk_lca_probability_error(model))[1] = 0.125;
	return any;
}

static void
test_random_models(void)
{
	bool		valid = true;
	bool		outcomes[NK_LCA_OUTCOMES] = {false};

	for (int i = 0; i < 1000; i++)
	{
		Any			any = {.bytes = {0}};

		random_model(&any.model, 1 + (int) random_count(5),
					 1 + (int) random_count(20), INT64_MAX);
		valid &= validate(&any) == NK_OK;
		outcomes[any.model.outcome] = true;
	}
	CHECK(valid);
	for (int i = 0; i < NK_LCA_OUTCOMES; i++)
		CHECK(outcomes[i]);
}

#define REFUSED(change) \
	do { \
		Any			any = fitted(); \
		NkLcaModel *m = &any.model; \
		change; \
		unit_check(validate(&any) != NK_OK, __FILE__, __LINE__, \
				   "refused: " #change); \
	} while (0)

#define ACCEPTED(change) \
	do { \
		Any			any = fitted(); \
		NkLcaModel *m = &any.model; \
		change; \
		unit_check(validate(&any) == NK_OK, __FILE__, __LINE__, \
				   "accepted: " #change); \
	} while (0)

#define SHARE(m, i)			((double *) nk_lca_share(m))[i]
#define SHARE_ERROR(m, i)	((double *) nk_lca_share_error(m))[i]
#define PROBABILITY(m, i)	((double *) nk_lca_probability(m))[i]
#define ERROR(m, i)			((double *) nk_lca_probability_error(m))[i]
#define CONFUSION(m, i)		((double *) nk_lca_confusion(m))[i]

static void
test_numbers(void)
{
	ACCEPTED((void) m);
	ACCEPTED(m->outcome = NK_LCA_NOT_CONVERGED);
	/* written with ten digits */
	ACCEPTED(SHARE(m, 0) = 0.7500000001);
	REFUSED(SHARE(m, 0) = 0.751);
	REFUSED(SHARE(m, 0) = NK_UNDEFINED);
	REFUSED((SHARE(m, 0) = 1.5, SHARE(m, 1) = -0.5));
	REFUSED(PROBABILITY(m, 4) = 1.0000001);
	REFUSED(PROBABILITY(m, 0) = -1e-300);
	REFUSED(PROBABILITY(m, 0) = -0.0);
	REFUSED(PROBABILITY(m, 3) = NK_UNDEFINED);
	REFUSED(CONFUSION(m, 2) = 0.3);
	REFUSED((CONFUSION(m, 2) = 1.1, CONFUSION(m, 3) = -0.1));
	REFUSED(SHARE_ERROR(m, 0) = -1);
	REFUSED(ERROR(m, 5) = INFINITY);
	REFUSED(ERROR(m, 5) = NK_UNDEFINED);
	REFUSED(m->log_likelihood = -INFINITY);
	REFUSED(m->log_likelihood = -0.0);
	REFUSED(m->g2 = NK_UNDEFINED);
	REFUSED(m->entropy = 1.5);
	REFUSED(m->mean_posterior = -1);
	REFUSED(m->pseudo_count = -1);
	REFUSED(m->pseudo_count = INFINITY);
}

static void
test_counts(void)
{
	REFUSED(m->n = -1);
	REFUSED(m->n_unobserved = -1);
	REFUSED(m->n = 0);
	REFUSED(m->patterns = 101);
	REFUSED(m->patterns = 0);
	REFUSED(m->outcome = NK_LCA_OUTCOMES);
	REFUSED(m->outcome = -1);
	REFUSED(m->errors = 3);
	REFUSED(m->errors = -1);
	REFUSED(m->complete = 2);
	REFUSED(m->seen = 15);
	REFUSED(m->seen = -1);
	REFUSED(m->finished = 21);
	REFUSED(m->at_best = 6);
	REFUSED(m->iterations = -1);
	REFUSED(m->header.rows = 0);
	REFUSED(m->header.columns = 65);
	/* an item that was not seen: probability 1/2, no error, not complete */
	REFUSED((m->seen = m->varying = 5, m->complete = 0, m->g2 = m->x2 = 0));
	REFUSED((m->seen = 5, m->varying = 7, m->complete = 0));
	ACCEPTED((m->seen = m->varying = 5, m->complete = 0, m->g2 = m->x2 = 0,
			  ERROR(m, 1) = 0, PROBABILITY(m, 4) = 0.5));
	REFUSED((m->seen = m->varying = 5, m->complete = 0, m->g2 = m->x2 = 0,
			 PROBABILITY(m, 4) = 0.5));
	/* the tests of fit are of complete data */
	REFUSED(m->complete = 0);
	ACCEPTED((m->complete = 0, m->g2 = m->x2 = 0));
	/* no errors where there are none */
	REFUSED(m->errors = NK_LCA_NO_ERRORS);
	REFUSED(m->errors = NK_LCA_NOT_IDENTIFIED);
	ACCEPTED((m->errors = NK_LCA_NOT_IDENTIFIED, SHARE_ERROR(m, 0) = 0,
			  ERROR(m, 1) = 0));
	/* what was not fitted has no values */
	REFUSED(m->outcome = NK_LCA_TOO_FEW);
	REFUSED(m->outcome = NK_LCA_EMPTY);
}

static void
test_outcome(void)
{
	Any			any = {.bytes = {0}};

	nk_lca_model_init(&any.model, 2, 3);
	CHECK(validate(&any) == NK_OK);
	CHECK(nk_lca_outcome(&any.model) == NK_EMPTY);
	CHECK(!nk_lca_has_estimates(&any.model) && !nk_lca_is_fitted(&any.model));
	any.model.outcome = NK_LCA_TOO_FEW;
	CHECK(validate(&any) == NK_OK);
	CHECK(nk_lca_outcome(&any.model) == NK_TOO_FEW);
	any.model.log_likelihood = -1;
	CHECK(validate(&any) == NK_BAD_SUMMARY);
	any = fitted();
	CHECK(nk_lca_outcome(&any.model) == NK_OK);
	any.model.outcome = NK_LCA_NOT_CONVERGED;
	CHECK(nk_lca_outcome(&any.model) == NK_NOT_CONVERGED);
	CHECK(nk_lca_has_estimates(&any.model) && !nk_lca_is_fitted(&any.model));
	any.model.outcome = NK_LCA_NO_VARIATION;
	CHECK(nk_lca_outcome(&any.model) == NK_NO_VARIATION);
}

int
main(void)
{
	test_random_models();
	test_numbers();
	test_counts();
	test_outcome();
	return unit_report();
}
