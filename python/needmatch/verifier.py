"""Checks a decision file of needmatch. Needs nothing but Python: neither needmatch nor the tables nor any package.

Run ``python -m needmatch.verifier FILE``, or copy this file anywhere and run ``python verifier.py FILE``. It shares no
code with the library, so that an error there is noticed here. ``docs/guide/decision.md`` describes the file, what is
checked, and what nobody can check without the tables.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from typing import Any, NamedTuple

Pair = tuple[int, int]

MAX_BYTES = 1 << 30
MAX_DEPTH = 34
LIMIT = 1 << 53
FULL_SCORE = 1_000_000
LEVELS = ("worker", "organization", "group")
REASONS = ("no_candidate", "quota_full", "no_open_place", "no_gain", "undecided", "human_only", "refer_medical", "law_enforcement", "immediate", "out_of_scope")
WORTH = {"tiers_then_score": (4, 3, 2, 1), "coverage_then_score": (1, 1, 1, 1), "score": (0, 0, 0, 0)}


class Refused(Exception):
    """The file is not what it says. The message names the place and no value."""


class Verified(NamedTuple):
    """What was found to be true of a decision file."""

    served: int
    """Needs that are served."""
    unmatched: int
    """Needs that are not."""
    candidates: int
    """Candidates over which the total is proven the greatest."""


def verify(data: bytes) -> Verified:
    """Check a decision file and say how much it holds.

    Raises :class:`Refused` with the first place that is wrong.
    """
    file = read(data)
    head = Head(file)
    supply = Supply(file["network"], head.seed)
    needs = Needs(file["network"], head, supply)
    result = file["result"]
    served_at = check_assignments(result, head, supply, needs)
    quotas = Quotas(file, head, needs)
    supply.check_capacity(result, head.is_decided, served_at)
    check_unmatched(result, head, supply, needs, served_at, quotas)
    limits = Limits(supply, needs, file["network"]["nodes"].get("caseload"))
    kinds = [name for name, binds in zip(("floors", "groups", "costs"), limits.binding(quotas), strict=True) if binds]
    engine, why = ("general", "_".join(kinds)) if kinds else ("fast", "only_capacities")
    expect(result["engine"] == engine and result["engine_reason"] in (why, "asked"), "engine")
    status, is_unmet = result["status"], result["status"] == "floors_unmet"
    expect(("certificate" in result) == (engine == "general" and not is_unmet), "result.certificate")
    expect(("tight_set" in result) == (engine == "general" and is_unmet), "result.tight_set")
    gap: Pair = (0, 0)
    if engine == "fast":
        expect(status == "optimal", "result.status")
        check_proof(head, supply, needs, served_at)
    elif is_unmet:
        check_unmet(result["tight_set"], supply, needs, limits, quotas)
    else:
        gap = check_certificate(result["certificate"], head, supply, needs, served_at, limits, quotas)
    # Only where quotas cross may a better matching stay unknown; without floors nobody served is within all quotas.
    if status in ("bounded", "not_found"):
        expect(bool(quotas.crossing), "result.status")
    has_floors = any(limits.floor) or any(part.floor for part in quotas.parts.values())
    expect(status != "not_found" or (has_floors and not result["assignments"]), "result.status")
    expect(status == "not_found" or (gap != (0, 0)) == (status == "bounded"), "result.status")
    quotas.check_list(result, head, served_at)
    check_totals(result, head, gap)
    check_summary(result, head, needs, served_at)
    return Verified(len(result["assignments"]), len(result["unmatched"]), len(needs.node))


def expect(holds: bool, place: str) -> None:
    if not holds:
        raise Refused(f"wrong at {place}")


def read(data: bytes) -> dict[str, Any]:
    """Canonical JSON of the form that is known, with the digest that it states."""
    expect(len(data) <= MAX_BYTES, "the length")

    def refuse(_: str) -> Any:
        raise Refused("a number that is not whole")

    try:
        file: dict[str, Any] = json.loads(data.decode("utf-8"), parse_float=refuse, parse_constant=refuse)
        # A key given twice, white space and other spellings are gone here, so they are noticed.
        again = json.dumps(file, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise Refused("not JSON") from error
    expect(again == data, "the form: not canonical")
    expect(isinstance(file, dict) and whole(file.get("format")) and file["format"] in (1, 2), "format")
    check_shape(file, FILE if file["format"] == 1 else FILE_2, "the file")
    end = f',"digest":"{file["digest"]}"}}'.encode()
    digest = hashlib.sha256(data[: -len(end)]).hexdigest()
    expect(data.endswith(end) and file["digest"] == digest, "digest")
    return file


# The shape of the file: keys in their order, of which one with a question mark may be missing; a list of one shape; or a
# type, where None beside it is `null`.
PAIR = {"tier": int, "score": int}
COVERAGE = [{"key": str, "needs": int, "served": int}]
ASSIGNMENT = {"need_id": str, "organization_id": str, "worker_id": (str, None), "tier": int, "score": int}
ASSIGNMENT |= {"criteria": dict, "rank": int, "pinned": bool, "switched?": bool}
CAPACITY = {"level": str, "id": str, "places": (int, None), "floor?": int, "used": int, "price": PAIR}
SUMMARY = {"needs": int, "served": int, "pinned": int, "candidates": int, "mean_score": int, "by_tier": COVERAGE}
SUMMARY |= {"by_domain": COVERAGE, "by_county": COVERAGE, "by_urban_rural_class": COVERAGE}
SUMMARY |= {"unmatched": [{"reason": str, "needs": int}]}
PROVENANCE = {"semantics_id": str, "input_digest": str, "policy_version": str, "seed": str, "library_version": str}
RESULT = {"immediate?": [str], "status": str, "optimal_over": str, "engine": str, "engine_reason": str, "total": PAIR, "bound": PAIR}
RESULT |= {"gap": PAIR, "summary": SUMMARY, "assignments": [ASSIGNMENT], "unmatched": [dict], "capacity": [CAPACITY]}
LIMITS = [{"level": str, "id": str, "needs": int}]
RESULT |= {"certificate?": {"step": [str], "price": [str]}}
RESULT |= {"tight_set?": {"missing": int, "floors": LIMITS, "caps": LIMITS, "needs": [str]}, "provenance": PROVENANCE}
NODES = {"workers": [str], "organizations": [str], "groups": [str], "parent": [(int, None)], "places": [(int, None)]}
NODES |= {"floor": [int]}
NETWORK = {"needs": {"id": [str], "tier": [int], "pinned": [int]}, "nodes": NODES}
NETWORK |= {"candidates": {"start": [int], "node": [int], "score": [int]}}
FILE: dict[str, Any] = {"format": int, "semantics_id": str, "library_version": str, "input_digest": str}
FILE |= {"tables_digest": str, "policy": {"digest": str, "text": str}, "seed": str, "evaluation_date": str}
FILE |= {"engine": str, "engine_reason": str, "result": RESULT, "network": NETWORK, "digest": str}



def after(shape: dict[str, Any], key: str, more: dict[str, Any]) -> dict[str, Any]:
    """The shape with more keys after one of it."""
    keys = list(shape)
    at = keys.index(key) + 1
    return {name: shape[name] for name in keys[:at]} | more | {name: shape[name] for name in keys[at:]}


# Form 2 has some keys more: of quotas, and of caseloads whose squares count.
QUOTA = {"quota_id": str, "needs": int, "served": int, "floor": int, "cap": (int, None), "price": PAIR, "crosses": bool}
LIMITS_2 = [{"level": str, "id": str, "household_id?": str, "needs": int}]
CERTIFICATE_2 = {"step": [str], "unit?": str, "price": [str]}
CERTIFICATE_2 |= {"quota_price?": [{"quota_id": str, "household_id?": str, "price": str}]}
TIGHT_SET_2 = {"missing": int, "floors": LIMITS_2, "caps": LIMITS_2, "needs": [str]}
RESULT_2 = after(RESULT, "capacity", {"quotas?": [QUOTA]})
RESULT_2 |= {"certificate?": CERTIFICATE_2, "tight_set?": TIGHT_SET_2}
QUOTAS_2 = {"id": [str], "per_household": [bool], "floor": [int], "cap": [(int, None)], "start": [int], "need": [int]}
NETWORK_2 = NETWORK | {"needs": NETWORK["needs"] | {"household": [(str, None)]}, "nodes": NODES | {"caseload?": [int]}}
NETWORK_2 |= {"quotas": QUOTAS_2}
FILE_2 = FILE | {"result": RESULT_2, "network": NETWORK_2}

TAKEN_OUT: dict[str, Any] = {"need_id": str, "tier": int, "reason": str}
FAILED = [{"rule": str, "providers": int, "alone": int}]
NO_CANDIDATE = TAKEN_OUT | {"providers": int, "failed": FAILED}
FULL = {"worker": int, "organization": int, "group": int}
NEAREST = {"organization_id": str, "worker_id": (str, None), "score": int, "full_at": str}
QUOTA_FULL = TAKEN_OUT | {"quota_id": str, "open": int}
NO_OPEN_PLACE = TAKEN_OUT | {"full": FULL, "nearest": NEAREST}


def whole(value: Any) -> bool:
    # True is 1 in Python, but not in the file.
    return type(value) is int


def check_shape(value: Any, shape: Any, place: str) -> None:
    if isinstance(shape, dict):
        expect(isinstance(value, dict), place)
        keys = {key.removesuffix("?"): inner for key, inner in shape.items() if key[-1] != "?" or key[:-1] in value}
        expect(list(value) == list(keys), f"{place}: keys")
        for key, inner in keys.items():
            check_shape(value[key], inner, key)
    elif isinstance(shape, list):
        expect(isinstance(value, list), place)
        if isinstance(shape[0], dict):
            for row, item in enumerate(value):
                check_shape(item, shape[0], f"{place}[{row}]")
        else:
            kinds = shape[0] if isinstance(shape[0], tuple) else (shape[0],)
            allowed = {type(None) if kind is None else kind for kind in kinds}
            expect(set(map(type, value)) <= allowed, place)
    elif isinstance(shape, tuple):
        expect(value is None or type(value) is shape[0], place)
    else:
        expect(type(value) is shape, place)


class Head:
    """What stands before the result, and what the policy's text says that the other checks ask for."""

    def __init__(self, file: dict[str, Any]) -> None:
        result, origin, text = file["result"], file["result"]["provenance"], file["policy"]["text"]
        for digest in (file["input_digest"], file["tables_digest"], file["policy"]["digest"]):
            expect(re.fullmatch("[0-9a-f]{64}", digest) is not None, "input_digest, tables_digest or policy.digest")
        for key in ("semantics_id", "input_digest", "seed", "library_version"):
            expect(origin[key] == file[key], f"result.provenance.{key}")
        for key in ("engine", "engine_reason"):
            expect(result[key] == file[key], f"result.{key}")
        known = ("optimal", "floors_unmet") if file["format"] == 1 else ("optimal", "floors_unmet", "bounded", "not_found")
        expect(result["status"] in known, "result.status")
        # Floors can be met, so somebody was chosen.
        self.is_decided = result["status"] in ("optimal", "bounded")
        expect(file["policy"]["digest"] == hashlib.sha256(text.encode()).hexdigest(), "policy.digest")
        values: dict[tuple[str, str], str] = {}
        section = ""
        for line in text.split("\n"):
            if line.startswith("["):
                section = line[1:-1] if line.endswith("]") else line
            key, separator, value = line.partition(" = ")
            if separator:
                values.setdefault((section, key), value)
        expect(values.get(("", "format")) == "1", "policy.text: format")
        expect(values.get(("", "version")) == f'"{origin["policy_version"]}"', "policy.text: version")
        expect(values.get(("", "evaluation_date")) == file["evaluation_date"], "policy.text: evaluation_date")
        expect(values.get(("", "seed")) == f'"{file["seed"]}"', "policy.text: seed")
        objective = values.get(("", "objective"), "").strip('"')
        # Squares of caseloads count beside tiers and score.
        self.counts_squares = objective == "least_unequal" and file["format"] == 2
        objective = "tiers_then_score" if self.counts_squares else objective
        expect(objective in WORTH, "policy.text: objective")
        self.seed: str = file["seed"]
        self.worth = WORTH[objective]
        weights = [(key, value) for (part, key), value in values.items() if part == "criteria"]
        holds = all(re.fullmatch("[0-9]+", value) and int(value) <= 1000 for _, value in weights)
        expect(holds, "policy.text: criteria")
        self.weights = [(key, int(value)) for key, value in weights]
        # What every pair but a switch has on top of its weighted mean.
        penalty = values.get(("", "switch_penalty"), "0")
        stated = ("", "switch_penalty") in values
        holds = re.fullmatch("[1-9][0-9]{0,6}" if stated else "0", penalty) is not None and int(penalty) <= FULL_SCORE
        expect(holds, "policy.text: switch_penalty")
        self.switch_penalty = int(penalty)
        # The run is about pilot communities alone.
        self.is_limited = ("", "scope") in values
        expect(values.get(("", "scope"), '"pilot"') == '"pilot"', "policy.text: scope")
        # Areas may have weights of their own, and the file does not tell which need is where.
        self.has_local_weights = any(part == "overlay.criteria" for part, _ in values)
        is_short = values.get(("candidates", "per_need")) != '"all"'
        is_proven = values.get(("candidates", "prove_all_pairs")) == "true"
        over = result["optimal_over"]
        expect(over == "all_pairs" or (over == "lists" and is_short and not is_proven), "result.optimal_over")
        # The file may hold some of the candidates only, while the result speaks of all.
        self.is_part = over == "all_pairs" and is_short

    def agrees(self, stated: int, seen: int) -> bool:
        return stated == seen or (self.is_part and seen < stated < LIMIT)


