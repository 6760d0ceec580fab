#!/usr/bin/env python3
"""Reference values for clustered children: shares, differences, Rao-Scott.

Writes cluster_interval.tsv, cluster_difference.tsv and rao_scott.tsv of this
folder, which unit tests read.  Not run by the tests:

    python3 test/reference/clusters.py [FILE ...]              (five minutes)

and with --scale, --seed and --out as proportions.py, for a larger sweep.

A design is written cluster by cluster: "3:40,12;1:7,0" are three clusters
with 40 and 12 children in their cells and one with 7 and 0, row by row.  The
values follow the definitions on these clusters with 80 digits, and share
nothing with the kernel: sums of squares over clusters instead of second
moments, the matrix formula of Rao and Scott with the least-squares residuals
of dummy variables instead of cycles in a graph, and quantiles by Newton on
series of positive terms.
"""

import argparse
import random
import sys
from pathlib import Path

import mpmath as mp

import proportions as base
from proportions import BITS, LEVELS, ONE, critical_value, wilson

SCALE = 1
SEED = 20240101


# -------------------------------------------------------- distributions

def beta_tail(x, a, b):
    """I_x(a, b), a series of positive terms in fixed point"""
    fixed = int(mp.floor(x * ONE))
    over = int(mp.floor((a + b) * ONE))
    under = int(mp.floor((a + 1) * ONE))
    term, total = ONE, ONE
    while term:
        term = term * over // under * fixed >> BITS
        total += term
        over += ONE
        under += ONE
    front = (a * mp.log(x) + b * mp.log1p(-x) - mp.log(a)
             + mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b))
    return mp.exp(front) * total / ONE


def beta_cdf(x, a, b):
    """from the side where the series is short"""
    if x <= a / (a + b):
        return beta_tail(x, a, b)
    return 1 - beta_tail(1 - x, b, a)


def beta_lower_quantile(p, a, b):
    """Newton in log x on log I, which is concave"""
    s = mp.log(a / (a + b)) - 1
    for _ in range(300):
        x = mp.exp(s)
        cdf = beta_cdf(x, a, b)
        pdf = mp.exp((a - 1) * mp.log(x) + (b - 1) * mp.log1p(-x)
                     + mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b))
        step = (mp.log(p) - mp.log(cdf)) * cdf / (x * pdf)
        s += step
        if s >= 0:
            s = (s - step) / 2
        elif abs(step) < mp.mpf(10) ** -35:
            return mp.exp(s)
    raise ArithmeticError("no convergence")


def t_quantile(conf_level, df):
    """t with P(|T| <= t) = conf_level: P(|T| > t) is I_{df/(df + t^2)}(df/2, 1/2)"""
    tail = 1 - mp.mpf(conf_level)
    df = mp.mpf(df)
    t = critical_value(conf_level)
    if df > mp.mpf(10) ** 30:
        return t
    for _ in range(400):
        square = t * t
        far = 1 - beta_tail(square / (df + square), mp.mpf(1) / 2, df / 2) \
            if square < 40 + df / 100 else \
            beta_tail(df / (df + square), df / 2, mp.mpf(1) / 2)
        pdf = 2 * mp.exp(mp.loggamma((df + 1) / 2) - mp.loggamma(df / 2)
                         - mp.log(df * mp.pi) / 2
                         - (df + 1) / 2 * mp.log1p(square / df))
        # in log t on the log of the tail, which is concave
        step = (mp.log(far) - mp.log(tail)) * far / (t * pdf)
        t *= mp.exp(step)
        if abs(step) < mp.mpf(10) ** -35:
            return t
    raise ArithmeticError("no convergence")


def f_upper_tail(f, df1, df2):
    x = df2 / (df2 + df1 * f)
    return beta_cdf(x, df2 / 2, df1 / 2)


# -------------------------------------------------------------- designs

def expand(design):
    for times, cells in design:
        for _ in range(times):
            yield cells


def design_text(design):
    return ";".join(f"{times}:" + ",".join(map(str, cells))
                    for times, cells in design)


def total(design, f):
    """sum of f(cells) over clusters"""
    return sum(times * f(cells) for times, cells in design)


