-- A statement that takes too long ends soon after its time is up, wherever it is.
SET search_path = nuso, public;
SET extra_float_digits = 0;
\set VERBOSITY sqlstate
SET statement_timeout = '100ms';
SELECT clock_timestamp() AS started \gset

-- exact tests of large groups
SELECT count(compare(make_proportion(4503599627370496 - i, 2251799813685248 - i),
                     make_proportion(4503599627370496 - 2 * i, 2251799813685200), 0.95, 'fisher'))
FROM generate_series(1, 100000000) AS i;
-- aggregates
SELECT rollup(make_proportion(i % 1000, 0)) FROM generate_series(1, 1000000000) AS i;
-- searches for limits
SELECT count(confint(make_proportion(4503599627370496 - i, 2251799813685248 - i), 0.95, 'clopper-pearson'))
FROM generate_series(1, 100000000) AS i;
-- rules
SELECT count(classify('demo', i)) FROM generate_series(1, 1000000000) AS i;

RESET statement_timeout;
SELECT clock_timestamp() - :'started'::timestamptz < '3 s' AS promptly;
