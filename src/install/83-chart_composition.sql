-- The chart of classes by age

CREATE FUNCTION nuso.chart_classes(counts nuso.crosstab, conf_level double precision, cumulative boolean, names text[], labels jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
            'age', nuso.chart_value(age), 'at', nuso.chart_value(age), 'place', place - cumulative::integer,
            'label', col_label, 'series', coalesce(names[place],
                CASE WHEN cumulative THEN nuso.chart_say(labels ->> 'at_least', jsonb_build_object('label', col_label))
                     ELSE col_label END),
            'n', n, 'children', children, 'value', nuso.chart_value(share),
            'lower', nuso.chart_value(share_lower), 'upper', nuso.chart_value(share_upper),
            'line', nuso.chart_value(CASE WHEN fits THEN share_smooth ELSE share END),
            'ribbon_lower', nuso.chart_value(share_band_lower), 'ribbon_upper', nuso.chart_value(share_band_upper),
            'whisker', alone) ORDER BY place, age), '[]')
    FROM (SELECT k.*, dense_rank() OVER (ORDER BY k.first_seen)::integer AS place,
              k.share IS NOT NULL AND lag(k.share) OVER w IS NULL AND lead(k.share) OVER w IS NULL AS alone
          -- classes in their order in the table, which is that of their rows; a smooth curve fits where it runs within
          -- the band of the raw values, as it does not where these jump
          FROM (SELECT c.*, min(c.ordinality) OVER class AS first_seen,
                    bool_and(c.share_smooth BETWEEN c.share_band_lower AND c.share_band_upper) OVER class AS fits
                FROM nuso.composition_curve(counts, conf_level, cumulative) WITH ORDINALITY AS c
                WINDOW class AS (PARTITION BY c.col_label)) AS k
          WINDOW w AS (PARTITION BY k.col_label ORDER BY k.age)) AS s
    -- everybody is at the first level or above
    WHERE NOT cumulative OR place > 1
);
COMMENT ON FUNCTION nuso.chart_classes(nuso.crosstab, double precision, boolean, text[], jsonb) IS
'Support function: the points of a composition, a class after the other; of cumulative shares without that of the first class, which is 1.';

