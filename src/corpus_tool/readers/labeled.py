"""Labeled header: `Label: value` lines in Dutch, French, English or German, then the article."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_tool.readers.base import NO, Item, Sniff, TextInput
from corpus_tool.readers.headers import read_header
from corpus_tool.readers.records import whole_file

NAME = "labeled"
SUMMARY = "`Label: value` lines (Titel, Titre, Title, Datum, Date, Bron, Source …), then one article"
ENDINGS = (".txt", ".text", ".md")


def sniff(source: TextInput) -> Sniff:
    """Whether a header with a known label opens the file."""
    head = source.shape[:70_000]
    header = read_header(head, head, source.options.labels())
    if header.kind != "labeled":
        return NO
    labels = [*header.fields, *header.extra]
    return Sniff(0.8, (f"the file opens with labels: {', '.join(labels[:6])}",))


def read(source: TextInput) -> Iterator[Item]:
    """The whole file as one record with its header."""
    return whole_file(source)
