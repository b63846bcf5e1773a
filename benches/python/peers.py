"""Solve one instance with one peer, in a process of its own: python peers.py PEER FOLDER. Prints one JSON object."""

import importlib.metadata
import json
import sys

import assignment
from flow import simple_min_cost_flow
from instance import Instance, Memory

# What each is called, the package that it is from, and how it is called.
PEERS = {
    "OR-Tools flow": ("ortools", simple_min_cost_flow),
    "OR-Tools assignment": ("ortools", assignment.ortools),
    "SciPy dense": ("scipy", assignment.scipy_dense),
    "SciPy sparse": ("scipy", assignment.scipy_sparse),
    "lapx": ("lapx", assignment.lapx),
    "POT": ("POT", assignment.pot),
}


def measure(peer, instance):
    """One row: seconds, memory and total."""
    _, solve = PEERS[peer]
    memory = Memory()
    taken, build, seconds = solve(instance)
    peak = memory.peak()
    tier, score = instance.total(taken)
    return {"build_seconds": build, "seconds": seconds, "peak_bytes": peak, "tier": tier, "score": score}


def version(peer):
    return importlib.metadata.version(PEERS[peer][0])


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], Instance.load(sys.argv[2]))))
