#!/usr/bin/env python3
"""Reference values of the probability distributions, to 25 digits.

    python3 distributions.py [--cases N] [--out FOLDER] [TABLE...]

writes one table a family and quantile.tsv and conditional.tsv, by default
the samples that the unit tests read, beside this file; "make accuracy" asks
for 10,000 cases a family.  Needs mpmath (and is much faster with gmpy2).
Each table has a seed of its own, so that the files come out the same, and a
sample is the beginning of the whole.

Inputs are hexadecimal floats or whole numbers, hence exact.  Probabilities
are text and may lie below what a double can hold; their logarithms are given
beside them.  How they are computed and checked is told in tails.py.

Cases are drawn to find errors rather than to look like practice: shapes and
degrees of freedom from 1e-5 to 1e9, counts to 1e9, arguments around the mean,
thirty standard deviations from it, and where a tail is 1e-300.
"""

import argparse
import math
import multiprocessing
import os
import random

from mpmath import exp, log, log1p, mpf, nstr, sinh

import tails as t

DIGITS = 25
LEAST = mpf(10) ** -700         # smaller tails are left out
rng = random.Random()


# ----------------------------------------------------------------- writing

def log_tails(lower, upper):
    """Logarithms of both, each from the smaller one."""
    return (log(lower) if lower < 0.5 else log1p(-upper),
            log(upper) if upper < 0.5 else log1p(-lower))


def text(value):
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return value.hex()
    return nstr(value, DIGITS, strip_zeros=True, min_fixed=0, max_fixed=0)


def write(folder, name, columns, rows):
    with open(os.path.join(folder, name + ".tsv"), "w") as out:
        print(*columns, sep="\t", file=out)
        for row in rows:
            print(*map(text, row), sep="\t", file=out)
    print(name, len(rows), flush=True)


def tail_rows(cases, count, tails, point=None):
    """One row a case: arguments, [point,] both tails and their logarithms."""
    rows = []
    while len(rows) < count:
        case = next(cases)
        try:
            lower, upper = tails(*case)
        except t.TooFar:
            continue
        if min(lower, upper) > LEAST:
            rows.append(list(case) + ([point(*case)] if point else [])
                        + [lower, upper] + list(log_tails(lower, upper)))
    return rows


# ------------------------------------------------------------------- cases

def spread(low, high):
    """Evenly distributed on a log scale."""
    return math.exp(rng.uniform(math.log(low), math.log(high)))


def whole(low, high):
    return int(spread(low, high + 1))


def deviate():
    """A few standard deviations, sometimes very many."""
    return rng.gauss(0, 1) * rng.choice((1, 1, 5, 14))


def shape():
    """Mostly what practice brings, and everything else."""
    low, high = rng.choice(((1e-5, 1), (0.1, 1e3), (0.1, 1e3), (1e3, 1e6),
                            (1e6, 1e9)))
    value = spread(low, high)
    return round(2 * value) / 2 if rng.random() < 0.3 and value > 1 else value


def at_lower_tail(a, b):
    """About where a beta with a small shape a has a small lower tail."""
    p = spread(1e-300, 1) if rng.random() < 0.5 else rng.random()
    log_x = (math.log(p) + math.log(a) + math.lgamma(a) + math.lgamma(b)
             - math.lgamma(a + b)) / a
    return math.exp(max(log_x, -690)) if log_x < 0 else 0.5


def normal_cases():
    for x in (0.0, 5e-324, 1e-300, 1e-20, 1e-9, 0.5, 1.0, 1.959963984540054,
              8.3, 9.0, 24.9, 25.1, 37.5, 38.4, 40.0, 60.0):
        yield (x,)
        yield (-x,)
    while True:
        x = rng.choice((deviate(), deviate(), rng.uniform(-38, 38),
                        spread(1e-300, 1), -spread(1e-20, 60)))
        yield (x,)


