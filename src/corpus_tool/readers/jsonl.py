"""JSON Lines: one object a line, read as a stream in constant memory."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_tool.errors import Diagnostic
from corpus_tool.patterns import lazy
from corpus_tool.readers.base import NO, Head, Item, LineInput, Sniff
from corpus_tool.readers.json_object import object_record, parse_object
from corpus_tool.readers.mapping import BadRecord

NAME = "jsonl"
SUMMARY = "JSON Lines: one object a line; keys by name or by `--map field=key`; our own exports exactly"
ENDINGS = (".jsonl", ".ndjson", ".jsonlines")

_OBJECT = lazy(r'\{\s*(?:"|\Z)')


def sniff_head(head: Head) -> Sniff:
    """An object that ends on its own line, or the file's ending."""
    first, _, rest = head.text.lstrip("\ufeff \t\r\n").partition("\n")
    first = first.rstrip()
    endless = not rest and not head.whole  # a first line that is longer than the head
    whole_object = first.startswith("{") and (first.endswith("}") or endless) and first != "{}"
    if head.name.endswith(ENDINGS):
        return Sniff(0.95 if whole_object else 0.7, ("the name ends in .jsonl or .ndjson",))
    if not whole_object or not _OBJECT.match(first):
        return NO
    if head.name.endswith(".json"):
        return Sniff(0.95, ("each line is an object",)) if rest.lstrip().startswith("{") else NO
    return Sniff(0.9, ("the first line is a whole object",))


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
        if not line.text.strip(" \t\r\n\ufeff"):
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
