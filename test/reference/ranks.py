#!/usr/bin/env python3
"""Reference values for quantiles and rank statistics of counted values.

Writes rank.tsv, kruskal.tsv, jonckheere.tsv and values.tsv.  Not run by the
tests; run it by hand when a definition changes:

    python3 test/reference/ranks.py [--scale 30 --seed 7 --out FOLDER] [FILE ...]

(a minute).  Everything is computed from the textbook formulas with midranks
as rational numbers, then with mpmath at 80 digits; the kernel's own
arrangement of the formulas is not used.  Where the children are few, every
arrangement of them is enumerated: exact p-values come from nothing else, and
means and variances of W, of rank sums and of J are asserted to agree with the
formulas.  Tails of t, chi-square and the normal distribution are those of
distributions.py.

A group is written as value:count, separated by blanks, groups by " / "; an
empty group is "-".
"""

import argparse
import functools
import itertools
import math
import random
import sys
from fractions import Fraction
from pathlib import Path

import mpmath as mp

import distributions
import proportions

mp.mp.dps = 80
SCALE = 1
SEED = 20240107
LEVELS = [0.5, 0.8, 0.9, 0.95, 0.99, 0.999]
text = proportions.text


def write(name, columns, rows):
    """proportions.write, which knows the folder"""
    proportions.write(name, columns, [
        [real(v) if isinstance(v, Fraction) else v for v in row]
        for row in rows])


def real(x):
    return mp.mpf(x.numerator) / x.denominator


def tiny(p):
    """too small for a double to have all its digits"""
    return p is not None and p * 10 ** 300 < 1


def spell(group):
    return " ".join(f"{v!r}:{c}" for v, c in sorted(group.items())) or "-"


def spell_all(groups):
    return " / ".join(spell(g) for g in groups)


def size(group):
    return sum(group.values())


def pooled(groups):
    total = {}
    for group in groups:
        for v, c in group.items():
            total[v] = total.get(v, 0) + c
    return total


def midranks(total):
    ranks, below = {}, 0
    for v in sorted(total):
        ranks[v] = below + Fraction(total[v] + 1, 2)
        below += total[v]
    return ranks


def normal_p(z):
    return 2 * distributions.normal_tails(abs(z))[1]


def t_tail(t, df):
    """upper tail of t > 0; near the centre by the series of the inside"""
    if (df + 1) / 2 * mp.log1p(t * t / df) > 750:
        return mp.mpf(0)        # tiny, and left out
    if t * t > df:
        return distributions.t_tails(t, df)[1]
    with mp.workdps(mp.mp.dps + int(t * t / 4) + 10):
        inside = distributions.beta_series(
            mp.mpf(1) / 2, mp.mpf(df) / 2, t * t / (df + t * t), df / (df + t * t))
        return (1 - inside) / 2


def t_p(t, df):
    return 2 * t_tail(abs(t), df) if t else mp.mpf(1)


def t_critical(conf_level, df):
    """by Newton's steps, from the left of a falling convex function"""
    tail = (1 - mp.mpf(conf_level)) / 2
    t = proportions.critical_value(conf_level)
    lead = mp.gamma((df + 1) / 2) / mp.gamma(df / 2) / mp.sqrt(df * mp.pi)
    for _ in range(100):
        density = lead * mp.exp(-(df + 1) / 2 * mp.log1p(t * t / df))
        step = (t_tail(t, df) - tail) / density
        t += step
        if abs(step) < mp.mpf(10) ** -22 * t:   # the next would be the square
            return t
    raise ArithmeticError("no convergence")


# ------------------------------------------------------------- two groups

def mann_whitney(a, b):
    """W of a, its mean and variance"""
    m, n = size(a), size(b)
    total = pooled([a, b])
    ranks = midranks(total)
    w = sum(c * ranks[v] for v, c in a.items()) - Fraction(m * (m + 1), 2)
    ties = sum(t ** 3 - t for t in total.values())
    both = m + n
    variance = Fraction(m * n, 12) * (both + 1 - Fraction(ties, both * (both - 1)))
    return w, Fraction(m * n, 2), variance


