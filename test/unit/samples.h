/*
 * samples.h - moments of given values, for the unit tests.
 */
#ifndef NK_TEST_SAMPLES_H
#define NK_TEST_SAMPLES_H

#include "moments.h"
#include "reference.h"

/* room for either form, aligned as in the server */
typedef union Moments
{
	NkMoments	m;
	NkSummary	header;
	unsigned char bytes[NK_MOMENTS_WORKING];
} Moments;

static inline Moments
moments_empty(void)
{
	Moments		empty;

	memset(&empty, 0, sizeof(empty));
	nk_summary_init(&empty.header, &nk_moments_kind);
	return empty;
}

static inline Moments
moments_working(const Moments *from)
{
	Moments		working;
	size_t		size = 0;

	nk_moments_kind.growth->room(&from->header, NULL, &size);
	if (size == 0)
		return *from;
	memset(&working, 0, sizeof(working));
	nk_moments_kind.growth->rebuild(&from->header, NULL, &working.header,
									size);
	return working;
}

static inline Moments
moments_canonical(const Moments *from)
{
	Moments		form;

	if (nk_moments_kind.growth->canonical_size(&from->header) == 0)
		return *from;
	memset(&form, 0, sizeof(form));
	nk_moments_kind.growth->canonicalise(&from->header, &form.header);
	return form;
}

static inline Moments
moments_of(const double *values, int n)
{
	Moments		empty = moments_empty();
	Moments		state = moments_working(&empty);

	for (int i = 0; i < n; i++)
		nk_moments_add(&state.m, values[i]);
	return moments_canonical(&state);
}

/* the numbers in a cell of a table, separated by spaces */
static inline Moments
moments_of_text(const char *text)
{
	Moments		empty = moments_empty();
	Moments		state = moments_working(&empty);
	char	   *end;

	for (;;)
	{
		double		value = strtod(text, &end);

		if (end == text)
			break;
		nk_moments_add(&state.m, value);
		text = end;
	}
	return moments_canonical(&state);
}

static inline NkStatus
moments_merge_into(Moments *into, const Moments *from)
{
	NkStatus	status;

	*into = moments_working(into);
	status = nk_moments_kind.merge(&into->header, &from->header);
	*into = moments_canonical(into);
	return status;
}

static inline NkStatus
moments_validate(const Moments *m)
{
	return nk_summary_validate(&m->header,
							   nk_summary_size(&m->header, &nk_moments_kind),
							   &nk_moments_kind);
}

static inline double
moments_spread(const Moments *m)
{
	int			exponent;
	double		spread = nk_moments_spread(&m->m, &exponent);

	return ldexp(spread, exponent);
}

static inline bool
moments_same(const Moments *a, const Moments *b)
{
	size_t		size = nk_summary_size(&a->header, &nk_moments_kind);

	return size == nk_summary_size(&b->header, &nk_moments_kind) &&
		memcmp(a, b, size) == 0;
}

#endif							/* NK_TEST_SAMPLES_H */
