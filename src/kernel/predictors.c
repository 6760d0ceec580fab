/*
 * predictors.c - which children are of which latent class: a multinomial logit
 * in three steps
 *
 * Regressing the class that children were taken for finds associations that
 * are too weak, because some were taken for another class than theirs.  With
 * the probabilities of that, which the model of classes tells, the likelihood
 * is that of the class itself (latent_likelihood.c; ML of Vermunt 2010,
 * Political Analysis 18:450-469, doi:10.1093/pan/mpq025).
 *
 * Method: Newton's steps in an orthonormal basis (design.c), halved while the
 * likelihood falls.  Where the observed information is not positive, far from
 * the maximum, a step of the gradient variety of EM is taken instead, with the
 * information that there were if classes were known; it always leads up.
 *
 *   Lange K (1995) A gradient algorithm locally equivalent to the EM
 *   algorithm.  J R Stat Soc B 57:425-437.
 *   doi:10.1111/j.2517-6161.1995.tb02037.x
 *
 * Separation.  Where the likelihood is largest at a share of 0, coefficients
 * have no finite maximum: Newton's steps go on by 1 on the logit scale while
 * nothing is gained.  Then the coefficients that still move, and those of
 * which nothing is known any more, are infinite; the others are at rest.
 *
 * The likelihood may have several maxima where classes are hard to tell apart;
 * the one reached from equal odds for all children is given.  Tested by
 * test_predictors.
 */
#include "predictors.h"

#include "clustered.h"
#include "linear.h"
#include "mixing.h"

#define MAX_STEPS 500
#define MAX_HALVINGS 60
#define CLOSE 1e-8				/* predictors move less: the last step */
#define NOISE 1e-13				/* relative, of a log-likelihood */
#define NO_GAIN 1e-8			/* of the log-likelihood, by a whole step */
#define NOTHING_KNOWN 100		/* a standard error of a predictor */
#define FIRST_STEP 5			/* moves predictors by so much at most */
#define LEAST_PART 1e-4
#define MOST_PART 1e12
#define LEAST_RIDGE 1e-14
#define LEAST_SHARE 1e-3		/* of a class, where the way begins */

/* --------------------------------------------------------------------- rows */

size_t
nk_members_memory(const NkTally *membership)
{
	return (size_t) membership->header.rows *
		(nk_membership_covariates(membership) * sizeof(double) +
		 3 * sizeof(int64_t));
}

NkStatus
nk_members_load(const NkTally *membership, int classes, void *memory,
				NkMembers *members)
{
	size_t		rows = membership->header.rows;
	uint32_t	covariates = nk_membership_covariates(membership);
	double	   *x = memory;
	int64_t    *n = (int64_t *) (x + rows * covariates);
	int64_t    *cluster = n + rows;
	int32_t    *taken_for = (int32_t *) (cluster + rows);

	*members = (NkMembers) {
		.design = {
			.rows = rows,
			.covariates = (int) covariates,
			.x = memory,
			.n = n,
			.cluster = nk_has_clusters(membership) ? cluster : NULL
		},
		.taken_for = taken_for,
		.n = membership->n
	};
	for (size_t row = 0; row < rows; row++)
	{
		const uint64_t *entry = nk_tally_entry(membership, row);
		int64_t		class = nk_int64_of_word(entry[1]);

		if (row % 4096 == 0)
			nk_check_interrupts();
		if (class > classes)
			return NK_BAD_CLASS_LABEL;
		for (uint32_t i = 0; i < covariates; i++)
			*x++ = nk_double_of_word(entry[NK_MEMBERSHIP_WORDS + i]);
		n[row] = nk_tally_count(membership, entry, 0);
		cluster[row] = nk_int64_of_word(entry[0]);
		taken_for[row] = (int32_t) class - 1;
		if (nk_has_clusters(membership) &&
			(row == 0 || cluster[row] != cluster[row - 1]))
			members->clusters++;
	}
	return NK_OK;
}

/* --------------------------------------------------------------------- room */

static void *
carve(char *memory, size_t *used, size_t size)
{
	char	   *piece = memory == NULL ? NULL : memory + *used;

	*used += (size + 7) / 8 * 8;
	return piece;
}

