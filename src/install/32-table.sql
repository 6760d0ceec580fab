-- What is asked of a table of counts

CREATE TYPE nuso.table_test AS (
    statistic double precision,
    df double precision,
    df2 double precision,
    p_value double precision,
    method text,
    status text,
    n bigint,
    smallest_expected double precision,
    share_below_5 double precision
);
COMMENT ON TYPE nuso.table_test IS
'A test of a table: the columns of test_result, the number of children, the smallest count that independence expects of a cell, and the share of the cells (0 to 1) that expect fewer than 5. status too_few: the smallest is below 1 or more than a fifth of the cells below 5 (Cochran 1954); the p-value is given, but fisher_test is the better one.';

CREATE FUNCTION nuso.chisq_test(t nuso.crosstab) RETURNS nuso.table_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_chisq_test';
COMMENT ON FUNCTION nuso.chisq_test(nuso.crosstab) IS
'Pearson''s chi-square test (1900) that rows and columns are independent, without correction, on (rows - 1)(columns - 1) degrees of freedom; method pearson. NULLs with status empty without children, zero_margin with children in one row or one column only; too_few where the chi-square distribution is a poor guide. NULL for NULL.';

CREATE FUNCTION nuso.g_test(t nuso.crosstab) RETURNS nuso.table_test
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_g_test';
COMMENT ON FUNCTION nuso.g_test(nuso.crosstab) IS
'Likelihood ratio test (G, Wilks 1935) that rows and columns are independent; method likelihood-ratio. G of parts of a table adds up, which chi-square does not. Degrees of freedom and status as chisq_test. NULL for NULL.';

CREATE TYPE nuso.association_estimate AS (
    estimate double precision,
    lower double precision,
    upper double precision,
    conf_level double precision,
    method text,
    status text,
    bias_corrected double precision
);
COMMENT ON TYPE nuso.association_estimate IS
'Strength of an association: the columns of interval_estimate, and the estimate without the part that chance alone puts into it. From 0 (none) to 1 (complete).';

CREATE FUNCTION nuso.cramers_v(
    t nuso.crosstab,
    conf_level double precision DEFAULT 0.95
) RETURNS nuso.association_estimate
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_cramers_v';
COMMENT ON FUNCTION nuso.cramers_v(nuso.crosstab, double precision) IS
'Cramer''s V (1946), from 0 to 1: the root of chi-square over its largest possible value; bias_corrected after Bergsma (2013), NULL where each row or column has one child. Bounds by noncentral chi-square (Steiger 2004): both are 0 where the table is closer to independence than chance mostly brings about. status as chisq_test. NULL if an argument is NULL. Error 22023 for a level not strictly between 0 and 1.';

CREATE TYPE nuso.fisher_result AS (
    statistic double precision,
    df double precision,
    df2 double precision,
    p_value double precision,
    method text,
    status text,
    p_lower double precision,
    p_upper double precision,
    replicates integer
);
COMMENT ON TYPE nuso.fisher_result IS
'An exact test of a table: the columns of test_result (statistic and df are NULL), then the 95 percent interval of the exact p-value that so many random tables leave (Clopper and Pearson). Exact methods: both bounds are the p-value, and replicates is 0.';

CREATE FUNCTION nuso.fisher_test(
    t nuso.crosstab,
    replicates integer DEFAULT 9999,
    seed bigint DEFAULT 1
) RETURNS nuso.fisher_result
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_fisher_test';
COMMENT ON FUNCTION nuso.fisher_test(nuso.crosstab, integer, bigint) IS
'Exact test that rows and columns are independent, given all totals: the probability of the tables that are no more probable than this one. Methods: fisher (2 x 2), freeman-halton (exact, where it takes milliseconds; Freeman and Halton 1951), monte-carlo (random tables after Patefield 1981; the same for the same seed). Fewer replicates than asked for run where the table is so large that they would take minutes. status empty without children, zero_margin with children in one row or column only, not_converged beyond 2^53 children. NULL if an argument is NULL. Error 22023 for fewer than 1 replicate.';

CREATE FUNCTION nuso.linear_trend_test(
    t nuso.crosstab,
    row_order text[] DEFAULT NULL,
    col_order text[] DEFAULT NULL
) RETURNS nuso.test_result
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_linear_trend_test';
COMMENT ON FUNCTION nuso.linear_trend_test(nuso.crosstab, text[], text[]) IS
'Linear-by-linear association (Mantel 1963): do children with a higher row have a higher, or a lower, column? (n - 1) times the squared correlation of the scores, chi-square on 1 degree of freedom; method linear-by-linear. Scores are the labels where all of them are numbers, else 1, 2, 3, ... in the order of the labels, which is that of their bytes; row_order and col_order list the labels from low to high instead, and children with other labels are left out. status empty, zero_margin, no_variation where all children have the same score. NULL if the table is NULL. Error 22023 for an order that is no list of labels.';

CREATE TYPE nuso.table_cell AS (
    row_label text,
    col_label text,
    observed bigint,
    expected double precision,
    std_residual double precision,
    adj_residual double precision,
    p_value double precision,
    p_adjusted double precision
);
COMMENT ON TYPE nuso.table_cell IS
'One cell of a table: children observed and expected under independence, standardised residual (what the cell adds to chi-square, with sign), adjusted residual (standard normal under independence), its two-sided p-value, and the same adjusted by Holm for all cells of the table.';

CREATE FUNCTION nuso.cells(t nuso.crosstab) RETURNS SETOF nuso.table_cell
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 12
AS 'MODULE_PATHNAME', 'nuso_cells';
COMMENT ON FUNCTION nuso.cells(nuso.crosstab) IS
'Which cells differ from independence? One row a cell, row by row, with residuals (Haberman 1973) and p-values adjusted by Holm within the table. Adjusted residual and p-values are NULL where the table has one row or one column. No rows for an empty table or NULL. R calls std_residual residuals and adj_residual stdres.';

CREATE TYPE nuso.row_share AS (
    row_label text,
    col_label text,
    n bigint,
    count bigint,
    estimate double precision,
    lower double precision,
    upper double precision,
    status text
);
COMMENT ON TYPE nuso.row_share IS
'One column''s share (0 to 1) of the n children of a row, with bounds that hold for all columns of the row at once.';

CREATE FUNCTION nuso.composition(
    t nuso.crosstab,
    conf_level double precision DEFAULT 0.95
) RETURNS SETOF nuso.row_share
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 12
AS 'MODULE_PATHNAME', 'nuso_composition';
COMMENT ON FUNCTION nuso.composition(nuso.crosstab, double precision) IS
'How the children of each row divide over the columns: shares with simultaneous intervals (Goodman 1965), which all hold together within a row with at least the given level. A table with one column has shares of 1 without bounds, status zero_margin. No rows for an empty table or if an argument is NULL. Error 22023 for a level not strictly between 0 and 1.';
