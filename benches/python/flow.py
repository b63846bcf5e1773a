"""OR-Tools' SimpleMinCostFlow, through its array interface: for the supply forest alone, and for everything."""

import time

import numpy as np
from ortools.graph.python import min_cost_flow


def simple_min_cost_flow(instance):
    """Solve as a flow of least cost: the edges taken, the seconds to build and to solve.

    Needs are sources of one unit; each may stay out at cost 0; roots drain into one sink.
    """
    start = time.perf_counter()
    n_needs, n_nodes = instance.n_needs, instance.n_nodes
    n_edges, sink = len(instance.node), n_needs + n_nodes
    above = np.where(instance.parent < 0, sink, n_needs + instance.parent)
    tail = np.concatenate([instance.need, np.arange(n_needs), n_needs + np.arange(n_nodes)])
    head = np.concatenate([n_needs + instance.node.astype(np.int64), np.full(n_needs, sink), above])
    room = np.concatenate([np.ones(n_edges + n_needs, np.int64), np.minimum(instance.capacity, n_needs)])
    cost = np.concatenate([-instance.worth, np.zeros(n_needs + n_nodes, np.int64)])
    supply = np.concatenate([np.ones(n_needs, np.int64), np.zeros(n_nodes, np.int64), [-n_needs]])
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tail, head, room, cost)
    flow.set_nodes_supplies(np.arange(sink + 1), supply)
    build = time.perf_counter() - start

    start = time.perf_counter()
    status = flow.solve()
    seconds = time.perf_counter() - start
    if status != flow.OPTIMAL:
        raise RuntimeError(f"OR-Tools ends with status {status}")
    return flow.flows(arcs[:n_edges]) > 0, build, seconds


def general_min_cost_flow(arrays, worth_of_tier=(0,)):
    """Solve with floors, groups of needs and costs of places: the edges taken, and their total less the costs.

    `arrays` are those of the low level by name. Both are None where floors cannot be met; also given are the seconds to
    build and to solve. Every served need is a unit from outside through its groups, along an edge, up the forest to
    outside.
    """
    start = time.perf_counter()
    a = {name: np.asarray(array, np.int64) for name, array in arrays.items()}
    n_needs, n_nodes, n_groups = len(a["indptr"]) - 1, len(a["capacity"]), len(a["demand_cap"])
    node, group, outside = n_needs, n_needs + n_nodes, n_needs + n_nodes + n_groups

    def below(above, first):
        return np.where(above < 0, outside, first + above)

    need = np.repeat(np.arange(n_needs), np.diff(a["indptr"]))
    worth = a["score"] + np.asarray(worth_of_tier, np.int64)[a["tier"][need]]
    cap, group_cap = np.minimum(a["capacity"], n_needs), np.minimum(a["demand_cap"], n_needs)
    above = below(a["parent"], node)
    # A node with costs passes its load on to a second vertex, from where each piece of its curve is an arc of its own.
    with_costs = np.flatnonzero(np.diff(a["load_indptr"]))
    second = outside + 1 + np.arange(len(with_costs))
    onwards = above.copy()
    onwards[with_costs] = second
    # Tail, head, floor, cap and cost of each arc.
    arcs = [
        (need, node + a["node"], 0, 1, -worth),
        (below(a["demand_group"], group), np.arange(n_needs), 0, 1, 0),
        (below(a["demand_parent"], group), group + np.arange(n_groups), a["demand_floor"], group_cap, 0),
        (node + np.arange(n_nodes), onwards, a["floor"], cap, 0),
    ]
    for v, vertex in zip(with_costs, second):
        row = slice(a["load_indptr"][v], a["load_indptr"][v + 1])
        starts = np.minimum(np.concatenate([[0], a["load_from"][row], [cap[v]]]), cap[v])
        arcs.append((vertex, above[v], 0, np.diff(starts), np.concatenate([[0], a["load_cost"][row]])))
    columns = zip(*(np.broadcast_arrays(*arc) for arc in arcs))
    tail, head, floor, cap, cost = (np.concatenate(column).astype(np.int64) for column in columns)
    supply = np.zeros(outside + 1 + len(second), np.int64)
    np.add.at(supply, head, floor)
    np.add.at(supply, tail, -floor)
    flow = min_cost_flow.SimpleMinCostFlow()
    numbers = flow.add_arcs_with_capacity_and_unit_cost(tail, head, cap - floor, cost)
    flow.set_nodes_supplies(np.arange(len(supply)), supply)
    build = time.perf_counter() - start

    start = time.perf_counter()
    status = flow.solve()
    seconds = time.perf_counter() - start
    if status == flow.INFEASIBLE:
        return None, None, build, seconds
    if status != flow.OPTIMAL:
        raise RuntimeError(f"OR-Tools ends with status {status}")
    total = -int(((flow.flows(numbers) + floor) * cost).sum())
    return flow.flows(numbers[: len(need)]) > 0, total, build, seconds
