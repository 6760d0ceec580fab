-- Which of several groups differ from which?

CREATE FUNCTION nuso.pairwise(
    counts nuso.crosstab,
    event text DEFAULT 'true',
    conf_level double precision DEFAULT 0.95
) RETURNS SETOF nuso.pair_comparison
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 100
AS 'MODULE_PATHNAME', 'nuso_pairwise';
COMMENT ON FUNCTION nuso.pairwise(nuso.crosstab, text, double precision) IS
'Compares the rows of a table in pairs: the share of the column event among all columns, the difference with Newcombe''s interval of that pair alone, z of the pooled share, its two-sided p-value, and that adjusted by Holm (1979) over all pairs of the table. One row a pair, in the order of the labels. A column that does not occur means that nobody has the event. Nobody or everybody of both groups has it: no p-value, status zero_margin. No row if an argument is NULL. Errors: 22023 for a level not strictly between 0 and 1, 54000 for more than 2000 groups.';

CREATE FUNCTION nuso.letters(
    counts nuso.crosstab,
    event text DEFAULT 'true',
    conf_level double precision DEFAULT 0.95
) RETURNS SETOF nuso.lettered_group
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20
AS 'MODULE_PATHNAME', 'nuso_letters';
COMMENT ON FUNCTION nuso.letters(nuso.crosstab, text, double precision) IS
'The rows of a table with the share of the column event, its Wilson interval, and letters: groups that share a letter cannot be told apart, groups that share none differ (p adjusted by Holm over all pairs below 1 - conf_level). a is the letter of the highest shares; a to z, then A to Z (Piepho 2004). One row a group, in the order of the labels. More than 52 letters needed: letters NULL, status not_converged. No row if an argument is NULL. Errors: 22023 for a level not strictly between 0 and 1, 54000 for more than 2000 groups.';
