"""Sample data: the divisions and figures of a real city, with synthetic persons."""

from __future__ import annotations

from typing import Any, Literal

from needmatch import _native
from needmatch._frames import in_backend

__all__ = ["jincheng"]


def jincheng(
    size: Literal["pilot", "county", "city", "province"] = "pilot",
    *,
    seed: int | None = None,
    frame: str | None = None,
) -> dict[str, Any]:
    """Make the sample tables of Jincheng (Shanxi, China), named as :class:`needmatch.Problem` wants them.

    The villages, population and prevalence of needs are real; residents, workers and organizations are made up.
    The same size and seed give the same tables on every machine.

    Parameters
    ----------
    size : {"pilot", "county", "city", "province"}
        27 pilot communities with about a thousand needs, a county with about 5 thousand, the city with about 34
        thousand, or sixteen such cities with about 540 thousand.
    seed : int, optional
        Another seed makes other persons in the same places.
    frame : {"pandas", "polars", "pyarrow"}, optional
        The kind of table; by default :class:`needmatch.Table`, which needs no library.

    Returns
    -------
    dict
        The tables "needs", "workers", "organizations", "communities" and, where there are any, "groups".

    Examples
    --------
    >>> import needmatch
    >>> tables = needmatch.datasets.jincheng("pilot")
    >>> sorted(tables)[:2]
    ['communities', 'groups']
    """
    tables = _native.jincheng(size, seed)
    return {name: in_backend(table, frame) for name, table in tables.items()}
