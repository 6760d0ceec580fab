#!/usr/bin/env python3
"""Reference values of configural frequency analysis.

Writes configural.tsv from definitions: expected counts and variances are
rational numbers (moments of a count under random permutation of each item),
tails have 60 digits; no code is shared with the kernel.

    python3 test/reference/configural.py
"""

import random
from fractions import Fraction
from pathlib import Path

import mpmath as mp

mp.mp.dps = 60
OUT = Path(__file__).resolve().parent / "configural.tsv"


def number(value):
    if value is None:
        return "NULL"
    if isinstance(value, Fraction):
        value = mp.mpf(value.numerator) / value.denominator
    return "0" if value == 0 else mp.nstr(value, 20, min_fixed=-5, max_fixed=17)


def two_sided(z):
    return mp.erfc(abs(z) / mp.sqrt(2))


def binomial(x, n, p):
    """twice the smaller tail, both added up term by term"""
    p = mp.mpf(p.numerator) / p.denominator
    below = mp.fsum(mp.binomial(n, k) * p ** k * (1 - p) ** (n - k) for k in range(0, x + 1))
    above = mp.fsum(mp.binomial(n, k) * p ** k * (1 - p) ** (n - k) for k in range(x, n + 1))
    return min(mp.mpf(1), 2 * min(below, above))


def rows(counts):
    items = len(counts).bit_length() - 1
    n = sum(counts)
    margins = [sum(c for i, c in enumerate(counts) if i >> j & 1) for j in range(items)]
    for i, x in enumerate(counts):
        share, others = Fraction(1), Fraction(1)
        for j in range(items):
            m = margins[j] if i >> j & 1 else n - margins[j]
            share *= Fraction(m, n)
            others *= Fraction(m - 1, n - 1)
        mean = n * share
        # E X(X - 1) + E X - (E X)^2
        variance = n * (n - 1) * share * others + mean - mean ** 2
        if share == 0 or variance == 0:
            yield i, mean, None, None, None, None, None
            continue
        root = mp.sqrt(mp.mpf(variance.numerator) / variance.denominator)
        distance = mp.mpf((x - mean).numerator) / (x - mean).denominator
        corrected = mp.sign(distance) * max(mp.mpf(0), abs(distance) - mp.mpf(1) / 2)
        yield (i, mean, distance / root, two_sided(distance / root), corrected / root,
               two_sided(corrected / root), binomial(x, n, share))


def tables():
    # confused thinking, thinking disorders, affective disorders under LSD
    # (Lienert 1964; Krauth and Lienert 1973): item 0, 1 and 2
    lsd = {"+++": 20, "++-": 1, "+-+": 4, "+--": 12, "-++": 3, "-+-": 10, "--+": 15, "---": 0}
    yield [lsd["".join("+" if i >> j & 1 else "-" for j in range(3))] for i in range(8)]
    yield [5, 3, 2, 7]
    yield [100, 0, 0, 100]
    yield [1, 0, 0, 1]
    yield [3, 0, 4, 0]              # item 0 is absent in all
    yield [0, 0, 0, 9]              # nothing varies
    yield [1500, 1, 1, 0]           # two rare items
    draw = random.Random(20240107)
    for items, most in ((2, 40), (3, 30), (3, 400), (4, 60), (5, 25), (6, 8)):
        yield [draw.randrange(most) * draw.randrange(3) for _ in range(2 ** items)]


with open(OUT, "w", encoding="ascii") as out:
    print("counts\tconfiguration\texpected\tz\tp\tz_cc\tp_cc\tp_binomial", file=out)
    for counts in tables():
        for i, *values in rows(counts):
            print(",".join(map(str, counts)), i, *map(number, values), sep="\t", file=out)
