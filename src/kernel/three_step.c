/*
 * three_step.c - outcomes by latent class, in three steps
 *
 * A model of latent classes has been fitted (step one) and each child taken
 * for the class that is most probable (step two).  A table of these classes
 * and an outcome understates how much classes differ, because some children
 * of each belong to another.  How often class t is taken for s, d[t][s], is
 * known from the model, and if within a class the outcome tells nothing about
 * the items, the shares p of the table and the shares q of class and outcome
 * are related by (step three)
 *
 *	p[s][z] = sum over t of q[t][z] d[t][s]
 *
 *	bch		these equations solved: each child counts for class t by the
 *			element [s][t] of the inverse of d.  A share may leave [0, 1].
 *	ml		maximum likelihood with q >= 0: the same where that solution is
 *			above 0, else the best one at the boundary (mixing.c), outcome
 *			by outcome, since the likelihood is a product over outcomes
 *
 *   Bolck A, Croon M, Hagenaars J (2004) Estimating latent structure models
 *   with categorical variables: one-step versus three-step estimators.
 *   Political Analysis 12:3-27.  doi:10.1093/pan/mph001
 *   Vermunt J K (2010) Latent class modeling with covariates: two improved
 *   three-step approaches.  Political Analysis 18:450-469.
 *   doi:10.1093/pan/mpq025
 *   Bakk Z, Tekle F B, Vermunt J K (2013) Estimating the association between
 *   latent class membership and external variables using bias-adjusted
 *   three-step approaches.  Sociological Methodology 43:272-311.
 *   doi:10.1177/0081175012470644
 *
 * Variances.  Either estimate is n q[t][z] = sum over children with z of a
 * weight w[z][s][t], and, to first order, weights may be taken as fixed (for
 * ml they are derivatives of the estimate, and the sum is exact, because the
 * estimate is proportional to the counts).  So its variance is that of a sum
 * over children, or over clusters, and a share q[t][z] / q[t] is a ratio of
 * two such sums: V below is the sum of their products, linearised residuals
 * have mean 0.  Clusters: G / (G - 1) of it, and t with G - 1 degrees of
 * freedom.
 *
 * What this leaves out: that d is an estimate, too (Bakk, Oberski and Vermunt
 * 2014, Political Analysis 22:520-540, doi:10.1093/pan/mpu003).  And a share at
 * the boundary is taken as known by the standard errors of the others.
 *
 * Tested by test_three_step; a matrix d that is nearly singular loses digits
 * by its condition.
 */
#include "three_step.h"

#include "linear.h"
#include "mixing.h"

const char *const nk_three_step_methods[] = {"ml", "bch", NULL};

/* ------------------------------------------------------------------- table */

/* the number from 1 on that a label is, in its one way to be written, or 0 */
static int
class_number(NkText label)
{
	int			number = 0;

	if (label.length == 0 || label.length > 3 || label.bytes[0] == '0')
		return 0;
	for (uint32_t i = 0; i < label.length; i++)
	{
		if (label.bytes[i] < '0' || label.bytes[i] > '9')
			return 0;
		number = 10 * number + (label.bytes[i] - '0');
	}
	return number;
}

NkStatus
nk_outcome_table(const NkCrosstab *crosstab, bool clustered, int classes,
				 NkOutcomeTable *table)
{
	NkLabelSet	labels = nk_crosstab_rows(crosstab);

	*table = (NkOutcomeTable) {
		.classes = classes,
		.outcomes = (int) crosstab->header.columns,
		.rows = (int) labels.count,
		.counts = nk_crosstab_counts(crosstab),
		.is_clustered = clustered
	};
	for (uint32_t i = 0; i < labels.count; i++)
	{
		int			number = class_number(nk_label_text(&labels, i));

		if (number < 1 || number > classes)
			return NK_BAD_CLASS_LABEL;
		table->class_of[i] = number - 1;
	}
	if (table->outcomes > NK_OUTCOMES ||
		(clustered && (int64_t) classes * table->outcomes >
		 NK_CLUSTERED_SHARES))
		return NK_TOO_LARGE;
	if (clustered)
		table->clusters = nk_cluster_table(crosstab);
	return NK_OK;
}

