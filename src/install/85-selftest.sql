-- What publications print, and what this installation computes

CREATE FUNCTION nuso.selftest()
RETURNS TABLE (
    method text,
    source text,
    input text,
    quantity text,
    expected double precision,
    got double precision,
    relative_error double precision,
    tolerance double precision,
    passed boolean
)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT r.*, coalesce(r.relative_error <= r.tolerance, false)
    FROM (
        SELECT p.method, p.source, p.input, p.quantity, p.expected, p.got,
            abs(p.got - p.expected) / CASE WHEN p.expected = 0 THEN 1 ELSE abs(p.expected) END
                AS relative_error,
            p.tolerance
        FROM (VALUES
--@selftest src/selftest/changes.tsv src/selftest/clusters.tsv src/selftest/curves.tsv src/selftest/groups.tsv src/selftest/lca.tsv src/selftest/means.tsv src/selftest/models.tsv src/selftest/proportions.tsv src/selftest/ranks.tsv src/selftest/tables.tsv
        ) AS p (method, source, input, quantity, expected, got, tolerance)
    ) AS r;
END;
COMMENT ON FUNCTION nuso.selftest() IS
'Recomputes published results on this installation, a row a number: method, source (the publication), input (the call, which can be repeated), quantity (the column of its result), expected (as printed), got, relative_error (absolute where 0 is expected), tolerance (half a unit of the last digit that is printed, relative; 1e-9 where a whole number is exact), passed. Every row passes on a sound installation.';
