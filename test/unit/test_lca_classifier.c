/*
 * test_lca_classifier.c - products of tables against the definition, item by
 * item in long double
 */
#include "lca_classifier.h"
#include "summaries.h"

static double shares[NK_LCA_CLASSES];
static double probabilities[NK_LCA_CLASSES * NK_LCA_ITEMS];

static NkLcaClassifier *
room_for(int classes, int items)
{
	NkLcaClassifier *room = malloc(nk_lca_classifier_size(classes, items));

	if (room == NULL)
		exit(EXIT_FAILURE);
	return room;
}

static double
random_uniform(void)
{
	return (double) (random_bits() >> 11) * 0x1p-53;
}

/* probabilities from `edge` on; a quarter of them at 0 or 1 if that is 0 */
static void
draw(int classes, int items, double edge)
{
	double		sum = 0;

	for (int k = 0; k < classes; k++)
		sum += shares[k] = 0.01 + random_uniform();
	for (int k = 0; k < classes; k++)
		shares[k] /= sum;
	for (int i = 0; i < classes * items; i++)
	{
		probabilities[i] = edge + (1 - 2 * edge) * random_uniform();
		if (edge == 0 && random_bits() % 4 == 0)
			probabilities[i] = (double) (random_bits() % 2);
	}
}

/* the definition; the sum of all classes */
static long double
joint_of(int classes, int items, uint64_t seen, uint64_t present,
		 uint64_t observed, long double *joint)
{
	long double sum = 0;

	for (int k = 0; k < classes; k++)
	{
		joint[k] = shares[k];
		for (int j = 0; j < items; j++)
			if (observed & seen & UINT64_C(1) << j)
				joint[k] *= present >> j & 1 ? (long double) probabilities[k * items + j] :
					1 - (long double) probabilities[k * items + j];
		sum += joint[k];
	}
	return sum;
}

static void
test_random(void)
{
	double		worst = 0;
	bool		modal_is_first = true;
	bool		impossible = true;
	int			answered = 0;
	int			none = 0;

	for (int i = 0; i < 20000; i++)
	{
		int			classes = 1 + (int) (random_bits() % (i % 3 ? 9 : 64));
		int			items = 1 + (int) (random_bits() % (i % 3 ? 13 : 64));
		uint64_t	all = nk_lca_mask(items);
		uint64_t	seen = i % 5 ? all : random_bits() & all;
		uint64_t	observed = i % 2 ? ~UINT64_C(0) : random_bits();
		uint64_t	present = random_bits() & (random_bits() | ~observed | all) & all;
		NkLcaClassifier *c = room_for(classes, items);
		double		weights[NK_LCA_WIDTH];
		long double joint[NK_LCA_CLASSES];
		long double sum;
		double		total;
		double		posterior;
		int			modal;
		NkStatus	status;

		draw(classes, items, i % 7 ? 0.02 : 0);
		nk_lca_classifier_fill(classes, items, shares, probabilities, seen, c);
		sum = joint_of(classes, items, seen, present, observed, joint);
		status = nk_lca_classifier_weights(c, present, observed, weights, &total);
		if (status != nk_lca_classifier_class(c, present, observed, &modal,
											  &posterior))
			impossible = false;
		if ((observed & seen) == 0 || sum == 0)
		{
			impossible &= status == (sum == 0 && (observed & seen) != 0 ?
									 NK_ZERO_MARGIN : NK_EMPTY);
			none++;
		}
		else
		{
			impossible &= status == NK_OK;
			answered++;
			for (int k = 0; k < classes; k++)
				worst = fmax(worst, fabs((double) (joint[k] / sum) -
										 weights[k] / total));
			worst = fmax(worst, fabs(posterior - (double) (joint[modal] / sum)));
			/* of those within the last bits of the largest the first */
			for (int k = 0; k < classes; k++)
				modal_is_first &= k < modal ? weights[k] < weights[modal] :
					weights[k] * (1 - 3e-14) <= weights[modal];
			modal_is_first &= posterior == weights[modal] / total;
		}
		free(c);
	}
	CHECK(worst < 2e-14);
	CHECK(modal_is_first);
	CHECK(impossible);
	CHECK(answered > 15000 && none > 100);
}

