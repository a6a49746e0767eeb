"""Dates that the first lines of a text state by a label: `date 2018-06`, `Datum: 20.06.2018`, `DATE=20180620;LANG=fr`.

Here belong the codes of press databases that a reader has not taken apart: `PD 29 décembre 2011` (Factiva),
`*date_2015-03` (IRaMuTeQ and Alceste), `<DOC id="CNA_ENG_19940531.0390">` (the news collections of the LDC), a cell of
a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus_tool.infer.date.expressions import parse_stated
from corpus_tool.infer.date.names import date_in_name
from corpus_tool.model.fields import field_of
from corpus_tool.model.record import Stated
from corpus_tool.patterns import lazy
from corpus_tool.text.furniture import MARKER, valid_marker_date

HEADER_CHARACTERS = 3000
HEADER_LINES = 20
LINE_MAX = 400

_LONE_LABELS = frozenset(
    (
        *("pd", "dat", "dt", "da", "data", "fecha", "parution", "pubtime", "paru", "erschienen", "verschenen"),
        *("ausgabe", "editie", "edition", "édition", "uitgave", "edición", "edizione", "edição"),
        *("jour", "dag", "tag", "day", "giorno", "día", "dia"),
    )
)
"""Labels that are words or codes of something else too: they state a date only where one follows."""

_DIGIT = lazy(r"\d")
_PAIRS = lazy(r"[ \t]*[^\W\d_]\w{0,30}=[^;|\t\n]*(?:[;|\t]|$)")
_PAIR = lazy(r"(?:^|[;|\t])[ \t]*(?P<label>[^\W\d_]\w{0,30})=(?P<value>[^;|\t\n]+)")
_LABEL = lazy(r"^[ \t]*(?P<label>[^\W\d_][^:\n]{0,40}?)[ \u00a0]?:[ \t\u00a0]+(?P<value>.+)$")
_CODE = lazy(r"^[ \t]*(?P<label>[A-Za-z]{2,8})[ \t]+(?P<value>\S.{3,60})$")
_BRACKETS = lazy(r"\[(?P<label>[^\W\d_][^\[\]:\n]{0,40}?) ?: ?(?P<value>[^\[\]\n]{4,60})\]")
_STAR = lazy(r"\*date_(?P<value>\d{4}(?:-\d\d){0,2})(?![\w-])")
_DOCUMENT = lazy(r"<DOC\b[^>\n]{0,80}?\b(?:id|docno)=[\"'](?P<value>[^\"'\n]{6,60})[\"']")
_CELL = lazy(r"(?:^|(?<=\t))(?P<value>\d{4}[.-]\d\d(?:[.-]\d\d)?)(?=\t)")


def first_usable(stated: Iterable[tuple[str, Stated]], language: str | None) -> dict[str, Stated]:
    """Of several values for one field the first that is a date; where none is, the first."""
    found: dict[str, Stated] = {}
    for name, value in stated:
        known = found.get(name)
        if known is None or (_is_no_date(known, language) and not _is_no_date(value, language)):
            found[name] = value
    return found


def _is_no_date(stated: Stated, language: str | None) -> bool:
    return parse_stated(stated.value, language) is None


def header_lines(text: str) -> Iterator[tuple[str, Stated]]:
    """The date and the update that a marker, label, pair or code in the first lines states, with its place."""
    start = 0
    end = len(text) if len(text) <= HEADER_CHARACTERS else text.rfind("\n", 0, HEADER_CHARACTERS)
    opening = text[:end] if end >= 0 else text[:HEADER_CHARACTERS]  # a line that is cut off may hold half a date
    for number, line in enumerate(opening.split("\n")[:HEADER_LINES]):
        marker = MARKER.match(line) if number == 0 else None
        if marker and valid_marker_date(marker["date"]):
            value, span = marker["date"], marker["span"]
            yield "date", Stated(value, span, "text", marker.start("span"), marker.end("span"), "marker")
        elif len(line) <= LINE_MAX and _DIGIT.search(line):
            yield from _labeled(line, start)
        start += len(line) + 1


def _labeled(line: str, start: int) -> Iterator[tuple[str, Stated]]:
    """What labels in one line state; `start` is where the line begins."""
    if _PAIRS.match(line):
        for pair in _PAIR.finditer(line):
            yield from _named(pair["label"], pair["value"], start + pair.start("value"))
        return
    for pair in _BRACKETS.finditer(line):
        yield from _named(pair["label"], pair["value"], start + pair.start("value"))
    for pattern in (_LABEL, _CODE):
        if (match := pattern.match(line)) is not None:
            label = match["label"] if pattern is _LABEL or match["label"].lower() in _LONE_LABELS else ""
            value = match["value"]
            yield from _named(label, value.strip(), start + match.start("value") + len(value) - len(value.lstrip()))
    for pattern, rule in ((_STAR, "star"), (_CELL, "cell")):
        if (match := pattern.search(line)) is not None:
            value = match["value"].replace(".", "-")
            yield "date", Stated(value, match["value"], "text", start + match.start("value"), start + match.end(), rule)
    if (match := _DOCUMENT.match(line)) is not None and (found := date_in_name(match["value"])) is not None:
        at = start + match.start("value")
        read = match["value"][found.start : found.end]
        yield "date", Stated(str(found.date), read, "text", at + found.start, at + found.end, "document-id")


def _named(label: str, value: str, at: int) -> Iterator[tuple[str, Stated]]:
    """The field that a label names, where it is a date; a label that is another word too must have one."""
    name = field_of(label) if label else None
    if name is None and label.lower() in _LONE_LABELS and parse_stated(value) is not None:
        name = "date"
    if name in ("date", "date_modified") and name is not None:
        yield name, Stated(value, value, "text", at, at + len(value), "label")
