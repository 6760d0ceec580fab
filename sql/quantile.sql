-- quantiles, their intervals, and levels of an ordered scale
SET search_path = nuso, public;
SET extra_float_digits = -3;

CREATE TEMP TABLE child AS
    SELECT i, (i * 7919 % 1009) / 8.0::double precision AS x, 1 + i * i % 11 % 5 AS step, i % 7 AS part
    FROM generate_series(1, 500) AS i;

-- to the bit what percentile_cont says of the rows
SELECT count(*) AS quantiles, bool_and(q = c) AS same
FROM (SELECT distribution_agg(x) AS d FROM child) AS counted,
    LATERAL (SELECT array_agg(k / 97.0::double precision) AS p FROM generate_series(0, 97) AS k) AS ps,
    unnest(quantiles(d, p), (SELECT percentile_cont(p) WITHIN GROUP (ORDER BY x) FROM child)) AS v(q, c);
SELECT median(d), quantile(d, 0.25), quantiles(d, '{0,0.1,NULL,1,0.1}'), quantiles(d, '{{0.5,0.9},{0.25,0}}'),
    quantiles(d, '{}')
FROM (SELECT distribution_agg(step) AS d FROM child) AS counted;

-- intervals: as wide as it takes, whatever the distribution
SELECT p, i.* FROM (SELECT distribution_agg(x) AS d FROM child) AS counted,
    unnest('{0,0.1,0.5,0.75,1}'::double precision[]) AS p, LATERAL quantile_interval(d, p) AS i;
-- the textbook: of n children the median lies between ranks (n = 6: 1 and 6, n = 20: 6 and 15)
SELECT n, i.lower, i.upper, i.method, i.status FROM unnest('{0,1,5,6,8,9,20,100}'::integer[]) AS n,
    LATERAL (SELECT distribution_agg(x) AS d FROM generate_series(1, n) AS x) AS counted,
    LATERAL quantile_interval(d, 0.5) AS i;
SELECT quantile_interval(distribution_agg(x), 0.5, 0.9375) FROM generate_series(1, 5) AS x;

-- shares that reach a level: a proportion, for whatever is asked of one
SELECT share_at_least(d, 3), (confint(share_at_least(d, 3))).*, share_at_least(d, '-Infinity') AS all,
    share_at_least(d, 5.01) AS nobody, share_at_least(d, 'NaN') AS above_all
FROM (SELECT distribution_agg(step) AS d FROM child) AS counted;
SELECT * FROM levels((SELECT distribution_agg(step) FROM child));
SELECT value, n, at_least_lower FROM levels((SELECT distribution_agg(step) FROM child), 0.5);
SELECT bool_and(l.at_least = c.estimate AND l.at_least_lower = c.lower AND l.at_least_upper = c.upper) AS as_confint
FROM (SELECT distribution_agg(x) AS d FROM child) AS counted, LATERAL levels(d) AS l,
    LATERAL confint(share_at_least(d, l.value)) AS c;

-- thin data, and NULL
SELECT median(d), quantile(d, 0.5), quantiles(d, '{0.5,NULL}'), quantile_interval(d, 0.5), share_at_least(d, 1)
FROM (SELECT distribution_agg(step) AS d FROM child WHERE step > 9) AS counted;
SELECT * FROM levels((SELECT distribution_agg(step) FROM child WHERE step > 9));
SELECT * FROM levels(NULL);
SELECT median(NULL), quantile(distribution_agg(1), NULL), quantiles(distribution_agg(1), NULL),
    quantile_interval(distribution_agg(1), NULL) FROM child WHERE i = 1;

-- numbers at the end of the range, and a state that nobody sorted
SELECT quantile(distribution_agg(x), 0.25) FROM unnest('{-1.7e308,1.7e308}'::double precision[]) AS x;
SELECT value FROM levels(distribution_accum(distribution_accum(NULL, 2), 1));

-- wrong settings
\set VERBOSITY sqlstate
SELECT quantile(distribution_agg(1), 1.5);
SELECT quantile(distribution_agg(1), 'NaN');
SELECT quantiles(distribution_agg(1), '{0.5,-0.1}');
SELECT quantiles(distribution_agg(1), '{NaN}');
SELECT quantile_interval(distribution_agg(1), 50);
SELECT quantile_interval(distribution_agg(1), 0.5, 95);
SELECT levels(distribution_agg(1), 1);
\set VERBOSITY default
SELECT quantile(distribution_agg(1), 50);
