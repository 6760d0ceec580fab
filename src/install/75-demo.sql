-- Synthetic national data for the reference warehouse.

CREATE FUNCTION nuso.load_demo(schema text, scale integer DEFAULT 1,
                               seed bigint DEFAULT 1)
RETURNS TABLE (table_name text, row_count bigint)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
SET work_mem = '64MB'
SET maintenance_work_mem = '256MB'
SET jit = off
AS $function$
DECLARE
    -- in the order in which rows refer to rows
    facts CONSTANT text[] := ARRAY[
        'investigation', 'investigation_intervention',
        'investigation_handover', 'followup', 'service', 'service_aggregate',
        'referral'];
    later CONSTANT text := ' (TABLE|ON) ([^ ]*[.])?(followup|referral|service)';
    fact_oids oid[];
    name text;
    filled boolean;
    statement text;
    drops text[] := '{}';
    restores text[] := '{}';
    started timestamptz;
    step CONSTANT integer := greatest(1, scale / 20);
    synthetic CONSTANT text :=
        ' Holds SYNTHETIC demonstration data (nuso.load_demo): no row describes a real child.';
BEGIN
    IF schema IS NULL
       OR to_regclass(format('%I.investigation', schema)) IS NULL THEN
        RAISE EXCEPTION 'the schema holds no warehouse'
            USING ERRCODE = 'undefined_table',
                  HINT = 'Make one first: SELECT nuso.create_warehouse(''warehouse'');';
    END IF;
    IF scale IS NULL OR scale < 1 OR scale > 10000 THEN
        RAISE EXCEPTION 'scale must be from 1 to 10000'
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Scale 1 makes 21,858 investigations, scale 1000 a thousand times as many.';
    END IF;
    IF seed IS NULL THEN
        RAISE EXCEPTION 'seed must not be NULL'
            USING ERRCODE = 'null_value_not_allowed',
                  HINT = 'Any whole number does; the same seed gives the same rows.';
    END IF;
    PERFORM set_config('search_path',
                       quote_ident(schema) || ', pg_catalog, pg_temp', true);

    -- synthetic rows must never be mixed with others
    FOREACH name IN ARRAY facts || ARRAY['unit', 'municipality', 'county',
                                         'wave']
    LOOP
        EXECUTE format('LOCK TABLE %I IN SHARE ROW EXCLUSIVE MODE', name);
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO filled;
        IF filled THEN
            RAISE EXCEPTION 'the warehouse already holds data'
                USING ERRCODE = 'object_not_in_prerequisite_state',
                      DETAIL = format('Table %I is not empty.', name),
                      HINT = 'Make another warehouse for the demonstration, or empty this one.';
        END IF;
    END LOOP;

    -- Foreign keys are checked, and indexes are made, in bulk after the rows:
    -- one by one they would take most of the time. If a table from outside
    -- refers to these, everything stays in place.
    SELECT array_agg(to_regclass(format('%I', f))::oid) INTO fact_oids
    FROM unnest(facts) AS f;
    IF NOT EXISTS (SELECT FROM pg_constraint
                   WHERE contype = 'f' AND confrelid = ANY (fact_oids)
                         AND conrelid <> ALL (fact_oids)) THEN
        SELECT array_agg(drop_it ORDER BY position DESC, drop_it),
               array_agg(make_it ORDER BY position, make_it)
        INTO drops, restores
        FROM (
            SELECT format('ALTER TABLE %s DROP CONSTRAINT %I',
                          conrelid::regclass, conname),
                   format('ALTER TABLE %s ADD CONSTRAINT %I %s',
                          conrelid::regclass, conname,
                          pg_get_constraintdef(oid)),
                   CASE contype WHEN 'f' THEN 3 ELSE 1 END
            FROM pg_constraint
            WHERE conrelid = ANY (fact_oids) AND contype IN ('p', 'u', 'f')
            UNION ALL
            SELECT format('DROP INDEX %s', indexrelid::regclass),
                   pg_get_indexdef(indexrelid), 2
            FROM pg_index
            WHERE indrelid = ANY (fact_oids)
                  AND NOT EXISTS (SELECT FROM pg_constraint
                                  WHERE conindid = indexrelid
                                        AND contype IN ('p', 'u', 'x'))
        ) AS object (drop_it, make_it, position);
    END IF;
    FOREACH statement IN ARRAY coalesce(drops, '{}') LOOP
        EXECUTE statement;
    END LOOP;

    started := clock_timestamp();
    RAISE NOTICE 'nuso demo: SYNTHETIC data, seed %, % nation(s) of 21,858 investigations',
        seed, scale;
    CREATE TEMPORARY TABLE demo_parameter (seed bigint, nation bigint,
                                           scale bigint);
    INSERT INTO pg_temp.demo_parameter VALUES (seed, 0, scale);
    EXECUTE $warehouse$
