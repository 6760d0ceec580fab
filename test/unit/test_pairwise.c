/*
 * test_pairwise.c - pairs of several proportions, and their letters (pairwise.c,
 * letters.c).
 *
 * Values: test/reference/pairwise.tsv; the smokers of Fleiss 1981 as R's
 * pairwise.prop.test has them.  Letters are compared with all largest sets of
 * groups of which no two differ.
 */
#include "pairwise.h"

#include "adjust.h"
#include "compare.h"
#include "group_lists.h"
#include "reference.h"

#define MOST_PAIRS	(MOST_GROUPS * (MOST_GROUPS - 1) / 2)

static NkPairwise pairs[MOST_PAIRS];
static double p[MOST_PAIRS];
static size_t order[MOST_PAIRS];

static void
test_reference(void)
{
	Reference	table = reference_read("pairwise.tsv");
	Group		status = {.name = "status as expected"};
	Group		z = {.name = "z", .tolerance = 1e-12};
	Group		p_value = {.name = "p", .tolerance = 1e-12};
	Group		adjusted = {.name = "p adjusted by Holm", .tolerance = 1e-12};
	Group		difference = {.name = "difference as in nk_compare"};

	for (int row = 0; row < table.count; row++)
	{
		NkProportion groups[MOST_GROUPS];
		size_t		count = read_groups(reference_text(&table, row, "groups"),
										groups);
		int64_t		place = reference_count(&table, row, "pair");
		const NkPairwise *pair = &pairs[place];
		NkComparison both;

		nk_pairwise(groups, count, 0.9, pairs, p, order);
		group_expect(&status, row, (int) pair->status ==
					 reference_choice(status_names,
									  reference_text(&table, row, "status")));
		group_compare(&z, row, pair->test.statistic,
					  reference_number(&table, row, "z"), 0);
		group_compare(&p_value, row, pair->test.p_value,
					  reference_number(&table, row, "p_value"), 0);
		group_compare(&adjusted, row, pair->p_adjusted,
					  reference_number(&table, row, "p_adjusted"), 0);
		nk_compare(&groups[pair->a], &groups[pair->b], 0.9, NK_TEST_PEARSON,
				   &both);
		group_expect(&difference, row,
					 unit_distance(pair->difference.estimate,
								   both.difference.estimate) == 0 &&
					 unit_distance(pair->difference.lower,
								   both.difference.lower) == 0 &&
					 unit_distance(pair->difference.upper,
								   both.difference.upper) == 0);
	}
	group_report(&status);
	group_report(&z);
	group_report(&p_value);
	group_report(&adjusted);
	group_report(&difference);
	reference_free(&table);
}

static void
test_published(void)
{
	static const double raw[] = {
		0.922320095734, 0.561587054061, 0.0113289604247, 0.484739246712,
		0.00714096227095, 0.0161432937786
	};
	static const double bonferroni[] = {
		1, 1, 0.0679737625481, 1, 0.0428457736257, 0.0968597626718
	};
	Group		printed = {.name = "smokers, as R prints them",
	.tolerance = 1e-11};
	NkProportion smokers[4];
	size_t		count = read_groups("83/86 90/93 129/136 70/82", smokers);

	nk_pairwise(smokers, count, 0.95, pairs, p, order);
	for (int i = 0; i < 6; i++)
	{
		group_compare(&printed, i, pairs[i].test.p_value, raw[i], 0);
		p[i] = pairs[i].test.p_value;
	}
	nk_adjust(p, 6, NK_BONFERRONI, p, order);
	for (int i = 0; i < 6; i++)
		group_compare(&printed, i, p[i], bonferroni[i], 0);
	group_report(&printed);
}

static void
test_bad_input(void)
{
	NkProportion groups[2] = {make_proportion(INT64_MAX, 1), make_proportion(1, 1)};

	CHECK(nk_pairwise(groups, 2, 0.95, pairs, p, order) == NK_OVERFLOW);
	CHECK(nk_pairwise(groups, 2, 1, pairs, p, order) == NK_BAD_CONF_LEVEL);
	CHECK(nk_pairwise(groups, 1, 1, pairs, p, order) == NK_BAD_CONF_LEVEL);
	CHECK(nk_pairwise(groups, 1, 0.95, pairs, p, order) == NK_OK);
	CHECK(nk_pairwise(groups, 0, 0.95, pairs, p, order) == NK_OK);
}

