-- The report views. Scalar columns only, because tools that read over ODBC
-- get everything else as text. Each view counts once into summaries, joins
-- the summaries where it needs coarser groups, and asks each summary once,
-- through LATERAL.
--
-- Shares run from 0 to 1. A share of no children is NULL, and so is whatever
-- is computed from it; the status says why. Facts that are not known are left
-- out of their share, and n counts those that are known.
--
-- identified: exposed at home or by own behaviour; assessed: need was
-- assessed; decided: an intervention was granted.

CREATE VIEW exposure_chain AS
WITH cell AS (
    SELECT wave, coalesce(exposure, 'unknown') AS exposure,
           count(*) AS children,
           nuso.proportion_agg(need) AS assessed,
           nuso.proportion_agg(granted) AS decided,
           nuso.proportion_agg(granted) FILTER (WHERE need) AS access
    FROM investigation
    GROUP BY 1, 2
),
grouped AS (
    SELECT wave, exposure, children, assessed, decided, access FROM cell
    UNION ALL
    SELECT wave, 'exposed', sum(children)::bigint, nuso.rollup(assessed),
           nuso.rollup(decided), nuso.rollup(access)
    FROM cell WHERE exposure IN ('home', 'own', 'both') GROUP BY wave
    UNION ALL
    SELECT wave, 'all', sum(children)::bigint, nuso.rollup(assessed),
           nuso.rollup(decided), nuso.rollup(access)
    FROM cell GROUP BY wave
),
total AS (
    SELECT wave, sum(children)::bigint AS children FROM cell GROUP BY wave
)
SELECT g.wave,
       o.position,
       g.exposure,
       g.children,
       s.estimate AS share,
       s.lower AS share_lower,
       s.upper AS share_upper,
       nuso.events(g.assessed) AS assessed_children,
       a.estimate AS assessed,
       a.lower AS assessed_lower,
       a.upper AS assessed_upper,
       nuso.events(g.decided) AS decided_children,
       d.estimate AS decided,
       d.lower AS decided_lower,
       d.upper AS decided_upper,
       x.estimate AS decided_of_assessed,
       x.lower AS decided_of_assessed_lower,
       x.upper AS decided_of_assessed_upper,
       d.status
FROM grouped AS g
JOIN total AS t USING (wave)
JOIN (VALUES ('none', 1), ('home', 2), ('own', 3), ('both', 4),
             ('unknown', 5), ('exposed', 6), ('all', 7))
     AS o (exposure, position) ON o.exposure = g.exposure
CROSS JOIN LATERAL nuso.confint(
    nuso.make_proportion(t.children, g.children)) AS s
CROSS JOIN LATERAL nuso.confint(g.assessed) AS a
CROSS JOIN LATERAL nuso.confint(g.decided) AS d
CROSS JOIN LATERAL nuso.confint(g.access) AS x;
COMMENT ON VIEW exposure_chain IS 'From identified exposure over assessed need to decided support, by exposure. Wilson intervals, 95 per cent.';
COMMENT ON COLUMN exposure_chain.wave IS 'Round of data collection.';
COMMENT ON COLUMN exposure_chain.position IS 'Order of the rows within a wave.';
COMMENT ON COLUMN exposure_chain.exposure IS 'none, home, own, both or unknown; exposed: home, own or both; all.';
COMMENT ON COLUMN exposure_chain.children IS 'Investigations with this exposure.';
COMMENT ON COLUMN exposure_chain.share IS 'Their share of all investigations of the wave.';
COMMENT ON COLUMN exposure_chain.share_lower IS 'Lower bound of share.';
COMMENT ON COLUMN exposure_chain.share_upper IS 'Upper bound of share.';
COMMENT ON COLUMN exposure_chain.assessed_children IS 'Investigations where need was assessed.';
COMMENT ON COLUMN exposure_chain.assessed IS 'Their share of those with this exposure. NULL if need is known of none.';
COMMENT ON COLUMN exposure_chain.assessed_lower IS 'Lower bound of assessed.';
COMMENT ON COLUMN exposure_chain.assessed_upper IS 'Upper bound of assessed.';
COMMENT ON COLUMN exposure_chain.decided_children IS 'Investigations where an intervention was granted.';
COMMENT ON COLUMN exposure_chain.decided IS 'Their share of those with this exposure. NULL if it is known of none.';
COMMENT ON COLUMN exposure_chain.decided_lower IS 'Lower bound of decided.';
COMMENT ON COLUMN exposure_chain.decided_upper IS 'Upper bound of decided.';
COMMENT ON COLUMN exposure_chain.decided_of_assessed IS 'Share with a granted intervention of those where need was assessed. NULL if there are none.';
COMMENT ON COLUMN exposure_chain.decided_of_assessed_lower IS 'Lower bound of decided_of_assessed.';
COMMENT ON COLUMN exposure_chain.decided_of_assessed_upper IS 'Upper bound of decided_of_assessed.';
COMMENT ON COLUMN exposure_chain.status IS 'ok, or why decided is NULL.';

