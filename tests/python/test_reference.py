"""Reference: the same totals as other solvers on instances of every character."""

import pathlib

import assignment
import flow
import pytest
import run
from instance import Instance

FAMILIES = """town scarce balanced slack tied_9 tied_95 tiers tiers_tied caseload_1 caseload_500 many_candidates deep direct
one_group uniform hot_spots price_war long_paths evictions dense_uniform dense_geometric planted planted_tiers
uniform+tiers direct+tiers""".split()


@pytest.fixture(scope="session")
def program():
    return run.build_program(pathlib.Path(__file__).resolve().parents[2], "compare")


def solved(program, folder, family, needs, seed):
    """What needmatch attains on an instance, and the instance."""
    if family.startswith("dense"):
        needs = needs // 10
    assert run.run([program, "generate", family, str(needs), str(seed), folder], 60)["status"] == "ok"
    ours = run.run([program, "solve", folder, "1", "canonical", "1"], 60)
    assert ours["status"] == "ok", ours
    return (ours["tier"], ours["score"]), Instance.load(folder)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("needs", [30, 3000])
@pytest.mark.parametrize("family", FAMILIES)
def test_total_equals_that_of_a_flow_by_or_tools(program, tmp_path, family, needs, seed):
    total, instance = solved(program, tmp_path, family, needs, seed)
    taken, *_ = flow.simple_min_cost_flow(instance)
    assert total == instance.total(taken)


@pytest.mark.parametrize("solve", [assignment.scipy_dense, assignment.scipy_sparse, assignment.ortools])
@pytest.mark.parametrize("family", FAMILIES)
def test_total_equals_that_of_an_assignment_of_places(program, tmp_path, family, solve):
    total, instance = solved(program, tmp_path, family, 60, 3)
    taken, *_ = solve(instance)
    assert total == instance.total(taken)
