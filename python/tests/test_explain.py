"""Why this one, why not that one, and what a place is worth."""

import pandas as pd
import polars as pl
import pytest
from town import town

import needmatch


def solved(frame=dict, **changes):
    return needmatch.solve(needmatch.Problem(**{name: frame(table) for name, table in town(**changes).items()}))


def test_an_assignment_has_its_margin_and_its_chain():
    why = solved().why("n1")
    assert why.answer == "assigned"
    # Without it n1 and n3 change places, so nobody loses service.
    assert why.loss.tier == 0 and why.loss.score > 0 and why.served_by_tier == [0, 0, 0, 0]
    assert list(zip(why.chain["need_id"], why.chain["to_id"], strict=True)) == [("n1", "w2"), ("n3", "w1")]
    assert "w1 serves n1" in why.text and "w1服务n1" in why.text_zh
    assert why.others["provider_id"] == ["w2"]
    assert repr(why) == "<needmatch.Explanation assigned>" and str(why) == why.text


def test_a_need_that_is_not_served_has_its_reason_and_what_each_candidate_would_cost():
    why = solved().why("n2")
    assert (why.answer, why.loss, why.chain["need_id"]) == ("no_open_place", None, [])
    assert sorted(why.others["provider_id"]) == ["w1", "w2"] and why.others["loss_tier"] == [2, 2]


def test_a_pair_that_was_not_chosen_loses_what_is_said_and_moves_who_is_said():
    m = solved()
    e = m.why_not("n2", "w2")
    assert (e.answer, e.loss.tier, e.served_by_tier) == ("loss", 2, [0, -1, 0, 1])
    assert e.chain["need_id"] == ["n2", "n3"] and e.chain["to_id"] == ["w2", None]
    pinned = solved(needs={"pinned_worker": [None, "w2", None]})
    assert m.total.tier - pinned.total.tier == e.loss.tier and m.total.score - pinned.total.score == e.loss.score
    assert pinned.why("n2").answer == "pinned" and pinned.why_not("n2", "w1").answer == "pinned"


def test_a_pair_that_fails_rules_names_them():
    m = solved(workers={"qualifications": ["sw_assistant", None]})
    e = m.why_not("n3", "w2", level="worker")
    assert (e.answer, e.failed_rules, e.loss, e.served_by_tier) == ("failed_rules", ["H01"], None, None)
    assert m.why_not("n3", "o1").failed_rules[0] == "D01"


def test_all_pairs_and_all_places_are_tables():
    m = solved()
    rows = m.why_not_all("n2")
    assert rows["provider_id"] == ["w1", "w2", "o1", "o2"]
    assert rows["answer"] == ["loss", "loss", "failed_rules", "failed_rules"]
    losses = m.why_not_all()
    assert len(losses["need_id"]) == m.n_candidates == 6
    values = m.values()
    assert values["places"][:2] == [1, -1] and values["id"][:2] == ["w1", "w1"]
    more = {i: t for i, p, t in zip(values["id"], values["places"], values["loss_tier"], strict=True) if p == 1}
    assert more == {"w1": -1, "w2": -1, "o1": 0, "o2": 0}
    assert m.values(chains=True)["step"][0] == 1


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame])
def test_explanations_come_in_the_kind_of_table_that_needs_came_in(frame):
    m = solved(frame)
    for table in [m.why("n1").facts, m.why("n1").others, m.why_not("n2", "w1").chain, m.why_not_all(), m.values()]:
        assert isinstance(table, frame)


def test_who_is_not_there_is_a_key_error_that_does_not_repeat_the_value():
    m = solved()
    for ask in [lambda: m.why("Zhang"), lambda: m.why_not("n1", "Zhang"), lambda: m.why_not_all("Zhang")]:
        with pytest.raises(KeyError) as error:
            ask()
        assert "Zhang" not in str(error.value)
    with pytest.raises(KeyError):
        m.why_not("n1", "w1", level="organization")
    with pytest.raises(ValueError, match="level"):
        m.why_not("n1", "w1", level="team")


def test_the_number_of_threads_changes_no_explanation():
    problem = needmatch.Problem(**needmatch.datasets.jincheng("pilot"))
    one, two = needmatch.solve(problem, threads=1), needmatch.solve(problem, threads=2)
    for ask in [lambda m, n: m.values(threads=n), lambda m, n: m.why_not_all(threads=n)]:
        assert dict(ask(one, 1)) == dict(ask(two, 2))


