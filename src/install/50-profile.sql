-- Profiles: factors as bits of a mask, schemes of rules over them
--
-- Four tables that anybody may read and an owner may extend.  What comes with
-- the extension is marked built_in; what a user adds is dumped by pg_dump.

CREATE TABLE nuso.factor (
    factor text PRIMARY KEY CHECK (factor ~ '^[a-z][a-z0-9_]*$'),
    bit integer NOT NULL UNIQUE CHECK (bit BETWEEN 0 AND 62),
    kind text NOT NULL CHECK (kind IN ('risk', 'protect')),
    domain text NOT NULL CHECK (domain IN ('B', 'F', 'M')),
    area integer NOT NULL CHECK (area BETWEEN 1 AND 12),
    exposure text CHECK (exposure IN ('home', 'own')),
    label_sv text NOT NULL,
    label_en text NOT NULL,
    built_in boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE nuso.factor IS
'Catalogue of risk and protection factors. A child''s factors are one bigint, bit by bit.';
COMMENT ON COLUMN nuso.factor.factor IS 'Code of the factor: lower case letters, digits and underscores.';
COMMENT ON COLUMN nuso.factor.bit IS 'Its bit in a mask, 0 to 62.';
COMMENT ON COLUMN nuso.factor.kind IS 'risk or protect.';
COMMENT ON COLUMN nuso.factor.domain IS 'B: the child''s development, F: parenting, M: family and environment.';
COMMENT ON COLUMN nuso.factor.area IS 'Area of assessment, 1 to 12.';
COMMENT ON COLUMN nuso.factor.exposure IS 'home: exposed at home, own: by own behaviour, NULL: neither.';
COMMENT ON COLUMN nuso.factor.label_sv IS 'Label in Swedish.';
COMMENT ON COLUMN nuso.factor.label_en IS 'Label in English.';
COMMENT ON COLUMN nuso.factor.built_in IS 'True for rows that come with the extension; they are not dumped.';

CREATE TABLE nuso.profile_scheme (
    scheme text NOT NULL CHECK (scheme ~ '^[a-z][a-z0-9_-]*$'),
    version integer NOT NULL CHECK (version > 0),
    status text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'active', 'retired')),
    method text NOT NULL DEFAULT 'rules' CHECK (method = 'rules'),
    label_sv text NOT NULL,
    label_en text NOT NULL,
    source_note text NOT NULL,
    built_in boolean NOT NULL DEFAULT false,
    revision uuid NOT NULL DEFAULT pg_catalog.gen_random_uuid(),
    PRIMARY KEY (scheme, version)
);
COMMENT ON TABLE nuso.profile_scheme IS
'Versioned sets of profiles. classify(scheme, ...) uses the highest active version; classify(''scheme@2'', ...) uses version 2, whatever its status.';
COMMENT ON COLUMN nuso.profile_scheme.scheme IS 'Name of the scheme.';
COMMENT ON COLUMN nuso.profile_scheme.version IS 'Version, from 1.';
COMMENT ON COLUMN nuso.profile_scheme.status IS 'draft, active or retired.';
COMMENT ON COLUMN nuso.profile_scheme.method IS 'How children are classified: rules.';
COMMENT ON COLUMN nuso.profile_scheme.label_sv IS 'Label in Swedish.';
COMMENT ON COLUMN nuso.profile_scheme.label_en IS 'Label in English.';
COMMENT ON COLUMN nuso.profile_scheme.source_note IS 'Where the scheme comes from and what it may be used for.';
COMMENT ON COLUMN nuso.profile_scheme.built_in IS 'True for rows that come with the extension; they are not dumped.';
COMMENT ON COLUMN nuso.profile_scheme.revision IS 'Changes with every change of the profiles and rules, by trigger, so that compiled rules are read again.';

