/*
 * change_point.c - an age at which a slope changes
 *
 * The gap, or the log odds of a share, is a straight line up to an age and
 * another one from there: slopes change, the curve does not jump.  Least
 * squares or maximum likelihood (broken_line.c) find the age; whether there is
 * a bend at all, and which ages could be it, is judged by what a search for
 * one finds by chance (bend_search.c), because the age is not known.
 *
 * Weights of gaps are 1 / variance of the gap at an age.  Of few children the
 * variance is not known well, and goes with the gap itself: both would be seen
 * as bends.  So children are added to each age, PRIOR or a SHARE of its own,
 * whose scores are as the straight lines through all children's scores and
 * their squares say; one in 21 of them is like the average of all ages, which
 * keeps a variance above 0.  Of a share the weights are those of the fitted
 * line.
 *
 * The interval: ages psi whose deviance is above the least one by no more than
 * a cut-off; from the first to the last one, if they are not all between.  The
 * cut-off is that of chi-square, or the simulated one of bend_search.c where
 * that is larger.
 *
 *   Muggeo V M R (2003) Estimating regression models with unknown
 *   break-points.  Statistics in Medicine 22:3055.  doi:10.1002/sim.1545
 *
 * With clusters the ages' covariance takes the place of the variances in all
 * that is judged, and t of its degrees of freedom that of normal deviates.
 *
 * Accuracy: age and slopes 1e-11 relative, held by test_change_point; p and
 * interval have the error of a simulation, whose seed is fixed.  That they
 * hold as often as they should is measured by test/coverage/change_point.c.
 */
#include "change_point.h"

#include "bend_search.h"
#include "broken_line.h"
#include "dist.h"
#include "linear.h"
#include "solve.h"
#include "sup_t.h"

#define PRIOR	20			/* children, */
#define SHARE	0.01			/* or so many of an age's */

const char *const nk_change_point_methods[] = {
	"broken-line", "broken-line-edge", "broken-logit", "broken-logit-edge", NULL
};

size_t
nk_change_point_scratch(int ages)
{
	return nk_bend_search_scratch(ages);
}

static double
discordant(const NkGapAge *at)
{
	return (double) (at->pair.first_only + at->pair.second_only);
}

/* a straight line through a score of all children: level at x, slope */
typedef struct Line
{
	double		x;
	double		level;
	double		slope;
} Line;

/* through the gaps, or else the shares of children with one fact alone */
static Line
line_through(const NkGaps *gaps, bool of_gap)
{
	Line		line = {0, 0, 0};
	double		n = 0;
	double		squares = 0;

	for (int i = 0; i < gaps->count; i++)
	{
		const NkGapAge *at = &gaps->at[i];

		n += (double) at->n;
		line.x += (double) at->n * at->age;
		line.level += of_gap ? (double) at->n * at->gap : discordant(at);
	}
	line.x /= n;
	line.level /= n;
	for (int i = 0; i < gaps->count; i++)
	{
		const NkGapAge *at = &gaps->at[i];
		double		years = at->age - line.x;

		squares += (double) at->n * years * years;
		line.slope += years *
			(of_gap ? (double) at->n * at->gap : discordant(at));
	}
	line.slope /= squares;
	return line;
}

static double
line_at(const Line *line, int age)
{
	return line->level + line->slope * (age - line->x);
}

static void
weigh_gaps(const NkGaps *gaps, NkAges *ages)
{
	Line		gap = line_through(gaps, true);
	Line		alone = line_through(gaps, false);

	ages->link = NK_IDENTITY;
	ages->count = gaps->count;
	for (int i = 0; i < gaps->count; i++)
	{
		const NkGapAge *at = &gaps->at[i];
		double		n = (double) at->n;
		double		prior = fmax(1, n * SHARE / (PRIOR + 1));
		double		added = prior * (PRIOR + 1);
		double		squares = fmin(1, fmax(0, line_at(&alone, at->age)));
		double		mean = fmin(squares, fmax(-squares,
											 line_at(&gap, at->age)));

		squares = (discordant(at) +
				   prior * (PRIOR * squares + alone.level)) / (n + added);
		mean = (n * at->gap + prior * (PRIOR * mean + gap.level)) /
			(n + added);
		ages->x[i] = at->age;
		ages->y[i] = at->gap;
		ages->weight[i] = gaps->clustered ? 1 / at->variance :
			n / (squares - mean * mean);
	}
}

