-- latent.sql - latent classes: classifying a child, and an iteration of a fit
--
-- -v rounds=N -v only=LIST.  The children are those of latent_data.sql.  A fit is
-- measured by the marginal cost of an iteration: a long run of one start less a
-- short one, in one session, by the iterations that they took.

SELECT bench.offered('patterns_agg(bigint)') AND (:'only' = '' OR EXISTS (
        SELECT FROM regexp_split_to_table(:'only', E'\n') AS part
        WHERE part <> '' AND strpos('latent', part) > 0)) AS asked,
    bench.offered('lca_fit(nuso.patterns,integer,integer,integer,bigint,integer,double precision,integer,double precision,boolean)') AS fits
\gset
\if :asked
\else
\quit
\endif

\echo
\echo Children of 15 classes, 24 items
SELECT name, nuso.n(p) AS children, (SELECT count(*) FROM nuso.pattern_counts(p)) AS patterns,
       pg_size_pretty(pg_column_size(p)::bigint) AS summary
FROM latent.summary;

-- what a row costs above a floor: the same scan with a call that does nothing
CREATE TABLE latent.row_cost (place serial, name text, bound numeric, statement text, floor text);
INSERT INTO latent.row_cost (name, bound, statement, floor) VALUES
('classify by rules', 25, 'SELECT count(classify(''demo'', present)) FROM child', 'SELECT count(present & 15) FROM child');
\if :fits
CREATE TABLE latent.model AS
SELECT name, nuso.lca_fit(p, 15, 24, starts => 4, finish => 1, tolerance => 1e-6, standard_errors => false) AS model
FROM latent.summary WHERE name = 'study';
INSERT INTO latent.row_cost (name, bound, statement, floor) VALUES
('classify by a model of 15 classes', NULL,
 'SELECT count(lca_classify((SELECT model FROM latent.model), present)) FROM child', 'SELECT count(present & 15) FROM child');
\endif

