"""Measure needmatch and OR-Tools on the same arrays in the same run.

    python benches/python/peers.py --family town --needs 10000 --needs 100000

Each row is one instance: needmatch runs in a process of its own (the program `compare`), writes its arrays and times;
OR-Tools' SimpleMinCostFlow solves the same arrays through its array interface, and must reach the same total.
Only the call of its `solve` is counted, not the building of its graph; needmatch is counted with everything.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np
from ortools.graph.python import min_cost_flow

ROOT = pathlib.Path(__file__).resolve().parents[2]
FAMILIES = ["town", "scarce", "balanced", "slack", "tied_9", "tied_95", "tiers", "deep", "direct", "one_group", "uniform", "hot_spots"]


def simple_min_cost_flow(indptr, node, score, capacity, parent=None, tier=None):
    """Solve a network with OR-Tools: the sum of tiers, the sum of scores, and the seconds of its `solve`.

    Needs are sources of one unit; each may stay out at cost 0; roots drain into one sink.
    A step of tier is one large cost, above what a path of a few hundred moves can lose.
    """
    n_needs, n_nodes = len(indptr) - 1, len(capacity)
    need = np.repeat(np.arange(n_needs), np.diff(indptr))
    parent = np.full(n_nodes, -1) if parent is None else np.asarray(parent)
    tier = np.zeros(n_needs, np.int64) if tier is None else np.asarray(tier, np.int64)
    score = np.asarray(score, np.int64)
    step = 1000 * (int(np.abs(score).max(initial=0)) + 1)
    sink = n_needs + n_nodes
    above = np.where(parent < 0, sink, n_needs + parent)

    tail = np.concatenate([need, np.arange(n_needs), n_needs + np.arange(n_nodes)])
    head = np.concatenate([n_needs + np.asarray(node, np.int64), np.full(n_needs, sink), above])
    room = np.concatenate([np.ones(len(need) + n_needs, np.int64), np.minimum(capacity, n_needs).astype(np.int64)])
    cost = np.concatenate([-(score + step * tier[need]), np.zeros(n_needs + n_nodes, np.int64)])
    supply = np.concatenate([np.ones(n_needs, np.int64), np.zeros(n_nodes, np.int64), [-n_needs]])

    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tail, head, room, cost)
    flow.set_nodes_supplies(np.arange(sink + 1), supply)
    start = time.perf_counter()
    status = flow.solve()
    seconds = time.perf_counter() - start
    if status != flow.OPTIMAL:
        raise RuntimeError(f"OR-Tools ends with status {status}")
    taken = flow.flows(arcs[: len(need)]) > 0
    return int(tier[need[taken]].sum()), int(score[taken].sum()), seconds


def run_needmatch(program, family, needs, seed, runs, folder):
    """Run `compare` on one instance: its row, and the arrays that it wrote."""
    command = [program, "--family", family, "--needs", str(needs), "--seed", str(seed), "--runs", str(runs), "--json"]
    done = subprocess.run([*command, "--dump", folder], check=True, capture_output=True, text=True)
    arrays = {path.stem: np.load(path) for path in sorted(pathlib.Path(folder).glob("*.npy"))}
    return json.loads(done.stdout), arrays


def build():
    """Build `compare` for release; the path of the program."""
    command = ["cargo", "build", "--release", "--package", "needmatch-benches", "--bin", "compare"]
    subprocess.run(command, cwd=ROOT, check=True)
    query = ["cargo", "metadata", "--format-version", "1", "--no-deps"]
    metadata = subprocess.run(query, cwd=ROOT, check=True, capture_output=True, text=True)
    return str(pathlib.Path(json.loads(metadata.stdout)["target_directory"]) / "release" / "compare")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--family", action="append", help="a family; may be given several times (default: a dozen)")
    parser.add_argument("--needs", action="append", type=int, help="how many needs; may be given several times")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=3, help="runs of needmatch, of which the median counts")
    asked = parser.parse_args()

    program = build()
    print(f"{'family':<16}{'needs':>9}{'edges':>11}{'needmatch':>12}{'OR-Tools':>12}{'ratio':>8}{'peak MB':>9}  same total")
    different = False
    for family in asked.family or FAMILIES:
        for needs in asked.needs or [10_000]:
            with tempfile.TemporaryDirectory() as folder:
                row, arrays = run_needmatch(program, family, needs, asked.seed, asked.runs, folder)
            tier, score, seconds = simple_min_cost_flow(**arrays)
            ours = row["build_seconds"] + row["solve_seconds"]
            same = (tier, score) == (row["tier"], row["score"])
            different |= not same
            peak = "?" if row["peak_bytes"] is None else row["peak_bytes"] >> 20
            print(
                f"{family:<16}{row['needs']:>9}{row['edges']:>11}{ours:>10.3f} s{seconds:>10.3f} s"
                f"{seconds / ours:>8.1f}{peak:>9}  {'yes' if same else 'NO'}",
                flush=True,
            )
    return int(different)


if __name__ == "__main__":
    sys.exit(main())
