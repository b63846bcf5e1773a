"""The corpus that every face must agree on, read from Python."""

import pathlib
import sys

import numpy as np
import pytest

import needmatch

if sys.version_info >= (3, 11):
    import tomllib
else:
    pytest.skip("needs tomllib", allow_module_level=True)

CASES = pathlib.Path(__file__).parents[2] / "tests" / "cases"


def cases(pattern):
    files = [(path, tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(CASES.glob(pattern))]
    return [pytest.param(case, file, id=f"{path.stem}-{case['name']}") for path, file in files for case in file["case"]]


def found(error):
    return [[fault.code, -1 if fault.row is None else fault.row, fault.column or ""] for fault in error.faults]


def low_arrays(case):
    tiers = case.get("tiers")
    optional = {"parent": case.get("parents"), "tier": tiers, "capacity": case["places"]}
    if "arrays" in case:
        return case["arrays"] | optional
    scores = sorted(case["scores"], key=lambda row: row[0])
    n_needs = case.get("needs", len(tiers) if tiers is not None else 1 + max((row[0] for row in scores), default=-1))
    need, node, score = (list(part) for part in zip(*scores, strict=True)) if scores else ([], [], [])
    indptr = np.searchsorted(need, np.arange(n_needs + 1)) if need else np.zeros(n_needs + 1, int)
    return {"indptr": indptr, "node": node, "score": score} | optional


def general_arrays(case):
    """The arrays of floors, groups of needs and costs of places that a case has."""
    places, caps, costs = case["places"], case.get("group_caps"), case.get("costs", [])
    costs = sorted(costs, key=lambda row: row[0])
    return {
        "floor": case.get("floors"),
        "demand_group": case.get("groups"),
        "demand_cap": caps,
        "demand_floor": case.get("group_floors"),
        "demand_parent": case.get("group_parents"),
        "load_indptr": np.searchsorted([row[0] for row in costs], np.arange(len(places) + 1)) if costs else None,
        "load_from": [row[1] for row in costs] if costs else None,
        "load_cost": [row[2] for row in costs] if costs else None,
    }


@pytest.mark.parametrize(("case", "file"), cases("low_*.toml") + cases("general_*.toml"))
def test_low_level(case, file):
    expect, arrays = case["expect"], low_arrays(case) | general_arrays(case)
    if "faults" in expect:
        with pytest.raises(needmatch.InputError) as caught:
            needmatch.assign(**arrays)
        assert found(caught.value) == expect["faults"]
        return
    a = needmatch.assign(**arrays)
    if "missing" in expect:
        assert a.status == "floors_unmet"
        tight = {name: value if np.isscalar(value) else value.tolist() for name, value in a.tight_set.items()}
        assert {name: tight[name] for name in expect} == expect
        return
    assert a.total.score == expect["total"]
    assert a.bound == a.total
    if "assignments" in expect:
        assert a.node.tolist() == expect["assignments"]
    if "served" in expect:
        tier = np.array(arrays["tier"] if arrays["tier"] is not None else [0] * len(a.node), int)
        counts = np.bincount(tier[a.node >= 0], minlength=len(expect["served"]))
        assert counts.tolist() == expect["served"]


def high_table(rows, defaults):
    """The columns of rows, those of the defaults included; an empty text is a missing value."""
    names = sorted({name for row in [*rows, defaults] for name in row}) if rows else []
    columns = {name: [row.get(name, defaults.get(name)) for row in rows] for name in names}
    return {name: [None if value == "" else value for value in values] for name, values in columns.items()}


def high_problem(case, file):
    names = ["needs", "workers", "organizations", "communities", "groups", "quotas"]
    rows = {name: case.get(name, file["usual"].get(name)) for name in names}
    tables = {name: high_table(rows[name], file["defaults"].get(name, {})) for name in names if rows[name] is not None}
    return needmatch.Problem(**tables, policy=needmatch.Policy.from_toml(case.get("policy", "")))


@pytest.mark.parametrize(("case", "file"), cases("high_*.toml"))
def test_high_level(case, file):
    expect = case["expect"]
    if "faults" in expect:
        with pytest.raises(needmatch.InputError) as caught:
            needmatch.solve(high_problem(case, file))
        assert [
            [fault.table, row, column, code]
            for fault, (code, row, column) in zip(caught.value.faults, found(caught.value), strict=True)
        ] == expect["faults"]
        return
    m = needmatch.solve(high_problem(case, file))
    served, left = m.assignments, m.unmatched
    providers = [
        worker or organization
        for worker, organization in zip(served["worker_id"], served["organization_id"], strict=True)
    ]
    assert dict(zip(served["need_id"], providers, strict=True)) == expect.get("assignments", {})
    assert dict(zip(left["need_id"], left["reason"], strict=True)) == expect.get("unmatched", {})
    failed = dict(zip(left["need_id"], left["failed_rules"], strict=True))
    for need, rules in expect.get("failed", {}).items():
        assert {entry.partition(":")[0] for entry in failed[need].split(";") if entry} == set(rules)
    assert m.gap == (0, 0)
