-- how do children of each age divide over classes?
SET search_path = nuso, public;
\set SHOW_CONTEXT never
SET extra_float_digits = -6;

-- exposure at home and own behaviour, made up; ages are sorted as numbers
CREATE TEMP TABLE child AS
SELECT age, class, n FROM (VALUES
  (12, 'home', 50), (12, 'none', 7), (12, 'own', 49), (0, 'home', 90), (0, 'none', 5), (0, 'own', 2),
  (3, 'home', 80), (3, 'none', 4), (3, 'own', 10), (6, 'home', 70), (6, 'none', 3), (6, 'own', 30),
  (9, 'home', 60), (9, 'none', 8), (9, 'own', 41), (17, 'home', 5), (17, 'none', 12), (17, 'own', 70)
) AS v(age, class, n);
CREATE TEMP TABLE counted AS SELECT crosstab_agg(age, class, n) AS t FROM child;
SELECT age, col_label, n, children, share, share_lower, share_upper, status
FROM counted, composition_curve(t);
SELECT age, col_label, share_band_lower, share_band_upper, round(share_smooth::numeric, 6) AS smooth,
       round(share_smooth_lower::numeric, 4) AS lower, round(share_smooth_upper::numeric, 4) AS upper
FROM counted, composition_curve(t) WHERE age IN (0, 9);

-- the intervals of one age are those of composition
SELECT count(*) AS cells, count(*) FILTER (WHERE c.share = d.estimate AND c.share_lower = d.lower AND c.share_upper = d.upper) AS same
FROM counted, composition_curve(t) AS c JOIN composition((SELECT t FROM counted)) AS d
  ON d.row_label = c.age::text AND d.col_label = c.col_label;

-- a ladder: this step or a later one
SELECT age, col_label, n, children, share, share_lower, share_upper, share_band_lower, share_band_upper,
       round(share_smooth::numeric, 6) AS smooth, status
FROM composition_curve(make_crosstab('{{40,30,20,10},{30,32,24,14},{21,30,29,20},{10,25,35,30},{5,15,30,50}}',
                                     '{1,4,7,10,13}', '{1,2,3,4}'), 0.9, true)
WHERE age IN (1, 13);

-- thin: three ages have no smooth; one class cannot but be all
SELECT c.* FROM composition_curve(make_crosstab('{{3,0},{1,1},{0,2}}', '{1,2,3}', '{a,b}')) AS c;
SELECT c.* FROM composition_curve(make_crosstab('{{3},{1},{2},{9}}', '{1,2,3,4}', '{a}')) AS c WHERE age > 2;
SELECT c.* FROM composition_curve(make_crosstab('{{3,1}}', '{1}', '{a,b}'), 0.95, true) AS c;
-- one class until 2, the other from 3 on: no line has a finite slope
SELECT age, share, share_lower, share_smooth, status
FROM composition_curve(make_crosstab('{{9,0},{9,0},{0,9},{0,9}}', '{1,2,3,4}', '{a,b}')) WHERE col_label = 'a';
-- a billion children
SELECT age, share, share_smooth BETWEEN 0.1666 AND 0.1667 AS smooth, share_smooth_upper - share_smooth_lower < 0.001 AS narrow
FROM composition_curve(make_crosstab('{{5000000000,1000000000},{5,1},{5000000000,1000000000},{50,10}}', '{1,2,3,4}', '{a,b}'))
WHERE col_label = 'b';
SELECT count(*) FROM composition_curve(NULL);
SELECT count(*) FROM (SELECT crosstab_agg(1, 'a') FILTER (WHERE false) AS t) AS x, composition_curve(t);

\set VERBOSITY sqlstate
SELECT count(*) FROM counted, composition_curve(t, 1);
SELECT count(*) FROM composition_curve(make_crosstab('{{3,1},{2,4}}', '{young,old}', '{a,b}'));
SELECT count(*) FROM (SELECT crosstab_agg(i, i % 2) AS t FROM generate_series(1, 129) AS i) AS x, composition_curve(t);
SELECT count(*) FROM (SELECT crosstab_agg(i, i % 2) AS t FROM generate_series(1, 128) AS i) AS x, composition_curve(t);
