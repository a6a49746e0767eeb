"""The dictionary that comes with the package: its form, and what it gives."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from corpus_tool import link
from corpus_tool.link.frequent_words import FrequentWords
from corpus_tool.link.terms import romanized

TABLE = Path(link.__file__).parent.parent / "data" / "link" / "frequent_words.tsv"
LANGUAGES = ("nl", "fr", "en", "de")


@pytest.mark.parametrize(("source", "target"), list(permutations(LANGUAGES, 2)))
def test_all_directions(source: str, target: str) -> None:
    """The words for war translate each other in all languages."""
    war = {"nl": "oorlog", "fr": "guerre", "en": "war", "de": "krieg"}
    assert war[target] in FrequentWords().translations(war[source], source, target)
    assert war[source] in FrequentWords().translations(war[target], target, source)


def test_keys() -> None:
    """Words are found by their keys, accents folded; homographs have the words of all their meanings, each once."""
    found = FrequentWords().translations("eglise", "fr", "nl")
    assert list(found) == ["kerk", "kerken"]
    both = FrequentWords().translations("morgen", "nl", "fr")
    assert {"demain", "matin"} <= set(both)
    assert len(both) == len(set(both))


def test_other_languages() -> None:
    """A language that the table does not have gives nothing, nor does one with itself."""
    assert list(FrequentWords().translations("oorlog", "nl", "es")) == []
    assert list(FrequentWords().translations("oorlog", "und", "fr")) == []
    assert list(FrequentWords().translations("oorlog", "nl", "nl")) == []


def test_the_table_is_whole() -> None:
    """Every line has four cells, each with a word that has a key."""
    rows = [row.split("\t") for row in TABLE.read_text(encoding="utf-8").splitlines() if not row.startswith("#")]
    assert tuple(rows[0]) == LANGUAGES
    assert all(len(row) == 4 for row in rows)
    assert [row for row in rows if not all(any(romanized(word) for word in cell.split()) for cell in row)] == []
