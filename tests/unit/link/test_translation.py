"""Beads by lengths and likeness together."""

from __future__ import annotations

import pytest

pytest.importorskip("scipy")
pytest.importorskip("rapidfuzz")

from corpus_tool.link import gale_church
from corpus_tool.link import translation as module
from corpus_tool.link.gale_church import best_beads
from corpus_tool.link.same_passages import TERMS
from corpus_tool.link.sentences import likeness_of, read_sentences
from corpus_tool.link.translation import Translated, translated
from tests.unit.link.told_twice import DUTCH, ELSEWHERE, FRENCH


def beads(dutch: tuple[str, ...], french: tuple[str, ...]) -> list[Translated]:
    """The beads of two lists of sentences."""
    a, b = read_sentences(" ".join(dutch), "nl"), read_sentences(" ".join(french), "fr")
    return translated(likeness_of(a, b), a.lengths, b.lengths)


def test_likeness_outweighs_lengths() -> None:
    """Where a sentence is missing, lengths alone go astray and terms do not."""
    dutch, french = DUTCH, FRENCH[:2] + FRENCH[3:]
    by_lengths = best_beads([len(text) for text in dutch], [len(text) for text in french])
    right = [(n, n if n < 2 else n - 1) for n in range(8) if n != 2]
    assert [(bead.a, bead.b) for bead, _ in beads(dutch, french)] == right
    assert [(bead.a, bead.b) for bead in by_lengths] != right


def test_how_alike() -> None:
    """The likeness of a bead is that of its sentences: large for counterparts, small for strangers."""
    good = [alike for _, alike in beads(DUTCH[:4], FRENCH[:4])]
    bad = [alike for _, alike in beads(DUTCH[:4], ELSEWHERE)]
    assert min(good) > max(bad)
    assert min(bad) >= 0


def test_a_narrow_band(monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies outside the band is not looked at; inside, nothing changes."""
    dutch, french = DUTCH * 6, FRENCH * 6
    wide = beads(dutch, french)
    monkeypatch.setattr(gale_church, "HALF_WIDTH", 5)
    monkeypatch.setattr(module, "_BLOCK", 3)
    narrow = beads(dutch, french)
    assert [bead for bead, _ in narrow] == [bead for bead, _ in wide]
    assert [alike for _, alike in narrow] == pytest.approx([alike for _, alike in wide])


def test_very_unequal_texts() -> None:
    """One sentence beside many: at most one bead has it."""
    assert len(beads(DUTCH[:1], FRENCH + ELSEWHERE)) <= 1
    assert len(beads(DUTCH * 30, FRENCH[:1])) <= 1


def test_two_sentences_taken_together() -> None:
    """A sentence said twice is, taken together, as long as twice the sentence: no more alike than can be."""
    twice = f"{DUTCH[1].removesuffix('.')}; {DUTCH[1]}"
    a, b = read_sentences(f"{DUTCH[0]} {DUTCH[1]} {DUTCH[1]}", "nl"), read_sentences(f"{DUTCH[0]} {twice}", "nl")
    found = translated(likeness_of(a, b), a.lengths, b.lengths)
    assert [(x.a, x.a_end, x.b, x.b_end) for x, _ in found] == [(0, 1, 0, 1), (1, 3, 1, 2)]
    assert found[1].likeness <= TERMS + 1e-9
