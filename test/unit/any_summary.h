/*
 * any_summary.h - a block that holds any kind of summary, what the server does
 * with states, and contents at random
 */
#ifndef NK_TEST_ANY_SUMMARY_H
#define NK_TEST_ANY_SUMMARY_H

#include "by_key.h"
#include "class_models.h"
#include "clustered.h"
#include "curve_by_key.h"
#include "groups.h"
#include "logit.h"
#include "membership.h"
#include "moments_groups.h"
#include "patterns.h"
#include "summaries.h"

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
	NkLcaModel	model;
	unsigned char bytes[ROOM];
} Any;

static const NkSummaryKind *const kinds[] = {
	&nk_proportion_kind, &nk_paired_proportion_kind, &nk_age_curve_kind,
	&nk_distribution_kind, &nk_logit_kind, &nk_proportion_groups_kind,
	&nk_proportion_strata_kind, &nk_distribution_groups_kind,
	&nk_proportion_by_key_kind, &nk_crosstab_kind, &nk_clustered_kind,
	&nk_moments_kind, &nk_moments_groups_kind, &nk_age_curve_by_key_kind,
	&nk_patterns_kind, &nk_lca_model_kind, &nk_membership_kind
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
			nk_covariates_shape(&any->tally, NK_LOGIT_WORDS, 2);
		else if (kind == &nk_membership_kind)
			nk_covariates_shape(&any->tally, NK_MEMBERSHIP_WORDS, 2);
		make_room(any, NULL, kind);
		if (kind == &nk_distribution_kind)
			nk_distribution_add(&any->tally, x[0], 1 + random_count(most / 64));
		else if (kind == &nk_logit_kind)
			nk_logit_add(&any->tally, random_bits() % 2, x, &cluster);
		else if (kind == &nk_membership_kind)
			nk_membership_add(&any->tally, 1 + (int32_t) random_count(2), x,
							  &cluster);
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
	else if (kind == &nk_lca_model_kind)
		random_model(&any->model, 1 + (int) random_count(3),
					 1 + (int) random_count(4), most);
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

#endif							/* NK_TEST_ANY_SUMMARY_H */
