/*
 * likelihood.c - the likelihood of a logistic regression and its maximum
 *
 * Method: Newton's steps, halved while the likelihood falls, until no linear
 * predictor moves by more than 1e-8: the next step, which is taken, leaves
 * an error of about the square of that.
 *
 * Firth's penalty adds half the logarithm of the determinant of the
 * information.  Its score is that of a table with h / 2 more events and
 * h / 2 more others in each row, h being the row's part of the trace of the
 * hat matrix; the steps use the information of that table.  They are not
 * Newton's, since h moves too, but each is shorter than the one before, and
 * they go on until rounding stops them.
 *
 *   Firth D (1993) Bias reduction of maximum likelihood estimates.
 *   Biometrika 80:27-38.  doi:10.1093/biomet/80.1.27
 *   Heinze G, Schemper M (2002) A solution to the problem of separation in
 *   logistic regression.  Stat Med 21:2409-2419.  doi:10.1002/sim.1047
 *
 * Separation.  Let s be 1 for a row with events and -1 for one without.  A
 * maximum exists unless some direction d has s z . d >= 0 in all rows (a row
 * with both counts twice) and > 0 in at least one (Albert and Anderson 1984,
 * Biometrika 71:1-10, doi:10.1093/biomet/71.1.1).  Such a direction is a
 * proof, however it was found, and Newton's step becomes one: predictors of
 * rows that it settles move by 1 a step for ever, those of the other rows
 * come to rest.  Nor can it be missed: if no predictor moves by 1, the
 * observed events, corrected by the step, satisfy the equation whose positive
 * solution excludes every such direction.
 *
 * NaN and infinity do not enter (design.h).  Tested by test_logistic.
 */
#include "likelihood.h"

#include "linear.h"

#define MAX_STEPS 1000
#define MAX_HALVINGS 60
#define CLOSE 1e-8				/* predictors move less: the last step */
#define AT_REST 1e-9			/* of the largest movement */
#define NOISE 1e-13				/* relative, of a log-likelihood */

/* use_row - is the row one with doubt?  Now and then: go on? */
static bool
use_row(const NkLikelihood *likelihood, size_t row)
{
	if (row % 1024 == 0)
		nk_check_interrupts();
	return !likelihood->settled[row];
}

double
nk_likelihood_log_root(const NkLikelihood *likelihood)
{
	int			rank = likelihood->basis->rank;
	double		sum = 0;

	for (int i = 0; i < rank; i++)
		sum += log(likelihood->root[i * rank + i]);
	return sum;
}

/* add_penalty - score and step matrix of the rows with h added */
static bool
add_penalty(NkLikelihood *likelihood)
{
	const NkDesign *design = likelihood->design;
	int			rank = likelihood->basis->rank;
	double	   *matrix = likelihood->step_root;

	likelihood->penalised = likelihood->log_likelihood +
		nk_likelihood_log_root(likelihood);
	for (int i = 0; i < rank * rank; i++)
		matrix[i] = 0;
	for (size_t row = 0; row < design->rows; row++)
	{
		const double *z = nk_basis_row(likelihood->basis, row);
		double	   *v = likelihood->row;
		NkLogistic	fitted;
		double		n = (double) design->n[row];
		double		hat;

		if (!use_row(likelihood, row))
			continue;
		fitted = nk_logistic(nk_dot(likelihood->gamma, z, rank));
		for (int i = 0; i < rank; i++)
			v[i] = z[i];
		nk_solve_lower(likelihood->root, v, rank);
		hat = n * fitted.p * fitted.q * nk_dot(v, v, rank);
		for (int i = 0; i < rank; i++)
			likelihood->score[i] += hat * (fitted.q - fitted.p) / 2 * z[i];
		nk_add_square(matrix, z, (n + hat) * fitted.p * fitted.q, rank);
	}
	return nk_cholesky(matrix, rank);
}

bool
nk_likelihood_evaluate(NkLikelihood *likelihood, const double *gamma)
{
	const NkDesign *design = likelihood->design;
	int			rank = likelihood->basis->rank;
	double	   *score = likelihood->score;
	double	   *information = likelihood->root;
	double		sum = 0;

	for (int i = 0; i < rank; i++)
	{
		likelihood->gamma[i] = gamma[i];
		score[i] = 0;
	}
	for (int i = 0; i < rank * rank; i++)
		information[i] = 0;
	for (size_t row = 0; row < design->rows; row++)
	{
		const double *z = nk_basis_row(likelihood->basis, row);
		double		events = (double) design->events[row];
		double		others = (double) (design->n[row] - design->events[row]);
		double		eta;
		NkLogistic	fitted;
		double		residual;

		if (!use_row(likelihood, row))
			continue;
		eta = nk_dot(gamma, z, rank);
		fitted = nk_logistic(eta);
		/* log p is -log(1 + e^-eta), log q is -log(1 + e^eta) */
		sum -= (events + others) * log1p(exp(-fabs(eta))) +
			(eta < 0 ? events : others) * fabs(eta);
		/* events - n p, but without cancellation near 0 and 1 */
		residual = events * fitted.q - others * fitted.p;
		for (int i = 0; i < rank; i++)
			score[i] += residual * z[i];
		nk_add_square(information, z, (events + others) * fitted.p * fitted.q,
					  rank);
	}
	likelihood->log_likelihood = sum;
	likelihood->penalised = sum;
	if (!nk_cholesky(information, rank))
		return false;
	if (likelihood->firth)
		return add_penalty(likelihood);
	for (int i = 0; i < rank * rank; i++)
		likelihood->step_root[i] = information[i];
	return true;
}

