"""Alignment of two articles: the mode, what belongs together, and what it may not depend on."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("scipy")
pytest.importorskip("rapidfuzz")

from corpus_tool.link.alignment import Alignment, AlignOptions, Mode, Passage, align, align_texts
from corpus_tool.link.lexicon import WordPairs
from corpus_tool.link.table import Link
from tests.unit.building import article
from tests.unit.link.told_twice import DUTCH, ELSEWHERE, FRENCH


def aligned(dutch: tuple[str, ...], french: tuple[str, ...], options: AlignOptions | None = None) -> Alignment:
    """The alignment of sentences put into one paragraph on each side."""
    return align_texts(" ".join(dutch), "nl", " ".join(french), "fr", options)


def pairs(found: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The passages without their scores."""
    return [(passage.a, passage.b) for passage in found.passages]


def test_a_translation() -> None:
    """Each sentence has its own, in order, and is fairly sure of it."""
    found = aligned(DUTCH, FRENCH)
    assert found.mode == "translation"
    assert pairs(found) == [((n,), (n,)) for n in range(len(DUTCH))]
    assert all(0.5 < passage.score <= 1 for passage in found.passages)


def test_articles_give_what_their_texts_give() -> None:
    """The text of an article counts, not its title; its language without the region; spans are code points of it."""
    one = article(text="😀 " + " ".join(DUTCH), title="Iets anders", language="nl-BE")
    other = article(text=" ".join(FRENCH), title=None, language="fr")
    found = align(one, other)
    assert found == align_texts(one.text, "nl", other.text, "fr")
    assert one.text[slice(*found.sentences_a[1])] == DUTCH[1]
    assert other.text[slice(*found.sentences_b[-1])] == FRENCH[-1]


def test_a_sentence_split_in_two() -> None:
    """Two sentences that are one over there make one bead."""
    joined = (*FRENCH[:1], FRENCH[1][:-1] + ", et " + FRENCH[2][0].lower() + FRENCH[2][1:], *FRENCH[3:])
    assert ((1, 2), (1,)) in pairs(aligned(DUTCH, joined))


def test_a_missing_sentence() -> None:
    """A sentence that the translation left out stands in no passage, and the ones after it keep theirs."""
    found = aligned(DUTCH, FRENCH[:4] + FRENCH[5:])
    assert found.mode == "translation"
    assert pairs(found) == [((n,), (n - (n > 4),)) for n in range(len(DUTCH)) if n != 4]


def test_comparable_articles() -> None:
    """Two sentences in common, in another order, among others: these two are found and nothing else."""
    dutch = (DUTCH[6], DUTCH[3], DUTCH[1])
    french = (ELSEWHERE[0], FRENCH[1], ELSEWHERE[1], ELSEWHERE[3], FRENCH[6], FRENCH[4])
    found = aligned(dutch, french)
    assert found.mode == "comparable"
    assert pairs(found) == [((0,), (4,)), ((2,), (1,))]


def test_strangers() -> None:
    """Two articles about different things share no passage."""
    found = aligned(DUTCH[:4], ELSEWHERE)
    assert (found.mode, found.passages) == ("comparable", ())


def test_the_mode_can_be_said() -> None:
    """A mode that is asked for is not judged: strangers have beads then, of low score; and `least` leaves them out."""
    forced = aligned(DUTCH[:4], ELSEWHERE, AlignOptions(mode="translation"))
    assert forced.mode == "translation"
    assert forced.passages
    assert max(passage.score for passage in forced.passages) < min(p.score for p in aligned(DUTCH, FRENCH).passages)
    assert aligned(DUTCH[:4], ELSEWHERE, AlignOptions(mode="translation", least=0.9)).passages == ()
    assert aligned(DUTCH, FRENCH, AlignOptions(mode="comparable")).mode == "comparable"