def check_order(ids: list[str], seed: str, table: str, place: str) -> None:
    """The lottery: ascending by SHA-256 of seed, table and identifier, so that each is there once."""
    start = hashlib.sha256(f"{seed}\0{table}\0".encode())
    last = (b"", "")
    pattern = re.compile(r"[0-9A-Za-z_.:-]{1,64}")
    for row, identifier in enumerate(ids):
        expect(pattern.fullmatch(identifier) is not None, f"{place}[{row}]")
        key = start.copy()
        key.update(identifier.encode())
        this = (key.digest(), identifier)
        expect(last < this, f"{place}[{row}]")
        last = this


class Supply:
    """Workers, then organizations, then groups, numbered together."""

    def __init__(self, network: dict[str, Any], seed: str) -> None:
        nodes = network["nodes"]
        tables = (nodes["workers"], nodes["organizations"], nodes["groups"])
        for table, ids in zip(("workers", "organizations", "groups"), tables, strict=True):
            check_order(ids, seed, table, f"network.nodes.{table}")
        self.ids: list[str] = [*tables[0], *tables[1], *tables[2]]
        n_workers, n_nodes = len(tables[0]), len(self.ids)
        self.n_providers = n_workers + len(tables[1])
        self.level = [0] * n_workers + [1] * len(tables[1]) + [2] * len(tables[2])
        self.above: list[int | None] = nodes["parent"]
        self.places: list[int | None] = nodes["places"]
        self.floor: list[int] = nodes["floor"]
        holds = len(self.floor) == n_nodes and all(0 <= floor < 1 << 64 for floor in self.floor)
        expect(holds, "network.nodes.floor")
        expect(len(self.above) == n_nodes, "network.nodes.parent")
        expect(len(self.places) == n_nodes, "network.nodes.places")
        for node, above in enumerate(self.above):
            first, end = (n_workers, self.n_providers) if node < n_workers else (self.n_providers, n_nodes)
            holds = node >= n_workers if above is None else first <= above < end
            expect(holds, f"network.nodes.parent[{node}]")
            places = self.places[node]
            holds = node >= self.n_providers if places is None else 0 <= places < 1 << 64
            expect(holds, f"network.nodes.places[{node}]")
        self.paths = []
        for node in range(n_nodes):
            path: list[int] = []
            step: int | None = node
            while step is not None:
                path.append(step)
                expect(len(path) <= MAX_DEPTH, f"network.nodes.parent[{node}]")
                step = self.above[step]
            self.paths.append(path)
        self.workers = {name: node for node, name in enumerate(tables[0])}
        self.organizations = {name: n_workers + node for node, name in enumerate(tables[1])}

    def node(self, organization: str, worker: str | None) -> int | None:
        """The node of an organization and perhaps of a worker of it."""
        above = self.organizations.get(organization)
        if worker is None or above is None:
            return above
        node = self.workers.get(worker)
        return node if node is not None and self.above[node] == above else None

    def check_capacity(self, result: dict[str, Any], is_decided: bool, served_at: list[int | None]) -> None:
        rows, is_certified = result["capacity"], "certificate" in result
        self.used = used = [0] * len(self.ids)
        for at in served_at:
            for node in self.paths[at] if at is not None else ():
                used[node] += 1
        expect(len(rows) == len(self.ids), "result.capacity")
        self.in_order = in_order = sorted(range(len(self.ids)), key=lambda node: (self.level[node], self.ids[node]))
        price: list[Pair] = [(0, 0)] * len(self.ids)
        self.price = price
        for row, (stated, node) in enumerate(zip(rows, in_order, strict=True)):
            place = f"result.capacity[{row}]"
            places = self.places[node]
            own = (stated["price"]["tier"], stated["price"]["score"])
            expect(stated["level"] == LEVELS[self.level[node]], f"{place}.level")
            expect(stated["id"] == self.ids[node], f"{place}.id")
            expect(stated["places"] == places, f"{place}.places")
            expect(stated["used"] == used[node] and (places is None or used[node] <= places), f"{place}.used")
            floor = stated.get("floor", 0)
            expect(floor == self.floor[node] and ("floor" not in stated or floor > 0), f"{place}.floor")
            expect(used[node] >= floor or not is_decided, f"{place}.used")
            # What a certificate says in one number is checked with it. Elsewhere what is free costs nothing.
            is_price = (0, 0) <= own and max(abs(own[0]), abs(own[1])) < LIMIT
            is_price = is_price and (own == (0, 0) or (is_decided and places is not None and used[node] == places))
            expect(is_certified or is_price, f"{place}.price")
            price[node] = own
        self.has_room = [places is None or count < places for places, count in zip(self.places, used, strict=True)]
        self.full_price = [
            (sum(price[v][0] for v in path), sum(price[v][1] for v in path)) for path in self.paths
        ]
        self.full_at = [next((v for v in path if not self.has_room[v]), None) for path in self.paths]


