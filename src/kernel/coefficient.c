/*
 * coefficient.c - coefficients of a logistic regression: odds ratio, test
 *
 * By Wald, with one of the variances of sandwich.c: estimate over standard
 * error against the normal distribution, or t where the variance has degrees
 * of freedom.  Or by profile: the interval is all values that a likelihood
 * ratio test does not reject, and statistic is the signed root of that test
 * for 0, which compares with z.  Wald's interval is symmetric and, where an
 * estimate is large because events are few, too short on one side and too
 * long on the other; it is the default without Firth's penalty because it is
 * what others print.
 *
 *   Venzon D J, Moolgavkar S H (1988) A method for computing profile-
 *   likelihood-based confidence intervals.  Appl Stat 37:87-94.
 *   doi:10.2307/2347496
 *   Heinze G, Schemper M (2002) A solution to the problem of separation in
 *   logistic regression.  Stat Med 21:2409-2419.  doi:10.1002/sim.1047
 *
 * The root of the likelihood ratio is nearly a straight line in the
 * coefficient, and the slope of the profile is the multiplier of the
 * constraint, so that Newton's method finds a bound in a few steps.
 * Accuracy: test_logistic.
 */
#include "coefficient.h"

#include "linear.h"

#define MAX_STEPS 200
#define EXACT 1e-13				/* relative, of the root */

/* the profile of one term, and the way back to the maximum */
typedef struct Profile
{
	NkLikelihood *likelihood;
	const double *maximum;		/* gamma there */
	double		log_root;		/* of the information there */
	const double *constraint;	/* the term in the basis */
	double		estimate;
	double	   *point;			/* work: where to evaluate next */

	/* at the value where it was last computed */
	double		root;			/* signed root of the likelihood ratio */
	double		slope;			/* of that root */
} Profile;

/* profile_at - go up from a point in which the term has the value */
static NkStatus
profile_at(Profile *profile, double value)
{
	NkLikelihood *likelihood = profile->likelihood;
	NkStatus	status;
	double		slope;
	int			iterations = 0;
	double		loss;

	status = nk_likelihood_climb(likelihood, profile->constraint, &slope,
								 &iterations);
	loss = nk_likelihood_loss(likelihood, profile->maximum,
							  profile->log_root);
	profile->root = copysign(sqrt(fmax(0, 2 * loss)),
							 value - profile->estimate);
	profile->slope = -slope / profile->root;
	return status;
}

/* along - a point in which the term has changed by so much, near the best */
static void
along(Profile *profile, double change)
{
	const NkLikelihood *likelihood = profile->likelihood;
	int			rank = likelihood->basis->rank;
	double	   *direction = likelihood->step;
	double		length;

	for (int i = 0; i < rank; i++)
		direction[i] = profile->constraint[i];
	nk_solve_lower(likelihood->root, direction, rank);
	length = nk_dot(direction, direction, rank);
	nk_solve_upper(likelihood->root, direction, rank);
	for (int i = 0; i < rank; i++)
		profile->point[i] = likelihood->gamma[i] +
			change / length * direction[i];
}

/*
 * bound - where the root reaches z, on the side of the estimate that the sign
 * of std_error tells
 */
static NkStatus
bound(Profile *profile, double z, double std_error, double *result)
{
	double		inner = profile->estimate;	/* where it has not */
	double		outer = copysign(INFINITY, std_error);	/* where it has */
	double		value = inner;
	double		next = inner + z * std_error;

	*result = NK_UNDEFINED;
	nk_likelihood_evaluate(profile->likelihood, profile->maximum);
	for (int i = 0; i < MAX_STEPS; i++)
	{
		double		target = copysign(z, std_error);

		along(profile, next - value);
		value = next;
		if (!nk_likelihood_evaluate(profile->likelihood, profile->point))
		{
			/* too far for doubles: come back, and go half as far */
			nk_likelihood_evaluate(profile->likelihood, profile->maximum);
			outer = next;
			value = profile->estimate;
			next = (inner + outer) / 2;
			continue;
		}
		if (profile_at(profile, value) != NK_OK)
			return NK_NOT_CONVERGED;
		if (fabs(profile->root - target) <= EXACT * z)
			break;
		if (fabs(profile->root) < z)
			inner = value;
		else
			outer = value;
		next = value - (profile->root - target) / profile->slope;
		if (next == value)
			break;
		if (!((inner < next && next < outer) || (outer < next && next < inner)))
			next = isfinite(outer) ? (inner + outer) / 2 :
				inner + 2 * (inner - profile->estimate);
		if (next == value || next == inner || next == outer)
			break;
	}
	*result = value;
	return NK_OK;
}

