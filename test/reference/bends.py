#!/usr/bin/env python3
"""Reference values for the gap by age: its trend, and lines that bend.

Writes gap_trend.tsv and broken_line.tsv of this folder, which unit tests
read.  Not run by the tests:

    python3 test/reference/bends.py                            (ten minutes)

and with --scale, --seed and --out as proportions.py, for a larger sweep.

Trends are correlations over children as fractions, and Wald tests with
matrices of 60 digits.  Bends are found from the definition alone: the deviance
of the best coefficients for a given age, as a function of that age, is looked
at on a grid of hundreds of ages and its least value then narrowed down with 60
digits, by golden sections.  The kernel goes another way, from line to line.
"""

import argparse
import random
from fractions import Fraction
from pathlib import Path

import mpmath as mp
import numpy as np

SEED = 20240914
mp.mp.dps = 60


def text(value):
    if value is None:
        return "NULL"
    if isinstance(value, Fraction):
        value = mp.mpf(value.numerator) / value.denominator
    return mp.nstr(mp.mpf(value), 25, strip_zeros=True)


def chisq_tail(x, df):
    return mp.gammainc(mp.mpf(df) / 2, mp.mpf(x) / 2, regularized=True)


def f_tail(f, df1, df2):
    """P(F > f), the lower tail of a beta"""
    x = mp.mpf(df2) / (df2 + df1 * mp.mpf(f))
    return mp.betainc(mp.mpf(df2) / 2, mp.mpf(df1) / 2, 0, x, regularized=True)


# ---------------------------------------------------------------- trends

def trend(ages):
    """ages: age -> (both, first, second, neither)"""
    n = sum(sum(cells) for cells in ages.values())
    if n == 0:
        return "empty", [None] * 7
    moments = lambda f: Fraction(sum(f(a, *c) for a, c in ages.items()))
    mean_a = moments(lambda a, p, b, c, q: a * (p + b + c + q)) / n
    mean_s = moments(lambda a, p, b, c, q: b - c) / n
    var_a = moments(lambda a, p, b, c, q: a * a * (p + b + c + q)) / n - mean_a ** 2
    var_s = moments(lambda a, p, b, c, q: b + c) / n - mean_s ** 2
    together = moments(lambda a, p, b, c, q: a * (b - c)) / n - mean_a * mean_s
    between = sum(sum(c) * (Fraction(c[1] - c[2], sum(c)) - mean_s) ** 2
                  for c in ages.values()) / n
    if var_a == 0 or var_s == 0:
        return "no_variation", [None] * 7
    r2 = together ** 2 / (var_a * var_s)
    statistic = (n - 1) * r2
    row = [statistic, Fraction(1), chisq_tail_of(statistic, 1)]
    df = len(ages) - 2
    if df > 0:
        departure = (n - 1) * (between / var_s - r2)
        row += [departure, Fraction(df), chisq_tail_of(departure, df)]
    else:
        row += [None, None, None]
    return "ok", row + [together / var_a]


def chisq_tail_of(x, df):
    return chisq_tail(mp.mpf(x.numerator) / x.denominator, df)


def clustered_trend(ages, covariance, df):
    """the same slope, and all that is not straight, with a covariance"""
    m = len(ages)
    x = mp.matrix([a for a in ages])
    n = [sum(c) for c in ages.values()]
    # the curve's gap is a double
    g = mp.matrix([mp.mpf((c[1] - c[2]) / sum(c)) for c in ages.values()])
    mean = sum(n[i] * x[i] for i in range(m)) / sum(n)
    squares = sum(n[i] * (x[i] - mean) ** 2 for i in range(m))
    w = mp.matrix([n[i] * (x[i] - mean) / squares for i in range(m)])
    slope = (w.T * g)[0]
    variance = (w.T * covariance * w)[0]
    f = slope ** 2 / variance
    row = [f, mp.mpf(1), f_tail(f, 1, df)]
    k = m - 2
    if k > 0 and df - k + 1 > 0:
        # contrasts from the residuals of a line through the first two ages
        d = mp.zeros(k, m)
        for i in range(k):
            step = (x[i + 2] - x[0]) / (x[1] - x[0])
            d[i, i + 2] += 1
            d[i, 0] += step - 1
            d[i, 1] -= step
        r = d * g
        wald = (r.T * mp.inverse(d * covariance * d.T) * r)[0]
        free = mp.mpf(df) - k + 1
        departure = wald * free / (df * k)
        row += [departure, mp.mpf(k), f_tail(departure, k, free)]
    else:
        row += [None, None, None]
    return "ok", row + [slope]


