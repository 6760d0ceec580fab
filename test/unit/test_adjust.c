/*
 * test_adjust.c - families of p-values.
 *
 * Values: test/reference/adjust.tsv, whose first family is the example of
 * Benjamini and Hochberg 1995; what they and R print of it is checked as
 * printed.
 */
#include "adjust.h"
#include "reference.h"
#include "summaries.h"

#define FAMILY	100
#define MANY	1000000

static void
test_reference(void)
{
	Reference	table = reference_read("adjust.tsv");
	Group		values[] = {
		{.name = "holm", .tolerance = 1e-14},
		{.name = "hochberg", .tolerance = 1e-14},
		{.name = "bh", .tolerance = 1e-14},
		{.name = "by", .tolerance = 1e-14},
		{.name = "bonferroni", .tolerance = 1e-14}
	};
	Group		status = {.name = "status is ok"};
	int			row = 0;

	/* rows of one family and one method follow each other */
	while (row < table.count)
	{
		int64_t		family = reference_count(&table, row, "family");
		const char *method = reference_text(&table, row, "method");
		int			choice = reference_choice(nk_adjust_methods, method);
		double		p[FAMILY];
		size_t		order[FAMILY];
		size_t		n = 0;
		int			first = row;

		if (choice < 0)
			reference_fail("no such method", method);
		while (row < table.count &&
			   reference_count(&table, row, "family") == family &&
			   reference_is(&table, row, "method", method))
			p[n++] = reference_number(&table, row++, "p");
		group_expect(&status, first,
					 nk_adjust(p, n, (NkAdjustMethod) choice, p, order) == NK_OK);
		for (size_t i = 0; i < n; i++)
			group_compare(&values[choice], first + (int) i, p[i],
						  reference_number(&table, first + (int) i, "adjusted"),
						  0);
	}
	group_report(&status);
	for (int i = NK_HOLM; i <= NK_BONFERRONI; i++)
		group_report(&values[i]);
	reference_free(&table);
}

static void
test_published(void)
{
	static const double p[] = {
		1e-04, 4e-04, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459,
		0.324, 0.4262, 0.5719, 0.6528, 0.759, 1
	};
	static const double hochberg[] = {
		0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.2682, 0.2682, 0.2752, 0.3213,
		1, 1, 1, 1, 1, 1
	};
	static const double bh[] = {
		0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571428571,
		0.0638571428571, 0.0645, 0.0765, 0.486, 0.581181818182, 0.714875,
		0.753230769231, 0.813214285714, 1
	};
	static const double by[] = {
		0.00497734348984, 0.00995468697969, 0.0315231754357, 0.118211907884,
		0.200089208292, 0.211892622853, 0.211892622853, 0.214025770063,
		0.253844517982, 1, 1, 1, 1, 1, 1
	};
	Group		printed = {.name = "Benjamini and Hochberg 1995, to the digit",
	.tolerance = 1e-11};
	double		adjusted[15];
	size_t		order[15];

	nk_adjust(p, 15, NK_HOCHBERG, adjusted, order);
	for (int i = 0; i < 15; i++)
		group_compare(&printed, i, adjusted[i], hochberg[i], 0);
	nk_adjust(p, 15, NK_BENJAMINI_HOCHBERG, adjusted, order);
	for (int i = 0; i < 15; i++)
		group_compare(&printed, i, adjusted[i], bh[i], 0);
	nk_adjust(p, 15, NK_BENJAMINI_YEKUTIELI, adjusted, order);
	for (int i = 0; i < 15; i++)
		group_compare(&printed, i, adjusted[i], by[i], 0);
	group_report(&printed);
}

static void
test_bad_input(void)
{
	static const double bad[] = {-1e-300, 1.0000000000000002, -INFINITY,
	INFINITY, 2};
	size_t		order[2];
	double		adjusted[2] = {0, 0};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
	{
		double		p[] = {0.5, bad[i]};

		CHECK(nk_adjust(p, 2, NK_HOLM, adjusted, order) == NK_BAD_PROBABILITY);
	}
	CHECK(nk_adjust(NULL, 0, NK_HOLM, NULL, NULL) == NK_OK);
}

/*
 * A million values with many ties and gaps.  Whatever the method: an adjusted
 * value is at least p and at most Bonferroni's, keeps the order of the p, and
 * ties stay ties.  The known order between methods: hochberg <= holm, bh <= by,
 * bh <= hochberg.
 */
static void
test_many(void)
{
	double	   *p = malloc(MANY * sizeof(*p));
	double	   *adjusted[NK_BONFERRONI + 1];
	size_t	   *order = malloc(MANY * sizeof(*order));
	Group		bounds = {.name = "between p and bonferroni's"};
	Group		sorted = {.name = "the order of p is kept, ties stay ties"};
	Group		methods = {.name = "bh <= hochberg <= holm, bh <= by"};
	size_t		known;

	for (int i = 0; i < MANY; i++)
	{
		double		u = (double) (random_bits() >> 11) * 0x1p-53;

		p[i] = i % 10 == 0 ? NAN : i % 3 == 0 ? round(u * 1000) / 1000 :
			pow(u, 8);
	}
	for (int method = NK_HOLM; method <= NK_BONFERRONI; method++)
	{
		adjusted[method] = malloc(MANY * sizeof(*p));
		unit_interrupt_checks = 0;
		nk_adjust(p, MANY, (NkAdjustMethod) method, adjusted[method], order);
		CHECK(unit_interrupt_checks > 100);
		known = MANY - MANY / 10;
		for (size_t i = 0; i < known; i++)
		{
			size_t		here = order[i];
			double		value = adjusted[method][here];

			group_expect(&bounds, (int) here, value >= p[here] &&
						 value <= fmin(1, (double) known * p[here]));
			if (i == 0)
				continue;
			group_expect(&sorted, (int) here, p[here] >= p[order[i - 1]] &&
						 value >= adjusted[method][order[i - 1]]);
			if (p[here] == p[order[i - 1]])
				group_expect(&sorted, (int) here,
							 value == adjusted[method][order[i - 1]]);
		}
	}
	for (int i = 0; i < MANY; i++)
	{
		double		bh = adjusted[NK_BENJAMINI_HOCHBERG][i];

		group_expect(&bounds, i, isnan(p[i]) == isnan(bh));
		if (!isnan(p[i]))
			group_expect(&methods, i, bh <= adjusted[NK_HOCHBERG][i] &&
						 adjusted[NK_HOCHBERG][i] <= adjusted[NK_HOLM][i] &&
						 bh <= adjusted[NK_BENJAMINI_YEKUTIELI][i]);
	}
	group_report(&bounds);
	group_report(&sorted);
	group_report(&methods);
	for (int method = NK_HOLM; method <= NK_BONFERRONI; method++)
		free(adjusted[method]);
	free(order);
	free(p);
}

int
main(void)
{
	test_reference();
	test_published();
	test_bad_input();
	test_many();
	return unit_report();
}