def test_least_score() -> None:
    """A lower bound gives more passages, a higher one fewer; each of them holds to it."""
    dutch, french = (*DUTCH[:3], DUTCH[4]), (ELSEWHERE[0], *FRENCH[:3], ELSEWHERE[1], FRENCH[7])
    counts = []
    for least in (0.001, 0.5, 0.999):
        found = aligned(dutch, french, AlignOptions(mode="comparable", least=least))
        assert all(passage.score >= least for passage in found.passages)
        counts.append(len(found.passages))
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


def test_a_dictionary_and_links_of_the_user() -> None:
    """What a dictionary or a link says is known makes a passage surer, whichever side comes first."""
    dutch, french = (DUTCH[4], DUTCH[3], DUTCH[1]), (*ELSEWHERE[:2], FRENCH[4])

    def score(options: AlignOptions) -> float:
        found = aligned(dutch, french, replace(options, mode="comparable", least=0.001))
        return max((p.score for p in found.passages if (p.a, p.b) == ((0,), (2,))), default=0.0)

    plain = score(AlignOptions())
    lexicon = WordPairs("nl", "fr", [("schippers", "bateliers"), ("onderdoor", "dessous")])
    assert score(AlignOptions(lexicons=(lexicon,))) > plain
    link = Link("schippers", "bateliers", "user", 1.0)
    assert score(AlignOptions(links=(link,))) > plain
    turned = AlignOptions(links=(link._replace(a=link.b, b=link.a),))
    found = align_texts(" ".join(french), "fr", " ".join(dutch), "nl", turned)
    assert found == aligned(dutch, french, AlignOptions(links=(link,))).mirrored()


@pytest.mark.parametrize("text", ["", " \n\n ", "...", "42"])
def test_little_text(text: str) -> None:
    """Empty texts, marks and a lone number are aligned with anything, with little to say."""
    for other in (text, " ".join(FRENCH)):
        found = align_texts(text, "nl", other, "fr")
        assert found.mirrored() == align_texts(other, "fr", text, "nl")
        assert not found.sentences_a or found.sentences_a[0][0] < found.sentences_a[0][1]


def test_json() -> None:
    """The alignment as plain values."""
    found = Alignment("comparable", ((0, 4),), ((0, 3), (4, 9)), (Passage((0,), (0, 1), 0.75),))
    assert found.to_dict() == {
        "mode": "comparable",
        "sentences": {"a": [[0, 4]], "b": [[0, 3], [4, 9]]},
        "passages": [{"a": [0], "b": [0, 1], "score": 0.75}],
    }


MODES: list[Mode | None] = [None, "translation", "comparable"]
SENTENCES = st.lists(st.sampled_from((*DUTCH, *FRENCH, *ELSEWHERE, "Ja!", "1 2 3.")), max_size=9).map(tuple)


@settings(max_examples=60, deadline=None)
@given(SENTENCES, SENTENCES, st.sampled_from(MODES))
def test_laws(one: tuple[str, ...], other: tuple[str, ...], mode: Mode | None) -> None:
    """Sides can be exchanged; passages are ascending, contiguous, of both sides, none shares a sentence; scores lie
    between 0 and 1; in a translation none cross."""
    options = AlignOptions(mode=mode)
    found = aligned(one, other, options)
    assert align_texts(" ".join(other), "fr", " ".join(one), "nl", options) == found.mirrored()
    assert found.mirrored().mirrored() == found
    for side, count in ((0, len(found.sentences_a)), (1, len(found.sentences_b))):
        numbers = [number for passage in found.passages for number in passage[side]]
        assert len(numbers) == len(set(numbers))
        assert all(0 <= number < count for number in numbers)
        assert all(y == x + 1 for passage in found.passages for x, y in pairwise(passage[side]))
        assert all(passage[side] for passage in found.passages)
    assert all(0 <= passage.score <= 1 for passage in found.passages)
    if found.mode == "translation":
        assert all(x.a[-1] < y.a[0] and x.b[-1] < y.b[0] for x, y in pairwise(found.passages))
        assert all(len(passage.a) <= 2 and len(passage.b) <= 2 for passage in found.passages)
