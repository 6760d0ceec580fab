-- The report views over ages: gaps, exposure and participation. As the others
-- they have scalar columns only, count once into summaries, join these where a
-- coarser group is asked for, and ask each summary once, through LATERAL.
--
-- Where two questions are asked of one summary, each answers in a CTE of its
-- own and the answers meet on the age: side by side through LATERAL, the
-- second would be asked anew for each row of the first.
--
-- identified: exposed at home or by own behaviour; assessed: need was
-- assessed; decided: an intervention was granted. A child is counted where all
-- three are known. Intervals and bands are for 95 per cent; a band holds at
-- all ages of its curve at once.

CREATE VIEW age_gap AS
WITH cell AS (
    SELECT wave, sex, background,
           nuso.age_curve_agg(age, exposure_home OR exposure_own, need,
                              granted) AS curve
    FROM investigation
    GROUP BY wave, sex, background
),
grouped AS (
    SELECT c.wave, g.grouping, g.group_value, nuso.rollup(c.curve) AS curve
    FROM cell AS c
    CROSS JOIN LATERAL (
        VALUES ('nation', 'all'), ('sex', c.sex),
               ('background', c.background)) AS g (grouping, group_value)
    GROUP BY c.wave, g.grouping, g.group_value
)
SELECT g.wave, g.grouping, g.group_value, c.age, c.n,
       c.identified, c.identified_lower, c.identified_upper,
       c.assessed, c.assessed_lower, c.assessed_upper,
       c.decided, c.decided_lower, c.decided_upper,
       c.gap, c.gap_lower, c.gap_upper, c.gap_band_lower, c.gap_band_upper,
       c.gap_smooth, c.gap_smooth_lower, c.gap_smooth_upper,
       c.assessed_gap, c.assessed_gap_lower, c.assessed_gap_upper,
       c.assessed_gap_band_lower, c.assessed_gap_band_upper,
       t.p_value AS trend_p_value,
       k.age AS change_age, k.age_lower AS change_age_lower,
       k.age_upper AS change_age_upper,
       k.slope_before, k.slope_after, k.p_value AS change_p_value,
       k.status AS change_status, c.status
FROM grouped AS g
CROSS JOIN LATERAL nuso.gap_trend_test(g.curve) AS t
CROSS JOIN LATERAL nuso.gap_change_point(g.curve) AS k
CROSS JOIN LATERAL nuso.curve(g.curve) AS c;
COMMENT ON VIEW age_gap IS 'How far decided support lags behind identified exposure at each age: the nation, by sex and by background. The gap is a difference of two facts of the same children. Does it fall with age, and where does its slope change: the answers about a whole curve stand in each of its rows.';
COMMENT ON COLUMN age_gap.wave IS 'Round of data collection.';
COMMENT ON COLUMN age_gap.grouping IS 'nation, sex or background.';
COMMENT ON COLUMN age_gap.group_value IS 'all, or the sex or background of the row.';
COMMENT ON COLUMN age_gap.age IS 'Age in whole years, from the youngest to the oldest seen in the group.';
COMMENT ON COLUMN age_gap.n IS 'Children of that age whose three facts are known. An age without children has NULLs in all shares.';
COMMENT ON COLUMN age_gap.identified IS 'Share exposed at home or by own behaviour.';
COMMENT ON COLUMN age_gap.identified_lower IS 'Lower bound of identified.';
COMMENT ON COLUMN age_gap.identified_upper IS 'Upper bound of identified.';
COMMENT ON COLUMN age_gap.assessed IS 'Share with assessed need.';
COMMENT ON COLUMN age_gap.assessed_lower IS 'Lower bound of assessed.';
COMMENT ON COLUMN age_gap.assessed_upper IS 'Upper bound of assessed.';
COMMENT ON COLUMN age_gap.decided IS 'Share with a granted intervention.';
COMMENT ON COLUMN age_gap.decided_lower IS 'Lower bound of decided.';
COMMENT ON COLUMN age_gap.decided_upper IS 'Upper bound of decided.';
COMMENT ON COLUMN age_gap.gap IS 'identified minus decided, from -1 to 1.';
COMMENT ON COLUMN age_gap.gap_lower IS 'Lower bound of gap at this age alone.';
COMMENT ON COLUMN age_gap.gap_upper IS 'Upper bound of gap at this age alone.';
COMMENT ON COLUMN age_gap.gap_band_lower IS 'Lower bound of gap for all ages of the group at once.';
COMMENT ON COLUMN age_gap.gap_band_upper IS 'Upper bound of gap for all ages of the group at once.';
COMMENT ON COLUMN age_gap.gap_smooth IS 'Smoothed gap: never without gap and n beside it. NULL for fewer than four ages with children.';
COMMENT ON COLUMN age_gap.gap_smooth_lower IS 'Lower bound of gap_smooth for all ages at once.';
COMMENT ON COLUMN age_gap.gap_smooth_upper IS 'Upper bound of gap_smooth for all ages at once.';
COMMENT ON COLUMN age_gap.assessed_gap IS 'assessed minus decided, from -1 to 1.';
COMMENT ON COLUMN age_gap.assessed_gap_lower IS 'Lower bound of assessed_gap at this age alone.';
COMMENT ON COLUMN age_gap.assessed_gap_upper IS 'Upper bound of assessed_gap at this age alone.';
COMMENT ON COLUMN age_gap.assessed_gap_band_lower IS 'Lower bound of assessed_gap for all ages of the group at once.';
COMMENT ON COLUMN age_gap.assessed_gap_band_upper IS 'Upper bound of assessed_gap for all ages of the group at once.';
COMMENT ON COLUMN age_gap.trend_p_value IS 'Of the whole curve: two-sided p-value of a gap that neither falls nor rises with age. NULL if there is nothing to test.';
COMMENT ON COLUMN age_gap.change_age IS 'Of the whole curve: age at which the slope of the gap changes: a kink, not a jump. NULL if no change point is found.';
COMMENT ON COLUMN age_gap.change_age_lower IS 'Lower bound of change_age.';
COMMENT ON COLUMN age_gap.change_age_upper IS 'Upper bound of change_age.';
COMMENT ON COLUMN age_gap.slope_before IS 'Change of the gap a year below change_age; without a change point of the whole straight line.';
COMMENT ON COLUMN age_gap.slope_after IS 'Change of the gap a year above change_age; without a change point of the whole straight line.';
COMMENT ON COLUMN age_gap.change_p_value IS 'P-value of a straight line, that is of no change point. NULL if there is nothing to test.';
COMMENT ON COLUMN age_gap.change_status IS 'ok, no_change_point, or why nothing could be asked.';
COMMENT ON COLUMN age_gap.status IS 'ok, or why the shares are NULL.';