--@embed src/warehouse/40-demo-units.sql
$warehouse$;
    EXECUTE $warehouse$
--@embed src/warehouse/42-demo-children.sql
$warehouse$;
    RAISE NOTICE 'nuso demo: children drawn, % s', round(extract(
        epoch FROM clock_timestamp() - started)::numeric, 1);

    FOR i IN 0 .. scale - 1 LOOP
        UPDATE pg_temp.demo_parameter SET nation = i;
        EXECUTE $warehouse$
--@embed src/warehouse/44-demo-nation.sql
$warehouse$;
        IF (i + 1) % step = 0 OR i = scale - 1 THEN
            RAISE NOTICE 'nuso demo: % investigations, % s',
                (i + 1) * 21858::bigint, round(extract(
                    epoch FROM clock_timestamp() - started)::numeric, 1);
        END IF;
    END LOOP;

    FOREACH name IN ARRAY facts[:3] LOOP
        EXECUTE format('ANALYZE %I', name);
    END LOOP;
    FOREACH statement IN ARRAY coalesce(restores, '{}') LOOP
        CONTINUE WHEN statement ~ later;
        EXECUTE statement;
    END LOOP;
    RAISE NOTICE 'nuso demo: investigations indexed and checked, % s', round(
        extract(epoch FROM clock_timestamp() - started)::numeric, 1);

    FOR i IN 0 .. scale - 1 LOOP
        UPDATE pg_temp.demo_parameter SET nation = i;
        EXECUTE $warehouse$
--@embed src/warehouse/46-demo-rest.sql
$warehouse$;
        IF (i + 1) % step = 0 OR i = scale - 1 THEN
            RAISE NOTICE 'nuso demo: % referrals (with services and follow-ups), % s',
                (i + 1) * 189000::bigint, round(extract(
                    epoch FROM clock_timestamp() - started)::numeric, 1);
        END IF;
    END LOOP;
    FOREACH name IN ARRAY facts[4:] LOOP
        EXECUTE format('ANALYZE %I', name);
    END LOOP;
    FOREACH statement IN ARRAY coalesce(restores, '{}') LOOP
        CONTINUE WHEN statement !~ later;
        EXECUTE statement;
    END LOOP;
    RAISE NOTICE 'nuso demo: the rest indexed and checked, % s', round(
        extract(epoch FROM clock_timestamp() - started)::numeric, 1);

    -- from an earlier load; without a notice where there was none
    FOREACH name IN ARRAY ARRAY['demo_truth', 'demo_truth_factor'] LOOP
        IF to_regclass(format('%I.%I', schema, name)) IS NOT NULL THEN
            EXECUTE format('DROP TABLE %I.%I', schema, name);
        END IF;
    END LOOP;
    EXECUTE $warehouse$
--@embed src/warehouse/48-demo-truth.sql
$warehouse$;

    DROP TABLE pg_temp.demo_parameter, pg_temp.demo_unit, pg_temp.demo_cell,
        pg_temp.demo_theme, pg_temp.demo_class, pg_temp.demo_child,
        pg_temp.demo_intervention, pg_temp.demo_handover,
        pg_temp.demo_followup, pg_temp.demo_service, pg_temp.demo_referral;

    FOREACH name IN ARRAY facts || ARRAY['unit', 'unit_context',
        'municipality', 'municipality_group_member', 'county', 'wave',
        'local_reason', 'demo_truth', 'demo_truth_factor']
    LOOP
        EXECUTE format('COMMENT ON TABLE %I IS %L', name,
                       replace(coalesce(obj_description(
                           to_regclass(quote_ident(name)), 'pg_class'), ''),
                           synthetic, '') || synthetic);
        table_name := name;
        EXECUTE format('SELECT count(*) FROM %I', name) INTO row_count;
        RETURN NEXT;
    END LOOP;
END
$function$;
COMMENT ON FUNCTION nuso.load_demo(text, integer, bigint) IS
'Fill an empty warehouse with synthetic national data: at scale 1, 134 units, 21,858 investigations and 189,000 referrals that reproduce the published figures of the study; at scale s, s times as many investigations and referrals of the same 134 units. The same seed gives the same rows on every server version. Returns the rows of each table. Errors: 22023 if scale is not 1 to 10000, 22004 if seed is NULL, 42P01 if the schema holds no warehouse, 55000 if it holds data.';
