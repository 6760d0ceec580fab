-- the page that researchers copy from, on real figures; each number was checked
-- against R
\i demo/england.sql
