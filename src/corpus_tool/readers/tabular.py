"""CSV and TSV: a header row, then one article a row, read as a stream; a row that does not fit is named.

`csv.reader` alone takes an unclosed quote for one long cell; here it is strict, and the row where the quote
opened is named.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from corpus_tool.errors import Diagnostic, Severity
from corpus_tool.model.article import holds_valid_dates
from corpus_tool.model.fields import FLAT_FIELDS, field_of
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.record import RawRecord
from corpus_tool.patterns import lazy
from corpus_tool.readers.base import Head, Item, LineInput, Sniff
from corpus_tool.readers.mapping import ID, BadRecord, Mapped, map_fields
from corpus_tool.text.stream import Line

DELIMITERS = ",;\t|"
MAX_COLUMNS_SHOWN = 12
_NAMED_DELIMITER = lazy(r"sep=([,;\t|])\s*", re.IGNORECASE)  # the first line of an Excel CSV
_COUNT = lazy(r"[0-9]{1,9}")
_TSV_ESCAPE = lazy(r"\\([tnr\\])")
# Controls, bidi controls and half surrogates: what our exports spell out in names and paths, and nothing else.
_SPELLED = lazy(r"\\u(00[0189][0-9a-f]|007f|061c|20(?:0[ef]|2[89a-e]|6[6-9])|d[89a-f][0-9a-f]{2})")


def sniff_table(head: Head, endings: tuple[str, ...], delimiters: str) -> Sniff:
    """A first row whose cells name fields, more surely so under the right file ending."""
    first = head.text.lstrip("\ufeff").split("\n", 1)[0].split("\r", 1)[0]
    delimiter = best_delimiter(first, delimiters)
    names = [field_of(cell.strip(' "')) for cell in first.split(delimiter)] if delimiter else []
    known = len(set(filter(None, names)))
    named = head.name.endswith(endings)
    if known >= 2 and len(names) >= 2 and "text" in names:
        return Sniff(0.9 if named else 0.85, (f"the first row names {known} fields, the text among them",))
    return Sniff(0.8, (f"the name ends in {'/'.join(endings)}",)) if named else Sniff(0.0)


def best_delimiter(row: str, delimiters: str) -> str | None:
    """The delimiter that makes most cells of a header row known fields, then the one that makes most cells."""
    counts = [
        (
            sum(field_of(cell.strip(' "')) is not None for cell in row.split(sign)),
            row.count(sign),
            -order,
            sign,
        )
        for order, sign in enumerate(delimiters)
        if sign in row
    ]
    return max(counts)[3] if counts else None


@dataclass(slots=True)
class _Feed:
    """Lines for `csv.reader`, with the bytes and lines they cover since the last row ended."""

    lines: Iterator[Line]
    limit: int
    texts: list[str] = field(default_factory=list)
    byte_start: int = 0
    byte_end: int = 0
    line_start: int = 1
    line: int = 0
    encoding: str = "utf-8"
    oversized: bool = False

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            if not self.texts:
                self.byte_start, self.line_start, self.encoding = line.byte_start, line.number, line.encoding
            self.byte_end, self.line = line.byte_end, line.number
            if line.text is None or self.byte_end - self.byte_start > self.limit:
                self.oversized = True
                return
            if line.encoding != "utf-8":
                self.encoding = line.encoding
            self.texts.append(line.text)
            yield line.text

    def take(self) -> str:
        """What was read since the last row ended."""
        text = "".join(self.texts)
        self.texts.clear()
        return text

    def diagnostic(self, code: str, message: str, record: int, override: Severity | None = None) -> Diagnostic:
        """A finding about the row that was read last."""
        return Diagnostic(code, message, record=record, line=self.line_start, byte=self.byte_start, override=override)


def read_table(source: LineInput, delimiters: str, *, escaped: bool) -> Iterator[Item]:
    """Each row as one record; `escaped`: our own TSV, where `\\t` and `\\n` are spelled out."""
    csv.field_size_limit(max(csv.field_size_limit(), source.options.max_record_bytes))
    feed = _Feed(iter(source.lines), source.options.max_record_bytes)
    lines = iter(feed)
    first = next((line for line in lines if line.strip()), "")
    feed.texts = [first]  # blank lines before the header belong to no row
    named = _NAMED_DELIMITER.fullmatch(first)
    if named:
        feed.take()
    delimiter = named[1] if named else best_delimiter(first, delimiters) or delimiters[0]
    own_tsv = escaped and _is_own(first.strip("\r\n").split("\t"))
    texts = lines if named else chain([first], lines)
    if own_tsv:
        rows: Iterator[list[str]] = (line.rstrip("\r\n").split("\t") for line in texts)
    else:
        rows = csv.reader(texts, delimiter=delimiter, strict=True)
    yield from _rows(source, feed, rows, own_tsv=own_tsv)


def _rows(source: LineInput, feed: _Feed, rows: Iterator[list[str]], *, own_tsv: bool) -> Iterator[Item]:
    table: _Table | None = None
    number = 0
    while True:
        broken = ""
        try:
            cells = next(rows, None)
        except csv.Error as error:
            broken, cells = str(error), []
        if feed.oversized:
            message = "a row is larger than the limit; nothing after it was read"
            yield feed.diagnostic("record-too-large", message, number + 1, "error")
            return
        raw = feed.take()
        if cells is None:
            return
        if broken:
            number += 1
            problem = _broken(broken, feed, number, in_header=table is None)
            yield problem
            if problem.severity == "error":
                return
        elif not any(cell.strip() for cell in cells):
            continue
        elif table is None:
            table = _Table.of(cells, raw, source.options, own_tsv=own_tsv)
            yield from table.findings(feed)
            if table.unreadable:
                return
            if not table.has_header:
                number += 1
                yield from table.record(cells, raw, number, feed, source)
        else:
            number += 1
            yield from table.record(cells, raw, number, feed, source)


def _broken(error: str, feed: _Feed, number: int, *, in_header: bool) -> Diagnostic:
    """A row that `csv.reader` refuses: one line is rejected; over several lines a quote was not closed in time.

    What such a quote swallowed cannot be told from rows, so reading ends there, and the row is named.
    """
    lines = feed.line - feed.line_start + 1
    if "unexpected end of data" in error or lines > 1:
        message = f"the quote that opens in this row is not closed in it; {_lines(lines)} from here on were not read"
        return feed.diagnostic("unbalanced-quote", message, number, "error")
    if in_header:
        return feed.diagnostic("bad-record", f"the header row cannot be read: {error}", number, "error")
    return feed.diagnostic("bad-record", error, number)


def _lines(count: int) -> str:
    return "the line and those" if count == 1 else f"the {count:,} lines"


def _is_own(columns: list[str]) -> bool:
    flat = [column for column in columns if not column.startswith("extra.")]
    return tuple(flat) == FLAT_FIELDS


@dataclass(slots=True)
class _Table:
    """The header of a table and what follows from it."""

    columns: list[str]
    header: str
    options: ReadOptions
    has_header: bool
    own: bool
    own_tsv: bool
    unreadable: bool = False
    doubled: bool = False

    @classmethod
    def of(cls, cells: list[str], raw: str, options: ReadOptions, *, own_tsv: bool) -> _Table:
        """Columns by the first row; by number where the field map says numbers, for then there is no header row."""
        by_number = [column for column in options.effective_map().values() if column.isdecimal()]
        has_header = not by_number or any(cell.strip() in by_number for cell in cells)
        names = (
            [cell.strip().lstrip("\ufeff") for cell in cells] if has_header else [str(n + 1) for n in range(len(cells))]
        )
        return cls(names, raw if has_header else "", options, has_header, _is_own(names), own_tsv)

    def findings(self, feed: _Feed) -> Iterator[Diagnostic]:
        """What is wrong with the header: why the table is unreadable, or which column stands twice."""
        wanted = self.options.effective_map()
        shown = ", ".join(repr(name)[:40] for name in self.columns[:MAX_COLUMNS_SHOWN])
        missing = [column for column in wanted.values() if column not in self.columns]
        labels = self.options.labels()
        if missing:
            message = f"no column is named {missing[0]!r}; the columns are {shown}"
            yield self._unreadable(feed, "field-map", message)
        elif self.columns[:2] == ["file", "id"]:
            message = "a metadata table beside one file per article; it holds no text of its own"
            yield self._unreadable(feed, "metadata-table", message)
        elif "text" not in wanted and not any(field_of(name, labels) == "text" for name in self.columns):
            message = (
                f"no column is known to hold the text; the columns are {shown}. Say which with --map text=COLUMN, "
                "by number (--map text=3) if the first row is no header"
            )
            yield self._unreadable(feed, "no-text-column", message)
        counted = Counter(filter(None, self.columns))
        if len(counted) < len(self.columns) and (doubled := [name for name in counted if counted[name] > 1]):
            self.doubled = True
            message = f"column {doubled[0]!r} stands twice; the first is used, the other is kept in `extra`"
            yield Diagnostic("duplicate-field", message, line=feed.line_start)

    def _unreadable(self, feed: _Feed, code: str, message: str) -> Diagnostic:
        self.unreadable = True
        return Diagnostic(code, message, line=feed.line_start)

    def record(self, cells: list[str], raw: str, number: int, feed: _Feed, source: LineInput) -> Iterator[Item]:
        """One row as a record, or the diagnostic that names it."""
        try:
            if len(cells) != len(self.columns):
                raise BadRecord(f"{len(self.columns)} cells are expected, this row has {len(cells)}")
            complete = self._own_row(cells)
            pairs = zip(self.columns, cells, strict=True)
            mapped = Mapped(complete["text"]) if complete else map_fields(pairs, self.options)
        except BadRecord as problem:
            yield feed.diagnostic("bad-record", str(problem), number)
            return
        for note in () if self.doubled else mapped.notes:  # then the header was noted already
            yield feed.diagnostic(note.code, note.message, number)
        yield RawRecord(
            number=number,
            raw=raw,
            identity=f"{self.header.strip()}\n{raw.strip()}",
            body=mapped.text or "",
            body_start=None,
            byte_start=feed.byte_start,
            byte_end=feed.byte_end,
            line=feed.line_start,
            encoding=feed.encoding,
            encoding_method=source.lines.method,
            fields=mapped.fields,
            extra=mapped.extra,
            complete=complete,
        )

    def _own_row(self, cells: list[str]) -> dict[str, str] | None:
        """A row of our own export, unescaped; None for foreign data."""
        if not self.own or self.options.effective_map():
            return None
        if self.own_tsv:
            cells = [
                _TSV_ESCAPE.sub(lambda m: {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}[m[1]], cell) for cell in cells
            ]
        row = dict(zip(self.columns, cells, strict=True))
        if not (ID.fullmatch(row["id"]) and _COUNT.fullmatch(row["words"]) and holds_valid_dates(row)):
            return None
        for name in ("name", "source"):
            row[name] = _SPELLED.sub(lambda m: chr(int(m[1], 16)), row[name])
        return row
