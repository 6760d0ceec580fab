/*
 * smooth.c - penalised splines of a share on the logit scale
 *
 *	logit p(x) = sum of beta_j B_j(x), cubic B-splines on even knots;
 *	beta maximises l(beta) - lambda |D beta|^2 / 2, where l is the binomial
 *	log likelihood without its coefficients, and D takes second differences:
 *	Eilers and Marx 1996, Statistical Science 11:89, doi 10.1214/ss/1038425655
 *
 *	lambda maximises the restricted likelihood in Laplace's approximation,
 *	with H = X'WX + lambda D'D and S = lambda D'D:
 *	l - beta'S beta / 2 + log |S|+ / 2 - log |H| / 2 + log 2 pi
 *	Wood 2011, JRSS B 73:3, doi 10.1111/j.1467-9868.2010.00749.x
 *
 * A step of Newton's method is halved until it does what it promises, but not
 * below a length that the third derivative guarantees (Bach 2010, Electronic
 * Journal of Statistics 4:384, doi 10.1214/09-ejs521): where no logit moves by
 * more than m, weights grow by no more than exp(m), so a step of t with
 * t exp(t m) < 2 cannot lower the likelihood.  The restricted
 * likelihood is scanned from the straight line to an almost free curve, its
 * derivative is followed to zero wherever it changes sign downwards, and the
 * highest of these places wins.
 *
 * Accuracy: 1e-10 of the share against 50 digits, and of R's mgcv with the
 * same lambda; held by test_smooth.
 */
#include "smooth.h"

#include <string.h>

#include "linear.h"

#define MOST		NK_SMOOTH_BASIS
#define ORDER		NK_SPLINE_ORDER
#define LEAST_POINTS 4
#define MOST_STEPS	200			/* of Newton's method; twenty have been seen */
#define MOST_ZOOMS	60			/* steps towards a zero; six have been seen */

/* typical second differences of 100 on the logit scale: nothing is as rough */
#define LEAST_LAMBDA 1e-4

/* degrees of freedom beyond a straight line: where it is one, where the scan
 * begins at most, and what rounding leaves of them at least */
#define LINE		1e-8
#define ALMOST_LINE	2e-2
#define LINE_SEEN	1e-5
#define SCAN_STEP	M_LN10		/* of log lambda */
#define ENOUGH_RHO	1e-7		/* a secant's next error is its square */

/* what a band is made from: a smaller penalty, and no more than this, at which
 * second differences of .6 are usual on the logit scale */
#define BAND_PENALTY 30
#define BAND_LAMBDA	3

/* squared steps, in units of standard errors, after which no other is made */
#define ROUGH		1e-4
#define EXACT		1e-16

/* what is fitted, and where it is being worked on */
typedef struct Work
{
	const NkSmoothPoint *points;
	int			count;
	int			basis;
	NkSplineRow rows[NK_SMOOTH_POINTS];
	double		p[NK_SMOOTH_POINTS];	/* fitted share, and what it lacks */
	double		q[NK_SMOOTH_POINTS];	/* of 1 */
	double		weights[NK_SMOOTH_POINTS];
	NkSplineFactor factor;
} Work;

typedef struct Fit
{
	double		rho;			/* log lambda */
	double		beta[MOST];
	double		slope[MOST];	/* of beta along rho */
	double		edf;
	double		reml;			/* relative to the saturated model */
	double		score;			/* twice the derivative of reml along rho */
	bool		converged;
} Fit;

static void
fitted_shares(Work *work, const double *beta)
{
	for (int i = 0; i < work->count; i++)
	{
		double		eta = nk_spline_value(&work->rows[i], beta);
		double		e = exp(-fabs(eta));
		double		small = e / (1 + e);

		work->p[i] = eta < 0 ? small : 1 / (1 + e);
		work->q[i] = eta < 0 ? 1 / (1 + e) : small;
		work->weights[i] = work->points[i].trials * work->p[i] * work->q[i];
	}
}

static void
weigh(Work *work, const double *beta, double lambda)
{
	fitted_shares(work, beta);
	nk_spline_factorise(work->rows, work->weights, work->count, lambda,
						work->basis, &work->factor);
}

/* share of a point less the fitted share, relative to the smaller part */
static inline double
residual(const Work *work, int i)
{
	double		share = work->points[i].share;

	return work->p[i] < work->q[i] ? share - work->p[i]
		: work->q[i] - (1 - share);
}

