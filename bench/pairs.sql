-- pairs.sql - what is compared: one block a pair
--
-- Both queries read child(unit_id, age, girl, foreign_background, identified,
-- assessed, decided, factors), and both answer the same question as far as the
-- name says.  Bounds are goals, without slack.

INSERT INTO bench.pair (name, speedup_bound, ours, native) VALUES
('proportion : count(*)', 0.9,
 'SELECT proportion_agg(decided) FROM child',
 'SELECT count(*) FROM child');

INSERT INTO bench.pair (name, bound, ours, native) VALUES
('compare with test : 4 filtered counts', 0.80,
 'SELECT compare(proportion_agg(decided) FILTER (WHERE girl),
                 proportion_agg(decided) FILTER (WHERE NOT girl)) FROM child',
 'SELECT count(*) FILTER (WHERE girl AND decided),
         count(*) FILTER (WHERE girl AND NOT decided),
         count(*) FILTER (WHERE NOT girl AND decided),
         count(*) FILTER (WHERE NOT girl AND NOT decided) FROM child');

INSERT INTO bench.pair (name, bound, ours, native) VALUES
('compare with test : count(*)', 2.0,
 'SELECT compare(proportion_agg(decided) FILTER (WHERE girl),
                 proportion_agg(decided) FILTER (WHERE NOT girl)) FROM child',
 'SELECT count(*) FROM child');

-- Spread where it stands, compare is called once a column, the aggregates are
-- not.
INSERT INTO bench.pair (name, ours, native) VALUES
('(compare(...)).* : through a subquery',
 'SELECT (compare(proportion_agg(decided) FILTER (WHERE girl),
                  proportion_agg(decided) FILTER (WHERE NOT girl))).* FROM child',
 'SELECT (c).* FROM (
      SELECT compare(proportion_agg(decided) FILTER (WHERE girl),
                     proportion_agg(decided) FILTER (WHERE NOT girl)) AS c
      FROM child) AS s');

INSERT INTO bench.pair (name, ours, native) VALUES
('compare_to_rest : compare by filters',
 'SELECT compare_to_rest(proportion_agg(decided) FILTER (WHERE girl),
                         proportion_agg(decided)) FROM child',
 'SELECT compare(proportion_agg(decided) FILTER (WHERE girl),
                 proportion_agg(decided) FILTER (WHERE NOT girl)) FROM child');

INSERT INTO bench.pair (name, bound, ours, native) VALUES
('age curve : GROUP BY age', 0.55,
 'SELECT * FROM curve((SELECT age_curve_agg(age, identified, assessed, decided)
                       FROM child))',
 'SELECT age, count(*), count(*) FILTER (WHERE identified),
         count(*) FILTER (WHERE assessed), count(*) FILTER (WHERE decided)
  FROM child GROUP BY age');

INSERT INTO bench.pair (name, bound, ours, native) VALUES
('2 age curves : GROUP BY age, background', 0.55,
 'SELECT c.* FROM (
      SELECT age_curve_agg(age, identified, assessed, decided)
                 FILTER (WHERE foreign_background) AS a,
             age_curve_agg(age, identified, assessed, decided)
                 FILTER (WHERE NOT foreign_background) AS b
      FROM child) AS s, LATERAL (SELECT * FROM curve(a) UNION ALL
                                 SELECT * FROM curve(b)) AS c',
 'SELECT age, foreign_background, count(*), count(*) FILTER (WHERE identified),
         count(*) FILTER (WHERE assessed), count(*) FILTER (WHERE decided)
  FROM child GROUP BY age, foreign_background');

INSERT INTO bench.pair (name, bound, ours, native) VALUES
('age curve : count(*)', 2.3,
 'SELECT * FROM curve((SELECT age_curve_agg(age, identified, assessed, decided)
                       FROM child))',
 'SELECT count(*) FROM child');

INSERT INTO bench.pair (name, bound, ours, native) VALUES
('curve a unit : GROUP BY unit, age, background', 0.85,
 'SELECT unit_id, age_curve_agg(age, identified, assessed, decided)
             FILTER (WHERE foreign_background),
         age_curve_agg(age, identified, assessed, decided)
             FILTER (WHERE NOT foreign_background)
  FROM child GROUP BY unit_id',
 'SELECT unit_id, age, foreign_background, count(*),
         count(*) FILTER (WHERE identified), count(*) FILTER (WHERE assessed),
         count(*) FILTER (WHERE decided)
  FROM child GROUP BY unit_id, age, foreign_background');

-- No bound: the goal of 0.60 is for a key inside of the state.
INSERT INTO bench.pair (name, ours, native) VALUES
('each unit against the rest : GROUP BY unit',
 'SELECT unit_id, (c).* FROM (
      SELECT unit_id, compare_to_rest(p, rollup(p) OVER ()) AS c FROM (
          SELECT unit_id, proportion_agg(decided) AS p
          FROM child GROUP BY unit_id) AS unit) AS s',
 'SELECT unit_id, count(*), count(*) FILTER (WHERE decided)
  FROM child GROUP BY unit_id');

-- A WHEN for each profile of the demonstration scheme, with the tests that its
-- rules ask for.
SELECT string_agg(format(E'WHEN %s THEN %L', tests, profile), E'\n' ORDER BY priority) AS whens
FROM (
    SELECT p.profile, p.priority, string_agg(concat_ws(' AND ',
            CASE WHEN r.all_of <> 0
                 THEN format('factors & %s = %1$s', r.all_of) END,
            CASE WHEN r.any_of <> 0 THEN format('factors & %s <> 0', r.any_of) END,
            CASE WHEN r.none_of <> 0 THEN format('factors & %s = 0', r.none_of) END,
            CASE WHEN r.at_least > 0
                 THEN format('bit_count((factors & %s)::bit(64)) >= %s',
                             r.at_least_of, r.at_least) END), ' AND ' ORDER BY r.rule)
    FROM nuso.profile AS p JOIN nuso.profile_rule AS r USING (scheme, version, profile)
    WHERE p.scheme = 'demo'
    GROUP BY p.profile, p.priority) AS rule (profile, priority, tests)
\gset
\set case 'CASE ' :whens ' ELSE ''unclassified'' END'

INSERT INTO bench.pair (name, bound, ours, native, floor) VALUES
('classify : CASE', 0.5,
 'SELECT count(classify(''demo'', factors)) FROM child',
 format('SELECT count(%s) FROM child', :'case'),
 'SELECT count(factors & 15) FROM child');

-- No bound: grouping by text, which both do, is most of it.
INSERT INTO bench.pair (name, ours, native, floor) VALUES
('children by classify : by CASE',
 'SELECT classify(''demo'', factors), foreign_background, count(*)
  FROM child GROUP BY 1, 2',
 format('SELECT %s, foreign_background, count(*) FROM child GROUP BY 1, 2', :'case'),
 'SELECT factors & 15, foreign_background, count(*) FROM child GROUP BY 1, 2');