int64_t
nk_outcome_count(const NkOutcomeTable *table, int class, int outcome)
{
	for (int i = 0; i < table->rows; i++)
		if (table->class_of[i] == class)
			return table->counts[i * table->outcomes + outcome];
	return 0;
}

double
nk_outcome_modal_share(const NkOutcomeTable *table, int class, int outcome)
{
	double		all = 0;

	for (int z = 0; z < table->outcomes; z++)
		all += (double) nk_outcome_count(table, class, z);
	return all > 0 ? (double) nk_outcome_count(table, class, outcome) / all :
		NK_UNDEFINED;
}

/* --------------------------------------------------------------- estimates */

/* what an estimate works with beside its results */
typedef struct Work
{
	double	   *inverse;		/* of d */
	double	   *count;			/* of one outcome, by class taken for */
	double	   *x;
	bool	   *is_free;
	double	   *matrix;
	double	   *row;
	double	   *crossed;		/* over clusters: one row of a product */
	double	   *mixing;
} Work;

static double *
carve(double *memory, size_t *used, size_t count)
{
	double	   *piece = memory == NULL ? NULL : memory + *used;

	*used += count;
	return piece;
}

static size_t
lay_out(double *memory, const NkOutcomeTable *table, NkThreeStep *result,
		Work *work)
{
	size_t		k = (size_t) table->classes;
	size_t		c = (size_t) table->outcomes;
	size_t		used = 0;

	result->size = carve(memory, &used, k);
	result->joint = carve(memory, &used, k * c);
	result->weight = carve(memory, &used, c * k * k);
	result->variance = carve(memory, &used, table->is_clustered ?
							 k * c * k * c : c * k * k);
	result->half_sum = carve(memory, &used, table->is_clustered ?
							 k * c * k : 0);
	result->sum = carve(memory, &used, k * k);
	work->inverse = carve(memory, &used, k * k);
	work->count = carve(memory, &used, k);
	work->x = carve(memory, &used, k);
	work->is_free = (bool *) carve(memory, &used, k);
	work->matrix = carve(memory, &used, k * k);
	work->row = carve(memory, &used, k);
	work->crossed = carve(memory, &used, table->is_clustered ? k * c : 0);
	work->mixing = carve(memory, &used, nk_mixing_scratch(table->classes));
	return used;
}

size_t
nk_three_step_memory(const NkOutcomeTable *table)
{
	NkThreeStep result;
	Work		work;

	return lay_out(NULL, table, &result, &work) * sizeof(double);
}

/* weights of one outcome by the inverse, and its column of the estimate */
static void
solve_outcome(int k, Work *work, double *weight)
{
	for (int t = 0; t < k; t++)
		work->x[t] = 0;
	for (int s = 0; s < k; s++)
		for (int t = 0; t < k; t++)
		{
			weight[s * k + t] = work->inverse[s * k + t];
			work->x[t] += work->count[s] * weight[s * k + t];
		}
}

/*
 * weigh - what the maximum at the boundary changes by with the counts
 *
 * With f the fitted and p the observed shares of an outcome and A the sum of
 * p / f^2 d d' over the free classes, a child taken for s counts by
 * A^-1 d[.][s] / f[s].
 */
static bool
weigh(const double *d, double total, int k, Work *work, double *weight)
{
	int			place[NK_LCA_CLASSES];
	int			count = 0;

	for (int t = 0; t < k; t++)
		if (work->is_free[t])
			place[count++] = t;
	for (int i = 0; i < k * k; i++)
		weight[i] = work->matrix[i] = 0;
	for (int s = 0; s < k; s++)
	{
		double		fitted = 0;

		if (work->count[s] <= 0)
			continue;
		for (int i = 0; i < count; i++)
			fitted += work->x[place[i]] * d[place[i] * k + s];
		for (int i = 0; i < count; i++)
			weight[s * k + i] = d[place[i] * k + s] / fitted;
		nk_add_square(work->matrix, weight + s * k,
					  work->count[s] / total, count);
	}
	if (!nk_cholesky(work->matrix, count))
		return false;
	for (int s = 0; s < k; s++)
	{
		if (work->count[s] <= 0)
			continue;
		nk_solve_lower(work->matrix, weight + s * k, count);
		nk_solve_upper(work->matrix, weight + s * k, count);
		/* from the free classes to their places; the last one first */
		for (int t = k - 1, i = count - 1; t >= 0; t--)
			weight[s * k + t] = i >= 0 && place[i] == t ?
				weight[s * k + i--] : 0;
	}
	return true;
}

