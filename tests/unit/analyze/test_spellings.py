"""What is known of characters: classes for regular expressions, learned from the texts that come."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.analyze.spellings import BLOCK, Spellings, character_class
from corpus_tool.text.fold import fold


@given(st.sets(st.characters(), min_size=1), st.characters())
def test_a_class_holds_its_characters_and_no_other(characters: set[str], other: str) -> None:
    """A class matches a character if and only if it was made of it, half surrogates and brackets too."""
    made = re.compile(character_class(characters))
    assert all(made.fullmatch(character) for character in characters)
    assert (made.fullmatch(other) is not None) == (other in characters)


@pytest.mark.parametrize(
    ("folded", "spelled"),
    [("e", "eEéÈëê"), ("oe", "œŒ"), ("'", "'’‘"), ("-", "-–—‑"), ("ss", "ß"), ("ij", "ĳĲ"), ('"', "«»“”")],
)
def test_spellings_are_those_of_the_fold(folded: str, spelled: str) -> None:
    """Letters with accents, joined letters, apostrophes and dashes are known at once."""
    assert set(spelled) <= set(Spellings().of[folded])


def test_characters_are_learned_by_blocks_when_they_are_met() -> None:
    """A letter of a block never met is unknown until a text holds it; then its neighbors are known, too."""
    known = Spellings()
    before = known.version
    known.learn("Łódź, l’œuvre… 10 €")
    assert known.version == before
    assert "ж" not in known.of
    known.learn("Журнал")
    assert known.version == before + 1
    assert known.of["ж"] == ["Ж", "ж"]
    assert "я" in known.word
    known.learn("Журнал")
    assert known.version == before + 1


def test_what_words_are_made_of() -> None:
    """Letters, digits, marks and soft hyphens stand in words; apostrophes, hyphens and underscores do not."""
    known = Spellings()
    word = re.compile(f"{known.classes.word}+")
    for inside in ("aé9ß", "e\u0301", "sa\u00admen", "ªº²"):
        assert word.fullmatch(inside), inside
    for outside in "'’-_ .€\u00a0":
        assert not word.fullmatch(outside)
        assert re.fullmatch(known.classes.other, outside)


def test_everything_can_be_learned() -> None:
    """A text of one character of each block makes all of Unicode known, each under its fold."""
    known = Spellings()
    known.learn("".join(map(chr, range(0, sys.maxunicode + 1, BLOCK))))
    of = {character: folded for folded, characters in known.of.items() for character in characters}
    everything = list(map(chr, range(sys.maxunicode + 1)))
    assert [of.get(character, "") for character in everything] == list(map(fold, everything))
