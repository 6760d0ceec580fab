-- england.sql - real public figures, asked with plain SQL.
--
-- The question: which local authorities in England have a share of looked-after
-- children with three or more placements during the year that differs from the
-- rest of the country, and from their own share a year before?
--
-- The page is meant to be copied from.  It needs the extension and nothing else
-- of nuso: three constructors and tests, on counts that somebody published.
-- Run it from the folder of the checkout:   psql -f demo/england.sql
-- To begin again:                           DROP SCHEMA england CASCADE;
--
-- Source: Department for Education, "Children looked after in England including
-- adoptions: 2022 to 2023", underlying data.  Contains public sector information
-- licensed under the Open Government Licence v3.0.

\set ON_ERROR_STOP on
BEGIN;
CREATE SCHEMA england;


-- 1. Load the file as it was published -------------------------------------
--
-- All columns are text, so that no code of the publisher is lost on the way in.
-- The file begins with a byte-order mark.  It stands in the header line, which
-- HEADER skips.

CREATE TABLE england.placement_as_published (
  time_period text, time_identifier text, geographic_level text,
  country_code text, country_name text, region_code text, region_name text,
  old_la_code text, la_name text, new_la_code text,
  cla_group text, placement_stability text, number text, percentage text);

\copy england.placement_as_published FROM 'demo/england_placement_stability_2019_2023.csv' WITH (FORMAT csv, HEADER true, ENCODING 'UTF8')


-- 2. One row an authority and year, with a status instead of odd numbers ---
--
-- "c" is a small number that the publisher suppressed, "z" one that does not
-- apply: the authority did not exist in that year, or had no such children.
-- Neither is a zero and neither is dropped: the row stays, its status says why
-- it has no numbers, and its summary is NULL.
--
-- An authority is identified by its nine-character code, not by its name: after
-- the reorganisation of 2019 there are two different authorities "Dorset".

CREATE VIEW england.authority AS
WITH counts AS (
  SELECT time_period::integer AS year,
         new_la_code AS code,
         la_name AS authority,
         region_name AS region,
         max(number) FILTER (WHERE placement_stability = 'Total children') AS n,
         max(number) FILTER (WHERE placement_stability =
                             'With 3 or more placements during the year') AS events
  FROM england.placement_as_published
  WHERE geographic_level = 'Local authority' AND cla_group = 'CLA on 31 March'
  GROUP BY 1, 2, 3, 4),
coded AS (
  SELECT *, CASE WHEN 'c' IN (n, events) THEN 'suppressed'
                 WHEN 'z' IN (n, events) THEN 'not applicable'
                 ELSE 'published' END AS status
  FROM counts)
SELECT year, code, authority, region, status,
       CASE status WHEN 'published' THEN
         nuso.make_proportion(n::bigint, events::bigint) END AS p
FROM coded;

\echo
\echo 'What was published, by year (authorities):'
SELECT year,
       count(*) FILTER (WHERE status = 'published') AS published,
       count(*) FILTER (WHERE status = 'suppressed') AS suppressed,
       count(*) FILTER (WHERE status = 'not applicable') AS not_applicable
FROM england.authority
GROUP BY year
ORDER BY year;


-- 3. The country is the sum of its authorities ------------------------------
--
-- rollup() adds summaries.  The published national figures are rounded to 10
-- and include the suppressed authorities, so they cannot serve as the whole of
-- which an authority is a part; the sum of the authorities can.

CREATE VIEW england.country AS
SELECT year, nuso.rollup(p) AS p
FROM england.authority
GROUP BY year;

-- for the eye: shares in per cent, p-values with four decimals
CREATE FUNCTION england.percent(share double precision) RETURNS numeric
  IMMUTABLE PARALLEL SAFE
  RETURN round((100 * share)::numeric, 1);
CREATE FUNCTION england.p(p_value double precision) RETURNS text
  IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN p_value < 0.0001 THEN '<0.0001' ELSE to_char(p_value, '0.9999') END;

