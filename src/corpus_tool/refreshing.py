"""Inferring anew what a corpus file holds, from the raw records that it keeps; what was corrected by hand stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from typing import NamedTuple

from corpus_tool.infer.again import What, concluded_again
from corpus_tool.infer.kept import KeptRecord, restored
from corpus_tool.infer.language.registry import Detector, load_detector
from corpus_tool.model.article import Article
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.receipt import Receipt
from corpus_tool.query import Query
from corpus_tool.store.changing import Change, any_corrections, corrected_fields, keeping, write_change
from corpus_tool.store.records import known
from corpus_tool.store.store import Store
from corpus_tool.store.writing import Prepared, end_run, log_run, prepare, transaction
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
    with _Again(replace(options, receipt=Receipt()), what, jobs) as again:
        run = None
        for batch in _batches(store, query, counted):
            left = batch
            while changes := [change for change in again.all(left) if change is not None]:
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
            if on_article is not None:
                for _ in batch:
                    on_article(0)
        if run is not None:
            with transaction(store) as connection:
                end_run(connection, run, asdict(counted))
    return counted


def _batches(store: Store, query: Query, counted: Refreshed) -> Iterator[list[_Held]]:
    """The articles that meet a query, some at a time: nothing is being read while they are written."""
    last = 0
    while True:
        with store.at_once():
            numbered = list(store.after(last, query, BATCH_ARTICLES))
            corrected = any_corrections(store)
            held = [_held(store, article, corrected=corrected) for _, article in numbered]
        if not numbered:
            return
        last = numbered[-1][0]
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


class _Again:
    """What infers anew: this process, or a pool of others."""

    def __init__(self, options: ReadOptions, what: frozenset[What], jobs: int) -> None:
        self._pool = None
        if jobs > 1:
            self._pool = ProcessPoolExecutor(
                jobs, mp_context=get_context("spawn"), initializer=_start, initargs=(options, what)
            )
        else:
            _start(options, what)

    def __enter__(self) -> _Again:
        return self

    def __exit__(self, *error: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def all(self, batch: list[_Held]) -> Iterator[Change | None]:
        """The changes of a batch in its order, None where an article stays as it is."""
        if self._pool is None:
            return map(_change, batch)
        return iter(self._pool.map(_change, batch, chunksize=CHUNK_ARTICLES))


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
    new = keeping(article, concluded_again(article, *again, _options, _what, _detector), corrected)
    if new == article:
        return None
    return Change(article, _prepared(article, new, kept))


def _prepared(old: Article, new: Article, kept: KeptRecord) -> Prepared:
    """The new article; its raw record is packed anew only where what it is packed against is another."""
    if known(old) == known(new):
        return prepare(new, None, None)
    return prepare(new, kept.data, kept.facts)
