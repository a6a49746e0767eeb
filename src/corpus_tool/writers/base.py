"""What a writer is, and the plain values that flat formats share."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from corpus_tool.model.article import Article
from corpus_tool.patterns import lazy
from corpus_tool.query import value_of


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """How articles are written: which fields (None: those of the format), for spreadsheets, with `extra.*` columns."""

    fields: tuple[str, ...] | None = None
    excel: bool = False
    extra: bool = False


class Writer(Protocol):
    """A module that writes articles in one format."""

    NAME: str
    SUMMARY: str
    ENDINGS: tuple[str, ...]

    def write(self, articles: Iterable[Article], out: BinaryIO, options: WriteOptions) -> None:
        """Write articles one by one, without closing `out`."""


# Characters that JSON allows and that no reader should meet raw: DEL, C1, bidi controls, line and paragraph
# separators, and half surrogates, which UTF-8 cannot carry.
_UNSAFE = lazy("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def to_json(value: Any) -> str:
    """JSON on one line with every control character escaped.

    >>> to_json({"title": "a\\u202eb"})
    '{"title": "a\\\\u202eb"}'
    """
    text = _ENCODER.encode(value)
    if text.isascii() and "\x7f" not in text:
        return text
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def chosen(article: Article, fields: tuple[str, ...] | None) -> dict[str, Any]:
    """The whole article, or the fields asked for in their order."""
    data = article.to_dict()
    if fields is None:
        return data
    return {name: _looked_up(data, name) for name in fields}


def _looked_up(data: dict[str, Any], name: str) -> Any:
    """A field of an article's plain values, or a part of one: `extra.label`, `source.path`, `inference.date`."""
    head, _, rest = name.partition(".")
    value = data.get(head)
    if not rest:
        return value
    return value.get(rest) if isinstance(value, dict) else None


_NOT_FLAT = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f" + _UNSAFE.pattern[1:])


def flat(article: Article, name: str) -> str:
    """One cell: lists joined with `; `, objects as JSON, the source as its path, nothing for null.

    Names and paths come as the system gives them: their controls and half surrogates are spelled `\\uXXXX`.
    """
    value = article.source.path if name == "source" else value_of(article, name)
    if value is None:
        text = ""
    elif isinstance(value, str):
        text = value
    elif isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        text = "; ".join(value)
    elif isinstance(value, int | float):
        text = str(value)
    else:
        text = to_json(_looked_up(article.to_dict(), name))
    return spelled(text) if name.partition(".")[0] in _AS_FOUND else text


_AS_FOUND = frozenset(("name", "source", "also"))  # what no cleaning rule has seen


def spelled(text: str) -> str:
    """What no flat format should carry raw, spelled `\\uXXXX`: controls, bidi controls, half surrogates.

    >>> spelled("kleur\x1b[31m")
    'kleur\\\\u001b[31m'
    """
    return _NOT_FLAT.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def column_names(
    articles: Iterable[Article], options: WriteOptions, default: tuple[str, ...]
) -> tuple[tuple[str, ...], Iterable[Article]]:
    """The columns of a flat format; with `extra` all articles are held to know every label."""
    names = options.fields or default
    if not options.extra:
        return names, articles
    held = list(articles)
    labels = sorted({label for article in held for label in article.extra})
    return (*names, *(f"extra.{label}" for label in labels)), held


def csv_row(cells: Iterable[str]) -> str:
    """One row of CSV, ended by LF; a cell that holds a comma, quote, CR or LF is quoted."""
    buffer = io.StringIO()
    # With "\r\n" as the end of a row the writer quotes cells that hold either; bare, CR would end a row.
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().removesuffix("\r\n") + "\n"


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def guard(cell: str) -> str:
    """A cell that a spreadsheet cannot take for a formula: an apostrophe before the signs that start one.

    >>> guard("=1+1"), guard("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
