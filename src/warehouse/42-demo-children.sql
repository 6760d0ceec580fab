-- Demonstration data, part 2: the children of one nation.
--
-- Reads pg_temp.demo_parameter (seed, nation) and pg_temp.demo_unit. Makes
-- pg_temp.demo_child: 21,858 rows that carry every fact with a published
-- figure. "The k of a group with the lowest score" has a fact, where the
-- score is a random number from 0 to 999,999, moved for those who should have
-- it more often; so the count is exact for every seed, and who they are
-- depends on the seed alone. Ties are broken by the number of the child.
--
-- Streams of random numbers used here: 10 to 51 and 70.

-- Children by age and exposure, with assessed need, with a granted
-- intervention, with both. Totals of the exposure classes: the whole-number
-- solution of the published percentages. The age curves are an illustration
-- with the published shape, not published numbers: made by
-- fit-demo-cells.py, which explains them.
CREATE TEMPORARY TABLE demo_cell (
    age integer, exposure text, n integer, need integer, granted integer,
    need_and_granted integer);
INSERT INTO pg_temp.demo_cell VALUES
    ( 0, 'none',  142,   17,   10,    9),
    ( 0, 'home',  816,  373,  156,  140),
    ( 0, 'own',     4,    2,    1,    1),
    ( 0, 'both',   22,   15,    7,    6),
    ( 1, 'none',  132,   16,   10,    9),
    ( 1, 'home',  755,  351,  155,  140),
    ( 1, 'own',     5,    2,    1,    1),
    ( 1, 'both',   26,   18,    9,    8),
    ( 2, 'none',  137,   17,   11,   10),
    ( 2, 'home',  784,  370,  173,  156),
    ( 2, 'own',     8,    4,    2,    2),
    ( 2, 'both',   33,   23,   12,   11),
    ( 3, 'none',  142,   18,   13,   12),
    ( 3, 'home',  809,  388,  191,  172),
    ( 3, 'own',    11,    6,    3,    3),
    ( 3, 'both',   43,   30,   16,   14),
    ( 4, 'none',  146,   19,   14,   13),
    ( 4, 'home',  832,  405,  210,  189),
    ( 4, 'own',    16,    8,    4,    4),
    ( 4, 'both',   55,   39,   22,   20),
    ( 5, 'none',  149,   20,   15,   14),
    ( 5, 'home',  851,  421,  230,  207),
    ( 5, 'own',    23,   12,    7,    6),
    ( 5, 'both',   70,   50,   29,   26),
    ( 6, 'none',  151,   21,   17,   15),
    ( 6, 'home',  865,  435,  249,  224),
    ( 6, 'own',    33,   18,   10,    9),
    ( 6, 'both',   88,   64,   39,   35),
    ( 7, 'none',  152,   21,   18,   16),
    ( 7, 'home',  870,  444,  267,  240),
    ( 7, 'own',    47,   25,   16,   14),
    ( 7, 'both',  111,   81,   51,   46),
    ( 8, 'none',  152,   22,   20,   18),
    ( 8, 'home',  868,  449,  283,  255),
    ( 8, 'own',    66,   36,   24,   22),
    ( 8, 'both',  138,  101,   67,   60),
    ( 9, 'none',  145,   22,   21,   19),
    ( 9, 'home',  828,  435,  287,  258),
    ( 9, 'own',    88,   49,   34,   31),
    ( 9, 'both',  163,  121,   83,   75),
    (10, 'none',  139,   21,   21,   19),
    (10, 'home',  793,  422,  291,  262),
    (10, 'own',   119,   67,   48,   43),
    (10, 'both',  195,  145,  103,   93),
    (11, 'none',  131,   20,   22,   20),
    (11, 'home',  750,  405,  291,  262),
    (11, 'own',   157,   90,   67,   60),
    (11, 'both',  230,  173,  127,  114),
    (12, 'none',  124,   20,   22,   20),
    (12, 'home',  707,  387,  290,  261),
    (12, 'own',   209,  121,   93,   84),
    (12, 'both',  271,  205,  155,  140),
    (13, 'none',  122,   20,   23,   20),
    (13, 'home',  699,  388,  302,  272),
    (13, 'own',   289,  169,  136,  122),
    (13, 'both',  333,  254,  198,  178),
    (14, 'none',  117,   20,   24,   20),
    (14, 'home',  669,  376,  304,  274),
    (14, 'own',   390,  232,  192,  173),
    (14, 'both',  398,  305,  246,  221),
    (15, 'none',  109,   18,   23,   18),
    (15, 'home',  624,  351,  283,  255),
    (15, 'own',   510,  303,  251,  226),
    (15, 'both',  462,  355,  285,  256),
    (16, 'none',   82,   14,   17,   14),
    (16, 'home',  471,  265,  214,  193),
    (16, 'own',   542,  322,  267,  240),
    (16, 'both',  435,  334,  268,  241),
    (17, 'none',   45,    8,    9,    8),
    (17, 'home',  255,  143,  116,  104),
    (17, 'own',   412,  245,  203,  183),
    (17, 'both',  293,  225,  181,  163);
