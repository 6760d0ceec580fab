/*
 * scheme_check.h - do the rules or prototypes of a scheme make sense together?
 */
#ifndef NK_SCHEME_CHECK_H
#define NK_SCHEME_CHECK_H

#include "profile.h"
#include "prototype.h"

#pragma GCC visibility push(hidden)

typedef enum NkProblem
{
	NK_PROBLEM_CONTRADICTION,	/* a rule, two of a profile, or all of them */
	NK_PROBLEM_UNKNOWN,			/* a factor that the catalogue does not have */
	NK_PROBLEM_UNREACHABLE,		/* whoever fits has an earlier profile */
	NK_PROBLEM_UNDECIDED,		/* too many ways to find out whether that is so */
	NK_PROBLEM_OVERLAP,			/* some child fits an earlier profile, too */
	NK_PROBLEM_DUPLICATE,		/* the prototype of an earlier profile */
	NK_PROBLEM_TIE				/* some child is as near to an earlier one */
} NkProblem;

#define NK_NONE				(-1)

typedef struct NkFinding
{
	NkProblem	problem;
	int			profile;		/* places of profiles; the other one is earlier */
	int			other_profile;	/* or NK_NONE */
	int			rule;			/* places among all rules, or NK_NONE */
	int			other_rule;
	int64_t		factors;		/* that contradict or are unknown, or those of
								 * a child who fits both */
} NkFinding;

/* false: no more is wanted */
typedef bool (*NkReport) (void *context, const NkFinding *finding);

/*
 * Rules as for nk_rule_set_make.  First what is wrong within a profile, then
 * what is between two.  Decided exactly: can a rule, two rules, a
 * profile, two profiles be matched at all; and, but for rules with many counts
 * over each other's factors, does one profile always match where another does.
 * Not tried: whether several earlier profiles together leave nobody.
 */
extern void nk_check_rules(const NkRule *rules, int count, int64_t factors,
						   NkReport report, void *context);

/*
 * Decided exactly: duplicates; and ties, with everything observed, between two
 * prototypes that count the same factors.
 */
extern void nk_check_prototypes(const NkPrototypeSet *set, int64_t factors,
								NkReport report, void *context);

#pragma GCC visibility pop

#endif							/* NK_SCHEME_CHECK_H */
