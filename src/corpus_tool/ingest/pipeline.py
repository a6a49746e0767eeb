"""Sources to articles: each record is concluded, counted once, and given if it is new."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

from corpus_tool.errors import Diagnostic
from corpus_tool.infer.article import Conclusion, conclude
from corpus_tool.infer.date.inference import DateHabits
from corpus_tool.infer.language.registry import Detector, load_detector
from corpus_tool.infer.origin import Origin
from corpus_tool.ingest.learning import Habits
from corpus_tool.ingest.paths import PathPattern
from corpus_tool.ingest.read_file import Recorded, note, read_file, strict_error
from corpus_tool.ingest.seen import SeenIds
from corpus_tool.ingest.walk import Found, check_sources, walk
from corpus_tool.limits import TooSlow, time_limit
from corpus_tool.model.article import Article
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.receipt import FileReport
from corpus_tool.model.record import RawRecord
from corpus_tool.readers.registry import check_format

OnReport = Callable[[FileReport], None]
OnKnown = Callable[[str, str], bool]


class Entry(NamedTuple):
    """An article and the raw record that it was concluded from."""

    article: Article
    recorded: Recorded


class Seen(Protocol):
    """A set of the ids that are known."""

    def add(self, identifier: str) -> bool:
        """Add an id; True if it is new."""


@dataclass(slots=True)
class Reading:
    """One run over sources: its options, what was seen, and where reports go.

    `on_report` is called with every finished file; `on_known` with the id and place of every record that is known
    already, and says whether that is worth a notice.
    """

    options: ReadOptions
    on_report: OnReport | None = None
    on_known: OnKnown | None = None
    seen: Seen = field(default_factory=SeenIds)
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
        for entry in self.entries(sources):
            yield entry.article

    def entries(self, sources: Sequence[str]) -> Iterator[Entry]:
        """The same, each with the raw record that it was concluded from."""
        for found, habits in self.visited(sources):
            report = FileReport(found.path)
            try:
                for recorded in self.admitted(found, habits, report):
                    conclusion = self._concluded(recorded)
                    article = conclusion.article if conclusion is not None else None
                    notes = conclusion.notes if conclusion is not None else ()
                    self.count(recorded, notes, report, given=article is not None, in_time=conclusion is not None)
                    if article is not None:
                        yield Entry(article, recorded)
            finally:
                self.finish(report)

    def visited(self, sources: Sequence[str]) -> Iterator[tuple[Found, DateHabits | None]]:
        """Every entry below the sources, with what its folder teaches about dates."""
        checked = check_sources(sources)
        habits = Habits(checked)
        for source in checked:
            for found in walk(source):
                yield found, habits.of(found)

    def admitted(self, found: Found, habits: DateHabits | None, report: FileReport) -> Iterator[Recorded]:
        """The records of one entry that are to be concluded: those of a size that is allowed, and new."""
        for recorded in read_file(found, report, self.options, self._pattern):
            if habits is not None:
                recorded = recorded._replace(origin=replace(recorded.origin, habits=habits))
            if not self._too_large(recorded, report) and self._is_new(recorded, report):
                yield recorded
            elif self.options.strict and report.rejected:
                raise strict_error(report)

    def count(
        self,
        recorded: Recorded,
        notes: Sequence[tuple[str, str]],
        report: FileReport,
        *,
        given: bool,
        in_time: bool,
    ) -> bool:
        """Count a concluded record, and note what deserves a look; whether it gave an article."""
        for code, message in notes:
            _note(recorded, report, code, message)
        if not in_time:
            _note(recorded, report, "record-timeout", f"it took longer than {self.options.record_seconds:g} s")
        elif not given:
            foreign = recorded.record.complete is None
            reason = "no text is left after cleaning" if foreign else "it has our keys, but not the values of an export"
            _note(recorded, report, "bad-record", reason)
        report.records += given
        if not given and self.options.strict and report.rejected:
            raise strict_error(report)
        return given

    def _concluded(self, recorded: Recorded) -> Conclusion | None:
        return conclude_in_time(recorded.record, recorded.origin, self.options, self._detector)

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
        record = recorded.record
        identifier = record.complete["id"] if record.complete else record.id()
        if self.seen.add(identifier):
            return True
        report.known += 1
        if self.on_known is None or self.on_known(identifier, _place(recorded)):
            _note(recorded, report, "duplicate-text", f"the same record as {identifier}, already read")
        return False

    def _too_large(self, recorded: Recorded, report: FileReport) -> bool:
        size = recorded.record.byte_end - recorded.record.byte_start
        limit = self.options.max_record_bytes
        if size > limit:
            message = f"the record is {size:,} bytes long; the limit is {limit:,}"
            _note(recorded, report, "record-too-large", message)
        return size > limit


def _place(recorded: Recorded) -> str:
    """Where a record stands, as `source.also` writes places; of an export the place that it states."""
    record = recorded.record
    path, number = recorded.origin.path, str(record.number)
    if record.complete is not None:
        source = record.complete["source"]
        if isinstance(source, dict):
            path, number = str(source.get("path")), str(source.get("record"))
        else:  # a row says no more than the path, and the number in the name
            path, (_, _, number) = str(source), str(record.complete["name"]).rpartition("#")
    return f"{path}#{number}" if number.isdecimal() and number != "1" else path


def conclude_in_time(
    record: RawRecord, origin: Origin, options: ReadOptions, detector: Detector | None
) -> Conclusion | None:
    """What is concluded of a record; None where it takes longer than the options allow."""
    try:
        with time_limit(options.record_seconds):
            return conclude(record, origin, options, detector)
    except TooSlow:
        return None


def _note(recorded: Recorded, report: FileReport, code: str, message: str) -> None:
    record = recorded.record
    note(report, Diagnostic(code, message, recorded.origin.path, record.number, record.line, record.byte_start))
