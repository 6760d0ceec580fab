-- Demonstration data, part 4: one nation of follow-ups, of referrals
-- (substudy 3) and of services without needs test (substudy 2).
--
-- Reads pg_temp.demo_parameter (seed, nation, scale) and the tables of part
-- 2. Days of referrals are drawn for each nation anew, the rest repeats.
--
-- Stream of random numbers used here: 71.

INSERT INTO followup (inv_id, intervention, started, completed, result)
SELECT p.nation * 21858 + f.place + 1, f.intervention, f.started, f.completed,
       f.result
FROM pg_temp.demo_parameter AS p
CROSS JOIN pg_temp.demo_followup AS f;

INSERT INTO referral (referral_id, wave, unit_id, ref_date, sex, age, type,
                      reason_local, reason_code, decision)
SELECT p.nation * 189000 + r.place, 'synthetic 2024', r.unit_id,
       DATE '2023-01-01'
       + nuso.random_below(p.seed, 71, p.nation * 189000 + r.place, 365)::integer,
       r.sex, r.age, r.type, r.reason_local, r.reason_code, r.decision
FROM pg_temp.demo_parameter AS p
CROSS JOIN pg_temp.demo_referral AS r;

INSERT INTO service (service_id, wave, unit_id, start_month, type, provider,
                     with_other_actor, age, sex, residence, caregivers_f,
                     caregivers_m, interpreter, outcome)
SELECT p.nation * 12000 + s.place + 1, 'synthetic 2024', s.unit_id, s.month,
       s.type,
       CASE WHEN s.bits & 3 = 0 THEN 'Familjecentral (syntetisk)'
            ELSE 'Öppenvård (syntetisk)' END,
       s.bits >> 2 & 7 = 0,
       CASE WHEN s.bits >> 5 & 15 <> 0 THEN s.age END,
       CASE WHEN s.bits >> 5 & 15 <> 0 THEN
           CASE WHEN s.girl THEN 'girl' ELSE 'boy' END END,
       (ARRAY['both_parents', 'both_parents', 'both_parents', 'alternating',
              'single_parent', 'single_parent', 'other', 'unknown'])
           [1 + (s.bits >> 9 & 7)],
       (s.bits >> 12 & 7 <> 0)::integer,
       (s.bits >> 15 & 1)::integer,
       s.bits >> 16 & 15 = 0,
       CASE WHEN s.bits >> 20 & 31 < 18 THEN 'ended'
            WHEN s.bits >> 20 & 31 < 25 THEN 'new_visit'
            WHEN s.bits >> 20 & 31 < 27 THEN 'application'
            WHEN s.bits >> 20 & 31 < 28 THEN 'report'
            WHEN s.bits >> 20 & 31 < 30 THEN 'handover' END
FROM pg_temp.demo_parameter AS p
CROSS JOIN pg_temp.demo_service AS s
WHERE s.has_rows;

-- counts come once, with the first nation, for all of them
INSERT INTO service_aggregate (wave, unit_id, month, type, sex, age_band, n)
SELECT 'synthetic 2024', s.unit_id, s.month, s.type,
       CASE WHEN s.girl THEN 'girl' ELSE 'boy' END,
       CASE WHEN s.age < 6 THEN '0-5' WHEN s.age < 10 THEN '6-9'
            WHEN s.age < 15 THEN '10-14' ELSE '15-20' END,
       (count(*) * p.scale)::integer
FROM pg_temp.demo_parameter AS p
CROSS JOIN pg_temp.demo_service AS s
WHERE NOT s.has_rows AND p.nation = 0
GROUP BY s.unit_id, s.month, s.type, 5, 6, p.scale
ORDER BY s.unit_id, s.month, 4, 5, 6;