\echo
\echo 'Sum of the authorities beside the rounded national figures:'
SELECT c.year, nuso.n(c.p) AS children, national.n AS children_national,
       nuso.events(c.p) AS three_or_more, national.events AS three_or_more_national,
       england.percent(i.estimate) AS percent,
       england.percent(i.lower) AS lower, england.percent(i.upper) AS upper
FROM england.country c
CROSS JOIN LATERAL nuso.confint(c.p) i
JOIN (SELECT time_period::integer AS year,
             max(number) FILTER (WHERE placement_stability = 'Total children') AS n,
             max(number) FILTER (WHERE placement_stability LIKE 'With 3 or more%') AS events
      FROM england.placement_as_published
      WHERE geographic_level = 'National' AND cla_group = 'CLA on 31 March'
      GROUP BY 1) national USING (year)
ORDER BY year;


-- 4. Each authority against the rest of the country -------------------------
--
-- compare_to_rest(part, whole) takes the part out of the whole, so that no child
-- stands on both sides.
--
-- 150 comparisons at the 5 % level give about seven "differences" where there is
-- none.  The window function p_adjust answers that in two ways; the size of the
-- family is shown:
--   p_holm  below 0.05: the chance of even one false finding in the list is at
--           most 5 %.  For naming an authority in public.
--   p_bh    (Benjamini and Hochberg) below 0.05: at most 5 % of the list are
--           expected to be false.  For deciding where to look more closely.

CREATE VIEW england.against_rest AS
WITH compared AS (
  SELECT a.year, a.code, a.authority, a.region, t.*
  FROM england.authority a
  JOIN england.country c USING (year)
  CROSS JOIN LATERAL nuso.compare_to_rest(a.p, c.p) t
  WHERE a.status = 'published' AND t.status = 'ok')
SELECT *,
       count(*) OVER (PARTITION BY year) AS family,
       nuso.p_adjust(p_value) OVER (PARTITION BY year) AS p_holm,
       nuso.p_adjust(p_value, 'bh') OVER (PARTITION BY year) AS p_bh
FROM compared;

\echo
\echo 'How many authorities differ from the rest, by rule:'
SELECT year, family,
       count(*) FILTER (WHERE p_value < 0.05) AS without_adjustment,
       count(*) FILTER (WHERE p_bh < 0.05) AS benjamini_hochberg,
       count(*) FILTER (WHERE p_holm < 0.05) AS holm
FROM england.against_rest
GROUP BY year, family
ORDER BY year;

\echo
\echo '2023: authorities that differ from the rest of the country (Holm; differences in percentage points):'
SELECT authority, n_a AS children, events_a AS three_or_more,
       england.percent(p_a) AS percent, england.percent(p_b) AS rest,
       england.percent(difference) AS difference,
       england.percent(difference_lower) AS lower,
       england.percent(difference_upper) AS upper,
       england.p(p_value) AS p_value, england.p(p_holm) AS p_holm, family
FROM england.against_rest r
WHERE year = 2023 AND r.p_holm < 0.05
ORDER BY r.difference DESC, authority;


-- 5. Each authority against its own share a year before ----------------------
--
-- compare_to_target(p, target) asks whether a share differs from a number that
-- is given, as a goal would be: here last year's share of the same authority.
-- It therefore takes last year's share as exact.  compare(this, last) does not:
-- it lets chance into both years, and finds far less.  Both stand side by side.
-- Use the first for "did they reach the goal", the second for "did they change".
-- (A share of 0 or 1 cannot be a target; NULLIF takes such an authority out.)

