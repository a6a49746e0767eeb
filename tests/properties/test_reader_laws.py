# ruff: noqa: E501  (the alphabets of lines)
"""Laws that hold for the readers on any file: nothing raises, nothing overlaps, nothing is lost."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus_tool.model.record import RawRecord
from corpus_tool.readers.layout import lay_out
from corpus_tool.readers.separators import _LINE
from corpus_tool.text.decode import decode
from corpus_tool.text.lines import with_lf
from tests.unit.readers.reading import Read, ReadOptions, read_bytes

_TEXT_LINES = (
    "Nieuw zwembad open", "# Kop", "## Deel", "De raad keurde het plan maandag goed.", "en ging naar huis.", "", "", "  ", "\u00a0",
    "=====", "=====  ", "***", "***", "---", "---", "----------", "###", "  =====", "> ===", "\\===", "\f", "\fKop", "tekst\f",
    " date 2018-06 De raad koos.", "date 2018-07", "date: 2018-06-20", "date 2018-13", "DATE 2018", "Jan Janssen",
    "Titel: Kop", "Datum: 20 juni 2018", "date: x", "Tekst: De raad koos.", "Oplage: 3", "  vervolg", "title: Kop", "lang: no", "a: &x [*x]",
    "BRUSSEL (Belga) - De raad koos.", "Door Els Peeters", "-- ", "<doc id='1'>", "</doc>", "**** *source_x *date_2018", "é\x85ë", "a\u2028b",
)  # fmt: skip
_ENDS = ("\n", "\n", "\n", "\r\n", "\r", "\x85", "\u2028", "\n\n")


def _joined(lines: list[str], end: str) -> str:
    return end.join(lines)


texts = st.builds(_joined, st.lists(st.sampled_from(_TEXT_LINES), max_size=25), st.sampled_from(_ENDS))
_JSON_LINES = (
    '{"text": "een zin", "title": "Kop"}', '{"text": "é\\ud83d"}', '{"text": ', "", " ", "[1]", '"x"', "{}", '{"text": null}', "NaN",
    '{"text": "x", "text": "y"}', "tekst", '{"text": "a\tb"}', "]", "[", ",", '{"articles": [', "]}", '[{"text": "x"},',
)  # fmt: skip
json_texts = st.builds(_joined, st.lists(st.sampled_from(_JSON_LINES), max_size=12), st.sampled_from(("\n", "\r\n")))
_CSV_LINES = (
    "1,Een,tekst",
    '2,"Twee","x ""y"""',
    '3,"open',
    'dicht",z',
    '4,"a"b,c',
    "5,kort",
    "6,te,veel,cellen",
    "",
    ",,",
    "7,é,œuvre",
    '"',
)
csv_texts = st.builds(
    _joined, st.lists(st.sampled_from(_CSV_LINES), max_size=12), st.sampled_from(("\n", "\r\n", "\r"))
)


def holds_ranges(read: Read, data: bytes) -> None:
    """Assert that byte ranges are sorted, disjoint, inside the file, and lead to the record's own bytes."""
    spans = [(record.byte_start, record.byte_end) for record in read.records]
    assert all(start < end <= len(data) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    for record in read.records:
        piece = data[record.byte_start : record.byte_end]
        raw = record.raw.encode("utf-8", "surrogateescape")
        assert piece.removeprefix(b"\xef\xbb\xbf") == raw.removeprefix(b"\xef\xbb\xbf")


def holds_offsets(record: RawRecord) -> None:
    """Assert that body and evidence are what stands at their offsets in the record."""
    if record.body_start is not None:
        assert record.raw[record.body_start :] == record.body
    for said in record.fields.values():
        if said.where == "raw":
            assert with_lf(record.raw)[said.start : said.end] == with_lf(said.span)


def unread(read: Read, data: bytes) -> str:
    """The text that is in no record, separator lines left out, blanks stripped."""
    rest, position = [], 0
    for record in read.records:
        rest.append(data[position : record.byte_start])
        position = record.byte_end
    rest.append(data[position:])
    lines = with_lf(b"\n".join(rest).decode().lstrip("\ufeff"))
    return _LINE.sub("", lines).replace("\f", "").strip()


@given(texts)
@settings(max_examples=400, deadline=None)
@example("=====\n---\ntitle: Kop\n---\n")
@example("\f\n \nKop\n\n\fDe raad")
def test_text_is_read_whole(text: str) -> None:
    """Text of any lines is read without an exception; what no record holds was named."""
    data = text.encode()
    read = read_bytes(data)
    holds_ranges(read, data)
    for record in read.records:
        holds_offsets(record)
    named = {"bad-record", "front-matter", "outside-record", "empty-record"}
    if not named & set(read.codes):
        left = "\n".join(
            line for line in unread(read, data).split("\n") if not line.lstrip().startswith(("<doc", "</doc", "****"))
        )
        assert left.strip() == ""


@given(texts)
@settings(max_examples=400, deadline=None)
def test_a_layout_covers_its_text(text: str) -> None:
    """Pieces are in order, and between them stand separators, blanks and what is reported only."""
    shape = with_lf(text)
    layout = lay_out(shape, ReadOptions(), text)
    spans = sorted([(p.start, p.end) for p in layout.pieces] + layout.loose)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(shape)]
    for end, start in zip(ends, starts, strict=True):
        between = [line for line in _LINE.sub("", shape[end:start]).replace("\f", "\n").split("\n") if line.strip()]
        assert all(line.lstrip().startswith(("<doc", "</doc")) for line in between)
    assert all(shape[piece.start : piece.end].strip() for piece in layout.pieces)


