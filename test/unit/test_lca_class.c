/*
 * test_lca_class.c - the classes of a model, item by item
 */
#include "class_models.h"
#include "lca_class.h"

static void
test_interval(void)
{
	NkInterval	i = nk_share_interval(0.2, 0.04, 1.5);

	/* logit 0.2 = -1.386294..., half a width of 0.375 */
	CHECK_CLOSE(log(i.lower / (1 - i.lower)), log(0.25) - 0.375, 1e-14);
	CHECK_CLOSE(log(i.upper / (1 - i.upper)), log(0.25) + 0.375, 1e-14);
	CHECK(i.estimate == 0.2);
	/* the complement has the complement's bounds */
	CHECK_CLOSE(nk_share_interval(0.8, 0.04, 1.5).lower, 1 - i.upper, 1e-14);
	/* a number from 0 to 1 varies by a half at most; bounds are no NaN */
	i = nk_share_interval(1e-7, 0.5, 1000);
	CHECK(i.lower == 0 && i.upper == 1);
	i = nk_share_interval(0.5, 0.6, 2);
	CHECK(i.estimate == 0.5 && isnan(i.lower) && isnan(i.upper));
	CHECK(isnan(nk_share_interval(0.5, 0, 2).lower));
	CHECK(isnan(nk_share_interval(0, 0.1, 2).upper));
	CHECK(isnan(nk_share_interval(1, 0.1, 2).upper));
	CHECK(isnan(nk_share_interval(1e-30, 1e-15, 2).upper));
}

static void
test_items(void)
{
	union
	{
		NkLcaModel	model;
		unsigned char bytes[4096];
	}			any = {.bytes = {0}};
	NkLcaModel *model = &any.model;
	double	   *p;
	double	   *error;
	NkLcaClassItem item;

	nk_lca_model_init(model, 2, 5);
	item = nk_lca_class_item(model, 1, 4, 2);
	CHECK(item.status == NK_EMPTY && isnan(item.share.estimate) &&
		  isnan(item.probability.estimate) && isnan(item.error));

	model->outcome = NK_LCA_FITTED;
	model->errors = NK_LCA_ERRORS;
	model->seen = 15;
	model->varying = 7;
	((double *) nk_lca_share(model))[0] = 0.75;
	((double *) nk_lca_share(model))[1] = 0.25;
	((double *) nk_lca_share_error(model))[1] = 0.05;
	p = (double *) nk_lca_probability(model) + 5;
	error = (double *) nk_lca_probability_error(model) + 5;
	p[0] = 0.4;
	error[0] = 0.1;
	p[1] = 1;
	p[2] = 0.3;
	p[3] = 1;
	p[4] = 0.5;
	item = nk_lca_class_item(model, 1, 0, 2);
	CHECK(item.status == NK_OK);
	CHECK(item.share.estimate == 0.25 && item.share_error == 0.05);
	CHECK_CLOSE(item.share.lower, nk_share_interval(0.25, 0.05, 2).lower, 0);
	CHECK(item.probability.estimate == 0.4 && item.error == 0.1);
	CHECK_CLOSE(item.probability.upper, nk_share_interval(0.4, 0.1, 2).upper, 0);
	item = nk_lca_class_item(model, 1, 1, 2);
	CHECK(item.status == NK_BOUNDARY && item.probability.estimate == 1 &&
		  isnan(item.error) && isnan(item.probability.lower));
	p[1] = 1e-200;
	error[1] = 1e-100;
	item = nk_lca_class_item(model, 1, 1, 2);
	CHECK(item.status == NK_BOUNDARY && isnan(item.error) &&
		  isnan(item.probability.lower));
	error[0] = 7;
	item = nk_lca_class_item(model, 1, 0, 2);
	CHECK(item.status == NK_NOT_IDENTIFIED && isnan(item.error) &&
		  isnan(item.probability.lower) && item.probability.estimate == 0.4);
	/* errors that were not asked for */
	item = nk_lca_class_item(model, 1, 2, 2);
	CHECK(item.status == NK_OK && item.probability.estimate == 0.3 &&
		  isnan(item.probability.upper));
	item = nk_lca_class_item(model, 1, 3, 2);
	CHECK(item.status == NK_CONSTANT && item.probability.estimate == 1);
	item = nk_lca_class_item(model, 1, 4, 2);
	CHECK(item.status == NK_NOT_OBSERVED && isnan(item.probability.estimate) &&
		  item.share.estimate == 0.25);
	model->errors = NK_LCA_NOT_IDENTIFIED;
	CHECK(nk_lca_class_item(model, 1, 2, 2).status == NK_NOT_IDENTIFIED);
	model->outcome = NK_LCA_NOT_CONVERGED;
	item = nk_lca_class_item(model, 1, 2, 2);
	CHECK(item.status == NK_NOT_CONVERGED && item.probability.estimate == 0.3);
}

int
main(void)
{
	test_interval();
	test_items();
	return unit_report();
}
