"""What differs: stretches of two texts by words, long texts too."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.link import differences as module
from corpus_tool.link.differences import differences
from corpus_tool.text.fold import fold

WORDS = st.lists(st.sampled_from(["de", "œuvre", "Élan", "sa\u00adck", "l'été", "…", "\n\n", "1"]), max_size=30)


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return re.findall(r"[^\W_]+", fold(text))


def check(first: str, second: str) -> None:
    """The stretches have all words of both texts in order, and what is called the same has the same words."""
    found = differences(first, second)
    for text, at in ((first, 1), (second, 2)):
        assert [word for each in found for word in words(text[slice(*each[at])])] == words(text)
    for each in found:
        one, other = words(first[slice(*each.first)]), words(second[slice(*each.second)])
        assert (one == other) == (each.kind == "same")
        assert (not one, not other) == (each.kind == "second", each.kind == "first")
    assert all(one.kind != other.kind or one.kind != "same" for one, other in pairwise(found))


@given(WORDS, WORDS)
def test_stretches_hold_all_words_of_both_texts(first: list[str], second: list[str]) -> None:
    """Nothing is left out or said twice, and only the same words are called the same."""
    check(" ".join(first), " ".join(second))


@given(WORDS, WORDS)
def test_long_texts_are_cut_and_compared_in_parts(first: list[str], second: list[str]) -> None:
    """With cuts at common runs the stretches hold all words, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_CELLS", 4)
        patch.setattr(module, "ANCHOR_WORDS", 1)
        check(" ".join(first), " ".join(second))


def test_a_change_in_a_long_text_is_found_where_it_is() -> None:
    """Of ten thousand words with a paragraph put in and a word replaced, these two are what differs."""
    chance = random.Random(1)
    first = [f"w{chance.randrange(2_000)}" for _ in range(10_000)]
    second = [*first[:3_000], *(f"in{n}" for n in range(50)), *first[3_000:8_000], "other", *first[8_001:]]
    found = differences(" ".join(first), " ".join(second))
    assert [each.kind for each in found] == ["same", "second", "same", "changed", "same"]
    start, end = found[3].second
    assert " ".join(second)[start:end] == "other"


def test_texts_with_nothing_in_common_are_one_change() -> None:
    """Long texts without a common run are changed as a whole; of an empty one all words are missing."""
    chance = random.Random(2)
    one, other = (" ".join(f"{name}{chance.randrange(900)}" for _ in range(900)) for name in "ab")
    assert [each.kind for each in differences(one, other)] == ["changed"]
    assert [each.kind for each in differences(one, "")] == ["first"]
    assert differences("", "…") == []
