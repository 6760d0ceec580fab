-- Why a child has its profile

CREATE FUNCTION nuso.prototype_distance(
    prototype bigint, counted bigint, present bigint, observed bigint
) RETURNS double precision
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_prototype_distance';
COMMENT ON FUNCTION nuso.prototype_distance(bigint, bigint, bigint, bigint) IS
'The share, of the counted factors that were observed, in which a child differs from a prototype: 0 in none, 1 in all. NULL where no counted factor was observed, and for a NULL argument. Error 22003 for a negative mask.';

CREATE FUNCTION nuso.lca_contributions(
    model nuso.lca_model, present bigint, observed bigint DEFAULT 9223372036854775807
) RETURNS TABLE (
    class integer,
    item integer,
    present boolean,
    contribution double precision,
    decisive boolean,
    supports boolean
)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 500
AS 'MODULE_PATHNAME', 'nuso_lca_contributions';
COMMENT ON FUNCTION nuso.lca_contributions(nuso.lca_model, bigint, bigint) IS
'What each observed item weighs for and against each class: the logarithm of the probability of the child''s answer in the class, minus that of its probability in all other classes, averaged by their shares. Positive: supports the class. decisive: the answer has probability 0 in this class or in all others, so that the weight is beyond any number and contribution is NULL. No rows for an item that was not observed, of this child or when the model was fitted, or whose answer has probability 0 everywhere, nor for a model of one class or without a fit. Contributions do not add up to the log-odds of the posterior probability. Errors: 22003 for a negative mask, 22023 for an item that is present beyond the model''s.';

-- What both explanations begin with: the profiles of a scheme, and of the child
-- what counts.  A model weighs its own items; factors beyond them are none of
-- its business.

CREATE FUNCTION nuso.profile_candidates(
    scheme text, present bigint, observed bigint
) RETURNS TABLE (
    scheme_name text,
    version integer,
    method text,
    threshold double precision,
    max_distance double precision,
    model nuso.lca_model,
    profile text,
    priority integer,
    class integer,
    known bigint,
    absent bigint,
    is_result boolean
)
LANGUAGE SQL STABLE STRICT PARALLEL SAFE ROWS 20
BEGIN ATOMIC
    SELECT s.scheme, s.version, s.method, s.threshold, s.max_distance, s.model,
        p.profile, p.priority, p.class, child.known, child.absent,
        p.profile = nuso.classify(profile_candidates.scheme, child.known, child.known | child.absent)
    FROM nuso.resolve_scheme(profile_candidates.scheme) AS n
    JOIN nuso.profile_scheme AS s ON s.scheme = n.scheme AND s.version = n.version
    JOIN nuso.profile AS p ON p.scheme = s.scheme AND p.version = s.version
    CROSS JOIN LATERAL (
        SELECT profile_candidates.observed
            & CASE WHEN s.model IS NULL THEN 9223372036854775807
              ELSE 9223372036854775807 >> 63 - (nuso.lca_fit_stats(s.model)).items END
    ) AS looked_at (factors)
    CROSS JOIN LATERAL (
        SELECT profile_candidates.present & looked_at.factors,
            looked_at.factors & ~profile_candidates.present
    ) AS child (known, absent);
END;
COMMENT ON FUNCTION nuso.profile_candidates(text, bigint, bigint) IS
'Support function: the profiles of a scheme with the settings that decide between them, the factors of a child that are present and that are absent (of a model, among its items), and whether the profile is the one that classify returns. No rows if an argument is NULL. Errors as classify.';

