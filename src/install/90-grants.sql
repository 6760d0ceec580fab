-- Who may do what
--
-- Functions and types are for everybody; the tables of profiles may be read by
-- everybody, and written by who installed the extension.

GRANT USAGE ON SCHEMA nuso TO PUBLIC;
GRANT SELECT ON nuso.factor, nuso.profile_scheme, nuso.profile, nuso.profile_rule,
    nuso.profile_prototype TO PUBLIC;
