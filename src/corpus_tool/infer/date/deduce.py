"""The publication date that a relative expression and the date it stands for give together.

`hier, mardi 19 juin 2018` was written on the 20th; `vorige maand, in mei 2018` in June 2018.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import NamedTuple

from corpus_tool.infer.date.expressions import NOISE, Expression, find_expressions, make_date
from corpus_tool.infer.date.relative import Relative, find_relative
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.options import DayOrder
from corpus_tool.patterns import lazy

DEDUCE_CHARACTERS = 3000
"""How much of a text is looked through for such pairs."""
APART = 30
"""How far the two may stand apart, in characters, with nothing but small words between them."""

REACH = 80
"""How far around a year a pair is looked for: most of a text need not be read."""

ANCHORED = "anchored"
"""The rule of a day whose year is known from elsewhere."""

_EXACT = lazy(
    r"(?i)\bjour pour jour\b|\bdag op dag\b|\b(?:precies|exactement|exactly|genau|exactamente|esattamente)\b"
    r"|\bto the day\b|\bauf den tag(?: genau)?\b"
)
_YEARS_AGO = lazy(r"(?i)\b(?:jaar|jaren|years?|ans?|années|jahren?|años?|anni|anno|anos?)\b")
_DAY_BEFORE = lazy(
    r"\d\w{0,3}[. ]{1,2}(?:de )?[^\W\d_]{3,10}\.?,? (?:de |del )?$|[^\W\d_]{3,9}\.? \d\d?(?:st|nd|rd|th)?,? $"
    r"|\d[./-]\d\d?[./-]$"
)
"""A day and a month right before a year."""
_YEAR = lazy(r"(?:1[6-9]|20)\d\d(?!\d)")


class Deduced(NamedTuple):
    """The date that follows from a pair, and the span of the pair; whether years were counted, or one was assumed."""

    date: EdtfDate
    start: int
    end: int
    is_counted: bool = False
    is_anchored: bool = False


def deduce(
    text: str,
    language: str | None,
    day_order: DayOrder | None = None,
    resolved: Callable[[EdtfDate], EdtfDate] | None = None,
) -> Deduced | None:
    """The date of publication that all such pairs of a text agree on; None where there is none, or two.

    `resolved` gives a day without a year the year that is known from elsewhere, where one is.
    """
    window = text[:DEDUCE_CHARACTERS]
    found: list[Deduced] = []
    for start, end in _stretches(window, language, everywhere=resolved is not None):
        part = window[start:end]
        relatives = [item for item in find_relative(part, language) if item.offset is not None]
        if relatives:
            explicit = [item for item in find_expressions(part, language, day_order) if item.date is not None]
            if resolved is not None:
                explicit = [_anchored(item, resolved) for item in explicit]
            pairs = (_pair(part, relative, explicit) for relative in relatives)
            moved = (_counted(part, pair, relatives) for pair in pairs if pair)
            found += [pair._replace(start=pair.start + start, end=pair.end + start) for pair in moved if pair]
    return found[0] if len({str(pair.date) for pair in found}) == 1 else None


def _anchored(found: Expression, resolved: Callable[[EdtfDate], EdtfDate]) -> Expression:
    """A day without a year with the one that is known from elsewhere."""
    date = resolved(found.date) if found.date is not None else None
    return found if date is found.date else found._replace(date=date, rule=ANCHORED)


def _stretches(text: str, language: str | None, *, everywhere: bool) -> Iterator[tuple[int, int]]:
    """Where a pair can stand: around years, or everywhere where a day without a year will do.

    Without a language only around days, for the words of seven languages would be tried at every year.
    """
    if everywhere:
        yield 0, len(text)
        return
    start = end = 0
    for match in _YEAR.finditer(text):
        if language is None and not _DAY_BEFORE.search(text[max(0, match.start() - 24) : match.start()]):
            continue
        if match.start() - REACH > end:
            if end:
                yield start, end
            start = match.start() - REACH
        end = min(len(text), match.end() + REACH)
    if end:
        yield start, end


def _pair(text: str, relative: Relative, explicit: list[Expression]) -> Deduced | None:
    """What a relative expression gives with the date right after it, or right before it."""
    for found in explicit:
        first, second = sorted(((found.start, found.end), (relative.start, relative.end)))
        between = text[first[1] : second[0]]
        if relative.rule == "counted" and not _EXACT.search(between):
            continue  # `tien jaar geleden, op 3 mei 2008` may be a few days off
        leans = first[1] <= second[0] and _lean(_EXACT.sub(" ", between))
        date = _shifted(found.date, relative) if leans else None
        if date is not None:
            counted, anchored = relative.rule == "counted", found.rule == ANCHORED
            return Deduced(date, min(relative.start, found.start), max(relative.end, found.end), counted, anchored)
    if relative.rule == "counted":
        return None
    if relative.unit == "year" and (year := _year_after(text, relative.end)) is not None:
        date = make_date(year[0] - (relative.offset or 0))
        return None if date is None else Deduced(date, relative.start, year[1])
    return None


def _counted(text: str, pair: Deduced, relatives: list[Relative]) -> Deduced | None:
    """The pair moved by the years beside it: `11 november 1918, vandaag precies honderd jaar geleden`.

    None where years are counted that we cannot read.
    """
    beside = text[max(0, pair.start - APART) : pair.end + APART]
    if pair.is_counted or pair.date.precision != "day" or _YEARS_AGO.search(beside) is None:
        return pair
    for other in relatives:
        near = other.start <= pair.end + APART and other.end >= pair.start - APART
        if other.rule == "counted" and other.unit == "year" and other.offset is not None and near:
            first = pair.date.earliest
            moved = make_date(first.year - other.offset, first.month, first.day) if first is not None else None
            return None if moved is None else Deduced(moved, min(pair.start, other.start), max(pair.end, other.end))
    return None


def _lean(between: str) -> bool:
    """Whether two expressions stand for the same: a comma, brackets, a weekday, small words between them."""
    if len(between) > APART or "." in between.replace(".,", ""):
        return False
    return not any(map(str.isalnum, NOISE.sub(" ", between.replace(" in ", " ").replace(" en ", " "))))


def _year_after(text: str, position: int) -> tuple[int, int] | None:
    """A bare year right after a position, and where it ends."""
    match = _YEAR.search(text, position, position + APART)
    if match is None or not _lean(text[position : match.start()] + " "):
        return None
    return int(match.group()), match.end()


def _shifted(date: EdtfDate | None, relative: Relative) -> EdtfDate | None:
    """The date so many units on from the one that was meant, at the precision of the unit."""
    if date is None or date.earliest is None or relative.offset is None:
        return None
    first = date.earliest
    if relative.unit == "day" and date.precision == "day":
        return EdtfDate.from_date(first - datetime.timedelta(days=relative.offset))
    if relative.unit == "month" and date.precision == "month":
        months = first.year * 12 + first.month - 1 - relative.offset
        return make_date(months // 12, months % 12 + 1)
    if relative.rule == "counted" and relative.unit == "year" and date.precision == "day":
        return make_date(first.year - relative.offset, first.month, first.day)
    if relative.unit == "year" and date.precision == "year":
        return make_date(first.year - relative.offset)
    return None
