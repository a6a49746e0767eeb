"""Reading a corpus file: by key, number, condition and order; and what is said of a damaged one."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus_tool.corpus import Corpus
from corpus_tool.errors import CorpusToolError
from corpus_tool.model.article import Article
from corpus_tool.model.options import ReadOptions
from corpus_tool.query import Query
from corpus_tool.store.store import Store, created_aside, sortable
from tests.unit.building import PROSE, article, numbered


def stored(*items: Article) -> Store:
    """A corpus of articles, in memory."""
    return Corpus.in_passing(items).store


def names(found: object) -> list[str]:
    """The names of articles."""
    assert hasattr(found, "__iter__")
    return [item.name for item in found]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A corpus file of one article, with its raw record."""
    (tmp_path / "a.txt").write_text(PROSE)
    with Corpus.create(tmp_path / "pers.db") as corpus:
        corpus.add(tmp_path / "a.txt", options=ReadOptions(detector="none"))
    return tmp_path / "pers.db"


def change(path: Path, sql: str, *values: object) -> None:
    """Change a corpus file behind its back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(sql, values)


KEYED = (
    article(id="0123456789abcdef", name="krant"),
    article(id="0123000000000000", name="krant-2"),
    article(id="fedc000000000000", name="caf\udce9"),
    article(id="ffff000000000000", name="café_x%"),
    article(id="aaaa000000000000", name="feit"),
)


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("krant", ["krant"]),
        ("kran", ["krant", "krant-2"]),
        ("0123", ["krant", "krant-2"]),
        ("01234", ["krant"]),
        ("0123000000000000", ["krant-2"]),
        ("fe", ["caf\udce9", "feit"]),
        ("caf", ["caf\udce9", "café_x%"]),
        ("caf\udce9", ["caf\udce9"]),
        ("café", ["café_x%"]),
        ("%", []),
        ("kran_", []),
        ("KRANT", []),
        ("\ud83d", []),
        ("", ["krant", "krant-2", "caf\udce9", "café_x%", "feit"]),
    ],
)
def test_by_key(key: str, found: list[str]) -> None:
    """An exact id or name wins, else the beginning of one; signs of patterns and odd bytes mean themselves."""
    assert sorted(names(stored(*KEYED).by_key(key, 9))) == sorted(found)


def test_by_key_gives_at_most_so_many() -> None:
    """As many as are asked for: enough to see that a key fits several."""
    assert len(stored(*KEYED).by_key("", 2)) == 2


def test_numbers_are_those_of_adding() -> None:
    """From one on, in order; an article that is not here has none."""
    store = stored(*KEYED)
    assert [store.number_of(item.id) for item in KEYED] == [1, 2, 3, 4, 5]
    assert store.number_of("0" * 16) is None
    assert names(store.numbered([3, 1, 9])) == ["caf\udce9", "krant"]


def test_after_goes_on_where_it_ended() -> None:
    """Some at a time, each once, those alone that meet the query."""
    items = [*numbered(7, words=5), article(id="f" * 16, name="lang", words=50)]
    store = stored(*items)
    given, last = [], 0
    while batch := list(store.after(last, Query(max_words=9), 3)):
        given.append(names(item for _, item in batch))
        last = batch[-1][0]
    assert given == [["n1", "n2", "n3"], ["n4", "n5", "n6"], ["n7"]]
    assert names(item for _, item in store.after(0, Query(max_words=9, contains=("nergens",)), 3)) == []


def test_counting() -> None:
    """At once where SQL decides alone; else only looking could tell."""
    store = stored(*numbered(5))
    assert (store.count(), store.count(Query(min_words=1)), store.count(Query(contains=("raad",)))) == (5, 5, None)


DATED = ("2018-06", None, "../2017", "2018", "2018-06-01", "2019/..", "XXXX-06", "2018-06", "../2016", "2018-06/..")


@pytest.mark.parametrize(
    ("reverse", "order"),
    [
        (False, ["3", "4", "0", "7", "9", "5", "8", "2", "1", "6"]),
        (True, ["2", "8", "5", "9", "0", "7", "4", "3", "1", "6"]),
    ],
)
def test_dates_in_order(reverse: bool, order: list[str]) -> None:
    """By first day, then last; an open beginning as late as can be; without a year, and unknown, last either way."""
    store = stored(*(article(id=f"{n:016x}", name=str(n), date=date) for n, date in enumerate(DATED)))
    assert names(store.articles(sort="date", reverse=reverse)) == order
    assert names(store.articles(sort="date", reverse=reverse, limit=4)) == order[:4]


def test_counts_in_order() -> None:
    """Numbers as numbers, equal ones as they were added."""
    store = stored(*(article(id=f"{n:016x}", name=str(n), words=words) for n, words in enumerate((30, 4, 0, 4, 200))))
    assert names(store.articles(sort="words")) == ["2", "1", "3", "0", "4"]
    assert names(store.articles(sort="words", reverse=True)) == ["4", "0", "1", "3", "2"]
    assert (sortable("words"), sortable("date"), sortable("source"), sortable("extra")) == (True, True, True, False)


@pytest.mark.parametrize(("reverse", "order"), [(False, ["4", "1", "0", "2", "3"]), (True, ["1", "4", "0", "2", "3"])])
def test_missing_values_last_as_they_were_added(reverse: bool, order: list[str]) -> None:
    """An empty title is as good as none, either way."""
    titles = ("", "b", None, "", "a")
    store = stored(*(article(id=f"{n:016x}", name=str(n), title=title) for n, title in enumerate(titles)))
    assert names(store.articles(sort="title", reverse=reverse)) == order


def test_an_article_without_a_record_has_none() -> None:
    """What was indexed in passing, and what an export brought, has no raw record here."""
    assert stored(*KEYED).raw_record(KEYED[0]) is None


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("UPDATE articles SET inference = ?", "{"),
        ("UPDATE articles SET normalization = ?", "[1]"),
        ("UPDATE articles SET also = ?", "7"),
        ("UPDATE articles SET authors = ?", "3"),
        ("UPDATE articles SET name = ?", b"\xff\xff"),
    ],
)
def test_a_damaged_row_is_named(path: Path, sql: str, value: object) -> None:
    """A value that cannot be read is told in words, with the article and what to try."""
    change(path, sql, value)
    with (
        Store.open(str(path)) as store,
        pytest.raises(CorpusToolError, match=r"is damaged: article '[0-9a-f]{16}'") as told,
    ):
        list(store.articles())
    assert told.value.hint is not None
    assert "corpus-tool check" in told.value.hint


@pytest.mark.parametrize("column", ["raw", "facts"])
def test_a_damaged_record_is_named(path: Path, column: str) -> None:
    """A raw record that does not unpack is told in words; no other bytes are given for it."""
    change(path, f"UPDATE records SET {column} = ?", b"x\x9c\x00")
    with Store.open(str(path)) as store:
        [item] = store.articles()
        with pytest.raises(CorpusToolError, match=f"the raw record of {item.id} cannot be read"):
            store.raw_record(item)


def test_errors_of_sqlite_come_in_words(path: Path) -> None:
    """A table that is gone is damage, not a traceback."""
    change(path, "DROP TABLE articles")
    with Store.open(str(path)) as store, pytest.raises(CorpusToolError, match="is damaged"):
        list(store.articles())


def test_reading_never_writes(path: Path) -> None:
    """A connection that reads refuses to write, and leaves the file and its folder as they were."""
    before = path.read_bytes()
    with Store.open(str(path)) as store:
        with pytest.raises(sqlite3.Error):
            store.connection.execute("DELETE FROM articles")
        list(store.articles())
    assert path.read_bytes() == before
    assert sorted(os.listdir(path.parent)) == ["a.txt", "pers.db"]


def test_created_aside_stands_whole_or_not_at_all(tmp_path: Path) -> None:
    """Nothing of the name is seen before the end; an error leaves nothing, of the name or beside it."""
    target = tmp_path / "nieuw.db"
    with created_aside(str(target)) as store:
        assert not target.exists()
        assert store.count() == 0
    assert os.listdir(tmp_path) == ["nieuw.db"]
    target.unlink()

    class Sudden(Exception):
        pass

    with pytest.raises(Sudden), created_aside(str(target)):
        raise Sudden
    assert os.listdir(tmp_path) == []


def test_created_aside_replaces_only_by_force(path: Path) -> None:
    """What came meanwhile stays; by force it is replaced, and what its log held is not played into the new file."""
    before = path.read_bytes()
    with pytest.raises(CorpusToolError, match="exists"), created_aside(str(path)):
        pass
    assert path.read_bytes() == before
    path.with_name("pers.db-wal").write_bytes(b"oud")
    with created_aside(str(path), force=True):
        pass
    assert sorted(os.listdir(path.parent)) == ["a.txt", "pers.db"]
    with Store.open(str(path)) as store:
        assert store.count() == 0
    assert sorted(os.listdir(path.parent)) == ["a.txt", "pers.db"]


def test_created_aside_where_a_folder_stands(tmp_path: Path) -> None:
    """A folder of the name is not replaced, by force neither."""
    (tmp_path / "pers.db").mkdir()
    with (
        pytest.raises(CorpusToolError, match="cannot be written"),
        created_aside(str(tmp_path / "pers.db"), force=True),
    ):
        pass
    assert os.listdir(tmp_path) == ["pers.db"]
