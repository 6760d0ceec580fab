/*
 * test_linear.c - Cholesky's factor, solutions, an inverse, eigenvalues.
 *
 * Known answers: Hilbert's matrix of 4 rows has determinant 1 / 6048000 and
 * an inverse of integers; the second differences of n points have eigenvalues
 * 2 - 2 cos(pi k / (n + 1)).  The rest are identities on random matrices.
 */
#include "linear.h"
#include "reference.h"
#include "summaries.h"

#define MOST 64

static double
random_number(void)
{
	return (double) random_bits() / 0x1p63 - 1;
}

static void
test_hilbert(void)
{
	static const double inverse[16] = {
		16, -120, 240, -140,
		-120, 1200, -2700, 1680,
		240, -2700, 6480, -4200,
		-140, 1680, -4200, 2800
	};
	double		l[16];
	double		determinant = 1;
	Group		columns = {.name = "inverse of Hilbert's matrix", .tolerance = 1e-12};

	for (int i = 0; i < 4; i++)
		for (int j = 0; j < 4; j++)
			l[4 * i + j] = 1.0 / (i + j + 1);
	CHECK(nk_cholesky(l, 4));
	for (int i = 0; i < 4; i++)
		determinant *= l[5 * i] * l[5 * i];
	CHECK_CLOSE(determinant, 1.0 / 6048000, 1e-12);
	for (int j = 0; j < 4; j++)
	{
		double		v[4] = {0};

		v[j] = 1;
		nk_solve_lower(l, v, 4);
		nk_solve_upper(l, v, 4);
		for (int i = 0; i < 4; i++)
			group_compare(&columns, j, v[i], inverse[4 * i + j], 0);
	}
	group_report(&columns);
}

static void
test_not_definite(void)
{
	double		singular[4] = {1, 1, 1, 1};
	double		negative[4] = {1, 2, 2, 1};
	double		nan[4] = {1, NAN, NAN, 1};
	double		values[2];
	double		vectors[4];

	CHECK(!nk_cholesky(singular, 2));
	CHECK(!nk_cholesky(negative, 2));
	CHECK(!nk_cholesky(nan, 2));
	nan[0] = nan[3] = 1;
	nan[2] = NAN;
	CHECK(nk_symmetric_eigen(nan, values, vectors, 2) == NK_NOT_CONVERGED);
}

static int
ascending(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x > y) - (x < y);
}

static void
test_second_differences(void)
{
	static double a[MOST * MOST];
	static double vectors[MOST * MOST];
	double		values[MOST];
	Group		group = {.name = "eigenvalues of second differences",
	.tolerance = 1e-12};

	for (int p = 1; p <= MOST; p += 7)
	{
		for (int i = 0; i < p; i++)
			for (int j = 0; j < p; j++)
				a[i * p + j] = i == j ? 2 : abs(i - j) == 1 ? -1 : 0;
		CHECK(nk_symmetric_eigen(a, values, vectors, p) == NK_OK);
		qsort(values, (size_t) p, sizeof(*values), ascending);
		for (int k = 1; k <= p; k++)
		{
			double		sine = sin(M_PI * k / (2.0 * (p + 1)));

			group_compare(&group, p, values[k - 1], 4 * sine * sine, 0);
		}
	}
	group_report(&group);
}

