"""The offset map: from every span of an edited text back to the text it came from."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Edit = tuple[int, int, str]
"""Replace source[start:end] by the string; edits of one layer are sorted and do not overlap."""


class Layer:
    """The edits of one rewriting, kept as four arrays: 16 bytes an edit, nothing for unchanged text."""

    __slots__ = ("_in_end", "_in_start", "_out_end", "_out_start")

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._in_start, self._in_end = array("I"), array("I")
        self._out_start, self._out_end = array("I"), array("I")
        shift = 0
        for start, end, replacement in edits:
            self._in_start.append(start)
            self._in_end.append(end)
            self._out_start.append(start + shift)
            shift += len(replacement) - (end - start)
            self._out_end.append(end + shift)

    def __len__(self) -> int:
        return len(self._in_start)

    def start(self, position: int) -> int:
        """Where the character at `position` of the output begins in the input."""
        index = bisect_right(self._out_start, position) - 1
        if index < 0:
            return position
        if position < self._out_end[index]:
            return self._in_start[index]
        return position - self._out_end[index] + self._in_end[index]

    def end(self, position: int) -> int:
        """Where the character before `position` of the output ends in the input."""
        index = bisect_left(self._out_start, position) - 1
        if index < 0:
            return position
        if position <= self._out_end[index]:
            return self._in_end[index]
        return position - self._out_end[index] + self._in_end[index]


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """The layers of all rewritings, first to last.

    Total: every span has a source span. Monotone: a later position never maps before an earlier one. A span
    that touches part of a replacement maps to all that it replaced.
    """

    layers: tuple[Layer, ...] = ()

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that became text[start:end]; an empty span stays empty.

        >>> OffsetMap((Layer([(0, 2, "")]),)).to_source(0, 3)
        (2, 5)
        """
        empty = start >= end
        for layer in reversed(self.layers):
            start, end = layer.start(start), layer.end(end)
        # What was inserted where an earlier layer deleted has no source: its span is empty.
        return (start, start if empty else max(start, end))

    def then(self, layer: Layer) -> OffsetMap:
        """This map with one more rewriting after it."""
        return OffsetMap((*self.layers, layer)) if len(layer) else self


def apply(text: str, edits: list[Edit]) -> str:
    """The text after sorted, non-overlapping edits."""
    pieces: list[str] = []
    done = 0
    for start, end, replacement in edits:
        pieces.append(text[done:start])
        pieces.append(replacement)
        done = end
    pieces.append(text[done:])
    return "".join(pieces)


def edits_of(pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str], text: str) -> list[Edit]:
    """What `pattern.sub(replacement, text)` would change, as edits; matches that change nothing are left out."""
    if isinstance(replacement, str):
        return [(m.start(), m.end(), replacement) for m in pattern.finditer(text) if m.group() != replacement]
    return [(m.start(), m.end(), new) for m in pattern.finditer(text) if (new := replacement(m)) != m.group()]
