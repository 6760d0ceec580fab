#!/usr/bin/env python3
"""Reference values for tables of counts.

Writes table.tsv, cell.tsv, linear_trend.tsv, fisher.tsv and composition.tsv,
which the unit tests of the kernel read.  Not run by the tests; run it by hand
when a definition changes:

    python3 test/reference/tables.py [FILE ...]                 (five minutes)
    python3 test/reference/tables.py --scale 10 --seed 7 --out FOLDER [FILE ...]

Everything is computed from definitions, with integers and with mpmath at 60
digits or more, and shares no code and no algorithm with the kernel:

- chi-square, G, residuals and correlations begin with exact fractions;
- noncentral chi-square is the Poisson mixture, summed from its first term on;
- exact p-values add up all tables there are, as integers.

Counts are written row by row: 1,2/3,4.  README.md tells the conventions.
"""

import argparse
import math
import random
import sys
from fractions import Fraction
from pathlib import Path

import mpmath as mp

import proportions
from proportions import critical_value, fraction, text, wilson, write

mp.mp.dps = 60
SCALE = 1
SEED = 20240601
LEVELS = [0.5, 0.8, 0.9, 0.95, 0.95, 0.95, 0.99, 0.9999]


def shown(counts):
    return "/".join(",".join(map(str, row)) for row in counts)


def totals(counts):
    return [sum(row) for row in counts], [sum(c) for c in zip(*counts)]


def without_empty(counts):
    rows, columns = totals(counts)
    return [[x for x, c in zip(row, columns) if c]
            for row, r in zip(counts, rows) if r]


def random_table(rng, most_lines=6, most=None):
    """a table of any shape, size and sparsity, sometimes with empty lines"""
    r, c = rng.randint(2, most_lines), rng.randint(2, most_lines)
    most = most or rng.choice([3, 20, 100, 1000, 10**5, 10**9])
    kind = rng.choice(["even", "weighted", "dependent"])
    a = [rng.random() for _ in range(r)]
    b = [rng.random() for _ in range(c)]
    counts = []
    for i in range(r):
        row = []
        for j in range(c):
            if kind == "even":
                row.append(rng.randint(0, most))
            else:
                x = most * a[i] * b[j]
                x *= rng.uniform(0.97, 1.03) if kind == "weighted" \
                    else 4 ** rng.uniform(-1, 1)
                row.append(int(x + rng.random()))
        counts.append(row)
    if rng.random() < 0.1:
        counts[rng.randrange(r)] = [0] * c
    if rng.random() < 0.1:
        j = rng.randrange(c)
        for row in counts:
            row[j] = 0
    return counts


SPECIAL = [
    [[762, 327, 468], [484, 239, 477]],             # Agresti 2007, page 39
    [[29, 7, 7], [13, 7, 21]],
    [[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]],
    [[26, 26, 23, 18, 9], [6, 7, 9, 14, 23]],
    [[7, 0, 0], [0, 5, 0], [0, 0, 9]], [[1, 0], [0, 1]],
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    [[10, 20, 30], [20, 40, 60]],                   # independent
    [[10, 20], [10, 21]], [[3, 3], [3, 3]],
    [[5, 0], [0, 0]], [[0, 0], [0, 0]], [[4, 9, 1]], [[4], [9]], [[3]],
    [[0, 0, 0], [1, 2, 3]], [[0, 4], [0, 5]],
    [[5, 5], [5, 5]], [[4, 5], [5, 4]], [[25, 25], [25, 24]],
    [[5, 20], [20, 80]], [[1, 9], [9, 81]],         # smallest exactly 5 and 1
    [[10**9, 2 * 10**9], [3 * 10**9, 10**9]],
    [[10**9, 10**9], [10**9, 10**9 + 1]],
    [[2**53 + 1, 2**54 + 3], [2**55 + 7, 2**53 + 9]],
    [[2**53 + 1, 2**53 - 1, 5], [2**53, 2**53 + 11, 7]],
    [[2**61, 2**60 + 1], [2**60 - 1, 2**61 + 3]],
    [[400000, 3, 0], [399000, 9, 1]],
]


