from array import array
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.infer.language.letters import (
    BIAS,
    FEATURES,
    LANGUAGES,
    LONGEST_GRAM,
    LONGEST_WORD,
    SCALE,
    _weights,
    features,
    letter_evidence,
)
from tests.unit.infer.language.texts import WORDS

words = st.text(st.characters(categories=["Ll", "Lo"]), max_size=60)


def by_feature(word: str) -> list[int]:
    """The sums of a word, each lane of each feature taken out by itself."""
    return [sum((_weights()[found] >> 16 * lane & 0xFFFF) - BIAS for found in features(word)) for lane in range(4)]


def test_features_by_hand() -> None:
    """The n-grams of 1 to 5 letters with the borders, as numbers below the size of the table."""
    grams = ["<", "d", "e", ">", "<d", "de", "e>", "<de", "de>", "<de>"]
    assert features("de") == [crc32(gram.encode()) % FEATURES for gram in grams]
    assert features("") == [crc32(gram.encode()) % FEATURES for gram in ("<", ">", "<>")]
    assert crc32("<été>".encode("cp1252")) % FEATURES in features("été")


def test_features_are_bounded() -> None:
    """Letters beyond cp1252 are one sign; what comes after so many letters is not looked at."""
    assert features("дом") == features("кот") == features("???")
    assert features("x" * 500) == features("x" * LONGEST_WORD)
    assert len(features("x" * 500)) == sum(LONGEST_WORD + 2 - length + 1 for length in range(1, LONGEST_GRAM + 1))


def test_the_lanes_cannot_run_into_each_other() -> None:
    """The file has one number a feature, and no lane of it is so high that the longest word fills the lane."""
    weights = _weights()
    assert isinstance(weights, array)
    assert len(weights) == FEATURES
    most = len(features("x" * LONGEST_WORD))
    for lane in range(len(LANGUAGES)):
        assert max(weight >> 16 * lane & 0xFFFF for weight in weights) * most < 1 << 16


@given(st.lists(words, max_size=6))
def test_the_packed_sums_are_the_sums(some: list[str]) -> None:
    """Law: one addition for all four languages gives what an addition for each of them gives."""
    sums = [sum(column) for column in zip(*map(by_feature, some), strict=True)] or [0] * len(LANGUAGES)
    assert letter_evidence(some) == pytest.approx(dict(zip(LANGUAGES, (total / SCALE for total in sums), strict=True)))


@given(st.lists(st.text(max_size=50) | st.text(st.characters(categories=["Cs", "Co", "Cn", "Lo"])), max_size=5))
def test_any_text_works(some: list[str]) -> None:
    """Law: whatever the letters, lone surrogates too, there are four numbers, the same each time and in any order."""
    evidence = letter_evidence(some)
    assert tuple(evidence) == LANGUAGES
    assert letter_evidence(some) == letter_evidence(reversed(some)) == evidence


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_word_looks_like_its_language(tag: str) -> None:
    """The spelling of a single long word tells the four apart."""
    for word in WORDS[tag]:
        evidence = letter_evidence([word.lower()])
        assert max(evidence, key=lambda language: evidence[language]) == tag, word
