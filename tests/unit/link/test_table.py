"""The table of links: one link for each pair of terms, of the surest kind."""

from __future__ import annotations

import pytest

pytest.importorskip("rapidfuzz")

from corpus_tool.link.features import Features
from corpus_tool.link.lexicon import WordPairs
from corpus_tool.link.table import SHORT_WORD, Link, link_table
from corpus_tool.link.vocabulary import Vocabulary


def vocabulary(language: str, terms: str, names: str = "") -> Vocabulary:
    """The vocabulary of one article with these terms."""
    counts = dict.fromkeys(terms.split(), 1)
    return Vocabulary.of(language, [Features("x", language, counts, frozenset(names.split()))])


def test_kinds() -> None:
    """Each kind of term is linked as what it is."""
    a = vocabulary("nl", "microsoft @US #2018 %5 migratie grens water")
    b = vocabulary("fr", "microsoft @US #2018 %5 migration frontiere eau")
    links = link_table(a, b, [WordPairs("nl", "fr", [("grens", "frontiere"), ("water", "feu")])])
    assert {(link.a, link.b): link.kind for link in links} == {
        ("microsoft", "microsoft"): "same",
        ("@US", "@US"): "gazetteer",
        ("#2018", "#2018"): "number",
        ("%5", "%5"): "number",
        ("migratie", "migration"): "cognate",
        ("grens", "frontiere"): "dictionary",
    }


def test_short_words_count_less_unless_names() -> None:
    """`son` in two languages is chance, `ICE` as a name in both is not."""
    weight = {
        link.a: link.weight
        for link in link_table(vocabulary("nl", "son ice", "ice"), vocabulary("fr", "son ice", "ice"))
    }
    assert weight == {"son": SHORT_WORD[3], "ice": 1.0}


def test_the_user_goes_first() -> None:
    """A link of the user's stands instead of ours, and one for a term that no article has is left out."""
    own = [Link("raad", "raad", "user", 0.1), Link("weg", "route", "user", 1.0)]
    assert link_table(vocabulary("nl", "raad"), vocabulary("fr", "raad"), user=own) == own[:1]


def test_many_translations_count_less() -> None:
    """A word with four translations in the corpus says less with each than a word with one."""
    pairs = [("zaak", word) for word in ("affaire", "cause", "chose", "cas")] + [("grens", "limite")]
    a, b = vocabulary("nl", "zaak grens"), vocabulary("fr", "affaire cause chose cas limite")
    weight = {link.a: link.weight for link in link_table(a, b, [WordPairs("nl", "fr", pairs)])}
    assert weight["zaak"] == pytest.approx(weight["grens"] / 2)
