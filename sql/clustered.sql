-- children in municipalities: shares, differences and tables over clusters
SET search_path = nuso, public;
SET extra_float_digits = -3;

-- eight clusters with two groups each
CREATE TEMP TABLE municipality AS
    SELECT name, make_proportion(n_a, x_a) AS a, make_proportion(n_b, x_b) AS b
    FROM (VALUES ('A', 40, 12, 45, 18), ('B', 30, 5, 28, 9), ('C', 50, 20, 48, 22),
                 ('D', 20, 3, 25, 8), ('E', 35, 7, 40, 15), ('F', 45, 11, 30, 10),
                 ('G', 52, 16, 60, 25), ('H', 15, 2, 18, 6))
        AS counted(name, n_a, x_a, n_b, x_b);
SELECT cluster_agg(a + b) FROM municipality;
SELECT n(c), clusters(c), estimate(c), design_effect(c)
FROM (SELECT cluster_agg(a + b) AS c FROM municipality) AS m;

-- R, survey: logit .268328 .387958, beta .265795 .389285
SELECT i.*
FROM (SELECT cluster_agg(a + b) AS c FROM municipality) AS m,
    unnest(ARRAY['logit', 'linear', 'korn-graubard', 'wilson']) AS asked,
    LATERAL confint(c, 0.95, asked) AS i;

-- the difference: R, survey .119545, standard error .016071
CREATE TEMP TABLE by_group AS
    SELECT name, make_crosstab(ARRAY[[n(a) - events(a), events(a)], [n(b) - events(b), events(b)]],
                               ARRAY['A', 'B'], ARRAY['no', 'yes']) AS t
    FROM municipality;
SELECT i.estimate, (i.upper - i.lower) / 2 / 2.3646242515927844 AS std_error, i.lower, i.upper,
    i.method, i.status
FROM (SELECT cluster_agg(t) AS c FROM by_group) AS m, LATERAL difference_interval(c) AS i;

-- apiclus1: R, survey F 5.09046261529 on 1.49463977771 and 20.9249568879, p .0230716168258
CREATE TEMP TABLE district AS
    SELECT id, make_crosstab(counts, ARRAY['No', 'Yes'], ARRAY['E', 'H', 'M']) AS t
    FROM (VALUES
        (61, '{{0,0,2},{10,0,1}}'::bigint[]), (135, '{{3,0,0},{31,0,0}}'),
        (178, '{{0,0,1},{2,1,0}}'), (197, '{{1,0,2},{9,0,1}}'), (255, '{{1,0,0},{12,0,3}}'),
        (406, '{{0,0,0},{2,0,0}}'), (413, '{{0,0,0},{1,0,0}}'), (437, '{{0,0,0},{2,1,1}}'),
        (448, '{{0,0,0},{9,1,2}}'), (510, '{{1,1,1},{15,1,2}}'), (568, '{{1,1,0},{3,3,1}}'),
        (637, '{{0,0,0},{8,1,2}}'), (716, '{{5,0,0},{25,3,4}}'), (778, '{{0,0,1},{1,0,0}}'),
        (815, '{{0,1,1},{2,0,0}}')) AS v(id, counts);
SELECT t.* FROM rao_scott_test((SELECT cluster_agg(t) FROM district)) AS t;

-- clusters need not have the same labels; what nobody has is left out
SELECT cluster_agg(t) FROM district WHERE id IN (413, 61, 815);
SELECT cluster_agg(t) FROM district WHERE id IN (413, 406);

-- any order and any partition gives the same
SELECT count(DISTINCT c::text) AS forms
FROM (SELECT cluster_agg(t ORDER BY id) FROM district
      UNION ALL SELECT cluster_agg(t ORDER BY id DESC) FROM district
      UNION ALL SELECT cluster_agg(t ORDER BY md5(id::text)) FROM district
      UNION ALL SELECT rollup(part) FROM (SELECT cluster_agg(t) AS part FROM district GROUP BY id % 4) AS p
      UNION ALL SELECT rollup(part) FROM (SELECT cluster_agg(t) AS part FROM district GROUP BY id) AS p
      UNION ALL SELECT merge(a.c, b.c) FROM (SELECT cluster_agg(t) AS c FROM district WHERE id < 300) AS a,
          (SELECT cluster_agg(t) AS c FROM district WHERE id >= 300) AS b) AS s(c);
-- and a part may be taken away again
SELECT (whole - part)::text = rest::text AS taken_away, (whole - whole)::text AS nothing
FROM (SELECT cluster_agg(t) AS whole, cluster_agg(t) FILTER (WHERE id < 300) AS part,
          cluster_agg(t) FILTER (WHERE id >= 300) AS rest FROM district) AS s;
-- as text and in binary it is the same
SELECT c::text::clustered::text = c::text AS text_returns
FROM (SELECT cluster_agg(t) AS c FROM district) AS s;

-- thin data
CREATE TEMP TABLE thin AS
    SELECT what, cluster_agg(make_proportion(n, x)) AS c
    FROM (VALUES ('one cluster', 20, 5), ('nobody', 20, 0), ('nobody', 9, 0), ('everybody', 20, 20),
                 ('everybody', 9, 9), ('equal shares', 20, 5), ('equal shares', 8, 2),
                 ('no children', 0, 0), ('empty clusters do not count', 12, 3),
                 ('empty clusters do not count', 0, 0), ('NULL', NULL, NULL)) AS v(what, n, x)
    GROUP BY what;
