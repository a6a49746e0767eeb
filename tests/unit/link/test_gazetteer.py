"""Names of places, months and peoples stand for their concepts in every language."""

from __future__ import annotations

import pytest

from corpus_tool.link.gazetteer import gazetteer
from corpus_tool.link.terms import romanized


@pytest.mark.parametrize(
    ("language", "form", "concept"),
    [
        ("nl", "Amerikaanse", "@US"),
        ("fr", "américaines", "@US"),
        ("en", "Americans", "@US"),
        ("de", "amerikanischen", "@US"),
        ("nl", "Duitsland", "@DE"),
        ("fr", "Allemagne", "@DE"),
        ("fr", "italienne", "@IT"),
        ("nl", "Portugese", "@PT"),
        ("nl", "Afghanen", "@AF"),
        ("nl", "VS", "@US"),
        ("nl", "vs", None),
        ("nl", "Londen", "@city:London"),
        ("fr", "Londres", "@city:London"),
        ("en", "March", "@month:3"),
        ("en", "march", None),
        ("fr", "mars", "@month:3"),
        ("de", "Dienstag", "@weekday:1"),
        ("fr", "turkije", None),
        ("en", "turkey", None),
    ],
)
def test_single_words(language: str, form: str, concept: str | None) -> None:
    """Inflected forms count; what is a name in capitals alone does not count without them."""
    found = gazetteer(language).concept(form, romanized(form))
    assert found == concept


def test_names_of_several_words() -> None:
    """The longest name wins, and a word belongs to one name."""
    forms = ["de", "Verenigde", "Staten", "en", "Nieuw", "Zeeland"]
    found = [(n.concept, n.at, n.length) for n in gazetteer("nl").names(forms, list(map(romanized, forms)))]
    assert found == [("@US", 1, 2), ("@NZ", 4, 2)]


def test_an_unknown_language_has_english_names() -> None:
    """A language without a list still knows the international names."""
    assert gazetteer("xx").concept("Berlin", "berlin") == "@city:Berlin"


def test_other_scripts() -> None:
    """A country in Cyrillic is the same concept."""
    pytest.importorskip("anyascii")
    assert gazetteer("ru").concept("Германия", romanized("Германия")) == "@DE"
