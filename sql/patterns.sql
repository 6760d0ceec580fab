-- response patterns: counted, merged, spread, and some of their items chosen
SET search_path = nuso, public;
\set SHOW_CONTEXT never

-- one mask: everything was observed; two: only what is observed can be present; three: so many children
SELECT patterns_agg(present) FROM (VALUES (5), (0), (NULL), (5)) AS child(present);
SELECT patterns_agg(present, observed)
FROM (VALUES (5, 7), (13, 7), (5, 13), (1, 0), (NULL, 7), (5, NULL), (4, 7)) AS child(present, observed);
SELECT patterns_agg(present, observed, count)
FROM (VALUES (5, 7, 2), (1, 7, 0), (5, 7, 3), (5, 7, NULL), (2, 3, 1)) AS counted(present, observed, count);
SELECT patterns_agg(present) FROM (VALUES (1)) AS child(present) WHERE present > 1;
SELECT patterns_agg(9223372036854775807, observed)
FROM unnest('{9223372036854775807,4611686018427387904,0}'::bigint[]) AS observed;

-- spread: the rows that would give the summary
CREATE TABLE child AS
    SELECT i, (i * 7919 + i / 7) % 256 & 90 AS present,
           CASE WHEN i % 5 = 0 THEN 255 - (1 << i % 8) WHEN i % 101 = 0 THEN 0 ELSE 255 END AS observed,
           i % 13 AS part
    FROM generate_series(1, 20000) AS i;
ANALYZE child;
SELECT * FROM pattern_counts((SELECT patterns_agg(present, observed) FROM child WHERE i < 30)) LIMIT 5;
SELECT count(*) AS patterns, sum(c.count) AS children, bool_and(c.present & ~c.observed = 0) AS within,
       patterns_agg(c.present, c.observed, c.count)::text = min(p::text) AS the_same
FROM (SELECT patterns_agg(present, observed) FROM child) AS v(p), pattern_counts(p) AS c;
SELECT count(*) FROM pattern_counts(NULL);
SELECT n(p), n(NULL::patterns) FROM (SELECT patterns_agg(present, observed) FROM child) AS v(p);
-- GROUP BY says the same
SELECT count(*) AS differences FROM (
    (SELECT present & observed, observed, count(*) FROM child GROUP BY 1, 2)
    EXCEPT SELECT (pattern_counts(p)).* FROM (SELECT patterns_agg(present, observed) FROM child) AS v(p)) AS x;

-- each item by itself
SELECT * FROM item_counts((SELECT patterns_agg(present, observed) FROM child WHERE i < 30)) WHERE n > 0;
SELECT count(*) AS items, count(*) FILTER (WHERE c.n = o.n AND c.present = o.present) AS the_same
FROM (SELECT patterns_agg(present, observed) FROM child) AS v(p), item_counts(p) AS c,
     LATERAL (SELECT count(*) FILTER (WHERE child.observed::bigint >> c.item & 1 = 1),
                     count(*) FILTER (WHERE child.present & child.observed::bigint >> c.item & 1 = 1) FROM child) AS o(n, present);
SELECT (SELECT count(*) FROM item_counts(NULL)) AS unknown,
       (SELECT count(*) FROM item_counts((SELECT patterns_agg(1) WHERE false))) AS nobody;

-- merging and subtracting: what is taken away is gone
SELECT merge(a, b), subtract(merge(a, b), b)::text = a::text AS undone, a - a AS nothing, (a + b)::text = merge(b, a)::text AS sum
FROM (SELECT patterns_agg(x, 7) AS a FROM generate_series(1, 2) AS x) AS l,
     (SELECT patterns_agg(x, 7) AS b FROM generate_series(2, 3) AS x) AS r;

