-- The chart of two age curves and their difference

CREATE FUNCTION nuso.chart_differences(a nuso.age_curve, b nuso.age_curve, conf_level double precision, gap text) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN nuso.chart_alone((
    SELECT jsonb_agg(jsonb_build_object(
            'age', age, 'n', coalesce(n_a, 0) + coalesce(n_b, 0), 'n_a', coalesce(n_a, 0), 'n_b', coalesce(n_b, 0),
            'value', nuso.chart_value(difference),
            'lower', nuso.chart_value(difference_lower), 'upper', nuso.chart_value(difference_upper),
            'band_lower', nuso.chart_value(difference_band_lower), 'band_upper', nuso.chart_value(difference_band_upper),
            'smooth', nuso.chart_value(difference_smooth), 'smooth_lower', nuso.chart_value(difference_smooth_lower),
            'smooth_upper', nuso.chart_value(difference_smooth_upper)) ORDER BY age)
    FROM nuso.compare_curves(a, b, conf_level, gap)
));
COMMENT ON FUNCTION nuso.chart_differences(nuso.age_curve, nuso.age_curve, double precision, text) IS
'Support function: the differences of two curves, in the manner of chart_curve.';

CREATE FUNCTION nuso.chart_p(p_value double precision, lang text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN p_value < 0.0001 THEN '< ' || nuso.chart_number(0.0001, 4, lang)
            ELSE '= ' || nuso.chart_number(p_value, CASE WHEN p_value < 0.01 THEN 4 ELSE 3 END, lang) END;
COMMENT ON FUNCTION nuso.chart_p(double precision, text) IS
'Support function: a p-value in words.';

CREATE FUNCTION nuso.chart_difference(kind text, a jsonb, b jsonb, differences jsonb, p_value double precision,
    left_out bigint, name_a text, name_b text, conf_level double precision, lang text, title text, note text, gap text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    WITH w AS MATERIALIZED (
        SELECT labels, jsonb_build_object('a', name_a, 'b', name_b) || nuso.chart_gap_words(gap, labels) AS names
        FROM nuso.chart_labels(lang, conf_level) AS labels
    )
    SELECT nuso.chart_spec(
        jsonb_build_object('kind', kind, 'conf_level', nuso.chart_value(conf_level), 'lang', lang, 'gap', gap, 'children', coalesce(children, 0)),
        head,
        nuso.chart_subtitle(children, first, last, left_out, NULL, note, labels, lang),
        concat_ws(' ', head || '.', zero || '.', test || '.'),
        bars || jsonb_build_object('points', differences, 'series', series, 'shade', '[]'::jsonb, 'change', '[]'::jsonb, 'crossing', '[]'::jsonb),
        CASE WHEN children > 0 THEN jsonb_build_array(
            nuso.chart_key(nuso.chart_say(labels ->> 'difference_gaps', names), labels ->> 'difference_marks', jsonb_build_array(
                nuso.chart_style(1) || jsonb_build_object('text', name_a, 'band', 0.22, 'upright', '[1, 0]'::jsonb),
                nuso.chart_style(4) || jsonb_build_object('text', name_b, 'band', 0.22, 'upright', '[1, 0]'::jsonb))),
            nuso.chart_series('{1,4}', nuso.chart_x(first, last, NULL), y, labels),
            nuso.chart_gap_key(nuso.chart_say(labels ->> 'difference_panel', names), differences,
                jsonb_build_object('zero', zero, 'test', test), labels),
            nuso.chart_gap(nuso.chart_domain(differences), nuso.chart_x(first, last, NULL), labels),
            nuso.chart_children('children_a', bars -> 'children_a', nuso.chart_x(first, last, NULL),
                nuso.chart_say(labels ->> 'children_of', jsonb_build_object('name', name_a)), nuso.chart_style(1) ->> 'colour'),
            nuso.chart_children('children_b', bars -> 'children_b', nuso.chart_x(first, last, labels ->> 'age'),
                nuso.chart_say(labels ->> 'children_of', jsonb_build_object('name', name_b)), nuso.chart_style(4) ->> 'colour'))
        ELSE nuso.chart_empty(labels ->> 'empty') END,
        lang)
    FROM (
        SELECT labels, names, s.*,
            coalesce(title, nuso.chart_say(labels ->> 'difference_title', names)) AS head,
            CASE WHEN ages > 0 THEN nuso.chart_say(labels ->> 'difference_zero',
                jsonb_build_object('outside', outside, 'ages', ages)) END AS zero,
            CASE WHEN p_value IS NOT NULL THEN nuso.chart_say(labels ->> 'difference_test',
                jsonb_build_object('p', nuso.chart_p(p_value, lang))) END AS test
        FROM (SELECT sum((d -> 'n')::bigint)::bigint AS children,
                  min((d -> 'age')::integer) AS first, max((d -> 'age')::integer) AS last,
                  count(*) FILTER (WHERE d ->> 'band_lower' IS NOT NULL) AS ages,
                  count(*) FILTER (WHERE (d ->> 'band_lower')::numeric > 0 OR (d ->> 'band_upper')::numeric < 0) AS outside,
                  jsonb_build_object(
                      'children_a', coalesce(jsonb_agg(jsonb_build_object('age', d -> 'age', 'n', d -> 'n_a',
                                                        'label', nuso.chart_crowd((d -> 'n_a')::bigint, lang))), '[]'),
                      'children_b', coalesce(jsonb_agg(jsonb_build_object('age', d -> 'age', 'n', d -> 'n_b',
                                                        'label', nuso.chart_crowd((d -> 'n_b')::bigint, lang))), '[]')) AS bars
              FROM jsonb_array_elements(differences) AS d) AS s, w
    ) AS c, (
        SELECT series, jsonb_build_object('type', 'quantitative', 'title', w.labels -> 'points',
            'scale', jsonb_build_object('domain', nuso.chart_domain(series), 'nice', true),
            'axis', '{"labelExpr": "format(100 * datum.value, '',.6~r'')", "tickCount": 6, "grid": true}'::jsonb) AS y
        FROM (
            SELECT coalesce(jsonb_agg(jsonb_build_object('place', place, 'series', name,
                    'age', p -> 'age', 'at', (p -> 'age')::numeric + beside, 'n', p -> 'n', 'whisker', true,
                    'value', p -> 'value', 'lower', p -> 'lower', 'upper', p -> 'upper',
                    'line', coalesce(nullif(p -> 'smooth', 'null'), p -> 'value'),
                    'ribbon_lower', p -> 'smooth_lower', 'ribbon_upper', p -> 'smooth_upper') ORDER BY place), '[]') AS series
            FROM (VALUES (1, a, name_a, -0.12), (4, b, name_b, 0.12)) AS g (place, points, name, beside),
                jsonb_array_elements(points) AS p) AS r, w
    ) AS l
);
COMMENT ON FUNCTION nuso.chart_difference(text, jsonb, jsonb, jsonb, double precision, bigint, text, text, double precision, text, text, text, text) IS
'Support function: the chart of two age curves from their points and differences.';

CREATE FUNCTION nuso.chart(kind text, a nuso.age_curve, b nuso.age_curve, name_a text, name_b text,
    conf_level double precision DEFAULT 0.95, lang text DEFAULT 'sv', title text DEFAULT NULL, note text DEFAULT NULL,
    gap text DEFAULT 'identified') RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN num_nulls(kind, a, b, name_a, name_b, conf_level, lang, gap) = 0 THEN
    nuso.chart_difference(nuso.chart_choice(kind, '{difference}', 'kind of chart of two age curves'),
        nuso.chart_curve(a, conf_level, gap), nuso.chart_curve(b, conf_level, gap), nuso.chart_differences(a, b, conf_level, gap),
        (nuso.curve_test(a, b, gap)).p_value,
        nuso.n_outside(a) + nuso.n_incomplete(a) + nuso.n_outside(b) + nuso.n_incomplete(b),
        name_a, name_b, conf_level, nuso.chart_choice(lang, '{sv,en}', 'language'), title, note, gap)
END;
COMMENT ON FUNCTION nuso.chart(text, nuso.age_curve, nuso.age_curve, text, text, double precision, text, text, text, text) IS
'Draw two age curves (kind difference) as a complete Vega-Lite specification: both gaps, their difference a minus b with pointwise intervals, simultaneous band, smooth curve and the line of no difference, and the number of children of each. Arguments, NULLs and errors as in chart of one curve; NULL also if a name is NULL.';
