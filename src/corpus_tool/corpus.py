"""The library's front door: read sources, select articles. Every command calls only this."""

from __future__ import annotations

import hashlib
import heapq
import os
import stat
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.infer.article import cleaned, date_reasons, text_of
from corpus_tool.ingest.learning import Habits
from corpus_tool.ingest.pipeline import OnReport, Reading
from corpus_tool.ingest.read_file import Recorded
from corpus_tool.ingest.walk import STDIN, check_sources, walk
from corpus_tool.model.article import Article
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.receipt import FileReport, Receipt
from corpus_tool.query import Query, sort_key
from corpus_tool.text.normalize import Change

if TYPE_CHECKING:
    from corpus_tool.ingest.sniffing import Sniffed

HELD_BYTES = 16 << 20
"""Up to so many bytes of files are read whole before anything is given, so that articles name their copies."""


def read(
    sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    options: ReadOptions | None = None,
    on_report: OnReport | None = None,
) -> Iterator[Article]:
    """The articles of files, folders, globs and `-`, one after another, in constant memory.

    What could not be read is no exception: it is collected on `options.receipt`, and `on_report` is called
    with each finished file. Raises UsageError for a source that does not exist, before anything is read.
    """
    options = options or ReadOptions()
    paths = [sources] if isinstance(sources, str | os.PathLike) else list(sources)
    return Reading(options, on_report).articles(check_sources([os.fspath(path) for path in paths]))


def read_all(sources: Sequence[str], *, options: ReadOptions, on_report: OnReport | None = None) -> list[Article]:
    """The articles of sources as a list, each with the other places where the same record stands (`source.also`)."""
    also: dict[str, list[str]] = {}
    reading = Reading(options, on_report, lambda known, place: also.setdefault(known, []).append(place))
    articles = list(reading.articles(sources))
    if not also:
        return articles
    return [_with_places(article, also.get(article.id, [])) for article in articles]


def _with_places(article: Article, places: list[str]) -> Article:
    if not places or article.source.also is None:
        return article
    return replace(article, source=replace(article.source, also=(*article.source.also, *places)))


def is_stream(sources: Sequence[str]) -> bool:
    """Whether sources must be read as a stream: standard input among them, or more bytes than are held."""
    total = total_bytes(sources, enough=HELD_BYTES)
    return total is None or total > HELD_BYTES


def total_bytes(sources: Sequence[str], *, enough: int | None = None) -> int | None:
    """The bytes of all files that would be read, None with standard input; counting stops above `enough`."""
    total = 0
    for source in check_sources(sources):
        if source == STDIN:
            return None
        for found in walk(source):
            if found.code is None:
                try:
                    total += os.stat(found.path).st_size
                except OSError:
                    continue
            if enough is not None and total > enough:
                return total
    return total


def sniff(sources: Sequence[str], options: ReadOptions) -> Iterator[Sniffed]:
    """What would be read of each file: its format, why, how many records, and what the first one states."""
    from corpus_tool.ingest.sniffing import sniff as sniff_files  # one command needs it

    return sniff_files(sources, options)


