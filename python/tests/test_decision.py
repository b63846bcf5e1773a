"""Decision files, their three verifiers, replay and the log of runs."""

from __future__ import annotations

import hashlib
import json
import pathlib
import random
import subprocess
import sys
import time
from collections import Counter

import pytest

import needmatch
import tampered
import tampered_fields
import verifiers
from needmatch import verifier
from verifiers import decisions, random_input


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return verifiers.compiled(tmp_path_factory.mktemp("verifier"))


def test_all_three_accept_what_was_decided(program: pathlib.Path) -> None:
    pilot = needmatch.solve(needmatch.Problem(**needmatch.datasets.jincheng("pilot"))).to_decision()
    for data in [*decisions(60), pilot]:
        assert verifiers.verdicts(data, program) == {"rust": True, "python": True, "c": True}


def test_both_forms_and_every_status_are_among_what_is_tried() -> None:
    files = [json.loads(data) for data in decisions(200)]
    assert {file["format"] for file in files} == {1, 2}
    assert {"optimal", "floors_unmet"} <= {file["result"]["status"] for file in files}
    assert any("immediate" in file["result"] for file in files)
    assert any("quota_price" in file["result"].get("certificate", {}) for file in files)
    assert any("unit" in file["result"].get("certificate", {}) for file in files)
    assert any(row.get("switched") for file in files for row in file["result"]["assignments"])
    assert any(row["reason"] == "out_of_scope" for file in files for row in file["result"]["unmatched"])


def test_every_changed_field_is_refused_by_all_three(program: pathlib.Path) -> None:
    n_refused = 0
    for data in decisions(12):
        changes = verifiers.changes(json.loads(data))
        for place, was, other, changed in random.Random(1).sample(changes, min(len(changes), 250)):
            verdicts = verifiers.verdicts(changed, program)
            assert len(set(verdicts.values())) == 1, (place, was, other, verdicts)
            if verdicts["rust"]:
                assert verifiers.ONLY_TABLES_TELL.fullmatch(place), (place, was, other)
            n_refused += not verdicts["rust"]
    assert n_refused > 1000


def test_parts_that_were_changed_together_are_refused_by_all_three(program: pathlib.Path) -> None:
    nobody = {"rust": False, "python": False, "c": False}
    kinds: dict[str, int] = {}
    for number, data in enumerate(decisions(60)):
        file = json.loads(data)
        lies = list(tampered.tampered(file))
        lies = random.Random(number).sample(lies, min(len(lies), 120))
        nobody_served = {status: tampered.with_nobody_served(file, status) for status in ("floors_unmet", "not_found")}
        lies += [(status, lie) for status, lie in nobody_served.items() if lie is not None]
        for what, lie in lies:
            assert verifiers.verdicts(lie, program) == nobody, (number, what)
            kinds[what] = kinds.get(what, 0) + 1
    assert len(kinds) > 60 and sum(kinds.values()) > 3000, kinds


def test_every_field_tampered_with_in_every_way_is_refused_by_all_three_unless_only_the_tables_tell(program: pathlib.Path) -> None:
    tried: Counter[tuple[str, str]] = Counter()
    refused: Counter[str] = Counter()
    # Some fields are in one file of a thousand only.
    for number, data in enumerate(decisions(1200)):
        file = json.loads(data)
        dice = random.Random(number)

        def wanted(name: str, what: str, number: int = number, dice: random.Random = dice) -> bool:
            return tried[name, what] < 4 and (number >= 100 or dice.random() < 0.3)

        for name, what, lie in tampered_fields.tampered_fields(file, dice, wanted):
            tried[name, what] += 1
            verdicts = verifiers.verdicts(lie, program)
            assert len(set(verdicts.values())) == 1, (number, name, what, verdicts)
            assert not verdicts["rust"] or tampered_fields.may_pass(file, name, what), (number, name, what)
            refused[name] += not verdicts["rust"]
    # Every field of the form was there, and whatever is done to it is refused at least at times.
    assert tampered_fields.FIELDS.keys() <= refused.keys()
    assert {name: n for name, n in refused.items() if n < 2} == {}
    assert sum(refused.values()) > 1500


