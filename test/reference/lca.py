#!/usr/bin/env python3
"""Reference values for latent classes of binary items.

Writes lca_patterns.tsv (the data sets), lca_fits.tsv, lca_classes.tsv,
lca_posteriors.tsv and lca_confusion.tsv, which test_lca_reference reads.  Not
run by the tests:

    python3 test/reference/lca.py                            (some minutes)
    python3 test/reference/lca.py --scale 3 --seed 7 --out FOLDER

Needs numpy and mpmath.  The search is plain EM in doubles from many random
starts; the answer does not depend on it.  Each of the best ends is polished
by Newton steps on the log-likelihood itself, whose gradient is computed with
60 digits, until the gradient is 0 to 45 of them, and its Hessian, also with
60 digits, is asserted to be negative definite.

- A probability that the search drives to 0 or 1 is put there and held.  That
  is asserted to be right: the likelihood must fall into the interval.
- Standard errors are those of the inverse of the observed information of the
  parameters that are not held; that of the last share by the delta method.
- Where the Hessian is singular, other parameters give the same likelihood
  (three classes of four items, for one): such a fit has a log-likelihood and
  what follows from it, and no parameters.
"""

import argparse
import math
import random
import sys
from pathlib import Path

import mpmath as mp
import numpy as np

mp.mp.dps = 60

# Goodman 1974, Biometrika 61:215; Landis and Koch 1977, Biometrics 33:363;
# Dayton 1998, Latent Class Scaling Analysis.  An item is present at 2.
PUBLISHED = {
    "values": (4, "1111:20 1112:2 1121:9 1122:2 1211:6 1212:1 1221:4 1222:1 "
               "2111:38 2112:7 2121:24 2122:6 2211:25 2212:6 2221:23 2222:42"),
    "carcinoma": (7, "1111111:34 1111211:2 1211111:6 1211112:1 1211211:4 "
                  "1211212:5 2111111:2 2121212:1 2211111:2 2211112:1 "
                  "2211211:2 2211212:7 2211222:1 2212112:1 2212212:2 "
                  "2212222:3 2221212:13 2221222:5 2222212:10 2222222:16"),
    "cheating": (4, "1111:207 1112:46 1121:7 1122:5 1211:13 1212:4 1221:1 "
                 "1222:2 2111:10 2112:3 2121:1 2122:2 2211:11 2212:4 2221:1 "
                 "2222:2"),
}


class Table:
    def __init__(self, name, columns):
        self.name, self.columns, self.rows = name, columns, []

    def add(self, *cells):
        assert len(cells) == len(self.columns)
        self.rows.append([text(cell) for cell in cells])

    def write(self, folder):
        with open(folder / self.name, "w", newline="\n") as file:
            for row in [self.columns] + self.rows:
                file.write("\t".join(row) + "\n")


def text(cell):
    if cell is None:
        return "NULL"
    if isinstance(cell, (str, int)):
        return str(cell)
    if isinstance(cell, list):
        return " ".join(text(c) for c in cell)
    return mp.nstr(cell, 25)


PATTERNS = Table("lca_patterns.tsv", ["problem", "items", "patterns"])
FITS = Table("lca_fits.tsv", [
    "problem", "classes", "status", "n", "n_unobserved", "patterns",
    "parameters", "log_likelihood", "aic", "bic", "abic", "entropy", "g2",
    "x2", "df", "smallest_share", "mean_posterior", "boundary"])
CLASSES = Table("lca_classes.tsv", [
    "problem", "classes", "class", "item", "estimate", "std_error", "status"])
POSTERIORS = Table("lca_posteriors.tsv", [
    "problem", "classes", "present", "observed", "posterior"])
CONFUSION = Table("lca_confusion.tsv", [
    "problem", "classes", "class", "assigned"])


