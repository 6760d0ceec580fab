-- Profiles: factors as bits of a mask, schemes of profiles over them
--
-- Five tables that anybody may read and an owner may extend.  What comes with
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
    method text NOT NULL DEFAULT 'rules' CHECK (method IN ('rules', 'prototypes', 'model')),
    label_sv text NOT NULL,
    label_en text NOT NULL,
    source_note text NOT NULL,
    built_in boolean NOT NULL DEFAULT false,
    revision uuid NOT NULL DEFAULT pg_catalog.gen_random_uuid(),
    registered_at timestamptz,
    max_distance double precision CHECK (max_distance BETWEEN 0 AND 1),
    threshold double precision CHECK (threshold BETWEEN 0 AND 1),
    model nuso.lca_model,
    PRIMARY KEY (scheme, version),
    CONSTRAINT has_a_model CHECK ((method = 'model') = (model IS NOT NULL)),
    CONSTRAINT setting_of_the_method CHECK ((method = 'model' OR threshold IS NULL)
        AND (method = 'prototypes' OR max_distance IS NULL))
);
COMMENT ON TABLE nuso.profile_scheme IS
'Versioned sets of profiles. classify(scheme, ...) uses the highest active version; classify(''scheme@2'', ...) uses version 2, whatever its status.';
COMMENT ON COLUMN nuso.profile_scheme.scheme IS 'Name of the scheme.';
COMMENT ON COLUMN nuso.profile_scheme.version IS 'Version, from 1.';
COMMENT ON COLUMN nuso.profile_scheme.status IS 'draft, active or retired.';
COMMENT ON COLUMN nuso.profile_scheme.method IS 'How children are classified: rules (profile_rule), prototypes (profile_prototype: the nearest one) or model (the likeliest class of a model of latent classes).';
COMMENT ON COLUMN nuso.profile_scheme.label_sv IS 'Label in Swedish.';
COMMENT ON COLUMN nuso.profile_scheme.label_en IS 'Label in English.';
COMMENT ON COLUMN nuso.profile_scheme.source_note IS 'Where the scheme comes from and what it may be used for.';
COMMENT ON COLUMN nuso.profile_scheme.built_in IS 'True for rows that come with the extension; they are not dumped.';
COMMENT ON COLUMN nuso.profile_scheme.revision IS 'Changes with every change of the profiles and rules, by trigger, so that compiled rules are read again.';
COMMENT ON COLUMN nuso.profile_scheme.registered_at IS 'When the version was registered; from then on what decides a profile cannot be changed. NULL: it can.';
COMMENT ON COLUMN nuso.profile_scheme.max_distance IS 'Of method prototypes: a child farther than this from all of them is unclassified; 0 to 1. NULL: 1, nobody is too far.';
COMMENT ON COLUMN nuso.profile_scheme.threshold IS 'Of method model: a child whose likeliest class has a posterior probability below this is unclassified; 0 to 1. NULL: 0, nobody is for that reason.';
COMMENT ON COLUMN nuso.profile_scheme.model IS 'Of method model: the fitted model.';

CREATE TABLE nuso.profile (
    scheme text NOT NULL,
    version integer NOT NULL,
    profile text NOT NULL CHECK (profile <> '' AND profile <> 'unclassified'),
    priority integer NOT NULL,
    label_sv text NOT NULL,
    label_en text NOT NULL,
    built_in boolean NOT NULL DEFAULT false,
    class integer CHECK (class BETWEEN 1 AND 64),
    PRIMARY KEY (scheme, version, profile),
    UNIQUE (scheme, version, priority),
    UNIQUE (scheme, version, class)
);
COMMENT ON TABLE nuso.profile IS
'Profiles of a scheme. A child has the first, by priority, all of whose rules match; or the one whose prototype is nearest; or that of its likeliest class.';
COMMENT ON COLUMN nuso.profile.scheme IS 'Scheme it belongs to.';
COMMENT ON COLUMN nuso.profile.version IS 'Version of the scheme.';
COMMENT ON COLUMN nuso.profile.profile IS 'Code of the profile, what classify returns.';
COMMENT ON COLUMN nuso.profile.priority IS 'Order in which profiles are tried, lowest first; of two prototypes at the same distance the first is taken.';
COMMENT ON COLUMN nuso.profile.label_sv IS 'Label in Swedish.';
COMMENT ON COLUMN nuso.profile.label_en IS 'Label in English.';
COMMENT ON COLUMN nuso.profile.built_in IS 'True for rows that come with the extension; they are not dumped.';
COMMENT ON COLUMN nuso.profile.class IS 'Of method model: the class of the model that it stands for, from 1.';

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

