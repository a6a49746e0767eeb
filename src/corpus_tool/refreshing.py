"""Inferring anew what a corpus file holds, from the raw records that it keeps; what was corrected by hand stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import NamedTuple

from corpus_tool.infer.again import What, concluded_again
from corpus_tool.infer.kept import KeptRecord, restored
from corpus_tool.infer.language.registry import Detector, load_detector
from corpus_tool.ingest.pool import processes
from corpus_tool.limits import TooSlow, time_limit
from corpus_tool.model.article import Article
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.receipt import Receipt
from corpus_tool.query import Query
from corpus_tool.store.changing import Change, any_corrections, corrected_fields, keeping, write_change
from corpus_tool.store.records import known
from corpus_tool.store.store import Store
from corpus_tool.store.writing import BATCH_BYTES, Prepared, end_run, log_run, prepare, transaction
from corpus_tool.version import __version__

BATCH_ARTICLES = 1000
CHUNK_ARTICLES = 50


@dataclass(slots=True)
class Refreshed:
    """What a refresh counted: articles looked at, changed (in which field), and those whose raw record is not kept."""

    read: int = 0
    changed: int = 0
    dates: int = 0
    languages: int = 0
    texts: int = 0
    not_kept: int = 0


class _Held(NamedTuple):
    """An article with the raw record kept beside it, the fields that were corrected by hand, and its digest."""

    article: Article
    kept: KeptRecord
    corrected: tuple[str, ...]
    digest: bytes | None


def refresh(
    store: Store,
    what: frozenset[What],
    options: ReadOptions,
    query: Query,
    jobs: int = 1,
    on_article: Callable[[int], None] | None = None,
) -> Refreshed:
    """Infer dates, languages or texts anew for the articles that meet a query, in batches, each in one transaction."""
    counted = Refreshed()
    told = {**options.told(), "what": sorted(what)}
    with _again(replace(options, receipt=Receipt()), what, jobs) as infer:
        run = None
        for batch in _batches(store, query, counted):
            left = batch
            changes = list(_told(infer(batch), on_article))
            while changes:
                read = {held.article.id: held for held in left}
                with transaction(store) as connection:
                    run = run or log_run(connection, "refresh", __version__, told)
                    standing = [change for change in changes if _stands(store, read[change.old.id])]
                    for change in standing:
                        write_change(connection, change)
                _count(standing, counted)
                # What others changed or corrected in the meantime is concluded once more, from what it is now.
                done = {change.old.id for change in standing}
                left = _held_again(store, [change.old.id for change in changes if change.old.id not in done])
                changes = list(_told(infer(left)))
        if run is not None:
            with transaction(store) as connection:
                end_run(connection, run, asdict(counted))
    return counted


def _batches(store: Store, query: Query, counted: Refreshed) -> Iterator[list[_Held]]:
    """The articles that meet a query, some at a time: nothing is being read while they are written."""
    last = 0
    # What repeats another article is another thing once one of them was written.
    chosen = None if query.canonical is None else frozenset(store.numbers(query))
    query = replace(query, canonical=None)
    while True:
        with store.at_once():
            corrected = any_corrections(store)
            held, size, reached = [], 0, last
            for number, article in store.after(last, query, BATCH_ARTICLES):
                reached = number
                if chosen is not None and number not in chosen:
                    continue
                held.append(_held(store, article, corrected=corrected))
                size += article.source.byte_end - article.source.byte_start
                if size >= BATCH_BYTES:
                    break
        if reached == last:
            return
        last = reached
        counted.read += len(held)
        counted.not_kept += held.count(None)
        yield [item for item in held if item is not None]


def _held(store: Store, article: Article, *, corrected: bool = True) -> _Held | None:
    """An article with what stands beside it; None where its raw record is not kept."""
    kept = store.raw_record(article)
    if kept is None or kept[1] is None:
        return None
    fields = corrected_fields(store, article.id) if corrected else ()
    return _Held(article, KeptRecord(*kept), fields, _digest(store, article))


def _held_again(store: Store, identifiers: list[str]) -> list[_Held]:
    """Articles as they stand now, but for those that are gone."""
    with store.at_once():
        held = [_held(store, article) for name in identifiers for article in store.by_key(name, 1)]
    return [item for item in held if item is not None]


def _digest(store: Store, article: Article) -> bytes | None:
    found: bytes | None = store.value("SELECT digest FROM articles WHERE id = ?", (article.id,))
    return found


def _stands(store: Store, held: _Held) -> bool:
    """Whether an article and its corrections are what they were when they were read."""
    article = held.article
    return _digest(store, article) == held.digest and corrected_fields(store, article.id) == held.corrected


def _count(changes: list[Change], counted: Refreshed) -> None:
    """Count changes by what is another than before."""
    counted.changed += len(changes)
    for old, new in changes:
        counted.dates += old.date != new.value("date")
        counted.languages += old.language != new.value("language")
        counted.texts += old.text != new.text


Infer = Callable[[list[_Held]], Iterator[Change | None]]
"""What gives the changes of a batch in its order, None where an article stays as it is."""


@contextmanager
def _again(options: ReadOptions, what: frozenset[What], jobs: int) -> Iterator[Infer]:
    """Inferring anew, by this process or by a pool of others."""
    if jobs < 2:
        _start(options, what)
        yield partial(map, _change)
        return
    with processes(jobs, _start, options, what) as pool:
        yield partial(pool.map, _change, chunksize=CHUNK_ARTICLES)


def _told(changes: Iterator[Change | None], on_article: Callable[[int], None] | None = None) -> Iterator[Change]:
    """The changes, each article counted as it is done."""
    for change in changes:
        if on_article is not None:
            on_article(0)
        if change is not None:
            yield change


_options: ReadOptions
_what: frozenset[What]
_detector: Detector | None


def _start(options: ReadOptions, what: frozenset[What]) -> None:
    """Load what a process needs, once."""
    global _options, _what, _detector
    _options, _what = options, what
    _detector = load_detector(options.detector) if what != {"dates"} else None


def _change(held: _Held) -> Change | None:
    article, kept, corrected, _ = held
    again = restored(kept, article.source)
    if again is None:
        return None
    try:
        with time_limit(_options.record_seconds):
            anew = concluded_again(article, *again, _options, _what, _detector)
    except TooSlow:
        return None
    new = keeping(article, anew, corrected)
    if new == article:
        return None
    return Change(article, _prepared(article, new, kept))


def _prepared(old: Article, new: Article, kept: KeptRecord) -> Prepared:
    """The new article; its raw record is packed anew only where what it is packed against is another."""
    if known(old) == known(new):
        return prepare(new, None, None)
    return prepare(new, kept.data, kept.facts)
