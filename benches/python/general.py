"""The general engine beside OR-Tools: floors, groups of needs, costs of places, all together, and floors that cannot be met.

    python benches/python/bench.py --general [--needs N]… [--runs N] [--out FOLDER]

A time counts only with its certificate: needmatch's result is checked by the verifier, and OR-Tools' total must equal it.
"""

import json
import pathlib
import shutil
import sys

import machine
from goals import Verdict, text
from run import build_program, run

FAMILY = "town"
KINDS = ["floors", "groups", "costs", "all", "infeasible"]
SIZES = [10_000, 100_000]
LIMIT_SECONDS = 900

# The goals, as the issue of the solver states them: times OR-Tools' time by size; seconds to explain at the largest.
RATIOS = {10_000: 3, 100_000: 5}
SECONDS_TO_EXPLAIN = 0.3

FORMAT = "{:<12}{:>9}{:>14}{:>10}{:>14}{:>10}{:>9}  {}"
COLUMNS = ["kind", "needs", "needmatch s", "peak MB", "OR-Tools s", "peak MB", "ratio", "certificate"]


def main(root, asked, out):
    """Measures all kinds in all sizes, and writes what was measured; 1 if a result was wrong."""
    program = build_program(root, "general")
    folder = pathlib.Path(program).parents[1] / "bench" / "general"
    header = machine.describe(root)
    print(f"{machine.sentence(header)}\n\n{FORMAT.format(*COLUMNS)}", flush=True)
    rows = []
    for needs in asked.needs or SIZES:
        for kind in KINDS:
            rows.append(measure(program, kind, needs, asked, folder))
            print(line(rows[-1]), flush=True)
    verdicts = judge(rows)
    print(f"\n{text(verdicts)}\n\nwritten to {out}")
    out.mkdir(parents=True, exist_ok=True)
    (out / "general.jsonl").write_text("\n".join(json.dumps(row) for row in [{"machine": header}, *rows]) + "\n")
    table = "\n".join([FORMAT.format(*COLUMNS), *map(line, rows)])
    (out / "general.txt").write_text(f"{machine.sentence(header)}\n\n{table}\n\n{text(verdicts)}\n")
    return int(any(row["certificate"] == "wrong" for row in rows))


def measure(program, kind, needs, asked, folder):
    """One row: both solvers on the same arrays."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    instance = [FAMILY, kind, str(needs), str(asked.seed)]
    made = run([program, "generate", *instance, str(folder)], LIMIT_SECONDS)
    ours = run([program, "solve", *instance, str(asked.runs)], LIMIT_SECONDS)
    theirs = run([sys.executable, str(pathlib.Path(__file__).with_name("general_peer.py")), str(folder)], LIMIT_SECONDS)
    shutil.rmtree(folder)
    if made["status"] != "ok" or ours["status"] != "ok":
        raise SystemExit(f"{kind} of {needs}: {made}, {ours}")
    row = {"family": FAMILY, "kind": kind, "needs": needs, "seed": asked.seed, "needmatch": ours, "OR-Tools": theirs}
    if theirs["status"] != "ok":
        return {**row, "certificate": "proven"}
    is_same = ours["total"] == theirs["total"]
    ratio = theirs["seconds"] / ours["seconds"]
    return {**row, "ratio": ratio, "certificate": "proven, same total" if is_same else "wrong"}


def line(row):
    ours, theirs = row["needmatch"], row["OR-Tools"]
    solved = theirs["status"] == "ok"
    cells = [
        row["kind"],
        row["needs"],
        f"{ours['seconds']:.3g}",
        megabytes(ours["peak_bytes"]),
        f"{theirs['seconds']:.3g}" if solved else theirs["status"],
        megabytes(theirs["peak_bytes"]) if solved else "",
        f"{row['ratio']:.1f}" if solved else "",
        row["certificate"],
    ]
    return FORMAT.format(*cells)


def megabytes(count):
    return "?" if count is None else count >> 20


def judge(rows):
    """The goals that were measured. Floors that cannot be met have a goal of their own, in seconds."""
    verdicts = []
    for needs, least in RATIOS.items():
        ratios = {row["kind"]: row["ratio"] for row in rows if row["needs"] == needs and "ratio" in row}
        ratios.pop("infeasible", None)
        measured = ", ".join(f"{kind} {ratio:.1f}" for kind, ratio in ratios.items())
        met = min(ratios.values()) >= least if ratios else None
        verdicts.append(Verdict(f"OR-Tools takes {least} times as long at {needs}", measured, met))
    explained = [row["needmatch"]["seconds"] for row in rows if row["kind"] == "infeasible" and row["needs"] == max(SIZES)]
    goal = f"floors that cannot be met are explained within {SECONDS_TO_EXPLAIN} s at {max(SIZES)}"
    verdicts += [Verdict(goal, f"{seconds:.3g} s", seconds <= SECONDS_TO_EXPLAIN) for seconds in explained]
    return [verdict for verdict in verdicts if verdict.met is not None]
