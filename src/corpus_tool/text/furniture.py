"""The furniture of a press article: headline, byline, dateline, date line, label line, date marker.

These shapes tell where an article opens, and what must not be mistaken for its title.
"""

from __future__ import annotations

import datetime
import re

from corpus_tool.model.calendar import MONTH_PATTERN, WEEKDAY_PATTERN
from corpus_tool.text.blocks import ends_sentence

TITLE_MAX = 200
"""Longest title, in code points."""

YEARS = range(1600, 2100)
"""Years in which an article can have been published."""

MARKER = re.compile(
    r"^[ \t]*(?P<span>(?P<word>date|datum)(?P<colon>[ \t]*:)?[ \t]+(?P<date>\d{4}(?:-\d\d(?:-\d\d)?)?))(?:[ \t]+|(?=\n)|\Z)",
    re.MULTILINE | re.IGNORECASE | re.ASCII,
)
"""A date marker at a line start: ` date 2018-06 `; the body follows on the same line or the next."""

_DATELINE = re.compile(
    r"(?:[A-ZÀ-Þ][\w’'.-]*(?:[ /-][\w’'.-]+){0,4})"  # a place
    r"(?:, ?(?P<date>(?:le )?\d{1,2}(?:er)?\.? ?[^\W\d]{3,12}\.?(?: \d{4})?))?"
    r" ?(?P<agency>\([A-Z][\w/. -]{1,30}\))?"
    r"(?:, ?(?P<after>\d{1,2}(?:er)? [^\W\d]{3,12}\.?(?: \d{4})?))?\.? ?[-–—:] ?"
)
_BYLINE = re.compile(
    r"(?:door|par|by|von|de notre|van onze|onze|notre|tekst|texte|text|redactie|la rédaction|rédaction|redaktion|auteur|author)\b",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    rf"\b(?:{WEEKDAY_PATTERN}|{MONTH_PATTERN}|\d{{1,4}}(?:er|e|ste|de|st|nd|rd|th)?|\d{{1,2}}[hu:]\d{{0,2}}|uur|uhr|om|à|at|le|op|am|pm"
    r"|the|of|on|den|vom|den|publié|publie|gepubliceerd|published|posted|veröffentlicht|mis|jour|bijgewerkt|updated)\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"\b\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{2}}|\d{{4}})\b|\b\d{{4}}-\d\d(?:-\d\d)?\b|\b(?:{MONTH_PATTERN})\.?,? \d{{4}}\b"
    rf"|\b\d{{1,2}}(?:er|\.)? (?:{MONTH_PATTERN})\b|\b(?:{MONTH_PATTERN})\.? \d{{1,2}}\b",
    re.IGNORECASE,
)
_LIST_ITEM = re.compile(r"[-–—•*·▪►>]\s|\d{1,3}[.)]\s")
_INNER_SENTENCE = re.compile(r"[^\W\d_]{3,}[.!?]\s+[A-ZÀ-Þ„“«\"]")


def valid_marker_date(value: str) -> bool:
    """Whether `2018`, `2018-06` or `2018-06-20` names a year, month or day that an article can have.

    >>> valid_marker_date("2018-06"), valid_marker_date("2018-13")
    (True, False)
    """
    parts = [int(part) for part in value.split("-")]
    try:
        datetime.date(*(parts + [1, 1])[:3])
    except ValueError:
        return False
    return parts[0] in YEARS


def is_dateline(text: str) -> bool:
    """Whether a text opens with place, date or agency and a dash: `BRUSSEL, 18 juni (Belga) -`.

    A place alone is no dateline unless it stands in capitals.
    """
    match = _DATELINE.match(text)
    if match is None or match.end() == len(text):
        return False
    place = text[: match.start("agency") if match["agency"] else match.end()]
    named = match["date"] or match["after"] or match["agency"]
    return bool(named) or (place.rstrip(" -–—:").isupper() and not match.group().rstrip().endswith(":"))


def is_date_line(line: str) -> bool:
    """Whether a short line is there for its date: little but weekday, day, month, year and time."""
    if len(line) > 120 or not _DATED.search(line):
        return False
    rest = _DATE_WORDS.sub(" ", _DATED.sub(" ", line))
    return len(re.findall(r"[^\W\d_]{2,}", rest)) <= 3


def is_byline(line: str) -> bool:
    """Whether a short line names who wrote the article: `Door onze redactie`, `Par Prénom Nom`."""
    return len(line) <= 120 and _BYLINE.match(line) is not None and len(line.split()) <= 12


def is_title(line: str) -> bool:
    """Whether one line has the form of a headline: short, not a sentence, no furniture of another kind.

    >>> is_title("Immigration : le géant entre deux chaises"), is_title("De raad keurde het goed.")
    (True, False)
    """
    return (
        0 < len(line) <= TITLE_MAX
        and any(map(str.isalpha, line))
        and not line.endswith((",", ";", ":"))
        and not ends_sentence(line)
        and not _INNER_SENTENCE.search(line)
        and not _LIST_ITEM.match(line)
        and not is_dateline(line)
        and not is_date_line(line)
        and not is_byline(line)
    )