CREATE VIEW age_gap_clustered AS
WITH cell AS (
    SELECT wave, unit_id,
           nuso.age_curve_agg(age, exposure_home OR exposure_own, need,
                              granted) AS curve
    FROM investigation
    GROUP BY wave, unit_id
),
total AS (
    SELECT wave, nuso.rollup(curve) AS curve,
           nuso.cluster_agg(curve) AS clustered
    FROM cell
    GROUP BY wave
),
independent AS (
    SELECT t.wave, c.*
    FROM total AS t
    CROSS JOIN LATERAL nuso.curve(t.curve) AS c
),
clustered AS (
    SELECT t.wave, nuso.clusters(t.clustered) AS units,
           d.p_value AS trend_p_value,
           k.age AS change_age, k.age_lower AS change_age_lower,
           k.age_upper AS change_age_upper, k.p_value AS change_p_value,
           k.status AS change_status, c.*
    FROM total AS t
    CROSS JOIN LATERAL nuso.gap_trend_test(t.clustered) AS d
    CROSS JOIN LATERAL nuso.gap_change_point(t.clustered) AS k
    CROSS JOIN LATERAL nuso.curve(t.clustered) AS c
)
SELECT i.wave, i.age, c.units, i.n, i.gap,
       i.gap_lower, i.gap_upper, i.gap_band_lower, i.gap_band_upper,
       c.gap_lower AS clustered_lower, c.gap_upper AS clustered_upper,
       c.gap_band_lower AS clustered_band_lower,
       c.gap_band_upper AS clustered_band_upper,
       i.gap_smooth, i.gap_smooth_lower, i.gap_smooth_upper,
       c.gap_smooth AS clustered_smooth,
       c.gap_smooth_lower AS clustered_smooth_lower,
       c.gap_smooth_upper AS clustered_smooth_upper,
       c.trend_p_value, c.change_age, c.change_age_lower, c.change_age_upper,
       c.change_p_value, c.change_status,
       c.status AS clustered_status, i.status
FROM independent AS i
LEFT JOIN clustered AS c USING (wave, age);
COMMENT ON VIEW age_gap_clustered IS 'The gap of the nation twice: as if children were independent of each other, and with units as clusters, whose children are alike. Compare the widths. Trend and change point, which stand in each row, are those over clusters; age_gap has the others.';
COMMENT ON COLUMN age_gap_clustered.wave IS 'Round of data collection.';
COMMENT ON COLUMN age_gap_clustered.age IS 'Age in whole years, from the youngest to the oldest seen.';
COMMENT ON COLUMN age_gap_clustered.units IS 'Units of the wave that have children: the clusters.';
COMMENT ON COLUMN age_gap_clustered.n IS 'Children of that age whose three facts are known.';
COMMENT ON COLUMN age_gap_clustered.gap IS 'Share identified minus share decided, from -1 to 1: the same either way.';
COMMENT ON COLUMN age_gap_clustered.gap_lower IS 'Lower bound of gap at this age alone, children independent.';
COMMENT ON COLUMN age_gap_clustered.gap_upper IS 'Upper bound of gap at this age alone, children independent.';
COMMENT ON COLUMN age_gap_clustered.gap_band_lower IS 'Lower bound of gap for all ages at once, children independent.';
COMMENT ON COLUMN age_gap_clustered.gap_band_upper IS 'Upper bound of gap for all ages at once, children independent.';
COMMENT ON COLUMN age_gap_clustered.clustered_lower IS 'Lower bound of gap at this age alone, units as clusters.';
COMMENT ON COLUMN age_gap_clustered.clustered_upper IS 'Upper bound of gap at this age alone, units as clusters.';
COMMENT ON COLUMN age_gap_clustered.clustered_band_lower IS 'Lower bound of gap for all ages at once, units as clusters.';
COMMENT ON COLUMN age_gap_clustered.clustered_band_upper IS 'Upper bound of gap for all ages at once, units as clusters.';
COMMENT ON COLUMN age_gap_clustered.gap_smooth IS 'Smoothed gap, children independent.';
COMMENT ON COLUMN age_gap_clustered.gap_smooth_lower IS 'Lower bound of gap_smooth for all ages at once.';
COMMENT ON COLUMN age_gap_clustered.gap_smooth_upper IS 'Upper bound of gap_smooth for all ages at once.';
COMMENT ON COLUMN age_gap_clustered.clustered_smooth IS 'Smoothed gap, units as clusters.';
COMMENT ON COLUMN age_gap_clustered.clustered_smooth_lower IS 'Lower bound of clustered_smooth for all ages at once.';
COMMENT ON COLUMN age_gap_clustered.clustered_smooth_upper IS 'Upper bound of clustered_smooth for all ages at once.';
COMMENT ON COLUMN age_gap_clustered.trend_p_value IS 'Of the whole curve, units as clusters: two-sided p-value of a gap that neither falls nor rises with age. NULL if there is nothing to test.';
COMMENT ON COLUMN age_gap_clustered.change_age IS 'Of the whole curve, units as clusters: age at which the slope of the gap changes. NULL if no change point is found.';
COMMENT ON COLUMN age_gap_clustered.change_age_lower IS 'Lower bound of change_age.';
COMMENT ON COLUMN age_gap_clustered.change_age_upper IS 'Upper bound of change_age.';
COMMENT ON COLUMN age_gap_clustered.change_p_value IS 'P-value of a straight line, units as clusters. NULL if there is nothing to test.';
COMMENT ON COLUMN age_gap_clustered.change_status IS 'ok, few_clusters, no_change_point, or why nothing could be asked.';
COMMENT ON COLUMN age_gap_clustered.clustered_status IS 'ok, few_clusters (of fewer than 20 units the bounds are less exact), or why clustered bounds are NULL.';
COMMENT ON COLUMN age_gap_clustered.status IS 'ok, or why gap is NULL.';

