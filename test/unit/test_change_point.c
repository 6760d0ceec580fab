/*
 * test_change_point.c - an age at which a slope changes.
 *
 * Values: births by mother's age (Geyer 1991, J Am Stat Assoc 86:717) with 40
 * digits; gaps whose bend is known.
 */
#include "change_point.h"

#include "broken_line.h"
#include "reference.h"
#include "summaries.h"

static char scratch[2 << 20];

static const NkShareAge down[] = {
	{17.0, 13555, 16}, {18.5, 13675, 15}, {19.5, 18752, 16},
	{20.5, 22005, 22}, {21.5, 23896, 16}, {22.5, 24667, 12},
	{23.5, 24807, 17}, {24.5, 23986, 22}, {25.5, 22860, 15},
	{26.5, 21450, 14}, {27.5, 19202, 27}, {28.5, 17450, 14},
	{29.5, 15685, 9}, {30.5, 13954, 12}, {31.5, 11987, 12},
	{32.5, 10983, 18}, {33.5, 9825, 13}, {34.5, 8483, 11},
	{35.5, 7448, 23}, {36.5, 6628, 13}, {37.5, 5780, 17},
	{38.5, 4834, 15}, {39.5, 3961, 30}, {40.5, 2952, 31},
	{41.5, 2276, 33}, {42.5, 1589, 20}, {43.5, 1018, 16},
	{44.5, 596, 22}, {45.5, 327, 11}, {47.0, 249, 7}
};

static void
test_published(void)
{
	NkChangePoint got;

	CHECK(nk_change_point_scratch(NK_BROKEN_LINE_MOST) <= sizeof(scratch));
	CHECK(nk_share_change_point(down, 30, 0.95, scratch, &got) == NK_OK);
	CHECK_CLOSE(got.age.estimate, 31.0811514392, 1e-11);
	CHECK_CLOSE(got.slope_before, -0.0134103663590, 1e-11);
	CHECK_CLOSE(got.slope_after, 0.274221240629 - 0.0134103663590, 1e-11);
	CHECK_CLOSE(got.statistic, 183.86184012 - 43.9386752284, 1e-10);
	CHECK(got.method == NK_BROKEN_LOGIT);
	/* chi-square's would be 29.454 to 33.422, Wald's 29.662 to 32.501 */
	CHECK(got.age.lower > 29 && got.age.lower < 29.46);
	CHECK(got.age.upper > 33.42 && got.age.upper < 34);
	CHECK(got.p_value > 0 && got.p_value < 1e-29);
}

/* so many children at each age, of whom one in ten decided without the fact */
static NkAgeCurve
bent_curve(int64_t n, double psi, double before, double after)
{
	NkAgeCurve	curve = make_curve();

	for (int age = 0; age < 18; age++)
	{
		double		gap = 0.4 + before * fmin(0, age - psi) +
			after * fmax(0, age - psi);

		curve.cells[age][NK_DECIDED] = n / 10;
		curve.cells[age][NK_IDENTIFIED] = (int64_t) (gap * (double) n) + n / 10;
		curve.cells[age][0] = n - 2 * (n / 10) - (int64_t) (gap * (double) n);
	}
	return curve;
}

static NkStatus
ask(const NkAgeCurve *curve, double conf_level, NkChangePoint *got)
{
	NkGaps		gaps;

	nk_gaps(curve, NK_GAP_IDENTIFIED, &gaps);
	return nk_gap_change_point(&gaps, conf_level, scratch, got);
}