CREATE VIEW england.against_year_before AS
WITH compared AS (
  SELECT this.year, this.code, this.authority,
         nuso.n(this.p) AS n, nuso.estimate(this.p) AS share,
         nuso.n(last.p) AS n_before, nuso.estimate(last.p) AS share_before,
         (nuso.compare(this.p, last.p)).p_value AS p_two_samples,
         t.p_value, t.method
  FROM england.authority this
  JOIN england.authority last ON last.code = this.code AND last.year = this.year - 1
  CROSS JOIN LATERAL nuso.compare_to_target(
    this.p, NULLIF(NULLIF(nuso.estimate(last.p), 0), 1)) t
  WHERE this.status = 'published' AND last.status = 'published' AND t.status = 'ok')
SELECT *,
       count(*) OVER (PARTITION BY year) AS family,
       nuso.p_adjust(p_value) OVER (PARTITION BY year) AS p_holm,
       nuso.p_adjust(p_two_samples) OVER (PARTITION BY year) AS p_holm_two_samples
FROM compared;

\echo
\echo 'How many authorities differ from their own year before, by rule:'
SELECT year, family,
       count(*) FILTER (WHERE p_value < 0.05) AS without_adjustment,
       count(*) FILTER (WHERE p_holm < 0.05) AS holm,
       count(*) FILTER (WHERE p_holm_two_samples < 0.05) AS holm_two_samples
FROM england.against_year_before
GROUP BY year, family
ORDER BY year;

\echo
\echo '2023: authorities that differ from their share of 2022 (Holm; change in percentage points):'
SELECT authority, n AS children, england.percent(share_before) AS percent_2022,
       england.percent(share) AS percent_2023,
       england.percent(share - share_before) AS change,
       england.p(p_value) AS p_value, england.p(p_holm) AS p_holm,
       england.p(p_holm_two_samples) AS p_holm_two_samples, family
FROM england.against_year_before b
WHERE year = 2023 AND b.p_holm < 0.05
ORDER BY b.p_value;


-- 6. What could not be compared, and why -------------------------------------
--
-- A list of findings is honest only beside the list of what was not looked at.

\echo
\echo '2023: authorities that were not compared, with the rest or with themselves:'
SELECT this.authority, this.code, this.status AS status_2023,
       coalesce(last.status, 'no row') AS status_2022
FROM england.authority this
LEFT JOIN england.authority last ON last.code = this.code AND last.year = this.year - 1
WHERE this.year = 2023
  AND (this.status <> 'published' OR last.status IS DISTINCT FROM 'published')
ORDER BY this.code;


-- 7. A reorganised authority: add the parts ----------------------------------
--
-- Northamptonshire was divided into North and West in 2021.  The two together
-- are the same area, so their sum continues the old series.

\echo
\echo 'Northamptonshire, and from 2022 its two successors together:'
WITH area AS (
  SELECT year, nuso.rollup(p) AS p, string_agg(authority, ' + ' ORDER BY authority) AS made_of
  FROM england.authority
  WHERE authority LIKE '%Northamptonshire' AND status = 'published'
  GROUP BY year)
SELECT this.year, this.made_of, nuso.n(this.p) AS children,
       england.percent(i.estimate) AS percent,
       england.percent(i.lower) AS lower, england.percent(i.upper) AS upper,
       england.p(t.p_value) AS p_against_year_before
FROM area this
LEFT JOIN area last ON last.year = this.year - 1
CROSS JOIN LATERAL nuso.confint(this.p) i
LEFT JOIN LATERAL nuso.compare_to_target(this.p, nuso.estimate(last.p)) t ON last.p IS NOT NULL
ORDER BY this.year;


-- 8. What must not be concluded ----------------------------------------------
--
-- * A difference says that chance alone does not explain it.  It does not say
--   why: authorities look after different children.
-- * An authority that is in no list is not "the same as the country": a small
--   one can differ a lot without its figures being able to show it.
-- * Brothers and sisters often move together.  The tests take children as
--   independent, so p-values are rather too small than too large.
-- * Most children of one year are looked after in the next year as well, so the
--   two years are not independent samples either.

COMMIT;
