-- Demonstration data, part 2: the children of one nation.
--
-- Reads pg_temp.demo_parameter (seed, nation) and pg_temp.demo_unit. Makes
-- pg_temp.demo_child: 21,858 rows that carry every fact with a published
-- figure. "The k of a group with the lowest score" has a fact, where the
-- score is a random number from 0 to 999,999, moved for those who should have
-- it more often; so the count is exact for every seed, and who they are
-- depends on the seed alone. Ties are broken by the number of the child.
--
-- Streams of random numbers used here: 10 to 20, 27 to 51 and 70.

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

-- Fifteen classes of children: the truth that an analysis may look for. Within
-- a class factors are independent of each other. How many of sixteen children
-- of the class have the factor; own crime is a fact with a published count, so
-- it comes from there. Class k has the theme of the profile with priority k of
-- the scheme demo. All of it is invented.
CREATE TEMPORARY TABLE demo_theme AS
SELECT c.class::integer, f.factor, f.bit, c.sixteenths
FROM (VALUES
    --                         1  2  3  4  5  6  7  8  9 10 11 12 13 14 15
    ('violence_to_child',      '{15, 6, 1, 0, 0, 0, 0, 0,15, 1, 1, 1, 1, 1, 0}'),
    ('sexual_harm_at_home',    '{ 1, 1, 1, 0, 0, 0, 0, 0, 3, 1, 1, 1, 1, 1, 0}'),
    ('witnessed_violence',     '{ 4,12, 1, 0, 0, 0, 0, 0, 4,14, 1, 1, 1, 1, 0}'),
    ('parental_substance',     '{ 4, 5, 1, 0, 0, 0, 0, 0, 1, 3,15, 1, 1, 1, 0}'),
    ('parental_illness',       '{ 5, 5, 3, 0, 0, 0, 0, 0, 1, 1, 1,15, 1, 1, 0}'),
    ('parental_crime',         '{ 5, 3, 1, 0, 0, 0, 0, 0, 1, 6, 6, 1, 1, 1, 0}'),
    ('parental_conflict',      '{ 3, 3, 3, 5, 0, 0, 0, 0, 1, 3, 1, 1,15, 1, 0}'),
    ('care_basic_lacking',     '{ 7, 1, 4, 0, 0, 0, 0, 0, 0, 0, 5, 1, 0,12, 0}'),
    ('supervision_lacking',    '{16, 1, 5, 0, 0, 0, 0, 0, 0, 0, 7, 1, 0,11, 0}'),
    ('warmth_lacking',         '{ 9, 1,13, 0, 0, 0, 0, 0, 0, 0, 1, 7, 0, 6, 0}'),
    ('guidance_lacking',       '{15, 1, 9, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 9, 0}'),
    ('family_control',         '{ 1, 1, 1,15, 0, 0, 0, 0, 7, 1, 1, 1, 1, 1, 0}'),
    ('own_violence',           '{11, 0, 0, 1, 9, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0}'),
    ('own_substance',          '{ 6, 0, 0, 1, 4,14, 1, 1, 0, 0, 0, 0, 0, 0, 0}'),
    ('self_harm',              '{ 1, 0, 0, 4, 1, 1,14, 1, 0, 0, 0, 0, 0, 0, 0}'),
    ('school_absence',         '{16, 0, 0, 4, 1, 5, 3,15, 0, 0, 0, 0, 0, 0, 0}'),
    ('risky_contacts',         '{13, 0, 0, 8, 7,10, 1, 1, 0, 0, 0, 0, 0, 0, 0}'),
    ('running_away',           '{ 7, 0, 0,14, 3, 5, 1, 1, 0, 0, 0, 0, 0, 0, 0}'),
    ('child_ill',              '{ 1, 1, 1, 1, 1, 1, 4, 1, 1, 1, 1, 1, 1, 1, 1}'),
    ('child_disability',       '{ 1, 1, 1, 1, 1, 1, 1, 9, 1, 1, 1, 1, 1, 5, 1}'),
    ('learning_difficulties',  '{ 8, 1, 1, 1, 9, 1, 1, 9, 1, 1, 1, 1, 1, 6, 1}'),
    ('low_mood',               '{ 1, 1, 1,10, 1, 5,14, 6, 8, 1, 1, 6, 5, 1, 1}'),
    ('few_friends',            '{ 1, 1, 1, 5, 1, 1, 6,10, 1, 1, 1, 1, 1, 1, 1}'),
    ('bullied',                '{ 1, 1, 1, 1, 1, 1, 6, 5, 1, 1, 1, 1, 1, 1, 1}'),
    ('family_breakup',         '{ 1, 5, 1, 1, 1, 1, 1, 1, 1,10, 1, 1,13, 1, 1}'),
    ('family_history_hard',    '{ 8, 1, 1, 1, 1, 5, 1, 1, 1, 1, 9, 5, 1, 1, 1}'),
    ('money_short',            '{ 6, 1, 1, 1, 1, 1, 1, 1, 1, 6,10, 1, 1,10, 1}'),
    ('housing_unstable',       '{ 1, 1, 1, 1, 1, 1, 1, 1, 1, 9, 5, 1, 1, 6, 1}'),
    ('network_thin',           '{ 8, 1, 1, 7, 1, 1, 1, 1, 1, 1, 1,10, 1, 9, 1}'),
    ('new_in_country',         '{ 1, 1, 1, 6, 1, 1, 1, 1, 5, 1, 1, 1, 1, 4, 1}'),
    ('supportive_parent',      '{ 1,16, 0, 1, 8, 7,10, 8, 0, 0, 0, 0, 0, 0,10}'),
    ('basic_care_works',       '{ 1,12, 1, 1, 7, 1, 1,10, 1, 7, 1, 1, 1, 1,13}'),
    ('safe_adult',             '{ 1, 9, 1, 1, 1, 1, 7, 1, 1, 8, 6, 1, 1, 1, 7}'),
    ('parents_seek_help',      '{ 1,10, 1, 1, 4, 1,12, 8, 1, 1, 1,11, 1, 1, 6}'),
    ('health_good',            '{ 1, 7,13, 1, 1, 1, 1, 1, 8, 5, 0, 0,11, 0,12}'),
    ('school_works',           '{ 1, 6,14, 1, 1, 1, 1, 1, 8, 1, 3, 7,10, 4,11}'),
    ('copes_well',             '{ 1, 1,11, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 8}'),
    ('good_friends',           '{ 1, 1,13, 5, 3, 8, 1, 1, 1, 1, 0, 0, 6, 0,10}'),
    ('leisure',                '{ 1, 1, 8, 1, 5, 1, 1, 1, 1, 1, 0, 0, 1, 0, 9}'),
    ('family_together',        '{ 1, 1, 1, 1, 1, 1, 7, 8, 9, 1, 1, 1, 1, 1,11}'),
    ('family_history_stable',  '{ 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 1,10}'),
    ('housing_stable',         '{ 1, 1, 8, 1, 1, 9, 8, 1, 8, 1, 1, 7,12, 1,12}'),
    ('network_strong',         '{ 1, 7, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 6, 1, 8}')
) AS t (factor, sixteenths)
JOIN nuso.factor AS f USING (factor)
CROSS JOIN LATERAL unnest(t.sixteenths::integer[])
    WITH ORDINALITY AS c (sixteenths, class)