CREATE VIEW age_gap_by_group AS
WITH cell AS (
    SELECT i.wave, i.sex, i.diagnosis, i.residence, i.background,
           u.size_class,
           nuso.age_curve_agg(i.age, i.exposure_home OR i.exposure_own,
                              i.need, i.granted) AS curve
    FROM investigation AS i
    JOIN unit AS u USING (unit_id)
    GROUP BY i.wave, i.sex, i.diagnosis, i.residence, i.background,
             u.size_class
),
-- every cell once a grouping, under the group that it belongs to
grouped AS (
    SELECT c.wave, g.grouping, g.group_value, g.is_mirror,
           nuso.rollup(c.curve) AS curve
    FROM cell AS c
    CROSS JOIN LATERAL child_groups(c.sex, NULL, NULL, c.diagnosis, c.residence,
                                    c.background, c.size_class) AS g
    GROUP BY c.wave, g.grouping, g.group_value, g.is_mirror
),
total AS (
    SELECT wave, grouping, nuso.rollup(curve) AS curve
    FROM grouped
    GROUP BY wave, grouping
),
against AS (
    SELECT g.wave, g.grouping, g.group_value, g.is_mirror, g.curve,
           nuso.subtract(t.curve, g.curve) AS rest
    FROM grouped AS g
    JOIN total AS t USING (wave, grouping)
),
-- of two groups each is the other's rest: their one test counts once
tested AS (
    SELECT a.wave, a.grouping, a.group_value, t.p_value, t.status,
           nuso.p_adjust(CASE WHEN NOT a.is_mirror THEN t.p_value END)
               OVER (PARTITION BY a.wave) AS p_adjusted
    FROM against AS a
    CROSS JOIN LATERAL nuso.curve_test(a.curve, a.rest) AS t
),
adjusted AS (
    SELECT wave, grouping, group_value, p_value, status,
           coalesce(p_adjusted, max(p_adjusted)
               OVER (PARTITION BY wave, grouping)) AS p_adjusted
    FROM tested
),
point AS (
    SELECT a.wave, a.grouping, a.group_value, c.*
    FROM against AS a
    CROSS JOIN LATERAL nuso.curve(a.curve) AS c
),
difference AS (
    SELECT a.wave, a.grouping, a.group_value, d.*
    FROM against AS a
    CROSS JOIN LATERAL nuso.compare_curves(a.curve, a.rest) AS d
)
SELECT p.wave, p.grouping, p.group_value, p.age, p.n,
       p.identified, p.assessed, p.decided,
       p.gap, p.gap_lower, p.gap_upper, p.gap_band_lower, p.gap_band_upper,
       p.gap_smooth, p.gap_smooth_lower, p.gap_smooth_upper,
       d.n_b AS rest_n, d.gap_b AS rest_gap,
       d.difference, d.difference_lower, d.difference_upper,
       d.difference_band_lower, d.difference_band_upper,
       d.p_value, d.p_adjusted, d.status AS difference_status,
       a.p_value AS group_p_value, a.p_adjusted AS group_p_adjusted,
       a.status AS group_status, p.status