@given(
    st.lists(st.sampled_from([*_TEXT_LINES[:12], "Li\xe8ge", "\udce9\udce8"]), max_size=12),
    st.sampled_from(["=====", "***"]),
)
@settings(max_examples=100, deadline=None)
def test_mixed_bytes_keep_their_places(lines: list[str], separator: str) -> None:
    """Bytes of another encoding in some lines do not move the byte ranges of the records."""
    data = f"\n{separator}\n".join(lines).encode("utf-8", "surrogateescape") or b"x"
    read = read_bytes(data, options=ReadOptions(encoding="utf-8"))
    holds_ranges(read, data)
    for record in read_bytes(data).records:
        piece = data[record.byte_start : record.byte_end]
        assert decode(piece or b"x", "utf-8").text.isascii() == record.raw.isascii()


@given(json_texts)
@settings(max_examples=200, deadline=None)
def test_json_lines_cover_every_line(text: str) -> None:
    """Each line that is not blank is a record or is refused by its number."""
    data = text.encode()
    read = read_bytes(data, options=ReadOptions(input_format="jsonl"))
    holds_ranges(read, data)
    seen = {record.line for record in read.records} | {d.line for d in read.diagnostics}
    assert {n for n, line in enumerate(text.split("\n"), 1) if line.strip()} <= seen


@given(json_texts)
@settings(max_examples=200, deadline=None)
def test_json_is_read_or_named(text: str) -> None:
    """A JSON file gives records up to its end, or an error where it breaks off."""
    data = text.encode()
    read = read_bytes(data, options=ReadOptions(input_format="json"))
    holds_ranges(read, data)
    assert read.records or read.diagnostics or not text.strip("[] \r\n{}")


@given(
    csv_texts, st.sampled_from(["id,title,text", "id;title;text", "id\ttitle\ttext"]), st.sampled_from(["csv", "tsv"])
)
@settings(max_examples=300, deadline=None)
def test_tables_cover_every_line(rows: str, header: str, name: str) -> None:
    """Each line that is not blank stands in a record, or from a row on that was refused."""
    data = f"{header}\n{rows}".encode() if "\r" not in rows or "\n" in rows else f"{header}\r{rows}".encode()
    read = read_bytes(data, options=ReadOptions(input_format=name))
    holds_ranges(read, data)
    refused = {d.line for d in read.diagnostics if d.severity in ("rejected", "error")}
    ends = {
        record.line: record.line + len(re.findall("\r\n|\n|\r", record.raw.strip("\r\n"))) for record in read.records
    }
    lines = data.decode().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines[1:], start=2):
        if line.strip(',;\t "'):
            begun = max((n for n in refused | ends.keys() if n is not None and n <= number), default=0)
            assert begun in refused or number <= ends.get(begun, 0)


@given(
    st.binary(max_size=300),
    st.sampled_from(["jsonl", "json", "csv", "tsv", "delimited", "plain", "labeled", "alceste"]),
)
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    """No bytes make a reader raise, whatever format was asked for."""
    read = read_bytes(data, options=ReadOptions(input_format=name, encoding="utf-8"))
    holds_ranges(read, data)
