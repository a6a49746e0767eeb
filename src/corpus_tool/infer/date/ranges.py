"""Ranges of dates: `van 3 tot 5 mei 2018`, `du 28 décembre au 3 janvier 2019`, as EDTF intervals.

Days or months joined by `and` are a range only where one follows the other; else they are two dates.
"""

from __future__ import annotations

import re

from corpus_tool.infer.date.reading import Expression
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.patterns import lazy

TO = (
    r"(?:tot(?: en met| met)?|t/m|tem|au|à|to|until|till|through|bis(?: zum)?|al|a|hasta(?: el)?|fino (?:al?|all')|ao"
    r"|até(?: ao?)?)"
)
"""Words between the ends of a range, in the seven languages."""
AND = r"(?:en|et|and|und|y|e)"

_WORD = lazy(r"[^\W\d]+")
_BETWEEN = lazy(rf",? (?:{TO}) (?:le |de |den |el |il |l'|the )?| ?[-/] ?")
_BETWEEN_WORD = lazy(r"\b(?:tussen|entre|between|zwischen|tra|fra) (?:le |il |el |the |den )?$")
_FROM = lazy(r"\b(?:van|vanaf|tussen|du|de|entre|from|between|vom|von|zwischen|del|desde|dal|dall'|tra|do|da) ?$")


def is_pair(between: str) -> bool:
    """Whether what stands between two days or months names just these two: `en`, `/`; not `tot` or a dash."""
    return "/" in between or (_WORD.search(between) is not None and re.match(rf" {AND} ", between) is not None)


def opens_between(text: str, start: int) -> bool:
    """Whether a word before two dates makes `and` a range: `tussen 3 en 5 mei`."""
    return _BETWEEN_WORD.search(text, max(0, start - 12), start) is not None


def range_of(
    first: EdtfDate | None,
    last: EdtfDate | None,
    match: re.Match[str],
    ends: tuple[str, str],
    sign: str,
    *,
    between: bool = False,
) -> tuple[Expression, ...] | None:
    """The range between two ends that a match's groups name; None where that is no range in time.

    `sign` is what parts the ends; `between` makes a range of days that only `and` joins.
    """
    start, middle, end = match.start(), match.start(ends[1]), match.end()
    if first is None or last is None:
        return (Expression(None, start, end, "range"),)
    if first.text >= last.text:
        return None
    one = Expression(first, start, match.end(ends[0]), "day")
    other = Expression(last, middle, end, "day")
    if is_pair(sign) and not between and not _adjacent(first, last):
        return one, other
    if first.earliest is None:
        return one._replace(rule="range-start"), other._replace(rule="range-end")
    return (Expression(EdtfDate.interval(first, last), start, end, "range"),)


def _adjacent(first: EdtfDate, last: EdtfDate) -> bool:
    """Whether one day or month comes right after the other."""
    if first.latest is not None and last.earliest is not None:
        return (last.earliest - first.latest).days == 1
    return int(last.text[-2:]) - int(first.text[-2:]) == 1


def join(text: str, found: list[Expression]) -> list[Expression]:
    """The expressions, with each two that are the ends of one range made one: `28 december tot 3 januari 2019`."""
    joined: list[Expression] = []
    for item in found:
        if joined and (whole := _joined(text, joined[-1], item)) is not None:
            joined[-1:] = whole
        else:
            joined.append(item)
    return joined


def _joined(text: str, one: Expression, other: Expression) -> list[Expression] | None:
    if one.date is None or other.date is None or not _BETWEEN.fullmatch(text, one.end, other.start):
        return None
    if {one.date.precision, other.date.precision} & {"interval", "season", "year"} or "range" in one.rule + other.rule:
        return None
    dash = _WORD.search(text, one.end, other.start) is None
    if one.date.precision == other.date.precision == "month" and dash and _adjacent(one.date, other.date):
        return _interval(one.date, one, other)
    if one.date.precision == "yearless":
        if other.date.precision == "yearless":
            return [one._replace(rule="range-start"), other._replace(rule="range-end")]
        return _interval(before(one.date.text, other.date), one, other) if other.date.precision == "day" else None
    if other.date.precision != one.date.precision or (
        dash and not _FROM.search(text, max(0, one.start - 12), one.start)
    ):
        return None
    return _interval(one.date, one, other)


def before(yearless: str, date: EdtfDate) -> EdtfDate | None:
    """The last such day or month up to a date: 28 December before 3 January 2019 is of 2018.

    >>> str(before("XXXX-12-28", EdtfDate.parse("2019-01-03")))
    '2018-12-28'
    """
    year = int(date.text[:4]) - (yearless[5:] > date.text[5:])
    try:
        return EdtfDate.parse(f"{year:04d}{yearless[4:]}")
    except ValueError:
        return None


def _interval(first: EdtfDate | None, one: Expression, other: Expression) -> list[Expression] | None:
    if first is None or other.date is None or first.text >= other.date.text:
        return None
    return [Expression(EdtfDate.interval(first, other.date), one.start, other.end, "range")]


def is_span(text: str, start: int, end: int, after: int) -> bool:
    """Whether what stands between two months, and before them, makes them a range: `tussen mei en juli`, `mei-juli`."""
    if _BETWEEN.fullmatch(text, end, after):
        return True
    return opens_between(text, start) and re.fullmatch(rf"\s{AND}\s", text[end:after]) is not None