class Problem:
    """patterns: {(observed, present): count}"""

    def __init__(self, name, items, patterns, classes):
        self.name, self.items, self.classes = name, items, classes
        self.patterns = dict(sorted(patterns.items()))
        self.unobserved = self.patterns.get((0, 0), 0)
        self.keys = [key for key in self.patterns if key[0] != 0]
        self.w = np.array([self.patterns[key] for key in self.keys], float)
        self.o = np.array([[key[0] >> j & 1 for j in range(items)]
                           for key in self.keys], float)
        self.y = np.array([[key[1] >> j & 1 for j in range(items)]
                           for key in self.keys], float)
        self.n = sum(self.patterns[key] for key in self.keys)
        everything = 2 ** items - 1
        self.complete = all(o == everything for o, _ in self.keys)
        self.seen = [any(o >> j & 1 for o, _ in self.keys)
                     for j in range(items)]
        self.constant = [
            self.seen[j] and len({y >> j & 1 for o, y in self.keys
                                  if o >> j & 1}) == 1 for j in range(items)]


# ------------------------------------------------------- search, in doubles

def em(problem, share, prob, iterations):
    """starts at once: share (starts, classes), prob (starts, classes, items)"""
    w, y, o = problem.w, problem.y, problem.o
    likelihood = None
    for _ in range(iterations):
        p = np.clip(prob, 1e-13, 1 - 1e-13)
        log_f = (np.einsum("ij,skj->sik", y, np.log(p)) +
                 np.einsum("ij,skj->sik", o - y, np.log1p(-p)) +
                 np.log(np.maximum(share, 1e-300))[:, None, :])
        top = log_f.max(axis=2, keepdims=True)
        f = np.exp(log_f - top)
        total = f.sum(axis=2, keepdims=True)
        likelihood = ((np.log(total) + top)[:, :, 0] * w).sum(axis=1)
        r = f / total * w[None, :, None]
        share = r.sum(axis=1) / problem.n
        seen = np.einsum("sik,ij->skj", r, o)
        prob = np.where(seen > 0, np.einsum("sik,ij->skj", r, y) /
                        np.where(seen > 0, seen, 1), 0.5)
    return share, prob, likelihood


