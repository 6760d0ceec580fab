/*
 * test_smooth.c - penalised splines of a share: smooth.c, smooth_band.c,
 * smooth_covariance.c, spline.c
 *
 * Values: test/reference/smooth_fits.tsv and smooth_places.tsv (50 digits),
 * smooth_mgcv.tsv (R's mgcv); 5.6588 degrees of freedom of the mothers by age
 * (Davison and Hinkley 1997) with twelve functions.
 */
#include "smooth_band.h"

#include "random.h"
#include "reference.h"

static int64_t drawn;

static double
random_uniform(void)
{
	return nk_random_uniform(4, 0, drawn++);
}

static int
random_below(int most)
{
	return (int) (random_uniform() * most);
}

static NkSmoothPoint points[NK_SMOOTH_POINTS];

/* "age:share:trials age:share:trials ..." */
static int
read_points(const char *text)
{
	int			count = 0;

	for (char *end = (char *) text; *end != '\0'; count++)
	{
		points[count].x = strtod(end, &end);
		points[count].share = strtod(end + 1, &end);
		points[count].trials = strtod(end + 1, &end);
	}
	return count;
}

static double
std_error(const double *row, int basis)
{
	double		sum = 0;

	for (int k = 0; k < basis; k++)
		sum += row[k] * row[k];
	return sqrt(sum);
}

static NkSmooth
settings(const Reference *table, int row)
{
	return (NkSmooth) {
		.from = reference_number(table, row, "from"),
		.to = reference_number(table, row, "to"),
		.basis = (int) reference_count(table, row, "basis")
	};
}

static void
test_reference(void)
{
	Reference	fits = reference_read("smooth_fits.tsv");
	Reference	places = reference_read("smooth_places.tsv");
	Group		status = {.name = "fitted"};
	Group		lambda = {.name = "lambda by REML", .tolerance = 1e-10};
	Group		edf = {.name = "degrees of freedom", .tolerance = 1e-11};
	Group		line = {.name = "a straight line", .tolerance = 1e-6};
	Group		reml = {.name = "restricted likelihood", .tolerance = 1e-13};
	Group		logit = {.name = "logit", .tolerance = 1e-12};
	Group		error = {.name = "standard error", .tolerance = 1e-11};
	int			place = 0;

	for (int row = 0; row < fits.count; row++)
	{
		int			count = read_points(reference_text(&fits, row, "points"));
		double		given = reference_number(&fits, row, "given");
		double		expected = reference_number(&fits, row, "lambda");
		bool		is_line = isnan(expected);
		NkSmooth	smooth = settings(&fits, row);

		group_expect(&status, row, nk_smooth_fit(points, count, given,
												 &smooth) == NK_OK);
		if (!is_line)
			group_compare(&lambda, row, smooth.lambda, expected, 0);
		group_compare(is_line ? &line : &edf, row, smooth.edf,
					  reference_number(&fits, row, "edf"), 0);
		group_compare(is_line ? &line : &reml, row, smooth.reml,
					  reference_number(&fits, row, "reml"), 1);
		for (; place < places.count &&
			 reference_count(&places, place, "problem") == row; place++)
		{
			double		values[NK_SMOOTH_BASIS];
			double		expected_error = reference_number(&places, place,
														  "std_error");
			double		eta = nk_smooth_logit(&smooth,
											  reference_number(&places, place, "x"),
											  values);

			group_compare(is_line ? &line : &logit, place, eta,
						  reference_number(&places, place, "logit"), 1);
			group_compare(is_line ? &line : &error, place,
						  std_error(values, smooth.basis), expected_error, 0);
		}
	}
	group_report(&status);
	group_report(&lambda);
	group_report(&edf);
	group_report(&reml);
	group_report(&logit);
	group_report(&error);
	group_report(&line);
	reference_free(&fits);
	reference_free(&places);
}

