#!/usr/bin/env python3
"""Reference values for logistic regression.

Writes logit_rows.tsv (the problems), logit_fits.tsv, logit_terms.tsv and
logit_margins.tsv, which test_logistic reads.  Not run by the tests:

    python3 test/reference/logistic.py                       (ten minutes)
    python3 test/reference/logistic.py --scale 10 --seed 7 --out FOLDER

Everything is computed from definitions with mpmath at 70 digits, in the terms
themselves: no centring, no scaling, no orthogonal basis.  Beyond that

- the covariance of clusters comes from the matrices of all children, with
  roots of matrices as large as the cluster, not of the model;
- degrees of freedom come from all pairs of clusters;
- marginal effects are differentiated numerically;
- Firth's estimate is the root of the modified score, which is asserted, and
  profiles are bracketed roots of the likelihood ratio;
- separation is decided in integers: all extreme rays of the cone of
  directions that no row contradicts are enumerated, the rows that one of
  them moves are those that have no doubt, and a term is finite if it lies in
  the row space of the others.
"""

import argparse
import itertools
import random
from fractions import Fraction
from pathlib import Path

import mpmath as mp

mp.mp.dps = 70
LEVEL = mp.mpf(0.95)
ALPHA = 1 - LEVEL


# ------------------------------------------------------------ distributions

Z = mp.findroot(lambda z: mp.erfc(z / mp.sqrt(2)) - ALPHA, 1.96)


def two_sided(statistic, df):
    if df is None:
        return mp.erfc(abs(statistic) / mp.sqrt(2))
    return mp.betainc(df / 2, mp.mpf(1) / 2, 0, df / (df + statistic ** 2),
                      regularized=True)


def critical(df):
    if df is None:
        return Z
    # secant on the logarithm: t is huge for few df
    def off(log_t):
        return mp.log(two_sided(mp.exp(log_t), df)) - mp.log(ALPHA)
    low, high = mp.mpf(0), mp.mpf(2)
    while off(high) > 0:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if off(middle) > 0 else (low, middle)
    return mp.exp(mp.findroot(off, (low, high), solver="secant",
                              tol=mp.mpf(10) ** -80))


# ------------------------------------------------------------ the model

class Problem:
    """rows of (cluster, n, events, covariates)"""

    def __init__(self, name, rows, what):
        self.name = name
        self.rows = sorted(rows, key=lambda r: (r[0] or 0, r[3]))
        self.what = what            # methods and covariances to compute
        self.clustered = rows[0][0] is not None

    def design(self, columns, rows=None):
        return [[mp.mpf(([1.0] + list(r[3]))[c]) for c in columns]
                for r in (self.rows if rows is None else rows)]


def fitted(z, beta):
    eta = mp.fdot(z, beta)
    return 1 / (1 + mp.exp(-eta)), 1 / (1 + mp.exp(eta))


def log_likelihood(design, rows, beta):
    total = mp.mpf(0)
    for z, (_, n, events, _x) in zip(design, rows):
        p, q = fitted(z, beta)
        total += events * mp.log(p) + (n - events) * mp.log(q)
    return total


def information(design, rows, beta, hats=None):
    k = len(beta)
    matrix = mp.zeros(k)
    for i, (z, row) in enumerate(zip(design, rows)):
        p, q = fitted(z, beta)
        w = (row[1] + (hats[i] if hats else 0)) * p * q
        for a in range(k):
            for b in range(a + 1):
                matrix[a, b] += w * z[a] * z[b]
    for a in range(k):
        for b in range(a):
            matrix[b, a] = matrix[a, b]
    return matrix


def hat_values(design, rows, beta, inverse):
    values = []
    for z, row in zip(design, rows):
        p, q = fitted(z, beta)
        v = mp.matrix(z)
        values.append(row[1] * p * q * (v.T * inverse * v)[0])
    return values


def penalised(design, rows, beta, firth):
    value = log_likelihood(design, rows, beta)
    if firth:
        value += mp.log(mp.det(information(design, rows, beta))) / 2
    return value