ANALYZE pg_temp.demo_cell;

-- Masks of the factors by name and by group, as arrays to pick from.
CREATE TEMPORARY TABLE demo_pool AS
SELECT array_agg(mask ORDER BY bit) FILTER (WHERE exposure = 'home') AS home,
       array_agg(mask ORDER BY bit) FILTER (
           WHERE exposure = 'own' AND factor <> 'own_crime') AS own,
       array_agg(mask ORDER BY bit) FILTER (
           WHERE factor IN ('violence_to_child', 'sexual_harm_at_home',
                            'witnessed_violence', 'parental_substance',
                            'parental_illness', 'parental_crime')) AS kin,
       array_agg(mask ORDER BY bit) FILTER (
           WHERE factor IN ('care_basic_lacking', 'supervision_lacking',
                            'warmth_lacking', 'guidance_lacking')) AS lacking,
       array_agg(mask ORDER BY bit) FILTER (
           WHERE kind = 'protect' AND domain = 'B') AS resource,
       array_agg(mask ORDER BY bit) FILTER (WHERE kind = 'protect') AS protect,
       bit_or(mask) FILTER (WHERE exposure = 'home') AS any_home,
       bit_or(mask) FILTER (WHERE exposure = 'own' AND factor <> 'own_crime')
           AS any_own,
       bit_or(mask) FILTER (WHERE kind = 'protect' AND domain = 'B')
           AS any_resource,
       bit_or(mask) FILTER (WHERE kind = 'protect' AND domain <> 'B'
                            AND factor <> 'supportive_parent') AS any_shelter,
       bit_or(mask) FILTER (WHERE kind = 'risk' AND exposure IS NULL)
           AS any_strain,
       bit_or(mask) FILTER (WHERE factor = 'supportive_parent')
           AS supportive_parent,
       bit_or(mask) FILTER (WHERE factor = 'school_works') AS school_works,
       bit_or(mask) FILTER (WHERE factor = 'own_crime') AS own_crime,
       bit_or(mask) FILTER (WHERE factor = 'own_violence') AS own_violence,
       bit_or(mask) FILTER (WHERE factor = 'own_substance') AS own_substance,
       bit_or(mask) FILTER (WHERE factor = 'self_harm') AS self_harm,
       bit_or(mask) FILTER (WHERE factor = 'school_absence') AS school_absence,
       bit_or(mask) FILTER (WHERE factor = 'risky_contacts') AS risky_contacts,
       bit_or(mask) FILTER (WHERE factor = 'running_away') AS running_away,
       bit_or(mask) FILTER (WHERE factor = 'violence_to_child')
           AS violence_to_child,
       bit_or(mask) FILTER (WHERE factor = 'witnessed_violence')
           AS witnessed_violence,
       bit_or(mask) FILTER (WHERE factor = 'parental_substance')
           AS parental_substance,
       bit_or(mask) FILTER (WHERE factor = 'parental_illness')
           AS parental_illness,
       bit_or(mask) FILTER (WHERE factor = 'parental_conflict')
           AS parental_conflict,
       bit_or(mask) FILTER (WHERE factor = 'family_control') AS family_control,
       bit_or(mask) AS observed
FROM (SELECT *, 1::bigint << bit AS mask FROM nuso.factor WHERE built_in) AS f;
ANALYZE pg_temp.demo_pool;

