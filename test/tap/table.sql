-- table.sql - what must hold for any table of counts.
--
-- Properties that catch the errors which such programs make: turning a table,
-- renaming its labels, counting it in parts, doubling it.
\set QUIET 1
SET client_min_messages = warning;
BEGIN;
SET LOCAL search_path = nuso, public;

-- tables of 2 to 5 rows and columns, thin and thick, some with gaps
CREATE TEMPORARY TABLE counted AS
SELECT number, i, j, (random_below(7, number, i * 8 + j, most + 1))::bigint AS count
FROM (SELECT number, 2 + number % 4 AS rows, 2 + number / 4 % 4 AS columns,
             (ARRAY[3, 30, 1000, 100000])[1 + number % 3] AS most
      FROM generate_series(1, 60) AS number) AS size,
     generate_series(1, rows) AS i, generate_series(1, columns) AS j;

CREATE TEMPORARY TABLE turned AS
SELECT number,
       crosstab_agg(i, j, count) AS t,
       crosstab_agg(j, i, count) AS transposed,
       crosstab_agg(i, j, 2 * count) AS doubled,
       crosstab_agg('row ' || (i * 3) % 7, 'column ' || (j * 5) % 11, count) AS renamed
FROM counted GROUP BY number;

-- equal but for the last digits, or both NULL
CREATE FUNCTION pg_temp.close(a double precision, b double precision)
RETURNS boolean LANGUAGE sql
RETURN a IS NOT DISTINCT FROM b OR abs(a - b) <= 1e-12 * greatest(abs(a), abs(b));

SELECT plan(19);

SELECT is((SELECT count(*) FROM turned), 60::bigint, '60 tables');

-- transposition
SELECT ok(bool_and(pg_temp.close(a.statistic, b.statistic) AND pg_temp.close(a.p_value, b.p_value)
                   AND a.status = b.status AND a.df IS NOT DISTINCT FROM b.df),
          'chi-square does not change when the table is turned')
FROM turned, chisq_test(t) AS a, chisq_test(transposed) AS b;
SELECT ok(bool_and(pg_temp.close(a.statistic, b.statistic)), 'nor does G')
FROM turned, g_test(t) AS a, g_test(transposed) AS b;
SELECT ok(bool_and(pg_temp.close(a.estimate, b.estimate) AND pg_temp.close(a.bias_corrected, b.bias_corrected)
                   AND pg_temp.close(a.lower, b.lower) AND pg_temp.close(a.upper, b.upper)),
          'nor does Cramer''s V')
FROM turned, cramers_v(t) AS a, cramers_v(transposed) AS b;
SELECT ok(bool_and(pg_temp.close(a.statistic, b.statistic)), 'nor does the linear trend')
FROM turned, linear_trend_test(t) AS a, linear_trend_test(transposed) AS b;
SELECT ok(bool_and(pg_temp.close(a.p_value, b.p_value)), 'nor does the exact p-value')
FROM turned, fisher_test(t, 1) AS a, fisher_test(transposed, 1) AS b
WHERE a.method <> 'monte-carlo';
SELECT ok(bool_and(a.p_lower < b.p_upper AND b.p_lower < a.p_upper), 'and the random one not beyond its interval')
FROM turned, fisher_test(t, 500) AS a, fisher_test(transposed, 500) AS b
WHERE a.method = 'monte-carlo';

-- names and order of labels
SELECT ok(bool_and(pg_temp.close(a.statistic, b.statistic) AND pg_temp.close(c.estimate, d.estimate)),
          'other labels in another order change nothing')
FROM turned, g_test(t) AS a, g_test(renamed) AS b, cramers_v(t) AS c, cramers_v(renamed) AS d;
SELECT ok(bool_and(pg_temp.close(a.p_value, b.p_value)), 'nor do they change an exact p-value')
FROM turned, fisher_test(t, 1) AS a, fisher_test(renamed, 1) AS b
WHERE a.method <> 'monte-carlo';

