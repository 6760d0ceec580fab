#!/usr/bin/env python3
"""Shares of given classes: test/reference/lca_shares.tsv.

    maximise over shares   sum of weight log(sum over k of share_k L_k)

with the probabilities of items given.  60 digits: EM until shares above 0 do
not move, checked by the conditions of a maximum; standard errors from the
second derivative in the first K - 1 shares, the last being the rest.
"""
from mpmath import mp, mpf, matrix, log, sqrt, exp

mp.dps = 60

# name; shares of the model; probabilities; patterns (1 absent, 2 present, . not observed)
PROBLEMS = [
    ("two", "0.5 0.5", "0.9 0.8 0.7 0.9|0.1 0.2 0.3 0.2",
     "2222:40 2221:20 2212:12 1111:300 1112:70 1121:120 2111:35 1211:60 2211:9 1122:16"),
    ("three", "0.5 0.3 0.2", "0.95 0.9 0.1 0.2 0.15|0.1 0.85 0.8 0.1 0.25|0.05 0.1 0.15 0.9 0.7",
     "22111:31 22112:7 22121:5 12211:21 12212:8 11211:4 11122:12 11121:6 11112:5 11111:9 22211:6 12111:7"),
    ("missing", "0.5 0.3 0.2", "0.95 0.9 0.1 0.2 0.15|0.1 0.85 0.8 0.1 0.25|0.05 0.1 0.15 0.9 0.7",
     "2.111:31 22..2:7 22121:5 1.211:21 122.2:8 11211:4 .1122:12 1112.:6 .111.:5 11111:9 22211:6 12..1:7 ....2:3"),
    ("at 0", "0.4 0.3 0.3", "0.95 0.9 0.1 0.2|0.1 0.85 0.8 0.1|0.05 0.1 0.15 0.9",
     "2211:50 1221:40 2221:6 1211:9 2111:4 1121:3"),
    ("certain", "0.6 0.4", "1 0.9 0.5|0 0.2 0.5",
     "222:30 221:28 111:41 112:33 121:9 211:4"),
]


def solve(shares, probabilities, patterns):
    classes = len(shares)
    likelihood, weights = [], []
    for pattern in patterns.split():
        digits, count = pattern.split(":")
        row = []
        for k in range(classes):
            p = mpf(1)
            for digit, r in zip(digits, probabilities[k]):
                p *= {"1": 1 - r, "2": r, ".": mpf(1)}[digit]
            row.append(p)
        likelihood.append(row)
        weights.append(mpf(count))
    n = sum(weights)
    share = [mpf(1) / classes] * classes

    def gradient(share):
        g = [mpf(0)] * classes
        for w, row in zip(weights, likelihood):
            p = sum(s * x for s, x in zip(share, row))
            for k in range(classes):
                g[k] += w * row[k] / p
        return g

    for _ in range(3000):
        share = [s * g / n for s, g in zip(share, gradient(share))]
    # a share that EM takes to 0 is 0 if its derivative says so there
    g = gradient(share)
    for k in range(classes):
        if share[k] < mpf(10) ** -8:
            assert g[k] < n
            share[k] = mpf(0)
    for _ in range(3000):
        share = [s * g / n for s, g in zip(share, gradient(share))]
    g = gradient(share)
    for k in range(classes):
        assert abs(g[k] / n - 1) < mpf(10) ** -40 if share[k] > 0 else g[k] < n

    free = [k for k in range(classes) if share[k] > 0]
    rest = free[-1]
    size = len(free) - 1
    errors = [mpf(0)] * classes
    if size > 0:
        h = matrix(size, size)
        for w, row in zip(weights, likelihood):
            p = sum(s * x for s, x in zip(share, row))
            d = [(row[k] - row[rest]) / p for k in free[:-1]]
            for i in range(size):
                for j in range(size):
                    h[i, j] += w * d[i] * d[j]
        v = h ** -1
        for i in range(size):
            errors[free[i]] = sqrt(v[i, i])
        errors[rest] = sqrt(sum(v[i, j] for i in range(size) for j in range(size)))

    modal = [mpf(0)] * classes
    posterior = [mpf(0)] * classes
    for w, row in zip(weights, likelihood):
        joint = [s * x for s, x in zip(shares, row)]
        modal[joint.index(max(joint))] += w
        for k in range(classes):
            posterior[k] += w * joint[k] / sum(joint) / n
    return share, errors, modal, posterior


def main():
    print("problem\titems\tmodel\tprobabilities\tpatterns\tclass\tmodal\tposterior\tshare\tstd_error")
    for name, shares, probabilities, patterns in PROBLEMS:
        given = [mpf(x) for x in shares.split()]
        table = [[mpf(x) for x in row.split()] for row in probabilities.split("|")]
        share, errors, modal, posterior = solve(given, table, patterns)
        for k in range(len(given)):
            print("\t".join([name, str(len(table[0])), shares, probabilities.replace("|", " "), patterns, str(k),
                             mp.nstr(modal[k], 18), mp.nstr(posterior[k], 18), mp.nstr(share[k], 18),
                             mp.nstr(errors[k], 18) if errors[k] else "NULL"]))


main()
