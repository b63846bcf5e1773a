"""Metamorphic: what no rule and no criterion in force reads changes no byte of a result, and more supply never hurts.

Nothing here knows what the right answer is; two answers are compared. `TOWNS` in the environment says how many are tried.
"""

import copy
import os
import random
import re

import pytest
import towns

import needmatch

N_TOWNS = max(int(os.environ.get("TOWNS", 2000)) // 40, 40)
WEIGHTS = {
    "domain_competence": 200,
    "qualification": 150,
    "travel_time": 200,
    "continuity": 200,
    "waiting": 50,
    "languages": 50,
    "preference": 100,
    "organization_grade": 50,
}
OBJECTIVES = ["tiers_then_score", "coverage_then_score", "score", "least_unequal", "stable"]
WORKERS, ORGANIZATIONS = [f"w{k}" for k in range(6)], [f"o{k}" for k in range(3)]

# Table and column; rules and criteria that read it; values; where it is read in spite of that.
UNREAD = [
    ("communities", "name", (), ("泽州", "A place"), None),
    ("needs", "household_id", (), ("h1", "h2"), None),
    ("needs", "sex", (), ("0", "1", "2", "9"), lambda need: is_protected(need)),
    ("needs", "min_qualification", ("H01",), towns.QUALIFICATIONS, None),
    ("needs", "assessor_organization", ("H10",), ORGANIZATIONS, None),
    ("needs", "required_sex", ("H16",), ("1", "2", "9"), None),
    ("needs", "waiting_days", ("waiting",), ("0", "10", "900"), None),
    ("needs", "languages", ("languages",), ("jin", "mandarin;other"), None),
    ("needs", "preferred_workers", ("preference",), WORKERS, None),
    ("needs", "current_worker", ("continuity",), WORKERS, None),
    ("needs", "current_organization", ("continuity",), ORGANIZATIONS, None),
    ("workers", "languages", ("languages",), ("jin", "sign_language"), None),
    ("workers", "max_travel_minutes", ("T01", "travel_time"), ("0", "15", "300"), None),
    ("organizations", "compliant", ("H02",), ("true", "false"), None),
    ("organizations", "eval_grade", ("organization_grade",), ("1", "3", "5"), None),
    ("organizations", "eval_valid_until", ("organization_grade",), towns.DATES, None),
    ("groups", "domains", ("H20",), towns.DOMAINS, lambda group: group["kind"] != "fund_line"),
    ("groups", "valid_until", ("H20",), towns.DATES, lambda group: group["kind"] != "fund_line"),
]


@pytest.mark.parametrize(("table", "column", "readers", "values", "is_read"), UNREAD, ids=lambda v: v if isinstance(v, str) else "")
def test_what_nothing_in_force_reads_changes_no_byte(table, column, readers, values, is_read):
    n_changed = n_served = 0
    for seed in range(N_TOWNS):
        tables, _ = towns.town(seed)
        policy = needmatch.Policy.from_toml(without(readers))
        changed = copy.deepcopy(tables)
        draw = random.Random(seed)
        known = {row[key] for name, key in towns.KEYS.items() for row in tables[name]}
        for row in changed[table]:
            if is_read is None or not is_read(row):
                value = draw.choice([None, *values])
                refers = column.endswith(("_worker", "_workers", "_organization"))
                if value is None or (refers and value not in known):
                    row.pop(column, None)
                else:
                    row[column] = value
        before, after = solved(tables, policy), solved(changed, policy)
        if before is None:
            assert after is None, f"seed {seed}"
            continue
        assert answer(before, readers) == answer(after, readers), f"seed {seed}"
        n_changed += before.provenance.input_digest != after.provenance.input_digest
        n_served += before.n_served
    assert n_changed > N_TOWNS / 8 and n_served > N_TOWNS / 4, "or nothing was shown"


def test_one_place_more_never_costs_anything_and_a_need_less_frees_what_it_had():
    n_better = 0
    for seed in range(5 * N_TOWNS):
        tables, policy = towns.town(seed)
        policy = needmatch.Policy.from_toml(policy)
        before = solved(tables, policy)
        if before is None:
            continue
        more = copy.deepcopy(tables)
        worker = random.Random(seed).choice(more["workers"])
        worker["caseload_max"] = str(int(worker["caseload_max"]) + 1)
        with_place = solved(more, policy)
        assert with_place.total >= before.total, f"seed {seed}"
        n_better += with_place.total > before.total
        # A need that takes no part is no matter for the others.
        fewer = copy.deepcopy(tables)
        apart = [n for n, reason in zip(before.unmatched["need_id"], before.unmatched["reason"]) if reason in ("immediate", "human_only")]
        fewer["needs"] = [need for need in fewer["needs"] if need["need_id"] not in apart]
        if apart and fewer["needs"]:
            same = solved(fewer, policy)
            assert (same.total, assignments(same)) == (before.total, assignments(before)), f"seed {seed}"
    assert n_better > 0, "or nothing was shown"


def test_under_the_default_the_most_urgent_are_never_served_less_than_under_another_objective():
    n_less = 0
    for seed in range(5 * N_TOWNS):
        tables, _ = towns.town(seed)
        served = {}
        for objective in OBJECTIVES:
            policy = needmatch.Policy.from_toml(f'objective = "{objective}"\n' + without(()))
            if (matching := solved(tables, policy)) is None:
                break
            served[objective] = [sum(tier <= k for tier in matching.assignments["tier"]) for k in (1, 2, 3, 4)]
        for objective, counts in served.items():
            assert all(most >= n for most, n in zip(served[OBJECTIVES[0]], counts)), f"seed {seed}, {objective}"
            n_less += counts != served[OBJECTIVES[0]]
    assert n_less > 0, "or nothing was shown"


def without(readers):
    """A policy in which some rules and criteria are off; their weight goes to the competence in the domain."""
    weights = {name: 0 if name in readers else weight for name, weight in WEIGHTS.items()}
    weights["domain_competence"] += 1000 - sum(weights.values())
    text = ["[rules]", *(f"{rule} = false" for rule in readers if rule not in WEIGHTS)]
    text += ["[travel]", "max_minutes = 120", 'unknown_location = "pass"']
    return "\n".join([*text, "[criteria]", *(f"{name} = {weight}" for name, weight in weights.items())])


def solved(tables, policy):
    """The answer, or None where the pins are refused."""
    try:
        columns = {name: towns.columns(rows, towns.KEYS[name]) for name, rows in tables.items()}
        return needmatch.solve(needmatch.Problem(**columns, policy=policy), threads=1)
    except needmatch.InputError:
        return None


def answer(matching, readers):
    """The bytes of a result without the digest of its input and the measures of criteria that count nothing."""
    text = matching.to_json().decode().replace(matching.provenance.input_digest, "")
    for name in readers:
        text = re.sub(f'"{name}":\\d+', "", text)
    return text


def assignments(matching):
    return list(zip(*(matching.assignments[name] for name in ("need_id", "organization_id", "worker_id", "score"))))


def is_protected(need):
    """Residents whose sex a law asks about."""
    groups = need.get("groups", "").split(";")
    return need["domain"] == "community_correction" or {"correction_subject", "violence_victim"} & set(groups)