CREATE TABLE nuso.profile_prototype (
    scheme text NOT NULL,
    version integer NOT NULL,
    profile text NOT NULL,
    present bigint NOT NULL CHECK (present >= 0),
    counted bigint NOT NULL CHECK (counted > 0),
    built_in boolean NOT NULL DEFAULT false,
    PRIMARY KEY (scheme, version, profile),
    CONSTRAINT present_are_counted CHECK (present & ~counted = 0)
);
COMMENT ON TABLE nuso.profile_prototype IS
'Prototypes of profiles. The distance of a child to one is the share, of the counted factors that were observed, in which the two differ.';
COMMENT ON COLUMN nuso.profile_prototype.scheme IS 'Scheme it belongs to.';
COMMENT ON COLUMN nuso.profile_prototype.version IS 'Version of the scheme.';
COMMENT ON COLUMN nuso.profile_prototype.profile IS 'Profile it belongs to.';
COMMENT ON COLUMN nuso.profile_prototype.present IS 'Factors that are present in the prototype, among those that count.';
COMMENT ON COLUMN nuso.profile_prototype.counted IS 'Factors that count; the others may be as they are.';
COMMENT ON COLUMN nuso.profile_prototype.built_in IS 'True for rows that come with the extension; they are not dumped.';

SELECT pg_catalog.pg_extension_config_dump('nuso.factor', 'WHERE NOT built_in');
SELECT pg_catalog.pg_extension_config_dump('nuso.profile_scheme', 'WHERE NOT built_in');
SELECT pg_catalog.pg_extension_config_dump('nuso.profile', 'WHERE NOT built_in');
SELECT pg_catalog.pg_extension_config_dump('nuso.profile_rule', 'WHERE NOT built_in');
SELECT pg_catalog.pg_extension_config_dump('nuso.profile_prototype', 'WHERE NOT built_in');

-- A profile belongs to a scheme, a rule or prototype to a profile.  These are triggers and
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
                      WHEN 'profile_rule' THEN 'profile of the rule does not exist'
                      ELSE 'profile of the prototype does not exist' END,
            HINT = 'Insert the scheme first, then its profiles, then their rules or prototypes.';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION nuso.profile_belongs() IS
'Support function: trigger that asks for the scheme of a profile, and for the profile of a rule or prototype. Error 23503 if it does not exist.';

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
        DELETE FROM nuso.profile_prototype;
    ELSIF TG_OP = 'DELETE' THEN
        DELETE FROM nuso.profile_rule AS r
        WHERE r.scheme = OLD.scheme AND r.version = OLD.version AND r.profile = OLD.profile;
        DELETE FROM nuso.profile_prototype AS t
        WHERE t.scheme = OLD.scheme AND t.version = OLD.version AND t.profile = OLD.profile;
    ELSE
        UPDATE nuso.profile_rule AS r
        SET scheme = NEW.scheme, version = NEW.version, profile = NEW.profile
        WHERE r.scheme = OLD.scheme AND r.version = OLD.version AND r.profile = OLD.profile;
        UPDATE nuso.profile_prototype AS t
        SET scheme = NEW.scheme, version = NEW.version, profile = NEW.profile
        WHERE t.scheme = OLD.scheme AND t.version = OLD.version AND t.profile = OLD.profile;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION nuso.profile_cascade() IS
