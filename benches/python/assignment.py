"""Solvers of the assignment problem, on an instance spelt out as places: see `places.py`."""

import time

import numpy as np

from places import Places


def scipy_dense(instance):
    """SciPy's `linear_sum_assignment`."""
    from scipy.optimize import linear_sum_assignment

    return on_matrix(instance, linear_sum_assignment)


# Together no longer than this, so that a slow one does not cost the others their place in the table.
LAPX_SECONDS = 5


def lapx(instance):
    """The fastest of lapx' solvers; those that are fast on most instances are asked first."""
    import lap

    def pairs(solver):
        return lambda costs: solver(costs, extend_cost=True, return_cost=False)

    def partners(costs):
        columns, _ = lap.lapjv(costs, extend_cost=True, return_cost=False)
        return np.arange(len(costs)), columns

    solvers = [pairs(lap.lapjvr), pairs(lap.lapjvh), pairs(lap.lapjvs), partners, pairs(lap.lapjvx)]
    return on_matrix(instance, *solvers, seconds=LAPX_SECONDS)


def on_matrix(instance, *solvers, seconds=0):
    """The fastest of the solvers; none begins after so many seconds."""
    start = time.perf_counter()
    places = Places.of(instance)
    costs = places.matrix()
    build = time.perf_counter() - start
    fastest, deadline = None, time.perf_counter() + seconds
    for solve in solvers:
        start = time.perf_counter()
        if fastest and start > deadline:
            break
        rows, columns = solve(costs)
        taken = time.perf_counter() - start
        if not fastest or taken < fastest[2]:
            fastest = places.edges_at(rows, columns), build, taken
    return fastest


def scipy_sparse(instance):
    """SciPy's `min_weight_full_bipartite_matching`."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    start = time.perf_counter()
    places = Places.of(instance)
    # A weight of 0 would be no edge; every row is matched once, so that a constant changes nothing.
    weights = (places.worth.max(initial=0) + 1 - places.worth).astype(np.float64)
    graph = csr_array((weights, (places.row, places.column)), shape=(places.n_rows, places.n_columns))
    build = time.perf_counter() - start
    start = time.perf_counter()
    rows, columns = min_weight_full_bipartite_matching(graph)
    return places.edges_at(rows, columns), build, time.perf_counter() - start


def ortools(instance):
    """OR-Tools' SimpleLinearSumAssignment, which wants as many rows as columns.

    Where there are not, a mirrored copy supplies the others: each row that may stay free meets its mirror image.
    """
    from ortools.graph.python import linear_sum_assignment

    start = time.perf_counter()
    places = Places.of(instance)
    n_rows, n_columns = places.n_rows, places.n_columns
    row, column, cost = places.row, places.column, -places.worth
    if n_rows != n_columns:
        free = np.arange(n_columns)
        row = np.concatenate([row, n_rows + places.column, n_rows + free])
        column = np.concatenate([column, n_columns + places.row, free])
        cost = np.concatenate([cost, -places.worth, np.zeros(n_columns, np.int64)])
    solver = linear_sum_assignment.SimpleLinearSumAssignment()
    solver.add_arcs_with_cost(row, column, cost)
    build = time.perf_counter() - start
    start = time.perf_counter()
    status = solver.solve()
    seconds = time.perf_counter() - start
    if status != solver.OPTIMAL:
        raise RuntimeError(f"OR-Tools ends with status {status}")
    rows = np.arange(n_rows)
    columns = np.array([solver.right_mate(row) for row in rows])
    return places.edges_at(rows, columns), build, seconds


def pot(instance):
    """POT's `ot.emd`: masses instead of copies, with a row of mass for what a group does not let through."""
    import ot

    from places import Leaves

    start = time.perf_counter()
    leaves = Leaves(instance)
    n_needs, n_leaves, n_groups = instance.n_needs, len(leaves.places), len(leaves.fillers)
    largest = float(np.abs(instance.worth).max(initial=0)) + 1
    costs = np.full((n_needs + n_groups + 1, n_leaves + 1), 1000 * largest)
    costs[instance.need, leaves.of_edge] = -instance.worth
    costs[:n_needs, n_leaves] = 0
    for row, node in enumerate(leaves.fillers, n_needs):
        costs[row, leaves.below[node]] = 0
    # What nobody takes.
    costs[-1] = 0
    left = leaves.places.sum() - sum(leaves.fillers.values())
    mass = np.concatenate([np.ones(n_needs), list(leaves.fillers.values()), [left]])
    room = np.concatenate([leaves.places, [n_needs]]).astype(np.float64)
    build = time.perf_counter() - start
    start = time.perf_counter()
    plan, log = ot.emd(mass, room, costs, numItermax=1 << 40, log=True)
    seconds = time.perf_counter() - start
    if log["warning"]:
        raise RuntimeError(log["warning"])
    return plan[instance.need, leaves.of_edge] > 0.5, build, seconds
