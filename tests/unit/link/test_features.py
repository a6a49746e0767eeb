"""Features of an article: its terms and their counts, where they stand, its days, and their form to be kept."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.link import features
from corpus_tool.link.features import Features, count_terms, features_of, places_of_terms
from corpus_tool.model.evidence import Inferred
from corpus_tool.model.langtag import primary
from tests.unit.building import article

WORDS = """
de Verenigde Staten Nieuw Zeeland 20 miljoen , . l’Union 5 % vingt 2018 Amerikaanse maart straat é œuvre new
"""
TEXTS = st.lists(st.sampled_from([*WORDS.split(), "Verenigde Staten", "20 miljoen"]), max_size=25).map(" ".join)


@given(TEXTS, st.sampled_from(["nl", "fr", "en", "de", "fi"]))
def test_places_and_counts_agree(text: str, language: str) -> None:
    """There are as many places of each term as are counted, all inside the text and apart from each other."""
    places = places_of_terms(text, language)
    counted: dict[str, int] = {}
    for place in places:
        counted[place.term] = counted.get(place.term, 0) + 1
    assert counted == count_terms(text, language)
    assert all(one.end <= other.start for one, other in pairwise(places))
    some = set(sorted(counted)[::2])
    assert places_of_terms(text, language, some) == [place for place in places if place.term in some]


def test_no_name_goes_on_behind_a_number() -> None:
    """Two words with a number between them are no name."""
    assert "@US" not in count_terms("De Verenigde 20 Staten", "nl")


def test_title_counts_and_offsets_are_of_the_text() -> None:
    """A term that only the title has is counted, and has no place in the text."""
    found = features_of(article(title="Brug over de Vliet dicht", text="Er is schade.", language="nl-BE"))
    assert found.counts["vliet"] == 1
    assert found.language == "nl"
    assert "vliet" in found.names


def test_days_and_where_they_are_from() -> None:
    """A month runs over its days; a date of a name or a dateline is inferred, one of a field is not."""
    stated = article(date="2018-06")
    assert features_of(stated).days == ("2018-06-01", "2018-06-30")
    for method, inferred in (("field", False), ("header", False), ("dateline", True), ("name", True)):
        dated = replace(stated, inference={**stated.inference, "date": Inferred(method, 0.9)})
        assert features_of(dated).inferred is inferred


def test_a_date_from_a_twin_does_not_vouch_for_it() -> None:
    """An article whose date came from its twin is undated when twins are looked for again."""
    dated = article(date="2018-06")
    dated = replace(dated, inference={**dated.inference, "date": Inferred("twin", 0.8)})
    assert features_of(dated).days is None


TERM = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1, max_size=5)


@given(
    st.dictionaries(TERM, st.integers(1, 9) | st.integers(250, 70_000)),
    st.frozensets(TERM, max_size=3),
    st.none() | st.integers(1, 800_000),
)
def test_kept_features_come_back(counts: dict[str, int], names: frozenset[str], day: int | None) -> None:
    """What was kept is read again, and its bytes do not depend on the order of the terms."""
    item = Features("a1", "nl", counts, names | frozenset(list(counts)[:2]), day, day, day is not None)
    turned = replace(item, counts=dict(reversed(list(counts.items()))))
    assert Features.from_bytes(item.to_bytes()) == item
    assert turned.to_bytes() == item.to_bytes()


def test_features_of_another_version_are_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes of another version give nothing, so that the article is read anew."""
    kept = Features("a1", "nl", {"raad": 1}).to_bytes()
    monkeypatch.setattr(features, "VERSION", features.VERSION + 1)
    assert Features.from_bytes(kept) is None


def test_kept_features_are_small() -> None:
    """An article of two hundred words takes fewer bytes than its words have letters, and none but the given."""
    words = [f"{first}{second}woord{last}" for first in "bdgkl" for second in "aeiou" for last in "bdgklmn"]
    kept = Features("a1", "nl", dict.fromkeys(words, 1), frozenset(words[:30]), 736_000, 736_000).to_bytes()
    assert len(kept) < len("".join(words)) / 2
    assert Features.from_bytes(Features("", "nl", {}).to_bytes()) == Features("", "nl", {})


def test_primary_language() -> None:
    """Region and script do not part articles of a language; no language is one of its own."""
    assert (primary("nl-BE"), primary(None)) == ("nl", "und")