/* twice how far the penalised likelihood is below the saturated model's */
static double
penalised_deviance(const Work *work, const double *beta, double lambda)
{
	double		deviance = lambda * nk_spline_roughness(beta, work->basis);

	for (int i = 0; i < work->count; i++)
	{
		double		share = work->points[i].share;
		double		excess = residual(work, i);
		double		sum = 0;

		if (share > 0)
			sum += share * log1p(excess / work->p[i]);
		if (share < 1)
			sum += (1 - share) * log1p(-excess / work->q[i]);
		deviance += 2 * work->points[i].trials * sum;
	}
	return deviance;
}

/*
 * How much of a step to make if it moves a logit by so much: y exp(y) =
 * 1.8 largest, where y is the part of largest that is moved.
 */
static double
safe_length(double largest)
{
	double		a = 1.8 * largest;
	double		y = log1p(a);

	if (largest * exp(largest) <= a)
		return 1;
	for (int i = 0; i < 4; i++)
		y -= (y - a * exp(-y)) / (1 + y);
	return y / largest;
}

/*
 * Make a step, or so much of it that a part of what it promises comes true;
 * squared is twice that.  At the length that cannot lower the likelihood
 * nothing needs to be looked at.
 */
static double
make_step(Work *work, Fit *fit, double lambda, const double *move,
		  double squared)
{
	double		largest = 0;
	double		safe;
	double		length = 1;
	double		before = 0;
	double		beta[MOST];

	for (int i = 0; i < work->count; i++)
		largest = fmax(largest, fabs(nk_spline_value(&work->rows[i], move)));
	safe = safe_length(largest);
	if (safe < 1)
		before = penalised_deviance(work, fit->beta, lambda);
	for (;; length /= 2)
	{
		if (length < safe)
			length = safe;
		for (int j = 0; j < work->basis; j++)
			beta[j] = fit->beta[j] + length * move[j];
		if (length == safe)
			break;
		fitted_shares(work, beta);
		if (penalised_deviance(work, beta, lambda) <
			before - length * squared / 4)
			break;
	}
	memcpy(fit->beta, beta, sizeof(beta));
	return length;
}

/* Newton's method until a step is shorter than the square root of enough */
static void
maximise(Work *work, Fit *fit, double lambda, double enough)
{
	double		last = INFINITY;

	fit->converged = false;
	for (int step = 0; step < MOST_STEPS; step++)
	{
		double		gradient[MOST] = {0};
		double		move[MOST];
		double		squared;

		nk_check_interrupts();
		weigh(work, fit->beta, lambda);
		nk_spline_pull(fit->beta, work->basis, -lambda, gradient);
		for (int i = 0; i < work->count; i++)
			for (int k = 0; k < ORDER; k++)
				gradient[work->rows[i].start + k] += work->points[i].trials *
					residual(work, i) * work->rows[i].value[k];
		memcpy(move, gradient, sizeof(move));
		nk_spline_solve(&work->factor, move);
		squared = nk_dot(move, gradient, work->basis);
		if (!isfinite(squared))
			return;
		/* as near as doubles come, or as near as they are asked to */
		if (make_step(work, fit, lambda, move, squared) == 1 &&
			(squared <= enough || (squared < 1e-8 && squared > last / 4)))
		{
			fit->converged = true;
			return;
		}
		last = squared;
	}
}

/* the fit at log lambda, from a fit at another one */
static void
fit_at(Work *work, Fit *fit, double rho, double enough)
{
	double		lambda = exp(rho);
	double		leverages[NK_SMOOTH_POINTS];

	maximise(work, fit, lambda, enough);
	weigh(work, fit->beta, lambda);

	fit->rho = rho;
	memset(fit->slope, 0, sizeof(fit->slope));
	nk_spline_pull(fit->beta, work->basis, -lambda, fit->slope);
	nk_spline_solve(&work->factor, fit->slope);

	fit->edf = 0;
	fit->score = -2 - lambda * nk_spline_roughness(fit->beta, work->basis);
	fit->reml = (work->basis - 2) * rho -
		penalised_deviance(work, fit->beta, lambda);
	for (int j = 0; j < work->basis; j++)
		fit->reml -= log(work->factor.d[j]);
	nk_spline_leverages(&work->factor, work->rows, work->count, leverages);
	for (int i = 0; i < work->count; i++)
	{
		double		freedom = work->weights[i] * leverages[i];

		fit->edf += freedom;
		fit->score += freedom *
			(1 - (work->q[i] - work->p[i]) *
			 nk_spline_value(&work->rows[i], fit->slope));
	}
	fit->reml /= 2;
}

