/*
 * port_text.c - summaries as JSON text
 *
 * A kind describes its fields once (its exchange function); the ports here and
 * in port_binary.c carry them.  Text is parsed by PostgreSQL's own parser and
 * must have exactly the fields that belong there.
 */
#include "glue.h"

#include "common/jsonapi.h"
#include "common/shortest_dec.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/json.h"
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

char *
port_number(double value)
{
	char	   *digits = palloc(DOUBLE_SHORTEST_DECIMAL_LEN);

	double_to_shortest_decimal_buf(value, digits);
	return digits;
}

static void
write_number(StringInfo text, double value)
{
	char	   *digits = port_number(value);

	appendStringInfoString(text, digits);
	pfree(digits);
}

static void
text_write_number(NkPort *port, const char *name, double *value)
{
	TextWriter *writer = (TextWriter *) port;

	write_key(writer, name);
	write_number(&writer->text, *value);
}

static void
write_count_item(StringInfo text, const void *value)
{
	appendStringInfo(text, INT64_FORMAT, *(const int64 *) value);
}

static void
write_number_item(StringInfo text, const void *value)
{
	write_number(text, *(const double *) value);
}

/* numerals of a number that is not negative */
static void
write_product_item(StringInfo text, const void *item)
{
	NkProduct	value = *(const NkProduct *) item;
	char		digits[40];
	char	   *first = digits + sizeof(digits) - 1;

	*first = '\0';
	do
	{
		*--first = (char) ('0' + value % 10);
		value /= 10;
	} while (value > 0);
	appendStringInfoString(text, first);
}

/* a list of so many values of that size */
static void
write_values(NkPort *port, const char *name, const void *values, size_t size,
			 uint32_t length, void (*write_item) (StringInfo, const void *))
{
	TextWriter *writer = (TextWriter *) port;

	write_key(writer, name);
	appendStringInfoChar(&writer->text, '[');
	for (uint32_t i = 0; i < length; i++)
	{
		if (i > 0)
			appendStringInfoString(&writer->text, ", ");
		write_item(&writer->text, (const char *) values + i * size);
	}
	appendStringInfoChar(&writer->text, ']');
}

static void
text_write_counts(NkPort *port, const char *name, int64_t *values,
				  uint32_t length)
{
	write_values(port, name, values, sizeof(*values), length,
				 write_count_item);
}

static void
text_write_products(NkPort *port, const char *name, NkProduct *values,
					uint32_t length)
{
	write_values(port, name, values, sizeof(*values), length,
				 write_product_item);
}

static void
text_write_numbers(NkPort *port, const char *name, double *values,
				   uint32_t length)
{
	write_values(port, name, values, sizeof(*values), length,
				 write_number_item);
}

