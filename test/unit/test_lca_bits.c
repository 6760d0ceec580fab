/*
 * test_lca_bits.c - a fit of latent classes has the same bits on every machine
 *
 * The E-step is compiled for several kinds of processors, and so are some
 * functions of the C library, which choose when a program starts.  This one
 * starts itself again with the library's choices taken away, and compares every
 * digit of several fits.  "make bits" compares what other flags of the compiler
 * make of it: with the argument "print" the program prints its digits.
 */
#include "random.h"
#include "response_patterns.h"

#define MOST_TEXT 1000000

typedef struct Case
{
	size_t		children;
	int			items;
	int			classes;
	double		missing;
	double		pseudo_count;
} Case;

static const Case cases[] = {
	{300, 4, 2, 0, 0},
	{900, 7, 3, 0, 0},
	{2000, 9, 5, 0.1, 0},
	{1500, 16, 4, 0, 0.01},
	{1200, 24, 15, 0, 0},
	{800, 33, 8, 0.3, 0},
	{600, 63, 9, 0, 0},
};

/* children of classes that differ, every one with count 1 but for the equal */
static NkTally *
draw(const Case *c, int stream)
{
	NkTally    *tally = patterns_empty(c->children);
	NkTally    *distinct = patterns_empty(c->children);

	for (size_t i = 0; i < c->children; i++)
	{
		int64_t		at = (int64_t) i * 1000;
		int64_t		k = nk_random_below(7, stream, at, c->classes);
		uint64_t	present = 0;
		uint64_t	observed = 0;

		for (int j = 0; j < c->items; j++)
		{
			double		p = nk_random_uniform(7, stream + 1, 100 * k + j);

			if (nk_random_uniform(7, stream, at + 1 + j) < p)
				present |= UINT64_C(1) << j;
			if (nk_random_uniform(7, stream, at + 501 + j) >= c->missing)
				observed |= UINT64_C(1) << j;
		}
		patterns_put(tally, observed, present & observed, 1);
	}
	nk_sort_entries(tally->words, tally->header.rows, 3, 2);
	for (size_t i = 0; i < tally->header.rows; i++)
	{
		const uint64_t *entry = tally->words + 3 * i;

		if (i > 0 && entry[0] == entry[-3] && entry[1] == entry[-2])
			distinct->words[3 * distinct->header.rows - 1]++;
		else
			patterns_put(distinct, entry[0], entry[1], 1);
	}
	free(tally);
	return distinct;
}

static void
print_fit(const Case *c, int stream)
{
	NkLcaSettings settings = {
		.starts = 3, .finish = 2, .seed = 5, .tolerance = 1e-9,
		.max_iterations = 400, .pseudo_count = c->pseudo_count
	};
	NkTally    *tally = draw(c, stream);
	NkLcaData	data = patterns_data(tally, c->items);
	NkLcaParameters parameters = patterns_parameters(c->classes, c->items);
	void	   *room = patterns_room(nk_lca_fit_size(&data, c->classes,
													 &settings));
	NkLcaStatistics statistics;
	NkLcaFit	fit;

	nk_lca_fit(&data, &settings, room, &parameters, &fit);
	nk_lca_statistics(&data, &parameters, room, &statistics);
	printf("%zu patterns, %d classes: %a %d %" PRId64 " %d\n", data.patterns,
		   c->classes, fit.log_likelihood, fit.at_best, fit.all_iterations,
		   fit.converged);
	for (int k = 0; k < c->classes; k++)
	{
		printf(" %a:", parameters.share[k]);
		for (int j = 0; j < c->items; j++)
			printf(" %a", parameters.probability[k * c->items + j]);
		printf("\n");
	}
	/* these rest on the logarithm of the C library alone */
	printf(" %a %a %a\n", statistics.aic, statistics.entropy,
		   statistics.mean_posterior);
	free(tally);
	free(room);
}

static void
print_all(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		print_fit(&cases[i], 10 * (int) (i + 1));
}

/* what the program prints, started again in an environment */
static char *
printed(const char *program, const char *environment)
{
	char		command[2000];
	char	   *text = patterns_room(MOST_TEXT);
	FILE	   *pipe;

	snprintf(command, sizeof(command), "%s '%s' print", environment, program);
	pipe = popen(command, "r");
	if (pipe == NULL)
		exit(EXIT_FAILURE);
	text[fread(text, 1, MOST_TEXT, pipe)] = '\0';
	if (pclose(pipe) != 0)
		text[0] = '\0';
	return text;
}

int
main(int argc, char **argv)
{
	char	   *all;
	char	   *without_fma;
	char	   *without_avx2;

	if (argc > 1 && strcmp(argv[1], "print") == 0)
	{
		print_all();
		return EXIT_SUCCESS;
	}
	all = printed(argv[0], "");
	without_fma = printed(argv[0],
						  "GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-FMA4");
	without_avx2 = printed(argv[0], "GLIBC_TUNABLES=glibc.cpu.hwcaps="
						   "-AVX2,-FMA,-FMA4,-AVX512F,-AVX2_Usable,-FMA_Usable");
	CHECK(strlen(all) > 10000);
	CHECK(strcmp(all, without_fma) == 0);
	CHECK(strcmp(all, without_avx2) == 0);
	free(all);
	free(without_fma);
	free(without_avx2);
	return unit_report();
}
