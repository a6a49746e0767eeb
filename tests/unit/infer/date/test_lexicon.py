import re

import pytest

from corpus_tool.infer.date.lexicon import languages, lexicon
from corpus_tool.infer.date.relative import find_relative

UNITS = {"week", "weekend", "month", "year", "quarter", "decade", "century", "spring", "summer", "autumn", "winter"}


def test_the_languages() -> None:
    """One file each."""
    assert set(languages()) >= {"nl", "fr", "en", "de", "es", "it", "pt"}


@pytest.mark.parametrize("language", languages())
def test_a_file_is_complete(language: str) -> None:
    """Every unit has its words, all numbers to twelve, and every pattern compiles."""
    words = lexicon(language)
    assert words is not None
    assert set(words.table("singular")) == UNITS
    assert set(words.table("counted")) == {"day", "week", "month", "year"}
    assert {str(number) for number in range(1, 13)} <= set(words.table("numbers"))
    assert set(words.table("ordinals")) == {"1", "2", "3", "4"}
    assert {"-1", "0", "1"} <= set(words.table("days"))
    for name in ("past", "future", "planned", "silent", "year_before", "year_weakly_before", "day_parts", "link"):
        for pattern in words.patterns(name):
            re.compile(words.filled(pattern))


@pytest.mark.parametrize("language", languages())
def test_every_word_for_a_day_is_found(language: str) -> None:
    """And means what the file says."""
    words = lexicon(language)
    assert words is not None
    for offset, pattern in words.table("days").items():
        for word in filter(str.isalpha, pattern.partition("(")[0].split("|")[:-1]):
            assert [item.offset for item in find_relative(word, language)] == [int(offset)], word


def test_what_a_word_means() -> None:
    """By its table; None for a word that the table has not."""
    words = lexicon("nl")
    assert words is not None
    assert words.value("numbers", "twaalf") == "12"
    assert words.value("months", "mei") == "5"
    assert words.value("before", "vorige") == "-1"
    assert words.value("before", "vandaag") is None


def test_a_language_without_a_file() -> None:
    """It has no words."""
    assert lexicon("ja") is None
    assert lexicon(None) is None
    assert lexicon("") is None
