/*
 * test_summary.c - what every kind of summary promises, tried on all kinds.
 *
 * A kind is validated by its header, size and contents; merging is
 * commutative, associative and undone by subtracting; a summary survives the
 * way out through a port and in again byte for byte.
 */
#include "by_key.h"
#include "clustered.h"
#include "curve_by_key.h"
#include "groups.h"
#include "logit.h"
#include "moments_groups.h"
#include "patterns.h"
#include "summaries.h"
#include "tape.h"

/* room for any of the kinds, aligned as in the server */
#define ROOM	65536

typedef union Any
{
	NkSummary	header;
	NkProportion proportion;
	NkPaired	paired;
	NkAgeCurve	curve;
	NkTally		tally;
	NkCrosstab	crosstab;
	NkMoments	moments;
	unsigned char bytes[ROOM];
} Any;

static const NkSummaryKind *const kinds[] = {
	&nk_proportion_kind, &nk_paired_proportion_kind, &nk_age_curve_kind,
	&nk_distribution_kind, &nk_logit_kind, &nk_proportion_groups_kind,
	&nk_proportion_strata_kind, &nk_distribution_groups_kind,
	&nk_proportion_by_key_kind, &nk_crosstab_kind, &nk_clustered_kind,
	&nk_moments_kind, &nk_moments_groups_kind, &nk_age_curve_by_key_kind,
	&nk_patterns_kind
};

#define KINDS	((int) (sizeof(kinds) / sizeof(*kinds)))

static void
check(bool passed, const NkSummaryKind *kind, const char *what)
{
	char		line[160];

	snprintf(line, sizeof(line), "%s: %s", kind->name, what);
	unit_check(passed, __FILE__, __LINE__, line);
}

static void
make_empty(Any *any, const NkSummaryKind *kind)
{
	memset(any, 0, sizeof(*any));
	nk_summary_init(&any->header, kind);
}

/* what the server does with states: make room, merge, bring into form */
static void
make_room(Any *state, const NkSummary *more, const NkSummaryKind *kind)
{
	Any			larger = {.bytes = {0}};
	size_t		size = 0;

	if (kind->growth == NULL)
		return;
	kind->growth->room(&state->header, more, &size);
	if (size == 0)
		return;
	if (size > ROOM)
		abort();				/* the test needs a larger Any */
	kind->growth->rebuild(&state->header, more, &larger.header, size);
	if (nk_summary_size(&larger.header, kind) != size)
		check(false, kind, "a larger block has the size that was asked for");
	*state = larger;
}

static void
canonicalise(Any *any, const NkSummaryKind *kind)
{
	Any			form = {.bytes = {0}};
	size_t		size;

	if (kind->growth == NULL)
		return;
	size = kind->growth->canonical_size(&any->header);
	if (size == 0)
		return;
	kind->growth->canonicalise(&any->header, &form.header);
	if (nk_summary_size(&form.header, kind) != size)
		check(false, kind, "the canonical form has the size that was asked for");
	*any = form;
}

static NkStatus
merge(Any *into, const Any *from, const NkSummaryKind *kind)
{
	NkStatus	status;

	make_room(into, &from->header, kind);
	status = kind->merge(&into->header, &from->header);
	canonicalise(into, kind);
	return status;
}

static NkStatus
subtract(Any *from, const Any *part, const NkSummaryKind *kind)
{
	NkStatus	status = kind->subtract(&from->header, &part->header);
	size_t		size = nk_summary_size(&from->header, kind);

	memset(from->bytes + size, 0, ROOM - size);
	canonicalise(from, kind);
	return status;
}

