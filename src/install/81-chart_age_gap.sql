-- The chart of one age curve

CREATE FUNCTION nuso.chart_alone(points jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT coalesce(jsonb_agg(point || jsonb_build_object('alone', alone) ORDER BY place), '[]')
    FROM (SELECT point, place, point ->> 'value' IS NOT NULL
              AND lag(point ->> 'value') OVER w IS NULL AND lead(point ->> 'value') OVER w IS NULL AS alone
          FROM jsonb_array_elements(points) WITH ORDINALITY AS p (point, place)
          WINDOW w AS (ORDER BY place)) AS s
);
COMMENT ON FUNCTION nuso.chart_alone(jsonb) IS
'Support function: points that say whether they stand alone, since their neighbours have no value, so that no line or area leads to them. [] for NULL.';

CREATE FUNCTION nuso.chart_curve(summary nuso.age_curve, conf_level double precision, gap text) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN nuso.chart_alone((SELECT jsonb_agg(nuso.chart_point(p) ORDER BY p.age) FROM nuso.curve(summary, conf_level, gap => gap) AS p));
COMMENT ON FUNCTION nuso.chart_curve(nuso.age_curve, double precision, text) IS
'Support function: the points of a curve.';

CREATE FUNCTION nuso.chart_age_gap(kind text, points jsonb, change jsonb, left_out bigint, clusters bigint,
    conf_level double precision, lang text, title text, note text, gap text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    -- read many times, made once
    WITH w AS MATERIALIZED (
        SELECT labels, nuso.chart_say(labels ->> 'age_gap_panel', words) AS panel,
            coalesce(title, nuso.chart_say(labels ->> 'age_gap_title', words)) AS head
        FROM nuso.chart_labels(lang, conf_level) AS labels, nuso.chart_gap_words(gap, labels) AS words
    )
    SELECT nuso.chart_spec(
        jsonb_build_object('kind', kind, 'conf_level', nuso.chart_value(conf_level), 'lang', lang, 'gap', gap, 'children', coalesce(children, 0)),
        head,
        nuso.chart_subtitle(children, first, last, left_out, clusters, note, labels, lang),
        concat_ws(' ', head || '.', alt),
        jsonb_build_object('points', points, 'series', coalesce(series, '[]'), 'children', coalesce(bars, '[]'), 'shade', coalesce(shade, '[]'),
            'crossing', '[]'::jsonb,
            'change', CASE WHEN change ->> 'age' IS NULL THEN '[]' ELSE jsonb_build_array(change - 'words') END),
        CASE WHEN children > 0 THEN jsonb_build_array(
            nuso.chart_key(labels ->> 'age_gap_shares', labels ->> 'interval', (
                SELECT jsonb_agg(nuso.chart_style(place) || CASE fact
                    WHEN 'gap' THEN jsonb_build_object('text', labels -> 'gap', 'colour', '#E69F00', 'band', 0.3,
                                                   'dash', NULL, 'shape', NULL)
                    ELSE jsonb_build_object('text', labels -> fact, 'band', 0.22) END ORDER BY first)
                FROM (VALUES (1, 1, 'identified'), (2, 3, 'assessed'), (3, 2, 'decided'), (4, 4, 'gap')) AS f (first, place, fact))),
            nuso.chart_series('{1,2,3}', nuso.chart_x(first, last, NULL),
                jsonb_build_object('type', 'quantitative', 'title', labels -> 'share',
                    'scale', '{"domain": [0, 1]}'::jsonb, 'axis', '{"format": ".0%", "tickCount": 5, "grid": true}'::jsonb), labels),
            nuso.chart_gap_key(panel, points, change, labels),
            nuso.chart_gap(nuso.chart_domain(points), nuso.chart_x(first, last, NULL), labels),
            nuso.chart_children('children', bars, nuso.chart_x(first, last, labels ->> 'age'), labels ->> 'children', '#000000'))
        ELSE nuso.chart_empty(labels ->> 'empty') END,
        lang)
    FROM (
        SELECT w.labels, w.head, w.panel, s.*,
            CASE WHEN most IS NOT NULL THEN nuso.chart_say(w.labels ->> 'age_gap_alt', jsonb_build_object(
                'max', nuso.chart_number(100 * most, 1, lang), 'min', nuso.chart_number(100 * least, 1, lang),
                'max_age', (SELECT min((p -> 'age')::integer) FROM jsonb_array_elements(points) AS p
                            WHERE (p ->> 'value')::double precision = most),
                'min_age', (SELECT min((p -> 'age')::integer) FROM jsonb_array_elements(points) AS p
                            WHERE (p ->> 'value')::double precision = least))) END AS alt
        FROM (SELECT sum((p -> 'n')::bigint)::bigint AS children, min((p -> 'age')::integer) AS first,
                  max((p -> 'age')::integer) AS last, max((p ->> 'value')::double precision) AS most,
                  min((p ->> 'value')::double precision) AS least,
                  jsonb_agg(jsonb_build_object('age', p -> 'age', 'n', p -> 'n',
                      'label', nuso.chart_crowd((p -> 'n')::bigint, lang))) AS bars,
                  jsonb_agg(jsonb_build_object('age', p -> 'age', 'lower', p -> 'decided', 'upper', p -> gap,
                      'alone', p -> 'alone')) AS shade
              FROM jsonb_array_elements(points) AS p) AS s, w
    ) AS c, (
        SELECT jsonb_agg(jsonb_build_object('place', place, 'series', w.labels -> fact,
                'age', p -> 'age', 'at', p -> 'age', 'n', p -> 'n', 'whisker', p -> 'alone', 'value', p -> fact,
                'lower', p -> (fact || '_lower'), 'upper', p -> (fact || '_upper'), 'line', p -> fact,
                'ribbon_lower', p -> (fact || '_lower'), 'ribbon_upper', p -> (fact || '_upper')) ORDER BY place) AS series
        FROM jsonb_array_elements(points) AS p, (VALUES (1, 'identified'), (2, 'decided'), (3, 'assessed')) AS f (place, fact), w
    ) AS l
);
COMMENT ON FUNCTION nuso.chart_age_gap(text, jsonb, jsonb, bigint, bigint, double precision, text, text, text, text) IS
'Support function: the chart of one age curve from its points.';