static void
text_write_text(NkPort *port, const char *name, const char **value,
				uint32_t *length)
{
	TextWriter *writer = (TextWriter *) port;
	char	   *ended = pnstrdup(*value, *length);

	write_key(writer, name);
	escape_json(&writer->text, ended);
	pfree(ended);
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
			text_write_count, text_write_optional, text_write_number,
			text_write_counts, text_write_products, text_write_numbers,
			text_write_text, text_write_begin_list, text_write_begin_item,
			text_write_end_item, text_write_end_list, port_keep
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

/* where the reader is in an object: the summary, or an item of a list */
typedef struct TextPlace
{
	JsonbContainer *object;		/* where fields are looked up */
	uint32		fields;			/* how many of its fields were read */
	JsonbContainer *list;		/* the one that is read */
	uint32		item;			/* its next item */
} TextPlace;

/* a summary, an item of its list, an item of that item's list */
#define TEXT_LEVELS		3

typedef struct TextReader
{
	NkPort		port;
	const char *type;
	TextPlace	places[TEXT_LEVELS];
	TextPlace  *at;				/* the innermost */
	uint32		all_fields;		/* how many fields of all objects were read */
	NkSummary  *summary;		/* the block that is filled */
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
	if (getKeyJsonValueFromContainer(reader->at->object, name, strlen(name),
									 value) == NULL)
		return false;
	reader->at->fields++;
	reader->all_fields++;
	return true;
}

/* every field that is present must have been asked for */
static void
end_object(TextReader *reader)
{
	if (reader->at->fields != JsonContainerSize(reader->at->object))
		text_error(reader, "There is a field that does not belong here.",
				   NULL);
}

/* a field that must be there */
static JsonbValue
need_field(TextReader *reader, const char *name)
{
	JsonbValue	json;

	if (!find_field(reader, name, &json))
		text_error(reader, "Field \"%s\" is missing.", name);
	return json;
}

static int64_t
json_integer(TextReader *reader, const char *name, const JsonbValue *json)
{
	Datum		number;

	if (json->type != jbvNumeric)
		text_error(reader, "Field \"%s\" must be an integer.", name);
	/* raises 22003 where it does not fit */
	number = DirectFunctionCall1(numeric_int8,
								 NumericGetDatum(json->val.numeric));
	if (!DatumGetBool(DirectFunctionCall2(numeric_eq,
										  DirectFunctionCall1(int8_numeric,
															  number),
										  NumericGetDatum(json->val.numeric))))
		text_error(reader, "Field \"%s\" must be an integer.", name);
	return DatumGetInt64(number);
}

static double
json_number(TextReader *reader, const char *name, const JsonbValue *json)
{
	if (json->type != jbvNumeric)
		text_error(reader, "Field \"%s\" must be a number.", name);
	/* raises 22003 where it does not fit */
	return DatumGetFloat8(DirectFunctionCall1(numeric_float8,
											  NumericGetDatum(json->val.numeric)));
}

/* the list in a field, which must be so long */
static JsonbContainer *
json_list(TextReader *reader, const char *name, uint32 length)
{
	JsonbValue	json = need_field(reader, name);

	if (json.type != jbvBinary || !JsonContainerIsArray(json.val.binary.data))
		text_error(reader, "Field \"%s\" must be a list.", name);
	if (JsonContainerSize(json.val.binary.data) != length)
		text_error(reader, "List \"%s\" has not the right length.", name);
	return json.val.binary.data;
}

static void
text_read_optional(NkPort *port, const char *name, int64_t *value)
{
	TextReader *reader = (TextReader *) port;
	JsonbValue	json;

	if (find_field(reader, name, &json))
		*value = json_integer(reader, name, &json);
}

static void
text_read_count(NkPort *port, const char *name, int64_t *value)
{
	TextReader *reader = (TextReader *) port;
	JsonbValue	json = need_field(reader, name);

	*value = json_integer(reader, name, &json);
}

static void
text_read_number(NkPort *port, const char *name, double *value)
{
	TextReader *reader = (TextReader *) port;
	JsonbValue	json = need_field(reader, name);

	*value = json_number(reader, name, &json);
}

static void
text_read_counts(NkPort *port, const char *name, int64_t *values,
				 uint32_t length)
{
	TextReader *reader = (TextReader *) port;
	JsonbContainer *list = json_list(reader, name, length);

	for (uint32 i = 0; i < length; i++)
		values[i] = json_integer(reader, name,
								 getIthJsonbValueFromContainer(list, i));
}

static NkProduct
json_product(TextReader *reader, const char *name, const JsonbValue *json)
{
	NkProduct	value = 0;
	char	   *digits;

	if (json->type != jbvNumeric)
		text_error(reader, "Field \"%s\" must be an integer.", name);
	digits = DatumGetCString(DirectFunctionCall1(numeric_out,
												 NumericGetDatum(json->val.numeric)));
	if (*digits == '-')
		check_status(NK_NEGATIVE_COUNT);
	for (char *c = digits; *c != '\0'; c++)
	{
		if (*c < '0' || *c > '9')
			text_error(reader, "Field \"%s\" must be an integer.", name);
		/* 38 digits fit */
		if (c - digits == 38)
			check_status(NK_OVERFLOW);
		value = value * 10 + (*c - '0');
	}
	pfree(digits);
	return value;
}

static void
text_read_products(NkPort *port, const char *name, NkProduct *values,
				   uint32_t length)
{
	TextReader *reader = (TextReader *) port;
	JsonbContainer *list = json_list(reader, name, length);

	for (uint32 i = 0; i < length; i++)
		values[i] = json_product(reader, name,
								 getIthJsonbValueFromContainer(list, i));
}

static void
text_read_numbers(NkPort *port, const char *name, double *values,
				  uint32_t length)
{
	TextReader *reader = (TextReader *) port;
	JsonbContainer *list = json_list(reader, name, length);

	for (uint32 i = 0; i < length; i++)
		values[i] = json_number(reader, name,
								getIthJsonbValueFromContainer(list, i));
}

static void
text_read_text(NkPort *port, const char *name, const char **value,
			   uint32_t *length)
{
	TextReader *reader = (TextReader *) port;
	JsonbValue	json = need_field(reader, name);

	if (json.type != jbvString)
		text_error(reader, "Field \"%s\" must be a string.", name);
	*value = json.val.string.val;
	*length = json.val.string.len;
}

static NkSummary *
text_resize(NkPort *port, NkSummary *summary, size_t size)
{
	return ((TextReader *) port)->summary = port_resized(summary, size);
}

static void
text_read_begin_list(NkPort *port, const char *name, uint32_t *items,
					 uint32_t most)
{
	TextReader *reader = (TextReader *) port;
	JsonbValue	json = need_field(reader, name);

	if (json.type != jbvBinary || !JsonContainerIsArray(json.val.binary.data))
		text_error(reader, "Field \"%s\" must be a list.", name);
	reader->at->list = json.val.binary.data;
	reader->at->item = 0;
	*items = JsonContainerSize(reader->at->list);
	if (*items > most)
		text_error(reader, "List \"%s\" is too long.", name);
}

static void
text_read_begin_item(NkPort *port)
{
	TextReader *reader = (TextReader *) port;
	JsonbValue *json;

	json = getIthJsonbValueFromContainer(reader->at->list,
										 reader->at->item++);
	if (json == NULL || json->type != jbvBinary ||
		!JsonContainerIsObject(json->val.binary.data))
		text_error(reader, "A list must hold objects.", NULL);
	Assert(reader->at < &reader->places[TEXT_LEVELS - 1]);
	*++reader->at = (TextPlace) {.object = json->val.binary.data};
}

static void
text_read_end_item(NkPort *port)
{
	TextReader *reader = (TextReader *) port;

	end_object(reader);
	reader->at--;
}

static void
text_read_end_list(NkPort *port)
{
}

static JSON_ACTION_TYPE
count_field(void *count, char *name, bool is_null)
{
	/* the parser itself does not listen while it reads a long text */
	CHECK_FOR_INTERRUPTS();
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

NkSummary *
port_read_text(char *text, NkSummary *summary, const NkSummaryKind *kind)
{
	Jsonb	   *jsonb;
	uint32		fields;
	TextReader	reader = {
		.port = {
			text_read_count, text_read_optional, text_read_number,
			text_read_counts, text_read_products, text_read_numbers,
			text_read_text, text_read_begin_list, text_read_begin_item,
			text_read_end_item, text_read_end_list, text_resize
		},
		.type = kind->name,
		.summary = summary
	};

	if (!count_fields(text, &fields))
		text_error(&reader, "It is not JSON.", NULL);
	jsonb = DatumGetJsonbP(DirectFunctionCall1(jsonb_in,
											   CStringGetDatum(text)));
	if (!JB_ROOT_IS_OBJECT(jsonb))
		text_error(&reader, "It must be a JSON object.", NULL);
	reader.at = reader.places;
	reader.at->object = &jsonb->root;
	check_status(kind->exchange(summary, &reader.port));
	end_object(&reader);
	if (reader.all_fields != fields)
		text_error(&reader, "A field is given twice.", NULL);
	return reader.summary;
}
