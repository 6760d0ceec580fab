#!/usr/bin/env python3
"""Reference values for families of p-values, groups and strata.

Writes the .tsv files named at the end, from definitions, with rational
numbers and mpmath at 60 digits; no code is shared with the kernel.  Fixed
seeds, so the same bytes:

    python3 test/reference/groups.py [FILE ...]
"""

import math
import random
import sys
from fractions import Fraction
from pathlib import Path

import mpmath as mp

mp.mp.dps = 60
OUT = Path(__file__).resolve().parent
SEED = 20240103


def text(value):
    if value is None:
        return "NULL"
    if isinstance(value, (int, str)):
        return str(value)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Fraction):
        value = mp.mpf(value.numerator) / value.denominator
    if value == 0:
        return "0"
    return mp.nstr(value, 20, min_fixed=-5, max_fixed=17)


def write(name, columns, rows):
    with open(OUT / name, "w", encoding="ascii") as out:
        print("\t".join(columns), file=out)
        for row in rows:
            assert len(row) == len(columns), row
            print("\t".join(text(v) for v in row), file=out)
    print(f"{name}: {len(rows)} rows", file=sys.stderr)


def fraction(x):
    """an exact mpf of an integer, a ratio or a double"""
    x = Fraction(x)
    return mp.mpf(x.numerator) / x.denominator


def critical_value(conf_level):
    return mp.sqrt(2) * mp.erfinv(mp.mpf(conf_level))


def chisq_tail(x, df):
    """P(X > x) by positive terms: erfc or exp, then one term a step of 2"""
    half = fraction(x) / 2
    tail, a = ((mp.erfc(mp.sqrt(half)), mp.mpf(1) / 2) if df % 2
               else (mp.exp(-half), mp.mpf(1)))
    while a < mp.mpf(df) / 2:
        tail += mp.exp(a * mp.log(half) - half - mp.loggamma(a + 1)) if half else 0
        a += 1
    return tail


def log_uniform(rng, low, high):
    return int(round(math.exp(rng.uniform(math.log(low), math.log(high)))))


# ------------------------------------------------------- families of tests

def holm(p, i):
    m = len(p)
    return max((m - j) * p[j] for j in range(i + 1))


def hochberg(p, i):
    m = len(p)
    return min((m - j) * p[j] for j in range(i, m))


def bh(p, i):
    m = len(p)
    return min(m * p[j] / (j + 1) for j in range(i, m))


def by(p, i):
    return bh(p, i) * sum(Fraction(1, j) for j in range(1, len(p) + 1))


def bonferroni(p, i):
    return len(p) * p[i]


METHODS = {"holm": holm, "hochberg": hochberg, "bh": bh, "by": by,
           "bonferroni": bonferroni}


def adjust_tsv():
    """p is the double as printed, adjusted from its exact binary value"""
    rng = random.Random(SEED)
    families = [
        # Benjamini and Hochberg 1995
        [1e-04, 4e-04, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459,
         0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0],
        [0.03], [None], [None, 0.5, None], [0.0, 1.0, 0.0, 1.0],
        [0.02, 0.02, 0.02, 0.02], [5e-324, 1e-300, 1e-300, 0.5, None],
        [0.011, 0.012, 0.013, 0.014, 0.015],
        [10.0 ** -k for k in range(12)],
    ]
    for size in (3, 8, 14):
        families.append([rng.choice([round(rng.random(), 2), rng.random(),
                                     10 ** rng.uniform(-12, 0), None])
                         for _ in range(size)])
    rows = []
    for number, family in enumerate(families, 1):
        rng.shuffle(family)
        known = sorted(Fraction(p) for p in family if p is not None)
        for method, adjust in METHODS.items():
            for p in family:
                value = None
                if p is not None:
                    # equal p-values: any of their places gives the same
                    places = [i for i, q in enumerate(known) if q == p]
                    values = {min(Fraction(1), adjust(known, i))
                              for i in (places[0], places[-1])}
                    assert len(values) == 1
                    value = values.pop()
                rows.append((number, method, p, value))
    write("adjust.tsv", ("family", "method", "p", "adjusted"), rows)


# ----------------------------------------------------- numbers of events

def gamma_lower(a, x):
    """P(G <= x) for the gamma distribution of shape a: its series"""
    term, total, k = mp.mpf(1), mp.mpf(1), 0
    while term > total * mp.eps:
        k += 1
        term *= x / (a + k)
        total += term
    return mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1)) * total


