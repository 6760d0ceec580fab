-- garden.sql - every function of the extension with every strange argument.
--
-- After fuzz.sql, in its database.  The functions come from the catalog, so a
-- new one is called here on the day it is written.  Each argument in turn takes
-- every value that grows here for its type, the others being ordinary; then all
-- take random ones together.  A call must end within three seconds, which a busy
-- machine may need, with a finite value or with an error that speaks about data
-- (SQLSTATE class 22), syntax (42) or limits (54).

\set ON_ERROR_STOP on
SET client_min_messages = warning;

-- The first value of a type that is marked ordinary is its ordinary value.
CREATE TABLE fuzz.garden (type regtype, expression text, ordinary boolean DEFAULT false);
INSERT INTO fuzz.garden
SELECT type, x, false FROM (VALUES
  (regtype 'boolean', ARRAY['false']),
  ('integer', ARRAY['0', '-1', '2', '17', '1000000', '2147483647', '(-2147483648)']),
  ('bigint', ARRAY['0', '-1', '2', '3', '2147483648', '9007199254740993', '9223372036854775807',
    '(-9223372036854775808)']),
  ('double precision', ARRAY['0', '''-0''', '1', '-1', '0.999999999999999889', '1.0000000000000002', '5e-324',
    '1e-300', '3', '1e308', '-1e308', '1.7976931348623157e308', '''Infinity''', '''-Infinity''', '''NaN''']),
  ('text', ARRAY['''''', ''' ''', '''wilson''', '''holm''', 'repeat(''x'', 1000000)', '''Å''', 'U&''A\030A''',
    'U&''\200B\+01F9F8''', '''%s''', 'repeat(''{'', 10000)']),
  ('text[]', ARRAY['''{}''', '''{NULL}''', '''{a,NULL,b}''', '''[0:1]={a,b}''', '''{{a,b},{c,d}}''', '''{a,a}''', '''{own_crime}''',
    'array_fill(''x''::text, ARRAY[100000])']),
  ('boolean[]', ARRAY['''{}''', '''{NULL}''', '''{t,NULL,f}''', '''[0:1]={t,f}''', '''{{t,f},{f,t}}''']),
  ('integer[]', ARRAY['''{}''', '''{NULL}''', '''{1,NULL,2}''', '''[0:1]={1,2}''', '''{{1,2},{3,4}}''', '''{0,0}''',
    '''{-1,2147483647}''', 'array_fill(1, ARRAY[100000])']),
  ('bigint[]', ARRAY['''{}''', '''{NULL}''', '''{{1,NULL},{2,3}}''', '''[0:1][5:6]={{1,2},{3,4}}''', '''{1,2,3}''',
    '''{{0,0},{0,0}}''', '''{{-1,2},{3,4}}''', '''{{1}}''', '''{{1,2,3}}''', '''{{1},{2},{3}}''',
    '''{{{1,2},{3,4}},{{5,6},{7,8}}}''', '''{{9223372036854775807,1},{1,1}}''', '''{{0,5},{0,7}}''',
    '''{{4503599627370496,4503599627370496},{1,4503599627370496}}''', 'array_fill(1::bigint, ARRAY[300, 300])']),
  ('double precision[]', ARRAY['''{}''', '''{NULL}''', '''{1,NULL,2}''', '''[0:1]={1,2}''', '''{{1,2},{3,4}}''',
    '''{NaN}''', '''{Infinity,1}''', '''{0,-Infinity}''', '''{1e308,1e308}''', '''{5e-324,0}''', '''{0,0}''',
    'array_fill(0.5::double precision, ARRAY[100000])']),
  ('jsonb', ARRAY['''{}''', '''[]''', '''null''', '''0''', '''true''', '''"x"''', '''[1, "a", null, [], {}]''', '''[{"age": "x"}]''',
    '''[{"age": 1e300, "n": 9223372036854775808, "value": -1e400}]''', '''{"text": {}, "words": [], "x": "@x"}''',
    '(repeat(''['', 1000) || repeat('']'', 1000))']),
  ('cstring', ARRAY['''''', '''{}''', '''[]''', '''null''', '''{"n": 1}''', 'repeat(''['', 100000)::cstring'])
) v(type, list), unnest(list) x;
INSERT INTO fuzz.garden VALUES
  ('boolean', 'true', true), ('integer', '1', true), ('bigint', '1', true), ('double precision', '0.95', true),
  ('text', '''demo''', true), ('text[]', '''{a,b}''', true), ('boolean[]', '''{t,f}''', true),
  ('integer[]', '''{1,2}''', true), ('bigint[]', '''{{5,3},{2,8}}''', true), ('double precision[]', '''{0.5,2}''', true),
  ('jsonb', '''[{"age": 1, "n": 2, "value": 0.5, "text": "x"}]''', true), ('cstring', '''x''', true);
