#!/usr/bin/env python3
"""Reference values for families of p-values, groups and strata.

Writes the .tsv files named at the end, from definitions, with rational
numbers and mpmath at 60 digits; no code is shared with the kernel.  Fixed
seeds, so the same bytes:

    python3 test/reference/groups.py [FILE ...]
"""

import math
import random
import sys
from fractions import Fraction
from pathlib import Path

import mpmath as mp

mp.mp.dps = 60
OUT = Path(__file__).resolve().parent
SEED = 20240103


def text(value):
    if value is None:
        return "NULL"
    if isinstance(value, (int, str)):
        return str(value)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Fraction):
        value = mp.mpf(value.numerator) / value.denominator
    if value == 0:
        return "0"
    return mp.nstr(value, 20, min_fixed=-5, max_fixed=17)


def write(name, columns, rows):
    with open(OUT / name, "w", encoding="ascii") as out:
        print("\t".join(columns), file=out)
        for row in rows:
            assert len(row) == len(columns), row
            print("\t".join(text(v) for v in row), file=out)
    print(f"{name}: {len(rows)} rows", file=sys.stderr)


def fraction(x):
    """an exact mpf of an integer, a ratio or a double"""
    x = Fraction(x)
    return mp.mpf(x.numerator) / x.denominator


def critical_value(conf_level):
    return mp.sqrt(2) * mp.erfinv(mp.mpf(conf_level))


def chisq_tail(x, df):
    """P(X > x) by positive terms: erfc or exp, then one term a step of 2"""
    half = fraction(x) / 2
    tail, a = ((mp.erfc(mp.sqrt(half)), mp.mpf(1) / 2) if df % 2
               else (mp.exp(-half), mp.mpf(1)))
    while a < mp.mpf(df) / 2:
        tail += mp.exp(a * mp.log(half) - half - mp.loggamma(a + 1)) if half else 0
        a += 1
    return tail


def log_uniform(rng, low, high):
    return int(round(math.exp(rng.uniform(math.log(low), math.log(high)))))


# ------------------------------------------------------- families of tests

def holm(p, i):
    m = len(p)
    return max((m - j) * p[j] for j in range(i + 1))


def hochberg(p, i):
    m = len(p)
    return min((m - j) * p[j] for j in range(i, m))


def bh(p, i):
    m = len(p)
    return min(m * p[j] / (j + 1) for j in range(i, m))


def by(p, i):
    return bh(p, i) * sum(Fraction(1, j) for j in range(1, len(p) + 1))


def bonferroni(p, i):
    return len(p) * p[i]


METHODS = {"holm": holm, "hochberg": hochberg, "bh": bh, "by": by,
           "bonferroni": bonferroni}


def adjust_tsv():
    """p is the double as printed, adjusted from its exact binary value"""
    rng = random.Random(SEED)
    families = [
        # Benjamini and Hochberg 1995
        [1e-04, 4e-04, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459,
         0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0],
        [0.03], [None], [None, 0.5, None], [0.0, 1.0, 0.0, 1.0],
        [0.02, 0.02, 0.02, 0.02], [5e-324, 1e-300, 1e-300, 0.5, None],
        [0.011, 0.012, 0.013, 0.014, 0.015],
        [10.0 ** -k for k in range(12)],
    ]
    for size in (3, 8, 14):
        families.append([rng.choice([round(rng.random(), 2), rng.random(),
                                     10 ** rng.uniform(-12, 0), None])
                         for _ in range(size)])
    rows = []
    for number, family in enumerate(families, 1):
        rng.shuffle(family)
        known = sorted(Fraction(p) for p in family if p is not None)
        for method, adjust in METHODS.items():
            for p in family:
                value = None
                if p is not None:
                    # equal p-values: any of their places gives the same
                    places = [i for i, q in enumerate(known) if q == p]
                    values = {min(Fraction(1), adjust(known, i))
                              for i in (places[0], places[-1])}
                    assert len(values) == 1
                    value = values.pop()
                rows.append((number, method, p, value))
    write("adjust.tsv", ("family", "method", "p", "adjusted"), rows)


# ----------------------------------------------------- numbers of events

def gamma_lower(a, x):
    """P(G <= x) for the gamma distribution of shape a: its series"""
    term, total, k = mp.mpf(1), mp.mpf(1), 0
    while term > total * mp.eps:
        k += 1
        term *= x / (a + k)
        total += term
    return mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1)) * total