FROM point AS p
LEFT JOIN difference AS d USING (wave, grouping, group_value, age)
JOIN adjusted AS a USING (wave, grouping, group_value);
COMMENT ON VIEW age_gap_by_group IS 'Do groups of children differ in the gap between identified exposure and decided support, and at which ages? Each group against all others of its grouping; of two groups each is the other''s rest, so they mirror each other. Unknown group values are left out. Not adjusted for other facts: groups differ in exposure too.';
COMMENT ON COLUMN age_gap_by_group.wave IS 'Round of data collection.';
COMMENT ON COLUMN age_gap_by_group.grouping IS 'sex, background, diagnosis, residence or size class.';
COMMENT ON COLUMN age_gap_by_group.group_value IS 'The group: a sex, a background, yes or no, a residence, a size class.';
COMMENT ON COLUMN age_gap_by_group.age IS 'Age in whole years, from the youngest to the oldest seen in the group.';
COMMENT ON COLUMN age_gap_by_group.n IS 'Children of the group and age whose three facts are known.';
COMMENT ON COLUMN age_gap_by_group.identified IS 'Share exposed at home or by own behaviour.';
COMMENT ON COLUMN age_gap_by_group.assessed IS 'Share with assessed need.';
COMMENT ON COLUMN age_gap_by_group.decided IS 'Share with a granted intervention.';
COMMENT ON COLUMN age_gap_by_group.gap IS 'identified minus decided, from -1 to 1.';
COMMENT ON COLUMN age_gap_by_group.gap_lower IS 'Lower bound of gap at this age alone.';
COMMENT ON COLUMN age_gap_by_group.gap_upper IS 'Upper bound of gap at this age alone.';
COMMENT ON COLUMN age_gap_by_group.gap_band_lower IS 'Lower bound of gap for all ages of the group at once.';
COMMENT ON COLUMN age_gap_by_group.gap_band_upper IS 'Upper bound of gap for all ages of the group at once.';
COMMENT ON COLUMN age_gap_by_group.gap_smooth IS 'Smoothed gap: never without gap and n beside it. NULL for fewer than four ages with children.';
COMMENT ON COLUMN age_gap_by_group.gap_smooth_lower IS 'Lower bound of gap_smooth for all ages at once.';
COMMENT ON COLUMN age_gap_by_group.gap_smooth_upper IS 'Upper bound of gap_smooth for all ages at once.';
COMMENT ON COLUMN age_gap_by_group.rest_n IS 'Children of that age in all other groups of the grouping.';
COMMENT ON COLUMN age_gap_by_group.rest_gap IS 'Their gap. NULL if there are none.';
COMMENT ON COLUMN age_gap_by_group.difference IS 'gap minus rest_gap, from -2 to 2.';
COMMENT ON COLUMN age_gap_by_group.difference_lower IS 'Lower bound of difference at this age alone.';
COMMENT ON COLUMN age_gap_by_group.difference_upper IS 'Upper bound of difference at this age alone.';
COMMENT ON COLUMN age_gap_by_group.difference_band_lower IS 'Lower bound of difference for all ages at once.';
COMMENT ON COLUMN age_gap_by_group.difference_band_upper IS 'Upper bound of difference for all ages at once.';
COMMENT ON COLUMN age_gap_by_group.p_value IS 'Two-sided p-value of no difference at this age. NULL if there is nothing to test.';
COMMENT ON COLUMN age_gap_by_group.p_adjusted IS 'p_value adjusted over the ages of the group.';
COMMENT ON COLUMN age_gap_by_group.difference_status IS 'ok, or why the difference is NULL.';
COMMENT ON COLUMN age_gap_by_group.group_p_value IS 'Of the whole curve: p-value of no difference at any age. NULL if there is nothing to test.';
COMMENT ON COLUMN age_gap_by_group.group_p_adjusted IS 'group_p_value adjusted by Holm (1979) over the groups of all groupings of the wave; the one test of two groups counts once.';
COMMENT ON COLUMN age_gap_by_group.group_status IS 'ok, or why group_p_value is NULL or in doubt.';
COMMENT ON COLUMN age_gap_by_group.status IS 'ok, or why the gap is NULL.';

-- Thirty children a year of age over the ages 0 to 17 are 540; a unit with
-- fewer is shown in four bands of ages.
CREATE VIEW age_gap_by_unit AS
WITH cell AS (
    SELECT wave, unit_id,
           nuso.age_curve_agg(age, exposure_home OR exposure_own, need,
                              granted) AS curve
    FROM investigation
    GROUP BY wave, unit_id
),
total AS (
    SELECT wave, nuso.rollup(curve) AS curve FROM cell GROUP BY wave
),
against AS (
    SELECT c.wave, c.unit_id, nuso.n(c.curve) < 540 AS pooled, c.curve,
           nuso.subtract(t.curve, c.curve) AS rest
    FROM cell AS c
    JOIN total AS t USING (wave)
),
shown AS (
    SELECT wave, unit_id, pooled, curve, rest
    FROM against
    WHERE NOT pooled
    UNION ALL
    SELECT wave, unit_id, pooled, nuso.pool_ages(curve, '{0,6,10,15}'),
           nuso.pool_ages(rest, '{0,6,10,15}')
    FROM against
    WHERE pooled
),
point AS (
    SELECT s.wave, s.unit_id, s.pooled,
           CASE WHEN NOT s.pooled THEN c.age WHEN c.age = 0 THEN 5
                WHEN c.age = 6 THEN 9 WHEN c.age = 10 THEN 14
                WHEN c.age = 15 THEN 20 END AS age_to,
           c.*
    FROM shown AS s
    CROSS JOIN LATERAL nuso.curve(s.curve, smooth => 'none') AS c
),
difference AS (
    SELECT s.wave, s.unit_id, d.*
    FROM shown AS s
    CROSS JOIN LATERAL nuso.compare_curves(s.curve, s.rest) AS d
),
compared AS (
    SELECT p.*, d.n_b, d.gap_b, d.difference, d.difference_lower,
           d.difference_upper, d.p_value, d.status AS difference_status,
           nuso.p_adjust(d.p_value, 'bh') OVER (PARTITION BY p.wave)
               AS p_adjusted
    FROM point AS p
    LEFT JOIN difference AS d USING (wave, unit_id, age)
    -- a band stands at its first age
    WHERE p.age_to IS NOT NULL
)
SELECT c.wave, c.unit_id, u.unit_code, u.name AS unit_name,
       u.kind AS unit_kind, u.size_class,
       c.pooled, c.age AS age_from, c.age_to, c.n,
       c.identified, c.assessed, c.decided,
       c.gap, c.gap_lower, c.gap_upper, c.gap_band_lower, c.gap_band_upper,
       c.n_b AS rest_n, c.gap_b AS rest_gap,
       c.difference, c.difference_lower, c.difference_upper,
       c.p_value, c.p_adjusted,
       CASE WHEN c.p_adjusted IS NULL THEN NULL
            WHEN c.p_adjusted >= 0.05 THEN 'not distinguishable'
            WHEN c.difference > 0 THEN 'higher'
            ELSE 'lower' END AS finding,
       c.difference_status, c.status
