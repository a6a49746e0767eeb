"""TSV: one flat row an article, nothing quoted; a tab, line end or backslash inside a value is spelled out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from corpus_tool.model.article import Article
from corpus_tool.model.fields import FLAT_FIELDS
from corpus_tool.patterns import lazy
from corpus_tool.writers.base import WriteOptions, column_names, flat, guard

NAME = "tsv"
SUMMARY = "TSV: one flat row an article, `\\t` and `\\n` spelled out in values; loads back in the fields it carries"
ENDINGS = (".tsv", ".tab")

_ESCAPED = lazy(r"[\t\n\r\\]")
_SPELLED = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\"}


def write(articles: Iterable[Article], out: BinaryIO, options: WriteOptions) -> None:
    """A header line and a line an article."""
    names, articles = column_names(articles, options, FLAT_FIELDS)
    out.write(("\ufeff" if options.excel else "").encode() + _line(list(names), options))
    for article in articles:
        out.write(_line([flat(article, name) for name in names], options))


def _line(cells: list[str], options: WriteOptions) -> bytes:
    shown = [guard(cell) for cell in cells] if options.excel else cells
    return ("\t".join(escape(cell) for cell in shown) + "\n").encode()


def escape(cell: str) -> str:
    r"""A cell on one line, without a tab.

    >>> escape("a\tb\\c")
    'a\\tb\\\\c'
    """
    return _ESCAPED.sub(lambda match: _SPELLED[match.group()], cell)
