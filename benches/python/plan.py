"""What is measured: families, sizes, solvers, and how long each may take."""

import dataclasses

# Peers give any optimum, so it is measured how long any takes; the tie rule comes on top.
OURS, OURS_ALONE, OURS_RULED = "needmatch", "needmatch, 1 thread", "needmatch, tie rule"
OURS_DENSE = "needmatch dense"
FLOW = "OR-Tools flow"
LEMON = ["LEMON simplex", "LEMON scaling"]
# Peers that know no capacities: places are spelt out for them, which only small instances bear.
COPYING = ["POT", "SciPy sparse", "SciPy dense", "lapx", "OR-Tools assignment"]
SQUARE = "pathfinding"
SOLVERS = [OURS, OURS_ALONE, OURS_RULED, OURS_DENSE, FLOW, *LEMON, *COPYING, SQUARE]

# Families that stand for the others where a solver is slow.
FEW = ["town", "tiers", "uniform", "deep", "one_group", "caseload_1"]
LARGE = ["town", "tiers"]
TIERED_LARGE = ["uniform", "hot_spots", "deep"]
# One more family, of which there is one size: ten million needs, in `make deep`.
DEEP = "province"

# What the goals are about comes first, in case there is no time for the rest.
SIZES = [10_000, 100_000, 1_000_000, 1_000]
DENSE_SIZES = [1_000, 2_000, 4_000]


@dataclasses.dataclass(frozen=True)
class Case:
    """One instance, and the solvers that it is given to, with the seconds that each may take."""

    family: str
    needs: int
    dense: bool
    limits: dict


def cases(families, full, only_families=(), only_sizes=(), only_solvers=()):
    """All cases; `families` as the program `compare` lists them.

    A full plan gives every family in every size to every solver that may end on it; the usual one is cut to fit into
    twenty minutes. A choice of families or sizes is made from the full plan.
    """
    full = full or bool(only_families) or bool(only_sizes)
    dense = {entry["name"]: entry["dense"] for entry in families}
    plain = [name for name in dense if name != DEEP]
    under_tiers = [f"{name}+tiers" for name in plain if not dense[name] and "tiers" not in name and name != "town"]
    names = [*plain, *under_tiers]
    if only_families:
        unknown = set(only_families) - set(names)
        if unknown:
            raise SystemExit(f"no family is called {', '.join(sorted(unknown))}")
        names = [name for name in names if name in only_families]
    found = []
    for name in names:
        is_dense = dense.get(name, False)
        for needs in only_sizes or (DENSE_SIZES if is_dense else SIZES):
            limits = limits_of(name, needs, is_dense, full)
            if only_solvers:
                limits = {solver: limit for solver, limit in limits.items() if solver in (OURS, *only_solvers)}
            if limits:
                found.append(Case(name, needs, is_dense, limits))
    return sorted(found, key=order)


def order(case):
    """By size in the order above; square instances last, from small to large."""
    return (1, case.needs) if case.dense else (0, SIZES.index(case.needs) if case.needs in SIZES else case.needs)


def limits_of(name, needs, dense, full):
    """The solvers of an instance, each with its limit in seconds."""
    patience = 60 if full else 10
    # All runs together.
    ours = {OURS: 600, OURS_ALONE: 600, OURS_RULED: 600 if full or needs > 100_000 else 60}
    flows = {FLOW: 900}
    if dense:
        if needs > (max(DENSE_SIZES) if full else 2_000):
            return {}
        peers = [OURS_DENSE, FLOW, *LEMON, *COPYING, SQUARE]
        return {**ours, **dict.fromkeys(peers, patience)}
    if name.endswith("+tiers"):
        base = name.removesuffix("+tiers")
        wanted = needs >= 10_000 if full else needs == 10_000 or (needs == 100_000 and base in TIERED_LARGE)
        return {**ours, **flows} if wanted else {}
    if needs > 100_000:
        wanted = full or name in LARGE
        return {**ours, **flows, **({LEMON[0]: 300} if full and name == "town" else {})} if wanted else {}
    limits = {**ours, **flows}
    if needs <= 10_000 or full or name in LARGE:
        limits |= dict.fromkeys(LEMON, 60 if needs <= 10_000 else 120)
    if (needs <= 10_000 and full) or (needs <= 1_000 and name in FEW) or (needs <= 10_000 and name in LARGE):
        limits |= dict.fromkeys(COPYING, patience)
    return limits
