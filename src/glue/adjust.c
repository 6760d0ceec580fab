/*
 * adjust.c - p_adjust, a window function
 *
 * The first row of a partition reads the p-values of all its rows and adjusts
 * them; the others pick their own.  Frame and order of the window have no say
 * in it: a family of tests is a partition.
 */
#include "glue.h"

#include "miscadmin.h"
#include "utils/memutils.h"
#include "windowapi.h"

#include "../kernel/adjust.h"

PG_FUNCTION_INFO_V1(nuso_p_adjust);

/* memory of a partition, zero before its first row */
typedef struct Family
{
	bool		adjusted;
	double		p[FLEXIBLE_ARRAY_MEMBER];
} Family;

static void
refuse_method(const char *problem)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("method of adjustment %s", problem),
			 errhint("One window has one family of tests and one method.")));
}

/* the text in the given row of the partition, which must not be NULL */
static text *
method_in_row(WindowObject window, int64 row)
{
	bool		is_null;
	bool		is_out;
	Datum		method = WinGetFuncArgInPartition(window, 1, (int) row,
												  WINDOW_SEEK_HEAD, false,
												  &is_null, &is_out);

	if (is_null)
		refuse_method("must not be NULL");
	return DatumGetTextPP(method);
}

static bool
same_text(const text *a, const text *b)
{
	return VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
}

/* NULL becomes NaN, which the kernel leaves out */
static double
p_in_row(WindowObject window, int64 row)
{
	bool		is_null;
	bool		is_out;
	Datum		p = WinGetFuncArgInPartition(window, 0, (int) row,
											 WINDOW_SEEK_HEAD, false,
											 &is_null, &is_out);

	if (is_null)
		return NK_UNDEFINED;
	if (isnan(DatumGetFloat8(p)))
		check_status(NK_BAD_PROBABILITY);
	return DatumGetFloat8(p);
}

static void
adjust_family(WindowObject window, Family *family, int64 rows)
{
	/* a copy: the slot that the row was read from takes the next one */
	text	   *method = DatumGetTextPCopy
		(PointerGetDatum(method_in_row(window, 0)));
	int			choice = choice_text(method, nk_adjust_methods,
									 "method of adjustment");
	size_t	   *order = palloc(rows * sizeof(*order));

	for (int64 row = 0; row < rows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!same_text(method, method_in_row(window, row)))
			refuse_method("must be the same in all rows of a partition");
		family->p[row] = p_in_row(window, row);
	}
	check_status(nk_adjust(family->p, rows, (NkAdjustMethod) choice,
						   family->p, order));
	family->adjusted = true;
	pfree(order);
	pfree(method);
}

/* nuso_p_adjust(p, method) OVER (...) */
Datum
nuso_p_adjust(PG_FUNCTION_ARGS)
{
	WindowObject window = PG_WINDOW_OBJECT();
	int64		rows = WinGetPartitionRowCount(window);
	Family	   *family;

	if (rows > (int64) ((MaxAllocSize - sizeof(Family)) / sizeof(double)))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many p-values in a partition")));
	family = WinGetPartitionLocalMemory(window, sizeof(Family) +
										rows * sizeof(double));
	if (!family->adjusted)
		adjust_family(window, family, rows);
	RETURN_FLOAT8(family->p[WinGetCurrentPosition(window)]);
}
