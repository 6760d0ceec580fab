-- charts: Vega-Lite specifications of age curves and compositions
SET search_path = nuso, public;
SET extra_float_digits = -3;
\set SHOW_CONTEXT never

CREATE TEMP TABLE child AS
    SELECT i % 18 AS age, i % 4 < 2 AS girl, i % 10 < 9 AS identified, i % 10 < 5 AS assessed,
        i % 10 < 1 + (i % 18) / 4 AS decided, (ARRAY['home', 'own', 'both'])[1 + i * (i % 18) % 41 % 3] AS exposure,
        least(i % 7, 3) AS level
    FROM generate_series(1, 3600) AS i WHERE i % 18 <> 4;
CREATE TEMP TABLE drawn AS
    SELECT lang, age_curve_agg(age, identified, assessed, decided) AS curve,
        chart('age_gap', age_curve_agg(age, identified, assessed, decided), lang => lang) AS gap,
        chart('difference', age_curve_agg(age, identified, assessed, decided) FILTER (WHERE girl),
            age_curve_agg(age, identified, assessed, decided) FILTER (WHERE NOT girl), 'A', 'B', lang => lang) AS difference,
        chart('composition', crosstab_agg(age, exposure), lang => lang, names => '{both of them,NULL}',
            from_label => 'home', to_label => 'both') AS composition,
        chart('ladder', crosstab_agg(age, level), lang => lang) AS ladder
    FROM child, unnest(ARRAY['sv', 'en']) AS lang GROUP BY lang;
CREATE TEMP VIEW charts AS
    SELECT lang, kind, c FROM drawn,
        LATERAL (VALUES ('age_gap', gap), ('difference', difference), ('composition', composition), ('ladder', ladder)) AS v (kind, c);

-- what every chart has
SELECT kind, lang, c ->> '$schema' AS schema, c -> 'usermeta' -> 'nuso' AS nuso,
    (SELECT string_agg(key, ' ' ORDER BY key) FROM jsonb_object_keys(c) AS key) AS keys
FROM charts ORDER BY kind, lang;
SELECT kind, (SELECT string_agg(format('%s %s', key, jsonb_array_length(value)), ', ' ORDER BY key)
              FROM jsonb_each(c -> 'datasets')) AS datasets
FROM charts WHERE lang = 'sv' ORDER BY kind;

-- its words, in both languages
SELECT kind, lang, c -> 'title' ->> 'text' AS title, c -> 'title' -> 'subtitle' AS below FROM charts ORDER BY kind, lang;
SELECT kind, lang, jsonb_path_query(c, '$.vconcat[*].title.text') ->> 0 AS panel FROM charts ORDER BY kind, lang;
SELECT kind, lang, regexp_replace(item ->> 'text', '\d+[.,]\d+', '#', 'g') AS key
FROM charts, jsonb_path_query(c, '$.vconcat[*].data.values[*]') AS item ORDER BY kind, lang, 3;

-- no hole of a template or a sentence is left open, and every word is there twice
SELECT count(*) FROM charts WHERE c::text ~ '"@|\{[a-z_]+\}';
SELECT count(*) FROM jsonb_each_text(chart_labels('sv', 0.95)) AS sv
FULL JOIN jsonb_each_text(chart_labels('en', 0.95)) AS en USING (key) WHERE sv.value IS NULL OR en.value IS NULL OR sv.value = en.value;
SELECT chart_labels('sv', 0.999) ->> 'band', chart_labels('en', 0.9) ->> 'band';

