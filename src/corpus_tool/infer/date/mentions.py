"""Every date a text names, with its span: explicit ones, and those that count from the day of the article."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus_tool.infer.date import ranges, vague
from corpus_tool.infer.date.expressions import find_expressions
from corpus_tool.infer.date.lexicon import NOTHING, lexicon
from corpus_tool.infer.date.reading import Expression, Reading, fold, western_digits
from corpus_tool.infer.date.relative import Relative, find_relative
from corpus_tool.infer.date.tense import is_past
from corpus_tool.infer.date.yearless import in_some_year
from corpus_tool.model.calendar import weekdays_for
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.patterns import lazy

YEARS = range(1000, 2100)
"""Years that a text can speak of."""

Found = Expression | Relative


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression in running text, with its span there."""

    date: EdtfDate
    start: int
    end: int


def find_dates(
    text: str, *, language: str | None = None, reference: str | datetime.date | EdtfDate | None = None
) -> list[DateMention]:
    """Every date a text names, left to right, none inside another.

    `reference` is the day the article appeared, or the last day it can have appeared: relative expressions and
    days without a year are counted from it, back or forth by the tense of the sentence. Without it relative ones
    are left out, and a day without a year stays so.

    >>> [str(m.date) for m in find_dates("Op 18 juni 2018, en gisteren.", language="nl", reference="2019-03-02")]
    ['2018-06-18', '2019-03-01']
    """
    text = western_digits(text)
    reading = Reading(text, fold(text), language, None, YEARS)
    day = EdtfDate.parse(reference) if isinstance(reference, str) else reference
    if isinstance(day, datetime.date):
        day = EdtfDate.from_date(day)
    return list(_Mentions(reading, day).resolved())


class _Mentions:
    """The expressions of one text, and the day they count from."""

    def __init__(self, reading: Reading, reference: EdtfDate | None) -> None:
        self.reading = reading
        self.reference = reference
        explicit: list[Expression] = [
            *find_expressions(reading.text, reading.language, years=YEARS),
            *vague.find_long_periods(reading),
        ]
        relative = list(find_relative(reading.text, reading.language))
        explicit = [
            item for item in explicit if not _STREET.search(reading.folded, max(0, item.start - 24), item.start)
        ]
        self.found = self._without_weekdays(_longest([*explicit, *_joined(reading, explicit, relative), *relative]))

    def _without_weekdays(self, found: list[Found]) -> list[Found]:
        """The expressions without a weekday that only belongs to the date beside it: `mardi 19 juin`."""
        kept: list[Found] = []
        for at, item in enumerate(found):
            bare = isinstance(item, Relative) and item.unit == "weekday" and item.of is None
            after = found[at + 1] if at + 1 < len(found) else None
            if not (bare and (self._beside(item, after) or (kept and self._beside(kept[-1], item)))):
                kept.append(item)
        return kept

    def _beside(self, one: Found, other: Found | None) -> bool:
        """Whether nothing but a sign or an article parts two expressions, one of them a day with its number."""
        if other is None or not (_is_day(one) or _is_day(other)) or other.start - one.end > _GAP_MAX:
            return False
        return _GAP.fullmatch(self.reading.folded, one.end, other.start) is not None

    def resolved(self) -> Iterator[DateMention]:
        """The dates, as far as they are known."""
        at = 0
        while at < len(self.found):
            item, after = self.found[at], self.found[at + 1] if at + 1 < len(self.found) else None
            at += 1
            if after is not None and self._are_ends(item, after):
                at += 1
                yield from self._range(item, after)
            elif (date := self._date(item, self._past(item.start, item.end))) is not None:
                yield DateMention(date, item.start, item.end)

    def _are_ends(self, one: Found, other: Found) -> bool:
        """Whether two expressions without a year are the ends of one range: `van 3 tot 5 mei`, `tussen mei en juli`."""
        if isinstance(one, Expression) or isinstance(other, Expression):
            return one.rule == "range-start" and other.rule == "range-end"
        if one.rule != "month" or other.rule != "month" or {one.offset, other.offset} != {None}:
            return False
        return ranges.is_span(self.reading.folded, one.start, one.end, other.start)

    def _range(self, one: Found, other: Found) -> Iterator[DateMention]:
        """A range whose end the tense dates; without a reference, both ends by themselves."""
        past = self._past(one.start, other.end)
        first, last = self._date(one, past), self._date(other, past)
        if first is None or last is None:
            return
        if last.precision == "yearless":
            yield DateMention(first, one.start, one.end)
            yield DateMention(last, other.start, other.end)
        elif (start := ranges.before(f"XXXX{first.text[4:]}", last)) is not None:
            yield DateMention(EdtfDate.interval(start, last), one.start, other.end)

    def _date(self, item: Found, past: bool | None) -> EdtfDate | None:
        if isinstance(item, Relative):
            if self.reference is not None:
                return item.resolve(self.reference, past)
            lone_month = item.rule == "month" and item.offset is None
            return EdtfDate.parse(f"XXXX-{item.value:02d}") if lone_month and item.value else None
        if item.date is None or item.date.precision != "yearless" or self.reference is None:
            return item.date
        return in_some_year(item.date, self.reference, past, self._weekday(item)) or item.date

    def _past(self, start: int, end: int) -> bool | None:
        words = lexicon(self.reading.language)
        if _SINCE.search(self.reading.folded, max(0, start - 12), start):
            return True
        return None if words is None else is_past(self.reading.folded, start, end, words.language)

    def _weekday(self, item: Expression) -> int | None:
        """The weekday that stands right before a day: 1 for `mardi 19 juin`."""
        match = _weekday_before(self.reading.language).search(self.reading.folded, max(0, item.start - 24), item.start)
        return weekdays_for(self.reading.language)[match[1]] if match else None


