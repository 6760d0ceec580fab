/*
 * summary.h - the shape that all summaries share, and what a kind of summary
 * has to bring.
 *
 * A summary is a flat block: a header of 16 bytes, then counts or exact sums,
 * aligned to 8.  It holds no pointer, so it may be stored, sent and copied at
 * any moment.  The length word belongs to the container (in the server: the
 * varlena header); the kernel never reads it.
 *
 * A kind is a table of functions.  Text and binary input and output, states,
 * rollup, + and - are written once over this table, so a further kind brings
 * its own mathematics and nothing else.
 *
 * Some kinds grow with their data.  While it counts, such a block is in
 * working form: it has room for more, and its contents lie in the order of
 * their arrival.  What a user sees, keeps and sends is the canonical form:
 * sorted and minimal, so that equal contents are equal bytes.  Statistics are
 * given the canonical form only.
 */
#ifndef NK_SUMMARY_H
#define NK_SUMMARY_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

#define NK_SUMMARY_MAGIC	0x6E75	/* "nu" */
#define NK_SUMMARY_VERSION	1

/* no block is larger */
#define NK_SUMMARY_MOST		((size_t) 1 << 29)

typedef struct NkSummary
{
	uint32_t	container;		/* length word, not ours */
	uint16_t	magic;
	uint8_t		version;
	uint8_t		kind;
	uint32_t	rows;			/* dimensions of the table of counts */
	uint32_t	columns;
} NkSummary;

/* a sum of products of two counts; blocks are aligned to 8 bytes only */
typedef __int128 NkProduct __attribute__((aligned(8)));

/*
 * A port moves the fields of a summary in or out, by name (text) or in order
 * (binary).  The same exchange function of a kind serves all four: an output
 * port reads the fields, an input port fills them.  An input port does not
 * return from malformed input, and may not return from any call.
 */
typedef struct NkPort NkPort;

struct NkPort
{
	/* one count; an optional one that is zero may be left out of the text */
	void		(*count) (NkPort *port, const char *name, int64_t *value);
	void		(*optional) (NkPort *port, const char *name, int64_t *value);

	/* a finite number; as many counts as the other side must know */
	void		(*number) (NkPort *port, const char *name, double *value);
	void		(*counts) (NkPort *port, const char *name, int64_t *values,
						   uint32_t length);
	void		(*products) (NkPort *port, const char *name,
							 NkProduct *values, uint32_t length);
	void		(*numbers) (NkPort *port, const char *name, double *values,
							uint32_t length);

	/* a string; what an input port sets stays until the exchange is over */
	void		(*text) (NkPort *port, const char *name, const char **value,
						 uint32_t *length);

	/* a list of groups of fields; an input port sets *items */
	void		(*begin_list) (NkPort *port, const char *name,
							   uint32_t *items, uint32_t most);
	void		(*begin_item) (NkPort *port);
	void		(*end_item) (NkPort *port);
	void		(*end_list) (NkPort *port);

	/*
	 * A summary that is about to be filled gets a block of that many bytes:
	 * what it was, then zeros.  An output port gives the summary back.
	 */
	NkSummary  *(*resize) (NkPort *port, NkSummary *summary, size_t size);
};

/* what a kind brings whose size depends on its data */
typedef struct NkGrowth
{
	/* the size that the block itself tells; 0 if there is no such size */
	size_t		(*size) (const NkSummary *block);

	/*
	 * The size of a working block that holds this state and could take in
	 * the other summary too; 0 if the state is one already.
	 */
	NkStatus	(*room) (const NkSummary *state, const NkSummary *more,
						 size_t *size);

	/* fill a zeroed block of the size that room asked for with the state */
	void		(*rebuild) (const NkSummary *state, const NkSummary *more,
							NkSummary *block, size_t size);

	/* the canonical form: its size, 0 if this is it; filling it */
	size_t		(*canonical_size) (const NkSummary *state);
	void		(*canonicalise) (const NkSummary *state, NkSummary *block);

	/* the room that subtract needs, if a rest may be larger than its whole */
	size_t		rest_size;
} NkGrowth;

typedef struct NkSummaryKind
{
	const char *name;			/* the SQL type */
	uint8_t		code;			/* in the header; stored, so never reused */
	uint32_t	rows;			/* dimensions of an empty summary */
	uint32_t	columns;
	size_t		size;			/* of the whole block when empty */
	const NkGrowth *growth;		/* NULL if the block stays that size */

	/* what an empty block has beside its header; NULL if only zeros */
	void		(*init) (NkSummary *summary);

	/* how many children it counts */
	int64_t		(*n) (const NkSummary *summary);

	/*
	 * Are the contents possible?  Header and size have been checked.  A
	 * working form must be one, too.
	 */
	NkStatus	(*validate) (const NkSummary *summary);

	/*
	 * Both are NULL of a kind that is a value and no summary: a fitted model is
	 * kept and sent as summaries are, but two of them are not one of all the
	 * children.  Of its growth, too, it needs the sizes only.
	 *
	 * Both leave the first in an undefined state if they do not return NK_OK.
	 * Of a kind that grows, merge is given a working state with room for the
	 * other summary, which may have either form; subtract is given canonical
	 * forms, the first with room for rest_size, and leaves either form in it.
	 */
	NkStatus	(*merge) (NkSummary *into, const NkSummary *from);
	NkStatus	(*subtract) (NkSummary *from, const NkSummary *part);

	/*
	 * Fields through the port.  Going in, the summary is empty before and is
	 * validated after; what the validator cannot see is returned here.  Of a
	 * kind that grows either form may come of it.
	 */
	NkStatus	(*exchange) (NkSummary *summary, NkPort *port);
} NkSummaryKind;

/* make the block at *summary the empty summary of this kind */
extern void nk_summary_init(NkSummary *summary, const NkSummaryKind *kind);

/* the one validator: header, size and contents of a block of so many bytes */
extern NkStatus nk_summary_validate(const NkSummary *summary, size_t size,
									const NkSummaryKind *kind);

/*
 * Header and size alone, cheap enough for every row of an aggregate.  A block
 * that grows needs more than its header to tell its size.
 */
static inline bool
nk_summary_has_kind(const NkSummary *summary, size_t size,
					const NkSummaryKind *kind)
{
	if (size < kind->size ||
		summary->magic != NK_SUMMARY_MAGIC ||
		summary->version != NK_SUMMARY_VERSION ||
		summary->kind != kind->code)
		return false;
	if (kind->growth != NULL)
		return size == kind->growth->size(summary);
	return size == kind->size &&
		summary->rows == kind->rows && summary->columns == kind->columns;
}

/* the size of a block whose header has been checked */
static inline size_t
nk_summary_size(const NkSummary *summary, const NkSummaryKind *kind)
{
	return kind->growth != NULL ? kind->growth->size(summary) : kind->size;
}

/* vectors of counts: what all count summaries do alike */
extern NkStatus nk_counts_validate(const int64_t *counts, size_t length);
extern NkStatus nk_counts_merge(int64_t *into, const int64_t *from,
								size_t length);
extern NkStatus nk_counts_subtract(int64_t *from, const int64_t *part,
								   size_t length);

#pragma GCC visibility pop

#endif							/* NK_SUMMARY_H */
