"""An instance as the peers read it, and how memory is measured around them."""

import dataclasses
import pathlib

import numpy as np


@dataclasses.dataclass
class Instance:
    """The arrays that `compare generate` writes, with the need of each edge."""

    indptr: np.ndarray
    node: np.ndarray
    score: np.ndarray
    capacity: np.ndarray
    parent: np.ndarray
    tier: np.ndarray

    @classmethod
    def load(cls, folder):
        arrays = {path.stem: np.load(path) for path in pathlib.Path(folder).glob("*.npy")}
        arrays.setdefault("tier", np.zeros(len(arrays["indptr"]) - 1, np.uint8))
        return cls(**arrays)

    def __post_init__(self):
        self.score = self.score.astype(np.int64)
        self.tier = self.tier.astype(np.int64)
        self.need = np.repeat(np.arange(self.n_needs), np.diff(self.indptr))
        # Above what a path of a thousand moves can lose: a tier first, then the score.
        # Whether that was enough is seen afterwards, when the total is compared with a proven one.
        step = 1000 * (int(np.abs(self.score).max(initial=0)) + 1)
        self.worth = self.score + step * self.tier[self.need]

    @property
    def n_needs(self):
        return len(self.indptr) - 1

    @property
    def n_nodes(self):
        return len(self.capacity)

    def total(self, taken):
        """The sum of tiers and the sum of scores of the edges taken, given as positions or as a mask."""
        return int(self.tier[self.need[taken]].sum()), int(self.score[taken].sum())


class Memory:
    """The most memory held since this was made, beyond what was held then, in bytes, as Linux counts it."""

    def __init__(self):
        # Writing 5 to this file sets the high-water mark back to what is resident now.
        pathlib.Path("/proc/self/clear_refs").write_text("5")
        self.before = status("VmRSS:")

    def peak(self):
        return status("VmHWM:") - self.before


def status(key):
    lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(key))
