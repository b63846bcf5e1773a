"""The corpus that every face must agree on, through the C face: corpus.py LIBRARY CASES.

Reads the cases with tomllib and calls the shared library with ctypes, so nothing of the Python face takes part.
"""

import ctypes as c
import pathlib
import sys

try:
    import tomllib
except ImportError:
    sys.exit("corpus: SKIPPED, needs Python 3.11 or newer")

OK, E_INPUT, E_BUFFER = 0, 1, 27
TABLES = {"needs": 1, "workers": 2, "organizations": 3, "communities": 4, "groups": 5, "quotas": 6}
TABLE_NAMES = {number: name for name, number in TABLES.items()} | {7: "policy", 8: "arrays"}
ASSIGNMENTS, UNMATCHED, RUN = 1, 2, 5

library = c.CDLL(sys.argv[1])
for function in ("needmatch_tables_free", "needmatch_problem_free", "needmatch_matching_free", "needmatch_error_free"):
    getattr(library, function).argtypes = [c.c_uint64]


def size(n):
    return c.c_size_t(n)


def handle(number):
    return c.c_uint64(number)


def call(function, *arguments):
    status = getattr(library, function)(*arguments)
    assert status == OK, f"{function} gave {status}"


def text(function, *arguments):
    """The text that a function copies, whatever its length."""
    buffer, length = None, c.c_size_t(0)
    while True:
        capacity = length.value
        buffer = c.create_string_buffer(capacity + 1)
        status = getattr(library, function)(*arguments, buffer, size(capacity), c.byref(length))
        if status != E_BUFFER:
            assert status == OK, f"{function} gave {status}"
            return buffer.raw[: length.value].decode()


def faults(error):
    """Table, row, column and number of each fault; frees the error."""
    n_listed, n_all = c.c_size_t(), c.c_size_t()
    call("needmatch_error_n_faults", handle(error), c.byref(n_listed), c.byref(n_all))
    found = []
    for k in range(n_listed.value):
        number, table, row = c.c_uint32(), c.c_uint32(), c.c_int64()
        call("needmatch_error_fault", handle(error), size(k), c.byref(number), c.byref(table), c.byref(row))
        column = text("needmatch_error_fault_column", handle(error), size(k))
        found.append([TABLE_NAMES[table.value], row.value, column, number.value])
    call("needmatch_error_free", error)
    return found


def low_arrays(case):
    if "arrays" in case:
        return case["arrays"]
    tiers, scores = case.get("tiers"), case["scores"]
    n_needs = case.get("needs", len(tiers) if tiers is not None else 1 + max((row[0] for row in scores), default=-1))
    arrays = {"indptr": [0], "node": [], "score": []}
    for need in range(n_needs):
        arrays["node"] += [node for row, node, _ in scores if row == need]
        arrays["score"] += [score for row, _, score in scores if row == need]
        arrays["indptr"].append(len(arrays["node"]))
    return arrays


def low(case):
    arrays, places, parents, tiers = low_arrays(case), case["places"], case.get("parents"), case.get("tiers")
    n_needs, n_edges, n_nodes = len(arrays["indptr"]) - 1, len(arrays["node"]), len(places)
    lengths = (len(arrays["score"]), len(parents or places), len(tiers if tiers is not None else range(n_needs)))
    if n_needs < 0 or lengths != (n_edges, n_nodes, n_needs):
        return False  # In C one length serves several arrays, so they cannot differ.
    node_out = (c.c_int64 * max(n_needs, 1))(*[7] * max(n_needs, 1))
    tier_total, score_total, error = c.c_int64(), c.c_int64(), c.c_uint64()
    tier_bound, score_bound = c.c_int64(), c.c_int64()
    status = library.needmatch_assign(
        (c.c_uint64 * (n_needs + 1))(*arrays["indptr"]), size(n_needs),
        (c.c_uint32 * n_edges)(*arrays["node"]), (c.c_int64 * n_edges)(*arrays["score"]), size(n_edges),
        (c.c_uint64 * n_nodes)(*places), (c.c_int64 * n_nodes)(*parents) if parents else None, size(n_nodes),
        (c.c_uint8 * n_needs)(*tiers) if tiers is not None else None, None, handle(0),
        node_out, None, None, c.byref(tier_total), c.byref(score_total), c.byref(tier_bound), c.byref(score_bound),
        None, None, c.byref(error),
    )
    expect = case["expect"]
    if "faults" in expect:
        assert status == E_INPUT, status
        assert faults(error.value) == [["arrays", row, column, number] for number, row, column in expect["faults"]]
        assert set(node_out) == {7}, "an output was written"
        return True
    assert status == OK, status
    node = list(node_out)[:n_needs]
    assert score_total.value == expect["total"]
    assert (tier_bound.value, score_bound.value) == (tier_total.value, score_total.value)
    assert node == expect.get("assignments", node)
    served = [tier for tier, v in zip(tiers or [0] * n_needs, node) if v >= 0]
    assert tier_total.value == sum(served)
    if "served" in expect:
        assert [served.count(tier) for tier in range(len(expect["served"]))] == expect["served"]
    return True


