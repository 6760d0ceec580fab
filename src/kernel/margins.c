/*
 * margins.c - average marginal effects of a logistic regression
 *
 * What the model says of risks, averaged over the children as they are.
 *
 * A covariate whose values are 0 and 1: risk_without and risk_with are the
 * mean fitted risks if it were 0, or 1, for all children and everything else
 * were as it is; risk_difference and risk_ratio compare the two.  Any other:
 * slope is the mean change of the risk a unit, the mean of p q coefficient.
 *
 *   Lane P W, Nelder J A (1982) Analysis of covariance and standardization
 *   as instances of prediction.  Biometrics 38:613-621.  doi:10.2307/2530043
 *   Muller C J, MacLehose R F (2014) Estimating predicted probabilities from
 *   logistic regression.  Int J Epidemiol 43:962-970.  doi:10.1093/ije/dyu029
 *
 * Standard errors by the delta method, with the chosen covariance of the
 * coefficients and the covariates as given.  Intervals: of a risk on the
 * logit scale, of a ratio on the log scale, of the others as they are, the
 * difference cut at -1 and 1.
 *
 * A row that separation has settled keeps its risk of 0 or 1 whatever a
 * finite term does.  Accuracy: 1e-11, since the gradient of a slope can be a
 * small difference; test_logistic.
 */
#include "margins.h"

#include "linear.h"

const char *const nk_margin_kinds[] = {
	"slope", "risk_without", "risk_with", "risk_difference", "risk_ratio",
	NULL
};

/* sums over all children, for one term; of its two values, if it has two */
typedef struct Effect
{
	bool		known;			/* has the term an estimate? */
	bool		binary;
	double		coefficient;
	const double *back;			/* the term in the basis */
	double		risk[2];		/* without and with; a slope is in [0] */
	double	   *gradient[2];	/* in the basis */
} Effect;

/* is_binary - does a covariate have the values 0 and 1 only? */
static bool
is_binary(const NkDesign *design, int term)
{
	for (size_t row = 0; row < design->rows; row++)
	{
		double		x = nk_design_x(design, row, term);

		if (row % 4096 == 0)
			nk_check_interrupts();
		if (x != 0 && x != 1)
			return false;
	}
	return true;
}

/* add_prediction - the risk of a row's children if the term were moved */
static void
add_prediction(const double *z, int rank, double eta, double share,
			   double move, int which, Effect *effect)
{
	NkLogistic	fitted = nk_logistic(eta + move * effect->coefficient);
	double		weight = share * fitted.p * fitted.q;

	effect->risk[which] += share * fitted.p;
	for (int i = 0; i < rank; i++)
		effect->gradient[which][i] += weight *
			(z[i] + move * effect->back[i]);
}

static void
add_slope(const double *z, int rank, double eta, double share,
		  Effect *effect)
{
	NkLogistic	fitted = nk_logistic(eta);
	double		weight = share * fitted.p * fitted.q;
	double		bend = effect->coefficient * (fitted.q - fitted.p);

	effect->risk[0] += weight * effect->coefficient;
	for (int i = 0; i < rank; i++)
		effect->gradient[0][i] += weight * (effect->back[i] + bend * z[i]);
}

/* add_row - a pattern's part of the effects of all terms with an estimate */
static void
add_row(const NkLogitFit *fit, size_t row, Effect *effects)
{
	const NkDesign *design = fit->design;
	const double *z = nk_basis_row(&fit->basis, row);
	int			rank = fit->basis.rank;
	double		share = (double) design->n[row] / (double) fit->n;
	bool		settled = fit->likelihood.settled[row];
	double		eta = settled ? 0 : nk_dot(fit->likelihood.gamma, z, rank);

	for (int t = 1; t < fit->basis.terms; t++)
	{
		Effect	   *effect = &effects[t - 1];

		if (!effect->known)
			continue;
		if (settled)
		{
			double		risk = effect->binary && design->events[row] > 0;

			effect->risk[0] += share * risk;
			effect->risk[1] += share * risk;
		}
		else if (effect->binary)
		{
			double		x = nk_design_x(design, row, t);

			add_prediction(z, rank, eta, share, -x, 0, effect);
			add_prediction(z, rank, eta, share, 1 - x, 1, effect);
		}
		else
			add_slope(z, rank, eta, share, effect);
	}
}

/* average - the effects of all terms, over all children */
static void
average(const NkLogitFit *fit, double *gradients, Effect *effects)
{
	size_t		rank = (size_t) fit->basis.rank;

	for (int t = 1; t < fit->basis.terms; t++)
	{
		double	   *gradient = gradients + 2 * rank * (size_t) (t - 1);

		for (size_t i = 0; i < 2 * rank; i++)
			gradient[i] = 0;
		effects[t - 1] = (Effect) {
			.known = nk_logit_is_fitted(fit) && fit->status[t] == NK_OK,
			.binary = is_binary(fit->design, t),
			.coefficient = nk_logit_coefficient(fit, t),
			.back = nk_basis_back(&fit->basis, t),
			.gradient = {gradient, gradient + rank}
		};
	}
	for (size_t row = 0; row < fit->design->rows; row++)
	{
		if (row % 1024 == 0)
			nk_check_interrupts();
		add_row(fit, row, effects);
	}
}

