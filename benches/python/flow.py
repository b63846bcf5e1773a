"""OR-Tools' SimpleMinCostFlow, through its array interface."""

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