def general(case):
    arrays, places = low_arrays(case), case["places"]
    caps, costs = case.get("group_caps"), sorted(case.get("costs", []), key=lambda row: row[0])
    n_needs, n_edges, n_nodes = len(arrays["indptr"]) - 1, len(arrays["node"]), len(places)
    n_groups = len(caps or [])

    def optional(kind, values):
        return None if values is None else (kind * len(values))(*values)

    node_out = (c.c_int64 * n_needs)(*[7] * n_needs)
    tight = {"needs": (c.c_uint8 * n_needs)(), "groups": (c.c_uint8 * n_groups)(), "nodes": (c.c_uint8 * n_nodes)()}
    missing, score_total, error = c.c_uint64(7), c.c_int64(), c.c_uint64()
    status = library.needmatch_assign_general(
        (c.c_uint64 * (n_needs + 1))(*arrays["indptr"]), size(n_needs),
        (c.c_uint32 * n_edges)(*arrays["node"]), (c.c_int64 * n_edges)(*arrays["score"]), size(n_edges),
        (c.c_uint64 * n_nodes)(*places), optional(c.c_int64, case.get("parents")),
        optional(c.c_uint64, case.get("floors")), size(n_nodes), optional(c.c_uint8, case.get("tiers")),
        optional(c.c_int64, case.get("groups")), optional(c.c_int64, case.get("group_parents")),
        optional(c.c_uint64, caps), optional(c.c_uint64, case.get("group_floors") or (caps and [0] * n_groups)),
        size(n_groups),
        optional(c.c_uint64, [sum(row[0] < v for row in costs) for v in range(n_nodes + 1)] if costs else None),
        optional(c.c_uint64, [row[1] for row in costs] if costs else None),
        optional(c.c_int64, [row[2] for row in costs] if costs else None), size(len(costs)),
        None, handle(0), node_out, c.byref(missing), *tight.values(), None, c.byref(score_total), None, None,
        c.byref(error),
    )
    expect = case["expect"]
    if "faults" in expect:
        assert status == E_INPUT, status
        assert faults(error.value) == [["arrays", row, column, number] for number, row, column in expect["faults"]]
        assert set(node_out) == {7} and missing.value == 7, "an output was written"
        return
    assert status == OK, status
    assert missing.value == expect.get("missing", 0)
    if "missing" in expect:
        for name, is_in in tight.items():
            members = [x for x, flag in enumerate(is_in) if flag]
            assert members == expect.get(name, members), f"{name} {members}"
        return
    node = list(node_out)
    assert score_total.value == expect["total"]
    assert node == expect.get("assignments", node)
    served = [tier for tier, v in zip(case.get("tiers") or [0] * n_needs, node) if v >= 0]
    if "served" in expect:
        assert [served.count(tier) for tier in range(len(expect["served"]))] == expect["served"]


