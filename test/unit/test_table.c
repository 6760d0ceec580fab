/*
 * test_table.c - totals of a table of counts
 */
#include "counts.h"
#include "table.h"

static NkStatus
status_of(const char *text)
{
	Counts		counts;

	counts_read(&counts, text);
	return counts.margins.status;
}

int
main(void)
{
	Counts		counts;

	counts_read(&counts, "1,2,0/0,0,0/3,4,0");
	CHECK(counts.margins.n == 10);
	CHECK(counts.margins.rows[0] == 3 && counts.margins.rows[1] == 0 &&
		  counts.margins.rows[2] == 7);
	CHECK(counts.margins.columns[0] == 4 && counts.margins.columns[1] == 6 &&
		  counts.margins.columns[2] == 0);
	CHECK(counts.margins.used_rows == 2 && counts.margins.used_columns == 2);
	CHECK(nk_table_df(&counts.margins) == 1);
	CHECK(nk_count(&counts.table, 2, 1) == 4);
	CHECK(nk_expected(&counts.margins, 2, 1) == 4.2);
	CHECK_CLOSE(nk_surplus(&counts.table, &counts.margins, 2, 1), -0.2, 0);
	CHECK(nk_totals(&counts.table) == 6);

	/* what is left of 63 bits when two products cancel */
	counts_read(&counts, "3074457345618258602,3074457345618258603/"
				"1537228672809129301,1537228672809129301");
	CHECK_CLOSE(nk_surplus(&counts.table, &counts.margins, 1, 0),
				1.0 / 6, 1e-15);

	CHECK(status_of("1,2/3,4") == NK_OK);
	CHECK(status_of("0,0/0,0") == NK_EMPTY);
	CHECK(status_of("0") == NK_EMPTY);
	CHECK(status_of("7") == NK_ZERO_MARGIN);
	CHECK(status_of("1,2,3") == NK_ZERO_MARGIN);
	CHECK(status_of("1,2/0,0") == NK_ZERO_MARGIN);
	CHECK(status_of("1,0/2,0") == NK_ZERO_MARGIN);
	CHECK(status_of("9223372036854775807,0/0,0") == NK_ZERO_MARGIN);
	CHECK(status_of("9223372036854775807,0/0,1") == NK_OVERFLOW);
	CHECK(status_of("9223372036854775807,1/0,0") == NK_OVERFLOW);
	CHECK(status_of("9223372036854775807,0/1,0") == NK_OVERFLOW);
	return unit_report();
}