CREATE TABLE nuso.profile (
    scheme text NOT NULL,
    version integer NOT NULL,
    profile text NOT NULL CHECK (profile <> '' AND profile <> 'unclassified'),
    priority integer NOT NULL,
    label_sv text NOT NULL,
    label_en text NOT NULL,
    built_in boolean NOT NULL DEFAULT false,
    PRIMARY KEY (scheme, version, profile),
    UNIQUE (scheme, version, priority)
);
COMMENT ON TABLE nuso.profile IS
'Profiles of a scheme. A child has the first, by priority, all of whose rules match.';
COMMENT ON COLUMN nuso.profile.scheme IS 'Scheme it belongs to.';
COMMENT ON COLUMN nuso.profile.version IS 'Version of the scheme.';
COMMENT ON COLUMN nuso.profile.profile IS 'Code of the profile, what classify returns.';
COMMENT ON COLUMN nuso.profile.priority IS 'Order in which profiles are tried, lowest first.';
COMMENT ON COLUMN nuso.profile.label_sv IS 'Label in Swedish.';
COMMENT ON COLUMN nuso.profile.label_en IS 'Label in English.';
COMMENT ON COLUMN nuso.profile.built_in IS 'True for rows that come with the extension; they are not dumped.';

CREATE TABLE nuso.profile_rule (
    scheme text NOT NULL,
    version integer NOT NULL,
    profile text NOT NULL,
    rule integer NOT NULL CHECK (rule > 0),
    all_of bigint NOT NULL DEFAULT 0 CHECK (all_of >= 0),
    any_of bigint NOT NULL DEFAULT 0 CHECK (any_of >= 0),
    none_of bigint NOT NULL DEFAULT 0 CHECK (none_of >= 0),
    at_least integer NOT NULL DEFAULT 0 CHECK (at_least BETWEEN 0 AND 63),
    at_least_of bigint NOT NULL DEFAULT 0 CHECK (at_least_of >= 0),
    built_in boolean NOT NULL DEFAULT false,
    PRIMARY KEY (scheme, version, profile, rule),
    CONSTRAINT asks_for_something CHECK ((all_of | any_of | none_of) <> 0 OR at_least > 0)
);
COMMENT ON TABLE nuso.profile_rule IS
'Rules of a profile, as masks of factors. A profile matches when all of its rules do; one without rules never does.';
COMMENT ON COLUMN nuso.profile_rule.scheme IS 'Scheme it belongs to.';
COMMENT ON COLUMN nuso.profile_rule.version IS 'Version of the scheme.';
COMMENT ON COLUMN nuso.profile_rule.profile IS 'Profile it belongs to.';
COMMENT ON COLUMN nuso.profile_rule.rule IS 'Number of the rule within its profile, from 1.';
COMMENT ON COLUMN nuso.profile_rule.all_of IS 'Factors that must all be present.';
COMMENT ON COLUMN nuso.profile_rule.any_of IS 'Factors of which one must be present; 0 asks for none.';
COMMENT ON COLUMN nuso.profile_rule.none_of IS 'Factors of which none may be present, and all must have been observed.';
COMMENT ON COLUMN nuso.profile_rule.at_least IS 'How many of at_least_of must be present; 0 asks for none.';
COMMENT ON COLUMN nuso.profile_rule.at_least_of IS 'Factors that at_least counts.';
COMMENT ON COLUMN nuso.profile_rule.built_in IS 'True for rows that come with the extension; they are not dumped.';

SELECT pg_catalog.pg_extension_config_dump('nuso.factor', 'WHERE NOT built_in');
SELECT pg_catalog.pg_extension_config_dump('nuso.profile_scheme', 'WHERE NOT built_in');
SELECT pg_catalog.pg_extension_config_dump('nuso.profile', 'WHERE NOT built_in');
SELECT pg_catalog.pg_extension_config_dump('nuso.profile_rule', 'WHERE NOT built_in');

-- A profile belongs to a scheme, a rule to a profile.  These are triggers and
-- not foreign keys, because pg_restore --jobs loads the tables of an extension
-- at the same time and in any order, while their keys are there from the
-- start: it lost the rules.  A restore is known by the setting that each dump
-- begins with; its rows were checked where they come from.  CREATE EXTENSION
-- makes the same setting, so a test asks whether our own rows belong together.

