"""The systems that `dates.py` asks for dates: ours, and those that others wrote, each set up as well as it can be.

A system answers in EDTF strings. It gives one publication date of a text, a file name or a URL, or every date that a
text mentions. Peers need a day to count from; where an item has none, they get `BASE`, so that no answer depends on
today.
"""

from __future__ import annotations

import calendar
import datetime
import html
import importlib
import importlib.metadata
import logging
import sys
import warnings
from dataclasses import dataclass
from typing import Any

from corpus_tool import EdtfDate, find_dates, infer_date

BASE = datetime.datetime(2020, 1, 1)
MONTH_FIRST = ("en",)
LONGEST_LINE = 300
_DEFAULTS = (datetime.datetime(2004, 1, 1), datetime.datetime(2005, 2, 2))


@dataclass(frozen=True, slots=True)
class Question:
    """A text, file name or URL (`kind`) with what is known of it."""

    text: str
    language: str | None = None
    reference: str | None = None
    kind: str = "text"

    @property
    def day_first(self) -> bool:
        """Whether its numeric dates begin with the day, as far as peers are told."""
        return self.language not in MONTH_FIRST

    @property
    def base(self) -> datetime.datetime:
        """The day that a peer counts from."""
        return self.last_day or BASE

    @property
    def last_day(self) -> datetime.datetime | None:
        """The last day that the reference can mean."""
        last = None if self.reference is None else EdtfDate.parse(self.reference).latest
        return None if last is None else datetime.datetime.combine(last, datetime.time())


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system says: a date or silence, and for ours what stands behind it."""

    date: str | None
    method: str = ""
    confidence: float = 0.0
    modified: str | None = None
    evident: bool = True


class System:
    """Something that finds dates."""

    name = ""
    package = ""

    def publication(self, asked: Question) -> Answer:
        """The publication date of a text, or of what a file name or a URL shows."""
        raise NotImplementedError

    def mentions(self, asked: Question) -> list[str]:
        """Every date that a text mentions; the answer on publication where a system knows no more."""
        date = self.publication(asked).date
        return [] if date is None else [date]

    def prepare(self, asked: Question) -> Question:
        """A text in the form the system takes, made before the clock runs."""
        return asked

    def work(self, prepared: Question) -> object:
        """The call that is timed."""
        return self.publication(prepared)

    def reset(self) -> None:
        """Forget what earlier texts left behind."""


class Ours(System):
    """The project's own inference."""

    name = "ours"

    def publication(self, asked: Question) -> Answer:
        """The answer of `infer_date`, with all that comes with it."""
        where = {"filename": "name", "url": "url"}.get(asked.kind, "text")
        sources = {"text": "", where: asked.text}
        found = infer_date(**sources, language=asked.language, reference=asked.reference)
        if found is None:
            return Answer(None)
        evident = all(
            item.text and sources.get(item.where, "")[item.start : item.end] == item.text for item in found.evidence
        )
        return Answer(
            None if found.date is None else str(found.date),
            found.method or "",
            found.confidence,
            None if found.modified is None else str(found.modified),
            bool(found.evidence) and evident,
        )

    def mentions(self, asked: Question) -> list[str]:
        """The answers of `find_dates`."""
        return [str(found.date) for found in find_dates(asked.text, language=asked.language, reference=asked.reference)]

    def work(self, prepared: Question) -> object:
        """The bare call."""
        return infer_date(prepared.text, language=prepared.language)


class Htmldate(System):
    """The library htmldate on a page of one paragraph a line, asked for the original date."""

    name = package = "htmldate"

    def __init__(self) -> None:
        """Import the library and silence it."""
        self._find = importlib.import_module("htmldate").find_date
        self._reset = importlib.import_module("htmldate.meta").reset_caches
        logging.getLogger("htmldate").setLevel(logging.CRITICAL)

    def publication(self, asked: Question) -> Answer:
        """The day it finds on the page or, for a URL, in the URL."""
        page, url = (_page(""), asked.text) if asked.kind == "url" else (_page(asked.text), None)
        return Answer(self._find(page, url=url, original_date=True, max_date=asked.last_day))

    def prepare(self, asked: Question) -> Question:
        """The text as a page."""
        return Question(_page(asked.text), asked.language)

    def work(self, prepared: Question) -> object:
        """The search on a page that is made already."""
        return self._find(prepared.text, original_date=True)

    def reset(self) -> None:
        """Empty its caches, so that a repeated text is new to it."""
        self._reset()


