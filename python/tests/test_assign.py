"""The low level: arrays in, a proven assignment out."""

import numpy as np
import pytest

import needmatch

TWO_NEEDS = {"indptr": [0, 2, 4], "node": [0, 1, 0, 1], "score": [9, 4, 8, 1], "capacity": [1, 1]}
INTEGERS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", ">i4", ">i8", "<i2"]


def test_the_best_total_is_not_everyones_first_choice():
    a = needmatch.assign(**TWO_NEEDS)
    assert a.node.tolist() == [1, 0]
    assert a.total == a.bound == (0, 12)
    assert a.gap == (0, 0)
    assert repr(a) == "<needmatch.Assignment 2 of 2 needs served, tier 0, score 12, optimal>"


@pytest.mark.parametrize("dtype", [*INTEGERS, "float32", "float64", "float16"])
def test_every_type_of_whole_numbers_is_taken(dtype):
    a = needmatch.assign(**{name: np.array(values, dtype) for name, values in TWO_NEEDS.items()})
    assert a.node.tolist() == [1, 0]


def test_slices_and_read_only_arrays_are_taken():
    spread = {name: np.repeat(values, 3)[::3] for name, values in TWO_NEEDS.items()}
    for array in spread.values():
        array.setflags(write=False)
    assert needmatch.assign(**spread).node.tolist() == [1, 0]


def test_results_have_the_documented_types_and_cannot_be_written_to():
    a = needmatch.assign(**TWO_NEEDS)
    assert (a.node.dtype, a.price.dtype, a.price_tier.dtype) == (np.int32, np.int64, np.int64)
    assert (a.node.shape, a.price.shape, a.price_tier.shape) == ((2,), (2,), (2,))
    for array in (a.node, a.price, a.price_tier):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 7


def test_prices_bound_every_total():
    rng = np.random.default_rng(3)
    n, m, k = 200, 20, 6
    indptr = np.arange(n + 1) * k
    node = np.concatenate([rng.choice(m, k, replace=False) for _ in range(n)])
    score = rng.integers(1, 1000, n * k)
    capacity = rng.integers(1, 12, m)
    a = needmatch.assign(indptr, node, score, capacity)
    surplus = np.maximum(0, (score - a.price[node]).reshape(n, k).max(axis=1)).sum()
    assert (capacity * a.price).sum() + surplus == a.total.score
    assert (a.price >= 0).all()


def test_a_supply_forest_bounds_what_lies_under_a_node():
    # Nodes 0 and 1 belong to node 2, which takes one need in all.
    a = needmatch.assign([0, 1, 2], [0, 1], [5, 7], [1, 1, 1], [2, 2, -1])
    assert a.node.tolist() == [-1, 1]


def test_higher_tiers_come_first_whatever_the_scores():
    a = needmatch.assign([0, 1, 2], [0, 0], [1, 1000], [1], tier=[2, 1])
    assert a.node.tolist() == [0, -1]
    assert a.total == (2, 1)


def test_emptiness_is_a_problem_with_an_empty_answer():
    a = needmatch.assign([0], [], [], [])
    assert a.node.tolist() == []
    assert a.total == (0, 0)


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_the_number_of_threads_changes_nothing(threads):
    rng = np.random.default_rng(5)
    n, m, k = 2000, 100, 8
    node = np.concatenate([rng.choice(m, k, replace=False) for _ in range(n)])
    arrays = (np.arange(n + 1) * k, node, rng.integers(0, 3, n * k), rng.integers(0, 30, m))
    one = needmatch.assign(*arrays, threads=1)
    many = needmatch.assign(*arrays, threads=threads)
    assert one.node.tobytes() == many.node.tobytes()
    assert one.price.tobytes() == many.price.tobytes()