FROM compared AS c
JOIN unit AS u USING (unit_id);
COMMENT ON VIEW age_gap_by_unit IS 'The gap between identified exposure and decided support in each unit, against the rest of the nation at the same ages. Years of age stand alone in units with at least 540 children (on average 30 a year over the ages 0 to 17), else pooled: 0-5, 6-9, 10-14, 15-20. P-values adjusted by Benjamini and Hochberg (1995) over all rows of the wave. Not adjusted for the exposures that a unit meets.';
COMMENT ON COLUMN age_gap_by_unit.wave IS 'Round of data collection.';
COMMENT ON COLUMN age_gap_by_unit.unit_id IS 'The unit.';
COMMENT ON COLUMN age_gap_by_unit.unit_code IS 'Its code.';
COMMENT ON COLUMN age_gap_by_unit.unit_name IS 'Its name.';
COMMENT ON COLUMN age_gap_by_unit.unit_kind IS 'municipality, district or administration.';
COMMENT ON COLUMN age_gap_by_unit.size_class IS 'Size class of its municipality, 1 (largest) to 4.';
COMMENT ON COLUMN age_gap_by_unit.pooled IS 'Whether the rows of the unit are bands of ages, because years have too few children.';
COMMENT ON COLUMN age_gap_by_unit.age_from IS 'First age of the row, in whole years.';
COMMENT ON COLUMN age_gap_by_unit.age_to IS 'Last age of the row: age_from where years stand alone.';
COMMENT ON COLUMN age_gap_by_unit.n IS 'Children of the unit and these ages whose three facts are known.';
COMMENT ON COLUMN age_gap_by_unit.identified IS 'Share exposed at home or by own behaviour.';
COMMENT ON COLUMN age_gap_by_unit.assessed IS 'Share with assessed need.';
COMMENT ON COLUMN age_gap_by_unit.decided IS 'Share with a granted intervention.';
COMMENT ON COLUMN age_gap_by_unit.gap IS 'identified minus decided, from -1 to 1.';
COMMENT ON COLUMN age_gap_by_unit.gap_lower IS 'Lower bound of gap in this row alone.';
COMMENT ON COLUMN age_gap_by_unit.gap_upper IS 'Upper bound of gap in this row alone.';
COMMENT ON COLUMN age_gap_by_unit.gap_band_lower IS 'Lower bound of gap for all rows of the unit at once.';
COMMENT ON COLUMN age_gap_by_unit.gap_band_upper IS 'Upper bound of gap for all rows of the unit at once.';
COMMENT ON COLUMN age_gap_by_unit.rest_n IS 'Children of these ages in all other units.';
COMMENT ON COLUMN age_gap_by_unit.rest_gap IS 'Their gap. NULL if there are none.';
COMMENT ON COLUMN age_gap_by_unit.difference IS 'gap minus rest_gap, from -2 to 2.';
COMMENT ON COLUMN age_gap_by_unit.difference_lower IS 'Lower bound of difference in this row alone.';
COMMENT ON COLUMN age_gap_by_unit.difference_upper IS 'Upper bound of difference in this row alone.';
COMMENT ON COLUMN age_gap_by_unit.p_value IS 'Two-sided p-value of no difference. NULL if there is nothing to test.';
COMMENT ON COLUMN age_gap_by_unit.p_adjusted IS 'p_value adjusted by Benjamini and Hochberg over all rows of all units of the wave.';
COMMENT ON COLUMN age_gap_by_unit.finding IS 'higher or lower gap where p_adjusted is below 0.05, else not distinguishable: which never means the same. NULL without a test.';
COMMENT ON COLUMN age_gap_by_unit.difference_status IS 'ok, or why the difference is NULL.';
COMMENT ON COLUMN age_gap_by_unit.status IS 'ok, or why the gap is NULL.';

