-- selftest.sql - is every statistic in the table of published results?
\set QUIET 1
SET client_min_messages = warning;
BEGIN;
SELECT plan(5);

SELECT is_empty($$
  SELECT method, input, quantity, expected, got FROM nuso.selftest() WHERE passed IS NOT TRUE
$$, 'every published number is found');
SELECT isnt_empty('SELECT FROM nuso.selftest()', 'and there are some');

-- a function with a standard body depends on every function that it calls; a
-- call with a level stands for the one without
CREATE TEMP VIEW called AS
SELECT p.proname, p.proargtypes[0] AS summary
FROM pg_depend AS d JOIN pg_proc AS p ON p.oid = d.refobjid
WHERE d.classid = 'pg_proc'::regclass AND d.objid = 'nuso.selftest()'::regprocedure
  AND d.refclassid = 'pg_proc'::regclass;

-- a statistic returns a number, or a row with a status, of a summary
CREATE TEMP VIEW statistic AS
SELECT p.oid, p.proname, p.proargtypes[0] AS summary
FROM pg_proc AS p
JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid AND e.extname = 'nuso'
LEFT JOIN pg_type AS t ON t.oid = p.prorettype
WHERE obj_description(p.oid, 'pg_proc') NOT LIKE 'Support function:%'
  AND EXISTS (SELECT FROM unnest(p.proargtypes) AS a
              JOIN pg_depend AS y ON y.classid = 'pg_type'::regclass AND y.objid = a AND y.deptype = 'e')
  AND (p.prorettype = 'double precision'::regtype
    OR 'status' = ANY (p.proargnames)
    OR EXISTS (SELECT FROM pg_attribute AS c WHERE c.attrelid = t.typrelid AND c.attname = 'status'));

-- without a published result that could be repeated from its counts
SELECT set_eq($$
  SELECT oid::regprocedure::text FROM statistic
  WHERE (proname, summary) NOT IN (SELECT proname, summary FROM called)
$$, ARRAY[
  'nuso.compare_curves(nuso.age_curve,nuso.age_curve,double precision,text)',
  'nuso.configural_frequencies(nuso.patterns,bigint,text,double precision,text)',
  'nuso.crossing_age(nuso.crosstab,text,text,double precision)',
  'nuso.curve(nuso.clustered,double precision,text,text)',
  'nuso.curve_test(nuso.age_curve,nuso.age_curve,text)',
  'nuso.gap_area(nuso.age_curve,double precision,text)',
  'nuso.gap_area(nuso.age_curve,nuso.age_curve,double precision,text)',
  'nuso.gap_area(nuso.clustered,double precision,text)',
  'nuso.gap_area(nuso.clustered,nuso.age_curve,double precision,text)',
  'nuso.gap_change_point(nuso.age_curve,double precision,text)',
  'nuso.gap_change_point(nuso.clustered,double precision,text)',
  'nuso.gap_trend_test(nuso.clustered,text)',
  'nuso.lca_bootstrap_test(nuso.patterns,integer,integer,integer,integer,bigint)',
  'nuso.lca_invariance_test(nuso.patterns,nuso.patterns,integer,integer,integer,bigint)',
  'nuso.lca_predictors(nuso.lca_model,nuso.membership,text[],integer,double precision)',
  'nuso.lca_predictors_test(nuso.lca_model,nuso.membership,text[])',
  'nuso.lca_residuals(nuso.lca_model,nuso.patterns,integer,bigint)',
  'nuso.lca_shares(nuso.lca_model,nuso.patterns,double precision)',
  'nuso.lca_three_step(nuso.lca_model,nuso.clustered,text,double precision)',
  'nuso.lca_three_step(nuso.lca_model,nuso.crosstab,text,double precision)',
  'nuso.lca_three_step_pairs(nuso.lca_model,nuso.clustered,text,double precision)',
  'nuso.lca_three_step_pairs(nuso.lca_model,nuso.crosstab,text,double precision)',
  'nuso.lca_three_step_test(nuso.lca_model,nuso.clustered,text)',
  'nuso.lca_three_step_test(nuso.lca_model,nuso.crosstab,text)'
], 'every statistic has a published result, but those on this list');

SELECT is_empty($$
  SELECT method, input, quantity, tolerance FROM nuso.selftest()
  WHERE NOT tolerance BETWEEN 1e-16 AND 0.06
$$, 'no tolerance passes everything');
SELECT is_empty($$
  SELECT method, quantity FROM nuso.selftest()
  WHERE source IS NULL OR source !~ '[12][0-9]{3}|Public Health England|NIST' OR input NOT LIKE '%nuso.%'
$$, 'every row names its publication and its call');

SELECT * FROM finish();
ROLLBACK;