CREATE FUNCTION nuso.profile_belongs() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF current_setting('check_function_bodies') = 'off' THEN
        RETURN NULL;
    END IF;
    -- the lock keeps the row from being deleted before we commit
    IF TG_TABLE_NAME = 'profile' THEN
        PERFORM FROM nuso.profile_scheme AS s
        WHERE s.scheme = NEW.scheme AND s.version = NEW.version
        FOR KEY SHARE;
    ELSE
        PERFORM FROM nuso.profile AS p
        WHERE p.scheme = NEW.scheme AND p.version = NEW.version AND p.profile = NEW.profile
        FOR KEY SHARE;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = CASE TG_TABLE_NAME WHEN 'profile' THEN 'scheme of the profile does not exist'
                      ELSE 'profile of the rule does not exist' END,
            HINT = 'Insert the scheme first, then its profiles, then their rules.';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION nuso.profile_belongs() IS
'Support function: trigger that asks for the scheme of a profile, and for the profile of a rule. Error 23503 if it does not exist.';

CREATE FUNCTION nuso.profile_cascade() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF TG_TABLE_NAME = 'profile_scheme' THEN
        IF TG_OP = 'TRUNCATE' THEN
            DELETE FROM nuso.profile;
        ELSIF TG_OP = 'DELETE' THEN
            DELETE FROM nuso.profile AS p
            WHERE p.scheme = OLD.scheme AND p.version = OLD.version;
        ELSE
            UPDATE nuso.profile AS p SET scheme = NEW.scheme, version = NEW.version
            WHERE p.scheme = OLD.scheme AND p.version = OLD.version;
        END IF;
    ELSIF TG_OP = 'TRUNCATE' THEN
        DELETE FROM nuso.profile_rule;
    ELSIF TG_OP = 'DELETE' THEN
        DELETE FROM nuso.profile_rule AS r
        WHERE r.scheme = OLD.scheme AND r.version = OLD.version AND r.profile = OLD.profile;
    ELSE
        UPDATE nuso.profile_rule AS r
        SET scheme = NEW.scheme, version = NEW.version, profile = NEW.profile
        WHERE r.scheme = OLD.scheme AND r.version = OLD.version AND r.profile = OLD.profile;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION nuso.profile_cascade() IS
'Support function: trigger by which profiles and rules go, or are renamed, with what they belong to.';

CREATE TRIGGER profile_cascade AFTER DELETE ON nuso.profile_scheme
    FOR EACH ROW EXECUTE FUNCTION nuso.profile_cascade();
COMMENT ON TRIGGER profile_cascade ON nuso.profile_scheme IS 'Deletes the profiles of a deleted scheme.';
CREATE TRIGGER profile_cascade_key AFTER UPDATE ON nuso.profile_scheme
    FOR EACH ROW
    WHEN (OLD.scheme OPERATOR(pg_catalog.<>) NEW.scheme
          OR OLD.version OPERATOR(pg_catalog.<>) NEW.version)
    EXECUTE FUNCTION nuso.profile_cascade();
COMMENT ON TRIGGER profile_cascade_key ON nuso.profile_scheme IS 'Renames the scheme in its profiles.';
CREATE TRIGGER profile_cascade_all AFTER TRUNCATE ON nuso.profile_scheme
    FOR EACH STATEMENT EXECUTE FUNCTION nuso.profile_cascade();
COMMENT ON TRIGGER profile_cascade_all ON nuso.profile_scheme IS 'Deletes all profiles.';

CREATE TRIGGER profile_belongs AFTER INSERT OR UPDATE ON nuso.profile
    FOR EACH ROW EXECUTE FUNCTION nuso.profile_belongs();
COMMENT ON TRIGGER profile_belongs ON nuso.profile IS 'Asks for the scheme of a profile.';
CREATE TRIGGER profile_cascade AFTER DELETE ON nuso.profile
    FOR EACH ROW EXECUTE FUNCTION nuso.profile_cascade();
COMMENT ON TRIGGER profile_cascade ON nuso.profile IS 'Deletes the rules of a deleted profile.';
CREATE TRIGGER profile_cascade_key AFTER UPDATE ON nuso.profile
    FOR EACH ROW
    WHEN (OLD.scheme OPERATOR(pg_catalog.<>) NEW.scheme
          OR OLD.version OPERATOR(pg_catalog.<>) NEW.version
          OR OLD.profile OPERATOR(pg_catalog.<>) NEW.profile)
    EXECUTE FUNCTION nuso.profile_cascade();
