"""Every example in a docstring or a page of the documentation runs and gives what it shows."""

from __future__ import annotations

import doctest
import importlib
import importlib.util
import pkgutil
import re
from pathlib import Path
from types import ModuleType

import pytest

import corpus_tool

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(corpus_tool.__path__, "corpus_tool.")
    if not module.name.endswith("__main__")
)
FLAGS = doctest.ELLIPSIS
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def load_script(path: str) -> ModuleType:
    """A script of docs/ as a module."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RERUN = load_script("docs/tools/rerun.py")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds the sample corpus and the files that the pages name; the test works in it."""
    RERUN.prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name: str) -> None:
    """The examples in the docstrings of a module give what they show."""
    results = doctest.testmod(importlib.import_module(name), optionflags=FLAGS)
    assert results.failed == 0


@pytest.mark.parametrize("path", ["docs/generate.py", "docs/tools/rerun.py"])
def test_script_examples(path: str) -> None:
    """The examples in the docstrings of the scripts of docs/ give what they show."""
    results = doctest.testmod(load_script(path), optionflags=FLAGS)
    assert results.failed == 0
    assert results.attempted > 0


def test_library_page(folder: Path) -> None:
    """The Python blocks of the library page, run in order as one session, give what they show."""
    page = ROOT / "docs" / "library.md"
    blocks = _PYTHON.findall(page.read_text(encoding="utf-8"))
    assert blocks
    assert all(">>>" in block for block in blocks)
    parser, names = doctest.DocTestParser(), {}
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    for number, block in enumerate(blocks, start=1):
        test = parser.get_doctest(block, names, f"library.md, block {number}", str(page), 0)
        runner.run(test, clear_globs=False)
        names = test.globs
    assert runner.summarize().failed == 0


def test_python_stands_where_it_is_run() -> None:
    """Python blocks stand where they are run: here, and in the tests of the other pages beside this file."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    holding = {page.name for page in pages if _PYTHON.search(page.read_text(encoding="utf-8"))}
    assert holding == {"library.md", "corpus-file.md", "parquet.md", "CONTRIBUTING.md"}


@pytest.mark.parametrize("page", RERUN.pages(), ids=lambda page: page.name)
def test_console_blocks(page: Path, folder: Path) -> None:
    """The commands of a page print what it shows; `python docs/tools/rerun.py` rewrites it."""
    assert RERUN.rerun(page, folder).splitlines() == page.read_text(encoding="utf-8").splitlines()