def random_ages(rng):
    """tables from one child to billions, some with nothing to see"""
    count = rng.choice([1, 2, 3, 5, 18, 18, 21])
    size = rng.choice([1, 3, 10, 1000, 10 ** 6, 10 ** 9, 10 ** 15])
    alone = rng.choice([0, 0.001, 0.5, 0.9, 1])
    ages = {}
    for age in sorted(rng.sample(range(21), count)):
        cells = [0, 0, 0, 0]
        for i in range(4):
            scale = alone if i in (1, 2) else 1 - alone
            cells[i] = int(size * scale * rng.random() + rng.random() * (scale > 0))
        if rng.random() < 0.2:
            cells = [int(c * rng.random() ** 4) for c in cells]
        if sum(cells) > 0:
            ages[age] = tuple(cells)
    return ages


def random_covariance(rng, m):
    """of doubles, positive definite, correlated"""
    scale = 10 ** rng.uniform(-4, -1)
    a = [[rng.gauss(0, 1) for _ in range(m + 2)] for _ in range(m)]
    c = [[float(scale ** 2 * sum(p * q for p, q in zip(a[i], a[j])) / (m + 2))
          for j in range(m)] for i in range(m)]
    for i in range(m):
        c[i][i] *= 1.01
        for j in range(i):
            c[i][j] = c[j][i]
    return c


def write_trends(out, rng, scale):
    columns = ["ages", "covariance", "cluster_df", "statistic", "df", "p_value",
               "departure_statistic", "departure_df", "departure_p_value", "slope", "status"]
    rows = []
    for _ in range(150 * scale):
        ages = random_ages(rng)
        covariance, df = "NULL", "NULL"
        if len(ages) > 1 and rng.random() < 0.3:
            c = random_covariance(rng, len(ages))
            clusters = rng.choice([3, 12, 40, 289])
            status, row = clustered_trend(ages, mp.matrix(c), clusters)
            covariance = ",".join(v.hex() for line in c for v in line)
            df = str(clusters)
        else:
            status, row = trend(ages)
        cells = ";".join("%d:%d,%d,%d,%d" % ((a,) + c) for a, c in ages.items())
        rows.append([cells or "-", covariance, df] + [text(v) for v in row] + [status])
    write(out / "gap_trend.tsv", columns, rows)


# ----------------------------------------------------------------- bends

def deviance_of(link, y, weight, eta):
    """with the slope and curvature of the log likelihood in eta"""
    if link == "identity":
        return weight * (y - eta) ** 2, weight * (y - eta), weight
    p = 1 / (1 + mp.exp(-eta))
    deviance = mp.mpf(0)
    if y > 0:
        deviance += y * mp.log(y / (weight * p))
    if y < weight:
        deviance += (weight - y) * mp.log((weight - y) / (weight * (1 - p)))
    return 2 * deviance, y - weight * p, weight * p * (1 - p)


def fit(link, points, basis, start):
    """the least deviance and its coefficients, by Newton's method"""
    beta = mp.matrix(start)
    p = len(start)
    last = None
    for _ in range(100):
        deviance = mp.mpf(0)
        score = mp.zeros(p, 1)
        information = mp.zeros(p, p)
        for x, y, weight in points:
            b = basis(x)
            d, slope, curvature = deviance_of(link, y, weight,
                                              sum(b[j] * beta[j] for j in range(p)))
            deviance += d
            for j in range(p):
                score[j] += slope * b[j]
                for k in range(p):
                    information[j, k] += curvature * b[j] * b[k]
        if last is not None and deviance > last:
            # too far: half of the way back
            step = step / 2
            beta -= step
            continue
        step = mp.lu_solve(information, score)
        gain = (score.T * step)[0]
        beta += step
        last = deviance
        if gain < mp.mpf(10) ** -45:
            return deviance - gain, beta
    raise ArithmeticError("no convergence")


def bent(psi):
    return lambda x: (mp.mpf(1), min(x - psi, mp.mpf(0)), max(x - psi, mp.mpf(0)))


def quick_profile(link, points, psi):
    """the same with doubles"""
    x, y, w = (np.array([float(p[i]) for p in points]) for i in range(3))
    b = np.stack([np.ones_like(x), np.minimum(x - psi, 0), np.maximum(x - psi, 0)], 1)
    if link == "identity":
        root = np.sqrt(w)
        beta = np.linalg.lstsq(b * root[:, None], y * root, rcond=None)[0]
        return float((w * (y - b @ beta) ** 2).sum()), beta
    beta = np.array([np.log((y.sum() + .5) / (w.sum() - y.sum() + .5)), 0, 0])
    for _ in range(30):
        p = 1 / (1 + np.exp(-(b @ beta)))
        step = np.linalg.lstsq((b * (w * p * (1 - p))[:, None]).T @ b, b.T @ (y - w * p), rcond=None)[0]
        beta = beta + step * min(1, 3 / max(abs(b @ step).max(), 1e-300))
    eta = b @ beta
    p = 1 / (1 + np.exp(-eta))
    with np.errstate(divide="ignore", invalid="ignore"):
        d = np.where(y > 0, y * np.log(y / (w * p)), 0) + \
            np.where(y < w, (w - y) * np.log((w - y) / (w * (1 - p))), 0)
    return float(2 * d.sum()), beta