def maximise(design, rows, firth=False, fixed=None, start=None):
    """the maximum, with one coefficient fixed (column, value) if asked"""
    k = len(design[0])
    beta = list(start) if start else [mp.mpf(0)] * k
    if fixed:
        beta[fixed[0]] = fixed[1]
    free = [c for c in range(k) if not fixed or c != fixed[0]]
    value = penalised(design, rows, beta, firth)
    for _ in range(3000):
        if not free:
            break
        hats = None
        if firth:
            inverse = information(design, rows, beta) ** -1
            hats = hat_values(design, rows, beta, inverse)
        matrix = information(design, rows, beta, hats)
        score = mp.zeros(k, 1)
        for i, (z, row) in enumerate(zip(design, rows)):
            p, q = fitted(z, beta)
            residual = row[2] * q - (row[1] - row[2]) * p
            if firth:
                residual += hats[i] * (q - p) / 2
            for a in range(k):
                score[a] += residual * z[a]
        small = mp.matrix([[matrix[a, b] for b in free] for a in free])
        step = mp.lu_solve(small, mp.matrix([score[a] for a in free]))
        size = max(abs(mp.fdot([z[a] for a in free], step)) for z in design)
        part = mp.mpf(1)
        while True:
            trial = list(beta)
            for a, s in zip(free, step):
                trial[a] += part * s
            new = penalised(design, rows, trial, firth)
            if size < mp.mpf(10) ** -15 or new >= value:
                break
            part /= 2
        beta, value = trial, new
        if size < mp.mpf(10) ** -(42 if firth else 25):
            break
    else:
        raise ArithmeticError("no maximum found")
    return beta


# ------------------------------------------------------------ covariances

def symmetric_power(matrix, power):
    values, vectors = mp.eigsy(matrix)
    k = matrix.rows
    result = mp.zeros(k)
    for e in range(k):
        if values[e] > mp.mpf(10) ** -20:
            v = vectors[:, e]
            result += values[e] ** power * (v * v.T)
    return result


def children(problem, rows, design, beta):
    """one entry a child: cluster, z, root of its weight, scaled residual"""
    result = []
    for z, (cluster, n, events, _x) in zip(design, rows):
        p, q = fitted(z, beta)
        root = mp.sqrt(p * q)
        for i in range(n):
            result.append((cluster, z, root, ((i < events) - p) / root))
    return result


def cluster_variance(problem, rows, design, beta, bread, gradient, kind,
                     clusters):
    """variance and df of gradient . beta, from the children's matrices"""
    g = mp.mpf(clusters)
    everybody = children(problem, rows, design, beta)
    names = sorted(set(c[0] for c in everybody))
    total = mp.mpf(0)
    weights = []
    for name in names:
        own = [c for c in everybody if c[0] == name]
        u = mp.matrix([[r * x for x in z] for _, z, r, _e in own])
        residual = mp.matrix([e for _, _z, _r, e in own])
        if kind == "cr2":
            inner = mp.eye(len(own)) - u * bread * u.T
            a = symmetric_power(inner, mp.mpf(-1) / 2)
        else:
            a = mp.eye(len(own))
        t = a * u * bread * gradient
        total += (t.T * residual)[0] ** 2
        weights.append((u, t))
    if kind == "cr1":
        return g / (g - 1) * total, g - 1
    trace = mp.mpf(0)
    squares = mp.mpf(0)
    for i, (ui, ti) in enumerate(weights):
        for j, (uj, tj) in enumerate(weights):
            element = -((ti.T * ui) * bread * (uj.T * tj))[0]
            if i == j:
                element += (ti.T * ti)[0]
                trace += element
            squares += element ** 2
    return total, trace ** 2 / squares


# ------------------------------------------------------------ separation

def rank_of(matrix):
    rows = [list(r) for r in matrix]
    rank = 0
    for c in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(rank, len(rows)) if rows[i][c]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for i in range(rank + 1, len(rows)):
            factor = rows[i][c] / rows[rank][c]
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[rank])]
        rank += 1
    return rank


