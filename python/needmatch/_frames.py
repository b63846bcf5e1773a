"""Results in the caller's own kind of table.

Narwhals knows how to make one; without it, results stay :class:`needmatch.Table`, which every library can read.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from needmatch._native import Table

_BACKENDS = {
    "pandas": "pandas",
    "polars": "polars",
    "pyarrow": "pyarrow",
    "modin": "modin",
    "cudf": "cudf",
    # A relation belongs to a connection, so its results come as what a relation is fetched into.
    "duckdb": "pyarrow",
    "_duckdb": "pyarrow",
}


def backend_of(data: object) -> str | None:
    """The library whose tables the caller uses, or None for dictionaries and unknown ones."""
    return _BACKENDS.get(type(data).__module__.partition(".")[0])


def in_backend(table: Table, backend: str | None) -> Any:
    """The table as one of the library."""
    if backend is None or find_spec("narwhals") is None:
        return table
    import narwhals as nw

    return nw.from_arrow(table, backend=backend).to_native()  # type: ignore[arg-type]
