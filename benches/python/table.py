"""The rows as text and as Markdown."""

import machine as machines
from goals import by_matrix
from plan import OURS, OURS_ALONE, OURS_DENSE, OURS_RULED, SOLVERS

COLUMNS = ["family", "needs", "solver", "seconds", "build", "peak MB", "ratio", "with build", "certificate"]
FORMAT = "{:<24}{:>10}  {:<20}{:>12}{:>9}{:>9}{:>9}{:>11}  {}"


def text(rows):
    return "\n".join([FORMAT.format(*COLUMNS), *(line(row) for row in rows)]) + "\n"


def line(row):
    return FORMAT.format(*cells(row)).rstrip()


def cells(row):
    """What a row says in each column."""
    start = [row["family"], str(row["needs"]), row["solver"]]
    if row["status"] != "ok":
        return [*start, said(row), "", "", "", "", row.get("message", "")]
    ratios = [f"{row['ratio']:.1f}", f"{row['ratio_with_build']:.1f}"] if "ratio" in row else ["", ""]
    passes = f", {row['passes']:.0f} passes" if "passes" in row else ""
    memory = "?" if row["peak_bytes"] is None else str(row["peak_bytes"] >> 20)
    times = [seconds(row["seconds"]), seconds(row["build_seconds"])]
    return [*start, *times, memory, *ratios, f"{'proven' if passes else 'same total'}{passes}"]


def said(row):
    """A time, or why there is none."""
    match row["status"]:
        case "ok":
            return seconds(row["seconds"])
        case "over":
            return f"over {row['limit_seconds']:g} s"
        case "memory":
            return "too large"
        case "wrong":
            return "wrong total"
        case _:
            return "failed"


def seconds(value):
    """Three digits."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}" if value >= 0.001 else f"{value:.6f}"


def markdown(machine, rows, matrices, verdicts):
    """The record: goals, one row for each instance with all solvers, matrices, then everything."""
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    parts = [
        "# Record",
        "",
        "Written by `make bench`; [how to read it](../README.md).",
        "",
        f"{machines.sentence(machine)}.",
        f"{versions}.",
        "",
        "![Time against size](bench.svg)",
        "",
        "## Goals",
        "",
        *grid(["Goal", "Measured", "Met"], 3, [[v.goal, v.measured, "yes" if v.met else "**no**"] for v in verdicts]),
        "",
        "## Seconds to solve",
        "",
        *grid(*matrix(rows)),
        "",
        *(["## Seconds on dense matrices", "", *grid(*dense(matrices)), ""] if matrices else []),
        "## Everything",
        "",
        *grid(COLUMNS, 3, [cells(row) for row in rows]),
        "",
    ]
    return "\n".join(parts)


def matrix(rows):
    """A table with a row for each instance: behind a peer's time is its ratio to ours on two threads."""
    solvers = [solver for solver in SOLVERS if any(row["solver"] == solver for row in rows)]
    instances = list(dict.fromkeys((row["family"], row["needs"]) for row in rows))
    at = {(row["family"], row["needs"], row["solver"]): row for row in rows}
    lines = []
    for family, needs in instances:
        found = [at.get((family, needs, solver)) for solver in solvers]
        lines.append([family, f"{needs:,}", *(short(row) if row else "" for row in found)])
    return ["family", "needs", *solvers], 1, lines


def dense(matrices):
    """A table with a row for each matrix: the last column is the best peer's time over ours."""
    found = by_matrix(matrices)
    solvers = list(dict.fromkeys(row["solver"] for row in matrices))
    lines = []
    for (family, size), times in found.items():
        peers = [time for solver, time in times.items() if solver != OURS]
        best = f"{min(peers) / times[OURS]:.1f}" if peers and OURS in times else ""
        lines.append([family, f"{size:,}²", *(seconds(times[s]) if s in times else "" for s in solvers), best])
    return ["family", "size", *solvers, "best peer / ours"], 1, lines


def short(row):
    is_ours = row["solver"] in (OURS, OURS_ALONE, OURS_RULED, OURS_DENSE)
    ratio = f" ({row['ratio']:.0f}×)" if "ratio" in row and not is_ours else ""
    return said(row) + ratio


def grid(head, n_left, lines):
    """A table of Markdown; columns behind the first few are set to the right."""
    rule = ["---" if k < n_left else "---:" for k in range(len(head))]
    return ["| " + " | ".join(cells) + " |" for cells in (head, rule, *lines)]
