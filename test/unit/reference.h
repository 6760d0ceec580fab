/*
 * reference.h - tables of reference values, and checks of whole tables.
 *
 * The tables lie in test/reference (its README.md tells their conventions), or where
 * the environment variable NK_REF points: tab-separated text, the first line
 * names the columns, NULL is a value that is not defined and reads as NaN.
 *
 * A table has hundreds of rows, so a test does not print one line a value but
 * one line a group: how many values were compared, the worst distance and the
 * row it was at.
 *
 *		Reference	rows = reference_read("interval.tsv");
 *		Group		group = {"wilson lower", 1e-12};
 *
 *		for (int row = 0; row < rows.count; row++)
 *			group_compare(&group, row, got,
 *						  reference_number(&rows, row, "lower"), 0);
 *		group_report(&group);
 *		reference_free(&rows);
 */
#ifndef NK_REFERENCE_H
#define NK_REFERENCE_H

#include "unit.h"

#define REFERENCE_COLUMNS	64

typedef struct Reference
{
	char	   *text;			/* the file, cut into strings */
	int			columns;
	const char *names[REFERENCE_COLUMNS];
	int			count;			/* rows */
	const char **cells;			/* count x columns */
} Reference;

/* there is nothing to test without the values: give up at once */
static inline void
reference_fail(const char *what, const char *name)
{
	printf("Bail out! %s: %s\n", what, name);
	exit(EXIT_FAILURE);
}

/* cut the first field off *rest, which moves behind the separator */
static inline char *
reference_cut(char **rest, char separator)
{
	char	   *field = *rest;
	char	   *end = field == NULL ? NULL : strchr(field, separator);

	*rest = end == NULL ? NULL : end + 1;
	if (end != NULL)
		*end = '\0';
	return field;
}

static inline char *
reference_load(const char *name)
{
	const char *folder = getenv("NK_REF");
	char		path[1024];
	FILE	   *file;
	long		size;
	char	   *text;

	snprintf(path, sizeof(path), "%s/%s", folder ? folder : "test/reference", name);
	file = fopen(path, "rb");
	if (file == NULL)
		reference_fail("cannot open", path);
	fseek(file, 0, SEEK_END);
	size = ftell(file);
	rewind(file);
	text = malloc((size_t) size + 1);
	if (text == NULL || fread(text, 1, (size_t) size, file) != (size_t) size)
		reference_fail("cannot read", path);
	text[size] = '\0';
	fclose(file);
	return text;
}

static inline Reference
reference_read(const char *name)
{
	Reference	table = {.text = reference_load(name)};
	char	   *rest = table.text;
	char	   *line = reference_cut(&rest, '\n');
	size_t		lines = 0;

	while (line != NULL)
	{
		if (table.columns == REFERENCE_COLUMNS)
			reference_fail("too many columns", name);
		table.names[table.columns++] = reference_cut(&line, '\t');
	}
	for (char *c = rest; c != NULL && *c != '\0'; c++)
		lines += *c == '\n';
	table.cells = calloc(lines * table.columns + 1, sizeof(*table.cells));
	if (table.cells == NULL)
		reference_fail("out of memory", name);
	while ((size_t) table.count < lines)
	{
		line = reference_cut(&rest, '\n');
		for (int i = 0; i < table.columns; i++)
		{
			char	   *cell = reference_cut(&line, '\t');

			if (cell == NULL)
				reference_fail("too few columns", name);
			table.cells[table.count * table.columns + i] = cell;
		}
		if (line != NULL)
			reference_fail("too many columns", name);
		table.count++;
	}
	return table;
}

static inline void
reference_free(Reference *table)
{
	free(table->text);
	free(table->cells);
}

static inline const char *
reference_text(const Reference *table, int row, const char *column)
{
	for (int i = 0; i < table->columns; i++)
		if (strcmp(table->names[i], column) == 0)
			return table->cells[row * table->columns + i];
	reference_fail("no such column", column);
	return NULL;
}

static inline bool
reference_is(const Reference *table, int row, const char *column,
			 const char *text)
{
	return strcmp(reference_text(table, row, column), text) == 0;
}

static inline double
reference_number(const Reference *table, int row, const char *column)
{
	const char *text = reference_text(table, row, column);
	char	   *end;
	double		value;

	if (strcmp(text, "NULL") == 0)
		return NAN;
	value = strtod(text, &end);
	if (end == text || *end != '\0')
		reference_fail("not a number", text);
	return value;
}

static inline int64_t
reference_count(const Reference *table, int row, const char *column)
{
	const char *text = reference_text(table, row, column);
	char	   *end;
	int64_t		value = strtoll(text, &end, 10);

	if (end == text || *end != '\0')
		reference_fail("not a count", text);
	return value;
}

/* the position of a name in a list of names that ends with NULL, or -1 */
static inline int
reference_choice(const char *const *names, const char *name)
{
	for (int i = 0; names[i] != NULL; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

/*
 * where every single distance goes, a line "group, row, distance" each, if the
 * environment variable NK_DISTANCES names a file; "make accuracy" sums it up
 */
static inline FILE *
reference_distances(void)
{
	static FILE *file;
	const char *name = getenv("NK_DISTANCES");

	if (file == NULL && name != NULL)
		file = fopen(name, "a");
	return file;
}

/* values of one kind, compared with one tolerance */
typedef struct Group
{
	const char *name;
	double		tolerance;		/* relative */
	int			compared;
	int			failed;
	double		worst;			/* distance */
	int			row;			/* where it was, from 0 */
	double		got;
	double		expected;
} Group;

/*
 * Compare relative to the expected value, or to scale if that is larger (0 for
 * none).  A scale belongs to values that are a difference of larger ones: the
 * bound .1 - .0999999 cannot have more correct digits than .1 has.
 */
static inline void
group_compare(Group *group, int row, double got, double expected, double scale)
{
	double		distance = unit_distance(got, expected);
	FILE	   *distances = reference_distances();

	if (scale > fabs(expected) && isfinite(got) && isfinite(expected))
		distance = fabs(got - expected) / scale;
	if (distances != NULL)
		fprintf(distances, "%s\t%d\t%.3e\n", group->name, row, distance);
	group->compared++;
	if (!(distance <= group->tolerance))
		group->failed++;
	if (group->compared == 1 || !(distance <= group->worst))
	{
		group->worst = distance;
		group->row = row;
		group->got = got;
		group->expected = expected;
	}
}

/* a fact that a row must have: a status, a name, an order */
static inline void
group_expect(Group *group, int row, bool holds)
{
	group_compare(group, row, holds ? 0 : INFINITY, 0, 0);
}

/* a value that somebody printed: right to the digits that the row gives */
static inline void
group_expect_printed(Group *group, const Reference *table, int row,
					 double value)
{
	group_expect(group, row,
				 unit_distance(value,
							   reference_number(table, row, "expected")) <=
				 reference_number(table, row, "tolerance"));
}

static inline void
group_report_at(const Group *group, const char *file, int line)
{
	char		what[200];

	snprintf(what, sizeof(what), "%s: %d values, worst %.1e",
			 group->name, group->compared, group->worst);
	unit_check(group->compared > 0 && group->failed == 0, file, line, what);
	if (group->failed > 0)
		printf("# %d beyond %.0e; worst in row %d (line %d of a table): "
			   "got %.17g, expected %.17g\n",
			   group->failed, group->tolerance, group->row, group->row + 2,
			   group->got, group->expected);
}

#define group_report(group) group_report_at((group), __FILE__, __LINE__)

#endif							/* NK_REFERENCE_H */
