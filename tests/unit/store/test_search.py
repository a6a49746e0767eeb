"""Searching: the best first, the newest first, what is counted, and what a limit ranks."""

from __future__ import annotations

import pytest

from corpus_tool.corpus import Corpus
from corpus_tool.errors import UsageError
from corpus_tool.model.article import Article
from corpus_tool.query import Query
from corpus_tool.store import search as searching
from corpus_tool.store.search import Found, search
from corpus_tool.store.store import Store
from tests.unit.building import article

FILLER = "De raad keurde gisteren het plan goed en ging daarna naar huis, zo bleek."


def texts(*said: str, **fields: object) -> list[Article]:
    """Articles of some texts, without titles, named by their place."""
    return [
        article(id=f"{n:016x}", name=str(n), title=None, text=f"{text} {FILLER}", **fields)
        for n, text in enumerate(said, 1)
    ]


def store_of(items: list[Article]) -> Store:
    """A corpus of articles, in memory."""
    return Corpus.in_passing(items).store


def names(found: Found) -> list[str]:
    """The names of the hits."""
    return [hit.article.name for hit in found.hits]


def test_the_best_come_first_and_equal_ones_as_they_were_added() -> None:
    """More of a word in as long a text is better; scores go down."""
    store = store_of(texts("x y haven", "haven x haven", "haven x y", "x y z", "haven haven haven"))
    found = search(store, "haven", Query(), limit=None)
    hits = list(found.hits)
    assert [hit.article.name for hit in hits] == ["5", "2", "1", "3"]
    scores = [hit.score for hit in hits if hit.score is not None]
    assert scores == sorted(scores, reverse=True)
    assert scores[2] == scores[3] > 0
    assert (found.total, found.ranked) == (4, None)


@pytest.mark.parametrize(("limit", "given"), [(0, 0), (1, 1), (3, 3), (9, 4), (None, 4), (10**30, 4)])
def test_a_limit_takes_the_best_and_counts_all(limit: int | None, given: int) -> None:
    """The total is known before the first hit is taken."""
    found = search(store_of(texts(*["haven"] * 4, "x")), "haven", Query(), limit=limit)
    assert found.total == 4
    assert names(found) == ["1", "2", "3", "4"][:given]


def test_conditions_narrow() -> None:
    """Those that SQL decides are counted at once, others while the hits are looked at, the limit all the same."""
    items = texts("haven een", "haven twee", "haven drie", "x vier", "haven vijf")
    store = store_of([*items[:1], article(id="f" * 16, name="fr", language="fr", text="haven"), *items[1:]])
    found = search(store, "haven", Query(languages=("fr",)), limit=5)
    assert (found.total, names(found)) == (1, ["fr"])
    found = search(store, "haven", Query(patterns=("twee|drie|vier|vijf",)), limit=2)
    assert found.total is None
    assert sorted(names(found)) == ["2", "3"]
    assert found.total == 3


def test_the_newest_first() -> None:
    """By the first day that a date can mean, equal ones as they were added, undated ones last; no scores."""
    dates = ("2018", None, "2019-05-01", "2018-01-01", "2020", None, "../2021")
    items = [
        article(id=f"{n:016x}", name=str(n), text="haven" if n != 4 else "x", title=None, date=date)
        for n, date in enumerate(dates)
    ]
    found = search(store_of(items), "haven", Query(), limit=None, newest=True)
    hits = list(found.hits)
    assert [hit.article.name for hit in hits] == ["2", "0", "3", "1", "5", "6"]
    assert {hit.score for hit in hits} == {None}
    assert names(search(store_of(items), "haven", Query(), limit=3, newest=True)) == ["2", "0", "3"]


def test_of_very_many_hits_the_last_added_are_ranked(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says among how many; without a limit, or on request, all are ranked; the newest need no ranking."""
    monkeypatch.setattr(searching, "RANKED", 3)
    items = texts("haven haven haven", "haven haven", "haven", "x", "haven haven", "haven")
    dated = [article(**{**item_fields(item), "date": f"20{n}"}) for n, item in enumerate(items, 10)]
    store = store_of(dated)
    found = search(store, "haven", Query(), limit=2)
    assert (found.total, found.ranked, names(found)) == (None, 3, ["5", "3"])
    found = search(store, "haven", Query(), limit=2, rank_all=True)
    assert (found.total, found.ranked, names(found)) == (5, None, ["1", "2"])
    found = search(store, "haven", Query(), limit=None)
    assert (found.total, found.ranked, names(found)) == (5, None, ["1", "2", "5", "3", "6"])
    found = search(store, "haven", Query(), limit=2, newest=True)
    assert (found.ranked, names(found)) == (None, ["6", "5"])
    found = search(store, "haven", Query(until="2012"), limit=2)  # so few that all are ranked
    assert (found.total, found.ranked, names(found)) == (3, None, ["1", "2"])


def item_fields(item: Article) -> dict[str, object]:
    """What tells these articles apart."""
    return {"id": item.id, "name": item.name, "title": None, "text": item.text}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("haven", ["1", "2"]),
        ("HAVEN", ["1", "2"]),
        ("title:haven", ["2"]),
        ("text:haven", ["1"]),
        ("haven NOT brug", ["2"]),
        ("haven AND brug", ["1"]),
        ("haven OR sluis", ["1", "2", "3"]),
        ('"de haven"', ["1"]),
        ("hav*", ["1", "2"]),
        ("NEAR(haven brug, 2)", ["1"]),
        ("liege", ["3"]),
        ("oeuvre", ["3"]),
        ("niets", []),
    ],
)
def test_what_is_found(typed: str, expected: list[str]) -> None:
    """Words, fields, operators, phrases, beginnings, accents and ligatures, in title and text alike."""
    items = [
        article(id="1" * 16, name="1", title=None, text="In de haven ligt een brug."),
        article(id="2" * 16, name="2", title="Haven", text="Iets anders."),
        article(id="3" * 16, name="3", title=None, text="De sluis van Liège, une œuvre."),
    ]
    assert sorted(names(search(store_of(items), typed, Query(), limit=None))) == expected


@pytest.mark.parametrize("typed", ["", "  ", '"open', "(haven", "NOT haven", "haven AND", "auteur:x"])
def test_a_query_that_cannot_be_read(typed: str) -> None:
    """It is refused before anything is looked up."""
    with pytest.raises(UsageError):
        search(Store.in_passing(), typed, Query(), limit=1)


def test_removed_and_corrected_articles_are_found_as_they_are() -> None:
    """The index is that of today's titles."""
    corpus = Corpus.in_passing(texts("haven", "haven"))
    corpus.correct("1", {"title": "Kanaal"})
    corpus.remove(Query(max_words=0))
    assert names(corpus.search("kanaal")) == ["1"]
    corpus.undo("1", ["title"])
    assert names(corpus.search("kanaal")) == []
    assert len(names(corpus.search("haven"))) == 2
