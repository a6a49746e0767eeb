"""The Python blocks of the page on Parquet, run on an export of the samples, for the programs that are installed."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "parquet.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
COMMANDS = re.findall(r"^corpus-tool (export seeds .*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
TEST = "import doctest, sys; sys.exit(doctest.testfile(sys.argv[1], False, optionflags=doctest.ELLIPSIS).failed)"


def program(block: str) -> str:
    """What a block imports first."""
    return block.split("\n", 1)[0].split()[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the samples, and their parts as the page makes them."""
    pytest.importorskip("pyarrow")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    for command in COMMANDS:
        done = subprocess.run([sys.executable, "-m", "corpus_tool", *command.split()], cwd=tmp_path, check=False)
        assert done.returncode == 0
    return tmp_path


def test_the_page_has_a_block_for_each_program() -> None:
    """And one command that makes what they read."""
    assert [program(block) for block in BLOCKS] == ["duckdb", "polars", "pandas", "datasets"]
    assert len(COMMANDS) == 1


@pytest.mark.parametrize("block", BLOCKS, ids=program)
def test_a_block_gives_what_it_shows(block: str, folder: Path) -> None:
    """In a process of its own, without the network."""
    if importlib.util.find_spec(program(block)) is None:
        pytest.skip(f"{program(block)} is not installed")
    (folder / "block.txt").write_text(block, encoding="utf-8")
    offline = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HOME": str(folder / "hf")}
    done = subprocess.run(
        [sys.executable, "-c", TEST, str(folder / "block.txt")],
        cwd=folder,
        env={**os.environ, **offline},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