/* find_step - the step from the point, and the multiplier of a constraint */
static double
find_step(NkLikelihood *likelihood, const double *constraint)
{
	int			rank = likelihood->basis->rank;
	double	   *step = likelihood->step;
	double	   *across = likelihood->row;
	double		multiplier;

	for (int i = 0; i < rank; i++)
		step[i] = likelihood->score[i];
	nk_solve_lower(likelihood->step_root, step, rank);
	nk_solve_upper(likelihood->step_root, step, rank);
	if (constraint == NULL)
		return 0;

	for (int i = 0; i < rank; i++)
		across[i] = constraint[i];
	nk_solve_lower(likelihood->step_root, across, rank);
	nk_solve_upper(likelihood->step_root, across, rank);
	multiplier = nk_dot(constraint, step, rank) /
		nk_dot(constraint, across, rank);
	for (int i = 0; i < rank; i++)
		step[i] -= multiplier * across[i];
	return multiplier;
}

/* what a step does to the linear predictors */
typedef struct Reach
{
	double		farthest;
	double		against;		/* farthest away from what was observed */
} Reach;

static Reach
step_reach(const NkLikelihood *likelihood)
{
	const NkDesign *design = likelihood->design;
	Reach		reach = {0, 0};

	for (size_t row = 0; row < design->rows; row++)
	{
		double		move;

		if (!use_row(likelihood, row))
			continue;
		move = nk_dot(likelihood->step,
					  nk_basis_row(likelihood->basis, row),
					  likelihood->basis->rank);
		/* written so that NaN is kept */
		if (!(fabs(move) <= reach.farthest))
			reach.farthest = fabs(move);
		if (move < 0 ? design->events[row] > 0 :
			design->events[row] < design->n[row])
			reach.against = fmax(reach.against, fabs(move));
	}
	return reach;
}

/* settle - mark the rows that a separating step moves */
static void
settle(NkLikelihood *likelihood, double farthest)
{
	for (size_t row = 0; row < likelihood->design->rows; row++)
		if (use_row(likelihood, row) &&
			fabs(nk_dot(likelihood->step,
						nk_basis_row(likelihood->basis, row),
						likelihood->basis->rank)) > AT_REST * farthest)
			likelihood->settled[row] = true;
}

/*
 * take_step - move to where the likelihood is not lower
 *
 * Near the maximum a difference of likelihoods is rounding, and Newton's
 * step is better than any judgement of it.
 */
static bool
take_step(NkLikelihood *likelihood, bool is_close)
{
	int			rank = likelihood->basis->rank;
	double	   *start = likelihood->trial + rank;
	double		before = likelihood->penalised;
	double		part = 1;

	for (int i = 0; i < rank; i++)
		start[i] = likelihood->gamma[i];
	for (int halving = 0; halving < MAX_HALVINGS; halving++)
	{
		for (int i = 0; i < rank; i++)
			likelihood->trial[i] = start[i] + part * likelihood->step[i];
		if (nk_likelihood_evaluate(likelihood, likelihood->trial) &&
			(is_close ||
			 likelihood->penalised >= before - NOISE * fabs(before)))
			return true;
		part /= 2;
	}
	nk_likelihood_evaluate(likelihood, start);
	return false;
}

NkStatus
nk_likelihood_climb(NkLikelihood *likelihood, const double *constraint,
					double *slope, int *iterations)
{
	double		last = INFINITY;

	for (int i = 0; i < MAX_STEPS; i++)
	{
		double		multiplier = find_step(likelihood, constraint);
		Reach		reach = step_reach(likelihood);
		bool		is_close = reach.farthest <= CLOSE;

		if (slope != NULL)
			*slope = multiplier;
		if (!isfinite(reach.farthest))
			return NK_NOT_CONVERGED;
		if (!likelihood->firth && constraint == NULL && !is_close &&
			reach.against <= AT_REST * reach.farthest)
		{
			settle(likelihood, reach.farthest);
			return NK_SEPARATION;
		}
		if (!take_step(likelihood, is_close))
			return NK_NOT_CONVERGED;
		++*iterations;
		/* steps that are not Newton's shrink by a factor, down to rounding */
		if (is_close && (!likelihood->firth || reach.farthest >= last ||
						 reach.farthest == 0))
			return NK_OK;
		last = reach.farthest;
	}
	return NK_NOT_CONVERGED;
}

/*
 * nk_likelihood_loss - from ratios of probabilities, not from the difference
 * of two sums over all children
 *
 * With d the change of a linear predictor from eta, p / p(eta) is
 * 1 / (1 + q(eta) expm1(-d)), and its counterpart for q.
 */
double
nk_likelihood_loss(const NkLikelihood *likelihood, const double *maximum,
				   double log_root)
{
	const NkDesign *design = likelihood->design;
	int			rank = likelihood->basis->rank;
	double	   *shift = likelihood->row;
	double		loss = 0;

	for (int i = 0; i < rank; i++)
		shift[i] = likelihood->gamma[i] - maximum[i];
	for (size_t row = 0; row < design->rows; row++)
	{
		const double *z = nk_basis_row(likelihood->basis, row);
		double		events = (double) design->events[row];
		double		others = (double) (design->n[row] - design->events[row]);
		double		d;
		NkLogistic	at;

		if (!use_row(likelihood, row))
			continue;
		d = nk_dot(shift, z, rank);
		at = nk_logistic(nk_dot(maximum, z, rank));
		loss += events * log1p(at.q * expm1(-d)) +
			others * log1p(at.p * expm1(d));
	}
	if (likelihood->firth)
		loss += log_root - nk_likelihood_log_root(likelihood);
	return loss;
}
