/*
 * configural.c - how often configurations of independent items are findings,
 * and how often one that is planted is found.
 */
#include "coverage.h"

#include "configural.h"

#define MOST_ITEMS	10

static const double shares[MOST_ITEMS] = {
	0.2, 0.3, 0.4, 0.5, 0.15, 0.1, 0.25, 0.35, 0.05, 0.45
};

/*
 * Children whose items are independent; a share of them, instead, has the
 * first three items and no other.
 */
static void
draw_table(int items, int64_t n, double planted, int64_t dataset,
		   int64_t *counts, NkConfigural *table)
{
	int64_t		place = 0;

	nk_configural_items(((int64_t) 1 << items) - 1, table);
	memset(counts, 0, nk_configurations(table) * sizeof(*counts));
	table->counts = counts;
	table->n = n;
	for (int64_t i = 0; i < n; i++)
	{
		size_t		which = 0;

		for (int j = 0; j < items; j++)
			if (nk_random_uniform(20240110 + items, (int32_t) dataset,
								  place++) < shares[j])
				which |= (size_t) 1 << j;
		if ((double) i < planted * (double) n)
			which = 7;
		counts[which]++;
		for (int j = 0; j < items; j++)
			table->with[j] += which >> j & 1;
	}
}

/* is there any finding at 5 % by Holm; is it the planted configuration? */
static bool
has_finding(const NkConfigural *table, NkConfiguralMethod method,
			bool *planted)
{
	double		adjusted[1 << MOST_ITEMS];
	size_t		order[1 << MOST_ITEMS];
	bool		found = false;

	nk_configural_adjusted(table, method, NK_HOLM, adjusted, order);
	for (size_t c = 0; c < nk_configurations(table); c++)
		found |= adjusted[c] <= 0.05;
	*planted = adjusted[7] <= 0.05;
	return found;
}

static void
run(int items, int64_t n, int64_t datasets, double lehmacher_high)
{
	static const char *const names[] = {
		"default", "lehmacher", "lehmacher-cc", "binomial"
	};
	int64_t		quiet[4] = {0};
	int64_t		found = 0;
	char		name[100];

	for (int64_t i = 0; i < datasets; i++)
	{
		int64_t		counts[1 << MOST_ITEMS];
		NkConfigural table;
		bool		planted;

		draw_table(items, n, 0, i, counts, &table);
		for (int m = NK_CONFIGURAL_AUTO; m <= NK_CONFIGURAL_BINOMIAL; m++)
			quiet[m] += !has_finding(&table, (NkConfiguralMethod) m, &planted);
		draw_table(items, n, 0.1, i, counts, &table);
		has_finding(&table, NK_CONFIGURAL_AUTO, &planted);
		found += planted;
	}
	for (int m = NK_CONFIGURAL_AUTO; m <= NK_CONFIGURAL_BINOMIAL; m++)
	{
		/* with the normal distribution alone, nothing is promised */
		bool		normal = m == NK_CONFIGURAL_LEHMACHER ||
			m == NK_CONFIGURAL_LEHMACHER_CC;

		snprintf(name, sizeof(name), "%d independent items, %s: no finding",
				 items, names[m]);
		coverage_row(name, n, datasets, quiet[m],
					 normal ? lehmacher_high : 0.945, 1);
	}
	snprintf(name, sizeof(name), "%d items, a tenth planted: found", items);
	coverage_row(name, n, datasets, found, 0.9, 1);
}

int
main(int argc, char **argv)
{
	coverage_begin(argc, argv);
	run(3, 200, coverage_datasets(10000, 500), 0.945);
	run(5, 500, coverage_datasets(5000, 200), 0);
	run(8, 5000, coverage_datasets(1000, 20), 0);
	run(10, 21858, coverage_datasets(300, 5), 0);
	return coverage_end();
}