class Needs:
    """The needs with their candidates, in canonical order."""

    def __init__(self, network: dict[str, Any], head: Head, supply: Supply) -> None:
        most = FULL_SCORE + head.switch_penalty
        needs, candidates = network["needs"], network["candidates"]
        ids: list[str] = needs["id"]
        check_order(ids, head.seed, "needs", "network.needs.id")
        self.position = {name: k for k, name in enumerate(ids)}
        self.tier: list[int] = needs["tier"]
        expect(len(self.tier) == len(ids) and all(1 <= tier <= 4 for tier in self.tier), "network.needs.tier")
        pinned = needs["pinned"]
        holds = all(0 <= need < len(ids) for need in pinned) and sorted(set(pinned)) == pinned
        expect(holds, "network.needs.pinned")
        self.ids = ids
        self.is_pinned = [False] * len(ids)
        for need in pinned:
            self.is_pinned[need] = True
        self.start: list[int] = candidates["start"]
        self.node: list[int] = candidates["node"]
        self.score: list[int] = candidates["score"]
        holds = len(self.start) == len(ids) + 1 and self.start[0] == 0 and sorted(self.start) == self.start
        expect(holds and self.start[-1] == len(self.node), "network.candidates.start")
        expect(len(self.score) == len(self.node), "network.candidates.score")
        expect(not self.score or (min(self.score) >= 0 and max(self.score) <= most), "network.candidates.score")
        for need in range(len(ids)):
            row = self.node[self.start[need] : self.start[need + 1]]
            holds = not row or (row[0] >= 0 and row[-1] < supply.n_providers)
            expect(holds and all(a < b for a, b in zip(row, row[1:])), "network.candidates.node")

        # A pinned need has its worker as its only candidate.
        expect(all(self.start[need + 1] - self.start[need] == 1 for need in pinned), "network.needs.pinned")

    def row(self, need: int) -> list[tuple[int, int]]:
        """The candidates of a need, each with its node and its score."""
        part = slice(self.start[need], self.start[need + 1])
        return list(zip(self.node[part], self.score[part], strict=True))


