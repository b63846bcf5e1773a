"""Where and with what was measured."""

import datetime
import importlib.metadata
import os
import pathlib
import platform
import re
import subprocess

import peers


def describe(root):
    """Machine, commit, date, and the versions of all solvers."""
    cpu = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text())
    changed = output(root, "git", "status", "--porcelain", "--", ".", ":!benches/record")
    lock = (root / "Cargo.lock").read_text()
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": output(root, "git", "rev-parse", "HEAD") + (" with changes" if changed else ""),
        "cpu": cpu.group(1) if cpu else platform.processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(int(memory.group(1)) / (1 << 20)) if memory else None,
        "system": platform.platform(),
        "load_before": round(os.getloadavg()[0], 2),
        "versions": {
            "rustc": output(root, "rustc", "--version").removeprefix("rustc "),
            "g++": output(root, "g++", "-dumpfullversion"),
            "python": platform.python_version(),
            "numpy": importlib.metadata.version("numpy"),
            **{package: peers.version(name) for name, (package, _) in peers.PEERS.items()},
            "LEMON": output(root, "dpkg-query", "--show", "--showformat=${Version}", "liblemon-dev"),
            "pathfinding": re.search(r'name = "pathfinding"\nversion = "(.*)"', lock).group(1),
        },
    }


def output(root, *words):
    done = subprocess.run(words, cwd=root, capture_output=True, text=True)
    return done.stdout.strip()


def sentence(machine):
    """One line for people."""
    cut = f"; {machine['left_out']} instances left out for lack of time" if "left_out" in machine else ""
    return (
        f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gib']} GiB; {machine['system']}; "
        f"commit {machine['commit']}; {machine['date']}; load before the run {machine['load_before']}{cut}"
    )
