"""Tails and points of the probability distributions, to 25 digits or more.

Method, on purpose another one than the kernel's:
- tails of gamma and beta are power series with positive terms (DLMF 8.7.1,
  8.17.8) or Legendre's continued fraction where they are short, and otherwise
  the integral of the density, by the trapezoidal rule after the substitution
  s = exp(u - exp(-u)) (Takahasi and Mori 1974, doi:10.2977/prims/1195192451);
- t, F, Poisson and binomial follow from these;
- hypergeometric and Poisson mixtures are plain sums in whole numbers;
- factors in front are differences of log-gammas with 60 digits or more.
check() compares them with one another where methods overlap, with mpmath's
own functions and with adaptive integration of the densities.
"""

import itertools
from math import isqrt

from mpmath import (besseli, betainc, ceil, erfc, exp, fsub, gammainc, inf,
                    ldexp, log, log1p, loggamma, mp, mpf, quad, sqrt)

try:
    import gmpy2
except ImportError:             # long loops then take five times as long
    gmpy2 = None

mp.dps = 60
TOLERANCE = mpf(10) ** -45
LONG = 300                      # terms, from where on to integrate
FAR = -1600                     # logarithm of a density


class TooFar(Exception):
    """A case that is left out: one tail is below anything of interest."""


# ------------------------------------------------------------- fast numbers

def fast(value):
    """The same number for the long loops, which work in MPFR if they can."""
    if gmpy2 is None:
        return value
    gmpy2.get_context().precision = mp.prec
    sign, mantissa, exponent, _ = mpf(value)._mpf_
    number = gmpy2.mpfr(int(mantissa))
    number = (gmpy2.mul_2exp(number, exponent) if exponent >= 0
              else gmpy2.div_2exp(number, -exponent))
    return -number if sign else number


def slow(number):
    """And back."""
    return mpf(number) if gmpy2 is None else mpf(
        tuple(map(int, number.as_mantissa_exp())))


fast_exp = exp if gmpy2 is None else gmpy2.exp
fast_log1p = log1p if gmpy2 is None else gmpy2.log1p


# ------------------------------------------------------------ gamma and beta

def nodes(step):
    """Nodes and weights for integrals from 0 on of what falls like exp."""
    found = []
    for i in range(int(ceil(-5 / step)), int(5 / step)):
        u = i * step
        s = exp(u - exp(-u))
        found.append((fast(s), fast(s * (1 + exp(-u)) * step)))
    return found


NODES = nodes(mpf(1) / 20)


def integrate(log_density, width, rule=None):
    """The integral of exp(log_density(w)) over w from 0 on."""
    width = fast(width)
    total = fast(mpf(0))
    for s, weight in rule or NODES:
        value = log_density(s * width)
        if value is None:
            break
        total += weight * fast_exp(value)
        if value < -110 and s > 1:
            break
    return slow(total * width)


def gamma_lead(a, x):
    """x^a exp(-x) / Gamma(a + 1)"""
    return exp(a * log(x) - x - loggamma(a + 1))


def gamma_tails(a, x):
    """Lower and upper tail of the gamma distribution."""
    a, x = mpf(a), mpf(x)
    if a > LONG:
        tail = gamma_integral(a, x)
        return (tail, 1 - tail) if x < a else (1 - tail, tail)
    if x < a or x < 2:
        lower = gamma_series(a, x)
        return lower, 1 - lower
    upper = gamma_fraction(a, x)
    return 1 - upper, upper


def gamma_series(a, x):
    """Lower tail by DLMF 8.7.1."""
    lead = gamma_lead(a, x)
    a, x, tolerance = fast(a), fast(x), fast(TOLERANCE)
    term = total = fast(mpf(1))
    k = 0
    while True:
        k += 1
        ratio = x / (a + k)
        term *= ratio
        total += term
        if ratio < 1 and term * ratio < total * tolerance * (1 - ratio):
            return lead * slow(total)


def gamma_fraction(a, x):
    """Upper tail by Legendre's continued fraction, DLMF 8.9.2."""
    lead = gamma_lead(a, x) * a
    a, x, tolerance = fast(a), fast(x), fast(TOLERANCE / 1000)
    value = ratio = x + 1 - a
    inverse = fast(mpf(0))
    for m in itertools.count(1):
        numerator = m * (a - m)
        denominator = x + 2 * m + 1 - a
        inverse = 1 / (denominator + numerator * inverse)
        ratio = denominator + numerator / ratio
        change = ratio * inverse
        value *= change
        if abs(change - 1) < tolerance:
            return lead / slow(value)