CREATE FUNCTION nuso.explain_factors(
    scheme text,
    present bigint,
    observed bigint DEFAULT 9223372036854775807,
    all_profiles boolean DEFAULT false
) RETURNS TABLE (
    profile text,
    priority integer,
    is_result boolean,
    factor text,
    is_present boolean,
    supports boolean,
    decisive boolean,
    contribution double precision
)
LANGUAGE SQL STABLE STRICT PARALLEL SAFE ROWS 50
BEGIN ATOMIC
    SELECT p.profile, p.priority, p.is_result, f.factor,
        CASE WHEN (p.known | p.absent) >> f.bit & 1 = 1 THEN p.known >> f.bit & 1 = 1 END,
        w.supports, w.decisive, w.contribution
    FROM nuso.profile_candidates(explain_factors.scheme, explain_factors.present,
                                 explain_factors.observed) AS p
    CROSS JOIN LATERAL (
        SELECT m.bit, bool_and(m.supports) AS supports, bool_or(m.decisive) AS decisive,
            NULL::double precision AS contribution
        FROM (
            SELECT c.bit,
                CASE WHEN r.none_of >> c.bit & 1 = 1 THEN p.absent >> c.bit & 1 = 1
                     WHEN p.known >> c.bit & 1 = 1 THEN true
                     WHEN r.all_of >> c.bit & 1 = 1 THEN false END AS supports,
                (r.none_of & ~p.absent | r.all_of & ~p.known) >> c.bit & 1 = 1 AS decisive
            FROM nuso.profile_rule AS r
            JOIN nuso.factor AS c
                ON (r.all_of | r.any_of | r.none_of | r.at_least_of) >> c.bit & 1 = 1
            WHERE p.method = 'rules' AND r.scheme = p.scheme_name AND r.version = p.version
              AND r.profile = p.profile
        ) AS m
        GROUP BY m.bit
        UNION ALL
        SELECT c.bit, (t.present # p.known) >> c.bit & 1 = 0, false,
            0 - ((t.present # p.known) >> c.bit & 1)::double precision / count(*) OVER ()
        FROM nuso.profile_prototype AS t
        JOIN nuso.factor AS c ON (t.counted & (p.known | p.absent)) >> c.bit & 1 = 1
        WHERE p.method = 'prototypes' AND t.scheme = p.scheme_name AND t.version = p.version
          AND t.profile = p.profile
        UNION ALL
        SELECT c.item, c.supports, c.decisive, c.contribution
        FROM nuso.lca_contributions(p.model, p.known, p.known | p.absent) AS c
        WHERE c.class = p.class
    ) AS w
    JOIN nuso.factor AS f ON f.bit = w.bit
    WHERE explain_factors.all_profiles OR p.is_result
    ORDER BY p.priority, w.decisive DESC, abs(w.contribution) DESC, f.bit;
END;
COMMENT ON FUNCTION nuso.explain_factors(text, bigint, bigint, boolean) IS
'The factors that speak for and against the child''s profile, or all profiles: is_present in the child (NULL: not observed), supports the profile (NULL: neither), decisive: this factor alone rules the profile out, or in a model all others. contribution: for a model the weight in log-odds against the average of the other classes (see lca_contributions; NULL where it is beyond any number), for prototypes the part of the distance, negative where the child differs, for rules NULL. The heaviest factors first. No rows where the child is unclassified, unless all_profiles is true, nor if an argument is NULL. Errors as classify.';

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
    contradicting text,
    posterior double precision,
    distance double precision
)
LANGUAGE SQL STABLE STRICT PARALLEL SAFE ROWS 20
BEGIN ATOMIC
    SELECT p.profile, p.priority, w.rule, w.matches, p.is_result,
        w.supporting, w.missing, w.contradicting, w.posterior, w.distance
    FROM nuso.profile_candidates(explain_profile.scheme, explain_profile.present,
                                 explain_profile.observed) AS p
    CROSS JOIN LATERAL (
        SELECT r.rule,
            nuso.rule_matches(r.all_of, r.any_of, r.none_of, r.at_least, r.at_least_of,
                              p.known, p.known | p.absent) AS matches,
            nuso.factor_names((r.all_of | r.any_of | r.at_least_of) & p.known) AS supporting,
            nuso.factor_names(r.all_of & ~p.known) AS missing,
            nuso.factor_names(r.none_of & ~p.absent) AS contradicting,
            NULL::double precision AS posterior, NULL::double precision AS distance
        FROM nuso.profile_rule AS r
        WHERE p.method = 'rules' AND r.scheme = p.scheme_name AND r.version = p.version
          AND r.profile = p.profile
        UNION ALL
        SELECT NULL, d.distance <= coalesce(p.max_distance, 1),
            nuso.factor_names(t.present & p.known),
            nuso.factor_names(t.present & p.absent),
            nuso.factor_names(t.counted & ~t.present & p.known),
            NULL, d.distance
        FROM nuso.profile_prototype AS t
        CROSS JOIN LATERAL (
            SELECT nuso.prototype_distance(t.present, t.counted, p.known,
                                           p.known | p.absent)) AS d (distance)
        WHERE p.method = 'prototypes' AND t.scheme = p.scheme_name AND t.version = p.version
          AND t.profile = p.profile
        UNION ALL
        SELECT NULL, m.posterior >= coalesce(p.threshold, 0), c.supporting, NULL, c.contradicting,
            m.posterior, NULL
        FROM (
            SELECT (nuso.lca_posterior(p.model, p.known, p.known | p.absent))[p.class]
        ) AS m (posterior)
        CROSS JOIN LATERAL (
            SELECT string_agg(o.words, ', ' ORDER BY o.place) FILTER (WHERE o.supports),
                string_agg(o.words, ', ' ORDER BY o.place) FILTER (WHERE NOT o.supports)
            FROM (
                SELECT l.supports,
                    CASE WHEN l.present THEN '' ELSE 'not ' END || f.factor || ' ('
                    || CASE WHEN l.decisive THEN 'decisive'
                       ELSE to_char(l.contribution, 'FMSG990.00') END || ')' AS words,
                    row_number() OVER (
                        PARTITION BY l.supports
                        ORDER BY l.decisive DESC, abs(l.contribution) DESC, f.bit) AS place
                FROM nuso.lca_contributions(p.model, p.known, p.known | p.absent) AS l
                JOIN nuso.factor AS f ON f.bit = l.item
                WHERE l.class = p.class AND (l.decisive OR abs(l.contribution) >= 0.005)
            ) AS o
            WHERE o.place <= 5
        ) AS c (supporting, contradicting)
        WHERE p.method = 'model' AND p.class IS NOT NULL
    ) AS w
    ORDER BY p.priority, w.rule;
END;
COMMENT ON FUNCTION nuso.explain_profile(text, bigint, bigint) IS
'Why the child has its profile and not another. Rules: every rule in the order in which profiles are tried; supporting: factors it asks for that are present; missing: factors that must all be present but are not, or were not observed; contradicting: factors that must be absent but are present or were not observed. Prototypes: a row a profile with its distance; supporting: factors that child and prototype share, missing: those only the prototype has, contradicting: those only the child has. Model: a row a class with its posterior probability; supporting and contradicting: the five factors that weigh most for and against it, with their weight in log-odds (see lca_contributions), "not" before a factor that is absent; weights below 0.005 are left out. matches: does the rule match, is the distance or posterior probability within the scheme''s limit? is_result: is this the profile that classify returns? NULL where there is nothing to say. No rows if an argument is NULL. Errors as classify.';