/* at random, from few values, so that keys repeat */
static void
make_random_entries(Any *any, const NkSummaryKind *kind, int64_t most)
{
	int			entries = (int) (random_bits() % 12);

	any->tally.aside = kind == &nk_distribution_kind ? random_count(most) : 0;
	for (int i = 0; i < entries; i++)
	{
		double		x[2] = {
			(double) random_count(5) - 2.5, (double) random_count(3)
		};
		int64_t		cluster = random_count(4) - 2;
		NkProportion p = random_proportion(1000);
		NkProportion q = random_proportion(1000);

		if (kind == &nk_logit_kind)
			nk_logit_shape(&any->tally, 2);
		make_room(any, NULL, kind);
		if (kind == &nk_distribution_kind)
			nk_distribution_add(&any->tally, x[0], 1 + random_count(most / 64));
		else if (kind == &nk_logit_kind)
			nk_logit_add(&any->tally, random_bits() % 2, x, &cluster);
		else if (kind == &nk_patterns_kind)
			nk_patterns_add(&any->tally, random_count(7),
							random_bits() % 2 ? INT64_MAX : random_count(7),
							random_count(most / 64));
		else if (kind == &nk_proportion_by_key_kind)
			nk_proportion_by_key_add(&any->tally, (int32_t) cluster,
									 random_bits() % 2);
		else if (kind == &nk_age_curve_by_key_kind)
			nk_age_curve_by_key_add(&any->tally, (int32_t) cluster,
									(int) random_count(NK_CURVE_PLACES - 1));
		else if (kind == &nk_proportion_groups_kind)
			nk_proportion_groups_add(&any->tally, x[1], &p);
		else
			nk_proportion_strata_add(&any->tally, &p, &q);
	}
	canonicalise(any, kind);
}

/* groups in the order of the user: numbered ones have a test of their own */
static void
make_random_groups(Any *any, int64_t most)
{
	int			groups = (int) (random_bits() % 5);

	for (int32_t i = 0; i < groups; i++)
	{
		Any			distribution;

		make_empty(&distribution, &nk_distribution_kind);
		make_random_entries(&distribution, &nk_distribution_kind, most);
		make_room(any, &distribution.header, &nk_distribution_groups_kind);
		nk_distribution_groups_add(&any->tally, &distribution.tally, &i);
	}
	canonicalise(any, &nk_distribution_groups_kind);
}

/* steps of a quarter, so that the decimals of the sums are short */
static void
make_random_values(Any *any, int64_t most)
{
	int			values = (int) (random_bits() % 12);

	make_room(any, NULL, &nk_moments_kind);
	any->moments.n_not_finite = random_count(most);
	for (int i = 0; i < values; i++)
		nk_moments_add(&any->moments, (double) random_count(2000) / 4 - 100);
	canonicalise(any, &nk_moments_kind);
}

static void
make_random_table(Any *any, int64_t most)
{
	static const char *const labels[] = {"2", "10", "b", "", "a long label"};
	int			cells = (int) (random_bits() % 9);

	for (int i = 0; i < cells; i++)
	{
		const char *row = labels[random_bits() % 5];
		const char *column = labels[random_bits() % 5];
		Any			cell = {.bytes = {0}};

		nk_crosstab_make_cell(&cell.crosstab,
							  (NkText) {row, (uint32_t) strlen(row)},
							  (NkText) {column, (uint32_t) strlen(column)},
							  1 + random_count(most / 64));
		merge(any, &cell, &nk_crosstab_kind);
	}
}

static void
make_random_means(Any *any, int64_t most)
{
	int			groups = (int) (random_bits() % 12);

	for (int i = 0; i < groups; i++)
	{
		Any			moments;

		make_empty(&moments, &nk_moments_kind);
		make_random_values(&moments, most);
		make_room(any, NULL, &nk_moments_groups_kind);
		nk_moments_groups_add(&any->tally, &moments.moments);
	}
	canonicalise(any, &nk_moments_groups_kind);
}

static void
make_random_clusters(Any *any, int64_t most)
{
	int			clusters = (int) (random_bits() % 4);

	for (int i = 0; i < clusters; i++)
	{
		Any			table;

		make_empty(&table, &nk_crosstab_kind);
		make_random_table(&table, most);
		make_room(any, &table.header, &nk_clustered_kind);
		nk_add_cluster(&any->crosstab, &table.crosstab);
	}
	canonicalise(any, &nk_clustered_kind);
}