COMMENT ON TRIGGER profile_cascade_key ON nuso.profile IS 'Renames the profile in its rules.';
CREATE TRIGGER profile_cascade_all AFTER TRUNCATE ON nuso.profile
    FOR EACH STATEMENT EXECUTE FUNCTION nuso.profile_cascade();
COMMENT ON TRIGGER profile_cascade_all ON nuso.profile IS 'Deletes all rules.';

CREATE TRIGGER profile_belongs AFTER INSERT OR UPDATE ON nuso.profile_rule
    FOR EACH ROW EXECUTE FUNCTION nuso.profile_belongs();
COMMENT ON TRIGGER profile_belongs ON nuso.profile_rule IS 'Asks for the profile of a rule.';

-- A change of a scheme gives it a new revision.  The tables are small and
-- seldom change, so a row trigger is simplest; TRUNCATE has no rows.

CREATE FUNCTION nuso.profile_touch() RETURNS trigger
LANGUAGE plpgsql PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF current_setting('check_function_bodies') = 'off' THEN
        -- a restore may load two tables at once, with schemes in two orders
        LOCK TABLE nuso.profile_scheme IN SHARE ROW EXCLUSIVE MODE;
    END IF;
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        UPDATE nuso.profile_scheme SET revision = gen_random_uuid()
        WHERE scheme = NEW.scheme AND version = NEW.version;
    END IF;
    IF TG_OP IN ('DELETE', 'UPDATE') THEN
        UPDATE nuso.profile_scheme SET revision = gen_random_uuid()
        WHERE scheme = OLD.scheme AND version = OLD.version;
    END IF;
    IF TG_OP = 'TRUNCATE' THEN
        UPDATE nuso.profile_scheme SET revision = gen_random_uuid();
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION nuso.profile_touch() IS
'Support function: trigger that gives a changed scheme a new revision.';

CREATE TRIGGER profile_touch AFTER INSERT OR UPDATE OR DELETE ON nuso.profile
    FOR EACH ROW EXECUTE FUNCTION nuso.profile_touch();
COMMENT ON TRIGGER profile_touch ON nuso.profile IS 'Gives a changed scheme a new revision.';
CREATE TRIGGER profile_touch_all AFTER TRUNCATE ON nuso.profile
    FOR EACH STATEMENT EXECUTE FUNCTION nuso.profile_touch();
COMMENT ON TRIGGER profile_touch_all ON nuso.profile IS 'Gives all schemes a new revision.';
CREATE TRIGGER profile_touch AFTER INSERT OR UPDATE OR DELETE ON nuso.profile_rule
    FOR EACH ROW EXECUTE FUNCTION nuso.profile_touch();
COMMENT ON TRIGGER profile_touch ON nuso.profile_rule IS 'Gives a changed scheme a new revision.';
CREATE TRIGGER profile_touch_all AFTER TRUNCATE ON nuso.profile_rule
    FOR EACH STATEMENT EXECUTE FUNCTION nuso.profile_touch();
COMMENT ON TRIGGER profile_touch_all ON nuso.profile_rule IS 'Gives all schemes a new revision.';

CREATE FUNCTION nuso.factor_mask(VARIADIC factors text[]) RETURNS bigint
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    mask bigint;
    unknown bigint;
BEGIN
    SELECT coalesce(bit_or(1::bigint << f.bit), 0), count(*) FILTER (WHERE f.factor IS NULL)
    INTO mask, unknown
    FROM unnest(factors) AS wanted(factor) LEFT JOIN nuso.factor AS f USING (factor);
    IF unknown > 0 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = 'factor does not exist',
            HINT = 'Table nuso.factor lists the factors.';
    END IF;
    RETURN mask;
END
$$;
COMMENT ON FUNCTION nuso.factor_mask(text[]) IS
'The mask of the named factors, 0 for none. NULL for NULL. Error 42704 for a factor that is not in nuso.factor, and for a NULL among the names.';

