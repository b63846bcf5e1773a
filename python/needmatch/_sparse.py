"""Sparse matrices by their shape alone, so that SciPy need not be installed."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import numpy.typing as npt

from needmatch import _native

IntArray = npt.NDArray[np.int64]


def min_weight_full_bipartite_matching(biadjacency: Any, maximize: bool = False) -> tuple[IntArray, IntArray]:
    """Find the full matching of least weight in a sparse bipartite graph, exactly.

    Behaves as ``scipy.sparse.csgraph.min_weight_full_bipartite_matching``, with three differences. Weights are compared
    as integers and every result is proven best, as :func:`linear_sum_assignment` explains. NaN is refused. And any
    sparse matrix will do that has ``tocsr()``, or ``indptr``, ``indices``, ``data`` and ``shape`` of the compressed row
    form; entries given twice are added up. Among equally good matchings, another may be chosen than SciPy's.

    Parameters
    ----------
    biadjacency : sparse array or matrix, shape (n_rows, n_columns)
        The weights of the edges. Explicit zeros are no edges: they are removed, with a warning. Infinity forbids a pair
        (negative infinity with `maximize`).
    maximize : bool, default False
        Find the greatest sum instead of the least.

    Returns
    -------
    row_ind, col_ind : int64 arrays, shape (min(n_rows, n_columns),)
        The pairs, rows ascending.

    Raises
    ------
    InputError
        A ValueError: no full matching exists, or a weight is NaN or the wrong infinity.
    TypeError
        The graph is not sparse.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> from needmatch import min_weight_full_bipartite_matching
    >>> biadjacency = csr_array([[3, 3, 6], [4, 3, 5], [10, 1, 8]])
    >>> row_ind, col_ind = min_weight_full_bipartite_matching(biadjacency)
    >>> col_ind
    array([0, 2, 1])
    """
    rows = biadjacency.tocsr() if hasattr(biadjacency, "tocsr") else biadjacency
    if not all(hasattr(rows, part) for part in ("indptr", "indices", "data", "shape")):
        raise TypeError("graph must be sparse")
    n_columns = int(rows.shape[1])
    indptr, column, weight = map(np.asarray, (rows.indptr, rows.indices, rows.data))
    if _rows_fit(indptr, column, weight):
        indptr, column, weight = _without_repeats(n_columns, indptr, column, weight)
        kept = weight != 0
        if not kept.all():
            warnings.warn("explicit zero weights are removed before matching", stacklevel=2)
            indptr = np.concatenate(([0], np.cumsum(kept)))[indptr]
            column, weight = column[kept], weight[kept]
    return _native.min_weight_full_matching(n_columns, indptr, column, weight, maximize)


def _rows_fit(indptr: Any, column: Any, weight: Any) -> bool:
    """Whether the arrays make rows; if not, the core says what is wrong."""
    ends_fit = len(indptr) > 0 and indptr[0] == 0 and indptr[-1] == len(column) == len(weight)
    return bool(ends_fit and (np.diff(indptr) >= 0).all())


def _without_repeats(n_columns: int, indptr: Any, column: Any, weight: Any) -> tuple[Any, Any, Any]:
    """The same matrix with the columns of each row ascending and entries given twice added up."""
    place = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr)) * n_columns + column
    if (np.diff(place) > 0).all():
        return indptr, column, weight
    order = np.argsort(place, kind="stable")
    place, first = np.unique(place[order], return_index=True)
    indptr = np.searchsorted(place, np.arange(len(indptr)) * n_columns)
    return indptr, place % n_columns, np.add.reduceat(weight[order], first)
