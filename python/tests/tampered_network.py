"""Changes of the network of a decision file, and of what goes with them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

File = dict[str, Any]
Change = Callable[[File], object]


def network_lists(file: File) -> list[tuple[str, list[Any]]]:
    network = file["network"]
    tables = [network["needs"], network["nodes"], network["candidates"], network.get("quotas", {})]
    return [(name, own) for table in tables for name, own in table.items()]


def of_lists(file: File) -> Iterator[tuple[str, Change]]:
    """A list of the network that is too short or too long."""
    for number, (name, own) in enumerate(network_lists(file)):
        # Where nothing is decided, a pin changes no more than floors and caps.
        if name == "pinned" and file["result"]["status"] != "optimal":
            continue
        for k in range(len(own)):
            yield f"{name} cut", lambda f, n=number, k=k: network_lists(f)[n][1].pop(k)
            yield f"{name} doubled", lambda f, n=number, k=k: network_lists(f)[n][1].insert(k, network_lists(f)[n][1][k])


def of_candidates(file: File) -> Iterator[tuple[str, Change]]:
    nodes, own = file["network"]["nodes"], file["network"]["candidates"]
    n_providers = len(nodes["workers"]) + len(nodes["organizations"])

    def doubled(f: File, k: int) -> None:
        rows = f["network"]["candidates"]
        for name in ("node", "score"):
            rows[name].insert(k, rows[name][k])
        rows["start"] = [end + (end > k) for end in rows["start"]]
        f["result"]["summary"]["candidates"] += 1

    def exchanged(f: File, k: int) -> None:
        for name in ("node", "score"):
            row = f["network"]["candidates"][name]
            row[k], row[k + 1] = row[k + 1], row[k]

    def put(name: str, k: int, value: int) -> Change:
        return lambda f: f["network"]["candidates"][name].__setitem__(k, value)

    for k in range(len(own["node"])):
        yield "a candidate twice", lambda f, k=k: doubled(f, k)
        if k + 1 not in own["start"]:
            yield "candidates in disorder", lambda f, k=k: exchanged(f, k)
        for node in (n_providers, n_providers + 1, 1 << 62):
            yield "who is no provider", put("node", k, node)
        most = 2_000_000 if "\nswitch_penalty = " in file["policy"]["text"] else 1_000_000
        for score in (-1, most + 1):
            yield "a score out of range", put("score", k, score)
    yield "where rows start", put("start", 0, 1)
    yield "where rows end", put("start", len(own["start"]) - 1, len(own["node"]) + 1)

    def of_nobody(f: File) -> None:
        f["network"]["candidates"]["node"].append(0)
        f["network"]["candidates"]["score"].append(0)
        f["result"]["summary"]["candidates"] += 1

    yield "a candidate of nobody", of_nobody
    for k in range(len(file["network"]["needs"]["tier"])):
        for tier in (0, 5):
            yield "no tier", lambda f, k=k, tier=tier: f["network"]["needs"]["tier"].__setitem__(k, tier)


def of_nodes(file: File) -> Iterator[tuple[str, Change]]:
    nodes = file["network"]["nodes"]
    n_workers, n_nodes = len(nodes["workers"]), len(nodes["parent"])
    n_providers = n_workers + len(nodes["organizations"])
    names = [("worker", name) for name in nodes["workers"]] + [("organization", name) for name in nodes["organizations"]]

    def put(v: int, above: int | None) -> Change:
        return lambda f: f["network"]["nodes"]["parent"].__setitem__(v, above)

    def without_limit(f: File, v: int) -> None:
        f["network"]["nodes"]["places"][v] = None
        row = next(row for row in f["result"]["capacity"] if (row["level"], row["id"]) == names[v])
        row["places"], row["price"] = None, {"tier": 0, "score": 0}

    for v in range(n_nodes):
        right = range(n_workers, n_providers) if v < n_workers else range(n_providers, n_nodes)
        for above in [*range(n_nodes + 1), None]:
            may_be = v >= n_workers if above is None else above in right and above != v
            if not may_be:
                yield "above", put(v, above)
        if v < n_providers:
            yield "no limit", lambda f, v=v: without_limit(f, v)
    if n_nodes > n_providers + 1:

        def in_a_circle(f: File) -> None:
            f["network"]["nodes"]["parent"][n_providers : n_providers + 2] = [n_providers + 1, n_providers]

        yield "a circle", in_a_circle


def of_names(file: File) -> Iterator[tuple[str, Change]]:
    """Identifiers that are none, everywhere the same and still in the order of the lottery."""
    network, seed = file["network"], file["seed"]
    tables = [("needs", network["needs"]["id"])]
    tables += [(name, network["nodes"][name]) for name in ("workers", "organizations", "groups")]

    def key(table: str, name: str) -> bytes:
        return hashlib.sha256(f"{seed}\0{table}\0{name}".encode()).digest()

    def renamed(f: File, old: str, new: str) -> None:
        text = json.dumps({name: f[name] for name in ("result", "network")}, ensure_ascii=False)
        f.update(json.loads(text.replace(f'"{old}"', f'"{new}"')))

    for table, ids in tables:
        for old in ids[-1:]:
            for new in (old + "~", old + " ", old + "/" * 3, old + "x" * 64):
                if len(ids) == 1 or key(table, ids[-2]) < key(table, new):
                    yield "a name", lambda f, old=old, new=new: renamed(f, old, new)


def of_pins(file: File) -> Iterator[tuple[str, Change]]:
    """A pinned need that has a choice."""
    nodes, start = file["network"]["nodes"], file["network"]["candidates"]["start"]
    n_providers = len(nodes["workers"]) + len(nodes["organizations"])

    def with_another(f: File, need: int, node: int) -> None:
        own = f["network"]["candidates"]
        at = start[need] + (node > own["node"][start[need]])
        own["node"].insert(at, node)
        own["score"].insert(at, 0)
        own["start"] = [end + (row > need) for row, end in enumerate(start)]
        f["result"]["summary"]["candidates"] += 1

    for need in file["network"]["needs"]["pinned"]:
        for node in range(n_providers):
            if node != file["network"]["candidates"]["node"][start[need]]:
                yield "a pin with a choice", lambda f, need=need, node=node: with_another(f, need, node)


def of_quotas(file: File) -> Iterator[tuple[str, Change]]:
    quotas = file["network"].get("quotas")
    if quotas is None:
        return
    n_needs = len(file["network"]["needs"]["id"])

    def put(name: str, k: int, value: Any, key: str | None = None) -> Change:
        def change(f: File) -> None:
            f["network"]["quotas"][name][k] = value
            if key is not None:
                f["result"]["quotas"][k][key] = value

        return change

    def twice(f: File, k: int, at: int) -> None:
        own = f["network"]["quotas"]
        own["need"].insert(at, own["need"][at])
        own["start"] = [end + (row > k) for row, end in enumerate(own["start"])]
        f["result"]["quotas"][k]["needs"] += 1

    def before_all(f: File) -> None:
        own = f["network"]["quotas"]
        own["need"].insert(0, 0)
        own["start"] = [end + 1 for end in own["start"]]

    def named_as_before(f: File, k: int) -> None:
        name = f["network"]["quotas"]["id"][k - 1]
        for row in f["result"]["unmatched"]:
            if row.get("quota_id") == f["network"]["quotas"]["id"][k]:
                row["quota_id"] = name
        put("id", k, name, "quota_id")(f)

    def exchanged(f: File, at: int) -> None:
        own = f["network"]["quotas"]["need"]
        own[at], own[at + 1] = own[at + 1], own[at]

    for k in range(len(quotas["id"])):
        for wrong in ("", "a b", "q" * 65):
            yield "the identifier of a quota", put("id", k, wrong, "quota_id")
        if k > 0:
            yield "two quotas of one identifier", lambda f, k=k: named_as_before(f, k)
        yield "a floor out of range", put("floor", k, 1 << 53, "floor")
        if quotas["cap"][k] is not None and quotas["cap"][k] >= n_needs:
            yield "a cap out of range", put("cap", k, 1 << 53, "cap")
        first, end = quotas["start"][k], quotas["start"][k + 1]
        for at in range(first, end):
            yield "a need twice", lambda f, k=k, at=at: twice(f, k, at)
            if at + 1 < end:
                yield "needs in disorder", lambda f, at=at: exchanged(f, at)
        if first < end:
            for need in (n_needs, 1 << 62):
                yield "a need that there is not", put("need", end - 1, need)
    yield "where rows start", put("start", 0, 1)
    yield "where rows end", put("start", len(quotas["id"]), len(quotas["need"]) + 1)
    yield "a need before all quotas", before_all
    yield "a need of no quota", lambda f: f["network"]["quotas"]["need"].append(0)
    for k, household in enumerate(file["network"]["needs"]["household"]):
        for wrong in ("h0",) if household is None else (None, "", "a b"):
            yield "a household", lambda f, k=k, wrong=wrong: f["network"]["needs"]["household"].__setitem__(k, wrong)