/* for the shares of classes, where the way begins */
static size_t
shares_room(int classes)
{
	return ((size_t) classes * (size_t) (classes + 8) +
			nk_mixing_scratch(classes)) * sizeof(double);
}

static size_t
lay_out(char *memory, const NkMembers *members, int classes,
		NkPredictors *fit)
{
	size_t		terms = (size_t) members->design.covariates + 1;
	size_t		vector = terms * sizeof(double);
	size_t		parameters = (size_t) (classes - 1) * terms;
	size_t		all = parameters * sizeof(double);
	NkBasis    *basis = &fit->basis;
	NkLatentLikelihood *likelihood = &fit->likelihood;
	size_t		used = 0;

	basis->z = carve(memory, &used, members->design.rows * vector);
	basis->back = carve(memory, &used, terms * vector);
	basis->spread = carve(memory, &used, vector);
	basis->work = carve(memory, &used, 2 * vector);
	basis->kept = carve(memory, &used, terms * sizeof(bool));
	basis->tied = carve(memory, &used, terms * sizeof(bool));
	likelihood->gamma = carve(memory, &used, all);
	likelihood->score = carve(memory, &used, all);
	likelihood->information = carve(memory, &used, parameters * all);
	likelihood->work = carve(memory, &used,
							 2 * (size_t) classes * sizeof(double));
	fit->root = carve(memory, &used, parameters * all);
	fit->complete = carve(memory, &used, parameters * all);
	/* steps and the sandwich need a second matrix one after the other */
	fit->meat = fit->complete;
	fit->step = carve(memory, &used, all);
	fit->range = carve(memory, &used, vector);
	fit->trial = carve(memory, &used, 2 * all);
	fit->gradient = carve(memory, &used, all);
	fit->other = carve(memory, &used, all);
	carve(memory, &used, shares_room(classes));
	return used;
}

size_t
nk_predictors_memory(const NkMembers *members, int classes)
{
	NkPredictors unused;

	if ((int64_t) (classes - 1) * (members->design.covariates + 1) >
		NK_PREDICTOR_PARAMETERS)
		return 0;
	return lay_out(NULL, members, classes, &unused);
}

/* the range of each term */
static void
find_ranges(NkPredictors *fit)
{
	const NkDesign *design = &fit->members->design;

	for (int t = 0; t < fit->basis.terms; t++)
	{
		double		least = INFINITY;
		double		most = -INFINITY;

		for (size_t row = 0; row < design->rows; row++)
		{
			double		x = nk_design_x(design, row, t);

			if (row % 4096 == 0)
				nk_check_interrupts();
			least = fmin(least, x);
			most = fmax(most, x);
		}
		fit->range[t] = t == 0 ? 1 : most - least;
	}
}

/* ----------------------------------------------------------------- the way */

/*
 * begin - evaluate where all coefficients but the intercepts are 0
 *
 * NK_NOT_IDENTIFIED: classes cannot be told from how children were taken.
 */
static NkStatus
begin(NkPredictors *fit, char *room)
{
	const NkMembers *members = fit->members;
	NkLatentLikelihood *likelihood = &fit->likelihood;
	int			k = likelihood->classes;
	int			rank = fit->basis.rank;
	double	   *matrix = (double *) room;
	double	   *count = matrix + k * k;
	double	   *x = count + k;
	bool	   *is_free = (bool *) (x + k);
	double	   *scratch = x + 2 * k;
	double		base;
	NkStatus	status;

	for (int i = 0; i < k * k; i++)
		matrix[i] = likelihood->d[i];
	/* the scratch is longer than a matrix */
	if (!nk_invert(matrix, k, scratch))
		return NK_NOT_IDENTIFIED;
	for (int s = 0; s < k; s++)
		count[s] = 0;
	for (size_t row = 0; row < members->design.rows; row++)
		count[members->taken_for[row]] += (double) members->design.n[row];
	status = nk_mixing(likelihood->d, count, k, x, is_free, scratch);
	if (status != NK_OK)
		return status;
	base = log(fmax(x[likelihood->reference], LEAST_SHARE));
	for (int a = 0; a < k - 1; a++)
	{
		double		share = x[nk_latent_class(likelihood, a)];

		for (int i = 0; i < rank; i++)
			fit->trial[a * rank + i] = 0;
		fit->trial[a * rank] = log(fmax(share, LEAST_SHARE)) - base;
	}
	nk_latent_evaluate(likelihood, fit->trial);
	return NK_OK;
}

