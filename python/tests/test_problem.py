"""Problems and policies: tables of every kind give the same problem, and what is wrong is named by its place."""

import datetime
import math
import random

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from town import town

import needmatch

FRAMES = [dict, pl.DataFrame, pa.table, pd.DataFrame, lambda table: duckdb.from_arrow(pa.table(table)), needmatch.Table]


def faults(**tables):
    with pytest.raises(needmatch.InputError) as caught:
        needmatch.Problem(**tables)
    return [(fault.name, fault.table, fault.row, fault.column) for fault in caught.value.faults]


@pytest.mark.parametrize("frame", FRAMES)
def test_every_kind_of_table_gives_the_same_problem(frame):
    problem = needmatch.Problem(**{name: frame(table) for name, table in town().items()})
    assert problem.input_digest == needmatch.Problem(**town()).input_digest
    assert repr(problem) == "<needmatch.Problem 3 needs, 2 workers, 2 organizations, 2 communities>"


def test_kinds_of_tables_can_be_mixed():
    needs, workers, organizations, communities = (
        town()[name] for name in ("needs", "workers", "organizations", "communities")
    )
    problem = needmatch.Problem(
        needs=pl.DataFrame(needs),
        workers=pa.table(workers),
        organizations=pd.DataFrame(organizations),
        communities=communities,
    )
    assert problem.input_digest == needmatch.Problem(**town()).input_digest


def test_the_order_of_rows_and_columns_does_not_matter():
    shuffled = {}
    for name, table in town().items():
        order = random.Random(name).sample(range(len(next(iter(table.values())))), len(next(iter(table.values()))))
        shuffled[name] = {column: [table[column][k] for k in order] for column in reversed(table)}
    assert needmatch.Problem(**shuffled).input_digest == needmatch.Problem(**town()).input_digest


def test_whole_numbers_may_come_as_floats_and_codes_as_whole_numbers():
    changed = town(
        workers={"caseload_max": [1.0, 1.0]},
        organizations={"capacity_max": np.array([10, 10], "float32")},
        communities={"community": [140524100001, 140524100002]},
        needs={"community": np.array([140524100001, 140524100001, 140524100002])},
    )
    assert needmatch.Problem(**changed).input_digest == needmatch.Problem(**town()).input_digest


def test_lists_dates_and_missing_values_are_read():
    tables = town(
        needs={"preferred_workers": [["w1", "w2"], [], None], "waiting_days": [None, 5, None]},
        workers={"minor_check_valid_until": [datetime.date(2027, 1, 1), None]},
    )
    texts = town(
        needs={"preferred_workers": ["w1;w2", None, None], "waiting_days": ["", "5", ""]},
        workers={"minor_check_valid_until": ["2027-01-01", ""]},
    )
    assert needmatch.Problem(**tables).input_digest == needmatch.Problem(**texts).input_digest
    assert needmatch.Problem(**tables).input_digest != needmatch.Problem(**town()).input_digest


def test_sizes_are_counted():
    problem = needmatch.Problem(**town(groups={"group_id": ["g1"]}, organizations={"group_id": ["g1", None]}))
    sizes = (problem.n_needs, problem.n_workers, problem.n_organizations, problem.n_communities, problem.n_groups)
    assert sizes == (3, 2, 2, 2, 1)
    assert repr(problem).endswith("2 communities, 1 groups>")


@pytest.mark.parametrize("frame", [*FRAMES[:4], needmatch.Table])
@pytest.mark.parametrize("kept", [(), ("communities",), ("communities", "organizations", "workers")])
def test_empty_tables_are_a_problem_with_an_empty_answer(frame, kept):
    tables = {
        name: frame(table if name in kept else {column: values[:0] for column, values in table.items()})
        for name, table in town().items()
    }
    matching = needmatch.solve(needmatch.Problem(**tables))
    assert (len(matching.assignments), len(matching.unmatched), matching.total) == (0, 0, (0, 0))


def test_tables_without_columns_are_empty():
    assert needmatch.Problem(needs={}, workers={}, organizations={}, communities={}).n_needs == 0


