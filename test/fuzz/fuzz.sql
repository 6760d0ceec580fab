-- fuzz.sql - mutated text and binary input to every summary type.
--
-- Anybody who may connect reaches a type's input function by a cast and its
-- receive function by a binary parameter or COPY.  So every input must either
-- be accepted or be refused with an error that speaks about data (SQLSTATE
-- class 22), syntax (42) or limits (54): no crash, no hang, no internal error.
-- What is accepted must survive the round trip, and every function that takes
-- the type must cope with it: the validator promises that.
--
-- Everything happens in the server.  COPY TO writes a mutated bytea in binary
-- format, which is what a value of any type looks like, and COPY FROM reads the
-- same file as the type.  The same seed gives the same inputs, batch by batch.

\set ON_ERROR_STOP on
SET client_min_messages = warning;
CREATE EXTENSION nuso;
CREATE SCHEMA fuzz;

-- valid values to start from, as expressions; a type without any is reported
CREATE TABLE fuzz.corpus (type regtype, expression text);
INSERT INTO fuzz.corpus
SELECT to_regtype('nuso.' || type), expression FROM (VALUES
  ('proportion', 'nuso.make_proportion(0, 0)'),
  ('proportion', 'nuso.make_proportion(10, 3)'),
  ('proportion', 'nuso.make_proportion(9223372036854775807, 4000000000000000000)'),
  ('paired_proportion', 'nuso.make_paired_proportion(0, 0, 0, 0)'),
  ('paired_proportion', 'nuso.make_paired_proportion(11, 7, 5, 1000000000000)'),
  ('age_curve', '(SELECT nuso.age_curve_agg(a, true, true, true) FROM generate_series(1, 0) a)'),
  ('age_curve', '(SELECT nuso.age_curve_agg(a % 25 - 1, a % 2 = 0, a % 3 = 0, a % 5 = 0)
                  FROM generate_series(1, 500) a)'),
  ('age_curve', '(SELECT nuso.age_curve_agg(7, NULL, true, a > 3) FROM generate_series(1, 9) a)'),
  ('distribution', '(SELECT nuso.distribution_agg(a) FROM generate_series(1, 0) a)'),
  ('distribution', '(SELECT nuso.distribution_agg((a % 7) / 4.0::float8) FROM generate_series(1, 50) a)'),
  ('distribution', '(SELECT nuso.distribution_agg(x) FROM unnest(''{1e308,-1e308,5e-324,NaN,0}''::float8[]) x)'),
  ('crosstab', '(SELECT nuso.crosstab_agg(a, a) FROM generate_series(1, 0) a)'),
  ('crosstab', 'nuso.make_crosstab(''{{7,27},{1,33}}'')'),
  ('crosstab', 'nuso.make_crosstab(''{{9223372036854775806,1,0}}'', ''{å}'', ''{10,2,""}'')'),
  ('crosstab', '(SELECT nuso.crosstab_agg(repeat(''x'', a % 40), a % 7) FROM generate_series(1, 300) a)'),
  ('moments', '(SELECT nuso.moments_agg(a) FROM generate_series(1, 0) a)'),
  ('moments', '(SELECT nuso.moments_agg(a % 9 - 3) FROM generate_series(1, 40) a)'),
  ('moments', '(SELECT nuso.moments_agg(x) FROM unnest(''{1e300,-1e300,5e-324,NaN,0.1}''::float8[]) x)'),
  ('moments', 'nuso.make_moments(9223372036854775807, -1e308, 1e-300)'),
  ('moments_groups', '(SELECT nuso.moments_groups_accum(nuso.moments_groups_accum(NULL, nuso.make_moments(3, 0.1, 2)),
                      nuso.make_moments(1, -7, 0)))'),
  ('proportion_groups', '(SELECT nuso.proportion_groups_accum(NULL, nuso.make_proportion(20, 5), 2, 0.9))'),
  ('proportion_groups', '(SELECT nuso.proportion_groups_accum(nuso.proportion_groups_accum(NULL,
                         nuso.make_proportion(20, 5)), nuso.make_proportion(10, 10)))'),
  ('proportion_strata', '(SELECT nuso.proportion_strata_accum(nuso.proportion_strata_accum(NULL,
                         nuso.make_proportion(20, 5), nuso.make_proportion(10, 0)),
                         nuso.make_proportion(9, 5), nuso.make_proportion(7, 3)))'),
  ('distribution_groups', '(SELECT nuso.distribution_groups_accum(nuso.distribution_groups_accum(NULL, d), d)
                           FROM (SELECT nuso.distribution_agg(a % 3) d FROM generate_series(1, 9) a) q)'),
  ('distribution_groups', '(SELECT nuso.distribution_groups_accum(nuso.distribution_groups_accum(NULL, d, 2), d, 1)
                           FROM (SELECT nuso.distribution_agg(a % 3) d FROM generate_series(1, 9) a) q)'),
  ('clustered', '(SELECT nuso.cluster_agg(nuso.make_proportion(a, a)) FROM generate_series(1, 0) a)'),
  ('clustered', '(SELECT nuso.cluster_agg(nuso.make_proportion(10 + a, a)) FROM generate_series(0, 7) a)'),
  ('clustered', '(SELECT nuso.cluster_agg(nuso.make_proportion(4000000000000000000, a)) FROM generate_series(0, 1) a)'),
  ('clustered', '(SELECT nuso.cluster_agg(nuso.make_crosstab(ARRAY[[a % 3, 2], [a, 1], [1, 0]]::bigint[],
                  ARRAY[''a'', ''å'', (a % 4)::text])) FROM generate_series(1, 9) a)'),
  ('clustered', '(SELECT nuso.cluster_agg(c) FROM (SELECT nuso.age_curve_agg(a % 4 + 3, a % 2 = 0, a % 3 = 0, a % 7 > 4) c
                  FROM generate_series(1, 60) a GROUP BY a % 5) q)'),
  ('proportion_by_key', '(SELECT nuso.proportion_by_key_agg(a, true) FROM generate_series(1, 0) a)'),
  ('proportion_by_key', '(SELECT nuso.proportion_by_key_agg(a % 9 - 4, a % 4 = 0) FROM generate_series(1, 90) a)'),
  ('age_curve_by_key', '(SELECT nuso.age_curve_by_key_agg(a, a, true, true, true) FROM generate_series(1, 0) a)'),
  ('age_curve_by_key', '(SELECT nuso.age_curve_by_key_agg(a % 5 - 2, a % 25 - 1, a % 2 = 0, a % 3 = 0, a % 7 = 0)
                         FROM generate_series(1, 300) a)'),
  ('age_curve_by_key', '(SELECT nuso.age_curve_by_key_agg(7, NULL, true, true, a > 3) FROM generate_series(1, 9) a)'),
  ('patterns', '(SELECT nuso.patterns_agg(a) FROM generate_series(1, 0) a)'),
  ('patterns', '(SELECT nuso.patterns_agg(a % 11) FROM generate_series(1, 40) a)'),
  ('patterns', '(SELECT nuso.patterns_agg(a % 16, a % 7, 1000000000000 * (a % 3)) FROM generate_series(0, 60) a)'),
  ('patterns', '(SELECT nuso.patterns_agg(9223372036854775807, x) FROM unnest(''{9223372036854775807,0,5}''::bigint[]) x)'),
  ('membership', '(SELECT nuso.membership_agg(1 + a % 3, ''{}''::float8[]) FROM generate_series(1, 0) a)'),
  ('membership', '(SELECT nuso.membership_agg(1 + a % 2, ARRAY[a % 2, a % 5 / 4.0::float8]) FROM generate_series(1, 60) a)'),
  ('membership', '(SELECT nuso.membership_agg(1 + a % 3, ARRAY[a % 2]::float8[], a % 4) FROM generate_series(1, 60) a)'),
  ('lca_model', '(SELECT nuso.lca_fit(nuso.patterns_agg(a), 2, 3) FROM generate_series(1, 0) a)'),
  ('lca_model', '(SELECT nuso.lca_fit(nuso.patterns_agg(a % 8, 7, 1 + a * a % 13), 2, 3) FROM generate_series(1, 40) a)'),
  ('lca_model', '(SELECT nuso.lca_fit(nuso.patterns_agg(a * 7 % 32, a * 11 % 64), 3, 7, standard_errors => false)
                  FROM generate_series(1, 200) a)'),
  ('lca_model', '(SELECT nuso.lca_fit(nuso.patterns_agg(a % 2), 1, 1) FROM generate_series(1, 9) a)'),
  ('logit', '(SELECT nuso.logit_agg(a % 3 = 0, ''{}''::float8[]) FROM generate_series(1, 0) a)'),
  ('logit', '(SELECT nuso.logit_agg(a % 3 = 0, ARRAY[a % 2, a % 5 / 4.0::float8]) FROM generate_series(1, 60) a)'),
  ('logit', '(SELECT nuso.logit_agg(a % 3 = 0, ARRAY[a % 2]::float8[], a % 4) FROM generate_series(1, 60) a)')
) v(type, expression)
WHERE to_regtype('nuso.' || type) IS NOT NULL;

