"""Delimited text: several articles in one file, between separator lines, or each opened by a marker or header."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_tool.readers.base import NO, Item, Sniff, TextInput
from corpus_tool.readers.records import records_of

NAME = "delimited"
SUMMARY = "several articles a file: separator lines, date markers, repeated headers, `<doc …>`, or `--split REGEX`"
ENDINGS = (".txt", ".text", ".md")


def sniff(source: TextInput) -> Sniff:
    """Certain where the layout found a place to cut."""
    if not source.layout.separated:
        return NO
    return Sniff(0.95, tuple(source.layout.reasons))


def read(source: TextInput) -> Iterator[Item]:
    """Each stretch between two cuts as one record."""
    return records_of(source, source.layout)