CREATE TEMPORARY TABLE demo_child AS
WITH numbered AS (
    SELECT row_number() OVER (ORDER BY c.age, c.exposure COLLATE "C", i) - 1
               AS child,
           c.age, c.exposure,
           i <= c.granted AS granted,
           i <= c.need_and_granted
               OR i BETWEEN c.granted + 1
                        AND c.granted + c.need - c.need_and_granted AS need,
           p.seed
    FROM pg_temp.demo_parameter AS p
    CROSS JOIN pg_temp.demo_cell AS c
    CROSS JOIN LATERAL generate_series(1, c.n) AS i
),
-- girls are granted more: 46 per cent are girls
with_sex AS (
    SELECT *,
           row_number() OVER (
               ORDER BY nuso.random_below(seed, 10, child, 1000000)
                        - CASE WHEN granted THEN 80000 ELSE 0 END, child)
               <= 10055 AS girl
    FROM numbered
),
-- own crime: 996 boys and 315 girls; 677 and 107 exposed by own behaviour only
with_crime AS (
    SELECT *,
           row_number() OVER (
               PARTITION BY exposure, girl
               ORDER BY age < 12, nuso.random_below(seed, 11, child, 1000000),
                        child)
           <= CASE WHEN exposure = 'own' AND NOT girl THEN 677
                   WHEN exposure = 'own' THEN 107
                   WHEN exposure = 'both' AND NOT girl THEN 319
                   WHEN exposure = 'both' THEN 208
                   ELSE 0 END AS own_crime
    FROM with_sex
),
-- diagnosis: 319 of the boys and 88 of the girls with own crime, 4,839 others
with_diagnosis AS (
    SELECT *,
           row_number() OVER (
               PARTITION BY own_crime, own_crime AND girl
               ORDER BY nuso.random_below(seed, 12, child, 1000000)
                        - CASE WHEN granted THEN 80000 ELSE 0 END
                        - CASE WHEN age > 9 THEN 60000 ELSE 0 END, child)
           <= CASE WHEN own_crime AND girl THEN 88
                   WHEN own_crime THEN 319
                   ELSE 4839 END AS diagnosis
    FROM with_crime
),
-- foreign background: 511 of those with own crime, 6,164 others
with_background AS (
    SELECT *,
           row_number() OVER (
               PARTITION BY own_crime
               ORDER BY nuso.random_below(seed, 13, child, 1000000)
                        + CASE WHEN granted THEN 80000 ELSE 0 END, child)
               AS background_rank
    FROM with_diagnosis
),
-- alternating residence and one parent are granted more
with_residence AS (
    SELECT *,
           CASE WHEN background_rank <= 511 THEN 'foreign'
                WHEN own_crime THEN 'swedish'
                WHEN background_rank <= 6164 THEN 'foreign'
                WHEN background_rank <= 6575 THEN 'unknown'
                ELSE 'swedish' END AS background,
           row_number() OVER (
               ORDER BY nuso.random_below(seed, 14, child, 1000000)
                        - CASE WHEN granted THEN 80000 ELSE 0 END, child)
               <= 11585 AS alternating_or_single,
           nuso.random_below(seed, 40, child, 100) AS residence_draw
    FROM with_background
),
-- routes: 2,623 by application, 18,798 by report, 874 otherwise; 437 are both
-- applied for and reported. Granted: 1,608 of the first, 6,080 of the second
with_route AS (
    SELECT *,
           CASE WHEN alternating_or_single AND residence_draw < 32
                THEN 'alternating'
                WHEN alternating_or_single THEN 'single_parent'
                WHEN residence_draw < 85 THEN 'both_parents'
                ELSE 'other' END AS residence,
           row_number() OVER (
               PARTITION BY granted
               ORDER BY nuso.random_below(seed, 15, child, 1000000)
                        - CASE WHEN diagnosis THEN 80000 ELSE 0 END
                        + CASE WHEN own_crime THEN 200000 ELSE 0 END, child)
           - CASE WHEN granted THEN 1464 ELSE 722 END AS route_rank
    FROM with_residence
),
-- size classes 42, 28, 16 and 14 per cent; the smallest are granted more
with_size AS (
    SELECT *,
           route_rank <= CASE WHEN granted THEN 144 ELSE 293 END AS via_ansokan,
           route_rank > 0
           AND NOT route_rank BETWEEN CASE WHEN granted THEN 145 ELSE 294 END
                                  AND CASE WHEN granted THEN 459 ELSE 852 END
               AS via_anmalan,
           route_rank BETWEEN CASE WHEN granted THEN 145 ELSE 294 END
                          AND CASE WHEN granted THEN 459 ELSE 852 END
               AS via_annat,
           row_number() OVER (
               ORDER BY nuso.random_below(seed, 16, child, 1000000)
                        - CASE WHEN granted THEN 30000 ELSE 0 END, child)
               AS size_rank
    FROM with_route
),
with_class AS (
    SELECT *,
           CASE WHEN size_rank <= 3061 THEN 4
                WHEN size_rank <= 6558 THEN 3
                WHEN size_rank <= 12678 THEN 2
                ELSE 1 END AS size_class
    FROM with_size
),
-- units within a size class in proportion to their inhabitants, the granted
-- and the others apart, so that units differ
with_place_in_class AS (
    SELECT *,
           row_number() OVER (
               PARTITION BY size_class, granted
               ORDER BY nuso.random_below(seed, 17, child, 1000000), child) - 1
               AS place_in_class,
           count(*) OVER (PARTITION BY size_class, granted) AS class_children
    FROM with_class
),
unit_share AS (
    SELECT g.granted, u.size_class, u.unit_id,
           sum(w.weight) OVER so_far - w.weight AS weight_before,
           sum(w.weight) OVER so_far AS weight_so_far,
           sum(w.weight) OVER (PARTITION BY g.granted, u.size_class)
               AS class_weight
    FROM pg_temp.demo_unit AS u
    CROSS JOIN (VALUES (true), (false)) AS g (granted)
    CROSS JOIN LATERAL (
        SELECT u.pop * CASE WHEN g.granted THEN 100 + u.generosity
                            ELSE 100 - u.generosity / 2 END) AS w (weight)
    WINDOW so_far AS (PARTITION BY g.granted, u.size_class ORDER BY u.unit_id)
),
with_unit AS (
    SELECT c.*, u.unit_id
    FROM with_place_in_class AS c
    JOIN unit_share AS u
        ON u.granted = c.granted AND u.size_class = c.size_class
        AND c.place_in_class * u.class_weight / c.class_children
            >= u.weight_before
        AND c.place_in_class * u.class_weight / c.class_children
            < u.weight_so_far
),
-- profiles: 2,623 multiple, 1,530 resourceful, 4,809 supported; a theme
-- decides which factors are given to the others
with_first_profiles AS (
    SELECT *,
           row_number() OVER (
               PARTITION BY exposure
               ORDER BY exposure = 'home' AND age < 6,
                        nuso.random_below(seed, 18, child, 1000000)
                        - CASE WHEN own_crime THEN 300000 ELSE 0 END, child)
           <= CASE exposure WHEN 'both' THEN 2623 WHEN 'home' THEN 1530
                   ELSE 0 END AS first_profile
    FROM with_unit
),
with_theme AS (
    SELECT c.*,
           CASE WHEN exposure = 'both' AND first_profile THEN 1
                WHEN exposure = 'both' THEN 4
                WHEN exposure = 'home' AND first_profile THEN 3
                WHEN exposure = 'home'
                     AND row_number() OVER (
                             PARTITION BY exposure, first_profile
                             ORDER BY nuso.random_below(seed, 19, child,
                                                        1000000), child)
                         <= 4809 THEN 2
                WHEN exposure = 'home' THEN
                    CASE WHEN pick < 22 THEN 9 WHEN pick < 42 THEN 10
                         WHEN pick < 57 THEN 11 WHEN pick < 69 THEN 12
                         WHEN pick < 84 THEN 13 WHEN pick < 98 THEN 14
                         ELSE 0 END
                WHEN own_crime THEN 5
                WHEN exposure = 'own' THEN
                    CASE WHEN pick < 25 THEN 5 WHEN pick < 50 THEN 6
                         WHEN pick < 68 THEN 7 WHEN pick < 95 THEN 8
                         ELSE 0 END
                WHEN pick < 80 THEN 15
                ELSE 0 END AS theme
    FROM with_first_profiles AS c
    CROSS JOIN LATERAL (
        SELECT nuso.random_below(seed, 20, child, 100)) AS r (pick)
),
-- required factors make the profile; others are added to each nation anew,
-- from masks of factors that are common (one in two), less common (one in
-- four) or rare (one in eight) and cannot make an earlier profile
with_factors AS (
    SELECT c.*, f.required, f.common, f.less_common, f.rare, p.observed,
           p.violence_to_child, p.witnessed_violence, p.parental_substance,
           p.parental_conflict
    FROM with_theme AS c
    CROSS JOIN pg_temp.demo_pool AS p
    CROSS JOIN LATERAL (
        SELECT nuso.random_below(seed, 21, child, 12)::integer,
               nuso.random_below(seed, 22, child, 5)::integer + 1,
               nuso.random_below(seed, 23, child, 5)::integer + 1,
               nuso.random_below(seed, 24, child, 6)::integer,
               nuso.random_below(seed, 25, child, 5)::integer + 1,
               nuso.random_below(seed, 26, child, 13)::integer
    ) AS r (a, b, c, d, e, f)
    CROSS JOIN LATERAL (
        SELECT
            CASE c.theme
                WHEN 1 THEN p.home[1 + r.a] | p.home[1 + (r.a + r.b) % 12]
                            | p.home[1 + (r.a + r.b + r.c) % 12]
                            | p.own[1 + r.d]
                            | CASE WHEN c.own_crime THEN p.own_crime
                                   ELSE p.own[1 + (r.d + r.e) % 6] END
                WHEN 2 THEN p.supportive_parent | p.kin[1 + r.d]
                WHEN 3 THEN p.lacking[1 + r.a % 4] | p.resource[1 + r.a % 5]
                            | p.resource[1 + (r.a + 1 + r.b % 4) % 5]
                WHEN 4 THEN p.home[1 + r.a]
                            | CASE WHEN c.own_crime THEN p.own_crime
                                   ELSE p.own[1 + r.d] END
                WHEN 5 THEN CASE WHEN c.own_crime THEN p.own_crime
                                 ELSE p.own_violence END
                WHEN 6 THEN p.own_substance
                WHEN 7 THEN p.self_harm
                WHEN 8 THEN CASE WHEN r.d < 4 THEN p.school_absence
                                 ELSE p.risky_contacts END
                WHEN 9 THEN p.violence_to_child
                WHEN 10 THEN p.witnessed_violence
                WHEN 11 THEN p.parental_substance
                WHEN 12 THEN p.parental_illness
                WHEN 13 THEN p.parental_conflict
                WHEN 14 THEN p.lacking[1 + r.a % 4]
                WHEN 15 THEN p.protect[1 + r.f] | p.protect[1 + (r.f + r.b) % 13]
                ELSE CASE c.exposure WHEN 'home' THEN p.family_control
                          WHEN 'own' THEN p.running_away ELSE 0 END END,
            CASE WHEN c.theme = 0 AND c.exposure = 'none' THEN 0
                 ELSE p.any_shelter END,
            p.any_strain
            | CASE WHEN c.theme IN (1, 2, 3) OR c.theme BETWEEN 5 AND 8
                        OR c.theme = 15
                   THEN p.any_resource
                   WHEN c.theme = 0 AND c.exposure = 'none' THEN 0
                   ELSE p.school_works END
            | CASE WHEN c.theme BETWEEN 5 AND 8 OR c.theme = 15
                   THEN p.supportive_parent ELSE 0 END,
            CASE WHEN c.theme BETWEEN 1 AND 4 OR c.theme BETWEEN 9 AND 14
                 THEN p.any_home ELSE 0 END
            | CASE WHEN c.theme = 1 OR c.theme BETWEEN 5 AND 8
                   THEN p.any_own ELSE 0 END
    ) AS f (required, common, less_common, rare)
),
-- information from professions: more for violence against the child, own
-- behaviour and several exposures, less for children as next of kin
with_any_info AS (
    SELECT *,
           row_number() OVER (
               ORDER BY nuso.random_below(seed, 27, child, 1000000)
                        - CASE WHEN theme = 1 THEN 150000 ELSE 0 END
                        - CASE WHEN exposure IN ('own', 'both') THEN 150000
                               ELSE 0 END
                        - CASE WHEN required & violence_to_child <> 0
                               THEN 200000 ELSE 0 END
                        + CASE WHEN required & (witnessed_violence
                                                | parental_substance
                                                | parental_conflict) <> 0
                               THEN 200000 ELSE 0 END, child)
               <= 15956 AS info_any
    FROM with_factors
),
with_info_ped AS (
    SELECT *,
           info_any AND row_number() OVER (
               PARTITION BY info_any
               ORDER BY nuso.random_below(seed, 28, child, 1000000), child)
               <= 12459 AS info_ped
    FROM with_any_info
),
-- psychosocial and psychological information: twice as common for
-- applications as for reports
with_info_med AS (
    SELECT *,
           info_any AND row_number() OVER (
               PARTITION BY info_any, info_ped
               ORDER BY nuso.random_below(seed, 29, child, 1000000)
                        + CASE WHEN via_ansokan THEN 200000 ELSE 0 END, child)
               <= 1755 AS info_med
    FROM with_info_ped
),
with_info_psy AS (
    SELECT *,
           info_any AND NOT info_ped AND NOT info_med
           OR info_any AND row_number() OVER (
               PARTITION BY info_any, info_ped OR info_med, via_ansokan
               ORDER BY nuso.random_below(seed, 30, child, 1000000), child)
               <= CASE WHEN via_ansokan THEN 600 ELSE 1900 END AS info_psysoc,
           info_any AND row_number() OVER (
               PARTITION BY info_any, via_ansokan
               ORDER BY nuso.random_below(seed, 31, child, 1000000), child)
               <= CASE WHEN via_ansokan THEN 241 ELSE 876 END AS info_psy
    FROM with_info_med
),
-- the child's wishes are known for 40 per cent, more often from six years
with_wish AS (
    SELECT *,
           row_number() OVER (
               ORDER BY nuso.random_below(seed, 32, child, 1000000)
                        - CASE WHEN age >= 6 THEN 300000 ELSE 0 END, child)
               <= 8743 AS child_wish_known,
           nuso.random_rank(seed, 33, 21858, child) < 10929
               AS earlier_investigation,
           nuso.random_rank(seed, 33, 21858, child) < 4372
               AS earlier_intervention
    FROM with_info_psy
),
-- interventions: 8,476 of ten types for 7,859 children. First the care
-- orders and placements, more for own behaviour; then contact families for
-- the youngest and contact persons for the oldest; then the rest
with_care AS (
    SELECT *,
           CASE WHEN granted THEN row_number() OVER (
               PARTITION BY granted
               ORDER BY nuso.random_below(seed, 34, child, 1000000)
                        - CASE WHEN exposure IN ('own', 'both') THEN 250000
                               ELSE 0 END, child) END AS care_rank
    FROM with_wish
),
with_contact AS (
    SELECT *,
           CASE WHEN care_rank > 750 THEN row_number() OVER (
               PARTITION BY care_rank > 750
               ORDER BY nuso.random_below(seed, 35, child, 1000000)
                        + age * 60000, child) END AS contact_rank
    FROM with_care
),
with_treatment AS (
    SELECT *,
           CASE WHEN contact_rank BETWEEN 227 AND 6735 THEN
               row_number() OVER (
                   PARTITION BY contact_rank BETWEEN 227 AND 6735
                   ORDER BY nuso.random_below(seed, 36, child, 1000000)
                            + CASE WHEN exposure IN ('own', 'both')
                                   THEN 200000 ELSE 0 END, child)
           END AS treatment_rank
    FROM with_contact
),
with_intervention AS (
    SELECT *,
           CASE WHEN care_rank <= 216 THEN 'lvu_care'
                WHEN care_rank <= 306 THEN 'lvu_6'
                WHEN care_rank <= 326 THEN 'lvu_22'
                WHEN care_rank <= 750 THEN 'placement_sol'
                WHEN contact_rank <= 226 THEN 'contact_family'
                WHEN contact_rank > 7051 THEN 'qualified_contact_person'
                WHEN contact_rank > 6735 THEN 'contact_person'
                WHEN treatment_rank <= 4879 THEN 'family_treatment'
                WHEN treatment_rank <= 6258 THEN 'other_outpatient'
                WHEN treatment_rank <= 6509 THEN 'follow_up'
           END AS intervention,
           -- the 617 second ones
           CASE WHEN care_rank <= 100 THEN 'lvu_6'
                WHEN care_rank BETWEEN 327 AND 426 THEN 'lvu_care'
                WHEN treatment_rank <= 60 THEN 'follow_up'
                WHEN treatment_rank <= 120 THEN 'contact_family'
                WHEN treatment_rank <= 240 THEN 'contact_person'
                WHEN treatment_rank <= 260 THEN 'qualified_contact_person'
                WHEN treatment_rank <= 360 THEN 'other_outpatient'
                WHEN treatment_rank <= 367 THEN 'lvu_22'
                WHEN treatment_rank <= 417 THEN 'placement_sol'
           END AS second_intervention
    FROM with_treatment
),
-- handovers to services: 3,843, more for those who were not granted
with_services AS (
    SELECT *,
           row_number() OVER (
               ORDER BY nuso.random_below(seed, 37, child, 1000000)
                        + CASE WHEN granted THEN 100000 ELSE 0 END, child)
               <= 3843 AS to_services
    FROM with_intervention
)
SELECT child, nuso.random_rank(seed, 38, 21858, child) AS place,
       age, CASE WHEN girl THEN 'girl' ELSE 'boy' END AS sex,
       exposure, exposure IN ('home', 'both') AS exposure_home,
       exposure IN ('own', 'both') AS exposure_own,
       need, granted, own_crime, diagnosis, background,
       CASE WHEN background <> 'unknown' THEN 'parents' END
           AS background_basis,
       residence, via_ansokan, via_anmalan, via_annat, size_class, unit_id,
       theme, required, common, less_common, rare, observed,
       info_ped, info_med, info_psysoc, info_psy, child_wish_known,
       earlier_investigation, earlier_intervention,
       -- chances in 256 of what is drawn for each nation anew; NULL where it
       -- does not apply
       CASE background WHEN 'foreign' THEN 128 WHEN 'swedish' THEN 0 END
           ::bigint AS chance_born_abroad,
       CASE WHEN background = 'foreign' THEN 64 ELSE 0 END::bigint
           AS chance_interpreter,
       -- talks with the child: at least, and one more for so much of 256
       CASE WHEN age < 6 THEN 0 ELSE 1 END AS talks_least,
       CASE WHEN age < 3 THEN 170 WHEN age < 6 THEN 90 ELSE 80 END AS talks_step,
       CASE WHEN age < 6 THEN 0 ELSE 50 END::bigint AS chance_individual_talk,
       -- consent is asked for where need was assessed or support granted
       CASE WHEN granted THEN 248 WHEN need THEN 80 END::bigint
           AS chance_consent_guardian,
       CASE WHEN age < 12 THEN NULL WHEN granted THEN 220 WHEN need THEN 90
       END::bigint AS chance_consent_child,
       CASE WHEN age < 6 THEN 80 ELSE 215 END::bigint AS chance_shier_1,
       CASE WHEN child_wish_known THEN 190 WHEN age < 6 THEN 30 ELSE 90 END
           ::bigint AS chance_shier_2,
       CASE WHEN child_wish_known THEN 140 ELSE 25 END::bigint
           AS chance_shier_3,
       CASE WHEN child_wish_known AND age >= 10 THEN 70 ELSE 10 END::bigint
           AS chance_shier_4,
       intervention, second_intervention,
       CASE WHEN to_services THEN row_number() OVER (
           PARTITION BY to_services
           ORDER BY nuso.random_below(seed, 39, child, 1000000), child) END
           AS services_rank