/* R's mgcv: its own choice of lambda, and the fit where lambda is given */
static void
test_mgcv(void)
{
	Reference	fits = reference_read("smooth_fits.tsv");
	Reference	mgcv = reference_read("smooth_mgcv.tsv");
	Group		share = {.name = "shares of mgcv, lambda given",
	.tolerance = 1e-11};
	Group		given_edf = {.name = "its degrees of freedom", .tolerance = 1e-9};
	Group		edf = {.name = "its degrees of freedom by REML",
	.tolerance = 1e-6};

	for (int row = 0; row < mgcv.count; row++)
	{
		int			problem = (int) reference_count(&mgcv, row, "problem");
		int			count = read_points(reference_text(&fits, problem, "points"));
		double		lambda = reference_number(&mgcv, row, "given");
		double		values[NK_SMOOTH_BASIS];
		NkSmooth	smooth = settings(&fits, problem);
		double		eta;

		nk_smooth_fit(points, count, lambda, &smooth);
		group_compare(isnan(lambda) ? &edf : &given_edf, row, smooth.edf,
					  reference_number(&mgcv, row, "edf"), 0);
		eta = nk_smooth_logit(&smooth, reference_number(&mgcv, row, "x"),
							  values);
		if (!isnan(lambda))
			group_compare(&share, row, 1 / (1 + exp(-eta)),
						  reference_number(&mgcv, row, "share"), 1);
	}
	group_report(&share);
	group_report(&given_edf);
	group_report(&edf);
	reference_free(&fits);
	reference_free(&mgcv);
}

static NkSmooth
over_points(int count)
{
	return (NkSmooth) {
		.from = points[0].x, .to = points[count - 1].x,
		.basis = nk_smooth_basis(count)
	};
}

/*
 * Ages with gaps, trials from a tenth to a billion, shares near a curve; where
 * trials are few many are 0 or 1.
 */
static int
random_points(void)
{
	int			count = 4 + random_below(20);
	double		age = 0;
	double		level = 8 * random_uniform() - 4;
	double		slope = random_uniform() - 0.5;
	double		wave = 3 * random_uniform();

	for (int i = 0; i < count; i++)
	{
		double		p;
		double		noise = 4 * random_uniform() - 2;

		age += 1 + random_below(3);
		p = 1 / (1 + exp(-level - slope * age - wave * sin(age / 3)));
		points[i].x = age;
		points[i].trials = pow(10, 10 * random_uniform() - 1);
		points[i].share = fmin(fmax(p + noise * sqrt(p * (1 - p) /
													 points[i].trials), 0), 1);
	}
	return count;
}

static void
test_choice(void)
{
	Group		finite = {.name = "any data have a finite fit"};
	Group		highest = {.name = "no lambda has a higher likelihood"};
	Group		mirror = {.name = "1 - share has the negative logits",
	.tolerance = 1e-7};
	Group		reverse = {.name = "so have ages in reverse",.tolerance = 1e-7};

	for (int i = 0; i < 500; i++)
	{
		int			count = random_points();
		NkSmooth	best = over_points(count);
		NkSmooth	other = best;
		double		row[NK_SMOOTH_BASIS];
		bool		is_highest = true;
		NkStatus	status = nk_smooth_fit(points, count, NAN, &best);
		bool		is_finite = status == NK_OK;

		if (status == NK_SEPARATION || status == NK_NO_VARIATION)
			continue;
		for (int k = 0; k < best.basis * best.basis; k++)
			is_finite &= isfinite(best.root[k]);
		is_finite &= isfinite(best.lambda + best.edf + best.reml);
		for (int k = -13; k < 40; k++)
			if (nk_smooth_fit(points, count, pow(2, k), &other) == NK_OK)
				is_highest &= other.reml <=
					best.reml + 1e-6 + 1e-12 * fabs(best.reml);
		group_expect(&finite, i, is_finite);
		group_expect(&highest, i, is_highest);

		for (int k = 0; k < count; k++)
			points[k].share = 1 - points[k].share;
		nk_smooth_fit(points, count, best.lambda, &other);
		group_compare(&mirror, i, -nk_smooth_logit(&other, points[1].x, row),
					  nk_smooth_logit(&best, points[1].x, row), 1);
		for (int k = 0; k < count / 2; k++)
		{
			NkSmoothPoint point = points[k];

			points[k] = points[count - 1 - k];
			points[count - 1 - k] = point;
		}
		for (int k = 0; k < count; k++)
			points[k].x = -points[k].x;
		other.from = points[0].x;
		other.to = points[count - 1].x;
		nk_smooth_fit(points, count, best.lambda, &other);
		group_compare(&reverse, i, -nk_smooth_logit(&other, -best.to, row),
					  nk_smooth_logit(&best, best.to, row), 1);
	}
	group_report(&finite);
	group_report(&highest);
	group_report(&mirror);
	group_report(&reverse);
}

