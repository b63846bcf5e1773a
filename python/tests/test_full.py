"""Full assignment: the answers of SciPy, and better ones where its rounding decides."""

import math
import warnings
from fractions import Fraction

import numpy as np
import pytest
import scipy.sparse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.optimize import linear_sum_assignment as scipy_dense
from scipy.sparse.csgraph import min_weight_full_bipartite_matching as scipy_sparse

import needmatch
from needmatch import linear_sum_assignment, min_weight_full_bipartite_matching


def exact_sum(matrix, pairs):
    return sum(Fraction(float(matrix[i, j])) for i, j in zip(*pairs, strict=True))


def both(function, reference, *arguments, **options):
    """The two answers, or None where both say that there is none."""
    try:
        expected = reference(*arguments, **options)
    except ValueError:
        with pytest.raises(ValueError):
            function(*arguments, **options)
        return None
    return function(*arguments, **options), expected


SHAPES = st.tuples(st.integers(0, 7), st.integers(0, 7))
COSTS = st.one_of(
    hnp.arrays(np.int64, SHAPES, elements=st.integers(-3, 3)),
    hnp.arrays(np.float64, SHAPES, elements=st.integers(-1000, 1000).map(lambda k: k / 64)),
    hnp.arrays(np.float64, SHAPES, elements=st.sampled_from([0.0, 1.0, 2.0, math.inf])),
)


@given(cost=COSTS)
@settings(max_examples=300, deadline=None)
def test_sums_equal_those_of_scipy(cost):
    answers = both(linear_sum_assignment, scipy_dense, cost)
    if answers is not None:
        ours, theirs = answers
        assert exact_sum(cost, ours) == exact_sum(cost, theirs)
        assert [a.dtype for a in ours] == [np.int64, np.int64]
        assert len(ours[0]) == min(cost.shape)
        assert (np.diff(ours[0]) > 0).all()
        assert len(set(ours[1].tolist())) == len(ours[1])


@given(cost=COSTS.map(lambda cost: -cost))
@settings(max_examples=200, deadline=None)
def test_greatest_sums_equal_those_of_scipy(cost):
    answers = both(linear_sum_assignment, scipy_dense, cost, maximize=True)
    if answers is not None:
        ours, theirs = answers
        assert exact_sum(cost, ours) == exact_sum(cost, theirs)


@pytest.mark.parametrize(("n", "m"), [(300, 300), (120, 500), (500, 120), (1, 500), (500, 1)])
@pytest.mark.parametrize("family", ["uniform", "normal", "integers", "ties", "distances"])
def test_larger_matrices_reach_the_sum_of_scipy(n, m, family):
    rng = np.random.default_rng(n * 1000 + m)
    cost = {
        "uniform": lambda: rng.random((n, m)),
        "normal": lambda: rng.standard_normal((n, m)),
        "integers": lambda: rng.integers(-(10**6), 10**6, (n, m)),
        "ties": lambda: rng.integers(0, 4, (n, m)),
        "distances": lambda: np.hypot(*(rng.random((2, n, 1)) - rng.random((2, 1, m)))),
    }[family]()
    ours, theirs = linear_sum_assignment(cost), scipy_dense(cost)
    assert exact_sum(cost, ours) <= exact_sum(cost, theirs)
    assert cost[ours].sum() == pytest.approx(cost[theirs].sum(), rel=1e-12)


@pytest.mark.parametrize(("n", "m"), [(200, 200), (100, 400), (400, 100)])
@pytest.mark.parametrize("dtype", [np.int32, np.int64, np.float32, np.float64])
@pytest.mark.parametrize("form", ["csr_array", "csc_array", "coo_array", "csr_matrix", "coo_matrix"])
def test_sparse_sums_equal_those_of_scipy(n, m, dtype, form):
    rng = np.random.default_rng(n + m)
    dense = np.where(rng.random((n, m)) < 0.1, rng.integers(1, 50, (n, m)), 0)
    dense[np.arange(min(n, m)), np.arange(min(n, m))] = 60
    graph = getattr(scipy.sparse, form)(dense.astype(dtype))
    for maximize in (False, True):
        ours = min_weight_full_bipartite_matching(graph, maximize=maximize)
        theirs = scipy_sparse(graph, maximize=maximize)
        assert exact_sum(dense, ours) == exact_sum(dense, theirs)
        assert (dense[ours] != 0).all()


@given(cost=hnp.arrays(np.int64, SHAPES, elements=st.integers(-2, 3)), maximize=st.booleans())
@settings(max_examples=200, deadline=None)
def test_small_sparse_matrices_equal_scipy_where_edges_are_missing(cost, maximize):
    answers = both(min_weight_full_bipartite_matching, scipy_sparse, scipy.sparse.csr_array(cost), maximize=maximize)
    if answers is not None:
        ours, theirs = answers
        assert exact_sum(cost, ours) == exact_sum(cost, theirs)


