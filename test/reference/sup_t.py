#!/usr/bin/env python3
"""Write sup_t.tsv: P(max |T_i| > c) of correlated statistics.

Families, T_i = row_i . z, with their parameter:

  independent     rows of the identity
  equal           all correlations are the parameter
  circle          row_i = (cos(a i), sin(a i)), a the parameter: as smooth as
                  a curve that two numbers describe
  autoregressive  the correlation of i and j is the parameter ** |i - j|
  cubic           row_i = Legendre polynomials 0 .. 3 at equal steps of
                  [-1, 1], brought to length 1: a cubic's band

The first three are integrals of one variable, two with degrees of freedom
(mpmath, 30 digits); the last two are simulated with 10,000,000 draws, and
`error` is the standard error relative to p_value.  Nothing here is code of
the kernel.

    test/reference/sup_t.py > test/reference/sup_t.tsv
"""

import mpmath as mp
import numpy as np

mp.mp.dps = 30
DRAWS = 10_000_000
BATCH = 250_000


def normal_tail(x):
    return mp.erfc(x / mp.sqrt(2)) / 2


def density(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def one_minus_power(tail, count):
    """1 - (1 - tail) ** count without cancellation"""
    return -mp.expm1(count * mp.log1p(-tail))


def independent(count, parameter, c):
    return one_minus_power(2 * normal_tail(c), count)


def equal(count, rho, c):
    rho = mp.mpf(rho)

    def beyond(w):
        centre = mp.sqrt(rho) * w
        spread = mp.sqrt(1 - rho)
        tail = normal_tail((c - centre) / spread) + normal_tail(
            (c + centre) / spread)
        return density(w) * (one_minus_power(tail, count) if tail < 1 else 1)

    knots = sorted({mp.mpf(k) for k in range(0, 13)} | {mp.mpf(c)} |
                   {c + mp.mpf(k) for k in range(1, 6)})
    return 2 * mp.quad(beyond, knots)


def circle(count, step, c, df=None):
    """the radius in closed form, over the angle by its nearest statistic"""
    def beyond(largest):
        if df:
            return (1 + (c / largest) ** 2 / df) ** (-mp.mpf(df) / 2)
        return mp.exp(-(c / largest) ** 2 / 2)

    # the angles at which one statistic is largest end half way to the next
    places = sorted((mp.mpf(step) * i) % mp.pi for i in range(count))
    total = mp.mpf(0)
    for i, place in enumerate(places):
        after = places[i + 1] if i + 1 < count else places[0] + mp.pi
        total += 2 * mp.quad(lambda a: beyond(mp.cos(a)),
                             [0, (after - place) / 2])
    return total / mp.pi


def with_df(family, count, parameter, df, c):
    """over the distribution of the common divisor"""
    df = mp.mpf(df)
    norm = 2 * (df / 2) ** (df / 2) / mp.gamma(df / 2)

    def weighted(s):
        return (norm * s ** (df - 1) * mp.exp(-df * s * s / 2) *
                family(count, parameter, c * s))

    return mp.quad(weighted, [0, 0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5])


def rows(family, count, parameter):
    if family == "autoregressive":
        places = np.arange(count)
        return np.linalg.cholesky(
            parameter ** np.abs(places[:, None] - places[None, :]))
    x = np.linspace(-1, 1, count)
    made = np.polynomial.legendre.legvander(x, 3)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def simulated(family, count, parameter, df, points):
    random = np.random.default_rng(20010601)
    made = rows(family, count, parameter)
    beyond = np.zeros(len(points))
    for _ in range(DRAWS // BATCH):
        largest = np.abs(random.standard_normal((BATCH, made.shape[1]))
                         @ made.T).max(axis=1)
        if df:
            largest /= np.sqrt(random.chisquare(df, BATCH) / df)
        beyond += [(largest > c).sum() for c in points]
    return beyond / DRAWS


def show(family, count, parameter, df, c, p, error):
    print(family, count, parameter, df or "NULL", c, mp.nstr(mp.mpf(p), 17),
          "%.2g" % error, sep="\t")


print("family", "count", "parameter", "df", "statistic", "p_value", "error",
      sep="\t")
for c in ("0.01", "1", "2", "2.98", "3.5", "6", "30"):
    for count in (1, 2, 18, 128):
        show("independent", count, 0, None, c,
             independent(count, 0, mp.mpf(c)), 0)
for c in ("0.5", "2", "2.5", "2.9", "3.4", "6", "12"):
    for count, rho in ((2, "0.5"), (18, "0.5"), (18, "0.9"), (60, "0.7")):
        show("equal", count, rho, None, c, equal(count, rho, mp.mpf(c)), 0)
for c in ("0.5", "1.5", "2.2", "2.5", "3", "6", "12", "30"):
    for count, step in ((2, "0.3"), (18, "0.05"), (18, "0.17"), (30, "2")):
        show("circle", count, step, None, c,
             circle(count, step, mp.mpf(c)), 0)
for df in (3, 10, 40):
    for c in ("1", "2.5", "3.2", "4.5", "6", "40"):
        show("circle", 18, "0.17", df, c,
             circle(18, "0.17", mp.mpf(c), df), 0)
        show("independent", 18, 0, df, c,
             with_df(independent, 18, 0, df, mp.mpf(c)), 0)
for family, parameter in (("autoregressive", 0.8), ("autoregressive", -0.4),
                          ("cubic", 0)):
    for df in (None, 3, 30):
        points = (2, 2.5, 2.8, 3.1, 3.5) if df != 3 else (2, 4, 5, 6, 9)
        for c, p in zip(points,
                        simulated(family, 18, parameter, df, points)):
            show(family, 18, parameter, df, c, p, np.sqrt((1 - p) / p / DRAWS))
