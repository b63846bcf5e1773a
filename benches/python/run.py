"""Runs one solver on one instance in a process of its own, with limits on time and memory."""

import json
import os
import pathlib
import resource
import signal
import subprocess
import sys

import plan

HERE = pathlib.Path(__file__).resolve().parent
MEMORY_BYTES = 18 << 30


def command(solver, folder, programs, runs):
    """The words that start a solver."""
    if solver == plan.OURS:
        return [programs["compare"], "solve", folder, "2", "any", str(runs)]
    if solver == plan.OURS_RULED:
        return [programs["compare"], "solve", folder, "2", "canonical", str(runs)]
    if solver == plan.OURS_ALONE:
        return [programs["compare"], "solve", folder, "1", "any", str(runs)]
    if solver == plan.OURS_DENSE:
        return [programs["compare"], "dense", folder, "2", str(runs)]
    if solver == plan.SQUARE:
        return [programs["compare"], "pathfinding", folder]
    if solver in plan.LEMON:
        return [programs["lemon"], solver.split()[1], folder]
    return [sys.executable, str(HERE / "peers.py"), solver, folder]


def run(words, limit_seconds):
    """The JSON object that a program prints, with its status; without an object where the status says why."""
    process = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=bound_memory
    )
    try:
        out, wrong = process.communicate(timeout=limit_seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return {"status": "over", "limit_seconds": limit_seconds}
    if process.returncode != 0:
        lines = wrong.strip().splitlines() or [f"ends with code {process.returncode}"]
        too_large = "MemoryError" in lines[-1] or "bad_alloc" in lines[-1] or process.returncode == -signal.SIGKILL
        return {"status": "memory" if too_large else "failed", "message": lines[-1]}
    return {"status": "ok", **json.loads(out)}


def bound_memory():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def build(root):
    """Builds what is compiled: the folder for results, and the paths of the programs."""
    compare = build_program(root, "compare")
    bench = compare.parents[1] / "bench"
    bench.mkdir(exist_ok=True)
    # LEMON's own headers are older than the warnings of today's compilers.
    words = ["g++", "-std=c++17", "-O3", "-DNDEBUG", "-w", "-o", bench / "lemon", HERE.parent / "cpp/lemon.cpp"]
    subprocess.run(words, check=True)
    return bench, {"compare": str(compare), "lemon": str(bench / "lemon")}


def build_program(root, name):
    """Builds a program that makes instances and solves them; its path."""
    words = ["cargo", "build", "--release", "--locked", "--bin", name]
    subprocess.run(words, cwd=root, check=True)
    query = ["cargo", "metadata", "--format-version", "1", "--no-deps", "--locked"]
    metadata = subprocess.run(query, cwd=root, check=True, capture_output=True, text=True)
    return pathlib.Path(json.loads(metadata.stdout)["target_directory"]) / "release" / name
