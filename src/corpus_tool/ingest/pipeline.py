"""Sources to articles: each record is concluded, counted once, and given if it is new."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus_tool.errors import Diagnostic
from corpus_tool.infer.article import Conclusion, conclude
from corpus_tool.infer.date.inference import DateHabits
from corpus_tool.infer.language.registry import Detector, load_detector
from corpus_tool.ingest.learning import Habits
from corpus_tool.ingest.paths import PathPattern
from corpus_tool.ingest.read_file import Recorded, note, read_file, strict_error
from corpus_tool.ingest.seen import SeenIds
from corpus_tool.ingest.walk import Found, check_sources, walk
from corpus_tool.limits import TooSlow, time_limit
from corpus_tool.model.article import Article
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.receipt import FileReport
from corpus_tool.readers.registry import check_format

OnReport = Callable[[FileReport], None]
OnKnown = Callable[[str, str], None]


@dataclass(slots=True)
class Reading:
    """One run over sources: its options, what was seen, and where reports go.

    `on_report` is called with every finished file; `on_known` with the id and place of every record that was
    already seen.
    """

    options: ReadOptions
    on_report: OnReport | None = None
    on_known: OnKnown | None = None
    seen: SeenIds = field(default_factory=SeenIds)
    _detector: Detector | None = None
    _pattern: PathPattern | None = None

    def __post_init__(self) -> None:
        self._detector = load_detector(self.options.detector)
        self._pattern = PathPattern(self.options.from_path) if self.options.from_path else None
        profile = self.options.profile
        for name in (self.options.input_format, profile.input_format if profile else None):
            if name is not None:
                check_format(name)

    def articles(self, sources: Sequence[str]) -> Iterator[Article]:
        """The articles of all sources in order; UsageError for a source that does not exist, before any is read."""
        checked = check_sources(sources)
        habits = Habits(checked)
        for source in checked:
            for found in walk(source):
                yield from self._file(found, habits.of(found))

    def _file(self, found: Found, habits: DateHabits | None) -> Iterator[Article]:
        report = FileReport(found.path)
        try:
            for record, origin in read_file(found, report, self.options, self._pattern):
                recorded = Recorded(record, replace(origin, habits=habits) if habits is not None else origin)
                article = self._article(recorded, report)
                if article is not None:
                    report.records += 1
                    yield article
                elif self.options.strict and report.rejected:
                    raise strict_error(report)
        finally:
            self.finish(report)

    def records(self, found: Found, report: FileReport) -> Iterator[Recorded]:
        """The new records of one entry, nothing concluded; known ones are counted."""
        try:
            for recorded in read_file(found, report, self.options, self._pattern):
                if self._is_new(recorded, report):
                    report.records += 1
                    yield recorded
        finally:
            self.finish(report)

    def finish(self, report: FileReport) -> None:
        """Count a file that is done, and tell of it."""
        self.options.receipt.add(report)
        if self.on_report is not None:
            self.on_report(report)

    def _is_new(self, recorded: Recorded, report: FileReport) -> bool:
        """Whether a record was not seen before in this run; a known one is counted and its place told."""
        record, origin = recorded
        identifier = record.complete["id"] if record.complete else record.id()
        if self.seen.add(identifier):
            return True
        report.known += 1
        _note(recorded, report, "duplicate-text", f"the same record as {identifier}, already read")
        if self.on_known is not None:
            self.on_known(identifier, origin.path if record.number == 1 else f"{origin.path}#{record.number}")
        return False

    def _article(self, recorded: Recorded, report: FileReport) -> Article | None:
        """The article of a record; None, and counted, where it is known or must be rejected."""
        size = recorded.record.byte_end - recorded.record.byte_start
        limit = self.options.max_record_bytes
        if size > limit:
            _note(
                recorded,
                report,
                "record-too-large",
                f"the record is {size:,} bytes long; the limit is {limit:,}",
            )
            return None
        if not self._is_new(recorded, report):
            return None
        try:
            with time_limit(self.options.record_seconds):
                conclusion = conclude(recorded.record, recorded.origin, self.options, self._detector)
        except TooSlow:
            _note(recorded, report, "record-timeout", f"it took longer than {self.options.record_seconds:g} s")
            return None
        return _judged(recorded, conclusion, report)


def _judged(recorded: Recorded, conclusion: Conclusion, report: FileReport) -> Article | None:
    for code, message in conclusion.notes:
        _note(recorded, report, code, message)
    if conclusion.article is None:
        foreign = recorded.record.complete is None
        reason = "no text is left after cleaning" if foreign else "it has our keys, but not the values of an export"
        _note(recorded, report, "bad-record", reason)
    return conclusion.article


def _note(recorded: Recorded, report: FileReport, code: str, message: str) -> None:
    record, origin = recorded
    note(report, Diagnostic(code, message, origin.path, record.number, record.line, record.byte_start))
