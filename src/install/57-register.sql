-- Schemes that are checked, registered and from then on the same
--
-- Who may write to the tables of profiles may register: the functions run with
-- the rights of the caller.

CREATE FUNCTION nuso.scheme_problems(
    scheme text, version integer, factors bigint
) RETURNS TABLE (
    profile text,
    rule integer,
    problem text,
    other_profile text,
    other_rule integer,
    factor_mask bigint
)
LANGUAGE C STABLE STRICT PARALLEL SAFE ROWS 20
AS 'MODULE_PATHNAME', 'nuso_scheme_problems';
COMMENT ON FUNCTION nuso.scheme_problems(text, integer, bigint) IS
'Support function: what the kernel, for check_scheme, finds in the rules, prototypes or model of a version, given the factors that there are.';

CREATE FUNCTION nuso.check_scheme(scheme text) RETURNS TABLE (
    profile text,
    rule integer,
    problem text,
    blocks boolean,
    other_profile text,
    other_rule integer,
    present bigint,
    detail text
)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE ROWS 20 SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    s nuso.profile_scheme;
BEGIN
    SELECT p.* INTO s
    FROM nuso.resolve_scheme(check_scheme.scheme) AS r
    JOIN nuso.profile_scheme AS p ON p.scheme = r.scheme AND p.version = r.version;
    RETURN QUERY
    WITH found AS (
        SELECT f.*, row_number() OVER () AS place
        FROM nuso.scheme_problems(s.scheme, s.version,
                                  (SELECT coalesce(bit_or(1::bigint << c.bit), 0) FROM nuso.factor AS c)) AS f
        UNION ALL
        SELECT p.profile, NULL, CASE s.method WHEN 'rules' THEN 'no_rules' WHEN 'prototypes' THEN 'no_prototype'
                                ELSE 'no_class' END, NULL, NULL, 0, 100000 + p.priority
        FROM nuso.profile AS p
        WHERE p.scheme = s.scheme AND p.version = s.version
          AND CASE s.method
              WHEN 'rules' THEN NOT EXISTS (
                  SELECT FROM nuso.profile_rule AS r
                  WHERE (r.scheme, r.version, r.profile) = (p.scheme, p.version, p.profile))
              WHEN 'prototypes' THEN NOT EXISTS (
                  SELECT FROM nuso.profile_prototype AS t
                  WHERE (t.scheme, t.version, t.profile) = (p.scheme, p.version, p.profile))
              ELSE p.class IS NULL END
        UNION ALL
        SELECT NULL, NULL, 'no_profiles', NULL, NULL, 0, 0
        WHERE NOT EXISTS (SELECT FROM nuso.profile AS p
                          WHERE p.scheme = s.scheme AND p.version = s.version)
    )
    SELECT f.profile, CASE WHEN f.problem <> 'class_without_profile' THEN f.rule END, f.problem,
        f.problem NOT IN ('overlap', 'unreachable', 'undecided', 'duplicate', 'tie', 'more'),
        f.other_profile, f.other_rule,
        CASE WHEN f.problem IN ('overlap', 'tie') THEN f.factor_mask END,
        CASE f.problem
            WHEN 'contradiction' THEN CASE
                WHEN f.other_rule IS NOT NULL THEN 'the two rules cannot both match'
                WHEN f.rule IS NOT NULL THEN 'the rule cannot match'
                ELSE 'the rules cannot all match' END
                || coalesce(': ' || nuso.factor_names(f.factor_mask), '')
            WHEN 'unknown_factor' THEN 'no factor has bit ' || (
                SELECT string_agg(b::text, ', ' ORDER BY b)
                FROM generate_series(0, 62) AS b WHERE f.factor_mask >> b & 1 = 1)
            WHEN 'unreachable' THEN 'whoever matches has the earlier profile'
            WHEN 'undecided' THEN 'the rules have too many counts to find out whether the profile can be reached'
            WHEN 'overlap' THEN 'a child with ' || coalesce(nuso.factor_names(f.factor_mask), 'no factor')
                || ' matches both and has the earlier one'
            WHEN 'duplicate' THEN 'the earlier profile has the same prototype'
            WHEN 'tie' THEN 'a child with ' || coalesce(nuso.factor_names(f.factor_mask), 'no factor')
                || ' is as near to both and has the earlier one'
            WHEN 'no_rules' THEN 'a profile without rules never matches'
            WHEN 'no_prototype' THEN 'a profile without a prototype is never the nearest'
            WHEN 'no_class' THEN 'the profile does not stand for a class'
            WHEN 'no_such_class' THEN 'the model has fewer classes'
            WHEN 'class_without_profile' THEN 'no profile stands for class ' || f.rule
            WHEN 'not_fitted' THEN 'the model was not fitted; lca_fit_stats says why'
            WHEN 'no_profiles' THEN 'the scheme has no profiles'
            ELSE 'only so many problems are listed' END
    FROM found AS f
    ORDER BY 4 DESC, f.place, f.profile;
END
$$;
COMMENT ON FUNCTION nuso.check_scheme(text) IS
'Problems of a scheme (a name or name@version), first those that block: contradictions within the rules of a profile, profiles that an earlier one hides, pairs that a child can match (present: such a child), duplicate prototypes and ties, factors that do not exist, profiles without rules, prototype or class, a model that was not fitted. blocks: the scheme cannot be registered so. No rows: none. Decided exactly for pairs; whether several earlier profiles together hide one is not tried. Error 42704 for a scheme that does not exist or is not active.';