-- The groups that children are compared by, for all views that do: a row a
-- grouping, under the value that the child has; none where it is not known.
-- Views count children who have all facts alike first, and ask once for them.
CREATE FUNCTION child_groups(
    sex text, age integer, exposure text, diagnosis boolean, residence text,
    background text, size_class integer
) RETURNS TABLE ("grouping" text, group_value text, is_mirror boolean)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE ROWS 8
BEGIN ATOMIC
    SELECT g.name, g.value, g.value IN ('boy', 'no', 'foreign')
    FROM (
        VALUES ('sex', child_groups.sex),
               ('age', CASE WHEN child_groups.age <= 5 THEN '0-5'
                            WHEN child_groups.age <= 9 THEN '6-9'
                            WHEN child_groups.age <= 14 THEN '10-14'
                            WHEN child_groups.age > 14 THEN '15-20' END),
               ('age over 9', CASE WHEN child_groups.age > 9 THEN 'yes'
                                   WHEN child_groups.age <= 9 THEN 'no' END),
               ('exposure', child_groups.exposure),
               ('diagnosis', CASE WHEN child_groups.diagnosis THEN 'yes'
                                  WHEN NOT child_groups.diagnosis THEN 'no' END),
               ('residence', nullif(child_groups.residence, 'unknown')),
               ('background', nullif(child_groups.background, 'unknown')),
               ('size class', child_groups.size_class::text)
    ) AS g (name, value)
    WHERE g.value IS NOT NULL;
END;
COMMENT ON FUNCTION child_groups(text, integer, text, boolean, text, text, integer) IS 'Groups that a child belongs to: grouping (sex, age, age over 9, exposure, diagnosis, residence, background, size class) and group_value. No row for a fact that is NULL or unknown. is_mirror: of two groups, the one whose comparison with the other says nothing new.';

CREATE VIEW group_differences AS
WITH cell AS (
    SELECT i.wave, i.sex, i.age, i.diagnosis, i.residence, i.background,
           u.size_class,
           nuso.proportion_agg(i.need) AS need,
           nuso.proportion_agg(i.granted) AS granted
    FROM investigation AS i
    JOIN unit AS u USING (unit_id)
    GROUP BY i.wave, i.sex, i.age, i.diagnosis, i.residence, i.background,
             u.size_class
),
-- every cell once a grouping, under the group that it belongs to
grouped AS (
    SELECT c.wave, g.grouping, g.group_value, g.is_mirror,
           nuso.rollup(c.need) AS need, nuso.rollup(c.granted) AS granted
    FROM cell AS c
    CROSS JOIN LATERAL child_groups(c.sex, c.age, NULL, c.diagnosis, c.residence,
                                    c.background, c.size_class) AS g
    GROUP BY c.wave, g.grouping, g.group_value, g.is_mirror
),
total AS (
    SELECT wave, grouping, nuso.rollup(need) AS need,
           nuso.rollup(granted) AS granted
    FROM grouped
    GROUP BY wave, grouping
),
-- two groups are compared once, of more each is compared with the others
pair AS (
    SELECT g.wave, o.outcome, g.grouping, g.group_value AS group_a,
           CASE g.group_value WHEN 'girl' THEN 'boy' WHEN 'yes' THEN 'no'
                WHEN 'swedish' THEN 'foreign' ELSE 'all others' END AS group_b,
           c.*
    FROM grouped AS g
    JOIN total AS t USING (wave, grouping)
    CROSS JOIN LATERAL (
        VALUES ('need', g.need, t.need), ('granted', g.granted, t.granted)
    ) AS o (outcome, part, whole)
    CROSS JOIN LATERAL nuso.compare_to_rest(o.part, o.whole) AS c
    WHERE NOT g.is_mirror
)
SELECT wave, outcome, grouping, group_a, group_b,
       n_a, events_a, p_a, n_b, events_b, p_b,
       difference, difference_lower, difference_upper,
       risk_ratio, risk_ratio_lower, risk_ratio_upper,
       p_value,
       nuso.p_adjust(p_value) OVER (PARTITION BY wave, outcome) AS p_adjusted,
       method, status
