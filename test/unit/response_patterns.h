/*
 * response_patterns.h - three published data sets of latent class analysis,
 * and patterns by hand
 *
 * Stouffer and Toby 1951 as of Goodman 1974; Landis and Koch 1977 as of
 * Agresti 2002, page 542; Dayton 1998.  Code 2 is "present".
 */
#ifndef NK_RESPONSE_PATTERNS_H
#define NK_RESPONSE_PATTERNS_H

#include "lca.h"
#include "unit.h"

#define PATTERNS_VALUES \
	"1111:20 1112:2 1121:9 1122:2 1211:6 1212:1 1221:4 1222:1 2111:38 " \
	"2112:7 2121:24 2122:6 2211:25 2212:6 2221:23 2222:42"
#define PATTERNS_CARCINOMA \
	"1111111:34 1111211:2 1211111:6 1211112:1 1211211:4 1211212:5 " \
	"2111111:2 2121212:1 2211111:2 2211112:1 2211211:2 2211212:7 " \
	"2211222:1 2212112:1 2212212:2 2212222:3 2221212:13 2221222:5 " \
	"2222212:10 2222222:16"
#define PATTERNS_CHEATING \
	"1111:207 1112:46 1121:7 1122:5 1211:13 1212:4 1221:1 1222:2 2111:10 " \
	"2112:3 2121:1 2122:2 2211:11 2212:4 2221:1 2222:2"

static inline void *
patterns_room(size_t bytes)
{
	void	   *room = calloc(1, bytes + 1);

	if (room == NULL)
		exit(EXIT_FAILURE);
	return room;
}

/* an empty tally with room for so many entries */
static inline NkTally *
patterns_empty(size_t entries)
{
	NkTally    *tally = patterns_room(sizeof(NkTally) + 24 * entries);

	tally->header.columns = 2;
	tally->counts = 1;
	return tally;
}

/* one more entry; the caller keeps to the canonical order */
static inline void
patterns_put(NkTally *tally, uint64_t observed, uint64_t present, int64_t n)
{
	uint64_t   *entry = tally->words + 3 * tally->header.rows++;

	entry[0] = observed;
	entry[1] = present;
	entry[2] = (uint64_t) n;
	tally->n += n;
}

/*
 * Patterns such as "121.:3": a digit an item, 1 absent, 2 present, a dot not
 * observed.  Items are numbered from the left, entries are sorted.
 */
static inline NkTally *
patterns_read(const char *text)
{
	NkTally    *tally = patterns_empty(strlen(text));
	char	   *rest = (char *) text;

	while (*rest != '\0')
	{
		uint64_t	observed = 0;
		uint64_t	present = 0;

		for (int j = 0; *rest != ':'; j++, rest++)
		{
			observed |= (uint64_t) (*rest != '.') << j;
			present |= (uint64_t) (*rest == '2') << j;
		}
		patterns_put(tally, observed, present, strtoll(rest + 1, &rest, 10));
		rest += *rest == ' ';
	}
	nk_sort_entries(tally->words, tally->header.rows, 3, 2);
	return tally;
}

/* the same from "15:0:20 15:1:38": observed, present, children; sorted */
static inline NkTally *
patterns_of(const char *text)
{
	NkTally    *tally = patterns_empty(strlen(text));
	char	   *rest = (char *) text;

	while (*rest != '\0')
	{
		uint64_t	observed = strtoull(rest, &rest, 10);
		uint64_t	present = strtoull(rest + 1, &rest, 10);

		patterns_put(tally, observed, present, strtoll(rest + 1, &rest, 10));
		rest += *rest == ' ';
	}
	return tally;
}

/* the data of a tally; what they lie in is never freed */
static inline NkLcaData
patterns_data(const NkTally *tally, int items)
{
	NkLcaData	data;

	if (nk_lca_data(tally, items, patterns_room(nk_lca_data_size(tally)),
					&data) != NK_OK)
		exit(EXIT_FAILURE);
	return data;
}

static inline NkLcaParameters
patterns_parameters(int classes, int items)
{
	size_t		k = (size_t) classes;

	return (NkLcaParameters) {
		.classes = classes, .items = items,
		.share = patterns_room(k * sizeof(double)),
		.probability = patterns_room(k * (size_t) items * sizeof(double))
	};
}

#endif							/* NK_RESPONSE_PATTERNS_H */
