"""Terms: words of any script as keys in Latin letters, and names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.link.terms import grams, name_forms, romanized, word_forms, word_spans

LETTERS = st.text(st.sampled_from("abc éŒß’'-. 12Жя中ك\u0301"), max_size=30)


def test_elision_and_hyphen_part_words() -> None:
    """An elided article and the halves of a compound are words of their own, as names stand behind them."""
    assert word_forms("l’ICE, d'Oran, Noord-Holland 2018") == ["l", "ICE", "d", "Oran", "Noord", "Holland"]


def test_other_scripts_get_latin_letters() -> None:
    """A name in Cyrillic has a key that can be compared with the Latin one."""
    pytest.importorskip("anyascii")
    assert romanized("Москва") == "moskva"
    assert romanized("Путин") == "putin"


def test_a_word_without_any_letter_has_no_key() -> None:
    """What cannot be spelled in Latin letters gives an empty key, not the character itself."""
    pytest.importorskip("anyascii")
    assert romanized("\u0640") == ""


def test_names_are_capitals_inside_a_sentence() -> None:
    """The first word of a sentence is no name for its capital; one after an elision is."""
    text = "Gisteren sprak Brenda. Daarna zweeg zij. Le plan d’Arlon, et l'Union."
    assert name_forms(text) == {"Brenda", "Arlon", "Union"}


def test_grams_have_edges() -> None:
    """Beginning and end of a word are part of its 4-grams; two letters are too short to have more than one."""
    assert grams("raad") == ["_raa", "raad", "aad_"]
    assert grams("eu") == ["_eu_"]


@given(LETTERS)
def test_forms_and_spans_agree(text: str) -> None:
    """The two ways to read words give the same words."""
    pytest.importorskip("anyascii")
    assert word_forms(text) == [text[start:end] for start, end in word_spans(text)]


@given(LETTERS)
def test_a_key_is_plain_and_stays(text: str) -> None:
    """Keys have lower-case ASCII letters and digits alone, and a key is its own key."""
    pytest.importorskip("anyascii")
    key = romanized(text)
    assert key == "" or (key.isascii() and key.isalnum() and key == key.lower())
    assert romanized(key) == key
