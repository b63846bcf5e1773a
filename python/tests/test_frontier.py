"""Few changes: the switch penalty, and score against the number of residents who change their provider."""

import json

import polars as pl
import pytest
from town import town

import needmatch

# Only competence and continuity count.
WEIGHTS = """
[criteria]
domain_competence = 900
qualification = 0
travel_time = 0
continuity = 100
waiting = 0
languages = 0
preference = 0
organization_grade = 0
"""
KNOWING = {
    "workers": {"caseload_max": [1, 2], "domains": ["elderly_care:3", "elderly_care:1"]},
    "needs": {"current_worker": ["w2", None, "w2"]},
}


def problem(policy="", frame=dict):
    tables = {name: frame(table) for name, table in town(**KNOWING).items()}
    return needmatch.Problem(**tables, policy=needmatch.Policy.from_toml(policy + WEIGHTS))


def test_a_penalty_keeps_the_current_worker_and_is_told():
    free = needmatch.solve(problem())
    assert sum(free.assignments["switched"]) == 0 or free.total.score > 0
    dear = needmatch.solve(problem("switch_penalty = 1000000"))
    assert sum(dear.assignments["switched"]) == 0
    assert json.loads(dear.to_json())["assignments"][0]["switched"] is False
    assert "switched" not in json.loads(free.to_json())["assignments"][0]
    assert min(dear.assignments["score"]) >= 1_000_000
    # What is proven without tables too.
    needmatch.verify_decision(dear.to_decision())


def test_each_point_has_its_matching_and_its_penalties():
    found = needmatch.frontier(problem())
    points = found.points
    assert points["least_penalty"][0] == 0 and points["most_penalty"][-1] == 1_000_000
    assert points["gap_score"][-1] is None and set(points["gap_closed"][:-1]) <= {1}
    for row, switches in enumerate(points["switches"]):
        matching = found.matching(row)
        matching.verify(all_pairs=True)
        assert sum(matching.assignments["switched"]) == switches == found.switches["row"].count(row)
        assert found.bound(switches) >= points["score"][row]
        again = needmatch.solve(problem(f"switch_penalty = {points['most_penalty'][row]}"))
        assert again.total.score >= points["score"][row]
    assert json.loads(found.to_json())["facts"][0]["switches"] == points["switches"][0]
    assert repr(found) == f"<needmatch.Frontier {len(points['switches'])} points, {found.runs} runs>"
    with pytest.raises(IndexError):
        found.matching(len(points["switches"]))


def test_tables_are_of_the_callers_kind_and_other_objectives_are_refused():
    assert isinstance(needmatch.frontier(problem(frame=pl.DataFrame)).points, pl.DataFrame)
    with pytest.raises(needmatch.InputError):
        needmatch.frontier(problem('objective = "score"\n'))
