-- The reference warehouse: made in a schema of the user's own by a function,
-- so that its tables are no members of the extension. A dump keeps the data;
-- the owner may index, partition and distribute them.

CREATE FUNCTION nuso.create_warehouse(schema text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    IF schema IS NULL OR schema IN ('', 'nuso') OR starts_with(schema, 'pg_') THEN
        RAISE EXCEPTION 'a warehouse cannot be made in this schema'
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Name a schema of your own, such as warehouse.';
    END IF;
    IF to_regclass(format('%I.investigation', schema)) IS NOT NULL
       OR to_regclass(format('%I.referral', schema)) IS NOT NULL
       OR to_regclass(format('%I.wave', schema)) IS NOT NULL THEN
        RAISE EXCEPTION 'the schema already holds a warehouse'
            USING ERRCODE = 'duplicate_table',
                  HINT = 'Name another schema, or drop this one first.';
    END IF;
    IF to_regnamespace(quote_ident(schema)) IS NULL THEN
        EXECUTE format('CREATE SCHEMA %I', schema);
    ELSIF has_schema_privilege('public', schema, 'CREATE') THEN
        -- look-alikes planted there would be bound into the views
        RAISE EXCEPTION 'the schema is open to everybody'
            USING ERRCODE = 'insufficient_privilege',
                  HINT = 'Revoke CREATE on it from PUBLIC, or name another schema.';
    END IF;

    PERFORM set_config('search_path',
                       quote_ident(schema) || ', pg_catalog, pg_temp', true);
    EXECUTE $warehouse$
--@embed src/warehouse/10-tables.sql
$warehouse$;
    EXECUTE $warehouse$
--@embed src/warehouse/20-codes.sql
$warehouse$;
    EXECUTE $warehouse$
--@embed src/warehouse/30-views.sql
$warehouse$;
    EXECUTE $warehouse$
--@embed src/warehouse/32-age-views.sql
$warehouse$;
    EXECUTE $warehouse$
--@embed src/warehouse/34-profile-views.sql
$warehouse$;
END
$function$;
COMMENT ON FUNCTION nuso.create_warehouse(text) IS
'Make the reference warehouse (tables, code lists, report views) in a schema, which is created if it is missing. Errors: 22023 if the schema cannot take one, 42P07 if it holds one already, 42501 if everybody may create objects in it.';
