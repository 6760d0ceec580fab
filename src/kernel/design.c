/*
 * design.c - an orthonormal basis of the terms of a regression
 *
 * Years near 2026 and incomes near a million beside 0 and 1 make a problem
 * that loses six digits and more before anything is estimated.  So covariates
 * are centred and scaled and made orthogonal to each other, in the order in
 * which they were given, children weighing equally; the regression runs in
 * this basis, and its coefficients are taken back to the terms at the end.
 *
 * Method: Gram-Schmidt, each column twice, which gives orthogonal columns to
 * the last digits, however much they had in common.
 *
 *   Giraud L, Langou J, Rozloznik M (2005) The loss of orthogonality in the
 *   Gram-Schmidt orthogonalization process.  Computers and Mathematics with
 *   Applications 50:1069-1075.  doi:10.1016/j.camwa.2005.08.009
 *
 * A covariate of which less than 1e-9 (as standard deviation) is left after
 * the ones before it are accounted for depends on them and is left out, as in
 * R's glm.  Values are taken as finite.  Tested by test_logistic.
 */
#include "design.h"

#define COLLINEAR 1e-9			/* of a standard deviation */
#define INVOLVED 1e-7			/* smaller parts are taken for rounding */

size_t
nk_design_memory(const NkTally *logit)
{
	return (size_t) logit->header.rows *
		(nk_logit_covariates(logit) * sizeof(double) + 3 * sizeof(int64_t));
}

NkDesign
nk_design_load(const NkTally *logit, void *memory)
{
	size_t		rows = logit->header.rows;
	uint32_t	covariates = nk_logit_covariates(logit);
	double	   *x = memory;
	int64_t    *n = (int64_t *) (x + rows * covariates);
	int64_t    *events = n + rows;
	int64_t    *cluster = events + rows;

	for (size_t row = 0; row < rows; row++)
	{
		const uint64_t *entry = nk_tally_entry(logit, row);

		if (row % 4096 == 0)
			nk_check_interrupts();
		for (uint32_t i = 0; i < covariates; i++)
			*x++ = nk_double_of_word(entry[i + 1]);
		n[row] = nk_tally_count(logit, entry, 0);
		events[row] = nk_tally_count(logit, entry, 1);
		cluster[row] = nk_int64_of_word(entry[0]);
	}
	return (NkDesign) {
		.rows = rows,
		.covariates = (int) covariates,
		.x = memory,
		.n = n,
		.events = events,
		.cluster = nk_has_clusters(logit) ? cluster : NULL
	};
}

typedef struct Builder
{
	const NkDesign *design;
	const bool *left_out;
	NkBasis    *basis;
	double		children;
} Builder;

/* next_row - the next row to use, from this one on */
static size_t
next_row(const Builder *builder, size_t row)
{
	while (row < builder->design->rows && builder->left_out != NULL &&
		   builder->left_out[row])
		row++;
	if (row % 4096 == 0)
		nk_check_interrupts();
	return row;
}

#define EACH_ROW(builder, row) \
	(size_t row = next_row(builder, 0); row < (builder)->design->rows; \
	 row = next_row(builder, row + 1))

static double
weight(const Builder *builder, size_t row)
{
	return (double) builder->design->n[row] / builder->children;
}

/*
 * load - the centred and scaled values of a term as the last column of z
 *
 * Fills the mean and the largest distance from the first value, which is the
 * unit of the column.  Quarters, because a difference may overflow.
 */
static void
load(const Builder *builder, int term, double *mean, double *unit)
{
	NkBasis    *basis = builder->basis;
	double		first = 0.25 * nk_design_x(builder->design,
										   next_row(builder, 0), term);
	double		quarter_mean = 0;
	double		farthest = 0;
	double		square = 0;

	for EACH_ROW(builder, row)
	{
		double		distance = 0.25 * nk_design_x(builder->design, row, term) -
			first;

		quarter_mean += weight(builder, row) * distance;
		farthest = fmax(farthest, fabs(distance));
	}
	quarter_mean += first;
	*mean = 4 * quarter_mean;
	*unit = farthest;
	for EACH_ROW(builder, row)
	{
		double		distance = 0.25 * nk_design_x(builder->design, row, term) -
			quarter_mean;
		double	   *z = basis->z + row * (size_t) basis->terms + basis->rank;

		*z = farthest > 0 ? distance / farthest : 0;
		square += weight(builder, row) * *z * *z;
	}
	basis->spread[term] = 4 * (sqrt(square) * farthest);
}

