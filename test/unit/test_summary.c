/*
 * test_summary.c - what every kind of summary promises, tried on all kinds.
 *
 * A kind is validated by its header, size and contents; a summary survives the
 * way out through a port and in again byte for byte; merging, of kinds that
 * have it, is commutative, associative and undone by subtracting.
 */
#include "any_summary.h"
#include "tape.h"

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

/* is it a summary, or a value that two of which are not one? */
static bool
is_merged(const NkSummaryKind *kind)
{
	check((kind->merge != NULL) == (kind->subtract != NULL), kind,
		  "is merged and subtracted, or neither");
	return kind->merge != NULL;
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
		test_exchange(kinds[i]);
		test_hostile(kinds[i]);
		if (is_merged(kinds[i]))
		{
			test_merge(kinds[i]);
			test_partition(kinds[i]);
		}
	}
	return unit_report();
}
