"""Rows that are no articles, one after another, as TSV, CSV or JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from corpus_tool.cli.output import Output
from corpus_tool.writers.base import csv_row, spelled, to_json
from corpus_tool.writers.tsv_file import escape

Row = Mapping[str, Any]
ROW_FORMATS = ("tsv", "csv", "json", "jsonl")


def write_rows(
    rows: Iterable[Row],
    columns: Sequence[str],
    name: str,
    *,
    each: bool = False,
    head: dict[str, Any] | None = None,
) -> None:
    """Write these columns of rows to standard output; without rows a header or `[]`. With `each` every one at once.

    With a `head` JSON is one object, which begins with it and has the list as its `rows`.
    """
    out = Output(each=each)
    for line in row_lines(rows, columns, name, head):
        out.write(line.encode())
    out.flush()


def write_objects(objects: Iterable[dict[str, Any]], name: str) -> None:
    """Write objects of any keys to standard output, as a JSON list or as JSON Lines."""
    out = Output()
    for line in (f"{to_json(each)}\n" for each in objects) if name == "jsonl" else _json(objects):
        out.write(line.encode())
    out.flush()


def row_lines(
    rows: Iterable[Row], columns: Sequence[str], name: str, head: dict[str, Any] | None = None
) -> Iterator[str]:
    """The lines of a format."""
    if name == "jsonl":
        return (f"{to_json({key: row[key] for key in columns})}\n" for row in rows)
    if name == "json":
        lines = _json({key: row[key] for key in columns} for row in rows)
        return lines if head is None else _under(head, lines)
    return _flat(rows, columns, csv_row if name == "csv" else tsv_row)


def tsv_row(cells: Iterable[str]) -> str:
    """One row of TSV, tabs and line ends in cells spelled out."""
    return "\t".join(map(escape, cells)) + "\n"


def _json(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    before = "[\n"
    for row in rows:
        yield f"{before}{to_json(row)}"
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _under(head: dict[str, Any], lines: Iterator[str]) -> Iterator[str]:
    """A list of rows as the last value of an object."""
    yield f'{to_json(head)[:-1]}, "rows": '
    last = next(lines)
    for line in lines:
        yield last
        last = line
    yield last[:-1] + "}\n"


def _flat(rows: Iterable[Row], columns: Sequence[str], line: Callable[[Iterable[str]], str]) -> Iterator[str]:
    yield line(map(spelled, columns))
    for row in rows:
        yield line(spelled(flat_cell(row[name])) for name in columns)


def flat_cell(value: Any) -> str:
    """One cell: nothing for null, lists joined with `; `, objects as JSON."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return value if isinstance(value, str) else to_json(value)