BAD = [
    (dict(needs={"lon": [math.nan, 113.0, 113.0], "lat": [35.0] * 3}), ("NotFinite", "needs", 0, "lon")),
    (dict(needs={"lon": [113.0, math.inf, 113.0], "lat": [35.0] * 3}), ("NotFinite", "needs", 1, "lon")),
    (dict(needs={"lat": [35.0, 35.0, -math.inf], "lon": [113.0] * 3}), ("NotFinite", "needs", 2, "lat")),
    (dict(workers={"caseload_max": [1.0, math.nan]}), ("NotFinite", "workers", 1, "caseload_max")),
    (dict(workers={"caseload_max": [1.0, 0.5]}), ("NotInteger", "workers", 1, "caseload_max")),
    (dict(workers={"caseload_max": [-1, 1]}), ("OutOfRange", "workers", 0, "caseload_max")),
    (dict(organizations={"capacity_max": [1, -5]}), ("OutOfRange", "organizations", 1, "capacity_max")),
    (dict(organizations={"capacity_max": [1, 2**40]}), ("OutOfRange", "organizations", 1, "capacity_max")),
    (dict(organizations={"capacity_max": [1, 2**64]}), ("OutOfRange", "organizations", 1, "#3")),
    (dict(organizations={"capacity_min": [0, 11]}), ("FloorAboveCap", "organizations", 1, "capacity_min")),
    (dict(workers={"caseload_min": [2, 0]}), ("FloorAboveCap", "workers", 0, "caseload_min")),
    (dict(needs={"risk": ["red", "purple", "green"]}), ("UnknownCode", "needs", 1, "risk")),
    (dict(needs={"risk": [0, 1, 4]}), ("UnknownCode", "needs", 2, "risk")),
    (dict(organizations={"status": ["registered", "?"]}), ("UnknownCode", "organizations", 1, "status")),
    (dict(workers={"organization_id": ["o1", "o9"]}), ("DanglingReference", "workers", 1, "organization_id")),
    (dict(needs={"current_worker": ["w9", None, None]}), ("DanglingReference", "needs", 0, "current_worker")),
    (
        dict(groups={"group_id": ["g1", "g2"], "parent_id": ["g2", "g1"]}),
        ("CyclicReference", "groups", 0, "parent_id"),
    ),
    (dict(needs={"need_id": ["n1", "n1", "n3"]}), ("DuplicateId", "needs", 1, "need_id")),
    (dict(needs={"need_id": ["n1", b"n\xff", "n3"]}), ("MalformedUtf8", "needs", 1, "need_id")),
    (dict(needs={"need_id": ["n1", "n\ud800", "n3"]}), ("MalformedUtf8", "needs", 1, "need_id")),
    (dict(needs={"need_id": ["n1", "n 2", "n3"]}), ("MalformedId", "needs", 1, "need_id")),
    (dict(needs={"need_id": ["n1", "n\u202e2", "n3"]}), ("MalformedId", "needs", 1, "need_id")),
    (dict(needs={"need_id": ["n1", "13800138000", "n3"]}), ("LooksPersonal", "needs", 1, "need_id")),
    (dict(needs={"need_id": ["n1", 13800138000.0, "n3"]}), ("ColumnType", "needs", 1, "#0")),
    (dict(needs={"need_id": [1, 13800138000, 3]}), ("LooksPersonal", "needs", 1, "need_id")),
    (dict(needs={"need_id": ["n1", "", "n3"]}), ("MissingValue", "needs", 1, "need_id")),
    (dict(needs={"need_id": ["n1", None, "n3"]}), ("MissingValue", "needs", 1, "need_id")),
    (dict(communities={"community": ["1.40524E+11", "140524100002"]}), ("DamagedCode", "communities", 0, "community")),
    (dict(communities={"community": [140524100001.0] * 2}), ("DamagedCode", "communities", None, "community")),
    (
        dict(workers={"minor_check_valid_until": ["2026-02-30", None]}),
        ("MalformedDate", "workers", 0, "minor_check_valid_until"),
    ),
    (
        dict(workers={"minor_check_valid_until": [None, datetime.datetime(2026, 1, 1, 12)]}),
        ("MalformedDate", "workers", 1, "#6"),
    ),
    (dict(needs={"risk": None}), ("MissingColumn", "needs", None, "risk")),
    (dict(needs={"wating_days": [1, 2, 3]}), ("UnknownColumn", "needs", None, "#6")),
    (dict(needs={"waiting_days": [1, 2]}), ("ColumnLength", "needs", None, "waiting_days")),
    (dict(needs={"waiting_days": [[1], [2], [3]]}), ("MalformedList", "needs", 0, "#6")),
    (dict(needs={"waiting_days": [True, False, True]}), ("ColumnType", "needs", None, "waiting_days")),
    (dict(quotas={"quota_id": ["q1"]}), ("MissingValue", "quotas", 0, "cap")),
]


