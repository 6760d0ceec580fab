#!/usr/bin/env python3
"""Reference values for outcomes by latent class in three steps.

Writes three_step_cases.tsv (the problems), three_step.tsv (shares),
three_step_pairs.tsv (differences) and three_step_tests.tsv, which
test_three_step reads.  Not run by the tests:

    python3 test/reference/three_step.py                        (two minutes)

A case has a matrix d (row: class, column: the class that it is taken for),
and a table of the classes that children were taken for and an outcome, written
as in clusters.py; "children" stands for no clusters.

Everything with mpmath at 60 digits, and by another way than the kernel's:

- maximum likelihood by enumeration: for each outcome all sets of classes whose
  share is not 0, Newton on each, and the best one that Kuhn and Tucker's
  conditions hold for, which is asserted;
- standard errors by numerical derivatives of the whole estimate with regard
  to each count, and the covariance of the counts of children (multinomial) or
  of clusters (centred sums of squares).
"""

import argparse
import itertools
import random
from pathlib import Path

import mpmath as mp

mp.mp.dps = 60
STEP = mp.mpf(10) ** -20


# ------------------------------------------------------------ distributions

def two_sided(statistic, df):
    if df is None:
        return mp.erfc(abs(statistic) / mp.sqrt(2))
    return mp.betainc(df / mp.mpf(2), mp.mpf(1) / 2, 0,
                      df / (df + statistic ** 2), regularized=True)


def critical(level, df):
    return mp.findroot(lambda x: two_sided(x, df) - (1 - level), (2, 2.5),
                       solver="secant")


# ------------------------------------------------------------ the estimate

def fitted_counts(d, x, k):
    return [mp.fsum(x[t] * d[t][s] for t in range(k)) for s in range(k)]


def log_likelihood(d, counts, x, k):
    f = fitted_counts(d, x, k)
    return mp.fsum(counts[s] * mp.log(f[s]) for s in range(k) if counts[s])


def climb(d, counts, support, k, start=None):
    """the maximum over x with that support, not bounded; None if none"""
    total = mp.fsum(counts)
    x = start or {t: mp.mpf(1) / len(support) for t in support}
    for _ in range(200):
        f = [mp.fsum(x[t] * d[t][s] for t in support) for s in range(k)]
        if any(counts[s] and f[s] <= 0 for s in range(k)):
            return None
        used = [s for s in range(k) if counts[s]]
        score = mp.matrix([mp.fsum(counts[s] / total * d[t][s] / f[s]
                                   for s in used) - 1 for t in support])
        matrix = mp.matrix(len(support))
        for i, t in enumerate(support):
            for j, u in enumerate(support):
                matrix[i, j] = mp.fsum(counts[s] / total * d[t][s] * d[u][s]
                                       / f[s] ** 2 for s in used)
        try:
            step = mp.lu_solve(matrix, score)
        except ZeroDivisionError:
            return None
        part = mp.mpf(1)
        # stay where all fitted values of the data are positive
        for _ in range(200):
            trial = {t: x[t] + part * step[i] for i, t in enumerate(support)}
            f = [mp.fsum(trial[t] * d[t][s] for t in support)
                 for s in range(k)]
            if all(f[s] > 0 for s in used):
                break
            part /= 2
        x = trial
        if max(abs(v) for v in step) < mp.mpf(10) ** -50:
            return x
    return None


def find_support(d, counts, k):
    """classes with a share at the maximum with x >= 0"""
    best = None
    for size in range(1, k + 1):
        for support in itertools.combinations(range(k), size):
            x = climb(d, counts, support, k)
            if x is None or min(x.values()) < 0:
                continue
            full = [x.get(t, mp.mpf(0)) for t in range(k)]
            f = fitted_counts(d, full, k)
            total = mp.fsum(counts)
            slopes = [mp.fsum(counts[s] / total * d[t][s] / f[s]
                              for s in range(k) if counts[s]) - 1
                      for t in range(k)]
            if max(slopes) > mp.mpf(10) ** -40:
                continue
            value = log_likelihood(d, counts, full, k)
            if best is None or value > best[0]:
                best = (value, tuple(t for t in support if x[t] > 0), x)
    assert best is not None
    return best[1], best[2]


