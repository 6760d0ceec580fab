-- which of several groups differ from which?
SET search_path = nuso, public;
\set SHOW_CONTEXT never
SET extra_float_digits = -3;

-- smokers among lung cancer patients of four studies (Fleiss 1981): as R's pairwise.prop.test
CREATE TEMP TABLE study (study text, p proportion);
INSERT INTO study SELECT study, make_proportion(n, events)
FROM (VALUES ('A', 86, 83), ('B', 93, 90), ('C', 136, 129), ('D', 82, 70)) AS v(study, n, events);
SELECT label_a, label_b, n_a, events_a, n_b, events_b, statistic, p_value, p_adjusted, method, status
FROM (SELECT crosstab_agg(study, p) AS t FROM study) AS x, pairwise(t);
SELECT label_a, label_b, p_a, p_b, difference, difference_lower, difference_upper
FROM (SELECT crosstab_agg(study, p) AS t FROM study) AS x, pairwise(t, conf_level => 0.99);
SELECT l.* FROM (SELECT crosstab_agg(study, p) AS t FROM study) AS x, letters(t) AS l;

-- from rows, with labels of our own; the event is any column
CREATE TEMP TABLE unit_decision (unit text, decision text, children integer);
INSERT INTO unit_decision VALUES
    ('Berg', 'granted', 20), ('Berg', 'denied', 70), ('Berg', 'withdrawn', 10),
    ('Dal', 'granted', 80), ('Dal', 'denied', 15), ('Dal', 'withdrawn', 5),
    ('Holm', 'granted', 50), ('Holm', 'denied', 40), ('Holm', 'withdrawn', 10),
    ('Sund', 'granted', 65), ('Sund', 'denied', 25), ('Sund', 'withdrawn', 10),
    ('Vik', 'granted', 78), ('Vik', 'denied', 20), ('Vik', 'withdrawn', 2);
SELECT label, n, events, estimate, letters, status
FROM (SELECT crosstab_agg(unit, decision, children) AS t FROM unit_decision) AS x, letters(t, 'granted')
ORDER BY estimate DESC;
SELECT label, events, letters
FROM (SELECT crosstab_agg(unit, decision, children) AS t FROM unit_decision) AS x, letters(t, 'withdrawn');
-- a stricter level tells fewer apart
SELECT label, letters
FROM (SELECT crosstab_agg(unit, decision, children) AS t FROM unit_decision) AS x, letters(t, 'granted', 0.9999);

-- a pair differs where its groups share no letter
SELECT count(*) AS pairs, count(*) FILTER (WHERE (p.p_adjusted < 0.05) =
    (translate(a.letters, b.letters, '') = a.letters)) AS agree
FROM (SELECT crosstab_agg(unit, decision, children) AS t FROM unit_decision) AS x,
    LATERAL pairwise(t, 'granted') AS p, LATERAL letters(t, 'granted') AS a, LATERAL letters(t, 'granted') AS b
WHERE a.label = p.label_a AND b.label = p.label_b;

-- thin data: nobody, an event that does not occur, one group, no rows
SELECT label_a, label_b, p_a, p_b, difference_lower, difference_upper, p_value, p_adjusted, status
FROM (VALUES (make_crosstab('{{0, 5}, {0, 7}, {3, 4}}', '{a, b, c}', '{true, false}'))) AS v(t), pairwise(t);
SELECT * FROM pairwise(make_crosstab('{{5, 2}, {7, 1}}'), 'none');
SELECT * FROM letters(make_crosstab('{{5, 2}, {7, 1}}'), 'none');
SELECT * FROM pairwise(make_crosstab('{{5, 2}}'), '1');
SELECT * FROM letters(make_crosstab('{{5, 2}}'), '1');
SELECT count(*) FROM (SELECT crosstab_agg(study, p) AS t FROM study WHERE false) AS x, pairwise(t);
SELECT count(*) FROM (SELECT crosstab_agg(study, p) AS t FROM study WHERE false) AS x, letters(t);
SELECT count(*) FROM pairwise(NULL), letters(NULL);
-- more than 52 letters
SELECT count(*), count(letters), min(status)
FROM (SELECT crosstab_agg(i::text, make_proportion(1000000, 10000 * i)) AS t FROM generate_series(1, 60) AS i) AS x,
    letters(t);
SELECT min(letters COLLATE "C"), max(letters COLLATE "C"), count(DISTINCT letters)
FROM (SELECT crosstab_agg(i::text, make_proportion(1000000, 10000 * i)) AS t FROM generate_series(1, 52) AS i) AS x,
    letters(t);

-- wrong settings
\set VERBOSITY sqlstate
SELECT * FROM pairwise(make_crosstab('{{5, 2}, {7, 1}}'), '1', 1);
SELECT * FROM letters(make_crosstab('{{5, 2}}'), '1', 95);
SELECT count(*) FROM (SELECT crosstab_agg(i::text, make_proportion(2, 1)) AS t FROM generate_series(0, 2000) AS i) AS x,
    pairwise(t);
