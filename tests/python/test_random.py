"""Reference: on hostile random networks of middle size, the same optimum as OR-Tools' SimpleMinCostFlow.

The general engine solves all of them, the fast one those that have capacities only. `NETWORKS` in the environment says
how many are tried.
"""

import os

import flow
import networks
import pytest

import needmatch

N_NETWORKS = int(os.environ.get("NETWORKS", 240))
# Seeds in parts, so that a long run shows how far it is.
N_PARTS = 10


@pytest.mark.parametrize("part", range(N_PARTS))
@pytest.mark.parametrize("family", networks.FAMILIES)
def test_what_is_best_is_what_or_tools_finds(family, part):
    n = -(-N_NETWORKS // (N_PARTS * len(networks.FAMILIES)))
    for seed in range(part * n, (part + 1) * n):
        network = networks.hostile(family, seed)
        taken, *_ = flow.general_min_cost_flow(network, networks.worths_of_tiers(network))
        for engine in ["general", "fast"] if family in ("plain", "tiers") else ["general"]:
            ours = needmatch.assign(**network, engine=engine)
            if taken is None:
                assert ours.status == "floors_unmet", f"seed {seed}"
            else:
                assert ours.status == "optimal", f"seed {seed}, {engine}"
                value = networks.value(network, ours.node)
                assert value == networks.value(network, networks.places(network, taken)), f"seed {seed}, {engine}"
