"""IRaMuTeQ and Alceste: starred lines `**** *source_lemonde *date_2018-06` open the articles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tool.patterns import lazy
from corpus_tool.readers.base import NO, Item, Sniff, TextInput
from corpus_tool.readers.extra import keep
from corpus_tool.readers.headers import first_text
from corpus_tool.readers.layout import Layout, Piece
from corpus_tool.readers.records import records_of

NAME = "alceste"
SUMMARY = "IRaMuTeQ and Alceste corpora: `**** *variable_value …` lines open the articles"
ENDINGS = (".txt",)

_STARRED = lazy(r"^(?:\*{4}|\d{4})(?P<variables>(?:[ \t]+\*[^\s*]+)+)[ \t]*(?:\n|\Z)", re.MULTILINE)


def sniff(source: TextInput) -> Sniff:
    """Certain where the first line that is not blank is a starred line."""
    top = first_text(source.shape)
    match = _STARRED.match(source.shape, top) if source.shape[top : top + 1] in "*0123456789" else None
    return Sniff(0.97, (f"starred lines open the articles: `{match.group().strip()[:60]}`",)) if match else NO


def read(source: TextInput) -> Iterator[Item]:
    """Each starred line's variables as fields, the text up to the next one as the article."""
    shape, layout = source.shape, Layout()
    matches = list(_STARRED.finditer(shape))
    starts = [match.start() for match in matches] + [len(shape)]
    if shape[: starts[0]].strip():
        layout.loose.append((0, starts[0]))
    for match, end in zip(matches, starts[1:], strict=True):
        if shape[match.end() : end].strip():
            layout.pieces.append(Piece(match.end(), end, _variables(match["variables"])))
        else:
            layout.empty.append(match.start())
    return records_of(source, layout)


def _variables(starred: str) -> dict[str, str]:
    """`*name_value` pairs; a flag without a value is "yes".

    >>> _variables(" *source_lemonde *front")
    {'source': 'lemonde', 'front': 'yes'}
    """
    variables: dict[str, str] = {}
    for word in starred.split():
        name, mark, value = word.lstrip("*").partition("_")
        keep(variables, name, value if mark else "yes")
    return variables
