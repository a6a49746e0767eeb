"""The library's front door: read sources, keep them in a corpus file, select articles. Every command calls only this.

What reads raw sources is imported where it is used: a corpus file opens without any of it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from corpus_tool.errors import CorpusToolError, UsageError
from corpus_tool.model.article import Article, own_place
from corpus_tool.model.receipt import FileReport, Receipt
from corpus_tool.selection import Selection, Tally
from corpus_tool.store.recognize import is_corpus_file
from corpus_tool.stored import StoredArticles, stored_entries, with_raw

if TYPE_CHECKING:
    from corpus_tool.infer.again import What
    from corpus_tool.ingest.pipeline import Reading
    from corpus_tool.ingest.sniffing import Sniffed
    from corpus_tool.link.duplicates import Duplicates
    from corpus_tool.link.duplicates import Options as DuplicateOptions
    from corpus_tool.link.twins import TwinPair
    from corpus_tool.model.options import ReadOptions
    from corpus_tool.pairing import FoundTwin, TwinSearch
    from corpus_tool.query import Query
    from corpus_tool.refreshing import Refreshed
    from corpus_tool.store.links import Kind as LinkKind
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
            for store, article in stored_entries(path, reading):
                yield with_raw(store, article) if reading.options.keep_raw else article


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
    also = article.source.also
    if also is None:
        return article
    new = [place for place in dict.fromkeys(places) if place not in (own_place(article), *also)]
    return replace(article, source=replace(article.source, also=(*also, *new))) if new else article


def copies_among(sources: Sequence[str], options: ReadOptions) -> dict[str, str]:
    """Each article of sources that repeats another one, with that one: as a corpus file knows it, else as it is found.

    Other sources are read once more for it. Raises UsageError for standard input, which cannot be.
    """
    from corpus_tool.ingest.walk import STDIN
    from corpus_tool.model.receipt import Receipt

    if len(sources) == 1 and is_corpus_file(sources[0]):
        with Corpus.open(sources[0]) as corpus:
            return corpus.copies()
    if STDIN in sources:
        raise UsageError("standard input cannot be read twice", "add it to a corpus file first: corpus-tool add")
    with Corpus.in_passing(read(sources, options=replace(options, receipt=Receipt(keep=False)))) as corpus:
        corpus.dedupe()
        return corpus.copies()


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


class Corpus:
    """A corpus file: articles with their raw records, kept for good. A context manager.

    Opened to read; the first call that writes opens it once more to write, so that what is being read goes on. Raises
    CorpusToolError for what is no corpus file, is damaged, or was made by a later version.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.path = store.path
        self._writer: Store | None = None

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Corpus:
        """Open a corpus file that exists."""
        from corpus_tool.store.store import Store

        return cls(Store.open(os.fspath(path)))

    @classmethod
    def create(cls, path: str | os.PathLike[str]) -> Corpus:
        """Make a new corpus file; CorpusToolError where something stands there."""
        from corpus_tool.store.store import Store

        Store.create(os.fspath(path)).close()
        return cls.open(path)

    @classmethod
    def open_or_create(cls, path: str | os.PathLike[str]) -> Corpus:
        """Open a corpus file, or make it where nothing stands there; another program may do so at the same time."""
        from corpus_tool.store.store import Store

        if not os.path.lexists(path):
            try:
                Store.create(os.fspath(path)).close()
            except CorpusToolError:
                if not is_corpus_file(os.fspath(path)):
                    raise
        return cls.open(path)

    @classmethod
    def in_passing(cls, articles: Iterable[Article]) -> Corpus:
        """A corpus of articles that is gone when it is closed: how sources that are no corpus file are searched."""
        from corpus_tool.store.store import Store
        from corpus_tool.store.writing import Writing, prepare
        from corpus_tool.version import __version__

        store = Store.in_passing()
        writing = Writing(store, "search", __version__, {})
        for article in articles:
            raw = None if article.raw is None else json.dumps({"raw": article.raw})
            writing.add(prepare(article, None if raw is None else b"", raw))
        writing.flush()
        corpus = cls(store)
        corpus._writer = store
        return corpus

    def __enter__(self) -> Corpus:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file: the writer last, for only it can write what waits in the log into the file."""
        self.store.close()
        if self._writer is not None and self._writer is not self.store:
            self._writer.close()

    def __iter__(self) -> Iterator[Article]:
        return self.find()

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
        return with_raw(self.store, article)

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
        what: Sequence[What] = ("dates", "languages"),
        *,
        options: ReadOptions | None = None,
        query: Query | None = None,
        jobs: int = 1,
        on_article: Callable[[int], None] | None = None,
    ) -> Refreshed:
        """Infer dates, languages or texts anew from the raw records kept; what was corrected by hand stays."""
        from corpus_tool.infer.again import KINDS
        from corpus_tool.model.options import ReadOptions
        from corpus_tool.query import Query
        from corpus_tool.refreshing import refresh

        unknown = [name for name in what if name not in KINDS]
        if unknown:
            raise UsageError(f"{unknown[0]!r} cannot be refreshed", f"what can be: {', '.join(KINDS)}")
        return refresh(self.to_write(), frozenset(what), options or ReadOptions(), query or Query(), jobs, on_article)

    def search(
        self,
        typed: str,
        query: Query | None = None,
        *,
        limit: int | None = 10,
        newest: bool = False,
        rank_all: bool = False,
        whole: bool = True,
    ) -> Found:
        """The articles that words, phrases and operators find, the best first by BM25, or the newest.

        With a limit and more than 20,000 hits those added last are ranked, unless `rank_all`. Without `whole` the
        articles lack what a listing does not show. UsageError for a query that cannot be read, with the place.
        """
        from corpus_tool.query import Query
        from corpus_tool.store.search import search

        return search(self.store, typed, query or Query(), limit=limit, newest=newest, rank_all=rank_all, whole=whole)

    def dedupe(
        self, options: DuplicateOptions | None = None, on_article: Callable[[int], None] | None = None
    ) -> Duplicates:
        """The near-duplicates among the articles, kept in the file; without options those of the last time hold.

        Only what came or changed since then is read and compared. Raises MissingExtra without the extra `links`.
        """
        from corpus_tool.deduplicating import deduplicate, is_up_to_date, kept_duplicates, kept_options
        from corpus_tool.link.duplicates import Options

        options = options or kept_options(self.store) or Options()
        if is_up_to_date(self.store, options):
            return kept_duplicates(self.store, options)
        found = deduplicate(self.to_write(), options, on_article)
        self.store.look_again()
        return found

    def outlets(self) -> list[str]:
        """The names of the outlets of all articles."""
        return self.store.outlets()

    def copies(self) -> dict[str, str]:
        """Each article that repeats another one, with that one, by their ids, as `dedupe` found them."""
        from corpus_tool.store.near_duplicates import copies

        self.store.check_knows_duplicates()
        return copies(self.store)

    def twins(
        self, search: TwinSearch | None = None, on_article: Callable[[int], None] | None = None
    ) -> list[FoundTwin]:
        """The articles of two languages that tell the same story, the surest first, kept in the file.

        Without a search that of the last time holds; CorpusToolError where that needs a dictionary or an encoder, for
        a file does not decide what is loaded. Raises MissingExtra without the extra `links`.
        """
        from corpus_tool.pairing import (
            TwinSearch,
            check_loads_nothing,
            find_twins,
            is_up_to_date,
            kept_search,
            kept_twins,
        )

        asked = search or kept_search(self.store) or TwinSearch()
        if is_up_to_date(self.store, asked) and not (search and search.loads):
            return list(kept_twins(self.store))
        if search is None:
            check_loads_nothing(self.store, asked)
        found = find_twins(self.to_write(), asked, on_article)
        self.store.look_again()
        return found

    def update_links(self, on_article: Callable[[int], None] | None = None) -> tuple[LinkKind, ...]:
        """Look for duplicates and twins again as the last time, where they are kept and articles came since; which."""
        from corpus_tool.store.links import KINDS, kept

        looked_for = {kind: kept(self.to_write(), kind) for kind in KINDS}
        stale = tuple(kind for kind, found in looked_for.items() if found is not None and not found.up_to_date)
        if "duplicates" in stale:
            self.dedupe(on_article=on_article)
        if "twins" in stale:
            self.twins(on_article=on_article)
        return stale

    def has(self, identifier: str) -> bool:
        """Whether an article of this id is here."""
        return self.store.number_of(identifier) is not None

    def both(self, pair: TwinPair) -> tuple[Article, Article]:
        """The two articles of a pair; CorpusToolError where one is gone."""
        found = [self.store.by_id(identifier) for identifier in (pair.a, pair.b)]
        if found[0] is None or found[1] is None:
            raise CorpusToolError(f"an article of the twins {pair.a} and {pair.b} is gone", hint="look for twins again")
        return found[0], found[1]

    def explain(self, twin: FoundTwin) -> TwinPair:
        """A pair of twins with its evidence at its places in both texts."""
        from corpus_tool.pairing import explained

        return explained(self.store, twin)

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

    def remove(self, query: Query, ids: Sequence[str] = ()) -> int:
        """Take the articles that meet a query out of the file, of `ids` where any are named; how many they were.

        What is added again comes back. UsageError for a query without conditions and no ids: it would empty the file.
        """
        from corpus_tool.store.changing import remove
        from corpus_tool.store.writing import log_run, transaction
        from corpus_tool.version import __version__

        if query.empty and not ids:
            raise UsageError("no condition is given: every article would go", "name ids or a condition")
        store = self.to_write()
        with transaction(store) as connection:
            numbers = self.numbers(query, ids, store)
            if numbers:
                told = {"query": query.told(), "ids": list(ids), "removed": len(numbers)}
                log_run(connection, "remove", __version__, told, done=True)
                remove(connection, numbers)
        return len(numbers)

    def numbers(self, query: Query, ids: Sequence[str] = (), store: Store | None = None) -> list[int]:
        """The numbers of the articles that meet a query, of those of `ids` where any are named."""
        store = store or self.store
        numbers = store.numbers(query)
        if not ids:
            return numbers
        named = {store.number_of(identifier) for identifier in ids}
        return [number for number in numbers if number in named]

    def _one(self, key: str) -> Article:
        found = self.get(key)
        if found is None:
            raise CorpusToolError(f"no one article has an id or name that begins with {key!r}")
        return found

    def to_write(self) -> Store:
        """The file opened to write."""
        if self._writer is None:
            from corpus_tool.store.store import Store

            self._writer = Store.open(self.path, to_write=True)
        return self._writer