CREATE FUNCTION nuso.chart_composition(kind text, classes jsonb, rule jsonb, from_name text, to_name text,
    conf_level double precision, lang text, title text, note text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    WITH w AS MATERIALIZED (
        SELECT nuso.chart_labels(lang, conf_level) AS labels,
            (SELECT array_agg(DISTINCT (c -> 'place')::integer) FROM jsonb_array_elements(classes) AS c) AS places
    )
    SELECT nuso.chart_spec(
        jsonb_build_object('kind', kind, 'conf_level', nuso.chart_value(conf_level), 'lang', lang, 'children', coalesce(children, 0)),
        coalesce(title, labels ->> (kind || '_title')),
        nuso.chart_subtitle(children, first, last, NULL, NULL, note, labels, lang),
        concat_ws(' ', coalesce(title, labels ->> (kind || '_title')) || '.', crossing || '.'),
        jsonb_build_object('series', classes, 'children', coalesce(bars, '[]'), 'shade', '[]'::jsonb,
            'crossing', CASE WHEN rule ->> 'age' IS NULL THEN '[]' ELSE jsonb_build_array(rule - 'words') END),
        CASE WHEN children > 0 THEN jsonb_build_array(
            nuso.chart_key(labels ->> (kind || '_panel'), labels ->> 'composition_marks', (
                SELECT jsonb_agg(nuso.chart_style(place) || jsonb_build_object('text', series, 'band', 0.22) ORDER BY place)
                FROM (SELECT DISTINCT (c -> 'place')::integer AS place, c ->> 'series' AS series
                      FROM jsonb_array_elements(classes) AS c) AS k)
                || CASE WHEN crossing IS NULL THEN '[]' WHEN rule ->> 'age' IS NULL
                   THEN jsonb_build_array(jsonb_build_object('text', crossing, 'colour', '#000000', 'wide', true))
                   ELSE jsonb_build_array(jsonb_build_object('text', crossing, 'colour', '#56B4E9', 'band', 0.25,
                            'ink', '#000000', 'upright', '[3, 3]'::jsonb, 'wide', true)) END),
            nuso.chart_series(places, nuso.chart_x(first, last, NULL),
                jsonb_build_object('type', 'quantitative', 'title', labels -> 'share',
                    'scale', '{"domain": [0, 1]}'::jsonb, 'axis', '{"format": ".0%", "tickCount": 5, "grid": true}'::jsonb), labels),
            nuso.chart_children('children', bars, nuso.chart_x(first, last, labels ->> 'age'), labels ->> 'children', '#000000'))
        ELSE nuso.chart_empty(labels ->> 'empty') END,
        lang)
    FROM (
        SELECT w.labels, w.places, s.*, nuso.chart_say(w.labels ->> CASE WHEN rule ->> 'age' IS NULL THEN 'no_crossing' ELSE 'crossing' END,
                rule -> 'words' || jsonb_build_object('from', from_name, 'to', to_name)) AS crossing
        FROM (SELECT sum(n)::bigint AS children, min(age) AS first, max(age) AS last,
                  jsonb_agg(jsonb_build_object('age', nuso.chart_value(age), 'n', n,
                      'label', CASE WHEN ages <= 24 THEN nuso.chart_crowd(n, lang) END) ORDER BY age) AS bars
              FROM (SELECT (c ->> 'age')::double precision AS age, max((c -> 'n')::bigint) AS n, count(*) OVER () AS ages
                    FROM jsonb_array_elements(classes) AS c GROUP BY 1) AS a) AS s, w
    ) AS c
);
COMMENT ON FUNCTION nuso.chart_composition(text, jsonb, jsonb, text, text, double precision, text, text, text) IS
'Support function: the chart of a composition from its points.';

CREATE FUNCTION nuso.chart(kind text, counts nuso.crosstab, conf_level double precision DEFAULT 0.95, lang text DEFAULT 'sv',
    title text DEFAULT NULL, note text DEFAULT NULL, names text[] DEFAULT NULL,
    from_label text DEFAULT NULL, to_label text DEFAULT NULL) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN num_nulls(kind, counts, conf_level, lang) = 0 THEN (
    SELECT nuso.chart_composition(drawn.kind, points,
        CASE WHEN num_nulls(from_label, to_label) = 0
             THEN nuso.chart_change(x.age, x.age_lower, x.age_upper, NULL, NULL, x.status, lang) END,
        coalesce((SELECT min(p ->> 'series') FROM jsonb_array_elements(points) AS p WHERE p ->> 'label' = from_label), from_label),
        coalesce((SELECT min(p ->> 'series') FROM jsonb_array_elements(points) AS p WHERE p ->> 'label' = to_label), to_label),
        conf_level, nuso.chart_choice(lang, '{sv,en}', 'language'), title, note)
    FROM (VALUES (nuso.chart_choice(chart.kind, '{composition,ladder}', 'kind of chart of a table of ages'))) AS drawn (kind),
        LATERAL nuso.chart_classes(counts, conf_level, drawn.kind = 'ladder', names, nuso.chart_labels(lang, conf_level)) AS points,
        nuso.crossing_age(counts, from_label, to_label, conf_level) AS x
) END;
COMMENT ON FUNCTION nuso.chart(text, nuso.crosstab, double precision, text, text, text, text[], text, text) IS
'Draw a table of ages (rows) by classes (columns) as a complete Vega-Lite specification. composition: the share of each class by age; ladder: the share of children in a class or a later one, for levels that build on each other. Raw values, smooth curves, bands for all ages and classes at once, number of children. names: what classes are called, in the order of the table''s columns, NULL for the label. from_label, to_label: also the age at which the second class overtakes the first. Arguments, NULLs and errors as in chart of one curve; 22023 also if the rows are not ages.';
