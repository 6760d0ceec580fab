/*
 * scheme.h - a scheme of profiles as this backend has read it
 */
#ifndef NUSO_SCHEME_H
#define NUSO_SCHEME_H

#include "glue.h"

#include "../kernel/profile.h"

#pragma GCC visibility push(hidden)

#define REVISION_LENGTH	37		/* a uuid in text, with its end */

/* one flat block, so that a call site can have a copy */
typedef struct Scheme
{
	Size		size;
	char		revision[REVISION_LENGTH];
	int			profiles;
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

static inline const void *
scheme_block(const Scheme *scheme)
{
	return (const char *) scheme + scheme->block;
}

/*
 * The scheme that a name or name@version stands for, as the active snapshot
 * sees it.  It belongs to the backend, until the next call.
 */
extern const Scheme *current_scheme(const char *name);

#pragma GCC visibility pop

#endif							/* NUSO_SCHEME_H */