/* what the interval of a change point is found with */
typedef struct Profile
{
	const NkAges *ages;
	NkBendSearch *search;
	double		line;			/* deviances */
	double		best;
	double		conf_level;
	double		chisq;			/* the cut-off of sharp bends */
	double		most;			/* which no cut-off exceeds */
	double		cutoffs[NK_BEND_PLACES];	/* 0: not asked yet */

	/* places between which a bound is looked for */
	double		from;
	double		cutoff;
	double		rise;			/* a year */
} Profile;

/* at an age, which may have been asked before */
static double
cutoff_at_age(Profile *profile, int place)
{
	double	   *cutoff = &profile->cutoffs[place];
	NkBend		bend;
	double		size;

	if (*cutoff > 0)
		return *cutoff;
	nk_broken_line_at(profile->ages, profile->search->x[place], &bend);
	size = sqrt(fmax(0, profile->line - bend.deviance));
	*cutoff = nk_bend_search_cutoff(profile->search, place,
									bend.after < bend.before ? -size : size,
									profile->conf_level, profile->chisq);
	return *cutoff;
}

/* between ages it is a straight line, as far as can be seen */
static double
cutoff_at(Profile *profile, int place)
{
	const NkBendSearch *search = profile->search;
	int			before = place - place % search->steps;
	int			after = before + search->steps;
	double		cutoff = cutoff_at_age(profile, before);

	if (place == before)
		return cutoff;
	if (after > search->places - 1)
		after = search->places - 1;
	return cutoff + (cutoff_at_age(profile, after) - cutoff) *
		(search->x[place] - search->x[before]) /
		(search->x[after] - search->x[before]);
}

/* is a place rejected?  Few are so close that its cut-off has to be known. */
static bool
rejected(Profile *profile, int place)
{
	NkBend		bend;
	double		loss;

	nk_broken_line_at(profile->ages, profile->search->x[place], &bend);
	loss = bend.deviance - profile->best;
	return loss > profile->chisq &&
		(loss > profile->most || loss > cutoff_at(profile, place));
}

/* nk_find_root asks */
static double
below(double x, const void *context)
{
	const Profile *profile = context;
	NkBend		bend;

	nk_broken_line_at(profile->ages, x, &bend);
	return profile->best + profile->cutoff +
		profile->rise * (x - profile->from) - bend.deviance;
}

/*
 * The first place from an end on that is not rejected; between two of them it
 * is where the deviance is that of the cut-off.  The best age is not rejected,
 * wherever it lies.
 */
static NkStatus
find_bound(Profile *profile, double best, int step, double *bound)
{
	const double *x = profile->search->x;
	int			places = profile->search->places;
	int			first = step > 0 ? 0 : places - 1;
	int			place = first;
	double		cutoff;
	double		to;

	while (place + step >= 0 && place + step < places &&
		   (best - x[place]) * step > 0 && rejected(profile, place))
		place += step;
	/* no bend can be told from ages without doubt: the edge is that of ages */
	*bound = step > 0 ? nk_first_bend(profile->ages) :
		nk_last_bend(profile->ages);
	if (place == first)
		return NK_OK;
	/* the last place was rejected, this one is not, or is beyond the best */
	cutoff = cutoff_at(profile, place);
	profile->from = x[place - step];
	profile->cutoff = cutoff_at(profile, place - step);
	profile->rise = (cutoff - profile->cutoff) / (x[place] - profile->from);
	to = *bound = (best - x[place]) * step > 0 ? x[place] : best;
	/* a best age next to which a line is infinitely steep stands alone */
	if (below(to, profile) <= 0)
		return NK_OK;
	return nk_find_root(below, profile, fmin(profile->from, to),
						fmax(profile->from, to), bound);
}

