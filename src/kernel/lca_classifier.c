/*
 * lca_classifier.c - to which class of a model does a child belong?
 *
 *	posterior_k = share_k P(y | k) / sum over l of share_l P(y | l)
 *
 * The products are taken as they are, not as sums of logarithms: no
 * exponential is needed then, which would cost more than all the rest.  Where
 * all of them come near the smallest double (60 items that contradict every
 * class) the same is done in logarithms, the largest subtracted.  A class that
 * underflows while another does not has a posterior below 1e-100, which is 0.
 *
 * Accuracy: a rounding an item, relative; in logarithms a few hundred.  Tested
 * by test/unit/test_lca_classifier.c.
 */
#include "lca_classifier.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define CHUNK			6
#define SETS			(1 << CHUNK)
#define ALL_OF_CHUNK	(SETS - 1)

/* two of each chunk */
#define MOST_ROWS		(2 * (NK_LCA_ITEMS + CHUNK - 1) / CHUNK + 1)

/* below it, products are taken again in logarithms */
#define LEAST_SUM		1e-200

/* two classes side by side, which every processor of today has registers for */
typedef double Lanes __attribute__((vector_size(16), aligned(8), may_alias));
typedef int64_t Places __attribute__((vector_size(16), aligned(8), may_alias));

/*
 * Tables of a chunk follow each other: whole sets, then sets present, then sets
 * absent, each a row of `width` classes.  Behind them are the shares and the
 * probabilities, class after class.
 */
typedef enum Table
{
	WHOLE,						/* these are present, the rest is absent */
	PRESENT,
	ABSENT,
	TABLES
} Table;

static int
chunks_of(int items)
{
	return (items + CHUNK - 1) / CHUNK;
}

static int
width_of(int classes)
{
	return (classes + NK_LCA_BLOCK - 1) / NK_LCA_BLOCK * NK_LCA_BLOCK;
}

size_t
nk_lca_classifier_size(int classes, int items)
{
	size_t		rows = (size_t) chunks_of(items) * TABLES * SETS;

	return sizeof(NkLcaClassifier) + sizeof(double) *
		(rows * width_of(classes) + classes + (size_t) classes * items);
}

static size_t
row_at(const NkLcaClassifier *c, int chunk, Table table, unsigned set)
{
	return (((size_t) chunk * TABLES + table) * SETS + set) * c->width;
}

static double *
shares_of(const NkLcaClassifier *c)
{
	return (double *) c->values + row_at(c, c->chunks, WHOLE, 0);
}

static double *
probabilities_of(const NkLcaClassifier *c)
{
	return shares_of(c) + c->classes;
}

/* of an item that nobody was asked about nothing is known: a factor of 1 */
static double
factor(const NkLcaClassifier *c, int k, int item, bool present)
{
	double		p;

	if (item >= c->items || !(c->seen >> item & 1))
		return 1;
	p = probabilities_of(c)[(size_t) k * c->items + item];
	return present ? p : 1 - p;
}

/*
 * Each set of a table is a smaller one and one item more.  The shares are in
 * the first chunk: in its whole sets and its sets present, of which every
 * child has one.
 */
static void
fill_chunk(NkLcaClassifier *c, int chunk)
{
	for (int k = 0; k < c->classes; k++)
	{
		double		share = chunk == 0 ? shares_of(c)[k] : 1;
		double		present[CHUNK];
		double		absent[CHUNK];

		for (int j = 0; j < CHUNK; j++)
		{
			present[j] = factor(c, k, chunk * CHUNK + j, true);
			absent[j] = factor(c, k, chunk * CHUNK + j, false);
		}
		for (unsigned set = 0; set < SETS; set++)
		{
			double		whole = share;
			double		all_present = share;
			double		all_absent = 1;

			for (int j = 0; j < CHUNK; j++)
			{
				bool		has = set >> j & 1;

				whole *= has ? present[j] : absent[j];
				all_present *= has ? present[j] : 1;
				all_absent *= has ? absent[j] : 1;
			}
			c->values[row_at(c, chunk, WHOLE, set) + k] = whole;
			c->values[row_at(c, chunk, PRESENT, set) + k] = all_present;
			c->values[row_at(c, chunk, ABSENT, set) + k] = all_absent;
		}
	}
}

