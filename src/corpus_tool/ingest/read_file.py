"""One visited entry to raw records: open, recognize, decode, split; what is found on the way goes into its report."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, NamedTuple, cast

from corpus_tool.errors import CODES, CorpusToolError, Diagnostic
from corpus_tool.infer.origin import Origin
from corpus_tool.ingest.carried import checked
from corpus_tool.ingest.open_file import Hashing, OpenFile, Rewound, Unreadable, Window, hash_rest, open_file
from corpus_tool.ingest.paths import PathPattern
from corpus_tool.ingest.walk import STDIN, Found
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.receipt import FileReport
from corpus_tool.model.record import RawRecord, Stated
from corpus_tool.readers import registry
from corpus_tool.readers.base import CarriedRecord, FileInput, Head, Item, LineInput, TextInput
from corpus_tool.store.recognize import is_corpus_file
from corpus_tool.text.decode import Decoded, NotText, decode, decode_head
from corpus_tool.text.stream import LineStream

STDIN_NAME = "stdin"
BLANKS = " \t\r\n\x0b\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u200b\ufeff\u2060\u202f"
_BLANK_BYTES = b" \t\r\n\x0b"
DATABASE = b"SQLite format 3\0"


class Recorded(NamedTuple):
    """A raw record with the file it comes from, and its very bytes where they are to be kept."""

    record: RawRecord
    origin: Origin
    data: bytes | None = None


def note(report: FileReport, diagnostic: Diagnostic) -> None:
    """Put a finding into a file's report and let it change the outcome."""
    report.diagnostics.append(diagnostic)
    severity = diagnostic.severity
    if severity == "rejected":
        report.rejected += 1
        report.reason = report.reason or diagnostic.code
    elif severity in ("skipped", "error") and report.outcome != "error":
        report.outcome = severity
        report.reason = diagnostic.code


def strict_error(report: FileReport) -> CorpusToolError:
    """The first thing that went wrong in a file, as what stops a strict run."""
    worst = next(item for item in report.diagnostics if item.severity in ("rejected", "error"))
    where = [report.path]
    if worst.record is not None:
        where.append(f"record {worst.record}")
    if worst.line is not None:
        where.append(f"line {worst.line}")
    return CorpusToolError(f"{', '.join(where)}: {worst.message} [{worst.code}]", hint=CODES[worst.code].advice)


def read_file(
    found: Found, report: FileReport, options: ReadOptions, pattern: PathPattern | None
) -> Iterator[Recorded]:
    """The records of one entry that `walk` found. Raises CorpusToolError at the first trouble of a strict run."""
    try:
        if found.code is not None:
            note(report, Diagnostic(found.code, found.message, found.path))
        else:
            yield from _FileReading(found, report, options, pattern).recorded()
    except Unreadable as trouble:
        note(report, trouble.diagnostic)
    except OSError as error:
        note(report, Diagnostic("read-error", f"cannot be read: {error.strerror or error}", found.path))
    if options.strict and report.outcome == "error":
        raise strict_error(report)