FROM pair;
COMMENT ON VIEW group_differences IS 'Do groups of children differ in assessed need and in granted support? Newcombe intervals of the difference, 95 per cent; two-sided tests; p-values adjusted by Holm (1979) over all comparisons of one outcome in one wave. Unknown group values are left out. Not adjusted for other facts: groups differ in age and exposure too.';
COMMENT ON COLUMN group_differences.wave IS 'Round of data collection.';
COMMENT ON COLUMN group_differences.outcome IS 'need (assessed) or granted.';
COMMENT ON COLUMN group_differences.grouping IS 'sex, age, age over 9, diagnosis, residence, background or size class.';
COMMENT ON COLUMN group_differences.group_a IS 'The group.';
COMMENT ON COLUMN group_differences.group_b IS 'What it is compared with: the other group, or all others of the grouping.';
COMMENT ON COLUMN group_differences.n_a IS 'Investigations of the group whose outcome is known.';
COMMENT ON COLUMN group_differences.events_a IS 'Those of them with the outcome.';
COMMENT ON COLUMN group_differences.p_a IS 'events_a / n_a. NULL if n_a is 0.';
COMMENT ON COLUMN group_differences.n_b IS 'Investigations of group_b whose outcome is known.';
COMMENT ON COLUMN group_differences.events_b IS 'Those of them with the outcome.';
COMMENT ON COLUMN group_differences.p_b IS 'events_b / n_b. NULL if n_b is 0.';
COMMENT ON COLUMN group_differences.difference IS 'p_a minus p_b, from -1 to 1.';
COMMENT ON COLUMN group_differences.difference_lower IS 'Lower bound of difference.';
COMMENT ON COLUMN group_differences.difference_upper IS 'Upper bound of difference.';
COMMENT ON COLUMN group_differences.risk_ratio IS 'p_a over p_b. NULL if p_b is 0.';
COMMENT ON COLUMN group_differences.risk_ratio_lower IS 'Lower bound of risk_ratio.';
COMMENT ON COLUMN group_differences.risk_ratio_upper IS 'Upper bound of risk_ratio; NULL if infinite.';
COMMENT ON COLUMN group_differences.p_value IS 'Two-sided p-value of no difference. NULL if there is nothing to test.';
COMMENT ON COLUMN group_differences.p_adjusted IS 'p_value adjusted by Holm over the comparisons of the outcome and wave.';
COMMENT ON COLUMN group_differences.method IS 'Test that was used.';
COMMENT ON COLUMN group_differences.status IS 'ok, or why values are NULL.';

