"""`corpus-tool remove`: take articles out of a corpus file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import PLAIN, article, write_jsonl


@pytest.fixture
def path(ct: Run, tmp_path: Path) -> Path:
    """A corpus file of four articles, two of them dated."""
    write_jsonl(
        tmp_path / "krant.jsonl",
        article(1, date="2018-06-20", language="nl"),
        article(2, date="2019", language="fr"),
        article(3),
        article(4),
    )
    ct("add", tmp_path / "pers.db", tmp_path / "krant.jsonl", *PLAIN)
    return tmp_path / "pers.db"


def names(ct: Run, path: Path) -> list[str]:
    """The names of the articles."""
    return ct("list", path, "--fields", "name").lines[1:]


@pytest.mark.parametrize(
    ("conditions", "stay"),
    [
        (["--dated"], ["krant#3", "krant#4"]),
        (["-l", "fr"], ["krant", "krant#3", "krant#4"]),
        (["--since", "2019"], ["krant", "krant#3", "krant#4"]),
        (["--contains", "nummer 3"], ["krant", "krant#2", "krant#4"]),
        (["--source", "krant.jsonl"], []),
        (["--has", "title"], ["krant", "krant#2", "krant#3", "krant#4"]),
        (["--min-words", "99999999999999999999"], ["krant", "krant#2", "krant#3", "krant#4"]),
    ],
)
def test_by_condition(ct: Run, path: Path, conditions: list[str], stay: list[str]) -> None:
    """Without --yes the number is told and nothing happens; with it they go, and `check` finds the file whole."""
    gone = 4 - len(stay)
    noun = "article" if gone == 1 else "articles"
    before = path.read_bytes()
    done = ct("remove", path, *conditions)
    assert (done.code, done.out) == (0, "")
    assert done.err == f"corpus-tool: {gone} {noun} would be removed from {path}; nothing was: --yes removes them\n"
    assert path.read_bytes() == before
    done = ct("remove", path, *conditions, "--yes")
    assert (done.code, done.err) == (0, f"corpus-tool: {gone} {noun} removed; {len(stay)} stay\n")
    assert names(ct, path) == stay
    assert [len(ct("search", path, "trein").lines), len(ct("kwic", path, "trein").lines)] == [len(stay) + 1] * 2


def test_what_was_removed_can_be_added_again(ct: Run, path: Path) -> None:
    """It comes back, behind the others; corrections went with it."""
    ct("set", path, "krant", "title=Van mij")
    assert ct("remove", path, "--dated", "--yes", "-q").err == ""
    ct("add", path, path.with_name("krant.jsonl"), *PLAIN)
    assert names(ct, path) == ["krant#3", "krant#4", "krant", "krant#2"]
    ct("set", path, "krant", "--undo", "title").failed(1, "was not corrected")


@pytest.mark.parametrize("arguments", [[], ["--yes"], ["--date-match", "within", "--yes"]])
def test_without_a_condition_nothing_goes(ct: Run, path: Path, arguments: list[str]) -> None:
    """Every article would: one must be named."""
    ct("remove", path, *arguments).failed(2, "no condition is given", "--source")
    assert len(names(ct, path)) == 4


def test_what_is_refused(ct: Run, path: Path, tmp_path: Path) -> None:
    """Bad conditions, samples, and what is no corpus file."""
    ct("remove", path, "-l", "xx", "--yes").failed(2, "'xx'")
    ct("remove", path, "--since", "2018-13", "--yes").failed(2, "2018-13")
    ct("remove", path, "--sample", "2", "--yes").failed(2, "--sample")
    ct("remove", tmp_path / "weg.db", "--dated", "--yes").failed(2, "does not exist")
    ct("remove", tmp_path / "krant.jsonl", "--dated", "--yes").failed(1, "no corpus file")
    assert ct("remove").failed(2, "Usage: corpus-tool remove").err.count("  corpus-tool remove ") >= 3
    assert len(names(ct, path)) == 4