def test_nothing_is_gained_only_where_nothing_is_lost(program: pathlib.Path) -> None:
    criteria = ["domain_competence", "qualification", "travel_time", "continuity", "languages", "preference"]
    weights = "\n".join(f"{code} = 0" for code in (*criteria, "organization_grade")) + "\nwaiting = 1000"
    n_believed = n_refused = 0
    for seed in range(150):
        tables, _ = random_input(random.Random(seed))
        tables["needs"]["waiting_days"] = [days * (days % 2) for days in tables["needs"]["waiting_days"]]
        tables.pop("quotas", None)
        policy = f'objective = "score"\n[criteria]\n{weights}\n[travel]\nmax_minutes = 1000'
        try:
            problem = needmatch.Problem(**tables, policy=needmatch.Policy.from_toml(policy))
            file = json.loads(needmatch.solve(problem, threads=1).to_decision())
        except needmatch.InputError:
            continue
        for gains, lie in tampered.taken_back(file) if file["result"]["engine"] == "fast" else ():
            verdicts = verifiers.verdicts(lie, program)
            assert len(set(verdicts.values())) == 1, (seed, verdicts)
            assert not (gains and verdicts["rust"]), seed
            n_believed += verdicts["rust"]
            n_refused += gains
    assert n_believed > 10 and n_refused > 50, (n_believed, n_refused)


def test_a_worse_choice_and_another_order_are_refused_by_all_three_although_all_sums_fit(program: pathlib.Path) -> None:
    n_worse = n_exchanged = 0
    nobody = {"rust": False, "python": False, "c": False}
    for number, data in enumerate(decisions(200)):
        file = json.loads(data)
        for worse in verifiers.reassigned(file):
            assert verifiers.verdicts(worse, program) == nobody
            n_worse += 1
        for k in range(len(file["network"]["needs"]["id"]) - 1 if number < 40 else 0):
            assert verifiers.verdicts(verifiers.with_needs_exchanged(file, k), program) == nobody
            n_exchanged += 1
    assert n_worse > 20 and n_exchanged > 100, (n_worse, n_exchanged)


def test_every_flipped_byte_is_refused_by_all_three(program: pathlib.Path) -> None:
    data = min(decisions(6), key=len)
    dice = random.Random(2)
    for at in sorted(dice.sample(range(len(data)), 300)):
        flipped = bytearray(data)
        flipped[at] ^= 1 << dice.randrange(8)
        assert not any(verifiers.verdicts(bytes(flipped), program).values()), at
    for wrong in (b"", data[:-1], data + b"\n", b" " + data, data * 2, b"[" * 100_000, b'{"format":2}', b'{"format":3}'):
        assert not any(verifiers.verdicts(wrong, program).values())


def test_another_spelling_is_refused_although_its_digest_is_right(program: pathlib.Path) -> None:
    data = next(data for data in decisions(10) if data.startswith(b'{"format":1'))
    for old, new in ((b'"seed"', b'"\\u0073eed"'), (b'"pinned":', b'"pinned": '), (b'"format":1', b'"format":1.0')):
        body = data[: data.rindex(b',"digest"')].replace(old, new, 1)
        digest = hashlib.sha256(body).hexdigest()
        spelt = body + f',"digest":"{digest}"}}'.encode()
        assert not any(verifiers.verdicts(spelt, program).values()), old


def test_the_city_is_verified_in_plain_python_within_ten_seconds() -> None:
    data = needmatch.solve(needmatch.Problem(**needmatch.datasets.jincheng("city"))).to_decision()
    start = time.process_time()
    found = verifier.verify(data)
    assert time.process_time() - start < 10
    assert found == tuple(needmatch.verify_decision(data))


