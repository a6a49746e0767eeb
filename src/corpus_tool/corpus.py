"""The library's front door: read sources, keep them in a corpus file, select articles. Every command calls only this.

What reads raw sources is imported where it is used: a corpus file opens without any of it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import groupby, islice
from typing import TYPE_CHECKING

from corpus_tool.errors import CorpusToolError
from corpus_tool.model.article import Article
from corpus_tool.model.receipt import FileReport, Receipt
from corpus_tool.selection import Selectable, Selection, Tally, in_order, sample
from corpus_tool.store.recognize import is_corpus_file

if TYPE_CHECKING:
    from corpus_tool.infer.again import What
    from corpus_tool.ingest.pipeline import Reading
    from corpus_tool.ingest.sniffing import Sniffed
    from corpus_tool.model.options import ReadOptions
    from corpus_tool.query import Query
    from corpus_tool.refreshing import Refreshed
    from corpus_tool.store.search import Found
    from corpus_tool.store.store import Store

OnReport = Callable[[FileReport], None]
HELD_BYTES = 16 << 20
"""Up to so many bytes of files are read whole before anything is given, so that articles name their copies."""


def read(
    sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    options: ReadOptions | None = None,
    on_report: OnReport | None = None,
) -> Iterator[Article]:
    """The articles of files, folders, globs, corpus files and `-`, one after another, in constant memory.

    What could not be read is no exception: it is collected on `options.receipt`, and `on_report` is called
    with each finished file. Raises UsageError for a source that does not exist, before anything is read.
    """
    from corpus_tool.ingest.pipeline import Reading
    from corpus_tool.ingest.walk import check_sources
    from corpus_tool.model.options import ReadOptions

    paths = [sources] if isinstance(sources, str | os.PathLike) else list(sources)
    checked = check_sources([os.fspath(path) for path in paths])
    return _articles(checked, Reading(options or ReadOptions(), on_report))


def _articles(sources: Sequence[str], reading: Reading) -> Iterator[Article]:
    """The articles of sources in order; those of corpus files as they stand there."""
    for kept, group in groupby(sources, key=is_corpus_file):
        if not kept:
            yield from reading.articles(list(group))
            continue
        for path in group:
            yield from _stored(path, reading)


def _stored(path: str, reading: Reading) -> Iterator[Article]:
    """The articles of a corpus file that were not seen before, with a report as for any other file."""
    from corpus_tool.store.store import Store

    report = FileReport(path, format="corpus")
    with Store.open(path) as store:
        for article in StoredArticles(store, raw=reading.options.keep_raw):
            new = reading.seen.add(article.id)
            report.records += new
            report.known += not new
            if new:
                yield article
            elif reading.on_known is not None:
                reading.on_known(article.id, path)
    reading.finish(report)


def read_all(sources: Sequence[str], *, options: ReadOptions, on_report: OnReport | None = None) -> list[Article]:
    """The articles of sources as a list, each with the other places where the same record stands (`source.also`)."""
    from corpus_tool.ingest.pipeline import Reading
    from corpus_tool.ingest.walk import check_sources

    also: dict[str, list[str]] = {}

    def keep_place(known: str, place: str) -> bool:
        also.setdefault(known, []).append(place)
        return True

    reading = Reading(options, on_report, keep_place)
    articles = list(_articles(check_sources(sources), reading))
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
    from corpus_tool.ingest.walk import STDIN, check_sources, walk

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


class StoredArticles(Selectable):
    """The articles of a corpus file, selected where they stand.

    `light` ones lack what a listing does not show; with `raw` they carry their decoded raw records. `match` is an
    expression for the full-text index that narrows them.
    """

    def __init__(self, store: Store, *, light: bool = False, raw: bool = False, match: str | None = None) -> None:
        self.store = store
        self._whole = not light
        self._raw = raw
        self._match = match

    def __iter__(self) -> Iterator[Article]:
        return self.selected(Selection(), Tally())

    def selected(self, selection: Selection, tally: Tally, *, cap: int | None = None) -> Iterator[Article]:
        """The articles of a selection; what is not given because of the limit or the cap is counted, not read.

        Where only reading could tell how many there are, reading ends there.
        """
        limit = selection.limit
        if cap is not None and (limit is None or cap < limit):
            limit = cap
        try:
            for article in self._ordered(selection, limit):
                tally.given += 1
                tally.by_overlap += selection.query.only_by_overlap(article)
                yield _with_raw(self.store, article) if self._raw else article
        except GeneratorExit:  # nobody wants more; the file may be closed by now
            with suppress(CorpusToolError):
                self._tell(selection, tally, all_given=limit is None or tally.given < limit)
            raise
        self._tell(selection, tally, all_given=limit is None or tally.given < limit)

    def _tell(self, selection: Selection, tally: Tally, *, all_given: bool) -> None:
        """Fill the tally: what was not looked at is counted by SQL."""
        query = selection.query
        tally.read = self.store.count() or 0
        counted = None
        if selection.sample is not None:
            counted = self._count(query)
        elif self._match is not None or not all_given:
            counted = self.store.count(query)  # of all; those that the index passed over were not looked at
        if counted is None:
            tally.matched = tally.given
            tally.cut_short = not all_given
            return
        tally.matched = counted
        tally.given = min([counted, *(most for most in (selection.limit, selection.sample) if most is not None)])
        tally.by_overlap = self.count_by_overlap(query, counted)

    def _ordered(self, selection: Selection, limit: int | None) -> Iterator[Article]:
        """In the order asked for; what SQL cannot sort is held and sorted here."""
        from corpus_tool.store.store import sortable

        query, name, down = selection.query, selection.sort, selection.reverse
        if selection.sample is None and (name is None or sortable(name)):
            return self._articles(query, sort=name, reverse=down, limit=limit)
        if selection.sample is None:
            articles = self._articles(query)
        else:  # of all, not of those that the index proposes
            found = self.store.articles(query, whole=self._whole)
            articles = iter(sample(found, selection.sample, selection.seed))
        if name is not None:
            articles = iter(in_order(articles, name, reverse=down))
        elif down:
            articles = reversed(list(articles))
        return articles if limit is None else islice(articles, min(limit, sys.maxsize))

    def _articles(
        self, query: Query, *, sort: str | None = None, reverse: bool = False, limit: int | None = None
    ) -> Iterator[Article]:
        return self.store.articles(query, sort=sort, reverse=reverse, limit=limit, whole=self._whole, match=self._match)

    def _count(self, query: Query) -> int:
        found = self.store.count(query)
        return sum(1 for _ in self._articles(query)) if found is None else found

    def count_by_overlap(self, query: Query, matched: int) -> int:
        """How many of the `matched` articles meet a query only because their dates are not known to the day."""
        from corpus_tool.store.sql import within

        if query.date_match != "overlaps" or not (query.since or query.until or query.on):
            return 0
        return matched - self._count(within(query))


def _with_raw(store: Store, article: Article) -> Article:
    """A stored article with its decoded raw record, where that is kept."""
    from corpus_tool.infer.kept import KeptRecord, decoded

    kept = store.raw_record(article)
    return article if kept is None else replace(article, raw=decoded(KeptRecord(*kept), article.source))


def proposing(terms: Iterable[tuple[str, bool]]) -> str | None:
    """The full-text expression that proposes every text with these folded words, or beginnings of words."""
    from corpus_tool.store.odd_letters import expression_for

    return expression_for(terms)


HEAVY = frozenset(("extra", "normalization", "inference", "raw"))
"""The fields that a light article lacks."""


def light_enough(fields: Iterable[str], selection: Selection) -> bool:
    """Whether light articles are enough to show these fields of a selection."""
    named = (*fields, *selection.query.has, selection.sort or "id")
    return HEAVY.isdisjoint(name.split(".")[0] for name in named)


class Corpus:
    """A corpus file: articles with their raw records, kept for good. A context manager.

    Opened to read; the first call that writes opens it to write. Raises CorpusToolError for what is no corpus file,
    is damaged, or was made by a later version.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.path = store.path
        self._writable = False

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Corpus:
        """Open a corpus file that exists."""
        from corpus_tool.store.store import Store

        return cls(Store.open(os.fspath(path)))

    @classmethod
    def create(cls, path: str | os.PathLike[str]) -> Corpus:
        """Make a new corpus file; CorpusToolError where something stands there."""
        from corpus_tool.store.store import Store

        corpus = cls(Store.create(os.fspath(path)))
        corpus._writable = True
        return corpus

    @classmethod
    def in_passing(cls, articles: Iterable[Article]) -> Corpus:
        """A corpus of articles that is gone when it is closed: how sources that are no corpus file are searched."""
        from corpus_tool.store.store import Store
        from corpus_tool.store.writing import Writing, prepare
        from corpus_tool.version import __version__

        store = Store.in_passing()
        writing = Writing(store, "search", __version__, {})
        for article in articles:
            writing.add(prepare(article, None, None))
        writing.flush()
        corpus = cls(store)
        corpus._writable = True
        return corpus

    def __enter__(self) -> Corpus:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    def __len__(self) -> int:
        return self.store.count() or 0

    @property
    def articles(self) -> StoredArticles:
        """All articles, to be selected among."""
        return StoredArticles(self.store)

    def find(
        self, query: Query | None = None, *, sort: str | None = None, reverse: bool = False, limit: int | None = None
    ) -> Iterator[Article]:
        """The articles that meet a query, in the order of adding or by a field."""
        from corpus_tool.query import Query, sort_key

        if sort is not None:
            sort_key(sort)
        chosen = Selection(query or Query(), sort, reverse, limit)
        return self.articles.selected(chosen, Tally())

    def get(self, key: str) -> Article | None:
        """The article of an id or a name, or of the beginning of one; None where there is none, or several."""
        found = self.store.by_key(key, 2)
        return found[0] if len(found) == 1 else None

    def with_raw(self, article: Article) -> Article:
        """An article of this file with its decoded raw record, where that is kept."""
        return _with_raw(self.store, article)

    def add(
        self,
        sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        *,
        options: ReadOptions | None = None,
        jobs: int = 1,
        on_report: OnReport | None = None,
        on_article: Callable[[int], None] | None = None,
    ) -> Receipt:
        """Keep the articles of sources, those that are not here yet; what became of every file is in the receipt.

        `jobs` processes infer; the file is the same for any number of them. An error or an interrupt leaves every batch
        written before it; adding the same again goes on where that ended.
        """
        from corpus_tool.adding import add
        from corpus_tool.model.options import ReadOptions

        paths = [sources] if isinstance(sources, str | os.PathLike) else list(sources)
        options = options or ReadOptions()
        add(self.to_write(), [os.fspath(path) for path in paths], options, jobs, on_report, on_article)
        return options.receipt

    def refresh(
        self,
        what: Iterable[What] = ("dates", "languages"),
        *,
        options: ReadOptions | None = None,
        query: Query | None = None,
        jobs: int = 1,
        on_article: Callable[[int], None] | None = None,
    ) -> Refreshed:
        """Infer dates, languages or texts anew from the raw records kept; what was corrected by hand stays."""
        from corpus_tool.model.options import ReadOptions
        from corpus_tool.query import Query
        from corpus_tool.refreshing import refresh

        return refresh(self.to_write(), frozenset(what), options or ReadOptions(), query or Query(), jobs, on_article)

    def search(
        self,
        typed: str,
        query: Query | None = None,
        *,
        limit: int | None = 10,
        newest: bool = False,
        rank_all: bool = False,
    ) -> Found:
        """The articles that words, phrases and operators find, the best first by BM25, or the newest.

        With a limit and more than 20,000 hits those added last are ranked, unless `rank_all`. UsageError for a query
        that cannot be read, with the place.
        """
        from corpus_tool.query import Query
        from corpus_tool.store.search import search

        return search(self.store, typed, query or Query(), limit=limit, newest=newest, rank_all=rank_all)

    def correct(self, key: str, values: Mapping[str, str]) -> Article:
        """Correct fields of the article of an id or name by hand; an empty value says that nothing is known.

        Raises UsageError for what cannot be corrected or is no value, CorpusToolError where no one article fits.
        """
        from corpus_tool.correcting import correct

        return correct(self.to_write(), self._one(key), values)

    def undo(self, key: str, fields: Sequence[str]) -> Article:
        """Take corrections back: the fields are then as they were before."""
        from corpus_tool.correcting import undo

        return undo(self.to_write(), self._one(key), fields)

    def remove(self, query: Query) -> int:
        """Take the articles that meet a query out of the file; how many they were. What is added again comes back."""
        from corpus_tool.store.changing import remove
        from corpus_tool.store.writing import log_run, transaction
        from corpus_tool.version import __version__

        store = self.to_write()
        with transaction(store) as connection:
            numbers = store.numbers(query)
            if numbers:
                log_run(connection, "remove", __version__, {"removed": len(numbers)}, done=True)
                remove(connection, numbers)
        return len(numbers)

    def _one(self, key: str) -> Article:
        found = self.get(key)
        if found is None:
            raise CorpusToolError(f"no one article has an id or name that begins with {key!r}")
        return found

    def to_write(self) -> Store:
        """The file opened to write."""
        if not self._writable:
            from corpus_tool.store.store import Store

            self.store.close()
            self.store = Store.open(self.path, to_write=True)
            self._writable = True
        return self.store
