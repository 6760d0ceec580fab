#!/usr/bin/env python3
"""Reference values for gaps by age: gap.tsv, isotonic.tsv, gap_area.tsv.

Run by hand when a definition changes:

    python3 test/reference/gaps.py [FILE ...]        (half a minute)

Gaps and their variances are rational numbers, from the scores 1, -1 and 0 of
the children; monotone fits come from the min-max formula over all pairs of
ages, not from pooling; mean gaps are rational, and Wilson's interval of them is
the closed form with 80 digits.  README.md tells the conventions.
"""

import argparse
import random
import sys
from fractions import Fraction
from pathlib import Path

import mpmath as mp
import proportions as p

OUT = Path(__file__).resolve().parent
SEED = 20250301
FACTS = {"identified": 1, "assessed": 2}


def pair_of(cells, kind):
    """(both, first only, second only, neither) of eight counts"""
    table = [0, 0, 0, 0]
    for cell, count in enumerate(cells):
        first, second = cell & FACTS[kind], cell & 4
        table[(0 if first else 2) + (0 if second else 1)] += count
    return table[0], table[1], table[2], table[3]


def random_cells(rng, most):
    cells = [rng.choice([0, rng.randint(0, 3), rng.randint(0, most),
                         rng.randint(0, most)]) for _ in range(8)]
    if not sum(cells):
        cells[rng.randrange(8)] = 1
    return cells


# ------------------------------------------------------------------- gap.tsv

def mean_and_variance(b, c, d):
    """of the scores 1, -1 and 0 of b, c and d children, by their moments"""
    n = b + c + d
    mean = Fraction(b - c) / n
    return mean, (b * (1 - mean) ** 2 + c * (1 + mean) ** 2 + d * mean ** 2) / n / n


def moments_of(cells, kind):
    """gap, the same with half a child added to each, variance"""
    both, b, c, neither = pair_of(cells, kind)
    d = both + neither
    gap, variance = mean_and_variance(*map(Fraction, (b, c, d)))
    half = Fraction(1, 2)
    added = mean_and_variance(b + half, c + half, d + half)
    return gap, added[0], added[1] if 0 in (b, c, d) else variance


def gap_row(cells, kind):
    gap, added, variance = moments_of(cells, kind)
    # the score of a share (1 + gap) / 2 of so many trials has this variance
    near = added if abs(gap) == 1 else gap
    trials = (1 - near ** 2) / variance
    return [kind, *cells, sum(cells), *pair_of(cells, kind),
            *(p.fraction(x) for x in (gap, variance, (1 + gap) / 2, trials))]


def gap_tsv():
    rng = random.Random(SEED)
    cases = []
    for n in (1, 2, 3, 10, 160, 10**9, 10**15):
        for cell in range(8):
            cases.append([n if i == cell else 0 for i in range(8)])
        for few in (1, 2):
            for cell in (0, 1, 4, 5):
                for other in (0, 1, 4, 5):
                    if other != cell and n > few:
                        cells = [0] * 8
                        cells[cell], cells[other] = n - few, few
                        cases.append(cells)
    for most in (1, 3, 20, 10**3, 10**6, 10**9, 10**14):
        cases += [random_cells(rng, most) for _ in range(20)]
    rows = [gap_row(cells, kind) for cells in cases for kind in FACTS]
    p.write("gap.tsv", ["kind"] + [f"cell_{i}" for i in range(8)]
            + ["n", "both_true", "first_only", "second_only", "neither",
               "gap", "variance", "share", "trials"], rows)


# -------------------------------------------------------------- isotonic.tsv

def rising_fit(values, weights):
    """max over s <= i of min over t >= i of the mean of s..t, in fractions"""
    count = len(values)

    def mean(s, t):
        return (sum(v * w for v, w in zip(values[s:t + 1], weights[s:t + 1]))
                / sum(weights[s:t + 1]))

    means = [[mean(s, t) if t >= s else None for t in range(count)]
             for s in range(count)]
    return [max(min(means[s][t] for t in range(i, count))
                for s in range(i + 1)) for i in range(count)]


