#!/usr/bin/env python3
"""Reference values for families of p-values, groups and strata.

Writes the .tsv files named at the end, from definitions, with rational
numbers and mpmath at 60 digits; no code is shared with the kernel.  Fixed
seeds, so the same bytes:

    python3 test/reference/groups.py [FILE ...]
"""

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


FILES = {f.__name__.replace("_tsv", ".tsv"): f for f in (adjust_tsv,)}

if __name__ == "__main__":
    for file in sys.argv[1:] or FILES:
        FILES[file]()