CREATE VIEW unit_gap AS
WITH cell AS (
    SELECT wave, unit_id,
           nuso.age_curve_agg(age, exposure_home OR exposure_own, need,
                              granted) AS curve
    FROM investigation
    GROUP BY wave, unit_id
),
total AS (
    SELECT wave, nuso.rollup(curve) AS curve FROM cell GROUP BY wave
),
against AS (
    SELECT c.wave, c.unit_id, nuso.n(c.curve) < 540 AS pooled, c.curve,
           nuso.subtract(t.curve, c.curve) AS rest, t.curve AS nation
    FROM cell AS c
    JOIN total AS t USING (wave)
),
-- at the ages of age_gap_by_unit
shown AS (
    SELECT wave, unit_id, pooled, curve, rest, nation
    FROM against
    WHERE NOT pooled
    UNION ALL
    SELECT wave, unit_id, pooled, nuso.pool_ages(curve, '{0,6,10,15}'),
           nuso.pool_ages(rest, '{0,6,10,15}'),
           nuso.pool_ages(nation, '{0,6,10,15}')
    FROM against
    WHERE pooled
),
asked AS (
    SELECT s.wave, s.unit_id, s.pooled, nuso.n(s.curve) AS n,
           nuso.n(s.rest) AS rest_n, a.estimate AS gap, a.lower AS gap_lower,
           a.upper AS gap_upper, a.covered, a.status,
           r.estimate AS rest_gap, r.lower AS rest_gap_lower,
           r.upper AS rest_gap_upper, t.p_value, t.status AS test_status,
           nuso.p_adjust(t.p_value, 'bh') OVER (PARTITION BY s.wave)
               AS p_adjusted
    FROM shown AS s
    CROSS JOIN LATERAL nuso.gap_area(s.curve, s.nation) AS a
    CROSS JOIN LATERAL nuso.gap_area(s.rest, s.nation) AS r
    CROSS JOIN LATERAL nuso.curve_test(s.curve, s.rest) AS t
),
-- all ages in one
crude AS (
    SELECT a.wave, a.unit_id, c.gap, c.gap_lower, c.gap_upper
    FROM against AS a
    CROSS JOIN LATERAL nuso.curve(nuso.pool_ages(a.curve, '{0}'),
                                  smooth => 'none') AS c
)
SELECT a.wave, a.unit_id, u.unit_code, u.name AS unit_name,
       u.kind AS unit_kind, u.size_class, a.pooled, a.n,
       c.gap AS crude_gap, c.gap_lower AS crude_gap_lower,
       c.gap_upper AS crude_gap_upper,
       a.gap, a.gap_lower, a.gap_upper, a.covered AS area_covered,
       a.rest_n, a.rest_gap, a.rest_gap_lower, a.rest_gap_upper,
       a.p_value, a.p_adjusted,
       CASE WHEN a.p_adjusted IS NULL THEN NULL
            WHEN a.p_adjusted >= 0.05 THEN 'not distinguishable'
            ELSE 'different' END AS finding,
       a.test_status, a.status
FROM asked AS a
LEFT JOIN crude AS c USING (wave, unit_id)
JOIN unit AS u USING (unit_id);
COMMENT ON VIEW unit_gap IS 'The gap between identified exposure and decided support of each unit in one number, as if its children had the ages of the nation''s, beside that of the rest of the nation. The test asks whether the curves differ at any age; p-values adjusted by Benjamini and Hochberg (1995) over the units of the wave. Ages as in age_gap_by_unit.';
COMMENT ON COLUMN unit_gap.wave IS 'Round of data collection.';
COMMENT ON COLUMN unit_gap.unit_id IS 'The unit.';
COMMENT ON COLUMN unit_gap.unit_code IS 'Its code.';
COMMENT ON COLUMN unit_gap.unit_name IS 'Its name.';
COMMENT ON COLUMN unit_gap.unit_kind IS 'municipality, district or administration.';
COMMENT ON COLUMN unit_gap.size_class IS 'Size class of its municipality, 1 (largest) to 4.';
COMMENT ON COLUMN unit_gap.pooled IS 'Whether the unit is compared in the bands 0-5, 6-9, 10-14 and 15-20, because years of age have too few children.';
COMMENT ON COLUMN unit_gap.n IS 'Children of the unit whose three facts are known.';
COMMENT ON COLUMN unit_gap.crude_gap IS 'Share identified minus share decided of all these children, from -1 to 1.';
COMMENT ON COLUMN unit_gap.crude_gap_lower IS 'Lower bound of crude_gap.';
COMMENT ON COLUMN unit_gap.crude_gap_upper IS 'Upper bound of crude_gap.';
COMMENT ON COLUMN unit_gap.gap IS 'Mean of the gaps at each age, weighted by the nation''s children of that age: the gap if the unit''s children had the nation''s ages.';
COMMENT ON COLUMN unit_gap.gap_lower IS 'Lower bound of gap.';
COMMENT ON COLUMN unit_gap.gap_upper IS 'Upper bound of gap.';
COMMENT ON COLUMN unit_gap.area_covered IS 'Share of the nation''s children at ages that the unit has children of. Below 1 the gap says nothing about the other ages.';
COMMENT ON COLUMN unit_gap.rest_n IS 'Children of all other units.';
COMMENT ON COLUMN unit_gap.rest_gap IS 'Their gap, weighted in the same way. NULL if there are none.';
COMMENT ON COLUMN unit_gap.rest_gap_lower IS 'Lower bound of rest_gap.';
COMMENT ON COLUMN unit_gap.rest_gap_upper IS 'Upper bound of rest_gap.';
COMMENT ON COLUMN unit_gap.p_value IS 'P-value of no difference between unit and rest at any age. NULL if there is nothing to test.';
COMMENT ON COLUMN unit_gap.p_adjusted IS 'p_value adjusted by Benjamini and Hochberg over the units of the wave.';
COMMENT ON COLUMN unit_gap.finding IS 'different where p_adjusted is below 0.05 (age_gap_by_unit says at which ages), else not distinguishable: which never means the same. NULL without a test.';
COMMENT ON COLUMN unit_gap.test_status IS 'ok, or why the p-value is NULL or in doubt.';
COMMENT ON COLUMN unit_gap.status IS 'ok, or why gap is NULL.';

