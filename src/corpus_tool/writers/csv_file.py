"""CSV: one flat row an article, UTF-8, LF between rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from corpus_tool.model.article import Article
from corpus_tool.model.fields import FLAT_FIELDS
from corpus_tool.writers.base import WriteOptions, column_names, csv_row, flat, guard

NAME = "csv"
SUMMARY = "CSV: one flat row an article; loads back in the fields it carries; `--excel` for spreadsheets"
ENDINGS = (".csv",)


def write(articles: Iterable[Article], out: BinaryIO, options: WriteOptions) -> None:
    """A header and a row an article; for spreadsheets with a byte order mark and guarded cells."""
    names, articles = column_names(articles, options, FLAT_FIELDS)
    if options.excel:
        out.write("\ufeff".encode())
    for row in _rows(names, articles):
        out.write(csv_row(map(guard, row) if options.excel else row).encode())


def _rows(names: tuple[str, ...], articles: Iterable[Article]) -> Iterable[list[str]]:
    yield list(names)
    for article in articles:
        yield [flat(article, name) for name in names]
