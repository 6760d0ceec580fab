-- memory.sql - prints nothing where all is well
SET search_path = nuso, public;

-- what a query's contexts hold in the end, and how much the process ever had
CREATE FUNCTION pg_temp.held() RETURNS bigint LANGUAGE sql AS 'SELECT sum(total_bytes)::bigint FROM pg_backend_memory_contexts';
CREATE FUNCTION pg_temp.peak() RETURNS bigint LANGUAGE sql AS
    $$SELECT 1024 * substring(pg_read_file('/proc/self/status') FROM 'VmHWM:\s+(\d+)')::bigint$$;
SELECT count(lca_fit(p, 3, 7, starts => 2, finish => 1, max_iterations => 50, seed => i)) > 0 AS warm FROM summary, generate_series(1, 10) AS i WHERE name = 'few' \gset
SELECT pg_temp.held() AS held, pg_temp.peak() AS peak \gset
SELECT count(lca_fit(p, 3, 7, starts => 2, finish => 1, max_iterations => 50, seed => i)) > 0 AS warm FROM summary, generate_series(1, 1000) AS i WHERE name = 'few' \gset
SELECT 'held ' || pg_temp.held() || ' bytes after a thousand fits, not ' || :held
WHERE pg_temp.held() > :held + 65536;
SELECT 'had up to ' || pg_temp.peak() || ' bytes for a thousand fits, not ' || :peak
WHERE pg_temp.peak() > :peak + 1048576;

-- fits that end in an error leave nothing either
DO $$
BEGIN
    FOR i IN 1 .. 100 LOOP
        BEGIN
            PERFORM lca_fit(p, 3, 7, starts => 2, max_iterations => 50, seed => i, tolerance => 1 / (i % 2)) FROM summary WHERE name = 'few';
        EXCEPTION WHEN division_by_zero OR invalid_parameter_value THEN
            NULL;
        END;
    END LOOP;
END $$;
SELECT 'held ' || pg_temp.held() || ' bytes after errors, not ' || :held WHERE pg_temp.held() > :held + 65536;

-- no more than 16 MB: an error, and the backend goes on
SELECT pg_backend_pid() AS pid,
    1024 * substring(pg_read_file('/proc/self/status') FROM 'VmSize:\s+(\d+)')::bigint + 16777216 AS most \gset
\setenv LIMITED_PID :pid
\setenv LIMITED_MOST :most
\! prlimit --pid "$LIMITED_PID" --as="$LIMITED_MOST:"
\set ECHO none
\o /dev/null
SELECT lca_fit(p, 5, 40) FROM summary WHERE name = 'many';
\if :ERROR
\else
\warn a fit without memory ended well
\endif
SELECT :'LAST_ERROR_SQLSTATE' <> '53200' AS other \gset
SELECT patterns_agg(random_bits(2, 1, i) & 9223372036854775807) FROM generate_series(1, 2000000) AS i;
\o
\! prlimit --pid "$LIMITED_PID" --as=unlimited:
SELECT 'the error was ' || :'LAST_ERROR_SQLSTATE' WHERE :'LAST_ERROR_SQLSTATE' <> '53200';
SELECT 'no longer the same backend' WHERE pg_backend_pid() <> :pid;
SELECT 'no fit after it' WHERE lca_fit((SELECT p FROM summary WHERE name = 'few'), 2, 7) IS NULL;
