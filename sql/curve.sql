-- age curves: identified, assessed and decided by age
SET search_path = nuso, public;
SET extra_float_digits = -3;

CREATE TEMP TABLE child AS
    SELECT i % 24 - 1 AS age, i % 10 < 9 AS identified, i % 10 < 5 AS assessed,
        i % 10 < 2 + (i % 24) / 6 AS decided
    FROM generate_series(1, 2400) AS i WHERE i % 24 NOT IN (0, 5);
INSERT INTO child VALUES (NULL, true, true, true), (3, NULL, true, true), (3, true, true, NULL);

-- each child is counted once: by age, outside of 0 to 20, or with a fact unknown
SELECT n(c), n_outside(c), n_incomplete(c),
    n(c) + n_outside(c) + n_incomplete(c) = (SELECT count(*) FROM child) AS complete
FROM (SELECT age_curve_agg(age, identified, assessed, decided) AS c FROM child) AS s;

-- one row an age; an age without children is a row of NULLs, not of zeros
SELECT age, n, identified, decided, gap, gap_lower, gap_upper, status
FROM curve((SELECT age_curve_agg(age, identified, assessed, decided) FROM child))
ORDER BY age;

-- the gap is the paired difference, the shares are Wilson's
SELECT count(*) FILTER (WHERE (p.lower, p.upper) IS DISTINCT FROM (c.gap_lower, c.gap_upper)) AS gaps,
    count(*) FILTER (WHERE (i.lower, i.upper) IS DISTINCT FROM (c.assessed_lower, c.assessed_upper))
        AS shares
FROM curve((SELECT age_curve_agg(age, identified, assessed, decided) FROM child), 0.9) AS c
JOIN (SELECT age, paired_agg(identified, decided) AS pair, proportion_agg(assessed) AS share
      FROM child WHERE num_nonnulls(age, identified, assessed, decided) = 4 GROUP BY age) AS a USING (age),
    LATERAL confint(a.pair, 0.9) AS p, LATERAL confint(a.share, 0.9) AS i;

-- by group, and merged again
SELECT girl, sum(n) AS n, round(max(gap)::numeric, 4) AS largest_gap
FROM (SELECT age % 2 = 0 AS girl, age_curve_agg(age, identified, assessed, decided) AS c
      FROM child WHERE age IS NOT NULL GROUP BY 1) AS s, LATERAL curve(c)
GROUP BY girl ORDER BY girl;

-- bands and smooth curves are NULL in this version
SELECT count(*), count(gap_band_lower), count(gap_band_upper), count(gap_smooth),
    count(gap_smooth_lower), count(gap_smooth_upper)
FROM curve((SELECT age_curve_agg(age, identified, assessed, decided) FROM child));

-- nothing in, nothing out
SELECT age_curve_agg(age, identified, assessed, decided) FROM child WHERE false;
SELECT count(*) FROM curve((SELECT age_curve_agg(age, true, true, true) FROM child WHERE false));
SELECT count(*) FROM curve(NULL);

\set VERBOSITY sqlstate
SELECT * FROM curve('{"n_outside": 0, "n_incomplete": 0, "ages": []}', 0);
