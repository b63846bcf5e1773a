"""Solve one instance of the general engine with OR-Tools, in a process of its own: python general_peer.py FOLDER.

Prints one JSON object.
"""

import json
import pathlib
import sys

import numpy as np
from flow import general_min_cost_flow
from instance import Memory


def measure(folder):
    """One row: seconds, memory, and the total of scores less costs, which is None where floors cannot be met."""
    arrays = {path.stem: np.load(path) for path in pathlib.Path(folder).glob("*.npy")}
    arrays.setdefault("tier", np.zeros(len(arrays["indptr"]) - 1, np.int64))
    memory = Memory()
    _, total, build, seconds = general_min_cost_flow(arrays)
    return {"build_seconds": build, "seconds": seconds, "peak_bytes": memory.peak(), "total": total}


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
