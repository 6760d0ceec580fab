-- A demonstration: a catalogue of 44 risk and protection factors, and a
-- scheme of 15 profiles over them.
--
-- The labels are our own short wording. They are not the text of any
-- handbook or questionnaire; domain and area only point to the place that a
-- factor has in the usual triangle of child welfare: B child's development
-- (areas 1 to 4), F parenting capacity (5 to 8), M family and environment
-- (9 to 12).
--
-- Three profiles follow descriptions that are published with their shares
-- (12, 22 and 7 per cent of investigations). How the published profiles are
-- defined is not public, so their rules here are a guess, and the other
-- twelve are placeholders. Replace the scheme, do not cite it.

SET LOCAL search_path = pg_catalog, pg_temp;

INSERT INTO nuso.factor (factor, bit, kind, domain, area, exposure,
                         label_sv, label_en, built_in) VALUES
    ('violence_to_child', 0, 'risk', 'F', 6, 'home',
     'Våld mot barnet i hemmet',
     'Violence against the child at home', true),
    ('sexual_harm_at_home', 1, 'risk', 'F', 6, 'home',
     'Sexuella kränkningar i hemmet',
     'Sexual harm at home', true),
    ('witnessed_violence', 2, 'risk', 'F', 6, 'home',
     'Har upplevt våld mellan vuxna i hemmet',
     'Has lived with violence between adults at home', true),
    ('parental_substance', 3, 'risk', 'F', 5, 'home',
     'Förälder med skadligt bruk',
     'Parent with harmful substance use', true),
    ('parental_illness', 4, 'risk', 'F', 7, 'home',
     'Förälder med psykisk ohälsa',
     'Parent with mental ill-health', true),
    ('parental_crime', 5, 'risk', 'F', 6, 'home',
     'Förälder som begår brott',
     'Parent who commits crime', true),
    ('parental_conflict', 6, 'risk', 'F', 7, 'home',
     'Svår konflikt mellan föräldrarna',
     'Severe conflict between the parents', true),
    ('care_basic_lacking', 7, 'risk', 'F', 5, 'home',
     'Brister i den grundläggande omsorgen',
     'Basic care is lacking', true),
    ('supervision_lacking', 8, 'risk', 'F', 6, 'home',
     'Brister i tillsyn och skydd',
     'Supervision and protection are lacking', true),
    ('warmth_lacking', 9, 'risk', 'F', 7, 'home',
     'Brister i känslomässig närvaro',
     'Emotional presence is lacking', true),
    ('guidance_lacking', 10, 'risk', 'F', 8, 'home',
     'Brister i gränser och vägledning',
     'Limits and guidance are lacking', true),
    ('family_control', 11, 'risk', 'F', 6, 'home',
     'Hårt kontrollerad av familj eller släkt',
     'Harshly controlled by family or kin', true),
    ('own_crime', 12, 'risk', 'B', 3, 'own',
     'Egna lagöverträdelser',
     'Own offences', true),
    ('own_violence', 13, 'risk', 'B', 3, 'own',
     'Eget våld eller egna hot',
     'Own violence or threats', true),
    ('own_substance', 14, 'risk', 'B', 3, 'own',
     'Eget bruk av alkohol eller droger',
     'Own use of alcohol or drugs', true),
    ('self_harm', 15, 'risk', 'B', 3, 'own',
     'Skadar sig själv',
     'Harms herself or himself', true),
    ('school_absence', 16, 'risk', 'B', 2, 'own',
     'Omfattande skolfrånvaro',
     'Extensive absence from school', true),
    ('risky_contacts', 17, 'risk', 'B', 4, 'own',
     'Riskfyllda kontakter, även på nätet',
     'Risky contacts, also online', true),
    ('running_away', 18, 'risk', 'B', 4, 'own',
     'Rymmer eller är borta utan att någon vet var',
     'Runs away or stays away unknown where', true),
    ('child_ill', 19, 'risk', 'B', 1, NULL,
     'Långvarig sjukdom',
     'Long illness', true),
    ('child_disability', 20, 'risk', 'B', 1, NULL,
     'Funktionsnedsättning',
     'Disability', true),
    ('learning_difficulties', 21, 'risk', 'B', 2, NULL,
     'Svårt att klara skolan',
     'Finds school hard', true),
    ('low_mood', 22, 'risk', 'B', 3, NULL,
     'Nedstämd eller orolig',
     'Low or anxious mood', true),
    ('few_friends', 23, 'risk', 'B', 4, NULL,
     'Få eller inga vänner',
     'Few or no friends', true),
    ('bullied', 24, 'risk', 'B', 4, NULL,
     'Utsatt av andra barn',
     'Treated badly by other children', true),
    ('family_breakup', 25, 'risk', 'M', 9, NULL,
     'Uppbrott eller stor förändring i familjen',
     'Break-up or great change in the family', true),
    ('family_history_hard', 26, 'risk', 'M', 10, NULL,
     'Svåra händelser i familjens bakgrund',
     'Hard events in the family''s past', true),
    ('money_short', 27, 'risk', 'M', 11, NULL,
     'Pressad ekonomi',
     'Strained economy', true),
    ('housing_unstable', 28, 'risk', 'M', 11, NULL,
     'Osäkert boende',
     'Insecure housing', true),
    ('network_thin', 29, 'risk', 'M', 12, NULL,
     'Svagt nätverk runt familjen',
     'Thin network around the family', true),
    ('new_in_country', 30, 'risk', 'M', 12, NULL,
     'Ny i landet',
     'New in the country', true),
    ('supportive_parent', 31, 'protect', 'F', 7, NULL,
     'En förälder som fungerar och ger stöd',
     'A parent who functions and gives support', true),
    ('basic_care_works', 32, 'protect', 'F', 5, NULL,
     'Den grundläggande omsorgen fungerar',
     'Basic care works', true),
    ('safe_adult', 33, 'protect', 'F', 6, NULL,
     'En annan trygg vuxen nära barnet',
     'Another safe adult close to the child', true),
    ('parents_seek_help', 34, 'protect', 'F', 8, NULL,
     'Föräldrarna tar emot hjälp',
     'The parents accept help', true),
    ('health_good', 35, 'protect', 'B', 1, NULL,
     'God hälsa',
     'Good health', true),
    ('school_works', 36, 'protect', 'B', 2, NULL,
     'Skolan fungerar',
     'School works', true),
    ('copes_well', 37, 'protect', 'B', 3, NULL,
     'Hanterar motgångar väl',
     'Copes well with setbacks', true),
    ('good_friends', 38, 'protect', 'B', 4, NULL,
     'Goda vänner',
     'Good friends', true),
    ('leisure', 39, 'protect', 'B', 4, NULL,
     'Meningsfull fritid',
     'Meaningful leisure', true),
    ('family_together', 40, 'protect', 'M', 9, NULL,
     'Familjen håller ihop',
     'The family holds together', true),
    ('family_history_stable', 41, 'protect', 'M', 10, NULL,
     'Stabil uppväxt hittills',
     'Stable childhood so far', true),
    ('housing_stable', 42, 'protect', 'M', 11, NULL,
     'Ordnat boende och ordnad ekonomi',
     'Settled housing and economy', true),
    ('network_strong', 43, 'protect', 'M', 12, NULL,
     'Släkt och vänner ställer upp',
     'Kin and friends step in', true);

