/*
 * curve.c - three facts of a child by age, and the gap between the first and
 * the last
 *
 * The shares of children identified, assessed and decided at an age have
 * Wilson intervals.  The gap is identified minus decided of the same
 * children, a paired difference: Newcombe 1998, Stat Med 17:2635, method 10.
 * Treating the two shares as independent, which is easily done in a
 * spreadsheet, gives an interval that is too wide.
 */
#include "curve.h"

#include "gap.h"

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

/* how many children of an age have the fact */
static NkProportion
share_with(const int64_t cells[NK_CURVE_CELLS], int fact)
{
	NkProportion p = {.n = 0};

	for (int cell = 0; cell < NK_CURVE_CELLS; cell++)
	{
		p.n += cells[cell];
		if (cell & fact)
			p.events += cells[cell];
	}
	return p;
}

static void
curve_point(const NkAgeCurve *curve, int age, double conf_level,
			NkCurvePoint *point)
{
	const int64_t *cells = curve->cells[age];
	NkProportion identified = share_with(cells, NK_IDENTIFIED);
	NkProportion assessed = share_with(cells, NK_ASSESSED);
	NkProportion decided = share_with(cells, NK_DECIDED);
	NkPaired	pair = nk_gap_pair(cells, NK_GAP_IDENTIFIED);

	/* all four are empty together: one status speaks for the row */
	point->age = age;
	point->n = identified.n;
	nk_confint(&identified, conf_level, NK_WILSON, &point->identified);
	nk_confint(&assessed, conf_level, NK_WILSON, &point->assessed);
	nk_confint(&decided, conf_level, NK_WILSON, &point->decided);
	point->status = nk_paired_confint(&pair, conf_level, NK_PAIRED_NEWCOMBE,
									  &point->gap);
}

NkStatus
nk_curve(const NkAgeCurve *curve, double conf_level,
		 NkCurvePoint points[NK_CURVE_AGES], int *count)
{
	int64_t		youngest = next_seen(curve, 0);
	int64_t		oldest = NK_CURVE_AGES - 1;
	double		z;
	NkStatus	status = nk_critical_value(conf_level, &z);

	*count = 0;
	if (status != NK_OK)
		return status;
	if (youngest == NK_CURVE_AGES)
		return NK_EMPTY;
	while (children_at(curve, oldest) == 0)
		oldest--;
	for (int64_t age = youngest; age <= oldest; age++)
		curve_point(curve, (int) age, conf_level, &points[(*count)++]);
	return NK_OK;
}
