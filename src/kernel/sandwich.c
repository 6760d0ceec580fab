/*
 * sandwich.c - variances that allow for children of a cluster being alike
 *
 * Let v be the row of a child in the basis in which the information is the
 * identity, w = p q its weight, s the sum of (event - p) v over a cluster and
 * K the sum of w v v'.  For a function with standardised gradient a:
 *
 *	model	a . a; z
 *	cr1		G / (G - 1) sum of (a . s)^2 over the G clusters; t with G - 1
 *			(Liang and Zeger 1986, Biometrika 73:13-22,
 *			doi:10.1093/biomet/73.1.13, with the factor of R's sandwich and
 *			Stata's logit)
 *	cr2		sum of (a . F s)^2 with F = (I - K)^(-1/2); t with the degrees of
 *			freedom of Satterthwaite
 *
 * Residuals are smaller than errors, because the coefficients follow them,
 * the more so in a cluster that weighs much.  CR2 undoes that: scaled by the
 * roots of their weights, the residuals of a cluster have the covariance
 * I - U U' where the model holds, U being the rows v with weights, so they
 * are multiplied by its root's inverse.  All that is asked of the result is
 * its product with U, and U' (I - U U')^(-1/2) = F U', since K = U' U: a
 * matrix of the size of the model, not of the cluster.  A direction in which
 * one cluster knows everything (an eigenvalue of 1 of K) has no residual and
 * drops out.
 *
 *   Bell R M, McCaffrey D F (2002) Bias reduction in standard errors for
 *   linear regression with multi-stage samples.  Survey Methodology
 *   28:169-181.
 *   Kauermann G, Carroll R J (2001) A note on the efficiency of sandwich
 *   covariance matrix estimation.  J Am Stat Assoc 96:1387-1396.
 *   doi:10.1198/016214501753382309
 *   Pustejovsky J E, Tipton E (2018) Small-sample methods for cluster-robust
 *   variance estimation and hypothesis testing in fixed effects models.
 *   J Bus Econ Stat 36:672-683.  doi:10.1080/07350015.2016.1247004
 *
 * Degrees of freedom: the variance is a sum of squares of G normal variables
 * where the model holds.  Their covariances are -b_g . b_h, with b = K F a,
 * and on the diagonal |U F a|^2 - |b|^2; df is the squared trace over the sum
 * of all squares.  That is G^2 terms, but the sum of (b_g . b_h)^2 is the sum
 * of squares of the elements of the matrix that adds up b b'.
 *
 * Rows that separation has settled have neither residual nor weight.
 * Accuracy: variances and df within 1e-11 of 50-digit values, from the
 * matrices of all children; test_logistic.
 */
#include "sandwich.h"

#include "clustered.h"
#include "linear.h"

#define KNOWN 1e-10				/* 1 - eigenvalue: nobody else knows */
#define NOTHING 1e-24			/* of the model's variance: rounding */

const char *const nk_covariances[] = {
	"auto", "model", "cr1", "cr2", "profile", NULL
};

NkStatus
nk_covariance_choose(const NkLogitFit *fit, NkCovariance *covariance)
{
	bool		clustered = fit->design->cluster != NULL;

	if (*covariance == NK_COVARIANCE_AUTO)
		*covariance = clustered ? NK_COVARIANCE_CR2 :
			fit->method == NK_LOGIT_FIRTH ? NK_COVARIANCE_PROFILE :
			NK_COVARIANCE_MODEL;
	if (!clustered && (*covariance == NK_COVARIANCE_CR1 ||
					   *covariance == NK_COVARIANCE_CR2))
		return NK_NO_CLUSTERS;
	return NK_OK;
}

/* sums over clusters, for one function */
typedef struct Sums
{
	double		variance;		/* (a . F s)^2 */
	double		trace;			/* diagonal elements */
	double		squares;		/* their squares less |b|^4 */
} Sums;