def search(problem, classes, starts, generator):
    share = generator.dirichlet(np.full(classes, 3.0), starts)
    prob = generator.uniform(.02, .98, (starts, classes, problem.items))
    share, prob, likelihood = em(problem, share, prob, 150)
    best = np.argsort(-likelihood)[:max(6, starts // 8)]
    share, prob, likelihood = em(problem, share[best], prob[best], 2500)
    best = np.argsort(-likelihood)[:3]
    return em(problem, share[best], prob[best], 8000)


# ------------------------------------------------------------ the answer

class Point:
    """parameters with 60 digits, some of them held at 0 or 1"""

    def __init__(self, problem, share, prob):
        self.problem = problem
        self.classes = len(share)
        self.share = [mp.mpf(float(s)) for s in share]
        self.prob = [[mp.mpf(float(p)) for p in row] for row in prob]
        self.held = [[False] * problem.items for _ in share]
        self.share[-1] = 1 - sum(self.share[:-1])

    def hold(self, k, j):
        self.prob[k][j] = mp.mpf(round(float(self.prob[k][j])))
        self.held[k][j] = True

    def free(self):
        """indices: shares but the last, then the probabilities not held"""
        return ([(k, None) for k in range(self.classes - 1)] +
                [(k, j) for k in range(self.classes)
                 for j in range(self.problem.items)
                 if not self.held[k][j] and self.problem.seen[j]])

    def product(self, key, k, without=None):
        result = mp.mpf(1)
        for j in range(self.problem.items):
            if key[0] >> j & 1 and j != without:
                p = self.prob[k][j]
                result *= p if key[1] >> j & 1 else 1 - p
        return result

    def pattern(self, key):
        f = [self.product(key, k) for k in range(self.classes)]
        return f, sum(s * x for s, x in zip(self.share, f))

    def log_likelihood(self):
        return mp.fsum(self.problem.patterns[key] *
                       mp.log(self.pattern(key)[1])
                       for key in self.problem.keys)

    def derivatives(self, second):
        """gradient and, if asked for, Hessian of the log-likelihood"""
        free = self.free()
        size, classes = len(free), self.classes
        items = self.problem.items
        at = {name: i for i, name in enumerate(free)}
        rows, curvature = [], np.full((size, size), mp.mpf(0), dtype=object)
        gradient = np.full(size, mp.mpf(0), dtype=object)
        slope = [[[None, None] for _ in range(items)] for _ in range(classes)]
        for k, j in free:
            if j is not None:
                slope[k][j] = [-1 / (1 - self.prob[k][j]), 1 / self.prob[k][j]]
        for key in self.problem.keys:
            weight = mp.mpf(self.problem.patterns[key])
            f, total = self.pattern(key)
            d = np.full(size, mp.mpf(0), dtype=object)
            for k in range(classes - 1):
                d[k] = (f[k] - f[-1]) / total
            for k in range(classes):
                posterior = self.share[k] * f[k] / total
                mine = [(at[k, j], slope[k][j][key[1] >> j & 1])
                        for j in range(items)
                        if (k, j) in at and key[0] >> j & 1]
                for i, s in mine:
                    d[i] = posterior * s
                if second and posterior != 0:
                    for i, s in mine:
                        for l, t in mine:
                            if l < i:
                                curvature[i, l] += weight * posterior * s * t
                        for m in ([k] if k < classes - 1
                                  else range(classes - 1)):
                            sign = 1 if k < classes - 1 else -1
                            curvature[i, m] += weight * sign * f[k] * s / total
            gradient += weight * d
            if second:
                rows.append(mp.sqrt(weight) * d)
        if not second:
            return gradient, None
        outer = np.array(rows, dtype=object)
        curvature = curvature + curvature.T     # its diagonal is 0
        return gradient, curvature - outer.T.dot(outer)

    def step(self, direction, length=1):
        """a copy, so much further; None if that leaves the interval"""
        copy = Point.__new__(Point)
        copy.problem, copy.classes = self.problem, self.classes
        copy.share = list(self.share)
        copy.prob = [list(row) for row in self.prob]
        copy.held = [list(row) for row in self.held]
        for (k, j), d in zip(self.free(), direction):
            if j is None:
                copy.share[k] += length * d
            else:
                copy.prob[k][j] += length * d
                if not 0 < copy.prob[k][j] < 1:
                    return None
        copy.share[-1] = 1 - sum(copy.share[:-1])
        return copy if min(copy.share) > 0 else None

    def outward(self, k, j):
        """does the likelihood fall from a held probability inwards?"""
        slope = mp.mpf(0)
        for key in self.problem.keys:
            if key[0] >> j & 1:
                term = (self.problem.patterns[key] * self.share[k] *
                        self.product(key, k, j) / self.pattern(key)[1])
                slope += term if key[1] >> j & 1 else -term
        return slope <= 0 if self.prob[k][j] == 0 else slope >= 0

    def order(self):
        places = sorted(range(self.classes),
                        key=lambda k: (-self.share[k],
                                       [-p for p in self.prob[k]]))
        self.share = [self.share[k] for k in places]
        self.prob = [self.prob[k] for k in places]
        self.held = [self.held[k] for k in places]


def polish(problem, share, prob):
    """the maximum near doubles, and whether its parameters are the only ones"""
    point = Point(problem, share, prob)
    for k in range(point.classes):
        for j in range(problem.items):
            if problem.seen[j] and not 1e-5 < prob[k][j] < 1 - 1e-5:
                point.hold(k, j)
    for _ in range(60):
        size = len(point.free())
        if size == 0:
            return point, True
        gradient, hessian = point.derivatives(True)
        double = -np.array(hessian, dtype=float)
        scale = 1 / np.sqrt(np.maximum(np.diag(double), 1e-300))
        values, vectors = np.linalg.eigh(double * np.outer(scale, scale))
        if values[0] < 1e-7:            # flat, or not yet near
            largest = float(max(abs(g) for g in gradient))
            if largest < 1e-20 * problem.n:
                return point, False
            values = np.maximum(np.abs(values), 1e-6)
        direction = scale * (vectors @ ((vectors.T @ (
            scale * np.array(gradient, dtype=float))) / values))
        length, moved = 1.0, None
        base = point.log_likelihood()
        while moved is None or moved.log_likelihood() < base - 1e-25:
            moved = point.step([mp.mpf(d) for d in direction], length)
            length /= 2
            if length < 1e-9:
                moved = None
                break
        if moved is None or length < .2:
            # does a probability want out?  Then hold it there.
            for (k, j), d in zip(point.free(), direction):
                if j is not None and not 0 < float(point.prob[k][j]) + d < 1 \
                        and min(point.prob[k][j], 1 - point.prob[k][j]) < .02:
                    point.hold(k, j)
                    moved = point
                    break
        if moved is None:
            return point, False
        point = moved
        released = [(k, j) for k in range(point.classes)
                    for j in range(problem.items)
                    if point.held[k][j] and not problem.constant[j] and
                    not point.outward(k, j)]
        if released:
            for k, j in released:
                point.held[k][j] = False
                point.prob[k][j] = abs(point.prob[k][j] - mp.mpf(1e-5))
            continue
        # with an inverse in doubles a step gains some eight digits
        if values[0] > 1e-6 and max(map(abs, direction)) < 1e-6:
            inverse = np.linalg.inv(double)
            for _ in range(20):
                gradient, _ = point.derivatives(False)
                if max(abs(g) for g in gradient) < \
                        mp.mpf(10) ** -45 * problem.n:
                    return point, True
                size_of = max(abs(g) for g in gradient)
                unit = np.array([float(g / size_of) for g in gradient])
                point = point.step([mp.mpf(d) * size_of
                                    for d in inverse @ unit])
                assert point is not None, problem.name
    return point, False


def covariance(point):
    _, hessian = point.derivatives(True)
    size = len(hessian)
    matrix = mp.matrix(size, size)
    for i in range(size):
        for j in range(size):
            matrix[i, j] = -hessian[i, j]
    mp.cholesky(matrix)             # raises unless positive definite
    return mp.inverse(matrix)


# ------------------------------------------------------------------ tables

def solve(problem, classes, generator, starts):
    rows = []
    share, prob, _ = search(problem, classes, starts, generator)
    for s, p in zip(share, prob):
        rows.append(polish(problem, s, p))
    rows.sort(key=lambda row: -row[0].log_likelihood())
    point, unique = rows[0]
    best = point.log_likelihood()
    for other, other_unique in rows[1:]:
        if other_unique and unique and abs(
                other.log_likelihood() - best) < 1e-20:
            other.order()
            point.order()
            if max(abs(a - b) for a, b in zip(other.share, point.share)) > 1e-9:
                unique = False          # two optima, equally high
    point.order()
    describe(problem, classes, point, unique)
    print(f"{problem.name} {classes}: {mp.nstr(best, 12)}"
          f"{'' if unique else ' (not identified)'}, "
          f"{len(problem.keys)} patterns, {sum(map(sum, point.held))} held",
          file=sys.stderr)


def describe(problem, classes, point, unique):
    n, keys = mp.mpf(problem.n), problem.keys
    parameters = classes - 1 + classes * sum(problem.seen)
    ll = point.log_likelihood()
    total, entropy, modal_mean = {}, mp.mpf(0), mp.mpf(0)
    confusion = [[mp.mpf(0)] * classes for _ in range(classes)]
    for key in keys:
        w = problem.patterns[key]
        f, total[key] = point.pattern(key)
        r = [s * x / total[key] for s, x in zip(point.share, f)]
        entropy += w * mp.fsum(x * mp.log(x) for x in r if x > 0)
        modal = max(range(classes), key=lambda k: (r[k], -k))
        modal_mean += w * r[modal] / n
        for k in range(classes):
            confusion[k][modal] += w * r[k] / (n * point.share[k])
    g2 = x2 = df = None
    if problem.complete:
        g2 = 2 * mp.fsum(problem.patterns[key] *
                         mp.log(problem.patterns[key] / (n * total[key]))
                         for key in keys)
        x2 = mp.fsum((problem.patterns[key] - n * total[key]) ** 2 /
                     (n * total[key]) for key in keys) + \
            n - n * mp.fsum(total.values())
        df = min(problem.n, 2 ** problem.items - 1) - parameters
    # held, but for items that are the same in everybody
    boundary = sum(point.held[k][j] and not problem.constant[j]
                   for k in range(classes) for j in range(problem.items))
    FITS.add(problem.name, classes, "ok" if unique else "not_identified",
             problem.n, problem.unobserved, len(keys), parameters, ll,
             -2 * ll + 2 * parameters, -2 * ll + parameters * mp.log(n),
             -2 * ll + parameters * mp.log((n + 2) / 24),
             1 + entropy / (n * mp.log(classes))
             if classes > 1 and unique else None,
             g2, x2, df, min(point.share) if unique else None,
             modal_mean if unique else None, boundary if unique else None)
    if not unique:
        return
    errors = {}
    free = point.free()
    if free:
        inverse = covariance(point)
        errors = {name: mp.sqrt(inverse[i, i]) for i, name in enumerate(free)}
        if classes > 1:
            errors[classes - 1, None] = mp.sqrt(mp.fsum(
                inverse[a, b] for a in range(classes - 1)
                for b in range(classes - 1)))
    for k in range(classes):
        CLASSES.add(problem.name, classes, k + 1, None, point.share[k],
                    errors.get((k, None)), "ok")
        for j in range(problem.items):
            status = ("not_observed" if not problem.seen[j] else
                      "constant" if problem.constant[j] else
                      "boundary" if point.held[k][j] else "ok")
            CLASSES.add(problem.name, classes, k + 1, j + 1,
                        None if status == "not_observed" else point.prob[k][j],
                        errors.get((k, j)) if status == "ok" else None, status)
        CONFUSION.add(problem.name, classes, k + 1, confusion[k])
    everything = 2 ** problem.items - 1
    asked = {keys[0], keys[-1], max(keys, key=lambda x: problem.patterns[x]),
             (everything, 0x5555555555555555 & everything),
             (0x3333333333333333 & everything, 0x1212121212121212 & everything),
             (0, 0)}
    for key in sorted(asked):
        f, sum_ = point.pattern(key)
        if sum_ > mp.mpf(10) ** -40:
            POSTERIORS.add(problem.name, classes, key[1], key[0],
                           [s * x / sum_ for s, x in zip(point.share, f)])


# ---------------------------------------------------------------- data sets

def published():
    for name, (items, cells) in PUBLISHED.items():
        patterns = {}
        for cell in cells.split():
            digits, count = cell.split(":")
            present = sum(1 << j for j, d in enumerate(digits) if d == "2")
            patterns[2 ** items - 1, present] = int(count)
        yield Problem(name, items, patterns, [1, 2, 3, 4])


def drawn(random_, items, classes, n, missing, weight=1):
    """children of a model that is drawn, too"""
    share = [random_.uniform(.5, 2) for _ in range(classes)]
    prob = [[random_.choice((random_.uniform(.05, .35),
                             random_.uniform(.65, .95)))
             for _ in range(items)] for _ in range(classes)]
    patterns = {}
    for _ in range(n):
        k = random_.choices(range(classes), share)[0]
        observed = sum((random_.random() >= missing) << j
                       for j in range(items))
        present = sum((random_.random() < prob[k][j]) << j
                      for j in range(items)) & observed
        patterns[observed, present] = \
            patterns.get((observed, present), 0) + weight
    return patterns


def change(patterns, function):
    result = {}
    for (observed, present), count in patterns.items():
        key = function(observed, present)
        result[key] = result.get(key, 0) + count
    return result


def problems(random_, scale):
    yield from published()
    shapes = [(3, 2, 500), (4, 2, 50), (4, 2, 1000), (5, 2, 200), (5, 2, 5000),
              (6, 2, 100), (6, 3, 800), (7, 3, 2000), (8, 2, 300), (8, 3, 5000),
              (9, 3, 1000), (10, 4, 3000), (12, 3, 600), (12, 5, 5000)]
    for i, (items, classes, n) in enumerate(shapes * scale):
        yield Problem(f"complete{i}", items,
                      drawn(random_, items, classes, n, 0), [classes])
    shapes = [(4, 2, 400), (5, 2, 1000), (6, 2, 200), (6, 3, 1500),
              (8, 3, 600), (8, 2, 120), (10, 3, 900), (12, 4, 1000)]
    for i, (items, classes, n) in enumerate(shapes * scale):
        yield Problem(f"missing{i}", items,
                      drawn(random_, items, classes, n, .15 + .05 * (i % 4)),
                      [classes])
    # frequencies far above 1: the same parameters, smaller errors
    for i, weight in enumerate([7, 1000, 10 ** 9]):
        yield Problem(f"weighted{i}", 6,
                      drawn(random_, 6, 2, 300, 0 if i else .1, weight), [2])
    # an item that nobody has, one that all have, one that nobody was asked
    for i in range(3):
        patterns = drawn(random_, 7, 2, 400, .1 * i)
        yield Problem(f"constant{i}", 7, change(
            patterns, lambda o, y: (o, (y & ~2) | (8 & o))), [2])
    for i in range(2):
        patterns = drawn(random_, 7, 2, 400, .05)
        yield Problem(f"unseen{i}", 7, change(
            patterns, lambda o, y: (o & ~(1 << 2), y & ~(1 << 2))), [2])
    # the same item twice: local dependence drives probabilities to 0 and 1
    for i in range(3):
        patterns = drawn(random_, 6, 2, 500, .1 * (i == 2))
        yield Problem(f"duplicated{i}", 7, change(
            patterns, lambda o, y: (o | (o & 1) << 6, y | (y & 1) << 6)),
            [2 + (i == 1)])
    # more classes than there are
    for i in range(3):
        yield Problem(f"overfitted{i}", 6, drawn(random_, 6, 1 + i, 250, 0),
                      [3])
    # two halves that were asked different questions, but for two in common
    for i in range(2):
        patterns = drawn(random_, 8, 2, 1500, 0)
        yield Problem(f"halves{i}", 8, {
            key: count for key, count in change(
                patterns, lambda o, y: (o & (0x1f if y & 1 else 0xf9),
                                        y & (0x1f if y & 1 else 0xf9))).items()
        }, [2])
    # high items only, nearly all of them
    yield Problem("few_children", 5, drawn(random_, 5, 2, 25, 0), [1, 2])
    yield Problem("one_item", 1, {(1, 0): 30, (1, 1): 12, (0, 0): 5}, [1])
    yield Problem("unobserved", 4, {(0, 0): 17, **drawn(
        random_, 4, 2, 600, .1)}, [2])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--starts", type=int, default=1000)
    parser.add_argument("--only", default="")
    parser.add_argument("--out", type=Path,
                        default=Path(__file__).resolve().parent)
    arguments = parser.parse_args()
    for problem in problems(random.Random(arguments.seed), arguments.scale):
        if arguments.only not in problem.name:
            continue
        PATTERNS.add(problem.name, problem.items,
                     " ".join(f"{o}:{y}:{count}" for (o, y), count
                              in problem.patterns.items()))
        for classes in problem.classes:
            solve(problem, classes,
                  np.random.default_rng([arguments.seed, classes]),
                  arguments.starts)
    for table in (PATTERNS, FITS, CLASSES, POSTERIORS, CONFUSION):
        table.write(arguments.out)


if __name__ == "__main__":
    main()
