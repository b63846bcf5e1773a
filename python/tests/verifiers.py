"""The three verifiers of decision files, and files that were tampered with and sealed again."""

from __future__ import annotations

import hashlib
import json
import pathlib
import random
import re
import shutil
import subprocess
from typing import Any

import needmatch
from needmatch import verifier

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = ROOT / "ffi" / "verifier" / "needmatch_verify.c"


def compiled(folder: pathlib.Path) -> pathlib.Path:
    """The verifier in C; it is part of what is tested, so a compiler must be there."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    assert compiler is not None, "a C compiler is needed"
    program = folder / "needmatch_verify"
    strict = ["-std=c99", "-Wall", "-Wextra", "-pedantic", "-Werror", "-O1"]
    subprocess.run([compiler, *strict, str(SOURCE), "-o", str(program)], check=True)
    return program


def decisions(n: int) -> list[bytes]:
    """Of small random problems with ties, short places, every objective and list, direct services and pins."""
    found: list[bytes] = []
    seed = 0
    while len(found) < n:
        tables, policy = random_input(random.Random(seed))
        seed += 1
        try:
            problem = needmatch.Problem(**tables, policy=needmatch.Policy.from_toml(policy))
            found.append(needmatch.solve(problem, threads=1).to_decision())
        except needmatch.InputError:
            # The dice pinned more needs than there are places, or against a rule.
            continue
    return found


def random_input(dice: random.Random) -> tuple[dict[str, Any], str]:
    """The tables of a small town, and a policy for it."""
    n_groups, n_organizations, n_workers, n_needs = (dice.randint(*span) for span in ((0, 3), (1, 4), (1, 6), (1, 14)))
    communities = ["140524100001", "140524100002", "140502001001"]

    def column(n: int, draw: Any) -> list[Any]:
        return [draw() for _ in range(n)]

    def name(letter: str, n: int, chance: float) -> str | None:
        return f"{letter}{dice.randrange(n)}" if n and dice.random() < chance else None

    domains = ["elderly_care", "elderly_care;women_family", "women_family"]
    tables: dict[str, Any] = {
        "communities": {"community": communities, "lon": [113.28, 113.29, 112.8], "lat": [35.77, 35.78, 35.5]},
        "groups": {
            "group_id": [f"g{k}" for k in range(n_groups)],
            "parent_id": [f"g{k - 1}" if k and dice.random() < 0.5 else None for k in range(n_groups)],
            "capacity_max": column(n_groups, lambda: dice.choice([None, 1, 2, 5])),
        },
        "organizations": {
            "organization_id": [f"o{k}" for k in range(n_organizations)],
            "status": ["registered"] * n_organizations,
            "compliant": column(n_organizations, lambda: dice.random() < 0.9),
            "capacity_max": column(n_organizations, lambda: dice.randint(0, 5)),
            "direct": column(n_organizations, lambda: dice.random() < 0.4),
            "domains": column(n_organizations, lambda: dice.choice(domains)),
            "service_area": ["1405"] * n_organizations,
            "group_id": column(n_organizations, lambda: name("g", n_groups, 0.7)),
        },
        "workers": {
            "worker_id": [f"w{k}" for k in range(n_workers)],
            "organization_id": column(n_workers, lambda: name("o", n_organizations, 1)),
            "domains": column(n_workers, lambda: dice.choice(domains)),
            "caseload_max": column(n_workers, lambda: dice.randint(0, 3)),
            "qualifications": column(n_workers, lambda: dice.choice(["sw_assistant", "sw_certified", "volunteer"])),
            "base_community": column(n_workers, lambda: dice.choice(communities)),
        },
        "needs": {
            "need_id": [f"n{k}" for k in range(n_needs)],
            "community": column(n_needs, lambda: dice.choice(communities)),
            "domain": column(n_needs, lambda: dice.choice(["elderly_care", "women_family"])),
            "risk": column(n_needs, lambda: dice.choice(["green", "blue", "yellow", "red"])),
            "age_band": ["70-79"] * n_needs,
            "consent": ["general;separate"] * n_needs,
            "waiting_days": column(n_needs, lambda: dice.randint(0, 200)),
            "automated_decision_refused": column(n_needs, lambda: dice.random() < 0.1),
            "pinned_worker": column(n_needs, lambda: name("w", n_workers, 0.05)),
        },
    }
    if dice.random() < 0.3:
        tables["workers"]["caseload_min"] = [dice.randint(0, most) for most in tables["workers"]["caseload_max"]]
        tables["organizations"]["capacity_min"] = [dice.randint(0, most) for most in tables["organizations"]["capacity_max"]]
    objective = dice.choice(["tiers_then_score", "coverage_then_score", "score"])
    if dice.random() < 0.4:
        n_quotas = dice.randint(1, 4)
        tables["needs"]["household_id"] = column(n_needs, lambda: name("h", 4, 0.7))
        tables["quotas"] = {
            "quota_id": [f"q{k}" for k in range(n_quotas)],
            "area": column(n_quotas, lambda: dice.choice([None, "1405", "140524", "140524100001"])),
            "domain": column(n_quotas, lambda: dice.choice([None, None, "elderly_care"])),
            "risk": column(n_quotas, lambda: dice.choice([None, None, "red", "green"])),
            "per_household": column(n_quotas, lambda: dice.random() < 0.3),
            "floor": column(n_quotas, lambda: int(dice.random() < 0.2)),
            "cap": column(n_quotas, lambda: dice.choice([None, 1, 2, 3])),
        }
    if dice.random() < 0.15:
        objective = "least_unequal"
    tables["needs"]["emergencies"] = column(n_needs, lambda: "self_harm" if dice.random() < 0.06 else None)
    lists = dice.choice(['per_need = "all"', "per_need = 2\nprove_all_pairs = true", "per_need = 2\nprove_all_pairs = false"])
    tables["communities"]["pilot"] = column(len(communities), lambda: dice.random() < 0.6)
    scope = dice.choice(["all", "all", "pilot"])
    tables["needs"]["current_worker"] = column(n_needs, lambda: name("w", n_workers, 0.4))
    penalty = dice.choice([0, 0, 7, 250_000])
    return tables, f'objective = "{objective}"\nscope = "{scope}"\nswitch_penalty = {penalty}\n[candidates]\n{lists}\n[travel]\nmax_minutes = 1000'


def verdicts(data: bytes, program: pathlib.Path) -> dict[str, bool]:
    """Whether each verifier accepts the file."""
    found = {}
    try:
        needmatch.verify_decision(data)
        found["rust"] = True
    except needmatch.DecisionError:
        found["rust"] = False
    try:
        verifier.verify(data)
        found["python"] = True
    except verifier.Refused:
        found["python"] = False
    code = subprocess.run([str(program), "-"], input=data, capture_output=True, check=False).returncode
    assert code in (0, 1), f"the verifier in C ended with {code}"
    found["c"] = code == 0
    return found


def sealed(file: dict[str, Any]) -> bytes:
    """Canonical JSON with the digest that it should have, so that only what it says can give it away."""
    body = {key: value for key, value in file.items() if key != "digest"}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))[:-1]
    digest = hashlib.sha256(text.encode()).hexdigest()
    return f'{text},"digest":"{digest}"}}'.encode()


def changes(file: dict[str, Any]) -> list[tuple[str, Any, Any, bytes]]:
    """Every value changed in a few ways: its place, what it was, what it became, and the file sealed again."""
    text = json.dumps(file)
    found = []
    for path in leaves(file):
        if path == ("digest",):
            continue
        copy = json.loads(text)
        parent = copy
        for step in path[:-1]:
            parent = parent[step]
        was = parent[path[-1]]
        for other in others(was):
            parent[path[-1]] = other
            found.append((place(path), was, other, sealed(copy)))
        parent[path[-1]] = was
        if isinstance(path[-1], int):
            row = parent.pop(path[-1])
            found.append((place(path) + " dropped", row, None, sealed(copy)))
    return found


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in leaves(inner, (*path, key))]
    if isinstance(value, list):
        return [leaf for k, inner in enumerate(value) for leaf in leaves(inner, (*path, k))]
    return [path]


def others(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return [not value, int(value)]
    if isinstance(value, int):
        return [value + 1, value - 1, value + 1_000_000, None, 1 << 64]
    if value is None:
        return [0, "w0"]
    return [other for other in (value + "x", "", "w1", None) if other != value]


def place(path: tuple[Any, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)[1:]


def with_needs_exchanged(file: dict[str, Any], k: int) -> bytes:
    """Needs k and k + 1 in each other's place, all of their rows with them: only the lottery knows better."""
    copy = json.loads(json.dumps(file))
    needs, candidates = copy["network"]["needs"], copy["network"]["candidates"]
    for column in (needs["id"], needs["tier"], *([needs["household"]] if "household" in needs else [])):
        column[k], column[k + 1] = column[k + 1], column[k]
    swapped = {k: k + 1, k + 1: k}
    if "quotas" in copy["network"]:
        quotas = copy["network"]["quotas"]
        for first, end in zip(quotas["start"], quotas["start"][1:], strict=False):
            quotas["need"][first:end] = sorted(swapped.get(need, need) for need in quotas["need"][first:end])
    needs["pinned"] = sorted(swapped.get(need, need) for need in needs["pinned"])
    first, middle, end = candidates["start"][k : k + 3]
    for column in (candidates["node"], candidates["score"]):
        column[first:end] = column[middle:end] + column[first:middle]
    candidates["start"][k + 1] = first + end - middle
    return sealed(copy)


