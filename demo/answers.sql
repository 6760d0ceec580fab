-- answers.sql - what the report views of the warehouse say, in readable tables.
--
-- demo/run shows this page after the demonstration data are loaded.  It also
-- serves as a guide to the views: each query reads one of them, the last three
-- the rows.

-- for the eye: per cent with its interval, differences in percentage points
CREATE FUNCTION pg_temp.percent(share double precision) RETURNS text STRICT
  RETURN to_char(100 * share, 'FM990.0');
CREATE FUNCTION pg_temp.percent(share double precision, lower double precision, upper double precision)
  RETURNS text STRICT
  RETURN format('%s (%s to %s)', pg_temp.percent(share), pg_temp.percent(lower), pg_temp.percent(upper));
CREATE FUNCTION pg_temp.years(age double precision, lower double precision, upper double precision)
  RETURNS text STRICT
  RETURN format('%s (%s to %s)', round(age::numeric, 1), round(lower::numeric, 1), round(upper::numeric, 1));
CREATE FUNCTION pg_temp.p(p_value double precision) RETURNS text
  RETURN CASE WHEN p_value < 0.0001 THEN '<0.0001' ELSE to_char(p_value, 'FM0.0000') END;

\echo
\echo '*** SYNTHETIC DEMONSTRATION DATA: totals follow published figures, no row describes a child. ***'
\echo 'Numbers in brackets are 95 per cent confidence intervals.'

\echo
\echo '1. From exposure to support: per cent of the children in each row'
SELECT exposure, children,
       pg_temp.percent(assessed, assessed_lower, assessed_upper) AS assessed_need,
       pg_temp.percent(decided, decided_lower, decided_upper) AS decided_support,
       pg_temp.percent(decided_of_assessed, decided_of_assessed_lower, decided_of_assessed_upper)
         AS decided_of_those_in_need
FROM warehouse.exposure_chain
ORDER BY position;

\echo
\echo '2. How far decided support lags behind identified exposure, by age (gap in percentage points)'
\echo '   in brackets: the band that holds at all ages at once'
SELECT age, n AS children, pg_temp.percent(identified) AS identified,
       pg_temp.percent(assessed) AS assessed, pg_temp.percent(decided) AS decided,
       pg_temp.percent(gap, gap_band_lower, gap_band_upper) AS gap,
       pg_temp.percent(gap_smooth, gap_smooth_lower, gap_smooth_upper) AS smooth
FROM warehouse.age_gap
WHERE grouping = 'nation' AND age % 2 = 1
ORDER BY age;

\echo '   Until which age does it fall? (points a year before and after the change; a kink, not a jump)'
SELECT DISTINCT group_value AS children, pg_temp.p(trend_p_value) AS p_of_no_trend,
       pg_temp.years(change_age, change_age_lower, change_age_upper) AS change_age,
       round((100 * slope_before)::numeric, 2) AS before, round((100 * slope_after)::numeric, 2) AS after,
       pg_temp.p(change_p_value) AS p_of_no_change, change_status AS status
FROM warehouse.age_gap
WHERE grouping IN ('nation', 'sex')
ORDER BY children;

\echo
\echo '3. Do groups differ in granted support? (p adjusted by Holm over all comparisons)'
SELECT grouping, group_a, group_b, pg_temp.percent(p_a) AS percent_a, pg_temp.percent(p_b) AS percent_b,
       pg_temp.percent(difference, difference_lower, difference_upper) AS difference,
       pg_temp.p(p_adjusted) AS p_adjusted
FROM warehouse.group_differences g
WHERE outcome = 'granted'
ORDER BY abs(g.difference) DESC
LIMIT 10;

\echo
\echo '4. Risk and protection profiles (a demonstration scheme): share, and what is decided'
SELECT s.label_en AS profile, s.children,
       pg_temp.percent(s.share, s.share_lower, s.share_upper) AS share,
       pg_temp.percent(o.share, o.share_lower, o.share_upper) AS decided_support,
       pg_temp.percent(o.difference) AS against_the_rest, pg_temp.p(o.p_adjusted) AS p_adjusted
FROM warehouse.profile_shares s
LEFT JOIN warehouse.profile_outcomes o USING (wave, profile)
WHERE o.kind = 'support'
ORDER BY s.children DESC
LIMIT 6;