CREATE TABLE latent.cost (kind text, place integer, side text, round integer, cpu bigint);
CREATE FUNCTION latent.measure_rows(rounds integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    what record;
    side text;
    statement text;
BEGIN
    PERFORM set_config('search_path', 'latent, nuso, public', false);
    FOR round IN 0 .. rounds LOOP
        FOR what IN SELECT * FROM latent.row_cost ORDER BY place LOOP
            FOR side, statement IN VALUES ('ours', what.statement), ('floor', what.floor) LOOP
                INSERT INTO latent.cost SELECT 'row', what.place, side, round, t.cpu FROM bench.timed(statement, 0) AS t;
            END LOOP;
        END LOOP;
    END LOOP;
END
$$;
SELECT latent.measure_rows(:rounds) \g /dev/null

\echo What a child costs above the floor: ns of CPU time
SELECT name, round(floor / rows, 1) AS floor, round((ours - floor) / rows, 1) AS above, bound,
       CASE WHEN (ours - floor) / rows <= bound THEN 'within'
            WHEN (ours - floor) / rows <= bound * 1.15 THEN 'within slack'
            WHEN bound IS NOT NULL THEN 'outside' END AS verdict
FROM (SELECT r.place, r.name, r.bound, min(cpu) FILTER (WHERE side = 'ours')::numeric AS ours,
             min(cpu) FILTER (WHERE side = 'floor')::numeric AS floor
      FROM latent.row_cost AS r JOIN latent.cost AS c ON c.kind = 'row' AND c.place = r.place
      WHERE round > 0 GROUP BY r.place, r.name, r.bound) AS s,
     (SELECT count(*)::numeric AS rows FROM latent.child) AS n
ORDER BY place;

\if :fits
-- A run may end before the most that it is given; all is asked in fewer rounds,
-- for it takes long.
CREATE TABLE latent.fit (place serial, name text, bound numeric, summary text, classes integer, few integer, many integer, iterations bigint);
INSERT INTO latent.fit (name, bound, summary, classes, few, many) VALUES
('study, 3 classes', NULL, 'study', 3, 10, 510),
('study, 8 classes', NULL, 'study', 8, 10, 510),
('study, 15 classes', 0.70, 'study', 15, 10, 510),
('all, 15 classes', 100, 'all', 15, 10, 40);
CREATE FUNCTION latent.fit_statement(f latent.fit, most integer) RETURNS text
RETURN format('SELECT lca_fit(p, %s, 24, starts => 1, finish => 1, tolerance => 0, max_iterations => %s, standard_errors => false) AS model
               FROM latent.summary WHERE name = %L', f.classes, most, f.summary);
CREATE FUNCTION latent.iterations(f latent.fit, most integer, OUT iterations bigint) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('search_path', 'nuso, public', false);
    EXECUTE format('SELECT s.iterations FROM (%s) AS f, lca_fit_stats(f.model) AS s', latent.fit_statement(f, most)) INTO iterations;
END
$$;
UPDATE latent.fit AS f SET iterations = latent.iterations(f, f.many) - latent.iterations(f, f.few);
CREATE FUNCTION latent.measure_fits(rounds integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    what latent.fit;
    side text;
    most integer;
BEGIN
    PERFORM set_config('search_path', 'nuso, public', false);
    FOR round IN 0 .. rounds LOOP
        FOR what IN SELECT * FROM latent.fit ORDER BY place LOOP
            CONTINUE WHEN what.summary = 'all' AND round > 2;
            FOR side, most IN VALUES ('ours', what.many), ('floor', what.few) LOOP
                INSERT INTO latent.cost
                SELECT 'fit', what.place, side, round, t.cpu FROM bench.timed(latent.fit_statement(what, most), 0) AS t;
            END LOOP;
        END LOOP;
    END LOOP;
END
$$;
SELECT latent.measure_fits(:rounds) \g /dev/null

\echo An iteration of a fit: milliseconds of CPU time, marginal
SELECT name, iterations, round(least_ms, 3) AS milliseconds, round(median_ms::numeric, 3) AS median, bound,
       CASE WHEN least_ms <= bound THEN 'within' WHEN least_ms <= bound * 1.15 THEN 'within slack'
            WHEN bound IS NOT NULL THEN 'outside' END AS verdict
FROM (SELECT f.place, f.name, f.bound, f.iterations,
             (min(ours) - min(floor)) / nullif(f.iterations, 0) / 1e6 AS least_ms,
             percentile_cont(0.5) WITHIN GROUP (ORDER BY ours - floor) / nullif(f.iterations, 0) / 1e6 AS median_ms
      FROM latent.fit AS f
      JOIN (SELECT place, round, max(cpu) FILTER (WHERE side = 'ours')::numeric AS ours,
                   max(cpu) FILTER (WHERE side = 'floor')::numeric AS floor
            FROM latent.cost WHERE kind = 'fit' AND round > 0 GROUP BY place, round) AS c USING (place)
      GROUP BY f.place, f.name, f.bound, f.iterations) AS s
ORDER BY place;

\echo Twenty starts and the best of them to the end: seconds of CPU time, once
CREATE TABLE latent.whole (place serial, name text, classes integer, tolerance double precision, errors boolean, bound numeric, seconds numeric);
INSERT INTO latent.whole (name, classes, tolerance, errors, bound) VALUES
('study, 3 classes', 3, 1e-6, false, NULL), ('study, 8 classes', 8, 1e-6, false, NULL),
('study, 15 classes', 15, 1e-6, false, 10), ('study, 15 classes', 15, 1e-10, true, NULL);
CREATE TABLE latent.fitted (place integer, model nuso.lca_model);
SELECT format('UPDATE latent.whole SET seconds = round(t.cpu / 1e9, 2)
    FROM bench.timed($q$INSERT INTO latent.fitted SELECT %1$s, nuso.lca_fit(p, %2$s, 24, tolerance => %3$L, standard_errors => %4$L)
                        FROM latent.summary WHERE name = ''study''$q$, 0) AS t WHERE place = %1$s',
    place, classes, tolerance, errors)
FROM latent.whole ORDER BY place
\gexec
SELECT w.name, w.tolerance, w.errors AS standard_errors, w.seconds, w.bound, s.log_likelihood, s.iterations,
       s.starts_at_best || ' of ' || s.starts_finished AS at_best, s.status
FROM latent.whole AS w JOIN latent.fitted USING (place), nuso.lca_fit_stats(model) AS s
ORDER BY place;
\endif
