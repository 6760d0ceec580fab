-- the reference warehouse: making it, refusing, small data, thin data
\set SHOW_CONTEXT never
SET client_min_messages = warning;

-- where a warehouse cannot be
SELECT nuso.create_warehouse(NULL);
SELECT nuso.create_warehouse('');
SELECT nuso.create_warehouse('nuso');
SELECT nuso.create_warehouse('pg_own');
CREATE SCHEMA open_to_all;
GRANT CREATE ON SCHEMA open_to_all TO PUBLIC;
SELECT nuso.create_warehouse('open_to_all');

-- any name that is an identifier, an existing schema too
CREATE SCHEMA "Hus & hem";
SELECT nuso.create_warehouse('Hus & hem');
SELECT nuso.create_warehouse('Hus & hem');
SELECT table_type, count(*) FROM information_schema.tables
WHERE table_schema = 'Hus & hem' GROUP BY table_type ORDER BY table_type;
DROP SCHEMA "Hus & hem" CASCADE;

-- the caller's search path is neither needed nor changed
SET search_path = public;
SELECT nuso.create_warehouse('small');
SHOW search_path;
SET search_path = small, public;

-- code lists come filled
SELECT (SELECT count(*) FROM municipality_group) AS groups,
    (SELECT count(*) FROM intervention_type) AS interventions,
    (SELECT count(*) FROM handover_type) AS handovers,
    (SELECT count(*) FROM service_type) AS services,
    (SELECT count(*) FROM county) AS counties;

-- views of nothing have no rows
SELECT (SELECT count(*) FROM exposure_chain) + (SELECT count(*) FROM age_gap)
    + (SELECT count(*) FROM age_gap_clustered) + (SELECT count(*) FROM age_gap_by_group)
    + (SELECT count(*) FROM age_gap_by_unit) + (SELECT count(*) FROM unit_gap)
    + (SELECT count(*) FROM exposure_by_age) + (SELECT count(*) FROM participation_by_age)
    + (SELECT count(*) FROM group_differences)
    + (SELECT count(*) FROM profile_shares) + (SELECT count(*) FROM profile_shares_by_group)
    + (SELECT count(*) FROM profile_shares_by_unit) + (SELECT count(*) FROM profile_shares_by_age)
    + (SELECT count(*) FROM profile_outcomes) + (SELECT count(*) FROM profile_factors)
    + (SELECT count(*) FROM profile_shift) + (SELECT count(*) FROM investigation_profile)
    + (SELECT count(*) FROM unit_vs_rest) + (SELECT count(*) FROM interventions)
    + (SELECT count(*) FROM handovers) + (SELECT count(*) FROM referral_pathway) AS rows;

-- two waves, two units, few children, much that is not known
INSERT INTO county VALUES ('99', 'Län A');
INSERT INTO municipality VALUES ('9901', 'Ort Å', '99'), ('9902', 'Ort Ä', '99');
INSERT INTO unit (unit_id, unit_code, municipality_code, kind, name, size_class) VALUES
    (1, '9901', '9901', 'municipality', 'Ort Å', 4), (2, '9902-1', '9902', 'district', 'Ort Ä, norr', 1);
INSERT INTO wave (wave, source, synthetic) VALUES ('first', 'test', true), ('second', 'test', true);
INSERT INTO investigation (inv_id, wave, unit_id, closed_month, sex, age, via_ansokan, via_anmalan, via_annat,
    exposure_home, exposure_own, exposure, need, granted, factors, factors_observed, background) VALUES
    (1, 'first', 1, '2024-01-01', 'girl', 3, false, true, false, true, false, 'home', true, true,
     nuso.factor_mask('supportive_parent', 'witnessed_violence'), 9223372036854775807, 'swedish'),
    (2, 'first', 1, '2024-01-01', 'boy', 16, false, true, true, true, true, 'both', true, false,
     nuso.factor_mask('own_crime', 'own_substance', 'parental_illness', 'money_short'), 9223372036854775807, 'foreign'),
    (3, 'first', 1, '2024-02-01', 'boy', 16, true, false, false, false, false, 'none', false, false, 0, 0, 'swedish'),
    (4, 'first', 2, '2024-02-01', 'boy', 3, false, true, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'unknown'),
    (5, 'second', 2, '2024-03-01', 'girl', 5, false, true, false, true, false, 'home', false, false, 0, 0, 'unknown');
