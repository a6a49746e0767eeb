"""What differs between two texts, by words as folding has them: case, accents and punctuation are no difference.

Texts of some hundred words are compared by their longest common runs (J. Ratcliff and D. Metzener, 1988, as in the
standard library), which takes the product of their lengths. Longer ones are first cut at runs of five words that stand
once in each, in the longest order common to both (the patience diff of B. Cohen); what lies between two cuts and is
still too long is given as changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal, NamedTuple

from corpus_tool.link.increasing import longest_increasing
from corpus_tool.patterns import lazy
from corpus_tool.text.fold import fold_with_offsets

MOST_CELLS = 250_000
"""Two stretches are compared word by word where the product of their lengths is at most this."""

ANCHOR_WORDS = 5

_WORD = lazy(r"[^\W_]+")
Span = tuple[int, int]
Words = list[str]


class Difference(NamedTuple):
    """A stretch of two texts: `same`, `changed`, or only in the `first` or the `second`.

    Spans are code points of each text, from its first word to the end of its last; an empty one stands where the words
    of the other are missing.
    """

    kind: Literal["same", "changed", "first", "second"]
    first: Span
    second: Span


def differences(first: str, second: str) -> list[Difference]:
    """The stretches of two texts, in order; all words of both are in one.

    >>> [(each.kind, each.first, each.second) for each in differences("De brug is dicht.", "De BRUG blijft dicht")]
    [('same', (0, 7), (0, 7)), ('changed', (8, 10), (8, 14)), ('same', (11, 16), (15, 20))]
    """
    one, other = _words(first), _words(second)
    found = []
    at, beside = 0, 0
    runs = _joined(_common([word for word, _ in one], [word for word, _ in other], 0, 0))
    for start, place, length in [*runs, (len(one), len(other), 0)]:
        if start > at or place > beside:
            kind: Literal["changed", "first", "second"] = "changed"
            if start == at or place == beside:
                kind = "first" if start > at else "second"
            found.append(Difference(kind, _span(one, at, start), _span(other, beside, place)))
        at, beside = start + length, place + length
        if length:
            found.append(Difference("same", _span(one, start, at), _span(other, place, beside)))
    return found


def _words(text: str) -> list[tuple[str, Span]]:
    key, offsets = fold_with_offsets(text)
    return [(match[0], offsets.to_source(*match.span())) for match in _WORD.finditer(key)]


def _span(words: Sequence[tuple[str, Span]], start: int, end: int) -> Span:
    if start < end:
        return words[start][1][0], words[end - 1][1][1]
    place = words[start - 1][1][1] if start else 0
    return place, place


def _joined(runs: Iterator[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Runs of which one goes on where the other ends, as one."""
    found: list[tuple[int, int, int]] = []
    for start, place, length in runs:
        if found and (found[-1][0] + found[-1][2], found[-1][1] + found[-1][2]) == (start, place):
            start, place, length = found[-1][0], found[-1][1], found.pop()[2] + length
        found.append((start, place, length))
    return found


def _common(one: Words, other: Words, at: int, beside: int) -> Iterator[tuple[int, int, int]]:
    """The common runs, as their place in each and their length, of two stretches that begin at these places."""
    head = _same_start(one, other)
    if head:
        yield at, beside, head
    one, other, at, beside = one[head:], other[head:], at + head, beside + head
    tail = _same_start(one[::-1], other[::-1])
    left, right = len(one) - tail, len(other) - tail
    if 0 < left * right <= MOST_CELLS:
        matcher = SequenceMatcher(None, one[:left], other[:right], autojunk=False)
        for start, place, length in matcher.get_matching_blocks():
            if length:
                yield at + start, beside + place, length
    elif left * right:
        anchors = _anchors(one[:left], other[:right])
        for (start, place), (end, other_end) in pairwise([(0, 0), *anchors, (left, right)] if anchors else []):
            yield from _common(one[start:end], other[place:other_end], at + start, beside + place)
    if tail:
        yield at + left, beside + right, tail


def _same_start(one: Words, other: Words) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _anchors(one: Words, other: Words) -> list[tuple[int, int]]:
    """Places of runs of words that stand once in each, in the longest order that both have."""
    places = _single(other)
    pairs = [(at, places[run]) for run, at in _single(one).items() if run in places]
    return [pairs[at] for at in longest_increasing([place for _, place in pairs])]


def _single(words: Words) -> dict[tuple[str, ...], int]:
    runs = [tuple(words[at : at + ANCHOR_WORDS]) for at in range(len(words) - ANCHOR_WORDS + 1)]
    counts = Counter(runs)
    return {run: at for at, run in enumerate(runs) if counts[run] == 1}
