/*
 * port_binary.c - summaries in binary
 *
 * The header, then the fields in their order, in network order, with nothing
 * after them: numbers of 8 bytes, lists and strings with their length in
 * front.  An input port raises on anything else: reading never goes past the
 * end, and a length is checked before it is believed.
 */
#include "glue.h"

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"

/* nothing grows on its way out */
NkSummary *
port_keep(NkPort *port, NkSummary *summary, size_t size)
{
	return summary;
}

NkSummary *
port_resized(NkSummary *summary, size_t size)
{
	NkSummary  *block;

	/* what no block may have is no size at all */
	if (size == 0)
		check_status(NK_TOO_LARGE);
	block = palloc0(size);
	memcpy(block, summary, Min(size, VARSIZE(summary)));
	SET_VARSIZE(block, size);
	return block;
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
binary_write_number(NkPort *port, const char *name, double *value)
{
	pq_sendfloat8(&((BinaryWriter *) port)->message, *value);
}

static void
binary_write_counts(NkPort *port, const char *name, int64_t *values,
					uint32_t length)
{
	for (uint32 i = 0; i < length; i++)
		binary_write_count(port, name, &values[i]);
}

static void
binary_write_products(NkPort *port, const char *name, NkProduct *values,
					  uint32_t length)
{
	StringInfo	message = &((BinaryWriter *) port)->message;

	for (uint32 i = 0; i < length; i++)
	{
		pq_sendint64(message, (uint64) (values[i] >> 64));
		pq_sendint64(message, (uint64) values[i]);
	}
}

static void
binary_write_numbers(NkPort *port, const char *name, double *values,
					 uint32_t length)
{
	for (uint32 i = 0; i < length; i++)
		binary_write_number(port, name, &values[i]);
}

/* in the client's encoding, as text is sent */
static void
binary_write_text(NkPort *port, const char *name, const char **value,
				  uint32_t *length)
{
	SEND_COUNTED_TEXT(&((BinaryWriter *) port)->message, *value, *length);
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
			binary_write_count, binary_write_count, binary_write_number,
			binary_write_counts, binary_write_products, binary_write_numbers,
			binary_write_text, binary_write_begin_list, binary_no_mark,
			binary_no_mark, binary_no_mark, port_keep
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
	NkSummary  *summary;		/* the block that is filled */
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

/* are there so many bytes left? */
static void
need_bytes(BinaryReader *reader, uint64 bytes)
{
	if (bytes > (uint64) (reader->message->len - reader->message->cursor))
		binary_error(reader, "It ends too early.");
}

static uint64
read_integer(BinaryReader *reader, int bytes)
{
	need_bytes(reader, bytes);
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
binary_read_number(NkPort *port, const char *name, double *value)
{
	BinaryReader *reader = (BinaryReader *) port;

	need_bytes(reader, sizeof(double));
	*value = pq_getmsgfloat8(reader->message);
	if (!isfinite(*value))
		binary_error(reader, "A number is not finite.");
}

static void
binary_read_counts(NkPort *port, const char *name, int64_t *values,
				   uint32_t length)
{
	for (uint32 i = 0; i < length; i++)
		binary_read_count(port, name, &values[i]);
}

static void
binary_read_products(NkPort *port, const char *name, NkProduct *values,
					 uint32_t length)
{
	BinaryReader *reader = (BinaryReader *) port;

	for (uint32 i = 0; i < length; i++)
	{
		uint64		high = read_integer(reader, sizeof(uint64));
		uint64		low = read_integer(reader, sizeof(uint64));

		values[i] = (NkProduct) ((unsigned __int128) high << 64 | low);
	}
}

static void
binary_read_numbers(NkPort *port, const char *name, double *values,
					uint32_t length)
{
	for (uint32 i = 0; i < length; i++)
		binary_read_number(port, name, &values[i]);
}

/* converted and checked: it may become a label in the server's encoding */
static void
binary_read_text(NkPort *port, const char *name, const char **value,
				 uint32_t *length)
{
	BinaryReader *reader = (BinaryReader *) port;
	uint32		bytes = (uint32) read_integer(reader, sizeof(uint32));
	int			converted;

	need_bytes(reader, bytes);
	*value = pq_getmsgtext(reader->message, (int) bytes, &converted);
	*length = (uint32_t) converted;
}

/* each item takes 4 bytes at least, so that a length is no more than it says */
static void
binary_read_begin_list(NkPort *port, const char *name, uint32_t *items,
					   uint32_t most)
{
	BinaryReader *reader = (BinaryReader *) port;

	*items = (uint32_t) read_integer(reader, sizeof(uint32));
	if (*items > most)
		binary_error(reader, "A list is too long.");
	need_bytes(reader, (uint64) *items * sizeof(uint32));
}

static NkSummary *
binary_resize(NkPort *port, NkSummary *summary, size_t size)
{
	return ((BinaryReader *) port)->summary = port_resized(summary, size);
}

NkSummary *
port_read_binary(StringInfo buffer, NkSummary *summary,
				 const NkSummaryKind *kind)
{
	BinaryReader reader = {
		.port = {
			binary_read_count, binary_read_count, binary_read_number,
			binary_read_counts, binary_read_products, binary_read_numbers,
			binary_read_text, binary_read_begin_list, binary_no_mark,
			binary_no_mark, binary_no_mark, binary_resize
		},
		.type = kind->name,
		.message = buffer,
		.summary = summary
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
	return reader.summary;
}