/* a copy elsewhere answers the same */
static void
test_copy(void)
{
	size_t		size = nk_lca_classifier_size(5, 20);
	NkLcaClassifier *c = room_for(5, 20);
	char	   *other = malloc(size + 8);
	int			modal[2] = {-1, -2};
	double		posterior[2] = {0, 1};

	draw(5, 20, 0.1);
	nk_lca_classifier_fill(5, 20, shares, probabilities, nk_lca_mask(20), c);
	memcpy(other + 8, c, size);
	memset(c, 0xFF, size);
	for (int i = 0; i < 2; i++)
		CHECK(nk_lca_classifier_class((NkLcaClassifier *) (other + 8), 0x5A5A5,
									  INT64_MAX, &modal[i],
									  &posterior[i]) == NK_OK);
	CHECK(modal[0] == modal[1] && posterior[0] == posterior[1]);
	free(c);
	free(other);
}

/* 60 items that hardly any class can have: products underflow, answers do not */
static void
test_underflow(void)
{
	NkLcaClassifier *c = room_for(2, 60);
	double		posterior = 0;
	int			modal = -1;

	for (int j = 0; j < 60; j++)
	{
		probabilities[j] = 1e-9;
		probabilities[60 + j] = j == 7 ? 3e-9 : 1e-9;
	}
	shares[0] = shares[1] = 0.5;
	nk_lca_classifier_fill(2, 60, shares, probabilities, nk_lca_mask(60), c);
	CHECK(nk_lca_classifier_class(c, nk_lca_mask(60), ~UINT64_C(0), &modal,
								  &posterior) == NK_OK);
	CHECK(modal == 1);
	CHECK_CLOSE(posterior, 0.75, 1e-12);
	/* one class cannot have item 7: the other has the child, for certain */
	probabilities[60 + 7] = 0;
	nk_lca_classifier_fill(2, 60, shares, probabilities, nk_lca_mask(60), c);
	CHECK(nk_lca_classifier_class(c, nk_lca_mask(60), ~UINT64_C(0), &modal,
								  &posterior) == NK_OK);
	CHECK(modal == 0 && posterior == 1);
	/* neither can */
	probabilities[7] = 0;
	nk_lca_classifier_fill(2, 60, shares, probabilities, nk_lca_mask(60), c);
	CHECK(nk_lca_classifier_class(c, nk_lca_mask(60), ~UINT64_C(0), &modal,
								  &posterior) == NK_ZERO_MARGIN);
	free(c);
}

static void
test_edges(void)
{
	NkLcaClassifier *c = room_for(3, 10);
	double		posterior = -1;
	int			modal = -1;

	draw(3, 10, 0.1);
	nk_lca_classifier_fill(3, 10, shares, probabilities, nk_lca_mask(10), c);
	/* an item beyond the model's is an error where it counts as present */
	CHECK(nk_lca_classifier_class(c, 1 << 10, INT64_MAX, &modal, &posterior) ==
		  NK_ITEMS_DIFFER);
	CHECK(nk_lca_classifier_class(c, 1 << 10, 1023, &modal, &posterior) ==
		  NK_OK);
	/* nothing observed, or nothing that the model knows */
	CHECK(nk_lca_classifier_class(c, 0, 0, &modal, &posterior) == NK_EMPTY);
	CHECK(nk_lca_classifier_class(c, 0, 1 << 10, &modal, &posterior) ==
		  NK_EMPTY);
	nk_lca_classifier_fill(3, 10, shares, probabilities, 0x3F0, c);
	CHECK(nk_lca_classifier_class(c, 3, 0xF, &modal, &posterior) == NK_EMPTY);
	free(c);
}

/* of equal classes the first */
static void
test_ties(void)
{
	NkLcaClassifier *c = room_for(6, 3);
	double		posterior = 0;
	int			modal = -1;

	for (int k = 0; k < 6; k++)
	{
		shares[k] = 0.125;
		for (int j = 0; j < 3; j++)
			probabilities[3 * k + j] = k == 0 ? 0.25 : 0.5;
	}
	shares[0] = 0.375;
	nk_lca_classifier_fill(6, 3, shares, probabilities, 7, c);
	CHECK(nk_lca_classifier_class(c, 7, 7, &modal, &posterior) == NK_OK);
	CHECK(modal == 1);
	CHECK_CLOSE(posterior, 0.125 * 0.125 / (0.375 / 64 + 5 * 0.125 * 0.125), 1e-15);
	free(c);
}

int
main(void)
{
	test_random();
	test_copy();
	test_underflow();
	test_edges();
	test_ties();
	return unit_report();
}
