-- privileges.sql - what a role may do that was granted nothing but SELECT on a
-- table of summaries' rows, and what it may not.
\set QUIET 1
SET client_min_messages = warning;
BEGIN;
SELECT plan(33);

CREATE TABLE child_row AS
SELECT i AS id, i % 3 = 0 AS granted, i % 2 = 0 AS exposed, i % 21 AS age, i::bigint % 4096 AS present
FROM generate_series(1, 500) AS i;
CREATE TABLE unit_row AS
SELECT id % 5 AS unit, nuso.proportion_agg(granted) AS p, nuso.paired_agg(exposed, granted) AS pp,
    nuso.age_curve_agg(age, exposed, granted, granted) AS c
FROM child_row GROUP BY 1;
CREATE ROLE nuso_reader;
GRANT SELECT ON child_row, unit_row TO nuso_reader;
DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO nuso_reader', current_schema()); END $$;

-- pgTAP's own bookkeeping belongs to who called plan
CREATE FUNCTION pg_temp.as_reader(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
BEGIN
    SET LOCAL ROLE nuso_reader;
    BEGIN
        EXECUTE query INTO answer;
        answer := coalesce(answer, 'NULL');
    EXCEPTION WHEN OTHERS THEN
        answer := SQLSTATE;
    END;
    RESET ROLE;
    RETURN answer;
END
$$;

-- it may ask everything: the answers are those of the owner
CREATE FUNCTION pg_temp.same_answer(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
BEGIN
    EXECUTE query INTO answer;
    RETURN is(pg_temp.as_reader(query), answer, query);
END
$$;
SELECT pg_temp.same_answer(query) FROM unnest(ARRAY[
    'SELECT nuso.confint(nuso.proportion_agg(granted)) FROM child_row',
    'SELECT nuso.confint(nuso.paired_agg(exposed, granted)) FROM child_row',
    'SELECT md5(string_agg(v::text, '','')) FROM (SELECT nuso.age_curve_agg(age, exposed, granted, granted) AS c FROM child_row) AS s, nuso.curve(c) AS v',
    'SELECT nuso.compare(a.p, b.p) FROM unit_row AS a, unit_row AS b WHERE a.unit = 1 AND b.unit = 2',
    'SELECT nuso.compare_to_rest(p, (SELECT nuso.rollup(p) FROM unit_row)) FROM unit_row WHERE unit = 3',
    'SELECT nuso.mcnemar_test(nuso.rollup(pp)) FROM unit_row',
    'SELECT nuso.n(nuso.rollup(c)) FROM unit_row',
    'SELECT nuso.subtract(nuso.rollup(p), nuso.make_proportion(1, 1)) FROM unit_row',
    'SELECT md5(string_agg(nuso.classify(''demo'', present), '','' ORDER BY id)) FROM child_row',
    'SELECT md5(string_agg(e::text, '','')) FROM nuso.explain_profile(''demo'', 5) AS e',
    'SELECT nuso.factor_names(nuso.factor_mask(''own_crime''))',
    'SELECT count(*) FROM nuso.factor',
    'SELECT count(*) FROM nuso.profile_scheme',
    'SELECT count(*) FROM nuso.profile',
    'SELECT count(*) FROM nuso.profile_rule',
    'SELECT count(*) FROM nuso.profile_prototype',
    'SELECT md5(string_agg(e::text, '','')) FROM nuso.explain_factors(''demo'', 5, all_profiles => true) AS e',
    'SELECT count(*) FROM nuso.check_scheme(''demo'')',
    'SELECT nuso.random_rank(1, 2, 10, 3)'
    ]) AS query;

-- it may not write, nor make anything
SELECT is(pg_temp.as_reader(query), '42501', query) FROM unnest(ARRAY[
    'UPDATE nuso.factor SET label_en = '''' WHERE false RETURNING 1',
    'INSERT INTO nuso.profile_scheme (scheme, version, label_sv, label_en, source_note) VALUES (''x'', 1, '''', '''', '''')',
    'UPDATE nuso.profile SET priority = priority + 1 RETURNING 1',
    'DELETE FROM nuso.profile_rule RETURNING 1',
    'UPDATE nuso.profile_prototype SET present = 0 RETURNING 1',
    'SELECT count(*) FROM nuso.register_scheme(''demo'')',
    'TRUNCATE nuso.profile_rule',
    'SELECT 1 FROM nuso.profile_scheme FOR UPDATE',
    'CREATE FUNCTION nuso.confint(integer) RETURNS integer LANGUAGE sql AS ''SELECT 1''',
    'CREATE TABLE nuso.mine (x integer)',
    'SELECT nuso.create_warehouse(''of_mine'')'
    ]) AS query;

-- and it does not get further by our functions than without them
SELECT is(pg_temp.as_reader($$SELECT count(*) FROM nuso.load_demo('warehouse')$$), '42501',
    'it cannot load rows into a warehouse of others');
SELECT is(pg_temp.as_reader($$SELECT nuso.profile_touch()$$), '0A000', 'trigger functions cannot be called');
-- what no SQL can call, but for a server that lets internal arguments be NULL
SELECT is(pg_temp.as_reader($$SELECT nuso.proportion_recv(NULL)$$) IN ('NULL', '0A000', '42883'), true,
    'a receive function cannot be given anything');

SELECT * FROM finish();
ROLLBACK;