WHERE f.built_in;

-- The same as masks: sixteenths digit by digit, and what every child of the
-- class has. The published exposures and profiles set conditions besides: of
-- each group at least one factor, else the class's own is added. Conditions
-- that forbid are kept by chances of 0: no class has by chance what would
-- make it an earlier profile, or exposed in another way.
CREATE TEMPORARY TABLE demo_class AS
WITH digit AS (
    SELECT class,
           bit_or(1::bigint << bit) FILTER (WHERE sixteenths & 8 <> 0) AS d8,
           bit_or(1::bigint << bit) FILTER (WHERE sixteenths & 4 <> 0) AS d4,
           bit_or(1::bigint << bit) FILTER (WHERE sixteenths & 2 <> 0) AS d2,
           bit_or(1::bigint << bit) FILTER (WHERE sixteenths & 1 <> 0) AS d1,
           bit_or(1::bigint << bit) FILTER (WHERE sixteenths = 16) AS always
    FROM pg_temp.demo_theme
    GROUP BY class
),
condition (class, number, any_of, else_this) AS (VALUES
    (1, 1, '{violence_to_child, sexual_harm_at_home, witnessed_violence,
             family_control}', 'violence_to_child'),
    (1, 2, '{warmth_lacking, guidance_lacking}', 'guidance_lacking'),
    (1, 3, '{own_crime, own_violence, own_substance, self_harm,
             risky_contacts}', 'risky_contacts'),
    (2, 1, '{violence_to_child, sexual_harm_at_home, witnessed_violence,
             parental_substance, parental_illness, parental_crime}',
     'witnessed_violence'),
    (3, 1, '{care_basic_lacking, supervision_lacking, warmth_lacking,
             guidance_lacking}', 'warmth_lacking'),
    (3, 2, '{health_good, school_works}', 'school_works'),
    (3, 3, '{copes_well, good_friends, leisure}', 'good_friends'),
    (4, 1, '{home}', 'family_control'),
    (4, 2, '{own}', 'running_away'),
    (5, 1, '{own}', 'own_violence'),
    (6, 1, '{own}', 'own_substance'),
    (7, 1, '{own}', 'self_harm'),
    (8, 1, '{own}', 'school_absence'),
    (9, 1, '{home}', 'violence_to_child'),
    (10, 1, '{home}', 'witnessed_violence'),
    (11, 1, '{home}', 'parental_substance'),
    (12, 1, '{home}', 'parental_illness'),
    (13, 1, '{home}', 'parental_conflict'),
    (14, 1, '{home}', 'care_basic_lacking')
),
masked AS (
    SELECT c.class, c.number,
           bit_or(1::bigint << f.bit) FILTER (
               WHERE ARRAY[f.factor, f.exposure] && c.any_of::text[]) AS any_of,
           bit_or(1::bigint << f.bit) FILTER (
               WHERE f.factor = c.else_this) AS else_this
    FROM condition AS c
    CROSS JOIN nuso.factor AS f
    WHERE f.built_in
    GROUP BY c.class, c.number
)
SELECT d.class, coalesce(d.d8, 0) AS d8, coalesce(d.d4, 0) AS d4,
       coalesce(d.d2, 0) AS d2, coalesce(d.d1, 0) AS d1,
       coalesce(d.always, 0) AS always,
       coalesce(m1.any_of, 0) AS any_of_1, coalesce(m1.else_this, 0) AS else_1,
       coalesce(m2.any_of, 0) AS any_of_2, coalesce(m2.else_this, 0) AS else_2,
       coalesce(m3.any_of, 0) AS any_of_3, coalesce(m3.else_this, 0) AS else_3,
       f.own_crime, f.observed
