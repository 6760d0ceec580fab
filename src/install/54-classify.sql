-- Classification by a scheme, and what a mask of factors says

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
