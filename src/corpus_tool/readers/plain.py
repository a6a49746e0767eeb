"""Plain text: one article a file, perhaps with a date marker before it."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_tool.readers.base import Item, Sniff, TextInput
from corpus_tool.readers.records import whole_file

NAME = "plain"
SUMMARY = "one article a file; ` date 2018-06 ` or a headline may open it"
ENDINGS = (".txt", ".text", ".md")


def sniff(_source: TextInput) -> Sniff:
    """Any text may be plain; every other format that fits is a better answer."""
    return Sniff(0.1, ("text without a structure of its own",))


def read(source: TextInput) -> Iterator[Item]:
    """The whole file as one record; lines that look like separators are noted."""
    return whole_file(source)
