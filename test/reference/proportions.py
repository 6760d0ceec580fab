#!/usr/bin/env python3
"""Reference values for one, two and paired proportions.

Writes the .tsv files of this folder that the unit tests of the kernel read
(published.tsv excepted, which is transcribed).  Not run by the tests; run it
by hand when a definition changes:

    python3 test/reference/proportions.py [FILE ...]           (two minutes)

or, for a sweep with more cases and other ones in a folder of its own,

    python3 test/reference/proportions.py --scale 30 --seed 7 --out FOLDER [FILE ...]
    NK_REF=FOLDER build/unit/test_compare

Everything is computed from definitions, with mpmath at 80 digits, and shares
no code and no algorithm with the kernel:

- restricted maximum likelihood estimates solve the likelihood equation; the
  closed forms of the papers are only asserted to agree with them;
- incomplete beta functions and tails of discrete distributions are sums of
  positive terms in integer arithmetic of 300 bits;
- every root is bracketed, and the sign change around it is checked.

A double input (conf_level, target) stands for its exact binary value.
README.md tells the conventions; every choice below follows it.
"""

import argparse
import functools
import math
import random
import sys
from fractions import Fraction
from pathlib import Path

import mpmath as mp

mp.mp.dps = 80
BITS = 300
ONE = 1 << BITS
OUT = Path(__file__).resolve().parent
SCALE = 1       # times as many random cases
SEED = 20240101
LEVELS = [0.5, 0.8, 0.9, 0.95, 0.99, 0.998, 0.9999]
TIE = mp.mpf(1) / 10**7

# a case whose outcome hangs on less than this at a tie is left out: the
# kernel's point probabilities are doubles
TIE_GUARD = mp.mpf(10) ** -10


class Skip(Exception):
    """the case cannot be decided in double precision"""


# --------------------------------------------------------------- output

def text(value):
    if value is None:
        return "NULL"
    if isinstance(value, (int, str)):
        return str(value)
    if isinstance(value, float):
        return repr(value)
    if value == 0:
        return "0"
    if value == 1:
        return "1"
    return mp.nstr(value, 25, min_fixed=-5, max_fixed=17)


def write(name, columns, rows):
    with open(OUT / name, "w", encoding="ascii") as out:
        print("\t".join(columns), file=out)
        for row in rows:
            assert len(row) == len(columns), row
            print("\t".join(text(v) for v in row), file=out)
    print(f"{name}: {len(rows)} rows", file=sys.stderr)


# -------------------------------------------------------------- numbers

def fraction(x):
    """an exact mpf of an integer ratio or a double"""
    x = Fraction(x)
    return mp.mpf(x.numerator) / x.denominator


@functools.lru_cache(None)
def critical_value(conf_level):
    z = mp.sqrt(2) * mp.erfinv(mp.mpf(conf_level))
    alpha = 1 - mp.mpf(conf_level)
    assert abs(mp.erfc(z / mp.sqrt(2)) / alpha - 1) < mp.mpf(10) ** -70
    return z


@functools.lru_cache(200000)
def log_factorial(n):
    return mp.loggamma(n + 1)


def root(f, low, high):
    """the root of f in the bracket, where f changes its sign"""
    f_low, f_high = f(low), f(high)
    if f_high == 0:
        return high
    assert f_low != 0 and (f_low < 0) != (f_high < 0), (low, high, f_low, f_high)
    for step in range(600):
        x = high - f_high * (high - low) / (f_high - f_low)
        if step % 3 == 2 or not min(low, high) < x < max(low, high):
            x = (low + high) / 2
        y = f(x)
        if y == 0:
            return x
        if (y < 0) == (f_high < 0):
            f_low = f_low / 2 if step % 3 != 2 else f_low
        else:
            low, f_low = high, f_high
        high, f_high = x, y
        if abs(high - low) <= abs(x) * mp.mpf(10) ** -60:
            return x
        if abs(high - low) < mp.mpf(10) ** -75:
            return x
    raise ArithmeticError("no convergence")


# ------------------------------------------- incomplete beta, binomial

def beta_series(x, a, b):
    """I_x(a, b) by its series of positive terms; a, b halves of integers"""
    a2, b2 = int(2 * a), int(2 * b)
    fixed = int(mp.floor(x * ONE))
    term, total, k = ONE, ONE, 0
    while term:
        term = term * (a2 + b2 + 2 * k) * fixed // ((a2 + 2 + 2 * k) * ONE)
        total += term
        k += 1
    a, b = mp.mpf(a2) / 2, mp.mpf(b2) / 2
    log_front = (a * mp.log(x) + b * mp.log1p(-x) - mp.log(a)
                 + mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b))
    return mp.exp(log_front) * total / ONE


def beta_cdf(x, a, b):
    if x <= mp.mpf(1) / 2:
        return beta_series(x, a, b)
    return 1 - beta_series(1 - x, b, a)


def beta_log_pdf(x, a, b):
    a, b = mp.mpf(int(2 * a)) / 2, mp.mpf(int(2 * b)) / 2
    return ((a - 1) * mp.log(x) + (b - 1) * mp.log1p(-x)
            + mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b))


def lower_quantile(parts, p, start):
    """x where the mean of the beta distributions in parts is p

    Newton in log x on log F, which is concave, so that it closes in from
    below after one step.
    """
    s = mp.log(start)
    for _ in range(200):
        x = mp.exp(s)
        cdf = sum(beta_cdf(x, a, b) for a, b in parts) / len(parts)
        if cdf <= 0:        # rounding of 1 - (almost 1): come from above
            s += mp.mpf(1) / 10
            continue
        pdf = sum(mp.exp(beta_log_pdf(x, a, b)) for a, b in parts) / len(parts)
        step = (mp.log(p) - mp.log(cdf)) * cdf / (x * pdf)
        s += step
        if s >= 0:
            s = (s - step) / 2
        elif abs(step) < mp.mpf(10) ** -40:
            return mp.exp(s)
    raise ArithmeticError("no convergence")


