-- proportions of many units in one summary
SET search_path = nuso, public;
\set SHOW_CONTEXT never

SELECT proportion_by_key_agg(k, e) FROM (VALUES (7, true), (-3, false), (7, false), (NULL, true), (7, NULL)) AS v(k, e);
SELECT proportion_by_key_agg(1, NULL), n(proportion_by_key_agg(1, NULL));
SELECT key, summary FROM by_key((SELECT proportion_by_key_agg(i % 3, i % 4 = 0) FROM generate_series(1, 20) AS i));
SELECT * FROM by_key(NULL::proportion_by_key);

-- the same as a group for each unit, also in parts
CREATE TABLE child AS SELECT i, i * 7919 % 290 AS unit, i % 7 < 3 AS event FROM generate_series(1, 30000) AS i;
SELECT count(*) AS units, bool_and(a.summary::text = b.p::text) AS same
FROM by_key((SELECT proportion_by_key_agg(unit, event) FROM child)) AS a
FULL JOIN (SELECT unit, proportion_agg(event) AS p FROM child GROUP BY unit) AS b ON b.unit = a.key;
SELECT (SELECT proportion_by_key_agg(unit, event)::text FROM child) =
    rollup(p)::text AS merged_same,
    (rollup(p) - rollup(p) FILTER (WHERE part > 2))::text = rollup(p) FILTER (WHERE part <= 2)::text AS undone
FROM (SELECT i % 5 AS part, proportion_by_key_agg(unit, event) AS p FROM child GROUP BY 1) AS parts;

-- every unit against the rest, from one pass
SELECT count(*) AS units, round(min(c.p_value)::numeric, 6) AS least_p
FROM (SELECT key, compare_to_rest(summary, rollup(summary) OVER ()) AS c
      FROM by_key((SELECT proportion_by_key_agg(unit, event) FROM child))) AS units, LATERAL (SELECT (units.c).*) AS c;

\set VERBOSITY sqlstate
SELECT '{"keys": [{"key": 7, "n": 2, "events": 3}]}'::proportion_by_key;
SELECT '{"keys": [{"key": 3000000000, "n": 2, "events": 1}]}'::proportion_by_key;
SELECT '{"keys": [{"key": 7, "n": 2, "events": 1}, {"key": 7, "n": 2, "events": 1}]}'::proportion_by_key;
SELECT proportion_by_key_agg(1, true) - proportion_by_key_agg(1, false);
DROP TABLE child;
