-- proportions as they would be in another population
SET search_path = nuso, public;
\set SHOW_CONTEXT never
SET extra_float_digits = -3;

-- the test data of the English public health indicator methods
CREATE TEMP TABLE band (band integer, p proportion, weight double precision);
INSERT INTO band
SELECT band, make_proportion(n, x), w
FROM unnest(ARRAY[12, 4, 3, 2, 3, 4, 8, 2, 2, 3, 4, 5, 6, 8, 5, 6, 5, 5, 4],
            ARRAY[636, 558, 609, 543, 384, 594, 669, 843, 660, 576, 606, 522, 426, 273, 300, 288, 153, 123, 207],
            ARRAY[5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000,
                  4000, 2500, 1500, 1000]) WITH ORDINALITY AS v(x, n, w, band);
SELECT (d).estimate * 100000 AS rate, (d).lower * 100000 AS lower, (d).upper * 100000 AS upper, (d).conf_level,
    (d).method, (d).status
FROM (SELECT direct_standardise(p, weight) AS d FROM band) AS x;
SELECT (d).lower, (d).upper, (d).conf_level FROM (SELECT direct_standardise(p, weight, 0.998) AS d FROM band) AS x;

-- observed over expected: 895 and 9 of 835.88356 events
SELECT (indirect_standardise(make_proportion(1000000, 895), 835.88356123117433e-6)).*;
SELECT (indirect_standardise(make_proportion(1000000, 9), 835.88356123117433e-6)).*;
SELECT (indirect_standardise(p, 0.01, 0.99)).* FROM band;

-- weights have no unit, groups no order, a group of weight 0 is no part of it
SELECT count(DISTINCT d) AS results
FROM (SELECT direct_standardise(p, weight)::text AS d FROM band
      UNION ALL SELECT direct_standardise(p, weight / 1024)::text FROM band
      UNION ALL SELECT direct_standardise(p, weight ORDER BY md5(band::text))::text FROM band
      UNION ALL SELECT direct_standardise(p, weight)::text
                FROM (SELECT p, weight FROM band UNION ALL SELECT make_proportion(0, 0), 0
                      UNION ALL SELECT make_proportion(10, 10), 0 UNION ALL SELECT NULL, 5) AS x) AS y;

-- thin data
SELECT what, (d).estimate, (d).lower, (d).upper, (d).status, (i).estimate AS ratio, (i).lower AS ratio_lower,
    (i).upper AS ratio_upper, (i).method, (i).status AS ratio_status
FROM (SELECT what, direct_standardise(make_proportion(n, x), w) AS d,
             indirect_standardise(make_proportion(n, x), w) AS i
      FROM (VALUES ('no children', 0, 0, 0.5), ('one empty group', 0, 0, 0.5), ('one empty group', 30, 12, 0.5),
                   ('nine events', 30, 9, 0.5), ('no events', 30, 0, 0.5), ('everybody', 30, 30, 0.5),
                   ('weight 0', 30, 30, 0), ('weight 0', 30, 10, 0.5)) AS v(what, n, x, w)
      GROUP BY what) AS y
ORDER BY what;
SELECT (indirect_standardise(p, 0)).* FROM band;
SELECT direct_standardise(p, weight), indirect_standardise(p, weight, 0.9) FROM band WHERE false;

-- wrong settings
\set VERBOSITY sqlstate
SELECT direct_standardise(p, -weight) FROM band;
SELECT direct_standardise(p, 0) FROM band;
SELECT direct_standardise(p, 'NaN') FROM band;
SELECT direct_standardise(p, 'Infinity') FROM band;
SELECT direct_standardise(p, weight, 0) FROM band;
SELECT direct_standardise(p, weight, CASE WHEN band < 9 THEN 0.9 ELSE 0.95 END) FROM band;
SELECT indirect_standardise(p, weight) FROM band;
SELECT indirect_standardise(p, -0.1) FROM band;
\set VERBOSITY default
SELECT direct_standardise(p, -weight) FROM band;
SELECT indirect_standardise(p, weight) FROM band;