FROM with_services
ORDER BY place;
ANALYZE pg_temp.demo_child;

CREATE TEMPORARY TABLE demo_intervention AS
SELECT c.place, t.type,
       CASE WHEN t.type IN ('lvu_6', 'lvu_22', 'lvu_care')
            THEN 'LVU (1990:52)' ELSE 'SoL (2001:453)' END AS law,
       CASE t.type WHEN 'lvu_6' THEN '6 §' WHEN 'lvu_22' THEN '22 §'
            WHEN 'lvu_care' THEN
                CASE WHEN c.exposure = 'own' THEN '3 §' ELSE '2 §' END
       END AS paragraph
FROM pg_temp.demo_child AS c
CROSS JOIN LATERAL (
    VALUES (c.intervention), (c.second_intervention)) AS t (type)
WHERE t.type IS NOT NULL
ORDER BY c.place, t.type COLLATE "C";

-- handovers: counts by receiver and by kind of service are published
CREATE TEMPORARY TABLE demo_handover AS
SELECT c.place, h.type, h.subtype
FROM pg_temp.demo_child AS c
CROSS JOIN pg_temp.demo_parameter AS p
CROSS JOIN LATERAL (
    VALUES ('services', CASE WHEN c.services_rank <= 2620 THEN 'parent_talks'
                             WHEN c.services_rank <= 2984 THEN 'child_talks'
                             WHEN c.services_rank <= 3284 THEN 'child_group'
                             WHEN c.services_rank <= 3843 THEN 'parent_group'
                        END),
           ('services', CASE WHEN c.services_rank <= 200 THEN 'child_talks'
                             WHEN c.services_rank <= 347 THEN 'child_group'
                             WHEN c.services_rank <= 547 THEN 'parent_group'
                        END),
           ('private_network',
            CASE WHEN nuso.random_rank(p.seed, 41, 21858, c.child) < 1485
                 THEN 'unspecified' END),
           ('school',
            CASE WHEN nuso.random_rank(p.seed, 42, 21858, c.child) < 1438
                 THEN 'unspecified' END),
           ('health_care',
            CASE WHEN nuso.random_rank(p.seed, 43, 21858, c.child) < 3598
                 THEN 'unspecified' END),
           ('voluntary',
            CASE WHEN nuso.random_rank(p.seed, 44, 21858, c.child) < 308
                 THEN 'unspecified' END),
           ('other',
            CASE WHEN nuso.random_rank(p.seed, 45, 21858, c.child) < 1812
                 THEN 'unspecified' END)
) AS h (type, subtype)
WHERE h.subtype IS NOT NULL
ORDER BY c.place, h.type COLLATE "C", h.subtype COLLATE "C";

