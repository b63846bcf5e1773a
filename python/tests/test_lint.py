"""What a policy gives reason to look at."""

import needmatch
from town import town


def test_a_policy_alone_is_looked_at():
    assert list(needmatch.Policy.default().lint()["lint"]) == ["default_seed"]
    found = needmatch.Policy.from_toml("seed = 'ours'\n[travel.rural]\nfixed_minutes = 90").lint()
    assert list(zip(found["lint"], found["severity"], found["key"])) == [
        ("out_of_reach", "warning", "travel.rural.fixed_minutes"),
        ("default_name", "warning", "version"),
    ]
    assert (found["found"][0], found["of"][0]) == (90, 60)
    assert found["text_zh"][0].endswith("。")


def test_tables_show_more_and_threads_change_nothing():
    problem = needmatch.Problem(**town())
    found = [needmatch.Table(problem.lint(threads=n)).to_dict() for n in (1, 2)]
    assert found[0] == found[1]
    assert "default_seed" in found[0]["lint"]


def test_a_floor_above_what_exists_is_an_error():
    tables = needmatch.datasets.jincheng("pilot")
    workers = needmatch.Table(tables["workers"]).to_dict()
    workers["caseload_min"] = [None] * len(workers["worker_id"])
    workers["caseload_min"][0] = workers["caseload_max"][0]
    needs = {name: column[:1] for name, column in needmatch.Table(tables["needs"]).to_dict().items()}
    found = needmatch.Problem(**{**tables, "workers": workers, "needs": needs}).lint().to_dict()
    rows = set(zip(found["lint"], found["severity"], found["id"], strict=True))
    assert ("floor_above_needs", "error", workers["worker_id"][0]) in rows
