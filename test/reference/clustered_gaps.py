#!/usr/bin/env python3
"""Reference values for the gaps of age curves over clusters.

Writes clustered_gap.tsv of this folder, which unit tests read.  Not run by
the tests:

    python3 test/reference/clustered_gaps.py                      (seconds)

and with --scale, --seed and --out as proportions.py, for a larger sweep.

Clusters are written "2:3.1=4,3.0=6;1:5.7=1": two clusters with 4 children in
cell 1 and 6 in cell 0 of age 3, and one with 1 child in cell 7 of age 5.  The
values follow the definition on these clusters in rational numbers but for one
root: residuals of every cluster, their products added up; the kernel is given
second moments.
Lists have one value an age, those of matrices their lower triangle.
"""

import argparse
import random
from fractions import Fraction
from pathlib import Path

import mpmath as mp

from clusters import beta_lower_quantile, t_quantile

SCALE = 1
SEED = 20260407
DIGITS = 25
LEVEL = 0.95
IDENTIFIED, ASSESSED, DECIDED = 1, 2, 4


def real(value):
    if isinstance(value, Fraction):
        return mp.mpf(value.numerator) / value.denominator
    return mp.mpf(value)


def number(value):
    return "NULL" if value is None else mp.nstr(real(value), DIGITS)


def numbers(values):
    return ",".join(map(number, values)) if values else "-"


def design_text(design):
    return ";".join(
        f"{times}:" + ",".join(f"{age}.{cell}={count}"
                               for (age, cell), count in sorted(cells.items()))
        for times, cells in design)


def total(design, f):
    """sum of f(cells) over clusters"""
    return sum(times * f(cells) for times, cells in design)


def score(cell, first):
    return bool(cell & first) - bool(cell & DECIDED)


def children(cells, age):
    return sum(count for (at, _), count in cells.items() if at == age)


def scores(cells, age, first):
    return sum(count * score(cell, first)
               for (at, cell), count in cells.items() if at == age)


def independent(pooled, age, first):
    """variance of the gap of independent children, and 1 - gap^2"""
    by_score = {-1: Fraction(0), 0: Fraction(0), 1: Fraction(0)}
    for (at, cell), count in pooled.items():
        if at == age:
            by_score[score(cell, first)] += count

    def moments():
        n = sum(by_score.values())
        mean = (by_score[1] - by_score[-1]) / n
        return n, mean, (by_score[1] + by_score[-1]) / n

    _, mean, _ = moments()
    spread = 1 - mean**2
    if 0 in by_score.values():
        for key in by_score:
            by_score[key] += Fraction(1, 2)
    n, shrunk, squares = moments()
    return (squares - shrunk**2) / n, spread or 1 - shrunk**2


def bounds(gap, n, trials, variance, df):
    """logit-t of (1 + gap) / 2; of effective trials where it has no logit"""
    if df < 0.1:
        return None, None
    t = t_quantile(LEVEL, df)
    if abs(gap) < 1:
        half = t * mp.sqrt(variance) / (1 - real(gap)**2)
        return mp.tanh(mp.atanh(gap) - half), mp.tanh(mp.atanh(gap) + half)
    trials *= min(1, (t_quantile(LEVEL, n - 1) / t)**2)
    inner = 1 - 2 * beta_lower_quantile((1 - mp.mpf(LEVEL)) / 2, trials, 1)
    return (-inner, mp.mpf(1)) if gap > 0 else (mp.mpf(-1), inner)


def reference(design, kind):
    first = IDENTIFIED if kind == "identified" else ASSESSED
    pooled = {}
    for times, cells in design:
        for key, count in cells.items():
            pooled[key] = pooled.get(key, 0) + times * count
    clusters = sum(times for times, cells in design if sum(cells.values()) > 0)
    ages = [age for age in range(21)
            if sum(times for times, cells in design
                   if children(cells, age) > 0) > 1]
    gaps, residuals = [], []
    for age in ages:
        n = children(pooled, age)
        gap = Fraction(scores(pooled, age, first), n)
        gaps.append(gap)
        residuals.append([(scores(cells, age, first)
                           - gap * children(cells, age)) / n
                          for _, cells in design])
    effective = [Fraction(children(pooled, age)**2,
                          total(design, lambda c: children(c, age)**2))
                 for age in ages]
    factor = [e / (e - 1) for e in effective]
    covariance, trials, variances = [], [], []
    for i, age in enumerate(ages):
        for j in range(i + 1):
            products = sum(design[c][0] * residuals[i][c] * residuals[j][c]
                           for c in range(len(design)))
            covariance.append(real(products)
                              * mp.sqrt(real(factor[i] * factor[j])))
        variance, spread = independent(pooled, age, first)
        if covariance[-1] == 0:
            covariance[-1] = variance
        trials.append(spread / variance)
        variances.append(real(covariance[-1]))
    kept = total(design, lambda c: sum(children(c, age) for age in ages)**2)
    df = Fraction(sum(children(pooled, age) for age in ages)**2, kept) - 1 \
        if ages else None
    status = "empty" if clusters == 0 else "too_few" if not ages \
        else "few_clusters" if clusters < 20 else "ok"
    intervals = [bounds(gap, children(pooled, age), real(k), v, real(e - 1))
                 for gap, age, k, v, e in zip(map(real, gaps), ages, trials,
                                              variances, effective)]
    return [design_text(design), kind, status, number(df),
            ",".join(map(str, ages)) or "-", numbers(gaps), numbers(trials),
            numbers([e - 1 for e in effective]), numbers(covariance),
            numbers([low for low, _ in intervals]),
            numbers([high for _, high in intervals])]


