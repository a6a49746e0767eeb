"""Conditions on articles: options to a `Query`, and whether an article meets it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any, Literal

from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.model.article import Article
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.fields import NAMES
from corpus_tool.model.langtag import matches as tag_matches
from corpus_tool.model.langtag import normalize_language, suggest

DateMatch = Literal["overlaps", "within"]
NOTHING: tuple[Any, ...] = (None, "", [], {}, ())
"""Values that say nothing: what `--has` does not count, and what sorts last."""

PATTERN_SECONDS = 2.0
"""How long a user's pattern may work on one article."""


@dataclass(frozen=True, slots=True)
class Query:
    """The conditions an article must meet, all of them; several values of one condition are alternatives.

    Dates are EDTF strings. Under "overlaps" an article meets a date condition when its date can be one of the
    days asked for; under "within" only when it can be no other. An undated article meets none.

    `canonical` leaves out articles that repeat another one, False all others. A corpus file knows which these are; for
    articles that are judged one by one `copies` says which other one each of them repeats, by their ids.
    """

    languages: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    on: str | None = None
    date_match: DateMatch = "overlaps"
    dated: bool | None = None
    mixed: bool | None = None
    min_words: int | None = None
    max_words: int | None = None
    contains: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    min_language_confidence: float | None = None
    min_date_confidence: float | None = None
    canonical: bool | None = None
    copies: Mapping[str, str] | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.date_match not in ("overlaps", "within"):
            raise UsageError(f"--date-match {self.date_match!r} is not known", "it is overlaps or within")
        for name in ("since", "until", "on"):
            value = getattr(self, name)
            if value is not None:
                _check_window(name, parse_date(value, f"--{name}"))
        for pattern in self.patterns:
            _compiled(pattern)
        for name in self.has:
            if name.split(".")[0] not in NAMES:
                raise UsageError(f"--has {name!r} is no field", f"the fields are: {', '.join(NAMES)}")
        object.__setattr__(self, "languages", tuple(parse_language(tag) for tag in self.languages))

    @property
    def empty(self) -> bool:
        """Whether there is no condition: every article meets it."""
        return self == Query(date_match=self.date_match)

    def told(self) -> dict[str, Any]:
        """The conditions there are, as plain values: how a corpus file says what it was made of."""
        usual = Query()
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
            if name != "copies" and value != getattr(usual, name)
        }

    def matches(self, article: Article) -> bool:
        """Whether an article meets every condition."""
        return self.why_not(article) is None

    def why_not(self, article: Article) -> str | None:
        """The first condition that an article does not meet, in words; None where it meets all."""
        return next(self._failures(article), None)

    def only_by_overlap(self, article: Article) -> bool:
        """Whether a matching article meets the date conditions only because its date is not known to the day."""
        if self.date_match != "overlaps" or not (self.since or self.until or self.on):
            return False
        # Only the dates are looked at again: a pattern may take its time.
        return next(replace(self, date_match="within")._date_failures(article), None) is not None

    def _failures(self, article: Article) -> Iterator[str]:
        if self.languages and not any(tag_matches(article.language or "", tag) for tag in self.languages):
            yield f"language {article.language or 'unknown'} is not {' or '.join(self.languages)}"
        if self.mixed is not None and self.mixed != bool(article.languages):
            yield "it is in one language" if self.mixed else f"it is mixed: {', '.join(article.languages)}"
        if self.canonical is not None:
            yield from self._copy_failures(article)
        yield from self._date_failures(article)
        if self.min_words is not None and article.words < self.min_words:
            yield f"{article.words} words are fewer than {self.min_words}"
        if self.max_words is not None and article.words > self.max_words:
            yield f"{article.words} words are more than {self.max_words}"
        if self.outlets and (article.outlet or "").casefold() not in {name.casefold() for name in self.outlets}:
            yield f"outlet {article.outlet or 'unknown'} is not {' or '.join(self.outlets)}"
        if self.sources and not any(path_matches(article.source.path, glob) for glob in self.sources):
            yield f"source does not match {' or '.join(self.sources)}"
        for name in self.has:
            if value_of(article, name) in NOTHING:
                yield f"it has no {name}"
        yield from self._confidence_failures(article)
        yield from self._text_failures(article)

    def _copy_failures(self, article: Article) -> Iterator[str]:
        if self.copies is None:
            raise UsageError("which articles are duplicates is not known here", "look for them: corpus-tool dedupe")
        kept = self.copies.get(article.id)
        if self.canonical and kept is not None:
            yield f"it repeats {kept}"
        elif not self.canonical and kept is None:
            yield "it repeats no other article"

    def _date_failures(self, article: Article) -> Iterator[str]:
        if self.dated is not None and self.dated != (article.date is not None):
            yield "it has no date" if self.dated else f"it has a date, {article.date}"
        if not (self.since or self.until or self.on):
            return
        date = _date(article.date)
        if date is None or (date.earliest is None and date.latest is None):
            yield "its date is not known"
            return
        for wanted, words in ((self.since, "since"), (self.until, "until"), (self.on, "on")):
            if wanted is not None and not date_meets(article.date or "", words, wanted, self.date_match):
                yield f"date {article.date} is not {words} {wanted}"

    def _confidence_failures(self, article: Article) -> Iterator[str]:
        for name, least in (("language", self.min_language_confidence), ("date", self.min_date_confidence)):
            inferred = article.inference.get(name)
            if least is not None and (inferred is None or inferred.confidence < least):
                yield f"confidence of its {name} is below {least:g}"

    def _text_failures(self, article: Article) -> Iterator[str]:
        for words in self.contains:
            if words.casefold() not in f"{article.title or ''}\n{article.text}".casefold():
                yield f"it does not contain {words!r}"
        for pattern in self.patterns:
            if not _found(pattern, article):
                yield f"it does not match {pattern!r}"