/* random matrices, of low rank too: vectors are orthogonal and belong */
static void
test_random(void)
{
	static double a[MOST * MOST];
	static double copy[MOST * MOST];
	static double vectors[MOST * MOST];
	double		values[MOST];
	double		v[MOST];
	Group		converged = {.name = "eigenvalues converge"};
	Group		orthogonal = {.name = "eigenvectors are orthogonal",
	.tolerance = 1e-13};
	Group		product = {.name = "A v is value v", .tolerance = 1e-13};
	Group		factor = {.name = "L L' is A", .tolerance = 1e-14};
	Group		root = {.name = "so is the square of a root, of any rank",
	.tolerance = 1e-13};

	for (int trial = 0; trial < 60; trial++)
	{
		int			p = 1 + (int) (random_bits() % (trial < 50 ? 12 : MOST));
		int			rank = trial % 2 ? p : 1 + p / 2;

		memset(a, 0, sizeof(a));
		for (int r = 0; r < rank; r++)
		{
			for (int i = 0; i < p; i++)
				v[i] = random_number();
			nk_add_square(a, v, 1, p);
		}
		memcpy(copy, a, sizeof(a));
		group_expect(&converged, trial,
					 nk_symmetric_eigen(a, values, vectors, p) == NK_OK);
		for (int e = 0; e < p; e++)
			for (int f = 0; f <= e; f++)
			{
				double		dot = 0;

				for (int i = 0; i < p; i++)
					dot += vectors[i * p + e] * vectors[i * p + f];
				group_compare(&orthogonal, trial, dot, e == f, 1);
			}
		for (int e = 0; e < p; e++)
			for (int i = 0; i < p; i++)
			{
				double		sum = 0;

				for (int j = 0; j < p; j++)
					sum += copy[i > j ? i * p + j : j * p + i] *
						vectors[j * p + e];
				group_compare(&product, trial, sum,
							  values[e] * vectors[i * p + e], p);
			}
		for (int i = 0; i < p; i++)
			for (int j = 0; j < p; j++)
				a[i * p + j] = copy[i > j ? i * p + j : j * p + i];
		nk_semidefinite_root(a, p, vectors);
		for (int i = 0; i < p; i++)
			for (int j = 0; j <= i; j++)
				group_compare(&root, trial,
							  nk_dot(vectors + i * p, vectors + j * p, p),
							  copy[i * p + j], p);
		if (rank == p && nk_cholesky(copy, p))
		{
			memset(a, 0, sizeof(a));
			for (int r = 0; r < p; r++)
			{
				for (int i = 0; i < p; i++)
					v[i] = i < r ? 0 : copy[i * p + r];
				nk_add_square(a, v, 1, p);
			}
			/* the eigenvalues' sum is the trace of both */
			for (int i = 1; i < p; i++)
			{
				a[0] += a[i * p + i];
				values[0] += values[i];
			}
			group_compare(&factor, trial, a[0] / p, values[0] / p, 1);
		}
	}
	group_report(&converged);
	group_report(&orthogonal);
	group_report(&product);
	group_report(&factor);
	group_report(&root);
}

/* rows that need to be exchanged, Hilbert's inverse, and what has none */
static void
test_invert(void)
{
	static const double hilbert[16] = {
		16, -120, 240, -140,
		-120, 1200, -2700, 1680,
		240, -2700, 6480, -4200,
		-140, 1680, -4200, 2800
	};
	static double a[MOST * MOST];
	static double copy[MOST * MOST];
	static double inverse[MOST * MOST];
	Group		known = {.name = "the inverse of Hilbert's matrix",
	.tolerance = 1e-12};
	Group		product = {.name = "A and its inverse make the identity",
	.tolerance = 1e-12};

	for (int i = 0; i < 16; i++)
		a[i] = 1 / (double) (i / 4 + i % 4 + 1);
	CHECK(nk_invert(a, 4, inverse));
	for (int i = 0; i < 16; i++)
		group_compare(&known, i, inverse[i], hilbert[i], 0);
	group_report(&known);
	for (int trial = 0; trial < 30; trial++)
	{
		int			p = 1 + (int) (random_bits() % 12);

		for (int i = 0; i < p * p; i++)
			copy[i] = a[i] = (i / p + 1) % p == i % p ? 3 + random_number() :
				0.2 * random_number();
		/* the diagonal may be 0 at first */
		if (p > 1)
			copy[0] = a[0] = 0;
		group_expect(&product, trial, nk_invert(a, p, inverse));
		for (int i = 0; i < p; i++)
			for (int j = 0; j < p; j++)
			{
				double		sum = 0;

				for (int k = 0; k < p; k++)
					sum += copy[i * p + k] * inverse[k * p + j];
				group_compare(&product, trial, sum, i == j, 1);
			}
	}
	group_report(&product);
	memcpy(a, (double[]) {1, 2, 2, 4}, 4 * sizeof(double));
	CHECK(!nk_invert(a, 2, inverse));
	memcpy(a, (double[]) {1, 2, 2, 4 + 1e-13}, 4 * sizeof(double));
	CHECK(!nk_invert(a, 2, inverse));
	memcpy(a, (double[]) {1, NAN, 2, 4}, 4 * sizeof(double));
	CHECK(!nk_invert(a, 2, inverse));
	a[0] = 0;
	CHECK(!nk_invert(a, 1, inverse));
}

int
main(void)
{
	test_invert();
	test_hilbert();
	test_not_definite();
	test_second_differences();
	test_random();
	return unit_report();
}
