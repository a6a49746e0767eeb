"""Terminal columns: how wide text is, where it may be cut, and lines of cells that keep their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, split_graphemes
from rich.text import Text

GAP = 2
"""Blanks between two columns."""

LEAST_FLEXIBLE = 8
_FLAGS = range(0x1F1E6, 0x1F200)


def graphemes(text: str) -> Iterator[tuple[str, int]]:
    """The signs a reader sees, each with its width in terminal cells; a flag's two letters are one sign.

    >>> list(graphemes("e\\u0301\\u65e5")) == [("e\\u0301", 1), ("\\u65e5", 2)]
    True
    """
    spans = split_graphemes(text)[0]
    skip = False
    for number, (start, end, width) in enumerate(spans):
        if skip:
            skip = False
            continue
        if ord(text[start]) in _FLAGS and number + 1 < len(spans) and ord(text[spans[number + 1][0]]) in _FLAGS:
            end, width, skip = spans[number + 1][1], width + spans[number + 1][2], True
        yield text[start:end], width


def cut(text: str, width: int) -> str:
    """The text in at most `width` cells, an ellipsis in its last where it was longer.

    >>> cut("opening", 5), cut("\\u65e5\\u672c\\u8a9e", 4) == "\\u65e5…"
    ('open…', True)
    """
    if cell_len(text) <= width:
        return text
    kept, used = [], 0
    for sign, cells in graphemes(text):
        if used + cells > width - 1:
            break
        kept.append(sign)
        used += cells
    return "".join(kept) + "…" if width > 0 else ""


def widths(rows: Sequence[Sequence[Text]], flexible: Sequence[bool], screen: int, widest: int) -> list[int]:
    """The width of every column: as its widest cell, at most `widest`; the flexible ones share what is left."""
    natural = [max(cell_len(row[n].plain) for row in rows) for n in range(len(flexible))]
    fixed = [0 if flexible[n] else min(natural[n], widest) for n in range(len(flexible))]
    room = screen - sum(fixed) - GAP * (len(flexible) - 1)
    open_columns = sorted((n for n in range(len(flexible)) if flexible[n]), key=lambda n: natural[n])
    for place, n in enumerate(open_columns):
        share = max(LEAST_FLEXIBLE, room // (len(open_columns) - place))
        fixed[n] = min(natural[n], share)
        room -= fixed[n]
    return fixed


def line(cells: Sequence[Text], wide: Sequence[int], right: Sequence[bool], screen: int) -> Text:
    """One line of cells in their columns, never wider than the screen, without blanks at its end."""
    made = Text(no_wrap=True, overflow="ignore", end="\n")
    used = 0
    for number, cell in enumerate(cells):
        room = min(wide[number], screen - used)
        if room <= 0:
            break
        shown = cut(cell.plain, room)
        blank = " " * (room - cell_len(shown))
        last = number == len(cells) - 1
        made.append(f"{blank}{shown}" if right[number] else shown, style=cell.style)
        if not last:
            made.append(" " * GAP if right[number] else blank + " " * GAP)
        used += room + GAP
    made.rstrip()
    return made