/* where the bend is known and children are many */
static void
test_known(void)
{
	NkAgeCurve	curve = bent_curve(1000000000, 11.25, -0.02, 0.01);
	NkChangePoint got;
	NkChangePoint more;
	NkChangePoint other;

	CHECK(ask(&curve, 0.95, &got) == NK_OK);
	CHECK_CLOSE(got.age.estimate, 11.25, 1e-6);
	CHECK_CLOSE(got.slope_before, -0.02, 1e-6);
	CHECK_CLOSE(got.slope_after, 0.01, 1e-6);
	CHECK(got.age.lower < 11.25 && got.age.upper > 11.25);
	CHECK(got.age.upper - got.age.lower < 0.02);
	CHECK(got.p_value == 0);

	/* fewer children: wider, higher levels wider still */
	curve = bent_curve(2000, 11.25, -0.02, 0.01);
	CHECK(ask(&curve, 0.9, &got) == NK_OK);
	CHECK(ask(&curve, 0.99, &more) == NK_OK);
	CHECK(more.age.estimate == got.age.estimate);
	CHECK(more.age.lower < got.age.lower && more.age.upper > got.age.upper);
	CHECK(ask(&curve, 0.9, &other) == NK_OK &&
		  memcmp(&other.age, &got.age, sizeof(got.age)) == 0);
	CHECK(ask(&curve, 1e-12, &other) == NK_OK &&
		  other.age.lower <= other.age.estimate &&
		  other.age.upper >= other.age.estimate);

	/* a weak bend near the end: the interval reaches the edge */
	curve = bent_curve(1500, 15.5, -0.01, 0.06);
	CHECK(ask(&curve, 0.95, &got) == NK_OK);
	CHECK(got.method == NK_BROKEN_LINE_EDGE && got.age.upper == 16);

	/* no bend, to the last child */
	curve = bent_curve(100000, 9, 0.01, 0.01);
	CHECK(ask(&curve, 0.95, &got) == NK_NO_CHANGE);
	CHECK(isnan(got.age.estimate) && isnan(got.age.lower));
	CHECK_CLOSE(got.slope_before, 0.01, 1e-6);
	CHECK(got.slope_after == got.slope_before);
	CHECK(got.p_value > 0.9 && got.p_value <= 1);
}

/* what is too little, and what is no setting */
static void
test_thin(void)
{
	NkAgeCurve	curve = make_curve();
	NkChangePoint got;
	NkShareAge	ages[10];

	CHECK(ask(&curve, 0.95, &got) == NK_EMPTY);
	CHECK(ask(&curve, 1, &got) == NK_BAD_CONF_LEVEL);
	CHECK(ask(&curve, NAN, &got) == NK_BAD_CONF_LEVEL);
	curve.cells[3][NK_IDENTIFIED] = 4;
	CHECK(ask(&curve, 0.95, &got) == NK_TOO_FEW);
	CHECK(isnan(got.p_value) && isnan(got.slope_before));
	for (int age = 0; age < 12; age++)
		curve.cells[age][NK_IDENTIFIED] = 1000000000;
	/* all gaps are 1, then all are 0 */
	CHECK(ask(&curve, 0.95, &got) == NK_NO_VARIATION);
	for (int age = 0; age < 12; age++)
	{
		curve.cells[age][NK_IDENTIFIED] = 0;
		curve.cells[age][0] = 7;
	}
	CHECK(ask(&curve, 0.95, &got) == NK_NO_VARIATION);
	/* gaps of 0 with children who differ; one child other than all others */
	for (int age = 0; age < 12; age++)
		curve.cells[age][NK_IDENTIFIED] = curve.cells[age][NK_DECIDED] = 2;
	CHECK(ask(&curve, 0.95, &got) == NK_NO_CHANGE && got.slope_before == 0);
	for (int age = 0; age < 12; age++)
		curve.cells[age][NK_IDENTIFIED] = curve.cells[age][NK_DECIDED] =
			age == 4;
	CHECK(ask(&curve, 0.95, &got) == NK_NO_CHANGE);
	CHECK(isfinite(got.p_value) && isfinite(got.slope_after));
	/* gaps of exactly 1 and exactly -1 */
	for (int age = 0; age < 12; age++)
	{
		curve.cells[age][0] = 0;
		curve.cells[age][NK_IDENTIFIED] = age < 6 ? 1000 : 0;
		curve.cells[age][NK_DECIDED] = age < 6 ? 0 : 1000000000;
	}
	CHECK(ask(&curve, 0.95, &got) == NK_OK);
	CHECK(isfinite(got.age.lower) && isfinite(got.age.upper));

	CHECK(nk_share_change_point(ages, 0, 0.95, scratch, &got) == NK_EMPTY);
	CHECK(nk_share_change_point(ages, 129, 0.95, scratch, &got) ==
		  NK_BAD_AGES);
	for (int i = 0; i < 10; i++)
		ages[i] = (NkShareAge) {i, 10, 0};
	CHECK(nk_share_change_point(ages, 10, 0.95, scratch, &got) ==
		  NK_ZERO_MARGIN);
	CHECK(nk_share_change_point(ages, 10, 0, scratch, &got) ==
		  NK_BAD_CONF_LEVEL);
	ages[9].events = 10;
	CHECK(nk_share_change_point(ages, 4, 0.95, scratch, &got) ==
		  NK_ZERO_MARGIN);
	CHECK(nk_share_change_point(ages + 6, 4, 0.95, scratch, &got) ==
		  NK_TOO_FEW);
	CHECK(nk_share_change_point(ages, 10, 0.95, scratch, &got) ==
		  NK_SEPARATION);
	CHECK(isfinite(got.p_value) && got.p_value > 0.5);
	/* none before an age, half of the children from it on */
	for (int i = 0; i < 10; i++)
		ages[i] = (NkShareAge) {i, 30, i < 5 ? 0 : 14 + i % 3};
	CHECK(nk_share_change_point(ages, 10, 0.95, scratch, &got) ==
		  NK_SEPARATION);
	CHECK(isnan(got.slope_before) && isfinite(got.slope_after));
	CHECK(got.age.lower >= 1 && got.age.lower <= got.age.estimate &&
		  got.age.upper >= got.age.estimate && got.age.upper <= 8);
}

