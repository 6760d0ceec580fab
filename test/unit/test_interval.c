/*
 * test_interval.c - confidence intervals of one proportion.
 *
 * Values: test/reference/interval.tsv and published.tsv.  Bounds are held to 1e-12
 * relative.  Wald and Agresti-Coull bounds are a centre minus a half-width,
 * which cancel near 0 by definition: relative to the centre there.
 */
#include "interval.h"
#include "reference.h"
#include "summaries.h"

#define METHODS (NK_WALD + 1)

static void
test_values(void)
{
	Reference	table = reference_read("interval.tsv");
	Group		status = {.name = "status as expected"};
	Group		estimate = {.name = "estimate", .tolerance = 1e-15};
	Group		lower[METHODS];
	Group		upper[METHODS];
	char		names[METHODS][2][40];

	for (int i = 0; i < METHODS; i++)
	{
		snprintf(names[i][0], sizeof(names[i][0]), "%s lower",
				 nk_interval_methods[i]);
		snprintf(names[i][1], sizeof(names[i][1]), "%s upper",
				 nk_interval_methods[i]);
		lower[i] = (Group) {.name = names[i][0],.tolerance = 1e-12};
		upper[i] = (Group) {.name = names[i][1],.tolerance = 1e-12};
	}
	for (int row = 0; row < table.count; row++)
	{
		NkProportion p = make_proportion(reference_count(&table, row, "n"),
										 reference_count(&table, row, "events"));
		int			method = reference_choice(nk_interval_methods,
											  reference_text(&table, row, "method"));
		bool		centred = method == NK_WALD || method == NK_AGRESTI_COULL;
		NkInterval	got = {0, 0, 0};
		NkStatus	code;

		if (method < 0)
			reference_fail("no such method", reference_text(&table, row, "method"));
		code = nk_confint(&p, reference_number(&table, row, "conf_level"),
						  (NkIntervalMethod) method, &got);
		group_expect(&status, row, (int) code ==
					 reference_choice(status_names,
									  reference_text(&table, row, "status")));
		group_compare(&estimate, row, got.estimate,
					  reference_number(&table, row, "estimate"), 0);
		group_compare(&lower[method], row, got.lower,
					  reference_number(&table, row, "lower"),
					  centred ? got.estimate : 0);
		group_compare(&upper[method], row, got.upper,
					  reference_number(&table, row, "upper"), 0);
	}
	group_report(&status);
	group_report(&estimate);
	for (int i = 0; i < METHODS; i++)
	{
		group_report(&lower[i]);
		group_report(&upper[i]);
	}
	reference_free(&table);
}

static void
test_published(void)
{
	Reference	table = reference_read("published.tsv");
	Group		group = {.name = "published intervals, to the printed digit"};

	for (int row = 0; row < table.count; row++)
	{
		NkProportion p;
		NkInterval	got;

		if (!reference_is(&table, row, "function", "confint"))
			continue;
		p = make_proportion(reference_count(&table, row, "a"),
							reference_count(&table, row, "b"));
		nk_confint(&p, 0.95, (NkIntervalMethod)
				   reference_choice(nk_interval_methods,
									reference_text(&table, row, "method")),
				   &got);
		group_expect_printed(&group, &table, row,
							 reference_is(&table, row, "quantity", "lower") ?
							 got.lower : got.upper);
	}
	group_report(&group);
	reference_free(&table);
}

static void
test_conf_level(void)
{
	static const double bad[] = {0, 1, -0.5, 1.5, NAN, INFINITY, -INFINITY};
	NkProportion p = make_proportion(10, 3);
	Group		refused = {.name = "impossible conf_level is refused"};
	double		z;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		for (int method = 0; method < METHODS; method++)
		{
			NkInterval	got;

			group_expect(&refused, (int) i,
						 nk_critical_value(bad[i], &z) == NK_BAD_CONF_LEVEL &&
						 nk_confint(&p, bad[i], (NkIntervalMethod) method,
									&got) == NK_BAD_CONF_LEVEL);
		}
	group_report(&refused);
}

/*
 * What every method promises: bounds in [0, 1] around the estimate, children
 * without the fact mirror those with it, more confidence is never narrower.
 */
static void
test_properties(void)
{
	static const double levels[] = {0.5, 0.8, 0.95, 0.99, 0.9999};
	Group		order = {.name = "0 <= lower <= estimate <= upper <= 1"};
	Group		mirror = {.name = "non-events mirror events", .tolerance = 1e-12};
	Group		nested = {.name = "more confidence is not narrower"};
	Group		ends = {.name = "no events: lower 0; only events: upper 1"};
	Group		brick = {.name = "nk_wilson is the default method"};

	for (int method = 0; method < METHODS; method++)
		for (int i = 0; i < 400; i++)
		{
			NkProportion p = random_proportion(10000000);
			NkProportion q = make_proportion(p.n, p.n - p.events);
			NkInterval	before = {0, NAN, NAN};

			for (int level = 0; level < 5; level++)
			{
				NkInterval	a;
				NkInterval	b;
				NkInterval	w;
				double		z;

				nk_confint(&p, levels[level], (NkIntervalMethod) method, &a);
				nk_confint(&q, levels[level], (NkIntervalMethod) method, &b);
				group_expect(&order, i, 0 <= a.lower && a.lower <= a.estimate &&
							 a.estimate <= a.upper && a.upper <= 1);
				group_compare(&mirror, i, a.lower, 1 - b.upper, 1);
				group_compare(&mirror, i, a.upper, 1 - b.lower, 1);
				group_expect(&nested, i, !(a.lower > before.lower) &&
							 !(a.upper < before.upper));
				if (p.events == 0)
					group_expect(&ends, i, a.lower == 0);
				if (p.events == p.n)
					group_expect(&ends, i, a.upper == 1);
				if (method == NK_WILSON)
				{
					nk_critical_value(levels[level], &z);
					w = nk_wilson(&p, z);
					group_expect(&brick, i, w.estimate == a.estimate &&
								 w.lower == a.lower && w.upper == a.upper);
				}
				before = a;
			}
		}
	group_report(&order);
	group_report(&mirror);
	group_report(&nested);
	group_report(&ends);
	group_report(&brick);
}

int
main(void)
{
	static const char *const methods[] = {
		"wilson", "wilson-cc", "clopper-pearson", "mid-p", "jeffreys",
		"agresti-coull", "wald"
	};

	for (int i = 0; i < METHODS; i++)
		CHECK(reference_choice(nk_interval_methods, methods[i]) == i);
	CHECK(nk_interval_methods[METHODS] == NULL);
	test_conf_level();
	test_values();
	test_published();
	test_properties();
	return unit_report();
}
