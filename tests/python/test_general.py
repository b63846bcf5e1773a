"""Reference: with floors, groups of needs and costs of places, the same totals as OR-Tools on the instances of the benches."""

import pathlib
import subprocess

import flow
import networks
import numpy as np
import pytest

import needmatch

ROOT = pathlib.Path(__file__).resolve().parents[2]


def arrays(family, kind, folder):
    words = ["cargo", "run", "--quiet", "--release", "--locked", "--bin", "general", "--"]
    subprocess.run([*words, "generate", family, kind, "2000", "1", folder], cwd=ROOT, check=True)
    return {"tier": np.zeros(2000, np.int64)} | {path.stem: np.load(path) for path in folder.glob("*.npy")}


@pytest.mark.parametrize("kind", ["floors", "groups", "costs", "all"])
@pytest.mark.parametrize("family", ["town", "uniform", "tied_9"])
def test_total_equals_that_of_or_tools(tmp_path, family, kind):
    network = arrays(family, kind, tmp_path)
    taken, *_ = flow.general_min_cost_flow(network)
    assert networks.value(network, needmatch.assign(**network).node) == networks.value(network, networks.places(network, taken))