/* estimate - one outcome: its column of joint, and its weights */
static NkStatus
estimate(NkThreeStep *result, const double *d, int z, Work *work)
{
	const NkOutcomeTable *table = result->table;
	int			k = table->classes;
	double	   *weight = result->weight + (size_t) z * k * k;
	double		total = 0;
	NkStatus	status = NK_OK;

	for (int s = 0; s < k; s++)
		work->count[s] = 0;
	for (int i = 0; i < table->rows; i++)
		work->count[table->class_of[i]] =
			(double) table->counts[i * table->outcomes + z];
	for (int s = 0; s < k; s++)
		total += work->count[s];
	solve_outcome(k, work, weight);
	if (result->method == NK_THREE_STEP_ML)
	{
		bool		inside = true;

		for (int t = 0; t < k; t++)
			inside &= work->x[t] > 0;
		if (!inside)
		{
			status = nk_mixing(d, work->count, k, work->x, work->is_free,
							   work->mixing);
			if (status == NK_OK && !weigh(d, total, k, work, weight))
				status = NK_NOT_IDENTIFIED;
			for (int t = 0; t < k; t++)
				work->x[t] *= total;
		}
	}
	for (int t = 0; t < k; t++)
	{
		result->joint[t * table->outcomes + z] = work->x[t] / result->n;
		result->size[t] += work->x[t] / result->n;
	}
	return status;
}

/* --------------------------------------------------------------- variances */

static void
child_variances(NkThreeStep *result)
{
	const NkOutcomeTable *table = result->table;
	int			k = table->classes;

	for (int z = 0; z < table->outcomes; z++)
	{
		double	   *block = result->variance + (size_t) z * k * k;
		const double *weight = result->weight + (size_t) z * k * k;

		nk_check_interrupts();
		for (int i = 0; i < k * k; i++)
			block[i] = 0;
		for (int i = 0; i < table->rows; i++)
			nk_add_square(block, weight + table->class_of[i] * k,
						  (double) table->counts[i * table->outcomes + z], k);
		for (int t = 0; t < k; t++)
			for (int t2 = 0; t2 <= t; t2++)
			{
				block[t2 * k + t] = block[t * k + t2];
				result->sum[t * k + t2] += block[t * k + t2];
				if (t2 < t)
					result->sum[t2 * k + t] += block[t * k + t2];
			}
	}
}

/* products of cells and weights: first one side, then the other */
static void
cluster_variances(NkThreeStep *result, Work *work)
{
	const NkOutcomeTable *table = result->table;
	size_t		k = (size_t) table->classes;
	size_t		c = (size_t) table->outcomes;
	size_t		all = k * c;
	double		g = (double) table->clusters.clusters;

	for (size_t i = 0; i < all * all; i++)
		result->variance[i] = 0;
	for (int i = 0; i < table->rows; i++)
		for (size_t z = 0; z < c; z++)
		{
			const double *weight = result->weight +
				(z * k + (size_t) table->class_of[i]) * k;

			nk_check_interrupts();
			for (size_t j = 0; j < all; j++)
				work->crossed[j] = 0;
			for (int i2 = 0; i2 < table->rows; i2++)
				for (size_t z2 = 0; z2 < c; z2++)
				{
					const double *other = result->weight +
						(z2 * k + (size_t) table->class_of[i2]) * k;
					double		product = (double)
						nk_product_of(&table->clusters, (size_t) i * c + z,
									  (size_t) i2 * c + z2);

					for (size_t t2 = 0; t2 < k; t2++)
						work->crossed[t2 * c + z2] += product * other[t2];
				}
			for (size_t t = 0; t < k; t++)
				for (size_t j = 0; j < all; j++)
					result->variance[(t * c + z) * all + j] +=
						weight[t] * work->crossed[j];
		}
	for (size_t i = 0; i < all * all; i++)
		result->variance[i] *= g / (g - 1);
	for (size_t i = 0; i < all; i++)
		for (size_t t2 = 0; t2 < k; t2++)
		{
			double		sum = 0;

			for (size_t z2 = 0; z2 < c; z2++)
				sum += result->variance[i * all + t2 * c + z2];
			result->half_sum[i * k + t2] = sum;
			result->sum[i / c * k + t2] += sum;
		}
}