-- any partition and order gives the same bits; so does a forced parallel plan
SELECT count(DISTINCT d) AS forms FROM (
    SELECT patterns_agg(present, observed)::text FROM child
    UNION ALL SELECT patterns_agg(present, observed ORDER BY present DESC)::text FROM child
    UNION ALL SELECT rollup(p)::text FROM (SELECT patterns_agg(present, observed) AS p FROM child GROUP BY part) AS v
    UNION ALL SELECT rollup(p::text::patterns)::text
        FROM (SELECT patterns_agg(present, observed) AS p FROM child GROUP BY part) AS v) AS f(d);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT md5(patterns_agg(present, observed)::text) = (SELECT md5(rollup(p)::text)
    FROM (SELECT patterns_agg(present, observed) AS p FROM child GROUP BY part) AS v) AS parallel_same FROM child;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- a window goes on with the state after it was shown
SELECT patterns_agg(present & 3, 3) OVER (ORDER BY i) FROM child ORDER BY i LIMIT 3;

-- binary form: out and in again
CREATE TABLE kept AS SELECT patterns_agg(present, observed) AS p FROM child;
CREATE TABLE back (LIKE kept);
DO $$
BEGIN
    EXECUTE format('COPY kept TO %L (FORMAT binary)', current_setting('data_directory') || '/kept.bin');
    EXECUTE format('COPY back FROM %L (FORMAT binary)', current_setting('data_directory') || '/kept.bin');
END $$;
SELECT k.p::text = b.p::text AS the_same FROM kept AS k, back AS b;

-- items chosen: as if nothing else had been observed
SELECT select_items(p, 3), select_items(p, 0), n(select_items(p, 4)), select_items(p, NULL) IS NULL AS unknown
FROM (SELECT patterns_agg(present, observed, count)
      FROM (VALUES (1, 7, 1), (5, 7, 2), (2, 3, 4), (4, 4, 8), (3, 15, 16)) AS counted(present, observed, count)) AS v(p);
SELECT select_items(p, 92)::text = (SELECT patterns_agg(present, observed & 92)::text FROM child) AS the_same,
       select_items(p, 9223372036854775807)::text = p::text AS all_of_them,
       select_items(select_items(p, 92), 67)::text = select_items(p, 92 & 67)::text AS one_by_one
FROM kept;
SELECT select_items(patterns_agg(x), 7) FROM generate_series(1, 0) AS x;

-- support functions called by hand: a value is copied, never changed
SELECT patterns_accum(p, 1, 7) AS called, p FROM (SELECT patterns_agg(5, 7)) AS v(p);
SELECT n(patterns_accum(patterns_accum(NULL, 1), 2)), patterns_final(patterns_accum(patterns_accum(NULL, 2, 3, 5), 1));

-- wrong values, and text that no data can produce
\set VERBOSITY sqlstate
SELECT patterns_agg(-1);
SELECT patterns_agg(1, -1);
SELECT patterns_agg(1, 1, -1);
SELECT patterns_agg(1, 1, x) FROM (VALUES (9223372036854775807), (1)) AS v(x);
SELECT select_items(patterns_agg(1), -1);
SELECT subtract(patterns_agg(1), patterns_agg(2));
SELECT subtract(patterns_agg(1, 1, 2), patterns_agg(1, 1, 3));
SELECT '{"patterns": [{"observed": 7, "present": 5, "count": 1}, {"observed": 7, "present": 4, "count": 1}]}'::patterns;
SELECT '{"patterns": [{"observed": 7, "present": 8, "count": 1}]}'::patterns;
SELECT '{"patterns": [{"observed": 7, "present": 5, "count": 0}]}'::patterns;
SELECT '{"patterns": [{"observed": 7, "present": 5, "count": -1}]}'::patterns;
SELECT '{"patterns": [{"observed": -1, "present": 5, "count": 1}]}'::patterns;
SELECT '{"patterns": [{"observed": 9223372036854775808, "present": 5, "count": 1}]}'::patterns;
SELECT '{"patterns": [{"observed": 7, "count": 1}]}'::patterns;
SELECT '{"patterns": []} '::patterns;
\set VERBOSITY default
SELECT patterns_agg(-1);
DROP TABLE child, kept, back;