CREATE VIEW exposure_by_age AS
WITH cell AS (
    SELECT wave, age, nuso.crosstab_agg(age, exposure) AS counts
    FROM investigation
    GROUP BY wave, age
),
total AS (
    SELECT wave, nuso.rollup(counts) AS counts FROM cell GROUP BY wave
),
point AS (
    SELECT t.wave, p.*
    FROM total AS t
    CROSS JOIN LATERAL nuso.composition_curve(t.counts) AS p
),
crossing AS (
    SELECT t.wave, x.*
    FROM total AS t
    CROSS JOIN LATERAL nuso.crossing_age(t.counts, 'home', 'own') AS x
),
-- an exposure that nobody has at any age is in no table of counts
listed AS (
    SELECT c.wave, c.age, e.position, e.exposure, nuso.n(c.counts) AS n,
           coalesce(p.children, 0) AS children,
           p.share_lower, p.share_upper, p.share_band_lower,
           p.share_band_upper, p.share_smooth, p.share_smooth_lower,
           p.share_smooth_upper, p.status
    FROM cell AS c
    CROSS JOIN (VALUES (1, 'none'), (2, 'home'), (3, 'own'), (4, 'both'))
        AS e (position, exposure)
    LEFT JOIN point AS p
        ON p.wave = c.wave AND p.age = c.age AND p.col_label = e.exposure
)
SELECT l.wave, l.age, l.position, l.exposure, l.n, l.children,
       l.children::double precision / nullif(l.n, 0) AS share,
       l.share_lower, l.share_upper,
       coalesce(l.status, CASE WHEN l.n = 0 THEN 'empty'
                               ELSE 'zero_margin' END) AS status,
       l.share_band_lower, l.share_band_upper,
       l.share_smooth, l.share_smooth_lower, l.share_smooth_upper,
       x.age AS crossing_age, x.age_lower AS crossing_age_lower,
       x.age_upper AS crossing_age_upper, x.status AS crossing_status
FROM listed AS l
JOIN crossing AS x USING (wave);
COMMENT ON VIEW exposure_by_age IS 'Which exposure children have at each age, and from which age on own behaviour is more common than exposure at home. Simultaneous intervals of the shares of an age, 95 per cent.';
COMMENT ON COLUMN exposure_by_age.wave IS 'Round of data collection.';
COMMENT ON COLUMN exposure_by_age.age IS 'Age in whole years.';
COMMENT ON COLUMN exposure_by_age.position IS 'Order of the exposures.';
COMMENT ON COLUMN exposure_by_age.exposure IS 'none, home, own or both.';
COMMENT ON COLUMN exposure_by_age.n IS 'Children of that age whose exposure is known.';
COMMENT ON COLUMN exposure_by_age.children IS 'Those of them with this exposure.';
COMMENT ON COLUMN exposure_by_age.share IS 'children / n. NULL if n is 0.';
COMMENT ON COLUMN exposure_by_age.share_lower IS 'Lower bound of share, for all exposures of the age at once (Goodman 1965).';
COMMENT ON COLUMN exposure_by_age.share_upper IS 'Upper bound of share, for all exposures of the age at once.';
COMMENT ON COLUMN exposure_by_age.status IS 'ok; empty: no children; zero_margin: nobody or everybody of all ages has this exposure, and the share has no bounds.';
COMMENT ON COLUMN exposure_by_age.share_band_lower IS 'Lower bound of share, for all exposures of all ages at once.';
COMMENT ON COLUMN exposure_by_age.share_band_upper IS 'Upper bound of share, for all exposures of all ages at once.';
COMMENT ON COLUMN exposure_by_age.share_smooth IS 'Share smoothed over ages: never without share and n beside it. NULL for fewer than four ages with children.';
COMMENT ON COLUMN exposure_by_age.share_smooth_lower IS 'Lower bound of share_smooth for all ages at once.';
COMMENT ON COLUMN exposure_by_age.share_smooth_upper IS 'Upper bound of share_smooth for all ages at once.';
COMMENT ON COLUMN exposure_by_age.crossing_age IS 'Of the whole wave: age from which own behaviour alone is more common than exposure at home alone. NULL if they do not cross.';
COMMENT ON COLUMN exposure_by_age.crossing_age_lower IS 'Lower bound of crossing_age.';
COMMENT ON COLUMN exposure_by_age.crossing_age_upper IS 'Upper bound of crossing_age.';
COMMENT ON COLUMN exposure_by_age.crossing_status IS 'ok, no_crossing, or why nothing could be asked.';

