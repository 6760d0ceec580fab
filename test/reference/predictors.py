#!/usr/bin/env python3
"""Reference values for predictors of latent classes in three steps.

Writes predictors_rows.tsv (children of the problems), predictors_problems.tsv,
predictors.tsv (coefficients) and predictors_tests.tsv, which test_predictors
reads.  Not run by the tests (numpy, scipy, mpmath):

    python3 test/reference/predictors.py                     (five minutes)

The likelihood is written down as it is, in the terms themselves, and nothing
else: scipy's BFGS climbs it from several random points, the best one is made
exact with mpmath at 60 digits by Newton's method whose derivatives are
differences of the likelihood, as are those that standard errors come from,
and scores of clusters.
"""

import argparse
import math
import random
from pathlib import Path

import mpmath as mp
import numpy as np
from scipy import optimize

from three_step import confusion, critical, two_sided

mp.mp.dps = 60
H = mp.mpf(10) ** -15


class Problem:
    def __init__(self, name, d, rows, clustered, reference=0, level=0.95):
        self.name = name
        self.d = d
        self.k = len(d)
        self.rows = sorted(rows, key=lambda r: (r[0], r[1], r[2]))
        self.clustered = clustered
        self.reference = reference
        self.level = mp.mpf(level)
        self.terms = len(rows[0][2]) + 1
        self.others = [t for t in range(self.k) if t != reference]
        self.size = len(self.others) * self.terms
        self.clusters = sorted({r[0] for r in rows})
        self.df = len(self.clusters) - 1 if clustered else None

    def etas(self, theta, x, zero):
        eta = [zero] * self.k
        for i, t in enumerate(self.others):
            at = i * self.terms
            value = theta[at]
            for j, v in enumerate(x):
                value = value + theta[at + 1 + j] * v
            eta[t] = value
        return eta

    def log_likelihood(self, theta, rows=None):
        total = mp.mpf(0)
        for _, s, x, n in self.rows if rows is None else rows:
            e = [mp.exp(v) for v in self.etas(theta, x, mp.mpf(0))]
            f = mp.fsum(e[t] * mp.mpf(self.d[t][s]) for t in range(self.k))
            total += n * mp.log(f / mp.fsum(e))
        return total

    def fast(self, theta):
        total = 0.0
        for _, s, x, n in self.rows:
            eta = np.array(self.etas(theta, x, 0.0))
            e = np.exp(eta - eta.max())
            total -= n * math.log(max(
                sum(e[t] * self.d[t][s] for t in range(self.k)) / e.sum(),
                1e-300))
        return total

    def unit(self, i, h=H):
        v = [mp.mpf(0)] * self.size
        v[i] = h
        return v

    def gradient(self, theta, rows=None):
        result = []
        for i in range(self.size):
            up = [a + b for a, b in zip(theta, self.unit(i))]
            down = [a - b for a, b in zip(theta, self.unit(i))]
            result.append((self.log_likelihood(up, rows)
                           - self.log_likelihood(down, rows)) / (2 * H))
        return result

    def hessian(self, theta):
        # differences of the likelihood at four corners
        matrix = mp.matrix(self.size)
        cache = {}

        def at(i, j, si, sj):
            point = list(theta)
            point[i] += si * H
            point[j] += sj * H
            key = tuple(sorted([(i, si), (j, sj)]))
            if key not in cache:
                cache[key] = self.log_likelihood(point)
            return cache[key]

        for i in range(self.size):
            for j in range(i + 1):
                matrix[i, j] = matrix[j, i] = (
                    at(i, j, 1, 1) - at(i, j, 1, -1) - at(i, j, -1, 1)
                    + at(i, j, -1, -1)) / (4 * H * H)
        return matrix

    def solve(self, rng):
        best = None
        for trial in range(6):
            start = [0.0 if trial == 0 else rng.gauss(0, 1)
                     for _ in range(self.size)]
            found = optimize.minimize(self.fast, start, method="BFGS",
                                      options={"maxiter": 2000})
            if best is None or found.fun < best.fun:
                best = found
        theta = [mp.mpf(v) for v in best.x]
        for _ in range(30):
            step = mp.lu_solve(self.hessian(theta),
                               mp.matrix(self.gradient(theta)))
            theta = [a - b for a, b in zip(theta, step)]
            if max(abs(v) for v in step) < mp.mpf(10) ** -25:
                break
        else:
            raise AssertionError(self.name)
        return theta

    def covariance(self, theta):
        inverse = mp.inverse(-self.hessian(theta))
        if not self.clustered:
            return inverse
        meat = mp.zeros(self.size)
        for g in self.clusters:
            score = mp.matrix(self.gradient(
                theta, [r for r in self.rows if r[0] == g]))
            meat += score * score.T
        count = len(self.clusters)
        return inverse * meat * inverse * mp.mpf(count) / (count - 1)


def text(value):
    return "NULL" if value is None else mp.nstr(value, 20)


def wald(problem, theta, covariance, places):
    m = len(places)
    value = mp.matrix([theta[i] for i in places])
    matrix = mp.matrix(m)
    for a, i in enumerate(places):
        for b, j in enumerate(places):
            matrix[a, b] = covariance[i, j]
    statistic = (value.T * mp.inverse(matrix) * value)[0]
    if not problem.clustered:
        return [statistic, mp.mpf(m), None,
                mp.gammainc(mp.mpf(m) / 2, statistic / 2, mp.inf,
                            regularized=True)]
    d2 = problem.df + 1 - m
    f = statistic * d2 / (problem.df * m)
    return [f, mp.mpf(m), mp.mpf(d2),
            mp.betainc(mp.mpf(d2) / 2, mp.mpf(m) / 2, 0, d2 / (d2 + m * f),
                       regularized=True)]


