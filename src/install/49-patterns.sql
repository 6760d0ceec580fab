-- Response patterns: how often each combination of yes-or-no items was seen

--@summary patterns extended 2048

COMMENT ON TYPE nuso.patterns IS
'Summary of up to 63 yes-or-no items (bits 0 to 62 of a mask, as in nuso.factor): how many children have each pattern, which is the mask of items that were observed and the mask of those that are present. Sorted by observed, then present. 24 bytes a pattern, at most 512 MB. Text form: {"patterns": [{"observed": 7, "present": 5, "count": 3}]}.';

CREATE FUNCTION nuso.patterns_accum(nuso.patterns, present bigint) RETURNS nuso.patterns
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_patterns_accum';
COMMENT ON FUNCTION nuso.patterns_accum(nuso.patterns, bigint) IS
'Support function: counts one child, of whom every item was observed, into the state of patterns_agg.';

CREATE FUNCTION nuso.patterns_accum(nuso.patterns, present bigint, observed bigint) RETURNS nuso.patterns
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_patterns_accum';
COMMENT ON FUNCTION nuso.patterns_accum(nuso.patterns, bigint, bigint) IS
'Support function: counts one child into the state of patterns_agg.';

CREATE FUNCTION nuso.patterns_accum(nuso.patterns, present bigint, observed bigint, count bigint) RETURNS nuso.patterns
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_patterns_accum';
COMMENT ON FUNCTION nuso.patterns_accum(nuso.patterns, bigint, bigint, bigint) IS
'Support function: counts so many children with one pattern into the state of patterns_agg.';

--@aggregate patterns 2048 patterns_final patterns_agg(present bigint)
COMMENT ON AGGREGATE nuso.patterns_agg(bigint) IS
'Summary of yes-or-no items over rows: one row a child, of whom all 63 items were observed; present is the mask of those that it has. Rows where it is NULL are not counted; no rows give an empty summary. Errors: 22003 for a negative mask, 54000 for more patterns than fit into 512 MB.';

--@aggregate patterns 2048 patterns_final patterns_agg(present bigint, observed bigint)
COMMENT ON AGGREGATE nuso.patterns_agg(bigint, bigint) IS
'Summary of yes-or-no items over rows, with a mask of the items that were observed: what is present without having been observed does not count as present. A child with no item observed is counted. Rows where a mask is NULL are not; no rows give an empty summary. Errors: 22003 for a negative mask, 54000 for more patterns than fit into 512 MB.';

--@aggregate patterns 2048 patterns_final patterns_agg(present bigint, observed bigint, count bigint)
COMMENT ON AGGREGATE nuso.patterns_agg(bigint, bigint, bigint) IS
'The same over rows that stand for so many children each (frequency weights): a table that was grouped before gives the summary of its children. A count of 0 adds nothing; rows with a NULL are not counted. Errors: 22003 for a negative mask or count, or a sum out of range, 54000 for more patterns than fit into 512 MB.';

CREATE TYPE nuso.pattern_count AS (
    present bigint,
    observed bigint,
    count bigint
);
COMMENT ON TYPE nuso.pattern_count IS
'A response pattern: the mask of items that are present, the mask of those that were observed, and how many children have it.';

CREATE FUNCTION nuso.pattern_counts(p nuso.patterns) RETURNS SETOF nuso.pattern_count
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10000
AS 'MODULE_PATHNAME', 'nuso_pattern_counts';
COMMENT ON FUNCTION nuso.pattern_counts(nuso.patterns) IS
'One row a pattern, sorted by observed, then present: the items that are present, those that were observed, and how many children have this pattern. No rows for NULL and for an empty summary.';

CREATE TYPE nuso.item_count AS (
    item integer,
    n bigint,
    present bigint
);
COMMENT ON TYPE nuso.item_count IS
'An item by itself: its bit, of how many children it was observed, and how many of them have it.';

CREATE FUNCTION nuso.item_counts(p nuso.patterns) RETURNS SETOF nuso.item_count
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 63
AS 'MODULE_PATHNAME', 'nuso_item_counts';
COMMENT ON FUNCTION nuso.item_counts(nuso.patterns) IS
'One row an item, 0 to 62: of how many children it was observed, and how many of them have it. No rows for NULL and for an empty summary.';

CREATE FUNCTION nuso.select_items(p nuso.patterns, items bigint) RETURNS nuso.patterns
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_select_items';
COMMENT ON FUNCTION nuso.select_items(nuso.patterns, bigint) IS
'The same children, as if only the items of this mask had been observed: patterns that do not differ any more are added up. Bits keep their places. NULL if either is NULL. Error 22003 for a negative mask.';
