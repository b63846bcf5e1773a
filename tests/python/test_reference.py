"""Reference: the same totals as OR-Tools' SimpleMinCostFlow on middle-sized instances of every character."""

import pathlib

import flow
import pytest
import run
from instance import Instance

FAMILIES = """town scarce balanced slack tied_9 tied_95 tiers tiers_tied caseload_1 caseload_500 many_candidates deep direct
one_group uniform hot_spots price_war long_paths evictions dense_uniform dense_geometric planted planted_tiers
uniform+tiers direct+tiers""".split()


@pytest.fixture(scope="session")
def program():
    return run.build_compare(pathlib.Path(__file__).resolve().parents[2])


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("needs", [30, 3000])
@pytest.mark.parametrize("family", FAMILIES)
def test_total_equals_that_of_or_tools(program, tmp_path, family, needs, seed):
    if family.startswith("dense"):
        needs = needs // 10
    assert run.run([program, "generate", family, str(needs), str(seed), tmp_path], 60)["status"] == "ok"
    ours = run.run([program, "solve", tmp_path, "1", "1"], 60)
    assert ours["status"] == "ok", ours
    instance = Instance.load(tmp_path)
    taken, *_ = flow.simple_min_cost_flow(instance)
    assert (ours["tier"], ours["score"]) == instance.total(taken)
