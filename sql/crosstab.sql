-- tables of counts by two keys
SET search_path = nuso, public;
\set SHOW_CONTEXT never

-- every pair of key types; NULLs are not counted
SELECT crosstab_agg(a, b) FROM (VALUES ('x', 'p'), ('y', 'q'), ('x', 'q'), (NULL, 'p'), ('x', NULL)) AS v(a, b);
SELECT crosstab_agg('x'::text, 10), crosstab_agg('x'::text, true) FROM generate_series(1, 2);
SELECT crosstab_agg(1, 'x'::text), crosstab_agg(-2147483648, 2147483647), crosstab_agg(1, false);
SELECT crosstab_agg(true, 'x'::text), crosstab_agg(true, 1), crosstab_agg(true, NULL::boolean);

-- rows that stand for several children; those for none leave no label
SELECT crosstab_agg(a, b, c) FROM (VALUES ('x', 1, 5), ('x', 2, 7), ('y', 1, 0), ('x', 1, 5), ('x', 3, NULL)) AS v(a, b, c);

-- labels: numbers by value, others by their bytes, whatever the collation; empty and long ones
SELECT crosstab_agg(a, true) FROM (VALUES ('10'), ('9'), ('-1'), ('1e1'), ('9.0')) AS v(a);
SELECT crosstab_agg(a, true) FROM (VALUES ('10'), ('9'), ('b'), ('B'), ('å'), ('')) AS v(a);
SELECT n(crosstab_agg(repeat(chr(65 + i % 5), 10000), i % 2)),
    length(crosstab_agg(repeat(chr(65 + i % 5), 10000), i % 2)::text) > 50000 AS kept
FROM generate_series(1, 100) AS i;

-- from arrays
SELECT make_crosstab('{{7, 27}, {1, 33}}'), make_crosstab(NULL) IS NULL AS null;
SELECT make_crosstab('{{7, 27}, {1, 33}}', '{girl, boy}', '{yes, no}');
SELECT make_crosstab('{{0, 5, 0}, {0, 6, 0}, {0, 0, 0}}');
SELECT make_crosstab('{{0}}'), n(make_crosstab('{{0}}'));

-- from labelled summaries
SELECT crosstab_agg(u, p) FROM (VALUES ('a', make_proportion(20, 5)), ('b', make_proportion(7, 0)),
    ('c', make_proportion(0, 0)), (NULL, make_proportion(1, 1)), ('a', make_proportion(1, 1))) AS v(u, p);
SELECT crosstab_agg(u, d) FROM (
    SELECT 'u' || i % 2 AS u, distribution_agg(i / 2.0::double precision) AS d FROM generate_series(1, 6) AS i GROUP BY 1) AS v;

-- merging aligns labels; subtracting leaves nothing behind
SELECT a + b AS sum, (a + b - b)::text = a::text AS undone, a - a AS nothing
FROM (SELECT make_crosstab('{{1, 2}}', '{x}', '{p, q}') AS a, make_crosstab('{{4, 8}}', '{y}', '{q, r}') AS b) AS v;

-- any partition and order gives the same bits; so does a forced parallel plan
CREATE TABLE pair AS
    SELECT i, 'unit ' || i * 7919 % 23 AS unit, i % 7 AS step, i % 13 AS part FROM generate_series(1, 30000) AS i;
ANALYZE pair;
SELECT count(DISTINCT t) AS forms FROM (
    SELECT crosstab_agg(unit, step)::text FROM pair
    UNION ALL SELECT crosstab_agg(unit, step ORDER BY i DESC)::text FROM pair
    UNION ALL SELECT crosstab_agg(unit, step, c)::text
        FROM (SELECT unit, step, count(*) AS c FROM pair GROUP BY unit, step) AS v
    UNION ALL SELECT rollup(p)::text FROM (SELECT crosstab_agg(unit, step) AS p FROM pair GROUP BY part) AS v
    UNION ALL SELECT rollup(p::text::crosstab)::text
        FROM (SELECT crosstab_agg(unit, step) AS p FROM pair GROUP BY part) AS v) AS f(t);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT md5(crosstab_agg(unit, step)::text) = (SELECT md5(rollup(p)::text)
    FROM (SELECT crosstab_agg(unit, step) AS p FROM pair GROUP BY part) AS v) AS parallel_same FROM pair;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- binary form: out and in again
CREATE TABLE kept AS SELECT crosstab_agg(unit, step) AS t FROM pair;
CREATE TABLE back (LIKE kept);
DO $$
BEGIN
    EXECUTE format('COPY kept TO %L (FORMAT binary)', current_setting('data_directory') || '/table.bin');
    EXECUTE format('COPY back FROM %L (FORMAT binary)', current_setting('data_directory') || '/table.bin');
END $$;
SELECT k.t::text = b.t::text AS same FROM kept AS k, back AS b;

-- text may come in any order; the output has one form
SELECT '{"rows": 2, "columns": 2, "table": [{"counts": [0, 4], "label": "b"}, {"counts": [3, 0], "label": "a"}],
         "column_labels": [{"label": "z"}, {"label": "y"}]}'::crosstab;
SELECT crosstab_agg(E'"quoted"\n\\å', true), (crosstab_agg(E'"quoted"\n\\å', true)::text)::crosstab::text =
    crosstab_agg(E'"quoted"\n\\å', true)::text AS same;

-- wrong settings and impossible tables
\set VERBOSITY sqlstate
SELECT crosstab_agg('x'::text, 1, -1);
SELECT make_crosstab('{1, 2}');
SELECT make_crosstab('{{1, NULL}}');
SELECT make_crosstab('{{1, -2}}');
SELECT make_crosstab('{{1, 2}}', '{a, b}');
SELECT make_crosstab('{{1, 2}}', '{a}', '{b, b}');
SELECT make_crosstab('{{1, 2}}', '{a}', '{b, NULL}');
SELECT make_crosstab('{{9223372036854775807, 1}}');
SELECT crosstab_agg(i, j) FROM generate_series(1, 5000) AS i, generate_series(1, 5000) AS j;
SELECT crosstab_agg(repeat(i::text, 5000), true) FROM generate_series(1000, 9999) AS i;
SELECT make_crosstab('{{1}}') - make_crosstab('{{2}}');
SELECT make_crosstab('{{1}}') - make_crosstab('{{1}}', '{other}');
SELECT '{"rows": 1, "columns": 2, "column_labels": [{"label": "x"}, {"label": "x"}], "table": [{"label": "a", "counts": [1, 2]}]}'::crosstab;
SELECT '{"rows": 1, "columns": 2, "column_labels": [{"label": "x"}], "table": [{"label": "a", "counts": [1, 2]}]}'::crosstab;
SELECT '{"rows": 1, "columns": 1, "column_labels": [{"label": "x"}], "table": [{"label": "a", "counts": [1, 2]}]}'::crosstab;
SELECT '{"rows": 1, "columns": 1, "column_labels": [{"label": 5}], "table": [{"label": "a", "counts": [1]}]}'::crosstab;
SELECT '{"rows": 1, "columns": 1, "column_labels": [{"label": "x"}], "table": [{"label": "a", "counts": [-1]}]}'::crosstab;
SELECT '{"rows": 9999999, "columns": 9999999, "column_labels": [], "table": []}'::crosstab;

\set VERBOSITY default
SELECT crosstab_agg(i, j) FROM generate_series(1, 5000) AS i, generate_series(1, 5000) AS j;
SELECT make_crosstab('{{1, 2}}', '{a, b}');
DROP TABLE pair, kept, back;
