-- The report views of profiles of risk and protection. As the others they have
-- scalar columns only, count once into cells or summaries, join these where a
-- coarser group is asked for, and ask each summary once, through LATERAL.
--
-- Each wave says which scheme its children are classified by
-- (wave.profile_scheme). Children whose factors were not delivered are in no
-- view; those that no profile fits are "unclassified", which is listed as one
-- more profile, so that the shares of a wave sum to 1.

-- what can be in a wave's views
CREATE VIEW wave_profile AS
WITH resolved AS MATERIALIZED (
    SELECT w.wave, s.scheme, s.version
    FROM wave AS w
    CROSS JOIN LATERAL nuso.resolve_scheme(w.profile_scheme) AS s
)
SELECT r.wave, r.scheme, r.version, p.priority, p.profile, p.label_sv,
       p.label_en
FROM resolved AS r
JOIN nuso.profile AS p USING (scheme, version)
UNION ALL
SELECT wave, scheme, version, NULL, 'unclassified', 'Ingen profil',
       'No profile'
FROM resolved;
COMMENT ON VIEW wave_profile IS 'Profiles that the views list for each wave: those of its scheme, and unclassified.';
COMMENT ON COLUMN wave_profile.wave IS 'Round of data collection.';
COMMENT ON COLUMN wave_profile.scheme IS 'Scheme of profiles.';
COMMENT ON COLUMN wave_profile.version IS 'Version of the scheme.';
COMMENT ON COLUMN wave_profile.priority IS 'Place of the profile in its scheme: rules are tried in this order. NULL for unclassified.';
COMMENT ON COLUMN wave_profile.profile IS 'Code of the profile; unclassified where none fits.';
COMMENT ON COLUMN wave_profile.label_sv IS 'Swedish label of the profile.';
COMMENT ON COLUMN wave_profile.label_en IS 'English label of the profile.';

-- The profile is that of the list, because the planner takes an expression over
-- factors to have as many values as there are children, but not a list.
CREATE VIEW investigation_profile AS
WITH listed AS MATERIALIZED (
    SELECT wave, scheme, version, profile FROM wave_profile
)
SELECT c.inv_id, c.wave, l.scheme, l.version, l.profile, c.unit_id, c.age,
       c.sex, c.background, c.residence, c.diagnosis, c.exposure, c.need,
       c.granted, c.via_ansokan, c.via_anmalan, c.via_annat,
       c.consent_guardian, c.consent_child, c.factors, c.factors_observed
FROM (
    SELECT i.inv_id, i.wave, i.unit_id, i.age, i.sex, i.background,
           i.residence, i.diagnosis, i.exposure, i.need, i.granted,
           i.via_ansokan, i.via_anmalan, i.via_annat, i.consent_guardian,
           i.consent_child, i.factors, o.factors_observed,
           nuso.classify(w.profile_scheme, i.factors, o.factors_observed)
               AS profile
    FROM investigation AS i
    JOIN wave AS w USING (wave)
    CROSS JOIN LATERAL (
        SELECT coalesce(i.factors_observed, 9223372036854775807)
    ) AS o (factors_observed)
    WHERE i.factors IS NOT NULL
    OFFSET 0                -- so that a child is classified once
) AS c
JOIN listed AS l USING (wave, profile);
COMMENT ON VIEW investigation_profile IS 'Each investigation whose factors are known, with its profile: one row each, for joins and for counts of your own.';
COMMENT ON COLUMN investigation_profile.inv_id IS 'Key of the investigation.';
COMMENT ON COLUMN investigation_profile.wave IS 'Round of data collection.';
COMMENT ON COLUMN investigation_profile.scheme IS 'Scheme of profiles.';
COMMENT ON COLUMN investigation_profile.version IS 'Version of the scheme.';
COMMENT ON COLUMN investigation_profile.profile IS 'Code of the profile; unclassified where none fits.';
COMMENT ON COLUMN investigation_profile.unit_id IS 'Unit that made the investigation.';
COMMENT ON COLUMN investigation_profile.age IS 'Age in whole years.';
COMMENT ON COLUMN investigation_profile.sex IS 'girl or boy.';
COMMENT ON COLUMN investigation_profile.background IS 'swedish, foreign or unknown.';
COMMENT ON COLUMN investigation_profile.residence IS 'Living arrangement.';
COMMENT ON COLUMN investigation_profile.diagnosis IS 'A diagnosis or disability is known; NULL not known whether.';
COMMENT ON COLUMN investigation_profile.exposure IS 'none, home, own or both; NULL not known.';
COMMENT ON COLUMN investigation_profile.need IS 'A need of intervention was assessed.';
COMMENT ON COLUMN investigation_profile.granted IS 'An intervention was granted.';
COMMENT ON COLUMN investigation_profile.via_ansokan IS 'Came by own application.';
COMMENT ON COLUMN investigation_profile.via_anmalan IS 'Came by report of concern.';
COMMENT ON COLUMN investigation_profile.via_annat IS 'Came otherwise.';
COMMENT ON COLUMN investigation_profile.consent_guardian IS 'The guardians consent; NULL if not asked or not known.';
COMMENT ON COLUMN investigation_profile.consent_child IS 'The child consents; NULL if not asked or not known.';
COMMENT ON COLUMN investigation_profile.factors IS 'Factors that are present, one bit each.';
COMMENT ON COLUMN investigation_profile.factors_observed IS 'Factors that were answered; where the wave does not say, all.';

