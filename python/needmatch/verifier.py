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
REASONS = ("no_candidate", "no_open_place", "no_gain", "undecided", "human_only", "refer_medical", "law_enforcement")
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
    needs = Needs(file["network"], head.seed, supply)
    result = file["result"]
    served_at = check_assignments(result, head, supply, needs)
    supply.check_capacity(result, served_at)
    check_unmatched(result, head, supply, needs, served_at)
    check_totals(result, head)
    limits = Limits(supply, needs)
    engine, why = ("general", "floors") if any(limits.floor) else ("fast", "only_capacities")
    expect(result["engine"] == engine and result["engine_reason"] in (why, "asked"), "engine")
    expect(("certificate" in result) == (engine == "general" and head.is_decided), "result.certificate")
    expect(("tight_set" in result) == (engine == "general" and not head.is_decided), "result.tight_set")
    if engine == "fast":
        expect(head.is_decided, "result.status")
        check_proof(head, supply, needs, served_at)
    elif head.is_decided:
        check_certificate(result["certificate"], head, supply, needs, served_at, limits)
    else:
        check_unmet(result["tight_set"], supply, needs, limits)
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
    expect(isinstance(file, dict) and whole(file.get("format")) and file["format"] == 1, "format")
    check_shape(file, FILE, "the file")
    end = f',"digest":"{file["digest"]}"}}'.encode()
    digest = hashlib.sha256(data[: -len(end)]).hexdigest()
    expect(data.endswith(end) and file["digest"] == digest, "digest")
    return file


# The shape of the file: keys in their order, of which one with a question mark may be missing; a list of one shape; or a
# type, where None beside it is `null`.
PAIR = {"tier": int, "score": int}
COVERAGE = [{"key": str, "needs": int, "served": int}]
ASSIGNMENT = {"need_id": str, "organization_id": str, "worker_id": (str, None), "tier": int, "score": int}
ASSIGNMENT |= {"criteria": dict, "rank": int, "pinned": bool}
CAPACITY = {"level": str, "id": str, "places": (int, None), "floor?": int, "used": int, "price": PAIR}
SUMMARY = {"needs": int, "served": int, "pinned": int, "candidates": int, "mean_score": int, "by_tier": COVERAGE}
SUMMARY |= {"by_domain": COVERAGE, "by_county": COVERAGE, "by_urban_rural_class": COVERAGE}
SUMMARY |= {"unmatched": [{"reason": str, "needs": int}]}
PROVENANCE = {"semantics_id": str, "input_digest": str, "policy_version": str, "seed": str, "library_version": str}
RESULT = {"status": str, "optimal_over": str, "engine": str, "engine_reason": str, "total": PAIR, "bound": PAIR}
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

TAKEN_OUT: dict[str, Any] = {"need_id": str, "tier": int, "reason": str}
FAILED = [{"rule": str, "providers": int, "alone": int}]
NO_CANDIDATE = TAKEN_OUT | {"providers": int, "failed": FAILED}
FULL = {"worker": int, "organization": int, "group": int}
NEAREST = {"organization_id": str, "worker_id": (str, None), "score": int, "full_at": str}
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
        expect(result["status"] in ("optimal", "floors_unmet"), "result.status")
        # Floors can be met, so somebody was chosen.
        self.is_decided = result["status"] == "optimal"
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
        expect(objective in WORTH, "policy.text: objective")
        self.seed: str = file["seed"]
        self.worth = WORTH[objective]
        try:
            self.weights = [(key, int(value)) for (part, key), value in values.items() if part == "criteria"]
        except ValueError:
            raise Refused("wrong at policy.text: criteria") from None
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

    def check_capacity(self, result: dict[str, Any], served_at: list[int | None]) -> None:
        rows, is_decided, is_certified = result["capacity"], result["status"] == "optimal", "certificate" in result
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

    def __init__(self, network: dict[str, Any], seed: str, supply: Supply) -> None:
        needs, candidates = network["needs"], network["candidates"]
        ids: list[str] = needs["id"]
        check_order(ids, seed, "needs", "network.needs.id")
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
        expect(not self.score or (min(self.score) >= 0 and max(self.score) <= FULL_SCORE), "network.candidates.score")
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
        expect(mean == score or (head.has_local_weights and mean is not None), f"{place}.criteria")
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
    if not all(0 <= measure <= FULL_SCORE and 0 <= weight <= 1000 for measure, weight in pairs):
        return None
    down, rest = divmod(sum(measure * weight for measure, weight in pairs), 1000)
    return down + int(rest > 500 or (rest == 500 and down % 2 == 1))