def gamma_quantile(a, p, start):
    """x with P(G <= x) = p: bisection in a bracket grown from the start"""
    low = high = start
    while gamma_lower(a, low) > p:
        low /= 2
    while gamma_lower(a, high) < p:
        high *= 2
    x = (low + high) / 2
    for _ in range(300):
        excess = gamma_lower(a, x) - p
        low, high = (x, high) if excess < 0 else (low, x)
        density = mp.exp((a - 1) * mp.log(x) - x - mp.loggamma(a))
        following = x - excess / density
        if not low < following < high:
            following = (low + high) / 2
        if abs(following - x) < x * mp.mpf(10) ** -40:
            return following
        x = following
    raise ArithmeticError("no convergence")


def byar_lower(x, z):
    root = 1 - mp.mpf(1) / (9 * x) - z / (3 * mp.sqrt(x)) if x else 0
    return x * root ** 3 if root > 0 else mp.mpf(0)


def byar_upper(x, z):
    return (x + 1) * (1 - mp.mpf(1) / (9 * (x + 1))
                      + z / (3 * mp.sqrt(x + 1))) ** 3


def exact_lower(x, alpha):
    if x == 0:
        return mp.mpf(0)
    return gamma_quantile(mp.mpf(x), alpha / 2, mp.mpf(x))


def exact_upper(x, alpha):
    return gamma_quantile(mp.mpf(x + 1), 1 - alpha / 2, mp.mpf(x + 1))


def event_count_tsv():
    rng = random.Random(SEED + 1)
    counts = [0, 1, 2, 3, 5, 9, 10, 65, 1045, 1159, 2251, 49999]
    counts += [log_uniform(rng, 1, 10 ** 5) for _ in range(12)]
    rows = []
    for x in counts:
        for conf_level in rng.sample([0.5, 0.8, 0.9, 0.99, 0.998, 0.9999],
                                     2) + [0.95]:
            z, alpha = critical_value(conf_level), 1 - mp.mpf(conf_level)
            rows.append(("exact", x, conf_level, exact_lower(x, alpha),
                         exact_upper(x, alpha)))
            rows.append(("byar", x, conf_level, byar_lower(x, z),
                         byar_upper(x, z)))
    write("event_count.tsv",
          ("method", "events", "conf_level", "lower", "upper"), rows)


# ------------------------------------------------------------------- pairs

