"""YAML front matter: fields between two `---` lines at the top, then the article."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_tool.readers.base import NO, Item, Sniff, TextInput
from corpus_tool.readers.headers import first_text, read_header
from corpus_tool.readers.records import whole_file

NAME = "front-matter"
SUMMARY = "`key: value` lines between two `---` lines, then one article; values are read as plain strings"
ENDINGS = (".md", ".markdown", ".txt")


def sniff(source: TextInput) -> Sniff:
    """Whether front matter opens the file, closed or not."""
    if not source.shape.startswith("---", first_text(source.shape)):
        return NO
    kind = read_header(source.shape[:70_000], source.shape[:70_000], source.options.labels()).kind
    return Sniff(0.9, ("`---` around `key: value` lines opens the file",)) if kind == "front-matter" else NO


def read(source: TextInput) -> Iterator[Item]:
    """The whole file as one record with its front matter."""
    return whole_file(source)
