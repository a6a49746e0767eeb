"""Dates at the precision known, in the Extended Date/Time Format (EDTF).

Source: ISO 8601-2:2019 Annex A, and the Library of Congress EDTF specification of February 4, 2019
(https://www.loc.gov/standards/datetime/). Supported are level 0 without times of day; of level 1 seasons,
qualification of a complete date, unspecified digits from the right and open intervals; of level 2 the
unspecified digits newspapers need: no year (`XXXX-06-18`), no month (`2018-XX-18`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from typing import Literal, Self

from corpus_tool.patterns import lazy

Precision = Literal["day", "month", "season", "year", "decade", "century", "interval", "yearless"]
Qualifier = Literal["~", "?", "%"]
SeasonCode = Literal[21, 22, 23, 24]
Run = tuple[date, date]  # the first and the last of some consecutive days

_DATE = lazy(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX|XXXX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?[~?%]?")
_DIGIT = lazy("[0-9]")
_DIGIT_AFTER_X = lazy(r"X.*[0-9]")
_QUALIFIERS = lazy(r"[~?%]")
_SEASON_STARTS = {"21": 3, "22": 6, "23": 9, "24": 12}  # code: first of its three months
_FORMS = (
    "a date may look like 2018-06-18, 2018-06 or 2018, a season 2018-21 (spring) to 2018-24 (winter), "
    "201X, 20XX, 2018-06-XX or XXXX-06-18 where digits are unknown, each with ~ (approximate), "
    "? (uncertain) or % (both) at its end, or an interval 2018-06-16/2018-06-17, 2018-06/.. or ../2018"
)


class EdtfError(ValueError):
    """Text that is no EDTF date of the supported forms; the message shows those forms."""

    def __init__(self, text: str, reason: str) -> None:
        shown = text if len(text) <= 40 else text[:40] + "…"
        super().__init__(f"{shown!r}: {reason}; {_FORMS}")


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A calendar date, or the span of days it may lie in, as one EDTF string.

    `earliest` and `latest` are the first and last day it can mean: `2018-06` runs from 2018-06-01 to
    2018-06-30. A qualifier does not widen them, since EDTF gives "approximate" no width. They are None
    where the year is unknown or the interval open at that end. The calendar runs from 0001-01-01 to
    9999-12-31. Two dates are equal if they are written alike: `2018` and `2018-XX` are not.

    `precision` is the smallest calendar unit of which just one is possible: "year" for `2018-XX` (where
    EDTF says month) and `2018-XX-18`, "decade" for `201X-06-18`, "yearless" for `XXXX-06-18`.
    """

    text: str
    earliest: date | None = field(init=False, repr=False, compare=False)
    latest: date | None = field(init=False, repr=False, compare=False)
    precision: Precision = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        earliest, latest, precision = (_read_interval if "/" in self.text else _read_date)(self.text)
        object.__setattr__(self, "earliest", earliest)
        object.__setattr__(self, "latest", latest)
        object.__setattr__(self, "precision", precision)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an EDTF string, strictly: no spaces, no time of day, ASCII digits, upper-case X.

        Raises EdtfError also for days that do not exist (`2018-02-30`, the year 0000), for an interval
        that ends before it starts, and for dates that say nothing (`XXXX`, `../..`).
        """
        return cls(text)

    @classmethod
    def day(cls, year: int, month: int, day: int) -> Self:
        """One calendar day: day(2018, 6, 18) is `2018-06-18`; EdtfError if there is no such day."""
        return cls(f"{year:04d}-{month:02d}-{day:02d}")

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """One calendar month, 1 to 12: month(2018, 6) is `2018-06`."""
        text = f"{year:04d}-{month:02d}"
        if month > 12:
            raise EdtfError(text, "months are 01 to 12")
        return cls(text)

    @classmethod
    def year(cls, year: int) -> Self:
        """One calendar year, 1 to 9999: year(2018) is `2018`."""
        return cls(f"{year:04d}")

    @classmethod
    def season(cls, year: int, code: SeasonCode) -> Self:
        """One season, 21 (spring) to 24 (winter): season(2018, 22) is the summer, `2018-22`.

        EDTF leaves their months open. Here they are the meteorological ones of the northern hemisphere
        (Trenberth 1983, Bulletin of the American Meteorological Society 64, 1276-1282): spring is March to
        May, summer June to August, autumn September to November, winter December to the end of February
        of the next year, so that `2018-24` ends on 2019-02-28.
        """
        text = f"{year:04d}-{code:02d}"
        if str(code) not in _SEASON_STARTS:
            raise EdtfError(text, "seasons are 21 to 24")
        return cls(text)

    @classmethod
    def interval(cls, start: "EdtfDate | None", end: "EdtfDate | None") -> Self:
        """From `start` to `end`, both included; None leaves that end open: `2018-06/..`.

        Raises EdtfError if both are None, if either is yearless or itself an interval, or if the last day
        of `end` is before the first day of `start`.
        """
        return cls(f"{start or '..'}/{end or '..'}")

    @classmethod
    def from_date(cls, day: date) -> Self:
        """The day of a `datetime.date`."""
        return cls.day(day.year, day.month, day.day)

    def __str__(self) -> str:
        return self.text

    @property
    def approximate(self) -> bool:
        """Whether the date, or either end of the interval, is marked `~` or `%`."""
        return "~" in self.text or "%" in self.text

    @property
    def uncertain(self) -> bool:
        """Whether the date, or either end of the interval, is marked `?` or `%`."""
        return "?" in self.text or "%" in self.text

    @property
    def unqualified(self) -> "EdtfDate":
        """The same date without qualifiers: `2018-06` for `2018-06~`."""
        return EdtfDate(_QUALIFIERS.sub("", self.text)) if _QUALIFIERS.search(self.text) else self

    def with_qualifier(self, qualifier: Qualifier) -> "EdtfDate":
        """The same date with this qualifier in place of any it has, on both closed ends of an interval."""
        if qualifier not in ("~", "?", "%"):
            raise EdtfError(self.text + qualifier, "a qualifier is ~, ? or %")
        ends = self.unqualified.text.split("/")
        return EdtfDate("/".join(end if end == ".." else end + qualifier for end in ends))

    @property
    def sort_key(self) -> tuple[date, date, str]:
        """Orders by first day, last day and text; an unknown or open end counts as the last of all days."""
        return self.earliest or date.max, self.latest or date.max, self.text

    def overlaps(self, other: "EdtfDate") -> bool:
        """Whether some day can be meant by both; an open end is unbounded, a yearless date meets nothing.

        `2018-06` overlaps `2018-XX-18`, since both can mean 2018-06-18; `2018-06-10` does not.
        """
        shared = self._merged(other) if self._is_digits and other._is_digits else self._meets(other)
        return "yearless" not in (self.precision, other.precision) and shared is not None

    def within(self, other: "EdtfDate") -> bool:
        """Whether every day this can mean is one `other` can mean; false if either is yearless.

        `2018-06` lies within `2018` and within `2018-05/..`; `2018/..` does not lie within `2018`.
        """
        return "yearless" not in (self.precision, other.precision) and self._lies_in(other)

    def intersection(self, other: "EdtfDate") -> "EdtfDate | None":
        """The most precise date that both allow, or None if no day is allowed by both.

        `2018-06` and `XXXX-06-18` give `2018-06-18`. Where one EDTF string cannot name exactly the shared
        days, the result is the interval from the first to the last of them: `XXXX-06-18` and `2017/2018`
        give `2017-06-18/2018-06-18`.

        A side contributes if it rules out a day the other allows; if both allow the same days, both
        contribute. The result is approximate or uncertain if a contributing side is: `2018~` and
        `2018-06-18` give `2018-06-18`, but `2018-06-18~` and `2018` give `2018-06-18~`.
        """
        shared = self._merged(other) if self._is_digits and other._is_digits else self._shared_days(other)
        if shared is None:
            return None
        narrower, wider = self._lies_in(other), other._lies_in(self)
        contributing = {self, other} if narrower == wider else {self if narrower else other}
        return shared._qualified_like(contributing)

    @property
    def _is_digits(self) -> bool:
        """Whether the text is only year, month and day digits, known or X: no season, no interval."""
        return self.precision not in ("interval", "season")

    @property
    def _digits(self) -> str:
        """Year, month and day without hyphens: `20180618`."""
        return self.text[:4] + self.text[5:7] + self.text[8:10]

    @property
    def _has_gaps(self) -> bool:
        """Whether the days it can mean are not consecutive: an X with a known digit to its right."""
        return self._is_digits and _DIGIT_AFTER_X.search(self.text) is not None

    @property
    def _hull(self) -> Run:
        return self.earliest or date.min, self.latest or date.max

    def _runs(self, first: date, last: date, step: Literal[1, -1] = 1) -> Iterator[Run]:
        """The days it can mean between `first` and `last` as runs; step -1 gives the last first."""
        runs: Iterable[Run] = [self._hull]
        if self._has_gaps:
            years, months, day = _fields(self.text)
            # A yearless date repeats through 9999 years: look only at those asked for.
            years = range(max(years.start, first.year), min(years.stop, last.year + 1))
            runs = _month_runs(years[::step], months[::step], day)
        for start, end in runs:
            if start <= last and end >= first:
                yield max(start, first), min(end, last)

    def _lies_in(self, other: "EdtfDate") -> bool:
        """As `within`, with a yearless date standing for its days in all years."""
        if self._is_digits and other._is_digits:
            # No X stands for just one digit, so every digit the other knows must be known here.
            pairs = zip_longest(self._digits, other._digits, fillvalue="X")
            return all(theirs in ("X", mine) for mine, theirs in pairs)
        return next(other._runs(*self._hull), None) == self._hull

    def _merged(self, other: "EdtfDate") -> "EdtfDate | None":
        """The digits known to either, None where they differ: `201X` and `XXXX-06` make `201X-06`."""
        merged = ""
        for mine, theirs in zip_longest(self._digits, other._digits, fillvalue="X"):
            if mine != theirs and "X" not in (mine, theirs):
                return None
            merged += theirs if mine == "X" else mine
        try:
            return EdtfDate("-".join(filter(None, (merged[:4], merged[4:6], merged[6:]))))
        except EdtfError:  # the digits agree, but on no day: 2018-06 and 2018-XX-31
            return None

    def _meets(self, other: "EdtfDate") -> Run | None:
        """The first and last shared day, where at least one side is a season or interval."""
        whole, part = (other, self) if self._has_gaps else (self, other)  # never do both have gaps
        start = next(part._runs(*whole._hull), None)
        end = next(part._runs(*whole._hull, step=-1), None)
        return (start[0], end[1]) if start and end else None

    def _shared_days(self, other: "EdtfDate") -> "EdtfDate | None":
        """The shortest EDTF string, unqualified, from the first to the last shared day."""
        shared = self._meets(other)
        if shared is None:
            return None
        first = shared[0] if self.earliest or other.earliest else None
        last = shared[1] if self.latest or other.latest else None
        # `2018-22` is a better name for its days than `2018-06-01/2018-08-31`.
        names = [side.unqualified for side, rest in ((self, other), (other, self)) if side._lies_in(rest)]
        names.append(span(first, last) if first and last else EdtfDate(f"{first or '..'}/{last or '..'}"))
        return min(names, key=lambda name: (len(name.text), name.text))

    def _qualified_like(self, sources: set["EdtfDate"]) -> "EdtfDate":
        """This date, qualified as much as all `sources` together are."""
        if [source.unqualified for source in sources] == [self]:
            return sources.pop()  # as it is: `2018-06~/2018-08` stays qualified at one end only
        approximate = any(source.approximate for source in sources)
        uncertain = any(source.uncertain for source in sources)
        if approximate or uncertain:
            return self.with_qualifier("%" if approximate and uncertain else "~" if approximate else "?")
        return self


def span(first: date, last: date) -> EdtfDate:
    """The EDTF date of exactly these days: a day, whole month or whole year, else an interval of days.

    The first to the last of June 2018 are `2018-06`; June to August are `2018-06-01/2018-08-31`, not the
    coarser `2018-06/2018-08` or `2018-22`. Raises EdtfError if `last` is before `first`.
    """
    start, end = EdtfDate.from_date(first), EdtfDate.from_date(last)
    for name in (start, EdtfDate.month(first.year, first.month), EdtfDate.year(first.year)):
        if (name.earliest, name.latest) == (start.earliest, end.latest):
            return name
    return EdtfDate.interval(start, end)


def _read_date(text: str) -> tuple[date | None, date | None, Precision]:
    """The bounds and the precision of a date that is no interval."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise EdtfError(text, "not a date")
    if not _DIGIT.search(text):
        raise EdtfError(text, "a date must know its year, month or day")
    year, month, day = match.groups()
    if month in _SEASON_STARTS and day is None and year.isdigit() and year != "0000":
        return *_season_bounds(int(year), _SEASON_STARTS[month]), "season"
    years, months, day_number = _fields(text)
    if year == "XXXX":
        years = range(2000, 2001)  # a leap year has every day there is
    first = next(_month_runs(years, months, day_number), None)
    last = next(_month_runs(years[::-1], months[::-1], day_number), None)
    if first is None or last is None:
        raise EdtfError(text, "there is no such day, month or season")
    return (None, None, "yearless") if year == "XXXX" else (first[0], last[1], _precision(year, month, day))


