"""The steps of a check that SQL can make: each sees what it is for, and nothing in a good file."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from corpus_tool.corpus import Corpus
from corpus_tool.model.options import ReadOptions
from corpus_tool.store import check
from corpus_tool.store.check import Step
from corpus_tool.store.store import Store
from tests.unit.building import write_jsonl

STEPS: tuple[Callable[[Store], Step], ...] = (
    check.schema_step,
    check.pages_step,
    check.references_step,
    check.counts_step,
    check.runs_step,
    check.index_step,
)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A corpus file of twelve articles."""
    records = [
        {"title": f"Kop {n}", "text": f"De trein naar Gent reed gisteren {n} keer niet, zegt de vervoerder."}
        for n in range(12)
    ]
    source = write_jsonl(tmp_path / "pers.jsonl", *records)
    path = tmp_path / "pers.db"
    with Corpus.create(path) as corpus:
        corpus.add(source, options=ReadOptions(detector="none"))
    return path


def change(path: Path, *statements: str) -> None:
    """Change a corpus file behind the back of corpus-tool."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def found(path: Path, step: Callable[[Store], Step]) -> dict[str, int]:
    """The kinds of problems that a step finds, and how many of each."""
    with Store.open(str(path)) as store:
        return dict(step(store).counted)


@pytest.mark.parametrize("step", STEPS)
def test_a_good_file_is_whole(good: Path, step: Callable[[Store], Step]) -> None:
    """Every step looks at something, and finds nothing wrong."""
    with Store.open(str(good)) as store:
        done = step(store)
    assert (done.outcome, done.found, done.problems, done.notices) == ("whole", 0, [], [])
    assert done.checked > 0


@pytest.mark.parametrize(
    ("statement", "step", "kinds"),
    [
        ("DROP INDEX articles_name", check.schema_step, {"missing": 1}),
        ("DROP VIEW evidence", check.schema_step, {"missing": 1}),
        ("ALTER TABLE corrections ADD COLUMN more", check.schema_step, {"changed": 1}),
        ("PRAGMA user_version = 0", check.schema_step, {"version": 1}),
        ("UPDATE articles SET source = 99 WHERE number < 3", check.references_step, {"articles.source": 1}),
        ("DELETE FROM runs", check.references_step, {"files.run": 1}),
        ("DELETE FROM articles WHERE number = 4", check.references_step, {"records.article": 1}),
        ("DELETE FROM articles WHERE number = 4", check.counts_step, {"indexed": 1}),
        ("DELETE FROM articles_fts_docsize WHERE id > 10", check.counts_step, {"not-indexed": 2}),
        ("UPDATE runs SET options = '{'", check.runs_step, {"run": 1}),
        ("INSERT INTO corrections VALUES (1, 'title', 'x', '{}', '2026')", check.runs_step, {"correction": 1}),
        ("UPDATE files SET outcome = 'lost'", check.runs_step, {"file": 1}),
        ("UPDATE articles SET text = text || ' meer' WHERE number = 7", check.index_step, {"index": 1}),
        ("DELETE FROM articles_fts_data WHERE id > 10", check.index_step, {"index": 1}),
    ],
)
def test_each_step_sees_what_it_is_for(
    good: Path, statement: str, step: Callable[[Store], Step], kinds: dict[str, int]
) -> None:
    """One change to the file is one kind of problem, counted."""
    change(good, statement)
    assert found(good, step) == kinds


def test_a_page_that_is_overwritten(good: Path) -> None:
    """SQLite's own check names what is wrong; the quick one sees a broken page too."""
    page_bytes = int.from_bytes(good.read_bytes()[16:18], "big")
    with closing(sqlite3.connect(good)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'articles_outlet'").fetchone()[0]
    with good.open("r+b") as file:
        file.seek((root - 1) * page_bytes + 100)
        file.write(b"\xff" * 64 + os.urandom(2000))
        file.seek((root - 1) * page_bytes)
        file.write(b"\x63")
    with Store.open(str(good)) as store:
        assert check.pages_step(store).outcome == "damaged"
        assert check.pages_step(store, quick=True).outcome == "damaged"


def test_what_others_added_is_a_notice(good: Path) -> None:
    """A table of the user's own is told, and no problem; what SQLite itself adds is not even told."""
    change(good, "CREATE TABLE mine (x)", "ANALYZE")
    with Store.open(str(good)) as store:
        step = check.schema_step(store)
    assert (step.outcome, step.notices) == ("whole", ["not of corpus-tool: table mine"])


def test_a_run_that_was_broken_off_is_a_notice(good: Path) -> None:
    """What it wrote is whole: nothing is damaged."""
    change(good, "UPDATE runs SET ended = NULL, totals = NULL")
    with Store.open(str(good)) as store:
        step = check.runs_step(store)
    assert step.outcome == "whole"
    assert len(step.notices) == 1
    assert "was broken off" in step.notices[0]


def test_problems_of_a_kind_are_counted_and_the_first_ones_kept() -> None:
    """At most twenty of a kind are kept to be shown; another kind has its own twenty."""
    step = Step("articles", "articles")
    for number in range(1000):
        step.add("words", f"{number}")
    step.add("digest", "one")
    assert step.found == 1001
    assert [problem.what for problem in step.problems] == [*map(str, range(check.MOST_SHOWN)), "one"]


def test_the_index_is_compared_without_a_change(good: Path) -> None:
    """SQLite needs a connection that could write; every byte of the file stays, and nothing is left beside it."""
    before = hashlib.sha256(good.read_bytes()).digest()
    with Store.open(str(good)) as store:
        assert check.index_step(store).outcome == "whole"
    assert hashlib.sha256(good.read_bytes()).digest() == before
    assert sorted(path.name for path in good.parent.glob("pers.db*")) == ["pers.db"]


def test_an_index_that_may_not_be_compared_is_not_called_whole(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file may not be written the step says that it did not look, and what to do."""
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    with Store.open(str(good)) as store:
        step = check.index_step(store)
    assert (step.outcome, step.checked) == ("not checked", 0)
    assert "copy the file" in step.notices[0]


def test_a_row_that_cannot_be_read_is_told_and_the_others_are_read(good: Path) -> None:
    """Text that is no UTF-8 any more stops SQLite's reading of its row; it is named, and all others come."""
    change(good, "UPDATE articles SET name = CAST(x'61ff62' AS TEXT) WHERE number = 5")
    with Store.open(str(good)) as store:
        identifier = store.value("SELECT id FROM articles WHERE number = 5")
        step = Step("articles", "articles")
        rows = list(check.rows_to_check(store, step))
    assert len(rows) == 11
    assert [(problem.kind, problem.article) for problem in step.problems] == [("unreadable", identifier)]


def test_rows_come_in_portions(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are read at once, each row comes once, with its raw record."""
    monkeypatch.setattr(check, "ROWS_AT_ONCE", 5)
    change(good, "DELETE FROM records WHERE article = 2")
    with Store.open(str(good)) as store:
        step = Step("articles", "articles")
        rows = list(check.rows_to_check(store, step))
    assert len({row.id for row in rows}) == len(rows) == 12
    assert [row.raw is None for row in rows].count(True) == 1
    assert not step.found


def test_unreadable_rows_end_the_reading_some_time(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of nothing but rows that cannot be read is not tried to its end."""
    monkeypatch.setattr(check, "MOST_UNREADABLE", 3)
    change(good, "UPDATE articles SET name = CAST(x'ff' || CAST(number AS BLOB) AS TEXT)")
    with Store.open(str(good)) as store:
        step = Step("articles", "articles")
        assert list(check.rows_to_check(store, step)) == []
    assert step.found == 3
    assert "no more were read" in step.notices[0]


def test_a_long_statement_can_be_ended() -> None:
    """An interrupt during a statement of SQLite ends it, and is not swallowed."""
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

    def interrupt() -> None:
        raise KeyboardInterrupt

    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as connection:
        with pytest.raises(KeyboardInterrupt):
            check.unhurried(connection, endless, on_tick=interrupt, seconds=0.01)
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_an_error_of_another_program_is_no_damage(good: Path) -> None:
    """Another program that writes is a reason to wait, and says nothing of the file."""
    step = Step("pages", "pages")
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorname = "SQLITE_BUSY"
    with pytest.raises(Exception, match="being written"), step.reading(str(good)):
        raise busy
    assert not step.found


def test_rows_out_of_order_end_the_reading(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tree that leads back to rows that came before is told once, and not followed for ever."""
    monkeypatch.setattr(check, "_ROWS", check._ROWS.replace("a.number > ?", "a.number > 0 * ?"))
    with Store.open(str(good)) as store:
        step = Step("articles", "articles")
        assert len(list(check.rows_to_check(store, step))) == 24
    assert dict(step.counted) == {"order": 1}
