"""Reference: with floors, groups of needs and costs of places, the same totals as OR-Tools' SimpleMinCostFlow."""

import json
import pathlib
import subprocess

import numpy as np
import pytest
from ortools.graph.python import min_cost_flow

ROOT = pathlib.Path(__file__).resolve().parents[2]


def general(*words):
    command = ["cargo", "run", "--quiet", "--release", "--locked", "-p", "needmatch-benches", "--bin", "general", "--"]
    return subprocess.run([*command, *map(str, words)], cwd=ROOT, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("kind", ["floors", "groups", "costs", "all"])
@pytest.mark.parametrize("family", ["town", "uniform", "tied_9"])
def test_total_equals_that_of_or_tools(tmp_path, family, kind):
    general("generate", family, kind, 2000, 1, tmp_path)
    ours = json.loads(general("solve", family, kind, 2000, 1, 1))
    arrays = {path.stem: np.load(path).astype(np.int64) for path in tmp_path.glob("*.npy")}
    assert ours["score"] == greatest_total(arrays)


def greatest_total(a):
    """Every served need is a unit from outside through its groups, along an edge, up the forest to outside."""
    n_needs, n_nodes, n_groups = len(a["demand_group"]), len(a["capacity"]), len(a["demand_cap"])
    node, group, outside = n_needs, n_needs + n_nodes, n_needs + n_nodes + n_groups

    def below(above, start):
        return np.where(above < 0, outside, start + above)

    need = np.repeat(np.arange(n_needs), np.diff(a["indptr"]))
    ones, cap = np.ones(len(need), np.int64), np.minimum(a["capacity"], n_needs)
    limit = a["demand_cap"]
    # Tail, head, floor, cap and cost of each arc.
    arcs = [
        (need, node + a["node"], 0 * ones, ones, -a["score"]),
        (below(a["demand_group"], group), np.arange(n_needs), *np.array([[0], [1], [0]]).repeat(n_needs, 1)),
        (below(a["demand_parent"], group), group + np.arange(n_groups), a["demand_floor"], limit, 0 * limit),
    ]
    # A node with costs passes its load on to a second vertex, from where each piece of its curve is an arc of its own.
    second = outside + 1 + np.arange(n_nodes)
    arcs.append((node + np.arange(n_nodes), second, a["floor"], cap, 0 * cap))
    for v, above in enumerate(below(a["parent"], node)):
        row = slice(a["load_indptr"][v], a["load_indptr"][v + 1])
        starts = np.minimum(np.concatenate([[0], a["load_from"][row], [cap[v]]]), cap[v])
        cost = np.concatenate([[0], a["load_cost"][row]])
        arcs.append((0 * cost + second[v], 0 * cost + above, 0 * cost, np.diff(starts), cost))
    tail, head, floor, cap, cost = (np.concatenate(part) for part in zip(*arcs))
    supply = np.zeros(outside + 1 + n_nodes, np.int64)
    np.add.at(supply, head, floor)
    np.add.at(supply, tail, -floor)
    flow = min_cost_flow.SimpleMinCostFlow()
    numbers = flow.add_arcs_with_capacity_and_unit_cost(tail, head, cap - floor, cost)
    flow.set_nodes_supplies(np.arange(len(supply)), supply)
    assert flow.solve() == flow.OPTIMAL
    return -int(((flow.flows(numbers) + floor) * cost).sum())