CREATE FUNCTION nuso.chart(kind text, summary nuso.age_curve, conf_level double precision DEFAULT 0.95,
    lang text DEFAULT 'sv', title text DEFAULT NULL, note text DEFAULT NULL, gap text DEFAULT 'identified') RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN num_nulls(kind, summary, conf_level, lang, gap) = 0 THEN (
    SELECT nuso.chart_age_gap(nuso.chart_choice(kind, '{age_gap}', 'kind of chart of one age curve'),
        nuso.chart_curve(summary, conf_level, gap),
        nuso.chart_change(c.age, c.age_lower, c.age_upper, c.slope_before, c.slope_after, c.status, lang),
        nuso.n_outside(summary) + nuso.n_incomplete(summary), NULL,
        conf_level, nuso.chart_choice(lang, '{sv,en}', 'language'), title, note, gap)
    FROM nuso.gap_change_point(summary, conf_level, gap) AS c
) END;
COMMENT ON FUNCTION nuso.chart(text, nuso.age_curve, double precision, text, text, text, text) IS
'Draw one age curve (kind age_gap) as a complete Vega-Lite specification: shares identified, assessed and decided with their intervals and the gap between them shaded; the gap with raw values, pointwise intervals, simultaneous band, smooth curve with its band, and the change point if there is one; the number of children behind each age. lang: sv or en. title: NULL for one of its own; note: a further line, such as the source. gap: identified (minus decided) or assessed (minus decided). A summary without children gives a chart that says so. NULL if kind, summary, level, language or gap is NULL. Error 22023 for an unknown kind, language or gap or a level not strictly between 0 and 1.';

CREATE FUNCTION nuso.chart_curve(c nuso.clustered, conf_level double precision, gap text) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN nuso.chart_alone((SELECT jsonb_agg(nuso.chart_point(p) ORDER BY p.age) FROM nuso.curve(c, conf_level, gap => gap) AS p));
COMMENT ON FUNCTION nuso.chart_curve(nuso.clustered, double precision, text) IS
'Support function: the points of a curve over clusters, as those of a curve.';

CREATE FUNCTION nuso.chart(kind text, c nuso.clustered, conf_level double precision DEFAULT 0.95,
    lang text DEFAULT 'sv', title text DEFAULT NULL, note text DEFAULT NULL, gap text DEFAULT 'identified') RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN num_nulls(kind, c, conf_level, lang, gap) = 0 THEN (
    SELECT nuso.chart_age_gap(nuso.chart_choice(kind, '{age_gap}', 'kind of chart of one age curve'),
        nuso.chart_curve(c, conf_level, gap),
        nuso.chart_change(p.age, p.age_lower, p.age_upper, p.slope_before, p.slope_after, p.status, lang),
        NULL, nuso.clusters(c), conf_level, nuso.chart_choice(lang, '{sv,en}', 'language'), title, note, gap)
    FROM nuso.gap_change_point(c, conf_level, gap) AS p
) END;
COMMENT ON FUNCTION nuso.chart(text, nuso.clustered, double precision, text, text, text, text) IS
'Draw the age curve of children who sit in clusters (kind age_gap), made by cluster_agg(age_curve): the chart of one age curve, with intervals, bands and change point that allow for children of one cluster being alike, and the number of clusters. Arguments, NULLs and errors as in chart of one curve; 22023 also for clusters that were not made of age curves.';
