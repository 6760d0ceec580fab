/*
 * explain.c - why a child has its profile: what the SQL of explain_profile and
 * explain_factors cannot say by itself
 */
#include "scheme.h"

#include "../kernel/lca_contribution.h"

PG_FUNCTION_INFO_V1(nuso_lca_contributions);
PG_FUNCTION_INFO_V1(nuso_prototype_distance);

/* an item and a class, and what it weighs */
typedef struct Contribution
{
	int			k;
	int			item;
	bool		present;
	NkWeight	weight;
	double		value;
} Contribution;

static void *
begin_contributions(FunctionCallInfo fcinfo, uint64 *rows)
{
	const NkLcaModel *model = (const NkLcaModel *)
		summary_arg(fcinfo, 0, &nk_lca_model_kind);
	uint64		observed = (uint64) mask_arg(fcinfo, 2);
	uint64		present = (uint64) mask_arg(fcinfo, 1) & observed;
	int			items = nk_lca_items(model);
	int			classes = nk_lca_classes(model);
	Contribution *all = palloc0(Max(items * classes, 1) * sizeof(Contribution));
	uint64		count = 0;

	if (present >> items != 0)
		check_status(NK_ITEMS_DIFFER);
	for (int k = 0; k < classes; k++)
		for (int j = 0; j < items; j++)
		{
			Contribution *one = &all[count];

			one->k = k;
			one->item = j;
			one->present = present >> j & 1;
			one->weight = nk_lca_contribution(model, k, j, present, observed,
											  &one->value);
			count += one->weight != NK_WEIGHT_NONE;
		}
	*rows = count;
	return all;
}

static void
make_contribution(ResultRow *row, void *source, uint64 i)
{
	const Contribution *one = &((Contribution *) source)[i];
	bool		decisive = one->weight != NK_WEIGHT_NUMBER;

	put_int4(row, one->k + 1);
	put_int4(row, one->item);
	put_bool(row, one->present);
	put_float8(row, one->value);
	put_bool(row, decisive);
	if (!decisive && one->value == 0)
		put_null(row);
	else
		put_bool(row, decisive ? one->weight == NK_WEIGHT_DECISIVE_FOR :
				 one->value > 0);
}

/* nuso_lca_contributions(model, present, observed) */
Datum
nuso_lca_contributions(PG_FUNCTION_ARGS)
{
	return return_rows(fcinfo, begin_contributions, make_contribution);
}

/* nuso_prototype_distance(prototype, counted, present, observed) */
Datum
nuso_prototype_distance(PG_FUNCTION_ARGS)
{
	NkPrototype prototype = {
		.present = mask_arg(fcinfo, 0),
		.counted = mask_arg(fcinfo, 1)
	};

	RETURN_FLOAT8(nk_distance_share(nk_prototype_distance(&prototype,
														  mask_arg(fcinfo, 2),
														  mask_arg(fcinfo, 3))));
}
