"""Floors and quotas through the Python face: exact, proven, or explained."""

import json

import needmatch
from town import town


def solve(policy=None, **changes):
    return needmatch.solve(needmatch.Problem(**town(**changes), policy=policy))


def test_a_floor_is_met_and_proven():
    matching = solve(workers={"caseload_max": [3, 3], "caseload_min": [0, 2]})
    assert (matching.status, matching.engine, matching.engine_reason) == ("optimal", "general", "floors can bind")
    assert list(matching.assignments["worker_id"]).count("w2") >= 2
    assert matching.gap == (0, 0)
    capacity = matching.capacity
    assert dict(zip(capacity["id"], capacity["floor"], strict=True)) == {"w1": 0, "w2": 2, "o1": 0, "o2": 0}
    certificate = matching.certificate
    assert certificate["step"][0] == 0
    assert certificate["unit"] == 1
    assert certificate["quota_price"] == []
    content = json.loads(matching.to_json())
    assert [int(price) for price in content["certificate"]["price"]] == certificate["price"]
    matching.verify()
    matching.verify(all_pairs=True)


def test_floors_that_cannot_be_met_are_explained():
    matching = solve(workers={"caseload_max": [3, 9], "caseload_min": [0, 9]})
    assert matching.status == "floors_unmet"
    assert matching.n_served == 0
    assert set(matching.unmatched["reason"]) == {"undecided"}
    tight = matching.tight_set
    assert tight["floors"] == [{"level": "worker", "id": "w2", "household_id": None, "needs": 9}]
    assert tight["needs"] == ["n1", "n2", "n3"]
    assert (tight["caps"], tight["missing"]) == ([], 6)
    assert json.loads(matching.to_json())["tight_set"]["missing"] == 6
    matching.verify()


def test_a_full_quota_is_the_reason():
    matching = solve(
        workers={"caseload_max": [3, 3]},
        quotas={"quota_id": ["q1", "q2"], "area": ["140524", None], "risk": [None, "green"], "cap": [2, 5]},
    )
    assert list(matching.assignments["need_id"]) == ["n1", "n3"]
    unmatched = matching.unmatched
    assert (list(unmatched["reason"]), list(unmatched["quota_id"]), list(unmatched["open"])) == (["quota_full"], ["q1"], [2])
    quotas = matching.quotas
    assert list(quotas["quota_id"]) == ["q1", "q2"]
    assert list(quotas["needs"]) == [3, 1]
    assert list(quotas["served"]) == [2, 0]
    assert list(quotas["crosses"]) == [False, False]
    assert quotas["price_tier"][0] >= 1
    assert matching.certificate["quota_price"][0][:2] == ("q1", None)
    matching.verify(all_pairs=True)


def test_a_cap_for_each_household_names_it():
    matching = solve(
        needs={"household_id": ["h1", "h1", "h2"]},
        workers={"caseload_max": [3, 3]},
        quotas={"quota_id": ["q1"], "per_household": [True], "cap": [1]},
    )
    assert list(matching.assignments["need_id"]) == ["n1", "n3"]
    assert [row[:2] for row in matching.certificate["quota_price"]] == [("q1", "h1")]


def test_quotas_that_cross_are_kept_and_said_to_cross():
    matching = solve(
        workers={"caseload_max": [3, 3]},
        needs={"risk": ["yellow", "green", "yellow"]},
        quotas={"quota_id": ["q1", "q2"], "area": ["140524100001", None], "risk": [None, "yellow"], "cap": [1, 1]},
    )
    assert list(matching.quotas["crosses"]) == [True, True]
    assert max(matching.quotas["served"]) == 1
    assert list(matching.assignments["need_id"]) == ["n2", "n3"]
    assert matching.status in ("optimal", "bounded")
    assert (matching.status == "optimal") == (matching.gap == (0, 0))
    assert matching.status_text
    matching.verify(all_pairs=True)


def test_caseloads_are_least_unequal_where_nothing_else_decides():
    policy = needmatch.Policy.from_toml('objective = "least_unequal"')
    tables = {
        "needs": {"need_id": ["n1", "n2"], "community": ["140524100001"] * 2, "domain": ["elderly_care"] * 2}
        | {"risk": ["red"] * 2, "age_band": ["70-79"] * 2, "consent": ["general"] * 2},
        "workers": {"caseload_max": [5, 5], "base_community": ["140524100001"] * 2},
    }
    matching = solve(policy, **tables)
    assert sorted(matching.assignments["worker_id"]) == ["w1", "w2"]
    assert (matching.engine, matching.engine_reason) == ("general", "costs of places can bind")
    assert matching.certificate["unit"] > 1
    unequal = solve(policy, **(tables | {"workers": tables["workers"] | {"caseload_current": [3, 0]}}))
    assert set(unequal.assignments["worker_id"]) == {"w2"}
