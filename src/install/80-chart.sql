-- Charts: a summary as a complete Vega-Lite specification
--
-- A chart is a template, JSON with holes: where a string "@name" stands alone,
-- the value of that name comes in. Templates are written here, values are JSON
-- from the data or from chart_labels, where every word of every language stands.
--
-- Colours: Okabe & Ito (2008), the palette that Wong (2011), Nature Methods
-- 8:441, doi 10.1038/nmeth.1618, recommends for readers who are colour-blind.
-- Series differ in dash and shape besides.

CREATE FUNCTION nuso.chart_choice(given text, choices text[], what text) RETURNS text
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_chart_choice';
COMMENT ON FUNCTION nuso.chart_choice(text, text[], text) IS
'Support function: the word that was given, if it is one of the choices; else error 22023, whose hint lists them.';

CREATE FUNCTION nuso.chart_fill(template text, holes jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT string_agg(
        CASE WHEN place = 1 THEN piece
             ELSE coalesce((holes -> split_part(piece, '"', 1))::text, 'null')
                  || substr(piece, strpos(piece, '"') + 1)
        END, '' ORDER BY place)::jsonb
    -- split before anything comes in: what comes in is never searched
    FROM string_to_table(template, '"@') WITH ORDINALITY AS t (piece, place)
);
COMMENT ON FUNCTION nuso.chart_fill(text, jsonb) IS
'Support function: the template with each string "@name" replaced by the value of that name.';

CREATE FUNCTION nuso.chart_value(number double precision) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN number BETWEEN -1e300 AND 1e300 THEN number::numeric END;
COMMENT ON FUNCTION nuso.chart_value(double precision) IS
'Support function: a number for JSON, with fifteen digits whatever extra_float_digits is; NULL unless it is finite.';

CREATE FUNCTION nuso.chart_number(number double precision, decimals integer, lang text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT replace(regexp_replace(split_part(rounded, '.', 1), '(\d)(?=(\d{3})+$)',
                                  '\1' || CASE lang WHEN 'sv' THEN U&'\00A0' ELSE ',' END, 'g'), '-', U&'\2212')
           || CASE WHEN rounded LIKE '%.%'
                   THEN CASE lang WHEN 'sv' THEN ',' ELSE '.' END || split_part(rounded, '.', 2) ELSE '' END
    FROM (VALUES (round(nuso.chart_value(number), least(greatest(decimals, 0), 15))::text)) AS n (rounded)
);
COMMENT ON FUNCTION nuso.chart_number(double precision, integer, text) IS
'Support function: a number as it is written in the language; NULL unless it is finite.';