def reassigned(file: dict[str, Any]) -> list[bytes]:
    """Every need moved to each other candidate of a lower score that has a place, and all sums made to fit."""
    nodes, candidates = file["network"]["nodes"], file["network"]["candidates"]
    names = nodes["workers"] + nodes["organizations"] + nodes["groups"]
    level = ["worker"] * len(nodes["workers"]) + ["organization"] * len(nodes["organizations"])
    level += ["group"] * len(nodes["groups"])
    found = []
    for row, stated in enumerate(file["result"]["assignments"]):
        need = file["network"]["needs"]["id"].index(stated["need_id"])
        for at in range(candidates["start"][need], candidates["start"][need + 1]):
            node, score = candidates["node"][at], candidates["score"][at]
            copy = json.loads(json.dumps(file))
            result, own = copy["result"], copy["result"]["assignments"][row]
            places = {(place["level"], place["id"]): place for place in result["capacity"]}
            old = ("worker", own["worker_id"]) if own["worker_id"] else ("organization", own["organization_id"])
            old_node = next(v for v, name in enumerate(names) if (level[v], name) == old)
            for start, change in ((old_node, -1), (node, 1)):
                step = start
                while step is not None:
                    places[level[step], names[step]]["used"] += change
                    step = nodes["parent"][step]
            fits = all(place["places"] is None or place["used"] <= place["places"] for place in places.values())
            if score >= own["score"] or not fits or own["pinned"]:
                continue
            organization = nodes["parent"][node] if level[node] == "worker" else node
            own["worker_id"] = names[node] if level[node] == "worker" else None
            own["organization_id"] = names[organization]
            ranked = range(candidates["start"][need], candidates["start"][need + 1])
            keys = [(-candidates["score"][k], candidates["node"][k]) for k in ranked]
            own["rank"] = sorted(keys).index((-score, node)) + 1
            for sums in (result["total"], result["bound"]):
                sums["score"] += score - own["score"]
            own["score"] = score
            # Criteria that are all alike have themselves as their mean.
            own["criteria"] = {code: score for code in own["criteria"]}
            scores = [assignment["score"] for assignment in result["assignments"]]
            result["summary"]["mean_score"] = sum(scores) // len(scores)
            found.append(sealed(copy))
    return found


# What can be said differently without anybody noticing who has no tables; docs/guide/decision.md gives the reasons.
ONLY_TABLES_TELL = re.compile(
    r"tables_digest"
    r"|result\.unmatched.*(providers|alone|rule)"
    r"|result\.summary\.by_(domain|county|urban_rural_class)\[\d+\]\.key"
    r"|result\.assignments\[\d+\]\.criteria\..*"
    r"|result\.summary\.candidates"
    r"|result\.assignments\[\d+\]\.rank"
    r"|result\.unmatched\[\d+\]\.full\..*"
    r"|network\.nodes\.parent\[\d+\]"
    r"|network\.candidates\..*"
    r"|network\.quotas\.(need|per_household)\[\d+\]"
    r"|network\.needs\.household\[\d+\]"
    r"|network\.nodes\.caseload\[\d+\]"
)
