#!/usr/bin/env python3
"""Reference values for what is asked of latent classes after a fit.

Writes lca_residuals.tsv and lca_invariance.tsv, which test_lca_residuals and
test_lca_invariance read.  Not run by the tests:

    python3 test/reference/lca_groups.py            (half a minute; numpy)

Residuals: parameters are decimals, so everything is a rational number.  The
expected number of children with two items is the sum of the probabilities of
all response patterns that have both, not the product within classes.

Invariance: an EM with shares of each group and probabilities that are common
to both, or each group's own, item by item.  The kernel has no such model: it
has one more item instead.  Searched from random starts, the best ends
polished until the log-likelihood stands still to 1e-13 a step.
"""

import itertools
import random
from fractions import Fraction
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parent


def digits(x, n=25):
    """A fraction as a decimal with so many significant digits."""
    if x is None:
        return "NULL"
    if x == 0:
        return "0"
    sign = "-" if x < 0 else ""
    x = abs(x)
    exponent = 0
    while x >= 10:
        x /= 10
        exponent += 1
    while x < 1:
        x *= 10
        exponent -= 1
    number = str(round(x * 10 ** (n - 1)))
    return f"{sign}{number[0]}.{number[1:]}e{exponent}"


def square_root(x, n=40):
    """Of a fraction, as a fraction right to so many digits."""
    from math import isqrt
    scale = 10 ** (2 * n)
    return Fraction(isqrt(x.numerator * scale // x.denominator), 10 ** n)


def write(name, columns, rows):
    with open(FOLDER / name, "w") as file:
        for row in [columns] + rows:
            file.write("\t".join(str(cell) for cell in row) + "\n")


def text_of(patterns):
    return " ".join(f"{o}:{p}:{n}" for (o, p), n in sorted(patterns.items()))


# ---------------------------------------------------------------- residuals

def probability_of(y, share, probability):
    total = Fraction(0)
    for k, s in enumerate(share):
        product = s
        for j, p in enumerate(probability[k]):
            product *= p if y >> j & 1 else 1 - p
        total += product
    return total


def residuals(problem, items, patterns, share, probability):
    every = {y: probability_of(y, share, probability)
             for y in range(1 << items)}
    rows = []
    for b in range(1, items):
        for a in range(b):
            both = 1 << a | 1 << b
            counts = {}
            for (observed, present), n in patterns.items():
                if observed & both == both:
                    key = present & both
                    counts[key] = counts.get(key, 0) + n
            n = sum(counts.values())
            if n == 0:
                rows.append([problem, a, b, 0] + ["NULL"] * 4 +
                            ["not_observed"])
                continue
            statistic = Fraction(0)
            possible = True
            for key in (0, 1 << a, 1 << b, both):
                expected = n * sum(p for y, p in every.items()
                                   if y & both == key)
                difference = counts.get(key, 0) - expected
                if expected > 0:
                    statistic += difference * difference / expected
                elif difference > 0:
                    possible = False
                if key == both:
                    residual = difference / square_root(expected) \
                        if expected > 0 else None if difference else Fraction(0)
                    expected_both = expected
            rows.append([problem, a, b, n, counts.get(both, 0),
                         digits(expected_both), digits(residual),
                         digits(statistic if possible else None),
                         "ok" if possible else "boundary"])
    return rows


def residual_problems():
    rng = random.Random(20)
    data = []
    rows = []
    for problem in range(12):
        items = rng.randint(2, 6)
        classes = rng.randint(1, 4)
        cuts = sorted(rng.sample(range(1, 1000), classes - 1))
        share = [Fraction(b - a, 1000)
                 for a, b in zip([0] + cuts, cuts + [1000])]
        probability = [[Fraction(rng.randint(1, 999), 1000)
                        for _ in range(items)] for _ in share]
        if problem == 10:
            for row in probability:
                row[0] = Fraction(0)
        if problem == 11:
            for row in probability:
                row[1] = Fraction(1)
        patterns = {}
        for _ in range(rng.randint(4, 40)):
            observed = (1 << items) - 1
            if problem % 3 == 1:
                observed = rng.randrange(1, 1 << items)
            present = rng.randrange(1 << items) & observed
            if problem == 10:
                present &= ~1
            patterns[observed, present] = rng.choice(
                [1, 2, rng.randint(1, 300), rng.randint(1, 10 ** 9)])
        data.append([problem, items, classes, text_of(patterns),
                     " ".join(f"{float(s):.17g}" for s in share),
                     " ".join(f"{float(p):.17g}" for row in probability
                              for p in row)])
        rows += residuals(problem, items, patterns, share, probability)
    return data, rows


# --------------------------------------------------------------- invariance

class Groups:
    """Two groups with their own shares; items are common or own."""

    def __init__(self, items, classes, groups, own):
        self.items, self.classes, self.own = items, classes, own
        self.y = [np.array([[p >> j & 1 for j in range(items)]
                            for _, p in sorted(g)], float) for g in groups]
        self.o = [np.array([[o >> j & 1 for j in range(items)]
                            for o, _ in sorted(g)], float) for g in groups]
        self.w = [np.array([n for _, n in sorted(g.items())], float)
                  for g in groups]

    def step(self, share, rho):
        """One EM step: log-likelihood before it, and the new parameters."""
        total = 0.0
        new_share, yes, asked = [], [], []
        for g in range(2):
            present, absent = self.y[g] * self.o[g], (1 - self.y[g]) * self.o[g]
            joint = np.log(share[g]) + \
                present @ np.log(np.maximum(rho[g], 1e-300)).T + \
                absent @ np.log(np.maximum(1 - rho[g], 1e-300)).T
            top = joint.max(1, keepdims=True)
            r = np.exp(joint - top)
            s = r.sum(1, keepdims=True)
            total += float((self.w[g] * (np.log(s[:, 0]) + top[:, 0])).sum())
            r = r / s * self.w[g][:, None]
            new_share.append(r.sum(0) / r.sum())
            yes.append(r.T @ present)
            asked.append(r.T @ self.o[g])
        new_rho = []
        common_yes, common_asked = yes[0] + yes[1], asked[0] + asked[1]
        for g in range(2):
            with np.errstate(invalid="ignore", divide="ignore"):
                one = np.where(asked[g] > 0, yes[g] / asked[g], .5)
                both = np.where(common_asked > 0,
                                common_yes / common_asked, .5)
            new_rho.append(np.where(self.own[None, :], one, both))
        return total, new_share, new_rho

    def climb(self, share, rho, steps, tolerance):
        last = -np.inf
        for _ in range(steps):
            value, new_share, new_rho = self.step(share, rho)
            if value - last < tolerance:
                break
            share, rho, last = new_share, new_rho, value
        return value, share, rho

    def best(self, rng, starts=15):
        ends = []
        for _ in range(starts):
            rho = rng.uniform(.05, .95, (self.classes, self.items))
            other = np.where(self.own[None, :],
                             rng.uniform(.05, .95, rho.shape), rho)
            share = np.full(self.classes, 1 / self.classes)
            ends.append(self.climb([share, share], [rho, other], 60, 1e-6))
        ends.sort(key=lambda e: -e[0])
        return max((self.climb(e[1], e[2], 20000, 1e-13) for e in ends[:2]),
                   key=lambda e: e[0])


def draw(rng, items, share, rho, n, missing):
    patterns = {}
    for _ in range(n):
        k = rng.choice(len(share), p=share)
        observed = sum(int(rng.random() > missing) << j for j in range(items))
        present = sum(int(rng.random() < rho[k][j]) << j
                      for j in range(items)) & observed
        if observed:
            patterns[observed, present] = \
                patterns.get((observed, present), 0) + 1
    return patterns


def invariance_problems():
    rng = np.random.default_rng(8)
    rows = []
    problem = 0
    for items, classes, n, missing, different in (
            (4, 2, (300, 200), 0, ()), (5, 2, (150, 400), 0, (1,)),
            (4, 1, (50, 80), 0, (2,)), (5, 3, (1200, 1500), 0, (0, 3)),
            (5, 2, (400, 300), .2, (4,)), (4, 2, (2000, 1000), .1, (0, 1, 2, 3)),
            (5, 2, (200, 200), 0, ())):
        spread = 0
        while spread < .35:
            rho = rng.uniform(.08, .92, (classes, items))
            spread = min([1.] + [np.abs(rho[i] - rho[j]).mean()
                                 for i, j in itertools.combinations(
                                     range(classes), 2)])
        if problem == 6:
            rho[0] = [.8, .7, .9, .6, 0]
            rho[1] = [.2, .3, .1, .3, .5]
        other = rho.copy()
        for j in different:
            other[:, j] = rng.uniform(.1, .9, classes)
        shares = [rng.dirichlet(np.full(classes, 6.)) for _ in range(2)]
        groups = [draw(rng, items, shares[g], (rho, other)[g], n[g], missing)
                  for g in range(2)]
        fits = [Groups(items, classes, groups, np.array(own)).best(rng)
                for own in [[False] * items, [True] * items] +
                [[i == j for i in range(items)] for j in range(items)]]
        end = np.minimum(fits[0][2][0], 1 - fits[0][2][0])
        held = (end < 1e-5).sum(0)
        rows.append([problem, items, classes, text_of(groups[0]),
                     text_of(groups[1]), f"{fits[0][0]:.14g}",
                     f"{fits[1][0]:.14g}",
                     " ".join(f"{f[0]:.14g}" for f in fits[2:]),
                     " ".join(str(h) for h in held)])
        problem += 1
    return rows


def main():
    data, rows = residual_problems()
    write("lca_residual_models.tsv",
          ["problem", "items", "classes", "patterns", "shares",
           "probabilities"], data)
    write("lca_residuals.tsv",
          ["problem", "a", "b", "n", "observed", "expected", "residual",
           "statistic", "status"], rows)
    write("lca_invariance.tsv",
          ["problem", "items", "classes", "first", "second", "same", "own",
           "released", "held"], invariance_problems())


main()
