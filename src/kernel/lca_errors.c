/*
 * lca_errors.c - standard errors of shares and probabilities
 *
 * The observed information after Louis (1982): that of the complete data, less
 * the covariance of their score given what was seen, summed over patterns.  It
 * is that of logits, of the items in each class and of the shares, and the
 * delta method leads back.  Probabilities of exactly 0 or 1 are held fixed,
 * for there the likelihood has no maximum in the usual sense.
 *
 *	u_k		present - probability_k, 0 where an item was not observed; and a
 *			last element of 1 for the share
 *	information, block (k, l)
 *			sum over patterns of weight posterior_k posterior_l u_k u_l'
 *			k = l: - sum of weight posterior_k (1 - posterior_k) u_k u_k'
 *				   + diag(weight posterior_k probability_k (1 - probability_k))
 *			shares: less n share_k share_l, k = l: plus n share_k (1 - share_k)
 *
 * The outer product of scores, which other programs take, estimates the same;
 * the two differ where children are few or the model is wrong.
 *
 * The matrix is divided by the complete data's information, so that its
 * eigenvalues are shares of information that was not lost.  Where one is 0 as
 * far as it can be told, other parameters describe the data as well and there
 * are no standard errors: NK_NOT_IDENTIFIED.
 *
 *   Louis T A (1982) Finding the observed information matrix when using the EM
 *   algorithm.  J R Stat Soc B 44:226-233.
 *   doi:10.1111/j.2517-6161.1982.tb01203.x
 *
 * Accuracy: about 1e-9 relative where no more than half of the information was
 * lost, for estimates that are exact.  Tested by test/unit/test_lca_errors.c.
 */
#include "lca_step.h"

#include <string.h>

#define MOST_WIDTH	2048		/* rows of the matrix that is summed */
#define ACTIVE		1e-12		/* posteriors below count for nothing */
#define NEGLIGIBLE	1e-11		/* so do products of two of them */
#define LOST		1e-8		/* information left, where none is */

typedef struct Information
{
	const NkLcaData *data;
	const NkLcaParameters *at;
	int			width;			/* of the block of a class */
	int			rows;			/* of the whole matrix */
	int			free;			/* of the matrix of free parameters */
	double	   *matrix;
	double	   *complete;		/* diagonal of the complete information */
	double	   *root;			/* of that, of free parameters */
	double	   *score;			/* u of each class */
	double	   *posterior;
	double	   *columns;		/* of the inverse, for the share of each class */
	int		   *place;			/* rows of free parameters in the whole */
	NkLcaStep	step;
} Information;

size_t
nk_lca_errors_size(int classes, int items)
{
	size_t		rows = (size_t) classes * (size_t) nk_padded(items + 1);

	if (rows > MOST_WIDTH)
		return 0;
	return (rows * (rows + 3 + (size_t) classes) + NK_LCA_CLASSES) *
		sizeof(double) + rows * sizeof(int) + nk_lca_step_size(classes, items);
}

static void
place_information(Information *of, const NkLcaData *data,
				  const NkLcaParameters *at, void *room)
{
	size_t		rows;
	double	   *work;

	*of = (Information) {
		.data = data, .at = at, .width = nk_padded(at->items + 1)
	};
	of->rows = at->classes * of->width;
	rows = (size_t) of->rows;
	of->matrix = room;
	of->complete = of->matrix + rows * rows;
	of->root = of->complete + rows;
	of->score = of->root + rows;
	of->posterior = of->score + rows;
	of->columns = of->posterior + NK_LCA_CLASSES;
	work = of->columns + rows * (size_t) at->classes;
	of->place = (int *) ((char *) work +
						 nk_lca_step_size(at->classes, at->items));
	memset(room, 0, nk_lca_errors_size(at->classes, at->items));
	nk_lca_step_init(&of->step, data, at->classes, 0, work);
	nk_lca_step_prepare(&of->step, at);
}

/* add c u v' to a block */
NK_INLINE void
add_product(double *block, size_t rows, double c, const double *u,
			const double *v, int width)
{
	for (int i = 0; i < width; i++)
	{
		double		scaled = c * u[i];
		double	   *row = block + (size_t) i * rows;

		/* an item that was not observed */
		if (scaled == 0)
			continue;
		NK_UNROLL
		for (int j = 0; j < width; j += NK_LANES / 2)
			NK_HALF(row, j) += scaled * NK_CONST_HALF(v, j);
	}
}

