-- Families of p-values

CREATE FUNCTION nuso.p_adjust(
    p double precision,
    method text DEFAULT 'holm'
) RETURNS double precision
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_p_adjust';
COMMENT ON FUNCTION nuso.p_adjust(double precision, text) IS
'Window function: the p-value of the row, from 0 to 1, adjusted for the number of tests in its partition. Methods: holm (default; 1979), hochberg (1988), bh (Benjamini and Hochberg 1995), by (Benjamini and Yekutieli 2001), bonferroni. The whole partition is the family, whatever the order or the frame of the window. NULL is a test that was not made: it does not count and stays NULL. Equal p-values become equal ones. Errors: 22023 for a p outside of 0 to 1, an unknown method, or a method that is NULL or differs within a partition; 54000 for more than 134 million rows in a partition.';
