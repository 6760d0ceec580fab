#!/usr/bin/env python3
"""Reference values for means: exact moments, tests, standardised differences.

    python3 test/reference/means.py [FILE ...]                (three minutes)

writes moments.tsv, noncentral_t.tsv, mean_interval.tsv, mean_comparison.tsv
and anova.tsv, which the unit tests of the kernel read.  README.md tells their
conventions.

Everything is computed from definitions and shares no algorithm with the
kernel: means and variances are fractions; tails of t and F are incomplete
beta functions summed by mpmath at 60 digits; the noncentral t distribution is
Owen's integral by adaptive quadrature, and its noncentralities bisections.
Values are doubles and stand for their exact binary value.
"""

import math
import random
import sys
from fractions import Fraction
from pathlib import Path

import mpmath as mp

mp.mp.dps = 60
OUT = Path(__file__).resolve().parent


def text(value):
    if value is None:
        return "NULL"
    if isinstance(value, (int, str)):
        return str(value)
    if isinstance(value, float):
        return value.hex()
    if value == 0:
        return "0"
    return mp.nstr(value, 25, min_fixed=-5, max_fixed=17)


def write(name, columns, rows):
    with open(OUT / name, "w", encoding="ascii") as out:
        print("\t".join(columns), file=out)
        for row in rows:
            assert len(row) == len(columns), row
            print("\t".join(text(v) for v in row), file=out)
    print(f"{name}: {len(rows)} rows", file=sys.stderr)


def fraction(x):
    x = Fraction(x)
    return mp.mpf(x.numerator) / x.denominator


# ------------------------------------------------------------------- samples

def sample(rng, n, centre, spread):
    """n doubles around a centre"""
    return [centre + spread * rng.gauss(0, 1) for _ in range(n)]


def any_double(rng):
    while True:
        x = math.ldexp(rng.uniform(-2, 2), rng.randrange(-1074, 1023))
        if math.isfinite(x):
            return x


def samples():
    """kinds of data, named"""
    rng = random.Random(20240301)
    yield "one", [0.1]
    yield "two", [1.0, 2.0]
    yield "zero", [0.0, -0.0, 0.0]
    yield "equal", [0.1] * 7
    yield "least", [5e-324, -5e-324, 1.5e-323]
    yield "largest", [1.7976931348623157e308] * 3 + [-1.7976931348623157e308]
    yield "opposite", [1e300, -1e300, 1.0]
    yield "cancelling", [1e16, 1.0, -1e16, 1.0]
    yield "tiny squares", [1e-160, 2e-160, 4e-160]
    yield "odd tie", [1.0, 2.0 ** -53, 2.0 ** -106]
    for n in (2, 3, 10, 40):
        for centre, spread in ((0, 1), (100, 15), (1e9, 1e-3), (1e15, 1),
                               (1e300, 1e288), (1e-300, 1e-302), (-4e307, 1e307),
                               (1e-310, 1e-311)):
            yield f"{n} at {centre}", sample(rng, n, centre, spread)
    for _ in range(60):
        yield "any", [any_double(rng) for _ in range(rng.randrange(1, 8))]
    for _ in range(30):
        yield "steps", [rng.randrange(1, 6) / 1.0 for _ in range(rng.randrange(2, 30))]


def moments(values):
    """n, mean, variance (None for one value) as fractions"""
    exact = [Fraction(v) for v in values]
    n = len(exact)
    mean = sum(exact) / n
    squares = sum((v - mean) ** 2 for v in exact)
    return n, mean, squares / (n - 1) if n > 1 else None


def nearest(x):
    """the nearest double of a fraction: Python divides integers exactly"""
    try:
        return x.numerator / x.denominator
    except OverflowError:
        return math.inf if x > 0 else -math.inf


def moments_rows():
    rows = []
    for name, values in samples():
        n, mean, variance = moments(values)
        rows.append([name, " ".join(float(v).hex() for v in values), n, nearest(mean),
                     None if variance is None else nearest(variance),
                     None if variance is None else mp.sqrt(fraction(variance))])
    return rows


# ------------------------------------------------- the noncentral t distribution