/* of one pattern: the blocks of all pairs of classes that it may be of */
NK_CLONES static void
add_blocks(double *matrix, size_t rows, int width, const double *score,
		   const double *posterior, double weight, const int *active,
		   int count)
{
	for (int a = 0; a < count; a++)
		for (int b = 0; b <= a; b++)
		{
			int			k = active[a];
			int			l = active[b];
			double		both = posterior[k] *
				(k == l ? posterior[k] - 1 : posterior[l]);
			double		c = weight * both;
			double	   *block = matrix + (size_t) (k * width) * rows +
				l * width;
			const double *u = score + k * width;
			const double *v = score + l * width;

			/* children who are surely of one class have few pairs that count */
			if (fabs(both) < NEGLIGIBLE)
				continue;
			/* 24 items: a constant lets a row of v stay in registers */
			if (width == 32)
				add_product(block, rows, c, u, v, 32);
			else
				add_product(block, rows, c, u, v, width);
		}
}

static void
add_pattern(Information *of, size_t i)
{
	const NkLcaParameters *at = of->at;
	uint64_t	observed = of->data->observed[i];
	uint64_t	present = of->data->present[i];
	double		weight = of->data->weight[i];
	int			active[NK_LCA_CLASSES];
	int			count = 0;

	for (int k = 0; k < at->classes; k++)
	{
		const double *p = at->probability + k * at->items;
		double	   *u = of->score + k * of->width;
		double	   *complete = of->complete + k * of->width;
		double		children = weight * of->posterior[k];

		if (of->posterior[k] < ACTIVE)
			continue;
		active[count++] = k;
		for (int j = 0; j < at->items; j++)
		{
			if (observed >> j & 1)
			{
				u[j] = (double) (present >> j & 1) - p[j];
				complete[j] += children * (p[j] * (1 - p[j]));
			}
			else
				u[j] = 0;
		}
		u[at->items] = 1;
	}
	add_blocks(of->matrix, (size_t) of->rows, of->width, of->score,
			   of->posterior, weight, active, count);
}

static NkStatus
add_patterns(Information *of)
{
	for (size_t i = 0; i < of->data->patterns; i++)
	{
		double		log_rest;

		if (i % 4 == 0)
			nk_check_interrupts();
		nk_lca_step_posterior(&of->step, of->at, i, of->posterior, &log_rest);
		if (!isfinite(log_rest))
			return NK_NOT_IDENTIFIED;
		add_pattern(of, i);
	}
	return NK_OK;
}

/* what the complete data know, and what a pseudo-count adds to it */
static void
add_complete(Information *of, double pseudo_count)
{
	const NkLcaParameters *at = of->at;
	double		n = of->data->n + at->classes * pseudo_count;
	size_t		rows = (size_t) of->rows;

	for (int k = 0; k < at->classes; k++)
	{
		const double *p = at->probability + k * at->items;
		double	   *complete = of->complete + k * of->width;
		int			share = k * of->width + at->items;

		for (int j = 0; j < at->items; j++)
			if (of->data->seen >> j & 1)
				complete[j] += pseudo_count * (p[j] * (1 - p[j]));
		complete[at->items] = n * at->share[k] * (1 - at->share[k]);
		for (int j = 0; j <= at->items; j++)
			of->matrix[(size_t) (k * of->width + j) * (rows + 1)] +=
				complete[j];
		for (int l = 0; l < k; l++)
			of->matrix[(size_t) share * rows + l * of->width + at->items] -=
				n * at->share[k] * at->share[l];
	}
}

/* is element j of the block of class k estimated? */
static bool
is_free(const Information *of, int k, int j)
{
	double		p;

	/* shares are told by those of all classes but the first */
	if (j == of->at->items)
		return k > 0;
	p = of->at->probability[k * of->at->items + j];
	return p > 0 && p < 1 && of->data->seen >> j & 1;
}

/* the lower triangle of free parameters, in the place of the whole, scaled */
static bool
choose_free(Information *of)
{
	const NkLcaParameters *at = of->at;

	for (int k = 0; k < at->classes; k++)
		for (int j = 0; j <= at->items; j++)
		{
			int			row = k * of->width + j;

			if (!is_free(of, k, j))
				continue;
			if (!(of->complete[row] > 0))
				return false;
			of->place[of->free] = row;
			of->root[of->free++] = sqrt(of->complete[row]);
		}
	for (int i = 0; i < of->free; i++)
		for (int j = 0; j <= i; j++)
			of->matrix[(size_t) i * (size_t) of->free + j] =
				of->matrix[(size_t) of->place[i] * (size_t) of->rows +
						   of->place[j]] / (of->root[i] * of->root[j]);
	return true;
}

