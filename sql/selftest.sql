-- published results, computed again
SET extra_float_digits = -9;
SELECT * FROM nuso.selftest() WHERE passed IS NOT TRUE;
SELECT count(*) > 100 AS enough FROM nuso.selftest();
-- a row says where it comes from and how to repeat it
\x on
SELECT * FROM nuso.selftest() WHERE method = 'mcnemar_test exact' AND expected = 0.146;
SELECT nuso.mcnemar_test(nuso.make_paired_proportion(bigint '4', bigint '9', bigint '3', bigint '16'), 'exact');
