"""Adding to a corpus file: what is new among the articles of sources is kept with its raw record, the rest counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Any

from corpus_tool.errors import CorpusToolError
from corpus_tool.ingest.pipeline import OnReport, Reading
from corpus_tool.ingest.pool import made_ready, prepared_entries
from corpus_tool.ingest.seen import SeenIds
from corpus_tool.ingest.walk import check_sources
from corpus_tool.model.article import Article, own_place
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.receipt import FileReport
from corpus_tool.selection import OnOther, Selection, Tally, select
from corpus_tool.store.changing import corrections_of
from corpus_tool.store.recognize import is_corpus_file
from corpus_tool.store.store import Store
from corpus_tool.store.writing import Prepared, Writing, prepare, stored_article
from corpus_tool.stored import stored_entries
from corpus_tool.version import __version__


def add(
    store: Store,
    sources: Sequence[str],
    options: ReadOptions,
    jobs: int,
    on_report: OnReport | None = None,
    on_article: Callable[[int], None] | None = None,
) -> None:
    """Keep what is new in `sources`; everything is counted on `options.receipt`."""
    checked = check_sources(sources)
    writing = Writing(store, "add", __version__, options.told())
    known = _Known(store, writing)

    def report_done(report: FileReport) -> None:
        writing.add_report(report)
        if on_report is not None:
            on_report(report)

    reading = Reading(replace(options, keep_bytes=True), report_done, known.note_place, known)
    options.receipt.stored = 0
    for kept, group in groupby(checked, key=is_corpus_file):
        paths = list(group)
        articles = _copied(paths, reading) if kept else prepared_entries(reading, paths, jobs)
        for article in articles:
            writing.add(article)
            if on_article is not None:
                on_article(article.byte_end)
    writing.flush()
    receipt = options.receipt
    receipt.stored = writing.stored
    receipt.records -= writing.known_elsewhere  # another program stored them meanwhile
    receipt.known += writing.known_elsewhere
    writing.end(receipt.totals())


def add_selected(
    store: Store,
    sources: Sequence[str],
    options: ReadOptions,
    selection: Selection,
    tally: Tally,
    on_report: OnReport | None = None,
    on_other: OnOther | None = None,
) -> None:
    """Keep the selected articles of sources in an empty corpus file, in the order of the selection."""
    writing = Writing(store, "filter", __version__, {**options.told(), **selection.told()})

    def note_place(identifier: str, place: str) -> bool:
        writing.add_place(identifier, place)
        return True

    def report_done(report: FileReport) -> None:
        writing.add_report(report)
        if on_report is not None:
            on_report(report)

    reading = Reading(replace(options, keep_bytes=True), report_done, note_place)
    ready: dict[str, Callable[[], Prepared]] = {}
    held = selection.holds_all or selection.sample is not None

    def articles() -> Iterator[Article]:
        for article, make_ready in _entries(check_sources(sources), reading):
            if not held:
                ready.clear()
            ready[article.id] = make_ready
            yield article

    streaming = selection.limit is not None and on_other is None
    for article in select(articles(), selection, tally, streaming=streaming, on_other=on_other):
        writing.add(ready.pop(article.id)())
    writing.end(options.receipt.totals())


def _entries(sources: Sequence[str], reading: Reading) -> Iterator[tuple[Article, Callable[[], Prepared]]]:
    """The articles of sources, each with what makes it ready to be written."""
    for kept, group in groupby(sources, key=is_corpus_file):
        if not kept:
            for article, recorded in reading.entries(list(group)):
                yield article, partial(made_ready, article, recorded)
            continue
        for path in group:
            yield from _kept_entries(path, reading)


def _kept_entries(path: str, reading: Reading) -> Iterator[tuple[Article, Callable[[], Prepared]]]:
    """The articles of a corpus file that are new, as they stand there, with their raw records."""
    for store, article in stored_entries(path, reading):
        data, facts = store.raw_record(article) or (None, None)
        yield article, partial(_prepared, article, data, facts, corrections_of(store, article.id))


def _prepared(
    article: Article, data: bytes | None, facts: str | None, corrections: tuple[tuple[Any, ...], ...]
) -> Prepared:
    return prepare(article, data, facts)._replace(corrections=corrections)


def _copied(paths: Sequence[str], reading: Reading) -> Iterator[Prepared]:
    return (make_ready() for path in paths for _, make_ready in _kept_entries(path, reading))


class _Known:
    """The ids that were seen in this run or stand in the corpus file already."""

    def __init__(self, store: Store, writing: Writing) -> None:
        self._store = store
        self._writing = writing
        self._seen = SeenIds()

    def add(self, identifier: str) -> bool:
        """Add an id; True if it is new."""
        return self._seen.add(identifier) and self._store.number_of(identifier) is None

    def note_place(self, identifier: str, place: str) -> bool:
        """Keep the place of a known record; False where it is the one that is known."""
        if self._store.number_of(identifier) is not None:
            found = stored_article(self._store, identifier)
            if place == own_place(found) or place in (found.source.also or ()):
                return False
        self._writing.add_place(identifier, place)
        return True


def check_not_added_to_itself(path: str, sources: Sequence[str]) -> None:
    """CorpusToolError where a corpus file is among its own sources."""
    import os

    for source in sources:
        if os.path.exists(source) and os.path.exists(path) and os.path.samefile(source, path):
            raise CorpusToolError(f"{path!r} cannot be added to itself", hint="name what is to be added after it")
