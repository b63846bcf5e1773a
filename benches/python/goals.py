"""What the rows say: ratios, growth, distance to the floor, and which goals are met."""

import dataclasses
import math

from plan import DEEP, FLOW, OURS, OURS_ALONE, OURS_DENSE

# The goals of the solver, as its issue states them.
SOLVE_RATIO, RATIO_WITH_BUILD, SMALL_RATIO, LEAST_RATIO, MEAN_RATIO = 25, 20, 20, 15, 40
PASSES = {100_000: 30, 1_000_000: 40}
GROWTH = 10**1.3
THREADS_GAIN = 1.4
DENSE_SHARE, PRODUCT_RATIO = 1.2, 5
MILLION_BYTES, DEEP_BYTES = 10**9, 16 << 30


def beside(row, earlier):
    """A row's time beside needmatch's on the same instance, and needmatch's beside the floor.

    Of needmatch's engines that counts which is made for the instance: the dense one on square instances.
    """
    if row["status"] != "ok":
        return {}
    if "floor_seconds" in row:
        return {"passes": row["seconds"] / row["floor_seconds"]}
    ours = {other["solver"]: other for other in earlier if other["status"] == "ok"}
    ours = ours.get(OURS_DENSE) or ours.get(OURS)
    if row["solver"] == OURS_DENSE or ours is None:
        return {}
    return {
        "ratio": row["seconds"] / ours["seconds"],
        "ratio_with_build": row["seconds"] / (ours["seconds"] + ours["build_seconds"]),
    }


@dataclasses.dataclass(frozen=True)
class Verdict:
    """A goal, what was measured, and whether it is met; None where nothing was measured."""

    goal: str
    measured: str
    met: bool | None


def judge(rows, matrices):
    """All goals that were measured; `matrices` as `dense.py` gives them."""
    rows = [row for row in rows if row["status"] == "ok"]
    flows = [row for row in rows if row["solver"] == FLOW and "dense" not in row["family"] and row["needs"] >= 10_000]
    large = [row for row in flows if row["needs"] >= 100_000]
    ours = {(row["family"], row["needs"]): row for row in rows if row["solver"] == OURS}
    alone = {(row["family"], row["needs"]): row for row in rows if row["solver"] == OURS_ALONE}
    small = [row for row in flows if row["needs"] < 100_000]
    verdicts = [
        least(f"OR-Tools takes {SOLVE_RATIO} times as long at 100k and 1M", large, "ratio", SOLVE_RATIO),
        least(f"OR-Tools takes {RATIO_WITH_BUILD} times as long there, our build charged", large, "ratio_with_build", RATIO_WITH_BUILD),
        least(f"OR-Tools takes {SMALL_RATIO} times as long at 10k", small, "ratio", SMALL_RATIO),
        least(f"OR-Tools takes {LEAST_RATIO} times as long in every family", flows, "ratio", LEAST_RATIO),
        mean(large),
        *(passes(ours, needs, most) for needs, most in PASSES.items()),
        growth(ours),
        threads(ours, alone),
        *dense(matrices),
        memory("1M needs × 20k workers × 32 in 1 GB, input included", ours.get(("town", 1_000_000)), MILLION_BYTES),
        memory("10M needs × 100k workers × 16 in 16 GiB, certified", ours.get((DEEP, 10_000_000)), DEEP_BYTES),
    ]
    return [verdict for verdict in verdicts if verdict.met is not None]


def name(row):
    return f"{row['family']} at {row['needs']:,}"


def least(goal, rows, key, wanted):
    if not rows:
        return Verdict(goal, "", None)
    worst = min(rows, key=lambda row: row[key])
    n_met = sum(row[key] >= wanted for row in rows)
    measured = f"{n_met} of {len(rows)} instances; least {worst[key]:.1f}, {name(worst)}"
    return Verdict(goal, measured, n_met == len(rows))


def most(goal, values, wanted, unit=""):
    """`values`: what was measured of each instance, and its row."""
    if not values:
        return Verdict(goal, "", None)
    worst, row = max(values, key=lambda value: value[0])
    n_met = sum(value <= wanted for value, _ in values)
    return Verdict(goal, f"{n_met} of {len(values)} instances; most {worst:.2f}{unit}, {name(row)}", n_met == len(values))


def mean(rows):
    goal = f"OR-Tools takes {MEAN_RATIO} times as long in the geometric mean over 100k and 1M"
    if not rows:
        return Verdict(goal, "", None)
    value = math.exp(sum(math.log(row["ratio"]) for row in rows) / len(rows))
    return Verdict(goal, f"{value:.1f} over {len(rows)} instances", value >= MEAN_RATIO)


def passes(ours, needs, wanted):
    rows = [row for row in ours.values() if row["needs"] == needs and "dense" not in row["family"]]
    goal = f"at most {wanted} passes over the edges at {needs:,}"
    return most(goal, [(row["passes"], row) for row in rows], wanted)


def growth(ours):
    pairs = [(ours.get((family, 100_000)), row) for (family, needs), row in ours.items() if needs == 1_000_000]
    values = [(row["seconds"] / small["seconds"], row) for small, row in pairs if small]
    return most(f"from 100k to 1M at most n^1.3, {GROWTH:.1f} times", values, GROWTH, " times")


def threads(ours, alone):
    goal = f"two threads {THREADS_GAIN} times as fast as one at 1M"
    large = [row for (_, needs), row in ours.items() if needs == 1_000_000]
    pairs = [(alone.get((row["family"], row["needs"])), row) for row in large]
    gains = [{**row, "gain": one["seconds"] / row["seconds"]} for one, row in pairs if one]
    return least(goal, gains, "gain", THREADS_GAIN)


def dense(matrices):
    """The dense engine beside the best of its peers on each matrix."""
    beside_best = []
    for (family, size), seconds in by_matrix(matrices).items():
        peers = [time for solver, time in seconds.items() if solver != OURS]
        if OURS in seconds and peers:
            gain = min(peers) / seconds[OURS]
            beside_best.append({"family": f"matrix {family}", "needs": size, "gain": gain})
    products = [row for row in beside_best if row["family"] in ("matrix product", "matrix product_shuffled")]
    return [
        most(
            f"dense matrices: at most {DENSE_SHARE} times the best of lapx, SciPy and OR-Tools",
            [(1 / row["gain"], row) for row in beside_best],
            DENSE_SHARE,
            " times",
        ),
        least(f"products i·j: {PRODUCT_RATIO} times as fast as the best of them", products, "gain", PRODUCT_RATIO),
    ]


def by_matrix(matrices):
    """The seconds of each solver, for each family and size."""
    found = {}
    for row in matrices:
        found.setdefault((row["family"], row["size"]), {})[row["solver"]] = row["seconds"]
    return found


def memory(goal, row, wanted):
    if row is None:
        return Verdict(goal, "", None)
    bytes_held = row["process_bytes"]
    return Verdict(goal, f"{bytes_held / 1e9:.2f} GB in {row['seconds']:.1f} s", bytes_held <= wanted)


def text(verdicts):
    return "\n".join(f"{'met   ' if v.met else 'missed'}  {v.goal}: {v.measured}" for v in verdicts)
