"""Parquet: each row as one record, read group by group. Needs the extra `parquet`.

A table with all columns of `model/table.py` is an export of ours. In any other a row is a record like one of CSV: the
raw record is a JSON object of its values that are no lists, objects or bytes, and are not null, in column order.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from corpus_tool.errors import Diagnostic
from corpus_tool.model import table
from corpus_tool.model.fields import field_of
from corpus_tool.model.options import ReadOptions
from corpus_tool.readers.base import NO, CarriedRecord, FileInput, Item, Sniff
from corpus_tool.readers.json_object import DECODER, MAX_DEPTH, plain
from corpus_tool.readers.mapping import BadRecord, is_complete, map_fields

NAME = "parquet"
SUMMARY = "Parquet: a row an article; columns by name or by `--map field=column`; our own exports exactly"
ENDINGS = (".parquet",)

MAGIC = b"PAR1"
ROWS_AT_ONCE = 500
BUFFER_BYTES = 1 << 20
MAX_COLUMNS_SHOWN = 12
EXACT = "exact"
RAW = ("raw", "facts")
EXTRA = "corpus-tool[parquet]"
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Damaged(Exception):
    """The file, or a part of it, is no Parquet that can be read; the message says why."""


def sniff_bytes(head: bytes, name: str) -> Sniff:
    """The ending, or the mark that opens a file with a control character of its first header behind it."""
    if head.startswith(MAGIC) and head[4:5] < b"\x20":
        return Sniff(0.99, ("its first bytes are PAR1",))
    return Sniff(0.9, ("the name ends in .parquet",)) if name.endswith(ENDINGS) else NO


def read_file(source: FileInput) -> Iterator[Item]:
    """The rows of a table as records, after what is to be said about its columns."""
    try:
        import pyarrow  # noqa: F401 - only whether it is there
    except ImportError:
        yield Diagnostic("missing-extra", f"Parquet needs an optional library: pip install '{EXTRA}'")
        return
    try:
        rows = _Rows.of(source)
        source.declared = rows.count
        findings = list(rows.findings())
        yield from findings
        if all(finding.severity != "error" for finding in findings):
            yield from _records(rows)
    except Damaged as error:
        yield Diagnostic("damaged-parquet", str(error))


def _records(rows: _Rows) -> Iterator[Item]:
    place = number = 0
    for number, pairs in enumerate(rows, start=1):
        record = _own_record(dict(pairs), number) if rows.own else None
        if record is not None:
            yield record
            continue
        raw = _canonical((name, value) for name, value in pairs if name in rows.scalar)
        try:
            yield from _foreign(rows.options, pairs, raw, number, place)
        except BadRecord as problem:
            yield Diagnostic("bad-record", str(problem), record=number)
        place += len(_encoded(raw)) + 1
    if number != rows.count:
        raise Damaged(f"it says that it has {rows.count:,} rows, and has {number:,}")


def _own_record(row: dict[str, Any], number: int) -> CarriedRecord | None:
    """A row of our own export, with the raw record that it carries; None for foreign data."""
    try:
        if row.get(EXACT) is not None:
            row |= _parsed(row[EXACT])
        data = _own_data(row)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if not is_complete(data):
        return None
    beyond = {name: value for name, value in row.items() if name not in (*table.COLUMNS, EXACT, *RAW, *data)}
    added = {name: value for name, value in beyond.items() if value is not None}
    raw, facts = (row.get(name) for name in RAW)
    return CarriedRecord(
        number=number,
        raw=data["text"],
        body=data["text"],
        body_start=None,
        byte_start=0,
        byte_end=len(data["text"]),
        line=number,
        encoding=data["source"]["encoding"],
        encoding_method=data["source"]["encoding_method"],
        complete={**added, **data},
        data=raw if isinstance(raw, bytes) else None,
        facts=facts if isinstance(raw, bytes) and isinstance(facts, str) else None,
    )


def _own_data(row: dict[str, Any]) -> dict[str, Any]:
    """The plain values of an article, its JSON parsed."""
    return table.data_of({**row, **{name: _parsed(row[name]) for name in table.JSON}})


def _parsed(text: str | None) -> Any:
    return None if text is None else plain(DECODER.decode(text))


def _foreign(options: ReadOptions, pairs: list[tuple[str, Any]], raw: str, number: int, place: int) -> Iterator[Item]:
    """A row of other people's data as a record, after its notices. Raises BadRecord.

    Rows have no bytes of their own in the file: their place is that in the same table as JSON Lines.
    """
    mapped = map_fields(pairs, options)
    for note in mapped.notes:
        yield Diagnostic(note.code, note.message, record=number)
    data = _encoded(raw)
    yield CarriedRecord(
        number=number,
        raw=raw,
        body=mapped.text or "",
        body_start=None,
        byte_start=place,
        byte_end=place + len(data),
        line=number,
        encoding="utf-8",
        encoding_method="utf-8",
        fields=mapped.fields,
        extra=mapped.extra,
        data=data,
    )


def _encoded(raw: str) -> bytes:
    return raw.encode("utf-8", "surrogateescape")


def _canonical(pairs: Iterable[tuple[str, Any]]) -> str:
    """A JSON object of the values that are not null, in order, without blanks; a name that stands twice is there twice.

    >>> _canonical([("title", "Kop"), ("page", None), ("words", 12)])
    '{"title":"Kop","words":12}'
    """
    members = (f"{_ENCODE(name)}:{_ENCODE(value)}" for name, value in pairs if value is not None)
    return "{" + ",".join(members) + "}"


@dataclass(slots=True)
class _Rows:
    """The rows of a table: (name, value) pairs of the columns that are read.

    `scalar` are the columns of single values; `left_out` those that hold bytes.
    """

    file: Any
    options: ReadOptions
    names: tuple[str, ...]
    scalar: frozenset[str]
    left_out: tuple[str, ...]
    own: bool

    @classmethod
    def of(cls, source: FileInput) -> _Rows:
        """The table of a file. Raises Damaged."""
        import pyarrow.parquet as pq

        with _words():
            file = pq.ParquetFile(source.file, buffer_size=BUFFER_BYTES, page_checksum_verification=True)
            schema = file.schema_arrow
        own = set(table.COLUMNS) <= set(schema.names) and not source.options.effective_map()
        carried = RAW if own else ()
        kept = carried if source.options.keep_bytes or source.options.keep_raw else ()
        left_out = tuple(field.name for field in schema if _is_bytes(field.type) and field.name not in carried)
        names = tuple(name for name in schema.names if name not in (*left_out, *carried)) + kept
        scalar = frozenset(field.name for field in schema if _is_scalar(field.type)) - {EXACT, *carried}
        return cls(file, source.options, names, scalar, left_out, own)

    @property
    def count(self) -> int:
        """How many rows the file says it has."""
        return int(self.file.metadata.num_rows)

    def findings(self) -> Iterator[Diagnostic]:
        """Why the table cannot be read, and what of it is left out."""
        version = (self.file.schema_arrow.metadata or {}).get(b"corpus_tool.table", b"0")
        wanted = self.options.effective_map()
        shown = ", ".join(repr(name)[:40] for name in self.names[:MAX_COLUMNS_SHOWN]) or "none"
        missing = [column for column in wanted.values() if column not in self.names]
        labels = self.options.labels()
        if version.isdigit() and int(version) > table.VERSION:
            message = f"an export of a later corpus-tool: table version {int(version)}, known is {table.VERSION}"
            yield Diagnostic("unsupported", message, override="error")
        elif missing:
            yield Diagnostic("field-map", f"no column is named {missing[0]!r}; the columns are {shown}")
        elif "text" not in wanted and not any(field_of(name, labels) == "text" for name in self.names):
            message = f"no column is known to hold the text; the columns are {shown}. Say which with --map text=COLUMN"
            yield Diagnostic("no-text-column", message)
        elif self.left_out:
            left_out = ", ".join(repr(name)[:40] for name in self.left_out[:MAX_COLUMNS_SHOWN])
            yield Diagnostic("column-of-bytes", f"left out, for they hold bytes: {left_out}")

    def __iter__(self) -> Iterator[list[tuple[str, Any]]]:
        for group in range(self.file.num_row_groups):  # one by one: pyarrow holds what an iteration has read
            with _words():
                batches = self.file.iter_batches(
                    ROWS_AT_ONCE, row_groups=[group], columns=list(self.names), use_threads=False
                )
            while (columns := self._columns(batches)) is not None:
                names = [name for name, _ in columns]
                for values in zip(*(values for _, values in columns), strict=True):
                    yield list(zip(names, values, strict=True))

    def _columns(self, batches: Iterator[Any]) -> list[tuple[str, list[Any]]] | None:
        """The next rows, column by column; None at the end. Raises Damaged."""
        with _words():
            batch = next(batches, None)
            if batch is None:
                return None
            return [
                (name, column.to_pylist() if _is_bytes(column.type) else _plain_column(column))
                for name, column in zip(batch.schema.names, batch.columns, strict=True)
                if name in self.names
            ]


@contextmanager
def _words() -> Iterator[None]:
    """What pyarrow says of a file that it cannot read, as `Damaged`."""
    import pyarrow as pa

    try:
        yield
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        said = str(error).split("\n", 1)[0].strip(" .")[:200]
        raise Damaged(f"it is no Parquet that can be read: {said}") from None


def _is_bytes(kind: Any) -> bool:
    from pyarrow import types

    tests = (types.is_binary, types.is_large_binary, types.is_fixed_size_binary, types.is_binary_view)
    return any(test(kind) for test in tests)


def _is_scalar(kind: Any) -> bool:
    """Whether a column holds single values, none of them bytes."""
    from pyarrow import types

    if types.is_dictionary(kind):
        return _is_scalar(kind.value_type)
    if hasattr(kind, "storage_type"):
        return _is_scalar(kind.storage_type)
    return not (_is_bytes(kind) or types.is_nested(kind) or types.is_null(kind))


def _plain_column(column: Any) -> list[Any]:
    """The values of a column as JSON has them, the same on every machine: days and times as ISO 8601, UTC if zoned."""
    import pyarrow as pa
    from pyarrow import types

    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    if types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    if types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        return _strings(column)
    if types.is_floating(kind):
        return [_json_value(value) for value in column.cast(pa.float64()).to_pylist()]
    if types.is_timestamp(kind):
        told = column.cast(pa.int64()).cast(pa.timestamp(kind.unit)).cast(pa.string()).to_pylist()
        return [None if text is None else _moment(text) + ("Z" if kind.tz else "") for text in told]
    if types.is_date(kind) or types.is_time(kind):
        told = column.cast(pa.string()).to_pylist()
        return [None if text is None else _moment(text) if types.is_time(kind) else text for text in told]
    if types.is_duration(kind):
        column = column.cast(pa.int64())
    try:
        return [_json_value(value) for value in column.to_pylist()]
    except (UnicodeDecodeError, OverflowError, ValueError):
        return [_told(value) for value in column]


def _strings(column: Any) -> list[Any]:
    """Strings, bytes that are no UTF-8 as half surrogates."""
    import pyarrow as pa

    try:
        found: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        data = column.cast(pa.large_binary()).to_pylist()
        found = [None if item is None else item.decode("utf-8", "surrogateescape") for item in data]
    return found


def _moment(text: str) -> str:
    """A time as ISO 8601, without a fraction of zeros.

    >>> _moment("2018-06-20 08:30:00.000"), _moment("08:30:00.250")
    ('2018-06-20T08:30:00', '08:30:00.25')
    """
    whole, point, fraction = text.replace(" ", "T").partition(".")
    return f"{whole}{point}{fraction.rstrip('0')}".removesuffix(".")


def _told(scalar: Any) -> Any:
    """One nested value; what Python has no value for in Arrow's words."""
    try:
        return _json_value(scalar.as_py())
    except (UnicodeDecodeError, OverflowError, ValueError):
        return str(scalar)


def _json_value(value: Any, depth: int = 0) -> Any:
    """A value as JSON has it: what is no number as a string, bytes left out."""
    if depth > MAX_DEPTH:
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _json_value(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_json_value(item, depth + 1) for item in value]
    if isinstance(value, bytes):
        return None
    return value if isinstance(value, str | int | float | None) else str(value)
