"""Rows that are no articles: a table on a terminal, TSV, CSV or JSON in a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus_tool.cli.rows import flat_cell, write_rows

MIDDLE = 18
"""The cells that a middle column of a table takes at most, if nothing else is said."""


def print_rows(
    rows: Sequence[dict[str, Any]], columns: Sequence[str], name: str, color: str, *, middle: int = MIDDLE
) -> None:
    """Print these columns of rows as a table, or in one of `rows.ROW_FORMATS`; without rows a header or `[]`."""
    if name != "table":
        write_rows(rows, columns, name)
        return
    from corpus_tool.cli.console import draw, make_console, plain_table

    cells = [[flat_cell(row[key]) for key in columns] for row in rows]
    draw(make_console(color), plain_table(columns, cells, middle))