/* sum of products */
NK_CLONES static double
dot(const double *a, const double *b, int count)
{
	NkHalf		low = {0};
	NkHalf		high = {0};
	double		rest = 0;
	int			i = 0;

	for (; i + NK_LANES <= count; i += NK_LANES)
	{
		low += NK_CONST_HALF(a, i) * NK_CONST_HALF(b, i);
		high += NK_CONST_HALF(a, i + NK_LANES / 2) *
			NK_CONST_HALF(b, i + NK_LANES / 2);
	}
	for (; i < count; i++)
		rest += a[i] * b[i];
	return NK_SUM_LANES(low, high) + rest;
}

/* Cholesky's factor, in place; false where information is lost */
static bool
factorise(double *a, int count)
{
	for (int i = 0; i < count; i++)
	{
		double	   *row = a + (size_t) i * (size_t) count;
		double		pivot;

		nk_check_interrupts();
		for (int j = 0; j < i; j++)
		{
			const double *other = a + (size_t) j * (size_t) count;

			row[j] = (row[j] - dot(row, other, j)) / other[j];
		}
		pivot = row[i] - dot(row, row, i);
		if (!(pivot > LOST))
			return false;
		row[i] = sqrt(pivot);
	}
	return true;
}

/* column j of the inverse of a Cholesky factor, from row j on */
static void
inverse_column(const double *l, int j, int count, double *column)
{
	size_t		rows = (size_t) count;

	column[j] = 1 / l[(size_t) j * (rows + 1)];
	for (int i = j + 1; i < count; i++)
	{
		const double *row = l + (size_t) i * rows;

		column[i] = -dot(row + j, column + j, i - j) / row[i];
	}
}

/*
 * The share of class k changes with the logit of share l by share_k times
 * (k == l) - share_l, and so do the columns of the inverse that give its
 * variance.
 */
static void
errors_of_shares(Information *of, double *share_errors)
{
	const NkLcaParameters *at = of->at;
	double	   *sum = of->score;

	for (int k = 0; k < at->classes; k++)
	{
		memset(sum, 0, sizeof(double) * (size_t) of->free);
		for (int l = 1; l < at->classes; l++)
		{
			const double *column = of->columns + (size_t) l * (size_t) of->rows;
			double		slope = at->share[k] *
				((double) (k == l) - at->share[l]) /
				sqrt(of->complete[l * of->width + at->items]);

			for (int i = 0; i < of->free; i++)
				sum[i] += slope * column[i];
		}
		share_errors[k] = sqrt(dot(sum, sum, of->free));
	}
}

NkStatus
nk_lca_standard_errors(const NkLcaData *data, const NkLcaParameters *at,
					   double pseudo_count, void *room, double *share_errors,
					   double *probability_errors)
{
	Information of;
	NkStatus	status;

	memset(share_errors, 0, sizeof(double) * (size_t) at->classes);
	memset(probability_errors, 0,
		   sizeof(double) * (size_t) (at->classes * at->items));
	if (nk_lca_errors_size(at->classes, at->items) == 0)
		return NK_TOO_LARGE;
	place_information(&of, data, at, room);
	status = add_patterns(&of);
	if (status != NK_OK)
		return status;
	add_complete(&of, pseudo_count);
	if (!choose_free(&of) || !factorise(of.matrix, of.free))
		return NK_NOT_IDENTIFIED;

	for (int i = 0; i < of.free; i++)
	{
		int			k = of.place[i] / of.width;
		int			j = of.place[i] % of.width;
		double	   *column = of.columns +
			(j == at->items ? (size_t) k * (size_t) of.rows : 0);

		nk_check_interrupts();
		inverse_column(of.matrix, i, of.free, column);
		if (j < at->items)
		{
			double		p = at->probability[k * at->items + j];

			probability_errors[k * at->items + j] = p * (1 - p) / of.root[i] *
				sqrt(dot(column + i, column + i, of.free - i));
		}
		else
			memset(column, 0, sizeof(double) * (size_t) i);
	}
	errors_of_shares(&of, share_errors);
	return NK_OK;
}
