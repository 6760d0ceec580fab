-- Names that somebody else put before ours: the extension is installed, and its
-- functions and views work, where the search path begins with a schema that has
-- a trap for every operator and every plain function of PostgreSQL.
--
-- A trap that is called raises an error, so each answer below shows that none was.
BEGIN;
SET client_min_messages = warning;
CREATE VIEW definition AS
SELECT pg_describe_object(d.classid, d.objid, 0) AS object,
    md5(CASE d.classid
        WHEN 'pg_proc'::regclass THEN
            (SELECT CASE WHEN p.prokind = 'a' THEN (to_jsonb(a) - 'aggtranstype')::text || format_type(a.aggtranstype, NULL) ELSE pg_get_functiondef(p.oid) END
             FROM pg_proc AS p LEFT JOIN pg_aggregate AS a ON a.aggfnoid = p.oid WHERE p.oid = d.objid)
        WHEN 'pg_class'::regclass THEN
            (SELECT string_agg(pg_get_constraintdef(c.oid), ';' ORDER BY c.conname)
             FROM pg_constraint AS c WHERE c.conrelid = d.objid)
            || (SELECT string_agg(pg_get_triggerdef(t.oid), ';' ORDER BY t.tgname)
                FROM pg_trigger AS t WHERE t.tgrelid = d.objid)
        END) AS digest
FROM pg_depend AS d
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
  AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'nuso');
SELECT nuso.create_warehouse('friendly');
CREATE TABLE before AS
SELECT object, digest FROM definition
UNION ALL SELECT relname, pg_get_viewdef(oid) FROM pg_class
WHERE relnamespace = 'friendly'::regnamespace AND relkind = 'v';
DROP EXTENSION nuso CASCADE;
DROP SCHEMA friendly CASCADE;

CREATE SCHEMA hostile;
DO $$
DECLARE
    o record;
    made integer := 0;
BEGIN
    -- of polymorphic arguments an exact copy would be ambiguous to the test itself
    FOR o IN
        SELECT p.proname, pg_get_function_identity_arguments(p.oid) AS arguments,
            format_type(p.prorettype, NULL) AS result, p.proretset
        FROM pg_proc AS p
        WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' AND p.provariadic = 0
          AND p.proargmodes IS NULL
          AND NOT EXISTS (SELECT FROM unnest(p.proargtypes || p.prorettype) AS t JOIN pg_type AS y ON y.oid = t
                          WHERE y.typtype = 'p')
    LOOP
        EXECUTE format('CREATE FUNCTION hostile.%I(%s) RETURNS %s %s LANGUAGE plpgsql AS %L', o.proname, o.arguments,
                       CASE WHEN o.proretset THEN 'SETOF' END, o.result,
                       format('BEGIN RAISE EXCEPTION ''trap %s''; END', o.proname));
        made := made + 1;
    END LOOP;
    FOR o IN
        SELECT q.oprname, q.oprleft, format_type(q.oprleft, NULL) AS l, format_type(q.oprright, NULL) AS r, p.proname
        FROM pg_operator AS q JOIN pg_proc AS p ON p.oid = q.oprcode
        WHERE q.oprnamespace = 'pg_catalog'::regnamespace
          AND to_regprocedure(format('hostile.%I(%s)', p.proname,
                                     pg_catalog.oidvectortypes(p.proargtypes))) IS NOT NULL
    LOOP
        EXECUTE format('CREATE OPERATOR hostile.%s (%s RIGHTARG = %s, FUNCTION = hostile.%I)', o.oprname,
                       CASE WHEN o.oprleft <> 0 THEN format('LEFTARG = %s,', o.l) END, o.r, o.proname);
        made := made + 1;
    END LOOP;
    IF made < 2000 THEN
        RAISE EXCEPTION 'only % traps', made;
    END IF;
END $$;
CREATE TABLE hostile.factor (x integer);
CREATE TABLE hostile.profile (x integer);
CREATE TABLE hostile.pg_class (x integer);

SET LOCAL search_path = hostile, pg_catalog, nuso;
CREATE EXTENSION nuso;
-- a trap does work
SAVEPOINT trap;
\set VERBOSITY terse
SELECT 1 + 1;
ROLLBACK TO trap;
SELECT nuso.create_warehouse('unfriendly');
SELECT nuso.proportion_agg(x) FROM (VALUES (true), (false), (NULL)) AS v(x);
SELECT nuso.merge(nuso.make_proportion(bigint '10', bigint '3'), nuso.make_proportion(bigint '5', bigint '1'));
SELECT nuso.make_proportion(bigint '10', bigint '3') OPERATOR(nuso.-) nuso.make_proportion(bigint '5', bigint '1');
SELECT method, status FROM nuso.compare(nuso.make_proportion(bigint '10', bigint '3'), nuso.make_proportion(bigint '5', bigint '1'));
SELECT status FROM nuso.curve((SELECT nuso.age_curve_agg(integer '3', x, x, x) FROM (VALUES (true), (false)) AS v(x)));
SELECT nuso.factor_names(nuso.factor_mask('own_crime', 'violence_to_child'));
SELECT nuso.classify('demo', bigint '1') IS NOT NULL AS classified, nuso.classify('demo@1', bigint '1', bigint '3') IS NOT NULL AS by_version;
SELECT is_result, supporting FROM nuso.explain_profile('demo', nuso.factor_mask('own_crime', 'own_substance')) WHERE is_result;
INSERT INTO nuso.profile_scheme (scheme, version, label_sv, label_en, source_note) VALUES ('trap', 1, '', '', '');
INSERT INTO nuso.profile (scheme, version, profile, priority, label_sv, label_en) VALUES ('trap', 1, 'trap', 1, '', '');
INSERT INTO nuso.profile_rule (scheme, version, profile, rule, all_of) VALUES ('trap', 1, 'trap', 1, 1);
UPDATE nuso.profile_scheme SET scheme = 'trap2', status = 'active' WHERE scheme OPERATOR(pg_catalog.=) 'trap';
SELECT nuso.classify('trap2', bigint '1');
SELECT is_present, supports FROM nuso.explain_factors('trap2', bigint '1');
SELECT problem, blocks FROM nuso.check_scheme('trap2');
DELETE FROM nuso.profile_scheme WHERE scheme OPERATOR(pg_catalog.=) 'trap2';
SELECT DISTINCT unit_name FROM unfriendly.unit_vs_rest;
SELECT count FROM (SELECT pg_catalog.count(*) FROM unfriendly.profile_shares) AS s;

-- what was installed is what is installed elsewhere
RESET search_path;
SELECT coalesce(a.object, b.object) AS differs
FROM before AS a
FULL JOIN (SELECT object, digest FROM definition UNION ALL
           SELECT relname, replace(pg_get_viewdef(oid), 'unfriendly.', 'friendly.') FROM pg_class
           WHERE relnamespace = 'unfriendly'::regnamespace AND relkind = 'v') AS b USING (object)
WHERE a.digest IS DISTINCT FROM b.digest
ORDER BY 1;
ROLLBACK;
