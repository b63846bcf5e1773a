"""An instance as an assignment of rows to columns, for solvers that know neither capacities nor groups.

A column stands for each place of a leaf, and each need has a column of its own for staying out.
A group that lets through less than its members hold has as many rows that fill the difference: each must take a place
below the group, and costs nothing there.
Then every row has a column, and the cheapest such assignment is the best matching.
"""

import dataclasses

import numpy as np


@dataclasses.dataclass
class Places:
    """The edges of a full assignment: `edge` is the instance's edge behind each, or −1."""

    n_rows: int
    n_columns: int
    n_needs: int
    n_places: int
    row: np.ndarray
    column: np.ndarray
    worth: np.ndarray
    edge: np.ndarray

    @classmethod
    def of(cls, instance):
        leaves = Leaves(instance)
        n_places, n_needs = int(leaves.places.sum()), instance.n_needs
        first = np.concatenate([[0], np.cumsum(leaves.places)[:-1]])
        copies = leaves.places[leaves.of_edge]
        edge = np.repeat(np.arange(len(copies)), copies)
        column = np.repeat(first[leaves.of_edge], copies) + ranks(copies)
        parts = [(instance.need[edge], column, instance.worth[edge], edge)]
        n_rows = n_needs
        for node, n_fillers in leaves.fillers.items():
            below = np.concatenate([np.arange(first[k], first[k] + leaves.places[k]) for k in leaves.below[node]])
            rows = np.arange(n_rows, n_rows + n_fillers)
            parts.append(nothing(np.repeat(rows, len(below)), np.tile(below, n_fillers)))
            n_rows += n_fillers
        # Where everybody finds a place and likes it, nobody has to be able to stay out.
        full = n_rows == n_places == n_needs and len(edge) == n_needs * n_places and instance.worth.min(initial=0) >= 0
        if not full:
            parts.append(nothing(np.arange(n_needs), n_places + np.arange(n_needs)))
        row, column, worth, edge = (np.concatenate(part) for part in zip(*parts, strict=True))
        return cls(n_rows, n_places + n_needs * (not full), n_needs, n_places, row, column, worth, edge)

    def matrix(self):
        """Costs as a matrix of floats: what is no edge costs more than any chain of moves could gain."""
        if self.n_rows * self.n_columns > 1 << 28:
            raise MemoryError(f"a matrix of {self.n_rows} × {self.n_columns}")
        costs = np.full((self.n_rows, self.n_columns), 1000.0 * (np.abs(self.worth).max(initial=0) + 1))
        costs[self.row, self.column] = -self.worth
        return costs

    def edges_at(self, rows, columns):
        """The instance's edges behind chosen pairs."""
        key = self.row * self.n_columns + self.column
        order = np.argsort(key)
        wanted = np.asarray(rows, np.int64) * self.n_columns + columns
        at = np.searchsorted(key[order], wanted)
        found = order[np.minimum(at, len(order) - 1)]
        if not np.array_equal(key[found], wanted):
            raise RuntimeError("a pair is chosen that is no edge")
        return self.edge[found][self.edge[found] >= 0]


class Leaves:
    """Where places are: at nodes without members, and at nodes that are candidates themselves."""

    def __init__(self, instance):
        n_nodes, parent = instance.n_nodes, instance.parent
        capacity = np.minimum(instance.capacity, instance.n_needs)
        ends = np.unique(instance.node)
        self.places = capacity[ends]
        self.of_edge = np.searchsorted(ends, instance.node)
        inner = np.zeros(n_nodes, bool)
        inner[parent[parent >= 0]] = True
        self.below = {}
        for leaf, node in enumerate(ends):
            while node >= 0:
                if inner[node]:
                    self.below.setdefault(int(node), []).append(leaf)
                node = parent[node]
        # Members first: what fills places below a group fills them for the groups above as well.
        self.fillers, filled = {}, np.zeros(n_nodes, np.int64)
        for node in sorted(self.below, key=lambda node: len(chain(parent, node)), reverse=True):
            surplus = int(self.places[self.below[node]].sum()) - int(filled[node]) - int(capacity[node])
            if surplus > 0:
                self.fillers[node] = surplus
                for above in chain(parent, node):
                    filled[above] += surplus


def chain(parent, node):
    """A node and all above it."""
    found = []
    while node >= 0:
        found.append(node)
        node = parent[node]
    return found


def ranks(counts):
    """0, 1, … up to each count, one after the other."""
    return np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)


def nothing(row, column):
    """Edges that are worth nothing and belong to no edge of the instance."""
    return row, column, np.zeros(len(row), np.int64), np.full(len(row), -1)