static NkStatus
status_of(const double *shares, int count)
{
	NkSmooth	smooth;

	for (int i = 0; i < count; i++)
		points[i] = (NkSmoothPoint) {i, shares[i], 20};
	smooth = over_points(count);
	return nk_smooth_fit(points, count, NAN, &smooth);
}

static void
test_thin(void)
{
	CHECK(status_of((double[]) {.1, .2, .3}, 3) == NK_TOO_FEW);
	CHECK(status_of((double[]) {0, 0, 0, 0}, 4) == NK_NO_VARIATION);
	CHECK(status_of((double[]) {1, 1, 1, 1, 1}, 5) == NK_NO_VARIATION);
	CHECK(status_of((double[]) {0, 0, 1, 1}, 4) == NK_SEPARATION);
	CHECK(status_of((double[]) {1, .5, 0, 0}, 4) == NK_SEPARATION);
	CHECK(status_of((double[]) {0, 0, 0, .5}, 4) == NK_SEPARATION);
	CHECK(status_of((double[]) {.5, 0, 0, 0}, 4) == NK_SEPARATION);
	CHECK(status_of((double[]) {0, .5, 0, 0}, 4) == NK_OK);
	CHECK(status_of((double[]) {0, 1, 0, 0}, 4) == NK_OK);
	CHECK(status_of((double[]) {0, .5, .5, 1}, 4) == NK_OK);
	CHECK(status_of((double[]) {.5, .5, .5, .5}, 4) == NK_OK);
}

/*
 * From sample to sample: the fitted logits move with each share as its
 * derivative says, here by differences of whole fits.  Independent shares of
 * so many trials have the variance that they are given.
 */
