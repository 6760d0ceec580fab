-- Demonstration data, part 5: the truth, which real data never have.
--
-- Reads pg_temp.demo_child and pg_temp.demo_theme. No report view reads these
-- tables: they are there to compare with what a model finds.

CREATE TABLE demo_truth (
    place integer CONSTRAINT demo_truth_pkey PRIMARY KEY,
    class integer NOT NULL,
    CONSTRAINT demo_truth_class CHECK (class BETWEEN 1 AND 15)
);
COMMENT ON TABLE demo_truth IS 'Planted class of each synthetic child, made by nuso.load_demo: what no real data have. Only to compare with what was found; no report view reads it.';
COMMENT ON COLUMN demo_truth.place IS 'Place of the child in its nation, 0 to 21857: (inv_id - 1) % 21858. Each nation of a larger scale has the same classes.';
COMMENT ON COLUMN demo_truth.class IS 'Class that its factors were drawn from, 1 to 15. Class k has the theme of the profile with priority k of the scheme demo.';

INSERT INTO demo_truth (place, class)
SELECT place, class FROM pg_temp.demo_child ORDER BY place;

CREATE TABLE demo_truth_factor (
    class       integer NOT NULL,
    factor      text NOT NULL,
    bit         integer NOT NULL,
    probability double precision NOT NULL,
    CONSTRAINT demo_truth_factor_pkey PRIMARY KEY (class, factor)
);
COMMENT ON TABLE demo_truth_factor IS 'How common each factor is in each planted class of the synthetic children. Within a class they were drawn independently of each other; where a child lacked what its published exposure or profile asks for, one more was added.';
COMMENT ON COLUMN demo_truth_factor.class IS 'Planted class, 1 to 15.';
COMMENT ON COLUMN demo_truth_factor.factor IS 'Factor (nuso.factor).';
COMMENT ON COLUMN demo_truth_factor.bit IS 'Its bit in a mask.';
COMMENT ON COLUMN demo_truth_factor.probability IS 'Probability that it was drawn: sixteenths. Of own_crime, a fact with a published count, its share in the class.';

INSERT INTO demo_truth_factor (class, factor, bit, probability)
SELECT t.class, t.factor, t.bit, t.sixteenths / 16.0
FROM pg_temp.demo_theme AS t
UNION ALL
SELECT c.class, f.factor, f.bit, avg(c.own_crime::integer)
FROM pg_temp.demo_child AS c
CROSS JOIN nuso.factor AS f
WHERE f.factor = 'own_crime'
GROUP BY c.class, f.factor, f.bit
ORDER BY 1, 3;

ANALYZE demo_truth;
ANALYZE demo_truth_factor;
