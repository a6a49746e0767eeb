"""JSON Lines: one article a line; streams."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from corpus_tool.model.article import Article
from corpus_tool.writers.base import WriteOptions, chosen, to_json

NAME = "jsonl"
SUMMARY = "JSON Lines: one article a line, every field; loads back exactly"
ENDINGS = (".jsonl", ".ndjson")


def write(articles: Iterable[Article], out: BinaryIO, options: WriteOptions) -> None:
    """One object a line."""
    for article in articles:
        out.write(f"{to_json(chosen(article, options.fields))}\n".encode())