def best_bend(link, points):
    """psi, level, slopes and deviance of the best bend, and of no bend"""
    x = [p[0] for p in points]
    line_deviance, line = fit(link, points, lambda v: (mp.mpf(1), v - x[0]),
                              [quick_profile(link, points, float(x[1]))[1][0], 0])
    grid = []
    for a, b in zip(x[1:-2], x[2:-1]):
        grid += [float(a) + float(b - a) * k / 100 for k in range(100)]
    grid.append(float(x[-2]))
    values = [quick_profile(link, points, psi)[0] for psi in grid]
    i = int(np.argmin(values))
    low, high = mp.mpf(grid[max(i - 1, 0)]), mp.mpf(grid[min(i + 1, len(grid) - 1)])
    start = [mp.mpf(v) for v in quick_profile(link, points, grid[i])[1]]
    # the ages are kinks: one side at a time
    ends = [low] + [v for v in x if low < v < high] + [high]
    found = []
    ratio = (mp.sqrt(5) - 1) / 2
    f = lambda psi: fit(link, points, bent(psi), start)
    for a, b in zip(ends, ends[1:]):
        found += [(f(a)[0], a), (f(b)[0], b)]
        c, d = b - ratio * (b - a), a + ratio * (b - a)
        fc, fd = f(c)[0], f(d)[0]
        while b - a > mp.mpf(10) ** -20:
            if fc < fd:
                b, d, fd = d, c, fc
                c = b - ratio * (b - a)
                fc = f(c)[0]
            else:
                a, c, fc = c, d, fd
                d = a + ratio * (b - a)
                fd = f(d)[0]
        found.append((fc, c))
    deviance, psi = min(found)
    deviance, beta = fit(link, points, bent(psi), start)
    return [psi, beta[0], beta[1], beta[2], deviance, line[1], line_deviance]


def random_points(rng, link):
    count = rng.choice([5, 6, 9, 18, 18, 18, 40])
    x = sorted(rng.sample(range(count + 3), count)) if rng.random() < 0.5 else list(range(count))
    per_age = rng.choice([9, 100, 1100, 10 ** 6, 10 ** 9])
    psi = rng.uniform(x[1], x[-2])
    before, after = rng.gauss(0, .08), rng.gauss(0, .08)
    points = []
    for v in x:
        n = int(per_age * rng.uniform(.3, 1.7)) + 1
        eta = -.4 + before * min(v - psi, 0) + after * max(v - psi, 0)
        if link == "logit":
            p = 1 / (1 + np.exp(-eta))
            y = min(n, max(0, round(rng.gauss(n * p, (n * p * (1 - p)) ** .5))))
            points.append((v, y, n))
        else:
            weight = float(n) / rng.uniform(.1, .6)
            points.append((v, eta / 4 + rng.gauss(0, weight ** -.5), weight))
    return points


DOWN = """17.0,13555,16 18.5,13675,15 19.5,18752,16 20.5,22005,22 21.5,23896,16 22.5,24667,12
23.5,24807,17 24.5,23986,22 25.5,22860,15 26.5,21450,14 27.5,19202,27 28.5,17450,14 29.5,15685,9
30.5,13954,12 31.5,11987,12 32.5,10983,18 33.5,9825,13 34.5,8483,11 35.5,7448,23 36.5,6628,13
37.5,5780,17 38.5,4834,15 39.5,3961,30 40.5,2952,31 41.5,2276,33 42.5,1589,20 43.5,1018,16
44.5,596,22 45.5,327,11 47.0,249,7"""


def write_bends(out, rng, scale):
    columns = ["link", "points", "psi", "level", "before", "after", "deviance", "line_slope", "line_deviance"]
    down = [tuple(float(v) for v in p.split(",")) for p in DOWN.split()]
    problems = [("logit", [(x, y, n) for x, n, y in down])]
    while len(problems) < 60 * scale:
        link = rng.choice(["identity", "logit"])
        points = random_points(rng, link)
        # separated ages have infinite slopes, which no table can hold
        if link == "logit" and any(not 0 < y < n for _, y, n in points[:3] + points[-3:]):
            continue
        problems.append((link, points))
    rows = []
    for link, points in problems:
        exact = [tuple(mp.mpf(v) for v in p) for p in points]
        written = ";".join(",".join(float(v).hex() for v in p) for p in points)
        rows.append([link, written] + [text(v) for v in best_bend(link, exact)])
    write(out / "broken_line.tsv", columns, rows)


def write(path, columns, rows):
    with open(path, "w", encoding="ascii", newline="\n") as file:
        for row in [columns] + rows:
            file.write("\t".join(row) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    options = parser.parse_args()
    write_trends(options.out, random.Random(options.seed), options.scale)
    write_bends(options.out, random.Random(options.seed + 1), options.scale)


if __name__ == "__main__":
    main()
