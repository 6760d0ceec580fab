-- lca.sql - the promises of latent classes: a fit is a function of its patterns,
-- whatever the order of the rows and the plan; a model answers the same from
-- wherever it comes; and neither a hundred fits nor one that is cancelled leave
-- anything behind.
\set QUIET 1
SET client_min_messages = warning;
BEGIN;
SELECT plan(38);

-- children of three classes, on whom not every item was asked
CREATE TABLE child AS
SELECT i, part, (SELECT sum((nuso.random_uniform(7, 1, i * 16 + j) <
                             CASE (class + j) % 3 WHEN 0 THEN 0.85 WHEN 1 THEN 0.3 ELSE 0.1 END)::integer << j)
                 FROM generate_series(0, 11) AS j)::bigint AS present,
    CASE WHEN i % 5 = 0 THEN 4095 - (1 << (i / 5 % 12)::integer) ELSE 4095 END::bigint AS observed
FROM (SELECT i, i % 7 AS part, (nuso.random_uniform(7, 2, i) * 10)::integer / 4 AS class
      FROM generate_series(1, 6000) AS i) AS c;
ALTER TABLE child SET (parallel_workers = 4);
ANALYZE child;
CREATE TABLE answer AS
SELECT p, nuso.lca_fit(p, 3, 12, starts => 5) AS m FROM (SELECT nuso.patterns_agg(present, observed) AS p FROM child) AS s;
SELECT is((nuso.lca_fit_stats(m)).status, 'ok', 'the children have three classes') FROM answer;

-- the same text is the same model, bit for bit
SELECT is((SELECT nuso.lca_fit(nuso.patterns_agg(present, observed ORDER BY random()), 3, 12, starts => 5)::text FROM child),
          m::text, 'shuffled, run ' || run)
FROM answer, generate_series(1, 2) AS run;
SELECT is((SELECT nuso.lca_fit(nuso.rollup(p), 3, 12, starts => 5)::text
           FROM (SELECT nuso.patterns_agg(present, observed) AS p FROM child GROUP BY part) AS v), m::text, 'from parts')
FROM answer;
SELECT is((SELECT nuso.lca_fit(nuso.patterns_agg(present, observed, n), 3, 12, starts => 5)::text
           FROM (SELECT present, observed, count(*) AS n FROM child GROUP BY 1, 2) AS v), m::text, 'from counts')
FROM answer;
SELECT is(m::text::nuso.lca_model::text, m::text, 'out as text and in again') FROM answer;
SELECT is(nuso.lca_model_send(m::text::nuso.lca_model), nuso.lca_model_send(m), 'and the same in binary') FROM answer;