# ------------------------------------------------------- one proportion

def wilson(x, n, z):
    p = mp.mpf(x) / n
    half = z * mp.sqrt(z * z + 4 * x * (1 - p))
    lower = (2 * x + z * z - half) / (2 * (n + z * z)) if x > 0 else mp.mpf(0)
    upper = (2 * x + z * z + half) / (2 * (n + z * z)) if x < n else mp.mpf(1)
    for bound in (lower, upper):        # the score equation itself
        if 0 < bound < 1:
            score = (p - bound) ** 2 * n - z * z * bound * (1 - bound)
            assert abs(score) < mp.mpf(10) ** -60 * n
    return lower, upper


def wilson_cc(x, n, z):
    p, q = mp.mpf(x) / n, mp.mpf(n - x) / n
    below = max(mp.mpf(0), z * z - 2 - mp.mpf(1) / n + 4 * p * (n * q + 1))
    above = max(mp.mpf(0), z * z + 2 - mp.mpf(1) / n + 4 * p * (n * q - 1))
    lower = (2 * x + z * z - 1 - z * mp.sqrt(below)) / (2 * (n + z * z))
    upper = (2 * x + z * z + 1 + z * mp.sqrt(above)) / (2 * (n + z * z))
    return (max(mp.mpf(0), lower) if x > 0 else mp.mpf(0),
            min(mp.mpf(1), upper) if x < n else mp.mpf(1))


def clopper_pearson_lower(x, n, z, alpha):
    if x == 0:
        return mp.mpf(0)
    if x == n:
        return (alpha / 2) ** (mp.mpf(1) / n)
    return lower_quantile([(x, n - x + 1)], alpha / 2, wilson(x, n, z)[0])


def mid_p_lower(x, n, z, alpha):
    if x == 0:
        return mp.mpf(0)
    if x == n:
        return alpha ** (mp.mpf(1) / n)
    return lower_quantile([(x, n - x + 1), (x + 1, n - x)], alpha / 2,
                          wilson(x, n, z)[0])


def jeffreys_lower(x, n, z, alpha):
    if x == 0:
        return mp.mpf(0)
    half = Fraction(1, 2)
    return lower_quantile([(x + half, n - x + half)], alpha / 2,
                          wilson(x, n, z)[0])


def mirrored(lower):
    return lambda x, n, z, alpha: (lower(x, n, z, alpha),
                                   1 - lower(n - x, n, z, alpha))


def agresti_coull(x, n, z):
    size = n + z * z
    p = (x + z * z / 2) / size
    half = z * mp.sqrt(p * (1 - p) / size)
    return max(mp.mpf(0), p - half), min(mp.mpf(1), p + half)


def wald(x, n, z):
    p = mp.mpf(x) / n
    half = z * mp.sqrt(p * (1 - p) / n)
    return max(mp.mpf(0), p - half), min(mp.mpf(1), p + half)


INTERVALS = {
    "wilson": lambda x, n, z, alpha: wilson(x, n, z),
    "wilson-cc": lambda x, n, z, alpha: wilson_cc(x, n, z),
    "clopper-pearson": mirrored(clopper_pearson_lower),
    "mid-p": mirrored(mid_p_lower),
    "jeffreys": mirrored(jeffreys_lower),
    "agresti-coull": lambda x, n, z, alpha: agresti_coull(x, n, z),
    "wald": lambda x, n, z, alpha: wald(x, n, z),
}


def log_uniform(rng, low, high):
    return int(round(math.exp(rng.uniform(math.log(low), math.log(high)))))


def some_events(rng, n):
    """an interesting number of events out of n"""
    return min(n, max(0, rng.choice([
        0, 1, 2, n - 2, n - 1, n, n // 2, log_uniform(rng, 1, n),
        n - log_uniform(rng, 1, n), rng.randint(0, n), rng.randint(0, n)])))


def interval_tsv():
    rng = random.Random(SEED + 0)
    cases = [(0, 0, 0.95), (0, 0, 0.5)]
    for n in (1, 2, 3, 29, 260, 10**4, 10**7):
        for x in sorted({0, 1, n // 2, n - 1, n}):
            cases.append((x, n, 0.95))
    # the bounds at which a well-known library fails
    cases += [(2, 260, 0.95), (7, 291, 0.95), (1, 231, 0.99), (484, 500, 0.95),
              (4, 107628, 0.95)]
    for conf_level in LEVELS:
        for _ in range(14 * SCALE):
            n = rng.choice([rng.randint(1, 30), log_uniform(rng, 1, 10**4),
                            log_uniform(rng, 1, 10**7)])
            cases.append((some_events(rng, n), n, conf_level))
    rows = []
    for x, n, conf_level in dict.fromkeys(cases):
        z = critical_value(conf_level)
        alpha = 1 - mp.mpf(conf_level)
        for method, interval in INTERVALS.items():
            if n == 0:
                rows.append((method, n, x, conf_level, None, None, None,
                             "empty"))
                continue
            lower, upper = interval(x, n, z, alpha)
            rows.append((method, n, x, conf_level, mp.mpf(x) / n, lower, upper,
                         "ok"))
    write("interval.tsv", ["method", "n", "events", "conf_level", "estimate",
                           "lower", "upper", "status"], rows)


# ------------------------------------------- difference of proportions

def newcombe(x1, n1, x2, n2, z):
    p1, p2 = mp.mpf(x1) / n1, mp.mpf(x2) / n2
    l1, u1 = wilson(x1, n1, z)
    l2, u2 = wilson(x2, n2, z)
    return (p1 - p2 - mp.sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2),
            p1 - p2 + mp.sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2))


