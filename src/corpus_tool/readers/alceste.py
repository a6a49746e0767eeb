"""IRaMuTeQ and Alceste: starred lines `**** *source_lemonde *date_2018-06` open the articles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tool.readers.base import NO, Item, Sniff, TextInput
from corpus_tool.readers.layout import Layout, Piece
from corpus_tool.readers.records import records_of

NAME = "alceste"
SUMMARY = "IRaMuTeQ and Alceste corpora: `**** *variable_value …` lines open the articles"
ENDINGS = (".txt",)

_STARRED = re.compile(r"^(?:\*{4}|\d{4})(?P<variables>(?:[ \t]+\*[^\s*]+)+)[ \t]*(?:\n|\Z)", re.MULTILINE)


def sniff(source: TextInput) -> Sniff:
    """Certain where the first line that is not blank is a starred line."""
    if "*" not in source.shape[:2000]:
        return NO
    match = _STARRED.match(source.shape.lstrip())
    return Sniff(0.97, (f"starred lines open the articles: `{match.group().strip()[:60]}`",)) if match else NO


def read(source: TextInput) -> Iterator[Item]:
    """Each starred line's variables as fields, the text up to the next one as the article."""
    matches = list(_STARRED.finditer(source.shape))
    ends = [match.start() for match in matches[1:]] + [len(source.shape)]
    pieces = [
        Piece(match.end(), end, _variables(match["variables"]))
        for match, end in zip(matches, ends, strict=True)
        if source.shape[match.end() : end].strip()
    ]
    empty = [m.start() for m, end in zip(matches, ends, strict=True) if not source.shape[m.end() : end].strip()]
    loose = [(0, matches[0].start())] if matches and source.shape[: matches[0].start()].strip() else []
    return records_of(source, Layout(pieces, empty=empty, loose=loose))


def _variables(starred: str) -> dict[str, str]:
    """`*name_value` pairs; a flag without a value is "yes".

    >>> _variables(" *source_lemonde *front")
    {'source': 'lemonde', 'front': 'yes'}
    """
    pairs = (word.lstrip("*").partition("_") for word in starred.split())
    return {name: value if mark else "yes" for name, mark, value in pairs}
