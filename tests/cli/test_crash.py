"""A corpus file after kills, failing calls, full disks, several writers and damage: `make torture` in short."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus_tool.errors import CorpusToolError
from corpus_tool.store import opening
from corpus_tool.store.store import Store
from tests.cli.conftest import Run
from tests.cli.running import PLAIN, ROOT, article, write_jsonl

CASES = (
    "kill",
    "kill-calls",
    "kill-refresh",
    "signals",
    "fail",
    "file-size",
    "disk-full",
    "two-writers",
    "changers",
    "readers",
    "flips",
    "strangers",
    "kill-dedupe",
    "kill-twins",
    "kill-dates",
    "kill-links",
    "links",
    "read-only",
)
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are looked after through /proc")


def torture(*arguments: str) -> tuple[int, str]:
    """Exit code and output of the short form."""
    command = [sys.executable, "benchmarks/torture.py", "--short", *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=env, timeout=240, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def printed() -> str:
    """What one run of all cases prints. Its folder is no `tmp_path`, which another user could not enter."""
    return torture()[1]


@linux
@pytest.mark.parametrize("case", CASES)
def test_nothing_is_lost_or_doubled(printed: str, case: str) -> None:
    """Each case of the torture test was tried and found no fault, or says what this machine lacks for it."""
    [row] = [line for line in printed.splitlines() if line.startswith(f"| {case} |")] or [printed]
    if "not tried" in row:
        pytest.skip(row)
    name, tries, faults = [cell.strip() for cell in row.split("|")[1:4]]
    assert (name, int(tries) > 0, faults) == (case, True, "0"), printed


@linux
def test_the_torture_test_sees_faults(tmp_path: Path) -> None:
    """Where every statement is committed by itself, a kill between two of them is found."""
    code, output = torture("--work", str(tmp_path), "--sabotage", "--times", "1", "kill-calls")
    if "not tried" in output:
        pytest.skip(output)
    assert code == 1
    assert "the full-text index is not in step" in output


def test_reading_leaves_nothing_beside_the_file(ct: Run, tmp_path: Path) -> None:
    """`list`, `show` and `export` leave one file, whose bytes are as before."""
    source = write_jsonl(tmp_path / "in.jsonl", article(1), article(2))
    folder = tmp_path / "corpora"
    folder.mkdir()
    path = folder / "press.db"
    assert ct("add", path, source, *PLAIN).code == 0
    before = path.read_bytes()
    [key] = ct("list", path, "--limit", "1", "--format", "ids").lines
    for arguments in (("list", path), ("show", path, key, "--raw"), ("export", path)):
        assert ct(*arguments).code == 0, arguments
        assert (os.listdir(folder), path.read_bytes() == before) == (["press.db"], True), arguments


def test_a_file_cut_within_its_last_page_is_refused(ct: Run, tmp_path: Path) -> None:
    """SQLite would read the missing bytes as zeros."""
    path = tmp_path / "press.db"
    assert ct("add", path, write_jsonl(tmp_path / "in.jsonl", article(1)), *PLAIN).code == 0
    path.write_bytes(path.read_bytes()[:-1])
    ct("list", path).failed(3, "press.db' is damaged", "cut short")


def test_two_cannot_make_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes second to a name is refused and leaves nothing, with files that have no name and without them."""
    for nameless in (True, False):
        if not nameless:
            monkeypatch.delattr(os, "O_TMPFILE", raising=False)
        folder = tmp_path / str(nameless)
        folder.mkdir()
        path = str(folder / "press.db")
        Store.create(path).close()
        before = Path(path).read_bytes()
        monkeypatch.setattr(os.path, "lexists", lambda _: False)  # it came after we looked
        with pytest.raises(CorpusToolError, match="exists"):
            opening.create(path)
        monkeypatch.undo()
        assert (os.listdir(folder), Path(path).read_bytes() == before) == (["press.db"], True)


def test_where_files_cannot_be_linked_they_are_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system without links: the corpus file is whole, and nothing stands beside it."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    with Store.create(str(tmp_path / "press.db")) as store:
        assert store.count() == 0
    assert os.listdir(tmp_path) == ["press.db"]


def test_what_cannot_be_made_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk without room when the file is made: the path and the reason, and no file."""

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(CorpusToolError, match=r"press\.db' cannot be made: No space left"):
        Store.create(str(tmp_path / "press.db"))
    assert os.listdir(tmp_path) == []
