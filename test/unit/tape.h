/*
 * tape.h - a port that keeps what goes through it in memory.
 *
 * Recorded from one summary and played into another, a tape does what text
 * and binary input and output do in the server.  Between the two a test may
 * change what is on it, as a hostile sender would.
 */
#ifndef NK_TEST_TAPE_H
#define NK_TEST_TAPE_H

#include <setjmp.h>

#include "summary.h"
#include "unit.h"

#define TAPE_STEPS	4096

typedef enum TapeKind
{
	TAPE_COUNT,
	TAPE_OPTIONAL,
	TAPE_NUMBER,
	TAPE_COUNTS,
	TAPE_NUMBERS,
	TAPE_TEXT,
	TAPE_LIST,
	TAPE_ITEM,
	TAPE_END_ITEM,
	TAPE_END_LIST
} TapeKind;

typedef struct TapeStep
{
	TapeKind	kind;
	char		name[32];
	int64_t		value;			/* of a count, or the items of a list */
	double		number;
	char		text[32];
} TapeStep;

typedef struct Tape
{
	NkPort		port;			/* first, so that a port is a tape */
	bool		playing;
	bool		out_of_step;	/* played otherwise than recorded */
	int			length;
	int			at;
	jmp_buf		refusal;		/* where a refusal while playing leads */
	size_t		room;			/* of the block that is played into */
	size_t		size;			/* that it was given */
	TapeStep	steps[TAPE_STEPS];
} Tape;

/* as a server's port raises an error, this one does not return */
static inline void
tape_refuse(Tape *tape)
{
	tape->out_of_step = true;
	if (tape->playing)
		longjmp(tape->refusal, 1);
}

static inline void
tape_step(NkPort *port, TapeKind kind, const char *name, int64_t *value)
{
	Tape	   *tape = (Tape *) port;
	TapeStep   *step = &tape->steps[tape->at];

	if (tape->at == (tape->playing ? tape->length : TAPE_STEPS))
	{
		tape_refuse(tape);
		return;
	}
	tape->at++;
	if (tape->playing)
	{
		if (step->kind != kind || strcmp(step->name, name) != 0)
			tape_refuse(tape);
		if (value != NULL)
			*value = step->value;
		return;
	}
	step->kind = kind;
	snprintf(step->name, sizeof(step->name), "%s", name);
	step->value = value != NULL ? *value : 0;
	tape->length = tape->at;
}

static inline void
tape_count(NkPort *port, const char *name, int64_t *value)
{
	tape_step(port, TAPE_COUNT, name, value);
}

static inline void
tape_optional(NkPort *port, const char *name, int64_t *value)
{
	tape_step(port, TAPE_OPTIONAL, name, value);
}

static inline void
tape_number(NkPort *port, const char *name, double *value)
{
	Tape	   *tape = (Tape *) port;
	TapeStep   *step = &tape->steps[tape->at];

	tape_step(port, TAPE_NUMBER, name, NULL);
	if (!tape->playing)
		step->number = *value;
	if (!isfinite(step->number))
		tape_refuse(tape);		/* as every input port has to */
	*value = step->number;
}

static inline void
tape_counts(NkPort *port, const char *name, int64_t *values, uint32_t length)
{
	int64_t		steps = length;

	tape_step(port, TAPE_COUNTS, name, &steps);
	if (steps != (int64_t) length)
		tape_refuse((Tape *) port);
	for (uint32_t i = 0; i < length; i++)
		tape_step(port, TAPE_COUNT, "", &values[i]);
}

static inline void
tape_products(NkPort *port, const char *name, NkProduct *values,
			  uint32_t length)
{
	int64_t		steps = length;

	tape_step(port, TAPE_COUNTS, name, &steps);
	if (steps != (int64_t) length)
		tape_refuse((Tape *) port);
	for (uint32_t i = 0; i < length; i++)
	{
		int64_t		high = (int64_t) (values[i] >> 64);
		int64_t		low = (int64_t) values[i];

		tape_step(port, TAPE_COUNT, "", &high);
		tape_step(port, TAPE_COUNT, "", &low);
		if (((Tape *) port)->playing)
			values[i] = (NkProduct) ((unsigned __int128) high << 64 |
									 (uint64_t) low);
	}
}

