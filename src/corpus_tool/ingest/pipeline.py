"""Sources to articles: walk, open, recognize, decode, split, conclude, count."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO, cast

from corpus_tool.errors import CODES, CorpusToolError, Diagnostic
from corpus_tool.infer.article import conclude
from corpus_tool.infer.language.registry import Detector, load_detector
from corpus_tool.infer.origin import Origin
from corpus_tool.ingest.open_file import Hashing, OpenFile, Rewound, Unreadable, hash_rest, open_file
from corpus_tool.ingest.paths import PathPattern
from corpus_tool.ingest.seen import SeenIds
from corpus_tool.ingest.walk import STDIN, Found, check_sources, walk
from corpus_tool.limits import TooSlow, time_limit
from corpus_tool.model.article import Article
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.receipt import FileReport, Receipt
from corpus_tool.model.record import RawRecord
from corpus_tool.readers import registry
from corpus_tool.readers.base import Head, Item, LineInput, TextInput
from corpus_tool.text.decode import LineStream, NotText, decode

STDIN_NAME = "stdin"
BLANKS = " \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u200b\ufeff\u2060\u202f"

OnReport = Callable[[FileReport], None]
OnKnown = Callable[[str, str], None]


@dataclass(slots=True)
class Reading:
    """One run over sources: its options, what was seen, and where reports go.

    `on_report` is called with every finished file; `on_known` with the id and place of every record that was
    already seen.
    """

    options: ReadOptions
    receipt: Receipt
    on_report: OnReport | None = None
    on_known: OnKnown | None = None
    seen: SeenIds = field(default_factory=SeenIds)
    detector: Detector | None = None
    pattern: PathPattern | None = None

    def __post_init__(self) -> None:
        self.detector = load_detector(self.options.detector)
        if self.options.from_path:
            self.pattern = PathPattern(self.options.from_path)
        for name in (self.options.input_format, self.options.profile and self.options.profile.input_format):
            if name:
                registry.check_format(name)

    def articles(self, sources: Sequence[str]) -> Iterator[Article]:
        """The articles of all sources in order; a source that does not exist is a UsageError at once."""
        for source in check_sources(sources):
            for found in walk(source):
                yield from self._file(found)

    def _file(self, found: Found) -> Iterator[Article]:
        report = FileReport(found.path)
        try:
            if found.code is not None:
                _note(report, Diagnostic(found.code, found.message, found.path))
                return
            yield from self._open(found, report)
        except Unreadable as trouble:
            _note(report, trouble.diagnostic)
        except OSError as error:
            _note(report, Diagnostic("read-error", f"cannot be read: {error.strerror or error}", found.path))
        finally:
            self._finish(report)
        if self.options.strict and report.outcome == "error":
            raise _strict(report)

    def _finish(self, report: FileReport) -> None:
        self.receipt.add(report)
        if self.on_report is not None:
            self.on_report(report)

    def _open(self, found: Found, report: FileReport) -> Iterator[Article]:
        opened = open_file(found, self.options.max_file_bytes)
        try:
            yield from self._read(opened, report)
            if opened.changed():
                _note(
                    report,
                    Diagnostic(
                        "changed-while-reading", "its size or time changed while it was read", found.path
                    ),
                )
        finally:
            opened.close()

    def _read(self, opened: OpenFile, report: FileReport) -> Iterator[Article]:
        """Recognize the format, then read records with it."""
        path = opened.found.path
        if not opened.head.strip(BLANKS.encode("latin-1", "ignore")) and opened.whole:
            _note(
                report,
                Diagnostic("empty", "the file is empty" if not opened.head else "nothing but blanks", path),
            )
            return
        name = self._named_format()
        try:
            if name is None:
                choice = registry.by_head(sniffed_head(opened, self._encoding()))
                name = choice.name if choice else None
            if name is not None and registry.READERS[name].wants == "lines":
                yield from self._lines(opened, report, name)
            else:
                yield from self._text(opened, report, name)
        except NotText:
            _note(report, Diagnostic("binary", "the bytes are no text in any encoding that we know", path))
        except registry.Tie as tie:
            _note(report, Diagnostic("format-tie", f"{tie}; name one with --input-format", path))

    def _named_format(self) -> str | None:
        profile = self.options.profile
        if self.options.input_format or (profile and profile.input_format):
            return self.options.input_format or (profile and profile.input_format)
        return "delimited" if self.options.effective_split() else None

    def _encoding(self) -> str | None:
        return self.options.encoding or (self.options.profile.encoding if self.options.profile else None)

    def _lines(self, opened: OpenFile, report: FileReport, name: str) -> Iterator[Article]:
        """A stream of lines, in constant memory."""
        stdin = opened.found.path == STDIN
        sha256 = None if stdin else hash_rest(opened)
        hashing = Hashing(opened) if stdin else None
        stream = cast("BinaryIO", Rewound(opened.head, hashing or opened.rest))
        reader = registry.line_reader(name)
        lines = LineStream(
            stream, self._encoding(), self.options.max_record_bytes, getattr(reader, "CR_ENDS", False)
        )
        source = LineInput(os.path.basename(opened.found.path), lines, self.options)
        report.format = name
        yield from self._records(reader.read_lines(source), self._origin(opened, name, sha256), report)
        report.encoding = lines.encoding
        report.sha256 = hashing.digest.hexdigest() if hashing else None
        _note_decoding(report, lines.method, lines.encoding, lines.confidence, lines.mixed, lines.replaced)

    def _text(self, opened: OpenFile, report: FileReport, name: str | None) -> Iterator[Article]:
        """A whole decoded text."""
        data = opened.read_all(self.options.max_file_bytes)
        try:
            decoded = decode(data, self._encoding())
        except (UnicodeError, ValueError) as error:
            _note(report, Diagnostic("encoding-failed", str(error), opened.found.path))
            return
        report.encoding = decoded.encoding
        if not decoded.text.strip(BLANKS):
            _note(report, Diagnostic("empty", "nothing but blanks", opened.found.path))
            return
        source = TextInput(os.path.basename(opened.found.path), decoded, self.options)
        try:
            items = self._text_items(source, report, name)
            _note_decoding(
                report, decoded.method, decoded.encoding, decoded.confidence, decoded.mixed, decoded.replaced
            )
            yield from self._records(
                items, self._origin(opened, report.format or "plain", _sha256(data, opened)), report
            )
        except TimeoutError:
            _note(
                report,
                Diagnostic(
                    "pattern-timeout", "the --split pattern took too long on this file", opened.found.path
                ),
            )
        if opened.found.path == STDIN:
            report.sha256 = _sha256(data, None)

    def _text_items(self, source: TextInput, report: FileReport, name: str | None) -> Iterator[Item]:
        if name is not None and registry.READERS[name].wants == "json":
            report.format = name
            return registry.headed_reader(name).read(source)
        report.format = name or registry.by_text(source).name
        return registry.text_reader(report.format).read(source)

    def _origin(self, opened: OpenFile, name: str, sha256: str | None) -> Origin:
        path = opened.found.path
        stem = STDIN_NAME if path == STDIN else os.path.splitext(os.path.basename(path))[0]
        return Origin(path, stem, "" if path == STDIN else opened.found.below, name, sha256, path == STDIN)

    def _records(self, items: Iterator[Item], origin: Origin, report: FileReport) -> Iterator[Article]:
        """Conclude each record, count it once, and give it if it is new."""
        stated = self._stated_in_path(origin, report)
        for item in items:
            if isinstance(item, Diagnostic):
                _note(report, replace(item, source=origin.path))
                if self.options.strict and item.severity in ("rejected", "error"):
                    raise _strict(report)
                continue
            record = replace(item, fields={**item.fields, **stated}) if stated else item
            article = self._article(record, origin, report)
            if article is not None:
                report.records += 1
                yield article
            elif self.options.strict and report.rejected:
                raise _strict(report)
        if not (report.records or report.rejected or report.known) and report.outcome == "loaded":
            _note(report, Diagnostic("no-records", "its structure holds no article", origin.path))

    def _stated_in_path(self, origin: Origin, report: FileReport) -> dict[str, object]:
        if self.pattern is None:
            return {}
        fields = self.pattern.read(origin.path)
        if fields is None:
            _note(
                report,
                Diagnostic("path-no-match", f"the path does not fit {self.pattern.pattern!r}", origin.path),
            )
            return {}
        return dict(fields)

    def _article(self, record: RawRecord, origin: Origin, report: FileReport) -> Article | None:
        """The article of a record; None, and counted, where it is known or must be rejected."""

        def note(code: str, message: str) -> None:
            _note(
                report, Diagnostic(code, message, origin.path, record.number, record.line, record.byte_start)
            )

        if record.byte_end - record.byte_start > self.options.max_record_bytes:
            size = record.byte_end - record.byte_start
            note(
                "record-too-large",
                f"the record is {size:,} bytes long; the limit is {self.options.max_record_bytes:,}",
            )
            return None
        try:
            with time_limit(self.options.record_seconds):
                identifier = record.complete["id"] if record.complete else record.id()
                if not self.seen.add(identifier):
                    report.known += 1
                    note("duplicate-text", f"the same record as {identifier}, already read")
                    if self.on_known is not None:
                        place = origin.path if record.number == 1 else f"{origin.path}#{record.number}"
                        self.on_known(identifier, place)
                    return None
                conclusion = conclude(record, origin, self.options, self.detector)
        except TooSlow:
            note("record-timeout", f"it took longer than {self.options.record_seconds:g} s")
            return None
        for code, message in conclusion.notes:
            note(code, message)
        if conclusion.article is None:
            note(
                "bad-record",
                "no text is left after cleaning" if record.complete is None else "no export of ours",
            )
        return conclusion.article


def sniffed_head(opened: OpenFile, encoding: str | None) -> Head:
    """The decoded head of a file for the structured readers; bytes that do not fit are left out."""
    try:
        with contextlib.suppress(LookupError):
            text = decode(
                opened.head if opened.whole else opened.head[: len(opened.head) & ~3], encoding
            ).text
    except NotText:
        text = ""
    return Head(os.path.basename(opened.found.path).lower(), text, opened.whole)


def _sha256(data: bytes, opened: OpenFile | None) -> str | None:
    import hashlib

    return None if opened is not None and opened.found.path == STDIN else hashlib.sha256(data).hexdigest()


def _note(report: FileReport, diagnostic: Diagnostic) -> None:
    """Put a finding into a file's report and let it change the outcome."""
    report.diagnostics.append(diagnostic)
    severity = diagnostic.severity
    if severity == "rejected":
        report.rejected += 1
        report.reason = report.reason or diagnostic.code
    elif severity in ("skipped", "error") and report.outcome != "error":
        report.outcome = severity
        report.reason = diagnostic.code


def _note_decoding(
    report: FileReport, method: str, encoding: str, confidence: float, mixed: int, replaced: int
) -> None:
    if method == "guessed":
        message = f"read as {encoding}, guessed with confidence {confidence:.2f}"
        _note(report, Diagnostic("encoding-guessed", message, report.path))
    if mixed:
        lines = "1 line is" if mixed == 1 else f"{mixed:,} lines are"
        _note(
            report,
            Diagnostic(
                "encoding-mixed", f"{lines} not in {encoding} and were read by themselves", report.path
            ),
        )
    if replaced:
        _note(
            report,
            Diagnostic(
                "decode-replaced",
                f"{replaced:,} bytes that {encoding} does not explain became U+FFFD",
                report.path,
            ),
        )


def _strict(report: FileReport) -> CorpusToolError:
    worst = next(d for d in report.diagnostics if d.severity in ("rejected", "error"))
    where = (
        f"{worst.source}"
        + (f", record {worst.record}" if worst.record else "")
        + (f", line {worst.line}" if worst.line else "")
    )
    return CorpusToolError(f"{where}: {worst.message} [{worst.code}]", hint=CODES[worst.code].advice)