/*
 * factor - the Cholesky factor of the information for a step: the observed one,
 * with as much as it takes of the one there were if classes were known
 *
 * True if it took nothing.
 */
static bool
factor(NkPredictors *fit)
{
	NkLatentLikelihood *likelihood = &fit->likelihood;
	size_t		p = (size_t) nk_latent_parameters(likelihood);
	double		part = LEAST_PART;

	for (size_t i = 0; i < p * p; i++)
		fit->root[i] = likelihood->information[i];
	if (nk_cholesky(fit->root, (int) p))
		return true;
	nk_latent_complete(likelihood, fit->complete);
	for (;;)
	{
		for (size_t i = 0; i < p * p; i++)
			fit->root[i] = likelihood->information[i] +
				part * fit->complete[i];
		/* what goes to infinity may have lost all information */
		if (part > 1)
			for (size_t i = 0; i < p; i++)
				fit->root[i * p + i] += part * LEAST_RIDGE *
					(double) fit->members->n;
		if (nk_cholesky(fit->root, (int) p) || !(part < MOST_PART))
			return false;
		part *= 10;
	}
}

/* find_step - true if it is Newton's */
static bool
find_step(NkPredictors *fit)
{
	int			p = nk_latent_parameters(&fit->likelihood);
	bool		newton = factor(fit);

	for (int i = 0; i < p; i++)
		fit->step[i] = fit->likelihood.score[i];
	nk_solve_lower(fit->root, fit->step, p);
	nk_solve_upper(fit->root, fit->step, p);
	return newton;
}

/* how far the step moves any linear predictor */
static double
step_reach(const NkPredictors *fit)
{
	const NkLatentLikelihood *likelihood = &fit->likelihood;
	int			rank = fit->basis.rank;
	double		farthest = 0;

	for (size_t row = 0; row < fit->members->design.rows; row++)
	{
		const double *z = nk_basis_row(&fit->basis, row);

		if (row % 256 == 0)
			nk_check_interrupts();
		for (int a = 0; a < likelihood->classes - 1; a++)
		{
			double		move = fabs(nk_dot(fit->step + a * rank, z, rank));

			/* written so that NaN is kept */
			if (!(move <= farthest))
				farthest = move;
		}
	}
	return farthest;
}

static bool
take_step(NkPredictors *fit, double longest, bool is_close)
{
	NkLatentLikelihood *likelihood = &fit->likelihood;
	int			p = nk_latent_parameters(likelihood);
	double	   *start = fit->trial + p;
	double		before = likelihood->log_likelihood;
	/* the first steps may be far too long for a likelihood with bends */
	double		part = fmin(1, longest / fit->farthest);

	for (int i = 0; i < p; i++)
		start[i] = likelihood->gamma[i];
	for (int halving = 0; halving < MAX_HALVINGS; halving++)
	{
		for (int i = 0; i < p; i++)
			fit->trial[i] = start[i] + part * fit->step[i];
		nk_latent_evaluate(likelihood, fit->trial);
		if (isfinite(likelihood->log_likelihood) &&
			(is_close || likelihood->log_likelihood >=
			 before - NOISE * fabs(before)))
			return true;
		part /= 2;
	}
	nk_latent_evaluate(likelihood, start);
	return false;
}

static NkStatus
climb(NkPredictors *fit)
{
	NkLatentLikelihood *likelihood = &fit->likelihood;
	double		longest = FIRST_STEP;

	for (int i = 0; i < MAX_STEPS; i++)
	{
		bool		newton = find_step(fit);
		double		gain = nk_dot(likelihood->score, fit->step,
								  nk_latent_parameters(likelihood));
		bool		is_close;

		fit->farthest = step_reach(fit);
		is_close = newton && fit->farthest <= CLOSE;
		if (!isfinite(fit->farthest))
			return NK_NOT_CONVERGED;
		/* a standard error that no children leave */
		if (gain < NO_GAIN && !is_close &&
			fit->farthest > NOTHING_KNOWN * sqrt(fmax(gain, 0)))
			return NK_SEPARATION;
		/* or one so large that the step is rounding */
		if (!take_step(fit, longest, is_close))
			return fit->farthest > NOTHING_KNOWN ?
				NK_SEPARATION : NK_NOT_CONVERGED;
		longest *= 2;
		fit->iterations++;
		if (is_close)
			return NK_OK;
	}
	return NK_NOT_CONVERGED;
}

