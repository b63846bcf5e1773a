"""Decision files of which parts were changed together, so that what is left to fit does: one check alone stands against
each. All are false, and sealed again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import tampered_network as network
import tampered_result as result
from verifiers import sealed

File = dict[str, Any]
Change = Callable[[File], object]


def tampered(file: File) -> Iterator[tuple[str, bytes]]:
    """Each change with its name."""
    text = json.dumps(file)
    of_network = (network.of_lists, network.of_candidates, network.of_nodes, network.of_names, network.of_pins, network.of_quotas)
    of_result = (result.of_rows, result.of_reasons, result.of_scope, result.of_switches, result.of_status, result.of_criteria, result.of_ranks, result.of_summary)
    of_proof = (result.of_tight_set, result.of_proofs, result.of_gaps)
    for make in (of_head, of_policy, *of_network, *of_result, *of_proof):
        for what, change in make(file):
            copy = json.loads(text)
            change(copy)
            if copy != file:
                yield what, sealed(copy)


def of_head(file: File) -> Iterator[tuple[str, Change]]:
    digest = file["input_digest"]

    def stated(f: File, value: str) -> None:
        f["input_digest"] = f["result"]["provenance"]["input_digest"] = value

    for wrong in (digest[1:], digest + "0", "g" + digest[1:], digest.upper(), ""):
        yield "a digest", lambda f, wrong=wrong: stated(f, wrong)
        yield "a digest", lambda f, wrong=wrong: f.update(tables_digest=wrong)

    def reason(f: File, value: str) -> None:
        f["engine_reason"] = f["result"]["engine_reason"] = value

    for wrong in ("only_capacities", "floors", "groups", "costs", "floors_groups", "groups_costs", "", "any"):
        if wrong != file["engine_reason"]:
            yield "the engine's reason", lambda f, wrong=wrong: reason(f, wrong)

    def engine(f: File) -> None:
        f["engine"] = f["result"]["engine"] = "fast" if file["engine"] == "general" else "general"

    yield "the engine", engine
    for key in ("semantics_id", "library_version", "seed", "policy_version"):
        yield key, lambda f, key=key: f["result"]["provenance"].__setitem__(key, f["result"]["provenance"][key] + "x")


def of_policy(file: File) -> Iterator[tuple[str, Change]]:
    """Another policy with its digest."""
    text = file["policy"]["text"]
    lines = text.split("\n")
    of = {line.split(" = ")[0]: line for line in lines[: next(k for k, line in enumerate(lines) if line.startswith("["))]}
    first_weight = lines[lines.index("[criteria]") + 1]
    code, weight = first_weight.split(" = ")
    changes = [
        (of["format"], "format = 2"),
        (of["version"], 'version = "other"'),
        (of["evaluation_date"], "evaluation_date = 2031-01-01"),
        (of["seed"], 'seed = "other"'),
        (of["objective"], 'objective = "any"'),
        (of["objective"], of["objective"].replace("=", "is")),
        (first_weight, f"{code} = some"),
        (first_weight, f"{code} = 1001"),
        (first_weight, f"{code} = -1"),
        (first_weight, f"other = {weight}"),
        (first_weight + "\n", ""),
        (first_weight, first_weight + "\nother = 1"),
    ]

    if "scope" in of:
        changes.append((of["scope"], 'scope = "any"'))
    if "switch_penalty" in of:
        wrong = ["0", "07", "-7", "1000001", "7.0", "+7", "x", ""]
        changes += [(of["switch_penalty"] + "\n", f"switch_penalty = {number}\n") for number in wrong]
    if any("switched" in row for row in file["result"]["assignments"]):
        changes.append((of["switch_penalty"] + "\n", ""))
    if any(row["reason"] == "out_of_scope" for row in file["result"]["unmatched"]):
        changes.append((of["scope"] + "\n", ""))

    def changed(f: File, old: str, new: str) -> None:
        f["policy"]["text"] = text.replace("\n" + old, "\n" + new, 1) if not text.startswith(old) else text.replace(old, new, 1)
        f["policy"]["digest"] = hashlib.sha256(f["policy"]["text"].encode()).hexdigest()

    for old, new in changes:
        # Which criteria count is seen where somebody is served.
        is_seen = file["result"]["assignments"] or new.endswith(("some", "1001", "-1"))
        if is_seen or old not in (first_weight, first_weight + "\n"):
            yield f"the policy: {new}", lambda f, old=old, new=new: changed(f, old, new)
    yield "the policy", lambda f: f["policy"].update(text=text + "\n")


def with_nobody_served(file: File, status: str) -> bytes | None:
    """Nobody is served, and all sums fit: floors that can be met are given up on an empty tight set, or nothing is said to
    be found although no quotas cross, or nobody has to be served."""
    result = json.loads(json.dumps(file))["result"]
    quotas, capacity = result.get("quotas", []), result["capacity"]
    may_be = any(row["crosses"] for row in quotas) and any(row.get("floor", 0) > 0 for row in [*quotas, *capacity])
    if "certificate" not in result or (status == "not_found" and (may_be or file["format"] == 1)):
        return None
    needs, candidates = file["network"]["needs"], file["network"]["candidates"]
    rows = dict(zip(needs["id"], zip(candidates["start"], candidates["start"][1:], strict=False), strict=True))
    left_out = [row for row in result["unmatched"] if len(range(*rows[row["need_id"]])) == 0]
    tiers = {row["need_id"]: row["tier"] for row in [*result["assignments"], *result["unmatched"]]}
    asking = {name: tier for name, tier in tiers.items() if len(range(*rows[name])) > 0}
    left_out += [{"need_id": name, "tier": tier, "reason": "undecided"} for name, tier in asking.items()]
    result["assignments"], result["unmatched"] = [], sorted(left_out, key=lambda row: row["need_id"])
    nothing = {"tier": 0, "score": 0}
    for row in [*capacity, *quotas]:
        row["used" if "used" in row else "served"], row["price"] = 0, nothing
    summary = result["summary"]
    summary["served"] = summary["pinned"] = summary["mean_score"] = 0
    for key in ("by_tier", "by_domain", "by_county", "by_urban_rural_class"):
        for row in summary[key]:
            row["served"] = 0
    reasons = [row["reason"] for row in left_out]
    order = ("no_candidate", "undecided", "human_only", "refer_medical", "law_enforcement", "immediate", "out_of_scope")
    summary["unmatched"] = [{"reason": one, "needs": reasons.count(one)} for one in order if one in reasons]
    gap, certificate, provenance = nothing, result.pop("certificate"), result.pop("provenance")
    if status == "floors_unmet":
        result["tight_set"] = {"missing": 0, "floors": [], "caps": [], "needs": []}
    else:
        # At no price at all a matching may have the best of each need.
        worth = {"tiers": (4, 3, 2, 1), "cover": (1, 1, 1, 1), "score": (0, 0, 0, 0), "least": (4, 3, 2, 1)}
        line = next(line for line in file["policy"]["text"].split("\n") if line.startswith("objective = "))
        free = [name for name in asking if needs["id"].index(name) not in needs["pinned"]]
        best = sum(max(candidates["score"][slice(*rows[name])]) for name in free)
        gap = {"tier": sum(worth[line[13:18]][asking[name] - 1] for name in free), "score": best}
        certificate.pop("quota_price", None)
        result["certificate"] = certificate | {"price": ["0"] * len(capacity)}
    result["provenance"] = provenance
    return sealed(file | {"result": result | {"status": status, "total": nothing, "bound": gap, "gap": gap}})


def taken_back(file: File) -> Iterator[tuple[bool, bytes]]:
    """Each assignment taken back as if it gained nothing, and whether it does gain."""
    nodes = file["network"]["nodes"]
    names = [(level, name) for level in ("worker", "organization", "group") for name in nodes[level + "s"]]
    for k in range(len(file["result"]["assignments"])):
        copy = json.loads(json.dumps(file))
        result, summary = copy["result"], copy["result"]["summary"]
        own = result["assignments"].pop(k)
        result["unmatched"].append({"need_id": own["need_id"], "tier": own["tier"], "reason": "no_gain"})
        result["unmatched"].sort(key=lambda row: row["need_id"])
        at = ("worker", own["worker_id"]) if own["worker_id"] else ("organization", own["organization_id"])
        node: int | None = names.index(at)
        while node is not None:
            next(row for row in result["capacity"] if (row["level"], row["id"]) == names[node])["used"] -= 1
            node = nodes["parent"][node]
        result["total"]["score"] -= own["score"]
        result["bound"]["score"] -= own["score"]
        summary["served"] -= 1
        scores = [row["score"] for row in result["assignments"]]
        summary["mean_score"] = sum(scores) // len(scores) if scores else 0
        next(row for row in summary["by_tier"] if row["key"] == str(own["tier"]))["served"] -= 1
        for key in ("by_domain", "by_county", "by_urban_rural_class"):
            next(row for row in summary[key] if row["served"] > 0)["served"] -= 1
        before = ("no_candidate", "quota_full", "no_open_place")
        place = sum(row["reason"] in before for row in summary["unmatched"])
        if place < len(summary["unmatched"]) and summary["unmatched"][place]["reason"] == "no_gain":
            summary["unmatched"][place]["needs"] += 1
        else:
            summary["unmatched"].insert(place, {"reason": "no_gain", "needs": 1})
        yield own["score"] > 0 or own["pinned"], sealed(copy)