# ------------------------------------------------- chi-square, G, Cramer's V

def upper_chisq(x, df):
    p = mp.gammainc(mp.mpf(df) / 2, mp.mpf(x) / 2, regularized=True)
    return mp.mpf(0) if p < mp.mpf(10) ** -330 else p


def noncentral_lower(x, df, lam):
    """P(X <= x)"""
    return mixture(x, df, lam) if lam < 3000 else integral(x, df, lam)


def mixture(x, df, lam):
    """Poisson weights times tails, both by their recurrences"""
    rate = lam / 2
    top = int(rate + 14 * mp.sqrt(rate) + 60)
    low = max(0, int(rate - 14 * mp.sqrt(rate) - 60))
    a, h = mp.mpf(df) / 2, x / 2
    tail = mp.gammainc(a + top, 0, h, regularized=True)
    step = mp.exp((a + top) * mp.log(h) - h - mp.loggamma(a + top + 1))
    weight = mp.exp(top * mp.log(rate) - rate - mp.loggamma(top + 1))
    total = mp.mpf(0)
    for j in range(top, low, -1):
        total += weight * tail
        step = step * (a + j) / h
        tail += step
        weight = weight * j / rate
    return total + weight * tail


def integral(x, df, lam):
    """of the density of the root, which for a large lambda is a narrow bell"""
    s, end, order = mp.sqrt(lam), mp.sqrt(x), mp.mpf(df) / 2 - 1

    def density(t):
        # exp(-z) I(z) by its series for large z: DLMF 10.40.1
        z, term, series, k = s * t, mp.mpf(1), mp.mpf(1), 0
        while abs(term) > mp.mpf(10) ** -34:
            k += 1
            term *= -(4 * order ** 2 - (2 * k - 1) ** 2) / (8 * k * z)
            series += term
        return mp.exp(-(t - s) ** 2 / 2) * (t / s) ** order * t * series / \
            mp.sqrt(2 * mp.pi * z)

    with mp.workdps(34):
        steps = [end - k for k in range(int(end - s) // 4 * 4 + 16, -1, -4)]
        return mp.quad(density, steps, method="gauss-legendre")


def noncentrality(p, x, df):
    """lambda with P(X <= x) = p; 0 where there is none"""
    if 1 - upper_chisq(x, df) <= p:
        return mp.mpf(0)
    f = lambda s: noncentral_lower(x, df, s * s) - p
    z = mp.sqrt(2) * mp.erfinv(1 - 2 * p)
    guess = mp.sqrt(x) + z
    low, high = mp.mpf(0), mp.sqrt(x) + abs(z) + 10
    s = min(max(guess, (low + high) / 100), high)
    previous = None
    for _ in range(300):
        value = f(s)
        if value > 0:
            low = s
        else:
            high = s
        # a secant step where there is one, else halves
        new = None
        if previous and value != previous[1]:
            new = s - value * (s - previous[0]) / (value - previous[1])
        if new is None:
            new = s + mp.mpf(10) ** -6
        if not low < new < high:
            new = (low + high) / 2
        previous = (s, value)
        if abs(new - s) <= s * mp.mpf(10) ** -24:
            break
        s = new
    else:
        raise AssertionError("no convergence")
    return s * s


def association(counts, conf_level):
    """all values of one table, in the order of the columns of table.tsv"""
    full = without_empty(counts)
    rows, columns = totals(full)
    n, r, c = sum(rows), len(rows), len(columns)
    if n == 0:
        return [None] * 11 + ["empty"]
    expected = [Fraction(a * b, n) for a in rows for b in columns]
    below = Fraction(sum(e < 5 for e in expected), len(expected))
    thin = [fraction(min(expected)), fraction(below)]
    if r == 1 or c == 1:
        return [None] * 5 + thin + [None] * 4 + ["zero_margin"]
    observed = [x for row in full for x in row]
    x2 = sum((o - e) ** 2 / e for o, e in zip(observed, expected))
    g = 2 * mp.fsum(o * mp.log(fraction(o / e))
                    for o, e in zip(observed, expected) if o)
    df = (r - 1) * (c - 1)
    m = min(r, c) - 1
    excess = max(Fraction(0), x2 / n - Fraction(df, n - 1))
    most = min(Fraction((k - 1) * (n - k), n - 1) for k in (r, c))
    bounds = []
    for p in ((1 + mp.mpf(conf_level)) / 2, (1 - mp.mpf(conf_level)) / 2):
        lam = noncentrality(p, fraction(x2), df)
        bounds.append(min(mp.mpf(1), mp.sqrt(lam / (n * m))))
    return [fraction(x2), df, upper_chisq(fraction(x2), df), g,
            upper_chisq(g, df), *thin, mp.sqrt(fraction(x2) / (n * m)),
            *bounds, mp.sqrt(fraction(excess / most)) if most else None,
            "too_few" if min(expected) < 1 or below > Fraction(1, 5) else "ok"]


def table_tsv():
    rng = random.Random(SEED)
    cases = [(t, 0.95) for t in SPECIAL]
    cases += [([[x, 100], [100, 100 + x]], level)
              for x in (90, 100, 130, 1000, 10**5) for level in LEVELS[:3]]
    # on both sides of where the kernel turns to the normal distribution
    for shape in (2, 3, 7):
        for size in (5 * 10**7, 3 * 10**8):
            t = [[size // 7 * (3 if i == j else 2) + 7 * i + j
                  for j in range(shape)] for i in range(shape)]
            cases.append((t, rng.choice(LEVELS)))
    while len(cases) < 150 * SCALE:
        t = random_table(rng)
        cases.append((t, rng.choice(LEVELS)))
    rows = []
    for counts, conf_level in cases:
        values = association(counts, conf_level)
        if all(p is None or p == 0 or p > mp.mpf(10) ** -290
               for p in (values[2], values[4])):
            rows.append([shown(counts), conf_level, *values])
    write("table.tsv", ["counts", "conf_level", "chisq", "df", "chisq_p", "g",
                        "g_p", "smallest_expected", "share_below_5", "v",
                        "v_lower", "v_upper", "bias_corrected", "status"],
          rows)


# ------------------------------------------------------------------- cells

def cell_tsv():
    rng = random.Random(SEED + 1)
    tables = SPECIAL[:]
    while len(tables) < 60 * SCALE:
        tables.append(random_table(rng, 4))
    out = []
    for counts in tables:
        rows, columns = totals(counts)
        n = sum(rows)
        if n == 0:
            continue
        for i, r in enumerate(rows):
            for j, c in enumerate(columns):
                e = Fraction(r * c, n)
                d = fraction(counts[i][j] - e)
                others = e * Fraction(n - r, n) * Fraction(n - c, n)
                std = adj = p = None
                if e:
                    std = d / mp.sqrt(fraction(e))
                if others:
                    adj = d / mp.sqrt(fraction(others))
                    p = mp.erfc(abs(adj) / mp.sqrt(2))
                    if 0 < p < mp.mpf(10) ** -290:
                        p = mp.mpf(0)
                        if abs(adj) < 40:
                            continue
                out.append([shown(counts), i, j, fraction(e), std, adj, p])
    write("cell.tsv", ["counts", "row", "column", "expected", "std_residual",
                       "adj_residual", "p_value"], out)


# ------------------------------------------------------------ linear trend

def linear_trend_tsv():
    rng = random.Random(SEED + 2)
    cases = [(t, list(range(1, len(t) + 1)), list(range(1, len(t[0]) + 1)))
             for t in SPECIAL]
    cases += [([[26, 26, 23, 18, 9], [6, 7, 9, 14, 23]], [0, 1],
               [0, 1, 2, 3, 4]),
              ([[5, 2], [3, 4]], [1, 1], [1, 2]),
              ([[5, 2], [0, 0], [3, 4]], [2, 1, 2], [1, 2]),
              ([[5, 2, 1], [3, 4, 9]], [-1e300, 1e308], [1e-300, 0.0, 1.5e-300]),
              ([[5, 2, 1], [3, 4, 9]], [0.1, 0.2], [2019, 2020, 2022])]
    while len(cases) < 150 * SCALE:
        t = random_table(rng)
        make = rng.choice([lambda k: rng.sample(range(-50, 51), k),
                           lambda k: [rng.uniform(-1, 1) for _ in range(k)],
                           lambda k: [1e6 + rng.random() for _ in range(k)],
                           lambda k: [rng.lognormvariate(0, 9)
                                      for _ in range(k)]])
        cases.append((t, make(len(t)), make(len(t[0]))))
    out = []
    for counts, u, v in cases:
        rows, columns = totals(counts)
        n = sum(rows)
        fu, fv = [Fraction(x) for x in u], [Fraction(x) for x in v]
        head = [shown(counts), ",".join(map(repr, u)), ",".join(map(repr, v))]
        if n == 0:
            out.append(head + [None, None, "empty"])
            continue
        if sum(map(bool, rows)) == 1 or sum(map(bool, columns)) == 1:
            out.append(head + [None, None, "zero_margin"])
            continue
        mu = sum(x * r for x, r in zip(fu, rows)) / n
        mv = sum(x * c for x, c in zip(fv, columns)) / n
        suu = sum(r * (x - mu) ** 2 for x, r in zip(fu, rows))
        svv = sum(c * (x - mv) ** 2 for x, c in zip(fv, columns))
        suv = sum(counts[i][j] * (fu[i] - mu) * (fv[j] - mv)
                  for i in range(len(u)) for j in range(len(v)))
        if suu == 0 or svv == 0:
            out.append(head + [None, None, "no_variation"])
            continue
        m2 = fraction((n - 1) * suv ** 2 / suu / svv)
        p = mp.erfc(mp.sqrt(m2 / 2))
        if 0 < p < mp.mpf(10) ** -290:
            if p > mp.mpf(10) ** -330:
                continue
            p = mp.mpf(0)
        out.append(head + [m2, p, "ok"])
    write("linear_trend.tsv", ["counts", "row_scores", "column_scores",
                               "statistic", "p_value", "status"], out)


# ------------------------------------------------------- exact p-values

def columns_of(total, rest):
    """all ways to take total from what remains of the rows"""
    if len(rest) == 1:
        if total <= rest[0]:
            yield (total,)
        return
    for x in range(max(0, total - sum(rest[1:])), min(total, rest[0]) + 1):
        for others in columns_of(total - x, rest[1:]):
            yield (x,) + others


def all_tables(counts):
    """product of the cells' factorials -> number of tables that have it"""
    rows, columns = totals(counts)
    ways = {tuple(rows): {1: 1}}
    for total in columns:
        following = {}
        for rest, products in ways.items():
            for column in columns_of(total, rest):
                left = tuple(a - b for a, b in zip(rest, column))
                factor = math.prod(map(math.factorial, column))
                target = following.setdefault(left, {})
                for product, number in products.items():
                    target[product * factor] = \
                        target.get(product * factor, 0) + number
        ways = following
    (products,) = ways.values()
    return products


def exact_p(counts):
    """None where doubles cannot tell whether a table ties"""
    products = all_tables(counts)
    observed = math.prod(math.factorial(x) for row in counts for x in row)
    # P is proportional to 1 / product, of which n! is the largest
    scale = math.factorial(sum(map(sum, counts))) << 600
    total = part = 0
    for product, number in products.items():
        weight = number * scale // product
        total += weight
        ratio = Fraction(observed, product)       # of the probabilities
        if ratio <= 1 + Fraction(1, 10**7):
            part += weight
        if abs(ratio - 1 - Fraction(1, 10**7)) < Fraction(1, 10**9):
            return None
    # the sum of all is known
    rows, columns = totals(counts)
    whole = Fraction(math.factorial(sum(rows)),
                     math.prod(map(math.factorial, rows + columns)))
    assert abs(Fraction(total, scale) / whole - 1) < Fraction(1, 10**100)
    return fraction(Fraction(part, total))


def fisher_tsv():
    rng = random.Random(SEED + 3)
    cases = [t for t in SPECIAL
             if 0 < sum(map(sum, t)) < 200 and len(without_empty(t)) > 1
             and len(without_empty(t)[0]) > 1]
    cases += [[[300, 5, 1], [290, 12, 6]], [[2000, 3, 1], [1500, 4, 3]],
              [[0, 0, 40], [40, 0, 0], [0, 40, 1]],
              [[3, 0, 0, 0, 1], [0, 3, 0, 1, 0], [1, 0, 2, 0, 0]],
              [[1] * 6] * 3, [[2, 0] * 4, [0, 2] * 4],
              [[60, 0, 0], [0, 60, 0]], [[12, 9, 0, 4, 2, 7, 1, 3],
                                         [8, 11, 3, 1, 2, 9, 6, 1]]]
    while len(cases) < 300 * SCALE:
        t = random_table(rng, 5, rng.choice([2, 3, 5, 8, 12]))
        n = sum(map(sum, t))
        rows, columns = totals(t)
        size = math.prod(min(a, b) + 1 for a in sorted(rows)[:-1]
                         for b in sorted(columns)[:-1])
        if size < 3 * 10**9 and len(without_empty(t)) > 1 and \
                len(without_empty(t)[0]) > 1:
            cases.append(t)
    out = []
    for t in cases:
        # fewer rows make the sums quicker, and nothing else
        full = without_empty(t)
        if len(full) > len(full[0]):
            full = [list(c) for c in zip(*full)]
        p = exact_p(full)
        if p is not None:
            out.append([shown(t), p])
    write("fisher.tsv", ["counts", "p_value"], out)


# ----------------------------------------------------------- composition

def composition_tsv():
    rng = random.Random(SEED + 4)
    cases = [([91, 49, 37, 43], 0.95)]              # Goodman 1965
    cases += [(c, 0.95) for c in ([0, 0], [1, 0], [5, 0, 0], [3, 4],
                                  [10**9, 1, 0], [2**53 + 1, 2**60, 7])]
    while len(cases) < 60 * SCALE:
        most = rng.choice([5, 100, 10**4, 10**9])
        cases.append(([rng.choice([0, rng.randint(0, most)])
                       for _ in range(rng.randint(2, 9))], rng.choice(LEVELS)))
    out = []
    for counts, conf_level in cases:
        n = sum(counts)
        # the level of one of k intervals
        alpha = (1 - mp.mpf(conf_level)) / len(counts)
        z = mp.sqrt(2) * mp.erfinv(1 - alpha)
        for j, x in enumerate(counts):
            row = [shown([counts]), conf_level, j]
            if n == 0:
                out.append(row + [None, None, None, "empty"])
                continue
            a = z * z
            root = mp.sqrt(a * (a + 4 * fraction(Fraction(x * (n - x), n))))
            out.append(row + [fraction(Fraction(x, n)),
                              (a + 2 * x - root) / (2 * (n + a)) if x else 0,
                              (a + 2 * x + root) / (2 * (n + a)), "ok"])
    write("composition.tsv", ["counts", "conf_level", "column", "estimate",
                              "lower", "upper", "status"], out)


FILES = {f.__name__.replace("_tsv", ".tsv"): f
         for f in (table_tsv, cell_tsv, linear_trend_tsv, fisher_tsv,
                   composition_tsv)}


def main():
    global SCALE, SEED
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=int, default=SCALE)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=proportions.OUT)
    parser.add_argument("files", nargs="*", metavar="FILE")
    arguments = parser.parse_args()
    proportions.OUT = arguments.out
    SCALE, SEED = arguments.scale, arguments.seed
    for name in arguments.files or FILES:
        FILES[name]()


if __name__ == "__main__":
    main()