def restricted_p2(x1, n1, x2, n2, D):
    """P2 that maximises the likelihood under P1 = P2 + D

    The log-likelihood is concave in P2; its derivative, multiplied by its
    denominators, is bisected and then polished by Newton.
    """
    low, high = max(mp.mpf(0), -D), min(mp.mpf(1), 1 - D)
    y1, y2 = n1 - x1, n2 - x2

    def slope(p):       # of the log-likelihood; infinite at an end = None
        total = mp.mpf(0)
        for count, share, sign in ((x1, p + D, 1), (y1, 1 - p - D, -1),
                                   (x2, p, 1), (y2, 1 - p, -1)):
            if count:
                if share <= 0:
                    return sign * mp.inf
                total += sign * count / share
        return total

    if high <= low:
        return low
    if slope(low) <= 0:
        return low
    if slope(high) >= 0:
        return high
    p = (low + high) / 2
    for step in range(2000):
        s = slope(p)
        if s > 0:
            low = p
        elif s < 0:
            high = p
        else:
            return p
        curve = mp.mpf(0)
        for count, share in ((x1, p + D), (y1, 1 - p - D), (x2, p),
                             (y2, 1 - p)):
            if count:
                curve -= count / share ** 2
        q = p - s / curve
        if not low < q < high or step < 5:
            q = (low + high) / 2
        if abs(q - p) <= mp.mpf(10) ** -70 * min(abs(p), abs(1 - p)):
            return q
        p = q
    raise ArithmeticError("no convergence")


def cubic_p2(x1, n1, x2, n2, D):
    """the closed form of Miettinen and Nurminen, for comparison"""
    N, m1 = n1 + n2, x1 + x2
    L3 = mp.mpf(N)
    L2 = (n1 + 2 * n2) * D - N - m1
    L1 = (n2 * D - N - 2 * x2) * D + m1
    L0 = x2 * D * (1 - D)
    q = L2 ** 3 / (3 * L3) ** 3 - L1 * L2 / (6 * L3 ** 2) + L0 / (2 * L3)
    r = mp.sqrt(max(mp.mpf(0), L2 ** 2 / (3 * L3) ** 2 - L1 / (3 * L3)))
    if q < 0:
        r = -r
    if r == 0:
        return -L2 / (3 * L3)
    a = (mp.pi + mp.acos(min(mp.mpf(1), max(mp.mpf(-1), q / r ** 3)))) / 3
    return min(mp.mpf(1), max(mp.mpf(0), 2 * r * mp.cos(a) - L2 / (3 * L3)))


def miettinen_nurminen(x1, n1, x2, n2, z):
    N = n1 + n2
    d = mp.mpf(x1) / n1 - mp.mpf(x2) / n2

    def distance(D):
        """|d - D| - z sqrt(V), negative inside the interval"""
        P2 = restricted_p2(x1, n1, x2, n2, D)
        P1 = P2 + D
        V = (P1 * (1 - P1) / n1 + P2 * (1 - P2) / n2) * N / (N - 1)
        return abs(d - D) - z * mp.sqrt(max(mp.mpf(0), V))

    inside = mp.mpf(10) ** -30      # V(d) may be 0, V beside it is not
    lower, upper = mp.mpf(-1), mp.mpf(1)
    if d > -1:
        lower = root(distance, d - inside * (1 + d), mp.mpf(-1))
    if d < 1:
        upper = root(distance, d + inside * (1 - d), mp.mpf(1))
    for bound in (lower, upper):
        if abs(bound) < 1:
            gap = (cubic_p2(x1, n1, x2, n2, bound)
                   - restricted_p2(x1, n1, x2, n2, bound))
            assert abs(gap) < mp.mpf(10) ** -30, (x1, n1, x2, n2, bound, gap)
    return lower, upper


def two_groups(rng, count):
    """pairs of groups: edges, small ones, national ones"""
    cases = [(0, 1, 0, 1), (1, 1, 1, 1), (1, 1, 0, 1), (0, 1, 1, 1),
             (0, 1, 1, 2), (1, 2, 1, 2), (0, 10, 0, 20), (0, 10, 0, 10),
             (10, 10, 20, 20), (10, 10, 0, 20), (0, 20, 10, 10),
             (5, 56, 0, 29), (0, 29, 5, 56), (29, 55, 11, 11),
             (11, 11, 29, 55), (24, 73, 53, 65), (7, 18, 1, 18),
             (3, 10, 30, 100), (5000, 10**7, 5100, 10**7),
             (0, 10**7, 3, 10**7), (3, 10**7, 0, 10**7),
             (0, 10**7, 0, 10**7), (10**7, 10**7, 10**7 - 2, 10**7),
             (5 * 10**6, 10**7, 5 * 10**6, 10**7), (1, 1, 5, 10**7),
             (0, 1, 5 * 10**6, 10**7), (10**7, 10**7, 0, 1)]
    while len(cases) < count:
        top = rng.choice([12, 12, 100, 5000, 10**5, 10**7])
        n1 = log_uniform(rng, 1, top)
        n2 = rng.choice([n1, log_uniform(rng, 1, top), log_uniform(rng, 1, top)])
        x1 = some_events(rng, n1)
        if rng.random() < 0.5:      # shares that a person would compare
            share = min(1, max(0, x1 / n1 + rng.gauss(0, 2)
                               * math.sqrt(0.25 / n1 + 0.25 / n2)))
            x2 = min(n2, max(0, round(n2 * share)))
        else:
            x2 = some_events(rng, n2)
        cases.append((x1, n1, x2, n2))
    return list(dict.fromkeys(cases))


GROUPS = ["events_a", "n_a", "events_b", "n_b"]


