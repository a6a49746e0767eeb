"""Raw records that an export carries: checked against the ids that they gave, and decoded where that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus_tool.errors import Diagnostic
from corpus_tool.infer.kept import KeptRecord, decoded, identifier, restored
from corpus_tool.model.article import Source
from corpus_tool.readers.base import CarriedRecord, Item


def checked(items: Iterator[Item], *, keep_raw: bool) -> Iterator[Item]:
    """The items, a rejection in the place of each record whose raw record is not the one that its id names."""
    for item in items:
        if not isinstance(item, CarriedRecord) or item.complete is None or item.data is None:
            yield item
            continue
        kept = KeptRecord(item.data, item.facts)
        source = Source.from_dict(item.complete["source"])
        if item.facts is not None and not _fits(kept, source, item.complete["id"]):
            message = "its raw record is not the one that its id names"
            yield Diagnostic("bad-record", message, record=item.number, byte=item.byte_start)
        elif keep_raw:
            yield replace(item, complete={**item.complete, "raw": decoded(kept, source)})
        else:
            yield item


def _fits(kept: KeptRecord, source: Source, expected: str) -> bool:
    """Whether a record can be restored, and gives the id expected."""
    try:
        if identifier(kept, source) != expected:
            return False
        again = restored(kept, source)
    except (ValueError, TypeError, KeyError, AttributeError, LookupError, RecursionError):
        return False
    if again is None:
        return False
    record, origin = again
    values = (stated.value for stated in record.fields.values())
    strings = (record.raw, record.body, origin.stem, origin.below, *values)
    return all(isinstance(item, str) for item in strings) and isinstance(record.extra, dict)