/* covariance of n joint [t][z] with n joint [t2][z2], or with n size [t2] */
static double
of_joints(const NkThreeStep *result, int t, int z, int t2, int z2)
{
	size_t		k = (size_t) result->table->classes;
	size_t		c = (size_t) result->table->outcomes;

	if (result->table->is_clustered)
		return result->variance[((size_t) t * c + (size_t) z) * k * c +
								(size_t) t2 * c + (size_t) z2];
	return z != z2 ? 0 :
		result->variance[((size_t) z * k + (size_t) t) * k + (size_t) t2];
}

static double
of_joint_and_size(const NkThreeStep *result, int t, int z, int t2)
{
	size_t		k = (size_t) result->table->classes;
	size_t		c = (size_t) result->table->outcomes;

	if (result->table->is_clustered)
		return result->half_sum[((size_t) t * c + (size_t) z) * k +
								(size_t) t2];
	return result->variance[((size_t) z * k + (size_t) t) * k + (size_t) t2];
}

/* nothing has been estimated, for that reason */
static void
begin(const NkOutcomeTable *table, NkThreeStepMethod method, NkStatus status,
	  NkThreeStep *result)
{
	result->table = table;
	result->method = method;
	result->status = status;
	result->has_shares = false;
	result->has_errors = false;
	result->df = NK_UNDEFINED;
	result->n = 0;
}

void
nk_three_step(const NkOutcomeTable *table, const double *d,
			  NkThreeStepMethod method, void *memory, NkThreeStep *result)
{
	int			k = table->classes;
	Work		work;

	lay_out(memory, table, result, &work);
	begin(table, method, NK_EMPTY, result);
	for (int i = 0; i < table->rows * table->outcomes; i++)
		result->n += (double) table->counts[i];
	for (int t = 0; t < k; t++)
		result->size[t] = 0;
	for (int i = 0; i < k * k; i++)
	{
		work.matrix[i] = d[i];
		result->sum[i] = 0;
	}
	if (result->n == 0)
		return;
	result->status = nk_invert(work.matrix, k, work.inverse) ?
		NK_OK : NK_NOT_IDENTIFIED;
	for (int z = 0; z < table->outcomes && result->status == NK_OK; z++)
	{
		nk_check_interrupts();
		result->status = estimate(result, d, z, &work);
	}
	result->has_shares = result->has_errors = result->status == NK_OK;
	if (!result->has_shares)
		return;
	if (!table->is_clustered)
	{
		child_variances(result);
		return;
	}
	if (table->clusters.clusters < 2)
	{
		result->status = NK_TOO_FEW;
		result->has_errors = false;
		return;
	}
	cluster_variances(result, &work);
	result->df = (double) table->clusters.clusters - 1;
	if (table->clusters.clusters < NK_MANY_CLUSTERS)
		result->status = NK_FEW_CLUSTERS;
}

void
nk_three_step_of_model(const NkOutcomeTable *table, const NkLcaModel *model,
					   NkThreeStepMethod method, void *memory,
					   NkThreeStep *result)
{
	if (nk_lca_is_fitted(model))
		nk_three_step(table, nk_lca_confusion(model), method, memory, result);
	else
		begin(table, method, nk_lca_outcome(model), result);
}

double
nk_three_step_covariance(const NkThreeStep *result, int t, int z, int t2,
						 int z2)
{
	int			k = result->table->classes;
	double		a = nk_outcome_share(result, t, z);
	double		b = nk_outcome_share(result, t2, z2);
	double		sum = result->sum[t * k + t2];
	double		value;

	if (!result->table->is_clustered && z == z2)
	{
		/* nothing cancels: children with the outcome, and the others */
		double		with = of_joint_and_size(result, t, z, t2);

		value = (1 - a) * (1 - b) * with + a * b * (sum - with);
	}
	else
		value = of_joints(result, t, z, t2, z2) -
			a * of_joint_and_size(result, t2, z2, t) -
			b * of_joint_and_size(result, t, z, t2) + a * b * sum;
	return value / (result->n * result->size[t]) /
		(result->n * result->size[t2]);
}