CREATE FUNCTION nuso.chart_labels(lang text, conf_level double precision) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT jsonb_object_agg(key, replace(CASE lang WHEN 'sv' THEN sv ELSE en END, '{level}', CASE lang
        WHEN 'sv' THEN replace(trim_scale(nuso.chart_value(100 * conf_level))::text, '.', ',') || U&'\00A0%'
        ELSE trim_scale(nuso.chart_value(100 * conf_level))::text || '%' END))
    FROM (VALUES
    ('age',                'Ålder (år)',
                           'Age (years)'),
    ('age_tip',            'Ålder',
                           'Age'),
    ('children',           'Antal barn',
                           'Children'),
    ('children_of',        'Antal barn, {name}',
                           'Children, {name}'),
    ('share',              'Andel av barnen',
                           'Share of the children'),
    ('points',             'Procentenheter',
                           'Percentage points'),
    ('value_tip',          'Värde',
                           'Value'),
    ('lower_tip',          'Nedre gräns',
                           'Lower bound'),
    ('upper_tip',          'Övre gräns',
                           'Upper bound'),
    ('series_tip',         'Kurva',
                           'Curve'),
    ('identified',         'Identifierad utsatthet',
                           'Identified vulnerability'),
    ('assessed',           'Bedömt behov',
                           'Assessed need'),
    ('decided',            'Beslutat stöd',
                           'Decided support'),
    ('gap',                'Gapet',
                           'The gap'),
    ('years',              'Antal barn: {n}, {first}–{last} år',
                           'Number of children: {n}, ages {first} to {last}'),
    ('one_age',            'Antal barn: {n}, {first} år',
                           'Number of children: {n}, age {first}'),
    ('left_out',           'Inte med, för att en uppgift är okänd eller åldern en annan: {n}',
                           'Left out, because a fact is unknown or the age another: {n}'),
    ('clusters',           'Intervall och band räknar med att barn i samma grupp liknar varandra; antal grupper: {n}',
                           'Intervals and bands allow for children of one group being alike; number of groups: {n}'),
    ('empty',              'Inga barn i underlaget',
                           'No children in these data'),
    ('interval',           'Färgade fält kring kurvorna: konfidensintervall ({level}), gäller en ålder i taget',
                           'Coloured areas around the curves: confidence intervals ({level}), each holds for one age'),
    ('raw',                'Råvärde med konfidensintervall ({level}): gäller en ålder i taget',
                           'Raw value with its confidence interval ({level}): holds for one age at a time'),
    ('band',               'Konfidensband ({level}): bandet gäller alla åldrar samtidigt',
                           'Confidence band ({level}): the band holds for all ages at once'),
    ('smooth',             'Utjämnad kurva med sitt konfidensband ({level}), för alla åldrar samtidigt',
                           'Smoothed curve with its confidence band ({level}), for all ages at once'),
    ('no_smooth',          'För få åldrar för en utjämnad kurva',
                           'Too few ages for a smoothed curve'),
    ('identified_short',   'utsatthet',
                           'vulnerability'),
    ('assessed_short',     'behov',
                           'need'),
    ('identified_within',  'identifierad utsatthet',
                           'identified vulnerability'),
    ('assessed_within',    'bedömt behov',
                           'assessed need'),
    ('age_gap_title',      'Gapet mellan {short} och stöd, ålder för ålder',
                           'The gap between {short} and support, age by age'),
    ('age_gap_shares',     'Andel barn med utsatthet, behov och stöd',
                           'Share of children with vulnerability, need and support'),
    ('age_gap_panel',      'Gapet: {within} minus beslutat stöd, samma barn',
                           'The gap: {within} minus decided support, same children'),
    ('age_gap_alt',        'Råvärden: gapet är störst vid {max_age} år ({max} procentenheter) och minst vid {min_age} år ({min} procentenheter).',
                           'Raw values: the gap is largest at age {max_age} ({max} percentage points) and smallest at age {min_age} ({min} percentage points).'),
    ('change',             'Brytpunkt vid {age} år ({level} intervall {lower} till {upper}): {before} procentenheter per år före, {after} efter',
                           'Change point at age {age} ({level} interval {lower} to {upper}): {before} percentage points a year before, {after} after'),
    ('difference_title',   'Gapet mellan {short} och stöd: {a} och {b}',
                           'The gap between {short} and support: {a} and {b}'),
    ('difference_gaps',    'Gapet i båda grupperna: {within} minus beslutat stöd',
                           'The gap in both groups: {within} minus decided support'),
    ('difference_marks',   'Punkter: råvärden med konfidensintervall ({level}) för varje ålder|Linjer: utjämnade kurvor med band för alla åldrar samtidigt',
                           'Points: raw values with confidence intervals ({level}) for each age|Lines: smoothed curves with bands for all ages at once'),
    ('difference_panel',   'Skillnaden: gapet för {a} minus gapet för {b}',
                           'The difference: the gap of {a} minus the gap of {b}'),
    ('difference_zero',    'Noll: ingen skillnad. Konfidensbandet utesluter noll vid {outside} av {ages} åldrar',
                           'Zero: no difference. The confidence band excludes zero at {outside} of {ages} ages'),
    ('difference_none',    'Ingen ålder där båda grupperna har barn',
                           'No age at which both groups have children'),
    ('difference_test',    'Test av alla åldrar samtidigt: p {p}',
                           'Test of all ages at once: p {p}'),
    ('composition_title',  'Fördelning efter ålder',
                           'Composition by age'),
    ('composition_panel',  'Andel barn i varje klass',
                           'Share of children in each class'),
    ('ladder_title',       'Delaktighet efter ålder',
                           'Participation by age'),
    ('ladder_panel',       'Andel barn som har nått minst varje nivå',
                           'Share of children who have reached at least each level'),
    ('at_least',           'minst {label}',
                           'at least {label}'),
    ('composition_marks',  'Punkter: råvärden. Linjer: utjämnade kurvor, genom punkterna där en kurva inte ryms i bandet|Färgade fält: konfidensband ({level}) för alla åldrar och klasser samtidigt',
                           'Points: raw values. Lines: smoothed curves, through the points where a curve leaves the band|Coloured areas: confidence bands ({level}) for all ages and classes at once'),
    ('crossing',           'Vid {age} år ({level} intervall {lower} till {upper}) blir {to} vanligare än {from}',
                           'At age {age} ({level} interval {lower} to {upper}) {to} becomes more common than {from}'),
    ('no_crossing',        'Ingen ålder kan påvisas där {to} blir vanligare än {from}',
                           'No age can be shown at which {to} becomes more common than {from}'),
    ('no_change',          'Ingen brytpunkt kan påvisas',
                           'No change point can be shown')
    ) AS label (key, sv, en)
);
COMMENT ON FUNCTION nuso.chart_labels(text, double precision) IS
'Support function: every word that charts use, in Swedish (sv) or English (en), with the confidence level filled in.';