INSERT INTO nuso.profile_scheme (scheme, version, status, method, label_sv,
                                 label_en, source_note, built_in) VALUES
    ('demo', 1, 'active', 'rules',
     'Demonstration: 15 risk- och skyddsprofiler (syntetiskt)',
     'Demonstration: 15 risk and protection profiles (synthetic)',
     'Demonstration only. Descriptions of three profiles follow published '
     'summaries; all rules, and the twelve placeholders, are invented.', true);

INSERT INTO nuso.profile (scheme, version, profile, priority, label_sv,
                          label_en, built_in) VALUES
    ('demo', 1, 'multiple', 1,
     'Barn med tydlig och allvarlig utsatthet på flera sätt',
     'Children with clear and serious exposure in several ways', true),
    ('demo', 1, 'supported', 2,
     'Våldsutsatta barn och barn som anhöriga, med en stödjande förälder',
     'Children exposed to violence or next of kin, with a supportive parent',
     true),
    ('demo', 1, 'resourceful', 3,
     'Barn med egna resurser som möter bristande omsorg',
     'Children with own resources who meet lacking care', true),
    ('demo', 1, 'demo_04', 4,
     'Platshållare 4: utsatt hemma och genom eget beteende',
     'Placeholder 4: exposed at home and by own behaviour', true),
    ('demo', 1, 'demo_05', 5, 'Platshållare 5: lagöverträdelser eller våld',
     'Placeholder 5: offences or violence', true),
    ('demo', 1, 'demo_06', 6, 'Platshållare 6: eget bruk av droger',
     'Placeholder 6: own substance use', true),
    ('demo', 1, 'demo_07', 7, 'Platshållare 7: skadar sig själv',
     'Placeholder 7: self-harm', true),
    ('demo', 1, 'demo_08', 8, 'Platshållare 8: frånvaro eller risker ute',
     'Placeholder 8: absence or risks outside', true),
    ('demo', 1, 'demo_09', 9, 'Platshållare 9: våld eller kränkning mot barnet',
     'Placeholder 9: violence or harm against the child', true),
    ('demo', 1, 'demo_10', 10, 'Platshållare 10: våld mellan vuxna',
     'Placeholder 10: violence between adults', true),
    ('demo', 1, 'demo_11', 11, 'Platshållare 11: förälders bruk eller brott',
     'Placeholder 11: substance use or crime of a parent', true),
    ('demo', 1, 'demo_12', 12, 'Platshållare 12: förälders psykiska ohälsa',
     'Placeholder 12: mental ill-health of a parent', true),
    ('demo', 1, 'demo_13', 13, 'Platshållare 13: konflikt mellan föräldrar',
     'Placeholder 13: conflict between parents', true),
    ('demo', 1, 'demo_14', 14, 'Platshållare 14: brister i omsorgen',
     'Placeholder 14: care is lacking', true),
    ('demo', 1, 'demo_15', 15,
     'Platshållare 15: ingen funnen utsatthet, flera skyddande faktorer',
     'Placeholder 15: no exposure found, several protective factors', true);