_SINCE = lazy(r"\b(?:sinds|sedert|depuis|since|seit|desde|dal|dallo|dalla)\s(?:le\s|de\s|den\s|dem\s|el\s|op\s)?$")
"""What began is past, whatever the tense: `sinds maandag is hij ziek`."""

_STREET = lazy(
    r"\b(?:rue|place|avenue|boulevard|quai|pont|station|métro|plaza|calle|avenida|via|piazza|corso|praça|rua|straße|platz)"
    r"(?:\s(?:du|de|del|do|des|xx|le|la))?\s$"
)
"""What makes a date the name of a street: `rue du 4 septembre`."""

_GAP_MAX = 8
_GAP = lazy(r"[\s,(]{0,2}(?:(?:le|den|the|der|dem|el|il|o|de|op|on|am)\s)?")


@cache
def _weekday_before(language: str | None) -> re.Pattern[str]:
    names = "|".join(sorted(weekdays_for(language), key=len, reverse=True))
    return re.compile(rf"(?<!\w)({names})\.?{_GAP.pattern}$")


def _is_day(item: Found) -> bool:
    """Whether an expression gives a day of the month."""
    return isinstance(item, Expression) and item.rule not in ("year", "years", "month", "season", "quarter")


def _longest(found: list[Found]) -> list[Found]:
    """Of expressions that overlap the longest, of equals the explicit one; left to right."""
    kept: list[Found] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end, isinstance(item, Relative))):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
        elif item.end - item.start > kept[-1].end - kept[-1].start:
            kept[-1] = item
    return kept


def _joined(reading: Reading, explicit: list[Expression], relative: list[Relative]) -> Iterator[Relative]:
    """Days with a word that tells their year: `18 juni van vorig jaar`, `le 18 juin dernier`."""
    months = {item.start: item for item in relative if item.unit == "month" and item.value is not None}
    words = lexicon(reading.language)
    for item in explicit:
        if item.date is None or item.date.precision != "yearless" or item.rule != "day":
            continue
        value = int(item.date.text[5:7] + item.date.text[8:])
        month = next((months[at] for at in range(item.start + 1, item.end) if at in months), None)
        before = words and _before(words.language).search(reading.folded, max(0, item.start - 24), item.start)
        if month is not None and month.end > item.end:
            yield month._replace(start=item.start, unit="monthday", value=value)
        elif words and before and (offset := words.value("before", before[1])):
            yield Relative(before.start(), item.end, "month", "monthday", int(offset), value)


@cache
def _before(language: str) -> re.Pattern[str]:
    words = lexicon(language)
    pattern = words.filled("{before}") if words else NOTHING
    return re.compile(rf"(?<!\w)({pattern})\s(?:d[ií]a\s)?$")