CREATE VIEW unit_vs_rest AS
WITH cell AS (
    SELECT wave, unit_id, nuso.proportion_agg(need) AS need,
           nuso.proportion_agg(granted) AS granted
    FROM investigation
    GROUP BY wave, unit_id
),
total AS (
    SELECT wave, nuso.rollup(need) AS need, nuso.rollup(granted) AS granted
    FROM cell
    GROUP BY wave
),
compared AS (
    SELECT c.wave, o.outcome, c.unit_id,
           i.lower AS p_a_lower, i.upper AS p_a_upper, r.*,
           nuso.p_adjust(r.p_value, 'bh')
               OVER (PARTITION BY c.wave, o.outcome) AS p_adjusted
    FROM cell AS c
    JOIN total AS t USING (wave)
    CROSS JOIN LATERAL (
        VALUES ('need', c.need, t.need), ('granted', c.granted, t.granted)
    ) AS o (outcome, part, whole)
    CROSS JOIN LATERAL nuso.compare_to_rest(o.part, o.whole) AS r
    CROSS JOIN LATERAL nuso.confint(o.part) AS i
)
SELECT a.wave, a.outcome, a.unit_id, u.unit_code, u.name AS unit_name,
       u.kind AS unit_kind, u.size_class,
       a.n_a AS n, a.events_a AS events, a.p_a AS share,
       a.p_a_lower AS share_lower, a.p_a_upper AS share_upper,
       a.n_b AS rest_n, a.p_b AS rest_share,
       a.difference, a.difference_lower, a.difference_upper,
       a.p_value, a.p_adjusted,
       CASE WHEN a.p_adjusted IS NULL THEN NULL
            WHEN a.p_adjusted >= 0.05 THEN 'not distinguishable'
            WHEN a.difference > 0 THEN 'higher'
            ELSE 'lower' END AS finding,
       a.method, a.status
FROM compared AS a
JOIN unit AS u USING (unit_id);
COMMENT ON VIEW unit_vs_rest IS 'Each unit against the rest of the nation, in assessed need and granted support. Newcombe intervals of the difference, 95 per cent; p-values adjusted by Benjamini and Hochberg (1995) over the units of one outcome and wave. Not adjusted for the ages and exposures that a unit meets.';
COMMENT ON COLUMN unit_vs_rest.wave IS 'Round of data collection.';
COMMENT ON COLUMN unit_vs_rest.outcome IS 'need (assessed) or granted.';
COMMENT ON COLUMN unit_vs_rest.unit_id IS 'The unit.';
COMMENT ON COLUMN unit_vs_rest.unit_code IS 'Its code.';
COMMENT ON COLUMN unit_vs_rest.unit_name IS 'Its name.';
COMMENT ON COLUMN unit_vs_rest.unit_kind IS 'municipality, district or administration.';
COMMENT ON COLUMN unit_vs_rest.size_class IS 'Size class of its municipality, 1 (largest) to 4.';
COMMENT ON COLUMN unit_vs_rest.n IS 'Investigations of the unit whose outcome is known.';
COMMENT ON COLUMN unit_vs_rest.events IS 'Those of them with the outcome.';
COMMENT ON COLUMN unit_vs_rest.share IS 'events / n. NULL if n is 0.';
COMMENT ON COLUMN unit_vs_rest.share_lower IS 'Lower bound of share (Wilson).';
COMMENT ON COLUMN unit_vs_rest.share_upper IS 'Upper bound of share (Wilson).';
COMMENT ON COLUMN unit_vs_rest.rest_n IS 'Investigations of all other units.';
COMMENT ON COLUMN unit_vs_rest.rest_share IS 'Their share with the outcome. NULL if there are none.';
COMMENT ON COLUMN unit_vs_rest.difference IS 'share minus rest_share.';
COMMENT ON COLUMN unit_vs_rest.difference_lower IS 'Lower bound of difference.';
COMMENT ON COLUMN unit_vs_rest.difference_upper IS 'Upper bound of difference.';
COMMENT ON COLUMN unit_vs_rest.p_value IS 'Two-sided p-value of no difference. NULL if there is nothing to test.';
COMMENT ON COLUMN unit_vs_rest.p_adjusted IS 'p_value adjusted by Benjamini and Hochberg over the units.';
COMMENT ON COLUMN unit_vs_rest.finding IS 'higher or lower where p_adjusted is below 0.05, else not distinguishable: which never means the same. NULL without a test.';
COMMENT ON COLUMN unit_vs_rest.method IS 'Test that was used.';
COMMENT ON COLUMN unit_vs_rest.status IS 'ok, or why values are NULL.';