def null_vector(rows, width):
    """the one direction orthogonal to all rows, or None if not one"""
    if rank_of(rows) != width - 1:
        return None
    matrix = [list(r) for r in rows]
    pivots = []
    rank = 0
    for c in range(width):
        pivot = next((i for i in range(rank, len(matrix)) if matrix[i][c]),
                     None)
        if pivot is None:
            continue
        matrix[rank], matrix[pivot] = matrix[pivot], matrix[rank]
        matrix[rank] = [a / matrix[rank][c] for a in matrix[rank]]
        for i in range(len(matrix)):
            if i != rank and matrix[i][c]:
                f = matrix[i][c]
                matrix[i] = [a - f * b for a, b in zip(matrix[i],
                                                       matrix[rank])]
        pivots.append(c)
        rank += 1
    free = next(c for c in range(width) if c not in pivots)
    vector = [Fraction(0)] * width
    vector[free] = Fraction(1)
    for i, c in enumerate(pivots):
        vector[c] = -matrix[i][free]
    return vector


def exact_rows(rows, columns):
    return [[Fraction(([1.0] + list(r[3]))[c]) for c in columns]
            for r in rows]


def undoubted(rows, columns):
    """which rows some direction moves that no row contradicts"""
    width = len(columns)
    signed = []
    for r, z in zip(rows, exact_rows(rows, columns)):
        if r[2] > 0:
            signed.append(z)
        if r[2] < r[1]:
            signed.append([-a for a in z])
    distinct = [list(t) for t in set(tuple(s) for s in signed)]
    moved = set()
    if width == 1:
        candidates = [[Fraction(1)]]
    else:
        candidates = []
        for some in itertools.combinations(distinct, width - 1):
            vector = null_vector(some, width)
            if vector:
                candidates.append(vector)
    for vector in candidates:
        for sign in (1, -1):
            products = [sign * sum(a * b for a, b in zip(vector, s))
                        for s in distinct]
            if min(products) >= 0 and max(products) > 0:
                for i, z in enumerate(exact_rows(rows, columns)):
                    if sum(a * b for a, b in zip(vector, z)):
                        moved.add(i)
    return moved


def kept_columns(rows, columns):
    """the columns that do not depend on those before them"""
    kept = []
    for c in columns:
        if rank_of(exact_rows(rows, kept + [c])) > len(kept):
            kept.append(c)
    return kept


def is_determined(rows, columns, column):
    unit = [Fraction(c == column) for c in columns]
    matrix = exact_rows(rows, columns)
    return bool(matrix) and rank_of(matrix + [unit]) == rank_of(matrix)


# ------------------------------------------------------------ output

def text(value):
    if value is None:
        return "NULL"
    if isinstance(value, (int, str)):
        return str(value)
    return mp.nstr(value, 25)


class Table:
    def __init__(self, name, columns):
        self.name = name
        self.lines = ["\t".join(columns)]

    def add(self, *values):
        self.lines.append("\t".join(text(v) for v in values))

    def write(self, folder):
        (folder / self.name).write_text("\n".join(self.lines) + "\n")


ROWS = Table("logit_rows.tsv", ["problem", "cluster", "n", "events", "x"])
FITS = Table("logit_fits.tsv",
             ["problem", "method", "n", "events", "clusters", "parameters",
              "log_likelihood", "null_log_likelihood", "status"])
TERMS = Table("logit_terms.tsv",
              ["problem", "method", "covariance", "term", "estimate",
               "std_error", "lower", "upper", "statistic", "df", "p_value",
               "status"])
MARGINS = Table("logit_margins.tsv",
                ["problem", "method", "covariance", "term", "kind",
                 "estimate", "std_error", "lower", "upper", "statistic",
                 "df", "p_value", "status"])


def variance_of(state, gradient, covariance):
    problem, rows, design, beta, bread, clusters = state
    if covariance in ("model", "profile"):
        return (gradient.T * bread * gradient)[0], None
    return cluster_variance(problem, rows, design, beta, bread, gradient,
                            covariance, clusters)


