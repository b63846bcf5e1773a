"""Time against size, log-log, a small picture for each family."""

import math

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt

from plan import OURS, OURS_ALONE, OURS_DENSE, OURS_RULED, SOLVERS

COLUMNS = 5
# Ours in black; peers of one package share a hue.
STYLES = {
    "needmatch": ("#000000", "-", "o"),
    "needmatch, 1 thread": ("#000000", ":", "o"),
    "needmatch, tie rule": ("#7f7f7f", "-.", "o"),
    "needmatch dense": ("#000000", "--", "s"),
    "OR-Tools flow": ("#d62728", "-", "s"),
    "OR-Tools assignment": ("#ff9896", "-", "s"),
    "LEMON simplex": ("#2ca02c", "-", "D"),
    "LEMON scaling": ("#98df8a", "-", "D"),
    "SciPy sparse": ("#1f77b4", "-", "v"),
    "SciPy dense": ("#8ec5ea", "-", "v"),
    "lapx": ("#9467bd", "-", "P"),
    "POT": ("#ff7f0e", "-", "X"),
    "pathfinding": ("#8c564b", "-", "*"),
}


def draw(rows, machine, path):
    """Writes the picture; an open mark stands where a solver was stopped at its limit."""
    families = [family for family in dict.fromkeys(row["family"] for row in rows) if "+" not in family]
    n_rows = math.ceil(len(families) / COLUMNS)
    plt.rcParams.update({"font.size": 9, "svg.hashsalt": "needmatch", "svg.fonttype": "path"})
    width, height = min(COLUMNS, len(families)), n_rows
    figure, axes = plt.subplots(
        n_rows, width, figsize=(3.0 * width + 0.6, 2.3 * height + 1.3), squeeze=False, sharey=True, layout="constrained"
    )
    drawn = {}
    for family, axis in zip(families, axes.flat, strict=False):
        own = [row for row in rows if row["family"] == family]
        for solver in reversed(SOLVERS):
            handle = line(axis, [row for row in own if row["solver"] == solver], STYLES[solver], solver)
            if handle is not None:
                drawn.setdefault(solver, handle)
        axis.set_title(family, fontsize=10, fontweight="bold", loc="left", pad=3)
        axis.set_xscale("log")
        axis.set_yscale("log")
        axis.grid(True, which="major", color="#e4e4e4", linewidth=0.6)
        axis.tick_params(which="minor", length=0)
        axis.spines[["top", "right"]].set_visible(False)
        sizes = sorted({row["needs"] for row in own})
        axis.set_xlim(sizes[0] / 1.8, sizes[-1] * 1.8)
        axis.set_xticks(sizes, [size_name(size) for size in sizes])
        axis.set_xticks([], minor=True)
    for axis in axes.flat[len(families) :]:
        axis.set_visible(False)
    low, high = axes.flat[0].get_ylim()
    ticks = [10.0**k for k in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)]
    axes.flat[0].set_yticks(ticks, [time_name(tick) for tick in ticks])
    axes.flat[0].set_ylim(low, high)
    order = [solver for solver in SOLVERS if solver in drawn]
    figure.legend(
        [drawn[solver] for solver in order], order, loc="outside upper center", ncols=min(6, len(order)), frameon=False
    )
    figure.supxlabel("needs", fontsize=10)
    figure.supylabel("time to solve", fontsize=10)
    note = f"{machine['cpu']}, commit {machine['commit'][:10]}, {machine['date']}. Open marks: stopped at the limit."
    figure.text(0.995, 0.002, note, ha="right", va="bottom", fontsize=7, color="#666666")
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def line(axis, rows, style, solver):
    """One solver's times on one family, by size; its handle for the legend."""
    color, dash, mark = style
    ours = solver in (OURS, OURS_ALONE, OURS_RULED, OURS_DENSE)
    # Beyond its first limit a solver was not tried.
    first_over = next((k for k, row in enumerate(rows) if row["status"] == "over"), len(rows))
    points = [(row["needs"], row.get("seconds", row.get("limit_seconds"))) for row in rows[: first_over + 1]]
    points = [(needs, seconds) for needs, seconds in points if seconds]
    if not points:
        return None
    look = {"color": color, "linestyle": dash, "marker": mark, "zorder": 3 if ours else 2}
    look |= {"linewidth": 2.2 if solver == OURS else 1.2, "markersize": 4.5 if ours else 4}
    (handle,) = axis.plot(*zip(*points, strict=True), **look)
    if first_over < len(rows):
        axis.plot(*points[-1], color=color, marker=mark, markersize=6, markerfacecolor="white", zorder=4)
    return handle


def size_name(needs):
    return f"{needs // 1_000_000}M" if needs >= 1_000_000 else f"{needs // 1000}k" if needs >= 1000 else str(needs)


def time_name(seconds):
    if seconds >= 1:
        return f"{seconds:g} s"
    return f"{seconds * 1e3:g} ms" if seconds >= 1e-3 else f"{seconds * 1e6:g} µs"
