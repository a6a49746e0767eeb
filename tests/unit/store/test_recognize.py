"""A corpus file is known by its first bytes, whatever its name, and nothing else is taken for one."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus_tool.corpus import Corpus
from corpus_tool.store.recognize import APPLICATION_ID, HEADER_BYTES, MAGIC, application_id, is_corpus_file


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus file under a name that says nothing of it."""
    path = tmp_path / "pers.txt"
    Corpus.create(path).close()
    return path


def test_a_corpus_file_by_any_name(corpus: Path) -> None:
    """The ending does not matter, nor whether a link leads to it."""
    link = corpus.with_name("link")
    link.symlink_to(corpus)
    assert is_corpus_file(str(corpus))
    assert is_corpus_file(str(link))
    assert application_id(corpus.read_bytes()) == APPLICATION_ID == int.from_bytes(b"CorT", "big")


@pytest.mark.parametrize(
    "data",
    [b"", b"S", MAGIC, MAGIC + bytes(84), b"Een artikel over de haven.", b"SQLite format 3 is een naam." * 9],
)
def test_other_files(tmp_path: Path, data: bytes) -> None:
    """Empty files, text, and databases cut short are none."""
    (tmp_path / "a.db").write_bytes(data)
    assert not is_corpus_file(str(tmp_path / "a.db"))


def test_another_database(tmp_path: Path) -> None:
    """SQLite without our mark is somebody else's."""
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        connection.execute("CREATE TABLE articles (id)")
    assert (tmp_path / "a.db").read_bytes().startswith(MAGIC)
    assert not is_corpus_file(str(tmp_path / "a.db"))


def test_the_head_is_enough(corpus: Path) -> None:
    """A corpus file that was cut after its head is one all the same: opening it says that it is damaged."""
    corpus.write_bytes(corpus.read_bytes()[:HEADER_BYTES])
    assert is_corpus_file(str(corpus))


def test_what_is_no_file(tmp_path: Path) -> None:
    """A folder, a pipe without a writer, nothing, `-` and a path that cannot be are none, and nothing hangs."""
    os.mkfifo(tmp_path / "pipe")
    for path in (str(tmp_path), str(tmp_path / "pipe"), str(tmp_path / "weg"), "-", "a\0b", ""):
        assert not is_corpus_file(path)
