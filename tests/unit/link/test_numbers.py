"""Numbers by value, as nl, fr, en and de write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.link.numbers import number_words, numbers


def terms(text: str, language: str = "nl") -> list[str]:
    """The terms of the numbers of a text."""
    return [number.term for number in numbers(text, language)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("20 millions de dollars", "fr"),
        ("twintig miljoen dollar", "nl"),
        ("20 Mio. Dollar", "de"),
        ("zwanzig Millionen Dollar", "de"),
        ("twenty million dollars", "en"),
        ("20.000.000 dollar", "nl"),
        ("20 000 000 dollars", "fr"),
        ("20,000,000 dollars", "en"),
        ("20 mln dollar", "nl"),
        ("vingt millions de dollars", "fr"),
    ],
)
def test_one_amount_in_many_spellings(text: str, language: str) -> None:
    """Twenty million is the same number however a paper writes it."""
    assert terms(text, language) == ["#20000000"]


@pytest.mark.parametrize(
    ("text", "language", "term"),
    [
        ("1,5 miljoen", "nl", "#1500000"),
        ("1.5 million", "en", "#1500000"),
        ("2.000 euro", "nl", "#2000"),
        ("2,000 euros", "en", "#2000"),
        ("2.000 m", "en", "#2000000"),
        ("2,000 g", "fr", "#2"),
        ("1.234,56", "de", "#1234.56"),
        ("1,234.56", "en", "#1234.56"),
        ("12.345.678", "en", "#12345678"),
        ("2,70 %", "nl", "%2.7"),
        ("2.7 percent", "en", "%2.7"),
        ("2,7 pour cent", "fr", "%2.7"),
        ("in 2018.", "nl", "#2018"),
        ("3 milliards", "fr", "#3000000000"),
        ("3 billion", "en", "#3000000000"),
        ("3 Billionen", "de", "#3000000000000"),
        ("de 21e eeuw", "nl", "#21"),
    ],
)
def test_values(text: str, language: str, term: str) -> None:
    """Separators and scales are read as the language does."""
    assert terms(text, language) == [term]


def test_digits_inside_a_word_are_none() -> None:
    """`B52` and `COVID19` are names; a code of thirty digits is no amount."""
    assert terms("De B52 en COVID19, 123456789012345678901234567890") == []


def test_spans_hold_the_number_and_its_scale() -> None:
    """The span takes in the scale or the percent sign, and nothing after it."""
    text = "Ruim 20 miljoen euro, 5 % meer"
    assert [text[number.start : number.end] for number in numbers(text, "nl")] == ["20 miljoen", "5 %"]


def test_numerals_in_words() -> None:
    """Compounds of each language have their value; one and two are words of other kinds."""
    assert number_words("nl")["eenentwintig"] == number_words("de")["einundzwanzig"] == 21
    assert number_words("fr")["quatre-vingt-dix-sept"] == number_words("en")["ninety-seven"] == 97
    assert number_words("nl")["driehonderd"] == 300
    assert not {"een", "twee"} & number_words("nl").keys()
    assert number_words("fi") == {}


@given(
    st.text(st.sampled_from("0123456789.,' miljoen%"), max_size=40), st.sampled_from(["nl", "fr", "en", "de", "und"])
)
def test_any_text_is_read(text: str, language: str) -> None:
    """No mix of digits and separators is a trouble, and every span lies in the text."""
    for number in numbers(text, language):
        assert 0 <= number.start < number.end <= len(text)
        assert number.term[0] in "#%"


@given(st.integers(0, 10**12))
def test_every_way_to_part_thousands(value: int) -> None:
    """Thousands parted as in Dutch, French and English give the same term."""
    english = f"{value:,}"
    expected = [f"#{value}"]
    assert terms(english, "en") == terms(english.replace(",", "."), "nl") == expected
    assert terms(english.replace(",", "\u202f"), "fr") == expected
