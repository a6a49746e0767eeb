"""Articles made ready for a corpus file, by this process or by several; the result is the same in either case.

Records are read, counted and given out by one process, in chunks; the chunks come back in their order, whichever
process was done first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context, parent_process
from typing import Any, NamedTuple

from corpus_tool.errors import CorpusToolError
from corpus_tool.infer.article import Conclusion
from corpus_tool.infer.kept import kept
from corpus_tool.infer.language.registry import Detector, load_detector
from corpus_tool.ingest.pipeline import Reading, conclude_in_time
from corpus_tool.ingest.read_file import Recorded
from corpus_tool.model.article import Article
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.receipt import FileReport, Receipt
from corpus_tool.readers.base import CarriedRecord
from corpus_tool.store.writing import Prepared, prepare

CHUNK_RECORDS = 64
CHUNK_BYTES = 1 << 20
CHUNKS_AHEAD = 3
"""Chunks given out for each process before the first of them is waited for."""


@dataclass(slots=True)
class Ahead:
    """The report of a file that is read ahead of what is concluded; `concluded` of its findings came later."""

    report: FileReport
    concluded: int = 0

    @property
    def read(self) -> int:
        """How many findings reading has made so far."""
        return len(self.report.diagnostics) - self.concluded


class Work(NamedTuple):
    """A record to be concluded, or, without one, the end of its file; `after` so many findings of reading."""

    recorded: Recorded | None
    ahead: Ahead
    after: int


class Done(NamedTuple):
    """What a process gives back of a record: the article ready to be written, and what was noted."""

    prepared: Prepared | None
    notes: tuple[tuple[str, str], ...]
    in_time: bool = True


def prepared_entries(reading: Reading, sources: Sequence[str], jobs: int) -> Iterator[Prepared]:
    """The articles of sources, ready to be written, in order. `reading.options.keep_bytes` must be set."""
    if jobs < 2:
        for entry in reading.entries(sources):
            yield made_ready(entry.article, entry.recorded)
        return
    yield from _pooled(reading, sources, jobs)


def made_ready(article: Article, recorded: Recorded) -> Prepared:
    """An article with its raw record, ready to be written.

    Of an export that comes back the raw record is the one that it carries, if it does.
    """
    record = recorded.record
    if record.complete is not None and isinstance(record, CarriedRecord):
        return prepare(replace(article, raw=None), record.data, record.facts)
    if record.complete is not None:
        raw = article.raw
        data = None if raw is None else _carried(raw, article)
        return prepare(replace(article, raw=None), data, None)
    if recorded.data is None:
        raise ValueError("the bytes of the record were not kept")
    made = kept(record, recorded.origin, recorded.data)
    return prepare(article, made.data, made.facts)


def _carried(raw: str, article: Article) -> bytes | None:
    """The bytes of a raw record that an export carries as text; None where the text cannot give them.

    It cannot, where lines of another encoding stood among the others. A byte order mark is no part of the text.
    """
    source = article.source
    try:
        data = raw.encode(source.encoding, "surrogateescape")
        if source.byte_start == 0 and len(data) < source.byte_end:
            data = "\ufeff".encode(source.encoding) + data
    except (LookupError, UnicodeError):
        return None
    return data if len(data) == source.byte_end - source.byte_start else None


def _pooled(reading: Reading, sources: Sequence[str], jobs: int) -> Iterator[Prepared]:
    options = replace(reading.options, receipt=Receipt())
    with processes(jobs, _start, options) as pool:
        yield from _in_order(reading, sources, pool, jobs * CHUNKS_AHEAD)


@contextmanager
def processes(jobs: int, start: Callable[..., None], *arguments: Any) -> Iterator[ProcessPoolExecutor]:
    """A pool of processes, each begun with `start`; CorpusToolError where one is ended from outside.

    Ctrl-C is for the process that gives them work.
    """
    initial = (start, *arguments)
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin, initargs=initial)
    try:
        with _ignoring_interrupts():
            for _ in range(jobs):  # a process ignores what its parent did when it was begun
                pool.submit(_nothing)
        yield pool
    except BrokenProcessPool:
        raise CorpusToolError(
            "a process that inferred was ended from outside; what was written before is kept",
            hint="there may be too little memory: run the same command again with fewer --jobs, it goes on",
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _ignoring_interrupts() -> Iterator[None]:
    import signal

    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not the main thread, which alone is interrupted
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _nothing() -> None:
    """What makes a pool begin a process."""


def _begin(start: Callable[..., None], *arguments: Any) -> None:
    import signal
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    start(*arguments)


def _end_with_parent() -> None:
    """Wait for the process that gives work to be gone, killed say: nobody else would end this one."""
    import os

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _in_order(reading: Reading, sources: Sequence[str], pool: ProcessPoolExecutor, ahead: int) -> Iterator[Prepared]:
    waiting: deque[tuple[list[Work], Future[list[Done]]]] = deque()
    chunks = _chunks(_work(reading, sources))
    trouble: BaseException | None = None
    while True:
        try:
            chunk = next(chunks, None)
        except CorpusToolError as error:  # a strict run ends here, after what came before
            chunk, trouble = None, error
        if chunk is not None:
            records = [work.recorded for work in chunk if work.recorded is not None]
            waiting.append((chunk, pool.submit(_conclude_all, records)))
        while waiting and (chunk is None or len(waiting) >= ahead):
            yield from _settled(reading, *waiting.popleft())
        if chunk is None:
            break
    if trouble is not None:
        raise trouble


def _work(reading: Reading, sources: Sequence[str]) -> Iterator[Work]:
    for found, habits in reading.visited(sources):
        ahead = Ahead(FileReport(found.path))
        try:
            for recorded in reading.admitted(found, habits, ahead.report):
                yield Work(recorded, ahead, ahead.read)
        except CorpusToolError:  # a strict run; what the file gave before counts
            yield Work(None, ahead, ahead.read)
            raise
        yield Work(None, ahead, ahead.read)


def _chunks(work: Iterator[Work]) -> Iterator[list[Work]]:
    chunk: list[Work] = []
    size = 0
    try:
        for item in work:
            chunk.append(item)
            size += 0 if item.recorded is None else len(item.recorded.record.raw)
            if len(chunk) >= CHUNK_RECORDS or size >= CHUNK_BYTES:
                yield chunk
                chunk, size = [], 0
    except CorpusToolError:
        yield chunk
        raise
    if chunk:
        yield chunk


def _settled(reading: Reading, chunk: list[Work], future: Future[list[Done]]) -> Iterator[Prepared]:
    """Count what came back, in the order in which it was read; so stand the findings in the report, too."""
    results = iter(future.result())
    for recorded, ahead, after in chunk:
        report = ahead.report
        if recorded is None:
            if report.outcome == "loaded" and report.rejected:
                report.reason = next(item.code for item in report.diagnostics if item.severity == "rejected")
            reading.finish(report)
            continue
        done = next(results)
        found_later = report.diagnostics[after + ahead.concluded :]
        del report.diagnostics[after + ahead.concluded :]
        given = reading.count(recorded, done.notes, report, given=done.prepared is not None, in_time=done.in_time)
        ahead.concluded = len(report.diagnostics) - after
        report.diagnostics += found_later
        if given:
            assert done.prepared is not None
            yield done.prepared


_options: ReadOptions
_detector: Detector | None


def _start(options: ReadOptions) -> None:
    """Load what a process needs, once."""
    global _options, _detector
    _options, _detector = options, load_detector(options.detector)


def _conclude_all(records: list[Recorded]) -> list[Done]:
    return [_done(recorded) for recorded in records]


def _done(recorded: Recorded) -> Done:
    conclusion: Conclusion | None = conclude_in_time(recorded.record, recorded.origin, _options, _detector)
    if conclusion is None:
        return Done(None, (), in_time=False)
    if conclusion.article is None:
        return Done(None, conclusion.notes)
    return Done(made_ready(conclusion.article, recorded), conclusion.notes)
