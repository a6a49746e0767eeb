"""Explicit date expressions: where they stand, and the EDTF date they spell.

ISO, numeric, and with month names in seven languages. What is impossible (`31 juin 2018`) is no date at all;
nothing is ever filled in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from corpus_tool.model.calendar import MONTH_PATTERN, MONTHS, WEEKDAY_PATTERN
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.patterns import lazy
from corpus_tool.text.furniture import YEARS

TWO_DIGIT_PIVOT = 50
"""Two-digit years below it are in the 2000s, the others in the 1900s."""

DAY_FIRST = frozenset(("nl", "fr", "de", "es", "it", "pt", "da", "sv", "no", "nb", "af", "fy", "lb", "ca"))
"""Languages whose press writes the day before the month in numeric dates; English alone is ambiguous."""


class Expression(NamedTuple):
    """A date expression: its date (None for an impossible one), its span, and the rule that read it."""

    date: EdtfDate | None
    start: int
    end: int
    rule: str


@cache
def _pattern() -> re.Pattern[str]:
    ordinal = r"(?:er|ère|e|ste|de|st|nd|rd|th|\.|º|°)?"
    year = r"(?:1[6-9]|20)\d\d|['’]\d\d"
    month = rf"(?P<{{name}}>{MONTH_PATTERN})\.?"
    return re.compile(
        r"(?<![\w./:-])(?:"
        r"(?P<iso>(?P<iy>\d{4})-(?P<im>\d\d)(?:-(?P<id>\d\d))?)(?![\d-])"
        r"(?:[T ]\d\d:?\d\d(?::?\d\d)?(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?"
        r"|(?P<slash>(?P<sy>\d{4})(?P<ss>[/.])(?P<sm>\d\d?)(?P=ss)(?P<sd>\d\d?))(?!\d)"
        r"|(?P<numeric>(?P<na>\d\d?)(?P<sep>[/.-])(?P<nb>\d\d?)(?P=sep)(?P<ny>\d{4}|['’]?\d\d))(?![\d/-])"
        rf"|(?P<day>(?P<dd>\d\d?){ordinal}(?:[ \u00a0]|-)(?:de |of )?{month.format(name='dm')}"
        rf"(?:[ \u00a0,-]+(?:de |del )?(?P<dy>{year}))?)(?![\w])"
        rf"|(?P<english>{month.format(name='em')} (?P<ed>\d\d?)(?:st|nd|rd|th)?,? (?P<ey>(?:1[6-9]|20)\d\d))(?!\d)"
        rf"|(?P<month>{month.format(name='mm')} (?:de |del )?(?P<my>(?:1[6-9]|20)\d\d))(?!\d)"
        r")",
        re.IGNORECASE,
    )


def find_expressions(text: str, language: str | None = None) -> Iterator[Expression]:
    """Every explicit date expression of a text, left to right; numeric order by the language."""
    text = western_digits(text)
    for match in _pattern().finditer(text):
        kind = _kind(match)
        yield Expression(_READ[kind](match, language), match.start(), match.end(), kind)


def western_digits(text: str) -> str:
    """The text with every Unicode decimal digit as 0-9, at the same length.

    >>> western_digits("٢٠١٨")
    '2018'
    """
    if text.isascii():
        return text
    return _OTHER_DIGIT.sub(lambda m: str(unicodedata.decimal(m.group())), text)


_OTHER_DIGIT = lazy(r"[^\D0-9]")
_KINDS = ("iso", "slash", "numeric", "day", "english", "month")


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in _KINDS if match[kind] is not None)


def make_date(year: int, month: int | None = None, day: int | None = None) -> EdtfDate | None:
    """A date of a year an article can have, at the precision given; None for what does not exist."""
    if year not in YEARS:
        return None
    try:
        if month is None:
            return EdtfDate.year(year)
        return EdtfDate.month(year, month) if day is None else EdtfDate.day(year, month, day)
    except ValueError:
        return None


def _iso(match: re.Match[str], _language: str | None) -> EdtfDate | None:
    return make_date(int(match["iy"]), int(match["im"]), int(match["id"]) if match["id"] else None)


def _slash(match: re.Match[str], _language: str | None) -> EdtfDate | None:
    return make_date(int(match["sy"]), int(match["sm"]), int(match["sd"]))


def _numeric(match: re.Match[str], language: str | None) -> EdtfDate | None:
    first, second, year = int(match["na"]), int(match["nb"]), _year(match["ny"])
    if first > 12 or first == second:
        return make_date(year, second, first)
    if second > 12:
        return make_date(year, first, second)
    if (language or "").split("-")[0] in DAY_FIRST or match["sep"] == ".":
        return make_date(year, second, first)
    return make_date(year)  # 3 April or 4 March: only the year is known


def _day(match: re.Match[str], _language: str | None) -> EdtfDate | None:
    month, day = MONTHS[match["dm"].lower()], int(match["dd"])
    if match["dy"]:
        return make_date(_year(match["dy"]), month, day)
    try:
        return EdtfDate.parse(f"XXXX-{month:02}-{day:02}")
    except ValueError:
        return None


def _english(match: re.Match[str], _language: str | None) -> EdtfDate | None:
    return make_date(int(match["ey"]), MONTHS[match["em"].lower()], int(match["ed"]))


def _month(match: re.Match[str], _language: str | None) -> EdtfDate | None:
    return make_date(int(match["my"]), MONTHS[match["mm"].lower()])


_READ = {"iso": _iso, "slash": _slash, "numeric": _numeric, "day": _day, "english": _english, "month": _month}


def _year(digits: str) -> int:
    digits = digits.lstrip("'’")
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < TWO_DIGIT_PIVOT else 1900)


_TIME = r"\b\d{1,2}(?:[:.hu]\d\d){1,2}\b|\b\d{1,2}[hu]\b"
NOISE = lazy(
    rf"\b(?:{WEEKDAY_PATTERN})\b\.?|{_TIME}|\b(?:am|pm|uur|uhr|le|op|om|um|à|at|den|the|on|of|el|il|a las|alle|ore|"
    r"z|utc|gmt|ce[s]?t|edt|est|bst|pdt|pst)\b|[+-]\d\d:?\d\d|[\s,;.:()|–—-]+",
    re.IGNORECASE,
)
"""What may stand beside a date without being a word of its own: weekday, time, time zone, small words, signs."""

TIME_AFTER = lazy(rf",?\s+(?:(?:à|om|at|um|a las|alle|ore)\s+)*(?:{_TIME})(?:\s*(?:uur|uhr|[ap]m))?", re.IGNORECASE)
"""A time right after a date: ` à 16h32`, `, 09:15 Uhr`."""

MAX_STATED = 120
"""Longest value that can state a date, in characters."""


def parse_stated(value: str, language: str | None = None) -> EdtfDate | None:
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
    found = list(find_expressions(value, language))
    if len(found) == 1 and not NOISE.sub("", value[: found[0].start] + " " + value[found[0].end :]):
        return found[0].date
    return None


def _edtf(value: str) -> EdtfDate | None:
    try:
        date = EdtfDate.parse(value)
    except ValueError:
        return None
    years = [bound.year for bound in (date.earliest, date.latest) if bound is not None]
    return date if all(year in YEARS or year == YEARS.stop for year in years) else None
