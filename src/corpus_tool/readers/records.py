"""From the pieces of a text file to raw records: the step that every text reader shares."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_tool.errors import Diagnostic
from corpus_tool.model.record import RawRecord, Stated
from corpus_tool.readers.base import Item, Places, TextInput
from corpus_tool.readers.extra import keep
from corpus_tool.readers.headers import Header, read_header
from corpus_tool.readers.layout import Layout, Piece


def whole_file(source: TextInput) -> Iterator[Item]:
    """The whole file as one record with what its head states; lines that look like separators are noted."""
    return records_of(source, source.layout.undivided(len(source.shape)))


def records_of(source: TextInput, layout: Layout) -> Iterator[Item]:
    """Each piece as a record with what its head states; then what the layout noticed."""
    places = Places(source.decoded)
    for number, piece in enumerate(layout.pieces, start=1):
        yield from _record(source, piece, number, places, alone=len(layout.pieces) == 1)
    yield from _noticed(layout, Places(source.decoded))


def _record(source: TextInput, piece: Piece, number: int, places: Places, *, alone: bool) -> Iterator[Item]:
    raw = source.decoded.text[piece.start : piece.end]
    header = _header(source, piece, raw)
    byte_start, line, byte_end = places.byte(piece.start), places.line(piece.start), places.byte(piece.end)
    if header.problem:
        yield Diagnostic(
            "front-matter",
            header.problem,
            record=number,
            line=line,
            byte=byte_start,
            override="error" if alone else "rejected",
        )
        return
    for note in header.notes:
        yield Diagnostic(note.code, note.message, record=number, line=line, byte=byte_start)
    body = raw[header.body_start :]
    if not body.strip():
        message = "a header without any text after it"
        yield Diagnostic("bad-record", message, record=number, line=line, byte=byte_start)
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


def _header(source: TextInput, piece: Piece, raw: str) -> Header:
    """What the head of a piece states; what its separator states goes before that."""
    labels = source.options.labels()
    header = read_header(raw, source.shape[piece.start : piece.end], labels)
    if piece.stated:
        stated = Header(header.kind, header.body_start, notes=header.notes, problem=header.problem)
        for label, value in piece.stated.items():
            stated.put(label, Stated.in_field(value, "separator", label), labels)
        for name, said in header.fields.items():
            stated.put(name, said, labels)
        for label, value in header.extra.items():
            keep(stated.extra, label, value)
        return stated
    return header


def _named(line: str) -> str:
    return "a form feed" if line.startswith("\f") else f"`{line[:40]}`"


def _noticed(layout: Layout, places: Places) -> Iterator[Diagnostic]:
    for position in layout.empty:
        yield _at(places, position, "empty-record", "nothing stands between two separators")
    for position, line, count in sorted(layout.suspects):
        times = "" if count == 1 else f" ({count} times)"
        yield _at(places, position, "separator-suspect", f"{_named(line)} was read as text{times}")
    for start, end in layout.loose:
        message = f"{end - start:,} characters stand outside any record and were not read"
        yield _at(places, start, "outside-record", message)


def _at(places: Places, position: int, code: str, message: str) -> Diagnostic:
    return Diagnostic(code, message, line=places.line(position), byte=places.byte(position))