CREATE VIEW profile_shares AS
WITH cell AS (
    SELECT wave, profile, count(*) AS children
    FROM investigation_profile
    GROUP BY wave, profile
),
total AS (
    SELECT wave, sum(children)::bigint AS n FROM cell GROUP BY wave
)
SELECT l.wave, l.scheme, l.version, l.priority, l.profile, l.label_sv,
       l.label_en, t.n, coalesce(c.children, 0) AS children,
       s.estimate AS share, s.lower AS share_lower, s.upper AS share_upper,
       s.status
FROM wave_profile AS l
JOIN total AS t USING (wave)
LEFT JOIN cell AS c USING (wave, profile)
CROSS JOIN LATERAL nuso.confint(
    nuso.make_proportion(t.n, coalesce(c.children, 0))) AS s;
COMMENT ON VIEW profile_shares IS 'Shares of the risk and protection profiles. Which scheme is used is said in wave.profile_scheme; the scheme demo is a demonstration. Wilson intervals, 95 per cent.';
COMMENT ON COLUMN profile_shares.wave IS 'Round of data collection.';
COMMENT ON COLUMN profile_shares.scheme IS 'Scheme of profiles.';
COMMENT ON COLUMN profile_shares.version IS 'Version of the scheme.';
COMMENT ON COLUMN profile_shares.priority IS 'Place of the profile in its scheme: rules are tried in this order. NULL for unclassified.';
COMMENT ON COLUMN profile_shares.profile IS 'Code of the profile; unclassified where none fits.';
COMMENT ON COLUMN profile_shares.label_sv IS 'Swedish label of the profile.';
COMMENT ON COLUMN profile_shares.label_en IS 'English label of the profile.';
COMMENT ON COLUMN profile_shares.n IS 'Investigations whose factors are known.';
COMMENT ON COLUMN profile_shares.children IS 'Those of them with this profile.';
COMMENT ON COLUMN profile_shares.share IS 'children / n. The shares of a wave sum to 1.';
COMMENT ON COLUMN profile_shares.share_lower IS 'Lower bound of share.';
COMMENT ON COLUMN profile_shares.share_upper IS 'Upper bound of share.';
COMMENT ON COLUMN profile_shares.status IS 'ok, or why share is NULL.';

CREATE VIEW profile_shares_by_group AS
WITH cell AS (
    SELECT i.wave, i.profile, i.sex, i.age, i.exposure, i.diagnosis,
           i.residence, i.background, u.size_class, count(*) AS children
    FROM investigation_profile AS i
    JOIN unit AS u USING (unit_id)
    GROUP BY i.wave, i.profile, i.sex, i.age, i.exposure, i.diagnosis,
             i.residence, i.background, u.size_class
),
-- every cell once a grouping, under the group that it belongs to
counted AS (
    SELECT c.wave, g.grouping, g.group_value, g.is_mirror, c.profile,
           sum(c.children)::bigint AS children
    FROM cell AS c
    CROSS JOIN LATERAL child_groups(c.sex, c.age, c.exposure, c.diagnosis,
                                    c.residence, c.background, c.size_class) AS g
    WHERE g.grouping <> 'age over 9'
    GROUP BY c.wave, g.grouping, g.group_value, g.is_mirror, c.profile
),
grouped AS (
    SELECT wave, grouping, group_value, is_mirror, sum(children)::bigint AS n
    FROM counted
    GROUP BY wave, grouping, group_value, is_mirror
),
filled AS (
    SELECT g.wave, g.grouping, g.group_value, g.is_mirror, l.scheme, l.version,
           l.priority, l.profile, l.label_sv, l.label_en,
           nuso.make_proportion(g.n, coalesce(c.children, 0)) AS part
    FROM grouped AS g
    JOIN wave_profile AS l USING (wave)
    LEFT JOIN counted AS c USING (wave, grouping, group_value, profile)
),
total AS (
    SELECT wave, grouping, profile, nuso.rollup(part) AS whole
    FROM filled
    GROUP BY wave, grouping, profile
),
-- of two groups each is the other's rest: their one test counts once
compared AS (
    SELECT f.wave, f.grouping, f.group_value, f.is_mirror, f.scheme, f.version,
           f.priority, f.profile, f.label_sv, f.label_en,
           i.lower AS share_lower, i.upper AS share_upper,
           i.status AS share_status, r.*,
           nuso.p_adjust(CASE WHEN NOT f.is_mirror THEN r.p_value END)
               OVER (PARTITION BY f.wave, f.grouping) AS once_adjusted
    FROM filled AS f
    JOIN total AS t USING (wave, grouping, profile)
    CROSS JOIN LATERAL nuso.confint(f.part) AS i
    CROSS JOIN LATERAL nuso.compare_to_rest(f.part, t.whole) AS r
)
SELECT wave, grouping, group_value, scheme, version, priority, profile,
       label_sv, label_en, n_a AS n, events_a AS children, p_a AS share,
       share_lower, share_upper, n_b AS rest_n, p_b AS rest_share,
       difference, difference_lower, difference_upper, p_value,
       coalesce(once_adjusted,
                CASE WHEN is_mirror THEN max(once_adjusted)
                         OVER (PARTITION BY wave, grouping, profile) END)
           AS p_adjusted,
       method, status AS difference_status, share_status AS status
