-- Proportions of many units in one summary

--@summary proportion_by_key extended 8192

COMMENT ON TYPE nuso.proportion_by_key IS
'Summary of a proportion for each of many units: key -> children, and how many of them have the fact, sorted by key. Text form: {"keys": [{"key": 7, "n": 20, "events": 5}]}.';

CREATE FUNCTION nuso.proportion_by_key_accum(nuso.proportion_by_key, key integer, event boolean) RETURNS nuso.proportion_by_key
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_proportion_by_key_accum';
COMMENT ON FUNCTION nuso.proportion_by_key_accum(nuso.proportion_by_key, integer, boolean) IS
'Support function: counts one child into the state of proportion_by_key_agg.';

--@aggregate proportion_by_key 8192 proportion_by_key_final proportion_by_key_agg(key integer, event boolean)
COMMENT ON AGGREGATE nuso.proportion_by_key_agg(integer, boolean) IS
'Summary of a yes/no fact for each key (a unit), in one pass that needs no GROUP BY: by_key spreads it. Rows where the key or the fact is NULL are not counted; no rows give an empty summary. Error 54000 for more keys than fit into 512 MB.';

CREATE TYPE nuso.keyed_proportion AS (
    key integer,
    summary nuso.proportion
);
COMMENT ON TYPE nuso.keyed_proportion IS
'A key (a unit) and the proportion of its children.';

CREATE FUNCTION nuso.by_key(summary nuso.proportion_by_key) RETURNS SETOF nuso.keyed_proportion
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 290
AS 'MODULE_PATHNAME', 'nuso_by_key';
COMMENT ON FUNCTION nuso.by_key(nuso.proportion_by_key) IS
'One row a key, in their order: the key and its proportion, the same as GROUP BY key and proportion_agg would give. No rows for NULL and for an empty summary.';