class Case:
    def __init__(self, name, d, outcomes, clusters, clustered, level=0.95):
        self.name = name
        self.k = len(d)
        self.d = [[mp.mpf(v) for v in row] for row in d]
        self.raw = d
        self.c = outcomes
        self.clusters = clusters        # (times, cells)
        self.clustered = clustered
        self.level = mp.mpf(level)
        cells = self.k * outcomes
        self.counts = [mp.mpf(sum(t * g[i] for t, g in clusters))
                       for i in range(cells)]
        self.g = sum(t for t, g in clusters if sum(g))
        self.df = self.g - 1 if clustered else None

    def column(self, counts, z):
        return [counts[s * self.c + z] for s in range(self.k)]

    def prepare(self, method):
        self.method = method
        self.support = {}
        for z in range(self.c):
            counts = self.column(self.counts, z)
            if method == "ml" and mp.fsum(counts):
                self.support[z] = find_support(self.d, counts, self.k)

    def shares(self, counts):
        k, c = self.k, self.c
        joint = [[mp.mpf(0)] * c for _ in range(k)]
        for z in range(c):
            column = self.column(counts, z)
            if self.method == "bch":
                x = mp.lu_solve(mp.matrix(self.d).T, mp.matrix(column))
                for t in range(k):
                    joint[t][z] = x[t]
            else:
                support, start = self.support[z]
                x = climb(self.d, column, support, k,
                          {t: start[t] for t in support})
                total = mp.fsum(column)
                for t in support:
                    joint[t][z] = x[t] * total
        size = [mp.fsum(row) for row in joint]
        return [[joint[t][z] / size[t] if size[t] > 0 else None
                 for z in range(c)] for t in range(k)]

    def covariance(self):
        """of the shares, as a dictionary of pairs"""
        cells = self.k * self.c
        names = [(t, z) for t in range(self.k) for z in range(self.c)]
        gradients = {}
        for i in range(cells):
            # a count of 0 at the boundary has a weight only if it is there
            up = list(self.counts)
            down = list(self.counts)
            if self.counts[i] == 0 and self.method == "ml":
                gradients[i] = None
                continue
            up[i] += STEP
            down[i] -= STEP
            a, b = self.shares(up), self.shares(down)
            gradients[i] = {(t, z): (a[t][z] - b[t][z]) / (2 * STEP)
                            if a[t][z] is not None else None
                            for t, z in names}
        n = mp.fsum(self.counts)
        result = {}
        used = [i for i in range(cells) if gradients[i] is not None]

        def along(cells_of, name):
            return mp.fsum(gradients[i][name] * cells_of[i] for i in used)

        for a in names:
            for b in names:
                if any(gradients[i][v] is None for i in used for v in (a, b)):
                    result[a, b] = None
                elif self.clustered:
                    means = {v: along(self.counts, v) / self.g
                             for v in (a, b)}
                    result[a, b] = mp.mpf(self.g) / (self.g - 1) * mp.fsum(
                        times * (along(cell, a) - means[a]) *
                        (along(cell, b) - means[b])
                        for times, cell in self.clusters if sum(cell))
                else:
                    result[a, b] = mp.fsum(
                        self.counts[i] * gradients[i][a] * gradients[i][b]
                        for i in used) - along(self.counts, a) * along(
                            self.counts, b) / n
        return result


def text(value):
    return "NULL" if value is None else mp.nstr(value, 25)


def stands(case):
    return "few_clusters" if case.clustered and case.g < 20 else "ok"


