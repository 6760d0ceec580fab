/*
 * test_result.c - critical values and p-values, against 40-digit arithmetic
 */
#include "unit.h"

#include "result.h"

static void
test_critical_values(void)
{
	static const double bad[] = {0, 1, -0.5, 1.5, NAN, INFINITY, -INFINITY};
	double		x;

	/* alpha is exactly 1 - the double */
	CHECK(nk_critical_value(0.95, &x) == NK_OK);
	CHECK_CLOSE(x, 1.959963984540053854752, 1e-15);
	CHECK(nk_critical_value(0.5, &x) == NK_OK);
	CHECK_CLOSE(x, 0.6744897501960817432022, 1e-15);
	CHECK(nk_critical_value(1e-300, &x) == NK_OK);
	CHECK(fabs(x) < 1e-16);
	CHECK(nk_critical_value(1 - 0x1p-53, &x) == NK_OK);
	CHECK_CLOSE(x, 8.292361075813595538235, 1e-14);

	CHECK(nk_t_critical_value(0.95, 5, &x) == NK_OK);
	CHECK_CLOSE(x, 2.570581835636314782789, 1e-14);
	CHECK(nk_t_critical_value(0.95, 1.5, &x) == NK_OK);
	CHECK_CLOSE(x, 6.016663104427928254617, 1e-14);
	CHECK(nk_t_critical_value(0.99, 289, &x) == NK_OK);
	CHECK_CLOSE(x, 2.592947862768041043079, 1e-14);
	CHECK(nk_t_critical_value(0.1, 7, &x) == NK_OK);
	CHECK_CLOSE(x, 0.1302927965917773947089, 1e-14);
	CHECK(nk_t_critical_value(1e-20, 3, &x) == NK_OK);
	CHECK_CLOSE(x, 1.360349523175663313335e-20, 1e-14);

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
	{
		CHECK(nk_critical_value(bad[i], &x) == NK_BAD_CONF_LEVEL);
		CHECK(nk_t_critical_value(bad[i], 5, &x) == NK_BAD_CONF_LEVEL);
	}
}

static void
test_p_values(void)
{
	NkTestResult test;

	/* both signs of z and t have the same p */
	test = nk_z_result(-12.25);
	CHECK_CLOSE(test.p_value, 1.679959212726683531784e-34, 1e-13);
	CHECK(test.statistic == -12.25 && isnan(test.df) && isnan(test.df2));
	CHECK(nk_z_result(12.25).p_value == test.p_value);
	CHECK(nk_z_result(0).p_value == 1);

	test = nk_t_result(-12.25, 4.5);
	CHECK_CLOSE(test.p_value, 0.0001259120099712504325443, 1e-13);
	CHECK(test.df == 4.5 && isnan(test.df2));
	CHECK(nk_t_result(12.25, 4.5).p_value == test.p_value);

	test = nk_f_result(7.5, 3, 11.5);
	CHECK_CLOSE(test.p_value, 0.004765287592497424805762, 1e-13);
	CHECK(test.df == 3 && test.df2 == 11.5);

	test = nk_chisq_result(40, 9);
	CHECK_CLOSE(test.p_value, 0.000007598525229464275982315, 1e-13);
	CHECK(test.df == 9 && isnan(test.df2));
}

int
main(void)
{
	test_critical_values();
	test_p_values();
	return unit_report();
}