CREATE TABLE fuzz.type AS
SELECT t.oid::regtype AS type, t.typsend
FROM pg_type t JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid
  AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
WHERE t.typtype = 'b' AND t.typcategory <> 'A';

CREATE TABLE fuzz.seed (type regtype, as_text text, as_binary bytea);
DO $$
DECLARE c record;
BEGIN
  FOR c IN SELECT corpus.*, typsend FROM fuzz.corpus JOIN fuzz.type USING (type) LOOP
    EXECUTE format('INSERT INTO fuzz.seed SELECT %L, (%2$s)::text, %3$s(%2$s)',
                   c.type, c.expression, c.typsend);
  END LOOP;
END $$;

-- The calls that take nothing but values of the type; $1 is the value.
CREATE TABLE fuzz.call AS
SELECT t.type, CASE
    WHEN p.prokind = 'a' THEN
      format('SELECT %s(v)::text FROM (VALUES ($1), (NULL), ($1)) x(v)', p.oid::regproc)
    ELSE
      format('SELECT string_agg(x::text, '','') FROM %s(%s) x', p.oid::regproc,
             array_to_string(array_fill('$1'::text, ARRAY[p.pronargs - p.pronargdefaults]), ', '))
    END AS query
FROM fuzz.type t JOIN pg_proc p ON p.pronamespace = 'nuso'::regnamespace
WHERE p.pronargs > p.pronargdefaults AND p.prokind IN ('f', 'a')
  AND (p.prokind = 'f' OR p.pronargs = 1)
  AND t.type::oid = ALL ((p.proargtypes::oid[])[0:p.pronargs - p.pronargdefaults - 1])
