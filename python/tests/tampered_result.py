"""Changes of the result of a decision file, and of what goes with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

File = dict[str, Any]
Change = Callable[[File], object]

# Why a need is not served, in the order in which they are counted.
REASONS = (
    "no_candidate", "quota_full", "no_open_place", "no_gain", "undecided", "human_only", "refer_medical",
    "law_enforcement", "immediate", "out_of_scope",
)


def of_rows(file: File) -> Iterator[tuple[str, Change]]:
    """A row of the result that is missing, or there twice, or in another place; and the sums that go with it."""
    summary = ("by_tier", "by_domain", "by_county", "by_urban_rural_class")
    lists: list[tuple[str, Callable[[File], Any]]] = [
        (name, lambda f, name=name: f["result"].get(name, [])) for name in ("assignments", "unmatched", "capacity", "quotas")
    ]
    lists += [(name, lambda f, name=name: f["result"]["summary"][name]) for name in (*summary, "unmatched")]
    for name, of in lists:
        rows = of(file)
        for k in range(len(rows)):
            yield f"{name} cut", lambda f, of=of, k=k: of(f).pop(k)
            yield f"{name} doubled", lambda f, of=of, k=k: of(f).insert(k, of(f)[k])
            # Kinds have no order of their own.
            if k + 1 < len(rows) and name not in summary[1:]:
                yield f"{name} exchanged", lambda f, of=of, k=k: of(f).insert(k, of(f).pop(k + 1))

    def without(f: File, k: int) -> None:
        reason = f["result"]["unmatched"].pop(k)["reason"]
        counts = f["result"]["summary"]["unmatched"]
        for row in counts:
            row["needs"] -= row["reason"] == reason
        f["result"]["summary"]["unmatched"] = [row for row in counts if row["needs"] > 0]

    for k in range(len(file["result"]["unmatched"])):
        yield "a need that is listed nowhere", lambda f, k=k: without(f, k)


def of_reasons(file: File) -> Iterator[tuple[str, Change]]:
    """A need with candidates that is said to be no matter for the run, and one without that has a reason there is not."""

    def instead(f: File, k: int, reason: str) -> None:
        rows = f["result"]["unmatched"]
        told = ("providers", "failed", "full", "nearest", "quota_id", "open")
        rows[k] = {key: value for key, value in rows[k].items() if key not in told} | {"reason": reason}
        counts = Counter(row["reason"] for row in rows)
        ordered = [code for code in REASONS if code in counts] + [code for code in counts if code not in REASONS]
        f["result"]["summary"]["unmatched"] = [{"reason": code, "needs": counts[code]} for code in ordered]

    start, ids = file["network"]["candidates"]["start"], file["network"]["needs"]["id"]
    for k, row in enumerate(file["result"]["unmatched"]):
        need = ids.index(row["need_id"])
        if row["reason"] == "immediate":
            continue
        if start[need] < start[need + 1]:
            for reason in ("human_only", "refer_medical", "law_enforcement"):
                yield "candidates of no matter", lambda f, k=k, reason=reason: instead(f, k, reason)
        else:
            for reason in ("", "any"):
                yield "no reason", lambda f, k=k, reason=reason: instead(f, k, reason)


def of_scope(file: File) -> Iterator[tuple[str, Change]]:
    """A need that is said to be out of scope where the policy has none; the counts go with it."""
    if '\nscope = "pilot"\n' in file["policy"]["text"]:
        return

    def outside(f: File, k: int) -> None:
        row, counts = f["result"]["unmatched"][k], f["result"]["summary"]["unmatched"]
        for count in counts:
            count["needs"] -= count["reason"] == row["reason"]
        row["reason"] = "out_of_scope"
        kept = [count for count in counts if count["needs"] > 0]
        f["result"]["summary"]["unmatched"] = [*kept, {"reason": "out_of_scope", "needs": 1}]

    for k, row in enumerate(file["result"]["unmatched"]):
        if row["reason"] in ("human_only", "refer_medical", "law_enforcement"):
            yield "out of no scope", lambda f, k=k: outside(f, k)


def of_switches(file: File) -> Iterator[tuple[str, Change]]:
    """A need that is passed off as switching or staying, or of which nothing is said, or something without a penalty."""

    def said(f: File, k: int, switched: object) -> None:
        f["result"]["assignments"][k].pop("switched", None)
        if switched is not None:
            f["result"]["assignments"][k]["switched"] = switched

    for k, row in enumerate(file["result"]["assignments"]):
        own = row.get("switched")
        for other in (True, False, None):
            if other is not own:
                yield "a switch", lambda f, k=k, other=other: said(f, k, other)


def of_status(file: File) -> Iterator[tuple[str, Change]]:
    for status in ("optimal", "bounded", "not_found", "floors_unmet"):
        yield "the status", lambda f, status=status: f["result"].update(status=status)


def of_criteria(file: File) -> Iterator[tuple[str, Change]]:
    """Criteria out of range, or of other names, though their mean is right."""
    for k, row in enumerate(file["result"]["assignments"]):
        criteria = row["criteria"]
        # Two that count alike.
        (a, of_a), (b, of_b) = (("domain_competence", criteria["domain_competence"]), ("travel_time", criteria["travel_time"]))

        def moved(f: File, k: int, high: int, low: int, a: str = a, b: str = b) -> None:
            f["result"]["assignments"][k]["criteria"] |= {a: high, b: low}

        sum_of = of_a + of_b
        yield "a criterion above 1", lambda f, k=k, s=sum_of, m=moved: m(f, k, 1_000_001, s - 1_000_001)
        yield "a criterion below 0", lambda f, k=k, s=sum_of, m=moved: m(f, k, -1, s + 1)

        def renamed(f: File, k: int = k) -> None:
            own = f["result"]["assignments"][k]["criteria"]
            f["result"]["assignments"][k]["criteria"] = {name + "x": value for name, value in own.items()}

        yield "the names of criteria", renamed


def of_ranks(file: File) -> Iterator[tuple[str, Change]]:
    result, n_candidates = file["result"], len(file["network"]["candidates"]["node"])
    for wrong in (n_candidates - 1, 1 << 53):
        yield "the candidates", lambda f, wrong=wrong: f["result"]["summary"].update(candidates=wrong)
    if result["optimal_over"] == "all_pairs":
        yield "over what it is the best", lambda f: f["result"].update(optimal_over="any")
    for k in range(len(result["assignments"])):
        yield "a rank of 0", lambda f, k=k: f["result"]["assignments"][k].update(rank=0)
        yield "a rank beyond all", lambda f, k=k: f["result"]["assignments"][k].update(rank=1 << 53)
    # Where lists are short, what the others hold is counted as well, and only the tables can tell how much that is.
    lists_hold_all = result["summary"]["candidates"] == n_candidates
    for k, row in enumerate(result["unmatched"]):
        for level in row.get("full", {}):
            if row["full"][level] > 0 and lists_hold_all:
                yield "full places", lambda f, k=k, level=level: f["result"]["unmatched"][k]["full"].update({level: 0})


def of_summary(file: File) -> Iterator[tuple[str, Change]]:
    for key, name in (("by_domain", "other"), ("by_urban_rural_class", "999"), ("by_county", "659000000000"), ("by_tier", "5")):
        none = {"key": name, "needs": 0, "served": 0}
        yield "a kind without needs", lambda f, key=key, none=none: f["result"]["summary"][key].append(none)
    for k in range(len(file["result"]["summary"]["by_county"])):
        for wrong in ("000000", "1405a4000000", "140524000001", "1405240000000", "14052400000", "x40524000000"):
            yield "a county", lambda f, k=k, wrong=wrong: f["result"]["summary"]["by_county"][k].update(key=wrong)
    rows = file["result"]["summary"]["by_domain"]
    for a in range(len(rows)):
        for b in (b for b in range(len(rows)) if b != a):
            yield "a domain twice", lambda f, a=a, b=b: f["result"]["summary"]["by_domain"][a].update(key=rows[b]["key"])
            too_many = rows[a]["needs"] + 1 - rows[a]["served"]
            if too_many <= rows[b]["served"]:

                def moved(f: File, a: int = a, b: int = b, n: int = too_many) -> None:
                    f["result"]["summary"]["by_domain"][a]["served"] += n
                    f["result"]["summary"]["by_domain"][b]["served"] -= n

                yield "more served than there are", moved


def of_tight_set(file: File) -> Iterator[tuple[str, Change]]:
    tight = file["result"].get("tight_set")
    if tight is None:
        return
    for row in file["result"]["capacity"]:
        limit = {"level": row["level"], "id": row["id"], "needs": 0}
        for at in range(len(tight["floors"]) + 1):
            yield "a floor of nothing", lambda f, at=at, limit=limit: f["result"]["tight_set"]["floors"].insert(at, limit)
    for k in range(len(tight["floors"])):
        yield "a floor as a cap", lambda f, k=k: f["result"]["tight_set"]["caps"].append(tight["floors"][k])

    def fewer(f: File, k: int) -> None:
        f["result"]["tight_set"]["needs"].pop(k)
        f["result"]["tight_set"]["missing"] += 1

    for name in ("floors", "caps", "needs"):
        for k, row in enumerate(tight[name]):
            # A cap of nothing proves as much without being named.
            if name != "caps" or row["needs"] > 0:
                yield f"{name} cut", lambda f, name=name, k=k: f["result"]["tight_set"][name].pop(k)
            yield f"{name} doubled", lambda f, name=name, k=k: f["result"]["tight_set"][name].insert(k, tight[name][k])
    for k in range(len(tight["needs"])):
        yield "a need less", lambda f, k=k: fewer(f, k)


def of_proofs(file: File) -> Iterator[tuple[str, Change]]:
    """A proof that does not belong there."""
    result = file["result"]
    certificate = {"step": ["0"], "price": ["0"] * len(result["capacity"])}
    tight_set = {"missing": 1, "floors": [], "caps": [], "needs": []}

    def with_proof(f: File, name: str, proof: Any) -> None:
        provenance = f["result"].pop("provenance")
        f["result"].pop("tight_set" if name == "certificate" else "", None)
        f["result"] |= {name: proof, "provenance": provenance}

    if "certificate" not in result:
        yield "a certificate", lambda f: with_proof(f, "certificate", certificate)
    if "tight_set" not in result:
        yield "a tight set", lambda f: with_proof(f, "tight_set", tight_set)
    own = result.get("certificate")
    if own is None:
        return
    for k in range(len(own["step"])):
        for more in (1, -1):
            stated = str(int(own["step"][k]) + more)
            yield "a step", lambda f, k=k, stated=stated: f["result"]["certificate"]["step"].__setitem__(k, stated)
    yield "a step more", lambda f: f["result"]["certificate"]["step"].append("1")
    yield "a price more", lambda f: f["result"]["certificate"]["price"].append("0")
    for unit in ("1", "2", "0"):
        rest = {name: value for name, value in own.items() if name not in ("step", "unit")}
        stated = {"step": own["step"], "unit": unit} | rest
        yield "the unit", lambda f, stated=stated: f["result"].update(certificate=stated)
    if "quota_price" not in own:
        yield "no prices of quotas", lambda f: f["result"]["certificate"].update(quota_price=[])
    for k in range(len(own.get("quota_price", []))):
        yield "a price of nothing", lambda f, k=k: f["result"]["certificate"]["quota_price"][k].update(price="0")


def of_gaps(file: File) -> Iterator[tuple[str, Change]]:
    """A price that is too high by one leaves a gap of some ones: true, but only quotas that cross may leave any."""
    result = file["result"]
    crosses = any(row["crosses"] for row in result.get("quotas", []))
    if "certificate" not in result or crosses or "unit" in result["certificate"]:
        return

    def widened(f: File, k: int, gap: int) -> None:
        own = f["result"]
        own["certificate"]["price"][k] = str(int(own["certificate"]["price"][k]) + 1)
        own["capacity"][k]["price"]["score"] += 1
        own["gap"]["score"] += gap
        own["bound"]["score"] += gap
        own["status"] = "bounded"

    for k in range(min(4, len(result["capacity"]))):
        for gap in range(12):
            yield "a gap", lambda f, k=k, gap=gap: widened(f, k, gap)