-- The rules name factors or groups of factors; the masks are made from the
-- catalogue's bits. A profile fits when all of its rules hold, and the first
-- in priority that fits is the answer.
WITH member (name, bit) AS (
    SELECT factor, bit FROM nuso.factor WHERE built_in
    UNION ALL
    SELECT 'any home risk', bit FROM nuso.factor
    WHERE built_in AND exposure = 'home'
    UNION ALL
    SELECT 'any own risk', bit FROM nuso.factor
    WHERE built_in AND exposure = 'own'
    UNION ALL
    SELECT 'any protection', bit FROM nuso.factor
    WHERE built_in AND kind = 'protect'
    UNION ALL
    SELECT 'resource of the child', bit FROM nuso.factor
    WHERE built_in AND kind = 'protect' AND domain = 'B'
    UNION ALL
    SELECT 'lacking care', bit FROM nuso.factor
    WHERE factor IN ('care_basic_lacking', 'supervision_lacking',
                     'warmth_lacking', 'guidance_lacking')
),
rule (profile, rule, all_of, any_of, none_of, at_least, at_least_of) AS (
    VALUES
    ('multiple', 1, '{}'::text[], '{}'::text[], '{}'::text[],
     3, '{any home risk}'::text[]),
    ('multiple', 2, '{}', '{}', '{}', 2, '{any own risk}'),
    ('supported', 1, '{supportive_parent}',
     '{violence_to_child, sexual_harm_at_home, witnessed_violence,
       parental_substance, parental_illness, parental_crime}',
     '{any own risk}', 0, '{}'),
    ('resourceful', 1, '{}', '{lacking care}',
     '{any own risk, supportive_parent}', 2, '{resource of the child}'),
    ('demo_04', 1, '{}', '{any home risk}', '{}', 0, '{}'),
    ('demo_04', 2, '{}', '{any own risk}', '{}', 0, '{}'),
    ('demo_05', 1, '{}', '{own_crime, own_violence}', '{}', 0, '{}'),
    ('demo_06', 1, '{own_substance}', '{}', '{}', 0, '{}'),
    ('demo_07', 1, '{self_harm}', '{}', '{}', 0, '{}'),
    ('demo_08', 1, '{}', '{school_absence, risky_contacts}', '{}', 0, '{}'),
    ('demo_09', 1, '{}', '{violence_to_child, sexual_harm_at_home}', '{}',
     0, '{}'),
    ('demo_10', 1, '{witnessed_violence}', '{}', '{}', 0, '{}'),
    ('demo_11', 1, '{}', '{parental_substance, parental_crime}', '{}',
     0, '{}'),
    ('demo_12', 1, '{parental_illness}', '{}', '{}', 0, '{}'),
    ('demo_13', 1, '{parental_conflict}', '{}', '{}', 0, '{}'),
    ('demo_14', 1, '{}', '{lacking care}', '{}', 0, '{}'),
    ('demo_15', 1, '{}', '{}', '{any home risk, any own risk}',
     2, '{any protection}')
)
INSERT INTO nuso.profile_rule (scheme, version, profile, rule, all_of, any_of,
                               none_of, at_least, at_least_of, built_in)
SELECT 'demo', 1, r.profile, r.rule,
       m.all_of, m.any_of, m.none_of, r.at_least, m.at_least_of, true
FROM rule AS r
CROSS JOIN LATERAL (
    SELECT coalesce(bit_or(1::bigint << m.bit)
                    FILTER (WHERE m.name = ANY (r.all_of)), 0),
           coalesce(bit_or(1::bigint << m.bit)
                    FILTER (WHERE m.name = ANY (r.any_of)), 0),
           coalesce(bit_or(1::bigint << m.bit)
                    FILTER (WHERE m.name = ANY (r.none_of)), 0),
           coalesce(bit_or(1::bigint << m.bit)
                    FILTER (WHERE m.name = ANY (r.at_least_of)), 0)
    FROM member AS m) AS m (all_of, any_of, none_of, at_least_of);
