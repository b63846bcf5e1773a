"""The package as such: its names, its types, its documentation, its notebooks."""

import doctest
import importlib
import pathlib
import pkgutil
import subprocess
import sys

import jupytext
import nbclient
import pytest

import needmatch

ROOT = pathlib.Path(__file__).parents[2]
MODULES = ["needmatch", *(f"needmatch.{module.name}" for module in pkgutil.iter_modules(needmatch.__path__))]
NOTEBOOKS = sorted((ROOT / "examples" / "python").glob("*.py"))
GUIDE = [ROOT / "docs" / "guide" / name for name in ("python.md", "decision.md", "explain.md", "compare.md")]


@pytest.mark.parametrize("name", needmatch.__all__)
def test_every_public_name_is_documented(name):
    value = getattr(needmatch, name)
    if isinstance(value, type):
        public = [
            member for key, member in vars(value).items() if not key.startswith("_") and hasattr(member, "__doc__")
        ]
        assert all(member.__doc__ for member in public)
    assert value.__doc__


def documented():
    """What has a docstring, compiled parts included: doctest itself leaves those out."""
    for name in MODULES:
        module = importlib.import_module(name)
        yield name, module
        for key, value in vars(module).items():
            if str(getattr(value, "__module__", "")).startswith("needmatch") and value.__doc__:
                yield f"{name}.{key}", value


def test_examples_in_docstrings_are_right():
    finder, runner = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    seen = set()
    for name, value in documented():
        text = value.__doc__ or ""
        if ">>>" in text and text not in seen:
            seen.add(text)
            runner.run(finder.get_doctest(text, {}, name, None, None))
    assert runner.summarize(verbose=False).failed == 0
    assert len(seen) >= 8


@pytest.mark.parametrize("page", GUIDE, ids=lambda page: page.stem)
def test_examples_of_the_guide_are_right(page):
    failed, tried = doctest.testfile(str(page), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert failed == 0
    assert tried > 5


def test_users_see_the_types(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        "import needmatch\nreveal_type(needmatch.solve)\nreveal_type(needmatch.assign([0], [], [], []).node)\n"
    )
    command = [sys.executable, "-m", "mypy", "--strict", str(program)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert "needmatch._native.Matching" in done.stdout
    assert "int32" in done.stdout or "signedinteger" in done.stdout
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_notebooks_run(path):
    notebook = jupytext.read(path)
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert outputs
    assert not [output.text for output in outputs if output.get("name") == "stderr"]
    pictures = [output for output in outputs if "image/png" in output.get("data", {})]
    assert bool(pictures) == ("matplotlib" in path.read_text(encoding="utf-8"))


def test_there_are_notebooks():
    assert "tour" in [path.stem for path in NOTEBOOKS]


def test_importing_needs_numpy_only():
    program = "import sys, needmatch; print(sorted({m.partition('.')[0] for m in sys.modules} & set(sys.argv[1:])))"
    libraries = ["pandas", "polars", "pyarrow", "narwhals", "scipy", "duckdb", "matplotlib"]
    done = subprocess.run([sys.executable, "-c", program, *libraries], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_release_build_imports_without_a_warning():
    subprocess.run([sys.executable, "-W", "error", "-c", "import needmatch"], check=True)
