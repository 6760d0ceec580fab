/*
 * predictor.c - coefficients of a multinomial logit of latent classes: odds
 * ratios, tests
 *
 * Standard errors from the observed information, in which what is not known
 * of the classes has been taken away, or, where children sit in clusters, from
 * the sandwich with the products of the clusters' scores (CR1: G / (G - 1), t
 * with G - 1 degrees of freedom; Liang and Zeger 1986, Biometrika 73:13-22,
 * doi:10.1093/biomet/73.1.13).  The errors of assignment are taken as known;
 * what that leaves out: Bakk, Oberski and Vermunt 2014, Political Analysis
 * 22:520-540, doi:10.1093/pan/mpu003.
 *
 * The test of a term for all classes is Wald's, which does not depend on the
 * reference; over clusters F as in outcome_share.c.  Tested by
 * test_predictors.
 */
#include "predictors.h"

#include "linear.h"
#include "sandwich.h"

#define MOVING 1e-3				/* of the farthest movement */
#define NOTHING_KNOWN 1e3		/* a standard error on the logit scale */

static bool
has_errors(const NkPredictors *fit)
{
	return fit->error_status == NK_OK || fit->error_status == NK_FEW_CLUSTERS;
}

/* of a vector of parameters, what there is of a class's term */
static double
of_term(const NkPredictors *fit, const double *parameters, int class, int term)
{
	int			rank = fit->basis.rank;

	return nk_dot(parameters +
				  nk_latent_place(&fit->likelihood, class) * rank,
				  nk_basis_back(&fit->basis, term), rank);
}

/* the gradient of that with regard to the parameters */
static void
term_gradient(const NkPredictors *fit, int class, int term, double *gradient)
{
	int			rank = fit->basis.rank;
	int			at = nk_latent_place(&fit->likelihood, class) * rank;

	for (int i = 0; i < nk_latent_parameters(&fit->likelihood); i++)
		gradient[i] = 0;
	for (int i = 0; i < rank; i++)
		gradient[at + i] = nk_basis_back(&fit->basis, term)[i];
}

/*
 * prepare - a gradient becomes one whose product with another's partner is
 * their covariance; without clusters they are the same
 */
static void
prepare(const NkPredictors *fit, double *gradient, double *partner)
{
	int			p = nk_latent_parameters(&fit->likelihood);

	nk_check_interrupts();
	nk_solve_lower(fit->root, gradient, p);
	if (fit->has_clusters)
		nk_solve_upper(fit->root, gradient, p);
	for (int i = 0; i < p; i++)
		partner[i] = fit->has_clusters ?
			nk_dot(fit->meat + (size_t) i * (size_t) p, gradient, p) :
			gradient[i];
}

/* does the coefficient go to infinity, or is nothing known of it? */
static bool
is_infinite(NkPredictors *fit, int class, int term)
{
	int			p = nk_latent_parameters(&fit->likelihood);
	double		range = fit->range[term];

	if (fit->status != NK_SEPARATION)
		return false;
	if (fabs(of_term(fit, fit->step, class, term)) * range >
		MOVING * fit->farthest)
		return true;
	if (fit->error_status == NK_NOT_CONVERGED)
		return false;
	term_gradient(fit, class, term, fit->gradient);
	nk_solve_lower(fit->root, fit->gradient, p);
	return sqrt(nk_dot(fit->gradient, fit->gradient, p)) * range >
		NOTHING_KNOWN;
}

/* why there is no estimate, or NK_OK */
static NkStatus
term_status(NkPredictors *fit, int class, int term)
{
	if (!nk_predictors_are_fitted(fit))
		return fit->status;
	if (!fit->basis.kept[term])
		return fit->basis.spread[term] > 0 ? NK_COLLINEAR : NK_NO_VARIATION;
	return is_infinite(fit, class, term) ? NK_SEPARATION : NK_OK;
}

