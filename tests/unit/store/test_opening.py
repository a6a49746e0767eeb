"""Opening corpus files: damaged, foreign and newer ones are told apart and left as they are."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

import pytest

from corpus_tool.errors import CorpusToolError, ExitCode
from corpus_tool.store import opening
from corpus_tool.store.opening import check_kind, connect, connect_to_write, create, in_passing, in_words, words_for
from corpus_tool.store.recognize import APPLICATION_ID, is_corpus_file
from corpus_tool.store.schema import VERSION


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """An empty corpus file in a folder of its own; the folder may be written again at the end."""
    folder = tmp_path / "map"
    folder.mkdir()
    create(str(folder / "pers.db")).close()
    yield folder / "pers.db"
    folder.chmod(0o755)


def refused(path: Path) -> CorpusToolError:
    """How a path is refused, whether to be read or written; it is left as it is, with nothing beside it."""
    before = path.read_bytes() if path.is_file() else b""
    beside = sorted(os.listdir(path.parent))
    errors = []
    for open_it in (connect, connect_to_write):
        with pytest.raises(CorpusToolError) as told:
            open_it(str(path)).close()
        errors.append(told.value)
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert sorted(os.listdir(path.parent)) == beside
    assert [error.message for error in errors] == [errors[0].message] * 2
    assert errors[0].hint
    return errors[0]


def test_a_new_file_is_whole_and_alone(path: Path) -> None:
    """It is known by its content, has its version, and nothing lies beside it."""
    assert is_corpus_file(str(path))
    assert os.listdir(path.parent) == ["pers.db"]
    with closing(connect(str(path))) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_what_is_no_corpus_file(tmp_path: Path) -> None:
    """Text, another database, an empty file, a folder and nothing at all are each told for what they are."""
    text, other, empty = tmp_path / "a.db", tmp_path / "b.db", tmp_path / "c.db"
    text.write_bytes(b"SQLite format 4\0" + bytes(200))
    empty.write_bytes(b"")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE articles (id)")
    for path, words in (
        (text, "no corpus file"),
        (other, "another database"),
        (empty, "is empty"),
        (tmp_path, "is a folder"),
        (tmp_path / "d.db", "does not exist"),
    ):
        error = refused(path)
        assert words in error.message
        assert error.code == ExitCode.FAILED


def test_a_newer_file_is_refused(path: Path) -> None:
    """A file of a later schema is not touched; the version that it needs is named."""
    with path.open("r+b") as file:
        file.seek(60)
        file.write((VERSION + 1).to_bytes(4, "big"))
    error = refused(path)
    assert f"schema version {VERSION + 1}" in error.message
    assert "later" in error.hint


def page_bytes(path: Path) -> int:
    """The size of a page; 1 stands for 65,536."""
    told = int.from_bytes(path.read_bytes()[16:18], "big")
    return 65536 if told == 1 else told


@pytest.mark.parametrize("pages", [0.01, 0.5, 1, 1.5])
def test_a_file_without_its_end(path: Path, pages: float) -> None:
    """A file that was cut, within a page or between two, is damaged, and said to be."""
    path.write_bytes(path.read_bytes()[: int(page_bytes(path) * pages)])
    error = refused(path)
    assert "damaged" in error.message
    assert error.code == ExitCode.DAMAGED_INPUT


def test_a_damaged_schema(path: Path) -> None:
    """SQL that is no SQL any more, and SQL that is no UTF-8: both are damage, and neither is a fault of ours."""
    data = path.read_bytes()
    at = data.index(b"CREATE TABLE articles")
    for harm in (b"\x01\x02\x03", b"\xff\xfe\xfd"):
        path.write_bytes(data[:at] + harm + data[at + 3 :])
        assert "damaged" in refused(path).message


def test_what_exists_is_not_made_again(path: Path) -> None:
    """A file that stands there is left, and a folder that is not there is not made."""
    before = path.read_bytes()
    for place, words in ((path, "exists"), (path.parent / "weg" / "x.db", "is no folder")):
        with pytest.raises(CorpusToolError, match=words):
            create(str(place))
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == ["pers.db"]


def test_reading_writes_nothing(path: Path) -> None:
    """A connection to read refuses to write, and the file is byte for byte as it was."""
    before = path.read_bytes()
    with closing(connect(str(path))) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM runs")
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == ["pers.db"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_where_nothing_may_be_written(path: Path) -> None:
    """A file in a folder that may not be written can be read all the same, and is not opened to write."""
    path.chmod(stat.S_IRUSR)
    path.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with closing(connect(str(path))) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (0,)
    with pytest.raises(CorpusToolError, match="may not be written"):
        connect_to_write(str(path))


@pytest.mark.parametrize(
    ("name", "said", "words", "code"),
    [
        ("SQLITE_CORRUPT", "database disk image is malformed", "is damaged", ExitCode.DAMAGED_INPUT),
        ("SQLITE_NOTADB", "file is not a database", "is damaged", ExitCode.DAMAGED_INPUT),
        ("SQLITE_ERROR", "no such table: articles", "is damaged", ExitCode.DAMAGED_INPUT),
        ("SQLITE_FULL", "database or disk is full", "no space is left", ExitCode.FAILED),
        ("SQLITE_BUSY", "database is locked", "being written by another", ExitCode.FAILED),
        ("SQLITE_READONLY", "attempt to write a readonly database", "cannot be opened or written", ExitCode.FAILED),
        ("SQLITE_IOERR_READ", "disk I/O error", "could not read or write", ExitCode.FAILED),
        ("SQLITE_ERROR", "something else", "something else", ExitCode.FAILED),
    ],
)
def test_errors_of_sqlite_in_words(name: str, said: str, words: str, code: ExitCode) -> None:
    """Each names the file, what it means for it, and the next thing to try; damage has the exit code of damage."""
    error = sqlite3.OperationalError(said)
    error.sqlite_errorname = name
    told = in_words(error, "pers.db")
    assert "'pers.db'" in told.message
    assert words in told.message
    assert told.code == code
    assert told.hint


def test_a_message_that_is_no_text_is_damage() -> None:
    """Python cannot make an error of a message that quotes a harmed schema; that is damage too."""
    with pytest.raises(CorpusToolError, match="damaged"), words_for("pers.db"):
        b"\xff".decode()


def test_in_passing_is_a_corpus_too() -> None:
    """What lasts as long as its connection has the same tables."""
    with closing(in_passing()) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (0,)


def test_network_drives(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The drive that a path lies on is the one of the longest mount point above it."""
    mounts = tmp_path / "mounts"
    mounts.write_text("server:/a /net nfs4 rw 0 0\n/dev/sda /net/schijf ext4 rw 0 0\n//s/b /mijn\\040net cifs rw 0 0\n")

    def opened(_name: str, **_options: str) -> IO[str]:
        return mounts.open(encoding="utf-8")

    monkeypatch.setattr(opening, "open", opened, raising=False)
    assert opening.on_network("/net/pers.db") == "nfs4"
    assert opening.on_network("/net/schijf/pers.db") is None
    assert opening.on_network("/mijn net/pers.db") == "cifs"
    assert opening.on_network("/network/pers.db") is None


def test_kinds_are_told_without_sqlite(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The look at the kind reads the first bytes only: every command asks it of every source."""
    monkeypatch.setattr(sqlite3, "connect", None)
    check_kind(str(path))


def test_a_file_that_is_written_while_its_schema_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read half before and half after a write is no damage; what stays as it is, is."""
    usual = opening._open
    tries: list[str] = []

    def torn(name: str, mode: str) -> sqlite3.Connection:
        if "immutable" in mode:
            tries.append(mode)
            if len(tries) == 1:
                os.utime(name, ns=(1, 1))
                raise sqlite3.DatabaseError("database disk image is malformed")
        return usual(name, mode)

    monkeypatch.setattr(opening, "_open", torn)
    connect(str(path)).close()
    assert len(tries) == 2
