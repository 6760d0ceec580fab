#!/usr/bin/env python3
"""Fit the age x exposure table of the synthetic demonstration data.

Prints the VALUES list of 40-demo-cells.sql: for each age and exposure class
the number of children, of those with assessed need, of those with a granted
intervention, and of those with both. Runs with the standard library alone:

    python3 src/warehouse/fit-demo-cells.py

What is published are the totals of each exposure class (TOTALS) and the shape
of the age curves, never their numbers. The curves here are an illustration
with that shape: a multinomial logit for exposure, and a logit for need and
for support within each class, linear in age up to 14 and flat after. Their
intercepts are fitted so that the totals hold; rounding to whole children
keeps every margin. The share of the supported who also have an assessed need
(WITHIN_NEED) is an assumption.
"""
from math import exp

N = 21858
WITHIN_NEED = 0.9
CLASSES = ("none", "home", "own", "both")
# class: children, need assessed, support granted
TOTALS = {
    "none": (2317, 334, 310),
    "home": (13246, 6808, 4292),
    "own": (2929, 1711, 1359),
    "both": (3366, 2538, 1898),
}
AGE_WEIGHTS = (
    0.045, 0.042, 0.044, 0.046, 0.048, 0.050, 0.052, 0.054, 0.056,
    0.056, 0.057, 0.058, 0.060, 0.066, 0.072, 0.078, 0.070, 0.046,
)
AGES = range(len(AGE_WEIGHTS))
EXPOSURE = {  # intercept and slope against home, centred at nine years
    "none": (-1.74344, 0.0),
    "home": (0.0, 0.0),
    "own": (-2.24103, 0.34),
    "both": (-1.62074, 0.22),
}
SLOPE_NEED, SLOPE_GRANTED = 0.03, 0.09


def whole(values, total):
    """Round to whole numbers with this total, largest remainders up."""
    result = [int(v) for v in values]
    order = sorted(range(len(values)), key=lambda i: result[i] - values[i])
    for i in order[: total - sum(result)]:
        result[i] += 1
    assert sum(result) == total
    return result


def exposure_table(children):
    """Expected children by age and class, fitted to both margins, rounded."""
    table = []
    for a in AGES:
        odds = [exp(EXPOSURE[c][0] + EXPOSURE[c][1] * (a - 9)) for c in CLASSES]
        table.append([children[a] * o / sum(odds) for o in odds])
    totals = [TOTALS[c][0] for c in CLASSES]
    for _ in range(200):
        for k, total in enumerate(totals):
            share = total / sum(row[k] for row in table)
            for row in table:
                row[k] *= share
        for a in AGES:
            share = children[a] / sum(table[a])
            table[a] = [v * share for v in table[a]]
    result = [[int(v) for v in row] for row in table]
    fractions = sorted(
        ((result[a][k] - table[a][k], a, k) for a in AGES for k in range(4))
    )
    for _, a, k in fractions + fractions:
        row_open = sum(result[a]) < children[a]
        column_open = sum(row[k] for row in result) < totals[k]
        if row_open and column_open:
            result[a][k] += 1
    assert [sum(row) for row in result] == children
    assert [sum(row[k] for row in result) for k in range(4)] == totals
    return result


def logit_curve(children, total, slope):
    """Children with an event by age: a logit curve with this total."""
    def expected(m):
        return [
            n / (1 + exp(-(m + slope * (min(a, 14) - 9))))
            for a, n in enumerate(children)
        ]

    low, high = -20.0, 20.0
    while high - low > 1e-12:
        m = (low + high) / 2
        if sum(expected(m)) < total:
            low = m
        else:
            high = m
    return whole(expected(high), total)


def main():
    children = whole([w * N for w in AGE_WEIGHTS], N)
    exposed = exposure_table(children)
    need, granted, both = {}, {}, {}
    for k, c in enumerate(CLASSES):
        column = [row[k] for row in exposed]
        need[c] = logit_curve(column, TOTALS[c][1], SLOPE_NEED)
        granted[c] = logit_curve(column, TOTALS[c][2], SLOPE_GRANTED)
        both[c] = [
            min(n, round(WITHIN_NEED * g), g) for n, g in zip(need[c], granted[c])
        ]
        for a in AGES:  # no cell of the fourfold table below zero
            both[c][a] = max(both[c][a], need[c][a] + granted[c][a] - column[a])

    gap = [
        (children[a] - exposed[a][0] - sum(granted[c][a] for c in CLASSES))
        / children[a]
        for a in AGES
    ]
    assert all(gap[a] > gap[a + 1] for a in range(14)), "falls to 14"
    assert all(gap[a] <= gap[a + 1] for a in range(14, 17)), "does not fall after"
    assert gap[0] == max(gap) and gap[14] == min(gap)
    for k, c in enumerate(CLASSES):
        shares = [round(100 * exposed[a][k] / children[a], 1) for a in (0, 17)]
        print(f"-- {c}: {shares[0]} % at age 0, {shares[1]} % at age 17")
    print("-- gap:", " ".join(f"{g:.3f}" for g in gap))

    rows = []
    for a in AGES:
        for k, c in enumerate(CLASSES):
            rows.append(
                f"    ({a:2d}, '{c}',{'':{5 - len(c)}}{exposed[a][k]:4d},"
                f" {need[c][a]:4d}, {granted[c][a]:4d}, {both[c][a]:4d})"
            )
    print(",\n".join(rows))


if __name__ == "__main__":
    main()
