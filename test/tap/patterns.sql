-- patterns.sql - properties of response patterns, on random data.
\set QUIET 1
SET client_min_messages = warning;
BEGIN;
SELECT plan(13);

-- 63 items; some children are asked nothing, some everything
CREATE TEMP TABLE child AS
SELECT i, nuso.random_below(3, 1, i, 9223372036854775807) & (9223372036854775807 >> (i % 61)::integer) AS present,
       CASE i % 5 WHEN 0 THEN 0 WHEN 1 THEN nuso.random_below(3, 2, i % 700, 9223372036854775807)
                  ELSE 9223372036854775807 END AS observed,
       nuso.random_below(3, 3, i, 4) AS count, i % 7 AS part
FROM generate_series(1, 60000) AS i;
CREATE TEMP TABLE counted AS SELECT nuso.patterns_agg(present, observed, count) AS p FROM child;

SELECT is((SELECT nuso.n(p) FROM counted), (SELECT sum(count)::bigint FROM child), 'n is the sum of the counts');
SELECT set_eq('SELECT present, observed, count FROM counted, nuso.pattern_counts(p)',
  'SELECT present & observed, observed, sum(count)::bigint FROM child GROUP BY 1, 2 HAVING sum(count) > 0',
  'the patterns are those of GROUP BY');
SELECT is((SELECT md5(nuso.rollup(q)::text) FROM (SELECT nuso.patterns_agg(present, observed, count) AS q
                                                  FROM child GROUP BY part) AS x),
  (SELECT md5(p::text) FROM counted), 'the parts merged are the whole, to the byte');
SELECT is((SELECT md5(nuso.rollup(q ORDER BY part DESC)::text)
           FROM (SELECT part, nuso.patterns_agg(present, observed, count ORDER BY -i) AS q
                 FROM child GROUP BY part) AS x),
  (SELECT md5(p::text) FROM counted), 'in any order of rows and parts');
SELECT is((SELECT md5(nuso.patterns_agg(present, observed)::text)
           FROM child, generate_series(1, count)),
  (SELECT md5(p::text) FROM counted), 'a count is as many rows');
SELECT is((SELECT nuso.subtract(p, q)::text FROM counted, (SELECT nuso.patterns_agg(present, observed, count) AS q
                                                           FROM child WHERE part < 5) AS x),
  (SELECT nuso.patterns_agg(present, observed, count)::text FROM child WHERE part >= 5), 'what is taken away is gone');
SELECT is((SELECT md5(p::text::nuso.patterns::text) FROM counted), (SELECT md5(p::text) FROM counted), 'text is lossless');

SELECT is(
  (SELECT string_agg(md5(nuso.select_items(p, m)::text), ',' ORDER BY m)
   FROM counted, unnest('{0,1,255,4611686018427387904,9223372036854775807}'::bigint[]) AS m),
  (SELECT string_agg(md5(q::text), ',' ORDER BY m)
   FROM (SELECT m, nuso.patterns_agg(present, observed & m, count) AS q
         FROM child, unnest('{0,1,255,4611686018427387904,9223372036854775807}'::bigint[]) AS m GROUP BY m) AS x),
  'items selected after counting are those observed alone');
SELECT is(
  nuso.merge(nuso.select_items(a, 1023), nuso.select_items(b, 1023))::text,
  nuso.select_items(nuso.merge(a, b), 1023)::text, 'selecting commutes with merging')
FROM (SELECT nuso.patterns_agg(present, observed, count) FILTER (WHERE part < 3) AS a,
             nuso.patterns_agg(present, observed, count) FILTER (WHERE part >= 3) AS b FROM child) AS v;

-- a window goes on with a state after it was shown
SELECT is(
  (SELECT count(*) FROM (SELECT nuso.n(nuso.patterns_agg(present) OVER (ORDER BY i
                                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)) AS n, i
                         FROM child WHERE i <= 300) AS w WHERE n <> i),
  0::bigint, 'every frame counts its rows');

-- configurations: the children of a table are in it once, and expected numbers add up
SELECT is(
  (SELECT (sum(n), min(n_complete), min(n_complete + n_incomplete))::text
   FROM counted, nuso.configural_frequencies(p, 7 | 1::bigint << 40)),
  (SELECT (sum(count) FILTER (WHERE observed & (7 | 1::bigint << 40) = (7 | 1::bigint << 40)),
           sum(count) FILTER (WHERE observed & (7 | 1::bigint << 40) = (7 | 1::bigint << 40)), sum(count))::text FROM child),
  'who has all items observed is in one configuration');
SELECT ok(
  (SELECT abs(sum(expected) / min(n_complete) - 1) < 1e-12 AND count(*) = 16
   FROM counted, nuso.configural_frequencies(p, 15)),
  'expected numbers add up to the children');
SELECT ok(
  (SELECT bool_and(c.p_adjusted >= c.p_value AND (c.kind IS NULL) = (c.p_adjusted > 0.05)
                   AND (c.kind IS NULL OR (c.kind = 'type') = (c.n > c.expected)))
   FROM counted, unnest('{auto,lehmacher,lehmacher-cc,binomial}'::text[]) AS m,
        nuso.configural_frequencies(p, 1023, m) AS c),
  'types have more children than expected, antitypes fewer, both a small adjusted p');

SELECT * FROM finish();
ROLLBACK;