CREATE FUNCTION nuso.register_scheme(scheme text) RETURNS TABLE (
    profile text,
    rule integer,
    problem text,
    blocks boolean,
    other_profile text,
    other_rule integer,
    present bigint,
    detail text
)
LANGUAGE plpgsql VOLATILE STRICT ROWS 20 SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found_scheme text;
    found_version integer;
    registered timestamptz;
    blocking bigint;
BEGIN
    SELECT r.scheme, r.version INTO found_scheme, found_version
    FROM nuso.resolve_scheme(register_scheme.scheme) AS r;
    -- nobody changes it between the check and the registration
    SELECT s.registered_at INTO registered
    FROM nuso.profile_scheme AS s
    WHERE s.scheme = found_scheme AND s.version = found_version
    FOR UPDATE;
    IF registered IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = 'profile scheme is registered already',
            HINT = 'Make a new version.';
    END IF;
    SELECT count(*) INTO blocking
    FROM nuso.check_scheme(found_scheme || '@' || found_version) AS c WHERE c.blocks;
    IF blocking > 0 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = 'profile scheme cannot be registered as it is',
            HINT = 'nuso.check_scheme(name) lists what is wrong with it.';
    END IF;
    UPDATE nuso.profile_scheme AS s
    SET registered_at = now(), status = 'active'
    WHERE s.scheme = found_scheme AND s.version = found_version;
    RETURN QUERY SELECT * FROM nuso.check_scheme(found_scheme || '@' || found_version);
END
$$;
COMMENT ON FUNCTION nuso.register_scheme(text) IS
'Checks a version of a scheme (name@version), makes it active and keeps what decides a profile from being changed ever after; returns what check_scheme found. Status and labels may still be changed. No rows for NULL. Errors: 23514 for problems that block, 42704 for a scheme that does not exist, 55000 for one that is registered already, 42501 without the right to write to the tables of profiles.';

CREATE FUNCTION nuso.register_model(
    scheme text,
    model nuso.lca_model,
    threshold double precision DEFAULT 0.5,
    label_sv text DEFAULT NULL,
    label_en text DEFAULT NULL,
    source_note text DEFAULT NULL,
    names text[] DEFAULT NULL
) RETURNS integer
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    stats nuso.lca_stats;
    next_version integer;
BEGIN
    IF scheme IS NULL OR model IS NULL OR threshold IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'null_value_not_allowed',
            MESSAGE = 'name, model and threshold must not be NULL';
    END IF;
    stats := nuso.lca_fit_stats(model);
    IF threshold < 0 OR threshold > 1 OR threshold = 'NaN' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = 'threshold must lie between 0 and 1',
            HINT = 'A child whose likeliest class has a lower posterior probability is unclassified.';
    ELSIF stats.status <> 'ok' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = 'model was not fitted',
            HINT = 'nuso.lca_fit_stats(model) says why.';
    ELSIF names IS NOT NULL AND (array_ndims(names) IS DISTINCT FROM 1
                                 OR cardinality(names) <> stats.classes
                                 OR EXISTS (SELECT FROM unnest(names) AS given(name)
                                            GROUP BY name
                                            HAVING count(*) > 1 OR coalesce(name, '') IN ('', 'unclassified')
                                                   OR octet_length(name) > 1000)) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = 'names must be one for each class of the model',
            HINT = 'All are different, up to 1000 bytes long, and neither empty nor unclassified.';
    ELSIF scheme !~ '^[a-z][a-z0-9_-]*$' OR octet_length(scheme) > 1000 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = 'name of a scheme must be of lower case letters, digits, - and _',
            HINT = 'It begins with a letter and has up to 1000 bytes.';
    END IF;
    -- two sessions must not take the same number
    LOCK TABLE nuso.profile_scheme IN SHARE ROW EXCLUSIVE MODE;
    SELECT coalesce(max(s.version), 0) + 1 INTO next_version
    FROM nuso.profile_scheme AS s WHERE s.scheme = register_model.scheme;
    INSERT INTO nuso.profile_scheme (scheme, version, method, model, threshold, label_sv, label_en, source_note)
    VALUES (scheme, next_version, 'model', model, threshold,
            coalesce(label_sv, format('%s: %s latenta klasser', scheme, stats.classes)),
            coalesce(label_en, format('%s: %s latent classes', scheme, stats.classes)),
            coalesce(source_note, format('Latent class analysis of %s children, %s items.', stats.n, stats.items)));
    INSERT INTO nuso.profile (scheme, version, profile, priority, class, label_sv, label_en)
    SELECT register_model.scheme, next_version, coalesce(names[k], 'class_' || k), k, k,
        coalesce(names[k], 'Klass ' || k), coalesce(names[k], 'Class ' || k)
    FROM generate_series(1, stats.classes) AS k;
    PERFORM FROM nuso.register_scheme(scheme || '@' || next_version);
    RETURN next_version;
END
$$;
COMMENT ON FUNCTION nuso.register_model(text, nuso.lca_model, double precision, text, text, text, text[]) IS
'Registers a fitted model of latent classes as the next version of a scheme, active and unchangeable, and returns the number of the version. A profile a class, named class_1, class_2, ... or as given, in the order of the classes. A child whose likeliest class has a posterior probability below the threshold (0 to 1, default 0.5: likelier than all other classes together) is unclassified. Labels may be changed later. Errors: 22004 for a NULL name, model or threshold, 22023 for a threshold out of range, a model that was not fitted, a name that a scheme cannot have, or names that are not one for each class, all different, 23514 for items that no factor has, 42501 without the right to write to the tables of profiles.';
