"""Shingles and sketches: the words of a text by its fold, whatever stands beside it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.link import shingles
from corpus_tool.link.shingles import LEAST, SAMPLE_LEAST, Sketch, shingle_sets, sketch, sketches
from corpus_tool.text.fold import fold

TEXT = st.text(st.sampled_from("abcéœĲßŁ1²_ -’.\n\u00ad\u0301日\0\ud800") | st.characters(), max_size=80)
WORD = st.sampled_from(["een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"])
REPORT = " ".join(f"woord{number}" for number in range(300))


def plain_words(text: str) -> list[str]:
    """The words of a text, without any arithmetic."""
    return re.findall(r"[^\W_]+", fold(text))


def plain_shingles(text: str) -> set[tuple[str, ...]]:
    """The runs of five words of a text, without any arithmetic."""
    words = plain_words(text)
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


@given(st.lists(TEXT, max_size=8))
def test_words_are_runs_of_letters_and_digits_of_the_fold(texts: list[str]) -> None:
    """The words that are counted are those that a regular expression finds, in every script."""
    assert [each.words for each in sketches(texts)] == [len(plain_words(text)) for text in texts]


@given(st.lists(TEXT, max_size=8))
def test_texts_have_one_print_if_and_only_if_their_words_are_the_same(texts: list[str]) -> None:
    """The same words in the same order give the same print, other words or another order another one."""
    prints = [each.print for each in sketches(texts)]
    assert len(set(prints)) == len({tuple(plain_words(text)) for text in texts})


@given(st.lists(st.lists(WORD, max_size=40).map(" ".join), max_size=6))
def test_sets_are_the_different_runs_of_five_words(texts: list[str]) -> None:
    """Sets have one hash for each different run, and two sets share as many as the runs do."""
    sets = [set(each.tolist()) for each in shingle_sets(texts)]
    plain = [plain_shingles(text) for text in texts]
    assert [len(each) for each in sets] == [len(each) for each in plain]
    for one, of_one in zip(sets, plain, strict=True):
        for other, of_other in zip(sets, plain, strict=True):
            assert len(one & other) == len(of_one & of_other)


@given(st.lists(TEXT, min_size=1, max_size=6), st.data())
def test_a_sketch_does_not_depend_on_the_texts_beside_it(texts: list[str], data: st.DataObject) -> None:
    """Sketches made together are those made one by one: any number of jobs gives the same."""
    texts = [text * data.draw(st.integers(1, 60)) for text in texts]
    assert list(sketches(texts)) == [sketch(text) for text in texts]


def test_batches_of_any_size_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """More texts than a batch holds, and a text longer than a batch, are as if there were no batches."""
    texts = [f"{REPORT} {number}" for number in range(300)] + [REPORT * 20]
    whole = list(sketches(texts))
    monkeypatch.setattr(shingles, "BATCH_CHARACTERS", 3_000)
    assert list(sketches(texts)) == whole
    assert whole[-1].words == 300 * 20 - 19  # the last word of each copy and the first of the next are one


def test_spelling_makes_no_difference() -> None:
    """Case, accents, joined letters, apostrophes, punctuation and line breaks are the same; a number is not."""
    first = "L’œuvre de l’été : « trop chère », dit Ève.\n\nLe musée ferme à 18 h."
    second = "L'oeuvre de l'ete, 'TROP CHERE', dit Eve. Le musée ferme: à 18 h"
    assert sketch(first) == sketch(second)
    assert sketch(first) != sketch(second.replace("18", "19"))


def test_how_much_a_sketch_holds() -> None:
    """Nothing for a text that is too short to be near another, at least 32 shingles, and an eighth of a long text."""
    sizes = [4, 4 + LEAST - 1, 4 + LEAST, 4 + SAMPLE_LEAST, 100, 20_000]
    held = [len(sketch(" ".join(f"w{number}" for number in range(size))).sample) // 4 for size in sizes]
    assert held[:5] == [0, 0, LEAST, SAMPLE_LEAST, SAMPLE_LEAST]
    assert 20_000 / 8 * 0.9 < held[5] < 20_000 / 8 * 1.1


def test_sketches_are_stored_as_bytes() -> None:
    """A sketch comes back from its bytes; bytes that it did not write are refused."""
    made = sketch(REPORT)
    assert Sketch.from_bytes(made.to_bytes()) == made
    assert len(made.to_bytes()) == 16 + len(made.sample)
    for data in (b"", b"short", made.to_bytes()[:-1]):
        with pytest.raises(ValueError, match="no sketch"):
            Sketch.from_bytes(data)


def test_stored_sketches_are_read_by_later_versions() -> None:
    """The hashes are part of the file format: another hash needs another version of it."""
    made = sketch(
        "De brug over het kanaal blijft nog een week dicht voor alle verkeer, zegt de gemeente "
        "Veldrode, tot en met de laatste dag van de maand"
    )
    assert (made.words, made.size) == (26, 22)
    assert made.to_bytes().hex() == PINNED


PINNED = (
    "1d57571812d717021a00000016000000e3a219108301671f9094bd20bb22202501d6242b367c7130cc6d3937a686f049fdd6d6541416f857"
    "640c7c696d819679e1dbe67cb59fce809529148b0cf82d99d6bdf4a3130e0da8abf6c1b990769ac7211f05f8230f4ffa"
)