def profile_bound(state, firth, column, z, side):
    _, rows, design, beta, bread, _ = state
    best = penalised(design, rows, beta, firth)

    def root(value):
        at = maximise(design, rows, firth, (column, value), beta)
        loss = best - penalised(design, rows, at, firth)
        return mp.sqrt(2 * loss) - z

    error = mp.sqrt(bread[column, column])
    low, high = beta[column], beta[column] + side * z * error
    while root(high) < 0:
        low, high = high, high + (high - beta[column])
    for _ in range(8):
        middle = (low + high) / 2
        low, high = (middle, high) if root(middle) < 0 else (low, middle)
    return mp.findroot(root, (low, high), solver="anderson",
                       tol=mp.mpf(10) ** -40)


def term_row(problem, state, method, covariance, columns, column):
    _, rows, design, beta, bread, clusters = state
    where = columns.index(column)
    estimate = beta[where]
    if covariance in ("cr1", "cr2") and clusters < 2:
        TERMS.add(problem.name, method, covariance, column, estimate,
                  *[None] * 6, "too_few")
        return
    gradient = mp.matrix([mp.mpf(c == column) for c in columns])
    variance, df = variance_of(state, gradient, covariance)
    error = mp.sqrt(variance)
    if covariance == "profile":
        firth = method == "firth"
        low = profile_bound(state, firth, where, Z, -1)
        high = profile_bound(state, firth, where, Z, 1)
        at = maximise(design, rows, firth, (where, mp.mpf(0)))
        loss = penalised(design, rows, beta, firth) - \
            penalised(design, rows, at, firth)
        statistic = mp.sign(estimate) * mp.sqrt(2 * loss)
    else:
        low = estimate - critical(df) * error
        high = estimate + critical(df) * error
        statistic = estimate / error
    TERMS.add(problem.name, method, covariance, column, estimate, error,
              mp.exp(low), mp.exp(high), statistic, df,
              two_sided(statistic, df), standing(covariance, clusters))


def standing(covariance, clusters):
    return "few_clusters" if covariance == "cr1" and clusters < 20 else "ok"


def margin_rows(problem, state, method, covariance, columns, column,
                settled_rows, total):
    _, rows, design, beta, bread, clusters = state
    where = columns.index(column)
    xs = set(r[3][column - 1] for r in problem.rows)
    certain = mp.mpf(sum(r[1] for r in settled_rows if r[2] > 0)) / total

    def risk(b, value):
        sum_ = certain
        for z, r in zip(design, rows):
            moved = list(z)
            moved[where] = mp.mpf(value)
            sum_ += r[1] * fitted(moved, b)[0] / total
        return sum_

    def slope(b):
        sum_ = mp.mpf(0)
        for z, r in zip(design, rows):
            p, q = fitted(z, b)
            sum_ += r[1] * p * q * b[where] / total
        return sum_

    if xs <= {0.0, 1.0}:
        functions = [
            ("risk_without", lambda b: risk(b, 0)),
            ("risk_with", lambda b: risk(b, 1)),
            ("risk_difference", lambda b: risk(b, 1) - risk(b, 0)),
            ("risk_ratio", lambda b: mp.log(risk(b, 1) / risk(b, 0)))]
    else:
        functions = [("slope", slope)]

    def derivative(f, a):
        # central differences of twice the digits
        with mp.workdps(110):
            h = mp.mpf(10) ** -30
            up = list(beta)
            down = list(beta)
            up[a] += h
            down[a] -= h
            return (f(up) - f(down)) / (2 * h)

    for kind, f in functions:
        value = f(beta)
        gradient = mp.matrix([derivative(f, a) for a in range(len(beta))])
        variance, df = variance_of(state, gradient, covariance)
        error = mp.sqrt(variance)
        if error < mp.mpf(10) ** -30:
            MARGINS.add(problem.name, method, covariance, column, kind,
                        mp.exp(value) if kind == "risk_ratio" else value,
                        *[None] * 6, "too_few")
            continue
        reach = critical(df) * error
        statistic = p_value = None
        if kind in ("slope", "risk_difference"):
            low, high = value - reach, value + reach
            if kind == "risk_difference":
                low, high = max(low, mp.mpf(-1)), min(high, mp.mpf(1))
        elif kind == "risk_ratio":
            low, high = mp.exp(value - reach), mp.exp(value + reach)
        else:
            middle = mp.log(value / (1 - value))
            scale = value * (1 - value)
            low = 1 / (1 + mp.exp(-(middle - reach / scale)))
            high = 1 / (1 + mp.exp(-(middle + reach / scale)))
        if kind.startswith("risk_w"):
            df = None
        else:
            statistic = value / error
            p_value = two_sided(statistic, df)
        if kind == "risk_ratio":
            value = mp.exp(value)
            error = value * error
        MARGINS.add(problem.name, method, covariance, column, kind, value,
                    error, low, high, statistic, df, p_value,
                    standing(covariance, clusters))


