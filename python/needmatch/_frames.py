"""Tables of other libraries: how they are told apart, read, and made.

Narwhals knows how to make one for results; without it, results stay :class:`needmatch.Table`, which every library can read.
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


def readable(data: Any) -> Any:
    """The table or column itself, unless it is one of polars with columns in which all values are missing.

    Polars gives such columns a type of their own, and exports them with a buffer that the Arrow format does not provide
    for, so that its readers refuse them (https://github.com/pola-rs/polars/issues/22934). Here they become texts.
    """
    if type(data).__module__.partition(".")[0] != "polars":
        return data
    import polars as pl

    texts = {pl.Null(): pl.String(), pl.List(pl.Null): pl.List(pl.String)}
    if isinstance(data, pl.Series):
        return data.cast(texts[data.dtype]) if data.dtype in texts else data
    if isinstance(data, pl.DataFrame):
        return data.cast({name: texts[dtype] for name, dtype in data.schema.items() if dtype in texts})
    return data


def in_backend(table: Table, backend: str | None) -> Any:
    """The table as one of the library."""
    if backend is None or find_spec("narwhals") is None:
        return table
    import narwhals as nw

    return nw.from_arrow(table, backend=backend).to_native()  # type: ignore[arg-type]
