"""Ids: one full id a line, without a header."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from corpus_tool.model.article import Article
from corpus_tool.writers.base import WriteOptions

NAME = "ids"
SUMMARY = "one full id a line, no header: for `xargs` and joins"
ENDINGS = (".ids",)


def write(articles: Iterable[Article], out: BinaryIO, options: WriteOptions) -> None:  # noqa: ARG001 — no options here
    """One id a line."""
    for article in articles:
        out.write(f"{article.id}\n".encode())