def test_every_loss_of_the_pilot_is_that_of_solving_with_the_pair_pinned():
    tables = needmatch.datasets.jincheng("pilot")
    m = needmatch.solve(needmatch.Problem(**tables))
    losses = pd.DataFrame(dict(m.why_not_all())).query("level == 'worker' and moves > 1")
    needs = tables["needs"].to_dict()
    for row in losses.sort_values(["moves", "need_id", "provider_id"]).tail(8).itertuples():
        pinned = list(needs.get("pinned_worker", [None] * len(needs["need_id"])))
        pinned[needs["need_id"].index(row.need_id)] = row.provider_id
        again = needmatch.solve(needmatch.Problem(**{**tables, "needs": {**needs, "pinned_worker": pinned}}))
        assert (m.total.tier - again.total.tier, m.total.score - again.total.score) == (row.loss_tier, row.loss_score)
        assert m.why_not(row.need_id, row.provider_id).loss == (row.loss_tier, row.loss_score)


def test_a_shortage_names_who_is_short_of_what_and_the_repair_ends_it():
    m = solved()
    rows = m.shortages()
    assert (rows["needs"], rows["places"], rows["left_over"], rows["places_at_workers"]) == ([3], [2], [1], [2])
    assert rows["domains"] == ["elderly_care:3:2"] and "1 too few" in rows["text"][0]
    parts = m.shortages(parts=True)
    assert [i for k, i in zip(parts["kind"], parts["id"], strict=True) if k == "binding"] == ["w1", "w2"]
    repair = m.smallest_repair()
    assert (repair["level"], repair["places"]) == (["worker"], [1])
    more = [1 + (w == repair["id"][0]) for w in ["w1", "w2"]]
    assert solved(workers={"caseload_max": more}).n_served == 3


def test_an_improvement_gains_what_is_said():
    m = solved(workers={"domains": ["elderly_care", "mental_health"]})
    rows = m.improvements()
    first = {name: rows[name][0] for name in rows.columns}
    assert (first["improvement"], first["id"], first["domain"], first["proven"]) == ("train", "w2", "elderly_care", 1)
    better = solved(workers={"domains": ["elderly_care", "mental_health;elderly_care:1"]})
    gain = (better.total.tier - m.total.tier, better.total.score - m.total.score)
    assert (first["gain_tier"], first["gain_score"]) == gain and first["served_p2"] == 1


def test_a_pin_and_a_ban_have_their_cost():
    pinned = {"pinned_worker": [None, "w2", None]}
    m, free = solved(needs=pinned), solved()
    costs = m.pin_costs()
    assert (costs["need_id"], costs["kind"], costs["id"]) == (["n2"], ["pin"], ["w2"])
    assert -costs["loss_tier"][0] == free.total.tier - m.total.tier == 2 and costs["gains_need_id"] == ["n3"]
    banned = solved(needs={"excluded_workers": ["w1", None, None], "excluded_organizations": ["o2", None, None]})
    costs = banned.pin_costs()
    assert costs["kind"] == ["ban", "ban"] and costs["loss_tier"] == [-3, -3]


def test_results_within_quotas_are_explained_too():
    quotas = {"quota_id": ["q1"], "risk": ["yellow"], "floor": [1], "cap": [1]}
    tables = town(workers={"worker_id": ["w1"], "organization_id": ["o1"], "domains": ["elderly_care"],
                           "caseload_max": [1], "qualifications": ["sw_assistant"],
                           "base_community": ["140524100001"]})
    m = needmatch.solve(needmatch.Problem(**tables, quotas=quotas))
    assert m.engine == "general" and m.assignments["need_id"] == ["n3"]
    # The yellow need must be served, so the red one cannot be.
    why = m.why("n3")
    assert why.answer == "assigned" and why.loss is None and "cannot be kept" in why.text
    assert m.why_not("n1", "w1").answer == "breaks_bounds"
    values = m.values()
    row = [k for k, (name, n) in enumerate(zip(values["id"], values["places"], strict=True)) if (name, n) == ("w1", 1)]
    assert values["gains_need_id"][row[0]] == "n1"
    with pytest.raises(needmatch.InputError) as caught:
        m.shortages()
    assert caught.value.faults[0].code == 600
