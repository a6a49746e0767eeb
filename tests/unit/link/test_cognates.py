"""Cognates: true ones are found, false ones that were seen are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("numpy")
pytest.importorskip("rapidfuzz")

from corpus_tool.link import cognates as module
from corpus_tool.link.cognates import Cognate, cognates


def found(a: list[str], b: list[str], names: bool = False) -> set[tuple[str, str]]:
    """The pairs found among words, all of them names or none."""
    return {(pair.a, pair.b) for pair in cognates(a, b, lambda _: names, lambda _: names)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("migratie", "migration"),
        ("politiek", "politique"),
        ("families", "familles"),
        ("universiteit", "universite"),
        ("fotografie", "photographie"),
        ("directeur", "director"),
    ],
)
def test_true_cognates(one: str, other: str) -> None:
    """Spelling habits and endings of the languages do not hide a common word."""
    assert found([one], [other]) == {(one, other)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lady", "ladite"),
        ("stond", "debout"),
        ("partijen", "partie"),
        ("maan", "main"),
        ("bond", "bonde"),
        ("wet", "vet"),
    ],
)
def test_false_cognates(one: str, other: str) -> None:
    """Words that look a little alike are no evidence."""
    assert found([one], [other]) == set()


def test_names_may_differ_more() -> None:
    """Two spellings of a name are taken where both are names, and not where they are words."""
    assert found(["poetin"], ["poutine"], names=True) == {("poetin", "poutine")}
    assert found(["gorbatsjov"], ["gorbatchev"], names=True) == {("gorbatsjov", "gorbatchev")}


@given(st.lists(st.text(st.sampled_from("aeiocktsn"), min_size=3, max_size=9), max_size=12).map(sorted))
def test_both_ways_alike(words: list[str]) -> None:
    """Which list comes first makes no difference."""
    half = len(words) // 2
    a, b = words[:half], words[half:]
    turned = {Cognate(pair.b, pair.a, pair.similarity) for pair in cognates(b, a, lambda _: False, lambda _: False)}
    assert set(cognates(a, b, lambda _: False, lambda _: False)) == turned


WORDS = st.lists(
    st.text(st.sampled_from("aeioktsn"), min_size=2, max_size=14).map("ka".__add__), max_size=30, unique=True
)


@given(WORDS, WORDS)
def test_pieces_make_no_difference(a: list[str], b: list[str]) -> None:
    """Words of one beginning are compared in pieces by their length, and nothing is lost by that."""

    def name(word: str) -> bool:
        return len(word) % 2 == 0

    whole = cognates(a, b, name, name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "AT_ONCE", 2)
        patch.setattr(module, "JUDGED_AT_ONCE", 3)
        assert cognates(a, b, name, name) == whole