-- the numbers are those of the statistics, with 15 digits
SELECT count(*), count(*) FILTER (WHERE abs((p ->> 'value')::float8 - c.gap) < 1e-14) AS gap,
    count(*) FILTER (WHERE abs((p ->> 'lower')::float8 - gap_lower) < 1e-14) AS lower,
    count(*) FILTER (WHERE abs((p ->> 'upper')::float8 - gap_upper) < 1e-14) AS upper,
    count(*) FILTER (WHERE abs((p ->> 'band_lower')::float8 - gap_band_lower) < 1e-14) AS band_lower,
    count(*) FILTER (WHERE abs((p ->> 'band_upper')::float8 - gap_band_upper) < 1e-14) AS band_upper,
    count(*) FILTER (WHERE abs((p ->> 'smooth')::float8 - gap_smooth) < 1e-14) AS smooth,
    count(*) FILTER (WHERE abs((p ->> 'smooth_lower')::float8 - gap_smooth_lower) < 1e-14) AS smooth_lower,
    count(*) FILTER (WHERE abs((p ->> 'smooth_upper')::float8 - gap_smooth_upper) < 1e-14) AS smooth_upper,
    count(*) FILTER (WHERE abs((p ->> 'identified_lower')::float8 - identified_lower) < 1e-14) AS identified,
    count(*) FILTER (WHERE abs((p ->> 'assessed')::float8 - assessed) < 1e-14) AS assessed,
    count(*) FILTER (WHERE abs((p ->> 'decided_upper')::float8 - decided_upper) < 1e-14) AS decided,
    count(*) FILTER (WHERE (p -> 'n')::bigint = n) AS n
FROM drawn, LATERAL curve(curve) AS c JOIN jsonb_array_elements(drawn.gap -> 'datasets' -> 'points') AS p ON (p -> 'age')::integer = c.age
WHERE lang = 'sv';
SELECT count(*), count(*) FILTER (WHERE abs((p ->> 'value')::float8 - d.difference) < 1e-14) AS difference,
    count(*) FILTER (WHERE abs((p ->> 'band_lower')::float8 - difference_band_lower) < 1e-14) AS band_lower,
    count(*) FILTER (WHERE abs((p ->> 'smooth_upper')::float8 - difference_smooth_upper) < 1e-14) AS smooth_upper,
    count(*) FILTER (WHERE (p -> 'n_a')::bigint = n_a AND (p -> 'n_b')::bigint = n_b) AS n
FROM (SELECT age_curve_agg(age, identified, assessed, decided) FILTER (WHERE girl) AS a,
             age_curve_agg(age, identified, assessed, decided) FILTER (WHERE NOT girl) AS b FROM child) AS s,
    LATERAL compare_curves(a, b) AS d
JOIN drawn ON lang = 'en'
JOIN LATERAL jsonb_array_elements(drawn.difference -> 'datasets' -> 'points') AS p ON (p -> 'age')::integer = d.age;
SELECT count(*), count(*) FILTER (WHERE abs((p ->> 'value')::float8 - share) < 1e-14) AS share,
    count(*) FILTER (WHERE abs((p ->> 'line')::float8 - share_smooth) < 1e-14) AS smooth,
    count(*) FILTER (WHERE abs((p ->> 'ribbon_upper')::float8 - share_band_upper) < 1e-14) AS band_upper,
    string_agg(DISTINCT p ->> 'series', ', ' ORDER BY p ->> 'series') AS classes
FROM composition_curve((SELECT crosstab_agg(age, exposure) FROM child)) AS c
JOIN drawn ON lang = 'en'
JOIN LATERAL jsonb_array_elements(composition -> 'datasets' -> 'series') AS p
    ON (p -> 'age')::float8 = c.age AND p ->> 'label' = c.col_label;

-- shares that jump: a smooth curve would leave the band of the raw values, so the line goes through these
SELECT p ->> 'label' AS class, count(*), count(*) FILTER (WHERE p -> 'line' = p -> 'value') AS raw
FROM (SELECT make_crosstab('{{700,300},{702,298},{698,302},{701,299},{50,950},{48,952},{52,948},{50,950}}',
                           '{0,1,2,3,4,5,6,7}', '{a,b}') AS counts) AS s,
    jsonb_array_elements(chart('composition', counts) -> 'datasets' -> 'series') AS p
GROUP BY class ORDER BY class;

