/*
 * test_broken_line.c - two lines that meet at an age.
 *
 * Values: test/reference/broken_line.tsv, of which the first row is the births
 * by mother's age of Geyer 1991 (J Am Stat Assoc 86:717), for which the package
 * segmented prints 31.08.
 */
#include "broken_line.h"

#include "reference.h"
#include "summaries.h"

static const char *const links[] = {"identity", "logit", NULL};

/* from text such as 0x1p+0,0x1p+2,0x1p+3;... */
static void
read_ages(const Reference *table, int row, NkAges *ages)
{
	const char *text = reference_text(table, row, "points");
	char	   *end = (char *) text;

	ages->link = (NkLink) reference_choice(links,
										   reference_text(table, row, "link"));
	for (ages->count = 0; *end != '\0'; ages->count++)
	{
		ages->x[ages->count] = strtod(text, &end);
		ages->y[ages->count] = strtod(end + 1, &end);
		ages->weight[ages->count] = strtod(end + 1, &end);
		text = end + 1;
	}
}

static void
test_reference(void)
{
	Reference	table = reference_read("broken_line.tsv");
	Group		psi = {.name = "age", .tolerance = 1e-12};
	Group		slopes = {.name = "level, slopes", .tolerance = 1e-12};
	Group		deviance = {.name = "deviance", .tolerance = 1e-12};
	Group		line = {.name = "straight line", .tolerance = 1e-12};
	Group		between = {.name = "lines meet at their age",
	.tolerance = 1e-11};

	for (int row = 0; row < table.count; row++)
	{
		NkAges		ages;
		NkBend		got;
		NkBend		there;

		read_ages(&table, row, &ages);
		nk_broken_line(&ages, &got);
		group_compare(&psi, row, got.x, reference_number(&table, row, "psi"),
					  1);
		group_compare(&slopes, row, got.level,
					  reference_number(&table, row, "level"), 0.01);
		group_compare(&slopes, row, got.before,
					  reference_number(&table, row, "before"), 0.01);
		group_compare(&slopes, row, got.after,
					  reference_number(&table, row, "after"), 0.01);
		group_compare(&deviance, row, got.deviance,
					  reference_number(&table, row, "deviance"), 1);
		nk_broken_line_at(&ages, got.x, &there);
		group_compare(&between, row, there.deviance, got.deviance, 1);
		nk_straight_line(&ages, &got);
		group_compare(&line, row, got.before,
					  reference_number(&table, row, "line_slope"), 0.01);
		group_compare(&line, row, got.deviance,
					  reference_number(&table, row, "line_deviance"), 0);
	}
	group_report(&psi);
	group_report(&slopes);
	group_report(&deviance);
	group_report(&between);
	group_report(&line);
	reference_free(&table);
}

/* random ages, some of which have no event and some nothing else */
static void
random_ages(NkAges *ages, NkLink link)
{
	ages->link = link;
	ages->count = 5 + (int) (random_bits() % 30);
	for (int i = 0; i < ages->count; i++)
	{
		uint64_t	n = 1 + random_bits() % 12;

		ages->x[i] = (i > 0 ? ages->x[i - 1] : 0) + 1 + random_bits() % 2;
		ages->weight[i] = (double) n;
		ages->y[i] = (double) (random_bits() % (n + 1));
		if (random_bits() % 3 == 0)
			ages->y[i] = 0;
	}
}

/*
 * No bend on a fine grid is better than the best; mirrored ages mirror it;
 * nothing is ever not a number.
 */
static void
test_best(void)
{
	Group		least = {.name = "the least deviance"};
	Group		mirrored = {.name = "mirrored", .tolerance = 1e-7};
	Group		finite = {.name = "finite"};

	for (int i = 0; i < 400; i++)
	{
		NkAges		ages;
		NkAges		mirror;
		NkBend		best;
		NkBend		other;

		random_ages(&ages, i % 2 == 0 ? NK_IDENTITY : NK_LOGIT);
		nk_broken_line(&ages, &best);
		group_expect(&finite, i, isfinite(best.x) && isfinite(best.deviance) &&
					 best.x >= nk_first_bend(&ages) &&
					 best.x <= nk_last_bend(&ages));
		for (int k = 0; k <= 60; k++)
		{
			double		x = nk_first_bend(&ages) +
				(nk_last_bend(&ages) - nk_first_bend(&ages)) * k / 60;

			nk_broken_line_at(&ages, x, &other);
			group_expect(&least, i, other.deviance >=
						 best.deviance - 1e-9 * (1 + best.deviance));
		}
		mirror = ages;
		for (int j = 0; j < ages.count; j++)
		{
			int			k = ages.count - 1 - j;

			mirror.x[j] = -ages.x[k];
			mirror.y[j] = ages.y[k];
			mirror.weight[j] = ages.weight[k];
		}
		nk_broken_line(&mirror, &other);
		group_compare(&mirrored, i, other.deviance, best.deviance, 1);
		if (!best.before_infinite && !best.after_infinite)
			group_compare(&mirrored, i, -other.after, best.before, 1);
	}
	group_report(&least);
	group_report(&mirrored);
	group_report(&finite);
}

/* events from some age on only: the slope to them grows for ever */
static void
test_separation(void)
{
	NkAges		ages = {.link = NK_LOGIT, .count = 12};
	NkBend		got;

	for (int i = 0; i < 12; i++)
	{
		ages.x[i] = i;
		ages.weight[i] = 20;
		ages.y[i] = i < 6 ? 0 : 10 + i % 3;
	}
	nk_broken_line(&ages, &got);
	CHECK(got.before_infinite && !got.after_infinite);
	/* a line so steep meets the other one just where the events begin */
	CHECK(isfinite(got.deviance) && got.x > 5 && got.x < 6.1);
	nk_straight_line(&ages, &got);
	CHECK(!got.before_infinite);
	for (int i = 6; i < 12; i++)
		ages.y[i] = 20;
	nk_straight_line(&ages, &got);
	CHECK(got.before_infinite && got.deviance < 1e-9);
}

int
main(void)
{
	test_reference();
	test_best();
	test_separation();
	return unit_report();
}
