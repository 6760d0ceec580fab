-- Demonstration data, part 3: one nation of investigations (substudy 1).
--
-- Reads pg_temp.demo_parameter (seed, nation, scale) and the tables of part
-- 2. At scale s it is run for the nations 0 to s - 1: the facts with
-- published figures repeat, so every quota is s times as large; months,
-- factors, talks, consents and participation are drawn anew.
--
-- Streams of random numbers used here: 60 to 69.

INSERT INTO investigation (
    inv_id, wave, unit_id, closed_month, sex, age, birth_country_group,
    background, background_basis, residence, diagnosis, interpreter,
    via_ansokan, via_anmalan, via_annat,
    earlier_investigation, earlier_intervention,
    n_talks_child, n_talks_individual, instrument_used,
    info_ped, info_med, info_psysoc, info_psy, child_wish_known,
    shier_1, shier_2, shier_3, shier_4, shier_5,
    factors, factors_observed, exposure, exposure_home, exposure_own, own_crime,
    need, consent_guardian, consent_child, granted)
SELECT inv_id, 'synthetic 2024', unit_id,
       ('{2023-10-01, 2023-11-01, 2023-12-01, 2024-01-01, 2024-02-01,
          2024-03-01}'::date[])[1 + ((w1 & 255) * 6 >> 8)],
       sex, age,
       CASE WHEN w1 >> 8 & 255 < chance_born_abroad THEN 'other'
            WHEN background_basis IS NOT NULL THEN 'sweden' END,
       background, background_basis, residence, diagnosis,
       w1 >> 16 & 255 < chance_interpreter,
       via_ansokan, via_anmalan, via_annat,
       earlier_investigation, earlier_intervention,
       talks + individual, individual,
       w1 >> 24 & 255 < 90,
       info_ped, info_med, info_psysoc, info_psy, child_wish_known,
       w2 >> 16 & 255 < chance_shier_1,
       w2 >> 24 & 255 < chance_shier_2,
       w2 >> 40 & 255 < chance_shier_3,
       w2 >> 48 & 255 < chance_shier_4,
       w2 >> 48 & 255 < chance_shier_4 AND w2 >> 32 & 255 < 64,
       drawn
       | CASE WHEN drawn & any_of_1 = 0 THEN else_1 ELSE 0 END
       | CASE WHEN drawn & any_of_2 = 0 THEN else_2 ELSE 0 END
       | CASE WHEN drawn & any_of_3 = 0 THEN else_3 ELSE 0 END,
       observed, exposure, exposure_home, exposure_own, own_crime,
       need,
       w1 >> 32 & 255 < chance_consent_guardian,
       w1 >> 40 & 255 < chance_consent_child,
       granted
FROM (
    -- a factor is drawn where a number below 16, one binary digit a word, is
    -- below its sixteenths: all 44 factors of a child at once
    SELECT c.*, k.any_of_1, k.any_of_2, k.any_of_3, k.else_1, k.else_2,
           k.else_3, k.observed,
           CASE WHEN c.own_crime THEN k.always | k.own_crime ELSE k.always END
           | (k.d8 & ~ w3)
           | (~ (k.d8 # w3) & ((k.d4 & ~ w4)
           | (~ (k.d4 # w4) & ((k.d2 & ~ w5)
           | (~ (k.d2 # w5) & k.d1 & ~ w6))))) AS drawn
    FROM (
        SELECT c.*,
               nuso.random_bits(seed, 60, inv_id) AS w1,
               nuso.random_bits(seed, 61, inv_id) AS w2,
               nuso.random_bits(seed, 62, inv_id) AS w3,
               nuso.random_bits(seed, 63, inv_id) AS w4,
               nuso.random_bits(seed, 64, inv_id) AS w5,
               nuso.random_bits(seed, 65, inv_id) AS w6
        FROM (
            SELECT c.*, p.seed, p.nation * 21858 + c.place + 1 AS inv_id
            FROM pg_temp.demo_parameter AS p
            CROSS JOIN pg_temp.demo_child AS c
        ) AS c
        OFFSET 0            -- so that each word of bits is drawn once
    ) AS c
    JOIN pg_temp.demo_class AS k USING (class)
    OFFSET 0                -- and each factor
) AS d
CROSS JOIN LATERAL (
    SELECT (talks_least + (w2 & 255) / talks_step)::integer,
           (w2 >> 8 & 255 < chance_individual_talk)::integer
) AS t (talks, individual);

INSERT INTO investigation_intervention (inv_id, type, law, paragraph)
SELECT p.nation * 21858 + i.place + 1, i.type, i.law, i.paragraph
FROM pg_temp.demo_parameter AS p
CROSS JOIN pg_temp.demo_intervention AS i;

INSERT INTO investigation_handover (inv_id, type, subtype)
SELECT p.nation * 21858 + h.place + 1, h.type, h.subtype
FROM pg_temp.demo_parameter AS p
CROSS JOIN pg_temp.demo_handover AS h;