def clusters_of(design):
    return total(design, lambda cells: 1 if sum(cells) else 0)


def random_size(rng, top):
    return max(1, int(top ** rng.uniform(0.2, 1)))


def random_design(rng, clusters, cells, top, spread):
    """cells counts a cluster, shares of a Dirichlet with the given spread"""
    centre = [rng.random() ** rng.choice([1, 1, 4]) + 1e-3
              for _ in range(cells)]
    if rng.random() < 0.15:      # one cell rare
        centre[rng.randrange(cells)] = 1e-4
    kinds = min(clusters, 25)
    cuts = sorted(rng.sample(range(1, clusters), kinds - 1)) + [clusters]
    design = []
    before = 0
    for cut in cuts:
        weights = [rng.gammavariate(max(1e-3, c * spread), 1) + 1e-300
                   for c in centre]
        n = random_size(rng, top)
        counts = [0] * cells
        if n <= 300:
            for cell in rng.choices(range(cells), weights, k=n):
                counts[cell] += 1
        else:
            counts = [int(n * w / sum(weights)) for w in weights]
            counts[rng.randrange(cells)] += n - sum(counts)
        design.append((cut - before, counts))
        before = cut
    return design


def designs(rng, cells, count):
    for number in range(count):
        clusters = rng.choice([2, 2, 3, 5, 8, 13, 19, 20, 21, 40, 290, 5000])
        top = rng.choice([8, 40, 300, 10**4, 10**6, 10**9])
        spread = rng.choice([0.5, 3, 30, 1000])
        yield random_design(rng, clusters, cells, top, spread)


# --------------------------------------------------------------- shares

def share_parts(design):
    """x, n, v of the share of the second cell"""
    x = total(design, lambda c: c[1])
    n = total(design, sum)
    g = clusters_of(design)
    # n (x_g - p n_g) is whole
    square = total(design, lambda c: (n * c[1] - x * sum(c)) ** 2)
    v = mp.mpf(square) / n**4 * g / (g - 1) if g > 1 else None
    return x, n, g, v


def korn_graubard(x, n, g, v, conf_level):
    ratio = (t_quantile(conf_level, n - 1) / t_quantile(conf_level, g - 1)) ** 2
    p = mp.mpf(x) / n
    if x in (0, n):
        n1 = n * ratio
    elif v == 0:
        n1 = mp.mpf(n)
    else:
        n1 = min(mp.mpf(n), p * (1 - p) / v * ratio)
    if n1 > 10**6:
        return None
    x1 = n1 * p
    tail = (1 - mp.mpf(conf_level)) / 2
    lower = beta_lower_quantile(tail, x1, n1 - x1 + 1) if x > 0 else mp.mpf(0)
    upper = 1 - beta_lower_quantile(tail, n1 - x1, x1 + 1) if x < n else mp.mpf(1)
    return lower, upper


def interval_row(design, conf_level, method):
    x, n, g, v = share_parts(design)
    row = [design_text(design), conf_level, method]
    p = mp.mpf(x) / n
    if g < 2:
        return row + [method, p, None, None, None, "too_few"]
    effect = v * n / (p * (1 - p)) if 0 < x < n else None
    used = "korn-graubard" if v == 0 else method
    t = t_quantile(conf_level, g - 1)
    if used == "korn-graubard":
        bounds = korn_graubard(x, n, g, v, conf_level)
        if bounds is None:
            return None
    elif used == "wilson":
        bounds = wilson(x / effect, n / effect, critical_value(conf_level))
    elif used == "linear":
        half = t * mp.sqrt(v)
        bounds = max(mp.mpf(0), p - half), min(mp.mpf(1), p + half)
    else:
        half = t * mp.sqrt(v) / (p * (1 - p))
        middle = mp.log(p / (1 - p))
        bounds = [1 / (1 + mp.exp(-middle - sign * half)) for sign in (-1, 1)]
    status = "few_clusters" if g < 20 else "ok"
    return row + [used, p, *bounds, effect, status]