def all_w(a, b):
    """how many choices of m of all children have this W"""
    m = size(a)
    total = pooled([a, b])
    ranks = midranks(total)
    children = [ranks[v] for v, c in total.items() for _ in range(c)]
    sums = {}
    for chosen in itertools.combinations(range(len(children)), m):
        w = sum(children[i] for i in chosen) - Fraction(m * (m + 1), 2)
        sums[w] = sums.get(w, 0) + 1
    return sums


def some_w(a, b):
    """the same for more children, by the sums of ranks one child after another"""
    m = size(a)
    total = pooled([a, b])
    ranks = midranks(total)
    table = {(0, 0): 1}
    for v, c in total.items():
        for _ in range(c):
            further = dict(table)
            for (k, s), ways in table.items():
                if k < m:
                    key = (k + 1, s + int(2 * ranks[v]))
                    further[key] = further.get(key, 0) + ways
            table = further
    sums = {}
    for (k, s), ways in table.items():
        if k == m:
            sums[Fraction(s, 2) - Fraction(m * (m + 1), 2)] = ways
    return sums


def exact_p(a, b):
    w, mean, variance = mann_whitney(a, b)
    few = math.comb(size(a) + size(b), size(a)) <= 20000
    sums = all_w(a, b) if few else some_w(a, b)
    every = sum(sums.values())
    assert every == math.comb(size(a) + size(b), size(a))
    assert sum(k * s for k, s in sums.items()) == mean * every
    assert sum((k - mean) ** 2 * s for k, s in sums.items()) == variance * every
    return Fraction(sum(s for k, s in sums.items()
                        if abs(k - mean) >= abs(w - mean)), every)


def newcombe(theta, m, n, z):
    """bounds of theta by the defining equation, asserted to be the only ones"""
    t0, s = real(theta), mp.mpf(m + n) / 2 - 1

    def f(t):
        return (t - t0) ** 2 * m * n - z ** 2 * t * (1 - t) * (
            1 + s * (1 - t) / (2 - t) + s * t / (1 + t))

    lower, upper = mp.mpf(0), mp.mpf(1)
    if theta > 0:
        signs = [f(t0 * k / 200) > 0 for k in range(1, 200)]
        assert signs == sorted(signs, reverse=True)
        lower = proportions.root(f, t0 * mp.mpf(10) ** -40,
                                 t0 * (1 - mp.mpf(10) ** -40))
    if theta < 1:
        signs = [f(t0 + (1 - t0) * k / 200) > 0 for k in range(1, 200)]
        assert signs == sorted(signs)
        upper = proportions.root(f, t0 + (1 - t0) * mp.mpf(10) ** -40,
                                 1 - (1 - t0) * mp.mpf(10) ** -40)
    return lower, upper


def brunner_munzel(a, b):
    """t, df and the squared standard error of theta, or None"""
    m, n = size(a), size(b)
    ranks = midranks(pooled([a, b]))
    own = {0: midranks(a), 1: midranks(b)}
    mean, variance = [], []
    for i, (group, k) in enumerate(((a, m), (b, n))):
        mean.append(sum(c * ranks[v] for v, c in group.items()) / k)
        if k < 2:
            return None
        variance.append(sum(c * (ranks[v] - own[i][v] - mean[i]
                                 + Fraction(k + 1, 2)) ** 2
                            for v, c in group.items()) / (k - 1))
    if variance[0] == 0 and variance[1] == 0:
        return None
    both = m * variance[0] + n * variance[1]
    t = real(m * n * (mean[1] - mean[0]) / (m + n)) / mp.sqrt(real(both))
    df = both ** 2 / ((m * variance[0]) ** 2 / (m - 1)
                      + (n * variance[1]) ** 2 / (n - 1))
    return t, df, variance[0] / (m * n * n) + variance[1] / (n * m * m)


