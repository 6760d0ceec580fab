/*
 * test_configural.c - types and antitypes
 *
 * Values: test/reference/configural.tsv.
 */
#include "configural.h"
#include "reference.h"
#include "summaries.h"

#define MOST	64

/* counts of all configurations, as "3,1,0,7" */
static void
read_table(const char *text, int64_t *counts, NkConfigural *table)
{
	size_t		cells = 0;
	int			items = 0;
	char	   *end;

	for (;; text = end + 1)
	{
		counts[cells++] = strtoll(text, &end, 10);
		if (*end != ',' || cells == MOST)
			break;
	}
	while ((size_t) 1 << items < cells)
		items++;
	if (nk_configural_items(((int64_t) 1 << items) - 1, table) != NK_OK)
		abort();
	table->counts = counts;
	for (size_t c = 0; c < cells; c++)
	{
		table->n += counts[c];
		for (int j = 0; j < items; j++)
			table->with[j] += c >> j & 1 ? counts[c] : 0;
	}
}

static void
test_values(void)
{
	Reference	rows = reference_read("configural.tsv");
	Group		expected = {.name = "expected", .tolerance = 1e-14};
	Group		z = {.name = "z", .tolerance = 1e-12};
	Group		z_cc = {.name = "z, corrected", .tolerance = 1e-12};
	Group		p = {.name = "p", .tolerance = 1e-11};
	Group		binomial = {.name = "binomial p", .tolerance = 1e-11};
	Group		status = {.name = "status"};

	for (int row = 0; row < rows.count; row++)
	{
		size_t		which = (size_t) reference_count(&rows, row, "configuration");
		int64_t		counts[MOST];
		NkConfigural table;
		NkConfiguration plain;
		NkConfiguration corrected;
		NkConfiguration exact;

		read_table(reference_text(&rows, row, "counts"), counts, &table);
		plain = nk_configuration(&table, which, NK_CONFIGURAL_LEHMACHER);
		corrected = nk_configuration(&table, which, NK_CONFIGURAL_LEHMACHER_CC);
		exact = nk_configuration(&table, which, NK_CONFIGURAL_BINOMIAL);
		group_compare(&expected, row, plain.expected,
					  reference_number(&rows, row, "expected"), 0);
		/* a count close to its expectation leaves few digits */
		group_compare(&z, row, plain.statistic,
					  reference_number(&rows, row, "z"), 1e-12);
		group_compare(&z_cc, row, corrected.statistic,
					  reference_number(&rows, row, "z_cc"), 1e-12);
		group_compare(&p, row, plain.p_value,
					  reference_number(&rows, row, "p"), 0);
		group_compare(&p, row, corrected.p_value,
					  reference_number(&rows, row, "p_cc"), 0);
		group_compare(&binomial, row, exact.p_value,
					  reference_number(&rows, row, "p_binomial"), 0);
		group_expect(&status, row,
					 (plain.status == NK_OK) == !isnan(plain.p_value) &&
					 (plain.status == NK_OK ||
					  plain.status == NK_NO_VARIATION) &&
					 isnan(exact.statistic));
	}
	group_report(&expected);
	group_report(&z);
	group_report(&z_cc);
	group_report(&p);
	group_report(&binomial);
	group_report(&status);
	reference_free(&rows);
}

/* which children count, and where their configuration is in the masks */
static void
test_count(void)
{
	NkTally    *state = calloc(1, 4096);
	NkTally    *form = calloc(1, 4096);
	NkConfigural table;
	int64_t		counts[8];
	int64_t		all = (int64_t) 1 << 62 | 1 << 5 | 2;

	nk_summary_init(&state->header, &nk_patterns_kind);
	state->slots = 32;
	nk_patterns_add(state, INT64_MAX, INT64_MAX, 3);
	nk_patterns_add(state, 2, INT64_MAX, 4);
	nk_patterns_add(state, 3, all | 1, 5);
	nk_patterns_add(state, 2, 2, 6);		/* the others are unknown */
	nk_patterns_add(state, 0, 0, 7);
	nk_tally_canonicalise(&state->header, &form->header);

	CHECK(nk_configural_items(all, &table) == NK_OK && table.items == 3);
	nk_configural_count(form, counts, &table);
	CHECK(table.n == 12 && table.n_incomplete == 13);
	CHECK(counts[7] == 3 && counts[1] == 9 && counts[0] == 0);
	CHECK(table.with[0] == 12 && table.with[1] == 3 && table.with[2] == 3);
	CHECK(nk_configuration_mask(&table, 7) == all);
	CHECK(nk_configuration_mask(&table, 4) == (int64_t) 1 << 62);
	CHECK(nk_configuration_mask(&table, 0) == 0);

	CHECK(nk_configural_items(-1, &table) == NK_BAD_MASK);
	CHECK(nk_configural_items(0, &table) == NK_BAD_CONFIGURATION);
	CHECK(nk_configural_items(8, &table) == NK_BAD_CONFIGURATION);
	CHECK(nk_configural_items((1 << 20) - 1, &table) == NK_OK);
	CHECK(nk_configural_items((1 << 21) - 1, &table) == NK_BAD_CONFIGURATION);
	free(state);
	free(form);
}

/* adjusted over what can be tested; the method follows what is expected */
static void
test_family(void)
{
	int64_t		counts[8];
	double		adjusted[8];
	size_t		order[8];
	NkConfigural table;
	NkConfiguration one;

	read_table("0,12,10,1,15,4,3,20", counts, &table);
	CHECK(nk_configural_adjusted(&table, NK_CONFIGURAL_LEHMACHER,
								 NK_BONFERRONI, adjusted, order) == NK_OK);
	for (size_t c = 0; c < 8; c++)
		CHECK_CLOSE(adjusted[c],
					fmin(1, 8 * nk_configuration(&table, c,
												 NK_CONFIGURAL_LEHMACHER).p_value),
					1e-14);
	one = nk_configuration(&table, 7, NK_CONFIGURAL_AUTO);
	CHECK(one.method_used == NK_CONFIGURAL_LEHMACHER && one.expected > 10);
	one = nk_configuration(&table, 0, NK_CONFIGURAL_AUTO);
	CHECK(one.method_used == NK_CONFIGURAL_BINOMIAL && one.expected < 10);
	CHECK(one.n == 0 && one.ratio == 0);

	/* item 0 is in nobody: half of the configurations is not tested */
	read_table("9,0,2,0,1,0,14,0", counts, &table);
	CHECK(nk_configural_adjusted(&table, NK_CONFIGURAL_BINOMIAL,
								 NK_BONFERRONI, adjusted, order) == NK_OK);
	CHECK(isnan(adjusted[1]) && isnan(adjusted[7]));
	CHECK_CLOSE(adjusted[6],
				4 * nk_configuration(&table, 6, NK_CONFIGURAL_BINOMIAL).p_value,
				1e-14);
	one = nk_configuration(&table, 1, NK_CONFIGURAL_AUTO);
	CHECK(one.status == NK_NO_VARIATION && isnan(one.ratio));
}

int
main(void)
{
	test_values();
	test_count();
	test_family();
	return unit_report();
}
