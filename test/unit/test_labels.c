/*
 * test_labels.c - sets of labels: finding, sorting, what is refused
 */
#include "labels.h"
#include "summaries.h"

#define MOST	2000

static NkLabel entries[MOST];
static uint32_t places[2 * 4096];
static char bytes[MOST * 8];

static NkLabelSet
set_of(const char *const *texts, uint32_t count)
{
	NkLabelSet	set = {entries, places, bytes, MOST, 0};
	uint32_t	at = 0;

	memset(places, 0, sizeof(places));
	for (uint32_t i = 0; i < count; i++)
	{
		memcpy(bytes + at, texts[i], strlen(texts[i]));
		nk_label_append(&set, at, (uint32_t) strlen(texts[i]));
		at += (uint32_t) strlen(texts[i]);
	}
	return set;
}

static bool
reads(const NkLabelSet *set, const char *const *texts, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
	{
		NkText		text = nk_label_text(set, i);

		if (text.length != strlen(texts[i]) ||
			memcmp(text.bytes, texts[i], text.length) != 0)
			return false;
	}
	return set->count == count;
}

static void
test_sort(void)
{
	static const char *const words[] = {"b", "", "10", "ab", "\xC3\xA5", "a", "2"};
	static const char *const sorted_words[] = {
		"", "10", "2", "a", "ab", "b", "\xC3\xA5"
	};
	static const char *const numbers[] = {"10", "2", "-1.5", "2.0", "1e1", "0"};
	static const char *const sorted_numbers[] = {
		"-1.5", "0", "2", "2.0", "10", "1e1"
	};
	NkLabelSet	set = set_of(words, 7);

	CHECK(!nk_labels_are_numbers(&set));
	CHECK(nk_labels_validate(&set, 64, false) == NK_OK);
	CHECK(nk_labels_validate(&set, 64, true) == NK_BAD_SUMMARY);
	nk_labels_sort(&set);
	nk_labels_index(&set);
	CHECK(reads(&set, sorted_words, 7));
	CHECK(nk_labels_validate(&set, 64, true) == NK_OK);

	set = set_of(numbers, 6);
	CHECK(nk_labels_are_numbers(&set));
	nk_labels_sort(&set);
	nk_labels_index(&set);
	CHECK(reads(&set, sorted_numbers, 6));
}

static void
test_numbers(void)
{
	static const struct
	{
		const char *text;
		double		value;
	}			cases[] = {
		{"0", 0}, {"-7", -7}, {"+3", 3}, {"1.25", 1.25}, {".5", 0.5},
		{"1e3", 1000}, {"", NAN}, {" 1", NAN}, {"1 ", NAN}, {"0x10", NAN},
		{"nan", NAN}, {"inf", NAN}, {"1e999", NAN}, {"-", NAN}, {"1-2", NAN},
		{"e5", NAN}, {"1,5", NAN}
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_CLOSE(nk_label_number((NkText) {
									cases[i].text,
									(uint32_t) strlen(cases[i].text)}),
					cases[i].value, 0);
	/* a NUL inside is not the end */
	CHECK(isnan(nk_label_number((NkText) {"1\0", 2})));
}

static void
test_find(void)
{
	NkLabelSet	set = {entries, places, bytes, MOST, 0};
	bool		found = true;

	memset(places, 0, sizeof(places));
	CHECK(nk_label_find(&set, (NkText) {"a", 1}) == NK_NO_LABEL);
	for (uint32_t i = 0; i < MOST; i++)
	{
		int			length = sprintf(bytes + 8 * i, "%u", i * 7);

		found &= nk_label_append(&set, 8 * i, (uint32_t) length) == i;
	}
	for (uint32_t i = 0; i < MOST; i++)
		found &= nk_label_find(&set, nk_label_text(&set, i)) == i;
	CHECK(found);
	CHECK(nk_label_find(&set, (NkText) {"1", 1}) == NK_NO_LABEL);
	CHECK(nk_labels_validate(&set, sizeof(bytes), true) == NK_OK);
}

/* whatever stands in a block, it is not followed out of its bounds */
static void
test_refused(void)
{
	static const char *const two[] = {"a", "b"};
	NkLabelSet	set = set_of(two, 2);

	CHECK(nk_labels_validate(&set, 2, true) == NK_OK);
	CHECK(nk_labels_validate(&set, 1, true) == NK_BAD_SUMMARY);
	entries[1].length = UINT32_MAX;
	CHECK(nk_labels_validate(&set, 2, true) == NK_BAD_SUMMARY);
	set = set_of(two, 2);
	entries[1].at = 0;			/* twice the same text */
	CHECK(nk_labels_validate(&set, 2, true) == NK_BAD_SUMMARY);
	set = set_of(two, 2);
	for (int i = 0; i < 4096; i++)
		if (places[i] == 2)
			places[i] = 3;
	CHECK(nk_labels_validate(&set, 2, true) == NK_BAD_SUMMARY);
	set = set_of(two, 2);
	set.count = MOST + 1;
	CHECK(nk_labels_validate(&set, 2, true) == NK_BAD_SUMMARY);
}

/* labels that are ages, as many as there may be */
static void
test_ages(void)
{
	static const char *const given[] = {"0", "1.5", "1e1", "11"};
	static const char *const others[][3] = {
		{"1", "1.0", "2"}, {"1", "1.0000001", "2"}, {"1", "2", "1e7"},
		{"-1e7", "1", "2"}, {"1", "2", "three"}
	};
	NkLabelSet	set = set_of(given, 4);
	double		ages[4];

	CHECK(nk_label_ages(&set, 4, ages) == NK_OK);
	CHECK(ages[0] == 0 && ages[1] == 1.5 && ages[2] == 10 && ages[3] == 11);
	CHECK(nk_label_ages(&set, 3, ages) == NK_BAD_AGES);
	for (int i = 0; i < 5; i++)
	{
		set = set_of(others[i], 3);
		CHECK(nk_label_ages(&set, 4, ages) == NK_BAD_AGES);
	}
	set = set_of(given, 0);
	CHECK(nk_label_ages(&set, 4, ages) == NK_OK);
}

int
main(void)
{
	test_sort();
	test_numbers();
	test_find();
	test_refused();
	test_ages();
	return unit_report();
}
