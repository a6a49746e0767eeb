"""Dispersion: textbook examples, bounds, and the one-pass forms against the formulas on lists."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tool.analyze.dispersion import (
    MEASURES,
    Corpus,
    Spread,
    dp_norm,
    gries_dp,
    juilland_d,
    spread_of,
)

GRIES = [
    "b a m n i b e u p",
    "b a s a t b e w q n",
    "b c a g a b e s t a",
    "b a g h a b e a a t",
    "b a h a a b e a x a t",
]
"""The corpus of five parts with which Gries (2008) explains the measures."""

FORMULAS = {"dp": gries_dp, "dpnorm": dp_norm, "juilland-d": juilland_d}
PARTS = st.lists(st.lists(st.sampled_from("aaaabbcdefghij"), min_size=1, max_size=40), min_size=2, max_size=25)


def measured(name: str, parts: list[list[str]], block: int | None = None) -> tuple[Spread, Counter[str], Corpus]:
    """A measure that saw the parts, settled after every `block` of them."""
    spread = spread_of(name)
    frequencies: Counter[str] = Counter()
    for number, part in enumerate(parts, 1):
        frequencies.update(part)
        spread.add(len(part), Counter(part))
        if block is not None and number % block == 0:
            spread.settle(frequencies, frequencies.total())
    spread.finish(frequencies, frequencies.total())
    return spread, frequencies, Corpus(frequencies.total(), len(parts), min(map(len, parts)))


def by_formula(name: str, parts: list[list[str]], word: str) -> float:
    """The measure by its formula on the list of parts."""
    return FORMULAS[name]([part.count(word) for part in parts], [len(part) for part in parts])


@pytest.mark.parametrize(
    ("name", "word", "expected"),
    [
        ("dp", "a", 0.18),  # Gries 2008
        ("dpnorm", "a", 0.18 / 0.82),  # Lijffijt and Gries 2012: DP over 1 - 9/50
        ("juilland-d", "a", 0.785),  # Gries 2008, with relative frequencies
        ("dp", "x", 1 - 11 / 50),  # once, in the part of 11 words: all others are missed
        ("dpnorm", "c", 0.8 / 0.82),  # once, in a part of 10 words
        ("dp", "b", 0.02),  # twice in each: (.02 + 0 + 0 + 0 + .02) / 2
    ],
)
def test_textbook_examples(name: str, word: str, expected: float) -> None:
    """The figures in print for the example corpus, and some that are easily found by hand."""
    parts = [part.split() for part in GRIES]
    spread, frequencies, corpus = measured(name, parts)
    assert spread.value(word, frequencies[word], corpus) == pytest.approx(expected, abs=0.0005)
    assert by_formula(name, parts, word) == pytest.approx(expected, abs=0.0005)


def test_largest_and_smallest_values() -> None:
    """Perfectly even is 0 for DP and 1 for D; all in the smallest part is 1 for DPnorm and, of equal parts, 0 for D."""
    even = [["a", "b"]] * 4
    uneven = [["a", "a"], ["b", "b"], ["b", "b"]]
    for name, word, parts, expected in (
        ("dp", "a", even, 0.0),
        ("dpnorm", "a", even, 0.0),
        ("juilland-d", "a", even, 1.0),
        ("dp", "a", uneven, 2 / 3),
        ("dpnorm", "a", uneven, 1.0),
        ("juilland-d", "a", uneven, 0.0),
    ):
        spread, frequencies, corpus = measured(name, parts)
        assert spread.value(word, frequencies[word], corpus) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("name", "expected"), [("dp", 0.0), ("dpnorm", None), ("juilland-d", None)])
def test_one_part_says_nothing(name: str, expected: float | None) -> None:
    """With one part the normalized measures are not defined."""
    spread, frequencies, corpus = measured(name, [["a", "b", "a"]])
    assert spread.value("a", frequencies["a"], corpus) == expected
    assert spread.doubt("a", frequencies["a"], corpus) == 0


@given(PARTS, st.sampled_from(sorted(MEASURES)))
def test_one_pass_gives_what_the_formula_gives(parts: list[list[str]], name: str) -> None:
    """For every word, with nothing in doubt, where all is decided at the end."""
    spread, frequencies, corpus = measured(name, parts)
    for word, found in frequencies.items():
        # The variance of D is a difference of two sums: where all rates are equal, half of the digits are left.
        near = 1e-6 if name == "juilland-d" else 1e-9
        assert spread.value(word, found, corpus) == pytest.approx(by_formula(name, parts, word), abs=near)
        assert spread.doubt(word, found, corpus) == 0


@given(PARTS, st.sampled_from(["dp", "dpnorm"]), st.integers(1, 5))
def test_blocks_are_off_by_no_more_than_they_say(parts: list[list[str]], name: str, block: int) -> None:
    """However early parts are taken in, the value is too small by the doubt at most."""
    spread, frequencies, corpus = measured(name, parts, block)
    for word, found in frequencies.items():
        value, doubt = spread.value(word, found, corpus), spread.doubt(word, found, corpus)
        exact = by_formula(name, parts, word)
        assert value is not None
        assert value - 1e-9 <= exact <= value + doubt + 1e-9


def test_a_word_of_few_parts_is_exact_in_blocks() -> None:
    """Words rarer than once in the longest part need no bins: nothing is in doubt, however many blocks there are."""
    parts = [["a"] * 20 + ["b"] * 19 + [f"w{n}", f"v{n // 7}"] for n in range(200)]
    spread, frequencies, corpus = measured("dp", parts, 10)
    for word in ("w3", "v11", "v0"):
        assert spread.value(word, frequencies[word], corpus) == pytest.approx(by_formula("dp", parts, word), abs=1e-9)
        assert spread.doubt(word, frequencies[word], corpus) == 0


def test_a_word_that_becomes_frequent_late_is_still_right() -> None:
    """As the words of the second language in sources that are sorted by language."""
    dutch = [["de"] * 12 + ["het"] * 8 + [f"n{n}"] * 30 + (["la"] if n % 5 == 0 else ["n"]) for n in range(300)]
    french = [["la"] * (n % 4 + 3) + ["de"] * 5 + [f"f{n}"] * 40 for n in range(300)]
    spread, frequencies, corpus = measured("dp", dutch + french, 25)
    for word in ("la", "de", "het"):
        value = spread.value(word, frequencies[word], corpus)
        assert value == pytest.approx(by_formula("dp", dutch + french, word), abs=0.002)


def test_settling_forgets_the_parts() -> None:
    """What was settled is held no more: the counts pending are those since."""
    spread = spread_of("dp")
    spread.add(3, Counter("aab"))
    spread.add(2, Counter("cd"))
    assert spread.pending == 4
    spread.settle(Counter("aabcd"), 5)
    assert spread.pending == 0


def test_every_measure_tells_its_source() -> None:
    """Name, formula and publication of each, and a year in it."""
    for name, measure in MEASURES.items():
        told = measure.to_dict()
        assert told["column"] == name.replace("-", "_")
        assert any(year in told["source"] for year in ("2008", "2012", "1964"))
        assert told["parts"] == "articles"
