/*
 * test_summary.c - what every kind of summary promises, tried on all kinds.
 *
 * A kind is validated by its header, size and contents; merging is
 * commutative, associative and undone by subtracting; a summary survives the
 * way out through a port and in again byte for byte.
 */
#include "summaries.h"
#include "tape.h"

/* room for any of the kinds, aligned as in the server */
typedef union Any
{
	NkSummary	header;
	NkProportion proportion;
	NkPaired	paired;
	NkAgeCurve	curve;
} Any;

static const NkSummaryKind *const kinds[] = {
	&nk_proportion_kind, &nk_paired_proportion_kind, &nk_age_curve_kind
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
make_random(Any *any, const NkSummaryKind *kind, int64_t most)
{
	memset(any, 0, sizeof(*any));
	nk_summary_init(&any->header, kind);
	if (kind == &nk_proportion_kind)
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
	return nk_summary_validate(&any->header, kind->size, kind);
}

static bool
same(const Any *a, const Any *b, const NkSummaryKind *kind)
{
	return memcmp(a, b, kind->size) == 0;
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

	/* every other bit of the header counts */
	for (size_t bit = 8 * sizeof(uint32_t); bit < 8 * sizeof(NkSummary); bit++)
	{
		broken = any;
		((unsigned char *) &broken)[bit / 8] ^= (unsigned char) (1 << bit % 8);
		accepted |= validate(&broken, kind) != NK_BAD_SUMMARY ||
			nk_summary_has_kind(&broken.header, kind);
	}
	check(!accepted, kind, "no changed bit of the header is accepted");
	check(nk_summary_validate(&any.header, kind->size - 8, kind) == NK_BAD_SUMMARY,
		  kind, "too short is refused");
	check(nk_summary_validate(&any.header, kind->size + 8, kind) == NK_BAD_SUMMARY,
		  kind, "too long is refused");
	for (int i = 0; i < KINDS; i++)
		if (kinds[i] != kind)
			check(!nk_summary_has_kind(&any.header, kinds[i]), kind,
				  "is no other kind");
}

/* each count of the contents in turn: negative, then beyond the range */
static void
test_contents(const NkSummaryKind *kind)
{
	size_t		counts = (kind->size - sizeof(NkSummary)) / sizeof(int64_t);
	bool		negative = true;
	bool		most = true;

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
		memset(&empty, 0, sizeof(empty));
		nk_summary_init(&empty.header, kind);

		left = a;
		right = b;
		commutes &= kind->merge(&left.header, &b.header) == NK_OK &&
			kind->merge(&right.header, &a.header) == NK_OK &&
			same(&left, &right, kind) && validate(&left, kind) == NK_OK;

		adds &= kind->n(&left.header) ==
			kind->n(&a.header) + kind->n(&b.header);
		undone &= kind->subtract(&right.header, &b.header) == NK_OK &&
			same(&right, &a, kind);

		/* more than there is cannot be taken away */
		if (!same(&b, &empty, kind))
		{
			right = a;
			refused &= kind->subtract(&right.header, &left.header) ==
				NK_NOT_CONTAINED;
		}

		right = b;
		kind->merge(&left.header, &c.header);
		kind->merge(&right.header, &c.header);
		kind->merge(&right.header, &a.header);
		associates &= same(&left, &right, kind);

		left = a;
		neutral &= kind->merge(&left.header, &empty.header) == NK_OK &&
			same(&left, &a, kind) &&
			kind->merge(&empty.header, &a.header) == NK_OK &&
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
		memset(&after, 0, sizeof(after));
		returned &= tape_play(&tape, &after.header, kind) &&
			same(&before, &after, kind) && validate(&after, kind) == NK_OK;
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
		if (!tape_play(&tape, &after.header, kind) ||
			validate(&after, kind) != NK_OK)
		{
			refused++;
			continue;
		}
		tape_record(&again, &after.header, kind);
		honest &= tape_play(&again, &before.header, kind) &&
			same(&before, &after, kind);
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

	for (int i = 0; i < 16; i++)
		make_random(&parts[i], kind, 100000);
	memset(&forth, 0, sizeof(forth));
	nk_summary_init(&forth.header, kind);
	back = halves[0] = halves[1] = forth;
	for (int i = 0; i < 16; i++)
	{
		kind->merge(&forth.header, &parts[i].header);
		kind->merge(&back.header, &parts[15 - i].header);
		kind->merge(&halves[i % 2].header, &parts[i].header);
	}
	kind->merge(&halves[1].header, &halves[0].header);
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