def draw(rng, d, beta, covariates, n, clusters=0):
    """children by cluster, class taken for and covariates"""
    k = len(d)
    counted = {}
    effects = {g: [rng.gauss(0, .5) for _ in range(k)]
               for g in range(1, clusters + 1)}
    for _ in range(n):
        g = rng.randint(1, clusters) if clusters else 0
        x = covariates(rng)
        eta = [b[0] + sum(u * v for u, v in zip(b[1:], x)) for b in beta]
        if clusters:
            eta = [a + b for a, b in zip(eta, effects[g])]
        t = rng.choices(range(k), [math.exp(v) for v in eta])[0]
        s = rng.choices(range(k), d[t])[0]
        key = (g, s, tuple(x))
        counted[key] = counted.get(key, 0) + 1
    return [(g, s, x, n) for (g, s, x), n in counted.items()]


def problems():
    rng = random.Random(20240612)
    two = [[0.9, 0.1], [0.2, 0.8]]
    same = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    three = [[0.85, 0.1, 0.05], [0.1, 0.8, 0.1], [0.05, 0.15, 0.8]]
    poor = [[0.7, 0.2, 0.1], [0.2, 0.65, 0.15], [0.1, 0.25, 0.65]]

    def binary(rng):
        return (float(rng.random() < .4),)

    def mixed(rng):
        return (float(rng.random() < .4), float(rng.randint(0, 17)))

    def years(rng):
        return (2020.0 + rng.randint(0, 5), rng.randint(0, 8) / 4)

    yield Problem("intercepts only", three,
                  [(0, 0, (), 400), (0, 1, (), 350), (0, 2, (), 250)], False)
    yield Problem("two classes", two,
                  draw(rng, two, [(0, 0), (-.5, 1)], binary, 600), False)
    yield Problem("two classes, the other reference", two,
                  draw(rng, two, [(0, 0), (-.5, 1)], binary, 600), False, 1,
                  0.9)
    yield Problem("no error", same,
                  draw(rng, same, [(0, 0, 0), (.3, -1, .05), (-1, .5, .1)],
                       mixed, 800), False)
    yield Problem("three classes", three,
                  draw(rng, three, [(0, 0, 0), (.3, -1, .05), (-1, .5, .1)],
                       mixed, 1500), False)
    yield Problem("years", three,
                  draw(rng, three, [(0, 0, 0), (404, -.2, .3), (-202, .1, 0)],
                       years, 1200), False, 2)
    yield Problem("hard to tell apart", poor,
                  draw(rng, poor, [(0, 0, 0), (.3, -1, .05), (-1, .5, .1)],
                       mixed, 4000), False)
    yield Problem("clusters", three,
                  draw(rng, three, [(0, 0), (.3, -1), (-.5, .5)],
                       binary, 1500, 24), True)
    yield Problem("few clusters", two,
                  draw(rng, two, [(0, 0), (-.5, 1)], binary, 500, 7), True)
    yield Problem("clusters, no error", same,
                  draw(rng, same, [(0, 0), (.3, -1), (-.5, .5)],
                       binary, 700, 30), True, 1)
    four = confusion(rng, 4, [.8, .75, .85, .7])
    yield Problem("four classes", four,
                  draw(rng, four, [(0, 0), (.3, -1), (-.5, .5), (.2, .2)],
                       binary, 3000), False)


def write(path, names, rows):
    with open(path, "w", encoding="ascii", newline="\n") as file:
        file.write("\t".join(names) + "\n")
        for row in rows:
            file.write("\t".join(str(v) for v in row) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", default=Path(__file__).parent, type=Path)
    out = parser.parse_args().out
    rng = random.Random(1)
    children, listed, terms, tests = [], [], [], []
    for problem in problems():
        print(problem.name, flush=True)
        theta = problem.solve(rng)
        covariance = problem.covariance(theta)
        z = critical(problem.level, problem.df)
        status = "few_clusters" if problem.clustered and problem.df < 19 \
            else "ok"
        listed.append([problem.name, problem.k, problem.terms - 1,
                       problem.reference + 1,
                       " ".join(repr(v) for row in problem.d for v in row),
                       repr(float(problem.level)),
                       text(problem.log_likelihood(theta))])
        for g, s, x, n in problem.rows:
            children.append([problem.name, g if problem.clustered else "NULL",
                             s + 1, n, " ".join(repr(v) for v in x)])
        for i, t in enumerate(problem.others):
            for j in range(problem.terms):
                at = i * problem.terms + j
                error = mp.sqrt(covariance[at, at])
                statistic = theta[at] / error
                terms.append([problem.name, t + 1, j, text(theta[at]),
                              text(error), text(theta[at] - z * error),
                              text(theta[at] + z * error), text(statistic),
                              text(two_sided(statistic, problem.df)), status])
        for j in range(problem.terms):
            places = [i * problem.terms + b
                      for i in range(len(problem.others))
                      for b in range(1, problem.terms) if j in (0, b)]
            if not places:
                tests.append([problem.name, j] + ["NULL"] * 4
                             + ["zero_margin"])
                continue
            tests.append([problem.name, j] + [text(v) for v in wald(
                problem, theta, covariance, places)] + [status])
    write(out / "predictors_rows.tsv",
          ["problem", "cluster", "class", "n", "x"], children)
    write(out / "predictors_problems.tsv",
          ["problem", "classes", "covariates", "reference", "d",
           "conf_level", "log_likelihood"], listed)
    write(out / "predictors.tsv",
          ["problem", "class", "term", "coefficient", "std_error", "lower",
           "upper", "statistic", "p_value", "status"], terms)
    write(out / "predictors_tests.tsv",
          ["problem", "term", "statistic", "df", "df2", "p_value", "status"],
          tests)


if __name__ == "__main__":
    main()
