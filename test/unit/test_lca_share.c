/*
 * test_lca_share.c - how common the classes of a model are among other
 * children
 *
 * Values: test/reference/lca_shares.tsv, from lca_shares.py.
 */
#include "class_models.h"
#include "lca_share.h"
#include "reference.h"
#include "response_patterns.h"

#define MODEL_ROOM	8192

typedef union Model
{
	NkLcaModel	model;
	unsigned char bytes[MODEL_ROOM];
} Model;

static const double z = 1.959963984540054;

/* a fitted model of these shares and probabilities, the numbers of a text */
static Model
model_of(int classes, int items, const char *shares, const char *probabilities)
{
	Model		any = {.bytes = {0}};
	char	   *rest = (char *) shares;

	nk_lca_model_init(&any.model, classes, items);
	any.model.outcome = NK_LCA_FITTED;
	any.model.n = any.model.patterns = 1;
	any.model.seen = any.model.varying = (int64_t) nk_lca_mask(items);
	for (int k = 0; k < classes; k++)
	{
		((double *) nk_lca_share(&any.model))[k] = strtod(rest, &rest);
		((double *) nk_lca_confusion(&any.model))[k * classes + k] = 1;
	}
	rest = (char *) probabilities;
	for (int i = 0; i < classes * items; i++)
		((double *) nk_lca_probability(&any.model))[i] = strtod(rest, &rest);
	return any;
}

static NkLcaShares
ask(const NkLcaModel *model, const char *patterns, int items)
{
	NkTally    *tally = patterns_read(patterns);
	NkLcaData	data = patterns_data(tally, items);
	void	   *room = patterns_room(nk_lca_shares_size(model));
	NkLcaShares shares;

	nk_lca_shares(model, &data, z, room, &shares);
	free(room);
	free(tally);
	return shares;
}

static void
test_reference(void)
{
	Reference	table = reference_read("lca_shares.tsv");
	Group		modal = {.name = "modal"};
	Group		posterior = {.name = "posterior", .tolerance = 1e-13};
	Group		share = {.name = "share", .tolerance = 1e-12};
	Group		error = {.name = "standard error", .tolerance = 1e-11};
	Group		bounds = {.name = "bounds, as logits", .tolerance = 1e-11};

	for (int row = 0; row < table.count; row++)
	{
		int			items = (int) reference_count(&table, row, "items");
		int			classes = 1;
		Model		any;
		NkLcaShares shares;
		const NkLcaShare *got;

		for (const char *c = reference_text(&table, row, "model"); *c; c++)
			classes += *c == ' ';
		any = model_of(classes, items, reference_text(&table, row, "model"),
					   reference_text(&table, row, "probabilities"));
		shares = ask(&any.model, reference_text(&table, row, "patterns"), items);
		got = &shares.classes[reference_count(&table, row, "class")];
		group_compare(&modal, row, got->modal,
					  reference_number(&table, row, "modal"), 0);
		group_compare(&posterior, row, got->share_posterior,
					  reference_number(&table, row, "posterior"), 0);
		group_compare(&share, row, got->share.estimate,
					  reference_number(&table, row, "share"), 0);
		group_compare(&error, row, got->std_error,
					  reference_number(&table, row, "std_error"), 0);
		if (isnan(got->std_error))
		{
			CHECK(got->status == NK_BOUNDARY && isnan(got->share.lower) &&
				  isnan(got->share.upper));
			continue;
		}
		CHECK(got->status == NK_OK);
		{
			double		p = got->share.estimate;
			double		half = z * got->std_error / (p * (1 - p));

			group_compare(&bounds, row,
						  log(got->share.lower / (1 - got->share.lower)),
						  log(p / (1 - p)) - half, 0);
			group_compare(&bounds, row,
						  log(got->share.upper / (1 - got->share.upper)),
						  log(p / (1 - p)) + half, 0);
		}
	}
	group_report(&modal);
	group_report(&posterior);
	group_report(&share);
	group_report(&error);
	group_report(&bounds);
	reference_free(&table);
}

