"""Reference: the same totals as OR-Tools' SimpleMinCostFlow on middle-sized instances of every character."""

import peers
import pytest

FAMILIES = """town scarce balanced slack tied_9 tied_95 tiers tiers_tied caseload_1 caseload_500 many_candidates deep direct
one_group uniform hot_spots price_war long_paths evictions dense_uniform dense_geometric planted planted_tiers""".split()


@pytest.fixture(scope="session")
def program():
    return peers.build()


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("needs", [30, 3000])
@pytest.mark.parametrize("family", FAMILIES)
def test_total_equals_that_of_or_tools(program, tmp_path, family, needs, seed):
    if family.startswith("dense"):
        needs = needs // 10
    row, arrays = peers.run_needmatch(program, family, needs, seed, 1, tmp_path)
    tier, score, _ = peers.simple_min_cost_flow(**arrays)
    assert (row["tier"], row["score"]) == (tier, score)
