/*
 * tape.h - a port that keeps what goes through it in memory.
 *
 * Recorded from one summary and played into another, a tape does what text
 * and binary input and output do in the server.  Between the two a test may
 * change what is on it, as a hostile sender would.
 */
#ifndef NK_TEST_TAPE_H
#define NK_TEST_TAPE_H

#include "summary.h"
#include "unit.h"

#define TAPE_STEPS	1024

typedef enum TapeKind
{
	TAPE_COUNT,
	TAPE_OPTIONAL,
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
} TapeStep;

typedef struct Tape
{
	NkPort		port;			/* first, so that a port is a tape */
	bool		playing;
	bool		out_of_step;	/* played otherwise than recorded */
	int			length;
	int			at;
	TapeStep	steps[TAPE_STEPS];
} Tape;

static inline void
tape_step(NkPort *port, TapeKind kind, const char *name, int64_t *value)
{
	Tape	   *tape = (Tape *) port;
	TapeStep   *step = &tape->steps[tape->at];

	if (tape->at == (tape->playing ? tape->length : TAPE_STEPS))
	{
		tape->out_of_step = true;
		if (value != NULL && tape->playing)
			*value = 0;
		return;
	}
	tape->at++;
	if (tape->playing)
	{
		if (step->kind != kind || strcmp(step->name, name) != 0)
			tape->out_of_step = true;
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
tape_begin_list(NkPort *port, const char *name, uint32_t *items, uint32_t most)
{
	int64_t		value = *items;

	tape_step(port, TAPE_LIST, name, &value);
	if (value > most)			/* what every input port has to refuse */
	{
		((Tape *) port)->out_of_step = true;
		value = most;
	}
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
		tape_count, tape_optional, tape_begin_list, tape_begin_item,
		tape_end_item, tape_end_list
	};
	kind->exchange(summary, &tape->port);
}

/* into an empty summary; false if it is refused or asks for something else */
static inline bool
tape_play(Tape *tape, NkSummary *summary, const NkSummaryKind *kind)
{
	memset(summary, 0, kind->size);
	nk_summary_init(summary, kind);
	tape->playing = true;
	tape->out_of_step = false;
	tape->at = 0;
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