static void
test_status(void)
{
	Model		any = model_of(2, 3, "0.5 0.5", "0.9 0.8 0.7 0.1 0.2 0.3");
	NkLcaShares shares;

	/* nobody, or nobody of whom anything was observed */
	shares = ask(&any.model, "", 3);
	CHECK(shares.n == 0 && shares.classes[1].status == NK_EMPTY);
	CHECK(isnan(shares.classes[0].share.estimate) &&
		  isnan(shares.classes[0].share_modal));
	shares = ask(&any.model, "...:7", 3);
	CHECK(shares.n == 0 && shares.classes[0].status == NK_EMPTY);

	/* all in one class */
	shares = ask(&any.model, "222:5", 3);
	CHECK(shares.classes[0].share.estimate == 1);
	CHECK(shares.classes[1].share.estimate == 0);
	CHECK(shares.classes[0].status == NK_BOUNDARY &&
		  shares.classes[1].status == NK_BOUNDARY);

	/* classes that the items do not tell apart */
	any = model_of(2, 3, "0.5 0.5", "0.9 0.8 0.7 0.9 0.8 0.7");
	shares = ask(&any.model, "222:5 112:3", 3);
	CHECK(shares.classes[0].status == NK_NOT_IDENTIFIED);
	CHECK(isnan(shares.classes[0].share.estimate));
	CHECK(shares.classes[0].modal == 8);
	any = model_of(3, 3, "0.5 0.3 0.2", "0.9 0.8 0.7 0.1 0.2 0.3 0.9 0.8 0.7");
	shares = ask(&any.model, "222:5 112:3 121:9 122:4 111:2 211:7", 3);
	CHECK(shares.classes[1].status == NK_NOT_IDENTIFIED);

	/* children that no class can have are told and left aside */
	any = model_of(2, 3, "0.5 0.5", "1 0.8 0.7 1 0.2 0.3");
	shares = ask(&any.model, "222:5 112:3 211:9 221:6", 3);
	CHECK(shares.n == 20 && shares.impossible == 3);
	CHECK(shares.classes[0].status == NK_OK);
	shares = ask(&any.model, "112:3", 3);
	CHECK(shares.n == 0 && shares.impossible == 3);
	CHECK(shares.classes[0].status == NK_EMPTY);

	/* a class that the model itself has at 0 may be common elsewhere */
	any = model_of(2, 3, "1 0", "0.9 0.8 0.7 0.1 0.2 0.3");
	shares = ask(&any.model, "222:50 111:30 211:9 221:6", 3);
	CHECK(shares.classes[1].modal == 0 && shares.classes[1].share_posterior == 0);
	CHECK(shares.classes[1].share.estimate > 0.3 &&
		  shares.classes[1].status == NK_OK);

	/* one class has everybody */
	any = model_of(1, 3, "1", "0.9 0.8 0.7");
	shares = ask(&any.model, "222:50 111:30", 3);
	CHECK(shares.classes[0].share.estimate == 1 &&
		  shares.classes[0].status == NK_BOUNDARY);

	/* a model without a fit */
	any = model_of(2, 3, "0.5 0.5", "0.9 0.8 0.7 0.1 0.2 0.3");
	any.model.outcome = NK_LCA_TOO_FEW;
	shares = ask(&any.model, "222:5", 3);
	CHECK(shares.n == 0 && shares.classes[1].status == NK_TOO_FEW);
	CHECK(isnan(shares.classes[1].share_posterior));
}

/*
 * At an optimum the derivative is n for shares above 0 and no more elsewhere:
 * on models at random, whose classes are often alike
 */
static void
test_optimum(void)
{
	double		worst = 0;
	int			converged = 0;
	int			at_zero = 0;

	for (int i = 0; i < 300; i++)
	{
		int			classes = 2 + (int) (random_bits() % 12);
		int			items = 4 + (int) (random_bits() % 8);
		NkTally    *tally = patterns_empty(200);
		Model		any = {.bytes = {0}};
		NkLcaData	data;
		NkLcaShares shares;
		void	   *room;
		double		n = 0;
		double		gradient[NK_LCA_CLASSES] = {0};

		do
			random_model(&any.model, classes, items, 1000);
		while (!nk_lca_is_fitted(&any.model));
		for (int c = 0; c < classes * items; c++)
			((double *) nk_lca_probability(&any.model))[c] =
				0.02 + 0.96 * random_share();
		any.model.seen = (int64_t) nk_lca_mask(items);
		for (uint64_t y = 0; y < 150; y++)
			if (y <= nk_lca_mask(items))
				patterns_put(tally, nk_lca_mask(items), y,
							 1 + random_count(50));
		data = patterns_data(tally, items);
		room = patterns_room(nk_lca_shares_size(&any.model));
		nk_lca_shares(&any.model, &data, z, room, &shares);
		free(room);
		free(tally);
		if (shares.classes[0].status == NK_NOT_IDENTIFIED ||
			shares.classes[0].status == NK_NOT_CONVERGED)
			continue;
		converged++;
		for (size_t y = 0; y < data.patterns; y++)
		{
			double		likelihood[NK_LCA_CLASSES];
			double		p = 0;

			for (int k = 0; k < classes; k++)
			{
				likelihood[k] = 1;
				for (int j = 0; j < items; j++)
				{
					double		r = nk_lca_probability(&any.model)[k * items + j];

					likelihood[k] *= data.present[y] >> j & 1 ? r : 1 - r;
				}
				p += shares.classes[k].share.estimate * likelihood[k];
			}
			for (int k = 0; k < classes; k++)
				gradient[k] += data.weight[y] * likelihood[k] / p;
			n += data.weight[y];
		}
		for (int k = 0; k < classes; k++)
		{
			double		excess = gradient[k] / n - 1;
			bool		zero = shares.classes[k].share.estimate == 0;

			at_zero += zero;
			worst = fmax(worst, zero ? excess : fabs(excess));
		}
	}
	printf("# %d of 300 converged, %d shares at 0\n", converged, at_zero);
	CHECK(converged > 290);
	CHECK(at_zero > 100);
	CHECK(worst < 1e-9);
}

int
main(void)
{
	test_reference();
	test_status();
	test_optimum();
	return unit_report();
}
