"""An export of our own, taken back as it is: nothing is inferred, only controls and surrogates are cleaned."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from corpus_tool.infer.origin import Origin
from corpus_tool.model.article import Article, Normalization, Source
from corpus_tool.model.edtf import EdtfDate
from corpus_tool.model.record import RawRecord
from corpus_tool.text.blocks import find_blocks
from corpus_tool.text.normalize import ALL_OFF, normalize

_SAFE = {**ALL_OFF, "controls": "on"}
_RECORD = re.compile(r"#(\d+)\Z")


def restore(record: RawRecord, origin: Origin) -> Article | None:
    """The article that an export carries; None where its values are not what an export of ours holds."""
    data = _clean(dict(record.complete or {}))
    if isinstance(data.get("normalization"), dict):
        try:
            article = Article.from_dict(data)
        except (KeyError, TypeError, AttributeError):
            return None
        beyond = {key: value for key, value in data.items() if key not in Article.__slots__}
        return replace(article, extra={**article.extra, **beyond}) if beyond else article
    return _from_row(data, record, origin)


def _clean(value: Any) -> Any:
    """Control characters out of every string; half surrogates stay where they spell a byte of a path."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else normalize(value, rules=_SAFE).text
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {key: item if key in ("path", "name", "also", "raw") else _clean(item) for key, item in value.items()}
    return value


def _from_row(row: dict[str, str], record: RawRecord, origin: Origin) -> Article:
    """The article of a CSV or TSV row; what the row does not carry is counted again or left empty."""
    text = row["text"]
    blocks = tuple(find_blocks(text))
    place = _RECORD.search(row["name"])
    date = row["date"] or None
    earliest = EdtfDate.parse(date).earliest if date and not row["date_earliest"] else row["date_earliest"] or None
    return Article(
        id=row["id"],
        name=row["name"],
        title=row["title"] or None,
        date=date,
        date_earliest=str(earliest) if earliest else None,
        date_latest=row["date_latest"] or None,
        date_modified=None,
        language=row["language"] or None,
        languages={},
        authors=tuple(filter(None, row["authors"].split("; "))),
        outlet=row["outlet"] or None,
        section=row["section"] or None,
        url=row["url"] or None,
        words=int(row["words"]),
        characters=len(text),
        paragraphs=len(blocks),
        text=text,
        extra={key.removeprefix("extra."): value for key, value in row.items() if key.startswith("extra.") and value},
        normalization=Normalization(blocks=blocks),
        source=Source(
            path=row["source"],
            record=int(place[1]) if place else 1,
            byte_start=record.byte_start,
            byte_end=record.byte_end,
            sha256=None,
            encoding=record.encoding,
            encoding_method=record.encoding_method,
            format=origin.format,
        ),
        inference={"date": None, "language": None, "title": None},
    )