FROM compared;
COMMENT ON VIEW profile_shares_by_group IS 'Do groups of children differ in their profiles? Each group against all others of its grouping; of two groups each is the other''s rest, so they mirror each other. Wilson intervals of shares, Newcombe intervals of differences, 95 per cent; p-values adjusted by Holm (1979) over all profiles and groups of one grouping in one wave, where the one test of two groups counts once. Unknown group values are left out. Not adjusted for other facts: groups differ in age and exposure too.';
COMMENT ON COLUMN profile_shares_by_group.wave IS 'Round of data collection.';
COMMENT ON COLUMN profile_shares_by_group.grouping IS 'sex, age, exposure, diagnosis, residence, background or size class.';
COMMENT ON COLUMN profile_shares_by_group.group_value IS 'The group.';
COMMENT ON COLUMN profile_shares_by_group.scheme IS 'Scheme of profiles.';
COMMENT ON COLUMN profile_shares_by_group.version IS 'Version of the scheme.';
COMMENT ON COLUMN profile_shares_by_group.priority IS 'Place of the profile in its scheme: rules are tried in this order. NULL for unclassified.';
COMMENT ON COLUMN profile_shares_by_group.profile IS 'Code of the profile; unclassified where none fits.';
COMMENT ON COLUMN profile_shares_by_group.label_sv IS 'Swedish label of the profile.';
COMMENT ON COLUMN profile_shares_by_group.label_en IS 'English label of the profile.';
COMMENT ON COLUMN profile_shares_by_group.n IS 'Investigations of the group whose factors are known.';
COMMENT ON COLUMN profile_shares_by_group.children IS 'Those of them with this profile.';
COMMENT ON COLUMN profile_shares_by_group.share IS 'children / n. The shares of a group sum to 1.';
COMMENT ON COLUMN profile_shares_by_group.share_lower IS 'Lower bound of share (Wilson).';
COMMENT ON COLUMN profile_shares_by_group.share_upper IS 'Upper bound of share (Wilson).';
COMMENT ON COLUMN profile_shares_by_group.rest_n IS 'Investigations of all other groups of the grouping.';
COMMENT ON COLUMN profile_shares_by_group.rest_share IS 'Their share with the profile. NULL if there are none.';
COMMENT ON COLUMN profile_shares_by_group.difference IS 'share minus rest_share, from -1 to 1.';
COMMENT ON COLUMN profile_shares_by_group.difference_lower IS 'Lower bound of difference.';
COMMENT ON COLUMN profile_shares_by_group.difference_upper IS 'Upper bound of difference.';
COMMENT ON COLUMN profile_shares_by_group.p_value IS 'Two-sided p-value of no difference. NULL if there is nothing to test.';
COMMENT ON COLUMN profile_shares_by_group.p_adjusted IS 'p_value adjusted by Holm over the profiles and groups of the grouping and wave.';
COMMENT ON COLUMN profile_shares_by_group.method IS 'Test that was used.';
COMMENT ON COLUMN profile_shares_by_group.difference_status IS 'ok, or why the difference or its test is NULL.';
COMMENT ON COLUMN profile_shares_by_group.status IS 'ok, or why share is NULL.';

CREATE VIEW profile_shares_by_unit AS
WITH cell AS (
    SELECT wave, unit_id, profile, count(*) AS children
    FROM investigation_profile
    GROUP BY wave, unit_id, profile
),
counted AS (
    SELECT wave, unit_id, sum(children)::bigint AS n
    FROM cell
    GROUP BY wave, unit_id
),
filled AS (
    SELECT u.wave, u.unit_id, l.scheme, l.version, l.priority, l.profile,
           l.label_sv, l.label_en,
           nuso.make_proportion(u.n, coalesce(c.children, 0)) AS part
    FROM counted AS u
    JOIN wave_profile AS l USING (wave)
    LEFT JOIN cell AS c USING (wave, unit_id, profile)
),
total AS (
    SELECT wave, profile, nuso.rollup(part) AS whole
    FROM filled
    GROUP BY wave, profile
),
compared AS (
    SELECT f.wave, f.unit_id, f.scheme, f.version, f.priority, f.profile,
           f.label_sv, f.label_en,
           i.lower AS share_lower, i.upper AS share_upper,
           i.status AS share_status, r.*,
           nuso.p_adjust(r.p_value, 'bh') OVER (PARTITION BY f.wave)
               AS p_adjusted
    FROM filled AS f
    JOIN total AS t USING (wave, profile)
    CROSS JOIN LATERAL nuso.confint(f.part) AS i
    CROSS JOIN LATERAL nuso.compare_to_rest(f.part, t.whole) AS r
)
SELECT a.wave, a.unit_id, u.unit_code, u.name AS unit_name,
       u.kind AS unit_kind, u.size_class, a.scheme, a.version, a.priority,
       a.profile, a.label_sv, a.label_en, a.n_a AS n, a.events_a AS children,
       a.p_a AS share, a.share_lower, a.share_upper, a.n_b AS rest_n,
       a.p_b AS rest_share, a.difference, a.difference_lower,
       a.difference_upper, a.p_value, a.p_adjusted,
       CASE WHEN a.p_adjusted IS NULL THEN NULL
            WHEN a.p_adjusted >= 0.05 THEN 'not distinguishable'
            WHEN a.difference > 0 THEN 'higher'
            ELSE 'lower' END AS finding,
       a.method, a.status AS difference_status, a.share_status AS status
