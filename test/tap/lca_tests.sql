-- lca_tests.sql - what is asked of numbers of classes, pairs of items and two
-- groups agrees with the fits that it rests on, and with itself.
\set QUIET 1
SET client_min_messages = warning;
BEGIN;
SELECT plan(19);

-- children of two classes, on whom not every item was asked
CREATE TABLE child AS
SELECT i, part, (SELECT sum((nuso.random_uniform(3, part, i * 8 + j) <
                             CASE WHEN in_first THEN 0.8 - j * 0.05 ELSE 0.15 + j * 0.04 END)::integer << j)
                 FROM generate_series(0, 4) AS j)::bigint AS present,
    CASE WHEN i % 4 = 0 THEN 31 - (1 << (i / 4 % 5)::integer) ELSE 31 END::bigint AS observed
FROM generate_series(1, 500) AS i, generate_series(0, 1) AS part,
     LATERAL (SELECT nuso.random_uniform(4, part, i) < 0.35 + 0.2 * part) AS c(in_first);
CREATE TABLE answer AS
SELECT nuso.patterns_agg(present, observed) AS p, nuso.patterns_agg(present, observed) FILTER (WHERE part = 0) AS a,
       nuso.patterns_agg(present, observed) FILTER (WHERE part = 1) AS b FROM child;
CREATE TABLE candidate AS SELECT c.* FROM answer, nuso.lca_select(p, 5, 1, 3) AS c;

-- numbers of classes
SELECT is(array_agg(classes ORDER BY classes), '{1,2,3}', 'one row a number of classes') FROM candidate;
SELECT is((SELECT classes FROM candidate WHERE selected), (SELECT classes FROM candidate WHERE converged ORDER BY bic LIMIT 1),
          'the least BIC of those that converged is selected');
SELECT is((SELECT classes FROM candidate WHERE selected), 2, 'and it is the truth here');
SELECT ok(bool_and(log_likelihood >= before - 1e-6), 'more classes are never less likely')
FROM (SELECT log_likelihood, lag(log_likelihood, 1, '-1e9') OVER (ORDER BY classes) AS before FROM candidate) AS c;
SELECT ok(bool_and((s.log_likelihood, s.parameters, s.bic, s.n, s.converged) = (c.log_likelihood, c.parameters, c.bic, c.n, c.converged)),
          'each is the fit of lca_fit')
FROM answer, candidate AS c, LATERAL nuso.lca_fit_stats(nuso.lca_fit(p, c.classes, 5)) AS s;
SELECT ok(bool_and(abs(c.log_likelihood - d.log_likelihood) < 1e-6), 'an item that nobody was asked changes no likelihood')
FROM answer, nuso.lca_select(p, 6, 1, 2) AS d JOIN candidate AS c USING (classes);

-- one class more
CREATE TABLE tested AS
SELECT k, t.* FROM answer, generate_series(2, 3) AS k, LATERAL nuso.lca_bootstrap_test(p, k, 5, 19, 4) AS t;
SELECT ok(bool_and(abs(t.statistic - 2 * (c.log_likelihood - d.log_likelihood)) < 1e-4), 'the statistic is that of the fits')
FROM tested AS t JOIN candidate AS c ON c.classes = k JOIN candidate AS d ON d.classes = k - 1;
SELECT ok(bool_and(p_lower <= p_value AND p_value <= 1 AND p_value >= 1 / 20.0 AND p_lower < p_upper AND replicates = 19),
          'p is one of twentieths, within its interval') FROM tested;
SELECT is((SELECT p_value FROM tested WHERE k = 2), 0.05::double precision, 'two classes are more than one');
SELECT ok((SELECT p_value FROM tested WHERE k = 3) > 0.05, 'three are not more than two');
SELECT is((SELECT nuso.lca_bootstrap_test(nuso.patterns_agg(present, observed ORDER BY random()), 3, 5, 19, 4)::text FROM child),
          (SELECT nuso.lca_bootstrap_test(p, 3, 5, 19, 4)::text FROM answer), 'the order of the rows does not matter');

-- pairs of items
CREATE TABLE pair AS SELECT r.* FROM answer, nuso.lca_residuals(nuso.lca_fit(p, 2, 5), p, 39) AS r;
SELECT is(count(*), 10::bigint, 'one row a pair of items') FROM pair;
SELECT ok(bool_and(r.n = (SELECT count(*) FROM child WHERE observed & both_items = both_items)
               AND r.observed = (SELECT count(*) FROM child WHERE observed & present & both_items = both_items)),
          'counts are those of the children') FROM pair AS r, LATERAL (SELECT (1 << item_a | (1 << item_b))::bigint) AS m(both_items);
SELECT ok(bool_and(p_value BETWEEN 1 / 20.0 AND p_adjusted AND p_adjusted > 0.05), 'within the true classes nothing goes together') FROM pair;

-- two groups
CREATE TABLE invariance AS SELECT t.* FROM answer, nuso.lca_invariance_test(a, b, 2, 5) AS t;
SELECT ok(bool_and(statistic >= 0 AND p_value > 0.01), 'the classes are the same in both') FROM invariance;
SELECT ok(bool_and(statistic <= (SELECT statistic FROM invariance WHERE item IS NULL) + 1e-6), 'no item has more than all') FROM invariance;
SELECT ok(bool_and(abs(x.statistic - y.statistic) < 1e-4 AND x.df = y.df AND x.n_a = y.n_b), 'groups may be exchanged')
FROM answer, invariance AS x JOIN nuso.lca_invariance_test((SELECT b FROM answer), (SELECT a FROM answer), 2, 5) AS y
    ON x.item IS NOT DISTINCT FROM y.item;
SELECT ok(bool_and(statistic < 1e-4), 'a group is like itself') FROM answer, nuso.lca_invariance_test(a, a, 2, 5);

-- all of them can be asked to stop
CREATE FUNCTION stops(call text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE call;
  RETURN false;
EXCEPTION WHEN query_canceled THEN
  RETURN true;
END $$;
SET LOCAL statement_timeout = '400ms';
SELECT ok(stops('SELECT nuso.lca_bootstrap_test(p, 4, 5, 1000000, 100) FROM answer'), 'a million data sets can be cancelled');

SELECT * FROM finish();
ROLLBACK;
