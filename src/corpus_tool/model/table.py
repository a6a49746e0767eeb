"""An article as one row of a typed table: its columns, and those that hold JSON.

The columns are those of the table `articles` of a corpus file, the source spelled out; their JSON is that of the JSON
export (`Article.to_dict`), so that no other program needs to know how a corpus file saves room.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from corpus_tool.model.article import Article

VERSION = 1
"""Of this layout; a table says which one it has, and a higher one than ours is not read."""

PLAIN = (
    "id", "name", "title", "date", "date_earliest", "date_latest", "date_modified", "language", "outlet", "section",
    "url", "words", "characters", "paragraphs", "text",
)  # fmt: skip
"""Columns that hold a field as it is."""

JSON = ("languages", "extra", "normalization", "inference")
"""Columns that hold JSON; null where it would be an empty object."""

OF_SOURCE = (
    "path", "sha256", "encoding", "encoding_method", "format", "record", "byte_start", "byte_end", "also",
)  # fmt: skip
COLUMNS = (*PLAIN, "languages", "authors", "extra", "normalization", "inference", *OF_SOURCE)

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_ENCODE_ASCII = json.JSONEncoder(separators=(",", ":")).encode


def row_of(article: Article) -> dict[str, Any]:
    """The values of `COLUMNS`: strings, integers, lists of strings, and JSON where `JSON` says so."""
    data = article.to_dict()
    return {
        **{name: data[name] for name in PLAIN},
        "authors": data["authors"],
        **{name: to_json(data[name]) for name in JSON},
        **data["source"],
    }


def data_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The plain values of an article (`Article.to_dict`) of a row whose JSON is parsed; KeyError without a column."""
    return {
        **{name: row[name] for name in PLAIN},
        "authors": row["authors"] or [],
        **{name: row[name] or {} for name in JSON},
        "source": {name: row[name] for name in OF_SOURCE},
    }


def to_json(value: Any) -> str | None:
    """Compact JSON; None for an empty object. Half surrogates are spelled, as UTF-8 carries none.

    >>> to_json({"Plaats": "Liège"}), to_json({})
    ('{"Plaats":"Liège"}', None)
    """
    if not value:
        return None
    text = _ENCODE(value)
    return text if is_utf8(text) else _ENCODE_ASCII(value)


def is_utf8(text: str) -> bool:
    """Whether UTF-8 can carry a text: half surrogates, which stand for undecodable bytes of names, it cannot."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