FROM compared AS a
JOIN unit AS u USING (unit_id);
COMMENT ON VIEW profile_shares_by_unit IS 'The profiles of each unit against the rest of the nation. Wilson intervals of shares, Newcombe intervals of differences, 95 per cent; p-values adjusted by Benjamini and Hochberg (1995) over all units and profiles of the wave. Not adjusted for the ages and exposures that a unit meets.';
COMMENT ON COLUMN profile_shares_by_unit.wave IS 'Round of data collection.';
COMMENT ON COLUMN profile_shares_by_unit.unit_id IS 'The unit.';
COMMENT ON COLUMN profile_shares_by_unit.unit_code IS 'Its code.';
COMMENT ON COLUMN profile_shares_by_unit.unit_name IS 'Its name.';
COMMENT ON COLUMN profile_shares_by_unit.unit_kind IS 'municipality, district or administration.';
COMMENT ON COLUMN profile_shares_by_unit.size_class IS 'Size class of its municipality, 1 (largest) to 4.';
COMMENT ON COLUMN profile_shares_by_unit.scheme IS 'Scheme of profiles.';
COMMENT ON COLUMN profile_shares_by_unit.version IS 'Version of the scheme.';
COMMENT ON COLUMN profile_shares_by_unit.priority IS 'Place of the profile in its scheme: rules are tried in this order. NULL for unclassified.';
COMMENT ON COLUMN profile_shares_by_unit.profile IS 'Code of the profile; unclassified where none fits.';
COMMENT ON COLUMN profile_shares_by_unit.label_sv IS 'Swedish label of the profile.';
COMMENT ON COLUMN profile_shares_by_unit.label_en IS 'English label of the profile.';
COMMENT ON COLUMN profile_shares_by_unit.n IS 'Investigations of the unit whose factors are known.';
COMMENT ON COLUMN profile_shares_by_unit.children IS 'Those of them with this profile.';
COMMENT ON COLUMN profile_shares_by_unit.share IS 'children / n. The shares of a unit sum to 1.';
COMMENT ON COLUMN profile_shares_by_unit.share_lower IS 'Lower bound of share (Wilson).';
COMMENT ON COLUMN profile_shares_by_unit.share_upper IS 'Upper bound of share (Wilson).';
COMMENT ON COLUMN profile_shares_by_unit.rest_n IS 'Investigations of all other units.';
COMMENT ON COLUMN profile_shares_by_unit.rest_share IS 'Their share with the profile. NULL if there are none.';
COMMENT ON COLUMN profile_shares_by_unit.difference IS 'share minus rest_share, from -1 to 1.';
COMMENT ON COLUMN profile_shares_by_unit.difference_lower IS 'Lower bound of difference.';
COMMENT ON COLUMN profile_shares_by_unit.difference_upper IS 'Upper bound of difference.';
COMMENT ON COLUMN profile_shares_by_unit.p_value IS 'Two-sided p-value of no difference. NULL if there is nothing to test.';
COMMENT ON COLUMN profile_shares_by_unit.p_adjusted IS 'p_value adjusted by Benjamini and Hochberg over the units and profiles of the wave.';
COMMENT ON COLUMN profile_shares_by_unit.finding IS 'higher or lower where p_adjusted is below 0.05, else not distinguishable: which never means the same. NULL without a test.';
COMMENT ON COLUMN profile_shares_by_unit.method IS 'Test that was used.';
COMMENT ON COLUMN profile_shares_by_unit.difference_status IS 'ok, or why the difference or its test is NULL.';
COMMENT ON COLUMN profile_shares_by_unit.status IS 'ok, or why share is NULL.';

CREATE VIEW profile_shares_by_age AS
WITH cell AS (
    SELECT wave, age, nuso.crosstab_agg(age, profile) AS counts
    FROM investigation_profile
    GROUP BY wave, age
),
total AS (
    SELECT wave, nuso.rollup(counts) AS counts FROM cell GROUP BY wave
),
point AS (
    SELECT t.wave, p.*
    FROM total AS t
    CROSS JOIN LATERAL nuso.composition_curve(t.counts) AS p
)
-- a profile that nobody has at any age is in no table of counts
SELECT c.wave, c.age, l.scheme, l.version, l.priority, l.profile, l.label_sv,
       l.label_en, nuso.n(c.counts) AS n, coalesce(p.children, 0) AS children,
       coalesce(p.children, 0)::double precision / nuso.n(c.counts) AS share,
       p.share_lower, p.share_upper, p.share_band_lower, p.share_band_upper,
       p.share_smooth, p.share_smooth_lower, p.share_smooth_upper,
       coalesce(p.status, 'zero_margin') AS status
FROM cell AS c
JOIN wave_profile AS l USING (wave)
LEFT JOIN point AS p
    ON p.wave = c.wave AND p.age = c.age AND p.col_label = l.profile;
