"""Stable matchings through the Python face."""

import needmatch
import pytest
from town import faults, town

STABLE = needmatch.Policy.from_toml('objective = "stable"')


def test_a_stable_matching_has_no_blocking_pair():
    problem = needmatch.Problem(**needmatch.datasets.jincheng("pilot"), policy=STABLE)
    matching = needmatch.solve(problem)
    assert (matching.status, matching.engine) == ("stable", "deferred_acceptance")
    assert matching.engine_reason == "the objective asks for it"
    assert matching.gap == (0, 0)
    assert matching.n_served > 400
    assert set(matching.capacity["price"]) == {0}
    matching.verify()
    matching.verify(all_pairs=True)
    price = matching.objective_price()
    assert all(sum(price["served"][: k + 1]) >= 0 for k in range(4))


def test_what_rests_on_prices_is_refused():
    matching = needmatch.solve(needmatch.Problem(**town(), policy=STABLE))
    assert faults(matching.to_decision) == [403]
    assert faults(matching.why, "n1") == [600]


def test_floors_are_refused():
    problem = needmatch.Problem(**town(workers={"caseload_max": [3, 3], "caseload_min": [0, 2]}), policy=STABLE)
    with pytest.raises(needmatch.InputError, match="403"):
        needmatch.solve(problem)