/* estimate - one margin of a term, and its gradient; that of a log ratio */
static void
estimate(const NkLogitFit *fit, const Effect *effect, NkMargin *margin,
		 double *gradient)
{
	double		without = effect->risk[0];
	double		with = effect->risk[1];
	double		value = without;
	double		weights[2] = {1, 0};

	switch (margin->kind)
	{
		case NK_SLOPE:
		case NK_RISK_WITHOUT:
			break;
		case NK_RISK_WITH:
			value = with;
			weights[0] = 0;
			weights[1] = 1;
			break;
		case NK_RISK_DIFFERENCE:
			value = with - without;
			weights[0] = -1;
			weights[1] = 1;
			break;
		case NK_RISK_RATIO:
			value = with / without;
			weights[0] = -1 / without;
			weights[1] = 1 / with;
			break;
	}
	margin->margin.estimate = effect->known ? value : NK_UNDEFINED;
	for (int i = 0; i < fit->basis.rank; i++)
		gradient[i] = effect->known ?
			weights[0] * effect->gradient[0][i] +
			weights[1] * effect->gradient[1][i] : 0;
	nk_logit_standardise(fit, gradient);
}

/* infer - interval and test, from the variance that goes with the gradient */
static NkStatus
infer(NkVariance variance, double conf_level, NkMargin *margin)
{
	NkInterval *m = &margin->margin;
	double		error = sqrt(variance.variance);
	double		critical;
	NkStatus	status = nk_wald_critical(conf_level, variance.df, &critical);
	double		reach;
	double		middle;

	margin->std_error = error;
	switch (margin->kind)
	{
		case NK_RISK_WITHOUT:
		case NK_RISK_WITH:
			middle = log(m->estimate / (1 - m->estimate));
			reach = critical * error / (m->estimate * (1 - m->estimate));
			m->lower = nk_logistic(middle - reach).p;
			m->upper = nk_logistic(middle + reach).p;
			return status;
		case NK_RISK_RATIO:
			m->lower = m->estimate * exp(-critical * error);
			m->upper = m->estimate * exp(critical * error);
			margin->test = nk_wald_test(log(m->estimate) / error,
										variance.df);
			margin->std_error = m->estimate * error;
			return status;
		default:
			m->lower = m->estimate - critical * error;
			m->upper = m->estimate + critical * error;
			margin->test = nk_wald_test(m->estimate / error, variance.df);
	}
	if (margin->kind == NK_RISK_DIFFERENCE)
	{
		m->lower = fmax(m->lower, -1);
		m->upper = fmin(m->upper, 1);
	}
	return status;
}

size_t
nk_margins_scratch(int covariates)
{
	size_t		k = (size_t) covariates;
	size_t		most = NK_MARGINS_A_TERM * k;

	return (k * sizeof(Effect) + most * sizeof(NkVariance)) / sizeof(double) +
		(2 * k + most) * (k + 1) +
		nk_sandwich_scratch(covariates, (int) most);
}

NkStatus
nk_logit_margins(const NkLogitFit *fit, NkCovariance covariance,
				 double conf_level, double *scratch, NkMargin *margins,
				 int *count)
{
	int			rank = fit->basis.rank;
	int			covariates = fit->design->covariates;
	Effect	   *effects = (Effect *) scratch;
	NkVariance *variances = (NkVariance *) (effects + covariates);
	double	   *sums = (double *) (variances + NK_MARGINS_A_TERM * covariates);
	double	   *gradients = sums + 2 * covariates * rank;
	double		unused;
	NkStatus	status = nk_critical_value(conf_level, &unused);

	*count = 0;
	if (status != NK_OK)
		return status;
	average(fit, sums, effects);
	for (int t = 1; t <= covariates; t++)
		for (int k = NK_SLOPE; k <= NK_RISK_RATIO; k++)
		{
			NkMargin   *margin = &margins[*count];

			if (effects[t - 1].binary == (k == NK_SLOPE))
				continue;
			*margin = (NkMargin) {
				t, (NkMarginKind) k, NK_NO_INTERVAL, NK_UNDEFINED,
				NK_NO_TEST, fit->status[t]
			};
			estimate(fit, &effects[t - 1], margin,
					 gradients + *count * rank);
			++*count;
		}
	if (!nk_logit_is_fitted(fit))
		return NK_OK;

	status = nk_sandwich(fit, covariance, gradients, *count,
						 gradients + *count * rank, variances);
	for (int m = 0; m < *count; m++)
	{
		NkStatus	interval_status;

		if (margins[m].status != NK_OK)
			continue;
		margins[m].status = nk_variance_status(status, variances[m]);
		if (margins[m].status != NK_OK && margins[m].status != NK_FEW_CLUSTERS)
			continue;
		interval_status = infer(variances[m], conf_level, &margins[m]);
		if (interval_status != NK_OK)
			margins[m].status = interval_status;
	}
	return NK_OK;
}