/* how many largest sets of groups there are of which no two differ */
static int
count_largest(const bool *differ, const bool *used, size_t count)
{
	int			largest = 0;

	for (uint64_t set = 1; set < (uint64_t) 1 << count; set++)
	{
		bool		agrees = true;
		bool		grows = false;

		for (size_t i = 0; i < count && agrees; i++)
			if (set >> i & 1)
			{
				agrees = used[i];
				for (size_t j = i + 1; j < count && agrees; j++)
					agrees = !(set >> j & 1) || !differ[i * count + j];
			}
		for (size_t i = 0; i < count && agrees && !grows; i++)
		{
			grows = used[i] && !(set >> i & 1);
			for (size_t j = 0; j < count && grows; j++)
				grows = !(set >> j & 1) ||
					!differ[(i < j ? i : j) * count + (i < j ? j : i)];
		}
		largest += agrees && !grows;
	}
	return largest;
}

/* whatever pairs differ, also where no shares could make them differ so */
static void
test_letters_of_any_pairs(void)
{
	Group		meaning = {.name = "a letter in common means no difference"};
	Group		number = {.name = "as many letters as largest sets"};
	uint64_t	scratch[NK_LETTER_SETS];

	for (int example = 0; example < 2000; example++)
	{
		size_t		count = 1 + random_bits() % 9;
		uint64_t	most = 1 + random_bits() % 10;
		NkProportion groups[9];
		bool		differ[81] = {false};
		bool		used[9];
		uint64_t	letters[9];
		uint64_t	all = 0;
		size_t		place = 0;
		int			expected;

		for (size_t i = 0; i < count; i++)
		{
			used[i] = random_bits() % 8 > 0;
			groups[i] = make_proportion(used[i] ? 10 : 0,
										used[i] ? (int64_t) (random_bits() % 11) : 0);
		}
		for (size_t i = 0; i < count; i++)
			for (size_t j = i + 1; j < count; j++, place++)
			{
				differ[i * count + j] = used[i] && used[j] &&
					random_bits() % 10 >= most;
				pairs[place] = (NkPairwise) {.a = i,.b = j,
					.p_adjusted = !used[i] || !used[j] ? NAN :
					differ[i * count + j] ? 0.049 : 0.05};
			}
		group_expect(&meaning, example,
					 nk_letters(groups, count, pairs, 0.05, letters,
								scratch) == NK_OK);
		for (size_t i = 0; i < count; i++)
		{
			all |= letters[i];
			group_expect(&meaning, example, (letters[i] != 0) == used[i]);
			for (size_t j = i + 1; j < count; j++)
				group_expect(&meaning, example, !used[i] || !used[j] ||
							 ((letters[i] & letters[j]) == 0) ==
							 differ[i * count + j]);
		}
		expected = count_largest(differ, used, count);
		group_expect(&number, example, all == ((uint64_t) 1 << expected) - 1);
	}
	group_report(&meaning);
	group_report(&number);
}

/* the group with the highest share has an a, and letters run downwards */
static void
test_letters_of_shares(void)
{
	NkProportion groups[MOST_GROUPS];
	uint64_t	scratch[NK_LETTER_SETS];
	uint64_t	letters[MOST_GROUPS];
	size_t		count = read_groups("20/100 80/100 50/100 0/0 65/100 78/100",
									groups);

	nk_pairwise(groups, count, 0.95, pairs, p, order);
	CHECK(nk_letters(groups, count, pairs, 0.05, letters, scratch) == NK_OK);
	/* 80, 78, 65: a; 65, 50: b; 20: c */
	CHECK(letters[1] == 1);
	CHECK(letters[5] == 1);
	CHECK(letters[4] == 3);
	CHECK(letters[2] == 2);
	CHECK(letters[0] == 4);
	CHECK(letters[3] == 0);

	/* everybody differs from everybody: one letter each, up to 52 */
	for (size_t i = 0; i < 53; i++)
		groups[i] = make_proportion(1000000000, (int64_t) (i * 18000000));
	nk_pairwise(groups, 52, 0.95, pairs, p, order);
	CHECK(nk_letters(groups, 52, pairs, 0.05, letters, scratch) == NK_OK);
	CHECK(letters[51] == 1 && letters[0] == (uint64_t) 1 << 51);
	nk_pairwise(groups, 53, 0.95, pairs, p, order);
	CHECK(nk_letters(groups, 53, pairs, 0.05, letters, scratch) == NK_NOT_CONVERGED);
	CHECK(nk_letters(groups, 0, pairs, 0.05, letters, scratch) == NK_OK);
}

int
main(void)
{
	test_reference();
	test_published();
	test_bad_input();
	test_letters_of_any_pairs();
	test_letters_of_shares();
	return unit_report();
}
