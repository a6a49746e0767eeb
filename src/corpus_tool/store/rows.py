"""Articles to rows of the corpus file and back, and the digest that tells a damaged row."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from corpus_tool.model.article import Article, Block, Normalization, Removed, Source
from corpus_tool.model.evidence import Evidence, Inferred

PLAIN = (
    "id", "name", "title", "date", "date_earliest", "date_latest", "date_modified", "language", "outlet", "section",
    "url", "words", "characters", "paragraphs", "text",
)  # fmt: skip
"""Columns that hold a field as it is."""

LIGHT = (*PLAIN, "languages", "authors", "record", "byte_start", "byte_end", "also")
"""The columns of `articles` that a light reading takes: all but what fills pages and is seldom looked at."""

WHOLE = (*LIGHT, "extra", "normalization", "inference")
COLUMNS_OF_SOURCE = ("path", "sha256", "encoding", "encoding_method", "format")
"""The columns of `sources`, which stand after those of `articles` in a row that is read."""

DIGEST_BYTES = 16
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_ENCODE_ASCII = json.JSONEncoder(separators=(",", ":")).encode
_CANONICAL = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode
_NOTHING_INFERRED: dict[str, Inferred | None] = {"date": None, "language": None, "title": None}
_NOT_SAID = Normalization()


class Row(NamedTuple):
    """An article as it is bound: its columns by name, the source they refer to, and the digest."""

    values: tuple[Any, ...]
    source: tuple[str | bytes | None, ...]
    digest: bytes


def row_of(article: Article) -> Row:
    """The values of `WHOLE` in order, those of `COLUMNS_OF_SOURCE`, and the digest of an article."""
    source = article.source
    values = [bound(getattr(article, name)) for name in PLAIN]
    values += [
        to_json(article.languages),
        to_json(article.authors),
        source.record,
        source.byte_start,
        source.byte_end,
        None if source.also is None else to_json(source.also) or "[]",
        to_json(article.extra),
        to_json(_packed_normalization(article.normalization, article.text)),
        to_json(_packed_inference(article)),
    ]
    place = tuple(bound(getattr(source, name)) for name in COLUMNS_OF_SOURCE)
    return Row(tuple(values), place, digest_of(article))


def article_of(row: tuple[Any, ...], *, whole: bool = True) -> Article:
    """The article of a row of `WHOLE` or `LIGHT` and then `COLUMNS_OF_SOURCE`; a light one lacks the other columns."""
    if bytes in map(type, row):  # few rows hold what is no UTF-8
        row = tuple(map(unbound, row))
    # Spelled out in the order of the columns: a listing of a million articles comes through here.
    (
        identifier, name, title, date, earliest, latest, modified, language, outlet, section,
        url, words, characters, paragraphs, text,
        languages, authors, record, byte_start, byte_end, also,
        *heavy,
        path, sha256, encoding, encoding_method, kind,
    ) = row  # fmt: skip
    places = also if also is None else () if also == "[]" else tuple(json.loads(also))
    source = Source(path, record, byte_start, byte_end, sha256, encoding, encoding_method, kind, places)
    extra, normalization, inference = heavy if whole else (None, None, None)
    article = Article(
        identifier, name, title, date, earliest, latest, modified, language,
        {} if languages is None else json.loads(languages),
        () if authors is None else tuple(json.loads(authors)),
        outlet, section, url, words, characters, paragraphs, text,
        {} if extra is None else json.loads(extra),
        _unpacked_normalization(from_json(normalization), text) if whole else _NOT_SAID,
        source,
        dict(_NOTHING_INFERRED),
    )  # fmt: skip
    if inference is not None:  # the spans are those of the article, which is not given away before it has them
        article.inference.update(_with_inference(article, json.loads(inference)))
    return article


def digest_of(article: Article) -> bytes:
    """16 bytes of SHA-256 over the article as canonical JSON: keys sorted, ASCII, no blanks, without `raw`."""
    import hashlib  # it loads OpenSSL, which reading does not need

    data = article.to_dict()
    data.pop("raw", None)
    return hashlib.sha256(_CANONICAL(data).encode()).digest()[:DIGEST_BYTES]


def bound(value: Any) -> Any:
    """A value as SQLite takes it: a name with bytes that are no UTF-8 as a blob, which comes back as it was."""
    if isinstance(value, str) and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            return value.encode("utf-8", "surrogatepass")
    return value


def unbound(value: Any) -> Any:
    """The reverse of `bound`."""
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


def to_json(value: Any) -> str | None:
    """Compact JSON; None for an empty list or object. Half surrogates are spelled, as SQLite takes none."""
    if not value:
        return None
    text = _ENCODE(value)
    return text if isinstance(bound(text), str) else _ENCODE_ASCII(value)


def from_json(text: str | None) -> Any:
    """The reverse of `to_json`, None for NULL."""
    return None if text is None else json.loads(text)


def _packed_normalization(made: Normalization, text: str) -> dict[str, Any]:
    """The account of cleaning without what is empty, and without blocks that are just the paragraphs of the text."""
    packed: dict[str, Any] = {}
    if made.rules:
        packed["rules"] = made.rules
    if made.removed:
        packed["removed"] = [item._asdict() for item in made.removed]
    if made.blocks != _paragraphs(text):
        packed["blocks"] = made.blocks
    if made.truncated:
        packed["truncated"] = True
    return packed


def _unpacked_normalization(packed: dict[str, Any] | None, text: str) -> Normalization:
    packed = packed or {}
    return Normalization(
        rules=packed.get("rules", {}),
        removed=tuple(Removed(**item) for item in packed.get("removed", ())),
        blocks=tuple(Block(*block) for block in packed["blocks"]) if "blocks" in packed else _paragraphs(text),
        truncated=packed.get("truncated", False),
    )


def _paragraphs(text: str) -> tuple[Block, ...]:
    """The blocks of a text that has nothing but paragraphs."""
    blocks, start = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block("paragraph", start, start + len(part)))
        start += len(part) + 2
    return tuple(blocks)


def _packed_inference(article: Article) -> dict[str, Any]:
    """Per field `[method, confidence, [[where, start, end, rule, text], …], alternatives]`.

    A text that is the span of the article's text, or the whole value of the field, is not repeated; nor are
    alternatives where there are none.
    """
    packed: dict[str, Any] = {}
    for field, inferred in article.inference.items():
        if inferred is not None:
            evidence = [_packed_evidence(item, article, field) for item in inferred.evidence]
            packed[field] = [inferred.method, inferred.confidence, evidence]
            if inferred.alternatives != _no_alternatives(field):
                packed[field].append(inferred.alternatives)
    return packed


def _no_alternatives(field: str) -> tuple[str, ...] | None:
    return () if field == "date" else None


def _packed_evidence(item: Evidence, article: Article, field: str) -> list[Any]:
    span = [item.where, item.start, item.end, item.rule]
    return (
        span if _said_elsewhere(item.where, article, field)[item.start : item.end] == item.text else [*span, item.text]
    )


def _said_elsewhere(where: str, article: Article, field: str) -> str:
    """What evidence of this kind is most often a span of."""
    return article.text if where == "text" else getattr(article, field) or "" if where == "field" else ""


def _with_inference(article: Article, packed: dict[str, Any] | None) -> dict[str, Inferred | None]:
    found = dict(_NOTHING_INFERRED)
    for field, (method, confidence, evidence, *rest) in (packed or {}).items():
        spans = tuple(_unpacked_evidence(item, article, field) for item in evidence)
        alternatives = _no_alternatives(field) if not rest else None if rest[0] is None else tuple(rest[0])
        found[field] = Inferred(method, confidence, spans, alternatives)
    return found


def _unpacked_evidence(item: list[Any], article: Article, field: str) -> Evidence:
    where, start, end, rule, *text = item
    return Evidence(text[0] if text else _said_elsewhere(where, article, field)[start:end], where, start, end, rule)
