"""Measure needmatch beside its peers: the same arrays, the same run, each solver in a process of its own.

    python benches/python/bench.py [--full | --general] [--family NAME]… [--needs N]… [--solver NAME]…

Without a choice it measures the usual plan in about twenty minutes and writes the record; with one, or with --out,
it writes elsewhere. Every time that counts has its certificate: needmatch's is checked, a peer's total must equal it.
"""

import argparse
import collections
import json
import math
import pathlib
import shutil
import subprocess
import sys
import time

import general
import goals
import machine
import picture
import plan
import readme
import table
from run import build, command, run

ROOT = pathlib.Path(__file__).resolve().parents[2]
RECORD = ROOT / "benches" / "record"


def main():
    asked = arguments()
    bench, programs = build(ROOT)
    if asked.general:
        return general.main(ROOT, asked, asked.out or (bench / "last" if asked.needs else RECORD))
    chosen = asked.family or asked.needs or asked.solver or asked.deep
    out = asked.out or (bench / "last" if chosen else RECORD)
    families = run([programs["compare"], "families"], 60)["families"]
    if asked.deep:
        cases = [plan.Case(plan.DEEP, 10_000_000, False, {plan.OURS: 3600})]
    else:
        cases = plan.cases(families, asked.full, asked.family, asked.needs, asked.solver)
    header = machine.describe(ROOT)
    print(f"{machine.sentence(header)}\n\n{table.text([])}", end="", flush=True)

    rows = []
    gave_up = collections.defaultdict(dict)
    end = time.monotonic() + 60 * asked.minutes
    for n_done, case in enumerate(cases):
        if time.monotonic() > end:
            header["left_out"] = len(cases) - n_done
            break
        rows += measure(case, asked, programs, bench / "instance", gave_up[case.family])
    names = list(dict.fromkeys(row["family"] for row in rows))
    rows.sort(key=lambda row: (names.index(row["family"]), row["needs"]))
    matrices = [] if chosen else dense_matrices(asked.full)
    verdicts = goals.judge(rows, matrices)
    write(out, header, rows, matrices, verdicts)
    if out == RECORD:
        readme.update(ROOT, header, rows)
    print(f"\n{goals.text(verdicts)}\n\nwritten to {out}")
    # A peer may fail by a limit of its own, such as a sum that it cannot hold: the table says so.
    ours_failed = any(row["status"] == "failed" and row["solver"].startswith(plan.OURS) for row in rows)
    return int(ours_failed or any(row["status"] == "wrong" for row in rows))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="every family in every size; takes hours")
    parser.add_argument("--deep", action="store_true", help="ten million needs and nothing else")
    parser.add_argument("--general", action="store_true", help="floors, groups of needs and costs of places, nothing else")
    parser.add_argument("--family", action="append", default=[], help="a family; may be given several times")
    parser.add_argument("--needs", action="append", type=int, default=[], help="a size; may be given several times")
    parser.add_argument("--solver", action="append", default=[], help="a peer; may be given several times")
    parser.add_argument("--runs", type=int, default=5, help="runs of needmatch, of which the median counts")
    parser.add_argument("--minutes", type=float, default=math.inf, help="no instance is begun after so many; matrices are")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path, help="the folder of the results")
    return parser.parse_args()


def measure(case, asked, programs, folder, gave_up):
    """The rows of one instance, needmatch first: the others are compared with it."""
    shutil.rmtree(folder, ignore_errors=True)
    made = run([programs["compare"], "generate", case.family, str(case.needs), str(asked.seed), str(folder)], 1800)
    if made["status"] != "ok":
        raise SystemExit(f"{case.family} of {case.needs}: {made}")
    shape = {"family": case.family, "seed": asked.seed, **{key: made[key] for key in ("needs", "nodes", "edges")}}
    proven = tuple(made["optimum"]) if made["optimum"] else None
    rows = []
    for solver, limit in case.limits.items():
        if case.needs > gave_up.get(solver, math.inf):
            outcome = {"status": "over", "limit_seconds": limit}
        else:
            outcome = run(command(solver, str(folder), programs, 1 if asked.deep else asked.runs), limit)
        if outcome["status"] in ("over", "memory"):
            gave_up[solver] = case.needs
        if outcome["status"] == "ok":
            total = (outcome["tier"], outcome["score"])
            if solver == plan.OURS:
                proven = proven or total
            outcome["status"] = "ok" if total == proven else "wrong"
        row = {**shape, "solver": solver, **outcome}
        rows.append({**row, **goals.beside(row, rows)})
        print(table.line(rows[-1]), flush=True)
    shutil.rmtree(folder)
    return rows


def dense_matrices(full):
    """The rows of `dense.py`: full assignment by matrix, through the Python face."""
    words = [sys.executable, str(pathlib.Path(__file__).with_name("dense.py"))]
    if not full:
        words += ["--time-limit", "5", "--family", "uniform", "--family", "geometric", "--family", "product"]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def write(out, header, rows, matrices, verdicts):
    out.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps({"machine": header}), *(json.dumps(row) for row in [*rows, *matrices])]
    (out / "bench.jsonl").write_text("\n".join(lines) + "\n")
    (out / "bench.txt").write_text(table.text(rows))
    (out / "bench.md").write_text(table.markdown(header, rows, matrices, verdicts))
    picture.draw(rows, header, out / "bench.svg")


if __name__ == "__main__":
    sys.exit(main())