/* fit_at, starting where the slope leads */
static void
follow(Work *work, Fit *fit, double rho, double enough)
{
	for (int j = 0; j < work->basis; j++)
		fit->beta[j] += (rho - fit->rho) * fit->slope[j];
	fit_at(work, fit, rho, enough);
}

/*
 * The maximum of reml between a smoother fit with score < 0 and a rougher one
 * with score >= 0: secants of the last two fits, held within the bracket.
 */
static void
zoom(Work *work, Fit smoother, Fit rougher, Fit *best)
{
	Fit			last = smoother;
	Fit			fit = rougher;

	for (int step = 0; step < MOST_ZOOMS; step++)
	{
		double		rho = fit.rho - fit.score * (fit.rho - last.rho) /
			(fit.score - last.score);
		double		change;

		/* or where a secant is level, or too slow */
		if (!(rho >= rougher.rho && rho <= smoother.rho) || step > 15)
			rho = (rougher.rho + smoother.rho) / 2;
		change = fabs(rho - fit.rho);
		last = fit;
		follow(work, &fit, rho, change < 1e-3 ? EXACT : ROUGH);
		if (change < ENOUGH_RHO)
			break;
		if (fit.score < 0)
			smoother = fit;
		else
			rougher = fit;
	}
	if (fit.converged && fit.reml > best->reml)
		*best = fit;
}

/*
 * From the straight line to an almost free curve, a decade at a time.  The
 * line itself is a candidate where the restricted likelihood still rises
 * towards it.  Of a direction that is half free the penalty is at its
 * largest, lambda z^2 / (1 + lambda)^2: when no direction has half a degree of
 * freedom to gain, score can only rise further.
 */
static void
choose_lambda(Work *work, Fit *fit, Fit *best)
{
	best->reml = -INFINITY;
	best->converged = false;
	/* beyond a line degrees of freedom fall like 1 / lambda */
	for (int step = 0; step < 20; step++)
	{
		if (fit->edf - 2 < LINE_SEEN)
			fit_at(work, fit, fit->rho - 2 * SCAN_STEP, ROUGH);
		else if (fit->edf - 2 > ALMOST_LINE)
			fit_at(work, fit, fit->rho + 2 * SCAN_STEP, ROUGH);
		else
			break;
	}
	if (fit->score >= 0)
	{
		*best = *fit;
		fit_at(work, best, fit->rho + log((fit->edf - 2) / LINE), EXACT);
	}
	while (fit->rho > log(LEAST_LAMBDA) &&
		   (fit->score < 0 || fit->edf < work->basis - 0.5))
	{
		Fit			smoother = *fit;

		fit_at(work, fit, fmax(fit->rho - SCAN_STEP, log(LEAST_LAMBDA)), ROUGH);
		if (!fit->converged)
		{
			*fit = smoother;
			break;
		}
		if (smoother.score < 0 && fit->score >= 0)
			zoom(work, smoother, *fit, best);
	}
	/* it rises towards the roughest curve that can be */
	if (fit->score < 0)
	{
		fit_at(work, fit, fit->rho, EXACT);
		if (fit->reml > best->reml)
			*best = *fit;
	}
}

static inline bool
is_extreme(const NkSmoothPoint *point)
{
	return point->share == 0 || point->share == 1;
}

/*
 * Is there a straight line with a finite slope?  Not if all shares are 0 or
 * all are 1, and not if those of one side are all 0 and those of the other
 * side 1, with one age between them at most.
 */
static NkStatus
separation(const NkSmoothPoint *points, int count)
{
	const NkSmoothPoint *last = &points[count - 1];
	int			alike = 0;

	while (alike < count && is_extreme(&points[alike]) &&
		   points[alike].share == points[0].share)
		alike++;
	if (alike == count)
		return NK_NO_VARIATION;
	for (int i = is_extreme(&points[alike]) ? alike : alike + 1; i < count; i++)
		if (!is_extreme(&points[i]) || points[i].share != last->share ||
			(alike > 0 && points[i].share == points[0].share))
			return NK_OK;
	return NK_SEPARATION;
}