UNION ALL
SELECT t.type, format('SELECT ($1 OPERATOR(nuso.%s) $1)::text', o.oprname)
FROM fuzz.type t JOIN pg_operator o ON o.oprleft = t.type AND o.oprright = t.type
WHERE o.oprnamespace = 'nuso'::regnamespace;

CREATE TABLE fuzz.result (type regtype, mode text, batch integer, inputs integer, accepted integer);
CREATE TABLE fuzz.finding (type regtype, mode text, batch integer, state text, message text,
                           doing text, input text);

CREATE FUNCTION fuzz.pick(choices anyarray) RETURNS anyelement LANGUAGE sql AS $$
  SELECT choices[1 + floor(random() * array_length(choices, 1))::integer]
$$;

-- a position from 0 to length - 1
CREATE FUNCTION fuzz.place(length integer) RETURNS integer
  RETURN floor(random() * length)::integer;

CREATE FUNCTION fuzz.mutate(b bytea) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
  n integer := length(b);
  i integer := fuzz.place(n);
  magic bytea := fuzz.pick(ARRAY[
    '\x00', '\x01', '\x7f', '\x80', '\xff', '\x0000', '\xffff', '\x00000000', '\xffffffff',
    '\x7fffffff', '\x80000000', '\x0fffffff', '\x40000000',
    '\x0000000000000000', '\xffffffffffffffff', '\x7fffffffffffffff', '\x8000000000000000',
    '\x7ff8000000000000', '\x7ff0000000000000', '\xfff0000000000000', '\x0000000000000001']::bytea[]);
