-- state.sql - all that a dump must carry, a line for each table or view: rows
-- in number, and one digest of them.  The revision of a scheme is not among
-- them: a restore inserts rules, and that makes a new one.
SET search_path = pg_catalog;
SELECT format('SELECT %L, count(*), md5(string_agg(md5((to_jsonb(r) - ''revision'')::text), '''' ORDER BY md5((to_jsonb(r) - ''revision'')::text) COLLATE "C")) FROM %s AS r',
              c.oid::regclass, c.oid::regclass)
FROM pg_class AS c
WHERE relkind IN ('r', 'v', 'm') AND relnamespace::regnamespace::text IN ('nuso', 'public', 'warehouse')
ORDER BY c.oid::regclass::text COLLATE "C"
\gexec
SELECT 'answers', count(*), md5(string_agg(a, ',' ORDER BY scheme, version, id))
FROM nuso.profile_scheme, public.child,
    nuso.classify(scheme || '@' || version, CASE method WHEN 'model' THEN present & 8191 ELSE present END) AS a;
SELECT 'members', count(*), md5(string_agg(d, ',' ORDER BY d COLLATE "C"))
FROM pg_depend, pg_describe_object(classid, objid, objsubid) AS d
WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e';