void
nk_lca_classifier_fill(int classes, int items, const double *share,
					   const double *probability, uint64_t seen,
					   NkLcaClassifier *classifier)
{
	memset(classifier, 0, nk_lca_classifier_size(classes, items));
	classifier->classes = classes;
	classifier->items = items;
	classifier->width = width_of(classes);
	classifier->chunks = chunks_of(items);
	classifier->beyond = items < NK_LCA_ITEMS ? ~UINT64_C(0) << items : 0;
	classifier->seen = seen & ~classifier->beyond;
	memcpy(shares_of(classifier), share, (size_t) classes * sizeof(double));
	memcpy(probabilities_of(classifier), probability,
		   (size_t) classes * items * sizeof(double));
	for (int chunk = 0; chunk < classifier->chunks; chunk++)
		fill_chunk(classifier, chunk);
}

void
nk_lca_classifier_build(const NkLcaModel *model, NkLcaClassifier *classifier)
{
	nk_lca_classifier_fill(nk_lca_classes(model), nk_lca_items(model),
						   nk_lca_share(model), nk_lca_probability(model),
						   (uint64_t) model->seen, classifier);
	if (!nk_lca_is_fitted(model))
		classifier->seen = 0;
}

/* ----------------------------------------------------------------- children */

/* what the products of all classes came to */
typedef struct Products
{
	double		sum;
	int			modal;			/* the first class that is the largest */
} Products;

/* the larger ones of two classes side by side */
static inline Lanes
larger_of(Lanes a, Lanes b)
{
#ifdef __SSE2__
	return (Lanes) _mm_max_pd((__m128d) a, (__m128d) b);
#else
	Places		mask = a > b;

	return (Lanes) (((Places) a & mask) | ((Places) b & ~mask));
#endif
}

/*
 * rows_of - the rows whose product is that of a pattern; how many
 *
 * present is within observed, and both are within what was seen.
 */
static inline int
rows_of(const NkLcaClassifier *c, uint64_t present, uint64_t observed,
		const double **rows)
{
	size_t		width = (size_t) c->width;
	size_t		chunk = TABLES * SETS * width;
	const double *tables = c->values;
	const double *end = tables + (size_t) c->chunks * chunk;
	int			count = 0;

	/* of items that are unknown both factors are 1: they count as observed */
	observed |= ~c->seen;
	if (observed == ~UINT64_C(0))
	{
		for (; tables < end; tables += chunk, present >>= CHUNK)
			rows[count++] = tables +
				(WHOLE * SETS + (present & ALL_OF_CHUNK)) * width;
		return count;
	}
	for (; tables < end; tables += chunk, present >>= CHUNK, observed >>= CHUNK)
	{
		size_t		has = present & ALL_OF_CHUNK;
		size_t		looked = observed & ALL_OF_CHUNK;

		if (looked == ALL_OF_CHUNK)
			rows[count++] = tables + (WHOLE * SETS + has) * width;
		else
		{
			rows[count++] = tables + (PRESENT * SETS + has) * width;
			rows[count++] = tables + (ABSENT * SETS + (looked & ~has)) * width;
		}
	}
	return count;
}

/* where the largest product was found: a number that is larger for earlier ones */
#define PLACE_BITS	(NK_LCA_CLASSES - 1)

typedef struct Found
{
	Lanes		sums;
	Lanes		largest;		/* its place in the last bits */
	Places		places;			/* of the next two classes */
} Found;

/*
 * Take one product of two classes into account.  Its last six bits, some 1e-14
 * of it, give way to the place, so that one comparison finds both.
 */
static inline void
consider(Found *found, Lanes product)
{
	Places		marked = ((Places) product & ~(int64_t) PLACE_BITS) |
		found->places;

	found->sums += product;
	found->largest = larger_of((Lanes) marked, found->largest);
	found->places -= 2;
}

/*
 * multiply - the product of some rows, lane by lane; kept if weights are asked
 *
 * Four pairs of classes at a time stay in registers.  Nothing branches on a
 * product, which would be mispredicted for most children.  The order of the
 * sum is fixed here, the same on any machine.
 */
