-- confidence intervals of one proportion
SET search_path = nuso, public;
SET extra_float_digits = -3;

-- Newcombe 1998, Table I: four proportions by seven methods
SELECT events || '/' || n AS share, m AS asked,
    round(i.lower::numeric, 4) AS lower, round(i.upper::numeric, 4) AS upper, i.status
FROM (VALUES (263, 81), (148, 15), (20, 0), (29, 1)) AS v(n, events),
    unnest(ARRAY['wilson', 'wilson-cc', 'clopper-pearson', 'mid-p', 'jeffreys',
                 'agresti-coull', 'wald']) AS m,
    LATERAL confint(make_proportion(n, events), 0.95, m) AS i
ORDER BY n DESC, m;

-- every column, spread
SELECT (confint(make_proportion(100, 65))).*;
SELECT (confint(make_proportion(5000, 1045), 0.99, 'clopper-pearson')).*;

-- from rows, by group; an empty group is a row with a status, not an error
SELECT unit, (confint(proportion_agg(decided) FILTER (WHERE unit < 3))).*
FROM (SELECT i % 4 AS unit, i % 3 = 0 AS decided FROM generate_series(1, 100) AS i) AS child
GROUP BY unit ORDER BY unit;

-- ends: 0 stays 0 and 1 stays 1, and none is below or above
SELECT m, i.lower = 0 AS lower_0, i.upper < 1 AS upper_below_1, j.lower > 0 AS lower_above_0,
    j.upper = 1 AS upper_1
FROM unnest(ARRAY['wilson', 'wilson-cc', 'clopper-pearson', 'mid-p', 'jeffreys']) AS m,
    confint(make_proportion(7, 0), 0.95, m) AS i, confint(make_proportion(7, 7), 0.95, m) AS j;

-- where a well-known library fails: 2 of 260, 7 of 291, rare events nationally
SELECT n, events, i.lower, i.upper, i.status
FROM (VALUES (260, 2), (291, 7), (500, 484), (107628, 5)) AS v(n, events),
    LATERAL confint(make_proportion(n, events), 0.95, 'clopper-pearson') AS i;

-- NULL in, NULL out
SELECT confint(NULL::proportion) IS NULL AS no_summary,
    confint(make_proportion(5, 1), NULL) IS NULL AS no_level;

-- wrong settings
\set VERBOSITY sqlstate
SELECT confint(make_proportion(5, 1), 1);
SELECT confint(make_proportion(5, 1), 95);
SELECT confint(make_proportion(5, 1), 'NaN');
SELECT confint(make_proportion(5, 1), 0.95, 'Wilson');
