"""JSON: a list of articles, one a line; streams."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from corpus_tool.model.article import Article
from corpus_tool.writers.base import WriteOptions, chosen, to_json

NAME = "json"
SUMMARY = "JSON: one list of articles, every field; loads back exactly"
ENDINGS = (".json",)


def write(articles: Iterable[Article], out: BinaryIO, options: WriteOptions) -> None:
    """A list with one object a line; `[]` where there is none."""
    before = "[\n"
    for article in articles:
        out.write(f"{before}{to_json(chosen(article, options.fields))}".encode())
        before = ",\n"
    out.write(b"[]\n" if before == "[\n" else b"\n]\n")
