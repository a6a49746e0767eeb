"""Explicit date expressions: where they stand, and the EDTF date they spell.

ISO, numeric, with month names, ranges of these, and seasons, quarters and weeks of a year. What is impossible
(`31 juin 2018`) is no date at all; nothing is ever filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tool.infer.date import ranges, spelled, vague
from corpus_tool.infer.date.reading import Expression as Expression
from corpus_tool.infer.date.reading import Reading, fold, without_overlaps
from corpus_tool.infer.date.reading import make_date as make_date
from corpus_tool.infer.date.reading import western_digits as western_digits
from corpus_tool.model.calendar import WEEKDAY_PATTERN
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.options import DayOrder
from corpus_tool.patterns import lazy
from corpus_tool.text.furniture import YEARS

_DIGIT = lazy("[0-9]")


def find_expressions(
    text: str, language: str | None = None, day_order: DayOrder | None = None, *, years: range = YEARS
) -> Iterator[Expression]:
    """Every explicit date expression of a text, left to right, none inside another.

    Numeric order is that of `day_order`, else of the language. A year outside `years` makes the date impossible.

    >>> [str(found.date) for found in find_expressions("18 juni 2018, van 3 tot 5 mei 2019, zomer van 2020", "nl")]
    ['2018-06-18', '2019-05-03/2019-05-05', '2020-22']
    """
    text = western_digits(text)
    if _DIGIT.search(text) is None:
        return iter(())
    reading = Reading(text, fold(text), language, day_order, years)
    found = vague.with_part(reading, ranges.join(reading.folded, list(spelled.read(reading))))
    return iter(without_overlaps([*found, *vague.find_periods(reading)]))


_ISO_TIME = r"(?<=\d)t\d\d:?\d\d(?::?\d\d)?(?:[.,]\d+)?(?:z|[+-]\d\d:?\d\d)?"
_TIME = r"\b\d{1,2}(?:[:.hu]\d\d){1,2}\b|\b\d{1,2}[hu]\b"
NOISE = lazy(
    rf"{_ISO_TIME}|\b(?:{WEEKDAY_PATTERN})\b\.?|{_TIME}|\b(?:am|pm|uur|uhr|le|op|om|um|à|at|den|the|on|of|el|il|a las"
    r"|alle|ore|z|utc|gmt|ce[s]?t|edt|est|bst|pdt|pst)\b|(?:(?<=\d)\.\d+)?[+-]\d\d:?\d\d|[\s,;.:()|–—-]+",
    re.IGNORECASE,
)
"""What may stand beside a date without being a word of its own: weekday, time, time zone, small words, signs."""

TIME_AFTER = lazy(
    rf"{_ISO_TIME}|,?\s+(?:(?:à|om|at|um|a las|alle|ore)\s+)*(?:{_TIME})(?:\s*(?:uur|uhr|[ap]m))?", re.IGNORECASE
)
"""A time right after a date: ` à 16h32`, `, 09:15 Uhr`, `T16:32:00+02:00`."""

MAX_STATED = 120
"""Longest value that can state a date, in characters."""


def parse_stated(value: str, language: str | None = None, day_order: DayOrder | None = None) -> EdtfDate | None:
    """The date that a field's value states, with weekday and time beside it allowed and nothing else.

    >>> str(parse_stated("mardi 19 juin 2018 à 16h32")), parse_stated("gisteren of zo")
    ('2018-06-19', None)
    """
    value = western_digits(value).strip()
    if not value or len(value) > MAX_STATED:
        return None
    if value.isdecimal():
        if len(value) == 8:
            return make_date(int(value[:4]), int(value[4:6]), int(value[6:]))
        return make_date(int(value)) if len(value) == 4 else None
    if (edtf := _edtf(value)) is not None:
        return edtf
    found = list(find_expressions(value, language, day_order))
    if len(found) != 1:
        return None
    before, after = value[: found[0].start], value[found[0].end :]
    if time := TIME_AFTER.match(value, found[0].end):
        after = value[time.end() :]
    return None if NOISE.sub("", f"{before} {after}") else found[0].date


def _edtf(value: str) -> EdtfDate | None:
    try:
        date = EdtfDate.parse(value)
    except ValueError:
        return None
    first, last = date.earliest, date.latest
    if first is not None and first.year not in YEARS:
        return None
    # The winter of the last year ends in the next.
    return None if last is not None and not YEARS.start <= last.year <= YEARS.stop else date
