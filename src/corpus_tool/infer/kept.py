"""A raw record as a corpus file keeps it: its very bytes, and what else is needed to conclude it anew."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from corpus_tool.infer.date.inference import DateHabits
from corpus_tool.infer.origin import Origin
from corpus_tool.model.article import Source
from corpus_tool.model.record import RawRecord, Stated, record_id
from corpus_tool.text.decode import errors_for


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """The bytes of a record in its source, and the facts about it as JSON.

    `facts` is None where only the bytes are known: an export carries raw records without them. Together with the
    article's `source` they give the record and its origin back (`restored`).
    """

    data: bytes
    facts: str | None


def kept(record: RawRecord, origin: Origin, data: bytes) -> KeptRecord:
    """What is kept of a record that was just read; `data` are its bytes."""
    facts: dict[str, Any] = {"line": record.line, "stem": origin.stem, "below": origin.below}
    if _decoded(data, record.encoding) != record.raw:
        facts["raw"] = record.raw
    start = record.body_start
    if start is None or record.raw[start:] != record.body:
        facts["body"] = record.body
    if start is not None:
        facts["body_start"] = start
    if record.identity is not None:
        facts["identity"] = record.identity
    if record.fields:
        facts["fields"] = {name: _stated_list(stated) for name, stated in record.fields.items()}
    if record.extra:
        facts["extra"] = dict(record.extra)
    if origin.habits is not None:
        facts["habits"] = [origin.habits.folder, origin.habits.day_order, origin.habits.year]
    return KeptRecord(data, json.dumps(facts, ensure_ascii=False, separators=(",", ":")))


def restored(record: KeptRecord, source: Source) -> tuple[RawRecord, Origin] | None:
    """The record and its origin as they were when it was read; None where only its bytes are kept."""
    if record.facts is None:
        return None
    facts = json.loads(record.facts)
    raw = decoded(record, source)
    start = facts.get("body_start")
    habits = facts.get("habits")
    restored_record = RawRecord(
        number=source.record,
        raw=raw,
        body=facts["body"] if "body" in facts else raw[start:],
        body_start=start,
        byte_start=source.byte_start,
        byte_end=source.byte_end,
        line=facts["line"],
        encoding=source.encoding,
        encoding_method=source.encoding_method,
        fields={name: _stated(*values) for name, values in facts.get("fields", {}).items()},
        extra=facts.get("extra", {}),
        identity=facts.get("identity"),
    )
    origin = Origin(
        path=source.path,
        stem=facts["stem"],
        below=facts["below"],
        format=source.format,
        sha256=source.sha256,
        stream=source.also is None,
        habits=DateHabits(*habits) if habits else None,
    )
    return restored_record, origin


def decoded(record: KeptRecord, source: Source) -> str:
    """The decoded raw record, undecodable bytes as `\\udcXX`; a byte order mark is no part of it."""
    if record.facts is not None and "raw" in (facts := json.loads(record.facts)):
        return str(facts["raw"])
    text = _decoded(record.data, source.encoding) or ""
    return text.removeprefix("\ufeff") if record.facts is None and source.byte_start == 0 else text


def identifier(record: KeptRecord, source: Source) -> str:
    """The id that the record kept gives: that of its article, or the bytes are not what they were."""
    facts = json.loads(record.facts) if record.facts is not None else {}
    return record_id(facts["identity"] if "identity" in facts else decoded(record, source))


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding, errors_for(encoding))
    except (LookupError, UnicodeError):
        return None


def _stated_list(stated: Stated) -> list[Any]:
    """A stated value in short: the span is left out where it is the value."""
    span = None if stated.span == stated.value else stated.span
    return [stated.value, span, stated.where, stated.start, stated.end, stated.rule, stated.label]


def _stated(value: str, span: str | None, *rest: Any) -> Stated:
    return Stated(value, value if span is None else span, *rest)
