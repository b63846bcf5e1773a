"""Every field of a decision file, and what may be done to each: flipped, one more, one less, dropped, exchanged, put in."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from verifiers import sealed

File = dict[str, Any]
Path = tuple[Any, ...]

# What is said in one place only, and what of it can be said differently without anybody noticing who has no tables.
TABLES = "no other field repeats it"
KINDS = "the file does not tell which need is of which kind"
RULES = "why nobody passes the rules is known from the rows alone"
CANDIDATES = "the candidates are what the rules let pass, and their scores"
PARENTS = "nobody is served by whoever has another one above"
QUOTAS = "which needs a quota is about, and who lives with whom"
LISTS = "the file holds the lists, and the result speaks of all pairs"
ROUNDED = "the mean rounds to the same score"
PROOFS = "other prices may prove as much"
UNDECIDED = "where nothing is decided, a pin takes a place and no more"
CASELOADS = "no need wants this worker"

# Field by field in the order of the form: the reason why a change may pass, or None where every change is refused.
FIELDS: dict[str, str | None] = {
    **dict.fromkeys(["format", "semantics_id", "library_version", "input_digest"]),
    "tables_digest": TABLES,
    **dict.fromkeys(["policy.digest", "policy.text", "seed", "evaluation_date", "engine", "engine_reason"]),
    **dict.fromkeys(["result.immediate[]", "result.status", "result.optimal_over", "result.engine", "result.engine_reason"]),
    **dict.fromkeys([f"result.{sum}.{part}" for sum in ("total", "bound", "gap") for part in ("tier", "score")]),
    **dict.fromkeys(["result.summary.needs", "result.summary.served", "result.summary.pinned"]),
    "result.summary.candidates": LISTS,
    "result.summary.mean_score": None,
    **dict.fromkeys([f"result.summary.by_tier[].{part}" for part in ("key", "needs", "served")]),
    **dict.fromkeys(["result.summary.by_domain[].key", "result.summary.by_urban_rural_class[].key"], KINDS),
    "result.summary.by_county[].key": KINDS,
    **dict.fromkeys(
        [f"result.summary.by_{kind}[].{part}" for kind in ("domain", "county", "urban_rural_class") for part in ("needs", "served")]
    ),
    **dict.fromkeys(["result.summary.unmatched[].reason", "result.summary.unmatched[].needs"]),
    **dict.fromkeys([f"result.assignments[].{part}" for part in ("need_id", "organization_id", "worker_id", "tier", "score")]),
    "result.assignments[].criteria{}": ROUNDED,
    "result.assignments[].rank": LISTS,
    **dict.fromkeys(["result.assignments[].pinned", "result.assignments[].switched"]),
    **dict.fromkeys([f"result.unmatched[].{part}" for part in ("need_id", "tier", "reason", "quota_id", "open")]),
    "result.unmatched[].providers": RULES,
    **dict.fromkeys([f"result.unmatched[].failed[].{part}" for part in ("rule", "providers", "alone")], RULES),
    **dict.fromkeys([f"result.unmatched[].full.{level}" for level in ("worker", "organization", "group")], LISTS),
    **dict.fromkeys([f"result.unmatched[].nearest.{part}" for part in ("organization_id", "worker_id", "score", "full_at")]),
    **dict.fromkeys([f"result.capacity[].{part}" for part in ("level", "id", "places", "floor", "used")]),
    **dict.fromkeys(["result.capacity[].price.tier", "result.capacity[].price.score"]),
    **dict.fromkeys([f"result.quotas[].{part}" for part in ("quota_id", "needs", "served", "floor", "cap", "crosses")]),
    **dict.fromkeys(["result.quotas[].price.tier", "result.quotas[].price.score"]),
    **dict.fromkeys(["result.certificate.step[]", "result.certificate.unit"]),
    "result.certificate.price[]": PROOFS,
    **dict.fromkeys([f"result.certificate.quota_price[].{part}" for part in ("quota_id", "household_id")]),
    "result.certificate.quota_price[].price": PROOFS,
    "result.tight_set.missing": None,
    **dict.fromkeys(
        [f"result.tight_set.{side}[].{part}" for side in ("floors", "caps") for part in ("level", "id", "household_id", "needs")]
    ),
    "result.tight_set.needs[]": None,
    **dict.fromkeys(
        [f"result.provenance.{part}" for part in ("semantics_id", "input_digest", "policy_version", "seed", "library_version")]
    ),
    **dict.fromkeys(["network.needs.id[]", "network.needs.tier[]"]),
    "network.needs.pinned[]": UNDECIDED,
    "network.needs.household[]": QUOTAS,
    **dict.fromkeys([f"network.nodes.{level}[]" for level in ("workers", "organizations", "groups")]),
    "network.nodes.parent[]": PARENTS,
    **dict.fromkeys(["network.nodes.places[]", "network.nodes.floor[]"]),
    "network.nodes.caseload[]": CASELOADS,
    **dict.fromkeys([f"network.candidates.{part}[]" for part in ("start", "node", "score")], CANDIDATES),
    "network.quotas.id[]": None,
    "network.quotas.per_household[]": QUOTAS,
    **dict.fromkeys(["network.quotas.floor[]", "network.quotas.cap[]"]),
    **dict.fromkeys(["network.quotas.start[]", "network.quotas.need[]"], QUOTAS),
    "digest": None,
}

WAYS = ("flipped", "one more", "one less", "dropped", "exchanged", "doubled", "put in")

# Lists whose rows may stand in another order, and be doubled or dropped where their sums allow it.
LOOSE = ("result.summary.by_domain[]", "result.summary.by_county[]", "result.summary.by_urban_rural_class[]")
LOOSE_RULES = "result.unmatched[].failed[]"


def field(path: Path) -> str:
    """The field that a place belongs to."""
    text = ""
    for step in path:
        text += "[]" if isinstance(step, int) else "{}" if text.endswith(".criteria") else f".{step}"
    return text[1:]


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place of a file: each value, and each row and part that holds some."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, held in inner:
        yield from places(held, (*path, step))


def holds_fields(value: Any) -> bool:
    return isinstance(value, (dict, list))


def tampered_fields(file: File, dice: random.Random, wanted: Callable[[str, str], bool]) -> Iterator[tuple[str, str, bytes]]:
    """For each field one place of it, changed in every way that is wanted: the field, what was done, and the file sealed
    again."""
    by_field: dict[str, list[Path]] = {}
    for path in places(file):
        by_field.setdefault(field(path), []).append(path)
    text = json.dumps(file)
    for name, paths in by_field.items():
        path = dice.choice(paths)
        for what in (what for what in WAYS if wanted(name, what)):
            copy = json.loads(text)
            held = copy
            for step in path[:-1]:
                held = held[step]
            if change(held, path[-1], what) and json.dumps(copy) != text:
                yield name, what, sealed(copy) if name != "digest" else json.dumps(copy, separators=(",", ":")).encode()


def change(held: Any, step: Any, what: str) -> bool:
    """Changes what is held at a step; says whether it can be changed in this way."""
    value, is_row = held[step], isinstance(held, list)
    if what == "flipped":
        if holds_fields(value):
            return False
        held[step] = flipped(value)
    elif what in ("one more", "one less"):
        by = 1 if what == "one more" else -1
        is_digits = isinstance(value, str) and value.lstrip("-").isdigit() and len(value) < 64
        if isinstance(value, bool) or not (isinstance(value, int) or is_digits):
            return False
        held[step] = str(int(value) + by) if is_digits else value + by
    elif what == "dropped":
        del held[step]
    elif what == "exchanged":
        exchange(held, step)
    elif what == "doubled":
        if not is_row:
            return False
        held.insert(step, value)
    elif is_row:
        held.insert(step, flipped(value) if not holds_fields(value) else type(value)())
    else:
        held["other"] = value
    return True


def flipped(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value ^ 1
    if value is None:
        return 0
    return chr(ord(value[0]) ^ 1) + value[1:] if value else "x"


def exchange(held: Any, step: Any) -> None:
    """A row and the next one, or two neighbours of an object under each other's name."""
    keys = range(len(held)) if isinstance(held, list) else list(held)
    at = list(keys).index(step)
    if at + 1 < len(keys):
        other = keys[at + 1]
        held[step], held[other] = held[other], held[step]


def may_pass(file: File, name: str, what: str) -> str | None:
    """Why a change of a field may pass without the tables, if it may."""
    if name.startswith(LOOSE) and what in ("exchanged", "flipped") and not name.endswith(("needs", "served")):
        return KINDS
    if name.startswith(LOOSE_RULES) and what in ("exchanged", "dropped"):
        return RULES
    if name == "result.tight_set.caps[]" and what == "dropped":
        # A cap of nothing may be left out.
        return PROOFS
    reason = FIELDS.get(name)
    is_part = file["result"]["optimal_over"] == "all_pairs" and 'per_need = "all"' not in file["policy"]["text"]
    is_decided = file["result"]["status"] in ("optimal", "bounded")
    is_void = (reason == LISTS and not is_part) or (reason == UNDECIDED and is_decided)
    return None if is_void else reason