-- own types: what the fuzzer starts from; one of middle length is ordinary
INSERT INTO fuzz.garden
SELECT type, quote_literal(as_text),
       row_number() OVER (PARTITION BY type ORDER BY length(as_text)) = 1 + count(*) OVER (PARTITION BY type) / 2
FROM fuzz.seed;
-- rows: nothing in them, and the same extreme in every number
INSERT INTO fuzz.garden
SELECT t.oid, format('jsonb_populate_record(NULL::%s, %s)', t.oid::regtype,
    (SELECT format('jsonb_build_object(%s)', string_agg(format('%L, %s', attname, CASE
        WHEN atttypid IN ('bigint'::regtype, 'integer'::regtype) THEN v.whole
        WHEN atttypid = 'double precision'::regtype THEN v.number
        WHEN attname = 'status' THEN '''ok'''
        WHEN atttypid = 'text'::regtype THEN '''x'''
        ELSE 'NULL::text' END), ', ' ORDER BY attnum))
     FROM pg_attribute WHERE attrelid = t.typrelid AND attnum > 0)), v.ordinary
FROM pg_type t JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e',
     (VALUES ('NULL::text', 'NULL::text', false), ('0', '0', false), ('1', '0.5', true),
             ('2147483647', '1e308', false), ('-1', '''NaN''', false), ('-2147483648', '''-Infinity''', false))
        v(whole, number, ordinary)
WHERE t.typtype = 'c' AND d.refclassid = 'pg_extension'::regclass;
INSERT INTO fuzz.garden SELECT DISTINCT type, 'NULL', false FROM fuzz.garden;
UPDATE fuzz.garden SET expression = format('%s::%s', expression, type);

-- An argument of this name says how much work is asked for, and may have it.
CREATE TABLE fuzz.work (argument text, type regtype, expression text);
INSERT INTO fuzz.work
SELECT argument, 'integer', format('%s::integer', x)
FROM unnest(ARRAY['replicates', 'starts']) argument,
     unnest(ARRAY['NULL', '0', '1', '-1', '100', '(-2147483648)']) x;
-- An argument of this name is a word that others hide behind.
INSERT INTO fuzz.work
SELECT argument, 'text', format('%s::text', x)
FROM (VALUES ('kind', ARRAY['''age_gap''', '''difference''', '''composition''', '''ladder''', '''''', 'NULL']),
             ('lang', ARRAY['''sv''', '''en''', '''''', 'NULL'])) w(argument, list), unnest(list) x;

CREATE TABLE fuzz.plant AS
SELECT p.oid::regprocedure AS function, p.prokind AS kind, p.provolatile = 'v' AS writes,
       p.proargtypes::regtype[] AS types, p.pronargs AS arguments,
       coalesce(p.proargnames, array_fill(''::text, ARRAY[p.pronargs::integer])) AS names,
       p.pronargs - p.pronargdefaults AS required, p.provariadic <> 0 AS is_variadic
FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND e.extname = 'nuso'
WHERE p.prorettype <> 'trigger'::regtype AND 'internal'::regtype <> ALL (p.proargtypes::oid[]);

CREATE TABLE fuzz.visit (function regprocedure, calls integer, answers integer, milliseconds numeric);
CREATE TABLE fuzz.sting (function regprocedure, state text, message text, call text);