-- follow-up of seven in ten granted interventions
CREATE TEMPORARY TABLE demo_followup AS
SELECT i.place, i.type AS intervention, r.bits % 16 <> 0 AS started,
       CASE WHEN r.bits % 16 <> 0 AND (r.bits >> 4) % 8 <> 7
            THEN (r.bits >> 7) % 4 <> 0
            WHEN r.bits % 16 = 0 THEN false END AS completed,
       CASE WHEN (r.bits >> 9) % 16 < 8 THEN 'better'
            WHEN (r.bits >> 9) % 16 < 13 THEN 'unchanged'
            WHEN (r.bits >> 9) % 16 < 14 THEN 'worse' END AS result
FROM pg_temp.demo_intervention AS i
CROSS JOIN pg_temp.demo_parameter AS p
CROSS JOIN LATERAL (
    SELECT nuso.random_below(p.seed, 46,
               i.place * 16 + length(i.type) % 16, 1048576)) AS r (bits)
WHERE (r.bits >> 13) % 10 < 7
ORDER BY i.place, i.type COLLATE "C";

-- services without needs test: 12,000 a nation over the units of substudy 2,
-- in proportion to their inhabitants; units that deliver counts get counts
CREATE TEMPORARY TABLE demo_service AS
WITH unit_share AS (
    SELECT unit_id, has_rows,
           sum(pop) OVER so_far - pop AS before,
           sum(pop) OVER so_far AS so_far,
           sum(pop) OVER () AS total
    FROM pg_temp.demo_unit
    WHERE in_d2
    WINDOW so_far AS (ORDER BY unit_id)
)
SELECT i AS place, u.unit_id, u.has_rows,
       (DATE '2024-04-01'
        + nuso.random_below(p.seed, 47, i, 7)::integer * INTERVAL '1 month')
           ::date AS month,
       CASE WHEN r.type < 48 THEN 'parent_talks'
            WHEN r.type < 72 THEN 'child_talks'
            WHEN r.type < 84 THEN 'child_group'
            ELSE 'parent_group' END AS type,
       nuso.random_below(p.seed, 49, i, 18)::integer AS age,
       nuso.random_below(p.seed, 50, i, 100) < 47 AS girl,
       nuso.random_bits(p.seed, 51, i) AS bits
