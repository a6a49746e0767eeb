"""Changing articles where they stand: rows, records, corrections and the index stay in step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus_tool.model.article import Article
from corpus_tool.model.evidence import Evidence, Inferred
from corpus_tool.store.changing import (
    Change,
    any_corrections,
    corrected_fields,
    corrections_of,
    keeping,
    remove,
    take_back,
    write_change,
    write_correction,
)
from corpus_tool.store.store import Store
from corpus_tool.store.writing import Writing, prepare, stored_article, transaction
from tests.unit.building import PROSE, article, numbered

TITLES = (None, "Kop", "\ud83d odd", "Łódź")


def stored(*items: Article) -> Store:
    """A corpus of articles with raw records, in memory."""
    store = Store.in_passing()
    run = Writing(store, "add", "1.0", {})
    for item in items:
        run.add(prepare(item, item.text.encode("utf-8", "surrogatepass"), "{}"))
    run.end({})
    return store


def found(store: Store, word: str) -> list[int]:
    """The numbers of the articles in which the index has a word."""
    sql = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid"
    return [row[0] for row in store.rows(sql, (word,))]


def check_index(store: Store) -> None:
    """The index holds what the table holds, word for word; sqlite3.DatabaseError otherwise."""
    store.connection.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 1)")


def written(store: Store, old: Article, new: Article) -> None:
    """Write a change of one article."""
    with transaction(store) as connection:
        write_change(connection, Change(old, prepare(new, new.text.encode(), "{}")))


@pytest.mark.parametrize("before", TITLES)
@pytest.mark.parametrize("after", [*TITLES, "Nieuw"])
def test_the_index_follows_the_title(before: str | None, after: str | None) -> None:
    """From any title to any other, none among them, the index is in step, and the oddly spelled are known."""
    one, old, three = (replace(item, title=before) for item in numbered(3))
    store = stored(one, old, three)
    new = replace(old, title=after)
    written(store, old, new)
    check_index(store)
    assert list(store.articles()) == [one, new, three]
    assert found(store, "nieuw") == ([2] if after == "Nieuw" else [])
    odd = [number for number, item in enumerate((one, new, three), 1) if item.title == "Łódź"]
    assert [row[0] for row in store.rows("SELECT article FROM oddly_spelled ORDER BY 1")] == odd


def test_the_index_follows_the_text() -> None:
    """The old words are gone, the new ones found; the record, packed against the text, comes back."""
    old = article()
    store = stored(old, article(id="f" * 16))
    new = replace(old, text="Heel andere woorden over smørrebrød.", characters=36, words=5)
    written(store, old, new)
    check_index(store)
    assert (found(store, "debat"), found(store, "andere")) == ([2], [1])
    assert store.raw_record(new) == (new.text.encode(), "{}")
    assert store.value("SELECT article FROM oddly_spelled") == 1
    written(store, new, old)
    check_index(store)
    assert store.value("SELECT article FROM oddly_spelled") is None


def test_the_index_is_left_alone_where_its_words_are_the_same() -> None:
    """A new date writes no segment of the index."""
    old = article()
    store = stored(old)
    before = store.value("SELECT count(*) FROM articles_fts_data"), store.value("SELECT sum(id) FROM articles_fts_data")
    with transaction(store) as connection:
        write_change(connection, Change(old, prepare(replace(old, date="2018"), None, None)))
    after = store.value("SELECT count(*) FROM articles_fts_data"), store.value("SELECT sum(id) FROM articles_fts_data")
    assert after == before
    assert store.raw_record(old) == (old.text.encode(), "{}")


def test_removing_takes_everything_of_an_article() -> None:
    """Rows, record, corrections and index; the others stay, and adding goes on after the last number."""
    items = [replace(item, title="Łódź") for item in numbered(3)]
    store = stored(*items)
    with transaction(store) as connection:
        write_correction(connection, items[0], "title", "Kop")
        remove(connection, [1, 3])
    check_index(store)
    assert list(store.articles()) == [items[1]]
    assert found(store, "raad") == [2]
    for table in ("records", "oddly_spelled"):
        assert [row[0] for row in store.rows(f"SELECT article FROM {table}")] == [2]
    assert not any_corrections(store)
    run = Writing(store, "add", "1.0", {})
    run.add(prepare(items[0], b"", None))
    run.end({})
    assert store.number_of(items[0].id) == 3


INFERRED = Inferred("kop", 0.7, (Evidence("2018", "field", 0, 4, "veld"),), ("2017",))
FULL = article(
    date="2018",
    outlet="Krant",
    authors=("An", "Jo"),
    extra={"a": 1, "b": [2]},
    inference={"date": INFERRED, "language": None, "title": None},
)


@pytest.mark.parametrize(
    "field", ["title", "date", "language", "authors", "outlet", "section", "url", "extra.a", "extra.c"]
)
def test_what_was_there_before_the_first_correction_comes_back(field: str) -> None:
    """Value, bounds and reasons, also after a second correction; then the correction is forgotten."""
    store = stored(FULL)
    other = replace(
        FULL, title="X", date=None, date_earliest=None, date_latest=None, language="fr", authors=(), extra={}
    )
    with transaction(store) as connection:
        write_correction(connection, FULL, field, "een")
        write_correction(connection, other, field, "twee")
    assert corrected_fields(store, FULL.id) == (field,)
    [(_, value, _, _)] = corrections_of(store, FULL.id)
    assert value == '"twee"'
    corrected = keeping(other, FULL, ())
    with transaction(store) as connection:
        assert take_back(store, connection, corrected, field) == FULL
        assert take_back(store, connection, corrected, field) is None
    assert not any_corrections(store)


def test_a_new_conclusion_keeps_what_was_corrected() -> None:
    """Corrected fields as they stand, with their reasons; all others as they were concluded."""
    user = Inferred("user", 1.0, (), ())
    old = replace(FULL, title="Van mij", extra={"a": "van mij"}, inference={**FULL.inference, "date": user})
    new = replace(
        FULL,
        title="Gevonden",
        date="2020",
        date_earliest="2020-01-01",
        date_latest="2020-12-31",
        extra={"a": 9, "z": 8},
    )
    kept = keeping(old, new, ("date", "extra.a", "extra.weg"))
    assert (kept.date, kept.date_earliest, kept.inference["date"]) == ("2018", "2018-01-01", user)
    assert (kept.title, kept.extra) == ("Gevonden", {"a": "van mij", "z": 8})
    assert keeping(FULL, new, ()) == new
    assert keeping(old, new, ()).date == "2018"  # set by hand before an export


def test_text_with_half_surrogates_can_be_changed() -> None:
    """A title that SQLite takes as a blob leaves the index in step."""
    old = article(title="\ud83d kop", text=PROSE)
    store = stored(old)
    written(store, old, replace(old, title="kop"))
    check_index(store)
    assert stored_article(store, old.id).title == "kop"
