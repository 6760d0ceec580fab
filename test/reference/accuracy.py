#!/usr/bin/env python3
"""Sum up relative errors, as "make accuracy" prints them.

    python3 accuracy.py [--markdown] NAME=FILE [NAME=FILE...]

A file has a line "group, row, distance" for each value that was compared; the
unit tests write it where NK_DISTANCES points, gsl.c and accuracy.R for GSL
and R on the same cases.  Prints, for each group of the first file, how many
values there were and the median, the 99th percentile and the worst of their
errors, one column of three a program.
"""

import sys


def read(path):
    groups = {}
    with open(path) as lines:
        for line in lines:
            group, _, distance = line.rstrip("\n").split("\t")
            value = float(distance)
            groups.setdefault(group, []).append(
                value if value == value else float("inf"))
    return groups


def summary(distances):
    ordered = sorted(distances)
    last = len(ordered) - 1
    return [ordered[last // 2], ordered[last * 99 // 100], ordered[last]]


def text(value):
    return "inf" if value == float("inf") else f"{value:.0e}"


def main():
    markdown = sys.argv[1] == "--markdown"
    files = [argument.split("=", 1) for argument in sys.argv[1 + markdown:]]
    programs = [(name, read(path)) for name, path in files]
    head = ["function", "values"] + [
        f"{name} {what}" for name, _ in programs
        for what in ("median", "99 %", "worst")]
    rows = []
    for group, distances in programs[0][1].items():
        row = [group, str(len(distances))]
        for _, groups in programs:
            row += ([text(value) for value in summary(groups[group])]
                    if group in groups else ["", "", ""])
        rows.append(row)
    widths = [max(len(row[i]) for row in [head] + rows)
              for i in range(len(head))]
    edge = "| " if markdown else ""
    for i, row in enumerate([head] + rows):
        print(edge + (" | " if markdown else "  ").join(
            cell.ljust(width) if j == 0 else cell.rjust(width)
            for j, (cell, width) in enumerate(zip(row, widths)))
            + (" |" if markdown else ""))
        if markdown and i == 0:
            print("|" + "|".join("---" if j == 0 else "---:"
                                 for j in range(len(head))) + "|")


if __name__ == "__main__":
    main()
