"""Totals of generated instances of middle size equal those of an established solver."""

import numpy as np
import pytest
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

import needmatch

# Greater than any sum of scores here, so that no score outweighs a tier.
STEP = 10**10


def total_of_ortools(indptr, node, score, capacity, parent, tier):
    """The total of a minimum-cost flow through needs, nodes and their parents; what stays out goes around."""
    n_needs, n_nodes = len(indptr) - 1, len(capacity)
    source, sink = n_needs + n_nodes, n_needs + n_nodes + 1
    need = np.repeat(np.arange(n_needs), np.diff(indptr))
    needs, nodes = np.arange(n_needs), np.arange(n_nodes)
    arcs = [
        (np.full(n_needs, source), needs, np.ones(n_needs), np.zeros(n_needs)),
        (need, n_needs + node, np.ones(len(node)), -(STEP * tier[need] + score)),
        (needs, np.full(n_needs, sink), np.ones(n_needs), np.zeros(n_needs)),
        (n_needs + nodes, np.where(parent < 0, sink, n_needs + parent), capacity, np.zeros(n_nodes)),
    ]
    start, end, room, cost = (np.concatenate(parts).astype(np.int64) for parts in zip(*arcs, strict=True))
    flow = SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(start, end, room, cost)
    flow.set_nodes_supplies(np.array([source, sink]), np.array([n_needs, -n_needs]))
    assert flow.solve() == flow.OPTIMAL
    # The remainder is nearest to zero, since a sum of scores may be negative.
    tiers = round(-flow.optimal_cost() / STEP)
    return tiers, -flow.optimal_cost() - tiers * STEP


def candidates(rng, n_needs, n_nodes, least, most):
    degree = rng.integers(least, most + 1, n_needs)
    indptr = np.concatenate(([0], np.cumsum(degree)))
    node = np.concatenate([rng.choice(n_nodes, k, replace=False) for k in degree])
    return indptr, node


def uniform(rng):
    indptr, node = candidates(rng, 3000, 300, 0, 12)
    return indptr, node, rng.integers(-50, 1000, len(node)), rng.integers(0, 15, 300), no_parents(300), no_tiers(3000)


def town(rng):
    """Needs and nodes in the plane; near nodes score higher, and there is less room than need."""
    home, place = rng.random((4000, 1, 2)), rng.random((1, 200, 2))
    distance = np.linalg.norm(home - place, axis=2)
    node = np.argsort(distance, axis=1)[:, :10]
    score = (1_000_000 * (1 - np.take_along_axis(distance, node, 1))).astype(np.int64).ravel()
    return np.arange(4001) * 10, node.ravel(), score, np.full(200, 15), no_parents(200), no_tiers(4000)


def tied(rng):
    indptr, node = candidates(rng, 3000, 200, 1, 8)
    return indptr, node, np.ones(len(node), np.int64), np.full(200, 12), no_parents(200), no_tiers(3000)


def tiers(rng):
    indptr, node = candidates(rng, 3000, 200, 0, 8)
    score = rng.integers(0, 1_000_000, len(node))
    return indptr, node, score, rng.integers(0, 16, 200), no_parents(200), rng.integers(0, 5, 3000)


def deep(rng):
    """Nodes hang under others up to twelve levels deep, and needs point at any of them."""
    n_nodes = 400
    depth, parent = np.zeros(n_nodes, int), np.full(n_nodes, -1)
    for v in range(5, n_nodes):
        parent[v] = rng.integers(max(0, v - 20), v)
        depth[v] = depth[parent[v]] + 1
        if depth[v] > 12:
            parent[v], depth[v] = rng.integers(0, 5), 1
    indptr, node = candidates(rng, 3000, n_nodes, 0, 8)
    capacity = rng.integers(0, 10, n_nodes) * np.where(depth < 4, 40, 2)
    return indptr, node, rng.integers(-100, 10_000, len(node)), capacity, parent, rng.integers(0, 3, 3000)


def no_parents(n_nodes):
    return np.full(n_nodes, -1)


def no_tiers(n_needs):
    return np.zeros(n_needs, int)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("family", [uniform, town, tied, tiers, deep])
def test_totals_equal_those_of_ortools(family, seed):
    *arrays, tier = family(np.random.default_rng(seed))
    a = needmatch.assign(*arrays, tier=tier)
    assert a.total == total_of_ortools(*arrays, tier)
    assert a.bound == a.total