/* the cluster at hand, and what there is of all; matrices are rank x rank */
typedef struct Clusters
{
	int			rank;
	double	   *weight;			/* K, whose eigenvectors and values are: */
	double	   *vectors;
	double	   *values;
	double	   *score;			/* s, later in terms of the eigenvectors */
	double	   *work;			/* 2 x rank */
	double	   *crossed;		/* a matrix a function: sum of b b' */
	Sums	   *sums;			/* a function */
} Clusters;

static size_t
lay_out(double *scratch, int rank, int count, Clusters *clusters)
{
	size_t		vector = (size_t) rank;
	size_t		matrix = vector * vector;

	clusters->rank = rank;
	if (scratch != NULL)
	{
		clusters->weight = scratch;
		clusters->vectors = clusters->weight + matrix;
		clusters->values = clusters->vectors + matrix;
		clusters->score = clusters->values + vector;
		clusters->work = clusters->score + vector;
		clusters->crossed = clusters->work + 2 * vector;
		clusters->sums = (Sums *) (clusters->crossed +
								   (size_t) count * matrix);
	}
	return 2 * matrix + 4 * vector + (size_t) count *
		(matrix + sizeof(Sums) / sizeof(double));
}

size_t
nk_sandwich_scratch(int covariates, int count)
{
	Clusters	unused;

	return lay_out(NULL, covariates + 1, count, &unused);
}

/* add_row - a pattern's part of score and weight of its cluster */
static void
add_row(const NkLogitFit *fit, size_t row, Clusters *clusters)
{
	const NkDesign *design = fit->design;
	const double *z = nk_basis_row(&fit->basis, row);
	int			rank = clusters->rank;
	double	   *v = clusters->work;
	double		n = (double) design->n[row];
	double		events = (double) design->events[row];
	NkLogistic	fitted;
	double		residual;

	if (fit->likelihood.settled[row])
		return;
	fitted = nk_logistic(nk_dot(fit->likelihood.gamma, z, rank));
	residual = events * fitted.q - (n - events) * fitted.p;
	for (int i = 0; i < rank; i++)
		v[i] = z[i];
	nk_logit_standardise(fit, v);
	for (int i = 0; i < rank; i++)
		clusters->score[i] += residual * v[i];
	nk_add_square(clusters->weight, v, n * fitted.p * fitted.q, rank);
}

/* turn - a vector in terms of the eigenvectors */
static void
turn(const Clusters *clusters, const double *vector, double *turned)
{
	int			rank = clusters->rank;

	for (int e = 0; e < rank; e++)
		turned[e] = 0;
	for (int i = 0; i < rank; i++)
		for (int e = 0; e < rank; e++)
			turned[e] += clusters->vectors[i * rank + e] * vector[i];
}

/* add_cr2 - the cluster's part of one function's sums */
static void
add_cr2(const Clusters *clusters, const double *a, double *crossed,
		Sums *sums)
{
	int			rank = clusters->rank;
	double	   *turned = clusters->work;
	double	   *b = clusters->work + rank;
	double		residual = 0;
	double		diagonal = 0;
	double		length = 0;

	turn(clusters, a, turned);
	for (int e = 0; e < rank; e++)
	{
		double		value = clusters->values[e];
		double		left = 1 - value;
		double		scaled = left > KNOWN ? turned[e] / sqrt(left) : 0;

		residual += scaled * clusters->score[e];
		diagonal += scaled * scaled * value * left;
		turned[e] = scaled * value;
		length += turned[e] * turned[e];
	}
	for (int i = 0; i < rank; i++)
		b[i] = nk_dot(clusters->vectors + i * rank, turned, rank);
	nk_add_square(crossed, b, 1, rank);
	sums->variance += residual * residual;
	sums->trace += diagonal;
	sums->squares += diagonal * diagonal - length * length;
}

