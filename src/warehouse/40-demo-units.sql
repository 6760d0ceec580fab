-- Demonstration data, part 1: a synthetic country of 134 units.
--
-- Reads pg_temp.demo_parameter (seed, nation). Places have codes of no
-- county that exists and names that say that they are synthetic.
--
-- Streams of random numbers used here: 1 to 9.

INSERT INTO wave (wave, source, synthetic, d1_from, d1_to, d2_from, d2_to,
                  d3_from, d3_to)
SELECT 'synthetic 2024',
       'Synthetic demonstration data, made by nuso.load_demo with seed '
       || seed || '; no row describes a real child',
       true, '2023-10-01', '2024-03-31', '2024-04-15', '2024-10-31',
       '2023-01-01', '2023-12-31'
FROM pg_temp.demo_parameter;

INSERT INTO county (county_code, name) VALUES
    ('97', 'Norra Demolän (syntetiskt)'),
    ('98', 'Östra Demolän (syntetiskt)'),
    ('99', 'Södra Demolän (syntetiskt)');

-- Units 1 to 14 are districts of one large municipality, 15 to 18 the
-- administrations of another; all others are municipalities.
CREATE TEMPORARY TABLE demo_unit AS
SELECT u.unit_id, u.size_class, u.kind, u.place_no,
       lpad((97 + (u.place_no - 1) / 40)::text, 2, '0') AS county_code,
       lpad((97 + (u.place_no - 1) / 40)::text, 2, '0')
       || lpad(((u.place_no - 1) % 40 + 1)::text, 2, '0') AS municipality_code,
       (u.least + nuso.random_below(p.seed, 1, u.unit_id, u.most - u.least))
           ::integer AS pop,
       -- per cent by which the unit grants more, or less, than its size does
       (nuso.random_below(p.seed, 2, u.unit_id, 61) - 30)::integer AS generosity,
       nuso.random_rank(p.seed, 3, 134, u.unit_id - 1) < 116 AS in_d2,
       nuso.random_rank(p.seed, 4, 134, u.unit_id - 1) < 91 AS in_d3,
       nuso.random_rank(p.seed, 5, 134, u.unit_id - 1) < 90 AS has_rows
FROM pg_temp.demo_parameter AS p
CROSS JOIN LATERAL (
    SELECT i AS unit_id,
           CASE WHEN i <= 14 THEN 1 WHEN i <= 18 THEN 2 ELSE i - 16 END
               AS place_no,
           CASE WHEN i <= 14 THEN 'district'
                WHEN i <= 18 THEN 'administration'
                ELSE 'municipality' END AS kind,
           CASE WHEN i <= 36 THEN 1 WHEN i <= 70 THEN 2
                WHEN i <= 100 THEN 3 ELSE 4 END AS size_class,
           CASE WHEN i <= 18 THEN 50000 WHEN i <= 36 THEN 100001
                WHEN i <= 70 THEN 40001 WHEN i <= 100 THEN 20001
                ELSE 5000 END AS least,
           CASE WHEN i <= 18 THEN 150000 WHEN i <= 36 THEN 200000
                WHEN i <= 70 THEN 100001 WHEN i <= 100 THEN 40001
                ELSE 20001 END AS most
    FROM generate_series(1, 134) AS i) AS u;

INSERT INTO municipality (municipality_code, name, county_code)
SELECT DISTINCT municipality_code,
       CASE place_no WHEN 1 THEN 'Stordemo' WHEN 2 THEN 'Västdemo'
            ELSE (ARRAY['Demokommun', 'Ådemo', 'Ängdemo', 'Ödemo'])
                     [1 + place_no % 4]
                 || ' ' || lpad(place_no::text, 3, '0') END
       || ' (syntetisk)',
       county_code
FROM pg_temp.demo_unit;

INSERT INTO municipality_group_member (municipality_code, edition, code,
                                       valid_from)
SELECT DISTINCT u.municipality_code, 2023,
       (CASE WHEN u.place_no <= 2 THEN ARRAY['A1']
             WHEN u.size_class = 1 THEN ARRAY['B3', 'A2']
             WHEN u.size_class = 2 THEN ARRAY['B3', 'A2', 'C6']
             WHEN u.size_class = 3 THEN ARRAY['B4', 'C6', 'A2']
             ELSE ARRAY['B5', 'C7', 'C8', 'C9'] END)
           [1 + u.place_no % CASE WHEN u.place_no <= 2 THEN 1
                                  WHEN u.size_class = 1 THEN 2
                                  WHEN u.size_class = 4 THEN 4
                                  ELSE 3 END],
       DATE '2023-01-01'
FROM pg_temp.demo_unit AS u;

INSERT INTO unit (unit_id, unit_code, municipality_code, kind, name,
                  size_class, pop, in_d1, in_d2, in_d3, d2_mode)
SELECT u.unit_id,
       CASE u.kind WHEN 'municipality' THEN u.municipality_code
            ELSE u.municipality_code || '-' || lpad(u.unit_id::text, 2, '0')
       END,
       u.municipality_code, u.kind,
       CASE u.kind
           WHEN 'district' THEN
               'Stordemo, stadsdel ' || lpad(u.unit_id::text, 2, '0')
               || ' (syntetisk)'
           WHEN 'administration' THEN
               'Västdemo, förvaltning '
               || (ARRAY['Norr', 'Söder', 'Öster', 'Väster'])[u.unit_id - 14]
               || ' (syntetisk)'
           ELSE m.name END,
       u.size_class, u.pop, true, u.in_d2, u.in_d3,
       CASE WHEN NOT u.in_d2 THEN NULL
            WHEN u.has_rows THEN 'individual' ELSE 'aggregate' END
FROM pg_temp.demo_unit AS u
JOIN municipality AS m USING (municipality_code);

INSERT INTO unit_context (unit_id, year, staff_experience_pct, child_families,
                          median_income, foreign_bg_pct, ek_bistand_pct,
                          pop_0_17)
SELECT u.unit_id, 2023,
       40 + nuso.random_below(p.seed, 6, u.unit_id, 400) / 10.0,
       u.pop / 9,
       420 + nuso.random_below(p.seed, 7, u.unit_id, 200),
       8 + nuso.random_below(p.seed, 8, u.unit_id, 300) / 10.0,
       2 + nuso.random_below(p.seed, 9, u.unit_id, 80) / 10.0,
       u.pop / 5
FROM pg_temp.demo_unit AS u
CROSS JOIN pg_temp.demo_parameter AS p;

INSERT INTO local_reason (unit_id, reason_local, reason_code)
SELECT u.unit_id,
       CASE u.unit_id % 3 WHEN 0 THEN r.label_sv
            WHEN 1 THEN 'Oro: ' || lower(r.label_sv)
            ELSE 'Orsak ' || r.position END,
       r.code
FROM pg_temp.demo_unit AS u
CROSS JOIN referral_reason AS r
WHERE u.in_d3;

-- small tables, but a planner that knows nothing of them expects thousands
ANALYZE pg_temp.demo_parameter;
ANALYZE pg_temp.demo_unit;
ANALYZE unit;
ANALYZE local_reason;
ANALYZE referral_reason;