-- the same to the last digit, whatever extra_float_digits is
CREATE TEMP TABLE before AS SELECT md5(gap::text || difference::text || composition::text || ladder::text) FROM drawn WHERE lang = 'sv';
SET extra_float_digits = 1;
SELECT count(DISTINCT md5) FROM (
    SELECT md5 FROM before UNION ALL
    SELECT md5(chart('age_gap', age_curve_agg(age, identified, assessed, decided))::text
        || chart('difference', age_curve_agg(age, identified, assessed, decided) FILTER (WHERE girl),
               age_curve_agg(age, identified, assessed, decided) FILTER (WHERE NOT girl), 'A', 'B')::text
        || chart('composition', crosstab_agg(age, exposure), names => '{both of them,NULL}', from_label => 'home', to_label => 'both')::text
        || chart('ladder', crosstab_agg(age, level))::text)
    FROM child) AS m;
SET extra_float_digits = -3;

-- the other gap
SELECT c -> 'title' ->> 'text' AS title, jsonb_path_query(c, '$.vconcat[2].title.text') ->> 0 AS panel,
    (c -> 'datasets' -> 'shade' -> 0 -> 'upper') = (c -> 'datasets' -> 'points' -> 0 -> 'assessed') AS shaded
FROM drawn, LATERAL chart('age_gap', curve, lang => lang, gap => 'assessed') AS c ORDER BY lang;

-- over clusters: the numbers of its curve, and how many clusters
SELECT c -> 'title' -> 'subtitle' AS below, count(*),
    count(*) FILTER (WHERE abs((p ->> 'band_upper')::float8 - k.gap_band_upper) < 1e-14) AS band_upper
FROM (SELECT cluster_agg(curve) AS clusters
      FROM (SELECT age_curve_agg(age, identified, assessed, decided) AS curve
            FROM (SELECT *, row_number() OVER (ORDER BY age, girl, identified, assessed, decided) % 30 AS unit FROM child) AS u
            GROUP BY unit) AS s) AS g,
    LATERAL chart('age_gap', clusters) AS c, LATERAL curve(clusters) AS k
JOIN LATERAL jsonb_array_elements(c -> 'datasets' -> 'points') AS p ON (p -> 'age')::integer = k.age
GROUP BY c;

-- a title, a note, and names with every sign
SELECT c -> 'title' ->> 'text' AS title, c -> 'title' -> 'subtitle' AS below
FROM chart('age_gap', age_curve '{"n_outside": 2, "n_incomplete": 1, "ages": [{"age": 7, "identified": 1000}]}',
    title => '"@title" {n} <Å>', note => '"@note"') AS c;

-- no children: a chart that says so
SELECT c -> 'vconcat' -> 0 -> 'data' -> 'values' -> 0 ->> 'text' AS says, c -> 'title' -> 'subtitle' AS below
FROM chart('age_gap', age_curve '{"n_outside": 2, "n_incomplete": 1, "ages": []}', lang => 'en') AS c
UNION ALL
SELECT c -> 'vconcat' -> 0 -> 'data' -> 'values' -> 0 ->> 'text', c -> 'title' -> 'subtitle'
FROM chart('ladder', make_crosstab('{{0}}'), note => 'Källa: ingen') AS c
ORDER BY says;

-- NULL in, NULL out
SELECT chart(NULL, curve), chart('age_gap', NULL::age_curve), chart('age_gap', curve, NULL), chart('age_gap', curve, lang => NULL),
    chart('difference', curve, curve, NULL, 'B'), chart('ladder', NULL::crosstab)
FROM drawn WHERE lang = 'sv';

-- a kind, a language that does not exist; a level; rows that are not ages
SELECT chart('pie', curve) FROM drawn;
SELECT chart('age_gap', curve, curve, 'A', 'B') FROM drawn;
SELECT chart('age_gap', make_crosstab('{{1}}'));
SELECT chart('age_gap', curve, lang => 'de') FROM drawn;
SELECT chart('age_gap', curve, 95) FROM drawn;
SELECT chart('age_gap', curve, gap => 'granted') FROM drawn;
SELECT chart('composition', make_crosstab('{{1}}', '{girl}', '{home}'));