def difference_tsv():
    rng = random.Random(SEED + 1)
    rows = []
    for x1, n1, x2, n2 in [(0, 0, 1, 2), (1, 2, 0, 0), (0, 0, 0, 0)]:
        for method in ("newcombe", "miettinen-nurminen"):
            rows.append((method, x1, n1, x2, n2, 0.95, None, None, None,
                         "empty"))
    for x1, n1, x2, n2 in two_groups(rng, 360 * SCALE):
        conf_level = rng.choice(LEVELS + [0.95] * 5)
        z = critical_value(conf_level)
        d = fraction(Fraction(x1, n1) - Fraction(x2, n2))
        for method, interval in (("newcombe", newcombe),
                                 ("miettinen-nurminen", miettinen_nurminen)):
            lower, upper = interval(x1, n1, x2, n2, z)
            rows.append((method, x1, n1, x2, n2, conf_level, d, lower, upper,
                         "ok"))
    write("difference.tsv", ["method"] + GROUPS + [
        "conf_level", "estimate", "lower", "upper", "status"], rows)


# ------------------------------------------------- ratios of proportions

FAR = mp.mpf(60)        # exp(±60): beyond any ratio of these counts


def risk_ratio(x1, n1, x2, n2, z):
    N = n1 + n2
    p1, p2 = mp.mpf(x1) / n1, mp.mpf(x2) / n2
    if x1 == 0 and x2 == 0:
        return None, None, None

    def excess(log_theta):
        """(p1 - theta p2)^2 - z^2 V, negative inside the interval"""
        theta = mp.exp(log_theta)
        A, B, C = N * theta, -(n1 * theta + x1 + n2 + x2 * theta), x1 + x2
        P2 = 2 * C / (-B + mp.sqrt(B * B - 4 * A * C))
        P1 = theta * P2
        # the likelihood equation, where the estimate is inside (0, 1)
        if 0 < P1 < 1 and 0 < P2 < 1 and 1 - P1 > mp.mpf(10) ** -30:
            terms = [x1 / P2, -(n1 - x1) * theta / (1 - P1),
                     x2 / P2, -(n2 - x2) / (1 - P2)]
            if 1 - P2 > mp.mpf(10) ** -30:
                assert abs(sum(terms)) <= mp.mpf(10) ** -30 * max(map(abs, terms))
        V = P1 * (1 - P1) / n1 + theta ** 2 * P2 * (1 - P2) / n2
        return (p1 - theta * p2) ** 2 - z * z * V * N / (N - 1)

    estimate = p1 / p2 if x2 else None
    lower, upper = mp.mpf(0), None
    if x1 and x2:
        s = mp.log(estimate)
        if x1 == n1 and x2 == n2:       # V is 0 at the estimate itself
            lower = mp.exp(root(excess, mp.mpf(10) ** -30 * -1, -FAR))
            upper = mp.exp(root(excess, mp.mpf(10) ** -30, FAR))
        else:
            lower = mp.exp(root(excess, s, -FAR))
            upper = mp.exp(root(excess, s, FAR))
    elif x1:
        lower = mp.exp(root(excess, FAR, -FAR))
    else:
        upper = mp.exp(root(excess, -FAR, FAR))
    return estimate, lower, upper


def odds_ratio(x1, n1, x2, n2, z):
    N, m1 = n1 + n2, x1 + x2
    p1 = mp.mpf(x1) / n1

    def excess(log_psi):
        """the score less z^2, negative inside the interval"""
        psi = mp.exp(log_psi)
        A = n2 * (psi - 1)
        B = n1 * psi + n2 - m1 * (psi - 1)
        # the same root in the form that does not cancel; the first also
        # holds at psi = 1, the second needs psi > 1 and has it
        if B > 0:
            P2 = 2 * mp.mpf(m1) / (B + mp.sqrt(B * B + 4 * A * m1))
        else:
            P2 = (mp.sqrt(B * B + 4 * A * m1) - B) / (2 * A)
        P1 = psi * P2 / (1 + P2 * (psi - 1))
        assert abs(n1 * P1 + n2 * P2 - m1) < mp.mpf(10) ** -40 * N
        score = n1 ** 2 * (p1 - P1) ** 2 * (N - 1) / N
        return score * (1 / (n1 * P1 * (1 - P1)) + 1 / (n2 * P2 * (1 - P2))) \
            - z * z

    top, bottom = x1 * (n2 - x2), x2 * (n1 - x1)
    if top == 0 and bottom == 0:
        return None, None, None
    estimate = mp.mpf(top) / bottom if bottom else None
    lower, upper = mp.mpf(0), None

    if top:
        lower = mp.exp(root(excess, mp.log(estimate) if bottom else FAR, -FAR))
    if bottom:
        upper = mp.exp(root(excess, mp.log(estimate) if top else -FAR, FAR))
    return estimate, lower, upper


def margin_status(x1, n1, x2, n2):
    if n1 == 0 or n2 == 0:
        return "empty"
    if x1 + x2 in (0, n1 + n2):
        return "zero_margin"
    return "ok"


def ratio_tsv():
    rng = random.Random(SEED + 2)
    rows = []
    for x1, n1, x2, n2 in [(0, 0, 1, 2), (1, 2, 0, 0), (0, 0, 0, 0)]:
        rows.append((x1, n1, x2, n2, 0.95) + (None,) * 6 + ("empty",))
    for x1, n1, x2, n2 in two_groups(rng, 420 * SCALE):
        conf_level = rng.choice(LEVELS + [0.95] * 5)
        z = critical_value(conf_level)
        rows.append((x1, n1, x2, n2, conf_level)
                    + risk_ratio(x1, n1, x2, n2, z)
                    + odds_ratio(x1, n1, x2, n2, z)
                    + (margin_status(x1, n1, x2, n2),))
    write("ratio.tsv", GROUPS + [
        "conf_level", "risk_ratio", "risk_ratio_lower", "risk_ratio_upper",
        "odds_ratio", "odds_ratio_lower", "odds_ratio_upper", "status"], rows)