class Dateparser(System):
    """The library dateparser: its default search, told language, day order and base, with the period it reports."""

    name = "dateparser search, split"
    package = "dateparser"
    strategy = "split"

    def __init__(self) -> None:
        """Import the library."""
        self._search = importlib.import_module("dateparser.search").search_dates

    def publication(self, asked: Question) -> Answer:
        """The first result that states month and year; what has no digit is relative and tells no publication."""
        found = self._results(asked, {"REQUIRE_PARTS": ["month", "year"]})
        dates = [date for source, date in found if any(map(str.isdigit, source))]
        return Answer(dates[0] if dates else None)

    def mentions(self, asked: Question) -> list[str]:
        """Every result, relative ones and those without a year counted from the reference."""
        return [date for _, date in self._results(asked, {})]

    def _results(self, asked: Question, settings: dict[str, Any]) -> list[tuple[str, str]]:
        """Each passage it reads as a date, with that date at the precision it reports."""
        settings = {"RELATIVE_BASE": asked.base, "PREFER_DAY_OF_MONTH": "first", **settings}
        languages = None
        if asked.language is not None:
            settings["DATE_ORDER"] = "DMY" if asked.day_first else "MDY"
            languages = [asked.language]
        try:
            found = self._search(
                asked.text, languages=languages, settings=settings, strategy=self.strategy, add_period=True
            )
        except (ValueError, OverflowError):
            return []
        return [(source, _of_period(moment.date(), period)) for source, moment, period in found or []]


class DateparserNgram(Dateparser):
    """The same with its slower strategy, which reads more of the gold."""

    name = "dateparser search, ngram"
    strategy = "ngram"


class Datefinder(System):
    """The library datefinder: strict for publication, loose for mentions, told the day order."""

    name = "datefinder strict"
    package = "datefinder"

    def __init__(self) -> None:
        """Import the library."""
        self._find = importlib.import_module("datefinder").find_dates

    def publication(self, asked: Question) -> Answer:
        """The first full day that it finds."""
        dates = self._days(asked, strict=True)
        return Answer(dates[0] if dates else None)

    def mentions(self, asked: Question) -> list[str]:
        """Every day that it finds, counted from the reference."""
        return self._days(asked, strict=False)

    def _days(self, asked: Question, *, strict: bool) -> list[str]:
        """Its results as days."""
        first = "day" if asked.day_first else "month"
        try:
            found = list(self._find(asked.text, strict=strict, base_date=asked.base, first=first))
        except (ValueError, OverflowError):
            return []
        return [moment.date().isoformat() for moment in found]


class Dateutil(System):
    """The library dateutil: its fuzzy parser on one line after another."""

    name = "dateutil fuzzy by line"
    package = "python-dateutil"

    def __init__(self) -> None:
        """Import the library and silence what it says of time zones."""
        self._parse = importlib.import_module("dateutil.parser").parse
        warnings.filterwarnings("ignore", module="dateutil")

    def publication(self, asked: Question) -> Answer:
        """The first line's date that has a year, at the precision at which two defaults give the same."""
        for line in asked.text.split("\n"):
            one, two = (self._day(line, default, day_first=asked.day_first) for default in _DEFAULTS)
            if one is None or two is None or one.year != two.year:
                continue
            if one.month != two.month:
                return Answer(f"{one.year:04}")
            return Answer(one.isoformat() if one.day == two.day else f"{one.year:04}-{one.month:02}")
        return Answer(None)

    def mentions(self, asked: Question) -> list[str]:
        """A date for each line that has one, what is missing taken from the reference."""
        found = (self._day(line, asked.base, day_first=asked.day_first) for line in asked.text.split("\n"))
        return [day.isoformat() for day in found if day is not None]

    def work(self, prepared: Question) -> object:
        """One parse a line, up to the first that gives a date."""
        return any(self._day(line, BASE, day_first=prepared.day_first) for line in prepared.text.split("\n"))

    def _day(self, line: str, default: datetime.datetime, *, day_first: bool) -> datetime.date | None:
        """The day of a line, or None; in a long line it would read any number as a date, so those are left out."""
        if len(line) > LONGEST_LINE or not line.strip():
            return None
        try:
            return self._parse(line, fuzzy=True, dayfirst=day_first, default=default).date()
        except (ValueError, OverflowError, TypeError):
            return None


PEERS: tuple[type[System], ...] = (Htmldate, Dateparser, DateparserNgram, Datefinder, Dateutil)


def load_systems(*, peers: bool) -> list[System]:
    """Ours and, where asked, the peers that are installed."""
    systems: list[System] = [Ours()]
    for peer in PEERS if peers else ():
        try:
            systems.append(peer())
        except ImportError:
            print(f"{peer.package} is not installed, left out", file=sys.stderr)
    return systems


def versions(systems: list[System]) -> str:
    """Name and version of the peers' packages."""
    packages = dict.fromkeys(system.package for system in systems if system.package)
    return ", ".join(f"{package} {importlib.metadata.version(package)}" for package in packages)


def _page(text: str) -> str:
    """The smallest page that holds a text."""
    lines = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.split("\n") if line.strip())
    return f"<html><head><title></title></head><body><article>\n{lines}</article></body></html>"


def _of_period(day: datetime.date, period: str) -> str:
    """The calendar unit around a day that a period names, weeks from Monday to Sunday."""
    if period == "year":
        return f"{day.year:04}"
    if period == "month":
        return f"{day.year:04}-{day.month:02}"
    if period == "week":
        monday = day - datetime.timedelta(days=(day.weekday() - calendar.MONDAY) % 7)
        return f"{monday.isoformat()}/{(monday + datetime.timedelta(days=6)).isoformat()}"
    return day.isoformat()