static void
make_random(Any *any, const NkSummaryKind *kind, int64_t most)
{
	make_empty(any, kind);
	if (kind == &nk_distribution_groups_kind)
		make_random_groups(any, most);
	else if (kind == &nk_crosstab_kind)
		make_random_table(any, most);
	else if (kind == &nk_moments_groups_kind)
		make_random_means(any, most);
	else if (kind == &nk_moments_kind)
		make_random_values(any, most);
	else if (kind == &nk_clustered_kind)
		make_random_clusters(any, most / 4);
	else if (kind->growth != NULL)
		make_random_entries(any, kind, most);
	else if (kind == &nk_proportion_kind)
	{
		any->proportion.n = random_count(most);
		any->proportion.events = random_count(any->proportion.n);
	}
	else if (kind == &nk_paired_proportion_kind)
	{
		any->paired.both_true = random_count(most);
		any->paired.first_only = random_count(most);
		any->paired.second_only = random_count(most);
		any->paired.neither = random_count(most);
	}
	else
	{
		any->curve.n_outside = random_count(most);
		any->curve.n_incomplete = random_count(most);
		for (int age = 0; age < NK_CURVE_AGES; age++)
			if (random_bits() % 3)
				for (int i = 0; i < NK_CURVE_CELLS; i++)
					any->curve.cells[age][i] = random_count(most);
	}
}

static NkStatus
validate(const Any *any, const NkSummaryKind *kind)
{
	return nk_summary_validate(&any->header,
							   nk_summary_size(&any->header, kind), kind);
}

static bool
same(const Any *a, const Any *b, const NkSummaryKind *kind)
{
	size_t		size = nk_summary_size(&a->header, kind);

	return size == nk_summary_size(&b->header, kind) &&
		memcmp(a, b, size) == 0;
}

static void
test_table(void)
{
	for (int i = 0; i < KINDS; i++)
	{
		check(kinds[i]->size % 8 == 0 && kinds[i]->size >= sizeof(NkSummary),
			  kinds[i], "size is a multiple of 8");
		for (int j = 0; j < i; j++)
			check(kinds[i]->code != kinds[j]->code &&
				  strcmp(kinds[i]->name, kinds[j]->name) != 0,
				  kinds[i], "name and code of its own");
	}
	CHECK(sizeof(NkSummary) == 16);
	CHECK(sizeof(NkProportion) == nk_proportion_kind.size);
	CHECK(sizeof(NkPaired) == nk_paired_proportion_kind.size);
	CHECK(sizeof(NkAgeCurve) == nk_age_curve_kind.size);
}

static void
test_header(const NkSummaryKind *kind)
{
	Any			any;
	Any			broken;
	bool		accepted = false;

	memset(&any, 0xFF, sizeof(any));
	nk_summary_init(&any.header, kind);
	check(any.header.container == 0xFFFFFFFF, kind, "length word left alone");
	check(validate(&any, kind) == NK_OK, kind, "empty summary is valid");
	check(kind->n(&any.header) == 0, kind, "empty summary counts no children");

	/*
	 * Every other bit of the header counts; the dimensions of a kind that
	 * grows are its contents.
	 */
	for (size_t bit = 8 * sizeof(uint32_t);
		 bit < 8 * (kind->growth != NULL ? 8 : sizeof(NkSummary)); bit++)
	{
		broken = any;
		((unsigned char *) &broken)[bit / 8] ^= (unsigned char) (1 << bit % 8);
		accepted |= nk_summary_validate(&broken.header, kind->size, kind) !=
			NK_BAD_SUMMARY ||
			nk_summary_has_kind(&broken.header, kind->size, kind);
	}
	check(!accepted, kind, "no changed bit of the header is accepted");
	check(nk_summary_validate(&any.header, kind->size - 8, kind) == NK_BAD_SUMMARY,
		  kind, "too short is refused");
	check(nk_summary_validate(&any.header, kind->size + 8, kind) == NK_BAD_SUMMARY,
		  kind, "too long is refused");
	for (int i = 0; i < KINDS; i++)
		if (kinds[i] != kind)
			check(!nk_summary_has_kind(&any.header, kind->size, kinds[i]), kind,
				  "is no other kind");
}

