"""The report views as a BI tool sees them: through unixODBC and psqlODBC.

Reads every view of the warehouse, whichever there are, and speaks TAP.  The
database is the one that PGHOST and PGDATABASE name; it holds the extension
and a loaded warehouse.  Needs pyodbc and the Unicode driver (the ANSI driver
cannot tell Python about types).
"""
import datetime
import math
import os

import pyodbc

WAREHOUSE = "warehouse"

# what design promises to the tools of the municipalities
PROMISED_VIEWS = {
    "exposure_chain", "age_gap", "age_gap_clustered", "age_gap_by_group",
    "age_gap_by_unit", "unit_gap", "exposure_by_age", "participation_by_age",
    "group_differences", "profile_shares", "profile_shares_by_group",
    "profile_shares_by_unit", "profile_shares_by_age", "profile_outcomes",
    "profile_factors", "profile_shift", "investigation_profile", "unit_vs_rest",
    "interventions", "handovers", "referral_pathway"}

# the demonstration has one wave, and so no shift from one to the next
EMPTY_VIEWS = {"profile_shift"}

# type of the server -> type in Python; booleans come as '0' and '1' unless
# the connection says otherwise
ARRIVES_AS = {
    "int4": int, "int8": int, "float8": float, "text": str, "bool": str,
    "date": datetime.date}

checks = 0


def ok(passed, what, explanation=""):
    """One line of TAP."""
    global checks
    checks += 1
    print("%s %d - %s" % ("ok" if passed else "not ok", checks, what))
    if not passed:
        for line in str(explanation).splitlines():
            print("# " + line)


def same(got, expected, what):
    ok(got == expected, what, "got %r, expected %r" % (got, expected))


def connect(options=""):
    return pyodbc.connect(
        "Driver={PostgreSQL Unicode};Server=%s;Port=%s;Database=%s;Uid=%s;%s" % (
            os.environ["PGHOST"], os.environ["PGPORT"],
            os.environ["PGDATABASE"], os.environ["PGUSER"], options),
        autocommit=True)


def quote(name):
    return '"%s"' % name.replace('"', '""')


def view_names(cursor):
    """As a tool finds them: SQLTables."""
    return sorted(row.table_name for row in
                  cursor.tables(schema=WAREHOUSE, tableType="VIEW"))


def column_types(cursor, view):
    """As a tool finds them: SQLColumns."""
    return {row.column_name: row.type_name for row in
            cursor.columns(table=view, schema=WAREHOUSE)}


def server_nulls(cursor, view, columns):
    """The number of NULLs by column, counted in the server."""
    counts = ", ".join("count(*) - count(%s)" % quote(c) for c in columns)
    return list(cursor.execute("SELECT %s FROM %s.%s" % (
        counts, WAREHOUSE, quote(view))).fetchone())


def read_view(cursor, view):
    types = column_types(cursor, view)
    same({c: t for c, t in types.items() if t not in ARRIVES_AS}, {},
         view + ": only scalar types")

    rows = cursor.execute("SELECT * FROM %s.%s" % (WAREHOUSE, quote(view)))
    names = [column[0] for column in rows.description]
    rows = rows.fetchall()
    ok((len(rows) > 0) != (view in EMPTY_VIEWS), view + ": has rows")
    same(names, list(types), view + ": the columns that the catalog says")

    wrong = {}
    nulls = [0] * len(names)
    for row in rows:
        for i, value in enumerate(row):
            if value is None:
                nulls[i] += 1
            elif type(value) is not ARRIVES_AS.get(types[names[i]]):
                wrong[names[i]] = type(value).__name__
            elif isinstance(value, float) and not math.isfinite(value):
                wrong[names[i]] = value
    same(wrong, {}, view + ": values arrive as the types say, all finite")
    same(nulls, server_nulls(cursor, view, names),
         view + ": every NULL arrives as None, and nothing else does")
    return [value for row in rows for value in row if isinstance(value, str)]


def check_catalog(cursor):
    offenders = cursor.execute(
        """SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
           FROM pg_attribute a
           JOIN pg_class c ON c.oid = a.attrelid
           JOIN pg_type t ON t.oid = a.atttypid
           WHERE c.relnamespace = CAST(? AS regnamespace)
             AND c.relkind IN ('v', 'm') AND a.attnum > 0 AND NOT a.attisdropped
             AND (t.typtype <> 'b' OR t.typcategory = 'A'
               OR t.typnamespace <> 'pg_catalog'::regnamespace)""",
        WAREHOUSE).fetchall()
    same([tuple(row) for row in offenders], [],
         "no column of a view is an array, a composite or an own type")


def check_words(cursor, texts):
    for word in ("åäö ÅÄÖ", "Älvsbyn, Åmål och Örebro", "é ü – 漢 😀", ""):
        same(cursor.execute("SELECT CAST(? AS text)", word).fetchone()[0], word,
             "text makes the round trip: " + ascii(word))
    row = cursor.execute('SELECT 0.5::float8 AS "andel på åtgärd"')
    same(row.description[0][0], "andel på åtgärd", "Swedish column names arrive")
    ok(any(set(text) & set("åäöÅÄÖ") for text in texts),
       "the report views speak Swedish")
    ok(not any("Ã" in text or "\ufffd" in text for text in texts),
       "and no text is garbled")


def check_functions(cursor):
    row = cursor.execute(
        "SELECT (nuso.confint(nuso.make_proportion(0, 0))).*").fetchone()
    same((row.estimate, row.lower, row.upper, row.status),
         (None, None, None, "empty"), "an interval of nobody is None with a status")

    row = cursor.execute(
        "SELECT (nuso.compare(nuso.make_proportion(?, ?),"
        " nuso.make_proportion(?, ?))).*", 52, 14, 201, 31).fetchone()
    same((row.n_a, row.events_a, row.n_b, row.events_b, row.status),
         (52, 14, 201, 31, "ok"), "parameters reach a comparison")
    ok(abs(row.difference - (14 / 52 - 31 / 201)) < 1e-15
       and row.difference_lower < row.difference < row.difference_upper,
       "and its numbers arrive as floats", row)

    text = cursor.execute(
        "SELECT CAST(nuso.make_proportion(52, 14) AS text)").fetchone()[0]
    same(cursor.execute("SELECT nuso.events(CAST(? AS nuso.proportion))", text)
         .fetchone()[0], 14, "a summary travels as text")

    same(sqlstate(cursor, "SELECT nuso.confint(nuso.make_proportion(10, 3), 1.5)"),
         "22023", "a wrong setting arrives with its SQLSTATE")
    same(sqlstate(cursor, "SELECT nuso.make_proportion(3, 10)")[:2],
         "22", "impossible data arrive with their SQLSTATE")
    same(cursor.execute("SELECT 1").fetchone()[0], 1,
         "and the connection is usable after them")


def sqlstate(cursor, query):
    try:
        cursor.execute(query).fetchall()
    except pyodbc.Error as error:
        return error.args[0]
    return "no error"


def check_booleans():
    cursor = connect("BoolsAsChar=0;").cursor()
    same(tuple(cursor.execute("SELECT true, NULL::boolean").fetchone()), (True, None),
         "with BoolsAsChar=0 booleans arrive as such")


def main():
    cursor = connect().cursor()
    views = view_names(cursor)
    same(sorted(PROMISED_VIEWS - set(views)), [], "the promised views are there")
    texts = []
    for view in views:
        texts += read_view(cursor, view)
    check_catalog(cursor)
    check_words(cursor, texts)
    check_functions(cursor)
    check_booleans()
    print("1..%d" % checks)


main()
