/*
 * curve.c - the summary of three facts of a child by age
 */
#include "curve.h"

/* fields of one age in the text form */
const char *const nk_curve_cells[NK_CURVE_CELLS] = {
	"none",
	"identified",
	"assessed",
	"identified_assessed",
	"decided",
	"identified_decided",
	"assessed_decided",
	"identified_assessed_decided"
};

static NkStatus
curve_validate(const NkSummary *summary)
{
	return nk_counts_validate(&((const NkAgeCurve *) summary)->n_outside,
							  NK_CURVE_PLACES);
}

static NkStatus
curve_merge(NkSummary *into, const NkSummary *from)
{
	return nk_counts_merge(&((NkAgeCurve *) into)->n_outside,
						   &((const NkAgeCurve *) from)->n_outside,
						   NK_CURVE_PLACES);
}

static NkStatus
curve_subtract(NkSummary *from, const NkSummary *part)
{
	return nk_counts_subtract(&((NkAgeCurve *) from)->n_outside,
							  &((const NkAgeCurve *) part)->n_outside,
							  NK_CURVE_PLACES);
}

static int64_t
curve_n(const NkSummary *summary)
{
	return nk_age_curve_n((const NkAgeCurve *) summary);
}

static int64_t
children_at(const NkAgeCurve *curve, int64_t age)
{
	int64_t		n = 0;

	for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
		n += curve->cells[age][cell];
	return n;
}

/* the first age from this one on that has children, else NK_CURVE_AGES */
static int64_t
next_seen(const NkAgeCurve *curve, int64_t age)
{
	while (age < NK_CURVE_AGES && children_at(curve, age) == 0)
		age++;
	return age;
}

/*
 * curve_exchange - only ages with children, each with its age
 *
 * Going in, ages must be in range and rise, so that contents have one form.
 */
static NkStatus
curve_exchange(NkSummary *summary, NkPort *port)
{
	NkAgeCurve *curve = (NkAgeCurve *) summary;
	uint32_t	ages = 0;
	int64_t		before = -1;

	for (int64_t age = 0; age < NK_CURVE_AGES; age++)
		ages += children_at(curve, age) > 0;

	port->count(port, "n_outside", &curve->n_outside);
	port->count(port, "n_incomplete", &curve->n_incomplete);
	port->begin_list(port, "ages", &ages, NK_CURVE_AGES);
	for (uint32_t i = 0; i < ages; i++)
	{
		int64_t		age = next_seen(curve, before + 1);

		port->begin_item(port);
		port->count(port, "age", &age);
		if (age <= before || age >= NK_CURVE_AGES)
			return NK_BAD_SUMMARY;
		for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
			port->optional(port, nk_curve_cells[cell], &curve->cells[age][cell]);
		port->end_item(port);
		before = age;
	}
	port->end_list(port);
	return NK_OK;
}

const NkSummaryKind nk_age_curve_kind = {
	.name = "age_curve",
	.code = 3,
	.rows = NK_CURVE_AGES,
	.columns = NK_CURVE_CELLS,
	.size = sizeof(NkAgeCurve),
	.n = curve_n,
	.validate = curve_validate,
	.merge = curve_merge,
	.subtract = curve_subtract,
	.exchange = curve_exchange
};

int64_t
nk_age_curve_n(const NkAgeCurve *curve)
{
	int64_t		n = 0;

	for (int64_t age = 0; age < NK_CURVE_AGES; age++)
		n += children_at(curve, age);
	return n;
}

NkStatus
nk_pool_ages(const NkAgeCurve *curve, const int32_t *first_ages,
			 int64_t count, NkAgeCurve *pooled)
{
	int64_t		band = -1;

	for (int64_t i = 0; i < count; i++)
		if (first_ages[i] < 0 || first_ages[i] >= NK_CURVE_AGES ||
			(i > 0 && first_ages[i] <= first_ages[i - 1]))
			return NK_BAD_BANDS;
	if (count == 0)
		return NK_BAD_BANDS;

	/* no sum can overflow: all counts of a curve together do not */
	*pooled = (NkAgeCurve) {
		.header = curve->header,
		.n_outside = curve->n_outside,
		.n_incomplete = curve->n_incomplete
	};
	for (int32_t age = 0; age < NK_CURVE_AGES; age++)
	{
		while (band + 1 < count && first_ages[band + 1] <= age)
			band++;
		if (band < 0)
			pooled->n_outside += children_at(curve, age);
		else
			for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
				pooled->cells[first_ages[band]][cell] +=
					curve->cells[age][cell];
	}
	return NK_OK;
}
