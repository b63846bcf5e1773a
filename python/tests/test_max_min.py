"""The greatest least rate through the Python face."""

from fractions import Fraction

import needmatch
import pytest
from town import faults, town


def policy(over: str) -> needmatch.Policy:
    return needmatch.Policy.from_toml(f'objective = "max_min"\nobjective_over = "{over}"')


@pytest.mark.parametrize("over", ["county", "township", "client_group"])
def test_every_kind_has_the_least_rate(over):
    problem = needmatch.Problem(**needmatch.datasets.jincheng("pilot"), policy=policy(over))
    matching = needmatch.solve(problem)
    rates = matching.rates
    assert rates["over"] == over
    least, bound = Fraction(*rates["least"]), Fraction(*rates["bound"])
    assert min(Fraction(kind["served"], kind["needs"]) for kind in rates["kinds"]) == least
    assert all(kind["served"] >= kind["floor"] >= least * kind["needs"] for kind in rates["kinds"])
    if over == "client_group":
        assert least <= bound
    else:
        assert (matching.status, matching.gap, least) == ("optimal", (0, 0), bound)
    assert (matching.engine, matching.engine_reason) == ("general", "the objective asks for it")
    matching.verify()
    matching.verify(all_pairs=True)
    price = matching.objective_price()
    assert all(sum(price["served"][: k + 1]) >= 0 for k in range(4))


def test_the_proof_says_what_stands_in_the_way():
    quotas = {"quota_id": ["q"], "area": ["140524"], "cap": ["1"]}
    matching = needmatch.solve(needmatch.Problem(**town(), quotas=quotas, policy=policy("county")))
    rates = matching.rates
    assert rates["least"] == rates["bound"] == (1, 3)
    assert [limit["level"] for limit in rates["tight_set"]["floors"]] == ["kind"]
    assert [limit["id"] for limit in rates["tight_set"]["caps"]] == ["q"]
    assert rates["tight_set"]["missing"] == 1
    assert [kind for kind, _ in matching.certificate["kind_price"]] in ([], ["140524000000"])


def test_other_objectives_compare_no_kinds():
    assert needmatch.solve(needmatch.Problem(**town())).rates is None


def test_what_rests_on_prices_alone_is_refused():
    matching = needmatch.solve(needmatch.Problem(**town(), policy=policy("county")))
    assert faults(matching.to_decision) == [403]
    assert faults(matching.why, "n1") == [600]
