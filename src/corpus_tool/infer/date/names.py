"""Dates in file names, folders and URLs."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus_tool.infer.date.expressions import find_expressions, make_date, western_digits
from corpus_tool.model.calendar import MONTHS
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.options import DayOrder
from corpus_tool.patterns import lazy

# A day may follow letters without a sign between them: `dmf20180618_0356`. One letter alone is rather a hash's.
_DAY = lazy(
    r"(?:(?<![0-9A-Za-z])|(?<=(?<![0-9])[A-Za-z]{2}))(?P<y>\d{4})(?P<s>[-_./]?)(?P<m>\d\d)(?P=s)(?P<d>\d\d)(?![0-9])"
    r"(?:T\d{4,6}\b)?(?![0-9a-su-zA-SU-Z])"
)
_DAY_FIRST = lazy(r"(?<![0-9A-Za-z])(?P<d>\d\d)(?P<s>[-_./])(?P<m>\d\d)(?P=s)(?P<y>\d{4})(?![0-9A-Za-z])")
_GLUED = lazy(r"(?<!\d)(?P<d>\d\d?)(?P<m>[^\W\d_]{3,10})(?P<y>\d{4})(?!\d)")
_ABOUT = frozenset(("over", "about", "sur", "über", "ueber", "sobre"))
_URL_DAY = lazy(r"/(?P<y>\d{4})/(?P<m>\d{1,2}|[^\W\d_]{3,10})/(?P<d>\d{1,2})(?=/|$)")
_MONTH = lazy(r"(?<![0-9A-Za-z])(?P<y>\d{4})(?P<s>[-_./])(?P<m>\d\d)(?![0-9A-Za-z])(?!(?P=s)\d)")
# Not the year of what looks like a day or month and is none: `2018-02-30` is void as a whole.
_YEAR = lazy(r"(?:^|(?<=[-_. ]))(\d{4})(?=[-_. ]|$)(?![-_.]\d\d(?!\d))")


_NAME_RULES = ((_DAY, "name-day"), (_DAY_FIRST, "name-day"), (_GLUED, "name-day"), (_MONTH, "name-month"))


class NameDate(NamedTuple):
    """A date read in a name, with its span there and the rule that read it."""

    date: EdtfDate
    start: int
    end: int
    rule: str


def date_in_name(name: str, day_order: DayOrder | None = None) -> NameDate | None:
    """The date of a file name or of a path: a full day, else a month, else a lone year in the file's stem.

    A name with two different days says nothing. Of `03-04-2018` only `day_order` can tell the month.

    >>> str(date_in_name("destandaard-2018-06.csv").date), date_in_name("000_2f415c78e3aaf97c.txt")
    ('2018-06', None)
    """
    name = western_digits(name)
    for pattern, rule in _NAME_RULES:
        if dates := _dates(name, pattern, rule, day_order):
            return dates[0] if len(dates) == 1 else None
    if (spelled := _spelled(name, day_order)) is not None:
        before = name[name.rfind("/") + 1 : spelled.start].lower()
        return None if _ABOUT.intersection(before.replace("_", " ").replace("-", " ").split()[-1:]) else spelled
    start = name.rfind("/") + 1
    dot = name.rfind(".", start)
    stem = name[start : dot if dot > start else len(name)]
    years = [m for m in _YEAR.finditer(stem) if make_date(int(m[1])) is not None]
    if len({m[1] for m in years}) != 1 or not re.search(r"[^\W\d_]", stem):
        return None
    date = make_date(int(years[0][1]))
    return None if date is None else NameDate(date, start + years[0].start(), start + years[0].end(), "name-year")


def _spelled(name: str, day_order: DayOrder | None) -> NameDate | None:
    """The only full date with a month name in a file's stem: `Gazette 7 mei 2013 p4.txt`, `le_4_mars_2012.txt`."""
    start = name.rfind("/") + 1
    stem = name[start:].replace("_", " ").replace("-", " ")
    if not any(word in MONTHS for word in stem.lower().split()):
        return None  # as in most names; the pattern for dates need not be made
    found = [item for item in find_expressions(stem, None, day_order) if item.date and item.date.precision == "day"]
    if len(found) != 1 or found[0].date is None or found[0].date.earliest is None:
        return None
    return NameDate(found[0].date, start + found[0].start, start + found[0].end, "name-day")


def date_in_url(url: str) -> NameDate | None:
    """The date of a URL: a full day or `/2018/06/`; a lone year is no date there.

    >>> str(date_in_url("https://example.org/2018/06/20/kop").date)
    '2018-06-20'
    """
    url = western_digits(url)
    days = {str(found.date): found for pattern in (_URL_DAY, _DAY) for found in _dates(url, pattern, "url-day")}
    dates = list(days.values()) or _dates(url, _MONTH, "url-month")
    return dates[0] if len(dates) == 1 else None


def _dates(text: str, pattern: re.Pattern[str], rule: str, day_order: DayOrder | None = None) -> list[NameDate]:
    """The different dates that a pattern finds, each at its first place."""
    dates: dict[str, NameDate] = {}
    for match in pattern.finditer(text):
        if (date := _read(match, day_order)) is not None:
            end = match.end("d") if pattern is _DAY else match.end()
            dates.setdefault(str(date), NameDate(date, match.start(), end, rule))
    return list(dates.values())


def _read(match: re.Match[str], day_order: DayOrder | None) -> EdtfDate | None:
    """The date of a match; a day before the month only where the numbers tell which of them is the day."""
    year, named = int(match["y"]), not match["m"].isdecimal()
    month = MONTHS.get(match["m"].lower(), 0) if named else int(match["m"])
    if "d" not in match.re.groupindex:
        return make_date(year, month)
    day = int(match["d"])
    if named or match.start("d") > match.start("y"):
        return make_date(year, month, day)
    if day_order is not None and (date := make_date(year, *((month, day) if day_order == "dmy" else (day, month)))):
        return date
    readings = {str(date): date for date in (make_date(year, month, day), make_date(year, day, month)) if date}
    return next(iter(readings.values())) if len(readings) == 1 else None
