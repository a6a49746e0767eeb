"""JSON Lines: one object a line, read as a stream in constant memory."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_tool.errors import Diagnostic
from corpus_tool.readers.base import NO, Head, Item, LineInput, Sniff
from corpus_tool.readers.json_object import object_record, parse_object
from corpus_tool.readers.mapping import BadRecord

NAME = "jsonl"
SUMMARY = "JSON Lines: one object a line; keys by name or by `--map field=key`; our own exports exactly"
ENDINGS = (".jsonl", ".ndjson", ".jsonlines")


def sniff_head(head: Head) -> Sniff:
    """An object that ends on its own line, or the file's ending."""
    text = head.text.lstrip()
    if text.startswith("["):
        return NO
    first = text.split("\n", 1)[0].strip()
    object_line = first.startswith("{") and first.endswith("}") and first != "{}"
    if head.name.endswith(ENDINGS):
        return Sniff(0.95 if object_line else 0.7, ("the name ends in .jsonl or .ndjson",))
    if object_line and head.name.endswith(".json"):
        rest = text.split("\n", 2)
        return Sniff(0.95, ("each line is an object",)) if len(rest) > 1 and rest[1].lstrip().startswith("{") else NO
    return Sniff(0.9, ("the first line is a whole object",)) if object_line else NO


def read_lines(source: LineInput) -> Iterator[Item]:
    """Each line that is an object as one record; any other line is refused by its number."""
    number = 0
    for line in source.lines:
        if line.text is None:
            number += 1
            size = line.byte_end - line.byte_start
            yield Diagnostic(
                "record-too-large",
                f"the line is {size:,} bytes long",
                record=number,
                line=line.number,
                byte=line.byte_start,
            )
            continue
        if not line.text.strip():
            continue
        number += 1
        try:
            pairs = parse_object(line.text)
            yield from object_record(
                pairs,
                raw=line.text,
                number=number,
                place=(line.byte_start, line.byte_end, line.number),
                encoding=(line.encoding, source.lines.method),
                options=source.options,
            )
        except BadRecord as problem:
            yield Diagnostic("bad-record", str(problem), record=number, line=line.number, byte=line.byte_start)