/* project - subtract from the last column its part in the others: add to c */
static void
project(const Builder *builder, double *c)
{
	NkBasis    *basis = builder->basis;
	int			last = basis->rank;
	double	   *part = basis->work + basis->terms;

	for (int b = 0; b < last; b++)
		part[b] = 0;
	for EACH_ROW(builder, row)
	{
		const double *z = nk_basis_row(basis, row);
		double		weighted = weight(builder, row) * z[last];

		for (int b = 0; b < last; b++)
			part[b] += weighted * z[b];
	}
	for EACH_ROW(builder, row)
	{
		double	   *z = basis->z + row * (size_t) basis->terms;

		for (int b = 0; b < last; b++)
			z[last] -= part[b] * z[b];
	}
	for (int b = 0; b < last; b++)
		c[b] += part[b];
}

static double
last_length(const Builder *builder)
{
	const NkBasis *basis = builder->basis;
	double		square = 0;

	for EACH_ROW(builder, row)
	{
		double		z = nk_basis_row(basis, row)[basis->rank];

		square += weight(builder, row) * z * z;
	}
	return sqrt(square);
}

/*
 * The part of x in the basis is mean + unit (c . z).  Written in terms, how
 * much of it is one of them?
 */
static double
share(const NkBasis *basis, int term, double mean, double unit,
	  const double *c)
{
	const double *back = nk_basis_back(basis, term);
	double		sum = 0;

	for (int b = 0; b < basis->rank; b++)
		sum += c[b] * back[b];
	return (term == 0 ? mean : 0) + 4 * (unit * sum);
}

/* leave - mark the terms that this one, which is not kept, depends on */
static void
leave(NkBasis *basis, int term, double mean, double unit, const double *c)
{
	const double *intercept = nk_basis_back(basis, 0);
	double		size = fabs(mean);

	basis->kept[term] = false;
	for (int t = 1; t < term; t++)
		if (basis->kept[t] &&
			fabs(share(basis, t, mean, unit, c)) * basis->spread[t] >
			INVOLVED * basis->spread[term])
			basis->tied[t] = true;
	for (int b = 0; b < basis->rank; b++)
		size += 4 * fabs(unit * c[b] * intercept[b]);
	if (fabs(share(basis, 0, mean, unit, c)) > INVOLVED * size)
		basis->tied[0] = true;
}

/* enter - make the last column, of this length, part of the basis */
static void
enter(const Builder *builder, int term, double mean, double unit,
	  const double *c, double length)
{
	NkBasis    *basis = builder->basis;
	int			last = basis->rank;
	double		scale = 4 * (unit * length);

	for EACH_ROW(builder, row)
		basis->z[row * (size_t) basis->terms + last] /= length;
	for (int t = 0; t < term; t++)
		if (basis->kept[t])
			basis->back[t * basis->terms + last] =
				-share(basis, t, mean, unit, c) / scale;
	for (int b = 0; b < last; b++)
		basis->back[term * basis->terms + b] = 0;
	basis->back[term * basis->terms + last] = 1 / scale;
	basis->rank++;
}

void
nk_basis_build(const NkDesign *design, const bool *left_out, NkBasis *basis)
{
	Builder		builder = {design, left_out, basis, 0};

	basis->rank = 1;
	basis->spread[0] = 0;
	basis->back[0] = 1;
	for (int t = 0; t < basis->terms; t++)
		basis->tied[t] = false;
	for EACH_ROW(&builder, row)
	{
		builder.children += (double) design->n[row];
		basis->z[row * (size_t) basis->terms] = 1;
	}

	for (int t = 1; t < basis->terms; t++)
	{
		double	   *c = basis->work;
		double		mean;
		double		unit;
		double		before;
		double		length;

		if (!basis->kept[t])
			continue;
		load(&builder, t, &mean, &unit);
		before = last_length(&builder);
		for (int b = 0; b < basis->rank; b++)
			c[b] = 0;
		project(&builder, c);
		project(&builder, c);
		length = last_length(&builder);
		if (length > COLLINEAR * before)
			enter(&builder, t, mean, unit, c, length);
		else
			leave(basis, t, mean, unit, c);
	}
}