def cluster_interval_tsv():
    rng = random.Random(SEED)
    eight = [(1, [n - x, x]) for x, n in
             zip((30, 14, 42, 11, 22, 21, 41, 8), (85, 58, 98, 45, 75, 75, 112, 33))]
    fixed = [eight,
             [(1, [5, 3])], [(1, [0, 9])],                       # one cluster
             [(2, [10, 0])], [(30, [7, 0]), (2, [1, 0])],        # no events
             [(2, [0, 10])], [(290, [0, 163])],                  # only events
             [(2, [0, 1])], [(2, [1, 0])],
             [(5, [6, 3]), (4, [2, 1])], [(25, [20, 10])],       # equal shares
             [(1, [1, 0]), (1, [0, 1])], [(40, [1, 0]), (60, [0, 1])],
             [(1, [10**9, 0]), (1, [0, 10**9])],
             [(1, [10**9, 10**9]), (1, [10**9 + 1, 10**9])],     # nearly equal
             [(2500, [5 * 10**8, 5 * 10**8]), (2500, [5 * 10**8 + 9, 5 * 10**8 - 9])],
             [(4999, [10**9, 0]), (1, [10**9 - 1, 1])]]
    rows = []
    for design in fixed:
        for conf_level in (0.95, 0.998):
            for method in ("logit", "linear", "korn-graubard", "wilson"):
                rows.append(interval_row(design, conf_level, method))
    for design in designs(rng, 2, 60 * SCALE):
        for method in ("logit", "linear", "korn-graubard", "wilson"):
            conf_level = rng.choice([0.95] + LEVELS + [0.01])
            rows.append(interval_row(design, conf_level, method))
    base.write("cluster_interval.tsv",
               ["clusters", "conf_level", "method", "method_used", "estimate",
                "lower", "upper", "design_effect", "status"],
               [row for row in rows if row is not None])


# ---------------------------------------------------------- differences

def difference_row(design, conf_level):
    """share of the second cell less share of the fourth"""
    a0, a1, b0, b1 = (total(design, lambda c, i=i: c[i]) for i in range(4))
    n_a, n_b = a0 + a1, b0 + b1
    g = clusters_of(design)
    row = [design_text(design), conf_level]
    if n_a == 0 or n_b == 0:
        return row + [None] * 3 + ["empty"]
    p_a, p_b = mp.mpf(a1) / n_a, mp.mpf(b1) / n_b
    for first in (0, 2):
        if total(design, lambda c: 1 if c[first] + c[first + 1] else 0) < 2:
            return row + [p_a - p_b, None, None, "too_few"]
    # u_g n_a^2 n_b^2 is whole
    square = total(design, lambda c: (
        (c[1] * n_a - a1 * (c[0] + c[1])) * n_b**2
        - (c[3] * n_b - b1 * (c[2] + c[3])) * n_a**2) ** 2)
    if square == 0:
        return row + [p_a - p_b, None, None, "no_variation"]
    se = mp.sqrt(mp.mpf(square) * g / (g - 1)) / n_a**2 / n_b**2
    half = t_quantile(conf_level, g - 1) * se
    difference = mp.mpf(a1 * n_b - b1 * n_a) / (n_a * n_b)
    return row + [difference, max(mp.mpf(-1), difference - half),
                  min(mp.mpf(1), difference + half),
                  "few_clusters" if g < 20 else "ok"]


