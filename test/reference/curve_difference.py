#!/usr/bin/env python3
"""Reference values of two age curves: curve_difference.tsv, curve_test.tsv.

Run by hand when a definition changes:

    python3 test/reference/curve_difference.py       (half a minute)

Children are a list of scores 1, -1 and 0, given as how many of each; means and
sums of squares are rational numbers.  Intervals of one group come from
proportions.py; p-values have 60 digits.  README.md tells the conventions.
"""

import random
from fractions import Fraction

import mpmath as mp
import proportions as p
from gaps import FACTS, pair_of, random_cells

SEED = 20250415
BORROWED = 5
COLUMNS = [f"{group}_{i}" for group in "ab" for i in range(8)]


def score_variance(groups):
    """of the difference of the means, around the mean of all"""
    scores = [((Fraction(1), b), (Fraction(-1), c), (Fraction(0), both + neither))
              for both, b, c, neither in groups]
    n = [sum(count for _, count in group) for group in scores]
    mean = sum(s * k for group in scores for s, k in group) / sum(n)
    squares = [sum(k * (s - mean) ** 2 for s, k in group) for group in scores]
    pooled = sum(squares) / sum(n)
    parts = [(square + BORROWED * pooled) / (k + BORROWED) / k
             for square, k in zip(squares, n)]
    if not pooled:
        return None
    return sum(parts) * sum(n) / (sum(n) - 1)


def z_squared(groups):
    variance = score_variance(groups)
    if variance is None:
        return None
    gap = [Fraction(b - c, both + b + c + neither)
           for both, b, c, neither in groups]
    return (gap[0] - gap[1]) ** 2 / variance


def both_tails(square):
    return mp.erfc(mp.sqrt(p.fraction(square) / 2))


def square_and_add(estimates, intervals):
    (a, b), ((la, ua), (lb, ub)) = estimates, intervals
    return (a - b - mp.sqrt((a - la) ** 2 + (ub - b) ** 2),
            a - b + mp.sqrt((ua - a) ** 2 + (b - lb) ** 2))


def holm(values):
    order = sorted(range(len(values)), key=lambda i: values[i])
    adjusted, least = [None] * len(values), mp.mpf(0)
    for rank, i in enumerate(order):
        least = max(least, min(mp.mpf(1), (len(values) - rank) * values[i]))
        adjusted[i] = least
    return adjusted


def compare(curve, kind, conf_level, ages):
    """rows of the ages, in order; ages: age -> (cells of a, cells of b)"""
    common = [age for age in ages if all(map(sum, ages[age]))]
    level = p.fraction(Fraction(conf_level)) ** (mp.mpf(1) / max(1, len(common)))
    z_age = p.critical_value(conf_level)
    z_band = mp.sqrt(2) * mp.erfinv(level)
    raw = {}
    for age in common:
        groups = [pair_of(cells, kind) for cells in ages[age]]
        square = z_squared(groups)
        gaps = [mp.mpf(g[1] - g[2]) / sum(g) for g in groups]
        at_age = square_and_add(gaps, [p.paired_newcombe(*g, z_age)
                                       for g in groups])
        band = square_and_add(gaps, [p.tango(*g, z_band) for g in groups])
        raw[age] = (at_age, (min(at_age[0], band[0]), max(at_age[1], band[1])),
                    mp.mpf(1) if square is None else both_tails(square))
    adjusted = dict(zip(common, holm([raw[age][2] for age in common])))
    rows = []
    for age in range(min(ages), max(ages) + 1):
        cells = ages.get(age, ([0] * 8, [0] * 8))
        gaps = []
        for group in cells:
            table = pair_of(group, kind)
            gaps.append(mp.mpf(table[1] - table[2]) / sum(table)
                        if sum(table) else None)
        row = [curve, kind, conf_level, age, *cells[0], *cells[1],
               sum(cells[0]), sum(cells[1]), *gaps]
        if age in raw:
            at_age, band, value = raw[age]
            row += [gaps[0] - gaps[1], *at_age, *band, value, adjusted[age], "ok"]
        else:
            row += [None] * 7 + ["empty"]
        rows.append(row)
    return rows


def test(ages, kind):
    common = [pair for pair in ages.values() if all(map(sum, pair))]
    squares = [z_squared([pair_of(cells, kind) for cells in pair])
               for pair in common]
    squares = [s for s in squares if s is not None]
    if not common:
        return [None, None, None, "empty"]
    if not squares:
        return [None, None, None, "no_variation"]
    statistic = p.fraction(sum(squares))
    df = len(squares)
    return [statistic, df,
            mp.gammainc(mp.mpf(df) / 2, statistic / 2, regularized=True), "ok"]


def random_ages(rng):
    first = rng.randint(0, 18)
    most = rng.choice([2, 9, 60, 1000, 10**6, 10**9])
    ages = {}
    for age in range(first, rng.randint(first, 20) + 1):
        kind = rng.randint(0, 9)
        a = [0] * 8 if kind == 0 else random_cells(rng, most)
        b = [0] * 8 if kind == 1 else random_cells(rng, rng.choice([3, most]))
        if kind == 2:                       # proportional, or nearly
            b = [2 * count for count in a]
        if kind == 3:                       # all score the same
            a, b = [0, 5] + [0] * 6, [0, 3] + [0] * 6
        if sum(a) + sum(b):
            ages[age] = (a, b)
    return ages or {first: ([1] + [0] * 7, [0, 1] + [0] * 6)}


def one(cell, n):
    return [n if i == cell else 0 for i in range(8)]


def main():
    rng = random.Random(SEED)
    cases = [{7: (one(1, 1), one(1, 1))}, {7: (one(1, 1), one(4, 1))},
             {0: (one(0, 3), one(1, 2)), 20: (one(1, 1), one(0, 0))},
             {3: (one(1, 5), one(0, 0)), 5: (one(0, 0), one(1, 5))},
             {a: (one(1, 10**9), one(4, 10**9)) for a in range(18)},
             {a: ([10**9] * 8, [10**9 + 1] * 8) for a in (1, 2)},
             {a: (one(1, 9), one(1, 1000)) for a in (1, 2)},
             {a: (one(0, 9), [1000, 1, 0, 0, 0, 0, 0, 0]) for a in (1, 2, 4)}]
    cases += [random_ages(rng) for _ in range(60)]
    points, tests = [], []
    for i, ages in enumerate(cases):
        kind = rng.choice(sorted(FACTS))
        level = rng.choice([0.5, 0.8, 0.9, 0.95, 0.95, 0.95, 0.99, 0.999])
        rows = compare(i + 1, kind, level, ages)
        points += rows
        tests.append([i + 1, kind, *test(ages, kind)])
    p.write("curve_difference.tsv",
            ["curve", "kind", "conf_level", "age", *COLUMNS, "n_a", "n_b",
             "gap_a", "gap_b", "difference", "lower", "upper", "band_lower",
             "band_upper", "p_value", "p_adjusted", "status"], points)
    p.write("curve_test.tsv",
            ["curve", "kind", "statistic", "df", "p_value", "status"], tests)


if __name__ == "__main__":
    main()
