"""Writing a corpus file: batches that are whole or not there, runs that leave a trace only where they wrote."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from corpus_tool.corpus import Corpus
from corpus_tool.errors import CorpusToolError, Diagnostic
from corpus_tool.model.article import Article
from corpus_tool.model.receipt import FileReport
from corpus_tool.store import writing
from corpus_tool.store.store import Store
from corpus_tool.store.writing import Prepared, Writing, own_place, prepare, stored_article, transaction
from tests.unit.building import article, numbered, source


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty corpus file, open to write."""
    return Store.create(str(tmp_path / "pers.db"))


def begun(store: Store) -> Writing:
    """A run of adding."""
    return Writing(store, "add", "1.0", {"detector": "none"})


def ready(item: Article) -> Prepared:
    """An article with some raw record."""
    return prepare(item, item.text.encode(), "{}")


def counts(store: Store) -> dict[str, int]:
    """How many rows each table has, of those that have any."""
    tables = ("articles", "records", "sources", "runs", "files", "diagnostics", "corrections", "articles_fts_docsize")
    found = {name: int(store.value(f"SELECT count(*) FROM {name}")) for name in tables}
    return {name: number for name, number in found.items() if number}


def test_a_batch_is_written_when_it_is_full(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Article by article nothing, with the last of a batch all of it; the rest at the end."""
    monkeypatch.setattr(writing, "BATCH_ARTICLES", 3)
    run, seen = begun(store), []
    for item in numbered(7):
        run.add(ready(item))
        seen.append(store.count())
    assert seen == [0, 0, 3, 3, 3, 6, 6]
    run.end({"stored": 7})
    assert counts(store) == {"articles": 7, "records": 7, "sources": 1, "runs": 1, "articles_fts_docsize": 7}
    assert (run.stored, run.known_elsewhere) == (7, 0)
    assert store.value("SELECT totals FROM runs") == '{"stored":7}'


def test_a_batch_ends_by_bytes_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long articles do not fill the memory."""
    item = ready(numbered(1)[0])
    monkeypatch.setattr(writing, "BATCH_BYTES", len(item.text) + len(item.raw or b""))
    run = begun(store)
    run.add(item)
    assert store.count() == 1


def test_a_batch_that_fails_is_not_there(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written before it stays; of the batch itself there is no row in any table."""
    monkeypatch.setattr(writing, "BATCH_ARTICLES", 2)
    run = begun(store)
    one, two, three, four = map(ready, numbered(4))
    run.add(one)
    run.add(two)
    before = counts(store)
    run.add(three)
    nothing: Any = None
    with pytest.raises(CorpusToolError):
        run.add(four._replace(row=four.row._replace(digest=nothing)))  # the schema wants one
    assert counts(store) == before == {
        "articles": 2, "records": 2, "sources": 1, "runs": 1, "articles_fts_docsize": 2,
    }  # fmt: skip
    assert not store.connection.in_transaction


def test_what_another_writer_stored_is_counted_apart(store: Store) -> None:
    """Two writers of the same articles: each is stored once."""
    first, second = begun(store), begun(store)
    for item in numbered(3):
        first.add(ready(item))
    for item in numbered(5):
        second.add(ready(item))
    first.end({})
    second.end({})
    assert (first.stored, second.stored, second.known_elsewhere) == (3, 2, 3)
    assert [item.name for item in store.articles()] == ["n1", "n2", "n3", "n4", "n5"]


def test_a_run_that_writes_nothing_leaves_no_trace(store: Store) -> None:
    """No run, no file: neither with nothing at all nor with a file that was known."""
    run = begun(store)
    run.add_report(FileReport("a.txt"))
    run.end({})
    assert counts(store) == {}


def test_a_file_that_gave_nothing_is_told_once(store: Store) -> None:
    """The same damage the second time is no news; another outcome is."""
    damage = Diagnostic("bad-record", "geen \udce9", "a\udce9.txt", 2, 7, 90)
    for rejected in (1, 1, 2):
        run = begun(store)
        run.add_report(
            FileReport("a\udce9.txt", reason="bad-record", rejected=rejected, diagnostics=[damage] * rejected)
        )
        run.end({})
    assert counts(store) == {"runs": 2, "files": 2, "diagnostics": 3}
    told = store.connection.execute("SELECT code, severity, record, line, byte, message FROM diagnostics").fetchone()
    assert told == ("bad-record", "rejected", 2, 7, 90, "geen \udce9".encode("utf-8", "surrogatepass"))


def test_sources_are_written_once(store: Store) -> None:
    """Articles of one file share its row; the same path with other bytes is another source."""
    run = begun(store)
    places = [source(), source(path="b"), source(), source(sha256="1" * 64), source(sha256=None), source(sha256=None)]
    for item, place in zip(numbered(6), places, strict=True):
        run.add(ready(article(id=item.id, source=place)))
    run.end({})
    assert [row[0] for row in store.rows("SELECT source FROM articles ORDER BY number")] == [1, 2, 1, 3, 4, 4]


def test_other_places_are_kept_once_each(store: Store) -> None:
    """Also of an article that is concluded later; neither its own place nor one of a stream is written."""
    run = begun(store)
    own = source(path="a.txt")
    run.add_place("f" * 16, "b.txt")
    run.flush()
    run.add(ready(article(id="f" * 16, source=own)))
    run.add(ready(article(id="e" * 16, source=source(also=None))))
    for place in ("a.txt", "c.txt#2", "b.txt"):
        run.add_place("f" * 16, place)
        run.add_place("e" * 16, place)
    run.end({})
    assert stored_article(store, "f" * 16).source.also == ("b.txt", "c.txt#2")
    assert stored_article(store, "e" * 16).source.also is None
    with Corpus.open(store.path) as corpus:  # the digest was written with them
        from corpus_tool.store.rows import digest_of

        assert dict(corpus.store.rows("SELECT id, digest FROM articles")) == {
            item.id: digest_of(item) for item in corpus.find()
        }


def test_own_place() -> None:
    """The path, with the record where it is not the first."""
    assert own_place(article(source=source(path="a", record=1))) == "a"
    assert own_place(article(source=source(path="a", record=2))) == "a#2"


def test_corrections_come_along(store: Store) -> None:
    """What was corrected by hand in another corpus file stays corrected."""
    run = begun(store)
    run.add(ready(article())._replace(corrections=(("date", '"2018"', "{}", "2026"),)))
    run.end({})
    assert list(store.rows("SELECT * FROM corrections")) == [(1, "date", '"2018"', "{}", "2026")]


@pytest.mark.parametrize("error", [KeyboardInterrupt, sqlite3.OperationalError("disk I/O error"), ValueError])
def test_a_transaction_is_undone_by_any_error(store: Store, error: Any) -> None:
    """Ctrl-C too; the next one can begin."""

    def broken_off() -> None:
        with transaction(store) as connection:
            connection.execute("INSERT INTO oddly_spelled VALUES (1)")
            raise error

    with pytest.raises((KeyboardInterrupt, CorpusToolError, ValueError)):
        broken_off()
    assert store.value("SELECT count(*) FROM oddly_spelled") == 0
    with transaction(store):
        pass


def test_an_index_that_names_what_is_not_there(store: Store) -> None:
    """An id without its article is damage, told in words."""
    with pytest.raises(CorpusToolError, match="an index names article"):
        stored_article(store, "0" * 16)
