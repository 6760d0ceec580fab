#!/usr/bin/env python3
"""Reference values for the standard errors of latent classes.

Writes lca_sets.tsv (the data) and lca_errors.tsv, which test_lca_errors
reads.  Not run by the tests:

    python3 test/reference/lca_errors.py                            (a minute and a half)

Everything follows from the definition of the likelihood, with mpmath at 50
digits: steps of expectation and maximisation in numpy lead near a maximum,
Newton's steps to it, and the Hessian on the scale of logits is that of central
differences.  Probabilities that go to 0 or 1 are held there.  What a standard
error belongs to is told by its delta method from numerical derivatives.
"""

import itertools
from pathlib import Path

import mpmath as mp
import numpy as np

mp.mp.dps = 50
STEP = mp.mpf(10) ** -12
FOLDER = Path(__file__).parent

VALUES = """1111:20 1112:2 1121:9 1122:2 1211:6 1212:1 1221:4 1222:1 2111:38
 2112:7 2121:24 2122:6 2211:25 2212:6 2221:23 2222:42"""
CARCINOMA = """1111111:34 1111211:2 1211111:6 1211112:1 1211211:4 1211212:5
 2111111:2 2121212:1 2211111:2 2211112:1 2211211:2 2211212:7 2211222:1
 2212112:1 2212212:2 2212222:3 2221212:13 2221222:5 2222212:10 2222222:16"""
CHEATING = """1111:207 1112:46 1121:7 1122:5 1211:13 1212:4 1221:1 1222:2
 2111:10 2112:3 2121:1 2122:2 2211:11 2212:4 2221:1 2222:2"""


def simulated(seed, n, items, classes, missing, spread):
    """patterns of children of so many classes, some items not observed"""
    random = np.random.default_rng(seed)
    probability = 1 / (1 + np.exp(-random.normal(0, spread, (classes, items))))
    share = random.dirichlet(np.full(classes, 5.0))
    counts = {}
    for _ in range(n):
        k = random.choice(classes, p=share)
        y = random.random(items) < probability[k]
        seen = random.random(items) >= missing
        text = "".join("." if not s else "2" if v else "1"
                       for s, v in zip(seen, y))
        if seen.any():
            counts[text] = counts.get(text, 0) + 1
    return " ".join(f"{t}:{c}" for t, c in sorted(counts.items()))


SETS = {
    "values": (VALUES, 2),
    "carcinoma 2": (CARCINOMA, 2),
    "carcinoma 3": (CARCINOMA, 3),
    "cheating": (CHEATING, 2),
    "one class": (VALUES, 1),
    "complete": (simulated(1, 400, 6, 2, 0, 1.5), 2),
    "missing": (simulated(2, 500, 6, 2, .2, 1.5), 2),
    "three, missing": (simulated(3, 800, 7, 3, .1, 2), 3),
    "ten items": (simulated(4, 300, 10, 2, .3, 1.5), 2),
}


def read(text):
    patterns = []
    for entry in text.split():
        y, count = entry.split(":")
        patterns.append((y, int(count)))
    return patterns


def climb(patterns, classes, seed=0):
    """the best of 30 starts, in doubles"""
    y = np.array([[c == "2" for c in p] for p, _ in patterns], float)
    seen = np.array([[c != "." for c in p] for p, _ in patterns], float)
    weight = np.array([c for _, c in patterns], float)
    random = np.random.default_rng(seed)
    best = None
    for _ in range(30 if classes > 1 else 1):
        share = np.full(classes, 1 / classes)
        prob = random.uniform(.05, .95, (classes, y.shape[1]))
        for _ in range(20000):
            with np.errstate(divide="ignore", invalid="ignore"):
                joint = share[:, None] * np.exp(
                    np.where(seen * y > 0, np.log(prob)[:, None], 0).sum(2) +
                    np.where(seen * (1 - y) > 0,
                             np.log1p(-prob)[:, None], 0).sum(2))
            total = joint.sum(0)
            children = weight * joint / total
            new = (children @ (seen * y)) / (children @ seen)
            new = np.clip(new, 0, 1)
            moved = max(abs(new - prob).max(), 0)
            prob, share = new, children.sum(1) / weight.sum()
            if moved < 1e-13:
                break
        value = weight @ np.log(total)
        if best is None or value > best[0] + 1e-9:
            best = (value, share, prob)
    order = np.argsort(-best[1])
    return best[1][order], best[2][order]