'Support function: trigger by which profiles, rules and prototypes go, or are renamed, with what they belong to.';

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
COMMENT ON TRIGGER profile_cascade ON nuso.profile IS 'Deletes the rules and the prototype of a deleted profile.';
CREATE TRIGGER profile_cascade_key AFTER UPDATE ON nuso.profile
    FOR EACH ROW
    WHEN (OLD.scheme OPERATOR(pg_catalog.<>) NEW.scheme
          OR OLD.version OPERATOR(pg_catalog.<>) NEW.version
          OR OLD.profile OPERATOR(pg_catalog.<>) NEW.profile)
    EXECUTE FUNCTION nuso.profile_cascade();
COMMENT ON TRIGGER profile_cascade_key ON nuso.profile IS 'Renames the profile in its rules and its prototype.';
CREATE TRIGGER profile_cascade_all AFTER TRUNCATE ON nuso.profile
    FOR EACH STATEMENT EXECUTE FUNCTION nuso.profile_cascade();
COMMENT ON TRIGGER profile_cascade_all ON nuso.profile IS 'Deletes all rules and prototypes.';

CREATE TRIGGER profile_belongs AFTER INSERT OR UPDATE ON nuso.profile_rule
    FOR EACH ROW EXECUTE FUNCTION nuso.profile_belongs();
COMMENT ON TRIGGER profile_belongs ON nuso.profile_rule IS 'Asks for the profile of a rule.';
CREATE TRIGGER profile_belongs AFTER INSERT OR UPDATE ON nuso.profile_prototype
    FOR EACH ROW EXECUTE FUNCTION nuso.profile_belongs();
COMMENT ON TRIGGER profile_belongs ON nuso.profile_prototype IS 'Asks for the profile of a prototype.';

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
CREATE TRIGGER profile_touch AFTER INSERT OR UPDATE OR DELETE ON nuso.profile_prototype
    FOR EACH ROW EXECUTE FUNCTION nuso.profile_touch();
COMMENT ON TRIGGER profile_touch ON nuso.profile_prototype IS 'Gives a changed scheme a new revision.';
CREATE TRIGGER profile_touch_all AFTER TRUNCATE ON nuso.profile_prototype
    FOR EACH STATEMENT EXECUTE FUNCTION nuso.profile_touch();
COMMENT ON TRIGGER profile_touch_all ON nuso.profile_prototype IS 'Gives all schemes a new revision.';

CREATE FUNCTION nuso.profile_revision() RETURNS trigger
LANGUAGE plpgsql PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    NEW.revision := gen_random_uuid();
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION nuso.profile_revision() IS
'Support function: trigger that gives a scheme a new revision where its own row says how children are classified.';
CREATE TRIGGER profile_revision BEFORE UPDATE OF method, model, threshold, max_distance
    ON nuso.profile_scheme FOR EACH ROW EXECUTE FUNCTION nuso.profile_revision();
COMMENT ON TRIGGER profile_revision ON nuso.profile_scheme IS 'Gives a changed scheme a new revision.';

-- A version that was registered stays as it is, so that whoever classifies by
-- it again gets the same answer.  The row of the scheme is locked before it is
-- asked: else a change could slip in beside the transaction that registers it.