# ------------------------------------------- exact tests by point probability

class Discrete:
    """a unimodal distribution on low..high

    log_p(t) is the log probability; up(t) is P(t + 1)/P(t) as a pair of
    integers.
    """

    def __init__(self, low, high, log_p, up):
        self.low, self.high, self.log_p, self.up = low, high, log_p, up
        a, b = low, high        # first t from which P no longer rises
        while a < b:
            t = (a + b) // 2
            top, bottom = up(t)
            a, b = (t + 1, b) if top > bottom else (a, t)
        self.mode = a

    def tail(self, t, step):
        """P(X <= t) for step -1, P(X >= t) for step +1"""
        if not self.low <= t <= self.high:
            return mp.mpf(0)
        log_first = self.log_p(t)
        term, total = ONE, ONE
        while term and self.low <= t + step <= self.high:
            if step > 0:
                top, bottom = self.up(t)
            else:
                bottom, top = self.up(t - 1)
            term = term * top // bottom
            total += term
            t += step
        return mp.exp(log_first) * total / ONE

    def not_above(self, bound):
        """P{ P(t) <= bound P(obs) }, bound given as a log probability"""
        sides = mp.mpf(0)
        for step, end in ((-1, self.low), (1, self.high)):
            outer, inner = end, self.mode   # the last t, from the end inwards
            if self.log_p(outer) > bound:
                continue
            if self.log_p(inner) <= bound:
                return mp.mpf(1)
            while abs(outer - inner) > 1:
                t = (outer + inner) // 2
                if self.log_p(t) <= bound:
                    outer = t
                else:
                    inner = t
            for t in (outer, inner):
                if abs(self.log_p(t) - bound) < TIE_GUARD:
                    raise Skip
            sides += self.tail(outer, step)
        return sides

    def two_sided(self, observed):
        """p-value and mid p-value, equal probabilities within TIE"""
        at = self.log_p(observed)
        extreme = self.not_above(at + mp.log1p(TIE))
        # log_p < bound and <= bound differ only within the guard
        below = self.not_above(at + mp.log1p(-TIE))
        return extreme, (extreme + below) / 2


def hypergeometric(n1, n2, m1):
    N = n1 + n2
    constant = (log_factorial(n1) + log_factorial(n2) + log_factorial(m1)
                + log_factorial(N - m1) - log_factorial(N))

    @functools.lru_cache(None)
    def log_p(t):
        return (constant - log_factorial(t) - log_factorial(n1 - t)
                - log_factorial(m1 - t) - log_factorial(n2 - m1 + t))

    def up(t):
        return (n1 - t) * (m1 - t), (t + 1) * (n2 - m1 + t + 1)

    return Discrete(max(0, m1 - n2), min(n1, m1), log_p, up)


def binomial(n, share):
    """share a Fraction"""
    log_s = mp.log(fraction(share))
    log_r = mp.log(fraction(1 - share))
    odds = share / (1 - share)

    @functools.lru_cache(None)
    def log_p(t):
        return (log_factorial(n) - log_factorial(t) - log_factorial(n - t)
                + t * log_s + (n - t) * log_r)

    def up(t):
        return (n - t) * odds.numerator, (t + 1) * odds.denominator

    return Discrete(0, n, log_p, up)


def brute_fisher(x1, n1, x2, n2):
    """the definition in rational arithmetic, for small tables"""
    m1, N = x1 + x2, n1 + n2
    ways = {t: math.comb(n1, t) * math.comb(n2, m1 - t)
            for t in range(max(0, m1 - n2), min(n1, m1) + 1)}
    seen, tie = ways[x1], Fraction(1, 10**7)
    extreme = sum(w for w in ways.values() if w <= seen * (1 + tie))
    below = sum(w for w in ways.values() if w < seen * (1 - tie))
    total = math.comb(N, m1)
    return Fraction(extreme, total), Fraction(extreme + below, 2 * total)


# ------------------------------------------- two-sample tests

def comparison_test(test, x1, n1, x2, n2):
    """test that ran, statistic, df, p, status"""
    N, m1 = n1 + n2, x1 + x2
    m0 = N - m1
    if n1 == 0 or n2 == 0:
        return test if test != "auto" else None, None, None, None, "empty"
    if test == "auto":
        least = min(n1, n2) * min(m1, m0)       # times N: the least expected
        test = "n-1" if least >= N else "fisher-mid-p"
    if m1 == 0 or m0 == 0:
        return test, None, None, None, "zero_margin"
    if test in ("fisher", "fisher-mid-p"):
        p, mid_p = hypergeometric(n1, n2, m1).two_sided(x1)
        if N <= 200:
            for got, exact in zip((p, mid_p), brute_fisher(x1, n1, x2, n2)):
                assert abs(got / fraction(exact) - 1) < mp.mpf(10) ** -60
        return test, None, None, p if test == "fisher" else mid_p, "ok"
    off = Fraction(abs(x1 * (n2 - x2) - x2 * (n1 - x1)))
    if test == "yates":
        off = max(Fraction(0), off - Fraction(N, 2))
    statistic = off ** 2 * (N - 1 if test == "n-1" else N) / (n1 * n2 * m1 * m0)
    statistic = fraction(statistic)
    return test, statistic, 1, mp.erfc(mp.sqrt(statistic / 2)), "ok"


TESTS = ["auto", "pearson", "n-1", "yates", "fisher", "fisher-mid-p"]