def cluster_difference_tsv():
    rng = random.Random(SEED + 1)
    eight = [(1, [n1 - x1, x1, n2 - x2, x2]) for x1, x2, n1, n2 in
             zip((12, 5, 20, 3, 7, 11, 16, 2), (18, 9, 22, 8, 15, 10, 25, 6),
                 (40, 30, 50, 20, 35, 45, 52, 15), (45, 28, 48, 25, 40, 30, 60, 18))]
    fixed = [eight,
             [(3, [5, 3, 0, 0])], [(3, [0, 0, 5, 3])],           # one group
             [(1, [5, 3, 2, 2])], [(1, [5, 3, 2, 2]), (4, [0, 0, 2, 1])],
             [(3, [5, 0, 9, 0])], [(3, [0, 5, 9, 0])],           # no variation
             [(3, [5, 5, 9, 9]), (2, [1, 1, 3, 3])],
             [(2, [4, 0, 0, 0]), (2, [0, 4, 0, 0]), (3, [0, 0, 3, 1])],
             # what the groups have in common nearly cancels
             [(1, [3 * 10**8, 7 * 10**8, 3 * 10**8, 7 * 10**8]),
              (1, [7 * 10**8, 3 * 10**8, 7 * 10**8, 3 * 10**8 + 1])],
             [(2500, [3 * 10**8, 7 * 10**8, 3 * 10**8, 7 * 10**8]),
              (2500, [7 * 10**8, 3 * 10**8, 7 * 10**8, 3 * 10**8 + 1])]]
    rows = [difference_row(design, conf_level)
            for design in fixed for conf_level in (0.95, 0.998)]
    for design in designs(rng, 4, 120 * SCALE):
        rows.append(difference_row(design, rng.choice([0.95] + LEVELS)))
    base.write("cluster_difference.tsv",
               ["clusters", "conf_level", "difference", "lower", "upper",
                "status"], rows)


# ------------------------------------------------------------ Rao-Scott

def without_empty(design, r, c):
    counts = [total(design, lambda cells, i=i: cells[i]) for i in range(r * c)]
    rows = [i for i in range(r) if any(counts[i * c:(i + 1) * c])]
    columns = [j for j in range(c) if any(counts[j::c])]
    kept = [i * c + j for i in rows for j in columns]
    return ([(times, [cells[k] for k in kept]) for times, cells in design],
            len(rows), len(columns))


def rao_scott(design, r, c):
    """statistic, df, df2, p_value, status: the formula as it is printed"""
    design, r, c = without_empty(design, r, c)
    none = [None] * 4
    if r < 2 or c < 2:
        return none + ["zero_margin"]
    g = clusters_of(design)
    if g < 2:
        return none + ["too_few"]
    cells = r * c
    counts = [total(design, lambda k, i=i: k[i]) for i in range(cells)]
    n = sum(counts)
    p = [mp.mpf(k) / n for k in counts]
    inverse = [1 / q if q else mp.mpf(0) for q in p]

    # V, and D^-1 V D^-1
    v = mp.zeros(cells)
    for times, k in design:
        size = sum(k)
        z = [(k[i] - size * p[i]) / n for i in range(cells)]
        for i in range(cells):
            for j in range(cells):
                v[i, j] += times * z[i] * z[j]
    v *= mp.mpf(g) / (g - 1)
    dvd = mp.matrix(cells, cells)
    for i in range(cells):
        for j in range(cells):
            dvd[i, j] = inverse[i] * v[i, j] * inverse[j]

    # dummies and their products; residuals of the least-squares fit
    x1 = mp.matrix(cells, r + c - 1)
    x2 = mp.matrix(cells, (r - 1) * (c - 1))
    for i in range(r):
        for j in range(c):
            row = i * c + j
            x1[row, 0] = 1
            if i:
                x1[row, i] = 1
            if j:
                x1[row, r - 1 + j] = 1
            if i and j:
                x2[row, (i - 1) * (c - 1) + j - 1] = 1
    basis = x2 - x1 * ((x1.T * x1) ** -1 * (x1.T * x2))
    m = basis.T * mp.diag(inverse) * basis / n
    try:
        # singular: rounding leaves a pivot of 1e-60
        norm = mp.mnorm(m, 1) * mp.mnorm(m**-1, 1)
    except ZeroDivisionError:
        norm = mp.inf
    if norm > mp.mpf(10) ** 40:
        return none + ["too_few"]
    delta = m**-1 * (basis.T * dvd * basis)
    trace = sum(delta[i, i] for i in range(delta.rows))
    if abs(trace) < mp.mpf(10) ** -40:
        return none + ["no_variation"]
    square = delta * delta
    d0 = trace**2 / sum(square[i, i] for i in range(delta.rows))
    x = mp.mpf(0)
    for i in range(r):
        for j in range(c):
            e = mp.mpf(sum(counts[i * c:(i + 1) * c])) * sum(counts[j::c]) / n
            x += (counts[i * c + j] - e) ** 2 / e
    f = x / trace
    return [f, d0, d0 * (g - 1), f_upper_tail(f, d0, d0 * (g - 1)),
            "few_clusters" if g < 20 else "ok"]