/* weights for a search: the information at the fitted lines */
static void
informations(const NkAges *ages, const NkBend *bend, double *weight)
{
	for (int i = 0; i < ages->count; i++)
		weight[i] = nk_age_information(ages, i,
									   nk_bend_line(bend, ages->x[i]));
}

/*
 * How much more a sharp bend's age varies than it would with the variances
 * that the weights stand for: what a shift of the age changes, freed from
 * what the other coefficients can change, in the covariance.
 */
static double
sharp_scale(const NkAges *ages, const NkBend *bend, const double *covariance)
{
	int			n = ages->count;
	double		directions[4][NK_BROKEN_LINE_MOST];
	double		variance = 0;

	for (int i = 0; i < n; i++)
	{
		double		root = sqrt(ages->weight[i]);

		directions[0][i] = root;
		directions[1][i] = root * fmin(0, ages->x[i] - bend->x);
		directions[2][i] = root * fmax(0, ages->x[i] - bend->x);
		directions[3][i] = root * (ages->x[i] > bend->x);
	}
	for (int k = 0; k < 4; k++)
	{
		double		length;

		for (int j = 0; j < k; j++)
		{
			double		along = nk_dot(directions[j], directions[k], n);

			for (int i = 0; i < n; i++)
				directions[k][i] -= along * directions[j][i];
		}
		length = sqrt(nk_dot(directions[k], directions[k], n));
		for (int i = 0; i < n; i++)
			directions[k][i] /= length;
	}
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
			variance += directions[3][i] * directions[3][j] *
				sqrt(ages->weight[i] * ages->weight[j]) *
				covariance[i * n + j];
	return variance;
}

/* the two bounds, which reach the edge where bends can no longer be told */
static NkStatus
find_interval(Profile *profile, NkChangePoint *result)
{
	const NkBendSearch *search = profile->search;
	NkStatus	status;

	/* ages without doubt leave so few others that no bend can be told */
	if (search->places == 0)
	{
		result->age.lower = nk_first_bend(profile->ages);
		result->age.upper = nk_last_bend(profile->ages);
		result->method++;
		return NK_OK;
	}
	status = find_bound(profile, result->age.estimate, 1, &result->age.lower);
	if (status == NK_OK)
		status = find_bound(profile, result->age.estimate, -1,
							&result->age.upper);
	if (status != NK_OK)
		result->age.lower = result->age.upper = NK_UNDEFINED;
	else if (result->age.lower <= nk_first_bend(profile->ages) ||
			 result->age.upper >= nk_last_bend(profile->ages))
		result->method++;
	return status;
}

static void
put_slopes(const NkBend *bend, NkChangePoint *result)
{
	result->slope_before = bend->before_infinite ? NK_UNDEFINED : bend->before;
	result->slope_after = bend->after_infinite ? NK_UNDEFINED : bend->after;
}

