"""Two articles side by side, as plain values: what a terminal or a page draws.

The rows of a view hold both texts in full: the pieces of one side, joined, are the text of its article, the white space
between paragraphs included. Whoever draws may leave out such white space, and fold what is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

ChangeKind = Literal["changed", "left", "right"]
SideName = Literal["left", "right"]
SIDES: tuple[SideName, SideName] = ("left", "right")

SIGNS: dict[ChangeKind, str] = {"changed": "~", "left": "−", "right": "+"}
"""The sign of a change where it is drawn: what only the left has went, what only the right has came."""


class Head(NamedTuple):
    """What stands above a text."""

    id: str
    name: str
    title: str | None
    date: str | None
    language: str | None
    outlet: str | None
    url: str | None
    words: int


class Change(NamedTuple):
    """A stretch in which two texts differ: its number from 1, the same on both sides, and which of them have words."""

    number: int
    kind: ChangeKind


class Piece(NamedTuple):
    """Characters drawn alike: `term` is the number from 1 of the shared term that they are, in `SideBySide.terms`."""

    text: str
    term: int | None = None
    change: Change | None = None


class Part(NamedTuple):
    """A stretch of one block of a text, cut where a block or a passage begins or ends.

    `kind` is that of the block, `opens` says that the block begins here; `passage` is the number from 1 of the passage
    it belongs to, `begins` says that this passage begins here.
    """

    pieces: tuple[Piece, ...]
    kind: str = "paragraph"
    opens: bool = True
    passage: int | None = None
    begins: bool = False

    @property
    def text(self) -> str:
        """The characters of the part, with the white space that follows it."""
        return "".join(piece.text for piece in self.pieces)


class Row(NamedTuple):
    """What stands on one height; a side may have nothing there."""

    left: tuple[Part, ...]
    right: tuple[Part, ...]


class SharedTerm(NamedTuple):
    """A line of the evidence: a term as either text has it, how often each has it, and its share of the score.

    A part of the score without words, such as likeness in characters, has empty terms.
    """

    kind: str
    left: str
    right: str
    left_count: int
    right_count: int
    share: float


class Fact(NamedTuple):
    """A line about the pair, ready to be shown."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two articles and what connects them: passages and shared terms of twins, or what differs in near-duplicates."""

    kind: Literal["twins", "differences"]
    left: Head
    right: Head
    rows: tuple[Row, ...]
    facts: tuple[Fact, ...] = ()
    terms: tuple[SharedTerm, ...] = ()

    def head(self, side: SideName) -> Head:
        """What stands above the text of a side."""
        return self.left if side == "left" else self.right

    def cells(self, side: SideName) -> Iterator[tuple[Part, ...]]:
        """One side of every row, in order."""
        for row in self.rows:
            yield row.left if side == "left" else row.right

    def text(self, side: SideName) -> str:
        """The text of a side: the pieces of its rows, joined."""
        return "".join(part.text for cell in self.cells(side) for part in cell)

    def passages(self) -> int:
        """The greatest number of a passage."""
        parts = (part for row in self.rows for part in row.left)
        return max((part.passage or 0 for part in parts), default=0)
