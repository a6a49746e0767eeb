"""Dates in file names, folders and URLs."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus_tool.infer.date.expressions import make_date, western_digits
from corpus_tool.model.edtf import EdtfDate

_DAY = re.compile(r"(?<![0-9A-Za-z])(\d{4})([-_./]?)(\d\d)\2(\d\d)(?![0-9])(?:T\d{4,6}\b)?(?![0-9a-su-zA-SU-Z])")
_MONTH = re.compile(r"(?<![0-9A-Za-z])(\d{4})([-_./])(\d\d)(?![0-9A-Za-z])(?!\2\d)")
_YEAR = re.compile(r"(?:^|(?<=[-_. ]))(\d{4})(?=[-_. ]|$)")


class NameDate(NamedTuple):
    """A date read in a name, with its span there and the rule that read it."""

    date: EdtfDate
    start: int
    end: int
    rule: str


def date_in_name(name: str) -> NameDate | None:
    """The date of a file name or of a path: a full day, else a month, else a lone year in the file's stem.

    A name with two different days says nothing.

    >>> str(date_in_name("destandaard-2018-06.csv").date), date_in_name("000_2f415c78e3aaf97c.txt")
    ('2018-06', None)
    """
    name = western_digits(name)
    found = _full(name, _DAY, "name-day") or _full(name, _MONTH, "name-month")
    if found is not None:
        return found
    start = name.rfind("/") + 1
    dot = name.rfind(".", start)
    stem = name[start : dot if dot > start else len(name)]
    years = [m for m in _YEAR.finditer(stem) if make_date(int(m[1])) is not None]
    if len({m[1] for m in years}) != 1 or stem == years[0][1] or not re.search("[^\\W\\d]", stem):
        return None
    date = make_date(int(years[0][1]))
    return None if date is None else NameDate(date, start + years[0].start(), start + years[0].end(), "name-year")


def date_in_url(url: str) -> NameDate | None:
    """The date of a URL: a full day or `/2018/06/`; a lone year is no date there.

    >>> str(date_in_url("https://example.org/2018/06/20/kop").date)
    '2018-06-20'
    """
    url = western_digits(url)
    return _full(url, _DAY, "url-day") or _full(url, _MONTH, "url-month")


def _full(text: str, pattern: re.Pattern[str], rule: str) -> NameDate | None:
    dates: dict[str, NameDate] = {}
    for match in pattern.finditer(text):
        date = make_date(int(match[1]), int(match[3]), int(match[4]) if pattern is _DAY else None)
        if date is not None:
            dates.setdefault(str(date), NameDate(date, match.start(), match.end(), rule))
    return next(iter(dates.values())) if len(dates) == 1 else None
