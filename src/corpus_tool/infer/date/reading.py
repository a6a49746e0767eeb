"""A text as the rules for dates read it, and what they find: the parts that all rules share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.options import DayOrder
from corpus_tool.patterns import lazy
from corpus_tool.text.furniture import YEARS

TWO_DIGIT_PIVOT = 50
"""Two-digit years below it are in the 2000s, the others in the 1900s."""


class Expression(NamedTuple):
    """A date expression: its date (None for an impossible one), its span, and the rule that read it.

    `readings` holds both readings of a numeric date whose order the numbers do not tell, day first, then month
    first; `date` is then the one that language or order prefer, or the bare year. A range without a year has no
    EDTF form: its ends are two expressions, with the rules `range-start` and `range-end`.
    """

    date: EdtfDate | None
    start: int
    end: int
    rule: str
    readings: tuple[EdtfDate, ...] = ()


class Reading(NamedTuple):
    """A text as the rules read it: as it is, and folded at the same length, with what is known of it."""

    text: str
    folded: str
    language: str | None
    day_order: DayOrder | None
    years: range


def without_overlaps(found: list[Expression]) -> list[Expression]:
    """The expressions from left to right; of two that overlap the longer, of equals the first in the list."""
    kept: list[Expression] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
        elif item.end - item.start > kept[-1].end - kept[-1].start:
            kept[-1] = item
    return kept


Said = TypeVar("Said")


def read_near(
    text: str,
    anchor: re.Pattern[str],
    pattern: re.Pattern[str],
    before: int,
    read: Callable[[re.Match[str]], Said | None],
) -> Iterator[Said]:
    """What `read` makes of the matches of a pattern that begin at most `before` characters before an anchor.

    Every match holds an anchor, such as a digit; words far from one need not be tried. No place is tried twice. Where
    `read` gives None the match is none, and a later one may begin inside it.
    """
    tried = 0
    for hit in anchor.finditer(text):
        for start in _WORD_START.finditer(text, max(tried, hit.start() - before), hit.start() + 1):
            match = pattern.match(text, start.start()) if start.start() >= tried else None
            if match is not None and (said := read(match)) is not None:
                yield said
                tried = match.end()
        tried = max(tried, hit.start() + 1)


_WORD_START = lazy(r"(?<!\w)[\w']")


def western_digits(text: str) -> str:
    """The text with every Unicode decimal digit as 0-9, at the same length.

    >>> western_digits("٢٠١٨")
    '2018'
    """
    if text.isascii():
        return text
    return _OTHER_DIGIT.sub(lambda m: str(unicodedata.decimal(m.group())), text)


_OTHER_DIGIT = lazy(r"[^\D0-9]")
_SIGNS = str.maketrans(
    "’‘`´ʼ\u00a0\u202f\u2007\u2009–—‑‐ᵉʳᵈᵐˢᵗⁿʰ¹²³⁴⁵⁶⁷⁸⁹⁰", "'''''    ----erdmstnh          "
)  # a raised letter ends an ordinal, a raised digit is the mark of a note


def fold(text: str) -> str:
    """The text in lower case, with one sort of apostrophe, dash and blank, at the same length.

    >>> fold("L’ÉTÉ\u00a0’18")
    "l'été '18"
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # `İ` has a lower case of two characters
        lowered = "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)
    return lowered.translate(_SIGNS)


def make_date(year: int, month: int | None = None, day: int | None = None, years: range = YEARS) -> EdtfDate | None:
    """A date of a year an article can have, at the precision given; None for what does not exist."""
    if year not in years:
        return None
    try:
        if month is None:
            return EdtfDate.year(year)
        return EdtfDate.month(year, month) if day is None else EdtfDate.day(year, month, day)
    except ValueError:
        return None


def full_year(digits: str) -> int:
    """The year that two or four digits name, with or without an apostrophe.

    >>> full_year("'18"), full_year("68"), full_year("1830")
    (2018, 1968, 1830)
    """
    digits = digits.lstrip("'")
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < TWO_DIGIT_PIVOT else 1900)
