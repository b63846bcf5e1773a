"""Full assignment of dense matrices beside the peers, in one process and one run.

    python benches/python/dense.py --size 1000 --size 2000 --time-limit 10

Each row of the output is one solver on one matrix: the median of some runs, as a line of JSON on standard output; the
table of ratios to the best peer goes to standard error. Every solver gets the matrix as it is, and turns it into what it
needs while the clock runs; OR-Tools gets a list of arcs and integers that are made before.
All totals must agree. A solver that took longer than the limit is not asked again for that family in a larger size.
"""

import argparse
import json
import math
import statistics
import sys
import time

import lap
import numpy as np
from ortools.graph.python import linear_sum_assignment as ortools_assignment
from scipy.optimize import linear_sum_assignment as scipy_assignment

import needmatch

# OR-Tools takes integers; floats are scaled to so many units for the largest.
UNITS = 10**9


def points(rng, n, m):
    return np.hypot(*(rng.random((2, n, 1)) - rng.random((2, 1, m))))


def product(n, m):
    return np.outer(np.arange(1, n + 1), np.arange(1, m + 1))


FAMILIES = {
    "uniform": lambda rng, n: rng.random((n, n)),
    "geometric": lambda rng, n: points(rng, n, n),
    "product": lambda rng, n: product(n, n),
    "product_shuffled": lambda rng, n: product(n, n)[rng.permutation(n)][:, rng.permutation(n)],
    "product_noisy": lambda rng, n: np.outer(rng.random(n), rng.random(n)) + 0.01 * rng.random((n, n)),
    "integers": lambda rng, n: rng.integers(0, 10**6, (n, n)),
    "levels_10": lambda rng, n: rng.integers(0, 10, (n, n)),
    "levels_100": lambda rng, n: rng.integers(0, 100, (n, n)) / 4,
    "forbidden_90": lambda rng, n: np.where(rng.random((n, n)) < 0.9, math.inf, rng.random((n, n))),
    "wide": lambda rng, n: rng.random((n, 2 * n)),
    "wide_geometric": lambda rng, n: points(rng, n, 2 * n),
    "nearly_square": lambda rng, n: points(rng, n, n + n // 20),
}


def scipy(cost):
    return lambda: scipy_assignment(cost)


def ours(cost):
    return lambda: needmatch.linear_sum_assignment(cost)


def lapx(function):
    return lambda cost: lambda: function(cost, extend_cost=True, return_cost=False)


def ortools(cost):
    if cost.shape[0] != cost.shape[1]:
        return None
    n = len(cost)
    row, column = np.divmod(np.arange(n * n, dtype=np.int64), n)
    allowed = np.isfinite(cost).ravel()
    row, column, flat = row[allowed].astype(np.int32), column[allowed].astype(np.int32), cost.ravel()[allowed]
    exact = np.issubdtype(cost.dtype, np.integer) or (flat == np.rint(flat)).all()
    units = flat.astype(np.int64) if exact else np.rint(flat * (UNITS / np.abs(flat).max())).astype(np.int64)

    def solve():
        assignment = ortools_assignment.SimpleLinearSumAssignment()
        assignment.add_arcs_with_cost(row, column, units)
        if assignment.solve() != assignment.OPTIMAL:
            raise RuntimeError("OR-Tools found no assignment")
        return np.arange(n), np.array([assignment.right_mate(i) for i in range(n)])

    return solve


def jonker_volgenant(cost):
    """The classic form of lapx takes floats, and returns partners of rows and columns instead of pairs."""

    def paired():
        partner, _ = lap.lapjv(cost.astype(np.float64, copy=False), extend_cost=True, return_cost=False)
        return np.arange(len(partner)), partner

    return paired


def one_array(cost):
    """This form returns pairs as one array."""
    return lambda: tuple(lap.lapjvsa(cost, extend_cost=True, return_cost=False).T)


SOLVERS = {
    "needmatch": ours,
    "lapx lapjvr": lapx(lap.lapjvr),
    "lapx lapjvh": lapx(lap.lapjvh),
    "lapx lapjvs": lapx(lap.lapjvs),
    "lapx lapjvsa": one_array,
    "lapx lapjvx": lapx(lap.lapjvx),
    "lapx lapjvc": lambda cost: lambda: lap.lapjvc(cost, return_cost=False),
    "lapx lapjv": jonker_volgenant,
    "SciPy": scipy,
    "OR-Tools": ortools,
}


def measure(solve, runs, limit):
    """The median time and the pairs; slow solvers run once."""
    seconds = []
    while len(seconds) < runs and (not seconds or seconds[0] < limit / runs):
        start = time.perf_counter()
        pairs = solve()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), pairs


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--family", action="append", choices=FAMILIES, help="may be given several times (default: all)")
    parser.add_argument("--size", action="append", type=int, help="rows; several times (default: 1000, 2000, 4000)")
    parser.add_argument("--solver", action="append", choices=SOLVERS, help="may be given several times (default: all)")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--time-limit", type=float, default=10.0, help="seconds after which a solver is not asked again")
    asked = parser.parse_args()

    solvers = asked.solver or list(SOLVERS)
    print(f"{'family':<18}{'size':>6}" + "".join(f"{name:>13}" for name in solvers) + f"{'ratio':>8}", file=sys.stderr)
    wrong = False
    for family in asked.family or FAMILIES:
        too_slow = set()
        for size in sorted(asked.size or [1000, 2000, 4000]):
            cost = FAMILIES[family](np.random.default_rng(asked.seed), size)
            found = {}
            for name in solvers:
                solve = None if name in too_slow else SOLVERS[name](cost)
                if solve is None:
                    continue
                seconds, pairs = measure(solve, asked.runs, asked.time_limit)
                total = cost[pairs].sum().item()
                found[name] = seconds, total
                row = {"family": family, "size": size, "solver": name, "seconds": seconds, "total": total}
                print(json.dumps(row), flush=True)
                if seconds > asked.time_limit:
                    too_slow.add(name)
            wrong |= report(family, size, solvers, found)
    return int(wrong)


def report(family, size, solvers, found):
    """One line of the table; whether a total differs by more than the units of OR-Tools explain."""
    times = "".join(f"{found[name][0] * 1e3:>10.1f} ms" if name in found else f"{'':>13}" for name in solvers)
    peers = [seconds for name, (seconds, _) in found.items() if name != "needmatch"]
    ratio = f"{min(peers) / found['needmatch'][0]:>8.2f}" if peers and "needmatch" in found else ""
    totals = [total for _, total in found.values()]
    differ = max(totals) - min(totals) > 1e-6 * max(map(abs, totals))
    print(f"{family:<18}{size:>6}{times}{ratio}{'  TOTALS DIFFER' if differ else ''}", file=sys.stderr, flush=True)
    return differ


if __name__ == "__main__":
    sys.exit(main())