def check_assignments(result: dict[str, Any], head: Head, supply: Supply, needs: Needs) -> list[int | None]:
    """Who serves whom; gives the node that serves each need."""
    served_at: list[int | None] = [None] * len(needs.tier)
    for row, stated in enumerate(result["assignments"]):
        place = f"result.assignments[{row}]"
        need = needs.position.get(stated["need_id"])
        node = supply.node(stated["organization_id"], stated["worker_id"])
        if need is None or node is None:
            raise Refused(f"wrong at {place}")
        candidates = needs.row(need)
        score = dict(candidates).get(node)
        expect(score is not None and stated["score"] == score, f"{place}.score")
        expect(stated["tier"] == needs.tier[need], f"{place}.tier")
        mean = weighted_mean(head, stated["criteria"])
        expect(("switched" in stated) == (head.switch_penalty > 0), f"{place}.switched")
        spared = 0 if stated.get("switched") else head.switch_penalty
        holds = mean is not None and (mean + spared == score or head.has_local_weights)
        expect(holds, f"{place}.criteria")
        # Of equal scores the one before it in the row comes first.
        better = sum(1 for other, value in candidates if (-value, other) < (-stated["score"], node))
        expect(head.agrees(stated["rank"], better + 1), f"{place}.rank")
        expect(stated["pinned"] == needs.is_pinned[need], f"{place}.pinned")
        served_at[need] = node
    for name in ("assignments", "unmatched"):
        ids = [row.get("need_id") for row in result[name]]
        holds = all(type(key) is str for key in ids) and all(a < b for a, b in zip(ids, ids[1:]))
        expect(holds, f"result.{name}: need_id")
    expect(len(result["assignments"]) + len(result["unmatched"]) == len(needs.tier), "result.unmatched")
    unserved = (head.is_decided and pinned and at is None for pinned, at in zip(needs.is_pinned, served_at, strict=True))
    expect(not any(unserved), "network.needs.pinned")
    return served_at


def weighted_mean(head: Head, criteria: dict[str, Any]) -> int | None:
    """The weighted mean of the criteria, a half to the even number; None if they are not those of the policy."""
    if list(criteria) != [code for code, _ in head.weights] or not all(map(whole, criteria.values())):
        return None
    pairs: list[Pair] = list(zip(criteria.values(), (weight for _, weight in head.weights), strict=True))
    if not all(0 <= measure <= FULL_SCORE for measure, _ in pairs):
        return None
    down, rest = divmod(sum(measure * weight for measure, weight in pairs), 1000)
    return down + int(rest > 500 or (rest == 500 and down % 2 == 1))


