"""From the pieces of a text file to raw records: the step that every text reader shares."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_tool.errors import Diagnostic
from corpus_tool.model.record import RawRecord, Stated
from corpus_tool.readers.base import Item, Places, TextInput
from corpus_tool.readers.headers import Header, read_header
from corpus_tool.readers.layout import Layout, Piece


def records_of(source: TextInput, layout: Layout) -> Iterator[Item]:
    """Each piece as a record with what its head states; then what the layout noticed."""
    places = Places(source.decoded)
    labels = source.options.labels()
    for number, piece in enumerate(layout.pieces, start=1):
        raw = source.decoded.text[piece.start : piece.end]
        header = read_header(raw, source.shape[piece.start : piece.end], labels)
        yield from _record(source, piece, number, raw, header, places, alone=len(layout.pieces) == 1)
    yield from _noticed(layout, Places(source.decoded))


def _record(
    source: TextInput, piece: Piece, number: int, raw: str, header: Header, places: Places, *, alone: bool
) -> Iterator[Item]:
    byte_start, line = places.byte(piece.start), places.line(piece.start)
    byte_end = places.byte(piece.end)
    if header.problem:
        severity = "error" if alone else "rejected"
        yield Diagnostic(
            "front-matter", header.problem, record=number, line=line, byte=byte_start, override=severity
        )
        return
    for label, value in piece.stated.items():
        header.put(label, Stated.in_field(value, "separator"), source.options.labels())
    for note in header.notes:
        yield Diagnostic(note.code, note.message, record=number, line=line, byte=byte_start)
    body = raw[header.body_start :]
    if not body.strip():
        yield Diagnostic(
            "bad-record", "a header without any text after it", record=number, line=line, byte=byte_start
        )
        return
    yield RawRecord(
        number=number,
        raw=raw,
        body=body,
        body_start=header.body_start,
        byte_start=byte_start,
        byte_end=byte_end,
        line=line,
        encoding=source.decoded.encoding,
        encoding_method=source.decoded.method,
        fields=header.fields,
        extra=header.extra,
    )


def _noticed(layout: Layout, places: Places) -> Iterator[Diagnostic]:
    for position in layout.empty:
        yield Diagnostic(
            "empty-record",
            "nothing stands between two separators",
            line=places.line(position),
            byte=places.byte(position),
        )
    for position, line, count in sorted(layout.suspects):
        times = "" if count == 1 else f" ({count} times)"
        yield Diagnostic(
            "separator-suspect",
            f"`{line[:40]}` was read as text{times}",
            line=places.line(position),
            byte=places.byte(position),
        )
    for start, end in layout.loose:
        yield Diagnostic(
            "outside-record",
            f"{end - start:,} characters stand outside any record and were not read",
            line=places.line(start),
            byte=places.byte(start),
        )
