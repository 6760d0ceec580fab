-- proportion: n children, events of whom have the fact
SET search_path = nuso, public;
SET extra_float_digits = -3;

CREATE TEMP TABLE child AS
    SELECT i AS id, i % 7 = 0 AS decided, i % 2 = 0 AS girl, i % 3 AS unit
    FROM generate_series(1, 1000) AS i;
INSERT INTO child VALUES (0, NULL, NULL, NULL);

-- rows in, summary out; a row whose fact is unknown is not counted
SELECT proportion_agg(decided) FROM child;
SELECT n(p), events(p), estimate(p) FROM (SELECT proportion_agg(decided) AS p FROM child) AS s;

-- no rows make an empty summary, not NULL
SELECT proportion_agg(decided) AS p, estimate(proportion_agg(decided)) FROM child WHERE id < 0;
SELECT rollup(p) FROM (SELECT make_proportion(1, 1) AS p WHERE false) AS none;

-- merging parts gives the whole, in any grouping; NULL parts do not count
SELECT rollup(p), rollup(p)::text = (SELECT proportion_agg(decided)::text FROM child) AS same
FROM (SELECT unit, proportion_agg(decided) AS p FROM child GROUP BY unit
      UNION ALL SELECT NULL, NULL) AS u;
SELECT make_proportion(20, 5) + make_proportion(30, 6) AS merged,
    make_proportion(50, 11) - make_proportion(30, 6) AS rest,
    merge(make_proportion(1, 0), make_proportion(1, 1)),
    subtract(make_proportion(1, 1), make_proportion(1, 1));

-- a window: the state goes on after each result
SELECT id, proportion_agg(decided) OVER (ORDER BY id ROWS 2 PRECEDING)
FROM child WHERE id BETWEEN 6 AND 10 ORDER BY id;

-- text and binary are lossless, and a table keeps the value
CREATE TEMP TABLE kept AS SELECT make_proportion(9223372036854775807, 9223372036854775806) AS p;
SELECT p, p::text::proportion::text = p::text AS same FROM kept;
SELECT encode(proportion_send(make_proportion(20, 5)), 'hex');

-- what cannot be is refused
\set VERBOSITY sqlstate
SELECT make_proportion(5, 7);
SELECT make_proportion(-1, 0);
SELECT make_proportion(9223372036854775807, 0) + make_proportion(1, 0);
SELECT make_proportion(10, 5) - make_proportion(8, 1);