CREATE FUNCTION nuso.resolve_scheme(
    name text, OUT scheme text, OUT version integer, OUT revision uuid
)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    SELECT s.scheme, s.version, s.revision
    INTO scheme, version, revision
    FROM nuso.profile_scheme AS s
    WHERE CASE WHEN strpos(name, '@') > 0 THEN s.scheme || '@' || s.version = name
               ELSE s.scheme = name AND s.status = 'active' END
    ORDER BY s.version DESC
    LIMIT 1;
    IF scheme IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = 'profile scheme does not exist or is not active',
            HINT = 'Table nuso.profile_scheme lists the schemes; a name means its highest active version, name@version that one.';
    END IF;
END
$$;
COMMENT ON FUNCTION nuso.resolve_scheme(text) IS
'Support function: scheme, version and revision that a name or name@version stands for. NULLs for NULL. Error 42704 if there is none.';

CREATE FUNCTION nuso.classify(scheme text, present bigint) RETURNS text
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'nuso_classify';
COMMENT ON FUNCTION nuso.classify(text, bigint) IS
'Code of the first profile, by priority, all of whose rules match the factors that are present, or unclassified. The scheme is a name (its highest active version) or name@version (that one, whatever its status). NULL if an argument is NULL. Errors: 42704 for a scheme that does not exist or is not active, 22003 for a negative mask, 54000 for more than 10000 rules.';

CREATE FUNCTION nuso.classify(scheme text, present bigint, observed bigint) RETURNS text
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'nuso_classify';
COMMENT ON FUNCTION nuso.classify(text, bigint, bigint) IS
'As classify(scheme, present), where only some factors were observed: one that was not never counts as present, nor as absent where a rule asks for its absence.';

CREATE FUNCTION nuso.rule_matches(
    all_of bigint, any_of bigint, none_of bigint, at_least integer, at_least_of bigint,
    present bigint, observed bigint
) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_rule_matches';
COMMENT ON FUNCTION nuso.rule_matches(bigint, bigint, bigint, integer, bigint, bigint, bigint) IS
'Does one rule match the factors that are present, of those that were observed? NULL if an argument is NULL. Error 22003 for a negative mask.';

CREATE FUNCTION nuso.factor_names(mask bigint) RETURNS text
LANGUAGE SQL STABLE STRICT PARALLEL SAFE
RETURN (
    SELECT string_agg(f.factor, ', ' ORDER BY f.bit)
    FROM nuso.factor AS f
    WHERE mask >> f.bit & 1 = 1
);
COMMENT ON FUNCTION nuso.factor_names(bigint) IS
'The names of the factors in a mask, in the order of their bits, separated by commas. NULL for an empty mask and for NULL; bits that no factor has are left out.';

CREATE FUNCTION nuso.explain_profile(
    scheme text,
    present bigint,
    observed bigint DEFAULT 9223372036854775807
) RETURNS TABLE (
    profile text,
    priority integer,
    rule integer,
    matches boolean,
    is_result boolean,
    supporting text,
    missing text,
    contradicting text
)
LANGUAGE SQL STABLE STRICT PARALLEL SAFE ROWS 20
BEGIN ATOMIC
    SELECT p.profile, p.priority, r.rule,
        nuso.rule_matches(r.all_of, r.any_of, r.none_of, r.at_least, r.at_least_of,
                          present, observed),
        p.profile = nuso.classify(explain_profile.scheme, present, observed),
        nuso.factor_names((r.all_of | r.any_of | r.at_least_of) & present & observed),
        nuso.factor_names(r.all_of & ~(present & observed)),
        nuso.factor_names(r.none_of & (present | ~observed))
    FROM nuso.resolve_scheme(explain_profile.scheme) AS s
    JOIN nuso.profile AS p ON p.scheme = s.scheme AND p.version = s.version
    JOIN nuso.profile_rule AS r
        ON r.scheme = p.scheme AND r.version = p.version AND r.profile = p.profile
    ORDER BY p.priority, r.rule;
END;
COMMENT ON FUNCTION nuso.explain_profile(text, bigint, bigint) IS
'Every rule of the scheme in the order in which profiles are tried: does it match, and is its profile the result? supporting: factors it asks for that are present; missing: factors that must all be present but are not, or were not observed; contradicting: factors that must be absent but are present or were not observed. NULL where there are none. No rows if an argument is NULL. Errors as classify.';