def gamma_integral(a, x, rule=None):
    """The tail that does not hold the mean, from its integral."""
    sign = -1 if x < a else 1
    at, power = fast(x), fast(a - 1)

    def log_density(w):
        w = sign * w
        return power * fast_log1p(w / at) - w if w > -at else None

    width = 1 / (abs((x - a + 1) / x) + sqrt(a) / x)
    return (gamma_lead(a, x) * a / x * integrate(log_density, width, rule))


def beta_tails(a, b, u, v):
    """Lower and upper tail of the beta distribution at u / (u + v)."""
    a, b = mpf(a), mpf(b)
    x, y = u / (u + v), v / (u + v)
    if beta_lead(a, b, x, y) < FAR:
        raise TooFar
    terms, mirrored = min((series_terms(a, b, x, y), False),
                          (series_terms(b, a, y, x), True))
    if terms > LONG and min(a, b) > LONG / 10:
        return beta_tails_by_integral(a, b, x, y)
    if terms > 100 * LONG:
        raise TooFar
    if mirrored:
        return beta_tails_by_series(b, a, y, x)[::-1]
    return beta_tails_by_series(a, b, x, y)


def series_terms(a, b, x, y):
    """About how many terms the series of the lower tail takes."""
    first = (a + b) / (a + 1) * x
    rising = max(0, ((a + b) * x - a) / y)
    level = 16 * sqrt((a + rising) / y + 10)
    if first < 1:
        level = min(level, 110 / -log(first))
    return rising + max(level, -110 / log1p(-y))


def beta_lead(a, b, x, y):
    """log of x^a y^b / B(a, b)"""
    return (a * log(x) + b * log(y) + loggamma(a + b) - loggamma(a)
            - loggamma(b))


def beta_tails_by_series(a, b, x, y):
    """Both tails, the upper one as the complement, with digits to spare."""
    before = mp.dps
    # how small the upper tail may be
    least = beta_lead(a, b, x, y) - log(a + b + 1) - 10
    mp.dps += max(0, int(-least / 2.3)) + 10
    try:
        # both again, so that they add up to 1 with all these digits
        x, y = (x, complement(x)) if x < y else (complement(y), y)
        lower = beta_series(a, b, x, y)
        return lower, 1 - lower
    finally:
        mp.dps = before


def beta_series(a, b, x, y):
    """Lower tail by DLMF 8.17.8, to the precision in force."""
    lead = exp(beta_lead(a, b, x, y)) / a
    tolerance = fast(mpf(10) ** (15 - mp.dps))
    above, below, x = fast(a + b), fast(a + 1), fast(x)
    term = total = fast(mpf(1))
    k = 0
    while True:
        ratio = (above + k) / (below + k) * x
        term *= ratio
        total += term
        k += 1
        if ratio < 1 and term * ratio < total * tolerance * (1 - ratio):
            return lead * slow(total)


def beta_tails_by_integral(a, b, x, y):
    if a * y < b * x:
        upper = beta_integral(b, a, y, x)
        return 1 - upper, upper
    lower = beta_integral(a, b, x, y)
    return lower, 1 - lower


def beta_integral(a, b, x, y, rule=None):
    """The lower tail, x being below the mean."""
    powers, ends = (fast(a - 1), fast(b - 1)), (fast(x), fast(y))

    def log_density(w):
        return (powers[0] * fast_log1p(-w / ends[0])
                + powers[1] * fast_log1p(w / ends[1])
                if w < ends[0] else None)

    width = 1 / (abs((a - 1) / x - (b - 1) / y)
                 + sqrt((a - 1) / x ** 2 + (b - 1) / y ** 2))
    return (exp(beta_lead(a, b, x, y)) / (x * y)
            * integrate(log_density, width, rule))


# ------------------------------------------------------------ what follows

def complement(x):
    """1 - x, exactly."""
    return fsub(1, x, exact=True)


def normal_tails(x):
    x = mpf(x) / sqrt(mpf(2))
    return erfc(-x) / 2, erfc(x) / 2


def t_tails(t, df):
    if t == 0:
        return mpf(1) / 2, mpf(1) / 2
    outside, inside = beta_tails(mpf(df) / 2, mpf(1) / 2, mpf(df),
                                 mpf(t) ** 2)
    tails = ((1 + inside) / 2, outside / 2)
    return tails if t >= 0 else tails[::-1]


def f_tails(f, df1, df2):
    return beta_tails(mpf(df1) / 2, mpf(df2) / 2, mpf(f) * df1, mpf(df2))


def poisson_tails(x, rate):
    return gamma_tails(x + 1, rate)[::-1]


def binomial_tails(x, n, p):
    return beta_tails(x + 1, n - x, mpf(p), complement(p))[::-1]