CREATE VIEW interventions AS
WITH base AS (
    SELECT wave, coalesce(exposure, 'unknown') AS exposure, count(*) AS n
    FROM investigation
    WHERE granted
    GROUP BY 1, 2
),
typed AS (
    SELECT i.wave, coalesce(i.exposure, 'unknown') AS exposure, v.type,
           count(*) AS children
    FROM investigation AS i
    JOIN investigation_intervention AS v USING (inv_id)
    WHERE i.granted
    GROUP BY 1, 2, 3
),
grid AS (
    SELECT b.wave, g.exposure, t.code AS type, t.position, t.label_sv,
           t.label_en, sum(b.n)::bigint AS n,
           coalesce(sum(y.children), 0)::bigint AS children
    FROM base AS b
    CROSS JOIN intervention_type AS t
    LEFT JOIN typed AS y
        ON y.wave = b.wave AND y.exposure = b.exposure AND y.type = t.code
    CROSS JOIN LATERAL (VALUES (b.exposure), ('all')) AS g (exposure)
    GROUP BY b.wave, g.exposure, t.code, t.position, t.label_sv, t.label_en
)
SELECT g.wave, g.exposure, g.position, g.type, g.label_sv, g.label_en, g.n,
       g.children, s.estimate AS share, s.lower AS share_lower,
       s.upper AS share_upper, s.status
FROM grid AS g
CROSS JOIN LATERAL nuso.confint(nuso.make_proportion(g.n, g.children)) AS s;
COMMENT ON VIEW interventions IS 'Granted interventions by type, for all and by exposure. Several may be granted in one investigation, so shares need not sum to 1. Wilson intervals, 95 per cent.';
COMMENT ON COLUMN interventions.wave IS 'Round of data collection.';
COMMENT ON COLUMN interventions.exposure IS 'all, none, home, own, both or unknown.';
COMMENT ON COLUMN interventions.position IS 'Order of the types.';
COMMENT ON COLUMN interventions.type IS 'Type of intervention (code list intervention_type).';
COMMENT ON COLUMN interventions.label_sv IS 'Swedish label.';
COMMENT ON COLUMN interventions.label_en IS 'English label.';
COMMENT ON COLUMN interventions.n IS 'Investigations with a granted intervention.';
COMMENT ON COLUMN interventions.children IS 'Those of them with this type.';
COMMENT ON COLUMN interventions.share IS 'children / n. NULL if n is 0.';
COMMENT ON COLUMN interventions.share_lower IS 'Lower bound of share.';
COMMENT ON COLUMN interventions.share_upper IS 'Upper bound of share.';
COMMENT ON COLUMN interventions.status IS 'ok, or why share is NULL.';

CREATE VIEW handovers AS
WITH base AS (
    SELECT wave, coalesce(exposure, 'unknown') AS exposure, count(*) AS n
    FROM investigation
    GROUP BY 1, 2
),
-- an investigation counts once for its receiver, and once for each kind of
-- service it was handed over to
counted AS (
    SELECT i.wave, coalesce(i.exposure, 'unknown') AS exposure, h.type,
           'all' AS subtype, count(DISTINCT i.inv_id) AS children
    FROM investigation AS i
    JOIN investigation_handover AS h USING (inv_id)
    GROUP BY 1, 2, 3
    UNION ALL
    SELECT i.wave, coalesce(i.exposure, 'unknown'), h.type, h.subtype,
           count(*)
    FROM investigation AS i
    JOIN investigation_handover AS h USING (inv_id)
    WHERE h.subtype <> 'unspecified'
    GROUP BY 1, 2, 3, 4
),
listed AS (
    SELECT code AS type, 'all' AS subtype, position * 10 AS position,
           label_sv, label_en
    FROM handover_type
    UNION ALL
    SELECT 'services', s.code, t.position * 10 + s.position, s.label_sv,
           s.label_en
    FROM service_type AS s
    JOIN handover_type AS t ON t.code = 'services'
    WHERE s.code <> 'unspecified'
),
grid AS (
    SELECT b.wave, g.exposure, l.type, l.subtype, l.position, l.label_sv,
           l.label_en, sum(b.n)::bigint AS n,
           coalesce(sum(c.children), 0)::bigint AS children
    FROM base AS b
    CROSS JOIN listed AS l
    LEFT JOIN counted AS c
        ON c.wave = b.wave AND c.exposure = b.exposure AND c.type = l.type
        AND c.subtype = l.subtype
    CROSS JOIN LATERAL (VALUES (b.exposure), ('all')) AS g (exposure)
    GROUP BY b.wave, g.exposure, l.type, l.subtype, l.position, l.label_sv,
             l.label_en
)
SELECT g.wave, g.exposure, g.position, g.type, g.subtype, g.label_sv,
       g.label_en, g.n, g.children, s.estimate AS share,
       s.lower AS share_lower, s.upper AS share_upper, s.status