def gamma_cases():
    yield from [
        (1e-3, 1e-10), (1e-3, 1e-3), (1e-3, 1.0), (1e-3, 600.0),
        (0.1076, 1e-15), (0.5, 0.5), (0.999, 0.999), (1.0, 690.0),
        (1160.0, 1227.696), (50000.0, 50439.2), (1e8, 1e8),
        (1e8, 100370000.0), (1e8, 99640000.0), (1e7, 1e7 + 3.0)]
    while True:
        a = shape()
        x = a + math.sqrt(a) * deviate()
        if a < 300 and rng.random() < 0.3:
            x = at_lower_tail(a, 1e9) * 1e9
        elif a < 300 and (x <= 0 or rng.random() < 0.2):
            x = spread(1e-8, 700)
        if x > 0:
            yield (a, x)


def poisson_cases():
    yield from [
        (0, 1e-9), (0, 5.0), (1159, 1227.696), (100000, 1e5),
        (10 ** 7, 1e7), (10 ** 7, 10100000.0), (49, 0.0039), (170, 1.0),
        (0, 690.0)]
    while True:
        rate = shape()
        x = int(rate + math.sqrt(rate) * deviate())
        if x >= 0 and (x > 0 or rate < 700):
            yield (x, rate)
        elif rate < 700:
            yield (rng.randrange(150), rate)


def noncentral_cases():
    yield from [
        (1e-8, 1.0, 1e-3), (3.0, 4.0, 1e-5), (1e8, 3.0, 1e8),
        (1.001e8, 40.0, 1e8), (0.9995e8, 1e7, 9e7), (0.4, 1e-3, 1e-3),
        (1e-6, 1e-5, 1e-5), (700.0, 1.0, 1e-8), (30.0, 2.0, 1400.0)]
    while True:
        df = shape() if rng.random() < 0.6 else float(whole(1, 400))
        high = 1e9 if rng.random() < 0.005 else 1e6
        lambda_ = spread(1e-5, high)
        x = df + lambda_ + math.sqrt(2 * df + 4 * lambda_) * deviate()
        if df + lambda_ < 500 and (x <= 0 or rng.random() < 0.2):
            x = spread(1e-8, 1500)
        if x > 0:
            yield (x, df, lambda_)


def beta_cases():
    yield from [
        (3.0, 258.0, 0.0275), (484.0, 17.0, 0.945), (0.5, 0.5, 0.5),
        (1e-3, 1e-3, 0.3), (1e-3, 1e3, 1e-9), (1e3, 1e-3, 0.999999),
        (1.0, 1e7, 1e-8), (5e7, 5e7, 0.5), (5e7, 5e7, 0.5002),
        (9e7, 1e7, 0.89889), (2.5, 1e8, 1e-7), (1e8, 0.5, 1 - 1e-8),
        (1e-3, 1e8, 1e-300), (5.0, 107624.0, 0.0001082)]
    while True:
        a, b = shape(), shape()
        if rng.random() < 0.3:
            b = min(max(a * spread(0.01, 100), 1e-5), 1e9)
        mean = a / (a + b)
        x = mean + deviate() * math.sqrt(mean * (1 - mean) / (a + b + 1))
        if a < 300 and rng.random() < 0.3:
            x = at_lower_tail(a, b)
        elif b < 300 and rng.random() < 0.3:
            x = 1 - at_lower_tail(b, a)
        elif not 0 < x < 1:
            x = rng.choice((rng.random(), spread(1e-30, 1),
                            1 - spread(1e-14, 1)))
        # farther out both tails are known without looking
        spread_out = math.sqrt(mean * (1 - mean) / (a + b))
        if 0 < x < 1 and (abs(x - mean) < 50 * spread_out or 1e5 > min(
                a, b * x / (1 - x), b, a * (1 - x) / x)):
            yield (a, b, x)


def t_cases():
    yield from [
        (0.0, 3.0), (1e-9, 0.5), (3.2e49, 1.0), (1e200, 0.1), (1e300, 0.3),
        (2.0, 1e8), (37.0, 1e8), (1e-6, 1e6)]
    while True:
        df = shape()
        x = (deviate() if df > 20 else
             rng.choice((-1, 1)) * spread(1e-3, rng.choice((10, 1e20, 1e300))))
        yield (spread(1e-300, 1) if rng.random() < 0.03 else x, df)