/* ------------------------------------------------------------- how sure? */

/* the scores of clusters, in products, as CR1 */
static void
add_clusters(NkPredictors *fit)
{
	const NkDesign *design = &fit->members->design;
	int			p = nk_latent_parameters(&fit->likelihood);
	double		g = (double) fit->members->clusters;
	double	   *score = fit->gradient;

	for (size_t i = 0; i < (size_t) p * (size_t) p; i++)
		fit->meat[i] = 0;
	for (size_t row = 0; row < design->rows; row++)
	{
		if (row == 0 || design->cluster[row] != design->cluster[row - 1])
			for (int i = 0; i < p; i++)
				score[i] = 0;
		nk_latent_add_score(&fit->likelihood, row, score);
		if (row + 1 < design->rows &&
			design->cluster[row + 1] == design->cluster[row])
			continue;
		nk_check_interrupts();
		nk_add_square(fit->meat, score, g / (g - 1), p);
	}
	for (int i = 0; i < p; i++)
		for (int j = 0; j < i; j++)
			fit->meat[j * p + i] = fit->meat[i * p + j];
}

/* nothing has been estimated, for that reason; the room of the rest */
static void *
start(const NkMembers *members, int classes, int reference, NkStatus status,
	  void *memory, NkPredictors *fit)
{
	size_t		size = lay_out(memory, members, classes, fit);
	NkLatentLikelihood *likelihood = &fit->likelihood;

	fit->members = members;
	fit->has_clusters = members->design.cluster != NULL;
	fit->df = NK_UNDEFINED;
	fit->iterations = 0;
	fit->status = fit->error_status = status;
	likelihood->design = &members->design;
	likelihood->basis = &fit->basis;
	likelihood->taken_for = members->taken_for;
	likelihood->classes = classes;
	likelihood->reference = reference;
	fit->basis.terms = members->design.covariates + 1;
	fit->basis.rank = 0;
	for (int t = 0; t < fit->basis.terms; t++)
		fit->basis.kept[t] = true;
	return (char *) memory + size - shares_room(classes);
}

/* the standard errors, in the factor and perhaps the meat of the sandwich */
static NkStatus
find_errors(NkPredictors *fit)
{
	int64_t		clusters = fit->members->clusters;
	size_t		p = (size_t) nk_latent_parameters(&fit->likelihood);

	for (size_t i = 0; i < p * p; i++)
		fit->root[i] = fit->likelihood.information[i];
	if (!nk_cholesky(fit->root, (int) p))
		return fit->status == NK_OK ? NK_NOT_IDENTIFIED : NK_NOT_CONVERGED;
	if (!fit->has_clusters)
		return NK_OK;
	if (clusters < 2)
		return NK_TOO_FEW;
	add_clusters(fit);
	fit->df = (double) clusters - 1;
	return clusters < NK_MANY_CLUSTERS ? NK_FEW_CLUSTERS : NK_OK;
}

void
nk_predictors_fit(const NkMembers *members, const double *d, int classes,
				  int reference, void *memory, NkPredictors *fit)
{
	void	   *room = start(members, classes, reference, NK_EMPTY, memory,
							 fit);

	fit->likelihood.d = d;
	if (members->n == 0)
		return;
	nk_basis_build(&members->design, NULL, &fit->basis);
	find_ranges(fit);
	fit->status = begin(fit, room);
	if (fit->status == NK_OK)
		fit->status = climb(fit);
	fit->error_status = nk_predictors_are_fitted(fit) ?
		find_errors(fit) : fit->status;
}

void
nk_predictors_of_model(const NkMembers *members, const NkLcaModel *model,
					   int reference, void *memory, NkPredictors *fit)
{
	int			classes = nk_lca_classes(model);

	if (nk_lca_is_fitted(model))
		nk_predictors_fit(members, nk_lca_confusion(model), classes,
						  reference, memory, fit);
	else
		start(members, classes, reference, nk_lca_outcome(model), memory, fit);
}