def faults(**changes):
    with pytest.raises(needmatch.InputError) as caught:
        needmatch.assign(**(TWO_NEEDS | changes))
    return [(fault.name, fault.row, fault.column) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"score": [1.0, float("nan"), 1.0, 1.0]}, ("NotFinite", 1, "score")),
        ({"score": [1.0, 1.0, float("inf"), 1.0]}, ("NotFinite", 2, "score")),
        ({"score": [1.0, 1.5, 1.0, 1.0]}, ("NotInteger", 1, "score")),
        ({"score": np.array([1, 2, 3, 2**63], "uint64")}, ("OutOfRange", 3, "score")),
        ({"score": [1, 2, 3, 2**70]}, ("ColumnType", None, "score")),
        ({"score": ["1", "2", "3", "4"]}, ("ColumnType", None, "score")),
        ({"score": [True, False, True, False]}, ("ColumnType", None, "score")),
        ({"score": [[1, 2], [3, 4]]}, ("ArrayLength", None, "score")),
        ({"score": [[1, 2], [3]]}, ("ColumnType", None, "score")),
        ({"score": [1, 2, 3]}, ("ArrayLength", None, "score")),
        ({"node": [0, 1, 0, -1]}, ("IndexOutOfRange", 3, "node")),
        ({"node": [0, 1, 0, 2]}, ("IndexOutOfRange", 3, "node")),
        ({"node": [0, 1, 0, 2**32]}, ("IndexOutOfRange", 3, "node")),
        ({"node": [0, 1, 0, 0]}, ("DuplicatePair", 1, "node")),
        ({"capacity": [1, -1]}, ("OutOfRange", 1, "capacity")),
        ({"indptr": [0, -1, 4]}, ("RowPointers", None, "indptr")),
        ({"parent": [1, 0]}, ("CyclicReference", 0, "parent")),
        ({"parent": [-2, -1]}, ("IndexOutOfRange", 0, "parent")),
        ({"parent": [-1]}, ("ArrayLength", None, "parent")),
        ({"tier": [0, 64]}, ("OutOfRange", 1, "tier")),
        ({"tier": [0, 300]}, ("OutOfRange", 1, "tier")),
        ({"tier": [-1, 0]}, ("OutOfRange", 0, "tier")),
        ({"floor": [0, 2]}, ("FloorAboveCap", 1, "floor")),
        ({"floor": [0, -1]}, ("FloorAboveCap", 1, "floor")),
        ({"demand_group": [0, 0]}, ("ArrayLength", None, "demand_group")),
        ({"demand_group": [0, 1], "demand_cap": [1]}, ("IndexOutOfRange", 1, "demand_group")),
        ({"load_cost": [1]}, ("ArrayLength", None, "load_indptr")),
        ({"load_indptr": [0, 2, 2], "load_from": [0, 1], "load_cost": [3, 2]}, ("NotConvex", 1, "load_cost")),
        ({"floor": [0]}, ("ArrayLength", None, "floor")),
    ],
)
def test_bad_arrays_are_refused_with_their_place(changes, expected):
    assert expected in faults(**changes)


def test_floors_of_zero_are_no_floors():
    assert needmatch.assign(**TWO_NEEDS, floor=[0, 0]).total.score == 12


def test_all_faults_are_reported_at_once():
    assert len(faults(score=[float("nan")] * 4, capacity=["a", "b"], node=[0.5, 0, 0, 0])) == 6


def test_options_are_keywords_and_at_least_one_thread_is_needed():
    with pytest.raises(TypeError):
        needmatch.assign([0], [], [], [], None, [])
    with pytest.raises(ValueError, match="threads"):
        needmatch.assign([0], [], [], [], threads=0)
    with pytest.raises(OverflowError):
        needmatch.assign([0], [], [], [], threads=-1)


def test_floors_groups_and_costs_are_obeyed_and_proven():
    rng = np.random.default_rng(11)
    n, m, k = 300, 20, 6
    node = np.concatenate([rng.choice(m, k, replace=False) for _ in range(n)])
    score = rng.integers(1, 1000, n * k)
    household = np.arange(n) // 3
    a = needmatch.assign(
        np.arange(n + 1) * k,
        node,
        score,
        rng.integers(5, 20, m),
        tier=rng.integers(1, 3, n),
        floor=np.full(m, 4),
        demand_group=household,
        demand_cap=np.full(n // 3, 2),
        load_indptr=np.arange(m + 1) * 2,
        load_from=np.tile([5, 10], m),
        load_cost=np.tile([50, 100], m),
    )
    load = np.bincount(a.node[a.node >= 0], minlength=m)
    assert a.status == "optimal"
    assert (load >= 4).all()
    assert np.bincount(household[a.node >= 0]).max() == 2
    scores = sum(score[i * k + list(node[i * k : i * k + k]).index(v)] for i, v in enumerate(a.node) if v >= 0)
    assert a.total.score == scores - 50 * np.maximum(0, load - 5).sum() - 50 * np.maximum(0, load - 10).sum()
    assert sum(a.served) == (a.node >= 0).sum()
    assert [len(a.proof[part]) for part in ("step", "price", "demand_price")] == [3, m, n // 3]
    assert a.tight_set is None


def test_the_engine_is_chosen_explained_and_overridden():
    arrays = {"indptr": [0, 2, 4], "node": [0, 1, 0, 1], "score": [9, 4, 8, 1], "capacity": [1, 1]}
    chosen = needmatch.assign(**arrays)
    assert (chosen.engine, chosen.engine_reason) == ("fast", "only capacities of the supply forest can bind")
    asked = needmatch.assign(**arrays, engine="general")
    assert (asked.engine, asked.engine_reason) == ("general", "it was asked for")
    assert asked.total == chosen.total and asked.bound == asked.total
    bound = needmatch.assign(**arrays, floor=[0, 1])
    assert (bound.engine, bound.engine_reason) == ("general", "floors can bind")
    with pytest.raises(needmatch.InputError) as caught:
        needmatch.assign(**arrays, floor=[0, 1], engine="fast")
    assert [(fault.code, fault.column) for fault in caught.value.faults] == [(505, "engine")]
    with pytest.raises(ValueError, match="auto, fast, general"):
        needmatch.assign(**arrays, engine="slow")


def test_floors_that_cannot_be_met_are_explained():
    a = needmatch.assign([0, 1, 2], [0, 1], [9, 7], [2, 2], floor=[2, 0])
    assert (a.status, a.proof) == ("floors_unmet", None)
    assert a.node.tolist() == [-1, -1]
    assert (a.tight_set["shortage"], a.tight_set["missing"], a.tight_set["nodes"].tolist()) == ("needs", 1, [0])
    assert repr(a).endswith("floors_unmet>")
