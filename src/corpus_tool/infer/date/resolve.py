"""What a relative expression stands for, counted from the day of the article."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import NamedTuple

from corpus_tool.infer.date.lexicon import SEASONS
from corpus_tool.model.edtf import EdtfDate

DAY = datetime.timedelta(days=1)
WEEK = 7 * DAY


class Meaning(NamedTuple):
    """Unit, how many of them away, the number of a weekday or month, and the year or week in which it lies."""

    unit: str
    offset: int | None
    value: int | None = None
    of: tuple[str, int] | None = None


def resolve(meaning: Meaning, reference: datetime.date | EdtfDate, past: bool | None) -> EdtfDate | None:
    """The date; of a reference that is longer than a day, only what all its days agree on.

    >>> str(resolve(Meaning("month", -1), EdtfDate.parse("2018-06"), None))
    '2018-05'
    """
    if isinstance(reference, EdtfDate):
        first, last = reference.earliest, reference.latest
    else:
        first = last = reference
    if first is None or last is None or meaning.unit not in _BY_UNIT:
        return None
    try:
        dates = {str(found): found for day in {first, last} if (found := _BY_UNIT[meaning.unit](meaning, day, past))}
    except (ValueError, OverflowError):  # beyond the calendar: `200 jaar geleden` in the year 150
        return None
    return next(iter(dates.values())) if len(dates) == 1 else None


def _day(meaning: Meaning, day: datetime.date, _past: bool | None) -> EdtfDate:
    return EdtfDate.from_date(day + (meaning.offset or 0) * DAY)


def monday(day: datetime.date) -> datetime.date:
    """The Monday of a day's week."""
    return day - day.weekday() * DAY


def _weekday(meaning: Meaning, day: datetime.date, past: bool | None) -> EdtfDate:
    """The last such day up to the reference, or the next one after it; `last` and `next` leave out the day itself."""
    value = meaning.value or 0
    if meaning.of is not None:
        return EdtfDate.from_date(monday(day) + meaning.of[1] * WEEK + value * DAY)
    back = (day.weekday() - value) % 7
    if meaning.offset == -1:
        return EdtfDate.from_date(day - (back or 7) * DAY)
    if meaning.offset == 1:
        return EdtfDate.from_date(day + (7 - back) * DAY)
    if past is False:
        return EdtfDate.from_date(day + ((7 - back) % 7 if meaning.offset == 0 else 7 - back) * DAY)
    return EdtfDate.from_date(day - back * DAY)


def _week(meaning: Meaning, day: datetime.date, _past: bool | None) -> EdtfDate:
    first = monday(day) + (meaning.offset or 0) * WEEK
    return EdtfDate.interval(EdtfDate.from_date(first), EdtfDate.from_date(first + 6 * DAY))


def _weekend(meaning: Meaning, day: datetime.date, past: bool | None) -> EdtfDate:
    """Saturday and Sunday: the last that are over, this week's, or the next that have not begun."""
    saturday = monday(day) + 5 * DAY
    begun = day >= saturday
    if meaning.offset == -1 or (past is not False and meaning.offset is None):
        saturday -= WEEK
    elif meaning.offset == 1:
        saturday += WEEK if begun else 0 * DAY
    elif past and not begun:
        saturday -= WEEK
    return EdtfDate.interval(EdtfDate.from_date(saturday), EdtfDate.from_date(saturday + DAY))


def _month(meaning: Meaning, day: datetime.date, past: bool | None) -> EdtfDate:
    if meaning.value is None:
        months = day.year * 12 + day.month - 1 + (meaning.offset or 0)
        return EdtfDate.month(months // 12, months % 12 + 1)
    year = day.year
    if meaning.of is not None:
        year += meaning.of[1]
    elif meaning.offset == -1:
        year -= meaning.value >= day.month
    elif meaning.offset == 1 or (meaning.offset is None and past is False):
        year += meaning.value < day.month or (meaning.offset == 1 and meaning.value == day.month)
    elif meaning.offset is None:
        year -= meaning.value > day.month
    return EdtfDate.month(year, meaning.value)


def _monthday(meaning: Meaning, day: datetime.date, past: bool | None) -> EdtfDate:
    """A day of a month that says its year; `value` is both, 618 for June 18."""
    month, number = divmod(meaning.value or 0, 100)
    of_month = _month(meaning._replace(value=month), day, past)
    if meaning.of is None and month == day.month:
        year = day.year - (number >= day.day) if meaning.offset == -1 else day.year + (number <= day.day)
        return EdtfDate.day(year, month, number)
    return EdtfDate.parse(f"{of_month}-{number:02d}")


def _season(meaning: Meaning, day: datetime.date, past: bool | None) -> EdtfDate | None:
    """The season of a year, or the one nearest: over for `last`, begun for the past, ahead for `next`."""
    code = SEASONS[meaning.unit]
    if meaning.of is not None:
        return EdtfDate.season(day.year + meaning.of[1], code)
    around = [EdtfDate.season(day.year + shift, code) for shift in (-2, -1, 0, 1, 2)]
    if meaning.offset == -1:
        return [season for season in around if season.latest and season.latest < day][-1]
    if meaning.offset == 1:
        return next(season for season in around if season.earliest and season.earliest > day)
    if past:
        return [season for season in around if season.earliest and season.earliest <= day][-1]
    if past is False:
        return next(season for season in around if season.latest and season.latest >= day)
    now = EdtfDate.from_date(day)
    return next((season for season in around if now.within(season)), EdtfDate.season(day.year, code))


def _year(meaning: Meaning, day: datetime.date, _past: bool | None) -> EdtfDate:
    return EdtfDate.year(day.year + (meaning.offset or 0))


def _quarter(meaning: Meaning, day: datetime.date, _past: bool | None) -> EdtfDate:
    quarters = day.year * 4 + (day.month - 1) // 3 + (meaning.offset or 0)
    return quarter(quarters // 4, quarters % 4 + 1)


def quarter(year: int, number: int) -> EdtfDate:
    """One of the four quarters of a year, as the interval of its months.

    >>> str(quarter(2018, 2))
    '2018-04/2018-06'
    """
    return EdtfDate.interval(EdtfDate.month(year, 3 * number - 2), EdtfDate.month(year, 3 * number))


def _decade(meaning: Meaning, day: datetime.date, _past: bool | None) -> EdtfDate:
    return EdtfDate.parse(f"{day.year // 10 + (meaning.offset or 0):03d}X")


def _century(meaning: Meaning, day: datetime.date, _past: bool | None) -> EdtfDate:
    return EdtfDate.parse(f"{day.year // 100 + (meaning.offset or 0):02d}XX")


_BY_UNIT: dict[str, Callable[[Meaning, datetime.date, bool | None], EdtfDate | None]] = {
    "day": _day,
    "weekday": _weekday,
    "week": _week,
    "weekend": _weekend,
    "month": _month,
    "monthday": _monthday,
    **dict.fromkeys(SEASONS, _season),
    "year": _year,
    "quarter": _quarter,
    "decade": _decade,
    "century": _century,
}