def solve(patterns, share, prob):
    """free parameters as logits, the maximum, covariance, what they mean"""
    classes, items = prob.shape
    free = [(k, j) for k in range(classes) for j in range(items)
            if 1e-6 < prob[k, j] < 1 - 1e-6]

    def meaning(x):
        logits = [mp.mpf(0)] + list(x[:classes - 1])
        weights = [mp.exp(v) for v in logits]
        total = sum(weights)
        p = [[mp.mpf(round(prob[k, j])) for j in range(items)]
             for k in range(classes)]
        for (k, j), v in zip(free, x[classes - 1:]):
            p[k][j] = 1 / (1 + mp.exp(-v))
        return [w / total for w in weights], p

    def value(x):
        s, p = meaning(x)
        result = mp.mpf(0)
        for y, count in patterns:
            likelihood = mp.mpf(0)
            for k in range(classes):
                term = s[k]
                for j, c in enumerate(y):
                    if c != ".":
                        term *= p[k][j] if c == "2" else 1 - p[k][j]
                likelihood += term
            result += count * mp.log(likelihood)
        return result

    x = [mp.log(mp.mpf(share[k]) / share[0]) for k in range(1, classes)]
    x += [mp.log(mp.mpf(prob[k, j]) / (1 - mp.mpf(prob[k, j])))
          for k, j in free]
    q = len(x)

    def moved(x, *steps):
        x = list(x)
        for i, d in steps:
            x[i] += d
        return x

    for _ in range(8):
        middle = value(x)
        up = [value(moved(x, (i, STEP))) for i in range(q)]
        down = [value(moved(x, (i, -STEP))) for i in range(q)]
        gradient = mp.matrix([(up[i] - down[i]) / (2 * STEP)
                              for i in range(q)])
        hessian = mp.matrix(q, q)
        for i in range(q):
            hessian[i, i] = (up[i] - 2 * middle + down[i]) / STEP ** 2
        for i, j in itertools.combinations(range(q), 2):
            both = value(moved(x, (i, STEP), (j, STEP)))
            none = value(moved(x, (i, -STEP), (j, -STEP)))
            hessian[i, j] = hessian[j, i] = (
                both + none + 2 * middle - up[i] - down[i] - up[j] -
                down[j]) / (2 * STEP ** 2)
        step = mp.lu_solve(-hessian, gradient)
        if max(abs(v) for v in step) < mp.mpf(10) ** -18:
            break
        x = [a + b for a, b in zip(x, step)]
    else:
        raise ValueError("not converged")
    covariance = (-hessian) ** -1

    def error(function):
        slope = mp.matrix([(function(moved(x, (i, STEP))) -
                            function(moved(x, (i, -STEP)))) / (2 * STEP)
                           for i in range(q)])
        return mp.sqrt((slope.T * covariance * slope)[0])

    s, p = meaning(x)
    rows = []
    for k in range(classes):
        rows.append((k, -1, s[k], error(lambda z: meaning(z)[0][k])
                     if classes > 1 else 0))
        for j in range(items):
            rows.append((k, j, p[k][j],
                         error(lambda z: meaning(z)[1][k][j])
                         if (k, j) in free else 0))
    return middle, rows


def main():
    with open(FOLDER / "lca_sets.tsv", "w") as sets, \
            open(FOLDER / "lca_errors.tsv", "w") as errors:
        print("problem", "items", "classes", "log_likelihood", "patterns",
              sep="\t", file=sets)
        print("problem", "class", "item", "estimate", "std_error", sep="\t",
              file=errors)
        for name, (text, classes) in SETS.items():
            patterns = read(text)
            value, rows = solve(patterns, *climb(patterns, classes))
            print(name, len(patterns[0][0]), classes, mp.nstr(value, 20),
                  " ".join(text.split()), sep="\t", file=sets)
            for k, j, estimate, deviation in rows:
                print(name, k, j, mp.nstr(estimate, 20),
                      mp.nstr(deviation, 20), sep="\t", file=errors)
            print(name, mp.nstr(value, 15))


if __name__ == "__main__":
    main()
