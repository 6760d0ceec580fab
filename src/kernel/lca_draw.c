/*
 * lca_draw.c - parametric bootstrap: data sets from a model of latent classes
 *
 * Every child gets a class by the shares, then each item that was observed of
 * it by that class's probabilities.  So which items are missing stays as it
 * is: a test by simulation is then one given what was observed.
 *
 * Numbers are functions of seed, data set and child (random.h), so that data
 * set i is the same whichever were drawn before it.  A child's answers are a
 * word of one bit an observed item.  Where there are no more words than
 * children, they are counted in a table of all words, else sorted: both give
 * patterns in the order that fits need.  Where there are many more children
 * than words, the count of each word is drawn at once, binomial given those
 * before it, by inversion: a nation costs no more than a town.
 *
 * Tested by test_lca_draw: shares of patterns against the model, order,
 * what is missing.
 */
#include "lca_draw.h"

#include <string.h>

#include "dist.h"
#include "radix.h"
#include "random.h"

#define CHILDREN_PER_INTERRUPT_CHECK	1024
#define WORDS_PER_INTERRUPT_CHECK		16384

/* numbers of a child: one an item, and of these the last for its class */
#define NUMBERS_A_CHILD		NK_LCA_ITEMS
#define NUMBER_OF_CLASS		(NK_LCA_ITEMS - 1)

#define MOST_CHILDREN	0x1p53
#define MOST_ROOM		((size_t) 1 << 31)

/* with so many children a word, counts are drawn instead of children */
#define CHILDREN_A_WORD	512

/* 53 bits of a random number: below this, the answer is yes */
#define CERTAIN				0x1p53

typedef struct Sampler
{
	const NkLcaParameters *model;
	int64_t		seed;
	int32_t		stream;
	int64_t		child;			/* of all */
	int			items[NK_LCA_ITEMS];	/* that are observed */
	int			observed;		/* how many */
	double		cumulative[NK_LCA_CLASSES];
} Sampler;

/* of the patterns from first on, those with the same items observed */
typedef struct Stratum
{
	size_t		first;
	size_t		end;
	int64_t		children;
	int			items;
} Stratum;

static Stratum
stratum_from(const NkLcaData *data, size_t first)
{
	Stratum		stratum = {.first = first, .end = first};

	for (; stratum.end < data->patterns &&
		 data->observed[stratum.end] == data->observed[first]; stratum.end++)
		stratum.children += (int64_t) data->weight[stratum.end];
	stratum.items = __builtin_popcountll(data->observed[first]);
	return stratum;
}

/* are there no more words than children? */
static bool
is_dense(const Stratum *stratum)
{
	return stratum->items < 62 &&
		INT64_C(1) << stratum->items <= stratum->children;
}

/* no more than so many patterns can come of it */
static size_t
most_patterns(const Stratum *stratum)
{
	return is_dense(stratum) ? (size_t) 1 << stratum->items :
		(size_t) stratum->children;
}

/* patterns in all, and words of the largest part; not beyond n */
static void
count_room(const NkLcaData *data, size_t *patterns, size_t *words)
{
	*patterns = *words = 0;
	for (size_t first = 0; first < data->patterns;)
	{
		Stratum		stratum = stratum_from(data, first);
		size_t		most = most_patterns(&stratum);

		*patterns += most;
		if (most > *words)
			*words = most;
		first = stratum.end;
	}
}

size_t
nk_lca_draw_size(const NkLcaData *data)
{
	size_t		patterns;
	size_t		words;
	size_t		size;

	/* a double counts no further one by one; so no size overflows, either */
	if (data->n > MOST_CHILDREN)
		return 0;
	count_room(data, &patterns, &words);
	size = (2 * patterns + words) * sizeof(uint64_t) +
		patterns * sizeof(double);
	return size <= MOST_ROOM ? size : 0;
}

int64_t
nk_lca_draw_seed(int64_t seed, int32_t i)
{
	return (int64_t) nk_random_bits(seed, i, -1);
}

static void
begin(Sampler *sampler, const NkLcaParameters *model, int64_t seed, int32_t i)
{
	double		sum = 0;

	sampler->model = model;
	sampler->seed = (int64_t) nk_random_bits(seed, i, -2);
	sampler->stream = i;
	sampler->child = 0;
	for (int k = 0; k < model->classes; k++)
	{
		sum += model->share[k];
		sampler->cumulative[k] = sum * CERTAIN;
	}
}

static double
next_number(const Sampler *sampler, int which)
{
	return (double) (nk_random_bits(sampler->seed, sampler->stream,
									sampler->child * NUMBERS_A_CHILD +
									which) >> 11);
}

/* the answers of the next child: bit t for the t-th item that is observed */
static uint64_t
next_word(Sampler *sampler)
{
	const NkLcaParameters *model = sampler->model;
	double		number = next_number(sampler, NUMBER_OF_CLASS);
	const double *probability;
	uint64_t	word = 0;
	int			k = 0;

	while (k + 1 < model->classes && number >= sampler->cumulative[k])
		k++;
	probability = model->probability + (size_t) k * model->items;
	for (int t = 0; t < sampler->observed; t++)
		if (next_number(sampler, t) <
			probability[sampler->items[t]] * CERTAIN)
			word |= UINT64_C(1) << t;
	sampler->child++;
	if (sampler->child % CHILDREN_PER_INTERRUPT_CHECK == 0)
		nk_check_interrupts();
	return word;
}