/* each count of the contents in turn: negative, then beyond the range */
static void
test_contents(const NkSummaryKind *kind)
{
	size_t		counts = (kind->size - sizeof(NkSummary)) / sizeof(int64_t);
	bool		negative = true;
	bool		most = true;

	if (kind->growth != NULL)
		return;
	for (size_t i = 0; i < counts; i++)
	{
		Any			any;
		int64_t    *count = (int64_t *) (&any.header + 1) + i;

		memset(&any, 0, sizeof(any));
		nk_summary_init(&any.header, kind);
		*count = -1;
		negative &= validate(&any, kind) == NK_NEGATIVE_COUNT;
		*count = INT64_MAX;
		most &= validate(&any, kind) == NK_OK || kind == &nk_proportion_kind;
	}
	check(negative, kind, "a negative count is refused, whichever it is");
	check(most, kind, "the largest count is accepted, whichever it is");
}

/* contents that each fit a count, but whose sum does not */
static void
test_overflow(void)
{
	NkPaired	pair = make_paired(INT64_MAX, 0, 0, 1);
	NkPaired	one = make_paired(0, 0, 0, 1);
	NkPaired	full = make_paired(INT64_MAX, 0, 0, 0);
	NkAgeCurve	curve = make_curve();
	NkAgeCurve	child = make_curve();

	CHECK(nk_summary_validate(&pair.header, sizeof(pair),
							  &nk_paired_proportion_kind) == NK_OVERFLOW);
	CHECK(nk_paired_proportion_kind.merge(&full.header, &one.header) ==
		  NK_OVERFLOW);

	curve.cells[3][0] = INT64_MAX;
	child.cells[17][7] = 1;
	CHECK(nk_age_curve_kind.merge(&curve.header, &child.header) == NK_OVERFLOW);
	curve = make_curve();
	curve.cells[3][0] = INT64_MAX;
	curve.cells[4][0] = 1;
	CHECK(nk_summary_validate(&curve.header, sizeof(curve),
							  &nk_age_curve_kind) == NK_OVERFLOW);
}

static void
test_merge(const NkSummaryKind *kind)
{
	bool		commutes = true;
	bool		associates = true;
	bool		adds = true;
	bool		neutral = true;
	bool		undone = true;
	bool		refused = true;

	for (int i = 0; i < 200; i++)
	{
		Any			a;
		Any			b;
		Any			c;
		Any			left;
		Any			right;
		Any			empty;

		make_random(&a, kind, 1000000);
		make_random(&b, kind, 1000000);
		make_random(&c, kind, 1000000);
		make_empty(&empty, kind);

		left = a;
		right = b;
		commutes &= merge(&left, &b, kind) == NK_OK &&
			merge(&right, &a, kind) == NK_OK &&
			same(&left, &right, kind) && validate(&left, kind) == NK_OK;

		adds &= kind->n(&left.header) ==
			kind->n(&a.header) + kind->n(&b.header);
		undone &= subtract(&right, &b, kind) == NK_OK &&
			same(&right, &a, kind);

		/* more than there is cannot be taken away */
		if (!same(&b, &empty, kind))
		{
			right = a;
			refused &= subtract(&right, &left, kind) ==
				NK_NOT_CONTAINED;
		}

		right = b;
		merge(&left, &c, kind);
		merge(&right, &c, kind);
		merge(&right, &a, kind);
		associates &= same(&left, &right, kind);

		left = a;
		neutral &= merge(&left, &empty, kind) == NK_OK &&
			same(&left, &a, kind) &&
			merge(&empty, &a, kind) == NK_OK &&
			same(&empty, &a, kind);
	}
	check(commutes, kind, "merging commutes and gives a valid summary");
	check(associates, kind, "merging associates");
	check(adds, kind, "merging adds the children");
	check(neutral, kind, "the empty summary changes nothing");
	check(undone, kind, "subtracting undoes merging");
	check(refused, kind, "subtracting more than there is is refused");
}