def rows_of(case, method, shares, pairs, tests):
    k, c = case.k, case.c
    case.prepare(method)
    share = case.shares(case.counts)
    covariance = case.covariance()
    z_value = critical(case.level, case.df)
    inside = {}
    for t in range(k):
        for z in range(c):
            a = share[t][z]
            error = lower = upper = None
            inside[t, z] = a is not None and 0 < a < 1
            status = stands(case)
            if a is None:
                status = "empty"
            else:
                error = mp.sqrt(covariance[(t, z), (t, z)])
                if inside[t, z]:
                    middle = mp.log(a / (1 - a))
                    reach = z_value * error / (a * (1 - a))
                    lower = 1 / (1 + mp.exp(reach - middle))
                    upper = 1 / (1 + mp.exp(-reach - middle))
                else:
                    status = "boundary"
                    if method == "ml":
                        error = None
            shares.append([case.name, method, t + 1, z + 1, text(a),
                           text(error), text(lower), text(upper), status])
    for a in range(k):
        for b in range(a + 1, k):
            for z in range(c):
                row = [None] * 5
                status = stands(case)
                if share[a][z] is None or share[b][z] is None:
                    status = "empty"
                else:
                    if not inside[a, z] or not inside[b, z]:
                        status = "boundary"
                    row[0] = share[a][z] - share[b][z]
                    variance = (covariance[(a, z), (a, z)]
                                + covariance[(b, z), (b, z)]
                                - 2 * covariance[(a, z), (b, z)])
                    if variance > mp.mpf(10) ** -30:
                        row[1] = mp.sqrt(variance)
                        row[2] = max(-1, row[0] - z_value * row[1])
                        row[3] = min(1, row[0] + z_value * row[1])
                        row[4] = two_sided(row[0] / row[1], case.df)
                pairs.append([case.name, method, a + 1, b + 1, z + 1]
                             + [text(v) for v in row] + [status])
    used = [t for t in range(k) if share[t][0] is not None]
    p = (len(used) - 1) * (c - 1)
    names = [(t, z) for t in used[:-1] for z in range(c - 1)]
    last = used[-1]
    difference = mp.matrix([share[t][z] - share[last][z] for t, z in names])
    matrix = mp.matrix(p)
    for i, (t, z) in enumerate(names):
        for j, (u, y) in enumerate(names):
            matrix[i, j] = (covariance[(t, z), (u, y)]
                            - covariance[(last, z), (u, y)]
                            - covariance[(t, z), (last, y)]
                            + covariance[(last, z), (last, y)])
    boundary = not all(inside[t, z] for t in used for z in range(c))
    status = "boundary" if boundary else stands(case)
    values = [None] * 4
    largest = max(abs(matrix[i, i]) for i in range(p))
    regular = abs(mp.det(matrix / largest)) > mp.mpf(10) ** (-12 * p)
    if case.clustered and case.g <= p:
        status = "too_few"
    elif regular:
        wald = (difference.T * mp.inverse(matrix) * difference)[0]
        if case.clustered:
            d2 = case.g - p
            f = wald * d2 / ((case.g - 1) * p)
            values = [f, mp.mpf(p), mp.mpf(d2),
                      mp.betainc(mp.mpf(d2) / 2, mp.mpf(p) / 2, 0,
                                 d2 / (d2 + p * f), regularized=True)]
        else:
            values = [wald, mp.mpf(p), None,
                      mp.gammainc(mp.mpf(p) / 2, wald / 2, mp.inf,
                                  regularized=True)]
    elif not boundary:
        status = "too_few"
    tests.append([case.name, method] + [text(v) for v in values] + [status])


# ------------------------------------------------------------ the problems

def confusion(rng, k, correct):
    """rows that sum to 1 (to the last digit), most on the diagonal"""
    rows = []
    for t in range(k):
        others = [rng.random() for _ in range(k)]
        others[t] = 0
        scale = (1 - correct[t]) / sum(others)
        row = [round(v * scale, 6) for v in others]
        row[t] = round(1 - sum(row), 6)
        rows.append(row)
    return rows


def draw(rng, d, size, shares, n):
    """a table of children, by the class they are taken for and by outcome"""
    k, c = len(d), len(shares[0])
    cells = [0] * (k * c)
    for _ in range(n):
        t = rng.choices(range(k), size)[0]
        s = rng.choices(range(k), d[t])[0]
        cells[s * c + rng.choices(range(c), shares[t])[0]] += 1
    return cells