def rao_scott_tsv():
    rng = random.Random(SEED + 2)
    apiclus1 = [[0, 0, 2, 10, 0, 1], [3, 0, 0, 31, 0, 0], [0, 0, 1, 2, 1, 0],
                [1, 0, 2, 9, 0, 1], [1, 0, 0, 12, 0, 3], [0, 0, 0, 2, 0, 0],
                [0, 0, 0, 1, 0, 0], [0, 0, 0, 2, 1, 1], [0, 0, 0, 9, 1, 2],
                [1, 1, 1, 15, 1, 2], [1, 1, 0, 3, 3, 1], [0, 0, 0, 8, 1, 2],
                [5, 0, 0, 25, 3, 4], [0, 0, 1, 1, 0, 0], [0, 1, 1, 2, 0, 0]]
    far = 10**9
    fixed = [(2, 3, [(1, k) for k in apiclus1]),
             (2, 2, [(1, [3, 4, 5, 6])]),                        # one cluster
             (2, 2, [(5, [3, 4, 0, 0])]), (2, 2, [(5, [3, 0, 4, 0])]),
             (1, 2, [(5, [3, 4])]),
             (2, 2, [(5, [3, 4, 5, 6])]),                        # no variation
             (2, 2, [(2, [2, 4, 0, 0]), (2, [0, 0, 3, 6])]),
             (2, 2, [(3, [5, 0, 1, 4]), (3, [2, 0, 3, 1])]),     # an empty cell
             (2, 2, [(3, [5, 0, 0, 4]), (3, [2, 0, 0, 1])]),
             (3, 3, [(3, [5, 0, 0, 0, 4, 0, 0, 0, 2]),           # singular
                     (2, [1, 0, 0, 0, 2, 0, 0, 0, 3])]),
             (3, 3, [(3, [5, 1, 0, 0, 4, 2, 1, 0, 2]),
                     (2, [1, 0, 0, 0, 2, 1, 3, 0, 3])]),
             (3, 2, [(3, [5, 1, 0, 0, 4, 2]), (2, [1, 3, 0, 0, 2, 1])]),
             # common and rare cells in blocks, where most bases lose digits
             (4, 4, [(3, [far, far // 2, 1, 0, far // 3, far, 0, 1,
                          0, 2, far, far // 5, 1, 0, far // 2, far]),
                     (4, [far // 3, far, 0, 1, far, far // 4, 1, 0,
                          1, 0, far // 7, far, 0, 1, far, far // 3]),
                     (3, [far // 5, far, 0, 0, far, far // 9, 0, 2,
                          0, 1, far // 3, far, 1, 1, far, far // 8])]),
             # every child its own cluster
             (2, 3, [(k, [1 if i == j else 0 for j in range(6)])
                     for i, k in enumerate((30, 20, 10, 5, 25, 40))])]
    rows = []
    for r, c, design in fixed:
        rows.append([r, c, design_text(design), *rao_scott(design, r, c)])
    for _ in range(130 * SCALE):
        r, c = rng.choice([(2, 2), (2, 2), (2, 3), (3, 2), (2, 5), (3, 3),
                           (4, 3), (5, 5)])
        design = next(designs(rng, r * c, 1))
        rows.append([r, c, design_text(design), *rao_scott(design, r, c)])
    base.write("rao_scott.tsv",
               ["rows", "columns", "clusters", "statistic", "df", "df2",
                "p_value", "status"],
               [row for row in rows
                if row[6] is None or row[6] > mp.mpf(10) ** -305])


FILES = {f.__name__.replace("_tsv", ".tsv"): f
         for f in (cluster_interval_tsv, cluster_difference_tsv, rao_scott_tsv)}


def main():
    global SCALE, SEED
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=int, default=SCALE)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=base.OUT)
    parser.add_argument("files", nargs="*", metavar="FILE")
    arguments = parser.parse_args()
    base.OUT, SCALE, SEED = arguments.out, arguments.scale, arguments.seed
    for name in arguments.files or FILES:
        FILES[name]()


if __name__ == "__main__":
    main()