def check_unmatched(
    result: dict[str, Any], head: Head, supply: Supply, needs: Needs, served_at: list[int | None]
) -> None:
    """Whether each reason is one that the candidates bear out."""
    for row, stated in enumerate(result["unmatched"]):
        place = f"result.unmatched[{row}]"
        shapes = {"no_candidate": NO_CANDIDATE, "no_open_place": NO_OPEN_PLACE}
        reason = stated.get("reason")
        expect(type(reason) is str and reason in REASONS, f"{place}.reason")
        check_shape(stated, shapes.get(reason, TAKEN_OUT), place)
        need = needs.position.get(stated["need_id"])
        if need is None or served_at[need] is not None:
            raise Refused(f"wrong at {place}.need_id")
        expect(stated["tier"] == needs.tier[need], f"{place}.tier")
        candidates = needs.row(need)
        if reason == "no_open_place":
            holds = head.is_decided and bool(candidates) and is_full(stated, candidates, head, supply)
        elif reason == "no_gain":
            is_free = (score == 0 and supply.full_at[node] is None for node, score in candidates)
            holds = head.is_decided and any(is_free)
        elif reason == "undecided":
            holds = not head.is_decided and bool(candidates)
        else:
            holds = not candidates and (reason != "no_candidate" or adds_up(stated["providers"], stated["failed"]))
        expect(holds, f"{place}.reason")


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


def check_totals(result: dict[str, Any], head: Head) -> None:
    tiers = sum(head.worth[row["tier"] - 1] for row in result["assignments"])
    scores = sum(row["score"] for row in result["assignments"])
    for key, value in (("total", (tiers, scores)), ("bound", (tiers, scores)), ("gap", (0, 0))):
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

    def __init__(self, supply: Supply, needs: Needs) -> None:
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


def check_certificate(
    certificate: dict[str, list[str]],
    head: Head,
    supply: Supply,
    needs: Needs,
    served_at: list[int | None],
    limits: Limits,
) -> None:
    """That the prices of the general engine prove that nothing within all floors is better."""
    digits = re.compile("0|-?[1-9][0-9]{0,40}")
    texts = certificate["step"] + certificate["price"]
    expect(all(digits.fullmatch(text) and abs(int(text)) < 1 << 120 for text in texts), "result.certificate")
    price, counts = list(map(int, certificate["price"])), [head.worth[tier - 1] for tier in needs.tier]
    # One step outweighs all that can be lost below; derived here, never believed.
    most = sum(
        max((score for _, score in needs.row(need)), default=0)
        for need, is_pinned in enumerate(needs.is_pinned)
        if not is_pinned
    )
    step = [0, 2 * most + 1]
    for count in range(1, max(counts, default=0) + 1):
        step.append(step[-1] * (1 + counts.count(count)))
    step.pop()
    expect(list(map(int, certificate["step"])) == step, "result.certificate.step")
    expect(len(price) == len(supply.ids), "result.certificate.price")
    own = [0] * len(price)
    for node, exact in zip(supply.in_order, price, strict=True):
        tier, score = 0, exact
        for t in range(len(step) - 1, 0, -1):
            steps = (score + step[t] // 2) // step[t]
            tier, score = tier + steps * t, score - steps * step[t]
        expect(supply.price[node] == (clamped(tier), clamped(score)), "result.capacity: price")
        chosen = supply.used[node] - limits.pinned[node]
        holds = (exact <= 0 or chosen == limits.cap[node]) and (exact >= 0 or chosen == limits.floor[node])
        expect(holds, "result.certificate.price")
        own[node] = exact
    full_price = [sum(own[v] for v in path) for path in supply.paths]
    for need, at in enumerate(served_at):
        if not needs.is_pinned[need]:
            nets = {node: step[counts[need]] + score - full_price[node] for node, score in needs.row(need)}
            has = 0 if at is None else nets[at]
            expect(has == max([0, *nets.values()]), f"result.assignments: best of need {need}")


def clamped(number: int) -> int:
    return max(-(1 << 63), min((1 << 63) - 1, number))


def check_unmet(tight: dict[str, Any], supply: Supply, needs: Needs, limits: Limits) -> None:
    """That floors ask for more than caps and needs allow; a price of -1 at the floors and 1 at the caps proves it."""
    expect(not any(supply.used), "result.assignments")
    own, sums = [0] * len(supply.ids), [0, 0]
    order = [(LEVELS[supply.level[node]], supply.ids[node]) for node in supply.in_order]
    for which, (key, limit, sign) in enumerate((("floors", limits.floor, -1), ("caps", limits.cap, 1))):
        listed = [(row["level"], row["id"]) for row in tight[key]]
        expect(listed == [name for name in order if name in listed], f"result.tight_set.{key}")
        at = {name: node for name, node in zip(order, supply.in_order, strict=True)}
        for row, name in zip(tight[key], listed, strict=True):
            node = at[name]
            holds = own[node] == 0 and row["needs"] == limit[node] and (sign > 0 or row["needs"] > 0)
            expect(holds, f"result.tight_set.{key}")
            own[node] = sign
            sums[which] += row["needs"]
    full_price = [sum(own[v] for v in path) for path in supply.paths]
    gaining = []
    for need in (need for need, is_pinned in enumerate(needs.is_pinned) if not is_pinned):
        gain = max((-full_price[node] for node, _ in needs.row(need)), default=0)
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
