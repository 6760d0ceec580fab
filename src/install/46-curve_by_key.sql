-- Age curves of many units in one summary

--@summary age_curve_by_key extended 524288

COMMENT ON TYPE nuso.age_curve_by_key IS
'Summary of three facts of a child by age for each of many units: key -> age curve, sorted by key. Text form: {"keys": [{"key": 7, "n_outside": 0, "n_incomplete": 0, "ages": [{"age": 7, "none": 2, "identified": 3}]}]}, after the key as in an age_curve.';

CREATE FUNCTION nuso.age_curve_by_key_accum(
    nuso.age_curve_by_key, key integer, age integer, identified boolean, assessed boolean, decided boolean
) RETURNS nuso.age_curve_by_key
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_age_curve_by_key_accum';
COMMENT ON FUNCTION nuso.age_curve_by_key_accum(nuso.age_curve_by_key, integer, integer, boolean, boolean, boolean) IS
'Support function: counts one child into the state of age_curve_by_key_agg.';

--@aggregate age_curve_by_key 524288 age_curve_by_key_final age_curve_by_key_agg(key integer, age integer, identified boolean, assessed boolean, decided boolean)
COMMENT ON AGGREGATE nuso.age_curve_by_key_agg(integer, integer, boolean, boolean, boolean) IS
'Age curve for each key (a unit), in one pass that needs no GROUP BY: by_key spreads it. Every row with a key is counted once in the curve of its key, as age_curve_agg does it; rows whose key is NULL are not counted. No rows give an empty summary. Error 54000 for more than 196608 keys, whose state would not fit into 512 MB.';

CREATE TYPE nuso.keyed_age_curve AS (
    key integer,
    summary nuso.age_curve
);
COMMENT ON TYPE nuso.keyed_age_curve IS
'A key (a unit) and the age curve of its children.';

CREATE FUNCTION nuso.by_key(summary nuso.age_curve_by_key) RETURNS SETOF nuso.keyed_age_curve
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 290
AS 'MODULE_PATHNAME', 'nuso_age_curve_by_key';
COMMENT ON FUNCTION nuso.by_key(nuso.age_curve_by_key) IS
'One row a key, in their order: the key and its age curve, the same as GROUP BY key and age_curve_agg would give. No rows for NULL and for an empty summary.';