def quantile(group, p):
    """type 7; the position (n - 1) p is the product of two doubles"""
    n = size(group)
    if n == 0:
        return None
    at = p * (n - 1.0)
    low = math.floor(at)

    def statistic(rank):
        for v in sorted(group):
            if rank < group[v]:
                return Fraction(v)
            rank -= group[v]

    part = Fraction(at) - low
    value = statistic(low)
    return value if part == 0 else value + part * (statistic(low + 1) - value)


def rank_row(a, b, conf_level, test):
    m, n = size(a), size(b)
    ties = any(t > 1 for t in pooled([a, b]).values())
    if test == "auto":
        used = "exact" if m + n <= 50 and not ties else "normal-cc"
    else:
        used = test
    row = {"a": spell(a), "b": spell(b), "conf_level": conf_level,
           "test": test, "method": used,
           "median_a": quantile(a, 0.5), "median_b": quantile(b, 0.5)}
    if m == 0 or n == 0:
        row["status"] = "empty"
        return row
    w, mean, variance = mann_whitney(a, b)
    theta = 1 - w / (m * n)
    row.update(statistic=w, theta=theta, cliffs_delta=2 * theta - 1)
    row["theta_lower"], row["theta_upper"] = newcombe(
        theta, m, n, proportions.critical_value(conf_level))
    further = brunner_munzel(a, b)
    if further:
        t, df, squared_error = further
        half = t_critical(conf_level, real(df)) * mp.sqrt(real(squared_error))
        row.update(bm_statistic=t, bm_df=df, bm_p_value=t_p(t, real(df)),
                   bm_lower=max(mp.mpf(0), real(theta) - half),
                   bm_upper=min(mp.mpf(1), real(theta) + half))
    row["status"] = "ok"
    if variance == 0:
        row["p_value"] = Fraction(1)
        row["status"] = "no_variation"
    elif used == "exact":
        if m + n > 100:
            row["status"] = "not_converged"
        else:
            row["p_value"] = exact_p(a, b)
    else:
        excess = w - mean
        if used == "normal-cc":
            excess = max(abs(excess) - Fraction(1, 2), 0) * (1 if excess > 0 else -1)
        row["z"] = real(excess) / mp.sqrt(real(variance))
        row["p_value"] = normal_p(row["z"])
    return row


def random_count(rng, most):
    return int(math.exp(rng.uniform(0, math.log(most))))


def random_group(rng, values, most):
    return {v: random_count(rng, most) for v in values if rng.random() < 0.8}


def random_values(rng, k):
    kind = rng.randrange(4)
    if kind == 0:
        return [float(i) for i in range(k)]
    if kind == 1:
        return sorted(rng.sample(range(-50, 50), k))
    if kind == 2:
        return sorted({round(rng.gauss(0, 10), 3) for _ in range(k)})
    return sorted({rng.choice((-1, 1)) * 10.0 ** rng.randrange(-300, 300)
                   for _ in range(k)})


def counted(children):
    group = {}
    for v in children:
        group[float(v)] = group.get(float(v), 0) + 1
    return group


# the published ones: oracles of the tests too
LADDER = ({float(v): c for v, c in enumerate((26, 26, 23, 18, 9))},
          {float(v): c for v, c in enumerate((6, 7, 9, 14, 23))})
PAIN = (counted((1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1)),
        counted((3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4)))
DEPRESSION = (counted((.8, .83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, .73, 1.46)),
              counted((1.15, .88, .9, .74, 1.21)))


