#!/usr/bin/env python3
"""Reference values for penalised splines of a share.

Writes smooth_fits.tsv (problems, with the penalty, the degrees of freedom and
the restricted likelihood) and smooth_places.tsv (logits and their standard
errors), which test_smooth reads.  Not run by the tests:

    python3 test/reference/smooth.py                         (five minutes)

Everything is computed from definitions with mpmath at 50 digits: B-splines by
the recursion of Cox and de Boor, matrices in full, determinants of matrices
as they are, the penalised likelihood by Newton's method on it alone.  The
restricted likelihood is looked at on a grid of log lambda, and its highest
place is the root of its derivative, taken numerically.
"""

import argparse
import random
from pathlib import Path

import mpmath as mp

mp.mp.dps = 50
DOWN_AGES = [17.0] + [18.5 + i for i in range(28)] + [47.0]
DOWN_BIRTHS = [13555, 13675, 18752, 22005, 23896, 24667, 24807, 23986, 22860, 21450, 19202, 17450, 15685, 13954, 11987,
               10983, 9825, 8483, 7448, 6628, 5780, 4834, 3961, 2952, 2276, 1589, 1018, 596, 327, 249]
DOWN_CASES = [16, 15, 16, 22, 16, 12, 17, 22, 15, 14, 27, 14, 9, 12, 12, 18, 13, 11, 23, 13, 17, 15, 30, 31, 33, 20, 16,
              22, 11, 7]
AGE_WEIGHTS = [.045, .042, .044, .046, .048, .050, .052, .054, .056, .056, .057, .058, .060, .066, .072, .078, .070, .046]


# ------------------------------------------------------------ the model

def b_splines(x, start, end, basis):
    """all functions at x, by recursion over their order"""
    segments = basis - 3
    width = (mp.mpf(end) - mp.mpf(start)) / segments
    knots = [mp.mpf(start) + (i - 3) * width for i in range(segments + 7)]
    x = mp.mpf(x)
    inside = [j for j in range(3, segments + 3) if knots[j] <= x]
    interval = inside[-1] if inside else 3
    values = [mp.mpf(j == interval) for j in range(segments + 6)]
    for order in range(1, 4):
        values = [(x - knots[j]) / (order * width) * values[j] +
                  (knots[j + order + 1] - x) / (order * width) * values[j + 1]
                  for j in range(len(values) - 1)]
    assert len(values) == basis
    return values


class Problem:
    def __init__(self, name, points, start, end, basis, lam=None):
        self.name = name
        self.points = [(float(x), float(s), float(n)) for x, s, n in points]
        self.start, self.end, self.basis = float(start), float(end), basis
        self.given = None if lam is None else float(lam)
        k = basis
        self.x = mp.matrix([b_splines(p[0], self.start, self.end, k) for p in self.points])
        d = mp.zeros(k - 2, k)
        for j in range(k - 2):
            d[j, j], d[j, j + 1], d[j, j + 2] = 1, -2, 1
        self.s = d.T * d
        self.log_det_d = mp.log(mp.det(d * d.T))
        self.last = None

    def fit(self, rho):
        """beta, its penalised information and the information, at log lambda"""
        lam = mp.exp(rho)
        k = self.basis
        total = mp.fsum(p[2] for p in self.points)
        events = mp.fsum(mp.mpf(p[1]) * p[2] for p in self.points)
        beta = self.last or mp.matrix([mp.log(events / (total - events))] * k)

        def objective(b):
            eta = self.x * b
            value = -lam * (b.T * self.s * b)[0] / 2
            for i, (_, share, trials) in enumerate(self.points):
                value -= trials * (share * mp.log(1 + mp.exp(-eta[i])) + (1 - mp.mpf(share)) * mp.log(1 + mp.exp(eta[i])))
            return value

        best = objective(beta)
        while True:
            eta = self.x * beta
            gradient = -lam * self.s * beta
            info = mp.zeros(k)
            for i, (_, share, trials) in enumerate(self.points):
                p, q = 1 / (1 + mp.exp(-eta[i])), 1 / (1 + mp.exp(eta[i]))
                for a in range(k):
                    if self.x[i, a] == 0:
                        continue
                    gradient[a] += trials * (share - p) * self.x[i, a]
                    for b in range(max(0, a - 3), min(k, a + 4)):
                        info[a, b] += trials * p * q * self.x[i, a] * self.x[i, b]
            h = info + lam * self.s
            step = mp.lu_solve(h, gradient)
            size = mp.mpf(1)
            gain = (gradient.T * step)[0]
            if gain < mp.mpf(10) ** -60:
                beta = beta + step
                break
            while gain > 1e-9 and objective(beta + size * step) < best:
                size /= 2
            beta = beta + size * step
            best = objective(beta)
        self.last = beta
        reml = (objective(beta) + ((k - 2) * rho + self.log_det_d) / 2 - mp.log(mp.det(h)) / 2 + mp.log(2 * mp.pi))
        return beta, h, info, reml

    def choose(self):
        """log lambda with the highest restricted likelihood; None: a line"""
        grid = [mp.log(mp.mpf(10)) * (i - 10) / 2 for i in range(0, 45)]
        values = [self.fit(rho)[3] for rho in grid]
        best = max(range(len(grid)), key=lambda i: values[i])
        if best == len(grid) - 1:
            return None
        assert best > 0, self.name

        def score(rho):
            h = mp.mpf(10) ** -12
            return (self.fit(rho + h)[3] - self.fit(rho - h)[3]) / (2 * h)

        return mp.findroot(score, (grid[best - 1], grid[best + 1]), solver="illinois", tol=mp.mpf(10) ** -22,
                           maxsteps=200, verify=False)


