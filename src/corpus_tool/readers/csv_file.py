"""CSV: comma, semicolon, tab or bar between cells, found from the header row."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_tool.readers.base import Head, Item, LineInput, Sniff
from corpus_tool.readers.tabular import DELIMITERS, read_table, sniff_table

NAME = "csv"
SUMMARY = "CSV with a header row; columns by name or by `--map field=column`; our own exports exactly"
ENDINGS = (".csv",)
CR_ENDS = True


def sniff_head(head: Head) -> Sniff:
    """A header row that names fields, or the file's ending."""
    return sniff_table(head, ENDINGS, ",;|")


def read_lines(source: LineInput) -> Iterator[Item]:
    """Each row as one record."""
    return read_table(source, DELIMITERS, escaped=False)