\echo
\echo '5. Units against the rest of the nation, granted support (false discovery rate 5 per cent)'
SELECT finding, count(*) AS units
FROM warehouse.unit_vs_rest
WHERE outcome = 'granted'
GROUP BY finding
ORDER BY finding;

SELECT unit_name, n AS children, pg_temp.percent(share, share_lower, share_upper) AS granted,
       pg_temp.percent(rest_share) AS rest,
       pg_temp.percent(difference, difference_lower, difference_upper) AS difference, finding
FROM warehouse.unit_vs_rest u
WHERE outcome = 'granted'
ORDER BY u.p_value, unit_id
LIMIT 6;

\echo '   ... and their gap between exposure and support, by bands of ages'
SELECT unit_name, age_from || '-' || age_to AS ages, n AS children,
       pg_temp.percent(gap, gap_lower, gap_upper) AS gap, pg_temp.percent(rest_gap) AS rest,
       pg_temp.percent(difference, difference_lower, difference_upper) AS difference,
       pg_temp.p(p_adjusted) AS p_adjusted, finding
FROM warehouse.age_gap_by_unit g
ORDER BY g.p_value, unit_id
LIMIT 6;

\echo
\echo '6. What was granted, per cent of the investigations that led to support'
SELECT label_en AS intervention, children, pg_temp.percent(share, share_lower, share_upper) AS share
FROM warehouse.interventions i
WHERE exposure = 'all'
ORDER BY i.children DESC
LIMIT 5;

\echo
\echo '7. Where children were handed over, per cent of all investigations'
SELECT label_en AS receiver, children, pg_temp.percent(share, share_lower, share_upper) AS share
FROM warehouse.handovers h
WHERE exposure = 'all' AND subtype = 'all'
ORDER BY h.children DESC;

\echo
\echo '8. Referrals: why, and how many opened an investigation'
SELECT coalesce(label_en, group_value) AS reason, referrals,
       pg_temp.percent(opened, opened_lower, opened_upper) AS opened
FROM warehouse.referral_pathway
WHERE grouping = 'reason'
ORDER BY referrals DESC
LIMIT 6;

\echo
\echo '9. How sure is the national share, when children of one unit resemble each other?'
SELECT nuso.clusters(c) AS units, nuso.n(c) AS children, pg_temp.percent(i.estimate, i.lower, i.upper) AS granted,
       round(nuso.n(c) / nuso.design_effect(c)) AS worth_independent_children
FROM (SELECT nuso.cluster_agg(p) AS c
      FROM (SELECT nuso.proportion_agg(granted) AS p FROM warehouse.investigation GROUP BY unit_id) u) s,
     LATERAL nuso.confint(c) i;

\echo
\echo '10. What goes with granted support when the other facts are equal? (percentage points, units as clusters)'
SELECT term, pg_temp.percent(estimate, estimate_lower, estimate_upper) AS more_often, pg_temp.p(p_value) AS p, status
FROM (SELECT nuso.logit_agg(granted, ARRAY[exposure_own::integer, exposure_home::integer, (sex = 'girl')::integer,
                                      diagnosis::integer, age], unit_id) AS patterns
      FROM warehouse.investigation) m,
     LATERAL nuso.logit_margins(patterns, '{own behaviour,home,girl,diagnosis,a year older}') f
WHERE kind IN ('risk_difference', 'slope');

\echo
\echo '11. A question of your own, straight from the rows: do children with a diagnosis get more, everywhere?'
SET extra_float_digits = -11;    -- four digits are enough to read
\set ECHO queries
SELECT size_class, c.n_a AS with_diagnosis, c.p_a AS granted, c.n_b AS without, c.p_b AS granted_without,
       c.difference, c.difference_lower, c.difference_upper, c.p_value
FROM (SELECT size_class,
             nuso.proportion_agg(granted) FILTER (WHERE diagnosis) AS diagnosed,
             nuso.proportion_agg(granted) FILTER (WHERE NOT diagnosis) AS others
      FROM warehouse.investigation JOIN warehouse.unit USING (unit_id)
      GROUP BY size_class) s
CROSS JOIN LATERAL nuso.compare(s.diagnosed, s.others) c
ORDER BY size_class;
\set ECHO none
RESET extra_float_digits;