FROM digit AS d
LEFT JOIN masked AS m1 ON m1.class = d.class AND m1.number = 1
LEFT JOIN masked AS m2 ON m2.class = d.class AND m2.number = 2
LEFT JOIN masked AS m3 ON m3.class = d.class AND m3.number = 3
CROSS JOIN (
    SELECT bit_or(1::bigint << bit) FILTER (WHERE factor = 'own_crime')
               AS own_crime,
           bit_or(1::bigint << bit) AS observed
    FROM nuso.factor WHERE built_in) AS f;
ANALYZE pg_temp.demo_class;

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
-- classes: 2,623 multiple, 1,530 resourceful, 4,809 supported as published;
-- the others so many that a model can find them. Who is in which depends on
-- age, sex and support, so that classes differ in these
with_first_class AS (
    SELECT *,
           row_number() OVER (
               PARTITION BY exposure
               ORDER BY exposure = 'home' AND age < 6,
                        nuso.random_below(seed, 18, child, 1000000)
                        - CASE WHEN own_crime THEN 300000 ELSE 0 END
                        - CASE WHEN exposure = 'both' AND granted THEN 200000
                               ELSE 0 END, child)
           <= CASE exposure WHEN 'both' THEN 2623 WHEN 'home' THEN 1530
                   ELSE 0 END AS first_class
    FROM with_unit
),
with_second_class AS (
    SELECT *,
           exposure = 'home' AND NOT first_class AND row_number() OVER (
               PARTITION BY exposure, first_class
               ORDER BY nuso.random_below(seed, 19, child, 1000000)
                        + CASE WHEN granted THEN 150000 ELSE 0 END, child)
               <= 4809 AS second_class
    FROM with_first_class
),
with_class_rank AS (
    SELECT *,
           row_number() OVER (
               PARTITION BY exposure, first_class, second_class, own_crime
               ORDER BY nuso.random_below(seed, 20, child, 1000000)
                        + CASE WHEN exposure = 'home' THEN age * 20000
                               WHEN girl THEN 0 ELSE 250000 END
                        + CASE WHEN granted THEN 150000 ELSE 0 END, child)
               AS class_rank
    FROM with_second_class
),
with_planted_class AS (
    SELECT *,
           CASE WHEN exposure = 'both' AND first_class THEN 1
                WHEN second_class THEN 2
                WHEN exposure = 'home' AND first_class THEN 3
                WHEN exposure = 'both' THEN 4
                WHEN exposure = 'home' THEN
                    CASE WHEN class_rank <= 1381 THEN 10
                         WHEN class_rank <= 2417 THEN 13
                         WHEN class_rank <= 3246 THEN 12
                         WHEN class_rank <= 4282 THEN 11
                         WHEN class_rank <= 5387 THEN 14
                         ELSE 9 END
                WHEN own_crime THEN 5
                WHEN exposure = 'own' THEN
                    CASE WHEN class_rank <= 386 THEN 7
                         WHEN class_rank <= 1073 THEN 8
                         WHEN class_rank <= 1609 THEN 6
                         ELSE 5 END
                ELSE 15 END AS class
    FROM with_class_rank
),
-- information from professions: more for violence against the child, own
-- behaviour and several exposures, less for children as next of kin; factors
-- are drawn later, so it goes by class
with_any_info AS (
    SELECT *,
           row_number() OVER (
               ORDER BY nuso.random_below(seed, 27, child, 1000000)
                        - CASE WHEN class = 1 THEN 150000 ELSE 0 END
                        - CASE WHEN exposure IN ('own', 'both') THEN 150000
                               ELSE 0 END
                        - CASE WHEN class = 9 THEN 300000 ELSE 0 END
                        + CASE WHEN class = 2 THEN 100000
                               WHEN class IN (10, 11, 13) THEN 200000
                               ELSE 0 END, child)
               <= 15956 AS info_any
    FROM with_planted_class
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
       class,
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
