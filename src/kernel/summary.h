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
 */
#ifndef NK_SUMMARY_H
#define NK_SUMMARY_H

#include "kernel.h"

#pragma GCC visibility push(hidden)

#define NK_SUMMARY_MAGIC	0x6E75	/* "nu" */
#define NK_SUMMARY_VERSION	1

typedef struct NkSummary
{
	uint32_t	container;		/* length word, not ours */
	uint16_t	magic;
	uint8_t		version;
	uint8_t		kind;
	uint32_t	rows;			/* dimensions of the table of counts */
	uint32_t	columns;
} NkSummary;

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

	/* a list of groups of fields; an input port sets *items */
	void		(*begin_list) (NkPort *port, const char *name,
							   uint32_t *items, uint32_t most);
	void		(*begin_item) (NkPort *port);
	void		(*end_item) (NkPort *port);
	void		(*end_list) (NkPort *port);
};

typedef struct NkSummaryKind
{
	const char *name;			/* the SQL type */
	uint8_t		code;			/* in the header; stored, so never reused */
	uint32_t	rows;			/* dimensions of an empty summary */
	uint32_t	columns;
	size_t		size;			/* of the whole block */

	/* how many children it counts */
	int64_t		(*n) (const NkSummary *summary);

	/* are the contents possible?  The header has been checked. */
	NkStatus	(*validate) (const NkSummary *summary);

	/* both leave *into in an undefined state if they do not return NK_OK */
	NkStatus	(*merge) (NkSummary *into, const NkSummary *from);
	NkStatus	(*subtract) (NkSummary *from, const NkSummary *part);

	/*
	 * Fields through the port.  Going in, the summary is empty before and is
	 * validated after; what the validator cannot see is returned here.
	 */
	NkStatus	(*exchange) (NkSummary *summary, NkPort *port);
} NkSummaryKind;

/* make the block at *summary the empty summary of this kind */
extern void nk_summary_init(NkSummary *summary, const NkSummaryKind *kind);

/* the one validator: header, size and contents of a block of so many bytes */
extern NkStatus nk_summary_validate(const NkSummary *summary, size_t size,
									const NkSummaryKind *kind);

/* the header alone, cheap enough for every row of an aggregate */
static inline bool
nk_summary_has_kind(const NkSummary *summary, const NkSummaryKind *kind)
{
	return summary->magic == NK_SUMMARY_MAGIC &&
		summary->version == NK_SUMMARY_VERSION &&
		summary->kind == kind->code &&
		summary->rows == kind->rows && summary->columns == kind->columns;
}

/* vectors of counts: what all count summaries do alike */
extern NkStatus nk_counts_validate(const int64_t *counts, size_t length);
extern NkStatus nk_counts_merge(int64_t *into, const int64_t *from,
								size_t length);
extern NkStatus nk_counts_subtract(int64_t *from, const int64_t *part,
								   size_t length);

#pragma GCC visibility pop

#endif							/* NK_SUMMARY_H */