def noncentral_t(t, df, delta, lower):
    """E[Phi(t U - delta)], U^2 chi-square over df, by quadrature over log U"""
    t, df, delta = mp.mpf(t), mp.mpf(df), mp.mpf(delta)
    constant = mp.log(2) + (df / 2) * mp.log(df / 2) - mp.loggamma(df / 2)

    def integrand(y):
        u = mp.exp(y)
        x = t * u - delta
        tail = mp.erfc(-x / mp.sqrt(2)) / 2 if lower else mp.erfc(x / mp.sqrt(2)) / 2
        return mp.exp(constant + df * y - df / 2 * u * u) * tail

    with mp.workdps(30):
        width = 1 / mp.sqrt(2 * df)
        left = min(-14 * width, -100 / df - 1) if df < 50 else -14 * width
        right = min(14 * width, mp.mpf(3)) if df >= 2 else mp.mpf(3)
        points = {left, right, mp.mpf(0)}
        for k in (-8, -5, -3, -1, 1, 3, 5, 8):
            points.add(k * width)
        if t > 0 and delta > 0:
            step = mp.log(delta / t)
            for k in (-12, -8, -5, -3, -1.5, 0, 1.5, 3, 5, 8, 12):
                points.add(step + k / max(delta, mp.mpf(2)))
        if t > 0:
            for k in (0.1, 1, 3, 6, 12):
                points.add(mp.log(k / t))
        inside = sorted(p for p in points if left <= p <= right)
        return mp.quad(integrand, inside)


def noncentral_t_rows():
    rng = random.Random(20240302)
    cases = [(0.0, 5.0, 0.0), (0.0, 5.0, 1.5), (-2.0, 7.0, -1.0), (2.5, 3.0, -1.0),
             (1.0, 1.0, 0.5), (40.0, 1.0, 20.0), (50.0, 2.0, 8.0), (50.0, 2.0, 130.0),
             (1e4, 2.0, 1600.0), (1e4, 2.0, 19000.0), (1000.0, 2.0, 3.0),
             (35.0, 1e4, 33.0), (35.0, 1e8, 37.5), (500.0, 1e6, 498.0),
             (3e4, 1e8, 3.0001e4), (200.0, 300.0, 180.0), (2000.0, 300.0, 1850.0),
             (1.96, 1e8, 0.0)]
    for _ in range(60):
        df = float(round(math.exp(rng.uniform(math.log(1.5), math.log(5e4)))))
        t = rng.choice([rng.uniform(-4, 4), rng.uniform(-30, 30),
                        math.exp(rng.uniform(0, 6)) * math.sqrt(df) / 5])
        delta = t + rng.gauss(0, 2) * math.sqrt(1 + t * t / (2 * df))
        cases.append((t, df, delta))
    rows = []
    for t, df, delta in cases:
        if t < 0:
            lower, upper = noncentral_t(-t, df, -delta, False), noncentral_t(-t, df, -delta, True)
        else:
            lower, upper = noncentral_t(t, df, delta, True), noncentral_t(t, df, delta, False)
        assert abs(lower + upper - 1) < mp.mpf(10) ** -19, (t, df, delta, lower + upper - 1)
        if min(lower, upper) > mp.mpf(10) ** -6:
            rows.append([t, df, delta, lower, upper])
    return rows


# ------------------------------------------------------ one and two means

