"""Rows that are no articles: a table on a terminal, TSV or JSON in a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus_tool.cli.output import Output
from corpus_tool.writers.base import spelled, to_json
from corpus_tool.writers.tsv_file import escape

MIDDLE = 18
"""The cells that a middle column of a table takes at most, if nothing else is said."""


def print_rows(
    rows: Sequence[dict[str, Any]], columns: Sequence[str], name: str, color: str, *, middle: int = MIDDLE
) -> None:
    """Print these columns of rows as a table, TSV or JSON; without rows a header or `[]`."""
    cells = [[_shown(row[key]) for key in columns] for row in rows]
    if name == "table":
        from corpus_tool.cli.console import draw, make_console, plain_table

        draw(make_console(color), plain_table(columns, cells, middle))
        return
    out = Output()
    if name == "json":
        lines = ",\n".join(to_json({key: row[key] for key in columns}) for row in rows)
        out.write((f"[\n{lines}\n]\n" if rows else "[]\n").encode())
    else:
        for line in (columns, *cells):
            out.write(("\t".join(escape(spelled(cell)) for cell in line) + "\n").encode())
    out.flush()


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return value if isinstance(value, str) else to_json(value)
