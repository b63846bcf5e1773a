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


@pytest.mark.parametrize("over", ["county", "township"])
def test_leximin_has_the_same_least_rate_and_no_lower_ones_after_it(over):
    def rates(objective):
        text = f'objective = "{objective}"\nobjective_over = "{over}"'
        tables = needmatch.datasets.jincheng("pilot")
        matching = needmatch.solve(needmatch.Problem(**tables, policy=needmatch.Policy.from_toml(text)))
        matching.verify(all_pairs=True)
        return matching.rates

    own, other = rates("leximin"), rates("max_min")
    assert own["least"] == own["bound"] == other["least"]
    ascending = [sorted(Fraction(kind["served"], kind["needs"]) for kind in of["kinds"]) for of in (own, other)]
    assert ascending[0] >= ascending[1]
    assert own["tight_set"] is None
    assert [Fraction(*rate) for rate in own["greatest"]] == ascending[0]
    kinds = [{limit["id"] for limit in ceiling["floors"] if limit["level"] == "kind"} for ceiling in own["ceilings"]]
    assert all(inner <= outer for inner, outer in zip(kinds, kinds[1:], strict=False))


@pytest.mark.parametrize("objective", ["max_min", "leximin"])
def test_where_kinds_cross_the_rates_are_reached_or_bounded(objective):
    text = f'objective = "{objective}"\nobjective_over = "client_group"'
    tables = needmatch.datasets.jincheng("pilot")
    matching = needmatch.solve(needmatch.Problem(**tables, policy=needmatch.Policy.from_toml(text)))
    matching.verify(all_pairs=True)
    rates = matching.rates
    own = sorted(Fraction(kind["served"], kind["needs"]) for kind in rates["kinds"])
    assert (Fraction(*rates["least"]), Fraction(*rates["bound"])) >= (own[0], own[0])
    greatest = [Fraction(*rate) for rate in rates["greatest"]]
    if objective == "max_min":
        assert greatest == []
        return
    assert len(greatest) == len(own) and greatest[0] == Fraction(*rates["bound"])
    assert own <= greatest and sorted(greatest) == greatest
    assert matching.status == "bounded" or own == greatest


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


@pytest.mark.parametrize("objective", ["max_min", "leximin"])
def test_explanations_keep_the_rates(objective):
    tables = needmatch.datasets.jincheng("pilot")
    policy = needmatch.Policy.from_toml(f'objective = "{objective}"\nobjective_over = "township"')
    matching = needmatch.solve(needmatch.Problem(**tables, policy=policy))
    kinds = matching.rates["kinds"]
    tables["quotas"] = {
        "quota_id": [f"q{k}" for k in range(len(kinds))],
        "area": [kind["kind"] for kind in kinds],
        "floor": [str(kind["floor"]) for kind in kinds],
    }
    within = needmatch.solve(needmatch.Problem(**tables))
    assert within.total == matching.total

    def losses(of):
        table = of.why_not_all()
        pairs = zip(table["need_id"], table["provider_id"], strict=True)
        return dict(zip(pairs, zip(table["loss_tier"], table["loss_score"], strict=True), strict=True))

    own, other = losses(matching), losses(within)
    assert own.keys() == other.keys()
    # A pair that one of two equally good matchings has is no loss for the other.
    assert all((own[pair][0] or 0, own[pair][1] or 0) == (other[pair][0] or 0, other[pair][1] or 0) for pair in own)
    assert any(tier for tier, _ in own.values())


def test_decision_files_are_refused():
    matching = needmatch.solve(needmatch.Problem(**town(), policy=policy("county")))
    assert faults(matching.to_decision) == [403]
