"""Exact, explained, verifiable matching of residents' needs to organizations and social workers."""

from needmatch import datasets
from needmatch._errors import Cancelled, Fault, InputError, NeedmatchError, Progress, Provenance, SolveError, Total
from needmatch._native import (
    Assignment,
    Control,
    Matching,
    Policy,
    Problem,
    Table,
    __version__,
    assign,
    linear_sum_assignment,
    solve,
)
from needmatch._sparse import min_weight_full_bipartite_matching

__all__ = [
    "Assignment",
    "Cancelled",
    "Control",
    "Fault",
    "InputError",
    "Matching",
    "NeedmatchError",
    "Policy",
    "Problem",
    "Progress",
    "Provenance",
    "SolveError",
    "Table",
    "Total",
    "__version__",
    "assign",
    "datasets",
    "linear_sum_assignment",
    "min_weight_full_bipartite_matching",
    "solve",
]
