"""Random networks of middle size with hostile parameters, what an assignment on them is worth, and whether it is allowed.

A network is a dictionary of the arrays of `needmatch.assign`.
"""

import numpy as np

# What a network has beside edges, capacities and a forest.
FAMILIES = {
    "plain": (),
    "tiers": ("tiers",),
    "floors": ("floors",),
    "groups": ("groups",),
    "costs": ("costs",),
    "groups and tiers": ("groups", "tiers"),
    "all": ("floors", "groups", "costs"),
    "all and tiers": ("floors", "groups", "costs", "tiers"),
}


def hostile(family, seed):
    """A network of 20 to 200 needs."""
    rng = np.random.default_rng([seed, list(FAMILIES).index(family)])
    parts = FAMILIES[family]
    n_needs, n_nodes = int(rng.integers(20, 201)), int(rng.integers(2, 41))
    degree = rng.integers(0, min(n_nodes, rng.choice([2, 5, 12])) + 1, n_needs)
    indptr = np.concatenate([[0], np.cumsum(degree)])
    node = np.concatenate([rng.choice(n_nodes, k, replace=False) for k in degree]).astype(np.int64)
    # With tiers a step between them is a number, too, which leaves less room for scores.
    largest = 1000 if "tiers" in parts else 2**40
    low, high = [(0, 1), (0, 3), (-5, 5), (-50, 1000), (1, largest), (-largest, largest)][rng.integers(6)]
    network = {
        "indptr": indptr,
        "node": node,
        "score": rng.integers(low, high + 1, len(node)),
        "parent": forest(rng, n_nodes),
        "tier": rng.integers(0, rng.integers(1, 5), n_needs) * ("tiers" in parts),
        "floor": np.zeros(n_nodes, np.int64),
        "demand_group": np.full(n_needs, -1),
        "demand_parent": np.zeros(0, np.int64),
    }
    if "groups" in parts:
        network["demand_parent"] = forest(rng, int(rng.integers(1, 60)))
        network["demand_group"] = rng.integers(-1, len(network["demand_parent"]), n_needs)
    plant(rng, network, parts)
    add_costs(rng, network, min(high - low, largest) if "costs" in parts else 0)
    return network


def forest(rng, n):
    """Flat, of two levels, or as deep as is allowed."""
    depth = np.zeros(n, int)
    parent = np.full(n, -1)
    reach, deepest = [(1, 1), (n, 2), (3, 32), (n, 32)][rng.integers(4)]
    for v in range(1, n):
        above = int(rng.integers(max(0, v - reach), v))
        if rng.random() < 0.9 and depth[above] + 1 < deepest:
            parent[v], depth[v] = above, depth[above] + 1
    return parent


def plant(rng, network, parts):
    """Capacities, caps and floors around the loads of a random assignment; now and then a floor that is too high."""
    n_needs = len(network["indptr"]) - 1
    node = np.full(n_needs, -1)
    for need in np.flatnonzero(rng.random(n_needs) < rng.random()):
        edges = slice(network["indptr"][need], network["indptr"][need + 1])
        node[need] = rng.choice(network["node"][edges]) if edges.stop > edges.start else -1
    load = under(node, network["parent"])
    served = under(np.where(node >= 0, network["demand_group"], -1), network["demand_parent"])
    network["capacity"] = load + room(rng, len(load))
    network["demand_cap"] = served + room(rng, len(served))
    network["demand_floor"] = np.zeros_like(served)
    if "floors" in parts:
        too_high = rng.random() < 0.2
        network["floor"] = floors(rng, load, network["capacity"], too_high)
        network["demand_floor"] = floors(rng, served, network["demand_cap"], too_high)


def room(rng, n):
    """Beyond what is used: nothing, little, or without end, in different shares."""
    return rng.choice([0, 1, 5, 2**62], n, p=rng.dirichlet([1, 1, 1, 0.2]))


def floors(rng, used, cap, too_high):
    """Nothing, what is used or less, and often as much as the cap."""
    floor = np.where(rng.random(len(used)) < rng.random(), used - rng.integers(0, 3, len(used)), 0).clip(0)
    floor = np.where(rng.random(len(used)) < 0.1, used, floor)
    if too_high and len(used):
        v = rng.integers(len(used))
        floor[v] = min(cap[v], used[v] + rng.integers(1, 4))
    return floor


def add_costs(rng, network, range_of_costs):
    """Convex costs of the places of every other node."""
    starts, cost, rows = [], [], [0]
    for _ in network["capacity"]:
        if range_of_costs and rng.random() < 0.5:
            n = int(rng.integers(1, 5))
            at = np.sort(rng.choice(30, n, replace=False))
            # Only a curve that begins at the first place may begin below zero.
            least = -range_of_costs // 2 if at[0] == 0 else 0
            starts.extend(at)
            cost.extend(np.sort(rng.integers(least, range_of_costs + 1, n)))
        rows.append(len(starts))
    network |= {"load_indptr": np.array(rows), "load_from": np.array(starts, int), "load_cost": np.array(cost, int)}


def under(at, parent):
    """How many of these positions in a forest are at and under each of its members; −1 is nowhere."""
    count = np.bincount(at[at >= 0], minlength=len(parent))
    # Whoever is above another has a lower number.
    for v in range(len(parent) - 1, -1, -1):
        if parent[v] >= 0:
            count[parent[v]] += count[v]
    return count


def worths_of_tiers(network):
    """What a need of each tier counts beside its score, so that one more of it outweighs everything below."""
    n_needs, n_nodes = len(network["indptr"]) - 1, len(network["capacity"])
    largest = int(np.abs(np.concatenate([network["score"], network["load_cost"], [1]])).max())
    worths, step = [0], 2 * largest * n_needs * (n_nodes + 1) + 1
    for tier in range(1, int(network["tier"].max()) + 1):
        worths.append(step)
        step *= int((network["tier"] == tier).sum()) + 1
    return worths


def places(network, taken):
    """The node of each need, where these edges are taken."""
    node = np.full(len(network["indptr"]) - 1, -1)
    node[np.repeat(np.arange(len(node)), np.diff(network["indptr"]))[taken]] = network["node"][taken]
    return node


def value(network, node):
    """How many needs of each tier are served, and the scores less the costs, after every bound is checked."""
    load = under(node, network["parent"])
    served = under(np.where(node >= 0, network["demand_group"], -1), network["demand_parent"])
    assert (network["floor"] <= load).all() and (load <= network["capacity"]).all()
    assert (network["demand_floor"] <= served).all() and (served <= network["demand_cap"]).all()
    need = np.repeat(np.arange(len(node)), np.diff(network["indptr"]))
    taken = network["node"] == node[need]
    assert taken.sum() == (node >= 0).sum()
    cost = 0
    for v, places in enumerate(load):
        row = slice(network["load_indptr"][v], network["load_indptr"][v + 1])
        starts = np.concatenate([network["load_from"][row], [places]]).clip(max=places)
        cost += int((np.diff(starts) * network["load_cost"][row]).sum())
    tiers = np.bincount(network["tier"][node >= 0], minlength=network["tier"].max() + 1)
    return tiers[1:].tolist(), int(network["score"][taken].sum()) - cost