BEGIN
  IF n = 0 THEN
    RETURN magic;
  END IF;
  CASE fuzz.place(8)
    WHEN 0 THEN RETURN set_bit(b, 8 * i + fuzz.place(8), fuzz.place(2));
    WHEN 1 THEN RETURN set_byte(b, i, fuzz.place(256));
    WHEN 2, 3 THEN RETURN substr(overlay(b PLACING magic FROM i + 1), 1, n);
    WHEN 4 THEN RETURN substr(b, 1, i);
    WHEN 5 THEN RETURN b || magic;
    WHEN 6 THEN RETURN substr(b, 1, i) || magic || substr(b, i + 1);
    ELSE RETURN substr(b, 1, i) || substr(b, i + 1 + fuzz.place(16));
  END CASE;
END $$;

CREATE FUNCTION fuzz.mutate(t text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  n integer := length(t);
  i integer := fuzz.place(n);
  magic text := fuzz.pick(ARRAY[
    '{', '}', '[', ']', '"', ':', ',', '\', '\u0000', 'å', ' ', '-', '0', '9', '.5', 'e400', 'NaN',
    'null', 'true', '{}', '[]', '""', '-1', '1e3', '9223372036854775807', '9223372036854775808',
    '-9223372036854775808', '2147483648', '1e-400', 'Infinity', repeat('[', 20000), repeat('9', 5000)]);
BEGIN
  CASE fuzz.place(6)
    WHEN 0 THEN RETURN left(t, i) || magic || substr(t, i + 2);
    WHEN 1 THEN RETURN left(t, i) || magic || substr(t, i + 1);
    WHEN 2 THEN RETURN left(t, i);
    WHEN 3 THEN RETURN left(t, i) || substr(t, i + 1 + fuzz.place(12));
    WHEN 4 THEN RETURN left(t, i) || substr(t, 1 + fuzz.place(n));
    -- a whole number, which stays well-formed and says something else
    ELSE RETURN left(t, i) || regexp_replace(substr(t, i + 1), '-?[0-9]+', magic);
  END CASE;
END $$;

CREATE FUNCTION fuzz.report(t regtype, m text, b integer, s text, message text, doing text, i text)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- 08P01 is the server's own answer to a binary value that ends too early
  IF left(s, 2) NOT IN ('22', '42', '54') AND NOT (s = '08P01' AND m = 'binary') THEN
    INSERT INTO fuzz.finding VALUES (t, m, b, s, message, doing, left(i, 2000));
  END IF;
END $$;

-- one value that was accepted: v is its text, value an expression that gives it
CREATE FUNCTION fuzz.exercise(t regtype, m text, b integer, v text, value text, i text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  call text;
  again text;
  answer text;
  same_bytes boolean;
BEGIN
  EXECUTE format('SELECT ($1::%1$s)::text, %2$s($1::%1$s) = %2$s(%3$s)', t,
                 (SELECT typsend FROM fuzz.type y WHERE y.type = t), value)
  INTO again, same_bytes USING v;
  IF again IS DISTINCT FROM v OR NOT same_bytes THEN
    INSERT INTO fuzz.finding VALUES (t, m, b, 'round trip', again, v, left(i, 2000));
  END IF;
  FOR call IN SELECT c.query FROM fuzz.call c WHERE c.type = t LOOP
    BEGIN
      EXECUTE replace(call, '$1', value) INTO answer USING v;
      -- a label may be called so; a number may not become so
      IF answer ~* '\m(nan|infinity)\M' AND v !~* '\m(nan|infinity)\M' THEN
        INSERT INTO fuzz.finding VALUES (t, m, b, 'not finite', answer, call, left(i, 2000));
      END IF;
    EXCEPTION WHEN OTHERS THEN
      PERFORM fuzz.report(t, m, b, SQLSTATE, SQLERRM, call, i);
    END;
  END LOOP;
END $$;

-- one batch is one statement, so that statement_timeout guards its few inputs
CREATE FUNCTION fuzz.batch(t regtype, m text, b integer, size integer)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  path text := current_setting('data_directory') || '/fuzz.bin';
  seeds text[] := ARRAY(SELECT s.as_text FROM fuzz.seed s WHERE s.type = t);
  binary_seeds bytea[] := ARRAY(SELECT s.as_binary FROM fuzz.seed s WHERE s.type = t);
  accepted integer := 0;
  bin bytea;
  input text;
  answer text;
BEGIN
  PERFORM setseed((b % 1000) / 1000.0);
  EXECUTE format('CREATE TEMP TABLE target (v %s) ON COMMIT DROP', t);
  FOR i IN 1 .. size LOOP
    BEGIN
      IF m = 'text' THEN
        input := fuzz.pick(seeds);
        FOR n IN 0 .. fuzz.place(3) LOOP input := fuzz.mutate(input); END LOOP;
        EXECUTE format('SELECT ($1::%s)::text', t) INTO answer USING input;
      ELSE
        bin := fuzz.pick(binary_seeds);
        FOR n IN 0 .. fuzz.place(3) LOOP bin := fuzz.mutate(bin); END LOOP;
        input := bin::text;
        EXECUTE format('COPY (SELECT %L::bytea) TO %L (FORMAT binary)', bin, path);
        EXECUTE format('COPY target FROM %L (FORMAT binary)', path);
        SELECT v::text INTO STRICT answer FROM target;
      END IF;
      accepted := accepted + 1;
      PERFORM fuzz.exercise(t, m, b, answer, CASE m WHEN 'text' THEN format('($1::%s)', t)
                                                    ELSE '(SELECT v FROM target)' END, input);
      DELETE FROM target;
    EXCEPTION WHEN OTHERS THEN
      PERFORM fuzz.report(t, m, b, SQLSTATE, SQLERRM, 'input', input);
    END;
  END LOOP;
  INSERT INTO fuzz.result VALUES (t, m, b, size, accepted);
  RETURN format('batch %s of %s as %s: %s of %s accepted', b, t, m, accepted, size);
END $$;

-- a call that no valid value satisfies would test nothing (and a mistake in the
-- query above would hide behind class 42)
DO $$
DECLARE
  c record;
  s text;
  answers integer;
BEGIN
  FOR c IN SELECT * FROM fuzz.call LOOP
    answers := 0;
    FOR s IN SELECT as_text FROM fuzz.seed WHERE type = c.type LOOP
      BEGIN
        EXECUTE replace(c.query, '$1', format('($1::%s)', c.type)) USING s;
        answers := answers + 1;
      EXCEPTION WHEN OTHERS THEN
      END;
    END LOOP;
    IF answers = 0 THEN
      INSERT INTO fuzz.finding VALUES (c.type, 'text', 0, 'no answer', NULL, c.query, NULL);
    END IF;
  END LOOP;
END $$;

SET statement_timeout = '10s';
SELECT format('SELECT fuzz.batch(%L, %L, %s, 20)', type, mode, batch)
FROM fuzz.type, unnest(ARRAY['text', 'binary']) mode,
     generate_series(1, (:inputs / 40 / (SELECT count(*) FROM fuzz.type))::integer) batch
ORDER BY type, mode, batch
\gexec
RESET statement_timeout;

-- the report
WITH summary AS (
  SELECT t.type, mode, coalesce(sum(r.inputs), 0) AS inputs, coalesce(sum(r.accepted), 0) AS accepted,
         (SELECT count(*) FROM fuzz.finding f WHERE f.type = t.type AND f.mode = m.mode) AS findings
  FROM fuzz.type t CROSS JOIN unnest(ARRAY['text', 'binary']) m(mode)
  LEFT JOIN fuzz.result r USING (type, mode)
  GROUP BY t.type, mode),
line AS (
  -- some of the inputs must be accepted, or the mutations are too wild to reach
  -- anything behind the first check
  SELECT row_number() OVER (ORDER BY type, mode) AS number, *,
         findings = 0 AND inputs > 0 AND accepted BETWEEN 1 AND inputs - 1 AS passed
  FROM summary)
SELECT format('%s %s - %s as %s: %s inputs, %s accepted, %s findings',
              CASE WHEN passed THEN 'ok' ELSE 'not ok' END,
              number, type, mode, inputs, accepted, findings)
FROM line
UNION ALL
SELECT format('1..%s', count(*)) FROM line;
SELECT format('# %s as %s, batch %s: %s %s [%s] on %s', type, mode, batch, state, message, doing, input)
FROM (SELECT *, row_number() OVER (PARTITION BY type, mode, state) AS number FROM fuzz.finding) f
WHERE number <= 3;
