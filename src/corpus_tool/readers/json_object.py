"""One JSON object as a raw record: shared by the JSON and the JSON Lines reader."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from corpus_tool.errors import Diagnostic
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.record import RawRecord
from corpus_tool.readers.base import Item
from corpus_tool.readers.mapping import BadRecord, Mapped, is_complete, map_fields

MAX_DEPTH = 100
_MAX_DIGITS = 4000  # Python reads longer integers only if asked to


class Pairs(list[tuple[str, Any]]):
    """The members of an object in order, doubled keys included."""


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) < _MAX_DIGITS else digits


def _number(digits: str) -> float | str:
    value = float(digits)
    return value if math.isfinite(value) else digits


DECODER = json.JSONDecoder(
    object_pairs_hook=Pairs, strict=False, parse_constant=str, parse_int=_integer, parse_float=_number
)
"""A raw tab or line end in a string is let through.

What JSON cannot write back (NaN, Infinity, 1e999) and integers of thousands of digits are read as strings.
"""


def plain(value: Any, depth: int = 0) -> Any:
    """The same value with objects as dicts, of a doubled key the last; BadRecord where it is nested too deeply."""
    if depth > MAX_DEPTH:
        raise BadRecord("nested too deeply")
    if isinstance(value, Pairs):
        return {key: plain(item, depth + 1) for key, item in value}
    if isinstance(value, list):
        return [plain(item, depth + 1) for item in value]
    return value


def parser_words(error: json.JSONDecodeError) -> str:
    """What is wrong, in the parser's words: `unterminated string`, `expecting value`."""
    words = error.msg.removesuffix(" starting at").removesuffix(" at")
    return words[:1].lower() + words[1:]


def parse_object(text: str) -> Pairs:
    """The members of a JSON object; BadRecord with the reason for anything else."""
    try:
        value = DECODER.decode(text.strip(" \t\r\n\ufeff"))
    except json.JSONDecodeError as error:
        raise BadRecord(f"no valid JSON, character {error.pos}: {parser_words(error)}") from None
    except RecursionError:
        raise BadRecord("nested too deeply") from None
    return members(value)


def members(value: Any) -> Pairs:
    """A value that is an object; BadRecord for any other."""
    if not isinstance(value, Pairs):
        names = {list: "a list", str: "a string", bool: "true or false", type(None): "null"}
        raise BadRecord(f"an object is expected, this is {names.get(type(value), 'a number')}")
    return value


def object_record(
    pairs: Pairs,
    *,
    raw: str,
    number: int,
    place: tuple[int, int, int],
    encoding: tuple[str, str],
    options: ReadOptions,
) -> Iterator[Item]:
    """The record of one object, after its notices; `place` is (byte start, byte end, line). Raises BadRecord."""
    byte_start, byte_end, line = place
    values = [(key, plain(value, 1)) for key, value in pairs]
    data = dict(values)
    complete = data if is_complete(data) and not options.effective_map() else None
    mapped = Mapped(data["text"]) if complete else map_fields(values, options)
    for note in mapped.notes:
        yield Diagnostic(note.code, note.message, record=number, line=line, byte=byte_start)
    yield RawRecord(
        number=number,
        raw=raw,
        body=mapped.text or "",
        body_start=None,
        byte_start=byte_start,
        byte_end=byte_end,
        line=line,
        encoding=encoding[0],
        encoding_method=encoding[1],
        fields=mapped.fields,
        extra=mapped.extra,
        complete=complete,
    )
