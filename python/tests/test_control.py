"""Watching and stopping a run; the interpreter lock; threads, forks and memory."""

import concurrent.futures
import multiprocessing
import os
import pickle
import resource
import signal
import subprocess
import sys
import textwrap
import threading
import time

import numpy as np
import pytest
from town import town

import needmatch
from needmatch import _native


def hard(n=60_000, m=2000, k=10, seed=1):
    """Arrays that keep a solver busy for a while: near ties on many nodes, with less room than need."""
    rng = np.random.default_rng(seed)
    node = rng.integers(0, m // k, (n, k)) + np.arange(k) * (m // k)
    score = 900_000 + rng.integers(0, 100_000, n * k)
    return np.arange(n + 1) * k, node.ravel(), score, np.full(m, int(0.9 * n / m))


def test_a_control_that_was_cancelled_stops_the_next_run():
    control = needmatch.Control()
    assert not control.cancelled
    control.cancel()
    assert control.cancelled
    with pytest.raises(needmatch.Cancelled) as caught:
        needmatch.assign([0], [], [], [], control=control)
    assert isinstance(caught.value, needmatch.SolveError)
    assert (str(caught.value), caught.value.message_zh) == ("cancelled", "已取消")


def test_a_run_is_cancelled_from_another_thread():
    control = needmatch.Control()
    arrays = hard(400_000)
    threading.Timer(0.05, control.cancel).start()
    start = time.perf_counter()
    with pytest.raises(needmatch.Cancelled):
        needmatch.assign(*arrays, control=control)
    assert time.perf_counter() - start < 5


def test_progress_goes_from_idle_to_done():
    control = needmatch.Control()
    assert control.progress == ("idle", 0, 0)
    seen = set()
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        run = pool.submit(needmatch.assign, *hard(), control=control)
        while not run.done():
            seen.add(control.progress.stage)
            time.sleep(0.001)
    assert control.progress.stage == "done"
    assert seen & {"auction", "repair"}


def test_a_memory_budget_is_kept():
    control = needmatch.Control()
    control.memory_budget = 1000
    assert control.memory_budget == 1000
    with pytest.raises(needmatch.SolveError, match="working memory in bytes would be"):
        needmatch.assign(*hard(), control=control)


def test_a_limit_of_work_leaves_an_assignment_with_a_bound_that_any_machine_gives():
    best = needmatch.assign(*hard())
    control = needmatch.Control()
    gaps = []
    for limit in (1_000, 100_000, 0):
        control.work_limit = limit
        assert control.work_limit == limit
        found = needmatch.assign(*hard(), control=control)
        again = needmatch.assign(*hard(), threads=1, control=control)
        assert np.array_equal(found.node, again.node)
        assert found.total <= best.total <= found.bound
        assert found.status == ("bounded" if found.gap.score else "optimal")
        taken = np.bincount(found.node[found.node >= 0], minlength=2000)
        assert (taken <= hard()[3]).all()
        gaps.append(found.gap.score)
    assert gaps[0] > gaps[1] > gaps[2] == 0
    assert np.array_equal(found.node, best.node)


def test_other_threads_of_python_run_meanwhile():
    ticks = 0
    done = threading.Event()

    def count():
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    counter = threading.Thread(target=count)
    counter.start()
    arrays = hard()
    start = time.perf_counter()
    seconds = 0
    while seconds < 0.3:
        needmatch.assign(*arrays)
        seconds = time.perf_counter() - start
    done.set()
    counter.join()
    assert ticks > 100 * seconds


def test_arrays_may_be_written_to_while_the_solver_runs():
    arrays = hard()
    expected = needmatch.assign(*arrays)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        control = needmatch.Control()
        run = pool.submit(needmatch.assign, *arrays, control=control)
        while control.progress.stage == "idle":
            pass
        for array in arrays:
            array[:] = -1
    assert run.result().node.tobytes() == expected.node.tobytes()


def script(text):
    """A Python program that solves for a long time unless it is stopped."""
    prelude = f"import sys; sys.path.insert(0, {os.path.dirname(__file__)!r}); from test_control import *\n"
    return [sys.executable, "-c", prelude + textwrap.dedent(text)]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as on Unix")
def test_ctrl_c_stops_a_solve_within_a_second():
    program = script(
        """
        arrays = hard(100_000)
        print("ready", flush=True)
        try:
            while True:
                needmatch.assign(*arrays)
        except KeyboardInterrupt:
            print("stopped", flush=True)
        """
    )
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline() == "ready\n"
        time.sleep(1)
        start = time.perf_counter()
        child.send_signal(signal.SIGINT)
        assert child.stdout.readline() == "stopped\n"
        assert time.perf_counter() - start < 1
        assert child.wait() == 0


def test_an_exception_of_a_signal_handler_stops_a_solve():
    program = script(
        """
        def handler(signum, frame):
            raise TimeoutError("own")
        signal.signal(signal.SIGALRM, handler)
        control = needmatch.Control()
        arrays = hard(400_000)
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        try:
            while True:
                needmatch.assign(*arrays, control=control)
        except TimeoutError:
            print(control.cancelled)
        """
    )
    assert subprocess.run(program, capture_output=True, text=True, check=True).stdout == "True\n"


def solved(seed):
    return needmatch.assign(*hard(2000, 100, seed=seed)).total


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_processes_of_every_kind_solve_alike(method):
    from test_control import solved as work  # under the name by which processes of their own find it

    expected = [work(seed) for seed in range(4)]
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert pool.map_async(work, range(4)).get(timeout=120) == expected


def test_many_threads_solve_side_by_side():
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        totals = list(pool.map(solved, [1] * 32))
    assert len(set(totals)) == 1


def test_no_thread_is_left_after_a_call():
    needmatch.assign(*hard(2000, 100))
    assert len(os.listdir("/proc/self/task")) == threading.active_count() + foreign_threads()


def foreign_threads():
    """Threads of libraries that were loaded by other tests, counted in a process that only solves."""
    program = script("needmatch.assign(*hard(2000, 100)); print(len(os.listdir('/proc/self/task')))")
    alone = int(subprocess.run(program, capture_output=True, text=True, check=True, env=one_thread()).stdout)
    assert alone == 1
    return len(os.listdir("/proc/self/task")) - threading.active_count()


def one_thread():
    """An environment in which NumPy starts no threads of its own."""
    return os.environ | {"OPENBLAS_NUM_THREADS": "1"}


def test_errors_survive_a_trip_between_processes():
    with pytest.raises(needmatch.InputError) as caught:
        needmatch.assign([0, 1], [5], [1], [1])
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (str(copy), copy.faults, copy.n_faults) == (str(caught.value), caught.value.faults, 1)
    assert copy.message_zh == caught.value.message_zh
    cancelled = pickle.loads(pickle.dumps(needmatch.Cancelled("a", "b")))
    assert (str(cancelled), cancelled.message_zh) == ("a", "b")


def test_a_bug_of_ours_is_an_ordinary_exception_with_its_place(capfd):
    with pytest.raises(needmatch.NeedmatchError, match=r"internal error at .*failure\.rs:\d+ \(a bug") as caught:
        _native._panic()
    assert type(caught.value) is needmatch.NeedmatchError
    assert "resident" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_memory_does_not_grow_over_many_calls():
    def some_calls():
        for _ in range(2000):
            needmatch.assign([0, 2], [0, 1], [5, 6], [1, 1])
            needmatch.Table({"a": ["x"] * 20})
            needmatch.solve(needmatch.Problem(**town())).to_json()
            with pytest.raises(needmatch.InputError):
                needmatch.assign([0, 1], [5], [1], [1])

    def resident():
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[1]) * resource.getpagesize()

    some_calls()
    before = resident()
    some_calls()
    assert resident() - before < 4_000_000