def f_cases():
    yield from [
        (1.0, 1.0, 1.0), (1.0, 1e6, 1e6), (1.02, 1e6, 1e6),
        (1e-250, 0.5, 3.0), (1e250, 3.0, 0.5), (5.0, 0.5677, 10000.0)]
    drawn = beta_cases()
    while True:
        a, b, x = next(drawn)
        f = x / (1 - x) * b / a
        if 0 < f < math.inf:
            yield (f, 2 * a, 2 * b)


def binomial_cases():
    yield from [
        (500000, 10 ** 6, 0.5), (0, 1, 0.5), (0, 10 ** 7, 1e-7),
        (3, 10 ** 7, 1e-7), (42, 43, 8.2e-8), (5 * 10 ** 6, 10 ** 7, 0.5),
        (5003000, 10 ** 7, 0.5), (9, 10, 0.999), (99, 100, 0.01)]
    while True:
        n = whole(1, 10 ** rng.choice((2, 4, 6, 9)))
        p = rng.choice((rng.random(), spread(1e-9, 1), 1 - spread(1e-9, 1)))
        x = int(n * p + deviate() * math.sqrt(n * p * (1 - p)))
        if x < 0 or rng.random() < 0.2:
            x = rng.randrange(min(n, 40))
        if 0 <= x < n:
            yield (x, n, p)


def hypergeometric_cases():
    yield from [
        (600000, 3000000, 7000000, 2000000), (60000, 300000, 700000, 200000),
        (0, 1, 1000000, 10), (0, 5, 5, 5), (17, 1000, 10 ** 7, 50000),
        (2500400, 5000000, 5000000, 5000000)]
    while True:
        large = 10 ** (9 if rng.random() < 0.02 else rng.choice((1, 3, 5, 6)))
        m, u = whole(1, large), whole(1, large)
        d = (rng.randrange(1, m + u) if rng.random() < 0.5
             else whole(1, m + u - 1))
        mean = m * d / (m + u)
        sd = math.sqrt(mean * (1 - m / (m + u)) * (1 - d / (m + u)))
        x = int(mean + deviate() * sd)
        if max(0, d - u) <= x < min(m, d):
            yield (x, m, u, d)


def noncentral_hypergeometric_cases():
    yield from [
        (10 ** 6, 4 * 10 ** 6, 3 * 10 ** 6, 2 * 10 ** 6, -0.8),
        (3, 10, 12, 9, 0.0), (0, 5, 10, 7, 23.0), (1, 8, 7, 4, -33.0),
        (7, 60, 10 ** 7, 10 ** 5, 3.0), (39, 40, 40, 40, -2.0)]
    while True:
        large = 10 ** (9 if rng.random() < 0.01 else rng.choice((1, 2, 3, 5)))
        m, u = whole(1, large), whole(1, large)
        d = rng.randrange(1, m + u)
        log_odds = rng.gauss(0, rng.choice((1, 1, 3, 10)))
        odds = math.exp(log_odds)
        # the mode, to begin with, as the root of a quadratic
        b = u - d + odds * (m + d)
        root = math.sqrt(max(0, b * b + 4 * (1 - odds) * odds * m * d))
        mode = 2 * odds * m * d / (b + root) if b + root > 0 else min(m, d)
        sd = 1 / math.sqrt(sum(1 / (abs(c) + 1) for c in (
            mode, m - mode, d - mode, u - d + mode)))
        x = int(mode + deviate() * sd)
        if max(0, d - u) <= x < min(m, d):
            yield (x, m, u, d, log_odds)


def noncentral_hypergeometric_rows(cases, count):
    rows = []
    while len(rows) < count:
        case = next(cases)
        point, lower, upper, mean = t.noncentral_hypergeometric(*case)
        # of anything smaller the scale of the sums leaves too few digits
        if min(lower, upper) > mpf(10) ** -85:
            rows.append(list(case) + [point, mean, lower, upper]
                        + list(log_tails(lower, upper)))
    return rows


# ------------------------------------------------------ roots of the tails

