"""A text cut into the parts that are drawn: at its blocks and passages, and inside them at what is marked.

Nothing is left out: white space between two blocks goes with the one before, so that all parts together are the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus_tool.model.article import Article
from corpus_tool.model.side_by_side import Change, Part, Piece
from corpus_tool.patterns import lazy
from corpus_tool.text.blocks import find_blocks

Span = tuple[int, int]
_BLANKS = lazy(r"\s*")


class Mark(NamedTuple):
    """A stretch of a text that is drawn in a way of its own: a shared term, by its number, or a change.

    An empty one is the place where the other text has more.
    """

    start: int
    end: int
    term: int | None = None
    change: Change | None = None


class Passage(NamedTuple):
    """A stretch of a text that says what one of the other text says, and the number of both."""

    start: int
    end: int
    number: int


class Taken:
    """Stretches of a text of which none overlaps another."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._edges: list[int] = []  # start and end of each stretch in turn

    def is_free(self, start: int, end: int) -> bool:
        """Whether these characters are there, and no stretch has any of them; a place between two is free as well.

        >>> taken = Taken(9)
        >>> taken.take(2, 5)
        >>> taken.is_free(5, 9), taken.is_free(4, 6), taken.is_free(8, 10)
        (True, False, False)
        """
        at = bisect_right(self._edges, start)
        before_next = at == len(self._edges) or end <= self._edges[at]
        return 0 <= start <= end <= self._length and at % 2 == 0 and before_next

    def take(self, start: int, end: int) -> None:
        """Add a stretch that is free."""
        at = bisect_right(self._edges, start)
        self._edges[at:at] = [start, end]


class LaidText:
    """A text with its blocks, passages and marks; passages may not overlap each other."""

    def __init__(self, article: Article, passages: Iterable[Passage] = (), marks: Iterable[Mark] = ()) -> None:
        self.text = article.text
        blocks = block_starts(article)
        self.starts = [start for start, _ in blocks]
        self._kinds = [kind for _, kind in blocks]
        self._passages = sorted(passages)
        self._marks = _apart(marks, len(self.text))
        edges = {edge for passage in self._passages for edge in passage[:2]}
        self._borders = sorted(edges.union(self.starts))

    def parts(self, start: int, end: int) -> tuple[Part, ...]:
        """The characters from start to end, in parts."""
        return tuple(self._part(*span) for span in pairwise(_edges(start, end, self._borders)))

    def _part(self, start: int, end: int) -> Part:
        block = bisect_right(self.starts, start) - 1
        made = Part(tuple(self._pieces(start, end)), self._kinds[block], opens=self.starts[block] == start)
        at = bisect_right(self._passages, start, key=lambda passage: passage.start) - 1
        if at < 0 or self._passages[at].end <= start:
            return made
        passage = self._passages[at]
        return made._replace(passage=passage.number, begins=passage.start == start)

    def _pieces(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces of a part; a mark that goes on beyond it is cut."""
        at = start
        first = bisect_left(self._marks, start, key=lambda mark: mark.start)
        first -= first > 0 and self._marks[first - 1].end > start
        last = bisect_left(self._marks, end + (end == len(self.text)), key=lambda mark: mark.start)
        for mark in self._marks[first:last]:
            begin, stop = max(mark.start, start), min(mark.end, end)
            if at < begin:
                yield Piece(self.text[at:begin])
            yield Piece(self.text[begin:stop], mark.term, mark.change)
            at = stop
        if at < end:
            yield Piece(self.text[at:end])


def block_starts(article: Article) -> list[tuple[int, str]]:
    """Where each block begins, and its kind; the first one begins at 0, each goes on to the next.

    What stands between two blocks, if anything does, is a paragraph of its own.
    """
    text, ends = article.text, [0]
    starts: dict[int, str] = {}
    for block in sorted(article.normalization.blocks or find_blocks(text), key=lambda block: (block.start, block.end)):
        if ends[-1] <= block.start < block.end <= len(text):
            starts[block.start] = block.kind
            ends.append(block.end)
    for end in ends:
        place = after_blanks(text, end)
        if place < len(text):
            starts.setdefault(place, "paragraph")
    found = sorted(starts.items())
    return [(0, found[0][1]), *found[1:]] if found else [(0, "paragraph")]


def after_blanks(text: str, place: int) -> int:
    """The place of the next character that is no white space.

    >>> after_blanks("Ja.  Nee.", 3)
    5
    """
    match = _BLANKS.match(text, place)
    return match.end() if match else place


def _edges(start: int, end: int, borders: Sequence[int]) -> list[int]:
    """Start, end, and the borders between them; nothing where there is nothing between them."""
    return [start, *borders[bisect_right(borders, start) : bisect_left(borders, end)], end] if start < end else []


def _apart(marks: Iterable[Mark], length: int) -> list[Mark]:
    """The marks that lie in the text, in order; of those that overlap the one given first."""
    taken, kept = Taken(length), []
    for mark in marks:
        if taken.is_free(mark.start, mark.end):
            taken.take(mark.start, mark.end)
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.start)