/* add_cluster - add the cluster at hand to all sums, and begin the next */
static NkStatus
add_cluster(NkCovariance covariance, const double *gradients, int count,
			Clusters *clusters)
{
	int			rank = clusters->rank;
	NkStatus	status = NK_OK;

	if (covariance == NK_COVARIANCE_CR2)
	{
		status = nk_symmetric_eigen(clusters->weight, clusters->values,
									clusters->vectors, rank);
		turn(clusters, clusters->score, clusters->work);
		for (int i = 0; i < rank; i++)
			clusters->score[i] = clusters->work[i];
	}
	for (int f = 0; f < count; f++)
	{
		const double *a = gradients + f * rank;

		if (covariance == NK_COVARIANCE_CR2)
			add_cr2(clusters, a, clusters->crossed + f * rank * rank,
					&clusters->sums[f]);
		else
		{
			double		residual = nk_dot(a, clusters->score, rank);

			clusters->sums[f].variance += residual * residual;
		}
	}
	for (int i = 0; i < rank; i++)
		clusters->score[i] = 0;
	for (int i = 0; i < rank * rank; i++)
		clusters->weight[i] = 0;
	return status;
}

/* sum of squares of the elements of a symmetric matrix, its lower half given */
static double
sum_of_squares(const double *matrix, int rank)
{
	double		sum = 0;

	for (int i = 0; i < rank; i++)
		for (int j = 0; j <= i; j++)
			sum += (i == j ? 1 : 2) * matrix[i * rank + j] *
				matrix[i * rank + j];
	return sum;
}

static NkVariance
model_variance(const double *a, int rank)
{
	return (NkVariance) {nk_dot(a, a, rank), NK_UNDEFINED};
}

static NkVariance
cluster_variance(NkCovariance covariance, const Clusters *clusters,
				 const double *a, int f, double g)
{
	int			rank = clusters->rank;
	const Sums *sums = &clusters->sums[f];
	const double *crossed = clusters->crossed + f * rank * rank;
	double		df;

	/* a direction in which no cluster has a residual */
	if (sums->variance <= NOTHING * nk_dot(a, a, rank))
		return (NkVariance) {0, NK_UNDEFINED};
	if (covariance == NK_COVARIANCE_CR1)
		return (NkVariance) {g / (g - 1) * sums->variance, g - 1};
	df = sums->trace * sums->trace /
		(sums->squares + sum_of_squares(crossed, rank));
	/* one cluster outweighs the others until nothing of them is left */
	if (!(df > 0 && isfinite(df)))
		return (NkVariance) {0, NK_UNDEFINED};
	return (NkVariance) {sums->variance, df};
}

NkStatus
nk_sandwich(const NkLogitFit *fit, NkCovariance covariance,
			const double *gradients, int count, double *scratch,
			NkVariance *variances)
{
	const NkDesign *design = fit->design;
	int			rank = fit->basis.rank;
	Clusters	clusters;
	size_t		size = lay_out(scratch, rank, count, &clusters);
	NkStatus	status = NK_OK;

	for (int f = 0; f < count; f++)
		variances[f] = covariance == NK_COVARIANCE_MODEL ?
			model_variance(gradients + f * rank, rank) :
			(NkVariance) {NK_UNDEFINED, NK_UNDEFINED};
	if (covariance == NK_COVARIANCE_MODEL)
		return NK_OK;
	if (fit->clusters < 2)
		return NK_TOO_FEW;

	for (size_t i = 0; i < size; i++)
		scratch[i] = 0;
	for (size_t row = 0; row < design->rows && status == NK_OK; row++)
	{
		if (row % 1024 == 0)
			nk_check_interrupts();
		add_row(fit, row, &clusters);
		if (row + 1 == design->rows ||
			design->cluster[row + 1] != design->cluster[row])
			status = add_cluster(covariance, gradients, count, &clusters);
	}
	for (int f = 0; f < count && status == NK_OK; f++)
		variances[f] = cluster_variance(covariance, &clusters,
										gradients + f * rank, f,
										(double) fit->clusters);
	if (status == NK_OK && covariance == NK_COVARIANCE_CR1 &&
		fit->clusters < NK_MANY_CLUSTERS)
		return NK_FEW_CLUSTERS;
	return status;
}

NkTestResult
nk_wald_test(double statistic, double df)
{
	return isnan(df) ? nk_z_result(statistic) : nk_t_result(statistic, df);
}

NkStatus
nk_wald_critical(double conf_level, double df, double *critical)
{
	return isnan(df) ? nk_critical_value(conf_level, critical) :
		nk_t_critical_value(conf_level, df, critical);
}