def check_unmatched(
    result: dict[str, Any], head: Head, supply: Supply, needs: Needs, served_at: list[int | None], quotas: Quotas
) -> None:
    """Whether each reason is one that the candidates bear out."""
    full_quota = quotas.full(result, served_at)
    for row, stated in enumerate(result["unmatched"]):
        place = f"result.unmatched[{row}]"
        shapes = {"no_candidate": NO_CANDIDATE, "quota_full": QUOTA_FULL, "no_open_place": NO_OPEN_PLACE}
        reason = stated.get("reason")
        expect(type(reason) is str and reason in REASONS, f"{place}.reason")
        check_shape(stated, shapes.get(reason, TAKEN_OUT), place)
        need = needs.position.get(stated["need_id"])
        if need is None or served_at[need] is not None:
            raise Refused(f"wrong at {place}.need_id")
        expect(stated["tier"] == needs.tier[need], f"{place}.tier")
        candidates = needs.row(need)
        # Of a quota that is full it is said wherever anything is decided about the need at all.
        full = full_quota.get(need) if head.is_decided and candidates else None
        expect((reason == "quota_full") == (full is not None), f"{place}.reason")
        if full is not None:
            n_open = sum(supply.full_at[node] is None for node, _ in candidates)
            holds = stated["quota_id"] == quotas.ids[full] and stated["open"] == n_open
        elif reason == "no_open_place":
            holds = head.is_decided and bool(candidates) and is_full(stated, candidates, head, supply)
        elif reason == "no_gain":
            is_free = (score == 0 and supply.full_at[node] is None for node, score in candidates)
            holds = head.is_decided and any(is_free)
        elif reason == "undecided":
            holds = not head.is_decided and bool(candidates)
        else:
            may_be = reason != "out_of_scope" or head.is_limited
            holds = may_be and not candidates and (reason != "no_candidate" or adds_up(stated["providers"], stated["failed"]))
        expect(holds, f"{place}.reason")
    # The list at the head names the emergencies, all of them and in order, and they are red.
    emergencies = [stated for stated in result["unmatched"] if stated["reason"] == "immediate"]
    listed = [stated["need_id"] for stated in emergencies]
    expect(listed == result.get("immediate", []) and bool(listed) == ("immediate" in result), "result.immediate")
    expect(all(stated["tier"] == 1 for stated in emergencies), "result.immediate")


def adds_up(providers: int, failed: list[dict[str, Any]]) -> bool:
    """Every provider fails a rule, so the rules count each at least once; alone it fails one of them."""
    each = all(1 <= row["providers"] <= providers and 0 <= row["alone"] <= row["providers"] for row in failed)
    once = len({row["rule"] for row in failed}) == len(failed)
    sums = [sum(row[key] for row in failed) for key in ("providers", "alone")]
    return each and once and 0 <= providers <= sums[0] and sums[1] <= providers


def is_full(stated: dict[str, Any], candidates: list[tuple[int, int]], head: Head, supply: Supply) -> bool:
    """Whether every candidate is full where it is said, and the nearest is the best of them."""
    seen = [0, 0, 0]
    for node, _ in candidates:
        at = supply.full_at[node]
        if at is None:
            return False
        seen[supply.level[at]] += 1
    # Of equal scores the first in the row is the nearest; `max` takes the first.
    best, score = max(candidates, key=lambda pair: pair[1])
    at = supply.full_at[best]
    nearest = stated["nearest"]
    return (
        all(head.agrees(stated["full"][level], count) for level, count in zip(LEVELS, seen, strict=True))
        and supply.node(nearest["organization_id"], nearest["worker_id"]) == best
        and nearest["score"] == score
        and at is not None
        and nearest["full_at"] == LEVELS[supply.level[at]]
    )


def check_totals(result: dict[str, Any], head: Head, gap: Pair) -> None:
    tiers = sum(head.worth[row["tier"] - 1] for row in result["assignments"])
    scores = sum(row["score"] for row in result["assignments"])
    for key, value in (
        ("total", (tiers, scores)),
        ("bound", (tiers + gap[0], scores + gap[1])),
        ("gap", gap),
    ):
        expect((result[key]["tier"], result[key]["score"]) == value, f"result.{key}")


def check_proof(head: Head, supply: Supply, needs: Needs, served_at: list[int | None]) -> None:
    """That the prices prove the total the greatest, and that no lower ones would."""
    # What each need gets is the most that any candidate leaves after the prices; then no matching is worth more.
    full_price, above = supply.full_price, supply.above
    below: list[list[int]] = [[] for _ in above]
    # For each node those whose price cannot fall as long as its own does not.
    ties: list[list[int]] = [[] for _ in above]
    reached = [node for node, over in enumerate(above) if over is None and full_price[node] == (0, 0)]
    for need, at in enumerate(served_at):
        if needs.is_pinned[need]:
            continue
        worth = head.worth[needs.tier[need] - 1]
        nets = [
            (worth - full_price[node][0], score - full_price[node][1], node) for node, score in needs.row(need)
        ]
        best = max(((tier, score) for tier, score, _ in nets), default=(0, 0))
        has = (0, 0) if at is None else next((tier, score) for tier, score, node in nets if node == at)
        expect(has == max(best, (0, 0)), f"result.assignments: best of need {need}")
        equal = [node for tier, score, node in nets if (tier, score) == has]
        (reached if at is None else ties[at]).extend(equal)
    for node, over in enumerate(above):
        if over is not None:
            below[over].append(node)
    is_reached = [False] * len(above)
    while reached:
        node = reached.pop()
        if is_reached[node]:
            continue
        is_reached[node] = True
        reached.extend(other for other in below[node] if full_price[other] == full_price[node])
        over = above[node]
        if over is not None and supply.has_room[node]:
            reached.append(over)
        reached.extend(ties[node])
    expect(all(is_reached), "result.capacity: a price is not the least")