def noncentral_tails(x, df, noncentrality):
    """Lower and upper tail of noncentral chi-square, a Poisson mixture.

    In whole numbers scaled by 2^256.  Going down, each P is the next one plus
    the density between; going up, each Q is the one before plus that.  The
    sum is in units of its largest product of weight and density.
    """
    one, fine = 1 << 256, 300
    x, a, rate = (int(ldexp(mpf(v), fine - 1)) for v in (x, df, noncentrality))
    step = 1 << fine
    centre = (isqrt(a * a + 4 * x * rate) - a) // (2 * step)

    def density(j):
        shape = ldexp(mpf(a + j * step), -fine)
        half = ldexp(mpf(x), -fine)
        return exp(shape * log(half) - half - loggamma(shape + 1))

    def ratio(j, side):
        """P or Q over the density, to begin with."""
        tails = gamma_tails(ldexp(mpf(a + j * step), -fine),
                            ldexp(mpf(x), -fine))
        return int(ldexp(tails[side] / density(j), 256))

    def growth(j):
        """Weight times density over the one before, as a fraction."""
        return rate * x, j * step * (a + j * step)

    lower = x < a + rate
    j, weight = centre, one
    while weight >> 40 and (lower or j):
        j += lower
        above, below = growth(j)
        weight = (weight * above // below if lower
                  else weight * below // above)
        j -= not lower
    part = total = ratio(j, 0 if lower else 1)
    while j != centre:
        j += not lower
        above, below = growth(j)
        if lower:
            part = one + part * x // (a + j * step)
            total = part + total * above // below
        else:
            part = (one + part) * (a + j * step) // x
            total = part + total * below // above
        j -= lower
    term, weight = part, one
    while term >> 40 and (j or not lower):
        j += not lower
        above, below = growth(j)
        if lower:
            weight = weight * below // above
            term = weight + term * j * step // rate
        else:
            term = (term + weight) * rate // (j * step)
            weight = weight * above // below
        total += term
        j -= lower
    rate = ldexp(mpf(rate), -fine)
    tail = ldexp(mpf(total), -256) * density(centre) * exp(
        centre * log(rate) - rate - loggamma(mpf(centre) + 1))
    return (tail, 1 - tail) if lower else (1 - tail, tail)


def log_factorial(n):
    return loggamma(mpf(n) + 1)


def poisson_point(x, rate):
    return exp(x * log(mpf(rate)) - mpf(rate) - log_factorial(x))


def binomial_point(x, n, p):
    return exp(log_factorial(n) - log_factorial(x) - log_factorial(n - x)
               + x * log(mpf(p)) + (n - x) * log1p(-mpf(p)))


def hypergeometric_point(x, marked, unmarked, drawn):
    return exp(sum(map(log_factorial, (marked, unmarked, drawn,
                                       marked + unmarked - drawn)))
               - sum(map(log_factorial, (marked + unmarked, x, marked - x,
                                         drawn - x, unmarked - drawn + x))))


def hypergeometric_tails(x, m, u, d):
    """Sums on both sides of x, in whole numbers scaled by 2^256."""
    one = 1 << 256
    mean = m * d // (m + u)
    below = term = one
    k = x
    while term and (k >= mean or term > one >> 200):
        term = term * k * (u - d + k) // ((m - k + 1) * (d - k + 1))
        below += term
        k -= 1
    above, term = 0, one
    k = x
    while term and (k <= mean or term > one >> 200):
        term = term * (m - k) * (d - k) // ((k + 1) * (u - d + k + 1))
        above += term
        k += 1
    point = hypergeometric_point(x, m, u, d)
    return point * below / one, point * above / one


def noncentral_hypergeometric(x, m, u, d, log_odds):
    """Probability of x, both tails and mean: a sum over all counts that count.

    In whole numbers scaled by 2^400, outwards from the mode.
    """
    one, scale = 1 << 400, 1 << 600
    odds = int(ldexp(exp(mpf(log_odds)), 600))
    first, last = max(0, d - u), min(m, d)
    low, high = first, last
    while low < high:
        k = (low + high + 1) // 2
        if (m - k + 1) * (d - k + 1) * odds >= k * (u - d + k) * scale:
            low = k
        else:
            high = k - 1
    point, below, above, moment = 0, 0, 0, 0
    for step in (-1, 1):
        k, term = low, one
        if step > 0:
            k, term = k + 1, (term * (m - k) * (d - k) * odds
                              // ((k + 1) * (u - d + k + 1) * scale))
        while first <= k <= last and term:
            point += term * (k == x)
            below += term * (k <= x)
            above += term * (k > x)
            moment += term * (k - low)
            if step < 0:
                term = (term * k * (u - d + k) * scale
                        // ((m - k + 1) * (d - k + 1) * odds))
            else:
                term = (term * (m - k) * (d - k) * odds
                        // ((k + 1) * (u - d + k + 1) * scale))
            k += step
    total = below + above
    return (mpf(point) / total, mpf(below) / total, mpf(above) / total,
            low + mpf(moment) / total)


def root(distance, rising):
    """The only root, by bisection and the Illinois rule."""
    low, high, step = mpf(-1) / 16, mpf(1) / 16, mpf(1) / 8
    at_low, at_high = distance(low), distance(high)
    while at_low * at_high > 0:
        if (at_low > 0) == rising:
            low -= step
            at_low = distance(low)
        else:
            high += step
            at_high = distance(high)
        step *= 2
    for step in itertools.count():
        x = (high - at_high * (high - low) / (at_high - at_low) if step % 3
             else (low + high) / 2)
        at_x = distance(x)
        if abs(at_x) < mpf(10) ** -40:
            return x
        if at_x * at_high < 0:
            low, at_low = high, at_high
        else:
            at_low /= 2
        high, at_high = x, at_x


def check():
    """Tails against integrals of the densities and mpmath's own functions."""
    def close(ours, theirs, digits=25):
        assert abs(ours / theirs - 1) < mpf(10) ** -digits, (ours, theirs)

    for a, x in ((0.3, 0.2), (2.5, 7.0), (40.0, 20.0), (40.0, 90.0)):
        lower, upper = gamma_tails(a, x)
        close(upper, gammainc(a, x, inf, regularized=True))
        close(lower, gammainc(a, 0, x, regularized=True))

        def density(v):
            return exp((mpf(a) - 1) * log(v) - v - loggamma(mpf(a)))
        close(upper, quad(density, [x, x + 10, x + 50, x + 200, x + 600]))
    for a, b, x in ((0.4, 0.7, 0.3), (3.0, 258.0, 0.0275), (20.0, 9.0, 0.9)):
        lower, upper = beta_tails(a, b, mpf(x), complement(x))
        close(lower, betainc(a, b, 0, x, regularized=True))

        def density(v):
            return exp((mpf(a) - 1) * log(v) + (mpf(b) - 1) * log1p(-v)
                       + loggamma(mpf(a) + b) - loggamma(mpf(a))
                       - loggamma(mpf(b)))
        if b > 1:
            close(upper, quad(density, [x, (1 + 3 * mpf(x)) / 4,
                                        (1 + mpf(x)) / 2, 1]))
    finer = nodes(mpf(1) / 40)
    for a, x in ((301.0, 250.0), (1e5, 100900.0), (1e9, 999.7e6)):
        a, x = mpf(a), mpf(x)
        close(gamma_integral(a, x), gamma_integral(a, x, finer), 30)
        if a < 1e6:
            close(gamma_integral(a, x), gamma_series(a, x) if x < a
                  else gamma_fraction(a, x), 30)
    for a, b, x in ((50.0, 70.0, 0.3), (1e4, 3e4, 0.241), (1e9, 2e6, 0.998)):
        a, b, x = mpf(a), mpf(b), mpf(x)
        y = complement(x)
        close(beta_integral(a, b, x, y), beta_integral(a, b, x, y, finer), 30)
        if a < 1e6:
            close(beta_integral(a, b, x, y), beta_series(a, b, x, y), 30)
    for x, df, noncentrality in ((3.5, 4.5, 6.0), (30.0, 3.0, 9.5)):
        lower, upper = noncentral_tails(x, df, noncentrality)

        def density(v):
            return (exp(-(v + noncentrality) / 2) / 2
                    * (v / noncentrality) ** (mpf(df) / 4 - mpf(1) / 2)
                    * besseli(mpf(df) / 2 - 1, sqrt(noncentrality * v)))
        close(lower, quad(density, [0, x / 2, x]))
        close(upper, quad(density, [x, x + 20, x + 80, x + 500]))
    lower, upper = hypergeometric_tails(17, 60, 50, 40)
    close(upper, sum(hypergeometric_point(k, 60, 50, 40)
                     for k in range(18, 41)))
    close(noncentral_hypergeometric(17, 60, 50, 40, 0.0)[1], lower)
    powers = [hypergeometric_point(k, 60, 50, 40) * exp(mpf(k) / 4)
              for k in range(41)]
    close(noncentral_hypergeometric(17, 60, 50, 40, 0.25)[2],
          sum(powers[18:]) / sum(powers))
    close(binomial_tails(7, 30, 0.3)[0],
          sum(binomial_point(k, 30, 0.3) for k in range(8)))
    close(poisson_tails(7, 11.5)[0],
          sum(poisson_point(k, 11.5) for k in range(8)))
