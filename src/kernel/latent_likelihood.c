/*
 * latent_likelihood.c - the likelihood of a multinomial logit of latent
 * classes, at a point
 *
 * A child with covariates z is of class t with the probability p[t], which is
 * proportional to exp(gamma[t] . z), and was taken for class s with d[t][s]:
 *
 *	L = sum of n log f,		f = sum over t of p[t] d[t][s]
 *
 * With q[t] = p[t] d[t][s] / f, the probability of class t after that,
 *
 *	score[t] = n (q[t] - p[t]) z
 *	information[t][u] = n (p[t] (t = u) - p[t] p[u]
 *						   - q[t] (t = u) + q[t] q[u]) z z'
 *
 * Without errors of assignment q is 0 and 1 and this is the multinomial logit.
 * Otherwise the second half, what is not known of the class, is taken away
 * from the first, and far from the maximum the difference need not be
 * positive.
 */
#include "latent_likelihood.h"

#include "linear.h"

/* probabilities of the classes of a row, before and after; f */
static double
find_probabilities(NkLatentLikelihood *likelihood, size_t row)
{
	int			k = likelihood->classes;
	int			rank = likelihood->basis->rank;
	const double *z = nk_basis_row(likelihood->basis, row);
	int			taken_for = likelihood->taken_for[row];
	double	   *p = likelihood->work;
	double	   *q = likelihood->work + k;
	double		largest = 0;
	double		sum = 0;
	double		f = 0;

	for (int t = 0; t < k; t++)
	{
		p[t] = t == likelihood->reference ? 0 :
			nk_dot(likelihood->gamma + nk_latent_place(likelihood, t) * rank,
				   z, rank);
		largest = fmax(largest, p[t]);
	}
	for (int t = 0; t < k; t++)
	{
		p[t] = exp(p[t] - largest);
		sum += p[t];
	}
	for (int t = 0; t < k; t++)
	{
		p[t] /= sum;
		q[t] = p[t] * likelihood->d[t * k + taken_for];
		f += q[t];
	}
	for (int t = 0; t < k; t++)
		q[t] /= f;
	return f;
}

/* add weight z z' to the block of two places */
static void
add_block(const NkLatentLikelihood *likelihood, const double *z, double weight,
		  int a, int b, double *matrix)
{
	int			rank = likelihood->basis->rank;
	size_t		width = (size_t) nk_latent_parameters(likelihood);

	for (int i = 0; i < rank; i++)
	{
		double	   *line = matrix + (size_t) (a * rank + i) * width + b * rank;
		double		scaled = weight * z[i];
		int			end = a == b ? i + 1 : rank;

		for (int j = 0; j < end; j++)
			line[j] += scaled * z[j];
	}
}

/* the information of a row, of what is known and of what is missing of it */
static void
add_information(const NkLatentLikelihood *likelihood, size_t row,
				bool observed, double *matrix)
{
	int			k = likelihood->classes;
	const double *z = nk_basis_row(likelihood->basis, row);
	double		n = (double) likelihood->design->n[row];
	const double *p = likelihood->work;
	const double *q = likelihood->work + k;

	for (int a = 0; a < k - 1; a++)
		for (int b = 0; b <= a; b++)
		{
			int			t = nk_latent_class(likelihood, a);
			int			u = nk_latent_class(likelihood, b);
			double		weight = t == u ? p[t] * (1 - p[t]) : -p[t] * p[u];

			if (observed)
				weight -= t == u ? q[t] * (1 - q[t]) : -q[t] * q[u];
			if (weight != 0)
				add_block(likelihood, z, n * weight, a, b, matrix);
		}
}

/* the score of a row whose probabilities were found last */
static void
add_score(const NkLatentLikelihood *likelihood, size_t row, double *score)
{
	int			k = likelihood->classes;
	int			rank = likelihood->basis->rank;
	const double *z = nk_basis_row(likelihood->basis, row);
	double		n = (double) likelihood->design->n[row];
	const double *p = likelihood->work;
	const double *q = likelihood->work + k;

	for (int a = 0; a < k - 1; a++)
	{
		int			t = nk_latent_class(likelihood, a);
		double		residual = n * (q[t] - p[t]);

		for (int i = 0; i < rank; i++)
			score[a * rank + i] += residual * z[i];
	}
}

void
nk_latent_add_score(NkLatentLikelihood *likelihood, size_t row, double *score)
{
	find_probabilities(likelihood, row);
	add_score(likelihood, row, score);
}

/* a row is up to a million steps: ask each time, or where they are short */
static void
check_interrupts_at(const NkLatentLikelihood *likelihood, size_t row)
{
	if (row % 64 == 0 || nk_latent_parameters(likelihood) > 64)
		nk_check_interrupts();
}

static void
clear(const NkLatentLikelihood *likelihood, double *matrix)
{
	size_t		width = (size_t) nk_latent_parameters(likelihood);

	for (size_t i = 0; i < width * width; i++)
		matrix[i] = 0;
}

void
nk_latent_evaluate(NkLatentLikelihood *likelihood, const double *gamma)
{
	const NkDesign *design = likelihood->design;
	int			parameters = nk_latent_parameters(likelihood);

	for (int i = 0; i < parameters; i++)
	{
		likelihood->gamma[i] = gamma[i];
		likelihood->score[i] = 0;
	}
	clear(likelihood, likelihood->information);
	likelihood->log_likelihood = 0;
	for (size_t row = 0; row < design->rows; row++)
	{
		double		f;

		check_interrupts_at(likelihood, row);
		f = find_probabilities(likelihood, row);
		/* written so that NaN is impossible, too */
		if (!(f > 0))
		{
			likelihood->log_likelihood = -INFINITY;
			return;
		}
		likelihood->log_likelihood += (double) design->n[row] * log(f);
		add_score(likelihood, row, likelihood->score);
		add_information(likelihood, row, true, likelihood->information);
	}
}

void
nk_latent_complete(NkLatentLikelihood *likelihood, double *matrix)
{
	clear(likelihood, matrix);
	for (size_t row = 0; row < likelihood->design->rows; row++)
	{
		check_interrupts_at(likelihood, row);
		find_probabilities(likelihood, row);
		add_information(likelihood, row, false, matrix);
	}
}
