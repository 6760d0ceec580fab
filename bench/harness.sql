-- harness.sql - two queries in turn, many rounds, one session
--
-- How it measures, and why: bench/README.md.

CREATE SCHEMA bench;

CREATE TABLE bench.pair (
    place integer GENERATED ALWAYS AS IDENTITY,
    name text PRIMARY KEY,
    relations text[] NOT NULL DEFAULT '{wide,narrow}',  -- the tables that are asked
    bound numeric,              -- most that ours / native may be
    speedup_bound numeric,      -- least that ours / native may gain by two workers
    ours text NOT NULL,
    native text NOT NULL,
    floor text                  -- work of both that is not compared
);

-- One statement alone: what so many calls cost that read nothing but a summary.
CREATE TABLE bench.call (
    place integer GENERATED ALWAYS AS IDENTITY,
    name text PRIMARY KEY,
    bound numeric,              -- most milliseconds a call
    calls integer NOT NULL,     -- that the statement makes
    statement text NOT NULL
);

CREATE TABLE bench.run (
    relation text NOT NULL,     -- wide, narrow, units or million; bench: calls
    name text NOT NULL,
    workers integer NOT NULL,
    side text NOT NULL,         -- ours, native or floor
    round integer NOT NULL,     -- 0 is the one to warm up
    cpu bigint NOT NULL,        -- ns of this backend
    wall bigint NOT NULL
);

-- Time that this backend was on a processor.  The kernel counts it up when the
-- process is switched, or at a clock tick 4 ms later: hence the nap.
CREATE FUNCTION bench.cpu_clock() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_sleep(0.0005);
    RETURN split_part(pg_read_file('/proc/self/schedstat'), ' ', 1);
END
$$;

-- Run a statement, throw its rows away and return what it took, in ns.
CREATE FUNCTION bench.timed(
    statement text, workers integer, OUT cpu bigint, OUT wall bigint
) LANGUAGE plpgsql AS $$
DECLARE
    cpu_before bigint;
    wall_before timestamptz;
BEGIN
    PERFORM set_config('max_parallel_workers_per_gather', workers::text, false);
    cpu_before := bench.cpu_clock();
    wall_before := clock_timestamp();
    EXECUTE statement;
    wall := extract(epoch FROM clock_timestamp() - wall_before) * 1e9;
    cpu := bench.cpu_clock() - cpu_before;
END
$$;

-- A pair on a table: ours, native, ours, native ..., serial and with workers.
CREATE FUNCTION bench.measure(pair bench.pair, relation text, rounds integer)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    round integer;
    workers integer;
    side text;
    statement text;
BEGIN
    PERFORM set_config('search_path', relation || ', nuso, public', false);
    FOR round IN 0 .. rounds LOOP
        FOREACH workers IN ARRAY ARRAY[0, 2] LOOP
            FOR side, statement IN VALUES
                ('ours', pair.ours), ('native', pair.native), ('floor', pair.floor)
            LOOP
                CONTINUE WHEN statement IS NULL;
                INSERT INTO bench.run
                SELECT relation, pair.name, workers, side, round, t.cpu, t.wall
                FROM bench.timed(statement, workers) AS t;
            END LOOP;
        END LOOP;
    END LOOP;
END
$$;

-- A statement of calls on its own; its first rounds warm up caches of the backend.
CREATE FUNCTION bench.measure(call bench.call, rounds integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('search_path', 'nuso, public', false);
    FOR round IN 0 .. rounds LOOP
        INSERT INTO bench.run
        SELECT 'bench', call.name, 0, 'ours', round, t.cpu, t.wall
        FROM bench.timed(call.statement, 0) AS t;
    END LOOP;
END
$$;

-- Does this version have the function?  What is measured depends on it.
CREATE FUNCTION bench.offered(signature text) RETURNS boolean
RETURN to_regprocedure('nuso.' || signature) IS NOT NULL;

-- how many rows a table has that is asked
CREATE FUNCTION bench.rows(relation text, OUT rows bigint) LANGUAGE plpgsql STABLE AS $$
BEGIN
    EXECUTE format('SELECT count(*) FROM %I.child', relation) INTO rows;
END
$$;

-- One row a round.  CPU time where one process does the work, else wall time:
-- the clock of this process does not see its workers.
CREATE VIEW bench.cost AS
SELECT relation, name, workers, round,
       max(ns) FILTER (WHERE side = 'ours') AS ours,
       max(ns) FILTER (WHERE side = 'native') AS native,
       max(ns) FILTER (WHERE side = 'floor') AS floor
FROM (SELECT *, CASE workers WHEN 0 THEN cpu ELSE wall END::numeric AS ns
      FROM bench.run WHERE round > 0) AS measured
GROUP BY relation, name, workers, round;
