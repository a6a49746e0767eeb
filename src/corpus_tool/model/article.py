"""The article: what we concluded from a raw record, with the evidence for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.evidence import Inferred, checked
from corpus_tool.model.fields import FIELDS


class Block(NamedTuple):
    """A block of the text: its kind ("paragraph", "subhead", …) and its span in `Article.text`."""

    kind: str
    start: int
    end: int


class Removed(NamedTuple):
    """Something left out of the text: its kind, what it was, and its span in the decoded raw record.

    The span is None where the text was a field's value, which has no place of its own in the record.
    """

    kind: str
    text: str
    raw_start: int | None
    raw_end: int | None


@dataclass(frozen=True, slots=True)
class Normalization:
    """What cleaning did: how often each rule changed something, what was removed, and the blocks."""

    rules: dict[str, int] = field(default_factory=dict)
    removed: tuple[Removed, ...] = ()
    blocks: tuple[Block, ...] = ()
    truncated: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The account as it stands in JSON."""
        return {
            "rules": self.rules,
            "removed": [item._asdict() for item in self.removed],
            "blocks": [{"kind": b.kind, "start": b.start, "end": b.end} for b in self.blocks],
            "truncated": self.truncated,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Normalization:
        """The reverse of `to_dict`; KeyError or TypeError where the shape is another."""
        return cls(
            rules={str(name): checked(count, int) for name, count in checked(data["rules"], dict).items()},
            removed=tuple(_removed(item) for item in checked(data["removed"], list)),
            blocks=tuple(_block(item) for item in checked(data["blocks"], list)),
            truncated=checked(data["truncated"], bool),
        )


def _removed(item: dict[str, Any]) -> Removed:
    span = (checked(item["raw_start"], int, type(None)), checked(item["raw_end"], int, type(None)))
    return Removed(checked(item["kind"], str), checked(item["text"], str), *span)


def _block(item: dict[str, Any]) -> Block:
    return Block(checked(item["kind"], str), checked(item["start"], int), checked(item["end"], int))


@dataclass(frozen=True, slots=True)
class Source:
    """Where the article stands: file, record (1-based), bytes, and how they were decoded.

    `sha256` (of the whole file) and `also` (other places with the same record) are None for standard input.
    """

    path: str
    record: int
    byte_start: int
    byte_end: int
    sha256: str | None
    encoding: str
    encoding_method: str
    format: str
    also: tuple[str, ...] | None = ()

    def to_dict(self) -> dict[str, Any]:
        """The place as it stands in JSON."""
        return {
            "path": self.path,
            "record": self.record,
            "byte_start": self.byte_start,
            "byte_end": self.byte_end,
            "sha256": self.sha256,
            "encoding": self.encoding,
            "encoding_method": self.encoding_method,
            "format": self.format,
            "also": None if self.also is None else list(self.also),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Source:
        """The reverse of `to_dict`; KeyError or TypeError where the shape is another."""
        also = checked(data["also"], list, type(None))
        return cls(
            path=checked(data["path"], str),
            record=checked(data["record"], int),
            byte_start=checked(data["byte_start"], int),
            byte_end=checked(data["byte_end"], int),
            sha256=checked(data["sha256"], str, type(None)),
            encoding=checked(data["encoding"], str),
            encoding_method=checked(data["encoding_method"], str),
            format=checked(data["format"], str),
            also=None if also is None else tuple(checked(place, str) for place in also),
        )


@dataclass(frozen=True, slots=True)
class Article:
    """One press article; the fields are those of the public contract, in its order (see `model/fields.py`).

    Dates are EDTF strings, languages BCP 47 tags. None means that nothing is known; "und" that the language
    was examined and stays undetermined. Offsets in `normalization` and `inference` are code points of `text`.
    """

    id: str
    name: str
    title: str | None
    date: str | None
    date_earliest: str | None
    date_latest: str | None
    date_modified: str | None
    language: str | None
    languages: dict[str, float]
    authors: tuple[str, ...]
    outlet: str | None
    section: str | None
    url: str | None
    words: int
    characters: int
    paragraphs: int
    text: str
    extra: dict[str, Any]
    normalization: Normalization
    source: Source
    inference: dict[str, Inferred | None]
    raw: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The article as plain values, in the order of the contract; `raw` only where it was asked for."""
        data: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "title": self.title,
            "date": self.date,
            "date_earliest": self.date_earliest,
            "date_latest": self.date_latest,
            "date_modified": self.date_modified,
            "language": self.language,
            "languages": self.languages,
            "authors": list(self.authors),
            "outlet": self.outlet,
            "section": self.section,
            "url": self.url,
            "words": self.words,
            "characters": self.characters,
            "paragraphs": self.paragraphs,
            "text": self.text,
            "extra": self.extra,
            "normalization": self.normalization.to_dict(),
            "source": self.source.to_dict(),
            "inference": {key: None if value is None else value.to_dict() for key, value in self.inference.items()},
        }
        if self.raw is not None:
            data["raw"] = self.raw
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Article:
        """The reverse of `to_dict`; KeyError or TypeError where the shape is another."""
        plain = {key: checked(data[key], *types) for key, types in _PLAIN.items()}
        for share in plain["languages"].values():
            checked(share, float, int)
        return cls(
            **plain,
            authors=tuple(checked(name, str) for name in checked(data["authors"], list)),
            normalization=Normalization.from_dict(data["normalization"]),
            source=Source.from_dict(data["source"]),
            inference={key: Inferred.from_dict(data["inference"][key]) for key in INFERRED},
            raw=checked(data.get("raw"), str, type(None)),
        )


def own_place(article: Article) -> str:
    """Where an article's record stands, as `source.also` writes places."""
    source = article.source
    return source.path if source.record == 1 else f"{source.path}#{source.record}"


def holds_valid_dates(data: Mapping[str, Any]) -> bool:
    """Whether the dates of an export are EDTF and their bounds days; empty and absent ones are."""
    try:
        for name in ("date", "date_modified"):
            if data.get(name):
                EdtfDate.parse(data[name])
        bounds = [EdtfDate.parse(data[name]) for name in ("date_earliest", "date_latest") if data.get(name)]
    except (ValueError, TypeError):
        return False
    return all(bound.precision == "day" for bound in bounds)


INFERRED = ("date", "language", "title")
_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "string or null": (str, type(None)),
    "integer": (int,),
    "object": (dict,),
}
_BUILT = ("authors", "normalization", "source", "inference")  # values that are no plain JSON values here
_PLAIN = {field.name: _TYPES[field.type] for field in FIELDS if field.name not in _BUILT}