FROM grid AS g
CROSS JOIN LATERAL nuso.confint(nuso.make_proportion(g.n, g.children)) AS s;
COMMENT ON VIEW handovers IS 'Handovers by receiver, and by kind of service for services without needs test; for all and by exposure. Several receivers and kinds are possible, so shares need not sum to 1. Wilson intervals, 95 per cent.';
COMMENT ON COLUMN handovers.wave IS 'Round of data collection.';
COMMENT ON COLUMN handovers.exposure IS 'all, none, home, own, both or unknown.';
COMMENT ON COLUMN handovers.position IS 'Order of the rows: receivers, and under services its kinds.';
COMMENT ON COLUMN handovers.type IS 'Receiver (code list handover_type).';
COMMENT ON COLUMN handovers.subtype IS 'all: the receiver as a whole; else a kind of service (code list service_type).';
COMMENT ON COLUMN handovers.label_sv IS 'Swedish label.';
COMMENT ON COLUMN handovers.label_en IS 'English label.';
COMMENT ON COLUMN handovers.n IS 'Investigations.';
COMMENT ON COLUMN handovers.children IS 'Those of them with this handover.';
COMMENT ON COLUMN handovers.share IS 'children / n. NULL if n is 0.';
COMMENT ON COLUMN handovers.share_lower IS 'Lower bound of share.';
COMMENT ON COLUMN handovers.share_upper IS 'Upper bound of share.';
COMMENT ON COLUMN handovers.status IS 'ok, or why share is NULL.';

CREATE VIEW referral_pathway AS
WITH cell AS (
    SELECT wave, type, coalesce(reason_code, 'unknown') AS reason,
           coalesce(sex, 'unknown') AS sex,
           CASE WHEN age <= 5 THEN '0-5' WHEN age <= 9 THEN '6-9'
                WHEN age <= 14 THEN '10-14' WHEN age <= 20 THEN '15-20'
                ELSE 'unknown' END AS age,
           count(*) AS referrals,
           count(*) FILTER (WHERE decision = 'not_opened') AS not_opened,
           count(*) FILTER (WHERE decision = 'added') AS added,
           count(*) FILTER (WHERE decision IS NULL) AS unknown,
           nuso.proportion_agg(decision = 'opened') AS opened
    FROM referral
    GROUP BY 1, 2, 3, 4, 5
),
grouped AS (
    SELECT c.wave, g.grouping, g.group_value,
           sum(c.referrals)::bigint AS referrals,
           sum(c.not_opened)::bigint AS not_opened,
           sum(c.added)::bigint AS added,
           sum(c.unknown)::bigint AS unknown,
           nuso.rollup(c.opened) AS opened
    FROM cell AS c
    CROSS JOIN LATERAL (
        VALUES ('all', 'all'), ('type', c.type), ('reason', c.reason),
               ('sex', c.sex), ('age', c.age)) AS g (grouping, group_value)
    GROUP BY c.wave, g.grouping, g.group_value
),
total AS (
    SELECT wave, sum(referrals)::bigint AS referrals FROM cell GROUP BY wave
)
SELECT g.wave, g.grouping, g.group_value,
       coalesce(t.label_sv, r.label_sv) AS label_sv,
       coalesce(t.label_en, r.label_en) AS label_en,
       g.referrals, g.referrals::double precision / a.referrals AS share,
       nuso.events(g.opened) AS opened_referrals,
       g.not_opened AS not_opened_referrals,
       g.added AS added_referrals,
       g.unknown AS unknown_referrals,
       o.estimate AS opened, o.lower AS opened_lower, o.upper AS opened_upper,
       o.status
