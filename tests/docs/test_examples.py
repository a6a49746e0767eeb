"""Every example in a docstring or a page of the documentation runs and gives what it shows."""

from __future__ import annotations

import doctest
import importlib
import os
import pkgutil
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import corpus_tool

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(corpus_tool.__path__, "corpus_tool.")
    if not module.name.endswith("__main__")
)
FLAGS = doctest.ELLIPSIS
_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a page that are in a language."""
    return [
        match["body"] for match in _BLOCK.finditer(page.read_text(encoding="utf-8")) if match["language"] == language
    ]


def commands(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output shown below it."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds the sample corpus and the files that the pages name; the test works in it."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "no-settings"))
    return tmp_path


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name: str) -> None:
    """The examples in the docstrings of a module give what they show."""
    results = doctest.testmod(importlib.import_module(name), optionflags=FLAGS)
    assert results.failed == 0


def test_library_page(folder: Path) -> None:
    """The Python blocks of the library page, run in order as one session, give what they show."""
    page = ROOT / "docs" / "library.md"
    found = blocks(page, "python")
    assert found
    assert all(">>>" in block for block in found)
    parser, names = doctest.DocTestParser(), {}
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    for number, block in enumerate(found, start=1):
        test = parser.get_doctest(block, names, f"library.md, block {number}", str(page), 0)
        runner.run(test, clear_globs=False)
        names = test.globs
    assert runner.summarize().failed == 0


def test_only_the_library_page_has_python() -> None:
    """Python blocks stand on the library page, where they are run, and nowhere else."""
    others = [page.name for page in PAGES if page.name != "library.md" and blocks(page, "python")]
    assert others == []


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "console")], ids=lambda page: page.name)
def test_console_blocks(page: Path, folder: Path) -> None:
    """The commands of a page, run in order in one folder, print what the page shows."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CORPUS_TOOL_")}
    environment |= {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"}
    environment |= {"PYTHONUTF8": "1", "NO_COLOR": "1"}
    for block in blocks(page, "console"):
        for command, shown in commands(block):
            done = subprocess.run(
                command,
                shell=True,
                cwd=folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                check=False,
            )
            printed = "\n".join(line.rstrip() for line in done.stdout.splitlines())
            if not _fits(printed, shown.rstrip("\n")):
                pytest.fail(f"$ {command}\n{printed}\n--- but {page.name} shows:\n{shown}", pytrace=False)


def _fits(printed: str, shown: str) -> bool:
    """Whether what was printed is what is shown; a line `…` stands for any lines, `…` in a line for any characters."""
    lines = [r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in shown.split("\n")]
    return re.fullmatch("".join(lines) if shown else "", f"{printed}\n" if printed else "") is not None
