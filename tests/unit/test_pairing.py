"""Twins of a corpus file: kept with their reasons, brought up to date, and the dates that follow from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.link.dating import approximate_date
from corpus_tool.model.article import Article
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.evidence import Inferred
from corpus_tool.pairing import (
    ALONE,
    TwinSearch,
    accept_dates,
    check_knows_twins,
    explained,
    find_twins,
    is_up_to_date,
    kept_search,
    kept_twins,
    languages_of,
    pair_of,
    suggested_dates,
    why_not,
)
from corpus_tool.store.changing import Change, remove, write_change
from corpus_tool.store.links import kept
from corpus_tool.store.store import Store
from corpus_tool.store.twins import not_featured
from corpus_tool.store.writing import Writing, prepare, transaction
from tests.unit.building import article
from tests.unit.link.stories import DUTCH, FRENCH, story

STORIES = 44  # more than 40: the corpus has statistics of its own
UNDATED = 3


def told(number: int, language: str) -> Article:
    """A story in a language; of June 2018, but one of the French ones is undated."""
    pattern, digit = (DUTCH, "a") if language == "nl" else (FRENCH, "b")
    text = story(number, pattern)
    dated = language == "nl" or number != UNDATED
    date = f"2018-06-{1 + number % 28:02}" if dated else None
    made = article(
        id=f"{digit}{number:015x}", name=f"{language}-{number}", title=None, text=text, language=language, date=date
    )
    if date is None:
        return made
    return replace(made, inference={**made.inference, "date": Inferred("field", 1.0, (), ())})


def add(store: Store, items: list[Article]) -> None:
    """Keep articles."""
    writing = Writing(store, "add", "1.0", {})
    for each in items:
        writing.add(prepare(each, None, None))
    writing.end({})


@pytest.fixture
def store() -> Iterator[Store]:
    """Forty-four stories in Dutch, of which all but the last are told in French too."""
    with Store.in_passing() as made:
        add(made, [told(number, "nl") for number in range(STORIES)])
        add(made, [told(number, "fr") for number in range(STORIES - 1)])
        yield made


def pairs(store: Store) -> set[tuple[str, str]]:
    """The pairs that are kept, in short."""
    return {(each.pair.a, each.pair.b) for each in kept_twins(store)}


def both(number: int) -> tuple[str, str]:
    """The ids of a story in French and in Dutch."""
    return f"b{number:015x}", f"a{number:015x}"


def test_twins_are_kept_with_their_reasons(store: Store) -> None:
    """What is found is what is kept, in the same order; the places of the evidence are those of its texts."""
    with pytest.raises(CorpusToolError, match="not looked for"):
        check_knows_twins(store)
    found = find_twins(store, TwinSearch())
    assert list(kept_twins(store)) == found
    assert pairs(store) == {both(number) for number in range(STORIES - 1)}
    assert kept_search(store) == TwinSearch(languages=("fr", "nl"))  # those of the first time
    one = next(each for each in found if each.pair.a == both(7)[0])
    assert list(kept_twins(store, both(7)[1])) == [one]
    pair = explained(store, one)
    texts = {each.id: each.text for each in store.articles()}
    assert sum(piece.share for piece in pair.evidence) == pytest.approx(1, abs=1e-3)
    placed = [(side, text) for piece in pair.evidence for side, text in ((piece.a, pair.a), (piece.b, pair.b))]
    assert placed
    for side, identifier in placed:
        assert all(texts[identifier][start:end] for start, end in side.spans)


def test_the_languages_of_most_articles(store: Store) -> None:
    """Where none are named; articles in a regional variety count with their language."""
    add(store, [replace(told(90 + n, "nl"), id=f"c{n:015x}", language="de") for n in range(3)])
    add(store, [replace(told(95, "nl"), language="nl-BE")])
    assert languages_of(store, TwinSearch()) == ("fr", "nl")
    assert languages_of(store, TwinSearch(languages=("nl", "de"))) == ("nl", "de")
    assert find_twins(store, TwinSearch(languages=("nl", "xx"))) == []
    assert not_featured(store, "nl") == []  # the one of nl-BE as well
    assert len(not_featured(store, "de")) == 3


def test_only_what_is_new_is_read(store: Store) -> None:
    """Features of the others are those kept; articles of other languages make no difference."""
    find_twins(store, TwinSearch())
    add(store, [told(STORIES - 1, "fr")])
    state = kept(store, "twins")
    assert state is not None
    assert not state.up_to_date
    read: list[int] = []
    find_twins(store, TwinSearch(), read.append)
    assert len(read) == 1
    assert both(STORIES - 1) in pairs(store)
    search = TwinSearch(languages=("fr", "nl"))
    assert is_up_to_date(store, search)
    assert not is_up_to_date(store, TwinSearch(languages=("nl", "fr")))
    add(store, [replace(told(80, "nl"), id=f"c{1:015x}", language="de")])
    assert is_up_to_date(store, search)
    add(store, [replace(told(81, "nl"), id=f"c{2:015x}", language="nl-BE")])
    assert not is_up_to_date(store, search)


def test_what_goes_or_changes(store: Store) -> None:
    """A pair goes with its article, and is told to be out of date; a changed text is read again."""
    find_twins(store, TwinSearch())
    with transaction(store) as connection:
        remove(connection, [1])
    assert both(0) not in pairs(store)
    old = next(iter(store.by_key(both(5)[1], 1)))
    with transaction(store) as connection:
        write_change(connection, Change(old, prepare(replace(old, text=story(60, DUTCH)), None, None)))
    state = kept(store, "twins")
    assert state is not None
    assert not state.up_to_date
    find_twins(store, TwinSearch())
    assert pairs(store) == {both(number) for number in range(1, STORIES - 1) if number != 5}


def test_features_of_another_version_are_made_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """They would be passed over in silence otherwise."""
    with monkeypatch.context() as before:
        before.setattr("corpus_tool.link.features.VERSION", 0)
        find_twins(store, TwinSearch())
    add(store, [told(STORIES - 1, "fr")])
    assert len(find_twins(store, TwinSearch())) == STORIES


def test_dates_from_sure_twins(store: Store) -> None:
    """Suggested for the undated one, written on request as a month, never twice; it may not vouch for its twin."""
    found = find_twins(store, TwinSearch())
    (suggestion,) = suggested_dates(store, found)
    identifier = both(UNDATED)[0]
    assert (suggestion.id, str(suggestion.date)) == (identifier, "2018-06~")
    assert next(iter(store.by_key(identifier, 1))).date is None
    assert accept_dates(store, [suggestion]) == 1
    dated = next(iter(store.by_key(identifier, 1)))
    assert (dated.date, dated.date_earliest, dated.date_latest) == ("2018-06~", "2018-06-01", "2018-06-30")
    inferred = dated.inference["date"]
    assert inferred is not None
    assert (inferred.method, inferred.evidence[0].rule) == ("twin", f"twin-{both(UNDATED)[1]}")
    state = kept(store, "twins")
    assert state is not None
    assert state.up_to_date
    assert list(suggested_dates(store, kept_twins(store))) == []
    assert accept_dates(store, [suggestion]) == 0
    add(store, [told(STORIES - 1, "fr")])
    again = next(each for each in find_twins(store, TwinSearch()) if each.pair.a == identifier)
    assert again.pair.dates.a is None


def test_a_date_that_is_none_by_hand(store: Store) -> None:
    """Who says that an article has no date is not told otherwise by its twin."""
    found = find_twins(store, TwinSearch())
    (suggestion,) = suggested_dates(store, found)
    old = next(iter(store.by_key(suggestion.id, 1)))
    by_hand = replace(old, inference={**old.inference, "date": Inferred("user", 1.0, (), ())})
    with transaction(store) as connection:
        write_change(connection, Change(old, prepare(by_hand, None, None)))
    assert list(suggested_dates(store, found)) == []
    assert accept_dates(store, [suggestion]) == 0


def test_why_not(store: Store) -> None:
    """Two that tell different stories, and two of one language; the articles may be named in either order."""
    articles = {each.id: each for each in store.articles()}
    pair = why_not(store, TwinSearch(), articles[both(1)[1]], articles[both(2)[0]])
    assert (pair.a, pair.b, pair.tier) == (both(1)[1], both(2)[0], None)
    assert any("not mutual" in reason for reason in pair.reasons)
    assert why_not(store, TwinSearch(), articles[both(1)[0]], articles[both(1)[1]]).reasons == ()
    with pytest.raises(UsageError, match="both in nl"):
        why_not(store, TwinSearch(), articles[both(1)[1]], articles[both(2)[1]])


def test_a_pair_without_a_search(store: Store) -> None:
    """Two articles are compared by themselves, and have no tier; as kept, once twins were looked for."""
    one, other = (next(iter(store.by_key(identifier, 1))) for identifier in both(4))
    alone = pair_of(store, other, one)
    assert (alone.a, alone.b, alone.tier) == (other.id, one.id, None)
    assert alone.reasons == (ALONE,)
    find_twins(store, TwinSearch())
    kept_pair = explained(store, next(kept_twins(store, one.id)))
    assert pair_of(store, one, other) == kept_pair
    turned = pair_of(store, other, one)
    assert (turned.a, turned.b) == (other.id, one.id)
    assert [piece.b for piece in turned.evidence] == [piece.a for piece in kept_pair.evidence]


def test_a_month_is_the_most_precise() -> None:
    """A suggested date is never a day."""
    assert approximate_date("2018-06-18") == EdtfDate.parse("2018-06~")