def some_group(rng, most=10 ** 9):
    """(events, n), often thin or at an end"""
    n = rng.choice([0, 1, 2, rng.randint(1, 40), log_uniform(rng, 1, 1000),
                    log_uniform(rng, 1, 10 ** 6), log_uniform(rng, 1, most)])
    x = rng.choice([0, n, rng.randint(0, n), rng.randint(0, n), n // 3])
    return x, n


def pairwise_tsv():
    """z and p of each pair, Holm over the pairs of a family"""
    rng = random.Random(SEED + 2)
    families = [[(83, 86), (90, 93), (129, 136), (70, 82)],
                [(0, 5), (0, 7), (7, 7), (0, 0)], [(3, 9)]]
    for size in (3, 5, 7):
        families.append([some_group(rng) for _ in range(size)])
        families.append([some_group(rng, 1000) for _ in range(size)])
    rows = []
    for family in families:
        pairs = []
        for i, (x, n) in enumerate(family):
            for y, m in family[i + 1:]:
                if n == 0 or m == 0:
                    pairs.append((None, None, "empty"))
                elif x + y in (0, n + m):
                    pairs.append((None, None, "zero_margin"))
                else:
                    pooled = Fraction(x + y, n + m)
                    variance = pooled * (1 - pooled) * (Fraction(1, n)
                                                        + Fraction(1, m))
                    z = (fraction(Fraction(x, n) - Fraction(y, m))
                         / mp.sqrt(fraction(variance)))
                    pairs.append((z, mp.erfc(abs(z) / mp.sqrt(2)), "ok"))
        known = sorted(p for _, p, _ in pairs if p is not None)
        name = " ".join(f"{x}/{n}" for x, n in family)
        for place, (z, p, status) in enumerate(pairs):
            adjusted = None if p is None else min(1, holm(known, known.index(p)))
            if p is None or p == 0 or p > mp.mpf(10) ** -300:
                rows.append((name, place, z, p, adjusted, status))
    write("pairwise.tsv", ("groups", "pair", "z", "p_value", "p_adjusted",
                           "status"), rows)


# ------------------------------------------------------------- homogeneity

def scored_text(groups):
    """events/n:score:times, the score exactly"""
    return " ".join(f"{x}/{n}:{float(s).hex()}:{times}"
                    for x, n, s, times in groups)


def chisq(statistic, df):
    return [statistic, df, chisq_tail(statistic, df)]


def homogeneity_tsv():
    rng = random.Random(SEED + 3)
    smokers = [(83, 86), (90, 93), (129, 136), (70, 82)]
    alcohol = [(48, 17114), (38, 14502), (5, 793), (1, 127), (1, 38)]
    families = [
        [(x, n, s, 1) for s, (x, n) in enumerate(smokers)],
        [(x, n, s, 1) for s, (x, n) in zip([0, .5, 1.5, 4, 7], alcohol)],
        [(x, n, s, 1) for s, (x, n) in enumerate(alcohol)],
        [], [(0, 0, 1, 3)], [(1, 3, 1, 1)], [(1, 3, 1, 1), (0, 0, 9, 2)],
        [(0, 3, 1, 1), (0, 4, 2, 1)], [(3, 3, 1, 1), (4, 4, 2, 2)],
        [(0, 3, 1, 1)], [(1, 3, 2, 2), (2, 3, 2, 1)], [(1, 3, 2, 2)],
        [(1, 4, 1, 2), (1, 4, 2, 1), (1, 4, 3, 5)],
        [(1, 3, 1e9, 1), (2, 3, 1e9 + 1, 1), (2, 5, 1e9 + 2, 1)],
        [(1, 3, 1e308, 1), (2, 3, -1e308, 1), (2, 5, 1e-308, 1)],
        [(1, 3, 5e-324, 1), (2, 3, 0, 1), (2, 5, 1e-323, 1)],
        [(1, 3, 1e-300, 1), (2, 3, 2e-300, 1), (0, 0, 1e308, 1)],
        # nearly a line, nearly equal shares
        [(100000001, 10 ** 9, 1, 1), (200000001, 10 ** 9, 2, 1),
         (300000001, 10 ** 9, 3, 1)],
        [(300000000, 10 ** 9, 1, 1), (300000001, 10 ** 9, 2, 1),
         (299999999, 10 ** 9, 3, 1), (300000000, 10 ** 9, 4, 10 ** 6)],
        [(10 ** 18 // 3, 10 ** 18, 1, 1), (10 ** 18 // 3 + 1, 10 ** 18, 2, 1),
         (10 ** 18 // 3, 10 ** 18, 3, 2)],
    ]
    for size in (2, 2, 3, 3, 5, 8, 20):
        for most in (10 ** 9, 1000, 60):
            families.append([
                (*some_group(rng, most),
                 rng.choice([rng.randint(0, 5), rng.gauss(0, 1), rng.gauss(50, 1)]),
                 rng.choice([1, 1, 1, 2, 50])) for _ in range(size)])
    rows = []
    for family in families:
        used = [(x, n, Fraction(float(s)), t) for x, n, s, t in family if n]
        k = sum(t for _, _, _, t in used)
        N = sum(n * t for _, n, _, t in used)
        X = sum(x * t for x, _, _, t in used)
        equal, line, rest, slope = [None] * 3, [None] * 3, [None] * 3, None
        status = trend_status = (
            "empty" if N == 0 else "zero_margin" if X in (0, N)
            else "too_few" if k < 2 else "ok")
        if status == "ok":
            p = Fraction(X, N)
            statistic = sum(t * (x - n * p) ** 2 / n
                            for x, n, _, t in used) / (p * (1 - p))
            equal = chisq(statistic, k - 1)
            mean = sum(t * n * s for _, n, s, t in used) / N
            square = sum(t * n * (s - mean) ** 2 for _, n, s, t in used)
            if square == 0:
                trend_status = "no_variation"
            else:
                product = sum(t * x * (s - mean) for x, _, s, t in used)
                trend = product ** 2 / (p * (1 - p) * square)
                line = chisq(trend, 1)
                slope = product / square
                if k > 2:
                    rest = chisq(statistic - trend, k - 2)
        # doubles do not go below 1e-308
        if any(p[2] is not None and p[2] < mp.mpf(10) ** -300
               for p in (equal, line, rest)):
            continue
        if slope is not None and abs(slope) > 10 ** 300:
            slope = None
        rows.append([scored_text(family), *equal, status, line[0], line[2],
                     trend_status, *rest, slope])
    write("homogeneity.tsv",
          ("groups", "statistic", "df", "p_value", "status",
           "trend_statistic", "trend_p_value", "trend_status",
           "departure_statistic", "departure_df", "departure_p_value",
           "slope"), rows)


# ---------------------------------------------------------- Mantel-Haenszel

def ratio(top, bottom, variance, z):
    """estimate and bounds of a ratio; variance of its logarithm"""
    if bottom == 0:
        return [None] * 3
    estimate = Fraction(top, 1) / bottom
    if top == 0 or not variance:
        return [estimate, None, None]
    reach = mp.exp(z * mp.sqrt(fraction(variance)))
    return [estimate, fraction(estimate) / reach, fraction(estimate) * reach]


def breslow_day(strata, psi):
    """uncorrected statistic, then Tarone's with df and p"""
    psi = fraction(psi)
    total, shift, spread, used = mp.mpf(0), mp.mpf(0), mp.mpf(0), 0
    with mp.workdps(150):
        for a, n1, c, n2, times in strata:
            m1, N = a + c, n1 + n2
            if m1 in (0, N):
                continue
            used += times
            if psi == 1:
                e = mp.mpf(n1 * m1) / N
            else:
                b = N - n1 - m1 + psi * (n1 + m1)
                root = mp.sqrt(b * b + 4 * (1 - psi) * psi * n1 * m1)
                e = (root - b) / (2 * (1 - psi))
            fitted = psi * (n1 - e) * (m1 - e)
            assert abs(e * (N - n1 - m1 + e) - fitted) < mp.mpf(10) ** -60 * fitted
            cells = [e, n1 - e, m1 - e, N - n1 - m1 + e]
            assert min(cells) > 0
            v = 1 / sum(1 / cell for cell in cells)
            total += times * (a - e) ** 2 / v
            shift += times * (a - e)
            spread += times * v
        if used < 2:
            return [None] * 4
        tarone = total - shift ** 2 / spread
    # exactly equal odds ratios leave rounding
    total, tarone = (0 if x < mp.mpf(10) ** -70 else +x for x in (total, tarone))
    half = tarone / 2
    df = used - 1
    tail = mp.erfc(mp.sqrt(half)) if df % 2 else mp.exp(-half)
    a = mp.mpf(1) / 2 if df % 2 else mp.mpf(1)
    while a < mp.mpf(df) / 2:
        tail += mp.exp(a * mp.log(half) - half - mp.loggamma(a + 1)) if half else 0
        a += 1
    return [total, tarone, df, tail]


def mantel_haenszel(strata, conf_level):
    z = critical_value(conf_level)
    used = [s for s in strata if s[1] > 0 and s[3] > 0]
    if not used:
        return [0, 0] + [None] * 9 + [None, None] + [None] * 4 + ["empty"]
    names = ("distance variance weight r s pr ps_qr qs risk_a risk_b spread "
             "u v").split()
    total = dict.fromkeys(names, Fraction(0))
    for a, n1, c, n2, times in used:
        b, d, N = n1 - a, n2 - c, n1 + n2
        m1, m0 = a + c, b + d
        R, S = Fraction(a * d, N), Fraction(b * c, N)
        P, Q = Fraction(a + d, N), Fraction(b + c, N)
        terms = (a - Fraction(n1 * m1, N),
                 Fraction(n1 * n2 * m1 * m0, N * N * (N - 1)),
                 Fraction(n1 * n2, N), R, S, P * R, P * S + Q * R, Q * S,
                 Fraction(a * n2, N), Fraction(c * n1, N),
                 Fraction(n1 * n2 * m1 - a * c * N, N * N),
                 (n1 * n1 * c - n2 * n2 * a
                  + Fraction(n1 * n2 * (n2 - n1), 2)) / N ** 2,
                 Fraction(a * (n2 - c) + c * (n1 - a), 2 * N))
        for name, term in zip(names, terms):
            total[name] += times * term
    t = total
    variance = 0
    if t["r"] and t["s"]:
        variance = (t["pr"] / (2 * t["r"] ** 2)
                    + t["ps_qr"] / (2 * t["r"] * t["s"])
                    + t["qs"] / (2 * t["s"] ** 2))
    row = [sum((n1 + n2) * k for _, n1, _, n2, k in used),
           sum(k for *_, k in used)]
    row += ratio(t["r"], t["s"], variance, z)
    both = t["risk_a"] * t["risk_b"]
    row += ratio(t["risk_a"], t["risk_b"], t["spread"] / both if both else 0, z)
    difference = t["distance"] / t["weight"]
    variance = (difference * t["u"] + t["v"]) / t["weight"] ** 2
    assert variance >= 0
    row += [difference, None, None]
    if variance > 0:
        reach = z * mp.sqrt(fraction(variance))
        row[-2:] = [max(mp.mpf(-1), fraction(difference) - reach),
                    min(mp.mpf(1), fraction(difference) + reach)]
    if t["variance"]:
        row += chisq(t["distance"] ** 2 / t["variance"], 1)[::2]
    else:
        row += [None, None]
    if t["r"] and t["s"]:
        row += breslow_day(used, t["r"] / t["s"])
    else:
        row += [None] * 4
    return row + ["ok" if t["variance"] else "zero_margin"]


def mantel_haenszel_tsv():
    rng = random.Random(SEED + 4)
    migraine = [(16, 27, 5, 25, 1), (12, 28, 7, 26, 1)]
    rabbits = [(0, 6, 0, 5, 1), (3, 6, 0, 6, 1), (6, 6, 2, 6, 1), (5, 6, 6, 6, 1),
               (2, 2, 5, 5, 1)]
    admissions = [(512, 825, 89, 108, 1), (353, 560, 17, 25, 1),
                  (120, 325, 202, 593, 1), (138, 417, 131, 375, 1),
                  (53, 191, 94, 393, 1), (22, 373, 24, 341, 1)]
    gart = [(4, 16 + 0, 5, 79, 1), (2, 16, 3, 87, 1), (4, 18, 10, 90, 1),
            (1, 15, 3, 82, 1)]
    families = [
        migraine, rabbits, admissions, gart, [], [(0, 0, 3, 5, 1)],
        [(0, 4, 0, 5, 1)], [(4, 4, 5, 5, 2)], [(0, 4, 0, 5, 1), (6, 6, 7, 7, 1)],
        [(1, 1, 0, 1, 1)], [(0, 1, 1, 1, 1)], [(1, 1, 1, 1, 1)],
        [(3, 3, 0, 4, 1), (2, 2, 0, 9, 1)], [(3, 9, 0, 4, 1)], [(0, 9, 3, 4, 1)],
        [(3, 9, 1, 4, 1)], [(3, 9, 1, 4, 7)], [(4, 4, 2, 9, 1), (1, 5, 1, 3, 1)],
        # one odds ratio everywhere
        [(2, 4, 1, 3, 1), (20, 40, 10, 30, 1)], [(1, 2, 1, 2, 1), (3, 9, 2, 6, 4)],
        # nearly one odds ratio, large counts
        [(10 ** 8, 10 ** 9, 2 * 10 ** 8, 10 ** 9, 1),
         (10 ** 8 + 1, 10 ** 9, 2 * 10 ** 8, 10 ** 9, 1)],
        [(10 ** 17, 10 ** 18, 10 ** 17, 10 ** 18, 1),
         (10 ** 17 + 10 ** 8, 10 ** 18, 10 ** 17, 10 ** 18, 1)],
        [(10 ** 9 - 1, 10 ** 9, 1, 10 ** 9, 1), (5, 10, 3, 9, 1)],
        [(1, 10 ** 9, 10 ** 9 - 1, 10 ** 9, 1), (5, 10, 3, 9, 1)],
    ]
    for size in (1, 2, 3, 6, 12):
        for most in (10 ** 9, 1000, 60, 10):
            families.append([
                (*some_group(rng, most), *some_group(rng, most),
                 rng.choice([1, 1, 1, 2, 50])) for _ in range(size)])
    # within strata of one odds ratio
    for size in (2, 5, 9):
        strata = []
        for _ in range(size):
            n1, n2 = (log_uniform(rng, 5, 5000) for _ in range(2))
            p = rng.uniform(.02, .9)
            q = 1.7 * p / (1 + .7 * p)
            strata.append((sum(rng.random() < q for _ in range(n1)), n1,
                           sum(rng.random() < p for _ in range(n2)), n2, 1))
        families.append(strata)
    rows = []
    for number, family in enumerate(families):
        conf_level = [0.95, 0.99, 0.8][number % 3]
        row = mantel_haenszel(family, conf_level)
        tails = [row[12], row[16]]
        if any(p is not None and 0 < p < mp.mpf(10) ** -300 for p in tails):
            continue
        rows.append([" ".join(f"{a}/{n1}:{c}/{n2}:{k}"
                              for a, n1, c, n2, k in family), conf_level, *row])
    columns = ["strata_list", "conf_level", "n", "strata"]
    columns += [name + bound for name in ("odds_ratio", "risk_ratio",
                                          "risk_difference")
                for bound in ("", "_lower", "_upper")]
    columns += ["statistic", "p_value", "uncorrected", "breslow_day_statistic",
                "breslow_day_df", "breslow_day_p_value", "status"]
    write("mantel_haenszel.tsv", columns, rows)


# --------------------------------------------------------- standardisation

def standardise_tsv():
    rng = random.Random(SEED + 5)
    events = [12, 4, 3, 2, 3, 4, 8, 2, 2, 3, 4, 5, 6, 8, 5, 6, 5, 5, 4]
    children = [636, 558, 609, 543, 384, 594, 669, 843, 660, 576, 606, 522,
                426, 273, 300, 288, 153, 123, 207]
    weights = [5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000,
               7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000]
    families = [[(x, n, w, 1) for x, n, w in zip(events, children, weights)]]
    families += [
        [(895, 10 ** 6, 835.88356123117433e-6, 1)],
        [(9, 10 ** 6, 835.88356123117433e-6, 1)],
        [], [(0, 0, .5, 1)], [(0, 0, .5, 1), (12, 30, .5, 1)],
        [(0, 0, 0., 1), (12, 30, .5, 1)], [(9, 30, .5, 1)],
        [(8, 30, 0., 1), (9, 30, .5, 1)], [(30, 30, 1., 1), (40, 40, .5, 2)],
        [(5, 30, .5, 2)], [(0, 30, .5, 2)], [(25, 30, 1e-300, 1), (8, 9, 2e-300, 1)],
        [(10 ** 18, 3 * 10 ** 18, .25, 2), (1, 10 ** 18, .5, 1)],
    ]
    for size in (1, 2, 4, 8, 16):
        for most in (10 ** 9, 1000, 100, 30):
            family = []
            while len(family) < size:
                x, n = some_group(rng, most)
                if n > 0 or rng.random() < .05:
                    family.append((x, n, rng.choice(
                        [rng.random(), rng.random(), 10 ** rng.uniform(-6, 0)]),
                                   rng.choice([1, 1, 1, 2, 50])))
            families.append(family)
    rows = []
    for number, family in enumerate(families):
        conf_level = [0.95, 0.99, 0.8][number % 3 if number > 2 else 0]
        z, alpha = critical_value(conf_level), 1 - mp.mpf(conf_level)
        used = [(x, n, Fraction(w), k) for x, n, w, k in family]
        direct, indirect = [None] * 3, [None] * 3
        weighted = [g for g in used if g[2] > 0]
        O = sum(x * k for x, _, _, k in weighted)
        if not family or any(n == 0 for _, n, _, _ in weighted):
            status = "empty"
        elif O < 10:
            status = "too_few"
        else:
            status = "ok"
            total = sum(w * k for _, _, w, k in weighted)
            rate = sum(k * w * x / n for x, n, w, k in weighted) / total
            variance = sum(k * x * (w / n) ** 2
                           for x, n, w, k in weighted) / total ** 2
            stretch = mp.sqrt(fraction(variance / O))
            direct = [rate,
                      max(mp.mpf(0), fraction(rate) + stretch * (byar_lower(O, z) - O)),
                      min(mp.mpf(1), fraction(rate) + stretch * (byar_upper(O, z) - O))]
        if max([w for _, _, w, _ in used], default=0) > 1:
            indirect_status = "NULL"
        else:
            O = sum(x * k for x, _, _, k in used)
            E = fraction(sum(n * w * k for _, n, w, k in used))
            indirect_status = ("ok" if E else "empty" if not
                               any(n for _, n, _, _ in used) else "zero_margin")
            if E:
                bounds = ((byar_lower(O, z), byar_upper(O, z)) if O >= 10 else
                          (exact_lower(O, alpha), exact_upper(O, alpha)))
                indirect = [O / E, bounds[0] / E, bounds[1] / E]
        rows.append([scored_text(family), conf_level, *direct, status,
                     *indirect, indirect_status])
    write("standardise.tsv",
          ("groups", "conf_level", "direct", "direct_lower", "direct_upper",
           "status", "indirect", "indirect_lower", "indirect_upper",
           "indirect_status"), rows)


FILES = {f.__name__.replace("_tsv", ".tsv"): f for f in (adjust_tsv, event_count_tsv,
                   pairwise_tsv, homogeneity_tsv,
                   mantel_haenszel_tsv, standardise_tsv)}

if __name__ == "__main__":
    for file in sys.argv[1:] or FILES:
        FILES[file]()
