-- Tables of counts by two keys

--@summary crosstab extended 1024

COMMENT ON TYPE nuso.crosstab IS
'Summary of two keys: how many children have each pair of labels. Rows and columns without any child are left out; labels are sorted by value if all are numbers, else by their bytes. At most 1,048,576 cells and 16 MB of labels. Text form: {"rows": 2, "columns": 1, "column_labels": [{"label": "yes"}], "table": [{"label": "girl", "counts": [7]}, {"label": "boy", "counts": [1]}]}.';

--@crosstab text text

--@crosstab text integer

--@crosstab text boolean

--@crosstab integer text

--@crosstab integer integer

--@crosstab integer boolean

--@crosstab boolean text

--@crosstab boolean integer

--@crosstab boolean boolean

CREATE FUNCTION nuso.crosstab_accum(nuso.crosstab, label text, p nuso.proportion) RETURNS nuso.crosstab
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_crosstab_proportion_accum';
COMMENT ON FUNCTION nuso.crosstab_accum(nuso.crosstab, text, nuso.proportion) IS
'Support function: counts the children of a proportion into the state of crosstab_agg.';

--@aggregate crosstab 1024 crosstab_final crosstab_agg(label text, p nuso.proportion)
COMMENT ON AGGREGATE nuso.crosstab_agg(text, nuso.proportion) IS
'Table of labelled proportions: one row a label, columns false and true (the event). Rows with a NULL are not counted, those with the same label are added up.';

CREATE FUNCTION nuso.crosstab_accum(nuso.crosstab, label text, d nuso.distribution) RETURNS nuso.crosstab
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_crosstab_distribution_accum';
COMMENT ON FUNCTION nuso.crosstab_accum(nuso.crosstab, text, nuso.distribution) IS
'Support function: counts the children of a distribution into the state of crosstab_agg.';

--@aggregate crosstab 1024 crosstab_final crosstab_agg(label text, d nuso.distribution)
COMMENT ON AGGREGATE nuso.crosstab_agg(text, nuso.distribution) IS
'Table of labelled distributions: one row a label, one column a value. Rows with a NULL are not counted, those with the same label are added up. Error 54000 for a table that is too large.';

CREATE FUNCTION nuso.make_crosstab(counts bigint[], row_labels text[] DEFAULT NULL, col_labels text[] DEFAULT NULL) RETURNS nuso.crosstab
LANGUAGE C IMMUTABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'nuso_make_crosstab';
COMMENT ON FUNCTION nuso.make_crosstab(bigint[], text[], text[]) IS
'A table from counts that somebody else made, one inner array a row: make_crosstab(ARRAY[[7, 27], [1, 33]]). Labels are 1, 2, 3, ... unless given. Rows and columns without any child are left out. NULL if the counts are NULL. Errors: 2202E if the counts are not a two-dimensional array without NULLs, 22003 for a negative count, 22023 if the labels do not fit, 54000 for a table that is too large.';
