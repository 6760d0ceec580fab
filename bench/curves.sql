-- curves.sql - age curves of 290 units, and what one call of a statistic costs
--
-- The demonstration has 134 units; a nation of 290 is drawn from its rows, in
-- random order, so that a row finds its unit's counts where it may.

CREATE SCHEMA units;
CREATE TABLE units.child AS
SELECT 1 + nuso.random_below(1, 21, row_number() OVER (), 290)::integer AS unit_id, age, girl,
       foreign_background, identified, assessed, decided
FROM narrow.child;
VACUUM (FREEZE, ANALYZE) units.child;

-- The goal is for units inside of the state: with a group for each, the
-- executor's hash table alone takes most of it.
INSERT INTO bench.pair (relations, name, bound, ours, native)
SELECT '{units}', name, bound, ours,
       'SELECT unit_id, age, count(*), count(*) FILTER (WHERE identified),
               count(*) FILTER (WHERE assessed), count(*) FILTER (WHERE decided)
        FROM child GROUP BY unit_id, age'
FROM (VALUES
('age_curve_by_key_agg(integer,integer,boolean,boolean,boolean)',
 'curves of 290 units by key : GROUP BY unit, age', 0.85,
 'SELECT key, c.*
  FROM by_key((SELECT age_curve_by_key_agg(unit_id, age, identified, assessed, decided) FROM child)),
       LATERAL curve(summary) AS c'),
('age_curve_agg(integer,boolean,boolean,boolean)',
 'curves of 290 units by group : GROUP BY unit, age', NULL,
 'SELECT unit_id, c.*
  FROM (SELECT unit_id, age_curve_agg(age, identified, assessed, decided) AS summary
        FROM child GROUP BY unit_id) AS unit,
       LATERAL curve(summary) AS c'),
('age_curve_by_key_agg(integer,integer,boolean,boolean,boolean)',
 'their counts alone, by key : GROUP BY unit, age', NULL,
 'SELECT key, summary
  FROM by_key((SELECT age_curve_by_key_agg(unit_id, age, identified, assessed, decided) FROM child))')
) AS pair (needs, name, bound, ours)
WHERE bench.offered(needs);

-- what the calls below are asked about: the nation, its halves, its units, the
-- units as clusters, and the highest fact of a child by age
CREATE TABLE bench.nation AS
SELECT nuso.age_curve_agg(age, identified, assessed, decided) AS summary,
       nuso.age_curve_agg(age, identified, assessed, decided) FILTER (WHERE girl) AS girls,
       nuso.age_curve_agg(age, identified, assessed, decided) FILTER (WHERE NOT girl) AS boys,
       nuso.crosstab_agg(age::text, CASE WHEN decided THEN '3 decided' WHEN assessed THEN '2 assessed'
                                         WHEN identified THEN '1 identified' ELSE '0 none' END) AS ladder
FROM units.child;
CREATE TABLE bench.unit AS
SELECT unit_id, nuso.age_curve_agg(age, identified, assessed, decided) AS summary
FROM units.child GROUP BY unit_id;
SELECT CASE WHEN bench.offered('cluster_agg(nuso.age_curve)')
            THEN 'CREATE TABLE bench.clusters AS SELECT nuso.cluster_agg(summary) AS clusters FROM bench.unit' END
\gexec

INSERT INTO bench.call (name, bound, calls, statement)
SELECT name, bound, calls, statement
FROM (VALUES
('age_curve_agg(integer,boolean,boolean,boolean)',
 'curve of the nation, every column', 5, 1, 'SELECT c.* FROM bench.nation, LATERAL curve(summary) AS c'),
('curve(nuso.age_curve,double precision,text,text)',
 '  without a smooth, the nation', NULL, 1,
 'SELECT c.* FROM bench.nation, LATERAL curve(summary, smooth => ''none'') AS c'),
('age_curve_agg(integer,boolean,boolean,boolean)',
 'curve of a unit, every column', 0.25, 290, 'SELECT c.* FROM bench.unit, LATERAL curve(summary) AS c'),
('curve(nuso.age_curve,double precision,text,text)',
 '  without a smooth, a unit', NULL, 290,
 'SELECT c.* FROM bench.unit, LATERAL curve(summary, smooth => ''none'') AS c'),
('curve(nuso.clustered,double precision,text,text)',
 'curve of the nation in 290 clusters', NULL, 1,
 'SELECT c.* FROM bench.clusters, LATERAL curve(clusters) AS c'),
('gap_trend_test(nuso.age_curve,text)',
 'gap_trend_test', NULL, 1, 'SELECT gap_trend_test(summary) FROM bench.nation'),
('gap_change_point(nuso.age_curve,double precision,text)',
 'gap_change_point', NULL, 1, 'SELECT gap_change_point(summary) FROM bench.nation'),
('compare_curves(nuso.age_curve,nuso.age_curve,double precision,text)',
 'compare_curves', NULL, 1, 'SELECT c.* FROM bench.nation, LATERAL compare_curves(girls, boys) AS c'),
('curve_test(nuso.age_curve,nuso.age_curve,text)',
 'curve_test', NULL, 1, 'SELECT curve_test(girls, boys) FROM bench.nation'),
('gap_area(nuso.age_curve,double precision,text)',
 'gap_area', NULL, 1, 'SELECT gap_area(summary) FROM bench.nation'),
('composition_curve(nuso.crosstab,double precision,boolean)',
 'composition_curve, 18 ages of 4 classes', NULL, 1,
 'SELECT c.* FROM bench.nation, LATERAL composition_curve(ladder) AS c'),
('crossing_age(nuso.crosstab,text,text,double precision)',
 'crossing_age', NULL, 1, 'SELECT crossing_age(ladder, ''1 identified'', ''3 decided'') FROM bench.nation')
) AS call (needs, name, bound, calls, statement)
WHERE bench.offered(needs);