def solve(problem):
    for cluster, n, events, x in problem.rows:
        ROWS.add(problem.name, cluster, n, events,
                 " ".join(repr(float(a)) for a in x) or "-")
    covariates = len(problem.rows[0][3])
    total = sum(r[1] for r in problem.rows)
    events = sum(r[2] for r in problem.rows)
    clusters = len(set(r[0] for r in problem.rows)) if problem.clustered else 0
    every = list(range(covariates + 1))
    columns = kept_columns(problem.rows, every)
    null = mp.mpf(0)
    for count in (events, total - events):
        if count:
            null += count * mp.log(mp.mpf(count) / total)

    for method, covariances in problem.what.items():
        status = {}
        for c in every:
            constant = len(set(r[3][c - 1] for r in problem.rows)) == 1 \
                if c else False
            status[c] = "ok" if c in columns else \
                "no_variation" if constant else "collinear"
        rows = problem.rows
        settled_rows = []
        outcome = "ok"
        used = columns
        if method == "ml" and events in (0, total):
            outcome = "zero_margin"
            status = {c: outcome for c in every}
        elif method == "ml":
            moved = set()
            if not has_maximum(problem, columns):
                moved = undoubted(rows, columns)
            if moved:
                outcome = "separation"
                settled_rows = [r for i, r in enumerate(rows) if i in moved]
                rows = [r for i, r in enumerate(rows) if i not in moved]
                for c in columns:
                    if not is_determined(rows, columns, c):
                        status[c] = outcome
                used = kept_columns(rows, columns) if rows else []
        state = None
        value = mp.mpf(0) if outcome == "separation" else None
        if outcome != "zero_margin" and used:
            design = problem.design(used, rows)
            beta = maximise(design, rows, method == "firth")
            bread = information(design, rows, beta) ** -1
            state = (problem, rows, design, beta, bread, clusters)
            value = log_likelihood(design, rows, beta)
        FITS.add(problem.name, method, total, events, clusters,
                 0 if outcome == "zero_margin" else len(columns), value, null,
                 outcome)
        for covariance in covariances:
            for c in every:
                if status[c] == "ok":
                    term_row(problem, state, method, covariance, used, c)
                    if c > 0 and covariance != "profile" and \
                            (covariance == "model" or clusters > 1):
                        margin_rows(problem, state, method, covariance, used,
                                    c, settled_rows, total)
                else:
                    TERMS.add(problem.name, method, covariance, c,
                              *[None] * 7, status[c])


# ------------------------------------------------------------ problems

def combine(rows):
    """add up rows of the same cluster and covariates"""
    sums = {}
    for cluster, n, events, x in rows:
        key = (cluster, tuple(float(a) + 0.0 for a in x))
        before = sums.get(key, (0, 0))
        sums[key] = (before[0] + n, before[1] + events)
    return [(c, n, e, x) for (c, x), (n, e) in sums.items()]


def draw(random_, x, beta, n):
    eta = beta[0] + sum(b * a for b, a in zip(beta[1:], x))
    p = float(fitted([1], [mp.mpf(eta)])[0])
    if n < 1000:
        return sum(random_.random() < p for _ in range(n))
    spread = (n * p * (1 - p)) ** 0.5
    return max(0, min(n, round(random_.gauss(n * p, spread))))


def covariate(random_, kind):
    if kind == "binary":
        return float(random_.random() < 0.4)
    if kind == "level":
        return float(random_.randrange(5))
    if kind == "year":
        return float(random_.randrange(2015, 2027))
    if kind == "income":
        return round(random_.lognormvariate(12.5, 0.6), 2)
    return random_.gauss(0, 1)


