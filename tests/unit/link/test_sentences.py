"""What sentences have in common: their terms where they stand, what these weigh, and which words count as unlinked."""

from __future__ import annotations

import pytest

pytest.importorskip("scipy")
pytest.importorskip("rapidfuzz")

import numpy as np

from corpus_tool.link.same_passages import cosines
from corpus_tool.link.sentences import likeness_of, read_sentences
from tests.unit.link.told_twice import DUTCH, ELSEWHERE, FRENCH


def test_terms_of_sentences() -> None:
    """Each sentence has its own terms: names of several words, numbers by value, words by their keys."""
    found = read_sentences("In New York zag Anna 20 miljoen sterren. Zij telde ze, één voor één.", "nl")
    assert len(found.spans) == len(found.terms) == len(found.lengths) == 2
    assert {"#20000000", "anna", "sterren"} <= found.terms[0]
    assert any(term.startswith("@") for term in found.terms[0])
    assert "sterren" not in found.terms[1]
    assert found.lengths == tuple(end - start for start, end in found.spans)


def test_text_without_sentences() -> None:
    """Blanks have no sentence and no term."""
    assert read_sentences(" \n\n ", "nl").spans == ()


def test_counterparts_are_the_most_alike() -> None:
    """By terms, each sentence is nearest to its counterpart, from both sides; strangers have little in common."""
    a, b = read_sentences(" ".join(DUTCH), "nl"), read_sentences(" ".join((*FRENCH, *ELSEWHERE)), "fr")
    alike = cosines(likeness_of(a, b).terms, slice(None), slice(None))
    assert alike[:, : len(FRENCH)].argmax(axis=1).tolist() == list(range(len(DUTCH)))
    assert alike[:, len(FRENCH) :].max() < alike[:, : len(FRENCH)].diagonal().min()
    assert alike.min() >= 0
    assert alike.max() <= 1


def test_equal_texts() -> None:
    """A sentence is nearest to its copy by terms, and no word is left without a link."""
    one = read_sentences(" ".join(DUTCH), "nl")
    likeness = likeness_of(one, one)
    terms, characters = (cosines(part, slice(None), slice(None)) for part in likeness)
    assert terms.diagonal().min() > 0.7  # short words that are alike weigh less than one in the table of links
    assert terms.argmax(axis=1).tolist() == list(range(len(DUTCH)))
    assert characters.max() == 0


def test_characters_of_unlinked_words() -> None:
    """Words that are no cognates still share their 4-grams."""
    a, b = read_sentences("Binnenvaartschepen wachten.", "nl"), read_sentences("Binnenvaartuigen liggen stil.", "de")
    assert cosines(likeness_of(a, b).characters, slice(None), slice(None))[0, 0] > 0


def test_lengths_of_neighbors() -> None:
    """Squares and products of neighbors give the length of two sentences taken together."""
    a, b = read_sentences(" ".join(DUTCH), "nl"), read_sentences(" ".join(FRENCH), "fr")
    part = likeness_of(a, b).terms
    together = part.b[2] + part.b[3]
    expected = float(together.multiply(together).sum())
    assert part.squares[1][2] + part.squares[1][3] + 2 * part.beside[1][2] == pytest.approx(expected)
    assert np.all(part.squares[0] > 0)