def t_upper(t, df):
    """P(T > t) for t >= 0"""
    return mp.betainc(df / 2, mp.mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2


def f_upper(f, df1, df2):
    return mp.betainc(df2 / 2, df1 / 2, 0, df2 / (df2 + df1 * f), regularized=True)


def bisect(f, low, high):
    """where the decreasing f is 0, to 35 digits"""
    while f(high) > 0:
        low, high = high, 2 * high
    for _ in range(400):
        middle = (low + high) / 2
        if f(middle) > 0:
            low = middle
        else:
            high = middle
        if abs(high - low) < abs(high) * mp.mpf(10) ** -35:
            break
    return (low + high) / 2


def t_quantile(alpha, df):
    """two-sided"""
    return bisect(lambda t: 2 * t_upper(t, df) - alpha, mp.mpf(0), mp.mpf(1))


def noncentral_sum(t, df, delta, lower):
    """the same by a sum, quicker and compared with the quadrature below"""
    h = min(mp.mpf(1) / 20, mp.mpf("0.55") / mp.sqrt(2 * df + (t * 3 + abs(delta) + 12) ** 2))
    total = weights = mp.mpf(0)
    for side in (-1, 1):
        i = 0 if side > 0 else 1
        while True:
            y = side * i * h
            log_w = df * (y - mp.expm1(2 * y) / 2)
            if log_w < -75:
                break
            w = mp.exp(log_w)
            x = (t * mp.exp(y) - delta) / mp.sqrt(2)
            weights += w
            total += w * mp.erfc(-x if lower else x) / 2
            i += 1
    return total / weights


def noncentrality(t, df, p, lower):
    """delta under which t, not negative, has that tail"""
    with mp.workdps(30):
        width = mp.sqrt(1 + t * t / (2 * df))
        sign = 1 if lower else -1
        guess = t + sign * width * mp.sqrt(2) * mp.erfinv(1 - 2 * p)
        root = mp.findroot(lambda d: mp.log(noncentral_sum(t, df, d, lower) / p),
                           (guess, guess + sign * width / 10), solver="secant", tol=1e-40)
        assert abs(noncentral_sum(t, df, root, lower) / p - 1) < mp.mpf(10) ** -18
        return root


def mean_pairs():
    rng = random.Random(20240303)
    sleep = ([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2],
             [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
    yield sleep + (0.95,)
    yield sleep[::-1] + (0.5,)
    yield [1.0, 2.0], [1.0, 2.0], 0.95
    yield [1.0, 2.0], [5.0], 0.95
    yield [3.0], [1.0, 2.0, 4.0], 0.9
    yield [3.0], [1.0], 0.9
    yield [3.0, 3.0], [1.0, 1.0, 1.0], 0.9
    yield [3.0, 3.0], [1.0, 1.0, 2.0], 0.9
    yield [3.0, 3.0], [7.0], 0.9
    yield [1.0, 2.0, 3.0], [11.0, 12.5, 13.0], 0.99
    for centre, spread in ((0, 1), (100, 15), (1e9, 1e-3), (1e15, 1), (1e300, 1e288),
                           (1e-300, 1e-302), (-4e307, 1e307), (1, 1e-9)):
        for n_a, n_b in ((2, 2), (3, 9), (25, 12)):
            effect = rng.gauss(0, 1.2)
            yield (sample(rng, n_a, centre, spread), sample(rng, n_b, centre + effect * spread, 2 * spread),
                   rng.choice([0.95, 0.95, 0.9, 0.999]))


def interval_rows():
    rows = []
    levels = [0.95, 0.5, 0.999, 0.1]
    for i, (a, _, _) in enumerate(mean_pairs()):
        n, mean, variance = moments(a)
        conf_level = levels[i % 4]
        row = [" ".join(float(v).hex() for v in a), conf_level, fraction(mean), None, None]
        if n < 2:
            status = "too_few"
        elif variance == 0:
            status = "no_variation"
        else:
            status = "ok"
            reach = t_quantile(1 - mp.mpf(conf_level), mp.mpf(n - 1)) * mp.sqrt(fraction(variance) / n)
            row[3:] = [fraction(mean) - reach, fraction(mean) + reach]
        rows.append(row + [status])
    return rows


def comparison_rows():
    rows = []
    for a, b, conf_level in mean_pairs():
        n_a, m_a, s_a = moments(a)
        n_b, m_b, s_b = moments(b)
        alpha = 1 - mp.mpf(conf_level)
        difference = fraction(m_a - m_b)
        g = [None] * 3
        bounds = [None] * 2
        test = [None] * 3
        k = n_a + n_b - 2
        squares = (n_a - 1) * (s_a or 0) + (n_b - 1) * (s_b or 0)
        if k >= 2 and squares > 0:
            pooled = mp.sqrt(fraction(squares / k))
            root_n = mp.sqrt(mp.mpf(n_a) * n_b / (n_a + n_b))
            factor = mp.gamma(mp.mpf(k) / 2) / mp.sqrt(mp.mpf(k) / 2) / mp.gamma(mp.mpf(k - 1) / 2)
            t = difference / pooled * root_n
            sign = 1 if t >= 0 else -1
            ends = [sign * noncentrality(abs(t), mp.mpf(k), alpha / 2, lower) for lower in (False, True)]
            g = [t * factor / root_n] + [e * factor / root_n for e in sorted(ends)]
        if n_a < 2 or n_b < 2:
            status = "too_few"
        elif s_a + s_b == 0:
            status = "no_variation"
        else:
            status = "ok"
            v_a, v_b = s_a / n_a, s_b / n_b
            df = fraction((v_a + v_b) ** 2 / (v_a ** 2 / (n_a - 1) + v_b ** 2 / (n_b - 1)))
            error = mp.sqrt(fraction(v_a + v_b))
            reach = t_quantile(alpha, df) * error
            bounds = [difference - reach, difference + reach]
            test = [difference / error, df, 2 * t_upper(abs(difference / error), df)]
        rows.append([" ".join(float(v).hex() for v in x) for x in (a, b)] +
                    [conf_level, fraction(m_a), fraction(m_b), difference] + bounds + g + test + [status])
    return rows


# --------------------------------------------------------------- several means

def smallest(offset, replicates):
    """NIST's SmLs sets: nine groups of a centre and pairs a tenth beside it"""
    for tenths in (4, 3, 5, 3, 5, 3, 5, 3, 5):
        yield ([offset + tenths / 10] +
               [offset + (tenths - 1) / 10, offset + (tenths + 1) / 10] * ((replicates - 1) // 2))


def several():
    rng = random.Random(20240304)
    yield [[4.17, 5.58, 5.18, 6.11, 4.5, 4.61, 5.17, 4.53, 5.33, 5.14],
           [4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69],
           [6.31, 5.12, 5.54, 5.5, 5.37, 5.29, 4.92, 6.15, 5.8, 5.26]]
    for offset in (1.0, 1000000.0, 1000000000000.0):
        yield list(smallest(offset, 21))
    yield [[1.0, 2.0], [3.0, 5.0]]
    yield [[1.0, 2.0]]
    yield [[1.0], [2.0], [4.0]]
    yield [[1.0], [2.0, 3.0], [4.0, 4.5]]
    yield [[1.0, 1.0], [2.0, 2.0], [4.0, 4.0]]
    yield [[1.0, 1.0], [1.0, 1.0, 1.0]]
    yield [[1.0, 1.0], [2.0, 2.5], [4.0, 4.0]]
    yield [[1.0, 2.0, 3.0], [1.0, 2.0, 3.0], [2.0, 2.0, 2.0, 1.0]]
    for centre, spread in ((0, 1), (100, 15), (1e9, 1e-3), (1e15, 1), (1e300, 1e288), (1e-300, 1e-302),
                           (-4e307, 1e307), (1, 1e-9), (1e12, 1e300 / 1e290)):
        for k in (2, 3, 12):
            yield [sample(rng, rng.randrange(2, 9), centre + rng.gauss(0, 0.7) * spread,
                          spread * math.exp(rng.gauss(0, 0.5))) for _ in range(k)]


def anova_rows():
    rows = []
    for groups in several():
        shape = [moments(g) for g in groups]
        k, n = len(groups), sum(len(g) for g in groups)
        mean = sum(m * size for size, m, _ in shape) / n
        ssb = sum(size * (m - mean) ** 2 for size, m, _ in shape)
        ssw = sum((size - 1) * (s or 0) for size, _, s in shape)
        text_of = ";".join(" ".join(float(v).hex() for v in g) for g in groups)
        eta = omega = None
        status = "ok"
        if k < 2 or n == k:
            status = "too_few"
        elif ssw == 0:
            status = "no_variation"
        if status != "too_few" and ssb + ssw > 0:
            msw = ssw / (n - k)
            eta = fraction(ssb / (ssb + ssw))
            omega = fraction((ssb - (k - 1) * msw) / (ssb + ssw + msw))
        test = [None] * 4
        if status == "ok":
            f = fraction(ssb / (k - 1) / msw)
            test = [f, k - 1, n - k, f_upper(f, mp.mpf(k - 1), mp.mpf(n - k))]
        rows.append(["anova", text_of] + test + [eta, omega, status])

        if status == "ok" and min(len(g) for g in groups) < 2:
            status = "too_few"
        elif status == "ok" and any(s == 0 for _, _, s in shape):
            status = "no_variation"
        test = [None] * 4
        if status == "ok":
            w = [size / s for size, _, s in shape]
            centre = sum(x * m for x, (_, m, _) in zip(w, shape)) / sum(w)
            between = sum(x * (m - centre) ** 2 for x, (_, m, _) in zip(w, shape)) / (k - 1)
            imbalance = sum((1 - x / sum(w)) ** 2 / (size - 1) for x, (size, _, _) in zip(w, shape))
            f = fraction(between / (1 + 2 * (k - 2) * imbalance / (k * k - 1)))
            df2 = fraction((k * k - 1) / (3 * imbalance))
            test = [f, k - 1, df2, f_upper(f, mp.mpf(k - 1), df2)]
        rows.append(["welch", text_of] + test + [eta, omega, status])
    return rows


TABLES = {
    "moments.tsv": (["name", "values", "n", "mean", "variance", "stddev"], moments_rows),
    "noncentral_t.tsv": (["t", "df", "delta", "lower", "upper"], noncentral_t_rows),
    "mean_interval.tsv": (["values", "conf_level", "estimate", "lower", "upper", "status"], interval_rows),
    "mean_comparison.tsv": (["values_a", "values_b", "conf_level", "mean_a", "mean_b", "difference",
                             "difference_lower", "difference_upper", "hedges_g", "hedges_g_lower",
                             "hedges_g_upper", "statistic", "df", "p_value", "status"], comparison_rows),
    "anova.tsv": (["method", "groups", "statistic", "df", "df2", "p_value", "eta_squared",
                   "omega_squared", "status"], anova_rows),
}

if __name__ == "__main__":
    for name in sys.argv[1:] or TABLES:
        columns, rows = TABLES[name]
        write(name, columns, rows())
