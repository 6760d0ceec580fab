/*
 * test_lca_model_fit.c - what a fit leaves in the model, and what the model
 * tells of it
 *
 * Log-likelihoods, BIC, G2, X2 and df of carcinoma as Linzer and Lewis 2011
 * print them, with more digits from an independent EM (test/reference/lca_errors.py).
 */
#include "class_models.h"
#include "response_patterns.h"

static const NkLcaSettings usual = {
	.starts = 20, .finish = 5, .seed = 1, .tolerance = 1e-10,
	.max_iterations = 10000
};

#define ROOM	65536

typedef union Model
{
	NkLcaModel	model;
	unsigned char bytes[ROOM];
} Model;

static Model
fit(const char *patterns, int items, int classes,
	const NkLcaSettings *settings, bool errors)
{
	Model		any = {.bytes = {0}};
	NkTally    *tally = patterns_read(patterns);
	NkLcaData	data = patterns_data(tally, items);
	void	   *room = patterns_room(nk_lca_model_fit_size(&data, classes,
														   settings, errors));

	nk_lca_model_init(&any.model, classes, items);
	nk_lca_model_fit(&data, settings, errors, room, &any.model);
	CHECK(nk_summary_validate(&any.model.header,
							  nk_lca_model_size(classes, items),
							  &nk_lca_model_kind) == NK_OK);
	free(room);
	free(tally);
	return any;
}

static void
test_carcinoma(void)
{
	Model		any = fit(PATTERNS_CARCINOMA, 7, 3, &usual, true);
	const NkLcaModel *model = &any.model;
	NkLcaFitStatistics s;
	double		sum = 0;

	nk_lca_model_statistics(model, &s);
	CHECK(model->outcome == NK_LCA_FITTED && model->errors == NK_LCA_ERRORS);
	CHECK(model->n == 118 && model->patterns == 20 && model->complete);
	CHECK(model->seen == 127 && model->varying == 127);
	CHECK(model->starts == 20 && model->finished == 5 && model->at_best >= 1);
	CHECK_CLOSE(s.all.log_likelihood, -293.70497878072930589, 1e-11);
	CHECK(s.all.parameters == 23);
	CHECK_CLOSE(s.all.bic, 697.135704, 1e-9);
	CHECK_CLOSE(s.all.aic, 633.40995756, 1e-10);
	CHECK_CLOSE(s.all.abic, 2 * 293.70497878072931 + 23 * log(120. / 24), 1e-11);
	CHECK_CLOSE(s.all.g2, 15.26171, 1e-6);
	CHECK_CLOSE(s.all.x2, 20.50336, 1e-6);
	CHECK(s.all.df == 95);
	CHECK(s.all.smallest_share == nk_lca_share(model)[2]);
	CHECK(s.boundary > 0);
	for (int k = 0; k < 3; k++)
		for (int j = 0; j < 7; j++)
			sum += nk_lca_at_boundary(nk_lca_probability(model)[k * 7 + j]);
	CHECK(s.boundary == (int) sum);
	/* of the children of each class some are assigned to it, most of them here */
	for (int k = 0; k < 3; k++)
		CHECK(nk_lca_confusion(model)[k * 3 + k] > 0.9);
	/* the share of the children assigned to a class is what the rows lead to */
	sum = 0;
	for (int k = 0; k < 3; k++)
		sum += nk_lca_share(model)[k] * nk_lca_confusion(model)[k * 3 + 2];
	CHECK_CLOSE(sum, 23. / 118, 1e-6);

	any = fit(PATTERNS_CARCINOMA, 7, 3, &usual, false);
	CHECK(any.model.errors == NK_LCA_NO_ERRORS);
}

/* items that nobody was asked about are no parameters */
static void
test_missing(void)
{
	Model		any = fit("22.1:20 21.2:7 12.2:5 11.1:30 2..2:3 ....:4 1...:6",
						  4, 2, &usual, true);
	NkLcaFitStatistics s;

	nk_lca_model_statistics(&any.model, &s);
	CHECK(any.model.n == 71 && any.model.n_unobserved == 4);
	CHECK(any.model.seen == 11 && any.model.varying == 11 &&
		  !any.model.complete);
	CHECK(s.all.parameters == 1 + 2 * 3);
	CHECK(isnan(s.all.g2) && isnan(s.all.x2) && isnan(s.all.df));
	CHECK(nk_lca_probability(&any.model)[2] == 0.5);
	/* complete in fewer patterns, of the same items */
	any = fit("22.1:20 21.2:7 12.2:5 11.1:30", 4, 2, &usual, true);
	CHECK(!any.model.complete);
}

static void
test_outcomes(void)
{
	NkLcaSettings few = usual;
	NkLcaFitStatistics s;
	Model		any;

	any = fit("", 3, 2, &usual, true);
	CHECK(any.model.outcome == NK_LCA_EMPTY && any.model.n == 0);
	nk_lca_model_statistics(&any.model, &s);
	CHECK(isnan(s.all.log_likelihood) && isnan(s.all.bic) &&
		  isnan(s.all.smallest_share) && s.boundary == 0);
	any = fit("...:9", 3, 2, &usual, true);
	CHECK(any.model.outcome == NK_LCA_EMPTY && any.model.n_unobserved == 9);
	any = fit("121:9 212:3", 3, 3, &usual, true);
	CHECK(any.model.outcome == NK_LCA_TOO_FEW && any.model.n == 12);
	any = fit("121:9 1.1:3 .2.:4", 3, 2, &usual, true);
	CHECK(any.model.outcome == NK_LCA_NO_VARIATION);

	few.max_iterations = 2;
	any = fit(PATTERNS_CARCINOMA, 7, 4, &few, true);
	CHECK(any.model.outcome == NK_LCA_NOT_CONVERGED &&
		  any.model.errors == NK_LCA_NO_ERRORS);
	nk_lca_model_statistics(&any.model, &s);
	CHECK(s.all.log_likelihood < -289.2858);

	/* one class is what margins say */
	any = fit("22:10 21:30 12:20 11:40", 2, 1, &usual, true);
	CHECK(any.model.outcome == NK_LCA_FITTED && any.model.starts == 1);
	CHECK_CLOSE(nk_lca_probability(&any.model)[0], 0.4, 1e-14);
	CHECK_CLOSE(nk_lca_probability_error(&any.model)[1],
				sqrt(0.3 * 0.7 / 100), 1e-12);
	nk_lca_model_statistics(&any.model, &s);
	CHECK(isnan(s.all.entropy) && s.all.smallest_share == 1 && s.all.df == 1);

	/* two classes of two items: more parameters than there are numbers */
	any = fit("22:10 21:30 12:20 11:40", 2, 2, &usual, true);
	nk_lca_model_statistics(&any.model, &s);
	CHECK(any.model.errors == NK_LCA_NOT_IDENTIFIED);
	CHECK(s.all.df == -2);
}

int
main(void)
{
	test_carcinoma();
	test_missing();
	test_outcomes();
	return unit_report();
}