def make(random_, name, kinds, patterns, size, intercept, what, clusters=0):
    while True:
        scale = {"year": 0.05, "income": 2e-6}
        beta = [intercept] + [random_.gauss(0, 0.7) * scale.get(k, 1)
                              for k in kinds]
        centre = {"year": 2020, "income": 3e5}
        beta[0] -= sum(b * centre.get(k, 0)
                       for b, k in zip(beta[1:], kinds))
        rows = []
        for i in range(patterns):
            x = tuple(covariate(random_, k) for k in kinds)
            n = random_.randint(*size)
            rows.append((random_.randrange(clusters) if clusters else None,
                         n, draw(random_, x, beta, n), x))
        problem = Problem(name, combine(rows), what)
        rows = problem.rows
        events = sum(r[2] for r in rows)
        columns = list(range(len(kinds) + 1))
        if 0 < events < sum(r[1] for r in rows) and \
                len(kept_columns(rows, columns)) == len(columns) and \
                (not clusters or len(set(r[0] for r in rows)) > 1) and \
                has_maximum(problem, columns):
            return problem


def has_maximum(problem, columns):
    """Newton's step moves no predictor by 1: proof that there is one"""
    design = problem.design(columns)
    beta = [mp.mpf(0)] * len(design[0])
    for _ in range(60):
        matrix = information(design, problem.rows, beta)
        score = mp.zeros(len(beta), 1)
        for z, row in zip(design, problem.rows):
            p, q = fitted(z, beta)
            for a in range(len(beta)):
                score[a] += (row[2] * q - (row[1] - row[2]) * p) * z[a]
        step = mp.lu_solve(matrix, score)
        move = max(abs(mp.fdot(z, step)) for z in design)
        if move < 1:
            return True
        beta = [b + s / max(1, move / 2) for b, s in zip(beta, step)]
    return False