FROM grouped AS g
JOIN total AS a USING (wave)
LEFT JOIN referral_type AS t
    ON g.grouping = 'type' AND t.code = g.group_value
LEFT JOIN referral_reason AS r
    ON g.grouping = 'reason' AND r.code = g.group_value
CROSS JOIN LATERAL nuso.confint(g.opened) AS o;
COMMENT ON VIEW referral_pathway IS 'Who is referred and what it leads to: all referrals, and by type, reason, sex and age. Wilson intervals, 95 per cent.';
COMMENT ON COLUMN referral_pathway.wave IS 'Round of data collection.';
COMMENT ON COLUMN referral_pathway.grouping IS 'all, type, reason, sex or age.';
COMMENT ON COLUMN referral_pathway.group_value IS 'all, or the code, sex or age band of the row; unknown where it is not known.';
COMMENT ON COLUMN referral_pathway.label_sv IS 'Swedish label of a type or reason; else NULL.';
COMMENT ON COLUMN referral_pathway.label_en IS 'English label of a type or reason; else NULL.';
COMMENT ON COLUMN referral_pathway.referrals IS 'Referrals.';
COMMENT ON COLUMN referral_pathway.share IS 'Their share of all referrals of the wave.';
COMMENT ON COLUMN referral_pathway.opened_referrals IS 'Referrals that led to an investigation.';
COMMENT ON COLUMN referral_pathway.not_opened_referrals IS 'Referrals that did not.';
COMMENT ON COLUMN referral_pathway.added_referrals IS 'Referrals that were added to an ongoing investigation.';
COMMENT ON COLUMN referral_pathway.unknown_referrals IS 'Referrals whose decision is not known.';
COMMENT ON COLUMN referral_pathway.opened IS 'Share that led to an investigation, of those whose decision is known. NULL if it is of none.';
COMMENT ON COLUMN referral_pathway.opened_lower IS 'Lower bound of opened.';
COMMENT ON COLUMN referral_pathway.opened_upper IS 'Upper bound of opened.';
COMMENT ON COLUMN referral_pathway.status IS 'ok, or why opened is NULL.';

CREATE VIEW services AS
SELECT wave, 'rows' AS source, unit_id, start_month AS month, type,
       coalesce(sex, 'unknown') AS sex,
       CASE WHEN age <= 5 THEN '0-5' WHEN age <= 9 THEN '6-9'
            WHEN age <= 14 THEN '10-14' WHEN age <= 20 THEN '15-20'
            ELSE 'unknown' END AS age_band,
       count(*) AS n
FROM service
GROUP BY wave, unit_id, start_month, type, 6, 7
UNION ALL
SELECT wave, 'counts', unit_id, month, type, sex, age_band, n::bigint
FROM service_aggregate;
COMMENT ON VIEW services IS 'Started services without needs test, of units that deliver rows and of units that deliver counts.';
COMMENT ON COLUMN services.wave IS 'Round of data collection.';
COMMENT ON COLUMN services.source IS 'rows: counted here from service; counts: delivered as counts in service_aggregate.';
COMMENT ON COLUMN services.unit_id IS 'The unit.';
COMMENT ON COLUMN services.month IS 'First day of the month of start.';
COMMENT ON COLUMN services.type IS 'Type (code list service_type).';
COMMENT ON COLUMN services.sex IS 'girl, boy or unknown.';
COMMENT ON COLUMN services.age_band IS '0-5, 6-9, 10-14, 15-20 or unknown.';
COMMENT ON COLUMN services.n IS 'Started services, number.';
