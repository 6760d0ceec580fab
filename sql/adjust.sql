-- families of p-values
SET search_path = nuso, public;
\set SHOW_CONTEXT never
SET extra_float_digits = -3;

-- Benjamini and Hochberg 1995: fifteen tests after thrombolysis
CREATE TEMP TABLE trial (test integer, p double precision);
INSERT INTO trial VALUES (1, 0.0001), (2, 0.0004), (3, 0.0019), (4, 0.0095),
    (5, 0.0201), (6, 0.0278), (7, 0.0298), (8, 0.0344), (9, 0.0459),
    (10, 0.324), (11, 0.4262), (12, 0.5719), (13, 0.6528), (14, 0.759),
    (15, 1);
SELECT test, p, p_adjust(p) OVER () AS holm,
    p_adjust(p, 'hochberg') OVER () AS hochberg,
    p_adjust(p, 'bh') OVER () AS bh, p_adjust(p, 'by') OVER () AS by,
    p_adjust(p, 'bonferroni') OVER () AS bonferroni
FROM trial ORDER BY test;

-- NULL does not count and stays NULL; ties stay ties; each partition is a family
SELECT family, p, p_adjust(p) OVER (PARTITION BY family) AS holm,
    p_adjust(p, method => 'bh') OVER (PARTITION BY family) AS bh
FROM (VALUES ('a', 0.02), ('a', 0.02), ('a', NULL), ('a', 0.5), ('b', 0.03),
             ('c', NULL), ('d', 0), ('d', 1)) AS v(family, p)
ORDER BY family, p;

-- neither order nor frame nor order of the rows has a say
SELECT count(*) FILTER (WHERE a <> b OR a <> c OR a <> d) AS differences
FROM (SELECT p_adjust(p) OVER () AS a,
             p_adjust(p) OVER (ORDER BY p DESC) AS b,
             p_adjust(p) OVER (ORDER BY test ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS c,
             p_adjust(p) OVER (ORDER BY md5(test::text) ROWS CURRENT ROW) AS d
      FROM trial) AS x;

-- no rows, and many: more than work_mem holds
SELECT p_adjust(p) OVER () FROM trial WHERE test > 99;
SET work_mem = '64kB';
SELECT count(*), count(DISTINCT family), min(h), max(h)
FROM (SELECT i % 3 AS family,
             p_adjust(i / 300000.0) OVER (PARTITION BY i % 3) / (i / 300000.0) AS h
      FROM generate_series(1, 30000) AS i) AS x;
RESET work_mem;

-- wrong settings and values
\set VERBOSITY sqlstate
SELECT p_adjust(p, 'sidak') OVER () FROM trial;
SELECT p_adjust(p, 'Holm') OVER () FROM trial;
SELECT p_adjust(p, NULL) OVER () FROM trial;
SELECT p_adjust(p, CASE WHEN test < 9 THEN 'bh' ELSE 'by' END) OVER () FROM trial;
SELECT p_adjust(p, CASE WHEN test < 9 THEN 'bh' END) OVER () FROM trial;
SELECT p_adjust(p - 0.001) OVER () FROM trial;
SELECT p_adjust(1 + p) OVER () FROM trial;
SELECT p_adjust(nullif(p, 1) / 0.1) OVER () FROM trial;
SELECT p_adjust('NaN') OVER ();
SELECT p_adjust('Infinity') OVER ();
SELECT p_adjust(0.5);
\set VERBOSITY default
SELECT p_adjust(p, 'sidak') OVER () FROM trial;
SELECT p_adjust(p, NULL) OVER () FROM trial;
SELECT p_adjust(p, CASE WHEN test < 9 THEN 'bh' ELSE 'by' END) OVER () FROM trial;
SELECT p_adjust(2) OVER ();
-- one method a partition, not one a query
SELECT test % 2 AS odd, max(a) FROM (SELECT test, p_adjust(p, CASE test % 2 WHEN 0 THEN 'bh' ELSE 'by' END)
    OVER (PARTITION BY test % 2) AS a FROM trial WHERE p < 0.01) AS x GROUP BY 1 ORDER BY 1;
