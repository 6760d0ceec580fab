/*
 * port.c - the ways in and out of a summary: JSON text and binary
 *
 * A kind describes its fields once (its exchange function); the four ports
 * here carry them.  Text is JSON, parsed by PostgreSQL's own parser, with
 * exactly the fields that belong there.  Binary is the header, then the fields
 * in their order as 8-byte integers in network order, with nothing after them.
 * Input ports raise on anything else: reading never goes past the end, and a
 * length is checked before it is believed.
 */
#include "glue.h"

#include "common/jsonapi.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

/* ---------------------------------------------------------------- text out */

typedef struct TextWriter
{
	NkPort		port;
	StringInfoData text;
	bool		first;			/* no field in this object yet */
} TextWriter;

static void
write_key(TextWriter *writer, const char *name)
{
	appendStringInfo(&writer->text, "%s\"%s\": ", writer->first ? "" : ", ",
					 name);
	writer->first = false;
}

static void
text_write_count(NkPort *port, const char *name, int64_t *value)
{
	TextWriter *writer = (TextWriter *) port;

	write_key(writer, name);
	appendStringInfo(&writer->text, INT64_FORMAT, (int64) *value);
}

static void
text_write_optional(NkPort *port, const char *name, int64_t *value)
{
	if (*value != 0)
		text_write_count(port, name, value);
}

static void
text_write_begin_list(NkPort *port, const char *name, uint32_t *items,
					  uint32_t most)
{
	TextWriter *writer = (TextWriter *) port;

	write_key(writer, name);
	appendStringInfoChar(&writer->text, '[');
	writer->first = true;
}

static void
text_write_begin_item(NkPort *port)
{
	TextWriter *writer = (TextWriter *) port;

	appendStringInfoString(&writer->text, writer->first ? "{" : ", {");
	writer->first = true;
}

static void
text_write_end_item(NkPort *port)
{
	TextWriter *writer = (TextWriter *) port;

	appendStringInfoChar(&writer->text, '}');
	writer->first = false;
}

static void
text_write_end_list(NkPort *port)
{
	TextWriter *writer = (TextWriter *) port;

	appendStringInfoChar(&writer->text, ']');
	writer->first = false;
}

char *
port_write_text(NkSummary *summary, const NkSummaryKind *kind)
{
	TextWriter	writer = {
		.port = {
			text_write_count, text_write_optional, text_write_begin_list,
			text_write_begin_item, text_write_end_item, text_write_end_list
		},
		.first = true
	};

	initStringInfo(&writer.text);
	appendStringInfoChar(&writer.text, '{');
	check_status(kind->exchange(summary, &writer.port));
	appendStringInfoChar(&writer.text, '}');
	return writer.text.data;
}

/* ----------------------------------------------------------------- text in */

typedef struct TextReader
{
	NkPort		port;
	const char *type;
	JsonbContainer *outer;		/* the object while an item is read */
	JsonbContainer *object;		/* where fields are looked up */
	uint32		outer_fields;
	uint32		fields;			/* how many of its fields were read */
	uint32		all_fields;		/* and of all objects */
	JsonbContainer *list;
	uint32		item;
} TextReader;

static void
text_error(TextReader *reader, const char *detail, const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s", reader->type),
			 errdetail(detail, name),
			 errhint("The output of the type shows the expected JSON.")));
}

static bool
find_field(TextReader *reader, const char *name, JsonbValue *value)
{
	if (getKeyJsonValueFromContainer(reader->object, name, strlen(name),
									 value) == NULL)
		return false;
	reader->fields++;
	reader->all_fields++;
	return true;
}

/* every field that is present must have been asked for */
static void
end_object(TextReader *reader)
{
	if (reader->fields != JsonContainerSize(reader->object))
		text_error(reader, "There is a field that does not belong here.",
				   NULL);
}

static void
text_read_optional(NkPort *port, const char *name, int64_t *value)
{
	TextReader *reader = (TextReader *) port;
	JsonbValue	json;
	Datum		number;

	if (!find_field(reader, name, &json))
		return;
	if (json.type != jbvNumeric)
		text_error(reader, "Field \"%s\" must be an integer.", name);
	/* raises 22003 where it does not fit */
	number = DirectFunctionCall1(numeric_int8,
								 NumericGetDatum(json.val.numeric));
	if (!DatumGetBool(DirectFunctionCall2(numeric_eq,
										  DirectFunctionCall1(int8_numeric,
															  number),
										  NumericGetDatum(json.val.numeric))))
		text_error(reader, "Field \"%s\" must be an integer.", name);
	*value = DatumGetInt64(number);
}

static void
text_read_count(NkPort *port, const char *name, int64_t *value)
{
	TextReader *reader = (TextReader *) port;
	uint32		before = reader->fields;

	text_read_optional(port, name, value);
	if (reader->fields == before)
		text_error(reader, "Field \"%s\" is missing.", name);
}

static void
text_read_begin_list(NkPort *port, const char *name, uint32_t *items,
					 uint32_t most)
{
	TextReader *reader = (TextReader *) port;
	JsonbValue	json;

	if (!find_field(reader, name, &json))
		text_error(reader, "Field \"%s\" is missing.", name);
	if (json.type != jbvBinary || !JsonContainerIsArray(json.val.binary.data))
		text_error(reader, "Field \"%s\" must be a list.", name);
	reader->list = json.val.binary.data;
	reader->item = 0;
	*items = JsonContainerSize(reader->list);
	if (*items > most)
		text_error(reader, "List \"%s\" is too long.", name);
}

