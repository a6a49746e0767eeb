"""The year of a day that is written without one."""

from __future__ import annotations

import datetime

from corpus_tool.model.edtf import EdtfDate


def in_some_year(
    yearless: EdtfDate, reference: EdtfDate, past: bool | None, weekday: int | None = None
) -> EdtfDate | None:
    """The last such day up to the reference, or the next from it on if it is to come; None if that is not known.

    A weekday beside it decides against the tense, where just one of the years around gives it.

    >>> str(in_some_year(EdtfDate.parse("XXXX-06-18"), EdtfDate.parse("2019-03-02"), None))
    '2018-06-18'
    """
    first, last = reference.earliest, reference.latest
    if first is None or last is None:
        return None
    dates = {_nearest(yearless, day, past, weekday) for day in (first, last)}
    return dates.pop() if len(dates) == 1 else None


def _nearest(yearless: EdtfDate, day: datetime.date, past: bool | None, weekday: int | None) -> EdtfDate | None:
    around = [found for shift in range(-8, 9) if (found := _in_year(yearless, day.year + shift)) is not None]
    if past is False:
        found = next((date for date in around if date.latest and date.latest >= day), None)
    else:
        found = next((date for date in reversed(around) if date.earliest and date.earliest <= day), None)
    if weekday is None or found is None or _weekday(found) == weekday:
        return found
    fitting = [date for date in around if _weekday(date) == weekday and abs(int(date.text[:4]) - day.year) <= 1]
    return fitting[0] if len(fitting) == 1 else found


def _in_year(yearless: EdtfDate, year: int) -> EdtfDate | None:
    """The day in a year that has it: 29 February is in few."""
    try:
        return EdtfDate.parse(f"{year:04d}{yearless.text[4:]}")
    except ValueError:
        return None


def _weekday(date: EdtfDate) -> int | None:
    return date.earliest.weekday() if date.earliest and date.precision == "day" else None
