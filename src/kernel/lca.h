/*
 * lca.h - latent classes of binary items: the data, the parameters, the fit
 *
 *	P(y) = sum over classes k of share_k times the product over the observed
 *	items j of probability_kj where y_j is present, 1 - probability_kj where
 *	it is not
 *
 * An item that was not observed is left out of its pattern's product, which
 * is maximum likelihood where items are missing at random.  Patterns are
 * distinct and carry their number of children, so that a fit costs what there
 * are patterns, not children.
 *
 * Nothing here allocates: every function says how much room it needs.
 */
#ifndef NK_LCA_H
#define NK_LCA_H

#include "tally.h"

#pragma GCC visibility push(hidden)

#define NK_LCA_ITEMS		64	/* users have 63: one is left for a group */
#define NK_LCA_CLASSES		64

/* distinct patterns of the first so many items, each of which observes one */
typedef struct NkLcaData
{
	int			items;
	size_t		patterns;
	const uint64_t *observed;	/* in the order of observed, then present */
	const uint64_t *present;	/* within observed */
	const double *weight;		/* children, more than 0 */
	double		n;				/* sum of the weights */
	int64_t		n_unobserved;	/* children of whom no item was observed */
	uint64_t	seen;			/* items that were observed of anybody */
	uint64_t	varying;		/* items both present and absent in some */
} NkLcaData;

/* the bits of the first so many items */
static inline uint64_t
nk_lca_mask(int items)
{
	return ~UINT64_C(0) >> (64 - items);
}

/* both arrays belong to the caller */
typedef struct NkLcaParameters
{
	int			classes;
	int			items;
	double	   *share;			/* of each class; they sum to 1 */
	double	   *probability;	/* of item j in class k: [k * items + j] */
} NkLcaParameters;

typedef struct NkLcaSettings
{
	int			starts;			/* random starts */
	int			finish;			/* how many of the best go to the end */
	int64_t		seed;
	double		tolerance;		/* relative rise of the log-likelihood; the
								 * squared length of a step, in standard
								 * errors, is a millionth of it */
	int			max_iterations; /* of one start */
	double		pseudo_count;	/* children added a class and item; 0: none */
	int			draws;			/* of a start, at most; 0: as many as there are
								 * for that number of patterns */
} NkLcaSettings;

typedef struct NkLcaFit
{
	double		log_likelihood;
	int			starts;			/* that were begun */
	int			finished;		/* of them, taken to the end */
	int			at_best;		/* of those, that ended at the best optimum */
	int64_t		iterations;		/* of the best start, all its draws */
	int64_t		all_iterations;
	bool		converged;
	int			boundary;		/* probabilities of varying items, 0 or 1 */
} NkLcaFit;

typedef struct NkLcaStatistics
{
	double		log_likelihood;
	int64_t		parameters;
	double		aic;
	double		bic;
	double		abic;
	double		entropy;		/* relative; undefined for one class */
	double		g2;				/* these three: undefined where items are */
	double		x2;				/* missing */
	double		df;
	double		smallest_share;
	double		mean_posterior; /* of the modal class */
} NkLcaStatistics;

/*
 * Read patterns (a canonical tally of that kind).  Items beyond the first so
 * many are not looked at, but one that is present there is an error:
 * NK_ITEMS_DIFFER.  Room: of nk_lca_data_size bytes, in use as long as data.
 */
extern size_t nk_lca_data_size(const NkTally *patterns);
extern NkStatus nk_lca_data(const NkTally *patterns, int items, void *room,
							NkLcaData *data);

/*
 * What the patterns of data that were put together by hand say of the rest:
 * n, seen, varying.  Such data must be in the order above, too.
 */
extern void nk_lca_describe(NkLcaData *data);

/* settings that make no sense: NK_BAD_ITEMS, NK_BAD_CLASSES, ... */
extern NkStatus nk_lca_check(int items, int classes,
							 const NkLcaSettings *settings);

/*
 * Fit: maximum likelihood from random starts, classes in canonical order (by
 * share, largest first, then by the probabilities in order).  The result is a
 * function of data and settings, to the bit.  NK_EMPTY without patterns,
 * NK_NO_VARIATION for several classes of which no item varies, NK_TOO_FEW where
 * there are fewer patterns than classes.  One that did not converge within its
 * iterations is NK_NOT_CONVERGED and filled all the same.  An item that was
 * never observed has probability 1/2 in all classes, which says nothing.
 *
 * A pseudo-count adds that many children to each class, half of whom have each
 * item: the maximum is then that of the likelihood times Dirichlet and beta
 * priors.  The log-likelihood that is told is without them.
 *
 * Room: tables of at most 5.2 MB (0.5 MB for 15 classes of 24 items), and 25
 * vectors of parameters and one more for each start that is finished; 0 for
 * more than can be addressed.
 */
extern size_t nk_lca_fit_size(const NkLcaData *data, int classes,
							  const NkLcaSettings *settings);
extern NkStatus nk_lca_fit(const NkLcaData *data,
						   const NkLcaSettings *settings, void *room,
						   NkLcaParameters *parameters, NkLcaFit *fit);

/*
 * The same from given parameters instead of random starts.  Those at 0 or 1
 * are moved a little inside, for a step never leaves them.
 */
extern NkStatus nk_lca_refine(const NkLcaData *data,
							  const NkLcaSettings *settings, void *room,
							  NkLcaParameters *parameters, NkLcaFit *fit);

/*
 * The posterior probabilities of a pattern of these items, and its
 * log-likelihood; -INFINITY if it cannot be.
 */
extern double nk_lca_bayes(const NkLcaParameters *parameters,
						   uint64_t present, uint64_t observed,
						   double *posterior);

/* the class of the largest posterior, the first of those; from 0 */
extern int	nk_lca_modal(const double *posterior, int classes);

/*
 * What a user is told of a fit.  NK_TOO_FEW if the parameters cannot give a
 * pattern.  The room for a fit of as many classes is large enough.
 */
extern size_t nk_lca_statistics_size(int classes, int items);
extern NkStatus nk_lca_statistics(const NkLcaData *data,
								  const NkLcaParameters *parameters,
								  void *room, NkLcaStatistics *statistics);

/*
 * How children are assigned to their modal classes: [k * classes + s] is the
 * share of those of class k whose modal class is s.  NK_TOO_FEW if a pattern
 * cannot be.  Room: that of the statistics.
 */
extern NkStatus nk_lca_assignments(const NkLcaData *data,
								   const NkLcaParameters *parameters,
								   void *room, double *assigned);

/*
 * Standard errors of a maximum; 0 of what is held fixed: probabilities of 0 or
 * 1 and of items never observed.  NK_NOT_IDENTIFIED where other parameters
 * describe the data as well; NK_TOO_LARGE above 2048 parameters, of which the
 * items of a class and its share are rounded up to a multiple of 8: the size
 * of the room, at most 36 MB, is 0 then.
 */
extern size_t nk_lca_errors_size(int classes, int items);
extern NkStatus nk_lca_standard_errors(const NkLcaData *data,
									   const NkLcaParameters *parameters,
									   double pseudo_count, void *room,
									   double *share_errors,
									   double *probability_errors);

/*
 * Those of them that need the log-likelihood and sizes only: of `items` so many
 * were seen; df is undefined unless all were observed of everybody.
 */
extern void nk_lca_criteria(double log_likelihood, int classes, int items,
							int seen, double n, bool complete,
							NkLcaStatistics *statistics);

#pragma GCC visibility pop

#endif							/* NK_LCA_H */
