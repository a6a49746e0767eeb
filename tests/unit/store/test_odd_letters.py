"""Letters that an index and a concordance take for different ones: which texts a concordance must look into."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from corpus_tool.analyze.node_pattern import compile_node
from corpus_tool.store.odd_letters import MOST_CHOICES, expression_for, oddly_spelled
from corpus_tool.text.fold import fold


@pytest.mark.parametrize(
    "text",
    ["", "plain", "l’été à Liège", "Zoë – ça", "œuf", "Æsop", "Weiß", "ĳs", "« non »", "50 €", "naïef", "Ελλάδα"[:0]],
)
def test_usual_texts(text: str) -> None:
    """ASCII, accents, typographic signs, and the joined letters that every search spells out."""
    assert not oddly_spelled(text)


@pytest.mark.parametrize(
    "text", ["Łódź", "smørrebrød", "ﬁn", "m²", "CO₂", "sa\u00admen", "a\u200bb", "😀", "ｗ", "ſo", "lʼICE", "₽500"]
)
def test_odd_texts(text: str) -> None:
    """Letters that fold to others than the index has, and characters that nobody sees within a word."""
    assert oddly_spelled(text)


@pytest.mark.parametrize("letter", list("éèüçñåøłđðþħŧıœæßĳſﬁﬂ²³₂ªº½Ⅳ①ｗаёйїґ\u00ad\u200b\u2060'’ʼ-–₽⏸€©ʹ"))
def test_a_hit_beside_a_letter_is_proposed(letter: str) -> None:
    """Where a concordance finds the word or a part of it, the index does, or the text counts as odd."""
    text = f"ab{letter}cd"
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics 2')")
        connection.execute("INSERT INTO t VALUES (?)", (text,))
        for typed in (text, fold(text), "ab", "cd", "ab*"):
            pattern = compile_node(typed)
            if oddly_spelled(text) or not list(pattern.spans(text)):
                continue
            expression = expression_for((term.folded, term.prefix) for term in pattern.terms if term is not None)
            assert expression is not None
            found = connection.execute("SELECT count(*) FROM t WHERE t MATCH ?", (expression,)).fetchone()
            assert found == (1,), typed


def test_all_terms_are_asked_for() -> None:
    """Words and beginnings of words, all of which a text must have."""
    assert expression_for([("bus", False), ("kran", True)]) == '("bus") AND ("kran"*)'
    assert expression_for([]) is None


def test_a_word_with_too_many_spellings_is_left_out() -> None:
    """The index is not asked for what it may have in more spellings than are tried."""
    many = "oe" * (MOST_CHOICES + 1)
    assert expression_for([(many, False)]) is None
    assert expression_for([(many, False), ("bus", False)]) == '("bus")'
    allowed = expression_for([("oe" * MOST_CHOICES, False)])
    assert allowed is not None
    assert "œ" * MOST_CHOICES in allowed
