-- groups.sql - properties of the tests over groups and strata, on random data.
--
-- The rows of children are cut into groups and strata by hashing; whatever is
-- asked in two steps must not depend on the order of the rows, on how the
-- state was merged, or on what is called a and what b.
\set QUIET 1
SET client_min_messages = warning;
BEGIN;
SELECT plan(12);

CREATE TEMP TABLE stratum AS
SELECT s AS stratum, s % 17 AS score,
       nuso.make_proportion(n1, x1) AS a, nuso.make_proportion(n2, x2) AS b
FROM generate_series(1, 400) AS s,
     LATERAL (SELECT nuso.random_below(1, 1, s, 60) AS n1, nuso.random_below(1, 2, s, 60) AS n2) AS n,
     LATERAL (SELECT nuso.random_below(1, 3, s, n1 + 1) AS x1, nuso.random_below(1, 4, s, n2 + 1) AS x2) AS x;

-- the same bits in any order
SELECT is(
  (SELECT nuso.trend_test(a, score ORDER BY stratum)::text FROM stratum),
  (SELECT nuso.trend_test(a, score ORDER BY md5(stratum::text))::text FROM stratum),
  'trend_test does not depend on the order of the groups');
SELECT is(
  (SELECT nuso.mantel_haenszel(a, b ORDER BY stratum)::text FROM stratum),
  (SELECT nuso.mantel_haenszel(a, b ORDER BY md5(stratum::text))::text FROM stratum),
  'mantel_haenszel does not depend on the order of the strata');
SELECT is(
  (SELECT nuso.direct_standardise(a, score ORDER BY stratum)::text FROM stratum WHERE nuso.n(a) > 0),
  (SELECT nuso.direct_standardise(a, score ORDER BY -stratum)::text FROM stratum WHERE nuso.n(a) > 0),
  'direct_standardise does not depend on the order of the groups');

-- groups that are merged first are other groups: homogeneity falls, the total stays
SELECT ok(
  (SELECT (nuso.homogeneity_test(a)).statistic FROM stratum) >
  (SELECT (nuso.homogeneity_test(p)).statistic
   FROM (SELECT nuso.rollup(a) AS p FROM stratum GROUP BY score) AS x),
  'merging groups loses some of their differences');
SELECT is(
  (SELECT (nuso.homogeneity_test(p)).status FROM (SELECT nuso.rollup(a) AS p FROM stratum) AS x),
  'too_few', 'one group has nothing to be compared with');

-- homogeneity of two groups is Pearson's comparison of them
SELECT ok(
  (SELECT max(abs((nuso.compare(a, b, 0.95, 'pearson')).statistic - h.statistic)) < 1e-12
   FROM stratum,
        LATERAL (SELECT (nuso.homogeneity_test(p)).statistic
                 FROM (VALUES (a), (b)) AS v(p)) AS h),
  'two groups: homogeneity_test is compare with pearson');
-- so is the trend over two groups, whatever their scores
SELECT ok(
  (SELECT max(abs((t).statistic - (h).statistic)) < 1e-12 AND bool_and((t).departure_df IS NULL)
   FROM (SELECT stratum, nuso.trend_test(p, s) AS t, nuso.homogeneity_test(p) AS h
         FROM stratum, LATERAL (VALUES (a, -3), (b, 11)) AS v(p, s) GROUP BY stratum) AS x),
  'two groups: the trend is all there is');

-- one stratum: Mantel-Haenszel is the n-1 test and the crude odds ratio
SELECT ok(
  (SELECT max(abs((m).statistic - (c).statistic)) < 1e-11
          AND max(abs((m).odds_ratio / nullif((c).odds_ratio, 0) - 1)) < 1e-12
          AND max(abs((m).risk_difference - (c).difference)) < 1e-12
   FROM (SELECT stratum, nuso.mantel_haenszel(a, b) AS m FROM stratum GROUP BY stratum) AS x
   JOIN (SELECT stratum, nuso.compare(a, b, 0.95, 'n-1') AS c FROM stratum) AS y USING (stratum)),
  'one stratum: mantel_haenszel is compare with n-1');
-- exchanging a and b
SELECT ok(
  (SELECT abs((m).odds_ratio_lower * (w).odds_ratio_upper - 1) < 1e-12
          AND abs((m).risk_difference_lower + (w).risk_difference_upper) < 1e-12
          AND (m).p_value = (w).p_value
          AND abs((m).breslow_day_statistic / (w).breslow_day_statistic - 1) < 1e-12
   FROM (SELECT nuso.mantel_haenszel(a, b) AS m, nuso.mantel_haenszel(b, a) AS w FROM stratum) AS x),
  'exchanging the groups inverts ratios and mirrors the difference');

-- equal weights a child: the standardised share is the crude one
SELECT ok(
  (SELECT abs((d).estimate - crude) < 1e-13 AND (d).lower < crude AND crude < (d).upper
   FROM (SELECT nuso.direct_standardise(a, nuso.n(a)) AS d,
                nuso.estimate(nuso.rollup(a)) AS crude FROM stratum) AS x),
  'weights that are the group sizes give the crude share');
SELECT ok(
  (SELECT abs((i).estimate - 1) < 1e-12
   FROM (SELECT nuso.indirect_standardise(a, nuso.estimate(a)) AS i FROM stratum
         WHERE nuso.n(a) > 0) AS x),
  'a reference with the same rates expects what is observed');

-- adjustment in a window is adjustment of the family
SELECT ok(
  (SELECT bool_and(holm BETWEEN p AND bonferroni AND bh <= hochberg AND hochberg <= holm AND bh <= by_)
   FROM (SELECT p, nuso.p_adjust(p) OVER () AS holm, nuso.p_adjust(p, 'bh') OVER () AS bh,
                nuso.p_adjust(p, 'hochberg') OVER () AS hochberg, nuso.p_adjust(p, 'by') OVER () AS by_,
                nuso.p_adjust(p, 'bonferroni') OVER () AS bonferroni
         FROM (SELECT (nuso.compare(a, b)).p_value AS p FROM stratum) AS x) AS y
   WHERE p IS NOT NULL),
  'adjusted p-values keep the order of their methods');

SELECT * FROM finish();
ROLLBACK;