UPDATE investigation SET shier_1 = true, shier_2 = inv_id < 3, shier_3 = false, shier_4 = inv_id = 3, shier_5 = false
WHERE inv_id <> 4;
INSERT INTO investigation_intervention VALUES
    (1, 'family_treatment', 'SoL (2001:453)', NULL), (1, 'contact_family', 'SoL (2001:453)', NULL);
INSERT INTO investigation_handover VALUES (3, 'services', 'parent_talks'), (3, 'services', 'child_group');
INSERT INTO investigation_handover (inv_id, type) VALUES (2, 'services'), (2, 'school');
INSERT INTO referral (referral_id, wave, unit_id, ref_date, sex, age, type, decision) VALUES
    (1, 'first', 1, '2023-05-03', 'girl', 3, 'anmalan', 'opened'), (2, 'first', 1, '2023-05-04', NULL, NULL, 'ansokan', NULL);
INSERT INTO service (service_id, wave, unit_id, start_month, type) VALUES (1, 'first', 1, '2024-05-01', 'child_talks');
INSERT INTO service_aggregate VALUES ('first', 2, '2024-05-01', 'child_talks', 'girl', '0-5', 7);

SELECT wave, exposure, children, share, assessed_children, assessed, decided_children, decided, decided_of_assessed, status
FROM exposure_chain ORDER BY wave, position;
SELECT wave, age, n, identified, assessed, decided, gap, status FROM age_gap
WHERE grouping = 'nation' AND age IN (3, 4, 5, 16) ORDER BY wave, age;
SELECT DISTINCT wave, grouping, group_value, trend_p_value IS NULL AS no_trend, change_age, slope_before, change_status
FROM age_gap ORDER BY wave, grouping, group_value;
SELECT wave, age, units, n, gap, clustered_lower IS NULL AS no_bound, clustered_status, status FROM age_gap_clustered
WHERE n > 0 ORDER BY wave, age;
SELECT wave, grouping, group_value, age, n, gap, rest_n, rest_gap, difference, p_value IS NULL AS no_test, difference_status,
    group_p_adjusted IS NULL AS no_group_test, group_status, status
FROM age_gap_by_group WHERE n > 0 AND grouping IN ('sex', 'diagnosis', 'size class') ORDER BY wave, grouping, group_value, age;
SELECT wave, unit_name, pooled, age_from, age_to, n, gap, rest_n, rest_gap, difference, finding, difference_status, status
FROM age_gap_by_unit ORDER BY wave, unit_id, age_from;
SELECT wave, unit_name, n, round(crude_gap::numeric, 4) AS crude_gap, round(gap::numeric, 4) AS gap,
    area_covered, rest_n, round(rest_gap::numeric, 4) AS rest_gap, finding, test_status, status
FROM unit_gap ORDER BY wave, unit_id;
SELECT wave, age, exposure, n, children, share, status, crossing_age, crossing_status FROM exposure_by_age
WHERE wave = 'first' ORDER BY age, position;
SELECT wave, age, level, expected, n, children, share, stated_children, n_not_cumulative, status FROM participation_by_age
ORDER BY wave, age, level;
SELECT outcome, grouping, group_a, group_b, n_a, events_a, n_b, events_b, difference, p_value IS NULL AS no_test, status
FROM group_differences WHERE wave = 'second' OR grouping = 'sex' ORDER BY wave, outcome, grouping, group_a;
SELECT wave, profile, n, children FROM profile_shares WHERE children > 0 ORDER BY wave, priority;
SELECT inv_id, wave, scheme, version, profile, factors_observed FROM investigation_profile ORDER BY inv_id;
SELECT wave, grouping, group_value, profile, n, children, share, rest_n, rest_share, p_value IS NULL AS no_test, difference_status, status
FROM profile_shares_by_group WHERE grouping IN ('sex', 'exposure') AND profile IN ('multiple', 'unclassified')
ORDER BY wave, grouping, group_value, priority;
SELECT wave, unit_name, profile, n, children, share, rest_n, rest_share, finding, difference_status, status
FROM profile_shares_by_unit WHERE children > 0 ORDER BY wave, unit_id, priority;
SELECT wave, age, profile, n, children, share, share_lower IS NULL AS no_bound, status
FROM profile_shares_by_age WHERE profile IN ('multiple', 'supported', 'unclassified') ORDER BY wave, age, priority;
SELECT wave, profile, kind, outcome, n, events, share, rest_n, rest_share, difference_status, status FROM profile_outcomes
WHERE wave = 'second' AND kind <> 'intervention' OR profile = 'supported' AND (kind IN ('need', 'support', 'consent') OR events > 0)
ORDER BY wave, priority, position;
SELECT wave, profile, rank, factor, n, children, share, all_share, lift, rest_n, risk_ratio, p_value IS NULL AS no_test, ratio_status, status
FROM profile_factors WHERE rank <= 2 OR children > 0 ORDER BY wave, priority, rank;
SELECT wave, wave_before, profile, n_before, children_before, n, children, difference, status FROM profile_shift
WHERE children + children_before > 0 ORDER BY priority;
SELECT wave, outcome, unit_name, n, events, rest_n, difference, p_value IS NULL AS no_test, finding, status
FROM unit_vs_rest ORDER BY wave, outcome, unit_id;
SELECT exposure, type, n, children, share FROM interventions WHERE children > 0 ORDER BY exposure, position;
SELECT exposure, type, subtype, n, children FROM handovers WHERE children > 0 AND exposure = 'all' ORDER BY position;
SELECT grouping, group_value, label_en, referrals, opened_referrals, unknown_referrals, opened, status
FROM referral_pathway ORDER BY grouping, group_value COLLATE "C";
SELECT source, unit_id, sex, age_band, n FROM services ORDER BY source;