/* a covariance takes the place of variances */
static void
test_clusters(void)
{
	NkAgeCurve	curve = bent_curve(2000, 11.25, -0.02, 0.01);
	NkGaps		gaps;
	NkChangePoint alone;
	NkChangePoint got;
	NkChangePoint wider;

	nk_gaps(&curve, NK_GAP_IDENTIFIED, &gaps);
	CHECK(nk_gap_change_point(&gaps, 0.95, scratch, &alone) == NK_OK);
	/* endlessly many clusters whose ages do not go together */
	gaps.clustered = true;
	gaps.df = 1e9;
	for (int i = 0; i < 18; i++)
		gaps.covariance[i * 18 + i] = gaps.at[i].variance;
	CHECK(nk_gap_change_point(&gaps, 0.95, scratch, &got) == NK_OK);
	CHECK_CLOSE(got.age.estimate, alone.age.estimate, 1e-3);
	CHECK_CLOSE(got.age.lower, alone.age.lower, 0.01);
	CHECK_CLOSE(got.age.upper, alone.age.upper, 0.01);
	CHECK_CLOSE(got.statistic, alone.statistic, 0.02);
	CHECK(got.method == alone.method);
	/* a quarter of the information */
	for (int i = 0; i < 18; i++)
		gaps.covariance[i * 18 + i] *= 4;
	CHECK(nk_gap_change_point(&gaps, 0.95, scratch, &wider) == NK_OK);
	CHECK_CLOSE(4 * wider.statistic, got.statistic, 1e-9);
	CHECK(wider.age.estimate == got.age.estimate);
	CHECK(wider.age.upper - wider.age.lower >
		  1.6 * (got.age.upper - got.age.lower));
	/* few clusters: less sure */
	gaps.df = 6;
	CHECK(nk_gap_change_point(&gaps, 0.95, scratch, &got) == NK_OK);
	CHECK(got.p_value > 10 * wider.p_value);
	CHECK(got.age.upper - got.age.lower > wider.age.upper - wider.age.lower);
	/* ages that all go up and down together say nothing against a bend */
	for (int i = 0; i < 18 * 18; i++)
		gaps.covariance[i] = 1e-4;
	CHECK(nk_gap_change_point(&gaps, 0.95, scratch, &got) == NK_OK);
	CHECK(got.p_value < 1e-3 && got.age.lower <= got.age.estimate &&
		  got.age.upper >= got.age.estimate);
	/* no cluster differs from another */
	for (int i = 0; i < 18 * 18; i++)
		gaps.covariance[i] = 0;
	CHECK(nk_gap_change_point(&gaps, 0.95, scratch, &got) == NK_NO_VARIATION);
	CHECK(isnan(got.p_value) && isnan(got.statistic));
}

