"""The direction of imports holds, and the contract would catch the ways in which it could be broken."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.repo.paths import ROOT, SRC

LINT = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def lint(folder: Path) -> tuple[set[str], str]:
    """The names of the contracts of pyproject.toml that a package below a folder breaks, and all that was printed."""
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--config", str(ROOT / "pyproject.toml"), "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "", "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    printed = _ANSI.sub("", done.stdout)
    judged = re.findall(r"^(.+?) (KEPT|BROKEN)$", printed, re.MULTILINE)
    assert judged, printed + done.stderr
    broken = {name for name, verdict in judged if verdict == "BROKEN"}
    assert bool(broken) == (done.returncode != 0), printed + done.stderr
    return broken, printed


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package to plant a breach in."""
    copy = tmp_path / "corpus_tool"
    shutil.copytree(SRC, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def _append(path: Path, code: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n\n" + code, encoding="utf-8")


def test_contracts_hold() -> None:
    """The package as it stands breaks no contract."""
    broken, printed = lint(SRC.parent)
    assert broken == set(), printed


def test_hidden_upward_import(package: Path) -> None:
    """An import against the direction is caught, also inside a function."""
    _append(
        package / "text" / "normalize.py",
        "def planted() -> object:\n    from corpus_tool.query import Query\n\n    return Query\n",
    )
    broken, printed = lint(package.parent)
    assert "Data goes one way" in broken
    assert "corpus_tool.text.normalize -> corpus_tool.query" in printed


def test_hidden_drawing(package: Path) -> None:
    """Rich outside the command line is caught, also inside a function."""
    _append(package / "text" / "lines.py", "def planted() -> object:\n    import rich\n\n    return rich\n")
    broken, printed = lint(package.parent)
    assert "Only the command line draws" in broken
    assert "corpus_tool.text.lines -> rich" in printed


def test_unplaced_folder(package: Path) -> None:
    """A new folder that has no place in the order is caught."""
    (package / "attic").mkdir()
    (package / "attic" / "__init__.py").write_text('"""Planted."""\n', encoding="utf-8")
    broken, printed = lint(package.parent)
    assert "Data goes one way" in broken
    assert "corpus_tool.attic" in printed


def test_reader_that_knows_another(package: Path) -> None:
    """One reader that imports another is caught."""
    _append(
        package / "readers" / "alceste.py",
        "def planted() -> object:\n    from corpus_tool.readers import plain\n\n    return plain\n",
    )
    broken, printed = lint(package.parent)
    assert "Two readers do not know each other" in broken
    assert "corpus_tool.readers.alceste -> corpus_tool.readers.plain" in printed


def _contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return contracts


def test_page_shows_the_layers() -> None:
    """CONTRIBUTING.md shows the layers as they stand in the contract."""
    layers = next(contract["layers"] for contract in _contracts() if contract["type"] == "layers")
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert "```text\n" + "\n".join(layers) + "\n```" in page


def test_every_reader_and_writer_is_listed() -> None:
    """The contracts that keep readers and writers apart name every module of the registries."""
    from corpus_tool.readers.registry import READERS
    from corpus_tool.writers.registry import WRITERS

    apart = {module for contract in _contracts() for module in contract.get("modules", ())}
    assert {f"corpus_tool.readers.{entry.module}" for entry in READERS.values()} <= apart
    assert {f"corpus_tool.writers.{module}" for module in WRITERS.values()} <= apart
