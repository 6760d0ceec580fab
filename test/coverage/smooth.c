/*
 * smooth.c - does the band around a smooth gap hold the whole true curve?
 *
 * The national curve bends at 14, where a penalised fit is biased; the others
 * have a sharper bend, or none.  For comparison: the band of the fit itself,
 * which holds in 7 of 10 samples of 20,000 children.
 */
#include "coverage.h"
#include "gap.h"
#include "linear.h"
#include "smooth_band.h"

typedef struct Held
{
	int64_t		curves;			/* held at all ages */
	int64_t		naive;			/* by the band of the fit itself */
	int64_t		ages;			/* held at this age, 95 % each */
	int64_t		tried;			/* ages */
} Held;

static union
{
	double		align;
	char		bytes[1 << 20];
}			scratch;

/* are the first `places` of the true logits within the band? */
static bool
holds(const NkInterval *band, const double *truth, int places)
{
	for (int i = 0; i < places; i++)
		if (!(band[i].lower <= truth[i] && truth[i] <= band[i].upper))
			return false;
	return true;
}

static void
try_curve(const NkAgeCurve *curve, const double *true_gap, Held *held)
{
	NkGaps		gaps;
	NkSmoothPoint points[NK_CURVE_AGES];
	NkSmooth	fit;
	NkSmooth	rougher;
	NkInterval	band[NK_CURVE_AGES];
	double		trials[NK_CURVE_AGES];
	double		x[NK_CURVE_AGES];
	double		truth[NK_CURVE_AGES];

	nk_gaps(curve, NK_GAP_IDENTIFIED, &gaps);
	nk_gap_even_trials(&gaps, trials);
	for (int i = 0; i < gaps.count; i++)
	{
		x[i] = gaps.at[i].age;
		truth[i] = 2 * atanh(true_gap[gaps.at[i].age]);
		points[i] = (NkSmoothPoint) {x[i], gaps.at[i].share, trials[i]};
	}
	fit = (NkSmooth) {
		.from = x[0], .to = x[gaps.count - 1],
		.basis = nk_smooth_basis(gaps.count)
	};
	if (nk_smooth_fit(points, gaps.count, NAN, &fit) != NK_OK ||
		nk_smooth_rougher(points, gaps.count, &fit, &rougher) != NK_OK)
		return;					/* no band, and none that holds */
	nk_smooth_band(&fit, &rougher, x, gaps.count, 0.95, INFINITY, &scratch,
				   band);
	held->curves += holds(band, truth, gaps.count);
	for (int i = 0; i < gaps.count; i++)
	{
		double		row[NK_SMOOTH_BASIS];
		double		off = nk_smooth_logit(&rougher, x[i], row) - truth[i];

		held->ages += fabs(off) <= 1.959963984540054 *
			sqrt(nk_dot(row, row, rougher.basis));
	}
	held->tried += gaps.count;
	nk_smooth_band(&fit, &fit, x, gaps.count, 0.95, INFINITY, &scratch, band);
	held->naive += holds(band, truth, gaps.count);
}

static void
try_scenario(Scenario scenario, int64_t n, double low, double high)
{
	int64_t		datasets = coverage_datasets(4000, 200);
	double		true_gap[SCENARIO_AGES];
	Held		held = {0};
	char		what[100];

	for (int age = 0; age < SCENARIO_AGES; age++)
		true_gap[age] = scenario_gap(scenario, NK_GAP_IDENTIFIED, age);
	for (int64_t i = 0; i < datasets; i++)
	{
		NkAgeCurve	curve;

		draw_curve(scenario, 4, i, n, &curve);
		try_curve(&curve, true_gap, &held);
	}
	snprintf(what, sizeof(what), "%s: smooth, band at all ages",
			 scenario_names[scenario]);
	coverage_row(what, n, datasets, held.curves, low, high);
	snprintf(what, sizeof(what), "%s: smooth, one age, on average",
			 scenario_names[scenario]);
	coverage_row(what, n, held.tried, held.ages, 0.935, high);
	if (!coverage_short)
		printf("| %s: the band of the fit itself would hold | %" PRId64 " | %"
			   PRId64 " | %.2f | | |\n", scenario_names[scenario], n, datasets,
			   100 * (double) held.naive / (double) datasets);
}

int
main(int argc, char **argv)
{
	coverage_begin(argc, argv);
	try_scenario(SCENARIO_NATIONAL, 20000, 0.935, 0.965);
	try_scenario(SCENARIO_NATIONAL, 160, 0.935, 1);
	try_scenario(SCENARIO_KINK, 20000, 0.935, 1);
	try_scenario(SCENARIO_FLAT, 20000, 0.935, 1);
	if (!coverage_short)
	{
		try_scenario(SCENARIO_NATIONAL, 2000, 0.935, 1);
		try_scenario(SCENARIO_NATIONAL, 5000, 0.935, 1);
		try_scenario(SCENARIO_NATIONAL, 100000, 0.935, 1);
		try_scenario(SCENARIO_LINE, 20000, 0.935, 1);
		try_scenario(SCENARIO_LINE, 160, 0.935, 1);
	}
	return coverage_end();
}