def date_meets(value: str, words: str, wanted: str, match: str) -> bool:
    """Whether a date, as EDTF, meets one condition: `words` is "since", "until" or "on".

    >>> date_meets("2018-06", "since", "2018-06-15", "overlaps"), date_meets("2018-06", "since", "2018-06-15", "within")
    (True, False)
    """
    date, window = _date(value), _window(words, wanted)
    if date is None:
        return False
    return date.within(window) if match == "within" else date.overlaps(window)


def _found(pattern: str, article: Article) -> bool:
    """Whether a pattern is found in the title or the text; CorpusToolError where both together take too long."""
    end = time.monotonic() + PATTERN_SECONDS
    try:
        for part in (article.title or "", article.text):
            # A timeout of zero or less would be none at all.
            if _compiled(pattern).search(part, timeout=max(end - time.monotonic(), 0.001)):
                return True
    except TimeoutError:
        message = f"the pattern took too long: {pattern!r}, over {PATTERN_SECONDS:g} s on {article.name}"
        raise CorpusToolError(message, hint="make it simpler; avoid repeats inside repeats") from None
    return False


def _check_window(name: str, date: EdtfDate) -> None:
    """Refuse a --since without a first day and an --until without a last one: they would mean nothing."""
    if name == "since" and date.earliest is None:
        raise UsageError(f"--since {str(date)!r} has no first day", "use --until for an open beginning")
    if name == "until" and date.latest is None:
        raise UsageError(f"--until {str(date)!r} has no last day", "use --since for an open end")


@lru_cache(maxsize=64)
def _window(words: str, wanted: str) -> EdtfDate:
    """The days a condition asks for: from the first day of --since on, up to the last day of --until."""
    date = EdtfDate.parse(wanted)
    if words == "since" and date.earliest:
        return EdtfDate.interval(EdtfDate.from_date(date.earliest), None)
    if words == "until" and date.latest:
        return EdtfDate.interval(None, EdtfDate.from_date(date.latest))
    return date


@lru_cache(maxsize=65536)  # the days of 180 years
def _date(value: str | None) -> EdtfDate | None:
    try:
        return EdtfDate.parse(value) if value else None
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> Any:
    import regex

    try:
        return regex.compile(pattern)
    except regex.error as error:
        raise UsageError(f"--matches {pattern!r} is no regular expression: {error}", "see docs/conditions.md") from None


def parse_date(value: str, where: str) -> EdtfDate:
    """A date that a condition names; UsageError that says what a date may look like."""
    try:
        date = EdtfDate.parse(value)
    except ValueError:
        raise UsageError(
            f"{where} {value!r} is no date",
            "a date looks like 2018, 2018-06, 2018-06-20, 2018-21 (spring) or 2018-06-01/2018-06-15",
        ) from None
    if date.earliest is None and date.latest is None:
        raise UsageError(f"{where} {value!r} names no year", "a date looks like 2018, 2018-06 or 2018-06-20")
    return date


def parse_language(value: str) -> str:
    """The BCP 47 tag of a language as a user types it; UsageError that names the ones near it."""
    tag = normalize_language(value)
    if tag is None:
        near = ", ".join(suggest(value))
        raise UsageError(
            f"{value!r} is no language that we know",
            f"near it: {near}" if near else "use a code such as nl or fr",
        )
    return tag


def path_matches(path: str, glob: str) -> bool:
    """Whether a glob fits the whole path or its end at a folder's border; a path fits itself, brackets and all."""
    return path == glob or fnmatchcase(path, glob) or fnmatchcase(path, f"*/{glob}")


def value_of(article: Article, name: str) -> Any:
    """The value of a field by name, `extra.label` and `source.path` too; None where there is none."""
    head, _, rest = name.partition(".")
    value: Any = getattr(article, head)
    if not rest:
        return value
    if isinstance(value, dict):
        return value.get(rest)
    # Parts of a record only: `title.upper` is a method of strings, not something an article has.
    return getattr(value, rest) if rest in getattr(value, "__dataclass_fields__", ()) else None


SortKey = Callable[[Article], Any]


def sort_key(name: str) -> SortKey:
    """A key that sorts by a field: (whether the value is missing, the value); dates by their first, then last day.

    A date without a year is as good as missing here.
    """
    if name not in NAMES:
        raise UsageError(f"--sort {name!r} is no field", f"the fields are: {', '.join(NAMES)}")

    def key(article: Article) -> Any:
        if name == "date":
            date = _date(article.date)
            return (True, "") if date is None or date.precision == "yearless" else (False, date.sort_key)
        value = article.source.path if name == "source" else value_of(article, name)
        if value in NOTHING:
            return (True, "")
        return (False, value if isinstance(value, int) else str(value).casefold())

    return key