CREATE FUNCTION nuso.profile_frozen() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    registered boolean := false;
BEGIN
    IF current_setting('check_function_bodies') = 'off' THEN
        NULL;  -- a restore
    ELSIF TG_OP = 'TRUNCATE' THEN
        registered := EXISTS (SELECT FROM nuso.profile_scheme AS s WHERE s.registered_at IS NOT NULL);
    ELSIF TG_TABLE_NAME = 'profile_scheme' THEN
        registered := OLD.registered_at IS NOT NULL;
        IF registered AND TG_OP = 'UPDATE' THEN
            registered := (OLD.scheme, OLD.version, OLD.method, OLD.registered_at, OLD.max_distance,
                           OLD.threshold, OLD.model::text)
                IS DISTINCT FROM
                (NEW.scheme, NEW.version, NEW.method, NEW.registered_at, NEW.max_distance,
                 NEW.threshold, NEW.model::text);
        END IF;
    ELSE
        PERFORM FROM nuso.profile_scheme AS s
        WHERE (s.scheme, s.version) = (OLD.scheme, OLD.version)
           OR (s.scheme, s.version) = (NEW.scheme, NEW.version)
        ORDER BY s.scheme, s.version
        FOR NO KEY UPDATE;
        registered := EXISTS (
            SELECT FROM nuso.profile_scheme AS s
            WHERE s.registered_at IS NOT NULL
              AND ((s.scheme, s.version) = (OLD.scheme, OLD.version)
                   OR (s.scheme, s.version) = (NEW.scheme, NEW.version)));
        IF registered AND TG_TABLE_NAME = 'profile' AND TG_OP = 'UPDATE' THEN
            registered := (OLD.scheme, OLD.version, OLD.profile, OLD.priority, OLD.class)
                IS DISTINCT FROM
                (NEW.scheme, NEW.version, NEW.profile, NEW.priority, NEW.class);
        END IF;
    END IF;
    IF registered THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = 'profile scheme is registered and cannot be changed',
            DETAIL = 'A wave that is classified again under this version must get the same answer.',
            HINT = 'Make a new version. Of this one, status and labels may be changed.';
    END IF;
    IF TG_OP = 'TRUNCATE' THEN
        RETURN NULL;
    ELSIF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION nuso.profile_frozen() IS
'Support function: trigger that keeps a registered version as it is, but for its status and labels. Error 55000.';
CREATE TRIGGER profile_frozen BEFORE UPDATE OR DELETE ON nuso.profile_scheme
    FOR EACH ROW EXECUTE FUNCTION nuso.profile_frozen();
COMMENT ON TRIGGER profile_frozen ON nuso.profile_scheme IS 'Keeps a registered version as it is.';
CREATE TRIGGER profile_frozen_all BEFORE TRUNCATE ON nuso.profile_scheme
    FOR EACH STATEMENT EXECUTE FUNCTION nuso.profile_frozen();
COMMENT ON TRIGGER profile_frozen_all ON nuso.profile_scheme IS 'Keeps registered versions as they are.';
CREATE TRIGGER profile_frozen BEFORE INSERT OR UPDATE OR DELETE ON nuso.profile
    FOR EACH ROW EXECUTE FUNCTION nuso.profile_frozen();
COMMENT ON TRIGGER profile_frozen ON nuso.profile IS 'Keeps a registered version as it is.';
CREATE TRIGGER profile_frozen_all BEFORE TRUNCATE ON nuso.profile
    FOR EACH STATEMENT EXECUTE FUNCTION nuso.profile_frozen();
COMMENT ON TRIGGER profile_frozen_all ON nuso.profile IS 'Keeps registered versions as they are.';
CREATE TRIGGER profile_frozen BEFORE INSERT OR UPDATE OR DELETE ON nuso.profile_rule
    FOR EACH ROW EXECUTE FUNCTION nuso.profile_frozen();
COMMENT ON TRIGGER profile_frozen ON nuso.profile_rule IS 'Keeps a registered version as it is.';
CREATE TRIGGER profile_frozen_all BEFORE TRUNCATE ON nuso.profile_rule
    FOR EACH STATEMENT EXECUTE FUNCTION nuso.profile_frozen();
COMMENT ON TRIGGER profile_frozen_all ON nuso.profile_rule IS 'Keeps registered versions as they are.';
CREATE TRIGGER profile_frozen BEFORE INSERT OR UPDATE OR DELETE ON nuso.profile_prototype
    FOR EACH ROW EXECUTE FUNCTION nuso.profile_frozen();
COMMENT ON TRIGGER profile_frozen ON nuso.profile_prototype IS 'Keeps a registered version as it is.';
CREATE TRIGGER profile_frozen_all BEFORE TRUNCATE ON nuso.profile_prototype
    FOR EACH STATEMENT EXECUTE FUNCTION nuso.profile_frozen();
COMMENT ON TRIGGER profile_frozen_all ON nuso.profile_prototype IS 'Keeps registered versions as they are.';

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