static NkStatus
find_change(const NkAges *ages, const double *covariance, double df,
			double conf_level, void *scratch, NkChangePoint *result)
{
	NkBendSearch search;
	NkBend		line;
	NkBend		bend;
	double		weight[NK_BROKEN_LINE_MOST];
	double		critical;
	Profile		profile = {.ages = ages, .search = &search,
		.conf_level = conf_level};
	NkStatus	status;

	nk_straight_line(ages, &line);
	nk_broken_line(ages, &bend);
	informations(ages, &line, weight);
	nk_bend_search(ages, weight, covariance, df, scratch, &search);
	result->statistic = fmax(0, line.deviance - bend.deviance);
	if (covariance != NULL)
	{
		double		largest = nk_bend_search_largest(&search, ages);

		result->statistic = largest * largest;
		/* clusters that differ, but not in how they bend */
		if (!isfinite(result->statistic))
		{
			result->statistic = NK_UNDEFINED;
			return NK_NO_VARIATION;
		}
	}
	result->p_value = nk_bend_search_p_value(&search,
											 sqrt(result->statistic));
	if (!(result->p_value <= 1 - conf_level))
	{
		put_slopes(&line, result);
		return line.before_infinite ? NK_SEPARATION : NK_NO_CHANGE;
	}

	result->age.estimate = bend.x;
	put_slopes(&bend, result);
	if (ages->link == NK_LOGIT)
	{
		informations(ages, &bend, weight);
		nk_bend_search(ages, weight, covariance, df, scratch, &search);
	}
	nk_bend_search_draw(&search);
	profile.line = line.deviance;
	profile.best = bend.deviance;
	nk_sidak_critical(conf_level, 1, df, &critical);
	profile.chisq = critical * critical;
	/* by Sidak's inequality: what a place wins, independent places win */
	nk_sidak_critical(conf_level, search.places, df, &profile.most);
	profile.most *= profile.most;
	if (covariance != NULL)
	{
		profile.chisq *= sharp_scale(ages, &bend, covariance);
		profile.most = INFINITY;
	}
	status = find_interval(&profile, result);
	if (status == NK_OK && (bend.before_infinite || bend.after_infinite))
		status = NK_SEPARATION;
	return status;
}

static void
nothing_found(NkChangePoint *result, NkChangePointMethod method)
{
	*result = (NkChangePoint)
	{
		.age = NK_NO_INTERVAL,
		.slope_before = NK_UNDEFINED,
		.slope_after = NK_UNDEFINED,
		.statistic = NK_UNDEFINED,
		.p_value = NK_UNDEFINED,
		.method = method
	};
}

/* does a gap vary between clusters, or at an age or between ages? */
static bool
gaps_vary(const NkGaps *gaps)
{
	if (gaps->clustered)
	{
		for (int i = 0; i < gaps->count; i++)
			if (gaps->covariance[i * gaps->count + i] > 0)
				return true;
		return false;
	}
	for (int i = 0; i < gaps->count; i++)
		if (fabs(gaps->at[i].gap) != 1 && discordant(&gaps->at[i]) > 0)
			return true;
	for (int i = 0; i < gaps->count; i++)
		if (gaps->at[i].gap != gaps->at[0].gap)
			return true;
	return false;
}

NkStatus
nk_gap_change_point(const NkGaps *gaps, double conf_level, void *scratch,
					NkChangePoint *result)
{
	NkAges		ages;
	double		z;

	nothing_found(result, NK_BROKEN_LINE);
	if (nk_critical_value(conf_level, &z) != NK_OK)
		return NK_BAD_CONF_LEVEL;
	if (gaps->count == 0)
		return NK_EMPTY;
	if (gaps->count < NK_BROKEN_LINE_LEAST)
		return NK_TOO_FEW;
	if (!gaps_vary(gaps))
		return NK_NO_VARIATION;
	weigh_gaps(gaps, &ages);
	return find_change(&ages, gaps->clustered ? gaps->covariance : NULL,
					   gaps->df, conf_level, scratch, result);
}

NkStatus
nk_share_change_point(const NkShareAge *given, int count, double conf_level,
					  void *scratch, NkChangePoint *result)
{
	NkAges		ages = {.link = NK_LOGIT, .count = count};
	double		z;
	double		n = 0;
	double		events = 0;

	nothing_found(result, NK_BROKEN_LOGIT);
	if (nk_critical_value(conf_level, &z) != NK_OK)
		return NK_BAD_CONF_LEVEL;
	if (count > NK_BROKEN_LINE_MOST)
		return NK_BAD_AGES;
	for (int i = 0; i < count; i++)
	{
		ages.x[i] = given[i].age;
		ages.y[i] = (double) given[i].events;
		ages.weight[i] = (double) given[i].n;
		n += ages.weight[i];
		events += ages.y[i];
	}
	if (count == 0)
		return NK_EMPTY;
	if (events == 0 || events == n)
		return NK_ZERO_MARGIN;
	if (count < NK_BROKEN_LINE_LEAST)
		return NK_TOO_FEW;
	return find_change(&ages, NULL, INFINITY, conf_level, scratch, result);
}
