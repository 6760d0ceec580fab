-- clustered.sql - what must hold for children in clusters, whatever they are.
--
-- Random clusters of random sizes; order and partition must not matter to the
-- bit, and the statistics must agree with plain SQL over the clusters.
\set QUIET 1
SET client_min_messages = warning;
BEGIN;
SET LOCAL search_path = nuso, public;
SELECT plan(15);
SELECT setseed(0.5);

-- 60 designs of 2 to 40 clusters; x, y: answers in two groups of children
CREATE TEMPORARY TABLE cluster AS
SELECT design, g, n, least(n, floor(n * random() * 1.1)::bigint) AS x,
       m, least(m, floor(m * random() ^ 2 * 1.1)::bigint) AS y
FROM (SELECT design, g, ceil(10 ^ (random() * (1 + design % 8)))::bigint AS n,
             ceil(10 ^ (random() * (1 + design % 5)))::bigint AS m
      FROM generate_series(1, 60) AS design, generate_series(1, 2 + design % 39) AS g) AS sizes;

CREATE TEMPORARY VIEW share AS
SELECT design, g, make_proportion(n, x) AS p FROM cluster;

CREATE TEMPORARY VIEW two AS
SELECT design, g, make_crosstab(ARRAY[[n - x, x], [m - y, y]], ARRAY['a', 'b'], ARRAY['no', 'yes']) AS t,
       make_crosstab(ARRAY[[n - x, m - y], [x, y]], ARRAY['no', 'yes'], ARRAY['a', 'b']) AS turned
FROM cluster;

-- order and partition
SELECT is_empty($$
  SELECT design FROM two GROUP BY design
  HAVING clustered_send(cluster_agg(t ORDER BY g)) <> clustered_send(cluster_agg(t ORDER BY md5(g::text)))
$$, 'the order of clusters does not matter, to the bit');
SELECT is_empty($$
  SELECT design FROM (SELECT design, g % 3 AS part, cluster_agg(t) AS c FROM two GROUP BY design, g % 3) AS p
  JOIN (SELECT design, cluster_agg(t) AS whole FROM two GROUP BY design) AS w USING (design)
  GROUP BY design, whole::text, clustered_send(whole)
  HAVING clustered_send(rollup(c ORDER BY part DESC)) <> clustered_send(whole)
$$, 'merging parts gives the whole, to the bit');
SELECT is_empty($$
  SELECT design FROM two GROUP BY design
  HAVING clustered_send(cluster_agg(t) - cluster_agg(t) FILTER (WHERE g % 2 = 0))
      <> clustered_send(cluster_agg(t) FILTER (WHERE g % 2 = 1))
$$, 'taking a part away leaves the rest, to the bit');
SELECT is_empty($$
  SELECT design FROM two GROUP BY design
  HAVING clustered_send(cluster_agg(t)::text::clustered) <> clustered_send(cluster_agg(t))
$$, 'out as text and in again changes nothing');
SELECT is_empty($$
  SELECT design FROM share GROUP BY design
  HAVING cluster_agg(p)::text <> cluster_agg(make_crosstab(ARRAY[[n(p) - events(p), events(p)]],
                                                           ARRAY[''], ARRAY['false', 'true']))::text
$$, 'a proportion is the table of one row');

-- against plain SQL
SELECT is_empty($$
  SELECT design FROM share GROUP BY design
  HAVING n(cluster_agg(p)) <> sum(n(p)) OR clusters(cluster_agg(p)) <> count(*)
      OR estimate(cluster_agg(p)) <> estimate(rollup(p))
$$, 'children, clusters and share are what they are');
SELECT is_empty($$
  SELECT design, effect, expected
  FROM (SELECT design, design_effect(cluster_agg(make_proportion(n, x))) AS effect,
               (count(*) / (count(*) - 1.0) * sum((x - sum_x / sum_n * n) ^ 2) / sum_n
                / (sum_x / sum_n * (1 - sum_x / sum_n)))::double precision AS expected
        FROM cluster, LATERAL (SELECT sum(x)::numeric(60, 30) AS sum_x, sum(n)::numeric(60, 30) AS sum_n
                               FROM cluster AS all_of WHERE all_of.design = cluster.design) AS s
        WHERE sum_x > 0 AND sum_x < sum_n
        GROUP BY design, sum_x, sum_n) AS d
  WHERE abs(effect - expected) > 1e-11 * expected
$$, 'the design effect is that of numeric arithmetic over the clusters');

