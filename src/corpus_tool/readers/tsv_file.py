"""TSV: tabs between cells; in our own exports tabs and line ends inside a cell are spelled `\\t` and `\\n`."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_tool.readers.base import Head, Item, LineInput, Sniff
from corpus_tool.readers.tabular import read_table, sniff_table

NAME = "tsv"
SUMMARY = "TSV with a header row; columns by name or by `--map field=column`; our own exports exactly"
ENDINGS = (".tsv", ".tab")
CR_ENDS = True


def sniff_head(head: Head) -> Sniff:
    """A header row of tab-separated field names, or the file's ending."""
    return sniff_table(head, ENDINGS, "\t")


def read_lines(source: LineInput) -> Iterator[Item]:
    """Each row as one record."""
    return read_table(source, "\t", escaped=True)
