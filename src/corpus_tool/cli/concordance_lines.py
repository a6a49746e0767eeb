"""Concordance lines as they are read: drawn around the node on a terminal, written in full to a pipe."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.text import Text

from corpus_tool.analyze.concordance import ConcordanceLine
from corpus_tool.cli.console import ID_SHOWN, draw, make_console
from corpus_tool.cli.layout import GAP, cut, graphemes
from corpus_tool.cli.output import TERMINAL_ROWS, Output
from corpus_tool.cli.visible import visible
from corpus_tool.writers.base import csv_row, spelled, to_json
from corpus_tool.writers.tsv_file import escape

TITLE_MARK = "T"
"""What stands beside a hit in a title."""

_COLUMNS = (("id", ID_SHOWN), ("date", 10), ("language", 3), ("field", 1))
_STYLES = {"id": "dim", "date": "cyan", "language": "green", "field": "magenta"}
_NODE = "bold yellow"
_LEAST = 36
"""The cells that node and context keep; columns beside them give way."""

_USUAL_NODE = 10
_AT_ONCE = 50
"""So many lines go out one by one, whoever reads them; later ones when they fill a buffer, or after a while."""

_WHILE = 0.5


class Page:
    """The columns of a screen: what is known of the article, and the node in the middle of what is left."""

    def __init__(self, color: str) -> None:
        self._console = make_console(color)
        self._columns = list(_COLUMNS)
        while self._columns and self._console.width - self._beside < _LEAST:
            self._columns.pop()
        self._room = self._console.width - self._beside
        self._left = max((self._room - _USUAL_NODE) // 2, 0)

    @property
    def _beside(self) -> int:
        return sum(width + GAP for _, width in self._columns)

    @property
    def words(self) -> int:
        """More words than fit on a side: none is shorter than a letter and a blank."""
        return self._room // 2 + 1

    def line(self, hit: ConcordanceLine) -> Text:
        """One line, as wide as the screen at most: the left context cut from its left, the right one from its right."""
        made = Text(no_wrap=True, overflow="ignore", end="\n")
        for name, width in self._columns:
            shown = cut(_cell(hit, name), width)
            made.append(shown, style=_STYLES[name]).append(" " * (width - cell_len(shown) + GAP))
        left = cut_left(_flat(hit.left), self._left)
        node = cut(_flat(hit.node), self._room - self._left)
        made.append(" " * (self._left - cell_len(left)) + left).append(node, style=_NODE)
        made.append(cut(_flat(hit.right), self._room - self._left - cell_len(node)))
        made.rstrip()
        return made

    def draw(self, hits: Iterable[ConcordanceLine], *, capped: bool) -> None:
        """Draw every line as it comes; with `capped` the first ones, and how many of how many."""
        total = 0
        for hit in hits:
            total += 1
            if not capped or total <= TERMINAL_ROWS:
                draw(self._console, self.line(hit))
        if capped and total > TERMINAL_ROWS:
            draw(self._console, Text(f"{TERMINAL_ROWS} of {total:,} shown; -n {total} shows all", style="dim"))


def _cell(hit: ConcordanceLine, name: str) -> str:
    if name == "field":
        return TITLE_MARK if hit.field == "title" else ""
    value = visible(str(getattr(hit, name) or "–"))
    return value[:ID_SHOWN] if name == "id" else value


def _flat(text: str) -> str:
    """A context on one line."""
    return visible(text.replace("\n", " ").replace("\t", " "))


def cut_left(text: str, width: int) -> str:
    """The end of a text in at most `width` cells, an ellipsis in its first where it was longer.

    >>> cut_left("opening", 5), cut_left("a\\u65e5\\u672c", 4) == "…\\u672c"
    ('…ning', True)
    """
    if cell_len(text) <= width:
        return text
    if width <= 0:
        return ""
    kept: list[str] = []
    used = 0
    for sign, cells in reversed(list(graphemes(text))):
        if used + cells > width - 1:
            break
        kept.append(sign)
        used += cells
    return "…" + "".join(reversed(kept))


def write_lines(hits: Iterable[ConcordanceLine], name: str, *, each: bool = False) -> None:
    """Write lines to standard output in a flat format or JSON; with `each` every one goes out at once."""
    out = Output(each=each)
    rows = {"tsv": _tsv, "csv": _csv, "json": _json, "jsonl": _jsonl}[name](hits)
    sent = 0.0
    for number, row in enumerate(rows):
        out.write(row.encode())
        if number < _AT_ONCE or time.monotonic() - sent > _WHILE:
            out.flush()
            sent = time.monotonic()
    out.flush()


def _tsv(hits: Iterable[ConcordanceLine]) -> Iterator[str]:
    yield "\t".join(ConcordanceLine._fields) + "\n"
    known: tuple[str | None, ...] = ()
    head = ""
    for hit in hits:
        article = (hit.id, hit.name, hit.date, hit.language, hit.outlet)  # first, and the same on all its lines
        if article != known:
            known = article
            head = "\t".join([_tsv_cell(value or "") for value in known])
        rest = f"{_tsv_cell(hit.left)}\t{_tsv_cell(hit.node)}\t{_tsv_cell(hit.right)}"
        yield f"{head}\t{hit.field}\t{hit.start}\t{hit.end}\t{rest}\n"


def _tsv_cell(text: str) -> str:
    """A cell as all TSV has it; most hold nothing to spell out."""
    return text if text.isprintable() and "\\" not in text else escape(spelled(text))


def _csv(hits: Iterable[ConcordanceLine]) -> Iterator[str]:
    yield csv_row(ConcordanceLine._fields)
    for hit in hits:
        yield csv_row(_cells(hit))


def _cells(hit: ConcordanceLine) -> list[str]:
    return ["" if value is None else spelled(value) if isinstance(value, str) else str(value) for value in hit]


def _json(hits: Iterable[ConcordanceLine]) -> Iterator[str]:
    before = "[\n"
    for hit in hits:
        yield f"{before}{to_json(hit._asdict())}"
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _jsonl(hits: Iterable[ConcordanceLine]) -> Iterator[str]:
    for hit in hits:
        yield f"{to_json(hit._asdict())}\n"