def test_the_verifier_runs_without_the_package(tmp_path: pathlib.Path) -> None:
    data = decisions(1)[0]
    (tmp_path / "right.json").write_bytes(data)
    (tmp_path / "wrong.json").write_bytes(data[:-1])
    source = pathlib.Path(verifier.__file__)
    copy = tmp_path / "copy.py"
    copy.write_bytes(source.read_bytes())
    # -I and -S: neither installed packages nor this folder can be imported.
    for name, code in (("right.json", 0), ("wrong.json", 1), ("missing.json", 2)):
        run = subprocess.run([sys.executable, "-I", "-S", str(copy), str(tmp_path / name)], capture_output=True, check=False)
        assert run.returncode == code, run.stderr
    run = subprocess.run([sys.executable, "-m", "needmatch.verifier", str(tmp_path / "right.json")], check=False)
    assert run.returncode == 0


def test_a_decision_is_made_again_and_differences_are_named() -> None:
    tables, policy = random_input(random.Random(5))
    problem = needmatch.Problem(**tables, policy=needmatch.Policy.from_toml(policy))
    data = needmatch.solve(problem).to_decision()
    needmatch.replay(data, **tables)
    file = json.loads(data)
    file["result"]["summary"]["mean_score"] += 1
    with pytest.raises(needmatch.DecisionError, match="differs first at result.summary.mean_score") as caught:
        needmatch.replay(verifiers.sealed(file), **tables)
    assert "重现" in caught.value.message_zh
    tables["needs"]["waiting_days"] = [days + 1 for days in tables["needs"]["waiting_days"]]
    with pytest.raises(needmatch.DecisionError, match="differs first at tables_digest"):
        needmatch.replay(data, **tables)


@pytest.mark.parametrize("name", ["sha256", "sm3"])
def test_the_log_finds_what_was_changed_and_tells_repeated_runs(name: str) -> None:
    tables, _ = random_input(random.Random(5))
    log = needmatch.Log(hash=name)
    lines = []
    for seed in ("a", "b", "a"):
        problem = needmatch.Problem(**tables, policy=needmatch.Policy.from_toml(f'seed = "{seed}"'))
        lines.append(log.append(needmatch.solve(problem).to_decision(), label=f"run-{seed}"))
    stored = needmatch.Log(b"".join(lines), head=log.head)
    assert stored.records == log.records and len(stored) == 3 and stored.hash == name
    assert "record 1 repeats record 0: the same tables with another seed" in stored.report()
    assert len(stored.report(language="zh").splitlines()) == 2
    for wrong in (lines[1:], lines[:1] + lines[2:], [lines[1], lines[0]], [lines[0], lines[0]]):
        with pytest.raises(needmatch.DecisionError):
            needmatch.Log(b"".join(wrong))
    with pytest.raises(needmatch.DecisionError, match="does not end"):
        needmatch.Log(b"".join(lines[:2]), head=log.head)
    with pytest.raises(ValueError, match="hash"):
        needmatch.Log(hash="md5")


def test_texts_and_tables_of_equity_hold_no_attribute_and_no_small_number() -> None:
    matching = needmatch.solve(needmatch.Problem(**needmatch.datasets.jincheng("pilot")))
    need = matching.assignments["need_id"][0]
    worker = next(worker for worker in matching.assignments["worker_id"] if worker)
    for language in ("en", "zh"):
        for reader, key in (("resident", need), ("supervisor", need), ("worker", worker)):
            text = matching.text(reader, key, language=language)
            assert key in text and "elderly" not in text and "1405" not in text
        assert need not in matching.text("public", language=language)
    with pytest.raises(KeyError):
        matching.text("resident", "nobody")
    full, public = matching.equity(), matching.equity(public=True)
    assert full["key"] == public["key"] and full["needs"][0] == public["needs"][0]
    shown = [(needs, served) for needs, served in zip(public["needs"], public["served"]) if needs is not None]
    assert all(served >= 10 and needs - served >= 10 for needs, served in shown) and len(shown) < len(full)
    found = matching.served_range("tier", "4")
    row = full["key"].index("4")
    assert found.needs == full["needs"][row] and found.least <= found.served <= found.most
    assert found.served == full["served"][row]
