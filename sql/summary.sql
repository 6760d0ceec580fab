-- what all summary types do alike
SET search_path = nuso, public;
\set SHOW_CONTEXT never
\set VERBOSITY sqlstate

-- malformed text: 22P02, or 22003 and 22000 where the numbers cannot be
SELECT ''::proportion;
SELECT '[]'::proportion;
SELECT '{"n": 5, "events": 1'::proportion;
SELECT '{"n": 5, "events": 1, "n": 5}'::proportion;
SELECT '{"n": 5, "events": 1, "events": 2}'::proportion;
SELECT '5'::proportion;
SELECT '{"n": 5}'::proportion;
SELECT '{"n": 5, "events": 1, "more": 0}'::proportion;
SELECT '{"n": 5, "events": 1.5}'::proportion;
SELECT '{"n": "5", "events": 1}'::proportion;
SELECT '{"n": 5, "events": null}'::proportion;
SELECT '{"n": 1e30, "events": 1}'::proportion;
SELECT '{"n": -5, "events": -6}'::proportion;
SELECT '{"n": 5, "events": 6}'::proportion;
SELECT '{"both_true": 1, "first_only": 2, "second_only": 3}'::paired_proportion;
SELECT '{"both_true": 1, "first_only": 2, "second_only": 3, "neither": -1}'::paired_proportion;
SELECT '{"both_true": 9223372036854775807, "first_only": 1, "second_only": 0, "neither": 0}'::paired_proportion;
SELECT '{"n_outside": 0, "n_incomplete": 0}'::age_curve;
SELECT '{"n_outside": 0, "n_incomplete": 0, "ages": 5}'::age_curve;
SELECT '{"n_outside": 0, "n_incomplete": 0, "ages": [5]}'::age_curve;
SELECT '{"n_outside": 0, "n_incomplete": 0, "ages": [{"none": 1}]}'::age_curve;
SELECT '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 21, "none": 1}]}'::age_curve;
SELECT '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": -1, "none": 1}]}'::age_curve;
SELECT '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 3, "none": 1}, {"age": 3, "none": 1}]}'::age_curve;
SELECT '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 3, "other": 1}]}'::age_curve;
SELECT '{"n_outside": 0, "n_incomplete": -1, "ages": []}'::age_curve;
SELECT ('{"n_outside": 0, "n_incomplete": 0, "ages": [' || repeat('{"age": 1},', 30) || '{"age": 1}]}')::age_curve;

-- JSON of equal meaning is read; the output has one form
SELECT '  {"events": 5e0, "n": 2.0e1}'::proportion;
SELECT '{"ages": [{"none": 0, "age": 4}, {"decided": 2, "age": 5}], "n_incomplete": 1, "n_outside": 0}'::age_curve;

-- an error says what to do, and shows no value
\set VERBOSITY default
SELECT '{"n": 17, "events": 18}'::proportion;
SELECT '{"n": 17, "events": four}'::proportion;
SELECT '{"n": 17}'::proportion;
SELECT '{"n": 17, "events": 4, "event": 3}'::proportion;

-- support functions called by hand: a value is copied, never changed
SELECT proportion_accum(p, true) AS called, p
FROM (VALUES (make_proportion(1, 0))) AS v(p);
SELECT proportion_combine(NULL, NULL) IS NULL AS both_null,
    proportion_combine(NULL, make_proportion(2, 1)) AS right_only,
    proportion_combine(make_proportion(2, 1), NULL) AS left_only,
    proportion_combine(make_proportion(0, 0), make_proportion(2, 1)) AS left_empty,
    proportion_final(NULL) AS no_state;

-- serial, parallel, merged, sent as text and as binary: the same bits
CREATE TABLE child AS
    SELECT i % 25 AS age, i % 3 = 0 AS identified, i % 4 = 0 AS assessed,
        CASE WHEN i % 101 = 0 THEN NULL ELSE i % 5 = 0 END AS decided, i % 290 AS unit
    FROM generate_series(1, 60000) AS i;
ANALYZE child;

CREATE VIEW answer AS
    SELECT proportion_agg(decided)::text AS p, paired_agg(identified, decided)::text AS pp,
        age_curve_agg(age, identified, assessed, decided)::text AS c
    FROM child;
SET max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE serial AS SELECT * FROM answer;
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
CREATE TEMP TABLE parallel AS SELECT * FROM answer;

-- the plan is parallel and combines partial states
CREATE FUNCTION plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql
AS $$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT bool_or(line LIKE '%Partial Aggregate%') AS partial, bool_or(line LIKE '%Gather%') AS gathered
FROM plan_of('SELECT * FROM answer') AS line;
SELECT serial = parallel AS parallel_is_serial FROM serial, parallel;

SELECT rollup(u.p)::text = min(s.p) AS p, rollup(u.pp)::text = min(s.pp) AS pp,
    rollup(u.c)::text = min(s.c) AS c
FROM (SELECT proportion_agg(decided) AS p, paired_agg(identified, decided) AS pp,
          age_curve_agg(age, identified, assessed, decided) AS c
      FROM child GROUP BY unit) AS u, serial AS s;

-- as a distributed database would: states leave as text and as binary and are
-- combined in another order
CREATE TEMP TABLE shard AS
    SELECT unit, proportion_agg(decided) AS p, paired_agg(identified, decided) AS pp,
        age_curve_agg(age, identified, assessed, decided) AS c
    FROM child GROUP BY unit;
CREATE TEMP TABLE as_text AS SELECT unit, p::text AS p, pp::text AS pp, c::text AS c FROM shard;
CREATE TEMP TABLE as_binary (LIKE shard);
-- binary COPY uses send and receive; the file lies in the server's own folder
COPY shard TO PROGRAM 'cat > shard.copy' WITH (FORMAT binary);
COPY as_binary FROM PROGRAM 'cat shard.copy && rm shard.copy' WITH (FORMAT binary);

SELECT rollup(t.p::proportion ORDER BY t.unit DESC)::text = min(s.p) AS p,
    rollup(t.pp::paired_proportion ORDER BY t.unit * 7919 % 290)::text = min(s.pp) AS pp,
    rollup(t.c::age_curve ORDER BY md5(t.unit::text))::text = min(s.c) AS c
FROM as_text AS t, serial AS s;
SELECT rollup(b.p ORDER BY b.unit DESC)::text = min(s.p) AS p,
    rollup(b.pp ORDER BY b.unit * 7919 % 290)::text = min(s.pp) AS pp,
    rollup(b.c ORDER BY md5(b.unit::text))::text = min(s.c) AS c
FROM as_binary AS b, serial AS s;
SELECT count(*) FILTER (WHERE proportion_send(a.p) <> proportion_send(b.p)
        OR paired_proportion_send(a.pp) <> paired_proportion_send(b.pp)
        OR age_curve_send(a.c) <> age_curve_send(b.c)) AS differing
FROM shard AS a JOIN as_binary AS b USING (unit);

-- the whole less every part but one is that one
SELECT count(*) FILTER (WHERE
        (whole.p - others.p)::text <> s.p::text OR (whole.pp - others.pp)::text <> s.pp::text
        OR (whole.c - others.c)::text <> s.c::text) AS differing
FROM (SELECT rollup(p) AS p, rollup(pp) AS pp, rollup(c) AS c FROM shard) AS whole,
    shard AS s,
    LATERAL (SELECT rollup(o.p) AS p, rollup(o.pp) AS pp, rollup(o.c) AS c
             FROM shard AS o WHERE o.unit <> s.unit) AS others
WHERE s.unit < 20;

DROP VIEW answer;
DROP TABLE child;
DROP FUNCTION plan_of(text);
