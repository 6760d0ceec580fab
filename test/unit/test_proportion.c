/*
 * test_proportion.c - n children, events of whom have the fact: the share, the
 * rest of a whole, and what makes contents impossible.
 */
#include "proportion.h"
#include "summaries.h"

static NkStatus
validate(int64_t n, int64_t events)
{
	NkProportion p = make_proportion(n, events);

	return nk_summary_validate(&p.header, sizeof(p), &nk_proportion_kind);
}

static NkStatus
merge(int64_t n, int64_t events, int64_t more_n, int64_t more_events)
{
	NkProportion into = make_proportion(n, events);
	NkProportion from = make_proportion(more_n, more_events);

	return nk_proportion_kind.merge(&into.header, &from.header);
}

static NkStatus
rest(int64_t part_n, int64_t part_events, int64_t n, int64_t events)
{
	NkProportion part = make_proportion(part_n, part_events);
	NkProportion whole = make_proportion(n, events);
	NkProportion left = make_proportion(0, 0);
	NkStatus	status = nk_proportion_rest(&part, &whole, &left);

	/* the rest is a valid summary, and together with the part the whole */
	if (status == NK_OK &&
		(nk_summary_validate(&left.header, sizeof(left),
							 &nk_proportion_kind) != NK_OK ||
		 left.n + part.n != whole.n || left.events + part.events != whole.events))
		return NK_BAD_SUMMARY;
	return status;
}

static void
test_estimate(void)
{
	NkProportion none = make_proportion(0, 0);
	NkProportion half = make_proportion(2, 1);
	NkProportion all = make_proportion(INT64_MAX, INT64_MAX);

	CHECK(isnan(nk_proportion_estimate(&none)));
	CHECK(nk_proportion_estimate(&half) == 0.5);
	CHECK(nk_proportion_estimate(&all) == 1);
}

static void
test_validate(void)
{
	CHECK(validate(0, 0) == NK_OK);
	CHECK(validate(5, 0) == NK_OK);
	CHECK(validate(5, 5) == NK_OK);
	CHECK(validate(INT64_MAX, INT64_MAX) == NK_OK);
	CHECK(validate(5, 6) == NK_TOO_MANY_EVENTS);
	CHECK(validate(0, 1) == NK_TOO_MANY_EVENTS);
	CHECK(validate(5, -1) == NK_NEGATIVE_COUNT);
	CHECK(validate(-1, -1) == NK_NEGATIVE_COUNT);
	CHECK(validate(-1, 0) == NK_NEGATIVE_COUNT);
	CHECK(validate(INT64_MIN, INT64_MIN) == NK_NEGATIVE_COUNT);
}

static void
test_merge(void)
{
	CHECK(merge(3, 1, 4, 2) == NK_OK);
	CHECK(merge(INT64_MAX, 0, 0, 0) == NK_OK);
	CHECK(merge(INT64_MAX, 0, 1, 0) == NK_OVERFLOW);
	CHECK(merge(INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX) == NK_OVERFLOW);
}

static void
test_rest(void)
{
	NkProportion part = make_proportion(3, 1);
	NkProportion whole = make_proportion(10, 5);

	CHECK(rest(3, 1, 10, 5) == NK_OK);
	CHECK(rest(0, 0, 10, 5) == NK_OK);
	CHECK(rest(10, 5, 10, 5) == NK_OK);
	CHECK(rest(11, 5, 10, 5) == NK_NOT_CONTAINED);
	CHECK(rest(7, 6, 10, 5) == NK_NOT_CONTAINED);

	/* 9 children without the fact, and the whole has 5 of them */
	CHECK(rest(10, 1, 12, 7) == NK_NOT_CONTAINED);

	/* the result may take the place of the whole */
	CHECK(nk_proportion_rest(&part, &whole, &whole) == NK_OK);
	CHECK(whole.n == 7 && whole.events == 4);

	/* the operator refuses what the function refuses */
	part = make_proportion(10, 1);
	whole = make_proportion(12, 7);
	CHECK(nk_proportion_kind.subtract(&whole.header, &part.header) ==
		  NK_NOT_CONTAINED);
}

int
main(void)
{
	test_estimate();
	test_validate();
	test_merge();
	test_rest();
	return unit_report();
}