@pytest.mark.parametrize(("changes", "expected"), BAD)
def test_bad_tables_are_refused_with_the_place(changes, expected):
    assert expected in faults(**town(**changes))


@pytest.mark.parametrize("frame", [pa.table, pl.DataFrame, pd.DataFrame])
@pytest.mark.parametrize(("changes", "expected"), BAD)
def test_bad_frames_are_refused(changes, expected, frame):
    name = expected[1]
    try:
        table = frame(town(**changes)[name])
    except (ValueError, TypeError, OverflowError, pa.ArrowException, pl.exceptions.PolarsError):
        return  # The library refuses it before we do.
    try:
        found = faults(**(town(**changes) | {name: table}))
    except (OverflowError, pa.ArrowException):
        return  # Pandas exports through pyarrow, which refuses it.
    if not (frame is pd.DataFrame and expected[0] == "NotFinite"):
        assert name in {fault[1] for fault in found}


def test_all_faults_of_all_tables_are_reported_at_once():
    found = faults(
        **town(
            needs={"risk": ["?", "?", "red"], "need_id": ["n1", "n1", None]},
            workers={"caseload_max": [-1, -1]},
            communities={"lat": [95.0, 35.0]},
        )
    )
    assert len(found) == 7
    assert [fault[1] for fault in found] == sorted(
        (fault[1] for fault in found), key=["communities", "groups", "organizations", "workers", "needs"].index
    )


def test_many_faults_are_counted_and_the_first_hundred_listed():
    n = 1000
    needs = {"need_id": [f"n{k}" for k in range(n)], "community": ["x"] * n, "domain": ["x"] * n, "risk": ["x"] * n}
    with pytest.raises(needmatch.InputError, match="3000 faults in the input") as caught:
        needmatch.Problem(**(town() | {"needs": needs}))
    assert (len(caught.value.faults), caught.value.n_faults) == (100, 3000)
    assert str(caught.value).endswith("and 2900 more")
    assert caught.value.message_zh.startswith("输入数据有 3000 处错误")


CANARY = "canary-7f3a9"


def test_no_error_repeats_a_value():
    """A value that is wrong in every column of every table, by every kind of table, is in no text of the error."""
    sizes = {"needs": 3, "workers": 2, "organizations": 2, "communities": 2, "groups": 1}
    columns = {
        "needs": """need_id community domain risk service_type groups age_band sex juvenile_case guardianship emergencies
            min_qualification required_sex languages waiting_days household_id current_worker current_organization preferred_workers
            excluded_workers excluded_organizations assessor_organization confidentiality consent pinned_worker lon lat
            automated_decision_refused""",
        "workers": """worker_id organization_id domains caseload_max caseload_current caseload_min qualifications sex
            languages minor_check_valid_until clearance authorities base_community lon lat service_area
            max_travel_minutes""",
        "organizations": """organization_id kind status incubated_since capacity_max capacity_current capacity_min direct domains
            credit_code compliant eval_grade eval_valid_until minor_check_valid_until service_area group_id lon lat""",
        "communities": "community urban_rural_class lon lat pilot",
        "groups": """group_id parent_id kind capacity_max capacity_min organization_kinds domains service_area valid_from
            valid_until""",
    }
    n_refused = 0
    for name, names in columns.items():
        for column in names.split():
            for value in (CANARY, f"{CANARY} !", f"{CANARY}\ud800", [CANARY, CANARY], f"{CANARY}@2026-02-30"):
                for frame in (dict, pa.table, pl.DataFrame):
                    try:
                        table = frame(town(**{name: {column: [value] * sizes[name]}})[name])
                    except (ValueError, TypeError, pa.ArrowException, pl.exceptions.PolarsError):
                        continue
                    try:
                        needmatch.Problem(**(town() | {name: table}))
                    except needmatch.InputError as error:
                        n_refused += 1
                        shown = [str(error), repr(error), error.message_zh, *map(repr, error.faults)]
                        assert not [text for text in shown if "canary" in text.lower()], (name, column)
    assert n_refused > 500


