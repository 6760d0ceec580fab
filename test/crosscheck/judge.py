#!/usr/bin/python3
"""Judge disputed cases: the definition with 50 digits or more.

    judge.py FUNCTION < cases.tsv > answers.tsv

A function gets the columns of one case (a list where a case has several
rows) and returns the quantities that it has an opinion on.  The definitions
are those of test/reference, which the unit tests' tables come from.
"""
import csv
import pathlib
import sys
from fractions import Fraction

from mpmath import mp

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "reference"))
import proportions as P  # noqa: E402

mp.dps = max(mp.dps, 60)


def level(conf_level):
    conf_level = float(conf_level)
    return P.critical_value(conf_level), 1 - mp.mpf(conf_level)


def confint(row):
    x, n = int(row["events"]), int(row["n"])
    lower, upper = P.INTERVALS[row["method"]](x, n, *level(row["conf_level"]))
    return {"lower": lower, "upper": upper}


def groups(row):
    return [int(row[c]) for c in ("events_a", "n_a", "events_b", "n_b")]


def comparison(row):
    _, statistic, _, p, _ = P.comparison_test(row["test"], *groups(row))
    return {"statistic": statistic, "p_value": p}


def difference(row):
    z, _ = level(row["conf_level"])
    interval = {"newcombe": P.newcombe,
                "miettinen-nurminen": P.miettinen_nurminen}[row["method"]]
    lower, upper = interval(*groups(row), z)
    return {"lower": lower, "upper": upper}


def ratios(row):
    z, _ = level(row["conf_level"])
    x1, n1, x2, n2 = groups(row)
    _, rr_lower, rr_upper = P.risk_ratio(x1, n1, x2, n2, z)
    _, or_lower, or_upper = P.odds_ratio(x1, n1, x2, n2, z)
    return {"risk_ratio_lower": rr_lower, "risk_ratio_upper": rr_upper,
            "odds_ratio_lower": or_lower, "odds_ratio_upper": or_upper}


def target(row):
    _, statistic, p, _ = P.target_test(int(row["events"]), int(row["n"]),
                                       float(row["target"]))
    return {"statistic": statistic, "p_value": p}


def pair(row):
    return [int(row[c]) for c in P.CELLS]


def paired(row):
    z, _ = level(row["conf_level"])
    interval = {"newcombe": P.paired_newcombe, "tango": P.tango}[row["method"]]
    lower, upper = interval(*pair(row), z)
    return {"lower": lower, "upper": upper}


def mcnemar(row):
    _, b, c, _ = pair(row)
    statistic, _, p = P.mcnemar(row["method"], b, c)
    return {"statistic": statistic, "p_value": p}


def main():
    function = globals()[sys.argv[1]]
    cases = {}
    for row in csv.DictReader(sys.stdin, delimiter="\t"):
        cases.setdefault(row["id"], []).append(row)
    header = None
    for number, rows in cases.items():
        row = rows[0] if len(rows) == 1 else {
            c: [r[c] for r in rows] for c in rows[0]}
        answer = function(row)
        if header is None:
            header = list(answer)
            print("\t".join(["id"] + header))
        print("\t".join([number] + [
            "\\N" if answer[c] is None else mp.nstr(mp.mpf(answer[c]), 25)
            for c in header]))


main()