def gamma_quantile(a, p, start):
    """x with P(G <= x) = p: bisection in a bracket grown from the start"""
    low = high = start
    while gamma_lower(a, low) > p:
        low /= 2
    while gamma_lower(a, high) < p:
        high *= 2
    x = (low + high) / 2
    for _ in range(300):
        excess = gamma_lower(a, x) - p
        low, high = (x, high) if excess < 0 else (low, x)
        density = mp.exp((a - 1) * mp.log(x) - x - mp.loggamma(a))
        following = x - excess / density
        if not low < following < high:
            following = (low + high) / 2
        if abs(following - x) < x * mp.mpf(10) ** -40:
            return following
        x = following
    raise ArithmeticError("no convergence")


def byar_lower(x, z):
    root = 1 - mp.mpf(1) / (9 * x) - z / (3 * mp.sqrt(x)) if x else 0
    return x * root ** 3 if root > 0 else mp.mpf(0)


def byar_upper(x, z):
    return (x + 1) * (1 - mp.mpf(1) / (9 * (x + 1))
                      + z / (3 * mp.sqrt(x + 1))) ** 3


def exact_lower(x, alpha):
    if x == 0:
        return mp.mpf(0)
    return gamma_quantile(mp.mpf(x), alpha / 2, mp.mpf(x))


def exact_upper(x, alpha):
    return gamma_quantile(mp.mpf(x + 1), 1 - alpha / 2, mp.mpf(x + 1))


def event_count_tsv():
    rng = random.Random(SEED + 1)
    counts = [0, 1, 2, 3, 5, 9, 10, 65, 1045, 1159, 2251, 49999]
    counts += [log_uniform(rng, 1, 10 ** 5) for _ in range(12)]
    rows = []
    for x in counts:
        for conf_level in rng.sample([0.5, 0.8, 0.9, 0.99, 0.998, 0.9999],
                                     2) + [0.95]:
            z, alpha = critical_value(conf_level), 1 - mp.mpf(conf_level)
            rows.append(("exact", x, conf_level, exact_lower(x, alpha),
                         exact_upper(x, alpha)))
            rows.append(("byar", x, conf_level, byar_lower(x, z),
                         byar_upper(x, z)))
    write("event_count.tsv",
          ("method", "events", "conf_level", "lower", "upper"), rows)


# ------------------------------------------------------------------- pairs

def some_group(rng, most=10 ** 9):
    """(events, n), often thin or at an end"""
    n = rng.choice([0, 1, 2, rng.randint(1, 40), log_uniform(rng, 1, 1000),
                    log_uniform(rng, 1, 10 ** 6), log_uniform(rng, 1, most)])
    x = rng.choice([0, n, rng.randint(0, n), rng.randint(0, n), n // 3])
    return x, n


def pairwise_tsv():
    """z and p of each pair, Holm over the pairs of a family"""
    rng = random.Random(SEED + 2)
    families = [[(83, 86), (90, 93), (129, 136), (70, 82)],
                [(0, 5), (0, 7), (7, 7), (0, 0)], [(3, 9)]]
    for size in (3, 5, 7):
        families.append([some_group(rng) for _ in range(size)])
        families.append([some_group(rng, 1000) for _ in range(size)])
    rows = []
    for family in families:
        pairs = []
        for i, (x, n) in enumerate(family):
            for y, m in family[i + 1:]:
                if n == 0 or m == 0:
                    pairs.append((None, None, "empty"))
                elif x + y in (0, n + m):
                    pairs.append((None, None, "zero_margin"))
                else:
                    pooled = Fraction(x + y, n + m)
                    variance = pooled * (1 - pooled) * (Fraction(1, n)
                                                        + Fraction(1, m))
                    z = (fraction(Fraction(x, n) - Fraction(y, m))
                         / mp.sqrt(fraction(variance)))
                    pairs.append((z, mp.erfc(abs(z) / mp.sqrt(2)), "ok"))
        known = sorted(p for _, p, _ in pairs if p is not None)
        name = " ".join(f"{x}/{n}" for x, n in family)
        for place, (z, p, status) in enumerate(pairs):
            adjusted = None if p is None else min(1, holm(known, known.index(p)))
            if p is None or p == 0 or p > mp.mpf(10) ** -300:
                rows.append((name, place, z, p, adjusted, status))
    write("pairwise.tsv", ("groups", "pair", "z", "p_value", "p_adjusted",
                           "status"), rows)


FILES = {f.__name__.replace("_tsv", ".tsv"): f for f in (adjust_tsv, event_count_tsv,
                   pairwise_tsv)}

if __name__ == "__main__":
    for file in sys.argv[1:] or FILES:
        FILES[file]()
