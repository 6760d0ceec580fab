-- charts.sql - charts of the demonstration data, as Vega-Lite specifications.
--
-- psql -v folder=FOLDER -f demo/charts.sql writes a file a chart there; node
-- demo/chart/render.mjs FOLDER/*.vl.json draws them.  Needs a warehouse that
-- load_demo has filled, on the search path.

\pset format unaligned
\pset tuples_only on
\set synthetic_sv 'Syntetiska data: summor följer publicerade siffror, ingen rad beskriver ett barn'
\set synthetic_en 'Synthetic data: totals follow published figures, no row describes a child'

-- from exposure to support, in both languages
\set file :folder/age_gap.sv.vl.json
\o :file
SELECT nuso.chart('age_gap', nuso.age_curve_agg(age, exposure_home OR exposure_own, need, granted),
                  note => :'synthetic_sv')
FROM investigation;
\set file :folder/age_gap.en.vl.json
\o :file
SELECT nuso.chart('age_gap', nuso.age_curve_agg(age, exposure_home OR exposure_own, need, granted),
                  lang => 'en', note => :'synthetic_en')
FROM investigation;

-- one unit: few children, wide bands
\set file :folder/age_gap_unit.sv.vl.json
\o :file
SELECT nuso.chart('age_gap', nuso.age_curve_agg(age, exposure_home OR exposure_own, need, granted),
                  title => 'Gapet i en enda enhet: få barn, breda band', note => :'synthetic_sv')
FROM investigation
WHERE unit_id = 20;

-- girls and boys
\set file :folder/difference.sv.vl.json
\o :file
SELECT nuso.chart('difference',
                  nuso.age_curve_agg(age, exposure_home OR exposure_own, need, granted) FILTER (WHERE sex = 'girl'),
                  nuso.age_curve_agg(age, exposure_home OR exposure_own, need, granted) FILTER (WHERE sex = 'boy'),
                  'flickor', 'pojkar', note => :'synthetic_sv')
FROM investigation;
\set file :folder/difference.en.vl.json
\o :file
SELECT nuso.chart('difference',
                  nuso.age_curve_agg(age, exposure_home OR exposure_own, need, granted) FILTER (WHERE sex = 'girl'),
                  nuso.age_curve_agg(age, exposure_home OR exposure_own, need, granted) FILTER (WHERE sex = 'boy'),
                  'girls', 'boys', lang => 'en', note => :'synthetic_en')
FROM investigation;

-- from exposure at home to own behaviour
\set file :folder/composition.sv.vl.json
\o :file
SELECT nuso.chart('composition', nuso.crosstab_agg(age, exposure),
                  title => 'Hur utsattheten byter form med åldern', note => :'synthetic_sv',
                  names => ARRAY['hemma och eget beteende', 'hemma', 'ingen känd', 'eget beteende'],
                  from_label => 'home', to_label => 'own')
FROM investigation;
\set file :folder/composition.en.vl.json
\o :file
SELECT nuso.chart('composition', nuso.crosstab_agg(age, exposure), lang => 'en',
                  title => 'How exposure changes its form with age', note => :'synthetic_en',
                  names => ARRAY['home and own behaviour', 'home', 'none known', 'own behaviour'],
                  from_label => 'home', to_label => 'own')
FROM investigation;

-- Shier's ladder (2001): the highest level that was reached
CREATE TEMP VIEW participation AS
SELECT age, greatest(1 * shier_1::integer, 2 * shier_2::integer, 3 * shier_3::integer,
                     4 * shier_4::integer, 5 * shier_5::integer) AS level
FROM investigation;
\set file :folder/ladder.sv.vl.json
\o :file
SELECT nuso.chart('ladder', nuso.crosstab_agg(age, level), note => :'synthetic_sv',
                  names => ARRAY['ingen nivå', '1 blir lyssnad till', '2 får stöd att uttrycka åsikter',
                                 '3 åsikterna beaktas', '4 involveras i beslut', '5 delar makt och ansvar'])
FROM participation;
\set file :folder/ladder.en.vl.json
\o :file
SELECT nuso.chart('ladder', nuso.crosstab_agg(age, level), lang => 'en', note => :'synthetic_en',
                  names => ARRAY['no level', '1 listened to', '2 supported in expressing views',
                                 '3 views taken into account', '4 involved in decisions', '5 shares power'])
FROM participation;
\o