static void
prepare(Work *work, const NkSmoothPoint *points, int count,
		const NkSmooth *smooth)
{
	work->points = points;
	work->count = count;
	work->basis = smooth->basis;
	for (int i = 0; i < count; i++)
		work->rows[i] = nk_spline_row(smooth->from, smooth->to, smooth->basis,
									  points[i].x);
}

/* columns of R^-1 diag(d)^-1/2: a root of H^-1 */
static void
penalised_root(Work *work, const double *beta, double lambda, double *root)
{
	int			basis = work->basis;

	weigh(work, beta, lambda);
	memset(root, 0, sizeof(double) * MOST * MOST);
	for (int k = 0; k < basis; k++)
	{
		double		column[MOST] = {0};

		column[k] = 1 / sqrt(work->factor.d[k]);
		nk_spline_solve_upper(&work->factor, column);
		for (int j = 0; j < basis; j++)
			root[j * basis + k] = column[j];
	}
}

static NkStatus
take_fit(Work *work, const Fit *fit, NkSmooth *smooth)
{
	int			basis = work->basis;

	if (!fit->converged)
		return NK_NOT_CONVERGED;
	smooth->lambda = exp(fit->rho);
	smooth->edf = fit->edf;
	smooth->reml = fit->reml + log(2 * M_PI) +
		(log(basis) * 2 + log((double) basis * basis - 1) - log(12)) / 2;
	for (int i = 0; i < work->count; i++)
	{
		double		share = work->points[i].share;

		if (share > 0 && share < 1)
			smooth->reml += work->points[i].trials *
				(share * log(share) + (1 - share) * log1p(-share));
	}
	memcpy(smooth->beta, fit->beta, sizeof(smooth->beta));

	penalised_root(work, fit->beta, smooth->lambda, smooth->root);
	return NK_OK;
}

NkStatus
nk_smooth_fit(const NkSmoothPoint *points, int count, double lambda,
			  NkSmooth *smooth)
{
	Work		work;
	Fit			fit = {.rho = 0};
	Fit			best;
	double		trials = 0;
	double		events = 0;
	double		width = smooth->basis * smooth->basis;
	NkStatus	status;

	if (count < LEAST_POINTS)
		return NK_TOO_FEW;
	status = separation(points, count);
	if (status != NK_OK)
		return status;

	prepare(&work, points, count, smooth);
	for (int i = 0; i < count; i++)
	{
		trials += points[i].trials;
		events += points[i].trials * points[i].share;
	}
	for (int j = 0; j < work.basis; j++)
		fit.beta[j] = log(events / (trials - events));
	if (!isnan(lambda))
	{
		fit_at(&work, &fit, log(lambda), EXACT);
		return take_fit(&work, &fit, smooth);
	}
	/* of even ages, some .005 degrees of freedom beyond a line */
	fit_at(&work, &fit, log(events * (1 - events / trials) / 60 *
							width * width), ROUGH);
	choose_lambda(&work, &fit, &best);
	return take_fit(&work, &best, smooth);
}

void
nk_smooth_cluster(const NkSmoothPoint *points, int count,
				  const double *covariance, NkSmooth *smooth)
{
	Work		work;

	prepare(&work, points, count, smooth);
	penalised_root(&work, smooth->beta, smooth->lambda, smooth->root);
	nk_smooth_sampling(points, count, covariance, smooth);
}

NkStatus
nk_smooth_rougher(const NkSmoothPoint *points, int count,
				  const NkSmooth *smooth, NkSmooth *rougher)
{
	Work		work;
	Fit			fit = {.rho = 0};
	NkStatus	status;

	prepare(&work, points, count, smooth);
	memcpy(fit.beta, smooth->beta, sizeof(fit.beta));
	fit_at(&work, &fit, log(fmin(BAND_LAMBDA, smooth->lambda / BAND_PENALTY)),
		   EXACT);
	*rougher = *smooth;
	status = take_fit(&work, &fit, rougher);
	if (status == NK_OK)
		nk_smooth_sampling(points, count, NULL, rougher);
	return status;
}