-- statistics
SELECT is_empty($$
  SELECT design, i.* FROM (SELECT design, cluster_agg(p) AS c FROM share GROUP BY design) AS s,
      unnest(ARRAY['logit', 'linear', 'korn-graubard', 'wilson']) AS asked, LATERAL confint(c, 0.9, asked) AS i
  WHERE NOT (0 <= lower AND lower <= i.estimate AND i.estimate <= upper AND upper <= 1 AND lower < upper)
$$, 'an interval has a width, holds its estimate and stays inside 0 and 1');
SELECT is_empty($$
  SELECT design FROM (SELECT design, cluster_agg(p) AS c FROM share GROUP BY design) AS s,
      unnest(ARRAY['logit', 'linear', 'korn-graubard', 'wilson']) AS asked,
      LATERAL confint(c, 0.9, asked) AS narrow, LATERAL confint(c, 0.99, asked) AS wide
  WHERE narrow.lower < wide.lower OR narrow.upper > wide.upper
$$, 'a higher level gives a wider interval');
SELECT is_empty($$
  SELECT n, effect FROM (
    SELECT n, (SELECT design_effect(cluster_agg(make_proportion(1, (i % 3 = 0)::integer)))
               FROM generate_series(1, n) AS i) AS effect
    FROM unnest(ARRAY[3, 10, 1000]) AS n) AS d
  WHERE abs(effect - n / (n - 1.0)) > 1e-14
$$, 'every child its own cluster: the design effect is n / (n - 1)');
SELECT is_empty($$
  SELECT design FROM (SELECT design, cluster_agg(p) AS c FROM share GROUP BY design) AS s
  WHERE (confint(c)).status <> CASE WHEN clusters(c) < 20 THEN 'few_clusters' ELSE 'ok' END
$$, 'fewer than 20 clusters are called few');
SELECT is_empty($$
  SELECT design, a, b
  FROM (SELECT design, rao_scott_test(cluster_agg(t)) AS a, rao_scott_test(cluster_agg(turned)) AS b
        FROM two GROUP BY design) AS s
  WHERE abs((a).statistic - (b).statistic) > 1e-11 * (a).statistic
     OR abs((a).p_value - (b).p_value) > 1e-11 * (a).p_value OR abs((a).df - (b).df) > 1e-11
     OR (a).status <> (b).status
$$, 'rows and columns swapped: the same test of Rao and Scott');
SELECT is_empty($$
  SELECT design, a, b
  FROM (SELECT design, rao_scott_test(cluster_agg(t)) AS a,
               rao_scott_test(cluster_agg(make_crosstab(ARRAY[[5 * (n - x), 5 * x], [5 * (m - y), 5 * y]]))) AS b
        FROM two JOIN cluster USING (design, g) GROUP BY design) AS s
  WHERE abs((a).statistic - (b).statistic) > 1e-11 * (a).statistic OR (a).status <> (b).status
$$, 'five times the children in the same clusters are no further evidence');
SELECT is_empty($$
  SELECT design, i, j
  FROM (SELECT design, difference_interval(cluster_agg(t)) AS i,
               difference_interval(cluster_agg(make_crosstab(ARRAY[[m - y, y], [n - x, x]],
                                                             ARRAY['a', 'b'], ARRAY['no', 'yes']))) AS j
        FROM two JOIN cluster USING (design, g) GROUP BY design) AS s
  WHERE (i).estimate <> -(j).estimate OR (i).lower <> -(j).upper OR (i).upper <> -(j).lower
$$, 'groups swapped: the difference changes its sign');
SELECT is_empty($$
  SELECT design, i, e
  FROM (SELECT design, difference_interval(cluster_agg(t)) AS i,
               sum(x)::numeric / sum(n) - sum(y)::numeric / sum(m) AS e
        FROM two JOIN cluster USING (design, g) GROUP BY design) AS s
  WHERE abs((i).estimate - e) > 1e-13
$$, 'the difference is first row minus second row');

SELECT * FROM finish();
ROLLBACK;