SELECT what, n(c), clusters(c), design_effect(c), i.estimate, i.lower, i.upper, i.method, i.status
FROM thin, LATERAL confint(c) AS i ORDER BY what;
SELECT cluster_agg(p) FROM (SELECT make_proportion(1, 1)) AS none(p) WHERE false;
SELECT what, i.estimate, i.lower, i.upper, i.status, t.statistic, t.p_value, t.method, t.status
FROM (SELECT what, cluster_agg(make_crosstab(counts)) AS c
      FROM (VALUES ('one cluster', '{{3,4},{5,6}}'::bigint[]), ('one group', '{{3,4},{0,0}}'),
                   ('one group', '{{7,2},{0,0}}'), ('one answer', '{{3,0},{5,0}}'),
                   ('one answer', '{{1,0},{6,0}}'), ('clusters alike', '{{3,4},{5,6}}'),
                   ('clusters alike', '{{3,4},{5,6}}'), ('group in one cluster', '{{3,4},{5,6}}'),
                   ('group in one cluster', '{{3,4},{0,0}}'),
                   ('few empty cells', '{{3,0},{5,6}}'), ('few empty cells', '{{1,0},{5,2}}')) AS v(what, counts)
      GROUP BY what) AS s,
    LATERAL difference_interval(c) AS i, LATERAL rao_scott_test(c) AS t ORDER BY what;
-- too many empty cells
SELECT t.* FROM rao_scott_test((SELECT cluster_agg(make_crosstab('{{3,0,0},{0,4,0},{0,0,5}}'))
                                FROM generate_series(1, 3))) AS t;

-- twenty clusters are no longer few
SELECT clusters(c), i.lower, i.upper, i.status
FROM (SELECT cluster_agg(make_proportion(10 + i, i % 7)) AS c FROM generate_series(1, 20) AS i) AS m,
    LATERAL confint(c) AS i;

-- large numbers: nearly equal clusters of a billion children
SELECT c, design_effect(c), i.lower, i.upper
FROM (SELECT cluster_agg(make_proportion(1000000000, 500000000 + i)) AS c FROM generate_series(-1, 1) AS i) AS m,
    LATERAL confint(c) AS i;

-- NULL in, NULL out
SELECT n(NULL::clustered) IS NULL AS n, clusters(NULL) IS NULL AS clusters, confint(NULL::clustered) IS NULL
    AS confint, rao_scott_test(NULL) IS NULL AS test, cluster_agg(NULL::crosstab)::text AS no_cluster;

-- wrong settings, wrong shapes, and what no clusters can be
\set VERBOSITY sqlstate
SELECT confint((SELECT c FROM thin WHERE what = 'nobody'), 1);
SELECT confint((SELECT c FROM thin WHERE what = 'nobody'), 0.95, 'wald');
SELECT confint(cluster_agg(t)) FROM district;
SELECT estimate(cluster_agg(t)) FROM district;
SELECT design_effect(cluster_agg(t)) FROM district;
SELECT difference_interval(cluster_agg(t)) FROM district;
SELECT difference_interval(cluster_agg(a), 0) FROM municipality;
SELECT cluster_agg(make_crosstab(ARRAY[[1]], ARRAY[i::text], ARRAY['x'])) IS NULL FROM generate_series(1, 256) AS i;
SELECT cluster_agg(make_crosstab(ARRAY[[1]], ARRAY[i::text], ARRAY['x'])) FROM generate_series(1, 257) AS i;
SELECT cluster_agg(make_crosstab(array_fill(1::bigint, ARRAY[17, 16])));
SELECT '{"rows": 1, "columns": 1, "column_labels": [{"label": "true"}], "table": [{"label": "", "counts": [5]}], "clusters": 2, "products": [13]}'::clustered;
SELECT '{"rows": 1, "columns": 1, "column_labels": [{"label": "true"}], "table": [{"label": "", "counts": [5]}], "clusters": 2, "products": [26]}'::clustered;
SELECT '{"rows": 1, "columns": 1, "column_labels": [{"label": "true"}], "table": [{"label": "", "counts": [5]}], "clusters": 6, "products": [13]}'::clustered;
SELECT '{"rows": 1, "columns": 1, "column_labels": [{"label": "true"}], "table": [{"label": "", "counts": [5]}], "clusters": 2, "products": [-13]}'::clustered;
SELECT '{"rows": 1, "columns": 1, "column_labels": [{"label": "true"}], "table": [{"label": "", "counts": [5]}], "clusters": 2, "products": [13.5]}'::clustered;
SELECT '{"rows": 1, "columns": 1, "column_labels": [{"label": "true"}], "table": [{"label": "", "counts": [5]}], "clusters": 2, "products": [1e40]}'::clustered;
SELECT subtract((SELECT cluster_agg(a) FROM municipality WHERE name < 'C'), (SELECT cluster_agg(a) FROM municipality));