def tied_tables(rng, count):
    """small tables with an exact tie that no symmetry explains"""
    found = []
    while len(found) < count:
        n1, n2 = rng.randint(2, 60), rng.randint(2, 60)
        m1 = rng.randint(1, n1 + n2 - 1)
        if n1 == n2 or 2 * m1 == n1 + n2:
            continue
        ways = {}
        for t in range(max(0, m1 - n2), min(n1, m1) + 1):
            ways.setdefault(math.comb(n1, t) * math.comb(n2, m1 - t),
                            []).append(t)
        tied = [ts for ts in ways.values() if len(ts) > 1 and ts[1] > ts[0] + 1]
        if tied:
            t = rng.choice(rng.choice(tied))
            found.append((t, n1, m1 - t, n2))
    return found


def nearly_tied_tables(rng, count):
    """national tables where another count is as probable but for 1e-9 to 1e-7

    Close to the mode probabilities differ that little, so the tolerance of
    ties decides.
    """
    found = []
    while len(found) < count:
        n1, n2 = rng.randint(10**6, 10**7), rng.randint(10**6, 10**7)
        m1 = rng.randint(10**6, n1 + n2 - 10**6)
        tables = hypergeometric(n1, n2, m1)
        seen = tables.mode + rng.choice([-3, -2, -1, 0, 1, 2, 3])
        for other in range(tables.mode - 4, tables.mode + 5):
            gap = abs(tables.log_p(other) - tables.log_p(seen))
            if other != seen and 3e-9 < gap < 0.97e-7:
                found.append((seen, n1, m1 - seen, n2))
                break
    return found


def comparison_test_tsv():
    rng = random.Random(SEED + 3)
    cases = [(0, 0, 0, 0), (0, 0, 1, 2), (1, 2, 0, 0),
             (0, 5, 0, 7), (5, 5, 7, 7), (0, 1, 0, 1), (1, 1, 1, 1),
             (0, 10**7, 0, 10**7), (10**7, 10**7, 1, 1),
             (1, 1, 0, 1), (0, 1, 1, 1), (3, 4, 1, 4), (2, 12, 15, 18),
             (7, 34, 1, 34), (9, 10, 3, 10), (24, 73, 53, 65),
             (0, 2, 17, 50),            # 1.000 with the tolerance, .551 without
             (1, 10, 1, 10),            # least expected count exactly 1
             (2, 10, 0, 10), (1, 10, 1, 11), (0, 10, 2, 11), (9, 10, 9, 10),
             (5, 10, 10, 20),           # equal shares: statistic 0, p 1
             (1, 2, 5 * 10**6, 10**7), (50, 100, 51, 100),
             (5 * 10**6, 10**7, 5 * 10**6, 10**7),
             (5 * 10**6, 10**7, 5 * 10**6 - 1, 10**7),
             (5 * 10**6, 10**7, 5 * 10**6 - 3000, 10**7),
             (600000, 3000000, 1400000, 7000000),
             (601000, 3000000, 1399000, 7000000),
             (60000, 300000, 140000, 700000),
             (60, 10**7, 20, 10**7), (0, 10**7, 12, 10**7),
             (0, 20, 10**7 - 5, 10**7)]
    cases += tied_tables(rng, 12 * SCALE)
    cases += nearly_tied_tables(random.Random(SEED + 8), 12 * SCALE)
    # tails: the statistic about as asked for, p from 1e-3 to 1e-300
    for statistic in (10, 30, 60, 100, 200, 400, 700, 1000, 1200, 1340):
        for n in (5000, 10**5, 10**7):
            n1 = n // rng.randint(2, 5)
            share = rng.uniform(0.2, 0.8)
            gap = math.sqrt(statistic * share * (1 - share)
                            * (1 / n1 + 1 / (n - n1)))
            x1 = round(n1 * (share + gap * (n - n1) / n))
            x2 = round((n - n1) * (share - gap * n1 / n))
            if 0 <= x1 <= n1 and 0 <= x2 <= n - n1:
                cases.append((x1, n1, x2, n - n1))
    cases += [(6000, 10000, 1000, 10000)]       # below the least double: 0
    cases += rng.sample(two_groups(rng, 160 * SCALE)[27:], 90 * SCALE)
    rows = []
    for case in dict.fromkeys(cases):
        try:
            results = [(test, comparison_test(test, *case)) for test in TESTS]
        except Skip:
            print("tie within the guard, left out:", case, file=sys.stderr)
            continue
        for test, result in results:
            p = result[3]
            if p is not None and mp.mpf(10) ** -330 < p < mp.mpf(10) ** -305:
                continue        # a subnormal holds fewer than 12 digits
            rows.append((test,) + case + result)
    write("comparison_test.tsv", ["test"] + GROUPS + [
        "test_used", "statistic", "df", "p_value", "status"], rows)


# ------------------------------------------- against a fixed number

def target_test(x, n, target):
    """test that ran, statistic, p, status"""
    if n == 0:
        return None, None, None, "empty"
    share = Fraction(target)
    few = n * share < 1 or n * (1 - share) < 1
    if few != (n * target < 1.0 or n * (1.0 - target) < 1.0):
        raise Skip              # the product is 1 but for its rounding
    if few:
        mid_p = binomial(n, share).two_sided(x)[1]
        return "binomial-mid-p", None, mid_p, "ok"
    z = (x - n * fraction(share)) / mp.sqrt(n * fraction(share * (1 - share)))
    return "score", z, mp.erfc(abs(z) / mp.sqrt(2)), "ok"