/* the word's bits where the items are */
static uint64_t
present_of(const Sampler *sampler, uint64_t word)
{
	uint64_t	present = 0;

	for (; word != 0; word &= word - 1)
		present |= UINT64_C(1) << sampler->items[__builtin_ctzll(word)];
	return present;
}

/* the probability of a word */
static double
word_probability(const Sampler *sampler, uint64_t word)
{
	const NkLcaParameters *model = sampler->model;
	double		sum = 0;

	for (int k = 0; k < model->classes; k++)
	{
		const double *p = model->probability + (size_t) k * model->items;
		double		product = model->share[k];

		for (int t = 0; t < sampler->observed; t++)
			product *= (word >> t & 1) != 0 ? p[sampler->items[t]] :
				1 - p[sampler->items[t]];
		sum += product;
	}
	return sum;
}

/* the children of a word, of those that have this one or a later one */
static int64_t
next_count(Sampler *sampler, double probability, double left,
		   int64_t children)
{
	/* in the middle of its step: neither 0 nor 1 */
	double		number = (next_number(sampler, 0) + 0.5) / CERTAIN;
	int64_t		count = 0;

	sampler->child++;
	if (probability >= left)
		return children;
	if (probability > 0 && children > 0)
		nk_binomial_quantile(number, children, probability / left, true,
							 false, &count);
	nk_check_interrupts();
	return count;
}

/* how many of the children have each word */
static void
count_words(Sampler *sampler, const Stratum *stratum, uint64_t *words)
{
	size_t		table = (size_t) 1 << stratum->items;
	int64_t		children = stratum->children;
	double		left = 1;

	if (children / CHILDREN_A_WORD < (int64_t) table)
	{
		memset(words, 0, table * sizeof(uint64_t));
		for (int64_t c = 0; c < children; c++)
			words[next_word(sampler)]++;
		return;
	}
	for (size_t word = 0; word < table; word++)
	{
		double		probability = word_probability(sampler, word);
		int64_t		count = word + 1 < table ?
			next_count(sampler, probability, left, children) : children;

		words[word] = (uint64_t) count;
		children -= count;
		left -= probability;
	}
}

/* what was drawn so far */
typedef struct Patterns
{
	uint64_t   *observed;
	uint64_t   *present;
	uint64_t   *words;			/* scratch */
	double	   *weight;
	size_t		count;
} Patterns;

static void
put_pattern(Patterns *drawn, const Sampler *sampler, uint64_t observed,
			uint64_t word, int64_t children)
{
	drawn->observed[drawn->count] = observed;
	drawn->present[drawn->count] = present_of(sampler, word);
	drawn->weight[drawn->count] = (double) children;
	drawn->count++;
}

static void
draw_stratum(Patterns *drawn, Sampler *sampler, const Stratum *stratum,
			 uint64_t observed)
{
	size_t		children = (size_t) stratum->children;
	uint64_t   *words = drawn->words;

	if (is_dense(stratum))
	{
		count_words(sampler, stratum, words);
		for (size_t word = 0; word < (size_t) 1 << stratum->items; word++)
		{
			if (words[word] > 0)
				put_pattern(drawn, sampler, observed, word,
							(int64_t) words[word]);
			if (word % WORDS_PER_INTERRUPT_CHECK == 0)
				nk_check_interrupts();
		}
		return;
	}
	for (size_t c = 0; c < children; c++)
		words[c] = next_word(sampler);
	nk_sort_entries(words, children, 1, 1);
	for (size_t from = 0, to = 1; from < children; from = to++)
	{
		while (to < children && words[to] == words[from])
			to++;
		if (from % WORDS_PER_INTERRUPT_CHECK == 0)
			nk_check_interrupts();
		put_pattern(drawn, sampler, observed, words[from],
					(int64_t) (to - from));
	}
}

void
nk_lca_draw(const NkLcaData *data, const NkLcaParameters *model, int64_t seed,
			int32_t i, void *room, NkLcaData *drawn)
{
	Patterns	patterns = {.observed = room};
	Sampler		sampler;
	size_t		most;
	size_t		words;

	count_room(data, &most, &words);
	patterns.present = patterns.observed + most;
	patterns.words = patterns.present + most;
	patterns.weight = (double *) (patterns.words + words);
	begin(&sampler, model, seed, i);
	for (size_t first = 0; first < data->patterns;)
	{
		Stratum		stratum = stratum_from(data, first);
		uint64_t	rest = data->observed[first];

		sampler.observed = 0;
		for (; rest != 0; rest &= rest - 1)
			sampler.items[sampler.observed++] = __builtin_ctzll(rest);
		draw_stratum(&patterns, &sampler, &stratum, data->observed[first]);
		first = stratum.end;
	}
	*drawn = (NkLcaData) {
		.items = data->items,
		.patterns = patterns.count,
		.observed = patterns.observed,
		.present = patterns.present,
		.weight = patterns.weight
	};
	nk_lca_describe(drawn);
}
