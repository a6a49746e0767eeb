"""What a file says: one raw record, its strings untouched."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus_tool.model.evidence import Where

ASCII_BLANKS = " \t\n\r\v\f"


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that the source states for a field, with the place where it stands.

    `span` is the text read with its label (`date 2018-06`); `start` and `end` are its offsets in what `where`
    names. For a JSON field or a CSV cell the span is the value itself. `label` is how the file calls the field,
    empty where it does not name it.
    """

    value: str
    span: str
    where: Where
    start: int
    end: int
    rule: str
    label: str = ""

    @classmethod
    def in_field(cls, value: str, rule: str = "field", label: str = "") -> Stated:
        """A value that stands alone in a JSON field, a CSV cell or a YAML value."""
        return cls(value, value, "field", 0, len(value), rule, label)


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One article as its file gives it, before anything is concluded.

    `raw` is the decoded record, undecodable bytes as `\\udcXX`, line ends as they came; `identity` is what the
    id is computed from where that is not `raw` itself (CSV: header, LF, row). `body` is the part that becomes
    the text; `body_start` its offset in `raw`, or None where it is a field's value. `complete` is the mapping
    of an export of our own, to be taken as it is.
    """

    number: int
    raw: str
    body: str
    body_start: int | None
    byte_start: int
    byte_end: int
    line: int
    encoding: str
    encoding_method: str
    fields: Mapping[str, Stated] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    identity: str | None = None
    complete: Mapping[str, Any] | None = None

    def id(self) -> str:
        """The first 16 hex digits of SHA-256 over the decoded record, the same on every machine.

        Line ends count as LF; a byte order mark and ASCII white space at the ends do not count.
        """
        return record_id(self.raw if self.identity is None else self.identity)


def record_id(decoded: str) -> str:
    """The 16 hex digits that name a decoded record.

    >>> record_id("Kop\\r\\n\\r\\nTekst\\r\\n") == record_id("Kop\\n\\nTekst")
    True
    """
    if "\r" in decoded:
        decoded = decoded.replace("\r\n", "\n").replace("\r", "\n")
    text = decoded.lstrip("\ufeff").strip(ASCII_BLANKS)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
