/*
 * test_crosstab.c - tables of counts (crosstab.c, crosstab_block.c): growth,
 * forms, and what the validator refuses
 *
 * What all kinds promise is tried in test_summary; here are tables beyond its
 * few labels, and blocks that nobody could have made by counting.
 */
#include "crosstab.h"
#include "summaries.h"

static NkText
text_of(const char *bytes)
{
	return (NkText) {bytes, (uint32_t) strlen(bytes)};
}

/* count one child as an aggregate does, in the state or a larger copy */
static NkCrosstab *
count_child(NkCrosstab *state, const char *row, const char *column)
{
	NkCrosstab *cell = calloc(1, 4096);
	size_t		size;

	nk_crosstab_make_cell(cell, text_of(row), text_of(column), 1);
	if (nk_crosstab_room(&state->header, &cell->header, &size) != NK_OK)
		abort();
	if (size > 0)
	{
		NkCrosstab *larger = calloc(1, size);

		nk_crosstab_rebuild(&state->header, &cell->header, &larger->header,
							size);
		free(state);
		state = larger;
	}
	if (nk_crosstab_merge(&state->header, &cell->header) != NK_OK)
		abort();
	free(cell);
	return state;
}

static NkCrosstab *
canonical(NkCrosstab *state)
{
	NkCrosstab *form = calloc(1, nk_crosstab_canonical_size(&state->header));

	nk_crosstab_canonicalise(&state->header, &form->header);
	free(state);
	return form;
}

static NkStatus
validate(const NkCrosstab *table)
{
	return nk_summary_validate(&table->header,
							   nk_crosstab_size(&table->header),
							   &nk_crosstab_kind);
}

static NkCrosstab *
new_table(void)
{
	NkCrosstab *table = calloc(1, nk_crosstab_kind.size);

	nk_summary_init(&table->header, &nk_crosstab_kind);
	return table;
}

static void
test_growth(void)
{
	NkCrosstab *table = new_table();
	NkLabelSet	rows;
	bool		right = true;
	char		row[16];
	char		column[16];

	for (int i = 0; i < 6000; i++)
	{
		sprintf(row, "%d", i % 150 * 37 % 150);
		sprintf(column, "c%d", i % 40);
		table = count_child(table, row, column);
	}
	CHECK(validate(table) == NK_OK);
	CHECK(table->row_places < 300 && table->column_places < 80);
	table = canonical(table);
	CHECK(validate(table) == NK_OK);
	CHECK(table->header.rows == 150 && table->header.columns == 40);
	CHECK(table->n == 6000);
	rows = nk_crosstab_rows(table);
	for (uint32_t i = 0; i < 150; i++)
		right &= nk_label_number(nk_label_text(&rows, i)) == i;
	CHECK(right);
	right = true;
	for (int i = 0; i < 600; i++)
	{
		sprintf(row, "%d", i % 150 * 37 % 150);
		sprintf(column, "c%d", i % 40);
		right &= *nk_crosstab_find(table, text_of(row), text_of(column)) == 10;
	}
	CHECK(right);
	CHECK(nk_crosstab_find(table, text_of("150"), text_of("c0")) == NULL);
	CHECK(nk_crosstab_find(table, text_of("0"), text_of("c40")) == NULL);
	free(table);
}

/* the limits hold for whatever a block says of itself */
static void
test_limits(void)
{
	NkCrosstab *table = new_table();
	size_t		size;

	/* what a block says of itself cannot lead out of a size */
	table->row_places = UINT32_MAX;
	table->column_places = UINT32_MAX;
	CHECK(nk_crosstab_size(&table->header) == 0);
	table->row_places = 2 * NK_CROSSTAB_CELLS;
	table->column_places = 4;
	CHECK(nk_crosstab_size(&table->header) == 0);
	table->row_places = table->column_places = 0;
	table->label_places = 12;
	CHECK(nk_crosstab_size(&table->header) == 0);
	table->label_places = 0;
	CHECK(nk_crosstab_size(&table->header) == nk_crosstab_kind.size);
	CHECK(nk_crosstab_room(&table->header, NULL, &size) == NK_OK && size > 0);
	free(table);
}

static void
test_refused(void)
{
	NkCrosstab *table = new_table();
	int64_t    *counts;

	table = count_child(table, "a", "x");
	table = count_child(table, "b", "y");
	table = canonical(table);
	counts = nk_crosstab_counts(table);
	CHECK(validate(table) == NK_OK && counts[0] == 1 && counts[1] == 0);
	counts[0] = -1;
	CHECK(validate(table) == NK_NEGATIVE_COUNT);
	counts[0] = INT64_MAX;
	CHECK(validate(table) == NK_OVERFLOW);
	counts[0] = 2;
	CHECK(validate(table) == NK_BAD_SUMMARY);	/* n is not the sum */
	table->n = 3;
	CHECK(validate(table) == NK_OK);
	counts[0] = 0;
	table->n = 1;
	CHECK(validate(table) == NK_BAD_SUMMARY);	/* a row of nobody */
	counts[0] = 1;
	table->n = 2;
	table->working = 2;
	CHECK(validate(table) == NK_BAD_SUMMARY);
	table->working = 0;
	table->label_bytes = UINT64_MAX;
	CHECK(validate(table) == NK_BAD_SUMMARY);
	free(table);
}

int
main(void)
{
	test_growth();
	test_limits();
	test_refused();
	return unit_report();
}