COMMENT ON VIEW profile_shares_by_age IS 'Which profiles children have at each age. Simultaneous intervals of the shares of an age, 95 per cent; a band holds at all ages of the wave at once.';
COMMENT ON COLUMN profile_shares_by_age.wave IS 'Round of data collection.';
COMMENT ON COLUMN profile_shares_by_age.age IS 'Age in whole years.';
COMMENT ON COLUMN profile_shares_by_age.scheme IS 'Scheme of profiles.';
COMMENT ON COLUMN profile_shares_by_age.version IS 'Version of the scheme.';
COMMENT ON COLUMN profile_shares_by_age.priority IS 'Place of the profile in its scheme: rules are tried in this order. NULL for unclassified.';
COMMENT ON COLUMN profile_shares_by_age.profile IS 'Code of the profile; unclassified where none fits.';
COMMENT ON COLUMN profile_shares_by_age.label_sv IS 'Swedish label of the profile.';
COMMENT ON COLUMN profile_shares_by_age.label_en IS 'English label of the profile.';
COMMENT ON COLUMN profile_shares_by_age.n IS 'Investigations of children of that age whose factors are known.';
COMMENT ON COLUMN profile_shares_by_age.children IS 'Those of them with this profile.';
COMMENT ON COLUMN profile_shares_by_age.share IS 'children / n. The shares of an age sum to 1.';
COMMENT ON COLUMN profile_shares_by_age.share_lower IS 'Lower bound of share, for all profiles of the age at once (Goodman 1965).';
COMMENT ON COLUMN profile_shares_by_age.share_upper IS 'Upper bound of share, for all profiles of the age at once.';
COMMENT ON COLUMN profile_shares_by_age.share_band_lower IS 'Lower bound of share, for all profiles of all ages at once.';
COMMENT ON COLUMN profile_shares_by_age.share_band_upper IS 'Upper bound of share, for all profiles of all ages at once.';
COMMENT ON COLUMN profile_shares_by_age.share_smooth IS 'Share smoothed over ages: never without share and n beside it. NULL for fewer than four ages with children.';
COMMENT ON COLUMN profile_shares_by_age.share_smooth_lower IS 'Lower bound of share_smooth for all ages at once.';
COMMENT ON COLUMN profile_shares_by_age.share_smooth_upper IS 'Upper bound of share_smooth for all ages at once.';
COMMENT ON COLUMN profile_shares_by_age.status IS 'ok; zero_margin: nobody or everybody of all ages has this profile, and the share has no bounds.';

CREATE VIEW profile_outcomes AS
WITH cell AS (
    SELECT wave, profile, count(*) AS children,
           nuso.proportion_agg(need) AS need,
           nuso.proportion_agg(granted) AS granted,
           nuso.proportion_agg(via_ansokan) AS via_ansokan,
           nuso.proportion_agg(via_anmalan) AS via_anmalan,
           nuso.proportion_agg(via_annat) AS via_annat,
           nuso.proportion_agg(consent_guardian) AS guardian,
           nuso.proportion_agg(consent_child) AS child
    FROM investigation_profile
    GROUP BY wave, profile
),
-- a child counts once for each type of intervention and each receiver
intervened AS (
    SELECT i.wave, i.profile, v.type, count(*) AS children
    FROM investigation_profile AS i
    JOIN investigation_intervention AS v USING (inv_id)
    WHERE i.granted
    GROUP BY i.wave, i.profile, v.type
),
handed AS (
    SELECT i.wave, i.profile, h.type, count(DISTINCT i.inv_id) AS children
    FROM investigation_profile AS i
    JOIN investigation_handover AS h USING (inv_id)
    GROUP BY i.wave, i.profile, h.type
),
part AS (
    SELECT c.wave, c.profile, o.kind, o.position, o.outcome, o.label_sv,
           o.label_en, o.part
    FROM cell AS c
    CROSS JOIN LATERAL (
        VALUES ('need', 'assessed', 101, 'Behov av insats bedöms finnas',
                'Need of intervention assessed', c.need),
               ('support', 'granted', 201, 'Insats beviljas',
                'Intervention granted', c.granted),
               ('route', 'ansokan', 501, 'Ansökan', 'Own application',
                c.via_ansokan),
               ('route', 'anmalan', 502, 'Anmälan', 'Report of concern',
                c.via_anmalan),
               ('route', 'annat', 503, 'Annat sätt', 'Otherwise', c.via_annat),
               ('consent', 'guardian', 601, 'Vårdnadshavare samtycker',
                'Guardians consent', c.guardian),
               ('consent', 'child', 602, 'Barnet samtycker',
                'The child consents', c.child)
    ) AS o (kind, outcome, position, label_sv, label_en, part)
    UNION ALL
    SELECT c.wave, c.profile, 'intervention', 300 + t.position, t.code,
           t.label_sv, t.label_en,
           nuso.make_proportion(nuso.n(c.granted), coalesce(v.children, 0))
    FROM cell AS c
    CROSS JOIN intervention_type AS t
    LEFT JOIN intervened AS v
        ON v.wave = c.wave AND v.profile = c.profile AND v.type = t.code
    UNION ALL
    SELECT c.wave, c.profile, 'handover', 400 + t.position, t.code,
           t.label_sv, t.label_en,
           nuso.make_proportion(c.children, coalesce(h.children, 0))
    FROM cell AS c
    CROSS JOIN handover_type AS t
    LEFT JOIN handed AS h
        ON h.wave = c.wave AND h.profile = c.profile AND h.type = t.code
),
total AS (
    SELECT wave, kind, outcome, nuso.rollup(part) AS whole
    FROM part
    GROUP BY wave, kind, outcome
),
compared AS (
    SELECT p.wave, p.profile, p.kind, p.position, p.outcome, p.label_sv,
           p.label_en, i.lower AS share_lower, i.upper AS share_upper,
           i.status AS share_status, r.*,
           nuso.p_adjust(r.p_value) OVER (PARTITION BY p.wave, p.kind)
               AS p_adjusted
    FROM part AS p
    JOIN total AS t USING (wave, kind, outcome)
    CROSS JOIN LATERAL nuso.confint(p.part) AS i
    CROSS JOIN LATERAL nuso.compare_to_rest(p.part, t.whole) AS r
)
SELECT c.wave, l.scheme, l.version, l.priority, c.profile, l.label_sv,
       l.label_en, c.position, c.kind, c.outcome,
       c.label_sv AS outcome_label_sv, c.label_en AS outcome_label_en,
       c.n_a AS n, c.events_a AS events, c.p_a AS share, c.share_lower,
       c.share_upper, c.n_b AS rest_n, c.p_b AS rest_share,
       c.difference, c.difference_lower, c.difference_upper, c.p_value,
       c.p_adjusted, c.method, c.status AS difference_status,
       c.share_status AS status