def conditional_rows(count):
    """The odds ratio of a fourfold table given its margins."""
    cases = [(7, 34, 1, 34, 0.95), (3, 4, 1, 4, 0.95), (0, 10, 3, 7, 0.95),
             (3, 10, 0, 12, 0.95), (10, 10, 3, 7, 0.95), (4, 9, 12, 12, 0.99),
             (10, 20, 10, 20, 0.95), (0, 10, 10, 10, 0.9), (1, 1, 0, 1, 0.95),
             (2, 10 ** 9, 3, 10 ** 9, 0.95), (1, 2, 10 ** 9 - 1, 10 ** 9, 0.95),
             (10 ** 9 - 1, 10 ** 9, 1, 10 ** 9, 0.95),
             (71, 163, 7788, 21695, 0.95), (400, 10 ** 5, 300, 10 ** 5, 0.999),
             (30000, 10 ** 5, 31000, 10 ** 5, 0.95), (5, 9, 2, 8, 0.01)]
    while len(cases) < count:
        n, m = whole(1, 10 ** rng.choice((1, 2, 3))), whole(1, 10 ** 3)
        a, b = rng.randrange(n + 1), rng.randrange(m + 1)
        if 0 < a + b < n + m:
            cases.append((a, n, b, m, rng.choice((0.5, 0.9, 0.95, 0.999999))))
    return [list(case) + conditional(*case) for case in cases]


def conditional(a, n, b, m, conf_level):
    """Estimate, exact and mid-P bounds; None where infinite."""
    positive, finite = a > 0 and b < m, b > 0 and a < n
    events = a + b
    start = log(mpf(2 * a + 1) * (2 * (m - b) + 1)
                / ((2 * b + 1) * (2 * (n - a) + 1)))
    tail = (1 - mpf(conf_level)) / 2

    def table(s):
        return t.noncentral_hypergeometric(a, events, n + m - events, n,
                                         start + s)

    def solve(distance, rising):
        return exp(start + t.root(distance, rising))

    def bound(side, share):
        def distance(s):
            values = table(s)
            beyond = (values[1] - values[0] if side == 1 else values[2])
            return log((beyond + share * values[0]) / tail)
        return solve(distance, side == 2)

    row = [solve(lambda s: table(s)[3] - a, True) if positive and finite
           else mpf(0) if finite else "NULL"]
    for share in (mpf(1), mpf(1) / 2):
        row += [bound(2, share) if positive else mpf(0),
                bound(1, share) if finite else "NULL"]
    return row


