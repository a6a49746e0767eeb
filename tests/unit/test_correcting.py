"""Corrections by hand: kept with evidence "user", checked before anything is written, taken back whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus_tool.corpus import Corpus
from corpus_tool.correcting import CORRECTABLE, checked
from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.model.article import Article
from corpus_tool.model.evidence import Evidence, Inferred
from corpus_tool.model.options import ReadOptions
from corpus_tool.query import Query
from corpus_tool.store.rows import digest_of
from tests.unit.building import PROSE


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    """A corpus file of one article that states a few fields."""
    (tmp_path / "a.txt").write_text(
        f"Titel: Oude kop\nDatum: 20 juni 2018\nKrant: Voorbeeldkrant\nAuteur: An\nPagina: 4\n\n{PROSE}\n"
    )
    with Corpus.create(tmp_path / "pers.db") as made:
        made.add(tmp_path / "a.txt", options=ReadOptions(detector="none"))
        yield made


def only(corpus: Corpus) -> Article:
    """The article as it stands, its digest checked."""
    [item] = corpus.find()
    assert corpus.store.value("SELECT digest FROM articles") == digest_of(item)
    return item


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("title", "  Nieuwe\u00a0 kop ", "Nieuwe kop"),
        ("date", "2018-06", "2018-06"),
        ("date", "2018-06-01/2018-06-15", "2018-06-01/2018-06-15"),
        ("language", "Frans", "fr"),
        ("language", "nld", "nl"),
        ("authors", "An Peeters; ;Jo Maes ", ("An Peeters", "Jo Maes")),
        ("outlet", "De\tAndere", "De Andere"),
        ("section", "Cultuur", "Cultuur"),
        ("url", "https://example.org/a?b=c", "https://example.org/a?b=c"),
    ],
)
def test_each_field(corpus: Corpus, field: str, typed: str, value: object) -> None:
    """Cleaned and checked like what is read; for what is inferred the evidence is the user's word."""
    before = only(corpus)
    given = corpus.correct("a", {field: typed})
    assert given == only(corpus)
    assert getattr(given, field) == value
    if field in ("title", "date", "language"):
        spans = (Evidence(str(value), "field", 0, len(str(value)), "user"),)
        assert given.inference[field] == Inferred("user", 1.0, spans, () if field == "date" else None)
    assert corpus.undo("a", [field]) == before == only(corpus)


def test_dates_take_their_bounds_along(corpus: Corpus) -> None:
    """First and last day follow from the date that was set; without one there are none."""
    item = corpus.correct("a", {"date": "2018-06"})
    assert (item.date_earliest, item.date_latest) == ("2018-06-01", "2018-06-30")
    item = corpus.correct("a", {"date": ""})
    assert (item.date, item.date_earliest, item.date_latest) == (None, None, None)
    item = corpus.correct("a", {"date": "2018-06/.."})
    assert (item.date_earliest, item.date_latest) == ("2018-06-01", None)


@pytest.mark.parametrize("field", CORRECTABLE)
@pytest.mark.parametrize("typed", ["", "  ", "\u200b"])
def test_an_empty_value_says_that_nothing_is_known(corpus: Corpus, field: str, typed: str) -> None:
    """And that is the user's word, too, which nothing that is inferred replaces."""
    item = corpus.correct("a", {field: typed})
    assert getattr(item, field) in (None, ())
    if field in item.inference:
        inferred = item.inference[field]
        assert inferred is not None
        assert (inferred.method, inferred.evidence) == ("user", ())
    corpus.refresh(["texts"], options=ReadOptions(detector="none"))
    assert getattr(only(corpus), field) in (None, ())


def test_extra_labels(corpus: Corpus) -> None:
    """One more, another value, none; the others stay. A label is spelled as those that are read."""
    assert corpus.correct("a", {"extra.Plaats": "Gent"}).extra == {"Pagina": "4", "Plaats": "Gent"}
    assert corpus.correct("a", {"extra.Pagina": ""}).extra == {"Plaats": "Gent"}
    assert corpus.correct("a", {"extra. a\udce9\tb ": "x"}).extra == {"Plaats": "Gent", "a\ufffd b": "x"}
    corpus.undo("a", ["extra.Pagina"])
    item = corpus.undo("a", ["extra.Plaats", "extra.a\udce9 b"])
    assert item.extra == {"Pagina": "4"}


