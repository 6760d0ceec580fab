-- a number of events as a Poisson count
SET search_path = nuso, public;
SET extra_float_digits = -3;

-- Garwood 1936; Breslow and Day 1987
SELECT events, e.lower AS exact_lower, e.upper AS exact_upper,
    b.lower AS byar_lower, b.upper AS byar_upper
FROM (VALUES (0), (1), (10), (65), (1045), (1159), (499999)) AS v(events),
    LATERAL count_interval(events) AS e,
    LATERAL count_interval(events, method => 'byar') AS b;

-- every column
SELECT (count_interval(9, 0.99)).*;
SELECT (count_interval(0, 0.5, 'byar')).*;
SELECT lower < events AND events < upper AS encloses, status
FROM (VALUES (9223372036854775807)) AS v(events), count_interval(events) AS i;

-- NULL in, NULL out
SELECT count_interval(NULL) IS NULL AS no_count, count_interval(5, NULL) IS NULL AS no_level;

-- wrong settings
\set VERBOSITY sqlstate
SELECT count_interval(-1);
SELECT count_interval(5, 95);
SELECT count_interval(5, 'NaN');
SELECT count_interval(5, 0.95, 'Byar');
