/*
 * factorial.c - factorials of real numbers, in the parts that probabilities
 * are made of.
 *
 * Method: Stirling's series, whose error is looked up for small counts and
 * else found by shifting the argument up, one exact step at a time; near one,
 * the Taylor series of log Gamma.
 * libm's lgamma is of no use here: it loses what the large parts of several
 * factorials have in common, and it writes a global variable.
 *
 *   DLMF 5.7.3, 5.11.1.  https://dlmf.nist.gov/5
 *
 * Not-a-number policy: arguments are positive, or zero where said; the
 * distributions see to that.
 *
 * Accuracy: absolute error of 2e-15 in nk_log_excess; that of the others is
 * within 6e-15 of the result or of a, whichever is larger.
 * test/unit/test_factorial.c
 */
#include "dist.h"

#define HALF_LOG_2_PI 0.91893853320467274178

/*
 * excess_step - how much Stirling's error falls from n to n + 1
 *
 * (n + 1/2) log(1 + 1/n) - 1 by the series in 1 / (2 n + 1), whose terms are
 * all positive; below one the plain formula does not cancel.
 */
static double
excess_step(double n)
{
	double		w = 1 / (2 * n + 1);
	double		power = w * w;
	double		sum = 0;

	if (n < 1)
		return (n + 0.5) * log1p(1 / n) - 1;
	for (int j = 3; power > 1e-18; j += 2, power *= w * w)
		sum += power / j;
	return sum;
}

/* Stirling's series in 1 / n, 1 / n^3, ...: from 15 on the sixth term is 2e-16 */
static const double stirling[] = {
	1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188,
	-691.0 / 360360, 1.0 / 156
};

#define STIRLING_TERMS 7
#define STIRLING_START 15

/*
 * stirling_error - log of Gamma(n + 1) over sqrt(2 pi n) (n / e)^n
 *
 * Small arguments are shifted up, but for whole numbers, which are counts and
 * make up most of the work.
 */
static double
stirling_error(double n)
{
	static const double of_count[STIRLING_START] = {
		INFINITY, 0.0810614667953272582197, 0.0413406959554092940938,
		0.0276779256849983391488, 0.0207906721037650931115,
		0.0166446911898211921632, 0.0138761288230707479987,
		0.0118967099458917700951, 0.0104112652619720964975,
		0.00925546218271273291773, 0.00833056343336287125647,
		0.00757367548795184079497, 0.00694284010720952986566,
		0.00640899418800420706844, 0.00595137011275884773562
	};
	double		shifted = n;
	double		error = 0;
	double		series = 0;
	double		inverse;

	if (n < STIRLING_START && n == floor(n))
		return of_count[(int) n];
	for (; shifted < STIRLING_START; shifted++)
		error += excess_step(shifted);
	inverse = 1 / (shifted * shifted);
	for (int i = STIRLING_TERMS - 1; i >= 0; i--)
		series = series * inverse + stirling[i];
	return error + series / shifted;
}

/*
 * nk_log_excess - log of Gamma(n + 1) over (n / e)^n
 *
 * It stands in exponents, so that only its absolute error counts.
 */
double
nk_log_excess(double n)
{
	if (n < 1e-20)
		return 0;
	return stirling_error(n) + (HALF_LOG_2_PI + log(n) / 2);
}

/*
 * nk_log_gamma_rise - log of Gamma(n + a) over Gamma(n)
 *
 * for a in (0, 1), exact relative to a rather than to the two gammas: small
 * arguments are shifted up, and each part is a change by a.
 */
double
nk_log_gamma_rise(double n, double a)
{
	double		rise = 0;
	double		log_growth;
	double		power;

	for (; n < STIRLING_START; n++)
		rise -= log1p(a / n);
	log_growth = log1p(a / n);
	power = 1 / n;
	for (int i = 0; i < STIRLING_TERMS; i++, power /= n * n)
		rise += stirling[i] * power * expm1(-(2 * i + 1) * log_growth);
	return rise + a * log(n + a) + (n * log_growth - a) - log_growth / 2;
}

/*
 * nk_log_gamma_1p - log of Gamma(1 + a) for a in (0, 1), exact relative to a
 *
 * -log(1 + a) + (1 - gamma) a + sum of (zeta(k) - 1) (-a)^k / k, DLMF 5.7.3.
 */
double
nk_log_gamma_1p(double a)
{
	static const double series[] = {
		0.42278433509846713939, 0.32246703342411321824,
		-0.067352301053198095133, 0.020580808427784547879,
		-0.0073855510286739852663, 0.0028905103307415232858,
		-0.0011927539117032609771, 5.0966952474304242234e-4,
		-2.2315475845357937976e-4, 9.9457512781808533715e-5,
		-4.49262367381331417e-5, 2.0507212775670691553e-5,
		-9.439488275268395904e-6, 4.3748667899074878042e-6,
		-2.0392157538013662368e-6, 9.5514121304074198329e-7,
		-4.4924691987645660433e-7, 2.1207184805554665869e-7,
		-1.0043224823968099609e-7, 4.7698101693639805658e-8,
		-2.271109460894316491e-8, 1.0838659214896954091e-8,
		-5.1834750419700466551e-9, 2.4836745438024783172e-9
	};
	double		sum = 0;

	if (a > 0.5)
		return log(tgamma(1 + a));
	for (int k = 23; k >= 0; k--)
		sum = (sum + series[k]) * a;
	return sum - log1p(a);
}