def add_column(tables, table, name, cells):
    """Adds a column of the type that all cells share; whole and other numbers share that of other numbers."""
    present = [cell for cell in cells if cell is not None]
    where = handle(tables), TABLES[table], name.encode(), size(len(name.encode()))
    validity = (c.c_uint8 * len(cells))(*[cell is not None for cell in cells])
    if all(isinstance(cell, str) for cell in present):
        encoded = [(cell or "").encode() for cell in cells]
        offsets = [sum(map(len, encoded[:row])) for row in range(len(cells) + 1)]
        data = b"".join(encoded)
        call("needmatch_tables_add_text", *where, data, size(len(data)), (c.c_uint64 * len(offsets))(*offsets),
             validity, size(len(cells)))
        return
    function, kind = "needmatch_tables_add_f64", c.c_double
    if all(isinstance(cell, bool) for cell in present):
        function, kind = "needmatch_tables_add_bool", c.c_uint8
    elif all(isinstance(cell, int) for cell in present):
        function, kind = "needmatch_tables_add_i64", c.c_int64
    values = (kind * len(cells))(*[cell or 0 for cell in cells])
    call(function, *where, values, validity, size(len(cells)))


def add_table(tables, table, rows, defaults):
    names = sorted({name for row in [*rows, defaults] for name in row}) if rows else []
    for name in names:
        cells = [row.get(name, defaults.get(name)) for row in rows]
        add_column(tables, table, name, [None if cell == "" else cell for cell in cells])


def cells(matching, table, name):
    n_rows = c.c_size_t()
    call("needmatch_matching_n_rows", handle(matching), table, c.byref(n_rows))
    where = handle(matching), table, name.encode(), size(len(name))
    return [text("needmatch_matching_text_at", *where, size(row)) for row in range(n_rows.value)]


def outcome(matching):
    """The matching as the corpus writes it; frees it."""
    providers = zip(cells(matching, ASSIGNMENTS, "worker_id"), cells(matching, ASSIGNMENTS, "organization_id"))
    assignments = [worker or organization for worker, organization in providers]
    unmatched, rules = cells(matching, UNMATCHED, "need_id"), cells(matching, UNMATCHED, "failed_rules")
    call("needmatch_matching_verify", handle(matching), None)
    found = {
        "assignments": dict(zip(cells(matching, ASSIGNMENTS, "need_id"), assignments)),
        "unmatched": dict(zip(unmatched, cells(matching, UNMATCHED, "reason"))),
        "failed": {need: {part.split(":")[0] for part in text.split(";")} for need, text in zip(unmatched, rules) if text},
    }
    call("needmatch_matching_free", matching)
    return found


def high(case, file):
    tables, problem, matching, error = c.c_uint64(), c.c_uint64(), c.c_uint64(), c.c_uint64()
    call("needmatch_tables_new", c.byref(tables))
    for table in TABLES:
        add_table(tables.value, table, case.get(table, file["usual"].get(table, [])), file["defaults"].get(table, {}))
    policy, expect = case.get("policy", "").encode() or None, case["expect"]
    status = library.needmatch_problem_new(tables, policy, size(len(policy or b"")), handle(0), c.byref(problem),
                                           c.byref(error))
    call("needmatch_tables_free", tables.value)
    if status == OK:
        status = library.needmatch_solve(problem, None, handle(0), c.byref(matching), c.byref(error))
        call("needmatch_problem_free", problem.value)
    if "faults" in expect:
        assert status == E_INPUT, status
        assert faults(error.value) == expect["faults"]
        return
    assert status == OK, f"status {status}"
    found = outcome(matching.value)
    assert found["assignments"] == expect.get("assignments", {}), found
    assert found["unmatched"] == expect.get("unmatched", {}), found
    for need, rules in expect.get("failed", {}).items():
        assert found["failed"].get(need, set()) == set(rules), found


def main():
    n_cases, left_out, wrong = 0, [], []
    for path in sorted(pathlib.Path(sys.argv[2]).glob("*.toml")):
        file = tomllib.loads(path.read_text(encoding="utf-8"))
        for case in file["case"]:
            try:
                if path.name.startswith("low_"):
                    done = low(case)
                else:
                    done = (general(case) if path.name.startswith("general_") else high(case, file)) or True
            except AssertionError as error:
                wrong.append(f"corpus: {path.name}, {case['name']}: {error}")
                continue
            n_cases += done
            left_out += [] if done else [case["name"]]
    if wrong:
        sys.exit("\n".join(wrong))
    assert n_cases > 50, "the corpus was found"
    print(f"corpus: {n_cases} cases agree; cannot be written in C: {', '.join(left_out) or 'none'}")


main()
