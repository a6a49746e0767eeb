"""Rows that are no articles: a table on a terminal, TSV or JSON in a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus_tool.cli.output import stdout_bytes
from corpus_tool.writers.base import spelled, to_json
from corpus_tool.writers.tsv_file import escape


def print_rows(rows: Sequence[dict[str, Any]], name: str, color: str) -> None:
    """Print rows of the same keys as a table, TSV or JSON."""
    columns = list(rows[0]) if rows else []
    if name == "table":
        from corpus_tool.cli.console import make_console, plain_table

        make_console(color).print(plain_table(columns, [[_shown(row[key]) for key in columns] for row in rows]))
        return
    out = stdout_bytes()
    if name == "json":
        lines = ",\n".join(to_json(row) for row in rows)
        out.write((f"[\n{lines}\n]\n" if rows else "[]\n").encode())
    else:
        for cells in (columns, *([_shown(row[key]) for key in columns] for row in rows)):
            out.write(("\t".join(escape(spelled(cell)) for cell in cells) + "\n").encode())
    out.flush()


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return value if isinstance(value, str) else to_json(value)
