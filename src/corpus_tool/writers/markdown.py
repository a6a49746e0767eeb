"""Markdown: articles to read, each a heading with a metadata list; not meant to be read back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO

from corpus_tool.model.article import Article
from corpus_tool.patterns import lazy
from corpus_tool.writers.base import WriteOptions, flat, spelled

NAME = "md"
SUMMARY = "Markdown: to read or print; not read back"
ENDINGS = (".md", ".markdown")

LISTED = ("id", "date", "language", "authors", "outlet", "section", "url", "words", "source")
_MARKUP = lazy(r"[\\`*_{}\[\]<>#|~&]|^[-+=](?=[ \t=-]|$)|^(\d{1,9})(?=[.)][ \t])", re.MULTILINE)


def write(articles: Iterable[Article], out: BinaryIO, options: WriteOptions) -> None:
    """A level-2 heading an article, its metadata as a list, its paragraphs."""
    before = ""
    for article in articles:
        out.write(f"{before}{render(article, options.fields or LISTED, level=2)}".encode())
        before = "\n"


def render(article: Article, fields: tuple[str, ...], *, level: int) -> str:
    """One article: heading, metadata list, paragraphs; subheads one level below the heading."""
    lines = [f"{'#' * level} {escape(_one_line(article.title or article.name))}", ""]
    cells = [(name, flat(article, name)) for name in fields if name not in ("title", "text")]
    lines += [f"- {name}: {escape(_one_line(value))}" for name, value in cells if value]
    for block in article.normalization.blocks or ():
        text = escape(article.text[block.start : block.end])
        lines += ["", f"{'#' * (level + 1)} {text}" if block.kind == "subhead" else text]
    return "\n".join(lines) + "\n"


def _one_line(value: str) -> str:
    return " ".join(value.split())


def escape(text: str) -> str:
    r"""Text that Markdown and the HTML made from it show as it stands.

    >>> escape("<b> en *ster*")
    '\\<b\\> en \\*ster\\*'
    """
    return spelled(_MARKUP.sub(lambda match: f"{match[1]}\\" if match[1] else f"\\{match.group()}", text))
