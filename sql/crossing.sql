-- from which age on has one class more children than another?
SET search_path = nuso, public;
\set SHOW_CONTEXT never
SET extra_float_digits = -7;

-- girls of Warsaw before and after menarche (Milicer and Szczotka 1966)
CREATE TEMP TABLE girl AS
SELECT unnest(ARRAY[9.21, 10.21, 10.58, 10.83, 11.08, 11.33, 11.58, 11.83, 12.08, 12.33, 12.58, 12.83, 13.08,
                    13.33, 13.58, 13.83, 14.08, 14.33, 14.58, 14.83, 15.08, 15.33, 15.58, 15.83, 17.58]) AS age,
       unnest(ARRAY[376, 200, 93, 118, 88, 83, 95, 94, 84, 64, 61, 57, 52, 39, 24, 29, 19, 7, 7, 7, 5, 4, 2, 2, 0]) AS before,
       unnest(ARRAY[0, 0, 0, 2, 2, 5, 10, 17, 16, 29, 39, 51, 47, 67, 81, 88, 79, 90, 113, 95, 117, 107, 92, 112, 1049]) AS after;
CREATE TEMP TABLE counted AS
SELECT crosstab_agg(age::text, state, n) AS t
FROM (SELECT age, 'before' AS state, before AS n FROM girl UNION ALL SELECT age, 'after', after FROM girl) AS x;
SELECT c.* FROM counted, crossing_age(t, 'before', 'after') AS c;
SELECT age_lower, age_upper FROM counted, crossing_age(t, 'before', 'after', 0.5);
-- the other way round nobody overtakes for good
SELECT c.* FROM counted, crossing_age(t, 'after', 'before') AS c;
-- a class of its own beside the two has no say
SELECT c.* FROM (SELECT merge(t, make_crosstab('{{50},{60}}', '{9.21,30}', '{unknown}')) AS t FROM counted) AS x,
  crossing_age(t, 'before', 'after') AS c;

-- ahead, behind, ahead again: the last age counts
SELECT c.* FROM crossing_age(make_crosstab('{{5,20},{9,9},{20,5},{30,3},{25,7},{18,19},{10,40},{9,60}}',
                                           '{0,2,4,6,8,10,12,14}', '{a,b}'), 'a', 'b') AS c;
-- ahead for a while only
SELECT c.* FROM crossing_age(make_crosstab('{{90,5},{40,40},{20,80},{20,80},{40,40},{90,5}}', '{0,2,4,6,8,10}', '{a,b}'),
                             'a', 'b') AS c;
-- never: and never with itself
SELECT c.* FROM crossing_age(make_crosstab('{{9,5},{8,4},{12,8},{20,8}}', '{0,2,4,6}', '{a,b}'), 'a', 'b') AS c;
SELECT c.* FROM crossing_age(make_crosstab('{{9,5},{8,4},{12,8},{20,8}}', '{0,2,4,6}', '{a,b}'), 'a', 'a') AS c;
-- thin
SELECT c.* FROM crossing_age(make_crosstab('{{9,5},{8,4},{12,18}}', '{0,2,4}', '{a,b}'), 'a', 'b') AS c;
SELECT c.* FROM crossing_age(make_crosstab('{{9,0},{8,0},{0,8},{0,8}}', '{0,2,4,6}', '{a,b}'), 'a', 'b') AS c;
SELECT c.* FROM crossing_age(make_crosstab('{{9,5},{8,4},{12,8},{20,8}}', '{0,2,4,6}', '{a,b}'), 'a', 'unknown') AS c;
SELECT c.* FROM (SELECT crosstab_agg(1, 'a') FILTER (WHERE false) AS t) AS x, crossing_age(t, 'a', 'b') AS c;
SELECT crossing_age(NULL, 'a', 'b') IS NULL AS no_table, crossing_age(t, NULL, 'b') IS NULL AS no_label FROM counted;

\set VERBOSITY sqlstate
SELECT crossing_age(t, 'before', 'after', 0) FROM counted;
SELECT crossing_age(make_crosstab('{{3,1},{2,4}}', '{young,old}', '{a,b}'), 'a', 'b');
