/*
 * test_lca_contribution.c - items that weigh for or against a class
 * (lca_contribution.c)
 *
 * Values: the definition with 40 digits (mpmath), for the model written out
 * below.
 */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "lca_contribution.h"

#define CLASSES		3
#define ITEMS		5

/* the last item was not observed of anybody */
static NkLcaModel *
model(void)
{
	static const double share[CLASSES] = {0.5, 0.3, 0.2};
	static const double probability[CLASSES][ITEMS] = {
		{0.9, 0, 1, 0.125, 0.5},
		{0.2, 0, 0, 0.5, 0.5},
		{0.1, 0, 0.25, 1e-12, 0.5}
	};
	static NkLcaModel *made;

	if (made != NULL)
		return made;
	made = malloc(nk_lca_model_size(CLASSES, ITEMS));
	if (made == NULL)
		abort();
	nk_lca_model_init(made, CLASSES, ITEMS);
	made->outcome = NK_LCA_FITTED;
	made->seen = 15;
	memcpy((double *) nk_lca_share(made), share, sizeof(share));
	memcpy((double *) nk_lca_probability(made), probability,
		   sizeof(probability));
	return made;
}

static void
check_number(int k, int item, bool present, double expected)
{
	double		found;

	CHECK(nk_lca_contribution(model(), k, item, (uint64_t) present << item, 31,
							  &found) == NK_WEIGHT_NUMBER);
	CHECK_CLOSE(found, expected, 1e-15);
}

static NkWeight
weight(int k, int item, uint64_t present, uint64_t observed)
{
	double		found;
	NkWeight	is = nk_lca_contribution(model(), k, item, present, observed,
										 &found);

	CHECK(isnan(found) == (is != NK_WEIGHT_NUMBER));
	return is;
}

int
main(void)
{
	check_number(0, 0, true, 1.72722094809048381);
	check_number(0, 0, false, -2.12823170584926815);
	check_number(1, 0, true, -1.21109027209479993);
	check_number(2, 0, false, 0.909370289029581344);
	check_number(0, 3, true, -0.875468737355233232);
	check_number(2, 3, true, -26.3053513766250924);
	check_number(2, 2, true, -0.916290731874155079);
	/* beyond any number */
	CHECK(weight(0, 2, 0, 31) == NK_WEIGHT_DECISIVE_AGAINST);
	CHECK(weight(1, 2, 4, 31) == NK_WEIGHT_DECISIVE_AGAINST);
	CHECK(weight(2, 2, 0, 31) == NK_WEIGHT_NUMBER);
	/* impossible everywhere; certain everywhere, which says nothing */
	CHECK(weight(0, 1, 2, 31) == NK_WEIGHT_NONE);
	check_number(0, 1, false, 0);
	/* not observed of this child, of anybody; one class alone; no fit */
	CHECK(weight(0, 0, 1, 30) == NK_WEIGHT_NONE);
	CHECK(weight(0, 4, 16, 31) == NK_WEIGHT_NONE);
	nk_lca_model_init(model(), CLASSES, ITEMS);
	CHECK(weight(0, 0, 1, 31) == NK_WEIGHT_NONE);
	model()->outcome = NK_LCA_FITTED;
	model()->seen = 15;
	((double *) nk_lca_share(model()))[0] = 1;
	((double *) nk_lca_probability(model()))[0] = 0.5;
	CHECK(weight(0, 0, 1, 31) == NK_WEIGHT_NONE);
	/* only this class can have answered so */
	((double *) nk_lca_share(model()))[0] = 0.5;
	((double *) nk_lca_share(model()))[1] = 0.5;
	CHECK(weight(0, 0, 1, 31) == NK_WEIGHT_DECISIVE_FOR);
	CHECK(weight(1, 0, 1, 31) == NK_WEIGHT_DECISIVE_AGAINST);
	return unit_report();
}