def test_the_pairs_index_the_matrix_they_came_from():
    graph = scipy.sparse.csr_array(np.array([[3, 3, 6], [4, 3, 5], [10, 1, 8]]))
    assert graph[min_weight_full_bipartite_matching(graph)].sum() == 9
    assert graph.toarray()[linear_sum_assignment(graph.toarray())].sum() == 9


def test_explicit_zeros_are_removed_with_the_warning_of_scipy():
    graph = scipy.sparse.csr_array(([0, 1, 1], ([0, 0, 1], [0, 1, 0])), shape=(2, 2))
    with pytest.warns(UserWarning, match="explicit zero weights are removed before matching") as caught:
        ours = min_weight_full_bipartite_matching(graph)
    assert caught[0].filename == __file__
    assert ours[1].tolist() == [1, 0]


def test_entries_given_twice_are_added_up():
    graph = scipy.sparse.coo_array(([3, 4, 1, 9, 9], ([0, 0, 0, 1, 1], [0, 0, 1, 1, 0])), shape=(2, 2))
    assert min_weight_full_bipartite_matching(graph)[1].tolist() == [1, 0]
    repeated = scipy.sparse.csr_array((np.array([3, 4, 6, 1, 1]), np.array([0, 0, 1, 1, 0]), [0, 3, 5]), shape=(2, 2))
    assert min_weight_full_bipartite_matching(repeated)[1].tolist() == [1, 0]


def test_scipy_is_not_needed_for_sparse_matrices():
    class Rows:
        shape, indptr, indices, data = (2, 2), [0, 2, 3], [0, 1, 0], [1, 9, 1]

    assert min_weight_full_bipartite_matching(Rows())[1].tolist() == [1, 0]


def test_rows_that_make_no_matrix_are_refused():
    class Rows:
        shape, indptr, indices, data = (2, 2), [0, 3, 2], [0, 1], [1, 9]

    with pytest.raises(needmatch.InputError) as caught:
        min_weight_full_bipartite_matching(Rows())
    assert caught.value.faults[0].name == "RowPointers"
    Rows.indptr, Rows.indices = [0, 1, 2], [0, 5]
    with pytest.raises(needmatch.InputError) as caught:
        min_weight_full_bipartite_matching(Rows())
    assert caught.value.faults[0].name == "IndexOutOfRange"


def test_a_dense_matrix_is_not_sparse():
    with pytest.raises(TypeError, match="graph must be sparse"):
        min_weight_full_bipartite_matching([[1, 2], [3, 4]])


@pytest.mark.parametrize(
    ("cost", "maximize", "name"),
    [
        ([[1, math.nan]], False, "NotFinite"),
        ([[1, -math.inf]], False, "NotFinite"),
        ([[1, math.inf]], True, "NotFinite"),
        ([1, 2], False, "ArrayLength"),
        (5, False, "ArrayLength"),
        ([[1, math.inf], [math.inf, math.inf]], False, "NoFullAssignment"),
        ([[np.uint64(2**63)]], False, "OutOfRange"),
    ],
)
def test_bad_matrices_are_value_errors_with_faults(cost, maximize, name):
    with pytest.raises(ValueError) as caught:
        linear_sum_assignment(cost, maximize)
    assert isinstance(caught.value, needmatch.InputError)
    assert [fault.name for fault in caught.value.faults] == [name]


@pytest.mark.parametrize("cost", [[["a"]], [[1 + 2j]], np.ones((2, 2), dtype="m8[s]"), np.ones((2, 2), object)])
def test_what_is_no_number_is_refused(cost):
    with pytest.raises((TypeError, ValueError)):
        linear_sum_assignment(cost)


@pytest.mark.parametrize("cost", [np.zeros((0, 3)), np.zeros((3, 0)), [[]], np.zeros((0, 0))])
def test_empty_matrices_have_empty_assignments(cost):
    assert [a.tolist() for a in linear_sum_assignment(cost)] == [[], []]


def test_truth_values_small_floats_and_slices_are_costs():
    assert linear_sum_assignment([[True, False], [False, True]])[1].tolist() == [1, 0]
    assert linear_sum_assignment(np.array([[2, 1], [1, 2]], "float16"))[1].tolist() == [1, 0]
    assert linear_sum_assignment(np.array([[2, 0, 1], [1, 0, 2]], ">f8")[:, ::2])[1].tolist() == [1, 0]
    assert linear_sum_assignment(np.array([[2, 1], [1, 2]]).T)[1].tolist() == [1, 0]


def test_the_last_digit_decides_where_floats_cannot_tell():
    big = 2**62
    cost = np.array([[big, big], [big + 1, big - 1]])
    assert linear_sum_assignment(cost)[1].tolist() == [0, 1]
    assert linear_sum_assignment(cost, maximize=True)[1].tolist() == [1, 0]
    # 1 + 1e-16 is 1 for a float, so a solver that adds floats sees a tie here.
    tiny = np.array([[1.0, 1.0], [1e-16, 0.0]])
    assert linear_sum_assignment(tiny)[1].tolist() == [0, 1]


def test_no_warning_escapes():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        linear_sum_assignment(np.array([[1e308, 5e-324], [math.inf, 1.0]]))
