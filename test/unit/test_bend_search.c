/*
 * test_bend_search.c - what a search for a bend finds by chance.
 *
 * Values: sums of squares of broken lines, and searches in data that are drawn
 * here, whose lines broken_line.c fits.
 */
#include "bend_search.h"

#include "random.h"
#include "reference.h"

#define AGES		18
#define SEARCHES	2000

static char scratch[1 << 20];

/* ages with weights that differ, and no gap */
static NkAges
some_ages(void)
{
	NkAges		ages = {.link = NK_IDENTITY, .count = AGES};

	for (int i = 0; i < AGES; i++)
	{
		ages.x[i] = i + (i > 6);
		ages.weight[i] = 40 + (i * 7) % 30;
	}
	return ages;
}

static double
normal(int64_t i)
{
	double		u = nk_random_uniform(7, 0, 2 * i) + 0x1p-54;

	return sqrt(-2 * log(u)) * cos(2 * M_PI *
								   nk_random_uniform(7, 0, 2 * i + 1));
}

/* y of one data set around two lines that meet at psi */
static void
draw(NkAges *ages, int64_t set, double psi, double before, double after)
{
	for (int i = 0; i < ages->count; i++)
		ages->y[i] = before * fmin(0, ages->x[i] - psi) +
			after * fmax(0, ages->x[i] - psi) +
			normal(set * AGES + i) / sqrt(ages->weight[i]);
}

/* what a bend at a place lowers the sum of squares by */
static void
test_rows(void)
{
	Group		gain = {.name = "squares explained", .tolerance = 1e-11};
	Group		largest = {.name = "the largest", .tolerance = 1e-11};
	NkAges		ages = some_ages();
	NkBendSearch search;

	CHECK(nk_bend_search_scratch(AGES) <= sizeof(scratch));
	nk_bend_search(&ages, ages.weight, NULL, INFINITY, scratch, &search);
	CHECK(search.places == 4 * (AGES - 3) + 1);
	CHECK(search.x[0] == nk_first_bend(&ages));
	CHECK(search.x[search.places - 1] == nk_last_bend(&ages));
	for (int set = 0; set < 20; set++)
	{
		NkBend		line;
		NkBend		bend;
		double		most = 0;

		draw(&ages, set, 9, 0.1, -0.1);
		nk_straight_line(&ages, &line);
		for (int place = 0; place < search.places; place++)
		{
			double		t = 0;

			for (int i = 0; i < AGES; i++)
				t += search.bend[place * AGES + i] * sqrt(ages.weight[i]) *
					ages.y[i];
			nk_broken_line_at(&ages, search.x[place], &bend);
			group_compare(&gain, set, t * t, line.deviance - bend.deviance,
						  line.deviance);
			most = fmax(most, fabs(t));
		}
		group_compare(&largest, set, nk_bend_search_largest(&search, &ages),
					  most, 0);
	}
	group_report(&gain);
	group_report(&largest);
}

/* how often searches where nothing is find a bend so large */
static void
test_p_value(void)
{
	Group		share = {.name = "searches with a smaller p", .tolerance = 0.2};
	NkAges		ages = some_ages();
	NkBendSearch search;
	double		levels[] = {0.5, 0.2, 0.1, 0.05};
	int			below[4] = {0};

	nk_bend_search(&ages, ages.weight, NULL, INFINITY, scratch, &search);
	for (int set = 0; set < SEARCHES; set++)
	{
		NkBend		line;
		NkBend		bend;
		double		p;

		draw(&ages, set, 0, 0, 0);
		nk_straight_line(&ages, &line);
		nk_broken_line(&ages, &bend);
		p = nk_bend_search_p_value(&search,
								   sqrt(line.deviance - bend.deviance));
		for (int i = 0; i < 4; i++)
			below[i] += p <= levels[i];
	}
	for (int i = 0; i < 4; i++)
		group_compare(&share, i, (double) below[i] / SEARCHES, levels[i], 0);
	group_report(&share);
	CHECK(nk_bend_search_p_value(&search, 0) == 1);
	CHECK(nk_bend_search_p_value(&search, 30) < 1e-190);
	CHECK(nk_bend_search_p_value(&search, 1e9) == 0);
}

/* the true place is rejected by its cut-off as rarely as it should be */
static void
test_cutoff(void)
{
	NkAges		ages = some_ages();
	NkBendSearch search;
	double		after[] = {0.01, 0.05, 0.2};
	int			place = 21;

	nk_bend_search(&ages, ages.weight, NULL, INFINITY, scratch, &search);
	nk_bend_search_draw(&search);
	for (int bend = 0; bend < 3; bend++)
	{
		int			kept = 0;

		for (int set = 0; set < SEARCHES / 4; set++)
		{
			NkBend		line;
			NkBend		best;
			NkBend		here;
			double		size;

			draw(&ages, set, search.x[place], 0, after[bend]);
			nk_straight_line(&ages, &line);
			nk_broken_line(&ages, &best);
			nk_broken_line_at(&ages, search.x[place], &here);
			size = sqrt(line.deviance - here.deviance);
			if (here.after < here.before)
				size = -size;
			kept += here.deviance - best.deviance <=
				nk_bend_search_cutoff(&search, place, size, 0.9, 1e-9);
		}
		/* places between those that are searched win a little more */
		CHECK(fabs(kept / (SEARCHES / 4.0) - 0.9) < 0.035);
	}
	/* a bend so sharp that no other place is near */
	CHECK(nk_bend_search_cutoff(&search, place, 1e9, 0.95, 3) == 3);
}

/* independent ages are a special case of a covariance */
static void
test_covariance(void)
{
	Group		same = {.name = "the same with a diagonal", .tolerance = 1e-9};
	NkAges		ages = some_ages();
	double		covariance[AGES * AGES] = {0};
	static char other_scratch[sizeof(scratch)];
	NkBendSearch search;
	NkBendSearch other;

	for (int i = 0; i < AGES; i++)
		covariance[i * AGES + i] = 1 / ages.weight[i];
	nk_bend_search(&ages, ages.weight, NULL, INFINITY, scratch, &search);
	nk_bend_search(&ages, ages.weight, covariance, INFINITY, other_scratch,
				   &other);
	draw(&ages, 1, 5, 0.3, -0.1);
	group_compare(&same, 0, nk_bend_search_largest(&other, &ages),
				  nk_bend_search_largest(&search, &ages), 0);
	group_compare(&same, 1, nk_bend_search_p_value(&other, 2.5),
				  nk_bend_search_p_value(&search, 2.5), 0);
	group_report(&same);
	/* four times the covariance halves the statistic */
	for (int i = 0; i < AGES * AGES; i++)
		covariance[i] *= 4;
	nk_bend_search(&ages, ages.weight, covariance, INFINITY, other_scratch,
				   &other);
	CHECK_CLOSE(2 * nk_bend_search_largest(&other, &ages),
				nk_bend_search_largest(&search, &ages), 1e-9);
	/* few degrees of freedom make the same bend more likely */
	nk_bend_search(&ages, ages.weight, covariance, 8, other_scratch, &other);
	CHECK(nk_bend_search_p_value(&other, 3) >
		  2 * nk_bend_search_p_value(&search, 3));
	nk_bend_search_draw(&other);
	CHECK(nk_bend_search_cutoff(&other, 20, 1, 0.95, 4) > 10);
}

int
main(void)
{
	test_rows();
	test_p_value();
	test_cutoff();
	test_covariance();
	return unit_report();
}