FROM pg_temp.demo_parameter AS p
CROSS JOIN generate_series(0, 11999) AS i
JOIN unit_share AS u
    ON i * u.total / 12000 >= u.before AND i * u.total / 12000 < u.so_far
CROSS JOIN LATERAL (
    SELECT nuso.random_below(p.seed, 48, i, 100)) AS r (type)
ORDER BY i;

-- referrals: 189,000 a nation over the units of substudy 3, in proportion to
-- their inhabitants. What they say is invented: about 83 per cent are reports
-- and 9 per cent applications, as was found in one region.
CREATE TEMPORARY TABLE demo_referral AS
WITH unit_share AS (
    SELECT unit_id,
           sum(pop) OVER so_far - pop AS before,
           sum(pop) OVER so_far AS so_far,
           sum(pop) OVER () AS total
    FROM pg_temp.demo_unit
    WHERE in_d3
    WINDOW so_far AS (ORDER BY unit_id)
),
slot AS (
    -- slots of one hundred referrals in a row are of one unit
    SELECT i AS slot, u.unit_id
    FROM generate_series(0, 1889) AS i
    JOIN unit_share AS u
        ON i * u.total / 1890 >= u.before AND i * u.total / 1890 < u.so_far
),
drawn AS (
    SELECT r.place, r.unit_id, r.bits,
           (r.bits >> 33 & 127) * 100 >> 7 AS draw,
           1 + CASE WHEN r.bits >> 40 & 63 < 36 THEN r.bits >> 40 & 3
                    ELSE (r.bits >> 40 & 63) % 10 END AS position
    FROM (
        SELECT i.place, s.unit_id, nuso.random_bits(p.seed, 70, i.place) AS bits
        FROM pg_temp.demo_parameter AS p
        CROSS JOIN slot AS s
        CROSS JOIN generate_series(1, 100) AS k
        CROSS JOIN LATERAL (SELECT s.slot * 100 + k) AS i (place)
        OFFSET 0            -- so that the bits are drawn once
    ) AS r
)
SELECT d.place, d.unit_id,
       CASE WHEN d.bits & 127 < 56 THEN 'girl'
            WHEN d.bits & 127 < 126 THEN 'boy' END AS sex,
       -- a tenth are 18 to 20 years or not known
       CASE WHEN d.bits >> 7 & 127 < 115
            THEN ((d.bits >> 14 & 1023) * 18 >> 10)::integer
            WHEN d.bits >> 7 & 127 < 126
            THEN 18 + ((d.bits >> 14 & 1023) * 3 >> 10)::integer END AS age,
       CASE WHEN d.draw < 83 THEN 'anmalan'
            WHEN d.draw < 92 THEN 'ansokan'
            WHEN d.draw < 95 THEN 'begaran'
            ELSE 'annat' END AS type,
       l.reason_local,
       CASE WHEN d.bits >> 46 & 15 <> 0 THEN l.reason_code END AS reason_code,
       CASE WHEN d.draw BETWEEN 83 AND 91 AND d.bits >> 50 & 127 < 122
            THEN 'opened'
            WHEN d.bits >> 50 & 127 < 42 THEN 'opened'
            WHEN d.bits >> 50 & 127 < 108 THEN 'not_opened'
            WHEN d.bits >> 50 & 127 < 126 THEN 'added' END AS decision
FROM drawn AS d
JOIN referral_reason AS r USING (position)
LEFT JOIN local_reason AS l
    ON l.unit_id = d.unit_id AND l.reason_code = r.code
ORDER BY d.place;

ANALYZE pg_temp.demo_intervention;
ANALYZE pg_temp.demo_handover;
ANALYZE pg_temp.demo_followup;
ANALYZE pg_temp.demo_service;
ANALYZE pg_temp.demo_referral;