-- a unit with 540 children shows their years, one with fewer bands of ages
INSERT INTO wave (wave, source, synthetic) VALUES ('third', 'test', true);
INSERT INTO investigation (inv_id, wave, unit_id, closed_month, sex, age, via_ansokan, via_anmalan, via_annat,
    exposure_home, exposure_own, exposure, need, granted)
SELECT 100 + i, 'third', 1 + (i >= 540)::integer, '2024-04-01', 'girl', i % 18, true, false, false,
    true, false, 'home', true, i % 4 = 0
FROM generate_series(0, 1078) AS i;
SELECT unit_id, pooled, age_from, age_to, n, round(gap::numeric, 4) AS gap, rest_n, round(rest_gap::numeric, 4) AS rest_gap, finding FROM age_gap_by_unit
WHERE wave = 'third' AND (age_from > 9 OR pooled) ORDER BY unit_id, age_from;
SELECT unit_id, pooled, n, round(gap::numeric, 4) AS gap, rest_n, round(rest_gap::numeric, 4) AS rest_gap, area_covered, finding FROM unit_gap WHERE wave = 'third' ORDER BY unit_id;
DELETE FROM investigation WHERE wave = 'third';
DELETE FROM wave WHERE wave = 'third';

-- what the tables refuse, by the name of the rule
\set VERBOSITY terse
INSERT INTO municipality VALUES ('180', 'Ort Ö', '18');
INSERT INTO municipality VALUES ('9803', 'Ort Ö', '99');
UPDATE investigation SET age = 21 WHERE inv_id = 1;
UPDATE investigation SET exposure = 'own' WHERE inv_id = 1;
UPDATE investigation SET via_anmalan = false WHERE inv_id = 1;
UPDATE investigation SET factors_observed = 0 WHERE inv_id = 1;
UPDATE investigation SET closed_month = '2024-01-15' WHERE inv_id = 1;
INSERT INTO investigation_intervention VALUES (1, 'unheard_of', 'SoL (2001:453)', NULL);
INSERT INTO investigation_handover VALUES (1, 'school', 'child_talks');
INSERT INTO referral (referral_id, wave, unit_id, ref_date, type) VALUES (9, 'third', 1, '2023-05-03', 'anmalan');
\set VERBOSITY default

-- synthetic rows are never mixed with others, nor made by halves
SELECT nuso.load_demo('small');
SELECT nuso.load_demo('nowhere');
SELECT nuso.create_warehouse('empty');
SELECT nuso.load_demo('empty', 0);
SELECT nuso.load_demo('empty', 10001);
SELECT nuso.load_demo('empty', 1, NULL);
SELECT (SELECT count(*) FROM empty.unit) AS units,
    (SELECT count(*) FROM pg_constraint WHERE connamespace = 'empty'::regnamespace AND contype = 'f')
    = (SELECT count(*) FROM pg_constraint WHERE connamespace = 'small'::regnamespace AND contype = 'f') AS keys_in_place;

DROP SCHEMA small, empty, open_to_all CASCADE;