def target_tsv():
    rng = random.Random(SEED + 4)
    cases = [(0, 0, 0.5), (12, 80, 194 / 1163), (30, 150, 194 / 1163),
             (0, 1, 0.5), (1, 1, 0.5), (0, 2, 0.5), (1, 2, 0.5), (2, 2, 0.5),
             (0, 10, 0.1), (1, 10, 0.1), (10, 10, 0.9), (0, 9, 0.1),
             (1, 9, 0.1), (2, 9, 0.1), (9, 9, 0.9), (9, 9, 0.95), (8, 9, 0.95),
             (0, 9, 0.95), (0, 1, 1e-300), (1, 1, 1e-300), (2, 2, 1e-100),
             (0, 10**7, 5e-8), (1, 10**7, 5e-8), (2, 10**7, 5e-8),
             (40, 10**7, 5e-8), (10**7, 10**7, 1 - 2.0**-30),
             (10**7 - 4, 10**7, 1 - 2.0**-30), (5 * 10**6, 10**7, 0.5),
             (5 * 10**6 + 1, 10**7, 0.5), (10**6, 10**7, 0.1),
             (10**6 + 30000, 10**7, 0.1)]
    while len(cases) < 230 * SCALE:
        n = rng.choice([rng.randint(1, 20), log_uniform(rng, 1, 10**4),
                        log_uniform(rng, 1, 10**7)])
        x = some_events(rng, n)
        near = min(0.999, max(0.001, x / n + rng.gauss(0, 1) / math.sqrt(n)))
        rare = rng.uniform(0.01, 1.2) / n
        target = rng.choice([near, near, rng.uniform(0.01, 0.99),
                             round(rng.uniform(0.05, 0.95), 2),
                             min(0.99, rare), 1 - min(0.99, rare)])
        if 0 < target < 1 and (target >= 0.001 or x < 60) and \
                (target <= 0.999 or n - x < 60):
            cases.append((x, n, target))
    rows = []
    for x, n, target in dict.fromkeys(cases):
        try:
            result = target_test(x, n, target)
        except Skip:
            print("undecidable, left out:", x, n, target, file=sys.stderr)
            continue
        if result[2] is not None and result[2] < mp.mpf(10) ** -305 \
                and result[2] > mp.mpf(10) ** -330:
            continue
        rows.append((n, x, target) + result)
    write("target.tsv", ["n", "events", "target", "test_used", "statistic",
                         "p_value", "status"], rows)


# ----------------------------------------------------- paired proportions

def paired_newcombe(a, b, c, d, z):
    n = a + b + c + d
    p1, p2 = mp.mpf(a + b) / n, mp.mpf(a + c) / n
    l1, u1 = wilson(a + b, n, z)
    l2, u2 = wilson(a + c, n, z)
    M = (a + b) * (c + d) * (a + c) * (b + d)
    B = Fraction(a * d - b * c)
    if B > 0:
        B = max(Fraction(0), B - Fraction(n, 2))
    phi = fraction(B) / mp.sqrt(M) if M else mp.mpf(0)
    D = mp.mpf(b - c) / n

    def length(u, v):
        return mp.sqrt(max(mp.mpf(0), u * u - 2 * phi * u * v + v * v))

    return (max(mp.mpf(-1), D - length(p1 - l1, u2 - p2)),
            min(mp.mpf(1), D + length(u1 - p1, p2 - l2)))


def tango(a, b, c, d, z):
    n = a + b + c + d
    D = mp.mpf(b - c) / n

    def excess(delta):
        """(D - delta)^2 - z^2 var, negative inside the interval"""
        A = 2 * n
        B = -b - c + (2 * n - b + c) * delta
        C = -c * delta * (1 - delta)
        q = (mp.sqrt(B * B - 4 * A * C) - B) / (2 * A)
        # the likelihood equation with P(first only) = q + delta
        first, rest = q + delta, 1 - 2 * q - delta
        tiny = mp.mpf(10) ** -30
        if q > tiny and first > tiny and rest > tiny:
            terms = [b / first, c / q, -2 * (a + d) / rest]
            assert abs(sum(terms)) <= mp.mpf(10) ** -25 * max(map(abs, terms))
        return n * (D - delta) ** 2 - z * z * (2 * q + delta * (1 - delta))

    inside = mp.mpf(10) ** -30
    lower, upper = mp.mpf(-1), mp.mpf(1)
    if D > -1:
        lower = root(excess, D - inside * (1 + D), mp.mpf(-1))
    if D < 1:
        upper = root(excess, D + inside * (1 - D), mp.mpf(1))
    return lower, upper


CELLS = ["both_true", "first_only", "second_only", "neither"]


def paired_cases(rng, count):
    cases = [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1),
             (43, 0, 1, 0), (20, 12, 2, 16), (1, 1, 7, 12), (4, 9, 3, 16),
             (53, 16, 8, 9), (0, 5, 0, 0), (0, 0, 5, 0), (5, 0, 0, 0),
             (0, 0, 0, 5), (10, 0, 0, 10), (0, 7, 7, 0), (0, 7, 3, 0),
             (10**7, 0, 0, 10**7), (3 * 10**6, 0, 1, 10**6),
             (3 * 10**6, 2000, 2100, 10**6), (0, 10**6, 10**6, 0),
             (10**6, 10**6, 10**6, 10**6), (5, 4, 1, 0), (5, 0, 0, 4),
             (0, 936843, 0, 1), (0, 0, 936843, 1)]
    while len(cases) < count:
        top = rng.choice([6, 6, 40, 1000, 10**5, 10**7])
        cell = [rng.choice([0, log_uniform(rng, 1, top),
                            log_uniform(rng, 1, top)]) for _ in range(4)]
        if sum(cell):
            cases.append(tuple(cell))
    return list(dict.fromkeys(cases))


def paired_tsv():
    rng = random.Random(SEED + 5)
    rows = [(method, 0, 0, 0, 0, 0.95, None, None, None, "empty")
            for method in ("newcombe", "tango")]
    for cell in paired_cases(rng, 330 * SCALE):
        conf_level = rng.choice(LEVELS + [0.95] * 5)
        z = critical_value(conf_level)
        D = mp.mpf(cell[1] - cell[2]) / sum(cell)
        for method, interval in (("newcombe", paired_newcombe),
                                 ("tango", tango)):
            rows.append((method,) + cell + (conf_level, D)
                        + interval(*cell, z) + ("ok",))
    write("paired.tsv", ["method"] + CELLS + [
        "conf_level", "estimate", "lower", "upper", "status"], rows)