class Limits:
    """What the run must and may fill beside pinned needs."""

    def __init__(self, supply: Supply, needs: Needs, caseload: list[int] | None) -> None:
        self.pinned = [0] * len(supply.ids)
        for need in (need for need, is_pinned in enumerate(needs.is_pinned) if is_pinned):
            for node, _ in needs.row(need):
                for above in supply.paths[node]:
                    self.pinned[above] += 1
        n_needs = len(needs.ids)
        self.floor = [max(0, floor - pinned) for floor, pinned in zip(supply.floor, self.pinned, strict=True)]
        self.cap = [
            n_needs if places is None else min(n_needs, max(0, places - pinned))
            for places, pinned in zip(supply.places, self.pinned, strict=True)
        ]
        # Where squares of caseloads count, how many needs each worker serves already.
        self.held = None if caseload is None else [own + pinned for own, pinned in zip(caseload, self.pinned)]

    def growth(self, node: int, needs: int) -> int:
        """What the square of a node's caseload grows by if it serves so many."""
        return 0 if self.held is None or node >= len(self.held) else needs * (needs + 2 * self.held[node])

    def most(self, node: int, price: int) -> int:
        """The most that a node can be worth at a price within floor and cap."""
        floor, cap = self.floor[node], max(self.floor[node], self.cap[node])
        needs = cap if price > 0 else floor
        if self.held is not None and node < len(self.held):
            # A further place costs 2 (held + x) + 1, so it pays as long as that is no more than the price.
            needs = max(floor, min(cap, (price + 1) // 2 - self.held[node]))
        return price * needs - self.growth(node, needs)

    def binding(self, quotas: Quotas) -> tuple[bool, bool, bool]:
        """Whether floors, groups of needs and costs of places can bind."""
        return any(self.floor), bool(quotas.parts), self.held is not None and any(self.cap[: len(self.held)])


class Part(NamedTuple):
    """A quota, or one household of it: what is left to decide beside pinned needs."""

    floor: int
    cap: int
    needs: list[int]


Key = tuple[int, "str | None"]


class Quotas:
    """How many needs of a kind must and may be served."""

    def __init__(self, file: dict[str, Any], head: Head, needs: Needs) -> None:
        network, n_needs = file["network"], len(needs.ids)
        none = {"id": [], "per_household": [], "floor": [], "cap": [], "start": [0], "need": []}
        stated = network.get("quotas", none)
        self.ids: list[str] = stated["id"]
        self.per_household: list[bool] = stated["per_household"]
        self.floor: list[int] = stated["floor"]
        self.cap: list[int | None] = stated["cap"]
        start, n = stated["start"], len(self.ids)
        self.household: list[str | None] = network["needs"].get("household", [None] * n_needs)
        names = re.compile(r"[0-9A-Za-z_.:-]{1,64}")
        holds = sorted(set(self.ids)) == self.ids and all(names.fullmatch(name) for name in self.ids)
        expect(holds, "network.quotas.id")
        columns = (self.per_household, self.floor, self.cap)
        expect(all(len(column) == n for column in columns), "network.quotas")
        numbers = [*self.floor, *(cap for cap in self.cap if cap is not None)]
        expect(all(0 <= number < LIMIT for number in numbers), "network.quotas: floor or cap")
        holds = len(start) == n + 1 and start[0] == 0 and sorted(start) == start and start[-1] == len(stated["need"])
        expect(holds, "network.quotas.start")
        self.needs = [stated["need"][start[quota] : start[quota + 1]] for quota in range(n)]
        for own in self.needs:
            holds = sorted(set(own)) == own and (not own or (own[0] >= 0 and own[-1] < n_needs))
            expect(holds, "network.quotas.need")
        asked = {need for quota, own in enumerate(self.needs) if self.per_household[quota] for need in own}
        # The household is told of whoever a quota for each is about, and of nobody else.
        holds = len(self.household) == n_needs and all(
            (name is not None) == (need in asked) for need, name in enumerate(self.household)
        )
        holds = holds and all(names.fullmatch(name) for name in self.household if name is not None)
        expect(holds, "network.needs.household")
        # Told where squares of caseloads count.
        expect(("caseload" in network["nodes"]) == head.counts_squares, "network.nodes.caseload")
        caseload = network["nodes"].get("caseload", [])
        expect(all(0 <= own < LIMIT for own in caseload), "network.nodes.caseload")
        expect("caseload" not in network["nodes"] or len(caseload) == len(network["nodes"]["workers"]), "network.nodes.caseload")

        taken_out = {row.get("need_id") for row in file["result"]["unmatched"] if row.get("reason") in REASONS[5:]}
        self.parts: dict[Key, Part] = {}
        for quota, own in enumerate(self.needs):
            of_key: dict[Key, list[int]] = {} if self.per_household[quota] else {(quota, None): []}
            for need in own:
                of_key.setdefault(self.key(quota, need), []).append(need)
            for key, members in of_key.items():
                n_pinned = sum(needs.is_pinned[need] for need in members)
                free = [need for need in members if not needs.is_pinned[need] and needs.ids[need] not in taken_out]
                cap = self.cap[quota]
                floor = max(0, self.floor[quota] - n_pinned)
                cap = len(free) if cap is None else min(len(free), max(0, cap - n_pinned))
                if floor > 0 or cap < len(free):
                    self.parts[key] = Part(floor, cap, free)
        self.parts = {key: self.parts[key] for key in sorted(self.parts, key=lambda key: (key[0], key[1] or ""))}
        # Quotas with a part that shares needs with another, while each also has needs of its own.
        self.crossing: set[int] = set()
        sets = [(key, set(part.needs)) for key, part in self.parts.items()]
        held_by: list[list[int]] = [[] for _ in needs.ids]
        for k, (_, held_needs) in enumerate(sets):
            for need in held_needs:
                held_by[need].append(k)
        for a, b in {(a, b) for held in held_by for a in held for b in held if a < b}:
            if not sets[a][1] <= sets[b][1] and not sets[b][1] <= sets[a][1]:
                self.crossing |= {sets[a][0][0], sets[b][0][0]}
        self.price = [0] * n
        self.read: list[Pair] = [(0, 0)] * n

    def key(self, quota: int, need: int) -> Key:
        return quota, self.household[need] if self.per_household[quota] else None

    def part(self, name: str, household: str | None) -> Key:
        """The part of these identifiers, which can bind."""
        expect(name in self.ids, "a quota_id")
        key = (self.ids.index(name), household)
        expect(key in self.parts, "a quota_id or household_id")
        return key

    def counts(self, quota: int, served_at: list[int | None]) -> dict[Key, list[int]]:
        """For each part of a quota, whether it can bind or not, its needs and those of them that are served."""
        counts: dict[Key, list[int]] = {} if self.per_household[quota] else {(quota, None): [0, 0]}
        for need in self.needs[quota]:
            count = counts.setdefault(self.key(quota, need), [0, 0])
            count[0] += 1
            count[1] += served_at[need] is not None
        return counts

    def full(self, result: dict[str, Any], served_at: list[int | None]) -> dict[int, int]:
        """For needs the first quota that is about them and of which no further need may be served."""
        full: dict[int, int] = {}
        for quota, cap in enumerate(self.cap) if result["status"] != "floors_unmet" else ():
            counts = self.counts(quota, served_at)
            for need in self.needs[quota]:
                if cap is not None and counts[self.key(quota, need)][1] >= cap:
                    full.setdefault(need, quota)
        return full

    def check_list(self, result: dict[str, Any], head: Head, served_at: list[int | None]) -> None:
        """That bounds are kept, and that the list of quotas says what became of each."""
        # A list of none is left out.
        expect(("quotas" in result) == bool(self.ids), "result.quotas")
        rows = result.get("quotas", [])
        expect(len(rows) == len(self.ids), "result.quotas")
        for quota, row in enumerate(rows):
            counts, floor, cap = self.counts(quota, served_at), self.floor[quota], self.cap[quota]
            fits = all(floor <= served and (cap is None or served <= cap) for _, served in counts.values())
            expect(fits or not head.is_decided, f"result.quotas[{quota}].served")
            sums = [sum(count[k] for count in counts.values()) for k in (0, 1)]
            stated = (row["quota_id"], row["needs"], row["served"], row["floor"], row["cap"], row["crosses"])
            holds = stated == (self.ids[quota], *sums, floor, cap, quota in self.crossing)
            expect(holds, f"result.quotas[{quota}]")
            expect((row["price"]["tier"], row["price"]["score"]) == self.read[quota], f"result.quotas[{quota}].price")


def check_certificate(
    certificate: dict[str, Any],
    head: Head,
    supply: Supply,
    needs: Needs,
    served_at: list[int | None],
    limits: Limits,
    quotas: Quotas,
) -> Pair:
    """By how much the prices of the general engine allow anything within all floors and quotas to be better."""
    counts = [head.worth[tier - 1] for tier in needs.tier]
    free = [need for need, is_pinned in enumerate(needs.is_pinned) if not is_pinned]
    wanted = [0] * len(supply.ids)
    best = 0
    for need in free:
        best += max((score for _, score in needs.row(need)), default=0)
        for node, _ in needs.row(need):
            wanted[node] += 1
    # One of score counts more than the squares of all caseloads can grow, and one step outweighs all that can be lost
    # below; both are derived here, never believed.
    most = [min(cap, n) for cap, n in zip(limits.cap, wanted, strict=True)]
    unit = 1 + sum(limits.growth(node, n) for node, n in enumerate(most))
    dearest = [limits.growth(node, n) - limits.growth(node, n - 1) if n else 0 for node, n in enumerate(most)]
    step = [0, 2 * (best * unit + sum(cost * cap for cost, cap in zip(dearest, limits.cap, strict=True))) + 1]
    for count in range(1, max(counts, default=0) + 1):
        step.append(step[-1] * (1 + counts.count(count)))
    step.pop()
    expect([exact(text) for text in certificate["step"]] == step, "result.certificate.step")
    expect(exact(certificate.get("unit", "1")) == unit and ("unit" in certificate) == (unit != 1), "result.certificate.unit")
    price = [exact(text) for text in certificate["price"]]
    expect(len(price) == len(supply.ids), "result.certificate.price")

    def read(number: int) -> Pair:
        tier = 0
        for t in range(len(step) - 1, 0, -1):
            steps = (number + step[t] // 2) // step[t]
            tier, number = tier + steps * t, number - steps * step[t]
        return clamped(tier), clamped(number // unit)

    # Bound less total is the sum of what nodes and quotas could have more at their prices within floor and cap, and of
    # what needs fall short of their best.
    own, gaps = [0] * len(price), []
    for node, number in zip(supply.in_order, price, strict=True):
        expect(supply.price[node] == read(number), "result.capacity: price")
        # Where nobody is served, no pinned need is.
        chosen = max(0, supply.used[node] - limits.pinned[node])
        gaps.append(limits.most(node, number) - (number * chosen - limits.growth(node, chosen)))
        own[node] = number
    # A list of none is left out.
    stated = certificate.get("quota_price", [])
    expect(("quota_price" in certificate) == bool(stated), "result.certificate.quota_price")
    of_need, last = [0] * len(needs.ids), (-1, "")
    for row in stated:
        key, number = quotas.part(row["quota_id"], row.get("household_id")), exact(row["price"])
        this = (key[0], key[1] or "")
        expect(last < this and number != 0, "result.certificate.quota_price")
        last, part = this, quotas.parts[key]
        quotas.price[key[0]] += number
        served = sum(served_at[need] is not None for need in part.needs)
        gaps.append(number * (part.cap if number > 0 else part.floor) - number * served)
        for need in part.needs:
            of_need[need] += number
    quotas.read = [read(number) for number in quotas.price]
    full_price = [sum(own[v] for v in path) for path in supply.paths]
    for need in free:
        base, at = step[counts[need]] - of_need[need], served_at[need]
        nets = {node: base + unit * score - full_price[node] for node, score in needs.row(need)}
        gaps.append(max([0, *nets.values()]) - (0 if at is None else nets[at]))
    rest = sum(gaps)
    expect(rest >= 0, "result.bound")
    tier = 0
    for t in range(len(step) - 1, 0, -1):
        tier += rest // step[t] * t
        rest %= step[t]
    # Rounded up: only nothing reads as nothing.
    gap = (tier, -(-rest // unit))
    expect(max(gap) < 1 << 63, "result.gap")
    return gap


def exact(text: str) -> int:
    """A whole number from digits, in its one spelling."""
    holds = re.fullmatch("0|-?[1-9][0-9]{0,40}", text) is not None and abs(int(text)) < 1 << 120
    expect(holds, "result.certificate")
    return int(text)


def clamped(number: int) -> int:
    return max(-(1 << 63), min((1 << 63) - 1, number))


def check_unmet(tight: dict[str, Any], supply: Supply, needs: Needs, limits: Limits, quotas: Quotas) -> None:
    """That floors ask for more than caps and needs allow; a price of -1 at the floors and 1 at the caps proves it."""
    expect(not any(supply.used), "result.assignments")
    own, sums, of_need, seen = [0] * len(supply.ids), [0, 0], [0] * len(needs.ids), set()
    names: list[tuple[str, str, str | None]] = [(LEVELS[supply.level[v]], supply.ids[v], None) for v in supply.in_order]
    names += [("quota", quotas.ids[quota], household) for quota, household in quotas.parts]
    nodes = dict(zip(names, supply.in_order, strict=False))
    parts = dict(zip(names[len(nodes) :], quotas.parts.values(), strict=True))
    for which, key, sign in ((0, "floors", -1), (1, "caps", 1)):
        listed = [(row["level"], row["id"], row.get("household_id")) for row in tight[key]]
        expect(listed == [name for name in names if name in set(listed)], f"result.tight_set.{key}")
        for row, name in zip(tight[key], listed, strict=True):
            if name in nodes:
                node = nodes[name]
                limit, own[node] = (limits.floor, limits.cap)[which][node], sign
            else:
                limit = (parts[name].floor, parts[name].cap)[which]
                for need in parts[name].needs:
                    of_need[need] += sign
            expect(name not in seen and row["needs"] == limit and (sign > 0 or limit > 0), f"result.tight_set.{key}")
            seen.add(name)
            sums[which] += limit
    full_price = [sum(own[v] for v in path) for path in supply.paths]
    gaining = []
    for need in (need for need, is_pinned in enumerate(needs.is_pinned) if not is_pinned):
        gain = max((-full_price[node] - of_need[need] for node, _ in needs.row(need)), default=0)
        expect(gain <= 1, "result.tight_set.needs")
        gaining += [needs.ids[need]] if gain == 1 else []
    expect(tight["needs"] == sorted(gaining), "result.tight_set.needs")
    missing = sums[0] - sums[1] - len(gaining)
    expect(0 < missing == tight["missing"], "result.tight_set.missing")


def check_summary(result: dict[str, Any], head: Head, needs: Needs, served_at: list[int | None]) -> None:
    """The counts, as far as the file tells."""
    summary, assignments, n_needs = result["summary"], result["assignments"], len(needs.tier)
    served = len(assignments)
    mean = sum(row["score"] for row in assignments) // served if served else 0
    for key, value in (("needs", n_needs), ("served", served), ("pinned", sum(needs.is_pinned) if head.is_decided else 0), ("mean_score", mean)):
        expect(summary[key] == value, f"result.summary.{key}")
    expect(head.agrees(summary["candidates"], len(needs.node)), "result.summary.candidates")
    counts = {tier: [0, 0] for tier in (1, 2, 3, 4)}
    for tier, at in zip(needs.tier, served_at, strict=True):
        counts[tier][0] += 1
        counts[tier][1] += at is not None
    tiers = [{"key": str(tier), "needs": n, "served": s} for tier, (n, s) in counts.items() if n]
    expect(summary["by_tier"] == tiers, "result.summary.by_tier")
    for key in ("by_domain", "by_county", "by_urban_rural_class"):
        rows = summary[key]
        holds = all(row["needs"] > 0 and 0 <= row["served"] <= row["needs"] for row in rows)
        holds = holds and len({row["key"] for row in rows}) == len(rows)
        holds = holds and sum(row["needs"] for row in rows) == n_needs
        expect(holds and sum(row["served"] for row in rows) == served, f"result.summary.{key}")
    counties = (re.fullmatch("[0-9]{6}000000", row["key"]) for row in summary["by_county"])
    expect(all(counties), "result.summary.by_county")
    listed = [row["reason"] for row in result["unmatched"]]
    reasons = [{"reason": reason, "needs": listed.count(reason)} for reason in REASONS if reason in listed]
    expect(summary["unmatched"] == reasons, "result.summary.unmatched")


def main(arguments: list[str]) -> int:
    """Check the files that are named; 0 if all are right, 1 if one is not, 2 if one cannot be read."""
    if not arguments:
        print("usage: python verifier.py FILE ...", file=sys.stderr)
        return 2
    worst = 0
    for name in arguments:
        try:
            with open(name, "rb") as stream:
                data = stream.read()
            found = verify(data)
            print(f"{name}: verified: {found.served} needs served, {found.unmatched} not, best of {found.candidates}")
        except Refused as refused:
            print(f"{name}: refused: {refused}")
            worst = max(worst, 1)
        except OSError as error:
            print(f"{name}: {error.strerror}", file=sys.stderr)
            worst = 2
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