FROM compared AS c
JOIN wave_profile AS l USING (wave, profile);
COMMENT ON VIEW profile_outcomes IS 'What follows for each profile: assessed need, granted support and its kinds, handovers, route and consent, one row a profile and outcome, each against all other profiles together. Wilson intervals of shares, Newcombe intervals of differences, 95 per cent; p-values adjusted by Holm (1979) over the profiles and outcomes of one kind in one wave. Facts that are not known are left out. A profile that nobody has is not listed.';
COMMENT ON COLUMN profile_outcomes.wave IS 'Round of data collection.';
COMMENT ON COLUMN profile_outcomes.scheme IS 'Scheme of profiles.';
COMMENT ON COLUMN profile_outcomes.version IS 'Version of the scheme.';
COMMENT ON COLUMN profile_outcomes.priority IS 'Place of the profile in its scheme: rules are tried in this order. NULL for unclassified.';
COMMENT ON COLUMN profile_outcomes.profile IS 'Code of the profile; unclassified where none fits.';
COMMENT ON COLUMN profile_outcomes.label_sv IS 'Swedish label of the profile.';
COMMENT ON COLUMN profile_outcomes.label_en IS 'English label of the profile.';
COMMENT ON COLUMN profile_outcomes.position IS 'Order of the outcomes.';
COMMENT ON COLUMN profile_outcomes.kind IS 'need, support, intervention, handover, route or consent.';
COMMENT ON COLUMN profile_outcomes.outcome IS 'assessed; granted; a type of intervention (code list intervention_type); a receiver (code list handover_type); ansokan, anmalan or annat; guardian or child.';
COMMENT ON COLUMN profile_outcomes.outcome_label_sv IS 'Swedish label of the outcome.';
COMMENT ON COLUMN profile_outcomes.outcome_label_en IS 'English label of the outcome.';
COMMENT ON COLUMN profile_outcomes.n IS 'Investigations with the profile whose outcome is known. Of interventions: all whose support is known, granted or not; of consent: those where it was asked for.';
COMMENT ON COLUMN profile_outcomes.events IS 'Those of them with the outcome. Several types, receivers and routes may hold for one.';
COMMENT ON COLUMN profile_outcomes.share IS 'events / n. NULL if n is 0.';
COMMENT ON COLUMN profile_outcomes.share_lower IS 'Lower bound of share (Wilson).';
COMMENT ON COLUMN profile_outcomes.share_upper IS 'Upper bound of share (Wilson).';
COMMENT ON COLUMN profile_outcomes.rest_n IS 'Investigations with all other profiles whose outcome is known.';
COMMENT ON COLUMN profile_outcomes.rest_share IS 'Their share with the outcome. NULL if there are none.';
COMMENT ON COLUMN profile_outcomes.difference IS 'share minus rest_share, from -1 to 1.';
COMMENT ON COLUMN profile_outcomes.difference_lower IS 'Lower bound of difference.';
COMMENT ON COLUMN profile_outcomes.difference_upper IS 'Upper bound of difference.';
COMMENT ON COLUMN profile_outcomes.p_value IS 'Two-sided p-value of no difference. NULL if there is nothing to test.';
COMMENT ON COLUMN profile_outcomes.p_adjusted IS 'p_value adjusted by Holm over the profiles and outcomes of the kind and wave.';
COMMENT ON COLUMN profile_outcomes.method IS 'Test that was used.';
COMMENT ON COLUMN profile_outcomes.difference_status IS 'ok, or why the difference or its test is NULL.';
COMMENT ON COLUMN profile_outcomes.status IS 'ok, or why share is NULL.';

