-- data.sql - the rows that are measured: the synthetic national data
--
-- -v scale=N.  The same children twice: "wide" is the warehouse's own table,
-- some 170 bytes a row in 40 columns, "narrow" a table
-- of the eight columns that are asked for, 52 bytes a row.  In the one, reaching
-- a row is most of the work, in the other the aggregates are.

SELECT nuso.create_warehouse('warehouse') \g /dev/null

CREATE TEMPORARY TABLE loading AS
SELECT * FROM bench.timed(format('SELECT nuso.load_demo(''warehouse'', %s)', :scale), 0);
\echo Loading
SELECT i.investigations, r.referrals, round(l.cpu / 1e9, 1) AS cpu_s,
       round(l.wall / 1e9, 1) AS wall_s,
       round(i.investigations / (l.cpu / 1e9)) AS investigations_per_cpu_s
FROM loading AS l,
     (SELECT count(*) FROM warehouse.investigation) AS i (investigations),
     (SELECT count(*) FROM warehouse.referral) AS r (referrals);

CREATE SCHEMA wide;
CREATE VIEW wide.child AS
SELECT unit_id, age, sex = 'girl' AS girl, background = 'foreign' AS foreign_background,
       exposure_home OR exposure_own AS identified, need AS assessed, granted AS decided,
       factors
FROM warehouse.investigation;

CREATE SCHEMA narrow;
CREATE TABLE narrow.child AS SELECT * FROM wide.child;

VACUUM (FREEZE, ANALYZE) warehouse.investigation, narrow.child;
CHECKPOINT;
\echo Tables
SELECT name AS "table", rows, bytes / rows AS bytes_a_row
FROM (VALUES ('wide', 'warehouse.investigation'::regclass),
             ('narrow', 'narrow.child')) AS t (name, relation),
     pg_relation_size(relation) AS bytes,
     (SELECT count(*) FROM narrow.child) AS c (rows)
ORDER BY name;
