-- catalog_lint.sql - rules that every object of the extension keeps.
--
-- In the manner of PostgreSQL's own type_sanity and opr_sanity tests: each
-- query names the offenders and must return no row.  A new object is under
-- these rules on the day it is written.  Whenever a mistake slips through,
-- the query that would have caught it belongs here.
\set QUIET 1
SET client_min_messages = warning;
BEGIN;
SELECT plan(26);

CREATE TEMP VIEW member AS
  SELECT d.classid, d.objid
  FROM pg_depend d
  WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
    AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'nuso');

CREATE TEMP VIEW f AS
  SELECT p.*
  FROM pg_proc p JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid;

CREATE TEMP VIEW agg AS
  SELECT a.*, f.oid, f.proparallel
  FROM pg_aggregate a JOIN f ON f.oid = a.aggfnoid;

-- types, without the row types of tables and the array types beside each type
CREATE TEMP VIEW own_type AS
  SELECT t.*
  FROM pg_type t JOIN member m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
  WHERE t.typcategory <> 'A';

-- support functions of types: the only place for cstring and internal
CREATE TEMP VIEW type_io AS
  SELECT unnest(ARRAY[typinput, typoutput, typreceive, typsend, typmodin, typmodout,
                      typanalyze, typsubscript])::oid AS oid
  FROM own_type;

SELECT isnt_empty('SELECT 1 FROM member', 'the extension has members');
SELECT isnt_empty('SELECT 1 FROM agg', 'the extension has aggregates');

-- 1 labels
SELECT is_empty($$
  SELECT oid::regprocedure FROM f WHERE proparallel <> 's' AND provolatile <> 'v'
$$, 'everything is parallel safe but what writes');
SELECT is_empty($$
  SELECT oid::regprocedure FROM f WHERE proleakproof
$$, 'nothing is leakproof: an error about a value tells the value');

-- 2 pseudo-types
SELECT is_empty($$
  SELECT oid::regprocedure FROM f
  WHERE oid NOT IN (SELECT oid FROM type_io)
    AND (prorettype IN ('internal'::regtype, 'cstring'::regtype)
      OR EXISTS (SELECT FROM unnest(proargtypes) a JOIN pg_type y ON y.oid = a
                 WHERE y.typtype = 'p'))
$$, 'no internal, no polymorphic or other pseudo-type argument outside type input and output');

-- 3 aggregates
SELECT is_empty($$
  SELECT oid::regprocedure FROM agg WHERE proparallel <> 's' OR aggcombinefn = 0
$$, 'every aggregate is parallel safe and has a combine function');
SELECT is_empty($$
  SELECT oid::regprocedure FROM agg WHERE aggtranstype NOT IN (SELECT oid FROM own_type WHERE typtype = 'b')
$$, 'every state is an own base type: not internal, not an array');
SELECT is_empty($$
  SELECT oid::regprocedure FROM agg WHERE aggtransspace = 0
$$, 'every aggregate declares its space');
SELECT is_empty($$
  SELECT oid::regprocedure FROM agg WHERE aggfinalextra OR aggfinalmodify <> 'r'
$$, 'no final function changes the state or wants extra arguments');
SELECT is_empty($$
  SELECT oid::regprocedure FROM agg WHERE aggsortop <> 0 OR aggkind <> 'n'
$$, 'no aggregate requires an order');

-- 4 NULL states
SELECT is_empty($$
  SELECT p.oid::regprocedure
  FROM agg a JOIN pg_proc p ON p.oid IN (a.aggcombinefn, a.aggfinalfn) WHERE p.proisstrict
$$, 'combine and final functions take NULL');

-- 5 names
SELECT is_empty($$
  SELECT f.oid::regprocedure
  FROM f JOIN pg_proc b USING (proname)
  WHERE f.prokind = 'a' AND b.prokind = 'a' AND b.pronamespace = 'pg_catalog'::regnamespace
$$, 'no aggregate bears the name of a built-in one');
SELECT is_empty($$
  SELECT DISTINCT f.oid::regprocedure FROM f JOIN pg_get_keywords() k ON k.word = f.proname AND k.catcode <> 'U'
$$, 'no function bears the name of an SQL keyword');
SELECT is_empty($$
  SELECT oid::regprocedure FROM f WHERE pronamespace <> 'nuso'::regnamespace
$$, 'every function lives in the schema nuso');
SELECT is_empty($$
  SELECT oid::regprocedure, prosrc FROM f
  WHERE prolang = (SELECT oid FROM pg_language WHERE lanname = 'c') AND prosrc !~ '^nuso_'
$$, 'every C symbol begins with nuso_');