static void
test_exchange(const NkSummaryKind *kind)
{
	static Tape tape;
	bool		unchanged = true;
	bool		distinct = true;
	bool		returned = true;

	for (int i = 0; i < 200; i++)
	{
		Any			before;
		Any			after;
		Any			copy;

		make_random(&before, kind, i < 20 ? 1 : INT64_MAX / 1000);
		copy = before;
		tape_record(&tape, &before.header, kind);
		unchanged &= same(&before, &copy, kind);
		distinct &= tape_names_differ(&tape);
		returned &= tape_play(&tape, &after.header, ROOM, kind) &&
			validate(&after, kind) == NK_OK;
		canonicalise(&after, kind);
		returned &= same(&before, &after, kind);
	}
	check(unchanged, kind, "writing leaves the summary as it is");
	check(distinct, kind, "fields side by side have different names");
	check(returned, kind, "out and in again gives the same bytes");
}

/*
 * A sender may put any number anywhere.  Whatever comes in, the block must stay
 * in its bounds (the sanitizers watch) and be refused, or be one that would go
 * out as it came in.
 */
static void
test_hostile(const NkSummaryKind *kind)
{
	static const int64_t odd[] = {
		-1, 0, 1, 20, 21, 22, 1000, INT32_MAX, (int64_t) UINT32_MAX + 1,
		INT64_MAX, INT64_MIN
	};
	static Tape tape;
	static Tape again;
	bool		honest = true;
	int			refused = 0;

	for (int i = 0; i < 5000; i++)
	{
		Any			before;
		Any			after;
		int			changes = 1 + (int) (random_bits() % 3);

		make_random(&before, kind, 1000);
		tape_record(&tape, &before.header, kind);
		for (int k = 0; k < changes; k++)
		{
			TapeStep   *step = &tape.steps[random_bits() % (uint64_t) tape.length];

			step->value = odd[random_bits() % (sizeof(odd) / sizeof(*odd))];
		}
		if (!tape_play(&tape, &after.header, ROOM, kind) ||
			validate(&after, kind) != NK_OK)
		{
			refused++;
			continue;
		}
		canonicalise(&after, kind);
		honest &= validate(&after, kind) == NK_OK;
		tape_record(&again, &after.header, kind);
		honest &= tape_play(&again, &before.header, ROOM, kind);
		canonicalise(&before, kind);
		honest &= same(&before, &after, kind);
	}
	check(refused > 0, kind, "impossible contents are refused");
	check(honest, kind, "accepted contents go out and in again");
}

/* any way of cutting the data in parts gives the same bytes */
static void
test_partition(const NkSummaryKind *kind)
{
	Any			parts[16];
	Any			forth;
	Any			back;
	Any			halves[2];
	Any			state;
	bool		working = true;

	for (int i = 0; i < 16; i++)
		make_random(&parts[i], kind, 100000);
	make_empty(&forth, kind);
	back = halves[0] = halves[1] = forth;
	for (int i = 0; i < 16; i++)
	{
		merge(&forth, &parts[i], kind);
		merge(&back, &parts[15 - i], kind);
		merge(&halves[i % 2], &parts[i], kind);
	}
	merge(&halves[1], &halves[0], kind);

	/* states are merged as they are, and brought into form at the end */
	make_empty(&state, kind);
	for (int i = 0; i < 16; i++)
	{
		make_room(&state, &parts[i].header, kind);
		working &= kind->merge(&state.header, &parts[i].header) == NK_OK &&
			validate(&state, kind) == NK_OK;
	}
	canonicalise(&state, kind);
	check(working && same(&forth, &state, kind), kind,
		  "states in working form give the same bytes");
	check(same(&forth, &back, kind) && same(&forth, &halves[1], kind), kind,
		  "any partition and order gives the same bytes");
}

int
main(void)
{
	test_table();
	test_overflow();
	for (int i = 0; i < KINDS; i++)
	{
		test_header(kinds[i]);
		test_contents(kinds[i]);
		test_merge(kinds[i]);
		test_exchange(kinds[i]);
		test_hostile(kinds[i]);
		test_partition(kinds[i]);
	}
	return unit_report();
}