def rank_tsv():
    rng = random.Random(SEED)
    cases = [(a, b, 0.95, test) for a, b in (LADDER, PAIN, DEPRESSION)
             for test in ("auto", "exact", "normal", "normal-cc")]
    # thin and degenerate groups
    thin = [({}, {}), ({}, {1.0: 3}), ({1.0: 3}, {}), ({1.0: 1}, {2.0: 1}),
            ({1.0: 1}, {1.0: 1}), ({2.0: 5}, {2.0: 9}), ({1.0: 5}, {2.0: 9}),
            ({2.0: 5}, {1.0: 9}), ({1.0: 1}, {0.0: 4, 1.0: 3, 2.0: 1}),
            ({1.0: 10 ** 9}, {1.0: 10 ** 9 - 1, 2.0: 1}),
            ({1.0: 10 ** 15}, {1.0: 10 ** 15, 2.0: 1}),
            ({1.0: 10 ** 15, 2.0: 3}, {0.0: 2, 1.0: 10 ** 15}),
            ({0.0: 10 ** 9, 1.0: 1}, {0.0: 3}),
            ({1.0: 10 ** 15}, {2.0: 10 ** 15})]
    for a, b in thin:
        for test in ("auto", "exact"):
            cases.append((a, b, 0.95, test))
    for _ in range(60 * SCALE):     # no ties, few children
        values = random_values(rng, rng.randrange(2, 13))
        cut = rng.randrange(1, len(values)) if len(values) > 1 else 0
        rng.shuffle(values)
        cases.append((counted(values[:cut]), counted(values[cut:]),
                      rng.choice(LEVELS), rng.choice(("auto", "normal-cc"))))
    for k in [20, 30, 50, 50, 51, 60] * SCALE:  # no ties, more children
        values = list(range(k))
        rng.shuffle(values)
        cut = rng.randrange(k // 4, 3 * k // 4)
        cases.append((counted(values[:cut]), counted(values[cut:]), 0.95,
                      rng.choice(("auto", "exact"))))
    for _ in range(40 * SCALE):     # ties, few children
        values = range(rng.randrange(2, 6))
        cases.append((counted(rng.choices(values, k=rng.randrange(1, 8))),
                      counted(rng.choices(values, k=rng.randrange(1, 8))),
                      rng.choice(LEVELS), rng.choice(("exact", "auto", "normal"))))
    for _ in range(3 * SCALE):
        cases.append((counted(rng.choices(range(5), k=rng.randrange(10, 40))),
                      counted(rng.choices(range(5), k=rng.randrange(10, 40))),
                      0.95, "exact"))
    for most in (20, 1000, 10 ** 6, 10 ** 9):
        for _ in range(25 * SCALE):
            values = random_values(rng, rng.randrange(2, 12))
            a = random_group(rng, values, most)
            b = random_group(rng, values, most)
            if rng.random() < 0.5 and len(a) > 1:
                # alike: p-values within reach
                k = rng.choice((1, 2))
                b = {v: k * c + rng.randrange(-int(c ** .5), int(c ** .5) + 1)
                     for v, c in a.items()}
                b = {v: c for v, c in b.items() if c > 0}
            if rng.random() < 0.2 and values:
                # nearly all children have one value
                a[values[0]] = b[values[0]] = most ** 2
            cases.append((a, b, rng.choice(LEVELS), rng.choice(("auto", "normal"))))
    names = ["a", "b", "conf_level", "test", "median_a", "median_b", "theta",
             "theta_lower", "theta_upper", "cliffs_delta", "statistic", "z",
             "p_value", "bm_statistic", "bm_df", "bm_p_value", "bm_lower",
             "bm_upper", "method", "status"]
    rows = []
    for case in cases:
        row = rank_row(*case)
        if any(tiny(row.get(p)) for p in ("p_value", "bm_p_value")):
            continue
        rows.append([row.get(name) for name in names])
    write("rank.tsv", names, rows)


# --------------------------------------------------------- several groups

def kruskal_row(groups):
    used = [g for g in groups if g]
    row = {"groups": spell_all(groups), "status": "ok"}
    if len(used) < 2:
        row["status"] = "too_few" if used else "empty"
        return row
    total = pooled(groups)
    n = size(total)
    ranks = midranks(total)
    sums = [sum(c * ranks[v] for v, c in g.items()) for g in groups]
    ties = Fraction(sum(t ** 3 - t for t in total.values()))
    row["mean_rank_a"], row["mean_rank_b"] = (
        sums[i] / size(groups[i]) if groups[i] else None for i in (0, -1))
    if len(total) == 1:
        row["p_value"] = 1
        row["status"] = "no_variation"
        if groups[0] and groups[-1]:
            row["dunn_p_value"] = 1
        return row
    between = sum(s ** 2 / size(g) for s, g in zip(sums, groups) if g)
    h = (Fraction(12, n * (n + 1)) * between - 3 * (n + 1)) / (
        1 - ties / (n ** 3 - n))
    row["statistic"], row["df"] = h, len(used) - 1
    row["p_value"] = distributions.gamma_tails(
        mp.mpf(len(used) - 1) / 2, real(h) / 2)[1] if h else mp.mpf(1)
    if groups[0] and groups[-1]:
        s = Fraction(n * (n + 1), 12) - ties / (12 * (n - 1))
        variance = s * (Fraction(1, size(groups[0])) + Fraction(1, size(groups[-1])))
        row["dunn_z"] = real(row["mean_rank_a"] - row["mean_rank_b"]) / mp.sqrt(
            real(variance))
        row["dunn_p_value"] = normal_p(row["dunn_z"])
        if n <= 9:
            assert variance == permuted_variance(groups, ranks)
    return row


@functools.lru_cache(maxsize=None)
def arrangements(sizes):
    """every way to give the children 0 to N - 1 to groups of these sizes"""
    def give(left, sizes):
        if not sizes:
            yield []
            return
        for chosen in itertools.combinations(left, sizes[0]):
            rest = [i for i in left if i not in chosen]
            for others in give(rest, sizes[1:]):
                yield [chosen] + others
    return list(give(list(range(sum(sizes))), list(sizes)))


def permuted_variance(groups, ranks):
    """variance of the first mean rank less the last, over all arrangements"""
    children = [ranks[v] for v, c in pooled(groups).items() for _ in range(c)]
    ways = arrangements(tuple(size(g) for g in groups))
    values = [Fraction(sum(children[i] for i in way[0])) / len(way[0])
              - Fraction(sum(children[i] for i in way[-1])) / len(way[-1])
              for way in ways]
    assert sum(values) == 0
    return sum(v ** 2 for v in values) / len(values)


def random_groups(rng, most):
    values = random_values(rng, rng.randrange(2, 8))
    groups = [random_group(rng, values, most) for _ in range(rng.randrange(2, 7))]
    if rng.random() < 0.6 and most > 100:
        first = groups[0]
        groups = [{v: c + rng.randrange(-int(c ** .5), int(c ** .5) + 1)
                   for v, c in first.items()} for _ in groups]
        groups = [{v: c for v, c in g.items() if c > 0} for g in groups]
    if rng.random() < 0.2:
        for g in groups:
            g[values[0]] = most ** 2
    if rng.random() < 0.3:
        groups[rng.randrange(len(groups))] = {}
    return groups


def group_cases(seed):
    rng = random.Random(seed)
    cases = [[{}, {}], [{1.0: 4}], [{}, {1.0: 4}], [{1.0: 4}, {1.0: 2}],
             [{1.0: 1}, {2.0: 1}], [{1.0: 1}, {1.0: 1}], [{1.0: 1}, {}, {2.0: 1}],
             [{1.0: 2}, {2.0: 3}, {3.0: 1}],
             [{1.0: 10 ** 15}, {1.0: 10 ** 15}, {1.0: 10 ** 15, 2.0: 1}],
             [{1.0: 1}, {2.0: 10 ** 15}, {1.0: 10 ** 15, 2.0: 1}]]
    for _ in range(60 * SCALE):
        values = range(rng.randrange(2, 9))
        sizes = rng.choice(((1, 1, 1), (2, 2), (3, 2, 2), (1, 4), (3, 3, 3),
                            (2, 2, 2, 2), (4, 4), (1, 2, 3)))
        cases.append([counted(rng.choices(values, k=k)) for k in sizes])
    for most in (20, 1000, 10 ** 6, 10 ** 9):
        cases += [random_groups(rng, most) for _ in range(30 * SCALE)]
    return cases


AIRQUALITY = [
    (41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1,
     11, 4, 32, 23, 45, 115, 37),
    (29, 71, 39, 23, 21, 37, 20, 12, 13),
    (135, 49, 32, 64, 40, 77, 97, 97, 85, 10, 27, 7, 48, 35, 61, 79, 63, 16,
     80, 108, 20, 52, 82, 50, 64, 59),
    (39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21,
     9, 45, 168, 73, 76, 118, 84, 85),
    (96, 78, 73, 91, 47, 32, 20, 23, 21, 24, 44, 21, 28, 9, 13, 46, 18, 13,
     24, 16, 13, 23, 36, 7, 14, 30, 14, 18, 20)]


def kruskal_tsv():
    names = ["groups", "statistic", "df", "p_value", "mean_rank_a",
             "mean_rank_b", "dunn_z", "dunn_p_value", "status"]
    cases = [[counted(month) for month in AIRQUALITY],
             [counted(AIRQUALITY[i]) for i in (0, 1, 3, 4, 2)]]
    rows = []
    for groups in cases + group_cases(SEED + 1):
        row = kruskal_row(groups)
        if tiny(row.get("p_value")):
            continue
        rows.append([row.get(name) for name in names])
    write("kruskal.tsv", names, rows)


def jonckheere_j(groups):
    j = Fraction(0)
    for a, b in itertools.combinations(groups, 2):
        for x, c in a.items():
            for y, d in b.items():
                j += c * d * (1 if x < y else Fraction(1, 2) if x == y else 0)
    return j


def jonckheere_moments(sizes, ties):
    n = sum(sizes)
    mean = Fraction(n ** 2 - sum(k ** 2 for k in sizes), 4)

    def cubic(k):
        return k * (k - 1) * (2 * k + 5)

    def falling(ks, depth):
        return sum(math.prod(k - i for i in range(depth)) for k in ks)

    variance = Fraction(cubic(n) - sum(map(cubic, sizes)) - sum(map(cubic, ties)), 72)
    if n > 2:
        variance += Fraction(falling(sizes, 3) * falling(ties, 3),
                             36 * n * (n - 1) * (n - 2))
    variance += Fraction(falling(sizes, 2) * falling(ties, 2), 8 * n * (n - 1))
    return mean, variance


def jonckheere_row(groups):
    used = [g for g in groups if g]
    row = {"groups": spell_all(groups), "n": sum(map(size, used)),
           "used": len(used), "status": "ok"}
    if len(used) < 2:
        row["status"] = "too_few" if used else "empty"
        return row
    total = pooled(used)
    j = jonckheere_j(used)
    mean, variance = jonckheere_moments([size(g) for g in used],
                                        list(total.values()))
    row.update(statistic=j, expected=mean, variance=variance)
    if row["n"] <= 9:
        check_jonckheere(used, mean, variance)
    if len(total) == 1:
        assert variance == 0
        row["p_value"] = 1
        row["status"] = "no_variation"
        return row
    row["z"] = real(j - mean) / mp.sqrt(real(variance))
    row["p_value"] = normal_p(row["z"])
    return row


def check_jonckheere(groups, mean, variance):
    children = [v for v, c in pooled(groups).items() for _ in range(c)]
    values = [jonckheere_j([counted(children[i] for i in part) for part in way])
              for way in arrangements(tuple(size(g) for g in groups))]
    assert sum(values) == mean * len(values)
    assert sum((v - mean) ** 2 for v in values) == variance * len(values)


HOLLANDER = [(40, 35, 38, 43, 44, 41), (38, 40, 47, 44, 40, 42),
             (48, 40, 45, 43, 46, 44)]


def jonckheere_tsv():
    names = ["groups", "n", "used", "statistic", "expected", "variance", "z",
             "p_value", "status"]
    rows = []
    for groups in [[counted(g) for g in HOLLANDER]] + group_cases(SEED + 2):
        row = jonckheere_row(groups)
        if tiny(row.get("p_value")):
            continue
        rows.append([row.get(name) for name in names])
    write("jonckheere.tsv", names, rows)


# ---------------------------------------------------------------- quantiles

def binomial_points(n, p):
    p = mp.mpf(p)
    if p in (0, 1):
        return [mp.mpf(x == n * p) for x in range(n + 1)]
    return [mp.binomial(n, x) * p ** x * (1 - p) ** (n - x)
            for x in range(n + 1)]


def values_row(group, p, conf_level, level):
    n = size(group)
    row = {"group": spell(group), "p": p, "conf_level": conf_level,
           "level": level, "estimate": quantile(group, p), "status": "ok",
           "at_least": sum(c for v, c in group.items() if v >= level)}
    if n == 0:
        row["status"] = "empty"
        return row
    children = [Fraction(v) for v in sorted(group) for _ in range(group[v])]
    points = binomial_points(n, p)
    tail = (1 - mp.mpf(conf_level)) / 2
    slack = 1 + mp.mpf(10) ** -12
    lower = upper = None
    less = mp.mpf(0)
    for rank in range(1, n + 1):        # P(B < rank) <= tail
        less += points[rank - 1]
        if less <= tail * slack:
            lower = rank
    more = mp.mpf(0)
    for rank in range(n, 0, -1):        # P(B >= rank) <= tail
        more += points[rank]
        if more <= tail * slack:
            upper = rank
    if lower:
        row["lower"] = min(children[lower - 1], row["estimate"])
    if upper:
        row["upper"] = max(children[upper - 1], row["estimate"])
    if not (lower and upper):
        row["status"] = "too_few"
    return row


def values_tsv():
    rng = random.Random(SEED + 3)
    names = ["group", "p", "conf_level", "level", "estimate", "lower", "upper",
             "at_least", "status"]
    cases = [({}, 0.5, 0.95, 1.0), ({3.0: 1}, 0.5, 0.95, 3.0),
             ({3.0: 5}, 0.5, 0.9375, 2.0), ({3.0: 6}, 0.5, 0.95, 4.0),
             ({1.0: 5, 2.0: 4}, 0.0, 0.95, 2.0), ({1.0: 5, 2.0: 4}, 1.0, 0.95, 0.5),
             ({float(i): 1 for i in range(1, 12)}, 0.1, 0.95, 7.0),
             ({float(i): 1 for i in range(1, 6)}, 0.9, 0.01, 7.0),
             ({-1.7e308: 40, 1.7e308: 41}, 0.5, 0.95, 0.0),
             ({-1.7e308: 40, 1.7e308: 40}, 0.5, 0.95, 0.0)]
    for most in (1, 5, 100):
        for _ in range(60 * SCALE):
            values = random_values(rng, rng.randrange(1, 15))
            group = {v: random_count(rng, most) for v in values}
            p = rng.choice((0.25, 0.5, 0.5, 0.75, 0.9, rng.random()))
            cases.append((group, p, rng.choice(LEVELS),
                          float(rng.choice(list(values) + [0.5]))))
    write("values.tsv", names,
          [[row.get(name) for name in names]
           for row in (values_row(*case) for case in cases)])


TABLES = {"rank.tsv": rank_tsv, "kruskal.tsv": kruskal_tsv,
          "jonckheere.tsv": jonckheere_tsv, "values.tsv": values_tsv}


def main():
    global SCALE, SEED
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--scale", type=int, default=1)
    arguments.add_argument("--seed", type=int, default=SEED)
    arguments.add_argument("--out", default=proportions.OUT, type=Path)
    arguments.add_argument("tables", nargs="*", default=list(TABLES))
    chosen = arguments.parse_args()
    SCALE, SEED, proportions.OUT = chosen.scale, chosen.seed, chosen.out
    for name in chosen.tables:
        TABLES[name]()


if __name__ == "__main__":
    sys.exit(main())