static inline void
tape_numbers(NkPort *port, const char *name, double *values, uint32_t length)
{
	int64_t		steps = length;

	tape_step(port, TAPE_NUMBERS, name, &steps);
	if (steps != (int64_t) length)
		tape_refuse((Tape *) port);
	for (uint32_t i = 0; i < length; i++)
		tape_number(port, "", &values[i]);
}

static inline void
tape_text(NkPort *port, const char *name, const char **value,
		  uint32_t *length)
{
	Tape	   *tape = (Tape *) port;
	TapeStep   *step = &tape->steps[tape->at];
	int64_t		bytes = *length;

	tape_step(port, TAPE_TEXT, name, &bytes);
	if (bytes < 0 || bytes > (int64_t) sizeof(step->text))
	{
		tape_refuse(tape);
		return;
	}
	if (!tape->playing)
	{
		memcpy(step->text, *value, (size_t) bytes);
		return;
	}
	*value = step->text;
	*length = (uint32_t) bytes;
}

static inline NkSummary *
tape_resize(NkPort *port, NkSummary *summary, size_t size)
{
	Tape	   *tape = (Tape *) port;

	if (!tape->playing)
		return summary;
	/* a test that needs more room, or what every input port has to refuse */
	if (size == 0 || size > tape->room)
		tape_refuse(tape);
	tape->size = size;
	return summary;
}

static inline void
tape_begin_list(NkPort *port, const char *name, uint32_t *items, uint32_t most)
{
	int64_t		value = *items;

	tape_step(port, TAPE_LIST, name, &value);
	if (value < 0 || value > most)
		tape_refuse((Tape *) port);	/* as every input port has to */
	*items = (uint32_t) value;
}

static inline void
tape_begin_item(NkPort *port)
{
	tape_step(port, TAPE_ITEM, "", NULL);
}

static inline void
tape_end_item(NkPort *port)
{
	tape_step(port, TAPE_END_ITEM, "", NULL);
}

static inline void
tape_end_list(NkPort *port)
{
	tape_step(port, TAPE_END_LIST, "", NULL);
}

static inline void
tape_record(Tape *tape, NkSummary *summary, const NkSummaryKind *kind)
{
	memset(tape, 0, sizeof(*tape));
	tape->port = (NkPort) {
		tape_count, tape_optional, tape_number, tape_counts, tape_products,
		tape_numbers, tape_text, tape_begin_list, tape_begin_item, tape_end_item,
		tape_end_list, tape_resize
	};
	kind->exchange(summary, &tape->port);
}

/*
 * Into an empty summary in a block of so many bytes; false if it is refused or
 * asks for something else.
 */
static inline bool
tape_play(Tape *tape, NkSummary *summary, size_t room,
		  const NkSummaryKind *kind)
{
	memset(summary, 0, room);
	nk_summary_init(summary, kind);
	tape->room = room;
	tape->size = kind->size;
	tape->playing = true;
	tape->out_of_step = false;
	tape->at = 0;
	if (setjmp(tape->refusal) != 0)
		return false;
	return kind->exchange(summary, &tape->port) == NK_OK &&
		!tape->out_of_step && tape->at == tape->length;
}

/* no two fields side by side have the same name: as text they are an object */
static inline bool
tape_names_differ(const Tape *tape)
{
	for (int i = 0; i < tape->length; i++)
	{
		int			depth = 0;

		if (tape->steps[i].name[0] == '\0')
			continue;			/* not a field */
		for (int j = tape->steps[i].kind == TAPE_LIST ? i : i + 1;
			 j < tape->length && depth >= 0; j++)
		{
			const TapeStep *step = &tape->steps[j];

			if (step->kind == TAPE_END_ITEM || step->kind == TAPE_END_LIST)
				depth--;
			else if (j > i && depth == 0 &&
					 strcmp(step->name, tape->steps[i].name) == 0)
				return false;
			if (step->kind == TAPE_ITEM || step->kind == TAPE_LIST)
				depth++;
		}
	}
	return true;
}

#endif							/* NK_TEST_TAPE_H */
