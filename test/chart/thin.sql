-- thin.sql - every kind of chart in every language, from data that hardly are.
--
-- psql -v folder=FOLDER -f test/chart/thin.sql writes one file a chart.

\set ON_ERROR_STOP on
\pset format unaligned
\pset tuples_only on

CREATE TEMP TABLE curve_case (name text, curve nuso.age_curve);
INSERT INTO curve_case VALUES
  ('none', '{"n_outside": 0, "n_incomplete": 0, "ages": []}'),
  ('none_counted', '{"n_outside": 3, "n_incomplete": 2, "ages": []}'),
  ('one_child', '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 7, "identified": 1}]}'),
  ('one_age', '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 7, "none": 2, "identified": 3, "identified_assessed_decided": 1}]}'),
  ('hole', '{"n_outside": 0, "n_incomplete": 1, "ages": [{"age": 0, "identified": 3}, {"age": 20, "decided": 4}]}'),
  ('gap_0', '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 1, "none": 5}, {"age": 2, "identified_assessed_decided": 5}, {"age": 3, "none": 1}, {"age": 4, "none": 9}]}'),
  ('gap_1', '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 1, "identified": 5}, {"age": 2, "identified": 5}, {"age": 3, "identified": 1}, {"age": 4, "identified": 9}, {"age": 5, "identified": 2}]}'),
  ('negative', '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 1, "decided": 5}, {"age": 2, "decided": 5, "none": 2}, {"age": 3, "decided": 1}, {"age": 4, "decided": 9, "none": 40}]}'),
  ('huge', '{"n_outside": 0, "n_incomplete": 0, "ages": [{"age": 1, "none": 3, "identified": 1000000000}, {"age": 2, "none": 1, "decided": 2, "identified": 2}]}');

CREATE TEMP TABLE table_case (name text, counts nuso.crosstab);
INSERT INTO table_case VALUES
  ('none', nuso.make_crosstab('{{0,0},{0,0}}')),
  ('one_child', nuso.make_crosstab('{{1}}', '{7}', '{home}')),
  ('one_age', nuso.make_crosstab('{{3,2,1}}', '{7}', '{both,home,own}')),
  ('one_class', nuso.make_crosstab('{{3},{4},{5}}', '{7,8,9}', '{home}')),
  ('hole', nuso.make_crosstab('{{3,1},{0,5}}', '{0.5,17}', '{home,own}')),
  ('many', nuso.make_crosstab((SELECT array_agg(ARRAY[age, 3, 2, 1, 3, 128 - age, 7, 2, 1]) FROM generate_series(1, 128) AS age),
                              (SELECT array_agg(age::text) FROM generate_series(1, 128) AS age)));

CREATE TEMP TABLE chart_case AS
SELECT format('age_gap-%s.%s', name, lang) AS name, nuso.chart('age_gap', curve, lang => lang) AS chart
FROM curve_case, unnest(ARRAY['sv', 'en']) AS lang
UNION ALL
SELECT format('difference-%s-%s.%s', a.name, b.name, lang),
       nuso.chart('difference', a.curve, b.curve, 'Åre', '<Ö & "Ä">', lang => lang)
FROM curve_case AS a, curve_case AS b, unnest(ARRAY['sv', 'en']) AS lang
WHERE a.name IN ('none', 'one_age', 'gap_1') AND b.name IN ('none_counted', 'hole', 'gap_1')
UNION ALL
SELECT format('%s-%s.%s', kind, name, lang), nuso.chart(kind, counts, lang => lang, from_label => 'home', to_label => 'own')
FROM table_case, unnest(ARRAY['composition', 'ladder']) AS kind, unnest(ARRAY['sv', 'en']) AS lang
WHERE name IN ('one_age', 'hole')
UNION ALL
SELECT format('%s-%s.%s', kind, name, lang), nuso.chart(kind, counts, lang => lang)
FROM table_case, unnest(ARRAY['composition', 'ladder']) AS kind, unnest(ARRAY['sv', 'en']) AS lang
WHERE name NOT IN ('one_age', 'hole');

SELECT format(E'\\o %s/%s.vl.json\nSELECT chart FROM chart_case WHERE name = %L;', :'folder', name, name)
FROM chart_case ORDER BY name
\g :folder/write.sql
\i :folder/write.sql
\o
