"""One JSON object as a raw record: shared by the JSON and the JSON Lines reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from corpus_tool.errors import Diagnostic
from corpus_tool.model.options import ReadOptions
from corpus_tool.model.record import RawRecord
from corpus_tool.readers.base import Item
from corpus_tool.readers.mapping import BadRecord, Mapped, is_complete, map_fields


class Pairs(list[tuple[str, Any]]):
    """The members of the outermost object, doubled keys included."""


def _hook(pairs: list[tuple[str, Any]]) -> Any:
    """Inner objects become dicts later; pairs are kept until we know which object is the outermost."""
    return Pairs(pairs)


DECODER = json.JSONDecoder(object_pairs_hook=_hook, parse_constant=str)
"""NaN and Infinity, which are no JSON, are read as the strings they are written as."""


def plain(value: Any) -> Any:
    """The same value with inner objects as dicts."""
    if isinstance(value, Pairs):
        return {key: plain(item) for key, item in value}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def parse_object(text: str) -> Pairs:
    """The members of a JSON object; BadRecord with the reason for anything else."""
    try:
        value = DECODER.decode(text.strip())
    except json.JSONDecodeError as error:
        raise BadRecord(f"no valid JSON: {error.msg} at character {error.pos}") from None
    except RecursionError:
        raise BadRecord("nested too deeply") from None
    except ValueError as error:  # an integer of thousands of digits
        raise BadRecord(str(error).split(";")[0]) from None
    if not isinstance(value, Pairs):
        raise BadRecord(f"an object is expected, this is {_kind(value)}")
    return value


def _kind(value: Any) -> str:
    names = {list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


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
    data = plain(pairs)
    complete = data if is_complete(data) and not options.effective_map() else None
    mapped = Mapped(data["text"]) if complete else map_fields([(key, plain(value)) for key, value in pairs], options)
    for note in mapped.notes:
        yield Diagnostic(note.code, note.message, record=number, line=line, byte=byte_start)
    yield RawRecord(
        number=number,
        raw=raw,
        body=mapped.text,
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
