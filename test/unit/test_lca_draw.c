/*
 * test_lca_draw.c - data sets drawn from a model of latent classes
 */
#include "lca_draw.h"
#include "response_patterns.h"

typedef struct Drawn
{
	NkLcaData	data;
	void	   *room;
} Drawn;

static Drawn
draw(const NkLcaData *data, const NkLcaParameters *model, int64_t seed,
	 int32_t i)
{
	Drawn		drawn = {.room = patterns_room(nk_lca_draw_size(data))};

	nk_lca_draw(data, model, seed, i, drawn.room, &drawn.data);
	return drawn;
}

static NkLcaData
read_data(const char *text, int items)
{
	NkTally    *tally = patterns_read(text);
	NkLcaData	data = patterns_data(tally, items);

	free(tally);
	return data;
}

/* three classes of three items, of which one is certain in each */
static NkLcaParameters
three_classes(void)
{
	NkLcaParameters model = patterns_parameters(3, 3);
	const double probability[] = {1, .8, .3, .1, 0, .6, .5, 0, .9};

	model.share[0] = .5;
	model.share[1] = .3;
	model.share[2] = .2;
	memcpy(model.probability, probability, sizeof(probability));
	return model;
}

/* patterns follow each other as fits need them, each once */
static bool
is_sorted(const NkLcaData *data)
{
	for (size_t i = 1; i < data->patterns; i++)
		if (data->observed[i - 1] > data->observed[i] ||
			(data->observed[i - 1] == data->observed[i] &&
			 data->present[i - 1] >= data->present[i]))
			return false;
	return true;
}

static double
weight_of(const NkLcaData *data, uint64_t observed, uint64_t present)
{
	for (size_t i = 0; i < data->patterns; i++)
		if (data->observed[i] == observed && data->present[i] == present)
			return data->weight[i];
	return 0;
}

/*
 * The share of each pattern, within four standard errors; n children of whom
 * everything was asked, a third as many of whom two items, and five
 */
static void
check_shares(const char *text, double n)
{
	NkLcaParameters model = three_classes();
	NkLcaData	data = read_data(text, 3);
	Drawn		drawn = draw(&data, &model, 1, 0);
	double		children = 0;

	CHECK(is_sorted(&drawn.data));
	CHECK(drawn.data.n == n + n / 3 + 5 && drawn.data.items == 3);
	CHECK(drawn.data.seen == 7 && drawn.data.varying == 7);
	for (uint64_t present = 0; present < 8; present++)
	{
		double		p = 0;

		for (int k = 0; k < 3; k++)
		{
			double		product = model.share[k];

			for (int j = 0; j < 3; j++)
				product *= present >> j & 1 ? model.probability[k * 3 + j] :
					1 - model.probability[k * 3 + j];
			p += product;
		}
		CHECK(fabs(weight_of(&drawn.data, 7, present) - n * p) <=
			  4 * sqrt(n * p * (1 - p)));
		children += weight_of(&drawn.data, 7, present);
	}
	/* who was not asked stays so */
	CHECK(children == n);
	CHECK(weight_of(&drawn.data, 3, 0) + weight_of(&drawn.data, 3, 1) +
		  weight_of(&drawn.data, 3, 2) + weight_of(&drawn.data, 3, 3) == n / 3);
	CHECK(fabs(weight_of(&drawn.data, 3, 3) - n / 3 * .5 * .8) <
		  4 * sqrt(n / 3 * .4 * .6));
	CHECK(weight_of(&drawn.data, 4, 0) + weight_of(&drawn.data, 4, 4) == 5);
	/* a class of its own children has nobody with what it cannot have */
	CHECK(weight_of(&drawn.data, 3, 2) == 0);
	free(drawn.room);
}

/* more words than children: sorted, not counted in a table; the same data */
static void
test_sorted(void)
{
	NkLcaParameters model = patterns_parameters(2, 30);
	NkLcaData	data = read_data("111111111111111111111111111111:3000 "
								 "22222222..22222222222222222222:2000", 30);
	Drawn		one;
	Drawn		two;
	double		children = 0;
	double		first = 0;

	model.share[0] = .25;
	model.share[1] = .75;
	for (int i = 0; i < 60; i++)
		model.probability[i] = i < 30 ? .9 : .02;
	one = draw(&data, &model, 5, 3);
	two = draw(&data, &model, 5, 3);
	CHECK(is_sorted(&one.data) && one.data.n == 5000);
	CHECK(one.data.patterns == two.data.patterns);
	CHECK(memcmp(one.data.present, two.data.present,
				 one.data.patterns * sizeof(uint64_t)) == 0);
	CHECK(memcmp(one.data.weight, two.data.weight,
				 one.data.patterns * sizeof(double)) == 0);
	for (size_t i = 0; i < one.data.patterns; i++)
	{
		children += one.data.observed[i] == (UINT64_C(1) << 30) - 1 ?
			one.data.weight[i] : 0;
		if (__builtin_popcountll(one.data.present[i]) > 15)
			first += one.data.weight[i];
	}
	CHECK(children == 3000);
	CHECK(fabs(first - 1250) < 4 * sqrt(5000 * .25 * .75));
	free(two.room);

	/* another data set, another seed: other children, other starts */
	two = draw(&data, &model, 5, 4);
	CHECK(one.data.patterns != two.data.patterns ||
		  memcmp(one.data.present, two.data.present,
				 one.data.patterns * sizeof(uint64_t)) != 0);
	CHECK(nk_lca_draw_seed(5, 3) != nk_lca_draw_seed(5, 4));
	CHECK(nk_lca_draw_seed(5, 3) != nk_lca_draw_seed(6, 3));
	free(one.room);
	free(two.room);
}

/* drawn child by child, and count by count */
static void
test_shares(void)
{
	check_shares("111:1500 12.:500 ..1:5", 1500);
	check_shares("111:60000 12.:20000 ..1:5", 60000);
	check_shares("111:3000000000000 12.:1000000000000 ..1:5", 3e12);
}

/* counts are as spread as binomial ones */
static void
test_spread(void)
{
	NkLcaParameters model = three_classes();
	NkLcaData	data = read_data("111:60000", 3);
	double		p = .5 * .8 * .3;	/* no other class has all three */
	double		sum = 0;

	for (int i = 0; i < 400; i++)
	{
		Drawn		drawn = draw(&data, &model, 9, i);
		double		off = weight_of(&drawn.data, 7, 7) - 60000 * p;

		sum += off * off / (60000 * p * (1 - p));
		free(drawn.room);
	}
	/* chi-square on 400 degrees of freedom, within four standard errors */
	CHECK(fabs(sum / 400 - 1) < 4 * sqrt(2. / 400));
}

/* what cannot be drawn is told by the size */
static void
test_size(void)
{
	NkLcaData	data = read_data("12:5000000000000000000", 2);
	char		items[64];

	CHECK(nk_lca_draw_size(&data) == 0);
	memset(items, '1', 50);
	strcpy(items + 50, ":900000000");
	data = read_data(items, 50);
	CHECK(nk_lca_draw_size(&data) == 0);
	strcpy(items + 50, ":1000");
	data = read_data(items, 50);
	CHECK(nk_lca_draw_size(&data) == 32000);
}

int
main(void)
{
	test_shares();
	test_spread();
	test_size();
	test_sorted();
	return unit_report();
}