CREATE VIEW profile_factors AS
WITH counted AS (
    SELECT wave, profile, nuso.patterns_agg(factors, factors_observed)
               AS patterns
    FROM investigation_profile
    GROUP BY wave, profile
),
cell AS (
    SELECT c.wave, c.profile, i.item AS bit,
           nuso.make_proportion(i.n, i.present) AS part
    FROM counted AS c
    CROSS JOIN LATERAL nuso.item_counts(c.patterns) AS i
    JOIN nuso.factor AS f ON f.bit = i.item
),
total AS (
    SELECT wave, bit, nuso.rollup(part) AS whole FROM cell GROUP BY wave, bit
),
compared AS (
    SELECT c.wave, c.profile, c.bit, i.lower AS share_lower,
           i.upper AS share_upper, i.status AS share_status,
           a.estimate AS all_share, r.*,
           nuso.p_adjust(r.p_value) OVER (PARTITION BY c.wave) AS p_adjusted
    FROM cell AS c
    JOIN total AS t USING (wave, bit)
    CROSS JOIN LATERAL nuso.confint(c.part) AS i
    CROSS JOIN LATERAL nuso.confint(t.whole) AS a
    CROSS JOIN LATERAL nuso.compare_to_rest(c.part, t.whole) AS r
)
SELECT c.wave, l.scheme, l.version, l.priority, c.profile, l.label_sv,
       l.label_en,
       row_number() OVER (
           PARTITION BY c.wave, c.profile
           ORDER BY c.risk_ratio_lower DESC NULLS LAST, c.p_a DESC NULLS LAST,
                    c.bit) AS rank,
       f.bit, f.factor, f.kind AS factor_kind,
       f.label_sv AS factor_label_sv, f.label_en AS factor_label_en,
       c.n_a AS n, c.events_a AS children, c.p_a AS share, c.share_lower,
       c.share_upper, c.all_share, c.p_a / nullif(c.all_share, 0) AS lift,
       c.n_b AS rest_n, c.p_b AS rest_share, c.risk_ratio,
       c.risk_ratio_lower, c.risk_ratio_upper, c.p_value, c.p_adjusted,
       c.method, c.status AS ratio_status, c.share_status AS status
FROM compared AS c
JOIN wave_profile AS l USING (wave, profile)
JOIN nuso.factor AS f USING (bit);
COMMENT ON VIEW profile_factors IS 'The card of a profile: how common each factor is in it, and how much more than among all other children. Wilson intervals of shares, score intervals (Koopman 1984) of risk ratios, 95 per cent; p-values adjusted by Holm (1979) over all profiles and factors of the wave. In a scheme of rules the profile is made of its factors: their tests say nothing that the rules do not. A profile that nobody has is not listed.';
COMMENT ON COLUMN profile_factors.wave IS 'Round of data collection.';
COMMENT ON COLUMN profile_factors.scheme IS 'Scheme of profiles.';
COMMENT ON COLUMN profile_factors.version IS 'Version of the scheme.';
COMMENT ON COLUMN profile_factors.priority IS 'Place of the profile in its scheme: rules are tried in this order. NULL for unclassified.';
COMMENT ON COLUMN profile_factors.profile IS 'Code of the profile; unclassified where none fits.';
COMMENT ON COLUMN profile_factors.label_sv IS 'Swedish label of the profile.';
COMMENT ON COLUMN profile_factors.label_en IS 'English label of the profile.';
COMMENT ON COLUMN profile_factors.rank IS 'Place of the factor in the card: 1 has the greatest risk_ratio_lower, so is the most characteristic that is not a matter of chance.';
COMMENT ON COLUMN profile_factors.bit IS 'Bit of the factor in a mask.';
COMMENT ON COLUMN profile_factors.factor IS 'Code of the factor (nuso.factor).';
COMMENT ON COLUMN profile_factors.factor_kind IS 'risk or protect.';
COMMENT ON COLUMN profile_factors.factor_label_sv IS 'Swedish label of the factor.';
COMMENT ON COLUMN profile_factors.factor_label_en IS 'English label of the factor.';
COMMENT ON COLUMN profile_factors.n IS 'Investigations with the profile where the factor was observed.';
COMMENT ON COLUMN profile_factors.children IS 'Those of them with the factor.';
COMMENT ON COLUMN profile_factors.share IS 'children / n. NULL if n is 0.';
COMMENT ON COLUMN profile_factors.share_lower IS 'Lower bound of share (Wilson).';
COMMENT ON COLUMN profile_factors.share_upper IS 'Upper bound of share (Wilson).';
COMMENT ON COLUMN profile_factors.all_share IS 'Share with the factor among all children of the wave where it was observed, whatever their profile.';
COMMENT ON COLUMN profile_factors.lift IS 'share / all_share: how many times as common as in all children. It cannot exceed 1 over the profile''s share, so compare it within a profile. NULL if nobody has the factor.';
COMMENT ON COLUMN profile_factors.rest_n IS 'Investigations with all other profiles where the factor was observed.';
COMMENT ON COLUMN profile_factors.rest_share IS 'Their share with the factor. NULL if there are none.';
COMMENT ON COLUMN profile_factors.risk_ratio IS 'share / rest_share: how many times as common as in all other profiles. NULL if infinite, or without a share.';
COMMENT ON COLUMN profile_factors.risk_ratio_lower IS 'Lower bound of risk_ratio.';
COMMENT ON COLUMN profile_factors.risk_ratio_upper IS 'Upper bound of risk_ratio; NULL if infinite.';
COMMENT ON COLUMN profile_factors.p_value IS 'Two-sided p-value of no difference. NULL if there is nothing to test.';
COMMENT ON COLUMN profile_factors.p_adjusted IS 'p_value adjusted by Holm over the profiles and factors of the wave.';
COMMENT ON COLUMN profile_factors.method IS 'Test that was used.';
COMMENT ON COLUMN profile_factors.ratio_status IS 'ok, or why the risk ratio or its test is NULL.';
COMMENT ON COLUMN profile_factors.status IS 'ok, or why share is NULL.';

