"""How many articles and words there are, in all and by group.

Counting needs only the values of a few fields, so that it takes articles one by one as well as rows that were summed
before, such as those of `SELECT language, date, COUNT(*), SUM(words) … GROUP BY language, date`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from corpus_tool.analyze.groups import UNITS, Group, Grouping, Value, key_order, natural_order, unit_number
from corpus_tool.errors import UsageError
from corpus_tool.model.edtf import EdtfDate

if TYPE_CHECKING:
    from datetime import date

    from corpus_tool.model.article import Article

Measure = Literal["articles", "words"]
Sort = Literal["natural", "key", "articles", "words"]

MOST_FILLED = 100_000
"""Rows that filling gaps may lead to: one wrong date makes a range of a thousand years."""


@dataclass(slots=True)
class Count:
    """Articles, their words, and how many of them have no date."""

    articles: int = 0
    words: int = 0
    undated: int = 0

    def add(self, articles: int, words: int, undated: int) -> None:
        """Add so many articles with so many words in all."""
        self.articles += articles
        self.words += words
        self.undated += undated


class Row(NamedTuple):
    """A group and what was counted in it."""

    group: Group
    counted: Count


@dataclass(slots=True)
class GroupCounts:
    """Articles and words by group; `total` has each article once, also where it stands in several groups."""

    grouping: Grouping
    total: Count = field(default_factory=Count)
    counts: dict[Group, Count] = field(default_factory=dict)

    def add(self, values: Sequence[Any], words: int, articles: int = 1) -> None:
        """Add articles that have the same `values` in `grouping.fields`, and so many words together.

        >>> counted = GroupCounts(Grouping(("month",)))
        >>> counted.add(["2018-06-18"], words=700, articles=2)
        >>> counted.add([None], words=90)
        >>> [(row.group[0].text, row.counted.articles, row.counted.words) for row in counted.rows()]
        [('2018-06', 2, 700), (None, 1, 90)]
        """
        undated = 0 if values[self.grouping.fields.index("date")] else articles
        self.total.add(articles, words, undated)
        for group in self.grouping.groups(values):
            count = self.counts.get(group)
            if count is None:
                self.counts[group] = count = Count()
            count.add(articles, words, undated)

    def rows(self, sort: Sort = "natural", *, reverse: bool = False) -> list[Row]:
        """The groups in order: "natural" as `natural_order`, by their values, or the largest first."""
        groups = self._ordered(sort)
        return [Row(group, self.counts[group]) for group in (reversed(groups) if reverse else groups)]

    def _ordered(self, sort: Sort) -> list[Group]:
        if sort == "natural":
            return natural_order(self.grouping, {group: count.articles for group, count in self.counts.items()})
        if sort == "key":
            return sorted(self.counts, key=key_order)
        return sorted(self.counts, key=lambda group: (-getattr(self.counts[group], sort), key_order(group)))

    def fill(self) -> None:
        """Add groups of no articles for the calendar units that lie between others, for each value of other keys.

        Raises UsageError without a calendar unit, with two, and where the rows would be too many.
        """
        place = self.grouping.unit_place()
        span = self._span(place)
        if span is None:
            return
        others = dict.fromkeys((*group[:place], *group[place + 1 :]) for group in self.counts)
        if (span[1] - span[0] + 1) * len(others) > MOST_FILLED:
            first, last = map(UNITS[self.grouping.names[place]].label, span)
            message = f"--fill from {first} to {last} would be over {MOST_FILLED:,} rows"
            raise UsageError(message, "give --since and --until, or a larger unit")
        label = UNITS[self.grouping.names[place]].label
        for rest in others:
            for number in range(span[0], span[1] + 1):
                self.counts.setdefault((*rest[:place], Value(label(number)), *rest[place:]), Count())

    def _span(self, place: int) -> tuple[int, int] | None:
        """The numbers of the first and the last unit that the key at a place has; None where all dates are partial."""
        unit = self.grouping.names[place]
        labels = {group[place].text for group in self.counts if not group[place].partial}
        numbers = [unit_number(label, unit) for label in labels if label is not None]
        return (min(numbers), max(numbers)) if numbers else None

    def timeline(self) -> Timeline | None:
        """The groups as lines through time, where the last of several keys is the only calendar unit."""
        names = self.grouping.names
        if len(names) < 2 or self.grouping.units != names[-1:]:
            return None
        span = self._span(len(names) - 1)
        if span is None:
            return None
        lines: dict[Group, Line] = {}
        for row in self.rows():
            lines.setdefault(row.group[:-1], Line(row.group[:-1])).add(row, names[-1])
        return Timeline(names[-1], *span, tuple(lines.values()))


def count_articles(articles: Iterable[Article], grouping: Grouping) -> GroupCounts:
    """Articles counted by group, in one pass."""
    counts = GroupCounts(grouping)
    for article in articles:
        counts.add(grouping.values(article), article.words)
    return counts


def count_rows(rows: Iterable[tuple[Sequence[Any], int, int]], grouping: Grouping) -> GroupCounts:
    """Sums made before, counted by group: each row the values of `grouping.fields`, articles, and their words.

    >>> count_rows([(("nl", "2018-06"), 3, 900), (("nl", "2018"), 1, 80)], Grouping(("language",))).total
    Count(articles=4, words=980, undated=0)
    """
    counts = GroupCounts(grouping)
    for values, articles, words in rows:
        counts.add(values, words, articles)
    return counts


@dataclass(slots=True)
class Line:
    """One group through time: its counts by the number of the unit, and what has no place in it."""

    group: Group
    total: Count = field(default_factory=Count)
    partial: int = 0
    units: dict[int, Count] = field(default_factory=dict)

    def add(self, row: Row, unit: str) -> None:
        """Add a row of this group and one value of the unit."""
        value, count = row.group[-1], row.counted
        self.total.add(count.articles, count.words, count.undated)
        if value.partial:
            self.partial += count.articles
        elif value.text is not None:
            self.units[unit_number(value.text, unit)] = count


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lines of the same units, from the first to the last in which any of them has an article."""

    unit: str
    first: int
    last: int
    lines: tuple[Line, ...]

    def step(self, most: int) -> int:
        """How many units one of at most `most` steps must take in.

        >>> Timeline("month", 0, 23, ()).step(10)
        3
        """
        return -(-(self.last - self.first + 1) // most)

    def bins(self, line: Line, step: int, measure: Measure) -> list[int]:
        """The sums of a line over `step` units each, zero where there is nothing."""
        sums = [0] * ((self.last - self.first) // step + 1)
        for number, count in line.units.items():
            sums[(number - self.first) // step] += getattr(count, measure)
        return sums


OVERVIEW_FIELDS = ("language", "date")
"""What `Overview.add` wants to know of articles."""


@dataclass(slots=True)
class Overview:
    """A corpus in numbers. `first` and `last` are the days its dates span: those that the outermost can mean."""

    articles: int = 0
    words: int = 0
    characters: int = 0
    undated: int = 0
    precisions: Counter[str] = field(default_factory=Counter)
    languages: Counter[str | None] = field(default_factory=Counter)
    first: date | None = None
    last: date | None = None

    def add(self, values: Sequence[Any], words: int, characters: int, articles: int = 1) -> None:
        """Add articles of the same language and date (in this order), with these words and characters together.

        >>> seen = Overview()
        >>> seen.add(("nl", "2018-06"), words=500, characters=2800)
        >>> seen.first, seen.precisions
        (datetime.date(2018, 6, 1), Counter({'month': 1}))
        """
        language, text = values
        self.articles += articles
        self.words += words
        self.characters += characters
        self.languages[language] += articles
        if not text:
            self.undated += articles
            return
        found = EdtfDate.parse(text)
        self.precisions[found.precision] += articles
        if found.earliest is not None:
            self.first = min(self.first or found.earliest, found.earliest)
        if found.latest is not None:
            self.last = max(self.last or found.latest, found.latest)

    def to_dict(self) -> dict[str, Any]:
        """The numbers as plain values, in the order in which they are shown."""
        precisions = {name: self.precisions[name] for name in _PRECISIONS if self.precisions[name]}
        languages = sorted(self.languages.items(), key=lambda item: (-item[1], item[0] or ""))
        return {
            "articles": self.articles,
            "words": self.words,
            "characters": self.characters,
            "dated": self.articles - self.undated,
            "undated": self.undated,
            "precisions": precisions,
            "languages": {tag or "not examined": count for tag, count in languages},
            "first_day": self.first and self.first.isoformat(),
            "last_day": self.last and self.last.isoformat(),
        }


_PRECISIONS = ("day", "month", "season", "year", "decade", "century", "interval", "yearless")


def overview(articles: Iterable[Article]) -> Overview:
    """The numbers of articles, in one pass."""
    seen = Overview()
    for article in articles:
        seen.add((article.language, article.date), article.words, article.characters)
    return seen


def overview_rows(rows: Iterable[tuple[Sequence[Any], int, int, int]]) -> Overview:
    """The numbers of sums made before: each row language and date, articles, their words, their characters."""
    seen = Overview()
    for values, articles, words, characters in rows:
        seen.add(values, words, characters, articles)
    return seen


def unit_labels(timeline: Timeline) -> Iterator[str]:
    """The labels of the first and the last unit."""
    label = UNITS[timeline.unit].label
    yield label(timeline.first)
    yield label(timeline.last)