def mcnemar(method, b, c):
    """statistic, df, p"""
    if method == "asymptotic":
        statistic = mp.mpf((b - c) ** 2) / (b + c)
        return statistic, 1, mp.erfc(mp.sqrt(statistic / 2))
    coin, k = binomial(b + c, Fraction(1, 2)), min(b, c)
    at = mp.exp(coin.log_p(k))
    if b == c:
        return None, None, 1 - at / 2 if method == "mid-p" else mp.mpf(1)
    below = coin.tail(k, -1)
    if b + c < 500:
        exact = sum(math.comb(b + c, i) for i in range(k + 1))
        assert abs(below * mp.mpf(2) ** (b + c) / exact - 1) < mp.mpf(10) ** -60
    return None, None, 2 * below - at if method == "mid-p" \
        else min(mp.mpf(1), 2 * below)


def mcnemar_tsv():
    rng = random.Random(SEED + 6)
    cases = [(0, 0, 0, 0), (1, 0, 0, 0), (0, 0, 0, 9), (10**7, 0, 0, 10**7)]
    cases += paired_cases(rng, 150 * SCALE)
    for n in (100, 1000, 5000, 10**5, 10**6, 10**7):    # tails
        for z in (1, 3, 6, 12, 20, 30, 36.5):
            gap = int(z * math.sqrt(n))
            if gap < n:
                b = (n + gap) // 2
                cell = (rng.randint(0, 99), b, n - b, 3)
                cases.append(cell if rng.random() < 0.5
                             else (cell[0], cell[2], cell[1], cell[3]))
    cases += [(0, 1000, 0, 0), (0, 0, 1020, 0), (7, 3000, 0, 7)]
    rows = []
    for cell in dict.fromkeys(cases):
        for method in ("mid-p", "exact", "asymptotic"):
            b, c = cell[1:3]
            if sum(cell) == 0:
                result = None, None, None, "empty"
            elif b + c == 0:
                result = None, None, mp.mpf(1), "no_variation"
            else:
                result = mcnemar(method, b, c) + ("ok",)
            if result[2] is not None and \
                    mp.mpf(10) ** -330 < result[2] < mp.mpf(10) ** -305:
                continue
            rows.append((method,) + cell + result)
    write("mcnemar.tsv", ["method"] + CELLS + ["statistic", "df", "p_value",
                                               "status"], rows)


# ------------------------------------------------------------ age curves

def curve_gap(cell, bit, z, z_band):
    """a gap with its interval, and the band, which is not inside of that"""
    n = sum(cell)
    both, first, second = (sum(v for i, v in enumerate(cell)
                               if i & (bit | 4) == facts)
                           for facts in (bit | 4, bit, 4))
    pair = both, first, second, n - both - first - second
    lower, upper = paired_newcombe(*pair, z)
    far_lower, far_upper = tango(*pair, z_band)
    return [mp.mpf(first - second) / n, lower, upper,
            min(lower, far_lower), max(upper, far_upper)]


def curve_tsv():
    """one row an age from the youngest to the oldest; see README.md"""
    rng = random.Random(SEED + 7)
    rows = []
    curves = []
    for ages in (range(0, 21), range(5, 6), range(0, 1), range(20, 21),
                 (0, 20), (3, 4, 7, 12, 13), range(4, 19), range(1, 18)):
        for top in (3, 60, 10**4, 10**6) * SCALE:
            if top > 60 and len(ages) > 15:
                continue
            curves.append([(age, top) for age in ages])
    for number, curve in enumerate(curves, 1):
        conf_level = rng.choice(LEVELS + [0.95] * 3)
        z = critical_value(conf_level)
        cells = {}
        for age, top in curve:
            cells[age] = [rng.choice([0, rng.randint(0, top),
                                      rng.randint(0, top)]) for _ in range(8)]
            if age in (curve[0][0], curve[-1][0]) and not sum(cells[age]):
                cells[age][rng.randint(0, 7)] = 1
        seen = sum(1 for cell in cells.values() if sum(cell))
        z_band = critical_value(mp.mpf(conf_level) ** (mp.mpf(1) / seen))
        for age in range(curve[0][0], curve[-1][0] + 1):
            cell = cells.get(age, [0] * 8)
            n = sum(cell)
            row = [number, conf_level, age] + cell + [n]
            if n == 0:
                rows.append(row + [None] * 19 + ["empty"])
                continue
            counts = [sum(v for i, v in enumerate(cell) if i & bit)
                      for bit in (1, 2, 4)]
            for x in counts:
                row += [mp.mpf(x) / n, *wilson(x, n, z)]
            for bit in (1, 2):
                row += curve_gap(cell, bit, z, z_band)
            rows.append(row + ["ok"])
    columns = ["curve", "conf_level", "age"] + [f"cell_{i}" for i in range(8)]
    columns += ["n"] + [name + bound
                        for name in ("identified", "assessed", "decided")
                        for bound in ("", "_lower", "_upper")]
    columns += [name + bound for name in ("gap", "assessed_gap")
                for bound in ("", "_lower", "_upper", "_band_lower",
                              "_band_upper")] + ["status"]
    write("curve.tsv", columns, rows)


FILES = {f.__name__.replace("_tsv", ".tsv"): f
         for f in (interval_tsv, difference_tsv, ratio_tsv,
                   comparison_test_tsv, target_tsv, paired_tsv, mcnemar_tsv,
                   curve_tsv)}


def main():
    global OUT, SCALE, SEED
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=int, default=SCALE)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("files", nargs="*", metavar="FILE")
    arguments = parser.parse_args()
    OUT, SCALE, SEED = arguments.out, arguments.scale, arguments.seed
    for name in arguments.files or FILES:
        FILES[name]()


if __name__ == "__main__":
    main()
