"""Rules: on random towns nobody is served against a rule, and nobody is kept from service by a rule that holds.

Judged by `rules.py`, which shares nothing with the library. `TOWNS` in the environment says how many are tried.
"""

import os

import pytest
import rules
import towns

import needmatch

N_TOWNS = int(os.environ.get("TOWNS", 2000))
# Seeds in parts, so that a long run shows how far it is.
N_PARTS = 10


@pytest.mark.parametrize("part", range(N_PARTS))
def test_every_pair_of_a_result_passes_every_rule_and_no_candidate_is_missed(part):
    seen, n_served, n_refused = set(), 0, 0
    n = -(-N_TOWNS // N_PARTS)
    for seed in range(part * n, (part + 1) * n):
        tables, policy = towns.town(seed)
        policy = needmatch.Policy.from_toml(policy)
        judge = Judge(tables, rules.Rules(tables, policy.to_toml()))
        try:
            problem = needmatch.Problem(**judge.columns(), policy=policy)
            matching = needmatch.solve(problem, threads=1)
        except needmatch.InputError:
            assert judge.must_be_refused(), f"seed {seed}"
            n_refused += 1
            continue
        assert judge.faults(matching) == [], f"seed {seed}"
        matching.verify()
        seen |= judge.seen
        n_served += matching.n_served
    assert n_served > n / 4 and n_refused > n / 50
    # A thousand towns show every rule that there is.
    assert len(seen) >= (22 if N_TOWNS >= 10_000 else 20), sorted(seen)


class Judge:
    """A town with what the rules say of all its pairs."""

    def __init__(self, tables, second):
        self.tables, self.rules, self.seen = tables, second, set()
        self.by_id = second.by_id
        self.allowed = {}
        for need in tables["needs"]:
            self.allowed[need["need_id"]] = set(self.candidates(need))

    def columns(self):
        return {name: towns.columns(rows, towns.KEYS[name]) for name, rows in self.tables.items()}

    def candidates(self, need):
        """Pairs of organization and worker, if there is one, that pass every rule."""
        organizations = self.by_id["organizations"]
        pairs = [(organizations[worker["organization_id"]], worker) for worker in self.tables["workers"]]
        pairs += [(organization, None) for organization in self.tables["organizations"]]
        for organization, worker in pairs:
            failed = self.rules.failed(need, worker, organization)
            self.seen |= failed
            if not failed:
                yield organization["organization_id"], worker and worker["worker_id"]

    def pinned(self, need):
        worker = need["pinned_worker"]
        return self.by_id["workers"][worker]["organization_id"], worker

    def must_be_refused(self):
        """Whether a pin breaks a rule, or there are more pins than places."""
        pins = [need for need in self.tables["needs"] if need.get("pinned_worker")]
        if any(self.pinned(need) not in self.allowed[need["need_id"]] for need in pins):
            return True
        used = self.used(self.pinned(need) for need in pins)
        return any(used[node] > self.places(node) for node in used)

    def used(self, pairs):
        """How many needs each worker, organization and group serves."""
        used = {}
        for organization, worker in pairs:
            row = self.by_id["organizations"][organization]
            groups = [("groups", group["group_id"]) for group in self.rules.groups_above(row)]
            for node in [("organizations", organization), *groups, *([("workers", worker)] if worker else [])]:
                used[node] = used.get(node, 0) + 1
        return used

    def places(self, node):
        row = self.by_id[node[0]][node[1]]
        if node[0] == "workers":
            return int(row["caseload_max"])
        most = int(row.get("capacity_max", 10**9))
        return self.part(row, most) if row.get("status") == "incubating" else most

    def part(self, row, most):
        """How many of its places an incubating organization may fill today."""
        incubation, first = self.rules.default["incubation"], row.get("incubated_since")
        today = self.rules.default["evaluation_date"]
        days = (today - type(today).fromisoformat(first)).days if first else 0
        parts = [*incubation["ramp_per_mille"], 1000]
        if days < 0:
            return 0
        part = parts[min(days // incubation["period_days"], len(parts) - 1)]
        return max(most * part // 1000, min(most, 1) if part else 0)

    def faults(self, matching):
        """What a result says that is not so."""
        faults = []
        served = [tuple(row) for row in zip(*(matching.assignments[name] for name in ("need_id", "organization_id", "worker_id")))]
        out = {need["need_id"]: self.rules.takes_part(need) for need in self.tables["needs"]}
        for need, organization, worker in served:
            if (organization, worker) not in self.allowed[need] or out[need]:
                faults.append((need, organization, worker))
        used = self.used(pair for _, *pair in served)
        faults += [node for node in used if used[node] > self.places(node)]
        possible = {need: self.of_run(need, pairs) if not out[need] else set() for need, pairs in self.allowed.items()}
        if matching.n_candidates != sum(map(len, possible.values())):
            faults.append("candidates")
        for need, reason in zip(matching.unmatched["need_id"], matching.unmatched["reason"]):
            if reason != out[need] and (out[need] or (reason == "no_candidate") != (not possible[need])):
                faults.append((need, reason))
        return faults

    def of_run(self, need, pairs):
        row = next(row for row in self.tables["needs"] if row["need_id"] == need)
        return pairs & {self.pinned(row)} if row.get("pinned_worker") else pairs