def raw_bytes(article: Article) -> bytes:
    """The very bytes of an article's record, from its source.

    Raises CorpusToolError where the source cannot be read or is another file by now.
    """
    source = article.source
    if source.path == STDIN:
        raise CorpusToolError("standard input is gone; its bytes cannot be read again", hint="save it to a file first")
    if source.sha256 is None:
        hint = f"read {source.path!r} itself, or export to JSON, which keeps the place"
        raise CorpusToolError("the place of this article in its source is not known", hint=hint)
    try:
        # O_NONBLOCK: the path may come from an export, and lead to a pipe that never opens.
        with open(os.open(source.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            regular = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            if not regular or hashlib.file_digest(file, "sha256").hexdigest() != source.sha256:
                raise CorpusToolError(f"{source.path!r} is not the file that was read", hint="read it again")
            file.seek(source.byte_start)
            return file.read(source.byte_end - source.byte_start)
    except OSError as error:
        raise CorpusToolError(f"{source.path!r} cannot be read: {error.strerror or error}") from None
    except ValueError:  # a NUL in the path
        raise CorpusToolError(f"{source.path!r} is no path of a file") from None


def record_of(article: Article, options: ReadOptions) -> Recorded:
    """The raw record that an article was made of, read again from its source.

    Raises CorpusToolError where the source is standard input, an export, or not what it was.
    """
    source = article.source
    if source.path == STDIN:
        raise CorpusToolError("standard input is gone; it cannot be read again", hint="save it to a file first")
    reading = Reading(replace(options, receipt=Receipt()))
    for found in walk(source.path):
        for recorded in reading.records(found, FileReport(found.path)):
            if recorded.record.number == source.record and recorded.record.id() == article.id:
                return recorded
    raise CorpusToolError(f"{source.path!r} does not hold the record of {article.name} any more", hint="read it again")


def date_reasons_of(article: Article, sources: Sequence[str], options: ReadOptions) -> list[tuple[str, str]]:
    """What each kind of source says of an article's date, and what became of it, in words; read again from `sources`.

    Empty for an export and for standard input, which cannot be read again.
    """
    checked = check_sources(source for source in sources if source != STDIN)
    habits = Habits(checked)
    reading = Reading(replace(options, receipt=Receipt()))
    for found in (found for source in checked for found in walk(source) if found.path == article.source.path):
        for record, origin in reading.records(found, FileReport(found.path)):
            if record.number == article.source.record and record.complete is None and record.id() == article.id:
                return date_reasons(record, replace(origin, habits=habits.of(found)), options, article.language)
    return []


def changes_of(article: Article, options: ReadOptions) -> list[Change]:
    """What each cleaning rule changed in an article, in order; spans are characters of the decoded raw record.

    Where the text was a field's value, they are characters of that value.
    """
    record = record_of(article, options).record
    changes: list[Change] = []
    cleaned(record, options, changes)
    base = record.body_start or 0
    return [c._replace(raw_start=c.raw_start + base, raw_end=c.raw_end + base) for c in changes]


def raw_span(article: Article, start: int, end: int, options: ReadOptions) -> str:
    """What the characters `start` to `end` of an article's text were in its decoded raw record."""
    if not 0 <= start <= end <= len(article.text):
        raise UsageError(f"{start}:{end} is no span of the text, which has {len(article.text)} characters")
    record, origin = record_of(article, options)
    first, last = text_of(record, origin, options).to_raw(start, end)
    return record.body[first:last]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles of a reading are given, and in which order: query, sample, sort, limit, in this order."""

    query: Query = field(default_factory=Query)
    sort: str | None = None
    reverse: bool = False
    limit: int | None = None
    sample: int | None = None
    seed: int = 0

    @property
    def holds_all(self) -> bool:
        """Whether every matching article must be held before the first is given."""
        return self.sort is not None or self.reverse


@dataclass(slots=True)
class Tally:
    """What a selection counted: articles read, matching, given, and matching only by overlap of dates.

    `cut_short` says that reading ended early because the limit was reached.
    """

    read: int = 0
    matched: int = 0
    given: int = 0
    by_overlap: int = 0
    cut_short: bool = False


OnOther = Callable[[Article, str], None]


def select(
    articles: Iterable[Article],
    selection: Selection,
    tally: Tally,
    *,
    streaming: bool = False,
    on_other: OnOther | None = None,
) -> Iterator[Article]:
    """The selected articles; with `streaming`, reading ends as soon as the limit is reached.

    `on_other` is called with every article that does not meet the query, and with the reason.
    """
    matching = _matching(articles, selection.query, tally, on_other)
    if selection.sample is not None:
        matching = iter(_sample(matching, selection.sample, selection.seed))
    if selection.sort is not None:
        matching = iter(_sorted(matching, selection.sort, reverse=selection.reverse))
    elif selection.reverse:
        matching = reversed(list(matching))
    # What is held was read to its end: nothing is cut short then.
    held = selection.holds_all or selection.sample is not None
    try:
        yield from _limited(matching, selection.limit, tally, streaming=streaming and not held)
    finally:
        _close(articles)  # a file that was not read to its end is reported too


def _sorted(articles: Iterable[Article], name: str, *, reverse: bool) -> list[Article]:
    """Sorted by a field, equal values in the order given; articles without a value come last in both directions."""
    key = sort_key(name)
    keyed = [(key(article), article) for article in articles]
    present = sorted((item for item in keyed if not item[0][0]), key=lambda item: item[0], reverse=reverse)
    return [article for _, article in present] + [article for (missing, _), article in keyed if missing]


def _matching(articles: Iterable[Article], query: Query, tally: Tally, on_other: OnOther | None) -> Iterator[Article]:
    for article in articles:
        tally.read += 1
        reason = query.why_not(article)
        if reason is None:
            tally.matched += 1
            tally.by_overlap += query.only_by_overlap(article)
            yield article
        elif on_other is not None:
            on_other(article, reason)


def _sample(articles: Iterable[Article], size: int, seed: int) -> list[Article]:
    """A random sample that depends on the articles and the seed only, not on their order; given in their order.

    Each id is hashed with the seed and the `size` smallest are kept: the sample of a stream in the memory of
    the sample (bottom-k sketch, Cohen and Kaplan 2007).
    """
    heap: list[tuple[int, int, Article]] = []
    for position, article in enumerate(articles):
        rank = -int.from_bytes(hashlib.sha256(f"{seed}:{article.id}".encode()).digest()[:8], "big")
        if len(heap) < size:
            heapq.heappush(heap, (rank, -position, article))
        elif heap and rank > heap[0][0]:
            heapq.heapreplace(heap, (rank, -position, article))
    return [article for _, _, article in sorted(heap, key=lambda item: -item[1])]


def _limited(articles: Iterator[Article], limit: int | None, tally: Tally, *, streaming: bool) -> Iterator[Article]:
    """The first articles up to the limit; in a stream nothing is read after them, not even to see if there is more."""
    if streaming and limit == 0:
        tally.cut_short = True
        return
    for article in articles:
        if limit is not None and tally.given >= limit:
            continue
        tally.given += 1
        yield article
        if streaming and tally.given == limit:
            tally.cut_short = True
            return


def _close(articles: Iterable[Article]) -> None:
    if isinstance(articles, Generator):
        articles.close()