def isotonic_tsv():
    rng = random.Random(SEED + 1)
    cases = []
    births = [13555, 13675, 18752, 22005, 23896, 24667, 24807, 23986, 22860,
              21450, 19202, 17450, 15685, 13954, 11987, 10983, 9825, 8483,
              7448, 6628, 5780, 4834, 3961, 2952, 2276, 1589, 1018, 596, 327,
              249]
    down = [16, 15, 16, 22, 16, 12, 17, 22, 15, 14, 27, 14, 9, 12, 12, 18, 13,
            11, 23, 13, 17, 15, 30, 31, 33, 20, 16, 22, 11, 7]
    cases.append(([10000 * x / n for x, n in zip(down, births)],
                  [float(n) for n in births]))
    for count in (1, 2, 3, 4, 7, 18, 21, 40):
        for shape in range(6):
            slope = rng.choice([-1, 0, 1])
            values = [slope * i / count + rng.gauss(0, 0.3)
                      for i in range(count)]
            if shape == 0:
                values = [rng.choice([-1.0, 0.0, 1.0]) for _ in values]
            if shape == 1:
                values = sorted(values, reverse=bool(rng.randint(0, 1)))
            weights = [float(rng.choice([1, 1, rng.randint(1, 10),
                                         10**rng.randint(0, 12)]))
                       for _ in values]
            if shape == 2:
                weights = [1.0] * count
            cases.append((values, weights))
    rows = []
    for number, (values, weights) in enumerate(cases, 1):
        v = [Fraction(x) for x in values]
        w = [Fraction(x) for x in weights]
        rising = rising_fit(v, w)
        falling = [-x for x in rising_fit([-x for x in v], w)]
        for i in range(len(values)):
            rows.append([number, values[i].hex(), weights[i].hex(),
                         p.fraction(rising[i]), p.fraction(falling[i])])
    p.write("isotonic.tsv", ["series", "value", "weight", "rising", "falling"],
            rows)


# -------------------------------------------------------------- gap_area.tsv

def gap_area_tsv():
    """one row a curve: the cells of its ages, and of those of a standard"""
    rng = random.Random(SEED + 2)
    rows = []
    cases = [({7: [0] * 8}, {})]
    for ages in ([0], [20], range(21), range(18), (3, 4, 7, 12, 13), (0, 20)):
        for most in (1, 4, 30, 1000, 10**9):
            curve = {age: random_cells(rng, most) for age in ages}
            cases.append((curve, {}))
            for others in (ages, range(5, 15), range(21)):
                cases.append((curve, {age: random_cells(rng, 100)
                                      for age in others}))
    for cell in (0, 1, 4):
        full = {age: [5 if i == cell else 0 for i in range(8)]
                for age in range(18)}
        cases.append((full, {}))
    for curve, standard in cases:
        for kind in FACTS:
            rows.append(area_row(rng, curve, standard, kind))
    p.write("gap_area.tsv", ["gap", "conf_level", "curve", "standard",
                             "estimate", "lower", "upper", "ages", "covered",
                             "status"], rows)


def shown(curve):
    """age:eight counts, ages apart by semicolons"""
    return ";".join(f"{age}:" + ",".join(map(str, cells))
                    for age, cells in sorted(curve.items())) or "-"


def area_row(rng, curve, standard, kind):
    conf_level = rng.choice(p.LEVELS + [0.95] * 3)
    z = p.critical_value(conf_level)
    head = [kind, conf_level, shown(curve), shown(standard)]
    ages = [age for age in curve if sum(curve[age])]
    weights = {age: 1 for age in ages}
    covered = None
    if standard:
        children = sum(map(sum, standard.values()))
        weights = {age: sum(standard.get(age, [0])) for age in ages}
        covered = mp.mpf(sum(weights.values())) / children
        ages = [age for age in ages if weights[age]]
    if not ages:
        return head + [None, None, None, 0, covered, "empty"]
    total = sum(weights[age] for age in ages)
    mean = shrunk = variance = Fraction(0)
    for age in ages:
        weight = Fraction(weights[age], total)
        gap, added, spread = moments_of(curve[age], kind)
        mean += weight * gap
        shrunk += weight * added
        variance += weight ** 2 * spread
    # Wilson's interval of as many trials as have that variance
    near = shrunk if abs(mean) == 1 else mean
    trials = p.fraction((1 - near ** 2) / variance)
    share = p.fraction((1 + mean) / 2)
    center = share + z ** 2 / (2 * trials)
    half = z * mp.sqrt(share * (1 - share) / trials + (z / (2 * trials)) ** 2)
    shares = [(center + side * half) / (1 + z ** 2 / trials)
              for side in (-1, 1)]
    return head + [p.fraction(mean), *(2 * x - 1 for x in shares), len(ages),
                   covered, "ok"]


FILES = {f.__name__.replace("_tsv", ".tsv"): f
         for f in (gap_tsv, isotonic_tsv, gap_area_tsv)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("files", nargs="*", metavar="FILE")
    arguments = parser.parse_args()
    p.OUT = arguments.out
    for name in arguments.files or FILES:
        FILES[name]()


if __name__ == "__main__":
    sys.exit(main())
