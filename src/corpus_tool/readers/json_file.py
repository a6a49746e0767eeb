"""JSON: a list of objects, an object that holds such a list, or one object."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from corpus_tool.errors import Diagnostic
from corpus_tool.readers.base import NO, Head, Item, Places, Sniff, TextInput
from corpus_tool.readers.json_object import DECODER, Pairs, object_record
from corpus_tool.readers.mapping import BadRecord

NAME = "json"
SUMMARY = "JSON: a list of objects, one object, or an object that holds such a list; held in memory whole"
ENDINGS = (".json",)

_BLANK = re.compile(r"[ \t\r\n]*")
_LISTS = (
    "articles",
    "items",
    "results",
    "data",
    "documents",
    "docs",
    "records",
    "entries",
    "posts",
    "artikelen",
)


def sniff_head(head: Head) -> Sniff:
    """A bracket that opens a list of objects, or an object in a file named .json."""
    text = head.text.lstrip()
    if re.match(r"\[\s*(?:\{|\])", text) and (head.name.endswith((".json", ".jsonl", ".ndjson")) or '"' in text):
        return Sniff(0.97, ("`[` and an object open the file",))
    if head.name.endswith(ENDINGS) and text[:1] in ("{", "["):
        return Sniff(0.9, ("the name ends in .json",))
    return Sniff(0.6, ("the name ends in .json",)) if head.name.endswith(ENDINGS) else NO


def read(source: TextInput) -> Iterator[Item]:
    """Each object as one record, up to the place where the JSON breaks off."""
    text = source.decoded.text
    start = _skip(text, 0)
    if text[start : start + 1] == "[":
        yield from _elements(source, start + 1)
        return
    places = Places(source.decoded)
    try:
        value, end = DECODER.raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        yield _damaged(error, places, start)
        return
    inner = (
        next((v for key, v in value if key in _LISTS and isinstance(v, list)), None)
        if isinstance(value, Pairs)
        else None
    )
    if inner and all(isinstance(item, Pairs) for item in inner):
        opening = re.compile(r'"(?:' + "|".join(_LISTS) + r')"\s*:\s*\[').search(text, start)
        if opening:
            yield from _elements(source, opening.end())
            return
    yield from _element(source, value, (start, end), 1, places)
    if (rest := _skip(text, end)) < len(text):
        yield Diagnostic(
            "damaged-json",
            "more text follows the end of the JSON",
            line=places.line(rest),
            byte=places.byte(rest),
        )


def _elements(source: TextInput, position: int) -> Iterator[Item]:
    """The objects of a list, one at a time, so that what stands before a break is read."""
    text, places = source.decoded.text, Places(source.decoded)
    position, number = _skip(text, position), 0
    while text[position : position + 1] != "]":
        number += 1
        try:
            value, end = DECODER.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            yield _damaged(error, places, position)
            return
        yield from _element(source, value, (position, end), number, places)
        position = _skip(text, end)
        if text[position : position + 1] == ",":
            position = _skip(text, position + 1)
        elif text[position : position + 1] != "]":
            yield _damaged(ValueError("a comma or `]` is expected"), places, position)
            return


def _element(source: TextInput, value: object, span: tuple[int, int], number: int, places: Places) -> Iterator[Item]:
    start, end = span
    line, byte = places.line(start), places.byte(start)
    try:
        if not isinstance(value, Pairs):
            raise BadRecord("an object is expected")
        yield from object_record(
            value,
            raw=source.decoded.text[start:end],
            number=number,
            place=(byte, places.byte(end), line),
            encoding=(source.decoded.encoding, source.decoded.method),
            options=source.options,
        )
    except BadRecord as problem:
        yield Diagnostic("bad-record", str(problem), record=number, line=line, byte=byte)


def _damaged(error: Exception, places: Places, start: int) -> Diagnostic:
    where = max(start, error.pos) if isinstance(error, json.JSONDecodeError) else start
    reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error) or "nested too deeply"
    return Diagnostic(
        "damaged-json",
        f"{reason}; nothing after it was read",
        line=places.line(where),
        byte=places.byte(where),
    )


def _skip(text: str, position: int) -> int:
    match = _BLANK.match(text, position)
    return match.end() if match else position
