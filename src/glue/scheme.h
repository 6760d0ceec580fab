/*
 * scheme.h - a scheme of profiles as this backend has read it
 */
#ifndef NUSO_SCHEME_H
#define NUSO_SCHEME_H

#include "glue.h"

#include "../kernel/lca_classifier.h"
#include "../kernel/profile.h"
#include "../kernel/prototype.h"

#pragma GCC visibility push(hidden)

#define REVISION_LENGTH	37		/* a uuid in text, with its end */

/* a mask of factors; raise if it has a bit beyond the last */
static inline int64
mask_arg(FunctionCallInfo fcinfo, int argno)
{
	int64		mask = PG_GETARG_INT64(argno);

	if (unlikely(mask < 0))
		check_status(NK_BAD_MASK);
	return mask;
}

typedef enum SchemeMethod
{
	SCHEME_RULES,
	SCHEME_PROTOTYPES,
	SCHEME_MODEL
} SchemeMethod;

/* a scheme's rows, in the order in which profiles are tried */
typedef struct SchemeRows
{
	SchemeMethod method;
	int			count;			/* rules, prototypes, or profiles with a class */
	char	  **profile;		/* of each row */
	int		   *number;			/* of each row: rule, or class */
	NkRule	   *rules;			/* whose profiles are numbered from 0 */
	NkPrototypeSet *prototypes;
	const NkLcaModel *model;
	double		threshold;
} SchemeRows;

/* one flat block, so that a call site can have a copy */
typedef struct Scheme
{
	Size		size;
	char		revision[REVISION_LENGTH];
	SchemeMethod method;
	double		threshold;		/* of a model: least posterior probability */
	Size		code_size;
	Size		codes;			/* offset: unclassified, then each profile's */
	Size		block;			/* offset: what the kernel classifies by */
} Scheme;

/* what classify returns for the profile at this place, or NK_UNCLASSIFIED */
static inline text *
scheme_code(const Scheme *scheme, int profile)
{
	return (text *) ((char *) scheme + scheme->codes +
					 (profile + 1) * scheme->code_size);
}

/* the place of a child's profile, or NK_UNCLASSIFIED */
static inline int
scheme_place(const Scheme *scheme, int64 present, int64 observed)
{
	const void *block = (const char *) scheme + scheme->block;
	const NkLcaClassifier *classifier = block;
	NkStatus	status;
	double		posterior;
	int			modal;

	if (likely(scheme->method == SCHEME_RULES))
		return nk_classify(block, present, observed);
	if (scheme->method == SCHEME_PROTOTYPES)
		return nk_nearest(block, present, observed);
	/* a factor that came into the catalogue later is not the model's */
	status = nk_lca_classifier_class(classifier,
									 (uint64) present & ~classifier->beyond,
									 (uint64) observed, &modal, &posterior);
	if (likely(status == NK_OK))
		return posterior >= scheme->threshold ? modal : NK_UNCLASSIFIED;
	check_status(status);
	return NK_UNCLASSIFIED;
}

/*
 * The rows of a version, as the active snapshot sees them, in the current
 * context.  It is connected to SPI.
 */
extern SchemeRows *read_scheme(const char *name, int version);

/*
 * The scheme that a name or name@version stands for, as the active snapshot
 * sees it.  It belongs to the backend, until the next call.
 */
extern const Scheme *current_scheme(const char *name);

#pragma GCC visibility pop

#endif							/* NUSO_SCHEME_H */