-- 6 trust
SELECT is_empty($$
  SELECT oid::regprocedure FROM f
  WHERE prosecdef AND NOT coalesce(proconfig::text LIKE '%search_path=pg_catalog%', false)
$$, 'no definer rights without a fixed search_path');
SELECT is_empty($$
  SELECT oid::regprocedure FROM f
  WHERE prolang = (SELECT oid FROM pg_language WHERE lanname = 'sql') AND prosqlbody IS NULL
$$, 'every SQL function has a standard body, bound when it was created');

-- 7 base types
SELECT is_empty($$
  SELECT oid::regtype FROM own_type
  WHERE typtype = 'b'
    AND (typinput = 0 OR typoutput = 0 OR typreceive = 0 OR typsend = 0 OR typarray = 0 OR typalign <> 'd')
$$, 'every base type has text and binary input and output and is aligned as double');

-- 8 casts
SELECT is_empty($$
  SELECT c.castsource::regtype, c.casttarget::regtype
  FROM pg_cast c JOIN member m ON m.classid = 'pg_cast'::regclass AND m.objid = c.oid
  WHERE c.castmethod <> 'f'
$$, 'no cast passes by the validator');

-- 9 words
SELECT is_empty($$
  SELECT pg_describe_object(m.classid, m.objid, 0) FROM member m
  WHERE obj_description(m.objid, m.classid::regclass::name) IS NULL
    AND NOT (m.classid = 'pg_type'::regclass AND m.objid NOT IN (SELECT oid FROM own_type))
    -- the row type and the TOAST of a table have the table's comment
    AND NOT (m.classid = 'pg_type'::regclass
         AND EXISTS (SELECT FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid
                     WHERE t.oid = m.objid AND c.relkind <> 'c'))
$$, 'every object has a comment');
SELECT is_empty($$
  SELECT a.attrelid::regclass, a.attname
  FROM pg_attribute a JOIN member m ON m.classid = 'pg_class'::regclass AND m.objid = a.attrelid
  JOIN pg_class c ON c.oid = a.attrelid
  WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'v')
    AND col_description(a.attrelid, a.attnum) IS NULL
$$, 'every column of a table or view has a comment');

-- operators
SELECT is_empty($$
  SELECT o.oid::regoperator
  FROM pg_operator o JOIN member m ON m.classid = 'pg_operator'::regclass AND m.objid = o.oid
  LEFT JOIN pg_operator c ON c.oid = o.oprcom
  WHERE o.oprname = '+' AND (c.oid IS NULL OR c.oprcom <> o.oid OR c.oprresult <> o.oprresult)
$$, 'addition commutes, and says so');

-- 10 doors: functions are open to all and run with the caller's rights.  Those
-- that write are on this list; who adds one has thought about who may call it.
SELECT set_eq($$
  SELECT f.proname::text
  FROM f, aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) x
  WHERE x.grantee = 0 AND x.privilege_type = 'EXECUTE' AND f.provolatile = 'v'
$$, ARRAY['create_warehouse', 'load_demo', 'profile_belongs', 'profile_cascade', 'profile_frozen', 'profile_revision',
         'profile_touch', 'register_model', 'register_scheme'],
'PUBLIC may call what is on the list of functions that write');
SELECT is_empty($$
  SELECT f.oid::regprocedure
  FROM f, aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) x
  WHERE x.grantee = 0 AND x.privilege_type = 'EXECUTE' AND f.prosecdef
$$, 'PUBLIC may not call what runs with the owner''s rights');
SELECT is_empty($$
  SELECT c.oid::regclass, x.privilege_type
  FROM pg_class c JOIN member m ON m.classid = 'pg_class'::regclass AND m.objid = c.oid,
       aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) x
  WHERE x.grantee = 0 AND x.privilege_type <> 'SELECT' AND c.relkind IN ('r', 'v')
$$, 'PUBLIC may not write to the tables of the extension');

-- rows that come with the extension, which its own triggers do not check
SELECT is_empty($$
  SELECT scheme, version, profile FROM nuso.profile
    WHERE (scheme, version) NOT IN (SELECT scheme, version FROM nuso.profile_scheme)
  UNION ALL
  SELECT scheme, version, profile FROM nuso.profile_rule
    WHERE (scheme, version, profile) NOT IN (SELECT scheme, version, profile FROM nuso.profile)
  UNION ALL
  SELECT scheme, version, profile FROM nuso.profile_prototype
    WHERE (scheme, version, profile) NOT IN (SELECT scheme, version, profile FROM nuso.profile)
$$, 'every profile has its scheme, every rule and prototype its profile');

SELECT * FROM finish();
ROLLBACK;