def _precision(year: str, month: str | None, day: str | None) -> Precision:
    if "X" in year:
        return "century" if year.endswith("XX") else "decade"
    if month in (None, "XX"):
        return "year"
    return "month" if day in (None, "XX") else "day"


def _read_interval(text: str) -> tuple[date | None, date | None, Precision]:
    """The bounds of an interval: from the first day of its start to the last day of its end."""
    if text == "../..":
        raise EdtfError(text, "an interval must have a start or an end")
    if "XXXX" in text:
        raise EdtfError(text, "the ends of an interval must know their year")
    start, _, end = text.partition("/")
    earliest = None if start == ".." else _read_date(start)[0]
    latest = None if end == ".." else _read_date(end)[1]
    if earliest and latest and earliest > latest:
        raise EdtfError(text, "the interval ends before it starts")
    return earliest, latest, "interval"


def _fields(text: str) -> tuple[range, range, int | None]:
    """The possible years and months of a date, and its day (None if any); impossible numbers drop out."""
    year, month, day = text[:4], text[5:7], text[8:10]
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    months = range(max(1, int(month)), min(12, int(month)) + 1) if month.isdigit() else range(1, 13)
    return range(max(1, low), high + 1), months, int(day) if day.isdigit() else None


def _month_runs(years: range, months: range, day: int | None) -> Iterator[Run]:
    """Of each month of each year, that day if the month has it, or all its days if `day` is None."""
    for year in years:
        for month in months:
            length = _month_length(year, month)
            if day is None:
                yield date(year, month, 1), date(year, month, length)
            elif 1 <= day <= length:
                yield date(year, month, day), date(year, month, day)


def _month_length(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _season_bounds(year: int, start: int) -> Run:
    if start < 12:
        return date(year, start, 1), date(year, start + 2, _month_length(year, start + 2))
    # The calendar ends before the winter of 9999 does.
    last = date(year + 1, 2, _month_length(year + 1, 2)) if year < date.max.year else date.max
    return date(year, 12, 1), last
