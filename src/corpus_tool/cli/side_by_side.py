"""Two articles side by side on a wide terminal, one after the other on a narrow one, with the same marks.

A passage has its number in the margin of both texts, a shared term and a change have marks or a style of their own.
Color is never the only sign: without it, terms stand between asterisks.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from corpus_tool.cli.console import ID_SHOWN, READING_WIDTH, make_console
from corpus_tool.cli.output import to_terminal, write_text
from corpus_tool.cli.visible import visible
from corpus_tool.cli.wrapping import wrapped
from corpus_tool.model.langtag import language_name
from corpus_tool.model.side_by_side import SIDES, SIGNS, ChangeKind, Head, Part, Row, SharedTerm, SideBySide
from corpus_tool.patterns import lazy

WIDE = 110
"""From this width on, in cells, there are two columns."""

GAP = 3
"""Blanks between the two columns."""

LEAST_FOLDED = 40
"""So many words the same, or fewer, are never folded."""

KEPT_WORDS = 8
"""Words that stay on each side of a fold, beside what differs."""

_HUES = ("cyan", "magenta", "green")
_TERM = "bold underline yellow"
_CHANGES: dict[ChangeKind, str] = {"changed": "yellow", "left": "red", "right": "green"}
_SAID: dict[ChangeKind, str] = {"changed": "in other words", "left": "only left", "right": "only right"}
_BAR = "│"
_WORD = lazy(r"\S+")


def print_side_by_side(view: SideBySide, color: str, *, whole: bool = False) -> None:
    """Print two articles; on a terminal through the pager where they are longer than the screen.

    What is the same in near-duplicates is folded where it is long, unless the `whole` is wanted.
    """
    console = make_console(color)
    height = console.height
    text = drawn(view, console, whole=whole)
    if not to_terminal() or text.count("\n") < height or os.environ.get("TERM") == "dumb":
        write_text(text)
        return
    import pydoc

    os.environ.setdefault("LESS", "-R")
    pydoc.pager(text)


def drawn(view: SideBySide, console: Console, *, whole: bool = False) -> str:
    """What a console of this width shows, without blanks at the ends of lines."""
    page = _Page(view, console, folds=view.kind == "differences" and not whole)
    with console.capture() as capture:
        for line in page.lines():
            console.print(line, no_wrap=True, overflow="ignore", crop=False)
    return "".join(f"{text.rstrip(' ')}\n" for text in capture.get().split("\n")[:-1])


class _Page:
    """One view on one console: how wide its columns and margins are, and its lines."""

    def __init__(self, view: SideBySide, console: Console, *, folds: bool) -> None:
        self._view, self._folds = view, folds
        self._colored = console.color_system is not None
        passages = view.passages()
        self._margin = len(f"[{passages}]") if passages else 0
        beside = self._margin + 2 if passages else 0
        self._wide = console.width >= WIDE
        room = (console.width - GAP) // 2 if self._wide else console.width
        self._column = min(room, READING_WIDTH + beside)
        self._room = max(self._column - beside, 1)
        self._page = 2 * self._column + GAP if self._wide else self._column

    def lines(self) -> Iterator[Text]:
        """Heads, evidence and both texts, in the order in which they are read."""
        heads = [self._head(self._view.head(side)) for side in SIDES]
        if self._wide:
            yield from self._beside(*heads)
        else:
            yield from (*heads[0], Text(), *heads[1])
        yield Text()
        yield from self._beside_labels(list(self._facts()))
        yield Text()
        yield from self._both() if self._wide else self._one_by_one()

    def _head(self, head: Head) -> list[Text]:
        title = Text(visible(head.title or head.name), style="bold")
        return [*wrapped(title, self._column), *wrapped(Text(_known(head), "dim"), self._column)]

    def _beside_labels(self, facts: Sequence[tuple[str, Text]]) -> Iterator[Text]:
        """Facts as lines, wrapped beside their labels."""
        beside = max((cell_len(label) for label, _ in facts), default=0) + 2
        for label, value in facts:
            for number, line in enumerate(wrapped(value, max(self._page - beside, 1))):
                shown = "" if number else label
                yield Text().append(shown + " " * (beside - cell_len(shown)), "dim").append_text(line)

    def _facts(self) -> Iterator[tuple[str, Text]]:
        for fact in self._view.facts:
            yield fact.label, Text(visible(fact.value))
        if self._view.terms:
            yield "shared", self._terms(self._view.terms)
        if self._view.kind == "twins":
            number = ("[1]", _HUES[1 % len(_HUES)], "likely the same passage in both")
            term = ("term" if self._colored else "*term*", _TERM, "shared; how often left ↔ right, share of the score")
            shown = [number] * bool(self._margin) + [term] * bool(self._view.terms)
            yield from ((("marks", self._legend(shown)),) if shown else ())
        else:
            yield "marks", self._legend((f"[{SIGNS[kind]}1 …]", _CHANGES[kind], said) for kind, said in _SAID.items())

    def _legend(self, signs: Iterable[tuple[str, str, str]]) -> Text:
        made = Text()
        for sign, style, words in signs:
            made.append(" · " if made else "", "dim").append(sign, style).append(f" {words}", "dim")
        return made

    def _terms(self, terms: Sequence[SharedTerm]) -> Text:
        made = Text()
        for term in terms:
            made.append(" · " if made else "", "dim")
            if not term.left and not term.right:
                made.append(term.kind, "italic")
            else:
                made.append(visible(term.left), "bold").append(f" {_times(term.left_count)} ↔ ")
                if term.right != term.left:
                    made.append(visible(term.right), "bold").append(" ")
                made.append(_times(term.right_count))
            made.append(f", {term.share:.0%}", "dim")
        return made

    def _both(self) -> Iterator[Text]:
        """The rows, each as high as its higher side."""
        first = True
        for row in self._shown():
            opens = isinstance(row, int) or any(part.opens and _is_seen(part) for cell in row for part in cell)
            yield from (Text(),) if opens and not first else ()
            first = False
            if isinstance(row, int):
                note = _folded(row)
                yield Text(" " * ((self._page - cell_len(note)) // 2) + note, "dim")
            else:
                yield from self._beside(*(list(self._cell(cell)) for cell in row))

    def _one_by_one(self) -> Iterator[Text]:
        for number, side in enumerate(SIDES):
            head = self._view.head(side)
            name = f"── {head.language or 'und'} {head.id[:ID_SHOWN]} "
            yield from ((Text(),) if number else ())
            yield Text(visible(name) + "─" * max(self._column - cell_len(name), 0), "dim")
            for row in self._shown():
                if isinstance(row, int):
                    yield from (Text(), Text(_folded(row), "dim"))
                    continue
                cell = row[number]
                opens = next((part.opens for part in cell if _is_seen(part)), False)
                yield from ((Text(),) if opens else ())
                yield from self._cell(cell)

    def _beside(self, left: Sequence[Text], right: Sequence[Text]) -> Iterator[Text]:
        for one, other in zip_longest(left, right):
            made = Text().append_text(one) if one is not None else Text()
            if other is not None and other.plain:
                made.append(" " * (self._column + GAP - cell_len(made.plain))).append_text(other)
            yield made

    def _shown(self) -> Iterator[Row | int]:
        """The rows; of rows in a row that are long and the same, how many words they have."""
        for same, rows in groupby(self._view.rows, _is_same):
            held = list(rows)
            words = sum(len(part.text.split()) for row in held for part in row.left)
            if self._folds and same and words > LEAST_FOLDED:
                yield words
            else:
                yield from held

    def _cell(self, parts: Sequence[Part]) -> Iterator[Text]:
        """The lines of one side of a row, with the numbers of passages in their margin."""
        first = True
        for part in filter(_is_seen, parts):
            if part.opens and not first:
                yield Text() if part.begins else self._in_margin(part, begins=False)
            first = False
            for number, line in enumerate(wrapped(self._text(part), self._room)):
                yield self._in_margin(part, begins=part.begins and number == 0).append_text(line)

    def _in_margin(self, part: Part, *, begins: bool) -> Text:
        if not self._margin:
            return Text()
        if part.passage is None:
            return Text(" " * (self._margin + 2))
        sign = f"[{part.passage}]" if begins else ""
        return Text().append(f"{sign:>{self._margin}}{_BAR} ", _HUES[part.passage % len(_HUES)])

    def _text(self, part: Part) -> Text:
        made = Text(style="bold" if part.kind == "subhead" else "")
        for piece in part.pieces:
            shown = visible(piece.text, lines=True)
            words = shown.rstrip()
            if piece.change is not None and (words or not shown):
                sign = f"{SIGNS[piece.change.kind]}{piece.change.number}"
                apart = "" if words or not made or made.plain[-1].isspace() else " "
                made.append(apart).append(f"[{sign} {words}]" if words else f"[{sign}]", _CHANGES[piece.change.kind])
                made.append(shown[len(words) :])
            elif piece.term is not None:
                made.append(shown if self._colored else f"*{shown}*", _TERM)
            else:
                self._add_same(made, shown)
        made.rstrip()
        return made

    def _add_same(self, made: Text, shown: str) -> None:
        words = list(_WORD.finditer(shown)) if self._folds else []
        if len(words) <= LEAST_FOLDED:
            made.append(shown)
            return
        made.append(shown[: words[KEPT_WORDS].start()])
        made.append(_folded(len(words) - 2 * KEPT_WORDS), "dim")
        made.append(shown[words[-KEPT_WORDS - 1].end() :])


def _is_seen(part: Part) -> bool:
    """Whether more than blanks is drawn of a part."""
    return bool(visible(part.text, lines=True).strip()) or any(piece.change for piece in part.pieces)


def _is_same(row: Row) -> bool:
    return not any(piece.change for cell in row for part in cell for piece in part.pieces)


def _folded(words: int) -> str:
    return f"… {words:,} words the same …"


def _times(count: int) -> str:
    """How often a term stands in the text; one without a place there stands in the title."""
    return str(count) if count else "title"


def _known(head: Head) -> str:
    language = head.language
    if language not in (None, "und", "zxx"):
        language = f"{language} ({language_name(language)})"
    known = (head.id, head.date or "date not known", language or "und", head.outlet, f"{head.words:,} words")
    return visible(" · ".join(part for part in known if part))
