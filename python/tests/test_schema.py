"""The published JSON Schema of policy files, beside the reader."""

import datetime
import json
import pathlib
import random
import tomllib

import jsonschema
import needmatch
import pytest

ROOT = pathlib.Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/schema/policy.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
DEFAULT = (ROOT / "core/src/policy/default.toml").read_text()


def as_json(value):
    """A policy as JSON: dates are texts."""
    if isinstance(value, dict):
        return {key: as_json(below) for key, below in value.items()}
    if isinstance(value, list):
        return [as_json(entry) for entry in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def allows(text):
    return VALIDATOR.is_valid(as_json(tomllib.loads(text)))


def reads(text):
    try:
        needmatch.Policy.from_toml(text)
    except needmatch.InputError:
        return False
    return True


def to_toml(table, path=""):
    """A table of JSON values as TOML."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in table.items() if not isinstance(value, dict)]
    for key, below in table.items():
        if isinstance(below, dict):
            lines += [f"[{path}{key}]", to_toml(below, f"{path}{key}.")]
    return "\n".join(lines)


def test_the_schema_is_one_and_the_published_text_is_the_library_s():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert (ROOT / "docs/schema/policy.schema.json").read_text() == needmatch.Policy.json_schema()


def test_the_default_policy_and_its_canonical_text_are_allowed():
    assert list(VALIDATOR.iter_errors(as_json(tomllib.loads(DEFAULT)))) == []
    overlay = "[[overlay]]\narea = '140524'\n[overlay.travel]\nmax_minutes = 90"
    for text in ("", "valid_from = 2025-01-01", "candidates = { per_need = 5 }", overlay):
        assert allows(text), text
        assert allows(needmatch.Policy.from_toml(text).to_toml()), text


@pytest.mark.parametrize(
    "text",
    [
        "objectif = 'score'",
        "format = 2",
        "version = 'with space'",
        "seed = ''",
        "objective = 'best'",
        "evaluation_date = '1.1.2026'",
        "valid_until = 'never'",
        "[rules]\nH03 = false",
        "[rules]\nH01 = 1",
        "[criteria]\nwaiting = 1001",
        "[candidates]\nper_need = 0",
        "[travel.urban]\nspeed_km_h = 0",
        "[travel]\nmountain_divisions = ['14052']",
        "[travel]\nmountain_divisions = ['000000']",
        "[usual_service]\nelderly_care = 'surgery'",
        "[services.psych_treatment]\ndirect = true",
        "[services.visit]\nred = ['surgeon']",
        "[confidentiality]\norganization_max = 5",
        "[confidentiality.groups]\nneighbours = 1",
        "[authorities]\nmental_health = 'health'",
        "[risk_scales.smi]\npurple = ['6']",
        "[risk_scales.'S 1']\nred = ['1']",
        "[risk_scales.ours]\nred = [1]",
        "[[overlay]]\n[overlay.rules]\nH16 = false",
        "[[overlay]]\narea = '140524'\nseed = 'b'",
        "[[overlay]]\narea = '140524'\n[overlay.travel]\nmax_minutes = -1",
    ],
)
def test_both_refuse(text):
    assert not allows(text)
    assert not reads(text)


def test_what_the_schema_refuses_the_reader_refuses():
    """Random damage to the default policy; where only values are damaged, both agree in both directions."""
    dice = random.Random(1)
    seen = {True: 0, False: 0}
    odd = [-1, 0, 1, 2, 5, 1000, 1001, 200_000, "", "any", "red", "visit", "1405", "2026-01-31", True, False, [], ["any"], ["1-3"], {}]
    for _ in range(3000):
        policy = as_json(tomllib.loads(DEFAULT))
        table = policy
        while True:
            key = dice.choice(list(table))
            if not isinstance(table[key], dict) or dice.random() < 0.1:
                break
            table = table[key]
        if dice.random() < 0.1:
            key = "unheard_of"
        table[key] = dice.choice(odd)
        text = to_toml(policy)
        allowed = allows(text)
        seen[allowed] += 1
        if not allowed:
            assert not reads(text), text
        elif table is not policy.get("criteria") and "risk_scales" not in key and not any(
            table is below for below in policy["risk_scales"].values()
        ):
            assert reads(text), text
    assert min(seen.values()) > 200, seen
