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


TABLES = {
    "moments.tsv": (["name", "values", "n", "mean", "variance", "stddev"], moments_rows),
    "noncentral_t.tsv": (["t", "df", "delta", "lower", "upper"], noncentral_t_rows),
}

if __name__ == "__main__":
    for name in sys.argv[1:] or TABLES:
        columns, rows = TABLES[name]
        write(name, columns, rows())