CREATE VIEW profile_shift AS
-- both waves by the scheme of the later one: what shifts are the children
WITH ordered AS (
    SELECT wave, profile_scheme,
           lag(wave) OVER (ORDER BY d1_from, wave) AS wave_before
    FROM wave AS w
    WHERE EXISTS (SELECT FROM investigation AS i
                  WHERE i.wave = w.wave AND i.factors IS NOT NULL)
),
counted AS (
    SELECT o.wave, o.wave_before, i.wave = o.wave_before AS before,
           nuso.classify(o.profile_scheme, i.factors,
                         coalesce(i.factors_observed, 9223372036854775807))
               AS profile,
           count(*) AS children
    FROM ordered AS o
    JOIN investigation AS i ON i.wave IN (o.wave, o.wave_before)
    WHERE o.wave_before IS NOT NULL AND i.factors IS NOT NULL
    GROUP BY 1, 2, 3, 4
),
total AS (
    SELECT wave, wave_before,
           sum(children) FILTER (WHERE before)::bigint AS n_before,
           sum(children) FILTER (WHERE NOT before)::bigint AS n
    FROM counted
    GROUP BY wave, wave_before
),
compared AS (
    SELECT t.wave, t.wave_before, l.scheme, l.version, l.priority, l.profile,
           l.label_sv, l.label_en,
           x.lower AS before_lower, x.upper AS before_upper,
           y.lower AS share_lower, y.upper AS share_upper, r.*,
           nuso.p_adjust(r.p_value) OVER (PARTITION BY t.wave) AS p_adjusted
    FROM total AS t
    JOIN wave_profile AS l USING (wave)
    LEFT JOIN counted AS b
        ON b.wave = t.wave AND b.before AND b.profile = l.profile
    LEFT JOIN counted AS c
        ON c.wave = t.wave AND NOT c.before AND c.profile = l.profile
    CROSS JOIN LATERAL (
        SELECT nuso.make_proportion(t.n_before, coalesce(b.children, 0)),
               nuso.make_proportion(t.n, coalesce(c.children, 0))
        OFFSET 0) AS s (earlier, later)
    CROSS JOIN LATERAL nuso.confint(s.earlier) AS x
    CROSS JOIN LATERAL nuso.confint(s.later) AS y
    CROSS JOIN LATERAL nuso.compare(s.later, s.earlier) AS r
)
SELECT wave, wave_before, scheme, version, priority, profile, label_sv,
       label_en, n_b AS n_before, events_b AS children_before,
       p_b AS share_before, before_lower AS share_before_lower,
       before_upper AS share_before_upper, n_a AS n, events_a AS children,
       p_a AS share, share_lower, share_upper, difference, difference_lower,
       difference_upper, p_value, p_adjusted, method, status
FROM compared;
COMMENT ON VIEW profile_shift IS 'How the profiles shift from one wave to the next: both waves are classified by the scheme of the later one, so that what shifts are the children and not the scheme. Waves follow each other by their first day (d1_from), then by name. Wilson intervals of shares, Newcombe intervals of differences, 95 per cent; p-values adjusted by Holm (1979) over the profiles of the pair. No rows for a single wave.';
COMMENT ON COLUMN profile_shift.wave IS 'The later round of data collection.';
COMMENT ON COLUMN profile_shift.wave_before IS 'The one before it.';
COMMENT ON COLUMN profile_shift.scheme IS 'Scheme of profiles of the later wave.';
COMMENT ON COLUMN profile_shift.version IS 'Version of the scheme.';
COMMENT ON COLUMN profile_shift.priority IS 'Place of the profile in its scheme: rules are tried in this order. NULL for unclassified.';
COMMENT ON COLUMN profile_shift.profile IS 'Code of the profile; unclassified where none fits.';
COMMENT ON COLUMN profile_shift.label_sv IS 'Swedish label of the profile.';
COMMENT ON COLUMN profile_shift.label_en IS 'English label of the profile.';
COMMENT ON COLUMN profile_shift.n_before IS 'Investigations of the earlier wave whose factors are known.';
COMMENT ON COLUMN profile_shift.children_before IS 'Those of them with this profile.';
COMMENT ON COLUMN profile_shift.share_before IS 'children_before / n_before.';
COMMENT ON COLUMN profile_shift.share_before_lower IS 'Lower bound of share_before (Wilson).';
COMMENT ON COLUMN profile_shift.share_before_upper IS 'Upper bound of share_before (Wilson).';
COMMENT ON COLUMN profile_shift.n IS 'Investigations of the later wave whose factors are known.';
COMMENT ON COLUMN profile_shift.children IS 'Those of them with this profile.';
COMMENT ON COLUMN profile_shift.share IS 'children / n.';
COMMENT ON COLUMN profile_shift.share_lower IS 'Lower bound of share (Wilson).';
COMMENT ON COLUMN profile_shift.share_upper IS 'Upper bound of share (Wilson).';
COMMENT ON COLUMN profile_shift.difference IS 'share minus share_before, from -1 to 1.';
COMMENT ON COLUMN profile_shift.difference_lower IS 'Lower bound of difference.';
COMMENT ON COLUMN profile_shift.difference_upper IS 'Upper bound of difference.';
COMMENT ON COLUMN profile_shift.p_value IS 'Two-sided p-value of no difference. NULL if there is nothing to test.';
COMMENT ON COLUMN profile_shift.p_adjusted IS 'p_value adjusted by Holm over the profiles of the two waves.';
COMMENT ON COLUMN profile_shift.method IS 'Test that was used.';
COMMENT ON COLUMN profile_shift.status IS 'ok, or why the difference or its test is NULL.';
