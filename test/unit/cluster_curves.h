/*
 * cluster_curves.h - age curves over clusters for the unit tests, counted as
 * the server does.
 */
#ifndef NK_TEST_CLUSTER_CURVES_H
#define NK_TEST_CLUSTER_CURVES_H

#include "clustered_curve.h"
#include "reference.h"

#define CLUSTER_ROOM	(1 << 20)

/* room for a summary of all ages and cells, aligned as in the server */
typedef union ClusterBlock
{
	NkSummary	header;
	NkCrosstab	table;
	unsigned char bytes[CLUSTER_ROOM];
} ClusterBlock;

static inline void
clusters_start(ClusterBlock *state)
{
	memset(state, 0, sizeof(NkCrosstab) + 64);
	nk_summary_init(&state->header, &nk_clustered_kind);
}

static inline void
clusters_room(ClusterBlock *state, const NkSummary *more)
{
	static ClusterBlock larger;
	size_t		size;

	if (nk_clustered_kind.growth->room(&state->header, more, &size) != NK_OK ||
		size > CLUSTER_ROOM)
		abort();
	if (size == 0)
		return;
	memset(&larger, 0, size);
	nk_clustered_kind.growth->rebuild(&state->header, more, &larger.header,
									  size);
	memcpy(state, &larger, size);
}

/* count one cluster */
static inline void
clusters_add(ClusterBlock *state, const NkAgeCurve *curve)
{
	static ClusterBlock table;
	size_t		size = nk_curve_table_size(curve);

	memset(&table, 0, size);
	nk_curve_table(curve, &table.table);
	clusters_room(state, &table.header);
	if (nk_add_cluster(&state->table, &table.table) != NK_OK)
		abort();
}

/* what statistics are given; the state may go on */
static inline const NkCrosstab *
clusters_canonical(const ClusterBlock *state)
{
	static ClusterBlock form;
	size_t		size = nk_clustered_kind.growth->canonical_size(&state->header);

	if (size == 0)
		return &state->table;
	memset(&form, 0, size);
	nk_clustered_kind.growth->canonicalise(&state->header, &form.header);
	return &form.table;
}

/*
 * The next of "2:3.1=4,3.0=6;1:5.7=1" (clustered_gaps.py tells more), and how
 * many there are of it; 0 at the end.
 */
static inline long
clusters_next(char **rest, NkAgeCurve *curve)
{
	long		times = **rest == '\0' ? 0 : strtol(*rest, rest, 10);

	memset(curve, 0, sizeof(*curve));
	nk_summary_init(&curve->header, &nk_age_curve_kind);
	while (**rest == ':' || **rest == ',')
	{
		long		age = strtol(*rest + 1, rest, 10);
		long		cell = strtol(*rest + 1, rest, 10);

		curve->cells[age][cell] = strtoll(*rest + 1, rest, 10);
	}
	if (**rest == ';')
		(*rest)++;
	else if (**rest != '\0')
		reference_fail("not clusters", *rest);
	return times;
}

static inline void
clusters_read(ClusterBlock *state, const char *text)
{
	char	   *rest = (char *) text;
	NkAgeCurve	curve;
	long		times;

	clusters_start(state);
	while ((times = clusters_next(&rest, &curve)) > 0)
		for (long i = 0; i < times; i++)
			clusters_add(state, &curve);
}

/* the next number of a list with commas, NULL among them */
static inline double
next_number(const char **list)
{
	char	   *end = (char *) *list + 4;
	double		value = NAN;

	if (strncmp(*list, "NULL", 4) != 0)
		value = strtod(*list, &end);
	if (end == *list)
		reference_fail("not a number", *list);
	*list = end + (*end == ',');
	return value;
}

#endif							/* NK_TEST_CLUSTER_CURVES_H */