# ------------------------------------------------------------ the problems

def problems(seed):
    source = random.Random(seed)

    def curve(n, at=range(18), weights=AGE_WEIGHTS):
        points = []
        for a in at:
            share = (1 + .679 - .017 * min(a, 14)) / 2 if n > 0 else .5
            trials = n * weights[a] * 1.4
            seen = min(max(source.gauss(share, (share * (1 - share) / trials) ** .5), .02), .98)
            points.append((a, seen, trials))
        return points

    down = [(a, c / b, b) for a, b, c in zip(DOWN_AGES, DOWN_BIRTHS, DOWN_CASES)]
    reach = (47 - 17) * .001
    yield Problem("down", down, 17 - reach, 47 + reach, 12)
    yield Problem("down, inside", down, 17, 47, 9)
    for n in (160, 2000, 20000, 400000):
        for _ in range(2):
            yield Problem("gap", curve(n), 0, 17, 12)
    yield Problem("gap in pieces", curve(900, [0, 1, 2, 3, 9, 10, 15, 17]), 0, 17, 7)
    yield Problem("four ages", curve(300, [3, 4, 8, 9]), 3, 9, 4)
    yield Problem("five ages", [(0, .1, 40), (1, .8, 50), (2, .2, 60), (5, .9, 30), (6, .3, 8)], 0, 6, 4)
    yield Problem("shares of 0 and 1", [(i, s, n) for i, (s, n) in enumerate(
        [(0, 12), (0, 9.5), (.2, 10), (.5, 14), (0, 3), (.8, 22), (1, 10), (.9, 7.5), (1, 11), (1, 6)])], 0, 9, 9)
    yield Problem("few trials", [(i, .5 + .3 * (-1) ** i, .1 + i / 7) for i in range(10)], 0, 9, 9)
    yield Problem("very different trials", [(i, .3 + .05 * (i % 3), [.1, 1e6, 3][i % 3]) for i in range(14)], 0, 13, 12)
    yield Problem("rough", [(i, .5 + .4 * (-1) ** (i // 2), 1e4 + i) for i in range(18)], 0, 17, 12)
    yield Problem("a billion", [(i, .3 + .2 * source.random(), 1e9) for i in range(18)], 0, 17, 12)
    yield Problem("rare", [(i, 1e-6 * (1 + source.random() * i), 5e7) for i in range(18)], 0, 17, 12)
    for lam in (1e-3, 1, 40, 1e4, 1e9):
        yield Problem("given", curve(5000), 0, 17, 12, lam)
        yield Problem("given", [(i / 3, source.random(), source.expovariate(.01)) for i in range(21)], -1, 7, 10, lam)
    for _ in range(8):
        at = sorted(source.sample(range(18), source.randint(6, 18)))
        m = len(at)
        points = [(a, source.betavariate(2, 3), source.expovariate(1 / 30)) for a in at]
        yield Problem("random", points, at[0], at[-1], max(4, min(12, m - 1)))


def text(value):
    return "NULL" if value is None else mp.nstr(mp.mpf(value), 25)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, default=4)
    options.add_argument("--out", default=Path(__file__).parent)
    options = options.parse_args()
    out = Path(options.out)
    with open(out / "smooth_fits.tsv", "w") as fits, open(out / "smooth_places.tsv", "w") as places:
        print("problem", "name", "points", "from", "to", "basis", "given", "lambda", "edf", "reml", sep="\t", file=fits)
        print("problem", "x", "logit", "std_error", sep="\t", file=places)
        for number, p in enumerate(problems(options.seed)):
            rho = p.choose() if p.given is None else mp.log(mp.mpf(p.given))
            line = rho is None
            beta, h, info, reml = p.fit(mp.mpf(70) if line else rho)
            inverse = h ** -1
            edf = mp.fsum((inverse * info)[i, i] for i in range(p.basis))
            print(number, p.name, " ".join(":".join(v.hex() for v in point) for point in p.points), p.start.hex(),
                  p.end.hex(), p.basis, "NULL" if p.given is None else p.given.hex(),
                  "NULL" if line else text(mp.exp(rho)), text(2 if line else edf), text(reml), sep="\t", file=fits)
            for i in range(11):
                x = p.start + (p.end - p.start) * i / 10
                row = mp.matrix(b_splines(x, p.start, p.end, p.basis))
                print(number, x.hex(), text((row.T * beta)[0]), text(mp.sqrt((row.T * inverse * row)[0])), sep="\t",
                      file=places)
            print(number, p.name, mp.nstr(edf, 8), "line" if line else mp.nstr(rho, 8), flush=True)


if __name__ == "__main__":
    main()
