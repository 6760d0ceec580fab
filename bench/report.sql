-- report.sql - measure the pairs and print the ratios
--
-- -v rounds=N -v only=LIST, a line for each part of a name.

\set QUIET on
\o /dev/null
SELECT format('SELECT bench.measure(p, %L, %s) FROM bench.pair AS p WHERE p.name = %L',
              relation, :rounds, name)
FROM bench.pair, unnest(relations) AS relation
WHERE :'only' = '' OR EXISTS (
    SELECT FROM regexp_split_to_table(:'only', E'\n') AS part
    WHERE part <> '' AND strpos(name, part) > 0)
ORDER BY relation DESC, place
\gexec
-- calls are short: many rounds
SELECT format('SELECT bench.measure(c, %s) FROM bench.call AS c WHERE c.name = %L', 5 * :rounds, name)
FROM bench.call
WHERE :'only' = '' OR EXISTS (
    SELECT FROM regexp_split_to_table(:'only', E'\n') AS part
    WHERE part <> '' AND strpos(name, part) > 0)
ORDER BY place
\gexec
\o

CREATE TEMPORARY VIEW line AS
SELECT p.place, c.relation AS "table", c.workers, p.name, p.bound,
       min(c.ours) / r.rows AS ours, min(c.native) / r.rows AS native,
       min(c.floor) / r.rows AS floor,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY c.ours / r.rows) AS ours_median,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY c.native / r.rows) AS native_median,
       min(c.ours) / min(c.native) AS ratio,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY c.ours / c.native) AS ratio_median
FROM bench.pair AS p JOIN bench.cost AS c USING (name),
     (SELECT relation, bench.rows(relation) AS rows
      FROM (SELECT DISTINCT relation FROM bench.cost) AS asked) AS r (asked, rows)
WHERE r.asked = c.relation
GROUP BY p.place, c.relation, c.workers, p.name, p.bound, r.rows;

\echo
\echo Ours to native.  ns a row: CPU time of serial plans, wall time with two workers
SELECT "table", workers, name, round(ours, 1) AS ours,
       round(ours_median::numeric, 1) AS median, round(native, 1) AS native,
       round(native_median::numeric, 1) AS median, round(ratio, 2) AS ratio,
       round(ratio_median::numeric, 2) AS median, bound,
       CASE WHEN ratio <= bound THEN 'within'
            WHEN ratio <= bound * 1.15 THEN 'within slack'
            WHEN bound IS NOT NULL THEN 'outside' END AS verdict
FROM line ORDER BY place, "table" DESC, workers;

\echo The same above the floor, serial plans
SELECT "table", name, round(floor, 1) AS floor, round(ours - floor, 1) AS ours,
       round(native - floor, 1) AS native,
       round((ours - floor) / (native - floor), 2) AS ratio
FROM line
WHERE workers = 0 AND floor IS NOT NULL
ORDER BY place, "table" DESC;

\echo Gained by two workers: wall time of the serial plan to that of the parallel one
SELECT relation AS "table", name,
       round(ours, 2) AS ours, round(native, 2) AS native,
       round(ours / native, 2) AS ratio, bound,
       CASE WHEN ours / native >= bound THEN 'within'
            WHEN ours / native >= bound / 1.15 THEN 'within slack'
            WHEN bound IS NOT NULL THEN 'outside' END AS verdict
FROM (
    SELECT p.place, p.name, p.speedup_bound AS bound, r.relation,
           min(r.wall) FILTER (WHERE r.side = 'ours' AND r.workers = 0)::numeric /
               min(r.wall) FILTER (WHERE r.side = 'ours' AND r.workers = 2) AS ours,
           min(r.wall) FILTER (WHERE r.side = 'native' AND r.workers = 0)::numeric /
               min(r.wall) FILTER (WHERE r.side = 'native' AND r.workers = 2) AS native
    FROM bench.pair AS p JOIN bench.run AS r USING (name)
    WHERE r.round > 0
    GROUP BY p.place, p.name, p.speedup_bound, r.relation) AS speedup
ORDER BY place, relation DESC;

\echo One call on a summary, without the rows: milliseconds of CPU time
SELECT c.name, round(min(r.cpu) / 1e6 / c.calls, 3) AS milliseconds,
       round((percentile_cont(0.5) WITHIN GROUP (ORDER BY r.cpu) / 1e6 / c.calls)::numeric, 3) AS median, c.bound,
       CASE WHEN min(r.cpu) / 1e6 / c.calls <= c.bound THEN 'within'
            WHEN min(r.cpu) / 1e6 / c.calls <= c.bound * 1.15 THEN 'within slack'
            WHEN c.bound IS NOT NULL THEN 'outside' END AS verdict
FROM bench.call AS c JOIN bench.run AS r USING (name)
WHERE r.relation = 'bench' AND r.round > 0
GROUP BY c.place, c.name, c.calls, c.bound
ORDER BY c.place;