static void
text_read_begin_item(NkPort *port)
{
	TextReader *reader = (TextReader *) port;
	JsonbValue *json;

	json = getIthJsonbValueFromContainer(reader->list, reader->item++);
	if (json == NULL || json->type != jbvBinary ||
		!JsonContainerIsObject(json->val.binary.data))
		text_error(reader, "A list must hold objects.", NULL);
	reader->outer = reader->object;
	reader->outer_fields = reader->fields;
	reader->object = json->val.binary.data;
	reader->fields = 0;
}

static void
text_read_end_item(NkPort *port)
{
	TextReader *reader = (TextReader *) port;

	end_object(reader);
	reader->object = reader->outer;
	reader->fields = reader->outer_fields;
}

static void
text_read_end_list(NkPort *port)
{
}

static JSON_ACTION_TYPE
count_field(void *count, char *name, bool is_null)
{
	(*(uint32 *) count)++;
	JSON_ACTION_DONE;
}

/*
 * Count the fields in all objects of the text; false if it is not JSON.
 *
 * jsonb_in would quote what it cannot read, and keep one of two fields with
 * the same name without a word.
 */
static bool
count_fields(char *text, uint32 *fields)
{
	JsonSemAction action = {
		.semstate = fields,
		.object_field_start = count_field
	};

	*fields = 0;
	return pg_parse_json(JSON_LEXER(text, strlen(text)), &action) ==
		JSON_SUCCESS;
}

void
port_read_text(char *text, NkSummary *summary, const NkSummaryKind *kind)
{
	Jsonb	   *jsonb;
	uint32		fields;
	TextReader	reader = {
		.port = {
			text_read_count, text_read_optional, text_read_begin_list,
			text_read_begin_item, text_read_end_item, text_read_end_list
		},
		.type = kind->name
	};

	if (!count_fields(text, &fields))
		text_error(&reader, "It is not JSON.", NULL);
	jsonb = DatumGetJsonbP(DirectFunctionCall1(jsonb_in,
											   CStringGetDatum(text)));
	if (!JB_ROOT_IS_OBJECT(jsonb))
		text_error(&reader, "It must be a JSON object.", NULL);
	reader.object = &jsonb->root;
	check_status(kind->exchange(summary, &reader.port));
	end_object(&reader);
	if (reader.all_fields != fields)
		text_error(&reader, "A field is given twice.", NULL);
}

/* -------------------------------------------------------------- binary out */

typedef struct BinaryWriter
{
	NkPort		port;
	StringInfoData message;
} BinaryWriter;

static void
binary_write_count(NkPort *port, const char *name, int64_t *value)
{
	pq_sendint64(&((BinaryWriter *) port)->message, (uint64) *value);
}

static void
binary_write_begin_list(NkPort *port, const char *name, uint32_t *items,
						uint32_t most)
{
	pq_sendint32(&((BinaryWriter *) port)->message, *items);
}

static void
binary_no_mark(NkPort *port)
{
}

bytea *
port_write_binary(NkSummary *summary, const NkSummaryKind *kind)
{
	BinaryWriter writer = {
		.port = {
			binary_write_count, binary_write_count, binary_write_begin_list,
			binary_no_mark, binary_no_mark, binary_no_mark
		}
	};

	pq_begintypsend(&writer.message);
	pq_sendint16(&writer.message, NK_SUMMARY_MAGIC);
	pq_sendint8(&writer.message, NK_SUMMARY_VERSION);
	pq_sendint8(&writer.message, kind->code);
	pq_sendint32(&writer.message, kind->rows);
	pq_sendint32(&writer.message, kind->columns);
	check_status(kind->exchange(summary, &writer.port));
	return pq_endtypsend(&writer.message);
}

/* --------------------------------------------------------------- binary in */

typedef struct BinaryReader
{
	NkPort		port;
	const char *type;
	StringInfo	message;
} BinaryReader;

static void
binary_error(BinaryReader *reader, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary representation of type %s",
					reader->type),
			 errdetail("%s", detail)));
}

static uint64
read_integer(BinaryReader *reader, int bytes)
{
	if (reader->message->len - reader->message->cursor < bytes)
		binary_error(reader, "It ends too early.");
	if (bytes == sizeof(uint64))
		return (uint64) pq_getmsgint64(reader->message);
	return pq_getmsgint(reader->message, bytes);
}

static void
binary_read_count(NkPort *port, const char *name, int64_t *value)
{
	*value = (int64_t) read_integer((BinaryReader *) port, sizeof(int64));
}

static void
binary_read_begin_list(NkPort *port, const char *name, uint32_t *items,
					   uint32_t most)
{
	BinaryReader *reader = (BinaryReader *) port;

	*items = (uint32_t) read_integer(reader, sizeof(uint32));
	if (*items > most)
		binary_error(reader, "A list is too long.");
}

void
port_read_binary(StringInfo buffer, NkSummary *summary,
				 const NkSummaryKind *kind)
{
	BinaryReader reader = {
		.port = {
			binary_read_count, binary_read_count, binary_read_begin_list,
			binary_no_mark, binary_no_mark, binary_no_mark
		},
		.type = kind->name,
		.message = buffer
	};

	if (read_integer(&reader, 2) != NK_SUMMARY_MAGIC)
		binary_error(&reader, "It does not begin as a summary does.");
	if (read_integer(&reader, 1) != NK_SUMMARY_VERSION)
		binary_error(&reader, "Its format version is unknown.");
	if (read_integer(&reader, 1) != kind->code)
		binary_error(&reader, "It is another kind of summary.");
	if (read_integer(&reader, 4) != kind->rows ||
		read_integer(&reader, 4) != kind->columns)
		binary_error(&reader, "Its dimensions are not those of the type.");
	check_status(kind->exchange(summary, &reader.port));
	if (buffer->cursor != buffer->len)
		binary_error(&reader, "There are bytes after its end.");
}