static inline Products
multiply(const NkLcaClassifier *c, const double **rows, int count,
		 double *weights)
{
	Found		all = {{0}, {0}, {PLACE_BITS, PLACE_BITS - 1}};
	Places		found;

	for (int k = 0; k < c->width; k += NK_LCA_BLOCK)
	{
		const Lanes *row = (const Lanes *) (rows[0] + k);
		Lanes		first = row[0];
		Lanes		second = row[1];
		Lanes		third = row[2];
		Lanes		fourth = row[3];

		for (int i = 1; i < count; i++)
		{
			row = (const Lanes *) (rows[i] + k);
			first *= row[0];
			second *= row[1];
			third *= row[2];
			fourth *= row[3];
		}
		if (weights != NULL)
		{
			Lanes	   *kept = (Lanes *) (weights + k);

			kept[0] = first;
			kept[1] = second;
			kept[2] = third;
			kept[3] = fourth;
		}
		consider(&all, first);
		consider(&all, second);
		consider(&all, third);
		consider(&all, fourth);
	}
	found = (Places) larger_of(all.largest,
							   (Lanes) {all.largest[1], all.largest[0]});
	return (Products) {
		.sum = all.sums[0] + all.sums[1],
		.modal = PLACE_BITS - (int) (found[0] & PLACE_BITS)
	};
}

/* the product of one class, as it is */
static inline double
product_of(const double **rows, int count, int k)
{
	double		product = rows[0][k];

	for (int i = 1; i < count; i++)
		product *= rows[i][k];
	return product;
}

/* the same as sums of logarithms, relative to the largest; 0 if there is none */
static double
logarithms(const NkLcaClassifier *c, uint64_t present, uint64_t observed,
		   double *weights)
{
	double		largest = -INFINITY;
	double		sum = 0;

	for (int k = 0; k < c->classes; k++)
	{
		const double *p = probabilities_of(c) + (size_t) k * c->items;

		weights[k] = log(shares_of(c)[k]);
		for (uint64_t left = observed; left != 0; left &= left - 1)
		{
			int			j = __builtin_ctzll(left);

			weights[k] += present >> j & 1 ? log(p[j]) : log1p(-p[j]);
		}
		largest = fmax(largest, weights[k]);
	}
	if (isinf(largest))
		return 0;
	for (int k = 0; k < c->classes; k++)
	{
		weights[k] = exp(weights[k] - largest);
		sum += weights[k];
	}
	return sum;
}

/* what a question has in common: its rows; none unless NK_OK */
static inline NkStatus
look_up(const NkLcaClassifier *c, uint64_t *present, uint64_t *observed,
		const double **rows, int *count)
{
	*present &= *observed;
	if ((*present & c->beyond) != 0)
		return NK_ITEMS_DIFFER;
	*observed &= c->seen;
	*present &= c->seen;
	if (*observed == 0)
		return NK_EMPTY;
	*count = rows_of(c, *present, *observed, rows);
	return NK_OK;
}

NkStatus
nk_lca_classifier_weights(const NkLcaClassifier *classifier,
						  uint64_t present, uint64_t observed,
						  double *weights, double *sum)
{
	const double *rows[MOST_ROWS];
	int			count;
	NkStatus	status = look_up(classifier, &present, &observed, rows, &count);

	if (status != NK_OK)
		return status;
	*sum = multiply(classifier, rows, count, weights).sum;
	if (!(*sum > LEAST_SUM))
		*sum = logarithms(classifier, present, observed, weights);
	return *sum > 0 ? NK_OK : NK_ZERO_MARGIN;
}

NkStatus
nk_lca_classifier_class(const NkLcaClassifier *classifier, uint64_t present,
						uint64_t observed, int *modal, double *posterior)
{
	const double *rows[MOST_ROWS];
	double		weights[NK_LCA_WIDTH];
	int			count;
	Products	products;
	NkStatus	status = look_up(classifier, &present, &observed, rows, &count);

	if (status != NK_OK)
		return status;
	products = multiply(classifier, rows, count, NULL);
	if (products.sum > LEAST_SUM)
	{
		*modal = products.modal;
		*posterior = product_of(rows, count, products.modal) / products.sum;
		return NK_OK;
	}
	products.sum = logarithms(classifier, present, observed, weights);
	if (!(products.sum > 0))
		return NK_ZERO_MARGIN;
	*modal = nk_lca_modal(weights, classifier->classes);
	*posterior = weights[*modal] / products.sum;
	return NK_OK;
}