static void
test_cluster(void)
{
	Group		moves = {.name = "standard errors by differences",
	.tolerance = 1e-5};
	Group		same = {.name = "independent shares as a covariance",
	.tolerance = 1e-9};
	Group		more = {.name = "four times the variance", .tolerance = 1e-9};

	for (int i = 0; i < 50; i++)
	{
		double		covariance[30 * 30] = {0};
		double		sums[30] = {0};
		double		row[NK_SMOOTH_BASIS];
		int			count = 6 + random_below(12);
		NkSmooth	smooth;
		NkSmooth	alone;
		NkSmooth	once;
		NkSmooth	fourfold;

		for (int k = 0; k < count; k++)
			points[k] = (NkSmoothPoint) {k, 0.1 + 0.8 * random_uniform(),
			10 + 100 * random_uniform()};
		smooth = over_points(count);
		nk_smooth_fit(points, count, 3, &smooth);
		alone = once = fourfold = smooth;
		for (int k = 0; k < count; k++)
		{
			const double step = 1e-5;
			double		eta = nk_smooth_logit(&smooth, k, row);
			double		variance = 1 / (1 + exp(-eta)) / (1 + exp(eta)) /
				points[k].trials;
			NkSmooth	above = smooth;
			NkSmooth	below = smooth;

			covariance[k * count + k] = variance;
			points[k].share += step;
			nk_smooth_fit(points, count, 3, &above);
			points[k].share -= 2 * step;
			nk_smooth_fit(points, count, 3, &below);
			points[k].share += step;
			for (int j = 0; j < count; j++)
				sums[j] += variance *
					pow((nk_smooth_logit(&above, j, row) -
						 nk_smooth_logit(&below, j, row)) / (2 * step), 2);
		}
		nk_smooth_sampling(points, count, NULL, &alone);
		nk_smooth_cluster(points, count, covariance, &once);
		for (int k = 0; k < count; k++)
			covariance[k * count + k] *= 4;
		nk_smooth_cluster(points, count, covariance, &fourfold);
		for (int k = 0; k < count; k++)
		{
			double		error;

			nk_smooth_logit(&alone, k, row);
			error = std_error(row, smooth.basis);
			group_compare(&moves, i, error, sqrt(sums[k]), 0);
			nk_smooth_logit(&once, k, row);
			group_compare(&same, i, std_error(row, smooth.basis), error, 0);
			nk_smooth_logit(&fourfold, k, row);
			group_compare(&more, i, std_error(row, smooth.basis), 2 * error, 0);
		}
	}
	group_report(&moves);
	group_report(&same);
	group_report(&more);
}

static union
{
	double		align;
	char		bytes[1 << 21];
}			scratch;

/*
 * The fit that a band is made from is as rough as it has to be, and no
 * rougher; the band holds the fit, widens with the level, and 1 - share has the
 * negative one.
 */
static void
test_band(void)
{
	Group		least = {.name = "a thirtieth of lambda, or 3",
	.tolerance = 1e-12};
	Group		holds = {.name = "the band holds the fit"};
	Group		wider = {.name = "a higher level is wider"};
	Group		mirror = {.name = "1 - share has the negative band",
	.tolerance = 1e-6};

	CHECK(nk_smooth_band_scratch(NK_SMOOTH_POINTS) <= sizeof(scratch));
	for (int i = 0; i < 200; i++)
	{
		int			count = random_points();
		NkSmooth	fit = over_points(count);
		NkSmooth	rougher;
		NkInterval	band[NK_SMOOTH_POINTS];
		NkInterval	other[NK_SMOOTH_POINTS];
		double		x[NK_SMOOTH_POINTS];

		if (nk_smooth_fit(points, count, NAN, &fit) != NK_OK)
			continue;
		group_expect(&holds, i, nk_smooth_rougher(points, count, &fit,
												  &rougher) == NK_OK);
		group_compare(&least, i, rougher.lambda, fmin(3, fit.lambda / 30), 0);
		for (int k = 0; k < count; k++)
			x[k] = points[k].x;
		nk_smooth_band(&fit, &rougher, x, count, 0.95, INFINITY, &scratch, band);
		nk_smooth_band(&fit, &rougher, x, count, 0.99, INFINITY, &scratch, other);
		for (int k = 0; k < count; k++)
		{
			group_expect(&holds, i, band[k].lower <= band[k].estimate &&
						 band[k].estimate <= band[k].upper);
			group_expect(&wider, i, other[k].lower <= band[k].lower &&
						 band[k].upper <= other[k].upper);
			points[k].share = 1 - points[k].share;
		}
		nk_smooth_fit(points, count, NAN, &fit);
		nk_smooth_rougher(points, count, &fit, &rougher);
		nk_smooth_band(&fit, &rougher, x, count, 0.95, INFINITY, &scratch, other);
		group_compare(&mirror, i, -other[0].lower, band[0].upper, 1);
	}
	group_report(&least);
	group_report(&holds);
	group_report(&wider);
	group_report(&mirror);
}

int
main(void)
{
	test_band();
	test_reference();
	test_mgcv();
	test_choice();
	test_thin();
	test_cluster();
	return unit_report();
}