-- twice as many children
SELECT ok(bool_and(pg_temp.close(2 * a.statistic, b.statistic) AND pg_temp.close(2 * c.statistic, d.statistic)),
          'twice the children have twice the chi-square and the G')
FROM turned, chisq_test(t) AS a, chisq_test(doubled) AS b, g_test(t) AS c, g_test(doubled) AS d;
SELECT ok(bool_and(pg_temp.close(a.estimate, b.estimate)), 'and the same V')
FROM turned, cramers_v(t) AS a, cramers_v(doubled) AS b;

-- counted in parts
SELECT ok(bool_and(rolled::text = whole::text AND a.statistic IS NOT DISTINCT FROM b.statistic
                   AND f.p_value IS NOT DISTINCT FROM g.p_value),
          'parts that are merged are the whole, to the last bit')
FROM (SELECT part_of.number, rollup(part) AS rolled, min(t::text)::crosstab AS whole
      FROM (SELECT number, (i + j) % 3 AS share, crosstab_agg(i, j, count) AS part
            FROM counted GROUP BY 1, 2) AS part_of JOIN turned USING (number)
      GROUP BY part_of.number) AS merged,
     chisq_test(rolled) AS a, chisq_test(whole) AS b, fisher_test(rolled, 99) AS f, fisher_test(whole, 99) AS g;

-- parts of one another
SELECT ok(bool_and(pg_temp.close(a.statistic, squares)), 'squared residuals add up to chi-square')
FROM turned, chisq_test(t) AS a, LATERAL (SELECT sum(std_residual ^ 2) AS squares FROM cells(t)) AS c
WHERE a.statistic > 0;
SELECT ok(bool_and(abs(surplus) < 1e-9 * n AND observed = n), 'observed and expected add up to the same')
FROM turned, LATERAL (SELECT sum(observed) AS observed, sum(observed - expected) AS surplus FROM cells(t)) AS c,
     n(t) AS n;
SELECT ok(bool_and(p_adjusted >= p_value AND p_adjusted <= 1), 'adjusting never makes a p-value smaller')
FROM turned, cells(t);
SELECT ok(bool_and(abs(total - 1) < 1e-12 AND least AND counted = n), 'shares of a row add up to 1, within their bounds')
FROM (SELECT sum(estimate) AS total, sum(count) AS counted, min(n) AS n,
             bool_and(lower <= estimate AND estimate <= upper AND lower >= 0 AND upper <= 1) AS least
      FROM turned, composition(t) GROUP BY number, row_label) AS row;

-- the two ends of association
SELECT ok(bool_and(v.estimate = 1 AND v.upper = 1), 'V is 1 where each row has a column of its own')
FROM generate_series(2, 9) AS size,
     LATERAL (SELECT crosstab_agg(i, size - i, 3 + i) AS t FROM generate_series(1, size) AS i) AS diagonal,
     cramers_v(t) AS v;
SELECT ok(bool_and(v.estimate = 0 AND v.bias_corrected = 0 AND c.p_value = 1 AND f.p_value = 1),
          'and 0 where all rows divide alike')
FROM generate_series(2, 5) AS size,
     LATERAL (SELECT crosstab_agg(i, j, 2) AS t FROM generate_series(1, size) AS i, generate_series(1, size) AS j) AS even,
     cramers_v(t) AS v, chisq_test(t) AS c, fisher_test(t, 99) AS f;
SELECT ok(f.method = 'monte-carlo' AND 7.19615931781065e-05 BETWEEN f.p_lower AND f.p_upper,
          'random tables find the exact p-value in their interval')
FROM make_crosstab('{{15, 12, 3, 7}, {8, 10, 12, 4}, {2, 9, 11, 14}, {6, 5, 8, 20}}') AS t, fisher_test(t, 20000) AS f;

SELECT * FROM finish();
ROLLBACK;