CREATE VIEW participation_by_age AS
WITH fact AS (
    SELECT wave, age, shier_1, shier_2, shier_3, shier_4, shier_5,
           num_nulls(shier_1, shier_2, shier_3, shier_4, shier_5) = 0
               AS known,
           CASE WHEN shier_5 THEN 5 WHEN shier_4 THEN 4 WHEN shier_3 THEN 3
                WHEN shier_2 THEN 2 WHEN shier_1 THEN 1 ELSE 0 END AS highest
    FROM investigation
),
cell AS (
    SELECT wave, age, age >= 6 AS expected,
           nuso.crosstab_agg(age, highest) FILTER (WHERE known) AS counts,
           count(*) FILTER (WHERE known AND shier_1) AS on_1,
           count(*) FILTER (WHERE known AND shier_2) AS on_2,
           count(*) FILTER (WHERE known AND shier_3) AS on_3,
           count(*) FILTER (WHERE known AND shier_4) AS on_4,
           count(*) FILTER (WHERE known AND shier_5) AS on_5,
           count(*) FILTER (
               WHERE known AND (shier_1 < shier_2 OR shier_2 < shier_3
                                OR shier_3 < shier_4 OR shier_4 < shier_5)
           ) AS n_not_cumulative
    FROM fact
    GROUP BY wave, age
),
-- two curves: a smooth over both would blur the step between them
total AS (
    SELECT wave, expected, nuso.rollup(counts) AS counts
    FROM cell
    GROUP BY wave, expected
),
-- a level that is nobody's highest is in no table of counts: who reaches it
-- reaches the next one that is
point AS (
    SELECT t.wave, p.*, p.col_label::integer AS highest,
           lag(p.col_label::integer, 1, 0)
               OVER (PARTITION BY t.wave, p.age
                     ORDER BY p.col_label::integer) AS next_lower
    FROM total AS t
    CROSS JOIN LATERAL nuso.composition_curve(t.counts, cumulative => true)
        AS p
)
SELECT c.wave, c.age, l.level, l.label_sv, l.label_en, c.expected,
       nuso.n(c.counts) AS n, coalesce(p.children, 0) AS children,
       coalesce(p.children, 0)::double precision
           / nullif(nuso.n(c.counts), 0) AS share,
       p.share_lower, p.share_upper, p.share_band_lower, p.share_band_upper,
       p.share_smooth, p.share_smooth_lower, p.share_smooth_upper,
       l.stated_children, c.n_not_cumulative,
       coalesce(p.status, CASE WHEN nuso.n(c.counts) = 0 THEN 'empty'
                               ELSE 'zero_margin' END) AS status
FROM cell AS c
CROSS JOIN LATERAL (
    VALUES (1, 'Barnet blir lyssnat till', 'Is listened to', c.on_1),
           (2, 'Barnet får stöd i att uttrycka åsikter',
            'Is supported in expressing views', c.on_2),
           (3, 'Barnets åsikter beaktas', 'Views are taken into account',
            c.on_3),
           (4, 'Barnet involveras i beslut', 'Is involved in decisions',
            c.on_4),
           (5, 'Barnet delar makt och ansvar',
            'Shares power and responsibility', c.on_5)
) AS l (level, label_sv, label_en, stated_children)
LEFT JOIN point AS p
    ON p.wave = c.wave AND p.age = c.age
    AND l.level > p.next_lower AND l.level <= p.highest;
COMMENT ON VIEW participation_by_age IS 'How far up the ladder of Shier (2001) children come at each age: the share that reaches at least each level, by the highest of the five facts that holds. The levels are not points: there is no mean of them. Children with any of the five facts unknown are left out.';
COMMENT ON COLUMN participation_by_age.wave IS 'Round of data collection.';
COMMENT ON COLUMN participation_by_age.age IS 'Age in whole years.';
COMMENT ON COLUMN participation_by_age.level IS 'Level of the ladder, 1 to 5.';
COMMENT ON COLUMN participation_by_age.label_sv IS 'Swedish label.';
COMMENT ON COLUMN participation_by_age.label_en IS 'English label.';
COMMENT ON COLUMN participation_by_age.expected IS 'Whether participation can be expected at the age: false for 0 to 5, which have a curve of their own. Do not mix the two in one share.';
COMMENT ON COLUMN participation_by_age.n IS 'Children of that age whose five facts are known.';
COMMENT ON COLUMN participation_by_age.children IS 'Those of them who reach this level or a higher one.';
COMMENT ON COLUMN participation_by_age.share IS 'children / n. NULL if n is 0.';
COMMENT ON COLUMN participation_by_age.share_lower IS 'Lower bound of share, for all levels of the age at once.';
COMMENT ON COLUMN participation_by_age.share_upper IS 'Upper bound of share, for all levels of the age at once.';
COMMENT ON COLUMN participation_by_age.share_band_lower IS 'Lower bound of share, for all levels at once and all ages of which as much is expected.';
COMMENT ON COLUMN participation_by_age.share_band_upper IS 'Upper bound of share, for all levels at once and all ages of which as much is expected.';
COMMENT ON COLUMN participation_by_age.share_smooth IS 'Share smoothed over ages, from 0 to 5 and from 6 on apart: never without share and n beside it. NULL for fewer than four such ages with children.';
COMMENT ON COLUMN participation_by_age.share_smooth_lower IS 'Lower bound of share_smooth for all these ages at once.';
COMMENT ON COLUMN participation_by_age.share_smooth_upper IS 'Upper bound of share_smooth for all these ages at once.';
COMMENT ON COLUMN participation_by_age.stated_children IS 'Children for whom this very fact holds, whatever the other four say.';
COMMENT ON COLUMN participation_by_age.n_not_cumulative IS 'Children of n for whom a fact holds and that of the level below does not: the ladder is no ladder for them.';
COMMENT ON COLUMN participation_by_age.status IS 'ok; empty: no children; zero_margin: nobody or everybody of these ages reaches this level, and the share has no bounds.';