def problems(random_, scale):
    b, l, c, y, m = "binary", "level", "normal", "year", "income"
    both = {"ml": ["model"], "firth": ["model"]}
    for i in range(3 * scale):
        yield make(random_, f"small{i}", [b, l, c][:1 + i % 3],
                   random_.randint(8, 15), (1, 4), -0.5,
                   {"ml": ["model", "profile"],
                    "firth": ["model", "profile"]})
    for i in range(4 * scale):
        yield make(random_, f"random{i}", [b, b, l, c, b, c][:2 + i % 5],
                   random_.randint(30, 60), (1, 30), -0.5, both)
    for i in range(2 * scale):
        yield make(random_, f"rare{i}", [b, b, l], 15, (10000, 200000), -9,
                   {"ml": ["model", "profile"], "firth": ["model"]})
    for i in range(2 * scale):
        yield make(random_, f"heavy{i}", [b, l, b], 15, (10**8, 10**9), -1,
                   {"ml": ["model", "profile"]})
    for i in range(2 * scale):
        yield make(random_, f"scaled{i}", [y, m, b], 40, (1, 40), -0.5, both)
    yield make(random_, "wide", [b] * 10 + [l] * 5 + [c] * 5, 120, (5, 40),
               -0.5, {"ml": ["model"]})
    for i in range(4 * scale):
        yield make(random_, f"clusters{i}", [b, c, l][:1 + i % 3], 30, (1, 2),
                   -0.3, {"ml": ["model", "cr1", "cr2"]},
                   (5, 8, 3, 12)[i % 4])
    yield make(random_, "clusters_firth", [b, l], 20, (1, 2), -0.3,
               {"firth": ["cr1", "cr2"]}, 6)
    yield make(random_, "clusters_scaled", [y, b], 20, (1, 2), -0.3,
               {"ml": ["cr1", "cr2"]}, 6)
    # a covariate that only one cluster knows of
    yield Problem("clusters_alone", combine(
        [(i % 4, 1, (i * 7 % 5) % 2, (float(i % 4 == 0), float(i % 3)))
         for i in range(24)]), {"ml": ["cr1", "cr2"]})

    # one contradicting child in a million; a straight line to its ends
    yield Problem("nearly", [(None, 1000000, 1, (0.0,)),
                             (None, 1000000, 999999, (1.0,))],
                  {"ml": ["model", "profile"], "firth": ["model", "profile"]})
    yield Problem("nearly_line",
                  [(None, 1, int(i > 10), (i / 4,)) for i in range(10)] +
                  [(None, 1, 1, (2.5,)), (None, 1, 0, (2.75,))] +
                  [(None, 1, 1, (i / 4,)) for i in range(12, 20)], both)
    yield Problem("square", [(None, 20, 3 + (i * 5) % 9,
                              (float(2000 + i), float((2000 + i) ** 2)))
                             for i in range(26)], {"ml": ["model"]})
    yield Problem("intercept", [(None, 17, 5, ())],
                  {"ml": ["model", "profile"], "firth": ["model", "profile"]})
    yield Problem("no_effect", [(None, 10, 5, (0.0,)), (None, 20, 10, (1.0,))],
                  {"ml": ["model"]})

    # degenerate ones
    yield Problem("all_events", [(None, 5, 5, (0.0,)), (None, 7, 7, (1.0,))],
                  {"ml": ["model"], "firth": ["model", "profile"]})
    yield Problem("no_events", [(None, 5, 0, (0.0,)), (None, 7, 0, (1.0,))],
                  {"ml": ["model"], "firth": ["model"]})
    yield Problem("constant", [(None, 9, 2, (2026.0, 0.0)),
                               (None, 8, 5, (2026.0, 1.0))], both)
    yield Problem("dependent", [(None, 9, 2 + i % 4,
                                 (i / 8, float(i % 2), i / 4 + i % 2))
                                for i in range(10)], both)
    yield Problem("few_patterns", [(None, 9, 2, (0.0, 1.0, 5.0)),
                                   (None, 9, 4, (1.0, 3.0, 7.0))], both)
    yield Problem("one_cluster", [(3, 9, 2, (0.0,)), (3, 9, 4, (1.0,))],
                  {"ml": ["model", "cr1", "cr2"]})
    yield Problem("zero_cell", [(None, 10, 4, (0.0, 0.0)),
                                (None, 12, 7, (0.0, 1.0)),
                                (None, 5, 5, (1.0, 0.0)),
                                (None, 6, 6, (1.0, 1.0))],
                  {"ml": ["model", "profile"], "firth": ["model", "profile"]})
    yield Problem("other_zero_cell", [(None, 10, 10, (0.0, 0.0)),
                                      (None, 12, 12, (0.0, 1.0)),
                                      (None, 5, 3, (1.0, 0.0)),
                                      (None, 6, 2, (1.0, 1.0))], both)
    yield Problem("threshold", [(None, 1, int(i > 5), (float(i),))
                                for i in range(12)], both)
    yield Problem("tied_threshold", [(None, 1, int(i > 5), (float(i),))
                                     for i in range(12)] +
                  [(None, 1, 1, (5.0,))], both)
    yield Problem("cluster_zero_cell", [
        (i % 4, 2, 2 if i % 3 == 0 else i % 2 + (i == 5), (
            float(i % 3 == 0), float(i % 2))) for i in range(12)],
        {"ml": ["cr1", "cr2"]})

    # small integers: every kind of separation
    for i in range(30 * scale):
        covariates = 1 + i % 3
        rows = []
        while not rows or len(kept_columns(rows, range(covariates + 1))) \
                <= covariates // 2:
            rows = combine([(None, 1, random_.randrange(2),
                             tuple(float(random_.randrange(-1, 3))
                                   for _ in range(covariates)))
                            for _ in range(random_.randint(3, 9))])
        yield Problem(f"sparse{i}", rows, {"ml": ["model"]})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--seed", type=int, default=20240301)
    parser.add_argument("--out", type=Path,
                        default=Path(__file__).resolve().parent)
    arguments = parser.parse_args()
    for problem in problems(random.Random(arguments.seed), arguments.scale):
        solve(problem)
    for table in (ROWS, FITS, TERMS, MARGINS):
        table.write(arguments.out)


if __name__ == "__main__":
    main()