/* anything that may come, and the invariance that it must have */
static void
test_random(void)
{
	Group		finite = {.name = "finite where ok"};
	Group		inside = {.name = "the estimate inside its bounds"};
	Group		mirrored = {.name = "facts that change places",
	.tolerance = 1e-9};
	Group		shares = {.name = "shares: the other event", .tolerance = 1e-6};

	for (int i = 0; i < 400; i++)
	{
		NkAgeCurve	curve = make_curve();
		NkAgeCurve	mirror = make_curve();
		NkShareAge	ages[18];
		NkShareAge	others[18];
		NkChangePoint got;
		NkChangePoint other;
		NkStatus	status;

		for (int age = 0; age < 18; age++)
		{
			uint64_t	size = random_bits() % 4 == 0 ? 1000000000 : 9;

			for (int cell = 0; cell < 3; cell++)
				curve.cells[age][(int[]) {0, NK_IDENTIFIED, NK_DECIDED}[cell]] =
					random_bits() % 3 == 0 ? 0 :
					(int64_t) (random_bits() % size);
			mirror.cells[age][0] = curve.cells[age][0];
			mirror.cells[age][NK_IDENTIFIED] = curve.cells[age][NK_DECIDED];
			mirror.cells[age][NK_DECIDED] = curve.cells[age][NK_IDENTIFIED];
			ages[age].age = others[age].age = age;
			ages[age].n = others[age].n = 1 + (int64_t) (random_bits() % size);
			ages[age].events = random_bits() % 3 == 0 ? 0 :
				(int64_t) (random_bits() % (uint64_t) ages[age].n);
			others[age].events = ages[age].n - ages[age].events;
		}
		status = ask(&curve, 0.95, &got);
		group_expect(&finite, i, status == NK_OK || status == NK_NO_CHANGE);
		if (status == NK_OK)
			group_expect(&inside, i, got.age.lower <= got.age.estimate &&
						 got.age.upper >= got.age.estimate &&
						 isfinite(got.slope_before + got.slope_after));
		ask(&mirror, 0.95, &other);
		group_compare(&mirrored, i, other.age.estimate, got.age.estimate, 1);
		group_compare(&mirrored, i, -other.slope_before, got.slope_before, 1);
		group_compare(&mirrored, i, other.p_value, got.p_value, 1e-3);

		status = nk_share_change_point(ages, 18, 0.95, scratch, &got);
		group_expect(&finite, i, (status == NK_OK || status == NK_NO_CHANGE ||
								  status == NK_SEPARATION) &&
					 got.p_value >= 0 && got.p_value <= 1);
		if (status == NK_OK || isfinite(got.age.estimate))
			group_expect(&inside, i, got.age.lower <= got.age.estimate &&
						 got.age.upper >= got.age.estimate &&
						 got.age.lower >= 1 && got.age.upper <= 16);
		if (nk_share_change_point(others, 18, 0.95, scratch, &other) == status
			&& status == NK_OK)
			group_compare(&shares, i, other.age.estimate, got.age.estimate, 1);
	}
	group_report(&finite);
	group_report(&inside);
	group_report(&mirrored);
	group_report(&shares);
}

int
main(void)
{
	test_published();
	test_known();
	test_thin();
	test_clusters();
	test_random();
	return unit_report();
}