# -------------------------------------------------------------- designs

def random_design(rng):
    """clusters with their own shares, of very different sizes"""
    clusters = rng.choice([1, 2, 2, 3, 6, 12, 19, 20, 25, 40])
    top = rng.choice([1, 3, 20, 300, 10**5, 10**9, 10**15])
    ages = sorted(rng.sample(range(21), rng.choice([1, 2, 3, 5, 8])))
    missing = rng.choice([0, 0, 0.3, 0.8])
    spread = rng.choice([0.5, 4, 60])
    centre = {age: [rng.random() ** 2 + 1e-3 for _ in range(8)] for age in ages}
    design = []
    for _ in range(clusters):
        cells = {}
        for age in ages:
            if rng.random() < missing:
                continue
            n = max(1, int(top ** rng.uniform(0, 1)))
            weights = [rng.gammavariate(max(1e-3, c * spread), 1) + 1e-12
                       for c in centre[age]]
            if n <= 50:
                drawn = rng.choices(range(8), weights, k=n)
                counts = [drawn.count(cell) for cell in range(8)]
            else:
                counts = [int(n * w / sum(weights)) for w in weights]
            for cell, count in enumerate(counts):
                if count > 0:
                    cells[age, cell] = count
        if cells:
            design.append((1, cells))
    return design


def extremes():
    """what random clusters do not show"""
    # every child its own cluster
    yield [(7, {(3, 1): 1}), (5, {(3, 0): 1}), (4, {(9, 5): 1}), (2, {(9, 1): 1})]
    # two clusters, one of which is nearly everybody
    yield [(1, {(4, 1): 1, (5, 0): 2}),
           (1, {(4, 1): 10**12, (4, 5): 10**12 + 1, (5, 1): 10**12, (5, 4): 3})]
    # all children of an age in one cluster; and all of all
    yield [(1, {(4, 1): 3, (5, 0): 2, (5, 1): 9}), (1, {(5, 1): 4, (5, 7): 2}),
           (1, {(5, 3): 1})]
    yield [(1, {(4, 1): 3, (5, 0): 2})]
    yield [(1, {(4, 1): 3}), (1, {(5, 0): 2})]
    # gaps of 1, -1 and 0, and clusters with the same gap
    yield [(30, {(0, 1): 2, (1, 4): 3, (2, 7): 1, (3, 0): 5})]
    yield [(30, {(0, 1): 2, (0, 0): 2, (7, 1): 3}),
           (2, {(0, 1): 9, (0, 0): 9, (7, 0): 1})]
    # clusters that differ in the last of a billion children
    yield [(3, {(6, 1): 10**9, (6, 0): 10**9, (20, 1): 10**9, (20, 7): 10**9}),
           (2, {(6, 1): 10**9 + 1, (6, 0): 10**9 - 1,
                (20, 1): 10**9 - 1, (20, 7): 10**9 + 1})]
    # all ages, a hundred and more municipalities
    rng = random.Random(7)
    yield [(rng.choice([1, 5, 12]),
            {(age, cell): rng.randrange(1, 40) for age in range(21)
             for cell in range(8) if rng.random() < 0.3}) for _ in range(24)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=int, default=SCALE)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    designs = list(extremes())
    while len(designs) < 60 * arguments.scale:
        design = random_design(rng)
        if design:
            designs.append(design)
    with open(arguments.out / "clustered_gap.tsv", "w", encoding="ascii") as out:
        print("clusters", "kind", "status", "df", "ages", "gaps", "trials",
              "age_df", "covariance", "lower", "upper", sep="\t", file=out)
        for design in designs:
            for kind in ("identified", "assessed"):
                print(*reference(design, kind), sep="\t", file=out)


if __name__ == "__main__":
    main()