-- parallel plans
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE FUNCTION pg_temp.classes_of(workers integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    got text;
BEGIN
    EXECUTE format('SET LOCAL max_parallel_workers_per_gather = %s', workers);
    SELECT md5(string_agg(format('%s %s', class, posterior), ',' ORDER BY i)) INTO got
    FROM (SELECT i, nuso.lca_classify(m, present, observed, 0.5) AS class, nuso.lca_posterior(m, present, observed) AS posterior
          FROM child, answer) AS c;
    RETURN got;
END
$$;
CREATE FUNCTION pg_temp.parallel_same(workers integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    got text;
BEGIN
    EXECUTE format('SET LOCAL max_parallel_workers_per_gather = %s', workers);
    SELECT nuso.lca_fit(nuso.patterns_agg(present, observed), 3, 12, starts => 5)::text INTO got FROM child;
    RETURN is(got, (SELECT m::text FROM answer), 'a fit with ' || workers || ' workers');
END
$$;
SELECT pg_temp.parallel_same(workers) FROM unnest(ARRAY[0, 1, 3]) AS workers;
SELECT is(pg_temp.classes_of(3), pg_temp.classes_of(0), 'classes with 3 workers');
SET LOCAL max_parallel_workers_per_gather = 0;

-- some of the items: selected from patterns, or never asked
SELECT is(nuso.lca_fit(nuso.select_items(p, 1023), 2, 10, starts => 3)::text,
          (SELECT nuso.lca_fit(nuso.patterns_agg(present & 1023, observed & 1023), 2, 10, starts => 3)::text FROM child),
          'selected items are the items asked') FROM answer;
SELECT is((SELECT array_agg(item ORDER BY item) FROM nuso.lca_classes(nuso.lca_fit(nuso.select_items(p, 2739), 2, 12, starts => 3))
           WHERE class = 1 AND status = 'not_observed'), ARRAY[2, 3, 6, 8, 10], 'and the others are told') FROM answer;

-- what the world looks like from the other side: items absent
CREATE FUNCTION pg_temp.nearly(a double precision, b double precision, relative double precision) RETURNS boolean
    RETURN abs(a - b) <= relative * abs(b);
SELECT ok(pg_temp.nearly((nuso.lca_fit_stats(m)).log_likelihood, (nuso.lca_fit_stats(q)).log_likelihood, 1e-9),
          'items turned round have the same likelihood')
FROM answer, (SELECT nuso.lca_fit(nuso.patterns_agg(~present & observed, observed), 3, 12, starts => 5) AS q FROM child) AS t;
-- twice the children: twice the log-likelihood, errors less by the root of 2
SELECT ok(pg_temp.nearly((nuso.lca_fit_stats(q)).log_likelihood, 2 * (nuso.lca_fit_stats(m)).log_likelihood, 1e-9),
          'twice the children, twice the log-likelihood')
FROM answer, (SELECT nuso.lca_fit(nuso.patterns_agg(present, observed, 2), 3, 12, starts => 5) AS q FROM child) AS t;
SELECT is((SELECT count(*) FROM nuso.lca_classes(m) AS a JOIN nuso.lca_classes(q) AS b USING (class, item)
           WHERE NOT pg_temp.nearly(b.std_error * sqrt(2), a.std_error, 1e-4)), 0::bigint, 'and errors less by the root of 2')
FROM answer, (SELECT nuso.lca_fit(nuso.patterns_agg(present, observed, 2), 3, 12, starts => 5) AS q FROM child) AS t;

-- shares: those of the fit among its own children; parts add up to the whole
SELECT ok(bool_and(pg_temp.nearly(s.share, c.share, 1e-4)), 'shares among the children of the fit are its shares')
FROM answer, nuso.lca_shares(m, p) AS s JOIN nuso.lca_classes(m) AS c USING (class);
SELECT is((SELECT sum(s.n_modal) FROM (SELECT nuso.patterns_agg(present, observed) AS p FROM child GROUP BY part) AS part,
               nuso.lca_shares(m, part.p) AS s), (SELECT count(*) FROM child)::numeric, 'each child of each part has one class')
FROM answer;
SELECT is((SELECT array_agg(n ORDER BY class) FROM (SELECT nuso.lca_classify(m, present, observed) AS class, count(*) AS n
                                                    FROM child GROUP BY 1) AS v),
          (SELECT array_agg(n_modal ORDER BY class) FROM nuso.lca_shares(m, p)), 'lca_classify and lca_shares count the same')
FROM answer;
SELECT ok(abs(sum(x) - 1) < 1e-14, 'posterior probabilities sum to 1')
FROM answer, unnest(nuso.lca_posterior(m, 77)) AS x;

-- a model answers the same from wherever it comes: stored out of line, in line,
-- as a parameter, and as another model at the same place
CREATE TABLE shelf (id integer, m nuso.lca_model);
ALTER TABLE shelf ALTER m SET STORAGE external;
-- made by hand; ten classes are too large for a row.  Some are as large as each
-- other, so that only their contents tell them apart
INSERT INTO shelf
SELECT k, jsonb_build_object('status', 'ok', 'classes', classes, 'items', 12, 'n', 100, 'n_unobserved', 0, 'patterns', 50,
    'seen', 4095, 'varying', 4095, 'complete', 0, 'seed', 1, 'pseudo_count', 0, 'starts', 1, 'finished', 1, 'at_best', 1,
    'iterations', 9, 'log_likelihood', -500, 'g2', 0, 'x2', 0, 'entropy', 0.5, 'mean_posterior', 0.8,
    'shares', array_fill(1.0 / classes, ARRAY[classes]),
    'probabilities', ARRAY(SELECT nuso.random_uniform(5, k, i) FROM generate_series(1, 12 * classes) AS i),
    'confusion', array_fill(1.0 / classes, ARRAY[classes * classes]), 'errors', 0)::text::nuso.lca_model
FROM (SELECT k, CASE WHEN k < 6 THEN k WHEN k < 8 THEN 10 ELSE 2 END AS classes
      FROM generate_series(1, 9) AS k) AS s;
SELECT ok(pg_relation_size(reltoastrelid) > 0, 'large models are stored out of line')
FROM pg_class WHERE oid = 'shelf'::regclass;
SELECT is((SELECT count(*) FROM shelf, child WHERE i <= 500 AND
           nuso.lca_classify(m, present, observed) IS DISTINCT FROM
               nuso.lca_classify((SELECT s.m FROM shelf AS s WHERE s.id = shelf.id), present, observed)), 0::bigint,
          'a column and a subquery');
CREATE FUNCTION pg_temp.classes_by(wanted integer) RETURNS text[] LANGUAGE plpgsql AS $$
BEGIN
    RETURN (SELECT array_agg(nuso.lca_classify(m, present, observed)::text ORDER BY i) FROM child, shelf
            WHERE i <= 500 AND id = wanted);
END
$$;
CREATE TABLE alone AS SELECT id, pg_temp.classes_by(id) AS classes FROM shelf;
SELECT is((SELECT count(DISTINCT classes) FROM alone), 9::bigint, 'nine models, nine answers');
SELECT is((SELECT count(*) FROM (SELECT id, i, nuso.lca_classify(m, present, observed)::text AS class
                                 FROM (SELECT * FROM child, shelf WHERE i <= 500 ORDER BY i, id OFFSET 0) AS c) AS turn
           JOIN alone USING (id) WHERE class IS DISTINCT FROM classes[i]), 0::bigint, 'models in turn');
SELECT is((SELECT count(*) FROM (SELECT id, i, nuso.lca_classify(m, present, observed)::text AS class
                                 FROM (SELECT * FROM child, shelf WHERE i <= 500 AND id IN (2, 8, 9) ORDER BY i, id OFFSET 0) AS c) AS turn
           JOIN alone USING (id) WHERE class IS DISTINCT FROM classes[i]), 0::bigint, 'models of one size in turn');
SELECT is((SELECT count(*) FROM (SELECT id, i, nuso.lca_classify(m, present, observed)::text AS class
                                 FROM (SELECT * FROM child, shelf WHERE i <= 500 AND id IN (6, 7) ORDER BY i, id OFFSET 0) AS c) AS turn
           JOIN alone USING (id) WHERE class IS DISTINCT FROM classes[i]), 0::bigint, 'models out of line in turn');
CREATE FUNCTION pg_temp.literal_same(wanted integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    got text;
BEGIN
    EXECUTE format('SELECT string_agg(nuso.lca_classify(%L::nuso.lca_model, present, observed)::text, '''' ORDER BY i) FROM child',
                   (SELECT m FROM shelf WHERE id = wanted)) INTO got;
    RETURN is(got, (SELECT string_agg(nuso.lca_classify(m, present, observed)::text, '' ORDER BY i) FROM child, shelf
                    WHERE id = wanted), 'the literal of model ' || wanted);
END
$$;
SELECT pg_temp.literal_same(k) FROM unnest(ARRAY[1, 4, 6]) AS k;
-- one expression in a loop, whose model is changed, rolled back, and changed again
CREATE FUNCTION pg_temp.in_a_loop() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    said text := '';
    model nuso.lca_model;
BEGIN
    FOR k IN 1 .. 6 LOOP
        BEGIN
            UPDATE shelf SET m = (SELECT s.m FROM shelf AS s WHERE s.id = k) WHERE id = 1;
            SELECT m INTO model FROM shelf WHERE id = 1;
            said := said || array_length(nuso.lca_posterior(model, 5), 1) || ' ';
            IF k % 2 = 0 THEN
                RAISE SQLSTATE 'UNDO0';
            END IF;
        EXCEPTION WHEN SQLSTATE 'UNDO0' THEN
            SELECT m INTO model FROM shelf WHERE id = 1;
            said := said || array_length(nuso.lca_posterior(model, 5), 1) || ' ';
        END;
    END LOOP;
    RETURN said;
END
$$;
SELECT is(pg_temp.in_a_loop(), '1 2 1 3 4 3 5 10 5 ', 'a model that is changed and rolled back');

-- memory: after a few fits have taken what caches need, a hundred more take
-- nothing, neither in contexts nor, where the system tells, of the process
CREATE FUNCTION pg_temp.memory() RETURNS bigint
    RETURN (SELECT sum(used_bytes)::bigint FROM pg_backend_memory_contexts);
CREATE FUNCTION pg_temp.resident() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    RETURN split_part(pg_read_file('/proc/self/statm'), ' ', 2)::bigint;
EXCEPTION WHEN OTHERS THEN
    RETURN 0;
END
$$;
CREATE FUNCTION pg_temp.fits(times integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    FOR i IN 1 .. times LOOP
        PERFORM count(*) FROM answer, nuso.lca_shares(nuso.lca_fit(p, 4, 12, starts => 1, seed => i, max_iterations => 20), p);
    END LOOP;
END
$$;
SELECT pg_temp.fits(5), pg_temp.memory(), pg_temp.resident() \g /dev/null
SELECT pg_temp.memory() AS memory, pg_temp.resident() AS resident \gset
SELECT pg_temp.fits(100) \g /dev/null
SELECT cmp_ok(pg_temp.memory() - :memory, '<', 100000::bigint, 'a hundred fits leave nothing in contexts');
SELECT cmp_ok(pg_temp.resident() - :resident, '<', 1000::bigint, 'and the process as large as it was, within 1000 pages');
-- within one query, too: the context of a row is not that of the query
CREATE FUNCTION pg_temp.peak(times integer) RETURNS bigint LANGUAGE sql AS $$
    SELECT max(used) FROM (
        SELECT (SELECT sum(total_bytes) FROM pg_backend_memory_contexts WHERE i > 0)::bigint AS used,
            nuso.lca_fit(p, 4, 12, starts => 1, seed => i, max_iterations => 5) AS m
        FROM answer, generate_series(1, times) AS i OFFSET 0) AS s
$$;
SELECT cmp_ok(pg_temp.peak(60) - pg_temp.peak(10), '<', 1000000::bigint, 'sixty fits of one query take no more than ten');

-- cancellation: the timeout, and how long after it control came back
CREATE TABLE wide AS
SELECT nuso.patterns_agg((nuso.random_uniform(3, 1, i) * 16777216)::bigint & (nuso.random_uniform(3, 2, i) * 16777215)::bigint,
                         16777215) AS p
FROM generate_series(1, 120000) AS i;
CREATE TABLE narrow AS
SELECT nuso.patterns_agg((nuso.random_uniform(3, 1, i) * 4095)::bigint, (nuso.random_uniform(3, 2, i) * 4095)::bigint) AS p
FROM generate_series(1, 120000) AS i;
CREATE FUNCTION pg_temp.milliseconds(call text) RETURNS double precision LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE call;
    RETURN NULL;
EXCEPTION WHEN query_canceled THEN
    RETURN extract(epoch FROM clock_timestamp() - statement_timestamp()) * 1000;
END
$$;
CREATE TABLE stopped (what text, milliseconds double precision);
SET LOCAL statement_timeout = 200;
SELECT format($q$INSERT INTO stopped SELECT %L, pg_temp.milliseconds(%L)$q$, what, call)
FROM (VALUES ('starts', 'SELECT nuso.lca_fit(p, 15, 24) FROM wide'),
             ('one start', 'SELECT nuso.lca_fit(p, 15, 24, starts => 1) FROM wide'),
             ('shares', 'SELECT sum(s.n) FROM narrow, shelf, generate_series(1, 400) AS i, nuso.lca_shares(shelf.m, p, i / 401.0) AS s WHERE id = 7'))
         AS c(what, call), generate_series(1, 3)
\gexec
SET LOCAL statement_timeout = 0;
SELECT cmp_ok(min(milliseconds), '<', 250::double precision, what || ' end within 50 ms of the timeout')
FROM stopped GROUP BY what ORDER BY what;
SELECT cmp_ok(pg_temp.memory() - :memory, '<', 1000000::bigint, 'and what was cancelled left nothing');
SELECT pg_temp.parallel_same(0);

SELECT * FROM finish();
ROLLBACK;