NkStatus
nk_predictor(NkPredictors *fit, int class, int term, double conf_level,
			 NkPredictor *predictor)
{
	int			p = nk_latent_parameters(&fit->likelihood);
	double		critical;
	NkStatus	status = nk_wald_critical(conf_level, fit->df, &critical);
	double		estimate;
	double		error;

	*predictor = (NkPredictor) {
		NK_UNDEFINED, NK_UNDEFINED, NK_NO_INTERVAL, NK_NO_TEST,
		term_status(fit, class, term)
	};
	if (status != NK_OK || predictor->status != NK_OK)
		return status;
	estimate = of_term(fit, fit->likelihood.gamma, class, term);
	predictor->estimate = estimate;
	predictor->odds_ratio.estimate = exp(estimate);
	predictor->status = fit->error_status;
	/* of a covariate whose unit is beyond doubles */
	if (!isfinite(estimate))
		predictor->status = NK_NOT_CONVERGED;
	if (!isfinite(estimate) || !has_errors(fit))
		return NK_OK;
	term_gradient(fit, class, term, fit->gradient);
	prepare(fit, fit->gradient, fit->other);
	error = sqrt(nk_dot(fit->gradient, fit->other, p));
	/* clusters that cannot tell */
	if (!(error > 0 && isfinite(error)))
	{
		predictor->status = NK_TOO_FEW;
		return NK_OK;
	}
	predictor->std_error = error;
	predictor->test = nk_wald_test(estimate / error, fit->df);
	predictor->odds_ratio.lower = exp(estimate - critical * error);
	predictor->odds_ratio.upper = exp(estimate + critical * error);
	return NK_OK;
}

/* how many coefficients a test is about */
static size_t
test_size(const NkPredictors *fit, int term)
{
	size_t		others = (size_t) fit->likelihood.classes - 1;

	if (term > 0)
		return others;
	return fit->basis.rank > 1 ? others * (size_t) (fit->basis.rank - 1) : 0;
}

size_t
nk_predictors_test_scratch(const NkPredictors *fit, int term)
{
	size_t		m = test_size(fit, term);

	return m * (2 * (size_t) nk_latent_parameters(&fit->likelihood) + m + 1);
}

/* the value of coefficient i of the test, and its gradient */
static double
test_value(const NkPredictors *fit, int term, int i, double *gradient)
{
	const NkLatentLikelihood *likelihood = &fit->likelihood;
	int			rank = fit->basis.rank;
	int			class;
	int			at;

	if (term > 0)
	{
		class = nk_latent_class(likelihood, i);
		term_gradient(fit, class, term, gradient);
		return of_term(fit, likelihood->gamma, class, term);
	}
	/* all terms are 0 if all columns of the basis are, but the first */
	at = i / (rank - 1) * rank + i % (rank - 1) + 1;
	for (int j = 0; j < nk_latent_parameters(likelihood); j++)
		gradient[j] = j == at;
	return likelihood->gamma[at];
}

NkStatus
nk_predictors_test(NkPredictors *fit, int term, double *scratch,
				   NkTestResult *test)
{
	int			p = nk_latent_parameters(&fit->likelihood);
	int			m = (int) test_size(fit, term);
	double	   *gradients = scratch;
	double	   *partners = gradients + (size_t) m * (size_t) p;
	double	   *matrix = partners + (size_t) m * (size_t) p;
	double	   *values = matrix + (size_t) m * (size_t) m;
	double		wald;

	*test = NK_NO_TEST;
	if (!nk_predictors_are_fitted(fit))
		return fit->status;
	if (m == 0)
		return NK_ZERO_MARGIN;
	if (term == 0 && fit->status == NK_SEPARATION)
		return NK_SEPARATION;
	for (int t = 0; term > 0 && t < fit->likelihood.classes; t++)
		if (t != fit->likelihood.reference &&
			term_status(fit, t, term) != NK_OK)
			return term_status(fit, t, term);
	if (!has_errors(fit))
		return fit->error_status;
	for (int i = 0; i < m; i++)
	{
		double	   *gradient = gradients + (size_t) i * (size_t) p;

		values[i] = test_value(fit, term, i, gradient);
		prepare(fit, gradient, partners + (size_t) i * (size_t) p);
		for (int j = 0; j <= i; j++)
			matrix[i * m + j] = nk_dot(gradients + (size_t) j * (size_t) p,
									   partners + (size_t) i * (size_t) p, p);
	}
	if (!nk_cholesky(matrix, m))
		return NK_TOO_FEW;
	nk_solve_lower(matrix, values, m);
	wald = nk_dot(values, values, m);
	if (isnan(fit->df))
		*test = nk_chisq_result(wald, m);
	else
	{
		double		df2 = fit->df + 1 - m;

		if (df2 <= 0)
			return NK_TOO_FEW;
		*test = nk_f_result(wald * df2 / (fit->df * m), m, df2);
	}
	return fit->error_status;
}