def quantile_rows(count):
    """x for a given tail, to 40 digits."""
    families = {
        "gamma": (lambda x, a: t.gamma_tails(a, x), None),
        "chisq": (lambda x, df: t.gamma_tails(mpf(df) / 2, x / 2), None),
        "beta": (lambda odds, a, b: t.beta_tails(a, b, odds, mpf(1)),
                 lambda a, b: a / b),
        "t": (t.t_tails, lambda df: 0), "f": (t.f_tails, lambda a, b: 1),
        "normal": (t.normal_tails, None)}

    def tails_at(family, x, parameters):
        tails, centre = families[family]
        try:
            return tails(x, *parameters)
        except t.TooFar:        # a search may have to come a long way
            far = exp(mpf(-10000))
            return ((far, 1 - far) if x < centre(*parameters)
                    else (1 - far, far))

    cases = [
        # calls that fail or are silently wrong in GSL 2.7.1
        ("beta", "upper", 0.025, 3.0, 258.0),
        ("beta", "upper", 0.025, 8.0, 284.0),
        ("beta", "upper", 0.005, 2.0, 230.0),
        ("beta", "lower", 0.025, 484.0, 17.0),
        ("beta", "upper", 0.025, 5.0, 107624.0),
        ("chisq", "upper", 0.025, 2320.0), ("chisq", "upper", 0.025, 4504.0),
        ("chisq", "upper", 0.005, 2326.0), ("chisq", "upper", 0.025, 1e5),
        ("chisq", "upper", 0.025, 1e6), ("chisq", "lower", 0.975, 1e5),
        ("chisq", "lower", 1e-50, 1000.0),
        ("f", "upper", 0.975, 0.5677, 10000.0),
        ("gamma", "lower", 0.025, 0.1076), ("t", "upper", 1e-50, 1.0),
        # R 4.2.2 is wrong here by 41 %
        ("f", "upper", 0.999999, 1.0, 10000.0)]
    for _ in range(count // 7):
        p = rng.choice((rng.random(), spread(1e-12, 1), spread(1e-290, 1)))
        tail = rng.choice(("lower", "upper"))
        n = whole(2, 10 ** 6)
        k = float(rng.randrange(1, n))
        cases += [("normal", tail, p), ("gamma", tail, p, spread(0.1, 1e5)),
                  ("chisq", tail, p, spread(1, 1e5)),
                  ("beta", tail, p, k, n + 1 - k),
                  ("beta", tail, p, spread(0.1, 1e4), spread(0.1, 1e4)),
                  ("t", tail, p, spread(3, 1e6)),
                  ("f", tail, p, spread(3, 1e4), spread(3, 1e4))]
    rows = []
    for family, tail, p, *parameters in cases:
        # the smaller tail, over log x, the log odds of a beta, or asinh x
        small = mpf(p) if p <= 0.5 else 1 - mpf(p)
        side = (tail == "upper") != (p > 0.5)

        def distance(s):
            x = sinh(s) if family in ("normal", "t") else exp(s)
            return log(tails_at(family, x, parameters)[side]) - log(small)

        s = t.root(distance, rising=side == 0)
        x = (sinh(s) if family in ("normal", "t") else exp(s)
             if family != "beta" else 1 / (1 + exp(-s)))
        if abs(log(abs(x))) < 600:
            rows.append([family, tail, p] + [float(v) for v in parameters]
                        + ["NULL"] * (2 - len(parameters)) + [x])
    return rows


# ------------------------------------------------------------------- tables

TAILS = ["lower", "upper", "log_lower", "log_upper"]


def beta_tails(a, b, x):
    return t.beta_tails(a, b, mpf(x), t.complement(x))


def tail_table(arguments, cases, tails, point=None):
    columns = arguments + (["point"] if point else []) + TAILS
    return columns, lambda count: tail_rows(cases(), count, tails, point)


# name: how many rows the sample has, columns, rows
TABLES = {
    "normal": (300, *tail_table(["x"], normal_cases, t.normal_tails)),
    "gamma": (500, *tail_table(["shape", "x"], gamma_cases, t.gamma_tails)),
    "poisson": (300, *tail_table(["x", "rate"], poisson_cases,
                                 t.poisson_tails, t.poisson_point)),
    "noncentral": (300, *tail_table(["x", "df", "noncentrality"],
                                    noncentral_cases, t.noncentral_tails)),
    "beta": (500, *tail_table(["a", "b", "x"], beta_cases, beta_tails)),
    "t": (300, *tail_table(["t", "df"], t_cases, t.t_tails)),
    "f": (300, *tail_table(["f", "df1", "df2"], f_cases, t.f_tails)),
    "binomial": (300, *tail_table(["x", "n", "p"], binomial_cases,
                                  t.binomial_tails, t.binomial_point)),
    "hypergeometric": (300, *tail_table(
        ["x", "marked", "unmarked", "drawn"], hypergeometric_cases,
        t.hypergeometric_tails, t.hypergeometric_point)),
    "noncentral_hypergeometric": (
        300, ["x", "marked", "unmarked", "drawn", "log_odds", "point", "mean"]
        + TAILS, lambda count: noncentral_hypergeometric_rows(
            noncentral_hypergeometric_cases(), count)),
    "conditional": (
        150, ["events_a", "n_a", "events_b", "n_b", "conf_level", "estimate",
              "exact_lower", "exact_upper", "mid_p_lower", "mid_p_upper"],
        conditional_rows),
    "quantile": (210, ["family", "tail", "p", "first", "second", "x"],
                 quantile_rows),
}


def make(job):
    """One table, with a seed of its own."""
    folder, name, count = job
    size, columns, rows = TABLES[name]
    # roots take a hundred times as long, and tails go through quantiles, too
    if name in ("conditional", "quantile"):
        count = max(size, count // 50)
    rng.seed(name)
    write(folder, name, columns, rows(count or size))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=0)
    parser.add_argument("--out", default=os.path.dirname(
        os.path.abspath(__file__)))
    parser.add_argument("tables", nargs="*", metavar="table")
    options = parser.parse_args()
    t.check()
    jobs = [(options.out, name, options.cases)
            for name in options.tables or TABLES]
    with multiprocessing.Pool(2, maxtasksperchild=1) as pool:
        pool.map(make, jobs, chunksize=1)


if __name__ == "__main__":
    main()