def test_several_corrections_one_after_another(corpus: Corpus) -> None:
    """What was there before the first one comes back, whatever came between."""
    before = only(corpus)
    corpus.correct("a", {"title": "Een", "date": "2017"})
    corpus.correct("a", {"title": "Twee"})
    assert corpus.undo("a", ["title"]).title == "Oude kop"
    assert only(corpus).date == "2017"
    assert corpus.undo("a", ["date"]) == before


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"date": "gisteren"}, "no date"),
        ({"date": "2018-13"}, "no date"),
        ({"language": "klingon?"}, "no language"),
        ({"text": "x"}, "cannot be corrected"),
        ({"words": "3"}, "cannot be corrected"),
        ({"extra.": "x"}, "cannot be corrected"),
        ({"extra. ": "x"}, "cannot be corrected"),
        ({"extra": "x"}, "cannot be corrected"),
        ({"kleur": "x"}, "cannot be corrected"),
        ({"title": "goed", "date": "fout"}, "no date"),
    ],
)
def test_what_is_refused_changes_nothing(corpus: Corpus, values: dict[str, str], told: str) -> None:
    """One bad value, and none is written; there is no run of it either."""
    before = only(corpus)
    with pytest.raises(UsageError, match=told):
        corpus.correct("a", values)
    with pytest.raises(UsageError, match=told):
        checked(values)
    assert only(corpus) == before
    assert corpus.store.value("SELECT count(*) FROM corrections") == 0
    assert corpus.store.value("SELECT count(*) FROM runs WHERE command = 'set'") == 0


def test_undoing_what_was_not_corrected(corpus: Corpus) -> None:
    """It is said, and what could have been undone beside it stays corrected."""
    corpus.correct("a", {"title": "Nieuw"})
    with pytest.raises(CorpusToolError, match="date of a was not corrected"):
        corpus.undo("a", ["title", "date"])
    assert only(corpus).title == "Nieuw"
    with pytest.raises(UsageError, match="cannot be corrected"):
        corpus.undo("a", ["text"])


def test_the_raw_record_stays_byte_for_byte(corpus: Corpus) -> None:
    """It is packed against title, outlet and address, all of which change."""
    before = corpus.store.raw_record(only(corpus))
    assert before is not None
    item = corpus.correct("a", {"title": "\U0001f600" * 9, "outlet": "", "url": "https://example.org/"})
    assert corpus.store.raw_record(item) == before
    assert corpus.store.raw_record(corpus.undo("a", ["outlet", "title", "url"])) == before


def test_corrections_are_runs(corpus: Corpus) -> None:
    """Who reads the file sees what was set, and when."""
    corpus.correct("a", {"title": "Nieuw"})
    corpus.undo("a", ["title"])
    [first, second] = corpus.store.rows("SELECT options FROM runs WHERE command = 'set'")
    identifier = only(corpus).id
    assert first[0] == f'{{"id":"{identifier}","values":{{"title":"Nieuw"}}}}'
    assert second[0] == f'{{"id":"{identifier}","undo":["title"]}}'


def test_two_who_correct_the_same_article(corpus: Corpus) -> None:
    """What another program set since the article was read stays, and its raw record comes back for both."""
    from corpus_tool import correcting

    read = only(corpus)
    raw = corpus.store.raw_record(read)
    with Corpus.open(corpus.path) as other:
        other.correct("a", {"title": "Van een ander", "outlet": "Krant"})
        assert corpus.store.raw_record(read) == raw  # packed anew since, against another title
        correcting.correct(corpus.to_write(), read, {"section": "Cultuur"})
        item = only(corpus)
        assert (item.title, item.outlet, item.section) == ("Van een ander", "Krant", "Cultuur")
        assert correcting.undo(corpus.to_write(), read, ["title"]).outlet == "Krant"
        other.remove(Query(has=("id",)))
        with pytest.raises(CorpusToolError, match="was removed meanwhile"):
            correcting.correct(corpus.to_write(), read, {"section": "Sport"})