CREATE FUNCTION nuso.chart_say(sentence text, holes jsonb) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT string_agg(
        CASE WHEN place = 1 THEN piece
             ELSE coalesce(holes ->> split_part(piece, '}', 1), '')
                  || substr(piece, strpos(piece, '}') + 1)
        END, '' ORDER BY place)
    FROM string_to_table(sentence, '{') WITH ORDINALITY AS t (piece, place)
);
COMMENT ON FUNCTION nuso.chart_say(text, jsonb) IS
'Support function: the sentence with each {name} replaced by the text of that name.';

CREATE FUNCTION nuso.chart_gap_words(gap text, labels jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN jsonb_build_object('short', labels -> (gap || '_short'), 'within', labels -> (gap || '_within'));
COMMENT ON FUNCTION nuso.chart_gap_words(text, jsonb) IS
'Support function: what the first fact of a gap is called in titles and within sentences.';

CREATE FUNCTION nuso.chart_key(title text, below text, items jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT nuso.chart_fill($json${
        "width": 640, "height": "@height",
        "title": "@title",
        "data": {"values": "@items"},
        "transform": [
            {"calculate": "datum.x + 13", "as": "middle"},
            {"calculate": "datum.x + 26", "as": "end"},
            {"calculate": "datum.x + 34", "as": "words"},
            {"calculate": "datum.y - 6", "as": "top"},
            {"calculate": "datum.y + 6", "as": "bottom"}
        ],
        "view": {"stroke": null},
        "encoding": {
            "x": {"field": "x", "type": "quantitative", "scale": {"domain": [0, 640], "nice": false}, "axis": null},
            "y": {"field": "y", "type": "quantitative", "scale": {"domain": ["@height", 0], "nice": false}, "axis": null},
            "color": {"field": "colour", "type": "nominal", "scale": null}
        },
        "layer": [
            {"transform": [{"filter": "isValid(datum.band)"}],
             "mark": {"type": "rect", "strokeWidth": 0},
             "encoding": {"x2": {"field": "end"}, "y": {"field": "top", "type": "quantitative"}, "y2": {"field": "bottom"},
                          "opacity": {"field": "band", "type": "quantitative", "scale": null}}},
            {"transform": [{"filter": "isValid(datum.dash)"}],
             "mark": {"type": "rule", "strokeWidth": 2.5},
             "encoding": {"x2": {"field": "end"}, "color": {"field": "ink", "type": "nominal", "scale": null},
                          "strokeDash": {"field": "dash", "type": "nominal", "scale": null}}},
            {"transform": [{"filter": "isValid(datum.upright)"}],
             "mark": {"type": "rule", "strokeWidth": 1.25},
             "encoding": {"x": {"field": "middle", "type": "quantitative"},
                          "color": {"field": "ink", "type": "nominal", "scale": null},
                          "y": {"field": "top", "type": "quantitative"}, "y2": {"field": "bottom"},
                          "strokeDash": {"field": "upright", "type": "nominal", "scale": null}}},
            {"transform": [{"filter": "isValid(datum.shape)"}],
             "mark": {"type": "point", "filled": true, "size": 42, "opacity": 1},
             "encoding": {"x": {"field": "middle", "type": "quantitative"},
                          "color": {"field": "ink", "type": "nominal", "scale": null},
                          "shape": {"field": "shape", "type": "nominal", "scale": null}}},
            {"mark": {"type": "text", "align": "left", "baseline": "middle", "fontSize": 11},
             "encoding": {"x": {"field": "words", "type": "quantitative"}, "text": {"field": "text"},
                          "color": {"value": "#333333"}}}
        ]}$json$,
        jsonb_build_object(
            'title', jsonb_strip_nulls(jsonb_build_object('text', title, 'subtitle', to_jsonb(string_to_array(below, '|')))),
            'height', coalesce(18 * max(line + 1), 0),
            'items', jsonb_agg(jsonb_build_object('ink', item -> 'colour') || item
                || jsonb_build_object('x', start, 'y', 9 + 18 * line) ORDER BY place)))
    FROM (
        -- one line if all fit, else columns; a wide item has a line of its own below
        SELECT item, row_number() OVER (ORDER BY wide, place) AS place,
            CASE WHEN wide THEN per_line.lines + row_number() OVER (PARTITION BY wide ORDER BY place) - 1
                 ELSE (row_number() OVER (PARTITION BY wide ORDER BY place) - 1) / per_line.items END AS line,
            CASE WHEN wide THEN 0
                 WHEN per_line.lines = 1 THEN sum(width) OVER (PARTITION BY wide ORDER BY place) - width
                 ELSE 640 / per_line.items * ((row_number() OVER (PARTITION BY wide ORDER BY place) - 1) % per_line.items) END AS start
        FROM (SELECT place, item, coalesce((item -> 'wide')::boolean, false) AS wide, 60 + 6 * length(item ->> 'text') AS width
              FROM jsonb_array_elements(items) WITH ORDINALITY AS i (item, place)
              WHERE jsonb_typeof(item) = 'object') AS measured,
            LATERAL (
                SELECT CASE WHEN sum(w) <= 640 THEN greatest(count(*), 1) ELSE greatest(640 / max(w), 1) END AS items,
                    CASE WHEN count(*) = 0 THEN 0 WHEN sum(w) <= 640 THEN 1
                         ELSE (count(*) - 1) / greatest(640 / max(w), 1) + 1 END AS lines
                FROM (SELECT 60 + 6 * length(o ->> 'text') AS w FROM jsonb_array_elements(items) AS o
                      WHERE jsonb_typeof(o) = 'object' AND NOT coalesce((o -> 'wide')::boolean, false)) AS narrow
            ) AS per_line
    ) AS placed
);
COMMENT ON FUNCTION nuso.chart_key(text, text, jsonb) IS
'Support function: a panel that says what the marks of the next panel mean; items have a text, a colour and some of band (an opacity), ink (another colour for what is not the band), dash, upright (the dash of a vertical rule), shape and wide (a line of its own).';

CREATE FUNCTION nuso.chart_x(first double precision, last double precision, title text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN nuso.chart_fill($json${
    "field": "age", "type": "quantitative",
    "scale": {"domain": ["@first", "@last"], "nice": false, "zero": false, "padding": 0},
    "axis": {"title": "@title", "labels": "@labelled", "ticks": "@labelled",
             "tickCount": 20, "tickMinStep": 1, "grid": false, "format": "d", "labelFlush": false}}$json$,
    jsonb_build_object('first', nuso.chart_value(first) - 0.6, 'last', nuso.chart_value(last) + 0.6,
                       'title', title, 'labelled', title IS NOT NULL));
COMMENT ON FUNCTION nuso.chart_x(double precision, double precision, text) IS
'Support function: the axis of ages from first to last; labelled where a title is given.';

CREATE FUNCTION nuso.chart_children(name text, bars jsonb, x jsonb, title text, colour text) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN nuso.chart_fill($json${
    "width": 640, "height": 44,
    "title": {"text": "@title", "offset": 12},
    "data": {"name": "@name"},
    "encoding": {
        "x": "@x",
        "y": {"field": "n", "type": "quantitative", "axis": "@axis", "scale": {"domain": [0, "@most"], "nice": false}}
    },
    "layer": [
        {"mark": {"type": "bar", "orient": "vertical", "size": "@size", "color": "@colour", "opacity": 0.35}},
        {"transform": [{"filter": "isValid(datum.label)"}],
         "mark": {"type": "text", "baseline": "bottom", "dy": -2, "fontSize": 9, "color": "#333333"},
         "encoding": {"text": {"field": "label"}}}
    ]}$json$,
    jsonb_build_object('name', name, 'x', x, 'title', title, 'colour', colour,
        'most', (SELECT greatest(max((b ->> 'n')::numeric), 1) FROM jsonb_array_elements(bars) AS b),
        'size', least(16, 480 / greatest(jsonb_array_length(bars), 1)),
        -- numbers stand on the bars; where there is no room for them, on an axis
        'axis', CASE WHEN jsonb_array_length(bars) > 24 THEN '{"title": null, "tickCount": 2, "format": "~s", "grid": true}'::jsonb END));
COMMENT ON FUNCTION nuso.chart_children(text, jsonb, jsonb, text, text) IS
'Support function: a panel of bars that says how many children stand behind each age.';

CREATE FUNCTION nuso.chart_crowd(n bigint, lang text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN n < 100000 THEN nuso.chart_number(n, 0, lang)
            WHEN n < 100000000 THEN nuso.chart_number(n / 1000.0, 0, lang) || 'k'
            ELSE nuso.chart_number(n / 1000000.0, 0, lang) || 'M' END;
COMMENT ON FUNCTION nuso.chart_crowd(bigint, text) IS
'Support function: a number of children for the top of a bar, in thousands (k) or millions (M) where it is long.';

CREATE FUNCTION nuso.chart_spec(meta jsonb, title text, subtitle jsonb, description text, datasets jsonb, panels jsonb, lang text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN nuso.chart_fill($json${
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "usermeta": {"nuso": "@meta"},
    "description": "@description",
    "title": {"text": "@title", "subtitle": "@subtitle", "fontSize": 18, "subtitleFontSize": 12, "offset": 14},
    "background": "white",
    "padding": 16,
    "spacing": 10,
    "config": {
        "font": "sans-serif",
        "locale": "@locale",
        "view": {"stroke": null},
        "title": {"anchor": "start", "frame": "group", "fontSize": 12, "fontWeight": "bold", "color": "#000000",
                  "subtitleFontSize": 11, "subtitleColor": "#333333", "subtitlePadding": 5, "offset": 4},
        "axis": {"labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "labelColor": "#333333",
                 "titleColor": "#333333", "domainColor": "#888888", "tickColor": "#888888", "gridColor": "#e6e6e6"},
        "area": {"aria": false}, "line": {"aria": false}, "rule": {"aria": false}, "rect": {"aria": false}, "text": {"aria": false},
        "axisY": {"minExtent": 36, "domain": false, "ticks": false}
    },
    "datasets": "@datasets",
    "vconcat": "@panels"}$json$,
    jsonb_build_object('meta', meta, 'title', title, 'subtitle', subtitle, 'description', description, 'datasets', datasets, 'panels', panels,
        'locale', CASE lang WHEN 'sv' THEN
            '{"number": {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", "\u00a0kr"], "percent": "\u00a0%"}}'
            ELSE '{"number": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["$", ""]}}' END::jsonb));
COMMENT ON FUNCTION nuso.chart_spec(jsonb, text, jsonb, text, jsonb, jsonb, text) IS
'Support function: the specification around the panels: titles, fonts, how numbers are written.';

CREATE FUNCTION nuso.chart_empty(text text) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN nuso.chart_fill($json$[{
    "width": 640, "height": 120,
    "data": {"values": [{"text": "@text"}]},
    "mark": {"type": "text", "fontSize": 14, "color": "#333333"},
    "encoding": {"text": {"field": "text"}}}]$json$, jsonb_build_object('text', text));
COMMENT ON FUNCTION nuso.chart_empty(text) IS
'Support function: the panels of a chart without children: words.';

CREATE FUNCTION nuso.chart_domain(points jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    -- given, not left to Vega: it warns of each layer that has nothing to draw
    SELECT jsonb_build_array(least(0, min(number::numeric)), greatest(0, max(number::numeric)))
    FROM jsonb_array_elements(points) AS p,
        unnest(ARRAY[p ->> 'value', p ->> 'lower', p ->> 'upper', p ->> 'band_lower', p ->> 'band_upper',
                     p ->> 'smooth_lower', p ->> 'smooth_upper', p ->> 'ribbon_lower', p ->> 'ribbon_upper']) AS number
);
COMMENT ON FUNCTION nuso.chart_domain(jsonb) IS
'Support function: from the least to the greatest number of points and their bands, with 0.';

CREATE FUNCTION nuso.chart_shown(arguments text) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    -- a dash, where Vega would say null
    SELECT '[{"filter": "isValid(datum.value)"}]'::jsonb || jsonb_agg(jsonb_build_object('as', name || '_shown',
        'calculate', replace('isValid(datum.@) ? format(' || arguments || ') : "' || U&'\2013' || '"', '@', name)) ORDER BY place)
    FROM (VALUES (1, 'value'), (2, 'lower'), (3, 'upper')) AS n (place, name)
);
COMMENT ON FUNCTION nuso.chart_shown(text) IS
'Support function: the points that have a value, and how their numbers are written beside the pointer; @ in the arguments of format stands for the number.';

CREATE FUNCTION nuso.chart_gap(domain jsonb, x jsonb, labels jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN nuso.chart_fill($json${
    "width": 640, "height": 240,
    "data": {"name": "points"},
    "encoding": {
        "x": "@x",
        "y": {"type": "quantitative", "title": "@unit", "scale": {"domain": "@domain", "nice": true},
              "axis": {"labelExpr": "format(100 * datum.value, ',.6~r')", "tickCount": 6, "grid": true}}
    },
    "layer": [
        {"data": {"name": "change"},
         "mark": {"type": "rect", "color": "#56B4E9", "opacity": 0.25},
         "encoding": {"x": {"field": "age_lower", "type": "quantitative"}, "x2": {"field": "age_upper"},
                      "y": {"value": 0}, "y2": {"value": "height"}}},
        {"mark": {"type": "rule", "color": "#555555", "strokeWidth": 1.5}, 
         "encoding": {"x": {"value": 0}, "x2": {"value": "width"}, "y": {"datum": 0}}},
        {"mark": {"type": "area", "color": "#000000", "opacity": 0.14},
         "encoding": {"y": {"field": "band_lower"}, "y2": {"field": "band_upper"}}},
        {"transform": [{"filter": "datum.alone && isValid(datum.band_lower)"}],
         "mark": {"type": "rule", "color": "#000000", "opacity": 0.14, "strokeWidth": 12},
         "encoding": {"y": {"field": "band_lower"}, "y2": {"field": "band_upper"}}},
        {"mark": {"type": "area", "color": "#E69F00", "opacity": 0.5},
         "encoding": {"y": {"field": "smooth_lower"}, "y2": {"field": "smooth_upper"}}},
        {"mark": {"type": "line", "color": "#D55E00", "strokeWidth": 2.5},
         "encoding": {"y": {"field": "smooth"}}},
        {"transform": [{"filter": "isValid(datum.lower)"}],
         "mark": {"type": "rule", "color": "#000000", "strokeWidth": 1.25},
         "encoding": {"y": {"field": "lower"}, "y2": {"field": "upper"}}},
        {"transform": "@shown",
         "mark": {"type": "point", "shape": "circle", "filled": true, "color": "#000000", "opacity": 1, "size": 42},
         "encoding": {"y": {"field": "value"},
                      "tooltip": [{"field": "age", "title": "@age_tip"},
                                  {"field": "n", "title": "@children", "format": ",d"},
                                  {"field": "value_shown", "title": "@value_tip"},
                                  {"field": "lower_shown", "title": "@lower_tip"},
                                  {"field": "upper_shown", "title": "@upper_tip"}]}},
        {"data": {"name": "change"},
         "mark": {"type": "rule", "color": "#000000", "strokeWidth": 1.5, "strokeDash": [3, 3]},
         "encoding": {"x": {"field": "age", "type": "quantitative"}, "y": {"value": 0}, "y2": {"value": "height"}}}
    ]}$json$,
    labels || jsonb_build_object('x', x, 'unit', labels -> 'points', 'domain', domain,
        'value_tip', labels -> 'points', 'shown', nuso.chart_shown('100 * datum.@, ".1f"')));
COMMENT ON FUNCTION nuso.chart_gap(jsonb, jsonb, jsonb) IS
'Support function: a panel of differences by age, with pointwise intervals, band, smooth curve and change point.';

CREATE FUNCTION nuso.chart_gap_key(title text, points jsonb, remarks jsonb, labels jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT nuso.chart_key(title, NULL, nuso.chart_fill($json$["@raw", "@band", "@smooth", "@change", "@zero", "@test"]$json$,
        jsonb_build_object(
            'raw', CASE WHEN has_raw THEN
                '{"colour": "#000000", "upright": [1, 0], "shape": "circle", "wide": true}'::jsonb
                || jsonb_build_object('text', labels -> 'raw') END,
            'band', CASE WHEN has_band THEN
                '{"colour": "#000000", "band": 0.14, "wide": true}'::jsonb
                || jsonb_build_object('text', labels -> 'band') END,
            'smooth', CASE WHEN has_smooth THEN
                '{"colour": "#E69F00", "band": 0.5, "ink": "#D55E00", "dash": [1, 0], "wide": true}'::jsonb
                || jsonb_build_object('text', labels -> 'smooth')
                ELSE '{"colour": "#000000", "wide": true}'::jsonb || jsonb_build_object('text',
                    labels -> CASE WHEN has_raw THEN 'no_smooth' ELSE 'difference_none' END) END,
            'change', CASE
                WHEN remarks ->> 'age' IS NOT NULL THEN
                    '{"colour": "#56B4E9", "band": 0.25, "ink": "#000000", "upright": [3, 3], "wide": true}'::jsonb
                    || jsonb_build_object('text', nuso.chart_say(labels ->> 'change', remarks -> 'words'))
                WHEN remarks ->> 'status' = 'no_change_point' THEN
                    '{"colour": "#000000", "wide": true}'::jsonb || jsonb_build_object('text', labels -> 'no_change') END,
            'zero', CASE WHEN remarks ->> 'zero' IS NOT NULL THEN
                '{"colour": "#555555", "dash": [1, 0], "wide": true}'::jsonb
                || jsonb_build_object('text', remarks -> 'zero') END,
            'test', CASE WHEN remarks ->> 'test' IS NOT NULL THEN
                '{"colour": "#000000", "wide": true}'::jsonb || jsonb_build_object('text', remarks -> 'test') END)))
    FROM (SELECT coalesce(bool_or(p ->> 'value' IS NOT NULL), false) AS has_raw,
              coalesce(bool_or(p ->> 'band_lower' IS NOT NULL), false) AS has_band,
              coalesce(bool_or(p ->> 'smooth' IS NOT NULL), false) AS has_smooth
          FROM jsonb_array_elements(points) AS p) AS s
);
COMMENT ON FUNCTION nuso.chart_gap_key(text, jsonb, jsonb, jsonb) IS
'Support function: what the marks of chart_gap mean, in words.';

CREATE FUNCTION nuso.chart_style(place integer) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN jsonb_build_object(
    'colour', ('["#0072B2", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#000000", "#E69F00"]'::jsonb) -> (abs(place - 1) % 7),
    'dash', ('[[1, 0], [7, 3], [3, 2], [9, 3, 2, 3], [5, 2], [12, 3]]'::jsonb) -> (abs(place - 1) % 6),
    'shape', ('["circle", "square", "diamond", "triangle-up", "triangle-down"]'::jsonb) -> (abs(place - 1) % 5));
COMMENT ON FUNCTION nuso.chart_style(integer) IS
'Support function: colour, dash and shape of a series; colours by Okabe and Ito (2008).';

CREATE FUNCTION nuso.chart_series(places integer[], x jsonb, y jsonb, labels jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN nuso.chart_fill($json${
    "width": 640, "height": 300,
    "data": {"name": "series"},
    "encoding": {
        "x": "@x",
        "y": "@y"
    },
    "layer": [
        {"data": {"name": "crossing"},
         "mark": {"type": "rect", "color": "#56B4E9", "opacity": 0.25},
         "encoding": {"x": {"field": "age_lower", "type": "quantitative"}, "x2": {"field": "age_upper"},
                      "y": {"value": 0}, "y2": {"value": "height"}}},
        {"data": {"name": "shade"},
         "mark": {"type": "area", "color": "#E69F00", "opacity": 0.3},
         "encoding": {"y": {"field": "lower"}, "y2": {"field": "upper"}}},
        {"data": {"name": "shade"},
         "transform": [{"filter": "datum.alone"}],
         "mark": {"type": "rule", "color": "#E69F00", "opacity": 0.3, "strokeWidth": 12},
         "encoding": {"y": {"field": "lower"}, "y2": {"field": "upper"}}},
        {"mark": {"type": "area", "opacity": 0.22},
         "encoding": {"y": {"field": "ribbon_lower"}, "y2": {"field": "ribbon_upper"}, "color": "@colour"}},
        {"transform": [{"filter": "datum.whisker && isValid(datum.lower)"}],
         "mark": {"type": "rule", "strokeWidth": 1.25},
         "encoding": {"x": {"field": "at", "type": "quantitative"},
                      "y": {"field": "lower"}, "y2": {"field": "upper"}, "color": "@colour"}},
        {"mark": {"type": "line", "strokeWidth": 2.5},
         "encoding": {"y": {"field": "line"}, "color": "@colour",
                      "strokeDash": {"field": "place", "type": "nominal",
                                     "scale": {"domain": "@places", "range": "@dashes"}, "legend": null}}},
        {"transform": "@shown",
         "mark": {"type": "point", "filled": true, "opacity": 1, "size": 42},
         "encoding": {"x": {"field": "at", "type": "quantitative"}, "y": {"field": "value"}, "color": "@colour",
                      "shape": {"field": "place", "type": "nominal",
                                "scale": {"domain": "@places", "range": "@shapes"}, "legend": null},
                      "tooltip": [{"field": "series", "title": "@series_tip"},
                                  {"field": "age", "title": "@age_tip"},
                                  {"field": "n", "title": "@children", "format": ",d"},
                                  {"field": "value_shown", "title": "@value_tip"},
                                  {"field": "lower_shown", "title": "@lower_tip"},
                                  {"field": "upper_shown", "title": "@upper_tip"}]}},
        {"data": {"name": "crossing"},
         "mark": {"type": "rule", "color": "#000000", "strokeWidth": 1.5, "strokeDash": [3, 3]},
         "encoding": {"x": {"field": "age", "type": "quantitative"}, "y": {"value": 0}, "y2": {"value": "height"}}}
    ]}$json$,
    (SELECT labels || jsonb_build_object(
            'x', x, 'y', y,
            'shown', nuso.chart_shown(CASE WHEN y #>> '{axis,format}' IS NULL THEN '100 * datum.@, ".1f"' ELSE 'datum.@, ".1%"' END),
            'colour', nuso.chart_fill($json${"field": "place", "type": "nominal", "legend": null,
                                             "scale": {"domain": "@places", "range": "@colours"}}$json$,
                jsonb_build_object('places', jsonb_agg(place ORDER BY place),
                                   'colours', jsonb_agg(style -> 'colour' ORDER BY place))),
            'places', jsonb_agg(place ORDER BY place),
            'dashes', jsonb_agg(style -> 'dash' ORDER BY place), 'shapes', jsonb_agg(style -> 'shape' ORDER BY place))
     FROM (SELECT DISTINCT place, nuso.chart_style(place) AS style FROM unnest(places) AS place) AS s));
COMMENT ON FUNCTION nuso.chart_series(integer[], jsonb, jsonb, jsonb) IS
'Support function: a panel of several curves by age, each with points, a line and a ribbon.';

CREATE FUNCTION nuso.chart_point(point nuso.curve_point) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN jsonb_build_object(
    'age', (point).age,
    'n', (point).n,
    'identified', nuso.chart_value((point).identified),
    'identified_lower', nuso.chart_value((point).identified_lower),
    'identified_upper', nuso.chart_value((point).identified_upper),
    'assessed', nuso.chart_value((point).assessed),
    'assessed_lower', nuso.chart_value((point).assessed_lower),
    'assessed_upper', nuso.chart_value((point).assessed_upper),
    'decided', nuso.chart_value((point).decided),
    'decided_lower', nuso.chart_value((point).decided_lower),
    'decided_upper', nuso.chart_value((point).decided_upper),
    'value', nuso.chart_value((point).gap),
    'lower', nuso.chart_value((point).gap_lower),
    'upper', nuso.chart_value((point).gap_upper),
    'band_lower', nuso.chart_value((point).gap_band_lower),
    'band_upper', nuso.chart_value((point).gap_band_upper),
    'smooth', nuso.chart_value((point).gap_smooth),
    'smooth_lower', nuso.chart_value((point).gap_smooth_lower),
    'smooth_upper', nuso.chart_value((point).gap_smooth_upper));
COMMENT ON FUNCTION nuso.chart_point(nuso.curve_point) IS
'Support function: a point of a curve as JSON; value, lower, upper, band_... and smooth... are of the gap.';

CREATE FUNCTION nuso.chart_subtitle(children bigint, first double precision, last double precision, left_out bigint, clusters bigint, note text, labels jsonb, lang text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT coalesce(jsonb_agg(line ORDER BY place), '[]')
    FROM (VALUES
        (1, CASE WHEN children > 0 THEN nuso.chart_say(labels ->> CASE WHEN first < last THEN 'years' ELSE 'one_age' END, jsonb_build_object(
            'n', nuso.chart_number(children, 0, lang),
            'first', nuso.chart_number(first, (first <> trunc(first))::integer, lang),
            'last', nuso.chart_number(last, (last <> trunc(last))::integer, lang))) END),
        (2, CASE WHEN left_out > 0 THEN nuso.chart_say(labels ->> 'left_out', jsonb_build_object(
            'n', nuso.chart_number(left_out, 0, lang))) END),
        (3, CASE WHEN clusters > 0 THEN nuso.chart_say(labels ->> 'clusters', jsonb_build_object(
            'n', nuso.chart_number(clusters, 0, lang))) END),
        (4, note)) AS l (place, line)
    WHERE line <> ''
);
COMMENT ON FUNCTION nuso.chart_subtitle(bigint, double precision, double precision, bigint, bigint, text, jsonb, text) IS
'Support function: the lines below the title: how many children, who is left out, how many clusters, the note of the caller.';

CREATE FUNCTION nuso.chart_change(age double precision, lower double precision, upper double precision,
    before double precision, after double precision, status text, lang text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN jsonb_build_object(
    'age', nuso.chart_value(age), 'age_lower', nuso.chart_value(lower), 'age_upper', nuso.chart_value(upper),
    'status', status,
    'words', jsonb_build_object(
        'age', nuso.chart_number(age, 1, lang), 'lower', nuso.chart_number(lower, 1, lang),
        'upper', nuso.chart_number(upper, 1, lang),
        'before', CASE WHEN before > 0 THEN '+' ELSE '' END || nuso.chart_number(100 * before, 1, lang),
        'after', CASE WHEN after > 0 THEN '+' ELSE '' END || nuso.chart_number(100 * after, 1, lang)));
COMMENT ON FUNCTION nuso.chart_change(double precision, double precision, double precision, double precision, double precision, text, text) IS
'Support function: an age with its interval, for a rule and for words.';