class _FileReading:
    """The steps of one file, in their order."""

    def __init__(self, found: Found, report: FileReport, options: ReadOptions, pattern: PathPattern | None) -> None:
        self.found = found
        self.report = report
        self.options = options
        self.pattern = pattern
        self.decoded: Decoded | None = None  # a small file's, from recognizing it
        self.encoding = options.encoding or (options.profile.encoding if options.profile else None)
        self.bytes_kept: Window | None = None

    def note(self, code: str, message: str) -> None:
        """A finding about the file as a whole."""
        note(self.report, Diagnostic(code, message, self.found.path))

    def recorded(self) -> Iterator[Recorded]:
        """Open, read, and see whether the file changed meanwhile."""
        opened = open_file(self.found, self.options.max_file_bytes)
        try:
            yield from self._read(opened)
            if opened.changed():
                self.note("changed-while-reading", "its size or time changed while it was read")
        finally:
            opened.close()

    def _read(self, opened: OpenFile) -> Iterator[Recorded]:
        """Recognize the format, then read with it."""
        if opened.whole and not opened.head.strip(_BLANK_BYTES):
            self.note("empty", "nothing but blanks" if opened.head else "the file is empty")
            return
        if opened.head.startswith(DATABASE):
            kind = "a corpus file" if is_corpus_file(self.found.path) else "an SQLite database that is no corpus file"
            self.note("database", kind)
            return
        try:
            name = self._named_format() or self._format_by_bytes(opened) or self._format_by_head(opened)
            wants = registry.READERS[name].wants if name is not None else "text"
            if name is not None and wants == "file":
                yield from self._read_at_any_place(opened, name)
            elif name is not None and wants == "lines":
                yield from self._read_lines(opened, name)
            else:
                yield from self._read_text(opened, name)
        except NotText:
            self.note("binary", "the bytes are no text in any encoding that we know")
        except registry.Tie as tie:
            self.note("format-tie", f"{tie}; name one with --input-format")
        except TimeoutError:
            self.note("pattern-timeout", "the pattern that splits records took too long on this file")

    def _named_format(self) -> str | None:
        """The format that a flag or a profile names; a pattern that splits records names delimited text."""
        named = self.options.input_format or (self.options.profile.input_format if self.options.profile else None)
        if named is None and self.options.effective_split() is not None:
            named = "delimited"
        if named is not None:
            self.report.why = (f"{named} was asked for",)
        return named

    def _format_by_bytes(self, opened: OpenFile) -> str | None:
        """The format that is no text whose first bytes or ending these are; None where it is text."""
        choice = registry.by_bytes(opened.head, os.path.basename(self.found.path).lower())
        if choice is None:
            return None
        self.report.why = choice.reasons
        return choice.name

    def _format_by_head(self, opened: OpenFile) -> str | None:
        """The structured format whose head this is; None where it is text, or no text."""
        text = ""
        with contextlib.suppress(NotText, UnicodeError):
            decoded = decode_head(opened.head, self.encoding, whole=opened.whole)
            self.decoded = decoded if opened.whole else None
            text = decoded.text
        choice = registry.by_head(Head(os.path.basename(self.found.path).lower(), text, opened.whole))
        if choice is None:
            return None
        self.report.why = choice.reasons
        return choice.name

    def _read_at_any_place(self, opened: OpenFile, name: str) -> Iterator[Recorded]:
        """A file that is no text; standard input, in which nobody can go back, is held."""
        stream = self.found.path == STDIN
        sha256: str | None = None
        if stream:
            data = opened.read_all(self.options.max_file_bytes)
            self.report.sha256 = hashlib.sha256(data).hexdigest()
            file: BinaryIO = io.BytesIO(data)
        else:
            self.report.sha256 = sha256 = hash_rest(opened)
            file = opened.rest
            file.seek(0)
        self.report.format, self.report.encoding = name, "utf-8"
        source = FileInput(os.path.basename(self.found.path), file, self.options)
        items = checked(registry.file_reader(name).read_file(source), keep_raw=self.options.keep_raw)
        yield from self._records(items, self._origin(name, sha256))
        self.report.declared = source.declared

    def _read_lines(self, opened: OpenFile, name: str) -> Iterator[Recorded]:
        """A stream of lines, in constant memory."""
        hashing = Hashing(opened) if self.found.path == STDIN else None
        sha256 = None if hashing else hash_rest(opened)
        reader = registry.line_reader(name)
        stream = cast("BinaryIO", Rewound(opened.head, hashing or opened.rest))
        if self.options.keep_bytes:
            self.bytes_kept = kept = Window(stream)
            stream = cast("BinaryIO", kept)
        lines = LineStream(stream, self.encoding, self.options.max_record_bytes, getattr(reader, "CR_ENDS", False))
        self.report.format = name
        source = LineInput(os.path.basename(self.found.path), lines, self.options)
        yield from self._records(reader.read_lines(source), self._origin(name, sha256))
        self.report.sha256 = hashing.digest.hexdigest() if hashing else sha256
        self._note_decoding(lines)

    def _read_text(self, opened: OpenFile, name: str | None) -> Iterator[Recorded]:
        """A whole decoded text."""
        data = opened.read_all(self.options.max_file_bytes)
        try:
            decoded = self.decoded or decode(data, self.encoding)
        except (UnicodeError, ValueError) as error:
            self.note("encoding-failed", str(error))
            return
        if not decoded.text.strip(BLANKS):
            self.note("empty", "nothing but blanks")
            return
        source = TextInput(os.path.basename(self.found.path), decoded, self.options)
        if name is None:
            choice = registry.by_text(source)
            name, self.report.why = choice.name, choice.reasons
        headed = registry.READERS[name].wants == "json"
        reader = registry.headed_reader(name) if headed else registry.text_reader(name)
        self.report.format = name
        self._note_decoding(decoded)
        if self.options.keep_bytes:
            self.bytes_kept = Window.of(data)
        sha256 = hashlib.sha256(data).hexdigest()
        self.report.sha256 = sha256
        yield from self._records(reader.read(source), self._origin(name, None if self.found.path == STDIN else sha256))

    def _origin(self, name: str, sha256: str | None) -> Origin:
        path, stream = self.found.path, self.found.path == STDIN
        stem = STDIN_NAME if stream else os.path.splitext(os.path.basename(path))[0]
        return Origin(path, stem, "" if stream else self.found.below, name, sha256, stream)

    def _note_decoding(self, decoded: Decoded | LineStream) -> None:
        """What the encoding was, and what did not fit it."""
        encoding = self.report.encoding = decoded.encoding
        if decoded.method == "guessed":
            self.note("encoding-guessed", f"read as {encoding}, guessed with confidence {decoded.confidence:.2f}")
        if decoded.mixed:
            lines = "1 line is" if decoded.mixed == 1 else f"{decoded.mixed:,} lines are"
            self.note("encoding-mixed", f"{lines} not in {encoding} and were read by themselves")
        if decoded.replaced:
            many = "1 byte" if decoded.replaced == 1 else f"{decoded.replaced:,} bytes"
            self.note("decode-replaced", f"{many} that {encoding} does not explain became U+FFFD")

    def _records(self, items: Iterator[Item], origin: Origin) -> Iterator[Recorded]:
        """Records with what their path states; diagnostics go into the report."""
        stated = self._stated_in_path()
        found = False
        for item in items:
            if isinstance(item, Diagnostic):
                if self.bytes_kept is not None and item.severity == "rejected" and item.byte is not None:
                    self.bytes_kept.forget(item.byte)
                note(self.report, replace(item, source=origin.path))
                if self.options.strict and item.severity in ("rejected", "error"):
                    raise strict_error(self.report)
                continue
            found = True
            data = self.bytes_kept.take(item.byte_start, item.byte_end) if self.bytes_kept is not None else None
            if isinstance(item, CarriedRecord):
                data = item.data
            yield Recorded(replace(item, fields={**stated, **item.fields}) if stated else item, origin, data)
        if not found and not self.report.rejected and self.report.outcome == "loaded":
            self.note("no-records", "its structure holds no article")

    def _stated_in_path(self) -> dict[str, Stated]:
        if self.pattern is None:
            return {}
        fields = self.pattern.read(self.found.path)
        if fields is None:
            self.note("path-no-match", f"the path does not fit {self.pattern.pattern!r}")
        return fields or {}
