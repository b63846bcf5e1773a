"""Exceptions and the small rows that results and errors carry."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """One fault in the input: what is wrong, where, and what would be right. Never the value itself."""

    code: int
    """Stable number of this kind of fault, the same in Rust, C and Python."""
    name: str
    """Stable name of this kind of fault."""
    table: str
    """The table, or ``"arrays"`` for the arrays of the low-level functions."""
    row: int | None
    """The row in the caller's own order, counted from 0; None where the whole table or column is meant."""
    column: str | None
    """The column; for an unknown column its position, such as ``"#7"``."""
    expected: str
    """What would be right."""
    message: str
    """The whole message in English."""
    message_zh: str
    """The whole message in Chinese."""


class Progress(NamedTuple):
    """How far a run has come."""

    stage: str
    """``"idle"``, ``"candidates"``, ``"auction"``, ``"repair"``, ``"verify"`` or ``"done"``."""
    done: int
    """Units of the step that are done."""
    total: int
    """Units of the step in all; 0 where unknown."""


class Total(NamedTuple):
    """What a matching, or a bound on every matching, is worth. Totals compare by tier first, then by score."""

    tier: int
    """The sum of the tiers of the needs that are served."""
    score: int
    """The sum of the scores."""


class Provenance(NamedTuple):
    """What determined a result, so that it can be made again years later."""

    semantics_id: str
    """Versions of the library with the same name here give the same matching for the same input."""
    input_digest: str
    """SHA-256 of all checked rows and the policy, as 64 hexadecimal digits."""
    policy_version: str
    """The version that the policy gives itself."""
    seed: str
    """The seed of the lottery that breaks ties."""
    library_version: str
    """The version of the library."""


class DecisionVerified(NamedTuple):
    """What was found to be true of a decision file."""

    served: int
    """Needs that are served."""
    unmatched: int
    """Needs that are not."""
    candidates: int
    """Candidates over which the total is proven the greatest."""


class LogRecord(NamedTuple):
    """One run in the log. All hashes are 64 hexadecimal digits."""

    sequence: int
    """Its number, counted from 0."""
    previous: str
    """The hash of the record before it."""
    decision: str
    """The log's hash of the whole decision file."""
    input: str
    """The decision's input digest."""
    tables: str
    """The decision's digest of the tables alone."""
    policy: str
    """The decision's digest of the policy."""
    policy_but_seed: str
    """The log's hash of the policy's text without the line of its seed."""
    seed: str
    """The seed of the lottery."""
    label: str
    """What the caller said of the run."""
    chain: str
    """The log's hash of all this."""


class ServedRange(NamedTuple):
    """What equally good matchings can do for a kind of needs."""

    needs: int
    """Needs of the kind."""
    served: int
    """Of them served by this matching."""
    least: int
    """Fewest that an equally good matching serves."""
    most: int
    """Most that an equally good matching serves."""


class NeedmatchError(Exception):
    """Every exception of this library. Raised itself only for a bug of ours, which we would like to hear of."""

    __module__ = "needmatch"

    def __init__(self, message: str, message_zh: str) -> None:
        super().__init__(message, message_zh)
        self.message = message
        """The whole message in English."""
        self.message_zh = message_zh
        """The whole message in Chinese."""

    def __str__(self) -> str:
        return self.message


class InputError(NeedmatchError, ValueError):
    """The input is wrong; nothing was solved. All faults of the batch are listed at once."""

    __module__ = "needmatch"

    def __init__(self, message: str, message_zh: str, faults: list[Fault], n_faults: int) -> None:
        super().__init__(message, message_zh)
        self.args = (message, message_zh, faults, n_faults)
        self.faults = faults
        """The faults, sorted by table, row and column; at most 100."""
        self.n_faults = n_faults
        """How many faults there are in all, listed or not."""


class DecisionError(NeedmatchError, ValueError):
    """A decision file or a log is not what it says, or differs from what its tables give."""

    __module__ = "needmatch"


class SolveError(NeedmatchError):
    """The run could not be carried through: a limit was too low, or the checker rejected its result."""

    __module__ = "needmatch"


class Cancelled(SolveError):
    """Somebody called :meth:`Control.cancel`; nothing was changed."""

    __module__ = "needmatch"
