-- moments.sql - the promises of exact sums: any order, partition and plan gives
-- the same bits, the sums are those of exact arithmetic, and what is merged can
-- be taken apart again.
\set QUIET 1
SET client_min_messages = warning;
BEGIN;
SELECT plan(19);

SELECT setseed(0.42);
CREATE TABLE sample AS
SELECT i, part, x, dyadic FROM (
    SELECT i, (random() * 9)::integer AS part,
        (random() - 0.5) * 10.0 ^ (random() * 600 - 300)::integer AS x,
        ((random() - 0.5) * 2 ^ 24)::bigint / 1024.0::double precision AS dyadic
    FROM generate_series(1, 20000) AS i) AS s;
ALTER TABLE sample SET (parallel_workers = 4);
ANALYZE sample;
CREATE TABLE answer AS SELECT nuso.moments_agg(x) AS m, nuso.moments_agg(dyadic) AS d FROM sample;

-- the same text is the same contents, bit for bit
SELECT is((SELECT nuso.moments_agg(x ORDER BY random())::text FROM sample), m::text,
          'shuffled, run ' || run)
FROM answer, generate_series(1, 3) AS run;
SELECT is((SELECT nuso.rollup(p)::text FROM (
               SELECT nuso.moments_agg(x) AS p FROM sample GROUP BY i % parts) AS v), m::text,
          'from ' || parts || ' parts')
FROM answer, unnest(ARRAY[2, 7, 500]) AS parts;

SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE FUNCTION pg_temp.parallel_same(workers integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    got text;
BEGIN
    EXECUTE format('SET LOCAL max_parallel_workers_per_gather = %s', workers);
    SELECT nuso.moments_agg(x)::text INTO got FROM sample;
    RETURN is(got, (SELECT m::text FROM answer), workers || ' workers');
END
$$;
SELECT pg_temp.parallel_same(workers) FROM unnest(ARRAY[0, 1, 2, 4]) AS workers;
SET LOCAL max_parallel_workers_per_gather = 0;

-- hash and sort aggregation
CREATE TABLE by_hash AS SELECT part, nuso.moments_agg(x) AS m FROM sample GROUP BY part;
SET LOCAL enable_hashagg = off;
CREATE TABLE by_sort AS SELECT part, nuso.moments_agg(x) AS m FROM sample GROUP BY part;
SET LOCAL enable_hashagg = on;
SELECT is((SELECT string_agg(m::text, ',' ORDER BY part) FROM by_hash),
          (SELECT string_agg(m::text, ',' ORDER BY part) FROM by_sort), 'hash and sort aggregation');

-- exact arithmetic agrees: these numbers are exact as numeric, too
SELECT is((d::text::jsonb ->> 'sum')::numeric, (SELECT sum(dyadic::numeric) FROM sample), 'the sum is exact')
FROM answer;
SELECT is((d::text::jsonb ->> 'sum_of_squares')::numeric,
          (SELECT sum(dyadic::numeric * dyadic::numeric) FROM sample), 'and the sum of squares')
FROM answer;
SELECT is(nuso.mean(d), (SELECT avg(dyadic::numeric)::double precision FROM sample), 'the mean is rounded once')
FROM answer;
SELECT is(nuso.variance(d), (SELECT var_samp(dyadic::numeric)::double precision FROM sample), 'and the variance')
FROM answer;

-- taken apart again
SELECT is((SELECT count(*) FROM by_hash AS part, answer AS whole
           WHERE nuso.subtract(whole.m, part.m)::text <>
               (SELECT nuso.moments_agg(x)::text FROM sample AS s WHERE s.part <> part.part)), 0::bigint,
          'the whole without a part is the rest');

-- adding a constant moves the mean and nothing else; a factor scales
SELECT ok(abs(nuso.variance(nuso.moments_agg(dyadic + 4096)) / nuso.variance(nuso.moments_agg(dyadic)) - 1) < 1e-12,
          'a constant leaves the variance') FROM sample;
SELECT is(nuso.stddev(nuso.moments_agg(dyadic * 8)), 8 * nuso.stddev(nuso.moments_agg(dyadic)),
          'a factor scales the standard deviation') FROM sample;

-- two groups: Welch's t squared is Welch's F, and neither depends on the unit
SELECT ok(abs((c).statistic ^ 2 / (w).statistic - 1) < 1e-12 AND abs((c).df / (w).df2 - 1) < 1e-12 AND
          abs((c).p_value / (w).p_value - 1) < 1e-9, 'two means: Welch''s t and Welch''s F agree')
FROM (SELECT nuso.compare(a, b) AS c,
          (SELECT nuso.welch_anova_test(m) FROM unnest(ARRAY[a, b]) AS m) AS w
      FROM (SELECT nuso.moments_agg(dyadic) FILTER (WHERE part < 2) AS a,
                nuso.moments_agg(dyadic * 3) FILTER (WHERE part > 5) AS b FROM sample) AS s) AS r;

SELECT * FROM finish();
ROLLBACK;
