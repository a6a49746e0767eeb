"""JSON: a list of objects, an object that holds such a list, one object, or objects one after the other."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from typing import Any, NamedTuple

from corpus_tool.errors import Diagnostic
from corpus_tool.model.fields import field_of
from corpus_tool.patterns import lazy
from corpus_tool.readers.base import NO, Head, Item, Places, Sniff, TextInput
from corpus_tool.readers.json_object import DECODER, Pairs, members, object_record, parser_words
from corpus_tool.readers.mapping import BadRecord

NAME = "json"
SUMMARY = "JSON: a list of objects, one object, or an object that holds such a list; held in memory whole"
ENDINGS = (".json",)

_BLANK = lazy(r"[ \t\r\n\ufeff]*")
_LIST = lazy(r"\[\s*(?:\{|\])")
_KEY = lazy(r'"(?:[^"\\]|\\.)*+"[ \t\r\n]*:[ \t\r\n]*')
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
    "hits",
)


def sniff_head(head: Head) -> Sniff:
    """A bracket that opens a list of objects, or an object in a file named .json."""
    text = head.text.lstrip("\ufeff \t\r\n")
    jsonish = head.name.endswith((".json", ".jsonl", ".ndjson", ".jsonlines"))
    if _LIST.match(text) and (jsonish or '"' in text):
        return Sniff(0.97, ("`[` and an object open the file",))
    if re.match(r'\{\s*\n\s*"', text):
        return Sniff(0.92 if jsonish else 0.75, ("an object of several lines opens the file",))
    if head.name.endswith(ENDINGS):
        return Sniff(0.9 if text[:1] in ("{", "[") else 0.6, ("the name ends in .json",))
    return NO


def read(source: TextInput) -> Iterator[Item]:
    """Each object as one record, up to the place where the JSON breaks off."""
    return _Reading(source).items()


class _Span(NamedTuple):
    """A value with where it stands."""

    value: Any
    start: int
    end: int


class _Reading:
    """One pass over the text, from value to value."""

    def __init__(self, source: TextInput) -> None:
        self.source = source
        self.text = source.decoded.text
        self.places = Places(source.decoded)
        self.number = 0
        self.damage: Diagnostic | None = None

    def items(self) -> Iterator[Item]:
        """The records of every value at the top, and what ended the reading early."""
        position = self._skip(0)
        while position < len(self.text) and self.damage is None:
            if self.text[position] == "[":
                position = yield from self._list(position)
            elif self.text[position] == "{":
                position = yield from self._top_object(position)
            else:
                reason = "more text follows the end of the JSON" if self.number else "no JSON opens here"
                self._note_damage(reason, position)
            position = self._skip(position)
        if self.damage is not None:
            yield self.damage

    def _top_object(self, start: int) -> Generator[Item, None, int]:
        """An object that is an article, or that holds a list of articles."""
        span = self._decode(start)
        if span is None:
            damage, self.damage = self.damage, None
            opening = self._early_list(start)
            if opening is not None:
                yield from self._list(opening)
            self.damage = self.damage or damage
            return len(self.text)
        path = _path_to_list(span.value, self.source.options.effective_map().get("text"))
        if path:
            yield from self._list(self._follow(path, start))
            yield from self._unread_members(span.value, path[0], start)
        else:
            yield from self._record(span)
        return span.end

    def _list(self, start: int) -> Generator[Item, None, int]:
        """The objects of a list, one at a time, so that what stands before a break is read."""
        position = self._skip(start + 1)
        while self.text[position : position + 1] != "]":
            span = self._decode(position)
            if span is None:
                return len(self.text)
            yield from self._record(span)
            position = self._skip(span.end)
            sign = self.text[position : position + 1]
            if sign == ",":
                position = self._skip(position + 1)
            elif sign != "]":
                self._note_damage("a comma or `]` is expected", position)
                return len(self.text)
        return position + 1

    def _decode(self, start: int) -> _Span | None:
        """The value at a place; None, and the damage noted, where there is none."""
        try:
            value, end = DECODER.raw_decode(self.text, start)
        except json.JSONDecodeError as error:
            self._note_damage(parser_words(error), max(start, error.pos))
        except RecursionError:
            self._note_damage("nested too deeply", start)
        else:
            return _Span(value, start, end)
        return None

    def _record(self, span: _Span) -> Iterator[Item]:
        self.number += 1
        line, byte = self.places.line(span.start), self.places.byte(span.start)
        try:
            yield from object_record(
                members(span.value),
                raw=self.text[span.start : span.end],
                number=self.number,
                place=(byte, self.places.byte(span.end), line),
                encoding=(self.source.decoded.encoding, self.source.decoded.method),
                options=self.source.options,
            )
        except BadRecord as problem:
            yield Diagnostic("bad-record", str(problem), record=self.number, line=line, byte=byte)

    def _members(self, start: int) -> Iterator[tuple[str, int]]:
        """The keys of the object at a place, each with where its value begins, up to a break."""
        position = self._skip(start + 1)
        while match := _KEY.match(self.text, position):
            yield str(json.loads(match.group().rstrip(" \t\r\n:"), strict=False)), match.end()
            try:
                _, end = DECODER.raw_decode(self.text, match.end())
            except (ValueError, RecursionError):
                return
            position = self._skip(end)
            position = self._skip(position + 1) if self.text[position : position + 1] == "," else len(self.text)

    def _follow(self, path: list[str], start: int) -> int:
        """Where the value at the end of a path of keys begins."""
        for key in path:
            start = next(at for name, at in self._members(start) if name == key)
        return start

    def _early_list(self, start: int) -> int | None:
        """Where the list of articles begins in an object that is damaged further on."""
        return next((at for key, at in self._members(start) if key in _LISTS and _LIST.match(self.text, at)), None)

    def _unread_members(self, value: Pairs, read: str, start: int) -> Iterator[Item]:
        others = [key for key, _ in value if key != read]
        if others:
            named = ", ".join(others[:6])
            message = f"beside the list in {read!r} stand other keys, which were not read: {named[:200]}"
            where = Places(self.source.decoded)
            yield Diagnostic(
                "outside-record", message, line=where.line(start), byte=where.byte(start), override="notice"
            )

    def _note_damage(self, reason: str, position: int) -> None:
        where = Places(self.source.decoded)
        line, byte = where.line(position), where.byte(position)
        self.damage = Diagnostic("damaged-json", f"{reason}; nothing after it was read", line=line, byte=byte)

    def _skip(self, position: int) -> int:
        match = _BLANK.match(self.text, position)
        return match.end() if match else position


def _path_to_list(value: Any, text_key: str | None) -> list[str]:
    """The keys that lead from an object to its list of articles; none where the object is an article itself.

    A list under a usual name goes first, then the only list of objects, then one in an inner object.
    """
    if not isinstance(value, Pairs) or any(_is_text(key, item, text_key) for key, item in value):
        return []
    lists = [key for key, item in value if isinstance(item, list) and item and any(isinstance(i, Pairs) for i in item)]
    usual = [key for key in lists if key.casefold() in _LISTS]
    if usual or len(lists) == 1:
        return (usual or lists)[:1]
    for key, item in value:
        if isinstance(item, Pairs) and (path := _path_to_list(item, text_key)):
            return [key, *path]
    return []


def _is_text(key: str, value: Any, text_key: str | None) -> bool:
    return isinstance(value, str) and (key == text_key if text_key else field_of(key) == "text")
