"""Two results beside each other, and which amendment did what of the difference."""

import json

import polars as pl
import pytest
from town import town

import needmatch

NEAR = needmatch.Policy.from_toml("[travel]\nmax_minutes = 1\n[criteria]\nwaiting = 100\nlanguages = 0")


def solved(policy=None, frame=dict, **changes):
    tables = {name: frame(table) for name, table in town(**changes).items()}
    return needmatch.solve(needmatch.Problem(**tables, policy=policy))


def test_two_matchings_stand_beside_each_other():
    difference = needmatch.compare(solved(), solved(workers={"caseload_max": [2, 1]}))
    assert difference["need_id"] == ["n1", "n2", "n3"]
    assert difference["change"] == ["same", "gained", "same"]
    assert difference["from_worker_id"][1] is None and difference["to_worker_id"][1] == "w1"
    assert difference["text"][1] == "n2 was not served; w1 serves it now."
    assert difference["text_zh"][1] == "n2原未获服务，现由w1服务。"


def test_the_difference_is_a_table_of_the_callers_kind():
    assert isinstance(needmatch.compare(solved(frame=pl.DataFrame), solved()), pl.DataFrame)


def test_contributions_add_up_to_the_difference():
    before, after = solved(), solved(NEAR)
    found = needmatch.attribute(**town(), to_policy=NEAR)
    assert found.contributions["amendment"] == ["criteria.languages", "criteria.waiting", "travel.max_minutes"]
    assert (found.denominator, found.orders, found.runs) == (6, None, 8)
    assert sum(found.contributions["score"]) == 6 * (after.total.score - before.total.score)
    assert sum(found.contributions["tier"]) == 6 * (after.total.tier - before.total.tier)
    for need in set(found.shares["need_id"]):
        shares = zip(found.shares["need_id"], found.shares["share"], strict=True)
        assert sum(share for own, share in shares if own == need) == 6
    assert json.loads(found.to_json())["facts"][2]["before"] == "60"
    assert repr(found) == "<needmatch.Attribution 3 amendments, 8 runs>"
    assert found.difference["change"] == needmatch.compare(before, after)["change"]


def test_tables_are_amendments_too():
    more = town(workers={"caseload_max": [2, 1]})["workers"]
    found = needmatch.attribute(**town(), to_policy=NEAR, to_tables={"workers": more}, together=["criteria"])
    assert found.contributions["amendment"] == ["criteria", "tables.workers", "travel.max_minutes"]
    # The green need is served because of the second place alone.
    served = found.contributions["served_p4"]
    assert served[1] > 0 and sum(served) == found.denominator
    with pytest.raises(ValueError, match="to_tables"):
        needmatch.attribute(**town(), to_tables={"employees": more})


def test_beyond_eight_amendments_orders_are_drawn():
    text = "rules = { H01 = false, H02 = false, H10 = false, H14 = false, H16 = false, H18 = false, T01 = false }\n"
    other = needmatch.Policy.from_toml("objective = 'score'\n" + text + "[travel]\nmax_minutes = 9")
    found = needmatch.attribute(**town(), to_policy=other, orders=3)
    assert (found.denominator, found.orders) == (3, 3)
    total = solved(other).total.score - solved().total.score
    assert sum(found.contributions["score"]) == 3 * total
    with pytest.raises(needmatch.InputError):
        needmatch.attribute(**town(), to_policy=other, orders=0)


def test_explanations_are_told_as_json_too():
    why = solved().why("n1")
    assert json.loads(why.to_json())["facts"][0]["need_id"] == "n1"


def test_a_matching_stays_between_weights():
    m = solved()
    ranges = m.weight_ranges()
    assert ranges["criterion"][2:4] == ["travel_time", "continuity"] and ranges["weight"][2] == 200
    assert all(a <= w <= b for a, w, b in zip(ranges["least"], ranges["weight"], ranges["most"], strict=True))
    each = m.weight_ranges(assignments=True, max_solves=50)
    assert len(each["need_id"]) == 8 * len(m.assignments["need_id"]) and set(each["least_exact"]) == {1}
    row = each["criterion"].index("travel_time")
    assert each["least"][row] <= ranges["least"][2] and each["most"][row] >= ranges["most"][2]
    # Only the ways of the two needs differ, so with any weight on them nothing else is better.
    assert ranges["most"][2] == 1000
