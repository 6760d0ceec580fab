-- age curves of many units in one summary
SET search_path = nuso, public;
\set SHOW_CONTEXT never

-- who is outside or incomplete is so in the curve of the key; no key, no curve
SELECT age_curve_by_key_agg(k, a, i, s, d)
FROM (VALUES (7, 3, true, true, false), (7, 3, true, false, false), (-3, 40, true, true, true),
             (7, NULL, true, true, true), (NULL, 3, true, true, true), (9, 17, false, NULL, true)) AS v(k, a, i, s, d);
SELECT key, summary, n(summary), n_outside(summary), n_incomplete(summary)
FROM by_key((SELECT age_curve_by_key_agg(i % 3 - 1, i, i % 2 = 0, i % 3 = 0, i % 4 = 0) FROM generate_series(15, 23) AS i));
SELECT age_curve_by_key_agg(NULL, 1, true, true, true), n(age_curve_by_key_agg(NULL, 1, true, true, true));
SELECT n(age_curve_by_key_agg(1, a, true, true, true)) FROM generate_series(19, 25) AS a;
SELECT * FROM by_key(NULL::age_curve_by_key);
SELECT * FROM by_key((SELECT age_curve_by_key_agg(1, 1, true, true, true) FROM generate_series(1, 0)));

-- the same as a group for each unit, also in parts, in bytes as in text
CREATE TABLE child AS
SELECT i * 7919 % 290 AS unit, nullif(i % 23, 22) - 1 AS age, i % 7 < 3 AS identified,
       CASE WHEN i % 101 > 0 THEN i % 5 < 2 END AS assessed, i % 11 < 2 AS decided
FROM generate_series(1, 30000) AS i;
SELECT count(*) AS units, bool_and(a.summary::text = b.curve::text) AS same_text,
       bool_and(age_curve_send(a.summary) = age_curve_send(b.curve)) AS same_bytes
FROM by_key((SELECT age_curve_by_key_agg(unit, age, identified, assessed, decided) FROM child)) AS a
FULL JOIN (SELECT unit, age_curve_agg(age, identified, assessed, decided) AS curve FROM child GROUP BY unit) AS b
    ON b.unit = a.key;
SELECT (SELECT age_curve_by_key_send(age_curve_by_key_agg(unit, age, identified, assessed, decided)) FROM child) =
    age_curve_by_key_send(rollup(c)) AS merged_same,
    age_curve_by_key_send(rollup(c) - rollup(c) FILTER (WHERE part > 2)) =
    age_curve_by_key_send(rollup(c) FILTER (WHERE part <= 2)) AS undone
FROM (SELECT unit * 7 % 5 + coalesce(age, 0) % 2 AS part, age_curve_by_key_agg(unit, age, identified, assessed, decided) AS c
      FROM child GROUP BY 1) AS parts;

-- one curve of all units is the nation's
SELECT (SELECT rollup(summary)::text
        FROM by_key((SELECT age_curve_by_key_agg(unit, age, identified, assessed, decided) FROM child))) =
    (SELECT age_curve_agg(age, identified, assessed, decided)::text FROM child) AS nation;

\set VERBOSITY sqlstate
-- a count of 0 may be left out; ages that fall, a key twice or beyond integer, no children, too many
SELECT '{"keys": [{"key": 7, "n_outside": 0, "n_incomplete": 0, "ages": [{"age": 2, "decided": 3}]}]}'::age_curve_by_key;
SELECT '{"keys": [{"key": 7, "n_outside": 0, "n_incomplete": 0, "ages": [{"age": 2, "none": 3}, {"age": 2, "none": 3}]}]}'::age_curve_by_key;
SELECT '{"keys": [{"key": 7, "n_outside": 1, "n_incomplete": 0, "ages": []}, {"key": 7, "n_outside": 1, "n_incomplete": 0, "ages": []}]}'::age_curve_by_key;
SELECT '{"keys": [{"key": 3000000000, "n_outside": 1, "n_incomplete": 0, "ages": []}]}'::age_curve_by_key;
SELECT '{"keys": [{"key": 7, "n_outside": 0, "n_incomplete": 0, "ages": []}]}'::age_curve_by_key;
SELECT '{"keys": [{"key": 7, "n_outside": -1, "n_incomplete": 1, "ages": []}]}'::age_curve_by_key;
SELECT '{"keys": [{"key": 7, "n_outside": 9223372036854775807, "n_incomplete": 1, "ages": []}]}'::age_curve_by_key;
SELECT '{"keys": [{"key": 7, "n_outside": 9223372036854775807, "n_incomplete": 0, "ages": []}]}'::age_curve_by_key +
    '{"keys": [{"key": 8, "n_outside": 1, "n_incomplete": 0, "ages": []}]}'::age_curve_by_key;
SELECT age_curve_by_key_agg(1, 1, true, true, true) - age_curve_by_key_agg(1, 1, true, true, false);
DROP TABLE child;