/*
 * by_profile - interval and test of a term
 *
 * Where all coefficients are 0 the term is too, and the likelihood is tame,
 * so the way to the test starts there.
 */
static NkStatus
by_profile(Profile *profile, double z, NkCoefficient *term)
{
	NkLikelihood *likelihood = profile->likelihood;
	NkStatus	status;

	profile->estimate = term->estimate;
	status = bound(profile, z, -term->std_error, &term->odds_ratio.lower);
	if (status == NK_OK)
		status = bound(profile, z, term->std_error, &term->odds_ratio.upper);
	term->odds_ratio.lower = exp(term->odds_ratio.lower);
	term->odds_ratio.upper = exp(term->odds_ratio.upper);

	for (int i = 0; i < likelihood->basis->rank; i++)
		profile->point[i] = 0;
	if (status == NK_OK && nk_likelihood_evaluate(likelihood, profile->point))
		status = profile_at(profile, 0);
	if (status == NK_OK)
		term->test = nk_z_result(-profile->root);
	nk_likelihood_evaluate(likelihood, profile->maximum);
	return status;
}

static NkStatus
by_wald(double df, double conf_level, NkCoefficient *term)
{
	double		critical = NK_UNDEFINED;
	NkStatus	status;

	term->test = nk_wald_test(term->estimate / term->std_error, df);
	status = nk_wald_critical(conf_level, df, &critical);
	term->odds_ratio.lower = exp(term->estimate - critical * term->std_error);
	term->odds_ratio.upper = exp(term->estimate + critical * term->std_error);
	return status;
}

size_t
nk_coefficient_scratch(int covariates)
{
	size_t		terms = (size_t) covariates + 1;

	return terms * terms + terms * sizeof(NkVariance) / sizeof(double) +
		2 * terms + nk_sandwich_scratch(covariates, (int) terms);
}

NkStatus
nk_logit_coefficients(NkLogitFit *fit, NkCovariance covariance,
					  double conf_level, double *scratch,
					  NkCoefficient *terms)
{
	int			count = fit->basis.terms;
	int			rank = fit->basis.rank;
	double	   *gradients = scratch;
	NkVariance *variances = (NkVariance *) (gradients + count * count);
	double	   *maximum = (double *) (variances + count);
	Profile		profile = {
		.likelihood = &fit->likelihood,
		.maximum = maximum,
		.point = maximum + count
	};
	NkStatus	variance_status;
	double		z;
	NkStatus	status = nk_critical_value(conf_level, &z);

	if (status != NK_OK)
		return status;
	for (int t = 0; t < count; t++)
		terms[t] = (NkCoefficient) {
			NK_UNDEFINED, NK_UNDEFINED, NK_NO_INTERVAL, NK_NO_TEST,
			fit->status[t]
		};
	if (!nk_logit_is_fitted(fit))
		return NK_OK;

	for (int i = 0; i < rank; i++)
		maximum[i] = fit->likelihood.gamma[i];
	profile.log_root = nk_likelihood_log_root(&fit->likelihood);
	/* the gradients of what has no estimate are not asked for, but finite */
	for (int t = 0; t < count; t++)
	{
		for (int i = 0; i < rank; i++)
			gradients[t * rank + i] = fit->status[t] == NK_OK ?
				nk_basis_back(&fit->basis, t)[i] : 0;
		nk_logit_standardise(fit, gradients + t * rank);
	}
	variance_status = nk_sandwich(fit, covariance == NK_COVARIANCE_PROFILE ?
								  NK_COVARIANCE_MODEL : covariance, gradients,
								  count, profile.point + count, variances);
	for (int t = 0; t < count; t++)
	{
		NkCoefficient *term = &terms[t];

		if (term->status != NK_OK)
			continue;
		term->estimate = nk_logit_coefficient(fit, t);
		term->odds_ratio.estimate = exp(term->estimate);
		/* of a covariate whose unit is beyond doubles */
		term->status = isfinite(term->estimate) ?
			nk_variance_status(variance_status, variances[t]) :
			NK_NOT_CONVERGED;
		if (term->status != NK_OK && term->status != NK_FEW_CLUSTERS)
			continue;
		term->std_error = sqrt(variances[t].variance);
		profile.constraint = nk_basis_back(&fit->basis, t);
		status = covariance == NK_COVARIANCE_PROFILE ?
			by_profile(&profile, z, term) :
			by_wald(variances[t].df, conf_level, term);
		if (status != NK_OK)
			term->status = status;
	}
	return NK_OK;
}
