/*
 * test_fisher.c - the test of a table of any size: which method runs, and
 * what it says.  The methods themselves: test_compare, test_freeman_halton,
 * test_patefield.
 */
#include "counts.h"
#include "exact.h"
#include "fisher.h"
#include "summaries.h"

static NkStatus
fisher(const char *text, int32_t replicates, int64_t seed, NkFisher *result)
{
	Counts		counts;
	void	   *memory;
	NkStatus	status;

	counts_read(&counts, text);
	memory = malloc(nk_fisher_memory(&counts.table, &counts.margins) + 1);
	status = nk_fisher_test(&counts.table, &counts.margins, replicates, seed,
							memory, result);
	free(memory);
	return status;
}

static void
test_methods(void)
{
	NkFisher	result;
	NkFisher	again;

	/* 2 x 2: exact, whatever lies around it */
	CHECK(fisher("3,1/1,3", 1, 1, &result) == NK_OK);
	CHECK(result.method == NK_FISHER_2X2 && result.replicates == 0);
	CHECK_CLOSE(result.p_value, 0.485714285714285714, 1e-15);
	CHECK(result.p_lower == result.p_value && result.p_upper == result.p_value);
	CHECK(fisher("0,0,0,0/0,2,0,10/0,15,0,3", 1, 1, &result) == NK_OK);
	CHECK(result.method == NK_FISHER_2X2);
	CHECK_CLOSE(result.p_value, 0.000536724119143, 1e-12);
	CHECK(fisher("1000000000,999000000/1000000000,1001000000", 99, 1,
				 &result) == NK_OK);
	CHECK(result.method == NK_FISHER_2X2 && result.p_value > 0);

	/* Agresti 2002, page 57 */
	CHECK(fisher("1,3,10,6/2,3,10,7/1,6,14,12/0,1,9,11", 9999, 1, &result) ==
		  NK_OK);
	CHECK(result.method == NK_FREEMAN_HALTON && result.replicates == 0);
	CHECK_CLOSE(result.p_value, 0.7826849389663948, 1e-14);

	/* what R gives up on ("FEXACT error 6") or takes a minute for: 7.196e-5 */
	CHECK(fisher("15,12,3,7/8,10,12,4/2,9,11,14/6,5,8,20", 99999, 1,
				 &result) == NK_OK);
	CHECK(result.method == NK_MONTE_CARLO && result.replicates == 99999);
	CHECK(result.p_lower < 7.196e-5 && result.p_upper > 7.196e-5);
	CHECK(result.p_lower < result.p_value && result.p_value < result.p_upper);
	CHECK(fisher("15,12,3,7/8,10,12,4/2,9,11,14/6,5,8,20", 99999, 1,
				 &again) == NK_OK);
	CHECK(again.p_value == result.p_value);
	CHECK(fisher("594,609,586,571,609/863,848,871,886,848", 9999, 7,
				 &result) == NK_OK);
	CHECK(fisher("594,609,586,571,609/863,848,871,886,848", 9999, 8,
				 &again) == NK_OK);
	CHECK(again.p_value != result.p_value);
	CHECK(again.p_lower < result.p_upper && result.p_lower < again.p_upper);

	/* beyond the table of factorials, up to where counts are exact */
	CHECK(fisher("700000000,900000000,1000000000/700010000,900000000,1000020000",
				 999, 1, &result) == NK_OK);
	CHECK(result.method == NK_MONTE_CARLO && result.p_value > 0.5);
	CHECK(fisher("4503599627370496,1,2/4503599627370496,3,4", 999, 1,
				 &result) == NK_NOT_CONVERGED);
	CHECK(isnan(result.p_value) && isnan(result.p_lower));
}

static void
test_thin(void)
{
	NkFisher	result;

	CHECK(fisher("0,0,0/0,0,0", 9999, 1, &result) == NK_EMPTY);
	CHECK(fisher("1,2,3", 9999, 1, &result) == NK_ZERO_MARGIN);
	CHECK(fisher("1/2/3", 9999, 1, &result) == NK_ZERO_MARGIN);
	CHECK(isnan(result.p_value) && isnan(result.p_lower) &&
		  isnan(result.p_upper) && result.replicates == 0);
	CHECK(fisher("9223372036854775807,1/2,3", 9999, 1, &result) ==
		  NK_OVERFLOW);
	CHECK(fisher("1,2/3,4", 0, 1, &result) == NK_BAD_REPLICATES);
	CHECK(fisher("1,2/3,4", -5, 1, &result) == NK_BAD_REPLICATES);

	/* everything as improbable as what was observed, or the only table */
	CHECK(fisher("1,1,1/1,1,1/1,1,1", 9999, 1, &result) == NK_OK);
	CHECK(result.p_value == 1);
	CHECK(fisher("1,0,0/0,1,0/0,0,1", 9999, 1, &result) == NK_OK);
	CHECK(result.p_value == 1);
}

/* tables of every shape and size: an answer that makes sense, always */
static void
test_any_table(void)
{
	int			odd = 0;

	for (int i = 0; i < 300; i++)
	{
		uint32_t	rows = 1 + (uint32_t) (random_bits() % 12);
		uint32_t	columns = 1 + (uint32_t) (random_bits() % 12);
		int64_t		most = (int64_t) 1 << random_bits() % 45;
		Counts		counts;
		NkFisher	result;
		NkStatus	status;
		void	   *memory;

		for (uint32_t cell = 0; cell < rows * columns; cell++)
			counts.cells[cell] = random_count(most);
		counts_ready(&counts, rows, columns);
		memory = malloc(nk_fisher_memory(&counts.table, &counts.margins) + 1);
		status = nk_fisher_test(&counts.table, &counts.margins, 99, i, memory,
								&result);
		free(memory);
		odd += status != NK_OK && status != counts.margins.status;
		odd += status == NK_OK &&
			!(result.p_value >= 0 && result.p_value <= 1 &&
			  result.p_lower >= 0 && result.p_lower <= result.p_value &&
			  result.p_upper <= 1 && result.p_upper >= result.p_value);
	}
	CHECK(odd == 0);
}

int
main(void)
{
	test_methods();
	test_thin();
	test_any_table();
	return unit_report();
}