def test_names_of_unknown_columns_are_not_repeated():
    with pytest.raises(needmatch.InputError) as caught:
        needmatch.Problem(**town(needs={CANARY: [1, 2, 3]}))
    assert CANARY not in repr(caught.value)


def test_ten_million_rows_beyond_the_memory_budget_are_refused():
    n = 10_000_000
    same = pa.array(np.zeros(n, "int8"))
    code = pa.DictionaryArray.from_arrays(same, ["140524100001"])
    domain = pa.DictionaryArray.from_arrays(same, ["elderly_care"])
    needs = pa.table({"need_id": np.arange(n), "community": code, "domain": domain, "risk": same})
    control = needmatch.Control()
    control.memory_budget = 100_000_000
    with pytest.raises(needmatch.SolveError, match="working memory in bytes would be"):
        needmatch.Problem(**(town() | {"needs": needs}), control=control)


def test_what_is_no_table_is_a_type_error():
    with pytest.raises(TypeError, match="workers: expected a table"):
        needmatch.Problem(**(town() | {"workers": 5}))
    with pytest.raises(TypeError):
        needmatch.Problem(**town(), policy="default")
    with pytest.raises(TypeError):
        needmatch.Problem(town()["needs"])


def test_a_policy_reads_back_as_itself():
    policy = needmatch.Policy.default()
    assert needmatch.Policy.from_toml(policy.to_toml()) == policy
    changed = needmatch.Policy.from_toml('version = "mine"\nseed = "s"\nobjective = "score"')
    assert (changed.version, changed.seed, changed.objective) == ("mine", "s", "score")
    assert changed != policy
    assert needmatch.Policy.from_toml(changed.to_toml()) == changed
    assert repr(changed) == "<needmatch.Policy mine, 2026-01-01>"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("objective = ", "MalformedPolicy"),
        ("objectif = 'score'", "UnknownPolicyKey"),
        ("format = 99", "NewerPolicy"),
        ("objective = 'best'", "PolicyValue"),
        ("[criteria]\nwaiting = 999", "PolicyValue"),
    ],
)
def test_bad_policies_are_input_errors(text, name):
    with pytest.raises(needmatch.InputError) as caught:
        needmatch.Policy.from_toml(text)
    assert name in [fault.name for fault in caught.value.faults]
    assert {fault.table for fault in caught.value.faults} == {"policy"}


@pytest.mark.parametrize("date", ["2027-05-01", datetime.date(2027, 5, 1), datetime.datetime(2027, 5, 1)])
def test_the_evaluation_date_is_an_argument(date):
    problem = needmatch.Problem(**town(), evaluation_date=date)
    assert problem.policy.evaluation_date == datetime.date(2027, 5, 1)
    assert problem.policy == needmatch.Policy.default().with_evaluation_date(date)
    assert problem.input_digest != needmatch.Problem(**town()).input_digest


def test_a_policy_judges_no_day_on_which_it_is_not_in_force():
    policy = needmatch.Policy.from_toml("evaluation_date = 2026-07-01\nvalid_from = 2026-07-01")
    assert (policy.valid_from, policy.valid_until) == (datetime.date(2026, 7, 1), None)
    assert needmatch.Problem(**town(), policy=policy).policy == policy
    with pytest.raises(needmatch.InputError) as caught:
        needmatch.Problem(**town(), policy=policy, evaluation_date="2026-06-30")
    assert [(fault.code, fault.name, fault.column) for fault in caught.value.faults] == [
        (404, "NotInForce", "evaluation_date")
    ]


@pytest.mark.parametrize("date", ["2026-02-30", "1.5.2027", "", 5, datetime.datetime(2027, 5, 1, 12)])
def test_a_bad_evaluation_date_is_an_input_error(date):
    with pytest.raises(needmatch.InputError) as caught:
        needmatch.Problem(**town(), evaluation_date=date)
    assert [(fault.name, fault.column) for fault in caught.value.faults] == [("MalformedDate", "evaluation_date")]