-- a call: arguments as rows where it is an aggregate or a window function
CREATE FUNCTION fuzz.call_of(p fuzz.plant, chosen text[], others text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  name text := split_part(p.function::text, '(', 1);
  columns text := (SELECT string_agg('x' || i, ', ') FROM generate_series(1, p.arguments) i);
BEGIN
  IF p.is_variadic THEN
    chosen[p.arguments] := 'VARIADIC ' || chosen[p.arguments];
  END IF;
  IF p.kind = 'f' THEN
    RETURN format('SELECT count(*), string_agg(x::text, '','') FROM %s(%s) x', name, array_to_string(chosen, ', '));
  END IF;
  RETURN format('SELECT count(*), string_agg(x::text, '','') FROM (SELECT %s(%s) %s AS x FROM (VALUES (%s), (%s), (%4$s)) v(%2$s)) y',
                name, columns, CASE p.kind WHEN 'w' THEN 'OVER ()' ELSE '' END,
                array_to_string(chosen, ', '), array_to_string(others, ', '));
END $$;

-- what one call does wrong, if anything; whatever it wrote is undone
CREATE FUNCTION fuzz.visit_once(p fuzz.plant, call text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  started timestamptz := clock_timestamp();
  rows bigint;
  answer text;
  state text := 'undone';
  message text;
BEGIN
  BEGIN
    EXECUTE call INTO rows, answer;
    RAISE SQLSTATE 'FUZZ0';
  EXCEPTION
    WHEN SQLSTATE 'FUZZ0' THEN NULL;
    WHEN query_canceled OR OTHERS THEN
      state := SQLSTATE;
      message := SQLERRM;
  END;
  IF state = 'undone' THEN
    IF answer ~* '\m(nan|infinity)\M' THEN
      INSERT INTO fuzz.sting VALUES (p.function, 'not finite', left(answer, 200), left(call, 1000));
    END IF;
  ELSIF left(state, 2) NOT IN ('22', '42', '54') THEN
    INSERT INTO fuzz.sting VALUES (p.function, state, message, left(call, 1000));
  END IF;
  IF clock_timestamp() - started > '3 s' THEN
    INSERT INTO fuzz.sting VALUES (p.function, 'slow', (clock_timestamp() - started)::text, left(call, 1000));
  END IF;
  IF state = '57014' THEN
    -- the timeout of this statement is used up
    RAISE SQLSTATE 'FUZZ1' USING MESSAGE = left(call, 1000);
  END IF;
  RETURN state = 'undone';
END $$;

CREATE FUNCTION fuzz.visit(p fuzz.plant, together integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  started timestamptz := clock_timestamp();
  choices text[][];
  own text[];
  ordinary text[] := '{}';
  chosen text[];
  others text[];
  calls integer := 0;
  answers integer := 0;
  lists jsonb := '[]';
BEGIN
  PERFORM setseed(0.5);
  FOR i IN 1 .. p.arguments LOOP
    own := ARRAY(SELECT expression FROM fuzz.work w WHERE w.argument = p.names[i] AND w.type = p.types[i - 1]);
    IF own = '{}' THEN
      own := ARRAY(SELECT expression FROM fuzz.garden g WHERE g.type = p.types[i - 1] ORDER BY g.ordinary DESC);
    END IF;
    IF own = '{}' THEN
      INSERT INTO fuzz.sting VALUES (p.function, 'no values', 'nothing grows for type ' || p.types[i - 1], NULL);
      RETURN;
    END IF;
    lists := lists || jsonb_build_array(to_jsonb(own));
    -- a default is an ordinary value
    ordinary := ordinary || coalesce(
      CASE WHEN i > p.required AND p.kind <> 'a'
           THEN format('%s::%s', pg_get_function_arg_default(p.function::oid, i), p.types[i - 1]) END,
      own[1]);
  END LOOP;
  IF fuzz.visit_once(p, fuzz.call_of(p, ordinary, ordinary)) THEN
    answers := answers + 1;
  END IF;
  calls := 1;
  FOR i IN 1 .. p.arguments LOOP
    own := ARRAY(SELECT jsonb_array_elements_text(lists -> (i - 1)));
    FOR j IN 1 .. array_length(own, 1) LOOP
      chosen := ordinary;
      chosen[i] := own[j];
      calls := calls + 1;
      answers := answers + fuzz.visit_once(p, fuzz.call_of(p, chosen, ordinary))::integer;
    END LOOP;
  END LOOP;
  FOR n IN 1 .. CASE WHEN p.arguments > 1 AND NOT p.writes THEN together ELSE 0 END LOOP
    FOR i IN 1 .. p.arguments LOOP
      own := ARRAY(SELECT jsonb_array_elements_text(lists -> (i - 1)));
      -- half of them ordinary, or errors would hide behind errors
      chosen[i] := CASE WHEN random() < 0.5 THEN ordinary[i] ELSE fuzz.pick(own) END;
      others[i] := fuzz.pick(own);
    END LOOP;
    calls := calls + 1;
    answers := answers + fuzz.visit_once(p, fuzz.call_of(p, chosen, others))::integer;
  END LOOP;
  INSERT INTO fuzz.visit VALUES (p.function, calls, answers,
                                 extract(epoch FROM clock_timestamp() - started) * 1000);
EXCEPTION WHEN SQLSTATE 'FUZZ1' THEN
  INSERT INTO fuzz.sting VALUES (p.function, '57014', 'did not end in time', SQLERRM);
END $$;

-- one function is one statement
SET statement_timeout = '30s';
SELECT format('SELECT fuzz.visit(p, %s) FROM fuzz.plant p WHERE function = %L::regprocedure', :together, function)
FROM fuzz.plant ORDER BY function::text
\gexec
RESET statement_timeout;

-- the report; without a single answer nothing was tested but the checks on the
-- way in, which is enough of a function that writes: it needs its tables
WITH line AS (
  SELECT row_number() OVER (ORDER BY p.function::text) AS number, p.function, p.writes, v.calls, v.answers, v.milliseconds,
         (SELECT count(*) FROM fuzz.sting s WHERE s.function = p.function) AS stings
  FROM fuzz.plant p LEFT JOIN fuzz.visit v USING (function))
SELECT format('%s %s - %s: %s calls, %s answers, %s findings', CASE WHEN stings = 0 AND (answers > 0 OR writes AND calls > 0) THEN 'ok' ELSE 'not ok' END,
              number, function, calls, answers, stings)
FROM line
UNION ALL
SELECT format('1..%s', count(*)) FROM line;
SELECT format('# %s: %s %s [%s]', function, state, message, call)
FROM (SELECT *, row_number() OVER (PARTITION BY function, state) AS number FROM fuzz.sting) s
WHERE number <= 2;