def cases():
    rng = random.Random(20240611)
    two = [[0.9, 0.1], [0.2, 0.8]]
    three = [[0.85, 0.1, 0.05], [0.1, 0.8, 0.1], [0.05, 0.15, 0.8]]
    same = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]

    def children(name, d, outcomes, cells, level=0.95):
        return Case(name, d, outcomes, [(1, cells)], False, level)

    yield children("two classes", two, 2, [120, 60, 40, 90])
    yield children("two classes, 99 %", two, 2, [120, 60, 40, 90], 0.99)
    yield children("no error", same, 2, [40, 10, 30, 30, 5, 45])
    yield children("no error, nobody", same, 2, [40, 10, 0, 30, 5, 45])
    yield children("three classes", three, 3,
                   [210, 40, 30, 50, 160, 41, 33, 45, 190])
    yield children("beyond 0", two, 2, [150, 3, 60, 90])
    yield children("beyond 0 in one of three", three, 2,
                   [300, 9, 80, 120, 70, 130])
    yield children("nobody taken for class 2", three, 2,
                   [300, 90, 0, 0, 70, 130])
    yield children("an outcome of a few", three, 3,
                   [300, 90, 1, 50, 60, 0, 70, 130, 2])
    yield children("millions", two, 2,
                   [120000000, 60000000, 40000000, 90000000])
    for i, (k, c, correct, n) in enumerate((
            (3, 2, 0.9, 900), (3, 3, 0.75, 2000), (4, 2, 0.8, 1500),
            (4, 3, 0.65, 4000), (4, 4, 0.7, 1000), (3, 2, 0.6, 400),
            (2, 4, 0.7, 300), (4, 2, 0.6, 600))):
        d = confusion(rng, k, [correct + rng.uniform(-.05, .05)
                               for _ in range(k)])
        size = [rng.uniform(.5, 1.5) for _ in range(k)]
        shares = [[rng.random() ** 2 + .02 for _ in range(c)]
                  for _ in range(k)]
        yield children(f"drawn {i + 1}", d, c, draw(rng, d, size, shares, n))
    for i, (k, c, correct, g, n) in enumerate((
            (2, 2, 0.85, 30, 40), (3, 2, 0.8, 25, 60), (3, 3, 0.75, 12, 90),
            (4, 2, 0.8, 40, 50), (3, 4, 0.8, 6, 60))):
        d = confusion(rng, k, [correct + rng.uniform(-.05, .05)
                               for _ in range(k)])
        clusters = []
        for _ in range(g):
            size = [rng.uniform(.5, 1.5) for _ in range(k)]
            shares = [[rng.random() + .1 + (t + z) % c for z in range(c)]
                      for t in range(k)]
            clusters.append((1, draw(rng, d, size, shares,
                                     rng.randint(n // 2, 2 * n))))
        yield Case(f"clusters {i + 1}", d, c, clusters, True)
    yield Case("cluster of each child", two, 2,
               [(120, [1, 0, 0, 0]), (60, [0, 1, 0, 0]), (40, [0, 0, 1, 0]),
                (90, [0, 0, 0, 1])], True)


def write(path, names, rows):
    with open(path, "w", encoding="ascii", newline="\n") as file:
        file.write("\t".join(names) + "\n")
        for row in rows:
            file.write("\t".join(str(v) for v in row) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", default=Path(__file__).parent, type=Path)
    out = parser.parse_args().out
    listed, shares, pairs, tests = [], [], [], []
    for case in cases():
        print(case.name, flush=True)
        listed.append([case.name, case.k, case.c,
                       " ".join(repr(v) for row in case.raw for v in row),
                       ";".join(f"{t}:" + ",".join(str(v) for v in g)
                                for t, g in case.clusters),
                       "clusters" if case.clustered else "children",
                       repr(float(case.level))])
        for method in ("ml", "bch"):
            rows_of(case, method, shares, pairs, tests)
    write(out / "three_step_cases.tsv",
          ["case", "classes", "outcomes", "d", "table", "of", "conf_level"],
          listed)
    write(out / "three_step.tsv",
          ["case", "method", "class", "outcome", "share", "std_error",
           "lower", "upper", "status"], shares)
    write(out / "three_step_pairs.tsv",
          ["case", "method", "class_a", "class_b", "outcome", "difference",
           "std_error", "lower", "upper", "p_value", "status"], pairs)
    write(out / "three_step_tests.tsv",
          ["case", "method", "statistic", "df", "df2", "p_value", "status"],
          tests)


if __name__ == "__main__":
    main()
